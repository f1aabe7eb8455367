/** Attributes that say how calls are compiled, where they say nothing: warnings 51 and 53 (reference manual, section 12.12.1 "Built-in attributes"). */
import type { Attribute, Attributes, Expression, ValueBinding } from "../syntax/ast.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { payloadExpression, tellPayload, warn } from "./warnings.ts";

const WRONG_TAILCALL = 51;
const MISPLACED = 53;
/** Attributes of functions, and of what is called. */
const OF_FUNCTIONS = new Set(["inline", "specialise"]);
const OF_CALLEES = new Set(["inlined", "specialised", "tailcall"]);

const nameOf = ({ name }: Attribute): string => name.value.replace(/^ocaml\./, "");
const misplaced = (loc: Location, { name }: Attribute): void => {
  warn(loc, MISPLACED, `the "${name.value}" attribute cannot appear in this context`);
};

function isFunction(source: Expression): boolean {
  for (let e = source; ; ) {
    const { desc } = e;
    if (desc.kind === "function") return true;
    if (desc.kind === "constraint" || desc.kind === "coerce") e = desc.expression;
    else if (desc.kind === "newtype") e = desc.body;
    else return false;
  }
}

/** Expressions with attributes that are called. */
const callees = new WeakSet<Expression>();
export function noteCallee(source: Expression): void {
  if (source.attributes.length > 0) callees.add(source);
}

/** Tells of an expression's attributes. */
export function checkExpressionAttributes(source: Expression): void {
  for (const a of source.attributes) {
    const name = nameOf(a);
    if (OF_FUNCTIONS.has(name) ? !isFunction(source) : OF_CALLEES.has(name) && !callees.has(source)) misplaced(a.name.loc, a);
  }
}

/** Tells of a binding's attributes. */
export function checkBindingAttributes({ attributes, expression, loc }: ValueBinding): void {
  if (attributes.length === 0 || isFunction(expression)) return;
  for (const a of attributes) if (OF_FUNCTIONS.has(nameOf(a)) || nameOf(a) === "local") misplaced(loc, a);
}

/** Tells of a module's attributes. */
export function checkModuleAttributes(attributes: Attributes, isFunctor: boolean, loc: Location): void {
  if (!isFunctor) for (const a of attributes) if (OF_FUNCTIONS.has(nameOf(a))) misplaced(loc, a);
}

/** Alerts are no attributes of exceptions. */
export function checkExceptionAttributes(attributes: Attributes): void {
  for (const a of attributes) if (nameOf(a) === "deprecated" || nameOf(a) === "alert") misplaced(a.loc, a);
}

// ---------------------------------------------------------------- calls in tail position

const mentioning = new WeakMap<SourceFile, boolean>();
function mentionsTailcall(file: SourceFile): boolean {
  let known = mentioning.get(file);
  if (known === undefined) mentioning.set(file, (known = file.text.includes("tailcall")));
  return known;
}

const tails = new WeakSet<Expression>();
/** The body of a function: notes what is last in it. */
export function noteTails(body: Expression): void {
  if (!mentionsTailcall(body.loc.file)) return;
  const work = [body];
  for (let e = work.pop(); e !== undefined; e = work.pop()) {
    tails.add(e);
    const { desc } = e;
    switch (desc.kind) {
      case "let": case "open": case "letmodule": case "letexception": case "newtype":
        work.push(desc.body);
        break;
      case "sequence":
        work.push(desc.expressions[desc.expressions.length - 1]!);
        break;
      case "ifthenelse":
        work.push(desc.then);
        if (desc.else !== undefined) work.push(desc.else);
        break;
      case "match":
        work.push(...desc.cases.map((c) => c.body));
        break;
      case "try":
        work.push(...desc.cases.map((c) => c.body));
        break;
      case "constraint": case "coerce":
        work.push(desc.expression);
        break;
      case "apply": {
        // The right side of `&&` and `||`.
        const { desc: callee } = desc.function;
        const name = callee.kind === "ident" && callee.ident.value.kind === "ident" ? callee.ident.value.name : "";
        if ((name === "&&" || name === "||") && desc.args.length === 2) work.push(desc.args[1]!.argument);
        break;
      }
      default:
    }
  }
}

/** What the attribute says of its call: nothing where its payload is something else than `true` or `false`. */
function saidTailcall({ payload }: Attribute): boolean | undefined {
  if (payload.kind === "structure" && payload.items.length === 0) return true;
  const said = payloadExpression(payload)?.desc;
  if (said?.kind !== "construct" || said.argument !== undefined || said.ident.value.kind !== "ident") return undefined;
  return said.ident.value.name === "true" ? true : said.ident.value.name === "false" ? false : undefined;
}

/** Tells whether an application is the tail call that it is said to be, or not. */
export function checkTailcall(source: Expression, callee: Expression): void {
  for (const a of callee.attributes) {
    if (nameOf(a) !== "tailcall") continue;
    const isWanted = saidTailcall(a);
    if (isWanted === undefined) tellPayload(a, "Only an optional boolean literal is supported.", a.name.loc);
    else if (isWanted !== tails.has(source)) warn(source.loc, WRONG_TAILCALL, `expected ${isWanted ? "" : "non-"}tailcall`);
  }
}
