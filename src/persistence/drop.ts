/** Files and folders that were dropped onto the window, with their paths. */

export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** A folder with more files than this is no project. */
const MAX_FILES = 20_000;

/** Must be called while the drop event is handled; what it returns can be awaited later. */
export function readDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry());
  const known = entries.filter((entry): entry is FileSystemEntry => entry !== null);
  if (known.length < entries.length || known.length === 0) return Promise.resolve([...transfer.files].map((file) => ({ path: file.name, file })));
  return readEntries(known);
}

async function readEntries(roots: readonly FileSystemEntry[]): Promise<DroppedFile[]> {
  const files: DroppedFile[] = [];
  const pending = [...roots];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      files.push({ path: entry.fullPath.replace(/^\//, ""), file });
      if (files.length > MAX_FILES) throw new Error(`The folder holds more than ${MAX_FILES} files: drop the folder of the project or library alone.`);
    } else if (!/^(node_modules|_build|_opam|\.git)$/.test(entry.name)) {
      pending.push(...(await readFolder((entry as FileSystemDirectoryEntry).createReader())));
    }
  }
  return files;
}

function isFile(entry: FileSystemEntry): boolean {
  return entry.isFile;
}

/** A reader gives a folder in portions, and an empty one at the end. */
async function readFolder(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
