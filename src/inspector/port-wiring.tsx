/** One input of a node: what is wired to it, and the list of what could be, with the compiler's verdict on each. */
import { Select } from "radix-ui";
import { Check, ChevronDown, Hourglass, Plus, TriangleAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { connect, connectNewDevice, disconnect, selectPort } from "../actions/graph.ts";
import { edgeStatus, nodeTitle } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { useListKeys } from "../ui/list-keys.ts";
import { VerdictIcon, verdictText, type Verdict } from "../ui/verdict.tsx";
import { bestFirst, candidateId, judgeCandidates, offeredDevices, verdictOn } from "./candidates.ts";

const NOTHING = "nothing";

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
  const nodes = useStudioState((state) => state.document.nodes.filter((candidate) => candidate.id !== node).map((candidate) => ({ id: candidate.id, title: nodeTitle(state, candidate), verdict: verdictOn(state, { from: candidate.id, to: node, port }) })));
  const offered = useStudioState((state) => offeredDevices(state).map((device) => ({ device, verdict: verdictOn(state, { from: candidateId(device), to: node, port }) })));

  const onKeyDown = useListKeys();
  const choose = (value: string): void => {
    if (value === NOTHING) disconnect(studio, node, port);
    else if (value.startsWith("new:")) {
      const chosen = offered.find(({ device }) => candidateId(device) === value);
      if (chosen !== undefined) connectNewDevice(studio, chosen.device, node, port);
    } else connect(studio, { from: value, to: node, port });
  };

  return (
    <li>
      <div className={`flex min-w-0 items-center gap-2 rounded-md border pl-2.5 ${selected ? "border-accent bg-accent-soft" : "border-line"}`}>
        <button type="button" className="min-w-0 flex-1 truncate rounded py-1 text-left" aria-pressed={selected} onClick={() => selectPort(studio, node, port)}>
          <span className="sr-only">Signature of </span>
          <span className={`font-mono text-[12px] ${typeName === undefined ? "text-bad line-through" : ""}`}>{port}</span>
          <span className="font-mono text-[11px] text-ink-faint">{typeName === undefined ? " is gone from the functor" : ` : ${typeName}`}</span>
        </button>
        {status === "mismatch" && <TriangleAlert size={14} className="shrink-0 text-bad" aria-label="does not fit" />}
        {status === "broken" && <Unplug size={14} className="shrink-0 text-bad" aria-label="broken" />}
        {status === "pending" && <Hourglass size={13} className="shrink-0 text-good" aria-label="fits so far" />}
        {status === "fits" && <Check size={14} className="shrink-0 text-good" aria-label="fits" />}
        <Select.Root value={edge?.from ?? NOTHING} onValueChange={choose} onOpenChange={(open) => open && judgeCandidates(studio, node, port)}>
          <Select.Trigger aria-label={`Source for ${port}`} className="flex h-7 w-40 shrink-0 items-center justify-between gap-1 rounded-r-md border-l border-line bg-sunken px-2 text-left hover:bg-raised data-[placeholder]:text-ink-faint">
            <span className="truncate">
              <Select.Value placeholder="not wired" />
            </span>
            <ChevronDown size={13} className="shrink-0 text-ink-faint" aria-hidden />
          </Select.Trigger>
          <Select.Portal>
            <Select.Content onKeyDownCapture={onKeyDown} position="popper" sideOffset={4} collisionPadding={8} className="z-50 max-h-[min(22rem,var(--radix-select-content-available-height))] w-72 overflow-hidden rounded-lg border border-line bg-panel shadow-xl">
              <Select.Viewport className="p-1">
                <Item value={NOTHING} verdict="none" title="not wired" />
                {typeName !== undefined && nodes.length > 0 && (
                  <Select.Group>
                    <Select.Label className="px-2 pt-2 pb-1 text-[10.5px] font-semibold tracking-wide text-ink-faint uppercase">On the canvas</Select.Label>
                    {bestFirst(nodes).map((item) => (
                      <Item key={item.id} value={item.id} verdict={item.verdict} title={item.title} detail={item.id} />
                    ))}
                  </Select.Group>
                )}
                {typeName === undefined && edge !== undefined && (
                  <Item value={edge.from} verdict={false} title={nodes.find((item) => item.id === edge.from)?.title ?? edge.from} detail={edge.from} />
                )}
                {typeName !== undefined && offered.length > 0 && (
                  <Select.Group>
                    <Select.Label className="px-2 pt-2 pb-1 text-[10.5px] font-semibold tracking-wide text-ink-faint uppercase">New from the palette</Select.Label>
                    {bestFirst(offered).map(({ device, verdict }) => (
                      <Item key={device.id} value={candidateId(device)} verdict={verdict} title={device.title} detail="new" aside={<Plus size={12} aria-hidden />} />
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

interface ItemProps {
  readonly value: string;
  readonly verdict: Verdict;
  readonly title: string;
  /** What tells it from others of its title. */
  readonly detail?: string;
  readonly aside?: ReactNode;
}

function Item({ value, verdict, title, detail, aside }: ItemProps): ReactNode {
  return (
    // The name would be the title alone, without the verdict.
    <Select.Item value={value} aria-labelledby={undefined} aria-label={`${title}${detail === undefined ? "" : ` (${detail})`}${verdictText(verdict)}`} className="flex items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-[highlighted]:bg-accent-soft data-[state=checked]:font-semibold">
      <VerdictIcon verdict={verdict} />
      <span className={`min-w-0 flex-1 truncate ${verdict === false ? "text-ink-soft" : ""}`}>
        <Select.ItemText>{title}</Select.ItemText>
      </span>
      <span className="shrink-0 font-mono text-[11px] text-ink-faint">{aside ?? detail}</span>
    </Select.Item>
  );
}
