/** The compiler's verdict on a wire that could be drawn, as a sign and in words. */
import { CircleCheck, CircleX, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";

/** `undefined`: it has not been given yet; `none`: there is nothing to judge. */
export type Verdict = boolean | undefined | "none";

export function verdictText(verdict: Verdict): string {
  return verdict === "none" ? "" : verdict === undefined ? ", being checked" : verdict ? ", fits" : ", does not fit";
}

export function VerdictIcon({ verdict }: { readonly verdict: Verdict }): ReactNode {
  return (
    <span className="inline-flex size-4 shrink-0 items-center justify-center" aria-hidden>
      {verdict === true ? <CircleCheck size={14} className="text-good" /> : verdict === false ? <CircleX size={14} className="text-bad" /> : verdict === undefined ? <LoaderCircle size={13} className="animate-spin text-ink-faint" /> : null}
    </span>
  );
}
