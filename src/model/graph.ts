/** Operations on the graph of a document. They decide nothing about types: which wires fit is the compiler's to say. */
import type { Device } from "../../compiler-worker/composition/catalogue.ts";
import type { GraphEdge, GraphNode, NodePosition, ParameterValue } from "../../compiler-worker/composition/project.ts";
import { variableNameError } from "../../compiler-worker/composition/mirage/rename.ts";
import { freeName, type StudioDocument } from "./document.ts";

/** Identity of an edge: a port has at most one wire, but a verdict is about one source. */
export function edgeKey(edge: GraphEdge): string {
  return JSON.stringify([edge.from, edge.to, edge.port]);
}

export function findNode(document: StudioDocument, id: string): GraphNode | undefined {
  return document.nodes.find((node) => node.id === id);
}

export function incomingEdge(document: StudioDocument, node: string, port: string): GraphEdge | undefined {
  return document.edges.find((edge) => edge.to === node && edge.port === port);
}

function takenIds(document: StudioDocument): Set<string> {
  return new Set(document.nodes.map((node) => node.id));
}

function round(position: NodePosition): NodePosition {
  return { x: Math.round(position.x), y: Math.round(position.y) };
}

/** Nodes are named after their devices; modules of libraries (`re:Re.Make`) after the module. */
function nodeIdOf(device: Device): string {
  return device.id.replace(/^.*:/, "").replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 36);
}

/** `name` is the node's identity where something else decides about it. */
export function addDevice(document: StudioDocument, device: Device, position: NodePosition, name?: string): { document: StudioDocument; id: string } {
  if (name !== undefined && findNode(document, name) !== undefined) return { document, id: name };
  const id = name ?? freeName(nodeIdOf(device), takenIds(document));
  const node: GraphNode = { kind: "device", id, device: device.id, parameters: {}, position: round(position) };
  return { document: { ...document, nodes: [...document.nodes, node] }, id };
}

/** `name` is the node's identity where something else decides about it. */
export function addApplication(document: StudioDocument, module: string, position: NodePosition, name?: string): { document: StudioDocument; id: string } {
  const id = name ?? freeName("application", takenIds(document));
  const node: GraphNode = { kind: "application", id, module, position: round(position) };
  return { document: { ...document, nodes: [...document.nodes, node] }, id };
}

/** Removes nodes with their wires, and wires by their keys. */
export function removeElements(document: StudioDocument, nodes: ReadonlySet<string>, edges: ReadonlySet<string>): StudioDocument {
  const keptNodes = document.nodes.filter((node) => !nodes.has(node.id));
  const keptEdges = document.edges.filter((edge) => !nodes.has(edge.from) && !nodes.has(edge.to) && !edges.has(edgeKey(edge)));
  if (keptNodes.length === document.nodes.length && keptEdges.length === document.edges.length) return document;
  return { ...document, nodes: keptNodes, edges: keptEdges };
}

/** Wires `edge.from` to the port; a wire that the port had is replaced in its place. */
export function connect(document: StudioDocument, edge: GraphEdge): StudioDocument {
  const wire: GraphEdge = { from: edge.from, to: edge.to, port: edge.port };
  const at = document.edges.findIndex((other) => other.to === edge.to && other.port === edge.port);
  if (at < 0) return { ...document, edges: [...document.edges, wire] };
  if (document.edges[at]?.from === edge.from) return document;
  return { ...document, edges: document.edges.with(at, wire) };
}

/** Moves a wire to another port or source: the old one goes, as one step. */
export function reconnect(document: StudioDocument, old: GraphEdge, edge: GraphEdge): StudioDocument {
  if (edgeKey(old) === edgeKey(edge)) return document;
  return connect({ ...document, edges: document.edges.filter((other) => edgeKey(other) !== edgeKey(old)) }, edge);
}

export function moveNodes(document: StudioDocument, positions: Readonly<Record<string, NodePosition>>): StudioDocument {
  let moved = false;
  const nodes = document.nodes.map((node) => {
    const wanted = positions[node.id];
    if (wanted === undefined) return node;
    const position = round(wanted);
    if (position.x === node.position.x && position.y === node.position.y) return node;
    moved = true;
    return { ...node, position };
  });
  return moved ? { ...document, nodes } : document;
}

export type Alignment = "left" | "top" | "row" | "column";

/** Room that is left between nodes that are set in a row or a column. */
const GAP = 40;

/** Places of nodes with their left or top edges in a line; in a row or column also with the same room between them, in the order that they had. */
export function alignNodes(document: StudioDocument, ids: ReadonlySet<string>, alignment: Alignment, sizeOf: (node: GraphNode) => { readonly width: number; readonly height: number }): StudioDocument {
  const nodes = document.nodes.filter((node) => ids.has(node.id));
  const left = Math.min(...nodes.map((node) => node.position.x));
  const top = Math.min(...nodes.map((node) => node.position.y));
  const positions: Record<string, NodePosition> = {};
  if (alignment === "left" || alignment === "top") {
    for (const { id, position } of nodes) positions[id] = alignment === "left" ? { x: left, y: position.y } : { x: position.x, y: top };
  } else {
    const axis = alignment === "row" ? "x" : "y";
    let at = alignment === "row" ? left : top;
    for (const node of [...nodes].sort((a, b) => a.position[axis] - b.position[axis])) {
      positions[node.id] = alignment === "row" ? { x: at, y: top } : { x: left, y: at };
      at += (alignment === "row" ? sizeOf(node).width : sizeOf(node).height) + GAP;
    }
  }
  return moveNodes(document, positions);
}

function updateNode(document: StudioDocument, id: string, update: (node: GraphNode) => GraphNode): StudioDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? update(node) : node)) };
}

/** Gives a parameter a value; `undefined` returns it to its default. */
export function setParameter(document: StudioDocument, id: string, name: string, value: ParameterValue | undefined): StudioDocument {
  return updateNode(document, id, (node) => {
    if (node.kind !== "device") return node;
    const parameters = { ...node.parameters };
    if (value === undefined) delete parameters[name];
    else parameters[name] = value;
    return { ...node, parameters };
  });
}

export function setModule(document: StudioDocument, id: string, module: string): StudioDocument {
  return updateNode(document, id, (node) => (node.kind === "application" ? { ...node, module } : node));
}

const NODE_ID = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Why a node may not have this identifier; undefined when it may. */
export function nodeIdError(document: StudioDocument, id: string, wanted: string): string | undefined {
  const asVariable = document.mirage === undefined ? undefined : variableNameError(wanted);
  if (asVariable !== undefined) return asVariable;
  if (document.mirage === undefined && !NODE_ID.test(wanted)) return "A letter, then at most 39 letters, digits, '_' or '-'.";
  if (wanted !== id && takenIds(document).has(wanted)) return `Another node is named ${wanted}.`;
  return undefined;
}

export function renameNode(document: StudioDocument, id: string, wanted: string): StudioDocument {
  if (id === wanted) return document;
  const { mirage } = document;
  const inputs = mirage === undefined ? {} : Object.fromEntries(Object.entries(mirage.inputs).map(([node, ports]) => [node === id ? wanted : node, ports]));
  return {
    ...document,
    ...(mirage === undefined ? {} : { mirage: { ...mirage, inputs } }),
    nodes: document.nodes.map((node) => (node.id === id ? { ...node, id: wanted } : node)),
    edges: document.edges.map((edge) => (edge.from === id || edge.to === id ? { from: edge.from === id ? wanted : edge.from, to: edge.to === id ? wanted : edge.to, port: edge.port } : edge)),
  };
}

const MODULE_PATH = /^[A-Z][A-Za-z0-9_']*(\.[A-Z][A-Za-z0-9_']*)*$/;

export function modulePathError(path: string): string | undefined {
  return MODULE_PATH.test(path) ? undefined : "A module path is expected, such as Unikernel.Main.";
}

/** Part of a graph, as the clipboard holds it: nodes and the wires between them. */
export interface GraphFragment {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function fragmentOf(document: StudioDocument, ids: ReadonlySet<string>): GraphFragment {
  return { nodes: document.nodes.filter((node) => ids.has(node.id)), edges: document.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) };
}

/** Adds a fragment under new identifiers, moved by `offset`; the identifiers are returned in the fragment's order. */
export function pasteFragment(document: StudioDocument, fragment: GraphFragment, offset: NodePosition): { document: StudioDocument; ids: string[] } {
  const taken = takenIds(document);
  const renamed = new Map<string, string>();
  const nodes = fragment.nodes.map((node): GraphNode => {
    // Names of a configuration are OCaml's.
    const id = freeName(node.id.replace(/[-_]\d+$/, ""), taken, document.mirage === undefined ? "-" : "_");
    taken.add(id);
    renamed.set(node.id, id);
    return { ...node, id, position: round({ x: node.position.x + offset.x, y: node.position.y + offset.y }) };
  });
  const edges = fragment.edges.flatMap((edge): GraphEdge[] => {
    const from = renamed.get(edge.from);
    const to = renamed.get(edge.to);
    return from === undefined || to === undefined ? [] : [{ from, to, port: edge.port }];
  });
  return { document: { ...document, nodes: [...document.nodes, ...nodes], edges: [...document.edges, ...edges] }, ids: [...renamed.values()] };
}

/** Room that a node takes on the canvas, with some air around it. */
const FOOTPRINT = { width: 250, height: 130 };

/** The place nearest to `wanted`, in steps of a node's size, where a new node covers no other. */
export function freePosition(document: StudioDocument, wanted: NodePosition): NodePosition {
  const centre = round(wanted);
  const free = ({ x, y }: NodePosition): boolean => document.nodes.every((node) => Math.abs(node.position.x - x) >= FOOTPRINT.width || Math.abs(node.position.y - y) >= FOOTPRINT.height);
  for (let ring = 0; ; ring++) {
    const places: NodePosition[] = [];
    for (let row = -ring; row <= ring; row++) {
      for (let column = -ring; column <= ring; column++) {
        if (Math.max(Math.abs(row), Math.abs(column)) === ring) places.push({ x: centre.x + column * FOOTPRINT.width, y: centre.y + row * FOOTPRINT.height });
      }
    }
    const distance = (place: NodePosition): number => Math.hypot(place.x - centre.x, place.y - centre.y);
    const [nearest] = places.filter(free).sort((a, b) => distance(a) - distance(b));
    if (nearest !== undefined) return nearest;
  }
}
