/** What nodes and wires on the canvas know beside their own data. */
import { createContext } from "react";
import type { GraphEdge } from "../../compiler-worker/composition/project.ts";

/** Tells the canvas that a node has other ports: their places are measured again, those of all such nodes at once. */
export const MeasurePorts = createContext<(node: string) => void>(() => undefined);

/** Where a wire that is being drawn begins. */
export interface WireStart {
  readonly node: string;
  /** "" is the node's result. */
  readonly port: string;
}

/** The wire from one end to another, whichever was taken first; undefined when both are of the same side. */
export function wireBetween(a: WireStart, b: WireStart): GraphEdge | undefined {
  if ((a.port === "") === (b.port === "")) return undefined;
  return a.port === "" ? { from: a.node, to: b.node, port: b.port } : { from: b.node, to: a.node, port: a.port };
}

/** Identifier of the handle of a node's result; those of inputs are `in:` and the port's name. */
export const OUTPUT_HANDLE = "out";

export function inputHandle(port: string): string {
  return `in:${port}`;
}

export function portOfHandle(handle: string | null | undefined): string | undefined {
  if (handle === OUTPUT_HANDLE) return "";
  return handle?.startsWith("in:") === true ? handle.slice(3) : undefined;
}
