/** What the editor shows of the place under the pointer, and where a name is defined. */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { tokenize } from "../syntax/lexer.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";
import { printType } from "../typing/print-type.ts";
import type { TypedNode } from "../typing/typed-nodes.ts";
import type { Expression } from "../typing/typedtree.ts";
import { documentationAt } from "./documentation.ts";
import { definitionOf, describe, meaningsOf, nameAt, namePlaceOf, unitOf, type Meaning } from "./names.ts";
import type { Namespace } from "./name-collector.ts";
import type { TypedSource } from "./sources.ts";
import { namesWritten } from "./written-names.ts";

export interface HoverText {
  readonly loc: Location;
  /** OCaml text: a type, or an item of a signature. */
  readonly code: string;
  readonly documentation: string | undefined;
}

export function hoverAt(source: TypedSource, offset: number): HoverText | undefined {
  const { file } = source;
  const nodes = source.nodesAt(offset);
  const label = labelAt(source, offset);
  if (label !== undefined) return label;
  const name = nameAt(file, offset);
  const innermost = nodes.findLast((n): n is ValueNode => n.kind === "expression" || n.kind === "pattern");
  if (name !== undefined) {
    const env = source.envAt(offset);
    const meaning = meaningAt(source, offset, nodes);
    // A variable is shown with the type that it has here.
    const here = innermost !== undefined && innermost.node.loc.start === name.loc.start && innermost.node.loc.end === name.loc.end ? innermost : undefined;
    if (here !== undefined && (meaning === undefined || meaning.kind === "value")) {
      const word = file.text.slice(name.last.start, name.last.end);
      return { loc: name.loc, code: `${word} : ${printType(here.node.type)}`, documentation: meaning === undefined ? undefined : documentationAt(definitionOf(meaning)) };
    }
    if (meaning !== undefined) return { loc: name.loc, code: describe(meaning, env), documentation: documentationAt(definitionOf(meaning)) };
    if (innermost?.kind === "expression" && isMethodOf(innermost.node, name.last)) return { loc: name.last, code: `${innermost.node.desc.method.name} : ${printType(innermost.node.type)}`, documentation: undefined };
  }
  if (innermost === undefined || innermost.node.loc.end - innermost.node.loc.start > 2000) return undefined;
  return { loc: innermost.node.loc, code: printType(innermost.node.type), documentation: undefined };
}

/** The label `~x:` at the offset, with the type of what it labels. */
function labelAt(source: TypedSource, offset: number): HoverText | undefined {
  const { file } = source;
  const { kinds, starts, ends } = tokenize(file);
  const at = kinds.findIndex((kind, i) => (kind === "label" || kind === "optlabel") && starts[i]! <= offset && offset < ends[i]!);
  const next = starts[at + 1];
  if (at < 0 || next === undefined) return undefined;
  const labelled = source.nodesAt(next).find((n): n is ValueNode => (n.kind === "expression" || n.kind === "pattern") && n.node.loc.start >= next);
  return labelled === undefined ? undefined : { loc: { file, start: starts[at]!, end: ends[at]!, ghost: false }, code: `${file.text.slice(starts[at], ends[at]! - 1)} : ${printType(labelled.node.type)}`, documentation: undefined };
}

type ValueNode = Extract<TypedNode, { kind: "expression" | "pattern" }>;

const isMethodOf = (node: Expression, name: Location): node is Expression & { readonly desc: Extract<Expression["desc"], { kind: "send" }> } => node.desc.kind === "send" && node.desc.object.loc.end < name.start && name.end <= node.loc.end;

/** What the name at the offset means, as far as the typed tree and the environment tell. */
export function meaningAt(source: TypedSource, offset: number, nodes: readonly TypedNode[] = source.nodesAt(offset)): Meaning | undefined {
  const { file } = source;
  const name = nameAt(file, offset);
  if (name === undefined) return undefined;
  const namespaces = namespacesAt(file, name.last);
  // Tags and methods are nothing that the environment knows.
  if (namespaces.includes("tag") || namespaces.includes("method")) return undefined;
  const exact = nodes.findLast((n) => n.node.loc.start === name.loc.start && n.node.loc.end === name.loc.end && n.kind !== "item");
  if (!name.isPrefix && exact !== undefined) {
    if (exact.kind === "expression") {
      const { desc } = exact.node;
      if (desc.kind === "ident") return { kind: "value", name: file.text.slice(name.last.start, name.last.end), description: desc.description };
      if (desc.kind === "construct") return { kind: "constructor", description: desc.constructor };
    } else if (exact.kind === "pattern") {
      const { desc } = exact.node;
      if (desc.kind === "construct") return { kind: "constructor", description: desc.constructor };
      if (desc.kind === "var" || desc.kind === "alias") return undefined;
    }
  }
  const meanings = meaningsOf(name, source.envAt(offset));
  if (name.isPrefix) return meanings[0];
  // Constructors and fields of typed nodes go before what else the name could mean.
  for (const { kind, node } of [...nodes].reverse()) {
    if (kind === "expression" && (node.desc.kind === "field" || node.desc.kind === "setfield") && within(node.desc.ident.loc, name.last)) return { kind: "label", description: node.desc.label };
    if (kind === "expression" && node.desc.kind === "construct" && within(node.desc.ident.loc, name.last)) return { kind: "constructor", description: node.desc.constructor };
    if (kind === "pattern" && node.desc.kind === "construct" && within(node.desc.ident.loc, name.last)) return { kind: "constructor", description: node.desc.constructor };
    if (kind === "pattern" && node.desc.kind === "record") for (const f of node.desc.fields) if (within(f.ident.loc, name.last)) return { kind: "label", description: f.label };
    if (kind === "expression" && node.desc.kind === "record") for (const f of node.desc.fields) if (f.kind === "overridden" && within(f.ident.loc, name.last)) return { kind: "label", description: f.label };
  }
  // Where the text has an error, values are likelier than types.
  const order: readonly Meaning["kind"][] = namespaces.length > 0 ? namespaces.map((n) => (n === "class" ? "type" : n)).filter((n) => n !== "tag" && n !== "method" && n !== "argument") : ["constructor", "value", "module", "label", "type", "moduleType"];
  return order.map((kind) => meanings.find((m) => m.kind === kind)).find((m) => m !== undefined);
}

const within = (outer: Location, inner: Location): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** What the parse tree has the name at a place as: a variable that stands for a field, too, is both. */
function namespacesAt(file: SourceFile, { start, end }: Location): Namespace[] {
  const tree = file.name.endsWith(".mli") ? { signature: parseInterface(file).tree.items } : { structure: parseImplementation(file).tree.items };
  return namesWritten(tree).flatMap(({ namespace, loc }) => (loc.start === start && loc.end === end ? [namespace] : []));
}

export type Definition = { readonly loc: Location } | { readonly unit: string };

/** Where what is named at the offset is defined: a place, or a whole compilation unit. */
export function definitionAt(source: TypedSource, offset: number): Definition | undefined {
  const nodes = source.nodesAt(offset);
  const innermost = nodes.at(-1);
  // A variable is defined where it is bound.
  if (innermost?.kind === "pattern" && innermost.node.desc.kind === "var") return { loc: innermost.node.loc };
  const meaning = meaningAt(source, offset, nodes);
  if (meaning === undefined) return undefined;
  const unit = unitOf(meaning);
  if (unit !== undefined) return { unit };
  const loc = namePlaceOf(meaning);
  return loc === undefined ? undefined : { loc };
}
