/** The compilation units of libraries that the user brings: virtual modules with their implementations, and who sees which names. */
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import type { UnitSource } from "../typing/session.ts";
import { NOTHING_TOLD } from "../typing/warnings.ts";
import { capitalize } from "./names.ts";
import { hasText, sameName, type Resolution } from "./resolve.ts";
import { problemAt, type LibraryDescription, type UnitDescription } from "./description.ts";
import { unexplainedRewriting } from "./preprocessing.ts";

/** Warnings of library code are its author's concern, not the user's. */
export const LIBRARY_WARNINGS = NOTHING_TOLD;

/** Prefix of the units of aliases that show modules which are called as some of the standard library's are. */
const HIDING_PREFIX = "Packages__";

/** The unit of what OCaml 4's standard library had besides; libraries that were made for it may use that. */
export const EARLIER_STDLIB = "Stdlib_4";
const EARLIER_MODULES: ReadonlySet<string> = new Set(["Stream", "Genlex", "Pervasives"]);
/** Values that modules of OCaml 4 had besides. */
const EARLIER_VALUES: Readonly<Record<string, string>> = {
  "String|StringLabels": "lowercase|uppercase|capitalize|uncapitalize|copy|create|set|unsafe_set|fill|unsafe_fill",
  "Bytes|BytesLabels": "lowercase|uppercase|capitalize|uncapitalize",
  Char: "lowercase|uppercase",
  "Array|ArrayLabels": "make_float|create_matrix",
  Filename: "temp_dir_name",
  Obj: "set_tag",
  Lazy: "lazy_from_fun|lazy_from_val|lazy_is_val",
  "Int32|Int64|Nativeint": "format",
  Scanf: "fscanf|kfscanf",
  Scanning: "stdib",
  Format: "kprintf|bprintf|(pp_)?(open|close)_tag|(pp_)?[gs]et_(formatter_tag|all_formatter_output)_functions",
};
const EARLIER_NAME = new RegExp([`\\b(${[...EARLIER_MODULES].join("|")})\\b`, ...Object.entries(EARLIER_VALUES).map(([modules, values]) => `\\b(${modules})\\.(${values})\\b`)].join("|"));

/** Tables with seeds, whose hash functions are called `hash` in OCaml 4 and `seeded_hash` since OCaml 5.0, in the form of OCaml 4. */
const EARLIER_TABLES = "Stdlib_4_tables";
const SEEDED_TABLES = /\b(MakeSeeded|SeededHashedType)\b/;
const EARLIER_HASH = /\b(let|val)\s+hash\b/;
const SEEDED_HASH = /\b(let|val)\s+seeded_hash\b/;

/** The units that are opened for a library that was made for OCaml 4, by what it mentions. */
function earlierUnits(units: readonly UnitDescription[]): readonly string[] {
  const texts = units.flatMap(({ interface: i, implementation }) => [i, implementation]).flatMap((file) => (file === undefined ? [] : [file.text]));
  const any = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  return [...(any(EARLIER_NAME) ? [EARLIER_STDLIB] : []), ...(any(SEEDED_TABLES) && any(EARLIER_HASH) && !any(SEEDED_HASH) ? [EARLIER_TABLES] : [])];
}

/** A unit of a library and the library that has it. */
export interface DescribedUnit {
  readonly source: UnitSource;
  readonly library: LibraryDescription | undefined;
}

/**
 * The units of libraries in the order of dependencies, with a problem for each name that two of them have. `stdlibModules` are the
 * names that the standard library gives to its modules: a library's module of such a name hides the standard one from those that
 * need the library, as a unit on the compiler's path does (OCaml looks there before it looks into `Stdlib`).
 */
export function externalUnits({ libraries, unusable, unimplemented }: Pick<Resolution, "libraries" | "unusable" | "unimplemented">, stdlibModules: ReadonlySet<string>): { readonly units: readonly DescribedUnit[]; readonly diagnostics: readonly Diagnostic[] } {
  const hasEarlier = [...EARLIER_MODULES].some((m) => stdlibModules.has(m));
  // The libraries of one package are made for one version of OCaml.
  const earlierPackages = new Map<string, Set<string>>();
  for (const library of hasEarlier ? libraries : []) {
    const opened = earlierPackages.get(library.package) ?? new Set();
    for (const unit of earlierUnits(library.units)) opened.add(unit);
    earlierPackages.set(library.package, opened);
  }
  const diagnostics: Diagnostic[] = [];
  const units: DescribedUnit[] = [];
  const byName = new Map<string, { readonly library: LibraryDescription; readonly unit: UnitDescription; readonly at: number }>();
  const hiding = new Map<string, ReadonlySet<string>>();
  const hidingUnits = new Set<string>();
  /** The unit of aliases for a set of modules. */
  const hidingUnit = (modules: ReadonlySet<string>): string => {
    const names = [...modules].sort();
    const name = `${HIDING_PREFIX}${names.join("_")}`;
    if (!hidingUnits.has(name)) {
      hidingUnits.add(name);
      const text = names.map((m) => `module ${m} = ${m}\n`).join("");
      units.push({ library: undefined, source: { name, package: "packages", interface: undefined, implementation: { name: `${name}.ml-gen`, text }, opens: [], warnings: LIBRARY_WARNINGS, noAliasDeps: true } });
    }
    return name;
  };
  for (const library of libraries) {
    const seen = new Set<string>(library.units.filter((u) => stdlibModules.has(u.name)).map((u) => u.name));
    for (const r of [...library.requires, ...(library.implements === undefined ? [] : [library.implements])]) for (const module of hiding.get(r.name) ?? []) seen.add(module);
    hiding.set(library.name, seen);
    const earlier = earlierPackages.get(library.package) ?? [];
    for (const unit of library.units) {
      const others = new Set([...seen].filter((module) => module !== unit.name));
      const opens = unit.withoutStdlib ? unit.opens : ["Stdlib", ...earlier, ...(others.size === 0 ? [] : [hidingUnit(others)]), ...unit.opens];
      const source: UnitSource = { name: unit.name, package: library.name, interface: ofAnyVersion(unit.interface), implementation: ofAnyVersion(unit.implementation), opens, warnings: LIBRARY_WARNINGS, noAliasDeps: unit.aliases, brought: true, ...(unit.flags === undefined ? {} : { flags: unit.flags }), reasons: (file) => unexplainedRewriting(file, library.name), ...(unit.problems === undefined ? {} : { problems: unit.problems }), ...(unit.virtual ? { problems: () => withoutImplementation(library, unimplemented.get(library.name) ?? []) } : {}) };
      const known = byName.get(unit.name);
      if (known === undefined) {
        byName.set(unit.name, { library, unit, at: units.length });
        units.push({ source, library });
      } else if (!hasText(unit)) {
        // Compiled files of another library in the same folder, maybe.
        continue;
      } else if (!hasText(known.unit)) {
        byName.set(unit.name, { library, unit, at: known.at });
        units[known.at] = { library, source };
      } else if (known.unit.virtual && library.implements?.name === known.library.name) {
        // The implementation of a virtual module keeps the interface of the virtual library.
        units[known.at] = { library, source: { ...source, interface: known.unit.interface } };
      } else {
        diagnostics.push(sameName(library, unit.name, known.library));
      }
    }
  }
  // Modules of libraries that cannot be used are there to say why.
  for (const { library, reasons } of unusable) {
    const names = library.units.length > 0 ? library.units.map((u) => u.name) : [capitalize(library.name.split(".").at(-1)!.replace(/[^A-Za-z0-9_]/g, "_"))];
    for (const name of names) {
      if (byName.has(name)) continue;
      const source: UnitSource = { name, package: library.name, interface: undefined, implementation: { name: library.place.file.name, text: "" }, opens: [], warnings: LIBRARY_WARNINGS, brought: true, problems: () => reasons };
      byName.set(name, { library, unit: { name, module: name, interface: undefined, implementation: undefined, opens: [], virtual: false, aliases: false, withoutStdlib: true }, at: units.length });
      units.push({ source, library });
    }
  }
  return { units, diagnostics };
}

/** The file, which may have been written for any version of OCaml. */
function ofAnyVersion(file: SourceFile | undefined): SourceFile | undefined {
  return file?.text.includes("effect") === true ? { ...file, effectIsName: true } : file;
}

function withoutImplementation(library: LibraryDescription, candidates: readonly string[]): readonly Diagnostic[] {
  const advice = candidates.length === 0 ? "give a library that implements it" : `name one of ${candidates.join(", ")}`;
  return [problemAt(library.place, library.name, `it is a virtual library, and nothing that the program needs implements it: ${advice} (--package on the command line, "packages" of a project, (libraries ...) of a dune file)`)];
}
