/** Operations that no baseline processor has, written out: counting bits (Warren, "Hacker's Delight", 5–1). */
import { Builder } from "../builder.ts";
import { mapOperands, resolve, type SsaFunction, type Value } from "../ssa.ts";

export function expand(f: SsaFunction): void {
  let found = false;
  for (const block of f.blocks) {
    if (!block.instructions.some((v) => v.op === "popcount")) continue;
    found = true;
    const before = block.instructions;
    block.instructions = [];
    const b = new Builder(f, block);
    for (const v of before) {
      if (v.op !== "popcount") b.append(v);
      else v.forward = populationCount(b, v.args[0]!);
    }
  }
  if (found) for (const block of f.blocks) mapOperands(block, resolve);
}

function populationCount(b: Builder, x: Value): Value {
  const mask = (v: Value, bits: bigint): Value => b.binary("and", "word", v, b.constant(bits));
  const shifted = (v: Value, n: number): Value => b.binary("lsr", "word", v, b.number(n));
  const pairs = b.binary("sub", "word", x, mask(shifted(x, 1), 0x5555555555555555n));
  const nibbles = b.add(mask(pairs, 0x3333333333333333n), mask(shifted(pairs, 2), 0x3333333333333333n));
  const bytes = mask(b.add(nibbles, shifted(nibbles, 4)), 0x0f0f0f0f0f0f0f0fn);
  return shifted(b.binary("mul", "word", bytes, b.constant(0x0101010101010101n)), 56);
}
