/** The problems list: where each belongs, what it says, and the way there. */
import { CircleAlert, CircleCheck, Hammer, LoaderCircle, TriangleAlert } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { revealProblem } from "../actions/graph.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { edgeKey } from "../model/graph.ts";
import { usePanelFocus } from "../shell/focus.ts";
import { problemsOf } from "../store/selectors.ts";
import type { StudioProblem, StudioState } from "../store/state.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Button, Kbd } from "../ui/button.tsx";

/** Where a problem belongs, in words. */
export function problemPlace(state: Pick<StudioState, "document">, problem: StudioProblem): string {
  if (problem.file !== undefined) return problem.range === undefined ? problem.file : `${problem.file}:${problem.range.startLine}:${problem.range.startColumn}`;
  const edge = state.document.edges.find((candidate) => edgeKey(candidate) === problem.edge);
  if (edge !== undefined) return `${edge.from} → ${edge.to}.${edge.port}`;
  return problem.node ?? "project";
}

export function Problems(): ReactNode {
  const studio = useStudio();
  const problems = useStudioState(problemsOf);
  const checking = useStudioState((state) => state.checking !== "no" || state.checked === undefined);
  const document = useStudioState((state) => state.document);
  const [active, setActive] = useState(0);
  const panel = useRef<HTMLDivElement>(null);
  usePanelFocus("problems", () => {
    panel.current?.querySelector<HTMLElement>("[data-panel-entry]")?.focus();
    return true;
  });
  if (problems.length === 0) {
    return (
      <div ref={panel} data-panel="problems">
        <p className="flex items-center gap-2 p-3 text-ink-soft outline-none" data-panel-entry tabIndex={-1}>
          {checking ? <LoaderCircle size={15} className="shrink-0 animate-spin" aria-hidden /> : <CircleCheck size={15} className="shrink-0 text-good" aria-hidden />}
          {checking ? "The project is being checked." : "No problems: every file type-checks and every wire fits."}
        </p>
        {!checking && (
          <p className="flex items-center gap-2 px-3 text-ink-soft">
            <Button onClick={() => perform(studio, actionNamed("build.build"))}>
              <Hammer size={14} aria-hidden /> Build the image
            </Button>
            <Kbd hotkey="Mod+Enter" />
          </p>
        )}
      </div>
    );
  }
  const current = Math.min(active, problems.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: problems.length - 1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(next, 0), problems.length - 1);
    setActive(index);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[index]?.focus();
  };
  return (
    <div ref={panel} data-panel="problems" className="h-full">
    <ul className="h-full overflow-auto py-1" aria-label="Problems" onKeyDown={onKeyDown}>
      {problems.map((problem, index) => (
        <li key={`${index} ${problem.rendered}`}>
          <button
            type="button"
            data-testid="problem"
            data-panel-entry={index === current ? true : undefined}
            tabIndex={index === current ? 0 : -1}
            className="group flex w-full items-start gap-2 px-3 py-1 text-left hover:bg-sunken focus-visible:outline-offset-[-2px]"
            onFocus={() => setActive(index)}
            onClick={() => revealProblem(studio, problem)}
          >
            {problem.severity === "error" ? <CircleAlert size={14} className="mt-0.5 shrink-0 text-bad" aria-label="error" /> : <TriangleAlert size={14} className="mt-0.5 shrink-0 text-warn" aria-label="warning" />}
            <span className="min-w-0 flex-1">
              <span className={`block break-words whitespace-pre-wrap ${problem.edge === undefined ? "line-clamp-8" : "line-clamp-3"} group-focus:line-clamp-none`}>{problem.message}</span>
              <span className="block truncate font-mono text-[11px] text-ink-faint">{problemPlace({ document }, problem)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
    </div>
  );
}
