/**
 * Dune files that are OCaml programs (dune's documentation, "OCaml syntax"): run by the evaluator, with what dune's plugin offers them.
 * Nothing of the outside world is there: no environment, no files, no other programs.
 */
import { hasErrors, ProgramSources, translate } from "./driver.ts";
import { evaluateProgram } from "./evaluate/evaluate.ts";
import { EvaluatorError } from "./evaluate/values.ts";
import type { RunDuneProgram } from "./packages/dune-folders.ts";
import { CONSTANT_CONFIGURATION } from "./packages/dune-values.ts";
import { Library, type OwnPackages } from "./packages/library.ts";
import { stringLiteral } from "./syntax/string-literal.ts";
import { TypingSession, type UnitSource } from "./typing/session.ts";

const PLUGIN = "Jbuild_plugin";
const PROGRAM = "Dune_program";
/** The name by which a program registers the stanzas that it sends. */
const ANSWER = "morgana.dune";
/** Steps of the evaluator: some seconds. */
const MAX_STEPS = 20_000_000;

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
export function duneProgramRunner(own: () => OwnPackages): RunDuneProgram {
  let library: Library | undefined;
  return (file) => {
    library ??= new Library(own());
    const unit = (name: string, text: string, path: string): UnitSource => ({ name, package: "", interface: undefined, implementation: { name: path, text }, opens: ["Stdlib"], warnings: "-a" });
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
}
