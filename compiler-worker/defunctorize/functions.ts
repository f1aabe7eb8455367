/** Functions: parameters with patterns and defaults, curried functions as functions of several parameters. */
import * as b from "../core/build.ts";
import type { Function, InlineAttribute, Kind, Variable } from "../core/core.ts";
import type { Attributes } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Expression, FunctionBody, FunctionParameter, Pattern } from "../typing/typedtree.ts";
import { bindToAtom } from "./bindings.ts";
import { translateCases } from "./cases.ts";
import type { DialectSignature } from "./meanings.ts";
import { applyWrappers, type Translator, type Wrapper } from "./translate.ts";

/** A parameter whose matching neither tests nor reads: its function and the one it returns are one. */
function isPlain(p: FunctionParameter): boolean {
  return p.default === undefined && (p.pattern.desc.kind === "var" || p.pattern.desc.kind === "any");
}

export interface FlatFunction {
  readonly parameters: readonly FunctionParameter[];
  readonly body: FunctionBody;
}

/** Functions of plain parameters that return functions are functions of all the parameters. */
export function flatten(parameters: readonly FunctionParameter[], body: FunctionBody): FlatFunction {
  const all = [...parameters];
  let rest = body;
  while (rest.kind === "body" && rest.expression.desc.kind === "function" && rest.expression.attributes.length === 0 && all.every(isPlain)) {
    all.push(...rest.expression.desc.parameters);
    rest = rest.expression.desc.body;
  }
  return { parameters: all, body: rest };
}

function resultKind(t: Translator, body: FunctionBody): Kind {
  const e = body.kind === "body" ? body.expression : body.cases[0]?.body;
  return e === undefined ? "value" : t.kindOf(e.env, e.type);
}

function parameterKind(t: Translator, p: FunctionParameter): Kind {
  return p.default !== undefined ? "value" : t.kindOf(p.pattern.env, p.pattern.type);
}

function casesKind(t: Translator, body: Extract<FunctionBody, { kind: "cases" }>): Kind {
  const p: Pattern | undefined = body.cases[0]?.pattern;
  return p === undefined ? "value" : t.kindOf(p.env, p.type);
}

/** The kinds of a function of the runtime dialect; undefined for all others, whose parameters are values. */
export function signatureOf(t: Translator, e: Expression): DialectSignature | undefined {
  if (!t.dialect || e.desc.kind !== "function") return undefined;
  const { parameters, body } = flatten(e.desc.parameters, e.desc.body);
  const kinds = parameters.map((p) => parameterKind(t, p));
  if (body.kind === "cases") kinds.push(casesKind(t, body));
  return { parameters: kinds, result: resultKind(t, body) };
}

function hasAttribute(attributes: Attributes, ...names: readonly string[]): boolean {
  return attributes.some((a) => names.includes(a.name.value));
}

/** `[@inline]`, `[@inline never]`, …. */
export function inlineAttribute(attributes: Attributes): InlineAttribute {
  for (const a of attributes) {
    if (!/^(ocaml\.)?(inline|inlined)$/.test(a.name.value)) continue;
    if (a.payload.kind !== "structure") return "always";
    const desc = a.payload.items[0]?.desc;
    if (desc === undefined || desc.kind !== "eval") return "always";
    const word = desc.expression.desc;
    const name = word.kind === "ident" && word.ident.value.kind === "ident" ? word.ident.value.name : "always";
    if (name === "never" || name === "hint") return name;
    return name === "default" ? "default" : "always";
  }
  return "default";
}

export function translateFunction(outer: Translator, name: string, sourceParameters: readonly FunctionParameter[], sourceBody: FunctionBody, loc: Location, attributes: Attributes): Function {
  const t = outer.inFunction(name);
  const { parameters, body } = flatten(sourceParameters, sourceBody);
  const variables: Variable[] = [];
  const wrappers: Wrapper[] = [];
  const waiting: (() => void)[] = [];
  for (const p of parameters) {
    if (p.default === undefined && p.pattern.desc.kind === "var") {
      const v = t.bindPatternVariable(p.pattern.desc.id, p.pattern, parameterKind(t, p));
      t.scope.set(p.id, { kind: "variable", variable: v, signature: undefined });
      variables.push(v);
      continue;
    }
    const v = t.bindVariable(p.id, parameterKind(t, p));
    variables.push(v);
    // Defaults and patterns are looked at when all arguments are there, from left to right.
    waiting.push(() => {
      let atom = b.variable(v);
      if (p.default !== undefined) {
        const given = t.fresh.variable(p.id.name, t.kindOf(p.pattern.env, p.pattern.type));
        const value = b.ifThenElse(b.prim("value.isInt", b.variable(v)), t.expr(p.default), b.field(b.variable(v), 0));
        wrappers.push((rest) => b.letIn(given, value, rest));
        atom = b.variable(given);
      }
      bindToAtom(t, p.pattern, atom, p.partial, p.pattern.loc, wrappers);
    });
  }
  let last: Variable | undefined;
  if (body.kind === "cases") {
    const only = body.cases.length === 1 ? body.cases[0] : undefined;
    if (only !== undefined && only.guard === undefined && only.pattern.desc.kind === "var") {
      last = t.bindPatternVariable(only.pattern.desc.id, only.pattern, casesKind(t, body));
      t.scope.set(body.parameter, { kind: "variable", variable: last, signature: undefined });
    } else last = t.bindVariable(body.parameter, casesKind(t, body));
    variables.push(last);
  }
  for (const action of waiting) action();
  const code =
    body.kind === "body"
      ? t.expr(body.expression)
      : // A function without other parameters is the expression as written, its parentheses included.
        translateCases(t, b.variable(last!), body.cases, body.partial ? t.raisePlace("Match_failure", parameters.length === 0 ? loc : body.loc) : undefined);
  const options = { loc, inline: inlineAttribute(attributes), runtimeDialect: t.dialect };
  // What is called takes a bounded number of arguments; those after them are taken by the function that it returns.
  const inner = t.dialect ? 0 : Math.max(0, variables.length - 1 - ((variables.length - 1) % MOST_PARAMETERS));
  let f = b.makeFunction(name, variables.slice(inner), applyWrappers(wrappers, code), { ...options, result: resultKind(t, body), tailModCons: hasAttribute(attributes, "tail_mod_cons", "ocaml.tail_mod_cons") });
  for (let from = inner - MOST_PARAMETERS; from >= 0; from -= MOST_PARAMETERS) f = b.makeFunction(name, variables.slice(from, from + MOST_PARAMETERS), b.lambda(f), { ...options, result: "value", tailModCons: false });
  return f;
}

/** How many parameters a function has at most. */
const MOST_PARAMETERS = 128;
