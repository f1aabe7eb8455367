/** Nodes of expressions as the parsers of expressions make them. */
import type { Attributes, Expression, ExpressionDesc, Loc, TypeConstraint } from "./ast.ts";
import type { Location } from "./diagnostics.ts";
import { NO_ATTRIBUTES } from "./parse-names.ts";
import type { TokenStream } from "./token-stream.ts";

export function mkExpr(p: TokenStream, start: number, desc: ExpressionDesc, end?: number): Expression {
  return { desc, loc: p.location(start, end), attributes: NO_ATTRIBUTES };
}

export function withAttributes(e: Expression, attributes: Attributes): Expression {
  return attributes.length === 0 ? e : { desc: e.desc, loc: e.loc, attributes: [...e.attributes, ...attributes] };
}

/** `match%ext …`: the extension node around the expression. */
export function wrapExtension(p: TokenStream, e: Expression, extension: Loc<string> | undefined): Expression {
  if (extension === undefined) return e;
  return { desc: { kind: "extension", extension: { name: extension, payload: { kind: "structure", items: [{ desc: { kind: "eval", expression: e, attributes: [] }, loc: e.loc }] } } }, loc: p.ghost(e.loc.start, e.loc.end), attributes: NO_ATTRIBUTES };
}

export function identExpr(p: TokenStream, start: number, end: number, name: string, loc: Location = p.location(start, end)): Expression {
  return { desc: { kind: "ident", ident: { value: { kind: "ident", name }, loc } }, loc, attributes: NO_ATTRIBUTES };
}

export function constrained(expression: Expression, type: TypeConstraint | undefined, loc: Location): Expression {
  if (type === undefined) return expression;
  const desc: ExpressionDesc = type.kind === "constraint" ? { kind: "constraint", expression, type: type.type } : { kind: "coerce", expression, from: type.from, to: type.to };
  return { desc, loc, attributes: NO_ATTRIBUTES };
}
