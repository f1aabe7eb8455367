/** Questions of the editor about a whole program: where a symbol is used, another name for it, the outline of a file, fixes for problems. */
import type { CodeFix, GraphRenaming, OutlineItem, Renamable, Renaming, SymbolReference, TextEdit, TextPosition, TextRange } from "../api.ts";
import { CONFIG_FILE } from "../composition/mirage/evaluate.ts";
import { fixesOf, type Fix, type FixContext } from "../language-service/fixes.ts";
import { outlineOf, type OutlineEntry } from "../language-service/outline.ts";
import type { ProgramNames, Symbol } from "../language-service/references.ts";
import { cannotBeCalled, cannotRename, edited, placesAfter, renamingEdits, type Edit, type NameEdit } from "../language-service/rename.ts";
import type { Diagnostic, SourceFile } from "../syntax/diagnostics.ts";
import { tokenize } from "../syntax/lexer.ts";
import { parseImplementation } from "../syntax/parser.ts";
import { capitalize } from "../packages/names.ts";
import { decodeTexts } from "./encoding.ts";
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

/** Why the project would be worse with these texts and this graph: what stands in the way of a build then and did not before. */
export type ProjectCheck = (files: Readonly<Record<string, string>>, graph: GraphRenaming) => string | undefined;

const NO_CHANGE: GraphRenaming = { modules: [], ports: [] };

/**
 * Renames, and types the result: it must have no more errors than before, and the new name must mean the symbol at exactly the places at
 * which the old one did (it neither hides another, nor is hidden). Where the graph or a configuration names the symbol, it is renamed, too.
 */
export function rename(around: Surrounded, file: string, position: TextPosition, name: string, check: ProjectCheck): Renaming {
  const units = openUnits(around, file);
  const names = programNames(around, units);
  const offset = offsetAt(textOf(around, file), position.line, position.column);
  const found = symbolToRename(around, names, file, offset);
  if ("reason" in found) return { ok: false, reason: found.reason };
  const { symbol } = found;
  if (name === symbol.name) return { ok: true, edits: [], graph: NO_CHANGE };
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
  const graph = renamedInGraph(around, symbol, name);
  const configuration = renamedInConfiguration(around, symbol, name);
  const refused = checkRenamed(around, byFile, name, before) ?? check(changedFiles(around, byFile), graph);
  if (refused !== undefined) return { ok: false, reason: fromBytes(refused) };
  return { ok: true, edits: [...edits, ...configuration].map(textEdit), graph: decodeTexts(graph) };
}

/** The module `Unikernel.Main` by which others than OCaml know the symbol, if it is one of a file's own modules. */
function modulePath({ name, references }: Symbol): string | undefined {
  const definition = references.find(({ file, written }) => written.definition !== undefined && written.namespace === "module" && file.name.endsWith(".ml") && isOfTopLevel(file, written.loc.start));
  return definition === undefined ? undefined : `${moduleOfFile(definition.file.name)}.${name}`;
}

const isOfTopLevel = (file: SourceFile, offset: number): boolean => outlineOf(file).some((entry) => entry.nameLoc.start === offset);

/** `Unikernel.Main.Inner` with another name for `Unikernel.Main`; undefined when it is none of that. */
function renamedPath(module: string, path: string, name: string): string | undefined {
  if (module !== path && !module.startsWith(`${path}.`)) return undefined;
  return `${path.slice(0, path.lastIndexOf(".") + 1)}${name}${module.slice(path.length)}`;
}

function renamedInGraph({ project: { manifest } }: Surrounded, symbol: Symbol, name: string): GraphRenaming {
  const path = modulePath(symbol);
  const functor = functorOfParameter(symbol);
  const applications = manifest.nodes.flatMap((node) => (node.kind === "application" ? [node] : []));
  const modules = applications.flatMap(({ id, module }) => {
    const renamed = path === undefined ? undefined : renamedPath(module, path, name);
    return renamed === undefined ? [] : [{ node: id, module: renamed }];
  });
  const ports = applications.flatMap(({ id, module }) => (module === functor ? [{ node: id, from: symbol.name, to: name }] : []));
  return { modules, ports };
}

/** The functor `Unikernel.Main` of which the symbol is a parameter. */
function functorOfParameter({ references }: Symbol): string | undefined {
  const definition = references.find(({ written }) => written.definition !== undefined && written.namespace === "module");
  if (definition === undefined || !definition.file.name.endsWith(".ml")) return undefined;
  for (const { desc } of parseImplementation(definition.file).tree.items) {
    if (desc.kind !== "module" || desc.binding.name.value === undefined) continue;
    for (let at = desc.binding.expression; at.desc.kind === "functor"; at = at.desc.body)
      if (at.desc.parameter.kind === "named" && at.desc.parameter.name.loc.start === definition.written.loc.start) return `${moduleOfFile(definition.file.name)}.${desc.binding.name.value}`;
  }
  return undefined;
}

const moduleOfFile = (fileName: string): string => capitalize(fileName.slice(0, -".ml".length));

/** `main "Unikernel.Main"` */
function renamedInConfiguration({ project, configured }: Surrounded, symbol: Symbol, name: string): Edit[] {
  const path = configured ? modulePath(symbol) : undefined;
  const text = project.files[CONFIG_FILE];
  if (path === undefined || text === undefined) return [];
  const file: SourceFile = { name: CONFIG_FILE, text };
  const { kinds, values, starts, ends } = tokenize(file);
  return kinds.flatMap((kind, i): Edit[] => {
    const module = kind === "string" ? renamedPath(values[i]!, path, name) : undefined;
    return module === undefined ? [] : [{ file, start: starts[i]!, end: ends[i]!, text: `"${module}"` }];
  });
}

function changedFiles({ project }: Surrounded, byFile: ReadonlyMap<string, readonly NameEdit[]>): Record<string, string> {
  return { ...project.files, ...Object.fromEntries([...byFile].map(([file, edits]) => [file, edited(project.files[file] ?? "", edits)])) };
}

function checkRenamed(around: Surrounded, byFile: ReadonlyMap<string, readonly NameEdit[]>, name: string, errorsBefore: number): string | undefined {
  const after: Surrounded = { ...around, project: { ...around.project, files: changedFiles(around, byFile) } };
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
