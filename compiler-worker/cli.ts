/** The command line's front door: `morgana check`, `build`, and catalogues. */
import { statSync } from "node:fs";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { UsageError } from "./cli/arguments.ts";
import { build } from "./cli/build.ts";
import { check } from "./cli/check.ts";
import { LARGE_STACK_MEGABYTES, LONG_CHECK_LIMITS, THREAD_LIMITS, tuneEngine, tuneForLongRuns } from "./cli/engine.ts";
import { DONE, INTERNAL_ERROR, USAGE } from "./cli/exit-codes.ts";
import { nodes, packages } from "./cli/nodes.ts";
import { flushOutput, print, printError } from "./cli/output.ts";
import { targets } from "./cli/targets.ts";
import { setHostStack, StackExceeded } from "./syntax/host-stack.ts";

const HELP = `usage: morgana COMMAND …

  morgana check DIR [--json]
      checks a project: its OCaml sources and the wires of its graph
  morgana check [--signature] [--json] [-w SPEC] [-alert SPEC] FILES…
      types OCaml files (.ml and .mli) in the order given; --signature prints what 'ocamlc -i' does
  morgana check [FOLDERS and ARCHIVES…] [--package NAME --package-path DIR] [--json]
      types all modules of libraries: of sources (dune, META or opam) or installed
  morgana build DIR [-o FILE] [--target T] [--json] [--dump STAGE] [--check-ir] [--no-optimize] [--no-debug-info]
      builds a project's image (default target: the project's own)
  morgana build FILES… -o FILE [--target T] [--json] [-w SPEC] [-alert SPEC] [--dump STAGE] [--check-ir] [--no-optimize] [--no-debug-info]
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

tuneEngine();

function main(args: readonly string[]): number {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    print(HELP);
    return DONE;
  }
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  try {
    if (command === undefined) throw new UsageError(name === undefined ? "a command is expected" : `there is no command ${name}`);
    return command(rest);
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

/** Bytes of source text from which on a command runs in the thread at once: what starting it costs is then less than what it saves. */
const MUCH_TEXT = 200_000;

/** From here on checking takes so long that room for new objects pays. */
const VERY_MUCH_TEXT = 4_000_000;

/** About how many bytes of text a command will read: at least `MUCH_TEXT` with folders, archives and packages. */
function textOf([name, ...rest]: readonly string[]): number {
  if (name !== "check" && name !== "build") return 0;
  let bytes = 0;
  for (const argument of rest) {
    if (argument.startsWith("--package")) return MUCH_TEXT;
    const file = argument.startsWith("-") ? undefined : statSync(argument, { throwIfNoEntry: false });
    if (file !== undefined && !file.isFile()) return MUCH_TEXT;
    bytes += file?.size ?? 0;
  }
  return bytes;
}

/** Runs the command in a thread with a large stack and room for new objects. */
function runInThread(args: readonly string[]): void {
  const isLong = args[0] === "check" && textOf(args) >= VERY_MUCH_TEXT;
  const thread = new Worker(new URL(import.meta.url), { argv: [...args], resourceLimits: isLong ? LONG_CHECK_LIMITS : THREAD_LIMITS });
  tuneForLongRuns();
  thread.on("message", (code: number) => {
    process.exitCode = code;
  });
  thread.on("error", (error) => {
    process.stderr.write(`morgana: internal error, please report it with the input: ${error.stack ?? error.message}\n`);
    process.exitCode = INTERNAL_ERROR;
  });
}

function run(args: readonly string[]): void {
  setHostStack(isMainThread ? 1 : LARGE_STACK_MEGABYTES, isMainThread);
  if (isMainThread && textOf(args) >= MUCH_TEXT) return runInThread(args);
  try {
    const code = main(args);
    flushOutput();
    if (parentPort === null) process.exitCode = code;
    else parentPort.postMessage(code);
  } catch (error) {
    if (!(error instanceof StackExceeded)) throw error;
    runInThread(args);
  }
}

run(process.argv.slice(2));
