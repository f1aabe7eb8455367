/**
 * The compilation units of a program's own files. A file `lwt.ml` may hide a module of the library from the program, but never
 * from the library itself: where names meet, the program's unit is called `Project__Lwt`, and the program's units open a module
 * of aliases that gives it its short name (as dune does for executables).
 */
import type { SourceFile } from "../syntax/diagnostics.ts";
import { tokenize } from "../syntax/lexer.ts";
import { PROGRAM_PREFIX } from "../typing/path.ts";
import type { UnitSource } from "../typing/session.ts";
import { NOTHING_TOLD } from "../typing/warnings.ts";
import { capitalize } from "./names.ts";
import type { Library } from "./library.ts";

/** Name of the aliases' unit, and prefix of the units that are called otherwise than their files. */
const ALIAS_UNIT = PROGRAM_PREFIX;

/** Files of a project that are no part of the program: MirageOS's configuration is a program of its own. */
const NOT_COMPILED = new Set(["config.ml"]);

export interface FileProblem {
  readonly file: string;
  readonly message: string;
}

export interface ProgramUnits {
  /** In an order in which each comes after those that it may need, the aliases' unit first if there is one. */
  readonly units: readonly UnitSource[];
  /** Unit names by module name: `Lwt` → `Project__Lwt`. */
  readonly unitOf: ReadonlyMap<string, string>;
  /** Units opened by the program's own ones. */
  readonly opens: readonly string[];
  readonly problems: readonly FileProblem[];
}

/** A module of the program and the files that define it. */
export interface ProgramModule {
  readonly module: string;
  readonly interface: SourceFile | undefined;
  readonly implementation: SourceFile | undefined;
}

/** Whether a unit is the one of aliases, which no file defines. */
export function isAliasUnit(unit: UnitSource): boolean {
  return unit.name === ALIAS_UNIT;
}

/** The units of modules, in their order; `reserved` names units that the program gets besides. */
export function unitsOfModules(modules: readonly ProgramModule[], library: Library, reserved: readonly string[], warnings: string, alerts = ""): Omit<ProgramUnits, "problems"> {
  const stdlibModules = aliasesOf(library, "Stdlib");
  const unitOf = new Map<string, string>();
  const aliases: string[] = [];
  for (const { module } of modules) {
    const isTaken = library.find(module) !== undefined || reserved.includes(module) || module === ALIAS_UNIT;
    const unit = isTaken ? `${ALIAS_UNIT}${module}` : module;
    unitOf.set(module, unit);
    if (isTaken || stdlibModules.has(module)) aliases.push(`module ${module} = ${unit}\n`);
  }
  // What several libraries have is told to who uses it.
  for (const [module, unit] of library.ambiguous) if (!unitOf.has(module)) aliases.push(`module ${module} = ${unit}\n`);
  // A module of a library that the user brings hides one of the standard library.
  for (const module of library.hidingStdlib) if (!unitOf.has(module) && !library.ambiguous.has(module)) aliases.push(`module ${module} = ${module}\n`);
  const opens = aliases.length === 0 ? ["Stdlib"] : ["Stdlib", ALIAS_UNIT];
  const units = modules.map(({ module, interface: mli, implementation }): UnitSource => ({ name: unitOf.get(module)!, package: "", interface: mli, implementation, opens, warnings, alerts }));
  if (aliases.length > 0) units.unshift({ name: ALIAS_UNIT, package: "", interface: undefined, implementation: { name: "project__.ml-gen", text: aliases.join("") }, opens: [], warnings: NOTHING_TOLD, noAliasDeps: true });
  return { units, unitOf, opens };
}

/** The units of a project's files by name (texts one code unit a byte), in the order of dependencies. */
export function programUnits(files: Readonly<Record<string, string>>, library: Library, reserved: readonly string[], warnings = "", left: ReadonlySet<string> = NOT_COMPILED): ProgramUnits {
  const modules = new Map<string, ProgramModule & { readonly base: string }>();
  const problems: FileProblem[] = [];
  for (const name of Object.keys(files).sort()) {
    if (!/\.mli?$/.test(name) || left.has(name)) continue;
    const base = name.replace(/\.mli?$/, "");
    if (!/^[A-Za-z][A-Za-z0-9_']*$/.test(base)) {
      problems.push({ file: name, message: "This file's name makes no module name: letters, digits, _ and ' are expected, beginning with a letter." });
      continue;
    }
    const module = capitalize(base);
    const known = modules.get(module) ?? { module, base, interface: undefined, implementation: undefined };
    if (known.base !== base) {
      problems.push({ file: name, message: `Another file, ${known.base}${name.slice(base.length)}, defines the module ${module} already.` });
      continue;
    }
    const source: SourceFile = { name, text: files[name]! };
    modules.set(module, name.endsWith(".mli") ? { ...known, interface: source } : { ...known, implementation: source });
  }
  return { ...unitsOfModules(inDependencyOrder([...modules.values()]), library, reserved, warnings), problems };
}

/** Modules that a unit of aliases gives names to. */
function aliasesOf(library: Library, unit: string): ReadonlySet<string> {
  const text = library.find(unit)?.interface?.text ?? library.find(unit)?.implementation?.text ?? "";
  return new Set([...text.matchAll(/^module\s+([A-Z]\w*)\s*=/gm)].map((m) => m[1]!));
}

/**
 * Sorts units by the capitalised identifiers in their sources, which include all modules that they name (and constructors, which
 * only add constraints; where these make a cycle the order of names decides).
 */
function inDependencyOrder(modules: readonly ProgramModule[]): ProgramModule[] {
  const byName = new Map(modules.map((m) => [m.module, m]));
  const result: ProgramModule[] = [];
  const reached = new Set<string>();
  for (const start of modules) {
    if (reached.has(start.module)) continue;
    reached.add(start.module);
    const stack = [{ item: start, needs: mentioned(start, byName) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.needs.pop();
      if (next === undefined) {
        stack.pop();
        result.push(top.item);
      } else if (!reached.has(next)) {
        reached.add(next);
        const item = byName.get(next)!;
        stack.push({ item, needs: mentioned(item, byName) });
      }
    }
  }
  return result;
}

/** Modules of the program named in one, the last first. */
function mentioned(module: ProgramModule, modules: ReadonlyMap<string, unknown>): string[] {
  const found = new Set<string>();
  for (const file of [module.interface, module.implementation]) {
    if (file === undefined) continue;
    const { kinds, values } = tokenize(file);
    kinds.forEach((kind, i) => {
      if (kind === "uident" && kinds[i - 1] !== "." && modules.has(values[i]!)) found.add(values[i]!);
    });
  }
  return [...found].sort().reverse();
}
