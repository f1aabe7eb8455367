/** Fields and indices: `e.x`, `e.(i)`, user-defined index operators (reference manual, sections 11.7.7 and 12.20), and assignments to them. */
import type { Expression, Loc, Longident } from "./ast.ts";
import { mkExpr } from "./expression-nodes.ts";
import { parseExpr, parseSeqExpr } from "./parse-expressions.ts";
import { NO_ATTRIBUTES, parseLabelPath, parseModulePath } from "./parse-names.ts";
import { NO_LABEL } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

/** `x.f <- e`, `a.(i) <- e`, `x <- e`: the left side is the simple expression right before the arrow, without parentheses, the right one reaches as far as it can. */
export function parseAssignment(p: TokenStream, target: Expression): Expression {
  const { desc, loc: { start } } = target;
  const index = INDEXED.get(target);
  if (desc.kind === "field" && desc.record.loc.start === start) {
    p.advance();
    const value = parseExpr(p);
    return mkExpr(p, start, { kind: "setfield", record: desc.record, ident: desc.ident, value }, value.loc.end);
  }
  if (desc.kind === "ident" && desc.ident.value.kind === "ident" && desc.ident.loc.start === start && p.file.text[start] !== "(") {
    p.advance();
    const value = parseExpr(p);
    return mkExpr(p, start, { kind: "setinstvar", name: { value: desc.ident.value.name, loc: target.loc }, value }, value.loc.end);
  }
  if (index !== undefined && index.array.loc.start === start) {
    p.advance();
    const value = parseExpr(p);
    const { end } = value.loc;
    const { array, indices } = index;
    const path = assignmentFunction(index.path);
    const callee: Expression = { desc: { kind: "ident", ident: { value: path, loc: p.ghost(start, end) } }, loc: p.ghost(start, end), attributes: NO_ATTRIBUTES };
    const args = [array, ...indices, value].map((argument) => ({ label: NO_LABEL, argument }));
    return mkExpr(p, start, { kind: "apply", function: callee, args }, end);
  }
  return p.fail(undefined, [{ location: p.location(start, target.loc.end), message: "This is nothing that '<-' could change" }]);
}

/** Index expressions, remembered so that `<-` can make stores of them. */
interface Indexed {
  readonly array: Expression;
  readonly indices: readonly Expression[];
  readonly path: Longident;
}
const INDEXED = new WeakMap<Expression, Indexed>();

function assignmentFunction(path: Longident): Longident {
  if (path.kind === "dot") {
    if (path.name === "get") return { kind: "dot", prefix: path.prefix, name: "set" };
    return { kind: "dot", prefix: path.prefix, name: `${path.name}<-` };
  }
  return path.kind === "ident" ? { kind: "ident", name: `${path.name}<-` } : path;
}

/** After `e.`: a field's path, or `M.N.%( … )`: a user-defined index of a module. */
export function parseLabelPathOrIndex(p: TokenStream, start: number, e: Expression): Loc<Longident> | Expression {
  if (p.kind() === "uident") {
    let ahead = 1;
    while (p.peek(ahead) === "." && p.peek(ahead + 1) === "uident") ahead += 2;
    if (p.peek(ahead) === "dotop") {
      const path = parseModulePath(p).value;
      return parseDotOp(p, start, e, path);
    }
  }
  return parseLabelPath(p);
}

/** `.(i)`, `.[i]`, `.{i, j}`: calls of the library's functions. */
export function parseIndex(p: TokenStream, start: number, array: Expression): Expression {
  const open = p.kind();
  const opened = p.start;
  const close = open === "(" ? ")" : open === "[" ? "]" : "}";
  p.advance();
  const index = parseSeqExpr(p);
  p.expectClosing(close, opened, opened + 1);
  let path: Longident;
  let indices: Expression[] = [index];
  const module = (name: string): Longident => ({ kind: "ident", name });
  if (open === "(") path = { kind: "dot", prefix: module("Array"), name: "get" };
  else if (open === "[") path = { kind: "dot", prefix: module("String"), name: "get" };
  else {
    if (index.desc.kind === "tuple") indices = [...index.desc.components];
    const bigarray = module("Bigarray");
    if (indices.length <= 3) path = { kind: "dot", prefix: { kind: "dot", prefix: bigarray, name: `Array${indices.length}` }, name: "get" };
    else {
      path = { kind: "dot", prefix: { kind: "dot", prefix: bigarray, name: "Genarray" }, name: "get" };
      indices = [{ desc: { kind: "array", elements: indices }, loc: p.ghost(index.loc.start, index.loc.end), attributes: NO_ATTRIBUTES }];
    }
  }
  return mkIndexed(p, start, array, indices, path);
}

function mkIndexed(p: TokenStream, start: number, array: Expression, indices: readonly Expression[], path: Longident): Expression {
  const callee: Expression = { desc: { kind: "ident", ident: { value: path, loc: p.ghost(start) } }, loc: p.ghost(start), attributes: NO_ATTRIBUTES };
  const e = mkExpr(p, start, { kind: "apply", function: callee, args: [array, ...indices].map((argument) => ({ label: NO_LABEL, argument })) });
  INDEXED.set(e, { array, indices, path });
  return e;
}

/** `a.%(i)`, `a.%(i; j)`, `M.(a).%[…]`: user-defined index operators. */
export function parseDotOp(p: TokenStream, start: number, array: Expression, prefix: Longident | undefined): Expression {
  const op = p.value;
  p.advance();
  const open = p.kind();
  if (open !== "(" && open !== "[" && open !== "{") p.fail("'(', '[' or '{'");
  const opened = p.start;
  const close = open === "(" ? ")" : open === "[" ? "]" : "}";
  p.advance();
  const elements: Expression[] = [];
  do {
    if (elements.length > 0 && p.kind() === close) break;
    elements.push(parseExpr(p));
  } while (p.accept(";"));
  p.expectClosing(close, opened, opened + 1);
  const many = elements.length > 1;
  const name = `${op}${open}${many ? ";.." : ""}${close}`;
  const path: Longident = prefix === undefined ? { kind: "ident", name } : { kind: "dot", prefix, name };
  const first = elements[0]!;
  const index: Expression = many ? { desc: { kind: "array", elements }, loc: p.ghost(first.loc.start), attributes: NO_ATTRIBUTES } : first;
  return mkIndexed(p, start, array, [index], path);
}
