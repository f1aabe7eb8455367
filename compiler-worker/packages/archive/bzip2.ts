/**
 * bzip2, as `.tbz` archives are compressed: blocks of up to 900 kB, each sorted by Burrows and Wheeler's transform, moved to front,
 * run-length coded and Huffman coded. Source: the format as the bzip2 manual and M. Burrows, D. J. Wheeler, "A Block-sorting
 * Lossless Data Compression Algorithm" (1994) describe it.
 */
import { ArchiveError, concatenate } from "./common.ts";

export function isBzip2(data: Uint8Array): boolean {
  return data[0] === 0x42 && data[1] === 0x5a && data[2] === 0x68 && data[3]! >= 0x31 && data[3]! <= 0x39;
}

const MAX_CODE_LENGTH = 20;
/** Symbols that one Huffman table is used for before the next is chosen. */
const GROUP = 50;

function damaged(): ArchiveError {
  return new ArchiveError("it is damaged or cut off: what it unpacks to is not what was packed");
}

class BitReader {
  readonly #data: Uint8Array;
  #at: number;
  #bits = 0;
  #count = 0;

  constructor(data: Uint8Array, at: number) {
    this.#data = data;
    this.#at = at;
  }

  bit(): number {
    if (this.#count === 0) {
      if (this.#at >= this.#data.length) throw damaged();
      this.#bits = this.#data[this.#at++]!;
      this.#count = 8;
    }
    this.#count--;
    return (this.#bits >>> this.#count) & 1;
  }

  /** Up to 31 bits, the first the highest. */
  read(count: number): number {
    let value = 0;
    for (let needed = count; needed > 0; ) {
      if (this.#count === 0) {
        if (this.#at >= this.#data.length) throw damaged();
        this.#bits = this.#data[this.#at++]!;
        this.#count = 8;
      }
      const taken = Math.min(needed, this.#count);
      this.#count -= taken;
      value = (value << taken) | ((this.#bits >>> this.#count) & ((1 << taken) - 1));
      needed -= taken;
    }
    return value;
  }

  word(): number {
    return ((this.read(16) << 16) | this.read(16)) >>> 0;
  }

  /** Goes to the next whole byte; whether there is one. */
  align(): boolean {
    this.#count = 0;
    return this.#at < this.#data.length;
  }
}

/** A canonical Huffman code: for each length the first code, and where its symbols begin. */
interface HuffmanCode {
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
}

function huffmanCode(lengths: Uint8Array): HuffmanCode {
  const counts = new Int32Array(MAX_CODE_LENGTH + 2);
  for (const length of lengths) counts[length]!++;
  const symbols = new Uint16Array(lengths.length);
  let filled = 0;
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) symbols[filled++] = symbol;
  const limit = new Int32Array(MAX_CODE_LENGTH + 2).fill(-1);
  const base = new Int32Array(MAX_CODE_LENGTH + 2);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
    base[length] = index - code;
    code += counts[length]!;
    index += counts[length]!;
    limit[length] = code - 1;
    code <<= 1;
  }
  return { limit, base, symbols };
}

function decode(reader: BitReader, code: HuffmanCode): number {
  let value = 0;
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
    value = (value << 1) | reader.bit();
    if (value <= code.limit[length]!) {
      const symbol = code.symbols[code.base[length]! + value];
      if (symbol === undefined) throw damaged();
      return symbol;
    }
  }
  throw damaged();
}

let crcTable: Uint32Array | undefined;

/** bzip2's CRC-32: the polynomial of Ethernet with the highest bit first. */
function crcOf(bytes: Uint8Array): number {
  if (crcTable === undefined) {
    crcTable = new Uint32Array(256);
    for (let index = 0; index < 256; index++) {
      let value = index << 24;
      for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
      crcTable[index] = value >>> 0;
    }
  }
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = ((crc << 8) ^ crcTable[((crc >>> 24) ^ bytes[i]!) & 0xff]!) >>> 0;
  return (crc ^ 0xffffffff) >>> 0;
}

const BLOCK_MAGIC = [0x314159, 0x265359] as const;
const END_MAGIC = [0x177245, 0x385090] as const;

/** Unpacks; `tooLarge` makes the error to throw beyond `limit` bytes. Throws `ArchiveError`. */
export function bunzip2(data: Uint8Array, limit: number, tooLarge: () => ArchiveError): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = new BitReader(data, 0);
  // Several streams may follow each other.
  do {
    if (reader.read(8) !== 0x42 || reader.read(8) !== 0x5a || reader.read(8) !== 0x68) throw damaged();
    const level = reader.read(8) - 0x30;
    if (level < 1 || level > 9) throw damaged();
    const blockSize = level * 100_000;
    let combined = 0;
    for (;;) {
      const magic = [reader.read(24), reader.read(24)];
      const crc = reader.word();
      if (magic[0] === END_MAGIC[0] && magic[1] === END_MAGIC[1]) {
        if (crc !== combined) throw damaged();
        break;
      }
      if (magic[0] !== BLOCK_MAGIC[0] || magic[1] !== BLOCK_MAGIC[1]) throw damaged();
      const block = readBlock(reader, blockSize, limit - length, tooLarge);
      if (crcOf(block) !== crc) throw damaged();
      combined = (((combined << 1) | (combined >>> 31)) ^ crc) >>> 0;
      length += block.length;
      pieces.push(block);
    }
  } while (reader.align());
  return concatenate(pieces, length);
}

function readBlock(reader: BitReader, blockSize: number, limit: number, tooLarge: () => ArchiveError): Uint8Array {
  // Blocks "randomised" by versions before 0.9.5 are not made any more.
  if (reader.bit() !== 0) throw new ArchiveError("it was packed by a version of bzip2 before 0.9.5: pack it again");
  const origin = reader.read(24);
  const { symbols, used } = readAlphabet(reader);
  const { codes, selectors } = readCodes(reader, used + 2);
  const transformed = new Uint32Array(blockSize);
  const counts = new Int32Array(256);
  const order = symbols.slice();
  let filled = 0;
  let run = 0;
  let runBit = 1;
  const endOfBlock = used + 1;
  for (let group = 0, left = 0, code = codes[0]!; ; left--) {
    if (left === 0) {
      const selector = selectors[group++];
      if (selector === undefined) throw damaged();
      code = codes[selector]!;
      left = GROUP;
    }
    const symbol = decode(reader, code);
    if (symbol <= 1) {
      // A run of the front symbol, its length in bijective base 2.
      run += runBit << symbol;
      runBit <<= 1;
      if (run > blockSize) throw damaged();
      continue;
    }
    if (run > 0) {
      if (filled + run > blockSize) throw damaged();
      const byte = order[0]!;
      counts[byte]! += run;
      transformed.fill(byte, filled, filled + run);
      filled += run;
      run = 0;
    }
    runBit = 1;
    if (symbol === endOfBlock) break;
    if (filled >= blockSize) throw damaged();
    const position = symbol - 1;
    const byte = order[position]!;
    order.copyWithin(1, 0, position);
    order[0] = byte;
    counts[byte]!++;
    transformed[filled++] = byte;
  }
  if (origin >= filled && filled > 0) throw damaged();
  return expandRuns(invert(transformed, filled, counts, origin), limit, tooLarge);
}

/** The bytes that occur, in order: a map of 16 groups of 16. */
function readAlphabet(reader: BitReader): { readonly symbols: Uint8Array; readonly used: number } {
  const groups = reader.read(16);
  const symbols = new Uint8Array(256);
  let used = 0;
  for (let group = 0; group < 16; group++) {
    if ((groups & (0x8000 >> group)) === 0) continue;
    const members = reader.read(16);
    for (let i = 0; i < 16; i++) if ((members & (0x8000 >> i)) !== 0) symbols[used++] = group * 16 + i;
  }
  if (used === 0) throw damaged();
  return { symbols, used };
}

function readCodes(reader: BitReader, alphabet: number): { readonly codes: readonly HuffmanCode[]; readonly selectors: Uint8Array } {
  const tables = reader.read(3);
  const count = reader.read(15);
  if (tables < 2 || tables > 6 || count < 1) throw damaged();
  const order = Array.from({ length: tables }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let position = 0;
    while (reader.bit() === 1) if (++position >= tables) throw damaged();
    const [selected] = order.splice(position, 1);
    order.unshift(selected!);
    selectors[i] = selected!;
  }
  const codes: HuffmanCode[] = [];
  for (let table = 0; table < tables; table++) {
    const lengths = new Uint8Array(alphabet);
    let length = reader.read(5);
    for (let symbol = 0; symbol < alphabet; symbol++) {
      for (;;) {
        if (length < 1 || length > MAX_CODE_LENGTH) throw damaged();
        if (reader.bit() === 0) break;
        length += reader.bit() === 0 ? 1 : -1;
      }
      lengths[symbol] = length;
    }
    codes.push(huffmanCode(lengths));
  }
  return { codes, selectors };
}

/** The text whose rotations, sorted, have `last` as their last column, beginning with rotation `origin`. */
function invert(last: Uint32Array, length: number, counts: Int32Array, origin: number): Uint8Array {
  const next = new Int32Array(256);
  for (let byte = 0, sum = 0; byte < 256; byte++) {
    next[byte] = sum;
    sum += counts[byte]!;
  }
  // The bytes are in the low 8 bits; the successor of each rotation goes above them.
  for (let i = 0; i < length; i++) last[next[last[i]! & 0xff]!++]! |= i << 8;
  const text = new Uint8Array(length);
  let at = length === 0 ? 0 : last[origin]! >>> 8;
  for (let i = 0; i < length; i++) {
    const entry = last[at]!;
    text[i] = entry & 0xff;
    at = entry >>> 8;
  }
  return text;
}

/** Undoes the first step of compression: after four equal bytes comes the number of further ones. */
function expandRuns(text: Uint8Array, limit: number, tooLarge: () => ArchiveError): Uint8Array {
  let length = 0;
  const measure = (write: ((byte: number, count: number) => void) | undefined): void => {
    let run = 0;
    let previous = -1;
    for (let i = 0; i < text.length; i++) {
      const byte = text[i]!;
      if (run === 4) {
        if (write === undefined) length += byte;
        else write(previous, byte);
        run = 0;
        previous = -1;
        continue;
      }
      run = byte === previous ? run + 1 : 1;
      previous = byte;
      if (write === undefined) length++;
      else write(byte, 1);
    }
  };
  measure(undefined);
  if (length > limit) throw tooLarge();
  const bytes = new Uint8Array(length);
  let at = 0;
  measure((byte, count) => {
    bytes.fill(byte, at, at + count);
    at += count;
  });
  return bytes;
}
