/**
 * Environments: what names mean. Immutable; adding shares structure. The components of a module are computed when something
 * looks inside it, and each one's substitution is done when it is asked for, so that large interfaces cost what is used.
 */
import type { Loc, Longident } from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { tellAlerts } from "./alerts.ts";
import { constructorsOfType, extensionDescription, labelsOfType } from "./datarepr.ts";
import { persistent } from "./ident.ts";
import { strengthen } from "./mtype.ts";
import { isAliasable, LONGEST, longidentName, pathKey, pathName, pdot, pident, samePath } from "./path.ts";
import * as pmap from "./persistent-map.ts";
import { spellingHint } from "./spelling.ts";
import * as subst from "./subst.ts";
import { Subst } from "./subst.ts";
import { markUsed, watch } from "./usage.ts";
import type { ClassDeclaration, ClassTypeDeclaration, ConstructorDescription, ExtensionConstructor, Ident, LabelDescription, ModuleDeclaration, ModuleType, ModuleTypeDeclaration, Path, Signature, TypeDeclaration, ValueDescription } from "./types.ts";

/** A value computed when first asked for. */
class Lazy<T> {
  declare make: (() => T) | undefined;
  declare value: T | undefined;
  constructor(make: (() => T) | undefined, value?: T) {
    this.make = make;
    this.value = value;
  }
  get(): T {
    if (this.make !== undefined) {
      const { make } = this;
      this.value = make();
      this.make = undefined;
    }
    return this.value as T;
  }
  static of<T>(value: T): Lazy<T> {
    return new Lazy<T>(undefined, value);
  }
}

/** A meaning of a name, and the meanings that it hides. */
class Entry<T> extends Lazy<T> {
  declare readonly path: Path;
  declare readonly next: Entry<T> | undefined;
  constructor(path: Path, make: (() => T) | undefined, value: T | undefined, next: Entry<T> | undefined) {
    super(make, value);
    this.path = path;
    this.next = next;
  }
}

/** What a name may mean. */
export type OpenedName = ValueDescription | ConstructorDescription | LabelDescription | TypeData | ModuleData | ModuleTypeDeclaration | ClassDeclaration | ClassTypeDeclaration;
type NameKind = "value" | "constructor" | "label" | "type" | "module" | "module type" | "class" | "class type";
/** Whether an `open` served for something, and who is told when a name that it brought is used that means something else without it. */
export interface OpenMark {
  used: boolean;
  readonly hides: ((kind: NameKind, name: string, found: OpenedName, other: OpenedName, env: Env) => void) | undefined;
}
/** The mark of an `open` for names of one kind, with the environment around it. */
interface TableMark {
  readonly open: OpenMark;
  readonly kind: NameKind;
  readonly outside: Env;
}

/** Variables of an expression's surroundings, the innermost first: few enough to be searched one by one. */
interface Recent<T> {
  readonly name: string;
  readonly entry: Entry<T>;
  readonly next: Recent<T> | undefined;
  readonly count: number;
}
const MOST_RECENT = 24;

/** The names of one kind: those added last, then what an `open` brought, then the rest. */
class Table<T> {
  declare readonly recent: Recent<T> | undefined;
  declare readonly tree: pmap.Tree<Entry<T>>;
  declare readonly opened: Lazy<Map<string, Entry<T>>> | undefined;
  /** Noted when a name is found through the `open`. */
  declare readonly mark: TableMark | undefined;
  declare readonly rest: Table<T> | undefined;
  /** The tree with the recent names too, once it was needed. */
  declare gathered: pmap.Tree<Entry<T>>;
  constructor(recent: Recent<T> | undefined, tree: pmap.Tree<Entry<T>>, opened: Lazy<Map<string, Entry<T>>> | undefined, mark: TableMark | undefined, rest: Table<T> | undefined) {
    this.recent = recent;
    this.tree = tree;
    this.opened = opened;
    this.mark = mark;
    this.rest = rest;
    this.gathered = recent === undefined ? tree : undefined;
  }
}

const emptyTable = <T>(): Table<T> => new Table<T>(undefined, undefined, undefined, undefined, undefined);

/** The entry of a name among those added last. */
function findAdded<T>(table: Table<T>, name: string): Entry<T> | undefined {
  for (let r = table.recent; r !== undefined; r = r.next) if (r.name === name) return r.entry;
  return pmap.find(table.tree, name);
}
/** The tree with the recent names too. */
function gathered<T>(table: Table<T>): pmap.Tree<Entry<T>> {
  if (table.recent === undefined || table.gathered !== undefined) return table.gathered;
  const recent: Recent<T>[] = [];
  for (let r: Recent<T> | undefined = table.recent; r !== undefined; r = r.next) recent.push(r);
  let { tree } = table;
  while (recent.length > 0) {
    const { name, entry } = recent.pop()!;
    tree = pmap.add(tree, name, entry);
  }
  table.gathered = tree;
  return tree;
}
function addEntry<T>(table: Table<T>, name: string, entry: Entry<T>): Table<T> {
  return new Table(undefined, pmap.add(gathered(table), name, entry), table.opened, table.mark, table.rest);
}
function addTo<T>(table: Table<T>, name: string, path: Path, make: (() => T) | undefined, value: T | undefined): Table<T> {
  return addEntry(table, name, new Entry(path, make, value, findAdded(table, name)));
}
/** As `addTo`, for names whose scope is small. */
function addRecent<T>(table: Table<T>, name: string, path: Path, value: T): Table<T> {
  const entry = new Entry<T>(path, undefined, value, findAdded(table, name));
  const count = table.recent === undefined ? 1 : table.recent.count + 1;
  if (count > MOST_RECENT) return addEntry(table, name, entry);
  return new Table<T>({ name, entry, next: table.recent, count }, table.tree, table.opened, table.mark, table.rest);
}
function findName<T>(table: Table<T>, name: string): Entry<T> | undefined {
  let t: Table<T> | undefined = table;
  while (t !== undefined) {
    const own = findAdded(t, name);
    if (own !== undefined) return own;
    const found = t.opened?.get().get(name);
    if (found !== undefined) {
      if (t.mark !== undefined) noteOpened(t, t.mark, name, found);
      return found;
    }
    t = t.rest;
  }
  return undefined;
}
/** A name was found through an `open`. */
function noteOpened<T>(table: Table<T>, { open, kind, outside }: TableMark, name: string, found: Entry<T>): void {
  open.used = true;
  if (open.hides === undefined) return;
  for (let t = table.rest; t !== undefined; t = t.rest) {
    const other = findAdded(t, name) ?? t.opened?.get().get(name);
    if (other !== undefined) return open.hides(kind, name, found.get() as OpenedName, other.get() as OpenedName, outside);
  }
}
/** What the name means, the innermost first. Of these one is chosen, which `noteChosen` is to be told of. */
function findAll<T>(table: Table<T>, name: string): T[] {
  const result: T[] = [];
  let t: Table<T> | undefined = table;
  while (t !== undefined) {
    for (let e = findAdded(t, name); e !== undefined; e = e.next) result.push(e.get());
    for (let e = t.opened?.get().get(name); e !== undefined; e = e.next) result.push(e.get());
    t = t.rest;
  }
  return result;
}
/** Notes that one of the meanings of a name is used. */
function noteChosen<T>(table: Table<T>, name: string, chosen: T): void {
  for (let t: Table<T> | undefined = table; t !== undefined; t = t.rest) {
    for (let e = findAdded(t, name); e !== undefined; e = e.next) if (e.get() === chosen) return;
    for (let e = t.opened?.get().get(name); e !== undefined; e = e.next) if (e.get() === chosen) return t.mark === undefined ? undefined : noteOpened(t, t.mark, name, e);
  }
}
function findIdent<T>(table: Table<T>, id: Ident): Entry<T> | undefined {
  let t: Table<T> | undefined = table;
  while (t !== undefined) {
    for (let e = findAdded(t, id.name); e !== undefined; e = e.next) if (e.path.kind === "ident" && e.path.id === id) return e;
    t = t.rest;
  }
  return undefined;
}
function* namesOf<T>(table: Table<T>): Generator<string> {
  let t: Table<T> | undefined = table;
  while (t !== undefined) {
    yield* pmap.keys(gathered(t));
    if (t.opened !== undefined) yield* t.opened.get().keys();
    t = t.rest;
  }
}

/** The names that are bound in an environment, the innermost first, some of them twice: for tools. */
export function visibleNames(env: Env, kind: "values" | "constructors" | "labels" | "types" | "modules" | "modtypes"): Iterable<string> {
  return namesOf<unknown>(env[kind]);
}

/** What a module has inside. */
export type Components = StructureComponents | FunctorComponents | { readonly kind: "abstract" };
export interface StructureComponents {
  readonly kind: "structure";
  readonly values: Map<string, Entry<ValueDescription>>;
  readonly constructors: Lazy<Map<string, Entry<ConstructorDescription>>>;
  readonly labels: Lazy<Map<string, Entry<LabelDescription>>>;
  readonly types: Map<string, Entry<TypeData>>;
  readonly modules: Map<string, Entry<ModuleData>>;
  readonly modtypes: Map<string, Entry<ModuleTypeDeclaration>>;
  readonly classes: Map<string, Entry<ClassDeclaration>>;
  readonly classTypes: Map<string, Entry<ClassTypeDeclaration>>;
}
export interface FunctorComponents {
  readonly kind: "functor";
  readonly parameter: { readonly kind: "unit" } | { readonly kind: "named"; readonly id: Ident | undefined; readonly type: ModuleType };
  readonly result: ModuleType;
  readonly applications: Map<string, ModuleData>;
}
export interface ModuleData {
  readonly declaration: ModuleDeclaration;
  readonly components: Lazy<Components>;
}
export interface TypeData {
  readonly declaration: TypeDeclaration;
  readonly constructors: Lazy<readonly ConstructorDescription[]>;
  readonly labels: Lazy<readonly LabelDescription[]>;
}

/** What names other than those of values mean. */
class Scope {
  declare readonly constructors: Table<ConstructorDescription>;
  declare readonly labels: Table<LabelDescription>;
  declare readonly types: Table<TypeData>;
  declare readonly modules: Table<ModuleData>;
  declare readonly modtypes: Table<ModuleTypeDeclaration>;
  declare readonly classes: Table<ClassDeclaration>;
  declare readonly classTypes: Table<ClassTypeDeclaration>;
  declare readonly localEquations: boolean;
  declare readonly equations: pmap.Tree<TypeData>;
  declare readonly freeAliases: boolean;
  /** The scope `from` with some of its parts replaced. */
  constructor(from: Scope | undefined, changes: Partial<Scope>) {
    this.constructors = changes.constructors ?? from?.constructors ?? emptyTable();
    this.labels = changes.labels ?? from?.labels ?? emptyTable();
    this.types = changes.types ?? from?.types ?? emptyTable();
    this.modules = changes.modules ?? from?.modules ?? emptyTable();
    this.modtypes = changes.modtypes ?? from?.modtypes ?? emptyTable();
    this.classes = changes.classes ?? from?.classes ?? emptyTable();
    this.classTypes = changes.classTypes ?? from?.classTypes ?? emptyTable();
    this.localEquations = changes.localEquations ?? from?.localEquations ?? false;
    this.equations = changes.equations ?? from?.equations;
    this.freeAliases = changes.freeAliases ?? from?.freeAliases ?? false;
  }
}

/** Most environments are another one with a value more: they share the rest. */
export class Env {
  declare readonly values: Table<ValueDescription>;
  declare readonly scope: Scope;
  constructor(values: Table<ValueDescription>, scope: Scope) {
    this.values = values;
    this.scope = scope;
  }
  get constructors(): Table<ConstructorDescription> {
    return this.scope.constructors;
  }
  get labels(): Table<LabelDescription> {
    return this.scope.labels;
  }
  get types(): Table<TypeData> {
    return this.scope.types;
  }
  get modules(): Table<ModuleData> {
    return this.scope.modules;
  }
  get modtypes(): Table<ModuleTypeDeclaration> {
    return this.scope.modtypes;
  }
  get classes(): Table<ClassDeclaration> {
    return this.scope.classes;
  }
  get classTypes(): Table<ClassTypeDeclaration> {
    return this.scope.classTypes;
  }
  /** Whether type equations were added (GADT matching): abbreviations then depend on the environment. */
  get localEquations(): boolean {
    return this.scope.localEquations;
  }
  /** Equations on types of other modules, by the path's key. */
  get equations(): pmap.Tree<TypeData> {
    return this.scope.equations;
  }
  /** Whether an alias of a unit that does not exist is allowed until something looks inside (`-no-alias-deps`). */
  get freeAliases(): boolean {
    return this.scope.freeAliases;
  }
  /** The environment with parts of its scope replaced. */
  with(changes: Partial<Scope>): Env {
    return new Env(this.values, new Scope(this.scope, changes));
  }
}

export const emptyEnv: Env = new Env(emptyTable(), new Scope(undefined, {}));

// ---------------------------------------------------------------- compilation units

export type UnitLoader = (name: string) => Signature | undefined;
let loadUnit: UnitLoader = () => undefined;
let unitExists: (name: string) => boolean = () => false;
let unitUsed: (name: string) => void = () => undefined;
let unitModules = new Map<string, ModuleData | undefined>();

/** Says where signatures of compilation units come from, and who is told each time one is looked for; forgets those known. */
export function setUnitLoader(loader: UnitLoader, exists: (name: string) => boolean, used: (name: string) => void): void {
  loadUnit = loader;
  unitExists = exists;
  unitUsed = used;
  unitModules = new Map();
  functorApplications.clear();
}

/** Forgets what is known of these units, of units that were not found, and of applications of functors, which may be to them. */
export function forgetUnits(names: Iterable<string>): void {
  for (const name of names) unitModules.delete(name);
  for (const [name, data] of unitModules) if (data === undefined) unitModules.delete(name);
  for (const applications of functorApplications) applications.clear();
  functorApplications.clear();
}
/** The caches of functors' components that are not empty. */
const functorApplications = new Set<Map<string, ModuleData>>();

const NOWHERE: Location = { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true };

function unitModule(name: string): ModuleData | undefined {
  unitUsed(name);
  if (unitModules.has(name)) return unitModules.get(name);
  // The interface is typed when something looks inside: an alias of a unit costs nothing.
  const declaration = new Lazy<ModuleDeclaration>(() => ({ type: { kind: "signature", items: loadUnit(name) ?? [] }, attributes: [], loc: NOWHERE, uid: 0 }));
  const path = pident(persistent(name));
  const data: ModuleData | undefined = unitExists(name)
    ? {
        get declaration() {
          return declaration.get();
        },
        components: new Lazy(() => componentsOf(emptyEnv, path, declaration.get().type)),
      }
    : undefined;
  unitModules.set(name, data);
  return data;
}

// ---------------------------------------------------------------- adding

let lastUid = 0;
export const freshUid = (): number => ++lastUid;

function moduleData(env: Env, path: Path, declaration: ModuleDeclaration): ModuleData {
  return { declaration, components: new Lazy(() => componentsOf(env, path, declaration.type)) };
}

function typeData(path: Path, declaration: TypeDeclaration): TypeData {
  return { declaration, constructors: new Lazy(() => constructorsOfType(path, declaration)), labels: new Lazy(() => labelsOfType(path, declaration)) };
}

/** What is reported when a value is never used: the number of the warning. */
export interface ValueCheck {
  readonly unused: 26 | 27 | 32 | 35;
}
const UNUSED = { 26: "unused variable", 27: "unused variable", 32: "unused value", 35: "unused for-loop index" } as const;
export function addValue(id: Ident, description: ValueDescription, env: Env, check?: ValueCheck): Env {
  if (check !== undefined) watch(description.uid, id.name, description.loc, check.unused, UNUSED[check.unused]);
  return new Env(addTo(env.values, id.name, pident(id), undefined, description), env.scope);
}
/** As `addValue`, for a variable of a pattern in an expression. */
export function addVariable(id: Ident, description: ValueDescription, env: Env): Env {
  return new Env(addRecent(env.values, id.name, pident(id), description), env.scope);
}
export function addType(id: Ident, declaration: TypeDeclaration, env: Env): Env {
  const path = pident(id);
  const data = typeData(path, declaration);
  let { constructors, labels } = env;
  if (declaration.kind.kind === "variant") declaration.kind.constructors.forEach((c, i) => (constructors = addTo(constructors, c.id.name, path, () => data.constructors.get()[i]!, undefined)));
  else if (declaration.kind.kind === "record") declaration.kind.labels.forEach((l, i) => (labels = addTo(labels, l.id.name, path, () => data.labels.get()[i]!, undefined)));
  return env.with({ types: addTo(env.types, id.name, path, undefined, data), constructors, labels });
}
/** An equation for a locally abstract type: only the declaration changes, for this identifier. */
export function addLocalType(path: Path, declaration: TypeDeclaration, env: Env): Env {
  if (path.kind !== "ident") return env.with({ equations: pmap.add(env.equations, pathKey(path), typeData(path, declaration)), localEquations: true });
  return env.with({ types: addTo(env.types, path.id.name, path, undefined, typeData(path, declaration)), localEquations: true });
}
export function addExtension(id: Ident, constructor: ExtensionConstructor, env: Env): Env {
  const path = pident(id);
  return env.with({ constructors: addTo(env.constructors, id.name, path, () => extensionDescription(path, constructor), undefined) });
}
export function addModuleDeclaration(id: Ident, declaration: ModuleDeclaration, env: Env): Env {
  const path = pident(id);
  const data: ModuleData = { declaration, components: new Lazy(() => componentsOf(added, path, declaration.type)) };
  const added: Env = env.with({ modules: addTo(env.modules, id.name, path, undefined, data) });
  return added;
}
export function addModule(id: Ident, type: ModuleType, env: Env): Env {
  return addModuleDeclaration(id, { type, attributes: [], loc: NOWHERE, uid: freshUid() }, env);
}
export function addModtype(id: Ident, declaration: ModuleTypeDeclaration, env: Env): Env {
  return env.with({ modtypes: addTo(env.modtypes, id.name, pident(id), undefined, declaration) });
}
export function addClass(id: Ident, declaration: ClassDeclaration, env: Env): Env {
  return env.with({ classes: addTo(env.classes, id.name, pident(id), undefined, declaration) });
}
export function addClassType(id: Ident, declaration: ClassTypeDeclaration, env: Env): Env {
  return env.with({ classTypes: addTo(env.classTypes, id.name, pident(id), undefined, declaration) });
}
export function addSignature(items: Signature, env: Env): Env {
  for (const item of items) {
    switch (item.kind) {
      case "value":
        env = addValue(item.id, item.description, env);
        break;
      case "type":
        env = addType(item.id, item.declaration, env);
        break;
      case "typext":
        env = addExtension(item.id, item.constructor, env);
        break;
      case "module":
        env = addModuleDeclaration(item.id, item.declaration, env);
        break;
      case "modtype":
        env = addModtype(item.id, item.declaration, env);
        break;
      case "class":
        env = addClass(item.id, item.declaration, env);
        break;
      case "classtype":
        env = addClassType(item.id, item.declaration, env);
        break;
    }
  }
  return env;
}

/** `open M`: the components of the module at `path`. Nothing when it is no structure. */
export function openModule(path: Path, env: Env, mark?: OpenMark): Env | undefined {
  const c = findModuleData(path, env).components.get();
  if (c.kind !== "structure") return undefined;
  const layer = <T>(kind: NameKind, table: Table<T>, opened: Lazy<Map<string, Entry<T>>>): Table<T> => new Table<T>(undefined, undefined, opened, mark === undefined ? undefined : { open: mark, kind, outside: env }, table);
  return new Env(layer("value", env.values, Lazy.of(c.values)), {
    ...env.scope,
    constructors: layer("constructor", env.constructors, c.constructors),
    labels: layer("label", env.labels, c.labels),
    types: layer("type", env.types, Lazy.of(c.types)),
    modules: layer("module", env.modules, Lazy.of(c.modules)),
    modtypes: layer("module type", env.modtypes, Lazy.of(c.modtypes)),
    classes: layer("class", env.classes, Lazy.of(c.classes)),
    classTypes: layer("class type", env.classTypes, Lazy.of(c.classTypes)),
  });
}

// ---------------------------------------------------------------- components

/** Looks through names of module types and aliases: what an alias stands for has the types of the module that it names. */
export function scrape(env: Env, type: ModuleType): ModuleType {
  let t = type;
  let alias: Path | undefined;
  for (let i = 0; i < LONGEST; i++) {
    if (t.kind === "ident") {
      const declaration = tryFindModtype(t.path, env);
      if (declaration?.type === undefined) break;
      t = declaration.type;
    } else if (t.kind === "alias") {
      const data = tryFindModule(t.path, env);
      if (data === undefined) return t;
      alias = t.path;
      t = data.declaration.type;
    } else break;
  }
  return alias === undefined ? t : strengthen(env, t, alias, isAliasable(alias));
}

function componentsOf(env: Env, path: Path, type: ModuleType): Components {
  const scraped = scrape(env, type);
  if (scraped.kind === "functor") return { kind: "functor", parameter: scraped.parameter, result: scraped.result, applications: new Map() };
  if (scraped.kind !== "signature") return { kind: "abstract" };
  return structureComponents(env, path, scraped.items);
}

/** The substitution that makes paths of a signature's own identifiers. */
export function prefixSubst(path: Path, items: Signature): Subst {
  const s = new Subst();
  for (const item of items) {
    switch (item.kind) {
      case "type":
      case "classtype":
      case "class":
        s.addType(item.id, pdot(path, item.id.name));
        break;
      case "module":
        s.addModule(item.id, pdot(path, item.id.name));
        break;
      case "modtype":
        s.addModuleType(item.id, { kind: "ident", path: pdot(path, item.id.name) });
        break;
    }
  }
  return s;
}

function structureComponents(env: Env, path: Path, items: Signature): StructureComponents {
  const s = prefixSubst(path, items);
  const values = new Map<string, Entry<ValueDescription>>();
  const types = new Map<string, Entry<TypeData>>();
  const modules = new Map<string, Entry<ModuleData>>();
  const modtypes = new Map<string, Entry<ModuleTypeDeclaration>>();
  const classes = new Map<string, Entry<ClassDeclaration>>();
  const classTypes = new Map<string, Entry<ClassTypeDeclaration>>();
  const put = <T>(map: Map<string, Entry<T>>, name: string, make: () => T, at: Path = pdot(path, name)): void => {
    map.set(name, new Entry<T>(at, make, undefined, map.get(name)));
  };
  for (const item of items) {
    const { name } = item.id;
    switch (item.kind) {
      case "value":
        put(values, name, () => subst.valueDescription(s, item.description));
        break;
      case "type":
        put(types, name, () => typeData(pdot(path, name), subst.typeDeclaration(s, item.declaration)));
        break;
      case "module":
        put(modules, name, () => moduleData(env, pdot(path, name), subst.moduleDeclaration(s, item.declaration)));
        break;
      case "modtype":
        put(modtypes, name, () => subst.moduleTypeDeclaration(s, item.declaration));
        break;
      case "class":
        put(classes, name, () => subst.classDeclaration(s, item.declaration));
        break;
      case "classtype":
        put(classTypes, name, () => subst.classTypeDeclaration(s, item.declaration));
        break;
    }
  }
  const constructors = new Lazy(() => {
    const map = new Map<string, Entry<ConstructorDescription>>();
    for (const item of items) {
      if (item.kind === "type" && item.declaration.kind.kind === "variant") {
        const entry = types.get(item.id.name)!;
        item.declaration.kind.constructors.forEach((c, i) => put(map, c.id.name, () => entry.get().constructors.get()[i]!, entry.path));
      } else if (item.kind === "typext") put(map, item.id.name, () => extensionDescription(pdot(path, item.id.name), subst.extensionConstructor(s, item.constructor)));
    }
    return map;
  });
  const labels = new Lazy(() => {
    const map = new Map<string, Entry<LabelDescription>>();
    for (const item of items) {
      if (item.kind !== "type" || item.declaration.kind.kind !== "record") continue;
      const entry = types.get(item.id.name)!;
      item.declaration.kind.labels.forEach((l, i) => put(map, l.id.name, () => entry.get().labels.get()[i]!, entry.path));
    }
    return map;
  });
  return { kind: "structure", values, constructors, labels, types, modules, modtypes, classes, classTypes };
}

// ---------------------------------------------------------------- by path

/** An internal lookup of a path that should exist. */
export class NotFound extends Error {
  constructor(path: Path) {
    super(`not found: ${pathName(path)}`);
  }
}

export function tryFindModule(path: Path, env: Env): ModuleData | undefined {
  switch (path.kind) {
    case "ident":
      if (path.id.kind === "persistent") return unitModule(path.id.name);
      return findIdent(env.modules, path.id)?.get();
    case "dot": {
      const c = tryFindModule(path.prefix, env)?.components.get();
      return c?.kind === "structure" ? c.modules.get(path.name)?.get() : undefined;
    }
    case "apply": {
      const c = tryFindModule(path.functor, env)?.components.get();
      if (c?.kind !== "functor") return undefined;
      return applyComponents(c, path, env);
    }
    case "inlineRecord":
      return undefined;
  }
}

function applyComponents(c: FunctorComponents, path: Path & { kind: "apply" }, env: Env): ModuleData {
  const key = pathKey(path.argument);
  const known = c.applications.get(key);
  if (known !== undefined) return known;
  let type = c.result;
  if (c.parameter.kind === "named" && c.parameter.id !== undefined) type = subst.moduleType(new Subst().addModule(c.parameter.id, path.argument), type);
  const data = moduleData(env, path, { type, attributes: [], loc: NOWHERE, uid: freshUid() });
  c.applications.set(key, data);
  functorApplications.add(c.applications);
  return data;
}

export function findModuleData(path: Path, env: Env): ModuleData {
  const data = tryFindModule(path, env);
  if (data === undefined) throw new NotFound(path);
  return data;
}
export function findModule(path: Path, env: Env): ModuleDeclaration {
  return findModuleData(path, env).declaration;
}
export function componentsAt(path: Path, env: Env): Components {
  return findModuleData(path, env).components.get();
}

function findIn<T>(path: Path, env: Env, table: (e: Env) => Table<T>, map: (c: StructureComponents) => Map<string, Entry<T>>): T | undefined {
  if (path.kind === "ident") return findIdent(table(env), path.id)?.get();
  if (path.kind !== "dot") return undefined;
  const c = tryFindModule(path.prefix, env)?.components.get();
  return c?.kind === "structure" ? map(c).get(path.name)?.get() : undefined;
}

export function findTypeData(path: Path, env: Env): TypeData | undefined {
  if (path.kind === "ident") return findIdent(env.types, path.id)?.get();
  if (path.kind === "inlineRecord") return inlineRecordData(path, env);
  if (env.equations !== undefined && path.kind === "dot") {
    const known = pmap.find(env.equations, pathKey(path));
    if (known !== undefined) return known;
  }
  return findIn(path, env, (e) => e.types, (c) => c.types);
}
export function findType(path: Path, env: Env): TypeDeclaration | undefined {
  return findTypeData(path, env)?.declaration;
}
function inlineRecordData(path: Path & { kind: "inlineRecord" }, env: Env): TypeData | undefined {
  const constructor =
    path.constructor === undefined ? findConstructorByPath(path.prefix, env) : findTypeData(path.prefix, env)?.constructors.get().find((c) => c.name === path.constructor);
  return constructor?.inlined === undefined ? undefined : typeData(path, constructor.inlined);
}
/** An extension constructor by its path. */
export function findConstructorByPath(path: Path, env: Env): ConstructorDescription | undefined {
  if (path.kind === "ident") return findIdent(env.constructors, path.id)?.get();
  if (path.kind !== "dot") return undefined;
  const c = tryFindModule(path.prefix, env)?.components.get();
  if (c?.kind !== "structure") return undefined;
  for (let e = c.constructors.get().get(path.name); e !== undefined; e = e.next) if (samePath(e.path, path)) return e.get();
  return undefined;
}
export function findValue(path: Path, env: Env): ValueDescription | undefined {
  return findIn(path, env, (e) => e.values, (c) => c.values);
}
export function tryFindModtype(path: Path, env: Env): ModuleTypeDeclaration | undefined {
  return findIn(path, env, (e) => e.modtypes, (c) => c.modtypes);
}
export function findClass(path: Path, env: Env): ClassDeclaration | undefined {
  return findIn(path, env, (e) => e.classes, (c) => c.classes);
}
export function findClassType(path: Path, env: Env): ClassTypeDeclaration | undefined {
  return findIn(path, env, (e) => e.classTypes, (c) => c.classTypes);
}

/** The class type whose objects have the type at `path`. */
export function findClassTypeOfObjects(path: Path, env: Env): ClassTypeDeclaration | undefined {
  if (path.kind !== "ident") return findClassType(path, env);
  return findAll(env.classTypes, path.id.name).find((declaration) => samePath(declaration.path, path));
}

/** The path with aliases of modules followed: equal modules get equal paths. */
export function normalizeModulePath(path: Path, env: Env): Path {
  switch (path.kind) {
    case "dot": {
      const prefix = normalizeModulePath(path.prefix, env);
      const here = prefix === path.prefix ? path : pdot(prefix, path.name);
      return followAlias(here, env);
    }
    case "apply": {
      const functor = normalizeModulePath(path.functor, env);
      const argument = normalizeModulePath(path.argument, env);
      return functor === path.functor && argument === path.argument ? path : { kind: "apply", functor, argument };
    }
    default:
      return followAlias(path, env);
  }
}
function followAlias(path: Path, env: Env): Path {
  // A compilation unit is no alias; asking would have its interface typed.
  if (path.kind === "ident" && path.id.kind === "persistent") return path;
  const type = tryFindModule(path, env)?.declaration.type;
  return type?.kind === "alias" ? normalizeModulePath(type.path, env) : path;
}
export function normalizeTypePath(path: Path, env: Env): Path {
  if (path.kind !== "dot") return path;
  const prefix = normalizeModulePath(path.prefix, env);
  return prefix === path.prefix ? path : pdot(prefix, path.name);
}

// ---------------------------------------------------------------- by name

function unbound(loc: Location, what: string, lid: Longident, hint: string): never {
  throw new CompileError(errorAt(loc, `Unbound ${what} ${longidentName(lid)}${hint}`));
}

/** A name that means nothing may be that of something of another kind. */
const otherKind = (isThere: boolean, lid: Longident, kind: string, rule: string): string => (isThere ? `\nHint: There is a ${kind} named ${longidentName(lid)}, but ${rule}` : "");
function hasName<T>(lid: Longident, env: Env, table: (e: Env) => Table<T>, map: (c: StructureComponents) => Map<string, Entry<T>>): boolean {
  if (lid.kind === "ident") return findName(table(env), lid.name) !== undefined;
  if (lid.kind !== "dot") return false;
  const components = lookupModule(NOWHERE, lid.prefix, env).data.components.get();
  return components.kind === "structure" && map(components).get(lid.name) !== undefined;
}

/** Whether a module fits a functor's parameter, in a path such as `F(M).t`; throws `CompileError`. Set by the module checker. */
type ApplicationChecker = (loc: Location, env: Env, argument: Path, parameter: ModuleType) => void;
let checkApplication: ApplicationChecker = () => undefined;
export function setApplicationChecker(check: ApplicationChecker): void {
  checkApplication = check;
}

const UNDECIDED: ModuleData = { declaration: { type: { kind: "signature", items: [] }, attributes: [], loc: NOWHERE, uid: 0 }, components: Lazy.of<Components>({ kind: "abstract" }) };
/** With a module that nothing is known of yet, so that naming it is an error. */
export function addUndecidedModule(id: Ident, env: Env): Env {
  return env.with({ modules: addTo(env.modules, id.name, pident(id), undefined, UNDECIDED) });
}

/** The module of a path as written: its path and data. */
export function lookupModule(loc: Location, lid: Longident, env: Env): { path: Path; data: ModuleData } {
  switch (lid.kind) {
    case "ident": {
      const entry = findName(env.modules, lid.name);
      if (entry !== undefined) {
        if (entry.get() === UNDECIDED) throw new CompileError(errorAt(loc, "Illegal recursive module reference"));
        return usedModule(loc, entry);
      }
      const unit = unitModule(lid.name);
      if (unit !== undefined) return { path: pident(persistent(lid.name)), data: unit };
      const isModtype = findName(env.modtypes, lid.name) !== undefined;
      return unbound(loc, "module", lid, spellingHint(lid.name, namesOf(env.modules)) + otherKind(isModtype, lid, "module type", "module types are not modules"));
    }
    case "dot": {
      const c = lookupStructure(loc, lid.prefix, env);
      const entry = c.components.modules.get(lid.name);
      if (entry === undefined) return unbound(loc, "module", lid, spellingHint(lid.name, c.components.modules.keys()));
      return usedModule(loc, entry);
    }
    case "apply": {
      const functor = lookupModule(loc, lid.functor, env);
      const argument = lookupModule(loc, lid.argument, env);
      const c = functor.data.components.get();
      if (c.kind !== "functor") throw new CompileError(errorAt(loc, `The module ${longidentName(lid.functor)} is a structure, it cannot be applied`));
      const path: Path & { kind: "apply" } = { kind: "apply", functor: normalizeModulePath(functor.path, env), argument: normalizeModulePath(argument.path, env) };
      if (c.parameter.kind === "unit") throw new CompileError(errorAt(loc, `The functor ${longidentName(lid.functor)} is generative, it cannot be applied in type\n       expressions`));
      checkApplication(loc, env, path.argument, c.parameter.type);
      return { path, data: applyComponents(c, path, env) };
    }
  }
}

function usedModule(loc: Location, entry: Entry<ModuleData>): { path: Path; data: ModuleData } {
  const data = entry.get();
  const { type, uid } = data.declaration;
  // What is known of a unit by its alias is kept by the alias, which others may have looked into before.
  if (type.kind === "alias" && type.path.kind === "ident" && type.path.id.kind === "persistent") unitUsed(type.path.id.name);
  markUsed(uid);
  tellAlerts(loc, data.declaration.attributes, () => `module ${pathName(entry.path)}`);
  return { path: entry.path, data };
}

/** The path of a module that is given another name. */
export function lookupAliasedModule(loc: Location, lid: Longident, env: Env): Path {
  if (env.freeAliases && lid.kind === "ident" && findName(env.modules, lid.name) === undefined) return pident(persistent(lid.name));
  return lookupModule(loc, lid, env).path;
}

export function lookupModulePath(loc: Location, lid: Longident, env: Env): Path {
  return lookupModule(loc, lid, env).path;
}

function lookupStructure(loc: Location, lid: Longident, env: Env): { path: Path; components: StructureComponents } {
  const { path, data } = lookupModule(loc, lid, env);
  const components = data.components.get();
  if (components.kind === "structure") return { path, components };
  if (components.kind === "functor") throw new CompileError(errorAt(loc, `The module ${longidentName(lid)} is a functor, it cannot have any components`));
  throw new CompileError(errorAt(loc, `The module ${longidentName(lid)} is abstract, it cannot have any components`));
}

function lookup<T>(loc: Location, lid: Longident, env: Env, what: string, table: (e: Env) => Table<T>, map: (c: StructureComponents) => Map<string, Entry<T>>, hint: () => string = () => ""): { path: Path; data: T } {
  let entry: Entry<T> | undefined;
  if (lid.kind === "ident") {
    entry = findName(table(env), lid.name);
    if (entry === undefined) return unbound(loc, what, lid, spellingHint(lid.name, namesOf(table(env))) + hint());
  } else if (lid.kind === "dot") {
    const names = map(lookupStructure(loc, lid.prefix, env).components);
    entry = names.get(lid.name);
    if (entry === undefined) return unbound(loc, what, lid, spellingHint(lid.name, names.keys()) + hint());
  } else return unbound(loc, what, lid, "");
  return { path: entry.path, data: entry.get() };
}

/** Functions whose bodies are being typed and that are not visible there, for want of `rec`: their names and where they are defined. */
const unfinished: { readonly names: readonly string[]; readonly loc: Location }[] = [];
export function whileDefining<T>(names: readonly string[], loc: Location, run: () => T): T {
  unfinished.push({ names, loc });
  try {
    return run();
  } finally {
    unfinished.pop();
  }
}
function unboundFunction(loc: Location, name: string): void {
  const definition = unfinished.findLast((d) => d.loc.file === loc.file && d.names.includes(name));
  if (definition === undefined) return;
  const line = loc.file.text.slice(0, definition.loc.start).split("\n").length;
  throw new CompileError(errorAt(loc, `Unbound value ${name}\nHint: If this is a recursive definition,\nyou should add the 'rec' keyword on line ${line}`));
}

export function lookupValue(loc: Location, lid: Longident, env: Env): { path: Path; data: ValueDescription } {
  if (lid.kind === "ident") {
    const entry = findName(env.values, lid.name);
    if (entry !== undefined) {
      const data = entry.get();
      markUsed(data.uid);
      tellAlerts(loc, data.attributes, () => lid.name);
      return { path: entry.path, data };
    }
    unboundFunction(loc, lid.name);
  }
  const found = lookup(loc, lid, env, "value", (e) => e.values, (c) => c.values);
  markUsed(found.data.uid);
  tellAlerts(loc, found.data.attributes, () => pathName(found.path));
  return found;
}
export function lookupType(loc: Location, lid: Longident, env: Env): { path: Path; data: TypeDeclaration } {
  const { path, data } = lookup(loc, lid, env, "type constructor", (e) => e.types, (c) => c.types);
  markUsed(data.declaration.uid);
  tellAlerts(loc, data.declaration.attributes, () => pathName(path));
  return { path, data: data.declaration };
}
export function lookupModtype(loc: Location, lid: Longident, env: Env): { path: Path; data: ModuleTypeDeclaration } {
  const found = lookup(loc, lid, env, "module type", (e) => e.modtypes, (c) => c.modtypes, () => otherKind(hasName(lid, env, (e) => e.modules, (c) => c.modules), lid, "module", "modules are not module types"));
  tellAlerts(loc, found.data.attributes, () => pathName(found.path));
  return found;
}
export function lookupClass(loc: Location, lid: Longident, env: Env): { path: Path; data: ClassDeclaration } {
  const found = lookup(loc, lid, env, "class", (e) => e.classes, (c) => c.classes, () => otherKind(hasName(lid, env, (e) => e.classTypes, (c) => c.classTypes), lid, "class type", "classes are not class types"));
  markUsed(found.data.uid);
  tellAlerts(loc, found.data.attributes, () => pathName(found.path));
  return found;
}
export function lookupClassType(loc: Location, lid: Longident, env: Env): { path: Path; data: ClassTypeDeclaration } {
  const found = lookup(loc, lid, env, "class type", (e) => e.classTypes, (c) => c.classTypes);
  markUsed(found.data.uid);
  tellAlerts(loc, found.data.attributes, () => pathName(found.path));
  return found;
}

/** All constructors of that name, the innermost first. */
export function lookupAllConstructors(lid: Loc<Longident>, env: Env): ConstructorDescription[] {
  const { value, loc } = lid;
  const result: ConstructorDescription[] = [];
  if (value.kind === "ident") return findAll(env.constructors, value.name);
  else if (value.kind === "dot") for (let e = lookupStructure(loc, value.prefix, env).components.constructors.get().get(value.name); e !== undefined; e = e.next) result.push(e.get());
  return result;
}
/** Notes that a constructor is used, of those that its name may mean. */
export function noteConstructor({ value }: Loc<Longident>, env: Env, chosen: ConstructorDescription): void {
  if (value.kind === "ident") noteChosen(env.constructors, value.name, chosen);
}
/** Notes that a label is used, of those that its name may mean. */
export function noteLabel({ value }: Loc<Longident>, env: Env, chosen: LabelDescription): void {
  if (value.kind === "ident") noteChosen(env.labels, value.name, chosen);
}
export function unboundConstructor(lid: Loc<Longident>, env: Env): never {
  const { value, loc } = lid;
  const names = value.kind === "dot" ? lookupStructure(loc, value.prefix, env).components.constructors.get().keys() : namesOf(env.constructors);
  return unbound(loc, "constructor", value, spellingHint(value.kind === "apply" ? "" : value.name, names));
}
export function lookupAllLabels(lid: Loc<Longident>, env: Env): LabelDescription[] {
  const { value, loc } = lid;
  const result: LabelDescription[] = [];
  if (value.kind === "ident") return findAll(env.labels, value.name);
  else if (value.kind === "dot") for (let e = lookupStructure(loc, value.prefix, env).components.labels.get().get(value.name); e !== undefined; e = e.next) result.push(e.get());
  return result;
}
export function unboundLabel(lid: Loc<Longident>, env: Env): never {
  const { value, loc } = lid;
  const names = value.kind === "dot" ? lookupStructure(loc, value.prefix, env).components.labels.get().keys() : namesOf(env.labels);
  return unbound(loc, "record field", value, spellingHint(value.kind === "apply" ? "" : value.name, names));
}

/** The innermost value of that name. */
export function findValueByName(name: string, env: Env): { path: Path; data: ValueDescription } | undefined {
  const entry = findName(env.values, name);
  return entry === undefined ? undefined : { path: entry.path, data: entry.get() };
}
/** The types or modules of that name that were defined where the environment is, the innermost first, with the places of their definitions: for messages. */
export function identsNamed(kind: "types" | "modules", name: string, env: Env): { id: Ident; loc: Location | undefined }[] {
  const found: { id: Ident; loc: Location | undefined }[] = [];
  const note = (path: Path, declaration: { readonly loc: Location }): void => {
    if (path.kind === "ident" && found.at(-1)?.id !== path.id) found.push({ id: path.id, loc: path.id.kind === "local" ? declaration.loc : undefined });
  };
  for (let t: Table<TypeData | ModuleData> | undefined = env[kind]; t !== undefined; t = t.rest) for (let e = findAdded(t, name); e !== undefined; e = e.next) note(e.path, e.get().declaration);
  return found;
}
/** Names of the values in scope, for hints. */
export function valueNames(env: Env): Iterable<string> {
  return namesOf(env.values);
}

/** Whether a value of that name is bound: for tools. */
export function hasValue(name: string, env: Env): boolean {
  return findName(env.values, name) !== undefined;
}
