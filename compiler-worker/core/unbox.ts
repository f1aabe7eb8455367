/**
 * Unboxing: floats, int32, int64 and nativeint stay raw in variables, across join points, and in parameters and
 * results of known functions (worker and wrapper: Gill and Hutton, JFP 2009; Leroy, "Unboxed objects and polymorphic
 * typing", POPL 1992).
 *
 * A slot is a place that a value reaches from several sides: a parameter of a join point or function, a mutable
 * variable, a variable bound to a branching expression, a function's result. A slot holds boxes when everything that
 * flows in is a box of one type; the analysis starts from that hope and takes it back until nothing changes. A slot
 * is unboxed when somebody looks inside. `simplify` then removes the pairs of boxing and unboxing.
 */
import * as b from "./build.ts";
import type { BoxedInteger, Expr, Function, Kind, Program, TopBinding, Variable } from "./core.ts";
import { diverges } from "./effects.ts";
import { forEachLeaf, mapLeaves } from "./leaves.ts";
import { PassMemo } from "./memo.ts";
import { rewrite, type Rules, type Step } from "./rewrite.ts";

type Box = "float" | BoxedInteger;
/** Undefined: nothing has come in yet. */
type State = Box | "other" | undefined;

interface Slot {
  readonly incoming: Expr[];
  state: State;
  /** Something flows in that is not seen: the function is called through a closure. */
  open: boolean;
  /** Uses that look inside the box, that take the box as it is, and slots that it flows on to. */
  unboxings: number;
  boxed: number;
  readonly flowsTo: Slot[];
  wanted: boolean;
}

interface KnownFunction {
  readonly variable: Variable;
  readonly function: Function;
  readonly parameters: readonly Slot[];
  readonly result: Slot;
  escapes: boolean;
}

function newSlot(): Slot {
  return { incoming: [], state: undefined, open: false, unboxings: 0, boxed: 0, flowsTo: [], wanted: false };
}

function boxOfPrimitive(e: Expr): State {
  if (e.kind === "const") return e.constant.kind === "boxedFloat" ? "float" : e.constant.kind === "boxedInt" ? e.constant.type : "other";
  if (e.kind !== "primitive") return "other";
  return e.primitive.op === "float.box" ? "float" : e.primitive.op === "word.box" ? e.primitive.type : "other";
}

function unboxingOf(e: Expr): Variable | undefined {
  if (e.kind !== "primitive" || (e.primitive.op !== "float.unbox" && e.primitive.op !== "word.unbox")) return undefined;
  const arg = e.args[0]!;
  return arg.kind === "var" ? arg.variable : undefined;
}

class Analysis {
  readonly slots = new Map<Variable, Slot>();
  readonly functions = new Map<Variable, KnownFunction>();
  /** By binding: the variables inside that have slots, and the functions declared or called. */
  readonly parts: { readonly variables: readonly Variable[]; readonly functions: ReadonlySet<Variable> }[] = [];
  /** Immutable variables bound to boxes. */
  readonly #boxes = new Map<Variable, Box>();
  #variables: Variable[] = [];
  #touched = new Set<Variable>();

  slot(v: Variable): Slot {
    let slot = this.slots.get(v);
    if (slot === undefined) {
      this.slots.set(v, (slot = newSlot()));
      this.#variables.push(v);
    }
    return slot;
  }

  #declare(variable: Variable, f: Function): void {
    this.#touched.add(variable);
    const parameters = f.parameters.map((p) => this.slot(p));
    this.functions.set(variable, { variable, function: f, parameters, result: newSlot(), escapes: false });
  }

  run(program: Program): void {
    for (const binding of program.bindings) {
      if (binding.kind === "letrec") for (const f of binding.functions) this.#declare(f.variable, f.function);
      else if (binding.kind === "let" && binding.value.kind === "function") this.#declare(binding.variable, binding.value.function);
    }
    for (const binding of program.bindings) {
      this.#variables = [];
      this.#touched = new Set();
      if (binding.kind === "letrec") {
        for (const f of binding.functions) {
          this.#touched.add(f.variable);
          this.#function(f.function, this.functions.get(f.variable)!.result);
        }
      } else if (binding.kind === "let" && binding.value.kind === "function") {
        this.#touched.add(binding.variable);
        this.#function(binding.value.function, this.functions.get(binding.variable)!.result);
      } else this.#walk(binding.value, undefined);
      this.parts.push({ variables: this.#variables, functions: this.#touched });
    }
    for (const v of program.exports.values()) {
      const f = this.functions.get(v);
      if (f !== undefined) f.escapes = true;
    }
    this.#solve();
  }

  #function(f: Function, result: Slot): void {
    result.incoming.push(f.body);
    this.#walk(f.body, result);
  }

  /** A use of a variable that takes its value as it is. */
  #boxedUse(v: Variable): void {
    const f = this.functions.get(v);
    if (f !== undefined) f.escapes = true;
    const slot = this.slots.get(v);
    if (slot !== undefined) slot.boxed++;
  }

  #flow(e: Expr, target: Slot): void {
    target.incoming.push(e);
    this.#walk(e, target);
  }

  /** `target`: the slot that the value of `e` flows into; undefined when it is used otherwise. */
  #walk(start: Expr, target: Slot | undefined): void {
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "var": {
          const slot = target === undefined ? undefined : this.slots.get(e.variable);
          if (slot !== undefined && target !== undefined && !this.functions.has(e.variable)) slot.flowsTo.push(target);
          else this.#boxedUse(e.variable);
          return;
        }
        case "const":
          return;
        case "let":
          this.#binding(e.variable, e.value);
          e = e.body;
          break;
        case "letrec":
          for (const f of e.functions) this.#declare(f.variable, f.function);
          for (const f of e.functions) this.#function(f.function, this.functions.get(f.variable)!.result);
          e = e.body;
          break;
        case "function":
          this.#closure(e.function);
          return;
        case "apply":
          this.#apply(e);
          return;
        case "primitive": {
          const inside = unboxingOf(e);
          if (inside !== undefined) {
            const slot = this.slots.get(inside);
            if (slot !== undefined) slot.unboxings++;
            return;
          }
          for (const arg of e.args) this.#walk(arg, undefined);
          return;
        }
        case "if":
          this.#walk(e.condition, undefined);
          this.#walk(e.then, target);
          e = e.else;
          break;
        case "switch":
          this.#walk(e.scrutinee, undefined);
          for (const item of e.cases) this.#walk(item.body, target);
          if (e.default === undefined) return;
          e = e.default;
          break;
        case "join":
          for (const p of e.parameters) this.slot(p);
          this.#labels.set(e.label.id, e.parameters);
          this.#walk(e.handler, target);
          e = e.body;
          break;
        case "jump": {
          const parameters = this.#labels.get(e.label.id)!;
          e.args.forEach((arg, i) => this.#flow(arg, this.slot(parameters[i]!)));
          return;
        }
        case "try":
          this.#walk(e.body, target);
          e = e.handler;
          break;
        case "sequence":
          this.#walk(e.first, undefined);
          e = e.second;
          break;
        case "assign":
          this.#flow(e.value, this.slot(e.variable));
          return;
      }
    }
  }
  readonly #labels = new Map<number, readonly Variable[]>();

  #binding(variable: Variable, value: Expr): void {
    if (variable.mutable) {
      this.#flow(value, this.slot(variable));
      return;
    }
    switch (value.kind) {
      case "function":
        this.#declare(variable, value.function);
        this.#function(value.function, this.functions.get(variable)!.result);
        return;
      case "if":
      case "switch":
      case "join":
      case "try":
      case "apply":
      case "let":
      case "letrec":
      case "sequence":
        this.#flow(value, this.slot(variable));
        return;
      default: {
        const box = boxOfPrimitive(value);
        if (box !== undefined && box !== "other") this.#boxes.set(variable, box);
        this.#walk(value, undefined);
      }
    }
  }

  #closure(f: Function): void {
    for (const p of f.parameters) {
      const slot = this.slot(p);
      slot.open = true;
      slot.state = "other";
    }
    this.#walk(f.body, undefined);
  }

  #apply(e: Extract<Expr, { kind: "apply" }>): void {
    const known = e.function.kind === "var" ? this.functions.get(e.function.variable) : undefined;
    if (known !== undefined && known.parameters.length === e.args.length) {
      this.#touched.add(known.variable);
      e.args.forEach((arg, i) => this.#flow(arg, known.parameters[i]!));
      return;
    }
    for (const arg of e.args) this.#walk(arg, undefined);
    this.#walk(e.function, undefined);
  }

  // ------------------------------------------------------------ the fixed point

  #join(x: State, y: State): State {
    if (x === undefined) return y;
    if (y === undefined || x === y) return x;
    return "other";
  }

  #stateOf(start: Expr): State {
    let state: State = undefined;
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "var": {
          const slot = this.slots.get(e.variable);
          return this.#join(state, slot !== undefined ? slot.state : (this.#boxes.get(e.variable) ?? "other"));
        }
        case "const":
        case "function":
        case "assign":
          return this.#join(state, boxOfPrimitive(e));
        case "primitive":
          return diverges(e) ? state : this.#join(state, boxOfPrimitive(e));
        case "apply": {
          const known = e.function.kind === "var" ? this.functions.get(e.function.variable) : undefined;
          return this.#join(state, known !== undefined && known.parameters.length === e.args.length ? known.result.state : "other");
        }
        case "jump":
          return state;
        case "let":
        case "letrec":
          e = e.body;
          break;
        case "sequence":
          e = e.second;
          break;
        case "if":
          state = this.#join(state, this.#stateOf(e.then));
          e = e.else;
          break;
        case "switch":
          for (const item of e.cases) state = this.#join(state, this.#stateOf(item.body));
          if (e.default === undefined) return state;
          e = e.default;
          break;
        case "join":
          state = this.#join(state, this.#stateOf(e.handler));
          e = e.body;
          break;
        case "try":
          state = this.#join(state, this.#stateOf(e.body));
          e = e.handler;
          break;
      }
      if (state === "other") return state;
    }
  }

  #solve(): void {
    const all: Slot[] = [...this.slots.values()];
    for (const f of this.functions.values()) {
      all.push(f.result);
      if (!f.escapes) continue;
      const strict = strictlyUnboxed(f.function);
      f.function.parameters.forEach((p, i) => {
        const slot = f.parameters[i]!;
        slot.open = true;
        // What every call looks into is a box, whoever calls.
        slot.state = strict.get(p) ?? "other";
      });
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (const slot of all) {
        if (slot.state === "other") continue;
        let state: State = slot.state;
        for (const e of slot.incoming) {
          state = this.#join(state, this.#stateOf(e));
          if (state === "other") break;
        }
        // What is strictly unboxed keeps its type even if a caller seems to give something else (code not reached).
        if (slot.open && slot.state !== undefined && state === "other") continue;
        if (state !== slot.state) {
          slot.state = state;
          changed = true;
        }
      }
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (const slot of all) {
        if (slot.wanted || slot.state === undefined || slot.state === "other") continue;
        if ((slot.unboxings > 0 && slot.boxed <= slot.unboxings) || (slot.boxed === 0 && slot.flowsTo.some((s) => s.wanted && s.state === slot.state))) {
          slot.wanted = true;
          changed = true;
        }
      }
    }
  }

  /** The type that a slot's variable is unboxed as. */
  unboxed(slot: Slot | undefined): Box | undefined {
    return slot !== undefined && slot.wanted && slot.state !== "other" ? slot.state : undefined;
  }

  /** A result is unboxed whenever it is made in the function: who needs the box makes it. */
  unboxedResult(f: KnownFunction): Box | undefined {
    const { state } = f.result;
    if (state === undefined || state === "other" || f.function.runtimeDialect) return undefined;
    return makesBox(f.function.body) ? state : undefined;
  }
}

/** Whether some leaf of `e` is a box made here, not a constant. */
function makesBox(e: Expr): boolean {
  let found = false;
  forEachLeaf(e, (leaf) => {
    if (leaf.kind === "primitive" && (leaf.primitive.op === "float.box" || leaf.primitive.op === "word.box")) found = true;
  });
  return found;
}

/** Parameters that every call of `f` looks into, before any branch. */
function strictlyUnboxed(f: Function): Map<Variable, Box> {
  const result = new Map<Variable, Box>();
  const parameters = new Set(f.parameters);
  const scan = (start: Expr): void => {
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "let":
          scan(e.value);
          e = e.body;
          break;
        case "sequence":
          scan(e.first);
          e = e.second;
          break;
        case "letrec":
          e = e.body;
          break;
        case "if":
          scan(e.condition);
          return;
        case "switch":
          scan(e.scrutinee);
          return;
        case "primitive": {
          const v = unboxingOf(e);
          if (v !== undefined && parameters.has(v)) result.set(v, e.primitive.op === "word.unbox" ? e.primitive.type : "float");
          for (const arg of e.args) scan(arg);
          return;
        }
        case "apply":
        case "jump":
          for (const arg of e.args) scan(arg);
          return;
        case "assign":
          e = e.value;
          break;
        case "join":
          e = e.body;
          break;
        default:
          return;
      }
    }
  };
  scan(f.body);
  return result;
}

// ---------------------------------------------------------------- rewriting

function kindOf(box: Box): Kind {
  return box === "float" ? "float" : "word";
}

function boxed(box: Box, e: Expr): Expr {
  return box === "float" ? b.boxFloat(e) : b.box(box, e);
}

function unboxed(box: Box, e: Expr): Expr {
  if (e.kind === "primitive" && boxOfPrimitive(e) === box) return e.args[0]!;
  if (e.kind === "const" && e.constant.kind === "boxedFloat") return b.floatBits(e.constant.bits);
  if (e.kind === "const" && e.constant.kind === "boxedInt") return b.word(e.constant.value);
  return box === "float" ? b.unboxFloat(e) : b.unbox(box, e);
}

/** Unboxes what `e` ends in. */
function unboxLeaves(box: Box, e: Expr): Expr {
  return mapLeaves(e, (leaf) => unboxed(box, leaf), true);
}

interface Worker {
  /** The unboxed function; the function itself when nothing else uses it. */
  readonly variable: Variable;
  readonly parameters: readonly (Box | undefined)[];
  readonly result: Box | undefined;
}

class Rewriter {
  readonly #fresh: b.Fresh;
  readonly #analysis: Analysis;
  readonly #workers = new Map<Variable, Worker>();
  /** Raw variables that mutable ones became. */
  readonly #raw = new Map<Variable, { readonly variable: Variable; readonly box: Box }>();

  constructor(fresh: b.Fresh, analysis: Analysis, memo: UnboxMemo) {
    this.#fresh = fresh;
    this.#analysis = analysis;
    for (const f of analysis.functions.values()) {
      if (f.function.runtimeDialect) continue;
      const parameters = f.parameters.map((slot) => analysis.unboxed(slot));
      const result = analysis.unboxedResult(f);
      if (result === undefined && parameters.every((p) => p === undefined)) continue;
      this.#workers.set(f.variable, { variable: f.escapes ? memo.workers.get(f.variable, (v) => fresh.variable(`${v.name}_unboxed`)) : f.variable, parameters, result });
    }
  }

  /** Raw parameters in the place of boxed ones, which are made again at the beginning of `body`. */
  #parameters(parameters: readonly Variable[], boxes: readonly (Box | undefined)[], body: Expr): { parameters: Variable[]; body: Expr } {
    let result = body;
    const raw = parameters.map((p, i) => {
      const box = boxes[i];
      if (box === undefined) return p;
      const v = this.#fresh.variable(p.name, kindOf(box));
      result = b.letIn(p, boxed(box, b.variable(v)), result);
      return v;
    });
    return { parameters: raw, body: result };
  }

  #labelBoxes = new Map<number, readonly (Box | undefined)[]>();

  readonly #rules: Rules = {
    function: (f) => this.#plainFunction(f),
    node: (e) => this.#node(e),
  };

  #plainFunction(f: Function): Function {
    const body = this.expr(f.body);
    return body === f.body ? f : b.withBody(f, body);
  }

  /** A function with its worker, if it has one. */
  functions(variable: Variable, f: Function): { variable: Variable; function: Function }[] {
    const worker = this.#workers.get(variable);
    if (worker === undefined) return [{ variable, function: this.#plainFunction(f) }];
    const inner = this.expr(f.body);
    const { parameters, body } = this.#parameters(f.parameters, worker.parameters, worker.result === undefined ? inner : unboxLeaves(worker.result, inner));
    const unboxedFunction = b.withBody(f, body, parameters, worker.result === undefined ? f.result : kindOf(worker.result));
    if (worker.variable === variable) return [{ variable, function: unboxedFunction }];
    const wrapperParameters = f.parameters.map((p) => this.#fresh.copy(p));
    const call = this.#call(worker, wrapperParameters.map(b.variable), undefined);
    const wrapper: Function = { ...b.withBody(f, call, wrapperParameters), inline: "always", tailModCons: false };
    return [
      { variable: worker.variable, function: unboxedFunction },
      { variable, function: wrapper },
    ];
  }

  #call(worker: Worker, args: readonly Expr[], source: Extract<Expr, { kind: "apply" }> | undefined): Expr {
    const raw = args.map((arg, i) => {
      const box = worker.parameters[i];
      return box === undefined ? arg : unboxLeaves(box, arg);
    });
    const call = b.apply(b.variable(worker.variable), raw, source?.loc, source?.inline, source?.tailcall);
    return worker.result === undefined ? call : boxed(worker.result, call);
  }

  #node(e: Expr): Expr | Step | undefined {
    switch (e.kind) {
      case "var": {
        const raw = this.#raw.get(e.variable);
        return raw === undefined ? undefined : boxed(raw.box, b.variable(raw.variable));
      }
      case "assign": {
        const raw = this.#raw.get(e.variable);
        return raw === undefined ? undefined : b.assign(raw.variable, unboxLeaves(raw.box, this.expr(e.value)));
      }
      case "let":
        return this.#binding(e);
      case "letrec": {
        if (!e.functions.some((f) => this.#workers.has(f.variable))) return undefined;
        const functions = e.functions.flatMap((f) => this.functions(f.variable, f.function));
        return { frame: (body) => b.letrecIn(functions, body), next: e.body };
      }
      case "apply": {
        const worker = e.function.kind === "var" ? this.#workers.get(e.function.variable) : undefined;
        if (worker === undefined || worker.parameters.length !== e.args.length) return undefined;
        return this.#call(worker, e.args.map((arg) => this.expr(arg)), e);
      }
      case "join": {
        const boxes = e.parameters.map((p) => this.#analysis.unboxed(this.#analysis.slots.get(p)));
        if (boxes.every((box) => box === undefined)) return undefined;
        this.#labelBoxes.set(e.label.id, boxes);
        const { label, recursive } = e;
        const { parameters, body: handler } = this.#parameters(e.parameters, boxes, this.expr(e.handler));
        return { frame: (body) => b.join(label, parameters, handler, body, recursive), next: e.body };
      }
      case "jump": {
        const boxes = this.#labelBoxes.get(e.label.id);
        if (boxes === undefined) return undefined;
        return b.jump(e.label, e.args.map((arg, i) => {
          const box = boxes[i];
          const inner = this.expr(arg);
          return box === undefined ? inner : unboxLeaves(box, inner);
        }));
      }
      default:
        return undefined;
    }
  }

  #binding(e: Extract<Expr, { kind: "let" }>): Step | undefined {
    const { variable, value } = e;
    if (value.kind === "function" && !variable.mutable) {
      if (!this.#workers.has(variable)) return undefined;
      const functions = this.functions(variable, value.function);
      return { frame: (body) => functions.reduceRight((rest, f) => b.letIn(f.variable, b.lambda(f.function), rest), body), next: e.body };
    }
    const box = this.#analysis.unboxed(this.#analysis.slots.get(variable));
    if (box === undefined) return undefined;
    const inner = unboxLeaves(box, this.expr(value));
    if (variable.mutable) {
      const raw = this.#fresh.mutable(variable.name, kindOf(box));
      this.#raw.set(variable, { variable: raw, box });
      return { frame: (body) => b.letIn(raw, inner, body), next: e.body };
    }
    const raw = this.#fresh.variable(variable.name, kindOf(box));
    return { frame: (body) => b.letIn(raw, inner, b.letIn(variable, boxed(box, b.variable(raw)), body)), next: e.body };
  }

  expr(e: Expr): Expr {
    return rewrite(this.#rules, e);
  }

  /** All that the rewriting of a binding depends on; empty when it stays as it is. */
  decisions(at: number): readonly Decision[] {
    const { variables, functions } = this.#analysis.parts[at]!;
    const out: Decision[] = [];
    for (const v of variables) {
      const box = this.#analysis.unboxed(this.#analysis.slots.get(v));
      if (box !== undefined) out.push(v, box);
    }
    for (const f of functions) {
      const worker = this.#workers.get(f);
      if (worker !== undefined) out.push(f, worker.variable, ...worker.parameters, worker.result);
    }
    return out;
  }

  binding(binding: TopBinding): readonly TopBinding[] {
    switch (binding.kind) {
      case "letrec":
        return [{ kind: "letrec", functions: binding.functions.flatMap((f) => this.functions(f.variable, f.function)) }];
      case "let":
        if (binding.value.kind === "function") return this.functions(binding.variable, binding.value.function).map((f) => ({ kind: "let", variable: f.variable, value: b.lambda(f.function) }));
        return [{ kind: "let", variable: binding.variable, value: this.expr(binding.value) }];
      case "effect":
        return [{ kind: "effect", value: this.expr(binding.value) }];
    }
  }
}

type Decision = Variable | Box | undefined;

export interface Unboxed {
  readonly decisions: readonly Decision[];
  readonly bindings: readonly TopBinding[];
}

/** The memos of one round of unboxing: results, and the variables of unboxed versions by those of the functions. */
export interface UnboxMemo {
  readonly results: PassMemo<Unboxed>;
  readonly workers: PassMemo<Variable, Variable>;
}

/** The program itself when nothing is to be unboxed. */
export function unbox(program: Program, fresh: b.Fresh, memo: UnboxMemo = { results: new PassMemo(), workers: new PassMemo() }): Program {
  const analysis = new Analysis();
  analysis.run(program);
  const rewriter = new Rewriter(fresh, analysis, memo);
  const bindings: TopBinding[] = [];
  let changed = false;
  program.bindings.forEach((binding, at) => {
    const decisions = rewriter.decisions(at);
    if (decisions.length === 0) {
      bindings.push(binding);
      return;
    }
    changed = true;
    let result = memo.results.find(binding);
    if (result === undefined || result.decisions.length !== decisions.length || result.decisions.some((d, i) => d !== decisions[i])) result = { decisions, bindings: rewriter.binding(binding) };
    memo.results.keep(binding, result);
    bindings.push(...result.bindings);
  });
  return changed ? { bindings, exports: program.exports } : program;
}
