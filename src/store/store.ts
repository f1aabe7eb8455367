/** The store: the state, its history, and how both are changed. */
import { temporal } from "zundo";
import { notify } from "../actions/notify.ts";
import { createStore } from "zustand/vanilla";
import { isReadOnly, mainFile, type FileId, type StudioDocument, type Texts, type Trees } from "../model/document.ts";
import { CONFIGURATION_FILE, followGraph, sameGraph } from "../model/configuration.ts";
import { edgeKey } from "../model/graph.ts";
import { emptySelection, initialState, type StudioState } from "./state.ts";

const HISTORY_LENGTH = 200;

function makeZustandStore() {
  return createStore<StudioState>()(
    temporal(() => initialState, {
      limit: HISTORY_LENGTH,
      partialize: (state) => ({ document: state.document }),
      equality: (past, present) => past.document === present.document,
    }),
  );
}

export interface StudioStore {
  readonly getState: () => StudioState;
  readonly subscribe: (listener: (state: StudioState, previous: StudioState) => void) => () => void;
  /** Changes anything but the document. */
  readonly update: (change: Partial<Omit<StudioState, "document">>) => void;
  /**
   * Changes the document as one step of the history, and what goes with it. Steps in a row with the same `coalesce`
   * (typing into one field) are one.
   */
  readonly edit: (change: (document: StudioDocument) => StudioDocument, rest?: Partial<Omit<StudioState, "document">>, coalesce?: string) => void;
  /** Changes the document as its configuration has it: no step of the history. */
  readonly follow: (change: (document: StudioDocument) => StudioDocument) => void;
  /** Opens another document; its history begins here. */
  readonly open: (projectId: string, document: StudioDocument, texts: Texts, trees?: Trees) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
  readonly subscribeHistory: (listener: () => void) => () => void;
}

export function createStudioStore(): StudioStore {
  const store = makeZustandStore();
  const history = store.temporal;
  let lastCoalesce: string | undefined;

  /** What no longer exists is not selected or shown. */
  const settle = (): void => {
    const { document, selection, activeFile, trail } = store.getState();
    const ids = new Set(document.nodes.map((node) => node.id));
    const keys = new Set(document.edges.map(edgeKey));
    const nodes = selection.nodes.filter((id) => ids.has(id));
    const edges = selection.edges.filter((key) => keys.has(key));
    const port = selection.port !== undefined && ids.has(selection.port.node) ? selection.port : undefined;
    if (nodes.length !== selection.nodes.length || edges.length !== selection.edges.length || port !== selection.port) store.setState({ selection: { nodes, edges, port } });
    const isThere = (id: FileId): boolean => isReadOnly(id) || document.files.some((file) => file.id === id);
    if (activeFile !== undefined && !isThere(activeFile)) store.setState({ activeFile: mainFile(document) });
    if (!trail.every((place) => isThere(place.file))) store.setState({ trail: trail.filter((place) => isThere(place.file)) });
  };

  const refused = (reason: string): void => notify({ store: studioStore }, "info", `${CONFIGURATION_FILE} stays as it is`, [reason]);

  /** A step of the history; a MirageOS project's configuration goes with it. */
  const step = (go: () => void): void => {
    lastCoalesce = undefined;
    const before = store.getState();
    go();
    const { document, texts, catalogue } = store.getState();
    const followed = followGraph(before.document, document, texts, catalogue?.mirage ?? []);
    if (followed.ok) store.setState({ texts: followed.texts });
    else {
      history.getState().pause();
      store.setState({ document: before.document });
      history.getState().resume();
      refused(followed.reason);
    }
    settle();
  };

  const studioStore: StudioStore = {
    getState: store.getState,
    subscribe: store.subscribe,
    update: (change) => store.setState(change),
    edit(change, rest = {}, coalesce) {
      const state = store.getState();
      const document = change(state.document);
      if (document === state.document) {
        store.setState(rest);
        return;
      }
      const followed = followGraph(state.document, document, rest.texts ?? state.texts, state.catalogue?.mirage ?? []);
      if (!followed.ok) {
        refused(followed.reason);
        return;
      }
      if (followed.texts !== (rest.texts ?? state.texts)) rest = { ...rest, texts: followed.texts };
      const joins = coalesce !== undefined && coalesce === lastCoalesce;
      lastCoalesce = coalesce;
      if (joins) history.getState().pause();
      store.setState({ ...rest, document });
      if (joins) history.getState().resume();
      settle();
    },
    open(projectId, document, texts, trees = {}) {
      lastCoalesce = undefined;
      store.setState({
        projectId,
        document,
        texts,
        trees,
        selection: emptySelection,
        dragged: {},
        activeFile: mainFile(document),
        libraryFile: undefined,
        trail: [],
        reveal: undefined,
        checked: undefined,
        ports: {},
        fits: undefined,
        build: { status: "none" },
        focus: { nodes: [], request: (store.getState().focus?.request ?? 0) + 1 },
      });
      history.getState().clear();
    },
    follow(change) {
      const document = change(store.getState().document);
      if (document === store.getState().document) return;
      const isOther = !sameGraph(document, store.getState().document);
      lastCoalesce = undefined;
      history.getState().pause();
      store.setState({ document });
      history.getState().resume();
      // Steps of a graph that the text has changed since lead nowhere.
      if (isOther) history.getState().clear();
      settle();
    },
    undo: () => step(() => history.getState().undo()),
    redo: () => step(() => history.getState().redo()),
    canUndo: () => history.getState().pastStates.length > 0,
    canRedo: () => history.getState().futureStates.length > 0,
    subscribeHistory: (listener) => history.subscribe(listener),
  };
  return studioStore;
}
