/**
 * Where nodes and wires of a graph are found by their names. Every view of a node asks at every change of the state, so what is asked is
 * computed once for each list, which never changes.
 */
import type { GraphEdge, GraphNode } from "../../compiler-worker/composition/project.ts";

/** A function of an unchanging object that computes each answer once. */
export function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const present = known.get(key);
    if (present !== undefined) return present;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

/** By identity; of two nodes with one name, which only a damaged project has, the first. */
export const nodesById = memoized((nodes: readonly GraphNode[]): ReadonlyMap<string, GraphNode> => {
  const byId = new Map<string, GraphNode>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  return byId;
});

const none: readonly GraphEdge[] = [];

function grouped(edges: readonly GraphEdge[], end: (edge: GraphEdge) => string): ReadonlyMap<string, readonly GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = groups.get(end(edge));
    if (group === undefined) groups.set(end(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}

const incoming = memoized((edges: readonly GraphEdge[]) => grouped(edges, (edge) => edge.to));
const outgoing = memoized((edges: readonly GraphEdge[]) => grouped(edges, (edge) => edge.from));

export function edgesInto(edges: readonly GraphEdge[], node: string): readonly GraphEdge[] {
  return incoming(edges).get(node) ?? none;
}

export function edgesOutOf(edges: readonly GraphEdge[], node: string): readonly GraphEdge[] {
  return outgoing(edges).get(node) ?? none;
}
