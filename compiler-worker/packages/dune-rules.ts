/**
 * Rules of dune files whose result is known without running a program: copies, and texts that the rule itself contains (dune's
 * documentation, "rule", "Actions"). What another program would make is known by its name and that program's.
 */
import { preprocess, readCppoCommand, type CppoCommand } from "./generators/cppo.ts";
import { GENERATORS, GeneratorError } from "./generators/generators.ts";
import { headOf, type Sexp } from "./sexp.ts";
import { DuneError, evaluateCondition, expand, expandOne, readVariable, type Variables } from "./dune-values.ts";

/** What a rule makes of one file. */
export type RuleResult =
  | { readonly kind: "text"; readonly text: string }
  /** The contents of another file, by its path below the rule's folder. */
  | { readonly kind: "copy"; readonly of: string }
  /** What a generator that is run here makes of another file. */
  | { readonly kind: "generated"; readonly tool: string; readonly of: string }
  /** A generator that is run here refuses its input. */
  | { readonly kind: "refused"; readonly message: string; readonly line: number }
  /** Not known here; says what would make it. */
  | { readonly kind: "program"; readonly what: string; readonly line: number };

export interface Rule {
  readonly line: number;
  /** A file of the sources goes before what the rule would make of it (`promote`, `fallback`). */
  readonly sourceFirst: boolean;
  readonly targets: ReadonlyMap<string, RuleResult>;
  /** It was not understood. */
  readonly isUnknown?: boolean;
}

/** Reads a file by its path below the rule's folder, for `cat`. */
export type ReadFile = (path: string) => string | undefined;

/** Runs a program of the tree: a path as seen from `cwd`, a path below the rule's folder. Undefined when it cannot be run here at all. */
export type Execute = (program: string, cwd: string, args: readonly string[], readable: readonly string[]) => Executed | undefined;

/** What a program printed, and the files that it wrote by name; or why it did neither. */
export type Executed = { readonly output: string; readonly written: ReadonlyMap<string, string> } | { readonly failure: string };

/** A program of the tree that was run here, and failed. */
class ExecutionFailure extends Error {}

/** A rule whose condition holds, or undefined. Throws `DuneError`. */
export function readRule(stanza: Sexp & { readonly kind: "list" }, variables: Variables, read: ReadFile, run: Execute = () => undefined): Rule | undefined {
  const fields = stanza.items.slice(1);
  const find = (name: string): (Sexp & { readonly kind: "list" }) | undefined => {
    for (const item of fields) if (item.kind === "list" && headOf(item) === name) return item;
    return undefined;
  };
  const condition = find("enabled_if")?.items[1];
  if (condition !== undefined && !evaluateCondition(condition, variables)) return undefined;
  const action = find("action")?.items[1] ?? (fields.length === 1 ? fields[0] : undefined);
  if (action === undefined) return undefined;
  const declared = [...(find("targets")?.items.slice(1) ?? []), ...(find("target")?.items.slice(1) ?? [])].flatMap((item) => (item.kind === "atom" ? expand(item.value, item.line, variables) : []));
  const dependencies = readDependencies(find("deps")?.items.slice(1) ?? []);
  const local: Variables = (name, argument, line) => {
    if (argument === undefined) {
      if (name === "target" || name === "targets" || name === "@") return declared;
      if (name === "deps" || name === "^") return dependencies.all;
      if (name === "<") return dependencies.all.slice(0, 1);
      const named = dependencies.named.get(name);
      if (named !== undefined) return named;
    } else if (name === "dep" || name === "path" || name === "file" || name === "exe") return [argument];
    return readVariable(name, argument, read) ?? variables(name, argument, line);
  };
  const targets = new Map<string, RuleResult>();
  const execute: Execute = (program, cwd, args) => run(program, cwd, args, dependencies.all);
  runAction(action, targets, local, { read, execute, cwd: "" });
  // A program that writes the files itself.
  const command = targets.size > 0 ? undefined : commandOf(action, local);
  const result = command === undefined ? undefined : execute(command.program, command.cwd, command.args, []);
  for (const target of result === undefined ? [] : declared) {
    const name = target.split("/").at(-1)!;
    const text = "failure" in result! ? undefined : [...result!.written].find(([path]) => path.split("/").at(-1) === name)?.[1];
    targets.set(target, text !== undefined ? { kind: "text", text } : { kind: "refused", message: `${command!.program} was run here and ${"failure" in result! ? `failed: ${result.failure}` : `did not write ${target}`}`, line: stanza.line });
  }
  for (const target of declared) {
    const known = [...targets.keys()].some((t) => t === target);
    if (!known) targets.set(target, { kind: "program", what: programOf(action), line: stanza.line });
  }
  const mode = find("mode")?.items[1];
  const modeName = mode === undefined ? "" : mode.kind === "atom" ? mode.value : (headOf(mode) ?? "");
  return { line: stanza.line, sourceFirst: find("fallback") !== undefined || /^(fallback|promote|promote-until-clean)$/.test(modeName), targets };
}

function readDependencies(items: readonly Sexp[]): { readonly all: readonly string[]; readonly named: ReadonlyMap<string, readonly string[]> } {
  const all: string[] = [];
  const named = new Map<string, readonly string[]>();
  const files = (list: readonly Sexp[]): string[] => list.flatMap((item) => (item.kind === "atom" ? [item.value] : headOf(item) === "file" && item.items[1]?.kind === "atom" ? [item.items[1].value] : []));
  for (const item of items) {
    const head = headOf(item);
    if (item.kind === "list" && head !== undefined && head.startsWith(":")) {
      const found = files(item.items.slice(1));
      named.set(head.slice(1), found);
      all.push(...found);
    } else all.push(...files([item]));
  }
  return { all, named };
}

/** The first program that an action runs, for messages. */
function programOf(action: Sexp): string {
  const stack: Sexp[] = [action];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item.kind === "atom") continue;
    const head = headOf(item);
    if (head === "run" || head === "system" || head === "bash" || head === "dynamic-run") {
      const program = item.items[1];
      const name = program?.kind === "atom" ? program.value.replace(/^%\{(?:bin|exe|dep|libexec):([^}]*)\}$/, "$1").replace(/^%\{(\w+)\}$/, "$1") : "a program";
      return head === "run" || head === "dynamic-run" ? `runs ${name}${NOT_RUN}` : `runs the shell command ${JSON.stringify(name)}${NOT_RUN}`;
    }
    for (let i = item.items.length - 1; i >= 0; i--) stack.push(item.items[i]!);
  }
  return `does (${headOf(action) ?? "..."} ...), which is not done here`;
}

/** What is told of programs. */
export const NOT_RUN = ", which cannot be run here";

/** Deeper actions are no rule that anybody wrote. */
const MAX_DEPTH = 100;

/** The one program that an action runs, in which folder and with what. */
function commandOf(action: Sexp, variables: Variables): { readonly program: string; readonly cwd: string; readonly args: readonly string[] } | undefined {
  let cwd = "";
  let inner = action;
  for (let depth = 0; depth < MAX_DEPTH && inner.kind === "list" && /^(?:chdir|progn|no-infer)$/.test(headOf(inner) ?? ""); depth++) {
    const rest = inner.items.slice(1);
    if (headOf(inner) === "chdir" && rest[0] !== undefined) cwd = cwd === "" ? expandOne(rest[0], variables) : `${cwd}/${expandOne(rest[0], variables)}`;
    if (rest.length > (headOf(inner) === "chdir" ? 2 : 1) || rest.length === 0) return undefined;
    inner = rest.at(-1)!;
  }
  if (inner.kind !== "list" || headOf(inner) !== "run" || inner.items[1] === undefined) return undefined;
  const [program, ...args] = inner.items.slice(1).flatMap((word) => (word.kind === "atom" ? expand(word.value, word.line, variables) : []));
  return program === undefined ? undefined : { program, cwd, args };
}

/** What actions reach. */
interface Surroundings {
  readonly read: ReadFile;
  readonly execute: Execute;
  /** The folder that programs are run in, as seen from the rule's. */
  readonly cwd: string;
}

function runAction(action: Sexp, targets: Map<string, RuleResult>, variables: Variables, around: Surroundings, depth = 0): void {
  if (action.kind !== "list" || depth > MAX_DEPTH) throw new DuneError("an action is expected here", action.line);
  const head = headOf(action);
  const rest = action.items.slice(1);
  const argument = (index: number): string => {
    const item = rest[index];
    if (item === undefined) throw new DuneError(`(${head} ...) takes more arguments`, action.line);
    return expandOne(item, variables);
  };
  switch (head) {
    case "progn":
    case "concurrent":
    case "no-infer":
      for (const item of rest) runAction(item, targets, variables, around, depth + 1);
      return;
    case "setenv":
    case "chdir":
    case "with-accepted-exit-codes":
    case "ignore-stdout":
    case "ignore-stderr":
    case "ignore-outputs":
    case "with-stdin-from": {
      // What these change is the surroundings of programs; a folder matters to a copy, too.
      const inner = rest.at(-1);
      if (inner !== undefined && (head !== "chdir" || /^(%\{(workspace_root|project_root|root)\}|\.)$/.test(rest[0]?.kind === "atom" ? rest[0].value : ""))) runAction(inner, targets, variables, around, depth + 1);
      return;
    }
    case "copy":
    case "copy#":
    case "symlink":
      targets.set(argument(1), { kind: "copy", of: argument(0) });
      return;
    case "write-file":
      targets.set(argument(0), { kind: "text", text: argument(1) });
      return;
    case "with-stdout-to":
    case "with-outputs-to": {
      const inner = rest[1];
      if (inner === undefined) throw new DuneError(`(${head} ...) takes a file and an action`, action.line);
      const run = inner.kind === "list" && headOf(inner) === "run" ? cppoOutput(inner.items.slice(1), variables, around.read) : undefined;
      if (run !== undefined) {
        targets.set(argument(0), run);
        return;
      }
      let text: string | undefined;
      try {
        text = standardOutput(inner, variables, around, depth + 1);
      } catch (error) {
        if (!(error instanceof ExecutionFailure)) throw error;
        targets.set(argument(0), { kind: "refused", message: error.message, line: action.line });
        return;
      }
      targets.set(argument(0), text === undefined ? { kind: "program", what: programOf(inner), line: action.line } : { kind: "text", text });
      return;
    }
    case "run":
      runGenerator(rest, targets, variables, around.read);
      return;
    default:
      // Programs make what the rule declares as its targets.
      return;
  }
}

/** `(run ocamllex -q -o lexer.ml lexer.mll)`, with paths of the rule's folder whatever folder the command is run in. */
function runGenerator(words: readonly Sexp[], targets: Map<string, RuleResult>, variables: Variables, read: ReadFile): void {
  const [program, ...rest] = words;
  const tool = program?.kind === "atom" ? toolOf(program.value) : "";
  const generator = GENERATORS[tool];
  if (generator === undefined && tool !== "cppo") return;
  const values = rest.flatMap((word) => (word.kind === "atom" ? expand(word.value, word.line, variables) : []));
  if (generator === undefined) {
    const command = readCppoCommand(values);
    if (command?.output !== undefined) targets.set(command.output, cppoResult(command, read, program!.line));
    return;
  }
  const at = values.indexOf("-o");
  const output = at < 0 ? undefined : values[at + 1];
  const source = values.find((value, i) => value.endsWith(generator.source) && i !== at + 1);
  if (source === undefined) return;
  for (const suffix of generator.targets) targets.set(output !== undefined && output.endsWith(suffix) ? output : `${source.slice(0, -generator.source.length)}${suffix}`, { kind: "generated", tool, of: source });
}

/** What `(run cppo …)` prints; undefined when it is not that. */
function cppoOutput([program, ...rest]: readonly Sexp[], variables: Variables, read: ReadFile): RuleResult | undefined {
  if (program?.kind !== "atom" || toolOf(program.value) !== "cppo") return undefined;
  const command = readCppoCommand(rest.flatMap((word) => (word.kind === "atom" ? expand(word.value, word.line, variables) : [])));
  return command === undefined || command.output !== undefined ? undefined : cppoResult(command, read, program.line);
}

function cppoResult({ source, definitions }: CppoCommand, read: ReadFile, line: number): RuleResult {
  const text = read(source);
  if (text === undefined) return { kind: "refused", message: `the file ${source}, which cppo is run on, is not there`, line };
  const folder = source.split("/").slice(0, -1).join("/");
  const include = (name: string): string | undefined => read(folder === "" ? name : `${folder}/${name}`);
  try {
    return { kind: "text", text: preprocess(text, source, { definitions, include }) };
  } catch (error) {
    if (error instanceof GeneratorError) return { kind: "refused", message: `cppo, line ${error.line} of ${source}: ${error.message}`, line };
    throw error;
  }
}

/** The name of a program: `cppo` of `%{bin:cppo}`. */
function toolOf(program: string): string {
  return program.replace(/^%\{(?:bin:)?([\w.]+)\}$/, "$1").replace(/\.(?:opt|exe)$/, "");
}

/** What an action prints; undefined when a program has to be run for it. */
function standardOutput(action: Sexp, variables: Variables, around: Surroundings, depth: number): string | undefined {
  const { read } = around;
  if (action.kind !== "list" || depth > MAX_DEPTH) throw new DuneError("an action is expected here", action.line);
  const rest = action.items.slice(1);
  switch (headOf(action)) {
    case "progn": {
      let text = "";
      for (const item of rest) {
        const part = standardOutput(item, variables, around, depth + 1);
        if (part === undefined) return undefined;
        text += part;
      }
      return text;
    }
    case "echo":
      return rest.map((item) => expandOne(item, variables)).join("");
    case "cat": {
      let text = "";
      for (const item of rest) {
        for (const file of item.kind === "atom" ? expand(item.value, item.line, variables) : []) {
          const part = read(file);
          if (part === undefined) return undefined;
          text += part;
        }
      }
      return text;
    }
    case "chdir": {
      const [folder, inner] = rest;
      const path = folder === undefined ? "" : expandOne(folder, variables);
      return inner === undefined ? "" : standardOutput(inner, variables, { ...around, cwd: around.cwd === "" ? path : `${around.cwd}/${path}` }, depth + 1);
    }
    case "run": {
      const [program, ...words] = rest;
      if (program === undefined) return undefined;
      const path = expandOne(program, variables);
      const args = words.flatMap((word) => (word.kind === "atom" ? expand(word.value, word.line, variables) : []));
      const result = around.execute(path, around.cwd, args, []);
      if (result !== undefined && "failure" in result) throw new ExecutionFailure(`${path} was run here and failed: ${result.failure}`);
      return result?.output;
    }
    case "no-infer":
      return rest[0] === undefined ? "" : standardOutput(rest[0], variables, around, depth + 1);
    default:
      return undefined;
  }
}
