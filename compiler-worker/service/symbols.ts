/** Questions of the editor about a whole program: where a symbol is used, another name for it, the outline of a file, fixes for problems. */
import type { CodeFix, OutlineItem, Renamable, Renaming, SymbolReference, TextEdit, TextPosition, TextRange } from "../api.ts";
import { CONFIG_FILE } from "../composition/mirage/evaluate.ts";
import { fixesOf, type Fix, type FixContext } from "../language-service/fixes.ts";
import { outlineOf, type OutlineEntry } from "../language-service/outline.ts";
import type { ProgramNames, Symbol } from "../language-service/references.ts";
import { cannotBeCalled, cannotRename, edited, placesAfter, renamingEdits, type Edit, type NameEdit } from "../language-service/rename.ts";
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import { libraryFile, openUnits, programNames, typedSource, type Surrounded, type Units } from "./program-sources.ts";
import { fromBytes, offsetAt, positionAt, rangeOf } from "./text.ts";

const textOf = ({ project }: Surrounded, file: string): string => project.files[file] ?? "";

const rangeIn = (file: SourceFile, start: number, end: number): TextRange => rangeOf({ file, start, end, ghost: false });

export function references(around: Surrounded, file: string, position: TextPosition, within: boolean): SymbolReference[] {
  const names = programNames(around, openUnits(around, file));
  const symbol = names.symbolAt(file, offsetAt(textOf(around, file), position.line, position.column), within ? file : undefined);
  return symbol?.references.map(({ file: at, written }) => ({ file: fromBytes(at.name), range: rangeIn(at, written.loc.start, written.loc.end), isDefinition: written.definition !== undefined })) ?? [];
}

function symbolToRename(around: Surrounded, names: ProgramNames, file: string, offset: number): { readonly symbol: Symbol } | { readonly reason: string } {
  if (!Object.hasOwn(around.project.files, file)) return { reason: "Files of the library cannot be changed." };
  const symbol = names.symbolAt(file, offset);
  if (symbol === undefined) return { reason: "Here stands no name that is known." };
  const reason = cannotRename(symbol);
  return reason === undefined ? { symbol } : { reason: fromBytes(reason) };
}

export function renamable(around: Surrounded, file: string, position: TextPosition): Renamable {
  const names = programNames(around, openUnits(around, file));
  const offset = offsetAt(textOf(around, file), position.line, position.column);
  const found = symbolToRename(around, names, file, offset);
  if ("reason" in found) return { ok: false, reason: found.reason };
  const { loc, name } = names.nameAt(file, offset)!;
  return { ok: true, name: fromBytes(name), range: rangeOf(loc) };
}

/** Errors of the program's own units. */
function countErrors({ session }: Surrounded, units: Units): { readonly count: number; readonly first: Diagnostic | undefined } {
  const errors = units.own.flatMap((unit) => [...session.interfaceDiagnostics(unit.name), ...(unit.implementation === undefined ? [] : session.typeUnit(unit.name).diagnostics)]).filter((d) => d.severity === "error");
  return { count: new Set(errors).size, first: errors[0] };
}

/**
 * Renames, and types the result: it must have no more errors than before, and the new name must mean the symbol at exactly the places at
 * which the old one did (it neither hides another, nor is hidden).
 */
export function rename(around: Surrounded, file: string, position: TextPosition, name: string): Renaming {
  const units = openUnits(around, file);
  const names = programNames(around, units);
  const offset = offsetAt(textOf(around, file), position.line, position.column);
  const found = symbolToRename(around, names, file, offset);
  if ("reason" in found) return { ok: false, reason: found.reason };
  const { symbol } = found;
  if (name === symbol.name) return { ok: true, edits: [] };
  const wrong = cannotBeCalled(symbol, name);
  if (wrong !== undefined) return { ok: false, reason: fromBytes(wrong) };
  const before = countErrors(around, units).count;
  const edits = renamingEdits(symbol, name);
  const byFile = new Map<string, NameEdit[]>();
  for (const edit of edits) {
    const own = byFile.get(edit.file.name);
    if (own === undefined) byFile.set(edit.file.name, [edit]);
    else own.push(edit);
  }
  const refused = checkRenamed(around, byFile, name, before);
  return refused === undefined ? { ok: true, edits: edits.map(textEdit) } : { ok: false, reason: fromBytes(refused) };
}

function checkRenamed(around: Surrounded, byFile: ReadonlyMap<string, readonly NameEdit[]>, name: string, errorsBefore: number): string | undefined {
  const { project } = around;
  const changed = Object.fromEntries([...byFile].map(([file, edits]) => [file, edited(project.files[file] ?? "", edits)]));
  const after: Surrounded = { ...around, project: { ...project, files: { ...project.files, ...changed } } };
  const [file, edits] = [...byFile][0]!;
  const units = openUnits(after, file);
  const { count, first } = countErrors(after, units);
  if (count > errorsBefore) return `The program would have an error: ${first?.message.split("\n")[0] ?? ""}`;
  const wanted = new Set([...byFile].flatMap(([at, own]) => placesAfter(own).map((place) => `${at}:${place}`)));
  const present = programNames(after, units).symbolAt(file, placesAfter(edits)[0]!)?.references ?? [];
  const other = present.find((r) => !wanted.has(`${r.file.name}:${r.written.loc.start}`));
  if (other !== undefined) return `There is a ${name} already, which is used in ${placeOf(other.file, other.written.loc.start)}.`;
  return present.length < wanted.size ? `In some places ${name} would mean something else.` : undefined;
}

function placeOf(file: SourceFile, offset: number): string {
  return `${file.name}, line ${positionAt(file.text, offset).line}`;
}

function textEdit({ file, start, end, text }: Edit): TextEdit {
  return { file: fromBytes(file.name), range: rangeIn(file, start, end), text: fromBytes(text) };
}

export function outline(around: Surrounded, fileName: string): OutlineItem[] {
  const file = Object.hasOwn(around.project.files, fileName) ? { name: fileName, text: textOf(around, fileName) } : libraryFile(around.library, fileName);
  return file === undefined ? [] : outlineOf(file).map(outlineItem);
}

function outlineItem({ name, kind, loc, nameLoc, children }: OutlineEntry): OutlineItem {
  return { name: fromBytes(name), kind, range: rangeOf(loc), nameRange: rangeOf(nameLoc), children: children.map(outlineItem) };
}

/** What is wrong with a file, and what fixes of it are looked for in. */
function problemsIn(around: Surrounded, fileName: string): { readonly diagnostics: readonly Diagnostic[]; readonly context: FixContext } {
  const { session } = around;
  const units = openUnits(around, fileName);
  const unit = units.own.find((u) => u.interface?.name === fileName || u.implementation?.name === fileName);
  const told = unit === undefined ? [] : [...session.interfaceDiagnostics(unit.name), ...(unit.implementation === undefined ? [] : session.typeUnit(unit.name).diagnostics)];
  const context = { file: { name: fileName, text: textOf(around, fileName) }, source: typedSource(around, units, fileName), names: programNames(around, units), units: [...units.names, ...[...around.library.units()].map((u) => u.name)], isConfiguration: around.configured && fileName === CONFIG_FILE };
  return { diagnostics: told.filter(({ location }) => location.file.name === fileName), context };
}

/** How often a fix is made again. */
const MOST_REPEATS = 20;

export function fixes(around: Surrounded, fileName: string, range: TextRange): CodeFix[] {
  const text = textOf(around, fileName);
  const from = offsetAt(text, range.startLine, range.startColumn);
  const to = offsetAt(text, range.endLine, range.endColumn);
  const { diagnostics, context } = problemsIn(around, fileName);
  return diagnostics
    .filter(({ location }) => location.start <= to && location.end >= from)
    .flatMap((diagnostic) =>
      fixesOf(diagnostic, context).map((fix): CodeFix => {
        const edits = fix.repeats === true ? repeated(around, fileName, diagnostic, fix) : fix.edits;
        return { title: fromBytes(fix.title), edits: edits.map(textEdit), message: fromBytes(diagnostic.message), range: rangeOf(diagnostic.location) };
      }),
    );
}

/** The fix, made again until the diagnostic is gone from its place: as one edit. */
function repeated(around: Surrounded, fileName: string, { location, warning }: Diagnostic, first: Fix): readonly Edit[] {
  const before = textOf(around, fileName);
  let after = edited(before, first.edits);
  for (let i = 0; i < MOST_REPEATS; i++) {
    const { diagnostics, context } = problemsIn({ ...around, project: { ...around.project, files: { ...around.project.files, [fileName]: after } } }, fileName);
    const again = diagnostics.find((d) => d.warning?.number === warning?.number && d.location.start === location.start);
    const fix = again === undefined ? undefined : fixesOf(again, context).find((f) => f.title === first.title);
    if (fix === undefined) break;
    after = edited(after, fix.edits);
  }
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let common = 0;
  while (common < before.length - start && common < after.length - start && before[before.length - 1 - common] === after[after.length - 1 - common]) common++;
  return [{ file: { name: fileName, text: before }, start, end: before.length - common, text: after.slice(start, after.length - common) }];
}
