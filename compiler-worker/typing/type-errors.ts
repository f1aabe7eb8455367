/** Why two types could not be made equal, in OCaml's words. */
import { repr } from "./btype.ts";
import { expandHead } from "./expand.ts";
import type { Env } from "./env.ts";
import { Names, printPath, printType } from "./print-type.ts";
import { samePath } from "./path.ts";
import { tellingSameNames } from "./same-names.ts";
import { PATHS } from "./predef.ts";
import { unifiable, type UnifyError } from "./unify.ts";
import type { Constant } from "./typedtree.ts";
import type { TypeExpr } from "./types.ts";

/** A type, and what it is short for when that is something else. */
function withExpansion(env: Env, type: TypeExpr, names: Names): string {
  const shown = printType(type, names);
  const t = repr(type);
  if (t.desc.kind !== "constr") return shown;
  const expanded = printType(expandHead(env, t), names);
  return expanded === shown ? shown : `${shown} = ${expanded}`;
}

/** `…but an expression was expected of type…` with the details that follow. */
export function explainMismatch(env: Env, error: UnifyError, actual: TypeExpr, expected: TypeExpr, intro: string, middle: string): string {
  return tellingSameNames(env, [actual, expected], (withMeanings) => {
    const names = new Names();
    const text = `${intro} ${withExpansion(env, actual, names)}\n       ${middle} ${withExpansion(env, expected, names)}`;
    return withMeanings(text + explainDetails(env, error, names));
  });
}

/** A function that waits for `()`, or that was expected. */
function unitHint(env: Env, actual: TypeExpr, expected: TypeExpr): string {
  const takesUnit = (t: TypeExpr): TypeExpr | undefined => {
    const { desc } = expandHead(env, t);
    if (desc.kind !== "arrow") return undefined;
    const parameter = expandHead(env, desc.parameter).desc;
    return parameter.kind === "constr" && samePath(parameter.path, PATHS.unit) ? desc.result : undefined;
  };
  const result = takesUnit(actual);
  if (result !== undefined && unifiable(env, result, expected)) return "\nHint: Did you forget to provide `()' as argument?";
  const wanted = takesUnit(expected);
  if (wanted !== undefined && unifiable(env, actual, wanted)) return "\nHint: Did you forget to wrap the expression using `fun () ->'?";
  return "";
}

/** `Did you mean 1.?` for a number of another type than is wanted. */
export function literalHint(env: Env, constant: Constant, expected: TypeExpr): string {
  if (constant.kind !== "int" && constant.kind !== "int32" && constant.kind !== "int64" && constant.kind !== "nativeint") return "";
  const { desc } = expandHead(env, expected);
  if (desc.kind !== "constr") return "";
  const suffix = samePath(desc.path, PATHS.float) ? "." : samePath(desc.path, PATHS.int32) ? "l" : samePath(desc.path, PATHS.int64) ? "L" : samePath(desc.path, PATHS.nativeint) ? "n" : undefined;
  return suffix === undefined ? "" : `\nHint: Did you mean \`${constant.value}${suffix}'?`;
}

/** The innermost difference and the reason. */
export function explainDetails(env: Env, error: UnifyError, names: Names): string {
  let text = "";
  const { differences, reason } = error;
  const last = differences[differences.length - 1];
  if (differences.length > 1 && last !== undefined && reason.kind !== "escape") {
    text += `\n       Type ${withExpansion(env, last.left, names)} is not compatible with type ${withExpansion(env, last.right, names)}`;
  }
  switch (reason.kind) {
    case "occurs":
      text += `\n       The type variable ${printType(reason.variable, names)} occurs inside ${printType(reason.type, names)}`;
      break;
    case "escape":
      text += `\n       The type constructor ${printPath(reason.path)} would escape its scope`;
      break;
    case "equation":
      text += `\n       This instance of ${printType(reason.type, names)} is ambiguous:\n       it would escape the scope of its equation`;
      break;
    case "incompatibleTag":
      text += `\n       Types for tag \`${reason.tag} are incompatible`;
      break;
    case "noIntersection":
      text += "\n       These two variant types have no intersection";
      break;
    case "univar":
      text += `\n       The universal variable ${printType(reason.variable, names)} would escape its scope`;
      break;
    case "missingTag": {
      const tags = reason.tags.map((t) => `\`${t}`).join(", ");
      text += `\n       The ${reason.side === "left" ? "first" : "second"} variant type does not allow tag(s) ${tags}`;
      break;
    }
    case "missingMethod":
      text += `\n       The ${reason.side === "left" ? "first" : "second"} object type has no method ${reason.method}`;
      break;
    default:
      break;
  }
  return last !== undefined && reason.kind === "mismatch" ? text + unitHint(env, last.left, last.right) : text;
}
