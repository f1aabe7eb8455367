/** `open`: what it brings, and what is told of it: that it serves for nothing (33, 66), or hides names that are used (44, 45). */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { lookupModulePath, openModule, type Env, type OpenedName, type OpenMark } from "./env.ts";
import { expandHead } from "./expand.ts";
import { longidentName, pathName, samePath } from "./path.ts";
import { addDelayedCheck, isWarningOn, warn } from "./warnings.ts";
import type { Path, TypeExpr } from "./types.ts";

const UNUSED = 33;
const UNUSED_BANG = 66;
const HIDES_NAME = 44;
const HIDES_CONSTRUCTOR = 45;

/** Watches what an `open` serves for, if anything is to be told of it. */
export function openMark(path: Path, override: Ast.OverrideFlag, loc: Location): OpenMark | undefined {
  const isFresh = override === "fresh";
  const number = isFresh ? UNUSED : UNUSED_BANG;
  const tellsUnused = isWarningOn(number);
  const tellsHidden = isFresh && (isWarningOn(HIDES_NAME) || isWarningOn(HIDES_CONSTRUCTOR));
  if (loc.ghost || !(tellsUnused || tellsHidden)) return undefined;
  const mark: OpenMark = { used: false, hides: tellsHidden ? hidden(loc) : undefined };
  if (tellsUnused) {
    addDelayedCheck(() => {
      if (!mark.used) warn(loc, number, `unused open${isFresh ? "" : "!"} ${pathName(path)}.`);
    });
  }
  return mark;
}

/** Tells once of each name that means something else for the `open`. */
function hidden(loc: Location): NonNullable<OpenMark["hides"]> {
  const told = new Set<string>();
  return (kind, name, found, other, env) => {
    if ((kind === "constructor" || kind === "label") && sameType(env, found, other)) return;
    const key = `${kind} ${name}`;
    if (told.has(key)) return;
    told.add(key);
    if (kind === "constructor" || kind === "label") warn(loc, HIDES_CONSTRUCTOR, `this open statement shadows the ${kind} ${name} (which is later used)`);
    else warn(loc, HIDES_NAME, `this open statement shadows the ${kind} identifier ${name} (which is later used)`);
  };
}

/** Whether constructors or labels are of one type. */
function sameType(env: Env, found: OpenedName, other: OpenedName): boolean {
  const headOf = (n: OpenedName): Path | undefined => {
    const type: TypeExpr | undefined = "result" in n ? n.result : undefined;
    const desc = type === undefined ? undefined : expandHead(env, type).desc;
    return desc?.kind === "constr" ? desc.path : undefined;
  };
  const a = headOf(found);
  const b = headOf(other);
  return a !== undefined && b !== undefined && samePath(a, b);
}

/** Opens the module that a name means in several environments at once. Throws `CompileError` when it is no structure. */
export function openNamed<E extends readonly Env[]>(envs: E, { ident, override, loc }: OpenSource): { readonly path: Path; readonly envs: { readonly [K in keyof E]: Env } } {
  const path = lookupModulePath(ident.loc, ident.value, envs[0]!);
  const mark = openMark(path, override, loc);
  const opened = envs.map((env) => {
    const inner = openModule(path, env, mark);
    if (inner === undefined) throw new CompileError(errorAt(ident.loc, `The module ${longidentName(ident.value)} is not a structure; it cannot be opened`));
    return inner;
  });
  return { path, envs: opened as { [K in keyof E]: Env } };
}

type OpenSource = Pick<Ast.OpenDescription, "ident" | "override" | "loc">;

/** As `openNamed`, in one environment. */
export function openIn(env: Env, source: OpenSource): { readonly path: Path; readonly env: Env } {
  const { path, envs } = openNamed([env] as const, source);
  return { path, env: envs[0] };
}
