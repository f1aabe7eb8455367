/**
 * Weak type variables that a unit without an interface would export: values whose types are not known to be general and that nothing in
 * the unit has decided (reference manual, section 6.1.2). Other units could use them at different types.
 */
import { errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import { iterChildren, repr } from "./btype.ts";
import { addSignature, type Env } from "./env.ts";
import { isDeferred } from "./deferral.ts";
import { expandHead } from "./expand.ts";
import { isClosed } from "./levels.ts";
import { Names, printType, resetWeakNames } from "./print-type.ts";
import { printModuleType } from "./print-signature.ts";
import { GENERIC_LEVEL, type ModuleType, type Signature, type SignatureItem, type TypeExpr } from "./types.ts";

/** The error of the first exported item whose type has weak variables. */
export function weakVariableError(env: Env, items: Signature): Diagnostic | undefined {
  for (const item of items) {
    if (item.visibility === "hidden") continue;
    const weak = weakVariablesOf(env, item);
    if (weak.length === 0) continue;
    resetWeakNames();
    const names = new Names();
    names.weak = true;
    if (item.kind === "value") return errorAt(item.description.loc, `The type of this expression, ${printType(item.description.type, names)},\n       ${explain(weak, names)}`);
    if (item.kind === "module") return errorAt(item.declaration.loc, `The type of this module,\n${printModuleType(item.declaration.type)},\n       ${explain(weak, names)}`);
  }
  return undefined;
}

function explain(weak: readonly TypeExpr[], names: Names): string {
  return `contains the non-generalizable type variable(s): ${weak.map((v) => printType(v, names)).join(", ")}.\n       (see manual section 6.1.2)`;
}

function weakVariablesOf(env: Env, item: SignatureItem): TypeExpr[] {
  if (item.kind === "value") return isDeferred(item.description) || isClosed(item.description.type) ? [] : weakVariables(env, item.description.type);
  return item.kind === "module" ? weakVariablesOfModule(env, item.declaration.type) : [];
}

/** The error of a module whose type is to be named, when it has weak variables. */
export function weakModuleError(env: Env, loc: Location, type: ModuleType): Diagnostic | undefined {
  if (weakVariablesOfModule(env, type).length === 0) return undefined;
  return errorAt(loc, `The type of this module, ${printModuleType(type)},\n       contains type variables that cannot be generalized`);
}

function weakVariablesOfModule(env: Env, type: ModuleType): TypeExpr[] {
  if (type.kind === "functor") return weakVariablesOfModule(env, type.result);
  if (type.kind !== "signature") return [];
  const inner = addSignature(type.items, env);
  return type.items.flatMap((item) => weakVariablesOf(inner, item));
}

/** The weak variables of a type; those that an abbreviation does not use are none. */
function weakVariables(env: Env, type: TypeExpr): TypeExpr[] {
  const found: TypeExpr[] = [];
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "var") {
      if (t.level !== GENERIC_LEVEL) found.push(t);
    } else iterChildren(visit, t.desc.kind === "constr" ? expandHead(env, t) : t);
  };
  visit(type);
  return found;
}
