/**
 * What the studio tells in passing. Messages lie beside what the user works with, never on it: those of one line in the status line,
 * longer ones and failures in a region of their own above it. Failures stay until they are dismissed, the others as long as it takes
 * to read them; the time stands still while pointer or focus is on one (WCAG 2.2.1).
 */
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { actionNamed, perform } from "../actions/index.ts";
import { dismiss, isBrief } from "../actions/notify.ts";
import type { Message } from "../store/state.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { IconButton } from "../ui/button.tsx";
import { usePanelFocus } from "./focus.ts";

/** Milliseconds that a message is shown: for its title, and for each letter of its details. */
const GLANCE = 5_000;
const READING = 80;

const icons: Readonly<Record<Message["kind"], ReactNode>> = {
  error: <CircleAlert size={15} className="mt-px shrink-0 text-bad" aria-hidden />,
  success: <CircleCheck size={15} className="mt-px shrink-0 text-good" aria-hidden />,
  info: <Info size={15} className="mt-px shrink-0 text-accent" aria-hidden />,
};

/** Dismisses the message when its time is over, unless it is held. */
function useExpiry({ id, kind, details }: Message, held: boolean): void {
  const { store } = useStudio();
  const time = kind === "error" ? undefined : GLANCE + READING * details.join("").length;
  useEffect(() => {
    if (time === undefined || held) return;
    const timer = setTimeout(() => dismiss({ store }, id), time);
    return () => clearTimeout(timer);
  }, [store, id, time, held]);
}

/** The region of messages that need room. It is always there, so that screen readers hear what comes into it. */
export function Messages(): ReactNode {
  const studio = useStudio();
  const messages = useStudioState((state) => state.messages.filter((message) => !isBrief(message)));
  const region = useRef<HTMLElement>(null);
  usePanelFocus("messages", () => {
    const entry = region.current?.querySelector<HTMLElement>("button");
    entry?.focus();
    return entry !== undefined;
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    perform(studio, actionNamed("view.dismiss"));
  };
  return (
    <section ref={region} aria-label="Messages" data-panel="messages" className="max-h-[35vh] shrink-0 overflow-y-auto bg-panel" onKeyDown={onKeyDown}>
      <ul aria-live="polite" className={messages.length > 0 ? "divide-y divide-line border-t border-line" : ""}>
        {messages.map((message) => (
          <LongMessage key={message.id} message={message} />
        ))}
      </ul>
    </section>
  );
}

function LongMessage({ message }: { readonly message: Message }): ReactNode {
  const studio = useStudio();
  const [held, setHeld] = useState(false);
  useExpiry(message, held);
  const { kind, title, details } = message;
  return (
    <li
      className="flex items-start gap-2 py-1 pr-1.5 pl-2.5 text-[12.5px]"
      data-testid="message"
      data-kind={kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="flex h-6 items-center">{icons[kind]}</span>
      <div className="min-w-0 flex-1 py-0.5 leading-5" role={kind === "error" ? "alert" : undefined}>
        <strong className="mr-2 font-medium">{title}</strong>
        {details.length === 1 && <span className="break-words whitespace-pre-wrap text-ink-soft">{details[0]}</span>}
        {details.length > 1 && (
          <ul className="list-disc pl-4 text-ink-soft">
            {details.map((detail, index) => (
              <li key={index} className="break-words whitespace-pre-wrap">
                {detail}
              </li>
            ))}
          </ul>
        )}
      </div>
      <IconButton label={`Dismiss: ${title}`} className="!size-6" side="top" onClick={() => dismiss(studio, message.id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}

/** The newest message of one line, for the status line. */
export function BriefMessage(): ReactNode {
  const message = useStudioState((state) => state.messages.findLast(isBrief));
  return (
    <span aria-live="polite" className="flex min-w-0 items-center gap-1.5">
      {message !== undefined && <BriefText key={message.id} message={message} />}
    </span>
  );
}

function BriefText({ message }: { readonly message: Message }): ReactNode {
  useExpiry(message, false);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-ink" data-testid="message" data-kind={message.kind}>
      {icons[message.kind]}
      <span className="truncate">{message.title}</span>
    </span>
  );
}
