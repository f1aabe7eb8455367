/** What a wire offers that is dropped on the empty canvas: devices to put there, with the compiler's verdict on each. */
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import type { NodePosition } from "../../compiler-worker/composition/project.ts";
import { connectNewDevice } from "../actions/graph.ts";
import { bestFirst, candidateId, offeredDevices, verdictOn } from "../inspector/candidates.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { DeviceIcon } from "../ui/device-icon.tsx";
import { menuContent, menuItem, menuLabel } from "../ui/menu.ts";
import { VerdictIcon, verdictText } from "../ui/verdict.tsx";
import type { WireStart } from "./context.ts";

export interface DroppedWire {
  readonly start: WireStart;
  /** Where it was dropped: on the screen, and on the canvas. */
  readonly screen: NodePosition;
  readonly place: NodePosition;
}

export function WireMenu({ wire, onClose }: { readonly wire: DroppedWire; readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const { node, port } = wire.start;
  const items = useStudioState((state) => offeredDevices(state).map((device) => ({ device, verdict: verdictOn(state, { from: candidateId(device), to: node, port }) })));
  return (
    <DropdownMenu.Root open onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger aria-hidden tabIndex={-1} className="pointer-events-none fixed size-0 opacity-0" style={{ left: wire.screen.x, top: wire.screen.y }} />
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="start" sideOffset={2} collisionPadding={8} className={`${menuContent} max-h-80 overflow-auto`} aria-label={`New device for ${port}`}>
          <DropdownMenu.Label className={menuLabel}>New device for {port}</DropdownMenu.Label>
          {bestFirst(items).map(({ device, verdict }) => (
            <DropdownMenu.Item key={device.id} aria-label={`${device.title}${verdictText(verdict)}`} className={menuItem} onSelect={() => connectNewDevice(studio, device, node, port, wire.place)}>
              <VerdictIcon verdict={verdict} />
              <span className={`flex-1 ${verdict === false ? "text-ink-soft" : ""}`}>{device.title}</span>
              <span className="text-ink-faint">
                <DeviceIcon name={device.icon} size={14} />
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
