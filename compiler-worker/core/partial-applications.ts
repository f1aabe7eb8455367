/**
 * Partial applications of local functions, written out: where fewer arguments are given than the function has parameters, the real compiler
 * makes a function of the others, which stands under the name of the function that it is made in and can be copied to its calls (as its
 * backtraces show).
 */
import * as b from "./build.ts";
import type { Expr, Function, TopBinding, Variable } from "./core.ts";
import { forEachExpr } from "./free.ts";
import { mapBinding, rewrite, type Rules } from "./rewrite.ts";

export function writePartialApplications(binding: TopBinding, isOwn: (f: Function) => boolean, fresh: b.Fresh): TopBinding {
  const functions = new Map<Variable, Function>();
  const roots = binding.kind === "letrec" ? binding.functions.map((x) => x.function.body) : [binding.value];
  let found = false;
  for (const root of roots) {
    forEachExpr(root, (e) => {
      if (e.kind === "let" && e.value.kind === "function" && !e.variable.mutable && isOwn(e.value.function)) functions.set(e.variable, e.value.function);
      if (e.kind === "letrec") for (const x of e.functions) if (isOwn(x.function)) functions.set(x.variable, x.function);
    });
  }
  if (functions.size === 0) return binding;
  for (const root of roots) {
    forEachExpr(root, (e) => {
      if (isPartial(e, functions)) found = true;
    });
  }
  if (!found) return binding;
  const within = (f: Function): Function => (isOwn(f) ? b.withBody(f, rewrite(rulesIn(f), f.body)) : f);
  const rulesIn = (home: Function): Rules => {
    const rules: Rules = { function: within, node: (e) => (isPartial(e, functions) ? written(e, functions, home, fresh, rules) : undefined) };
    return rules;
  };
  return mapBinding(binding, { expr: (e) => rewrite({ function: within, node: () => undefined }, e), function: within });
}

function isPartial(e: Expr, functions: ReadonlyMap<Variable, Function>): e is Extract<Expr, { kind: "apply" }> {
  if (e.kind !== "apply" || e.function.kind !== "var" || e.loc === undefined) return false;
  const f = functions.get(e.function.variable);
  return f !== undefined && e.args.length < f.parameters.length;
}

function written(e: Extract<Expr, { kind: "apply" }>, functions: ReadonlyMap<Variable, Function>, home: Function, fresh: b.Fresh, rules: Rules): Expr {
  const f = e.function.kind === "var" ? functions.get(e.function.variable)! : home;
  const given = e.args.map((arg) => (arg.kind === "const" ? undefined : fresh.variable("arg")));
  const rest = f.parameters.slice(e.args.length).map((p) => fresh.variable(p.name));
  const args = e.args.map((arg, i) => (given[i] === undefined ? arg : b.variable(given[i])));
  let result = b.lambda(b.makeFunction(home.name, rest, b.apply(e.function, [...args, ...rest.map(b.variable)], e.loc, e.inline), { loc: e.loc }));
  // The last argument is evaluated first.
  e.args.forEach((arg, i) => {
    if (given[i] !== undefined) result = b.letIn(given[i], rewrite(rules, arg), result);
  });
  return result;
}
