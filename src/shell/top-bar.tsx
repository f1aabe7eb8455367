/** The bar at the top: project, history, target, build, commands, theme. */
import { DropdownMenu, Select } from "radix-ui";
import { Check, ChevronDown, Command, Hammer, LoaderCircle, Moon, PanelBottom, PanelLeft, PanelRight, Redo2, Sun, SunMoon, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { actionNamed, perform } from "../actions/index.ts";
import { setTarget } from "../actions/project.ts";
import { setTheme } from "../actions/view.ts";
import { buildObstacles, canBuild } from "../store/selectors.ts";
import type { ThemeChoice } from "../store/state.ts";
import { useHistory, useStudio, useStudioState } from "../studio.ts";
import { ActionItems } from "../ui/action-item.tsx";
import { Button, IconButton, Tip } from "../ui/button.tsx";
import { useListKeys } from "../ui/list-keys.ts";
import { menuContent, menuItem } from "../ui/menu.ts";

export function TopBar(): ReactNode {
  const studio = useStudio();
  const { canUndo, canRedo } = useHistory();
  const layout = useStudioState((state) => state.preferences.layout);
  const act = (name: string) => () => perform(studio, actionNamed(name));
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 max-md:gap-1 border-b border-line bg-panel px-2.5">
      <Logo />
      <ProjectMenu />
      <div className="mx-1 h-5 w-px bg-line max-md:hidden" aria-hidden />
      <IconButton label="Undo on the canvas" hotkey="Mod+Z" disabled={!canUndo} onClick={act("edit.undo")}>
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton label="Redo on the canvas" hotkey="Mod+Shift+Z" disabled={!canRedo} onClick={act("edit.redo")}>
        <Redo2 size={16} aria-hidden />
      </IconButton>
      <div className="flex-1" />
      <TargetSelect />
      <BuildButton />
      <div className="mx-1 h-5 w-px bg-line max-md:hidden" aria-hidden />
      <IconButton label="Show or hide the palette" pressed={layout.paletteOpen} onClick={act("view.palette")}>
        <PanelLeft size={16} aria-hidden />
      </IconButton>
      <IconButton label="Show or hide the inspector" pressed={layout.inspectorOpen} onClick={act("view.inspector")}>
        <PanelBottom size={16} aria-hidden />
      </IconButton>
      <IconButton label="Show or hide the editor" pressed={layout.editorOpen} onClick={act("view.editor")}>
        <PanelRight size={16} aria-hidden />
      </IconButton>
      <div className="mx-1 h-5 w-px bg-line max-md:hidden" aria-hidden />
      <IconButton label="Command palette" className="max-sm:hidden" hotkey="Mod+K" onClick={act("view.commands")}>
        <Command size={15} aria-hidden />
      </IconButton>
      <ThemeMenu />
    </header>
  );
}

function Logo(): ReactNode {
  return (
    <span className="flex items-center gap-2 pr-1 text-[14px] font-semibold tracking-tight">
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="7" fill="var(--accent)" />
        <path d="M7 23V9l9 9 9-9v14" fill="none" stroke="var(--on-accent)" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <h1 className="max-md:sr-only">Morgana</h1>
    </span>
  );
}

const projectMenu: readonly (string | undefined)[] = ["project.new", "project.open", undefined, "project.rename", "project.duplicate", "project.delete", undefined, "project.import", "project.importFolder", "project.export", "project.exportMirage", "project.link", undefined, "library.add", "library.addFolder"];

function ProjectMenu(): ReactNode {
  const name = useStudioState((state) => state.document.name);
  const saving = useStudioState((state) => state.saving);
  const lasting = useStudioState((state) => state.lasting);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 font-medium hover:bg-sunken" data-testid="project-menu">
          <span className="sr-only">Project</span>
          <span className="max-w-56 min-w-8 truncate" data-testid="project-name">
            {name}
          </span>
          <span className={`text-[11px] font-normal max-md:sr-only ${saving.status === "failed" || saving.status === "conflict" ? "text-bad" : lasting ? "text-ink-faint" : "text-warn"}`} data-testid="save-status" aria-live="polite">
            {saving.status === "saved" ? (lasting ? "saved" : "in this tab only") : saving.status === "saving" ? "saving…" : "not saved"}
          </span>
          <ChevronDown size={14} className="text-ink-faint" aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="start" sideOffset={4} className={menuContent}>
          <ActionItems menu="dropdown" names={projectMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function TargetSelect(): ReactNode {
  const studio = useStudio();
  const target = useStudioState((state) => state.document.target);
  const targets = useStudioState((state) => state.catalogue?.targets) ?? [];
  const present = targets.find((candidate) => candidate.name === target);
  const onKeyDown = useListKeys();
  return (
    <Select.Root value={target} onValueChange={(value) => setTarget(studio, value)}>
      <Tip text={present?.summary ?? "What the image is built for"}>
        <Select.Trigger aria-label="Target" data-testid="target" className="flex h-7 max-w-60 min-w-0 items-center gap-1.5 rounded-md border border-line bg-raised px-2.5 text-[12.5px] hover:border-line-strong">
          <span className="text-ink-faint max-md:sr-only">Target</span>
          <span className="truncate font-medium">
            <Select.Value>{present?.title ?? target}</Select.Value>
          </span>
          <ChevronDown size={13} className="text-ink-faint" aria-hidden />
        </Select.Trigger>
      </Tip>
      <Select.Portal>
        <Select.Content onKeyDownCapture={onKeyDown} position="popper" sideOffset={4} align="end" className="z-50 w-80 rounded-lg border border-line bg-panel p-1 shadow-xl">
          <Select.Viewport>
            {targets.map((item) => (
              <Select.Item key={item.name} value={item.name} className="flex items-start gap-2 rounded-md px-2 py-1.5 outline-none select-none data-[highlighted]:bg-accent-soft">
                <span className="mt-0.5 inline-flex size-4 shrink-0 items-center justify-center">
                  <Select.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Select.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <span className="block font-medium">
                    <Select.ItemText>{item.title}</Select.ItemText>
                  </span>
                  <span className="block text-[11.5px] text-ink-soft">{item.summary}</span>
                </span>
              </Select.Item>
            ))}
            {present === undefined && target !== "" && (
              <Select.Item value={target} className="rounded-md px-2 py-1.5 pl-8 text-bad outline-none">
                <Select.ItemText>{target}</Select.ItemText> (unknown)
              </Select.Item>
            )}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

function BuildButton(): ReactNode {
  const studio = useStudio();
  const running = useStudioState((state) => state.build.status === "running");
  const ready = useStudioState(canBuild);
  const why = useStudioState((state) => buildObstacles(state).join("\n"));
  return (
    <Tip text={running ? "The image is being built." : ready ? "Build the image" : <span className="whitespace-pre-wrap">{why}</span>} hotkey={ready ? "Mod+Enter" : undefined}>
      <Button look="primary" aria-disabled={!ready} data-testid="build" onClick={() => perform(studio, actionNamed("build.build"))}>
        {running ? <LoaderCircle size={14} className="animate-spin" aria-hidden /> : <Hammer size={14} aria-hidden />}
        {running ? "Building…" : "Build"}
        {!ready && !running && <span className="sr-only">, not possible now: {why}</span>}
      </Button>
    </Tip>
  );
}

const themes: readonly { readonly value: ThemeChoice; readonly title: string; readonly icon: typeof Sun }[] = [
  { value: "system", title: "As the system", icon: SunMoon },
  { value: "light", title: "Light", icon: Sun },
  { value: "dark", title: "Dark", icon: Moon },
];

function ThemeMenu(): ReactNode {
  const studio = useStudio();
  const theme = useStudioState((state) => state.preferences.theme);
  const Icon = themes.find((item) => item.value === theme)?.icon ?? SunMoon;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" aria-label="Theme" title="Theme" className="inline-flex size-7 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink">
          <Icon size={16} aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={menuContent.replace("min-w-56", "min-w-40")}>
          <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => setTheme(studio, value === "light" || value === "dark" ? value : "system")}>
            {themes.map((item) => (
              <DropdownMenu.RadioItem key={item.value} value={item.value} className={menuItem}>
                <item.icon size={14} aria-hidden />
                <span className="flex-1">{item.title}</span>
                <DropdownMenu.ItemIndicator>
                  <Check size={14} aria-hidden />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
