/** Compressed streams: DEFLATE by fflate, within a limit that what really comes out is held to, and gzip around it (RFC 1951, 1952). */
import { Inflate } from "fflate";
import { ArchiveError, concatenate, crc32 } from "./common.ts";

/** A piece of input unpacks to at most a thousand times as much. */
const PIECE = 4096;

/** Unpacks; undefined when the stream is damaged or cut off. `tooLarge` makes the error to throw beyond `limit` bytes. */
export function inflate(data: Uint8Array, limit: number, tooLarge: () => ArchiveError): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Inflate((piece, final) => {
    length += piece.length;
    if (length > limit) throw tooLarge();
    pieces.push(piece);
    ended ||= final;
  });
  try {
    for (let at = 0; at < data.length || at === 0; at += PIECE) stream.push(data.subarray(at, at + PIECE), at + PIECE >= data.length);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    return undefined;
  }
  return ended ? concatenate(pieces, length) : undefined;
}

export function isGzip(data: Uint8Array): boolean {
  return data[0] === 0x1f && data[1] === 0x8b;
}

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;

/** Unpacks a gzip file of one member. Throws `ArchiveError`. */
export function gunzip(data: Uint8Array, limit: number, tooLarge: () => ArchiveError): Uint8Array {
  const damaged = new ArchiveError("it is damaged or cut off: what it unpacks to is not what was packed");
  const flags = data[3] ?? 0;
  if (data.length < 18 || data[2] !== 8) throw damaged;
  let at = 10;
  if ((flags & FLAG_EXTRA) !== 0) at += 2 + (data[at]! | ((data[at + 1] ?? 0) << 8));
  for (const flag of [FLAG_NAME, FLAG_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = data.indexOf(0, at);
    if (end < 0) throw damaged;
    at = end + 1;
  }
  if ((flags & FLAG_HEADER_CRC) !== 0) at += 2;
  if (at + 8 > data.length) throw damaged;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const bytes = inflate(data.subarray(at, data.length - 8), limit, tooLarge);
  if (bytes === undefined || view.getUint32(data.length - 8, true) !== crc32(bytes) || view.getUint32(data.length - 4, true) !== bytes.length >>> 0) throw damaged;
  return bytes;
}
