/** Writing values as Marshal does, for the evaluator: what `runtime/marshal_output.ml` does with memory. */
import { asBytes, asNumber, Block, BoxedFloat, BoxedInt, Bytes, Closure, Fiber, FloatArray, Partial, RawBlock, type Value } from "./values.ts";

const UNIT = 0;

// Why a value cannot be written, by the numbers of the run-time system.
const FUNCTIONAL = 1;
const ABSTRACT = 2;
const CUSTOM = 3;
const CONTINUATION = 4;
const INTEGER_TOO_LARGE = 5;
const STRING_TOO_LARGE = 7;
const ARRAY_TOO_LARGE = 8;

const LAZY_TAG = 246;
const FORCING_TAG = 244;
const OBJECT_TAG = 248;
const FORWARD_TAG = 250;
const ABSTRACT_TAG = 251;

class Failed extends Error {
  readonly reason: number;
  constructor(reason: number) {
    super("not to be marshalled");
    this.reason = reason;
  }
}

class Writer {
  readonly bytes: number[] = [];
  readonly #sharing: boolean;
  readonly #compatible: boolean;
  readonly #numbers = new Map<Value, number>();
  objects = 0;
  size32 = 0;
  size64 = 0;

  constructor(sharing: boolean, compatible: boolean) {
    this.#sharing = sharing;
    this.#compatible = compatible;
  }

  /** Highest byte first. */
  #put(value: number | bigint, count: number): void {
    const word = BigInt(value);
    for (let i = count - 1; i >= 0; i--) this.bytes.push(Number((word >> BigInt(8 * i)) & 0xffn));
  }

  #sizes(words32: number, words64: number): void {
    this.size32 += words32;
    this.size64 += words64;
  }

  #integer(n: number | bigint): void {
    if (n >= 0 && n < 0x40) this.#put(0x40 + Number(n), 1);
    else if (n >= -0x80 && n < 0x80) this.#coded(0, n, 1);
    else if (n >= -0x8000 && n < 0x8000) this.#coded(1, n, 2);
    else if (n >= -0x4000_0000 && n < 0x4000_0000) this.#coded(2, n, 4);
    else if (this.#compatible) throw new Failed(INTEGER_TOO_LARGE);
    else this.#coded(3, n, 8);
  }

  #coded(code: number, value: number | bigint, count: number): void {
    this.bytes.push(code);
    this.#put(value, count);
  }

  /** A length of one, four or eight bytes. */
  #length(codes: readonly [number, number, number], n: number): void {
    if (n < 0x100) this.#coded(codes[0], n, 1);
    else if (n < 2 ** 32) this.#coded(codes[1], n, 4);
    else this.#coded(codes[2], n, 8);
  }

  #header(size: number, tag: number): void {
    if (tag < 16 && size < 8) this.bytes.push(0x80 + tag + (size << 4));
    else {
      const header = (BigInt(size) << 10n) | 0x300n | BigInt(tag);
      if (size < 0x40_0000) this.#coded(8, header, 4);
      else if (this.#compatible) throw new Failed(ARRAY_TOO_LARGE);
      else this.#coded(0x13, header, 8);
    }
  }

  #string(s: Bytes): void {
    const n = s.length;
    if (n < 0x20) this.bytes.push(0x20 + n);
    else {
      if (n > 0xff_fffb && this.#compatible) throw new Failed(STRING_TOO_LARGE);
      this.#length([9, 0xa, 0x15], n);
    }
    for (let i = 0; i < n; i++) this.bytes.push(s.data[i]!);
    this.#sizes(1 + Math.floor((n + 4) / 4), 1 + Math.floor((n + 8) / 8));
  }

  #float(x: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x, true);
    for (let i = 0; i < 8; i++) this.bytes.push(view.getUint8(i));
  }

  #boxed({ type, value }: BoxedInt): void {
    this.bytes.push(0x19, 0x5f);
    if (type === "int32") {
      this.#put(0x6900, 2);
      this.#put(value, 4);
      this.#sizes(3, 3);
    } else if (type === "int64") {
      this.#put(0x6a00, 2);
      this.#put(value, 8);
      this.#sizes(4, 3);
    } else {
      this.#put(0x6e00, 2);
      const short = value >= -0x8000_0000 && value < 0x8000_0000;
      this.#coded(short ? 1 : 2, value, short ? 4 : 8);
      this.#sizes(3, 3);
    }
  }

  /** A bigarray: lengths of what follows on either machine, number of dimensions, kind and layout, dimensions, elements. */
  #bigarray(array: RawBlock, data: DataView): void {
    const count = asNumber(array.words[2]!);
    const flags = asNumber(array.words[3]!);
    for (const c of "\x18_bigarr02\0") this.bytes.push(c.charCodeAt(0));
    this.#put((4 + count) * 4, 4);
    this.#put((4 + count) * 8, 8);
    this.#put(count, 4);
    this.#put(flags, 4);
    let elements = 1;
    for (let i = 0; i < count; i++) {
      const n = asNumber(array.words[5 + i]!);
      elements *= n;
      this.#put(Math.min(n, 0xffff), 2);
      if (n >= 0xffff) this.#put(n, 8);
    }
    const kind = flags & 255;
    const words = (size: number, total: number): void => {
      for (let i = 0; i < total; i++) for (let k = size - 1; k >= 0; k--) this.bytes.push(data.getUint8(i * size + k));
    };
    if (kind === 8 || kind === 9) {
      const bound = kind === 8 ? 0x4000_0000n : 0x8000_0000n;
      const all = Array.from({ length: elements }, (_, i) => data.getBigInt64(8 * i, true));
      const fits = all.every((n) => n >= -bound && n < bound);
      this.bytes.push(fits ? 0 : 1);
      for (const n of all) this.#put(n, fits ? 4 : 8);
    } else if (kind === 2 || kind === 3 || kind === 12) words(1, elements);
    else if (kind === 4 || kind === 5 || kind === 13) words(2, elements);
    else if (kind === 0 || kind === 6) words(4, elements);
    else if (kind === 10) words(4, 2 * elements);
    else words(8, kind === 11 ? 2 * elements : elements);
    this.#sizes(6 + count, 6 + count);
  }

  #contents(x: Exclude<Value, number | bigint>, todo: { block: Block; next: number }[]): void {
    if (x instanceof Closure || x instanceof Partial) throw new Failed(FUNCTIONAL);
    if (x instanceof Fiber) throw new Failed(CONTINUATION);
    if (x instanceof Bytes) this.#string(x);
    else if (x instanceof BoxedFloat) {
      this.bytes.push(0xc);
      this.#float(x.value);
      this.#sizes(3, 2);
    } else if (x instanceof FloatArray) {
      const n = x.values.length;
      if (n > 0x1f_ffff && this.#compatible) throw new Failed(ARRAY_TOO_LARGE);
      this.#length([0xe, 7, 0x17], n);
      for (const value of x.values) this.#float(value);
      this.#sizes(1 + 2 * n, 1 + n);
    } else if (x instanceof BoxedInt) this.#boxed(x);
    else if (x instanceof RawBlock && x.data !== undefined) this.#bigarray(x, x.data);
    else if (x instanceof Block) {
      if (x.tag === OBJECT_TAG && typeof x.fields[0] !== "object") throw new Failed(CUSTOM);
      this.#header(x.fields.length, x.tag);
      this.#sizes(1 + x.fields.length, 1 + x.fields.length);
      todo.push({ block: x, next: 0 });
    } else throw new Failed(x instanceof RawBlock && x.tag === ABSTRACT_TAG ? ABSTRACT : CUSTOM);
  }

  #value(start: Value, todo: { block: Block; next: number }[]): void {
    const x = forwarded(start);
    if (typeof x === "number" || typeof x === "bigint") this.#integer(x);
    else if ((x instanceof Block && x.fields.length === 0) || (x instanceof FloatArray && x.values.length === 0)) this.#header(0, x instanceof Block ? x.tag : 0);
    else {
      const number = this.#sharing ? this.#numbers.get(x) : undefined;
      if (number !== undefined) {
        const distance = this.objects - number;
        const [code, count] = distance < 0x100 ? [4, 1] : distance < 0x1_0000 ? [5, 2] : [6, 4];
        this.#coded(code!, distance, count!);
        return;
      }
      this.#contents(x, todo);
      if (this.#sharing) this.#numbers.set(x, this.objects++);
    }
  }

  write(value: Value): void {
    const todo: { block: Block; next: number }[] = [];
    this.#value(value, todo);
    for (let top = todo.at(-1); top !== undefined; top = todo.at(-1)) {
      const field = top.block.fields[top.next++]!;
      if (top.next === top.block.fields.length) todo.pop();
      this.#value(field, todo);
    }
  }
}

/** What a forwarding block stands for, where it is not needed. */
function forwarded(start: Value): Value {
  let x = start;
  while (x instanceof Block && x.tag === FORWARD_TAG) {
    const target = x.fields[0]!;
    if (target instanceof BoxedFloat || (target instanceof Block && (target.tag === FORWARD_TAG || target.tag === LAZY_TAG || target.tag === FORCING_TAG))) break;
    x = target;
  }
  return x;
}

/** The primitives of `runtime/marshal.ml`. Functions are not written. */
export function marshalBuiltins(): Readonly<Record<string, (...args: Value[]) => Value>> {
  let written = new Writer(true, false);
  return {
    morgana_marshal_write: (value, sharing, compatible) => {
      written = new Writer(sharing !== 0, compatible !== 0);
      try {
        written.write(value!);
        return 0;
      } catch (error) {
        if (error instanceof Failed) return error.reason;
        throw error;
      }
    },
    morgana_marshal_length: () => written.bytes.length,
    morgana_marshal_objects: () => written.objects,
    morgana_marshal_size32: () => written.size32,
    morgana_marshal_size64: () => written.size64,
    morgana_marshal_copy: (target, offset) => {
      asBytes(target!).data.set(written.bytes, asNumber(offset!));
      return UNIT;
    },
    morgana_marshal_release: () => {
      written = new Writer(true, false);
      return UNIT;
    },
    // No function is.
    morgana_marshal_is_own_code: () => 0,
    morgana_marshal_inside: () => 0,
  };
}
