/** Subtyping for coercions `(e :> t)`: variants, objects, and what contains them by variance. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, endDef, repr, rowFieldState, rowRepr, sameLabel } from "./btype.ts";
import { findType, type Env } from "./env.ts";
import { expandHeadPrivate } from "./expand.ts";
import { samePath } from "./path.ts";
import { printType } from "./print-type.ts";
import { typeExpression } from "./typecore.ts";
import { typeArgument } from "./typecore-apply.ts";
import type * as T from "./typedtree.ts";
import { translateType } from "./typetexp.ts";
import { flattenFields, tryUnify } from "./unify.ts";
import type { TypeExpr } from "./types.ts";

/** Checks that `from` is a subtype of `to`, unifying where only equality will do. Undefined if so, else why not. */
export function subtype(env: Env, from: TypeExpr, to: TypeExpr): string | undefined {
  const seen: [TypeExpr, TypeExpr][] = [];
  let why: [TypeExpr, TypeExpr] | undefined;
  const equal = (a: TypeExpr, b: TypeExpr): boolean => {
    if (tryUnify(env, a, b)) return true;
    why ??= [a, b];
    return false;
  };
  const below = (a: TypeExpr, b: TypeExpr): boolean => {
    const s = repr(a);
    const t = repr(b);
    if (s === t) return true;
    if (s.desc.kind === "var" || t.desc.kind === "var") return equal(s, t);
    if (seen.some(([p, q]) => p === s && q === t)) return true;
    seen.push([s, t]);
    if (s.desc.kind === "constr" && t.desc.kind === "constr" && samePath(s.desc.path, t.desc.path)) {
      const declaration = findType(s.desc.path, env);
      const { args } = t.desc;
      return s.desc.args.every((x, i) => {
        const y = args[i]!;
        const v = declaration?.variance[i] ?? 127;
        const positive = (v & 1) !== 0;
        const negative = (v & 2) !== 0;
        if (positive && negative) return equal(x, y);
        if (positive) return below(x, y);
        if (negative) return below(y, x);
        return true;
      });
    }
    const x = expandHeadPrivate(env, s);
    const y = expandHeadPrivate(env, t);
    // A private abbreviation is a subtype of what it abbreviates, not the other way round.
    if ((x !== s || y !== t) && !(y !== t && isPrivate(env, t))) return below(x, y);
    if (x.desc.kind === "arrow" && y.desc.kind === "arrow" && sameLabel(x.desc.label, y.desc.label)) return below(y.desc.parameter, x.desc.parameter) && below(x.desc.result, y.desc.result);
    if (x.desc.kind === "tuple" && y.desc.kind === "tuple") {
      const { components } = y.desc;
      return x.desc.components.length === components.length && x.desc.components.every((c, i) => below(c, components[i]!));
    }
    if (x.desc.kind === "poly" && x.desc.variables.length === 0) return below(x.desc.body, y);
    if (y.desc.kind === "poly" && y.desc.variables.length === 0) return below(x, y.desc.body);
    if (x.desc.kind === "variant" && y.desc.kind === "variant") {
      const p = rowRepr(x.desc.row);
      const q = rowRepr(y.desc.row);
      const allowed = new Map(q.fields.map((f) => [f.label, f.field]));
      const moreP = repr(p.more);
      if (!p.closed && moreP.desc.kind === "var") return equal(x, y);
      for (const { label, field } of p.fields) {
        const state = rowFieldState(field);
        if (state.kind === "absent") continue;
        const other = allowed.get(label);
        const target = other === undefined ? undefined : rowFieldState(other);
        const mine = state.kind === "present" ? state.argument : state.kind === "either" ? state.args[0] : undefined;
        if (target === undefined || target.kind === "absent") {
          if (!q.closed && repr(q.more).desc.kind === "var") return equal(x, y);
          why ??= [s, t];
          return false;
        }
        const theirs = target.kind === "present" ? target.argument : target.kind === "either" ? target.args[0] : undefined;
        if ((mine === undefined) !== (theirs === undefined)) return false;
        if (mine !== undefined && theirs !== undefined && !below(mine, theirs)) return false;
      }
      return true;
    }
    if (x.desc.kind === "object" && y.desc.kind === "object") {
      const f = flattenFields(x.desc.fields);
      const g = flattenFields(y.desc.fields);
      for (const [name, field] of g.fields) {
        const mine = f.fields.get(name);
        if (mine === undefined) {
          if (f.rest.desc.kind === "var") return equal(x, y);
          return false;
        }
        if (!below(mine.type, field.type)) return false;
      }
      return true;
    }
    return equal(x, y);
  };
  if (below(from, to)) return undefined;
  return why === undefined ? "" : `\n       Type ${printType(why[0])} is not a subtype of ${printType(why[1])}`;
}

function isPrivate(env: Env, t: TypeExpr): boolean {
  return t.desc.kind === "constr" && findType(t.desc.path, env)?.private === "private";
}

/** `(e :> t)` and `(e : t :> u)`: the expression, and the type that it gets. */
export function coerceTypes(env: Env, loc: Location, desc: Extract<Ast.ExpressionDesc, { kind: "coerce" }>): { expression: T.Expression; to: TypeExpr } {
  const failed = (message: string): never => {
    throw new CompileError(errorAt(loc, message));
  };
  if (desc.from === undefined) {
    const to = translateType(env, desc.to);
    beginDef();
    const expression = typeExpression(env, desc.expression);
    endDef();
    if (tryUnify(env, expression.type, to)) return { expression, to };
    const problem = subtype(env, expression.type, to);
    if (problem === undefined) return { expression, to };
    // What is no object or variant can only have the type already.
    if (expandHeadPrivate(env, expression.type).desc.kind === "arrow" && expandHeadPrivate(env, to).desc.kind === "arrow") {
      throw new CompileError(errorAt(expression.loc, `This expression cannot be coerced to type\n         ${printType(to)};\n       it has type\n         ${printType(expression.type)}\n       but is here used with type\n         ${printType(to)}`));
    }
    return failed(`Type ${printType(expression.type)} is not a subtype of ${printType(to)}${problem}`);
  }
  const from = translateType(env, desc.from);
  const to = translateType(env, desc.to);
  const problem = subtype(env, from, to);
  if (problem !== undefined) failed(`Type ${printType(from)} is not a subtype of ${printType(to)}${problem}`);
  const expression = typeArgument(env, desc.expression, from, from);
  return { expression, to };
}
