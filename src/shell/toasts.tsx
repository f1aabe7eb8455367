/** Messages that pass: those that tell of a failure stay until they are closed. */
import { Toast } from "radix-ui";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import type { ReactNode } from "react";
import { useStudio, useStudioState } from "../studio.ts";

const FLEETING = 4_000;
/** For those that say more than a title. */
const READING = 12_000;
const LASTING = 60 * 60 * 1000;

export function Toasts(): ReactNode {
  const studio = useStudio();
  const toasts = useStudioState((state) => state.toasts);
  const close = (id: number): void => studio.store.update({ toasts: studio.store.getState().toasts.filter((toast) => toast.id !== id) });
  return (
    <Toast.Provider swipeDirection="right" label="Message">
      {toasts.map((toast) => (
        <Toast.Root
          key={toast.id}
          duration={toast.kind === "error" ? LASTING : toast.details.length > 0 ? READING : FLEETING}
          type={toast.kind === "error" ? "foreground" : "background"}
          onOpenChange={(open) => !open && close(toast.id)}
          className="flex items-start gap-2 rounded-lg border border-line bg-panel p-3 shadow-xl"
          data-testid="toast"
        >
          {toast.kind === "error" ? <CircleAlert size={16} className="mt-px shrink-0 text-bad" aria-hidden /> : toast.kind === "success" ? <CircleCheck size={16} className="mt-px shrink-0 text-good" aria-hidden /> : <Info size={16} className="mt-px shrink-0 text-accent" aria-hidden />}
          <div className="min-w-0 flex-1">
            <Toast.Title className="font-medium">{toast.title}</Toast.Title>
            {toast.details.length > 0 && (
              <Toast.Description asChild>
                <ul className="mt-0.5 max-h-40 overflow-auto text-ink-soft">
                  {toast.details.map((detail) => (
                    <li key={detail} className="break-words">
                      {detail}
                    </li>
                  ))}
                </ul>
              </Toast.Description>
            )}
          </div>
          <Toast.Close aria-label="Close" className="rounded p-0.5 text-ink-faint hover:text-ink">
            <X size={14} aria-hidden />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-3 bottom-9 z-50 flex w-96 max-w-[90vw] flex-col gap-2 outline-none" />
    </Toast.Provider>
  );
}
