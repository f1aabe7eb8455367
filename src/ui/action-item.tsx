/** An action as an item of a menu: its icon, its title and the key that does the same. */
import { ContextMenu, DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { showKey } from "../actions/action.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { useAvailable, useStudio } from "../studio.ts";
import { menuItem, menuSeparator } from "./menu.ts";

const parts = { dropdown: DropdownMenu, context: ContextMenu } as const;

interface ActionItemsProps {
  readonly menu: keyof typeof parts;
  /** Names of actions; undefined is a line between them. */
  readonly names: readonly (string | undefined)[];
}

export function ActionItems({ menu, names }: ActionItemsProps): ReactNode {
  const { Separator } = parts[menu];
  return names.map((name, index) => (name === undefined ? <Separator key={index} className={menuSeparator} /> : <ActionItem key={name} menu={menu} name={name} />));
}

function ActionItem({ menu, name }: { readonly menu: keyof typeof parts; readonly name: string }): ReactNode {
  const studio = useStudio();
  const action = actionNamed(name);
  // The menu is open while the compiler answers and projects are saved.
  const available = useAvailable(action);
  const { Item } = parts[menu];
  const Icon = action.icon;
  return (
    <Item className={menuItem} disabled={!available} onSelect={() => perform(studio, action)}>
      <span className="inline-flex w-4 justify-center">{Icon !== undefined && <Icon size={14} aria-hidden />}</span>
      <span className="flex-1">{action.title}</span>
      {action.keys?.[0] !== undefined && <kbd className="ml-6 font-sans text-[11px] text-ink-faint">{showKey(action.keys[0])}</kbd>}
    </Item>
  );
}
