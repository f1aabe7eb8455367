/**
 * Contification: a local function that always returns to the same place becomes a join point, so that it needs no
 * closure and calls of it are jumps (Kennedy, "Compiling with continuations, continued", ICFP 2007; Fluet and Weeks,
 * "Contification using dominators", ICFP 2001; the places are found as there, by what calls are in tail position of).
 *
 * A context is an expression whose value goes to one place: a function's body, or an expression in a position that is
 * not a tail position. A function whose calls from outside are all tail calls of one context, and whose calls of
 * itself are tail calls of its own body, is a join point of that context.
 */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import * as b from "./build.ts";
import type { Expr, Function, Label, Program, TopBinding, Variable } from "./core.ts";
import { Relocation } from "./frames.ts";
import { PassMemo } from "./memo.ts";
import { relocateExpr } from "./rename.ts";
import { mapBinding, mapBindings, rewrite, rewriteInside, type Rules, type Step } from "./rewrite.ts";

interface Context {
  readonly parent: Context | undefined;
}

interface Candidate {
  readonly function: Function;
  /** In which its binding stands in tail position, or below which it stands. */
  readonly binder: Context;
  readonly body: Context;
  /** The one context that calls it from outside, if there is only one. */
  caller: Context | undefined;
  /** The first of these calls. */
  call: Location | undefined;
  escapes: boolean;
  isRecursive: boolean;
}

class Analysis {
  readonly candidates = new Map<Variable, Candidate>();
  /** The root expression of each context, and the context of each root. */
  readonly contextOf = new Map<Expr, Context>();

  #candidate(v: Variable, f: Function, binder: Context): Context {
    const body: Context = { parent: binder };
    this.contextOf.set(f.body, body);
    this.candidates.set(v, { function: f, binder, body, caller: undefined, call: undefined, escapes: false, isRecursive: false });
    return body;
  }

  #inner(e: Expr, parent: Context): void {
    // Atoms need no context of their own.
    if (e.kind === "var") this.#escape(e.variable);
    else if (e.kind !== "const") {
      const context: Context = { parent };
      this.contextOf.set(e, context);
      this.walk(e, context);
    }
  }

  #escape(v: Variable): void {
    const candidate = this.candidates.get(v);
    if (candidate !== undefined) candidate.escapes = true;
  }

  function(f: Function, parent: Context): void {
    const body: Context = { parent };
    this.contextOf.set(f.body, body);
    this.walk(f.body, body);
  }

  walk(start: Expr, context: Context): void {
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "var":
          this.#escape(e.variable);
          return;
        case "const":
          return;
        case "let":
          if (e.value.kind === "function" && !e.variable.mutable) {
            const body = this.#candidate(e.variable, e.value.function, context);
            this.walk(e.value.function.body, body);
          } else this.#inner(e.value, context);
          e = e.body;
          break;
        case "letrec": {
          const only = e.functions.length === 1 ? e.functions[0] : undefined;
          if (only !== undefined) {
            const body = this.#candidate(only.variable, only.function, context);
            this.walk(only.function.body, body);
          } else for (const f of e.functions) this.function(f.function, context);
          e = e.body;
          break;
        }
        case "function":
          this.function(e.function, context);
          return;
        case "apply":
          for (const arg of e.args) this.#inner(arg, context);
          if (e.function.kind === "var") this.#call(e.function.variable, e.args.length, e.loc, context);
          else this.#inner(e.function, context);
          return;
        case "primitive":
        case "jump":
          for (const arg of e.args) this.#inner(arg, context);
          return;
        case "if":
          this.#inner(e.condition, context);
          this.walk(e.then, context);
          e = e.else;
          break;
        case "switch":
          this.#inner(e.scrutinee, context);
          for (const item of e.cases) this.walk(item.body, context);
          if (e.default === undefined) return;
          e = e.default;
          break;
        case "join":
          this.walk(e.handler, context);
          e = e.body;
          break;
        case "try":
          this.#inner(e.body, context);
          e = e.handler;
          break;
        case "sequence":
          this.#inner(e.first, context);
          e = e.second;
          break;
        case "assign":
          this.#inner(e.value, context);
          return;
      }
    }
  }

  #call(v: Variable, count: number, loc: Location | undefined, context: Context): void {
    const candidate = this.candidates.get(v);
    if (candidate === undefined) return;
    if (candidate.function.parameters.length !== count) candidate.escapes = true;
    else if (context === candidate.body) candidate.isRecursive = true;
    else if (candidate.caller === undefined) {
      candidate.caller = context;
      candidate.call = loc;
    }
    else if (candidate.caller !== context) candidate.escapes = true;
  }
}

/** The files whose functions keep their frames in backtraces. */
type HasFrames = ((file: SourceFile) => boolean) | undefined;

interface Contified {
  readonly variable: Variable;
  readonly function: Function;
  readonly label: Label;
  readonly isRecursive: boolean;
  /** Where it is called. */
  readonly call: Location | undefined;
}

class Contifier {
  readonly #labels = new Map<Variable, Contified>();
  /** Join points to be put around the roots of contexts below the binding. */
  readonly #at = new Map<Context, Contified[]>();
  /** Those that take the place of their binding. */
  readonly #inPlace = new Set<Variable>();
  readonly #contextOf: ReadonlyMap<Expr, Context>;

  readonly #hasFrames: HasFrames;

  constructor(fresh: b.Fresh, analysis: Analysis, hasFrames: HasFrames) {
    this.#hasFrames = hasFrames;
    this.#contextOf = analysis.contextOf;
    for (const [variable, c] of analysis.candidates) {
      if (c.escapes || c.caller === undefined || isBelow(c.caller, c.body)) continue;
      const contified: Contified = { variable, function: c.function, label: fresh.label(variable.name), isRecursive: c.isRecursive, call: c.call };
      this.#labels.set(variable, contified);
      if (c.caller === c.binder) this.#inPlace.add(variable);
      else {
        const list = this.#at.get(c.caller);
        if (list === undefined) this.#at.set(c.caller, [contified]);
        else list.push(contified);
      }
    }
  }

  get count(): number {
    return this.#labels.size;
  }

  readonly #rules: Rules = {
    function: (f) => b.withBody(f, this.expr(f.body)),
    node: (e) => {
      const context = this.#contextOf.get(e);
      const here = context === undefined ? undefined : this.#at.get(context);
      if (here !== undefined) {
        let result = this.#inside(e);
        for (let i = here.length - 1; i >= 0; i--) result = this.#join(here[i]!, result);
        return result;
      }
      return this.#node(e);
    },
  };

  /** The root is asked about, but not for join points around it. */
  #inside(e: Expr): Expr {
    const answer = this.#node(e);
    if (answer === undefined) return rewriteInside(this.#rules, e);
    if (!("next" in answer)) return answer;
    const rest = rewrite(this.#rules, answer.next);
    return answer.frame === undefined ? rest : answer.frame(rest);
  }

  #node(e: Expr): Expr | Step | undefined {
    switch (e.kind) {
      case "let":
        return this.#binding(this.#labels.get(e.variable), e.body);
      case "letrec":
        return this.#binding(e.functions.length === 1 ? this.#labels.get(e.functions[0]!.variable) : undefined, e.body);
      case "apply": {
        const contified = e.function.kind === "var" ? this.#labels.get(e.function.variable) : undefined;
        return contified === undefined ? undefined : b.jump(contified.label, e.args.map((arg) => this.expr(arg)));
      }
      default:
        return undefined;
    }
  }

  /** The binding of a contified function goes away, or its join point takes its place. */
  #binding(contified: Contified | undefined, body: Expr): Step | undefined {
    if (contified === undefined) return undefined;
    return { frame: this.#inPlace.has(contified.variable) ? (rest) => this.#join(contified, rest) : undefined, next: body };
  }

  #join(c: Contified, body: Expr): Expr {
    const { loc } = c.function;
    const handler = this.expr(c.function.body);
    const keepsFrame = c.call !== undefined && loc !== undefined && this.#hasFrames?.(loc.file) === true;
    return b.join(c.label, c.function.parameters, keepsFrame ? relocateExpr(handler, new Relocation(c.function, c.call)) : handler, body, c.isRecursive);
  }

  expr(root: Expr): Expr {
    return rewrite(this.#rules, root);
  }
}

function isBelow(context: Context, ancestor: Context): boolean {
  for (let c: Context | undefined = context; c !== undefined; c = c.parent) if (c === ancestor) return true;
  return false;
}

/** Repeats until nothing changes: a function whose caller became a join point may become one too. */
export function contify(program: Program, fresh: b.Fresh, hasFrames: HasFrames = undefined, memo: PassMemo<TopBinding> = new PassMemo()): Program {
  const once = (root: Expr): { expr: Expr; changed: boolean } => {
    const analysis = new Analysis();
    const top: Context = { parent: undefined };
    analysis.contextOf.set(root, top);
    analysis.walk(root, top);
    const contifier = new Contifier(fresh, analysis, hasFrames);
    return contifier.count === 0 ? { expr: root, changed: false } : { expr: contifier.expr(root), changed: true };
  };
  const expr = (root: Expr): Expr => {
    let result = root;
    for (let round = 0; round < 5; round++) {
      const { expr: next, changed } = once(result);
      if (!changed) break;
      result = next;
    }
    return result;
  };
  const inFunction = (f: Function): Function => {
    const body = expr(f.body);
    return body === f.body ? f : b.withBody(f, body);
  };
  return mapBindings(program, memo, (binding) => mapBinding(binding, { expr, function: inFunction }));
}
