/** The command line's front door: `morgana check`, `build`, and catalogues. */
import { UsageError } from "./cli/arguments.ts";
import { build } from "./cli/build.ts";
import { check } from "./cli/check.ts";
import { DONE, INTERNAL_ERROR, USAGE } from "./cli/exit-codes.ts";
import { nodes, packages } from "./cli/nodes.ts";
import { targets } from "./cli/targets.ts";

const HELP = `usage: morgana COMMAND …

  morgana check DIR [--json]
      checks a project: its OCaml sources and the wires of its graph
  morgana check [--signature] [--json] [-w SPEC] FILES…
      types OCaml files (.ml and .mli) in the order given; --signature prints what 'ocamlc -i' does
  morgana check [FOLDERS and ARCHIVES…] [--package NAME --package-path DIR] [--json]
      types all modules of libraries: of sources (dune, META or opam) or installed
  morgana build DIR [-o FILE] [--target T] [--json] [--dump STAGE] [--check-ir] [--no-optimize] [--no-debug-info]
      builds a project's image (default target: the project's own)
  morgana build FILES… -o FILE [--target T] [--json] [-w SPEC] [--dump STAGE] [--check-ir] [--no-optimize] [--no-debug-info]
      compiles OCaml files and links them in the order given (default target: unix)
  with these commands, as often as needed:
      FOLDER or ARCHIVE       sources of libraries that the program may use (.zip, .tar, .tar.gz, .tbz)
      --package NAME          a library that the program may use, such as re or lwt.unix
      --package-path DIR      where libraries are installed as findlib and dune do it, such as /usr/lib/ocaml
  morgana targets [--json]
      what images can be made for
  morgana nodes [--json]
      the devices and library functors that can be put on the canvas
  morgana packages [--json] [FOLDERS and ARCHIVES…]
      the library's packages and those of folders, archives and --package options, with their licences
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => number>> = { check, build, targets, nodes, packages };

function main(args: readonly string[]): number {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(HELP);
    return DONE;
  }
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  try {
    if (command === undefined) throw new UsageError(name === undefined ? "a command is expected" : `there is no command ${name}`);
    return command(rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`morgana: ${error.message}\n'morgana --help' tells the commands and their options\n`);
    return USAGE;
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`morgana: internal error, please report it with the input: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = INTERNAL_ERROR;
}
