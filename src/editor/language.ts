/** What the compiler tells the editor about a place: hovers, completions, definitions. */
import type { Completion, TextPosition, TextRange } from "../../compiler-worker/api.ts";
import { goTo, showLibraryFile } from "../actions/navigate.ts";
import type { LibraryFile, Place } from "../store/state.ts";
import type { FileId } from "../model/document.ts";
import type { Studio } from "../studio.ts";
import { monaco, OCAML } from "./monaco.ts";

const KINDS: Readonly<Record<Completion["kind"], monaco.languages.CompletionItemKind>> = {
  value: monaco.languages.CompletionItemKind.Function,
  constructor: monaco.languages.CompletionItemKind.EnumMember,
  label: monaco.languages.CompletionItemKind.Field,
  type: monaco.languages.CompletionItemKind.TypeParameter,
  module: monaco.languages.CompletionItemKind.Module,
  moduleType: monaco.languages.CompletionItemKind.Interface,
  keyword: monaco.languages.CompletionItemKind.Keyword,
};

export const toRange = (range: TextRange): monaco.IRange => ({ startLineNumber: range.startLine, startColumn: range.startColumn, endLineNumber: range.endLine, endColumn: range.endColumn });
export const toPosition = ({ lineNumber, column }: monaco.Position): TextPosition => ({ line: lineNumber, column });

/** Files of the library are looked at, never edited: a model each, made when a definition leads there. */
const LIBRARY = "morgana-library";

export function libraryModel({ file, text }: LibraryFile): monaco.editor.ITextModel {
  const uri = monaco.Uri.from({ scheme: LIBRARY, path: `/${file}` });
  const present = monaco.editor.getModel(uri);
  if (present === null) return monaco.editor.createModel(text, OCAML, uri);
  // Another version of a library that a project brings.
  if (present.getValue() !== text) present.setValue(text);
  return present;
}

/** The project's files as models. */
export interface ProjectModels {
  readonly idOf: (model: monaco.editor.ITextModel) => FileId | undefined;
  readonly nameOf: (id: FileId) => string | undefined;
  readonly modelOf: (fileName: string) => monaco.editor.ITextModel | undefined;
}

/** The name by which the compiler knows a model's file. */
export function fileOf({ idOf, nameOf }: ProjectModels, model: monaco.editor.ITextModel): string | undefined {
  const id = idOf(model);
  return libraryFile(model.uri) ?? (id === undefined ? undefined : nameOf(id));
}

const libraryFile = (uri: monaco.Uri): string | undefined => (uri.scheme === LIBRARY ? uri.path.slice(1) : undefined);

/** Registers the providers for OCaml that answer questions about a place. */
export function registerLanguage(studio: Studio, models: ProjectModels): monaco.IDisposable {
  const { idOf, modelOf } = models;
  /** Files of the library to which definitions have led. */
  const seen = new Map<string, LibraryFile>();
  const registrations = [
    monaco.languages.registerHoverProvider(OCAML, {
      async provideHover(model, position) {
        const file = fileOf(models, model);
        const hover = file === undefined ? undefined : await studio.compiler.hover(file, toPosition(position));
        if (hover === undefined) return undefined;
        const contents = [{ value: `\`\`\`${OCAML}\n${hover.code}\n\`\`\`` }];
        if (hover.documentation !== undefined) contents.push({ value: escapeMarkdown(hover.documentation) });
        return { range: toRange(hover.range), contents };
      },
    }),
    monaco.languages.registerCompletionItemProvider(OCAML, {
      triggerCharacters: [".", "~", "?"],
      async provideCompletionItems(model, position) {
        const file = fileOf(models, model);
        const list = file === undefined ? undefined : await studio.compiler.complete(file, toPosition(position));
        if (list === undefined) return undefined;
        const range = toRange(list.range);
        return {
          suggestions: list.items.map((item, i) => ({
            label: item.label,
            kind: KINDS[item.kind],
            detail: item.detail,
            ...(item.documentation === undefined ? {} : { documentation: item.documentation }),
            insertText: item.label,
            // The compiler's order: what is nearest first.
            sortText: String(i).padStart(4, "0"),
            range,
          })),
        };
      },
    }),
    monaco.languages.registerDefinitionProvider(OCAML, {
      async provideDefinition(model, position) {
        const file = fileOf(models, model);
        const definition = file === undefined ? undefined : await studio.compiler.definition(file, toPosition(position));
        if (definition === undefined) return undefined;
        if (definition.origin === "library") seen.set(definition.file, definition);
        const uri = (definition.origin === "library" ? libraryModel(definition) : modelOf(definition.file))?.uri;
        return uri === undefined ? undefined : { uri, range: toRange(definition.range) };
      },
    }),
    monaco.editor.registerEditorOpener({
      openCodeEditor(source, resource, place) {
        const line = place === undefined ? 1 : "lineNumber" in place ? place.lineNumber : place.startLineNumber;
        const column = place === undefined ? 1 : "lineNumber" in place ? place.column : place.startColumn;
        const caret = source.getPosition();
        const shown = studio.store.getState().activeFile;
        const from: Place | undefined = caret === null || shown === undefined ? undefined : { file: shown, line: caret.lineNumber, column: caret.column };
        const inLibrary = seen.get(libraryFile(resource) ?? "");
        const model = monaco.editor.getModel(resource);
        const id = model === null ? undefined : idOf(model);
        if (inLibrary !== undefined) showLibraryFile(studio, inLibrary, line, column, from);
        else if (id !== undefined) goTo(studio, { file: id, line, column }, from);
        else return false;
        return true;
      },
    }),
  ];
  return { dispose: () => registrations.forEach((r) => r.dispose()) };
}

/** Documentation comments are ocamldoc's, not Markdown: only their code spans are kept, the rest is shown as it is. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\{!([^}]*)\}/g, "[$1]")
    .split(/(\[[^\]]*\])/)
    .map((part) => (part.startsWith("[") ? `\`${part.slice(1, -1)}\`` : part.replace(/[\\`*_{}#<>!|]/g, "\\$&")))
    .join("");
}
