/** What the user brings (trees of sources, installed packages, names of libraries) joined with the project's own packages. */
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { Library, type OwnPackages } from "./library.ts";
import { isForToplevel, resolveLibraries, type LibrarySource, type Resolution, type Wanted } from "./resolve.ts";
import type { SourceTree } from "./source-tree.ts";

export interface Bringing {
  readonly own: OwnPackages;
  /** Trees whose libraries are at hand without being named. */
  readonly trees: readonly SourceTree[];
  /** Where else named libraries and requirements are looked for, after the trees. */
  readonly sources: readonly LibrarySource[];
  /** Public names of libraries that are used in any case: what prevents that is an error. */
  readonly names: readonly string[];
  /** Public names of libraries that are used if there are such. */
  readonly requested?: readonly string[];
  /** Whether programs are linked: virtual libraries then have one implementation each. */
  readonly linking: boolean;
}

export interface Brought {
  readonly library: Library;
  readonly resolution: Resolution;
  /** The libraries that were named or, when none was, all of the trees. */
  readonly named: readonly string[];
  /** What is wrong with libraries of the trees; it matters when a program reaches them. */
  readonly unusable: readonly Diagnostic[];
}

/** Never throws for what the user brings; what is wrong with named libraries is among the library's diagnostics. */
export function bringLibraries({ own, trees, sources, names, requested = [], linking }: Bringing): Brought {
  const wanted: Wanted[] = names.map((name) => ({ name, place: undefined }));
  // An implementation of a virtual library is one of several: a program chooses it by name.
  const offered = trees.flatMap((tree) => tree.names().filter((name) => !linking || !tree.isImplementation(name)));
  wanted.push(...[...offered, ...requested].map((name): Wanted => ({ name, place: undefined, optional: true })));
  const resolution = resolveLibraries(wanted, [...trees, ...sources], own, linking);
  // Of a tree's libraries those count that it is there for: not its tests, nor what is for other programs than those made here.
  const reasons = resolution.unusable.flatMap((u) => (u.library.isAside || isForToplevel(u.library) ? u.reasons.map(asWarning) : u.reasons));
  const unusable = [...trees.flatMap((tree) => tree.problems), ...reasons];
  return { library: new Library(own, resolution), resolution, named: names.length > 0 ? names : offered, unusable };
}

function asWarning(d: Diagnostic): Diagnostic {
  return d.severity === "error" ? { ...d, severity: "warning" } : d;
}
