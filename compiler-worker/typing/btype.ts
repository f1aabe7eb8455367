/** Nodes of type graphs: making, following links, rows and fields, iteration, and the trail that undoes changes. */
import type { ArgLabel } from "../syntax/ast.ts";
import { separateState } from "./isolation.ts";
import { languageFlags } from "./language-flags.ts";
import { arrowDesc, asDesc, constrDesc, linkDesc, newNode, varDesc } from "./type-nodes.ts";
import { GENERIC_LEVEL, type AbbreviationMemo, type Commutable, type FieldKind, type Path, type RowDesc, type RowFieldCell, type RowFieldState, type TypeDeclaration, type TypeDesc, type TypeExpr } from "./types.ts";

let currentLevel = 1;
/** The levels at which the definitions under way began, the innermost last. */
let outerLevels: number[] = [];
/** Whether types at the top of the unit have scopes. */
let hasScopes = true;
/** The changes since the outermost snapshot; undefined when none is taken. */
let trail: Change[] | undefined;

export function resetTypes(): void {
  currentLevel = 1;
  outerLevels = [];
  hasScopes = true;
  trail = undefined;
  forgetConstantExpansions();
}

separateState(() => {
  const saved = { currentLevel, outerLevels, hasScopes, trail };
  currentLevel = 1;
  outerLevels = [];
  hasScopes = true;
  trail = undefined;
  return () => ({ currentLevel, outerLevels, hasScopes, trail } = saved);
});

let lastMark = 0;
/** A number for a traversal that marks the nodes it saw. Traversals that mark must not interleave. */
export const newMark = (): number => ++lastMark;

export const getLevel = (): number => currentLevel;
export function beginDef(): void {
  outerLevels.push(currentLevel++);
}
export function endDef(): void {
  currentLevel = outerLevels.pop()!;
}

/**
 * A scope begins, of types or modules that are defined from here on: it lasts as long as the definition around it. What was left open
 * before is of a lower level, so that it cannot become one of these types, which it is outside of. Gives the scope.
 */
export function beginScope(): number {
  if (hasScopes || outerLevels.length > 0) currentLevel++;
  return currentLevel;
}
/** The types at the top of the unit that is being typed have no scopes: it was checked before, and parts of it are typed later. */
export function withoutScopes(): void {
  hasScopes = false;
}

/** Where typing is: an item begins here, to which it may have to go back. */
export interface LevelMark {
  readonly level: number;
  readonly depth: number;
}
export const markLevel = (): LevelMark => ({ level: currentLevel, depth: outerLevels.length });
/** Goes back to where an item began that has an error. */
export function backToLevel(mark: LevelMark): void {
  currentLevel = mark.level;
  outerLevels.length = mark.depth;
}

/** Runs as at that level. */
export function atLevel(level: number, run: () => void): void {
  const saved = currentLevel;
  currentLevel = level;
  try {
    run();
  } finally {
    currentLevel = saved;
  }
}

export function newTypeAt(level: number, desc: TypeDesc): TypeExpr {
  return newNode(asDesc(desc), level);
}
export function newType(desc: TypeDesc): TypeExpr {
  return newNode(asDesc(desc), currentLevel);
}
export function newVar(name?: string): TypeExpr {
  return newNode(varDesc(name), currentLevel);
}
export function newVarAt(level: number, name?: string): TypeExpr {
  return newNode(varDesc(name), level);
}
export function newGenericType(desc: TypeDesc): TypeExpr {
  return newTypeAt(GENERIC_LEVEL, desc);
}
const COMMUTABLE: Commutable = { state: "ok" };
export const noMemo = (): AbbreviationMemo => ({ expansion: undefined });
export function newConstr(path: Path, args: readonly TypeExpr[]): TypeExpr {
  return newNode(constrDesc(path, args, noMemo()), currentLevel);
}
export function newArrow(label: ArgLabel, parameter: TypeExpr, result: TypeExpr): TypeExpr {
  return newNode(arrowDesc(label, parameter, result, COMMUTABLE), currentLevel);
}

/** The node that a node stands for. */
export function repr(type: TypeExpr): TypeExpr {
  if (type.desc.kind !== "link") return type;
  const t = type.desc.to;
  return t.desc.kind === "link" ? endOfLinks(type) : t;
}
/** Along several links, which then all lead to the end: a type that is used again and again is not walked to more slowly each time. */
function endOfLinks(type: TypeExpr): TypeExpr {
  let last = type.desc as Link;
  while (last.to.desc.kind === "link") last = last.to.desc;
  for (let t = type; t.desc !== last; ) {
    const next = (t.desc as Link).to;
    if (trail !== undefined) trail.push({ kind: "desc", target: t, old: t.desc });
    t.desc = last;
    t = next;
  }
  return last.to;
}
type Link = Extract<TypeDesc, { kind: "link" }>;

// ---------------------------------------------------------------- changes and their undoing

/** What was changed: the field of a node or cell that had the old value. */
type Change =
  | { readonly kind: "desc"; readonly target: TypeExpr; readonly old: TypeDesc }
  | { readonly kind: "level" | "scope"; readonly target: TypeExpr; readonly old: number }
  | { readonly kind: "name"; readonly target: ObjectName; readonly old: ObjectName["value"] }
  | { readonly kind: "commutable"; readonly target: Commutable; readonly old: Commutable["state"] }
  | { readonly kind: "fieldKind"; readonly target: FieldKind; readonly old: FieldKind["state"] }
  | { readonly kind: "rowField"; readonly target: RowFieldCell; readonly old: RowFieldState };

function undo(c: Change): void {
  switch (c.kind) {
    case "desc":
      c.target.desc = c.old;
      break;
    case "level":
      c.target.level = c.old;
      break;
    case "scope":
      c.target.scope = c.old;
      break;
    case "name":
      c.target.value = c.old;
      break;
    case "commutable":
      c.target.state = c.old;
      break;
    case "fieldKind":
      c.target.state = c.old;
      break;
    case "rowField":
      c.target.state = c.old;
      break;
  }
}

export interface Snapshot {
  readonly outer: boolean;
  readonly position: number;
}
/** Begins to note changes, so that `backtrack` can undo them. Snapshots nest. */
export function snapshot(): Snapshot {
  if (trail === undefined) {
    trail = [];
    return { outer: true, position: 0 };
  }
  return { outer: false, position: trail.length };
}
export function backtrack(s: Snapshot): void {
  if (trail === undefined) return;
  while (trail.length > s.position) undo(trail.pop()!);
  if (s.outer) trail = undefined;
}
/** Keeps the changes made since. */
export function commit(s: Snapshot): void {
  if (s.outer) trail = undefined;
}

/** Gives a node another description: one that a function of `type-nodes.ts` made, or a literal of its form. */
export function setDesc(type: TypeExpr, desc: TypeDesc): void {
  if (trail !== undefined) trail.push({ kind: "desc", target: type, old: type.desc });
  type.desc = asDesc(desc);
}
type ObjectName = Extract<TypeDesc, { kind: "object" }>["name"];
/** The class abbreviation that an object type is shown by: its path, and the row variable followed by the arguments. */
export function setObjectName(name: ObjectName, value: ObjectName["value"]): void {
  if (trail !== undefined) trail.push({ kind: "name", target: name, old: name.value });
  name.value = value;
}
export function setTypeLevel(type: TypeExpr, level: number): void {
  if (type.level === level) return;
  if (trail !== undefined) trail.push({ kind: "level", target: type, old: type.level });
  type.level = level;
}
export function setTypeScope(type: TypeExpr, scope: number): void {
  if (type.scope === scope) return;
  if (trail !== undefined) trail.push({ kind: "scope", target: type, old: type.scope });
  type.scope = scope;
}
export function linkType(type: TypeExpr, to: TypeExpr): void {
  // A variable's name survives on the variable that it becomes.
  if (type.desc.kind === "var" && type.desc.name !== undefined && to.desc.kind === "var" && to.desc.name === undefined) setDesc(to, varDesc(type.desc.name));
  setDesc(type, linkDesc(to));
}

// ---------------------------------------------------------------- memos of expansions

let constantExpansions = new Map<TypeDeclaration, TypeExpr>();

/** The expansion of an abbreviation without parameters, as it was made since `forgetConstantExpansions`. */
export function constantExpansion(declaration: TypeDeclaration): TypeExpr | undefined {
  return constantExpansions.get(declaration);
}
export function rememberConstant(declaration: TypeDeclaration, expanded: TypeExpr): void {
  constantExpansions.set(declaration, expanded);
}
/** Expansions that are shared by all uses of a name must not be generalized with one of them. */
export function forgetConstantExpansions(): void {
  if (constantExpansions.size > 0) constantExpansions = new Map();
}

// ---------------------------------------------------------------- cells

export function commutableRepr(c: Commutable): Commutable {
  while (typeof c.state === "object") c = c.state.link;
  return c;
}
export function isCommutable(c: Commutable): boolean {
  return commutableRepr(c).state === "ok";
}
/** A cell for a copy. One whose labels are known never changes: there is one for all. */
export function copyCommutable(c: Commutable): Commutable {
  return isCommutable(c) ? COMMUTABLE : { state: "unknown" };
}
export function setCommutable(c: Commutable, state: Commutable["state"]): void {
  const cell = commutableRepr(c);
  if (trail !== undefined) trail.push({ kind: "commutable", target: cell, old: cell.state });
  cell.state = state;
}
export function linkCommutable(a: Commutable, b: Commutable): void {
  const x = commutableRepr(a);
  const y = commutableRepr(b);
  if (x === y) return;
  if (x.state === "ok") setCommutable(y, "ok");
  else setCommutable(x, { link: y });
}
export function fieldKindRepr(k: FieldKind): FieldKind {
  while (typeof k.state === "object") k = k.state.link;
  return k;
}
export function setFieldKind(k: FieldKind, state: FieldKind["state"]): void {
  const cell = fieldKindRepr(k);
  if (trail !== undefined) trail.push({ kind: "fieldKind", target: cell, old: cell.state });
  cell.state = state;
}

// ---------------------------------------------------------------- rows

export function rowFieldRepr(cell: RowFieldCell): RowFieldCell {
  while (cell.state.kind === "link") cell = cell.state.to;
  return cell;
}
export function rowFieldState(cell: RowFieldCell): RowFieldState {
  return rowFieldRepr(cell).state;
}
export function setRowField(cell: RowFieldCell, state: RowFieldState): void {
  const target = rowFieldRepr(cell);
  if (trail !== undefined) trail.push({ kind: "rowField", target, old: target.state });
  target.state = state;
}
export function newRow(fields: RowDesc["fields"], more: TypeExpr, closed: boolean, fixed?: RowDesc["fixed"], name?: RowDesc["name"]): RowDesc {
  return { fields, more, closed, fixed, name };
}
/** The row with the fields of the rows that its variable became. Fields are in the order of their labels' hashes. */
export function rowRepr(row: RowDesc): RowDesc {
  let more = repr(row.more);
  if (more.desc.kind !== "variant") return more === row.more ? row : { ...row, more };
  const fields = [...row.fields];
  const known = new Set<string>();
  for (const f of fields) known.add(f.label);
  let { closed, fixed, name } = row;
  while (more.desc.kind === "variant") {
    const inner: RowDesc = more.desc.row;
    for (const f of inner.fields) {
      if (known.has(f.label)) continue;
      known.add(f.label);
      fields.push(f);
    }
    closed = inner.closed;
    fixed = inner.fixed;
    name = inner.name;
    more = repr(inner.more);
  }
  return { fields, more, closed, fixed, name };
}
/** Why the row takes no more tags, if it does not: said, or because its end is no variable. */
export function fixedExplanation(row: RowDesc): RowDesc["fixed"] {
  if (row.fixed !== undefined) return row.fixed;
  const more = repr(row.more);
  if (more.desc.kind === "univar") return { kind: "univar", type: more };
  if (more.desc.kind === "constr") return { kind: "reified", path: more.desc.path };
  return undefined;
}
/** Labels of a row that may still occur. */
export function isFixedRow(row: RowDesc): boolean {
  return row.fixed !== undefined;
}
/** Whether no label can be added or taken away. */
export function isStaticRow(row: RowDesc): boolean {
  const r = rowRepr(row);
  return r.closed && r.fields.every(({ field }) => rowFieldState(field).kind !== "either");
}

/** OCaml's hash of a variant label (31 bits, signed). */
export function hashVariant(label: string): number {
  let h = 0;
  for (let i = 0; i < label.length; i++) h = (Math.imul(223, h) + label.charCodeAt(i)) | 0;
  h &= 0x7fffffff;
  return h > 0x3fffffff ? h - 0x80000000 : h;
}

// ---------------------------------------------------------------- iteration

/** Calls `f` on the children of a node. */
export function iterChildren(f: (t: TypeExpr) => void, type: TypeExpr): void {
  const { desc } = type;
  switch (desc.kind) {
    case "arrow":
      f(desc.parameter);
      f(desc.result);
      break;
    case "tuple":
      for (const t of desc.components) f(t);
      break;
    case "constr":
      for (const t of desc.args) f(t);
      break;
    case "object":
      f(desc.fields);
      if (desc.name.value !== undefined) for (const t of desc.name.value.args) f(t);
      break;
    case "field":
      f(desc.type);
      f(desc.rest);
      break;
    case "link":
      f(desc.to);
      break;
    case "variant":
      iterRow(f, desc.row);
      break;
    case "poly":
      f(desc.body);
      for (const t of desc.variables) f(t);
      break;
    case "package":
      for (const c of desc.constraints) f(c.type);
      break;
  }
}

export function iterRow(f: (t: TypeExpr) => void, row: RowDesc): void {
  const r = rowRepr(row);
  for (const { field } of r.fields) {
    const state = rowFieldState(field);
    if (state.kind === "present") {
      if (state.argument !== undefined) f(state.argument);
    } else if (state.kind === "either") for (const t of state.args) f(t);
  }
  f(r.more);
  if (r.name !== undefined) for (const t of r.name.args) f(t);
}

/** Whether functions with these labels have one type: all that are not optional are alike with `-nolabels`. */
export function compatibleLabels(a: ArgLabel, b: ArgLabel): boolean {
  return sameLabel(a, b) || (languageFlags.ignoresLabels && a.kind !== "optional" && b.kind !== "optional");
}
export function sameLabel(a: ArgLabel, b: ArgLabel): boolean {
  return a.kind === b.kind && (a.kind === "nolabel" || (b.kind !== "nolabel" && a.name === b.name));
}
export function labelName(l: ArgLabel): string {
  return l.kind === "nolabel" ? "" : l.name;
}
/** `~x`, `?x`, or nothing. */
export function prefixedLabel(l: ArgLabel): string {
  return l.kind === "nolabel" ? "" : l.kind === "labelled" ? `~${l.name}` : `?${l.name}`;
}
