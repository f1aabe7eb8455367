/**
 * The checker of core, run after every pass under test: scopes, kinds, join points in tail position, exact calls of
 * known functions. What it finds is an error of the compiler, never of the program compiled.
 *
 * Beyond the types of `core.ts` it enforces the convention that lets the back end make closures without knowing what
 * was boxed: a function that is used as a value (anywhere but the head of an application with all its arguments) has
 * parameters and a result of kind `value` or `immediate`.
 */
import type { Expr, Function, FunctionBinding, Kind, Label, Program, Variable } from "./core.ts";
import { printPrimitive, variableName } from "./print.ts";
import { compatible, joinKinds, primitiveSignature, type ResultKind } from "./signature.ts";

export class CoreError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CoreError";
  }
}

export interface CheckOptions {
  /** Whether applications of known functions must give exactly their parameters (true after `simplify`). */
  readonly exactCalls: boolean;
}

interface Scope {
  /** Join points that may be jumped to, with what they take; undefined outside of tail position. */
  readonly labels: ReadonlyMap<Label, LabelInfo> | undefined;
  /** The number of the function being checked: mutable variables may not be captured. */
  readonly functionDepth: number;
}

interface LabelInfo {
  readonly parameters: readonly Variable[];
}

class Checker {
  /** Variables in scope, with the nesting depth of functions at which they were bound. */
  readonly #bound = new Map<Variable, number>();
  readonly #ids = new Set<number>();
  readonly #known = new Map<Variable, Function>();
  readonly #options: CheckOptions;
  #context = "";

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  #fail(message: string): never {
    throw new CoreError(`${this.#context}: ${message}`);
  }

  bind(v: Variable, depth: number): void {
    if (this.#ids.has(v.id)) this.#fail(`${variableName(v)} is bound twice`);
    this.#ids.add(v.id);
    this.#bound.set(v, depth);
  }

  bindFunctions(functions: readonly FunctionBinding[], depth: number): void {
    for (const { variable, function: f } of functions) {
      if (variable.kind !== "value") this.#fail(`function ${variableName(variable)} is not of kind value`);
      this.bind(variable, depth);
      this.#known.set(variable, f);
    }
    for (const { function: f } of functions) this.checkFunction(f, depth);
  }

  checkFunction(f: Function, depth: number): void {
    const saved = this.#context;
    this.#context = f.name;
    for (const p of f.parameters) {
      if (p.mutable) this.#fail(`parameter ${variableName(p)} is mutable`);
      this.bind(p, depth + 1);
    }
    const kind = this.expr(f.body, { labels: new Map(), functionDepth: depth + 1 });
    this.#expect(kind, f.result, "the result");
    this.#context = saved;
  }

  #expect(actual: ResultKind, expected: Kind, what: string): void {
    if (!compatible(actual, expected)) this.#fail(`${what} is of kind ${actual}, not ${expected}`);
  }

  #use(v: Variable, depth: number): void {
    const bound = this.#bound.get(v);
    if (bound === undefined) this.#fail(`${variableName(v)} is not in scope`);
    if (v.mutable && bound !== depth) this.#fail(`mutable ${variableName(v)} is captured`);
  }

  /** A function used as a value goes through a closure. */
  #closure(f: Function, what: string): void {
    const unboxed = (kind: Kind): boolean => kind === "word" || kind === "float";
    if (f.parameters.length === 0) this.#fail(`${what} is used as a value and has no parameter`);
    if (unboxed(f.result) || f.parameters.some((p) => unboxed(p.kind))) this.#fail(`${what} is used as a value and has unboxed parameters or result`);
  }

  expr(start: Expr, scope: Scope): ResultKind {
    let e = start;
    const depth = scope.functionDepth;
    const inner: Scope = { labels: undefined, functionDepth: depth };
    let current = scope;
    /** Kinds of the alternatives that `else` chains left behind. */
    let result: ResultKind = "never";
    const bound: Variable[] = [];
    const leave = (kind: ResultKind): ResultKind => {
      for (const v of bound) this.#bound.delete(v);
      return joinKinds(result, kind);
    };
    for (;;) {
      switch (e.kind) {
        case "var": {
          this.#use(e.variable, depth);
          const known = this.#known.get(e.variable);
          if (known !== undefined) this.#closure(known, variableName(e.variable));
          return leave(e.variable.kind);
        }
        case "const":
          return leave(e.constant.kind === "int" ? "immediate" : e.constant.kind === "word" ? "word" : e.constant.kind === "float" ? "float" : "value");
        case "let": {
          if (e.value.kind === "function" && !e.variable.mutable) this.#known.set(e.variable, e.value.function);
          const kind = e.value.kind === "function" ? this.#function(e.value.function, depth) : this.expr(e.value, inner);
          this.#expect(kind, e.variable.kind, variableName(e.variable));
          this.bind(e.variable, depth);
          bound.push(e.variable);
          e = e.body;
          break;
        }
        case "letrec":
          this.bindFunctions(e.functions, depth);
          for (const { variable } of e.functions) bound.push(variable);
          e = e.body;
          break;
        case "function":
          this.#closure(e.function, `function ${e.function.name}`);
          return leave(this.#function(e.function, depth));
        case "apply":
          return leave(this.#apply(e, inner));
        case "primitive":
          return leave(this.#primitive(e, inner));
        case "if":
          this.#expect(this.expr(e.condition, inner), "immediate", "a condition");
          result = joinKinds(result, this.expr(e.then, current));
          e = e.else;
          break;
        case "switch": {
          this.#expect(this.expr(e.scrutinee, inner), "immediate", "a scrutinee");
          const seen = new Set<number>();
          for (const item of e.cases) {
            if (seen.has(item.value)) this.#fail(`case ${item.value} occurs twice`);
            seen.add(item.value);
            result = joinKinds(result, this.expr(item.body, current));
          }
          if (e.default === undefined) {
            if (e.cases.length === 0) this.#fail("a switch without cases");
            return leave("never");
          }
          e = e.default;
          break;
        }
        case "join": {
          const labels = new Map(current.labels ?? []);
          labels.set(e.label, { parameters: e.parameters });
          const within: Scope = { labels, functionDepth: depth };
          for (const p of e.parameters) this.bind(p, depth);
          result = joinKinds(result, this.expr(e.handler, e.recursive ? within : current));
          for (const p of e.parameters) this.#bound.delete(p);
          current = within;
          e = e.body;
          break;
        }
        case "jump": {
          const info = current.labels?.get(e.label);
          if (info === undefined) this.#fail(`jump to ${e.label.name}@${e.label.id}, which is not in scope or not in tail position`);
          if (info.parameters.length !== e.args.length) this.#fail(`jump to ${e.label.name}@${e.label.id} with ${e.args.length} arguments`);
          e.args.forEach((arg, i) => {
            this.#expect(this.expr(arg, inner), info.parameters[i]!.kind, `argument ${i} of jump to ${e.kind === "jump" ? e.label.name : ""}`);
          });
          return leave("never");
        }
        case "try":
          result = joinKinds(result, this.expr(e.body, current));
          this.bind(e.exception, depth);
          bound.push(e.exception);
          e = e.handler;
          break;
        case "sequence":
          this.expr(e.first, inner);
          e = e.second;
          break;
        case "assign":
          this.#use(e.variable, depth);
          if (!e.variable.mutable) this.#fail(`${variableName(e.variable)} is assigned and not mutable`);
          this.#expect(this.expr(e.value, inner), e.variable.kind, `assignment to ${variableName(e.variable)}`);
          return leave("immediate");
      }
    }
  }

  #function(f: Function, depth: number): ResultKind {
    this.checkFunction(f, depth);
    return "value";
  }

  #apply(e: Extract<Expr, { kind: "apply" }>, scope: Scope): ResultKind {
    if (e.function.kind === "var") {
      const known = this.#known.get(e.function.variable);
      if (known !== undefined && known.parameters.length === e.args.length) {
        this.#use(e.function.variable, scope.functionDepth);
        e.args.forEach((arg, i) => this.#expect(this.expr(arg, scope), known.parameters[i]!.kind, `argument ${i} of ${known.name}`));
        return known.result;
      }
      if (known !== undefined && this.#options.exactCalls) this.#fail(`${known.name} is applied to ${e.args.length} arguments, not ${known.parameters.length}`);
    }
    for (const arg of e.args) this.#expect(this.expr(arg, scope), "value", "an argument of an unknown function");
    if (e.args.length === 0) this.#fail("an unknown function is applied to nothing");
    this.#expect(this.expr(e.function, scope), "value", "a function");
    return "value";
  }

  #primitive(e: Extract<Expr, { kind: "primitive" }>, scope: Scope): ResultKind {
    const s = primitiveSignature(e.primitive);
    if (s.args !== undefined && s.args.length !== e.args.length) this.#fail(`${printPrimitive(e.primitive)} has ${e.args.length} arguments, not ${s.args.length}`);
    e.args.forEach((arg, i) => {
      const expected = s.args === undefined ? s.rest : s.args[i];
      const actual = this.expr(arg, scope);
      if (expected !== undefined) this.#expect(actual, expected, `argument ${i} of ${printPrimitive(e.primitive)}`);
    });
    return s.result;
  }

  program(program: Program): void {
    const scope: Scope = { labels: new Map(), functionDepth: 0 };
    for (const binding of program.bindings) {
      switch (binding.kind) {
        case "let": {
          this.#context = `top-level ${variableName(binding.variable)}`;
          if (binding.variable.mutable) this.#fail("a global is mutable");
          if (binding.value.kind === "function") {
            this.#known.set(binding.variable, binding.value.function);
            this.checkFunction(binding.value.function, 0);
          } else this.#expect(this.expr(binding.value, scope), binding.variable.kind, variableName(binding.variable));
          this.bind(binding.variable, 0);
          break;
        }
        case "letrec":
          this.#context = "top level";
          this.bindFunctions(binding.functions, 0);
          break;
        case "effect":
          this.#context = "top-level effect";
          this.expr(binding.value, scope);
          break;
      }
    }
    for (const [name, v] of program.exports) if (!this.#bound.has(v)) throw new CoreError(`export ${name} is not defined`);
  }
}

/** Throws `CoreError` when `program` breaks a rule. */
export function checkProgram(program: Program, options: CheckOptions = { exactCalls: true }): void {
  new Checker(options).program(program);
}
