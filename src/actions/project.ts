/** Actions on projects and their files. */
import { Copy, Download, FilePlus, FileUp, FolderOpen, LayoutTemplate, LibraryBig, Link, PenLine, Save, Trash2 } from "lucide-react";
import { ArchiveError } from "../../compiler-worker/packages/archive/common.ts";
import { ARCHIVE_NAME } from "../../compiler-worker/packages/archive/unpack.ts";
import { exportProject, readIncoming, type IncomingFile } from "../persistence/archive.ts";
import { readArchive } from "../persistence/libraries.ts";
import { archiveIn, isZip, linkTo, MAX_LINK } from "../persistence/link.ts";
import type { StudioState } from "../store/state.ts";
import { CONFIGURATION_FILE } from "../model/configuration.ts";
import { fileNameError, freeFileName, freshFileId, isReadOnly, renameFile as renameFileIn, toStudioProject, treesOf, type FileEntry, type FileId } from "../model/document.ts";
import { saveFile } from "../shell/save-file.ts";
import type { Studio } from "../studio.ts";
import type { Action } from "./action.ts";
import type { LibraryTree } from "../../compiler-worker/api.ts";
import { ask, attempt, notify } from "./notify.ts";

/** How messages name the archive that a link holds. */
const LINKED_ARCHIVE = "link.zip";

/** Archives larger than this are not looked into. */
const MAX_ARCHIVE = 64 * 1024 * 1024;

export function renameProject(studio: Studio, name: string): void {
  studio.store.edit((document) => ({ ...document, name }));
}

/** Gives a MirageOS project's configure-time key a value as on the command line; `undefined` returns it to its default. */
export function setConfigureKey(studio: Studio, options: readonly string[], value: string | undefined): void {
  studio.store.edit((document) => {
    if (document.mirage === undefined) return document;
    const others = document.mirage.keys.filter((key) => !options.some((option) => key === option || key.startsWith(`${option}=`)));
    const option = options.find((o) => o.startsWith("--")) ?? options[0] ?? "";
    return { ...document, mirage: { ...document.mirage, keys: value === undefined ? others : [...others, value === "" ? option : `${option}=${value}`] } };
  }, {}, `key ${options[0]}`);
}

export function setTarget(studio: Studio, target: string): void {
  studio.store.edit((document) => (document.target === target ? document : { ...document, target }));
}

export function showFile(studio: Studio, file: FileId): void {
  studio.store.update({ activeFile: file });
}

export function setText(studio: Studio, file: FileId, text: string): void {
  const { texts } = studio.store.getState();
  if (texts[file] !== text) studio.store.update({ texts: { ...texts, [file]: text } });
}

export function addFile(studio: Studio, name: string, text = ""): void {
  const id = freshFileId();
  const { texts } = studio.store.getState();
  studio.store.edit((document) => ({ ...document, files: [...document.files, { id, name }] }), { texts: { ...texts, [id]: text }, activeFile: id });
}

export function renameFile(studio: Studio, file: FileId, name: string): void {
  studio.store.edit((document) => renameFileIn(document, file, name));
}

export async function removeFile(studio: Studio, file: FileId): Promise<void> {
  const { document, texts } = studio.store.getState();
  const entry = document.files.find((candidate) => candidate.id === file);
  if (entry === undefined) return;
  if ((texts[file] ?? "").trim() !== "") {
    const answer = await ask(studio, {
      title: `Delete ${entry.name}?`,
      text: "Undo on the canvas brings it back, as long as this project stays open.",
      choices: [
        { value: "delete", label: "Delete", kind: "danger" },
        { value: "cancel", label: "Cancel", kind: "plain" },
      ],
    });
    if (answer !== "delete") return;
  }
  studio.store.edit((before) => ({ ...before, files: before.files.filter((candidate) => candidate.id !== file) }));
}

/** Takes an archive: a project is opened beside the ones there are; sources can be added to the open one. */
async function importArchive(studio: Studio, name: string, bytes: Uint8Array, refusal = `${name} was not imported`): Promise<void> {
  if (bytes.length > MAX_ARCHIVE) return notify(studio, "error", refusal, [`It is larger than ${MAX_ARCHIVE / 1024 / 1024} MiB.`]);
  try {
    const { files, notes } = readArchive(name, bytes);
    await takeFiles(studio, name, files, notes, refusal);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    notify(studio, "error", refusal, [`The archive cannot be used: ${error.message}.`]);
  }
}

/** Takes files that came from an archive, a folder or a drop. */
async function takeFiles(studio: Studio, name: string, files: readonly IncomingFile[], notes: readonly string[] = [], refusal = `${name} was not imported`): Promise<void> {
  const incoming = readIncoming(name, files);
  if (incoming.kind === "error") return notify(studio, "error", refusal, incoming.errors);
  if (incoming.kind === "sources") return addSources(studio, name, incoming.files, incoming.remarks);
  if (incoming.kind === "library") return addLibrary(studio, incoming.tree, [...notes, ...incoming.remarks]);
  await studio.projects.create(incoming.project, incoming.trees);
  notify(studio, "success", `${studio.store.getState().document.name} was imported`, [...notes, ...incoming.remarks]);
}

async function addSources(studio: Studio, name: string, sources: Readonly<Record<string, string>>, remarks: readonly string[]): Promise<void> {
  const names = Object.keys(sources);
  const { document } = studio.store.getState();
  const present = names.filter((file) => document.files.some((entry) => entry.name === file));
  let replace = false;
  const answer = await ask(studio, {
    title: names.length === 1 ? `Add ${names[0]} to ${document.name}?` : `Add ${names.length} files to ${document.name}?`,
    text: `${name} holds OCaml files and no project: ${names.join(", ")}.${present.length > 0 ? ` The project has ${present.join(", ")} already.` : ""}`,
    choices:
      present.length > 0
        ? [
            { value: "replace", label: "Replace", kind: "danger" },
            { value: "both", label: "Keep both", kind: "primary" },
            { value: "cancel", label: "Cancel", kind: "plain" },
          ]
        : [
            { value: "both", label: "Add", kind: "primary" },
            { value: "cancel", label: "Cancel", kind: "plain" },
          ],
  });
  if (answer !== "replace" && answer !== "both") return;
  replace = answer === "replace";
  const { texts } = studio.store.getState();
  const newTexts: Record<FileId, string> = { ...texts };
  let first: FileId | undefined;
  studio.store.edit((before) => {
    const entries: FileEntry[] = [...before.files];
    for (const [file, text] of Object.entries(sources)) {
      const id = freshFileId();
      newTexts[id] = text;
      first ??= id;
      const at = entries.findIndex((entry) => entry.name === file);
      if (replace && at >= 0) entries[at] = { id, name: file };
      else entries.push({ id, name: freeFileName(file, new Set(entries.map((entry) => entry.name))) });
    }
    return { ...before, files: entries };
  }, { texts: newTexts });
  studio.store.update({ activeFile: first });
  if (remarks.length > 0) notify(studio, "info", "Not everything was added", remarks);
}

/** Adds a tree of libraries to the project; one of the same name is replaced if the user says so. */
async function addLibrary(studio: Studio, tree: LibraryTree, remarks: readonly string[] = []): Promise<void> {
  const present = studio.store.getState().document.libraries.find((entry) => entry.name === tree.name);
  if (present !== undefined) {
    const answer = await ask(studio, {
      title: `Replace the library ${tree.name}?`,
      text: "The project has a library of this name already; its modules are taken from the new one.",
      choices: [
        { value: "replace", label: "Replace", kind: "primary" },
        { value: "cancel", label: "Cancel", kind: "plain" },
      ],
    });
    if (answer !== "replace") return;
  }
  const { trees } = studio.store.getState();
  const entry = { id: tree.id, name: tree.name };
  studio.store.edit((document) => ({ ...document, libraries: [...document.libraries.filter((other) => other.name !== tree.name), entry] }), { trees: { ...trees, [tree.id]: tree } });
  notify(studio, "success", `${tree.name} was added`, ["Its modules are in the palette, and your sources can use them.", ...remarks]);
}

export function removeLibrary(studio: Studio, id: string): void {
  studio.store.edit((document) => ({ ...document, libraries: document.libraries.filter((entry) => entry.id !== id) }));
}

/** Lets the user choose files. */
function chooseFiles(accept: string, folder: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.multiple = true;
    input.webkitdirectory = folder;
    input.addEventListener("change", () => resolve([...(input.files ?? [])]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}

/** How messages name files that came together: one by its name, a folder by its own. */
function nameOfAll(files: readonly { readonly path: string; readonly file: File }[]): string {
  const tops = new Set(files.map(({ path }) => path.split("/")[0] ?? ""));
  const [first = ""] = tops;
  return tops.size === 1 ? first : `${first} and ${tops.size - 1} more`;
}

/** Takes files of the file system: an archive, or sources and manifests with their paths. */
export async function takeFileObjects(studio: Studio, files: readonly { readonly path: string; readonly file: File }[]): Promise<void> {
  if (files.length === 0) return;
  const archives = files.filter(({ path }) => ARCHIVE_NAME.test(path) && !path.includes("/"));
  if (archives.length > 0 && archives.length === files.length) {
    for (const { file } of archives) await importArchive(studio, file.name, new Uint8Array(await file.arrayBuffer()));
    return;
  }
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const name = nameOfAll(files);
  if (total > MAX_ARCHIVE) return notify(studio, "error", `${name} was not imported`, [`The files are larger than ${MAX_ARCHIVE / 1024 / 1024} MiB together.`]);
  await takeFiles(studio, name, await Promise.all(files.map(async ({ path, file }) => ({ path, bytes: new Uint8Array(await file.arrayBuffer()) }))));
}

async function takeFolder(studio: Studio): Promise<void> {
  const files = await chooseFiles("", true);
  await takeFileObjects(studio, files.map((file) => ({ path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath, file })));
}

export function newFileNameError(studio: Studio, name: string, except?: FileId): string | undefined {
  const { document } = studio.store.getState();
  return fileNameError(name, document.files.filter((file) => file.id !== except).map((file) => file.name));
}

function archiveOf({ document, texts, trees }: Pick<StudioState, "document" | "texts" | "trees">): Uint8Array {
  return exportProject(toStudioProject(document, texts), treesOf(document).flatMap((id) => trees[id] ?? []));
}

/** Copies a link that holds the whole project. */
async function copyLink(studio: Studio): Promise<void> {
  const link = linkTo(window.location.href, archiveOf(studio.store.getState()));
  if (link.length > MAX_LINK) return notify(studio, "error", "The project is too large for a link", [`With its libraries and folders it would have ${Math.ceil(link.length / 1024)} KiB; links of more than ${MAX_LINK / 1024} KiB are cut by many programs. Export it as an archive.`]);
  const says = "Whoever opens it gets a copy of the project as it is now. The project is in the link itself: no server keeps it.";
  try {
    await navigator.clipboard.writeText(link);
    notify(studio, "success", "Link copied", [says]);
  } catch {
    // Without the clipboard it is copied from where addresses are copied from.
    window.history.replaceState(null, "", link);
    notify(studio, "info", "The link is in the address bar", [says]);
  }
}

/** Opens the project that the address holds, if it does, beside the projects there are. */
export async function openLinked(studio: Studio): Promise<void> {
  const archive = archiveIn(window.location.hash);
  if (archive === undefined) return;
  // Once opened it is a project of this browser: a reload opens that one.
  window.history.replaceState(null, "", window.location.href.replace(/#.*$/s, ""));
  const refusal = "The link's project was not opened";
  if (archive === "damaged" || !isZip(archive)) return notify(studio, "error", refusal, ["The link is damaged: part of it is missing or changed."]);
  await importArchive(studio, LINKED_ARCHIVE, archive, refusal);
}

export const projectActions: readonly Action[] = [
  { name: "project.new", title: "New project from template…", group: "Project", icon: LayoutTemplate, perform: ({ store }) => store.update({ dialog: "templates" }) },
  {
    name: "project.open",
    title: "Open project…",
    group: "Project",
    keys: ["Mod+O"],
    icon: FolderOpen,
    async perform({ store, projects }) {
      await projects.refreshList();
      store.update({ dialog: "projects" });
    },
  },
  { name: "project.rename", title: "Rename project…", group: "Project", icon: PenLine, perform: ({ store }) => store.update({ dialog: "rename-project" }) },
  {
    name: "project.duplicate",
    title: "Duplicate project",
    group: "Project",
    icon: Copy,
    async perform({ store, projects }) {
      const { projectId } = store.getState();
      if (projectId !== undefined) await projects.duplicate(projectId);
    },
  },
  {
    name: "project.save",
    title: "Save now",
    group: "Project",
    keys: ["Mod+S"],
    icon: Save,
    async perform(studio) {
      await studio.projects.flush();
      if (studio.store.getState().saving.status === "saved") notify(studio, "success", "Saved in this browser");
    },
  },
  {
    name: "project.export",
    title: "Export project as .zip",
    group: "Project",
    keys: ["Mod+Shift+S"],
    icon: Download,
    perform({ store }) {
      const state = store.getState();
      saveFile(`${state.document.name}.zip`, archiveOf(state), "application/zip");
    },
  },
  { name: "project.link", title: "Copy a link to this project", group: "Project", icon: Link, perform: copyLink },
  {
    name: "project.exportMirage",
    title: "Export as MirageOS project (.zip)",
    group: "Project",
    icon: Download,
    available: ({ checked }) => checked?.configuration !== undefined,
    perform({ store }) {
      const { document, texts, trees, checked } = store.getState();
      if (checked?.configuration === undefined) return;
      const project = toStudioProject(document, texts);
      saveFile(`${document.name}-mirage.zip`, exportProject({ ...project, files: { ...project.files, [CONFIGURATION_FILE]: checked.configuration }, mirage: { keys: [] } }, treesOf(document).flatMap((id) => trees[id] ?? [])), "application/zip");
    },
  },
  {
    name: "project.import",
    title: "Import project, library (.zip, .tar.gz, .tbz) or OCaml files…",
    group: "Project",
    icon: FileUp,
    async perform(studio) {
      const files = await chooseFiles(".zip,.tar,.gz,.tgz,.bz2,.tbz,.tbz2,.ml,.mli,.json", false);
      await takeFileObjects(studio, files.map((file) => ({ path: file.name, file })));
    },
  },
  {
    name: "project.importFolder",
    title: "Import folder of a project or library…",
    group: "Project",
    icon: FolderOpen,
    perform: (studio) => takeFolder(studio),
  },
  {
    name: "library.add",
    title: "Add OCaml library (archive)…",
    group: "Project",
    icon: LibraryBig,
    async perform(studio) {
      const files = await chooseFiles(".zip,.tar,.gz,.tgz,.bz2,.tbz,.tbz2", false);
      await takeFileObjects(studio, files.map((file) => ({ path: file.name, file })));
    },
  },
  {
    name: "library.addFolder",
    title: "Add OCaml library (folder)…",
    group: "Project",
    icon: LibraryBig,
    perform: (studio) => takeFolder(studio),
  },
  {
    name: "project.delete",
    title: "Delete project…",
    group: "Project",
    icon: Trash2,
    async perform(studio) {
      const { projectId, document } = studio.store.getState();
      if (projectId !== undefined) await deleteProject(studio, projectId, document.name);
    },
  },
  { name: "file.new", title: "New file…", group: "Files", icon: FilePlus, perform: ({ store }) => store.update({ dialog: "new-file" }) },
  {
    name: "file.rename",
    title: "Rename this file…",
    group: "Files",
    icon: PenLine,
    available: ({ activeFile }) => activeFile !== undefined && !isReadOnly(activeFile),
    perform: ({ store }) => store.update({ dialog: "rename-file", dialogSubject: store.getState().activeFile }),
  },
  {
    name: "file.delete",
    title: "Delete this file",
    group: "Files",
    icon: Trash2,
    available: ({ activeFile }) => activeFile !== undefined && !isReadOnly(activeFile),
    async perform(studio) {
      const { activeFile } = studio.store.getState();
      if (activeFile !== undefined && !isReadOnly(activeFile)) await removeFile(studio, activeFile);
    },
  },
];

/** Deletes a project for good, after asking. */
export async function deleteProject(studio: Studio, id: string, name: string): Promise<void> {
  const answer = await ask(studio, {
    title: `Delete ${name}?`,
    text: "The project goes from this browser for good. Export it first if you may want it again.",
    choices: [
      { value: "delete", label: "Delete project", kind: "danger" },
      { value: "cancel", label: "Cancel", kind: "plain" },
    ],
  });
  if (answer === "delete") await attempt(studio, `${name} could not be deleted`, () => studio.projects.remove(id));
}
