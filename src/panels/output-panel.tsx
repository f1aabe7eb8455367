/** Problems and build, as two tabs under the editor. */
import { Tabs } from "radix-ui";
import type { ReactNode } from "react";
import { setLayout } from "../actions/view.ts";
import { countErrors, isStale, problemsOf } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { BuildPanel } from "./build.tsx";
import { Problems } from "./problems.tsx";

export function OutputPanel(): ReactNode {
  const studio = useStudio();
  const tab = useStudioState((state) => state.preferences.layout.outputTab);
  const errors = useStudioState((state) => countErrors(problemsOf(state)));
  const others = useStudioState((state) => problemsOf(state).length) - errors;
  const stale = useStudioState(isStale);
  const running = useStudioState((state) => state.build.status === "running");
  const trigger = "flex h-full items-center gap-1.5 border-b-2 border-transparent px-3 text-[12.5px] text-ink-soft hover:text-ink focus-visible:outline-offset-[-3px] data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink";
  return (
    <Tabs.Root value={tab} onValueChange={(value) => setLayout(studio, { outputTab: value === "build" ? "build" : "problems" })} className="flex h-full min-h-0 flex-col bg-panel">
      <Tabs.List aria-label="Output" className="flex h-8 shrink-0 items-stretch border-b border-line bg-sunken">
        <Tabs.Trigger value="problems" className={trigger}>
          Problems
          {errors + others > 0 && <span className={`rounded-full px-1.5 text-[11px] font-semibold ${errors > 0 ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn"}`}>{errors + others}</span>}
        </Tabs.Trigger>
        <Tabs.Trigger value="build" className={trigger}>
          Build
          {running ? <span className="size-2 animate-pulse rounded-full bg-accent" aria-label="running" /> : stale && <span className="size-2 rounded-full bg-warn" role="img" aria-label="out of date" />}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="problems" tabIndex={-1} className="min-h-0 flex-1 outline-none">
        <Problems />
      </Tabs.Content>
      <Tabs.Content value="build" tabIndex={-1} className="min-h-0 flex-1 outline-none">
        <BuildPanel />
      </Tabs.Content>
    </Tabs.Root>
  );
}
