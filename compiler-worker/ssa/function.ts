/**
 * Core to SSA: one function. Control flow is structured in core, so SSA form is built in one pass (Brandis & Mössenböck,
 * "Single-pass generation of static single-assignment form for structured languages", 1994): at each meeting point the
 * current values of mutable variables are compared, and those that differ become block parameters.
 */
import type { Expr, FunctionBinding, Kind, Label, Primitive, Variable } from "../core/core.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { callClosure } from "./applications.ts";
import { at, Builder } from "./builder.ts";
import type { FunctionInfo, Group } from "./closures.ts";
import type { Global } from "./from-core.ts";
import type { Requests } from "./requests.ts";
import { lowerPrimitive, type PrimitiveContext } from "./primitives.ts";
import { SsaFunction, type Block, type DataWord, type Edge, type Value } from "./ssa.ts";
import { header, TAG } from "./static-data.ts";

type Mutables = Map<Variable, Value>;

/** A block where control meets, until all (or, of a loop, all forward) edges to it are known. */
interface Merge {
  readonly block: Block;
  /** The value that flows there; undefined when none is wanted. */
  readonly result: Value | undefined;
  readonly parameters: readonly Variable[];
  readonly scope: readonly Variable[];
  readonly handler: Block | undefined;
  readonly trapDepth: number;
  /** The edges so far, with the values of the mutable variables there. */
  readonly incoming: { readonly edge: Edge; readonly mutables: Mutables }[];
  /** Mutable variables that have a block parameter; undefined while open. */
  merged: readonly Variable[] | undefined;
}

type Destination = { readonly kind: "return" } | { readonly kind: "merge"; readonly merge: Merge };
const RETURN: Destination = { kind: "return" };

/** Fewer cases than this are tested one by one. */
const MIN_TABLE_CASES = 4;
/** A table's first case up to here can be a displacement in its address; what is beyond is subtracted first. */
const MAX_TABLE_START = 1 << 24;

/**
 * Whether the primitive goes on in another fiber, with nothing left to do in this one when it is the last step: a handler that goes on with the
 * computation must leave no frame behind each time.
 */
function leavesFiber(p: Primitive): boolean {
  return p.op === "resume" || p.op === "reperform" || p.op === "runstack";
}

/** How many arguments an unknown function is given at once. */
const MOST_ARGUMENTS = 128;

export class FunctionTranslator implements PrimitiveContext {
  builder: Builder;
  readonly #program: Requests;
  readonly #f: SsaFunction;
  readonly #info: FunctionInfo | undefined;
  readonly #values = new Map<Variable, Value>();
  readonly #labels = new Map<Label, Merge>();
  readonly #slots = new Map<Variable, number>();
  /** Offsets of captured variables from the closure. */
  readonly #captured = new Map<Variable, number>();
  #environment: Value | undefined;
  #mutables: Mutables = new Map();
  #handler: Block | undefined;
  /** The landing of the innermost `try` in this function, for raises that need not leave it. */
  #catcher: Merge | undefined;
  #trapDepth = 0;

  constructor(program: Requests, symbol: string, info: FunctionInfo | undefined) {
    this.#program = program;
    this.#info = info;
    const f = info?.function;
    this.#f = new SsaFunction(symbol, f?.result ?? "value", info?.group.kind === "closure", f?.runtimeDialect ?? false, f?.loc);
    this.builder = new Builder(this.#f, this.#f.entry);
  }

  get pool(): Requests {
    return this.#program;
  }

  function(info: FunctionInfo): SsaFunction {
    const f = this.#f;
    for (const p of info.function.parameters) this.#values.set(p, f.param(f.entry, p.kind));
    for (const p of info.extraParameters) this.#values.set(p, f.param(f.entry, p.kind));
    if (f.environment) {
      this.#environment = f.param(f.entry, "value");
      const layout = layoutOf(info.group);
      const start = layout.starts[info.group.members.indexOf(info)]!;
      layout.captured.forEach((v, i) => this.#captured.set(v, 8 * (layout.environment + i - start)));
    }
    this.#findSlots(info.function.body);
    this.#translate(info.function.body, RETURN);
    return f;
  }

  /** The code that computes a top-level value and stores it. */
  initializer(value: Expr, slot: Global | undefined): SsaFunction {
    this.#findSlots(value);
    const result = this.#value(value);
    if (slot !== undefined && slot.kind === "slot") {
      const address = at(this.#f.symbol(slot.symbol, "word"), slot.offset);
      // Only variables of kind value lie where the collector looks: what another one held before is no value.
      if (slot.type === "value" && result.kind === "value") this.builder.storeBarrier(address, result);
      else this.builder.store(address, result);
    }
    this.builder.block.terminator = { kind: "return", value: this.builder.tagged(0n) };
    return this.#f;
  }

  // ---------------------------------------------------------------- control flow

  #newBlock(): Block {
    return this.#f.block(this.#handler);
  }

  #openMerge(wantsValue: boolean, parameters: readonly Variable[] = []): Merge {
    const block = this.#newBlock();
    for (const p of parameters) this.#values.set(p, this.#f.param(block, p.kind));
    return {
      block,
      result: wantsValue ? this.#f.param(block, "word") : undefined,
      parameters,
      scope: [...this.#mutables.keys()],
      handler: this.#handler,
      trapDepth: this.#trapDepth,
      incoming: [],
      merged: undefined,
    };
  }

  /** Ends the current block with a jump to `merge`, leaving trap regions on the way. */
  #flow(merge: Merge, args: Value[]): void {
    this.#leaveTraps(merge.trapDepth);
    const edge: Edge = { target: merge.block, args };
    this.builder.block.terminator = { kind: "jump", edge };
    this.#addIncoming(merge, edge);
  }

  #addIncoming(merge: Merge, edge: Edge): void {
    if (merge.merged === undefined) merge.incoming.push({ edge, mutables: this.#mutables });
    else for (const v of merge.merged) edge.args.push(this.#mutables.get(v)!);
  }

  #leaveTraps(depth: number): void {
    if (this.#trapDepth <= depth) return;
    const pop = this.#f.value("popTrap", "immediate", []);
    pop.offset = depth;
    this.builder.append(pop);
  }

  /** All forward edges are known: goes on in the merge's block. `assigned` are variables that later edges may change. */
  #closeMerge(merge: Merge, assigned: ReadonlySet<Variable> | undefined): void {
    const mutables: Mutables = new Map();
    const merged: Variable[] = [];
    for (const v of merge.scope) {
      const first = merge.incoming[0]?.mutables.get(v);
      const differ = assigned?.has(v) === true || merge.incoming.some((i) => i.mutables.get(v) !== first);
      if (first !== undefined && !differ) mutables.set(v, first);
      else {
        merged.push(v);
        mutables.set(v, this.#f.param(merge.block, v.kind));
        for (const { edge, mutables: from } of merge.incoming) edge.args.push(from.get(v)!);
      }
    }
    if (merge.result !== undefined) merge.result.kind = meetKinds(merge.incoming.map((i) => i.edge.args[0]!));
    merge.merged = merged;
    this.#enter(merge.block, mutables, merge.handler, merge.trapDepth);
  }

  #enter(block: Block, mutables: Mutables, handler: Block | undefined, trapDepth: number): void {
    this.builder.block = block;
    this.#mutables = mutables;
    this.#handler = handler;
    this.#trapDepth = trapDepth;
  }

  /** What follows cannot be reached; it is translated all the same, into a block that is dropped. */
  #unreachable(): void {
    this.builder.block = this.#newBlock();
  }

  #finish(v: Value, to: Destination): void {
    if (to.kind === "merge") this.#flow(to.merge, to.merge.result === undefined ? [] : [v]);
    else {
      this.#leaveTraps(0);
      this.builder.block.terminator = { kind: "return", value: v };
    }
    this.#unreachable();
  }

  // ---------------------------------------------------------------- expressions

  /** Translates `e` such that its value goes to the destination. */
  #translate(start: Expr, to: Destination): void {
    let e = start;
    const catcher = this.#catcher;
    for (;;) {
      switch (e.kind) {
        case "let":
          this.#let(e.variable, e.value);
          e = e.body;
          break;
        case "letrec":
          this.#letrec(e.functions);
          e = e.body;
          break;
        case "sequence":
          this.#effect(e.first);
          e = e.second;
          break;
        case "if": {
          const condition = this.builder.truth(this.#value(e.condition));
          if (condition.op === "const") {
            e = condition.bits !== 0n ? e.then : e.else;
            break;
          }
          const then = this.#newBlock();
          const otherwise = this.#newBlock();
          this.builder.block.terminator = { kind: "branch", condition, then: { target: then, args: [] }, else: { target: otherwise, args: [] }, likely: undefined };
          const { mutables, handler, trapDepth } = this.#state();
          this.builder.block = then;
          this.#translate(e.then, to);
          this.#enter(otherwise, mutables, handler, trapDepth);
          e = e.else;
          break;
        }
        case "switch":
          this.#switch(e, to);
          return;
        case "join": {
          const merge = this.#openMerge(false, e.parameters);
          this.#labels.set(e.label, merge);
          const { handler, trapDepth } = this.#state();
          this.#translate(e.body, to);
          this.#handler = handler;
          this.#trapDepth = trapDepth;
          this.#catcher = catcher;
          this.#closeMerge(merge, e.recursive ? assignedIn(e.handler) : undefined);
          e = e.handler;
          break;
        }
        case "jump": {
          const merge = this.#labels.get(e.label);
          if (merge === undefined) throw new Error(`jump to ${e.label.name}, which is not in scope`);
          this.#flow(merge, this.#arguments(e.args));
          this.#unreachable();
          return;
        }
        case "try": {
          e = this.#try(e, to);
          break;
        }
        case "apply":
          this.#applyTo(e, to);
          return;
        case "primitive":
          if (leavesFiber(e.primitive) && this.#isTail(to)) this.#tailCall(this.#detached(this.#value(e)));
          else this.#finish(this.#value(e), to);
          return;
        default:
          this.#finish(this.#value(e), to);
          return;
      }
    }
  }

  #state(): { readonly mutables: Mutables; readonly handler: Block | undefined; readonly trapDepth: number } {
    return { mutables: this.#mutables, handler: this.#handler, trapDepth: this.#trapDepth };
  }

  #effect(e: Expr): void {
    switch (e.kind) {
      case "var":
      case "const":
        return;
      case "if":
      case "switch":
      case "join":
      case "jump":
      case "try":
      case "let":
      case "letrec":
      case "sequence": {
        const merge = this.#openMerge(false);
        const catcher = this.#catcher;
        this.#translate(e, { kind: "merge", merge });
        this.#catcher = catcher;
        this.#closeMerge(merge, undefined);
        return;
      }
      default:
        this.#value(e);
    }
  }

  #value(e: Expr): Value {
    switch (e.kind) {
      case "var":
        return this.#lookup(e.variable);
      case "const":
        if (e.constant.kind === "float") return this.builder.float(e.constant.bits);
        if (e.constant.kind === "word") return this.builder.constant(e.constant.value);
        return this.#dataValue(this.#program.constant(e.constant));
      case "primitive":
        return this.#primitive(e);
      case "apply": {
        const call = this.builder.append(this.#call(e));
        return call;
      }
      case "function":
        return this.#closure(this.#program.info(e.function));
      case "assign": {
        const v = this.#value(e.value);
        const slot = this.#slots.get(e.variable);
        if (slot !== undefined) this.#slotStore(slot, v);
        else {
          this.#mutables = new Map(this.#mutables);
          this.#mutables.set(e.variable, v);
        }
        return this.builder.tagged(0n);
      }
      default: {
        const merge = this.#openMerge(true);
        const catcher = this.#catcher;
        this.#translate(e, { kind: "merge", merge });
        this.#catcher = catcher;
        this.#closeMerge(merge, undefined);
        return merge.result!;
      }
    }
  }

  #arguments(args: readonly Expr[]): Value[] {
    const out: Value[] = new Array<Value>(args.length);
    for (let i = args.length - 1; i >= 0; i--) out[i] = this.#value(args[i]!);
    return out;
  }

  /** Trees of primitives are evaluated right to left without recursion: long lists and sums are deep trees. */
  #primitive(start: Extract<Expr, { kind: "primitive" }>): Value {
    const stack: { readonly e: Extract<Expr, { kind: "primitive" }>; next: number; readonly args: Value[] }[] = [];
    const enter = (e: Extract<Expr, { kind: "primitive" }>): void => {
      stack.push({ e, next: e.args.length - 1, args: new Array<Value>(e.args.length) });
    };
    enter(start);
    for (;;) {
      const top = stack[stack.length - 1]!;
      if (top.next >= 0) {
        const arg = top.e.args[top.next]!;
        if (arg.kind === "primitive") enter(arg);
        else top.args[top.next--] = this.#value(arg);
        continue;
      }
      stack.pop();
      const v = this.#operation(top.e, top.args);
      const parent = stack[stack.length - 1];
      if (parent === undefined) return v;
      parent.args[parent.next--] = v;
    }
  }

  #operation(e: Extract<Expr, { kind: "primitive" }>, args: Value[]): Value {
    const p = e.primitive;
    if (p.op === "raise") {
      const catcher = this.#catcher;
      if (p.raise === "notrace" && catcher !== undefined) this.#flow(catcher, [args[0]!]);
      else {
        this.builder.block.terminator = { kind: "raise", value: args[0]!, raise: p.raise, loc: e.loc };
        if (p.raise !== "notrace") this.builder.block.cold = true;
      }
      this.#unreachable();
      return this.builder.tagged(0n);
    }
    const v = lowerPrimitive(this, p, args);
    if (v.op === "call" && v.loc === undefined) v.loc = e.loc;
    return v;
  }

  #let(variable: Variable, value: Expr): void {
    if (variable.mutable) {
      const v = this.#value(value);
      const slot = this.#slots.get(variable);
      if (slot !== undefined) this.#slotStore(slot, v);
      else {
        this.#mutables = new Map(this.#mutables);
        this.#mutables.set(variable, v);
      }
      return;
    }
    if (value.kind === "function") {
      this.#bindGroup(this.#program.info(value.function).group);
      return;
    }
    const v = this.#value(value);
    // What is known to be an immediate need not be scanned.
    if (variable.kind === "immediate" && v.kind === "value" && v.op === "load") v.kind = "immediate";
    this.#values.set(variable, v);
  }

  #letrec(functions: readonly FunctionBinding[]): void {
    this.#bindGroup(this.#program.info(functions[0]!.function).group);
  }

  #try(e: Extract<Expr, { kind: "try" }>, to: Destination): Expr {
    const { mutables, handler, trapDepth } = this.#state();
    const outerCatcher = this.#catcher;
    // The exception arrives in a block of its own, which local raises bypass.
    const caught = this.#openMerge(true);
    const landing = this.#newBlock();
    const exception = this.#f.param(landing, "value");
    const depth = trapDepth;
    this.#f.trapDepth = Math.max(this.#f.trapDepth, depth + 1);
    this.#handler = landing;
    const body = this.#newBlock();
    this.builder.block.terminator = { kind: "pushTrap", body: { target: body, args: [] }, handler: { target: landing, args: [] }, depth };
    this.builder.block = body;
    this.#trapDepth = depth + 1;
    this.#catcher = caught;
    this.#translate(e.body, to);
    this.#catcher = outerCatcher;
    this.#enter(landing, mutables, handler, trapDepth);
    this.#flow(caught, [exception]);
    this.#closeMerge(caught, undefined);
    this.#values.set(e.exception, caught.result!);
    return e.handler;
  }

  #switch(e: Extract<Expr, { kind: "switch" }>, to: Destination): void {
    const scrutinee = this.#value(e.scrutinee);
    const start = this.builder.block;
    const state = this.#state();
    const targets = e.cases.map((item) => ({ value: item.value, block: this.#newBlock() })).sort((a, b) => a.value - b.value);
    const otherwise = e.default === undefined ? undefined : this.#newBlock();
    this.builder.block = start;
    this.#dispatch(scrutinee, targets, otherwise, undefined, undefined);
    const blocks = new Map(targets.map((t) => [t.value, t.block]));
    const catcher = this.#catcher;
    for (const item of e.cases) {
      this.#enter(blocks.get(item.value)!, state.mutables, state.handler, state.trapDepth);
      this.#catcher = catcher;
      this.#translate(item.body, to);
    }
    if (e.default !== undefined && otherwise !== undefined) {
      this.#enter(otherwise, state.mutables, state.handler, state.trapDepth);
      this.#catcher = catcher;
      this.#translate(e.default, to);
    }
    this.#catcher = catcher;
    this.#unreachable();
  }

  /** Branches on `scrutinee`, known to lie between `min` and `max` where these are given: a table where the cases are dense, otherwise halving. */
  #dispatch(scrutinee: Value, targets: readonly { readonly value: number; readonly block: Block }[], otherwise: Block | undefined, min: number | undefined, max: number | undefined): void {
    const b = this.builder;
    const edge = (target: Block): Edge => ({ target, args: [] });
    const first = targets[0]!;
    const last = targets[targets.length - 1]!;
    const exact = (v: number): boolean => otherwise === undefined || (min === v && max === v);
    if (targets.length === 1) {
      if (exact(first.value)) b.block.terminator = { kind: "jump", edge: edge(first.block) };
      else b.block.terminator = { kind: "branch", condition: b.compare("eq", scrutinee, b.tagged(BigInt(first.value))), then: edge(first.block), else: edge(otherwise!), likely: undefined };
      return;
    }
    const span = last.value - first.value + 1;
    if (targets.length >= MIN_TABLE_CASES && span <= 2 * targets.length + 4) {
      const edges: Edge[] = [];
      const byValue = new Map(targets.map((t) => [t.value, t.block]));
      for (let v = first.value; v <= last.value; v++) edges.push(edge(byValue.get(v) ?? otherwise ?? first.block));
      const complete = otherwise === undefined || (min !== undefined && max !== undefined && min >= first.value && max <= last.value);
      const untagged = b.untag(scrutinee);
      const near = Math.abs(first.value) <= MAX_TABLE_START;
      const value = near ? untagged : b.addNumber(untagged, -first.value);
      b.block.terminator = { kind: "switch", value, low: near ? first.value : 0, edges, default: complete ? undefined : edge(otherwise!) };
      return;
    }
    if (targets.length === 2 && otherwise === undefined) {
      b.block.terminator = { kind: "branch", condition: b.compare("eq", scrutinee, b.tagged(BigInt(first.value))), then: edge(first.block), else: edge(last.block), likely: undefined };
      return;
    }
    if (targets.length <= 3) {
      // One by one.
      const rest = this.#newBlock();
      b.block.terminator = { kind: "branch", condition: b.compare("eq", scrutinee, b.tagged(BigInt(first.value))), then: edge(first.block), else: edge(rest), likely: undefined };
      b.block = rest;
      this.#dispatch(scrutinee, targets.slice(1), otherwise, min === first.value ? min + 1 : min, max);
      return;
    }
    const middle = targets.length >> 1;
    const low = this.#newBlock();
    const high = this.#newBlock();
    const pivot = targets[middle]!.value;
    b.block.terminator = { kind: "branch", condition: b.compare("lt", scrutinee, b.tagged(BigInt(pivot))), then: edge(low), else: edge(high), likely: undefined };
    b.block = low;
    this.#dispatch(scrutinee, targets.slice(0, middle), otherwise, min, pivot - 1);
    b.block = high;
    this.#dispatch(scrutinee, targets.slice(middle), otherwise, pivot, max);
  }

  // ---------------------------------------------------------------- calls

  #applyTo(e: Extract<Expr, { kind: "apply" }>, to: Destination): void {
    const call = this.#call(e);
    if (this.#isTail(to) && e.tailcall !== false) this.#tailCall(call);
    else this.#finish(this.builder.append(call), to);
  }

  #isTail(to: Destination): boolean {
    return to.kind === "return" && this.#trapDepth === 0;
  }

  #tailCall(call: Value): void {
    this.builder.block.terminator = { kind: "tailCall", call };
    this.#unreachable();
  }

  /** The call that was appended last, taken out of its block again. */
  #detached(call: Value): Value {
    if (this.builder.block.instructions.pop() !== call) throw new Error(`${this.#f.name}: a call is not the last instruction`);
    call.block = undefined;
    return call;
  }

  #call(e: Extract<Expr, { kind: "apply" }>): Value {
    const args = this.#arguments(e.args);
    const known = e.function.kind === "var" ? this.#program.known(e.function.variable) : undefined;
    let call: Value;
    if (known !== undefined && known.function.parameters.length === args.length) {
      for (const v of known.extraParameters) args.push(this.#lookup(v));
      const environment = known.group.kind === "closure";
      if (environment) args.push(this.#lookup(known.variable!));
      call = this.#f.value("call", known.function.result, args);
      call.symbol = this.#program.code(known);
      call.environment = environment;
    } else {
      let closure = this.#value(e.function);
      while (args.length > MOST_ARGUMENTS) {
        // A function of more arguments returns one of the others (`defunctorize/functions.ts`).
        const some = this.#f.value("call", "value", [...args.splice(0, MOST_ARGUMENTS), closure]);
        some.symbol = this.#program.applySymbol(MOST_ARGUMENTS);
        some.environment = true;
        some.loc = e.loc;
        closure = this.builder.append(some);
      }
      if (args.length === 1) call = callClosure(this.builder, this.builder.load("word", at(closure, 0), false), args, closure);
      else {
        call = this.#f.value("call", "value", [...args, closure]);
        call.symbol = this.#program.applySymbol(args.length);
        call.environment = true;
      }
    }
    call.loc = e.loc;
    return call;
  }

  call(symbol: string, args: Value[], kind: Kind): Value {
    // These stubs apply the effect handler to three arguments.
    if (symbol === "stub.perform" || symbol === "stub.reperform") this.#program.applySymbol(3);
    const v = this.#f.value("call", kind, args);
    v.symbol = symbol;
    return this.builder.append(v);
  }

  symbol(name: string): Value {
    if (name.startsWith("exn.")) this.#program.predefinedException(name.slice(4));
    else if (name === "custom.int32" || name === "custom.int64" || name === "custom.nativeint") this.#program.customOperations(name.slice(7) as "int32");
    return this.#f.symbol(name, "word");
  }

  // ---------------------------------------------------------------- variables and closures

  #slotStore(slot: number, v: Value): void {
    const store = this.#f.value("slotStore", "immediate", [v]);
    store.offset = slot;
    this.builder.append(store);
  }

  #dataValue(word: DataWord): Value {
    if (typeof word === "bigint") return this.builder.tagged(word >> 1n);
    return this.#f.symbol(word.symbol, "value", word.offset);
  }

  #lookup(v: Variable): Value {
    if (v.mutable) {
      const slot = this.#slots.get(v);
      if (slot === undefined) return this.#mutables.get(v)!;
      const load = this.#f.value("slotLoad", v.kind, []);
      load.offset = slot;
      return this.builder.append(load);
    }
    const local = this.#values.get(v);
    if (local !== undefined) return local;
    const info = this.#program.known(v);
    if (info !== undefined) {
      if (info.group.kind === "static") return this.#dataValue(this.#program.staticClosure(info));
      if (info.group === this.#info?.group) {
        // A sibling, in the same block.
        const starts = layoutOf(info.group).starts;
        const distance = starts[info.group.members.indexOf(info)]! - starts[info.group.members.indexOf(this.#info)]!;
        return distance === 0 ? this.#environment! : this.builder.addNumber(this.#environment!, 8 * distance, "value");
      }
    }
    const offset = this.#captured.get(v);
    if (offset !== undefined) return this.builder.load(v.kind, at(this.#environment!, offset), false);
    const global = this.#program.global(v);
    if (global === undefined) throw new Error(`${this.#f.name}: variable ${v.name}/${v.id} is not bound`);
    switch (global.kind) {
      case "static":
        return this.#dataValue(global.word);
      case "raw":
        return global.constant.kind === "word" ? this.builder.constant(global.constant.value) : this.builder.float(global.constant.bits);
      case "slot":
        return this.builder.load(global.type, at(this.#f.symbol(global.symbol, "word"), global.offset), false);
    }
  }

  /** A function that is used as a value and is bound to no variable. */
  #closure(info: FunctionInfo): Value {
    if (info.group.kind === "static") return this.#dataValue(this.#program.staticClosure(info));
    return this.#allocateGroup(info.group);
  }

  #bindGroup(group: Group): void {
    if (group.kind !== "closure") return;
    const block = this.#allocateGroup(group);
    const { starts } = layoutOf(group);
    group.members.forEach((m, i) => {
      if (m.variable !== undefined) this.#values.set(m.variable, i === 0 ? block : this.builder.addNumber(block, 8 * starts[i]!, "value"));
    });
  }

  #allocateGroup(group: Group): Value {
    const b = this.builder;
    const layout = layoutOf(group);
    const fields: Value[] = [];
    group.members.forEach((m, i) => {
      const start = layout.starts[i]!;
      if (i > 0) fields.push(b.constant(header(start, TAG.infix)));
      for (const word of this.#program.closureHead(m, layout.scanned - start)) fields.push(typeof word === "bigint" ? b.constant(word) : this.#f.symbol(word.symbol, "word", word.offset));
    });
    for (const v of layout.captured) fields.push(this.#lookup(v));
    return b.alloc(header(fields.length, TAG.closure), fields);
  }

  /** Mutable variables that a `try` inside their scope assigns live in memory, where its handler finds them. */
  #findSlots(body: Expr): void {
    const declared = new Map<Variable, number>();
    const stack: { readonly e: Expr; readonly depth: number }[] = [{ e: body, depth: 0 }];
    let tries = 0;
    const slots = new Set<Variable>();
    while (stack.length > 0) {
      const { e, depth } = stack.pop()!;
      if (e.kind === "let" && e.variable.mutable) declared.set(e.variable, depth);
      if (e.kind === "assign" && (declared.get(e.variable) ?? depth) < depth) slots.add(e.variable);
      if (e.kind === "try") {
        tries++;
        stack.push({ e: e.handler, depth }, { e: e.body, depth: depth + 1 });
      } else forEachSubexpression(e, (child) => stack.push({ e: child, depth }));
    }
    if (tries === 0) return;
    for (const v of [...slots].sort((a, b) => a.id - b.id)) {
      this.#slots.set(v, this.#f.slots.length);
      this.#f.slots.push({ kind: v.kind, name: v.name });
    }
  }
}

/** Subexpressions that run in the same function. */
function forEachSubexpression(e: Expr, visit: (child: Expr) => void): void {
  switch (e.kind) {
    case "var":
    case "const":
    case "function":
      return;
    case "let":
      visit(e.body);
      visit(e.value);
      return;
    case "letrec":
      visit(e.body);
      return;
    case "apply":
      visit(e.function);
      for (const arg of e.args) visit(arg);
      return;
    case "primitive":
    case "jump":
      for (const arg of e.args) visit(arg);
      return;
    case "if":
      visit(e.else);
      visit(e.then);
      visit(e.condition);
      return;
    case "switch":
      if (e.default !== undefined) visit(e.default);
      for (const item of e.cases) visit(item.body);
      visit(e.scrutinee);
      return;
    case "join":
      visit(e.body);
      visit(e.handler);
      return;
    case "try":
      visit(e.handler);
      visit(e.body);
      return;
    case "sequence":
      visit(e.second);
      visit(e.first);
      return;
    case "assign":
      visit(e.value);
  }
}

function assignedIn(start: Expr): Set<Variable> {
  const out = new Set<Variable>();
  const stack: Expr[] = [start];
  while (stack.length > 0) {
    const e = stack.pop()!;
    if (e.kind === "assign") out.add(e.variable);
    forEachSubexpression(e, (child) => stack.push(child));
  }
  return out;
}

/** The kind of what one of these values is. Odd constants fit words and immediates; what never returns gives the immediate unit. */
function meetKinds(values: readonly Value[]): Kind {
  const kinds = values.map((v) => v.kind);
  if (kinds.includes("float")) return "float";
  if (kinds.includes("value")) return "value";
  if (values.some((v) => v.kind === "word" && !(v.op === "const" && (v.bits & 1n) === 1n))) return "word";
  return kinds.includes("immediate") ? "immediate" : "word";
}

interface ClosureLayout {
  /** Word at which each member's closure begins. */
  readonly starts: readonly number[];
  /** Unscanned variables first. */
  readonly captured: readonly Variable[];
  /** Word of the first captured variable, and of the first scanned one. */
  readonly environment: number;
  readonly scanned: number;
}

const layouts = new WeakMap<Group, ClosureLayout>();

function layoutOf(group: Group): ClosureLayout {
  let layout = layouts.get(group);
  if (layout === undefined) {
    const starts: number[] = [];
    let at = 0;
    group.members.forEach((m, i) => {
      if (i > 0) at++;
      starts.push(at);
      at += m.function.parameters.length === 1 ? 2 : 3;
    });
    const all = group.captured();
    const raw = all.filter((v) => v.kind !== "value");
    layout = { starts, captured: [...raw, ...all.filter((v) => v.kind === "value")], environment: at, scanned: at + raw.length };
    layouts.set(group, layout);
  }
  return layout;
}

export type { Location };
