/** Classes and class types as `ocamlc -i` prints them. */
import { box, breakAt, layOut, SPACE } from "./boxes.ts";
import { fieldKindRepr, iterChildren, newGenericType, repr } from "./btype.ts";
import { iterClassType, signatureOfClassType } from "./class-signatures.ts";
import { ARROW, markUpType, markUpUnaliased, printLabel, printPath, printType, Names } from "./print-type.ts";
import { DUMMY_METHOD } from "./unify.ts";
import type { ClassDeclaration, ClassSignature, ClassType, ClassTypeDeclaration, TypeExpr, VarianceBits } from "./types.ts";

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
  return `${box("fill", 1, `[${shown.join(", ")}]`)}${SPACE}`;
}

/** What is written between `object` and `end`. */
function printItems(sign: ClassSignature, parameters: readonly TypeExpr[], names: Names): string[] {
  const items: string[] = [];
  for (const p of parameters) {
    const t = repr(p);
    if (t.desc.kind === "var") continue;
    items.push(box("fill", 2, `constraint '${names.aliasName(t)} =${SPACE}${markUpUnaliased(t, names)}`));
  }
  for (const [name, v] of sortedEntries(sign.variables)) {
    items.push(box("fill", 2, `val ${v.mutable === "mutable" ? "mutable " : ""}${v.virtual === "virtual" ? "virtual " : ""}${name} :${SPACE}${markUpType(v.type, names)}`));
  }
  for (const [name, m] of sortedEntries(sign.methods)) {
    if (name === DUMMY_METHOD) continue;
    const type = repr(m.type);
    const isPrivate = fieldKindRepr(m.private).state !== "public";
    const body = type.desc.kind === "poly" && (!isPrivate || type.desc.variables.length === 0) ? type.desc.body : type;
    const variables = type.desc.kind === "poly" ? type.desc.variables : [];
    items.push(box("fill", 2, `method ${isPrivate ? "private " : ""}${m.virtual === "virtual" ? "virtual " : ""}${name} :${SPACE}${markUpType(body, names)}`));
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

function mentionsSelf(type: ClassType, argument: TypeExpr): boolean {
  const self = repr(signatureOfClassType(type).self);
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): boolean => {
    const t = repr(x);
    if (t === self) return true;
    if (seen.has(t)) return false;
    seen.add(t);
    let found = false;
    iterChildren((child) => (found ||= visit(child)), t);
    return found;
  };
  return visit(argument);
}

/** A class type; `parameters`: those of its class, whose constraints are shown inside. */
function markUp(type: ClassType, parameters: readonly TypeExpr[], names: Names): string {
  switch (type.kind) {
    case "constr":
      // A class whose self is known here under another name is shown in full.
      if (parameters.some((p) => repr(p).desc.kind !== "var") || names.isAliased(signatureOfClassType(type.type).self) || type.args.some((a) => mentionsSelf(type.type, a))) return markUp(type.type, parameters, names);
      return box("fill", 0, `${type.args.length === 0 ? "" : `${box("fill", 1, `[${type.args.map((a) => markUpType(a, names)).join(`,${SPACE}`)}]`)}${SPACE}`}${printPath(type.path)}`);
    case "arrow": {
      let { parameter } = type;
      if (type.label.kind === "optional") {
        const p = repr(parameter);
        if (p.desc.kind === "constr" && p.desc.args.length === 1) parameter = p.desc.args[0]!;
      }
      return box("fill", 0, `${printLabel(type.label)}${markUpType(parameter, names, ARROW)} ->${SPACE}${markUp(type.result, parameters, names)}`);
    }
    case "signature": {
      const sign = type.signature;
      markSignature(sign, names);
      const aliased = names.isAliased(sign.self);
      const self = aliased ? `${SPACE}('${names.aliasName(sign.self)})` : "";
      if (aliased) names.bind(sign.self);
      return box("all", 2, `${box("fill", 2, `object${self}`)}${SPACE}${printItems(sign, parameters, names).join(SPACE)}${breakAt(1, -2)}end`);
    }
  }
}

export function printClassType(type: ClassType, names: Names = new Names()): string {
  return layOut(box("fill", 2, `  ${markUp(type, [], names)}`)).slice(2);
}

/** Names the type parameters first, so that they are called as in the source. */
function declaration(keyword: string, name: string, original: readonly TypeExpr[], variance: readonly VarianceBits[], type: ClassType, separator: string): string {
  const names = new Names();
  const parameters = distinct(original);
  iterClassType((t) => names.reserve(t), type);
  const shown = printParameters(parameters, variance, names);
  return box("fill", 2, `${keyword}${SPACE}${shown}${name}${SPACE}${separator}${SPACE}${markUp(type, parameters, names)}`);
}

/** With boxes. */
export function markUpClassDeclaration(name: string, d: ClassDeclaration, isFirst: boolean): string {
  return declaration(`${isFirst ? "class" : "and"}${d.new === undefined ? " virtual" : ""}`, name, d.parameters, d.variance, d.type, ":");
}
export function printClassDeclaration(name: string, d: ClassDeclaration, isFirst: boolean): string {
  return layOut(markUpClassDeclaration(name, d, isFirst));
}

/** With boxes. */
export function markUpClassTypeDeclaration(name: string, d: ClassTypeDeclaration, isFirst: boolean): string {
  const sign = signatureOfClassType(d.type);
  const isVirtual = [...sign.methods.values()].some((m) => m.virtual === "virtual") || [...sign.variables.values()].some((v) => v.virtual === "virtual");
  return declaration(`${isFirst ? "class type" : "and"}${isVirtual ? " virtual" : ""}`, name, d.parameters, d.variance, d.type, "=");
}
export function printClassTypeDeclaration(name: string, d: ClassTypeDeclaration, isFirst: boolean): string {
  return layOut(markUpClassTypeDeclaration(name, d, isFirst));
}
