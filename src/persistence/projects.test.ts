import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StudioProject } from "../../compiler-worker/api.ts";
import { printManifest } from "../../compiler-worker/composition/project.ts";
import { toStudioProject } from "../model/document.ts";
import { defaultPreferences } from "../store/state.ts";
import { createStudioStore, type StudioStore } from "../store/store.ts";
import { createProjectManager, readPreferences, type ProjectManager } from "./projects.ts";
import { memoryStorage, type ProjectStorage } from "./storage.ts";

const hello: StudioProject = {
  manifest: { format: 1, name: "hello", target: "qemu", nodes: [{ kind: "application", id: "application", module: "Unikernel.Main", position: { x: 0, y: 0 } }], edges: [] },
  files: { "unikernel.ml": "let start () = ()" },
};
const templates = [{ name: "hello", files: { "morgana.json": printManifest(hello.manifest), ...hello.files } }];

describe("projects", () => {
  let storage: ProjectStorage;
  let store: StudioStore;
  let projects: ProjectManager;
  let ids: number;

  const visit = (): { store: StudioStore; projects: ProjectManager } => {
    const visited = createStudioStore();
    visited.update({ templates });
    return { store: visited, projects: createProjectManager({ store: visited, storage, now: () => 1000 + ids, makeId: () => `id-${++ids}` }) };
  };
  const type = (text: string): void => {
    const file = store.getState().document.files[0]!.id;
    store.update({ texts: { ...store.getState().texts, [file]: text } });
  };
  const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_000);

  beforeEach(async () => {
    vi.useFakeTimers();
    ids = 0;
    storage = memoryStorage();
    ({ store, projects } = visit());
    await projects.openFirst();
  });
  afterEach(() => {
    projects.dispose();
    vi.useRealTimers();
  });

  test("the first visit opens the template hello", () => {
    expect(toStudioProject(store.getState().document, store.getState().texts)).toEqual(hello);
    expect(store.canUndo()).toBe(false);
  });

  test("libraries are saved with the project and are there again; what no project has goes", async () => {
    const tree = { id: "tree", name: "re", files: { dune: "(library (name re))" } };
    store.edit((document) => ({ ...document, libraries: [{ id: "tree", name: "re" }] }), { trees: { tree } });
    await rest();
    const next = visit();
    await next.projects.openFirst();
    expect(next.store.getState().document.libraries).toEqual([{ id: "tree", name: "re" }]);
    expect(next.store.getState().trees).toEqual({ tree });
    expect(toStudioProject(next.store.getState().document, {}).manifest.dependencies).toEqual(["libraries/re"]);
    next.store.edit((document) => ({ ...document, libraries: [] }));
    await rest();
    next.projects.dispose();
    const last = visit();
    await last.projects.openFirst();
    expect(await storage.getTree("tree")).toBeUndefined();
    last.projects.dispose();
  });

  test("a library that is gone from the database is said, and the project opens without it", async () => {
    store.edit((document) => ({ ...document, libraries: [{ id: "tree", name: "re" }] }), { trees: { tree: { id: "tree", name: "re", files: {} } } });
    await rest();
    await storage.keepTrees(new Set());
    const next = visit();
    await next.projects.openFirst();
    expect(next.store.getState().document.libraries).toEqual([]);
    expect(next.store.getState().messages.map((message) => message.title)).toEqual(["The library re is gone from this browser"]);
    next.projects.dispose();
  });

  test("changes are saved after a rest, and the next visit finds them", async () => {
    type("let start () = print_endline \"x\"");
    store.edit((document) => ({ ...document, name: "renamed" }));
    expect(store.getState().saving.status).toBe("saving");
    await rest();
    expect(store.getState().saving.status).toBe("saved");
    const next = visit();
    await next.projects.openFirst();
    expect(next.store.getState().document.name).toBe("renamed");
    expect(Object.values(next.store.getState().texts)).toEqual(['let start () = print_endline "x"']);
    next.projects.dispose();
  });

  test("leaving a project saves it at once", async () => {
    type("last words");
    await projects.create({ ...hello, manifest: { ...hello.manifest, name: "second" } });
    const [first] = (await storage.list()).filter((project) => project.manifest.name === "hello");
    expect(first?.files[0]?.text).toBe("last words");
    expect(store.getState().document.name).toBe("second");
    expect(await projects.open(first!.id)).toBe(true);
    expect(store.getState().document.name).toBe("hello");
  });

  test("names of new projects do not repeat", async () => {
    await projects.createFromTemplate("hello");
    await projects.createFromTemplate("hello");
    expect(store.getState().projects.map((project) => project.name).sort()).toEqual(["hello", "hello-2", "hello-3"]);
  });

  test("another tab's version is not overwritten until the user says so", async () => {
    const other = visit();
    await other.projects.openFirst();
    other.store.edit((document) => ({ ...document, name: "theirs" }));
    await rest();
    store.edit((document) => ({ ...document, name: "mine" }));
    await rest();
    expect(store.getState().saving.status).toBe("conflict");
    expect((await storage.list()).map((project) => project.manifest.name)).toEqual(["theirs"]);
    expect(await projects.open(store.getState().projectId!)).toBe(false);
    await projects.resolveConflict("both");
    expect((await storage.list()).map((project) => project.manifest.name).sort()).toEqual(["mine", "theirs"]);
    expect(store.getState().document.name).toBe("mine");
    expect(store.getState().saving.status).toBe("saved");
    other.projects.dispose();
  });

  test("a conflict can end with either version", async () => {
    const other = visit();
    await other.projects.openFirst();
    other.store.edit((document) => ({ ...document, name: "theirs" }));
    await rest();
    type("mine");
    await rest();
    await projects.resolveConflict("theirs");
    expect(store.getState().document.name).toBe("theirs");
    other.store.edit((document) => ({ ...document, name: "again" }));
    await rest();
    type("mine after all");
    await rest();
    await projects.resolveConflict("mine");
    expect((await storage.list())[0]?.files[0]?.text).toBe("mine after all");
    other.projects.dispose();
  });

  test("a failure to save is shown, keeps the project open, and the next change tries again", async () => {
    const put = vi.spyOn(storage, "put").mockRejectedValueOnce(new Error("the disk is full"));
    type("precious");
    await rest();
    expect(store.getState().saving).toEqual({ status: "failed", message: "the disk is full" });
    put.mockRejectedValueOnce(new Error("still full"));
    await expect(projects.create(hello)).rejects.toThrow(/stays open/);
    expect(Object.values(store.getState().texts)).toEqual(["precious"]);
    type("precious 2");
    await rest();
    expect(store.getState().saving.status).toBe("saved");
  });

  test("deleting the open project opens another, or begins anew", async () => {
    await projects.create({ ...hello, manifest: { ...hello.manifest, name: "second" } });
    await projects.remove(store.getState().projectId!);
    expect(store.getState().document.name).toBe("hello");
    await projects.remove(store.getState().projectId!);
    expect(store.getState().document.name).toBe("hello");
    expect(await storage.list()).toHaveLength(1);
  });

  test("preferences of any origin are read", () => {
    expect(readPreferences(undefined)).toEqual(defaultPreferences);
    expect(readPreferences({ theme: "pink", minimap: 3, layout: { paletteWidth: "wide", canvasShare: Number.NaN, outputTab: "x", editorOpen: false } })).toEqual({ ...defaultPreferences, layout: { ...defaultPreferences.layout, editorOpen: false } });
    expect(readPreferences({ theme: "dark" }).theme).toBe("dark");
  });
});
