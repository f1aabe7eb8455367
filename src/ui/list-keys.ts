/**
 * Keys in an open list of choices (WAI-ARIA listbox pattern): arrows, Home, End, and typing the beginning of a name. Radix moves the focus
 * in a task of its own after such a key, so that Enter right after it would choose what had the focus before; here it moves at once.
 */
import { useRef, type KeyboardEvent } from "react";

/** Milliseconds after which typing begins a new search. */
const PAUSE = 1_000;

/** A handler for `onKeyDownCapture` of the list. */
export function useListKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const search = useRef({ text: "", at: 0 });
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=option]:not([data-disabled])")];
    const at = options.findIndex((option) => option === document.activeElement);
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at < 0 ? options.length - 1 : at - 1, Home: 0, End: options.length - 1 };
    let next: HTMLElement | undefined;
    const step = steps[event.key];
    if (step !== undefined) next = options[Math.min(Math.max(step, 0), options.length - 1)];
    else {
      const typed = event.timeStamp - search.current.at < PAUSE ? search.current.text : "";
      if (event.key.length !== 1 || (event.key === " " && typed === "")) return;
      const text = (typed + event.key).toLowerCase();
      search.current = { text, at: event.timeStamp };
      // One letter again and again goes from one to the next that begins with it.
      const same = [...text].every((letter) => letter === text[0]);
      const wanted = same ? text.charAt(0) : text;
      const from = same ? at + 1 : Math.max(at, 0);
      next = [...options.slice(from), ...options.slice(0, from)].find((option) => nameOf(option).startsWith(wanted));
    }
    event.preventDefault();
    event.stopPropagation();
    next?.focus();
  };
}

function nameOf(option: HTMLElement): string {
  return (option.textContent ?? "").trim().toLowerCase();
}
