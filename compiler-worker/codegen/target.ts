/** What an architecture gives to the code generator. Nothing outside its folder knows a register by name. */
import type { SsaFunction } from "../ssa/ssa.ts";
import type { CodeFragment, DataFragment } from "./object.ts";
import type { Instruction, MachineFunction, Move } from "./machine.ts";

export interface RegisterFile {
  /** Registers that may be given to virtual registers of kind value, immediate and word, in order of preference. */
  readonly general: readonly number[];
  readonly floats: readonly number[];
  /** Number of registers in all: numbers are smaller. At most 32. */
  readonly count: number;
}

/** A stub or an operating-system entry that exists when it is referred to. */
export interface StubRequest {
  /** Symbols that code refers to and nothing defines. */
  readonly symbols: ReadonlySet<string>;
  /** Exported functions that exist. */
  readonly exports: ReadonlySet<string>;
  readonly platform: "unix" | "qemu";
}

export interface Target {
  readonly name: string;
  readonly registers: RegisterFile;
  /** Instruction selection. */
  select(f: SsaFunction): MachineFunction;
  /** Moves of the allocator, made into an instruction for the list. */
  move(move: Move): Instruction;
  /** Encodes an allocated function. */
  emit(f: MachineFunction): CodeFragment;
  /** The stubs (ARCHITECTURE section 7.5) that are needed. */
  stubs(request: StubRequest): { readonly code: CodeFragment[]; readonly data: DataFragment[] };
  /** A listing of encoded code, for dumps. */
  list(f: CodeFragment): string;
}
