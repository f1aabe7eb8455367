import { describe, expect, test } from "vitest";
import type { Device } from "../../compiler-worker/composition/catalogue.ts";
import { parseFragment, printFragment } from "../actions/edit.ts";
import { matchesKey } from "../actions/action.ts";
import { arrange } from "../canvas/arrange.ts";
import { buildFingerprint, completeFileName, fileNameError, freeFileName, fromStudioProject, mainFile, projectNameError, renameFile, toStudioProject, type StudioDocument } from "../model/document.ts";
import { addApplication, addDevice, type Alignment, alignNodes, connect, fragmentOf, freePosition, moveNodes, nodeIdError, pasteFragment, reconnect, removeElements, renameNode, setParameter } from "../model/graph.ts";
import { createStudioStore } from "./store.ts";

const console_: Device = { id: "console", title: "Console", summary: "", category: "c", icon: "terminal", module: "Console", package: "console", parameters: [], targets: undefined };
const empty: StudioDocument = { name: "demo", target: "qemu", nodes: [], edges: [], files: [{ id: "f", name: "unikernel.ml" }], libraries: [], packages: [] };

function small(): StudioDocument {
  const application = addApplication(empty, "Unikernel.Main", { x: 300, y: 0 });
  const device = addDevice(application.document, console_, { x: 0, y: 0 });
  return connect(device.document, { from: device.id, to: application.id, port: "Console" });
}

describe("the graph", () => {
  test("identifiers are free", () => {
    const second = addDevice(small(), console_, { x: 1.6, y: 0 });
    expect(second.id).toBe("console-2");
    expect(second.document.nodes.at(-1)?.position).toEqual({ x: 2, y: 0 });
    expect(nodeIdError(second.document, "console", "console-2")).toContain("Another node");
    expect(nodeIdError(second.document, "console", "console")).toBeUndefined();
    expect(nodeIdError(second.document, "console", "9")).toBeDefined();
  });

  test("a port has one wire: another takes its place in the list", () => {
    const before = addDevice(small(), console_, { x: 0, y: 0 }).document;
    const after = connect(before, { from: "console-2", to: "application", port: "Console" });
    expect(after.edges).toEqual([{ from: "console-2", to: "application", port: "Console" }]);
    expect(connect(after, after.edges[0]!)).toBe(after);
    const moved = reconnect(after, after.edges[0]!, { from: "console-2", to: "application", port: "Other" });
    expect(moved.edges).toEqual([{ from: "console-2", to: "application", port: "Other" }]);
  });

  test("wires go with their nodes", () => {
    expect(removeElements(small(), new Set(["console"]), new Set())).toMatchObject({ nodes: [{ id: "application" }], edges: [] });
    const same = small();
    expect(removeElements(same, new Set(["nobody"]), new Set())).toBe(same);
  });

  test("renaming a node takes its wires along", () => expect(renameNode(small(), "console", "tty")).toMatchObject({ edges: [{ from: "tty", to: "application", port: "Console" }] }));

  test("parameters return to their defaults", () => {
    const set = setParameter(small(), "console", "rate", 5);
    expect(set.nodes[1]).toMatchObject({ parameters: { rate: 5 } });
    expect(setParameter(set, "console", "rate", undefined).nodes[1]).toMatchObject({ parameters: {} });
  });

  test("a fragment is pasted under new names, with the wires inside of it", () => {
    const document = small();
    const all = fragmentOf(document, new Set(["console", "application"]));
    const pasted = pasteFragment(document, all, { x: 10, y: 10 });
    expect(pasted.ids).toEqual(["application-2", "console-2"]);
    expect(pasted.document.edges).toContainEqual({ from: "console-2", to: "application-2", port: "Console" });
    expect(pasteFragment(document, fragmentOf(document, new Set(["application"])), { x: 0, y: 0 }).document.edges).toHaveLength(1);
  });

  test("a fragment goes through the clipboard; other texts do not come out of it", () => {
    const fragment = fragmentOf(small(), new Set(["console", "application"]));
    expect(parseFragment(printFragment(fragment))).toEqual(fragment);
    for (const text of ["", "let x = 1", "{}", '{"kind":"morgana-graph"}', '{"kind":"morgana-graph","nodes":[1],"edges":[]}', '{"kind":"morgana-graph"']) expect(parseFragment(text)).toBeUndefined();
  });

  test("new nodes do not hide others", () => {
    const document = small();
    expect(freePosition(document, { x: 0, y: 400 })).toEqual({ x: 0, y: 400 });
    let crowded = document;
    for (let count = 0; count < 30; count++) crowded = addDevice(crowded, console_, freePosition(crowded, { x: 5, y: 5 })).document;
    const added = crowded.nodes.slice(2);
    for (const node of added) expect(crowded.nodes.every((other) => other === node || Math.abs(node.position.x - other.position.x) >= 224 || Math.abs(node.position.y - other.position.y) >= 100)).toBe(true);
  });

  test("nodes are set in lines, rows and columns, in their order", () => {
    let document = small();
    for (const place of [{ x: 300, y: 10 }, { x: 100, y: 500 }]) document = addDevice(document, console_, place).document;
    const ids = new Set(document.nodes.slice(2).map((node) => node.id));
    const placesAfter = (alignment: Alignment): unknown => alignNodes(document, ids, alignment, () => ({ width: 200, height: 100 })).nodes.slice(2).map((node) => node.position);
    expect(placesAfter("left")).toEqual([{ x: 100, y: 10 }, { x: 100, y: 500 }]);
    expect(placesAfter("top")).toEqual([{ x: 300, y: 10 }, { x: 100, y: 10 }]);
    expect(placesAfter("row")).toEqual([{ x: 340, y: 10 }, { x: 100, y: 10 }]);
    expect(placesAfter("column")).toEqual([{ x: 100, y: 10 }, { x: 100, y: 150 }]);
    expect(alignNodes(document, ids, "left", () => ({ width: 1, height: 1 })).nodes.slice(0, 2)).toEqual(document.nodes.slice(0, 2));
  });

  test("arranged nodes do not overlap, devices are left of what uses them", () => {
    let document = small();
    for (let index = 0; index < 20; index++) {
      const added = addDevice(document, console_, { x: 0, y: 0 });
      document = connect(added.document, { from: added.id, to: index % 2 === 0 ? "application" : "console", port: `P${index}` });
    }
    // A cycle, which only the compiler refuses.
    document = connect(document, { from: "application", to: "console", port: "Loop" });
    const places = arrange(document, () => ({ width: 200, height: 100 }));
    const all = Object.values(places);
    expect(all).toHaveLength(document.nodes.length);
    all.forEach((a, index) => all.slice(index + 1).forEach((b) => expect(Math.abs(a.x - b.x) >= 200 || Math.abs(a.y - b.y) >= 100).toBe(true)));
    const arranged = arrange(small(), () => undefined);
    expect(arranged["console"]!.x).toBeLessThan(arranged["application"]!.x);
  });
});

describe("files and names", () => {
  test("names of files are names of modules", () => {
    expect(fileNameError("helpers.ml", [])).toBeUndefined();
    expect(fileNameError("helpers.mli", ["helpers.ml"])).toBeUndefined();
    for (const name of ["Helpers.ml", "a b.ml", "a.txt", ".ml", "1a.ml", "main.ml", "a/b.ml", "../x.ml", "a.ml.ml"]) expect(fileNameError(name, []), name).toBeDefined();
    expect(fileNameError("a.ml", ["a.ml"])).toContain("already");
    // Whole names are typed where the ending stands already, and names alone where none does.
    expect(["helpers", "helpers.mli", "helpers.ml.ml", "helpers.mli.ml", ""].map((written) => completeFileName(written))).toEqual(["helpers.ml", "helpers.mli", "helpers.ml", "helpers.mli", ""]);
    expect(completeFileName("helpers", ".mli")).toBe("helpers.mli");
    expect(freeFileName("a.ml", new Set(["a.ml", "a2.ml"]))).toBe("a3.ml");
  });

  test("a module's nodes and other file follow when its file is renamed", () => {
    const document: StudioDocument = { ...small(), files: [{ id: "f", name: "unikernel.ml" }, { id: "i", name: "unikernel.mli" }] };
    const names = (changed: StudioDocument): string[] => changed.files.map((file) => file.name);
    const module = (changed: StudioDocument): string => changed.nodes.flatMap((node) => (node.kind === "application" ? [node.module] : [])).join();
    const renamed = renameFile(document, "f", "app.ml");
    expect(names(renamed)).toEqual(["app.ml", "app.mli"]);
    expect(module(renamed)).toBe(module(document).replace("Unikernel", "App"));
    expect(module(document)).toMatch(/^Unikernel/);
    // An implementation that becomes an interface is no renaming of its module.
    const other = renameFile({ ...document, files: [{ id: "f", name: "unikernel.ml" }] }, "f", "app.mli");
    expect([names(other), module(other)]).toEqual([["app.mli"], module(document)]);
    expect(renameFile(document, "f", "unikernel.ml")).toBe(document);
  });

  test("the application's source is shown first", () => {
    const files = ["a.ml", "a.mli", "unikernel.ml", "unikernel.mli"].map((name) => ({ id: name, name }));
    expect(mainFile({ ...small(), files })).toBe("unikernel.ml");
    expect(mainFile({ ...empty, files: files.slice(0, 2) })).toBe("a.ml");
    expect(mainFile({ ...empty, files: files.slice(1, 2) })).toBe("a.mli");
    expect(mainFile({ ...empty, files: [] })).toBeUndefined();
  });

  test("names of projects", () => {
    expect(projectNameError("my-project.2")).toBeUndefined();
    for (const name of ["", "-x", "a b", "ä", "a/b", "x".repeat(65)]) expect(projectNameError(name), name).toBeDefined();
  });

  test("a project goes into the studio and out again", () => {
    const project = toStudioProject(small(), { f: "let x = 1" });
    const { document, texts } = fromStudioProject(project);
    expect(toStudioProject(document, texts)).toEqual(project);
  });

  test("the fingerprint sees what a build depends on, and nothing else", () => {
    const document = small();
    const of = (changed: StudioDocument, text = "x"): string => buildFingerprint(changed, { f: text });
    expect(of(moveNodes(document, { console: { x: 99, y: 1 } }))).toBe(of(document));
    expect(of({ ...document, files: [{ id: "g", name: "a.ml" }, ...document.files], libraries: [], packages: [] })).toBe(of({ ...document, files: [...document.files, { id: "h", name: "a.ml" }] }));
    expect(of(document, "y")).not.toBe(of(document));
    expect(of({ ...document, target: "unix" })).not.toBe(of(document));
    expect(of(setParameter(document, "console", "a", 1))).not.toBe(of(document));
    expect(of({ ...document, edges: [] })).not.toBe(of(document));
  });
});

describe("the store", () => {
  test("undo and redo go through the document only", () => {
    const store = createStudioStore();
    store.open("p", small(), { f: "one" });
    expect(store.canUndo()).toBe(false);
    store.edit((document) => removeElements(document, new Set(["console"]), new Set()));
    store.update({ texts: { f: "two" } });
    store.undo();
    expect(store.getState().document).toMatchObject({ nodes: [{ id: "application" }, { id: "console" }] });
    expect(store.getState().texts).toEqual({ f: "two" });
    expect(store.canRedo()).toBe(true);
    store.redo();
    expect(store.getState().document.nodes).toHaveLength(1);
    expect(store.canRedo()).toBe(false);
  });

  test("typing into one field is one step, and a step that changes nothing is none", () => {
    const store = createStudioStore();
    store.open("p", small(), {});
    for (const value of ["a", "ab", "abc"]) store.edit((document) => setParameter(document, "console", "name", value), {}, "parameter console name");
    store.edit((document) => document);
    store.undo();
    expect(store.getState().document.nodes[1]).toMatchObject({ parameters: {} });
    expect(store.canUndo()).toBe(false);
    store.redo();
    expect(store.getState().document.nodes[1]).toMatchObject({ parameters: { name: "abc" } });
    store.edit((document) => setParameter(document, "console", "name", "z"), {}, "parameter console name");
    store.undo();
    expect(store.getState().document.nodes[1]).toMatchObject({ parameters: { name: "abc" } });
  });

  test("what is gone is not selected, nor shown in the editor", () => {
    const store = createStudioStore();
    store.open("p", { ...small(), files: [{ id: "f", name: "a.ml" }, { id: "g", name: "b.ml" }], libraries: [], packages: [] }, { f: "", g: "" });
    store.update({ selection: { nodes: ["console"], edges: [], port: { node: "console", port: "" } }, activeFile: "g" });
    store.edit((document) => ({ ...removeElements(document, new Set(["console"]), new Set()), files: [{ id: "f", name: "a.ml" }], libraries: [], packages: [] }));
    expect(store.getState().selection).toEqual({ nodes: [], edges: [], port: undefined });
    expect(store.getState().activeFile).toBe("f");
  });

  test("another project's history is its own", () => {
    const store = createStudioStore();
    store.open("p", small(), {});
    store.edit((document) => ({ ...document, name: "x" }));
    store.open("q", empty, {});
    expect(store.canUndo()).toBe(false);
  });
});

describe("keys", () => {
  const event = (key: string, modifiers: Partial<Record<"ctrlKey" | "shiftKey" | "altKey" | "metaKey", boolean>> = {}) => ({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...modifiers }) as KeyboardEvent;

  test("modifiers must be those that are written", () => {
    expect(matchesKey("Mod+Z", event("z", { ctrlKey: true }))).toBe(true);
    expect(matchesKey("Mod+Z", event("Z", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matchesKey("Mod+Shift+Z", event("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matchesKey("Delete", event("Delete"))).toBe(true);
    expect(matchesKey("F", event("f", { ctrlKey: true }))).toBe(false);
    expect(matchesKey("?", event("?", { shiftKey: true }))).toBe(true);
    expect(matchesKey("Alt+1", { ...event("¡", { altKey: true }), code: "Digit1" } as KeyboardEvent)).toBe(true);
    expect(matchesKey("Plus", event("+", { shiftKey: true }))).toBe(true);
  });
});
