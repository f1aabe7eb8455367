/** Packs what an image puts into memory, for targets whose images unpack themselves: `codegen/x86-64/unpacker.ts` says what the result looks like. */
import { PACK_COPY_BIAS, PACK_LITERALS_FOLLOW, PACK_LONG_LENGTH, PACK_STEP, PACK_WINDOW } from "../codegen/x86-64/unpacker.ts";

/** Shorter copies would save next to nothing, and each costs the reader the same. */
const SHORTEST_COPY = PACK_COPY_BIAS + 1;
const HASH_BITS = 16;
/** How many earlier places are tried: four times as many make images 1.5 % smaller and cost twice the time. */
const CHAIN = 8;
/** A copy of this length is taken without looking whether a better one begins at the next byte. */
const LONG_ENOUGH = 32;

class Output {
  #bytes: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  #reserve(n: number): void {
    if (this.length + n <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * this.#bytes.length + n);
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }

  byte(n: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = n;
  }

  long(n: number): void {
    if (n < PACK_LONG_LENGTH) {
      this.byte(n);
      return;
    }
    this.byte(PACK_LONG_LENGTH);
    for (let shift = 0; shift < 32; shift += 8) this.byte((n >>> shift) & 0xff);
  }

  sequence(literals: Uint8Array, distance: number, copied: number): void {
    const manyLiterals = literals.length >= PACK_LITERALS_FOLLOW;
    const longCopy = copied < SHORTEST_COPY || copied > PACK_STEP;
    this.byte(((manyLiterals ? PACK_LITERALS_FOLLOW : literals.length) << 4) | (longCopy ? 0 : copied - PACK_COPY_BIAS));
    this.byte((PACK_WINDOW - distance) & 0xff);
    this.byte((PACK_WINDOW - distance) >> 8);
    if (manyLiterals) this.long(literals.length);
    this.#reserve(literals.length);
    this.#bytes.set(literals, this.length);
    this.length += literals.length;
    if (longCopy) this.long(copied);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

/** Where bytes occurred before: by a hash of the five that begin there, the last place, and from each place the one before. */
class Occurrences {
  readonly #bytes: Uint8Array;
  readonly #last = new Int32Array(1 << HASH_BITS).fill(-1);
  readonly #before: Int32Array;
  #entered = 0;
  /** The copy that was found. */
  distance = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#before = new Int32Array(bytes.length);
  }

  #hash(at: number): number {
    const bytes = this.#bytes;
    const first = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    return Math.imul(Math.imul(first, 0x9e37_79b1) + bytes[at + 4]!, 0x85eb_ca6b) >>> (32 - HASH_BITS);
  }

  /** Length of the longest copy for what begins at `at`, 0 if there is none; its distance in `distance`. */
  find(at: number): number {
    const bytes = this.#bytes;
    if (at + SHORTEST_COPY > bytes.length) return 0;
    for (; this.#entered <= at - PACK_STEP; this.#entered++) {
      const hash = this.#hash(this.#entered);
      this.#before[this.#entered] = this.#last[hash]!;
      this.#last[hash] = this.#entered;
    }
    let longest = SHORTEST_COPY - 1;
    let place = this.#last[this.#hash(at)]!;
    for (let tries = CHAIN; tries > 0 && place >= 0 && at - place < PACK_WINDOW; tries--) {
      if (bytes[place + longest] === bytes[at + longest]) {
        let length = 0;
        while (at + length < bytes.length && bytes[place + length] === bytes[at + length]) length++;
        if (length > longest) {
          longest = length;
          this.distance = at - place;
          if (at + length === bytes.length) break;
        }
      }
      place = this.#before[place]!;
    }
    return longest < SHORTEST_COPY ? 0 : longest;
  }
}

export function pack(bytes: Uint8Array): Uint8Array {
  const output = new Output((bytes.length >> 1) + 64);
  const occurrences = new Occurrences(bytes);
  let literalsFrom = 0;
  let at = 0;
  let length = occurrences.find(0);
  while (at < bytes.length) {
    if (length === 0) {
      length = occurrences.find(++at);
      continue;
    }
    const { distance } = occurrences;
    if (length < LONG_ENOUGH) {
      const later = occurrences.find(at + 1);
      if (later > length) {
        at++;
        length = later;
        continue;
      }
    }
    output.sequence(bytes.subarray(literalsFrom, at), distance, length);
    at += length;
    literalsFrom = at;
    length = occurrences.find(at);
  }
  output.sequence(bytes.subarray(literalsFrom), PACK_STEP, 0);
  return output.finish();
}
