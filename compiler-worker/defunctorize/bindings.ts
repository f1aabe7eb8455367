/** `let` bindings: variables, patterns that always match as chains of lets, others through the match compiler. */
import * as b from "../core/build.ts";
import type { Expr, Kind, TopBinding, Variable } from "../core/core.ts";
import type { Attributes } from "../syntax/ast.ts";
import type { Expression, Pattern } from "../typing/typedtree.ts";
import type { Ident } from "../typing/types.ts";
import { compileCases } from "./cases.ts";
import { fieldAccessor } from "./patterns.ts";
import { isSimplePattern } from "./purity.ts";
import { bindReference } from "./runtime-dialect.ts";
import { patternBinders } from "./pattern-binders.ts";
import type { Translator, Wrapper } from "./translate.ts";

/** The variables that a pattern binds, in order of occurrence. */
export function patternVariables(t: Translator, pattern: Pattern): { id: Ident; kind: Kind }[] {
  return patternBinders(pattern).map(({ id, binder }) => ({ id, kind: t.kindOf(binder.env, binder.type) }));
}

/** Receives the variables of a pattern with their values, in order. */
type Bind = (variable: Variable, value: Expr) => void;

/** How a variable of the pattern gets its core variable: a new local one, or the global that was made for it. */
type VariableOf = (id: Ident, pattern: Pattern) => Variable;

function localVariable(t: Translator): VariableOf {
  return (id, pattern) => t.bindPatternVariable(id, pattern, t.kindOf(pattern.env, pattern.type));
}

function globalVariable(t: Translator): VariableOf {
  return (id) => {
    const meaning = t.scope.find(id);
    if (meaning === undefined || meaning.kind !== "group") throw new Error(`${id.name} is no global`);
    return meaning.variable;
  };
}

/** Takes a pattern that always matches apart; `value` is an atom unless the pattern is a variable. */
function destructure(t: Translator, pattern: Pattern, value: Expr, variableOf: VariableOf, bind: Bind): void {
  const desc = pattern.desc;
  switch (desc.kind) {
    case "any":
      if (!b.isAtom(value)) bind(t.fresh.variable("ignored", t.kindOf(pattern.env, pattern.type)), value);
      return;
    case "var":
      bind(variableOf(desc.id, pattern), value);
      return;
    case "alias": {
      const v = variableOf(desc.id, pattern);
      bind(v, value);
      destructure(t, desc.pattern, b.variable(v), variableOf, bind);
      return;
    }
    case "tuple":
      withAtom(t, value, bind, (atom) => desc.components.forEach((component, i) => part(t, component, b.field(atom, i), variableOf, bind)));
      return;
    case "record":
      withAtom(t, value, bind, (atom) => {
        for (const { label, pattern: inner } of desc.fields) {
          const accessor = fieldAccessor(label.representation, label.position, label.mutable === "mutable");
          if (accessor.kind === "same") destructure(t, inner, atom, variableOf, bind);
          else part(t, inner, t.readField(atom, label.representation, label.position, label.mutable === "mutable"), variableOf, bind);
        }
      });
      return;
    case "construct": {
      const c = desc.constructor;
      const offset = c.tag.kind === "extension" ? 1 : 0;
      if (c.tag.kind === "unboxed" || c.inlined !== undefined) destructure(t, desc.args[0]!, value, variableOf, bind);
      else if (desc.args.length === 0) {
        if (!b.isAtom(value)) bind(t.fresh.variable("ignored"), value);
      } else withAtom(t, value, bind, (atom) => desc.args.forEach((arg, i) => part(t, arg, b.field(atom, i + offset), variableOf, bind)));
      return;
    }
    default:
      throw new Error(`pattern ${desc.kind} may fail`);
  }
}

/** A component, which is not even read when nothing is done with it. */
function part(t: Translator, pattern: Pattern, value: Expr, variableOf: VariableOf, bind: Bind): void {
  if (pattern.desc.kind !== "any") destructure(t, pattern, value, variableOf, bind);
}

function withAtom(t: Translator, value: Expr, bind: Bind, body: (atom: Expr) => void): void {
  if (value.kind === "const" || (value.kind === "var" && !value.variable.mutable)) {
    body(value);
    return;
  }
  const v = t.fresh.variable("pair");
  bind(v, value);
  body(b.variable(v));
}

/** A tuple pattern against a tuple expression binds the components, from right to left, without making the tuple. */
function pairs(pattern: Pattern, e: Expression, out: { pattern: Pattern; expression: Expression }[]): void {
  if (pattern.desc.kind === "tuple" && e.desc.kind === "tuple") {
    for (let i = pattern.desc.components.length - 1; i >= 0; i--) pairs(pattern.desc.components[i]!, e.desc.components[i]!, out);
  } else out.push({ pattern, expression: e });
}

/** `let pattern = e` in an expression: adds to the wrappers of what follows. */
export function bindSimple(t: Translator, pattern: Pattern, e: Expression, attributes: Attributes, wrappers: Wrapper[]): void {
  const push: Bind = (variable, value) => {
    wrappers.push((body) => b.letIn(variable, value, body));
  };
  if (pattern.desc.kind === "var" && !pattern.extra.some((extra) => extra.kind === "unpack")) {
    const id = pattern.desc.id;
    if (t.dialect && bindReference(t, id, e, wrappers)) return;
    // Only functions give their names to what is in them, as in the real compiler.
    const value = e.desc.kind === "function" ? t.named(id.name, e, attributes) : t.expr(e);
    if (value.kind === "const" && e.desc.kind === "constant") t.scope.set(id, { kind: "constant", constant: value.constant });
    else if (value.kind === "var" && !value.variable.mutable) t.scope.set(id, { kind: "variable", variable: value.variable, signature: t.signatureOf(e) });
    else {
      const variable = t.fresh.variable(id.name, t.kindOf(e.env, e.type));
      t.scope.set(id, { kind: "variable", variable, signature: t.signatureOf(e) });
      if (value.kind === "primitive" && value.primitive.op === "block.make" && value.primitive.mutable) wrappers.push((body) => t.c.lateReads.bind(variable, value, body));
      else push(variable, value);
    }
    return;
  }
  if (pattern.desc.kind === "any") {
    const value = t.expr(e);
    if (!b.isAtom(value)) wrappers.push((body) => b.sequence(value, body));
    return;
  }
  if (isSimplePattern(pattern)) {
    const parts: { pattern: Pattern; expression: Expression }[] = [];
    pairs(pattern, e, parts);
    for (const { pattern: p, expression } of parts) destructure(t, p, t.expr(expression), localVariable(t), push);
    return;
  }
  wrappers.push(matchWrapper(t, pattern, t.expr(e), e.loc));
}

/** A pattern that may fail, around what follows. */
function matchWrapper(t: Translator, pattern: Pattern, value: Expr, loc: Expression["loc"]): Wrapper {
  let root = value;
  let outer: Wrapper = (body) => body;
  if (!b.isAtom(value) || (value.kind === "var" && value.variable.mutable)) {
    const v = t.fresh.variable("scrutinee", t.kindOf(pattern.env, pattern.type));
    outer = (body) => b.letIn(v, value, body);
    root = b.variable(v);
  }
  const finish = compileCases(t, [root], [{ patterns: [pattern], guard: undefined, body: undefined }], t.raisePlace("Match_failure", loc));
  return (body) => outer(finish([body]));
}

/** Binds a pattern to an atom around what follows: parameters of functions. */
export function bindToAtom(t: Translator, pattern: Pattern, atom: Expr, partial: boolean, loc: Expression["loc"], wrappers: Wrapper[]): void {
  if (isSimplePattern(pattern)) {
    destructure(t, pattern, atom, localVariable(t), (variable, value) => {
      wrappers.push((body) => b.letIn(variable, value, body));
    });
    return;
  }
  const finish = compileCases(t, [atom], [{ patterns: [pattern], guard: undefined, body: undefined }], partial ? t.raisePlace("Match_failure", loc) : undefined);
  wrappers.push((body) => finish([body]));
}

/** Top-level bindings for `let pattern = e`, whose variables are globals. */
export function bindingPatterns(t: Translator, pattern: Pattern, e: Expression, out: TopBinding[]): void {
  if (!isSimplePattern(pattern)) {
    bindMatched(t, pattern, e, out);
    return;
  }
  const bind: Bind = (variable, value) => {
    out.push({ kind: "let", variable, value });
  };
  const parts: { pattern: Pattern; expression: Expression }[] = [];
  pairs(pattern, e, parts);
  for (const { pattern: p, expression } of parts) {
    if (p.desc.kind !== "any" && leavesOut(p)) bindMatched(t, p, expression, out);
    else destructure(t, p, t.expr(expression), globalVariable(t), bind);
  }
}

/** Whether some part of what the pattern matches has no name, or can change: a global that holds the whole would keep it alive for ever. */
function leavesOut({ desc }: Pattern): boolean {
  switch (desc.kind) {
    case "any":
      return true;
    case "tuple":
      return desc.components.some(leavesOut);
    case "record":
      return desc.fields.length < (desc.fields[0]?.label.all.length ?? 0) || desc.fields.some((field) => field.label.mutable === "mutable" || leavesOut(field.pattern));
    case "construct":
      return desc.args.some(leavesOut);
    default:
      return false;
  }
}

/** The same by a match that gives a block of the variables' values, so that nothing else of what is matched is kept. */
function bindMatched(t: Translator, pattern: Pattern, e: Expression, out: TopBinding[]): void {
  const ids = patternVariables(t, pattern).map(({ id }) => id);
  const globals = ids.map((id) => globalVariable(t)(id, pattern));
  const meanings = ids.map((id) => t.scope.find(id)!);
  const root = t.fresh.variable("scrutinee", t.kindOf(pattern.env, pattern.type));
  const value = t.expr(e);
  const match = compileCases(t, [b.variable(root)], [{ patterns: [pattern], guard: undefined, body: undefined }], t.raisePlace("Match_failure", e.loc));
  const finish = (body: Expr): Expr => b.letIn(root, value, match([body]));
  const locals = ids.map((id) => {
    const meaning = t.scope.find(id)!;
    if (meaning.kind !== "variable") throw new Error(`${id.name} is not bound by its pattern`);
    return b.variable(meaning.variable);
  });
  ids.forEach((id, i) => t.scope.set(id, meanings[i]!));
  if (locals.length === 0) {
    out.push({ kind: "effect", value: finish(b.unit) });
    return;
  }
  if (locals.length === 1) {
    out.push({ kind: "let", variable: globals[0]!, value: finish(locals[0]!) });
    return;
  }
  const block = t.fresh.variable("bound");
  out.push({ kind: "let", variable: block, value: finish(b.makeBlock(0, locals)) });
  globals.forEach((variable, i) => out.push({ kind: "let", variable, value: b.field(b.variable(block), i) }));
}
