/** A project's sources as the editor's questions see them: the units among which a file stands, and what they were typed as. */
import { openProject } from "../composition/composition.ts";
import { CONFIG_FILE, openConfiguration } from "../composition/mirage/evaluate.ts";
import type { Project } from "../composition/project.ts";
import { implementationSource, interfaceSource, type TypedSource } from "../language-service/sources.ts";
import { ProgramNames, type ProgramFile } from "../language-service/references.ts";
import type { Library } from "../packages/library.ts";
import { isAliasUnit } from "../packages/program-units.ts";
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { TypingSession, UnitSource } from "../typing/session.ts";

/** What questions are asked about. */
export interface Surrounded {
  readonly session: TypingSession;
  readonly library: Library;
  readonly project: Project;
  /** It is a MirageOS project, whose `config.ml` is a program of its own. */
  readonly configured: boolean;
}

/** The units among which a file stands, and what is opened in all of them. */
export interface Units {
  readonly own: readonly UnitSource[];
  /** By the names under which the program's modules know each other. */
  readonly names: Iterable<string>;
  readonly opens: readonly string[];
}

export function openUnits({ session, library, project, configured }: Surrounded, fileName: string): Units {
  if (configured && fileName === CONFIG_FILE) {
    const unit = openConfiguration(session, library, project.files[CONFIG_FILE] ?? "");
    return { own: [unit], names: [], opens: unit.opens };
  }
  const { units, unitOf, opens } = openProject(session, project, library);
  return { own: units, names: unitOf.keys(), opens };
}

const filesOfLibrary = new WeakMap<Library, ReadonlyMap<string, UnitSource>>();

/** The unit of the library that a file belongs to. */
function libraryUnit(library: Library, fileName: string): UnitSource | undefined {
  let files = filesOfLibrary.get(library);
  if (files === undefined) {
    files = new Map([...library.units()].flatMap((unit) => [unit.interface, unit.implementation].flatMap((file) => (file === undefined ? [] : [[file.name, unit] as const]))));
    filesOfLibrary.set(library, files);
  }
  return files.get(fileName);
}

/** A file of the library. */
export function libraryFile(library: Library, fileName: string): SourceFile | undefined {
  const unit = libraryUnit(library, fileName);
  return unit?.interface?.name === fileName ? unit.interface : unit?.implementation;
}

export function unitOfFile({ library }: Surrounded, units: Units, fileName: string): UnitSource | undefined {
  return units.own.find((u) => u.implementation?.name === fileName || u.interface?.name === fileName) ?? libraryUnit(library, fileName);
}

export function typedSource(around: Surrounded, units: Units, fileName: string): TypedSource | undefined {
  const { session } = around;
  const unit = unitOfFile(around, units, fileName);
  if (unit === undefined) return undefined;
  if (unit.interface?.name === fileName) {
    const signature = session.signatureOf(unit.name);
    return signature === undefined ? undefined : interfaceSource(unit.interface, signature, session.initialEnv(unit));
  }
  return implementationOf(session, unit);
}

export function implementationOf(session: TypingSession, unit: UnitSource): TypedSource | undefined {
  if (unit.implementation === undefined) return undefined;
  const { typed } = session.typeUnit(unit.name);
  return typed === undefined ? undefined : implementationSource(unit.implementation, typed, session.initialEnv(unit));
}

/** The names in the files of the program. */
export function programNames({ session }: Surrounded, units: Units): ProgramNames {
  return new ProgramNames(units.own.flatMap((unit) => (isAliasUnit(unit) ? [] : programFiles(session, unit))));
}

function programFiles(session: TypingSession, unit: UnitSource): ProgramFile[] {
  const files: ProgramFile[] = [];
  const signature = unit.interface === undefined ? undefined : session.signatureOf(unit.name);
  const env = session.initialEnv(unit);
  if (unit.interface !== undefined && signature !== undefined) files.push({ file: unit.interface, source: interfaceSource(unit.interface, signature, env), structure: undefined, interface: undefined });
  if (unit.implementation !== undefined) {
    const { typed } = session.typeUnit(unit.name);
    const nothing: TypedSource = { file: unit.implementation, nodesAt: () => [], envAt: () => env };
    files.push({ file: unit.implementation, source: typed === undefined ? nothing : implementationSource(unit.implementation, typed, env), structure: typed?.structure, interface: signature });
  }
  return files;
}
