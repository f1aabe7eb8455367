/** Type expressions of the source → types. */
import type { CoreType, PackageType, Longident } from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { backtrack, beginDef, commit, endDef, getLevel, isStaticRow, iterChildren, newArrow, newConstr, newType, newVar, newVarAt, repr, rowFieldState, rowRepr, setDesc, snapshot } from "./btype.ts";
import { lookupClassType, lookupModtype, lookupType, type Env } from "./env.ts";
import { expandHead } from "./expand.ts";
import { separateState } from "./isolation.ts";
import { generalize, instance, instances, rigidInstance } from "./levels.ts";
import { openIn } from "./opens.ts";
import { longidentName } from "./path.ts";
import { typeOption } from "./predef.ts";
import { printType } from "./print-type.ts";
import { explainDetails, explainMismatch } from "./type-errors.ts";
import { Names } from "./print-type.ts";
import { fieldsEnd, tryUnify, unifiable, unify, UnifyError } from "./unify.ts";
import { GENERIC_LEVEL, type Path, type RowDesc, type RowFieldCell, type TypeExpr } from "./types.ts";

/** While a method's type is translated that binds its own variables: those that it has introduced. */
let introduced: TypeExpr[] | undefined;
function bindLater(variable: TypeExpr): TypeExpr {
  introduced?.push(variable);
  return variable;
}

/** A variable that a method's type binds is its own; others belong to the item. */
function newNamedVariable(name: string): TypeExpr {
  return introduced === undefined ? newVarAt(Math.min(itemLevel, getLevel()), name) : bindLater(newVar(name));
}

/** What a type variable that is not bound yet becomes: an error, or a new variable. */
export type VariablePolicy = "fixed" | "extensible";

let namedVariables = new Map<string, TypeExpr>();
let policy: VariablePolicy = "extensible";
/** Variables made in a type scheme are bound at its end. */
let univars = new Map<string, TypeExpr>();

/** Named variables are those of a whole item: they live at its level, wherever they are first met. */
let itemLevel = 1;

/** Forgets the type variables' names: at the beginning of an item. */
export function resetTypeVariables(): void {
  namedVariables = new Map();
  univars = new Map();
  itemLevel = getLevel() + 1;
}
export function getTypeVariable(name: string): TypeExpr | undefined {
  return namedVariables.get(name);
}
export function setTypeVariable(name: string, type: TypeExpr): void {
  namedVariables.set(name, type);
}
separateState(() => {
  const saved = { introduced, namedVariables, policy, univars, itemLevel, unsettled };
  introduced = undefined;
  unsettled = undefined;
  namedVariables = new Map();
  policy = "extensible";
  univars = new Map();
  itemLevel = 1;
  return () => ({ introduced, namedVariables, policy, univars, itemLevel, unsettled } = saved);
});
/** Runs with names of its own that do not survive. */
export function withTypeVariables<T>(run: () => T): T {
  const saved = namedVariables;
  const savedLevel = itemLevel;
  namedVariables = new Map(saved);
  itemLevel = getLevel();
  try {
    return run();
  } finally {
    namedVariables = saved;
    itemLevel = savedLevel;
  }
}
/** Runs what names types by `as` inside the scope of locally abstract types: those names end with it. */
export function withLocalAliases<T>(run: () => T): T {
  const before = new Set(namedVariables.keys());
  try {
    return run();
  } finally {
    for (const [name, type] of namedVariables) if (!before.has(name) && repr(type).desc.kind !== "var") namedVariables.delete(name);
  }
}
export function withPolicy<T>(p: VariablePolicy, run: () => T): T {
  const saved = policy;
  policy = p;
  try {
    return run();
  } finally {
    policy = saved;
  }
}

const error = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** Resolves a package type's module type; set by the module checker, which knows constraints. */
export type PackageTranslator = (env: Env, loc: Location, path: Path, names: readonly (readonly string[])[]) => void;
let checkPackage: PackageTranslator = () => undefined;
export function setPackageChecker(check: PackageTranslator): void {
  checkPackage = check;
}

/** The type of a source type, in the current scope of variables. */
export function translateType(env: Env, source: CoreType): TypeExpr {
  const { desc, loc } = source;
  switch (desc.kind) {
    case "any":
      if (policy === "fixed") error(loc, "Unbound type parameter _");
      return bindLater(newVar());
    case "var": {
      const univar = univars.get(desc.name);
      if (univar !== undefined) return univar;
      const known = namedVariables.get(desc.name);
      if (known !== undefined) return known;
      if (policy === "fixed") error(loc, `The type variable '${desc.name} is unbound in this type declaration.`);
      if (desc.name.startsWith("_")) error(loc, `The type variable name '${desc.name} is not allowed in programs`);
      const fresh = newNamedVariable(desc.name);
      namedVariables.set(desc.name, fresh);
      return fresh;
    }
    case "arrow": {
      // A chain of arrows, from the last to the first.
      const chain: CoreType[] = [];
      let last: CoreType = source;
      while (last.desc.kind === "arrow" && last.attributes.length === 0) {
        chain.push(last);
        last = last.desc.result;
      }
      if (last === source) {
        const parameter = arrowParameter(env, desc.label, desc.parameter);
        return newArrow(desc.label, parameter, translateType(env, desc.result));
      }
      const parts = chain.map((c) => (c.desc.kind === "arrow" ? { label: c.desc.label, parameter: arrowParameter(env, c.desc.label, c.desc.parameter) } : undefined));
      let result = translateType(env, last);
      for (let i = parts.length - 1; i >= 0; i--) {
        const part = parts[i];
        if (part !== undefined) result = newArrow(part.label, part.parameter, result);
      }
      return result;
    }
    case "tuple":
      return newType({ kind: "tuple", components: desc.components.map((c) => translateType(env, c)) });
    case "constr": {
      const { path, data } = lookupType(desc.ident.loc, desc.ident.value, env);
      let sourceArgs = desc.args;
      if (sourceArgs.length === 1 && data.arity > 1 && sourceArgs[0]!.desc.kind === "any") sourceArgs = Array.from({ length: data.arity }, () => sourceArgs[0]!);
      if (sourceArgs.length !== data.arity) {
        error(loc, `The type constructor ${longidentName(desc.ident.value)} expects ${data.arity} argument(s),\nbut is here applied to ${sourceArgs.length} argument(s)`);
      }
      const args = sourceArgs.map((a) => translateType(env, a));
      const type = newConstr(path, args);
      // Constraints on the parameters must hold.
      checkConstraints(env, data.parameters, args, sourceArgs, loc);
      return type;
    }
    case "alias": {
      const known = univars.get(desc.name.value) ?? namedVariables.get(desc.name.value);
      const t = bindLater(newVar(desc.name.value));
      if (known === undefined) namedVariables.set(desc.name.value, t);
      const body = translateType(env, desc.type);
      try {
        unify(env, known ?? t, body);
      } catch (e) {
        if (!(e instanceof UnifyError)) throw e;
        error(loc, `This alias is bound to type ${printType(body)}\n       but is used as an instance of type ${printType(known ?? t)}${explainDetails(env, e, new Names())}`);
      }
      nameRow(body, desc.name.value);
      return body;
    }
    case "poly": {
      if (desc.variables.length === 0) return translateType(env, desc.body);
      return translatePoly(desc.variables.map((v) => v.value), () => translateType(env, desc.body), loc);
    }
    case "package":
      return translatePackage(env, loc, desc.package);
    case "open": {
      return translateType(openIn(env, { ident: desc.ident, override: "fresh", loc }).env, desc.body);
    }
    case "variant":
      return translateVariant(env, desc, loc);
    case "object": {
      let rest = desc.closed === "open" ? bindLater(newVar()) : newType({ kind: "nil" });
      const fields = new Map<string, TypeExpr>();
      const add = (name: string, type: TypeExpr, loc: Location): void => {
        const known = fields.get(name);
        if (known === undefined) fields.set(name, type);
        else if (!tryUnify(env, known, type)) error(loc, `Method '${name}' has type ${printType(type)}, which should be ${printType(known)}`);
      };
      for (const field of desc.fields) {
        if (field.kind === "tag") {
          const type = translateType(env, field.type);
          const poly = repr(type).desc.kind === "poly" ? type : newType({ kind: "poly", body: type, variables: [] });
          add(field.label.value, poly, field.type.loc);
        } else {
          const inherited = expandHead(env, translateType(env, field.type));
          if (inherited.desc.kind !== "object") return error(field.loc, `The type ${printType(inherited)} is not an object type`);
          for (let f = repr(inherited.desc.fields); f.desc.kind === "field"; f = repr(f.desc.rest)) add(f.desc.name, f.desc.type, field.loc);
        }
      }
      for (const [name, type] of [...fields].reverse()) rest = newType({ kind: "field", name, fieldKind: { state: "public" }, type, rest });
      return newType({ kind: "object", fields: rest, name: { value: undefined } });
    }
    case "class": {
      // `#c`: the objects that have what c's have, and maybe more.
      const { data } = lookupClassType(desc.ident.loc, desc.ident.value, env);
      const { parameters, manifest } = data.hashType;
      if (desc.args.length !== parameters.length) {
        error(loc, `The type constructor #${longidentName(desc.ident.value)} expects ${parameters.length} argument(s),\nbut is here applied to ${desc.args.length} argument(s)`);
      }
      if (manifest === undefined) throw new Error("a class type without the type of its objects");
      const args = desc.args.map((a) => translateType(env, a));
      const [body, ...formal] = instances([manifest, ...parameters]);
      formal.forEach((p, i) => {
        try {
          unify(env, p, args[i]!);
        } catch (e) {
          if (!(e instanceof UnifyError)) throw e;
          error(desc.args[i]!.loc, explainMismatch(env, e, args[i]!, p, "This type", "should be an instance of type"));
        }
      });
      const object = repr(body!);
      if (object.desc.kind === "object") bindLater(fieldsEnd(object.desc.fields));
      return body!;
    }
    case "extension":
      return error(desc.extension.name.loc, `Uninterpreted extension '${desc.extension.name.value}'.`);
    case "error":
      return newVar();
  }
}

/** The row variable of an open type is called as the alias of the type. */
function nameRow(type: TypeExpr, name: string): void {
  const { desc } = repr(type);
  const row = desc.kind === "object" ? fieldsEnd(desc.fields) : desc.kind === "variant" ? repr(rowRepr(desc.row).more) : undefined;
  if (row?.desc.kind === "var" && row.desc.name === undefined) setDesc(row, { kind: "var", name });
}

function arrowParameter(env: Env, label: Extract<CoreType["desc"], { kind: "arrow" }>["label"], source: CoreType): TypeExpr {
  const type = translateType(env, source);
  return label.kind === "optional" ? newConstrOption(type) : type;
}
function newConstrOption(type: TypeExpr): TypeExpr {
  const t = typeOption(type);
  t.level = getLevel();
  return t;
}

function checkConstraints(env: Env, parameters: readonly TypeExpr[], args: readonly TypeExpr[], sources: readonly CoreType[], loc: Location): void {
  if (parameters.every((p) => repr(p).desc.kind === "var")) return;
  const s = snapshot();
  const formal = instances(parameters);
  for (const [i, p] of formal.entries()) {
    try {
      unify(env, p, args[i]!);
    } catch (e) {
      if (!(e instanceof UnifyError)) throw e;
      if (!settlesLater({ parameters, args, sources, loc })) {
        commit(s);
        error(sources[i]!.loc, explainMismatch(env, e, args[i]!, parameters[i]!, "This type", "should be an instance of type"));
      }
      return backtrack(s);
    }
  }
  commit(s);
}

/** An application to arguments that do not satisfy the constraints of the type's parameters, as far as they are known. */
interface UnsettledApplication {
  readonly parameters: readonly TypeExpr[];
  readonly args: readonly TypeExpr[];
  readonly sources: readonly CoreType[];
  /** Of the whole application. */
  readonly loc: Location;
}
/** While definitions that mention each other are translated. */
let unsettled: UnsettledApplication[] | undefined;

/** The arguments may be instances when the types that are being defined are known. */
function settlesLater(application: UnsettledApplication): boolean {
  unsettled?.push(application);
  return unsettled !== undefined;
}

/** Checks in an environment what could not be judged before. `definitionOf`: where an abbreviation is defined, if it is one of those. */
export type Settle = (env: Env, definitionOf: (type: TypeExpr) => Location | undefined) => void;

/** Translates definitions that mention each other. Gives what checks, in an environment in which they are known, the arguments of constrained types. */
export function withUnsettledConstraints<T>(run: () => T): { result: T; settle: Settle } {
  const saved = unsettled;
  const applications: UnsettledApplication[] = [];
  unsettled = applications;
  try {
    const result = run();
    return {
      result,
      settle: (env, definitionOf) => {
        for (const { parameters, args, sources, loc } of applications) {
          const memo = new Map<TypeExpr, TypeExpr>();
          const formal = instances(parameters);
          args.forEach((arg, i) => {
            const actual = rigidInstance(arg, memo);
            try {
              unify(env, formal[i]!, actual);
            } catch (e) {
              if (!(e instanceof UnifyError)) throw e;
              if (unifiable(env, instances(parameters)[i]!, instance(arg))) error(loc, explainMismatch(env, e, arg, parameters[i]!, "This type", "should be an instance of type"));
              // Whatever its parameters are, the definition does not fit.
              const definition = definitionOf(repr(arg));
              if (definition === undefined) error(sources[i]!.loc, explainMismatch(env, e, arg, parameters[i]!, "This type", "should be an instance of type"));
              else error(definition, explainMismatch(env, e, arg, parameters[i]!, "This type constructor expands to type", "but is used here with type"));
            }
          });
        }
      },
    };
  } finally {
    unsettled = saved;
  }
}

const NOWHERE: Location = { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true };

/** Makes bound variables of the names while `body` runs. */
export function translatePoly(variables: readonly string[], body: () => TypeExpr, loc: Location = NOWHERE): TypeExpr {
  const saved = univars;
  univars = new Map(saved);
  beginDef();
  const fresh = variables.map((name) => {
    const v = newVar(name);
    univars.set(name, v);
    return v;
  });
  let type: TypeExpr;
  try {
    type = body();
  } finally {
    endDef();
    univars = saved;
  }
  const bound = fresh.map((v, i) => {
    const t = proxy(v);
    if (t.desc.kind !== "var" || t.level <= getLevel()) {
      const name = `'${variables[i]!}`;
      if (t.desc.kind === "var" || t.desc.kind === "univar") return error(loc, `The universal type variable ${name} cannot be generalized:\nit escapes its scope.`);
      return error(loc, `The universal type variable ${name} cannot be generalized:\nit is bound to ${printType(t)}.`);
    }
    setDesc(t, { kind: "univar", name: t.desc.name ?? variables[i]! });
    t.level = GENERIC_LEVEL;
    return t;
  });
  fixRows(type);
  return newType({ kind: "poly", body: type, variables: bound });
}

/** The row variable of an open type, and any other type itself. */
function proxy(type: TypeExpr): TypeExpr {
  const t = repr(type);
  if (t.desc.kind === "object") {
    const rest = fieldsEnd(t.desc.fields);
    return rest.desc.kind === "nil" ? t : rest;
  }
  if (t.desc.kind === "variant" && !isStaticRow(t.desc.row)) return repr(rowRepr(t.desc.row).more);
  return t;
}

/** Rows that end in a bound variable can get no more tags. */
function fixRows(type: TypeExpr): void {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (seen.has(t)) return;
    seen.add(t);
    if (t.desc.kind === "variant") {
      const row = rowRepr(t.desc.row);
      const more = repr(row.more);
      if (more.desc.kind === "univar" && row.fixed === undefined) setDesc(t, { kind: "variant", row: { ...row, fixed: { kind: "univar", type: more } } });
    }
    iterChildren(visit, t);
  };
  visit(type);
}

/** The type of a method in a class type: variables that occur nowhere else are bound by the method. */
export function translateMethodType(env: Env, source: CoreType): TypeExpr {
  const savedNames = namedVariables;
  const savedIntroduced = introduced;
  namedVariables = new Map(savedNames);
  const own: TypeExpr[] = (introduced = []);
  beginDef();
  let type: TypeExpr;
  try {
    type = translateType(env, source);
  } finally {
    endDef();
    namedVariables = savedNames;
    introduced = savedIntroduced;
  }
  const bound = [...new Set(own.map(repr))].filter((v) => v.desc.kind === "var" && v.level > getLevel());
  for (const v of bound) {
    setDesc(v, { kind: "univar", name: v.desc.kind === "var" ? v.desc.name : undefined });
    v.level = GENERIC_LEVEL;
  }
  fixRows(type);
  return newType({ kind: "poly", body: type, variables: bound });
}

export function translatePackage(env: Env, loc: Location, source: PackageType): TypeExpr {
  const { path } = lookupModtype(source.loc, source.ident.value, env);
  const flat = (lid: Longident): string[] => (lid.kind === "dot" ? [...flat(lid.prefix), lid.name] : lid.kind === "ident" ? [lid.name] : []);
  const constraints = source.constraints.map((c) => ({ path: flat(c.ident.value), type: translateType(env, c.type) })).sort((a, b) => compareNames(a.path, b.path));
  checkPackage(env, loc, path, constraints.map((c) => c.path));
  return newType({ kind: "package", path, constraints });
}

/** The order in which OCaml shows constraints: a name before those in modules, these by the module first. */
function compareNames(a: readonly string[], b: readonly string[]): number {
  if (a.length === 1 || b.length === 1) return a.length !== b.length ? a.length - b.length : a[0] === b[0] ? 0 : a[0]! < b[0]! ? -1 : 1;
  return compareNames(a.slice(0, -1), b.slice(0, -1)) || (a[a.length - 1]! < b[b.length - 1]! ? -1 : 1);
}

function translateVariant(env: Env, desc: Extract<CoreType["desc"], { kind: "variant" }>, loc: Location): TypeExpr {
  const fields: { label: string; field: RowFieldCell }[] = [];
  const index = new Map<string, number>();
  let name: RowDesc["name"];
  const addField = (label: string, field: RowFieldCell, at: Location = loc): void => {
    const known = index.get(label);
    if (known === undefined) {
      index.set(label, fields.length);
      fields.push({ label, field });
      return;
    }
    const old = rowFieldState(fields[known]!.field);
    const state = rowFieldState(field);
    if (old.kind === "present" && state.kind === "present" && (old.argument !== undefined || state.argument !== undefined)) {
      const conflict = (): never => error(at, `This variant type contains a constructor [ \`${label}${state.argument === undefined ? "" : ` of ${printType(state.argument)}`} ]\n       which should be [ \`${label}${old.argument === undefined ? "" : ` of ${printType(old.argument)}`} ]`);
      if (old.argument === undefined || state.argument === undefined) conflict();
      else {
        try {
          unify(env, old.argument, state.argument);
        } catch (e) {
          if (!(e instanceof UnifyError)) throw e;
          conflict();
        }
      }
    }
    fields[known] = { label, field };
  };
  // [< …] without > lists tags that may occur, not ones that must.
  const optional = desc.closed === "closed" && desc.labels !== undefined;
  const mustOccur = new Set(desc.labels ?? []);
  for (const field of desc.fields) {
    if (field.kind === "tag") {
      const args = field.args.map((a) => translateType(env, a));
      const label = field.label.value;
      if (optional && !mustOccur.has(label)) addField(label, { state: { kind: "either", noArgument: field.constant, args, matched: false } });
      else {
        if (args.length > 1 || (field.constant && args.length > 0)) error(loc, "The present constructor has a conjunctive type");
        addField(label, { state: { kind: "present", argument: args[0] } });
      }
    } else {
      const inherited = translateType(env, field.type);
      const expanded = expandHead(env, inherited);
      const t = repr(inherited);
      if (desc.fields.length === 1 && t.desc.kind === "constr") name = { path: t.desc.path, args: t.desc.args };
      if (expanded.desc.kind !== "variant") return error(field.type.loc, `The type ${printType(inherited)} does not expand to a polymorphic variant type`);
      for (const f of rowRepr(expanded.desc.row).fields) {
        const state = rowFieldState(f.field);
        if (optional && !mustOccur.has(f.label) && state.kind === "present") addField(f.label, { state: { kind: "either", noArgument: state.argument === undefined, args: state.argument === undefined ? [] : [state.argument], matched: false } });
        else addField(f.label, f.field, field.type.loc);
      }
    }
  }
  for (const label of mustOccur) if (!index.has(label)) error(loc, `The present constructor ${label} has no type`);
  const isStatic = desc.closed === "closed" && !optional;
  const more = isStatic ? newType({ kind: "nil" }) : bindLater(newVarAt(getLevel()));
  const closed = desc.closed === "closed";
  return newType({ kind: "variant", row: { fields, more, closed, fixed: undefined, name } });
}

/** A closed scheme: the type of a `val`, quantified over its variables. */
export function translateScheme(env: Env, source: CoreType): TypeExpr {
  const savedNames = namedVariables;
  const savedLevel = itemLevel;
  namedVariables = new Map();
  beginDef();
  itemLevel = getLevel();
  let type: TypeExpr;
  try {
    type = withPolicy("extensible", () => translateType(env, source));
  } finally {
    endDef();
    namedVariables = savedNames;
    itemLevel = savedLevel;
  }
  generalize(type);
  return type;
}
