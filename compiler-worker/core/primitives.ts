/**
 * The compiler's intrinsics: what `external f : t = "%name"` means in core. The names are OCaml 5.3's (the table in
 * its `translprim.ml` and the uses in its standard library), then Morgana's own (ARCHITECTURE sections 4 and 5).
 *
 * Arguments come as OCaml passes them (boxed, tagged); an intrinsic unboxes what it computes with, and `simplify`
 * cancels the box/unbox pairs. Argument expressions that are used more than once are bound first, from right to left.
 */
import type { Location } from "../syntax/diagnostics.ts";
import * as b from "./build.ts";
import type { ArrayKind, BoxedInteger, Expr, StoreKind, Width } from "./core.ts";

/** What an argument's type says about comparing it. */
export type ComparisonType = "any" | "int" | "float" | "string" | "bytes" | BoxedInteger;

export interface BigarrayType {
  /** Undefined when the type does not say. */
  readonly element: BigarrayElement | undefined;
  readonly layout: "c" | "fortran" | undefined;
}
export type BigarrayElement = "float16" | "float32" | "float64" | "int8" | "uint8" | "int16" | "uint16" | "int32" | "int64" | "int" | "nativeint" | "complex32" | "complex64" | "char";

/** What an intrinsic needs from defunctorization. The thunks look at the types of this use. */
export interface IntrinsicContext {
  readonly fresh: b.Fresh;
  readonly loc: Location;
  /** Calls the function that has `[@@primitive name]`. */
  readonly external: (name: string, args: readonly Expr[]) => Expr;
  /** Calls a function that raises; never returns: `Invalid_argument "index out of bounds"`, `Division_by_zero`. */
  readonly boundError: () => Expr;
  readonly divisionByZero: () => Expr;
  /** Whether the argument is an exception that the handler around has caught. */
  readonly raisesCaught: () => boolean;
  /** Boxing of integers: the identity for `nativeint` in the runtime dialect. */
  readonly box: (type: BoxedInteger, word: Expr) => Expr;
  readonly unbox: (type: BoxedInteger, value: Expr) => Expr;
  readonly comparisonType: () => ComparisonType;
  /** One of the arguments is written as a constant constructor. */
  readonly comparesConstant: () => boolean;
  /** Of the first argument; for `%array…` made from scratch, of the result. */
  readonly arrayKind: () => ArrayKind;
  readonly bigarray: () => BigarrayType;
  /** How the last argument may be stored. */
  readonly storeKind: () => StoreKind;
  /** Applies a value to arguments, as an ordinary application does. */
  readonly apply: (f: Expr, args: readonly Expr[]) => Expr;
  readonly forceLazy: (value: Expr) => Expr;
  readonly location: (what: "LOC" | "FILE" | "LINE" | "POS" | "MODULE" | "FUNCTION") => Expr;
  readonly send: (kind: "public" | "self" | "cache", args: readonly Expr[]) => Expr;
  /** An integer known at compile time, for `%raw_static` and its like; reports when it is not. */
  readonly literalInt: (arg: Expr) => number;
  readonly literalString: (arg: Expr) => string;
  readonly staticId: () => number;
}

type Handler = (args: readonly Expr[], c: IntrinsicContext) => Expr;

export interface Intrinsic {
  readonly arity: number;
  readonly expand: Handler;
}

const table = new Map<string, Intrinsic>();

function define(name: string, arity: number, expand: Handler): void {
  table.set(name, { arity, expand });
}

/** The intrinsic of this name (with its `%`), if there is one. */
export function findIntrinsic(name: string): Intrinsic | undefined {
  return table.get(name);
}

export function intrinsicNames(): Iterable<string> {
  return table.keys();
}

/** Binds arguments from right to left, so that they can be used more than once, in any order. */
export function withAtoms(c: { readonly fresh: b.Fresh }, args: readonly Expr[], body: (atoms: Expr[]) => Expr, kindOf?: (i: number) => "value" | "immediate" | "word" | "float"): Expr {
  const atoms: Expr[] = [];
  const bindings: { v: ReturnType<b.Fresh["variable"]>; value: Expr }[] = [];
  // An argument that is a constant or an immutable variable needs no binding.
  for (let i = args.length - 1; i >= 0; i--) {
    const arg = args[i]!;
    if (arg.kind === "const" || (arg.kind === "var" && !arg.variable.mutable)) atoms[i] = arg;
    else {
      const v = c.fresh.variable("x", kindOf?.(i) ?? "value");
      bindings.push({ v, value: arg });
      atoms[i] = b.variable(v);
    }
  }
  let result = body(atoms);
  for (let i = bindings.length - 1; i >= 0; i--) result = b.letIn(bindings[i]!.v, bindings[i]!.value, result);
  return result;
}

// ---------------------------------------------------------------- identity, control, locations

for (const name of ["%identity", "%bytes_to_string", "%bytes_of_string", "%obj_magic"]) define(name, 1, ([x]) => x!);
define("%ignore", 1, ([x]) => b.sequence(x!, b.unit));
define("%opaque", 1, ([x]) => b.prim("value.opaque", x!));
define("%apply", 2, ([f, x], c) => c.apply(f!, [x!]));
define("%revapply", 2, ([x, f], c) => c.apply(f!, [x!]));
for (const what of ["LOC", "FILE", "LINE", "POS", "MODULE", "FUNCTION"] as const) {
  // The types of __LOC_OF__ and its like make them functions of the expression whose place is meant.
  define(`%loc_${what}`, 0, (args, c) => (args.length === 0 ? c.location(what) : withAtoms(c, args, ([x]) => b.makeBlock(0, [c.location(what), x!]))));
}
define("%raise", 1, ([x], c) => b.raise(c.raisesCaught() ? "reraise" : "regular", x!, c.loc));
define("%reraise", 1, ([x], c) => b.raise("reraise", x!, c.loc));
define("%raise_notrace", 1, ([x], c) => b.raise("notrace", x!, c.loc));
define("%raise_with_backtrace", 2, ([x, trace], c) => withAtoms(c, [x!, trace!], ([x, trace]) => b.sequence(c.external("caml_restore_raw_backtrace", [x!, trace!]), b.raise("reraise", x!, c.loc))));
define("%sequand", 2, ([x, y]) => b.ifThenElse(x!, y!, b.falseExpr));
define("%sequor", 2, ([x, y]) => b.ifThenElse(x!, b.trueExpr, y!));
define("%boolnot", 1, ([x]) => b.not(x!));
define("%big_endian", 1, ([x]) => b.sequence(x!, b.falseExpr));
/** Sys.backend_type: Native. */
define("%backend_type", 1, ([x]) => b.sequence(x!, b.int(0)));
define("%word_size", 1, ([x]) => b.sequence(x!, b.int(64)));
define("%int_size", 1, ([x]) => b.sequence(x!, b.int(63)));
define("%max_wosize", 1, ([x]) => b.sequence(x!, b.int((1n << 54n) - 1n)));
define("%ostype_unix", 1, ([x]) => b.sequence(x!, b.trueExpr));
define("%ostype_win32", 1, ([x]) => b.sequence(x!, b.falseExpr));
define("%ostype_cygwin", 1, ([x]) => b.sequence(x!, b.falseExpr));
define("%frame_pointers", 1, ([x]) => b.sequence(x!, b.falseExpr));
define("%poll", 1, ([x]) => b.sequence(x!, b.unit));
// A value, no function: its type has no arrow, so it is used without arguments.
define("%sys_argv", 0, (_, c) => c.external("caml_sys_argv", [b.unit]));
define("%dls_get", 1, ([x], c) => c.external("caml_domain_dls_get", [x!]));

// ---------------------------------------------------------------- blocks

define("%field0", 1, ([x]) => b.field(x!, 0, true));
define("%field1", 1, ([x]) => b.field(x!, 1, true));
define("%setfield0", 2, ([x, y], c) => b.setField(x!, 0, c.storeKind(), y!));
define("%setfield1", 2, ([x, y], c) => b.setField(x!, 1, c.storeKind(), y!));
define("%makeblock", 1, ([x]) => b.makeBlock(0, [x!]));
define("%makemutable", 1, ([x]) => b.makeBlock(0, [x!], true));
define("%obj_size", 1, ([x]) => b.prim("block.size", x!));
define("%obj_is_int", 1, ([x]) => b.prim("value.isInt", x!));
define("%obj_field", 2, ([x, i], c) => withAtoms(c, [x!, i!], ([x, i]) => arrayGet(c, "any", x!, i!)));
define("%obj_set_field", 3, ([x, i, y], c) => withAtoms(c, [x!, i!, y!], ([x, i, y]) => arraySet(c, "any", x!, i!, y!, "pointer")));
define("%obj_dup", 1, ([x], c) => c.external("caml_obj_dup", [x!]));
define("%lazy_force", 1, ([x], c) => c.forceLazy(x!));
define("%eq", 2, ([x, y]) => b.prim("value.eq", x!, y!));
define("%noteq", 2, ([x, y]) => b.prim("value.ne", x!, y!));
define("%incr", 1, ([x], c) => withAtoms(c, [x!], ([x]) => b.setField(x!, 0, "immediate", b.prim("int.add", b.field(x!, 0, true), b.int(1)))));
define("%decr", 1, ([x], c) => withAtoms(c, [x!], ([x]) => b.setField(x!, 0, "immediate", b.prim("int.sub", b.field(x!, 0, true), b.int(1)))));

// ---------------------------------------------------------------- integers

const INT_BINARY = { add: "int.add", sub: "int.sub", mul: "int.mul", and: "int.and", or: "int.or", xor: "int.xor", lsl: "int.shl", lsr: "int.lsr", asr: "int.asr" } as const;
for (const [name, op] of Object.entries(INT_BINARY)) define(`%${name}int`, 2, ([x, y]) => b.prim(op, x!, y!));
define("%negint", 1, ([x]) => b.prim("int.neg", x!));
define("%succint", 1, ([x]) => b.prim("int.add", x!, b.int(1)));
define("%predint", 1, ([x]) => b.prim("int.sub", x!, b.int(1)));

/** Division traps on a zero divisor unless it is a constant other than zero. */
function divide(op: "int.div" | "int.mod", x: Expr, y: Expr, c: IntrinsicContext): Expr {
  if (y.kind === "const" && y.constant.kind === "int" && y.constant.value !== 0n) return b.prim(op, x, y);
  return withAtoms(c, [x, y], ([x, y]) => b.ifThenElse(b.compareInt("eq", y!, b.int(0)), c.divisionByZero(), b.prim(op, x!, y!)), () => "immediate");
}
define("%divint", 2, ([x, y], c) => divide("int.div", x!, y!, c));
define("%modint", 2, ([x, y], c) => divide("int.mod", x!, y!, c));
const INT_COMPARISONS = { lt: "lt", le: "le", gt: "gt", ge: "ge" } as const;
for (const [name, comparison] of Object.entries(INT_COMPARISONS)) define(`%${name}int`, 2, ([x, y]) => b.compareInt(comparison, x!, y!));
define("%bswap16", 1, ([x]) => b.prim("int.bswap16", x!));
/** An address as a (tagged) integer's twice: the value itself is the word shifted left. */
define("%int_as_pointer", 1, ([x]) => b.prim("raw.value", b.prim("word.shl", b.prim("word.ofInt", x!), b.int(1))));

// ---------------------------------------------------------------- floats

const unf = b.unboxFloat;
for (const name of ["add", "sub", "mul", "div"] as const) define(`%${name}float`, 2, ([x, y]) => b.boxFloat(b.prim(`float.${name}`, unf(x!), unf(y!))));
define("%negfloat", 1, ([x]) => b.boxFloat(b.prim("float.neg", unf(x!))));
define("%absfloat", 1, ([x]) => b.boxFloat(b.prim("float.abs", unf(x!))));
define("%morgana_sqrt", 1, ([x]) => b.boxFloat(b.prim("float.sqrt", unf(x!))));
define("%floatofint", 1, ([x]) => b.boxFloat(b.prim("float.ofInt", x!)));
define("%intoffloat", 1, ([x]) => b.prim("float.toInt", unf(x!)));
const COMPARISONS = { eq: "eq", noteq: "ne", lt: "lt", le: "le", gt: "gt", ge: "ge" } as const;
for (const [name, comparison] of Object.entries(COMPARISONS)) define(`%${name}float`, 2, ([x, y]) => b.compareFloat(comparison, unf(x!), unf(y!)));
define("%morgana_float_bits", 1, ([x], c) => c.box("int64", b.prim("float.bits", unf(x!))));
define("%morgana_float_of_bits", 1, ([x], c) => b.boxFloat(b.prim("float.ofBits", c.unbox("int64", x!))));
define("%morgana_float_bits32", 1, ([x], c) => c.box("int32", b.prim("word.sext32", b.prim("float.bits32", unf(x!)))));
define("%morgana_float_of_bits32", 1, ([x], c) => b.boxFloat(b.prim("float.ofBits32", c.unbox("int32", x!))));
define("%morgana_float_round32", 1, ([x]) => b.boxFloat(b.prim("float.round32", unf(x!))));

// ---------------------------------------------------------------- int32, int64, nativeint

const BOXED = ["int32", "int64", "nativeint"] as const;
/** int32 results are sign-extended words again. */
function wrap(type: BoxedInteger, word: Expr): Expr {
  return type === "int32" ? b.prim("word.sext32", word) : word;
}
for (const type of BOXED) {
  const un = (x: Expr, c: IntrinsicContext): Expr => c.unbox(type, x);
  define(`%${type}_of_int`, 1, ([x], c) => c.box(type, wrap(type, b.prim("word.ofInt", x!))));
  define(`%${type}_to_int`, 1, ([x], c) => b.prim("word.toInt", un(x!, c)));
  define(`%${type}_neg`, 1, ([x], c) => c.box(type, wrap(type, b.prim("word.neg", un(x!, c)))));
  for (const op of ["add", "sub", "mul"] as const) define(`%${type}_${op}`, 2, ([x, y], c) => c.box(type, wrap(type, b.prim(`word.${op}`, un(x!, c), un(y!, c)))));
  for (const op of ["and", "or", "xor"] as const) define(`%${type}_${op}`, 2, ([x, y], c) => c.box(type, b.prim(`word.${op}`, un(x!, c), un(y!, c))));
  define(`%${type}_lsl`, 2, ([x, n], c) => c.box(type, wrap(type, b.prim("word.shl", un(x!, c), n!))));
  define(`%${type}_asr`, 2, ([x, n], c) => c.box(type, b.prim("word.asr", un(x!, c), n!)));
  define(`%${type}_lsr`, 2, ([x, n], c) => {
    const shifted = (word: Expr): Expr => b.prim("word.lsr", word, n!);
    return c.box(type, type === "int32" ? b.prim("word.sext32", shifted(b.prim("word.zext32", un(x!, c)))) : shifted(un(x!, c)));
  });
  for (const op of ["div", "mod"] as const) {
    define(`%${type}_${op}`, 2, ([x, y], c) => {
      const divisor = literalWord(y!);
      if (divisor !== undefined && divisor !== 0n && divisor !== -1n) return c.box(type, wrap(type, b.prim(`word.${op}`, un(x!, c), b.word(divisor))));
      return withAtoms(c, [un(x!, c), un(y!, c)], ([x, y]) => b.ifThenElse(b.compareWord("eq", y!, b.word(0)), c.divisionByZero(), minusOneSafe(type, op, x!, y!, c)), () => "word");
    });
  }
}

/** The machine's division traps on min_int / −1, where OCaml wraps round; int32 cannot overflow a word. */
function minusOneSafe(type: BoxedInteger, op: "div" | "mod", x: Expr, y: Expr, c: IntrinsicContext): Expr {
  const result = c.box(type, wrap(type, b.prim(`word.${op}`, x, y)));
  if (type === "int32") return result;
  return b.ifThenElse(b.compareWord("eq", y, b.word(-1)), c.box(type, op === "div" ? b.prim("word.neg", x) : b.word(0)), result);
}

function literalWord(e: Expr): bigint | undefined {
  if (e.kind !== "const") return undefined;
  if (e.constant.kind === "boxedInt" || e.constant.kind === "word") return e.constant.value;
  return undefined;
}

define("%nativeint_of_int32", 1, ([x], c) => c.box("nativeint", c.unbox("int32", x!)));
define("%nativeint_to_int32", 1, ([x], c) => c.box("int32", b.prim("word.sext32", c.unbox("nativeint", x!))));
define("%int64_of_int32", 1, ([x], c) => c.box("int64", c.unbox("int32", x!)));
define("%int64_to_int32", 1, ([x], c) => c.box("int32", b.prim("word.sext32", c.unbox("int64", x!))));
define("%int64_of_nativeint", 1, ([x], c) => c.box("int64", c.unbox("nativeint", x!)));
define("%int64_to_nativeint", 1, ([x], c) => c.box("nativeint", c.unbox("int64", x!)));
define("%bswap_int32", 1, ([x], c) => c.box("int32", b.prim("word.asr", b.prim("word.bswap", c.unbox("int32", x!)), b.int(32))));
define("%bswap_int64", 1, ([x], c) => c.box("int64", b.prim("word.bswap", c.unbox("int64", x!))));
define("%bswap_native", 1, ([x], c) => c.box("nativeint", b.prim("word.bswap", c.unbox("nativeint", x!))));
for (const type of BOXED) {
  // What C code or several instructions compute elsewhere; for library code that is written in OCaml here.
  define(`%morgana_${type}_unsigned_div`, 2, ([x, y], c) => c.box(type, wrap(type, b.prim("word.udiv", zeroExtended(type, x!, c), zeroExtended(type, y!, c)))));
  define(`%morgana_${type}_unsigned_mod`, 2, ([x, y], c) => c.box(type, wrap(type, b.prim("word.umod", zeroExtended(type, x!, c), zeroExtended(type, y!, c)))));
  define(`%morgana_${type}_mulhu`, 2, ([x, y], c) => c.box(type, wrap(type, b.prim("word.mulhu", zeroExtended(type, x!, c), zeroExtended(type, y!, c)))));
  for (const comparison of ["ult", "ule", "ugt", "uge"] as const) define(`%morgana_${type}_${comparison}`, 2, ([x, y], c) => b.compareWord(comparison, c.unbox(type, x!), c.unbox(type, y!)));
  for (const op of ["popcount", "clz", "ctz"] as const) define(`%morgana_${type}_${op}`, 1, ([x], c) => b.prim("word.toInt", b.prim(`word.${op}`, c.unbox(type, x!))));
  define(`%morgana_${type}_of_float`, 1, ([x], c) => c.box(type, type === "int32" ? int32OfWord(b.prim("float.toWord", unf(x!)), c) : b.prim("float.toWord", unf(x!))));
  define(`%morgana_${type}_to_float`, 1, ([x], c) => b.boxFloat(b.prim("float.ofWord", c.unbox(type, x!))));
}
for (const op of ["popcount", "clz", "ctz"] as const) define(`%morgana_int_${op}`, 1, ([x]) => b.prim(`int.${op}`, x!));
for (const comparison of ["ult", "ule", "ugt", "uge"] as const) define(`%morgana_int_${comparison}`, 2, ([x, y]) => b.compareInt(comparison, x!, y!));

/** A number converted as C does it on this machine: what 32 bits cannot hold is the smallest of them. */
function int32OfWord(x: Expr, c: IntrinsicContext): Expr {
  return withAtoms(c, [x], ([x]) => b.ifThenElse(b.compareWord("eq", b.prim("word.sext32", x!), x!), x!, b.word(-0x8000_0000)), () => "word");
}

function zeroExtended(type: BoxedInteger, x: Expr, c: IntrinsicContext): Expr {
  return type === "int32" ? b.prim("word.zext32", c.unbox(type, x)) : c.unbox(type, x);
}

// ---------------------------------------------------------------- polymorphic comparison, specialised

const POLYMORPHIC = { equal: "eq", notequal: "ne", lessthan: "lt", lessequal: "le", greaterthan: "gt", greaterequal: "ge" } as const;
for (const [name, comparison] of Object.entries(POLYMORPHIC)) {
  define(`%${name}`, 2, ([x, y], c) => {
    if ((comparison === "eq" || comparison === "ne") && c.comparesConstant()) return b.prim(`value.${comparison}`, x!, y!);
    const type = c.comparisonType();
    switch (type) {
      case "int":
        return b.compareInt(comparison, x!, y!);
      case "float":
        return b.compareFloat(comparison, unf(x!), unf(y!));
      case "int32":
      case "int64":
      case "nativeint":
        return b.compareWord(comparison, c.unbox(type, x!), c.unbox(type, y!));
      case "string":
      case "bytes":
        return c.external(`caml_${type}_${name}`, [x!, y!]);
      case "any":
        return c.external(`caml_${name}`, [x!, y!]);
    }
  });
}
define("%compare", 2, ([x, y], c) => {
  const type = c.comparisonType();
  // Where the native compiler has no call it evaluates the first argument first.
  const leftToRight = (body: (x: Expr, y: Expr) => Expr): Expr => withAtoms(c, [x!], ([x]) => withAtoms(c, [y!], ([y]) => body(x!, y!)));
  switch (type) {
    case "int":
      return leftToRight((x, y) => b.prim("int.compare3", x, y));
    case "float":
      return leftToRight((x, y) => b.prim("float.compare3", unf(x), unf(y)));
    case "int32":
    case "int64":
    case "nativeint":
      return leftToRight((x, y) => b.prim("word.compare3", c.unbox(type, x), c.unbox(type, y)));
    case "string":
    case "bytes":
      return c.external(`caml_${type}_compare`, [x!, y!]);
    case "any":
      return c.external("caml_compare", [x!, y!]);
  }
});

// ---------------------------------------------------------------- arrays

const TAG_FLOAT_ARRAY = 254;

/** Reads element `i`; the arguments are atoms and in bounds. */
export function arrayGet(c: { readonly fresh: b.Fresh }, kind: ArrayKind, array: Expr, i: Expr): Expr {
  void c;
  const asFloat = (): Expr => b.boxFloat(b.prim("block.floatAt", array, i));
  const asValue = (): Expr => b.prim("block.fieldAt", array, i);
  if (kind === "float") return asFloat();
  if (kind !== "any") return asValue();
  return b.ifThenElse(b.compareInt("eq", b.prim("block.tag", array), b.int(TAG_FLOAT_ARRAY)), asFloat(), asValue());
}

export function arraySet(c: { readonly fresh: b.Fresh }, kind: ArrayKind, array: Expr, i: Expr, value: Expr, store: StoreKind): Expr {
  void c;
  const asFloat = (): Expr => b.prim("block.setFloatAt", array, i, unf(value));
  const asValue = (): Expr => b.primitive({ op: "block.setFieldAt", store: kind === "immediate" ? "immediate" : store }, [array, i, value]);
  if (kind === "float") return asFloat();
  if (kind !== "any") return asValue();
  return b.ifThenElse(b.compareInt("eq", b.prim("block.tag", array), b.int(TAG_FLOAT_ARRAY)), asFloat(), asValue());
}

function checked(c: IntrinsicContext, length: Expr, i: Expr, access: Expr): Expr {
  return b.ifThenElse(b.compareInt("ult", i, length), access, c.boundError());
}

function defineArray(prefix: string, kindOf: (c: IntrinsicContext) => ArrayKind): void {
  define(`${prefix}_length`, 1, ([a], c) => b.arrayLength(kindOf(c), a!));
  define(`${prefix}_unsafe_get`, 2, ([a, i], c) => {
    const kind = kindOf(c);
    return kind === "any" ? withAtoms(c, [a!, i!], ([a, i]) => arrayGet(c, kind, a!, i!)) : arrayGet(c, kind, a!, i!);
  });
  define(`${prefix}_safe_get`, 2, ([a, i], c) => withAtoms(c, [a!, i!], ([a, i]) => checked(c, b.arrayLength(kindOf(c), a!), i!, arrayGet(c, kindOf(c), a!, i!))));
  define(`${prefix}_unsafe_set`, 3, ([a, i, v], c) => {
    const kind = kindOf(c);
    return kind === "any" ? withAtoms(c, [a!, i!, v!], ([a, i, v]) => arraySet(c, kind, a!, i!, v!, "pointer")) : arraySet(c, kind, a!, i!, v!, "pointer");
  });
  define(`${prefix}_safe_set`, 3, ([a, i, v], c) => withAtoms(c, [a!, i!, v!], ([a, i, v]) => checked(c, b.arrayLength(kindOf(c), a!), i!, arraySet(c, kindOf(c), a!, i!, v!, "pointer"))));
}
defineArray("%array", (c) => c.arrayKind());
defineArray("%floatarray", () => "float");

// ---------------------------------------------------------------- strings and bytes

function load(width: Width, bytes: Expr, offset: Expr): Expr {
  return b.primitive({ op: "bytes.load", width }, [bytes, offset]);
}
function store(width: Width, bytes: Expr, offset: Expr, value: Expr): Expr {
  return b.primitive({ op: "bytes.store", width }, [bytes, offset, value]);
}
const length = (s: Expr): Expr => b.prim("bytes.length", s);

for (const prefix of ["%string", "%bytes"]) {
  define(`${prefix}_length`, 1, ([s]) => length(s!));
  define(`${prefix}_unsafe_get`, 2, ([s, i]) => b.prim("word.toInt", load(8, s!, i!)));
  define(`${prefix}_safe_get`, 2, ([s, i], c) => withAtoms(c, [s!, i!], ([s, i]) => checked(c, length(s!), i!, b.prim("word.toInt", load(8, s!, i!)))));
  define(`${prefix}_unsafe_set`, 3, ([s, i, v]) => store(8, s!, i!, b.prim("word.ofInt", v!)));
  define(`${prefix}_safe_set`, 3, ([s, i, v], c) => withAtoms(c, [s!, i!, v!], ([s, i, v]) => checked(c, length(s!), i!, store(8, s!, i!, b.prim("word.ofInt", v!)))));
}

/** A loaded word as an OCaml value of the access's type, and back. */
const WIDE = {
  16: { out: (w: Expr): Expr => b.prim("word.toInt", w), into: (v: Expr): Expr => b.prim("word.ofInt", v) },
  32: { out: (w: Expr, c: IntrinsicContext): Expr => c.box("int32", b.prim("word.sext32", w)), into: (v: Expr, c: IntrinsicContext): Expr => c.unbox("int32", v) },
  64: { out: (w: Expr, c: IntrinsicContext): Expr => c.box("int64", w), into: (v: Expr, c: IntrinsicContext): Expr => c.unbox("int64", v) },
} as const;

/** Offsets from which `bytes` more bytes are inside a length: i < length − (bytes − 1), which may be negative. */
function wideInBounds(c: IntrinsicContext, lengthOf: Expr, i: Expr, bytes: number, access: Expr): Expr {
  const limit = c.fresh.variable("limit", "immediate");
  return b.letIn(
    limit,
    b.prim("int.sub", lengthOf, b.int(bytes - 1)),
    b.ifThenElse(b.compareInt("le", b.variable(limit), b.int(0)), c.boundError(), b.ifThenElse(b.compareInt("ult", i, b.variable(limit)), access, c.boundError())),
  );
}

for (const width of [16, 32, 64] as const) {
  const { out, into } = WIDE[width];
  for (const prefix of ["%caml_string", "%caml_bytes"]) {
    define(`${prefix}_get${width}u`, 2, ([s, i], c) => out(load(width, s!, i!), c));
    define(`${prefix}_get${width}`, 2, ([s, i], c) => withAtoms(c, [s!, i!], ([s, i]) => wideInBounds(c, length(s!), i!, width / 8, out(load(width, s!, i!), c))));
    define(`${prefix}_set${width}u`, 3, ([s, i, v], c) => store(width, s!, i!, into(v!, c)));
    define(`${prefix}_set${width}`, 3, ([s, i, v], c) => withAtoms(c, [s!, i!, v!], ([s, i, v]) => wideInBounds(c, length(s!), i!, width / 8, store(width, s!, i!, into(v!, c)))));
  }
  const ba = (op: "bigarray.load" | "bigarray.store", ...args: Expr[]): Expr => b.primitive({ op, width, index: "byte" }, args);
  const dim = (s: Expr): Expr => bigarrayDimension(s, 0);
  define(`%caml_bigstring_get${width}u`, 2, ([s, i], c) => out(ba("bigarray.load", s!, i!), c));
  define(`%caml_bigstring_get${width}`, 2, ([s, i], c) => withAtoms(c, [s!, i!], ([s, i]) => wideInBounds(c, dim(s!), i!, width / 8, out(ba("bigarray.load", s!, i!), c))));
  define(`%caml_bigstring_set${width}u`, 3, ([s, i, v], c) => ba("bigarray.store", s!, i!, into(v!, c)));
  define(`%caml_bigstring_set${width}`, 3, ([s, i, v], c) => withAtoms(c, [s!, i!, v!], ([s, i, v]) => wideInBounds(c, dim(s!), i!, width / 8, ba("bigarray.store", s!, i!, into(v!, c)))));
}

// ---------------------------------------------------------------- bigarrays

/**
 * The block of a bigarray: field 0 custom operations, 1 address of the data, 2 number of dimensions, 3 flags
 * (kind and layout), 4 owner of the data, 5… dimensions; all raw words (OCaml's `struct caml_ba_array`).
 */
export const BIGARRAY_DIMENSIONS_FIELD = 5;

export function bigarrayDimension(array: Expr, i: number): Expr {
  return b.prim("word.toInt", bigarrayLength(array, i));
}

/** The dimension as a word. */
function bigarrayLength(array: Expr, i: number): Expr {
  return b.prim("block.wordAt", array, b.int(BIGARRAY_DIMENSIONS_FIELD + i));
}

interface ElementAccess {
  readonly width: Width;
  readonly out: (word: Expr, c: IntrinsicContext) => Expr;
  readonly into: (value: Expr, c: IntrinsicContext) => Expr;
}
const toInt = (word: Expr): Expr => b.prim("word.toInt", word);
const ofInt = (value: Expr): Expr => b.prim("word.ofInt", value);
const ELEMENTS: { readonly [K in BigarrayElement]?: ElementAccess } = {
  float32: { width: 32, out: (w) => b.boxFloat(b.prim("float.ofBits32", w)), into: (v) => b.prim("float.bits32", unf(v)) },
  float64: { width: 64, out: (w) => b.boxFloat(b.prim("float.ofBits", w)), into: (v) => b.prim("float.bits", unf(v)) },
  int8: { width: 8, out: (w) => toInt(b.prim("word.sext8", w)), into: ofInt },
  uint8: { width: 8, out: toInt, into: ofInt },
  char: { width: 8, out: toInt, into: ofInt },
  int16: { width: 16, out: (w) => toInt(b.prim("word.sext16", w)), into: ofInt },
  uint16: { width: 16, out: toInt, into: ofInt },
  int32: { width: 32, out: (w, c) => c.box("int32", b.prim("word.sext32", w)), into: (v, c) => c.unbox("int32", v) },
  int64: { width: 64, out: (w, c) => c.box("int64", w), into: (v, c) => c.unbox("int64", v) },
  nativeint: { width: 64, out: (w, c) => c.box("nativeint", w), into: (v, c) => c.unbox("nativeint", v) },
  int: { width: 64, out: toInt, into: ofInt },
};

/** The place of an element among all, with its bounds checks around `body`. */
function bigarrayIndex(c: IntrinsicContext, array: Expr, indices: readonly Expr[], layout: "c" | "fortran", safe: boolean, body: (index: Expr) => Expr): Expr {
  const n = indices.length;
  const zeroBased = layout === "c" ? indices : indices.map((i) => b.prim("int.sub", i, b.int(1)));
  // Row-major: ((i0 * d1) + i1) * d2 + i2; column-major the other way round.
  const order = layout === "c" ? [...Array(n).keys()] : [...Array(n).keys()].reverse();
  let index = zeroBased[order[0]!]!;
  for (const k of order.slice(1)) index = b.prim("int.add", b.prim("int.mul", index, bigarrayDimension(array, k)), zeroBased[k]!);
  let result = body(index);
  if (safe) for (let k = n - 1; k >= 0; k--) result = b.ifThenElse(b.compareWord("ult", b.prim("word.ofInt", zeroBased[k]!), bigarrayLength(array, k)), result, c.boundError());
  return result;
}

for (const n of [1, 2, 3]) {
  define(`%caml_ba_dim_${n}`, 1, ([a]) => bigarrayDimension(a!, n - 1));
  for (const safe of [true, false]) {
    const prefix = safe ? "%caml_ba_" : "%caml_ba_unsafe_";
    define(`${prefix}ref_${n}`, n + 1, (args, c) => {
      const { element, layout } = c.bigarray();
      const access = element === undefined ? undefined : ELEMENTS[element];
      if (access === undefined || layout === undefined) return c.external(`caml_ba_get_${n}`, args);
      return withAtoms(c, args, ([a, ...indices]) => bigarrayIndex(c, a!, indices, layout, safe, (index) => access.out(b.primitive({ op: "bigarray.load", width: access.width, index: "element" }, [a!, index]), c)));
    });
    define(`${prefix}set_${n}`, n + 2, (args, c) => {
      const { element, layout } = c.bigarray();
      const access = element === undefined ? undefined : ELEMENTS[element];
      if (access === undefined || layout === undefined) return c.external(`caml_ba_set_${n}`, args);
      return withAtoms(c, args, ([a, ...rest]) => {
        const value = rest.pop()!;
        return bigarrayIndex(c, a!, rest, layout, safe, (index) => b.primitive({ op: "bigarray.store", width: access.width, index: "element" }, [a!, index, access.into(value, c)]));
      });
    });
  }
}

// ---------------------------------------------------------------- objects, effects, atomics

define("%send", 2, (args, c) => c.send("public", args));
define("%sendself", 2, (args, c) => c.send("self", args));
define("%sendcache", 4, (args, c) => c.send("cache", args));
define("%perform", 1, ([x], c) => b.primitive(b.plain("perform"), [x!], c.loc));
define("%runstack", 3, ([s, f, x], c) => b.primitive(b.plain("runstack"), [s!, f!, x!], c.loc));
define("%resume", 4, ([k, f, x, last], c) => b.primitive(b.plain("resume"), [k!, f!, x!, last!], c.loc));
define("%reperform", 3, ([e, k, last], c) => b.primitive(b.plain("reperform"), [e!, k!, last!], c.loc));

// One processor and no preemption inside OCaml code: ordinary reads and writes are atomic.
define("%atomic_load", 1, ([r]) => b.field(r!, 0, true));
define("%atomic_set", 2, ([r, v], c) => b.setField(r!, 0, c.storeKind(), v!));
define("%atomic_exchange", 2, ([r, v], c) =>
  withAtoms(c, [r!, v!], ([r, v]) => {
    const old = c.fresh.variable("old");
    return b.letIn(old, b.field(r!, 0, true), b.sequence(b.setField(r!, 0, "pointer", v!), b.variable(old)));
  }),
);
define("%atomic_cas", 3, ([r, seen, v], c) =>
  withAtoms(c, [r!, seen!, v!], ([r, seen, v]) => b.ifThenElse(b.prim("value.eq", b.field(r!, 0, true), seen!), b.sequence(b.setField(r!, 0, "pointer", v!), b.trueExpr), b.falseExpr)),
);
define("%atomic_fetch_add", 2, ([r, n], c) =>
  withAtoms(c, [r!, n!], ([r, n]) => {
    const old = c.fresh.variable("old", "immediate");
    return b.letIn(old, b.field(r!, 0, true), b.sequence(b.setField(r!, 0, "immediate", b.prim("int.add", b.variable(old), n!)), b.variable(old)));
  }),
);

// ---------------------------------------------------------------- Morgana's own: blocks and bytes for library code

define("%morgana_tag", 1, ([x]) => b.prim("block.tag", x!));
define("%morgana_size", 1, ([x]) => b.prim("block.size", x!));
define("%morgana_field", 2, ([x, i]) => b.prim("block.fieldAt", x!, i!));
define("%morgana_set_field", 3, ([x, i, v]) => b.primitive({ op: "block.setFieldAt", store: "pointer" }, [x!, i!, v!]));
define("%morgana_float_field", 2, ([x, i]) => b.boxFloat(b.prim("block.floatAt", x!, i!)));
define("%morgana_set_float_field", 3, ([x, i, v]) => b.prim("block.setFloatAt", x!, i!, unf(v!)));
define("%morgana_raw_field", 2, ([x, i], c) => c.box("nativeint", b.prim("block.wordAt", x!, i!)));
define("%morgana_set_raw_field", 3, ([x, i, v], c) => b.prim("block.setWordAt", x!, i!, c.unbox("nativeint", v!)));
for (const [name, arity] of [
  ["alloc", 2],
  ["alloc_raw", 2],
  ["blit_bytes", 5],
  ["fill_bytes", 4],
  ["blit_words", 5],
] as const) {
  define(`%morgana_${name}`, arity, (args, c) => c.external(`morgana_${name}`, args));
}
const BIGARRAY_RAW = {
  "8": ELEMENTS.uint8!,
  "8s": ELEMENTS.int8!,
  "16": ELEMENTS.uint16!,
  "16s": ELEMENTS.int16!,
  "32": ELEMENTS.int32!,
  "64": ELEMENTS.int64!,
  f32: ELEMENTS.float32!,
  f64: ELEMENTS.float64!,
} as const;
for (const [suffix, access] of Object.entries(BIGARRAY_RAW)) {
  define(`%morgana_ba_load${suffix}`, 2, ([a, i], c) => access.out(b.primitive({ op: "bigarray.load", width: access.width, index: "byte" }, [a!, i!]), c));
  define(`%morgana_ba_store${suffix}`, 3, ([a, i, v], c) => b.primitive({ op: "bigarray.store", width: access.width, index: "byte" }, [a!, i!, access.into(v!, c)]));
}

// ---------------------------------------------------------------- raw memory and machine (ARCHITECTURE section 5)

for (const width of [8, 16, 32, 64] as const) {
  define(`%raw_load${width}`, 1, ([a], c) => c.box("nativeint", b.primitive({ op: "raw.load", width, signed: false }, [c.unbox("nativeint", a!)])));
  if (width !== 64) define(`%raw_load${width}s`, 1, ([a], c) => c.box("nativeint", b.primitive({ op: "raw.load", width, signed: true }, [c.unbox("nativeint", a!)])));
  define(`%raw_store${width}`, 2, ([a, v], c) => b.primitive({ op: "raw.store", width }, [c.unbox("nativeint", a!), c.unbox("nativeint", v!)]));
}
for (const op of ["div", "mod", "udiv", "umod"] as const) define(`%raw_${op}`, 2, ([x, y], c) => c.box("nativeint", b.prim(`word.${op}`, c.unbox("nativeint", x!), c.unbox("nativeint", y!))));
define("%raw_mulhu", 2, ([x, y], c) => c.box("nativeint", b.prim("word.mulhu", c.unbox("nativeint", x!), c.unbox("nativeint", y!))));
define("%raw_address", 1, ([x], c) => c.box("nativeint", b.prim("raw.address", x!)));
define("%raw_value", 1, ([x], c) => b.prim("raw.value", c.unbox("nativeint", x!)));
define("%raw_static", 1, ([n], c) => c.box("nativeint", b.primitive({ op: "raw.static", bytes: c.literalInt(n!), align: 16, id: c.staticId() }, [])));
define("%raw_symbol", 1, ([name], c) => c.box("nativeint", b.primitive({ op: "raw.symbol", name: c.literalString(name!) }, [])));

/** Expands `%raw_machine_NAME`, `%raw_stub_NAME` and the short names of section 5 (`%raw_in8`, `%raw_rdtsc`, …), which take and give words. */
export function expandRaw(name: string, args: readonly Expr[], c: IntrinsicContext, result: "word" | "immediate" | "value", argumentIsWord: (i: number) => boolean): Expr | undefined {
  const words = args.map((arg, i) => (argumentIsWord(i) ? c.unbox("nativeint", arg) : arg));
  if (name.startsWith("%raw_stub_")) {
    const call = b.primitive({ op: "stub", name: name.slice("%raw_stub_".length), result }, words, c.loc);
    return result === "word" ? c.box("nativeint", call) : call;
  }
  const machine = name.startsWith("%raw_machine_") ? name.slice("%raw_machine_".length) : name.startsWith("%raw_") ? name.slice("%raw_".length) : undefined;
  if (machine === undefined) return undefined;
  // A unit argument stands for none; an int argument is given as the word it denotes, a value as its address.
  const operands: Expr[] = [];
  args.forEach((arg, i) => {
    if (argumentIsWord(i)) operands.push(c.unbox("nativeint", arg));
    else if (!(arg.kind === "const" && arg.constant.kind === "int" && arg.constant.value === 0n && args.length === 1)) operands.push(b.prim("word.ofInt", arg));
  });
  const call = b.primitive({ op: "raw.machine", name: machine }, operands, c.loc);
  if (result === "word") return c.box("nativeint", call);
  return result === "immediate" ? b.sequence(call, b.unit) : b.prim("raw.value", call);
}
