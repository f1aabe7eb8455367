/**
 * The project as the studio edits it: the graph and the list of files, which undo and redo go through, and apart from
 * them the texts, whose history is the editor's. All functions here are pure.
 */
import type { LibraryTree, StudioProject } from "../../compiler-worker/api.ts";
import type { MirageDocument } from "./configuration.ts";
import { PROJECT_FORMAT, type GraphEdge, type GraphNode, type ProjectManifest } from "../../compiler-worker/composition/project.ts";

/** Identity of a file that survives renaming: texts, editor models and histories hang on it. */
export type FileId = string;

export interface FileEntry {
  readonly id: FileId;
  /** `unikernel.ml` */
  readonly name: string;
}

/** A tree of libraries that the project brings; what is in it is kept apart, under its identity. */
export interface LibraryEntry {
  readonly id: string;
  /** Unique among the project's. */
  readonly name: string;
}

export interface StudioDocument {
  readonly name: string;
  readonly target: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly files: readonly FileEntry[];
  readonly libraries: readonly LibraryEntry[];
  /** Libraries that are part of the program in any case, such as an implementation of a virtual one. */
  readonly packages: readonly string[];
  /** A MirageOS project: the graph is what its `config.ml` says. */
  readonly mirage?: MirageDocument;
}

/** All trees that a document has: of libraries, and of a MirageOS project's folders. */
export function treesOf(document: StudioDocument): string[] {
  return [...document.libraries.map((entry) => entry.id), ...(document.mirage?.folders === undefined ? [] : [document.mirage.folders])];
}

export type Trees = Readonly<Record<string, LibraryTree>>;

/** The folder of an exported project that a tree of libraries is put into. */
function libraryFolder(entry: LibraryEntry): string {
  return `libraries/${entry.name}`;
}

export type Texts = Readonly<Record<FileId, string>>;

/** The name under which the compiler shows the program that it generates from the graph. */
export const GENERATED_FILE = "main.ml";

/** What is generated and shown among the files, by the identity of its tab. */
export const GENERATED = "generated";
export const GENERATED_CONFIGURATION = "generated-configuration";
export const isGenerated = (file: FileId | undefined): boolean => file === GENERATED || file === GENERATED_CONFIGURATION;

const LIBRARY_FILE = "library:";

/** Identity of the tab of a file of the library, which is looked at only. */
export const libraryFileId = (file: string): FileId => `${LIBRARY_FILE}${file}`;

export function libraryFileOf(id: FileId): string | undefined {
  return id.startsWith(LIBRARY_FILE) ? id.slice(LIBRARY_FILE.length) : undefined;
}

/** Whether a tab shows no file of the project's own. */
export const isReadOnly = (file: FileId): boolean => isGenerated(file) || libraryFileOf(file) !== undefined;

let lastFileId = 0;

/** A file identity that no other file of this session has. */
export function freshFileId(): FileId {
  return `file-${++lastFileId}`;
}

export function manifestOf(document: StudioDocument): ProjectManifest {
  const { name, target, nodes, edges, libraries, packages } = document;
  return {
    format: PROJECT_FORMAT,
    name,
    target,
    nodes,
    edges,
    ...(libraries.length === 0 ? {} : { dependencies: libraries.map(libraryFolder) }),
    ...(packages.length === 0 ? {} : { packages }),
  };
}

export function toStudioProject(document: StudioDocument, texts: Texts): StudioProject {
  const { mirage } = document;
  return {
    manifest: manifestOf(document),
    files: Object.fromEntries(document.files.map((file) => [file.name, texts[file.id] ?? ""])),
    ...(document.libraries.length === 0 ? {} : { trees: document.libraries.map((entry) => entry.id) }),
    ...(mirage === undefined ? {} : { mirage: { keys: mirage.keys, ...(mirage.folders === undefined ? {} : { folders: mirage.folders }) } }),
  };
}

/** `libraries` are the trees that the project names. */
export function fromStudioProject(project: StudioProject, libraries: readonly LibraryEntry[] = []): { document: StudioDocument; texts: Texts } {
  const { name, target, nodes, edges, packages = [] } = project.manifest;
  const files: FileEntry[] = [];
  const texts: Record<FileId, string> = {};
  for (const [fileName, text] of Object.entries(project.files)) {
    const id = freshFileId();
    files.push({ id, name: fileName });
    texts[id] = text;
  }
  const { mirage } = project;
  return { document: { name, target, nodes, edges, files, libraries, packages, ...(mirage === undefined ? {} : { mirage: { keys: mirage.keys, folders: mirage.folders, inputs: {} } }) }, texts };
}

/**
 * What a build depends on, as a string to compare: everything but the places of nodes on the canvas. Files are put in
 * order of their names, since the order of tabs is the user's.
 */
export function buildFingerprint(document: StudioDocument, texts: Texts): string {
  return JSON.stringify([
    document.name,
    document.target,
    document.nodes.map((node) => (node.kind === "application" ? [node.id, node.module] : [node.id, node.device, Object.entries(node.parameters).sort(([a], [b]) => (a < b ? -1 : 1))])),
    document.edges.map((edge) => [edge.from, edge.to, edge.port]),
    document.files.map((file) => [file.name, texts[file.id] ?? ""]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    document.libraries.map((entry) => entry.id),
    document.packages,
    document.mirage?.keys,
    document.mirage?.folders,
  ]);
}

const FILE_NAME = /^[a-z][a-zA-Z0-9_]*\.mli?$/;

/** Why a file may not have this name; undefined when it may. `others` are the names of the other files. */
export function fileNameError(name: string, others: readonly string[]): string | undefined {
  if (!/\.mli?$/.test(name)) return "The name must end in .ml or .mli.";
  if (!FILE_NAME.test(name)) return "The name is a module's: a lower-case letter, then letters, digits and underscores.";
  if (/^main\.mli?$/.test(name)) return "main is the module that the compiler generates from the canvas.";
  if (others.includes(name)) return `There is a file ${name} already.`;
  return undefined;
}

/** The file's name that is meant: it has an ending, and one only, also when a name with an ending was typed before one that was there. */
export function completeFileName(written: string, ending = ".ml"): string {
  if (written === "") return "";
  return written.includes(".") ? written.replace(/(\.mli?)\.mli?$/, "$1") : `${written}${ending}`;
}

const PROJECT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Why a project may not have this name; undefined when it may. */
export function projectNameError(name: string): string | undefined {
  if (name === "") return "A project needs a name.";
  if (name.length > 64) return "At most 64 characters.";
  if (!PROJECT_NAME.test(name)) return "Letters, digits, '.', '_' and '-', beginning with a letter or digit.";
  return undefined;
}

/** `base`, or `base-2`, `base-3`, … (with `separator` for the dash): the first that is not taken. */
export function freeName(base: string, taken: ReadonlySet<string>, separator = "-"): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    const name = `${base}${separator}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The first name of the form `stem.ml`, `stem2.ml`, … that no file has. */
export function freeFileName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const dot = wanted.lastIndexOf(".");
  const stem = wanted.slice(0, dot);
  for (let number = 2; ; number++) {
    const name = `${stem}${number}${wanted.slice(dot)}`;
    if (!taken.has(name)) return name;
  }
}

/** The module that a file defines: `Unikernel` of `unikernel.ml`. */
/** The other file of a module that has both, an implementation and an interface. */
export function siblingOf(document: StudioDocument, file: FileEntry): FileEntry | undefined {
  const name = file.name.endsWith(".mli") ? file.name.slice(0, -1) : `${file.name}i`;
  return document.files.find((entry) => entry.name === name);
}

/** The file that is shown first: the source of the application, or of what else there is. */
export function mainFile(document: StudioDocument): FileId | undefined {
  const { files, nodes } = document;
  const sources = files.filter((file) => file.name.endsWith(".ml"));
  const modules = nodes.flatMap((node) => (node.kind === "application" ? [node.module.split(".")[0]] : []));
  const main = sources.find((file) => modules.includes(moduleOfFile(file.name))) ?? sources.find((file) => file.name === "unikernel.ml") ?? sources[0] ?? files[0];
  return main?.id;
}

/** Renames a file; when it keeps its suffix, the module's other file and the nodes of the module follow. */
export function renameFile(document: StudioDocument, id: FileId, name: string): StudioDocument {
  const file = document.files.find((entry) => entry.id === id);
  if (file === undefined || file.name === name) return document;
  const isInterface = name.endsWith(".mli");
  const sibling = siblingOf(document, file);
  const siblingName = isInterface ? name.slice(0, -1) : `${name}i`;
  const keepsKind = isInterface === file.name.endsWith(".mli");
  const follows = keepsKind && !document.files.some((entry) => entry.name === siblingName) ? sibling?.id : undefined;
  const files = document.files.map((entry) => (entry.id === id ? { ...entry, name } : entry.id === follows ? { ...entry, name: siblingName } : entry));
  const [from, to] = [moduleOfFile(file.name), moduleOfFile(name)];
  // A module that is still there keeps its nodes.
  const moves = keepsKind && document.mirage === undefined && !files.some((entry) => entry.name.endsWith(".ml") && moduleOfFile(entry.name) === from);
  const nodes = moves ? document.nodes.map((node) => (node.kind === "application" && node.module.split(".")[0] === from ? { ...node, module: [to, ...node.module.split(".").slice(1)].join(".") } : node)) : document.nodes;
  return { ...document, files, nodes };
}

export function moduleOfFile(fileName: string): string {
  const stem = fileName.replace(/\.mli?$/, "");
  return stem.charAt(0).toUpperCase() + stem.slice(1);
}
