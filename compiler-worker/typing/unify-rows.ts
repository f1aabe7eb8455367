/** Unification of rows: the fields of objects and the tags of polymorphic variants. */
import { fieldKindRepr, fixedExplanation, isStaticRow, linkType, newTypeAt, newVarAt, repr, rowFieldRepr, rowFieldState, rowRepr, setDesc, setFieldKind, setObjectName, setRowField } from "./btype.ts";
import type { Env } from "./env.ts";
import { expandHead } from "./expand.ts";
import { checkUnivars, fail, unifyTypes, UnifyError, updateLevel, updateScope } from "./unify.ts";
import { fieldDesc } from "./type-nodes.ts";
import { GENERIC_LEVEL, type RowDesc, type RowFieldCell, type RowFieldState, type TypeExpr } from "./types.ts";

// ---------------------------------------------------------------- objects

/** A method that no program can name: while a class is typed it keeps self's type open, and in its class (by its level). */
export const DUMMY_METHOD = "*dummy method*";

interface FlatFields {
  readonly fields: Map<string, Extract<TypeExpr["desc"], { kind: "field" }>>;
  readonly rest: TypeExpr;
}
/** The methods of an object type that are not hidden, and what comes after them. */
export function flattenFields(type: TypeExpr): FlatFields {
  const fields = new Map<string, Extract<TypeExpr["desc"], { kind: "field" }>>();
  let t = repr(type);
  while (t.desc.kind === "field") {
    if (!fields.has(t.desc.name) && fieldKindRepr(t.desc.fieldKind).state !== "absent") fields.set(t.desc.name, t.desc);
    t = repr(t.desc.rest);
  }
  return { fields, rest: t };
}

/** What the fields end in. */
export function fieldsEnd(type: TypeExpr): TypeExpr {
  let t = repr(type);
  while (t.desc.kind === "field") t = repr(t.desc.rest);
  return t;
}

/** The field of that name, unless it is absent. */
export function findField(type: TypeExpr, name: string): Extract<TypeExpr["desc"], { kind: "field" }> | undefined {
  for (let t = repr(type); t.desc.kind === "field"; t = repr(t.desc.rest)) if (t.desc.name === name && fieldKindRepr(t.desc.fieldKind).state !== "absent") return t.desc;
  return undefined;
}

export type Field = Extract<TypeExpr["desc"], { kind: "field" }>;
/** The field before other ones. */
export const withRest = (f: Field, rest: TypeExpr): TypeExpr["desc"] => fieldDesc(f.name, f.fieldKind, f.type, rest);

export function unifyFields(env: Env, left: TypeExpr, right: TypeExpr): void {
  const a = flattenFields(left);
  const b = flattenFields(right);
  if (a.rest === b.rest && a.rest.desc.kind === "var" && a.fields.size !== b.fields.size) fail();
  const onlyLeft = [...a.fields.values()].filter((f) => !b.fields.has(f.name));
  const onlyRight = [...b.fields.values()].filter((f) => !a.fields.has(f.name));
  const build = (level: number, list: readonly Field[], rest: TypeExpr): TypeExpr => {
    let t = rest;
    for (let i = list.length - 1; i >= 0; i--) t = newTypeAt(level, withRest(list[i]!, t));
    return t;
  };
  const common = [...a.fields.values()].filter((f) => b.fields.has(f.name));
  const shared = onlyLeft.length === 0 ? b.rest : onlyRight.length === 0 ? a.rest : newVarAt(Math.min(repr(left).level, repr(right).level));
  unifyRest(env, a.rest, build(repr(right).level, onlyRight, shared), onlyRight, "left");
  unifyRest(env, b.rest, build(repr(left).level, onlyLeft, shared), onlyLeft, "right");
  for (const f of common) {
    const g = b.fields.get(f.name)!;
    unifyKinds(f.fieldKind, g.fieldKind);
    unifyTypes(env, f.type, g.type);
  }
}

function unifyRest(env: Env, rest: TypeExpr, type: TypeExpr, missing: readonly Field[], side: "left" | "right"): void {
  const r = repr(rest);
  const t = repr(type);
  if (r === t) return;
  if (r.desc.kind !== "var" && missing.length > 0) {
    if (missing.some((f) => f.name === DUMMY_METHOD)) fail({ kind: "selfClosed" });
    fail({ kind: "missingMethod", method: missing[0]!.name, side });
  }
  unifyTypes(env, r, t);
}

function unifyKinds(a: Parameters<typeof fieldKindRepr>[0], b: Parameters<typeof fieldKindRepr>[0]): void {
  const x = fieldKindRepr(a);
  const y = fieldKindRepr(b);
  if (x === y) return;
  if (x.state === "private" && y.state !== "absent") setFieldKind(x, { link: y });
  else if (y.state === "private" && x.state !== "absent") setFieldKind(y, { link: x });
  else if (x.state !== y.state) fail();
}

type ObjectName = Extract<TypeExpr["desc"], { kind: "object" }>["name"];
/** After two object types have become one, the class abbreviation of either is the name of both. */
export function unifyObjectNames(x: ObjectName, y: ObjectName): void {
  const row = y.value?.args[0];
  if (row !== undefined) {
    const { fields, rest } = flattenFields(row);
    const kind = fields.size > 0 ? "field" : rest.desc.kind;
    if (kind === "var" || kind === "univar" || kind === "nil") return;
  }
  setObjectName(y, x.value);
}

/** The type of a method of an object; an open object type gets it. */
export function filterMethod(env: Env, type: TypeExpr, name: string): TypeExpr | undefined {
  const t = expandHead(env, type);
  if (t.desc.kind === "var") {
    const fieldType = newVarAt(t.level);
    const fields = newTypeAt(t.level, { kind: "field", name, fieldKind: { state: "public" }, type: fieldType, rest: newVarAt(t.level) });
    linkType(t, newTypeAt(t.level, { kind: "object", fields, name: { value: undefined } }));
    return fieldType;
  }
  if (t.desc.kind !== "object") return undefined;
  const { fields, rest } = flattenFields(t.desc.fields);
  const found = fields.get(name);
  if (found !== undefined) {
    const kind = fieldKindRepr(found.fieldKind);
    if (kind.state === "private") setFieldKind(kind, "public");
    return found.type;
  }
  if (rest.desc.kind !== "var") return undefined;
  const fieldType = newVarAt(rest.level);
  linkType(rest, newTypeAt(rest.level, { kind: "field", name, fieldKind: { state: "public" }, type: fieldType, rest: newVarAt(rest.level) }));
  return fieldType;
}

// ---------------------------------------------------------------- polymorphic variants

type Fields = readonly { readonly label: string; readonly field: RowFieldCell }[];
type Side = "left" | "right";

const isEmpty = (fields: Fields): boolean => fields.every((f) => rowFieldState(f.field).kind === "absent");

/** Fields that a closed row leaves: those that need not occur are made absent when they can be. */
function remaining(fields: Fields, erase: boolean): Fields {
  return fields.filter(({ field }) => {
    const state = rowFieldState(field);
    if (state.kind === "absent") return false;
    if (erase && state.kind === "either" && !state.matched) {
      setRowField(field, { kind: "absent" });
      return false;
    }
    return true;
  });
}

/**
 * What unification with a row that has just this tag does, where `type` is a variant that is open and does not have it: the tag is added
 * at the end of the row. Nothing is done, and the result is undefined, where it takes more than that. A row that grows tag by
 * tag (the cases of a function, a list) is thus never written out again.
 */
export function addTag(env: Env, type: TypeExpr, label: string, field: RowFieldCell): RowDesc | undefined {
  const t = repr(type);
  if (t.desc.kind !== "variant") return undefined;
  let { row } = t.desc;
  let end = repr(row.more);
  for (;;) {
    for (const f of row.fields) if (f.label === label) return undefined;
    if (end.desc.kind !== "variant") break;
    row = end.desc.row;
    end = repr(row.more);
  }
  if (row.closed || row.fixed !== undefined || end.desc.kind !== "var" || end.level === GENERIC_LEVEL) return undefined;
  const added = newTypeAt(GENERIC_LEVEL, { kind: "variant", row: { fields: [{ label, field }], more: newVarAt(end.level), closed: false, fixed: undefined, name: undefined } });
  updateLevel(env, added, end.level);
  updateScope(added, end.scope);
  linkType(end, added);
  return t.desc.row;
}

/** Makes the rows of two variant types one; that the types are one is said by a link before. */
export function unifyRows(env: Env, left: RowDesc, right: RowDesc): void {
  const a = rowRepr(left);
  const b = rowRepr(right);
  const moreA = repr(a.more);
  const moreB = repr(b.more);
  if (moreA === moreB && moreA.desc.kind !== "nil") return;
  const fieldsA = new Map(a.fields.map((f) => [f.label, f.field]));
  const fieldsB = new Map(b.fields.map((f) => [f.label, f.field]));
  const onlyA = a.fields.filter((f) => !fieldsB.has(f.label));
  const onlyB = b.fields.filter((f) => !fieldsA.has(f.label));
  const common = a.fields.filter((f) => fieldsB.has(f.label)).map((f) => ({ label: f.label, left: f.field, right: fieldsB.get(f.label)! }));
  const fixedA = fixedExplanation(a);
  const fixedB = fixedExplanation(b);
  const more = fixedA !== undefined && fixedB !== undefined ? (moreB.level < moreA.level ? moreB : moreA) : fixedA !== undefined ? moreA : fixedB !== undefined ? moreB : moreA.desc.kind === "nil" || moreB.desc.kind === "nil" ? newTypeAt(Math.min(moreA.level, moreB.level), { kind: "nil" }) : newVarAt(Math.min(moreA.level, moreB.level));
  const fixed = fixedA ?? fixedB;
  const closed = a.closed || b.closed;
  const absent = (cell: RowFieldCell): boolean => rowFieldState(cell).kind === "absent";
  if (closed && (isEmpty(onlyA) || b.closed) && (isEmpty(onlyB) || a.closed) && common.every((c) => absent(c.left) || absent(c.right))) fail({ kind: "noIntersection" });
  const keepA = common.every((c) => absent(c.left) || !absent(c.right));
  const keepB = common.every((c) => absent(c.right) || !absent(c.left));
  let name: RowDesc["name"];
  if (a.name !== undefined && (a.closed || isEmpty(onlyB)) && (!b.closed || (keepA && isEmpty(onlyA)))) name = a.name;
  else if (b.name !== undefined && (b.closed || isEmpty(onlyA)) && (!a.closed || (keepB && isEmpty(onlyB)))) name = b.name;
  const extend = (row: RowDesc, rowMore: TypeExpr, why: RowDesc["fixed"], added: Fields, side: Side): void => {
    const rest = closed ? remaining(added, row.closed) : added;
    if (why === undefined) {
      if (rest.length > 0 && row.closed) fail({ kind: "missingTag", tags: rest.map((f) => f.label), side });
    } else if (closed && !row.closed) fail({ kind: "closedRow", side });
    else if (rest.length > 0) fail({ kind: "missingTag", tags: rest.map((f) => f.label), side });
    const variable = repr(rowMore);
    if (why !== undefined) {
      if (more === variable) return;
      if (variable.desc.kind === "var") linkType(variable, more);
      else unifyTypes(env, variable, more);
      return;
    }
    // The end of a row of known tags is shared by all its copies, and there is nothing to say of it.
    if (variable.desc.kind === "nil") return;
    const type = newTypeAt(GENERIC_LEVEL, { kind: "variant", row: { fields: rest, more, closed, fixed, name } });
    updateLevel(env, type, variable.level);
    updateScope(type, variable.scope);
    linkType(variable, type);
  };
  const descA = moreA.desc;
  const descB = moreB.desc;
  try {
    if (moreA === moreB) {
      // Two closed rows of known tags: nothing is to be extended.
      const lacking = (rest: Fields, side: Side): void => {
        const left = remaining(rest, true);
        if (left.length > 0) fail({ kind: "missingTag", tags: left.map((f) => f.label), side });
      };
      lacking(onlyA, "right");
      lacking(onlyB, "left");
    } else {
      extend(b, moreB, fixedB, onlyA, "right");
      extend(a, moreA, fixedA, onlyB, "left");
    }
    for (const c of common) {
      try {
        unifyRowField(env, c.left, c.right, fixedA, fixedB, moreA, moreB, c.label);
      } catch (error) {
        if (!(error instanceof UnifyError) || error.reason.kind !== "mismatch") throw error;
        throw new UnifyError(error.differences, { kind: "incompatibleTag", tag: c.label });
      }
    }
    if (isStaticRow(a)) {
      const end = repr(rowRepr(a).more);
      if (end.desc.kind === "var") linkType(end, newTypeAt(end.level, { kind: "nil" }));
    }
  } catch (error) {
    if (moreA !== moreB) {
      setDesc(moreA, descA);
      setDesc(moreB, descB);
    }
    throw error;
  }
}

function unifyRowField(env: Env, left: RowFieldCell, right: RowFieldCell, fixedLeft: RowDesc["fixed"], fixedRight: RowDesc["fixed"], moreLeft: TypeExpr, moreRight: TypeExpr, label: string): void {
  const a = rowFieldRepr(left);
  const b = rowFieldRepr(right);
  if (a === b) return;
  const x = a.state;
  const y = b.state;
  const lacks = (side: Side): never => fail({ kind: "missingTag", tags: [label], side });
  if (x.kind === "present" && y.kind === "present") {
    if (x.argument === undefined && y.argument === undefined) return;
    if (x.argument === undefined || y.argument === undefined) return fail();
    return unifyTypes(env, x.argument, y.argument);
  }
  if (x.kind === "absent" && y.kind === "absent") return;
  if (x.kind === "either" && y.kind === "either") return unifyEithers(env, a, x, b, y, fixedLeft !== undefined || fixedRight !== undefined, moreLeft, moreRight);
  if (x.kind === "either" && y.kind === "absent") {
    if (fixedLeft !== undefined) fail({ kind: "closedRow", side: "left" });
    if (x.matched) return lacks("right");
    return setRowField(a, { kind: "link", to: b });
  }
  if (x.kind === "absent" && y.kind === "either") {
    if (fixedRight !== undefined) fail({ kind: "closedRow", side: "right" });
    if (y.matched) return lacks("left");
    return setRowField(b, { kind: "link", to: a });
  }
  if (x.kind === "either" && y.kind === "present") return makePresent(env, a, x, b, y, fixedLeft, moreLeft);
  if (x.kind === "present" && y.kind === "either") return makePresent(env, b, y, a, x, fixedRight, moreRight);
  if (x.kind === "absent") return lacks("left");
  if (y.kind === "absent") return lacks("right");
  fail();
}

type Either = Extract<RowFieldState, { kind: "either" }>;

function unifyEithers(env: Env, a: RowFieldCell, x: Either, b: RowFieldCell, y: Either, fixed: boolean, moreLeft: TypeExpr, moreRight: TypeExpr): void {
  const noArgument = x.noArgument || y.noArgument;
  const matched = x.matched || y.matched;
  const merge = (args: readonly TypeExpr[]): void => {
    setRowField(a, { kind: "link", to: b });
    setRowField(b, { kind: "either", noArgument, args, matched });
  };
  if (fixed && !noArgument && x.args.length === y.args.length) {
    merge(y.args);
    x.args.forEach((t, i) => unifyTypes(env, t, y.args[i]!));
    return;
  }
  const all = [...x.args, ...y.args];
  if ((matched || fixed) && all.length > 0) {
    // Once matched, a tag has one argument type.
    if (noArgument) fail();
    for (const t of all.slice(1)) unifyTypes(env, all[0]!, t);
    if (rowFieldRepr(a) === rowFieldRepr(b)) return;
    merge(all.slice(0, 1));
    return;
  }
  const onlyLeft = x.args.filter((t) => !y.args.some((u) => repr(u) === repr(t)));
  const onlyRight = y.args.filter((t) => !x.args.some((u) => repr(u) === repr(t)));
  for (const t of onlyLeft) {
    checkUnivars(t);
    updateLevel(env, t, repr(moreRight).level);
    updateScope(t, repr(moreRight).scope);
  }
  for (const t of onlyRight) {
    checkUnivars(t);
    updateLevel(env, t, repr(moreLeft).level);
    updateScope(t, repr(moreLeft).scope);
  }
  merge([...y.args, ...onlyLeft]);
}

function makePresent(env: Env, cell: RowFieldCell, either: Either, target: RowFieldCell, present: Extract<RowFieldState, { kind: "present" }>, fixed: RowDesc["fixed"], more: TypeExpr): void {
  if (present.argument === undefined ? !either.noArgument || either.args.length > 0 : either.noArgument) fail();
  if (fixed !== undefined) fail({ kind: "closedRow", side: "left" });
  setRowField(cell, { kind: "link", to: target });
  if (present.argument === undefined) return;
  // With types that are in the row already it becomes one.
  if (either.args.length === 0) {
    updateLevel(env, present.argument, repr(more).level);
    updateScope(present.argument, repr(more).scope);
  }
  for (const t of either.args) unifyTypes(env, t, present.argument);
}
