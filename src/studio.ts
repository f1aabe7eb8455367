/** The studio's parts, as actions and views reach them. */
import { createContext, useContext, useRef, useSyncExternalStore } from "react";
import type { GraphNode, NodePosition } from "../compiler-worker/composition/project.ts";
import { isAvailable, type Action } from "./actions/action.ts";
import type { CompilerClient } from "./compiler/client.ts";
import type { ProjectManager } from "./persistence/projects.ts";
import { sameData } from "./store/equal.ts";
import type { StudioState } from "./store/state.ts";
import type { FocusKeeper } from "./shell/focus.ts";
import type { StudioStore } from "./store/store.ts";

/** What actions need of the canvas that is on the screen. */
export interface CanvasHandle {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: (nodes?: readonly string[]) => void;
  /** The middle of what is seen, in coordinates of the graph. */
  readonly centre: () => NodePosition;
  /** Size of a node as drawn; undefined before it is drawn. */
  readonly sizeOf: (node: GraphNode) => { readonly width: number; readonly height: number } | undefined;
}

export interface EditorHandle {
  /** Where the caret is. */
  readonly position: () => { readonly line: number; readonly column: number } | undefined;
  /** Runs a command of the editor, at the caret. */
  readonly run: (command: EditorCommand) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export type EditorCommand = "editor.action.quickOutline" | "editor.action.rename" | "editor.action.goToReferences" | "editor.action.revealDefinition" | "editor.action.quickFix";

export interface Studio {
  readonly store: StudioStore;
  readonly compiler: CompilerClient;
  readonly projects: ProjectManager;
  /** Set by the views while they are there. */
  readonly handles: { canvas: CanvasHandle | undefined; editor: EditorHandle | undefined; focus: FocusKeeper | undefined };
}

export const StudioContext = createContext<Studio | undefined>(undefined);

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === undefined) throw new Error("The view is outside of the studio.");
  return studio;
}

/**
 * Part of the state. The selector may build new data each time: the old is kept while it says the same.
 */
export function useStudioState<T>(select: (state: StudioState) => T): T {
  const { store } = useStudio();
  const last = useRef<{ value: T } | undefined>(undefined);
  const read = (): T => {
    const value = select(store.getState());
    if (last.current !== undefined && sameData(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  };
  return useSyncExternalStore(store.subscribe, read);
}

/** Whether an action can be performed now. */
export function useAvailable(action: Action): boolean {
  const studio = useStudio();
  return useStudioState(() => isAvailable(action, studio));
}

/** Whether there are steps to undo and redo. */
export function useHistory(): { canUndo: boolean; canRedo: boolean } {
  const { store } = useStudio();
  const canUndo = useSyncExternalStore(store.subscribeHistory, store.canUndo);
  const canRedo = useSyncExternalStore(store.subscribeHistory, store.canRedo);
  return { canUndo, canRedo };
}
