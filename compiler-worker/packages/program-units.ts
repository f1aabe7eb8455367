/**
 * The compilation units of a program's own files. A file `lwt.ml` may hide a module of the library from the program, but never
 * from the library itself: where names meet, the program's unit is called `Project__Lwt`, and the program's units open a module
 * of aliases that gives it its short name (as dune does for executables).
 */
import type { SourceFile } from "../syntax/diagnostics.ts";
import { tokenize } from "../syntax/lexer.ts";
import type { UnitSource } from "../typing/session.ts";
import { capitalize } from "./dune.ts";
import type { Library } from "./library.ts";

/** Name of the aliases' unit, and prefix of the units that are called otherwise than their files. */
const ALIAS_UNIT = "Project__";

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

/** The units of files by name (texts one code unit a byte); `reserved` names units that the program gets besides. */
export function programUnits(files: Readonly<Record<string, string>>, library: Library, reserved: readonly string[], warnings = ""): ProgramUnits {
  const modules = new Map<string, { base: string; interface: SourceFile | undefined; implementation: SourceFile | undefined }>();
  const problems: FileProblem[] = [];
  for (const name of Object.keys(files).sort()) {
    if (!/\.mli?$/.test(name) || NOT_COMPILED.has(name)) continue;
    const base = name.replace(/\.mli?$/, "");
    if (!/^[A-Za-z][A-Za-z0-9_']*$/.test(base)) {
      problems.push({ file: name, message: "This file's name makes no module name: letters, digits, _ and ' are expected, beginning with a letter." });
      continue;
    }
    const module = capitalize(base);
    const known = modules.get(module) ?? { base, interface: undefined, implementation: undefined };
    if (known.base !== base) {
      problems.push({ file: name, message: `Another file, ${known.base}${name.slice(base.length)}, defines the module ${module} already.` });
      continue;
    }
    const source: SourceFile = { name, text: files[name]! };
    modules.set(module, name.endsWith(".mli") ? { ...known, interface: source } : { ...known, implementation: source });
  }
  const stdlibModules = aliasesOf(library, "Stdlib");
  const unitOf = new Map<string, string>();
  const aliases: string[] = [];
  for (const module of modules.keys()) {
    const isTaken = library.find(module) !== undefined || reserved.includes(module) || module === ALIAS_UNIT;
    const unit = isTaken ? `${ALIAS_UNIT}${module}` : module;
    unitOf.set(module, unit);
    if (isTaken || stdlibModules.has(module)) aliases.push(`module ${module} = ${unit}\n`);
  }
  const opens = aliases.length === 0 ? ["Stdlib"] : ["Stdlib", ALIAS_UNIT];
  const units = inDependencyOrder([...modules].map(([module, { interface: mli, implementation }]) => ({ module, unit: { name: unitOf.get(module)!, package: "", interface: mli, implementation, opens, warnings } })));
  if (aliases.length > 0) units.unshift({ name: ALIAS_UNIT, package: "", interface: undefined, implementation: { name: "project__.ml-gen", text: aliases.join("") }, opens: [], warnings: "-a", noAliasDeps: true });
  return { units, unitOf, opens, problems };
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
function inDependencyOrder(modules: readonly { readonly module: string; readonly unit: UnitSource }[]): UnitSource[] {
  const byName = new Map(modules.map((m) => [m.module, m]));
  const result: UnitSource[] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of modules) {
    if (state.has(start.module)) continue;
    state.set(start.module, "open");
    const stack = [{ item: start, needs: mentioned(start.unit, byName) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.needs.pop();
      if (next === undefined) {
        stack.pop();
        state.set(top.item.module, "done");
        result.push(top.item.unit);
      } else if (!state.has(next)) {
        state.set(next, "open");
        const item = byName.get(next)!;
        stack.push({ item, needs: mentioned(item.unit, byName) });
      }
    }
  }
  return result;
}

/** Modules of the program named in a unit, the last first. */
function mentioned(unit: UnitSource, modules: ReadonlyMap<string, unknown>): string[] {
  const found = new Set<string>();
  for (const file of [unit.interface, unit.implementation]) {
    if (file === undefined) continue;
    const { kinds, values } = tokenize(file);
    kinds.forEach((kind, i) => {
      if (kind === "uident" && kinds[i - 1] !== "." && modules.has(values[i]!)) found.add(values[i]!);
    });
  }
  return [...found].sort().reverse();
}
