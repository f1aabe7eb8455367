/**
 * MirageOS projects in the studio: `config.ml` is the truth, and the graph of the document is what it says. A change of the graph is
 * made in the text, where it is written; what the compiler then reads out of the text is the graph. All functions here are pure.
 */
import type { MirageView } from "../../compiler-worker/api.ts";
import type { Combinator, CombinatorInput } from "../../compiler-worker/composition/mirage/dsl.ts";
import { applicationInputs, applicationPath } from "../../compiler-worker/composition/mirage/application.ts";
import { editConfiguration, type EditedGraph } from "../../compiler-worker/composition/mirage/edit.ts";
import type { GraphNode } from "../../compiler-worker/composition/project.ts";
import { fromBytes, toBytes } from "../../compiler-worker/service/text.ts";
import { sameData } from "../store/equal.ts";
import { freeName, moduleOfFile, type StudioDocument, type Texts } from "./document.ts";

/** The file that holds a MirageOS project's graph. */
export const CONFIGURATION_FILE = "config.ml";

/** What a document has more when it is a MirageOS project. */
export interface MirageDocument {
  /** Configure-time keys as on the command line: `--net=host`. */
  readonly keys: readonly string[];
  /** The tree of what lies in folders beside the sources, and of other files. */
  readonly folders: string | undefined;
  /** The ports of nodes in order, as the configuration last had them. */
  readonly inputs: Readonly<Record<string, readonly CombinatorInput[]>>;
}

/** The graph of a document without its places, to compare. */
function graphOf({ nodes, edges }: Pick<StudioDocument, "nodes" | "edges">): unknown {
  const withoutPlace = (node: GraphNode): GraphNode => ({ ...node, position: { x: 0, y: 0 } });
  return {
    nodes: nodes.map(withoutPlace).sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: edges.map((edge) => [edge.from, edge.to, edge.port].join("\n")).sort(),
  };
}

export function sameGraph(a: Pick<StudioDocument, "nodes" | "edges">, b: Pick<StudioDocument, "nodes" | "edges">): boolean {
  return sameData(graphOf(a), graphOf(b));
}

export type FollowedEdit = { readonly ok: true; readonly texts: Texts } | { readonly ok: false; readonly reason: string };

/** The texts after a change of the graph: `config.ml` says the same. */
export function followGraph(before: StudioDocument, after: StudioDocument, texts: Texts, combinators: readonly Combinator[]): FollowedEdit {
  const { mirage } = before;
  if (mirage === undefined || sameGraph(before, after)) return { ok: true, texts };
  const file = after.files.find((entry) => entry.name === CONFIGURATION_FILE);
  if (file === undefined) return { ok: false, reason: `The project has no ${CONFIGURATION_FILE}, which holds its graph.` };
  const byName = new Map(combinators.map((c) => [c.name, c]));
  const inputsOf = (id: string): readonly CombinatorInput[] => {
    const node = before.nodes.find((candidate) => candidate.id === id);
    return mirage.inputs[id] ?? after.mirage?.inputs[id] ?? (node?.kind === "device" ? byName.get(node.device)?.inputs : undefined) ?? [];
  };
  const bytes = ({ nodes, edges }: StudioDocument): EditedGraph => ({ nodes: nodes.map(nodeBytes), edges });
  const edited = editConfiguration(toBytes(texts[file.id] ?? ""), bytes(before), bytes(after), byName, inputsOf);
  return edited.ok ? { ok: true, texts: { ...texts, [file.id]: fromBytes(edited.text) } } : edited;
}

/** A node whose texts are bytes, as the compiler has them. */
function nodeBytes(node: GraphNode): GraphNode {
  if (node.kind === "application") return { ...node, module: toBytes(node.module) };
  return { ...node, parameters: Object.fromEntries(Object.entries(node.parameters).map(([name, value]) => [name, typeof value === "string" ? toBytes(value) : value])) };
}

/**
 * The document with the graph that its configuration has; nodes keep their places, new ones get one by `place`. The document itself when
 * its graph is that.
 */
export function followConfiguration(document: StudioDocument, view: MirageView, place: (document: StudioDocument, fresh: readonly string[]) => StudioDocument): StudioDocument {
  const { mirage } = document;
  if (mirage === undefined) return document;
  const inputs = Object.fromEntries(view.configuration.nodes.map((node) => [node.id, node.inputs.map(({ port, type }) => ({ port, type }))]));
  const withInputs = sameData(inputs, mirage.inputs) ? document : { ...document, mirage: { ...mirage, inputs } };
  if (sameGraph(document, view)) return withInputs;
  const places = new Map(document.nodes.map((node) => [node.id, node.position]));
  const fresh = view.nodes.filter((node) => !places.has(node.id)).map((node) => node.id);
  const nodes = view.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position }));
  const followed = { ...withInputs, nodes, edges: view.edges };
  return fresh.length === 0 ? followed : place(followed, fresh);
}

/** How `config.ml` is to call a new device: by the name of a value of the library, or a name of its own. */
export function configuredName(document: StudioDocument, combinator: Combinator | undefined, device: string): string | undefined {
  if (document.mirage === undefined) return undefined;
  const taken = new Set(document.nodes.map((node) => node.id));
  if (combinator !== undefined && combinator.inputs.length === 0 && combinator.arguments.length === 0) return device;
  for (let number = 1; ; number++) if (!taken.has(`${device}${number}`)) return `${device}${number}`;
}

export type ConfiguredApplication = { readonly ok: true; readonly id: string; readonly module: string; readonly inputs: readonly CombinatorInput[] } | { readonly ok: false; readonly reason: string };

/**
 * A new application of a MirageOS project: the first source's that no node has yet, or else the first one's. Its inputs are what the
 * parameters of its functor say by name; what they do not say, only the text of the configuration can.
 */
export function configuredApplication(document: StudioDocument, texts: Texts): ConfiguredApplication {
  const used = new Set(document.nodes.map((node) => (node.kind === "application" ? node.module.split(".")[0] : "")));
  const sources = document.files.filter((file) => file.name.endsWith(".ml") && file.name !== CONFIGURATION_FILE);
  const source = sources.find((file) => !used.has(moduleOfFile(file.name))) ?? sources[0];
  if (source === undefined) return { ok: false, reason: "The project has no source that an application could be: add a file first." };
  const text = texts[source.id] ?? "";
  const path = applicationPath(text);
  const module = [moduleOfFile(source.name), ...path].join(".");
  // Names that the configuration has, whatever for.
  const configuration = document.files.find((file) => file.name === CONFIGURATION_FILE);
  const words = (texts[configuration?.id ?? ""] ?? "").match(/[A-Za-z_][\w']*/g) ?? [];
  const id = freeName(module.charAt(0).toLowerCase() + module.split(".")[0]!.slice(1), new Set([...words, ...document.nodes.map((node) => node.id)]), "");
  const inputs = applicationInputs(text, path);
  return inputs.ok ? { ok: true, id, module, inputs: inputs.inputs } : { ok: false, reason: `${inputs.reason}. Write in ${CONFIGURATION_FILE}  let ${id} = main "${module}" (… @-> job)` };
}

/** The document with the ports of an application that its configuration has not been read with yet. */
export function withInputs(document: StudioDocument, id: string, inputs: readonly CombinatorInput[]): StudioDocument {
  return document.mirage === undefined ? document : { ...document, mirage: { ...document.mirage, inputs: { ...document.mirage.inputs, [id]: inputs } } };
}
