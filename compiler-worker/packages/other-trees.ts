/**
 * Libraries of source trees without dune files: `META` with lists of modules (`.mllib`), as topkg and ocamlbuild have them, an opam
 * file beside modules, or nothing but modules.
 */
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import { broken, EMPTY, packageOf, problemAt, type LibraryDescription, type Requirement, type UnitDescription } from "./description.ts";
import { joinPath, sourceFile, splitPath, type FileTree } from "./file-tree.ts";
import { licenceOfFolder, licenceOfOpam } from "./licences.ts";
import { GENERATORS, GeneratorError } from "./generators/generators.ts";
import { MetaError, metaNames, metaValue, parseMeta, type MetaPackage } from "./meta.ts";
import { capitalize, moduleOfFile } from "./names.ts";
import { OpamError, parseOpam } from "./opam.ts";

/** Folders whose modules are no part of a library. */
const NOT_LIBRARY = /^(test|tests|examples?|bench|benchmarks?|doc|docs|tools|support|pkg|b0|attic)$/;

/** The libraries of a tree, by what lies in its folders. */
export function otherLibraries(tree: FileTree, folders: readonly string[]): LibraryDescription[] {
  const metaPath = folders.flatMap((f) => (tree.list(f)?.files ?? []).filter((name) => name === "META" || name === "META.in").map((name) => joinPath(f, name)))[0];
  const opamPaths = folders.flatMap((f) => (tree.list(f)?.files ?? []).filter((name) => name === "opam" || name.endsWith(".opam")).map((name) => joinPath(f, name)));
  const opam = opamPaths[0] === undefined ? undefined : sourceFile(tree, opamPaths[0]);
  const licence = (opam === undefined ? undefined : licenceOfOpam(opam)) ?? licenceOfFolder(tree, "");
  const { name: opamName, version, synopsis, depends } = readOpam(opam);
  const meta = metaPath === undefined ? undefined : sourceFile(tree, metaPath);
  const packageName = opamName ?? (opamPaths[0]?.endsWith(".opam") === true ? splitPath(opamPaths[0]).base.slice(0, -5) : undefined) ?? archiveName(meta, folderName(tree)) ?? folderName(tree);
  if (meta !== undefined) {
    try {
      const found = ofMeta(tree, folders, meta, parseMeta(meta.text), packageName).map((l) => ({ ...l, licence, version: l.version ?? version, summary: l.summary ?? synopsis }));
      if (found.some((l) => l.units.length > 0)) return found;
    } catch (error) {
      if (!(error instanceof MetaError)) throw error;
      return [broken(packageName, { file: meta, line: error.line }, `this META file cannot be read: ${error.message}`)];
    }
  }
  const withModules = folders.filter((f) => !f.split("/").some((name) => NOT_LIBRARY.test(name)) && (tree.list(f)?.files ?? []).some((name) => moduleOfFile(name) !== undefined));
  if (withModules.length === 0) return [];
  const units = new Map<string, UnitDescription>();
  const place = { file: opam ?? meta ?? { name: tree.name, text: "" }, line: 1 };
  const problems = [];
  for (const folder of withModules) {
    for (const unit of modulesIn(tree, folder)) {
      if (units.has(unit.name)) problems.push(problemAt(place, packageName, `two folders have a module ${unit.name}, and there is no dune file that tells them apart: give the folder of one of them`));
      else units.set(unit.name, unit);
    }
  }
  const requires = depends.map((name): Requirement => ({ name, place }));
  return [{ ...EMPTY, name: packageName, package: packageName, version, licence, summary: synopsis, place, requires, units: [...units.values()], problems }];
}

/**
 * The name of the archive that META's own package has, which is mostly called as the package: META does not name it. Where the folder is called
 * so, too (`extLib.cma` in `ocaml-extlib-1.7.8`), its letters are taken as the folder has them.
 */
function archiveName(meta: SourceFile | undefined, folder: string): string | undefined {
  if (meta === undefined) return undefined;
  try {
    const archive = /^([A-Za-z][A-Za-z0-9_-]*)\.cmx?a$/.exec(metaValue(parseMeta(meta.text), "archive")?.value ?? "")?.[1];
    const plain = folder.replace(/^ocaml-|-ocaml$/g, "");
    return archive?.toLowerCase() === plain.toLowerCase() ? plain : archive;
  } catch (error) {
    // What is wrong with it is said where its packages are read.
    if (error instanceof MetaError) return undefined;
    throw error;
  }
}

/** The name of the outermost folder that has more than another folder in it, without a version. */
function folderName(tree: FileTree): string {
  const root = tree.list("");
  const only = root !== undefined && root.files.length === 0 && root.folders.length === 1 ? root.folders[0]! : undefined;
  const name = only ?? splitPath(tree.name.replace(/\/+$/, "")).base.replace(/\.(zip|tar\.gz|tgz|tbz|tar\.bz2|tar)$/, "");
  const base = name.replace(/[-_.]v?\d[A-Za-z0-9.~+-]*$/, "");
  return base === "" || base === "." || base === ".." ? "library" : base;
}

/** Packages that an opam file needs and that no library is called after. */
const NO_LIBRARY = /^(ocaml|dune|jbuilder|ocamlfind|ocamlbuild|topkg|base-.*|conf-.*|ocaml-.*|cppo|menhir|ppx_.*)$/;

function readOpam(file: SourceFile | undefined): { name: string | undefined; version: string | undefined; synopsis: string | undefined; depends: readonly string[] } {
  const nothing = { name: undefined, version: undefined, synopsis: undefined, depends: [] };
  if (file === undefined) return nothing;
  try {
    const opam = parseOpam(file.text);
    return { name: opam.name, version: opam.version, synopsis: opam.synopsis, depends: opam.depends.filter((name) => !NO_LIBRARY.test(name)) };
  } catch (error) {
    if (error instanceof OpamError) return nothing;
    throw error;
  }
}

function modulesIn(tree: FileTree, folder: string, only?: ReadonlySet<string>): UnitDescription[] {
  const modules = new Map<string, { interface?: SourceFile; implementation?: SourceFile }>();
  for (const name of tree.list(folder)?.files ?? []) {
    const found = moduleOfFile(name);
    if (found === undefined || (only !== undefined && !only.has(found.module))) continue;
    const file = sourceFile(tree, joinPath(folder, name));
    if (file === undefined) continue;
    const known = modules.get(found.module) ?? {};
    modules.set(found.module, found.isInterface ? { ...known, interface: file } : { ...known, implementation: file });
  }
  // What ocamlbuild and make would run: lexers and parsers without their modules beside them.
  const problems = new Map<string, Diagnostic[]>();
  for (const [tool, generator] of Object.entries(GENERATORS)) {
    for (const name of tree.list(folder)?.files ?? []) {
      const base = name.endsWith(generator.source) ? name.slice(0, -generator.source.length) : undefined;
      const module = base === undefined ? undefined : moduleOfFile(`${base}.ml`)?.module;
      if (base === undefined || module === undefined || modules.get(module)?.implementation !== undefined || (only !== undefined && !only.has(module))) continue;
      const file = sourceFile(tree, joinPath(folder, name));
      if (file === undefined) continue;
      try {
        const made = generator.run(file.text, file.name);
        const text = (suffix: string): SourceFile | undefined => (made.has(suffix) ? { name: joinPath(tree.name, joinPath(folder, `${base}${suffix}`)), text: made.get(suffix)! } : undefined);
        const known = modules.get(module) ?? {};
        const intf = known.interface ?? text(".mli");
        modules.set(module, { ...(intf === undefined ? {} : { interface: intf }), implementation: text(".ml")! });
      } catch (error) {
        if (!(error instanceof GeneratorError)) throw error;
        modules.set(module, { ...modules.get(module), implementation: file });
        problems.set(module, [problemAt({ file, line: error.line }, tool, error.message)]);
      }
    }
  }
  return [...modules].map(([name, m]) => ({ name, module: name, interface: m.interface, implementation: m.implementation, opens: [], virtual: false, aliases: false, withoutStdlib: false, ...(problems.has(name) ? { problems: () => problems.get(name)! } : {}) }));
}

/** One library for each package of META that has an archive whose modules an `.mllib` file lists. */
function ofMeta(tree: FileTree, folders: readonly string[], file: SourceFile, root: MetaPackage, packageName: string): LibraryDescription[] {
  const lists = new Map<string, string>();
  for (const folder of folders) for (const name of tree.list(folder)?.files ?? []) if (name.endsWith(".mllib") && !lists.has(name.slice(0, -6))) lists.set(name.slice(0, -6), joinPath(folder, name));
  const libraries: LibraryDescription[] = [];
  const stack: { meta: MetaPackage; name: string }[] = [{ meta: root, name: packageName }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { meta, name } = item;
    const requires = metaValue(meta, "requires");
    const archive = metaValue(meta, "archive") ?? metaValue({ ...meta, definitions: meta.definitions.map((d) => ({ ...d, predicates: d.predicates.filter((p) => p.name !== "byte") })) }, "archive");
    const base = archive === undefined ? undefined : metaNames(archive.value)[0]?.replace(/\.cm\w+$/, "");
    const list = base === undefined ? undefined : lists.get(base);
    const units = list === undefined ? (base === undefined ? [] : modulesBeside(tree, folders, base)) : withMentioned(tree, list, ofList(tree, list), [...lists.values()]);
    libraries.push({
      ...EMPTY,
      name,
      package: packageOf(name),
      version: metaValue(meta, "version")?.value.replace(/^%%.*%%$/, "") || undefined,
      summary: metaValue(meta, "description")?.value,
      place: { file, line: meta.line },
      requires: requires === undefined ? [] : metaNames(requires.value).map((r) => ({ name: r, place: { file, line: requires.line } })),
      units,
    });
    for (let i = meta.packages.length - 1; i >= 0; i--) stack.push({ meta: meta.packages[i]!, name: `${name}.${meta.packages[i]!.name}` });
  }
  return libraries;
}

/** The modules that an `.mllib` lists, one a line, with the path of their folder before them if it is another. */
function ofList(tree: FileTree, path: string): UnitDescription[] {
  const { folder } = splitPath(path);
  const byFolder = new Map<string, Set<string>>();
  for (const word of (tree.read(path) ?? "").replace(/#[^\n]*/g, "").split(/\s+/)) {
    if (word === "") continue;
    const { folder: inside, base } = splitPath(word);
    const where = joinPath(folder, inside);
    const known = byFolder.get(where) ?? new Set();
    known.add(capitalize(base));
    byFolder.set(where, known);
  }
  return [...byFolder].flatMap(([where, modules]) => modulesIn(tree, where, modules));
}

/** A library's modules with those beside its list that no list has and that these mention: what builds the library may go by dependencies. */
function withMentioned(tree: FileTree, list: string, listed: readonly UnitDescription[], lists: readonly string[]): readonly UnitDescription[] {
  const { folder } = splitPath(list);
  const elsewhere = new Set(lists.flatMap((path) => (splitPath(path).folder === folder && path !== list ? ofList(tree, path).map((u) => u.name) : [])));
  const known = new Set(listed.map((u) => u.name));
  const beside = new Map(modulesIn(tree, folder).flatMap((u) => (known.has(u.name) || elsewhere.has(u.name) ? [] : [[u.name, u]])));
  const found = [...listed];
  for (let i = 0; i < found.length && beside.size > 0; i++) {
    const words = new Set([found[i]!.interface, found[i]!.implementation].flatMap((file) => file?.text.match(/\b[A-Z]\w*/g) ?? []));
    for (const [name, unit] of beside) {
      if (!words.has(name)) continue;
      found.push(unit);
      beside.delete(name);
    }
  }
  return found;
}

/** Without a list: the folder that has the module called as the archive. */
function modulesBeside(tree: FileTree, folders: readonly string[], base: string): UnitDescription[] {
  const folder = folders.find((f) => tree.list(f)?.files.some((name) => name === `${base}.ml` || name === `${base}.mli`) === true);
  return folder === undefined ? [] : modulesIn(tree, folder);
}
