/** The studio's data (UTF-16) as the compiler takes it (bytes, one code unit each), and the compiler's as the studio takes it. */
import type { Analysis, EdgeCheck, MirageFiles, NodeTypes, Port, Problem, StudioProject } from "../api.ts";
import type { Device } from "../composition/catalogue.ts";
import type { Composition } from "../composition/composition.ts";
import type { Finding } from "../composition/findings.ts";
import type { GraphEdge, GraphNode, Project, ProjectManifest } from "../composition/project.ts";
import { fromBytes, rangeOf, toBytes } from "./text.ts";

function encodeNode(node: GraphNode): GraphNode {
  if (node.kind === "application") return { ...node, id: toBytes(node.id), module: toBytes(node.module) };
  const parameters = Object.fromEntries(Object.entries(node.parameters).map(([name, value]) => [toBytes(name), typeof value === "string" ? toBytes(value) : value]));
  return { ...node, id: toBytes(node.id), device: toBytes(node.device), parameters };
}

export function encodeEdge(edge: GraphEdge): GraphEdge {
  return { from: toBytes(edge.from), to: toBytes(edge.to), port: toBytes(edge.port) };
}

export function encodeManifest(manifest: ProjectManifest): ProjectManifest {
  return { ...manifest, name: toBytes(manifest.name), nodes: manifest.nodes.map(encodeNode), edges: manifest.edges.map(encodeEdge), ...(manifest.dependencies === undefined ? {} : { dependencies: manifest.dependencies.map(toBytes) }) };
}

export function encodeProject(project: StudioProject): Project {
  return { manifest: encodeManifest(project.manifest), files: Object.fromEntries(Object.entries(project.files).map(([name, text]) => [toBytes(name), toBytes(text)])) };
}

export function decodeDevice(device: Device): Device {
  return { ...device, title: fromBytes(device.title), summary: fromBytes(device.summary), category: fromBytes(device.category), parameters: device.parameters.map((p) => ({ ...p, doc: fromBytes(p.doc), default: typeof p.default === "string" ? fromBytes(p.default) : p.default })) };
}

export function decodeProblems(findings: readonly Finding[], project: Pick<Project, "files">): Problem[] {
  return findings.map(({ severity, node, edge, location, file, message, rendered }): Problem => {
    // A place may also be in a library that the project brings, in the project's own library, or in the generated main.ml.
    const known = file !== undefined && file !== "_none_" && (location !== undefined || Object.hasOwn(project.files, file));
    return {
      severity,
      file: known ? fromBytes(file) : undefined,
      range: known && location !== undefined ? rangeOf(location) : undefined,
      node: node === undefined ? undefined : fromBytes(node),
      edge,
      message: fromBytes(message),
      rendered: fromBytes(rendered),
    };
  });
}

/** A MirageOS project's files: texts become bytes, bytes one code unit each. */
export function encodeFiles(files: MirageFiles): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, data]) => [toBytes(name), typeof data === "string" ? toBytes(data) : latin1(data)]));
}

const CHUNK = 8192;

function latin1(data: Uint8Array): string {
  let text = "";
  for (let i = 0; i < data.length; i += CHUNK) text += String.fromCharCode(...data.subarray(i, i + CHUNK));
  return text;
}

/** Plain data with all its texts decoded. */
export function decodeTexts<T>(data: T): T;
export function decodeTexts(data: unknown): unknown {
  if (typeof data === "string") return fromBytes(data);
  if (Array.isArray(data)) return data.map((item: unknown) => decodeTexts(item));
  if (typeof data === "object" && data !== null) return Object.fromEntries(Object.entries(data).map(([name, value]: [string, unknown]) => [name, decodeTexts(value)]));
  return data;
}

const decodePort = (port: Port): Port => ({ name: fromBytes(port.name), typeName: fromBytes(port.typeName), signature: fromBytes(port.signature) });

export function decodeEdgeCheck(check: EdgeCheck): EdgeCheck {
  return {
    ...check,
    pending: check.pending === undefined ? undefined : fromBytes(check.pending),
    required: fromBytes(check.required),
    provided: fromBytes(check.provided),
    message: fromBytes(check.message),
    mismatches: check.mismatches.map((m) => ({
      path: m.path.map(fromBytes),
      itemKind: m.itemKind,
      name: fromBytes(m.name),
      required: fromBytes(m.required),
      provided: m.provided === undefined ? undefined : fromBytes(m.provided),
      reason: fromBytes(m.reason),
    })),
  };
}

export function decodeAnalysis(composition: Composition, project: Project, trees: Analysis["trees"]): Analysis {
  return {
    problems: decodeProblems(composition.findings, project),
    nodes: composition.nodes.map((n): NodeTypes => ({ id: fromBytes(n.id), inputs: n.inputs.map(decodePort), output: n.output === undefined ? undefined : decodePort(n.output), error: n.error === undefined ? undefined : fromBytes(n.error) })),
    edges: composition.edges.map(decodeEdgeCheck),
    obstacles: composition.obstacles.map(fromBytes),
    main: composition.main === undefined ? undefined : fromBytes(composition.main),
    configuration: composition.configuration === undefined ? undefined : fromBytes(composition.configuration),
    trees,
  };
}
