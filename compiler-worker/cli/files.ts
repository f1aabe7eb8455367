/** Files of the command line: the library beside the program, OCaml sources as units. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { capitalize } from "../packages/dune.ts";
import { Library, type LibraryArchive } from "../packages/library.ts";
import type { UnitSource } from "../typing/session.ts";
import { UsageError } from "./arguments.ts";

export function readLibrary(): Library {
  return new Library(JSON.parse(readFileSync(new URL("library.json", import.meta.url), "utf8")) as LibraryArchive);
}

/** The units that files define, in the order of first mention: an interface and an implementation of one name are one unit. */
export function unitsOfFiles(files: readonly string[], warnings: string): UnitSource[] {
  const units = new Map<string, UnitSource>();
  for (const file of files) {
    if (!/\.mli?$/.test(file)) throw new UsageError(`${file}: the name of an OCaml file ends in .ml or .mli`);
    if (!existsSync(file)) throw new UsageError(`${file}: there is no such file`);
    if (!statSync(file).isFile()) throw new UsageError(`${file}: this is not a file`);
    const base = basename(file).replace(/\.mli?$/, "");
    if (!/^[A-Za-z][A-Za-z0-9_']*$/.test(base)) throw new UsageError(`${file}: its name makes no module name (letters, digits, _ and ', beginning with a letter)`);
    const name = capitalize(base);
    const source = { name: file, text: readFileSync(file, "latin1") };
    const known: UnitSource = units.get(name) ?? { name, package: "", interface: undefined, implementation: undefined, opens: ["Stdlib"], warnings };
    const isInterface = file.endsWith(".mli");
    if ((isInterface ? known.interface : known.implementation) !== undefined) throw new UsageError(`${file}: another file defines the module ${name} already`);
    units.set(name, isInterface ? { ...known, interface: source } : { ...known, implementation: source });
  }
  return [...units.values()];
}
