/** Questions of the editor about a project's sources: hovers, definitions, completions. */
import type { CompletionList, Definition, Hover, TextPosition } from "../api.ts";
import { openProject } from "../composition/composition.ts";
import type { Project } from "../composition/project.ts";
import { partialNameAt, suggest, withPlaceholder } from "../language-service/completion.ts";
import { definitionAt, hoverAt, type TypedSource } from "../language-service/hover.ts";
import { envAt } from "../language-service/typed-nodes.ts";
import type { Library } from "../packages/library.ts";
import type { ProgramUnits } from "../packages/program-units.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import type { TypingSession, UnitSource } from "../typing/session.ts";
import { fromBytes, offsetAt, rangeOf } from "./text.ts";

/** The unit that a file of the project implements, typed. */
function typedSource(session: TypingSession, units: ProgramUnits, fileName: string): TypedSource | undefined {
  const unit = units.units.find((u) => u.implementation?.name === fileName);
  if (unit?.implementation === undefined) return undefined;
  const { typed } = session.typeUnit(unit.name);
  return typed === undefined ? undefined : { file: unit.implementation, typed, initial: session.initialEnv(unit) };
}

export function hover(session: TypingSession, project: Project, library: Library, file: string, position: TextPosition): Hover | undefined {
  const source = typedSource(session, openProject(session, project, library), file);
  if (source === undefined) return undefined;
  const found = hoverAt(source, offsetAt(source.file.text, position.line, position.column));
  if (found === undefined) return undefined;
  return { range: rangeOf(found.loc), code: fromBytes(found.code), documentation: found.documentation === undefined ? undefined : fromBytes(found.documentation) };
}

export function definition(session: TypingSession, project: Project, library: Library, file: string, position: TextPosition): Definition | undefined {
  const units = openProject(session, project, library);
  const source = typedSource(session, units, file);
  if (source === undefined) return undefined;
  const found = definitionAt(source, offsetAt(source.file.text, position.line, position.column));
  if (found === undefined) return undefined;
  if ("loc" in found) return definitionIn(project, found.loc);
  const unit: UnitSource | undefined = units.units.find((u) => u.name === found.unit) ?? library.find(found.unit);
  const whole: SourceFile | undefined = unit?.interface ?? unit?.implementation;
  return whole === undefined ? undefined : definitionIn(project, { file: whole, start: 0, end: 0, ghost: false });
}

function definitionIn(project: Project, loc: Location): Definition {
  const isOwn = Object.hasOwn(project.files, loc.file.name);
  return { file: fromBytes(loc.file.name), origin: isOwn ? "project" : "library", text: fromBytes(loc.file.text), range: rangeOf(loc) };
}

export function complete(session: TypingSession, project: Project, library: Library, fileName: string, position: TextPosition): CompletionList {
  const text = project.files[fileName] ?? "";
  const name = partialNameAt(text, offsetAt(text, position.line, position.column));
  const range = rangeOf({ file: { name: fileName, text }, start: name.wordStart, end: name.end, ghost: false });
  const changed = withPlaceholder({ name: fileName, text }, name);
  const units = openProject(session, { ...project, files: { ...project.files, [fileName]: changed.text } }, library);
  const source = typedSource(session, units, fileName);
  const env = source === undefined ? session.initialEnv({ name: "", package: "", interface: undefined, implementation: undefined, opens: units.opens, warnings: "" }) : envAt(source.typed.structure, name.start + 1, source.initial);
  const nameable = [...units.unitOf.keys(), ...[...library.units()].map((u) => u.name)];
  const items = suggest(env, name, nameable).map((s) => ({ label: fromBytes(s.name), kind: s.kind, detail: fromBytes(s.detail), documentation: s.documentation === undefined ? undefined : fromBytes(s.documentation) }));
  return { range, items };
}
