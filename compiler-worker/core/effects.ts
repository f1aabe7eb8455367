/** What primitives and expressions do beside giving a value: decides what may be dropped, repeated and moved. */
import type { Expr, Primitive } from "./core.ts";

/**
 * - `pure`: depends on its arguments only.
 * - `allocate`: makes a mutable block; may be dropped, not repeated.
 * - `read`: depends on the state of memory; may be dropped.
 * - `effect`: must happen.
 */
export type Effect = "pure" | "allocate" | "read" | "effect";

export function effectOf(p: Primitive): Effect {
  switch (p.op) {
    case "block.make":
    case "block.makeFloats":
      return p.mutable ? "allocate" : "pure";
    case "alloc.small":
    case "block.copy":
      return "allocate";
    case "block.field":
    case "block.floatField":
      return p.mutable ? "read" : "pure";
    case "block.fieldAt":
    case "block.floatAt":
    case "block.wordAt":
    case "bytes.load":
    case "bigarray.load":
    // A lazy block's tag changes when it is forced.
    case "block.tag":
    // The word is an address until the next collection only.
    case "raw.value":
      return "read";
    case "block.setField":
    case "block.setFieldAt":
    case "block.setFloatField":
    case "block.setFloatAt":
    case "block.setWordAt":
    case "bytes.store":
    case "bigarray.store":
    case "raise":
    case "perform":
    case "runstack":
    case "resume":
    case "reperform":
    case "raw.load":
    case "raw.store":
    case "raw.address":
    case "raw.machine":
    case "stub":
    case "value.opaque":
      return "effect";
    default:
      return "pure";
  }
}

/** Whether evaluating `e` can be left out when its value is not needed. */
export function isDroppable(e: Expr): boolean {
  switch (e.kind) {
    case "var":
    case "const":
    case "function":
      return true;
    case "primitive":
      return effectOf(e.primitive) !== "effect" && e.args.every(isDroppable);
    case "if":
      return isDroppable(e.condition) && isDroppable(e.then) && isDroppable(e.else);
    case "let":
      return isDroppable(e.value) && isDroppable(e.body);
    default:
      return false;
  }
}

/** Whether control surely does not come back from `e`. */
export function diverges(e: Expr): boolean {
  return e.kind === "primitive" && e.primitive.op === "raise";
}

/** Number of nodes, counted up to `limit`. */
export function sizeOf(e: Expr, limit: number): number {
  let size = 0;
  const stack: Expr[] = [e];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    switch (x.kind) {
      case "var":
      case "const":
        break;
      case "let":
        stack.push(x.value, x.body);
        break;
      case "letrec":
        size += 3;
        for (const f of x.functions) stack.push(f.function.body);
        stack.push(x.body);
        break;
      case "function":
        size += 3;
        stack.push(x.function.body);
        break;
      case "apply":
        size += 2 + x.args.length;
        stack.push(x.function, ...x.args);
        break;
      case "primitive":
        size += x.primitive.op === "raise" ? 2 : 1;
        stack.push(...x.args);
        break;
      case "if":
        size += 1;
        stack.push(x.condition, x.then, x.else);
        break;
      case "switch":
        size += 1 + x.cases.length;
        stack.push(x.scrutinee);
        for (const item of x.cases) stack.push(item.body);
        if (x.default !== undefined) stack.push(x.default);
        break;
      case "join":
        size += 1;
        stack.push(x.handler, x.body);
        break;
      case "jump":
        size += 1;
        stack.push(...x.args);
        break;
      case "try":
        size += 4;
        stack.push(x.body, x.handler);
        break;
      case "sequence":
        stack.push(x.first, x.second);
        break;
      case "assign":
        size += 1;
        stack.push(x.value);
        break;
    }
    if (size > limit) return size;
  }
  return size;
}
