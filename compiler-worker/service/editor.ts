/** Questions of the editor about a place: hovers, definitions, completions, the signatures of calls. */
import type { CompletionList, Definition, Hover, SignatureHelp, TextPosition } from "../api.ts";
import { memberIn } from "../language-service/members.ts";
import { partialNameAt, suggest, withPlaceholder, type PartialName } from "../language-service/completion.ts";
import { definitionAt, hoverAt } from "../language-service/hover.ts";
import { missingLabels, PLACEHOLDER, signatureAt, withArgument } from "../language-service/signature-help.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { implementationOf, openUnits, programNames, typedSource, unitOfFile, type Surrounded, type Units } from "./program-sources.ts";
import { fromBytes, offsetAt, rangeOf } from "./text.ts";

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
  const found = structuralDefinition(around, units, file, offset) ?? definitionAt(source, offset);
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

/** Where a tag, a method or a label is written first as part of a type or a definition. */
function structuralDefinition(around: Surrounded, units: Units, file: string, offset: number): { readonly loc: Location } | undefined {
  if (!Object.hasOwn(around.project.files, file)) return undefined;
  const names = programNames(around, units);
  const namespace = names.nameAt(file, offset)?.namespace;
  if (namespace !== "tag" && namespace !== "method" && namespace !== "argument") return undefined;
  const defined = names.symbolAt(file, offset)?.references.find(({ written }) => written.definition !== undefined);
  return defined === undefined ? undefined : { loc: defined.written.loc };
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
  const offset = offsetAt(text, position.line, position.column);
  const name = partialNameAt(text, offset);
  if (name.qualifier.length === 0 && /[ \t\n(][~?]$/.test(text.slice(Math.max(0, name.wordStart - 2), name.wordStart))) return completeLabel(around, { name: fileName, text }, name);
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

/** Labels of the application in which one is being written, after its sign. */
function completeLabel(around: Surrounded, file: SourceFile, { wordStart, end }: PartialName): CompletionList {
  const { project } = around;
  // An argument of any type stands there instead.
  const changed = `${file.text.slice(0, wordStart - 1)}${PLACEHOLDER}${file.text.slice(end)}`;
  const completed = { ...around, project: { ...project, files: { ...project.files, [file.name]: changed } } };
  const source = typedSource(completed, openUnits(completed, file.name), file.name);
  const items = source === undefined ? [] : missingLabels(source, wordStart);
  return { range: rangeOf({ file, start: wordStart, end, ghost: false }), items: items.map(({ name, detail }) => ({ label: fromBytes(name), kind: "label", detail: fromBytes(detail), documentation: undefined })) };
}

/** The signature of the function whose argument is being written at a place. */
export function signatureHelp(around: Surrounded, fileName: string, position: TextPosition): SignatureHelp | undefined {
  const { project } = around;
  const file: SourceFile = { name: fileName, text: project.files[fileName] ?? "" };
  const offset = offsetAt(file.text, position.line, position.column);
  const changed = withArgument(file, offset);
  if (changed === undefined) return undefined;
  const completed = changed === file ? around : { ...around, project: { ...project, files: { ...project.files, [fileName]: changed.text } } };
  const source = typedSource(completed, openUnits(completed, fileName), fileName);
  const found = source === undefined ? undefined : signatureAt(source, offset, file);
  if (found === undefined) return undefined;
  const at = (bytes: number): number => fromBytes(found.label.slice(0, bytes)).length;
  return { label: fromBytes(found.label), parameters: found.parameters.map(({ start, end }) => ({ start: at(start), end: at(end) })), active: found.active, documentation: found.documentation === undefined ? undefined : fromBytes(found.documentation) };
}
