/**
 * How values of a type are represented, as far as core wants to know: kinds of variables, kinds of arrays, which
 * comparison. Types are looked at with the environment of their node, so that abbreviations and GADT equations count.
 */
import type { ArrayKind, Kind, StoreKind } from "../core/core.ts";
import type { BigarrayElement, BigarrayType, ComparisonType } from "../core/primitives.ts";
import type { Env } from "../typing/env.ts";
import type { Path, TypeExpr } from "../typing/types.ts";
import { expandHead, typeDeclaration } from "./typing-view.ts";

/** What a type's values are. `unknown`: type variables and abstract types. */
export type Shape = "int" | "float" | "string" | "bytes" | "int32" | "int64" | "nativeint" | "lazy" | "address" | "floatarray" | "unknown";

const PREDEFINED: Readonly<Record<string, Shape>> = {
  int: "int",
  char: "int",
  bool: "int",
  unit: "int",
  float: "float",
  string: "string",
  bytes: "bytes",
  int32: "int32",
  int64: "int64",
  nativeint: "nativeint",
  lazy_t: "lazy",
  exn: "address",
  array: "address",
  floatarray: "floatarray",
  list: "address",
  option: "address",
  extension_constructor: "address",
  eff: "address",
  continuation: "address",
};

export function shapeOf(env: Env, type: TypeExpr): Shape {
  const expanded = expandHead(env, type);
  const desc = expanded.desc;
  switch (desc.kind) {
    case "arrow":
    case "tuple":
    case "object":
    case "package":
      return "address";
    case "variant": {
      // Immediate when all the tags that may occur are constant.
      for (const { field } of desc.row.fields) {
        let state = field.state;
        while (state.kind === "link") state = state.to.state;
        if (state.kind === "present" && state.argument !== undefined) return "address";
        if (state.kind === "either" && !state.noArgument) return "address";
        if (state.kind === "either" && state.args.length > 0) return "address";
      }
      return desc.row.closed ? "int" : "address";
    }
    case "poly":
      return shapeOf(env, desc.body);
    case "constr":
      return shapeOfConstructor(env, desc.path, desc.args, 0);
    default:
      return "unknown";
  }
}

function shapeOfConstructor(env: Env, path: Path, args: readonly TypeExpr[], depth: number): Shape {
  if (path.kind === "ident" && path.id.kind === "predef") {
    const shape = PREDEFINED[path.id.name];
    if (shape !== undefined) return shape;
  }
  if (path.kind === "inlineRecord") return "address";
  const declaration = typeDeclaration(env, path);
  if (declaration === undefined) return "unknown";
  if (declaration.immediate !== "unknown") return "int";
  switch (declaration.kind.kind) {
    case "abstract":
      return "unknown";
    case "record": {
      if (!declaration.unboxed) return "address";
      const label = declaration.kind.labels[0];
      return label === undefined || depth > 8 ? "unknown" : unboxedShape(env, label.type, depth);
    }
    case "variant": {
      if (declaration.unboxed || declaration.kind.representation === "unboxed") {
        const only = declaration.kind.constructors[0]?.args;
        const type = only === undefined ? undefined : only.kind === "tuple" ? only.types[0] : only.labels[0]?.type;
        return type === undefined || depth > 8 ? "unknown" : unboxedShape(env, type, depth);
      }
      return declaration.kind.constructors.every((c) => c.args.kind === "tuple" && c.args.types.length === 0) ? "int" : "address";
    }
    case "open":
      return "address";
  }
  void args;
  return "unknown";
}

/** The one field of an unboxed type; a parameter of the type leaves it unknown. */
function unboxedShape(env: Env, type: TypeExpr, depth: number): Shape {
  const desc = expandHead(env, type).desc;
  if (desc.kind === "constr") return shapeOfConstructor(env, desc.path, desc.args, depth + 1);
  return shapeOf(env, type);
}

export function kindOfShape(shape: Shape, runtimeDialect: boolean): Kind {
  if (shape === "int") return "immediate";
  return shape === "nativeint" && runtimeDialect ? "word" : "value";
}

export function kindOfType(env: Env, type: TypeExpr, runtimeDialect: boolean): Kind {
  return kindOfShape(shapeOf(env, type), runtimeDialect);
}

export function comparisonType(env: Env, type: TypeExpr): ComparisonType {
  const shape = shapeOf(env, type);
  switch (shape) {
    case "int":
    case "float":
    case "string":
    case "bytes":
    case "int32":
    case "int64":
    case "nativeint":
      return shape;
    default:
      return "any";
  }
}

/** The kind of an array of elements of this type. */
export function arrayKindOfElement(env: Env, element: TypeExpr): ArrayKind {
  const shape = shapeOf(env, element);
  switch (shape) {
    case "int":
      return "immediate";
    case "float":
      return "float";
    case "unknown":
    // Forcing makes a lazy value short-cut to what it computed, which may be a float.
    case "lazy":
      return "any";
    default:
      return "address";
  }
}

/** The kind of an array, from the array's own type. */
export function arrayKind(env: Env, type: TypeExpr): ArrayKind {
  const desc = expandHead(env, type).desc;
  if (desc.kind !== "constr") return "any";
  if (desc.path.kind === "ident" && desc.path.id.kind === "predef") {
    if (desc.path.id.name === "floatarray") return "float";
    if (desc.path.id.name === "array" && desc.args[0] !== undefined) return arrayKindOfElement(env, desc.args[0]);
  }
  return "any";
}

export function storeKind(env: Env, type: TypeExpr): StoreKind {
  return shapeOf(env, type) === "int" ? "immediate" : "pointer";
}

const ELEMENTS: Readonly<Record<string, BigarrayElement>> = {
  float16_elt: "float16",
  float32_elt: "float32",
  float64_elt: "float64",
  int8_signed_elt: "int8",
  int8_unsigned_elt: "uint8",
  int16_signed_elt: "int16",
  int16_unsigned_elt: "uint16",
  int32_elt: "int32",
  int64_elt: "int64",
  int_elt: "int",
  nativeint_elt: "nativeint",
  complex32_elt: "complex32",
  complex64_elt: "complex64",
};

/** Element and layout of a `Bigarray.Genarray.t` or `Bigarray.ArrayN.t`: its second and third parameters. */
export function bigarrayType(env: Env, type: TypeExpr): BigarrayType {
  const desc = expandHead(env, type).desc;
  if (desc.kind !== "constr" || desc.args.length !== 3) return { element: undefined, layout: undefined };
  const elementName = constructorName(env, desc.args[1]!);
  const layoutName = constructorName(env, desc.args[2]!);
  let element = elementName === undefined ? undefined : ELEMENTS[elementName];
  if (element === "uint8" && constructorName(env, desc.args[0]!) === "char") element = "char";
  return { element, layout: layoutName === "c_layout" ? "c" : layoutName === "fortran_layout" ? "fortran" : undefined };
}

function constructorName(env: Env, type: TypeExpr): string | undefined {
  const desc = expandHead(env, type).desc;
  if (desc.kind !== "constr") return undefined;
  return desc.path.kind === "ident" ? desc.path.id.name : desc.path.kind === "dot" ? desc.path.name : undefined;
}
