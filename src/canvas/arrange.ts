/** Places nodes in layers from the devices on the left to the application on the right. */
import { Graph, layout } from "@dagrejs/dagre";
import type { GraphNode, NodePosition } from "../../compiler-worker/composition/project.ts";
import type { StudioDocument } from "../model/document.ts";

export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

const USUAL_SIZE: NodeSize = { width: 220, height: 96 };

/** A position for each node, top left corner as the canvas has it. */
export function arrange(document: StudioDocument, sizeOf: (node: GraphNode) => NodeSize | undefined): Record<string, NodePosition> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 36, ranksep: 96, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const sizes = new Map<string, NodeSize>();
  for (const node of document.nodes) {
    const size = sizeOf(node) ?? USUAL_SIZE;
    sizes.set(node.id, size);
    graph.setNode(node.id, { width: size.width, height: size.height });
  }
  for (const edge of document.edges) graph.setEdge(edge.from, edge.to, {}, edge.port);
  layout(graph);
  const positions: Record<string, NodePosition> = {};
  for (const [id, size] of sizes) {
    const place = graph.node(id);
    positions[id] = { x: place.x - size.width / 2, y: place.y - size.height / 2 };
  }
  return positions;
}
