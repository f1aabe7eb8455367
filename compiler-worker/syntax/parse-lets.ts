/** What binds in expressions (reference manual, sections 11.7.2 and 12.23): `let` up to its `in`, bindings, parameters and cases. */
import type { ArgLabel, Attributes, BindingOp, Case, CoreType, Expression, ExpressionDesc, FunctionBody, FunctionParameter, Loc, Pattern, TypeConstraint, ValueBinding, ValueConstraint } from "./ast.ts";
import { identExpr, mkExpr, withAttributes, wrapExtension } from "./expression-nodes.ts";
import type { FunctionExtents } from "./function-extents.ts";
import { parseExtensionConstructor } from "./parse-declarations.ts";
import { parseSeqExpr } from "./parse-expressions.ts";
import { parseModuleBindingBody, parseModuleExpr } from "./parse-modules.ts";
import { NO_ATTRIBUTES, atOperatorName, located, parseKeywordExtension, parseLident, parsePostAttributes, parseUident, parseValueName } from "./parse-names.ts";
import { parsePattern, parseSimplePattern } from "./parse-patterns.ts";
import { NO_LABEL, parsePolyType, parseType } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

export type LetHead = (body: Expression, end: number) => Expression;

/** `let … in`, up to and with `in`; gives what makes the whole from the body. */
export function parseLetHead(p: TokenStream): LetHead {
  const { start, position } = p;
  if (p.kind() === "letop") {
    const first = parseBindingOp(p, "letop");
    const ands: BindingOp[] = [];
    while (p.kind() === "andop") ands.push(parseBindingOp(p, "andop"));
    p.expectIn(position);
    return (body, end) => mkExpr(p, start, { kind: "letop", let: first, ands, body }, end);
  }
  p.advance();
  const { extension, attributes } = parseKeywordExtension(p);
  const finish = (desc: (body: Expression) => ExpressionDesc): LetHead => (body, end) => wrapExtension(p, withAttributes(mkExpr(p, start, desc(body), end), attributes), extension);
  // Their attributes and extensions stand after these words.
  if ((extension !== undefined || attributes.length > 0) && ["open", "module", "exception"].includes(p.kind())) p.fail();
  switch (p.kind()) {
    case "open": {
      const openStart = p.start;
      p.advance();
      const override = p.accept("!") ? "override" : "fresh";
      const { extension: openExtension, attributes: openAttributes } = parseKeywordExtension(p);
      const module = parseModuleExpr(p);
      const loc = p.location(openStart);
      p.expectIn(position);
      return (body, end) => wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "open", declaration: { module, override, loc, attributes: NO_ATTRIBUTES }, body }, end), openAttributes), openExtension);
    }
    case "module": {
      p.advance();
      const { extension: moduleExtension, attributes: moduleAttributes } = parseKeywordExtension(p);
      const nameStart = p.start;
      let name: Loc<string | undefined>;
      if (p.kind() === "_") {
        p.advance();
        name = located(p, nameStart, undefined);
      } else name = parseUident(p);
      const module = parseModuleBindingBody(p);
      p.expectIn(position);
      return (body, end) => wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "letmodule", name, module, body }, end), moduleAttributes), moduleExtension);
    }
    case "exception": {
      p.advance();
      const { extension: exceptionExtension, attributes: inner } = parseKeywordExtension(p);
      const constructor = parseExtensionConstructor(p, p.start, { mayRebind: false });
      const all = { ...constructor, attributes: [...inner, ...constructor.attributes] };
      p.expectIn(position);
      return (body, end) => wrapExtension(p, mkExpr(p, start, { kind: "letexception", constructor: all, body }, end), exceptionExtension);
    }
    default: {
      const rec = p.accept("rec") ? "recursive" : "nonrecursive";
      const bindings = parseLetBindings(p, start, NO_ATTRIBUTES, { mayPun: extension !== undefined });
      p.expectIn(position);
      return finish((body) => ({ kind: "let", rec, bindings, body }));
    }
  }
}

function parseBindingOp(p: TokenStream, kind: string): BindingOp {
  const start = p.start;
  const opEnd = p.end;
  const op: Loc<string> = { value: p.value, loc: p.location(start, opEnd) };
  p.expect(kind);
  const patternStart = p.start;
  // let* x in: a punned variable
  if (p.kind() === "lident" && p.peek(1) !== "=" && (p.peek(1) === "in" || p.peek(1) === "andop")) {
    const name = parseLident(p);
    const pattern: Pattern = { desc: { kind: "var", name }, loc: name.loc, attributes: NO_ATTRIBUTES };
    return { op, pattern, expression: identExpr(p, name.loc.start, name.loc.end, name.value), loc: p.location(start) };
  }
  let pattern: Pattern;
  let expression: Expression;
  if (p.kind() === "lident" || atOperatorName(p)) {
    const binding = parseLetBindingBody(p);
    pattern = binding.pattern;
    expression = binding.expression;
    if (binding.constraint !== undefined) {
      const { constraint } = binding;
      const type: CoreType = constraint.kind === "constraint" ? constraint.type : constraint.to;
      pattern = { desc: { kind: "constraint", pattern, type }, loc: p.location(patternStart, type.loc.end), attributes: NO_ATTRIBUTES };
    }
  } else {
    pattern = parseBoundPattern(p);
    if (p.accept(":")) {
      const type = parseType(p);
      pattern = { desc: { kind: "constraint", pattern, type }, loc: p.location(patternStart), attributes: NO_ATTRIBUTES };
    }
    p.expect("=");
    expression = parseSeqExpr(p);
  }
  return { op, pattern, expression, loc: p.location(start) };
}

/**
 * `b1 and b2 …` after `let rec?`; `start` is where the `let` began. `ofStructure`: they may be a structure's item; `mayPun`: `x` stands
 * for `x = x`, as under extensions (`let%ext x in …`).
 */
export function parseLetBindings(p: TokenStream, start: number, attributes: Attributes, { ofStructure = false, mayPun = false } = {}): ValueBinding[] {
  const bindings: ValueBinding[] = [];
  let bindingStart = start;
  let before = attributes;
  for (;;) {
    const { position } = p;
    const body = parseLetBindingBody(p, ofStructure);
    const after = parsePostAttributes(p);
    if (!mayPun && p.position > position && body.expression.desc.kind === "ident" && body.expression.loc === body.pattern.loc) p.fail("'='");
    bindings.push({ pattern: body.pattern, expression: body.expression, constraint: body.constraint, attributes: [...before, ...after], loc: p.location(bindingStart) });
    if (p.kind() !== "and") return bindings;
    bindingStart = p.start;
    p.advance();
    before = parseKeywordExtension(p).attributes;
  }
}

/** `f x : t = e`, `p = e`, `x : 'a. t = e`, `x : type a. t = e`. */
export function parseLetBindingBody(p: TokenStream, ofStructure = false): { pattern: Pattern; expression: Expression; constraint: ValueConstraint | undefined } {
  const isName = p.kind() === "lident" || atOperatorName(p);
  if (isName) {
    const position = p.position;
    const name = parseValueName(p);
    const pattern: Pattern = { desc: { kind: "var", name }, loc: name.loc, attributes: NO_ATTRIBUTES };
    switch (p.kind()) {
      case "=": {
        p.advance();
        return { pattern, expression: parseSeqExpr(p), constraint: undefined };
      }
      case ":":
      case ":>": {
        const constraint = parseValueConstraint(p);
        p.expect("=");
        return { pattern, expression: parseSeqExpr(p), constraint };
      }
      case ",":
      case "|":
      case "::":
      case "as":
      case "[@":
        p.position = position;
        break;
      default: {
        const functionStart = p.start;
        const parameters = parseParameters(p);
        if (parameters.length === 0) return { pattern, expression: identExpr(p, name.loc.start, name.loc.end, name.value, name.loc), constraint: undefined };
        const constraint = parseReturnConstraint(p);
        p.expect("=");
        const desc: ExpressionDesc = ofStructure && p.extents !== undefined ? unparsedFunction(p, p.extents, parameters, constraint) : { kind: "function", parameters, constraint, body: parseFunctionBody(p) };
        const expression: Expression = { desc, loc: p.ghost(functionStart), attributes: NO_ATTRIBUTES };
        return { pattern, expression, constraint: undefined };
      }
    }
  }
  const pattern = parseBoundPattern(p);
  const constraint: ValueConstraint | undefined = p.accept(":") ? { kind: "constraint", locallyAbstract: [], type: parseType(p) } : undefined;
  p.expect("=");
  return { pattern, expression: parseSeqExpr(p), constraint };
}

/** A pattern that a `let` binds: no `exception` at its beginning. */
function parseBoundPattern(p: TokenStream): Pattern {
  if (p.kind() === "exception") p.fail("pattern");
  const { position } = p;
  const pattern = parsePattern(p);
  // A type may follow only what needs no parentheses.
  if (p.kind() === ":" && !p.wasSimplePattern(position)) p.fail("'='");
  return pattern;
}

/** A function whose body, which begins here and is passed over, is parsed when it is looked at. */
function unparsedFunction(p: TokenStream, extents: FunctionExtents, parameters: readonly FunctionParameter[], constraint: TypeConstraint | undefined): ExpressionDesc {
  const start = p.position;
  const end = extents.end(start);
  p.position = end;
  let body: FunctionBody | undefined;
  return {
    kind: "function",
    parameters,
    constraint,
    get body() {
      return (body ??= p.parseBetween(start, end, parseFunctionBody));
    },
  };
}

/** The names of locally abstract types, one or more. */
export function parseNewTypes(p: TokenStream): Loc<string>[] {
  const names: Loc<string>[] = [];
  do names.push(parseLident(p, "type"));
  while (p.kind() === "lident");
  return names;
}

function parseValueConstraint(p: TokenStream): ValueConstraint {
  if (p.accept(":>")) return { kind: "coercion", from: undefined, to: parseType(p) };
  p.expect(":");
  if (p.accept("type")) {
    const locallyAbstract = parseNewTypes(p);
    p.expect(".");
    return { kind: "constraint", locallyAbstract, type: parseType(p) };
  }
  const type = parsePolyType(p);
  if (p.accept(":>")) return { kind: "coercion", from: type, to: parseType(p) };
  return { kind: "constraint", locallyAbstract: [], type };
}

/** `: t` or `: t :> u` between a function's parameters and its body. */
export function parseReturnConstraint(p: TokenStream): TypeConstraint | undefined {
  if (p.accept(":>")) return { kind: "coerce", from: undefined, to: parseType(p) };
  if (!p.accept(":")) return undefined;
  const type = parseType(p);
  if (p.accept(":>")) return { kind: "coerce", from: type, to: parseType(p) };
  return { kind: "constraint", type };
}

/** After `=` or `->`: `function` makes cases of the body. */
export function parseFunctionBody(p: TokenStream): FunctionBody {
  if (p.kind() === "function") {
    // `function … ` as a whole body; with an operator after it, it is an ordinary expression.
    const start = p.start;
    p.advance();
    const { extension, attributes } = parseKeywordExtension(p);
    const cases = parseCases(p);
    const loc = p.location(start);
    if (extension === undefined) return { kind: "cases", cases, loc, attributes };
    const inner: Expression = { desc: { kind: "function", parameters: [], constraint: undefined, body: { kind: "cases", cases, loc, attributes } }, loc, attributes: NO_ATTRIBUTES };
    return { kind: "body", expression: wrapExtension(p, inner, extension) };
  }
  return { kind: "body", expression: parseSeqExpr(p) };
}

const PARAMETER_START = new Set(["lident", "_", "uident", "int", "float", "char", "string", "true", "false", "(", "[", "[|", "{", "`", "#", "~", "?", "label", "optlabel", "[%", "quotedext", "-", "-.", "+", "+."]);

export function parseParameters(p: TokenStream): FunctionParameter[] {
  const parameters: FunctionParameter[] = [];
  while (PARAMETER_START.has(p.kind())) {
    if (p.kind() === "(" && p.peek(1) === "type") {
      const { start } = p;
      p.advance();
      p.advance();
      const names = parseNewTypes(p);
      p.expect(")");
      const loc = p.location(start);
      for (const name of names) parameters.push({ kind: "newtype", name, loc });
      continue;
    }
    parameters.push(parseParameter(p));
  }
  return parameters;
}

/** One parameter with its label and default. */
export function parseParameter(p: TokenStream): FunctionParameter & { kind: "value" } {
  const start = p.start;
  const value = (label: ArgLabel, pattern: Pattern, defaultValue: Expression | undefined): FunctionParameter & { kind: "value" } => ({ kind: "value", label, default: defaultValue, pattern, loc: p.location(start) });
  switch (p.kind()) {
    case "~":
    case "?": {
      const optional = p.kind() === "?";
      p.advance();
      if (p.kind() === "(") {
        const opened = p.start;
        const openedEnd = p.end;
        p.advance();
        const patternStart = p.start;
        const name = parseLident(p);
        let pattern: Pattern = { desc: { kind: "var", name }, loc: name.loc, attributes: NO_ATTRIBUTES };
        if (p.accept(":")) {
          const type = parsePolyType(p);
          pattern = { desc: { kind: "constraint", pattern, type }, loc: p.location(patternStart), attributes: NO_ATTRIBUTES };
        }
        const defaultValue = optional && p.accept("=") ? parseSeqExpr(p) : undefined;
        p.expectClosing(")", opened, openedEnd);
        return value({ kind: optional ? "optional" : "labelled", name: name.value }, pattern, defaultValue);
      }
      const name = parseLident(p);
      const pattern: Pattern = { desc: { kind: "var", name }, loc: name.loc, attributes: NO_ATTRIBUTES };
      return value({ kind: optional ? "optional" : "labelled", name: name.value }, pattern, undefined);
    }
    case "label": {
      const name = p.value;
      p.advance();
      return value({ kind: "labelled", name }, parseSimplePattern(p), undefined);
    }
    case "optlabel": {
      const name = p.value;
      p.advance();
      if (p.kind() === "(" && !atOperatorName(p)) {
        const opened = p.start;
        const openedEnd = p.end;
        const position = p.position;
        p.advance();
        if (p.kind() !== ")" && p.kind() !== "module") {
          const patternStart = p.start;
          let pattern = parsePattern(p);
          if (p.accept(":")) {
            const type = parsePolyType(p);
            pattern = { desc: { kind: "constraint", pattern, type }, loc: p.location(patternStart), attributes: NO_ATTRIBUTES };
          }
          const defaultValue = p.accept("=") ? parseSeqExpr(p) : undefined;
          p.expectClosing(")", opened, openedEnd);
          return value({ kind: "optional", name }, pattern, defaultValue);
        }
        p.position = position;
      }
      return value({ kind: "optional", name }, parseSimplePattern(p), undefined);
    }
    default:
      return value(NO_LABEL, parseSimplePattern(p), undefined);
  }
}

/** `| p when g -> e | …`, the first bar optional. */
export function parseCases(p: TokenStream): Case[] {
  const cases: Case[] = [];
  p.accept("|");
  for (;;) {
    const pattern = parsePattern(p);
    const guard = p.accept("when") ? parseSeqExpr(p) : undefined;
    p.expect("->");
    let body: Expression;
    if (p.kind() === ".") {
      const start = p.start;
      p.advance();
      body = mkExpr(p, start, { kind: "unreachable" });
    } else body = parseSeqExpr(p);
    cases.push({ pattern, guard, body });
    if (!p.accept("|")) return cases;
  }
}
