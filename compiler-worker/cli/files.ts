/** Files of the command line: the library beside the program, OCaml sources as units, projects. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parseManifest, PROJECT_FILE, type Project } from "../composition/project.ts";
import { capitalize } from "../packages/names.ts";
import { Library, type LibraryArchive } from "../packages/library.ts";
import { unitsOfModules, type ProgramModule } from "../packages/program-units.ts";
import { encodeManifest } from "../service/encoding.ts";
import { parseShippedLibrary, type ShippedLibrary } from "../shipped-library.ts";
import type { Deferrable } from "../typing/deferral.ts";
import type { UnitSource } from "../typing/session.ts";
import { ALERT_SETTINGS } from "../typing/warnings.ts";
import { UsageError, type Arguments } from "./arguments.ts";

let archive: LibraryArchive | undefined;

export function readArchive(): LibraryArchive {
  return (archive ??= JSON.parse(readFileSync(new URL("library.json", import.meta.url), "utf8")) as LibraryArchive);
}

let shipped: { readonly library: ShippedLibrary | undefined } | undefined;

/** What came with the command line of its library; undefined when it was built without. */
export function shippedLibrary(): ShippedLibrary | undefined {
  return (shipped ??= { library: readShippedLibrary() }).library;
}

/** What is known of the library's values before they are typed (`TypingSession`). */
export const deferrable: Deferrable = (at) => shippedLibrary()?.translations?.hasFacts(at) === true;

function readShippedLibrary(): ShippedLibrary | undefined {
  const file = new URL("library-code.txt", import.meta.url);
  return existsSync(file) ? parseShippedLibrary(readFileSync(file, "utf8"), readArchive().digest) : undefined;
}

export function readLibrary(): Library {
  return new Library(readArchive());
}

/** Reads a project's folder: its manifest and OCaml sources. Errors of the manifest are told as texts. */
export function readProject(folder: string): Project | { readonly errors: readonly string[] } {
  const manifestFile = join(folder, PROJECT_FILE);
  if (!existsSync(manifestFile)) throw new UsageError(`${folder}: there is no ${PROJECT_FILE} in this folder`);
  const result = parseManifest(readFileSync(manifestFile, "utf8"));
  if (!result.ok) return { errors: result.errors };
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!/\.mli?$/.test(entry.name) || !statSync(join(folder, entry.name)).isFile()) continue;
    files[Buffer.from(entry.name, "utf8").toString("latin1")] = readFileSync(join(folder, entry.name), "latin1");
  }
  return { manifest: encodeManifest(result.manifest), files };
}

/** The options that say what is told of a program's own units, as the real compiler's of these names do. */
export const WARNING_OPTIONS = [
  { name: "--warnings", short: "-w", value: "a specification such as +a-4" },
  { name: "--alert", short: "-alert", value: "a specification such as +all--deprecated" },
] as const;

/**
 * The units that files define, an interface and an implementation of one name being one unit, in the order of the implementations, which
 * is the order in which the units are initialized; interfaces may stand anywhere before them, as with `ocamlopt`. `given` has
 * `WARNING_OPTIONS`, of which each takes up where the one before it ended.
 */
export function unitsOfFiles(files: readonly string[], given: Arguments, library: Library): readonly UnitSource[] {
  const modules = new Map<string, ProgramModule>();
  for (const file of files) {
    if (!/\.mli?$/.test(file)) throw new UsageError(`${file}: the name of an OCaml file ends in .ml or .mli`);
    if (!existsSync(file)) throw new UsageError(`${file}: there is no such file`);
    if (!statSync(file).isFile()) throw new UsageError(`${file}: this is not a file`);
    const base = basename(file).replace(/\.mli?$/, "");
    if (!/^[A-Za-z][A-Za-z0-9_']*$/.test(base)) throw new UsageError(`${file}: its name makes no module name (letters, digits, _ and ', beginning with a letter)`);
    const module = capitalize(base);
    const source = { name: file, text: readFileSync(file, "latin1") };
    const known = modules.get(module) ?? { module, interface: undefined, implementation: undefined };
    const isInterface = file.endsWith(".mli");
    if ((isInterface ? known.interface : known.implementation) !== undefined) throw new UsageError(`${file}: another file defines the module ${module} already`);
    if (!isInterface) modules.delete(module);
    modules.set(module, isInterface ? { ...known, interface: source } : { ...known, implementation: source });
  }
  const alerts = given.values("--alert");
  const wrong = alerts.find((spec) => !ALERT_SETTINGS.test(spec));
  if (wrong !== undefined) throw new UsageError(`--alert: "${wrong}" is no list of settings such as +all--deprecated (+, -, ++, -- or @ before each kind of alert)`);
  return unitsOfModules([...modules.values()], library, [], given.values("--warnings").join(" "), alerts.join("")).units;
}
