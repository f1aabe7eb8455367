/** The generated `main.ml`: functors applied, devices connected once each in the order of dependencies, the application started. */
import type { DeviceParameter } from "./catalogue.ts";
import type { ParameterValue } from "./project.ts";
import { stringLiteral } from "../syntax/string-literal.ts";

export const MAIN_FILE = "main.ml";
export const MAIN_UNIT = "Main";

export interface MainNode {
  readonly id: string;
  /** The module as other units name it: `Mirage_channel.Make`. */
  readonly module: string;
  /** For each functor parameter the node given for it; undefined for `()`. */
  readonly arguments: readonly (string | undefined)[];
  /** Whether the module has `connect`; of the application, true. */
  readonly connects: boolean;
  /** Given to `connect` before the values of the nodes that it is wired to. */
  readonly parameters: readonly { readonly parameter: DeviceParameter; readonly value: ParameterValue }[];
}

/** What main.ml itself uses: no module of a node may hide these. */
const USED_MODULES = ["Lwt", "Lazy", "Stdlib", "Logs", "Duration", "Morgana_os", "Mirage_runtime", "Mirage_bootvar", "Mirage_logs", "Mirage_sleep", "Mirage_crypto_rng", "Mirage_crypto_rng_mirage", "Cmdliner_stdlib"];
const USED_VALUES = ["ocaml_runtime", "delay", "log_levels", "name", "initialize", "seconds", "exit"];

const KEYWORDS = new Set(
  "and as assert begin class constraint do done downto effect else end exception external false for fun function functor if in include inherit initializer lazy let match method module mutable new nonrec object of open or private rec sig struct then to true try type val virtual when while with mod land lor lxor lsl lsr asr".split(" "),
);

/** OCaml identifiers from node identifiers: what is no letter or digit becomes `_`, equal ones are numbered. */
class Identifiers {
  readonly #taken: Set<string>;
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }
  make(id: string, capital: boolean): string {
    const word = id.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^[^A-Za-z]+/, "").toLowerCase();
    const base = word === "" ? "node" : word;
    const name = capital ? base.charAt(0).toUpperCase() + base.slice(1) : base;
    for (let i = 0; ; i++) {
      const candidate = i === 0 ? name : `${name}${/\d$/.test(name) ? "_" : ""}${i}`;
      if (this.#taken.has(candidate) || KEYWORDS.has(candidate)) continue;
      this.#taken.add(candidate);
      return candidate;
    }
  }
}

/** An OCaml literal for a parameter's value; strings are bytes, one code unit each. */
export function literal(value: ParameterValue): string {
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "number") return value < 0 ? `(${value})` : String(value);
  return String(value);
}

/** The text; `nodes` in the order of dependencies, the application last. `random`: whether there may be one who draws random numbers. */
export function generateMain(projectName: string, nodes: readonly MainNode[], random: boolean): string {
  const modules = new Identifiers([...USED_MODULES, ...nodes.map((n) => n.module.split(".")[0]!)]);
  const values = new Identifiers(USED_VALUES);
  const names = new Map(
    nodes.map((node) => [node.id, { module: node.arguments.length === 0 ? node.module : modules.make(node.id, true), value: values.make(node.id, false) }]),
  );
  const byId = new Map(nodes.map((n) => [n.id, n]));
  const applications = nodes
    .filter((node) => node.arguments.length > 0)
    .map((node) => `module ${names.get(node.id)!.module} = ${node.module}${node.arguments.map((from) => ` (${from === undefined ? "" : names.get(from)!.module})`).join("")}`);
  const application = nodes[nodes.length - 1]!;
  const definitions = nodes.filter((node) => node.connects || node === application).map((node) => definition(node, node === application ? "start" : "connect"));

  function definition(node: MainNode, functionName: string): string {
    const { module, value } = names.get(node.id)!;
    const lines: string[] = [];
    const labelled = node.parameters.filter((p) => p.parameter.labelled).map((p) => `~${p.parameter.name}:${literal(p.value)}`);
    const positional = node.parameters.filter((p) => !p.parameter.labelled).map((p) => literal(p.value));
    const forced = new Set<string>();
    for (const from of node.arguments) {
      if (from === undefined) continue;
      const source = byId.get(from)!;
      if (!source.connects) positional.push("()");
      else {
        const name = names.get(from)!.value;
        if (!forced.has(name)) lines.push(`     Lazy.force ${name} >>= fun ${name} ->\n`);
        forced.add(name);
        positional.push(name);
      }
    }
    if (positional.length === 0) positional.push("()");
    const call = `${module}.${functionName} ${[...labelled, ...positional].join(" ")}`;
    return lines.length === 0 ? `let ${value} = lazy (${call})` : `let ${value} =\n  lazy\n    (${lines.join("").trimStart()}     ${call})`;
  }

  const main = names.get(application.id)!.value;
  const wires = `${applications.length === 0 ? "" : `(* Functors, applied to the modules that they are wired to. *)\n${applications.join("\n")}\n\n`}(* Each device is connected once, when it is first asked for; all that use it share it. *)
${definitions.join("\n\n")}
`;
  const name = literal(projectName);
  return `(* Generated by Morgana from morgana.json: the wires of the graph as OCaml. *)

open Lwt.Infix

(* Boot arguments of every unikernel; those of the application were registered when its modules were initialised. *)
let ocaml_runtime = Mirage_runtime.register_arg (Cmdliner_stdlib.setup ())
let delay = Mirage_runtime.register_arg Mirage_runtime.delay
let log_levels = Mirage_runtime.register_arg Mirage_runtime.logs
let name = Mirage_runtime.register_arg (Mirage_runtime.name_arg ${name})

${wires}
(* Evaluates the boot arguments (the program ends here with 63 after --help, with 64 after wrong ones), waits if asked to, sets up the log${random ? ",\n   the random numbers" : ""}. *)
let initialize () =
  Mirage_runtime.with_argv (Mirage_runtime.runtime_args ()) ${name} (Mirage_bootvar.argv ());
  ocaml_runtime ();
  (match delay () with 0 -> Lwt.return_unit | seconds -> Mirage_sleep.ns (Duration.of_sec seconds)) >>= fun () ->
  Logs.set_reporter (Mirage_logs.create ());
  Mirage_runtime.set_level ~default:(Some Logs.Info) (log_levels ());
${random ? "  Mirage_crypto_rng_mirage.initialize (module Mirage_crypto_rng.Fortuna) >>= fun () ->\n" : ""}  Mirage_runtime.set_name (name ());
  Lwt.return_unit

let () =
  Morgana_os.Main.run (initialize () >>= fun () -> Lazy.force ${main});
  exit 0
`;
}
