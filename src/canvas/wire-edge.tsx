/** A wire: its colour says what the compiler says of it, and its mark opens the reason. */
import { BaseEdge, EdgeLabelRenderer, getBezierPath, type Edge, type EdgeProps } from "@xyflow/react";
import { Popover } from "radix-ui";
import { TriangleAlert, Unplug } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { GraphEdge } from "../../compiler-worker/composition/project.ts";
import { removeElements, selectEdge } from "../actions/graph.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { EdgeReason } from "../inspector/edge-reason.tsx";
import { edgeKey } from "../model/graph.ts";
import { edgeStatus, type EdgeStatus } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Button } from "../ui/button.tsx";

export type WireFlowEdge = Edge<{ readonly edge: GraphEdge }, "wire">;

const strokes: Readonly<Record<EdgeStatus, string>> = {
  checking: "var(--ink-faint)",
  fits: "var(--good)",
  pending: "var(--good)",
  mismatch: "var(--bad)",
  broken: "var(--bad)",
  unknown: "var(--warn)",
};

export const statusText: Readonly<Record<EdgeStatus, string>> = {
  checking: "being checked",
  fits: "fits",
  pending: "fits so far",
  mismatch: "does not fit",
  broken: "leads to a port that does not exist",
  unknown: "cannot be checked, because a module has an error",
};

export const WireEdge = memo(function WireEdge(props: EdgeProps<WireFlowEdge>): ReactNode {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data, id } = props;
  const studio = useStudio();
  const edge = data?.edge;
  const status = useStudioState((state) => (edge === undefined ? "checking" : edgeStatus(state, edge)));
  const [path, labelX, labelY] = getBezierPath({ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition });
  const dashed = status !== "fits" && status !== "mismatch";
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={22} style={{ stroke: strokes[status], strokeWidth: selected === true ? 3.2 : 2, strokeDasharray: dashed ? "6 3" : undefined }} />
      {edge !== undefined && (status === "mismatch" || status === "broken") && (
        <EdgeLabelRenderer>
          <Popover.Root>
            <Popover.Trigger asChild>
              <button
                type="button"
                className="nodrag nopan pointer-events-auto absolute inline-flex size-6 items-center justify-center rounded-full border-2 border-panel bg-bad text-panel shadow"
                style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
                aria-label={`The wire from ${edge.from} to ${edge.to}.${edge.port} ${statusText[status]}: show why`}
                data-testid={`wire-error-${edge.to}-${edge.port}`}
              >
                {status === "broken" ? <Unplug size={12} aria-hidden /> : <TriangleAlert size={12} aria-hidden />}
              </button>
            </Popover.Trigger>
            <Popover.Portal>
              <Popover.Content sideOffset={6} collisionPadding={12} className="z-40 flex max-h-[min(26rem,var(--radix-popover-content-available-height))] w-[30rem] max-w-[90vw] flex-col rounded-lg border border-line bg-panel shadow-xl">
                <div className="min-h-0 flex-1 overflow-auto p-3">
                  <EdgeReason edge={edge} brief />
                </div>
                <div className="flex justify-end gap-2 border-t border-line p-2">
                  <Popover.Close asChild>
                    <Button
                      onClick={() => {
                        selectEdge(studio, edgeKey(edge));
                        perform(studio, actionNamed("go.inspector"));
                      }}
                    >
                      Show in inspector
                    </Button>
                  </Popover.Close>
                  <Popover.Close asChild>
                    <Button onClick={() => removeElements(studio, [], [edgeKey(edge)])}>Delete wire</Button>
                  </Popover.Close>
                </div>
                <Popover.Arrow className="fill-line" />
              </Popover.Content>
            </Popover.Portal>
          </Popover.Root>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
