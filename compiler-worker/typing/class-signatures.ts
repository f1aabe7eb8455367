/**
 * Class signatures: the type of self with its instance variables and methods. Adding to them, inheriting, completing,
 * instances, generalization, and what is free in them.
 */
import type { MutableFlag, PrivateFlag, VirtualFlag } from "../syntax/ast.ts";
import { fieldKindRepr, getLevel, isStaticRow, iterChildren, iterRow, linkType, newType, newTypeAt, newVar, newVarAt, repr, rowRepr, setFieldKind, setObjectName, setTypeLevel } from "./btype.ts";
import type { Env } from "./env.ts";
import { copyGeneric, copyKind, freshVariable, generalize, kindsOf } from "./levels.ts";
import { DUMMY_METHOD, fieldsEnd, findField, flattenFields, unify, UnifyError } from "./unify.ts";
import { GENERIC_LEVEL, type ClassSignature, type ClassType, type FieldKind, type Path, type TypeExpr } from "./types.ts";

export function newClassSignature(): ClassSignature {
  const selfRow = newVar();
  return { self: newType({ kind: "object", fields: selfRow, name: { value: undefined } }), selfFields: selfRow, selfRow, variables: new Map(), methods: new Map() };
}

export function signatureOfClassType(type: ClassType): ClassSignature {
  let t = type;
  for (;;) {
    if (t.kind === "signature") return t.signature;
    t = t.kind === "constr" ? t.type : t.result;
  }
}

/** The class type without the names of class types before its first arrow or signature. */
export function scrapeClassType(type: ClassType): ClassType {
  let t = type;
  while (t.kind === "constr") t = t.type;
  return t;
}

/** The class type without its parameters. */
export function classBody(type: ClassType): ClassType {
  let t = type;
  while (t.kind === "arrow") t = t.result;
  return t;
}

export function classArity(type: ClassType): number {
  let n = 0;
  for (let t = scrapeClassType(type); t.kind === "arrow"; t = scrapeClassType(t.result)) n++;
  return n;
}

export function objectFields(type: TypeExpr): TypeExpr {
  const t = repr(type);
  if (t.desc.kind !== "object") throw new Error("an object type is expected");
  return t.desc.fields;
}

/** The end of self's fields. */
export function selfRow(sign: ClassSignature): TypeExpr {
  return fieldsEnd(sign.selfFields);
}

/** Keeps the type of self open and in its class until it is complete. */
export function addDummyMethod(sign: ClassSignature): void {
  const row = selfRow(sign);
  if (row.desc.kind !== "var") return;
  const level = getLevel();
  linkType(row, newTypeAt(row.level, { kind: "field", name: DUMMY_METHOD, fieldKind: { state: "private" }, type: newTypeAt(level, { kind: "tuple", components: [] }), rest: newVarAt(row.level) }));
}

export type MethodFailure = { readonly kind: "unexpected" } | { readonly kind: "mismatch"; readonly error: UnifyError };
export type VariableFailure = { readonly kind: "mutability"; readonly mutable: MutableFlag } | { readonly kind: "mismatch"; readonly error: UnifyError };

const makePublic = (kind: FieldKind): void => {
  const k = fieldKindRepr(kind);
  if (k.state === "private") setFieldKind(k, "public");
};

/** Adds a method, or refines the one that is there. Undefined when it could be done. */
export function addMethod(env: Env, name: string, isPrivate: PrivateFlag, virtual: VirtualFlag, type: TypeExpr, sign: ClassSignature): MethodFailure | undefined {
  const known = sign.methods.get(name);
  try {
    if (known !== undefined) {
      if (isPrivate === "public") makePublic(known.private);
      sign.methods.set(name, { private: known.private, virtual: known.virtual === "concrete" ? "concrete" : virtual, type: known.type });
      unify(env, type, known.type);
      return undefined;
    }
    const inSelf = findField(sign.selfFields, name);
    if (inSelf !== undefined) {
      if (isPrivate === "public") makePublic(inSelf.fieldKind);
      sign.methods.set(name, { private: inSelf.fieldKind, virtual, type });
      unify(env, type, inSelf.type);
      return undefined;
    }
    const rest = fieldsEnd(sign.selfFields);
    if (rest.desc.kind === "nil" && isPrivate === "private") {
      // The type of self is complete, and says nothing of private methods.
      sign.methods.set(name, { private: { state: "absent" }, virtual, type });
      return undefined;
    }
    if (rest.desc.kind !== "var") return { kind: "unexpected" };
    const kind: FieldKind = { state: isPrivate === "public" ? "public" : "private" };
    unify(env, rest, newTypeAt(rest.level, { kind: "field", name, fieldKind: kind, type, rest: newVarAt(rest.level) }));
    sign.methods.set(name, { private: kind, virtual, type });
    return undefined;
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error;
    return { kind: "mismatch", error };
  }
}

/** Adds an instance variable, or refines the one that is there. Undefined when it could be done. */
export function addInstanceVariable(env: Env, name: string, mutable: MutableFlag, virtual: VirtualFlag, type: TypeExpr, sign: ClassSignature): VariableFailure | undefined {
  const known = sign.variables.get(name);
  let concrete = virtual;
  if (known !== undefined) {
    if (known.mutable !== mutable) return { kind: "mutability", mutable };
    if (known.virtual === "concrete") concrete = "concrete";
    try {
      unify(env, type, known.type);
    } catch (error) {
      if (!(error instanceof UnifyError)) throw error;
      return { kind: "mismatch", error };
    }
  }
  sign.variables.set(name, { mutable, virtual: concrete, type });
  return undefined;
}

export type InheritFailure =
  | { readonly kind: "self"; readonly error: UnifyError }
  | { readonly kind: "method"; readonly name: string; readonly failure: MethodFailure }
  | { readonly kind: "variable"; readonly name: string; readonly failure: VariableFailure };

/** Adds what a parent has. Undefined when it could be done. */
export function inheritSignature(env: Env, sign: ClassSignature, parent: ClassSignature): InheritFailure | undefined {
  try {
    unify(env, sign.self, parent.self);
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error;
    return { kind: "self", error };
  }
  for (const [name, m] of parent.methods) {
    const failure = addMethod(env, name, fieldKindRepr(m.private).state === "public" ? "public" : "private", m.virtual, m.type, sign);
    if (failure !== undefined) return { kind: "method", name, failure };
  }
  for (const [name, v] of parent.variables) {
    const failure = addInstanceVariable(env, name, v.mutable, v.virtual, v.type, sign);
    if (failure !== undefined) return { kind: "variable", name, failure };
  }
  return undefined;
}

const sorted = (names: Iterable<string>): string[] => [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

export function virtualMethods(sign: ClassSignature): string[] {
  return sorted([...sign.methods].filter(([, m]) => m.virtual === "virtual").map(([name]) => name));
}
export function virtualVariables(sign: ClassSignature): string[] {
  return sorted([...sign.variables].filter(([, v]) => v.virtual === "virtual").map(([name]) => name));
}
export const isPublic = (m: { readonly private: FieldKind }): boolean => fieldKindRepr(m.private).state === "public";
export function methodNames(sign: ClassSignature): string[] {
  return sorted(sign.methods.keys());
}
export function variableNames(sign: ClassSignature): string[] {
  return sorted(sign.variables.keys());
}
export function concreteMethods(sign: ClassSignature): string[] {
  return sorted([...sign.methods].filter(([, m]) => m.virtual === "concrete").map(([name]) => name));
}
export function publicMethods(sign: ClassSignature): string[] {
  return sorted([...sign.methods].filter(([, m]) => isPublic(m)).map(([name]) => name));
}

/** Enters the methods that self's type has got by unification; gives those that were not declared and those that became public. */
export function updateSignature(sign: ClassSignature, madePublic: ReadonlySet<string>): { undeclared: string[]; published: string[] } {
  const undeclared: string[] = [];
  const published: string[] = [];
  for (const [name, field] of flattenFields(sign.selfFields).fields) {
    if (name === DUMMY_METHOD || fieldKindRepr(field.fieldKind).state === "absent") continue;
    const known = sign.methods.get(name);
    if (known === undefined) {
      sign.methods.set(name, { private: field.fieldKind, virtual: "virtual", type: field.type });
      undeclared.push(name);
    } else if (madePublic.has(name) && isPublic(known)) published.push(name);
  }
  sign.selfRow = selfRow(sign);
  return { undeclared: sorted(undeclared), published: sorted(published) };
}

/** What is private in a complete class is out of reach of the type of its objects. `isParent`: self may not escape yet. */
export function hidePrivateMethods(sign: ClassSignature, isParent = false): void {
  for (const field of flattenFields(sign.selfFields).fields.values()) {
    const kind = fieldKindRepr(field.fieldKind);
    if (kind.state !== "private" || (isParent && field.name === DUMMY_METHOD)) continue;
    // The signature still lists the method as private.
    const own = sign.methods.get(field.name);
    if (own !== undefined && fieldKindRepr(own.private) === kind) sign.methods.set(field.name, { ...own, private: { state: "private" } });
    setFieldKind(kind, "absent");
  }
}

/** Makes self's type closed; false when it may not be. */
export function closeSelf(sign: ClassSignature): boolean {
  for (let t = repr(sign.selfFields); ; t = repr(t.desc.rest)) {
    if (t.desc.kind === "var") {
      linkType(t, newTypeAt(t.level, { kind: "nil" }));
      return true;
    }
    if (t.desc.kind !== "field") return true;
    if (t.desc.name === DUMMY_METHOD && fieldKindRepr(t.desc.fieldKind).state !== "absent") return false;
  }
}

// ---------------------------------------------------------------- instances and generalization

function copySignature(sign: ClassSignature, memo: Map<TypeExpr, TypeExpr>, variable: (t: TypeExpr) => TypeExpr): ClassSignature {
  const copy = (t: TypeExpr): TypeExpr => copyGeneric(t, memo, variable);
  const self = copy(sign.self);
  return {
    self,
    selfFields: copy(sign.selfFields),
    selfRow: copy(sign.selfRow),
    variables: new Map([...sign.variables].map(([name, v]) => [name, { ...v, type: copy(v.type) }])),
    methods: new Map([...sign.methods].map(([name, m]) => [name, { ...m, private: copyKind(m.private, kindsOf(memo)), type: copy(m.type) }])),
  };
}

export function copyClassType(type: ClassType, memo: Map<TypeExpr, TypeExpr>, variable: (t: TypeExpr) => TypeExpr = freshVariable): ClassType {
  const copy = (t: TypeExpr): TypeExpr => copyGeneric(t, memo, variable);
  switch (type.kind) {
    case "constr":
      return { kind: "constr", path: type.path, args: type.args.map(copy), type: copyClassType(type.type, memo, variable) };
    case "signature":
      return { kind: "signature", signature: copySignature(type.signature, memo, variable) };
    case "arrow":
      return { kind: "arrow", label: type.label, parameter: copy(type.parameter), result: copyClassType(type.result, memo, variable) };
  }
}

/** Fresh variables for the quantified ones, the same in parameters and type. */
export function instanceClass(parameters: readonly TypeExpr[], type: ClassType): { parameters: TypeExpr[]; type: ClassType } {
  const memo = new Map<TypeExpr, TypeExpr>();
  return { parameters: parameters.map((p) => copyGeneric(p, memo)), type: copyClassType(type, memo) };
}

/** Calls `f` on the types of a class type. */
export function iterClassType(f: (t: TypeExpr) => void, type: ClassType): void {
  switch (type.kind) {
    case "constr":
      type.args.forEach(f);
      iterClassType(f, type.type);
      break;
    case "arrow":
      f(type.parameter);
      iterClassType(f, type.result);
      break;
    case "signature":
      f(type.signature.self);
      f(type.signature.selfFields);
      f(type.signature.selfRow);
      for (const v of type.signature.variables.values()) f(v.type);
      for (const m of type.signature.methods.values()) f(m.type);
  }
}

export function generalizeClassType(type: ClassType): void {
  iterClassType(generalize, type);
}

/**
 * Quantifies the row variable and what depends on it, and nothing else: the type parameters of classes that are defined
 * together are the same in all of them until the last is typed.
 */
export function generalizeRow(row: TypeExpr, types: readonly TypeExpr[]): void {
  const level = getLevel();
  const parents = new Map<TypeExpr, TypeExpr[]>();
  const roots: TypeExpr[] = [];
  const target = repr(row);
  const work: { node: TypeExpr; parent: TypeExpr | undefined }[] = types.map((node) => ({ node: repr(node), parent: undefined }));
  while (work.length > 0) {
    const { node, parent } = work.pop()!;
    if (node.level <= level) continue;
    const known = parents.get(node);
    if (known !== undefined) {
      if (parent !== undefined) known.push(parent);
      continue;
    }
    parents.set(node, parent === undefined ? [] : [parent]);
    if (node.level === GENERIC_LEVEL || node === target) roots.push(node);
    iterChildren((child) => work.push({ node: repr(child), parent: node }), node);
  }
  const quantified = new Set<TypeExpr>();
  const queue = roots;
  while (queue.length > 0) {
    const node = queue.pop()!;
    if (quantified.has(node)) continue;
    quantified.add(node);
    setTypeLevel(node, GENERIC_LEVEL);
    for (const parent of parents.get(node) ?? []) queue.push(parent);
    // The row variable of a variant and its fields go together.
    if (node.desc.kind === "variant") {
      const more = repr(node.desc.row.more);
      if (more.level !== GENERIC_LEVEL && parents.has(more)) queue.push(more);
    }
  }
  for (const node of parents.keys()) if (node.level !== GENERIC_LEVEL) setTypeLevel(node, level);
}

export function typesOfClassType(type: ClassType): TypeExpr[] {
  const types: TypeExpr[] = [];
  iterClassType((t) => types.push(t), type);
  return types;
}

/** Shows the object type by the name of its class from now on. */
export function nameObject(path: Path, parameters: readonly TypeExpr[], type: TypeExpr): void {
  const t = repr(type);
  if (t.desc.kind !== "object") return;
  setObjectName(t.desc.name, { path, args: [fieldsEnd(t.desc.fields), ...parameters] });
}

// ---------------------------------------------------------------- free variables

/** A variable that a public method's type mentions and the class's parameters do not bind. */
export interface UnboundVariable {
  readonly variable: TypeExpr;
  readonly method: string;
  readonly type: TypeExpr;
}

/** Calls `f` on the children in which variables count: the row variable of a closed row is none. */
export function iterFree(f: (t: TypeExpr) => void, t: TypeExpr): void {
  if (t.desc.kind === "variant" && isStaticRow(t.desc.row)) {
    const more = repr(rowRepr(t.desc.row).more);
    iterRow((c) => {
      if (repr(c) !== more) f(c);
    }, t.desc.row);
  } else if (t.desc.kind === "object") f(t.desc.fields);
  else iterChildren(f, t);
}

/** Whether all variables of the public methods are among the parameters. */
export function closedClass(parameters: readonly TypeExpr[], sign: ClassSignature): UnboundVariable | undefined {
  const bound = new Set<TypeExpr>();
  const mark = (x: TypeExpr): void => {
    const t = repr(x);
    if (bound.has(t)) return;
    bound.add(t);
    iterChildren(mark, t);
  };
  parameters.forEach(mark);
  bound.add(selfRow(sign));
  const seen = new Set<TypeExpr>();
  const find = (x: TypeExpr): TypeExpr | undefined => {
    const t = repr(x);
    if (bound.has(t) || seen.has(t)) return undefined;
    seen.add(t);
    if (t.desc.kind === "var") return t;
    let found: TypeExpr | undefined;
    iterFree((child) => {
      found ??= find(child);
    }, t);
    return found;
  };
  for (const name of methodNames(sign)) {
    const m = sign.methods.get(name)!;
    if (!isPublic(m)) continue;
    const variable = find(m.type);
    if (variable !== undefined) return { variable, method: name, type: m.type };
  }
  return undefined;
}
