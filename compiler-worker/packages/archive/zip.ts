/**
 * zip archives, by their table of contents. Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16; Info-ZIP's use of the
 * external attributes for Unix modes.
 */
import { ArchiveError, bytesToBinary, crc32, EntryCollector, shown, type ArchiveContents, type ArchiveLimits } from "./common.ts";
import { inflate } from "./deflate.ts";

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_LENGTH = 22;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;
const FLAG_ENCRYPTED = 1;
const MADE_BY_UNIX = 3;
const MODE_KIND = 0o170000;
const MODE_FILE = 0o100000;
const MODE_LINK = 0o120000;
const MODE_FOLDER = 0o040000;

export function isZip(data: Uint8Array): boolean {
  return data[0] === 0x50 && data[1] === 0x4b && ((data[2] === 3 && data[3] === 4) || (data[2] === 5 && data[3] === 6));
}

/** Reads all files of an archive. Throws `ArchiveError`. */
export function readZip(data: Uint8Array, limits: ArchiveLimits): ArchiveContents {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff || size === 0xffffffff) throw new ArchiveError("it is in the ZIP64 format, which is for archives far larger than a library");
  if (at + size > end) throw new ArchiveError("it is damaged: its table of contents lies outside of it");
  const collector = new EntryCollector(limits);
  for (let index = 0; index < count; index++) {
    collector.count();
    if (at + CENTRAL_LENGTH > end || view.getUint32(at, true) !== CENTRAL_SIGNATURE) throw new ArchiveError(`it is damaged: entry ${index + 1} of ${count} is missing from its table of contents`);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + CENTRAL_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw new ArchiveError(`it is damaged: entry ${index + 1} of ${count} is cut off`);
    const name = bytesToBinary(data.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength));
    const entry = {
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      local: view.getUint32(at + 42, true),
    };
    const mode = data[at + 5] === MADE_BY_UNIX ? (view.getUint32(at + 38, true) >>> 16) & MODE_KIND : 0;
    const flags = view.getUint16(at + 8, true);
    at = next;
    const path = collector.path(name);
    if (path === undefined || name.endsWith("/") || mode === MODE_FOLDER) continue;
    if (mode !== 0 && mode !== MODE_FILE) {
      collector.note(`The entry ${shown(name)} is left out: it is ${mode === MODE_LINK ? "a symbolic link" : "no file"}.`);
      continue;
    }
    if ((flags & FLAG_ENCRYPTED) !== 0) throw new ArchiveError(`${shown(name)} is encrypted in it`);
    collector.add(path, unpack(data, view, path, entry, collector));
  }
  return collector.contents();
}

/** The end record is the last thing in the file but for a comment of at most 65535 bytes. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_LENGTH - 0xffff);
  for (let at = view.byteLength - END_LENGTH; at >= first; at--) if (view.getUint32(at, true) === END_SIGNATURE) return at;
  throw new ArchiveError("it is cut off: its table of contents, which comes last, is missing");
}

function unpack(data: Uint8Array, view: DataView, path: string, entry: { method: number; crc: number; packed: number; unpacked: number; local: number }, collector: EntryCollector): Uint8Array {
  const { method, crc, packed, unpacked, local } = entry;
  const damaged = new ArchiveError(`it is damaged: the contents of ${shown(path)} are not what was packed`);
  if (local + LOCAL_LENGTH > data.length || view.getUint32(local, true) !== LOCAL_SIGNATURE) throw damaged;
  const start = local + LOCAL_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > data.length) throw damaged;
  const body = data.subarray(start, start + packed);
  if (unpacked > collector.remaining) throw collector.tooLarge();
  let bytes: Uint8Array | undefined;
  if (method === STORED) bytes = body.slice();
  // What is declared is no more than a promise: nothing beyond it is unpacked.
  else if (method === DEFLATED) bytes = inflate(body, unpacked, () => damaged);
  else throw new ArchiveError(`${shown(path)} is packed by a method (number ${method}) that is not known here; pack it again as an ordinary zip archive`);
  if (bytes === undefined || bytes.length !== unpacked || crc32(bytes) !== crc) throw damaged;
  return bytes;
}
