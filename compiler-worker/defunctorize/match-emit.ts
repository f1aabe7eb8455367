/**
 * Decision graphs to core. A node with several edges in becomes a join point, bound at its immediate dominator (Cooper,
 * Harvey, Kennedy, "A simple, fast dominance algorithm"); immutable components are loaded again where they are needed,
 * mutable ones are read when the value's head has been tested, as OCaml does.
 */
import * as b from "../core/build.ts";
import type { Expr, Label, Variable } from "../core/core.ts";
import { arrayGet } from "../core/primitives.ts";
import type { ActionNode, Binding, DecisionGraph, EntryNode, Node, Occurrence, SwitchNode } from "./match.ts";
import type { Head } from "./patterns.ts";
import { emitStringSwitch } from "./match-strings.ts";

export interface EmitContext {
  readonly fresh: b.Fresh;
  readonly forceLazy: (value: Expr) => Expr;
  /** What happens when nothing matches; undefined when that cannot be. */
  readonly fail: Expr | undefined;
}

/** Loaded occurrences; a scope sees those of the scopes around it. */
class Loaded {
  readonly #parent: Loaded | undefined;
  readonly #values = new Map<Occurrence, Expr>();
  readonly #tested = new Set<Occurrence>();
  constructor(parent: Loaded | undefined) {
    this.#parent = parent;
  }
  get(o: Occurrence): Expr | undefined {
    return this.#values.get(o) ?? this.#parent?.get(o);
  }
  set(o: Occurrence, value: Expr): void {
    this.#values.set(o, value);
  }
  /** Whether the head of the value at `o` is known on the way here. */
  isTested(o: Occurrence): boolean {
    return this.#tested.has(o) || (this.#parent?.isTested(o) ?? false);
  }
  setTested(o: Occurrence): void {
    this.#tested.add(o);
  }
}

type Lets = { readonly variable: Variable; readonly value: Expr }[];

function wrap(lets: Lets, body: Expr): Expr {
  let result = body;
  for (let i = lets.length - 1; i >= 0; i--) result = b.letIn(lets[i]!.variable, lets[i]!.value, result);
  return result;
}

class Emitter {
  readonly #c: EmitContext;
  readonly #graph: DecisionGraph;
  /** Nodes by reverse postorder. */
  readonly #order: Node[] = [];
  readonly #dominated = new Map<Node, Node[]>();
  readonly #labels = new Map<Node, Label>();
  readonly #indexParameters = new Map<ActionNode, Variable>();
  /** Mutable components below an occurrence that something uses. */
  readonly #mutableUses = new Map<Node, Set<Occurrence>>();

  constructor(c: EmitContext, graph: DecisionGraph) {
    this.#c = c;
    this.#graph = graph;
  }

  #successors(node: Node): readonly Node[] {
    switch (node.kind) {
      case "fail":
        return [];
      case "action":
        return node.nexts;
      case "entry":
        return [node.target];
      case "switch": {
        const nodes: Node[] = [];
        for (const branch of node.branches) nodes.push(branch.node);
        if (node.otherwise !== undefined) nodes.push(node.otherwise);
        return nodes;
      }
    }
  }

  /** Reverse postorder and immediate dominators; the graph has no cycles. */
  #analyse(): void {
    const postorder: Node[] = [];
    const seen = new Set<Node>([this.#graph.root]);
    const stack: { node: Node; next: number; successors: readonly Node[] }[] = [{ node: this.#graph.root, next: 0, successors: this.#successors(this.#graph.root) }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const successor = top.successors[top.next++];
      if (successor === undefined) {
        postorder.push(top.node);
        stack.pop();
      } else if (!seen.has(successor)) {
        seen.add(successor);
        stack.push({ node: successor, next: 0, successors: this.#successors(successor) });
      }
    }
    postorder.reverse();
    postorder.forEach((node, i) => {
      node.order = i;
      this.#order.push(node);
    });
    const intersect = (x: Node, y: Node): Node => {
      while (x !== y) {
        if (x.order > y.order) x = x.dominator!;
        else y = y.dominator!;
      }
      return x;
    };
    this.#graph.root.dominator = this.#graph.root;
    for (const node of this.#order) {
      for (const successor of this.#successors(node)) successor.dominator = successor.dominator === undefined ? node : intersect(successor.dominator, node);
    }
    for (const node of this.#order) {
      if (node === this.#graph.root || !this.#isShared(node)) continue;
      const dominator = node.dominator!;
      const list = this.#dominated.get(dominator);
      if (list === undefined) this.#dominated.set(dominator, [node]);
      else list.push(node);
    }
    for (let i = this.#order.length - 1; i >= 0; i--) this.#collectMutableUses(this.#order[i]!);
  }

  #isShared(node: Node): boolean {
    if (node.kind === "fail") return this.#c.fail !== undefined && node.references > 1 && !b.isAtom(this.#c.fail) && this.#c.fail.kind !== "jump";
    return node.references > 1;
  }

  /** Mutable components that a node's subgraph mentions, themselves or through components of theirs. */
  #collectMutableUses(node: Node): void {
    const uses = new Set<Occurrence>();
    const note = (occurrence: Occurrence): void => {
      for (let o: Occurrence | undefined = occurrence; o !== undefined; o = o.parent) if (isMutable(o)) uses.add(o);
    };
    if (node.kind === "entry") for (const [, o] of node.bindings) note(o);
    if (node.kind === "switch") note(node.occurrence);
    for (const successor of this.#successors(node)) for (const o of this.#mutableUses.get(successor) ?? []) uses.add(o);
    if (uses.size > 0) this.#mutableUses.set(node, uses);
  }

  run(roots: readonly Expr[]): Expr {
    this.#analyse();
    const loaded = new Loaded(undefined);
    this.#graph.roots.forEach((o, i) => loaded.set(o, roots[i]!));
    return this.#body(this.#graph.root, loaded);
  }

  /** An edge to a node: its code, or a jump to it. */
  #edge(node: Node, loaded: Loaded): Expr {
    if (node !== this.#graph.root && this.#isShared(node) && node.kind !== "action") return b.jump(this.#label(node), []);
    return this.#body(node, new Loaded(loaded));
  }

  #label(node: Node): Label {
    let label = this.#labels.get(node);
    if (label === undefined) this.#labels.set(node, (label = this.#c.fresh.label(node.kind === "fail" ? "nomatch" : node.kind === "action" ? "action" : "match")));
    return label;
  }

  /** Binds the shared nodes that `node` dominates around its code. */
  #withShared(node: Node, code: Expr, loaded: Loaded): Expr {
    const shared = this.#dominated.get(node);
    if (shared === undefined) return code;
    let result = code;
    // Earlier ones may jump to later ones, whose join points are therefore outside.
    shared.sort((x, y) => x.order - y.order);
    for (const s of shared) {
      const parameters: Variable[] = [];
      if (s.kind === "action") {
        parameters.push(...s.action.variables);
        if (s.guard !== undefined && s.nexts.length > 1) parameters.push(this.#indexParameter(s));
      }
      result = b.join(this.#label(s), parameters, this.#body(s, new Loaded(loaded)), result);
    }
    return result;
  }

  #indexParameter(node: ActionNode): Variable {
    let v = this.#indexParameters.get(node);
    if (v === undefined) this.#indexParameters.set(node, (v = this.#c.fresh.variable("next", "immediate")));
    return v;
  }

  #body(node: Node, loaded: Loaded): Expr {
    const lets: Lets = [];
    for (const o of this.#mutableUses.get(node) ?? []) {
      const parent = o.parent;
      if (parent === undefined || node.kind === "action" || loaded.get(o) !== undefined || loaded.get(parent) === undefined) continue;
      if (!o.afterTest || loaded.isTested(parent)) this.#load(o, loaded, lets);
    }
    switch (node.kind) {
      case "fail":
        return wrap(lets, this.#c.fail ?? unreachable());
      case "action":
        return this.#withShared(node, this.#action(node, loaded), loaded);
      case "entry":
        return wrap(lets, this.#entry(node, loaded));
      case "switch":
        return wrap(lets, this.#switch(node, loaded));
    }
  }

  #action(node: ActionNode, loaded: Loaded): Expr {
    if (node.guard === undefined) return node.action.body;
    if (node.nexts.length === 1) return b.ifThenElse(node.guard, node.action.body, this.#edge(node.nexts[0]!, loaded));
    const cases = node.nexts.map((next, value) => ({ value, body: this.#edge(next, loaded) }));
    return b.ifThenElse(node.guard, node.action.body, b.switchOn(b.variable(this.#indexParameter(node)), cases, undefined));
  }

  #entry(node: EntryNode, loaded: Loaded): Expr {
    const { target, bindings } = node;
    const lets: Lets = [];
    if (this.#isShared(target)) {
      const args = target.action.variables.map((v) => this.#boundValue(v, bindings, loaded, lets));
      if (target.guard !== undefined && target.nexts.length > 1) args.push(b.int(node.index));
      return wrap(lets, b.jump(this.#label(target), args));
    }
    for (const v of target.action.variables) {
      const occurrence = bindings.find(([x]) => x === v)?.[1];
      if (occurrence === undefined) continue;
      const known = loaded.get(occurrence);
      if (known !== undefined) lets.push({ variable: v, value: known });
      else {
        const parent = this.#load(occurrence.parent!, loaded, lets);
        lets.push({ variable: v, value: this.#access(parent, occurrence) });
        loaded.set(occurrence, b.variable(v));
      }
    }
    return wrap(lets, this.#body(target, loaded));
  }

  #boundValue(v: Variable, bindings: readonly Binding[], loaded: Loaded, lets: Lets): Expr {
    const occurrence = bindings.find(([x]) => x === v)?.[1];
    if (occurrence === undefined) throw new Error(`pattern variable ${v.name} is not bound`);
    return this.#load(occurrence, loaded, lets);
  }

  /** The value at an occurrence, loading it (and what it is a component of) when it is not yet. */
  #load(occurrence: Occurrence, loaded: Loaded, lets: Lets): Expr {
    const missing: Occurrence[] = [];
    let o = occurrence;
    let value = loaded.get(o);
    while (value === undefined) {
      missing.push(o);
      o = o.parent!;
      value = loaded.get(o);
    }
    for (let i = missing.length - 1; i >= 0; i--) {
      const v = this.#c.fresh.variable("field");
      lets.push({ variable: v, value: this.#access(value, missing[i]!) });
      value = b.variable(v);
      loaded.set(missing[i]!, value);
    }
    return value;
  }

  #access(parent: Expr, o: Occurrence): Expr {
    const a = o.accessor;
    switch (a.kind) {
      case "field":
        return b.field(parent, a.index, a.mutable);
      case "floatField":
        return b.boxFloat(b.primitive({ op: "block.floatField", index: a.index, mutable: a.mutable }, [parent]));
      case "element":
        return arrayGet({ fresh: this.#c.fresh }, a.array, parent, b.int(a.index));
      case "force":
        return this.#c.forceLazy(parent);
      case "same":
        return parent;
    }
  }

  // ------------------------------------------------------------ tests

  #switch(node: SwitchNode, loaded: Loaded): Expr {
    const lets: Lets = [];
    const value = this.#load(node.occurrence, loaded, lets);
    loaded.setTested(node.occurrence);
    const branches = node.branches;
    const first = branches[0]!.head;
    let code: Expr;
    if (first.kind === "lazy") {
      // Forcing happens here, once.
      const forced = [...node.occurrence.children.values()].find((child) => child.accessor.kind === "force");
      if (forced !== undefined && loaded.get(forced) === undefined) this.#load(forced, loaded, lets);
      code = this.#edge(branches[0]!.node, loaded);
    } else code = this.#test(value, branches, node.otherwise, loaded);
    return wrap(lets, this.#withShared(node, code, loaded));
  }

  #test(value: Expr, branches: readonly { head: Head; node: Node }[], otherwise: Node | undefined, loaded: Loaded): Expr {
    const first = branches[0]!.head;
    switch (first.kind) {
      case "int":
        return this.#immediates(value, branches.map(({ head, node }) => ({ value: head.kind === "int" ? head.value : 0n, node })), otherwise, loaded);
      case "constant":
      case "block":
        return this.#constructors(value, branches, otherwise, first.constants, first.nonConstants, loaded);
      case "variant":
        return this.#variants(value, branches, otherwise, loaded);
      case "array":
        return this.#immediates(b.arrayLength(first.array, value), branches.map(({ head, node }) => ({ value: BigInt(head.kind === "array" ? head.length : 0), node })), otherwise, loaded);
      case "extension": {
        const identity = first.constant ? value : b.field(value, 0);
        return this.#choose(b.prim("value.eq", identity, first.identity), branches[0]!.node, otherwise, loaded);
      }
      case "float":
        return this.#chain(branches, otherwise, loaded, (head) => b.compareFloat("eq", b.unboxFloat(value), b.float(head.kind === "float" ? head.value : 0)));
      case "boxed":
        return this.#words(value, branches, otherwise, loaded);
      case "string":
        return emitStringSwitch(
          this.#c.fresh,
          value,
          branches.map(({ head, node }) => ({ text: head.kind === "string" ? head.value : "", target: node })),
          otherwise,
          (target) => this.#edge(target, loaded),
          (target) => this.#isJump(target),
        );
      case "lazy":
      case "product":
        return this.#edge(branches[0]!.node, loaded);
    }
  }

  /** Whether an edge to the node is a mere jump, which may be written more than once. */
  #isJump(node: Node): boolean {
    if (node.kind === "fail") return this.#c.fail === undefined || this.#c.fail.kind === "jump" || this.#isShared(node);
    return this.#isShared(node) && node.kind !== "action";
  }

  #choose(condition: Expr, then: Node, otherwise: Node | undefined, loaded: Loaded): Expr {
    if (otherwise === undefined || otherwise === then) return this.#edge(then, loaded);
    return b.ifThenElse(condition, this.#edge(then, loaded), this.#edge(otherwise, loaded));
  }

  /** Tests one after the other; the last needs none when there is no default. */
  #chain(branches: readonly { head: Head; node: Node }[], otherwise: Node | undefined, loaded: Loaded, condition: (head: Head) => Expr): Expr {
    let last: Expr;
    let count = branches.length;
    if (otherwise === undefined) last = this.#edge(branches[--count]!.node, loaded);
    else last = this.#edge(otherwise, loaded);
    for (let i = count - 1; i >= 0; i--) last = b.ifThenElse(condition(branches[i]!.head), this.#edge(branches[i]!.node, loaded), last);
    return last;
  }

  /** Boxed integers: binary search when there are many. */
  #words(value: Expr, branches: readonly { head: Head; node: Node }[], otherwise: Node | undefined, loaded: Loaded): Expr {
    const head = branches[0]!.head;
    if (head.kind !== "boxed") return unreachable();
    const w = this.#c.fresh.variable("word", "word");
    const items = branches.map(({ head, node }) => ({ value: head.kind === "boxed" ? head.value : 0n, node })).sort((x, y) => (x.value < y.value ? -1 : 1));
    return b.letIn(w, b.unbox(head.type, value), this.#search(items, 0, items.length, otherwise, loaded, (comparison, n) => b.compareWord(comparison, b.variable(w), b.word(n))));
  }

  /** Binary search over sorted values. A default that is no jump is written once only: then a chain is made. */
  #search(items: readonly { value: bigint; node: Node }[], from: number, to: number, otherwise: Node | undefined, loaded: Loaded, compare: (comparison: "eq" | "lt", n: bigint) => Expr): Expr {
    if (to - from <= 3 || (otherwise !== undefined && !this.#isJump(otherwise))) {
      let last = otherwise === undefined ? undefined : this.#edge(otherwise, loaded);
      for (let i = to - 1; i >= from; i--) {
        const code = this.#edge(items[i]!.node, loaded);
        last = last === undefined ? code : b.ifThenElse(compare("eq", items[i]!.value), code, last);
      }
      return last ?? unreachable();
    }
    const middle = (from + to) >> 1;
    return b.ifThenElse(compare("lt", items[middle]!.value), this.#search(items, from, middle, otherwise, loaded, compare), this.#search(items, middle, to, otherwise, loaded, compare));
  }

  /** Branches on an immediate. */
  #immediates(scrutinee: Expr, branches: readonly { value: bigint; node: Node }[], otherwise: Node | undefined, loaded: Loaded): Expr {
    const distinct = branches.filter(({ node }) => node !== otherwise);
    if (distinct.length === 0) return this.#edge(otherwise ?? branches[0]!.node, loaded);
    if (otherwise === undefined) {
      const node = distinct[0]!.node;
      if (distinct.every((x) => x.node === node)) return this.#edge(node, loaded);
      if (distinct.length === 2) {
        const [zero, one] = distinct[0]!.value === 0n ? [distinct[0]!, distinct[1]!] : [distinct[1]!, distinct[0]!];
        if (zero.value === 0n && one.value === 1n) return b.ifThenElse(scrutinee, this.#edge(one.node, loaded), this.#edge(zero.node, loaded));
        return b.ifThenElse(b.compareInt("eq", scrutinee, b.int(zero.value)), this.#edge(zero.node, loaded), this.#edge(one.node, loaded));
      }
    } else if (distinct.length === 1) {
      return b.ifThenElse(b.compareInt("eq", scrutinee, b.int(distinct[0]!.value)), this.#edge(distinct[0]!.node, loaded), this.#edge(otherwise, loaded));
    }
    if (distinct.some(({ value }) => value > 0x1fffffffffffffn || value < -0x1fffffffffffffn)) {
      const v = this.#c.fresh.variable("n", "immediate");
      const sorted = [...distinct].sort((x, y) => (x.value < y.value ? -1 : 1));
      return b.letIn(v, scrutinee, this.#search(sorted, 0, sorted.length, otherwise, loaded, (comparison, n) => b.compareInt(comparison, b.variable(v), b.int(n))));
    }
    const cases = distinct.map(({ value, node }) => ({ value: Number(value), node }));
    cases.sort((x, y) => x.value - y.value);
    return b.switchOn(scrutinee, cases.map(({ value, node }) => ({ value, body: this.#edge(node, loaded) })), otherwise === undefined ? undefined : this.#edge(otherwise, loaded));
  }

  /** Constructors of a variant type: constant ones are immediates, the others blocks with a tag. */
  #constructors(value: Expr, branches: readonly { head: Head; node: Node }[], otherwise: Node | undefined, constants: number, nonConstants: number, loaded: Loaded): Expr {
    const constantBranches: { value: bigint; node: Node }[] = [];
    const blockBranches: { value: bigint; node: Node }[] = [];
    for (const { head, node } of branches) {
      if (head.kind === "constant") constantBranches.push({ value: BigInt(head.index), node });
      else if (head.kind === "block") blockBranches.push({ value: BigInt(head.tag), node });
    }
    const defaultForConstants = constantBranches.length === constants ? undefined : otherwise;
    const defaultForBlocks = blockBranches.length === nonConstants ? undefined : otherwise;
    return this.#immediateOrBlock(
      value,
      constants > 0 && (constantBranches.length > 0 || defaultForConstants !== undefined) ? { scrutinee: value, branches: constantBranches, otherwise: defaultForConstants } : undefined,
      nonConstants > 0 && (blockBranches.length > 0 || defaultForBlocks !== undefined) ? { scrutinee: b.prim("block.tag", value), branches: blockBranches, otherwise: defaultForBlocks } : undefined,
      loaded,
    );
  }

  #variants(value: Expr, branches: readonly { head: Head; node: Node }[], otherwise: Node | undefined, loaded: Loaded): Expr {
    const constantBranches: { value: bigint; node: Node }[] = [];
    const blockBranches: { value: bigint; node: Node }[] = [];
    for (const { head, node } of branches) if (head.kind === "variant") (head.constant ? constantBranches : blockBranches).push({ value: head.hash, node });
    return this.#immediateOrBlock(
      value,
      constantBranches.length > 0 || otherwise !== undefined ? { scrutinee: value, branches: constantBranches, otherwise } : undefined,
      blockBranches.length > 0 || otherwise !== undefined ? { scrutinee: b.field(value, 0), branches: blockBranches, otherwise } : undefined,
      loaded,
    );
  }

  #immediateOrBlock(value: Expr, immediates: Branches | undefined, blocks: Branches | undefined, loaded: Loaded): Expr {
    const inside = (x: Branches): Expr => this.#immediates(x.scrutinee, x.branches, x.otherwise, loaded);
    if (immediates === undefined) return blocks === undefined ? unreachable() : inside(blocks);
    if (blocks === undefined) return inside(immediates);
    // Only one constant is told from all else: its identity says everything.
    if (blocks.branches.length === 0 && immediates.branches.length === 1 && blocks.otherwise === immediates.otherwise && blocks.otherwise !== undefined) {
      const only = immediates.branches[0]!;
      return b.ifThenElse(b.prim("value.eq", value, b.int(only.value)), this.#edge(only.node, loaded), this.#edge(blocks.otherwise, loaded));
    }
    const target = singleTarget(immediates);
    if (target !== undefined && target === singleTarget(blocks)) return this.#edge(target, loaded);
    return b.ifThenElse(b.prim("value.isInt", value), inside(immediates), inside(blocks));
  }
}

interface Branches {
  readonly scrutinee: Expr;
  readonly branches: readonly { value: bigint; node: Node }[];
  readonly otherwise: Node | undefined;
}

function singleTarget(x: Branches): Node | undefined {
  const target = x.otherwise ?? x.branches[0]?.node;
  return x.branches.every((branch) => branch.node === target) ? target : undefined;
}

function isMutable(o: Occurrence): boolean {
  return o.accessor.kind === "element" || ((o.accessor.kind === "field" || o.accessor.kind === "floatField") && o.accessor.mutable);
}

/** Code that is never reached: the types exclude it. */
export function unreachable(): Expr {
  return b.int(0);
}

/** The code of a decision graph; `roots` are atoms. */
export function emitMatch(c: EmitContext, graph: DecisionGraph, roots: readonly Expr[]): Expr {
  return new Emitter(c, graph).run(roots);
}
