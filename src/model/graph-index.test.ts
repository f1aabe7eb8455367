import { expect, test } from "vitest";
import type { GraphEdge, GraphNode } from "../../compiler-worker/composition/project.ts";
import { edgesInto, edgesOutOf, memoized, nodesById } from "./graph-index.ts";

test("nodes and wires are found by the names of their ends", () => {
  const nodes: GraphNode[] = ["a", "b", "a"].map((id, x) => ({ kind: "application", id, module: "M", position: { x, y: 0 } }));
  expect(nodesById(nodes).get("a")).toBe(nodes[0]);
  expect(nodesById(nodes).get("c")).toBeUndefined();
  const edges: GraphEdge[] = [
    { from: "a", to: "b", port: "P" },
    { from: "a", to: "b", port: "Q" },
    { from: "b", to: "a", port: "P" },
  ];
  expect(edgesInto(edges, "b")).toEqual(edges.slice(0, 2));
  expect(edgesOutOf(edges, "b")).toEqual(edges.slice(2));
  expect(edgesInto(edges, "__proto__")).toEqual([]);
});

test("each list is looked through once", () => {
  let calls = 0;
  const count = memoized((list: readonly number[]) => {
    calls++;
    return list.length;
  });
  const list = [1, 2];
  expect([count(list), count(list), count([1])]).toEqual([2, 2, 1]);
  expect(calls).toBe(2);
});
