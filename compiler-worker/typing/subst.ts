/** Substitution of identifiers by paths (and types, module types) in types and signatures. Bound identifiers are unique, so nothing is captured. */
import { newTypeAt, repr, rowFieldState, rowRepr } from "./btype.ts";
import { constructorWith, declarationWith, descriptionWith, labelWith } from "./copies.ts";
import { deferCopy, isDeferred } from "./deferral.ts";
import { hasRecursiveTypes } from "./language-flags.ts";
import { rowCopiesOf, rowVariable } from "./levels.ts";
import { pdot } from "./path.ts";
import { arrowDesc, asDesc, constrDesc, linkDesc, newNode, tupleDesc } from "./type-nodes.ts";
import type { ClassDeclaration, ClassSignature, ClassType, ClassTypeDeclaration, ConstructorArguments, ConstructorDeclaration, ExtensionConstructor, FunctorParameter, Ident, LabelDeclaration, ModuleDeclaration, ModuleType, ModuleTypeDeclaration, Path, RowDesc, RowFieldCell, Signature, SignatureItem, TypeDeclaration, TypeDesc, TypeExpr, TypeKind, ValueDescription } from "./types.ts";

/** A type constructor is replaced by another, or by a type with parameters. */
export type TypeReplacement = { readonly kind: "path"; readonly path: Path } | { readonly kind: "function"; readonly parameters: readonly TypeExpr[]; readonly body: TypeExpr };

/** A path cannot be without a module that is to be erased. */
export class CannotErase extends Error {
  readonly path: Path;

  constructor(path: Path) {
    super("a path mentions a module that has no name here");
    this.path = path;
  }
}

const NONE: ReadonlySet<Ident> = new Set();

export class Subst {
  /** Modules, module types, types and classes that paths shall not mention any more. */
  readonly erased: ReadonlySet<Ident>;
  /** What becomes of type constructors that mention one; throws `CannotErase`. */
  readonly expansion: ((path: Path) => TypeReplacement) | undefined;
  readonly types = new Map<Ident, TypeReplacement>();
  readonly modules = new Map<Ident, Path>();
  readonly moduleTypes = new Map<Ident, ModuleType>();
  /** Replacements of paths with a dot: `with type M.t := …`. */
  readonly typePaths: { readonly path: Path; readonly replacement: TypeReplacement }[] = [];

  constructor(erased: ReadonlySet<Ident> = NONE, expansion?: (path: Path) => TypeReplacement) {
    this.erased = erased;
    this.expansion = expansion;
  }

  get isEmpty(): boolean {
    return this.erased.size === 0 && this.types.size === 0 && this.modules.size === 0 && this.moduleTypes.size === 0 && this.typePaths.length === 0;
  }
  addType(id: Ident, path: Path): this {
    this.types.set(id, { kind: "path", path });
    return this;
  }
  addTypeFunction(id: Ident, parameters: readonly TypeExpr[], body: TypeExpr): this {
    this.types.set(id, { kind: "function", parameters, body });
    return this;
  }
  addModule(id: Ident, path: Path): this {
    this.modules.set(id, path);
    return this;
  }
  addModuleType(id: Ident, type: ModuleType): this {
    this.moduleTypes.set(id, type);
    return this;
  }
}

export function modulePath(s: Subst, path: Path): Path {
  switch (path.kind) {
    case "ident":
      if (s.erased.has(path.id)) throw new CannotErase(path);
      return s.modules.get(path.id) ?? path;
    case "dot": {
      const prefix = modulePath(s, path.prefix);
      return prefix === path.prefix ? path : pdot(prefix, path.name);
    }
    case "apply": {
      const functor = modulePath(s, path.functor);
      const argument = modulePath(s, path.argument);
      return functor === path.functor && argument === path.argument ? path : { kind: "apply", functor, argument };
    }
    case "inlineRecord":
      return path;
  }
}

function typeReplacement(s: Subst, path: Path): TypeReplacement | undefined {
  if (path.kind === "ident") return s.expansion !== undefined && s.erased.has(path.id) ? s.expansion(path) : s.types.get(path.id);
  if (s.expansion !== undefined && path.kind === "dot" && touchesModule(s, path.prefix)) return s.expansion(path);
  if (s.typePaths.length > 0) for (const item of s.typePaths) if (sameDotted(item.path, path)) return item.replacement;
  return undefined;
}

function sameDotted(a: Path, b: Path): boolean {
  if (a.kind === "dot") return b.kind === "dot" && a.name === b.name && sameDotted(a.prefix, b.prefix);
  return a.kind === "ident" && b.kind === "ident" && a.id === b.id;
}

export function typePath(s: Subst, path: Path): Path {
  switch (path.kind) {
    case "ident": {
      if (s.erased.has(path.id)) throw new CannotErase(path);
      const r = s.types.get(path.id);
      return r !== undefined && r.kind === "path" ? r.path : path;
    }
    case "dot": {
      const r = typeReplacement(s, path);
      if (r !== undefined && r.kind === "path") return r.path;
      const prefix = modulePath(s, path.prefix);
      return prefix === path.prefix ? path : pdot(prefix, path.name);
    }
    case "inlineRecord": {
      const prefix = typePath(s, path.prefix);
      return prefix === path.prefix ? path : { kind: "inlineRecord", prefix, constructor: path.constructor };
    }
    case "apply":
      return path;
  }
}

function modtypePath(s: Subst, path: Path): ModuleType | Path {
  if (path.kind === "ident") {
    if (s.erased.has(path.id)) throw new CannotErase(path);
    return s.moduleTypes.get(path.id) ?? path;
  }
  if (path.kind === "dot") {
    const prefix = modulePath(s, path.prefix);
    return prefix === path.prefix ? path : pdot(prefix, path.name);
  }
  return path;
}

const isModuleType = (x: ModuleType | Path): x is ModuleType => x.kind === "signature" || x.kind === "functor" || x.kind === "alias" || (x.kind === "ident" && "path" in x);

function touchesPath(s: Subst, path: Path): boolean {
  switch (path.kind) {
    case "ident":
      return s.erased.has(path.id) || s.types.has(path.id) || s.modules.has(path.id);
    case "dot":
      return touchesModule(s, path.prefix) || (s.typePaths.length > 0 && typeReplacement(s, path) !== undefined);
    case "apply":
      return touchesModule(s, path);
    case "inlineRecord":
      return touchesPath(s, path.prefix);
  }
}
export function touchesModule(s: Subst, path: Path): boolean {
  switch (path.kind) {
    case "ident":
      return s.erased.has(path.id) || s.modules.has(path.id);
    case "dot":
      return touchesModule(s, path.prefix);
    case "apply":
      return touchesModule(s, path.functor) || touchesModule(s, path.argument);
    case "inlineRecord":
      return false;
  }
}

/** Copies that were made, and nodes that stay. */
type Memo = Map<TypeExpr, TypeExpr>;

/** Whether anything in the type would change. */
function touches(s: Subst, type: TypeExpr, seen: Set<TypeExpr>, memo: Memo): boolean {
  const t = repr(type);
  if (seen.has(t)) return false;
  const known = memo.get(t);
  if (known !== undefined) return known !== t;
  const { desc } = t;
  switch (desc.kind) {
    case "var":
    case "univar":
    case "nil":
    case "link":
      return false;
    case "constr":
      if (touchesPath(s, desc.path)) return true;
      if (desc.args.length === 0) return false;
      seen.add(t);
      return desc.args.some((a) => touches(s, a, seen, memo));
    case "arrow":
      seen.add(t);
      return touches(s, desc.parameter, seen, memo) || touches(s, desc.result, seen, memo);
    case "tuple":
      seen.add(t);
      return desc.components.some((a) => touches(s, a, seen, memo));
    case "object":
      seen.add(t);
      return touches(s, desc.fields, seen, memo) || (desc.name.value !== undefined && (touchesPath(s, desc.name.value.path) || desc.name.value.args.some((a) => touches(s, a, seen, memo))));
    case "field":
      seen.add(t);
      return touches(s, desc.type, seen, memo) || touches(s, desc.rest, seen, memo);
    case "poly":
      seen.add(t);
      return touches(s, desc.body, seen, memo);
    case "package":
      seen.add(t);
      if (s.moduleTypes.size > 0 || touchesModule(s, desc.path.kind === "dot" ? desc.path.prefix : desc.path)) return true;
      return desc.constraints.some((c) => touches(s, c.type, seen, memo));
    case "variant": {
      seen.add(t);
      const row = rowRepr(desc.row);
      if (row.name !== undefined && (touchesPath(s, row.name.path) || row.name.args.some((a) => touches(s, a, seen, memo)))) return true;
      for (const { field } of row.fields) {
        const state = rowFieldState(field);
        if (state.kind === "present" && state.argument !== undefined && touches(s, state.argument, seen, memo)) return true;
        if (state.kind === "either" && state.args.some((a) => touches(s, a, seen, memo))) return true;
      }
      return touches(s, row.more, seen, memo);
    }
  }
}

/** The type under the substitution; the same node when nothing changes. */
export function typeExpr(s: Subst, type: TypeExpr): TypeExpr {
  return s.isEmpty ? type : copy(s, type, new Map());
}

/** Types of values are functions, tuples and constructors, for the most part: they are copied and found to stay in one go. */
function copy(s: Subst, type: TypeExpr, memo: Memo): TypeExpr {
  const t = repr(type);
  const { desc } = t;
  switch (desc.kind) {
    case "constr":
      if (desc.args.length === 0) {
        if (memo.size > 0) {
          const known = memo.get(t);
          if (known !== undefined) return known;
        }
        return touchesPath(s, desc.path) ? copyConstr(s, t, desc, desc.args) : t;
      }
      break;
    case "var":
    case "univar":
    case "nil":
      return memo.size === 0 ? t : (memo.get(t) ?? t);
  }
  const known = memo.get(t);
  if (known === PENDING) return began(t, memo);
  if (known !== undefined) return known;
  if (hasRecursiveTypes) memo.set(t, PENDING);
  let result = t;
  switch (desc.kind) {
    case "constr": {
      const args = copyList(s, desc.args, memo);
      if (args !== desc.args || touchesPath(s, desc.path)) result = copyConstr(s, t, desc, args);
      break;
    }
    case "arrow": {
      const parameter = copy(s, desc.parameter, memo);
      const to = copy(s, desc.result, memo);
      if (parameter !== repr(desc.parameter) || to !== repr(desc.result)) result = like(t, arrowDesc(desc.label, parameter, to, desc.commutable));
      break;
    }
    case "tuple": {
      const components = copyList(s, desc.components, memo);
      if (components !== desc.components) result = like(t, tupleDesc(components));
      break;
    }
    default:
      if (hasRecursiveTypes) memo.delete(t);
      return copyOther(s, t, memo);
  }
  const inside = hasRecursiveTypes ? memo.get(t) : undefined;
  if (inside !== undefined && inside !== PENDING) {
    inside.desc = linkDesc(result);
    result = repr(inside);
  }
  memo.set(t, result);
  return result;
}

/** Stands for the copy of a type that is not finished, where there are recursive types. */
const PENDING: TypeExpr = newTypeAt(0, { kind: "nil" });

/** The copy of a type that contains itself, to be filled in. */
function began(t: TypeExpr, memo: Memo): TypeExpr {
  const fresh = newTypeAt(t.level, { kind: "var", name: undefined });
  memo.set(t, fresh);
  return fresh;
}

function like(t: TypeExpr, desc: TypeDesc): TypeExpr {
  const fresh = newNode(desc, t.level);
  fresh.scope = t.scope;
  return fresh;
}

/** The copies; the same array when all stay. */
function copyList(s: Subst, types: readonly TypeExpr[], memo: Memo): readonly TypeExpr[] {
  let copies: TypeExpr[] | undefined;
  for (let i = 0; i < types.length; i++) {
    const made = copy(s, types[i]!, memo);
    if (copies === undefined) {
      if (made === repr(types[i]!)) continue;
      copies = types.slice(0, i);
    }
    copies.push(made);
  }
  return copies ?? types;
}

function copyConstr(s: Subst, t: TypeExpr, desc: Extract<TypeDesc, { kind: "constr" }>, args: readonly TypeExpr[]): TypeExpr {
  const replacement = typeReplacement(s, desc.path);
  if (replacement !== undefined && replacement.kind === "function") return repr(applyFunction(replacement.parameters, replacement.body, args));
  return like(t, constrDesc(typePath(s, desc.path), args, { expansion: undefined }));
}

/** Objects, variants and what else may be recursive or is rare. */
function copyOther(s: Subst, t: TypeExpr, memo: Memo): TypeExpr {
  if (!touches(s, t, new Set(), memo)) return t;
  const { desc } = t;
  const end = desc.kind === "variant" ? rowVariable(desc.row) : undefined;
  const same = end === undefined ? undefined : rowCopiesOf(memo).get(end);
  const fresh = same ?? newTypeAt(t.level, { kind: "var", name: undefined });
  memo.set(t, fresh);
  if (same !== undefined) return same;
  if (end !== undefined) rowCopiesOf(memo).set(end, fresh);
  fresh.scope = t.scope;
  const go = (x: TypeExpr): TypeExpr => copy(s, x, memo);
  const named = (n: { readonly path: Path; readonly args: readonly TypeExpr[] } | undefined): { path: Path; args: readonly TypeExpr[] } | undefined => {
    if (n === undefined) return undefined;
    const r = typeReplacement(s, n.path);
    if (r !== undefined && r.kind === "function") return undefined;
    return { path: typePath(s, n.path), args: n.args.map(go) };
  };
  let result: TypeDesc;
  switch (desc.kind) {
    case "object":
      result = { kind: "object", fields: go(desc.fields), name: { value: named(desc.name.value) } };
      break;
    case "field":
      result = { kind: "field", name: desc.name, fieldKind: desc.fieldKind, type: go(desc.type), rest: go(desc.rest) };
      break;
    case "poly":
      result = { kind: "poly", body: go(desc.body), variables: desc.variables };
      break;
    case "package": {
      const target = modtypePath(s, desc.path);
      const path = isModuleType(target) ? (target.kind === "ident" ? target.path : desc.path) : target;
      result = { kind: "package", path, constraints: desc.constraints.map((c) => ({ path: c.path, type: go(c.type) })) };
      break;
    }
    case "variant": {
      const row = rowRepr(desc.row);
      const cell = (field: RowFieldCell): RowFieldCell => {
        const state = rowFieldState(field);
        if (state.kind === "present") return { state: { kind: "present", argument: state.argument === undefined ? undefined : go(state.argument) } };
        if (state.kind === "either") return { state: { ...state, args: state.args.map(go) } };
        return { state };
      };
      const copied: RowDesc = { fields: row.fields.map((f) => ({ label: f.label, field: cell(f.field) })), more: go(row.more), closed: row.closed, fixed: row.fixed, name: named(row.name) };
      result = { kind: "variant", row: copied };
      break;
    }
    default:
      result = { kind: "link", to: t };
  }
  fresh.desc = asDesc(result);
  return repr(fresh);
}

/** The body with arguments for parameters. */
export function applyFunction(parameters: readonly TypeExpr[], body: TypeExpr, args: readonly TypeExpr[]): TypeExpr {
  const memo = new Map<TypeExpr, TypeExpr>();
  parameters.forEach((p, i) => memo.set(repr(p), args[i]!));
  return copy(EMPTY, body, memo);
}
const EMPTY = new Subst();

type Go = (t: TypeExpr) => TypeExpr;
const maybe = (go: Go, t: TypeExpr | undefined): TypeExpr | undefined => (t === undefined ? undefined : go(t));

function labels(go: Go, list: readonly LabelDeclaration[]): LabelDeclaration[] {
  return list.map((l) => labelWith(l, go(l.type)));
}
function constructorArguments(go: Go, args: ConstructorArguments): ConstructorArguments {
  return args.kind === "tuple" ? { kind: "tuple", types: args.types.map((t) => go(t)) } : { kind: "record", labels: labels(go, args.labels) };
}
function constructor(go: Go, c: ConstructorDeclaration): ConstructorDeclaration {
  return constructorWith(c, constructorArguments(go, c.args), maybe(go, c.result));
}
function kind(go: Go, k: TypeKind): TypeKind {
  switch (k.kind) {
    case "record":
      return { ...k, labels: labels(go, k.labels) };
    case "variant":
      return { ...k, constructors: k.constructors.map((c) => constructor(go, c)) };
    default:
      return k;
  }
}

export function valueDescription(s: Subst, d: ValueDescription): ValueDescription {
  if (isDeferred(d)) return deferCopy(d, (type) => typeExpr(s, type));
  const type = typeExpr(s, d.type);
  return type === d.type ? d : descriptionWith(d, type);
}
export function typeDeclaration(s: Subst, d: TypeDeclaration): TypeDeclaration {
  if (s.isEmpty) return d;
  const go: Go = (t) => typeExpr(s, t);
  if (d.parameters.every((p) => repr(p).desc.kind === "var")) return declarationWith(d, { kind: kind(go, d.kind), manifest: maybe(go, d.manifest) });
  // Constrained parameters are types, which share parts with what is made of them.
  const one = copier(s);
  return declarationWith(d, { parameters: d.parameters.map(one), kind: kind(one, d.kind), manifest: maybe(one, d.manifest) });
}
export function extensionConstructor(s: Subst, e: ExtensionConstructor): ExtensionConstructor {
  const go: Go = (t) => typeExpr(s, t);
  return { ...e, typePath: typePath(s, e.typePath), args: constructorArguments(go, e.args), result: maybe(go, e.result) };
}
/** The types of one class are copied together: self and the types that mention it stay one graph. */
function copier(s: Subst): Go {
  const memo = new Map<TypeExpr, TypeExpr>();
  return (t) => copy(s, t, memo);
}
function classSignature(go: (t: TypeExpr) => TypeExpr, c: ClassSignature): ClassSignature {
  return {
    self: go(c.self),
    selfFields: go(c.selfFields),
    selfRow: go(c.selfRow),
    variables: new Map([...c.variables].map(([name, v]) => [name, { ...v, type: go(v.type) }])),
    methods: new Map([...c.methods].map(([name, m]) => [name, { ...m, type: go(m.type) }])),
  };
}
function classType(s: Subst, go: (t: TypeExpr) => TypeExpr, c: ClassType): ClassType {
  switch (c.kind) {
    case "constr":
      if (s.erased.size > 0 && touchesPath(s, c.path)) return classType(s, go, c.type);
      return { kind: "constr", path: typePath(s, c.path), args: c.args.map(go), type: classType(s, go, c.type) };
    case "signature":
      return { kind: "signature", signature: classSignature(go, c.signature) };
    case "arrow":
      return { kind: "arrow", label: c.label, parameter: go(c.parameter), result: classType(s, go, c.result) };
  }
}
export function classDeclaration(s: Subst, c: ClassDeclaration): ClassDeclaration {
  if (s.isEmpty) return c;
  const go = copier(s);
  return { ...c, parameters: c.parameters.map(go), type: classType(s, go, c.type), path: typePath(s, c.path), new: c.new === undefined ? undefined : go(c.new) };
}
export function classTypeDeclaration(s: Subst, c: ClassTypeDeclaration): ClassTypeDeclaration {
  if (s.isEmpty) return c;
  const go = copier(s);
  const hash = copier(s);
  const hashType = { ...c.hashType, parameters: c.hashType.parameters.map(hash), manifest: c.hashType.manifest === undefined ? undefined : hash(c.hashType.manifest) };
  return { ...c, parameters: c.parameters.map(go), type: classType(s, go, c.type), path: typePath(s, c.path), hashType };
}

export function moduleType(s: Subst, m: ModuleType): ModuleType {
  if (s.isEmpty) return m;
  switch (m.kind) {
    case "ident": {
      const target = modtypePath(s, m.path);
      return isModuleType(target) ? target : { kind: "ident", path: target };
    }
    case "alias":
      return { kind: "alias", path: modulePath(s, m.path) };
    case "signature":
      return { kind: "signature", items: signature(s, m.items) };
    case "functor": {
      const parameter: FunctorParameter = m.parameter.kind === "unit" ? m.parameter : { kind: "named", id: m.parameter.id, type: moduleType(s, m.parameter.type) };
      return { kind: "functor", parameter, result: moduleType(s, m.result) };
    }
  }
}
export function moduleDeclaration(s: Subst, d: ModuleDeclaration): ModuleDeclaration {
  return s.isEmpty ? d : { ...d, type: moduleType(s, d.type) };
}
export function moduleTypeDeclaration(s: Subst, d: ModuleTypeDeclaration): ModuleTypeDeclaration {
  return s.isEmpty || d.type === undefined ? d : { ...d, type: moduleType(s, d.type) };
}
export function signatureItem(s: Subst, item: SignatureItem): SignatureItem {
  switch (item.kind) {
    case "value":
      return { kind: "value", id: item.id, description: valueDescription(s, item.description), visibility: item.visibility };
    case "type":
      return { kind: "type", id: item.id, declaration: typeDeclaration(s, item.declaration), rec: item.rec, visibility: item.visibility };
    case "typext":
      return { ...item, constructor: extensionConstructor(s, item.constructor) };
    case "module":
      return { ...item, declaration: moduleDeclaration(s, item.declaration) };
    case "modtype":
      return { ...item, declaration: moduleTypeDeclaration(s, item.declaration) };
    case "class":
      return { ...item, declaration: classDeclaration(s, item.declaration) };
    case "classtype":
      return { ...item, declaration: classTypeDeclaration(s, item.declaration) };
  }
}
export function signature(s: Subst, items: Signature): Signature {
  return s.isEmpty ? items : items.map((item) => signatureItem(s, item));
}
