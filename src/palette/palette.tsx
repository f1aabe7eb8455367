/** The palette: everything that can be put on the canvas, to search, to drag, or to add with Enter. */
import { Search, X } from "lucide-react";
import { useMemo, useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from "react";
import type { Device } from "../../compiler-worker/composition/catalogue.ts";
import { addApplication, addDevice } from "../actions/graph.ts";
import { APPLICATION_ITEM, DEVICE_DATA } from "../canvas/canvas.tsx";
import { usePanelFocus } from "../shell/focus.ts";
import { deviceAvailable } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Tip } from "../ui/button.tsx";
import { nearest, nearWords } from "./nearest.ts";
import { categoryColour, NodeIcon } from "../ui/device-icon.tsx";

interface Item {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly colour: string;
  /** Undefined for the application. */
  readonly device: Device | undefined;
  readonly available: boolean;
}

const APPLICATION: Item = { id: APPLICATION_ITEM, title: "Application", summary: "A module of your own sources, with a function start.", category: "Application", colour: categoryColour(-1), device: undefined, available: true };

export function paletteItems(devices: readonly Device[], target: string): Item[] {
  const categories = [...new Set(devices.map((device) => device.category))];
  const items = devices.map((device): Item => ({ id: device.id, title: device.title, summary: device.summary, category: device.category, colour: categoryColour(categories.indexOf(device.category)), device, available: deviceAvailable(device, target) }));
  return [APPLICATION, ...categories.flatMap((category) => items.filter((item) => item.category === category))];
}

const textOf = (item: Item): string => `${item.title} ${item.id} ${item.summary} ${item.category} ${item.device?.module ?? ""} ${item.device?.package ?? ""}`.toLowerCase();
const wordsIn = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");

/** The items that have every word of the query; without any, those that have words near to them. */
function found(items: readonly Item[], query: string): { readonly items: readonly Item[]; readonly near: boolean } {
  const words = query.toLowerCase().split(/\s+/);
  const texts = items.map(textOf);
  const exact = items.filter((_, i) => words.every((word) => texts[i]!.includes(word)));
  if (exact.length > 0) return { items: exact, near: false };
  const known = new Set(items.flatMap((item) => wordsIn(`${item.title} ${item.id} ${item.category}`.toLowerCase())));
  const meant = words.filter((word) => word !== "").map((word) => (texts.some((text) => text.includes(word)) ? [word] : nearWords(word, known)));
  return { items: items.filter((_, i) => meant.every((near) => near.some((word) => texts[i]!.includes(word)))), near: true };
}

export function Palette(): ReactNode {
  const studio = useStudio();
  const devices = useStudioState((state) => state.catalogue?.devices);
  const target = useStudioState((state) => state.document.target);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  usePanelFocus("palette", () => {
    search.current?.focus();
    search.current?.select();
    return true;
  });
  const { items, near } = useMemo(() => found(paletteItems(devices ?? [], target), query), [devices, target, query]);
  const categories = [...new Set(items.map((item) => item.category))];
  const current = items.find((item) => item.id === active) ?? nearest(items, query);

  const add = (item: Item): void => {
    if (item.device === undefined) addApplication(studio);
    else addDevice(studio, item.device);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = items.findIndex((item) => item.id === current?.id);
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    const inText = event.target instanceof HTMLInputElement;
    if (inText && (event.key === "Home" || event.key === "End")) return;
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = items[Math.min(Math.max(step, 0), items.length - 1)];
      setActive(next?.id);
      list.current?.querySelector(`[data-item="${CSS.escape(next?.id ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && current !== undefined) {
      event.preventDefault();
      add(current);
    } else if (event.key === "Escape" && query !== "") {
      event.preventDefault();
      event.stopPropagation();
      setQuery("");
    }
  };

  return (
    <div className="flex h-full flex-col" data-panel="palette" onKeyDown={onKeyDown}>
      <div className="relative px-2 pt-2 pb-1.5">
        <Search size={13} className="pointer-events-none absolute top-[17px] left-4 text-ink-faint" aria-hidden />
        <input
          type="text"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(undefined);
          }}
          placeholder="Search devices"
          aria-label="Search devices"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={current === undefined ? undefined : `palette-${current.id}`}
          spellCheck={false}
          ref={search}
          data-panel-entry
          className="h-8 w-full rounded-md border border-line bg-sunken pr-7 pl-7.5 placeholder:text-ink-faint"
        />
        {query !== "" && (
          <button type="button" aria-label="Clear the search" className="absolute top-[15px] right-4 rounded p-0.5 text-ink-faint hover:text-ink" onClick={() => setQuery("")}>
            <X size={13} aria-hidden />
          </button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-2 pb-3">
        {near && items.length > 0 && <p className="px-1.5 pt-3 text-ink-soft">Nothing is called “{query}”. Did you mean:</p>}
        <div ref={list} id="palette-list" role="listbox" aria-label="Devices">
          {categories.map((category) => (
            <div key={category} role="group" aria-label={category}>
              <div aria-hidden className="px-1.5 pt-3 pb-1 text-[11px] font-semibold tracking-wide text-ink-faint uppercase">{category}</div>
              {items
                .filter((item) => item.category === category)
                .map((item) => (
                  <PaletteItem key={item.id} item={item} target={target} active={item.id === current?.id} onAdd={() => add(item)} onFocus={() => setActive(item.id)} />
                ))}
            </div>
          ))}
        </div>
        {devices === undefined && <p className="px-1.5 py-3 text-ink-faint">The catalogue is being read…</p>}
        {devices !== undefined && items.length === 0 && (
          <p className="px-1.5 py-3 text-ink-soft">
            Nothing matches “{query}”.
          </p>
        )}
      </div>
      <p className="border-t border-line px-3 py-1.5 text-[11px] text-ink-faint">Drag onto the canvas, or press Enter.</p>
    </div>
  );
}

interface PaletteItemProps {
  readonly item: Item;
  readonly target: string;
  readonly active: boolean;
  readonly onAdd: () => void;
  readonly onFocus: () => void;
}

function PaletteItem({ item, target, active, onAdd, onFocus }: PaletteItemProps): ReactNode {
  const onDragStart = (event: DragEvent): void => {
    event.dataTransfer.setData(DEVICE_DATA, item.id);
    event.dataTransfer.effectAllowed = "copy";
  };
  return (
    <Tip side="right" text={item.available ? item.summary : `${item.summary} Not on the target ${target}.`}>
      <div
        id={`palette-${item.id}`}
        role="option"
        aria-selected={active}
        data-item={item.id}
        draggable
        onDragStart={onDragStart}
        onPointerDown={onFocus}
        onDoubleClick={onAdd}
        className={`flex cursor-grab items-center gap-2 rounded-md border px-1.5 py-1 ${active ? "border-line bg-sunken" : "border-transparent hover:border-line hover:bg-sunken"} ${item.available ? "" : "opacity-50"}`}
      >
        <NodeIcon isApplication={item.device === undefined} icon={item.device?.icon} colour={item.colour} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[12.5px] leading-4 font-medium">{item.title}</span>
          <span className="block truncate text-[11px] leading-3.5 text-ink-faint">{item.summary}</span>
        </span>
      </div>
    </Tip>
  );
}
