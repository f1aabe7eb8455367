/** Coercions of expressions: `(e :> t)` and `(e : t :> u)`. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, endDef, repr } from "./btype.ts";
import { freeVariables } from "./datarepr.ts";
import type { Env } from "./env.ts";
import { Names, printType } from "./print-type.ts";
import { enlargeType, subtype } from "./subtype.ts";
import { explainDetails, explainMismatch } from "./type-errors.ts";
import { classHooks, typeExpression } from "./typecore.ts";
import { typeArgument } from "./typecore-apply.ts";
import type * as T from "./typedtree.ts";
import { translateType } from "./typetexp.ts";
import { unifiable, unify, UnifyError } from "./unify.ts";
import type { TypeExpr } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** The expression, and the type that it gets. */
export function coerceTypes(env: Env, loc: Location, desc: Extract<Ast.ExpressionDesc, { kind: "coerce" }>): { expression: T.Expression; to: TypeExpr } {
  if (desc.from === undefined) {
    const to = translateType(env, desc.to);
    beginDef();
    const expression = typeExpression(env, desc.expression);
    endDef();
    coerceExpression(env, loc, expression, to);
    return { expression, to };
  }
  const from = translateType(env, desc.from);
  const to = translateType(env, desc.to);
  requireSubtype(env, loc, from, to);
  return { expression: typeArgument(env, desc.expression, from, from), to };
}

function requireSubtype(env: Env, loc: Location, from: TypeExpr, to: TypeExpr): void {
  const names = new Names();
  const shown = `Type ${printType(from, names)} is not a subtype of ${printType(to, names)}`;
  const failure = subtype(env, from, to);
  if (failure === undefined) return;
  const inner = failure.trace[failure.trace.length - 1];
  let text = shown;
  if (inner !== undefined && failure.trace.length > 1) text += `\n       Type ${printType(inner[0], names)} is not a subtype of ${printType(inner[1], names)}`;
  fail(loc, text + explainDetails(env, failure.error, names));
}

/** What e's type must be follows from the target, unless both are known. */
function coerceExpression(env: Env, loc: Location, expression: T.Expression, to: TypeExpr): void {
  const target = repr(to);
  const kind = expression.desc.kind === "ident" ? expression.desc.description.valueKind : undefined;
  if (kind?.kind === "self" && target.desc.kind === "constr" && classHooks().selfCoercion(target.desc.path, loc)) return;
  if (freeVariables([expression.type]).length === 0 && freeVariables([to]).length === 0) {
    // Both are known: one stays what it is called, and so does the other.
    if (!unifiable(env, expression.type, enlargeType(env, to).type)) requireSubtype(env, loc, expression.type, to);
    return;
  }
  const { type, limited } = enlargeType(env, to);
  try {
    unify(env, expression.type, type);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    const hint = limited ? ".\nThis simple coercion was not fully general.\nHint: Consider using a fully explicit coercion of the form: `(foo : ty1 :> ty2)'." : "";
    fail(expression.loc, explainMismatch(env, e, expression.type, type, `This expression cannot be coerced to type\n         ${printType(to)};\n       it has type`, "but is here used with type") + hint);
  }
}
