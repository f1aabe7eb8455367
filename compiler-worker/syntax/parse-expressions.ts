/** Expressions (reference manual, section 11.7): operators by precedence with an explicit stack, sequences and `let` chains by loops. */
import type { ArgLabel, Attributes, BindingOp, Case, CoreType, Expression, ExpressionDesc, FunctionBody, FunctionParameter, Loc, Longident, Pattern, TypeConstraint, ValueBinding, ValueConstraint } from "./ast.ts";
import type { Location } from "./diagnostics.ts";
import type { FunctionExtents } from "./function-extents.ts";
import { parseClassStructure } from "./parse-classes.ts";
import { parseExtensionConstructor } from "./parse-declarations.ts";
import { parseModuleBindingBody, parseModuleExpr } from "./parse-modules.ts";
import {
  atConstant, atOperatorName, lastName, located, NO_ATTRIBUTES, parseAttributes, parseConstant, parseConstructorPath, parseExtension, parseKeywordExtension, parseLabelPath,
  parseLident, parseModulePath, parseOperatorName, parsePostAttributes, parseTypePath, parseUident, parseValueName, refuseOperator,
} from "./parse-names.ts";
import { parsePattern, parseSimplePattern } from "./parse-patterns.ts";
import { mkType, NO_LABEL, parsePackageType, parsePolyType, parseType, parseSimpleType } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

export function mkExpr(p: TokenStream, start: number, desc: ExpressionDesc, end?: number): Expression {
  return { desc, loc: p.location(start, end), attributes: NO_ATTRIBUTES };
}

function withAttributes(e: Expression, attributes: Attributes): Expression {
  return attributes.length === 0 ? e : { desc: e.desc, loc: e.loc, attributes: [...e.attributes, ...attributes] };
}

/** `match%ext …`: the extension node around the expression. */
function wrapExtension(p: TokenStream, e: Expression, extension: Loc<string> | undefined): Expression {
  if (extension === undefined) return e;
  return { desc: { kind: "extension", extension: { name: extension, payload: { kind: "structure", items: [{ desc: { kind: "eval", expression: e, attributes: [] }, loc: e.loc }] } } }, loc: p.ghost(e.loc.start, e.loc.end), attributes: NO_ATTRIBUTES };
}

function identExpr(p: TokenStream, start: number, end: number, name: string, loc: Location = p.location(start, end)): Expression {
  return { desc: { kind: "ident", ident: { value: { kind: "ident", name }, loc } }, loc, attributes: NO_ATTRIBUTES };
}

// ---------------------------------------------------------------- sequences and let

/** What may begin an expression. */
const EXPR_START = new Set([
  "lident", "uident", "int", "float", "char", "string", "true", "false", "(", "[", "[|", "{", "{<", "`", "!", "prefixop", "-", "-.", "+", "+.", "let", "letop", "fun", "function",
  "match", "try", "if", "while", "for", "assert", "lazy", "begin", "new", "object", "[%", "quotedext", "?", "~", "label", "optlabel", ".",
]);
const canStart = (kind: string): boolean => EXPR_START.has(kind) && kind !== "?" && kind !== "~" && kind !== "label" && kind !== "optlabel";

type LetHead = (body: Expression, end: number) => Expression;

/** `e1; e2; let … in …`: sequences and chains of `let` without recursion. */
export function parseSeqExpr(p: TokenStream): Expression {
  p.enter();
  const depth = p.depth;
  const frames: { items: Expression[]; head: LetHead }[] = [];
  let items: Expression[] = [];
  for (;;) {
    if (atLet(p)) {
      frames.push({ items, head: parseLetHead(p) });
      items = [];
      continue;
    }
    items.push(parseExpr(p));
    if (p.kind() !== ";") break;
    p.advance();
    if (p.kind() === "%" && p.start === p.previousEnd) {
      p.advance();
      const name = parseLident(p);
      const rest = parseSeqExpr(p);
      const first = items.pop()!;
      const sequence = mkExpr(p, first.loc.start, { kind: "sequence", expressions: [first, rest] }, rest.loc.end);
      items.push(wrapExtension(p, sequence, name));
      break;
    }
    // A second `;` ends the `let` within which the first one stands.
    while (p.kind() === ";" && frames.length > 0) {
      const { items: outer, head } = frames.pop()!;
      const body = sequence(p, items);
      outer.push(head(body, p.previousEnd));
      items = outer;
      p.advance();
    }
    if (!canStart(p.kind())) break;
  }
  let result = sequence(p, items);
  while (frames.length > 0) {
    const { items, head } = frames.pop()!;
    items.push(head(result, result.loc.end));
    result = sequence(p, items);
  }
  p.depth = depth;
  p.leave();
  return result;
}

function sequence(p: TokenStream, items: Expression[]): Expression {
  if (items.length === 1) return items[0]!;
  const first = items[0]!;
  const last = items[items.length - 1]!;
  return { desc: { kind: "sequence", expressions: items }, loc: p.location(first.loc.start, last.loc.end), attributes: NO_ATTRIBUTES };
}

function atLet(p: TokenStream): boolean {
  return p.kind() === "let" || p.kind() === "letop";
}

/** `let … in`, up to and with `in`; gives what makes the whole from the body. */
function parseLetHead(p: TokenStream): LetHead {
  const start = p.start;
  if (p.kind() === "letop") {
    const first = parseBindingOp(p, "letop");
    const ands: BindingOp[] = [];
    while (p.kind() === "andop") ands.push(parseBindingOp(p, "andop"));
    p.expect("in");
    return (body, end) => mkExpr(p, start, { kind: "letop", let: first, ands, body }, end);
  }
  p.advance();
  const { extension, attributes } = parseKeywordExtension(p);
  const finish = (desc: (body: Expression) => ExpressionDesc): LetHead => (body, end) => wrapExtension(p, withAttributes(mkExpr(p, start, desc(body), end), attributes), extension);
  switch (p.kind()) {
    case "open": {
      const openStart = p.start;
      p.advance();
      const override = p.accept("!") ? "override" : "fresh";
      const { attributes: openAttributes } = parseKeywordExtension(p);
      const module = parseModuleExpr(p);
      const loc = p.location(openStart);
      p.expect("in");
      const inner = (body: Expression, end?: number): Expression => withAttributes(mkExpr(p, start, { kind: "open", declaration: { module, override, loc, attributes: NO_ATTRIBUTES }, body }, end), openAttributes);
      return (body, end) => wrapExtension(p, withAttributes(inner(body, end), attributes), extension);
    }
    case "module": {
      p.advance();
      const { attributes: moduleAttributes } = parseKeywordExtension(p);
      const nameStart = p.start;
      let name: Loc<string | undefined>;
      if (p.kind() === "_") {
        p.advance();
        name = located(p, nameStart, undefined);
      } else name = parseUident(p);
      const module = parseModuleBindingBody(p);
      p.expect("in");
      return (body, end) => wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "letmodule", name, module, body }, end), [...attributes, ...moduleAttributes]), extension);
    }
    case "exception": {
      p.advance();
      const { attributes: inner } = parseKeywordExtension(p);
      const constructor = parseExtensionConstructor(p, p.start, { mayRebind: false });
      const all = { ...constructor, attributes: [...inner, ...constructor.attributes] };
      p.expect("in");
      return finish((body) => ({ kind: "letexception", constructor: all, body }));
    }
    default: {
      const rec = p.accept("rec") ? "recursive" : "nonrecursive";
      const bindings = parseLetBindings(p, start, NO_ATTRIBUTES, { mayPun: extension !== undefined });
      p.expect("in");
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
    if (!mayPun && p.position > position && body.expression.desc.kind === "ident" && body.expression.loc === body.pattern.loc) p.fail();
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
  if (p.kind() === "exception") p.fail();
  const { position } = p;
  const pattern = parsePattern(p);
  // A type may follow only what needs no parentheses.
  if (p.kind() === ":" && !p.wasSimplePattern(position)) p.fail();
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

function parseValueConstraint(p: TokenStream): ValueConstraint {
  if (p.accept(":>")) return { kind: "coercion", from: undefined, to: parseType(p) };
  p.expect(":");
  if (p.accept("type")) {
    const locallyAbstract: Loc<string>[] = [];
    while (p.kind() === "lident") locallyAbstract.push(parseLident(p));
    p.expect(".");
    return { kind: "constraint", locallyAbstract, type: parseType(p) };
  }
  const type = parsePolyType(p);
  if (p.accept(":>")) return { kind: "coercion", from: type, to: parseType(p) };
  return { kind: "constraint", locallyAbstract: [], type };
}

/** `: t` or `: t :> u` between a function's parameters and its body. */
function parseReturnConstraint(p: TokenStream): TypeConstraint | undefined {
  if (p.accept(":>")) return { kind: "coerce", from: undefined, to: parseType(p) };
  if (!p.accept(":")) return undefined;
  const type = parseType(p);
  if (p.accept(":>")) return { kind: "coerce", from: type, to: parseType(p) };
  return { kind: "constraint", type };
}

function constrained(expression: Expression, type: TypeConstraint | undefined, loc: Location): Expression {
  if (type === undefined) return expression;
  const desc: ExpressionDesc = type.kind === "constraint" ? { kind: "constraint", expression, type: type.type } : { kind: "coerce", expression, from: type.from, to: type.to };
  return { desc, loc, attributes: NO_ATTRIBUTES };
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
      p.advance();
      p.advance();
      while (p.kind() === "lident") {
        const name = parseLident(p);
        parameters.push({ kind: "newtype", name, loc: name.loc });
      }
      p.expect(")");
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

// ---------------------------------------------------------------- operators

interface Operator {
  readonly precedence: number;
  readonly right: boolean;
}
const left = (precedence: number): Operator => ({ precedence, right: false });
const right = (precedence: number): Operator => ({ precedence, right: true });
const COMMA = 2;
const ATTRIBUTE = 7;
const BINARY: ReadonlyMap<string, Operator> = new Map([
  [":=", right(1)], [",", left(COMMA)],
  ["or", right(3)], ["||", right(3)], ["&", right(4)], ["&&", right(4)],
  ["infix0", left(5)], ["=", left(5)], ["<", left(5)], [">", left(5)],
  ["infix1", right(6)], ["::", right(8)],
  ["infix2", left(9)], ["+", left(9)], ["-", left(9)], ["+.", left(9)], ["-.", left(9)], ["+=", left(9)],
  ["infix3", left(10)], ["*", left(10)], ["%", left(10)], ["infix4", right(11)],
]);

interface Pending {
  readonly kind: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly operator: Operator;
}

/** An expression without `;` at its top. */
export function parseExpr(p: TokenStream): Expression {
  p.enter();
  const operands: Expression[] = [parseOperand(p)];
  const operators: Pending[] = [];
  const reduce = (): void => {
    const op = operators.pop()!;
    if (op.kind === ",") {
      // All commas of one level make one tuple.
      const components = [operands.pop()!, operands.pop()!];
      while (operators.length > 0 && operators[operators.length - 1]!.kind === ",") {
        operators.pop();
        components.push(operands.pop()!);
      }
      components.reverse();
      operands.push({ desc: { kind: "tuple", components }, loc: p.location(components[0]!.loc.start, components[components.length - 1]!.loc.end), attributes: NO_ATTRIBUTES });
      return;
    }
    const r = operands.pop()!;
    const l = operands.pop()!;
    operands.push(mkBinary(p, op, l, r));
  };
  for (;;) {
    if (p.kind() === "[@") {
      while (operators.length > 0 && operators[operators.length - 1]!.operator.precedence > ATTRIBUTE) reduce();
      const attributes = parseAttributes(p);
      operands.push(withAttributes(operands.pop()!, attributes));
      continue;
    }
    const operator = BINARY.get(p.kind());
    if (operator === undefined) break;
    const op: Pending = { kind: p.kind(), value: p.value, start: p.start, end: p.end, operator };
    while (operators.length > 0) {
      const top = operators[operators.length - 1]!;
      if (top.operator.precedence < operator.precedence) break;
      if (top.operator.precedence === operator.precedence && (operator.right || op.kind === ",")) break;
      reduce();
    }
    p.advance();
    operators.push(op);
    operands.push(parseOperand(p));
  }
  while (operators.length > 0) reduce();
  p.leave();
  return operands[0]!;
}

function mkBinary(p: TokenStream, op: Pending, l: Expression, r: Expression): Expression {
  const start = l.loc.start;
  const end = r.loc.end;
  if (op.kind === "::") {
    const pair: Expression = { desc: { kind: "tuple", components: [l, r] }, loc: p.ghost(start, end), attributes: NO_ATTRIBUTES };
    return mkExpr(p, start, { kind: "construct", ident: { value: { kind: "ident", name: "::" }, loc: p.location(op.start, op.end) }, argument: pair }, end);
  }
  const operator = identExpr(p, op.start, op.end, op.value);
  return mkExpr(p, start, { kind: "apply", function: operator, args: [{ label: NO_LABEL, argument: l }, { label: NO_LABEL, argument: r }] }, end);
}

/** `x.f <- e`, `a.(i) <- e`, `x <- e`: the left side is the simple expression right before the arrow, without parentheses, the right one reaches as far as it can. */
function parseAssignment(p: TokenStream, target: Expression): Expression {
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
  return p.fail();
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

/** A prefix minus and what it applies to, or an application. */
function parseOperand(p: TokenStream): Expression {
  const start = p.start;
  switch (p.kind()) {
    case "-":
    case "-.":
    case "+":
    case "+.": {
      const sign = p.kind();
      const signEnd = p.end;
      p.advance();
      p.enter();
      const operand = parseOperand(p);
      p.leave();
      return mkSigned(p, sign, start, signEnd, operand);
    }
    default: {
      const e = parseApplication(p);
      return p.kind() === "<-" ? parseAssignment(p, e) : e;
    }
  }
}

function mkSigned(p: TokenStream, sign: string, start: number, signEnd: number, operand: Expression): Expression {
  const end = operand.loc.end;
  const { desc } = operand;
  if (desc.kind === "constant" && operand.attributes.length === 0 && isBareLiteral(p, operand)) {
    const { constant } = desc;
    const negative = sign === "-" || sign === "-.";
    if ((constant.kind === "integer" && sign.length === 1) || constant.kind === "float") {
      if (!negative) return mkExpr(p, start, { kind: "constant", constant }, end);
      if (!constant.value.startsWith("-")) return mkExpr(p, start, { kind: "constant", constant: { ...constant, value: `-${constant.value}` } }, end);
      return mkExpr(p, start, { kind: "constant", constant: { ...constant, value: constant.value.slice(1) } }, end);
    }
  }
  const operator = identExpr(p, start, signEnd, `~${sign}`);
  return mkExpr(p, start, { kind: "apply", function: operator, args: [{ label: NO_LABEL, argument: operand }] }, end);
}

function isBareLiteral(p: TokenStream, e: Expression): boolean {
  return p.file.text.charCodeAt(e.loc.start) !== 40;
}

const SIMPLE_START = new Set(["lident", "uident", "int", "float", "char", "string", "true", "false", "(", "[", "[|", "{", "{<", "`", "!", "prefixop", "begin", "new", "object", "[%", "quotedext"]);
const ARGUMENT_START = new Set([...SIMPLE_START, "~", "?", "label", "optlabel"]);

function parseApplication(p: TokenStream): Expression {
  const start = p.start;
  switch (p.kind()) {
    case "let":
    case "letop": {
      p.enter();
      const head = parseLetHead(p);
      const body = parseSeqExpr(p);
      p.leave();
      return head(body, body.loc.end);
    }
    case "fun":
    case "function":
      return parseFunction(p);
    case "match":
    case "try": {
      const kind = p.kind();
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const subject = parseSeqExpr(p);
      p.expect("with");
      const cases = parseCases(p);
      const e = mkExpr(p, start, kind === "match" ? { kind: "match", scrutinee: subject, cases } : { kind: "try", body: subject, cases });
      return wrapExtension(p, withAttributes(e, attributes), extension);
    }
    case "if":
      return parseIf(p);
    case "while": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const condition = parseSeqExpr(p);
      p.expect("do");
      const body = parseSeqExpr(p);
      p.expect("done");
      return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "while", condition, body }), attributes), extension);
    }
    case "for": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const pattern = parsePattern(p);
      p.expect("=");
      const from = parseSeqExpr(p);
      const direction = p.kind() === "downto" ? "downto" : "upto";
      if (!p.accept("downto")) p.expect("to");
      const to = parseSeqExpr(p);
      p.expect("do");
      const body = parseSeqExpr(p);
      p.expect("done");
      return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "for", pattern, from, to, direction, body }), attributes), extension);
    }
    case "assert":
    case "lazy": {
      const kind = p.kind();
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const argument = parseSimple(p);
      const e = mkExpr(p, start, kind === "assert" ? { kind: "assert", condition: argument } : { kind: "lazy", expression: argument });
      return wrapExtension(p, withAttributes(e, attributes), extension);
    }
    case "`": {
      const simple = parseSimple(p);
      if (simple.desc.kind === "variant" && simple.desc.argument === undefined && simple.loc.start === start && SIMPLE_START.has(p.kind())) {
        const argument = parseSimple(p);
        return mkExpr(p, start, { kind: "variant", label: simple.desc.label, argument });
      }
      return parseArguments(p, start, simple);
    }
    default: {
      const simple = parseSimple(p);
      if (simple.desc.kind === "construct" && simple.desc.argument === undefined && simple.loc.start === start && SIMPLE_START.has(p.kind()) && isConstructorToken(p, simple)) {
        const argument = parseSimple(p);
        return mkExpr(p, start, { kind: "construct", ident: simple.desc.ident, argument });
      }
      return parseArguments(p, start, simple);
    }
  }
}

/** Whether a constructor node was written as a constructor: a path, `true`, `()`, `[]` or `(::)`, not in parentheses, no list. */
function isConstructorToken(p: TokenStream, e: Expression): boolean {
  const { text } = p.file;
  const c = text.charCodeAt(e.loc.start);
  if (c === 40 || c === 91) return /^(?:\(\s*(?:::\s*)?\)|\[\s*\])$/.test(text.slice(e.loc.start, e.loc.end));
  return !text.startsWith("begin", e.loc.start);
}

function parseArguments(p: TokenStream, start: number, callee: Expression): Expression {
  if (!ARGUMENT_START.has(p.kind())) return callee;
  const args: { label: ArgLabel; argument: Expression }[] = [];
  while (ARGUMENT_START.has(p.kind())) {
    const argStart = p.start;
    switch (p.kind()) {
      case "~":
      case "?": {
        const kind = p.kind() === "~" ? "labelled" : "optional";
        p.advance();
        if (p.kind() === "(" && kind === "labelled") {
          // ~(x : t)
          const opened = p.start;
          const openedEnd = p.end;
          p.advance();
          const name = parseLident(p);
          const variable = identExpr(p, name.loc.start, name.loc.end, name.value);
          if (p.kind() !== ":" && p.kind() !== ":>") p.fail();
          const argument = constrained(variable, parseReturnConstraint(p), p.ghost(opened));
          p.expectClosing(")", opened, openedEnd);
          args.push({ label: { kind, name: name.value }, argument: { ...argument, loc: p.location(opened) } });
        } else {
          const name = parseLident(p);
          args.push({ label: { kind, name: name.value }, argument: identExpr(p, name.loc.start, name.loc.end, name.value) });
        }
        void argStart;
        break;
      }
      case "label":
      case "optlabel": {
        const kind = p.kind() === "label" ? "labelled" : "optional";
        const name = p.value;
        p.advance();
        args.push({ label: { kind, name }, argument: parseSimple(p) });
        break;
      }
      default:
        args.push({ label: NO_LABEL, argument: parseSimple(p) });
    }
  }
  return mkExpr(p, start, { kind: "apply", function: callee, args });
}

function parseFunction(p: TokenStream): Expression {
  const start = p.start;
  p.enter();
  if (p.kind() === "function") {
    p.advance();
    const { extension, attributes } = parseKeywordExtension(p);
    const cases = parseCases(p);
    const loc = p.location(start);
    p.leave();
    const e = mkExpr(p, start, { kind: "function", parameters: [], constraint: undefined, body: { kind: "cases", cases, loc, attributes } });
    return wrapExtension(p, e, extension);
  }
  p.advance();
  const { extension, attributes } = parseKeywordExtension(p);
  const parameters = parseParameters(p);
  if (parameters.length === 0) p.fail();
  let constraint: TypeConstraint | undefined;
  if (p.accept(":")) constraint = { kind: "constraint", type: parseReturnType(p) };
  p.expect("->");
  const body = parseFunctionBody(p);
  p.leave();
  return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "function", parameters, constraint, body }), attributes), extension);
}

/** The result type of `fun x : t -> …`: no arrow at its top. */
function parseReturnType(p: TokenStream): CoreType {
  const start = p.start;
  let type = parseSimpleType(p);
  while (p.kind() === "lident" || p.kind() === "uident") type = mkType(p, start, { kind: "constr", ident: parseTypePath(p), args: [type] });
  return type;
}

function parseIf(p: TokenStream): Expression {
  // else-if chains by a loop.
  const links: { start: number; condition: Expression; then: Expression; extension: Loc<string> | undefined; attributes: Attributes }[] = [];
  let last: Expression | undefined;
  for (;;) {
    const start = p.start;
    p.expect("if");
    const { extension, attributes } = parseKeywordExtension(p);
    const condition = parseSeqExpr(p);
    p.expect("then");
    const then = parseExpr(p);
    links.push({ start, condition, then, extension, attributes });
    if (!p.accept("else")) break;
    if (p.kind() === "if") continue;
    last = parseExpr(p);
    break;
  }
  const end = p.previousEnd;
  for (let i = links.length - 1; i >= 0; i--) {
    const { start, condition, then, extension, attributes } = links[i]!;
    last = wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "ifthenelse", condition, then, else: last }, end), attributes), extension);
  }
  return last!;
}

// ---------------------------------------------------------------- simple expressions

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
          e = parseIndex(p, start, e, undefined);
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
        const method = parseLident(p);
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

/** After `e.`: a field's path, or `M.N.%( … )`: a user-defined index of a module. */
function parseLabelPathOrIndex(p: TokenStream, start: number, e: Expression): Loc<Longident> | Expression {
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
function parseIndex(p: TokenStream, start: number, array: Expression, prefix: Longident | undefined): Expression {
  const open = p.kind();
  const opened = p.start;
  const close = open === "(" ? ")" : open === "[" ? "]" : "}";
  p.advance();
  void prefix;
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
function parseDotOp(p: TokenStream, start: number, array: Expression, prefix: Longident | undefined): Expression {
  const op = p.value;
  p.advance();
  const open = p.kind();
  const opened = p.start;
  const close = open === "(" ? ")" : open === "[" ? "]" : "}";
  p.advance();
  const elements: Expression[] = [];
  do {
    if (p.kind() === close) break;
    elements.push(parseExpr(p));
  } while (p.accept(";"));
  p.expectClosing(close, opened, opened + 1);
  const many = elements.length > 1;
  const name = `${op}${open}${many ? ";.." : ""}${close}`;
  const path: Longident = prefix === undefined ? { kind: "ident", name } : { kind: "dot", prefix, name };
  const first = elements[0];
  if (first === undefined) p.fail();
  const index: Expression = many ? { desc: { kind: "array", elements }, loc: p.ghost(first.loc.start), attributes: NO_ATTRIBUTES } : first;
  return mkIndexed(p, start, array, [index], path);
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
      if (p.kind() !== "lident" && p.kind() !== "uident") p.fail();
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
      const structure = parseClassStructure(p);
      p.expectClosing("end", start, start + 6);
      return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "object", structure }), attributes), extension);
    }
    case "[%":
    case "quotedext":
      return mkExpr(p, start, { kind: "extension", extension: parseExtension(p) });
    default:
      return p.fail();
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
    const body = parseParenthesized(p, bodyStart);
    return openExpr(p, start, path, unparenthesized(p, body));
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

const unparenthesized = (_p: TokenStream, e: Expression): Expression => e;

function openExpr(p: TokenStream, start: number, path: Loc<Longident>, body: Expression): Expression {
  const module = { desc: { kind: "ident", ident: path }, loc: path.loc, attributes: NO_ATTRIBUTES } as const;
  return mkExpr(p, start, { kind: "open", declaration: { module, override: "fresh", loc: path.loc, attributes: NO_ATTRIBUTES }, body });
}

function parseParenthesized(p: TokenStream, start: number): Expression {
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
    if (!p.accept(";")) break;
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
    p.expect("with");
  }
  const fields: { ident: Loc<Longident>; expression: Expression }[] = [];
  while (p.kind() !== "}") {
    const fieldStart = p.start;
    const ident = parseLabelPath(p);
    let type: TypeConstraint | undefined;
    const typeStart = p.start;
    if (p.kind() === ":" || p.kind() === ":>") type = parseReturnConstraint(p);
    let expression: Expression;
    if (p.accept("=")) expression = parseExpr(p);
    else expression = { desc: { kind: "ident", ident: { value: { kind: "ident", name: lastName(ident.value) }, loc: ident.loc } }, loc: ident.loc, attributes: NO_ATTRIBUTES };
    void typeStart;
    expression = constrained(expression, type, p.ghost(fieldStart));
    fields.push({ ident, expression });
    if (!p.accept(";")) break;
  }
  p.expectClosing("}", start, start + 1);
  if (fields.length === 0) p.failAt(p.location(start), "Syntax error");
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
    const name = parseLident(p);
    const expression = p.accept("=") ? parseExpr(p) : identExpr(p, name.loc.start, name.loc.end, name.value);
    fields.push({ name, expression });
    if (!p.accept(";")) break;
  }
  p.expectClosing(">}", start, start + 2);
  return mkExpr(p, start, { kind: "override", fields });
}

export { atConstant };
