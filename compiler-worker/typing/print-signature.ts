/** Signatures as `ocamlc -i` prints them. */
import { repr } from "./btype.ts";
import { printClassDeclaration, printClassTypeDeclaration } from "./print-class.ts";
import { Names, printPath, printType, printUnaliased } from "./print-type.ts";
import type { ConstructorArguments, LabelDeclaration, ModuleType, Signature, SignatureItem, TypeDeclaration, TypeExpr } from "./types.ts";

const indent = (text: string): string => text.replace(/^/gm, "  ");

function valueName(name: string): string {
  return /^[a-z_\x80-\xff][\w'\x80-\xff]*$/.test(name) && !/^(mod|land|lor|lxor|lsl|lsr|asr|or)$/.test(name) ? name : `( ${name} )`;
}

/** Whether a definition does not show all of what its parameters' variances follow from, so that they are written. */
function hidesVariance(d: TypeDeclaration): boolean {
  switch (d.kind.kind) {
    case "abstract":
      return d.manifest === undefined;
    case "variant":
      return d.private === "private" || d.kind.constructors.some((c) => c.result !== undefined);
    case "record":
      return d.private === "private";
    case "open":
      return d.manifest === undefined;
  }
}

function printParameters(d: TypeDeclaration, names: Names): string {
  const hidden = hidesVariance(d);
  const shown = d.parameters.map((p, i) => {
    const v = d.variance[i] ?? 127;
    const t = repr(p);
    const written = hidden || t.desc.kind !== "var";
    const injective = written && d.kind.kind === "abstract" && d.manifest === undefined && (v & 8) !== 0 && (v & 64) === 0 ? "!" : "";
    const sign = written ? ((v & 2) === 0 ? "+" : (v & 1) === 0 ? "-" : "") + injective : "";
    if (t.desc.kind === "var" && t.desc.name === "_") return `${sign}_`;
    if (t.desc.kind === "var") return `${sign}'${names.nameOf(t)}`;
    names.alias(t);
    return `${sign}'${names.aliasName(t)}`;
  });
  for (const p of d.parameters) if (repr(p).desc.kind !== "var") names.bind(p);
  return shown.length === 0 ? "" : shown.length === 1 ? `${shown[0]} ` : `(${shown.join(", ")}) `;
}

function printLabels(labels: readonly LabelDeclaration[], names: Names): string {
  return `{ ${labels.map((l) => `${l.mutable === "mutable" ? "mutable " : ""}${l.id.name} : ${printType(l.type, names)};`).join(" ")} }`;
}

function printArguments(args: ConstructorArguments, names: Names): string {
  if (args.kind === "record") return printLabels(args.labels, names);
  return args.types.map((t) => parenthesize(t, names)).join(" * ");
}
function parenthesize(t: TypeExpr, names: Names): string {
  const r = repr(t);
  const text = printType(r, names);
  return r.desc.kind === "arrow" || r.desc.kind === "tuple" ? `(${text})` : text;
}

function printConstructor(name: string, args: ConstructorArguments, result: TypeExpr | undefined, names: Names): string {
  const empty = args.kind === "tuple" && args.types.length === 0;
  const own = result === undefined ? names : new Names();
  if (result !== undefined) return `${name} : ${empty ? "" : `${printArguments(args, own)} -> `}${printType(result, own)}`;
  return empty ? name : `${name} of ${printArguments(args, own)}`;
}

export function printTypeDeclaration(name: string, d: TypeDeclaration, keyword = "type"): string {
  const names = new Names();
  const head = `${keyword} ${printParameters(d, names)}${name}`;
  const priv = d.private === "private" ? "private " : "";
  let text = head;
  if (d.manifest !== undefined) text += ` = ${d.kind.kind === "abstract" ? priv : ""}${printType(d.manifest, names)}`;
  switch (d.kind.kind) {
    case "abstract":
      break;
    case "open":
      text += " = ..";
      break;
    case "record":
      text += ` = ${priv}${printLabels(d.kind.labels, names)}`;
      break;
    case "variant": {
      if (d.kind.constructors.length === 0) {
        text += " = |";
        break;
      }
      const items = d.kind.constructors.map((c) => printConstructor(c.id.name === "::" ? "(::)" : c.id.name, c.args, c.result, names));
      const line = ` = ${priv}${items.join(" | ")}`;
      text += (text + line).length <= 78 ? line : ` =${priv === "" ? "" : ` ${priv.trim()}`}\n    ${items.join("\n  | ")}`;
      break;
    }
  }
  for (const p of d.parameters) {
    const t = repr(p);
    if (t.desc.kind !== "var") text += ` constraint '${names.aliasName(t)} = ${printUnaliased(t, names)}`;
  }
  if (d.attributes.some((a) => a.name.value === "immediate" || a.name.value === "ocaml.immediate")) text += " [@@immediate]";
  if (d.unboxed) text += " [@@unboxed]";
  return text;
}

export function printSignatureItem(item: SignatureItem): string {
  switch (item.kind) {
    case "value": {
      const { type, valueKind } = item.description;
      const names = new Names();
      if (valueKind.kind === "primitive") {
        const { name, nativeName } = valueKind.primitive;
        return `external ${valueName(item.id.name)} : ${printType(type, names)} = ${JSON.stringify(name)}${nativeName !== "" && nativeName !== name ? ` ${JSON.stringify(nativeName)}` : ""}`;
      }
      names.weak = true;
      return `val ${valueName(item.id.name)} : ${printType(type, names)}`;
    }
    case "type":
      return printTypeDeclaration(item.id.name, item.declaration, item.rec === "next" ? "and" : item.rec === "not" ? "type nonrec" : "type");
    case "typext": {
      const { constructor } = item;
      const names = new Names();
      if (item.status === "exception") return `exception ${printConstructor(item.id.name, constructor.args, constructor.result, names)}`;
      const parameters = constructor.typeParameters.map((p) => (repr(p).desc.kind === "var" && (repr(p).desc as { name?: string }).name === "_" ? "_" : printType(p, names)));
      const head = parameters.length === 0 ? "" : parameters.length === 1 ? `${parameters[0]} ` : `(${parameters.join(", ")}) `;
      return `type ${head}${printPath(constructor.typePath)} += ${constructor.private === "private" ? "private " : ""}${printConstructor(item.id.name, constructor.args, constructor.result, names)}`;
    }
    case "module": {
      const { type } = item.declaration;
      if (type.kind === "alias") return `module ${item.id.name} = ${printPath(type.path)}`;
      const text = printModuleType(type);
      const keyword = item.rec === "first" ? "module rec" : item.rec === "next" ? "and" : "module";
      return text.length + item.id.name.length < 60 && !text.includes("\n") ? `${keyword} ${item.id.name} : ${text}` : `${keyword} ${item.id.name} :\n${indent(text)}`;
    }
    case "modtype":
      return item.declaration.type === undefined ? `module type ${item.id.name}` : `module type ${item.id.name} =${item.declaration.type.kind === "signature" ? `\n${indent(printModuleType(item.declaration.type))}` : ` ${printModuleType(item.declaration.type)}`}`;
    case "class":
      return printClassDeclaration(item.id.name, item.declaration, item.rec !== "next");
    case "classtype":
      return printClassTypeDeclaration(item.id.name, item.declaration, item.rec !== "next");
  }
}

export function printModuleType(type: ModuleType): string {
  switch (type.kind) {
    case "ident":
      return printPath(type.path);
    case "alias":
      return `(module ${printPath(type.path)})`;
    case "signature":
      if (type.items.length === 0) return "sig end";
      {
        const short = `sig ${writtenItems(type.items).map(printSignatureItem).join(" ")} end`;
        if (short.length < 70 && !short.includes("\n") && writtenItems(type.items).length < 3) return short;
      }
      return `sig\n${indent(printSignature(type.items))}\nend`;
    case "functor": {
      const { parameter } = type;
      const head = parameter.kind === "unit" ? "functor ()" : parameter.id === undefined ? `functor (_ : ${printModuleType(parameter.type)})` : `functor (${parameter.id.name} : ${printModuleType(parameter.type)})`;
      return `${head} -> ${printModuleType(type.result)}`;
    }
  }
}

/** The items that are written: a class's class type and object type come with it. */
function writtenItems(items: Signature): SignatureItem[] {
  const companions = new Set<SignatureItem>();
  items.forEach((item, i) => {
    if (item.kind !== "class" && item.kind !== "classtype") return;
    for (const next of items.slice(i + 1, i + 3)) if (next.id.name === item.id.name && (next.kind === "type" || (item.kind === "class" && next.kind === "classtype"))) companions.add(next);
  });
  return items.filter((i) => i.visibility === "exported" && !companions.has(i));
}

export function printSignature(items: Signature): string {
  const lines: string[] = [];
  for (const item of writtenItems(items)) {
    // Constructors that were added together are shown together.
    if (item.kind === "typext" && item.status === "next" && lines.length > 0) {
      const { args, result } = item.constructor;
      lines[lines.length - 1] += ` | ${printConstructor(item.id.name, args, result, new Names())}`;
    } else lines.push(printSignatureItem(item));
  }
  return lines.join("\n");
}
