/** Typing of patterns, with equations from GADT constructors. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, endDef, getLevel, isStaticRow, newConstr, newType, newVar, repr, rowFieldState, rowRepr } from "./btype.ts";
import { ghostly, patternWith } from "./copies.ts";
import { addModuleDeclaration, addValue, addVariable, freshUid, lookupAllConstructors, lookupType, type Env } from "./env.ts";
import { chooseConstructor, chooseLabels, expectedOwner, levelled } from "./disambiguate.ts";
import { expandHead } from "./expand.ts";
import { createScoped } from "./ident.ts";
import { copyGeneric, duplicate, generalize, generalizeStructure, instance, instancePoly } from "./levels.ts";
import { openIn } from "./opens.ts";
import { longidentName, samePath } from "./path.ts";
import { typeArray, typeChar, typeExn, typeFloat, typeInt, typeInt32, typeInt64, typeLazy, typeNativeint, typeString } from "./predef.ts";
import { Names, printType } from "./print-type.ts";
import { freeVariables } from "./datarepr.ts";
import { explainMismatch, literalHint } from "./type-errors.ts";
import { translateType } from "./typetexp.ts";
import type * as T from "./typedtree.ts";
import { newExistential, unify, unifyGadt, UnifyError, updateLevel, type Equations } from "./unify.ts";
import { addTag } from "./unify-rows.ts";
import { watch } from "./usage.ts";
import { warn } from "./warnings.ts";
import type { ConstructorDescription, Ident, LabelDescription, ModuleType, Path, RowDesc, RowFieldCell, TypeExpr } from "./types.ts";

const error = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** A variable bound by a pattern. */
export interface PatternVariable {
  readonly id: Ident;
  readonly type: TypeExpr;
  readonly loc: Location;
  /** An unpacked module. */
  readonly module: T.UnpackedModule | undefined;
  /** Bound by `as`. */
  readonly alias: boolean;
  readonly attributes: Ast.Attributes;
  readonly uid: number;
}

/** What typing a pattern accumulates. */
export interface PatternState {
  /** The environment with equations and existential types. */
  readonly equations: Equations;
  /** Whether constructors of GADTs give equations and existential types here. */
  readonly gadts: boolean;
  variables: PatternVariable[];
  /** Whether `(module M)` patterns may stand here. */
  readonly modules?: boolean;
  /** Variables that have been made. */
  readonly ids?: readonly Ident[] | undefined;
}

/** What `(module M : S)` patterns need from the module checker. */
export type PackageModuleType = (env: Env, loc: Location, path: Path, constraints: readonly { readonly path: readonly string[]; readonly type: TypeExpr }[]) => ModuleType;
let packageModuleType: PackageModuleType = (_env, loc) => error(loc, "modules are not available here");
export function setPackageModuleType(f: PackageModuleType): void {
  packageModuleType = f;
}

export function translateConstant(constant: Ast.Constant, loc: Location): T.Constant {
  switch (constant.kind) {
    case "char":
      return { kind: "char", value: constant.value };
    case "string":
      return { kind: "string", value: constant.value, loc: constant.loc };
    case "float":
      if (constant.suffix !== "") error(loc, `Unknown modifier '${constant.suffix}' for literal ${constant.value}${constant.suffix}`);
      return { kind: "float", value: constant.value };
    case "integer": {
      const text = constant.value;
      const negative = text.startsWith("-");
      const digits = (negative ? text.slice(1) : text).replace(/^0u/, "");
      const magnitude = BigInt(digits);
      const value = negative ? -magnitude : magnitude;
      const radix = /^0[xXoObB]/.test(digits);
      const fit = (bits: bigint, what: string): bigint => {
        // Hexadecimal and the like may use all bits. Decimal ones go one beyond the largest, which wraps: `-` may stand before.
        const limit = 1n << (bits - 1n);
        if (magnitude > (radix ? limit * 2n - 1n : limit)) error(loc, `Integer literal exceeds the range of representable integers of type ${what}`);
        return BigInt.asIntN(Number(bits), value);
      };
      switch (constant.suffix) {
        case "":
          return { kind: "int", value: fit(63n, "int") };
        case "l":
          return { kind: "int32", value: fit(32n, "int32") };
        case "L":
          return { kind: "int64", value: fit(64n, "int64") };
        case "n":
          return { kind: "nativeint", value: fit(64n, "nativeint") };
        default:
          return error(loc, `Unknown modifier '${constant.suffix}' for literal ${constant.value}${constant.suffix}`);
      }
    }
  }
}

export function typeOfConstant(constant: T.Constant): TypeExpr {
  switch (constant.kind) {
    case "int":
      return typeInt();
    case "char":
      return typeChar();
    case "string":
      return typeString();
    case "float":
      return typeFloat();
    case "int32":
      return typeInt32();
    case "int64":
      return typeInt64();
    case "nativeint":
      return typeNativeint();
  }
}

function unifyPattern(state: PatternState, loc: Location, actual: TypeExpr, expected: TypeExpr): void {
  unifyPatternTypes(state.equations.env, loc, actual, expected);
}
/** `literal`: what the pattern is, which another way of writing may make right. */
export function unifyPatternTypes(env: Env, loc: Location, actual: TypeExpr, expected: TypeExpr, literal?: T.Constant): void {
  try {
    unify(env, actual, expected);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    error(loc, explainMismatch(env, e, actual, expected, "This pattern matches values of type", "but a pattern was expected which matches values of type") + (literal === undefined ? "" : literalHint(env, literal, expected)));
  }
}

function bind(state: PatternState, name: Ast.Loc<string>, type: TypeExpr, alias: boolean, attributes: Ast.Attributes, module?: T.UnpackedModule, place: Location = name.loc): Ident {
  if (state.variables.some((v) => v.id.name === name.value)) error(place, `Variable ${name.value} is bound several times in this matching`);
  const id = state.ids?.find((known) => known.name === name.value) ?? createScoped(name.value, module === undefined ? 0 : getLevel());
  state.variables.push({ id, type, loc: place, module, alias, attributes, uid: freshUid() });
  return id;
}

/** Constructor arguments and result for a use, with fresh variables; existentials fresh abstract types in patterns. */
export function instanceConstructor(c: ConstructorDescription, existentials?: (name: string, index: number) => TypeExpr): { args: TypeExpr[]; result: TypeExpr } {
  const memo = new Map<TypeExpr, TypeExpr>();
  if (existentials !== undefined) c.existentials.forEach((e, i) => memo.set(repr(e), existentials(e.desc.kind === "var" && e.desc.name !== undefined ? `$${e.desc.name}` : `$${c.name}`, i)));
  return { args: c.args.map((a) => copyGeneric(a, memo)), result: copyGeneric(c.result, memo) };
}

/** Field and record type of a label for a use; a polymorphic field as an instance of it, with its bound variables. */
export function instanceLabel(l: LabelDescription, fixed = false): { field: TypeExpr; record: TypeExpr; variables: TypeExpr[] } {
  const memo = new Map<TypeExpr, TypeExpr>();
  const record = copyGeneric(l.result, memo);
  const field = repr(copyGeneric(l.type, memo));
  if (field.desc.kind !== "poly") return { field, record, variables: [] };
  const { variables, body } = instancePoly(field.desc.variables, field.desc.body, fixed, false);
  return { field: body, record, variables };
}

// ---------------------------------------------------------------- patterns

const VARIANT_PATTERN = "This variant pattern is expected to have";
const RECORD_PATTERN = "This record pattern is expected to have";

export function typePattern(state: PatternState, source: Ast.Pattern, expected: TypeExpr): T.Pattern {
  const { desc, loc } = source;
  const make = (d: T.PatternDesc, type: TypeExpr = expected): T.Pattern => ({ desc: d, loc, type, env: state.equations.env, attributes: source.attributes, extra: [] });
  switch (desc.kind) {
    case "any":
      return make({ kind: "any" });
    case "var": {
      const type = instance(expected);
      return make({ kind: "var", id: bind(state, desc.name, type, false, source.attributes, undefined, loc), name: desc.name }, type);
    }
    case "alias": {
      const pattern = typePattern(state, desc.pattern, expected);
      beginDef();
      const type = aliasType(state, pattern);
      endDef();
      generalize(type);
      return make({ kind: "alias", pattern, id: bind(state, desc.name, type, true, source.attributes, undefined, loc), name: desc.name }, pattern.type);
    }
    case "constant": {
      const constant = translateConstant(desc.constant, loc);
      unifyPatternTypes(state.equations.env, loc, typeOfConstant(constant), instance(expected), constant);
      return make({ kind: "constant", constant });
    }
    case "interval": {
      if (desc.low.kind !== "char" || desc.high.kind !== "char") return error(loc, "Only character intervals are supported in patterns.");
      unifyPattern(state, loc, typeChar(), instance(expected));
      const low = Math.min(desc.low.value, desc.high.value);
      const high = Math.max(desc.low.value, desc.high.value);
      const ghost = ghostly(loc);
      const one = (value: number): T.Pattern => (patternWith(make({ kind: "constant", constant: { kind: "char", value } }), { loc: ghost }));
      let result = one(low);
      for (let c = low + 1; c <= high; c++) result = patternWith(make({ kind: "or", left: result, right: one(c), row: undefined }), { loc: ghost });
      return patternWith(result, { loc });
    }
    case "tuple": {
      const types = desc.components.map(() => newVar());
      unifyPattern(state, loc, newType({ kind: "tuple", components: types }), instance(expected));
      return make({ kind: "tuple", components: desc.components.map((p, i) => typePattern(state, p, types[i]!)) });
    }
    case "construct":
      return typeConstructPattern(state, source, desc, expected, make);
    case "variant": {
      const argumentType = desc.argument === undefined ? undefined : newVar();
      const field: RowFieldCell = { state: { kind: "either", noArgument: argumentType === undefined, args: argumentType === undefined ? [] : [argumentType], matched: true } };
      const wanted = instance(expected);
      let row = addTag(state.equations.env, wanted, desc.label, field);
      if (row === undefined) {
        row = { fields: [{ label: desc.label, field }], more: newVar(), closed: false, fixed: undefined, name: undefined };
        unifyPattern(state, loc, newType({ kind: "variant", row }), wanted);
      }
      const argument = desc.argument === undefined ? undefined : typePattern(state, desc.argument, argumentType!);
      return make({ kind: "variant", label: desc.label, argument, row: { value: row } });
    }
    case "record": {
      const owner = expectedOwner(state.equations.env, expected, "record", RECORD_PATTERN);
      const labels = chooseLabels(state.equations.env, loc, desc.fields.map((f) => f.ident), owner, false, "read");
      const seen = new Set<string>();
      const fields = desc.fields.map((f, i) => ({ ident: f.ident, source: f.pattern, label: labels[i]! })).sort((p, q) => p.label.position - q.label.position);
      const recordType = newVar();
      if (owner !== undefined) unifyPattern(state, loc, recordType, instance(expected));
      const typed = fields.map(({ ident, source: sub, label }) => {
        beginDef();
        const { field, record } = instanceLabel(label);
        try {
          unify(state.equations.env, record, instance(owner === undefined ? recordType : expected));
        } catch (e) {
          if (!(e instanceof UnifyError)) throw e;
          error(ident.loc, labelMismatch(state.equations.env, e, ident, record, expected));
        }
        endDef();
        generalizeStructure(field);
        return { ident, label, pattern: typePattern(state, sub, field) };
      });
      for (const f of typed) {
        if (seen.has(f.label.name)) error(loc, `The record field label ${f.label.name} is defined several times`);
        seen.add(f.label.name);
      }
      if (owner === undefined) unifyPattern(state, loc, recordType, instance(expected));
      if (desc.closed === "closed" && typed.length < typed[0]!.label.all.length) {
        const missing = typed[0]!.label.all.filter((l) => !seen.has(l.name)).map((l) => l.name);
        warn(loc, 9, `the following labels are not bound in this record pattern:\n${missing.join(", ")}\nEither bind these labels explicitly or add '; _' to the pattern.`);
      } else if (desc.closed === "open" && typed.length === typed[0]!.label.all.length) void 0;
      return make({ kind: "record", fields: typed, closed: desc.closed });
    }
    case "array": {
      const element = newVar();
      unifyPattern(state, loc, levelled(typeArray(element)), instance(expected));
      return make({ kind: "array", elements: desc.elements.map((p) => typePattern(state, p, element)) });
    }
    case "or":
      return typeOrPattern(state, source, expected, make);
    case "constraint": {
      if (desc.pattern.desc.kind === "unpack") {
        const type = translateType(state.equations.env, desc.type);
        if (expandHead(state.equations.env, type).desc.kind !== "package") return error(desc.type.loc, "The type of this packed module is not a package type");
        return typeUnpackPattern(state, desc.pattern, desc.pattern.desc.name, type, expected, source);
      }
      beginDef();
      const annotated = translateType(state.equations.env, desc.type);
      endDef();
      const poly = repr(annotated);
      if (poly.desc.kind === "poly" && desc.pattern.desc.kind === "var") {
        generalizeStructure(annotated);
        unifyPattern(state, desc.pattern.loc, annotated, instance(expected));
        beginDef();
        const { body } = instancePoly(poly.desc.variables, poly.desc.body);
        endDef();
        generalize(body);
        const { name } = desc.pattern.desc;
        return patternWith(make({ kind: "var", id: bind(state, name, body, false, source.attributes, undefined, desc.pattern.loc), name }, annotated), { loc: desc.pattern.loc, extra: [{ kind: "constraint", type: desc.type, loc }] });
      }
      generalizeStructure(annotated);
      unifyPattern(state, loc, instance(annotated), instance(expected));
      const pattern = typePattern(state, desc.pattern, annotated);
      const type = instance(annotated);
      // The variable of `(x : t)` has the annotation's type, whatever else the context knows of it.
      return patternWith(pattern, { type, loc: pattern.loc, extra: [...pattern.extra, { kind: "constraint", type: desc.type, loc }] });
    }
    case "type":
      return typeHashPattern(state, source, desc.ident, expected, make);
    case "lazy": {
      const inner = newVar();
      unifyPattern(state, loc, levelled(typeLazy(inner)), instance(expected));
      return make({ kind: "lazy", pattern: typePattern(state, desc.pattern, inner) });
    }
    case "unpack": {
      const type = instance(expected);
      const module: T.UnpackedModule = { loc, type: undefined };
      const whole: Omit<T.Pattern, "desc"> = { loc, type, env: state.equations.env, attributes: source.attributes, extra: [{ kind: "unpack", module, loc }] };
      const { value } = desc.name;
      if (value === undefined) return { desc: { kind: "any" }, ...whole };
      if (state.modules === false) return error(loc, "Modules are not allowed in this pattern.");
      const name = { value, loc: desc.name.loc };
      return { desc: { kind: "var", id: bind(state, name, type, false, [], module), name }, ...whole };
    }
    case "exception":
      return error(loc, "Exception patterns are not allowed in this position.");
    case "effect":
      return error(loc, "Effect patterns are not allowed in this position.");
    case "open": {
      const { path, env: inner } = openIn(state.equations.env, { ident: desc.ident, override: "fresh", loc });
      const equations: Equations = { env: inner, level: state.equations.level };
      const innerState: PatternState = { ...state, equations };
      const pattern = typePattern(innerState, desc.pattern, expected);
      state.variables = innerState.variables;
      state.equations.env = state.equations.env.with({ types: withLocalTypes(state.equations.env, equations.env), localEquations: state.equations.env.localEquations || equations.env.localEquations });
      return patternWith(pattern, { extra: [...pattern.extra, { kind: "open", path, env: inner, loc }] });
    }
    case "extension":
      return error(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    case "error":
      return make({ kind: "any" });
  }
}

/** The types of the environment inside `M.(p)` when the pattern added some: only existentials and equations, by identity. */
function withLocalTypes(outer: Env, inner: Env): Env["types"] {
  return inner.localEquations && !outer.localEquations ? inner.types : inner.localEquations ? inner.types : outer.types;
}

export function labelMismatch(env: Env, e: UnifyError, ident: Ast.Loc<Ast.Longident>, label: TypeExpr, expected: TypeExpr): string {
  return explainMismatch(env, e, label, expected, `The record field ${longidentName(ident.value)} belongs to the type`, "but is mixed here with fields of type");
}

/** `p as x`: where the pattern selects constructors or tags, x has just those. */
function aliasType(state: PatternState, pattern: T.Pattern): TypeExpr {
  let type = aliasTypeOf(state, pattern);
  const { env } = state.equations;
  for (const extra of pattern.extra) {
    if (extra.kind !== "constraint") continue;
    const annotated = instance(pattern.type);
    unifyPatternTypes(env, pattern.loc, instance(type), annotated);
    type = annotated;
  }
  return type;
}
function aliasTypeOf(state: PatternState, p: T.Pattern): TypeExpr {
  const { desc } = p;
  const { env } = state.equations;
  switch (desc.kind) {
    case "alias":
      return aliasType(state, desc.pattern);
    case "tuple":
      return newType({ kind: "tuple", components: desc.components.map((c) => aliasType(state, c)) });
    case "construct": {
      const c = desc.constructor;
      if (c.private === "private" || c.existentials.length > 0) return p.type;
      const types = desc.args.map((a) => aliasType(state, a));
      const { args, result } = instanceConstructor(c);
      args.forEach((a, i) => unifyPatternTypes(env, desc.args[i]!.loc, types[i]!, a));
      return result;
    }
    case "variant": {
      const argument = desc.argument === undefined ? undefined : aliasType(state, desc.argument);
      return newType({ kind: "variant", row: { fields: [{ label: desc.label, field: { state: { kind: "present", argument } } }], more: newVar(), closed: false, fixed: undefined, name: undefined } });
    }
    case "record": {
      const first = desc.fields[0]!.label;
      if (first.private === "private") return p.type;
      const type = newVar();
      for (const label of first.all) {
        const { field, record } = instanceLabel(label);
        unifyPatternTypes(env, p.loc, type, record);
        const given = desc.fields.find((f) => f.label.position === label.position);
        if (given !== undefined && label.mutable === "immutable" && repr(label.type).desc.kind !== "poly") unifyPatternTypes(env, given.pattern.loc, aliasType(state, given.pattern), field);
        else {
          const other = instanceLabel(label);
          unify(env, field, other.field);
          unifyPatternTypes(env, p.loc, p.type, other.record);
        }
      }
      return type;
    }
    case "or": {
      if (desc.row !== undefined) return newType({ kind: "variant", row: { ...rowRepr(desc.row), more: newVar(), closed: false } });
      const left = aliasType(state, desc.left);
      const right = aliasType(state, desc.right);
      unifyPatternTypes(env, desc.right.loc, right, left);
      return left;
    }
    default:
      return p.type;
  }
}

function typeOrPattern(state: PatternState, source: Ast.Pattern, expected: TypeExpr, make: (d: T.PatternDesc) => T.Pattern): T.Pattern {
  // Long alternatives nest on the left: they are typed by a loop.
  const rights: Ast.Pattern[] = [];
  let first = source;
  while (first.desc.kind === "or") {
    rights.push(first);
    first = first.desc.left;
  }
  rights.reverse();
  const before = state.variables;
  const outerLevel = getLevel();
  beginDef();
  const level = getLevel();
  // Its nodes are from outside: equations of an alternative are told of copies.
  const type = state.gadts ? duplicate(expected) : expected;
  const alternative = (p: Ast.Pattern): { pattern: T.Pattern; variables: PatternVariable[]; env: Env } => {
    const inner: PatternState = { ...state, equations: { env: state.equations.env, level: state.gadts ? level : state.equations.level }, variables: before.slice() };
    const pattern = typePattern(inner, p, type);
    return { pattern, variables: inner.variables.slice(before.length), env: inner.equations.env };
  };
  const left = alternative(first);
  const others = rights.map((r) => ({ whole: r, ...alternative((r.desc as Extract<Ast.PatternDesc, { kind: "or" }>).right) }));
  endDef();
  // Types that only hold in one alternative must not be those of variables.
  for (const side of [left, ...others])
    for (const v of side.variables) {
      try {
        updateLevel(side.env, v.type, outerLevel);
      } catch (e) {
        if (!(e instanceof UnifyError)) throw e;
        error(v.loc, `This pattern has type ${printType(v.type)}\n       The type of this variable is only known in one of the alternatives, it would escape its scope`);
      }
    }
  let result = left.pattern;
  for (const other of others) {
    const { loc } = other.whole;
    const renaming = agreeingVariables(state.equations.env, loc, left.variables, other.variables);
    result = patternWith(make({ kind: "or", left: result, right: renamePattern(other.pattern, renaming), row: undefined }), { loc, attributes: other.whole.attributes });
  }
  state.variables = [...before, ...left.variables];
  return result;
}

/** The variables of two alternatives must be the same, with the same types. Gives what makes those of the right those of the left. */
export function agreeingVariables(env: Env, loc: Location, left: readonly PatternVariable[], right: readonly PatternVariable[]): Map<Ident, Ident> {
  const renaming = new Map<Ident, Ident>();
  for (const v of left) {
    const w = right.find((x) => x.id.name === v.id.name);
    if (w === undefined) return error(loc, `Variable ${v.id.name} must occur on both sides of this | pattern`);
    renaming.set(w.id, v.id);
    try {
      unify(env, v.type, w.type);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      const names = new Names();
      error(loc, `The variable ${v.id.name} on the left-hand side of this or-pattern has type ${printType(v.type, names)}\n       but on the right-hand side it has type ${printType(w.type, names)}`);
    }
  }
  for (const w of right) if (!left.some((v) => v.id.name === w.id.name)) error(loc, `Variable ${w.id.name} must occur on both sides of this | pattern`);
  return renaming;
}

function typeHashPattern(state: PatternState, source: Ast.Pattern, ident: Ast.Loc<Ast.Longident>, expected: TypeExpr, make: (d: T.PatternDesc, type?: TypeExpr) => T.Pattern): T.Pattern {
  const { path, data } = lookupType(ident.loc, ident.value, state.equations.env);
  const args = data.parameters.map(() => newVar());
  const expanded = expandHead(state.equations.env, newConstr(path, args));
  if (expanded.desc.kind !== "variant" || !isStaticRow(expanded.desc.row)) return error(ident.loc, `The type ${longidentName(ident.value)}\n       is not a variant type`);
  const whole = rowRepr(expanded.desc.row);
  const fields = whole.fields.flatMap((f) => {
    const s = rowFieldState(f.field);
    if (s.kind !== "present") return [];
    const cell: RowFieldCell = { state: { kind: "either", noArgument: s.argument === undefined, args: s.argument === undefined ? [] : [s.argument], matched: true } };
    return [{ label: f.label, argument: s.argument, cell }];
  });
  if (fields.length === 0) return error(ident.loc, `The type ${longidentName(ident.value)}\n       is not a variant type`);
  const row: RowDesc = { fields: fields.map((f) => ({ label: f.label, field: f.cell })), more: newVar(), closed: false, fixed: undefined, name: { path, args } };
  const type = newType({ kind: "variant", row });
  unifyPattern(state, source.loc, type, instance(expected));
  const ghost = ghostly(source.loc);
  const alternatives = fields.map((f) => (patternWith(make({ kind: "variant", label: f.label, argument: f.argument === undefined ? undefined : make({ kind: "any" }, f.argument), row: { value: row } }, type), { loc: ghost })));
  let result = alternatives[0]!;
  for (const p of alternatives.slice(1)) result = patternWith(make({ kind: "or", left: result, right: p, row: whole }, type), { loc: ghost });
  return patternWith(result, { loc: source.loc, extra: [{ kind: "type", path, loc: source.loc }] });
}

function typeUnpackPattern(state: PatternState, source: Ast.Pattern, name: Ast.Loc<string | undefined>, type: TypeExpr, expected: TypeExpr, whole: Ast.Pattern): T.Pattern {
  unifyPattern(state, whole.loc, type, instance(expected));
  const p = expandHead(state.equations.env, type);
  if (p.desc.kind !== "package") return error(source.loc, "a package type was expected");
  const module: T.UnpackedModule = { loc: source.loc, type: packageModuleType(state.equations.env, source.loc, p.desc.path, p.desc.constraints) };
  const base: Omit<T.Pattern, "desc"> = { loc: whole.loc, type, env: state.equations.env, attributes: source.attributes, extra: [{ kind: "unpack", module, loc: source.loc }] };
  if (name.value === undefined) return { desc: { kind: "any" }, ...base };
  if (state.modules === false) return error(source.loc, "Modules are not allowed in this pattern.");
  const id = bind(state, { value: name.value, loc: name.loc }, type, false, [], module);
  return { desc: { kind: "var", id, name: { value: name.value, loc: name.loc } }, ...base };
}

function typeConstructPattern(state: PatternState, source: Ast.Pattern, desc: Extract<Ast.PatternDesc, { kind: "construct" }>, expected: TypeExpr, make: (d: T.PatternDesc) => T.Pattern): T.Pattern {
  // Lists nest on the right: a loop along the last arguments.
  interface Frame {
    readonly source: Ast.Pattern;
    readonly desc: Extract<Ast.PatternDesc, { kind: "construct" }>;
    readonly constructor: ConstructorDescription;
    readonly before: T.Pattern[];
    readonly type: TypeExpr;
    readonly env: Env;
  }
  const frames: Frame[] = [];
  let here = source;
  let d = desc;
  let type = expected;
  let result: T.Pattern;
  for (;;) {
    const { constructor, given, args } = constructorPattern(state, here, d, type);
    const last = given[given.length - 1];
    if (last !== undefined && last.desc.kind === "construct" && last.attributes.length === 0) {
      const before = given.slice(0, -1).map((p, i) => typePattern(state, p, args[i]!));
      frames.push({ source: here, desc: d, constructor, before, type, env: state.equations.env });
      here = last;
      d = last.desc;
      type = args[args.length - 1]!;
      continue;
    }
    const typed = given.map((p, i) => typePattern(state, p, args[i]!));
    result = patternWith(make({ kind: "construct", ident: d.ident, constructor, args: typed }), { loc: here.loc, type, attributes: here.attributes });
    break;
  }
  while (frames.length > 0) {
    const f = frames.pop()!;
    result = { desc: { kind: "construct", ident: f.desc.ident, constructor: f.constructor, args: [...f.before, result] }, loc: f.source.loc, type: f.type, env: state.equations.env, attributes: f.source.attributes, extra: [] };
  }
  return result;
}

function constructorPattern(state: PatternState, source: Ast.Pattern, desc: Extract<Ast.PatternDesc, { kind: "construct" }>, expected: TypeExpr): { constructor: ConstructorDescription; given: readonly Ast.Pattern[]; args: readonly TypeExpr[] } {
  const { loc } = source;
  const { env } = state.equations;
  const owner = expectedOwner(env, expected, "variant", VARIANT_PATTERN);
  const constructor = chooseConstructor(env, desc.ident, owner, "match");
  if (!state.gadts && constructor.existentials.length > 0) error(loc, `Existential types are not allowed in this kind of pattern:\n       the constructor ${constructor.name} introduces existential types.`);
  const argument = desc.argument?.pattern;
  let given: readonly Ast.Pattern[];
  if (argument === undefined) given = [];
  else if (argument.desc.kind === "tuple" && argument.attributes.length === 0 && (constructor.arity > 1 || constructor.arity === 0)) given = argument.desc.components;
  else if (argument.desc.kind === "any" && desc.argument!.types.length === 0 && constructor.arity === 0) {
    warn(argument.loc, 28, "wildcard pattern given as argument to a constant constructor");
    given = [];
  } else if (argument.desc.kind === "any" && constructor.arity > 1 && desc.argument!.types.length === 0) given = Array.from({ length: constructor.arity }, () => argument);
  else if (desc.argument!.types.length > 0 && argument.desc.kind === "constraint" && argument.desc.pattern.desc.kind === "tuple" && constructor.arity > 1) given = argument.desc.pattern.desc.components;
  else given = [argument];
  if (constructor.inlined !== undefined && given.length === 1) {
    const kind = given[0]!.desc.kind;
    if (kind !== "var" && kind !== "any" && kind !== "record" && kind !== "alias" && kind !== "or" && kind !== "open" && kind !== "constraint") error(given[0]!.loc, "This constructor expects an inlined record argument.");
  }
  if (given.length !== constructor.arity) error(loc, `The constructor ${longidentName(desc.ident.value)} expects ${constructor.arity} argument(s),\n       but is applied here to ${given.length} argument(s)`);
  if (given.length === 1 && given[0]!.desc.kind === "constant" && isInformative(constructor)) {
    warn(given[0]!.loc, 52, "Code should not depend on the actual values of\nthis constructor's arguments. They are only for information\nand may change in future versions. (See manual section 13.5.3)");
  }
  beginDef();
  const names = desc.argument?.types ?? [];
  if (names.length > constructor.existentials.length && names.length > 0) error(names[0]!.loc, `This constructor has only ${constructor.existentials.length} existential types, but ${names.length} are named here`);
  const { args, result } = instanceConstructor(constructor, constructor.existentials.length > 0 ? (name, i) => (names[i] === undefined ? newExistential(state.equations, name) : namedExistential(state, names[i].value)) : undefined);
  const wanted = instance(expected);
  if (constructor.generalized && state.gadts) {
    // What its type is shows no equation.
    const head = repr(result);
    const known = expandHead(env, wanted);
    if (head.desc.kind === "constr" && !(known.desc.kind === "constr" && samePath(known.desc.path, head.desc.path))) unifyPattern(state, loc, newConstr(head.desc.path, head.desc.args.map(() => newVar())), wanted);
    try {
      unifyGadt(state.equations, result, wanted);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      error(loc, explainMismatch(env, e, result, wanted, "This pattern matches values of type", "but a pattern was expected which matches values of type"));
    }
  } else unifyPattern(state, loc, result, wanted);
  // `C (type a) (p : t)`: the annotation tells what the named types are.
  if (names.length > 0 && argument?.desc.kind === "constraint") {
    const annotated = translateType(state.equations.env, argument.desc.type);
    unifyPattern(state, argument.desc.type.loc, annotated, args.length === 1 ? args[0]! : newType({ kind: "tuple", components: args }));
  }
  endDef();
  for (const a of args) generalizeStructure(a);
  return { constructor, given, args };
}

/** Whether the constructor's argument tells people what happened, and programs should not ask for it. */
function isInformative({ tag, attributes }: ConstructorDescription): boolean {
  if (attributes.some((a) => a.name.value === "warn_on_literal_pattern" || a.name.value === "ocaml.warn_on_literal_pattern")) return true;
  return tag.kind === "extension" && tag.path.kind === "ident" && tag.path.id.kind === "predef" && ["Failure", "Invalid_argument", "Sys_error"].includes(tag.path.id.name);
}

/** The existential type of `C (type a) p` under the name that the pattern gives it. */
function namedExistential(state: PatternState, name: string): TypeExpr {
  return newExistential(state.equations, `$${name}`, name);
}

/** The pattern with identifiers of an or-pattern's right side replaced by those of the left. */
export function renamePattern(p: T.Pattern, renaming: ReadonlyMap<Ident, Ident>): T.Pattern {
  if (renaming.size === 0) return p;
  const go = (q: T.Pattern): T.Pattern => {
    const { desc } = q;
    switch (desc.kind) {
      case "var":
        return patternWith(q, { desc: { ...desc, id: renaming.get(desc.id) ?? desc.id } });
      case "alias":
        return patternWith(q, { desc: { ...desc, id: renaming.get(desc.id) ?? desc.id, pattern: go(desc.pattern) } });
      case "tuple":
        return patternWith(q, { desc: { ...desc, components: desc.components.map(go) } });
      case "construct":
        return patternWith(q, { desc: { ...desc, args: desc.args.map(go) } });
      case "variant":
        return patternWith(q, { desc: { ...desc, argument: desc.argument === undefined ? undefined : go(desc.argument) } });
      case "record":
        return patternWith(q, { desc: { ...desc, fields: desc.fields.map((f) => ({ ...f, pattern: go(f.pattern) })) } });
      case "array":
        return patternWith(q, { desc: { ...desc, elements: desc.elements.map(go) } });
      case "or":
        return patternWith(q, { desc: { ...desc, left: go(desc.left), right: go(desc.right) } });
      case "lazy":
        return patternWith(q, { desc: { ...desc, pattern: go(desc.pattern) } });
      default:
        return q;
    }
  };
  return go(p);
}

/** The module type of `(module M)`, once its type is known. */
function unpackedType(env: Env, v: PatternVariable, loc: Location): ModuleType {
  const t = expandHead(env, v.type);
  if (t.desc.kind !== "package") return error(loc, t.desc.kind === "var" ? "The signature for this packaged module couldn't be inferred." : `This expression is packed module, but the expected type is ${printType(t)}`);
  return packageModuleType(env, loc, t.desc.path, t.desc.constraints);
}

/** Types of a module that is unpacked are known: they may not be variables. */
export function checkUnpackedType(env: Env, type: TypeExpr, loc: Location): void {
  const t = expandHead(env, type);
  if (t.desc.kind === "package" && freeVariables(t.desc.constraints.map((c) => c.type)).length > 0) error(loc, `The type of this packed module contains variables:\n       ${printType(t)}`);
}

const REGULAR = { kind: "regular" } as const;
/** The environment with the pattern's variables. `check`: `strict` tells when one is not used; `item` for those of a structure. */
export function addPatternVariables(env: Env, variables: readonly PatternVariable[], check: "strict" | "none" | "item" = "none"): Env {
  for (const v of variables) {
    if (v.module !== undefined) {
      const type = (v.module.type ??= unpackedType(env, v, v.module.loc));
      checkUnpackedType(env, v.type, v.module.loc);
      if (check === "strict") watch(v.uid, v.id.name, v.loc, 60, "unused module");
      env = addModuleDeclaration(v.id, { type, attributes: [], loc: v.loc, uid: v.uid }, env);
    } else {
      if (check === "strict") watch(v.uid, v.id.name, v.loc, v.alias ? 26 : 27, "unused variable");
      const description = { type: v.type, valueKind: REGULAR, loc: v.loc, attributes: v.attributes, uid: v.uid };
      env = check === "item" ? addValue(v.id, description, env) : addVariable(v.id, description, env);
    }
  }
  return env;
}

/** Whether a pattern mentions constructors of a GADT: its match then needs equations. */
export function mentionsGadt(env: Env, source: Ast.Pattern): boolean {
  if (source.desc.kind === "var" || source.desc.kind === "any" || source.desc.kind === "constant") return false;
  return patternExists(source, (p) => p.desc.kind === "open" || p.desc.kind === "effect" || (p.desc.kind === "construct" && lookupAllConstructors(p.desc.ident, env).some((c) => c.generalized || c.existentials.length > 0)) || (p.desc.kind === "construct" && lookupAllConstructors(p.desc.ident, env).length === 0));
}

/** Whether a part of the pattern satisfies the predicate. Iterates, so that long alternatives and lists may be deep. */
export function patternExists(source: Ast.Pattern, predicate: (p: Ast.Pattern) => boolean): boolean {
  const work: Ast.Pattern[] = [source];
  while (work.length > 0) {
    const p = work.pop()!;
    if (predicate(p)) return true;
    const { desc } = p;
    switch (desc.kind) {
      case "construct":
        if (desc.argument !== undefined) work.push(desc.argument.pattern);
        break;
      case "alias":
      case "constraint":
      case "lazy":
      case "exception":
      case "open":
        work.push(desc.pattern);
        break;
      case "tuple":
        work.push(...desc.components);
        break;
      case "array":
        for (const e of desc.elements) work.push(e);
        break;
      case "or":
        work.push(desc.left, desc.right);
        break;
      case "record":
        for (const f of desc.fields) work.push(f.pattern);
        break;
      case "variant":
        if (desc.argument !== undefined) work.push(desc.argument);
        break;
      case "effect":
        work.push(desc.effect);
        break;
    }
  }
  return false;
}

export function typeExceptionPattern(state: PatternState, source: Ast.Pattern): T.Pattern {
  return typePattern(state, source, typeExn());
}
