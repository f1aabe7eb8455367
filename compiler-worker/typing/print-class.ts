/** Classes and class types as `ocamlc -i` prints them. */
import { fieldKindRepr, newGenericType, repr } from "./btype.ts";
import { iterClassType, signatureOfClassType } from "./class-signatures.ts";
import { Names, printLabel, printPath, printType, printUnaliased } from "./print-type.ts";
import { DUMMY_METHOD } from "./unify.ts";
import type { ClassDeclaration, ClassSignature, ClassType, ClassTypeDeclaration, TypeExpr, VarianceBits } from "./types.ts";

const MARGIN = 78;

const sortedEntries = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** Parameters that a constraint has made equal get a node each: a tuple of one component looks like the component. */
function distinct(parameters: readonly TypeExpr[]): TypeExpr[] {
  const seen = new Set<TypeExpr>();
  return parameters.map((p) => {
    const t = repr(p);
    if (!seen.has(t)) {
      seen.add(t);
      return t;
    }
    return newGenericType({ kind: "tuple", components: [t] });
  });
}

/** Type parameters by name; what a constrained one is follows as a constraint. */
function printParameters(parameters: readonly TypeExpr[], variance: readonly VarianceBits[], names: Names): string {
  if (parameters.length === 0) return "";
  const shown = parameters.map((p, i) => {
    if (repr(p).desc.kind === "var") return printType(p, names);
    names.alias(p);
    const v = variance[i]! & 3;
    return `${v === 1 ? "+" : v === 2 ? "-" : ""}'${names.aliasName(p)}`;
  });
  for (const p of parameters) if (repr(p).desc.kind !== "var") names.bind(p);
  return `[${shown.join(", ")}] `;
}

/** What is written between `object` and `end`. */
function printItems(sign: ClassSignature, parameters: readonly TypeExpr[], names: Names): string[] {
  const items: string[] = [];
  for (const p of parameters) {
    const t = repr(p);
    if (t.desc.kind === "var") continue;
    items.push(`constraint '${names.aliasName(t)} = ${printUnaliased(t, names)}`);
  }
  for (const [name, v] of sortedEntries(sign.variables)) {
    items.push(`val ${v.mutable === "mutable" ? "mutable " : ""}${v.virtual === "virtual" ? "virtual " : ""}${name} : ${printType(v.type, names)}`);
  }
  for (const [name, m] of sortedEntries(sign.methods)) {
    if (name === DUMMY_METHOD) continue;
    const type = repr(m.type);
    const isPrivate = fieldKindRepr(m.private).state !== "public";
    const body = type.desc.kind === "poly" && (!isPrivate || type.desc.variables.length === 0) ? type.desc.body : type;
    const variables = type.desc.kind === "poly" ? type.desc.variables : [];
    items.push(`method ${isPrivate ? "private " : ""}${m.virtual === "virtual" ? "virtual " : ""}${name} : ${printType(body, names)}`);
    names.release(variables);
  }
  return items;
}

/** Notes what of the signature must be named; self is shown already. */
function markSignature(sign: ClassSignature, names: Names): void {
  names.markOpen(sign.self);
  const types = [...sign.methods.values(), ...sign.variables.values()].map((x) => x.type);
  types.forEach((t) => {
    names.reserve(t);
  });
  types.forEach((t) => {
    names.mark(t);
  });
}

/** The class type; `indentation`: columns before it on each line, `used`: columns before it on its first line. */
function layout(type: ClassType, parameters: readonly TypeExpr[], names: Names, indentation: number, used: number): string {
  switch (type.kind) {
    case "constr":
      // A class whose self is known here under another name is shown in full.
      if (type.args.some((a) => repr(a).desc.kind !== "var") || names.isAliased(signatureOfClassType(type.type).self)) return layout(type.type, parameters, names, indentation, used);
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
      markSignature(sign, names);
      const aliased = names.isAliased(sign.self);
      const self = aliased ? ` ('${names.aliasName(sign.self)})` : "";
      if (aliased) names.bind(sign.self);
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
function declaration(keyword: string, name: string, original: readonly TypeExpr[], variance: readonly VarianceBits[], type: ClassType, separator: string): string {
  const names = new Names();
  const parameters = distinct(original);
  iterClassType((t) => names.reserve(t), type);
  const head = `${keyword} ${printParameters(parameters, variance, names)}${name} ${separator}`;
  const short = layout(type, parameters, names, 2, head.length + 1);
  if (!short.includes("\n") && head.length + 1 + short.length <= MARGIN) return `${head} ${short}`;
  return `${head}\n  ${layout(type, parameters, names, 2, 2)}`;
}

export function printClassDeclaration(name: string, d: ClassDeclaration, isFirst: boolean): string {
  return declaration(`${isFirst ? "class" : "and"}${d.new === undefined ? " virtual" : ""}`, name, d.parameters, d.variance, d.type, ":");
}

export function printClassTypeDeclaration(name: string, d: ClassTypeDeclaration, isFirst: boolean): string {
  const sign = signatureOfClassType(d.type);
  const isVirtual = [...sign.methods.values()].some((m) => m.virtual === "virtual") || [...sign.variables.values()].some((v) => v.virtual === "virtual");
  return declaration(`${isFirst ? "class type" : "and"}${isVirtual ? " virtual" : ""}`, name, d.parameters, d.variance, d.type, "=");
}
