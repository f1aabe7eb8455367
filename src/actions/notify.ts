/** Messages that pass, and questions that must be answered. */
import type { Message, Question } from "../store/state.ts";
import type { Studio } from "../studio.ts";

/** How many messages are kept: those that nobody dismisses make way. */
const MOST = 4;

let lastMessage = 0;

export function notify(studio: Pick<Studio, "store">, kind: Message["kind"], title: string, details: readonly string[] = []): void {
  const { messages } = studio.store.getState();
  // The same said again is one message, newly said.
  const others = messages.filter((m) => m.title !== title || m.details.join("\n") !== details.join("\n"));
  studio.store.update({ messages: [...others.slice(1 - MOST), { id: ++lastMessage, kind, title, details }] });
}

/** Messages that the status line has room for. */
export function isBrief({ kind, details }: Message): boolean {
  return kind !== "error" && details.length === 0;
}

export function dismiss(studio: Pick<Studio, "store">, id: number): void {
  studio.store.update({ messages: studio.store.getState().messages.filter((message) => message.id !== id) });
}

/** Asks; the answer is a choice's value, or undefined when the user turned away. */
export function ask(studio: Pick<Studio, "store">, question: Omit<Question, "answer">): Promise<string | undefined> {
  return new Promise((resolve) => {
    studio.store.update({
      question: {
        ...question,
        answer: (value) => {
          studio.store.update({ question: undefined });
          resolve(value);
        },
      },
    });
  });
}

/** Runs what may fail for reasons outside of the studio, and says so when it does. */
export async function attempt(studio: Pick<Studio, "store">, what: string, perform: () => void | Promise<void>): Promise<void> {
  try {
    await perform();
  } catch (error) {
    notify(studio, "error", what, [error instanceof Error ? error.message : String(error)]);
  }
}
