/** Icons of devices, which the catalogue names; the whole set is loaded apart from the studio. */
import { AppWindow, Box, type LucideIcon } from "lucide-react";
import { useSyncExternalStore, type ReactNode } from "react";

let all: Readonly<Record<string, LucideIcon>> | undefined;
const listeners = new Set<() => void>();
let loading = false;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!loading) {
    loading = true;
    void import("./all-icons.ts").then(
      ({ icons }) => {
        all = icons;
        for (const heard of listeners) heard();
      },
      // Offline before the first load: the plain box stays.
      () => (loading = false),
    );
  }
  return () => listeners.delete(listener);
}

/** `align-left` or `AlignLeft` to the name under which the set has it. */
function setName(name: string): string {
  return name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

export function DeviceIcon({ name, size = 16 }: { readonly name: string | undefined; readonly size?: number }): ReactNode {
  const icons = useSyncExternalStore(subscribe, () => all);
  const Icon = name === undefined ? Box : (icons?.[setName(name)] ?? Box);
  return <Icon size={size} aria-hidden />;
}

export function ApplicationIcon({ size = 16 }: { readonly size?: number }): ReactNode {
  return <AppWindow size={size} aria-hidden />;
}

/** Colours of the palette's categories, in the order in which the catalogue has them. */
const hues = [262, 205, 155, 25, 340, 95, 230, 300];

/** A colour for the number of a category; the application's own is number -1. */
export function categoryColour(index: number): string {
  if (index < 0) return "var(--accent)";
  return `oklch(var(--category-lightness) 0.13 ${hues[index % hues.length]})`;
}

interface NodeIconProps {
  readonly isApplication: boolean;
  /** The catalogue's name for it. */
  readonly icon: string | undefined;
  readonly colour: string;
  readonly isLarge?: boolean;
}

/** A module's icon on a patch of its category's colour. */
export function NodeIcon({ isApplication, icon, colour, isLarge = false }: NodeIconProps): ReactNode {
  const size = isLarge ? 18 : 15;
  return (
    <span className={`inline-flex shrink-0 items-center justify-center rounded-md ${isLarge ? "size-8" : "size-6"}`} style={{ color: colour, background: `color-mix(in oklab, ${colour} 15%, transparent)` }}>
      {isApplication ? <ApplicationIcon size={size} /> : <DeviceIcon name={icon} size={size} />}
    </span>
  );
}
