/**
 * Zip archives: written by fflate, read here entry by entry, because an archive may come from anybody: lengths and
 * offsets are checked, contents are compared with their CRC-32, and what an entry may unpack to is bounded.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16.
 */
import { inflateSync, zipSync } from "fflate";

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all unpacked entries together. */
  readonly bytes: number;
}

export const defaultZipLimits: ZipLimits = { entries: 2_000, bytes: 32 * 1024 * 1024 };

/** The archive cannot be read; the message is for the user. */
export class ZipError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ZipError";
  }
}

export interface ZipEntry {
  /** With `/` between folders; no folder entries. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_LENGTH = 22;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const METHOD_STORED = 0;
const METHOD_DEFLATED = 8;
const FLAG_ENCRYPTED = 1;
const FLAG_UTF8 = 1 << 11;

/** Reads all files of an archive; throws `ZipError`. */
export function readZip(archive: Uint8Array, limits: ZipLimits = defaultZipLimits): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff || size === 0xffffffff) throw new ZipError("The archive is in the ZIP64 format, which is for archives far larger than a project.");
  if (count > limits.entries) throw new ZipError(`The archive has ${count} entries; at most ${limits.entries} are read.`);
  if (at + size > end) throw new ZipError("The archive is damaged: its table of contents lies outside of it.");
  const entries: ZipEntry[] = [];
  const paths = new Set<string>();
  let total = 0;
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL_LENGTH > end || view.getUint32(at, true) !== CENTRAL_SIGNATURE) throw new ZipError(`The archive is damaged: entry ${index + 1} of ${count} is missing from its table of contents.`);
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const crc = view.getUint32(at + 16, true);
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const local = view.getUint32(at + 42, true);
    if (at + CENTRAL_LENGTH + nameLength + extraLength > end) throw new ZipError(`The archive is damaged: entry ${index + 1} of ${count} is cut off.`);
    const path = decodeName(archive.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength), (flags & FLAG_UTF8) !== 0);
    at += CENTRAL_LENGTH + nameLength + extraLength;
    if (path.endsWith("/")) continue;
    checkPath(path);
    if (paths.has(path)) throw new ZipError(`The archive holds ${path} twice.`);
    paths.add(path);
    if ((flags & FLAG_ENCRYPTED) !== 0) throw new ZipError(`${path} is encrypted in the archive.`);
    total += unpacked;
    if (total > limits.bytes) throw new ZipError(`The archive unpacks to more than ${Math.round(limits.bytes / 1024 / 1024)} MiB, which no project needs.`);
    entries.push({ path, bytes: unpack(archive, view, { path, method, crc, packed, unpacked, local }) });
  }
  return entries;
}

/** The end record is the last thing in the file but for a comment of at most 65535 bytes. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_LENGTH - 0xffff);
  for (let at = view.byteLength - END_LENGTH; at >= first; at--) if (view.getUint32(at, true) === END_SIGNATURE) return at;
  const begins = view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_SIGNATURE;
  throw new ZipError(begins ? "The archive is cut off: its table of contents, which comes last, is missing." : "This is not a zip archive.");
}

function decodeName(bytes: Uint8Array, utf8: boolean): string {
  if (utf8 || bytes.every((byte) => byte < 0x80)) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new ZipError("The archive is damaged: the name of an entry is no UTF-8.");
    }
  }
  return new TextDecoder("latin1").decode(bytes);
}

function checkPath(path: string): void {
  const bad = path === "" || path.startsWith("/") || path.includes("\\") || path.includes("\0") || /^[A-Za-z]:/.test(path) || path.split("/").includes("..");
  if (bad) throw new ZipError(`The archive names a file outside of itself: ${JSON.stringify(path)}.`);
}

function unpack(archive: Uint8Array, view: DataView, entry: { path: string; method: number; crc: number; packed: number; unpacked: number; local: number }): Uint8Array {
  const { path, method, crc, packed, unpacked, local } = entry;
  const damaged = (): ZipError => new ZipError(`The archive is damaged: the contents of ${path} are not what was packed.`);
  if (local + LOCAL_LENGTH > archive.length || view.getUint32(local, true) !== LOCAL_SIGNATURE) throw damaged();
  const start = local + LOCAL_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > archive.length) throw damaged();
  const data = archive.subarray(start, start + packed);
  let bytes: Uint8Array;
  if (method === METHOD_STORED) {
    bytes = data.slice();
  } else if (method === METHOD_DEFLATED) {
    try {
      // With a buffer of its own, fflate writes no further than that; one byte more shows that there was more.
      bytes = inflateSync(data, { out: new Uint8Array(unpacked + 1) });
    } catch {
      throw damaged();
    }
  } else {
    throw new ZipError(`${path} is packed by a method (number ${method}) that is not known here; pack it again as an ordinary zip archive.`);
  }
  if (bytes.length !== unpacked || crc32(bytes) !== crc) throw damaged();
  return bytes;
}

/** Writes an archive; the same entries give the same bytes on every machine and day. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  return zipSync(Object.fromEntries(entries.map((entry) => [entry.path, entry.bytes])), { level: 9, mtime: new Date(1980, 0, 1) });
}

let table: Uint32Array | undefined;

/** CRC-32 as zip has it (APPNOTE 4.4.7: the polynomial 0xdebb20e3, reflected). */
export function crc32(bytes: Uint8Array): number {
  if (table === undefined) {
    table = new Uint32Array(256);
    for (let index = 0; index < 256; index++) {
      let value = index;
      for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
      table[index] = value;
    }
  }
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
