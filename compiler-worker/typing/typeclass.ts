/**
 * Classes and class types that are defined together. Each defines a class, a class type, and two abbreviations: the type
 * of its objects, and `#c`, the open type of objects that have its methods. While they are being typed their type
 * parameters are the same in all uses within the group; only the rest of self may differ.
 */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { beginDef, endDef, getLevel, newArrow, newConstr, newType, newVar, repr } from "./btype.ts";
import { classBody, closedClass, generalizeClassType, generalizeRow, instanceClass, iterClassType, iterFree, nameObject, newClassSignature, objectFields, publicMethods, selfRow, signatureOfClassType, typesOfClassType } from "./class-signatures.ts";
import { addClass, addClassType, addType, freshUid, type Env } from "./env.ts";
import { createBound, createLocal } from "./ident.ts";
import { generalize, instances } from "./levels.ts";
import { pident } from "./path.ts";
import { typeOption } from "./predef.ts";
import { Names, printType } from "./print-type.ts";
import { printClassDeclaration, printClassTypeDeclaration } from "./print-class.ts";
import { explainDetails } from "./type-errors.ts";
import { subtype } from "./subtype.ts";
import { collectSelfCoercions, freshClassKey, typeClassExpr } from "./typeclass-expressions.ts";
import { completeClassType, translateClassType, UNFINISHED } from "./typeclass-types.ts";
import { computeVariances, declaredVariance } from "./variance.ts";
import type * as T from "./typedtree.ts";
import { getTypeVariable, resetTypeVariables, setTypeVariable, withTypeVariables } from "./typetexp.ts";
import { fieldsEnd, unify, UnifyError } from "./unify.ts";
import { watch } from "./usage.ts";
import { warningSpec, withWarnings } from "./warnings.ts";
import { GENERIC_LEVEL, type ClassDeclaration, type ClassType, type ClassTypeDeclaration, type Ident, type SignatureItem, type TypeDeclaration, type TypeExpr, type Uid } from "./types.ts";

const fail = (loc: Location, message: string): never => {
  throw new CompileError(errorAt(loc, message));
};

/** What one definition gives. */
export interface DeclaredClass {
  readonly id: Ident;
  readonly typeId: Ident;
  readonly objectId: Ident;
  /** Undefined for a class type. */
  readonly declaration: ClassDeclaration | undefined;
  readonly typeDeclaration: ClassTypeDeclaration;
  readonly objectType: TypeDeclaration;
  readonly expression: T.ClassExpr | undefined;
  readonly publicMethods: readonly string[];
  readonly virtual: Ast.VirtualFlag;
  readonly loc: Location;
}

/** A definition while its group is being typed. */
interface Pending<S> {
  readonly source: Ast.ClassInfos<S>;
  readonly id: Ident;
  readonly typeId: Ident;
  readonly objectId: Ident;
  /** The abbreviations, with types that become known as the group is typed. */
  readonly object: TypeDeclaration & { readonly manifest: TypeExpr };
  readonly hash: TypeDeclaration & { readonly manifest: TypeExpr };
  /** Type of the class's constructor. */
  readonly constructor: TypeExpr;
}

interface Typed {
  /** As the rest of the group sees the class: only the row of self is quantified. */
  readonly inGroup: { readonly parameters: readonly TypeExpr[]; readonly type: ClassType };
  readonly parameters: readonly TypeExpr[];
  readonly type: ClassType;
  readonly expression: T.ClassExpr | undefined;
  readonly hash: { readonly parameters: readonly TypeExpr[]; readonly type: TypeExpr };
  readonly new: TypeExpr;
  /** Where self is coerced to the class's object type. */
  readonly coercions: readonly Location[];
}

/** Class definitions of a structure. */
export function typeClassDeclarations(env: Env, sources: readonly Ast.ClassDeclaration[]): { declared: DeclaredClass[]; env: Env } {
  return define(env, sources, true, approximateExpression, (inner, source) => {
    // Whether it is complete is asked of the whole, and told at the declaration.
    const expression = typeClassExpr(freshClassKey(), inner, inner, "virtual", source.expression);
    completeClassType(source.loc, source.virtual, "class", expression.type);
    return { type: expression.type, expression };
  });
}

/** `class c : t` of a signature. */
export function typeClassDescriptions(env: Env, sources: readonly Ast.ClassDescription[]): { declared: DeclaredClass[]; env: Env } {
  return define(env, sources, true, approximateType, (inner, source) => describe(inner, source, "class"));
}

/** `class type c = t`. */
export function typeClassTypeDeclarations(env: Env, sources: readonly Ast.ClassTypeDeclaration[]): { declared: DeclaredClass[]; env: Env } {
  return define(env, sources, false, approximateType, (inner, source) => describe(inner, source, "class type"));
}

function describe(env: Env, source: Ast.ClassInfos<Ast.ClassType>, kind: "class" | "class type"): { type: ClassType; expression: undefined } {
  const type = translateClassType(env, "virtual", source.expression);
  completeClassType(source.loc, source.virtual, kind, type);
  return { type, expression: undefined };
}

function approximateExpression(source: Ast.ClassExpr): TypeExpr {
  const { desc } = source;
  switch (desc.kind) {
    case "fun":
      return approximateArrow(desc.label, approximateExpression(desc.body));
    case "let":
      return approximateExpression(desc.body);
    case "constraint":
      return approximateExpression(desc.class);
    default:
      return newVar();
  }
}
function approximateType(source: Ast.ClassType): TypeExpr {
  return source.desc.kind === "arrow" ? approximateArrow(source.desc.label, approximateType(source.desc.result)) : newVar();
}
function approximateArrow(label: Ast.ArgLabel, result: TypeExpr): TypeExpr {
  let parameter = newVar();
  if (label.kind === "optional") {
    parameter = typeOption(parameter);
    parameter.level = getLevel();
  }
  return newArrow(label, parameter, result);
}

/** A class, its class type and the type of its objects are one definition. */
const uids = new WeakMap<Ast.ClassInfos<unknown>, Uid>();
function uidOf(source: Ast.ClassInfos<unknown>): Uid {
  let uid = uids.get(source);
  if (uid === undefined) uids.set(source, (uid = freshUid()));
  return uid;
}

/** An abbreviation of an object type of which nothing is known yet. */
function temporaryAbbreviation(source: Ast.ClassInfos<unknown>): TypeDeclaration & { readonly manifest: TypeExpr } {
  const parameters = source.parameters.map(() => newVar());
  return abbreviation(source, parameters, newType({ kind: "object", fields: newVar(), name: { value: undefined } }));
}

function abbreviation(source: Ast.ClassInfos<unknown>, parameters: readonly TypeExpr[], manifest: TypeExpr): TypeDeclaration & { readonly manifest: TypeExpr } {
  return {
    parameters, arity: parameters.length, kind: { kind: "abstract", origin: "definition" }, private: "public", manifest, variance: declaredVariance(source.parameters), separability: parameters.map(() => "independent"), isNewtype: false,
    expansionScope: 0, loc: source.loc, attributes: [], immediate: "unknown", unboxed: false, uid: uidOf(source),
  };
}

function define<S>(env: Env, sources: readonly Ast.ClassInfos<S>[], definesClass: boolean, approximate: (source: S) => TypeExpr, typeOne: (env: Env, source: Ast.ClassInfos<S>) => { type: ClassType; expression: T.ClassExpr | undefined }): { declared: DeclaredClass[]; env: Env } {
  const scope = getLevel();
  beginDef();
  let inner = env;
  const pending = sources.map((source): Pending<S> => {
    const name = source.name.value;
    const p: Pending<S> = { source, id: createLocal(name), typeId: createBound(name, scope), objectId: createBound(name, scope), object: temporaryAbbreviation(source), hash: temporaryAbbreviation(source), constructor: approximate(source.expression) };
    const dummy: ClassType = { kind: "signature", signature: newClassSignature() };
    inner = addType(p.objectId, p.object, inner);
    inner = addClassType(p.typeId, classTypeDeclaration(source, [], dummy, UNFINISHED, p.hash), inner);
    if (definesClass) inner = addClass(p.id, classDeclaration(source, [], dummy, UNFINISHED, p.constructor), inner);
    return p;
  });
  const typed = pending.map((p): Typed => {
    const t = typeDefinition(inner, p, typeOne);
    const path = pident(p.objectId);
    inner = addClassType(p.typeId, classTypeDeclaration(p.source, t.inGroup.parameters, classBody(t.inGroup.type), path, p.hash), inner);
    if (definesClass) inner = addClass(p.id, classDeclaration(p.source, t.inGroup.parameters, t.inGroup.type, path, p.constructor), inner);
    return t;
  });
  endDef();
  const finished = pending.map((p, i) => finish(p, typed[i]!, definesClass));
  // Variances of the object types are those of the classes.
  const variances = computeVariances(env, finished.map((d) => ({ id: d.objectId, declaration: d.objectType, loc: d.loc })));
  let result = env;
  const declared = finished.map((d, i): DeclaredClass => {
    const objectType = variances[i]!.declaration;
    const { variance } = objectType;
    return { ...d, objectType, typeDeclaration: { ...d.typeDeclaration, variance }, declaration: d.declaration === undefined ? undefined : { ...d.declaration, variance } };
  });
  for (const d of declared) {
    result = addType(d.objectId, d.objectType, result);
    result = addClassType(d.typeId, d.typeDeclaration, result);
    if (d.declaration !== undefined) result = addClass(d.id, d.declaration, result);
  }
  declared.forEach((d, i) => {
    checkCoercions(result, d, typed[i]!.coercions);
  });
  for (const source of sources) withWarnings(warningSpec(source.attributes), () => watch(uidOf(source), source.name.value, source.loc, 34, "unused type"));
  return { declared, env: result };
}

/** Self may be seen as an object of its class when that is a supertype of all its subclasses' objects. */
function checkCoercions(env: Env, d: DeclaredClass, places: readonly Location[]): void {
  const [place] = places;
  const { manifest } = d.objectType;
  const { hashType } = d.typeDeclaration;
  if (place === undefined || manifest === undefined || hashType.manifest === undefined) return;
  const [open, ...openParameters] = instances([hashType.manifest, ...hashType.parameters]);
  const [object, ...parameters] = instances([manifest, ...d.objectType.parameters]);
  parameters.forEach((p, i) => {
    unify(env, p, openParameters[i]!);
  });
  const isOpen = (): boolean => fieldsEnd(objectFields(open!)).desc.kind === "var";
  if (subtype(env, open!, object!) !== undefined || !isOpen()) {
    fail(place, `The type of self cannot be coerced to
the type of the current class:
  ${printType(object!)}.
Some occurrences are contravariant`);
  }
}

function classDeclaration(source: Ast.ClassInfos<unknown>, parameters: readonly TypeExpr[], type: ClassType, path: ClassDeclaration["path"], constructor: TypeExpr): ClassDeclaration {
  return { parameters, type, path, new: source.virtual === "virtual" ? undefined : constructor, variance: parameters.map(() => 127), loc: source.loc, attributes: source.attributes, uid: uidOf(source) };
}
function classTypeDeclaration(source: Ast.ClassInfos<unknown>, parameters: readonly TypeExpr[], type: ClassType, path: ClassDeclaration["path"], hashType: TypeDeclaration): ClassTypeDeclaration {
  return { parameters, type, path, hashType, variance: parameters.map(() => 127), loc: source.loc, attributes: source.attributes, uid: uidOf(source) };
}

/** The class's type parameters as variables. */
function typeParameters(source: Ast.ClassInfos<unknown>): TypeExpr[] {
  return source.parameters.map((p) => {
    const v = newVar(p.type.desc.kind === "var" ? p.type.desc.name : undefined);
    if (p.type.desc.kind === "var") {
      if (getTypeVariable(p.type.desc.name) !== undefined) fail(p.type.loc, "A type parameter occurs several times");
      setTypeVariable(p.type.desc.name, v);
    }
    return v;
  });
}

function tryUnify(env: Env, left: TypeExpr, right: TypeExpr, otherwise: (error: UnifyError) => never): void {
  try {
    unify(env, left, right);
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    otherwise(e);
  }
}

function typeDefinition<S>(env: Env, p: Pending<S>, typeOne: (env: Env, source: Ast.ClassInfos<S>) => { type: ClassType; expression: T.ClassExpr | undefined }): Typed {
  const { source } = p;
  const { name, loc } = source;
  return withTypeVariables(() => {
    resetTypeVariables();
    beginDef();
    const parameters = typeParameters(source);
    const { result: typed, places } = collectSelfCoercions(p.objectId, () => typeOne(env, source));
    const { type, expression } = typed;
    endDef();
    const sign = signatureOfClassType(type);
    generalizeRow(selfRow(sign), [...parameters, ...typesOfClassType(type)]);
    // The type of objects: self without more methods.
    const objects = instanceClass(parameters, type);
    const object = signatureOfClassType(objects.type);
    const abbreviated = newConstr(pident(p.objectId), p.object.parameters);
    unify(env, selfRow(object), newType({ kind: "nil" }));
    p.object.parameters.forEach((q, i) => {
      tryUnify(env, q, objects.parameters[i]!, () => fail(loc, `The abbreviation ${name.value} is used with parameters ${printType(abbreviated)}\nwhich are incompatible with constraints ${printType(newConstr(pident(p.objectId), objects.parameters))}`));
    });
    tryUnify(env, object.self, abbreviated, (e) => fail(loc, `The abbreviation ${printType(abbreviated)} expands to type ${printType(object.self)}\nbut is used with type ${printType(p.object.manifest)}${explainDetails(env, e, new Names())}`));
    nameObject(pident(p.objectId), parameters, sign.self);
    // `#c`.
    const open = instanceClass(parameters, type);
    p.hash.parameters.forEach((q, i) => {
      tryUnify(env, q, open.parameters[i]!, () => fail(loc, `The class type #${name.value} is used with parameters\nwhich are incompatible with its constraints`));
    });
    const openSelf = signatureOfClassType(open.type).self;
    tryUnify(env, openSelf, p.hash.manifest, () => fail(loc, `The abbreviation #${name.value} expands to type ${printType(openSelf)}\nbut is used with type ${printType(p.hash.manifest)}`));
    // The constructor.
    tryUnify(env, constructorType(abbreviated, objects.type), p.constructor, (e) => fail(loc, `The expression "new ${name.value}" has type ${printType(constructorType(abbreviated, objects.type))}\nbut is used with type ${printType(p.constructor)}${explainDetails(env, e, new Names())}`));
    const last = instanceClass(parameters, type);
    const [hashType, ...hashParameters] = instances([sign.self, ...parameters]);
    return { inGroup: { parameters, type }, parameters: last.parameters, type: last.type, expression, hash: { parameters: hashParameters, type: hashType! }, new: p.constructor, coercions: places };
  });
}

function constructorType(object: TypeExpr, type: ClassType): TypeExpr {
  switch (type.kind) {
    case "constr":
      return constructorType(object, type.type);
    case "signature":
      return object;
    case "arrow":
      return newArrow(type.label, type.parameter, constructorType(object, type.result));
  }
}

function finish<S>(p: Pending<S>, t: Typed, definesClass: boolean): DeclaredClass {
  const { source } = p;
  t.parameters.forEach(generalize);
  generalizeClassType(t.type);
  generalize(t.new);
  p.object.parameters.forEach(generalize);
  generalize(p.object.manifest);
  t.hash.parameters.forEach(generalize);
  generalize(t.hash.type);
  const sign = signatureOfClassType(t.type);
  sign.selfRow = selfRow(sign);
  const path = pident(p.objectId);
  const hashType = abbreviation(source, t.hash.parameters, t.hash.type);
  const declaration = definesClass ? classDeclaration(source, t.parameters, t.type, path, t.new) : undefined;
  const typeDeclaration = classTypeDeclaration(source, t.parameters, classBody(t.type), path, hashType);
  const shown = (): string => (declaration === undefined ? printClassTypeDeclaration(source.name.value, typeDeclaration, true) : printClassDeclaration(source.name.value, declaration, true));
  if (hasWeakVariables(t.type)) fail(source.loc, `The type of this class,\n${shown()},\ncontains type variables that cannot be generalized`);
  const unbound = closedClass(t.parameters, sign);
  if (unbound !== undefined) {
    const names = new Names();
    const body = repr(unbound.type);
    const type = printType(body.desc.kind === "poly" ? body.desc.body : body, names);
    fail(source.loc, `Some type variables are unbound in this type:\n  ${shown().replace(/\n/g, "\n  ")}\nThe method ${unbound.method} has type ${type} where ${printType(unbound.variable, names)} is unbound`);
  }
  return {
    id: p.id, typeId: p.typeId, objectId: p.objectId, declaration, typeDeclaration, objectType: { ...p.object, manifest: p.object.manifest }, expression: t.expression, publicMethods: publicMethods(sign), virtual: source.virtual, loc: source.loc,
  };
}

/** Whether the type has variables of what is around the class. */
function hasWeakVariables(type: ClassType): boolean {
  const seen = new Set<TypeExpr>();
  const visit = (x: TypeExpr): boolean => {
    const t = repr(x);
    if (seen.has(t)) return false;
    seen.add(t);
    if (t.desc.kind === "var") return t.level !== GENERIC_LEVEL;
    let found = false;
    iterFree((child) => {
      found ||= visit(child);
    }, t);
    return found;
  };
  let found = false;
  iterClassType((t) => {
    found ||= visit(t);
  }, type);
  return found;
}

/** A class of which only the name and the number of type parameters are known: in recursive modules. */
export function approximateClass(source: Ast.ClassInfos<unknown>): DeclaredClass[] {
  beginDef();
  const object = temporaryAbbreviation(source);
  const hash = temporaryAbbreviation(source);
  const type: ClassType = { kind: "signature", signature: newClassSignature() };
  endDef();
  for (const d of [object, hash]) [...d.parameters, d.manifest].forEach(generalize);
  generalizeClassType(type);
  const name = source.name.value;
  const objectId = createLocal(name);
  // Its objects are like no others until it is known what they have.
  const objectType: TypeDeclaration = { ...object, manifest: undefined };
  return [{ id: createLocal(name), typeId: createLocal(name), objectId, declaration: undefined, typeDeclaration: classTypeDeclaration(source, object.parameters, type, pident(objectId), hash), objectType, expression: undefined, publicMethods: [], virtual: source.virtual, loc: source.loc }];
}

/** The signature's items of a group, in the order in which OCaml lists them. */
export function classItems(declared: readonly DeclaredClass[]): SignatureItem[] {
  const items: SignatureItem[] = [];
  declared.forEach((d, i) => {
    const rec = i === 0 ? "first" : "next";
    if (d.declaration !== undefined) items.push({ kind: "class", id: d.id, declaration: d.declaration, rec, visibility: "exported" });
    items.push({ kind: "classtype", id: d.typeId, declaration: d.typeDeclaration, rec, visibility: "exported" });
    items.push({ kind: "type", id: d.objectId, declaration: d.objectType, rec, visibility: "exported" });
  });
  return items;
}

export function typedDeclaration(d: DeclaredClass): T.ClassDeclaration {
  if (d.expression === undefined || d.declaration === undefined) throw new Error("a class definition is expected");
  return { id: d.id, name: d.id.name, virtual: d.virtual, expression: d.expression, type: d.declaration, publicMethods: d.publicMethods, loc: d.loc };
}
