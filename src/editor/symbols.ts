/** What the compiler tells the editor about symbols: their references, renaming, the outline, signatures of calls, fixes. */
import type { OutlineItem, TextEdit } from "../../compiler-worker/api.ts";
import type { Studio } from "../studio.ts";
import { fileOf, toPosition, toRange, type ProjectModels } from "./language.ts";
import { renameWithGraph } from "./linked-renaming.ts";
import { monaco, OCAML } from "./monaco.ts";

const { SymbolKind } = monaco.languages;
const KINDS: Readonly<Record<OutlineItem["kind"], monaco.languages.SymbolKind>> = {
  module: SymbolKind.Module,
  functor: SymbolKind.Namespace,
  moduleType: SymbolKind.Interface,
  value: SymbolKind.Variable,
  function: SymbolKind.Function,
  type: SymbolKind.Struct,
  constructor: SymbolKind.EnumMember,
  field: SymbolKind.Field,
  exception: SymbolKind.Event,
  class: SymbolKind.Class,
  method: SymbolKind.Method,
};

const CHANGED = "The project has changed meanwhile: ask again.";

/** Registers the providers for OCaml that answer questions about symbols. */
export function registerSymbols(studio: Studio, models: ProjectModels): monaco.IDisposable {
  const { compiler } = studio;
  const { modelOf } = models;

  function documentSymbol({ name, kind, range, nameRange, children }: OutlineItem): monaco.languages.DocumentSymbol {
    return { name, detail: "", kind: KINDS[kind], tags: [], range: toRange(range), selectionRange: toRange(nameRange), children: children.map(documentSymbol) };
  }

  /** The edits, for the files as they are now. */
  function workspaceEdit(edits: readonly TextEdit[]): monaco.languages.WorkspaceEdit {
    return {
      edits: edits.flatMap(({ file, range, text }) => {
        const model = modelOf(file);
        return model === undefined ? [] : [{ resource: model.uri, textEdit: { range: toRange(range), text }, versionId: model.getVersionId() }];
      }),
    };
  }

  const registrations = [
    monaco.languages.registerReferenceProvider(OCAML, {
      async provideReferences(model, position, { includeDeclaration }) {
        const file = fileOf(models, model);
        const found = file === undefined ? undefined : await compiler.references(file, toPosition(position), false);
        return found?.flatMap(({ file: at, range, isDefinition }) => {
          const uri = includeDeclaration || !isDefinition ? modelOf(at)?.uri : undefined;
          return uri === undefined ? [] : [{ uri, range: toRange(range) }];
        });
      },
    }),
    monaco.languages.registerDocumentHighlightProvider(OCAML, {
      async provideDocumentHighlights(model, position) {
        const file = fileOf(models, model);
        const found = file === undefined ? undefined : await compiler.references(file, toPosition(position), true);
        const { Read, Write } = monaco.languages.DocumentHighlightKind;
        return found?.map(({ range, isDefinition }) => ({ range: toRange(range), kind: isDefinition ? Write : Read })) ?? [];
      },
    }),
    monaco.languages.registerRenameProvider(OCAML, {
      async resolveRenameLocation(model, position) {
        const file = fileOf(models, model);
        const found = file === undefined ? undefined : await compiler.renamable(file, toPosition(position));
        const nowhere = { range: new monaco.Range(position.lineNumber, position.column, position.lineNumber, position.column), text: "" };
        if (found?.ok !== true) return { ...nowhere, rejectReason: found?.reason ?? CHANGED };
        return { range: toRange(found.range), text: found.name };
      },
      async provideRenameEdits(model, position, name) {
        const file = fileOf(models, model);
        const renaming = file === undefined ? undefined : await compiler.rename(file, toPosition(position), name.trim());
        if (renaming?.ok !== true) return { edits: [], rejectReason: renaming?.reason ?? CHANGED };
        renameWithGraph(studio, model, renaming.graph);
        return workspaceEdit(renaming.edits);
      },
    }),
    monaco.languages.registerSignatureHelpProvider(OCAML, {
      signatureHelpTriggerCharacters: [" ", "~", "?"],
      async provideSignatureHelp(model, position) {
        const file = fileOf(models, model);
        const help = file === undefined ? undefined : await compiler.signatureHelp(file, toPosition(position));
        if (help === undefined) return undefined;
        const { label, parameters, active, documentation } = help;
        return {
          value: { signatures: [{ label, parameters: parameters.map(({ start, end }) => ({ label: [start, end] })), ...(documentation === undefined ? {} : { documentation }) }], activeSignature: 0, activeParameter: active },
          dispose: () => undefined,
        };
      },
    }),
    monaco.languages.registerDocumentSymbolProvider(OCAML, {
      displayName: "OCaml",
      async provideDocumentSymbols(model) {
        const file = fileOf(models, model);
        const outline = file === undefined ? undefined : await compiler.outline(file);
        return outline?.map(documentSymbol) ?? [];
      },
    }),
    monaco.languages.registerCodeActionProvider(
      OCAML,
      {
        async provideCodeActions(model, range, { markers }) {
          const file = fileOf(models, model);
          if (file === undefined || markers.length === 0) return undefined;
          const { startLineNumber, startColumn, endLineNumber, endColumn } = range;
          const fixes = (await compiler.fixes(file, { startLine: startLineNumber, startColumn, endLine: endLineNumber, endColumn })) ?? [];
          const actions = fixes.map(({ title, edits, range: of }): monaco.languages.CodeAction => ({
            title,
            kind: "quickfix",
            edit: workspaceEdit(edits),
            diagnostics: markers.filter((marker) => marker.startLineNumber === of.startLine && marker.startColumn === of.startColumn),
            isPreferred: fixes.length === 1,
          }));
          return { actions, dispose: () => undefined };
        },
      },
      { providedCodeActionKinds: ["quickfix"] },
    ),
  ];
  return { dispose: () => registrations.forEach((r) => r.dispose()) };
}
