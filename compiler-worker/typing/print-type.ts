/** Types as OCaml prints them. */
import type { ArgLabel } from "../syntax/ast.ts";
import { fieldKindRepr, isStaticRow, iterChildren, repr, rowFieldState, rowRepr, sameLabel } from "./btype.ts";
import { box, breakAt, flatten, SPACE } from "./boxes.ts";
import { pathName, PROGRAM_PREFIX, samePath } from "./path.ts";
import { fieldsEnd, flattenFields } from "./unify.ts";
import { GENERIC_LEVEL, type Ident, type Path, type RowDesc, type TypeExpr } from "./types.ts";

/** Names of variables that are not generalized: the same all over a signature. */
let weakNames = new Map<TypeExpr, string>();
export function resetWeakNames(): void {
  weakNames = new Map();
}
function weakName(t: TypeExpr): string {
  const known = weakNames.get(t);
  if (known !== undefined) return known;
  const name = `_weak${weakNames.size + 1}`;
  weakNames.set(t, name);
  return name;
}

/** Parts of a type that are shown: one whose parts are shared may have more than there is room for. */
const MOST_SHOWN = 100_000;
const TOO_LARGE = "...";

/** Names of type variables in one message: equal variables get equal names. */
export class Names {
  readonly #names = new Map<TypeExpr, string>();
  readonly #used = new Set<string>();
  #counter = 0;
  /** Nodes (their proxies) that occur more than once in a way that must be seen: they are printed with `as`. */
  readonly #aliased = new Set<TypeExpr>();
  /** Proxies of the open rows and objects met so far. */
  readonly #open = new Set<TypeExpr>();

  /** Nodes that are shown by their name only: it was said elsewhere what they are. */
  readonly bound = new Set<TypeExpr>();
  readonly #reserved = new Set<string>();

  /** Finds the parts of the type that contain themselves, and open object and variant types that occur twice. False when the type is too large to be shown. */
  mark(type: TypeExpr): boolean {
    const path = new Set<TypeExpr>();
    let left = MOST_SHOWN;
    const visit = (x: TypeExpr): void => {
      if (left === 0) return;
      left--;
      const t = repr(x);
      const p = proxyOf(t);
      if (path.has(p) && isAliasable(t)) {
        this.#aliased.add(p);
        return;
      }
      const { desc } = t;
      // An open type that a bound variable stands for must be shown as that variable.
      if (desc.kind === "poly") for (const v of desc.variables) this.#aliased.add(repr(v));
      const inside = !path.has(p);
      if (inside) path.add(p);
      if (desc.kind === "object" || desc.kind === "variant") {
        if (this.#open.has(p)) this.#aliased.add(p);
        else {
          if (p !== t) this.#open.add(p);
          partsShown(t).forEach(visit);
        }
      } else partsShown(t).forEach(visit);
      if (inside) path.delete(p);
    };
    visit(type);
    return left > 0;
  }
  /** An open type that is shown already, under its name if it occurs again. */
  markOpen(type: TypeExpr): void {
    this.#open.add(proxyOf(repr(type)));
  }
  /** The type is shown by a name wherever it occurs. */
  alias(type: TypeExpr): void {
    this.#aliased.add(proxyOf(repr(type)));
  }
  isAliased(type: TypeExpr): boolean {
    return this.#aliased.has(proxyOf(repr(type)));
  }
  /** The name of a type that is shown elsewhere. */
  knownName(t: TypeExpr): string | undefined {
    const p = proxyOf(t);
    if (this.bound.has(p) && isAliasable(t)) return this.nameOf(p);
    return undefined;
  }
  aliasName(type: TypeExpr): string {
    return this.nameOf(proxyOf(repr(type)));
  }
  /** From here on the type is shown by its name. */
  bind(type: TypeExpr): void {
    this.bound.add(proxyOf(repr(type)));
  }
  /** Gives the names of bound variables free again. */
  release(variables: readonly TypeExpr[]): void {
    for (const v of variables) {
      const t = repr(v);
      const name = this.#names.get(t);
      if (name === undefined) continue;
      this.#names.delete(t);
      this.#used.delete(name);
    }
  }

  /** Names that variables of the type have in the source: no other variable gets them. */
  reserve(type: TypeExpr): void {
    const seen = new Set<TypeExpr>();
    const visit = (x: TypeExpr): void => {
      const t = repr(x);
      if (seen.has(t)) return;
      seen.add(t);
      if ((t.desc.kind === "var" || t.desc.kind === "univar") && t.desc.name !== undefined) this.#reserved.add(t.desc.name);
      iterChildren(visit, t);
    };
    visit(type);
  }

  nameOf(t: TypeExpr): string {
    const known = this.#names.get(t);
    if (known !== undefined) return known;
    const wanted = t.desc.kind === "var" || t.desc.kind === "univar" ? t.desc.name : undefined;
    let name: string;
    if (t.desc.kind === "var" && t.level !== GENERIC_LEVEL && this.weak) name = weakName(t);
    else if (wanted !== undefined && !this.#used.has(wanted)) name = wanted;
    else if (wanted !== undefined) {
      let i = 0;
      while (this.#used.has(`${wanted}${i}`)) i++;
      name = `${wanted}${i}`;
    } else
      do {
        const n = this.#counter++;
        name = String.fromCharCode(97 + (n % 26)) + (n >= 26 ? String(Math.floor(n / 26)) : "");
      } while (this.#used.has(name) || this.#reserved.has(name));
    this.#used.add(name);
    this.#names.set(t, name);
    return name;
  }
  /** Whether monomorphic variables are shown as `'_weak1`. */
  weak = false;
}

export type NameSpace = "type" | "module" | "module type";

/**
 * What names of types, modules and module types stand for where an item of a signature is shown, the innermost last. What has such a
 * name without being the innermost is shown with its number, counted from there: `t/2` (OCaml 5.1).
 */
const inScope = new Map<string, Ident[]>();

/** Runs `show`, which may bring names into scope (`nameInScope`); they are forgotten afterwards. */
export function withScope<A>(show: () => A): A {
  const before = bound.length;
  try {
    return show();
  } finally {
    for (const name of bound.splice(before)) inScope.get(name)!.pop();
  }
}
const bound: string[] = [];

export function nameInScope(space: NameSpace, id: Ident): void {
  const key = `${space} ${id.name}`;
  bound.push(key);
  const known = inScope.get(key);
  if (known === undefined) inScope.set(key, [id]);
  else known.push(id);
}

/** The number of an identifier among those of its name, for one that is not the innermost. */
function indexMark(space: NameSpace, id: Ident): string {
  const ids = inScope.get(`${space} ${id.name}`);
  if (ids === undefined || ids.length === 0 || id.kind === "persistent") return "";
  const at = ids.lastIndexOf(id);
  return (at < 0 && id.kind !== "predef") || at === ids.length - 1 ? "" : `/${ids.length - at}`;
}

function scopedName(path: Path, space: NameSpace): string {
  switch (path.kind) {
    case "ident":
      return path.id.name + indexMark(space, path.id);
    case "dot":
      return pathName(path, (prefix) => scopedName(prefix, "module"));
    case "apply":
      return `${scopedName(path.functor, "module")}(${scopedName(path.argument, "module")})`;
    case "inlineRecord":
      return pathName(path);
  }
}

/** How paths are shown: unit names `Stdlib__List` as `Stdlib.List`, and `Stdlib.` left out where nothing else has the name, also where it is that of earlier versions. */
export function printPath(path: Path, space: NameSpace = "type"): string {
  if (bound.length === 0) return shortened(pathName(path));
  if (path.kind === "dot" && path.prefix.kind === "ident" && path.prefix.id.kind === "persistent" && path.prefix.id.name === "Stdlib" && (inScope.get(`${space} ${path.name}`)?.length ?? 0) > 0) return pathName(path);
  return shortened(scopedName(path, space));
}

function shortened(written: string): string {
  const name = written.replaceAll(`${PROGRAM_PREFIX}.`, "").replaceAll(PROGRAM_PREFIX, "").replace(/\b([A-Z]\w*?)__([A-Z])/g, "$1.$2");
  return name.replace(/(^|\()Stdlib(?:_4)?\.(?=[A-Za-z(])/g, "$1");
}

/** The result of a function: an arrow needs no parentheses there, an alias does. */
const RESULT = 0.5;
/** The parameter of a function. */
export const ARROW = 1;
/** A component of a tuple. */
export const TUPLE = 2;
const ARGUMENT = 3;

/** On one line. */
export function printType(type: TypeExpr, names: Names = new Names()): string {
  return flatten(markUpType(type, names));
}

/** With the places where lines may be broken (`boxes.ts`). */
export function markUpType(type: TypeExpr, names: Names = new Names(), level = 0): string {
  names.reserve(type);
  return names.mark(type) ? print(type, names, level) : TOO_LARGE;
}

/** As `markUpType` for types that are shown together, in any order: gives what shows each. */
export function markUpTogether(types: readonly TypeExpr[], names: Names): (type: TypeExpr, level?: number) => string {
  for (const type of types) names.reserve(type);
  const isSmall = types.map((type) => names.mark(type)).every((small) => small);
  return (type, level = 0) => (isSmall ? print(type, names, level) : TOO_LARGE);
}

/** A type in full, although it has a name. */
export function markUpUnaliased(type: TypeExpr, names: Names): string {
  names.reserve(type);
  return names.mark(type) ? printDesc(repr(type), names, 0) : TOO_LARGE;
}

/** What an object or variant type is recognized by: its row variable, while it has one. */
function proxyOf(t: TypeExpr): TypeExpr {
  const { desc } = t;
  if (desc.kind === "object") {
    const rest = fieldsEnd(desc.fields);
    return rest.desc.kind === "nil" ? t : rest;
  }
  if (desc.kind === "variant") {
    const row = rowRepr(desc.row);
    return isStaticRow(row) ? t : repr(row.more);
  }
  return t;
}

/** The types that a tag's argument has all together: `int & int` is `int`. */
function distinct(types: readonly TypeExpr[]): readonly TypeExpr[] {
  return types.length < 2 ? types : types.filter((t, i) => !types.slice(0, i).some((u) => isSameType(t, u)));
}
function isSameType(left: TypeExpr, right: TypeExpr): boolean {
  const t = repr(left);
  const u = repr(right);
  if (t === u) return true;
  if (t.desc.kind === "constr" && u.desc.kind === "constr") return samePath(t.desc.path, u.desc.path) && areSameTypes(t.desc.args, u.desc.args);
  if (t.desc.kind === "tuple" && u.desc.kind === "tuple") return areSameTypes(t.desc.components, u.desc.components);
  if (t.desc.kind === "arrow" && u.desc.kind === "arrow") return sameLabel(t.desc.label, u.desc.label) && isSameType(t.desc.parameter, u.desc.parameter) && isSameType(t.desc.result, u.desc.result);
  return false;
}
function areSameTypes(left: readonly TypeExpr[], right: readonly TypeExpr[]): boolean {
  return left.length === right.length && left.every((t, i) => isSameType(t, right[i]!));
}

const isAliasable = (t: TypeExpr): boolean => t.desc.kind !== "var" && t.desc.kind !== "univar" && t.desc.kind !== "poly" && t.desc.kind !== "nil" && t.desc.kind !== "field";

/** The parts of a type that printing it shows. */
function partsShown(t: TypeExpr): TypeExpr[] {
  const { desc } = t;
  const parts: TypeExpr[] = [];
  switch (desc.kind) {
    case "constr":
      return [...desc.args];
    case "object": {
      const name = objectName(desc);
      if (name !== undefined) return [...name.args];
      return [...flattenFields(desc.fields).fields.values()].filter((f) => fieldKindRepr(f.fieldKind).state === "public").map((f) => f.type);
    }
    case "variant": {
      const row = rowRepr(desc.row);
      if (row.name !== undefined && namesRow(row)) return [...row.name.args];
      for (const { field } of row.fields) {
        const state = rowFieldState(field);
        if (state.kind === "present" && state.argument !== undefined) parts.push(state.argument);
        else if (state.kind === "either") parts.push(...distinct(state.args));
      }
      return parts;
    }
    case "poly":
      return [desc.body];
    default:
      iterChildren((c) => parts.push(c), t);
      return parts;
  }
}

/** Whether a row is shown by the abbreviation that it came from alone. */
function namesRow(row: RowDesc): boolean {
  return row.closed && row.fields.every((f) => rowFieldState(f.field).kind === "present");
}

function paren(need: boolean, text: string): string {
  return need ? box("fill", 1, `(${text})`) : text;
}

export function printLabel(label: ArgLabel): string {
  return label.kind === "nolabel" ? "" : label.kind === "labelled" ? `${label.name}:` : `?${label.name}:`;
}

function print(type: TypeExpr, names: Names, level: number): string {
  const t = repr(type);
  const known = names.knownName(t);
  if (known !== undefined) return `'${known}`;
  if (!names.isAliased(t) || !isAliasable(t)) return printDesc(t, names, level);
  const name = names.aliasName(t);
  names.bind(t);
  return paren(level > 0, box("fill", 0, `${printDesc(t, names, 0)}${SPACE}as '${name}`));
}

function printDesc(t: TypeExpr, names: Names, level: number): string {
  const { desc } = t;
  const go = (x: TypeExpr, l: number): string => print(x, names, l);
  switch (desc.kind) {
    case "var":
    case "univar":
      return `'${names.nameOf(t)}`;
    case "arrow": {
      let { parameter } = desc;
      if (desc.label.kind === "optional") {
        const p = repr(parameter);
        if (p.desc.kind === "constr" && pathName(p.desc.path) === "option") parameter = p.desc.args[0]!;
      }
      return paren(level >= ARROW, box("fill", 0, `${printLabel(desc.label)}${go(parameter, ARROW)} ->${SPACE}${go(desc.result, RESULT)}`));
    }
    case "tuple":
      return paren(level >= TUPLE, box("fill", 0, desc.components.map((c) => go(c, TUPLE)).join(` *${SPACE}`)));
    case "constr":
      return printConstr(desc.path, desc.args, go);
    case "object": {
      const name = objectName(desc);
      if (name !== undefined) return printConstr(name.path, name.args, go, name.open ? `${weakMark(fieldsEnd(desc.fields), names)}#` : "");
      const { fields, rest } = flattenFields(desc.fields);
      const shown = [...fields.values()].filter((f) => fieldKindRepr(f.fieldKind).state === "public").sort((a, b) => (a.name < b.name ? -1 : 1));
      const items = shown.map((f) => `${f.name} : ${go(f.type, 0)}`);
      if (rest.desc.kind !== "nil") items.push(`${weakMark(rest, names)}..`);
      return box("fill", 2, items.length === 0 ? "<  >" : `< ${items.join(`;${SPACE}`)} >`);
    }
    case "variant":
      return printRow(desc.row, go, names);
    case "poly": {
      if (desc.variables.length === 0) return go(desc.body, level);
      const variables = desc.variables.map((v) => `'${names.nameOf(repr(v))}`).join(" ");
      const text = paren(level > 0, box("hov", 2, `${variables}.${SPACE}${go(desc.body, 0)}`));
      names.release(desc.variables);
      return text;
    }
    case "package": {
      const constraints = desc.constraints.map((c) => `type ${c.path.join(".")} = ${go(c.type, 0)}`);
      return box("fill", 1, `(module ${printPath(desc.path, "module type")}${constraints.length === 0 ? "" : ` with ${constraints.join(" and ")}`})`);
    }
    case "field":
    case "nil":
      return "<  >";
    case "link":
      return "'_";
  }
}

/** The class abbreviation by which an object type is shown: while its row is as the class left it. */
function objectName(desc: Extract<TypeExpr["desc"], { kind: "object" }>): { path: Path; args: readonly TypeExpr[]; open: boolean } | undefined {
  if (desc.name.value === undefined) return undefined;
  const { path, args } = desc.name.value;
  const extra = args[0] === undefined ? undefined : flattenFields(args[0]);
  const row = extra === undefined || extra.fields.size > 0 ? undefined : extra.rest;
  if (row === undefined || (row.desc.kind !== "var" && row.desc.kind !== "univar" && row.desc.kind !== "nil" && row.desc.kind !== "constr")) return undefined;
  // An object whose class arguments mention it is shown by its methods.
  const own = repr(desc.fields);
  const seen = new Set<TypeExpr>();
  const mentions = (x: TypeExpr): boolean => {
    const t = repr(x);
    if (t === own) return true;
    if (seen.has(t)) return false;
    seen.add(t);
    let found = false;
    iterChildren((c) => {
      found ||= mentions(c);
    }, t);
    return found;
  };
  if (own.desc.kind === "field" && args.slice(1).some(mentions)) return undefined;
  return { path, args: args.slice(1), open: row.desc.kind !== "nil" };
}

function printConstr(path: Path, args: readonly TypeExpr[], go: (t: TypeExpr, l: number) => string, prefix = ""): string {
  const name = prefix + printPath(path);
  if (args.length === 0) return name;
  if (args.length === 1) return box("fill", 0, `${go(args[0]!, ARGUMENT)}${SPACE}${name}`);
  return box("fill", 0, `${box("fill", 1, `(${args.map((a) => go(a, 0)).join(`,${SPACE}`)})`)}${SPACE}${name}`);
}

/** `_` before what is open only until it is known better. */
function weakMark(row: TypeExpr, names: Names): string {
  const t = repr(row);
  return names.weak && t.desc.kind === "var" && t.level !== GENERIC_LEVEL ? "_" : "";
}

function printRow(original: RowDesc, go: (t: TypeExpr, l: number) => string, names: Names): string {
  const row = rowRepr(original);
  const weak = weakMark(row.more, names);
  if (row.name !== undefined && namesRow(row)) return printConstr(row.name.path, row.name.args, go);
  const fields = row.fields.filter((f) => rowFieldState(f.field).kind !== "absent").sort((a, b) => (a.label < b.label ? -1 : 1));
  const present = fields.filter((f) => rowFieldState(f.field).kind === "present");
  const all = present.length === fields.length;
  const tag = (label: string, args: readonly TypeExpr[], none: boolean): string => {
    const types = args.map((t) => go(t, 0)).join(` &${SPACE}`);
    return box("all", 2, `\`${label}${none && args.length > 0 ? ` of${SPACE}&${SPACE}` : args.length > 0 ? ` of${SPACE}` : ""}${types}`);
  };
  const items = fields.map(({ label, field }) => {
    const state = rowFieldState(field);
    if (state.kind === "present") return tag(label, state.argument === undefined ? [] : [state.argument], false);
    return state.kind === "either" ? tag(label, distinct(state.args), state.noArgument) : tag(label, [], false);
  });
  const whole = (mark: string, shown: string, required: string): string => `${weak}${box("hov", 0, `[${mark}${box("all", 0, box("all", 0, shown) + required)}${SPACE}]`)}`;
  const required = present.length > 0 && !all ? `${breakAt(1, -2)}> ${box("hov", 0, present.map((f) => `\`${f.label}`).join(SPACE))}` : "";
  const shown = row.name === undefined ? items.join(`${breakAt(1, -2)}| `) : printConstr(row.name.path, row.name.args, go);
  if (row.closed && all && row.name === undefined) return whole(" ", shown, "");
  return row.closed ? whole("< ", shown, required) : whole("> ", shown, "");
}
