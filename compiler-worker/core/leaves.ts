/** What an expression ends in: the results of its branches, handlers of join points included; jumps and raises have none. */
import * as b from "./build.ts";
import type { Expr, Label } from "./core.ts";
import { diverges } from "./effects.ts";
import { forEachExpr } from "./free.ts";
import { close, type Frame } from "./rewrite.ts";

/**
 * Rebuilds an expression with other results. `intoTry`: bodies of `try` count as branches; a leaf there is still
 * evaluated under the handler.
 */
export function mapLeaves(start: Expr, leaf: (e: Expr) => Expr, intoTry = false): Expr {
  const frames: Frame[] = [];
  let e = start;
  for (;;) {
    const node = e;
    switch (node.kind) {
      case "let":
        frames.push((body) => b.letIn(node.variable, node.value, body));
        e = node.body;
        break;
      case "letrec":
        frames.push((body) => b.letrecIn(node.functions, body));
        e = node.body;
        break;
      case "sequence":
        frames.push((second) => b.sequence(node.first, second));
        e = node.second;
        break;
      case "if": {
        const then = mapLeaves(node.then, leaf, intoTry);
        frames.push((otherwise) => b.ifThenElse(node.condition, then, otherwise));
        e = node.else;
        break;
      }
      case "switch": {
        const cases = node.cases.map(({ value, body }) => ({ value, body: mapLeaves(body, leaf, intoTry) }));
        return close(frames, b.switchOn(node.scrutinee, cases, node.default === undefined ? undefined : mapLeaves(node.default, leaf, intoTry)));
      }
      case "join": {
        const handler = mapLeaves(node.handler, leaf, intoTry);
        frames.push((body) => b.join(node.label, node.parameters, handler, body, node.recursive));
        e = node.body;
        break;
      }
      case "try": {
        if (!intoTry) return close(frames, leaf(node));
        const body = mapLeaves(node.body, leaf, intoTry);
        frames.push((handler) => b.tryWith(body, node.exception, handler));
        e = node.handler;
        break;
      }
      case "jump":
        return close(frames, node);
      default:
        return close(frames, diverges(node) ? node : leaf(node));
    }
  }
}

export function forEachLeaf(start: Expr, visit: (e: Expr) => void): void {
  let e = start;
  for (;;) {
    switch (e.kind) {
      case "let":
      case "letrec":
        e = e.body;
        break;
      case "sequence":
        e = e.second;
        break;
      case "if":
        forEachLeaf(e.then, visit);
        e = e.else;
        break;
      case "switch":
        for (const item of e.cases) forEachLeaf(item.body, visit);
        if (e.default === undefined) return;
        e = e.default;
        break;
      case "join":
        forEachLeaf(e.handler, visit);
        e = e.body;
        break;
      case "try":
        forEachLeaf(e.body, visit);
        e = e.handler;
        break;
      case "jump":
        return;
      default:
        if (!diverges(e)) visit(e);
        return;
    }
  }
}

/** Whether a `try` that the expression ends in jumps to a join point outside: it can then stand nowhere but at an end. */
export function endsInEscapingTry(start: Expr): boolean {
  const pending: Expr[] = [start];
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    switch (e.kind) {
      case "let":
      case "letrec":
        pending.push(e.body);
        break;
      case "sequence":
        pending.push(e.second);
        break;
      case "if":
        pending.push(e.then, e.else);
        break;
      case "switch":
        for (const item of e.cases) pending.push(item.body);
        if (e.default !== undefined) pending.push(e.default);
        break;
      case "join":
        pending.push(e.handler, e.body);
        break;
      case "try":
        if (jumpsOut(e)) return true;
        break;
    }
  }
  return false;
}

function jumpsOut(e: Expr): boolean {
  const bound = new Set<Label>();
  const jumps: Label[] = [];
  forEachExpr(e, (x) => {
    if (x.kind === "join") bound.add(x.label);
    else if (x.kind === "jump") jumps.push(x.label);
  });
  return jumps.some((label) => !bound.has(label));
}
