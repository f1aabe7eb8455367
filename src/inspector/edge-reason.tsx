/** Why a wire does not fit: each missing or different item, required and provided side by side. */
import { Check, Hourglass, LoaderCircle, TriangleAlert, Unplug } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import type { EdgeCheck, Mismatch } from "../../compiler-worker/api.ts";
import type { GraphEdge } from "../../compiler-worker/composition/project.ts";
import { edgeCheck, edgeStatus, nodeTitle, nodeTypes } from "../store/selectors.ts";
import { useStudioState } from "../studio.ts";
import { Code } from "../ui/code.tsx";
import { differences } from "../ui/differences.ts";

/** How many items the short form shows. */
const BRIEF_ITEMS = 3;

export function EdgeReason({ edge, brief = false }: { readonly edge: GraphEdge; readonly brief?: boolean }): ReactNode {
  const status = useStudioState((state) => edgeStatus(state, edge));
  const check = useStudioState((state) => edgeCheck(state, edge));
  const source = useStudioState((state) => nodeName(state, edge.from));
  const target = useStudioState((state) => nodeName(state, edge.to));
  const moduleError = useStudioState((state) => nodeTypes(state, edge.to)?.error ?? nodeTypes(state, edge.from)?.error);
  switch (status) {
    case "checking":
      return (
        <Headline icon={<LoaderCircle size={15} className="animate-spin" aria-hidden />} tone="text-ink-soft">
          This wire is being checked.
        </Headline>
      );
    case "broken":
      return (
        <>
          <Headline icon={<Unplug size={15} aria-hidden />} tone="text-bad">
            {target} has no parameter <code className="font-mono">{edge.port}</code> any more.
          </Headline>
          <p className="mt-1 text-ink-soft">The functor in the source has changed. Drag the wire's end to another port, choose the source of another port in the inspector, or delete the wire.</p>
        </>
      );
    case "unknown":
      return (
        <>
          <Headline icon={<TriangleAlert size={15} aria-hidden />} tone="text-warn">
            This wire cannot be checked now.
          </Headline>
          <p className="mt-1 whitespace-pre-wrap text-ink-soft">{check?.pending ?? moduleError ?? check?.message}</p>
        </>
      );
    case "fits":
      return (
        <Headline icon={<Check size={15} aria-hidden />} tone="text-good">
          {source} has everything that <code className="font-mono">{edge.port}</code> asks for.
        </Headline>
      );
    case "pending":
      return (
        <>
          <Headline icon={<Hourglass size={15} aria-hidden />} tone="text-good">
            Nothing is wrong so far.
          </Headline>
          <p className="mt-1 whitespace-pre-wrap text-ink-soft">{check?.pending}</p>
        </>
      );
    case "mismatch":
      return check === undefined ? null : (
        <>
          <Headline icon={<TriangleAlert size={15} aria-hidden />} tone="text-bad">
            {source} does not fit <code className="font-mono">{edge.port}</code> of {target}.
          </Headline>
          <Mismatches check={check} brief={brief} />
        </>
      );
  }
}

function nodeName(state: Parameters<typeof nodeTitle>[0] & { readonly document: { readonly nodes: readonly Parameters<typeof nodeTitle>[1][] } }, id: string): string {
  const node = state.document.nodes.find((candidate) => candidate.id === id);
  return node === undefined ? id : nodeTitle(state, node);
}

function Headline({ icon, tone, children }: { readonly icon: ReactNode; readonly tone: string; readonly children: ReactNode }): ReactNode {
  return (
    <p className={`flex items-start gap-1.5 font-semibold ${tone}`}>
      <span className="mt-0.5 shrink-0">{icon}</span>
      <span>{children}</span>
    </p>
  );
}

function Mismatches({ check, brief }: { readonly check: EdgeCheck; readonly brief: boolean }): ReactNode {
  if (check.mismatches.length === 0) {
    return <Code text={check.message} className="mt-2 max-h-64" wrap />;
  }
  const shown = brief ? check.mismatches.slice(0, BRIEF_ITEMS) : check.mismatches;
  const hidden = check.mismatches.length - shown.length;
  return (
    <ul className="mt-2 flex flex-col gap-2" aria-label="What does not fit">
      {shown.map((mismatch, index) => (
        <MismatchCard key={index} mismatch={mismatch} />
      ))}
      {hidden > 0 && <li className="text-ink-soft">and {hidden} more: see the inspector.</li>}
    </ul>
  );
}

function MismatchCard({ mismatch }: { readonly mismatch: Mismatch }): ReactNode {
  const path = [...mismatch.path, mismatch.name].filter((part) => part !== "").join(".");
  const { required, provided } = mismatch;
  const missing = provided === undefined;
  const marks = useMemo(() => (provided === undefined || required === "" || provided === "" ? undefined : differences(required, provided)), [required, provided]);
  return (
    <li className="rounded-md border border-line" data-testid="mismatch">
      <div className="flex items-baseline gap-2 border-b border-line bg-bad-soft px-2.5 py-1 rounded-t-md">
        <span className="text-[10.5px] font-semibold tracking-wide text-bad uppercase">{missing ? "Missing" : "Different"}</span>
        <span className="min-w-0 truncate">
          {mismatch.itemKind} <code className="font-mono font-semibold">{path}</code>
        </span>
      </div>
      <div className="p-2.5">
        {mismatch.reason !== "" && <p className="mb-2 whitespace-pre-wrap">{mismatch.reason}</p>}
        {/* One below the other, so that what differs stands in line. */}
        <div className="flex flex-col gap-1.5">
          <Side title="Required" text={mismatch.required} marks={marks?.left} />
          <Side title="Provided" text={mismatch.provided} marks={marks?.right} />
        </div>
      </div>
    </li>
  );
}

function Side({ title, text, marks }: { readonly title: string; readonly text: string | undefined; readonly marks: ReadonlySet<number> | undefined }): ReactNode {
  return (
    <div className="grid min-w-0 grid-cols-[4.5rem_minmax(0,1fr)] items-baseline gap-1">
      <div className="text-[10.5px] font-semibold tracking-wide text-ink-faint uppercase">{title}</div>
      {text === undefined || text === "" ? <div className="rounded-md border border-dashed border-line-strong px-2.5 py-1.5 text-[11.5px] text-ink-faint italic">{text === undefined ? "nothing of this name" : "not asked for"}</div> : <Code text={text} className="max-h-40" {...(marks === undefined ? {} : { marks })} wrap />}
    </div>
  );
}
