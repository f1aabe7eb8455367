/** Patterns (reference manual, section 11.6). */
import type { Loc, Pattern, PatternDesc } from "./ast.ts";
import {
  atOperatorName, lastName, located, NO_ATTRIBUTES, parseAttributes, parseConstructorPath, parseExtension, parseKeywordExtension,
  parseLabelPath, parseLident, parseModulePath, parseOperatorName, parseSignedConstant, parseTypePath, parseUident, parseValueName, refuseOperator,
} from "./parse-names.ts";
import { parseNewTypes } from "./parse-lets.ts";
import { mkType, parsePackageType, parseType } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

export function mkPattern(p: TokenStream, start: number, desc: PatternDesc, end?: number): Pattern {
  return { desc, loc: p.location(start, end), attributes: NO_ATTRIBUTES };
}

/** A whole pattern: `as`, `|`, `,`, `::` and attributes. */
export function parsePattern(p: TokenStream): Pattern {
  p.enter();
  const start = p.start;
  let pattern = parseAlternatives(p);
  for (;;) {
    if (p.kind() === "as") {
      p.advance();
      const name = parseValueName(p);
      pattern = mkPattern(p, start, { kind: "alias", pattern, name });
      // The alias may be an operand again: `p as x :: q`, `p as x | q`, `p as x, q`.
      if (p.kind() === "::") {
        const op = p.start;
        p.advance();
        pattern = mkCons(p, start, op, pattern, parseCons(p));
      }
      if (p.kind() === ",") {
        const components = [pattern];
        while (p.accept(",")) components.push(parseCons(p));
        pattern = mkPattern(p, start, { kind: "tuple", components });
      }
      while (p.accept("|")) {
        const right = parseCommas(p);
        pattern = mkPattern(p, start, { kind: "or", left: pattern, right });
      }
    } else if (p.kind() === "[@") {
      const attributes = parseAttributes(p);
      pattern = { desc: pattern.desc, loc: pattern.loc, attributes: [...pattern.attributes, ...attributes] };
    } else break;
  }
  p.leave();
  return pattern;
}

function parseAlternatives(p: TokenStream): Pattern {
  const start = p.start;
  let left = parseCommas(p);
  while (p.kind() === "|") {
    p.advance();
    const right = parseCommas(p);
    left = mkPattern(p, start, { kind: "or", left, right });
  }
  return left;
}

function parseCommas(p: TokenStream): Pattern {
  const start = p.start;
  if (p.kind() === "effect") {
    p.advance();
    const effect = parseApplied(p);
    p.expect(",");
    const continuation = parseSimplePattern(p);
    return mkPattern(p, start, { kind: "effect", effect, continuation });
  }
  const first = parseCons(p);
  if (p.kind() !== ",") return first;
  const components = [first];
  while (p.accept(",")) components.push(parseCons(p));
  return mkPattern(p, start, { kind: "tuple", components });
}

function parseCons(p: TokenStream): Pattern {
  const parts: { pattern: Pattern; start: number; op: number }[] = [];
  for (;;) {
    const start = p.start;
    let pattern = parseApplied(p);
    while (p.kind() === "[@") {
      const attributes = parseAttributes(p);
      pattern = { desc: pattern.desc, loc: pattern.loc, attributes: [...pattern.attributes, ...attributes] };
    }
    parts.push({ pattern, start, op: p.start });
    if (!p.accept("::")) break;
  }
  let result = parts[parts.length - 1]!.pattern;
  for (let i = parts.length - 2; i >= 0; i--) {
    const { pattern, start, op } = parts[i]!;
    result = mkCons(p, start, op, pattern, result);
  }
  return result;
}

function mkCons(p: TokenStream, start: number, op: number, head: Pattern, tail: Pattern): Pattern {
  const end = tail.loc.end;
  const pair: Pattern = { desc: { kind: "tuple", components: [head, tail] }, loc: p.ghost(start, end), attributes: NO_ATTRIBUTES };
  return mkPattern(p, start, { kind: "construct", ident: { value: { kind: "ident", name: "::" }, loc: p.location(op, op + 2) }, argument: { types: [], pattern: pair } }, end);
}

/** Constructor application, `lazy`, `exception`, or a simple pattern. */
function parseApplied(p: TokenStream): Pattern {
  const { start, position } = p;
  switch (p.kind()) {
    case "lazy": {
      p.advance();
      const { attributes } = parseKeywordExtension(p);
      const pattern = parseSimplePattern(p);
      return { desc: { kind: "lazy", pattern }, loc: p.location(start), attributes };
    }
    case "exception": {
      p.advance();
      const { attributes } = parseKeywordExtension(p);
      const pattern = parseCons(p);
      return { desc: { kind: "exception", pattern }, loc: p.location(start), attributes };
    }
    case "`": {
      p.advance();
      const label = p.value;
      if (p.kind() !== "lident" && p.kind() !== "uident") p.fail("name of a tag");
      p.advance();
      const argument = atArgument(p) ? parseArgument(p) : undefined;
      if (argument === undefined) p.tookSimplePattern(position);
      return mkPattern(p, start, { kind: "variant", label, argument });
    }
    case "uident":
    case "true":
    case "false":
    case "(":
    case "[": {
      const simple = parseSimplePattern(p);
      if (simple.desc.kind !== "construct" || simple.desc.argument !== undefined || !atArgument(p) || !isConstructorToken(p, simple)) return simple;
      const ident = simple.desc.ident;
      let types: Loc<string>[] = [];
      if (p.kind() === "(" && p.peek(1) === "type") {
        p.advance();
        p.advance();
        types = parseNewTypes(p);
        p.expect(")");
      }
      const pattern = types.length > 0 ? parseSimplePattern(p) : parseArgument(p);
      return mkPattern(p, start, { kind: "construct", ident, argument: { types, pattern } });
    }
    default:
      return parseSimplePattern(p);
  }
}

/** Whether a constructor's argument begins here: `Some (C x)`, and without parentheses `Some C x`, `Some lazy x`, `Some -1`. */
function atArgument(p: TokenStream): boolean {
  return SIMPLE_START.has(p.kind()) || p.kind() === "lazy" || p.kind() === "exception";
}

function parseArgument(p: TokenStream): Pattern {
  p.enter();
  const pattern = parseApplied(p);
  p.leave();
  return pattern;
}

/** Whether a constructor without argument was not in parentheses: `C`, `true`, `()`, `[]`, `(::)`. */
function isConstructorToken(p: TokenStream, { loc: { start, end } }: Pattern): boolean {
  const { text } = p.file;
  const c = text.charCodeAt(start);
  return (c !== 40 && c !== 91) || /^(?:\(\s*(?:::\s*)?\)|\[\s*\])$/.test(text.slice(start, end));
}

const SIMPLE_START = new Set(["lident", "_", "uident", "int", "float", "char", "string", "true", "false", "(", "[", "[|", "{", "`", "#", "-", "+", "-.", "+.", "[%", "quotedext"]);

export function parseSimplePattern(p: TokenStream): Pattern {
  p.enter();
  const { position } = p;
  const pattern = parseSimple(p);
  p.tookSimplePattern(position);
  p.leave();
  return pattern;
}

function parseSimple(p: TokenStream): Pattern {
  const start = p.start;
  switch (p.kind()) {
    case "_":
      p.advance();
      return mkPattern(p, start, { kind: "any" });
    case "lident":
      return mkPattern(p, start, { kind: "var", name: parseLident(p) });
    case "int":
    case "float":
    case "char":
    case "string":
    case "-":
    case "+":
    case "-.":
    case "+.": {
      const low = parseSignedConstant(p);
      if (p.accept("..")) {
        const high = parseSignedConstant(p);
        return mkPattern(p, start, { kind: "interval", low, high });
      }
      return mkPattern(p, start, { kind: "constant", constant: low });
    }
    case "true":
    case "false":
      return mkPattern(p, start, { kind: "construct", ident: parseConstructorPath(p), argument: undefined });
    case "uident":
      return parsePathPattern(p, start);
    case "`": {
      p.advance();
      const label = p.value;
      if (p.kind() !== "lident" && p.kind() !== "uident") p.fail("name of a tag");
      p.advance();
      return mkPattern(p, start, { kind: "variant", label, argument: undefined });
    }
    case "#":
      p.advance();
      return mkPattern(p, start, { kind: "type", ident: parseTypePath(p) });
    case "{":
      return parseRecordPattern(p, start);
    case "[":
      return parseListPattern(p, start);
    case "[|": {
      p.advance();
      const elements: Pattern[] = [];
      while (p.kind() !== "|]") {
        elements.push(parsePattern(p));
        if (!p.accept(";")) break;
      }
      p.expectClosing("|]", start, start + 2);
      return mkPattern(p, start, { kind: "array", elements });
    }
    case "[%":
    case "quotedext":
      return mkPattern(p, start, { kind: "extension", extension: parseExtension(p) });
    case "(":
      return parseParenthesizedPattern(p, start);
    default:
      return p.fail("pattern");
  }
}

function parsePathPattern(p: TokenStream, start: number): Pattern {
  const path = parseModulePath(p);
  if (p.kind() !== ".") return mkPattern(p, start, { kind: "construct", ident: path, argument: undefined });
  // M.(p), M.{…}, M.[…], M.[|…|], M.()
  p.advance();
  const innerStart = p.start;
  if (p.kind() === "(") {
    if (p.peek(1) === ")") {
      p.advance();
      p.advance();
      const unit = mkPattern(p, innerStart, { kind: "construct", ident: located(p, innerStart, { kind: "ident", name: "()" }), argument: undefined });
      return mkPattern(p, start, { kind: "open", ident: path, pattern: unit });
    }
    const openedEnd = p.end;
    p.advance();
    const pattern = parsePattern(p);
    p.expectClosing(")", innerStart, openedEnd);
    return mkPattern(p, start, { kind: "open", ident: path, pattern });
  }
  if (p.kind() === "{" || p.kind() === "[" || p.kind() === "[|") return mkPattern(p, start, { kind: "open", ident: path, pattern: parseSimplePattern(p) });
  return p.fail("pattern");
}

function parseListPattern(p: TokenStream, start: number): Pattern {
  p.advance();
  const elements: Pattern[] = [];
  while (p.kind() !== "]") {
    elements.push(parsePattern(p));
    if (!p.accept(";")) break;
  }
  const closeStart = p.start;
  p.expectClosing("]", start, start + 1);
  let result = mkPattern(p, elements.length === 0 ? start : closeStart, { kind: "construct", ident: located(p, elements.length === 0 ? start : closeStart, { kind: "ident", name: "[]" }), argument: undefined });
  const end = p.previousEnd;
  if (elements.length > 0) result = { ...result, loc: p.ghost(closeStart, end) };
  for (let i = elements.length - 1; i >= 0; i--) {
    const element = elements[i]!;
    const pair: Pattern = { desc: { kind: "tuple", components: [element, result] }, loc: p.ghost(element.loc.start, end), attributes: NO_ATTRIBUTES };
    const desc: PatternDesc = { kind: "construct", ident: { value: { kind: "ident", name: "::" }, loc: p.ghost(element.loc.start, end) }, argument: { types: [], pattern: pair } };
    result = { desc, loc: i === 0 ? p.location(start, end) : p.ghost(element.loc.start, end), attributes: NO_ATTRIBUTES };
  }
  return result;
}

function parseRecordPattern(p: TokenStream, start: number): Pattern {
  p.advance();
  const fields: { ident: ReturnType<typeof parseLabelPath>; pattern: Pattern }[] = [];
  let closed: "closed" | "open" = "closed";
  while (p.kind() !== "}") {
    if (p.kind() === "_") {
      p.advance();
      p.accept(";");
      closed = "open";
      break;
    }
    const fieldStart = p.start;
    const ident = parseLabelPath(p);
    const type = p.accept(":") ? parseType(p) : undefined;
    let pattern: Pattern;
    if (p.accept("=")) pattern = parsePattern(p);
    else pattern = { desc: { kind: "var", name: { value: lastName(ident.value), loc: ident.loc } }, loc: ident.loc, attributes: NO_ATTRIBUTES };
    if (type !== undefined) pattern = mkPattern(p, fieldStart, { kind: "constraint", pattern, type });
    fields.push({ ident, pattern });
    if (!p.accept(";")) break;
  }
  p.expectClosing("}", start, start + 1);
  return mkPattern(p, start, { kind: "record", fields, closed });
}

function parseParenthesizedPattern(p: TokenStream, start: number): Pattern {
  const openedEnd = p.end;
  if (p.peek(1) === ")") return mkPattern(p, start, { kind: "construct", ident: parseConstructorPath(p), argument: undefined });
  if (p.peek(1) === "::" && p.peek(2) === ")") return mkPattern(p, start, { kind: "construct", ident: parseConstructorPath(p), argument: undefined });
  if (atOperatorName(p)) {
    const name = parseOperatorName(p);
    return mkPattern(p, start, { kind: "var", name: located(p, start, name) });
  }
  p.advance();
  refuseOperator(p, start);
  if (p.kind() === "module") {
    p.advance();
    const { attributes } = parseKeywordExtension(p);
    const nameStart = p.start;
    let name: Loc<string | undefined>;
    if (p.kind() === "_") {
      p.advance();
      name = located(p, nameStart, undefined);
    } else name = parseUident(p);
    if (p.accept(":")) {
      const typeStart = p.start;
      const packageType = parsePackageType(p);
      const type = mkType(p, typeStart, { kind: "package", package: packageType });
      p.expectClosing(")", start, openedEnd);
      const unpack: Pattern = { desc: { kind: "unpack", name }, loc: name.loc, attributes };
      return mkPattern(p, start, { kind: "constraint", pattern: unpack, type });
    }
    p.expectClosing(")", start, openedEnd);
    return { desc: { kind: "unpack", name }, loc: p.location(start), attributes };
  }
  const pattern = parsePattern(p);
  if (p.accept(":")) {
    const type = parseType(p);
    p.expectClosing(")", start, openedEnd);
    return mkPattern(p, start, { kind: "constraint", pattern, type });
  }
  p.expectClosing(")", start, openedEnd);
  return { desc: pattern.desc, loc: p.location(start), attributes: pattern.attributes };
}
