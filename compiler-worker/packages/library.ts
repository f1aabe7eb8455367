/** The library: packages with their files, and the compilation units that their files define. */
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { UnitSource } from "../typing/session.ts";
import { capitalize, parseDune } from "./dune.ts";

/** A package's files by name (`dune`, `list.ml`, …), one code unit a byte. */
export interface PackageFiles {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What `library.json`, the library in one file, holds. */
export interface LibraryArchive {
  readonly packages: readonly PackageFiles[];
}

export interface Package {
  readonly name: string;
  readonly libraries: readonly string[];
  /** Names of the units that it defines. */
  readonly units: readonly string[];
  readonly files: Readonly<Record<string, string>>;
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

/** Warnings of library code are its author's concern, not the user's. */
const LIBRARY_WARNINGS = "-a";

export class Library {
  readonly packages = new Map<string, Package>();
  readonly #units = new Map<string, UnitSource>();

  constructor(archive: LibraryArchive) {
    for (const item of archive.packages) this.#add(item);
  }

  find(unitName: string): UnitSource | undefined {
    return this.#units.get(unitName);
  }

  /** All units, in the order of packages and files. */
  units(): Iterable<UnitSource> {
    return this.#units.values();
  }

  #add(item: PackageFiles): void {
    const { libraries, problems } = parseDune(item.files["dune"] ?? "");
    const problem = problems[0];
    if (problem !== undefined) throw new PackageError(item.name, `dune, line ${problem.line}: ${problem.message}`);
    if (libraries.length === 0) throw new PackageError(item.name, "its dune file defines no library");
    const names: string[] = [];
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
        this.#define(item.name, { name: aliasUnit, package: item.name, interface: undefined, implementation: file(item.name, `${library.name}__.ml-gen`, text), opens: [], warnings: LIBRARY_WARNINGS, noAliasDeps: true }, names);
      }
      for (const base of bases) {
        const unopened = isStdlib && STDLIB_WITHOUT_PERVASIVES.has(base);
        this.#define(
          item.name,
          {
            name: unitOf(base),
            package: item.name,
            interface: file(item.name, `${base}.mli`, item.files[`${base}.mli`]),
            implementation: file(item.name, `${base}.ml`, item.files[`${base}.ml`]),
            opens: unopened ? [] : opens,
            warnings: LIBRARY_WARNINGS,
            noAliasDeps: isStdlib,
          },
          names,
        );
      }
    }
    this.packages.set(item.name, { name: item.name, libraries: needed, units: names, files: item.files });
  }

  #define(packageName: string, unit: UnitSource, names: string[]): void {
    const existing = this.#units.get(unit.name);
    if (existing !== undefined) throw new PackageError(packageName, `module ${unit.name} is defined by package ${existing.package} too`);
    this.#units.set(unit.name, unit);
    names.push(unit.name);
  }
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
