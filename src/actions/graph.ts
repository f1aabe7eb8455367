/** What the user does to the graph, by whatever means. */
import type { Device } from "../../compiler-worker/composition/catalogue.ts";
import type { GraphEdge, NodePosition, ParameterValue } from "../../compiler-worker/composition/project.ts";
import * as graph from "../model/graph.ts";
import { binaryToBytes } from "../persistence/libraries.ts";
import type { LibraryFile, StudioProblem, StudioState } from "../store/state.ts";
import type { Studio } from "../studio.ts";
import { notify } from "./notify.ts";
import { CONFIGURATION_FILE, configuredApplication, configuredName, withInputs } from "../model/configuration.ts";
import { GENERATED, GENERATED_FILE, libraryFileId, moduleOfFile } from "../model/document.ts";

/** Half the size of a usual node: a node that is dropped has its middle where the pointer was. */
const HALF_NODE: NodePosition = { x: 110, y: 44 };

/** The name of a new device where the configuration decides about it. */
function nameFor(studio: Studio, device: Device): string | undefined {
  const { document, catalogue } = studio.store.getState();
  return configuredName(document, catalogue?.mirage.find((c) => c.name === device.id), device.id);
}

export function addDevice(studio: Studio, device: Device, centre?: NodePosition): string {
  const { store } = studio;
  let added = "";
  const middle = centre ?? studio.handles.canvas?.centre() ?? { x: 0, y: 0 };
  const wanted = { x: middle.x - HALF_NODE.x, y: middle.y - HALF_NODE.y };
  store.edit((document) => {
    const result = graph.addDevice(document, device, centre === undefined ? graph.freePosition(document, wanted) : wanted, nameFor(studio, device));
    added = result.id;
    return result.document;
  });
  selectNodes(studio, [added]);
  if (centre === undefined) revealNodes(studio, [added]);
  return added;
}

/** The module of the project's first source that no application node has yet. */
function nextApplicationModule(studio: Studio): string {
  const { document } = studio.store.getState();
  const used = new Set(document.nodes.map((node) => (node.kind === "application" ? node.module.split(".")[0] : "")));
  const source = document.files.find((file) => file.name.endsWith(".ml") && !used.has(moduleOfFile(file.name))) ?? document.files.find((file) => file.name.endsWith(".ml"));
  return `${source === undefined ? "Unikernel" : moduleOfFile(source.name)}.Main`;
}

/** The name of the new node; undefined when there can be none, which has been said. */
export function addApplication(studio: Studio, centre?: NodePosition): string | undefined {
  let added = "";
  const middle = centre ?? studio.handles.canvas?.centre() ?? { x: 0, y: 0 };
  const wanted = { x: middle.x - HALF_NODE.x, y: middle.y - HALF_NODE.y };
  const { document: before, texts } = studio.store.getState();
  const configured = before.mirage === undefined ? undefined : configuredApplication(before, texts);
  if (configured?.ok === false) {
    notify(studio, "info", `${CONFIGURATION_FILE} stays as it is`, [configured.reason]);
    return undefined;
  }
  const module = configured?.module ?? nextApplicationModule(studio);
  studio.store.edit((document) => {
    const result = graph.addApplication(document, module, centre === undefined ? graph.freePosition(document, wanted) : wanted, configured?.id);
    added = result.id;
    return configured === undefined ? result.document : withInputs(result.document, result.id, configured.inputs);
  });
  if (graph.findNode(studio.store.getState().document, added) === undefined) return undefined;
  selectNodes(studio, [added]);
  if (centre === undefined) revealNodes(studio, [added]);
  return added;
}

/** Draws a wire on the canvas: it is selected, so that what is thought of it can be read. */
export function drawWire(studio: Studio, edge: GraphEdge): void {
  connect(studio, edge);
  const key = graph.edgeKey(edge);
  if (studio.store.getState().document.edges.some((present) => graph.edgeKey(present) === key)) selectEdge(studio, key);
}

export function connect(studio: Studio, edge: GraphEdge): void {
  studio.store.edit((document) => graph.connect(document, edge));
}

export function reconnect(studio: Studio, old: GraphEdge, edge: GraphEdge): void {
  studio.store.edit((document) => graph.reconnect(document, old, edge));
}

/** Adds a device and wires it to a port in one step; its result is at `place`, or it stands left of the port's node. */
export function connectNewDevice(studio: Studio, device: Device, to: string, port: string, place?: NodePosition): void {
  const { store } = studio;
  let name = to;
  store.edit((document) => {
    const target = graph.findNode(document, to);
    if (target === undefined) return document;
    const index = document.edges.filter((edge) => edge.to === to).length;
    const wanted = place === undefined ? graph.freePosition(document, { x: target.position.x - 300, y: target.position.y + index * 112 }) : { x: place.x - 2 * HALF_NODE.x, y: place.y - HALF_NODE.y };
    const added = graph.addDevice(document, device, wanted, nameFor(studio, device));
    name = added.id;
    return graph.connect(added.document, { from: added.id, to, port });
  });
  revealNodes(studio, [name, to]);
}

export function disconnect(studio: Studio, node: string, port: string): void {
  studio.store.edit((document) => {
    const edge = graph.incomingEdge(document, node, port);
    return edge === undefined ? document : graph.removeElements(document, new Set(), new Set([graph.edgeKey(edge)]));
  });
}

export function removeElements(studio: Studio, nodes: readonly string[], edges: readonly string[]): void {
  studio.store.edit((document) => graph.removeElements(document, new Set(nodes), new Set(edges)));
}

export function setParameter(studio: Studio, id: string, name: string, value: ParameterValue | undefined): void {
  studio.store.edit((document) => graph.setParameter(document, id, name, value), {}, `parameter ${id} ${name}`);
}

export function selectNodes(studio: Studio, nodes: readonly string[]): void {
  studio.store.update({ selection: { nodes, edges: [], port: undefined } });
}

export function selectEdge(studio: Studio, key: string): void {
  studio.store.update({ selection: { nodes: [], edges: [key], port: undefined } });
}

export function selectPort(studio: Studio, node: string, port: string): void {
  studio.store.update({ selection: { nodes: [node], edges: [], port: { node, port } } });
}

/** Brings nodes into view. */
export function revealNodes(studio: Studio, nodes: readonly string[]): void {
  studio.store.update({ focus: { nodes, request: (studio.store.getState().focus?.request ?? 0) + 1 } });
}

/** Goes to where a problem is: a place in a file, a wire, or a node. */
export function revealProblem(studio: Studio, problem: StudioProblem): void {
  const { document } = studio.store.getState();
  const edge = document.edges.find((candidate) => graph.edgeKey(candidate) === problem.edge);
  if (problem.file !== undefined) revealPlace(studio, problem.file, problem.range?.startLine ?? 1, problem.range?.startColumn ?? 1);
  if (edge !== undefined) {
    selectEdge(studio, graph.edgeKey(edge));
    if (problem.file === undefined) revealNodes(studio, [edge.from, edge.to]);
  } else if (problem.node !== undefined && graph.findNode(document, problem.node) !== undefined) {
    selectNodes(studio, [problem.node]);
    if (problem.file === undefined) revealNodes(studio, [problem.node]);
  }
  const { preferences } = studio.store.getState();
  const layout = { ...preferences.layout };
  if (problem.file !== undefined) layout.editorOpen = true;
  if (edge !== undefined || problem.node !== undefined) layout.inspectorOpen = true;
  studio.store.update({ preferences: { ...preferences, layout } });
}

/** A file of a library that the project brings, as messages name it: `re-1.11.0/lib/core.ml`. */
function broughtFile({ trees }: Pick<StudioState, "trees">, name: string): LibraryFile | undefined {
  for (const tree of Object.values(trees)) {
    const path = name.startsWith(`${tree.name}/`) ? name.slice(tree.name.length + 1) : undefined;
    const content = path === undefined ? undefined : tree.files[path];
    if (content !== undefined) return { file: name, text: new TextDecoder().decode(binaryToBytes(content)) };
  }
  return undefined;
}

/** Shows a place in a file of the project, of a library that it brings, or in the generated program. */
function revealPlace(studio: Studio, fileName: string, line: number, column: number): void {
  const { document, reveal, checked } = studio.store.getState();
  const entry = document.files.find((file) => file.name === fileName);
  const file = entry?.id ?? (fileName === GENERATED_FILE && checked?.main !== undefined ? GENERATED : undefined);
  const brought = file === undefined ? broughtFile(studio.store.getState(), fileName) : undefined;
  if (brought !== undefined) studio.store.update({ libraryFile: brought });
  const shown = file ?? (brought === undefined ? undefined : libraryFileId(brought.file));
  if (shown === undefined) return;
  studio.store.update({ activeFile: shown, reveal: { file: shown, line, column, request: (reveal?.request ?? 0) + 1 } });
}
