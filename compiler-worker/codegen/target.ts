/** What an architecture gives to the code generator. Nothing outside its folder knows a register by name. */
import type { SsaFunction } from "../ssa/ssa.ts";
import type { Instruction, Move } from "./machine.ts";
import type { SequencedMove } from "./moves.ts";
import type { CodeFragment, DataFragment } from "./object.ts";

export type Platform = "unix" | "qemu";

export interface RegisterFile {
  /** Registers that may be given to virtual registers of kind value, immediate and word, in order of preference. */
  readonly general: readonly number[];
  readonly floats: readonly number[];
  /** Number of registers in all: numbers are smaller. At most 32. */
  readonly count: number;
  /** Never given; holds either kind of value for a moment. */
  readonly scratch: number;
}

/** Stubs are made when they are referred to. */
export interface StubRequest {
  /** Symbols that code and data refer to. */
  readonly referenced: ReadonlySet<string>;
  /** Symbols that exist: functions, exports. */
  readonly defined: ReadonlySet<string>;
  readonly platform: Platform;
}

export interface Stubs {
  readonly code: readonly CodeFragment[];
  readonly data: readonly DataFragment[];
}

export interface Target {
  readonly name: string;
  readonly registers: RegisterFile;
  /** Where an exception arrives in a landing block. */
  readonly exceptionRegister: number;
  /** Moves of the allocator, made into an instruction for the list. */
  move(move: Move): Instruction;
  sequenced(move: SequencedMove): Instruction;
  /** Selects instructions, allocates registers, encodes; gives a listing to `listed` when that is wanted. */
  compile(f: SsaFunction, listed: ((text: string) => void) | undefined): CodeFragment;
  /** The entry stubs of ARCHITECTURE section 7.5 that are needed, with the static words of 7.2. */
  stubs(request: StubRequest): Stubs;
}
