/** Rewriting of expressions: the traversal that passes share. Chains of lets, sequences and `else` are iterated. */
import * as b from "./build.ts";
import type { Expr, Function, FunctionBinding, Program, TopBinding } from "./core.ts";
import type { PassMemo } from "./memo.ts";

export type Frame = (body: Expr) => Expr;

/** A node that was dealt with, except for the rest of its spine. */
export interface Step {
  readonly frame: Frame | undefined;
  readonly next: Expr;
}

export interface Rules {
  /** Called for every node on the way down. A result takes the node's place and is not gone into; undefined goes on inside. */
  readonly node: (e: Expr) => Expr | Step | undefined;
  readonly function: (f: Function) => Function;
}

export function close(frames: readonly Frame[], e: Expr): Expr {
  let result = e;
  for (let i = frames.length - 1; i >= 0; i--) result = frames[i]!(result);
  return result;
}

function isStep(x: Expr | Step): x is Step {
  return "next" in x;
}

/** `e` after `rules`. Parts in which nothing changes are shared with `e`. */
export function rewrite(rules: Rules, e: Expr): Expr {
  return rewriteFrom(rules, e, true);
}

/** As `rewrite`, without asking the rules about the root itself. */
export function rewriteInside(rules: Rules, e: Expr): Expr {
  return rewriteFrom(rules, e, false);
}

function rewriteFrom(rules: Rules, start: Expr, askRoot: boolean): Expr {
  const frames: Frame[] = [];
  let e = start;
  let ask = askRoot;
  for (;;) {
    if (ask) {
      const answer = rules.node(e);
      if (answer !== undefined) {
        if (!isStep(answer)) return close(frames, answer);
        if (answer.frame !== undefined) frames.push(answer.frame);
        e = answer.next;
        continue;
      }
    }
    ask = true;
    const node = e;
    switch (node.kind) {
      case "var":
      case "const":
        return close(frames, node);
      case "let": {
        const value = rewrite(rules, node.value);
        frames.push((body) => (value === node.value && body === node.body ? node : b.letIn(node.variable, value, body)));
        e = node.body;
        break;
      }
      case "letrec": {
        const functions = rewriteFunctions(rules, node.functions);
        frames.push((body) => (functions === node.functions && body === node.body ? node : b.letrecIn(functions, body)));
        e = node.body;
        break;
      }
      case "sequence": {
        const first = rewrite(rules, node.first);
        frames.push((second) => (first === node.first && second === node.second ? node : b.sequence(first, second)));
        e = node.second;
        break;
      }
      case "if": {
        const condition = rewrite(rules, node.condition);
        const then = rewrite(rules, node.then);
        frames.push((otherwise) => (condition === node.condition && then === node.then && otherwise === node.else ? node : b.ifThenElse(condition, then, otherwise)));
        e = node.else;
        break;
      }
      case "join": {
        const handler = rewrite(rules, node.handler);
        frames.push((body) => (handler === node.handler && body === node.body ? node : b.join(node.label, node.parameters, handler, body, node.recursive)));
        e = node.body;
        break;
      }
      case "try": {
        const body = rewrite(rules, node.body);
        frames.push((handler) => (body === node.body && handler === node.handler ? node : b.tryWith(body, node.exception, handler)));
        e = node.handler;
        break;
      }
      case "switch": {
        const scrutinee = rewrite(rules, node.scrutinee);
        let changed = scrutinee !== node.scrutinee;
        const cases = node.cases.map((item) => {
          const body = rewrite(rules, item.body);
          if (body === item.body) return item;
          changed = true;
          return { value: item.value, body };
        });
        const otherwise = node.default === undefined ? undefined : rewrite(rules, node.default);
        return close(frames, changed || otherwise !== node.default ? b.switchOn(scrutinee, cases, otherwise) : node);
      }
      case "apply": {
        const args = rewriteAll(rules, node.args);
        const f = rewrite(rules, node.function);
        return close(frames, args === node.args && f === node.function ? node : b.apply(f, args, node.loc, node.inline, node.tailcall));
      }
      case "primitive": {
        const args = rewriteAll(rules, node.args);
        return close(frames, args === node.args ? node : b.primitive(node.primitive, args, node.loc));
      }
      case "jump": {
        const args = rewriteAll(rules, node.args);
        return close(frames, args === node.args ? node : b.jump(node.label, args));
      }
      case "assign": {
        const value = rewrite(rules, node.value);
        return close(frames, value === node.value ? node : b.assign(node.variable, value));
      }
      case "function": {
        const f = rules.function(node.function);
        return close(frames, f === node.function ? node : b.lambda(f));
      }
    }
  }
}

function rewriteAll(rules: Rules, args: readonly Expr[]): readonly Expr[] {
  let changed = false;
  const out = args.map((arg) => {
    const next = rewrite(rules, arg);
    if (next !== arg) changed = true;
    return next;
  });
  return changed ? out : args;
}

export function rewriteFunctions(rules: Rules, functions: readonly FunctionBinding[]): readonly FunctionBinding[] {
  let changed = false;
  const out = functions.map((binding) => {
    const f = rules.function(binding.function);
    if (f === binding.function) return binding;
    changed = true;
    return { variable: binding.variable, function: f };
  });
  return changed ? out : functions;
}

export interface Transform {
  readonly expr: (e: Expr) => Expr;
  readonly function: (f: Function) => Function;
}

/** Applies `transform` to a binding's functions or expression; the binding itself when nothing changes. */
export function mapBinding(binding: TopBinding, transform: Transform): TopBinding {
  switch (binding.kind) {
    case "letrec": {
      let changed = false;
      const functions = binding.functions.map((f) => {
        const next = transform.function(f.function);
        if (next === f.function) return f;
        changed = true;
        return { variable: f.variable, function: next };
      });
      return changed ? { kind: "letrec", functions } : binding;
    }
    case "let": {
      const { variable, value } = binding;
      if (value.kind === "function") {
        const next = transform.function(value.function);
        return next === value.function ? binding : { kind: "let", variable, value: b.lambda(next) };
      }
      const next = transform.expr(value);
      return next === value ? binding : { kind: "let", variable, value: next };
    }
    case "effect": {
      const next = transform.expr(binding.value);
      return next === binding.value ? binding : { kind: "effect", value: next };
    }
  }
}

/** A pass that looks at nothing but the binding at hand. */
export function mapBindings(program: Program, memo: PassMemo<TopBinding>, transform: (binding: TopBinding) => TopBinding): Program {
  return { bindings: program.bindings.map((binding) => memo.get(binding, transform)), exports: program.exports };
}

/** Applies `transform` to the body of every function, inner ones first, and to the top-level expression. */
export function mapFunctionBodies(binding: TopBinding, transform: (body: Expr, f: Function | undefined) => Expr): TopBinding {
  const rules: Rules = {
    node: () => undefined,
    function: (f) => {
      const body = transform(rewrite(rules, f.body), f);
      return body === f.body ? f : b.withBody(f, body);
    },
  };
  return mapBinding(binding, { expr: (e) => transform(rewrite(rules, e), undefined), function: rules.function });
}
