/** Where projects are kept: the browser's IndexedDB. The interface is apart, so that tests can keep them in memory. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { LibraryTree } from "../../compiler-worker/api.ts";
import type { ProjectManifest } from "../../compiler-worker/composition/project.ts";
import type { MirageDocument } from "../model/configuration.ts";
import type { LibraryEntry } from "../model/document.ts";

export interface StoredProject {
  readonly id: string;
  readonly manifest: ProjectManifest;
  /** OCaml sources by name, in the order of the tabs. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Trees of libraries that it brings; projects of the first version have none. */
  readonly libraries?: readonly LibraryEntry[];
  /** Of a MirageOS project. */
  readonly mirage?: MirageDocument;
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
  /** Counts the savings, to notice that another tab saved in between. */
  readonly revision: number;
}

export type PutResult = "saved" | "conflict";

export interface ProjectStorage {
  readonly list: () => Promise<readonly StoredProject[]>;
  readonly get: (id: string) => Promise<StoredProject | undefined>;
  /** Stores the project if the stored revision is the one before (or `force`); a project that is not there is stored. */
  readonly put: (project: StoredProject, force: boolean) => Promise<PutResult>;
  readonly remove: (id: string) => Promise<void>;
  /** Trees of libraries, which projects name. */
  readonly getTree: (id: string) => Promise<LibraryTree | undefined>;
  readonly putTree: (tree: LibraryTree) => Promise<void>;
  /** Removes the trees that are not among these. */
  readonly keepTrees: (ids: ReadonlySet<string>) => Promise<void>;
  readonly getSetting: (name: string) => Promise<unknown>;
  readonly setSetting: (name: string, value: unknown) => Promise<void>;
}

interface Schema extends DBSchema {
  projects: { key: string; value: StoredProject };
  settings: { key: string; value: unknown };
  libraries: { key: string; value: LibraryTree };
}

const DATABASE = "morgana";
const VERSION = 2;

/** Opens the database; rejects where the browser gives none (some private windows). */
export async function openStorage(): Promise<ProjectStorage> {
  const database: IDBPDatabase<Schema> = await openDB<Schema>(DATABASE, VERSION, {
    upgrade(created, oldVersion) {
      if (oldVersion < 1) {
        created.createObjectStore("projects", { keyPath: "id" });
        created.createObjectStore("settings");
      }
      created.createObjectStore("libraries", { keyPath: "id" });
    },
    // A newer version of the studio, in another tab, waits for this one to let go; saving then fails here and says so.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    list: () => database.getAll("projects"),
    get: (id) => database.get("projects", id),
    async put(project, force) {
      const transaction = database.transaction("projects", "readwrite");
      const present = await transaction.store.get(project.id);
      if (!force && present !== undefined && present.revision !== project.revision - 1) {
        await transaction.done;
        return "conflict";
      }
      await transaction.store.put(project);
      await transaction.done;
      return "saved";
    },
    remove: (id) => database.delete("projects", id),
    getTree: (id) => database.get("libraries", id),
    async putTree(tree) {
      await database.put("libraries", tree);
    },
    async keepTrees(ids) {
      for (const id of await database.getAllKeys("libraries")) if (!ids.has(id)) await database.delete("libraries", id);
    },
    getSetting: (name) => database.get("settings", name),
    async setSetting(name, value) {
      await database.put("settings", value, name);
    },
  };
}

/** Keeps projects until the tab is closed: for browsers that give no database, and for tests. */
export function memoryStorage(): ProjectStorage {
  const projects = new Map<string, StoredProject>();
  const settings = new Map<string, unknown>();
  const trees = new Map<string, LibraryTree>();
  return {
    list: () => Promise.resolve([...projects.values()]),
    get: (id) => Promise.resolve(projects.get(id)),
    put(project, force) {
      const present = projects.get(project.id);
      if (!force && present !== undefined && present.revision !== project.revision - 1) return Promise.resolve("conflict");
      projects.set(project.id, structuredClone(project));
      return Promise.resolve("saved");
    },
    remove(id) {
      projects.delete(id);
      return Promise.resolve();
    },
    getTree: (id) => Promise.resolve(trees.get(id)),
    putTree(tree) {
      trees.set(tree.id, structuredClone(tree));
      return Promise.resolve();
    },
    keepTrees(ids) {
      for (const id of [...trees.keys()]) if (!ids.has(id)) trees.delete(id);
      return Promise.resolve();
    },
    getSetting: (name) => Promise.resolve(settings.get(name)),
    setSetting(name, value) {
      settings.set(name, structuredClone(value));
      return Promise.resolve();
    },
  };
}
