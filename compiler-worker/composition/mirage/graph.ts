/** The graph that a configuration states, as the canvas has graphs: a node for each call of a combinator, a wire for each device given. */
import type { NodeTypes, Port } from "../../api.ts";
import type { Device } from "../catalogue.ts";
import type { GraphEdge, GraphNode, ParameterValue } from "../project.ts";
import { parameterName, type Combinator } from "./dsl.ts";
import type { Configuration, StatedNode } from "./model.ts";

export interface StatedGraph {
  /** Without places: all at the origin. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** For nodes that no combinator makes: devices of the configuration's own. */
  readonly devices: readonly Device[];
}

/** The combinator that makes applications. */
export const APPLICATION = "main";
const ORIGIN = { x: 0, y: 0 };

export function statedGraph({ nodes }: Pick<Configuration, "nodes">, combinators: ReadonlyMap<string, Combinator>): StatedGraph {
  const devices: Device[] = [];
  const graphNodes = nodes.map((node): GraphNode => {
    const { id, maker } = node;
    if (maker === APPLICATION) return { kind: "application", id, module: node.module ?? "", position: ORIGIN };
    const combinator = combinators.get(maker);
    if (combinator !== undefined) return { kind: "device", id, device: maker, parameters: parametersOf(node, combinator), position: ORIGIN };
    const device = `own:${id}`;
    devices.push({ id: device, title: node.module ?? maker, summary: `Made by ${maker} in config.ml.`, category: "Of this project", icon: "puzzle", module: node.module ?? maker, package: "", parameters: [], targets: undefined });
    return { kind: "device", id, device, parameters: {}, position: ORIGIN };
  });
  const edges = statedWires({ nodes }).map(({ node, input }): GraphEdge => ({ from: node.inputs[input]!.from, to: node.id, port: node.inputs[input]!.port }));
  return { nodes: graphNodes, edges, devices };
}

/** What the configuration gives, by the inspector's names; what is computed there is not among it. */
function parametersOf(node: StatedNode, combinator: Combinator): Record<string, ParameterValue> {
  const result: Record<string, ParameterValue> = {};
  const plain = node.parameters.filter((p) => p.label === undefined && p.value !== "()");
  let position = 0;
  combinator.arguments.forEach((argument) => {
    if (argument.type === "unit") return;
    const stated = argument.label === undefined ? plain[position++] : node.parameters.find((p) => p.label === argument.label);
    if (stated?.value === undefined) return;
    const value = valueOf(stated.value, argument.optional ? "" : argument.type);
    if (value !== undefined) result[parameterName(combinator.arguments, argument)] = value;
  });
  return result;
}

/** A literal as the inspector has values of a type; of other types the text itself. */
function valueOf(text: string, type: string): ParameterValue | undefined {
  if (type === "bool") return text === "true" ? true : text === "false" ? false : undefined;
  if (type === "int") return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (type !== "string") return text;
  const inside = /^"((?:[^"\\]|\\(?:["\\ntr]|\d{3}))*)"$/.exec(text)?.[1];
  const named: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
  return inside?.replace(/\\(\d{3}|.)/g, (_, c: string) => (c.length === 3 ? String.fromCharCode(Number(c)) : (named[c] ?? c)));
}

const ABBREVIATIONS: Readonly<Record<string, string>> = { ipv4: "v4 ip", ipv6: "v6 ip", ipv4v6: "v4v6 ip", udpv4v6: "v4v6 udp", tcpv4v6: "v4v6 tcp" };

/** Whether a device of one type of the DSL is one of the other: types are equal, where a variable (`'a ip`) stands for any. */
export function isOfType(provided: string, required: string): boolean {
  const [a, b] = [provided, required].map((type) => (ABBREVIATIONS[type] ?? type).split(" "));
  return a!.length === b!.length && a!.every((word, i) => word === b![i] || word.startsWith("'") || b![i]!.startsWith("'"));
}

/** The wires of the stated graph, each as an input of a node, in the order of `statedGraph`'s. */
export function statedWires({ nodes }: Pick<Configuration, "nodes">): { readonly node: StatedNode; readonly input: number }[] {
  return nodes.flatMap((node) => node.inputs.map((_, input) => ({ node, input })));
}

/** Ports of stated nodes; `signatureOf` tells the module types that stand behind them, where they are known. */
export function statedTypes({ nodes }: Pick<Configuration, "nodes">, signatureOf: (node: StatedNode, input: number | "output") => Port | undefined): NodeTypes[] {
  return nodes.map((node) => ({
    id: node.id,
    inputs: node.inputs.map((input, i): Port => ({ name: input.port, typeName: input.type, signature: signatureOf(node, i)?.signature ?? "" })),
    output: { name: "", typeName: node.type, signature: signatureOf(node, "output")?.signature ?? "" },
    error: undefined,
  }));
}
