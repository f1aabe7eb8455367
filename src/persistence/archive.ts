/** Projects as sets of files: what comes from an archive, a folder or a template, and what is exported. */
import type { LibraryTree, StudioProject } from "../../compiler-worker/api.ts";
import { parseManifest, printManifest, PROJECT_FILE, PROJECT_FORMAT } from "../../compiler-worker/composition/project.ts";
import { ArchiveError } from "../../compiler-worker/packages/archive/common.ts";
import { ARCHIVE_NAME } from "../../compiler-worker/packages/archive/unpack.ts";
import { CONFIGURATION_FILE } from "../model/configuration.ts";
import { fileNameError } from "../model/document.ts";
import { archiveTree, isLibrary, libraryTree, treeFiles } from "./libraries.ts";
import { writeZip } from "./zip.ts";

export interface IncomingFile {
  /** With `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type IncomingProject =
  | { readonly kind: "project"; readonly project: StudioProject; /** Those that the project names, in the order of its `dependencies`. */ readonly trees: readonly LibraryTree[]; /** What was left out, and why. */ readonly remarks: readonly string[] }
  /** OCaml libraries with what describes them: they can be added to a project. */
  | { readonly kind: "library"; readonly tree: LibraryTree; readonly remarks: readonly string[] }
  /** OCaml files without a manifest: they can be added to a project. */
  | { readonly kind: "sources"; readonly files: Readonly<Record<string, string>>; readonly remarks: readonly string[] }
  | { readonly kind: "error"; readonly errors: readonly string[] };

/** What operating systems and tools leave in folders. */
const LITTER = /(^|\/)(__MACOSX|\.[^/]+|_build|_opam|node_modules|Thumbs\.db|desktop\.ini)(\/|$)/;
/** What MirageOS's tools write into a project: sources of packages, and how MirageOS builds it. */
const WRITTEN_BY_MIRAGE = /^(duniverse\/|mirage\/|dist\/|dune$|dune-project$|dune-workspace$|dune\.(build|config|dist)$|Makefile$)/;

/** Finds the project among files; a folder around everything does not matter. `name` is how they are called together. */
export function readIncoming(name: string, incoming: readonly IncomingFile[]): IncomingProject {
  const files = incoming.filter((file) => !LITTER.test(file.path));
  const manifests = files.filter((file) => file.path === PROJECT_FILE || file.path.endsWith(`/${PROJECT_FILE}`));
  if (manifests.length > 1) return { kind: "error", errors: [`There are ${manifests.length} projects in it: ${manifests.map((file) => file.path).join(", ")}. Take one at a time.`] };
  const manifest = manifests[0];
  if (manifest === undefined) {
    const configurations = files.filter((file) => file.path === CONFIGURATION_FILE || file.path.endsWith(`/${CONFIGURATION_FILE}`)).filter((file) => !file.path.includes("duniverse/"));
    const depth = Math.min(...configurations.map((file) => file.path.split("/").length));
    const outermost = configurations.filter((file) => file.path.split("/").length === depth);
    if (outermost.length > 1) return { kind: "error", errors: [`There are ${outermost.length} MirageOS projects in it: ${outermost.map((file) => file.path).join(", ")}. Take the folder of one.`] };
    if (outermost[0] !== undefined) return mirageProject(name, files, outermost[0].path.slice(0, -CONFIGURATION_FILE.length));
  }
  const root = manifest === undefined ? commonFolder(files) : manifest.path.slice(0, manifest.path.length - PROJECT_FILE.length);
  if (manifest === undefined && isLibrary(files)) return { kind: "library", tree: libraryTree(libraryName(name), files, root), remarks: [] };
  const manifestText = manifest === undefined ? undefined : decodeText(manifest.bytes);
  const parsed = manifestText === undefined ? undefined : parseManifest(manifestText);
  const dependencies = parsed?.ok === true ? (parsed.manifest.dependencies ?? []) : [];
  const remarks: string[] = [];
  const errors: string[] = [];
  const sources: Record<string, string> = {};
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (file === manifest) continue;
    const name = file.path.startsWith(root) ? file.path.slice(root.length) : file.path;
    if (dependencies.some((path) => name === path || name.startsWith(`${path}/`))) continue;
    if (!/\.mli?$/.test(name)) {
      remarks.push(`${name} was left out: a project holds .ml and .mli files.`);
      continue;
    }
    if (name.includes("/")) {
      remarks.push(`${name} was left out: the files of a project are in one folder.`);
      continue;
    }
    const complaint = fileNameError(name, Object.keys(sources));
    if (complaint !== undefined) {
      remarks.push(`${name} was left out: ${complaint}`);
      continue;
    }
    const text = decodeText(file.bytes);
    if (text === undefined) errors.push(`${name} is not a text in UTF-8.`);
    else sources[name] = text;
  }
  if (errors.length > 0) return { kind: "error", errors };
  if (manifest === undefined) {
    if (Object.keys(sources).length === 0) return { kind: "error", errors: [`There is no ${PROJECT_FILE} and no OCaml file in it.`, ...remarks] };
    return { kind: "sources", files: sources, remarks };
  }
  if (parsed === undefined) return { kind: "error", errors: [`${PROJECT_FILE} is not a text in UTF-8.`] };
  if (!parsed.ok) return { kind: "error", errors: parsed.errors };
  const trees: LibraryTree[] = [];
  for (const path of dependencies) {
    const label = path.split("/").at(-1) ?? path;
    const archive = files.find((file) => file.path === `${root}${path}`);
    const inside = files.filter((file) => file.path.startsWith(`${root}${path}/`));
    try {
      if (archive !== undefined) trees.push(archiveTree(libraryName(label), archive.bytes));
      else if (inside.length > 0) trees.push(libraryTree(label, inside, `${root}${path}/`));
      else errors.push(`${PROJECT_FILE}: dependencies: ${path} is not among the files.`);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      errors.push(`${path} cannot be read: ${error.message}.`);
    }
  }
  if (errors.length > 0) return { kind: "error", errors };
  return { kind: "project", project: { manifest: parsed.manifest, files: sources, ...(trees.length === 0 ? {} : { trees: trees.map((tree) => tree.id) }) }, trees, remarks };
}

/** A MirageOS project: its sources as texts, what lies in folders and other files as they are. `root` ends in a slash or is empty. */
function mirageProject(name: string, files: readonly IncomingFile[], root: string): IncomingProject {
  const own = files.filter((file) => file.path.startsWith(root)).map((file) => ({ ...file, path: file.path.slice(root.length) }));
  const written = own.filter((file) => WRITTEN_BY_MIRAGE.test(file.path));
  const sources: Record<string, string> = {};
  const others: IncomingFile[] = [];
  for (const file of own) {
    if (written.includes(file)) continue;
    const text = /^[^/]+\.mli?$/.test(file.path) ? decodeText(file.bytes) : undefined;
    if (text === undefined) others.push(file);
    else sources[file.path] = text;
  }
  const order = (file: string): string => (file === CONFIGURATION_FILE ? "1" : file === "unikernel.ml" ? "0" : `2${file}`);
  const sorted = Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (order(a) < order(b) ? -1 : 1)));
  const label = projectLabel(root === "" ? libraryName(name) : (root.split("/").at(-2) ?? name));
  const tree = others.length === 0 ? undefined : libraryTree(label, others, "");
  const remarks = written.length === 0 ? [] : [`${written.length === 1 ? "A file that MirageOS's tools wrote was" : `${written.length} files that MirageOS's tools wrote were`} left out: ${written.slice(0, 3).map((f) => f.path).join(", ")}${written.length > 3 ? ", …" : ""}.`];
  return {
    kind: "project",
    project: { manifest: { format: PROJECT_FORMAT, name: label, target: MIRAGE_TARGET, nodes: [], edges: [] }, files: sorted, mirage: { keys: [], ...(tree === undefined ? {} : { folders: tree.id }) } },
    trees: tree === undefined ? [] : [tree],
    remarks,
  };
}

/** The target of a MirageOS project that is opened: it names none itself. */
const MIRAGE_TARGET = "qemu";

function projectLabel(name: string): string {
  const label = name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "").slice(0, 64);
  return label === "" ? "unikernel" : label;
}

/** `re-1.11.0` of `re-1.11.0.tbz`. */
function libraryName(name: string): string {
  return name.replace(ARCHIVE_NAME, "");
}

/** The folder that all paths begin with, with its slash; "" when there is none. */
function commonFolder(files: readonly IncomingFile[]): string {
  const first = files[0]?.path.split("/").slice(0, -1) ?? [];
  let depth = first.length;
  for (const file of files) {
    const folders = file.path.split("/").slice(0, -1);
    let same = 0;
    while (same < depth && same < folders.length && folders[same] === first[same]) same++;
    depth = same;
  }
  return depth === 0 ? "" : `${first.slice(0, depth).join("/")}/`;
}

/** A text whose bytes come out again as they were; undefined when they are no UTF-8. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The project as a zip archive, in a folder of its name: what `morgana build` takes after unpacking. `trees` lie in the folders that the manifest names. */
export function exportProject(project: StudioProject, trees: readonly LibraryTree[] = []): Uint8Array {
  const folder = project.manifest.name;
  const encoder = new TextEncoder();
  if (project.mirage !== undefined) {
    // A MirageOS project is what it was: its graph is in config.ml.
    const files = Object.entries(project.files).map(([name, text]) => ({ path: `${folder}/${name}`, bytes: encoder.encode(text) }));
    const { folders } = project.mirage;
    const others = trees.flatMap((tree) => treeFiles(tree, tree.id === folders ? folder : `${folder}/${tree.name}`));
    return writeZip([...files, ...others].sort((a, b) => (a.path < b.path ? -1 : 1)));
  }
  const entries = [
    { path: `${folder}/${PROJECT_FILE}`, bytes: encoder.encode(printManifest(project.manifest)) },
    ...Object.entries(project.files).map(([name, text]) => ({ path: `${folder}/${name}`, bytes: encoder.encode(text) })),
    ...trees.flatMap((tree, index) => treeFiles(tree, `${folder}/${project.manifest.dependencies?.[index] ?? tree.name}`)),
  ];
  return writeZip(entries.sort((a, b) => (a.path < b.path ? -1 : 1)));
}

/** A template's files as a project with its trees; throws when the template is wrong, which is this program's own fault. */
export function readTemplate(name: string, files: Readonly<Record<string, string>>): { readonly project: StudioProject; readonly trees: readonly LibraryTree[] } {
  const encoder = new TextEncoder();
  const result = readIncoming(name, Object.entries(files).map(([path, text]) => ({ path, bytes: encoder.encode(text) })));
  if (result.kind !== "project") throw new Error(`The template ${name} is no project: ${result.kind === "error" ? result.errors.join(" ") : `${PROJECT_FILE} is missing`}`);
  return result;
}
