/** `morgana check DIR` checks a project, `morgana check FILES…` types OCaml files and prints diagnostics, and signatures when asked. */
import { hasErrors, ProgramSources } from "../driver.ts";
import { isAliasUnit } from "../packages/program-units.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { asWarning, type Brought } from "../packages/bring.ts";
import type { Library } from "../packages/library.ts";
import { TypingSession, type UnitSource } from "../typing/session.ts";
import { parseArguments, UsageError, type Arguments } from "./arguments.ts";
import { DONE, INPUT_ERROR } from "./exit-codes.ts";
import { unitsOfFiles, WARNING_OPTIONS } from "./files.ts";
import { analyseMirageFolder, mirageFolder, splitArguments } from "./mirage.ts";
import { librariesFor, libraryFor, PACKAGE_OPTIONS, readInputs } from "./packages.ts";
import { analyseFolder, reportFindings, reportManifestErrors } from "./project.ts";
import { bytesToText, diagnosticRecord, reportDiagnostics } from "./report.ts";
import { print } from "./output.ts";

export function check(args: readonly string[]): number {
  const mirage = mirageFolder(args);
  if (mirage !== undefined) return checkMirageFolder(mirage, args);
  const given = parseArguments("check", args, [{ name: "--signature", short: "-i" }, { name: "--json" }, ...WARNING_OPTIONS, ...PACKAGE_OPTIONS]);
  if (given.positional.length === 0 && !given.flag("--package")) throw new UsageError("check: a project's folder, OCaml files, a library's folder or archive, or a --package are expected");
  const inputs = readInputs("check", given.positional);
  if (inputs.project !== undefined) return checkFolder(inputs.project, inputs.trees, given);
  if (inputs.files.length === 0) return checkLibraries(given, inputs.trees);
  const { library } = libraryFor(given, inputs.trees, { linking: false });
  const units = unitsOfFiles(inputs.files, given, library);
  const session = new TypingSession(new ProgramSources(units, library), { keepsTrees: false, infersOnly: given.flag("--signature") });
  const all: Diagnostic[] = [...library.diagnostics];
  reportDiagnostics(all, given.flag("--json"));
  const signatures: string[] = [];
  for (const unit of hasErrors(all) ? [] : units) {
    if (isAliasUnit(unit)) continue;
    const diagnostics = newDiagnostics(session, unit, all);
    all.push(...diagnostics);
    reportDiagnostics(diagnostics, given.flag("--json"));
    if (hasErrors(diagnostics) || !given.flag("--signature")) continue;
    const text = bytesToText(session.signatureText(unit.name));
    signatures.push(text);
    if (!given.flag("--json")) print(`${text}\n`);
  }
  if (given.flag("--json")) print(`${JSON.stringify({ diagnostics: all.map(diagnosticRecord), ...(given.flag("--signature") ? { signatures } : {}) }, null, 2)}\n`);
  return hasErrors(all) ? INPUT_ERROR : DONE;
}

/** What checking a unit brings that was not told before. */
function newDiagnostics(session: TypingSession, unit: UnitSource, told: readonly Diagnostic[]): readonly Diagnostic[] {
  const before = session.knownErrors().length;
  const typed = unit.implementation === undefined ? session.interfaceDiagnostics(unit.name) : session.checkUnit(unit.name);
  // What units of libraries were known to have wrong comes before what follows from it.
  return session.withoutConsequences([...new Set([...session.knownErrors().slice(before), ...session.errors(), ...typed])]).filter((d) => !told.includes(d));
}

/**
 * Libraries by themselves: all their modules, whether a program would reach them or not. Those that a program can only have one of are
 * checked one after the other. What is wrong with a tree's tests and the like, which others are of use without, are warnings.
 */
function checkLibraries(given: Arguments, trees: readonly string[]): number {
  const json = given.flag("--json");
  const all: Diagnostic[] = [];
  const tell = (found: readonly Diagnostic[]): void => {
    const diagnostics = found.filter((d) => !all.includes(d));
    all.push(...diagnostics);
    reportDiagnostics(diagnostics, json);
  };
  const checkThese = ({ library, named, unusable, aside }: Brought): void => {
    tell([...library.diagnostics, ...unusable]);
    if (hasErrors(library.diagnostics)) return;
    const session = new TypingSession(new ProgramSources([], library), { keepsTrees: false });
    const asWarnings = new Map<Diagnostic, Diagnostic>();
    const inOrder = [...named.filter((name) => !aside.has(name)), ...named.filter((name) => aside.has(name))];
    for (const unit of unitsOfPackages(library, inOrder)) {
      const found = newDiagnostics(session, unit, [...all, ...asWarnings.keys()]);
      if (!aside.has(unit.package)) tell(found);
      else for (const d of found) {
        asWarnings.set(d, asWarning(d));
        tell([asWarnings.get(d)!]);
      }
    }
  };
  const { bring, brought } = librariesFor(given, trees, { linking: false, isAlone: true });
  checkThese(brought);
  for (const name of brought.alternatives) checkThese(bring([name]));
  if (json) print(`${JSON.stringify({ diagnostics: all.map(diagnosticRecord), ...(given.flag("--signature") ? { signatures: [] } : {}) }, null, 2)}\n`);
  return hasErrors(all) ? INPUT_ERROR : DONE;
}

function unitsOfPackages(library: Library, names: readonly string[]): readonly UnitSource[] {
  const units = names.flatMap((name) => library.unitsOf(name));
  // Modules whose text is not there matter when others use them.
  return [...new Set(units)].filter((unit) => unit.noAliasDeps !== true && (unit.interface !== undefined || unit.implementation !== undefined));
}

/** What a MirageOS project lacks to be built here makes it no less right. */
function checkMirageFolder(folder: string, args: readonly string[]): number {
  const { given, keys } = splitArguments("check", args, folder, [{ name: "--json" }, { name: "--target", short: "-t", value: "a target of MirageOS or of 'morgana targets'" }, ...PACKAGE_OPTIONS]);
  const { findings, obstacles } = analyseMirageFolder("check", folder, given, keys).composition;
  reportFindings(findings, obstacles, given.flag("--json"));
  return findings.some((f) => f.severity === "error") ? INPUT_ERROR : DONE;
}

function checkFolder(folder: string, trees: readonly string[], given: Arguments): number {
  const json = given.flag("--json");
  const analysis = analyseFolder(folder, { target: undefined, given, trees, linking: false });
  if ("errors" in analysis) {
    reportManifestErrors(analysis.errors, json);
    return INPUT_ERROR;
  }
  const { findings, obstacles } = analysis.composition;
  reportFindings(findings, obstacles, json);
  return obstacles.length > 0 ? INPUT_ERROR : DONE;
}
