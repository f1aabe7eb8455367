/** Expressions (reference manual, section 11.7): operators by precedence with an explicit stack, sequences and `let` chains by loops. */
import type { ArgLabel, Attributes, CoreType, Expression, Loc, TypeConstraint } from "./ast.ts";
import { constrained, identExpr, mkExpr, withAttributes, wrapExtension } from "./expression-nodes.ts";
import { parseAssignment } from "./parse-indices.ts";
import { type LetHead, parseCases, parseFunctionBody, parseLetHead, parseParameters, parseReturnConstraint } from "./parse-lets.ts";
import { NO_ATTRIBUTES, parseAttributes, parseKeywordExtension, parseLident, parseTypePath } from "./parse-names.ts";
import { parsePattern } from "./parse-patterns.ts";
import { parseSimple } from "./parse-simple-expressions.ts";
import { NO_LABEL, mkType, parseSimpleType } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

// ---------------------------------------------------------------- sequences

/** What may begin an expression. */
const EXPR_START = new Set([
  "lident", "uident", "int", "float", "char", "string", "true", "false", "(", "[", "[|", "{", "{<", "`", "!", "prefixop", "-", "-.", "+", "+.", "let", "letop", "fun", "function",
  "match", "try", "if", "while", "for", "assert", "lazy", "begin", "new", "object", "[%", "quotedext", "?", "~", "label", "optlabel", ".",
]);
export const canBeginExpression = (kind: string): boolean => EXPR_START.has(kind) && kind !== "?" && kind !== "~" && kind !== "label" && kind !== "optlabel";

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
    if (!canBeginExpression(p.kind())) break;
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
      p.expectOf("with", start, kind);
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
      const doStart = p.start;
      p.expectOf("do", start, "while");
      const body = parseSeqExpr(p);
      p.expectClosing("done", doStart, doStart + 2);
      return wrapExtension(p, withAttributes(mkExpr(p, start, { kind: "while", condition, body }), attributes), extension);
    }
    case "for": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const pattern = parsePattern(p);
      p.expect("=");
      const from = parseSeqExpr(p);
      const direction = p.kind() === "downto" ? "downto" : "upto";
      if (!p.accept("downto")) p.expectOf("to", start, "for");
      const to = parseSeqExpr(p);
      const doStart = p.start;
      p.expectOf("do", start, "for");
      const body = parseSeqExpr(p);
      p.expectClosing("done", doStart, doStart + 2);
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
          if (p.kind() !== ":" && p.kind() !== ":>") p.fail("':'");
          const argument = constrained(variable, parseReturnConstraint(p), p.ghost(opened));
          p.expectClosing(")", opened, openedEnd);
          args.push({ label: { kind, name: name.value }, argument: { ...argument, loc: p.location(opened) } });
        } else {
          const name = parseLident(p);
          args.push({ label: { kind, name: name.value }, argument: identExpr(p, name.loc.start, name.loc.end, name.value) });
        }
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
  if (parameters.length === 0) p.fail("parameter");
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
    p.expectOf("then", start, "if");
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
