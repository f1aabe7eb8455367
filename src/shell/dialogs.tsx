/** The dialogs: names to give, projects and templates to choose, questions to answer, keys to look up. */
import { AlertDialog, Dialog } from "radix-ui";
import { Copy, FolderOpen, LayoutTemplate, Trash2, X } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { isMac } from "../actions/action.ts";
import { actionNamed, actions, perform } from "../actions/index.ts";
import { attempt } from "../actions/notify.ts";
import { addFile, deleteProject, newFileNameError, renameFile, renameProject } from "../actions/project.ts";
import { focusPanel } from "../actions/view.ts";
import { CONFIGURATION_FILE } from "../model/configuration.ts";
import { completeFileName, moduleOfFile, projectNameError, siblingOf } from "../model/document.ts";
import { readTemplate } from "../persistence/archive.ts";
import { useStudio, useStudioState, type Studio } from "../studio.ts";
import { Button, IconButton, Kbd } from "../ui/button.tsx";

export const dialogOverlay = "fixed inset-0 z-50 bg-black/35 dark:bg-black/55";
const dialogBox = "fixed top-1/2 left-1/2 z-50 flex max-h-[84vh] max-w-[92vw] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-2xl outline-none";

/** For dialogs that nothing on the page opens: what had the focus before has it again, unless the answer led elsewhere. */
export function giveFocusBack(studio: Studio): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    studio.handles.focus?.restore();
  };
}

export function Dialogs(): ReactNode {
  const studio = useStudio();
  const dialog = useStudioState((state) => state.dialog);
  const open = dialog !== undefined && dialog !== "commands";
  return (
    <>
      <Dialog.Root open={open} onOpenChange={(next) => !next && studio.store.update({ dialog: undefined, dialogSubject: undefined })}>
        <Dialog.Portal>
          <Dialog.Overlay className={dialogOverlay} />
          {dialog === "rename-project" && <RenameProject />}
          {dialog === "new-file" && <NewFile />}
          {dialog === "rename-file" && <RenameFile />}
          {dialog === "projects" && <Projects />}
          {dialog === "templates" && <Templates />}
          {dialog === "shortcuts" && <Shortcuts />}
        </Dialog.Portal>
      </Dialog.Root>
      <QuestionDialog />
    </>
  );
}

function Box({ title, text, wide = false, children }: { readonly title: string; readonly text?: string; readonly wide?: boolean; readonly children: ReactNode }): ReactNode {
  const studio = useStudio();
  return (
    <Dialog.Content
      onCloseAutoFocus={giveFocusBack(studio)}
      className={`${dialogBox} ${wide ? "w-[40rem]" : "w-[26rem]"}`}
      onOpenAutoFocus={(event) => {
        const first = event.currentTarget instanceof HTMLElement ? event.currentTarget.querySelector<HTMLElement>("[data-first-focus], input") : null;
        if (first === null) return;
        event.preventDefault();
        first.focus();
      }}
      {...(text === undefined ? { "aria-describedby": undefined } : {})}
    >
      <header className="flex items-start gap-3 border-b border-line px-4 py-3">
        <div className="min-w-0 flex-1">
          <Dialog.Title className="text-[14.5px] font-semibold">{title}</Dialog.Title>
          {text !== undefined && <Dialog.Description className="mt-0.5 text-ink-soft">{text}</Dialog.Description>}
        </div>
        {/* Without a tip: it would open with the focus, and take the first Escape for itself. */}
        <Dialog.Close aria-label="Close" className="-mr-1.5 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink">
          <X size={16} aria-hidden />
        </Dialog.Close>
      </header>
      {children}
    </Dialog.Content>
  );
}

/** `complete` makes the name that is meant of what is written. */
function NameForm({ label, initial, placeholder, complete = (name) => name, action, validate, onSubmit }: { readonly label: string; readonly initial: string; readonly placeholder?: string; readonly complete?: (written: string) => string; readonly action: string; readonly validate: (name: string) => string | undefined; readonly onSubmit: (name: string) => void }): ReactNode {
  const studio = useStudio();
  const id = useId();
  const [written, setName] = useState(initial);
  const [touched, setTouched] = useState(false);
  const name = complete(written);
  const error = validate(name);
  return (
    <form
      className="flex flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTouched(true);
        if (error !== undefined) return;
        studio.store.update({ dialog: undefined, dialogSubject: undefined });
        onSubmit(name);
      }}
    >
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <input
          id={id}
          value={written}
          placeholder={placeholder}
          autoFocus
          spellCheck={false}
          autoComplete="off"
          aria-invalid={touched && error !== undefined}
          aria-describedby={`${id}-error`}
          onFocus={(event) => {
            const dot = initial.lastIndexOf(".");
            event.target.setSelectionRange(0, dot >= 0 ? dot : initial.length);
          }}
          onChange={(event) => {
            setTouched(true);
            setName(event.target.value);
          }}
          className={`h-8 rounded-md border bg-sunken px-2.5 font-mono text-[12.5px] placeholder:text-ink-faint ${touched && error !== undefined ? "border-bad" : "border-line"}`}
        />
        <p id={`${id}-error`} role="alert" className="min-h-4 text-[11.5px] text-bad">
          {touched ? error : ""}
        </p>
      </div>
      <div className="flex justify-end gap-2">
        <Dialog.Close asChild>
          <Button>Cancel</Button>
        </Dialog.Close>
        <Button type="submit" look="primary">
          {action}
        </Button>
      </div>
    </form>
  );
}

function RenameProject(): ReactNode {
  const studio = useStudio();
  const name = studio.store.getState().document.name;
  return (
    <Box title="Rename project">
      <NameForm label="Name" initial={name} action="Rename" validate={projectNameError} onSubmit={(next) => renameProject(studio, next)} />
    </Box>
  );
}

function NewFile(): ReactNode {
  const studio = useStudio();
  return (
    <Box title="New file" text="The file helpers.ml is the module Helpers; helpers.mli is its interface.">
      <NameForm
        label="File name"
        initial=""
        placeholder="helpers.ml"
        complete={completeFileName}
        action="Create"
        validate={(name) => newFileNameError(studio, name)}
        onSubmit={(name) => {
          addFile(studio, name);
          focusPanel(studio, "editor");
        }}
      />
    </Box>
  );
}

function RenameFile(): ReactNode {
  const studio = useStudio();
  const { document, dialogSubject } = studio.store.getState();
  const file = document.files.find((entry) => entry.id === dialogSubject);
  if (file === undefined) return null;
  const module = moduleOfFile(file.name);
  const nodes = document.nodes.some((node) => node.kind === "application" && node.module.split(".")[0] === module);
  const follow = [siblingOf(document, file)?.name ?? [], nodes && document.mirage === undefined && file.name.endsWith(".ml") ? "the module's node" : []].flat();
  return (
    <Box title={`Rename ${file.name}`} text={follow.length === 0 ? `Sources that name the module ${module} are not changed.` : `This renames ${follow.join(" and ")} too; sources that name the module ${module} are not changed.`}>
      <NameForm label="File name" initial={file.name} complete={(written) => completeFileName(written, file.name.endsWith(".mli") ? ".mli" : ".ml")} action="Rename" validate={(name) => (name === file.name ? undefined : newFileNameError(studio, name, file.id))} onSubmit={(name) => renameFile(studio, file.id, name)} />
    </Box>
  );
}

function Projects(): ReactNode {
  const studio = useStudio();
  const projects = useStudioState((state) => state.projects);
  const current = useStudioState((state) => state.projectId);
  return (
    <Box title="Projects" text="They are kept in this browser. Export those that matter." wide>
      <ul className="min-h-0 flex-1 overflow-auto p-2">
        {projects.map((project, index) => (
          <li key={project.id} className="flex items-center gap-1 rounded-md pr-1 hover:bg-sunken">
            <button
              type="button"
              data-first-focus={index === 0 ? "" : undefined}
              className="flex min-w-0 flex-1 items-center gap-3 rounded-md px-2.5 py-2 text-left"
              onClick={() => {
                studio.store.update({ dialog: undefined });
                void attempt(studio, `${project.name} could not be opened`, async () => {
                  if (project.id !== current && !(await studio.projects.open(project.id))) throw new Error("The open project could not be saved, or the other one is gone.");
                });
              }}
            >
              <FolderOpen size={16} className="shrink-0 text-ink-faint" aria-hidden />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{project.name}</span>
                <span className="block text-[11.5px] text-ink-faint">{new Date(project.savedAt).toLocaleString()}</span>
              </span>
              {project.id === current && <span className="rounded-full bg-accent-soft px-2 py-0.5 text-[11px] text-accent-strong">open</span>}
            </button>
            <IconButton label={`Duplicate ${project.name}`} onClick={() => void attempt(studio, `${project.name} could not be copied`, () => studio.projects.duplicate(project.id))}>
              <Copy size={14} aria-hidden />
            </IconButton>
            <IconButton label={`Delete ${project.name}`} onClick={() => void deleteProject(studio, project.id, project.name)}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <footer className="flex justify-end gap-2 border-t border-line p-3">
        <Button
          onClick={() => {
            studio.store.update({ dialog: undefined });
            perform(studio, actionNamed("project.import"));
          }}
        >
          Import…
        </Button>
        <Button look="primary" onClick={() => studio.store.update({ dialog: "templates" })}>
          New from template…
        </Button>
      </footer>
    </Box>
  );
}

/** The first comment of a template's first source says what it is. */
function templateSummary(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    // The first line of a configuration says for which versions of MirageOS it is.
    if (!name.endsWith(".ml") || name === CONFIGURATION_FILE) continue;
    const comment = /^\s*\(\*+\s*([\s\S]*?)(?:\n\s*\n|\*\))/.exec(text)?.[1];
    if (comment !== undefined) return comment.replace(/\s+/g, " ").trim();
  }
  return "";
}

function Templates(): ReactNode {
  const studio = useStudio();
  const templates = useStudioState((state) => state.templates);
  return (
    <Box title="New project" text="Choose what to begin with; the project that is open stays as it is." wide>
      <ul className="grid min-h-0 flex-1 grid-cols-2 gap-2 overflow-auto p-3">
        {templates.map((template, index) => {
          const { project } = readTemplate(template.name, template.files);
          return (
            <li key={template.name}>
              <button
                type="button"
                data-first-focus={index === 0 ? "" : undefined}
                data-testid={`template-${template.name}`}
                className="flex h-full w-full flex-col gap-1 rounded-lg border border-line p-3 text-left hover:border-accent hover:bg-accent-soft"
                onClick={() => {
                  studio.store.update({ dialog: undefined });
                  void attempt(studio, "The project could not be made", () => studio.projects.createFromTemplate(template.name));
                }}
              >
                <span className="flex items-center gap-2 font-semibold">
                  <LayoutTemplate size={15} className="text-accent" aria-hidden />
                  {template.name}
                </span>
                <span className="text-ink-soft">{templateSummary(template.files)}</span>
                <span className="mt-auto pt-1 text-[11.5px] text-ink-faint">
                  {project.mirage === undefined ? `${project.manifest.nodes.length} nodes, ${project.manifest.edges.length} wires` : "MirageOS project"}, target {project.manifest.target}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Box>
  );
}

/** Keys that are the editor's own. */
const editorKeys: readonly (readonly [title: string, ...keys: string[]])[] = [
  ["Complete a name", "Mod+Space"],
  ["Go to the definition", "F12", "Mod+Click"],
  ["Show type and documentation", "Mod+I"],
  ["Next problem", "F8"],
  ["Find", "Mod+F"],
  ["Replace", isMac ? "Mod+Alt+F" : "Mod+H"],
  ["Comment or uncomment", "Mod+/"],
  ["Go to a line", "Mod+G"],
];

function Shortcuts(): ReactNode {
  const groups = [...new Set(actions.filter((action) => action.keys !== undefined).map((action) => action.group))];
  return (
    <Box title="Keyboard shortcuts" text="Tab goes from panel to panel and from node to node on the canvas; arrow keys move the selected nodes and choose in lists. In the editor Tab indents: Alt+2 or Ctrl+M leads out of it." wide>
      <div className="grid min-h-0 flex-1 grid-cols-2 gap-x-6 overflow-auto p-4">
        {groups.map((group) => (
          <section key={group} className="mb-3 break-inside-avoid">
            <h3 className="mb-1 text-[11px] font-semibold tracking-wide text-ink-faint uppercase">{group}</h3>
            <dl>
              {actions
                .filter((action) => action.group === group && action.keys !== undefined)
                .map((action) => (
                  <div key={action.name} className="flex items-center justify-between gap-2 py-0.5">
                    <dt>{action.title}</dt>
                    <dd className="flex shrink-0 gap-1">{action.keys?.map((key) => <Kbd key={key} hotkey={key} />)}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section className="mb-3 break-inside-avoid">
          <h3 className="mb-1 text-[11px] font-semibold tracking-wide text-ink-faint uppercase">In the editor</h3>
          <dl>
            {editorKeys.map(([title, ...keys]) => (
              <div key={title} className="flex items-center justify-between gap-2 py-0.5">
                <dt>{title}</dt>
                <dd className="flex shrink-0 gap-1">{keys.map((key) => <Kbd key={key} hotkey={key} />)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Box>
  );
}

function QuestionDialog(): ReactNode {
  const studio = useStudio();
  const question = useStudioState((state) => state.question);
  return (
    <AlertDialog.Root open={question !== undefined} onOpenChange={(next) => !next && question?.answer(undefined)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={dialogOverlay} />
        {question !== undefined && (
          <AlertDialog.Content onCloseAutoFocus={giveFocusBack(studio)} className={`${dialogBox} w-[26rem] p-4`}>
            <AlertDialog.Title className="text-[14.5px] font-semibold">{question.title}</AlertDialog.Title>
            <AlertDialog.Description className="mt-1 text-ink-soft">{question.text}</AlertDialog.Description>
            <div className="mt-4 flex flex-row-reverse gap-2">
              {question.choices.map((choice) => {
                const button = (
                  <Button key={choice.value} look={choice.kind} onClick={() => question.answer(choice.value === "cancel" ? undefined : choice.value)}>
                    {choice.label}
                  </Button>
                );
                return choice.value === "cancel" ? (
                  <AlertDialog.Cancel key={choice.value} asChild>
                    {button}
                  </AlertDialog.Cancel>
                ) : (
                  button
                );
              })}
            </div>
          </AlertDialog.Content>
        )}
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
