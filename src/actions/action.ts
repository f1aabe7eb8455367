/** Actions as data: what menus, shortcuts, buttons and the command palette offer, written once. */
import type { LucideIcon } from "lucide-react";
import type { Studio } from "../studio.ts";
import type { StudioState } from "../store/state.ts";

export interface Action {
  /** `edit.undo` */
  readonly name: string;
  readonly title: string;
  /** Heading in the command palette. */
  readonly group: "Build" | "Edit" | "View" | "Project" | "Files" | "Go to" | "Code";
  /** `Mod+Shift+Z`: Mod is Command on a Mac and Ctrl elsewhere. The first is shown, all are heard. */
  readonly keys?: readonly string[];
  /** Where the keys are heard: everywhere unless said otherwise. */
  readonly heard?: "outside text" | "on the canvas" | "by the editor";
  readonly icon?: LucideIcon;
  readonly available?: (state: StudioState, studio: Studio) => boolean;
  readonly perform: (studio: Studio) => void | Promise<void>;
}

export function isAvailable(action: Action, studio: Studio): boolean {
  return action.available === undefined || action.available(studio.store.getState(), studio);
}

export const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** A key as it is written on the user's keyboard. */
export function showKey(key: string): string {
  const parts = key.split("+");
  if (isMac) return parts.map((part) => ({ Mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↵", Backspace: "⌫", Delete: "⌦", Escape: "esc", Plus: "+", ArrowLeft: "←" })[part] ?? part).join("");
  return parts.map((part) => ({ Mod: "Ctrl", Delete: "Del", Escape: "Esc", Plus: "+", ArrowLeft: "←" })[part] ?? part).join("+");
}

export function matchesKey(key: string, event: KeyboardEvent): boolean {
  const parts = key.split("+");
  const wanted = parts.at(-1) ?? "";
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const otherMod = isMac ? event.ctrlKey : event.metaKey;
  if (mod !== parts.includes("Mod") || otherMod || event.altKey !== parts.includes("Alt")) return false;
  // For signs, the shift key is part of how they are typed.
  if (wanted === "Plus") return event.key === "+" || event.key === "=";
  if (wanted === "?") return event.key === "?";
  // With Alt, some keyboards type signs: the key itself counts.
  if (/^[0-9]$/.test(wanted)) return event.code === `Digit${wanted}` && !event.shiftKey;
  if (event.shiftKey !== parts.includes("Shift")) return false;
  return event.key.toLowerCase() === wanted.toLowerCase();
}

/** Whether the event goes to the canvas, or to nothing in particular. */
export function isCanvasTarget(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.closest("[data-canvas]") !== null);
}

/** Whether the event goes to a place where text is typed. */
export function isTextTarget(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true], .monaco-editor") !== null;
}
