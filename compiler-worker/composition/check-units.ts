/** The units of a project's own sources: where a session finds them, and what is wrong with them. */
import type { ProgramUnits } from "../packages/program-units.ts";
import type { Library } from "../packages/library.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import type { TypingSession, UnitProvider, UnitSource } from "../typing/session.ts";
import { diagnosticFinding, finding, type Finding } from "./findings.ts";

/** Where the session finds units: the program's own in front of the library's, whose names they never have. */
export class ProjectUnits implements UnitProvider {
  readonly #own: Map<string, UnitSource>;
  readonly #library: Library;
  constructor(units: readonly UnitSource[], library: Library) {
    this.#own = new Map(units.map((u) => [u.name, u]));
    this.#library = library;
  }
  find(name: string): UnitSource | undefined {
    return this.#own.get(name) ?? this.#library.find(name);
  }
  /** A unit that no other one names. */
  add(unit: UnitSource): void {
    this.#own.set(unit.name, unit);
  }
}

/** Types all units; what is found, and what of it prevents a build. */
export function checkUnits(session: TypingSession, units: ProgramUnits): { readonly findings: readonly Finding[]; readonly obstacles: readonly string[] } {
  const findings: Finding[] = [];
  const obstacles: string[] = [];
  const obstacle = (item: Finding): void => {
    findings.push(item);
    obstacles.push(item.message.split("\n")[0]!);
  };
  for (const problem of units.problems) obstacle(finding("error", { file: problem.file }, problem.message));
  const errors = new Map<string, number>();
  const seen = new Set<Diagnostic>();
  const report = (diagnostics: readonly Diagnostic[]): void => {
    for (const diagnostic of diagnostics) {
      if (seen.has(diagnostic)) continue;
      seen.add(diagnostic);
      findings.push(diagnosticFinding(diagnostic));
      const { name } = diagnostic.location.file;
      if (diagnostic.severity === "error") errors.set(name, (errors.get(name) ?? 0) + 1);
    }
  };
  for (const unit of units.units) {
    report(session.interfaceDiagnostics(unit.name));
    if (unit.implementation !== undefined) report(session.typeUnit(unit.name).diagnostics);
    else if (unit.interface !== undefined) obstacle(finding("error", { file: unit.interface.name }, `${unit.interface.name} has no implementation: a file ${unit.interface.name.slice(0, -1)} is missing.`));
  }
  // Errors of the library's units that the project needs come to light on the way.
  report(session.errors());
  for (const [name, count] of errors) obstacles.push(`${name} has ${count === 1 ? "an error" : `${count} errors`}.`);
  return { findings, obstacles };
}
