/** Copies of expressions with other variables: moved code gets new free variables, duplicated code new binders too. */
import type { Fresh } from "./build.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Expr, Function, FunctionBinding, Label, Variable } from "./core.ts";
import type { Relocation } from "./frames.ts";

class Renamer {
  readonly #variables: Map<Variable, Variable>;
  readonly #labels = new Map<Label, Label>();
  /** Undefined: binders stay. */
  readonly #fresh: Fresh | undefined;

  /** Places of code that comes to stand in another function; those of functions inside it stay. */
  #relocation: Relocation | undefined;
  #tries = 0;

  constructor(variables: Map<Variable, Variable>, fresh: Fresh | undefined, relocation?: Relocation) {
    this.#variables = variables;
    this.#fresh = fresh;
    this.#relocation = relocation;
  }

  #place(loc: Location | undefined): Location | undefined {
    return this.#relocation === undefined || loc === undefined ? loc : this.#relocation.place(loc, this.#tries > 0);
  }

  #use(v: Variable): Variable {
    return this.#variables.get(v) ?? v;
  }

  #bind(v: Variable): Variable {
    if (this.#fresh === undefined) return v;
    const copy = this.#fresh.copy(v);
    this.#variables.set(v, copy);
    return copy;
  }

  #label(l: Label): Label {
    return this.#labels.get(l) ?? l;
  }

  #args(args: readonly Expr[]): readonly Expr[] {
    let changed = false;
    const out = args.map((arg) => {
      const copy = this.expr(arg);
      if (copy !== arg) changed = true;
      return copy;
    });
    return changed ? out : args;
  }

  function(f: Function): Function {
    const parameters = f.parameters.map((p) => this.#bind(p));
    const relocation = this.#relocation;
    this.#relocation = undefined;
    const body = this.expr(f.body);
    this.#relocation = relocation;
    return body === f.body && this.#fresh === undefined ? f : { ...f, parameters, body };
  }

  #functions(functions: readonly FunctionBinding[]): readonly FunctionBinding[] {
    const variables = functions.map(({ variable }) => this.#bind(variable));
    return functions.map((binding, i) => ({ variable: variables[i]!, function: this.function(binding.function) }));
  }

  expr(start: Expr): Expr {
    /** The spine's frames, from the outside. */
    const frames: ((body: Expr) => Expr)[] = [];
    let e = start;
    let result: Expr;
    spine: for (;;) {
      switch (e.kind) {
        case "var": {
          const v = this.#use(e.variable);
          result = v === e.variable ? e : { kind: "var", variable: v };
          break spine;
        }
        case "const":
          result = e;
          break spine;
        case "let": {
          const value = this.expr(e.value);
          const v = this.#bind(e.variable);
          frames.push((body) => ({ kind: "let", variable: v, value, body }));
          e = e.body;
          break;
        }
        case "letrec": {
          const functions = this.#functions(e.functions);
          frames.push((body) => ({ kind: "letrec", functions, body }));
          e = e.body;
          break;
        }
        case "function":
          result = { kind: "function", function: this.function(e.function) };
          break spine;
        case "apply": {
          const args = this.#args(e.args);
          result = { kind: "apply", function: this.expr(e.function), args, loc: this.#relocation === undefined ? e.loc : this.#relocation.callPlace(e.loc, this.#tries > 0), inline: e.inline, tailcall: e.tailcall };
          break spine;
        }
        case "primitive": {
          const args = this.#args(e.args);
          const loc = e.primitive.op === "raise" ? this.#relocation === undefined ? e.loc : this.#relocation.raisePlace(e.loc, this.#tries > 0) : this.#place(e.loc);
          result = args === e.args && loc === e.loc ? e : { kind: "primitive", primitive: e.primitive, args, loc };
          break spine;
        }
        case "if": {
          const condition = this.expr(e.condition);
          const then = this.expr(e.then);
          frames.push((otherwise) => ({ kind: "if", condition, then, else: otherwise }));
          e = e.else;
          break;
        }
        case "switch": {
          result = {
            kind: "switch",
            scrutinee: this.expr(e.scrutinee),
            cases: e.cases.map(({ value, body }) => ({ value, body: this.expr(body) })),
            default: e.default === undefined ? undefined : this.expr(e.default),
          };
          break spine;
        }
        case "join": {
          const { recursive } = e;
          const label = this.#fresh === undefined ? e.label : this.#fresh.label(e.label.name);
          const parameters = e.parameters.map((p) => this.#bind(p));
          this.#labels.set(e.label, label);
          const handler = this.expr(e.handler);
          frames.push((body) => ({ kind: "join", label, parameters, recursive, handler, body }));
          e = e.body;
          break;
        }
        case "jump":
          result = { kind: "jump", label: this.#label(e.label), args: this.#args(e.args) };
          break spine;
        case "try": {
          this.#tries++;
          const body = this.expr(e.body);
          this.#tries--;
          const exception = this.#bind(e.exception);
          frames.push((handler) => ({ kind: "try", body, exception, handler }));
          e = e.handler;
          break;
        }
        case "sequence": {
          const first = this.expr(e.first);
          frames.push((second) => ({ kind: "sequence", first, second }));
          e = e.second;
          break;
        }
        case "assign": {
          const value = this.expr(e.value);
          result = { kind: "assign", variable: this.#use(e.variable), value };
          break spine;
        }
      }
    }
    for (let i = frames.length - 1; i >= 0; i--) result = frames[i]!(result);
    return result;
  }
}

/** `e` with other free variables; what it binds stays, so `e` itself must not be used any more. */
export function renameExpr(e: Expr, variables: ReadonlyMap<Variable, Variable>): Expr {
  return new Renamer(new Map(variables), undefined).expr(e);
}

/** A copy of `e` that binds variables and labels of its own, its places moved. */
export function copyExpr(fresh: Fresh, e: Expr, variables: ReadonlyMap<Variable, Variable> = new Map(), relocation?: Relocation): Expr {
  return new Renamer(new Map(variables), fresh, relocation).expr(e);
}

/** `e` with its places moved. */
export function relocateExpr(e: Expr, relocation: Relocation): Expr {
  return new Renamer(new Map(), undefined, relocation).expr(e);
}

export function copyFunction(fresh: Fresh, f: Function, variables: ReadonlyMap<Variable, Variable> = new Map()): Function {
  return new Renamer(new Map(variables), fresh).function(f);
}
