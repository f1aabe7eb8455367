/** `morgana build FILES… -o FILE`: compiles OCaml files and links them in the order given. */
import { chmodSync, writeFileSync } from "node:fs";
import { build as buildProgram, DUMP_STAGES, ProgramSources, type BuildOptions, type Dump, type DumpStage } from "../driver.ts";
import { imageTarget, imageTargets, type ImageTarget } from "../image/image.ts";
import { TypingSession } from "../typing/session.ts";
import { parseArguments, UsageError, type OptionSpec } from "./arguments.ts";
import { DONE, INPUT_ERROR } from "./exit-codes.ts";
import { readLibrary, unitsOfFiles } from "./files.ts";
import { diagnosticRecord, reportDiagnostics } from "./report.ts";

export const BUILD_OPTIONS: readonly OptionSpec[] = [
  { name: "--target", short: "-t", value: "a target of 'morgana targets'" },
  { name: "--output", short: "-o", value: "the file to write" },
  { name: "--warnings", short: "-w", value: "a specification such as +a-4" },
  { name: "--dump", value: `a stage: ${DUMP_STAGES.join(", ")}` },
  { name: "--check-ir" },
  { name: "--no-optimize" },
  { name: "--no-debug-info" },
  { name: "--json" },
];

function isDumpStage(stage: string): stage is DumpStage {
  return (DUMP_STAGES as readonly string[]).includes(stage);
}

export function targetNamed(name: string): ImageTarget {
  const target = imageTarget(name);
  if (target === undefined) throw new UsageError(`there is no target ${name}; the targets are ${imageTargets.map((t) => t.name).join(", ")}`);
  return target;
}

export function build(args: readonly string[]): number {
  const given = parseArguments("build", args, BUILD_OPTIONS);
  if (given.positional.length === 0) throw new UsageError("build: no files are given");
  const target = targetNamed(given.value("--target") ?? "unix");
  const output = given.value("--output");
  const stage = given.value("--dump");
  if (stage !== undefined && !isDumpStage(stage)) throw new UsageError(`build: there is no stage ${stage} to dump; the stages are ${DUMP_STAGES.join(", ")}`);
  if (output === undefined && stage === undefined) throw new UsageError("build: -o FILE says where to write the image");
  const dump: Dump | undefined = stage === undefined ? undefined : { stage, write: (text) => void process.stdout.write(Buffer.from(`${text}\n`, "latin1")) };
  const sources = new ProgramSources(unitsOfFiles(given.positional, given.value("--warnings") ?? ""), readLibrary());
  const options: BuildOptions = {
    target,
    checkIr: given.flag("--check-ir"),
    optimize: given.flag("--no-optimize") ? 0 : 1,
    debugInfo: !given.flag("--no-debug-info"),
    ...(dump === undefined ? {} : { dump }),
  };
  const { diagnostics, image } = buildProgram(new TypingSession(sources), sources, options);
  const json = given.flag("--json");
  reportDiagnostics(diagnostics, json);
  if (json) process.stdout.write(`${JSON.stringify({ diagnostics: diagnostics.map(diagnosticRecord) }, null, 2)}\n`);
  if (image === undefined) return INPUT_ERROR;
  if (output !== undefined) {
    writeFileSync(output, image.bytes);
    chmodSync(output, 0o755);
  }
  return DONE;
}
