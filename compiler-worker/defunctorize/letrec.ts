/**
 * Recursive bindings. Functions become one `letrec`; blocks that mention the variables being defined are made first
 * and filled in after the functions (Hirschowitz, Leroy, Wells, "Compilation of extended recursion in call-by-value
 * functional languages"). The type checker has made sure that nothing else uses the variables too early.
 */
import * as b from "../core/build.ts";
import type { Expr, FunctionBinding, Primitive, TopBinding, Variable } from "../core/core.ts";
import { forEachExpr } from "../core/free.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { ValueBinding } from "../typing/typedtree.ts";
import { wrapBindings } from "./sinks.ts";
import type { Translator, Wrapper } from "./translate.ts";

interface Item {
  /** Undefined for an effect. */
  readonly variable: Variable | undefined;
  readonly value: Expr;
  readonly loc: Location;
}

/** `let rec` in an expression. */
export function translateLetrecExpression(t: Translator, bindings: readonly ValueBinding[]): Wrapper {
  for (const binding of bindings) for (const { id, kind } of t.patternVariables(binding.pattern)) t.bindVariable(id, kind);
  for (const binding of bindings) {
    const signature = t.signatureOf(binding.expression);
    const desc = binding.pattern.desc;
    const meaning = desc.kind === "var" ? t.scope.find(desc.id) : undefined;
    if (signature !== undefined && desc.kind === "var" && meaning?.kind === "variable") t.scope.set(desc.id, { kind: "variable", variable: meaning.variable, signature });
  }
  const out: TopBinding[] = [];
  translateRecursive(t, bindings, out);
  return (body) => wrapBindings(out, body);
}

/** The bindings, whose variables have their meanings already. */
export function translateRecursive(t: Translator, bindings: readonly ValueBinding[], out: TopBinding[]): void {
  const items: Item[] = [];
  const recursive = new Set<Variable>();
  const aliases: { variable: Variable; target: Variable }[] = [];
  for (const binding of bindings) {
    const variables = t.patternVariables(binding.pattern).map(({ id }) => {
      const meaning = t.scope.find(id);
      if (meaning?.kind !== "variable" && meaning?.kind !== "group") throw new Error(`${id.name} is no variable`);
      return meaning.variable;
    });
    const variable = variables[0];
    for (const other of variables.slice(1)) aliases.push({ variable: other, target: variable! });
    if (variable !== undefined) recursive.add(variable);
    items.push({ variable, value: t.named(variable?.name ?? "_", binding.expression, binding.attributes), loc: binding.loc });
  }
  for (const { variable, target } of aliases) items.push({ variable, value: b.variable(target), loc: bindings[0]!.loc });
  arrange(t, flatten(items), recursive, out);
}

/** `x = (let a = e in body)` becomes two bindings, `x = (e; body)` an effect and a binding. */
function flatten(items: readonly Item[]): Item[] {
  const out: Item[] = [];
  for (const { variable, value, loc } of items) {
    let e = value;
    for (;;) {
      if (e.kind === "let" && !e.variable.mutable) {
        out.push({ variable: e.variable, value: e.value, loc });
        e = e.body;
      } else if (e.kind === "letrec") {
        for (const f of e.functions) out.push({ variable: f.variable, value: b.lambda(f.function), loc });
        e = e.body;
      } else if (e.kind === "sequence") {
        out.push({ variable: undefined, value: e.first, loc });
        e = e.second;
      } else break;
    }
    out.push({ variable, value: e, loc });
  }
  return out;
}

function mentions(e: Expr, variables: ReadonlySet<Variable>): boolean {
  let found = false;
  forEachExpr(e, (x) => {
    if (x.kind === "var" && variables.has(x.variable)) found = true;
  });
  return found;
}

function arrange(t: Translator, items: readonly Item[], recursive: Set<Variable>, out: TopBinding[]): void {
  // Variables that are defined, directly or not, in terms of the recursive ones.
  const dependent = new Set(recursive);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { variable, value } of items) {
      if (variable === undefined || dependent.has(variable) || !mentions(value, dependent)) continue;
      dependent.add(variable);
      changed = true;
    }
  }
  const functions: FunctionBinding[] = [];
  const blocks: { readonly variable: Variable; readonly primitive: Primitive; readonly args: readonly Expr[] }[] = [];
  const late: Item[] = [];
  for (const item of items) {
    const { variable, value } = item;
    if (variable === undefined) {
      if (mentions(value, dependent)) late.push(item);
      else out.push({ kind: "effect", value });
    } else if (value.kind === "function") functions.push({ variable, function: value.function });
    else if (!mentions(value, dependent)) out.push({ kind: "let", variable, value });
    else if (value.kind === "primitive" && (value.primitive.op === "block.make" || value.primitive.op === "block.makeFloats")) blocks.push({ variable, primitive: value.primitive, args: value.args });
    else if (value.kind === "var") late.push(item);
    else {
      t.c.error(item.loc, "This kind of expression is not allowed as right-hand side of `let rec'");
      out.push({ kind: "let", variable, value: b.unit });
    }
  }
  for (const { variable, primitive, args } of blocks) {
    const fresh: Primitive = primitive.op === "block.make" ? { op: "block.make", tag: primitive.tag, mutable: true } : { op: "block.makeFloats", mutable: true };
    out.push({ kind: "let", variable, value: b.primitive(fresh, args.map(() => (primitive.op === "block.make" ? b.unit : b.float(0)))) });
  }
  // An alias of a block is known once the block is made; one of a function after the functions.
  if (functions.length > 0) {
    const early = late.filter((item) => item.variable !== undefined && item.value.kind === "var" && blocks.some((block) => item.value.kind === "var" && block.variable === item.value.variable));
    for (const item of early) {
      out.push({ kind: "let", variable: item.variable!, value: item.value });
      late.splice(late.indexOf(item), 1);
    }
    out.push({ kind: "letrec", functions });
  }
  for (const { variable, value } of late) out.push(variable === undefined ? { kind: "effect", value } : { kind: "let", variable, value });
  for (const { variable, primitive, args } of blocks) {
    args.forEach((arg, i) => {
      const set = primitive.op === "block.make" ? b.setField(b.variable(variable), i, "pointer", arg) : b.primitive({ op: "block.setFloatField", index: i }, [b.variable(variable), arg]);
      if (!(arg.kind === "const" && arg.constant.kind === "int" && arg.constant.value === 0n)) out.push({ kind: "effect", value: set });
    });
  }
}
