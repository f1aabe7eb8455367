/**
 * Linking: from the program's root units to the list of all top-level bindings, in the order of initialisation. Units
 * are typed and translated when something reached mentions them.
 */
import type { Expr, FunctionBinding, Program, TopBinding, Variable } from "../core/core.ts";
import type { Fresh } from "../core/build.ts";
import { forEachExpr } from "../core/free.ts";
import { CompileError, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import type { TypedResult } from "../typing/session.ts";
import { Compilation, valueOfMeaning } from "./context.ts";
import { Externals, type PrimitiveProvider } from "./externals.ts";
import { TranslationMemo } from "./memo.ts";
import { resolveModule } from "./paths.ts";
import type { ShippedTranslations } from "./shipped-translations.ts";
import { Group, Sink, type Owner } from "./sinks.ts";
import { MissingUnit, Unit, Units } from "./units.ts";

/** Where typed units come from: `typing/session.ts`. */
export interface UnitProvider {
  typeUnit(name: string): TypedResult;
}

export interface LinkOptions {
  readonly primitives: PrimitiveProvider;
  /** Units whose values marked `[@@export "name"]` the run-time system needs. */
  readonly exportUnits?: readonly string[];
  /** What earlier compilations of the same typing session made. */
  readonly memo?: TranslationMemo;
  /** Translations that came with the compiler, asked for when they are needed. */
  readonly shipped?: () => ShippedTranslations | undefined;
  /** Units that become part of the program by any mention of one of their values: those of libraries that the user brought. */
  readonly linksMentioned?: (unit: string) => boolean;
}

export interface CoreResult {
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
  /** Gives names to what later passes make. */
  readonly fresh: Fresh;
  /** Linked units, in the order of initialisation. */
  readonly units: readonly string[];
}

const NOWHERE: Location = { file: { name: "", text: "" }, start: 0, end: 0, ghost: true };

/** Translates the units `roots` and all that they need. */
export function compileToCore(session: UnitProvider, roots: readonly string[], options: LinkOptions): CoreResult {
  const c = new Compilation(options.memo ?? new TranslationMemo(), options.linksMentioned ?? (() => false), options.shipped ?? (() => undefined));
  c.units = new Units(c, (name) => session.typeUnit(name));
  c.externals = new Externals(c, options.primitives);
  const exports = new Map<string, Variable>();
  try {
    for (const name of options.exportUnits ?? []) {
      const unit = c.units.find(name);
      if (unit === undefined) throw new MissingUnit(name);
      for (const [symbol, id] of unit.marked("export")) {
        const meaning = unit.scope.find(id);
        const value = meaning === undefined ? undefined : valueOfMeaning(c, meaning);
        if (value?.kind === "var") exports.set(symbol, value.variable);
      }
    }
    for (const name of roots) {
      const unit = c.units.find(name);
      if (unit === undefined) throw new MissingUnit(name);
      linkIncluded(c, unit);
      c.link(unit);
    }
    c.drain(c.schedule);
  } catch (error) {
    // What was put off to be typed when it is needed may turn out to be wrong.
    if (error instanceof CompileError) c.diagnostics.push(error.diagnostic);
    else if (!(error instanceof MissingUnit)) throw error;
    // A unit with errors has its diagnostics already; one that is not there is reported here.
    else if (!c.diagnostics.some((d) => d.severity === "error")) c.error(NOWHERE, `The module ${error.unit} is needed, and no package defines it.`);
    return { program: { bindings: [], exports }, diagnostics: c.diagnostics, fresh: c.fresh, units: [] };
  }
  c.memo.commit();
  const groups = definitions(c);
  const order = initializationOrder(c, groups, roots);
  return { program: { bindings: emit(c, groups, order), exports }, diagnostics: c.diagnostics, fresh: c.fresh, units: order.map((unit) => unit.name) };
}

/** Links what a root includes or gives another name, which it may do for nothing but the effects. */
function linkIncluded(c: Compilation, unit: Unit): void {
  for (const { desc } of unit.typed.structure.items) {
    const module = desc.kind === "include" ? desc.module.desc : desc.kind === "module" ? desc.binding.module.desc : undefined;
    if (module?.kind !== "ident") continue;
    c.mentioned = undefined;
    resolveModule(c, unit.scope, module.path);
    const before = c.linked.length;
    c.linkMentioned();
    for (const owner of c.linked.slice(before)) unit.needs.add(owner);
  }
}

/** The units in which a linked unit's initialisation needs another's come after it; roots keep their order. */
function initializationOrder(c: Compilation, groups: ReadonlyMap<Variable, Group>, roots: readonly string[]): Owner[] {
  const owners = ownersOfGlobals(c, groups);
  for (const unit of c.linked) {
    if (!(unit instanceof Unit)) continue;
    for (const group of unit.sink.groups()) {
      for (const v of mentionedGlobals(c, group.bindings)) for (const owner of owners(v)) if (owner !== unit) unit.needs.add(owner);
    }
  }
  const order: Owner[] = [];
  const state = new Map<Owner, "open" | "done">();
  const first: Owner[] = [];
  for (const name of roots) {
    const unit = c.units.find(name);
    if (unit !== undefined) first.push(unit);
  }
  for (const start of [...first, ...c.linked]) {
    const stack: { unit: Owner; needs: Iterator<Owner> }[] = [];
    const open = (unit: Owner): void => {
      if (state.has(unit) || !unit.linked) return;
      state.set(unit, "open");
      stack.push({ unit, needs: unit.needs.values() });
    };
    open(start);
    for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
      const next = top.needs.next();
      if (next.done === true) {
        stack.pop();
        state.set(top.unit, "done");
        order.push(top.unit);
      } else open(next.value);
    }
  }
  return order;
}

/** By the bindings, which are the same object when they were kept from an earlier compilation. */
const mentionsOf = new WeakMap<readonly TopBinding[], readonly Variable[]>();

function mentionedGlobals(c: Compilation, bindings: readonly TopBinding[]): readonly Variable[] {
  const known = mentionsOf.get(bindings);
  if (known !== undefined) return known;
  const mentioned = new Set<Variable>();
  const collect = (e: Expr): void =>
    forEachExpr(e, (x) => {
      if (x.kind === "var" && c.isGlobal(x.variable)) mentioned.add(x.variable);
    });
  for (const binding of bindings) {
    if (binding.kind === "letrec") for (const f of binding.functions) collect(f.function.body);
    else collect(binding.value);
  }
  const list = [...mentioned];
  mentionsOf.set(bindings, list);
  return list;
}

function* allGroups(c: Compilation): Generator<Group> {
  for (const unit of c.linked) if (unit instanceof Unit) yield* unit.sink.groups();
  yield* c.shared.groups();
}

function definitions(c: Compilation): Map<Variable, Group> {
  const groups = new Map<Variable, Group>();
  for (const group of allGroups(c)) {
    for (const binding of group.bindings) {
      if (binding.kind === "let") groups.set(binding.variable, group);
      else if (binding.kind === "letrec") for (const f of binding.functions) groups.set(f.variable, group);
    }
  }
  return groups;
}

/** The units that a mention of a global leads to: its own, or those that a shared instance mentions. */
function ownersOfGlobals(c: Compilation, groups: ReadonlyMap<Variable, Group>): (v: Variable) => readonly Owner[] {
  const memo = new Map<Group, readonly Owner[]>();
  return (v) => {
    const group = groups.get(v);
    if (group === undefined) return [];
    if (group.owner !== undefined) return [group.owner];
    const known = memo.get(group);
    if (known !== undefined) return known;
    const owners = new Set<Owner>();
    const seen = new Set<Group>([group]);
    const stack = [group];
    for (let g = stack.pop(); g !== undefined; g = stack.pop()) {
      for (const mentioned of mentionedGlobals(c, g.bindings)) {
        const next = groups.get(mentioned);
        if (next === undefined || seen.has(next)) continue;
        if (next.owner !== undefined) owners.add(next.owner);
        else {
          seen.add(next);
          stack.push(next);
        }
      }
    }
    const list = [...owners];
    memo.set(group, list);
    return list;
  };
}

/**
 * The bindings of all translated groups: effects in their order, everything else in its place too unless something
 * before needs it. Functions that refer to each other across groups (recursive modules) become one `letrec`: the
 * strongly connected components of Tarjan's algorithm come out in the right order.
 */
function emit(c: Compilation, groups: ReadonlyMap<Variable, Group>, order: readonly Owner[]): TopBinding[] {
  const out: TopBinding[] = [];
  interface Node {
    readonly group: Group;
    readonly successors: Group[];
    next: number;
    readonly index: number;
    low: number;
  }
  const nodes = new Map<Group, Node>();
  const emitted = new Set<Group>();
  const component: Group[] = [];
  let counter = 0;
  const enter = (group: Group, path: Node[]): void => {
    const successors = new Set<Group>();
    for (const v of mentionedGlobals(c, group.bindings)) {
      const g = groups.get(v);
      if (g !== undefined && g !== group && !emitted.has(g)) successors.add(g);
    }
    const node: Node = { group, successors: [...successors], next: 0, index: counter, low: counter };
    counter++;
    nodes.set(group, node);
    component.push(group);
    path.push(node);
  };
  const visit = (start: Group): void => {
    if (nodes.has(start)) return;
    const path: Node[] = [];
    enter(start, path);
    for (let top = path[path.length - 1]; top !== undefined; top = path[path.length - 1]) {
      const successor = top.successors[top.next++];
      if (successor !== undefined) {
        const known = nodes.get(successor);
        if (known === undefined) enter(successor, path);
        else if (!emitted.has(successor)) top.low = Math.min(top.low, known.index);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) parent.low = Math.min(parent.low, top.low);
      if (top.low === top.index) {
        const members: Group[] = [];
        for (;;) {
          const member = component.pop()!;
          members.push(member);
          emitted.add(member);
          if (member === top.group) break;
        }
        emitComponent(members.reverse(), out);
      }
    }
  };
  for (const owner of order) {
    if (!(owner instanceof Unit)) continue;
    for (const group of owner.sink.groups()) if (group.state === "done") visit(group);
  }
  for (const group of c.shared.groups()) if (group.state === "done") visit(group);
  return out;
}

function emitComponent(members: readonly Group[], out: TopBinding[]): void {
  if (members.length === 1) {
    out.push(...members[0]!.bindings);
    return;
  }
  const functions: FunctionBinding[] = [];
  const rest: TopBinding[] = [];
  for (const member of members) {
    for (const binding of member.bindings) {
      if (binding.kind === "letrec") functions.push(...binding.functions);
      else if (binding.kind === "let" && binding.value.kind === "function") functions.push({ variable: binding.variable, function: binding.value.function });
      else rest.push(binding);
    }
  }
  if (functions.length > 0) out.push({ kind: "letrec", functions });
  out.push(...rest);
}

export type { Sink };
