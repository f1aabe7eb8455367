/** Classes and class types as `ocamlc -i` prints them. */
import { fieldKindRepr, iterChildren, repr } from "./btype.ts";
import { iterClassType, signatureOfClassType } from "./class-signatures.ts";
import { Names, printLabel, printPath, printType } from "./print-type.ts";
import { DUMMY_METHOD } from "./unify.ts";
import type { ClassDeclaration, ClassSignature, ClassType, ClassTypeDeclaration, TypeExpr } from "./types.ts";

const MARGIN = 78;

const sortedEntries = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

function printParameters(parameters: readonly TypeExpr[], names: Names): string {
  if (parameters.length === 0) return "";
  return `[${parameters.map((p) => (repr(p).desc.kind === "var" ? printType(p, names) : `'${names.nameOf(repr(p))}`)).join(", ")}] `;
}

/** Whether the type of self is mentioned in the signature's methods or variables. */
function mentionsSelf(sign: ClassSignature): boolean {
  const self = repr(sign.self);
  const types: TypeExpr[] = [...sign.variables.values()].map((v) => v.type);
  for (const m of sign.methods.values()) types.push(m.type);
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): boolean => {
    const t = repr(x);
    if (t === self) return true;
    if (seen.has(t)) return false;
    seen.add(t);
    return childrenOf(t).some(visit);
  };
  return types.some(visit);
}

function childrenOf(t: TypeExpr): TypeExpr[] {
  const children: TypeExpr[] = [];
  iterChildren((c) => children.push(c), t);
  return children;
}

/** What is written between `object` and `end`. */
function printItems(sign: ClassSignature, parameters: readonly TypeExpr[], names: Names): string[] {
  const items: string[] = [];
  for (const p of parameters) {
    const t = repr(p);
    if (t.desc.kind === "var") continue;
    items.push(`constraint '${names.nameOf(t)} = ${printType(t, names)}`);
    names.bound.add(t);
  }
  for (const [name, v] of sortedEntries(sign.variables)) {
    items.push(`val ${v.mutable === "mutable" ? "mutable " : ""}${v.virtual === "virtual" ? "virtual " : ""}${name} : ${printType(v.type, names)}`);
  }
  for (const [name, m] of sortedEntries(sign.methods)) {
    if (name === DUMMY_METHOD) continue;
    const type = repr(m.type);
    const isPrivate = fieldKindRepr(m.private).state !== "public";
    const body = type.desc.kind === "poly" && (!isPrivate || type.desc.variables.length === 0) ? type.desc.body : type;
    items.push(`method ${isPrivate ? "private " : ""}${m.virtual === "virtual" ? "virtual " : ""}${name} : ${printType(body, names)}`);
  }
  return items;
}

/** The class type; `indentation`: columns before it on each line, `used`: columns before it on its first line. */
function layout(type: ClassType, parameters: readonly TypeExpr[], names: Names, indentation: number, used: number): string {
  switch (type.kind) {
    case "constr":
      return `${type.args.length === 0 ? "" : `[${type.args.map((a) => printType(a, names)).join(", ")}] `}${printPath(type.path)}`;
    case "arrow": {
      let { parameter } = type;
      if (type.label.kind === "optional") {
        const p = repr(parameter);
        if (p.desc.kind === "constr" && p.desc.args.length === 1) parameter = p.desc.args[0]!;
      }
      const p = repr(parameter);
      const text = printType(parameter, names);
      const head = `${printLabel(type.label)}${p.desc.kind === "arrow" || (p.desc.kind === "poly" && p.desc.variables.length > 0) ? `(${text})` : text} ->`;
      const rest = layout(type.result, parameters, names, indentation, indentation);
      if (!rest.includes("\n") && used + head.length + 1 + rest.length <= MARGIN) return `${head} ${rest}`;
      return `${head}\n${" ".repeat(indentation)}${rest}`;
    }
    case "signature": {
      const sign = type.signature;
      const self = mentionsSelf(sign) ? ` ('${names.nameOf(repr(sign.self))})` : "";
      if (self !== "") names.bound.add(repr(sign.self));
      const items = printItems(sign, parameters, names);
      const line = ["object" + self, ...(items.length === 0 ? [""] : items), "end"].join(" ");
      if (items.length === 0 || (used + line.length <= MARGIN && !line.includes("\n"))) return line;
      const pad = " ".repeat(indentation);
      return `object${self}\n${items.map((i) => `${pad}  ${i}\n`).join("")}${pad}end`;
    }
  }
}

export function printClassType(type: ClassType, names: Names = new Names()): string {
  return layout(type, [], names, 2, 2);
}

/** Names the type parameters first, so that they are called as in the source. */
function declaration(keyword: string, name: string, parameters: readonly TypeExpr[], type: ClassType, separator: string): string {
  const names = new Names();
  iterClassType((t) => names.reserve(t), type);
  const head = `${keyword} ${printParameters(parameters, names)}${name} ${separator}`;
  const short = layout(type, parameters, names, 2, head.length + 1);
  if (!short.includes("\n") && head.length + 1 + short.length <= MARGIN) return `${head} ${short}`;
  return `${head}\n  ${layout(type, parameters, names, 2, 2)}`;
}

export function printClassDeclaration(name: string, d: ClassDeclaration, isFirst: boolean): string {
  return declaration(`${isFirst ? "class" : "and"}${d.new === undefined ? " virtual" : ""}`, name, d.parameters, d.type, ":");
}

export function printClassTypeDeclaration(name: string, d: ClassTypeDeclaration, isFirst: boolean): string {
  const sign = signatureOfClassType(d.type);
  const isVirtual = [...sign.methods.values()].some((m) => m.virtual === "virtual") || [...sign.variables.values()].some((v) => v.virtual === "virtual");
  return declaration(`${isFirst ? "class type" : "and"}${isVirtual ? " virtual" : ""}`, name, d.parameters, d.type, "=");
}
