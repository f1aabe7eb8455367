/** Source files, locations and diagnostics: what every stage reports errors with. */

/**
 * A source file. `text` holds one UTF-16 code unit (0–255) for each byte of the file, so that
 * an offset into `text` is a byte offset, as OCaml's locations count.
 */
export interface SourceFile {
  /** The name that diagnostics print, for instance `unikernel.ml`. */
  readonly name: string;
  readonly text: string;
  /** Of libraries, which may have been written before OCaml 5.3: `effect` is a keyword only where it begins the pattern of an effect. */
  readonly effectIsName?: boolean;
}

/** A half-open byte range `[start, end)` of a file. */
export interface Location {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** True for nodes that the parser or a later stage made up (OCaml's `loc_ghost`). */
  readonly ghost: boolean;
}

export type Severity = "error" | "warning" | "alert";

/** A further remark, possibly with a place of its own ("this is the first definition"). */
export interface Related {
  readonly location: Location | undefined;
  readonly message: string;
}

export interface Diagnostic {
  readonly severity: Severity;
  readonly location: Location;
  /** The text after `Error: ` or `Warning N [name]: `; may have several lines. */
  readonly message: string;
  /** OCaml's number of a warning; undefined for errors. */
  readonly warning: { readonly number: number; readonly name: string } | undefined;
  readonly related: readonly Related[];
}

/** Thrown by stages that stop at the first error of a phrase; carries the diagnostic. */
export class CompileError extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.name = "CompileError";
    this.diagnostic = diagnostic;
  }
}

export function errorAt(location: Location, message: string, related: readonly Related[] = []): Diagnostic {
  return { severity: "error", location, message, warning: undefined, related };
}
