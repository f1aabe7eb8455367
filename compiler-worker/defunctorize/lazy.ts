/** Forcing of lazy values: values and forwarded ones at once, suspended ones through `CamlinternalLazy`. */
import * as b from "../core/build.ts";
import type { Expr } from "../core/core.ts";
import type { Compilation } from "./context.ts";
import { valueOfMeaning } from "./context.ts";
import { persistent } from "../typing/ident.ts";
import { resolve } from "./paths.ts";

const FORCING_TAG = 244;
const LAZY_TAG = 246;
const FORWARD_TAG = 250;

/** A function that the compiler knows by unit and name. */
export function libraryFunction(c: Compilation, unit: string, name: string): Expr {
  return valueOfMeaning(c, resolve(c, undefined, "value", { kind: "dot", prefix: { kind: "ident", id: persistent(unit) }, name }));
}

export function forceLazy(c: Compilation, value: Expr): Expr {
  return b.bind(c.fresh, "lazy", "value", value, (x) => {
    const tag = c.fresh.variable("tag", "immediate");
    const t = b.variable(tag);
    const suspended = b.apply(libraryFunction(c, "CamlinternalLazy", "force_lazy_block"), [x]);
    const isSuspended = b.ifThenElse(b.compareInt("eq", t, b.int(LAZY_TAG)), b.trueExpr, b.compareInt("eq", t, b.int(FORCING_TAG)));
    return b.ifThenElse(
      b.prim("value.isInt", x),
      x,
      b.letIn(tag, b.prim("block.tag", x), b.ifThenElse(b.compareInt("eq", t, b.int(FORWARD_TAG)), b.field(x, 0), b.ifThenElse(isSuspended, suspended, x))),
    );
  });
}
