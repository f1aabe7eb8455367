/**
 * OCaml programs of a source tree that its dune files need, run by the evaluator: dune files that are programs (dune's documentation, "OCaml
 * syntax"), with what dune's plugin offers them, and executables that print modules or change them. Nothing of the outside world is there: no
 * environment, no other programs, no files but those that are named.
 */
import { hasErrors, ProgramSources, translate } from "./driver.ts";
import type { Program } from "./core/core.ts";
import { evaluateProgram } from "./evaluate/evaluate.ts";
import { EvaluatorError } from "./evaluate/values.ts";
import type { ExecutableRun, ProgramRunner } from "./packages/dune-folders.ts";
import type { Executed } from "./packages/dune-rules.ts";
import { CONSTANT_CONFIGURATION } from "./packages/dune-values.ts";
import { Library, type OwnPackages } from "./packages/library.ts";
import { capitalize } from "./packages/names.ts";
import { programUnits } from "./packages/program-units.ts";
import { stringLiteral } from "./syntax/string-literal.ts";
import { TypingSession, type UnitSource } from "./typing/session.ts";
import { NOTHING_TOLD } from "./typing/warnings.ts";

const PLUGIN = "Jbuild_plugin";
const PROGRAM = "Dune_program";
/** The name by which a program registers the stanzas that it sends. */
const ANSWER = "morgana.dune";
/** Steps of the evaluator: a second for dune files, some for programs that change modules. */
const MAX_STEPS = 20_000_000;
const MAX_PROGRAM_STEPS = 100_000_000;

const plugin = (): string => `module V1 = struct
  let context = "default"
  let ocaml_version = ${stringLiteral(CONSTANT_CONFIGURATION["version"]!)}
  let ocamlc_config = [ ${Object.entries(CONSTANT_CONFIGURATION).map(([name, value]) => `(${stringLiteral(name)}, ${stringLiteral(value)})`).join("; ")} ]
  let sent = Buffer.create 1000
  let send stanzas =
    Buffer.add_string sent stanzas;
    Buffer.add_char sent '\\n';
    Callback.register ${stringLiteral(ANSWER)} (Buffer.contents sent)
  let run_and_read_lines command = failwith ("the command " ^ command ^ " is not run here")
end
`;

/** Runs such programs. A type checking session begins with the first: none that began before can go on. */
export function duneProgramRunner(own: () => OwnPackages): ProgramRunner {
  let known: Library | undefined;
  const theLibrary = (): Library => (known ??= new Library(own()));
  const dune: ProgramRunner["dune"] = (file) => {
    const library = theLibrary();
    const unit = (name: string, text: string, path: string): UnitSource => ({ name, package: "", interface: undefined, implementation: { name: path, text }, opens: ["Stdlib"], warnings: NOTHING_TOLD });
    const sources = new ProgramSources([unit(PLUGIN, plugin(), "jbuild_plugin.ml"), { ...unit(PROGRAM, file.text, file.name), isMain: true }], library);
    const { core, diagnostics } = translate(new TypingSession(sources), sources, undefined);
    const error = diagnostics.find((d) => d.severity === "error");
    if (core === undefined || hasErrors(diagnostics)) return { failure: error?.message ?? "it cannot be translated", line: error?.location.file.name === file.name ? file.text.slice(0, error.location.start).split("\n").length : 1 };
    try {
      const result = evaluateProgram(core.program, { output: () => undefined, maxSteps: MAX_STEPS, argv: ["dune"] });
      if (result.uncaught !== undefined) return { failure: `it raises the exception ${result.uncaught.message}`, line: 1 };
      return { stanzas: result.registered(ANSWER) ?? "" };
    } catch (e) {
      if (!(e instanceof EvaluatorError)) throw e;
      return { failure: e.message, line: 1 };
    }
  };
  const programs = new Map<string, Program | { readonly failure: string }>();
  const executable = (run: ExecutableRun): Executed => {
    const key = JSON.stringify([run.main, run.files]);
    const program = programs.get(key) ?? translateExecutable(run, theLibrary());
    programs.set(key, program);
    if ("failure" in program) return program;
    let output = "";
    const written = new Map<string, string>();
    try {
      const { exitCode, uncaught } = evaluateProgram(program, { output: (descriptor, text) => (descriptor === 1 ? (output += text) : undefined), maxSteps: MAX_PROGRAM_STEPS, argv: [run.main, ...run.args], files: run.readable, written });
      if (uncaught !== undefined) return { failure: `it raises the exception ${uncaught.message}` };
      return exitCode === 0 ? { output, written } : { failure: `it ends with the code ${exitCode}` };
    } catch (e) {
      if (!(e instanceof EvaluatorError)) throw e;
      return { failure: e.message };
    }
  };
  return { dune, executable };
}

function translateExecutable({ files, main, libraries }: ExecutableRun, library: Library): Program | { readonly failure: string } {
  const all = libraries.some((name) => /^dune[.-]configurator$/.test(name)) ? { "configurator.ml": CONFIGURATOR, ...files } : files;
  const { units } = programUnits(all, library, [], NOTHING_TOLD, new Set());
  const module = capitalize(main);
  const last = units.filter((unit) => unit.name === module || unit.name.endsWith(`__${module}`)).map((unit) => ({ ...unit, isMain: true }));
  const sources = new ProgramSources([...units.filter((unit) => !last.some((l) => l.name === unit.name)), ...last], library);
  const { core, diagnostics } = translate(new TypingSession(sources), sources, undefined);
  const error = diagnostics.find((d) => d.severity === "error");
  return core === undefined || error !== undefined ? { failure: error === undefined ? "it cannot be translated" : `${error.location.file.name}: ${error.message}` } : core.program;
}

/** Of dune's configurator what does not look at the machine: the compiler's configuration. */
const CONFIGURATOR = `module V1 = struct
  type t = string
  let create ?dest_dir:(_ : string option) ?ocamlc:(_ : string option) ?log:(_ : (string -> unit) option) name : t = name
  let configuration = [ ${Object.entries(CONSTANT_CONFIGURATION).map(([name, value]) => `(${stringLiteral(name)}, ${stringLiteral(value)})`).join("; ")} ]
  let ocaml_config_var (_ : t) name = List.assoc_opt name configuration
  let ocaml_config_var_exn (_ : t) name = List.assoc name configuration
  let die format = Printf.ksprintf failwith format
  let main ?args:(_ : (string * Arg.spec * string) list option) ~name f = f (create name)
end
`;
