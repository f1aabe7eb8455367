/**
 * What is computed inside dune files: variables (`%{os_type}`), conditions (`enabled_if`), and sets of names (`modules`,
 * `flags`). Source: dune's documentation, "Variables", "Boolean Language", "Ordered Set Language".
 */
import { headOf, type Sexp } from "./sexp.ts";

/** A construct that is not understood, with its place. */
export class DuneError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = "DuneError";
    this.line = line;
  }
}

/** Gives a variable's values by its name and its argument (`lib-available:unix`); undefined when it is not known. */
export type Variables = (name: string, argument: string | undefined, line: number) => readonly string[] | undefined;

/** What holds for the programs that are made here, whatever the target. */
const CONSTANTS: Readonly<Record<string, string>> = {
  ocaml_version: "5.3.0",
  ocaml: "ocaml",
  ocamlc: "ocamlc",
  ocamlopt: "ocamlopt",
  arch_sixtyfour: "true",
  os_type: "Unix",
  system: "linux",
  architecture: "amd64",
  model: "default",
  profile: "release",
  context_name: "default",
  ocaml_bin: "/usr/bin",
  ocaml_where: "/usr/lib/ocaml",
  ext_obj: ".o",
  ext_asm: ".s",
  ext_lib: ".a",
  ext_dll: ".so",
  ext_exe: "",
  ext_plugin: ".cmxs",
  "oxcaml_supported": "false",
  toolchain: "",
  null: "/dev/null",
  ignoring_promoted_rules: "false",
};

export const constantVariables: Variables = (name, argument) => {
  if (argument === undefined) return name in CONSTANTS ? [CONSTANTS[name]!] : undefined;
  if (name === "ocaml-config") return configuration(argument);
  if (name === "env") {
    // Nothing is taken from the environment of whoever builds: the same sources give the same image.
    const equals = argument.indexOf("=");
    return equals < 0 ? undefined : [argument.slice(equals + 1)];
  }
  if (name === "bin-available") return ["false"];
  return undefined;
};

/** `%{read:FILE}`, `%{read-lines:FILE}`, `%{read-strings:FILE}`; undefined for other variables, and where the file is not known. */
export function readVariable(name: string, argument: string | undefined, read: (path: string) => string | undefined): readonly string[] | undefined {
  if (argument === undefined || !/^read(?:-lines|-strings)?$/.test(name)) return undefined;
  const text = read(argument);
  if (text === undefined || name === "read") return text === undefined ? undefined : [text];
  return text.split("\n").filter((l, i, all) => l !== "" || i < all.length - 1);
}

/** What `ocamlc -config` says, as far as it holds for the programs that are made here. */
export const CONSTANT_CONFIGURATION: Readonly<Record<string, string>> = {
  version: "5.3.0",
  arch: "amd64",
  architecture: "amd64",
  system: "linux",
  os_type: "Unix",
  word_size: "64",
  int_size: "63",
  native_compiler: "true",
  flambda: "false",
  ccomp_type: "cc",
  supports_shared_libraries: "true",
  naked_pointers: "false",
  ext_exe: "",
  ext_obj: ".o",
  ext_asm: ".s",
  ext_lib: ".a",
  ext_dll: ".so",
  standard_library: "/usr/lib/ocaml",
  standard_runtime: "/usr/bin/ocamlrun",
  c_compiler: "cc",
  ocamlc_cflags: "",
  ocamlopt_cflags: "",
  native_c_compiler: "cc",
  bytecomp_c_compiler: "cc",
  bytecomp_c_libraries: "",
  native_c_libraries: "",
  model: "default",
  host: "x86_64-pc-linux-gnu",
  target: "x86_64-pc-linux-gnu",
  safe_string: "true",
  default_safe_string: "true",
  flat_float_array: "true",
  function_sections: "true",
  afl_instrument: "false",
  windows_unicode: "false",
  with_frame_pointers: "false",
};

function configuration(name: string): readonly string[] | undefined {
  return name in CONSTANT_CONFIGURATION ? [CONSTANT_CONFIGURATION[name]!] : undefined;
}

/** `%{name}`, `%{name:argument}`; bounded, so that a long row of openings is not searched from each of them to the end. */
const VARIABLE = /\\%|%\{([^}:{]{1,200})(?::([^}]{0,2000}))?\}/g;

/** Replaces the variables in an atom. An atom that is one variable may stand for several values. Throws `DuneError`. */
export function expand(atom: string, line: number, variables: Variables): readonly string[] {
  const value = (name: string, argument: string | undefined): readonly string[] => {
    const found = variables(name, argument, line);
    if (found === undefined) throw new DuneError(`the variable %{${name}${argument === undefined ? "" : `:${argument}`}} is not known here`, line);
    return found;
  };
  const whole = /^%\{([^}:{]{1,200})(?::([^}]{0,2000}))?\}$/.exec(atom);
  if (whole !== null) return value(whole[1]!, whole[2]);
  return [atom.replace(VARIABLE, (match, name?: string, argument?: string) => (match === "\\%" ? "%" : value(name!, argument).join(" ")))];
}

/** An atom that stands for one text. */
export function expandOne(item: Sexp, variables: Variables): string {
  if (item.kind !== "atom") throw new DuneError("one text is expected here, not a list", item.line);
  return expand(item.value, item.line, variables).join(" ");
}

/** Compares versions as dune does: number by number. */
export function compareVersions(a: string, b: string): number {
  const parts = (version: string): readonly string[] => version.split(/[.~+-]/);
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? "", right[i] ?? ""];
    if (x === y) continue;
    const [m, n] = [Number(x), Number(y)];
    if (Number.isNaN(m) || Number.isNaN(n)) return x < y ? -1 : 1;
    if (m !== n) return m < n ? -1 : 1;
  }
  return 0;
}

/** The value of a condition. Throws `DuneError` for one that is not understood. Nesting is bounded. */
export function evaluateCondition(condition: Sexp, variables: Variables, depth = 0): boolean {
  if (depth > 100) throw new DuneError("this condition is nested too deeply", condition.line);
  if (condition.kind === "atom") {
    const value = expandOne(condition, variables);
    if (value === "true") return true;
    if (value === "false") return false;
    throw new DuneError(`a condition is expected, not ${value}`, condition.line);
  }
  const head = headOf(condition);
  const rest = condition.items.slice(1);
  const operands = (): [string, string] => {
    if (rest.length !== 2) throw new DuneError(`(${head} ...) compares two values`, condition.line);
    return [expandOne(rest[0]!, variables), expandOne(rest[1]!, variables)];
  };
  switch (head) {
    case "and":
      return rest.every((item) => evaluateCondition(item, variables, depth + 1));
    case "or":
      return rest.some((item) => evaluateCondition(item, variables, depth + 1));
    case "not":
      if (rest.length !== 1) throw new DuneError("(not ...) takes one condition", condition.line);
      return !evaluateCondition(rest[0]!, variables, depth + 1);
    case "=":
    case "<>": {
      const [a, b] = operands();
      return (a === b) === (head === "=");
    }
    case "<":
      return compareVersions(...operands()) < 0;
    case "<=":
      return compareVersions(...operands()) <= 0;
    case ">":
      return compareVersions(...operands()) > 0;
    case ">=":
      return compareVersions(...operands()) >= 0;
    default:
      throw new DuneError(`the condition (${head ?? "..."} ...) is not understood`, condition.line);
  }
}

/**
 * The elements of a set of names: `:standard` stands for `standard`, `\` takes away what follows, `(:include file)` is read with
 * `include`; `normal` gives names that mean the same one form. Throws `DuneError`.
 */
export function evaluateSet(items: readonly Sexp[], standard: readonly string[], variables: Variables, include: (file: string, line: number) => readonly Sexp[], normal: (name: string) => string = (n) => n, depth = 0): string[] {
  if (depth > 100) throw new DuneError("this set is nested too deeply", items[0]?.line ?? 1);
  const minus = items.findIndex((item) => item.kind === "atom" && item.value === "\\");
  const positive = minus < 0 ? items : items.slice(0, minus);
  const found: string[] = [];
  for (const item of positive) {
    if (item.kind === "list") {
      if (headOf(item) === ":include") {
        const file = item.items[1];
        if (file === undefined) throw new DuneError("(:include ...) takes the name of a file", item.line);
        found.push(...evaluateSet(include(expandOne(file, variables), item.line), standard, variables, include, normal, depth + 1));
      } else found.push(...evaluateSet(item.items, standard, variables, include, normal, depth + 1));
    } else if (item.value === ":standard") found.push(...standard);
    else if (item.value.startsWith(":")) throw new DuneError(`the set ${item.value} is not known`, item.line);
    else found.push(...expand(item.value, item.line, variables).map(normal));
  }
  if (minus < 0) return found;
  const removed = new Set(evaluateSet(items.slice(minus + 1), standard, variables, include, normal, depth + 1));
  return found.filter((name) => !removed.has(name));
}

/** More alternatives of braces than this are no list of files. */
const MAX_ALTERNATIVES = 1000;

/** Whether a name matches a glob (`*`, `**`, `?`, `{a,b}`, `[a-z]`); undefined when the glob is malformed. */
export function globMatcher(glob: string): ((name: string) => boolean) | undefined {
  const alternatives = expandBraces(glob);
  if (alternatives === undefined) return undefined;
  const patterns = alternatives.map(globItems);
  return (name) => patterns.some((pattern) => matches(pattern, name));
}

function expandBraces(glob: string): readonly string[] | undefined {
  const done: string[] = [];
  const pending = [glob];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const close = item.indexOf("}");
    if (close < 0 && !item.includes("{")) {
      done.push(item);
      if (done.length > MAX_ALTERNATIVES) return undefined;
      continue;
    }
    // The innermost pair first.
    const open = item.lastIndexOf("{", close);
    if (close < 0 || open < 0 || pending.length > MAX_ALTERNATIVES) return undefined;
    for (const choice of item.slice(open + 1, close).split(",")) pending.push(item.slice(0, open) + choice + item.slice(close + 1));
  }
  return done;
}

type GlobItem = { readonly kind: "star"; readonly hidden: boolean } | { readonly kind: "one"; readonly accepts: (c: string) => boolean };

function globItems(glob: string): readonly GlobItem[] {
  const items: GlobItem[] = [];
  const one = (accepts: (c: string) => boolean): void => void items.push({ kind: "one", accepts });
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i]!;
    const end = c === "[" ? glob.indexOf("]", i + 2) : -1;
    if (c === "*") {
      const isDouble = glob[i + 1] === "*";
      if (isDouble) i++;
      // A `*` at the beginning leaves out hidden files.
      items.push({ kind: "star", hidden: isDouble || items.length > 0 });
    } else if (c === "?") one((d) => d !== "/");
    else if (end >= 0) {
      const isNegated = glob[i + 1] === "!" || glob[i + 1] === "^";
      const ranges = [...glob.slice(i + (isNegated ? 2 : 1), end).matchAll(/([^])-([^])|([^])/g)].map((m) => (m[3] === undefined ? [m[1]!, m[2]!] : [m[3], m[3]]));
      one((d) => ranges.some(([from, to]) => from! <= d && d <= to!) !== isNegated);
      i = end;
    } else {
      const literal = c === "\\" && i + 1 < glob.length ? glob[++i]! : c;
      one((d) => d === literal);
    }
  }
  return items;
}

/** Matching with one place to go back to, the last star: no more steps than the product of the lengths. */
function matches(pattern: readonly GlobItem[], name: string): boolean {
  let at = 0;
  let star = -1;
  let from = 0;
  const first = pattern[0];
  if (first?.kind === "star" && !first.hidden && name.startsWith(".")) return false;
  let i = 0;
  while (i < name.length) {
    const item = pattern[at];
    if (item?.kind === "star") {
      star = at++;
      from = i;
    } else if (item !== undefined && item.accepts(name[i]!)) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++from;
    } else return false;
  }
  while (pattern[at]?.kind === "star") at++;
  return at === pattern.length;
}
