/** What the compiler tells the editor about a place: hovers, completions, definitions. */
import type { Completion, TextPosition, TextRange } from "../../compiler-worker/api.ts";
import { revealPlace } from "../actions/graph.ts";
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

const toRange = (range: TextRange): monaco.IRange => ({ startLineNumber: range.startLine, startColumn: range.startColumn, endLineNumber: range.endLine, endColumn: range.endColumn });
const toPosition = ({ lineNumber, column }: monaco.Position): TextPosition => ({ line: lineNumber, column });

/** Files of the library are looked at, never edited: a model each, made when a definition leads there. */
const LIBRARY = "morgana-library";

function libraryModel(file: string, text: string): monaco.Uri {
  const uri = monaco.Uri.from({ scheme: LIBRARY, path: `/${file}` });
  if (monaco.editor.getModel(uri) === null) monaco.editor.createModel(text, OCAML, uri);
  return uri;
}

/** Registers the providers for OCaml; `fileOf` names the project's file that a model shows, and `modelOf` is the other way. */
export function registerLanguage(studio: Studio, fileOf: (model: monaco.editor.ITextModel) => string | undefined, modelOf: (fileName: string) => monaco.editor.ITextModel | undefined): monaco.IDisposable {
  const registrations = [
    monaco.languages.registerHoverProvider(OCAML, {
      async provideHover(model, position) {
        const file = fileOf(model);
        const hover = file === undefined ? undefined : await studio.compiler.hover(file, toPosition(position));
        if (hover === undefined) return undefined;
        const contents = [{ value: `\`\`\`${OCAML}\n${hover.code}\n\`\`\`` }];
        if (hover.documentation !== undefined) contents.push({ value: escapeMarkdown(hover.documentation) });
        return { range: toRange(hover.range), contents };
      },
    }),
    monaco.languages.registerCompletionItemProvider(OCAML, {
      triggerCharacters: ["."],
      async provideCompletionItems(model, position) {
        const file = fileOf(model);
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
        const file = fileOf(model);
        const definition = file === undefined ? undefined : await studio.compiler.definition(file, toPosition(position));
        if (definition === undefined) return undefined;
        const uri = definition.origin === "library" ? libraryModel(definition.file, definition.text) : modelOf(definition.file)?.uri;
        return uri === undefined ? undefined : { uri, range: toRange(definition.range) };
      },
    }),
    monaco.editor.registerEditorOpener({
      openCodeEditor(source, resource, place) {
        if (resource.scheme === LIBRARY) {
          // Not a file of the project: it is shown inside the editor.
          source.trigger("studio", "editor.action.peekDefinition", null);
          return true;
        }
        const model = monaco.editor.getModel(resource);
        const file = model === null ? undefined : fileOf(model);
        if (file === undefined) return false;
        const line = place === undefined ? 1 : "lineNumber" in place ? place.lineNumber : place.startLineNumber;
        const column = place === undefined ? 1 : "lineNumber" in place ? place.column : place.startColumn;
        revealPlace(studio, file, line, column);
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
