/**
 * Machine code before and after register allocation: blocks of target instructions over virtual registers, with the
 * constraints that the allocator must meet. What an instruction does is the target's business.
 */
import type { Kind } from "../core/core.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Value } from "../ssa/ssa.ts";

/** Constraints of an operand; a number ≥ 0 is a fixed register. */
export const ANY = -1;
/** A use that may be left in its stack slot. */
export const ANY_OR_STACK = -2;
/** A definition that gets the register of the first use. */
export const SAME_AS_FIRST = -3;

/** Locations after allocation: registers are numbers ≥ 0, slot n is `slotLocation(n)`. */
export function slotLocation(slot: number): number {
  return -1 - slot;
}

export function slotOf(location: number): number {
  return -1 - location;
}

export class Instruction {
  readonly op: number;
  /** Virtual registers, replaced by locations by the allocator. */
  readonly defs: number[];
  readonly defConstraints: number[];
  readonly uses: number[];
  readonly useConstraints: number[];
  /** Registers that are destroyed, as a bit set; −1 for all. */
  clobbers = 0;
  immediate = 0n;
  symbol = "";
  offset = 0;
  scale = 0;
  width = 64;
  /** Condition code or other detail of the operation. */
  detail = 0;
  /** How many of the uses, at the end of them, are an address (base, then index): see the target. */
  addressUses = 0;
  /** The first two uses may be exchanged. */
  commutative = false;
  /** The virtual registers defined, when `defs` holds locations. */
  definedRegisters: readonly number[] = [];
  safePoint: SafePointRecord | undefined = undefined;
  loc: Location | undefined = undefined;

  constructor(op: number, defs: number[], defConstraints: number[], uses: number[], useConstraints: number[]) {
    this.op = op;
    this.defs = defs;
    this.defConstraints = defConstraints;
    this.uses = uses;
    this.useConstraints = useConstraints;
  }
}

/** Filled in by the allocator. */
export interface SafePointRecord {
  /** Registers are not saved by the callee: what is live lies in slots. False at slow paths of allocations, which save all registers. */
  readonly call: boolean;
  registers: number;
  slots: number[];
}

/** An argument of an edge: a virtual register or a constant. */
export type EdgeArgument = { readonly kind: "register"; readonly register: number } | { readonly kind: "constant"; readonly value: Value };

export interface MachineEdge {
  target: MachineBlock;
  readonly args: readonly EdgeArgument[];
}

export class MachineBlock {
  readonly id: number;
  params: number[] = [];
  instructions: Instruction[] = [];
  /** The last of `instructions` ends the block; its edges, in the target's order. */
  edges: MachineEdge[] = [];
  predecessors: MachineBlock[] = [];
  handler: MachineBlock | undefined = undefined;
  cold = false;
  loopDepth = 0;
  isLoopHeader = false;
  /** Order of the innermost loop's header, or −1. */
  loop = -1;
  /** Of a loop header: the header of the loop around, or −1. */
  outerLoop = -1;
  /** Order of the immediate dominator. */
  idom = 0;
  /** A trap handler's landing block: its parameter arrives in a fixed register, everything else in slots. */
  landing = false;

  constructor(id: number) {
    this.id = id;
  }
}

export class MachineFunction {
  readonly name: string;
  /** In the order of allocation: reverse postorder. */
  blocks: MachineBlock[] = [];
  /** Kind of each virtual register. */
  readonly kinds: Kind[] = [];
  readonly trapDepth: number;
  /** Kinds of memory variables, which lie after the trap frames. */
  readonly variables: readonly Kind[];
  readonly loc: Location | undefined;
  /** Calls something, so that the stack has to be checked. */
  hasCalls = false;
  readonly dialect: boolean;
  /** Fixed registers of the entry block's parameters. */
  entryRegisters: number[] = [];
  /** Slots that the allocator gave out. */
  spillSlots = 0;

  constructor(name: string, trapDepth: number, variables: readonly Kind[], dialect: boolean, loc: Location | undefined) {
    this.name = name;
    this.trapDepth = trapDepth;
    this.variables = variables;
    this.dialect = dialect;
    this.loc = loc;
  }

  register(kind: Kind): number {
    this.kinds.push(kind);
    return this.kinds.length - 1;
  }
}

/** A move that resolves locations: between registers and slots, or of a constant. */
export interface Move {
  readonly to: number;
  readonly from: number | Value;
  readonly isFloat: boolean;
}
