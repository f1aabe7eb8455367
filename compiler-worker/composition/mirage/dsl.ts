/**
 * The devices of MirageOS's configurations: the combinators of the package `mirage`, read from its interface. Each gives a device,
 * from others and from values; sections of the interface are categories, comments say what a device is.
 */
import type * as Ast from "../../syntax/ast.ts";
import type { SourceFile } from "../../syntax/diagnostics.ts";
import { parseInterface } from "../../syntax/parser.ts";
import type { Device, DeviceParameter } from "../catalogue.ts";

export interface CombinatorInput {
  /** As evaluated configurations call it: the type's name, numbered where there are several of one. */
  readonly port: string;
  readonly type: string;
}

/** An argument that is no device. */
export interface CombinatorArgument {
  /** Undefined when it is given by position. */
  readonly label: string | undefined;
  readonly optional: boolean;
  /** As OCaml writes it; `unit` for `()`. */
  readonly type: string;
}

export interface Combinator {
  readonly name: string;
  readonly category: string;
  readonly doc: string;
  readonly inputs: readonly CombinatorInput[];
  readonly arguments: readonly CombinatorArgument[];
  /** The type of what it gives: `kv_ro`. */
  readonly type: string;
  /** It is a device of a functional type, to which its inputs are given with `$`. */
  readonly isFunctor: boolean;
}

const SECTION = /\(\*\*\s*\{\d+\s+([^}]*)\}\s*\*\)/g;
const ICONS: Readonly<Record<string, string>> = {
  "Time": "clock", "Random numbers": "dices", "Logs": "scroll-text", "Disks": "hard-drive", "Files that are read": "folder", "Files that are written": "folder-pen", "Qubes OS": "box", "Network interfaces": "ethernet-port", "IP": "network",
  "UDP and TCP": "cable", "Network stacks": "layers", "Names": "signpost", "Monitoring": "activity", "Connections": "plug", "HTTP": "globe", "Git": "git-branch", "Jobs": "play",
};

/** The combinators of an interface, in its order. What is deprecated, and what gives several devices at once, is left out. */
export function readCombinators(file: SourceFile): Combinator[] {
  const { tree } = parseInterface(file);
  const sections = [...file.text.matchAll(SECTION)].map((m) => ({ at: m.index, title: m[1]!.trim() }));
  const combinators: Combinator[] = [];
  let end = 0;
  for (const item of tree.items) {
    const before = file.text.slice(end, item.loc.start);
    end = item.loc.end;
    if (item.desc.kind !== "value") continue;
    const { description } = item.desc;
    if (description.attributes.some((a) => /deprecated/.test(a.name.value))) continue;
    const combinator = readType(description.type);
    if (combinator === undefined) continue;
    const comment = before.lastIndexOf("(**");
    const doc = comment < 0 || SECTION.test(before.slice(comment)) ? "" : plainText(before.slice(comment));
    SECTION.lastIndex = 0;
    combinators.push({ name: description.name.value, category: sections.findLast((s) => s.at < item.loc.start)?.title ?? "", doc, ...combinator });
  }
  return combinators;
}

function plainText(comment: string): string {
  return comment.replace(/^\(\*\*|\*\)\s*$/g, "").replace(/\{!([^}]*)\}/g, "$1").replace(/\[([^\]]*)\]/g, "$1").replace(/\s+/g, " ").trim();
}

function readType(type: Ast.CoreType): Pick<Combinator, "inputs" | "arguments" | "type" | "isFunctor"> | undefined {
  const inputs: CombinatorInput[] = [];
  const given: CombinatorArgument[] = [];
  const addInput = (name: string): void => {
    const count = inputs.filter((i) => i.type === name).length;
    inputs.push({ port: count === 0 ? name : `${name}${count + 1}`, type: name });
  };
  let t = type;
  for (; t.desc.kind === "arrow"; t = t.desc.result) {
    const { label, parameter } = t.desc;
    const device = implementation(parameter);
    if (device !== undefined && label.kind === "nolabel" && device.desc.kind !== "arrow") addInput(printType(device));
    else given.push({ label: label.kind === "nolabel" ? undefined : label.name, optional: label.kind === "optional", type: printType(parameter) });
  }
  let result = implementation(t);
  if (result === undefined || (result === t && inputs.length === 0)) return undefined;
  const isFunctor = result.desc.kind === "arrow";
  for (; result.desc.kind === "arrow"; result = result.desc.result) addInput(printType(result.desc.parameter));
  return { inputs, arguments: given, type: printType(result), isFunctor };
}

/** `t` of `t impl`. */
function implementation({ desc }: Ast.CoreType): Ast.CoreType | undefined {
  return desc.kind === "constr" && desc.ident.value.kind === "ident" && desc.ident.value.name === "impl" ? desc.args[0] : undefined;
}

function printType({ desc, loc }: Ast.CoreType): string {
  if (desc.kind === "constr" && desc.args.length === 0 && desc.ident.value.kind === "ident") return desc.ident.value.name;
  return loc.file.text.slice(loc.start, loc.end).replace(/\s+/g, " ").trim();
}

const SIMPLE: Readonly<Record<string, { readonly type: DeviceParameter["type"]; readonly default: DeviceParameter["default"] }>> = { string: { type: "string", default: "" }, int: { type: "int", default: 0 }, bool: { type: "bool", default: false } };

/** A combinator as the palette and the inspector have devices. Arguments that may be left out are OCaml expressions; empty, they are. */
export function combinatorDevice({ name, category, doc, arguments: given, type, inputs }: Combinator): Device {
  const summary = doc === "" ? `${inputs.length === 0 ? "" : `${inputs.map((i) => i.type).join(" → ")} → `}${type}` : doc;
  return { id: name, title: name, summary, category, icon: ICONS[category] ?? "box", module: `Mirage.${name}`, package: "mirage", parameters: given.flatMap(parameterOf), targets: undefined };
}

/** How the inspector calls an argument of a combinator. */
export function parameterName(all: readonly CombinatorArgument[], argument: CombinatorArgument): string {
  const position = all.filter((a) => a.label === undefined && a.type !== "unit").indexOf(argument);
  return argument.label ?? (position <= 0 ? "argument" : `argument ${position + 1}`);
}

function parameterOf(argument: CombinatorArgument, _: number, all: readonly CombinatorArgument[]): DeviceParameter[] {
  if (argument.type === "unit") return [];
  const simple = argument.optional ? undefined : SIMPLE[argument.type];
  const doc = `${argument.label === undefined ? "" : `${argument.optional ? "?" : "~"}${argument.label} : `}${argument.type}${argument.optional ? ", may be left out" : ""}`;
  return [{ name: parameterName(all, argument), type: simple?.type ?? "ocaml", default: simple?.default ?? "", doc, labelled: argument.label !== undefined }];
}
