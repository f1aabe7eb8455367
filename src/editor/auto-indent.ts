/** Indentation while typing: new lines begin where OCaml's structure has them, lines that close go back to what they close. */
import { CLOSING, indentAfter, indentOfClosing } from "./indent.ts";
import { monaco } from "./monaco.ts";

/** Closing words that are no beginning of a common name: the line goes back as soon as they are there; others when the word is over. */
const AT_ONCE = new Set(["end", "done", "|", ")", "]", "}", "|]"]);

const SOURCE = "indentation";

export function installIndentation(editor: monaco.editor.IStandaloneCodeEditor): monaco.IDisposable {
  /** The text up to a position, by lines. */
  const linesBefore = (model: monaco.editor.ITextModel, line: number, column: number): string[] => {
    const lines = model.getLinesContent().slice(0, line);
    lines[line - 1] = (lines[line - 1] ?? "").slice(0, column - 1);
    return lines;
  };

  const breakLine = (): void => {
    const model = editor.getModel();
    const selections = editor.getSelections();
    if (model === null || selections === null) return;
    const added: { readonly lines: number; readonly column: number }[] = [];
    const edits = selections.map((selection): monaco.editor.IIdentifiedSingleEditOperation => {
      const { startLineNumber, startColumn, endLineNumber, endColumn } = selection;
      const before = linesBefore(model, startLineNumber, startColumn);
      const current = before.at(-1) ?? "";
      const rest = model.getLineContent(endLineNumber).slice(endColumn - 1);
      const blanks = /^ */.exec(rest)![0].length;
      const isBlank = current.trim() === "";
      const indent = isBlank ? current.length : (indentAfter(before) ?? /^ */.exec(current)![0].length);
      const closer = /^(?:end\b|done\b|\|\]|[)\]}])/.exec(rest.trimStart())?.[0];
      const closing = closer === undefined ? undefined : indentOfClosing(before, closer);
      const isEmpty = closing !== undefined && indent > closing;
      added.push({ lines: 1, column: (closing === undefined || isEmpty ? indent : closing) + 1 });
      const text = `\n${" ".repeat(added.at(-1)!.column - 1)}${isEmpty ? `\n${" ".repeat(closing)}` : ""}`;
      return { range: new monaco.Range(startLineNumber, isBlank ? 1 : startColumn, endLineNumber, endColumn + blanks), text, forceMoveMarkers: true };
    });
    editor.pushUndoStop();
    editor.executeEdits(SOURCE, edits, (inverse) =>
      inverse.map(({ range }, i) => {
        const { lines, column } = added[i]!;
        return new monaco.Selection(range.startLineNumber + lines, column, range.startLineNumber + lines, column);
      }),
    );
    editor.pushUndoStop();
    editor.revealPosition(editor.getPosition()!);
  };

  /** The line goes to where what it closes is; the caret goes with it. */
  const closeLine = (line: number, typed: string): void => {
    const model = editor.getModel();
    const match = CLOSING.exec(typed);
    if (model === null || match === null) return;
    const indent = indentOfClosing(model.getLinesContent().slice(0, line - 1), match[1]!);
    const present = typed.length - typed.trimStart().length;
    if (indent === undefined || indent === present) return;
    editor.executeEdits(SOURCE, [{ range: new monaco.Range(line, 1, line, present + 1), text: " ".repeat(indent) }]);
  };

  editor.addCommand(
    monaco.KeyCode.Enter,
    () => {
      const position = editor.getPosition();
      if (position !== null) closeLine(position.lineNumber, editor.getModel()?.getLineContent(position.lineNumber).slice(0, position.column - 1) ?? "");
      breakLine();
    },
    "editorTextFocus && !editorReadonly && !suggestWidgetVisible && !renameInputVisible && !inSnippetMode",
  );

  return editor.onDidChangeModelContent(({ changes, isUndoing, isRedoing, isFlush }) => {
    const change = changes[0];
    if (isUndoing || isRedoing || isFlush || changes.length !== 1 || change === undefined || change.text.length !== 1 || change.rangeLength > 0 || !editor.hasTextFocus()) return;
    const { startLineNumber: line, startColumn: column } = change.range;
    const typed = (editor.getModel()?.getLineContent(line) ?? "").slice(0, column);
    const word = AT_ONCE.has(typed.trim()) ? typed : /\w$/.test(typed) ? undefined : typed.slice(0, -1);
    // Edits are made when the present one is over.
    if (word !== undefined && CLOSING.test(word)) queueMicrotask(() => closeLine(line, word));
  });
}
