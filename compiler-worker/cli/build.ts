/** `morgana build DIR` builds a project, `morgana build FILES… -o FILE` compiles OCaml files and links them in the order given. */
import { chmodSync, writeFileSync } from "node:fs";
import { build as buildProgram, DUMP_STAGES, hasErrors, ProgramSources, type BuildOptions, type Dump, type DumpStage } from "../driver.ts";
import { imageTarget, imageTargets, type Image, type ImageTarget } from "../image/image.ts";
import { TypingSession } from "../typing/session.ts";
import { parseArguments, UsageError, type Arguments, type OptionSpec } from "./arguments.ts";
import { DONE, INPUT_ERROR } from "./exit-codes.ts";
import { deferrable, shippedLibrary, unitsOfFiles, WARNING_OPTIONS } from "./files.ts";
import { libraryFor, PACKAGE_OPTIONS, readInputs } from "./packages.ts";
import { analyseFolder, furtherFindings, reportFindings, reportManifestErrors } from "./project.ts";
import { licenceSummary, type LicencedPackage } from "../packages/image-licences.ts";
import { analyseMirageFolder, mirageFolder, splitArguments } from "./mirage.ts";
import { bytesToText, diagnosticRecord, reportDiagnostics } from "./report.ts";
import { print, printError } from "./output.ts";

/** The generated main.ml of a project. */
const MAIN_DUMP = "main";

export const BUILD_OPTIONS: readonly OptionSpec[] = [
  { name: "--target", short: "-t", value: "a target of 'morgana targets'" },
  { name: "--output", short: "-o", value: "the file to write" },
  ...WARNING_OPTIONS,
  { name: "--dump", value: `a stage: ${[MAIN_DUMP, ...DUMP_STAGES].join(", ")}` },
  { name: "--check-ir" },
  { name: "--no-optimize" },
  { name: "--no-debug-info" },
  { name: "--gc-stress" },
  { name: "--json" },
  ...PACKAGE_OPTIONS,
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
  const mirage = mirageFolder(args);
  if (mirage !== undefined) return buildMirageFolder(mirage, args);
  const given = parseArguments("build", args, BUILD_OPTIONS);
  if (given.positional.length === 0) throw new UsageError("build: a project's folder or OCaml files are expected");
  const inputs = readInputs("build", given.positional);
  if (inputs.project !== undefined) return buildFolder(inputs.project, inputs.trees, given);
  if (inputs.files.length === 0) throw new UsageError(`build: ${inputs.trees[0]} has no morgana.json, so it is a library: give the OCaml files of a program beside it, or check it with 'morgana check'`);
  const target = targetNamed(given.value("--target") ?? "unix");
  const output = given.value("--output");
  const { dump, options } = buildOptions(given, target);
  const { library } = libraryFor(given, inputs.trees, { linking: true });
  const sources = new ProgramSources(unitsOfFiles(inputs.files, given, library), library);
  if (output === undefined && dump === undefined) throw new UsageError("build: -o FILE says where to write the image");
  const json = given.flag("--json");
  const built = hasErrors(library.diagnostics) ? { diagnostics: [], image: undefined, packages: [] } : buildProgram(new TypingSession(sources, { deferrable }), sources, options);
  const diagnostics = [...library.diagnostics, ...built.diagnostics];
  const { image } = built;
  reportDiagnostics(diagnostics, json);
  if (json) print(`${JSON.stringify({ diagnostics: diagnostics.map(diagnosticRecord), packages: built.packages }, null, 2)}\n`);
  if (image === undefined) return INPUT_ERROR;
  if (output !== undefined) {
    writeImage(output, image);
    if (!json) print(licenceLine(built.packages));
  }
  return DONE;
}

function licenceLine(packages: readonly LicencedPackage[]): string {
  return bytesToText(`Licences in the image: ${licenceSummary(packages)}\n`);
}

/** Builds a project; without -o the image gets the project's name, in the current folder. */
function buildFolder(folder: string, trees: readonly string[], given: Arguments): number {
  const json = given.flag("--json");
  const wanted = given.value("--target");
  if (wanted !== undefined) targetNamed(wanted);
  const analysis = analyseFolder(folder, { target: wanted, given, trees, linking: true });
  if ("errors" in analysis) {
    reportManifestErrors(analysis.errors, json);
    return INPUT_ERROR;
  }
  const { project, composition, library, session } = analysis;
  if (given.value("--dump") === MAIN_DUMP && composition.main !== undefined) {
    print(Buffer.from(composition.main, "latin1"));
    return DONE;
  }
  const target = imageTarget(project.manifest.target);
  if (composition.obstacles.length > 0 || target === undefined) {
    reportFindings(composition.findings, composition.obstacles, json);
    return INPUT_ERROR;
  }
  const { dump, options } = buildOptions(given, target);
  const { diagnostics, image, packages } = buildProgram(session, new ProgramSources(composition.units, library), options);
  const findings = [...composition.findings, ...furtherFindings(composition.findings, diagnostics)];
  reportFindings(findings, image === undefined ? findings.filter((f) => f.severity === "error").map((f) => f.message) : [], json, packages);
  if (image === undefined) return INPUT_ERROR;
  const output = given.value("--output") ?? (dump === undefined ? `${project.manifest.name}${target.suffix}` : undefined);
  if (output !== undefined) {
    writeImage(output, image);
    if (!json) print(licenceLine(packages));
  }
  return DONE;
}

/** Builds a MirageOS project; without -o the image gets the unikernel's name, in the current folder. */
function buildMirageFolder(folder: string, args: readonly string[]): number {
  const { given, keys } = splitArguments("build", args, folder, BUILD_OPTIONS);
  const json = given.flag("--json");
  const { composition, library, session } = analyseMirageFolder("build", folder, given, keys);
  const { findings, obstacles, units, configuration } = composition;
  if (given.value("--dump") === MAIN_DUMP) {
    reportFindings(findings, obstacles, false);
    if (composition.main === undefined) return INPUT_ERROR;
    print(Buffer.from(composition.main, "latin1"));
    return DONE;
  }
  const target = imageTarget(composition.imageTarget);
  if (obstacles.length > 0 || target === undefined || configuration === undefined) {
    reportFindings(findings, obstacles, json);
    if (!json && !findings.some((f) => f.severity === "error")) for (const obstacle of obstacles) printError(`morgana: ${bytesToText(obstacle)}\n`);
    return INPUT_ERROR;
  }
  const { dump, options } = buildOptions(given, target);
  const { diagnostics, image, packages } = buildProgram(session, new ProgramSources(units, library), options);
  const all = [...findings, ...furtherFindings(findings, diagnostics)];
  reportFindings(all, image === undefined ? all.filter((f) => f.severity === "error").map((f) => f.message) : [], json, packages);
  if (image === undefined) return INPUT_ERROR;
  const output = given.value("--output") ?? (dump === undefined ? `${bytesToText(configuration.name)}${target.suffix}` : undefined);
  if (output !== undefined) {
    writeImage(output, image);
    if (!json) print(licenceLine(packages));
  }
  return DONE;
}

function writeImage(file: string, image: Image): void {
  writeFileSync(file, image.bytes);
  chmodSync(file, 0o755);
}

function buildOptions(given: Arguments, target: ImageTarget): { readonly dump: Dump | undefined; readonly options: BuildOptions } {
  const stage = given.value("--dump");
  if (stage !== undefined && !isDumpStage(stage)) throw new UsageError(`build: there is no stage ${stage} to dump; the stages are ${DUMP_STAGES.join(", ")}`);
  const dump: Dump | undefined = stage === undefined ? undefined : { stage, write: (text) => print(Buffer.from(`${text}\n`, "latin1")) };
  const options: BuildOptions = {
    target,
    checkIr: given.flag("--check-ir"),
    optimize: given.flag("--no-optimize") ? 0 : 1,
    debugInfo: !given.flag("--no-debug-info"),
    gcStress: given.flag("--gc-stress"),
    shipped: shippedLibrary,
    ...(dump === undefined ? {} : { dump }),
  };
  return { dump, options };
}
