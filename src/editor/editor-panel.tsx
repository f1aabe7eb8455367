/** The editor with its tabs: one a file, one for the generated program. */
import { ContextMenu } from "radix-ui";
import { ArrowLeft, BookOpen, FileCode, FilePlus, FileSymlink, Lock, PenLine, Trash2, X } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { closeLibraryFile } from "../actions/navigate.ts";
import { removeFile, showFile } from "../actions/project.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { CONFIGURATION_FILE } from "../model/configuration.ts";
import { GENERATED, GENERATED_CONFIGURATION, GENERATED_FILE, isGenerated, isReadOnly, libraryFileId } from "../model/document.ts";
import { usePanelFocus } from "../shell/focus.ts";
import { problemsOf } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { menuContent, menuItem } from "../ui/menu.ts";

const CodeEditor = lazy(() => import("./code-editor.tsx"));

export function EditorPanel(): ReactNode {
  const studio = useStudio();
  const files = useStudioState((state) => state.document.files);
  const active = useStudioState((state) => state.activeFile);
  const hasMain = useStudioState((state) => state.checked?.main !== undefined);
  const hasConfiguration = useStudioState((state) => state.checked?.configuration !== undefined);
  const faulty = useStudioState((state) => problemsOf(state).flatMap((problem) => (problem.severity === "error" && problem.file !== undefined ? [problem.file] : [])));
  const wrong = new Set(faulty);
  const generated = [...(hasConfiguration ? [{ id: GENERATED_CONFIGURATION, name: CONFIGURATION_FILE }] : []), ...(hasMain ? [{ id: GENERATED, name: GENERATED_FILE }] : [])];
  const ofLibrary = useStudioState((state) => (state.libraryFile === undefined ? undefined : { id: libraryFileId(state.libraryFile.file), file: state.libraryFile.file, other: state.libraryFile.other?.file }));
  const hasTrail = useStudioState((state) => state.trail.length > 0);
  const tabs = [...files.map((file) => file.id), ...generated.map((file) => file.id), ...(ofLibrary === undefined ? [] : [ofLibrary.id])];
  const shown = active !== undefined && tabs.includes(active) ? active : undefined;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown !== undefined) document.getElementById(`tab-${shown}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [shown]);
  // The code takes the focus itself; without a file there is none.
  usePanelFocus("editor", () => {
    if (shown !== undefined) return false;
    panel.current?.querySelector<HTMLElement>("[data-panel-entry]")?.focus();
    return true;
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(shown ?? "");
    const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const next = steps[event.key] === undefined ? undefined : tabs[((steps[event.key] ?? 0) + tabs.length) % tabs.length];
    if (next !== undefined) {
      event.preventDefault();
      showFile(studio, next);
      document.getElementById(`tab-${next}`)?.focus();
    } else if (event.key === "F2" && shown !== undefined && !isReadOnly(shown)) {
      event.preventDefault();
      perform(studio, actionNamed("file.rename"));
    } else if (event.key === "Delete" && shown !== undefined && !isGenerated(shown)) {
      event.preventDefault();
      event.stopPropagation();
      if (shown === ofLibrary?.id) closeLibraryFile(studio);
      else void removeFile(studio, shown);
    }
  };

  const tabClass = "group flex h-full shrink-0 items-center gap-1.5 border-r border-line px-3 text-[12.5px] text-ink-soft hover:text-ink focus-visible:outline-offset-[-3px] aria-selected:bg-panel aria-selected:text-ink aria-selected:shadow-[inset_0_2px_0_var(--accent)]";
  return (
    <div ref={panel} data-panel="editor" className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-stretch border-b border-line bg-sunken">
        <div role="tablist" aria-label="Files" className="flex min-w-0 flex-1 items-stretch overflow-x-auto [scrollbar-width:none]" onKeyDown={onKeyDown} onWheel={({ currentTarget, deltaY }) => currentTarget.scrollBy({ left: deltaY })}>
          {files.map((file) => (
            <ContextMenu.Root key={file.id}>
              <ContextMenu.Trigger asChild>
                <button type="button" role="tab" id={`tab-${file.id}`} aria-selected={shown === file.id} aria-controls="editor-area" {...entry(shown === file.id || (shown === undefined && file === files[0]))} className={tabClass} onClick={() => showFile(studio, file.id)} onDoubleClick={() => studio.store.update({ dialog: "rename-file", dialogSubject: file.id })}>
                  <FileCode size={13} className="text-ink-faint" aria-hidden />
                  <span className={wrong.has(file.name) ? "text-bad" : ""}>{file.name}</span>
                  {wrong.has(file.name) && <span className="sr-only">(has errors)</span>}
                </button>
              </ContextMenu.Trigger>
              <ContextMenu.Portal>
                <ContextMenu.Content className={menuContent}>
                  <ContextMenu.Item className={menuItem} onSelect={() => studio.store.update({ dialog: "rename-file", dialogSubject: file.id })}>
                    <PenLine size={14} aria-hidden /> Rename…
                  </ContextMenu.Item>
                  <ContextMenu.Item className={menuItem} onSelect={() => void removeFile(studio, file.id)}>
                    <Trash2 size={14} aria-hidden /> Delete…
                  </ContextMenu.Item>
                </ContextMenu.Content>
              </ContextMenu.Portal>
            </ContextMenu.Root>
          ))}
          {generated.map(({ id, name }) => (
            <button key={id} type="button" role="tab" id={`tab-${id}`} aria-selected={shown === id} aria-controls="editor-area" {...entry(shown === id)} className={tabClass} title="Generated from the canvas; read-only" onClick={() => showFile(studio, id)}>
              <Lock size={12} className="text-ink-faint" aria-hidden />
              <span className="italic">{name}</span>
            </button>
          ))}
          {ofLibrary !== undefined && (
            <>
              <button type="button" role="tab" id={`tab-${ofLibrary.id}`} aria-selected={shown === ofLibrary.id} aria-controls="editor-area" {...entry(shown === ofLibrary.id)} className={`${tabClass} !border-r-0 !pr-1.5`} title={`${ofLibrary.file}: part of the library; read-only`} onClick={() => showFile(studio, ofLibrary.id)}>
                <BookOpen size={12} className="text-ink-faint" aria-hidden />
                <span className="italic">{ofLibrary.file.split("/").at(-1)}</span>
              </button>
              <button type="button" tabIndex={-1} aria-label={`Close ${ofLibrary.file}`} className={`flex shrink-0 items-center border-r border-line pr-2 text-ink-faint hover:text-ink ${shown === ofLibrary.id ? "bg-panel shadow-[inset_0_2px_0_var(--accent)]" : ""}`} onClick={() => closeLibraryFile(studio)}>
                <X size={13} aria-hidden />
              </button>
            </>
          )}
        </div>
        <div className="flex items-center gap-0.5 px-1">
          {hasTrail && (
            <IconButton label="Back to where the editor was" hotkey={actionNamed("go.back").keys?.[0]} onClick={() => perform(studio, actionNamed("go.back"))}>
              <ArrowLeft size={14} aria-hidden />
            </IconButton>
          )}
          {shown !== undefined && shown === ofLibrary?.id && ofLibrary.other !== undefined && (
            <IconButton label={ofLibrary.other.endsWith(".mli") ? "Show the interface" : "Show the implementation"} onClick={() => perform(studio, actionNamed("go.other"))}>
              <FileSymlink size={14} aria-hidden />
            </IconButton>
          )}
          <IconButton label="Rename this file" disabled={shown === undefined || isReadOnly(shown)} onClick={() => perform(studio, actionNamed("file.rename"))}>
            <PenLine size={14} aria-hidden />
          </IconButton>
          <IconButton label="Delete this file" disabled={shown === undefined || isReadOnly(shown)} onClick={() => perform(studio, actionNamed("file.delete"))}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
          <IconButton label="New file" onClick={() => perform(studio, actionNamed("file.new"))}>
            <FilePlus size={15} aria-hidden />
          </IconButton>
        </div>
      </div>
      <div id="editor-area" role="tabpanel" aria-labelledby={shown === undefined ? undefined : `tab-${shown}`} className="relative min-h-0 flex-1 bg-panel">
        <Suspense fallback={<p className="p-4 text-ink-faint">The editor is being loaded…</p>}>
          <CodeEditor />
        </Suspense>
        {shown === undefined && (
          <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 bg-panel text-ink-soft">
            <p>{isGenerated(active) ? "There is no generated program while the graph is incomplete." : "No file is open."}</p>
            {files.length === 0 && <Button data-panel-entry onClick={() => perform(studio, actionNamed("file.new"))}>New file…</Button>}
          </div>
        )}
      </div>
    </div>
  );
}

/** Of the tabs one is reached by Tab, from which the arrow keys lead to the others. */
function entry(is: boolean): { readonly tabIndex: number; readonly "data-panel-entry"?: true } {
  return is ? { tabIndex: 0, "data-panel-entry": true } : { tabIndex: -1 };
}
