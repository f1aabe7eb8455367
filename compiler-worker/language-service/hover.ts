/** What the editor shows of the place under the pointer, and where a name is defined. */
import type { Location } from "../syntax/diagnostics.ts";
import { printType } from "../typing/print-type.ts";
import type { TypedNode } from "../typing/typed-nodes.ts";
import { documentationAt } from "./documentation.ts";
import { definitionOf, describe, meaningsOf, nameAt, namePlaceOf, unitOf, type Meaning } from "./names.ts";
import type { TypedSource } from "./sources.ts";

export interface HoverText {
  readonly loc: Location;
  /** OCaml text: a type, or an item of a signature. */
  readonly code: string;
  readonly documentation: string | undefined;
}

export function hoverAt(source: TypedSource, offset: number): HoverText | undefined {
  const { file } = source;
  const nodes = source.nodesAt(offset);
  const name = nameAt(file, offset);
  const innermost = nodes.findLast((n): n is Extract<TypedNode, { kind: "expression" | "pattern" }> => n.kind === "expression" || n.kind === "pattern");
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
  }
  if (innermost === undefined || innermost.node.loc.end - innermost.node.loc.start > 2000) return undefined;
  return { loc: innermost.node.loc, code: printType(innermost.node.type), documentation: undefined };
}

/** What the name at the offset means, as far as the typed tree and the environment tell. */
export function meaningAt(source: TypedSource, offset: number, nodes: readonly TypedNode[] = source.nodesAt(offset)): Meaning | undefined {
  const { file } = source;
  const name = nameAt(file, offset);
  if (name === undefined) return undefined;
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
  const inModule = nodes[nodes.length - 1]?.kind !== "expression" && nodes[nodes.length - 1]?.kind !== "pattern";
  // Outside expressions, in module types and signatures, names are those of types and modules.
  const inType = (inModule || afterColon(file.text, name.loc.start)) && !/\b(?:val|external)\s+$/.test(file.text.slice(Math.max(0, name.loc.start - 40), name.loc.start));
  const order: readonly Meaning["kind"][] = inType ? ["moduleType", "type", "module", "constructor", "label", "value"] : ["constructor", "value", "module", "label", "type", "moduleType"];
  return order.map((kind) => meanings.find((m) => m.kind === kind)).find((m) => m !== undefined);
}

const within = (outer: Location, inner: Location): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Whether a type is being written: a colon, or an arrow or star of a type, stands before. */
function afterColon(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 200), start);
  return /[^:]:\s*$/.test(before) || /[^:]:[^=;]*(?:->|\*|\()\s*$/.test(before.slice(before.lastIndexOf("\n") + 1));
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
