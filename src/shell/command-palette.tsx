/** The command palette: every action, every device, every file and problem by its name. */
import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { useState, type ReactNode } from "react";
import { FileCode, Waypoints } from "lucide-react";
import { isAvailable, showKey, type Action } from "../actions/action.ts";
import { addApplication, addDevice, revealNodes, selectNodes } from "../actions/graph.ts";
import { actions, perform } from "../actions/index.ts";
import { setTarget, showFile } from "../actions/project.ts";
import { focusPanel, setLayout } from "../actions/view.ts";
import { paletteItems } from "../palette/palette.tsx";
import { nodeTitle } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { ApplicationIcon, DeviceIcon } from "../ui/device-icon.tsx";
import { dialogOverlay, giveFocusBack } from "./dialogs.tsx";

const itemClass = "flex h-8 items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-accent-soft data-[disabled=true]:text-ink-faint data-[disabled=true]:opacity-60";
const groupClass = "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[10.5px] [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:tracking-wide [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:uppercase";

export function CommandPalette(): ReactNode {
  const studio = useStudio();
  const open = useStudioState((state) => state.dialog === "commands");
  const close = (): void => studio.store.update({ dialog: undefined });
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialogOverlay} />
        <Dialog.Content aria-describedby={undefined} onCloseAutoFocus={giveFocusBack(studio)} className="fixed top-[12vh] left-1/2 z-50 w-[38rem] max-w-[92vw] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-panel shadow-2xl">
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          {open && <Commands close={close} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Commands({ close }: { readonly close: () => void }): ReactNode {
  const studio = useStudio();
  const [query, setQuery] = useState("");
  const state = studio.store.getState();
  const groups = [...new Set(actions.map((action) => action.group))];
  const run = (what: () => void) => () => {
    close();
    what();
  };
  const actionItem = (action: Action): ReactNode => {
    const Icon = action.icon;
    return (
      <Command.Item key={action.name} value={`${action.group} ${action.title}`} disabled={!isAvailable(action, studio)} onSelect={run(() => perform(studio, action))} className={itemClass}>
        <span className="inline-flex w-4 justify-center text-ink-faint">{Icon !== undefined && <Icon size={15} aria-hidden />}</span>
        <span className="flex-1 truncate">{action.title}</span>
        {action.keys?.[0] !== undefined && <kbd className="font-sans text-[11px] text-ink-soft">{showKey(action.keys[0])}</kbd>}
      </Command.Item>
    );
  };
  return (
    <Command label="Commands" loop>
      <Command.Input value={query} onValueChange={setQuery} placeholder="Type a command, a device, a file…" className="h-11 w-full border-b border-line bg-transparent px-4 text-[14px] outline-none placeholder:text-ink-faint" />
      <Command.List className="max-h-[56vh] overflow-auto p-1.5">
        <Command.Empty className="p-4 text-center text-ink-soft">Nothing has this name.</Command.Empty>
        <Command.Group heading="Build" className={groupClass}>
          {actions.filter((action) => action.group === "Build").map(actionItem)}
        </Command.Group>
        <Command.Group heading="Add to the canvas" className={groupClass}>
          {paletteItems(state.catalogue?.devices ?? [], state.document.target).map((item) => (
            <Command.Item
              key={item.id}
              value={`Add ${item.title} ${item.id} ${item.device?.module ?? ""}`}
              className={itemClass}
              onSelect={run(() => {
                if (item.device === undefined) addApplication(studio);
                else addDevice(studio, item.device);
              })}
            >
              <span className="inline-flex w-4 justify-center text-ink-faint">{item.device === undefined ? <ApplicationIcon size={15} /> : <DeviceIcon name={item.device.icon} size={15} />}</span>
              <span className="flex-1 truncate">Add {item.title}</span>
              <span className="truncate text-[11px] text-ink-faint">{item.category}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="Go to" className={groupClass}>
          {state.document.files.map((file) => (
            <Command.Item
              key={file.id}
              value={`Open file ${file.name}`}
              className={itemClass}
              onSelect={run(() => {
                showFile(studio, file.id);
                focusPanel(studio, "editor");
              })}
            >
              <span className="inline-flex w-4 justify-center text-ink-faint">
                <FileCode size={15} aria-hidden />
              </span>
              Open {file.name}
            </Command.Item>
          ))}
          {state.document.nodes.map((node) => (
            <Command.Item
              key={node.id}
              value={`Select node ${nodeTitle(state, node)} ${node.id}`}
              className={itemClass}
              onSelect={run(() => {
                selectNodes(studio, [node.id]);
                revealNodes(studio, [node.id]);
                setLayout(studio, { inspectorOpen: true });
              })}
            >
              <span className="inline-flex w-4 justify-center text-ink-faint">
                <Waypoints size={15} aria-hidden />
              </span>
              <span className="flex-1 truncate">Select {nodeTitle(state, node)}</span>
              <span className="font-mono text-[11px] text-ink-faint">{node.id}</span>
            </Command.Item>
          ))}
          {actions.filter((action) => action.group === "Go to").map(actionItem)}
        </Command.Group>
        {groups
          .filter((group) => group !== "Build" && group !== "Go to")
          .map((group) => (
            <Command.Group key={group} heading={group} className={groupClass}>
              {actions.filter((action) => action.group === group && action.name !== "view.commands").map(actionItem)}
            </Command.Group>
          ))}
        <Command.Group heading="Target" className={groupClass}>
          {(state.catalogue?.targets ?? []).map((target) => (
            <Command.Item key={target.name} value={`Target ${target.title} ${target.name}`} className={itemClass} onSelect={run(() => setTarget(studio, target.name))}>
              <span className="w-4" />
              <span className="flex-1 truncate">Build for {target.title}</span>
              {target.name === state.document.target && <span className="text-[11px] text-ink-faint">chosen</span>}
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
    </Command>
  );
}
