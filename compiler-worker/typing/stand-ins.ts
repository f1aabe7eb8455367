/** What stands for definitions that have errors, so that those who use them are told nothing of it: types that fit everything. */
import type * as Ast from "../syntax/ast.ts";
import { CompileError } from "../syntax/diagnostics.ts";
import { getLevel, newGenericType } from "./btype.ts";
import { addExtension, addModuleDeclaration, addType, addValue, freshUid, type Env } from "./env.ts";
import { createBound, createLocal } from "./ident.ts";
import { PATHS } from "./predef.ts";
import { discardingDiagnostics } from "./warnings.ts";
import type { ConstructorArguments, LabelDeclaration, ModuleType, SignatureItem, TypeDeclaration, TypeExpr, TypeKind } from "./types.ts";

/** Any type, another one each time that the definition is used. */
const anyType = (): TypeExpr => newGenericType({ kind: "var", name: undefined });

function labelsOf(sources: readonly Ast.LabelDeclaration[]): LabelDeclaration[] {
  return sources.map((l) => ({ id: createLocal(l.name.value), mutable: l.mutable, type: anyType(), loc: l.loc, attributes: [], uid: freshUid() }));
}
function argumentsOf(source: Ast.ConstructorArguments): ConstructorArguments {
  return source.kind === "tuple" ? { kind: "tuple", types: source.types.map(anyType) } : { kind: "record", labels: labelsOf(source.labels) };
}
function kindOf({ definition }: Ast.TypeDeclaration): TypeKind {
  switch (definition.kind) {
    case "abstract":
      return { kind: "abstract", origin: "definition" };
    case "open":
      return { kind: "open" };
    case "record":
      return { kind: "record", labels: labelsOf(definition.labels), representation: { kind: "regular" } };
    case "variant":
      return { kind: "variant", representation: "regular", constructors: definition.constructors.map((c) => ({ id: createLocal(c.name.value), args: argumentsOf(c.args), result: undefined, loc: c.loc, attributes: [], uid: freshUid() })) };
  }
}

/** A type with the parameters, and the names of constructors or labels, of its definition. */
function typeItem(source: Ast.TypeDeclaration): SignatureItem & { readonly kind: "type" } {
  const parameters = source.parameters.map(anyType);
  const declaration: TypeDeclaration = {
    parameters, arity: parameters.length, kind: kindOf(source), private: "public", manifest: source.definition.kind === "abstract" && source.manifest !== undefined ? anyType() : undefined, variance: parameters.map(() => 127), separability: parameters.map(() => "independent"),
    isNewtype: false, expansionScope: 0, loc: source.loc, attributes: [], immediate: "unknown", unboxed: false, uid: freshUid(),
  };
  return { kind: "type", id: createBound(source.name.value, getLevel()), declaration, rec: "first", visibility: "exported" };
}

/** Adds types of which the definitions have errors. */
export function addUnknownTypes(env: Env, sources: readonly Ast.TypeDeclaration[], items: SignatureItem[]): Env {
  for (const source of sources) {
    const item = typeItem(source);
    items.push(item);
    env = addType(item.id, item.declaration, env);
  }
  return env;
}

/** Adds an exception of which the definition has errors. */
export function addUnknownException(env: Env, { constructor: source }: Ast.TypeException, items: SignatureItem[]): Env {
  const args: ConstructorArguments = source.definition.kind === "declaration" ? argumentsOf(source.definition.args) : { kind: "tuple", types: [] };
  const id = createLocal(source.name.value);
  const constructor = { typePath: PATHS.exn, typeParameters: [], args, result: undefined, private: "public" as const, loc: source.loc, attributes: [], uid: freshUid() };
  items.push({ kind: "typext", id, constructor, status: "exception", visibility: "exported" });
  return addExtension(id, constructor, env);
}

/** Adds a value of which the definition has errors. */
export function addUnknownValue(env: Env, name: string, loc: Ast.Pattern["loc"], items: SignatureItem[]): Env {
  const id = createLocal(name);
  const description = { type: anyType(), valueKind: { kind: "regular" } as const, loc, attributes: [], uid: freshUid() };
  items.push({ kind: "value", id, description, visibility: "exported" });
  return addValue(id, description, env);
}

/** Adds a module of which the body has errors, when it is said what it should have. `translate` gives a module type. */
export function addUnknownModule(env: Env, { name, expression, loc }: Ast.ModuleBinding, translate: (env: Env, source: Ast.ModuleType) => ModuleType, items: SignatureItem[]): Env {
  if (name.value === undefined || expression.desc.kind !== "constraint") return env;
  const source = expression.desc.type;
  let type: ModuleType;
  try {
    type = discardingDiagnostics(() => translate(env, source));
  } catch (e) {
    if (!(e instanceof CompileError)) throw e;
    return env;
  }
  const id = createBound(name.value, getLevel());
  const declaration = { type, attributes: [], loc, uid: freshUid() };
  items.push({ kind: "module", id, presence: "present", declaration, rec: "not", visibility: "exported" });
  return addModuleDeclaration(id, declaration, env);
}
