/**
 * Subtyping for coercions: `(e : t :> u)` compares two types by variance; `(e :> u)` where e's type has variables takes
 * the largest type below u as far as it can be told (Rémy and Vouillon, "Objective ML", 1998).
 */
import { compatibleLabels, fieldKindRepr, getLevel, iterChildren, linkType, newConstr, newType, newTypeAt, newVar, repr, rowFieldState, rowRepr, setDesc } from "./btype.ts";
import { findClassTypeOfObjects, findType, type Env } from "./env.ts";
import { expandOnce, isAbbreviation } from "./expand.ts";
import { copyGeneric, instancePoly } from "./levels.ts";
import { samePath } from "./path.ts";
import { boundPair, type BoundPair, fieldsEnd, flattenFields, packageCoercion, unify, unifyBound, UnifyError } from "./unify.ts";
import { withRest } from "./unify-rows.ts";
import { GENERIC_LEVEL, type RowDesc, type RowFieldCell, type TypeExpr } from "./types.ts";

/** Why a type is not a subtype: pairs from the outermost inwards, and the types that were not equal. */
export interface SubtypeFailure {
  readonly trace: readonly (readonly [TypeExpr, TypeExpr])[];
  readonly error: UnifyError;
}

/** Two types that must be equal. */
interface Constraint {
  readonly left: TypeExpr;
  readonly right: TypeExpr;
  readonly trace: Trace | undefined;
  readonly bound: readonly BoundPair[];
}
interface Trace {
  readonly pair: readonly [TypeExpr, TypeExpr];
  readonly outer: Trace | undefined;
}

const MAY_POS = 1;
const MAY_NEG = 2;

/** Whether the type is an abbreviation that is not one of a class being defined. */
function isSettledAbbreviation(env: Env, t: TypeExpr, privateToo: boolean): boolean {
  if (t.desc.kind !== "constr") return false;
  const declaration = findType(t.desc.path, env);
  if (!isAbbreviation(declaration) || repr(declaration.manifest).level !== GENERIC_LEVEL) return false;
  return privateToo || declaration.private === "public" || declaration.kind.kind !== "abstract";
}

/** Makes `from` a subtype of `to` where that takes only equalities. Undefined when it is, else why not. */
export function subtype(env: Env, from: TypeExpr, to: TypeExpr): SubtypeFailure | undefined {
  const constraints: Constraint[] = [];
  const seen = new Map<TypeExpr, Set<TypeExpr>>();
  const bound: BoundPair[] = [];
  const equal = (left: TypeExpr, right: TypeExpr, trace: Trace | undefined): void => {
    constraints.push({ left, right, trace, bound: [...bound] });
  };
  const below = (a: TypeExpr, b: TypeExpr, outer: Trace | undefined): void => {
    const s = repr(a);
    const t = repr(b);
    if (s === t) return;
    const before = seen.get(s);
    if (before?.has(t) === true) return;
    if (before === undefined) seen.set(s, new Set([t]));
    else before.add(t);
    const trace: Trace = { pair: [s, t], outer };
    const x = s.desc;
    const y = t.desc;
    if (x.kind === "var" || y.kind === "var") return equal(s, t, outer);
    if (x.kind === "arrow" && y.kind === "arrow" && compatibleLabels(x.label, y.label)) {
      below(y.parameter, x.parameter, trace);
      return below(x.result, y.result, trace);
    }
    if (x.kind === "tuple" && y.kind === "tuple") {
      const { components } = y;
      if (x.components.length !== components.length) return equal(s, t, outer);
      return x.components.forEach((c, i) => {
        below(c, components[i]!, trace);
      });
    }
    if (x.kind === "constr" && x.args.length === 0 && y.kind === "constr" && y.args.length === 0 && samePath(x.path, y.path)) return;
    if (isSettledAbbreviation(env, s, false)) return below(expandOnce(env, s)!, t, outer);
    if (isSettledAbbreviation(env, t, false)) return below(s, expandOnce(env, t)!, outer);
    if (x.kind === "constr" && y.kind === "constr" && samePath(x.path, y.path)) {
      const { args } = y;
      const variance = findType(x.path, env)?.variance;
      return x.args.forEach((arg, i) => {
        const v = variance?.[i] ?? MAY_POS | MAY_NEG;
        if ((v & MAY_POS) !== 0 && (v & MAY_NEG) !== 0) equal(arg, args[i]!, trace);
        else if ((v & MAY_POS) !== 0) below(arg, args[i]!, trace);
        else if ((v & MAY_NEG) !== 0) below(args[i]!, arg, trace);
      });
    }
    // A private abbreviation is a subtype of what it abbreviates, not the other way round.
    if (isSettledAbbreviation(env, s, true)) return below(expandOnce(env, s, true)!, t, outer);
    if (x.kind === "object" && y.kind === "object") {
      if (fieldsEnd(x.fields).desc.kind === "var" && fieldsEnd(y.fields).desc.kind === "var") return equal(s, t, outer);
      return fields(x.fields, y.fields, trace);
    }
    if (x.kind === "variant" && y.kind === "variant") {
      if (!rows(rowRepr(x.row), rowRepr(y.row), trace)) equal(s, t, outer);
      return;
    }
    if (x.kind === "poly" && y.kind === "poly") {
      if (y.variables.length === 0) return below(x.variables.length === 0 ? x.body : instancePoly(x.variables, x.body).body, y.body, trace);
      if (x.variables.length !== y.variables.length) return equal(s, t, outer);
      bound.push(boundPair(x.variables, y.variables));
      below(x.body, y.body, trace);
      bound.pop();
      return;
    }
    if (x.kind === "package" && y.kind === "package") {
      const pairs = packageCoercion(env, x, y);
      if (pairs === undefined) return equal(s, t, outer);
      for (const [l, r] of pairs) equal(l, r, trace);
      return;
    }
    equal(s, t, outer);
  };
  const fields = (left: TypeExpr, right: TypeExpr, trace: Trace): void => {
    const a = flattenFields(left);
    const b = flattenFields(right);
    const build = (list: readonly Extract<TypeExpr["desc"], { kind: "field" }>[], rest: TypeExpr): TypeExpr => {
      let t = rest;
      for (let i = list.length - 1; i >= 0; i--) t = newTypeAt(getLevel(), withRest(list[i]!, t));
      return t;
    };
    const onlyLeft = [...a.fields.values()].filter((f) => !b.fields.has(f.name));
    const onlyRight = [...b.fields.values()].filter((f) => !a.fields.has(f.name));
    if (b.rest.desc.kind !== "nil") {
      if (onlyLeft.length === 0) below(a.rest, b.rest, trace);
      else equal(build(onlyLeft, a.rest), b.rest, trace);
    }
    if (onlyRight.length > 0) equal(a.rest, build(onlyRight, newVar()), trace);
    for (const f of a.fields.values()) {
      const g = b.fields.get(f.name);
      if (g !== undefined) below(f.type, g.type, trace);
    }
  };
  /** False when the rows can only be equal. */
  const rows = (left: RowDesc, right: RowDesc, trace: Trace): boolean => {
    const others = new Map(right.fields.map((f) => [f.label, f.field]));
    const mine = new Set(left.fields.map((f) => f.label));
    const admitted = (field: RowFieldCell, closed: boolean): boolean => !closed || rowFieldState(field).kind === "present";
    const onlyLeft = left.fields.filter((f) => !others.has(f.label) && admitted(f.field, right.closed));
    const onlyRight = right.fields.filter((f) => !mine.has(f.label) && admitted(f.field, left.closed));
    const p = repr(left.more);
    const q = repr(right.more);
    const pairs = left.fields.filter((f) => others.has(f.label)).map((f) => [rowFieldState(f.field), rowFieldState(others.get(f.label)!)] as const);
    if (p.desc.kind === "constr" && q.desc.kind === "constr" && samePath(p.desc.path, q.desc.path)) {
      below(p, q, trace);
      return true;
    }
    if (p.desc.kind === "univar" && q.desc.kind === "univar") {
      if (left.closed !== right.closed || onlyLeft.length > 0 || onlyRight.length > 0) return false;
      below(p, q, trace);
      for (const [x, y] of pairs) {
        if (x.kind === "present" && y.kind === "present" && (x.argument === undefined) === (y.argument === undefined)) {
          if (x.argument !== undefined) below(x.argument, y.argument!, trace);
        } else if (x.kind === "either" && y.kind === "either" && x.noArgument === y.noArgument && x.args.length === y.args.length) x.args.forEach((arg, i) => { below(arg, y.args[i]!, trace); });
        else if (x.kind !== "absent" || y.kind !== "absent") return false;
      }
      return true;
    }
    if (p.desc.kind === "univar" || q.desc.kind === "univar" || !left.closed || onlyLeft.length > 0) return false;
    for (const [x, y] of pairs) {
      if (x.kind === "absent") continue;
      if (y.kind !== "present") return false;
      const argument = x.kind === "present" ? x.argument : x.kind === "either" && !x.noArgument ? x.args[0] : undefined;
      if ((argument === undefined) !== (y.argument === undefined)) return false;
      if (argument !== undefined) below(argument, y.argument!, trace);
    }
    return true;
  };
  below(from, to, undefined);
  for (const c of constraints) {
    try {
      unifyBound(env, c.left, c.right, c.bound);
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error;
      const trace: (readonly [TypeExpr, TypeExpr])[] = [];
      for (let t = c.trace; t !== undefined; t = t.outer) trace.unshift(t.pair);
      return { trace: [...trace, [c.left, c.right]], error };
    }
  }
  return undefined;
}

// ---------------------------------------------------------------- enlarging

/** What building a supertype's preimage did to a part: nothing, the same up to names, or something. */
type Change = 0 | 1 | 2;
interface Built {
  readonly type: TypeExpr;
  readonly change: Change;
}

/** Levels count expansions (even) and enlargements (odd) that are still allowed. */
const afterExpansion = (n: number): number => (n % 2 === 0 && n > 0 ? n - 1 : n);
const afterEnlarging = (n: number): number => (n % 2 === 1 ? n - 1 : n);
const LEVELS = 4;

function occurs(node: TypeExpr, type: TypeExpr): boolean {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): boolean => {
    const t = repr(x);
    if (t === node) return true;
    if (seen.has(t)) return false;
    seen.add(t);
    let found = false;
    iterChildren((c) => {
      found ||= visit(c);
    }, t);
    return found;
  };
  return visit(type);
}

/** The most general type of values that may be coerced to `target`; `limited` when there may be more general ones. */
export function enlargeType(env: Env, target: TypeExpr): { type: TypeExpr; limited: boolean } {
  let limited = false;
  const unchanged = (type: TypeExpr): Built => ({ type, change: 0 });
  const most = (list: readonly Built[]): Change => list.reduce<Change>((m, b) => (b.change > m ? b.change : m), 0);
  const again = (t: TypeExpr, visited: readonly TypeExpr[]): boolean => {
    if (!visited.includes(t)) return false;
    limited = true;
    return true;
  };
  const structural = (visited: readonly TypeExpr[]): TypeExpr[] => visited.filter((t) => t.desc.kind === "object" || t.desc.kind === "variant");
  const build = (visited: readonly TypeExpr[], loops: ReadonlyMap<TypeExpr, TypeExpr>, positive: boolean, level: number, x: TypeExpr): Built => {
    const t = repr(x);
    const { desc } = t;
    switch (desc.kind) {
      case "var": {
        const loop = positive ? loops.get(t) : undefined;
        return loop === undefined ? unchanged(t) : { type: loop, change: 1 };
      }
      case "arrow": {
        if (again(t, visited)) return unchanged(t);
        const inner = [...visited, t];
        const parameter = build(inner, loops, !positive, level, desc.parameter);
        const result = build(inner, loops, positive, level, desc.result);
        const change = most([parameter, result]);
        return change === 0 ? unchanged(t) : { type: newType({ kind: "arrow", label: desc.label, parameter: parameter.type, result: result.type, commutable: { state: "ok" } }), change };
      }
      case "tuple": {
        if (again(t, visited)) return unchanged(t);
        const components = desc.components.map((c) => build([...visited, t], loops, positive, level, c));
        const change = most(components);
        return change === 0 ? unchanged(t) : { type: newType({ kind: "tuple", components: components.map((c) => c.type) }), change };
      }
      case "constr": {
        if (level > 0 && isSettledAbbreviation(env, t, false)) {
          const expanded = repr(expandOnce(env, t)!);
          const below = afterExpansion(level);
          if (expanded.desc.kind === "object" && positive && fieldsEnd(expanded.desc.fields).desc.kind !== "var") {
            const opened = openClassType(t, expanded, loops, below);
            if (opened !== undefined) return opened;
          }
          const built = build(visited, loops, positive, below, expanded);
          return built.change > 0 ? built : unchanged(t);
        }
        if (again(t, visited)) return unchanged(t);
        if (level === 0 && isSettledAbbreviation(env, t, false)) limited = true;
        const variance = findType(desc.path, env)?.variance;
        if (variance === undefined) return unchanged(t);
        const args = desc.args.map((arg, i): Built => {
          const v = variance[i] ?? MAY_POS | MAY_NEG;
          if ((v & MAY_NEG) !== 0) return (v & MAY_POS) !== 0 ? unchanged(arg) : build([...visited, t], loops, !positive, level, arg);
          if ((v & MAY_POS) !== 0) return build([...visited, t], loops, positive, level, arg);
          return { type: newVar(), change: 2 };
        });
        const change = most(args);
        return change === 0 ? unchanged(t) : { type: newConstr(desc.path, args.map((a) => a.type)), change };
      }
      case "variant": {
        const row = rowRepr(desc.row);
        const fixed = row.closed && row.fields.every((f) => rowFieldState(f.field).kind !== "either");
        if (again(t, visited) || !fixed) return unchanged(t);
        const below = afterEnlarging(level);
        const inner = [t, ...(below < level ? [] : structural(visited))];
        let change: Change = 0;
        const fields = row.fields.flatMap(({ label, field }): { label: string; field: RowFieldCell }[] => {
          const state = rowFieldState(field);
          if (state.kind !== "present") return [];
          if (state.argument === undefined) return [{ label, field: positive ? { state: { kind: "either", noArgument: true, args: [], matched: false } } : field }];
          const argument = build(inner, loops, positive, below, state.argument);
          if (argument.change > change) change = argument.change;
          return [{ label, field: { state: positive && level > 0 ? { kind: "either", noArgument: false, args: [argument.type], matched: false } : { kind: "present", argument: argument.type } } }];
        });
        const name = change > 0 ? undefined : row.name;
        return { type: newType({ kind: "variant", row: { fields, more: newVar(), closed: positive, fixed: undefined, name } }), change: 2 };
      }
      case "object": {
        if (again(t, visited) || fieldsEnd(desc.fields).desc.kind === "var") return unchanged(t);
        const below = afterEnlarging(level);
        const fields = build([t, ...(below < level ? [] : structural(visited))], loops, positive, below, desc.fields);
        return fields.change === 0 ? unchanged(t) : { type: newType({ kind: "object", fields: fields.type, name: { value: undefined } }), change: fields.change };
      }
      case "field": {
        // What a class hides, and the field that kept its self from being closed while it was defined.
        if (fieldKindRepr(desc.fieldKind).state === "absent") return build(visited, loops, positive, level, desc.rest);
        const type = build(visited, loops, positive, level, desc.type);
        const rest = build(visited, loops, positive, level, desc.rest);
        const change = most([type, rest]);
        return change === 0 ? unchanged(t) : { type: newType({ kind: "field", name: desc.name, fieldKind: { state: "public" }, type: type.type, rest: rest.type }), change };
      }
      case "nil":
        if (positive) return { type: newVar(), change: 2 };
        limited = true;
        return unchanged(t);
      case "poly": {
        const body = build(visited, loops, positive, level, desc.body);
        return body.change === 0 ? unchanged(t) : { type: newType({ kind: "poly", body: body.type, variables: desc.variables }), change: body.change };
      }
      default:
        return unchanged(t);
    }
  };
  /** An object type that a class defines: `#c`, where the class's self stands for the result. */
  const openClassType = (t: TypeExpr, expanded: TypeExpr, loops: ReadonlyMap<TypeExpr, TypeExpr>, level: number): Built | undefined => {
    if (t.desc.kind !== "constr") return undefined;
    const declaration = findClassTypeOfObjects(t.desc.path, env)?.hashType;
    if (declaration?.manifest === undefined || repr(declaration.manifest).level !== GENERIC_LEVEL) return undefined;
    const memo = new Map<TypeExpr, TypeExpr>();
    const { args } = t.desc;
    const formal = declaration.parameters.map((p) => copyGeneric(p, memo));
    const self = repr(copyGeneric(declaration.manifest, memo));
    formal.forEach((p, i) => {
      unify(env, p, args[i]!);
    });
    if (self.desc.kind !== "object") return undefined;
    const { fields, name } = self.desc;
    if (name.value?.args.slice(1).some((a) => occurs(self, a)) === true) return undefined;
    setDesc(self, { kind: "var", name: undefined });
    const result = newVar();
    const built = build([expanded], new Map([...loops, [self, result]]), true, afterEnlarging(level), fields);
    const named = built.change > 1 || occurs(self, built.type) ? undefined : name.value;
    setDesc(result, { kind: "object", fields: built.type, name: { value: named } });
    linkType(self, t);
    return { type: result, change: 2 };
  };
  const { type } = build([], new Map(), true, LEVELS, target);
  return { type, limited };
}
