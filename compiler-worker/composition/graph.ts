/** The graph as a graph: which nodes there are, in which order they can be made, and what is wrong with it before any type is known. */
import type { Device, DeviceParameter } from "./catalogue.ts";
import { finding, type Finding } from "./findings.ts";
import type { ApplicationNode, DeviceNode, GraphNode, ParameterValue, ProjectManifest } from "./project.ts";

export interface PlannedNode {
  readonly node: GraphNode;
  /** Undefined for the application, and for a device that the catalogue does not have. */
  readonly device: Device | undefined;
  /** Index of the edge at each wired port. */
  readonly wires: ReadonlyMap<string, number>;
}

export interface Plan {
  /** Each node after those that it is wired to; nodes of a cycle are left out. */
  readonly order: readonly PlannedNode[];
  readonly byId: ReadonlyMap<string, PlannedNode>;
  /** The application, when there is exactly one. */
  readonly application: PlannedNode | undefined;
  readonly findings: readonly Finding[];
}

export interface Surroundings {
  readonly devices: ReadonlyMap<string, Device>;
  /** Names of the targets that images can be made for. */
  readonly targets: readonly string[];
}

export const isApplication = (node: GraphNode): node is ApplicationNode => node.kind === "application";

export function planGraph(manifest: ProjectManifest, { devices, targets }: Surroundings): Plan {
  const findings: Finding[] = [];
  const error = (place: { node?: string; edge?: number }, message: string): void => void findings.push(finding("error", place, message));
  if (!targets.includes(manifest.target)) error({}, `There is no target "${manifest.target}"; the targets are ${targets.join(", ")}.`);
  const nodes = new Map<string, GraphNode>();
  for (const node of manifest.nodes) nodes.set(node.id, node);
  const wires = new Map<string, Map<string, number>>(manifest.nodes.map((n) => [n.id, new Map()]));
  manifest.edges.forEach((edge, index) => {
    if (!nodes.has(edge.from)) return error({ edge: index }, `This wire begins at a node "${edge.from}" that does not exist.`);
    const ports = wires.get(edge.to);
    if (ports === undefined) return error({ edge: index }, `This wire ends at a node "${edge.to}" that does not exist.`);
    if (ports.has(edge.port)) return error({ edge: index }, `The port ${edge.port} of "${edge.to}" has a wire already.`);
    ports.set(edge.port, index);
  });
  const byId = new Map<string, PlannedNode>();
  for (const node of nodes.values()) {
    const device = isApplication(node) ? undefined : devices.get(node.device);
    if (!isApplication(node)) checkDevice(node, device, manifest.target, targets, error);
    byId.set(node.id, { node, device, wires: wires.get(node.id)! });
  }
  const applications = [...nodes.values()].filter(isApplication);
  if (applications.length === 0) error({}, "There is no application node: what should the unikernel do?");
  for (const extra of applications.slice(1)) error({ node: extra.id }, `A unikernel has one application; "${applications[0]!.id}" is one already.`);
  const order = dependencyOrder(byId, manifest, error);
  const application = applications.length === 1 ? byId.get(applications[0]!.id) : undefined;
  if (application !== undefined) {
    const used = upstream(application, byId, manifest);
    for (const { node } of order) if (!isApplication(node) && !used.has(node.id)) findings.push(finding("warning", { node: node.id }, `Nothing uses "${node.id}": it is not in the image.`));
  }
  return { order, byId, application, findings };
}

function checkDevice(node: DeviceNode, device: Device | undefined, target: string, targets: readonly string[], error: (place: { node: string }, message: string) => void): void {
  if (device === undefined) return error({ node: node.id }, `There is no device "${node.device}" in the library.`);
  if (device.targets !== undefined && targets.includes(target) && !device.targets.includes(target)) error({ node: node.id }, `The device "${device.title}" does not exist on the target ${target}, only on ${device.targets.join(", ")}.`);
  const known = new Map(device.parameters.map((p) => [p.name, p]));
  for (const [name, value] of Object.entries(node.parameters)) {
    const parameter = known.get(name);
    if (parameter === undefined) error({ node: node.id }, `"${device.title}" has no parameter "${name}"${known.size === 0 ? "" : `; it has ${[...known.keys()].join(", ")}`}.`);
    else {
      const reason = parameterMismatch(parameter, value);
      if (reason !== undefined) error({ node: node.id }, `The parameter "${name}" of "${node.id}" ${reason}.`);
    }
  }
}

/** OCaml's integers on 64-bit machines lie in this range; JSON numbers are exact only to 2^53. */
const LARGEST_INT = Number.MAX_SAFE_INTEGER;

/** Why a value does not do for a parameter. */
export function parameterMismatch(parameter: DeviceParameter, value: ParameterValue): string | undefined {
  switch (parameter.type) {
    case "string":
    case "ocaml":
      return typeof value === "string" ? undefined : `is a string, not ${JSON.stringify(value)}`;
    case "bool":
      return typeof value === "boolean" ? undefined : `is true or false, not ${JSON.stringify(value)}`;
    case "int":
      if (typeof value !== "number" || !Number.isInteger(value)) return `is a whole number, not ${JSON.stringify(value)}`;
      return Math.abs(value) <= LARGEST_INT ? undefined : `is out of range: ${value}`;
  }
}

/** Kahn's algorithm; ties in the manifest's order. What remains is part of a cycle or needs one. */
function dependencyOrder(byId: ReadonlyMap<string, PlannedNode>, manifest: ProjectManifest, error: (place: { node: string }, message: string) => void): PlannedNode[] {
  const order: PlannedNode[] = [];
  const done = new Set<string>();
  const sourcesOf = (planned: PlannedNode): string[] => [...planned.wires.values()].map((edge) => manifest.edges[edge]!.from);
  for (let progress = true; progress; ) {
    progress = false;
    for (const [id, planned] of byId) {
      if (done.has(id) || !sourcesOf(planned).every((from) => done.has(from))) continue;
      done.add(id);
      order.push(planned);
      progress = true;
    }
  }
  for (const [id, planned] of byId) {
    if (done.has(id)) continue;
    const cycle = cycleThrough(id, (x) => sourcesOf(byId.get(x)!));
    if (cycle !== undefined) error({ node: planned.node.id }, `The wires go round in a circle: ${cycle.join(" → ")}. Nothing can be connected first.`);
  }
  return order;
}

/** A shortest way from a node back to itself, in the direction of the wires. */
function cycleThrough(id: string, sourcesOf: (id: string) => readonly string[]): string[] | undefined {
  const next = new Map<string, string>();
  const queue = [id];
  for (const x of queue)
    for (const from of sourcesOf(x)) {
      if (from === id) {
        const path = [id];
        for (let at = x; ; at = next.get(at)!) {
          path.push(at);
          if (at === id) return path;
        }
      }
      if (next.has(from)) continue;
      next.set(from, x);
      queue.push(from);
    }
  return undefined;
}

/** The nodes that a node is made from, and itself. */
export function upstream(start: PlannedNode, byId: ReadonlyMap<string, PlannedNode>, manifest: ProjectManifest): Set<string> {
  const seen = new Set([start.node.id]);
  const stack = [start];
  for (let top = stack.pop(); top !== undefined; top = stack.pop())
    for (const edge of top.wires.values()) {
      const from = manifest.edges[edge]!.from;
      if (seen.has(from)) continue;
      seen.add(from);
      stack.push(byId.get(from)!);
    }
  return seen;
}
