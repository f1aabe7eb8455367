/** Folding of blocks: what may become one and what may not. */
import { describe, expect, it } from "vitest";
import type { Location } from "../syntax/diagnostics.ts";
import { foldBlocks } from "./fold-blocks.ts";
import { Instruction, MachineBlock, MachineFunction, type SafePointRecord } from "./machine.ts";

const [BRANCH, MOVE, CALL, JUMP] = [1, 2, 3, 4];

function instruction(op: number, fields: { readonly immediate?: bigint; readonly loc?: Location; readonly safePoint?: SafePointRecord } = {}): Instruction {
  const i = new Instruction(op, [], [], [0], []);
  i.immediate = fields.immediate ?? 0n;
  i.loc = fields.loc;
  i.safePoint = fields.safePoint;
  return i;
}

/** A function: of each block its instructions and the numbers of its successors. */
function blocks(shapes: readonly { readonly instructions: readonly Instruction[]; readonly to: readonly number[]; readonly loop?: number }[]): MachineBlock[] {
  const f = new MachineFunction("f", 0, [], false, undefined);
  f.blocks = shapes.map((_, id) => new MachineBlock(id));
  shapes.forEach((shape, id) => {
    const b = f.blocks[id]!;
    b.instructions = [...shape.instructions];
    b.loop = shape.loop ?? -1;
    b.edges = shape.to.map((t) => ({ target: f.blocks[t]!, args: [] }));
  });
  foldBlocks(f);
  return f.blocks;
}

const targets = (b: MachineBlock): number[] => b.edges.map((e) => e.target.id);
const set = (n: bigint): Instruction => instruction(MOVE, { immediate: n });
const jump = (): Instruction => instruction(JUMP);
const call = (start: number): Instruction =>
  instruction(CALL, { loc: { file: { name: "f.ml", text: "" }, start, end: start + 1, ghost: false }, safePoint: { call: true, registers: 0, slots: [] } });

describe("blocks with the same code", () => {
  it("become one, and then those that lead to them", () => {
    const [entry, first] = blocks([
      { instructions: [instruction(BRANCH)], to: [1, 2] },
      { instructions: [set(1n), jump()], to: [3] },
      { instructions: [set(1n), jump()], to: [4] },
      { instructions: [set(2n), jump()], to: [5] },
      { instructions: [set(2n), jump()], to: [5] },
      { instructions: [jump()], to: [] },
    ]);
    expect(targets(entry!)).toEqual([1, 1]);
    expect(targets(first!)).toEqual([3]);
  });

  it("stay two where a constant, a place that backtraces tell, or the loop makes the difference", () => {
    const different = (a: Instruction, b: Instruction, loop = -1): void => {
      const [entry] = blocks([
        { instructions: [instruction(BRANCH)], to: [1, 2] },
        { instructions: [a, jump()], to: [3] },
        { instructions: [b, jump()], to: [3], loop },
        { instructions: [jump()], to: [] },
      ]);
      expect(targets(entry!)).toEqual([1, 2]);
    };
    different(set(1n), set(2n));
    different(call(1), call(2));
    different(set(1n), set(1n), 0);
  });
});
