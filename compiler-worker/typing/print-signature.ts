/** Signatures as `ocamlc -i` prints them. */
import type { ArgLabel } from "../syntax/ast.ts";
import { KEYWORDS } from "../syntax/lexer.ts";
import { repr } from "./btype.ts";
import { box, breakAt, flatten, layOut, SPACE } from "./boxes.ts";
import { isPrivateRow } from "./expand.ts";
import { markUpClassDeclaration, markUpClassTypeDeclaration } from "./print-class.ts";
import { ARROW, markUpTogether, markUpType, markUpUnaliased, nameInScope, Names, printLabel, printPath, TUPLE, withScope, type NameSpace } from "./print-type.ts";
import type { ConstructorArguments, ExtensionConstructor, FunctorParameter, LabelDeclaration, ModuleType, PrimitiveDescription, PrimitiveRepresentation, Signature, SignatureItem, TypeDeclaration, TypeExpr, ValueDescription } from "./types.ts";

/** A value's name as it is written: operators in parentheses, what is a keyword otherwise with its sign (5.2). */
function valueName(name: string): string {
  if (!/^[a-z_\x80-\xff][\w'\x80-\xff]*$/.test(name) || /^(mod|land|lor|lxor|lsl|lsr|asr|or)$/.test(name)) return `( ${name} )`;
  return KEYWORDS.has(name) ? `\\#${name}` : name;
}

/** Whether a type is abstract, or a private row of which more may be known elsewhere. */
function hidesDefinition(d: TypeDeclaration): boolean {
  return d.manifest === undefined || (d.private === "private" && isPrivateRow(d.manifest));
}

/** Whether a definition does not show all of what its parameters' variances follow from, so that they are written. */
function hidesVariance(d: TypeDeclaration): boolean {
  switch (d.kind.kind) {
    case "abstract":
      return d.manifest === undefined || d.private === "private";
    case "variant":
      return d.private === "private" || d.kind.constructors.some((c) => c.result !== undefined);
    case "record":
      return d.private === "private";
    case "open":
      return d.manifest === undefined;
  }
}

/** The parameters and the name that they are given to. */
function markUpHead(name: string, d: TypeDeclaration, names: Names): string {
  const hidden = hidesVariance(d);
  const shown = d.parameters.map((p, i) => {
    const v = d.variance[i] ?? 127;
    const t = repr(p);
    const written = hidden || t.desc.kind !== "var";
    const injective = written && d.kind.kind === "abstract" && hidesDefinition(d) && (v & 8) !== 0 && (v & 64) === 0 ? "!" : "";
    const sign = written ? ((v & 2) === 0 ? "+" : (v & 1) === 0 ? "-" : "") + injective : "";
    if (t.desc.kind === "var" && t.desc.name === "_") return `${sign}_`;
    if (t.desc.kind === "var") return `${sign}'${names.nameOf(t)}`;
    names.alias(t);
    return `${sign}'${names.aliasName(t)}`;
  });
  for (const p of d.parameters) if (repr(p).desc.kind !== "var") names.bind(p);
  return withParameters(shown, name);
}
function withParameters(shown: readonly string[], name: string): string {
  if (shown.length === 0) return name;
  if (shown.length === 1) return box("fill", 0, `${shown[0]}${SPACE}${name}`);
  return box("fill", 0, `(${box("fill", 0, `${shown.join(`,${SPACE}`)})`)}${SPACE}${name}`);
}

type Show = (type: TypeExpr, level?: number) => string;

function markUpLabels(labels: readonly LabelDeclaration[], show: Show): string {
  return `{${labels.map((l) => `${SPACE}${box("fill", 2, `${l.mutable === "mutable" ? "mutable " : ""}${l.id.name} :${SPACE}${show(l.type)}`)};`).join("")}${breakAt(1, -2)}}`;
}

function markUpArguments(args: ConstructorArguments, show: Show): string {
  if (args.kind === "record") return markUpLabels(args.labels, show);
  return args.types.map((t) => show(t, TUPLE)).join(` *${SPACE}`);
}

function markUpConstructor(name: string, args: ConstructorArguments, result: TypeExpr | undefined, names: Names): string {
  const shown = name === "::" ? "(::)" : name;
  const types = args.kind === "tuple" ? args.types : args.labels.map((l) => l.type);
  if (result !== undefined) {
    const show = markUpTogether([...types, result], new Names());
    // Names are given, and types called by an alias, in the result first.
    const to = show(result, ARROW);
    return box("fill", 2, `${shown} :${SPACE}${types.length === 0 ? "" : `${markUpArguments(args, show)} -> `}${to}`);
  }
  return types.length === 0 ? shown : box("fill", 2, `${shown} of${SPACE}${markUpArguments(args, markUpTogether(types, names))}`);
}

function markUpTypeDeclaration(name: string, d: TypeDeclaration, keyword: string): string {
  const names = new Names();
  const head = markUpHead(name, d, names);
  const priv = d.private === "private" ? " private" : "";
  let text = `${keyword} ${head}`;
  if (d.manifest !== undefined && d.kind.kind !== "abstract") text += ` =${SPACE}${markUpType(d.manifest, names)}`;
  switch (d.kind.kind) {
    case "abstract":
      if (d.manifest !== undefined) text += ` =${priv}${breakAt(1, 2)}${markUpType(d.manifest, names)}`;
      break;
    case "open":
      text += ` =${priv} ..`;
      break;
    case "record":
      text += ` =${priv} ${markUpLabels(d.kind.labels, markUpTogether(d.kind.labels.map((l) => l.type), names))}`;
      break;
    case "variant":
      text += ` =${priv}${breakAt(1, 2)}${d.kind.constructors.length === 0 ? "|" : d.kind.constructors.map((c) => markUpConstructor(c.id.name, c.args, c.result, names)).join(`${SPACE}| `)}`;
      break;
  }
  let after = "";
  for (const p of d.parameters) {
    const t = repr(p);
    if (t.desc.kind !== "var") after += `${SPACE}${box("fill", 2, `constraint '${names.aliasName(t)} =${SPACE}${markUpUnaliased(t, names)}`)}`;
  }
  for (const attribute of ["immediate", "immediate64"]) if (d.attributes.some((a) => a.name.value === attribute || a.name.value === `ocaml.${attribute}`)) after += ` [@@${attribute}]`;
  if (d.unboxed) after += " [@@unboxed]";
  return box("fill", 2, box("all", 2, text) + after);
}

export function printTypeDeclaration(name: string, d: TypeDeclaration, keyword = "type"): string {
  return layOut(markUpTypeDeclaration(name, d, keyword));
}

/** How a primitive takes its arguments and gives its result, as the declaration says: of all by one attribute, if of any part. */
function markUpExternal(name: string, d: ValueDescription, p: PrimitiveDescription, names: Names): string {
  const shown = [p.name, ...(p.nativeName !== "" ? [p.nativeName] : [])].map((n, i) => `${SPACE}${i === 0 ? "= " : ""}${JSON.stringify(n)}`).join("");
  const [first] = p.representations;
  const isUniform = p.representations.every((r) => r === first);
  const attributes: string[] = isUniform && first !== undefined && first !== "value" ? [first] : [];
  if (p.attributes.includes("noalloc") || p.attributes.includes("ocaml.noalloc")) attributes.push("noalloc");
  const type = isUniform ? markUpType(d.type, names) : markUpRepresented(d.type, p.representations, names);
  return box("fill", 2, `external ${valueName(name)} :${SPACE}${type}${shown}${attributes.map((a) => `${SPACE}[@@${a}]`).join("")}`);
}

/** A function's type with the attributes of its parts. */
function markUpRepresented(type: TypeExpr, representations: readonly PrimitiveRepresentation[], names: Names): string {
  const parts: { readonly label: ArgLabel | undefined; readonly type: TypeExpr }[] = [];
  let t = repr(type);
  while (parts.length < representations.length - 1 && t.desc.kind === "arrow") {
    parts.push({ label: t.desc.label, type: t.desc.parameter });
    t = repr(t.desc.result);
  }
  parts.push({ label: undefined, type: t });
  const show = markUpTogether(parts.map((part) => part.type), names);
  return box("fill", 0, parts.map((part, i) => {
    const representation = representations[i] ?? "value";
    const shown = representation === "value" ? show(part.type, part.label === undefined ? 0 : ARROW) : `(${show(part.type)} [@${representation}])`;
    return `${part.label === undefined ? "" : printLabel(part.label)}${shown}`;
  }).join(` ->${SPACE}`));
}

function markUpExtension(constructors: readonly { readonly name: string; readonly constructor: ExtensionConstructor }[]): string {
  const { constructor } = constructors[0]!;
  const names = new Names();
  const parameters = constructor.typeParameters.map((p) => (repr(p).desc.kind === "var" && (repr(p).desc as { name?: string }).name === "_" ? "_" : markUpType(p, names)));
  const head = withParameters(parameters, printPath(constructor.typePath));
  const items = constructors.map((c, i) => markUpConstructor(c.name, c.constructor.args, c.constructor.result, i === 0 ? names : new Names())).join(`${SPACE}| `);
  return box("all", 2, `type ${head} +=${constructor.private === "private" ? " private" : ""}${breakAt(1, 2)}${items}`);
}

function markUpItem(item: SignatureItem): string {
  switch (item.kind) {
    case "value": {
      const { type, valueKind } = item.description;
      const names = new Names();
      if (valueKind.kind === "primitive") return markUpExternal(item.id.name, item.description, valueKind.primitive, names);
      names.weak = true;
      return box("fill", 2, `val ${valueName(item.id.name)} :${SPACE}${markUpType(type, names)}`);
    }
    case "type":
      return markUpTypeDeclaration(item.id.name, item.declaration, item.rec === "next" ? "and" : item.rec === "not" ? "type nonrec" : "type");
    case "typext": {
      const { constructor } = item;
      if (item.status === "exception") return box("fill", 2, `exception ${markUpConstructor(item.id.name, constructor.args, constructor.result, new Names())}`);
      return markUpExtension([{ name: item.id.name, constructor }]);
    }
    case "module": {
      const { type } = item.declaration;
      if (type.kind === "alias") return box("fill", 2, `module ${item.id.name} =${SPACE}${printPath(type.path, "module")}`);
      const keyword = item.rec === "first" ? "module rec" : item.rec === "next" ? "and" : "module";
      return box("fill", 2, `${keyword} ${item.id.name} :${SPACE}${markUpModuleType(type)}`);
    }
    case "modtype":
      return box("fill", 2, `module type ${item.id.name}${item.declaration.type === undefined ? "" : ` =${SPACE}${markUpModuleType(item.declaration.type)}`}`);
    case "class":
      return markUpClassDeclaration(item.id.name, item.declaration, item.rec !== "next");
    case "classtype":
      return markUpClassTypeDeclaration(item.id.name, item.declaration, item.rec !== "next");
  }
}

export function printSignatureItem(item: SignatureItem): string {
  return layOut(markUpItem(item));
}

function markUpModuleType(type: ModuleType): string {
  return type.kind === "functor" ? withScope(() => markUpFunctorType(type)) : markUpSimpleModuleType(type);
}

function markUpFunctorType(type: ModuleType & { readonly kind: "functor" }): string {
  const parameters: FunctorParameter[] = [];
  let result: ModuleType = type;
  while (result.kind === "functor") {
    parameters.push(result.parameter);
    result = result.result;
  }
  return box("fill", 2, markUpFunctorParameters(parameters) + markUpSimpleModuleType(result));
}

/** A parameter without a name is written as the other side of an arrow, unless one with a name follows. */
function markUpFunctorParameters(parameters: readonly FunctorParameter[]): string {
  const anonymous = (p: FunctorParameter): boolean => p.kind === "named" && p.id === undefined;
  if (parameters.length === 0) return "";
  const first = parameters[0]!;
  if (first.kind === "named" && anonymous(first)) return `${markUpSimpleModuleType(first.type)} ->${SPACE}${markUpFunctorParameters(parameters.slice(1))}`;
  const end = parameters.findLastIndex((p) => !anonymous(p)) + 1;
  const named = parameters.slice(0, end).map((p) => (p.kind === "unit" ? "()" : markUpParameter(p)));
  return `${box("fill", 2, `functor${SPACE}${named.join(SPACE)}`)}${SPACE}->${SPACE}${markUpFunctorParameters(parameters.slice(end))}`;
}

function markUpParameter({ id, type }: FunctorParameter & { readonly kind: "named" }): string {
  const text = `(${id?.name ?? "_"} : ${markUpModuleType(type)})`;
  if (id !== undefined) nameInScope("module", id);
  return text;
}

function markUpSimpleModuleType(type: ModuleType): string {
  switch (type.kind) {
    case "ident":
      return printPath(type.path, "module type");
    case "alias":
      return `(module ${printPath(type.path, "module")})`;
    case "signature":
      return writtenItems(type.items).length === 0 ? "sig end" : box("all", 2, `sig${SPACE}${markUpItems(type.items)}${breakAt(1, -2)}end`);
    case "functor":
      return `(${markUpModuleType(type)})`;
  }
}

export function printModuleType(type: ModuleType): string {
  return layOut(markUpModuleType(type));
}
/** On one line. */
export function printModuleTypeFlat(type: ModuleType): string {
  return flatten(markUpModuleType(type));
}

/** The items that are written: a class's class type and object type come with it. */
function writtenItems(items: Signature): SignatureItem[] {
  const companions = new Set<SignatureItem>();
  items.forEach((item, i) => {
    if (item.kind !== "class" && item.kind !== "classtype") return;
    for (const next of items.slice(i + 1, i + 3)) if (next.id.name === item.id.name && next.visibility === item.visibility && (next.kind === "type" || (item.kind === "class" && next.kind === "classtype"))) companions.add(next);
  });
  return items.filter((i) => i.visibility === "exported" && !companions.has(i));
}

const SPACES: Readonly<Partial<Record<SignatureItem["kind"], NameSpace>>> = { type: "type", module: "module", modtype: "module type" };

function markUpItems(items: Signature): string {
  return withScope(() => markUpItemsInScope(items));
}

function markUpItemsInScope(items: Signature): string {
  const shown: string[] = [];
  const written = writtenItems(items);
  let named = 0;
  /** What was defined before item `end` of all has its name from here on. */
  const nameUpTo = (end: number): void => {
    for (; named < end; named++) {
      const { kind, id, visibility } = items[named]!;
      const space = SPACES[kind];
      if (space !== undefined && visibility === "exported") nameInScope(space, id);
    }
  };
  for (let i = 0; i < written.length; i++) {
    const item = written[i]!;
    // Items that are defined together have their names after all of them.
    if (!("rec" in item) || item.rec !== "next") nameUpTo(items.indexOf(item, named));
    // Constructors that were added together are shown together.
    if (item.kind === "typext" && item.status === "first") {
      const group = [{ name: item.id.name, constructor: item.constructor }];
      for (let next = written[i + 1]; next?.kind === "typext" && next.status === "next"; next = written[i + 1]) {
        group.push({ name: next.id.name, constructor: next.constructor });
        i++;
      }
      shown.push(markUpExtension(group));
    } else shown.push(markUpItem(item));
  }
  return shown.join(SPACE);
}

export function printSignature(items: Signature): string {
  return layOut(box("lines", 0, markUpItems(items)));
}
