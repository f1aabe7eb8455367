/** The project in the inspector, while nothing is selected. */
import type { ReactNode } from "react";
import { renameProject } from "../actions/project.ts";
import { projectNameError } from "../model/document.ts";
import { targetInfo } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Kbd } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { ConfigurationSection } from "./configuration-section.tsx";
import { SectionTitle } from "./inspector.tsx";
import { LibraryList } from "./library-list.tsx";

export function ProjectInspector(): ReactNode {
  const studio = useStudio();
  const name = useStudioState((state) => state.document.name);
  const target = useStudioState(targetInfo);
  const counts = useStudioState((state) => ({ nodes: state.document.nodes.length, edges: state.document.edges.length, files: state.document.files.length }));
  return (
    <>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(10rem,1fr))] gap-x-3 gap-y-2">
        <TextField label="Project" value={name} lazy validate={projectNameError} onChange={(value) => renameProject(studio, value)} hint="The image and the exported archive are named after it." />
        <div className="flex flex-col gap-1">
          <span className="h-5 font-medium">Target</span>
          <span className="leading-7">{target?.title ?? "…"}</span>
          <span className="text-[11.5px] text-ink-faint">{target?.summary}</span>
        </div>
      </div>
      <p className="mt-3 text-ink-soft">
        {counts.nodes} {counts.nodes === 1 ? "module" : "modules"} on the canvas, {counts.edges} {counts.edges === 1 ? "wire" : "wires"}, {counts.files} {counts.files === 1 ? "file" : "files"}.
      </p>
      <ConfigurationSection />
      <LibraryList />
      <SectionTitle>How to</SectionTitle>
      <ul className="flex flex-col gap-1 text-ink-soft">
        <li>Drag a module from the palette, then a wire from its result to a parameter. The compiler checks each wire as you draw it.</li>
        <li>Select a module to set its parameters, or a wire to read why it does not fit.</li>
        <li>
          Everything has a name in the command palette: <Kbd hotkey="Mod+K" />
        </li>
      </ul>
    </>
  );
}
