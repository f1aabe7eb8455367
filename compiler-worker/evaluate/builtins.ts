/**
 * Built-in functions of the evaluator: what the package `runtime` exports as primitives (allocation, fibers, the
 * platform), on the evaluator's own values. Everything above that package runs as OCaml.
 */
import type { Location } from "../syntax/diagnostics.ts";
import { positionOf } from "../syntax/positions.ts";
import type { FileSystem } from "./files.ts";
import { copyBlock, sizeOf, tagOf } from "./primitives.ts";
import { BIGARRAY_BUILTINS } from "./bigarrays.ts";
import { marshalBuiltins } from "./marshal.ts";
import { asBytes, asNumber, Block, BoxedFloat, BoxedInt, Bytes, bytesOfString, Closure, EvaluatorError, Fiber, FloatArray, makeBytes, normalize, Partial, Raised, RawBlock, emptyBlock, stringOfBytes, type Integer, type Value } from "./values.ts";

export interface BuiltinEnvironment {
  readonly output: (descriptor: number, text: string) => void;
  readonly input: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly files: FileSystem;
  readonly exit: (code: number) => never;
  readonly exception: (name: string) => Value;
  /** The places of the calls that are under way, the innermost first. */
  readonly callstack: (most: number) => readonly Location[];
}

export type Builtin = (...args: Value[]) => Value;

export interface Builtins {
  readonly find: (name: string) => Builtin;
  readonly namedValue: (name: string) => Value | undefined;
}

const UNIT = 0;
/** Error numbers, negated: ENOENT, EROFS. */
const NO_ENTRY = -2;
const NOT_IMPLEMENTED = -38;
const READ_ONLY = -30;
const SLASH = 0x2f;
/** What the operations of custom blocks carry as their number. */
const CUSTOM_NUMBERS = { int32: 0, int64: 1, nativeint: 2 } as const;
const BIGARRAY_NUMBER = 3;
const BYTES_PER_WORD = 8;

/** A block of this tag and size in words, its fields unit or zero. */
export function allocate(tag: number, size: number): Value {
  if (tag < 251) return size === 0 ? emptyBlock(tag) : new Block(tag, new Array<Value>(size).fill(0));
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

/** Words of the blocks that a value leads to, with their headers. */
function reachableWords(value: Value): number {
  const seen = new Set<Value>();
  const pending = [value];
  let words = 0;
  for (let v = pending.pop(); v !== undefined; v = pending.pop()) {
    if (typeof v !== "object" || seen.has(v)) continue;
    seen.add(v);
    words += sizeOf(v) + 1;
    if (v instanceof Block) for (const field of v.fields) pending.push(field);
    else if (v instanceof Closure) for (const captured of v.captured) pending.push(captured);
    else if (v instanceof Partial) for (const arg of [v.closure, ...v.args]) pending.push(arg);
  }
  return words;
}

/** What stands in an empty slot of a weak block. */
/** Places in a weak block. */
const DATA = 1;
const FIRST_KEY = 2;
const ABSENT = new Block(0, []);
const GC_CONTROL_FIELDS = 11;
/** Nanoseconds that pass when the clock is read. */
const CLOCK_STEP = 1000n;

function slot(block: Value, i: number): Value {
  const value = block instanceof Block ? block.fields[i] : undefined;
  if (value === undefined) throw new EvaluatorError("a weak block was expected");
  return value;
}
function setSlot(block: Value, i: number, value: Value): Value {
  slot(block, i);
  (block as Block).fields[i] = value;
  return UNIT;
}
function slotOption(block: Value, i: number): Value {
  const value = slot(block, i);
  return value === ABSENT ? 0 : new Block(0, [value]);
}
function copied(option: Value): Value {
  if (!(option instanceof Block)) return option;
  const value = option.fields[0]!;
  return typeof value === "object" ? new Block(0, [copyBlock(value)]) : option;
}

/** `Gc.stat`: three floats, then integers. */
function gcStatistics(): Value {
  return new Block(0, [new BoxedFloat(0), new BoxedFloat(0), new BoxedFloat(0), ...new Array<Value>(14).fill(0)]);
}

/** A slot of `Printexc`: `Known_location`, with the fields that the module gives it. */
function backtraceSlot({ file, start, end }: Location): Value {
  const from = positionOf(file, start);
  const to = positionOf(file, end);
  const isRaise = 0;
  const isInline = 0;
  return new Block(0, [isRaise, isInline, bytesOfString(from.file), from.line, from.column, to.column, to.line, to.column, bytesOfString("")]);
}

export function makeBuiltins(environment: BuiltinEnvironment): Builtins {
  const { files } = environment;
  const named = new Map<string, Value>();
  let nextId = 1;
  let inputPosition = 0;
  let clock = 0n;
  let seed = 1n;
  let recording: Value = 0;
  /** What the numbers of a raw backtrace stand for. */
  const places: Location[] = [];
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
    morgana_fill_values: (block, from, count, value) => {
      const start = asNumber(from!);
      if (!(block instanceof Block)) throw new EvaluatorError("a block of values was expected");
      block.fields.fill(value!, start, start + asNumber(count!));
      return UNIT;
    },
    morgana_enclosing_closure: (f) => f!,
    morgana_set_tag: (block, tag) => {
      if (!(block instanceof Block)) throw new EvaluatorError("a block of values was expected");
      block.tag = asNumber(tag!);
      return UNIT;
    },
    morgana_reachable_words: (value) => reachableWords(value!),
    morgana_custom_number: (block) => (block instanceof BoxedInt ? CUSTOM_NUMBERS[block.type] : BIGARRAY_NUMBER),
    caml_create_bytes: (n) => {
      const length = asNumber(n!);
      if (length < 0 || length > 0x1fffffffffffff) return raiseWith("Invalid_argument", "Bytes.create");
      return makeBytes(length);
    },
    caml_obj_tag: (x) => (typeof x === "object" ? tagOf(x) : 1000),
    caml_obj_dup: (x) => copyBlock(x!),
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
      last.valueHandler = value!;
      last.exceptionHandler = exception!;
      last.effectHandler = effect!;
      return stack;
    },
    // Weak pointers and ephemerons hold on to what they point to. Fields as in the runtime: one that is not used here, data, then keys; each a value or absent.
    caml_ephe_create: (keys) => asNumber(keys!) < 0 ? raiseWith("Invalid_argument", "Weak.create") : new Block(0, new Array<Value>(asNumber(keys!) + FIRST_KEY).fill(ABSENT)),
    caml_ephe_set_key: (block, i, value) => setSlot(block!, asNumber(i!) + FIRST_KEY, value!),
    caml_ephe_unset_key: (block, i) => setSlot(block!, asNumber(i!) + FIRST_KEY, ABSENT),
    caml_ephe_get_key: (block, i) => slotOption(block!, asNumber(i!) + FIRST_KEY),
    caml_ephe_check_key: (block, i) => (slot(block!, asNumber(i!) + FIRST_KEY) === ABSENT ? 0 : 1),
    caml_ephe_blit_key: (source, from, target, to, count) => {
      blitWords(source!, asNumber(from!) + FIRST_KEY, target!, asNumber(to!) + FIRST_KEY, asNumber(count!));
      return UNIT;
    },
    caml_ephe_set_data: (block, value) => setSlot(block!, DATA, value!),
    caml_ephe_unset_data: (block) => setSlot(block!, DATA, ABSENT),
    caml_ephe_get_data: (block) => slotOption(block!, DATA),
    caml_ephe_check_data: (block) => (slot(block!, DATA) === ABSENT ? 0 : 1),
    caml_ephe_blit_data: (source, target) => setSlot(target!, DATA, slot(source!, DATA)),
    caml_weak_set: (block, i, option) => setSlot(block!, asNumber(i!) + FIRST_KEY, option instanceof Block ? option.fields[0]! : ABSENT),
    // Finalisers never run: nothing is ever collected.
    caml_final_register: () => UNIT,
    caml_final_register_called_without_value: () => UNIT,
    caml_final_release: () => UNIT,
    // The collector.
    caml_gc_minor: () => UNIT,
    caml_gc_major: () => UNIT,
    caml_gc_full_major: () => UNIT,
    caml_gc_compaction: () => UNIT,
    caml_gc_major_slice: () => 0,
    caml_gc_minor_words: () => new BoxedFloat(0),
    caml_gc_counters: () => new Block(0, [new BoxedFloat(0), new BoxedFloat(0), new BoxedFloat(0)]),
    caml_gc_get: () => new Block(0, new Array<Value>(GC_CONTROL_FIELDS).fill(0)),
    caml_gc_set: () => UNIT,
    caml_gc_stat: () => gcStatistics(),
    caml_gc_quick_stat: () => gcStatistics(),
    // Memory is the host's: no allocation is ever sampled.
    morgana_tell_of_samples_by: () => UNIT,
    morgana_sampler_start: () => UNIT,
    morgana_sampler_pause: () => UNIT,
    morgana_sampler_resume: () => UNIT,
    morgana_sampler_tell: () => UNIT,
    morgana_sampler_count: () => 0,
    morgana_sampler_news: () => 0,
    morgana_sampler_compact: () => UNIT,
    morgana_sampler_is_active: () => 0,
    morgana_sampler_set_source: () => UNIT,
    // Nothing records backtraces.
    caml_record_backtrace: (on) => {
      recording = on!;
      return UNIT;
    },
    caml_backtrace_status: () => recording,
    caml_get_exception_raw_backtrace: () => new Block(0, []),
    caml_restore_raw_backtrace: () => UNIT,
    caml_get_current_callstack: (most) => {
      const first = places.length;
      places.push(...environment.callstack(asNumber(most!)));
      return new Block(0, places.slice(first).map((_, i) => first + i));
    },
    caml_get_continuation_callstack: () => new Block(0, []),
    caml_convert_raw_backtrace_slot: (entry) => backtraceSlot(places[asNumber(entry!)]!),
    caml_convert_raw_backtrace: (backtrace) => new Block(0, (backtrace as Block).fields.map((entry) => backtraceSlot(places[asNumber(entry)]!))),
    caml_raw_backtrace_length: (backtrace) => (backtrace as Block).fields.length,
    caml_raw_backtrace_slot: (backtrace, i) => {
      const entry = (backtrace as Block).fields[asNumber(i!)];
      return entry ?? raiseWith("Invalid_argument", "Printexc.get_raw_backtrace_slot: index out of bounds");
    },
    caml_raw_backtrace_next_slot: () => 0,
    // Names and the outside world.
    caml_register_named_value: (name, value) => {
      named.set(stringOfBytes(asBytes(name!)), value!);
      return UNIT;
    },
    caml_sys_exit: (code) => environment.exit(asNumber(code!)),
    caml_sys_argv: () => new Block(0, environment.argv.map((arg) => bytesOfString(arg))),
    caml_sys_executable_name: () => bytesOfString(environment.argv[0] ?? ""),
    morgana_command_line: () => bytesOfString(environment.argv.slice(1).join(" ")),
    morgana_has_environment: () => (Object.keys(environment.environment).length > 0 ? 1 : 0),
    caml_sys_getenv: (name) => {
      const value = environment.environment[stringOfBytes(asBytes(name!))];
      if (value === undefined) throw new Raised(environment.exception("Not_found"));
      return bytesOfString(value);
    },
    morgana_platform_write: (descriptor, bytes, from, count) => {
      const start = asNumber(from!);
      const text = stringOfBytes(asBytes(bytes!), start, start + asNumber(count!));
      if (files.has(asNumber(descriptor!))) return files.write(asNumber(descriptor!), text);
      environment.output(asNumber(descriptor!), text);
      return count!;
    },
    morgana_platform_read: (descriptor, bytes, from, count) => {
      const start = asNumber(from!);
      if (files.has(asNumber(descriptor!))) return files.read(asNumber(descriptor!), asBytes(bytes!).data, start, asNumber(count!));
      const n = Math.min(asNumber(count!), environment.input.length - inputPosition);
      for (let i = 0; i < n; i++) asBytes(bytes!).data[start + i] = environment.input.charCodeAt(inputPosition + i);
      inputPosition += n;
      return n;
    },
    morgana_platform_open: (path, flags) => files.open(stringOfBytes(asBytes(path!)), asNumber(flags!)),
    morgana_platform_close: (descriptor) => files.close(asNumber(descriptor!)),
    morgana_platform_seek: (descriptor, offset, whence) => files.seek(asNumber(descriptor!), asNumber(offset!), asNumber(whence!)),
    morgana_platform_file_kind: (path) => files.kind(stringOfBytes(asBytes(path!))),
    // Modes of files are not kept.
    morgana_linux_chmod: (path) => Math.min(0, files.kind(stringOfBytes(asBytes(path!)))),
    morgana_platform_remove: () => READ_ONLY,
    morgana_platform_rename: () => READ_ONLY,
    morgana_platform_make_folder: () => READ_ONLY,
    morgana_platform_remove_folder: () => READ_ONLY,
    morgana_platform_change_folder: () => NO_ENTRY,
    morgana_platform_current_folder: (buffer) => {
      asBytes(buffer!).data.set([SLASH, 0]);
      return 2;
    },
    morgana_platform_open_folder: (path) => files.openFolder(stringOfBytes(asBytes(path!))),
    morgana_platform_read_folder: (descriptor, buffer) => files.readFolder(asNumber(descriptor!), asBytes(buffer!).data),
    morgana_platform_is_terminal: () => 0,
    unix_environment: () => new Block(0, Object.entries(environment.environment).map(([name, value]) => bytesOfString(`${name}=${value}`))),
    morgana_changed_environment: () => 0,
    morgana_platform_poll: () => NOT_IMPLEMENTED,
    morgana_platform_start: () => NOT_IMPLEMENTED,
    morgana_platform_await: () => NOT_IMPLEMENTED,
    morgana_platform_signal: () => NOT_IMPLEMENTED,
    morgana_platform_block_signal: () => 0,
    morgana_handle_signals: () => UNIT,
    morgana_handle_signals_by: () => UNIT,
    morgana_take_signal: () => 0,
    morgana_platform_exit: (code) => environment.exit(asNumber(code!)),
    morgana_platform_entropy: (bytes, from, count) => {
      // Reproducible: a linear congruential generator (Knuth's MMIX).
      const start = asNumber(from!);
      for (let i = 0; i < asNumber(count!); i++) {
        seed = BigInt.asUintN(64, seed * 6364136223846793005n + 1442695040888963407n);
        asBytes(bytes!).data[start + i] = Number(seed >> 56n);
      }
      return count!;
    },
    // Time is what the program makes of it: it passes by looking, and by waiting.
    morgana_monotonic_ns: () => new BoxedInt("int64", normalize((clock += CLOCK_STEP))),
    morgana_wall_ns: () => new BoxedInt("int64", normalize((clock += CLOCK_STEP))),
    morgana_time_zone_offset: () => 0,
    morgana_wait: (deadline, wantInput) => {
      const until = BigInt((deadline as BoxedInt).value);
      const hasInput = wantInput !== 0 && inputPosition < environment.input.length;
      if (until < 0n && !hasInput) throw new EvaluatorError("the program waits for ever");
      if (!hasInput && until > clock) clock = until;
      return hasInput ? 1 : 0;
    },
    caml_sys_time: () => new BoxedFloat(Number((clock += CLOCK_STEP)) / 1e9),
    unix_gettimeofday: () => new BoxedFloat(Number((clock += CLOCK_STEP)) / 1e9),
  };
  table["caml_ephe_get_key_copy"] = (block, i) => copied(table["caml_ephe_get_key"]!(block!, i!));
  table["caml_ephe_get_data_copy"] = (block) => copied(table["caml_ephe_get_data"]!(block!));
  for (const [weak, ephe] of Object.entries({ create: "create", get: "get_key", get_copy: "get_key_copy", check: "check_key", blit: "blit_key" })) table[`caml_weak_${weak}`] = table[`caml_ephe_${ephe}`]!;
  const marshal = marshalBuiltins();
  return {
    find: (name) => {
      const builtin = table[name] ?? BIGARRAY_BUILTINS[name] ?? marshal[name];
      if (builtin !== undefined) return builtin;
      return () => {
        throw new EvaluatorError(`the primitive ${name} is not evaluated`);
      };
    },
    namedValue: (name) => named.get(name),
  };
}
