/**
 * `(preprocess …)` of dune: programs that change a module's text before it is compiled. They are not run here; a module in which
 * such a program has nothing to change is compiled as it is, and any other is reported with the program's name.
 */
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import { tokenize, type Tokens } from "../syntax/lexer.ts";
import { problemAt } from "./description.ts";
import { atomsBelow, type List } from "./dune-library.ts";
import type { Execute } from "./dune-rules.ts";
import { constantVariables, expand, readVariable, type Variables } from "./dune-values.ts";
import { GeneratorError } from "./generators/common.ts";
import { preprocess, readCppoCommand } from "./generators/cppo.ts";
import { capitalize } from "./names.ts";
import { headOf, type Sexp } from "./sexp.ts";

export interface Preprocessing {
  /** What is wrong with the text of a module, if its text is changed by a program. */
  of(module: string): Check | undefined;
}

/** What is wrong with a text that a program changes; `changed` is what it becomes by a program that is run here. */
export interface Check {
  (file: SourceFile): readonly Diagnostic[];
  readonly changed?: (file: SourceFile) => SourceFile | Diagnostic;
}

/** `read` reads a file of the library's folder. */
export function readPreprocessing(field: List | undefined, library: string, dune: SourceFile, read: (path: string) => string | undefined, execute: Execute): Preprocessing {
  const items = field?.items.slice(1) ?? [];
  const first = items[0];
  if (field === undefined || first === undefined) return { of: () => undefined };
  if (headOf(first) === "per_module") {
    const byModule = new Map<string, Check | undefined>();
    let rest: Check | undefined;
    for (const spec of (first as List).items.slice(1)) {
      if (spec.kind !== "list") continue;
      // `((pps a) module…)`, or `((action …))` for all others.
      const [how, ...modules] = spec.items;
      const check = how === undefined ? undefined : checkOf(how, library, dune, read, execute);
      const names = modules.flatMap((m) => (m.kind === "atom" ? [m.value] : atomsBelow(m)));
      if (names.length === 0) rest = check;
      for (const name of names) byModule.set(capitalize(name), check);
    }
    return { of: (module) => (byModule.has(module) ? byModule.get(module) : rest) };
  }
  const check = checkOf(first, library, dune, read, execute);
  return { of: () => check };
}

function checkOf(how: Sexp, library: string, dune: SourceFile, read: (path: string) => string | undefined, execute: Execute): Check | undefined {
  const head = headOf(how);
  if (how.kind === "atom" || head === undefined) return undefined;
  if (head === "pps" || head === "staged_pps") {
    const names = atomsBelow(how as List).filter((name, i, all) => !name.startsWith("-") && !(all[i - 1] ?? "").startsWith("--"));
    return (file) => {
      const found = rewritten(file);
      if (found === undefined) return [];
      const { line } = how;
      return [
        problemAt(
          { file, line: found.line },
          library,
          `${found.what} is for a ppx rewriter (${names.join(", ")}: "${dune.name}", line ${line}), a program that cannot be run here. Put the text that it makes in the place of this file: dune describe pp FILE prints it`,
        ),
      ];
    };
  }
  if (head === "action") {
    const run = (how as List).items[1];
    const changed = run === undefined ? undefined : (cppoAction(run, library, read) ?? programAction(run, library, execute));
    if (changed !== undefined) return Object.assign((): readonly Diagnostic[] => [], { changed });
  }
  const program = atomsBelow(how as List).find((a) => /^%\{(bin|exe|dep):/.test(a))?.replace(/^%\{\w+:([^}]*)\}$/, "$1") ?? atomsBelow(how as List).find((a) => !/^(?:-|%\{input-file\}|run$|system$|bash$|progn$|chdir$)/.test(a)) ?? "a program";
  return (file) => {
    const line = program.includes("cppo") || program.includes("cpp") ? directive(file) : 1;
    if (line === undefined) return [];
    return [problemAt({ file, line }, library, `this file is changed by ${program} before it is compiled ("${dune.name}", line ${how.line}), which cannot be run here. Put the text that it makes in the place of this file: dune describe pp FILE prints it`)];
  };
}

/** `(run cppo … %{input-file})` as a function of texts. */
function cppoAction(run: Sexp, library: string, read: (path: string) => string | undefined): ((file: SourceFile) => SourceFile | Diagnostic) | undefined {
  if (run.kind !== "list" || headOf(run) !== "run") return undefined;
  const [program, ...words] = run.items.slice(1).map((item) => (item.kind === "atom" ? item.value : ""));
  if (program === undefined || !/^(?:cppo|%\{bin:cppo\})$/.test(program)) return undefined;
  const input: Variables = (name, argument, line) => (argument === undefined && name === "input-file" ? ["%input"] : (readVariable(name, argument, read) ?? constantVariables(name, argument, line)));
  const command = readCppoCommand(words.flatMap((word) => expand(word, run.line, input)));
  if (command?.source !== "%input" || command.output !== undefined) return undefined;
  return (file) => {
    try {
      return { name: file.name, text: preprocess(file.text, file.name, { definitions: command.definitions, include: read }) };
    } catch (error) {
      if (error instanceof GeneratorError) return problemAt({ file, line: error.line }, library, error.message);
      throw error;
    }
  };
}

/** `(run ../pp.exe %{input-file})` with a program of the tree, as a function of texts. */
function programAction(run: Sexp, library: string, execute: Execute): Check["changed"] {
  if (run.kind !== "list" || headOf(run) !== "run") return undefined;
  const words = run.items.slice(1).map((item) => (item.kind === "atom" ? item.value : ""));
  const named = words[0]?.replace(/^%\{(?:exe|dep):([^}]*)\}$/, "$1").replace(/^%\{(?:project_root|workspace_root)\}\//, "/");
  if (named === undefined || !/\.(?:exe|bc)$/.test(named)) return undefined;
  // Whether there is such a program shows when it is run: beside the dune file, or as it is seen from the root, from which dune runs it.
  const program = [named, `/${named}`].find((path) => execute(path, "", [], []) !== undefined);
  if (program === undefined) return undefined;
  return (file) => {
    const base = file.name.split("/").at(-1)!;
    const result = execute(program, "", words.slice(1).map((word) => word.replaceAll("%{input-file}", base)), [base]);
    if (result === undefined || "failure" in result) return problemAt({ file, line: 1 }, library, `${program}, which changes this file, was run here and failed: ${result?.failure ?? "it is not there"}`);
    return { name: file.name, text: result.output };
  };
}

/** What a file of a library has that a ppx rewriter was to act on, though nothing tells which: installed texts are those from before. */
export function unexplainedRewriting(file: SourceFile, library: string): readonly Diagnostic[] {
  const found = rewritten(file);
  if (found !== undefined) return [problemAt({ file, line: found.line }, library, `${found.what} is for a ppx rewriter, a program that cannot be run here, and this is the text from before it. Put the text that it makes in the place of this file: dune describe pp FILE prints it`)];
  const other = javaScriptObject(file) ?? otherSyntax(file.text);
  return other === undefined ? [] : [problemAt({ file, line: other.line }, library, other.message)];
}

/** A method call of js_of_ocaml's rewriter, `object##name`, in a file that has no such operator. */
function javaScriptObject(file: SourceFile): { readonly line: number; readonly message: string } | undefined {
  if (!/##/.test(file.text) || /\(\s*##\.?\s*\)/.test(file.text)) return undefined;
  const { starts, ends, kinds } = tokenize(file);
  const at = kinds.findIndex((_, i) => /^##\.?$/.test(file.text.slice(starts[i]!, ends[i]!)));
  return at < 0 ? undefined : { line: file.text.slice(0, starts[at]!).split("\n").length, message: "the operator ## is for the ppx rewriter of js_of_ocaml, a program that cannot be run here, and this is the text from before it. Put the text that it makes in the place of this file: dune describe pp FILE prints it" };
}

/** What shows that a text is from before a preprocessor other than a ppx rewriter, or not in OCaml's syntax at all. */
function otherSyntax(text: string): { readonly line: number; readonly message: string } | undefined {
  const lines = text.split("\n");
  const first = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line)) + 1;
  const before = (line: number, programs: string): { readonly line: number; readonly message: string } => ({ line, message: `${lines[line - 1]!.trim().slice(0, 60)} is for a preprocessor (${programs}), which is not run here, and this is the text from before it. Put the text that it makes in the place of this file` });
  const directive = first(DIRECTIVE);
  if (directive > 0) return before(directive, "cppo, cpp");
  const macro = first(/^\s*(?:IFN?DEF\s+[A-Z]\w*\s+THEN|DEFINE\s+[A-Z]\w*|[A-Z][A-Z0-9_]{2,}\(.*\)\s*;?;?$)/);
  if (macro > 0) return before(macro, "cpp, or camlp4 with its macros");
  const revised = first(/^\s*value\s+(?:rec\s+)?[a-z_]\w*(?:\s*:|\s*=|\s+[a-z_])/);
  if (revised > 0) return { line: revised, message: `this file is in the revised syntax of camlp4 and camlp5, which is not read here. Put what camlp5r pr_o.cmo FILE prints, the same in OCaml's syntax, in the place of this file` };
  return undefined;
}

/** A line that a preprocessor of C's kind acts on. */
const DIRECTIVE = /^\s*#\s*(if|ifdef|ifndef|else|elif|endif|define|def|undef|include|ext|error|warning)\b/;

/** The first line that a preprocessor of C's kind would act on. */
function directive(file: SourceFile): number | undefined {
  const lines = file.text.split("\n");
  const at = lines.findIndex((l) => DIRECTIVE.test(l));
  return at < 0 ? undefined : at + 1;
}

/** Attributes that OCaml itself understands, and those that say nothing to any compiler. */
const OWN_ATTRIBUTES = new Set([
  "alert", "boxed", "deprecated", "deprecated_mutable", "doc", "ocaml", "text", "immediate", "immediate64", "inline", "inlined", "noalloc", "only_generative_effect", "poll", "ppwarning", "printf", "tail_mod_cons", "tailcall", "unboxed", "unrolled",
  "untagged", "warn_on_literal_pattern", "warnerror", "warning", "explicit_arity", "local", "specialise", "specialised", "merlin", "toplevel_printer", "nontail", "cold", "zero_alloc", "remove_aliases", "error_message", "afl_inst_ratio", "coverage", "since",
  "flambda_oclassic", "flambda_o3", "unsafe_allow_any_mode_crossing", "primitive", "export", "runtime", "deriving_inline", "expect", "end", "implicit_kind", "tail_mod", "loop", "return", "ocamlformat",
]);

/** The first thing in a file that a ppx rewriter may act on: an extension, or an attribute that OCaml does not know. */
function rewritten(file: SourceFile): { readonly line: number; readonly what: string } | undefined {
  const tokens = tokenize(file);
  const { kinds, starts, ends } = tokens;
  const lineOf = (offset: number): number => file.text.slice(0, offset).split("\n").length;
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i]!;
    if (kind === "[%" || kind === "[%%" || (kind === "%" && starts[i] === ends[i - 1] && /^[a-z]/.test(kinds[i - 1] ?? "") && !/ident/.test(kinds[i - 1]!))) {
      const name = dottedName(tokens, i + 1);
      // Those of the language itself.
      if (name === "extension_constructor" || name === "ocaml.extension_constructor") continue;
      return { line: lineOf(starts[i]!), what: kind === "%" ? `${kinds[i - 1]}%${name}` : `${kind}${name} ...]` };
    }
    if (file.text.startsWith("{%", starts[i]!)) return { line: lineOf(starts[i]!), what: "a quoted extension {%...|...|}" };
    if (kind === "[@" || kind === "[@@" || kind === "[@@@") {
      const name = dottedName(tokens, i + 1);
      if (!OWN_ATTRIBUTES.has(name.split(".")[0]!)) return { line: lineOf(starts[i]!), what: `${kind}${name} ...]` };
    }
  }
  return undefined;
}

function dottedName(tokens: Tokens, at: number): string {
  let name = tokens.values[at] ?? "";
  for (let i = at + 1; tokens.kinds[i] === "."; i += 2) name += `.${tokens.values[i + 1] ?? ""}`;
  return name;
}
