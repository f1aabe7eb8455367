/** Simple expressions: what may be an argument (reference manual, section 11.7). */
import type { Expression, ExpressionDesc, Loc, Longident, TypeConstraint } from "./ast.ts";
import { constrained, identExpr, mkExpr, withAttributes, wrapExtension } from "./expression-nodes.ts";
import { parseClassStructure } from "./parse-classes.ts";
import { canBeginExpression, parseExpr, parseSeqExpr } from "./parse-expressions.ts";
import { parseDotOp, parseIndex, parseLabelPathOrIndex } from "./parse-indices.ts";
import { parseReturnConstraint } from "./parse-lets.ts";
import { parseModuleExpr } from "./parse-modules.ts";
import { NO_ATTRIBUTES, atOperatorName, lastName, located, parseConstant, parseConstructorPath, parseExtension, parseKeywordExtension, parseLabelPath, parseLident, parseModulePath, parseOperatorName, parseTypePath, refuseOperator } from "./parse-names.ts";
import { NO_LABEL, mkType, parsePackageType, parsePolyType, parseType } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

/** A simple expression with its `.field`, `.(i)`, `#method` suffixes. */
export function parseSimple(p: TokenStream): Expression {
  p.enter();
  const start = p.start;
  let e = parseAtom(p);
  for (;;) {
    switch (p.kind()) {
      case ".": {
        const next = p.peek(1);
        if (next === "(" || next === "[" || next === "{") {
          p.advance();
          e = parseIndex(p, start, e);
          continue;
        }
        p.advance();
        const ident = parseLabelPathOrIndex(p, start, e);
        if ("desc" in ident) e = ident;
        else e = mkExpr(p, start, { kind: "field", record: e, ident });
        continue;
      }
      case "dotop":
        e = parseDotOp(p, start, e, undefined);
        continue;
      case "#": {
        p.advance();
        const method = parseLident(p, "method");
        e = mkExpr(p, start, { kind: "send", object: e, method });
        continue;
      }
      case "hashop": {
        const op = { start: p.start, end: p.end, value: p.value };
        p.advance();
        const argument = parseSimple(p);
        const operator = identExpr(p, op.start, op.end, op.value);
        e = mkExpr(p, start, { kind: "apply", function: operator, args: [{ label: NO_LABEL, argument: e }, { label: NO_LABEL, argument }] });
        continue;
      }
    }
    break;
  }
  p.leave();
  return e;
}

function parseAtom(p: TokenStream): Expression {
  const start = p.start;
  switch (p.kind()) {
    case "lident": {
      const name = parseLident(p);
      return mkExpr(p, start, { kind: "ident", ident: { value: { kind: "ident", name: name.value }, loc: name.loc } });
    }
    case "uident":
      return parsePathExpr(p, start);
    case "int":
    case "float":
    case "char":
    case "string":
      return mkExpr(p, start, { kind: "constant", constant: parseConstant(p) });
    case "true":
    case "false":
      return mkExpr(p, start, { kind: "construct", ident: parseConstructorPath(p), argument: undefined });
    case "`": {
      p.advance();
      const label = p.value;
      if (p.kind() !== "lident" && p.kind() !== "uident") p.fail("name of a tag");
      p.advance();
      return mkExpr(p, start, { kind: "variant", label, argument: undefined });
    }
    case "!":
    case "prefixop": {
      // A prefix operator binds more tightly than `.` and `#`: `!r.x` is `(!r).x`.
      const op = { end: p.end, value: p.value };
      p.advance();
      const argument = p.nested(() => parseAtom(p));
      return mkExpr(p, start, { kind: "apply", function: identExpr(p, start, op.end, op.value), args: [{ label: NO_LABEL, argument }] });
    }
    case "(":
      return parseParenthesized(p, start);
    case "begin": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      if (p.accept("end")) return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "construct", ident: located(p, start, { kind: "ident", name: "()" }), argument: undefined }), attributes), extension);
      const body = parseSeqExpr(p);
      p.expectClosing("end", start, start + 5);
      const e: Expression = { desc: body.desc, loc: p.location(start), attributes: body.attributes };
      return wrapExtension(p, withAttributes(e, attributes), extension);
    }
    case "[":
      return parseList(p, start);
    case "[|":
      return parseArray(p, start);
    case "{":
      return parseRecord(p, start);
    case "{<":
      return parseOverride(p, start);
    case "new": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "new", ident: parseTypePath(p) }), attributes), extension);
    }
    case "object": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const structure = parseClassStructure(p, [start, start + 6]);
      p.expectClosing("end", start, start + 6);
      return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "object", structure }), attributes), extension);
    }
    case "[%":
    case "quotedext":
      return mkExpr(p, start, { kind: "extension", extension: parseExtension(p) });
    default:
      return p.fail("expression");
  }
}

/** `M.x`, `M.C`, `M.(e)`, `M.{…}`, `M.[…]`. */
function parsePathExpr(p: TokenStream, start: number): Expression {
  const path = parseModulePath(p);
  if (p.kind() !== ".") return mkExpr(p, start, { kind: "construct", ident: path, argument: undefined });
  const next = p.peek(1);
  if (next === "lident") {
    p.advance();
    const name = parseLident(p).value;
    return mkExpr(p, start, { kind: "ident", ident: located(p, start, { kind: "dot", prefix: path.value, name }) });
  }
  if (next === "(") {
    // M.(+) is an operator; M.( e ) opens.
    p.advance();
    if (atOperatorName(p)) {
      const name = parseOperatorName(p);
      return mkExpr(p, start, { kind: "ident", ident: located(p, start, { kind: "dot", prefix: path.value, name }) });
    }
    if (p.peek(1) === "::" && p.peek(2) === ")") {
      p.advance();
      p.advance();
      p.advance();
      return mkExpr(p, start, { kind: "construct", ident: located(p, start, { kind: "dot", prefix: path.value, name: "::" }), argument: undefined });
    }
    const bodyStart = p.start;
    const body = parseParenthesized(p, bodyStart, true);
    return openExpr(p, start, path, body);
  }
  if (next === "[" || next === "[|" || next === "{" || next === "{<") {
    p.advance();
    const bodyStart = p.start;
    const body = next === "[" ? parseList(p, bodyStart) : next === "[|" ? parseArray(p, bodyStart) : next === "{" ? parseRecord(p, bodyStart) : parseOverride(p, bodyStart);
    return openExpr(p, start, path, body);
  }
  // e.g. `M.N.` at a user-defined index: a constructor followed by `.%(`.
  return mkExpr(p, start, { kind: "construct", ident: path, argument: undefined });
}

function openExpr(p: TokenStream, start: number, path: Loc<Longident>, body: Expression): Expression {
  const module = { desc: { kind: "ident", ident: path }, loc: path.loc, attributes: NO_ATTRIBUTES } as const;
  return mkExpr(p, start, { kind: "open", declaration: { module, override: "fresh", loc: path.loc, attributes: NO_ATTRIBUTES }, body });
}

/** `opens`: what stands after `M.`, where no type can follow but that of a packed module, which must. */
function parseParenthesized(p: TokenStream, start: number, opens = false): Expression {
  const openedEnd = p.end;
  if (p.peek(1) === ")" || (p.peek(1) === "::" && p.peek(2) === ")")) return mkExpr(p, start, { kind: "construct", ident: parseConstructorPath(p), argument: undefined });
  if (atOperatorName(p)) {
    const name = parseOperatorName(p);
    return mkExpr(p, start, { kind: "ident", ident: located(p, start, { kind: "ident", name }) });
  }
  p.advance();
  refuseOperator(p, start);
  if (p.kind() === "module") {
    p.advance();
    const { extension, attributes } = parseKeywordExtension(p);
    const module = parseModuleExpr(p);
    let e: Expression;
    if (opens && p.kind() !== ":") p.fail("':'", p.unmatched(start, openedEnd));
    if (p.accept(":")) {
      const typeStart = p.start;
      const packageType = parsePackageType(p);
      const type = mkType(p, typeStart, { kind: "package", package: packageType });
      p.expectClosing(")", start, openedEnd);
      const pack: Expression = { desc: { kind: "pack", module }, loc: p.ghost(start), attributes: NO_ATTRIBUTES };
      e = mkExpr(p, start, { kind: "constraint", expression: pack, type });
    } else {
      p.expectClosing(")", start, openedEnd);
      e = mkExpr(p, start, { kind: "pack", module });
    }
    return wrapExtension(p, withAttributes(e, attributes), extension);
  }
  const body = parseSeqExpr(p);
  if (opens) {
    p.expectClosing(")", start, openedEnd);
    return body;
  }
  if (p.accept(":")) {
    const type = parsePolyType(p);
    if (p.accept(":>")) {
      const to = parseType(p);
      p.expectClosing(")", start, openedEnd);
      return mkExpr(p, start, { kind: "coerce", expression: body, from: type, to });
    }
    p.expectClosing(")", start, openedEnd);
    return mkExpr(p, start, { kind: "constraint", expression: body, type });
  }
  if (p.accept(":>")) {
    const to = parseType(p);
    p.expectClosing(")", start, openedEnd);
    return mkExpr(p, start, { kind: "coerce", expression: body, from: undefined, to });
  }
  p.expectClosing(")", start, openedEnd);
  return { desc: body.desc, loc: p.location(start), attributes: body.attributes };
}

function parseElements(p: TokenStream, close: string): Expression[] {
  const elements: Expression[] = [];
  while (p.kind() !== close) {
    elements.push(parseExpr(p));
    if (!p.accept(";") || !canBeginExpression(p.kind())) break;
  }
  return elements;
}

function parseList(p: TokenStream, start: number): Expression {
  p.expect("[");
  const elements = parseElements(p, "]");
  const closeStart = p.start;
  p.expectClosing("]", start, start + 1);
  const end = p.previousEnd;
  const nilLoc = elements.length === 0 ? p.location(start, end) : p.ghost(closeStart, end);
  let result: Expression = { desc: { kind: "construct", ident: { value: { kind: "ident", name: "[]" }, loc: nilLoc }, argument: undefined }, loc: nilLoc, attributes: NO_ATTRIBUTES };
  for (let i = elements.length - 1; i >= 0; i--) {
    const element = elements[i]!;
    const loc = p.ghost(element.loc.start, end);
    const pair: Expression = { desc: { kind: "tuple", components: [element, result] }, loc, attributes: NO_ATTRIBUTES };
    const desc: ExpressionDesc = { kind: "construct", ident: { value: { kind: "ident", name: "::" }, loc }, argument: pair };
    result = { desc, loc: i === 0 ? p.location(start, end) : loc, attributes: NO_ATTRIBUTES };
  }
  return result;
}

function parseArray(p: TokenStream, start: number): Expression {
  p.expect("[|");
  const elements = parseElements(p, "|]");
  p.expectClosing("|]", start, start + 2);
  return mkExpr(p, start, { kind: "array", elements });
}

function parseRecord(p: TokenStream, start: number): Expression {
  p.expect("{");
  let base: Expression | undefined;
  if (!atRecordField(p)) {
    base = parseSimple(p);
    if (!p.accept("with")) p.fail(p.kind() === "}" ? "'with'" : "'with' or '}'", p.unmatched(start, start + 1));
  }
  const fields: { ident: Loc<Longident>; expression: Expression }[] = [];
  while (p.kind() !== "}") {
    const fieldStart = p.start;
    const ident = parseLabelPath(p);
    let type: TypeConstraint | undefined;
    if (p.kind() === ":" || p.kind() === ":>") type = parseReturnConstraint(p);
    let expression: Expression;
    if (p.accept("=")) expression = parseExpr(p);
    else expression = { desc: { kind: "ident", ident: { value: { kind: "ident", name: lastName(ident.value) }, loc: ident.loc } }, loc: ident.loc, attributes: NO_ATTRIBUTES };
    expression = constrained(expression, type, p.ghost(fieldStart));
    fields.push({ ident, expression });
    if (!p.accept(";") || (p.kind() !== "lident" && p.kind() !== "uident")) break;
  }
  p.expectClosing("}", start, start + 1);
  if (fields.length === 0) p.failAt(p.location(start), "Syntax error: a record has at least one field");
  return mkExpr(p, start, { kind: "record", fields, base });
}

/** Whether a field begins here, not the base of `{ e with … }`. */
function atRecordField(p: TokenStream): boolean {
  let ahead = 0;
  while (p.peek(ahead) === "uident" && p.peek(ahead + 1) === ".") ahead += 2;
  if (p.peek(ahead) !== "lident") return false;
  return ["=", ";", "}", ":", ":>"].includes(p.peek(ahead + 1));
}

function parseOverride(p: TokenStream, start: number): Expression {
  p.expect("{<");
  const fields: { name: Loc<string>; expression: Expression }[] = [];
  while (p.kind() !== ">}") {
    const name = parseLident(p, "instance variable");
    const expression = p.accept("=") ? parseExpr(p) : identExpr(p, name.loc.start, name.loc.end, name.value);
    fields.push({ name, expression });
    if (!p.accept(";")) break;
  }
  p.expectClosing(">}", start, start + 2);
  return mkExpr(p, start, { kind: "override", fields });
}
