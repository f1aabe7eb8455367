/**
 * Libraries as findlib and dune install them: a folder a package with `META` (or `META.name` beside the folders or in `METAS`), `dune-package`
 * when dune built it, and the sources. `dune-package` tells the modules; without it they are what lies in the folder, called as
 * the compiled files beside them are.
 */
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import { broken, EMPTY, packageOf, problemAt, type LibraryDescription, type Licence, type Place, type Requirement, type UnitDescription } from "./description.ts";
import { capitalize, moduleOfFile, uncapitalize } from "./names.ts";
import { flagsOfCompiled } from "./dune-flags.ts";
import { parseDunePackage, type DunePackage, type InstalledLibrary } from "./dune-package.ts";
import { joinPath, resolvePath, sourceFile, type FileTree, type FolderListing } from "./file-tree.ts";
import { licenceOfOpam } from "./licences.ts";
import { MetaError, metaNames, metaValue, parseMeta, type MetaPackage } from "./meta.ts";
import { SexpError } from "./sexp.ts";

/** Folders in which a package path may keep the compiler's own library, which `+name` and `^` in `META` mean. */
const STANDARD_FOLDERS = ["", "ocaml"];

/** A library by its public name, or undefined when the tree has no package of that name. */
export function findInstalled(tree: FileTree, name: string): LibraryDescription | undefined {
  const packageName = packageOf(name);
  if (!/^[A-Za-z0-9_][A-Za-z0-9_+-]*$/.test(packageName)) return undefined;
  const own = sourceFile(tree, `${packageName}/META`);
  const metaFile = own ?? sourceFile(tree, `META.${packageName}`) ?? sourceFile(tree, `METAS/META.${packageName}`);
  const duneFile = sourceFile(tree, `${packageName}/dune-package`);
  if (metaFile === undefined && duneFile === undefined) return undefined;
  const file = metaFile ?? duneFile!;
  try {
    const meta = metaFile === undefined ? undefined : parseMeta(metaFile.text);
    const dune = duneFile === undefined ? undefined : readDunePackage(duneFile);
    return new InstalledPackage(tree, packageName, own === undefined && duneFile === undefined ? "" : packageName, file, meta, duneFile, dune).library(name);
  } catch (error) {
    if (error instanceof DescriptionError) return broken(name, error.place, error.message);
    if (error instanceof MetaError) return broken(name, { file, line: error.line }, `this META file cannot be read: ${error.message}`);
    throw error;
  }
}

/**
 * The libraries of a folder that is an installed package by itself, taken from among the others: `dune-package`, or compiled files
 * beside `META`, say how its modules are called. Of other folders there are none.
 */
export function installedLibraries(tree: FileTree, folder: string): LibraryDescription[] {
  const metaFile = sourceFile(tree, joinPath(folder, "META"));
  const duneFile = sourceFile(tree, joinPath(folder, "dune-package"));
  const isCompiled = tree.list(folder)?.files.some((name) => /\.(?:cmi|cmx|cmo)$/.test(name)) === true;
  if (duneFile === undefined && (metaFile === undefined || !isCompiled)) return [];
  const file = metaFile ?? duneFile!;
  const called = joinPath(tree.name, folder).split("/").at(-1)!;
  try {
    const meta = metaFile === undefined ? undefined : parseMeta(metaFile.text);
    const dune = duneFile === undefined ? undefined : readDunePackage(duneFile);
    // The root of a tree is called as whoever brought it calls it, mostly with a version: the archive has the package's name.
    const archive = folder !== "" || meta === undefined ? undefined : /^([A-Za-z][\w-]*)\.cmx?a$/.exec(metaValue(meta, "archive")?.value ?? "")?.[1];
    const item = new InstalledPackage(tree, dune?.name ?? archive ?? called, folder, file, meta, duneFile, dune);
    const libraries = item.names().map((name) => item.library(name));
    const shared = new Set(libraries.flatMap((l) => l.requires.flatMap((r) => (r.name.endsWith("/") ? [r.name] : []))));
    return [...libraries, ...[...shared].map((name) => item.library(name))];
  } catch (error) {
    if (error instanceof DescriptionError) return [broken(called, error.place, error.message)];
    if (error instanceof MetaError) return [broken(called, { file, line: error.line }, `this META file cannot be read: ${error.message}`)];
    throw error;
  }
}

/** Names of the installed libraries that implement a virtual one. What cannot be read is left out. */
export function installedImplementations(tree: FileTree, name: string): readonly string[] {
  return (tree.list("")?.folders ?? []).flatMap((folder) => {
    const file = sourceFile(tree, `${folder}/dune-package`);
    if (file === undefined || !file.text.includes("(implements ")) return [];
    try {
      return parseDunePackage(file.text).libraries.flatMap((l) => (l.implements?.name === name ? [l.name] : []));
    } catch (error) {
      if (error instanceof SexpError) return [];
      throw error;
    }
  });
}

class DescriptionError extends Error {
  readonly place: Place;
  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

function readDunePackage(file: SourceFile): DunePackage {
  try {
    return parseDunePackage(file.text);
  } catch (error) {
    if (error instanceof SexpError) throw new DescriptionError(`this dune-package file cannot be read: ${error.message}`, { file, line: error.line });
    throw error;
  }
}


interface MetaNode {
  readonly meta: MetaPackage;
  readonly name: string;
  /** Path in the tree; undefined when it lies outside. */
  readonly folder: string | undefined;
}

class InstalledPackage {
  readonly #tree: FileTree;
  readonly #package: string;
  readonly #folder: string;
  readonly #file: SourceFile;
  readonly #meta: MetaPackage | undefined;
  readonly #duneFile: SourceFile | undefined;
  readonly #dune: DunePackage | undefined;

  constructor(tree: FileTree, packageName: string, folder: string, file: SourceFile, meta: MetaPackage | undefined, duneFile: SourceFile | undefined, dune: DunePackage | undefined) {
    this.#tree = tree;
    this.#package = packageName;
    this.#folder = folder;
    this.#file = file;
    this.#meta = meta;
    this.#duneFile = duneFile;
    this.#dune = dune;
  }

  /** The names of its libraries, outer ones first. */
  names(): string[] {
    const described = this.#meta === undefined ? [] : [...this.#nodes(this.#meta)];
    return [...new Set([...described.map((n) => n.name), ...(this.#dune?.libraries.map((l) => l.name) ?? [])])];
  }

  library(name: string): LibraryDescription {
    const nodes = this.#meta === undefined ? [] : [...this.#nodes(this.#meta)];
    const node = nodes.find((n) => n.name === name);
    const installed = this.#dune?.useMeta === true ? undefined : this.#dune?.libraries.find((l) => l.name === name);
    // The folder of several packages that META describes: its modules, whatever package they are linked with.
    if (name.endsWith("/")) return this.#shared(name, nodes);
    if (node === undefined && installed === undefined) {
      return broken(name, { file: this.#file, line: 1 }, `the package ${this.#package} has no library of this name; it has ${this.names().join(", ")}`);
    }
    return installed !== undefined ? this.#described(installed, node) : this.#undescribed(node!, nodes);
  }

  /** All packages of the file with their folders, outer ones first. */
  *#nodes(root: MetaPackage): Generator<MetaNode> {
    const stack: { meta: MetaPackage; name: string; parent: string | undefined }[] = [{ meta: root, name: this.#package, parent: this.#folder }];
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      const { meta, name, parent } = item;
      const condition = metaValue(meta, "exists_if");
      const folder = this.#directory(meta, parent);
      if (condition !== undefined && folder !== undefined && !metaNames(condition.value).some((file) => this.#tree.list(folder)?.files.includes(file) === true)) continue;
      yield { meta, name, folder };
      for (let i = meta.packages.length - 1; i >= 0; i--) stack.push({ meta: meta.packages[i]!, name: `${name}.${meta.packages[i]!.name}`, parent: folder });
    }
  }

  #directory(meta: MetaPackage, parent: string | undefined): string | undefined {
    const value = metaValue(meta, "directory")?.value ?? "";
    if (value === "") return parent;
    const standard = /^[+^]\/?(.*)$/.exec(value);
    if (standard === null) return parent === undefined ? undefined : resolvePath(parent, value.replace(/\/+$/, ""));
    for (const folder of STANDARD_FOLDERS) {
      const path = resolvePath(folder, standard[1]!);
      if (path !== undefined && path !== "" && this.#tree.list(path) !== undefined) return path;
    }
    return undefined;
  }

  #common(name: string, node: MetaNode | undefined): Pick<LibraryDescription, "name" | "package" | "version" | "licence" | "summary"> {
    const version = (node === undefined ? undefined : metaValue(node.meta, "version")?.value) ?? this.#dune?.version;
    const summary = node === undefined ? undefined : metaValue(node.meta, "description")?.value;
    return { name, package: this.#package, version: version === "" ? undefined : version, summary: summary === "" ? undefined : summary, licence: this.#licence() };
  }

  #licence(): Licence | undefined {
    const declared = this.#meta === undefined ? undefined : metaValue(this.#meta, "license");
    if (declared !== undefined) return { text: declared.value, file: this.#file.name };
    for (const path of [joinPath(this.#folder, "opam"), joinPath(this.#folder, `${this.#package}.opam`)]) {
      // Beside several packages lie the files of others.
      const file = this.#file.name.endsWith(`/META.${this.#package}`) ? undefined : sourceFile(this.#tree, path);
      const licence = file === undefined ? undefined : licenceOfOpam(file);
      if (licence !== undefined) return licence;
    }
    return undefined;
  }

  /** A library that `dune-package` describes. */
  #described(library: InstalledLibrary, node: MetaNode | undefined): LibraryDescription {
    const place: Place = { file: this.#duneFile!, line: library.line };
    const folder = node?.folder ?? this.#folderOf(library);
    const at = (r: { name: string; line: number }): Requirement => ({ name: r.name, place: { file: this.#duneFile!, line: r.line } });
    const withoutSource: string[] = [];
    const listing = this.#tree.list(folder);
    const aliases = library.modules.filter((m) => m.kind === "alias");
    const hasAliases = library.wrapped || aliases.length > 0;
    const opens = hasAliases ? aliases.map((m) => m.unit) : [];
    const units = library.modules.map((m): UnitDescription => {
      if (m.kind === "alias") {
        // What dune generates: the library's modules by their short names.
        const text = library.modules.filter((o) => o.kind !== "alias" && o.kind !== "compatibility" && o.name !== o.unit).map((o) => `module ${o.name} = ${o.unit}\n`);
        return { name: m.unit, module: m.name, interface: undefined, implementation: { name: joinPath(this.#tree.name, joinPath(folder, `${uncapitalize(m.unit)}.ml-gen`)), text: text.join("") }, opens: [], virtual: false, aliases: true, withoutStdlib: true };
      }
      const intf = m.interface === false ? undefined : this.#source(folder, listing, m.interface, m.name, ".mli");
      const impl = m.implementation === false ? undefined : this.#source(folder, listing, m.implementation, m.name, ".ml");
      if ((m.interface !== false && intf === undefined) || (m.implementation !== false && impl === undefined)) withoutSource.push(m.name);
      return { name: m.unit, module: m.name, interface: intf, implementation: impl, opens: m.kind === "compatibility" ? [] : opens, virtual: m.kind === "virtual", aliases: false, withoutStdlib: false, ...compiledWith(this.#tree, folder, listing, m.unit) };
    });
    return {
      ...this.#common(library.name, node),
      summary: library.synopsis ?? this.#common(library.name, node).summary,
      place,
      requires: library.requires.map(at),
      units: units.map((u) => (u.interface !== undefined || u.implementation !== undefined ? u : withoutText(u.name, u.module, place, library.name))),
      withoutSource,
      implements: library.implements === undefined ? undefined : at(library.implements),
      defaultImplementation: library.defaultImplementation === undefined ? undefined : at(library.defaultImplementation),
      linkAll: false,
      foreign: library.foreign,
      isAside: false,
      problems: isRewriter(library.kind) ? [problemAt(place, library.name, REWRITER)] : [],
    };
  }

  #folderOf(library: InstalledLibrary): string {
    const inside = library.archives.map((a) => a.split("/").slice(0, -1).join("/")).find((f) => f !== "");
    const path = inside ?? library.name.split(".").slice(1).join("/");
    return resolvePath(this.#folder, path) ?? this.#folder;
  }

  /** A module's file: as it is named, or called as the module with its first letter in either case. */
  #source(folder: string, listing: FolderListing | undefined, named: string | true, module: string, suffix: string): SourceFile | undefined {
    if (typeof named === "string") {
      const path = resolvePath(folder, named);
      return path === undefined ? undefined : sourceFile(this.#tree, path);
    }
    const file = [`${uncapitalize(module)}${suffix}`, `${module}${suffix}`].find((f) => listing?.files.includes(f) === true);
    return file === undefined ? undefined : sourceFile(this.#tree, joinPath(folder, file));
  }

  /** A library of which only `META` is known. */
  #undescribed(node: MetaNode, nodes: readonly MetaNode[]): LibraryDescription {
    const { meta, name } = node;
    const requires = this.#requirements(meta);
    const place: Place = { file: this.#file, line: meta.line };
    const failure = metaValue(meta, "error");
    const kind = metaValue(meta, "library_kind");
    const problems = [
      ...(failure === undefined ? [] : [problemAt({ file: this.#file, line: failure.line }, name, `its META file says that it cannot be used: ${failure.value}`)]),
      ...(kind !== undefined && isRewriter(kind.value) ? [problemAt({ file: this.#file, line: kind.line }, name, REWRITER)] : []),
    ];
    const isLibrary = meta.definitions.some((d) => d.variable === "archive" || d.variable === "plugin");
    const folder = isLibrary ? node.folder : undefined;
    const sharing = sharingFolder(nodes, folder);
    if (folder !== undefined && sharing.length > 1) requires.push({ name: `${sharing[0]!.name}/`, place });
    // An archive in OCaml's own folder, whose files are not told apart there.
    const modules = folder === undefined ? { units: [], withoutSource: isLibrary ? [name] : [] } : modulesOfFolder(this.#tree, folder, place, name);
    return { ...EMPTY, ...this.#common(name, node), place, requires, ...modules, ...(sharing.length > 1 ? { units: [] } : {}), problems };
  }

  #shared(name: string, nodes: readonly MetaNode[]): LibraryDescription {
    const node = nodes.find((n) => `${n.name}/` === name)!;
    const place: Place = { file: this.#file, line: node.meta.line };
    // Which of the modules are whose is not known.
    const names = new Set(nodes.map((n) => n.name));
    const mayUse = sharingFolder(nodes, node.folder).flatMap((n) => this.#requirements(n.meta)).filter((r) => !names.has(r.name));
    return { ...EMPTY, ...this.#common(name, node), place, mayUse, ...modulesOfFolder(this.#tree, node.folder!, place, name) };
  }

  #requirements(meta: MetaPackage): Requirement[] {
    return ["requires", "ppx_runtime_deps"].flatMap((variable) => {
      const value = metaValue(meta, variable);
      return value === undefined ? [] : metaNames(value.value).map((name) => ({ name, place: { file: this.#file, line: value.line } }));
    });
  }
}

const REWRITER = "this is a ppx rewriter, a program that changes source text before it is compiled. It cannot be run here: use the text that it makes (dune describe pp FILE prints it) in its place";

/** The packages whose archives lie in a folder. */
function sharingFolder(nodes: readonly MetaNode[], folder: string | undefined): readonly MetaNode[] {
  return nodes.filter((n) => n.folder === folder && n.meta.definitions.some((d) => d.variable === "archive" || d.variable === "plugin"));
}

function isRewriter(kind: string): boolean {
  return kind.startsWith("ppx_");
}

/** The flags that a unit was compiled with, as the compiled file beside its text tells. */
function compiledWith(tree: FileTree, folder: string, listing: FolderListing | undefined, unit: string): Pick<UnitDescription, "flags"> {
  const file = [`${uncapitalize(unit)}.cmt`, `${unit}.cmt`].find((name) => listing?.files.includes(name) === true);
  return file === undefined ? {} : { flags: () => flagsOfCompiled(tree.read(joinPath(folder, file)) ?? "") };
}

/** A module of which only compiled files are there: what reaches it is told so. */
function withoutText(name: string, module: string, place: Place, library: string): UnitDescription {
  const problems = (): readonly Diagnostic[] => [problemAt(place, library, `it is installed without the text of ${module}. Give a folder or an archive of its sources`)];
  return { name, module, interface: undefined, implementation: undefined, opens: [], virtual: false, aliases: false, withoutStdlib: false, problems };
}

/** The modules in a folder, called as the compiled files beside them are (`re__Automata.cmi`), else as their files. */
function modulesOfFolder(tree: FileTree, folder: string, place: Place, library: string): Pick<LibraryDescription, "units" | "withoutSource"> {
  const files = tree.list(folder)?.files ?? [];
  const compiled = new Set(files.flatMap((f) => /^(.*)\.(?:cmi|cmx|cmt|cmti)$/.exec(f)?.[1] ?? []).map(capitalize));
  const native = new Set(files.flatMap((f) => /^(.*)\.(?:cmx|cmo)$/.exec(f)?.[1] ?? []).map(capitalize));
  const modules = new Map<string, { interface?: string; implementation?: string }>();
  for (const f of files) {
    const found = moduleOfFile(f);
    if (found === undefined) continue;
    const { module } = found;
    const known = modules.get(module) ?? {};
    modules.set(module, found.isInterface ? { ...known, interface: f } : { ...known, implementation: f });
  }
  const unitOf = (module: string): string => {
    if (compiled.has(module)) return module;
    const mangled = [...compiled].filter((c) => c.endsWith(`__${module}`));
    return mangled.length === 1 ? mangled[0]! : module;
  };
  const prefixOf = (unit: string): string | undefined => /^(.+?)__./.exec(unit)?.[1];
  /** Units of aliases: `Re__` when the library has a main module of its own, else `Re`. */
  const aliasUnits = new Map<string, string>();
  for (const module of modules.keys()) {
    const prefix = prefixOf(unitOf(module));
    if (prefix === undefined || aliasUnits.has(prefix)) continue;
    aliasUnits.set(prefix, compiled.has(`${prefix}__`) || modules.has(`${prefix}__`) ? `${prefix}__` : prefix);
  }
  const read = (name: string | undefined): SourceFile | undefined => (name === undefined ? undefined : sourceFile(tree, joinPath(folder, name)));
  const units: UnitDescription[] = [];
  const withoutSource: string[] = [];
  for (const [module, found] of modules) {
    const name = unitOf(module);
    if ([...aliasUnits.values()].includes(name)) continue;
    // What was not compiled is no module: scripts for the toplevel, inputs of generators.
    if (compiled.size > 0 && !compiled.has(name)) continue;
    const prefix = prefixOf(name) ?? (aliasUnits.has(name) ? name : undefined);
    const alias = prefix === undefined ? undefined : aliasUnits.get(prefix);
    if (found.implementation === undefined && native.has(name)) withoutSource.push(module);
    units.push({ name, module, interface: read(found.interface), implementation: read(found.implementation), opens: alias === undefined ? [] : [alias], virtual: false, aliases: false, withoutStdlib: false, ...compiledWith(tree, folder, { files, folders: [] }, name) });
  }
  for (const [prefix, alias] of aliasUnits) {
    const text = units.filter((u) => u.name.startsWith(`${prefix}__`)).map((u) => `module ${u.module} = ${u.name}\n`);
    units.push({ name: alias, module: alias, interface: undefined, implementation: { name: joinPath(tree.name, joinPath(folder, `${uncapitalize(alias)}.ml-gen`)), text: text.join("") }, opens: [], virtual: false, aliases: true, withoutStdlib: true });
  }
  // Installed without any source: nothing to go by but the compiled files.
  for (const name of compiled) {
    if (/__$/.test(name) || units.some((u) => u.name === name)) continue;
    if (native.has(name)) withoutSource.push(name);
    units.push(withoutText(name, name, place, library));
  }
  return { units, withoutSource };
}
