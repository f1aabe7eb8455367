/** The build panel: what stands in the way, the stages with their times, and the image that came out. */
import { CircleAlert, Copy, Download, Hammer, LoaderCircle, RotateCw, Square, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { BuildResult, ImagePart, StageTime } from "../../compiler-worker/api.ts";
import { bootCommand, copyText } from "../actions/build.ts";
import { revealProblem } from "../actions/graph.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { showOutput } from "../actions/view.ts";
import { usePanelFocus } from "../shell/focus.ts";
import { buildObstacles, canBuild, isStale } from "../store/selectors.ts";
import type { BuildStage, StudioProblem } from "../store/state.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { problemPlace } from "./problems.tsx";

export function BuildPanel(): ReactNode {
  const studio = useStudio();
  const build = useStudioState((state) => state.build);
  const stale = useStudioState(isStale);
  const ready = useStudioState(canBuild);
  const reasons = useStudioState(buildObstacles);
  const place = useRef<HTMLDivElement>(null);
  usePanelFocus("build", () => {
    place.current?.focus();
    return true;
  });
  return (
    <div ref={place} className="h-full overflow-auto p-3 outline-none" data-panel="build" data-panel-entry tabIndex={-1} data-testid="build-panel">
      {build.status !== "running" && reasons.length > 0 && (
        <div className="mb-3 rounded-md bg-warn-soft px-3 py-2 text-warn" role="status">
          <p className="font-semibold">Nothing can be built now:</p>
          <ul className="mt-0.5 list-disc pl-4">
            {reasons.map((reason) => (
              <li key={reason} className="break-words whitespace-pre-wrap">
                {reason}
              </li>
            ))}
          </ul>
          <Button className="mt-2" onClick={() => showOutput(studio, "problems")}>
            Show problems
          </Button>
        </div>
      )}
      {build.status === "none" && reasons.length === 0 && (
        <div className="flex items-center gap-3 text-ink-soft">
          <Button look="primary" disabled={!ready} onClick={() => perform(studio, actionNamed("build.build"))}>
            <Hammer size={14} aria-hidden /> Build
          </Button>
          <span>The image is made here, in this tab; no server takes part.</span>
        </div>
      )}
      {build.status === "running" && <Running stages={build.stages} startedAt={build.startedAt} />}
      {build.status === "broken" && (
        <div className="rounded-md bg-bad-soft px-3 py-2 text-bad" role="alert">
          <p className="flex items-center gap-1.5 font-semibold">
            <CircleAlert size={15} aria-hidden /> The compiler failed.
          </p>
          <p className="mt-1 break-words whitespace-pre-wrap">{build.message}</p>
          <p className="mt-1">This is a fault of Morgana, not of your project. Please report it with the exported project.</p>
          <Button className="mt-2" onClick={() => perform(studio, actionNamed("build.build"))}>
            <RotateCw size={14} aria-hidden /> Build again
          </Button>
        </div>
      )}
      {build.status === "done" && (build.result.ok ? <Built result={build.result} stale={stale} milliseconds={build.milliseconds} /> : <NotBuilt result={build.result} problems={build.problems} stale={stale} />)}
    </div>
  );
}

function StaleMark(): ReactNode {
  return (
    <p className="mb-2 flex items-center gap-1.5 rounded-md bg-warn-soft px-3 py-1.5 text-warn" role="status" data-testid="stale">
      <TriangleAlert size={14} className="shrink-0" aria-hidden /> The project has changed since this build.
    </p>
  );
}

function Running({ stages, startedAt }: { readonly stages: readonly BuildStage[]; readonly startedAt: number }): ReactNode {
  const studio = useStudio();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return (
    <div>
      <div className="mb-2 flex items-center gap-2">
        <LoaderCircle size={15} className="animate-spin text-accent" aria-hidden />
        <span className="flex-1 font-semibold" role="status">
          Building…
        </span>
        <Button onClick={() => perform(studio, actionNamed("build.cancel"))}>
          <Square size={12} aria-hidden /> Stop
        </Button>
      </div>
      <ol className="flex flex-col" aria-label="Stages">
        {stages.map((stage, index) => {
          const next = stages[index + 1];
          const took = (next?.at ?? Math.max(now - startedAt, stage.at)) - stage.at;
          return (
            <li key={`${index} ${stage.stage}`} className="flex justify-between gap-2 border-b border-line py-0.5 last:border-0">
              <span className={next === undefined ? "font-medium" : "text-ink-soft"}>{stage.stage}</span>
              <span className="font-mono text-[11.5px] text-ink-faint tabular-nums">{time(took)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

type Success = Extract<BuildResult, { ok: true }>;
type Failure = Extract<BuildResult, { ok: false }>;

function NotBuilt({ result, problems, stale }: { readonly result: Failure; readonly problems: readonly StudioProblem[]; readonly stale: boolean }): ReactNode {
  const studio = useStudio();
  const document = useStudioState((state) => state.document);
  return (
    <div>
      {stale && <StaleMark />}
      <div className="rounded-md bg-bad-soft px-3 py-2" role="alert">
        <p className="flex items-center gap-1.5 font-semibold text-bad">
          <CircleAlert size={15} aria-hidden /> No image was made.
        </p>
        <ul className="mt-1 flex flex-col gap-1 text-bad">
          {result.obstacles.map((obstacle) => (
            <li key={obstacle} className="whitespace-pre-wrap">
              {obstacle}
            </li>
          ))}
        </ul>
      </div>
      <ul className="mt-2 flex flex-col gap-2">
        {problems.map((problem, index) => (
          <li key={index}>
            <button type="button" className="block w-full rounded-md text-left" onClick={() => revealProblem(studio, problem)}>
              <span className="block px-0.5 font-mono text-[11px] text-ink-faint">{problemPlace({ document }, problem)}</span>
              <Code text={problem.rendered} className="w-full" wrap />
            </button>
          </li>
        ))}
      </ul>
      <Stages stages={result.stages} />
    </div>
  );
}

function Built({ result, stale, milliseconds }: { readonly result: Success; readonly stale: boolean; readonly milliseconds: number }): ReactNode {
  const studio = useStudio();
  const command = useStudioState(() => bootCommand(studio));
  const warnings = result.problems.length;
  return (
    <div>
      {stale && <StaleMark />}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onClick={() => perform(studio, actionNamed("build.download"))} data-testid="download">
          <Download size={14} aria-hidden /> Download {result.fileName}
        </Button>
        <span className="text-ink-soft" data-testid="image-size">
          {bytesText(result.image.length)} {result.unpackedBytes > result.image.length && `(${bytesText(result.unpackedBytes)} unpacked) `}in {time(milliseconds)}
          {warnings > 0 && `, ${warnings} warning${warnings === 1 ? "" : "s"}`}
        </span>
      </div>
      <dl className="mt-2.5 flex flex-col gap-2">
        {command !== undefined && <Copyable title="Boot it" text={command} testId="boot-command" />}
        <Copyable title="SHA-256" text={result.sha256} testId="sha256" />
        <div className="min-w-0">
          <dt className="text-[11px] font-semibold tracking-wide text-ink-faint uppercase">Licences in the image</dt>
          <dd className="mt-0.5 text-[12px] break-words select-text" data-testid="licences">
            {result.licences}
          </dd>
        </div>
      </dl>
      <Parts parts={result.parts} total={result.unpackedBytes} />
      <Stages stages={result.stages} />
    </div>
  );
}

function Copyable({ title, text, testId }: { readonly title: string; readonly text: string; readonly testId: string }): ReactNode {
  const studio = useStudio();
  return (
    <div className="min-w-0">
      <dt className="text-[11px] font-semibold tracking-wide text-ink-faint uppercase">{title}</dt>
      <dd className="mt-0.5 flex items-start gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 flex-1 py-0.5 font-mono text-[11.5px] break-all select-text" data-testid={testId}>
          {text}
        </code>
        <IconButton label={`Copy ${title === "SHA-256" ? "the SHA-256" : "the boot command"}`} className="size-6" onClick={() => void copyText(studio, title === "SHA-256" ? "SHA-256" : "Boot command", text)}>
          <Copy size={13} aria-hidden />
        </IconButton>
      </dd>
    </div>
  );
}

const partHues = [262, 205, 155, 60, 25, 340, 95, 300];

function Parts({ parts, total }: { readonly parts: readonly ImagePart[]; readonly total: number }): ReactNode {
  const sum = Math.max(1, parts.reduce((all, part) => all + part.bytes, 0));
  const rest = total - sum;
  const shown = rest > 0 ? [...parts, { name: "padding", bytes: rest }] : parts;
  const whole = Math.max(sum, total);
  const colour = (index: number): string => (rest > 0 && index === parts.length ? "var(--line-strong)" : `oklch(var(--category-lightness) 0.13 ${partHues[index % partHues.length]})`);
  return (
    <figure className="mt-3" aria-label="Size of the image by part">
      <div className="flex h-5 w-full overflow-hidden rounded-md" aria-hidden>
        {shown.map((part, index) => (
          <div key={part.name} className="h-full border-r border-panel last:border-0" style={{ width: `${(100 * part.bytes) / whole}%`, background: colour(index) }} title={`${part.name}: ${bytesText(part.bytes)}`} />
        ))}
      </div>
      <table className="mt-1.5 w-full text-[12px]">
        <caption className="sr-only">Size of the image by part</caption>
        <tbody>
          {shown.map((part, index) => (
            <tr key={part.name}>
              <td className="w-4">
                <span className="inline-block size-2.5 rounded-sm" style={{ background: colour(index) }} aria-hidden />
              </td>
              <th scope="row" className="text-left font-mono text-[11.5px] font-normal">
                {part.name}
              </th>
              <td className="text-right font-mono text-[11.5px] tabular-nums">{bytesText(part.bytes)}</td>
              <td className="w-14 text-right font-mono text-[11.5px] text-ink-faint tabular-nums">{((100 * part.bytes) / whole).toFixed(1)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function Stages({ stages }: { readonly stages: readonly StageTime[] }): ReactNode {
  if (stages.length === 0) return null;
  const total = stages.reduce((sum, stage) => sum + stage.milliseconds, 0);
  const most = Math.max(1e-9, ...stages.map((stage) => stage.milliseconds));
  return (
    <table className="mt-3 w-full text-[12px]" data-testid="stages">
      <caption className="mb-0.5 text-left text-[11px] font-semibold tracking-wide text-ink-faint uppercase">Stages</caption>
      <tbody>
        {stages.map((stage, index) => (
          <tr key={`${index} ${stage.stage}`}>
            <th scope="row" className="w-px pr-3 text-left font-normal whitespace-nowrap">
              {stage.stage}
            </th>
            <td>
              <div className="h-1.5 rounded-full bg-accent" style={{ width: `${(100 * stage.milliseconds) / most}%` }} aria-hidden />
            </td>
            <td className="w-20 text-right font-mono text-[11.5px] tabular-nums">{time(stage.milliseconds)}</td>
          </tr>
        ))}
        <tr className="border-t border-line">
          <th scope="row" className="pr-3 text-left font-semibold">
            total
          </th>
          <td />
          <td className="text-right font-mono text-[11.5px] font-semibold tabular-nums">{time(total)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** Milliseconds in words. */
export function time(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
}
