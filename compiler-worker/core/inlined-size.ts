/**
 * Which functions the real native compiler copies to their calls: its backtraces call their frames inlined. It does so, by default and
 * without flambda, for functions without functions inside whose code is short: as its behaviour lets one measure, a size of 10,
 * and 1 more for each parameter, in about the number of instructions.
 */
import type { Expr, Function, Primitive, TopBinding, Variable } from "./core.ts";
import { forEachExpr } from "./free.ts";

const LIMIT = 10;

export class CopiedFunctions {
  /** Sizes of the bodies of functions that are copied, by the variables they are bound to. */
  readonly #sizes = new Map<Variable, number>();
  /** Numbers of parameters of the functions that calls know. */
  readonly #arities = new Map<Variable, number>();
  /** Functions of the binding that are looked at that stand in the place of their call. */
  #moved: ReadonlySet<Variable> = new Set();
  /** Top-level variables that are read from their module. */
  readonly #fields = new Set<Variable>();

  /** Enters a binding's own functions and those inside them. Which of them are copied, and which others that it calls. */
  enter(binding: TopBinding, isOwn: (f: Function) => boolean, moved: ReadonlySet<Variable>): Variable[] {
    this.#moved = moved;
    const copied: Variable[] = [];
    const bind = (v: Variable, f: Function): void => {
      this.#arities.set(v, f.parameters.length);
      if (!isOwn(f)) return;
      forEachExpr(f.body, inner);
      if (this.#bind(v, f)) copied.push(v);
    };
    const local = (v: Variable, f: Function): void => {
      this.#arities.set(v, f.parameters.length);
      if (isOwn(f) && this.#bind(v, f)) copied.push(v);
    };
    const inner = (e: Expr): void => {
      if (e.kind === "let" && e.value.kind === "function" && !moved.has(e.variable)) local(e.variable, e.value.function);
      else if (e.kind === "apply" && e.function.kind === "var" && this.#sizes.has(e.function.variable)) copied.push(e.function.variable);
      else if (e.kind === "letrec") for (const x of e.functions) local(x.variable, x.function);
    };
    if (binding.kind === "letrec") for (const x of binding.functions) bind(x.variable, x.function);
    else if (binding.kind === "let" && binding.value.kind === "function") bind(binding.variable, binding.value.function);
    else {
      if (binding.kind === "let") this.#fields.add(binding.variable);
      forEachExpr(binding.value, inner);
    }
    return copied;
  }

  #callSize(e: Extract<Expr, { kind: "apply" }>): number {
    const arity = e.function.kind === "var" ? this.#arities.get(e.function.variable) : undefined;
    if (arity === undefined) return UNKNOWN_CALL;
    // What is a primitive there.
    if (e.function.kind === "var" && e.function.variable.name.startsWith("caml_")) return EXTERNAL_CALL;
    return arity < e.args.length ? CALL + UNKNOWN_CALL : CALL;
  }

  #bind(v: Variable, f: Function): boolean {
    if (f.inline === "never" || f.tailModCons) return false;
    const size = this.#sizeOf(f.body);
    const always = f.inline === "always" || f.inline === "hint";
    if (size === Infinity || (!always && size > LIMIT + f.parameters.length)) return false;
    this.#sizes.set(v, size);
    return true;
  }

  #sizeOf(start: Expr): number {
    let size = 0;
    const stack: Expr[] = [start];
    for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
      switch (e.kind) {
        case "var":
          if (this.#fields.has(e.variable)) size += 2;
          break;
        case "const":
          size += 1;
          break;
        case "let":
          stack.push(this.#moved.has(e.variable) && e.value.kind === "function" ? e.value.function.body : e.value, e.body);
          break;
        case "letrec":
        case "function":
          return Infinity;
        case "apply": {
          if (e.function.kind === "var" && this.#moved.has(e.function.variable)) {
            stack.push(...e.args);
            break;
          }
          const known = e.function.kind === "var" ? this.#sizes.get(e.function.variable) : undefined;
          size += known ?? this.#callSize(e);
          stack.push(e.function, ...e.args);
          break;
        }
        case "primitive":
          if (isBoundError(e)) break;
          size += primitiveSize(e.primitive, e.args);
          stack.push(...e.args);
          break;
        case "if":
          if (isDivisorCheck(e.then)) {
            stack.push(e.else);
            break;
          }
          size += 2;
          stack.push(e.condition, e.then, e.else);
          break;
        case "switch":
          // Whether it is a case at all is tested before.
          size += e.default === undefined ? 5 : 9;
          stack.push(e.scrutinee);
          for (const item of e.cases) stack.push(item.body);
          if (e.default !== undefined) stack.push(e.default);
          break;
        case "join":
          stack.push(e.handler, e.body);
          break;
        case "jump":
          stack.push(...e.args);
          break;
        case "try":
          size += 8;
          stack.push(e.body, e.handler);
          break;
        case "sequence":
          stack.push(e.first, e.second);
          break;
        case "assign":
          size += 1;
          stack.push(e.value);
          break;
      }
    }
    return size;
  }
}

const CALL = 4;
const UNKNOWN_CALL = 6;
const EXTERNAL_CALL = 10;

function isDivisorCheck(e: Expr): boolean {
  const exception = e.kind === "primitive" && e.primitive.op === "raise" ? e.args[0]! : undefined;
  if (exception?.kind !== "primitive" || exception.primitive.op !== "raw.value") return false;
  const address = exception.args[0]!;
  return address.kind === "primitive" && address.primitive.op === "raw.symbol" && address.primitive.name === "exn.Division_by_zero";
}

/** What a check of bounds raises, which is part of the operation there. */
function isBoundError(e: Extract<Expr, { kind: "primitive" }>): boolean {
  const exception = e.primitive.op === "raise" ? e.args[0]! : undefined;
  const message = exception?.kind === "primitive" ? exception.args[1] : undefined;
  return message?.kind === "const" && message.constant.kind === "string" && message.constant.value === "index out of bounds";
}

function primitiveSize(p: Primitive, args: readonly Expr[]): number {
  switch (p.op) {
    case "raw.value":
    case "float.box":
    case "float.unbox":
    case "word.box":
    case "word.unbox":
      return 0;
    case "raw.symbol":
      return 1;
    case "block.make":
    case "block.makeFloats":
      return 5 + args.length;
    case "block.copy":
      return 10;
    case "block.field":
    case "block.floatField":
    case "block.setFloatField":
      return 1;
    case "block.setField":
      return p.store === "pointer" ? 4 : 1;
    case "raise":
      return 4;
    default:
      return 2;
  }
}
