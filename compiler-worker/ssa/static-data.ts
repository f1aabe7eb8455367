/**
 * Static data: closed constants, closures without free variables, predefined exceptions, globals. Blocks carry black
 * headers (ARCHITECTURE section 2); equal immutable constants are one block.
 */
import type { BoxedInteger, Constant } from "../core/core.ts";
import type { DataWord, StaticData } from "./ssa.ts";

export const TAG = { closure: 247, object: 248, infix: 249, string: 252, double: 253, doubleArray: 254, custom: 255 } as const;

const BLACK = 3n << 8n;

export function header(size: number, tag: number): bigint {
  return (BigInt(size) << 10n) | BigInt(tag);
}

export function staticHeader(size: number, tag: number): bigint {
  return header(size, tag) | BLACK;
}

/** Closure information: arity, and where the scanned fields begin. */
export function closureInfo(arity: number, environmentStart: number): bigint {
  return BigInt.asIntN(64, (BigInt(arity) << 56n) | (BigInt(environmentStart) << 1n) | 1n);
}

export const PREDEFINED_EXCEPTIONS = [
  "Out_of_memory",
  "Sys_error",
  "Failure",
  "Invalid_argument",
  "End_of_file",
  "Division_by_zero",
  "Not_found",
  "Match_failure",
  "Stack_overflow",
  "Sys_blocked_io",
  "Assert_failure",
  "Undefined_recursive_module",
] as const;

const CUSTOM: { readonly [K in BoxedInteger]: readonly [number, string] } = { int32: [0, "_i"], int64: [1, "_j"], nativeint: [2, "_n"] };

/** The words of a string block without its header. */
export function stringWords(text: string): bigint[] {
  const size = Math.floor(text.length / 8) + 1;
  const words: bigint[] = [];
  for (let w = 0; w < size; w++) {
    let bits = 0n;
    for (let i = 7; i >= 0; i--) {
      const at = 8 * w + i;
      const byte = at < text.length ? text.charCodeAt(at) & 0xff : at === 8 * size - 1 ? at - text.length : 0;
      bits = (bits << 8n) | BigInt(byte);
    }
    words.push(BigInt.asIntN(64, bits));
  }
  return words;
}

export class StaticPool {
  readonly data: StaticData[] = [];
  readonly #constants = new Map<string, DataWord>();
  readonly #byObject = new Map<Constant, DataWord>();
  readonly #defined = new Set<string>();
  #count = 0;

  /** An immutable block; equal ones are shared. Fields are words as they stand in memory. */
  block(tag: number, fields: readonly DataWord[]): DataWord {
    return this.#shared(`${tag}`, tag, fields);
  }

  #shared(prefix: string, tag: number, fields: readonly DataWord[]): DataWord {
    let key = prefix;
    for (const w of fields) key += typeof w === "bigint" ? `,${w.toString(36)}` : `,@${w.symbol}+${w.offset}`;
    let found = this.#constants.get(key);
    if (found === undefined) {
      const symbol = `const.${this.#count++}`;
      this.define(symbol, "rodata", tag, fields);
      found = { symbol, offset: 0 };
      this.#constants.set(key, found);
    }
    return found;
  }

  /** A block of its own under `symbol`. */
  define(symbol: string, section: "rodata" | "roots", tag: number, fields: readonly DataWord[]): void {
    this.#defined.add(symbol);
    this.data.push({ symbol, section, start: 1, words: [staticHeader(fields.length, tag), ...fields], bytes: 8 * (fields.length + 1), align: 8 });
  }

  isDefined(symbol: string): boolean {
    return this.#defined.has(symbol);
  }

  zeroed(symbol: string, bytes: number, align: number): void {
    if (this.#defined.has(symbol)) return;
    this.#defined.add(symbol);
    this.data.push({ symbol, section: "bss", start: 0, words: [], bytes, align: Math.max(8, align) });
  }

  words(symbol: string, section: "rodata" | "data" | "roots", words: readonly DataWord[], start = 0): void {
    this.#defined.add(symbol);
    this.data.push({ symbol, section, start, words, bytes: 8 * words.length, align: 8 });
  }

  customOperations(type: BoxedInteger): DataWord {
    const symbol = `custom.${type}`;
    if (!this.#defined.has(symbol)) {
      const [number, identifier] = CUSTOM[type];
      this.define(symbol, "rodata", 0, [this.string(identifier), BigInt(2 * number + 1)]);
    }
    return { symbol, offset: 0 };
  }

  /** `exn.Not_found` and its like; false when there is no such exception. */
  predefinedException(name: string): boolean {
    const i = (PREDEFINED_EXCEPTIONS as readonly string[]).indexOf(name);
    if (i < 0) return false;
    const symbol = `exn.${name}`;
    if (!this.#defined.has(symbol)) this.define(symbol, "rodata", TAG.object, [this.string(name), BigInt(2 * (-1 - i) + 1)]);
    return true;
  }

  string(text: string): DataWord {
    return this.#shared("s", TAG.string, stringWords(text));
  }

  /** The word that stands for a constant of kind value or immediate. Nested blocks (long lists) are done without recursion. */
  constant(c: Constant): DataWord {
    const known = this.#atom(c);
    if (known !== undefined) return known;
    const stack: { readonly block: Extract<Constant, { kind: "block" }>; next: number }[] = [{ block: c as Extract<Constant, { kind: "block" }>, next: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next < top.block.fields.length) {
        const field = top.block.fields[top.next++]!;
        if (this.#atom(field) === undefined) stack.push({ block: field as Extract<Constant, { kind: "block" }>, next: 0 });
      } else {
        stack.pop();
        this.#byObject.set(top.block, this.block(top.block.tag, top.block.fields.map((f) => this.#atom(f)!)));
      }
    }
    return this.#byObject.get(c)!;
  }

  #atom(c: Constant): DataWord | undefined {
    switch (c.kind) {
      case "int":
        return BigInt.asIntN(64, 2n * c.value + 1n);
      case "word":
        return BigInt.asIntN(64, c.value);
      case "float":
        return BigInt.asIntN(64, c.bits);
      case "boxedFloat":
        return this.#shared("f", TAG.double, [BigInt.asIntN(64, c.bits)]);
      case "boxedInt":
        return this.#shared("i", TAG.custom, [this.customOperations(c.type), BigInt.asIntN(64, c.value)]);
      case "string":
        return this.string(c.value);
      case "floatArray":
        if (c.bits.length === 0) return this.block(0, []);
        return this.#shared("d", TAG.doubleArray, c.bits.map((bits) => BigInt.asIntN(64, bits)));
      case "block":
        return this.#byObject.get(c);
    }
  }
}
