/** Actions on where the editor is: from names to their definitions, also in the library's sources, and back. */
import { ArrowLeft, FileSymlink, X } from "lucide-react";
import { libraryFileId, libraryFileOf, mainFile, type FileId } from "../model/document.ts";
import type { LeftPlace, LibraryFile, Place } from "../store/state.ts";
import type { EditorCommand, Studio } from "../studio.ts";
import { isMac, type Action } from "./action.ts";
import { notify } from "./notify.ts";
import { focusPanel } from "./view.ts";

/** How many places are remembered. */
const TRAIL_LENGTH = 100;

/** Goes to a place; the one that is left for it can be gone back to. */
export function goTo(studio: Studio, to: LeftPlace, from: Place | undefined): void {
  const { store } = studio;
  const { trail, reveal, libraryFile } = store.getState();
  const { file, line, column } = to;
  const left = from === undefined ? [] : [libraryFileOf(from.file) === undefined || libraryFile === undefined ? from : { ...from, libraryFile }];
  store.update({ activeFile: file, libraryFile: to.libraryFile ?? libraryFile, reveal: { file, line, column, request: (reveal?.request ?? 0) + 1 }, trail: [...trail, ...left].slice(-TRAIL_LENGTH) });
}

/** Shows a place in a file of the library beside the project's files. */
export function showLibraryFile(studio: Studio, { file, text, other }: LibraryFile, line: number, column: number, from: Place | undefined): void {
  goTo(studio, { file: libraryFileId(file), line, column, libraryFile: { file, text, ...(other === undefined ? {} : { other }) } }, from);
}

/** Where the editor is now. */
function here(studio: Studio): Place | undefined {
  const { activeFile } = studio.store.getState();
  const position = studio.handles.editor?.position();
  return activeFile === undefined || position === undefined ? undefined : { file: activeFile, ...position };
}

/** Shows where a module is defined that is named by its path, such as that of a device. */
export async function showModuleSource(studio: Studio, path: string): Promise<void> {
  const definition = await studio.compiler.moduleSource(path);
  if (definition === undefined) return notify(studio, "info", `The source of ${path} was not found`);
  const { startLine, startColumn } = definition.range;
  const own = studio.store.getState().document.files.find((file) => file.name === definition.file);
  focusPanel(studio, "editor");
  if (definition.origin === "library") showLibraryFile(studio, definition, startLine, startColumn, here(studio));
  else if (own !== undefined) goTo(studio, { file: own.id, line: startLine, column: startColumn }, here(studio));
}

export function closeLibraryFile(studio: Studio): void {
  const { activeFile, document, trail } = studio.store.getState();
  const wasShown = activeFile !== undefined && libraryFileOf(activeFile) !== undefined;
  const isElsewhere = (id: FileId): boolean => libraryFileOf(id) === undefined;
  const back = trail.findLast((place) => isElsewhere(place.file));
  studio.store.update({ libraryFile: undefined, trail: trail.filter((place) => isElsewhere(place.file)), ...(wasShown ? { activeFile: back?.file ?? mainFile(document) } : {}) });
}

const showsLibrary: NonNullable<Action["available"]> = ({ activeFile }) => activeFile !== undefined && libraryFileOf(activeFile) !== undefined;

/** A command of the editor as an action: it is done at the caret. */
function editorAction(name: string, title: string, command: EditorCommand, keys: readonly string[], heard?: Action["heard"]): Action {
  return {
    name,
    title,
    group: "Code",
    keys,
    ...(heard === undefined ? {} : { heard }),
    available: ({ activeFile }, { handles }) => activeFile !== undefined && handles.editor !== undefined,
    perform: ({ handles }) => handles.editor?.run(command),
  };
}

export const navigateActions: readonly Action[] = [
  editorAction("code.outline", "Go to a definition in this file…", "editor.action.quickOutline", ["Mod+Shift+O"]),
  editorAction("code.definition", "Go to the definition of the name at the caret", "editor.action.revealDefinition", ["F12"], "by the editor"),
  editorAction("code.references", "Find where the name at the caret is used", "editor.action.goToReferences", ["Shift+F12"], "by the editor"),
  editorAction("code.rename", "Rename the symbol at the caret…", "editor.action.rename", ["F2"], "by the editor"),
  editorAction("code.fix", "Fix the problem at the caret…", "editor.action.quickFix", ["Mod+."], "by the editor"),
  {
    name: "go.back",
    title: "Go back to where the editor was",
    group: "Go to",
    keys: [isMac ? "Mod+Alt+ArrowLeft" : "Alt+ArrowLeft"],
    icon: ArrowLeft,
    available: ({ trail }) => trail.length > 0,
    perform(studio) {
      const { store } = studio;
      const { trail } = store.getState();
      const place = trail.at(-1);
      if (place === undefined) return;
      store.update({ trail: trail.slice(0, -1) });
      goTo(studio, place, undefined);
      focusPanel(studio, "editor");
    },
  },
  {
    name: "go.other",
    title: "Go to the module's other file (interface, implementation)",
    group: "Go to",
    icon: FileSymlink,
    available: (state, studio) => showsLibrary(state, studio) && state.libraryFile?.other !== undefined,
    perform(studio) {
      const { libraryFile } = studio.store.getState();
      if (libraryFile?.other === undefined) return;
      const { other, file, text } = libraryFile;
      showLibraryFile(studio, { ...other, other: { file, text } }, 1, 1, here(studio));
    },
  },
  { name: "file.closeLibrary", title: "Close the library's file", group: "Files", icon: X, available: ({ libraryFile }) => libraryFile !== undefined, perform: closeLibraryFile },
];
