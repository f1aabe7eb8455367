/**
 * Dead code: whole program, down to single functions and single pure bindings. Live is what effects and exports lead
 * to. Expressions are gone through from their ends, so that a binding's uses are known when it is met. What does not
 * change is shared with what was.
 *
 * Storing into a global block that nothing reads is no effect: a library's register (of a default, of hooks) holds only
 * what a program with a reader of it can see. And a register that nothing stores into holds what it held first, so what a library does
 * only when it has been asked to costs other programs nothing.
 */
import * as b from "./build.ts";
import type { Expr, Function, FunctionBinding, Label, Program, TopBinding, Variable } from "./core.ts";
import { decidingCalls, Discardable, type Call } from "./discardable.ts";
import { PassMemo } from "./memo.ts";

/** A top-level binding without what is dead in it: that depends on nothing outside but the blocks that it stores into. */
export interface LiveBinding {
  readonly binding: TopBinding;
  /** What is left when nothing uses the variable: the value's effect. Undefined for a group of functions. */
  readonly effect: TopBinding | undefined;
  /** Globals that it uses; by function for a group. */
  readonly uses: readonly (readonly Variable[])[];
  /** Variables whose blocks it stores into, and whether they were taken to be unread. */
  readonly stores: ReadonlyMap<Variable, boolean>;
  /** Registers that it reads, and whether they were taken to hold what they held first. */
  readonly reads: ReadonlyMap<Variable, boolean>;
  /** Calls whose results nothing needs, and whether they were left out. */
  readonly calls: readonly { readonly call: Call; readonly discarded: boolean }[];
}

/** What removing dead code keeps from run to run. */
export interface DeadCodeMemo {
  readonly results: PassMemo<LiveBinding>;
  readonly calls: PassMemo<{ readonly calls: readonly Call[] | undefined }>;
  readonly groups: PassMemo<TopBinding & { readonly kind: "letrec" }>;
}

/** What global memory holds at first, by its variable: the fields of a block; nothing for raw memory, which is all zeroes. */
type Registers = ReadonlyMap<Variable, readonly Expr[] | undefined>;

const newMemo = (): DeadCodeMemo => ({ results: new PassMemo(), calls: new PassMemo(), groups: new PassMemo() });

class DeadCode {
  readonly #used = new Set<Variable>();
  readonly #bound = new Set<Variable>();
  readonly #jumped = new Set<Label>();
  readonly #stores = new Map<Variable, boolean>();
  /** Global blocks that are taken to be read by nothing live: what stores into them is left out. */
  readonly #unread: ReadonlySet<Variable>;
  readonly #reads = new Map<Variable, boolean>();
  /** Global memory that is taken to hold what it held first. */
  readonly #unstored: Registers;
  readonly #discardable: Discardable;
  readonly #calls: { readonly call: Call; readonly discarded: boolean }[] = [];

  constructor(unread: ReadonlySet<Variable>, unstored: Registers, discardable: Discardable) {
    this.#unread = unread;
    this.#unstored = unstored;
    this.#discardable = discardable;
  }

  /** Whether evaluating `e` can be left out when its value is not needed. */
  #isDroppable(e: Expr): boolean {
    if (e.kind === "var" || e.kind === "const" || e.kind === "function") return true;
    const calls = decidingCalls(e);
    if (calls === undefined) return false;
    let droppable = true;
    for (const call of calls) {
      const discarded = this.#discardable.holds(call);
      this.#calls.push({ call, discarded });
      droppable &&= discarded;
    }
    return droppable;
  }

  #isUnread(v: Variable): boolean {
    const unread = this.#unread.has(v);
    this.#stores.set(v, unread);
    return unread;
  }

  /** What reading `e` gives, when that is global memory which nothing stores into. */
  #initialContents(e: Extract<Expr, { kind: "primitive" }>): Expr | undefined {
    const { primitive } = e;
    if (primitive.op !== "block.field" && primitive.op !== "raw.load") return undefined;
    const place = withoutBox(e.args[0]!);
    if (place.kind !== "var") return undefined;
    const { variable } = place;
    const unstored = this.#unstored.has(variable);
    this.#reads.set(variable, unstored);
    if (!unstored) return undefined;
    const fields = this.#unstored.get(variable);
    return fields === undefined ? b.word(0) : primitive.op === "block.field" ? fields[primitive.index] : undefined;
  }

  binding(binding: TopBinding): LiveBinding {
    switch (binding.kind) {
      case "let": {
        const { variable } = binding;
        const value = this.expr(binding.value);
        return { binding: value === binding.value ? binding : { kind: "let", variable, value }, effect: { kind: "effect", value }, uses: [this.#free()], stores: this.#stores, reads: this.#reads, calls: this.#calls };
      }
      case "effect": {
        const value = this.expr(binding.value);
        const live: TopBinding = value === binding.value ? binding : { kind: "effect", value };
        return { binding: live, effect: live, uses: [this.#free()], stores: this.#stores, reads: this.#reads, calls: this.#calls };
      }
      case "letrec": {
        // Which of its functions others use is not known here.
        let changed = false;
        const uses: Variable[][] = [];
        const functions = binding.functions.map((f) => {
          const live = this.function(f.function);
          uses.push(this.#free());
          this.#used.clear();
          if (live === f.function) return f;
          changed = true;
          return { variable: f.variable, function: live };
        });
        return { binding: changed ? { kind: "letrec", functions } : binding, effect: undefined, uses, stores: this.#stores, reads: this.#reads, calls: this.#calls };
      }
    }
  }

  #free(): Variable[] {
    const free: Variable[] = [];
    for (const v of this.#used) if (!this.#bound.has(v)) free.push(v);
    return free;
  }

  /** The functions of a group that are used, from outside or by one that is. */
  #functions(functions: readonly FunctionBinding[]): readonly FunctionBinding[] {
    const done = new Map<Variable, FunctionBinding>();
    for (const f of functions) this.#bound.add(f.variable);
    let same = true;
    for (let changed = true; changed; ) {
      changed = false;
      for (const f of functions) {
        if (done.has(f.variable) || !this.#used.has(f.variable)) continue;
        const live = this.function(f.function);
        if (live !== f.function) same = false;
        done.set(f.variable, live === f.function ? f : { variable: f.variable, function: live });
        changed = true;
      }
    }
    if (same && done.size === functions.length) return functions;
    return functions.flatMap((f) => done.get(f.variable) ?? []);
  }

  function(f: Function): Function {
    const body = this.expr(f.body);
    for (const p of f.parameters) this.#bound.add(p);
    return body === f.body ? f : b.withBody(f, body);
  }

  expr(start: Expr): Expr {
    if (start.kind !== "let" && start.kind !== "letrec" && start.kind !== "sequence" && start.kind !== "join") return this.#end(start);
    const spine: Expr[] = [];
    let e: Expr = start;
    while (e.kind === "let" || e.kind === "letrec" || e.kind === "sequence" || e.kind === "join") {
      spine.push(e);
      e = e.kind === "sequence" ? e.second : e.body;
    }
    let result = this.#end(e);
    for (let i = spine.length - 1; i >= 0; i--) {
      const node = spine[i]!;
      switch (node.kind) {
        case "let": {
          const { variable } = node;
          this.#bound.add(variable);
          if (!this.#used.has(variable)) {
            if (this.#isDroppable(node.value)) break;
            if (!variable.mutable) {
              result = b.sequence(this.expr(node.value), result);
              break;
            }
          }
          const value = this.expr(node.value);
          result = value === node.value && result === node.body ? node : b.letIn(variable, value, result);
          break;
        }
        case "letrec": {
          const functions = this.#functions(node.functions);
          if (functions.length > 0) result = functions === node.functions && result === node.body ? node : b.letrecIn(functions, result);
          break;
        }
        case "sequence":
          if (!this.#isDroppable(node.first)) {
            const first = this.expr(node.first);
            result = first === node.first && result === node.second ? node : b.sequence(first, result);
          }
          break;
        case "join":
          for (const p of node.parameters) this.#bound.add(p);
          if (this.#jumped.has(node.label)) {
            const handler = this.expr(node.handler);
            result = handler === node.handler && result === node.body ? node : b.join(node.label, node.parameters, handler, result, node.recursive);
          }
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
        this.#used.add(e.variable);
        return e;
      case "const":
        return e;
      case "function": {
        const f = this.function(e.function);
        return f === e.function ? e : b.lambda(f);
      }
      case "apply": {
        const f = this.expr(e.function);
        const args = this.#args(e.args);
        return f === e.function && args === e.args ? e : b.apply(f, args, e.loc, e.inline, e.tailcall);
      }
      case "primitive": {
        const target = e.args[0];
        if (e.primitive.op === "block.setField" && target?.kind === "var" && this.#isUnread(target.variable)) {
          const stored = e.args[1]!;
          return this.#isDroppable(stored) ? b.unit : b.sequence(this.expr(stored), b.unit);
        }
        const initial = this.#initialContents(e);
        if (initial !== undefined) return this.expr(initial);
        const args = this.#args(e.args);
        return args === e.args ? e : b.primitive(e.primitive, args, e.loc);
      }
      case "if":
        return this.#conditional(e);
      case "switch": {
        const scrutinee = this.expr(e.scrutinee);
        let changed = scrutinee !== e.scrutinee;
        const cases = e.cases.map((item) => {
          const body = this.expr(item.body);
          if (body === item.body) return item;
          changed = true;
          return { value: item.value, body };
        });
        const otherwise = e.default === undefined ? undefined : this.expr(e.default);
        return changed || otherwise !== e.default ? b.switchOn(scrutinee, cases, otherwise) : e;
      }
      case "jump": {
        this.#jumped.add(e.label);
        const args = this.#args(e.args);
        return args === e.args ? e : b.jump(e.label, args);
      }
      case "try": {
        const body = this.expr(e.body);
        const handler = this.expr(e.handler);
        this.#bound.add(e.exception);
        return body === e.body && handler === e.handler ? e : b.tryWith(body, e.exception, handler);
      }
      case "assign": {
        // The variable itself stays bound; whether it is read does not matter here.
        this.#used.add(e.variable);
        const value = this.expr(e.value);
        return value === e.value ? e : b.assign(e.variable, value);
      }
      default:
        return this.expr(e);
    }
  }

  #args(args: readonly Expr[]): readonly Expr[] {
    let out: Expr[] | undefined;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!;
      const live = this.expr(arg);
      if (live !== arg && out === undefined) out = args.slice(0, i);
      if (out !== undefined) out.push(live);
    }
    return out ?? args;
  }

  /** `else if` chains are as long as the program writes them. */
  #conditional(start: Extract<Expr, { kind: "if" }>): Expr {
    const chain: { node: Extract<Expr, { kind: "if" }>; condition: Expr; then: Expr }[] = [];
    let e: Expr = start;
    while (e.kind === "if") {
      chain.push({ node: e, condition: this.expr(e.condition), then: this.expr(e.then) });
      e = e.else;
    }
    let result = this.expr(e);
    for (let i = chain.length - 1; i >= 0; i--) {
      const { node, condition, then } = chain[i]!;
      result = condition === node.condition && then === node.then && result === node.else ? node : b.ifThenElse(condition, then, result);
    }
    return result;
  }
}

/** `e` when it is boxed and unboxed at once, as code outside of the runtime's dialect has it before it is simplified. */
function withoutBox(e: Expr): Expr {
  const inner = e.kind === "primitive" && e.primitive.op === "word.unbox" ? e.args[0]! : undefined;
  return inner?.kind === "primitive" && inner.primitive.op === "word.box" ? inner.args[0]! : e;
}

/** The live program, when stores into `unread` are left out and `unstored` holds what it held first, and the variables that it uses. */
function live(program: Program, memo: DeadCodeMemo, discardable: Discardable, unread: ReadonlySet<Variable>, unstored: Registers): { readonly program: Program; readonly used: ReadonlySet<Variable> } {
  const { bindings } = program;
  const used = new Set<Variable>();
  /** Where each global is defined: the binding, and which of its functions. */
  const globals = new Map<Variable, { readonly at: number; readonly member: number }>();
  const pending: { readonly at: number; readonly member: number }[] = [];
  const found: (LiveBinding | undefined)[] = new Array<undefined>(bindings.length).fill(undefined);
  const use = (v: Variable): void => {
    if (used.has(v)) return;
    used.add(v);
    const place = globals.get(v);
    if (place !== undefined) pending.push(place);
  };
  bindings.forEach((binding, at) => {
    if (binding.kind === "let") globals.set(binding.variable, { at, member: 0 });
    else if (binding.kind === "letrec") binding.functions.forEach((f, member) => globals.set(f.variable, { at, member }));
    if (!discardable.bindings[at]!) pending.push({ at, member: 0 });
  });
  for (const v of program.exports.values()) use(v);
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { at, member } = place;
    let result = found[at];
    if (result === undefined) {
      const binding = bindings[at]!;
      found[at] = result = memo.results.findIf(binding, (known) => agrees(known, unread, unstored, discardable)) ?? new DeadCode(unread, unstored, discardable).binding(binding);
      memo.results.keep(binding, result);
    }
    for (const v of result.uses[member]!) use(v);
  }
  const out: TopBinding[] = [];
  for (const result of found) {
    if (result === undefined) continue;
    const { binding, effect } = result;
    if (binding.kind === "letrec") out.push(group(binding, used, memo.groups));
    else out.push(binding.kind === "let" && effect !== undefined && !used.has(binding.variable) ? effect : binding);
  }
  return { program: { bindings: out, exports: program.exports }, used };
}

/** A group without the functions that nothing uses. */
function group(binding: Extract<TopBinding, { kind: "letrec" }>, used: ReadonlySet<Variable>, memo: PassMemo<TopBinding & { readonly kind: "letrec" }>): TopBinding {
  const functions = binding.functions.filter((f) => used.has(f.variable));
  if (functions.length === binding.functions.length) return binding;
  const known = memo.findIf(binding, (k) => k.functions.length === functions.length && k.functions.every((f, i) => f === functions[i]));
  const result = known ?? { kind: "letrec", functions };
  memo.keep(binding, result);
  return result;
}

function agrees(known: LiveBinding, unread: ReadonlySet<Variable>, unstored: Registers, discardable: Discardable): boolean {
  for (const [v, answer] of known.stores) if (unread.has(v) !== answer) return false;
  for (const [v, answer] of known.reads) if (unstored.has(v) !== answer) return false;
  return known.calls.every(({ call, discarded }) => discardable.holds(call) === discarded);
}

export function removeDeadCode(program: Program, memo: DeadCodeMemo = newMemo()): Program {
  return live(program, memo, new Discardable(program, memo.calls), new Set(), new Map()).program;
}

/**
 * Also leaves out stores into global blocks that nothing live reads. All are supposed to be unread at first; those that turn out
 * to be used are given up, until the supposition holds: so a reader that only what is stored leads to keeps nothing alive.
 */
export function removeDeadStores(program: Program, memo: DeadCodeMemo = newMemo()): Program {
  const unread = new Set<Variable>();
  for (const binding of program.bindings) {
    if (binding.kind === "let" && binding.value.kind === "primitive" && binding.value.primitive.op === "block.make" && binding.value.primitive.mutable) unread.add(binding.variable);
  }
  const discardable = new Discardable(program, memo.calls);
  for (;;) {
    const result = live(program, memo, discardable, unread, new Map());
    const wrong = [...unread].filter((v) => result.used.has(v));
    if (wrong.length === 0) return result.program;
    for (const v of wrong) unread.delete(v);
  }
}

/** Global memory that is made with known contents. */
function registers(program: Program): Map<Variable, readonly Expr[] | undefined> {
  const found = new Map<Variable, readonly Expr[] | undefined>();
  for (const binding of program.bindings) {
    if (binding.kind !== "let" || binding.value.kind !== "primitive") continue;
    const { primitive, args } = binding.value;
    if (primitive.op === "raw.static") found.set(binding.variable, undefined);
    else if (primitive.op === "block.make" && primitive.mutable && args.every((a) => a.kind === "const")) found.set(binding.variable, args);
  }
  return found;
}

/**
 * Also reads what global memory holds at first, where nothing live does anything but reading it. All is supposed to be so at first,
 * as in `removeDeadStores`. Must come while such memory is still known by its variable: before the first simplification.
 */
export function readInitialContents(program: Program, memo: DeadCodeMemo = newMemo()): Program {
  const unstored = registers(program);
  const discardable = new Discardable(program, memo.calls);
  for (;;) {
    const result = live(program, memo, discardable, new Set(), unstored);
    const wrong = [...unstored.keys()].filter((v) => result.used.has(v));
    if (wrong.length === 0) return result.program;
    for (const v of wrong) unstored.delete(v);
  }
}
