/** Trees of files that packages are read from: a folder of the file system, an unpacked archive, what was dropped on the studio. */
import type { SourceFile } from "../syntax/diagnostics.ts";

export interface FolderListing {
  /** Names, sorted by code units. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Paths have `/` between names and no `.` or `..`; the root is "". Names and texts hold one code unit a byte. */
export interface FileTree {
  /** How messages name the root: the path of a folder or an archive. */
  readonly name: string;
  /** What a folder holds; undefined when there is no such folder, or it cannot be read. */
  list(folder: string): FolderListing | undefined;
  /** A file's text; undefined when there is no such file, or it cannot be read. */
  read(path: string): string | undefined;
}

/** `a` and `b` as one path; either may be the root. */
export function joinPath(a: string, b: string): string {
  return a === "" ? b : b === "" ? a : `${a}/${b}`;
}

/** The folder that a path lies in, and its last name. */
export function splitPath(path: string): { readonly folder: string; readonly base: string } {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? { folder: "", base: path } : { folder: path.slice(0, slash), base: path.slice(slash + 1) };
}

/** `path` as written in the folder `from`, without `.` and `..`; undefined when it leaves the root or is absolute. */
export function resolvePath(from: string, path: string): string | undefined {
  if (path.startsWith("/")) return undefined;
  const names = from === "" ? [] : from.split("/");
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join("/");
}

/** The file at a path as messages name it. */
export function sourceFile(tree: FileTree, path: string): SourceFile | undefined {
  const text = tree.read(path);
  return text === undefined ? undefined : { name: joinPath(tree.name, path), text };
}

/** A tree held in memory. */
export class MemoryTree implements FileTree {
  readonly name: string;
  readonly #files: ReadonlyMap<string, string>;
  readonly #folders = new Map<string, { files: string[]; folders: Set<string> }>();

  /** `files` by path, in the form that paths have here. */
  constructor(name: string, files: ReadonlyMap<string, string>) {
    this.name = name;
    this.#files = files;
    this.#folders.set("", { files: [], folders: new Set() });
    for (const path of files.keys()) {
      const { folder, base } = splitPath(path);
      this.#folder(folder).files.push(base);
    }
  }

  #folder(path: string): { files: string[]; folders: Set<string> } {
    const missing: string[] = [];
    let at = path;
    let found = this.#folders.get(at);
    while (found === undefined) {
      missing.push(at);
      at = splitPath(at).folder;
      found = this.#folders.get(at);
    }
    for (let name = missing.pop(); name !== undefined; name = missing.pop()) {
      found.folders.add(splitPath(name).base);
      found = { files: [], folders: new Set() };
      this.#folders.set(name, found);
    }
    return found;
  }

  list(folder: string): FolderListing | undefined {
    const found = this.#folders.get(folder);
    return found === undefined ? undefined : { files: [...found.files].sort(), folders: [...found.folders].sort() };
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }
}
