/** Messages that pass, and questions that must be answered. */
import type { Question, Toast } from "../store/state.ts";
import type { Studio } from "../studio.ts";

let lastToast = 0;

export function notify(studio: Pick<Studio, "store">, kind: Toast["kind"], title: string, details: readonly string[] = []): void {
  const { toasts } = studio.store.getState();
  studio.store.update({ toasts: [...toasts.slice(-3), { id: ++lastToast, kind, title, details }] });
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
