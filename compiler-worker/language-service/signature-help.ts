/** The type of the function whose argument is being written. */
import type { SourceFile } from "../syntax/diagnostics.ts";
import { tokenize } from "../syntax/lexer.ts";
import { repr } from "../typing/btype.ts";
import { expandHead } from "../typing/expand.ts";
import { Names, printType } from "../typing/print-type.ts";
import type { TypedNode } from "../typing/typed-nodes.ts";
import type { Expression } from "../typing/typedtree.ts";
import type { TypeExpr } from "../typing/types.ts";
import { documentationAt } from "./documentation.ts";
import type { TypedSource } from "./sources.ts";

export interface SignatureText {
  /** `List.map : ('a -> 'b) -> 'a list -> 'b list` */
  readonly label: string;
  /** Where each parameter is in the label. */
  readonly parameters: readonly { readonly start: number; readonly end: number }[];
  readonly active: number;
  readonly documentation: string | undefined;
}

export const PLACEHOLDER = "(assert false)";

/** Whether a label is about to be written. */
const afterSign = ({ text }: SourceFile, offset: number): boolean => /[ \t(][~?]$/.test(text.slice(Math.max(0, offset - 2), offset));

/** The file with an argument where one is about to be written, so that the application is one; itself where something is written, nothing in strings and comments. */
export function withArgument(file: SourceFile, offset: number): SourceFile | undefined {
  const { name, text } = file;
  const { kinds, starts, ends, comments } = tokenize(file);
  if (kinds.some((kind, i) => (kind === "string" || kind === "char") && starts[i]! < offset && offset < ends[i]!)) return undefined;
  for (let i = 0; i + 1 < comments.length; i += 2) if (comments[i]! < offset && offset < comments[i + 1]!) return undefined;
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  if (afterSign(file, offset)) return { name, text: `${text.slice(0, offset - 1)}${PLACEHOLDER}${text.slice(offset)}` };
  return /\S[ \t]+$/.test(before) ? { name, text: `${text.slice(0, offset)}${PLACEHOLDER}${text.slice(offset)}` } : file;
}

/** Expressions inside of an argument in which another thing is being written than the argument. */
const INNER: ReadonlySet<Expression["desc"]["kind"]> = new Set(["function", "let", "letop", "match", "try", "sequence", "ifthenelse", "letmodule", "record", "while", "for", "object"]);

type Application = Expression & { readonly desc: Extract<Expression["desc"], { kind: "apply" }> };
const isApplication = (e: Expression): e is Application => e.desc.kind === "apply";

/** The first labelled argument that is not given, or the one at the index. */
function firstLabel({ desc }: Application, index: number): number {
  const found = desc.args.findIndex(({ label, argument }) => label.kind !== "nolabel" && (argument.kind === "omitted" || argument.expression.loc.ghost));
  return found < 0 ? index : found;
}

/** The signature at a place of a source, in which an argument stands where none is `written` yet. */
export function signatureAt(source: TypedSource, offset: number, written: SourceFile): SignatureText | undefined {
  let found: { readonly node: Application; readonly active: number } | undefined;
  for (const { kind, node } of source.nodesAt(offset) as readonly TypedNode[]) {
    if (kind !== "expression") continue;
    if (isApplication(node)) {
      const active = node.desc.args.findIndex(({ argument }) => argument.kind === "expression" && argument.expression.loc.start <= offset && offset <= argument.expression.loc.end);
      if (active >= 0 && node.desc.function.loc.end < offset) found = { node, active: afterSign(written, offset) ? firstLabel(node, active) : active };
    } else if (INNER.has(node.desc.kind)) found = undefined;
  }
  if (found === undefined) return undefined;
  const { node, active } = found;
  const called = node.desc.function;
  if (called.desc.kind !== "ident" && called.desc.kind !== "field") return undefined;
  const name = source.file.text.slice(called.loc.start, called.loc.end);
  const definition = called.desc.kind === "ident" ? called.desc.description.loc : called.desc.label.loc;
  return { ...layOut(name, called), active, documentation: definition.ghost ? undefined : documentationAt(definition) };
}

/** The labels that the application at a place can still be given, each with the type of its argument. */
export function missingLabels(source: TypedSource, offset: number): { readonly name: string; readonly detail: string }[] {
  const node = source.nodesAt(offset).findLast((n): n is Extract<TypedNode, { kind: "expression" }> => n.kind === "expression" && isApplication(n.node))?.node;
  if (node === undefined || !isApplication(node)) return [];
  const given = new Set(node.desc.args.flatMap(({ label, argument }) => (label.kind !== "nolabel" && argument.kind === "expression" && !argument.expression.loc.ghost ? [label.name] : [])));
  const names = new Names();
  const found: { name: string; detail: string }[] = [];
  for (let type = repr(expandHead(node.env, node.desc.function.type)); type.desc.kind === "arrow"; type = repr(expandHead(node.env, type.desc.result))) {
    const { label, parameter } = type.desc;
    if (label.kind === "nolabel" || given.has(label.name)) continue;
    found.push({ name: label.name, detail: label.kind === "optional" ? `?${label.name}:${printParameter(withoutOption(parameter), names)}` : `${label.name}:${printParameter(parameter, names)}` });
  }
  return found;
}

function layOut(name: string, called: Expression): Pick<SignatureText, "label" | "parameters"> {
  const names = new Names();
  const parameters: { start: number; end: number }[] = [];
  let label = `${name} : `;
  let type = repr(expandHead(called.env, called.type));
  while (type.desc.kind === "arrow") {
    const { label: argument, parameter, result } = type.desc;
    const prefix = argument.kind === "nolabel" ? "" : argument.kind === "labelled" ? `${argument.name}:` : `?${argument.name}:`;
    const start = label.length;
    label += prefix + printParameter(argument.kind === "optional" ? withoutOption(parameter) : parameter, names);
    parameters.push({ start, end: label.length });
    label += " -> ";
    type = repr(expandHead(called.env, result));
  }
  return { label: label + printType(type, names), parameters };
}

function withoutOption(type: TypeExpr): TypeExpr {
  const { desc } = repr(type);
  return desc.kind === "constr" && desc.args.length === 1 ? desc.args[0]! : type;
}

function printParameter(type: TypeExpr, names: Names): string {
  const text = printType(type, names);
  return repr(type).desc.kind === "arrow" || / as '\w+$/.test(text) ? `(${text})` : text;
}
