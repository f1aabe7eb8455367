/** The inspector: what is selected on the canvas, in full. */
import { ArrowRight, Copy, Trash2 } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { removeElements, selectNodes, selectPort } from "../actions/graph.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { edgeKey } from "../model/graph.ts";
import { usePanelFocus } from "../shell/focus.ts";
import { edgeCheck, edgeStatus, findPort, nodeTitle } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { EdgeReason } from "./edge-reason.tsx";
import { NodeInspector } from "./node-inspector.tsx";
import { ProjectInspector } from "./project-inspector.tsx";

export function Inspector(): ReactNode {
  const selection = useStudioState((state) => state.selection);
  const document = useStudioState((state) => state.document);
  const [node, edge] = [selection.nodes[0], selection.edges[0]];
  const count = selection.nodes.length + selection.edges.length;
  const one = count === 1;
  const place = useRef<HTMLDivElement>(null);
  usePanelFocus("inspector", () => {
    place.current?.focus();
    return true;
  });
  const selectedNode = one && node !== undefined ? document.nodes.find((candidate) => candidate.id === node) : undefined;
  const selectedEdge = one && edge !== undefined ? document.edges.find((candidate) => edgeKey(candidate) === edge) : undefined;
  return (
    <div key={`${node} ${edge} ${count}`} ref={place} className="h-full overflow-auto p-3 outline-none" data-panel="inspector" data-panel-entry tabIndex={-1} data-testid="inspector">
      {selectedNode !== undefined ? <NodeInspector key={selectedNode.id} node={selectedNode} /> : selectedEdge !== undefined ? <EdgeInspector edgeKey={edgeKey(selectedEdge)} /> : count > 1 ? <ManyInspector /> : <ProjectInspector />}
    </div>
  );
}

export function SectionTitle({ children, aside }: { readonly children: ReactNode; readonly aside?: ReactNode }): ReactNode {
  return (
    <h3 className="mt-4 mb-1.5 flex items-center justify-between gap-2 text-[11px] font-semibold tracking-wide text-ink-faint uppercase first:mt-0">
      <span>{children}</span>
      {aside}
    </h3>
  );
}

const ALIGNMENTS = ["edit.alignLeft", "edit.alignTop", "edit.column", "edit.row"];

function ManyInspector(): ReactNode {
  const studio = useStudio();
  const selection = useStudioState((state) => state.selection);
  const parts = [counted(selection.nodes.length, "node"), counted(selection.edges.length, "wire")].filter((part) => part !== undefined);
  return (
    <>
      <p className="text-[13.5px] font-semibold">{parts.join(" and ")} selected</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {selection.nodes.length > 0 && (
          <Button onClick={() => perform(studio, actionNamed("edit.duplicate"))}>
            <Copy size={14} aria-hidden /> Duplicate
          </Button>
        )}
        <Button onClick={() => removeElements(studio, selection.nodes, selection.edges)}>
          <Trash2 size={14} aria-hidden /> Delete
        </Button>
      </div>
      {selection.nodes.length > 1 && (
        <div className="mt-3 flex flex-wrap gap-2" role="group" aria-label="Alignment">
          {ALIGNMENTS.map(actionNamed).map((action) => (
            <Button key={action.name} onClick={() => perform(studio, action)}>
              {action.icon !== undefined && <action.icon size={14} aria-hidden />} {action.title}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function counted(count: number, noun: string): string | undefined {
  return count === 0 ? undefined : `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function EdgeInspector({ edgeKey: key }: { readonly edgeKey: string }): ReactNode {
  const studio = useStudio();
  const edge = useStudioState((state) => state.document.edges.find((candidate) => edgeKey(candidate) === key));
  const check = useStudioState((state) => (edge === undefined ? undefined : edgeCheck(state, edge)));
  const status = useStudioState((state) => (edge === undefined ? undefined : edgeStatus(state, edge)));
  const names = useStudioState((state) => ({ from: nameOf(state, edge?.from ?? ""), to: nameOf(state, edge?.to ?? "") }));
  const required = useStudioState((state) => {
    const node = state.document.nodes.find((candidate) => candidate.id === edge?.to);
    return node === undefined || edge === undefined ? undefined : findPort(state, node, edge.port)?.signature;
  });
  const provided = useStudioState((state) => {
    const node = state.document.nodes.find((candidate) => candidate.id === edge?.from);
    return node === undefined ? undefined : findPort(state, node, "")?.signature;
  });
  if (edge === undefined) return null;
  const requiredText = check !== undefined && check.required !== "" ? check.required : required;
  const providedText = check !== undefined && check.provided !== "" ? check.provided : provided;
  return (
    <div data-testid="edge-inspector">
      <header className="flex items-center gap-2">
        <h2 className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5 text-[13.5px] font-semibold">
          <button type="button" className="truncate rounded hover:underline" onClick={() => selectNodes(studio, [edge.from])}>
            {names.from}
          </button>
          <ArrowRight size={14} className="shrink-0 text-ink-faint" aria-label="to" />
          <button type="button" className="truncate rounded hover:underline" onClick={() => selectPort(studio, edge.to, edge.port)}>
            {names.to}
            <span className="font-mono font-normal text-ink-soft"> ({edge.port})</span>
          </button>
        </h2>
        <IconButton label="Delete wire" hotkey="Delete" onClick={() => removeElements(studio, [], [key])}>
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </header>
      <div className="mt-2" aria-live="polite">
        <EdgeReason edge={edge} />
      </div>
      {(requiredText !== undefined || providedText !== undefined) && status !== "broken" && (
        <>
          <SectionTitle>Signatures in full</SectionTitle>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-2">
            <div className="min-w-0">
              <div className="mb-1 text-[11.5px] text-ink-soft">
                Required by <code className="font-mono">{edge.port}</code>
              </div>
              <Code text={requiredText ?? ""} label="Required signature" className="max-h-72" />
            </div>
            <div className="min-w-0">
              <div className="mb-1 text-[11.5px] text-ink-soft">Provided by {names.from}</div>
              <Code text={providedText ?? ""} label="Provided signature" className="max-h-72" />
            </div>
          </div>
        </>
      )}
      {check !== undefined && !check.ok && check.message !== "" && check.mismatches.length > 0 && (
        <details className="mt-3">
          <summary className="rounded text-ink-soft select-none">The compiler's message</summary>
          <Code text={check.message} className="mt-1 max-h-72" wrap />
        </details>
      )}
    </div>
  );
}

function nameOf(state: Parameters<typeof nodeTitle>[0] & { readonly document: { readonly nodes: readonly Parameters<typeof nodeTitle>[1][] } }, id: string): string {
  const node = state.document.nodes.find((candidate) => candidate.id === id);
  return node === undefined ? id : nodeTitle(state, node);
}
