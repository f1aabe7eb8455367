/**
 * Functions whose parameter's pattern looks into what can be changed: what it finds is found when that argument is given, not when
 * the last one is (warning 68 of the manual's chapter "Batch compilation").
 */
import { isWarningOnThroughout, warnThroughout } from "./warnings.ts";
import type * as Ast from "../syntax/ast.ts";
import type * as T from "./typedtree.ts";

const PREVENTS_UNCURRYING = 68;

/** Whether matching depends on mutable fields, on arrays, or on suspensions. */
function dependsOnState(pattern: T.Pattern): boolean {
  const work = [pattern];
  for (let p = work.pop(); p !== undefined; p = work.pop()) {
    const { desc } = p;
    switch (desc.kind) {
      case "lazy": case "array":
        return true;
      case "alias": work.push(desc.pattern); break;
      case "tuple": work.push(...desc.components); break;
      case "construct": work.push(...desc.args); break;
      case "variant": if (desc.argument !== undefined) work.push(desc.argument); break;
      case "or": work.push(desc.left, desc.right); break;
      case "record":
        for (const f of desc.fields) {
          if (f.label.mutable === "mutable") return true;
          work.push(f.pattern);
        }
        break;
      default:
    }
  }
  return false;
}

/** Functions that another one with an optional parameter that has a default gives at once. */
const afterDefaults = new WeakSet<Ast.Expression>();

/**
 * Whether a parameter (of that index) comes after an optional one that has a default, in the function or in one that gives this function at once: then
 * defaults are computed when all arguments are given, and patterns after them wait likewise.
 */
export function comesAfterDefault(source: Ast.Expression, { parameters }: Extract<Ast.ExpressionDesc, { kind: "function" }>, index: number): boolean {
  for (let i = 0; i < index; i++) {
    const p = parameters[i]!;
    if (p.kind === "value" && p.default !== undefined) return true;
  }
  return afterDefaults.has(source);
}

/** Notes that what a function gives comes after its defaults. */
export function noteAfterDefault(source: Ast.Expression, desc: Extract<Ast.ExpressionDesc, { kind: "function" }>): void {
  const { body } = desc;
  const given = body.kind === "body" ? body.expression : body.cases.length === 1 ? body.cases[0]!.body : undefined;
  if (given?.desc.kind === "function" && comesAfterDefault(source, desc, desc.parameters.length)) afterDefaults.add(given);
}

/** Tells of a function of one case, `fun pattern -> …`, that gives another function. */
export function tellMutableState(pattern: T.Pattern, partial: boolean, givesFunction: boolean): void {
  if (!givesFunction || partial || !isWarningOnThroughout(PREVENTS_UNCURRYING) || !dependsOnState(pattern)) return;
  warnThroughout(pattern.loc, PREVENTS_UNCURRYING, "This pattern depends on mutable state.\nIt prevents the remaining arguments from being uncurried, which will cause additional closure allocations.");
}

/** As `tellMutableState`, of `function pattern -> …`. */
export function tellMutableCase(cases: readonly T.Case[], partial: boolean): void {
  const [only] = cases;
  if (cases.length === 1 && only!.guard === undefined) tellMutableState(only!.pattern, partial, only!.body?.desc.kind === "function");
}
