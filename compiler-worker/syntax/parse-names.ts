/** Names, paths, labels, constants, attributes and extensions: what all other parsers share. */
import type { Attribute, Attributes, Constant, Extension, Loc, Longident, Payload } from "./ast.ts";
import { KEYWORDS } from "./lexer.ts";
import { parseSeqExpr } from "./parse-expressions.ts";
import { parseSignatureItems } from "./parse-signatures.ts";
import { parseStructureItems } from "./parse-structures.ts";
import { parsePattern } from "./parse-patterns.ts";
import { parseType } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

export function located<T>(p: TokenStream, start: number, value: T): Loc<T> {
  return { value, loc: p.location(start) };
}

/** Kinds of the operator classes that may be named in parentheses: `( + )`. */
export const OPERATOR_KINDS = new Set([
  "infix0", "infix1", "infix2", "infix3", "infix4", "prefixop", "hashop", "letop", "andop",
  "=", "<", ">", "||", "&&", "&", "or", "+", "-", "+.", "-.", "*", ":=", "!", "%", "+=",
]);

/** `of`: what has the name. */
export function parseLident(p: TokenStream, of = "value"): Loc<string> {
  const start = p.start;
  if (p.kind() !== "lident") p.fail(`name of ${/^[aeiou]/.test(of) ? "an" : "a"} ${of}`);
  const name = p.value;
  p.advance();
  return located(p, start, name);
}

export function parseUident(p: TokenStream, expected = "name of a module"): Loc<string> {
  const start = p.start;
  if (p.kind() !== "uident") p.fail(expected);
  const name = p.value;
  p.advance();
  return located(p, start, name);
}

/** Whether a parenthesised operator begins here: `(+)`, `(.())`, `(.%[]<-)`. */
export function atOperatorName(p: TokenStream): boolean {
  if (p.kind() !== "(") return false;
  const next = p.peek(1);
  if (OPERATOR_KINDS.has(next)) return p.peek(2) === ")";
  return next === "dotop";
}

/** After the `(` that began at `opened`: an operator that no expression or pattern begins with is a name, and its `)` is not there. */
export function refuseOperator(p: TokenStream, opened: number): void {
  if ((!OPERATOR_KINDS.has(p.kind()) || BEGINS_EXPRESSION.has(p.kind())) && p.kind() !== "::") return;
  p.advance();
  p.expectClosing(")", opened, opened + 1);
}
const BEGINS_EXPRESSION = new Set(["!", "prefixop", "-", "-.", "+", "+.", "letop"]);

/** The operator inside the parentheses, which stay. */
export function parseOperatorName(p: TokenStream): string {
  p.expect("(");
  let name = p.value;
  if (p.kind() === "dotop") {
    p.advance();
    const open = p.kind();
    const close = open === "(" ? ")" : open === "[" ? "]" : "}";
    p.advance();
    name += open;
    if (p.accept(";")) {
      p.expect("..");
      name += ";..";
    }
    p.expect(close);
    name += close;
    if (p.accept("<-")) name += "<-";
  } else p.advance();
  p.expect(")");
  return name;
}

/** A value's name: identifier or operator in parentheses. */
export function parseValueName(p: TokenStream): Loc<string> {
  const start = p.start;
  if (p.kind() === "lident") return parseLident(p);
  if (!atOperatorName(p)) {
    if (!p.accept("(")) p.fail("name of a value");
    if (OPERATOR_KINDS.has(p.kind())) {
      p.advance();
      p.expectClosing(")", start, start + 1);
    }
    p.fail("operator");
  }
  const name = parseOperatorName(p);
  return located(p, start, name);
}

const ident = (name: string): Longident => ({ kind: "ident", name });

/** `M.N.O`: stops before a dot that no upper-case identifier follows. */
export function parseModulePath(p: TokenStream): Loc<Longident> {
  const start = p.start;
  let path = ident(parseUident(p).value);
  while (p.kind() === "." && p.peek(1) === "uident") {
    p.advance();
    path = { kind: "dot", prefix: path, name: parseUident(p).value };
  }
  return located(p, start, path);
}

/** `M.N.O`: after a dot another module must follow. */
export function parseWholeModulePath(p: TokenStream): Loc<Longident> {
  const path = parseModulePath(p);
  if (p.accept(".")) p.fail("name of a module");
  return path;
}

/** `M.F(X).N`: after a dot another module must follow. */
export function parseWholeExtendedModulePath(p: TokenStream): Loc<Longident> {
  const path = parseExtendedModulePath(p);
  if (p.accept(".")) p.fail("name of a module");
  return path;
}

/** `M.F(X).N`: module paths with applications, as types may have. */
export function parseExtendedModulePath(p: TokenStream): Loc<Longident> {
  const start = p.start;
  let path = ident(parseUident(p).value);
  for (;;) {
    if (p.kind() === "." && p.peek(1) === "uident") {
      p.advance();
      path = { kind: "dot", prefix: path, name: parseUident(p).value };
    } else if (p.kind() === "(") {
      p.advance();
      const argument = p.nested(() => parseWholeExtendedModulePath(p)).value;
      p.expect(")");
      path = { kind: "apply", functor: path, argument };
    } else return located(p, start, path);
  }
}

/** A type's or class's path: `t`, `M.t`, `F(X).t`. */
export function parseTypePath(p: TokenStream): Loc<Longident> {
  const start = p.start;
  if (p.kind() !== "uident") return located(p, start, ident(parseLident(p, "type").value));
  const prefix = parseExtendedModulePath(p).value;
  p.expect(".");
  return located(p, start, { kind: "dot", prefix, name: parseLident(p, "type").value });
}

/** A module type's path: `S`, `M.S`, also with a lower-case name, and applications in the prefix. */
export function parseModuleTypePath(p: TokenStream): Loc<Longident> {
  const start = p.start;
  if (p.kind() !== "uident" && p.kind() !== "lident") p.fail("name of a module type");
  if (p.kind() === "lident") return located(p, start, ident(parseLident(p).value));
  let path = ident(parseUident(p).value);
  for (;;) {
    if (p.accept(".")) {
      const name = p.value;
      if (p.kind() !== "uident" && p.kind() !== "lident") p.fail("name of a module type");
      p.advance();
      path = { kind: "dot", prefix: path, name };
    } else if (p.kind() === "(") {
      p.advance();
      const argument = parseWholeExtendedModulePath(p).value;
      p.expect(")");
      path = { kind: "apply", functor: path, argument };
    } else return located(p, start, path);
  }
}

/** A constructor's path with `true`, `false`, `()`, `[]`, `(::)` for the special ones. */
export function parseConstructorPath(p: TokenStream): Loc<Longident> {
  const start = p.start;
  if (p.kind() === "true" || p.kind() === "false") {
    const name = p.kind();
    p.advance();
    return located(p, start, ident(name));
  }
  if (p.kind() === "(" && p.peek(1) === ")") {
    p.advance();
    p.advance();
    return located(p, start, ident("()"));
  }
  if (p.kind() === "[" && p.peek(1) === "]") {
    p.advance();
    p.advance();
    return located(p, start, ident("[]"));
  }
  if (p.kind() === "(" && p.peek(1) === "::" && p.peek(2) === ")") {
    p.advance();
    p.advance();
    p.advance();
    return located(p, start, ident("::"));
  }
  return parseModulePath(p);
}

/** A field's path: `x`, `M.x`. */
export function parseLabelPath(p: TokenStream): Loc<Longident> {
  const start = p.start;
  if (p.kind() !== "uident") return located(p, start, ident(parseLident(p, "field").value));
  const prefix = parseModulePath(p).value;
  p.expect(".");
  return located(p, start, { kind: "dot", prefix, name: parseLident(p, "field").value });
}

/** The last name of a path. */
export function lastName(path: Longident): string {
  return path.kind === "apply" ? "" : path.name;
}

// ---------------------------------------------------------------- constants

/** An unsigned literal. */
export function parseConstant(p: TokenStream): Constant {
  const kind = p.kind();
  const { value, extra } = p;
  const start = p.start;
  const end = p.end;
  switch (kind) {
    case "int":
      p.advance();
      return { kind: "integer", value, suffix: extra ?? "" };
    case "float":
      p.advance();
      return { kind: "float", value, suffix: extra ?? "" };
    case "char":
      p.advance();
      return { kind: "char", value: value.charCodeAt(0) };
    case "string": {
      p.advance();
      const margin = extra === undefined ? 1 : extra.length + 2;
      return { kind: "string", value, loc: p.location(start + margin, end - margin), delimiter: extra };
    }
    default:
      return p.fail("constant");
  }
}

/** A literal that may have a sign, as in patterns. */
export function parseSignedConstant(p: TokenStream): Constant {
  if (p.kind() === "-" || p.kind() === "-.") {
    const float = p.kind() === "-.";
    p.advance();
    const constant = parseConstant(p);
    if (constant.kind === "integer" && !float) return { ...constant, value: `-${constant.value}` };
    if (constant.kind === "float") return { ...constant, value: `-${constant.value}` };
    return p.fail("number");
  }
  if (p.kind() === "+" || p.kind() === "+.") {
    p.advance();
    return parseConstant(p);
  }
  return parseConstant(p);
}

// ---------------------------------------------------------------- attributes and extensions

/** An attribute's name: identifiers (keywords too) with dots. */
export function parseAttributeName(p: TokenStream): Loc<string> {
  const start = p.start;
  let name = "";
  for (;;) {
    if (p.kind() !== "lident" && p.kind() !== "uident" && !KEYWORDS.has(p.kind())) p.fail("name of an attribute or an extension");
    name += p.value;
    p.advance();
    if (p.kind() !== ".") return located(p, start, name);
    p.advance();
    name += ".";
  }
}

export function parsePayload(p: TokenStream): Payload {
  switch (p.kind()) {
    case ":":
      p.advance();
      if (isSignatureStart(p)) return { kind: "signature", items: parseSignatureItems(p, "]") };
      if (p.kind() === "]") return { kind: "signature", items: [] };
      return { kind: "type", type: parseType(p) };
    case "?": {
      p.advance();
      const pattern = parsePattern(p);
      const guard = p.accept("when") ? parseSeqExpr(p) : undefined;
      return { kind: "pattern", pattern, guard };
    }
    default:
      return { kind: "structure", items: parseStructureItems(p, "]") };
  }
}

function isSignatureStart(p: TokenStream): boolean {
  return ["val", "type", "module", "open", "include", "exception", "external", "class", "[@@@", "[%%"].includes(p.kind());
}

/** `[@name payload]` and its siblings, after the opening token. */
function finishAttribute(p: TokenStream, start: number): Attribute {
  const opened = p.tokens.starts[p.position - 1]!;
  const openedEnd = p.previousEnd;
  const name = parseAttributeName(p);
  const payload = p.nested(() => parsePayload(p));
  p.expectClosing("]", opened, openedEnd);
  return { name, payload, loc: p.location(start) };
}

export const NO_ATTRIBUTES: Attributes = [];

function parseAttributesOf(p: TokenStream, opening: string): Attributes {
  if (p.kind() !== opening) return NO_ATTRIBUTES;
  const attributes: Attribute[] = [];
  while (p.kind() === opening) {
    const start = p.start;
    p.advance();
    attributes.push(finishAttribute(p, start));
  }
  return attributes;
}

/** `[@…]*` */
export const parseAttributes = (p: TokenStream): Attributes => parseAttributesOf(p, "[@");
/** `[@@…]*`, behind items. */
export const parsePostAttributes = (p: TokenStream): Attributes => parseAttributesOf(p, "[@@");
/** `[@@@…]`, one floating. */
export function parseFloatingAttribute(p: TokenStream): Attribute {
  const start = p.start;
  p.expect("[@@@");
  return finishAttribute(p, start);
}

/** `[%name payload]` or `[%%name payload]`, from the opening token; also `{%name|…|}`. */
export function parseExtension(p: TokenStream): Extension {
  if (p.kind() === "quotedext" || p.kind() === "quotedextitem") {
    const start = p.start;
    const [name = "", delimiter = ""] = (p.extra ?? "").split(" ");
    const value = p.value;
    const from = start + (p.kind() === "quotedext" ? "{%" : "{%%").length;
    p.advance();
    const loc = p.location(start);
    const expression = { desc: { kind: "constant", constant: { kind: "string", value, loc, delimiter } }, loc, attributes: [] } as const;
    return { name: { value: name, loc: p.location(from, from + name.length) }, payload: { kind: "structure", items: [{ desc: { kind: "eval", expression, attributes: [] }, loc }] } };
  }
  const opened = p.start;
  const openedEnd = p.end;
  p.advance();
  const name = parseAttributeName(p);
  const payload = p.nested(() => parsePayload(p));
  p.expectClosing("]", opened, openedEnd);
  return { name, payload };
}

/** What may stand behind a keyword: `%ext` and `[@attr]`s. */
export function parseKeywordExtension(p: TokenStream): { extension: Loc<string> | undefined; attributes: Attributes } {
  let extension: Loc<string> | undefined;
  if (p.kind() === "%" && p.start === p.previousEnd) {
    p.advance();
    extension = parseAttributeName(p);
  }
  return { extension, attributes: parseAttributes(p) };
}
