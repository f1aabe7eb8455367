/** One input of a node: what is wired to it, and the list of what could be, with the compiler's verdict on each. */
import { Select } from "radix-ui";
import { Check, ChevronDown, CircleCheck, CircleX, Hourglass, LoaderCircle, Plus, TriangleAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import type { Device } from "../../compiler-worker/composition/catalogue.ts";
import type { DeviceNode, GraphEdge } from "../../compiler-worker/composition/project.ts";
import { connect, connectNewDevice, disconnect, selectPort } from "../actions/graph.ts";
import { edgeKey } from "../model/graph.ts";
import { deviceAvailable, edgeStatus, fingerprint, nodeTitle } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";

const NOTHING = "nothing";

/** The identifier of a device that is not on the canvas yet, in questions to the compiler. */
function candidateId(device: Device): string {
  return `new:${device.id}`;
}

export interface PortWiringProps {
  readonly node: string;
  readonly port: string;
  /** Undefined for a port that the module no longer has. */
  readonly typeName: string | undefined;
  readonly selected: boolean;
  /** The port's signature, under the row, while it is selected. */
  readonly children?: ReactNode;
}

export function PortWiring({ node, port, typeName, selected, children }: PortWiringProps): ReactNode {
  const studio = useStudio();
  const edge = useStudioState((state) => state.document.edges.find((candidate) => candidate.to === node && candidate.port === port));
  const status = useStudioState((state) => (edge === undefined ? undefined : edgeStatus(state, edge)));
  const nodes = useStudioState((state) => state.document.nodes.filter((candidate) => candidate.id !== node).map((candidate) => ({ id: candidate.id, title: nodeTitle(state, candidate) })));
  const devices = useStudioState((state) => state.catalogue?.devices);
  const target = useStudioState((state) => state.document.target);
  const fits = useStudioState((state) => (state.fits?.fingerprint === fingerprint(state.document, state.texts) ? state.fits.checks : undefined));
  const offered = (devices ?? []).filter((device) => deviceAvailable(device, target));
  const verdict = (from: string): boolean | undefined => fits?.[edgeKey({ from, to: node, port })]?.ok;

  const question = (): void => {
    const extra = offered.map((device): DeviceNode => ({ kind: "device", id: candidateId(device), device: device.id, parameters: {}, position: { x: 0, y: 0 } }));
    const edges = [...nodes.map(({ id }) => id), ...extra.map(({ id }) => id)].map((from): GraphEdge => ({ from, to: node, port }));
    void studio.compiler.checkEdges(edges, extra);
  };

  const choose = (value: string): void => {
    if (value === NOTHING) disconnect(studio, node, port);
    else if (value.startsWith("new:")) {
      const device = offered.find((candidate) => candidateId(candidate) === value);
      if (device !== undefined) connectNewDevice(studio, device, node, port);
    } else connect(studio, { from: value, to: node, port });
  };

  const best = <T,>(items: readonly T[], from: (item: T) => string): T[] => [...items].sort((a, b) => rank(verdict(from(a))) - rank(verdict(from(b))));

  return (
    <li>
      <div className={`flex min-w-0 items-center gap-2 rounded-md border pl-2.5 ${selected ? "border-accent bg-accent-soft" : "border-line"}`}>
        <button type="button" className="min-w-0 flex-1 truncate rounded py-1 text-left" aria-pressed={selected} aria-label={`Show the signature of ${port}`} onClick={() => selectPort(studio, node, port)}>
          <span className={`font-mono text-[12px] ${typeName === undefined ? "text-bad line-through" : ""}`}>{port}</span>
          <span className="font-mono text-[11px] text-ink-faint">{typeName === undefined ? " is gone from the functor" : ` : ${typeName}`}</span>
        </button>
        {status === "mismatch" && <TriangleAlert size={14} className="shrink-0 text-bad" aria-label="does not fit" />}
        {status === "broken" && <Unplug size={14} className="shrink-0 text-bad" aria-label="broken" />}
        {status === "pending" && <Hourglass size={13} className="shrink-0 text-good" aria-label="fits so far" />}
        {status === "fits" && <Check size={14} className="shrink-0 text-good" aria-label="fits" />}
        <Select.Root value={edge?.from ?? NOTHING} onValueChange={choose} onOpenChange={(open) => open && question()}>
          <Select.Trigger aria-label={`Source for ${port}`} className="flex h-7 w-40 shrink-0 items-center justify-between gap-1 rounded-r-md border-l border-line bg-sunken px-2 text-left hover:bg-raised data-[placeholder]:text-ink-faint">
            <span className="truncate">
              <Select.Value placeholder="not wired" />
            </span>
            <ChevronDown size={13} className="shrink-0 text-ink-faint" aria-hidden />
          </Select.Trigger>
          <Select.Portal>
            <Select.Content position="popper" sideOffset={4} collisionPadding={8} className="z-50 max-h-[min(22rem,var(--radix-select-content-available-height))] w-72 overflow-hidden rounded-lg border border-line bg-panel shadow-xl">
              <Select.Viewport className="p-1">
                <Item value={NOTHING} verdict="none" title="not wired" />
                {typeName !== undefined && nodes.length > 0 && (
                  <Select.Group>
                    <Select.Label className="px-2 pt-2 pb-1 text-[10.5px] font-semibold tracking-wide text-ink-faint uppercase">On the canvas</Select.Label>
                    {best(nodes, (item) => item.id).map((item) => (
                      <Item key={item.id} value={item.id} verdict={verdict(item.id)} title={item.title} detail={item.id} />
                    ))}
                  </Select.Group>
                )}
                {typeName === undefined && edge !== undefined && (
                  <Item value={edge.from} verdict={false} title={nodes.find((item) => item.id === edge.from)?.title ?? edge.from} detail={edge.from} />
                )}
                {typeName !== undefined && offered.length > 0 && (
                  <Select.Group>
                    <Select.Label className="px-2 pt-2 pb-1 text-[10.5px] font-semibold tracking-wide text-ink-faint uppercase">New from the palette</Select.Label>
                    {best(offered, candidateId).map((device) => (
                      <Item key={device.id} value={candidateId(device)} verdict={verdict(candidateId(device))} title={device.title} detail="new" aside={<Plus size={12} aria-hidden />} />
                    ))}
                  </Select.Group>
                )}
              </Select.Viewport>
            </Select.Content>
          </Select.Portal>
        </Select.Root>
      </div>
      {children}
    </li>
  );
}

function rank(verdict: boolean | undefined): number {
  return verdict === true ? 0 : verdict === undefined ? 1 : 2;
}

interface ItemProps {
  readonly value: string;
  readonly verdict: boolean | undefined | "none";
  readonly title: string;
  /** What tells it from others of its title. */
  readonly detail?: string;
  readonly aside?: ReactNode;
}

function Item({ value, verdict, title, detail, aside }: ItemProps): ReactNode {
  const said = verdict === "none" ? "" : verdict === undefined ? ", being checked" : verdict ? ", fits" : ", does not fit";
  return (
    // The name would be the title alone, without the verdict.
    <Select.Item value={value} aria-labelledby={undefined} aria-label={`${title}${detail === undefined ? "" : ` (${detail})`}${said}`} className="flex items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-[highlighted]:bg-accent-soft data-[state=checked]:font-semibold">
      <span className="inline-flex size-4 shrink-0 items-center justify-center">
        {verdict === true ? (
          <CircleCheck size={14} className="text-good" aria-label="fits" />
        ) : verdict === false ? (
          <CircleX size={14} className="text-bad" aria-label="does not fit" />
        ) : verdict === undefined ? (
          <LoaderCircle size={13} className="animate-spin text-ink-faint" aria-label="being checked" />
        ) : null}
      </span>
      <span className={`min-w-0 flex-1 truncate ${verdict === false ? "text-ink-soft" : ""}`}>
        <Select.ItemText>{title}</Select.ItemText>
      </span>
      <span className="shrink-0 font-mono text-[11px] text-ink-faint">{aside ?? detail}</span>
    </Select.Item>
  );
}
