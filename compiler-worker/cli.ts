/** The command line's front door: `morgana check`, `build`, `targets`. */
import { UsageError } from "./cli/arguments.ts";
import { build } from "./cli/build.ts";
import { check } from "./cli/check.ts";
import { DONE, INTERNAL_ERROR, USAGE } from "./cli/exit-codes.ts";
import { targets } from "./cli/targets.ts";

const HELP = `usage: morgana COMMAND …

  morgana check [--signature] [--json] [-w SPEC] FILES…
      types OCaml files (.ml and .mli) in the order given; --signature prints what 'ocamlc -i' does
  morgana build FILES… -o FILE [--target T] [--json] [-w SPEC] [--dump STAGE] [--check-ir] [--no-optimize] [--no-debug-info]
      compiles OCaml files and links them in the order given (default target: unix)
  morgana targets [--json]
      what images can be made for
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => number>> = { check, build, targets };

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
