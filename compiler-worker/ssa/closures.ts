/**
 * Closure analysis: which functions are closed, which become closed by taking their free variables as further parameters
 * (lambda lifting: Johnsson 1985), and which need a closure.
 *
 * The functions of one `letrec` form a group. A group is
 * - `static` when no member has free variables (globals do not count): its closures are static data;
 * - `lifted` when it has some, but no member is used as a value: calls pass them;
 * - `closure` otherwise: one block with infix headers, as OCaml lays it out.
 * The analysis starts with all groups static and degrades until nothing changes.
 */
import type { Expr, Function, FunctionBinding, Program, TopBinding, Variable } from "../core/core.ts";
import type { PassMemo } from "../core/memo.ts";

export type GroupKind = "static" | "lifted" | "closure";

export class FunctionInfo {
  readonly function: Function;
  /** The top-level binding that it is or lies in. */
  readonly binding: TopBinding;
  /** The variable it is bound to, if any. */
  readonly variable: Variable | undefined;
  readonly parent: FunctionInfo | undefined;
  readonly group: Group;
  symbol = "";
  /** Variables, of data and of functions, that it or a function inside it uses and that are bound outside. */
  readonly free = new Set<Variable>();
  /** Used otherwise than as the head of an application to all its parameters. */
  escapes = false;
  /** What must be passed or captured, under the group kinds as they stand. */
  needs = new Set<Variable>();

  constructor(f: Function, binding: TopBinding, variable: Variable | undefined, parent: FunctionInfo | undefined, group: Group) {
    this.function = f;
    this.binding = binding;
    this.variable = variable;
    this.parent = parent;
    this.group = group;
  }

  /** The further parameters of a lifted function, in a fixed order. */
  get extraParameters(): Variable[] {
    return this.group.kind === "lifted" ? [...this.needs].sort(byId) : [];
  }
}

export class Group {
  kind: GroupKind = "static";
  readonly members: FunctionInfo[] = [];
  /** A group may not be lifted when that would make too many parameters. */
  liftable = true;

  /** What a closure block of this group holds. */
  captured(): Variable[] {
    const all = new Set<Variable>();
    for (const m of this.members) for (const v of m.needs) all.add(v);
    return [...all].sort(byId);
  }
}

function byId(a: Variable, b: Variable): number {
  return a.id - b.id;
}

/** Lifting stops where the parameters would no longer fit into registers. */
const MAX_LIFTED_PARAMETERS = 10;

/** The functions of a program. */
export class ClosureAnalysis {
  readonly byVariable = new Map<Variable, FunctionInfo>();
  readonly byFunction = new Map<Function, FunctionInfo>();
  readonly #functions: FunctionInfo[] = [];

  constructor(program: Program, memo: PassMemo<BindingClosures>) {
    for (const binding of program.bindings) {
      for (const info of memo.get(binding, (b) => new BindingClosures(b)).functions) {
        this.#functions.push(info);
        this.byFunction.set(info.function, info);
        if (info.variable !== undefined) this.byVariable.set(info.variable, info);
      }
    }
  }

  get functions(): readonly FunctionInfo[] {
    return this.#functions;
  }

  info(f: Function): FunctionInfo {
    const info = this.byFunction.get(f);
    if (info === undefined) throw new Error(`function ${f.name} was not analysed`);
    return info;
  }
}

/** The functions of a top-level binding. No other binding has a part in what becomes of them: globals are never captured. */
export class BindingClosures {
  readonly functions: FunctionInfo[] = [];
  readonly #binding: TopBinding;
  readonly #byVariable = new Map<Variable, FunctionInfo>();
  /** The function that binds a local variable; absent for globals. */
  readonly #owner = new Map<Variable, FunctionInfo>();

  constructor(binding: TopBinding) {
    this.#binding = binding;
    if (binding.kind === "letrec") this.#declare(binding.functions, undefined);
    else if (binding.kind === "let" && binding.value.kind === "function") this.#declare([{ variable: binding.variable, function: binding.value.function }], undefined);
    else {
      // The function that stands for the code that initialises the binding.
      const top = new FunctionInfo({ parameters: [], body: binding.value, result: "value", name: "program", loc: undefined, inline: "never", runtimeDialect: false, tailModCons: false }, binding, undefined, undefined, new Group());
      this.#walk(binding.value, top);
    }
    // Function bodies are walked after all binders outside of them are known: in order of declaration.
    for (let i = 0; i < this.functions.length; i++) {
      const info = this.functions[i]!;
      for (const p of info.function.parameters) this.#owner.set(p, info);
      this.#walk(info.function.body, info);
    }
    for (const info of this.functions) if (info.variable === undefined) info.escapes = true;
    this.#classify();
  }

  #declare(bindings: readonly { readonly variable: Variable | undefined; readonly function: Function }[], parent: FunctionInfo | undefined): void {
    const group = new Group();
    for (const { variable, function: f } of bindings) {
      const info = new FunctionInfo(f, this.#binding, variable, parent, group);
      group.members.push(info);
      this.functions.push(info);
      if (variable !== undefined) {
        this.#byVariable.set(variable, info);
        if (parent !== undefined) this.#owner.set(variable, parent);
      }
    }
  }

  #use(v: Variable, user: FunctionInfo): void {
    const owner = this.#owner.get(v);
    if (owner === undefined) return;
    for (let f: FunctionInfo | undefined = user; f !== undefined && f !== owner && !f.free.has(v); f = f.parent) f.free.add(v);
  }

  /** Records binders and uses. Binders come before their uses in this order. */
  #walk(start: Expr, user: FunctionInfo): void {
    const bind = (v: Variable): void => {
      this.#owner.set(v, user);
    };
    const stack: Expr[] = [start];
    while (stack.length > 0) {
      const e = stack.pop()!;
      switch (e.kind) {
        case "var": {
          this.#use(e.variable, user);
          const known = this.#byVariable.get(e.variable);
          if (known !== undefined) known.escapes = true;
          break;
        }
        case "const":
          break;
        case "let":
          bind(e.variable);
          if (e.value.kind === "function" && !e.variable.mutable) {
            this.#declare([{ variable: e.variable, function: e.value.function }], user);
            stack.push(e.body);
          } else stack.push(e.body, e.value);
          break;
        case "letrec":
          this.#declareBindings(e.functions, user);
          stack.push(e.body);
          break;
        case "function":
          this.#declare([{ variable: undefined, function: e.function }], user);
          break;
        case "apply": {
          const known = e.function.kind === "var" ? this.#byVariable.get(e.function.variable) : undefined;
          if (known !== undefined && known.function.parameters.length === e.args.length) this.#use(known.variable!, user);
          else stack.push(e.function);
          for (const arg of e.args) stack.push(arg);
          break;
        }
        case "primitive":
        case "jump":
          for (const arg of e.args) stack.push(arg);
          break;
        case "if":
          stack.push(e.else, e.then, e.condition);
          break;
        case "switch":
          if (e.default !== undefined) stack.push(e.default);
          for (const item of e.cases) stack.push(item.body);
          stack.push(e.scrutinee);
          break;
        case "join":
          for (const p of e.parameters) bind(p);
          stack.push(e.body, e.handler);
          break;
        case "try":
          bind(e.exception);
          stack.push(e.handler, e.body);
          break;
        case "sequence":
          stack.push(e.second, e.first);
          break;
        case "assign":
          stack.push(e.value);
          break;
      }
    }
  }

  #declareBindings(bindings: readonly FunctionBinding[], user: FunctionInfo): void {
    this.#declare(bindings, user);
  }

  #boundInside(v: Variable, f: FunctionInfo): boolean {
    for (let owner = this.#owner.get(v); owner !== undefined; owner = owner.parent) if (owner === f) return true;
    return false;
  }

  /** Iterates needs and kinds to the fixed point; only functions with free variables take part. */
  #classify(): void {
    const open = this.functions.filter((f) => f.free.size > 0);
    for (let again = true; again; ) {
      again = false;
      for (const f of open) f.needs = new Set();
      for (let changed = true; changed; ) {
        changed = false;
        for (const f of open) {
          const before = f.needs.size;
          for (const v of f.free) {
            const g = this.#byVariable.get(v);
            if (g === undefined) f.needs.add(v);
            else if (g.group.kind === "closure") {
              if (g.group !== f.group) f.needs.add(v);
            } else if (g !== f) for (const w of g.needs) if (!this.#boundInside(w, f)) f.needs.add(w);
          }
          if (f.needs.size !== before) changed = true;
        }
      }
      for (const f of open) {
        const group = f.group;
        if (group.kind === "closure") continue;
        const refersToClosure = [...f.free].some((v) => this.#byVariable.get(v)?.group.kind === "closure");
        if (f.needs.size === 0 && !refersToClosure) continue;
        const escapes = group.members.some((m) => m.escapes);
        const fits = group.members.every((m) => m.function.parameters.length + m.needs.size <= MAX_LIFTED_PARAMETERS);
        const kind: GroupKind = escapes || !fits ? "closure" : "lifted";
        if (kind !== group.kind) {
          group.kind = kind;
          again = true;
        }
      }
    }
  }
}
