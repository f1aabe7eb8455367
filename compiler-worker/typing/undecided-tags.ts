/** Patterns of polymorphic variants against types whose tags are not decided yet. */
import { getLevel, iterChildren, newTypeAt, newVar, repr, rowFieldState, rowRepr } from "./btype.ts";
import { findType, type Env } from "./env.ts";
import { copyDesc, copyRow, instances, kindsOf } from "./levels.ts";
import { linkDesc, variantDesc } from "./type-nodes.ts";
import { unify } from "./unify.ts";
import type { RowDesc, TypeExpr } from "./types.ts";

/**
 * A copy in which closed rows whose tags are not decided are open and without these tags, or undefined when there is no such row.
 * Patterns are typed against it: what they match is then compared with the tags that there can be, so that a pattern for another
 * tag is merely useless.
 */
export function withUndecidedTagsOpen(env: Env, type: TypeExpr): TypeExpr | undefined {
  let isOpened = false;
  const abbreviations: { readonly parameters: readonly TypeExpr[]; readonly args: readonly TypeExpr[] }[] = [];
  const memo = new Map<TypeExpr, TypeExpr>();
  const go = (x: TypeExpr): TypeExpr => {
    const t = repr(x);
    const known = memo.get(t);
    if (known !== undefined) return known;
    const { desc } = t;
    if (desc.kind === "var" || desc.kind === "univar" || desc.kind === "nil") return t;
    const fresh = newTypeAt(getLevel(), { kind: "nil" });
    fresh.scope = t.scope;
    memo.set(t, fresh);
    if (desc.kind !== "variant") {
      fresh.desc = copyDesc(desc, go, kindsOf(memo));
      const declaration = desc.kind === "constr" && desc.args.length > 0 ? findType(desc.path, env) : undefined;
      if (declaration?.manifest !== undefined && declaration.parameters.some((p) => repr(p).desc.kind !== "var") && fresh.desc.kind === "constr") abbreviations.push({ parameters: declaration.parameters, args: fresh.desc.args });
    } else if (isUndecided(desc.row)) {
      isOpened = true;
      const row = copyRow(desc.row, go);
      fresh.desc = variantDesc({ fields: row.fields.filter((f) => rowFieldState(f.field).kind !== "either"), more: newVar(), closed: false, fixed: undefined, name: undefined });
    } else fresh.desc = linkDesc(t);
    return fresh;
  };
  const copy = go(type);
  if (!isOpened) return undefined;
  // What an abbreviation asks of its parameters holds of the copy, too.
  for (const { parameters, args } of abbreviations) instances(parameters).forEach((p, i) => { unify(env, p, args[i]!); });
  return copy;
}

/** Whether a row is closed, may yet lose tags, and depends on no bound variable. */
function isUndecided(original: RowDesc): boolean {
  const row = rowRepr(original);
  if (!row.closed || row.fixed !== undefined || repr(row.more).desc.kind !== "var") return false;
  const states = row.fields.map((f) => rowFieldState(f.field));
  if (!states.some((s) => s.kind === "either")) return false;
  return states.every((s) => (s.kind === "present" ? s.argument === undefined || !mentionsUnivar(s.argument) : s.kind !== "either" || !s.args.some(mentionsUnivar)));
}

/** Whether a variable that a polymorphic type around this one binds occurs in it. */
function mentionsUnivar(type: TypeExpr): boolean {
  const bound = new Set<TypeExpr>();
  const seen = new Set<TypeExpr>();
  const stack = [type];
  for (let t = stack.pop(); t !== undefined; t = stack.pop()) {
    t = repr(t);
    if (seen.has(t)) continue;
    seen.add(t);
    if (t.desc.kind === "univar" && !bound.has(t)) return true;
    if (t.desc.kind === "poly") for (const v of t.desc.variables) bound.add(repr(v));
    iterChildren((child) => stack.push(child), t);
  }
  return false;
}
