/** The blocks of bigarrays for the evaluator: words as in `runtime/bigarray_memory.ml`, the data in a buffer that views share. */
import { asBytes, asNumber, EvaluatorError, RawBlock, type Integer, type Value } from "./values.ts";

/** Operations, data, number of dimensions, flags, and one that is not used here; then the dimensions and the block that stands for the data. */
const HEADER_WORDS = 5;
const CUSTOM_TAG = 255;
const ABSTRACT_TAG = 251;
const UNIT = 0;

function block(data: DataView, owner: RawBlock, flags: number, dimensions: number): RawBlock {
  const words = new Array<Integer>(HEADER_WORDS + dimensions + 1).fill(0);
  words[2] = dimensions;
  words[3] = flags;
  const result = new RawBlock(CUSTOM_TAG, words);
  result.data = data;
  result.owner = owner;
  return result;
}

function dataOf(array: Value | undefined): DataView {
  if (array instanceof RawBlock && array.data !== undefined) return array.data;
  throw new EvaluatorError("a bigarray was expected");
}

function bytesOf(array: Value | undefined, from: number, count: number): Uint8Array {
  const data = dataOf(array);
  return new Uint8Array(data.buffer, data.byteOffset + from, count);
}

function ownerOf(array: Value | undefined): RawBlock {
  if (array instanceof RawBlock && array.owner !== undefined) return array.owner;
  throw new EvaluatorError("a bigarray was expected");
}

export const BIGARRAY_BUILTINS: Readonly<Record<string, (...args: Value[]) => Value>> = {
  morgana_ba_make: (words, flags, dimensions) => block(new DataView(new ArrayBuffer(8 * asNumber(words!))), new RawBlock(ABSTRACT_TAG, [0]), asNumber(flags!), asNumber(dimensions!)),
  morgana_ba_view: (array, offset, flags, dimensions) => {
    const data = dataOf(array);
    return block(new DataView(data.buffer, data.byteOffset + asNumber(offset!)), ownerOf(array), asNumber(flags!), asNumber(dimensions!));
  },
  morgana_ba_blit: (source, target, count) => {
    const bytes = asNumber(count!);
    bytesOf(target, 0, bytes).set(bytesOf(source, 0, bytes));
    return UNIT;
  },
  morgana_ba_of_bytes: (source, from, target, to, count) => {
    const bytes = asNumber(count!);
    const start = asNumber(from!);
    bytesOf(target, asNumber(to!), bytes).set(asBytes(source!).data.subarray(start, start + bytes));
    return UNIT;
  },
  morgana_ba_to_bytes: (source, from, target, to, count) => {
    asBytes(target!).data.set(bytesOf(source, asNumber(from!), asNumber(count!)), asNumber(to!));
    return UNIT;
  },
  morgana_ba_set_dimension: (array, i, n) => {
    (array as RawBlock).words[HEADER_WORDS + asNumber(i!)] = asNumber(n!);
    return UNIT;
  },
  morgana_ba_owner: (array) => ownerOf(array),
};
