/** Questions of the editor about sources, the project's and the library's: hovers, definitions, completions. */
import type { CompletionList, Definition, Hover, TextPosition } from "../api.ts";
import { openProject } from "../composition/composition.ts";
import { CONFIG_FILE, openConfiguration } from "../composition/mirage/evaluate.ts";
import type { Project } from "../composition/project.ts";
import { memberIn } from "../language-service/members.ts";
import { partialNameAt, suggest, withPlaceholder } from "../language-service/completion.ts";
import { definitionAt, hoverAt } from "../language-service/hover.ts";
import { implementationSource, interfaceSource, type TypedSource } from "../language-service/sources.ts";
import type { Library } from "../packages/library.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import type { TypingSession, UnitSource } from "../typing/session.ts";
import { fromBytes, offsetAt, rangeOf } from "./text.ts";

/** What questions are asked about. */
export interface Surrounded {
  readonly session: TypingSession;
  readonly library: Library;
  readonly project: Project;
  /** It is a MirageOS project, whose `config.ml` is a program of its own. */
  readonly configured: boolean;
}

/** The units among which a file stands, and what is opened in all of them. */
interface Units {
  readonly own: readonly UnitSource[];
  /** By the names under which the program's modules know each other. */
  readonly names: Iterable<string>;
  readonly opens: readonly string[];
}

function openUnits({ session, library, project, configured }: Surrounded, fileName: string): Units {
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

function unitOfFile({ library }: Surrounded, units: Units, fileName: string): UnitSource | undefined {
  return units.own.find((u) => u.implementation?.name === fileName || u.interface?.name === fileName) ?? libraryUnit(library, fileName);
}

function typedSource(around: Surrounded, units: Units, fileName: string): TypedSource | undefined {
  const { session } = around;
  const unit = unitOfFile(around, units, fileName);
  if (unit === undefined) return undefined;
  if (unit.interface?.name === fileName) {
    const signature = session.signatureOf(unit.name);
    return signature === undefined ? undefined : interfaceSource(unit.interface, signature, session.initialEnv(unit));
  }
  return implementationOf(session, unit);
}

function implementationOf(session: TypingSession, unit: UnitSource): TypedSource | undefined {
  if (unit.implementation === undefined) return undefined;
  const { typed } = session.typeUnit(unit.name);
  return typed === undefined ? undefined : implementationSource(unit.implementation, typed, session.initialEnv(unit));
}

export function hover(around: Surrounded, file: string, position: TextPosition): Hover | undefined {
  const source = typedSource(around, openUnits(around, file), file);
  if (source === undefined) return undefined;
  const found = hoverAt(source, offsetAt(source.file.text, position.line, position.column));
  if (found === undefined) return undefined;
  return { range: rangeOf(found.loc), code: fromBytes(found.code), documentation: found.documentation === undefined ? undefined : fromBytes(found.documentation) };
}

/** From the use of a name to its definition; from an item of an interface to the implementation. */
export function definition(around: Surrounded, file: string, position: TextPosition): Definition | undefined {
  const units = openUnits(around, file);
  const source = typedSource(around, units, file);
  if (source === undefined) return undefined;
  const offset = offsetAt(source.file.text, position.line, position.column);
  const found = definitionAt(source, offset);
  if (found === undefined) return undefined;
  if ("unit" in found) {
    const unit = units.own.find((u) => u.name === found.unit) ?? around.library.find(found.unit);
    const whole: SourceFile | undefined = unit?.interface ?? unit?.implementation;
    return whole === undefined ? undefined : definitionIn(around, units, { file: whole, start: 0, end: 0, ghost: false });
  }
  const { loc } = found;
  const unit = unitOfFile(around, units, file);
  const isItself = loc.file.name === file && loc.start <= offset && offset <= loc.end;
  if (isItself && unit?.interface?.name === file) {
    const implementation = implementationOf(around.session, unit);
    const member = implementation === undefined ? undefined : memberIn(implementation, unit.interface, offset);
    if (member !== undefined) return definitionIn(around, units, member);
  }
  return definitionIn(around, units, loc);
}

/** The file in which a module of the library is defined, or the project's: where its path leads. */
export function moduleSource(around: Surrounded, path: string): Definition | undefined {
  // What the path means at the end of an empty program.
  const text = `module M = ${path}\n`;
  const probe = "morgana_probe.ml";
  return definition({ ...around, configured: false, project: { ...around.project, files: { ...around.project.files, [probe]: text } } }, probe, { line: 1, column: text.length });
}

function definitionIn(around: Surrounded, units: Units, loc: Location): Definition {
  const { name, text } = loc.file;
  const isOwn = Object.hasOwn(around.project.files, name);
  const unit = isOwn ? undefined : unitOfFile(around, units, name);
  const other = unit?.interface?.name === name ? unit.implementation : unit?.interface;
  return { file: fromBytes(name), origin: isOwn ? "project" : "library", text: fromBytes(text), range: rangeOf(loc), ...(other === undefined ? {} : { other: { file: fromBytes(other.name), text: fromBytes(other.text) } }) };
}

export function complete(around: Surrounded, fileName: string, position: TextPosition): CompletionList {
  const { session, library, project } = around;
  const text = project.files[fileName] ?? "";
  const name = partialNameAt(text, offsetAt(text, position.line, position.column));
  const range = rangeOf({ file: { name: fileName, text }, start: name.wordStart, end: name.end, ghost: false });
  const changed = withPlaceholder({ name: fileName, text }, name);
  const completed = { ...around, project: { ...project, files: { ...project.files, [fileName]: changed.text } } };
  const units = openUnits(completed, fileName);
  const source = typedSource(completed, units, fileName);
  const env = source?.envAt(name.start + 1) ?? session.initialEnv({ name: "", package: "", interface: undefined, implementation: undefined, opens: units.opens, warnings: "" });
  const nameable = [...units.names, ...[...library.units()].map((u) => u.name)];
  const items = suggest(env, name, nameable).map((s) => ({ label: fromBytes(s.name), kind: s.kind, detail: fromBytes(s.detail), documentation: s.documentation === undefined ? undefined : fromBytes(s.documentation) }));
  return { range, items };
}
