/** Predefined types and exceptions, and the first environment. */
import { newConstr, newGenericType } from "./btype.ts";
import { addExtension, addType, emptyEnv, type Env } from "./env.ts";
import { predef } from "./ident.ts";
import { pident } from "./path.ts";
import type { ConstructorDeclaration, ExtensionConstructor, Path, TypeDeclaration, TypeExpr, TypeKind } from "./types.ts";

const NOWHERE = { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true };

const path = (name: string): Path => pident(predef(name));
export const PATHS = {
  int: path("int"), char: path("char"), bytes: path("bytes"), string: path("string"), float: path("float"), bool: path("bool"), unit: path("unit"), exn: path("exn"), eff: path("eff"), continuation: path("continuation"),
  array: path("array"), list: path("list"), option: path("option"), lazy: path("lazy_t"), floatarray: path("floatarray"), int32: path("int32"), int64: path("int64"), nativeint: path("nativeint"), extensionConstructor: path("extension_constructor"), atomicLoc: path("atomic_loc"),
} as const;

const constr = (p: Path, args: readonly TypeExpr[] = []): TypeExpr => newGenericType({ kind: "constr", path: p, args, abbreviations: { expansion: undefined } });
/** A node of its own for each use: unification makes nodes one, and the names of abbreviations with them. */
const make =
  (p: Path): (() => TypeExpr) =>
  () =>
    newConstr(p, []);
export const typeInt = make(PATHS.int);
export const typeChar = make(PATHS.char);
export const typeBytes = make(PATHS.bytes);
export const typeString = make(PATHS.string);
export const typeFloat = make(PATHS.float);
export const typeBool = make(PATHS.bool);
export const typeUnit = make(PATHS.unit);
export const typeExn = make(PATHS.exn);
export const typeInt32 = make(PATHS.int32);
export const typeInt64 = make(PATHS.int64);
export const typeNativeint = make(PATHS.nativeint);
export const typeExtensionConstructor = make(PATHS.extensionConstructor);
export const typeArray = (t: TypeExpr): TypeExpr => constr(PATHS.array, [t]);
export const typeList = (t: TypeExpr): TypeExpr => constr(PATHS.list, [t]);
export const typeOption = (t: TypeExpr): TypeExpr => constr(PATHS.option, [t]);
export const typeLazy = (t: TypeExpr): TypeExpr => constr(PATHS.lazy, [t]);

const COVARIANT = 1 | 8 | 16;
const INVARIANT = 1 | 2 | 4 | 8 | 16 | 32 | 64;

function declare(kind: TypeKind, parameters: readonly TypeExpr[], variance: readonly number[], immediate: TypeDeclaration["immediate"] = "unknown"): TypeDeclaration {
  return { parameters, arity: parameters.length, kind, private: "public", manifest: undefined, variance, separability: parameters.map(() => "independent"), isNewtype: false, expansionScope: 0, loc: NOWHERE, attributes: [], immediate, unboxed: false, uid: 0 };
}
const ABSTRACT: TypeKind = { kind: "abstract", origin: "definition" };
function constructor(name: string, types: readonly TypeExpr[] = []): ConstructorDeclaration {
  return { id: predef(name), args: { kind: "tuple", types }, result: undefined, loc: NOWHERE, attributes: [], uid: 0 };
}
const variant = (...constructors: ConstructorDeclaration[]): TypeKind => ({ kind: "variant", constructors, representation: "regular" });

export const PREDEFINED_EXCEPTIONS = [
  "Match_failure", "Out_of_memory", "Invalid_argument", "Failure", "Not_found", "Sys_error", "End_of_file", "Division_by_zero", "Stack_overflow", "Sys_blocked_io", "Assert_failure", "Undefined_recursive_module",
] as const;

/** The environment before anything is opened. */
export function initialEnv(): Env {
  let env = emptyEnv;
  const add = (p: Path, declaration: TypeDeclaration): void => {
    if (p.kind === "ident") env = addType(p.id, declaration, env);
  };
  const variable = (): TypeExpr => newGenericType({ kind: "var", name: undefined });
  add(PATHS.int, declare(ABSTRACT, [], [], "always"));
  add(PATHS.char, declare(ABSTRACT, [], [], "always"));
  for (const p of [PATHS.bytes, PATHS.string, PATHS.float, PATHS.floatarray, PATHS.int32, PATHS.int64, PATHS.nativeint, PATHS.extensionConstructor]) add(p, declare(ABSTRACT, [], []));
  add(PATHS.bool, declare(variant(constructor("false"), constructor("true")), [], [], "always"));
  add(PATHS.unit, declare(variant(constructor("()")), [], [], "always"));
  add(PATHS.exn, declare({ kind: "open" }, [], []));
  const eff = variable();
  add(PATHS.eff, declare({ kind: "open" }, [eff], [COVARIANT]));
  add(PATHS.continuation, declare(ABSTRACT, [variable(), variable()], [2 | 8 | 32, COVARIANT]));
  add(PATHS.array, declare(ABSTRACT, [variable()], [INVARIANT]));
  add(PATHS.atomicLoc, declare(ABSTRACT, [variable()], [INVARIANT]));
  const a = variable();
  add(PATHS.list, declare(variant(constructor("[]"), constructor("::", [a, constr(PATHS.list, [a])])), [a], [COVARIANT]));
  const b = variable();
  add(PATHS.option, declare(variant(constructor("None"), constructor("Some", [b])), [b], [COVARIANT]));
  add(PATHS.lazy, declare(ABSTRACT, [variable()], [COVARIANT]));
  const place = (): TypeExpr => newGenericType({ kind: "tuple", components: [constr(PATHS.string), constr(PATHS.int), constr(PATHS.int)] });
  const args: Partial<Record<(typeof PREDEFINED_EXCEPTIONS)[number], TypeExpr[]>> = {
    Match_failure: [place()], Invalid_argument: [constr(PATHS.string)], Failure: [constr(PATHS.string)], Sys_error: [constr(PATHS.string)], Assert_failure: [place()], Undefined_recursive_module: [place()],
  };
  for (const name of PREDEFINED_EXCEPTIONS) {
    const e: ExtensionConstructor = { typePath: PATHS.exn, typeParameters: [], args: { kind: "tuple", types: args[name] ?? [] }, result: undefined, private: "public", loc: NOWHERE, attributes: [], uid: 0 };
    env = addExtension(predef(name), e, env);
  }
  return env;
}
