/** The OCaml libraries that the project brings: what each is, under which licence, and what is wrong with it. */
import { CircleAlert, FolderPlus, LibraryBig, Plus, Trash2, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { BroughtLibrary } from "../../compiler-worker/api.ts";
import { actionNamed, perform } from "../actions/index.ts";
import { removeLibrary } from "../actions/project.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { SectionTitle } from "./inspector.tsx";

export function LibraryList(): ReactNode {
  const studio = useStudio();
  const entries = useStudioState((state) => state.document.libraries);
  const reports = useStudioState((state) => state.checked?.trees ?? []);
  return (
    <section aria-label="Libraries" className="mt-4" data-testid="libraries">
      <SectionTitle>Libraries</SectionTitle>
      {entries.length === 0 && <p className="text-ink-soft">Drop the folder or archive of an OCaml library on the window: its modules come into the palette, and your sources can use them.</p>}
      <ul className="flex flex-col gap-1.5">
        {entries.map((entry) => {
          const report = reports.find((candidate) => candidate.tree === entry.id);
          return (
            <li key={entry.id} className="rounded-md border border-line" data-testid={`library-${entry.name}`}>
              <div className="flex items-center gap-2 py-0.5 pr-0.5 pl-2.5">
                <LibraryBig size={14} className="shrink-0 text-ink-faint" aria-hidden />
                <span className="min-w-0 flex-1 truncate font-medium">{entry.name}</span>
                <IconButton label={`Remove the library ${entry.name}`} onClick={() => removeLibrary(studio, entry.id)}>
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              </div>
              {report === undefined ? (
                <p className="px-2.5 pb-1.5 text-ink-faint">It is being read…</p>
              ) : (
                <div className="flex flex-col gap-1.5 border-t border-line px-2.5 py-1.5">
                  {report.libraries.length === 0 && <p className="text-ink-soft">No library is defined in it.</p>}
                  {report.libraries.map((library) => (
                    <Library key={library.name} library={library} />
                  ))}
                  {report.problems.map((problem) => (
                    <Remark key={problem} severity="warning" message={problem} />
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={() => perform(studio, actionNamed("library.add"))}>
          <Plus size={14} aria-hidden /> Add library archive…
        </Button>
        <Button onClick={() => perform(studio, actionNamed("library.addFolder"))}>
          <FolderPlus size={14} aria-hidden /> Add library folder…
        </Button>
      </div>
    </section>
  );
}

function Library({ library }: { readonly library: BroughtLibrary }): ReactNode {
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-mono text-[12px]">{library.name}</span>
        <span className="text-[11.5px] text-ink-faint">
          {library.version === undefined ? "" : `${library.version}, `}
          {library.modules} {library.modules === 1 ? "module" : "modules"}, {library.licence ?? "licence not told"}
        </span>
      </p>
      {library.summary !== undefined && <p className="text-[11.5px] break-words text-ink-soft">{library.summary}</p>}
      {library.problems.map(({ severity, message }) => (
        <Remark key={message} severity={severity} message={message} />
      ))}
    </div>
  );
}

function Remark({ severity, message }: BroughtLibrary["problems"][number]): ReactNode {
  return (
    <p className={`mt-0.5 flex gap-1.5 text-[12px] ${severity === "error" ? "text-bad" : "text-warn"}`}>
      {severity === "error" ? <CircleAlert size={13} className="mt-0.5 shrink-0" aria-label="error" /> : <TriangleAlert size={13} className="mt-0.5 shrink-0" aria-label="warning" />}
      <span className="min-w-0 break-words whitespace-pre-wrap">{message}</span>
    </p>
  );
}
