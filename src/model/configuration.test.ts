import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { MirageView } from "../../compiler-worker/api.ts";
import { readCombinators } from "../../compiler-worker/composition/mirage/dsl.ts";
import { createStudioStore } from "../store/store.ts";
import { configuredApplication, configuredName, followConfiguration, followGraph, withInputs } from "./configuration.ts";
import type { StudioDocument } from "./document.ts";
import { addApplication, connect, moveNodes, removeElements, renameNode, setParameter } from "./graph.ts";

const combinators = readCombinators({ name: "mirage.mli", text: readFileSync("public/library/mirage/mirage.mli", "latin1") });
const TEXT = 'open Mirage\nlet pages = crunch "päges"\nlet main = main "Unikernel.Main" (kv_ro @-> job)\nlet () = register "x" [ main $ pages ]\n';
const at = { x: 0, y: 0 };
const document: StudioDocument = {
  name: "x", target: "qemu", libraries: [], packages: [],
  nodes: [{ kind: "device", id: "pages", device: "crunch", parameters: { argument: "päges" }, position: { x: 5, y: 6 } }, { kind: "application", id: "main", module: "Unikernel.Main", position: at }],
  edges: [{ from: "pages", to: "main", port: "kv_ro" }],
  files: [{ id: "c", name: "config.ml" }],
  mirage: { keys: [], folders: undefined, inputs: { main: [{ port: "kv_ro", type: "kv_ro" }] } },
};
const texts = { c: TEXT };

test("places on the canvas are not the configuration's", () => expect(followGraph(document, moveNodes(document, { pages: { x: 50, y: 60 } }), texts, combinators)).toEqual({ ok: true, texts }));

test("what the text says becomes the graph: nodes keep their places, new ones get one", () => {
  const view = { nodes: [{ kind: "device", id: "disk", device: "ramdisk", parameters: {}, position: at }, ...document.nodes.map((node) => ({ ...node, position: at }))], edges: document.edges, devices: [], configuration: { nodes: [] } } as unknown as MirageView;
  const followed = followConfiguration(document, view, (next, fresh) => moveNodes(next, Object.fromEntries(fresh.map((id) => [id, { x: 7, y: 7 }]))));
  expect(followed.nodes.map((node) => [node.id, node.position.x])).toEqual([["disk", 7], ["pages", 5], ["main", 0]]);
  expect(configuredName(document, combinators.find((c) => c.name === "crunch"), "crunch")).toBe("crunch1");
  expect(configuredName(document, combinators.find((c) => c.name === "default_network"), "default_network")).toBe("default_network");
});

test("an edit changes the text, undo takes it back, and what cannot be written is refused and said", () => {
  const store = createStudioStore();
  store.open("p", document, texts);
  store.update({ catalogue: { devices: [], targets: [], mirage: combinators } });
  store.edit((d) => setParameter(d, "pages", "argument", "öther"));
  expect(store.getState().texts["c"]).toBe(TEXT.replace("päges", "öther"));
  store.edit((d) => removeElements(d, new Set(), new Set([JSON.stringify(["pages", "main", "kv_ro"])])));
  expect(store.getState().texts["c"]).toContain("main $ unwired_kv_ro");
  store.undo();
  store.undo();
  expect(store.getState().texts["c"]).toBe(TEXT);
  expect(store.getState().document).toBe(document);
  store.update({ texts: { c: TEXT.replace("main $ pages", "main $ (Fun.id pages)") } });
  store.edit((d) => removeElements(d, new Set(), new Set([JSON.stringify(["pages", "main", "kv_ro"])])));
  expect(store.getState().document).toBe(document);
  expect(store.getState().messages.at(-1)?.details[0]).toContain("written inside of its own expression");
  store.follow((d) => connect(d, { from: "main", to: "main", port: "other" }));
  expect(store.canUndo()).toBe(false);
});

test("applications are added with the ports of their sources, and nodes are renamed", () => {
  const files = [...document.files, { id: "u", name: "unikernel.ml" }, { id: "s", name: "second.ml" }];
  const sources = { ...texts, u: "", s: "module Main (K : Mirage_kv.RO) = struct\n  let start _ = Lwt.return_unit\nend\n" };
  const project = { ...document, files };
  const application = configuredApplication(project, sources);
  expect(application).toEqual({ ok: true, id: "second", module: "Second.Main", inputs: [{ port: "kv_ro", type: "kv_ro" }] });
  if (!application.ok) return;
  const store = createStudioStore();
  store.open("p", project, sources);
  store.update({ catalogue: { devices: [], targets: [], mirage: combinators } });
  store.edit((d) => withInputs(addApplication(d, application.module, at, application.id).document, application.id, application.inputs));
  store.edit((d) => connect(d, { from: "pages", to: "second", port: "kv_ro" }));
  store.edit((d) => renameNode(d, "pages", "site"));
  store.edit((d) => renameNode(d, "second", "other"));
  expect(store.getState().texts["c"]).toBe('open Mirage\nlet site = crunch "päges"\nlet main = main "Unikernel.Main" (kv_ro @-> job)\nlet other = Mirage.main "Second.Main" (kv_ro @-> job)\nlet () = register "x" [ main $ site; other $ site ]\n');
  expect(store.getState().document.mirage?.inputs["other"]).toEqual(application.inputs);
  for (let i = 0; i < 4; i++) store.undo();
  expect(store.getState().texts["c"]).toBe(TEXT);
  for (let i = 0; i < 4; i++) store.redo();
  expect(store.getState().texts["c"]).toContain("other $ site");
  store.edit((d) => renameNode(d, "site", "Site"));
  expect(store.getState().document.nodes.map((node) => node.id)).toContain("site");
});
