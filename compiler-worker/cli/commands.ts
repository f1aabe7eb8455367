/** The command line's commands: `morgana check`, `build`, and catalogues. */
import { setHostStack, StackExceeded } from "../syntax/host-stack.ts";
import { UsageError } from "./arguments.ts";
import { build } from "./build.ts";
import { check } from "./check.ts";
import { DONE, INTERNAL_ERROR, USAGE } from "./exit-codes.ts";
import { nodes, packages } from "./nodes.ts";
import { flushOutput, print, printError } from "./output.ts";
import { targets } from "./targets.ts";

const HELP = `usage: morgana COMMAND …

  morgana check DIR [--json]
      checks a project: its OCaml sources and the wires of its graph
  morgana check [--signature] [--json] [-w SPEC] [-alert SPEC] FILES…
      types OCaml files (.ml and .mli) in the order given; --signature prints what 'ocamlc -i' does
  morgana check [FOLDERS and ARCHIVES…] [--package NAME --package-path DIR] [--json]
      types all modules of libraries: of sources (dune, META or opam) or installed
  morgana build DIR [-o FILE] [--target T] [--json] [--dump STAGE] [--check-ir] [--no-optimize] [--no-debug-info] [--gc-stress]
      builds a project's image (default target: the project's own)
  morgana build FILES… -o FILE [--target T] [--json] [-w SPEC] [-alert SPEC] [--dump STAGE] [--check-ir] [--no-optimize] [--no-debug-info] [--gc-stress]
      compiles OCaml files and links them in the order given (default target: unix)
  with these commands, as often as needed:
      FOLDER or ARCHIVE       sources of libraries that the program may use (.zip, .tar, .tar.gz, .tbz)
      --package NAME          a library that the program may use, such as re or lwt.unix
      --package-path DIR      where libraries are installed as findlib and dune do it, such as /usr/lib/ocaml
  morgana check DIR | build DIR [-o FILE] [--target T] [--KEY[=VALUE]…] [--dump main]
      the same for a MirageOS project: config.ml and sources; keys are those of its configuration (--net, --no-dhcp, --kv_ro, …)
  morgana targets [--json]
      what images can be made for
  morgana nodes [--json]
      the devices and library functors that can be put on the canvas
  morgana packages [--json] [FOLDERS and ARCHIVES…]
      the library's packages and those of folders, archives and --package options, with their licences
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => number>> = { check, build, targets, nodes, packages };

function command(args: readonly string[]): number {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    print(HELP);
    return DONE;
  }
  const chosen = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  try {
    if (chosen === undefined) throw new UsageError(name === undefined ? "a command is expected" : `there is no command ${name}`);
    return chosen(rest);
  } catch (error) {
    if (error instanceof StackExceeded) throw error;
    if (!(error instanceof UsageError)) {
      printError(`morgana: internal error, please report it with the input: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return INTERNAL_ERROR;
    }
    printError(`morgana: ${error.message}\n'morgana --help' tells the commands and their options\n`);
    return USAGE;
  }
}

/** Where a command runs: megabytes of stack, and whether there is a larger one in case it does not suffice. */
export interface CommandStack {
  readonly megabytes: number;
  readonly isLargest: boolean;
}

/** Runs a command, prints what it says, and gives its exit code; undefined when it needs a larger stack, where it is to be begun again. */
export function run(args: readonly string[], stack: CommandStack): number | undefined {
  setHostStack(stack.megabytes, !stack.isLargest);
  try {
    const code = command(args);
    flushOutput();
    return code;
  } catch (error) {
    if (stack.isLargest || !(error instanceof StackExceeded)) throw error;
    return undefined;
  }
}
