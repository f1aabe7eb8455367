/**
 * What evaluating an expression can do, judged from the typed tree before anything is translated: decides which
 * top-level bindings must be kept when nothing refers to them, and which functor instances can be shared.
 */
import type { ClassExpr, Expression, ModuleExpr, Pattern, Structure } from "../typing/typedtree.ts";

/**
 * - `pure`: may be dropped, moved and shared.
 * - `generative`: may be dropped; makes something with an identity or state of its own.
 * - `effectful`: must happen, once, in its place.
 */
export type Purity = "pure" | "generative" | "effectful";

export function worst(x: Purity, y: Purity): Purity {
  return x === "effectful" || y === "effectful" ? "effectful" : x === "generative" || y === "generative" ? "generative" : "pure";
}

const PURE_OPERATIONS = new Set(
  `identity bytes_to_string bytes_of_string obj_magic ignore boolnot sequand sequor big_endian backend_type word_size int_size max_wosize ostype_unix
  ostype_win32 ostype_cygwin frame_pointers negint succint predint addint subint mulint andint orint xorint lslint lsrint asrint eq noteq ltint leint gtint geint
  floatofint intoffloat negfloat absfloat addfloat subfloat mulfloat divfloat eqfloat noteqfloat ltfloat lefloat gtfloat gefloat string_length bytes_length array_length
  nativeint_of_int nativeint_to_int int32_of_int int32_to_int int64_of_int int64_to_int nativeint_of_int32 nativeint_to_int32 int64_of_int32 int64_to_int32
  int64_of_nativeint int64_to_nativeint makeblock raw_static raw_symbol loc_LOC loc_FILE loc_LINE loc_POS loc_MODULE loc_FUNCTION morgana_float_of_bits morgana_float_bits`
    .split(/\s+/)
    .map((name) => `%${name}`),
);
for (const type of ["nativeint", "int32", "int64"]) for (const op of ["neg", "add", "sub", "mul", "and", "or", "xor", "lsl", "lsr", "asr"]) PURE_OPERATIONS.add(`%${type}_${op}`);
for (const name of ["caml_int64_float_of_bits", "caml_int64_bits_of_float"]) PURE_OPERATIONS.add(name);
/** Integer division by a literal other than zero cannot raise. */
const DIVISIONS = new Set(["%divint", "%modint"]);

export function purityOf(e: Expression): Purity {
  const desc = e.desc;
  switch (desc.kind) {
    case "ident":
    case "constant":
    case "function":
    case "extensionConstructor":
      return "pure";
    case "lazy":
      return "generative";
    case "tuple":
      return all(desc.components);
    case "construct":
      return purityOfConstruction(e);
    case "variant":
      return desc.argument === undefined ? "pure" : purityOf(desc.argument);
    case "record": {
      let purity: Purity = desc.base === undefined ? "pure" : purityOf(desc.base);
      for (const field of desc.fields) {
        if (field.label.mutable === "mutable") purity = worst(purity, "generative");
        if (field.kind === "overridden") purity = worst(purity, purityOf(field.expression));
      }
      return purity;
    }
    case "array":
      return desc.elements.length === 0 ? "pure" : worst("generative", all(desc.elements));
    case "field":
      return desc.label.mutable === "mutable" ? worst("generative", purityOf(desc.record)) : purityOf(desc.record);
    case "ifthenelse":
      return worst(purityOf(desc.condition), worst(purityOf(desc.then), desc.else === undefined ? "pure" : purityOf(desc.else)));
    case "sequence":
      return all(desc.expressions);
    case "let": {
      let purity = purityOf(desc.body);
      for (const binding of desc.bindings) purity = worst(purity, isSimplePattern(binding.pattern) ? purityOf(binding.expression) : "effectful");
      return purity;
    }
    case "pack":
      return desc.module.desc.kind === "ident" || (desc.module.desc.kind === "constraint" && desc.module.desc.module.desc.kind === "ident") ? "pure" : "effectful";
    case "apply": {
      if (desc.function.desc.kind !== "ident") return "effectful";
      const kind = desc.function.desc.description.valueKind;
      if (kind.kind !== "primitive") return "effectful";
      let purity: Purity = "pure";
      for (const arg of desc.args) {
        if (arg.argument.kind === "omitted") return "effectful";
        purity = worst(purity, purityOf(arg.argument.expression));
      }
      if (desc.args.length > kind.primitive.arity) return "effectful";
      const name = kind.primitive.name;
      if (PURE_OPERATIONS.has(name) || desc.args.length < kind.primitive.arity) return purity;
      if (name === "%makemutable") return worst(purity, "generative");
      const divisor = desc.args[1]?.argument;
      if (DIVISIONS.has(name) && divisor?.kind === "expression" && divisor.expression.desc.kind === "constant") {
        const constant = divisor.expression.desc.constant;
        if (constant.kind === "int" && constant.value !== 0n) return purity;
      }
      return "effectful";
    }
    default:
      return "effectful";
  }
}

/** Goes down last arguments in a loop: a list that is written out is as deep as it is long. */
function purityOfConstruction(e: Expression): Purity {
  let purity: Purity = "pure";
  let rest = e;
  for (; rest.desc.kind === "construct" && rest.desc.args.length > 0; rest = rest.desc.args.at(-1)!) purity = worst(purity, all(rest.desc.args.slice(0, -1)));
  return rest.desc.kind === "construct" ? purity : worst(purity, purityOf(rest));
}

function all(expressions: readonly Expression[]): Purity {
  let purity: Purity = "pure";
  for (const e of expressions) purity = worst(purity, purityOf(e));
  return purity;
}

/** A pattern that matches without a test that could fail and without forcing anything. */
export function isSimplePattern(p: Pattern): boolean {
  switch (p.desc.kind) {
    case "any":
    case "var":
      return true;
    case "alias":
      return isSimplePattern(p.desc.pattern);
    case "tuple":
      return p.desc.components.every(isSimplePattern);
    case "record":
      return p.desc.fields.every((field) => isSimplePattern(field.pattern));
    case "construct":
      return p.desc.constructor.constants + p.desc.constructor.nonConstants === 1 && p.desc.args.every(isSimplePattern);
    default:
      return false;
  }
}

/** Class definitions only make tables, unless the `let`s that they begin with, which are evaluated with them, compute. */
export function purityOfClass(c: ClassExpr): Purity {
  let purity: Purity = "generative";
  for (let e = c; e.desc.kind === "let"; e = e.desc.body) {
    for (const binding of e.desc.bindings) purity = worst(purity, isSimplePattern(binding.pattern) ? purityOf(binding.expression) : "effectful");
  }
  return purity;
}

/** Whether all of a functor body's items are pure, so that its instances on equal arguments cannot be told apart. */
export function isShareableBody(m: ModuleExpr): boolean {
  switch (m.desc.kind) {
    case "ident":
    case "functor":
      return true;
    case "structure":
      return isShareableStructure(m.desc.structure);
    case "constraint":
      return isShareableBody(m.desc.module);
    case "apply":
    case "applyunit":
    case "unpack":
      return false;
  }
}

function isShareableStructure(structure: Structure): boolean {
  return structure.items.every(({ desc }) => {
    switch (desc.kind) {
      case "value":
        return desc.bindings.every((binding) => isSimplePattern(binding.pattern) && purityOf(binding.expression) === "pure");
      case "deferred":
        return desc.areFunctions || desc.bindings().every((binding) => purityOf(binding.expression) === "pure");
      case "eval":
        return purityOf(desc.expression) === "pure";
      case "module":
        return isShareableBody(desc.binding.module);
      case "include":
        return isShareableBody(desc.module);
      case "open":
        return isShareableBody(desc.declaration.module);
      case "typext":
        return desc.constructors.every((constructor) => constructor.definition.kind === "rebind");
      case "exception":
        return desc.constructor.definition.kind === "rebind";
      case "recmodule":
      case "class":
        return false;
      case "primitive":
      case "type":
      case "modtype":
      case "classtype":
      case "attribute":
        return true;
    }
  });
}
