/** Views derived from the state. */
import type { EdgeCheck, NodeTypes, Port, TargetInfo } from "../../compiler-worker/api.ts";
import type { Device } from "../../compiler-worker/composition/catalogue.ts";
import type { GraphEdge, GraphNode } from "../../compiler-worker/composition/project.ts";
import { buildFingerprint } from "../model/document.ts";
import { edgeKey } from "../model/graph.ts";
import { memoized, nodesById } from "../model/graph-index.ts";
import type { KnownPorts, StudioProblem, StudioState } from "./state.ts";

/** Under what a node's ports are remembered: another module under the same identifier is another node. */
export function portsKey(node: GraphNode): string {
  return JSON.stringify([node.id, node.kind === "application" ? node.module : node.device]);
}

const devicesById = memoized((devices: readonly Device[]): ReadonlyMap<string, Device> => new Map(devices.map((device) => [device.id, device])));

export function deviceOf(state: Pick<StudioState, "catalogue">, node: GraphNode): Device | undefined {
  return node.kind === "device" && state.catalogue !== undefined ? devicesById(state.catalogue.devices).get(node.device) : undefined;
}

export function nodeTitle(state: Pick<StudioState, "catalogue">, node: GraphNode): string {
  return node.kind === "application" ? node.module : (deviceOf(state, node)?.title ?? node.device);
}

const categories = memoized((devices: readonly Device[]): readonly string[] => [...new Set(devices.map((device) => device.category))]);

/** The place of a node's category in the palette; -1 for applications. */
export function categoryIndex(state: Pick<StudioState, "catalogue">, node: GraphNode): number {
  if (node.kind === "application") return -1;
  if (state.catalogue === undefined) return 0;
  return Math.max(0, categories(state.catalogue.devices).indexOf(deviceOf(state, node)?.category ?? ""));
}

export function nodeTypes(state: Pick<StudioState, "checked">, id: string): NodeTypes | undefined {
  return state.checked?.nodes[id];
}

const noPorts: KnownPorts = { inputs: [], output: undefined };

/** A node's ports as the compiler last gave them. */
export function knownPorts(state: Pick<StudioState, "ports">, node: GraphNode): KnownPorts {
  return state.ports[portsKey(node)] ?? noPorts;
}

export function findPort(state: Pick<StudioState, "ports">, node: GraphNode, port: string): Port | undefined {
  const ports = knownPorts(state, node);
  return port === "" ? ports.output : ports.inputs.find((input) => input.name === port);
}

export function edgeCheck(state: Pick<StudioState, "checked">, edge: GraphEdge): EdgeCheck | undefined {
  return state.checked?.edges[edgeKey(edge)];
}

/**
 * `checking`: no answer yet. `pending`: nothing is wrong so far, but something below is not wired. `broken`: the port
 * that the wire went to is gone from the module. `unknown`: a module has an error, so nothing can be said.
 */
export type EdgeStatus = "checking" | "fits" | "pending" | "mismatch" | "broken" | "unknown";

export function edgeStatus(state: Pick<StudioState, "checked" | "ports" | "document">, edge: GraphEdge): EdgeStatus {
  if (!nodesById(state.document.nodes).has(edge.to)) return "broken";
  const types = nodeTypes(state, edge.to);
  if (types !== undefined && types.error === undefined && !types.inputs.some((input) => input.name === edge.port)) return "broken";
  const check = edgeCheck(state, edge);
  if (check === undefined) return "checking";
  if (check.ok) return check.pending === undefined ? "fits" : "pending";
  const unknown = check.pending !== undefined || types?.error !== undefined || nodeTypes(state, edge.from)?.error !== undefined;
  return unknown && check.mismatches.length === 0 ? "unknown" : "mismatch";
}

export function targetInfo(state: Pick<StudioState, "catalogue" | "document">): TargetInfo | undefined {
  return state.catalogue?.targets.find((target) => target.name === state.document.target);
}

export function deviceAvailable(device: Device, target: string): boolean {
  return device.targets === undefined || device.targets.includes(target);
}

export function problemsOf(state: Pick<StudioState, "checked">): readonly StudioProblem[] {
  return state.checked?.problems ?? [];
}

export function countErrors(problems: readonly StudioProblem[]): number {
  return problems.filter((problem) => problem.severity === "error").length;
}

/** Whether the answers at hand are about the project as it is now (places of nodes aside). */
export function isChecked(state: Pick<StudioState, "checked" | "document" | "texts">): boolean {
  const { checked } = state;
  if (checked === undefined) return false;
  if (checked.document === state.document && checked.texts === state.texts) return true;
  return fingerprint(checked.document, checked.texts) === fingerprint(state.document, state.texts);
}

/** `buildFingerprint`, remembered for the last few projects asked about: views ask at every change of the state. */
const remembered: { document: object; texts: object; value: string }[] = [];

export function fingerprint(document: StudioState["document"], texts: StudioState["texts"]): string {
  const known = remembered.find((entry) => entry.document === document && entry.texts === texts);
  if (known !== undefined) return known.value;
  const value = buildFingerprint(document, texts);
  remembered.unshift({ document, texts, value });
  if (remembered.length > 4) remembered.pop();
  return value;
}

/** Whether the project changed after the build whose result is shown. */
export function isStale(state: Pick<StudioState, "build" | "document" | "texts">): boolean {
  return state.build.status === "done" && state.build.fingerprint !== fingerprint(state.document, state.texts);
}

/** Why *Build* is not possible now; empty when it is. */
export function buildObstacles(state: StudioState): readonly string[] {
  if (state.projectId === undefined) return ["The project is being opened."];
  if (state.compiler.phase === "stopped") return ["The compiler has stopped. Start it again first."];
  if (state.catalogue === undefined) return ["The compiler is starting."];
  if (state.checked === undefined) return ["The project is being checked."];
  return state.checked.obstacles;
}

/**
 * Whether *Build* can be pressed: nothing runs, and nothing stands in the way as far as is known. What stood in the way of the project
 * before the last edit may be gone; the build then finds out.
 */
export function canBuild(state: StudioState): boolean {
  if (state.build.status === "running") return false;
  const outdated = state.checked !== undefined && state.compiler.phase !== "stopped" && !isChecked(state);
  return outdated || buildObstacles(state).length === 0;
}
