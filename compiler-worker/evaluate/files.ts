/**
 * Files that an evaluated program may read: a folder of the host's memory, which is the program's current folder and the root of its
 * names. Results below zero are negated error numbers, as of the platform's functions (`primitives_sys.ml`, `primitives_channel.ml`).
 */

/** Names and contents, one code unit a byte; folders are those that names go through, and names that end in a slash. */
export type ReadableFiles = Readonly<Record<string, string>>;

const NO_ENTRY = -2;
const BAD_DESCRIPTOR = -9;
const NO_FOLDER = -20;
const IS_FOLDER = -21;
const INVALID = -22;
const ILLEGAL_SEEK = -29;
const READ_ONLY = -30;

/** The first descriptor after those of the console. */
const FIRST_DESCRIPTOR = 3;

/** What `platform_flags` makes of `open_flag`: anything that writes. */
const WRITING = 1 | 2 | 4 | 8 | 16;
/** Of these what adds to the end. */
const APPENDING = 8;
const REGULAR = 0;
const FOLDER = 1;

/** A record of getdents64: inode and offset (16 bytes), its length (2), the kind (1), the name and the NUL that ends it. */
const ENTRY_LENGTH_AT = 16;
const ENTRY_NAME_AT = 19;

type Open = { readonly kind: "output"; readonly name: string } | { readonly kind: "file"; readonly text: string; position: number } | { readonly kind: "folder"; readonly names: readonly string[]; next: number };

/** A name without `.`, `..`, doubled and leading slashes: a key of the files, "" for the root. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

export class FileSystem {
  readonly #files: ReadonlyMap<string, string>;
  readonly #written: Map<string, string> | undefined;
  readonly #folders = new Map<string, Set<string>>([["", new Set()]]);
  readonly #open = new Map<number, Open>();
  #next = FIRST_DESCRIPTOR;

  /** What is written gets into `written`, by name; without it nothing can be. */
  constructor(files: ReadableFiles, written?: Map<string, string>) {
    this.#written = written;
    this.#files = new Map(Object.entries(files).flatMap(([name, text]) => (name.endsWith("/") ? [] : [[normalized(name), text]])));
    for (const name of Object.keys(files)) {
      const parts = normalized(name).split("/");
      if (name.endsWith("/") && !this.#folders.has(normalized(name))) this.#folders.set(normalized(name), new Set());
      for (let i = 0; i < parts.length; i++) {
        const folder = parts.slice(0, i).join("/");
        const entries = this.#folders.get(folder) ?? new Set<string>();
        this.#folders.set(folder, entries.add(parts[i]!));
      }
    }
  }

  kind(path: string): number {
    if (path === "") return NO_ENTRY;
    const name = normalized(path);
    if (this.#folders.has(name)) return FOLDER;
    if (!this.#files.has(name) && this.#written?.has(name) !== true) return NO_ENTRY;
    return path.endsWith("/") ? NO_FOLDER : REGULAR;
  }

  open(path: string, flags: number): number {
    const kind = this.kind(path);
    if ((flags & WRITING) !== 0) {
      if (this.#written === undefined || kind === FOLDER || path === "") return READ_ONLY;
      const name = normalized(path);
      const isKept = (flags & APPENDING) !== 0;
      this.#written.set(name, isKept ? (this.#written.get(name) ?? this.#files.get(name) ?? "") : "");
      return this.#add({ kind: "output", name });
    }
    // As on Linux a folder can be opened like a file, and cannot be read.
    if (kind === FOLDER) return this.openFolder(path);
    return kind < 0 ? kind : this.#add({ kind: "file", text: this.#written?.get(normalized(path)) ?? this.#files.get(normalized(path))!, position: 0 });
  }

  openFolder(path: string): number {
    const kind = this.kind(path);
    if (kind !== FOLDER) return kind < 0 ? kind : NO_FOLDER;
    return this.#add({ kind: "folder", names: [...this.#folders.get(normalized(path))!].sort(), next: 0 });
  }

  #add(open: Open): number {
    const descriptor = this.#next++;
    this.#open.set(descriptor, open);
    return descriptor;
  }

  close(descriptor: number): number {
    return this.#open.delete(descriptor) || descriptor < FIRST_DESCRIPTOR ? 0 : BAD_DESCRIPTOR;
  }

  /** Whether a descriptor is one of files: the others are the console's. */
  has(descriptor: number): boolean {
    return descriptor >= FIRST_DESCRIPTOR;
  }

  read(descriptor: number, target: Uint8Array, from: number, count: number): number {
    const open = this.#open.get(descriptor);
    if (open === undefined || open.kind === "output") return BAD_DESCRIPTOR;
    if (open.kind === "folder") return IS_FOLDER;
    const n = Math.max(0, Math.min(count, open.text.length - open.position));
    for (let i = 0; i < n; i++) target[from + i] = open.text.charCodeAt(open.position + i);
    open.position += n;
    return n;
  }

  write(descriptor: number, text: string): number {
    const open = this.#open.get(descriptor);
    if (open?.kind !== "output" || this.#written === undefined) return BAD_DESCRIPTOR;
    this.#written.set(open.name, this.#written.get(open.name)! + text);
    return text.length;
  }

  /** From the start (0), from here (1), from the end (2). */
  seek(descriptor: number, offset: number, whence: number): number {
    const open = this.#open.get(descriptor);
    if (open?.kind !== "file") return ILLEGAL_SEEK;
    const position = offset + (whence === 0 ? 0 : whence === 1 ? open.position : open.text.length);
    if (position < 0) return INVALID;
    return (open.position = position);
  }

  readFolder(descriptor: number, target: Uint8Array): number {
    const open = this.#open.get(descriptor);
    if (open?.kind !== "folder") return BAD_DESCRIPTOR;
    let at = 0;
    for (; open.next < open.names.length; open.next++) {
      const name = open.names[open.next]!;
      const length = ENTRY_NAME_AT + name.length + 1;
      if (at + length > target.length) return at === 0 ? INVALID : at;
      target.fill(0, at, at + length);
      target[at + ENTRY_LENGTH_AT] = length & 0xff;
      target[at + ENTRY_LENGTH_AT + 1] = length >> 8;
      for (let i = 0; i < name.length; i++) target[at + ENTRY_NAME_AT + i] = name.charCodeAt(i);
      at += length;
    }
    return at;
  }
}
