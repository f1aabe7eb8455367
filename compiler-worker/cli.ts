/** The command line's front door: `morgana check FILES…`. */
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { capitalize } from "./packages/dune.ts";
import { Library, type LibraryArchive } from "./packages/library.ts";
import { renderDiagnostic } from "./syntax/render.ts";
import { TypingSession, type UnitSource } from "./typing/session.ts";

const DONE = 0;
const INPUT_ERROR = 1;
const USAGE = 2;
const INTERNAL_ERROR = 70;

const HELP = `usage: morgana check [--signature] FILES…

  check        types OCaml files (.ml and .mli), in the order given
  --signature  prints the inferred signatures, as ocamlc -i does
`;

function usage(message: string): number {
  process.stderr.write(`morgana: ${message}\n${HELP}`);
  return USAGE;
}

/** The units that files define: an interface and an implementation of one name are one unit. */
function unitsOf(files: readonly string[]): UnitSource[] | string {
  const units = new Map<string, UnitSource>();
  for (const file of files) {
    if (!/\.mli?$/.test(file)) return `${file}: a file name that ends in .ml or .mli is expected`;
    if (!existsSync(file)) return `${file}: there is no such file`;
    const name = capitalize(basename(file).replace(/\.mli?$/, ""));
    const source = { name: file, text: readFileSync(file, "latin1") };
    const known: UnitSource = units.get(name) ?? { name, package: "", interface: undefined, implementation: undefined, opens: ["Stdlib"], warnings: "" };
    units.set(name, file.endsWith(".mli") ? { ...known, interface: source } : { ...known, implementation: source });
  }
  return [...units.values()];
}

function check(args: readonly string[]): number {
  const signature = args.includes("--signature");
  const unknown = args.find((a) => a.startsWith("-") && a !== "--signature");
  if (unknown !== undefined) return usage(`unknown option ${unknown}`);
  const files = args.filter((a) => !a.startsWith("-"));
  if (files.length === 0) return usage("check: no files are given");
  const units = unitsOf(files);
  if (typeof units === "string") return usage(units);
  const archive = JSON.parse(readFileSync(new URL("library.json", import.meta.url), "utf8")) as LibraryArchive;
  const library = new Library(archive);
  const own = new Map(units.map((u) => [u.name, u]));
  const session = new TypingSession({ find: (name) => own.get(name) ?? library.find(name) });
  let failed = false;
  for (const unit of units) {
    const diagnostics = unit.implementation === undefined ? session.interfaceDiagnostics(unit.name) : session.typeUnit(unit.name).diagnostics;
    for (const d of diagnostics) process.stderr.write(`${renderDiagnostic(d)}\n`);
    if (diagnostics.some((d) => d.severity === "error")) failed = true;
    else if (signature) process.stdout.write(`${session.signatureText(unit.name)}\n`);
  }
  return failed ? INPUT_ERROR : DONE;
}

function main(args: readonly string[]): number {
  const [command, ...rest] = args;
  if (command === "check") return check(rest);
  if (command === "--help" || command === "help") {
    process.stdout.write(HELP);
    return DONE;
  }
  return usage(command === undefined ? "a command is expected" : `unknown command ${command}`);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`morgana: internal error, please report it with the input: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = INTERNAL_ERROR;
}
