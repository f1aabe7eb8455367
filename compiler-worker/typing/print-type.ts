/** Types as OCaml prints them. */
import type { ArgLabel } from "../syntax/ast.ts";
import { fieldKindRepr, iterChildren, repr, rowFieldState, rowRepr } from "./btype.ts";
import { pathName, PROGRAM_PREFIX } from "./path.ts";
import { flattenFields } from "./unify.ts";
import { GENERIC_LEVEL, type Path, type RowDesc, type TypeExpr } from "./types.ts";

/** Names of type variables in one message: equal variables get equal names. */
export class Names {
  readonly #names = new Map<TypeExpr, string>();
  readonly #used = new Set<string>();
  #counter = 0;
  #weak = 0;
  readonly aliases = new Map<TypeExpr, string>();
  /** Nodes that are shown by their name only: it was said elsewhere what they are. */
  readonly bound = new Set<TypeExpr>();
  readonly #reserved = new Set<string>();

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
    if (t.desc.kind === "var" && t.level !== GENERIC_LEVEL && this.weak) name = `_weak${++this.#weak}`;
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

/** How paths are shown: unit names `Stdlib__List` as `Stdlib.List`, and `Stdlib.` left out. */
export function printPath(path: Path): string {
  const name = pathName(path).replaceAll(`${PROGRAM_PREFIX}.`, "").replaceAll(PROGRAM_PREFIX, "").replace(/\b([A-Z]\w*?)__([A-Z])/g, "$1.$2");
  return name.startsWith("Stdlib.") && name.length > 7 ? name.slice(7) : name;
}

const ARROW = 1;
const TUPLE = 2;
const ARGUMENT = 3;

export function printType(type: TypeExpr, names: Names = new Names()): string {
  names.reserve(type);
  markLoops(type, names);
  return print(type, names, 0, new Set());
}

/** Finds the nodes that contain themselves (through objects and variants): they are printed with `as`. */
function markLoops(type: TypeExpr, names: Names): void {
  const path = new Set<TypeExpr>();
  const done = new Set<TypeExpr>();
  const visit = (x: TypeExpr): void => {
    const t = repr(x);
    if (path.has(t)) {
      if (t.desc.kind !== "var" && t.desc.kind !== "nil" && t.desc.kind !== "field") names.aliases.set(t, "");
      return;
    }
    if (done.has(t)) return;
    path.add(t);
    if (t.desc.kind === "constr") for (const a of t.desc.args) visit(a);
    else if (t.desc.kind === "object") {
      const name = objectName(t.desc);
      if (name === undefined) visit(t.desc.fields);
      else name.args.forEach(visit);
    } else iterChildren(visit, t);
    path.delete(t);
    done.add(t);
  };
  visit(type);
}

function paren(need: boolean, text: string): string {
  return need ? `(${text})` : text;
}

export function printLabel(label: ArgLabel): string {
  return label.kind === "nolabel" ? "" : label.kind === "labelled" ? `${label.name}:` : `?${label.name}:`;
}

function print(type: TypeExpr, names: Names, level: number, inside: Set<TypeExpr>): string {
  const t = repr(type);
  if (names.bound.has(t)) return `'${names.nameOf(t)}`;
  const alias = names.aliases.get(t);
  if (alias !== undefined) {
    if (inside.has(t)) return `'${names.nameOf(t)}`;
    inside.add(t);
    const text = printDesc(t, names, 0, inside);
    inside.delete(t);
    return paren(level > 0, `${text} as '${names.nameOf(t)}`);
  }
  return printDesc(t, names, level, inside);
}

function printDesc(t: TypeExpr, names: Names, level: number, inside: Set<TypeExpr>): string {
  const { desc } = t;
  const go = (x: TypeExpr, l: number): string => print(x, names, l, inside);
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
      return paren(level >= ARROW, `${printLabel(desc.label)}${go(parameter, ARROW)} -> ${go(desc.result, 0)}`);
    }
    case "tuple":
      return paren(level >= TUPLE, desc.components.map((c) => go(c, TUPLE)).join(" * "));
    case "constr":
      return printConstr(desc.path, desc.args, go);
    case "object": {
      const name = objectName(desc);
      if (name !== undefined) return printConstr(name.path, name.args, go, name.open ? "#" : "");
      const { fields, rest } = flattenFields(desc.fields);
      const shown = [...fields.values()].filter((f) => fieldKindRepr(f.fieldKind).state === "public").sort((a, b) => (a.name < b.name ? -1 : 1));
      const items = shown.map((f) => `${f.name} : ${go(f.type, 0)}`);
      if (rest.desc.kind !== "nil") items.push("..");
      return items.length === 0 ? "<  >" : `< ${items.join("; ")} >`;
    }
    case "variant":
      return printRow(desc.row, go);
    case "poly": {
      if (desc.variables.length === 0) return go(desc.body, level);
      const variables = desc.variables.map((v) => `'${names.nameOf(repr(v))}`).join(" ");
      return paren(level > 0, `${variables}. ${go(desc.body, 0)}`);
    }
    case "package": {
      const constraints = desc.constraints.map((c) => `type ${c.path.join(".")} = ${go(c.type, 0)}`);
      return `(module ${printPath(desc.path)}${constraints.length === 0 ? "" : ` with ${constraints.join(" and ")}`})`;
    }
    case "field":
    case "nil":
      return "<  >";
    case "link":
    case "subst":
      return "'_";
  }
}

/** The class abbreviation by which an object type is shown: while its row is as the class left it. */
function objectName(desc: Extract<TypeExpr["desc"], { kind: "object" }>): { path: Path; args: readonly TypeExpr[]; open: boolean } | undefined {
  if (desc.name.value === undefined) return undefined;
  const { path, args } = desc.name.value;
  const row = args[0] === undefined ? undefined : repr(args[0]);
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
  if (args.length === 1) return `${go(args[0]!, ARGUMENT)} ${name}`;
  return `(${args.map((a) => go(a, 0)).join(", ")}) ${name}`;
}

function printRow(original: RowDesc, go: (t: TypeExpr, l: number) => string): string {
  const row = rowRepr(original);
  if (row.name !== undefined && row.closed && row.fields.every((f) => rowFieldState(f.field).kind === "present")) return printConstr(row.name.path, row.name.args, go);
  const fields = row.fields.filter((f) => rowFieldState(f.field).kind !== "absent").sort((a, b) => (a.label < b.label ? -1 : 1));
  const present = fields.filter((f) => rowFieldState(f.field).kind === "present");
  const all = present.length === fields.length;
  const items = fields.map(({ label, field }) => {
    const state = rowFieldState(field);
    if (state.kind === "present") return `\`${label}${state.argument === undefined ? "" : ` of ${go(state.argument, 0)}`}`;
    if (state.kind === "either") {
      const args = state.args.map((t) => go(t, 0));
      if (args.length === 0) return `\`${label}`;
      return `\`${label} of ${state.noArgument ? "& " : ""}${args.join(" & ")}`;
    }
    return `\`${label}`;
  });
  const body = items.join(" | ");
  if (row.name !== undefined) {
    const inherited = printConstr(row.name.path, row.name.args, go);
    return row.closed ? `[< ${inherited}${present.length > 0 && !all ? ` > ${present.map((f) => `\`${f.label}`).join(" ")}` : ""} ]` : `[> ${inherited} ]`;
  }
  if (row.closed && all) return `[ ${body} ]`;
  if (row.closed) return `[< ${body}${present.length > 0 ? ` > ${present.map((f) => `\`${f.label}`).join(" ")}` : ""} ]`;
  return items.length === 0 ? "[>  ]" : `[> ${body} ]`;
}
