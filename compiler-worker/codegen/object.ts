/**
 * Object code: what the code generator gives to an image. Symbols, bytes, relocations, stack maps, locations; nothing
 * here depends on an architecture but the meaning of bytes.
 */
import type { Location } from "../syntax/diagnostics.ts";

/**
 * - `absolute32`: a zero- or sign-extended 32-bit address (images lie below 2 GiB);
 * - `absolute64`;
 * - `relative32`: symbol + addend − address of the field.
 */
export type RelocationKind = "absolute32" | "absolute64" | "relative32";

export interface Relocation {
  readonly offset: number;
  readonly kind: RelocationKind;
  readonly symbol: string;
  readonly addend: number;
}

/** A safe point (ARCHITECTURE section 7.3). */
export interface SafePoint {
  /** Offset of the return address in its fragment. */
  readonly offset: number;
  readonly frameWords: number;
  /** Words of the frame that hold live values, ascending. */
  readonly slots: readonly number[];
  /** Registers that hold live values, as bits in the numbering of the register area. */
  readonly registers: number;
  readonly special: "bottom" | "registers" | undefined;
  readonly loc: Location | undefined;
}

/** The code of one symbol. */
export interface CodeFragment {
  readonly symbol: string;
  /** Offset of the symbol in the fragment. */
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly relocations: readonly Relocation[];
  readonly safePoints: readonly SafePoint[];
  /** Further symbols inside, as offsets. */
  readonly labels: ReadonlyMap<string, number>;
  readonly align: number;
  /** For the listing and the image's table: function, stub, … */
  readonly loc: Location | undefined;
}

export type SectionName = "rodata" | "roots" | "data" | "bss";

export interface DataFragment {
  readonly symbol: string;
  readonly section: SectionName;
  /** Offset of the symbol in the fragment. */
  readonly start: number;
  readonly bytes: Uint8Array;
  /** Size in memory; more than `bytes` in bss only. */
  readonly size: number;
  readonly relocations: readonly Relocation[];
  readonly align: number;
}

export interface ObjectCode {
  readonly architecture: string;
  readonly code: CodeFragment[];
  readonly data: DataFragment[];
  /** Further names of symbols: exports. */
  readonly aliases: ReadonlyMap<string, string>;
}
