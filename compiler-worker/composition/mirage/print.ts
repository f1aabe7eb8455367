/** The text of a `config.ml` from the nodes that it states: evaluated, it states the same nodes. */
import { literal } from "../main.ts";
import type { StatedNode } from "./model.ts";

/** What a text is printed from: `Configuration` has these fields. */
export interface StatedGraph {
  readonly name: string;
  readonly nodes: readonly StatedNode[];
  readonly jobs: readonly string[];
}

export type PrintedConfiguration =
  | { readonly ok: true; readonly text: string }
  /** Nodes that only the OCaml of their own configuration can make, with the reason. */
  | { readonly ok: false; readonly reasons: readonly { readonly node: string; readonly reason: string }[] };

/** Devices that a configuration makes with functions of its own. */
const OWN_CODE = new Set(["impl", "of_device", "if_impl", "match_impl"]);
/** Combinators that are functors, to which what they are made from is given with `$`. */
const FUNCTORS = new Set(["dhcp_proj_net", "dhcp_proj_ipv4", "dhcp_proj_lease"]);

export function printConfiguration({ name, nodes, jobs }: StatedGraph): PrintedConfiguration {
  const reasons = nodes.flatMap((node) => {
    const reason = unwritable(node);
    return reason === undefined ? [] : [{ node: node.id, reason }];
  });
  if (reasons.length > 0) return { ok: false, reasons };
  const ordered = inOrder(nodes);
  const variables = variablesOf(ordered);
  const of = (id: string): string => variables.get(id) ?? id;
  const lines = ordered.filter((node) => variables.get(node.id) !== node.maker || !isConstant(node)).map((node) => `let ${of(node.id)} = ${expression(node, of)}\n`);
  const list = jobs.length === 0 ? "[]" : `[ ${jobs.map(of).join("; ")} ]`;
  return { ok: true, text: `(* mirage >= 4.9.0 & < 4.12.0 *)\nopen Mirage\n\n${lines.join("")}\nlet () = register ${literal(name)} ${list}\n` };
}

/** Why a node cannot be written. */
function unwritable(node: StatedNode): string | undefined {
  if (OWN_CODE.has(node.maker)) return `it is made by ${node.maker}, with code of the configuration's own`;
  const missing = node.parameters.find((p) => p.value === undefined);
  if (missing !== undefined) return `its argument ${missing.label === undefined ? "" : `~${missing.label} `}is a value that is computed`;
  if (node.parameters.some((p) => /(?:^|[\s(])_(?:$|[\s)])/.test(p.value ?? "") && node.maker === "main")) return "its type has no name";
  return undefined;
}

/** A value of the library that has its own name: `default_network`. */
function isConstant(node: StatedNode): boolean {
  return node.parameters.length === 0 && node.inputs.length === 0;
}

/** Each node after those that it is made from, otherwise in their order; applications, whose maker is `main`, last. */
function inOrder(nodes: readonly StatedNode[]): StatedNode[] {
  const byId = new Map(nodes.map((n) => [n.id, n]));
  const done = new Set<string>();
  const order: StatedNode[] = [];
  const visit = (node: StatedNode): void => {
    if (done.has(node.id)) return;
    done.add(node.id);
    for (const id of [...node.inputs.map((i) => i.from), ...node.dependencies]) {
      const from = byId.get(id);
      if (from !== undefined) visit(from);
    }
    order.push(node);
  };
  for (const node of nodes) if (node.maker !== "main") visit(node);
  for (const node of nodes) visit(node);
  return order;
}

/** Variables: the nodes' identifiers, unless a combinator that a later line calls has that name. */
function variablesOf(ordered: readonly StatedNode[]): Map<string, string> {
  const variables = new Map<string, string>();
  const taken = new Set(ordered.map((n) => n.id));
  ordered.forEach((node, i) => {
    const hides = node.id === "register" || node.id === "dep" || node.id === "package" || node.id === "runtime_arg" || ordered.slice(i + 1).some((later) => later.maker === node.id || later.parameters.some((p) => new RegExp(`\\b${node.id}\\b`).test(p.value ?? "")));
    let name = node.id;
    if (hides && !(node.id === node.maker && isConstant(node))) for (let n = 1; taken.has(name); n++) name = `${node.id}_${n}`;
    taken.add(name);
    variables.set(node.id, name);
  });
  return variables;
}

function expression(node: StatedNode, of: (id: string) => string): string {
  const { maker, parameters, inputs } = node;
  const labelled = parameters.filter((p) => p.label !== undefined).map((p) => ` ~${p.label}:${p.value}`);
  const positional = parameters.filter((p) => p.label === undefined).map((p) => p.value!);
  const given = inputs.map((i) => of(i.from));
  if (maker === "main") {
    const [module, type] = positional;
    const deps = node.dependencies.length === 0 ? "" : ` ~deps:[ ${node.dependencies.map((id) => `dep ${of(id)}`).join("; ")} ]`;
    const arrow = type!.replace(/->/g, "@->");
    return `main${labelled.join("")}${deps} ${module} ${arrow.includes("@->") ? `(${arrow})` : arrow}${given.map((g) => ` $ ${g}`).join("")}`;
  }
  if (FUNCTORS.has(maker)) return [maker, ...given].join(" $ ");
  return `${maker}${[...labelled, ...[...positional, ...given].map((p) => ` ${p}`)].join("")}`;
}
