/**
 * Projects of this browser: opening, saving after every change, making, copying and removing them. One is open at a
 * time. A project that another tab saved in between is never overwritten silently.
 */
import { notify } from "../actions/notify.ts";
import type { LibraryTree, StudioProject } from "../../compiler-worker/api.ts";
import { manifestOf, freeName, fromStudioProject, freshFileId, treesOf, type LibraryEntry, type StudioDocument, type Texts, type Trees } from "../model/document.ts";
import { defaultPreferences, type Preferences, type ProjectSummary } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { readTemplate } from "./archive.ts";
import type { ProjectStorage, StoredProject } from "./storage.ts";

const CURRENT = "current-project";
const PREFERENCES = "preferences";
export const FIRST_TEMPLATE = "hello";

export interface ProjectManager {
  /** Opens the project that was open last, or the first template. */
  readonly openFirst: () => Promise<void>;
  readonly open: (id: string) => Promise<boolean>;
  /** Opens a new project; its name is changed when another project has it. */
  readonly create: (project: StudioProject, trees?: readonly LibraryTree[]) => Promise<void>;
  readonly createFromTemplate: (name: string) => Promise<void>;
  readonly duplicate: (id: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Saves now what is not saved yet. */
  readonly flush: () => Promise<void>;
  /** Ends a conflict with another tab: this tab's version is kept, or the other one is loaded. */
  readonly resolveConflict: (keep: "mine" | "theirs" | "both") => Promise<void>;
  readonly refreshList: () => Promise<void>;
  readonly dispose: () => void;
}

export interface ProjectManagerOptions {
  readonly store: StudioStore;
  readonly storage: ProjectStorage;
  /** Milliseconds of rest after a change before it is saved. */
  readonly debounce?: number;
  readonly now?: () => number;
  readonly makeId?: () => string;
}

export function createProjectManager(options: ProjectManagerOptions): ProjectManager {
  const { store, storage } = options;
  const debounce = options.debounce ?? 300;
  const now = options.now ?? (() => Date.now());
  const makeId = options.makeId ?? (() => crypto.randomUUID());

  /** What the database holds of the open project. */
  let saved: { id: string; document: StudioDocument; texts: Texts; revision: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Trees of libraries that the database has. */
  const savedTrees = new Set<string>();
  /** Savings follow each other. */
  let queue: Promise<void> = Promise.resolve();

  function stored(id: string, document: StudioDocument, texts: Texts, revision: number): StoredProject {
    return { id, manifest: manifestOf(document), files: document.files.map((file) => ({ name: file.name, text: texts[file.id] ?? "" })), libraries: document.libraries, ...(document.mirage === undefined ? {} : { mirage: document.mirage }), savedAt: now(), revision };
  }

  async function saveTrees(document: StudioDocument, trees: Trees): Promise<void> {
    for (const id of treesOf(document)) {
      const tree = trees[id];
      if (tree === undefined || savedTrees.has(id)) continue;
      await storage.putTree(tree);
      savedTrees.add(id);
    }
  }

  /** The trees that a project names; one that is gone from the database is left out, and said. */
  async function readTrees(libraries: readonly LibraryEntry[]): Promise<{ found: LibraryEntry[]; trees: Trees }> {
    const found: LibraryEntry[] = [];
    const trees: Record<string, LibraryTree> = {};
    for (const entry of libraries) {
      const tree = await storage.getTree(entry.id);
      if (tree === undefined) {
        notify({ store }, "error", `The library ${entry.name} is gone from this browser`, ["Drop its folder or archive on the window again."]);
        continue;
      }
      savedTrees.add(entry.id);
      found.push(entry);
      trees[entry.id] = tree;
    }
    return { found, trees };
  }

  function dirty(): boolean {
    const { projectId, document, texts } = store.getState();
    return saved !== undefined && projectId === saved.id && (document !== saved.document || texts !== saved.texts);
  }

  function save(force = false): Promise<void> {
    queue = queue.then(async () => {
      if (saved === undefined || (!dirty() && !force)) return;
      if (store.getState().saving.status === "conflict" && !force) return;
      const { document, texts } = store.getState();
      const { id, revision } = saved;
      store.update({ saving: { status: "saving" } });
      try {
        await saveTrees(document, store.getState().trees);
        const base = force ? ((await storage.get(id))?.revision ?? revision) : revision;
        const result = await storage.put(stored(id, document, texts, base + 1), force);
        if (saved.id !== id) return;
        if (result === "conflict") {
          store.update({ saving: { status: "conflict" } });
          return;
        }
        saved = { id, document, texts, revision: base + 1 };
        store.update({ saving: { status: dirty() ? "saving" : "saved" } });
        if (dirty()) schedule();
      } catch (error) {
        store.update({ saving: { status: "failed", message: error instanceof Error ? error.message : String(error) } });
      }
    });
    return queue;
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), debounce);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    await save();
  }

  /** Before another project is opened: what cannot be saved keeps the present one open. */
  async function leave(): Promise<boolean> {
    await flush();
    const { saving } = store.getState();
    return saving.status === "saved" || (saving.status === "saving" && !dirty());
  }

  async function show(project: StoredProject): Promise<void> {
    const { mirage } = project;
    const folders = mirage?.folders === undefined ? [] : [{ id: mirage.folders, name: `of ${project.manifest.name}` }];
    const { found, trees } = await readTrees([...(project.libraries ?? []), ...folders]);
    const plain = fromStudioProject({ manifest: project.manifest, files: {}, trees: [] }, found.filter((entry) => entry.id !== mirage?.folders));
    const { texts } = plain;
    const document: StudioDocument = mirage === undefined ? plain.document : { ...plain.document, mirage };
    const files = project.files.map((file) => ({ id: freshFileId(), name: file.name, text: file.text }));
    const opened: StudioDocument = { ...document, files: files.map(({ id, name }) => ({ id, name })) };
    const openedTexts: Texts = { ...texts, ...Object.fromEntries(files.map(({ id, text }) => [id, text])) };
    saved = { id: project.id, document: opened, texts: openedTexts, revision: project.revision };
    store.update({ saving: { status: "saved" } });
    store.open(project.id, opened, openedTexts, trees);
    await storage.setSetting(CURRENT, project.id);
    await refreshList();
  }

  async function refreshList(): Promise<void> {
    const projects = await storage.list();
    const summaries: ProjectSummary[] = projects.map((project) => ({ id: project.id, name: project.manifest.name, savedAt: project.savedAt }));
    store.update({ projects: summaries.sort((a, b) => b.savedAt - a.savedAt) });
  }

  async function open(id: string): Promise<boolean> {
    if (!(await leave())) return false;
    const project = await storage.get(id);
    if (project === undefined) return false;
    await show(project);
    return true;
  }

  async function create(project: StudioProject, trees: readonly LibraryTree[] = []): Promise<void> {
    if (saved !== undefined && !(await leave())) throw new Error("The open project could not be saved, so it stays open.");
    const names = new Set((await storage.list()).map((other) => other.manifest.name));
    const name = freeName(project.manifest.name, names);
    const { document, texts } = fromStudioProject({ ...project, manifest: { ...project.manifest, name } }, namedTrees(trees.filter((tree) => tree.id !== project.mirage?.folders)));
    await saveTrees(document, Object.fromEntries(trees.map((tree) => [tree.id, tree])));
    const entry = stored(makeId(), document, texts, 1);
    await storage.put(entry, false);
    await show(entry);
  }

  async function createFromTemplate(name: string): Promise<void> {
    const template = store.getState().templates.find((candidate) => candidate.name === name);
    if (template === undefined) throw new Error(`There is no template ${name}.`);
    const { project, trees } = readTemplate(name, template.files);
    await create(project, trees);
  }

  const unsubscribe = store.subscribe((state, previous) => {
    if (state.preferences !== previous.preferences) void storage.setSetting(PREFERENCES, state.preferences);
    if (state.document === previous.document && state.texts === previous.texts) return;
    if (!dirty()) return;
    if (state.saving.status === "saved") store.update({ saving: { status: "saving" } });
    schedule();
  });

  return {
    async openFirst() {
      const preferences = readPreferences(await storage.getSetting(PREFERENCES));
      store.update({ preferences });
      const current = await storage.getSetting(CURRENT);
      const project = typeof current === "string" ? await storage.get(current) : undefined;
      const projects = await storage.list();
      await storage.keepTrees(new Set(projects.flatMap((other) => [...(other.libraries ?? []).map((entry) => entry.id), ...(other.mirage?.folders === undefined ? [] : [other.mirage.folders])])));
      if (project !== undefined) return show(project);
      const [latest] = [...projects].sort((a, b) => b.savedAt - a.savedAt);
      if (latest !== undefined) return show(latest);
      const { templates } = store.getState();
      const first = templates.find((template) => template.name === FIRST_TEMPLATE) ?? templates[0];
      if (first === undefined) throw new Error("There is no template to begin with.");
      return createFromTemplate(first.name);
    },
    open,
    create,
    createFromTemplate,
    async duplicate(id) {
      await flush();
      const project = await storage.get(id);
      if (project === undefined) return;
      const { mirage } = project;
      const folders = mirage?.folders === undefined ? [] : [{ id: mirage.folders, name: `of ${project.manifest.name}` }];
      const { trees } = await readTrees([...(project.libraries ?? []), ...folders]);
      const copied = [...(project.libraries ?? []), ...folders].flatMap((entry) => trees[entry.id] ?? []);
      const files = Object.fromEntries(project.files.map((file) => [file.name, file.text]));
      await create({ manifest: project.manifest, files, trees: (project.libraries ?? []).flatMap((entry) => trees[entry.id]?.id ?? []), ...(mirage === undefined ? {} : { mirage: { keys: mirage.keys, ...(mirage.folders === undefined ? {} : { folders: mirage.folders }) } }) }, copied);
    },
    async remove(id) {
      clearTimeout(timer);
      await queue;
      await storage.remove(id);
      if (saved?.id === id) {
        saved = undefined;
        const [latest] = [...(await storage.list())].sort((a, b) => b.savedAt - a.savedAt);
        if (latest !== undefined) await show(latest);
        else await createFromTemplate(FIRST_TEMPLATE);
      }
      await refreshList();
    },
    flush,
    async resolveConflict(keep) {
      if (saved === undefined) return;
      const { id } = saved;
      if (keep === "mine") return save(true);
      if (keep === "both") {
        const { document, texts } = store.getState();
        const names = new Set((await storage.list()).map((other) => other.manifest.name));
        const copy = stored(makeId(), { ...document, name: freeName(document.name, names) }, texts, 1);
        await storage.put(copy, false);
        await show(copy);
        return;
      }
      const project = await storage.get(id);
      if (project !== undefined) await show(project);
    },
    refreshList,
    dispose() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}

/** Trees under names that no two have. */
function namedTrees(trees: readonly LibraryTree[]): LibraryEntry[] {
  const taken = new Set<string>();
  return trees.map(({ id, name }) => {
    const free = freeName(name, taken);
    taken.add(free);
    return { id, name: free };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Preferences as stored, by whatever version: fields that are missing or of another type have their defaults. */
export function readPreferences(value: unknown): Preferences {
  if (!isRecord(value)) return defaultPreferences;
  const layout: Record<string, unknown> = { ...defaultPreferences.layout };
  if (isRecord(value["layout"])) {
    for (const [key, fallback] of Object.entries(defaultPreferences.layout)) {
      const given = value["layout"][key];
      if (typeof given === typeof fallback && (typeof given !== "number" || Number.isFinite(given))) layout[key] = given;
    }
  }
  const theme = value["theme"];
  const tab = layout["outputTab"];
  return {
    theme: theme === "light" || theme === "dark" || theme === "system" ? theme : defaultPreferences.theme,
    minimap: typeof value["minimap"] === "boolean" ? value["minimap"] : defaultPreferences.minimap,
    layout: { ...defaultPreferences.layout, ...layout, outputTab: tab === "build" ? "build" : "problems" },
  };
}
