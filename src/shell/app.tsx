/** The window: bar, palette, canvas over inspector, editor over output, status. */
import { Tooltip } from "radix-ui";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from "react";
import { handleKey } from "../actions/index.ts";
import { attempt } from "../actions/notify.ts";
import { takeFileObjects } from "../actions/project.ts";
import { isDark, setLayout } from "../actions/view.ts";
import { Canvas } from "../canvas/canvas.tsx";
import { EditorPanel } from "../editor/editor-panel.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { Palette } from "../palette/palette.tsx";
import { OutputPanel } from "../panels/output-panel.tsx";
import { readDrop } from "../persistence/drop.ts";
import { defaultPreferences } from "../store/state.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { IconButton } from "../ui/button.tsx";
import { FaultBoundary } from "../ui/fault-boundary.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { Dialogs } from "./dialogs.tsx";
import { keepFocus } from "./focus.ts";
import { Messages } from "./messages.tsx";
import { Splitter } from "./splitter.tsx";
import { StatusBar } from "./status-bar.tsx";
import { TopBar } from "./top-bar.tsx";

const defaults = defaultPreferences.layout;

/** Narrowest that canvas and editor may be, and lowest that panels may be, in pixels. */
const MIN_WIDTH = 280;
const MIN_HEIGHT = 96;

export function App(): ReactNode {
  const studio = useStudio();
  const layout = useStudioState((state) => state.preferences.layout);
  const dark = useStudioState(isDark);
  const opened = useStudioState((state) => state.projectId !== undefined);
  const name = useStudioState((state) => state.document.name);
  const [dropping, setDropping] = useState(false);
  const middle = useRef<HTMLDivElement>(null);
  const left = useRef<HTMLDivElement>(null);
  const right = useRef<HTMLDivElement>(null);

  useEffect(() => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [dark]);
  useEffect(() => {
    document.title = opened ? `${name} – Morgana` : "Morgana";
  }, [name, opened]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      handleKey(studio, event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [studio]);
  useEffect(() => {
    const keeper = keepFocus();
    studio.handles.focus = keeper;
    return () => {
      studio.handles.focus = undefined;
      keeper.stop();
    };
  }, [studio]);

  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setDropping(false);
    // The items are gone when the handler has returned, so reading begins at once.
    const files = readDrop(event.dataTransfer);
    void attempt(studio, "What was dropped could not be read", async () => takeFileObjects(studio, await files));
  };

  const widthOf = (element: HTMLElement | null): number => Math.max(1, element?.getBoundingClientRect().width ?? 1);
  const heightOf = (element: HTMLElement | null): number => Math.max(1, element?.getBoundingClientRect().height ?? 1);
  const editorAlone = layout.editorOpen;
  const shareLimits = (size: number, least: number): { min: number; max: number } => {
    const min = Math.min(0.5, least / size);
    return { min, max: 1 - min };
  };

  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <div
        className="flex h-full flex-col"
        onDragOver={(event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          event.dataTransfer.dropEffect = "copy";
          setDropping(true);
        }}
        onDragLeave={(event) => {
          if (event.relatedTarget === null) setDropping(false);
        }}
        onDrop={onDrop}
      >
        <FaultBoundary part="the bar">
          <TopBar />
        </FaultBoundary>
        <main className="flex min-h-0 flex-1" aria-busy={!opened}>
          {layout.paletteOpen && (
            <>
              <nav aria-label="Palette" className="shrink-0 bg-panel" style={{ width: `min(${layout.paletteWidth}px, 30vw)` }}>
                <FaultBoundary part="the palette">
                  <Palette />
                </FaultBoundary>
              </nav>
              <Splitter label="Width of the palette" orientation="vertical" value={layout.paletteWidth} min={170} max={420} perPixel={() => 1} onChange={(paletteWidth) => setLayout(studio, { paletteWidth })} onReset={() => setLayout(studio, { paletteWidth: defaults.paletteWidth })} />
            </>
          )}
          {/* In a narrow window (or a much enlarged one) the columns lie below each other, and are scrolled rather than crushed. */}
          <div ref={middle} className="flex min-w-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
            <div ref={left} className="flex min-h-0 min-w-0 flex-col max-md:min-h-96" style={{ flex: editorAlone ? `${layout.canvasShare} 1 0` : "1 1 0" }}>
              <section aria-label="Graph" className="min-h-0" style={{ flex: layout.inspectorOpen ? `${1 - layout.inspectorShare} 1 0` : "1 1 0" }}>
                {opened ? (
                  <FaultBoundary part="the canvas">
                    <Canvas />
                  </FaultBoundary>
                ) : (
                  <p className="p-6 text-ink-faint">The project is being opened…</p>
                )}
              </section>
              {layout.inspectorOpen && (
                <Splitter label="Height of the inspector" orientation="horizontal" value={1 - layout.inspectorShare} {...shareLimits(heightOf(left.current), MIN_HEIGHT)} perPixel={() => 1 / heightOf(left.current)} onChange={(share) => setLayout(studio, { inspectorShare: 1 - share })} onReset={() => setLayout(studio, { inspectorShare: defaults.inspectorShare })} />
              )}
              <section aria-label="Inspector" className="flex min-h-0 flex-col bg-panel" style={layout.inspectorOpen ? { flex: `${layout.inspectorShare} 1 0` } : undefined}>
                <PanelHeading title="Inspector" open={layout.inspectorOpen} onToggle={() => setLayout(studio, { inspectorOpen: !layout.inspectorOpen })} />
                {layout.inspectorOpen && (
                  <div className="min-h-0 flex-1">
                    <FaultBoundary part="the inspector">
                      <Inspector />
                    </FaultBoundary>
                  </div>
                )}
              </section>
            </div>
            {layout.editorOpen && (
              <>
                <div className="contents max-md:hidden">
                  <Splitter label="Between canvas and editor" orientation="vertical" value={layout.canvasShare} {...shareLimits(widthOf(middle.current), MIN_WIDTH)} perPixel={() => 1 / widthOf(middle.current)} onChange={(canvasShare) => setLayout(studio, { canvasShare })} onReset={() => setLayout(studio, { canvasShare: defaults.canvasShare })} />
                </div>
                <div ref={right} className="flex min-h-0 min-w-0 flex-col max-md:min-h-96" style={{ flex: `${1 - layout.canvasShare} 1 0` }}>
                  <section aria-label="Editor" className="min-h-0" style={{ flex: layout.outputOpen ? `${1 - layout.outputShare} 1 0` : "1 1 0" }}>
                    <FaultBoundary part="the editor">
                      <EditorPanel />
                    </FaultBoundary>
                  </section>
                  {layout.outputOpen ? (
                    <>
                      <Splitter label="Height of the output" orientation="horizontal" value={1 - layout.outputShare} {...shareLimits(heightOf(right.current), MIN_HEIGHT)} perPixel={() => 1 / heightOf(right.current)} onChange={(share) => setLayout(studio, { outputShare: 1 - share })} onReset={() => setLayout(studio, { outputShare: defaults.outputShare })} />
                      <section aria-label="Output" className="relative min-h-0" style={{ flex: `${layout.outputShare} 1 0` }}>
                        <FaultBoundary part="this panel">
                          <OutputPanel />
                        </FaultBoundary>
                        <IconButton label="Hide problems and build" className="!absolute top-0.5 right-1" onClick={() => setLayout(studio, { outputOpen: false })}>
                          <ChevronDown size={15} aria-hidden />
                        </IconButton>
                      </section>
                    </>
                  ) : (
                    <PanelHeading title="Problems and build" open={false} onToggle={() => setLayout(studio, { outputOpen: true })} />
                  )}
                </div>
              </>
            )}
          </div>
        </main>
        <Messages />
        <FaultBoundary part="the status line">
          <StatusBar />
        </FaultBoundary>
        {dropping && (
          <div className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/85 text-[16px] font-semibold text-accent-strong">Drop a project or an OCaml library (a folder, .zip, .tar.gz, .tbz), or OCaml files</div>
        )}
      </div>
      <CommandPalette />
      <Dialogs />
    </Tooltip.Provider>
  );
}

function PanelHeading({ title, open, onToggle }: { readonly title: string; readonly open: boolean; readonly onToggle: () => void }): ReactNode {
  return (
    <h2 className="shrink-0 border-b border-line bg-sunken">
      <button type="button" aria-expanded={open} className="flex h-7 w-full items-center justify-between px-3 text-[12px] font-medium text-ink-soft hover:text-ink focus-visible:outline-offset-[-3px]" onClick={onToggle}>
        {title}
        {open ? <ChevronDown size={15} aria-hidden /> : <ChevronUp size={15} aria-hidden />}
      </button>
    </h2>
  );
}
