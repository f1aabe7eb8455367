/**
 * Dead code: whole program, down to single functions and single pure bindings. Live is what effects and exports lead
 * to. Expressions are gone through from their ends, so that a binding's uses are known when it is met.
 *
 * Storing into a global block that nothing reads is no effect: a library's register (of a default, of hooks) holds only
 * what a program with a reader of it can see.
 */
import * as b from "./build.ts";
import type { Expr, Function, FunctionBinding, Label, Program, TopBinding, Variable } from "./core.ts";
import { isDroppable } from "./effects.ts";

class DeadCode {
  readonly #used = new Set<Variable>();
  readonly #jumped = new Set<Label>();
  /** Positions in the program of the binding of each global. */
  readonly #globals = new Map<Variable, number>();
  readonly #pending: number[] = [];
  readonly #requested = new Set<number>();
  /** Global blocks that are taken to be read by nothing live: what stores into them is left out. */
  readonly #unread: ReadonlySet<Variable>;

  constructor(unread: ReadonlySet<Variable>) {
    this.#unread = unread;
  }

  isUsed(v: Variable): boolean {
    return this.#used.has(v);
  }

  #use(v: Variable): void {
    if (this.#used.has(v)) return;
    this.#used.add(v);
    const at = this.#globals.get(v);
    if (at !== undefined) this.#request(at);
  }

  #request(at: number): void {
    if (this.#requested.has(at)) return;
    this.#requested.add(at);
    this.#pending.push(at);
  }

  program(program: Program): Program {
    const { bindings } = program;
    bindings.forEach((binding, i) => {
      if (binding.kind === "let") {
        this.#globals.set(binding.variable, i);
        if (!isDroppable(binding.value)) this.#request(i);
      } else if (binding.kind === "letrec") for (const f of binding.functions) this.#globals.set(f.variable, i);
      else this.#request(i);
    });
    for (const v of program.exports.values()) this.#use(v);
    const done = new Map<number, TopBinding[]>();
    for (let at = this.#pending.pop(); at !== undefined; at = this.#pending.pop()) done.set(at, this.#binding(bindings[at]!));
    const out: TopBinding[] = [];
    for (let i = 0; i < bindings.length; i++) {
      const live = done.get(i);
      if (live !== undefined) for (const binding of live) if (binding.kind !== "letrec" || binding.functions.length > 0) out.push(this.#final(binding));
    }
    return { bindings: out, exports: program.exports };
  }

  #binding(binding: TopBinding): TopBinding[] {
    switch (binding.kind) {
      case "let":
        return [{ kind: "let", variable: binding.variable, value: this.expr(binding.value) }];
      case "effect":
        return [{ kind: "effect", value: this.expr(binding.value) }];
      case "letrec": {
        // Each function waits for its own use; what is left over is dropped at the end.
        const functions = this.#functions(binding.functions);
        return functions.length === 0 ? [] : [{ kind: "letrec", functions }];
      }
    }
  }

  /** A binding that turned out to be wanted for its effect only. */
  #final(binding: TopBinding): TopBinding {
    return binding.kind === "let" && !this.#used.has(binding.variable) ? { kind: "effect", value: binding.value } : binding;
  }

  /** The functions of a group that are used, from outside or by one that is. */
  #functions(functions: readonly FunctionBinding[]): FunctionBinding[] {
    const done = new Map<Variable, Function>();
    for (let changed = true; changed; ) {
      changed = false;
      for (const f of functions) {
        if (done.has(f.variable) || !this.#used.has(f.variable)) continue;
        done.set(f.variable, this.function(f.function));
        changed = true;
      }
    }
    // A member of a global group may be asked for after the group was gone through: then all are kept.
    if (this.#globals.has(functions[0]!.variable)) for (const f of functions) if (!done.has(f.variable)) done.set(f.variable, this.function(f.function));
    return functions.flatMap((f) => {
      const live = done.get(f.variable);
      return live === undefined ? [] : [{ variable: f.variable, function: live }];
    });
  }

  function(f: Function): Function {
    const body = this.expr(f.body);
    return body === f.body ? f : b.withBody(f, body);
  }

  expr(start: Expr): Expr {
    const spine: Expr[] = [];
    let e = start;
    while (e.kind === "let" || e.kind === "letrec" || e.kind === "sequence" || e.kind === "join") {
      spine.push(e);
      e = e.kind === "sequence" ? e.second : e.body;
    }
    let result = this.#end(e);
    for (let i = spine.length - 1; i >= 0; i--) {
      const node = spine[i]!;
      switch (node.kind) {
        case "let":
          if (!this.#used.has(node.variable)) {
            if (isDroppable(node.value)) break;
            if (!node.variable.mutable) {
              result = b.sequence(this.expr(node.value), result);
              break;
            }
          }
          result = b.letIn(node.variable, this.expr(node.value), result);
          break;
        case "letrec": {
          const functions = this.#functions(node.functions);
          if (functions.length > 0) result = b.letrecIn(functions, result);
          break;
        }
        case "sequence":
          if (!isDroppable(node.first)) result = b.sequence(this.expr(node.first), result);
          break;
        case "join":
          if (this.#jumped.has(node.label)) result = b.join(node.label, node.parameters, this.expr(node.handler), result, node.recursive);
          break;
        default:
          break;
      }
    }
    return result;
  }

  #end(e: Expr): Expr {
    switch (e.kind) {
      case "var":
        this.#use(e.variable);
        return e;
      case "const":
        return e;
      case "function":
        return b.lambda(this.function(e.function));
      case "apply":
        return b.apply(this.expr(e.function), this.#args(e.args), e.loc, e.inline, e.tailcall);
      case "primitive": {
        const target = e.args[0];
        if (e.primitive.op !== "block.setField" || target?.kind !== "var" || !this.#unread.has(target.variable)) return b.primitive(e.primitive, this.#args(e.args), e.loc);
        const stored = e.args[1]!;
        return isDroppable(stored) ? b.unit : b.sequence(this.expr(stored), b.unit);
      }
      case "if":
        return this.#conditional(e);
      case "switch":
        return b.switchOn(this.expr(e.scrutinee), e.cases.map(({ value, body }) => ({ value, body: this.expr(body) })), e.default === undefined ? undefined : this.expr(e.default));
      case "jump":
        this.#jumped.add(e.label);
        return b.jump(e.label, this.#args(e.args));
      case "try":
        return b.tryWith(this.expr(e.body), e.exception, this.expr(e.handler));
      case "assign":
        // The variable itself stays bound; whether it is read does not matter here.
        this.#use(e.variable);
        return b.assign(e.variable, this.expr(e.value));
      default:
        return this.expr(e);
    }
  }

  #args(args: readonly Expr[]): Expr[] {
    return args.map((arg) => this.expr(arg));
  }

  /** `else if` chains are as long as the program writes them. */
  #conditional(start: Extract<Expr, { kind: "if" }>): Expr {
    const chain: { condition: Expr; then: Expr }[] = [];
    let e: Expr = start;
    while (e.kind === "if") {
      chain.push({ condition: this.expr(e.condition), then: this.expr(e.then) });
      e = e.else;
    }
    let result = this.expr(e);
    for (let i = chain.length - 1; i >= 0; i--) result = b.ifThenElse(chain[i]!.condition, chain[i]!.then, result);
    return result;
  }
}

export function removeDeadCode(program: Program): Program {
  return new DeadCode(new Set()).program(program);
}

/**
 * Also leaves out stores into global blocks that nothing live reads. All are supposed to be unread at first; those that turn out
 * to be used are given up, until the supposition holds: so a reader that only what is stored leads to keeps nothing alive.
 */
export function removeDeadStores(program: Program): Program {
  const unread = new Set<Variable>();
  for (const binding of program.bindings) {
    if (binding.kind === "let" && binding.value.kind === "primitive" && binding.value.primitive.op === "block.make" && binding.value.primitive.mutable) unread.add(binding.variable);
  }
  for (;;) {
    const pass = new DeadCode(unread);
    const result = pass.program(program);
    const wrong = [...unread].filter((v) => pass.isUsed(v));
    if (wrong.length === 0) return result;
    for (const v of wrong) unread.delete(v);
  }
}
