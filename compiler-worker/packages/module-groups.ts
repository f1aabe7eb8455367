/**
 * From the modules of a library to its compilation units, as dune names them: `Lib__Module` with a unit of aliases that gives the
 * short names, unless the library is unwrapped or has one module of its own name (dune's documentation, "wrapped").
 */
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import type { LanguageFlags } from "../typing/language-flags.ts";
import type { UnitDescription } from "./description.ts";
import { uncapitalize } from "./names.ts";

export interface ModuleFiles {
  /** `Automata` */
  readonly name: string;
  readonly interface: SourceFile | undefined;
  readonly implementation: SourceFile | undefined;
  readonly virtual: boolean;
  readonly problems: (() => readonly Diagnostic[]) | undefined;
}

/** Modules of a folder; with `(include_subdirs qualified)` those of its subfolders are groups inside. */
export interface ModuleGroup {
  readonly name: string;
  readonly modules: readonly ModuleFiles[];
  readonly groups: readonly ModuleGroup[];
}

export interface Naming {
  /** Units are called after it. */
  readonly main: string;
  readonly wrapping: "wrapped" | "unwrapped" | "transition";
  readonly opens: readonly string[];
  readonly withoutStdlib: boolean;
  readonly flags: LanguageFlags;
  /** How messages name generated files. */
  readonly folder: string;
  /** The virtual library that is implemented: the units of its modules, by module, and what it opens. */
  readonly implements: { readonly units: ReadonlyMap<string, string>; readonly opens: readonly string[]; readonly main: string } | undefined;
}

/** The units of a library's modules. */
export function unitsOfGroup(root: ModuleGroup, naming: Naming): UnitDescription[] {
  const units: UnitDescription[] = [];
  const generated = (unit: string, text: string): UnitDescription => ({
    name: unit,
    module: unit,
    interface: undefined,
    implementation: { name: `${naming.folder}/${uncapitalize(unit)}.ml-gen`, text },
    opens: [],
    virtual: false,
    aliases: true,
    withoutStdlib: true,
  });
  const plain = (m: ModuleFiles, unit: string, opens: readonly string[]): UnitDescription => ({
    name: unit,
    module: m.name,
    interface: m.interface,
    implementation: m.implementation,
    opens: [...opens, ...naming.opens],
    virtual: m.virtual,
    aliases: false,
    withoutStdlib: naming.withoutStdlib,
    flags: () => naming.flags,
    ...(m.problems === undefined ? {} : { problems: m.problems }),
  });
  const vlib = naming.implements;
  const isWrapped = naming.wrapping !== "unwrapped";
  const visit = (group: ModuleGroup, prefix: string, outer: readonly string[]): void => {
    const only = group.modules.length === 1 && group.groups.length === 0 ? group.modules[0] : undefined;
    if (!isWrapped || (group === root && vlib === undefined && only?.name === naming.main)) {
      for (const m of group.modules) units.push(plain(m, vlib?.units.get(m.name) ?? m.name, outer));
      for (const g of group.groups) visit(g, prefix, outer);
      return;
    }
    const hasMain = group.modules.some((m) => m.name === group.name);
    const alias = hasMain || (group === root && vlib !== undefined) ? `${prefix}__` : prefix;
    const unitOf = (m: ModuleFiles): string => vlib?.units.get(m.name) ?? (m.name === group.name ? prefix : `${prefix}__${m.name}`);
    const opens = [...outer, alias];
    const aliases = [
      ...group.modules.filter((m) => m.name !== group.name).map((m) => `module ${m.name} = ${unitOf(m)}\n`),
      ...group.groups.map((g) => `module ${g.name} = ${prefix}__${g.name}\n`),
    ];
    units.push(generated(alias, aliases.join("")));
    for (const m of group.modules) units.push(plain(m, unitOf(m), opens));
    for (const g of group.groups) visit(g, `${prefix}__${g.name}`, opens);
  };
  visit({ ...root, name: naming.main }, naming.main, vlib?.opens ?? []);
  if (naming.wrapping === "transition") {
    // The modules under their short names, too, as they were before the library was wrapped.
    for (const m of root.modules) {
      const unit = units.find((u) => u.module === m.name && !u.aliases);
      if (unit !== undefined && unit.name !== m.name && !units.some((u) => u.name === m.name)) units.push({ ...generated(m.name, `include ${unit.name}\n`), module: `${m.name} (compatibility)`, aliases: false });
    }
  }
  return units;
}
