/** The editor: one Monaco editor, a model a file; texts go to the store at each change and come from it when it differs. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { OutlineItem } from "../../compiler-worker/api.ts";
import { goTo } from "../actions/navigate.ts";
import { setText } from "../actions/project.ts";
import { isDark } from "../actions/view.ts";
import { handleKey } from "../actions/index.ts";
import { CONFIGURATION_FILE } from "../model/configuration.ts";
import { GENERATED, GENERATED_CONFIGURATION, GENERATED_FILE, isGenerated, isReadOnly, libraryFileId, libraryFileOf, type FileId } from "../model/document.ts";
import { problemsOf } from "../store/selectors.ts";
import { useStudio, type Studio } from "../studio.ts";
import { installIndentation } from "./auto-indent.ts";
import { Breadcrumbs, definitionsAround } from "./breadcrumbs.tsx";
import { fileUri } from "./file-uri.ts";
import { libraryModel, registerLanguage, toPosition, type ProjectModels } from "./language.ts";
import { monaco, OCAML } from "./monaco.ts";
import { registerSymbols } from "./symbols.ts";

const MARKER_OWNER = "compiler";

/** Milliseconds of rest after which the definitions around the caret are looked for. */
const OUTLINE_DELAY = 150;

/** Where the caret is: in which file, and in which definitions of it. */
interface CaretPlace {
  readonly file: string;
  readonly path: readonly OutlineItem[];
}

export default function CodeEditor(): ReactNode {
  const studio = useStudio();
  const host = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<CaretPlace>();
  useEffect(() => {
    if (host.current === null) return;
    return mountEditor(studio, host.current, setPlace);
  }, [studio]);
  const choose = (item: OutlineItem | undefined): void => {
    const { editor } = studio.handles;
    const { activeFile: file } = studio.store.getState();
    const caret = editor?.position();
    if (item === undefined) editor?.run("editor.action.quickOutline");
    else if (file !== undefined) goTo(studio, { file, line: item.nameRange.startLine, column: item.nameRange.startColumn }, caret === undefined ? undefined : { file, ...caret });
  };
  return (
    <div className="flex h-full w-full flex-col">
      {place !== undefined && <Breadcrumbs {...place} onChoose={choose} />}
      <div ref={host} className="min-h-0 flex-1" data-testid="editor" />
    </div>
  );
}

/** Makes the editor and keeps it and the store in step until the returned function is called; `onPlace` is told where the caret is. */
function mountEditor(studio: Studio, host: HTMLElement, onPlace: (place: CaretPlace | undefined) => void): () => void {
  const { store } = studio;
  const models = new Map<FileId, monaco.editor.ITextModel>();
  const viewStates = new Map<FileId, monaco.editor.ICodeEditorViewState | null>();
  let shown: FileId | undefined;
  let taking = false;

  const editor = monaco.editor.create(host, {
    model: null,
    automaticLayout: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--font-mono") || "monospace",
    fontSize: 12.5,
    lineHeight: 19,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    tabSize: 2,
    insertSpaces: true,
    autoIndent: "keep",
    renderLineHighlight: "line",
    wordBasedSuggestions: "off",
    acceptSuggestionOnEnter: "smart",
    fixedOverflowWidgets: true,
    // The theme's colours do not reach into a shadow root: the menu would be transparent.
    useShadowDOM: false,
    padding: { top: 8, bottom: 8 },
    ariaLabel: "OCaml source",
    theme: isDark(store.getState()) ? "morgana-dark" : "morgana-light",
    smoothScrolling: false,
    stickyScroll: { enabled: false },
    overviewRulerBorder: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    quickSuggestions: { other: true, comments: false, strings: false },
    lineNumbersMinChars: 3,
    glyphMargin: false,
    folding: true,
    unicodeHighlight: { ambiguousCharacters: false },
  });

  function modelOf(file: FileId, text: string): monaco.editor.ITextModel {
    const present = models.get(file);
    if (present !== undefined) return present;
    const model = monaco.editor.createModel(text, OCAML, fileUri(file, () => nameOf(file)));
    models.set(file, model);
    model.onDidChangeContent(() => {
      if (!taking && !isGenerated(file)) setText(studio, file, model.getValue());
    });
    return model;
  }

  const nameOf = (file: FileId): string => (file === GENERATED ? GENERATED_FILE : file === GENERATED_CONFIGURATION ? CONFIGURATION_FILE : (store.getState().document.files.find((f) => f.id === file)?.name ?? file));

  /** The text of the store into the model, as one step that the editor can undo. */
  function take(file: FileId, text: string): void {
    const model = models.get(file);
    if (model === undefined || model.getValue() === text) return;
    taking = true;
    try {
      if (isGenerated(file)) model.setValue(text);
      else model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    } finally {
      taking = false;
    }
  }

  function sync(): void {
    const state = store.getState();
    const { document, texts, activeFile, checked, libraryFile } = state;
    const names = new Map(document.files.map((file) => [file.id, file.name]));
    for (const file of models.keys()) if (!isGenerated(file) && texts[file] !== undefined) take(file, texts[file]);
    const generated = new Map([[GENERATED, checked?.main], [GENERATED_CONFIGURATION, checked?.configuration]]);
    for (const [file, text] of generated) if (text !== undefined) take(file, text);
    const isThere = (file: FileId): boolean => (isGenerated(file) ? generated.get(file) !== undefined : names.has(file) || (libraryFile !== undefined && libraryFileId(libraryFile.file) === file));
    const wanted = activeFile !== undefined && isThere(activeFile) ? activeFile : undefined;
    if (wanted === shown) return;
    if (shown !== undefined) viewStates.set(shown, editor.saveViewState());
    shown = wanted;
    outline = [];
    if (wanted === undefined) {
      editor.setModel(null);
      tellPlace();
      return;
    }
    const ofLibrary = libraryFileOf(wanted);
    editor.setModel(ofLibrary !== undefined && libraryFile !== undefined ? libraryModel(libraryFile) : modelOf(wanted, generated.get(wanted) ?? texts[wanted] ?? ""));
    const name = ofLibrary ?? nameOf(wanted);
    editor.updateOptions({ readOnly: isReadOnly(wanted), readOnlyMessage: { value: ofLibrary === undefined ? "This text is generated from the canvas." : "This file is part of the library." }, ariaLabel: `OCaml source ${name}` });
    const viewState = viewStates.get(wanted);
    if (viewState !== undefined && viewState !== null) editor.restoreViewState(viewState);
    mark();
    tellPlace();
    readOutline(0);
  }

  function mark(): void {
    const state = store.getState();
    const files = new Map<FileId, string>([...state.document.files.map((file): [FileId, string] => [file.id, file.name]), [GENERATED, GENERATED_FILE]]);
    for (const [file, model] of models) {
      const name = files.get(file);
      const markers = problemsOf(state)
        .filter((problem) => problem.file !== undefined && problem.file === name)
        .map((problem): monaco.editor.IMarkerData => {
          const range = problem.range ?? { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
          const empty = range.startLine === range.endLine && range.startColumn === range.endColumn;
          return {
            severity: problem.severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
            message: problem.message,
            startLineNumber: range.startLine,
            startColumn: range.startColumn,
            endLineNumber: range.endLine,
            endColumn: empty ? range.endColumn + 1 : range.endColumn,
          };
        });
      monaco.editor.setModelMarkers(model, MARKER_OWNER, markers);
    }
  }

  /** Shows the place that is asked for; a request that came before the editor waits for it. */
  function reveal(): void {
    const { reveal: wanted } = store.getState();
    if (wanted === undefined || wanted.file !== shown) return;
    store.update({ reveal: undefined });
    const position = { lineNumber: wanted.line, column: wanted.column };
    editor.setPosition(position);
    editor.revealPositionInCenterIfOutsideViewport(position);
    editor.focus();
  }

  let outline: readonly OutlineItem[] = [];
  let outlineTimer: ReturnType<typeof setTimeout> | undefined;

  function tellPlace(): void {
    const position = editor.getPosition();
    if (shown === undefined || position === null) onPlace(undefined);
    else onPlace({ file: libraryFileOf(shown) ?? nameOf(shown), path: definitionsAround(outline, toPosition(position)) });
  }

  /** Looks for the definitions of the file that is shown now. */
  function readOutline(delay: number): void {
    clearTimeout(outlineTimer);
    outlineTimer = setTimeout(() => {
      const file = shown;
      const name = file === undefined ? undefined : (libraryFileOf(file) ?? (isGenerated(file) ? undefined : nameOf(file)));
      if (name === undefined) return;
      void studio.compiler.outline(name).then((found) => {
        if (found === undefined || file !== shown) return;
        outline = found;
        tellPlace();
      });
    }, delay);
  }

  function takeFocus(): void {
    if (store.getState().panelFocus !== "editor" || shown === undefined) return;
    editor.focus();
    store.update({ panelFocus: undefined });
  }

  sync();
  mark();
  reveal();
  takeFocus();

  const unsubscribe = store.subscribe((state, previous) => {
    if (state.projectId !== previous.projectId) {
      editor.setModel(null);
      shown = undefined;
      for (const model of models.values()) model.dispose();
      models.clear();
      viewStates.clear();
    }
    if (state.document.files !== previous.document.files || state.texts !== previous.texts || state.activeFile !== previous.activeFile || state.libraryFile !== previous.libraryFile || state.checked !== previous.checked || state.projectId !== previous.projectId) sync();
    if (state.checked !== previous.checked) mark();
    if (state.checked !== previous.checked || state.document.files !== previous.document.files) {
      tellPlace();
      readOutline(OUTLINE_DELAY);
    }
    if (state.reveal !== previous.reveal) reveal();
    takeFocus();
    if (isDark(state) !== isDark(previous)) monaco.editor.setTheme(isDark(state) ? "morgana-dark" : "morgana-light");
  });

  // Monaco would take some of the studio's keys for itself.
  const onKeyDown = (event: KeyboardEvent): void => {
    handleKey(studio, event);
  };
  host.addEventListener("keydown", onKeyDown, { capture: true });

  const projectModels: ProjectModels = {
    idOf: (model) => [...models].find(([, m]) => m === model)?.[0],
    nameOf: (id) => store.getState().document.files.find((file) => file.id === id)?.name,
    modelOf(fileName) {
      const { document, texts } = store.getState();
      const file = document.files.find((f) => f.name === fileName);
      return file === undefined ? undefined : modelOf(file.id, texts[file.id] ?? "");
    },
  };
  const registrations = [editor.onDidChangeCursorPosition(tellPlace), installIndentation(editor), registerLanguage(studio, projectModels), registerSymbols(studio, projectModels)];

  studio.handles.editor = {
    position() {
      const position = editor.getPosition();
      return position === null ? undefined : { line: position.lineNumber, column: position.column };
    },
    run: (command) => {
      editor.focus();
      void editor.getAction(command)?.run();
    },
    undo: () => editor.trigger("studio", "undo", null),
    redo: () => editor.trigger("studio", "redo", null),
  };

  return () => {
    studio.handles.editor = undefined;
    clearTimeout(outlineTimer);
    host.removeEventListener("keydown", onKeyDown, { capture: true });
    unsubscribe();
    registrations.forEach((registration) => registration.dispose());
    editor.dispose();
    for (const model of models.values()) model.dispose();
  };
}
