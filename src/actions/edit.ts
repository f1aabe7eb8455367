/** Actions on the graph: history, clipboard, deletion, layout. */
import { AlignStartHorizontal, AlignStartVertical, ClipboardPaste, Columns3, Copy, CopyPlus, LayoutGrid, Redo2, Rows3, Scissors, Trash2, Undo2, type LucideIcon } from "lucide-react";
import { alignNodes, edgeKey, fragmentOf, moveNodes, pasteFragment, type Alignment, type GraphFragment } from "../model/graph.ts";
import { arrange } from "../canvas/arrange.ts";
import { parseManifest, PROJECT_FORMAT } from "../../compiler-worker/composition/project.ts";
import type { Studio } from "../studio.ts";
import type { Action } from "./action.ts";
import { removeElements, revealNodes, selectNodes } from "./graph.ts";

/** Distance between a node and its copy. */
const PASTE_OFFSET = 36;

const CLIPBOARD_KIND = "morgana-graph";

/** A fragment as text for the system's clipboard. */
export function printFragment(fragment: GraphFragment): string {
  return JSON.stringify({ kind: CLIPBOARD_KIND, ...fragment }, null, 2);
}

/** Reads what `printFragment` wrote, in this tab or another; undefined for any other text. */
export function parseFragment(text: string): GraphFragment | undefined {
  if (!text.startsWith("{") || !text.includes(CLIPBOARD_KIND)) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof data !== "object" || data === null || !("kind" in data) || data.kind !== CLIPBOARD_KIND || !("nodes" in data) || !("edges" in data)) return undefined;
  const result = parseManifest(JSON.stringify({ format: PROJECT_FORMAT, name: "clipboard", target: "", nodes: data.nodes, edges: data.edges }));
  return result.ok ? { nodes: result.manifest.nodes, edges: result.manifest.edges } : undefined;
}

/** The selected nodes, remembered for pasting; undefined when none is selected. */
export function copySelection(studio: Studio): GraphFragment | undefined {
  const { document, selection } = studio.store.getState();
  if (selection.nodes.length === 0) return undefined;
  const fragment = fragmentOf(document, new Set(selection.nodes));
  studio.store.update({ clipboard: fragment, pastes: 0 });
  return fragment;
}

export function paste(studio: Studio, fragment: GraphFragment): void {
  const { store } = studio;
  const pastes = store.getState().pastes + 1;
  let ids: string[] = [];
  store.edit(
    (document) => {
      const result = pasteFragment(document, fragment, { x: PASTE_OFFSET * pastes, y: PASTE_OFFSET * pastes });
      ids = result.ids;
      return result.document;
    },
    { clipboard: fragment, pastes },
  );
  selectNodes(studio, ids);
}

function writeClipboard(fragment: GraphFragment): void {
  // A browser that refuses leaves the studio's own clipboard, which the menu pastes from.
  void navigator.clipboard?.writeText(printFragment(fragment)).catch(() => undefined);
}

const somethingSelected: NonNullable<Action["available"]> = ({ selection }) => selection.nodes.length > 0 || selection.edges.length > 0;
const nodesSelected: NonNullable<Action["available"]> = ({ selection }) => selection.nodes.length > 0;

/** Sizes of nodes that are not drawn. */
const USUAL_SIZE = { width: 190, height: 80 };

function alignAction(name: string, title: string, alignment: Alignment, icon: LucideIcon): Action {
  return {
    name,
    title,
    group: "Edit",
    icon,
    available: ({ selection }) => selection.nodes.length > 1,
    perform({ store, handles }) {
      const { selection } = store.getState();
      store.edit((document) => alignNodes(document, new Set(selection.nodes), alignment, (node) => handles.canvas?.sizeOf(node) ?? USUAL_SIZE));
    },
  };
}

export const editActions: readonly Action[] = [
  { name: "edit.undo", title: "Undo", group: "Edit", keys: ["Mod+Z"], heard: "outside text", icon: Undo2, available: (_, { store }) => store.canUndo(), perform: ({ store }) => store.undo() },
  { name: "edit.redo", title: "Redo", group: "Edit", keys: ["Mod+Shift+Z", "Mod+Y"], heard: "outside text", icon: Redo2, available: (_, { store }) => store.canRedo(), perform: ({ store }) => store.redo() },
  {
    name: "edit.cut",
    title: "Cut nodes",
    group: "Edit",
    icon: Scissors,
    available: nodesSelected,
    perform(studio) {
      const fragment = copySelection(studio);
      if (fragment === undefined) return;
      writeClipboard(fragment);
      removeElements(studio, studio.store.getState().selection.nodes, []);
    },
  },
  {
    name: "edit.copy",
    title: "Copy nodes",
    group: "Edit",
    icon: Copy,
    available: nodesSelected,
    perform(studio) {
      const fragment = copySelection(studio);
      if (fragment !== undefined) writeClipboard(fragment);
    },
  },
  {
    name: "edit.paste",
    title: "Paste nodes",
    group: "Edit",
    icon: ClipboardPaste,
    available: ({ clipboard }) => clipboard !== undefined,
    perform(studio) {
      const { clipboard } = studio.store.getState();
      if (clipboard !== undefined) paste(studio, clipboard);
    },
  },
  {
    name: "edit.duplicate",
    title: "Duplicate nodes",
    group: "Edit",
    keys: ["Mod+D"],
    heard: "on the canvas",
    icon: CopyPlus,
    available: nodesSelected,
    perform(studio) {
      const { document, selection, clipboard, pastes } = studio.store.getState();
      studio.store.update({ pastes: 0 });
      paste(studio, fragmentOf(document, new Set(selection.nodes)));
      studio.store.update({ clipboard, pastes });
    },
  },
  {
    name: "edit.delete",
    title: "Delete selection",
    group: "Edit",
    keys: ["Delete", "Backspace"],
    heard: "on the canvas",
    icon: Trash2,
    available: somethingSelected,
    perform(studio) {
      const { selection } = studio.store.getState();
      removeElements(studio, selection.nodes, selection.edges);
    },
  },
  {
    name: "edit.selectAll",
    title: "Select all nodes",
    group: "Edit",
    keys: ["Mod+A"],
    heard: "on the canvas",
    perform(studio) {
      const { document } = studio.store.getState();
      studio.store.update({ selection: { nodes: document.nodes.map((node) => node.id), edges: document.edges.map(edgeKey), port: undefined } });
    },
  },
  {
    name: "edit.selectNone",
    title: "Select nothing",
    group: "Edit",
    keys: ["Escape"],
    heard: "on the canvas",
    available: somethingSelected,
    perform: (studio) => selectNodes(studio, []),
  },
  alignAction("edit.alignLeft", "Align left edges", "left", AlignStartVertical),
  alignAction("edit.alignTop", "Align top edges", "top", AlignStartHorizontal),
  alignAction("edit.column", "Set in a column", "column", Rows3),
  alignAction("edit.row", "Set in a row", "row", Columns3),
  {
    name: "edit.arrange",
    title: "Arrange nodes",
    group: "Edit",
    keys: ["Mod+Shift+L"],
    icon: LayoutGrid,
    available: ({ document }) => document.nodes.length > 0,
    perform(studio) {
      studio.store.edit((document) => moveNodes(document, arrange(document, (node) => studio.handles.canvas?.sizeOf(node))));
      revealNodes(studio, []);
    },
  },
];
