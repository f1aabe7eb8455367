/** What an expression ends in: the results of its branches, handlers of join points included; jumps and raises have none. */
import * as b from "./build.ts";
import type { Expr } from "./core.ts";
import { diverges } from "./effects.ts";
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
