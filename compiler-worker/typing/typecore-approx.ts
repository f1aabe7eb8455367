/** What an expression's form tells of its type before it is typed: arrows with their labels, for recursive uses. */
import type * as Ast from "../syntax/ast.ts";
import { getLevel, newArrow, newType, newVar, repr } from "./btype.ts";
import type { Env } from "./env.ts";
import { expandHead } from "./expand.ts";
import { instancePoly } from "./levels.ts";
import { typeOption } from "./predef.ts";
import { tryUnify } from "./unify.ts";
import type { TypeExpr } from "./types.ts";

/** Gives `type` (of a method, or of a binding) the shape of `source`. Where they do not fit, typing will say so. */
export function typeApprox(env: Env, source: Ast.Expression, type: TypeExpr): void {
  const t = repr(type);
  if (t.desc.kind === "var") {
    const body = newVar();
    tryUnify(env, newType({ kind: "poly", body, variables: [] }), t);
    approximate(env, source, body);
  } else if (t.desc.kind === "poly") approximate(env, source, instancePoly(t.desc.variables, t.desc.body).body);
}

function option(): TypeExpr {
  const t = typeOption(newVar());
  t.level = getLevel();
  return t;
}

function approximate(env: Env, source: Ast.Expression, type: TypeExpr): void {
  const { desc } = source;
  switch (desc.kind) {
    case "function": {
      let result = type;
      const arrow = (label: Ast.ArgLabel, parameter: TypeExpr): boolean => {
        const t = expandHead(env, result);
        const rest = newVar();
        if (!tryUnify(env, newArrow(label, parameter, rest), t)) return false;
        result = rest;
        return true;
      };
      for (const p of desc.parameters) {
        if (p.kind === "newtype") return;
        if (!arrow(p.label, p.label.kind === "optional" ? option() : newVar())) return;
      }
      if (desc.body.kind === "body") {
        if (desc.constraint === undefined) approximate(env, desc.body.expression, result);
      } else arrow({ kind: "nolabel" }, newVar());
      break;
    }
    case "let":
      approximate(env, desc.body, type);
      break;
    case "sequence":
      approximate(env, desc.expressions[desc.expressions.length - 1]!, type);
      break;
    case "ifthenelse":
      approximate(env, desc.then, type);
      break;
    case "match":
      if (desc.cases[0] !== undefined) approximate(env, desc.cases[0].body, type);
      break;
    case "try":
      approximate(env, desc.body, type);
      break;
    default:
      break;
  }
}
