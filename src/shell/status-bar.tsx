/** The line at the bottom: what the compiler and the database are doing. */
import { CircleAlert, CircleCheck, LoaderCircle, RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { actionNamed, perform } from "../actions/index.ts";
import { showOutput } from "../actions/view.ts";
import { countErrors, problemsOf } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { BriefMessage } from "./messages.tsx";

export function StatusBar(): ReactNode {
  const studio = useStudio();
  const saving = useStudioState((state) => state.saving);
  const counts = useStudioState((state) => ({ nodes: state.document.nodes.length, edges: state.document.edges.length }));
  const target = useStudioState((state) => state.document.target);
  return (
    <footer className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-panel px-2.5 text-[11.5px] text-ink-soft">
      <Checking />
      {saving.status === "failed" && (
        <span className="flex items-center gap-1.5 text-bad" role="alert">
          <CircleAlert size={13} aria-hidden /> Changes cannot be saved in this browser: {saving.message}
          <button type="button" className="rounded underline" onClick={() => perform(studio, actionNamed("project.save"))}>
            Try again
          </button>
          <button type="button" className="rounded underline" onClick={() => perform(studio, actionNamed("project.export"))}>
            Export
          </button>
        </span>
      )}
      {saving.status === "conflict" && (
        <span className="flex items-center gap-2 text-bad" role="alert">
          <CircleAlert size={13} aria-hidden /> Another tab changed this project.
          <button type="button" className="rounded underline" onClick={() => void studio.projects.resolveConflict("mine")}>
            Keep mine
          </button>
          <button type="button" className="rounded underline" onClick={() => void studio.projects.resolveConflict("theirs")}>
            Take theirs
          </button>
          <button type="button" className="rounded underline" onClick={() => void studio.projects.resolveConflict("both")}>
            Keep mine as a copy
          </button>
        </span>
      )}
      <BriefMessage />
      <span className="flex-1" />
      <span>
        {counts.nodes} {counts.nodes === 1 ? "node" : "nodes"}, {counts.edges} {counts.edges === 1 ? "wire" : "wires"}
      </span>
      <span className="font-mono text-[11px]">{target}</span>
    </footer>
  );
}

function Checking(): ReactNode {
  const studio = useStudio();
  const compiler = useStudioState((state) => state.compiler);
  const checking = useStudioState((state) => state.checking);
  const checked = useStudioState((state) => state.checked !== undefined);
  const problems = useStudioState(problemsOf);
  const errors = countErrors(problems);
  const warnings = problems.length - errors;
  const restart = (
    <button type="button" className="inline-flex items-center gap-1 rounded underline" onClick={() => perform(studio, actionNamed("compiler.restart"))}>
      <RotateCw size={11} aria-hidden /> Restart
    </button>
  );
  const state =
    compiler.phase === "stopped"
      ? "stopped"
      : compiler.phase === "restarting"
        ? "restarting"
        : compiler.phase === "starting"
          ? "starting"
          : checking === "slow"
            ? "slow"
            : checking === "yes" || !checked
              ? "checking"
              : errors > 0
                ? "errors"
                : "ok";
  return (
    <span className="flex min-w-0 items-center gap-1.5" role="status" data-testid="status" data-state={state}>
      {state === "stopped" && (
        <>
          <CircleAlert size={13} className="text-bad" aria-hidden />
          <span className="truncate text-bad">The compiler stopped ({compiler.phase === "stopped" ? compiler.reason : ""}).</span> {restart}
        </>
      )}
      {state === "restarting" && (
        <>
          <LoaderCircle size={13} className="animate-spin text-warn" aria-hidden />
          <span className="truncate text-warn">The compiler stopped ({compiler.phase === "restarting" ? compiler.reason : ""}) and is starting again…</span>
        </>
      )}
      {state === "starting" && (
        <>
          <LoaderCircle size={13} className="animate-spin" aria-hidden /> Starting the compiler…
        </>
      )}
      {state === "slow" && (
        <>
          <LoaderCircle size={13} className="animate-spin text-warn" aria-hidden /> Checking takes long… {restart}
        </>
      )}
      {state === "checking" && (
        <>
          <LoaderCircle size={13} className="animate-spin" aria-hidden /> Checking…
        </>
      )}
      {state === "errors" && (
        <button type="button" className="inline-flex items-center gap-1.5 rounded text-bad hover:underline" onClick={() => showOutput(studio, "problems")}>
          <CircleAlert size={13} aria-hidden /> {errors} problem{errors === 1 ? "" : "s"}
          {warnings > 0 && `, ${warnings} warning${warnings === 1 ? "" : "s"}`}
        </button>
      )}
      {state === "ok" &&
        (warnings > 0 ? (
          <button type="button" className="inline-flex items-center gap-1.5 rounded text-warn hover:underline" onClick={() => showOutput(studio, "problems")}>
            <TriangleAlert size={13} aria-hidden /> {warnings} warning{warnings === 1 ? "" : "s"}
          </button>
        ) : (
          <>
            <CircleCheck size={13} className="text-good" aria-hidden /> No problems
          </>
        ))}
    </span>
  );
}
