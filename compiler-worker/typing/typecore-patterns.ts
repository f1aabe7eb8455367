/** Typing of patterns, with equations from GADT constructors. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { getLevel, newConstr, newType, newVar, newVarAt, repr, rowFieldState, rowRepr } from "./btype.ts";
import { addModule, addValue, findTypeData, freshUid, lookupAllConstructors, lookupAllLabels, lookupModulePath, lookupType, openModule, unboundConstructor, unboundLabel, type Env } from "./env.ts";
import { expandHead, expandHeadPrivate, extractConcrete } from "./expand.ts";
import { createScoped } from "./ident.ts";
import { copyGeneric } from "./levels.ts";
import { longidentName, samePath } from "./path.ts";
import { typeArray, typeChar, typeFloat, typeInt, typeInt32, typeInt64, typeLazy, typeNativeint, typeString } from "./predef.ts";
import { Names, printPath, printType } from "./print-type.ts";
import { spellingHint } from "./spelling.ts";
import { explainMismatch } from "./type-errors.ts";
import { translateType } from "./typetexp.ts";
import type * as T from "./typedtree.ts";
import { newExistential, unify, unifyGadt, UnifyError, type Equations } from "./unify.ts";
import type { ConstructorDescription, Ident, LabelDescription, ModuleType, Path, RowFieldCell, TypeExpr } from "./types.ts";

const error = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** A variable bound by a pattern. */
export interface PatternVariable {
  readonly id: Ident;
  readonly type: TypeExpr;
  readonly loc: Location;
  /** An unpacked module: what it is. */
  readonly module: ModuleType | undefined;
  /** Bound by `as`. */
  readonly alias: boolean;
}

/** What typing a pattern accumulates. */
export interface PatternState {
  /** The environment with equations and existential types; undefined while no constructor needs one. */
  readonly equations: Equations;
  readonly gadts: boolean;
  variables: PatternVariable[];
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
      const text = constant.value.replace(/^0u/, "");
      const negative = text.startsWith("-");
      const magnitude = BigInt(negative ? text.slice(1) : text);
      const value = negative ? -magnitude : magnitude;
      const radix = /^-?0[xXoObB]/.test(text);
      const fit = (bits: bigint, what: string): bigint => {
        // Hexadecimal and the like may use all bits; decimal ones are signed.
        const limit = 1n << (bits - 1n);
        if (radix ? magnitude >= limit * 2n : value >= limit || value < -limit) {
          error(loc, `Integer literal exceeds the range of representable integers of type ${what}`);
        }
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
  try {
    if (state.gadts) unifyGadt(state.equations, actual, expected);
    else unify(state.equations.env, actual, expected);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    error(loc, explainMismatch(state.equations.env, e, actual, expected, "This pattern matches values of type", "but a pattern was expected which matches values of type"));
  }
}

function bind(state: PatternState, name: Ast.Loc<string>, type: TypeExpr, alias: boolean, module?: ModuleType): Ident {
  if (state.variables.some((v) => v.id.name === name.value)) error(name.loc, `Variable ${name.value} is bound several times in this matching`);
  const id = createScoped(name.value, 0);
  state.variables.push({ id, type, loc: name.loc, module, alias });
  return id;
}

/** Constructor arguments and result for a use, with fresh variables; existentials fresh abstract types in patterns. */
export function instanceConstructor(c: ConstructorDescription, existentials?: (name: string) => TypeExpr): { args: TypeExpr[]; result: TypeExpr } {
  const memo = new Map<TypeExpr, TypeExpr>();
  if (existentials !== undefined) for (const e of c.existentials) memo.set(repr(e), existentials(e.desc.kind === "var" ? `$${e.desc.name ?? c.name}` : `$${c.name}`));
  return { args: c.args.map((a) => copyGeneric(a, memo)), result: copyGeneric(c.result, memo) };
}

/** The constructor that a name means where a value of the expected type is wanted (type-directed disambiguation). */
export function chooseConstructor(env: Env, ident: Ast.Loc<Ast.Longident>, expected: TypeExpr | undefined): ConstructorDescription {
  const candidates = lookupAllConstructors(ident, env);
  if (expected !== undefined) {
    const concrete = extractConcrete(env, expected);
    if (concrete !== undefined && concrete.declaration.kind.kind === "variant") {
      const owner = concrete.path;
      const match = candidates.find((c) => ownerOf(c) !== undefined && samePath(ownerOf(c)!, owner));
      if (match !== undefined) return match;
      // The constructor need not be in scope by its bare name when the type is known.
      const name = ident.value.kind === "apply" ? "" : ident.value.name;
      const hidden = typeConstructors(env, owner).find((c) => c.name === name);
      if (hidden !== undefined && ident.value.kind === "ident") return hidden;
      if (candidates.length === 0 || ident.value.kind === "ident") {
        if (candidates.length === 0 && typeConstructors(env, owner).length > 0) {
          error(ident.loc, `This variant pattern is expected to have type ${printType(expected)}\n       There is no constructor ${name} within type ${printPath(owner)}${spellingHint(name, typeConstructors(env, owner).map((c) => c.name))}`);
        }
      }
    }
  }
  return candidates[0] ?? unboundConstructor(ident, env);
}

function ownerOf(c: ConstructorDescription): Path | undefined {
  const r = repr(c.result);
  return r.desc.kind === "constr" ? r.desc.path : undefined;
}
function typeConstructors(env: Env, path: Path): readonly ConstructorDescription[] {
  return findTypeData(path, env)?.constructors.get() ?? [];
}
function typeLabels(env: Env, path: Path): readonly LabelDescription[] {
  return findTypeData(path, env)?.labels.get() ?? [];
}

/** The labels that fields mean: by the expected type, else by the first field whose owner has all of them. */
export function chooseLabels(env: Env, idents: readonly Ast.Loc<Ast.Longident>[], expected: TypeExpr | undefined): LabelDescription[] {
  const names = idents.map((i) => (i.value.kind === "apply" ? "" : i.value.name));
  if (expected !== undefined) {
    const concrete = extractConcrete(env, expected);
    if (concrete !== undefined && concrete.declaration.kind.kind === "record") {
      const labels = typeLabels(env, concrete.path);
      return names.map((name, i) => {
        const found = labels.find((l) => l.name === name);
        if (found !== undefined) return found;
        return error(idents[i]!.loc, `This record expression is expected to have type ${printType(expected)}\n       There is no field ${name} within type ${printPath(concrete.path)}${spellingHint(name, labels.map((l) => l.name))}`);
      });
    }
  }
  // The first qualified field tells the module for all.
  const qualified = idents.find((i) => i.value.kind === "dot");
  const lookupOf = (i: Ast.Loc<Ast.Longident>): LabelDescription[] => {
    if (i.value.kind === "ident" && qualified !== undefined && qualified.value.kind === "dot") {
      const inside = lookupAllLabels({ value: { kind: "dot", prefix: qualified.value.prefix, name: i.value.name }, loc: i.loc }, env);
      if (inside.length > 0) return inside;
    }
    return lookupAllLabels(i, env);
  };
  const all = idents.map(lookupOf);
  all.forEach((list, i) => {
    if (list.length === 0) unboundLabel(idents[i]!, env);
  });
  const chosen = all[0]!.find((l) => names.every((n) => l.all.some((m) => m.name === n))) ?? all[0]![0]!;
  return names.map((name, i) => {
    const found = chosen.all.find((l) => l.name === name);
    if (found !== undefined) return found;
    const owner = repr(chosen.result);
    return error(idents[i]!.loc, `The record field ${longidentName(idents[i]!.value)} belongs to the type ${printType(all[i]![0]!.result)}\n       but is mixed here with fields of type ${printType(owner)}`);
  });
}

/** Field and record type of a label for a use. */
export function instanceLabel(l: LabelDescription): { field: TypeExpr; record: TypeExpr } {
  const memo = new Map<TypeExpr, TypeExpr>();
  return { field: copyGeneric(l.type, memo), record: copyGeneric(l.result, memo) };
}

// ---------------------------------------------------------------- patterns

export function typePattern(state: PatternState, source: Ast.Pattern, expected: TypeExpr): T.Pattern {
  const { desc, loc } = source;
  const make = (d: T.PatternDesc, type: TypeExpr = expected): T.Pattern => ({ desc: d, loc, type, env: state.equations.env, attributes: source.attributes, extra: [] });
  switch (desc.kind) {
    case "any":
      return make({ kind: "any" });
    case "var":
      return make({ kind: "var", id: bind(state, desc.name, expected, false), name: desc.name });
    case "alias": {
      const pattern = typePattern(state, desc.pattern, expected);
      return make({ kind: "alias", pattern, id: bind(state, desc.name, aliasType(state, pattern, expected), true), name: desc.name });
    }
    case "constant": {
      const constant = translateConstant(desc.constant, loc);
      unifyPattern(state, loc, typeOfConstant(constant), expected);
      return make({ kind: "constant", constant });
    }
    case "interval": {
      if (desc.low.kind !== "char" || desc.high.kind !== "char") return error(loc, "Only character intervals are supported in patterns.");
      unifyPattern(state, loc, typeChar(), expected);
      const low = Math.min(desc.low.value, desc.high.value);
      const high = Math.max(desc.low.value, desc.high.value);
      let result: T.Pattern = make({ kind: "constant", constant: { kind: "char", value: low } });
      for (let c = low + 1; c <= high; c++) result = make({ kind: "or", left: result, right: make({ kind: "constant", constant: { kind: "char", value: c } }), row: undefined });
      return result;
    }
    case "tuple": {
      const types = desc.components.map(() => newVar());
      unifyPattern(state, loc, newType({ kind: "tuple", components: types }), expected);
      return make({ kind: "tuple", components: desc.components.map((p, i) => typePattern(state, p, types[i]!)) });
    }
    case "construct":
      return typeConstructPattern(state, source, desc, expected, make);
    case "variant": {
      const argumentType = desc.argument === undefined ? undefined : newVar();
      const { env } = state.equations;
      const expanded = expandHeadPrivate(env, expected);
      // A private row is matched through the type that it abbreviates.
      const target = expanded.desc.kind === "variant" && expandHead(env, expected).desc.kind === "constr" ? expanded : expected;
      const field: RowFieldCell = { state: { kind: "either", noArgument: argumentType === undefined, args: argumentType === undefined ? [] : [argumentType], matched: true } };
      const row = { fields: [{ label: desc.label, field }], more: newVar(), closed: false, fixed: undefined, name: undefined };
      if (target === expanded && expanded.desc.kind === "variant" && target !== expected) {
        const known = rowRepr(expanded.desc.row).fields.find((f) => f.label === desc.label);
        const known2 = known === undefined ? undefined : rowFieldState(known.field);
        if (known2?.kind === "present" && known2.argument !== undefined && argumentType !== undefined) unifyPattern(state, loc, argumentType, known2.argument);
      } else unifyPattern(state, loc, newType({ kind: "variant", row }), expected);
      const argument = desc.argument === undefined ? undefined : typePattern(state, desc.argument, argumentType!);
      return make({ kind: "variant", label: desc.label, argument, row: { value: row } });
    }
    case "record": {
      const labels = chooseLabels(state.equations.env, desc.fields.map((f) => f.ident), expected);
      const seen = new Set<string>();
      const fields = desc.fields.map((f, i) => {
        const label = labels[i]!;
        if (seen.has(label.name)) error(f.ident.loc, `The record field label ${label.name} is defined several times`);
        seen.add(label.name);
        const { field, record } = instanceLabel(label);
        unifyPattern(state, f.ident.loc, record, expected);
        let type = field;
        const poly = repr(field);
        if (poly.desc.kind === "poly") type = poly.desc.variables.length === 0 ? poly.desc.body : poly;
        return { ident: f.ident, label, pattern: typePattern(state, f.pattern, type) };
      });
      return make({ kind: "record", fields, closed: desc.closed });
    }
    case "array": {
      const element = newVar();
      unifyPattern(state, loc, levelled(typeArray(element)), expected);
      return make({ kind: "array", elements: desc.elements.map((p) => typePattern(state, p, element)) });
    }
    case "or": {
      const before = state.variables;
      state.variables = [];
      const left = typePattern(state, desc.left, expected);
      const leftVariables = state.variables;
      state.variables = [];
      const right = typePattern(state, desc.right, expected);
      const rightVariables = state.variables;
      state.variables = before;
      // Both sides bind the same variables; the left side's identifiers are used for both.
      const renaming = new Map<Ident, Ident>();
      for (const v of leftVariables) {
        const other = rightVariables.find((w) => w.id.name === v.id.name);
        if (other === undefined) return error(loc, `Variable ${v.id.name} must occur on both sides of this | pattern`);
        renaming.set(other.id, v.id);
        try {
          unify(state.equations.env, v.type, other.type);
        } catch (e) {
          if (!(e instanceof UnifyError)) throw e;
          error(loc, `The variable ${v.id.name} on the left-hand side of this or-pattern has type ${printType(v.type)}\n       but on the right-hand side it has type ${printType(other.type, new Names())}`);
        }
        if (state.variables.some((w) => w.id.name === v.id.name)) error(v.loc, `Variable ${v.id.name} is bound several times in this matching`);
        state.variables.push(v);
      }
      for (const v of rightVariables) if (!leftVariables.some((w) => w.id.name === v.id.name)) error(loc, `Variable ${v.id.name} must occur on both sides of this | pattern`);
      return make({ kind: "or", left, right: renamePattern(right, renaming), row: undefined });
    }
    case "constraint": {
      if (desc.pattern.desc.kind === "unpack" && desc.type.desc.kind === "package") return typeUnpackPattern(state, desc.pattern, desc.pattern.desc.name, translateType(state.equations.env, desc.type), expected, source);
      const annotated = translateType(state.equations.env, desc.type);
      unifyPattern(state, loc, annotated, expected);
      const inner = repr(annotated);
      if (inner.desc.kind === "poly" && desc.pattern.desc.kind === "var") return typePattern(state, desc.pattern, annotated);
      const pattern = typePattern(state, desc.pattern, annotated);
      return { ...pattern, loc: pattern.loc, extra: [...pattern.extra, { kind: "constraint", type: desc.type, loc }] };
    }
    case "type": {
      const { path, data } = lookupType(desc.ident.loc, desc.ident.value, state.equations.env);
      const type = newConstr(path, data.parameters.map(() => newVar()));
      const expanded = expandHead(state.equations.env, type);
      if (expanded.desc.kind !== "variant") return error(desc.ident.loc, `The type ${longidentName(desc.ident.value)} is not a variant type`);
      const row = rowRepr(expanded.desc.row);
      const fields = row.fields.map((f) => {
        const s = rowFieldState(f.field);
        const argument = s.kind === "present" ? s.argument : undefined;
        return { label: f.label, argument, cell: { state: { kind: "either" as const, noArgument: argument === undefined, args: argument === undefined ? [] : [argument], matched: true } } };
      });
      const open = { fields: fields.map((f) => ({ label: f.label, field: f.cell })), more: newVar(), closed: false, fixed: undefined, name: undefined };
      unifyPattern(state, loc, newType({ kind: "variant", row: open }), expected);
      const alternatives = fields.map((f) => make({ kind: "variant", label: f.label, argument: f.argument === undefined ? undefined : make({ kind: "any" }, f.argument), row: { value: open } }));
      let result = alternatives[0]!;
      for (const p of alternatives.slice(1)) result = make({ kind: "or", left: result, right: p, row: open });
      return { ...result, extra: [{ kind: "type", path, loc }] };
    }
    case "lazy": {
      const inner = newVar();
      unifyPattern(state, loc, levelled(typeLazy(inner)), expected);
      return make({ kind: "lazy", pattern: typePattern(state, desc.pattern, inner) });
    }
    case "unpack": {
      const type = expandHead(state.equations.env, expected);
      if (type.desc.kind !== "package") return error(loc, "The type of this packed module is not known: a package type is needed here");
      return typeUnpackPattern(state, source, desc.name, type, expected, source);
    }
    case "exception":
      return error(loc, "Exception patterns are not allowed in this position.");
    case "effect":
      return error(loc, "Effect patterns are not allowed in this position.");
    case "open": {
      const path = lookupModulePath(desc.ident.loc, desc.ident.value, state.equations.env);
      const inner = openModule(path, state.equations.env);
      if (inner === undefined) return error(desc.ident.loc, `The module ${longidentName(desc.ident.value)} is not a structure; it cannot be opened`);
      const equations: Equations = { env: inner, level: state.equations.level };
      const innerState: PatternState = { equations, gadts: state.gadts, variables: state.variables };
      const pattern = typePattern(innerState, desc.pattern, expected);
      state.variables = innerState.variables;
      return { ...pattern, extra: [...pattern.extra, { kind: "open", path, env: inner, loc }] };
    }
    case "extension":
      return error(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    case "error":
      return make({ kind: "any" });
  }
}

/** A node of a predefined constructor at the current level. */
function levelled(type: TypeExpr): TypeExpr {
  type.level = getLevel();
  return type;
}

/**
 * The type of x in `p as x`. It is built anew from what the pattern says, so that type variables of the parts that it excludes are free again:
 * in `Error _ as e` the type of `Ok`'s argument, in `` `A as x `` the other tags.
 */
function aliasType(state: PatternState, p: T.Pattern, expected: TypeExpr): TypeExpr {
  if (p.extra.some((extra) => extra.kind === "constraint")) return expected;
  switch (p.desc.kind) {
    case "alias":
      return aliasType(state, p.desc.pattern, expected);
    case "tuple":
      return newType({ kind: "tuple", components: p.desc.components.map((c) => aliasType(state, c, c.type)) });
    case "construct": {
      const { constructor, args: patterns } = p.desc;
      if (constructor.private === "private" || constructor.generalized || constructor.existentials.length > 0) return expected;
      const { args, result } = instanceConstructor(constructor);
      patterns.forEach((arg, i) => unifyPattern(state, arg.loc, aliasType(state, arg, arg.type), args[i]!));
      return result;
    }
    case "variant":
    case "or": {
      const tags: { label: string; argument: TypeExpr | undefined }[] = [];
      if (!selectedTags(state, p, tags)) return expected;
      const seen = new Map<string, TypeExpr | undefined>();
      for (const t of tags) if (!seen.has(t.label)) seen.set(t.label, t.argument);
      const fields = [...seen].map(([label, argument]) => ({ label, field: { state: { kind: "present" as const, argument } } }));
      return newType({ kind: "variant", row: { fields, more: newVarAt(getLevel()), closed: false, fixed: undefined, name: undefined } });
    }
    default:
      return expected;
  }
}

/** Collects the tags that a pattern selects; false when it is not one that selects tags. */
function selectedTags(state: PatternState, p: T.Pattern, tags: { label: string; argument: TypeExpr | undefined }[]): boolean {
  switch (p.desc.kind) {
    case "variant":
      tags.push({ label: p.desc.label, argument: p.desc.argument && aliasType(state, p.desc.argument, p.desc.argument.type) });
      return true;
    case "or":
      return selectedTags(state, p.desc.left, tags) && selectedTags(state, p.desc.right, tags);
    case "alias":
      return selectedTags(state, p.desc.pattern, tags);
    default:
      return false;
  }
}

function typeUnpackPattern(state: PatternState, source: Ast.Pattern, name: Ast.Loc<string | undefined>, type: TypeExpr, expected: TypeExpr, whole: Ast.Pattern): T.Pattern {
  unifyPattern(state, whole.loc, type, expected);
  const p = repr(type);
  if (p.desc.kind !== "package") return error(source.loc, "a package type was expected");
  const base: Omit<T.Pattern, "desc"> = { loc: whole.loc, type, env: state.equations.env, attributes: source.attributes, extra: [{ kind: "unpack", loc: source.loc }] };
  if (name.value === undefined) return { desc: { kind: "any" }, ...base };
  const module = packageModuleType(state.equations.env, source.loc, p.desc.path, p.desc.constraints);
  const id = bind(state, { value: name.value, loc: name.loc }, type, false, module);
  return { desc: { kind: "var", id, name: { value: name.value, loc: name.loc } }, ...base };
}

function typeConstructPattern(state: PatternState, source: Ast.Pattern, desc: Extract<Ast.PatternDesc, { kind: "construct" }>, expected: TypeExpr, make: (d: T.PatternDesc) => T.Pattern): T.Pattern {
  const { loc } = source;
  // Lists and other right-nested patterns can be long: this recursion follows the depth of the source only.
  const constructor = chooseConstructor(state.equations.env, desc.ident, expected);
  const given = constructorArgumentPatterns(constructor, desc.argument?.pattern);
  if (given.length !== constructor.arity) {
    error(loc, `The constructor ${longidentName(desc.ident.value)} expects ${constructor.arity} argument(s),\nbut is applied here to ${given.length} argument(s)`);
  }
  const { args, result } = instanceConstructor(constructor, constructor.existentials.length > 0 ? (name) => newExistential(state.equations, name) : undefined);
  if (constructor.generalized && state.gadts) {
    try {
      unifyGadt(state.equations, result, expected);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      error(loc, explainMismatch(state.equations.env, e, result, expected, "This pattern matches values of type", "but a pattern was expected which matches values of type"));
    }
  } else unifyPattern(state, loc, result, expected);
  if (desc.argument !== undefined && desc.argument.types.length > 0) bindExistentials(state, desc.argument.types, constructor);
  return make({ kind: "construct", ident: desc.ident, constructor, args: given.map((p, i) => typePattern(state, p, args[i]!)) });
}

function bindExistentials(state: PatternState, types: readonly Ast.Loc<string>[], constructor: ConstructorDescription): void {
  if (types.length > constructor.existentials.length) error(types[0]!.loc, "This constructor has fewer existential types than are named here");
  for (const name of types) newExistential(state.equations, name.value);
}

function constructorArgumentPatterns(c: ConstructorDescription, argument: Ast.Pattern | undefined): Ast.Pattern[] {
  if (argument === undefined) return [];
  if (argument.desc.kind === "any" && c.arity !== 1) return Array.from({ length: c.arity }, () => argument);
  if (c.arity > 1 && argument.desc.kind === "tuple") return [...argument.desc.components];
  return [argument];
}

/** The pattern with identifiers of an or-pattern's right side replaced by those of the left. */
function renamePattern(p: T.Pattern, renaming: ReadonlyMap<Ident, Ident>): T.Pattern {
  if (renaming.size === 0) return p;
  const go = (q: T.Pattern): T.Pattern => {
    const { desc } = q;
    switch (desc.kind) {
      case "var":
        return { ...q, desc: { ...desc, id: renaming.get(desc.id) ?? desc.id } };
      case "alias":
        return { ...q, desc: { ...desc, id: renaming.get(desc.id) ?? desc.id, pattern: go(desc.pattern) } };
      case "tuple":
        return { ...q, desc: { ...desc, components: desc.components.map(go) } };
      case "construct":
        return { ...q, desc: { ...desc, args: desc.args.map(go) } };
      case "variant":
        return { ...q, desc: { ...desc, argument: desc.argument === undefined ? undefined : go(desc.argument) } };
      case "record":
        return { ...q, desc: { ...desc, fields: desc.fields.map((f) => ({ ...f, pattern: go(f.pattern) })) } };
      case "array":
        return { ...q, desc: { ...desc, elements: desc.elements.map(go) } };
      case "or":
        return { ...q, desc: { ...desc, left: go(desc.left), right: go(desc.right) } };
      case "lazy":
        return { ...q, desc: { ...desc, pattern: go(desc.pattern) } };
      default:
        return q;
    }
  };
  return go(p);
}

/** The environment with the pattern's variables. */
export function addPatternVariables(env: Env, variables: readonly PatternVariable[]): Env {
  for (const v of variables) {
    if (v.module !== undefined) env = addModule(v.id, v.module, env);
    else env = addValue(v.id, { type: v.type, valueKind: { kind: "regular" }, loc: v.loc, attributes: [], uid: freshUid() }, env);
  }
  return env;
}

/** Whether a pattern mentions constructors of a GADT: its match then needs equations. */
export function mentionsGadt(env: Env, source: Ast.Pattern): boolean {
  let found = false;
  const visit = (p: Ast.Pattern): void => {
    if (found) return;
    const { desc } = p;
    switch (desc.kind) {
      case "construct":
        if (lookupAllConstructors(desc.ident, env).some((c) => c.generalized)) found = true;
        else if (desc.argument !== undefined) visit(desc.argument.pattern);
        break;
      case "alias": case "constraint": case "lazy": case "exception": visit(desc.pattern); break;
      case "open": found = true; break;
      case "tuple": desc.components.forEach(visit); break;
      case "array": desc.elements.forEach(visit); break;
      case "or": visit(desc.left); visit(desc.right); break;
      case "record": for (const f of desc.fields) visit(f.pattern); break;
      case "variant": if (desc.argument !== undefined) visit(desc.argument); break;
      case "effect": found = true; break;
    }
  };
  visit(source);
  return found;
}
