/**
 * Copies with some fields changed of what there is most of. A JavaScript engine gives what each spread (`{ ...x, y }`) makes a hidden
 * class of its own, and code that meets more than four of them looks every field up: these have the class of the original's literal.
 */
import type { Location } from "../syntax/diagnostics.ts";
import type * as T from "./typedtree.ts";
import type { ConstructorDeclaration, LabelDeclaration, TypeDeclaration, TypeExpr, ValueDescription } from "./types.ts";

export function expressionWith(e: T.Expression, c: Partial<T.Expression>): T.Expression {
  return { desc: c.desc ?? e.desc, loc: c.loc ?? e.loc, type: c.type ?? e.type, env: c.env ?? e.env, attributes: c.attributes ?? e.attributes, extra: c.extra ?? e.extra };
}

export function patternWith(p: T.Pattern, c: Partial<T.Pattern>): T.Pattern {
  return { desc: c.desc ?? p.desc, loc: c.loc ?? p.loc, type: c.type ?? p.type, env: c.env ?? p.env, attributes: c.attributes ?? p.attributes, extra: c.extra ?? p.extra };
}

export function descriptionWith(d: ValueDescription, type: TypeExpr): ValueDescription {
  return { type, valueKind: d.valueKind, loc: d.loc, attributes: d.attributes, uid: d.uid };
}

export function labelWith(l: LabelDeclaration, type: TypeExpr): LabelDeclaration {
  return { id: l.id, mutable: l.mutable, type, loc: l.loc, attributes: l.attributes, uid: l.uid };
}

export function constructorWith(d: ConstructorDeclaration, args: ConstructorDeclaration["args"], result: TypeExpr | undefined): ConstructorDeclaration {
  return { id: d.id, args, result, loc: d.loc, attributes: d.attributes, uid: d.uid };
}

/** `manifest` may be taken away. */
export function declarationWith(d: TypeDeclaration, c: Partial<TypeDeclaration>): TypeDeclaration {
  return {
    parameters: c.parameters ?? d.parameters, arity: d.arity, kind: c.kind ?? d.kind, private: c.private ?? d.private, manifest: "manifest" in c ? c.manifest : d.manifest, variance: c.variance ?? d.variance,
    separability: c.separability ?? d.separability, isNewtype: c.isNewtype ?? d.isNewtype, expansionScope: c.expansionScope ?? d.expansionScope, loc: d.loc, attributes: d.attributes, immediate: c.immediate ?? d.immediate, unboxed: d.unboxed, uid: d.uid,
  };
}

/** The same place, made up. */
export function ghostly(loc: Location): Location {
  return { file: loc.file, start: loc.start, end: loc.end, ghost: true };
}
