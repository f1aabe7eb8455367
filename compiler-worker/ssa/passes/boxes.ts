/**
 * Loads from the box of a number that the same function allocated take the number itself (store-to-load forwarding; Muchnick 1997,
 * section 12.4, for blocks that are never changed nor filled in later). Core cancels a box that meets its use directly; this finds those that went
 * through blocks in which control met, after their parameters are gone.
 */
import { TAG } from "../static-data.ts";
import { baseOf } from "../builder.ts";
import { mapOperands, resolve, type SsaFunction, type Value } from "../ssa.ts";

export function forwardBoxes(f: SsaFunction): void {
  let replaced = false;
  for (const b of f.blocks) {
    for (const v of b.instructions) {
      const number = boxed(v);
      if (number === undefined || number.kind !== v.kind) continue;
      v.forward = number;
      replaced = true;
    }
    b.instructions = b.instructions.filter((v) => v.forward === undefined);
  }
  if (replaced) for (const b of f.blocks) mapOperands(b, resolve);
}

/** The number that a load takes out of a box. */
function boxed(load: Value): Value | undefined {
  if (load.op !== "load" || load.mutable || load.width !== 64 || load.scale !== 0 || load.offset % 8 !== 0) return undefined;
  const box = resolve(baseOf(load));
  if (box.op !== "alloc") return undefined;
  const tag = Number(box.bits & 255n);
  return tag === TAG.double || tag === TAG.custom ? box.args[load.offset / 8] : undefined;
}
