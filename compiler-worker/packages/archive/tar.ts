/**
 * tar archives: ustar with the extensions of POSIX (pax headers) and GNU (long names, sizes in base 256).
 * Source: POSIX.1-2017, pax, "ustar Interchange Format", "pax Header Block"; GNU tar manual, "Basic Tar Format".
 */
import { ArchiveError, bytesToBinary, EntryCollector, shown, type ArchiveContents, type ArchiveLimits } from "./common.ts";

const BLOCK = 512;

export function isTar(data: Uint8Array): boolean {
  return data.length >= BLOCK && (bytesToBinary(data.subarray(257, 262)) === "ustar" || checksumHolds(data.subarray(0, BLOCK)));
}

/** The sum of a header's bytes, the checksum's own taken as spaces; some old programs summed signed bytes. */
function checksumHolds(header: Uint8Array): boolean {
  const declared = number(header.subarray(148, 156));
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 32 : header[i]!;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return declared !== undefined && (declared === unsigned || declared === signed);
}

/** A number in octal, or in base 256 when the first bit is set; undefined when it is none, or too large to be exact. */
function number(field: Uint8Array): number | undefined {
  if ((field[0]! & 0x80) !== 0) {
    if ((field[0]! & 0x40) !== 0) return undefined;
    let value = field[0]! & 0x3f;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = cString(field).trim();
  return text === "" ? 0 : /^[0-7]+$/.test(text) ? parseInt(text, 8) : undefined;
}

function cString(field: Uint8Array): string {
  const end = field.indexOf(0);
  return bytesToBinary(end < 0 ? field : field.subarray(0, end));
}

const KINDS: Readonly<Record<string, string>> = { "1": "a hard link", "2": "a symbolic link", "3": "a device", "4": "a device", "6": "a pipe" };

/** Reads all files of an archive. Throws `ArchiveError`. */
export function readTar(data: Uint8Array, limits: ArchiveLimits): ArchiveContents {
  const collector = new EntryCollector(limits);
  let at = 0;
  let ended = false;
  /** What headers before an entry say of it. */
  let longName: string | undefined;
  let size: number | undefined;
  let linkName: string | undefined;
  while (at + BLOCK <= data.length) {
    const header = data.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) {
      ended = true;
      break;
    }
    if (!checksumHolds(header)) throw new ArchiveError(`it is damaged: the header at byte ${at} is not one`);
    const kind = String.fromCharCode(header[156]!);
    const declared = size ?? number(header.subarray(124, 136));
    size = undefined;
    if (declared === undefined) throw new ArchiveError(`it is damaged: the size in the header at byte ${at} is no number`);
    const isLink = kind in KINDS;
    const length = isLink ? 0 : declared;
    const start = at + BLOCK;
    if (start + length > data.length) throw new ArchiveError(`it is cut off: ${length} bytes should follow at byte ${start}, and ${data.length - start} do`);
    const body = data.subarray(start, start + length);
    at = start + Math.ceil(length / BLOCK) * BLOCK;
    collector.count();
    if (kind === "L" || kind === "K") {
      if (kind === "L") longName = nameOf(body);
      else linkName = nameOf(body);
      continue;
    }
    if (kind === "x" || kind === "g") {
      const fields = paxFields(body);
      // Global headers tell times and owners; a path for all entries makes no sense.
      if (kind === "x") {
        longName = fields.get("path") ?? longName;
        linkName = fields.get("linkpath") ?? linkName;
        const text = fields.get("size");
        if (text !== undefined && /^\d{1,15}$/.test(text)) size = Number(text);
      }
      continue;
    }
    const isUstar = bytesToBinary(header.subarray(257, 262)) === "ustar";
    const prefix = isUstar && header[262] === 0 ? cString(header.subarray(345, 500)) : "";
    const short = cString(header.subarray(0, 100));
    const name = longName ?? (prefix === "" ? short : `${prefix}/${short}`);
    const target = linkName ?? cString(header.subarray(157, 257));
    longName = undefined;
    linkName = undefined;
    const path = collector.path(name);
    if (path === undefined) continue;
    if (isLink) collector.note(`The entry ${shown(name)} is left out: it is ${KINDS[kind]!}${kind <= "2" ? ` to ${shown(target)}` : ""}.`);
    else if (kind === "0" || kind === "\0" || kind === "7") {
      if (!name.endsWith("/")) collector.add(path, body);
    } else if (kind !== "5") collector.note(`The entry ${shown(name)} is left out: it is of a kind (${shown(kind)}) that is not known.`);
  }
  if (!ended && at < data.length) throw new ArchiveError("it is cut off in the middle of a header");
  return collector.contents();
}

function nameOf(body: Uint8Array): string {
  const text = bytesToBinary(body);
  return text.endsWith("\0") ? text.slice(0, -1) : text;
}

/** Records `length key=value\n`. */
function paxFields(body: Uint8Array): Map<string, string> {
  const fields = new Map<string, string>();
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(32, at);
    const length = space < 0 ? NaN : Number(bytesToBinary(body.subarray(at, Math.min(space, at + 20))));
    if (!Number.isInteger(length) || length <= space - at || at + length > body.length) throw new ArchiveError("it is damaged: an extended header is malformed");
    const record = bytesToBinary(body.subarray(space + 1, at + length - 1));
    const equals = record.indexOf("=");
    if (equals > 0) fields.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return fields;
}
