/**
 * Compilation of pattern matching to decision trees with sharing: L. Maranget, "Compiling pattern matching to good
 * decision trees" (ML 2008). Rows keep only the tests that are left to do, as constraints on occurrences, so that a
 * submatrix that is reached twice has the same key and becomes one node of the graph; the graph's shared nodes become
 * join points (`match-emit.ts`).
 *
 * Which occurrence to test next: one that the first row needs (so no test is made in vain for it), preferring those
 * that most of the following rows need too (heuristic p), then the fewest branches (b).
 */
import type { Expr, Variable } from "../core/core.ts";
import type { Accessor, Head, Pat } from "./patterns.ts";

/** A place in the matched value. Equal places are the same object. */
export interface Occurrence {
  readonly id: number;
  readonly parent: Occurrence | undefined;
  readonly accessor: Accessor;
  /** Readable only after the parent's head has been tested. */
  readonly afterTest: boolean;
  readonly children: Map<string, Occurrence>;
}

/** What a row does: its variables are bound by all of its alternatives. */
export interface Action {
  readonly variables: readonly Variable[];
  readonly body: Expr;
}

export interface Row {
  /** One pattern for each root occurrence. */
  readonly patterns: readonly Pat[];
  readonly guard: Expr | undefined;
  readonly action: Action;
}

export type Binding = readonly [Variable, Occurrence];

/** The decision graph. */
export type Node = FailNode | ActionNode | EntryNode | SwitchNode;
interface NodeCommon {
  /** Edges that come in. */
  references: number;
  /** Reverse postorder, and immediate dominator: set by `match-emit.ts`. */
  order: number;
  dominator: Node | undefined;
}
export interface FailNode extends NodeCommon {
  readonly kind: "fail";
}
/** A row's action, with its guard: `nexts` are where matching goes on when the guard is false, by entry. */
export interface ActionNode extends NodeCommon {
  readonly kind: "action";
  readonly action: Action;
  readonly guard: Expr | undefined;
  readonly nexts: Node[];
}
/** Binds a row's variables and goes to its action. */
export interface EntryNode extends NodeCommon {
  readonly kind: "entry";
  readonly bindings: readonly Binding[];
  readonly target: ActionNode;
  /** Which of the target's `nexts` belongs to this entry. */
  readonly index: number;
}
export interface SwitchNode extends NodeCommon {
  readonly kind: "switch";
  readonly occurrence: Occurrence;
  readonly branches: readonly { readonly head: Head; readonly node: Node }[];
  /** Undefined when the branches are all there can be. */
  readonly otherwise: Node | undefined;
}

interface Constraint {
  readonly occurrence: Occurrence;
  readonly pat: Pat;
}
interface Clause {
  readonly row: number;
  /** In the order of the source; none is `any`. */
  readonly constraints: readonly Constraint[];
  readonly bindings: readonly Binding[];
}

export interface DecisionGraph {
  readonly root: Node;
  readonly roots: readonly Occurrence[];
  readonly actions: readonly ActionNode[];
  readonly fail: FailNode;
}

function accessorKey(head: Head, accessor: Accessor): string {
  return accessor.kind === "force" ? "force" : `${head.kind}${head.kind === "product" ? "" : head.key}.${accessor.kind}${"index" in accessor ? accessor.index : ""}`;
}

class Builder {
  readonly #rows: readonly Row[];
  readonly #canFail: boolean;
  readonly #memo = new Map<string, Node>();
  readonly actions: ActionNode[];
  readonly fail: FailNode = { kind: "fail", references: 0, order: -1, dominator: undefined };
  #occurrences = 0;

  constructor(rows: readonly Row[], canFail: boolean) {
    this.#rows = rows;
    this.#canFail = canFail;
    this.actions = rows.map((row) => ({ kind: "action", references: 0, order: -1, dominator: undefined, action: row.action, guard: row.guard, nexts: [] }));
  }

  occurrence(parent: Occurrence | undefined, accessor: Accessor, afterTest: boolean): Occurrence {
    return { id: this.#occurrences++, parent, accessor, afterTest, children: new Map() };
  }

  #child(parent: Occurrence, head: Head, accessor: Accessor): Occurrence {
    if (accessor.kind === "same") return parent;
    const key = accessorKey(head, accessor);
    let child = parent.children.get(key);
    if (child === undefined) parent.children.set(key, (child = this.occurrence(parent, accessor, head.kind !== "product")));
    return child;
  }

  /** Adds a pattern at an occurrence to a row's constraints and bindings. */
  #add(constraints: Constraint[], bindings: Binding[], occurrence: Occurrence, pat: Pat): void {
    for (const v of pat.variables) bindings.push([v, occurrence]);
    if (pat.desc.kind === "any") return;
    // Products test nothing: their components take their place at once.
    if (pat.desc.kind === "head" && pat.desc.head.kind === "product") {
      for (const arg of pat.desc.args) this.#add(constraints, bindings, this.#child(occurrence, pat.desc.head, arg.accessor), arg.pattern);
      return;
    }
    constraints.push({ occurrence, pat });
  }

  initial(roots: readonly Occurrence[]): Clause[] {
    return this.#rows.map((row, i) => {
      const constraints: Constraint[] = [];
      const bindings: Binding[] = [];
      row.patterns.forEach((pat, k) => this.#add(constraints, bindings, roots[k]!, pat));
      return { row: i, constraints, bindings };
    });
  }

  /** Replaces a clause's alternatives at `occurrence` by one clause for each. */
  #expand(clause: Clause, occurrence: Occurrence, out: Clause[]): void {
    const i = clause.constraints.findIndex((c) => c.occurrence === occurrence && c.pat.desc.kind === "or");
    if (i < 0) {
      out.push(clause);
      return;
    }
    const desc = clause.constraints[i]!.pat.desc;
    if (desc.kind !== "or") return;
    for (const alternative of desc.alternatives) {
      const constraints = clause.constraints.slice(0, i);
      const bindings = clause.bindings.slice();
      this.#add(constraints, bindings, occurrence, alternative);
      for (let k = i + 1; k < clause.constraints.length; k++) constraints.push(clause.constraints[k]!);
      this.#expand({ row: clause.row, constraints, bindings }, occurrence, out);
      // An alternative that matches everything hides those after it.
      if (constraints.length === clause.constraints.length - 1 && alternative.desc.kind === "any") break;
    }
  }

  #key(clauses: readonly Clause[]): string {
    let key = "";
    for (const clause of clauses) {
      key += `${clause.row}[`;
      for (const c of clause.constraints) key += `${c.occurrence.id}:${c.pat.id},`;
      key += "]";
      for (const [v, o] of clause.bindings) key += `${v.id}=${o.id},`;
      key += ";";
      // Clauses after one that always matches are never reached.
      if (clause.constraints.length === 0 && this.#rows[clause.row]!.guard === undefined) break;
    }
    return key;
  }

  #refer<N extends Node>(node: N): N {
    node.references++;
    return node;
  }

  build(clauses: readonly Clause[]): Node {
    const first = clauses[0];
    if (first === undefined) return this.fail;
    const key = this.#key(clauses);
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    const node = first.constraints.length === 0 ? this.#entry(first, clauses) : this.#test(first, clauses);
    this.#memo.set(key, node);
    return node;
  }

  #entry(clause: Clause, clauses: readonly Clause[]): Node {
    const target = this.actions[clause.row]!;
    const index = target.nexts.length;
    if (target.guard !== undefined) {
      // The place in `nexts` is taken before the rest is built, which may add entries of its own.
      target.nexts.push(this.fail);
      // When the guard fails, other alternatives of the same row are not tried (warning 57 exists because of that).
      target.nexts[index] = this.#refer(this.build(clauses.filter((other) => other.row !== clause.row)));
    }
    return { kind: "entry", references: 0, order: -1, dominator: undefined, bindings: clause.bindings, target: this.#refer(target), index };
  }

  #choose(first: Clause, clauses: readonly Clause[]): Occurrence {
    let best: Occurrence | undefined;
    let bestPrefix = -1;
    let bestHeads = 0;
    for (let i = 0; i < first.constraints.length; i++) {
      const { occurrence, pat } = first.constraints[i]!;
      // Forcing runs code: never before what stands to its left.
      if (pat.desc.kind === "head" && pat.desc.head.kind === "lazy" && i > 0) continue;
      if (first.constraints.length === 1) return occurrence;
      let prefix = 0;
      const heads = new Set<string>();
      let counting = true;
      for (const clause of clauses) {
        const c = clause.constraints.find((x) => x.occurrence === occurrence);
        if (c === undefined) {
          counting = false;
          continue;
        }
        if (counting) prefix++;
        if (c.pat.desc.kind === "head") heads.add(c.pat.desc.head.key);
        else if (c.pat.desc.kind === "or") for (const a of c.pat.desc.alternatives) if (a.desc.kind === "head") heads.add(a.desc.head.key);
      }
      if (prefix > bestPrefix || (prefix === bestPrefix && heads.size < bestHeads)) {
        best = occurrence;
        bestPrefix = prefix;
        bestHeads = heads.size;
      }
      // A forced value's neighbours to the right wait as well.
      if (pat.desc.kind === "head" && pat.desc.head.kind === "lazy") break;
    }
    return best!;
  }

  #test(first: Clause, unexpanded: readonly Clause[]): Node {
    const occurrence = this.#choose(first, unexpanded);
    let clauses: Clause[] = [];
    for (const clause of unexpanded) this.#expand(clause, occurrence, clauses);
    if (clauses[0]!.constraints.every((c) => c.occurrence !== occurrence)) {
      // The first alternative matches everything here.
      return this.build(clauses);
    }
    const headAt = (clause: Clause): Head | undefined => {
      const c = clause.constraints.find((x) => x.occurrence === occurrence);
      return c !== undefined && c.pat.desc.kind === "head" ? c.pat.desc.head : undefined;
    };
    const firstHead = headAt(clauses[0]!)!;
    if (firstHead.kind === "extension") return this.#testExtension(occurrence, clauses, firstHead);
    const heads = new Map<string, Head>();
    for (const clause of clauses) {
      const head = headAt(clause);
      if (head !== undefined) heads.set(head.key, head);
    }
    if (firstHead.kind === "lazy") {
      clauses = clauses.map((clause) => this.#specialize(clause, occurrence, firstHead)!);
      return this.#switch(occurrence, [{ head: firstHead, node: this.#refer(this.build(clauses)) }], undefined);
    }
    const branches: { head: Head; node: Node }[] = [];
    for (const head of heads.values()) {
      const specialized: Clause[] = [];
      for (const clause of clauses) {
        const s = this.#specialize(clause, occurrence, head);
        if (s !== undefined) specialized.push(s);
      }
      branches.push({ head, node: this.#refer(this.build(specialized)) });
    }
    const rest = clauses.filter((clause) => headAt(clause) === undefined);
    return this.#switch(occurrence, branches, this.#isComplete(firstHead, heads.size) ? undefined : this.#otherwise(rest));
  }

  /** The node for heads that no branch has; undefined when there can be none. */
  #otherwise(rest: readonly Clause[]): Node | undefined {
    if (rest.length === 0 && !this.#canFail) return undefined;
    return this.#refer(this.build(rest));
  }

  #isComplete(head: Head, count: number): boolean {
    return (head.kind === "constant" || head.kind === "block") && count === head.constants + head.nonConstants;
  }

  /** Extension constructors may be renamings of each other, so they are tested one at a time. */
  #testExtension(occurrence: Occurrence, clauses: readonly Clause[], head: Extract<Head, { kind: "extension" }>): Node {
    const matching: Clause[] = [];
    const others: Clause[] = [];
    for (const clause of clauses) {
      const c = clause.constraints.find((x) => x.occurrence === occurrence);
      const here = c !== undefined && c.pat.desc.kind === "head" ? c.pat.desc.head : undefined;
      if (here === undefined || here.key !== head.key) others.push(clause);
      if (here !== undefined && here.key !== head.key) {
        if (here.kind === "extension" && !(here.certain && head.certain)) matching.push(clause);
        continue;
      }
      matching.push(this.#specialize(clause, occurrence, head)!);
    }
    return this.#switch(occurrence, [{ head, node: this.#refer(this.build(matching)) }], this.#otherwise(others));
  }

  #switch(occurrence: Occurrence, branches: readonly { head: Head; node: Node }[], otherwise: Node | undefined): Node {
    // Immediates and blocks are told apart first, and each side has the default again.
    const head = branches[0]!.head;
    const twice = head.kind === "variant" || ((head.kind === "constant" || head.kind === "block") && head.constants > 0 && head.nonConstants > 0);
    if (twice && otherwise !== undefined) otherwise.references++;
    return { kind: "switch", references: 0, order: -1, dominator: undefined, occurrence, branches, otherwise };
  }

  /** What is left of a clause when the value at `occurrence` has this head; undefined when it does not match. */
  #specialize(clause: Clause, occurrence: Occurrence, head: Head): Clause | undefined {
    const i = clause.constraints.findIndex((x) => x.occurrence === occurrence);
    if (i < 0) return clause;
    const { pat } = clause.constraints[i]!;
    if (pat.desc.kind !== "head" || pat.desc.head.key !== head.key) return undefined;
    const constraints = clause.constraints.slice(0, i);
    const bindings = clause.bindings.slice();
    for (const arg of pat.desc.args) this.#add(constraints, bindings, this.#child(occurrence, head, arg.accessor), arg.pattern);
    for (let k = i + 1; k < clause.constraints.length; k++) constraints.push(clause.constraints[k]!);
    return { row: clause.row, constraints, bindings };
  }
}

/** The decision graph of a matrix. `canFail`: values may be met that no row matches. */
export function decide(rows: readonly Row[], rootCount: number, canFail: boolean): DecisionGraph {
  const builder = new Builder(rows, canFail);
  const roots = Array.from({ length: rootCount }, () => builder.occurrence(undefined, { kind: "same" }, false));
  const root = builder.build(builder.initial(roots));
  root.references++;
  return { root, roots, actions: builder.actions, fail: builder.fail };
}
