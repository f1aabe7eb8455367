/**
 * Register allocation for code in SSA form, in one pass over the blocks in reverse postorder. Within a block registers are
 * given as values are defined or needed again, and taken from the value whose next use is farthest (Belady 1966; Braun & Hack, "Register
 * spilling and live-range splitting for SSA-form programs", 2009); a value may have another register, or none, in
 * another block, and edges are mended by parallel moves afterwards. What is in registers at the head of a loop is what the loop
 * uses before any call. Where values are stored is planned before (`spilling.ts`), where registers run out beside the plan,
 * the value is stored at its definition.
 *
 * Stack locations are encoded as −1 − (virtual register) until slots are given out at the end.
 */
import { BitSet, computeLiveness, isCall, type Liveness, type LiveSet } from "./liveness.ts";
import { ANY_OR_STACK, SAME_AS_FIRST, type Instruction, type MachineBlock, type MachineEdge, type MachineFunction, type Move } from "./machine.ts";
import { sequence } from "./moves.ts";
import { assignSlots } from "./slots.ts";
import { AT_DEFINITION, dominatesBlock, NOT_STORED, planSpills, type SpillPlan } from "./spilling.ts";
import type { Target } from "./target.ts";

/** Positions of uses beyond the block. */
const NEXT_IN_ANOTHER_BLOCK = 1 << 24;
const NEXT_AFTER_CALL = 1 << 26;
const DEAD = 1 << 30;

export class Allocator {
  readonly #f: MachineFunction;
  readonly #target: Target;
  readonly #live: Liveness;
  readonly #plan: SpillPlan;
  readonly #isFloat: Uint8Array;
  /** Registers at the ends of blocks: for each register its value, or −1. */
  readonly #exits: Int32Array[] = [];
  readonly #entries: Int32Array[] = [];
  /** Locations of parameters: registers, or their own slots. */
  readonly #paramLocation: Int32Array;
  readonly #hints: Int32Array;
  /** The parameter that a value is passed to. */
  readonly #flowsTo: Int32Array;
  // State at the current point.
  readonly #register: Int8Array;
  #contents: Int32Array;
  readonly #nextUse: Int32Array;
  #out: Instruction[] = [];
  #block: MachineBlock;
  /** Registers in use by the operands of the current instruction. */
  #locked = 0;
  /** Registers that may not be given in the current instruction. */
  #avoid = 0;

  constructor(f: MachineFunction, target: Target) {
    this.#f = f;
    this.#target = target;
    this.#live = computeLiveness(f);
    this.#plan = planSpills(f, this.#live);
    const size = f.kinds.length;
    this.#isFloat = new Uint8Array(size);
    f.kinds.forEach((k, i) => {
      if (k === "float") this.#isFloat[i] = 1;
    });
    this.#paramLocation = new Int32Array(size).fill(-1);
    this.#hints = new Int32Array(size).fill(-1);
    this.#flowsTo = new Int32Array(size).fill(-1);
    this.#register = new Int8Array(size).fill(-1);
    this.#contents = new Int32Array(target.registers.count).fill(-1);
    this.#nextUse = new Int32Array(size).fill(DEAD);
    this.#block = f.blocks[0]!;
  }

  run(): void {
    this.#findHints();
    for (const b of this.#f.blocks) this.#allocateBlock(b);
    this.#storeDefinitions();
    const slots = assignSlots(this.#plan);
    this.#f.spillSlots = slots.count;
    this.#slotLocations(slots.slot);
    this.#resolveEdges(slots.slot);
    this.#safePoints(slots.slot);
  }

  // ---------------------------------------------------------------- hints

  /** The fixed register that a value will be wanted in, looking backward from its uses. */
  #findHints(): void {
    const { blocks } = this.#f;
    for (const b of blocks) {
      for (const edge of b.edges) {
        edge.args.forEach((arg, i) => {
          if (arg.kind === "register") this.#flowsTo[arg.register] = edge.target.params[i]!;
        });
      }
    }
    for (let k = blocks.length - 1; k >= 0; k--) {
      const b = blocks[k]!;
      for (const edge of b.edges) {
        edge.args.forEach((arg, i) => {
          if (arg.kind !== "register") return;
          const hint = this.#hints[edge.target.params[i]!]!;
          if (hint >= 0) this.#hints[arg.register] = hint;
        });
      }
      for (let n = b.instructions.length - 1; n >= 0; n--) {
        const i = b.instructions[n]!;
        // A value that is defined in a fixed register and goes on through a tied operation.
        if (i.defConstraints[0] === SAME_AS_FIRST && this.#hints[i.defs[0]!]! >= 0 && this.#hints[i.uses[0]!]! < 0) this.#hints[i.uses[0]!] = this.#hints[i.defs[0]!]!;
        i.uses.forEach((u, at) => {
          const c = i.useConstraints[at]!;
          if (c >= 0) this.#hints[u] = c;
        });
      }
    }
  }

  // ---------------------------------------------------------------- blocks

  #allocateBlock(b: MachineBlock): void {
    this.#block = b;
    this.#out = [];
    this.#computeNextUses(b);
    this.#enter(b);
    this.#entries[b.id] = this.#contents.slice();
    // Planned stores of what lives in registers here.
    for (const v of this.#plan.atStart[b.id]!) {
      if (this.#plan.store[v] !== b.id) continue;
      const r = this.#register[v]!;
      if (r < 0) this.#plan.store[v] = AT_DEFINITION;
      else this.#emitMove(-1 - v, r, v);
    }
    const steps = this.#steps;
    for (let n = 0; n < b.instructions.length; n++) this.#instruction(b.instructions[n]!, steps[n]!);
    b.instructions = this.#out;
    this.#exits[b.id] = this.#contents.slice();
    for (let r = 0; r < this.#contents.length; r++) {
      const v = this.#contents[r]!;
      if (v >= 0) this.#register[v] = -1;
    }
  }

  /** For each instruction of the block the next uses, after it, of its uses and definitions. */
  #steps: { readonly uses: Int32Array; readonly defs: Int32Array }[] = [];

  #computeNextUses(b: MachineBlock): void {
    const next = this.#nextUse;
    const out = this.#live.liveOut[b.id]!;
    const near = this.#live.nearOut[b.id]!;
    const touched: number[] = [];
    for (const i of b.instructions) {
      for (const u of i.uses) {
        next[u] = DEAD;
        touched.push(u);
      }
      for (const d of i.defs) {
        next[d] = DEAD;
        touched.push(d);
      }
    }
    for (const p of b.params) next[p] = DEAD;
    out.forEach((v) => {
      next[v] = near.has(v) ? NEXT_IN_ANOTHER_BLOCK : NEXT_AFTER_CALL;
    });
    for (const edge of b.edges) for (const arg of edge.args) if (arg.kind === "register") next[arg.register] = Math.min(next[arg.register]!, b.instructions.length + 1);
    const steps: { readonly uses: Int32Array; readonly defs: Int32Array }[] = new Array<{ readonly uses: Int32Array; readonly defs: Int32Array }>(b.instructions.length);
    for (let n = b.instructions.length - 1; n >= 0; n--) {
      const i = b.instructions[n]!;
      const defs = new Int32Array(i.defs.length);
      for (let k = 0; k < defs.length; k++) defs[k] = next[i.defs[k]!]!;
      const uses = new Int32Array(i.uses.length);
      for (let k = 0; k < uses.length; k++) uses[k] = next[i.uses[k]!]!;
      steps[n] = { uses, defs };
      for (const u of i.uses) next[u] = n;
    }
    this.#steps = steps;
  }

  /** Decides what is in registers where the block begins. */
  #enter(b: MachineBlock): void {
    this.#contents = new Int32Array(this.#target.registers.count).fill(-1);
    const liveIn = this.#live.liveIn[b.id]!;
    this.#locked = 0;
    this.#avoid = 0;
    // Every value needs a defined next use here: uses in the block are known already.
    liveIn.forEach((v) => {
      if (this.#nextUse[v] === DEAD) this.#nextUse[v] = NEXT_IN_ANOTHER_BLOCK;
    });
    if (b.id === 0) {
      b.params.forEach((p, i) => {
        if (this.#nextUse[p] !== DEAD || this.#plan.store[p] !== NOT_STORED) this.#put(p, this.#f.entryRegisters[i]!);
        this.#paramLocation[p] = this.#f.entryRegisters[i]!;
      });
      return;
    }
    if (b.landing) {
      const p = b.params[0]!;
      this.#paramLocation[p] = this.#target.exceptionRegister;
      if (this.#nextUse[p] !== DEAD || this.#plan.store[p] !== NOT_STORED) this.#put(p, this.#target.exceptionRegister);
      return;
    }
    const forward = b.predecessors.filter((p) => p.id < b.id);
    if (b.predecessors.length === 1) {
      const from = this.#exits[forward[0]!.id]!;
      for (let r = 0; r < from.length; r++) if (from[r]! >= 0 && liveIn.has(from[r]!)) this.#put(from[r]!, r);
      return;
    }
    this.#meet(b, forward, liveIn);
  }

  /** A meeting point: keeps in registers what is wanted there, as far as registers reach. */
  #meet(b: MachineBlock, forward: readonly MachineBlock[], liveIn: LiveSet): void {
    const near = this.#live.nearIn[b.id]!;
    // The predecessor whose registers are taken where they differ: the most frequent one.
    const main = forward.reduce((best, p) => (frequency(p) > frequency(best) ? p : best));
    const usedInLoop = b.isLoopHeader ? this.#usedInLoop(b) : undefined;
    const candidates: { readonly v: number; readonly register: number; readonly priority: number }[] = [];
    liveIn.forEach((v) => {
      let register = -1;
      for (const p of forward) {
        const exit = this.#exits[p.id]!;
        const r = exit.indexOf(v);
        if (r >= 0 && (register < 0 || p === main)) register = r;
      }
      const stored = this.#storedAt(v, b.id);
      const wanted = near.has(v) && (usedInLoop === undefined || usedInLoop.has(v) || register >= 0);
      if (!wanted && stored) return;
      if (register < 0 && !(b.isLoopHeader && wanted) && stored) return;
      // Used in the loop first; then what would otherwise have to be stored; then by distance.
      const priority = (usedInLoop !== undefined && !usedInLoop.has(v) ? 1 << 28 : 0) + (stored ? 1 << 20 : 0) + Math.min(this.#nextUse[v]!, 1 << 19);
      candidates.push({ v, register, priority });
    });
    candidates.sort((x, y) => x.priority - y.priority || x.v - y.v);
    const { general, floats } = this.#target.registers;
    // Parameters take part as values that are used at once.
    let generalLeft = general.length - 1;
    let floatsLeft = floats.length - 1;
    for (const p of b.params) {
      if (this.#nextUse[p] === DEAD && this.#plan.store[p] === NOT_STORED) continue;
      if (this.#isFloat[p] === 1) floatsLeft--;
      else generalLeft--;
    }
    // A loop needs some registers to compute in.
    const chosen: { readonly v: number; readonly register: number }[] = [];
    for (const c of candidates) {
      const isFloat = this.#isFloat[c.v] === 1;
      if (isFloat ? floatsLeft > 0 : generalLeft > 0) {
        chosen.push(c);
        if (isFloat) floatsLeft--;
        else generalLeft--;
      } else if (!this.#storedAt(c.v, b.id)) this.#plan.store[c.v] = AT_DEFINITION;
    }
    const waiting: number[] = [];
    for (const c of chosen) {
      if (c.register >= 0 && this.#contents[c.register] === -1) this.#put(c.v, c.register);
      else waiting.push(c.v);
    }
    for (const p of b.params) {
      if (this.#nextUse[p] === DEAD && this.#plan.store[p] === NOT_STORED) continue;
      let register = this.#preferredForParam(b, p, forward, main);
      if (register < 0) register = this.#free(p);
      if (register < 0) {
        // It lives in its slot from the beginning.
        this.#plan.store[p] = AT_DEFINITION;
        continue;
      }
      this.#put(p, register);
      this.#paramLocation[p] = register;
    }
    for (const v of waiting) {
      const register = this.#free(v);
      if (register >= 0) this.#put(v, register);
      else if (!this.#storedAt(v, b.id)) this.#plan.store[v] = AT_DEFINITION;
    }
  }

  #preferredForParam(b: MachineBlock, p: number, forward: readonly MachineBlock[], main: MachineBlock): number {
    const index = b.params.indexOf(p);
    const isFree = (r: number): boolean => r >= 0 && this.#contents[r] === -1;
    const hint = this.#hints[p]!;
    if (isFree(hint) && this.#mayHold(hint, p)) return hint;
    for (const pred of [main, ...forward]) {
      const edge = pred.edges.find((e) => e.target === b);
      const arg = edge?.args[index];
      if (arg === undefined || arg.kind !== "register") continue;
      const r = this.#exits[pred.id]!.indexOf(arg.register);
      if (isFree(r)) return r;
    }
    return -1;
  }

  #mayHold(register: number, v: number): boolean {
    const { general, floats } = this.#target.registers;
    return (this.#isFloat[v] === 1 ? floats : general).includes(register);
  }

  #usedInLoop(header: MachineBlock): BitSet {
    const used = new BitSet(this.#f.kinds.length);
    for (let k = header.id; k < this.#f.blocks.length; k++) {
      const b = this.#f.blocks[k]!;
      if (!this.#inLoop(b, header)) continue;
      for (const i of b.instructions) for (const u of i.uses) used.add(u);
      for (const edge of b.edges) for (const arg of edge.args) if (arg.kind === "register") used.add(arg.register);
    }
    return used;
  }

  #inLoop(b: MachineBlock, header: MachineBlock): boolean {
    for (let h = b.loop; h >= header.id; h = this.#f.blocks[h]!.outerLoop) if (h === header.id) return true;
    return false;
  }

  /** Whether the slot of `v` is right at the start of the block. */
  #storedAt(v: number, block: number): boolean {
    const store = this.#plan.store[v]!;
    return store === AT_DEFINITION || (store >= 0 && dominatesBlock(this.#plan.idom, store, block));
  }

  #put(v: number, register: number): void {
    this.#contents[register] = v;
    this.#register[v] = register;
  }

  #drop(v: number): void {
    const r = this.#register[v]!;
    if (r >= 0) {
      this.#contents[r] = -1;
      this.#register[v] = -1;
    }
  }

  // ---------------------------------------------------------------- instructions

  #emitMove(to: number, from: number, v: number): void {
    this.#out.push(this.#target.move({ to, from, isFloat: this.#isFloat[v] === 1 }));
  }

  #instruction(i: Instruction, step: { readonly uses: Int32Array; readonly defs: Int32Array }): void {
    const wasUses = [...i.uses];
    i.definedRegisters = [...i.defs];
    this.#locked = 0;
    this.#avoid = 0;
    if (isCall(i.clobbers)) {
      this.#callOperands(i);
      for (let k = 0; k < wasUses.length; k++) this.#nextUse[wasUses[k]!] = step.uses[k]!;
      if (i.safePoint !== undefined) this.#points.push({ block: this.#block, instruction: i });
      for (let r = 0; r < this.#contents.length; r++) {
        const v = this.#contents[r]!;
        if (v < 0) continue;
        this.#register[v] = -1;
        this.#contents[r] = -1;
      }
      for (let k = 0; k < i.defs.length; k++) this.#define(i, k, i.defConstraints[k]!, step.defs[k]!);
      this.#out.push(i);
      return;
    }
    this.#operands(i, step, wasUses);
    for (let k = 0; k < wasUses.length; k++) this.#nextUse[wasUses[k]!] = step.uses[k]!;
    this.#clobber(i, wasUses);
    // A tied result takes its register before the other operands give up theirs.
    if (i.defConstraints[0] === SAME_AS_FIRST) this.#defineTied(i, step.defs[0]!);
    this.#release(wasUses);
    if (i.safePoint !== undefined) this.#recordSafePoint(i);
    this.#locked = 0;
    if (i.defConstraints[0] === SAME_AS_FIRST) {
      this.#locked |= 1 << i.defs[0]!;
      for (let k = 1; k < i.defs.length; k++) this.#define(i, k, i.defConstraints[k]!, step.defs[k]!);
    } else for (let k = 0; k < i.defs.length; k++) this.#define(i, k, i.defConstraints[k]!, step.defs[k]!);
    this.#out.push(i);
  }

  #release(uses: readonly number[]): void {
    for (const u of uses) if (this.#nextUse[u] === DEAD) this.#drop(u);
  }

  /** Moves the arguments of a call into their registers, all at once; what lives on is in memory already. */
  #callOperands(i: Instruction): void {
    const moves: Move[] = [];
    let fixed = 0;
    for (const c of i.useConstraints) if (c >= 0) fixed |= 1 << c;
    i.uses.forEach((u, k) => {
      const c = i.useConstraints[k]!;
      const r = this.#register[u]!;
      const from = r >= 0 ? r : -1 - u;
      if (c >= 0) {
        moves.push({ to: c, from, isFloat: this.#isFloat[u] === 1 });
        i.uses[k] = c;
        if (r < 0) this.#checkStored(u);
        return;
      }
      // The code's address: in any register that no argument takes.
      let at = r;
      if (at < 0 || (fixed & (1 << at)) !== 0) {
        at = this.#target.registers.general.find((g) => (fixed & (1 << g)) === 0 && (this.#contents[g]! < 0 || this.#contents[g] === u)) ?? this.#target.registers.general.find((g) => (fixed & (1 << g)) === 0 && !i.uses.includes(this.#contents[g]!)) ?? -1;
        if (at < 0) throw new Error("no register for the address of a call");
        moves.push({ to: at, from, isFloat: false });
      }
      fixed |= 1 << at;
      i.uses[k] = at;
    });
    for (const s of sequence(moves, this.#target.registers.scratch)) this.#out.push(this.#target.sequenced(s));
  }

  #checkStored(v: number): void {
    if (!this.#storedAt(v, this.#block.id)) this.#plan.store[v] = AT_DEFINITION;
  }

  #operands(i: Instruction, step: { readonly uses: Int32Array; readonly defs: Int32Array }, wasUses: number[]): void {
    const n = i.uses.length;
    if (n === 0) return;
    const vs = [...i.uses];
    let fixed = 0;
    for (let k = 0; k < n; k++) if (i.useConstraints[k]! >= 0) fixed |= 1 << i.useConstraints[k]!;
    // Operands that are in place are locked first.
    for (let k = 0; k < n; k++) {
      const c = i.useConstraints[k]!;
      const r = this.#register[vs[k]!]!;
      if (r >= 0 && (c >= 0 ? c === r : (fixed & (1 << r)) === 0 && (i.clobbers & (1 << r)) === 0)) this.#locked |= 1 << r;
    }
    // A result that is tied must not need the register of an operand that lives on: exchange if that helps.
    const nexts = step.uses;
    if (i.commutative && i.useConstraints[1] === ANY_OR_STACK && nexts[0] !== DEAD && nexts[1] === DEAD && this.#register[vs[1]!]! >= 0 && vs[0] !== vs[1]) {
      [vs[0], vs[1]] = [vs[1]!, vs[0]!];
      [nexts[0], nexts[1]] = [nexts[1]!, nexts[0]!];
      wasUses[0] = vs[0];
      wasUses[1] = vs[1];
    }
    for (let k = 0; k < n; k++) {
      const c = i.useConstraints[k]!;
      if (c >= 0) i.uses[k] = this.#intoFixed(vs[k]!, c, i);
    }
    this.#avoid = fixed | (i.clobbers & ~fixed);
    for (let k = 0; k < n; k++) {
      const c = i.useConstraints[k]!;
      if (c >= 0) continue;
      const v = vs[k]!;
      let r = this.#register[v]!;
      if (r >= 0 && (this.#avoid & (1 << r)) !== 0 && !(fixed === 0 && i.clobbers === 0)) {
        // It lies in a register that this instruction needs.
        const other = this.#obtain(v);
        this.#emitMove(other, r, v);
        this.#contents[r] = -1;
        this.#put(v, other);
        r = other;
      }
      if (r < 0) {
        this.#checkStored(v);
        if (c === ANY_OR_STACK && nexts[k]! >= NEXT_IN_ANOTHER_BLOCK && !(k === 0 && i.defConstraints[0] === SAME_AS_FIRST)) {
          i.uses[k] = -1 - v;
          continue;
        }
        r = this.#obtain(v);
        this.#emitMove(r, -1 - v, v);
        this.#put(v, r);
      }
      this.#locked |= 1 << r;
      i.uses[k] = r;
    }
    this.#avoid = 0;
  }

  /** Brings `v` into a fixed register; what was there goes elsewhere. */
  #intoFixed(v: number, register: number, i: Instruction): number {
    const r = this.#register[v]!;
    if (r === register) {
      this.#locked |= 1 << register;
      return register;
    }
    const there = this.#contents[register]!;
    if (there >= 0) this.#evacuate(there, i);
    if (r >= 0) {
      this.#emitMove(register, r, v);
      // The value stays where it was, too, when it lives on: the fixed register may be destroyed.
      if ((i.clobbers & (1 << register)) === 0) {
        this.#contents[r] = -1;
        this.#put(v, register);
      }
    } else {
      this.#checkStored(v);
      this.#emitMove(register, -1 - v, v);
      if ((i.clobbers & (1 << register)) === 0) this.#put(v, register);
    }
    this.#locked |= 1 << register;
    return register;
  }

  /** Moves a value out of its register into a free one that the instruction leaves alone, or leaves it in memory. */
  #evacuate(v: number, i: Instruction): void {
    const r = this.#register[v]!;
    this.#drop(v);
    if (this.#nextUse[v] === DEAD) return;
    let fixed = 0;
    for (const c of i.useConstraints) if (c >= 0) fixed |= 1 << c;
    for (const c of i.defConstraints) if (c >= 0) fixed |= 1 << c;
    const saved = this.#avoid;
    this.#avoid = fixed | i.clobbers | (1 << r);
    const to = this.#free(v);
    this.#avoid = saved;
    if (to >= 0 && (this.#nextUse[v]! < NEXT_AFTER_CALL || !this.#storedAt(v, this.#block.id))) {
      this.#emitMove(to, r, v);
      this.#put(v, to);
    } else this.#checkStored(v);
  }

  /** Frees the registers that the instruction destroys. */
  #clobber(i: Instruction, uses: readonly number[]): void {
    if (i.clobbers === 0) return;
    for (let r = 0; r < this.#contents.length; r++) {
      if ((i.clobbers & (1 << r)) === 0) continue;
      const v = this.#contents[r]!;
      if (v < 0) continue;
      if (uses.includes(v) && this.#nextUse[v] === DEAD) this.#drop(v);
      else this.#evacuate(v, i);
    }
    for (const c of i.defConstraints) {
      if (c < 0) continue;
      const v = this.#contents[c]!;
      if (v >= 0 && !(uses.includes(v) && this.#nextUse[v] === DEAD)) this.#evacuate(v, i);
    }
  }

  #defineTied(i: Instruction, next: number): void {
    const def = i.defs[0]!;
    const r = i.uses[0]!;
    // Which value is in the register: operands may have been exchanged.
    const v = this.#contents[r]!;
    this.#nextUse[def] = next;
    const dies = v >= 0 && this.#nextUse[v] === DEAD;
    if (v < 0 || dies) {
      if (v >= 0) this.#drop(v);
      i.defs[0] = r;
      this.#put(def, r);
      return;
    }
    // The operand lives on: the result gets a copy of it to work on.
    const to = this.#obtain(def);
    this.#emitMove(to, r, def);
    for (let k = 1; k < i.uses.length; k++) if (i.uses[k] === to) throw new Error("a tied result took an operand's register");
    i.uses[0] = to;
    i.defs[0] = to;
    this.#put(def, to);
  }

  #define(i: Instruction, k: number, constraint: number, next: number): void {
    const def = i.defs[k]!;
    this.#nextUse[def] = next;
    let register = constraint;
    if (constraint < 0) {
      register = this.#obtain(def);
    } else {
      const there = this.#contents[register]!;
      if (there >= 0) this.#evacuate(there, i);
    }
    this.#locked |= 1 << register;
    i.defs[k] = register;
    if (next !== DEAD || this.#plan.store[def] !== NOT_STORED) this.#put(def, register);
  }

  /** A free register for `v`, or −1. */
  #free(v: number): number {
    const isFloat = this.#isFloat[v] === 1;
    const usable = (r: number): boolean => r >= 0 && this.#contents[r] === -1 && ((this.#locked | this.#avoid) & (1 << r)) === 0;
    const hint = this.#hints[v]!;
    if (usable(hint) && this.#mayHold(hint, v)) return hint;
    const param = this.#flowsTo[v]!;
    if (param >= 0) {
      const r = this.#paramLocation[param]!;
      if (usable(r) && this.#mayHold(r, v)) return r;
    }
    const candidates = isFloat ? this.#target.registers.floats : this.#target.registers.general;
    for (const r of candidates) if (usable(r)) return r;
    return -1;
  }

  /** A register for `v`; takes that of the value with the farthest next use when none is free. */
  #obtain(v: number): number {
    const free = this.#free(v);
    if (free >= 0) return free;
    const candidates = this.#isFloat[v] === 1 ? this.#target.registers.floats : this.#target.registers.general;
    let best = -1;
    let farthest = -1;
    for (const r of candidates) {
      if (((this.#locked | this.#avoid) & (1 << r)) !== 0) continue;
      const there = this.#contents[r]!;
      // Between equals, one that is in memory already.
      const distance = 2 * this.#nextUse[there]! + (this.#storedAt(there, this.#block.id) ? 1 : 0);
      if (distance > farthest) {
        farthest = distance;
        best = r;
      }
    }
    if (best < 0) throw new Error(`${this.#f.name}: no register left`);
    const evicted = this.#contents[best]!;
    this.#checkStored(evicted);
    this.#drop(evicted);
    return best;
  }

  // ---------------------------------------------------------------- safe points

  readonly #points: { readonly block: MachineBlock; readonly instruction: Instruction }[] = [];

  #recordSafePoint(i: Instruction): void {
    const point = i.safePoint!;
    for (let r = 0; r < this.#contents.length; r++) {
      const v = this.#contents[r]!;
      if (v >= 0 && this.#f.kinds[v] === "value") point.registers |= 1 << r;
    }
    this.#points.push({ block: this.#block, instruction: i });
  }

  // ---------------------------------------------------------------- afterwards

  /** Stores right after definitions, where that is what has become of the plan. */
  #storeDefinitions(): void {
    const { store } = this.#plan;
    for (const b of this.#f.blocks) {
      const out: Instruction[] = [];
      for (const p of b.params) {
        const r = this.#paramLocation[p]!;
        if (store[p] === AT_DEFINITION && r >= 0) out.push(this.#target.move({ to: -1 - p, from: r, isFloat: this.#isFloat[p] === 1 }));
      }
      for (const i of b.instructions) {
        // A planned store at the start of a block that has been overtaken.
        if (i.definedRegisters.length === 0 && i.defs.length === 1 && i.defs[0]! < 0 && i.uses.length === 1 && i.uses[0]! >= 0 && store[-1 - i.defs[0]!] === AT_DEFINITION) continue;
        out.push(i);
        i.definedRegisters.forEach((v, k) => {
          if (store[v] === AT_DEFINITION) out.push(this.#target.move({ to: -1 - v, from: i.defs[k]!, isFloat: this.#isFloat[v] === 1 }));
        });
      }
      b.instructions = out;
    }
  }

  /** Moves on the edges into meeting points, put before the jumps. */
  #resolveEdges(slots: Int32Array): void {
    const location = (v: number, exit: Int32Array): number => {
      const r = exit.indexOf(v);
      return r >= 0 ? r : -1 - slots[v]!;
    };
    for (const b of this.#f.blocks) {
      const edge = b.edges[0];
      if (b.edges.length !== 1 || edge === undefined || edge.target.predecessors.length < 2) continue;
      const exit = this.#exits[b.id]!;
      const entry = this.#entries[edge.target.id]!;
      const moves: Move[] = [];
      const params = new Set(edge.target.params);
      for (let r = 0; r < entry.length; r++) {
        const v = entry[r]!;
        if (v < 0 || params.has(v)) continue;
        const from = location(v, exit);
        if (from !== r) moves.push({ to: r, from, isFloat: this.#isFloat[v] === 1 });
      }
      this.#paramMoves(edge, location, exit, slots, moves);
      if (moves.length === 0) continue;
      const last = b.instructions.pop()!;
      for (const s of sequence(moves, this.#target.registers.scratch)) b.instructions.push(this.#target.sequenced(s));
      b.instructions.push(last);
    }
  }

  #paramMoves(edge: MachineEdge, location: (v: number, exit: Int32Array) => number, exit: Int32Array, slots: Int32Array, moves: Move[]): void {
    edge.args.forEach((arg, i) => {
      const p = edge.target.params[i]!;
      let to = this.#paramLocation[p]!;
      if (to < 0) {
        // In its slot, unless nobody wants it.
        if (this.#plan.store[p] !== AT_DEFINITION) return;
        to = -1 - slots[p]!;
      }
      const from = arg.kind === "constant" ? arg.value : location(arg.register, exit);
      if (from !== to) moves.push({ to, from, isFloat: this.#isFloat[p] === 1 });
    });
  }

  #slotLocations(slots: Int32Array): void {
    for (const b of this.#f.blocks) {
      for (const i of b.instructions) {
        for (let k = 0; k < i.defs.length; k++) if (i.defs[k]! < 0) i.defs[k] = -1 - slots[-1 - i.defs[k]!]!;
        for (let k = 0; k < i.uses.length; k++) if (i.uses[k]! < 0) i.uses[k] = -1 - slots[-1 - i.uses[k]!]!;
      }
    }
  }

  /** The slots of the values that live across each safe point. */
  #safePoints(slots: Int32Array): void {
    for (const { block, instruction } of this.#points) {
      const point = instruction.safePoint!;
      for (const v of this.#plan.across.get(instruction)!) {
        if (this.#plan.store[v] !== NOT_STORED && this.#storedAt(v, block.id)) point.slots.push(slots[v]!);
        else if (point.call) throw new Error(`${this.#f.name}: a value that lives across a call is not in memory`);
      }
      point.slots.sort((a, b) => a - b);
    }
  }
}

/** How often a block runs, roughly. */
function frequency(b: MachineBlock): number {
  return b.cold ? -1 : b.loopDepth;
}

export function allocate(f: MachineFunction, target: Target): void {
  new Allocator(f, target).run();
}
