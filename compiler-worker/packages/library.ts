/** The library: packages with their files, and the compilation units that their files define. */
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import { stringLiteral } from "../syntax/string-literal.ts";
import { indexPrimitives } from "../defunctorize/externals.ts";
import type { UnitSource } from "../typing/session.ts";
import { problemAt, warningAt, type LibraryDescription, type Licence } from "./description.ts";
import { parseDune } from "./dune.ts";
import { capitalize } from "./names.ts";
import { EARLIER_STDLIB, externalUnits, LIBRARY_WARNINGS, type DescribedUnit } from "./external-units.ts";
import { NOTHING, type OwnLibraries, type Resolution } from "./resolve.ts";

/** A package's files by name (`dune`, `list.ml`, …), one code unit a byte. */
export interface PackageFiles {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What `library.json`, the library in one file, holds. */
export interface LibraryArchive {
  /** Of its packages: what was made from this library is known by it. */
  readonly digest?: string;
  readonly packages: readonly PackageFiles[];
}

export interface Package {
  readonly name: string;
  /** The project's own, or one that the user brought. */
  readonly origin: "own" | "user";
  readonly libraries: readonly string[];
  /** Names of the units that it defines. */
  readonly units: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly version: string | undefined;
  readonly licence: Licence | undefined;
  /** C files and archives that it comes with. */
  readonly foreign: readonly string[];
}

/** An error in a package's description. */
export class PackageError extends Error {
  constructor(packageName: string, message: string) {
    super(`package ${packageName}: ${message}`);
    this.name = "PackageError";
  }
}

/** Modules of the standard library's package that keep their own name and those that are compiled without `Stdlib` opened. */
const STDLIB_PLAIN = /^(stdlib|std_exit|camlinternal\w*)$/;
const STDLIB_WITHOUT_PERVASIVES = new Set(["stdlib", "camlinternalFormatBasics", "camlinternalAtomic"]);

/** Packages of the project's own that are part of every program. */
const ALWAYS_NEEDED = /^(stdlib|primitives|runtime|platform-.*)$/;

/** The unit that tells a program which libraries were brought along. */
const BUILD_INFORMATION = "Build_info__Build_info_data";

/** The licence of all packages of the project's own. */
const OWN_LICENCE: Licence = { text: "ISC", file: "LICENSE" };

/** A package of the project's own, read. */
interface OwnPackage {
  readonly name: string;
  /** Public names of its libraries. */
  readonly provides: readonly string[];
  readonly libraries: readonly string[];
  readonly units: readonly UnitSource[];
  readonly files: Readonly<Record<string, string>>;
}

/** The packages of the project's own by the names of their libraries. */
export class OwnPackages implements OwnLibraries {
  readonly all: readonly OwnPackage[];
  readonly #byLibrary = new Map<string, OwnPackage>();

  /** Throws `PackageError` when a package is malformed. */
  constructor(archive: LibraryArchive) {
    this.all = archive.packages.map(readOwnPackage);
    for (const item of this.all) for (const library of [item.name, ...item.provides]) this.#byLibrary.set(library, item);
  }

  find(library: string): OwnPackage | undefined {
    return this.#byLibrary.get(library);
  }

  packageOf(library: string): string | undefined {
    return this.#byLibrary.get(library)?.name;
  }

  #primitives: ReadonlySet<string> | undefined;

  primitives(): ReadonlySet<string> {
    if (this.#primitives !== undefined) return this.#primitives;
    const texts = this.all.flatMap((item) => item.units.flatMap((unit) => (unit.implementation === undefined ? [] : [{ name: unit.name, package: item.name, text: unit.implementation.text }])));
    this.#primitives = new Set(indexPrimitives(texts).keys());
    return this.#primitives;
  }

  /** Packages with all that they need. */
  closure(names: Iterable<string>): Set<string> {
    const reached = new Set<string>();
    const stack = [...names];
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      const item = this.find(name);
      if (item === undefined || reached.has(item.name)) continue;
      reached.add(item.name);
      stack.push(...item.libraries);
    }
    return reached;
  }
}

/**
 * All packages that a program may use: the project's own, and libraries of the user's, which come first. A package of the
 * project's own is left out when one of the user's has its name, or when its modules' names meet those of the user's (then those
 * that need it are left out too); it is an error when the user's need it nevertheless.
 */
export class Library {
  readonly packages = new Map<string, Package>();
  /** What is wrong with the user's libraries. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names of modules of the user's libraries that hide modules of the standard library. */
  readonly hidingStdlib: ReadonlySet<string>;
  /** Names of units that several libraries of the user's have, with the unit that says so to a program that uses one. */
  readonly ambiguous: ReadonlyMap<string, string>;
  /** Units that are linked whether something reaches them or not. */
  readonly linkedUnits: readonly string[];
  readonly #units = new Map<string, UnitSource>();
  /** Packages of the project's own by the names of their libraries. */
  readonly #packageOf = new Map<string, string>();

  /** Of libraries `aside` no unit is linked unless something reaches it. */
  constructor(archive: LibraryArchive | OwnPackages, resolution: Resolution = NOTHING, aside: ReadonlySet<string> = new Set()) {
    const own = archive instanceof OwnPackages ? archive : new OwnPackages(archive);
    const diagnostics = [...resolution.diagnostics];
    const stdlibModules = stdlibModulesOf(own);
    const external = externalUnits(resolution, stdlibModules);
    diagnostics.push(...external.diagnostics);
    const { hidden, problems } = hiddenPackages(own, resolution, external.units);
    diagnostics.push(...problems);
    const ownUnits = new Set(own.all.flatMap((item) => (hidden.has(item.name) ? [] : item.units.map((u) => u.name))));
    for (const { source, library } of external.units) {
      // What is installed without its text gives way, as libraries without text do.
      const isThere = source.interface !== undefined || source.implementation !== undefined;
      if (isThere || !ownUnits.has(source.name)) this.#define(library?.name ?? "packages", source);
    }
    for (const library of resolution.libraries) {
      const { name, version, licence, requires, units, foreign } = library;
      this.packages.set(name, { name, origin: "user", libraries: requires.map((r) => r.name), units: units.map((u) => u.name), files: {}, version, licence, foreign });
    }
    const replaced = new Set([...hidden].flatMap(([name, h]) => (h.by === undefined ? [] : [name])));
    for (const item of own.all) {
      const { reason, by } = hidden.get(item.name) ?? {};
      if (reason !== undefined) {
        // Whoever looks for one of its modules is told why it is not there.
        const place = resolution.libraries[0]?.place ?? { file: { name: "dune", text: "" }, line: 1 };
        const problems = (): readonly Diagnostic[] => [problemAt(place, item.name, `this package of Morgana's is left out, because ${reason}`)];
        if (by === undefined) for (const unit of item.units) if (!this.#units.has(unit.name)) this.#define(item.name, { name: unit.name, package: item.name, interface: undefined, implementation: { name: place.file.name, text: "" }, opens: [], warnings: LIBRARY_WARNINGS, brought: true, problems });
        continue;
      }
      for (const name of item.provides) this.#packageOf.set(name, item.name);
      const theirs = item.libraries.find((name) => replaced.has(own.find(name)?.name ?? ""));
      const instead = theirs === undefined ? undefined : resolution.libraries.find((l) => l.name === theirs || l.package === theirs);
      for (const unit of item.units) {
        // Nothing can be in the place of what every program needs; that it was tried is among the problems.
        if (ALWAYS_NEEDED.test(item.name)) this.#units.delete(unit.name);
        const defined = unit.name === BUILD_INFORMATION ? buildInformation(unit, resolution) : unit;
        this.#define(item.name, instead === undefined ? defined : { ...defined, reasons: () => [problemAt(instead.place, instead.name, `Morgana's package ${item.name} needs another version of it than this one: it cannot be compiled with it. Leave this one out, and Morgana's own has its place`)] });
      }
      if (!this.packages.has(item.name)) this.packages.set(item.name, { name: item.name, origin: "own", libraries: item.libraries, units: item.units.map((u) => u.name), files: item.files, version: undefined, licence: OWN_LICENCE, foreign: [] });
    }
    this.diagnostics = diagnostics;
    this.ambiguous = this.#defineAmbiguous(resolution);
    this.hidingStdlib = new Set(external.units.map((u) => u.source.name).filter((name) => stdlibModules.has(name)));
    this.linkedUnits = resolution.libraries.filter((l) => l.linkAll && !aside.has(l.name)).flatMap((l) => l.units.filter((u) => !u.aliases && !u.virtual).map((u) => u.name));
  }

  find(unitName: string): UnitSource | undefined {
    return this.#units.get(unitName);
  }

  /** The units of a library, with those of a folder that it shares with others; empty when there is no such library. */
  unitsOf(libraryName: string): readonly UnitSource[] {
    const item = this.packages.get(libraryName) ?? this.packages.get(this.#packageOf.get(libraryName) ?? "");
    const names = [...(item?.units ?? []), ...(item?.libraries ?? []).filter((name) => name.endsWith("/")).flatMap((name) => this.packages.get(name)?.units ?? [])];
    return names.flatMap((name) => this.#units.get(name) ?? []);
  }

  /** Whether a package is, or needs, directly or by others, a library of this name. */
  needs(packageName: string, libraryName: string): boolean {
    const reached = new Set<string>();
    const stack = [packageName];
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      if (name === libraryName) return true;
      if (reached.has(name)) continue;
      reached.add(name);
      stack.push(...(this.packages.get(name)?.libraries ?? []));
    }
    return false;
  }

  /** Words for the library of the user's that uses a C primitive in a file, or that declares it for whoever uses it, with its C files. */
  describeUse(file: SourceFile, primitive: string): string | undefined {
    const quoted = `"${primitive}"`;
    let declaring: string | undefined;
    for (const unit of this.#units.values()) {
      if (unit.brought !== true) continue;
      if (unit.interface === file || unit.implementation === file) return `by ${this.#withForeign(unit.package)}`;
      const found = [unit.implementation, unit.interface].find((f) => f?.text.includes(quoted) === true);
      if (found !== undefined) declaring ??= `from ${this.#withForeign(unit.package)}, which declares it in "${found.name}"`;
    }
    return declaring;
  }

  #withForeign(packageName: string): string {
    const foreign = this.packages.get(packageName)?.foreign ?? [];
    return `the package ${packageName}${foreign.length === 0 ? "" : ` (which comes with ${foreign.slice(0, 3).join(", ")}${foreign.length > 3 ? ", ..." : ""})`}`;
  }

  /** All units, in the order of packages and files. */
  units(): Iterable<UnitSource> {
    return this.#units.values();
  }

  #defineAmbiguous({ ambiguous }: Resolution): ReadonlyMap<string, string> {
    const units = new Map<string, string>();
    for (const { name, library, other } of ambiguous) {
      if (units.has(name) || name.includes("__")) continue;
      const problems = (): readonly Diagnostic[] => [problemAt(other.place, other.name, `its module ${name} has the name of one of the library ${library.name}, so that the program may mean either: name the library that it is to use (--package on the command line, "packages" of a project)`)];
      units.set(name, `Packages__several_${name}`);
      this.#define(other.name, { name: `Packages__several_${name}`, package: other.name, interface: undefined, implementation: { name: other.place.file.name, text: "" }, opens: [], warnings: LIBRARY_WARNINGS, problems });
    }
    return units;
  }

  #define(packageName: string, unit: UnitSource): void {
    const existing = this.#units.get(unit.name);
    if (existing !== undefined) throw new PackageError(packageName, `module ${unit.name} is defined by package ${existing.package} too`);
    this.#units.set(unit.name, unit);
  }
}

/** The unit of dune's build information, with the libraries that were brought along. */
function buildInformation(unit: UnitSource, resolution: Resolution): UnitSource {
  const items = [...resolution.libraries]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version }) => `  (${stringLiteral(name)}, ${version === undefined ? "None" : `Some ${stringLiteral(version)}`});\n`);
  return { ...unit, implementation: { name: unit.implementation!.name, text: `let libraries : (string * string option) list = [\n${items.join("")}]\n` } };
}

/** Names that the standard library gives to its modules: `List`. */
function stdlibModulesOf(own: OwnPackages): ReadonlySet<string> {
  const aliasesIn = (packageName: string, unitName: string): string[] => {
    const unit = own.find(packageName)?.units.find((u) => u.name === unitName);
    const text = unit?.interface?.text ?? unit?.implementation?.text ?? "";
    return [...text.matchAll(/^module\s+([A-Z]\w*)\s*=/gm)].map((m) => m[1]!);
  };
  return new Set([...aliasesIn("stdlib", "Stdlib"), ...aliasesIn("stdlib-4", EARLIER_STDLIB)]);
}

/** Why a package of the project's own makes room, and the library of the same name if that is why. */
interface Hidden {
  readonly reason: string;
  readonly by: LibraryDescription | undefined;
}

/** Which of the project's own packages have to make room for the user's. */
function hiddenPackages(own: OwnPackages, resolution: Resolution, external: readonly DescribedUnit[]): { readonly hidden: ReadonlyMap<string, Hidden>; readonly problems: readonly Diagnostic[] } {
  const hidden = new Map<string, Hidden>();
  const problems: Diagnostic[] = [];
  if (resolution.libraries.length === 0 && resolution.unusable.length === 0) return { hidden, problems };
  const replaced = new Set<string>();
  for (const library of resolution.libraries) {
    const item = own.find(library.name) ?? own.find(library.package);
    if (item === undefined) continue;
    replaced.add(item.name);
    hidden.set(item.name, { reason: `the library ${library.name} of the user's has its place`, by: library });
  }
  const needed = own.closure([...resolution.own, ...own.all.filter((p) => ALWAYS_NEEDED.test(p.name)).map((p) => p.name)]);
  const users = new Map(external.filter((u) => u.source.interface !== undefined || u.source.implementation !== undefined).map((u) => [u.source.name, u.library]));
  for (const item of own.all) {
    if (replaced.has(item.name)) continue;
    const meeting = item.units.find((u) => users.has(u.name));
    if (meeting === undefined) continue;
    const library = users.get(meeting.name);
    if (needed.has(item.name) && library !== undefined) {
      const by = ALWAYS_NEEDED.test(item.name) ? "which every program needs" : "which the user's libraries need";
      problems.push(problemAt(library.place, library.name, `its module ${meeting.name} has the name of one of the package ${item.name}, ${by}, and a program can have only one unit of a name: rename the module`));
      if (ALWAYS_NEEDED.test(item.name)) continue;
    }
    hidden.set(item.name, { reason: `its module ${meeting.name} has the name of one of the library ${library?.name ?? "packages"}`, by: undefined });
    if (library !== undefined && !needed.has(item.name)) problems.push(warningAt(library.place, library.name, `its module ${meeting.name} has the name of one of Morgana's package ${item.name}: this one is used, and that package is left out, with those that need it`));
  }
  // Whoever needs a package that made room for modules' names cannot be compiled either; one that was replaced is there.
  for (let changed = true; changed; ) {
    changed = false;
    for (const item of own.all) {
      if (hidden.has(item.name)) continue;
      const missing = item.libraries.map((l) => own.find(l)?.name).find((name) => name !== undefined && hidden.has(name) && !replaced.has(name));
      if (missing === undefined) continue;
      hidden.set(item.name, { reason: `it needs the package ${missing}, which is left out because ${hidden.get(missing)!.reason}`, by: undefined });
      changed = true;
    }
  }
  return { hidden, problems };
}

function readOwnPackage(item: PackageFiles): OwnPackage {
  const { libraries, problems } = parseDune(item.files["dune"] ?? "");
  const problem = problems[0];
  if (problem !== undefined) throw new PackageError(item.name, `dune, line ${problem.line}: ${problem.message}`);
  if (libraries.length === 0) throw new PackageError(item.name, "its dune file defines no library");
  const units: UnitSource[] = [];
  const needed: string[] = [];
  for (const library of libraries) {
    needed.push(...library.libraries);
    const bases = moduleBases(item.files).filter((base) => library.modules === undefined || library.modules.includes(capitalize(base)));
    const isStdlib = library.name === "stdlib";
    const withoutPervasives = library.flags.includes("-nopervasives");
    const aliasUnit = isStdlib || !library.wrapped || bases.length < 2 ? undefined : bases.includes(library.name) ? `${capitalize(library.name)}__` : capitalize(library.name);
    const unitOf = (base: string): string => {
      if (isStdlib) return STDLIB_PLAIN.test(base) ? capitalize(base) : `Stdlib__${capitalize(base)}`;
      if (aliasUnit === undefined || base === library.name) return capitalize(base);
      return `${capitalize(library.name)}__${capitalize(base)}`;
    };
    const opens: string[] = withoutPervasives ? [] : ["Stdlib"];
    if (aliasUnit !== undefined) {
      opens.push(aliasUnit);
      const text = bases
        .filter((base) => base !== library.name)
        .map((base) => `module ${capitalize(base)} = ${unitOf(base)}\n`)
        .join("");
      units.push({ name: aliasUnit, package: item.name, interface: undefined, implementation: file(item.name, `${library.name}__.ml-gen`, text), opens: [], warnings: LIBRARY_WARNINGS, noAliasDeps: true });
    }
    for (const base of bases) {
      const unopened = isStdlib && STDLIB_WITHOUT_PERVASIVES.has(base);
      units.push({
        name: unitOf(base),
        package: item.name,
        interface: file(item.name, `${base}.mli`, item.files[`${base}.mli`]),
        implementation: file(item.name, `${base}.ml`, item.files[`${base}.ml`]),
        opens: unopened ? [] : opens,
        warnings: LIBRARY_WARNINGS,
        noAliasDeps: isStdlib,
        published: true,
      });
    }
  }
  return { name: item.name, provides: libraries.map((l) => l.publicName), libraries: needed, units, files: item.files };
}

function file(packageName: string, name: string, text: string): SourceFile;
function file(packageName: string, name: string, text: string | undefined): SourceFile | undefined;
function file(packageName: string, name: string, text: string | undefined): SourceFile | undefined {
  return text === undefined ? undefined : { name: `${packageName}/${name}`, text };
}

/** The names of a folder's modules, without suffix, sorted. */
export function moduleBases(files: Readonly<Record<string, string>>): string[] {
  const bases = new Set<string>();
  for (const name of Object.keys(files)) {
    const match = /^([A-Za-z][A-Za-z0-9_']*)\.mli?$/.exec(name);
    if (match !== null) bases.add(match[1]!);
  }
  return [...bases].sort();
}
