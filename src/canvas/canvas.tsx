/** The canvas: React Flow drawn from the store, whose changes go back as actions. */
import {
  Background,
  BackgroundVariant,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
  useStoreApi,
  useUpdateNodeInternals,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from "@xyflow/react";
import { ContextMenu } from "radix-ui";
import { useCallback, useEffect, useMemo, useRef, useState, type DragEvent, type ReactNode } from "react";
import type { NodePosition } from "../../compiler-worker/composition/project.ts";
import { isTextTarget, showKey } from "../actions/action.ts";
import { copySelection, parseFragment, paste, printFragment } from "../actions/edit.ts";
import * as graphActions from "../actions/graph.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { showFile } from "../actions/project.ts";
import { focusPanel, isDark } from "../actions/view.ts";
import { judgeCandidates } from "../inspector/candidates.ts";
import { CONFIGURATION_FILE } from "../model/configuration.ts";
import { edgeKey, moveNodes } from "../model/graph.ts";
import { usePanelFocus } from "../shell/focus.ts";
import { categoryIndex, edgeStatus, knownPorts, nodeTitle } from "../store/selectors.ts";
import { useStudio, useStudioState, type Studio } from "../studio.ts";
import { ActionItems } from "../ui/action-item.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { categoryColour } from "../ui/device-icon.tsx";
import { menuContent } from "../ui/menu.ts";
import { inputHandle, MeasurePorts, OUTPUT_HANDLE, portOfHandle, wireBetween, type WireStart } from "./context.ts";
import { WireMenu, type DroppedWire } from "./wire-menu.tsx";
import { ModuleNode, type ModuleFlowNode } from "./module-node.tsx";
import { statusText, WireEdge, type WireFlowEdge } from "./wire-edge.tsx";

const nodeTypes = { module: ModuleNode };
const edgeTypes = { wire: WireEdge };

/** What a dragged item of the palette carries. */
export const DEVICE_DATA = "application/x-morgana-device";
/** The item that stands for an application in the palette. */
export const APPLICATION_ITEM = "application";

const FIT = { padding: 0.1, maxZoom: 1.15, duration: 200 };

/** Pixels between the border of the view and what is brought into it. */
const MARGIN = 20;

/** What lies in the lower corners of the canvas. */
const OVERVIEW = { width: 132, height: 84 };
const TOOLS_HEIGHT = 34;

/** The overview lies in a corner of the canvas: a small canvas has no room for it. */
const hasOverview = ({ width, height }: { readonly width: number; readonly height: number }): boolean => width >= 400 && height >= 330;

/** How far a stretch must move to be inside of the view; undefined when it is larger. */
function shiftInto(start: number, length: number, room: number): number | undefined {
  if (length > room - 2 * MARGIN) return undefined;
  return Math.max(MARGIN - start, 0) + Math.min(room - MARGIN - start - length, 0);
}

export function Canvas(): ReactNode {
  return (
    <ReactFlowProvider>
      <PortMeasure>
        <CanvasInside />
      </PortMeasure>
    </ReactFlowProvider>
  );
}

/** Each call to React Flow makes all nodes and wires look again: nodes that change together are told together. */
function PortMeasure({ children }: { readonly children: ReactNode }): ReactNode {
  const updateInternals = useUpdateNodeInternals();
  const waiting = useRef(new Set<string>());
  const measure = useCallback(
    (node: string) => {
      waiting.current.add(node);
      if (waiting.current.size > 1) return;
      queueMicrotask(() => {
        updateInternals([...waiting.current]);
        waiting.current.clear();
      });
    },
    [updateInternals],
  );
  return <MeasurePorts value={measure}>{children}</MeasurePorts>;
}

function CanvasInside(): ReactNode {
  const studio = useStudio();
  const flow = useReactFlow<ModuleFlowNode, WireFlowEdge>();
  const flowStore = useStoreApi();
  const container = useRef<HTMLDivElement>(null);
  const document_ = useStudioState((state) => state.document);
  const selection = useStudioState((state) => state.selection);
  const dragged = useStudioState((state) => state.dragged);
  const focus = useStudioState((state) => state.focus);
  const minimap = useStudioState((state) => state.preferences.minimap);
  const dark = useStudioState(isDark);
  const empty = document_.nodes.length === 0;
  const [measured, setMeasured] = useState<Readonly<Record<string, { width: number; height: number }>>>({});
  const [drawing, setDrawing] = useState<WireStart>();
  const [dropped, setDropped] = useState<DroppedWire>();

  const cache = useRef(new Map<string, ModuleFlowNode>());
  const nodes = useMemo(() => {
    const selected = new Set(selection.nodes);
    const next = new Map<string, ModuleFlowNode>();
    for (const node of document_.nodes) {
      const position = dragged[node.id] ?? node.position;
      const size = measured[node.id];
      const isSelected = selected.has(node.id);
      const old = cache.current.get(node.id);
      const same = old !== undefined && old.data.node === node && old.data.drawing === drawing && old.position.x === position.x && old.position.y === position.y && old.selected === isSelected && old.measured === size;
      next.set(
        node.id,
        same
          ? old
          : {
              id: node.id,
              type: "module",
              position,
              selected: isSelected,
              ...(size === undefined ? {} : { measured: size }),
              data: { node, drawing },
              ariaLabel: `${nodeTitle(studio.store.getState(), node)} (${node.id})`,
            },
      );
    }
    cache.current = next;
    return [...next.values()];
  }, [document_.nodes, selection.nodes, dragged, measured, drawing, studio.store]);

  const statuses = useStudioState((state) => state.document.edges.map((edge) => edgeStatus(state, edge)));
  const edges = useMemo(() => {
    const selected = new Set(selection.edges);
    return document_.edges.map((edge, index): WireFlowEdge => {
      const key = edgeKey(edge);
      const status = statuses[index] ?? "checking";
      return {
        id: key,
        type: "wire",
        source: edge.from,
        sourceHandle: OUTPUT_HANDLE,
        target: edge.to,
        targetHandle: inputHandle(edge.port),
        selected: selected.has(key),
        className: `edge-${status}`,
        data: { edge },
        ariaLabel: `Wire from ${edge.from} to ${edge.to}.${edge.port}: ${statusText[status]}`,
      };
    });
  }, [document_.edges, selection.edges, statuses]);

  const onNodesChange = useCallback(
    (changes: NodeChange<ModuleFlowNode>[]) => {
      const { store } = studio;
      const moving: Record<string, NodePosition> = {};
      const landed: Record<string, NodePosition> = {};
      const select = new Map<string, boolean>();
      const sizes: Record<string, { width: number; height: number }> = {};
      for (const change of changes) {
        if (change.type === "position" && change.position !== undefined) (change.dragging === true ? moving : landed)[change.id] = change.position;
        else if (change.type === "select") select.set(change.id, change.selected);
        else if (change.type === "dimensions" && change.dimensions !== undefined) sizes[change.id] = change.dimensions;
      }
      if (Object.keys(sizes).length > 0) setMeasured((old) => ({ ...old, ...sizes }));
      if (Object.keys(moving).length > 0) store.update({ dragged: { ...store.getState().dragged, ...moving } });
      if (Object.keys(landed).length > 0) store.edit((before) => moveNodes(before, landed), { dragged: {} }, `move ${Object.keys(landed).join(" ")}`);
      if (select.size > 0) {
        const present = store.getState().selection;
        const kept = present.nodes.filter((id) => select.get(id) !== false);
        const added = [...select].filter(([id, on]) => on && !kept.includes(id)).map(([id]) => id);
        const ids = [...kept, ...added];
        const port = present.port !== undefined && ids.length === 1 && ids[0] === present.port.node ? present.port : undefined;
        store.update({ selection: { ...present, nodes: ids, port } });
      }
    },
    [studio],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireFlowEdge>[]) => {
      const select = new Map<string, boolean>();
      for (const change of changes) if (change.type === "select") select.set(change.id, change.selected);
      if (select.size === 0) return;
      const present = studio.store.getState().selection;
      const kept = present.edges.filter((id) => select.get(id) !== false);
      studio.store.update({ selection: { ...present, edges: [...kept, ...[...select].filter(([id, on]) => on && !kept.includes(id)).map(([id]) => id)] } });
    },
    [studio],
  );

  const wireOf = (connection: Connection): ReturnType<typeof wireBetween> => {
    const from = portOfHandle(connection.sourceHandle);
    const to = portOfHandle(connection.targetHandle);
    return from === undefined || to === undefined ? undefined : wireBetween({ node: connection.source, port: from }, { node: connection.target, port: to });
  };

  useEffect(() => {
    studio.handles.canvas = {
      zoomIn: () => void flow.zoomIn({ duration: 120 }),
      zoomOut: () => void flow.zoomOut({ duration: 120 }),
      fit: (ids) => void flow.fitView(ids === undefined || ids.length === 0 ? FIT : { ...FIT, nodes: ids.map((id) => ({ id })) }),
      centre() {
        const box = container.current?.getBoundingClientRect();
        return box === undefined ? { x: 0, y: 0 } : flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
      },
      sizeOf: (node) => flow.getInternalNode(node.id)?.measured as { width: number; height: number } | undefined,
    };
    return () => {
      studio.handles.canvas = undefined;
    };
  }, [studio, flow]);

  usePanelFocus("canvas", () => {
    const place = flowStore.getState().domNode;
    place?.focus({ preventScroll: true });
    return place !== null;
  });

  // Brings into view what an action asked for, once the nodes have sizes.
  const allMeasured = document_.nodes.every((node) => measured[node.id] !== undefined);
  useEffect(() => {
    if (focus === undefined || !allMeasured) return;
    // React Flow takes the new places over after this effect.
    const frame = requestAnimationFrame(() => {
      if (focus.nodes.length > 0 && bringIntoView(focus.nodes)) return;
      // Single nodes are brought into view without coming nearer.
      void flow.fitView(focus.nodes.length === 0 ? FIT : { ...FIT, maxZoom: Math.min(FIT.maxZoom, flow.getZoom()), nodes: focus.nodes.map((id) => ({ id })) });
    });
    return () => cancelAnimationFrame(frame);
  }, [focus, allMeasured]);

  /** Moves the view as little as shows the nodes; false when they have no room in it. */
  function bringIntoView(ids: readonly string[]): boolean {
    const { width, height } = flowStore.getState();
    const { x, y, zoom } = flow.getViewport();
    const bounds = flow.getNodesBounds([...ids]);
    const dx = shiftInto(bounds.x * zoom + x, bounds.width * zoom, width);
    const dy = shiftInto(bounds.y * zoom + y, bounds.height * zoom, height - (studio.store.getState().preferences.minimap && hasOverview({ width, height }) ? OVERVIEW.height : TOOLS_HEIGHT));
    if (dx === undefined || dy === undefined) return false;
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: FIT.duration });
    return true;
  }

  useClipboard(studio, container);

  /** Asks the compiler which ends the wire that is being drawn would fit. */
  const beginWire = (start: WireStart): void => {
    setDrawing(start);
    const state = studio.store.getState();
    const ends: WireStart[] =
      start.port === ""
        ? state.document.nodes.flatMap((node) => knownPorts(state, node).inputs.map((input) => ({ node: node.id, port: input.name })))
        : state.document.nodes.map((node) => ({ node: node.id, port: "" }));
    void studio.compiler.checkEdges(ends.flatMap((end) => (end.node === start.node ? [] : (wireBetween(start, end) ?? []))));
  };

  /** A wire from an input that ends on the empty canvas asks for a device to begin at. */
  const onConnectEnd = (event: MouseEvent | TouchEvent, end: FinalConnectionState): void => {
    const start = drawing;
    setDrawing(undefined);
    const onPane = event.target instanceof Element && event.target.classList.contains("react-flow__pane");
    if (start === undefined || start.port === "" || end.toHandle !== null || !onPane || !(event instanceof MouseEvent)) return;
    judgeCandidates(studio, start.node, start.port);
    const screen = { x: event.clientX, y: event.clientY };
    setDropped({ start, screen, place: flow.screenToFlowPosition(screen) });
  };

  const onDrop = (event: DragEvent): void => {
    const id = event.dataTransfer.getData(DEVICE_DATA);
    if (id === "") return;
    event.preventDefault();
    event.stopPropagation();
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const device = studio.store.getState().catalogue?.devices.find((candidate) => candidate.id === id);
    if (id === APPLICATION_ITEM) graphActions.addApplication(studio, at);
    else if (device !== undefined) graphActions.addDevice(studio, device, at);
    focusPanel(studio, "canvas");
  };

  return (
    <div ref={container} data-canvas data-panel="canvas" className="relative h-full w-full" onDrop={onDrop} onDragOver={(event) => event.dataTransfer.types.includes(DEVICE_DATA) && event.preventDefault()}>
      <ContextMenu.Root>
        <ContextMenu.Trigger asChild>
          <div className="h-full w-full">
            <ReactFlow<ModuleFlowNode, WireFlowEdge>
              aria-label="Canvas"
              data-panel-entry
              data-quiet-focus
              tabIndex={0}
              colorMode={dark ? "dark" : "light"}
              nodes={nodes}
              edges={edges}
              nodeTypes={nodeTypes}
              edgeTypes={edgeTypes}
              onNodesChange={onNodesChange}
              onEdgesChange={onEdgesChange}
              onConnect={(connection) => {
                const wire = wireOf(connection);
                if (wire !== undefined) graphActions.drawWire(studio, wire);
              }}
              onReconnect={(old, connection) => {
                const wire = wireOf(connection);
                if (wire !== undefined && old.data !== undefined) graphActions.reconnect(studio, old.data.edge, wire);
              }}
              onConnectStart={(_, { nodeId, handleId }) => {
                const port = portOfHandle(handleId);
                if (nodeId !== null && port !== undefined) beginWire({ node: nodeId, port });
              }}
              onConnectEnd={onConnectEnd}
              onNodeContextMenu={(_, node) => {
                if (!studio.store.getState().selection.nodes.includes(node.id)) graphActions.selectNodes(studio, [node.id]);
              }}
              onEdgeContextMenu={(_, edge) => graphActions.selectEdge(studio, edge.id)}
              onPaneClick={() => flowStore.getState().domNode?.focus({ preventScroll: true })}
              isValidConnection={(connection) => portOfHandle(connection.sourceHandle ?? null) !== undefined && portOfHandle(connection.targetHandle ?? null) !== undefined}
              connectionRadius={28}
              deleteKeyCode={null}
              // React Flow would take every space bar of the page for itself, also those typed in the editor.
              panActivationKeyCode={null}
              multiSelectionKeyCode={["Shift", "Meta", "Control"]}
              selectionKeyCode="Shift"
              selectionMode={SelectionMode.Partial}
              panOnScroll
              zoomOnDoubleClick={false}
              minZoom={0.05}
              maxZoom={2}
              fitView
              fitViewOptions={FIT}
              nodeDragThreshold={2}
              snapToGrid
              snapGrid={[10, 10]}
              proOptions={{ hideAttribution: true }}
            >
              <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
              {minimap && !empty && <Overview />}
              <Panel position="bottom-left" className="flex rounded-md border border-line bg-panel p-0.5 shadow-sm">
                {TOOLS.map((name) => (
                  <ToolButton key={name} name={name} />
                ))}
              </Panel>
              {empty && <EmptyCanvas />}
            </ReactFlow>
          </div>
        </ContextMenu.Trigger>
        <CanvasMenu />
      </ContextMenu.Root>
      {dropped !== undefined && <WireMenu wire={dropped} onClose={() => setDropped(undefined)} />}
    </div>
  );
}

/** What to do first; of a MirageOS project, why nothing is drawn. */
function EmptyCanvas(): ReactNode {
  const studio = useStudio();
  const configured = useStudioState((state) => state.document.mirage !== undefined);
  const configuration = useStudioState((state) => state.document.files.find((file) => file.name === CONFIGURATION_FILE)?.id);
  const evaluated = useStudioState((state) => state.checked?.configured !== undefined);
  const title = "text-[15px] font-semibold text-ink";
  return (
    <Panel position="top-center" className="!mt-16 max-w-sm text-center text-ink-soft">
      {!configured ? (
        <>
          <p className={title}>The canvas is empty</p>
          <p className="mt-1">Drag an application and devices here from the palette, or press {showKey("Mod+K")} and type their names. Then draw wires from results (right) to parameters (left).</p>
        </>
      ) : (
        <>
          <p className={title}>{evaluated ? `${CONFIGURATION_FILE} registers nothing` : `${CONFIGURATION_FILE} says nothing yet`}</p>
          <p className="mt-1">{evaluated ? "Its graph is drawn as soon as it registers a job." : "The graph is drawn as soon as it can be evaluated: the problems say what it lacks."}</p>
          {configuration !== undefined && (
            <Button
              className="mt-2"
              onClick={() => {
                showFile(studio, configuration);
                focusPanel(studio, "editor");
              }}
            >
              Open {CONFIGURATION_FILE}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}

const TOOLS = ["view.zoomOut", "view.zoomIn", "view.fit", "edit.arrange"] as const;

function ToolButton({ name }: { readonly name: (typeof TOOLS)[number] }): ReactNode {
  const studio = useStudio();
  const { title, keys, icon: Icon } = actionNamed(name);
  return (
    <IconButton label={title} hotkey={keys?.[0]} side="top" onClick={() => perform(studio, actionNamed(name))}>
      {Icon !== undefined && <Icon size={15} aria-hidden />}
    </IconButton>
  );
}

/** What a click with the other button offers, on nodes and on the canvas. */
const CONTEXT_MENU: readonly (string | undefined)[] = ["edit.cut", "edit.copy", "edit.paste", "edit.duplicate", "edit.delete", undefined, "edit.selectAll", "edit.arrange", "view.fit"];

function CanvasMenu(): ReactNode {
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content className={menuContent}>
        <ActionItems menu="context" names={CONTEXT_MENU} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}

function Overview(): ReactNode {
  const studio = useStudio();
  const hasRoom = useStore(hasOverview);
  return hasRoom ? <MiniMap<ModuleFlowNode> pannable zoomable ariaLabel="Overview of the canvas" position="bottom-right" style={OVERVIEW} nodeColor={(node) => categoryColour(categoryIndex(studio.store.getState(), node.data.node))} nodeBorderRadius={8} /> : null;
}

/** Copying, cutting and pasting of nodes through the system's clipboard, while no text has the focus. */
function useClipboard(studio: Studio, container: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const here = (event: ClipboardEvent): boolean => {
      if (isTextTarget(event.target) || studio.store.getState().dialog !== undefined) return false;
      if (event.target instanceof Node && container.current?.contains(event.target) === true) return true;
      return event.target === document.body && (window.getSelection()?.isCollapsed ?? true);
    };
    const onCopy = (event: ClipboardEvent): void => {
      if (!here(event)) return;
      const fragment = copySelection(studio);
      if (fragment === undefined) return;
      event.clipboardData?.setData("text/plain", printFragment(fragment));
      event.preventDefault();
      if (event.type === "cut") perform(studio, actionNamed("edit.delete"));
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (!here(event)) return;
      const fragment = parseFragment(event.clipboardData?.getData("text/plain") ?? "");
      if (fragment === undefined) return;
      event.preventDefault();
      paste(studio, fragment);
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [studio, container]);
}
