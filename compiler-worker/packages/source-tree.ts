/** Libraries in a tree of sources: those that its dune files define, or what META, opam and lists of modules tell of older trees. */
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import { broken, EMPTY, packageOf, problemAt, warningAt, type LibraryDescription, type Licence, type Place, type Requirement } from "./description.ts";
import { readFlags, type CompilerFlags } from "./dune-flags.ts";
import { DuneFolders, placeOf, type DuneFolder, type Origin, type ProgramRunner } from "./dune-folders.ts";
import { atomsBelow, readLibraries, readLibraryStanza, singleAtom, type LibraryStanza, type List } from "./dune-library.ts";
import { projectVersion } from "./dune-project.ts";
import { constantVariables, DuneError, evaluateCondition, evaluateSet, type Variables } from "./dune-values.ts";
import { joinPath, sourceFile, type FileTree } from "./file-tree.ts";
import { installedLibraries } from "./installed.ts";
import { licenceOfFolder, licenceOfOpam } from "./licences.ts";
import { unitsOfGroup, type ModuleFiles, type ModuleGroup } from "./module-groups.ts";
import { capitalize, moduleOfFile } from "./names.ts";
import { otherLibraries } from "./other-trees.ts";
import { readPreprocessing, type Preprocessing } from "./preprocessing.ts";
import type { LibrarySource, Surroundings } from "./resolve.ts";
import { headOf, parseSexps, SexpError } from "./sexp.ts";

interface Entry {
  readonly stanza: LibraryStanza;
  readonly folder: DuneFolder;
  /** What is wrong with the stanza. */
  readonly problems: readonly { readonly place: Place; readonly message: string }[];
}

export class SourceTree implements LibrarySource {
  readonly tree: FileTree;
  readonly #folders: DuneFolders;
  readonly #entries: Entry[] = [];
  readonly #byName = new Map<string, Entry>();
  /** Old names of libraries. */
  readonly #redirects = new Map<string, string>();
  /** Libraries of a tree without dune files. */
  readonly #others = new Map<string, LibraryDescription>();
  /** What is wrong with dune files that define no library, or none that could be read. */
  readonly problems: readonly Diagnostic[];
  /** Those of `problems` for which libraries that the tree has are not known. */
  readonly hiding: readonly Diagnostic[];

  /** With `runner`, OCaml programs of the tree that dune files need are run. */
  constructor(tree: FileTree, runner?: ProgramRunner) {
    this.tree = tree;
    this.#folders = new DuneFolders(tree, runner);
    const loose: Diagnostic[] = [];
    const hiding: Diagnostic[] = [];
    for (const folder of this.#folders.all()) this.#readFolder(folder, loose, hiding);
    if (!this.#folders.isDune) {
      const folders = [...this.#folders.all()].map((f) => f.path);
      const installed = folders.flatMap((folder) => installedLibraries(tree, folder));
      for (const library of installed.length > 0 ? installed : otherLibraries(tree, folders)) this.#others.set(library.name, library);
    }
    this.problems = [...hiding, ...loose];
    this.hiding = hiding;
  }

  /** Whether anything but modules tells of libraries: a dune, META or opam file. */
  get isDescribed(): boolean {
    return this.#folders.isDune || [...this.#folders.all()].some((f) => this.tree.list(f.path)?.files.some((name) => /^(dune-project|META|META\.in|opam|.*\.opam)$/.test(name)) === true);
  }

  get name(): string {
    return this.tree.name;
  }

  /** Names of all libraries, public ones by their public names; those that others are for tests are there too. */
  names(): readonly string[] {
    return [...this.#entries.map((e) => nameOf(e.stanza)), ...this.#others.keys()];
  }

  /** Whether the tree defines a library of this name, public or not. */
  has(name: string): boolean {
    return this.#byName.has(name) || this.#others.has(name);
  }

  #readFolder(folder: DuneFolder, loose: Diagnostic[], hiding: Diagnostic[]): void {
    const packageName = folder.project?.packages.keys().next().value ?? (folder.path === "" ? this.tree.name : folder.path);
    let defined = 0;
    for (const stanza of folder.stanzas) {
      const head = headOf(stanza.sexp)!;
      if (head === "library") {
        const problems: { place: Place; message: string }[] = [];
        try {
          const library = readLibraryStanza(stanza.sexp, stanza.file, (line, message) => problems.push({ place: { file: stanza.file, line }, message }));
          const entry: Entry = { stanza: library, folder, problems };
          this.#entries.push(entry);
          defined++;
          for (const name of new Set([library.publicName, library.name])) if (name !== undefined && !this.#byName.has(name)) this.#byName.set(name, entry);
        } catch (error) {
          if (!(error instanceof DuneError)) throw error;
          hiding.push(problemAt({ file: stanza.file, line: error.line }, packageName, error.message));
        }
      } else if (head === "deprecated_library_name" || head === "library_redirect") {
        const from = stanza.sexp.items.find((i) => headOf(i) === "old_public_name");
        const to = stanza.sexp.items.find((i) => headOf(i) === "new_public_name");
        const names = [from, to].map((f) => (f?.kind === "list" && f.items[1]?.kind === "atom" ? f.items[1].value : undefined));
        if (names[0] !== undefined && names[1] !== undefined) this.#redirects.set(names[0], names[1]);
      } else if (!OTHER_STANZAS.has(head.split(".")[0]!)) folder.problems.push({ place: placeOf(stanza), message: `the stanza (${head} ...) is not understood` });
    }
    const known = folder.stanzas.length === 0 ? hiding : loose;
    if (defined === 0) for (const p of folder.problems) known.push(problemAt(p.place, packageName, p.message));
  }

  find(name: string, around: Surroundings): LibraryDescription | undefined {
    const target = this.#redirects.get(name) ?? name;
    const other = this.#others.get(target);
    if (other !== undefined) return other;
    const entry = this.#byName.get(target);
    if (entry === undefined) return undefined;
    const place: Place = { file: entry.stanza.file, line: entry.stanza.line };
    try {
      return new Describing(this.#folders, entry, around, (n) => this.#canonical(n)).describe();
    } catch (error) {
      if (error instanceof DuneError) return broken(nameOf(entry.stanza), { ...place, line: error.line }, error.message);
      throw error;
    }
  }

  implementationsOf(name: string): readonly string[] {
    return this.#entries.filter((e) => {
      const field = e.stanza.fields.get("implements")?.items[1];
      return field?.kind === "atom" && this.#canonical(field.value) === name;
    }).map((e) => nameOf(e.stanza));
  }

  /** Whether a library only implements another, which a program chooses by naming it. */
  isImplementation(name: string): boolean {
    return this.#byName.get(name)?.stanza.fields.has("implements") === true;
  }

  /** Libraries of a tree are asked for by their public names, whatever a dune file calls them. */
  #canonical(name: string): string {
    const target = this.#redirects.get(name) ?? name;
    const entry = this.#byName.get(target);
    return entry === undefined ? target : nameOf(entry.stanza);
  }
}

function nameOf(stanza: LibraryStanza): string {
  return stanza.publicName ?? stanza.name;
}

/** Stanzas about something else than libraries. */
const OTHER_STANZAS = new Set([
  "executable", "executables", "test", "tests", "rule", "alias", "install", "documentation", "env", "copy_files", "copy_files#", "ocamllex", "ocamlyacc", "menhir", "include_subdirs", "toplevel", "cram", "mdx", "coq", "rocq", "foreign_library",
  "jbuild_version", "cinaps", "dynamic_include", "melange", "plugin", "generate_sites_module", "external_variant", "lint", "oasis", "library_parameter", "data_only_dirs", "formatting", "tool", "odoc", "benchmark", "benchmarks", "files", "links", "extension",
  "rocqpp", "coqpp",
]);

/** Makes the description of one library. */
class Describing {
  readonly #folders: DuneFolders;
  readonly #entry: Entry;
  readonly #around: Surroundings;
  readonly #canonical: (name: string) => string;
  readonly #problems: Diagnostic[] = [];
  readonly #name: string;
  readonly #place: Place;
  readonly #variables: Variables;
  /** Files that `select` chooses, with the file that is chosen. */
  readonly #selected = new Map<string, string>();

  constructor(folders: DuneFolders, entry: Entry, around: Surroundings, canonical: (name: string) => string) {
    this.#folders = folders;
    this.#entry = entry;
    this.#around = around;
    this.#canonical = canonical;
    this.#name = nameOf(entry.stanza);
    this.#place = { file: entry.stanza.file, line: entry.stanza.line };
    this.#variables = (name, argument, line) => {
      if (name === "lib-available" && argument !== undefined) return [String(around.available(canonical(argument)))];
      if (name === "project_root" || name === "workspace_root") return argument === undefined ? ["."] : undefined;
      if (name === "version" && argument !== undefined) {
        const version = projectVersion(entry.folder.project, argument) ?? around.find(canonical(argument))?.version;
        return version === undefined ? undefined : [version];
      }
      return constantVariables(name, argument, line);
    };
  }

  #field(name: string): List | undefined {
    return this.#entry.stanza.fields.get(name);
  }

  #problem(line: number, message: string): void {
    this.#problems.push(problemAt({ file: this.#place.file, line }, this.#name, message));
  }

  describe(): LibraryDescription {
    const { folder } = this.#entry;
    const condition = this.#field("enabled_if");
    const isEnabled = condition?.items[1] === undefined || evaluateCondition(condition.items[1], this.#variables);
    if (!isEnabled) this.#problem(condition!.line, "it is disabled here: the condition of its (enabled_if ...) does not hold");
    const requires = this.#requires();
    if (this.#field("optional") !== undefined) {
      const missing = requires.find((r) => !this.#around.available(r.name));
      if (missing !== undefined) this.#problem(missing.place.line, `it is (optional), and left out because the library ${missing.name} is missing: give the folder or archive that has it`);
    }
    for (const p of [...folder.problems, ...this.#entry.problems]) this.#problems.push(problemAt(p.place, this.#name, p.message));
    const kind = this.#field("kind")?.items[1];
    const kindName = kind?.kind === "atom" ? kind.value : kind === undefined ? "normal" : (headOf(kind) ?? "normal");
    if (kindName.startsWith("ppx_")) this.#problem(this.#field("kind")!.line, REWRITER);
    for (const unsupported of ["root_module", "stdlib"]) {
      const field = this.#field(unsupported);
      if (field !== undefined) this.#problem(field.line, `(${unsupported} ...) is not understood here`);
    }
    const flags = this.#flags();
    const units = this.#units(flags);
    const packageField = singleAtom(this.#field("package"));
    const packageName = this.#entry.stanza.publicName === undefined ? (packageField ?? this.#name) : packageOf(this.#entry.stanza.publicName);
    const implementsName = singleAtom(this.#field("implements"));
    const fallback = singleAtom(this.#field("default_implementation"));
    const at = (name: string, field: string): Requirement => ({ name: this.#canonical(name), place: { file: this.#place.file, line: this.#field(field)!.line } });
    return {
      ...EMPTY,
      name: this.#name,
      package: packageName,
      version: (projectVersion(this.#entry.folder.project, packageName) ?? "") || this.#entry.folder.project?.version,
      licence: this.#licence(packageName),
      summary: singleAtom(this.#field("synopsis")) ?? this.#entry.folder.project?.packages.get(packageName)?.synopsis,
      place: this.#place,
      requires,
      units,
      implements: implementsName === undefined ? undefined : at(implementsName, "implements"),
      defaultImplementation: fallback === undefined ? undefined : at(fallback, "default_implementation"),
      linkAll: flags.linkAll,
      foreign: this.#foreign(),
      isAside: !isEnabled || this.#entry.stanza.publicName === undefined || this.#field("optional") !== undefined || kindName.startsWith("ppx_"),
      problems: this.#problems,
    };
  }

  #requires(): Requirement[] {
    const requires: Requirement[] = [];
    const add = (name: string, line: number): void => void requires.push({ name: this.#canonical(name), place: { file: this.#place.file, line } });
    for (const entry of readLibraries(this.#field("libraries"))) {
      if (entry.kind === "library") {
        add(entry.name, entry.line);
        continue;
      }
      const choice = entry.choices.find((c) => c.needs.every((n) => this.#around.available(this.#canonical(n.name)) === n.present));
      if (choice === undefined) {
        this.#problem(entry.line, `no choice of (select ${entry.file} ...) is possible with the libraries that there are`);
        continue;
      }
      this.#selected.set(entry.file, choice.file);
      for (const n of choice.needs) if (n.present) add(n.name, entry.line);
    }
    return requires;
  }

  #flags(): CompilerFlags {
    const read = (name: string): string[] => this.#set(name, this.#standard(name));
    const field = this.#field("flags") ?? this.#field("ocamlopt_flags");
    const flags = readFlags([...read("flags"), ...read("ocamlopt_flags"), ...read("library_flags")]);
    for (const rewriter of flags.rewriters) this.#problem(field?.line ?? this.#place.line, `${rewriter}: ${REWRITTEN_BY}`);
    if (flags.unknown.length > 0) this.#problems.push(warningAt({ file: this.#place.file, line: field?.line ?? this.#place.line }, this.#name, `it is compiled with ${flags.unknown.join(" ")}, which is not known here and is left out`));
    return flags;
  }

  /** What `:standard` means among flags: what `(env …)` of the folder and of those around it says for the release profile. */
  #standard(name: string): readonly string[] {
    let flags: readonly string[] = [];
    const folders = this.#entry.folder.path.split("/").map((_, i, names) => names.slice(0, i + 1).join("/"));
    for (const path of new Set(["", ...folders])) {
      for (const stanza of this.#folders.get(path)?.stanzas ?? []) {
        if (headOf(stanza.sexp) !== "env") continue;
        const profile = stanza.sexp.items.slice(1).find((p): p is List => p.kind === "list" && p.items[0]?.kind === "atom" && /^(release|_)$/.test(p.items[0].value));
        const field = profile?.items.find((f): f is List => f.kind === "list" && headOf(f) === name);
        if (field !== undefined) flags = evaluateSet(field.items.slice(1), flags, this.#variables, (file, line) => this.#include(file, line));
      }
    }
    return flags;
  }

  #include(file: string, line: number): ReturnType<typeof parseSexps> {
    const text = this.#folders.readText(this.#entry.folder.path, file);
    if (text === undefined) throw new DuneError(`the file ${file} that is included here is not there, or a program makes it`, line);
    try {
      // The file holds one list.
      const items = parseSexps(text);
      const only = items[0];
      return items.length === 1 && only?.kind === "list" ? [...only.items] : items;
    } catch (error) {
      if (error instanceof SexpError) throw new DuneError(`the file ${file} that is included here cannot be read: line ${error.line}: ${error.message}`, line);
      throw error;
    }
  }

  #foreign(): string[] {
    const found = ["foreign_stubs", "c_names", "cxx_names"].flatMap((name) => {
      const field = this.#field(name);
      if (field === undefined) return [];
      const names = field.items.find((i): i is List => i.kind === "list" && headOf(i) === "names");
      const isCxx = name === "cxx_names" || field.items.some((i) => i.kind === "list" && headOf(i) === "language" && i.items[1]?.kind === "atom" && i.items[1].value === "cxx");
      return (names === undefined && name !== "foreign_stubs" ? atomsBelow(field) : atomsBelow(names)).map((n) => `${n}.${isCxx ? "cpp" : "c"}`);
    });
    return [...found, ...atomsBelow(this.#field("foreign_archives"))];
  }

  #licence(packageName: string): Licence | undefined {
    const { project, path } = this.#entry.folder;
    const root = project === undefined ? path : project.file.name.slice(this.#folders.tree.name.length + 1).split("/").slice(0, -1).join("/");
    for (const file of [`${packageName}.opam`, `opam/${packageName}.opam`, "opam"]) {
      const opam = sourceFile(this.#folders.tree, joinPath(root, file));
      const licence = opam === undefined ? undefined : licenceOfOpam(opam);
      if (licence !== undefined) return licence;
    }
    return project?.licence ?? licenceOfFolder(this.#folders.tree, root);
  }

  /** The folder's `(include_subdirs …)`. */
  #subfolders(): "no" | "unqualified" | "qualified" {
    for (const stanza of this.#entry.folder.stanzas) {
      if (headOf(stanza.sexp) !== "include_subdirs") continue;
      const mode = stanza.sexp.items[1];
      if (mode?.kind === "atom" && (mode.value === "no" || mode.value === "unqualified" || mode.value === "qualified")) return mode.value;
      throw new DuneError("(include_subdirs ...) takes no, unqualified or qualified", stanza.sexp.line);
    }
    return "no";
  }

  #units(flags: CompilerFlags): LibraryDescription["units"] {
    const { folder, stanza } = this.#entry;
    const mode = this.#subfolders();
    const preprocessing = readPreprocessing(this.#field("preprocess"), this.#name, this.#place.file, (path) => this.#folders.readText(folder.path, path), this.#folders.executeIn(folder.path));
    const virtualModules = new Set(this.#set("virtual_modules", []).map(capitalize));
    const all = this.#collect(folder.path, mode === "no" ? [] : folder.subfolders);
    const names = mode === "qualified" ? all.map((m) => m.module) : [...new Set(all.map((m) => m.module))];
    const field = this.#field("modules");
    const wanted = new Set(this.#set("modules", names, (n) => capitalize(n.split("/").at(-1)!.split(".").at(-1)!)));
    if (field !== undefined) for (const name of wanted) if (!names.includes(name)) this.#problem(field.line, `the module ${name} is among its modules, and there is no file ${name.charAt(0).toLowerCase()}${name.slice(1)}.ml or .mli`);
    for (const name of virtualModules) if (!names.includes(name)) this.#problem(this.#field("virtual_modules")!.line, `the virtual module ${name} has no interface ${name.charAt(0).toLowerCase()}${name.slice(1)}.mli`);
    const chosen = all.filter((m) => wanted.has(m.module) || virtualModules.has(m.module));
    const wrapped = this.#field("wrapped")?.items[1];
    const vlib = this.#virtualLibrary();
    const isTransition = wrapped?.kind === "list" && headOf(wrapped) === "transition";
    const isUnwrapped = vlib === undefined ? wrapped?.kind === "atom" && wrapped.value === "false" : vlib.opens.length === 0;
    return unitsOfGroup(this.#group("", folder.path, chosen, mode, virtualModules, preprocessing), {
      main: vlib === undefined ? capitalize(stanza.name) : `${vlib.main}__${stanza.name}`,
      wrapping: isUnwrapped ? "unwrapped" : isTransition ? "transition" : "wrapped",
      opens: flags.opens,
      withoutStdlib: flags.withoutStdlib,
      flags: flags.language,
      folder: joinPath(this.#folders.tree.name, folder.path),
      implements: vlib,
    });
  }

  /** `normal` gives names that mean the same one form. */
  #set(name: string, standard: readonly string[], normal: (name: string) => string = (n) => n): string[] {
    const field = this.#field(name);
    return field === undefined ? standard.map(normal) : evaluateSet(field.items.slice(1), standard.map(normal), this.#variables, (file, line) => this.#include(file, line), normal);
  }

  #virtualLibrary(): { readonly units: ReadonlyMap<string, string>; readonly opens: readonly string[]; readonly main: string } | undefined {
    const field = this.#field("implements");
    const name = singleAtom(field);
    if (field === undefined || name === undefined) return undefined;
    const library = this.#around.find(this.#canonical(name));
    if (library === undefined) throw new DuneError(`it implements the library ${name}, which is missing`, field.line);
    const virtual = library.units.filter((u) => u.virtual);
    if (virtual.length === 0) throw new DuneError(`it implements the library ${name}, which has no virtual modules`, field.line);
    return { units: new Map(virtual.map((u) => [u.module, u.name])), opens: library.units.filter((u) => u.aliases).map((u) => u.name), main: capitalize(library.units.find((u) => u.aliases)?.name.replace(/__$/, "") ?? packageOf(library.name).replace(/[^A-Za-z0-9_]/g, "_")) };
  }

  /** The files of modules in a folder and, when it has `subfolders`, in all below it but those that have an `(include_subdirs ...)` of their own. */
  #collect(root: string, subfolders: readonly string[]): { module: string; isInterface: boolean; folder: string; file: string }[] {
    const found: { module: string; isInterface: boolean; folder: string; file: string }[] = [];
    const pending = [root];
    const isDeep = subfolders.length > 0;
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const names = new Set(this.#folders.fileNames(path));
      if (path === root) for (const file of this.#selected.keys()) names.add(file);
      for (const file of [...names].sort()) {
        const m = moduleOfFile(file);
        if (m !== null && m !== undefined) found.push({ ...m, folder: path, file });
      }
      if (isDeep) pending.push(...[...(this.#folders.get(path)?.subfolders ?? [])].reverse().filter((below) => this.#folders.get(below)?.stanzas.some((s) => headOf(s.sexp) === "include_subdirs") !== true));
    }
    return found;
  }

  #group(name: string, path: string, files: readonly { module: string; isInterface: boolean; folder: string; file: string }[], mode: "no" | "unqualified" | "qualified", virtualModules: ReadonlySet<string>, preprocessing: Preprocessing): ModuleGroup {
    const here = mode === "qualified" ? files.filter((f) => f.folder === path) : files;
    const byModule = new Map<string, { interface?: (typeof files)[number]; implementation?: (typeof files)[number] }>();
    for (const f of here) {
      const known = byModule.get(f.module) ?? {};
      const other = f.isInterface ? known.interface : known.implementation;
      if (other !== undefined) this.#problem(this.#place.line, `the module ${f.module} has two files, ${joinPath(other.folder, other.file)} and ${joinPath(f.folder, f.file)}: remove one of them`);
      byModule.set(f.module, f.isInterface ? { ...known, interface: f } : { ...known, implementation: f });
    }
    const modules = [...byModule].map(([module, found]) => this.#module(module, found.interface, found.implementation, virtualModules.has(module), preprocessing));
    const groups: ModuleGroup[] = [];
    if (mode === "qualified") {
      for (const child of this.#folders.get(path)?.subfolders ?? []) {
        if (!files.some((f) => f.folder === child || f.folder.startsWith(`${child}/`))) continue;
        groups.push(this.#group(capitalize(child.split("/").at(-1)!), child, files, mode, virtualModules, preprocessing));
      }
    }
    return { name, modules, groups };
  }

  #module(name: string, intf: { folder: string; file: string } | undefined, impl: { folder: string; file: string } | undefined, virtual: boolean, preprocessing: Preprocessing): ModuleFiles {
    const failures: Diagnostic[] = [];
    const read = (found: { folder: string; file: string } | undefined): SourceFile | undefined => {
      if (found === undefined) return undefined;
      const chosen = this.#selected.get(found.file);
      const origin = this.#folders.origin(found.folder, chosen !== undefined && found.folder === this.#entry.folder.path ? chosen : found.file);
      if (origin === undefined) {
        failures.push(problemAt(this.#place, this.#name, `the file ${chosen ?? found.file} is not there`));
        return undefined;
      }
      return this.#text(origin, found.file, failures);
    };
    const rewriting = preprocessing.of(name);
    const changed = (file: SourceFile | undefined): SourceFile | undefined => {
      const result = file === undefined ? undefined : (rewriting?.changed?.(file) ?? file);
      if (result === undefined || "text" in result) return result;
      failures.push(result);
      return file;
    };
    const interfaceFile = changed(read(intf));
    const implementation = virtual ? undefined : changed(read(impl));
    const problems = failures.length === 0 && rewriting === undefined ? undefined : (): readonly Diagnostic[] => [...failures, ...(rewriting === undefined ? [] : [interfaceFile, implementation].flatMap((file) => (file === undefined ? [] : rewriting(file))))];
    return { name, interface: interfaceFile, implementation, virtual, problems };
  }

  #text(origin: Origin, file: string, failures: Diagnostic[]): SourceFile | undefined {
    if (origin.kind === "text") return { name: joinPath(this.#folders.tree.name, origin.path), text: origin.text };
    if (origin.kind === "file") {
      const found = sourceFile(this.#folders.tree, origin.path);
      if (found === undefined) failures.push(problemAt(this.#place, this.#name, `the file ${origin.path} cannot be read`));
      return found;
    }
    if (origin.kind === "refused") {
      failures.push(problemAt(origin.place, this.#name, origin.message));
      return undefined;
    }
    failures.push(problemAt(origin.place, this.#name, `the file ${file} is not there, and what would make it ${origin.what}: make it once (dune build ${file}) and put it beside the others`));
    return undefined;
  }
}

export const REWRITTEN_BY = "the text of its modules is changed by a program before it is compiled, which cannot be run here";
const REWRITER = "this is a ppx rewriter, a program that changes source text before it is compiled. It cannot be run here: use the text that it makes (dune describe pp FILE prints it) in its place";
