/** What the user brings (trees of sources, installed packages, names of libraries) joined with the project's own packages. */
import type { Diagnostic } from "../syntax/diagnostics.ts";
import type { LibraryDescription } from "./description.ts";
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
  /** Libraries of the trees that have modules of the same names as others of these, and are left out in favour of them. */
  readonly alternatives: readonly string[];
  /** Libraries of the trees that others there are of use without, and that none of those needs: private ones (tests, benchmarks), optional ones. */
  readonly aside: ReadonlySet<string>;
}

/** Never throws for what the user brings; what is wrong with named libraries is among the library's diagnostics. */
export function bringLibraries({ own, trees, sources, names, requested = [], linking }: Bringing): Brought {
  const wanted: Wanted[] = names.map((name) => ({ name, place: undefined }));
  // An implementation of a virtual library is one of several: a program chooses it by name.
  const offered = trees.flatMap((tree) => tree.names().filter((name) => !linking || !tree.isImplementation(name)));
  wanted.push(...[...offered, ...requested].map((name): Wanted => ({ name, place: undefined, optional: true })));
  const resolved = resolveLibraries(wanted, [...trees, ...sources], own, linking);
  // A module that a program does not find may be one of theirs.
  const hiding = linking ? trees.flatMap((tree) => tree.hiding.map(asWarning)) : [];
  const resolution = { ...resolved, diagnostics: [...hiding, ...resolved.diagnostics] };
  // Of a tree's libraries those count that it is there for: not its tests, nor what is for other programs than those made here.
  const isApart = (library: LibraryDescription): boolean => library.isAside || isForToplevel(library);
  const hasOthers = [...resolution.libraries.filter((l) => offered.includes(l.name)), ...resolution.unusable.map((u) => u.library)].some((l) => !isApart(l));
  const reasons = resolution.unusable.flatMap((u) => (u.isAlternative ? [] : hasOthers && isApart(u.library) ? u.reasons.map(asWarning) : u.reasons));
  const unusable = distinct([...trees.flatMap((tree) => tree.problems), ...reasons]);
  const alternatives = resolution.unusable.flatMap((u) => (u.isAlternative ? [u.library.name] : []));
  const aside = names.length > 0 ? new Set<string>() : asideOf(resolution, new Set(offered));
  return { library: new Library(own, resolution, aside), resolution, named: names.length > 0 ? names : offered, unusable, alternatives, aside };
}

/** Each once, though several libraries have it for a reason; as an error when it is one for any of them. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const d of diagnostics) {
    const key = `${d.location.file.name}:${d.location.start}:${d.location.end}:${d.message}`;
    if (!found.has(key) || d.severity === "error") found.set(key, d);
  }
  return [...found.values()];
}

/** The libraries of these that stand aside and that the others do not need; none when there are no others. */
function asideOf({ libraries }: Resolution, offered: ReadonlySet<string>): ReadonlySet<string> {
  const needed = new Set(libraries.filter((l) => offered.has(l.name) && !l.isAside).map((l) => l.name));
  if (needed.size === 0) return needed;
  // Each comes after those that it needs.
  for (const library of [...libraries].reverse()) if (needed.has(library.name)) for (const r of library.requires) needed.add(r.name);
  return new Set(libraries.filter((l) => offered.has(l.name) && !needed.has(l.name)).map((l) => l.name));
}

/** As a warning when it is an error. */
export function asWarning(d: Diagnostic): Diagnostic {
  return d.severity === "error" ? { ...d, severity: "warning" } : d;
}
