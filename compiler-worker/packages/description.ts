/** What is known of a library before it is compiled, wherever the knowledge came from (`META`, `dune-package`, `dune`). */
import type { LanguageFlags } from "../typing/language-flags.ts";
import { errorAt, type Diagnostic, type Location, type SourceFile } from "../syntax/diagnostics.ts";

/** A line of a file that describes a package. */
export interface Place {
  readonly file: SourceFile;
  /** From 1. */
  readonly line: number;
}

export interface Requirement {
  /** A library's public name. */
  readonly name: string;
  readonly place: Place;
}

/** One compilation unit of a library. */
export interface UnitDescription {
  /** For instance `Re__Automata`. */
  readonly name: string;
  /** The name that the library's own modules call it by: `Automata`. */
  readonly module: string;
  readonly interface: SourceFile | undefined;
  readonly implementation: SourceFile | undefined;
  /** Units opened after the standard library. */
  readonly opens: readonly string[];
  /** Its interface is all there is: another library implements it. */
  readonly virtual: boolean;
  /** A unit of aliases, which may name units that do not exist. */
  readonly aliases: boolean;
  /** Whether `Stdlib` is not opened (`-nopervasives`). */
  readonly withoutStdlib: boolean;
  /** Other flags of the compiler that it is typed with, asked for when it is. */
  readonly flags?: () => LanguageFlags;
  /** Why it cannot be compiled as it is, which is said when something reaches it. */
  readonly problems?: () => readonly Diagnostic[];
}

export interface LibraryDescription {
  /** `re.emacs` */
  readonly name: string;
  /** The package that it is part of: `re`. */
  readonly package: string;
  readonly version: string | undefined;
  /** As its metadata name it (an SPDX expression, mostly), and where that stands. */
  readonly licence: Licence | undefined;
  readonly summary: string | undefined;
  readonly place: Place;
  readonly requires: readonly Requirement[];
  /** Libraries that some of its modules need, and without which the others are of use. */
  readonly mayUse?: readonly Requirement[];
  readonly units: readonly UnitDescription[];
  /** Modules that it should have and whose text is not there (installed compiled only). */
  readonly withoutSource: readonly string[];
  /** The library whose virtual modules it implements. */
  readonly implements: Requirement | undefined;
  /** What implements its virtual modules unless another library is named. */
  readonly defaultImplementation: Requirement | undefined;
  /** Whether all units are linked, reached or not. */
  readonly linkAll: boolean;
  /** C files and archives that it comes with, for messages about primitives. */
  readonly foreign: readonly string[];
  /** Others of its tree are of use without it: it is private there, optional, disabled, or no part of programs. */
  readonly isAside: boolean;
  /** Why it cannot be used, or what may be wrong with it. */
  readonly problems: readonly Diagnostic[];
}

export interface Licence {
  readonly text: string;
  /** The file that says so, as messages name it. */
  readonly file: string;
}

/** The package of a library: `re` of `re.emacs`. */
export function packageOf(library: string): string {
  return library.split(/[./]/)[0]!;
}

/** A library of which nothing is known, to be filled in. */
export const EMPTY = {
  version: undefined,
  licence: undefined,
  summary: undefined,
  requires: [],
  units: [],
  withoutSource: [],
  implements: undefined,
  defaultImplementation: undefined,
  linkAll: false,
  foreign: [],
  isAside: false,
  problems: [],
} as const;

/** A library that cannot be used, and why. */
export function broken(name: string, place: Place, message: string): LibraryDescription {
  return { ...EMPTY, name, package: packageOf(name), place, problems: [problemAt(place, name, message)] };
}

/** The whole line of a place. */
export function locationOf(place: Place): Location {
  const { text } = place.file;
  let start = 0;
  for (let line = 1; line < place.line; line++) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return { file: place.file, start, end: end < 0 ? text.length : end, ghost: false };
}

export function problemAt(place: Place, packageName: string, message: string): Diagnostic {
  return errorAt(locationOf(place), `package ${shownPackage(packageName)}: ${message}`);
}

/** The name of a library in messages: `react` for the folder `react/` of several. */
function shownPackage(name: string): string {
  return name.replace(/\/$/, "");
}

export function warningAt(place: Place, packageName: string, message: string): Diagnostic {
  return { severity: "warning", location: locationOf(place), message: `package ${shownPackage(packageName)}: ${message}`, warning: undefined, related: [] };
}
