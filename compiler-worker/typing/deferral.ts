/**
 * Values whose definitions are typed when something asks for them: in units of packages that were checked before they were published,
 * so that a program costs what it reaches. Until then a value is known by its name; its type is that of the interface, or is found
 * by typing it.
 *
 * Types of values that such a unit's interface declares wait as well (`deferDeclared`).
 *
 * Only definitions that nothing depends on in another way are put off: functions at the top of a unit or of its modules, in units in
 * which no value's type is left open by its definition (`let table = ref []`: its type is found from its uses); and others of which someone
 * knows that their types are closed (`Deferrable`).
 */
import type * as Ast from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { withoutScopes } from "./btype.ts";
import { freshUid } from "./env.ts";
import { createLocal } from "./ident.ts";
import { isolated, separateState } from "./isolation.ts";
import type * as T from "./typedtree.ts";
import type { Ident, TypeExpr, ValueDescription } from "./types.ts";

/** How what is put off is typed, for the unit that it is in. */
export type RunLater = <R>(run: () => R) => R;

/** Whether it is known of the `let` at a place, whose patterns are variables, that their types are closed. */
export type Deferrable = (at: Location) => boolean;

let runLater: RunLater | undefined;
let isDeferrable: Deferrable | undefined;
let defersFunctions = false;
separateState(() => {
  const saved = { runLater, isDeferrable, defersFunctions };
  runLater = undefined;
  return () => {
    ({ runLater, isDeferrable, defersFunctions } = saved);
  };
});

/** Types a unit's structure; `later` is used for what is put off: functions if `functions`, and what is `deferrable`. */
export function deferring<R>(later: RunLater, functions: boolean, deferrable: Deferrable | undefined, run: () => R): R {
  return isolated(() => {
    withoutScopes();
    runLater = later;
    defersFunctions = functions;
    isDeferrable = deferrable;
    return run();
  });
}

/** From now on, the unit's values are typed where they stand. */
export function deferNoMore(): void {
  runLater = undefined;
}

const putOff = new WeakSet<ValueDescription>();
/** Whether the value's type is not known yet unless someone asked for it. */
export const isDeferred = (description: ValueDescription): boolean => putOff.has(description);

/** Whether the value may stay as it is where its own unit, which was checked, asks for it to have a type. */
export const isTrusted = (description: ValueDescription): boolean => runLater !== undefined && putOff.has(description);

export interface DeferredBindings {
  readonly item: Extract<T.StructureItemDesc, { kind: "deferred" }>;
  readonly values: readonly { readonly id: Ident; readonly description: ValueDescription }[];
}
interface Typed {
  readonly bindings: readonly T.ValueBinding[];
  readonly types: readonly TypeExpr[];
}

/** The value under a substitution of its type, put off as well. */
export function deferCopy(original: ValueDescription, copyType: (type: TypeExpr) => TypeExpr): ValueDescription {
  let type: TypeExpr | undefined;
  return putOffDescription({
    get type() {
      return (type ??= copyType(original.type));
    },
    valueKind: original.valueKind,
    loc: original.loc,
    attributes: original.attributes,
    uid: original.uid,
  });
}

/** The value that a signature declares, its type made by `translate` when someone asks; undefined when it is to be made now. */
export function deferDeclared(source: Ast.ValueDescription, translate: () => TypeExpr): ValueDescription | undefined {
  const later = runLater;
  if (later === undefined) return undefined;
  let type: TypeExpr | undefined;
  return putOffDescription({
    get type() {
      return (type ??= later(translate));
    },
    valueKind: { kind: "regular" },
    loc: source.loc,
    attributes: source.attributes,
    uid: freshUid(),
  });
}

function putOffDescription(description: ValueDescription): ValueDescription {
  putOff.add(description);
  return description;
}

/** The values that the `let` of a structure at `at` defines, to be typed by `type` with the identifiers that they have from now on; undefined when the `let` cannot be put off. */
export function deferBindings(rec: Ast.RecFlag, sources: readonly Ast.ValueBinding[], at: Location, type: (ids: readonly Ident[]) => Typed): DeferredBindings | undefined {
  const later = runLater;
  if (later === undefined || (rec === "nonrecursive" && sources.length > 1)) return undefined;
  if (!sources.every(isPlain)) return undefined;
  const areFunctions = sources.every((source) => source.expression.desc.kind === "function");
  if (!(areFunctions && defersFunctions) && isDeferrable?.(at) !== true) return undefined;
  const ids = sources.map((s) => createLocal(s.pattern.desc.kind === "var" ? s.pattern.desc.name.value : ""));
  if (new Set(ids.map((id) => id.name)).size < ids.length) return undefined;
  let typed: Typed | undefined;
  const force = (): Typed => (typed ??= later(() => type(ids)));
  const values = ids.map((id, i) => {
    const description = putOffDescription({
      get type() {
        return force().types[i]!;
      },
      valueKind: { kind: "regular" },
      loc: sources[i]!.pattern.loc,
      attributes: [],
      uid: freshUid(),
    });
    return { id, description };
  });
  return { item: { kind: "deferred", rec, ids, areFunctions, attributes: sources.map((s) => s.attributes), bindings: () => force().bindings }, values };
}

const isPlain = (source: Ast.ValueBinding): boolean => source.pattern.desc.kind === "var" && source.constraint?.kind !== "coercion";
