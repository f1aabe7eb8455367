/** Constructors of core: fresh names, constants, and the expressions that defunctorization and the passes build. */
import type { Location } from "../syntax/diagnostics.ts";
import type { ArrayKind, BoxedInteger, Comparison, Constant, Expr, Function, FunctionBinding, InlineAttribute, Kind, Label, Primitive, RaiseKind, StoreKind, Variable } from "./core.ts";

/** A supply of names. Ids are unique in a program, so one supply serves all of a compilation. */
export class Fresh {
  #variables = 0;
  #labels = 0;

  variable(name: string, kind: Kind = "value"): Variable {
    return { id: this.#variables++, name, kind, mutable: false };
  }

  /** A variable that `assign` may change. */
  mutable(name: string, kind: Kind): Variable {
    return { id: this.#variables++, name, kind, mutable: true };
  }

  copy(variable: Variable): Variable {
    return { id: this.#variables++, name: variable.name, kind: variable.kind, mutable: variable.mutable };
  }

  label(name: string): Label {
    return { id: this.#labels++, name };
  }

  /** One more than the largest id given out: the length of a table indexed by variable. */
  get variableCount(): number {
    return this.#variables;
  }

  get labelCount(): number {
    return this.#labels;
  }
}

// ---------------------------------------------------------------- constants

export function constant(value: Constant): Expr {
  return { kind: "const", constant: value };
}

const SMALL: Constant[] = [];
for (let i = -16; i < 256; i++) SMALL.push({ kind: "int", value: BigInt(i) });

export function intConstant(value: number | bigint): Constant {
  if (typeof value === "number") {
    if (value >= -16 && value < 256 && Number.isInteger(value)) return SMALL[value + 16]!;
    return { kind: "int", value: BigInt(value) };
  }
  return { kind: "int", value: BigInt.asIntN(63, value) };
}

export function int(value: number | bigint): Expr {
  return { kind: "const", constant: intConstant(value) };
}

export const unitConstant: Constant = intConstant(0);
export const unit: Expr = constant(unitConstant);
export const trueExpr: Expr = int(1);
export const falseExpr: Expr = int(0);

export function bool(value: boolean): Expr {
  return value ? trueExpr : falseExpr;
}

export function word(value: number | bigint): Expr {
  return { kind: "const", constant: { kind: "word", value: BigInt.asIntN(64, BigInt(value)) } };
}

export function string(value: string): Expr {
  return { kind: "const", constant: { kind: "string", value } };
}

const scratch = new DataView(new ArrayBuffer(8));

/** The IEEE bits of a double, as an unsigned 64-bit number. */
export function bitsOfFloat(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigUint64(0);
}

export function floatOfBits(bits: bigint): number {
  scratch.setBigUint64(0, BigInt.asUintN(64, bits));
  return scratch.getFloat64(0);
}

export function float(value: number): Expr {
  return { kind: "const", constant: { kind: "float", value, bits: bitsOfFloat(value) } };
}

export function floatBits(bits: bigint): Expr {
  return { kind: "const", constant: { kind: "float", value: floatOfBits(bits), bits: BigInt.asUintN(64, bits) } };
}

// ---------------------------------------------------------------- expressions

export function variable(v: Variable): Expr {
  return { kind: "var", variable: v };
}

export function letIn(v: Variable, value: Expr, body: Expr): Expr {
  return { kind: "let", variable: v, value, body };
}

export function letrecIn(functions: readonly FunctionBinding[], body: Expr): Expr {
  return { kind: "letrec", functions, body };
}

export function lambda(f: Function): Expr {
  return { kind: "function", function: f };
}

export interface FunctionOptions {
  readonly result?: Kind;
  readonly loc?: Location | undefined;
  readonly inline?: InlineAttribute;
  readonly runtimeDialect?: boolean;
  readonly tailModCons?: boolean;
}

export function makeFunction(name: string, parameters: readonly Variable[], body: Expr, options: FunctionOptions = {}): Function {
  return {
    parameters,
    body,
    result: options.result ?? "value",
    name,
    loc: options.loc,
    inline: options.inline ?? "default",
    runtimeDialect: options.runtimeDialect ?? false,
    tailModCons: options.tailModCons ?? false,
  };
}

/** `f` with another body (and parameters). */
export function withBody(f: Function, body: Expr, parameters: readonly Variable[] = f.parameters, result: Kind = f.result): Function {
  return { parameters, body, result, name: f.name, loc: f.loc, inline: f.inline, runtimeDialect: f.runtimeDialect, tailModCons: f.tailModCons };
}

export function apply(f: Expr, args: readonly Expr[], loc?: Location, inline: InlineAttribute = "default", tailcall?: boolean): Expr {
  return { kind: "apply", function: f, args, loc, inline, tailcall };
}

export function primitive(p: Primitive, args: readonly Expr[], loc?: Location): Expr {
  return { kind: "primitive", primitive: p, args, loc };
}

export function ifThenElse(condition: Expr, then: Expr, otherwise: Expr): Expr {
  return { kind: "if", condition, then, else: otherwise };
}

export function switchOn(scrutinee: Expr, cases: readonly { readonly value: number; readonly body: Expr }[], otherwise: Expr | undefined): Expr {
  return { kind: "switch", scrutinee, cases, default: otherwise };
}

export function join(label: Label, parameters: readonly Variable[], handler: Expr, body: Expr, recursive = false): Expr {
  return { kind: "join", label, parameters, recursive, handler, body };
}

export function jump(label: Label, args: readonly Expr[]): Expr {
  return { kind: "jump", label, args };
}

export function sequence(first: Expr, second: Expr): Expr {
  return { kind: "sequence", first, second };
}

export function assign(v: Variable, value: Expr): Expr {
  return { kind: "assign", variable: v, value };
}

export function tryWith(body: Expr, exception: Variable, handler: Expr): Expr {
  return { kind: "try", body, exception, handler };
}

/** `while condition do body done` as a loop of join points. */
export function whileLoop(fresh: Fresh, condition: Expr, body: Expr): Expr {
  const label = fresh.label("while");
  return join(label, [], ifThenElse(condition, sequence(body, jump(label, [])), unit), jump(label, []), true);
}

// ---------------------------------------------------------------- primitives, shared objects for those without fields

type PlainOp = Exclude<
  Primitive["op"],
  | "int.compare" | "word.compare" | "word.box" | "word.unbox" | "float.compare" | "block.make" | "block.makeFloats" | "block.field" | "block.setField" | "block.floatField"
  | "block.setFloatField" | "block.setFieldAt" | "alloc.small" | "array.length" | "bytes.load" | "bytes.store" | "bigarray.load" | "bigarray.store" | "raise" | "raw.load"
  | "raw.store" | "raw.static" | "raw.symbol" | "raw.machine" | "stub"
>;
const plainPrimitives = new Map<string, Primitive>();

/** A primitive that has no fields beside its name. */
export function plain(op: PlainOp): Primitive {
  let p = plainPrimitives.get(op);
  if (p === undefined) {
    p = { op } as Primitive;
    plainPrimitives.set(op, p);
  }
  return p;
}

export function prim(op: PlainOp, ...args: Expr[]): Expr {
  return primitive(plain(op), args);
}

export function compareInt(comparison: Comparison | "ult" | "ule" | "ugt" | "uge", left: Expr, right: Expr): Expr {
  return primitive({ op: "int.compare", comparison }, [left, right]);
}

export function compareWord(comparison: Comparison | "ult" | "ule" | "ugt" | "uge", left: Expr, right: Expr): Expr {
  return primitive({ op: "word.compare", comparison }, [left, right]);
}

export function compareFloat(comparison: Comparison | "nlt" | "nle" | "ngt" | "nge", left: Expr, right: Expr): Expr {
  return primitive({ op: "float.compare", comparison }, [left, right]);
}

export function makeBlock(tag: number, fields: readonly Expr[], mutable = false): Expr {
  return primitive({ op: "block.make", tag, mutable }, fields);
}

export function field(block: Expr, index: number, mutable = false): Expr {
  return primitive({ op: "block.field", index, mutable }, [block]);
}

export function setField(block: Expr, index: number, store: StoreKind, value: Expr): Expr {
  return primitive({ op: "block.setField", index, store }, [block, value]);
}

export function box(type: BoxedInteger, value: Expr): Expr {
  return primitive({ op: "word.box", type }, [value]);
}

export function unbox(type: BoxedInteger, value: Expr): Expr {
  return primitive({ op: "word.unbox", type }, [value]);
}

export function boxFloat(value: Expr): Expr {
  return primitive(plain("float.box"), [value]);
}

export function unboxFloat(value: Expr): Expr {
  return primitive(plain("float.unbox"), [value]);
}

export function arrayLength(array: ArrayKind, value: Expr): Expr {
  return primitive({ op: "array.length", array }, [value]);
}

export function raise(raiseKind: RaiseKind, value: Expr, loc?: Location): Expr {
  return primitive({ op: "raise", raise: raiseKind }, [value], loc);
}

export function not(condition: Expr): Expr {
  return primitive(plain("int.not"), [condition]);
}

/** A predefined exception's constructor, as a static block that the linker knows (ARCHITECTURE section 6). */
export function predefinedException(name: string): Expr {
  return primitive(plain("raw.value"), [primitive({ op: "raw.symbol", name: `exn.${name}` }, [])]);
}

export function isAtom(e: Expr): boolean {
  return e.kind === "var" || e.kind === "const";
}

/** Binds `e` to a variable unless it is an atom, and gives the atom to `body`. */
export function bind(fresh: Fresh, name: string, kind: Kind, e: Expr, body: (atom: Expr) => Expr): Expr {
  if (e.kind === "const" || (e.kind === "var" && !e.variable.mutable)) return body(e);
  const v = fresh.variable(name, kind);
  return letIn(v, e, body(variable(v)));
}
