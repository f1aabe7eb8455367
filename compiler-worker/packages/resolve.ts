/**
 * From the names of libraries to all that they need, in the order of dependencies.
 *
 * Which library a name means: those that come with OCaml (`unix`, `str`, …) are always the project's own; any other is looked for
 * in the sources that the user gave, in their order, then among the project's own, then in sources that are fallbacks. A library of the user's whose text is not
 * installed gives way to the project's own of the same name.
 */
import { errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import { locationOf, packageOf, problemAt, warningAt, type LibraryDescription, type Place, type Requirement, type UnitDescription } from "./description.ts";
import type { FileTree } from "./file-tree.ts";
import { findInstalled, installedImplementations } from "./installed.ts";

/** What a library's description depends on besides its own files: which other libraries there are. */
export interface Surroundings {
  /** Whether there is a library of this name, with all that it needs. */
  available(name: string): boolean;
  find(name: string): LibraryDescription | undefined;
}

/** Where libraries are looked for. */
export interface LibrarySource {
  /** How messages name it. */
  readonly name: string;
  /** It is asked for what the project's own packages do not have. */
  readonly isFallback?: boolean;
  /** A library by its public name. */
  find(name: string, around: Surroundings): LibraryDescription | undefined;
  /** Names of the libraries that implement a virtual one, for messages. */
  implementationsOf?(name: string): readonly string[];
}

/** A folder in which findlib and dune install packages. */
export function installedSource(tree: FileTree): LibrarySource {
  const known = new Map<string, LibraryDescription | undefined>();
  return {
    name: tree.name,
    find: (name) => {
      if (!known.has(name)) known.set(name, findInstalled(tree, name));
      return known.get(name);
    },
    implementationsOf: (name) => installedImplementations(tree, name),
  };
}

/** A source that is only asked for what the project's own packages do not have. */
export function asFallback(source: LibrarySource): LibrarySource {
  return { name: source.name, isFallback: true, find: (name, around) => source.find(name, around), implementationsOf: (name) => source.implementationsOf?.(name) ?? [] };
}

/** The project's own libraries, as far as resolution needs to know them. */
export interface OwnLibraries {
  /** The package whose folder has the library of this public name. */
  packageOf(library: string): string | undefined;
  /** Packages with all that they need. */
  closure(names: Iterable<string>): ReadonlySet<string>;
  /** Names of C functions that have their counterpart in some package. */
  primitives(): ReadonlySet<string>;
}

export interface UnusableLibrary {
  readonly library: LibraryDescription;
  readonly reasons: readonly Diagnostic[];
  /** It is as good as another one that is used and that has units of the same names: a program can have one of the two. */
  readonly isAlternative: boolean;
}

/** A unit's name that several libraries have which nobody asked for: whether a program means the one or the other cannot be told. */
export interface AmbiguousUnit {
  readonly name: string;
  /** The library that is used, and another one. */
  readonly library: LibraryDescription;
  readonly other: LibraryDescription;
}

export interface Resolution {
  /** Libraries of the user's, each after those that it needs. */
  readonly libraries: readonly LibraryDescription[];
  /** Libraries that were to be used if they can be, and cannot, with the reasons: said when something reaches their modules. */
  readonly unusable: readonly UnusableLibrary[];
  /** Names of units that a program must not use before one of the libraries that have them is named. */
  readonly ambiguous: readonly AmbiguousUnit[];
  /** Packages of the project's own that these need. */
  readonly own: readonly string[];
  /** For each virtual library that nothing implements, the libraries that could. */
  readonly unimplemented: ReadonlyMap<string, readonly string[]>;
  readonly diagnostics: readonly Diagnostic[];
}

export const NOTHING: Resolution = { libraries: [], unusable: [], ambiguous: [], own: [], unimplemented: new Map(), diagnostics: [] };

/** Libraries of OCaml's distribution, and names that stand for a part of the standard library since OCaml 5. */
const DISTRIBUTION = new Set(["stdlib", "unix", "str", "threads", "dynlink", "compiler-libs", "ocamldoc", "runtime_events", "bigarray", "bytes", "seq", "uchar", "either", "stdlib-shims"]);
const PART_OF_STDLIB = new Set(["stdlib", "bigarray", "bytes", "seq", "uchar", "either", "stdlib-shims"]);

export interface Wanted {
  readonly name: string;
  /** Where it is asked for: the command line when undefined. */
  readonly place: Place | undefined;
  /** It is there to be used: what prevents that is an error only when a module of it is reached. */
  readonly optional?: boolean;
}

const COMMAND_LINE: Location = { file: { name: "command line", text: "" }, start: 0, end: 0, ghost: true };

/** What a name means. */
type Meaning =
  | { readonly kind: "user"; readonly library: LibraryDescription }
  | { readonly kind: "own"; readonly package: string; readonly insteadOf: LibraryDescription | undefined }
  /** A part of the standard library. */
  | { readonly kind: "standard" }
  /** Comes with OCaml and is not there. */
  | { readonly kind: "absent" }
  | { readonly kind: "missing" };

/** Libraries whose being there depends on each other in longer chains are taken not to be there. */
const MAX_CHAIN = 200;

function isError(d: Diagnostic): boolean {
  return d.severity === "error";
}

/** The message of a unit's name that two libraries have. */
export function sameName(library: LibraryDescription, unit: string, other: LibraryDescription): Diagnostic {
  return problemAt(library.place, library.name, `its module ${unit} has the name of one of the library ${other.name}, and a program can have only one unit of a name: use one of the two libraries, or rename the module in one of them`);
}

/** Which library has a unit of a name, of the libraries that are used. */
class UnitOwners {
  readonly #owners = new Map<string, LibraryDescription>();
  readonly #implementations = new Map<string, LibraryDescription>();

  accept(libraries: readonly LibraryDescription[]): void {
    for (const library of libraries) {
      for (const unit of library.units) if (!this.#owners.has(unit.name) && hasText(unit)) this.#owners.set(unit.name, library);
      if (library.implements !== undefined) this.#implementations.set(library.implements.name, library);
    }
  }

  /** Why some of these cannot be used besides those that are. */
  meeting(libraries: readonly LibraryDescription[]): Diagnostic | undefined {
    for (const library of libraries) {
      const other = library.implements === undefined ? undefined : this.#implementations.get(library.implements.name);
      if (other !== undefined) return problemAt(library.implements!.place, library.name, `it implements the virtual library ${library.implements!.name}, and so does ${other.name}: a program can have only one of them`);
      for (const unit of library.units) {
        const owner = this.#owners.get(unit.name);
        if (owner !== undefined && owner.name !== library.implements?.name && hasText(unit)) return sameName(library, unit.name, owner);
      }
    }
    return undefined;
  }

  /** The units of these whose names others have that were accepted; a library that stands aside makes none doubtful that does not. */
  ambiguous(libraries: readonly LibraryDescription[], chosen: ReadonlySet<string>): AmbiguousUnit[] {
    return libraries.flatMap((other) =>
      other.units.flatMap(({ name, ...unit }) => {
        const library = this.#owners.get(name);
        const isDoubtful = library !== undefined && library !== other && !chosen.has(library.name) && library.name !== other.implements?.name && (library.isAside || !other.isAside) && (unit.interface ?? unit.implementation) !== undefined;
        return isDoubtful ? [{ name, library, other }] : [];
      }),
    );
  }
}

/** Whether a unit is there for more than to say why it is not. */
export function hasText(unit: UnitDescription): boolean {
  return unit.interface !== undefined || unit.implementation !== undefined;
}

class Resolver implements Surroundings {
  readonly #sources: readonly LibrarySource[];
  readonly #own: OwnLibraries;
  readonly #linking: boolean;
  /** Packages of the project's own that are used whatever the user gave: what stands for a library with C, and what that needs. */
  readonly #preferred: Set<string>;
  readonly #meanings = new Map<string, Meaning>();
  /** Names being looked up. */
  readonly #looking = new Set<string>();
  readonly #available = new Map<string, boolean>();
  #order: LibraryDescription[] = [];
  #state = new Map<string, "open" | "done">();
  #ownNeeded = new Set<string>();
  #diagnostics: Diagnostic[] = [];
  readonly #unimplemented = new Map<string, readonly string[]>();

  constructor(sources: readonly LibrarySource[], own: OwnLibraries, linking: boolean, preferred: Set<string>) {
    this.#preferred = preferred;
    this.#sources = sources;
    this.#own = own;
    this.#linking = linking;
  }

  resolve(wanted: readonly Wanted[]): Resolution {
    const unusable: UnusableLibrary[] = [];
    for (const w of wanted) if (w.optional !== true) this.#visit(w);
    const owners = new UnitOwners();
    owners.accept(this.#order);
    const chosen = new Set(this.#order.map((l) => l.name));
    const ambiguous: AmbiguousUnit[] = [];
    /** Uses a library if it can be used besides those that are; why it cannot is told of those that were wanted. */
    const attempt = (w: Wanted, tells: boolean): void => {
      const before = { order: [...this.#order], state: new Map(this.#state), ownNeeded: new Set(this.#ownNeeded), diagnostics: [...this.#diagnostics] };
      this.#visit(w);
      const reasons = this.#diagnostics.slice(before.diagnostics.length);
      const meaning = this.#meaning(w.name);
      const added = this.#order.slice(before.order.length);
      const meeting = reasons.some(isError) ? undefined : owners.meeting(added);
      if (meaning.kind !== "user" || (!reasons.some(isError) && meeting === undefined)) {
        owners.accept(added);
        return;
      }
      if (tells && meeting !== undefined) ambiguous.push(...owners.ambiguous(added, chosen));
      if (tells) unusable.push({ library: meaning.library, reasons: meeting === undefined ? reasons : [meeting], isAlternative: meeting !== undefined });
      this.#order = before.order;
      this.#state = before.state;
      this.#ownNeeded = before.ownNeeded;
      this.#diagnostics = before.diagnostics;
    };
    for (const w of this.#publicFirst(wanted)) if (w.optional === true && this.#meaning(w.name).kind !== "missing") attempt(w, true);
    // What is used may be used together with more.
    for (let i = 0; i < this.#order.length; i++) for (const { name, place } of this.#order[i]!.mayUse ?? []) if (this.available(name)) attempt({ name, place, optional: true }, false);
    this.#implement();
    return { libraries: this.#order, unusable, ambiguous, own: [...this.#ownNeeded], unimplemented: this.#unimplemented, diagnostics: this.#diagnostics };
  }

  /** Those that stand aside after the others, so that these have the names that both have. */
  #publicFirst(wanted: readonly Wanted[]): readonly Wanted[] {
    const isAside = (w: Wanted): boolean => {
      const meaning = w.optional === true ? this.#meaning(w.name) : undefined;
      return meaning?.kind === "user" && meaning.library.isAside;
    };
    return [...wanted.filter((w) => !isAside(w)), ...wanted.filter(isAside)];
  }

  /** Depth first, without recursion: chains of dependencies may be long. */
  #visit(wanted: Wanted): void {
    const path: { readonly library: LibraryDescription; readonly needs: readonly Requirement[]; next: number }[] = [];
    const enter = (asked: string, by: LibraryDescription | undefined, place: Place | undefined): void => {
      const meaning = this.#meaning(asked);
      const name = meaning.kind === "user" ? meaning.library.name : asked;
      const state = this.#state.get(name);
      if (state === "done") return;
      if (state === "open") {
        const names = [...path.slice(path.findIndex((p) => p.library.name === name)).map((p) => p.library.name), name];
        this.#diagnostics.push(problemAt(place!, by!.name, `libraries need each other in a circle: ${names.join(" -> ")}. Take one of these out of the (libraries ...) or requires of the other`));
        return;
      }
      const library = this.#use(name, meaning, by, place);
      this.#state.set(name, library === undefined ? "done" : "open");
      if (library === undefined) return;
      this.#diagnostics.push(...library.problems);
      const needs = [...library.requires, ...(library.implements === undefined ? [] : [library.implements])];
      path.push({ library, needs, next: 0 });
    };
    enter(wanted.name, undefined, wanted.place);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const need = top.needs[top.next++];
      if (need !== undefined) enter(need.name, top.library, need.place);
      else {
        path.pop();
        this.#state.set(top.library.name, "done");
        this.#order.push(top.library);
      }
    }
  }

  find(name: string): LibraryDescription | undefined {
    if (this.#looking.has(name)) return undefined;
    const meaning = this.#meaning(name);
    return meaning.kind === "user" ? meaning.library : undefined;
  }

  available(name: string): boolean {
    const known = this.#available.get(name);
    if (known !== undefined) return known;
    if (this.#looking.has(name) || this.#looking.size > MAX_CHAIN || this.#available.size > 100_000) return false;
    const meaning = this.#meaning(name);
    // A library that needs itself is as available as the others that it needs.
    this.#available.set(name, true);
    this.#looking.add(name);
    const answer = meaning.kind === "user" ? !meaning.library.problems.some(isError) && meaning.library.requires.every((r) => this.available(r.name)) : meaning.kind === "own" || meaning.kind === "standard";
    this.#looking.delete(name);
    this.#available.set(name, answer);
    return answer;
  }

  #meaning(name: string): Meaning {
    let meaning = this.#meanings.get(name);
    if (meaning === undefined) {
      this.#looking.add(name);
      meaning = this.#lookUp(name);
      this.#looking.delete(name);
      this.#meanings.set(name, meaning);
    }
    return meaning;
  }

  #lookUp(name: string): Meaning {
    const packageName = packageOf(name);
    const own = this.#own.packageOf(name) ?? this.#own.packageOf(packageName);
    if (DISTRIBUTION.has(packageName)) {
      if (own !== undefined) return { kind: "own", package: own, insteadOf: undefined };
      if (PART_OF_STDLIB.has(packageName)) return { kind: "standard" };
      for (const source of this.#sources) {
        const library = source.find(name, this);
        if (library !== undefined) return { kind: "user", library: ofOtherCompiler(library) };
      }
      return { kind: "absent" };
    }
    const isPreferred = own !== undefined && this.#preferred.has(own);
    for (const source of this.#sources) {
      if (source.isFallback === true && own !== undefined) continue;
      const library = source.find(name, this);
      if (library === undefined) continue;
      const hasC = own !== undefined && own === this.#own.packageOf(name) && missingPrimitives(library, this.#own).length > 0;
      if (hasC && !isPreferred) for (const needed of this.#own.closure([own])) this.#preferred.add(needed);
      const standsFor = own !== undefined && library.units.length === 0 && library.requires.some((r) => packageOf(r.name) === packageName && this.#meaning(r.name).kind === "own");
      if (own === undefined || (library.withoutSource.length === 0 && !hasC && !isPreferred && !standsFor)) return { kind: "user", library };
      return { kind: "own", package: own, insteadOf: library };
    }
    return own === undefined ? { kind: "missing" } : { kind: "own", package: own, insteadOf: undefined };
  }

  /** The user's library that a name means, or undefined; what is to be said of it is said. */
  #use(name: string, meaning: Meaning, by: LibraryDescription | undefined, place: Place | undefined): LibraryDescription | undefined {
    switch (meaning.kind) {
      case "standard":
      // What comes with OCaml and is not here (compiler-libs) shows where a module of it is used.
      case "absent":
        return undefined;
      case "own":
        this.#ownNeeded.add(meaning.package);
        if (meaning.insteadOf !== undefined && by === undefined) this.#diagnostics.push(warningAt(meaning.insteadOf.place, name, `${whyNot(meaning.insteadOf, this.#own)}; the project's own package ${meaning.package} is used in its place`));
        return undefined;
      case "user": {
        const { library } = meaning;
        if (isForToplevel(library)) this.#diagnostics.push(problemAt(library.place, name, "it is for OCaml's toplevel, the program that reads phrases and runs them: programs that are made here do not contain it"));
        // Most that need the compiler's library need it for a program beside: who uses one of its modules is told.
        // The folder of several packages (`name/`) is asked for by each of them, which say the same.
        if (library.withoutSource.length > 0 && !DISTRIBUTION.has(packageOf(name)) && !name.endsWith("/")) this.#diagnostics.push(warningAt(library.place, name, `it is installed without the text of ${listed(library.withoutSource)}, so a program that uses ${library.withoutSource.length === 1 ? "it" : "one of these"} cannot be built. Give a folder or an archive of its sources`));
        // A build says so of what it reaches.
        const inC = this.#linking ? [] : missingPrimitives(library, this.#own);
        if (inC.length > 0) this.#diagnostics.push(warningAt(library.place, name, `${partlyInC(inC)}: a program that calls one of these functions cannot be built`));
        return library;
      }
      case "missing": {
        const where = this.#sources.length === 0 ? "no folder of packages was given" : `it is in none of ${this.#sources.map((s) => s.name).join(", ")}`;
        const advice = `${where}, nor is it a package of 'morgana packages'`;
        if (by === undefined) this.#diagnostics.push(errorAt(place === undefined ? COMMAND_LINE : locationOf(place), `There is no library ${name}: ${advice}.`));
        else this.#diagnostics.push(problemAt(place!, by.name, `it needs the library ${name}, which is missing: ${advice}. Give the folder or archive that has it`));
        return undefined;
      }
    }
  }

  /** Each virtual library gets the one library that implements it, or its default. */
  #implement(): void {
    const settled = new Set<string>();
    // A default implementation may bring further virtual libraries.
    for (let i = 0; i < this.#order.length; i++) {
      const library = this.#order[i]!;
      if (!library.units.some((u) => u.virtual) || settled.has(library.name)) continue;
      settled.add(library.name);
      const found = this.#order.filter((l) => l.implements?.name === library.name);
      if (found.length > 1 && this.#linking) {
        const [first, second] = found;
        this.#diagnostics.push(problemAt(second!.implements!.place, second!.name, `it implements the virtual library ${library.name}, and so does ${first!.name}: a program can have only one of them`));
      } else if (found.length === 0 && library.defaultImplementation !== undefined && this.#linking) this.#visit({ name: library.defaultImplementation.name, place: library.defaultImplementation.place });
      else if (found.length === 0) this.#unimplemented.set(library.name, this.#sources.flatMap((s) => s.implementationsOf?.(library.name) ?? []));
    }
  }
}

/** A library of the compiler that it is installed with: its modules are there to say that programs made here cannot contain them. */
function ofOtherCompiler(library: LibraryDescription): LibraryDescription {
  const problems = (module: string) => (): readonly Diagnostic[] => [problemAt(library.place, library.name.replace(/\/$/, ""), `${module} is a module of the OCaml compiler that is installed there, whose text is not: programs that are made here cannot contain it`)];
  return { ...library, units: library.units.map((unit) => ({ ...unit, interface: undefined, implementation: undefined, opens: [], problems: problems(unit.module) })) };
}

function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more modules`;
}

/**
 * Resolves libraries by name. With `linking` virtual libraries get their default implementations; nothing is thrown, and what is
 * wrong is among the diagnostics.
 */
export function resolveLibraries(wanted: readonly Wanted[], sources: readonly LibrarySource[], own: OwnLibraries, linking: boolean): Resolution {
  const preferred = new Set<string>();
  // What was looked up before a package came to be preferred may be one that it needs.
  for (;;) {
    const before = preferred.size;
    const resolution = new Resolver(sources, own, linking, preferred).resolve(wanted);
    if (preferred.size === before) return resolution;
  }
}

/** Whether a library prints values in OCaml's toplevel, or does other things there. */
export function isForToplevel(library: LibraryDescription): boolean {
  if (!/(^|[._-])top(level)?$/.test(library.name) && !library.requires.some((r) => packageOf(r.name) === "compiler-libs")) return false;
  return library.units.some((unit) => /\b(Toploop|Topdirs)\s*\./.test(unit.implementation?.text ?? ""));
}

/** C functions that a library declares, and that no package of the project's own has a counterpart of. */
function missingPrimitives(library: LibraryDescription, own: OwnLibraries): string[] {
  if (library.foreign.length === 0) return [];
  const known = own.primitives();
  return library.units.flatMap((unit) => [...(unit.implementation?.text ?? "").matchAll(EXTERNAL)].flatMap(([, first, second]) => ([first!, second ?? first!].some((name) => name.startsWith("%") || known.has(name)) ? [] : [first!])));
}

/** The names that `external` gives: for bytecode, and for native code where it is another. */
const EXTERNAL = /\bexternal\s+(?:[\w']+|\([^)]*\))\s*:[^"]*?=\s*"([^"\n]+)"(?:\s*"([^"\n]+)")?/g;

function partlyInC(functions: readonly string[]): string {
  return `it is partly written in C (${listed(functions.slice(0, 3))}${functions.length > 3 ? ", ..." : ""}), which is not compiled here`;
}

function whyNot(library: LibraryDescription, own: OwnLibraries): string {
  if (library.withoutSource.length > 0) return `it is installed without the text of ${listed(library.withoutSource)}`;
  const missing = missingPrimitives(library, own);
  return missing.length > 0 ? partlyInC(missing) : "another library that is used here needs the project's own";
}
