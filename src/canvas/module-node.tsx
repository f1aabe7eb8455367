/** A module on the canvas: its name, its inputs on the left, its result on the right. */
import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { CircleAlert } from "lucide-react";
import { memo, useContext, useEffect, useRef, type ReactNode } from "react";
import type { GraphNode } from "../../compiler-worker/composition/project.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { selectPort } from "../actions/graph.ts";
import { edgeKey } from "../model/graph.ts";
import { edgesInto, edgesOutOf } from "../model/graph-index.ts";
import { categoryIndex, deviceOf, edgeStatus, knownPorts, nodeTitle, nodeTypes, type EdgeStatus } from "../store/selectors.ts";
import type { StudioState } from "../store/state.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Tip } from "../ui/button.tsx";
import { categoryColour, NodeIcon } from "../ui/device-icon.tsx";
import { inputHandle, MeasurePorts, OUTPUT_HANDLE, wireBetween, type WireStart } from "./context.ts";

export type ModuleFlowNode = Node<{ readonly node: GraphNode; readonly drawing: WireStart | undefined }, "module">;

interface PortView {
  readonly name: string;
  readonly typeName: string;
  readonly wired: boolean;
  /** The port is gone from the module, but a wire still goes to it. */
  readonly ghost: boolean;
  readonly status: EdgeStatus | undefined;
}

/** The ports to draw: those of the module, and those to which wires lead that the module no longer has. */
function portViews(state: StudioState, node: GraphNode): PortView[] {
  const known = knownPorts(state, node);
  const wires = edgesInto(state.document.edges, node.id);
  const views = known.inputs.map((port): PortView => {
    const wire = wires.find((edge) => edge.port === port.name);
    return { name: port.name, typeName: port.typeName, wired: wire !== undefined, ghost: false, status: wire === undefined ? undefined : edgeStatus(state, wire) };
  });
  for (const wire of wires) {
    if (known.inputs.some((port) => port.name === wire.port)) continue;
    const status = edgeStatus(state, wire);
    views.push({ name: wire.port, typeName: "", wired: true, ghost: status === "broken", status });
  }
  return views;
}

/** Whether the wire that is being drawn would fit here, as far as the compiler has said. */
function fitClass(state: StudioState, drawing: WireStart | undefined, end: WireStart): string {
  if (drawing === undefined) return "";
  const wire = wireBetween(drawing, end);
  const check = wire === undefined ? undefined : state.fits?.checks[edgeKey(wire)];
  return check === undefined ? "" : check.ok ? "fits" : "clashes";
}

function Ports({ node, drawing }: { readonly node: GraphNode; readonly drawing: WireStart | undefined }): ReactNode {
  const studio = useStudio();
  const measurePorts = useContext(MeasurePorts);
  const views = useStudioState((state) => portViews(state, node).map((view) => ({ ...view, fit: fitClass(state, drawing, { node: node.id, port: view.name }) })));
  const output = useStudioState((state) => knownPorts(state, node).output);
  const outputWired = useStudioState((state) => edgesOutOf(state.document.edges, node.id).length > 0);
  const outputFit = useStudioState((state) => fitClass(state, drawing, { node: node.id, port: "" }));
  const selected = useStudioState((state) => (state.selection.port?.node === node.id ? state.selection.port.port : undefined));
  const names = views.map((view) => view.name).join(" ");
  const shape = `${names} ${output === undefined}`;
  const measured = useRef(shape);
  // React Flow measures a new node itself.
  useEffect(() => {
    if (measured.current === shape) return;
    measured.current = shape;
    measurePorts(node.id);
  }, [shape, node.id, measurePorts]);
  const row = "nodrag relative flex h-6 w-full min-w-0 items-center gap-1 px-3 text-left hover:bg-sunken focus-visible:outline-offset-[-2px]";
  const hasResult = output !== undefined || outputWired || node.kind === "device";
  return (
    <div className="py-1">
      {views.map((view) => (
        <div key={view.name} className="relative">
          <button type="button" tabIndex={-1} onClick={() => selectPort(studio, node.id, view.name)} className={`${row} ${selected === view.name ? "bg-accent-soft" : ""}`}>
            <span className="sr-only">Port </span>
            <span className={`truncate font-mono text-[11.5px] ${view.ghost ? "text-bad line-through" : "text-ink"}`}>{view.name}</span>
            {view.typeName !== "" && <span className="min-w-0 flex-1 truncate font-mono text-[10.5px] text-ink-faint">: {view.typeName}</span>}
            {view.ghost && <span className="text-[10.5px] text-bad">no such parameter</span>}
          </button>
          <Handle type="target" id={inputHandle(view.name)} position={Position.Left} className={`${view.ghost ? "ghost" : view.wired ? "wired" : ""} ${view.fit}`} role="img" aria-label={`Input ${view.name}`} />
        </div>
      ))}
      {hasResult && (
        <div className="relative">
          <button type="button" tabIndex={-1} onClick={() => selectPort(studio, node.id, "")} className={`${row} justify-end ${selected === "" ? "bg-accent-soft" : ""}`} aria-label={`Result${output === undefined ? "" : ` of type ${output.typeName}`}`}>
            <span className="truncate font-mono text-[10.5px] text-ink-faint">{output?.typeName ?? "…"}</span>
          </button>
          <Handle type="source" id={OUTPUT_HANDLE} position={Position.Right} className={`${outputWired ? "wired" : ""} ${outputFit}`} role="img" aria-label="Output" />
        </div>
      )}
    </div>
  );
}

export const ModuleNode = memo(function ModuleNode({ data, selected }: NodeProps<ModuleFlowNode>): ReactNode {
  const { node, drawing } = data;
  const studio = useStudio();
  const title = useStudioState((state) => nodeTitle(state, node));
  const icon = useStudioState((state) => deviceOf(state, node)?.icon);
  const colour = useStudioState((state) => categoryColour(categoryIndex(state, node)));
  const trouble = useStudioState((state) => nodeTrouble(state, node));
  const subtitle = node.kind === "application" ? "application" : node.id;
  return (
    <div
      className={`w-56 rounded-lg border bg-panel shadow-sm transition-shadow ${selected ? "border-accent shadow-md ring-1 ring-accent" : trouble === undefined ? "border-line hover:border-line-strong" : "border-bad"}`}
      data-testid={`node-${node.id}`}
      onDoubleClick={() => perform(studio, actionNamed("go.inspector"))}
    >
      <div className="flex items-center gap-2 rounded-t-lg border-b border-line px-2.5 py-1.5">
        <NodeIcon isApplication={node.kind === "application"} icon={icon} colour={colour} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[12.5px] leading-4 font-semibold">{title}</span>
          <span className="block truncate text-[10.5px] leading-3.5 text-ink-faint">{subtitle}</span>
        </span>
        {trouble !== undefined && (
          <Tip text={trouble}>
            <span className="inline-flex text-bad" role="img" aria-label={trouble}>
              <CircleAlert size={15} />
            </span>
          </Tip>
        )}
      </div>
      <Ports node={node} drawing={drawing} />
    </div>
  );
});

/** One line on what is wrong with the node itself; undefined when nothing is. */
function nodeTrouble(state: StudioState, node: GraphNode): string | undefined {
  const error = nodeTypes(state, node.id)?.error;
  if (error !== undefined) return error;
  return state.checked?.problems.find((problem) => problem.severity === "error" && problem.node === node.id && problem.edge === undefined && problem.file === undefined)?.message;
}
