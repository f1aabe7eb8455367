/** What the readers of archives share: limits, refusals, and what may be a file's path. */

export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of all unpacked entries together, and of what a compressed stream unpacks to. */
  readonly bytes: number;
}

export const DEFAULT_LIMITS: ArchiveLimits = { entries: 20_000, bytes: 128 * 1024 * 1024 };

/** The archive is refused; the message says why. */
export class ArchiveError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ArchiveError";
  }
}

export interface ArchiveEntry {
  /** Its path, one code unit a byte, with `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ArchiveContents {
  readonly entries: readonly ArchiveEntry[];
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
}

/** Longer paths are no names of sources. */
const MAX_PATH = 4096;

/** A path for messages: control characters, quotes and bytes that are no ASCII shown as escapes. */
export function shown(path: string): string {
  const escaped = [...path.slice(0, 200)].map((c) => (c < " " || c === '"' || c === "\\" || c === "\x7f" ? `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}` : c)).join("");
  return `"${escaped}${path.length > 200 ? "..." : ""}"`;
}

/** Collects entries, refusing what would leave the folder and leaving out what has no place in a tree of sources. */
export class EntryCollector {
  readonly #limits: ArchiveLimits;
  readonly #entries: ArchiveEntry[] = [];
  readonly #notes: string[] = [];
  #further = 0;
  #seen = 0;
  #bytes = 0;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  note(text: string): void {
    if (this.#notes.length < 20) this.#notes.push(text);
    else this.#further++;
  }

  /** Counts an entry of any kind. Throws `ArchiveError` when there are too many. */
  count(): void {
    if (++this.#seen > this.#limits.entries) throw new ArchiveError(`it has more than ${this.#limits.entries} entries, which no library needs: give an archive of the library's folder alone`);
  }

  /** How many bytes entries may still unpack to. */
  get remaining(): number {
    return this.#limits.bytes - this.#bytes;
  }

  tooLarge(): ArchiveError {
    return new ArchiveError(`it unpacks to more than ${Math.floor(this.#limits.bytes / (1024 * 1024))} MiB, which no library needs: give an archive of the library's folder alone`);
  }

  /** The path of an entry in its one form, or undefined when the entry is left out. Throws `ArchiveError` for paths that leave the folder. */
  path(name: string): string | undefined {
    if (name.includes("\0")) throw new ArchiveError(`the name of an entry has a NUL character: ${shown(name)}`);
    if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) throw new ArchiveError(`an entry has an absolute path: ${shown(name)}`);
    const names = name.split("/").filter((part) => part !== "" && part !== ".");
    if (name.split(/[/\\]/).includes("..")) throw new ArchiveError(`an entry leaves the archive's folder: ${shown(name)}`);
    if (name.includes("\\")) {
      this.note(`The entry ${shown(name)} is left out: its name has a backslash.`);
      return undefined;
    }
    if (/[\x01-\x1f\x7f"]/.test(name) || name.length > MAX_PATH) {
      this.note(`The entry ${shown(name)} is left out: its name ${name.length > MAX_PATH ? "is too long" : "has a control character or a quote"}.`);
      return undefined;
    }
    return names.length === 0 ? undefined : names.join("/");
  }

  /** Adds a file by its path in the one form. Throws `ArchiveError`. */
  add(path: string, bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limits.bytes) throw this.tooLarge();
    if (this.#files.has(path)) throw new ArchiveError(`it holds ${shown(path)} twice`);
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
      const folder = path.slice(0, slash);
      if (this.#files.has(folder)) throw new ArchiveError(`it holds ${shown(folder)} as a file and as a folder`);
      this.#folders.add(folder);
    }
    if (this.#folders.has(path)) throw new ArchiveError(`it holds ${shown(path)} as a file and as a folder`);
    this.#files.add(path);
    this.#entries.push({ path, bytes });
  }

  contents(): ArchiveContents {
    return { entries: this.#entries, notes: this.#further === 0 ? this.#notes : [...this.#notes, `${this.#further} more entries are left out.`] };
  }
}

let table: Uint32Array | undefined;

/** CRC-32 of gzip and zip (RFC 1952, section 8), continued from the value of what came before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  if (table === undefined) {
    table = new Uint32Array(256);
    for (let index = 0; index < 256; index++) {
      let value = index;
      for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
      table[index] = value;
    }
  }
  let crc = before ^ 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Pieces as one array. */
export function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Bytes as a string of one code unit each. */
export function bytesToBinary(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join("");
}
