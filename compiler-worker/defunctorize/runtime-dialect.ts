/**
 * The rules of the runtime dialect (ARCHITECTURE section 5): references are mutable variables, machine words are never
 * boxed, nothing is allocated, no closure captures.
 */
import * as b from "../core/build.ts";
import type { Expr, Function, Program, Variable } from "../core/core.ts";
import { FreeVariables, forEachExpr } from "../core/free.ts";
import { errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import type { Expression } from "../typing/typedtree.ts";
import type { Ident } from "../typing/types.ts";
import type { Translator, Wrapper } from "./translate.ts";

/** The functions in which references live: a nested function may not use them. */
const owners = new WeakMap<Variable, object>();

function primitiveName(e: Expression): string | undefined {
  if (e.desc.kind !== "ident") return undefined;
  const kind = e.desc.description.valueKind;
  return kind.kind === "primitive" ? kind.primitive.name : undefined;
}

/** `let x = ref e in …`: a mutable variable. False when the binding is something else. */
export function bindReference(t: Translator, id: Ident, e: Expression, wrappers: Wrapper[]): boolean {
  if (e.desc.kind !== "apply" || primitiveName(e.desc.function) !== "%makemutable") return false;
  const argument = e.desc.args[0]?.argument;
  if (e.desc.args.length !== 1 || argument?.kind !== "expression") return false;
  const content = argument.expression;
  const value = t.expr(content);
  const variable = t.fresh.mutable(id.name, t.kindOf(content.env, content.type));
  owners.set(variable, t.functionToken);
  t.scope.set(id, { kind: "reference", variable });
  wrappers.push((body) => b.letIn(variable, value, body));
  return true;
}

/** `!x`, `x := e`, `incr x`, `decr x` of such a variable, and comparisons of words by `==`. */
export function referenceOperation(t: Translator, name: string, args: readonly Expression[]): Expr | undefined {
  if (name === "%eq" || name === "%noteq") {
    const first = args[0]!;
    if (t.kindOf(first.env, first.type) !== "word") return undefined;
    return b.compareWord(name === "%eq" ? "eq" : "ne", t.expr(first), t.expr(args[1]!));
  }
  if (name !== "%field0" && name !== "%setfield0" && name !== "%incr" && name !== "%decr") return undefined;
  const reference = args[0]!;
  if (reference.desc.kind !== "ident" || reference.desc.path.kind !== "ident") return undefined;
  const meaning = t.scope.find(reference.desc.path.id);
  if (meaning === undefined || meaning.kind !== "reference") return undefined;
  const { variable } = meaning;
  if (owners.get(variable) !== t.functionToken) {
    t.c.error(reference.loc, `the reference ${variable.name} belongs to the function around this one: in the runtime dialect a function cannot capture it`);
    return b.unit;
  }
  switch (name) {
    case "%field0":
      return b.variable(variable);
    case "%setfield0":
      return b.assign(variable, t.expr(args[1]!));
    case "%incr":
      return b.assign(variable, b.prim("int.add", b.variable(variable), b.int(1)));
    default:
      return b.assign(variable, b.prim("int.sub", b.variable(variable), b.int(1)));
  }
}

const NOWHERE: Location = { file: { name: "", text: "" }, start: 0, end: 0, ghost: true };

/** What an optimised program still has in its functions of the dialect that the dialect forbids. */
export function checkRuntimeDialect(program: Program): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const globals = new Set<Variable>();
  const functions: Function[] = [];
  for (const binding of program.bindings) {
    if (binding.kind === "let") {
      globals.add(binding.variable);
      if (binding.value.kind === "function") functions.push(binding.value.function);
    } else if (binding.kind === "letrec") {
      for (const f of binding.functions) {
        globals.add(f.variable);
        functions.push(f.function);
      }
    }
  }
  const free = new FreeVariables((v) => globals.has(v));
  for (const f of functions) {
    if (!f.runtimeDialect) continue;
    const where = f.loc ?? NOWHERE;
    const report = (message: string): void => {
      diagnostics.push(errorAt(where, `${f.name} is code of the runtime dialect and ${message}`));
    };
    forEachExpr(
      f.body,
      (e) => {
        if (e.kind === "primitive") {
          const op = e.primitive.op;
          if (op === "block.make" || op === "block.makeFloats" || op === "alloc.small" || op === "float.box" || op === "word.box" || op === "block.copy") report(`allocates (${op})`);
        } else if (e.kind === "apply" && e.function.kind !== "var") report("calls a function that is not known");
        else if (e.kind === "apply" && e.function.kind === "var" && !globals.has(e.function.variable)) {
          // A local function that was not made a loop: allowed while it captures nothing.
          return;
        }
      },
      (inner) => {
        if (free.ofFunction(inner).length > 0) report("has a closure that captures variables");
      },
    );
  }
  return diagnostics;
}
