/**
 * Built-in functions of the evaluator: what the package `runtime` exports as primitives (allocation, fibers, the
 * platform), on the evaluator's own values. Everything above that package runs as OCaml.
 */
import { bitsOf, copyBlock, sizeOf, symbolAddress, tagOf } from "./primitives.ts";
import { asBytes, asNumber, Block, BoxedFloat, BoxedInt, Bytes, bytesOfString, EvaluatorError, Fiber, FloatArray, makeBytes, Raised, RawBlock, stringOfBytes, type Integer, type Value } from "./values.ts";

export interface BuiltinEnvironment {
  readonly output: (descriptor: number, text: string) => void;
  readonly input: string;
  readonly argv: readonly string[];
  readonly exit: (code: number) => never;
  readonly exception: (name: string) => Value;
}

export type Builtin = (...args: Value[]) => Value;

export interface Builtins {
  readonly find: (name: string) => Builtin;
  readonly namedValue: (name: string) => Value | undefined;
}

const UNIT = 0;
const BYTES_PER_WORD = 8;

/** A block of this tag and size in words, its fields unit or zero. */
export function allocate(tag: number, size: number): Value {
  if (tag < 251) return new Block(tag, new Array<Value>(size).fill(0));
  if (tag === 252) return new Bytes(new Uint8Array(size * BYTES_PER_WORD));
  if (tag === 253) return new BoxedFloat(0);
  if (tag === 254) return new FloatArray(new Float64Array(size));
  return new RawBlock(tag, new Array<Integer>(size).fill(0));
}

function blitWords(source: Value, from: number, target: Value, to: number, count: number): void {
  if (source instanceof Block && target instanceof Block) {
    if (source.fields === target.fields && from < to) for (let i = count - 1; i >= 0; i--) target.fields[to + i] = source.fields[from + i]!;
    else for (let i = 0; i < count; i++) target.fields[to + i] = source.fields[from + i]!;
  } else if (source instanceof FloatArray && target instanceof FloatArray) target.values.set(source.values.subarray(from, from + count), to);
  else if (source instanceof Bytes && target instanceof Bytes) target.data.set(source.data.subarray(from * 8, (from + count) * 8), to * 8);
  else if (source instanceof RawBlock && target instanceof RawBlock) for (const [i, word] of source.words.slice(from, from + count).entries()) target.words[to + i] = word;
  else if (count > 0) throw new EvaluatorError("blit between blocks of different kinds");
}

export function makeBuiltins(environment: BuiltinEnvironment): Builtins {
  const named = new Map<string, Value>();
  let nextId = 1;
  let inputPosition = 0;
  const raiseWith = (exception: string, message: string): never => {
    throw new Raised(new Block(0, [environment.exception(exception), bytesOfString(message)]));
  };
  const table: Record<string, Builtin> = {
    // Allocation and blocks.
    morgana_alloc: (tag, size) => allocate(asNumber(tag!), asNumber(size!)),
    morgana_alloc_raw: (tag, size) => allocate(asNumber(tag!), asNumber(size!)),
    morgana_blit_bytes: (source, from, target, to, count) => {
      const start = asNumber(from!);
      asBytes(target!).data.set(asBytes(source!).data.subarray(start, start + asNumber(count!)), asNumber(to!));
      return UNIT;
    },
    morgana_fill_bytes: (target, from, count, byte) => {
      const start = asNumber(from!);
      asBytes(target!).data.fill(asNumber(byte!), start, start + asNumber(count!));
      return UNIT;
    },
    morgana_blit_words: (source, from, target, to, count) => {
      blitWords(source!, asNumber(from!), target!, asNumber(to!), asNumber(count!));
      return UNIT;
    },
    caml_create_bytes: (n) => {
      const length = asNumber(n!);
      if (length < 0 || length > 0x1fffffffffffff) return raiseWith("Invalid_argument", "Bytes.create");
      return makeBytes(length);
    },
    caml_obj_tag: (x) => (typeof x === "object" ? tagOf(x) : 1000),
    caml_obj_dup: (x) => copyBlock(x!),
    caml_obj_size: (x) => sizeOf(x!),
    caml_fresh_oo_id: () => nextId++,
    // Fibers.
    caml_alloc_stack: (value, exception, effect) => new Fiber(value!, exception!, effect!),
    caml_continuation_use_noexc: (continuation) => {
      const fields = (continuation as Block).fields;
      const stack = fields[0]!;
      fields[0] = 0;
      return stack;
    },
    caml_continuation_use_and_update_handler_noexc: (continuation, value, exception, effect) => {
      const fields = (continuation as Block).fields;
      const stack = fields[0]!;
      fields[0] = 0;
      if (!(stack instanceof Fiber)) return stack;
      // The outermost fiber of the continuation gets the new handlers.
      let last = stack;
      while (last.parent !== undefined) last = last.parent;
      const fresh = new Fiber(value!, exception!, effect!);
      fresh.frame = last.frame;
      fresh.trap = last.trap;
      if (last === stack) {
        fields[1] = fresh;
        return fresh;
      }
      let inner = stack;
      while (inner.parent !== last) inner = inner.parent!;
      inner.parent = fresh;
      fields[1] = fresh;
      return stack;
    },
    // Names and the outside world.
    caml_register_named_value: (name, value) => {
      named.set(stringOfBytes(asBytes(name!)), value!);
      return UNIT;
    },
    caml_sys_exit: (code) => environment.exit(asNumber(code!)),
    caml_sys_argv: () => new Block(0, environment.argv.map((arg) => bytesOfString(arg))),
    morgana_platform_write: (descriptor, bytes, from, count) => {
      const start = asNumber(from!);
      environment.output(asNumber(descriptor!), stringOfBytes(asBytes(bytes!), start, start + asNumber(count!)));
      return count!;
    },
    morgana_platform_read: (_descriptor, bytes, from, count) => {
      const start = asNumber(from!);
      const n = Math.min(asNumber(count!), environment.input.length - inputPosition);
      for (let i = 0; i < n; i++) asBytes(bytes!).data[start + i] = environment.input.charCodeAt(inputPosition + i);
      inputPosition += n;
      return n;
    },
    morgana_platform_exit: (code) => environment.exit(asNumber(code!)),
    caml_int64_bits_of_float: (x) => new BoxedInt("int64", bitsOf((x as BoxedFloat).value)),
    morgana_custom_identifier: (x) => symbolAddress(x instanceof BoxedInt ? `custom.${x.type}` : "custom"),
  };
  return {
    find: (name) => {
      const builtin = table[name];
      if (builtin !== undefined) return builtin;
      return () => {
        throw new EvaluatorError(`the primitive ${name} is not evaluated`);
      };
    },
    namedValue: (name) => named.get(name),
  };
}
