/** Monaco with what an editor of OCaml needs: loaded apart from the studio, its worker bundled with it. */
import "monaco-editor/features/anchorSelect/register.js";
import "monaco-editor/features/bracketMatching/register.js";
import "monaco-editor/features/caretOperations/register.js";
import "monaco-editor/features/clipboard/register.js";
import "monaco-editor/features/codeAction/register.js";
import "monaco-editor/features/codeEditor/register.js";
import "monaco-editor/features/codicon/register.js";
import "monaco-editor/features/comment/register.js";
import "monaco-editor/features/contextmenu/register.js";
import "monaco-editor/features/cursorUndo/register.js";
import "monaco-editor/features/dnd/register.js";
import "monaco-editor/features/documentSymbols/register.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/features/folding/register.js";
import "monaco-editor/features/gotoError/register.js";
import "monaco-editor/features/gotoLine/register.js";
import "monaco-editor/features/gotoSymbol/register.js";
import "monaco-editor/features/hover/register.js";
import "monaco-editor/features/indentation/register.js";
import "monaco-editor/features/lineSelection/register.js";
import "monaco-editor/features/linesOperations/register.js";
import "monaco-editor/features/longLinesHelper/register.js";
import "monaco-editor/features/multicursor/register.js";
import "monaco-editor/features/parameterHints/register.js";
import "monaco-editor/features/quickCommand/register.js";
import "monaco-editor/features/quickOutline/register.js";
import "monaco-editor/features/readOnlyMessage/register.js";
import "monaco-editor/features/referenceSearch/register.js";
import "monaco-editor/features/rename/register.js";
import "monaco-editor/features/smartSelect/register.js";
import "monaco-editor/features/snippet/register.js";
import "monaco-editor/features/suggest/register.js";
// The feature itself registers inline suggestions only.
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
import "monaco-editor/features/toggleTabFocusMode/register.js";
import "monaco-editor/features/unicodeHighlighter/register.js";
import "monaco-editor/features/wordHighlighter/register.js";
import "monaco-editor/features/wordOperations/register.js";
import "monaco-editor/features/wordPartOperations/register.js";
import * as monaco from "monaco-editor/editor.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import { initialLineState, tokenizeLine, type LineState, type TokenKind } from "./ocaml-tokens.ts";

export { monaco };

export const OCAML = "ocaml";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

const scopes: Readonly<Record<TokenKind, string>> = {
  keyword: "keyword",
  module: "module",
  identifier: "identifier",
  type: "typevariable",
  label: "label",
  string: "string",
  number: "number",
  comment: "comment",
  operator: "operator",
  delimiter: "delimiter",
  attribute: "attribute",
  space: "white",
};

/** The tokenizer's state in the form in which Monaco keeps it between lines. */
class State implements monaco.languages.IState {
  readonly line: LineState;

  constructor(line: LineState) {
    this.line = line;
  }

  clone(): State {
    return this;
  }

  equals(other: monaco.languages.IState): boolean {
    return other instanceof State && other.line.comments === this.line.comments && (other.line.string === undefined) === (this.line.string === undefined) && other.line.string?.quoted === this.line.string?.quoted;
  }
}

monaco.languages.register({ id: OCAML, extensions: [".ml", ".mli"], aliases: ["OCaml"] });
monaco.languages.setTokensProvider(OCAML, {
  getInitialState: () => new State(initialLineState),
  tokenize(text, state) {
    const { tokens, state: after } = tokenizeLine(text, state instanceof State ? state.line : initialLineState);
    return { tokens: tokens.map((token) => ({ startIndex: token.start, scopes: scopes[token.kind] })), endState: new State(after) };
  },
});
monaco.languages.setLanguageConfiguration(OCAML, {
  comments: { blockComment: ["(*", "*)"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["[|", "|]"],
    ["{", "}"],
    ["begin", "end"],
    ["struct", "end"],
    ["sig", "end"],
    ["object", "end"],
  ],
  // Words in pairs are matched, but keep the colour of keywords.
  colorizedBracketPairs: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
  ],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: "{", close: "}" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
  surroundingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: "{", close: "}" },
    { open: '"', close: '"' },
  ],
  wordPattern: /[A-Za-z_][A-Za-z0-9_']*/,
});

// The editor's own key for it begins with that of the studio's command palette.
monaco.editor.addKeybindingRule({ keybinding: monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyI, command: "editor.action.showHover", when: "editorTextFocus" });

function rules(colours: { keyword: string; module: string; type: string; string: string; number: string; comment: string }): monaco.editor.ITokenThemeRule[] {
  return [
    { token: "keyword", foreground: colours.keyword },
    { token: "module", foreground: colours.module },
    { token: "typevariable", foreground: colours.type },
    { token: "label", foreground: colours.type },
    { token: "string", foreground: colours.string },
    { token: "number", foreground: colours.number },
    { token: "comment", foreground: colours.comment, fontStyle: "italic" },
    { token: "attribute", foreground: colours.comment },
  ];
}

interface Palette {
  readonly ground: string;
  readonly raised: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly lineHighlight: string;
  readonly accent: string;
  readonly accentSoft: string;
}

/** The studio's colours (styles.css) where the editor has its own. */
function colours({ ground, raised, ink, faint, line, lineHighlight, accent, accentSoft }: Palette): monaco.editor.IColors {
  return {
    "editor.background": ground,
    "editor.foreground": ink,
    "editorLineNumber.foreground": faint,
    "editorLineNumber.activeForeground": ink,
    "editor.lineHighlightBackground": lineHighlight,
    "editor.lineHighlightBorder": "#00000000",
    "editor.rangeHighlightBackground": `${accent}1c`,
    "editor.wordHighlightBackground": `${accent}26`,
    "editor.wordHighlightStrongBackground": `${accent}40`,
    focusBorder: accent,
    foreground: ink,
    "scrollbarSlider.background": `${faint}40`,
    "scrollbarSlider.hoverBackground": `${faint}70`,
    "scrollbarSlider.activeBackground": `${faint}90`,
    "editorWidget.background": raised,
    "editorWidget.foreground": ink,
    "editorWidget.border": line,
    "editorHoverWidget.background": raised,
    "editorHoverWidget.border": line,
    "editorSuggestWidget.background": raised,
    "editorSuggestWidget.border": line,
    "editorSuggestWidget.selectedBackground": accentSoft,
    "editorSuggestWidget.selectedForeground": ink,
    "editorSuggestWidget.selectedIconForeground": ink,
    "editorSuggestWidget.highlightForeground": accent,
    "editorSuggestWidget.focusHighlightForeground": accent,
    "editorActionList.background": raised,
    "editorActionList.foreground": ink,
    "editorActionList.focusBackground": accentSoft,
    "editorActionList.focusForeground": ink,
    "quickInput.background": raised,
    "quickInput.foreground": ink,
    "quickInputList.focusBackground": accentSoft,
    "quickInputList.focusForeground": ink,
    "quickInputList.focusIconForeground": ink,
    "list.focusBackground": accentSoft,
    "list.focusForeground": ink,
    "list.activeSelectionBackground": accentSoft,
    "list.activeSelectionForeground": ink,
    "list.highlightForeground": accent,
    "list.focusHighlightForeground": accent,
    "peekViewResult.background": raised,
    "peekViewResult.selectionBackground": accentSoft,
    "peekViewResult.selectionForeground": ink,
    "peekViewTitle.background": lineHighlight,
    "peekViewEditor.background": ground,
    "peekView.border": accent,
    "input.background": ground,
    "input.foreground": ink,
    "input.border": line,
    "menu.background": raised,
    "menu.foreground": ink,
    "menu.selectionBackground": accentSoft,
    "menu.selectionForeground": ink,
    "menu.border": line,
  };
}

monaco.editor.defineTheme("morgana-light", {
  base: "vs",
  inherit: true,
  rules: rules({ keyword: "7b2fb5", module: "0f5fa8", type: "14697a", string: "2d6a1f", number: "a0470c", comment: "666e80" }),
  colors: colours({ ground: "#ffffff", raised: "#ffffff", ink: "#1a1f2e", faint: "#697086", line: "#dcdfe8", lineHighlight: "#f5f6fa", accent: "#5b45d6", accentSoft: "#ebe8fc" }),
});
monaco.editor.defineTheme("morgana-dark", {
  base: "vs-dark",
  inherit: true,
  rules: rules({ keyword: "c99bf5", module: "7fbcff", type: "6fd0dc", string: "a4d68c", number: "f2a97c", comment: "858fa6" }),
  colors: colours({ ground: "#181d28", raised: "#1f2533", ink: "#e6e9f2", faint: "#8a94ad", line: "#2b3243", lineHighlight: "#1d2330", accent: "#8f7dff", accentSoft: "#2a2650" }),
});
