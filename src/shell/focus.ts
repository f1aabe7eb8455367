/**
 * Where the keyboard's focus is. A panel is asked for through the store (`focusPanel`) and takes the focus as soon as it is there, in the
 * same commit that shows it, so that the next key goes to it. What had the focus and is gone (a node that was deleted, a dialog that
 * was closed) leaves it to its panel: the focus is never on nothing, where the next key would be lost.
 */
import { useLayoutEffect } from "react";
import type { PanelName } from "../store/state.ts";
import { useStudio, useStudioState } from "../studio.ts";

/** Takes the focus when the panel is asked for; `take` says whether it could. Until it can, the request waits. */
export function usePanelFocus(panel: PanelName, take: () => boolean): void {
  const { store } = useStudio();
  const wanted = useStudioState((state) => state.panelFocus === panel);
  // After every commit while the panel is wanted: what takes the focus may come later than the request.
  useLayoutEffect(() => {
    if (wanted && take()) store.update({ panelFocus: undefined });
  });
}

/** Elements that take the focus for as long as they are open, and are no part of a panel. */
const POPUPS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox][data-state], [data-radix-popper-content-wrapper], [data-radix-focus-guard]";

export interface FocusKeeper {
  /** Gives the focus back to what had it before a popup, unless something has it already. */
  readonly restore: () => void;
  readonly stop: () => void;
}

/** Watches the focus of the window. */
export function keepFocus(): FocusKeeper {
  /** The element outside of popups that had the focus last, and its panel; in a panel, `data-panel-entry` marks what takes the focus for it. */
  let last: HTMLElement | undefined;
  let panel: string | undefined;

  const onNothing = (): boolean => document.activeElement === null || document.activeElement === document.body;

  const restore = (): void => {
    if (!onNothing() || last === undefined) return;
    if (last.isConnected) last.focus({ preventScroll: true });
    if (!onNothing()) return;
    for (const name of [panel, "canvas"]) {
      if (name !== undefined && onNothing()) document.querySelector<HTMLElement>(`[data-panel="${name}"][data-panel-entry], [data-panel="${name}"] [data-panel-entry]`)?.focus({ preventScroll: true });
    }
  };
  const onFocusIn = (event: FocusEvent): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement || target instanceof SVGElement) || target.closest(POPUPS) !== null) return;
    last = target as HTMLElement;
    panel = target.closest<HTMLElement>("[data-panel]")?.dataset["panel"];
  };
  const lost = (): void => {
    if (last?.isConnected === false) restore();
  };
  const onFocusOut = (event: FocusEvent): void => {
    // What is removed says so before it is gone.
    if (event.relatedTarget === null) queueMicrotask(lost);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Not every browser tells that what has the focus was removed.
    if (event.target === document.body) lost();
  };
  document.addEventListener("focusin", onFocusIn);
  document.addEventListener("focusout", onFocusOut);
  document.addEventListener("keydown", onKeyDown, { capture: true });
  return {
    restore,
    stop() {
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("focusout", onFocusOut);
      document.removeEventListener("keydown", onKeyDown, { capture: true });
    },
  };
}
