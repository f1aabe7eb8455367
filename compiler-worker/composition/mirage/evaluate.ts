/**
 * Evaluates a `config.ml`: typed against the library's package `mirage`, run by the evaluator of core, its answer read back as data.
 * Of the outside world it sees the project's files, which it can read, and the environment; a configuration that writes files by itself or
 * runs commands fails at that place.
 */
import { ProgramSources, hasErrors, translate } from "../../driver.ts";
import { evaluateProgram, type EvaluateResult } from "../../evaluate/evaluate.ts";
import { EvaluatorError } from "../../evaluate/values.ts";
import type { Library } from "../../packages/library.ts";
import type { Location, SourceFile } from "../../syntax/diagnostics.ts";
import { lineAndColumn } from "../../syntax/positions.ts";
import { repr } from "../../typing/btype.ts";
import { expandHead } from "../../typing/expand.ts";
import { printPath } from "../../typing/print-type.ts";
import type { TypingSession, UnitSource } from "../../typing/session.ts";
import { NOTHING_TOLD } from "../../typing/warnings.ts";
import { advised, finding, diagnosticFinding, type Finding } from "../findings.ts";
import { literal } from "../main.ts";
import type { Configuration, ConfigurationPlace, ConfigureKey } from "./model.ts";
import { formerSpelling, formerOption } from "./former-spellings.ts";
import { holeAdvice } from "./hole.ts";

export const CONFIG_FILE = "config.ml";
const CONFIG_UNIT = "Config";
const RUN_UNIT = "Config__run";
/** The name by which the running program registers its answer. */
const ANSWER = "morgana.configuration";
/** Steps of the evaluator: some seconds. The largest configurations take a few million. */
const MAX_STEPS = 20_000_000;
/** Version of MirageOS whose configurations are read. */
export const MIRAGE_VERSION = "4.11.0";

export interface EvaluationRequest {
  readonly text: string;
  /** As MirageOS calls it. */
  readonly target: string;
  /** Configure-time keys as on a command line. */
  readonly keys: readonly string[];
  /** All files of the project, by path from its folder, which is the current one. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Files that the configuration's own actions write, and stanzas for dune that it has. */
export interface ConfigurationExtras {
  readonly written: readonly { readonly name: string; readonly text: string }[];
  readonly stanzas: readonly { readonly text: string; readonly place: ConfigurationPlace | undefined }[];
}

export interface Evaluation {
  readonly configuration: Configuration | undefined;
  readonly extras: ConfigurationExtras;
  readonly findings: readonly Finding[];
  /** What is wrong with the keys: an error of the command line rather than of the configuration. */
  readonly usage: string | undefined;
  /** What the configuration printed. */
  readonly output: string;
}

const NO_EXTRAS: ConfigurationExtras = { written: [], stanzas: [] };

function configurationUnit(file: SourceFile): UnitSource {
  return { name: CONFIG_UNIT, package: "", interface: undefined, implementation: file, opens: ["Stdlib"], warnings: "", isMain: true };
}

/** Makes a configuration the program of a session, to be typed. */
export function openConfiguration(session: TypingSession, library: Library, text: string): UnitSource {
  const unit = configurationUnit({ name: CONFIG_FILE, text });
  session.renew(new ProgramSources([unit], library));
  return unit;
}

/** Evaluates a configuration in a session, whose own units are those of the configuration afterwards. */
export function evaluateConfiguration(session: TypingSession, library: Library, request: EvaluationRequest): Evaluation {
  const file: SourceFile = { name: CONFIG_FILE, text: request.text };
  const findings: Finding[] = [...versionFindings(file)];
  const failed = (more: readonly Finding[], usage?: string): Evaluation => ({ configuration: undefined, extras: NO_EXTRAS, findings: [...findings, ...more], usage, output });
  let output = "";
  const config = configurationUnit(file);
  const sources = new ProgramSources([config], library);
  session.renew(sources);
  const { diagnostics } = session.typeUnit(CONFIG_UNIT);
  for (const diagnostic of diagnostics) {
    const advice = diagnostic.severity === "error" ? (holeAdvice(diagnostic) ?? formerSpelling(diagnostic)) : undefined;
    // Variables that only the configuration's graph needs are nobody's mistake.
    if (diagnostic.severity !== "error" && diagnostic.warning?.name !== "deprecated") continue;
    findings.push(diagnosticFinding(advised(diagnostic, advice)));
  }
  if (hasErrors(diagnostics)) return failed(session.errors().filter((d) => !diagnostics.includes(d)).map(diagnosticFinding));
  const run: UnitSource = { name: RUN_UNIT, package: "", interface: undefined, implementation: { name: "config__run.ml", text: runText(session, request) }, opens: ["Stdlib"], warnings: NOTHING_TOLD, isMain: true };
  const program = new ProgramSources([config, run], library);
  session.renew(program);
  const { core, diagnostics: further } = translate(session, program, undefined);
  if (core === undefined) return failed(further.filter((d) => d.severity === "error").map(diagnosticFinding));
  let result: EvaluateResult;
  try {
    result = evaluateProgram(core.program, { output: (_, text) => (output += text), maxSteps: MAX_STEPS, traceExceptions: true, argv: ["mirage"], files: request.files ?? {}, environment: request.environment ?? {} });
  } catch (error) {
    if (!(error instanceof EvaluatorError)) throw error;
    return failed([placed(ownPlace(error.trace ?? []), `The configuration cannot be evaluated: ${error.message}.`)]);
  }
  if (result.uncaught !== undefined) {
    const { message, trace } = result.uncaught;
    const said = /^(?:Failure|Invalid_argument)\("([^]*)"\)$/.exec(message)?.[1];
    return failed([placed(ownPlace(trace), said === undefined ? `The configuration raises the exception ${message}.` : `The configuration fails: ${said}`)]);
  }
  const answer = result.registered(ANSWER);
  if (answer === undefined) return failed([finding("error", { file: CONFIG_FILE }, `The configuration ends the program (exit ${result.exitCode}) before it is complete.`)]);
  return { ...readAnswer(JSON.parse(answer) as Answer, file, findings), output };
}

/** The unit that names what the configuration's variables hold, and asks what it comes to. */
function runText(session: TypingSession, request: EvaluationRequest): string {
  const lines: string[] = [];
  for (const item of session.signatureOf(CONFIG_UNIT) ?? []) {
    if (item.kind !== "value") continue;
    const env = session.initialEnv({ name: RUN_UNIT, package: "", interface: undefined, implementation: undefined, opens: ["Stdlib"], warnings: "" });
    const type = repr(expandHead(env, item.description.type));
    if (type.desc.kind !== "constr") continue;
    const path = printPath(type.desc.path);
    const name = item.id.name;
    // A variable that a later one hides is not in the signature; operators cannot name nodes.
    if (!/^[a-z_]/.test(name)) continue;
    if (/\bImpl\.t$/.test(path) || path === "Functoria__Impl.t") lines.push(`let () = Mirage__Evaluation.name_impl ${literal(name)} Config.${name}`);
    else if (/\bType\.t$/.test(path) || path === "Functoria__Type.t") lines.push(`let () = Mirage__Evaluation.name_type ${literal(name)} Config.${name}`);
  }
  const argv = request.keys.map((key) => literal(key)).join("; ");
  lines.push(`let () = Callback.register ${literal(ANSWER)} (Mirage__Evaluation.run ~target:${literal(request.target)} ~argv:[ ${argv} ])`);
  return `${lines.join("\n")}\n`;
}

type Null<T> = T | null;

/** What `Mirage__Evaluation.run` answers. */
type Answer =
  | { readonly failure: string; readonly place: Null<ConfigurationPlace> }
  | { readonly usage: string; readonly keys: readonly ConfigureKey[] }
  | (Configuration & ConfigurationExtras);

function readAnswer(answer: Answer, file: SourceFile, findings: readonly Finding[]): Omit<Evaluation, "output"> {
  if ("failure" in answer) return { configuration: undefined, extras: NO_EXTRAS, findings: [...findings, placed(lineLocation(file, answer.place?.line), answer.failure)], usage: undefined };
  if ("usage" in answer) return { configuration: undefined, extras: NO_EXTRAS, findings, usage: usageText(answer.usage, withoutNulls(answer.keys) as readonly ConfigureKey[]) };
  const { written, stanzas, ...configuration } = withoutNulls(answer) as Configuration & ConfigurationExtras;
  return { configuration, extras: { written, stanzas }, findings, usage: undefined };
}

/** JSON has null where the model has undefined. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutNulls(item)]));
  return value;
}

/** What the option parser says, in one paragraph, and which keys there are. */
function usageText(message: string, keys: readonly ConfigureKey[]): string {
  const said = message
    .split("\n")
    .filter((line) => !/^(?:Usage:|Try )/.test(line))
    .join(" ")
    .replace(/^morgana build:\s*/, "")
    .replace(/\s+/g, " ")
    .trim();
  const advice = formerOption(said);
  const known = keys.map((key) => `  ${key.options.join(", ")}${key.valueName === undefined ? "" : `=${key.choices.length > 0 ? key.choices.join("|") : key.valueName}`}${key.default === undefined || key.valueName === undefined ? "" : ` (default: ${key.default === "" ? "none" : key.default})`}`);
  const list = known.length === 0 ? "This configuration has no configure-time keys." : `The configuration's keys are\n${known.join("\n")}`;
  return `${said}${advice === undefined ? "" : `\n${advice}`}\n${list}`;
}

/** The innermost place in `config.ml`. */
function ownPlace(trace: readonly Location[]): Location | undefined {
  return trace.find((place) => place.file.name === CONFIG_FILE);
}

function placed(location: Location | undefined, message: string): Finding {
  return finding("error", location === undefined ? { file: CONFIG_FILE } : { location }, message);
}

/** A line of a file, without the space around its text; undefined when there is no such line. */
export function lineLocation(file: SourceFile, line: number | undefined): Location | undefined {
  if (line === undefined || line < 1) return undefined;
  let start = 0;
  for (let n = 1; n < line; n++) {
    const next = file.text.indexOf("\n", start);
    if (next < 0) return undefined;
    start = next + 1;
  }
  const end = file.text.indexOf("\n", start);
  const text = file.text.slice(start, end < 0 ? undefined : end);
  const first = text.search(/\S/);
  if (first < 0) return { file, start, end: start, ghost: false };
  return { file, start: start + first, end: start + text.trimEnd().length, ghost: false };
}

/** The line of a place, from 1. */
export function lineOf(location: Location): number {
  return lineAndColumn(location.file, location.start).line;
}

// ---------------------------------------------------------------- versions

/** `(* mirage >= 4.9.0 & < 4.12.0 *)` in the first line says for which versions of MirageOS the configuration is. */
function versionFindings(file: SourceFile): Finding[] {
  const first = file.text.split("\n", 1)[0]!;
  const written = /^\s*\(\*\s*mirage\s+([^*]*?)\s*\*\)/.exec(first)?.[1];
  if (written === undefined) return [];
  const location: Location = { file, start: 0, end: first.length, ghost: false };
  const bounds = written.split("&").map((bound) => /^\s*(>=|<=|>|<|=)\s*"?v?([0-9][0-9.]*)"?\s*$/.exec(bound));
  if (bounds.some((b) => b === null)) return [finding("warning", { location }, `The versions of MirageOS "${written}" are not understood: bounds such as ">= 4.9.0 & < 4.12.0" are expected.`)];
  const fits = bounds.every((bound) => {
    const order = compareVersions(MIRAGE_VERSION, bound![2]!);
    switch (bound![1]) {
      case ">=":
        return order >= 0;
      case "<=":
        return order <= 0;
      case ">":
        return order > 0;
      case "<":
        return order < 0;
      default:
        return order === 0;
    }
  });
  return fits ? [] : [finding("warning", { location }, `This configuration is for MirageOS ${written}; it is read as MirageOS ${MIRAGE_VERSION} reads it.`)];
}

function compareVersions(a: string, b: string): number {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
