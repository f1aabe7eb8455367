/**
 * Projects: `morgana.json` beside OCaml sources. The manifest is the studio's graph; reading it checks every
 * field, since it may come from anybody.
 */

export const PROJECT_FILE = "morgana.json";
export const PROJECT_FORMAT = 1;

/** A value given to a device's configuration parameter. */
export type ParameterValue = string | number | boolean;

export interface NodePosition {
  readonly x: number;
  readonly y: number;
}

/** The user's own module: a functor over the devices that it needs, or a plain module with `start`. */
export interface ApplicationNode {
  readonly kind: "application";
  readonly id: string;
  /** Module path in the project's sources: `Unikernel.Main`. */
  readonly module: string;
  readonly position: NodePosition;
}

/** A device or library functor of the catalogue. */
export interface DeviceNode {
  readonly kind: "device";
  readonly id: string;
  /** Identifier in the catalogue: `console`. */
  readonly device: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly position: NodePosition;
}

export type GraphNode = ApplicationNode | DeviceNode;

/** A functor argument: the module of node `from` is given for parameter `port` of node `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** The functor parameter's name. */
  readonly port: string;
}

export interface ProjectManifest {
  readonly format: typeof PROJECT_FORMAT;
  readonly name: string;
  /** A target of `morgana targets`. */
  readonly target: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Folders and archives of OCaml libraries that the program may use: paths from the project's folder. */
  readonly dependencies?: readonly string[];
  /** Public names of libraries that are part of the program in any case, such as an implementation of a virtual library. */
  readonly packages?: readonly string[];
}

/** A project whole: the manifest and the OCaml sources by file name (one code unit a byte). */
export interface Project {
  readonly manifest: ProjectManifest;
  readonly files: Readonly<Record<string, string>>;
}

export type ManifestResult = { readonly ok: true; readonly manifest: ProjectManifest } | { readonly ok: false; readonly errors: readonly string[] };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const MODULE_PATH = /^[A-Z][A-Za-z0-9_']*(\.[A-Z][A-Za-z0-9_']*)*$/;
const PROJECT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Reads and checks the text of `morgana.json`; every error says which field and what was expected. */
export function parseManifest(text: string): ManifestResult {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { ok: false, errors: [`${PROJECT_FILE} is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const errors: string[] = [];
  const complain = (where: string, what: string): void => {
    errors.push(`${PROJECT_FILE}: ${where}: ${what}`);
  };
  if (!isRecord(data)) return { ok: false, errors: [`${PROJECT_FILE}: an object is expected`] };
  if (data["format"] !== PROJECT_FORMAT) complain("format", `expected ${PROJECT_FORMAT}, found ${JSON.stringify(data["format"])}`);
  const name = data["name"];
  if (typeof name !== "string" || !PROJECT_NAME.test(name)) complain("name", "a name of letters, digits, '.', '_' and '-' is expected");
  const target = data["target"];
  if (typeof target !== "string") complain("target", "the name of a target is expected");
  const nodes: GraphNode[] = [];
  const ids = new Set<string>();
  if (!Array.isArray(data["nodes"])) complain("nodes", "a list is expected");
  else
    data["nodes"].forEach((item: unknown, index) => {
      const where = `nodes[${index}]`;
      if (!isRecord(item)) return complain(where, "an object is expected");
      const id = item["id"];
      if (typeof id !== "string" || id === "") return complain(`${where}.id`, "a non-empty string is expected");
      if (ids.has(id)) return complain(`${where}.id`, `"${id}" is the identifier of another node`);
      ids.add(id);
      const position = parsePosition(item["position"]);
      if (position === undefined) return complain(`${where}.position`, "an object {x, y} of numbers is expected");
      if (item["kind"] === "application") {
        const module = item["module"];
        if (typeof module !== "string" || !MODULE_PATH.test(module)) return complain(`${where}.module`, 'a module path such as "Unikernel.Main" is expected');
        nodes.push({ kind: "application", id, module, position });
      } else if (item["kind"] === "device") {
        const device = item["device"];
        if (typeof device !== "string") return complain(`${where}.device`, "the name of a device is expected");
        const given = item["parameters"] ?? {};
        if (!isRecord(given)) return complain(`${where}.parameters`, "an object is expected");
        const parameters: Record<string, ParameterValue> = {};
        for (const [key, value] of Object.entries(given)) {
          if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") parameters[key] = value;
          else complain(`${where}.parameters.${key}`, "a string, a number or a boolean is expected");
        }
        nodes.push({ kind: "device", id, device, parameters, position });
      } else complain(`${where}.kind`, '"application" or "device" is expected');
    });
  const edges: GraphEdge[] = [];
  const ports = new Set<string>();
  if (!Array.isArray(data["edges"])) complain("edges", "a list is expected");
  else
    data["edges"].forEach((item: unknown, index) => {
      const where = `edges[${index}]`;
      if (!isRecord(item)) return complain(where, "an object is expected");
      const { from, to, port } = item;
      if (typeof from !== "string" || !ids.has(from)) return complain(`${where}.from`, `no node has the identifier ${JSON.stringify(from)}`);
      if (typeof to !== "string" || !ids.has(to)) return complain(`${where}.to`, `no node has the identifier ${JSON.stringify(to)}`);
      if (typeof port !== "string" || port === "") return complain(`${where}.port`, "the name of a functor parameter is expected");
      const key = JSON.stringify([to, port]);
      if (ports.has(key)) return complain(where, `parameter ${port} of node "${to}" has a wire already`);
      ports.add(key);
      edges.push({ from, to, port });
    });
  const names = (field: "dependencies" | "packages", what: string, accepts: (text: string) => boolean): string[] => {
    const given = data[field] ?? [];
    if (Array.isArray(given) && given.every((item): item is string => typeof item === "string" && accepts(item))) return given;
    complain(field, what);
    return [];
  };
  const dependencies = names("dependencies", "a list of paths from the project's folder is expected", (path) => path !== "" && !/^([/\\]|[A-Za-z]:)|[\0\n]/.test(path));
  const packages = names("packages", "a list of names of libraries such as lwt.unix is expected", (text) => /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(text));
  if (errors.length > 0 || typeof name !== "string" || typeof target !== "string") return { ok: false, errors };
  return { ok: true, manifest: { format: PROJECT_FORMAT, name, target, nodes, edges, ...(dependencies.length === 0 ? {} : { dependencies }), ...(packages.length === 0 ? {} : { packages }) } };
}

function parsePosition(value: unknown): NodePosition | undefined {
  if (value === undefined) return { x: 0, y: 0 };
  if (!isRecord(value)) return undefined;
  const { x, y } = value;
  return typeof x === "number" && typeof y === "number" && Number.isFinite(x) && Number.isFinite(y) ? { x, y } : undefined;
}

/** The text of `morgana.json`: two-space JSON with a final newline, fields in a fixed order. */
export function printManifest(manifest: ProjectManifest): string {
  return `${JSON.stringify(
    {
      format: manifest.format,
      name: manifest.name,
      target: manifest.target,
      nodes: manifest.nodes.map((node) =>
        node.kind === "application"
          ? { kind: node.kind, id: node.id, module: node.module, position: { x: node.position.x, y: node.position.y } }
          : { kind: node.kind, id: node.id, device: node.device, parameters: node.parameters, position: { x: node.position.x, y: node.position.y } },
      ),
      edges: manifest.edges.map((edge) => ({ from: edge.from, to: edge.to, port: edge.port })),
      ...((manifest.dependencies ?? []).length === 0 ? {} : { dependencies: manifest.dependencies }),
      ...((manifest.packages ?? []).length === 0 ? {} : { packages: manifest.packages }),
    },
    null,
    2,
  )}\n`;
}

/** A graph with other names for modules of applications and for ports. */
export function renamedGraph<T extends { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }>(graph: T, { modules, ports }: { readonly modules: readonly { readonly node: string; readonly module: string }[]; readonly ports: readonly { readonly node: string; readonly from: string; readonly to: string }[] }): T {
  const moduleOf = new Map(modules.map(({ node, module }) => [node, module]));
  const portOf = (edge: GraphEdge): string => ports.find((port) => port.node === edge.to && port.from === edge.port)?.to ?? edge.port;
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.kind === "application" && moduleOf.has(node.id) ? { ...node, module: moduleOf.get(node.id)! } : node)),
    edges: graph.edges.map((edge) => (portOf(edge) === edge.port ? edge : { ...edge, port: portOf(edge) })),
  };
}
