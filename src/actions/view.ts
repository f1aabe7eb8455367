/** Actions on the arrangement of the window. */
import { BellOff, Command, Keyboard, Map as MapIcon, Maximize, Moon, PanelBottom, PanelLeft, PanelRight, SquareTerminal, Sun, SunMoon, ZoomIn, ZoomOut } from "lucide-react";
import type { Layout, PanelName, ThemeChoice } from "../store/state.ts";
import type { Studio } from "../studio.ts";
import type { Action } from "./action.ts";
import { revealNodes } from "./graph.ts";
import { isBrief } from "./notify.ts";

export function setLayout(studio: Pick<Studio, "store">, change: Partial<Layout>): void {
  const { preferences } = studio.store.getState();
  studio.store.update({ preferences: { ...preferences, layout: { ...preferences.layout, ...change } } });
}

/** Opens the output panel on one of its tabs. */
export function showOutput(studio: Pick<Studio, "store">, tab: Layout["outputTab"]): void {
  setLayout(studio, { outputOpen: true, outputTab: tab, editorOpen: true });
}

export function setTheme(studio: Pick<Studio, "store">, theme: ThemeChoice): void {
  studio.store.update({ preferences: { ...studio.store.getState().preferences, theme } });
}

/** Whether the window is dark now. */
export function isDark(state: { readonly preferences: { readonly theme: ThemeChoice }; readonly systemDark: boolean }): boolean {
  return state.preferences.theme === "system" ? state.systemDark : state.preferences.theme === "dark";
}

/** Opens a panel and sends the keyboard's focus there. */
export function focusPanel(studio: Pick<Studio, "store">, panel: PanelName): void {
  if (panel === "palette") setLayout(studio, { paletteOpen: true });
  else if (panel === "inspector") setLayout(studio, { inspectorOpen: true });
  else if (panel === "editor") setLayout(studio, { editorOpen: true });
  else if (panel === "problems" || panel === "build") showOutput(studio, panel);
  studio.store.update({ panelFocus: panel });
}

export const viewActions: readonly Action[] = [
  { name: "view.commands", title: "Command palette", group: "View", keys: ["Mod+K", "F1"], icon: Command, perform: ({ store }) => store.update({ dialog: store.getState().dialog === "commands" ? undefined : "commands" }) },
  { name: "view.fit", title: "Zoom to fit", group: "View", keys: ["F"], heard: "on the canvas", icon: Maximize, perform: (studio) => revealNodes(studio, []) },
  { name: "view.zoomIn", title: "Zoom in", group: "View", keys: ["Plus"], heard: "on the canvas", icon: ZoomIn, perform: ({ handles }) => handles.canvas?.zoomIn() },
  { name: "view.zoomOut", title: "Zoom out", group: "View", keys: ["-"], heard: "on the canvas", icon: ZoomOut, perform: ({ handles }) => handles.canvas?.zoomOut() },
  {
    name: "view.minimap",
    title: "Show or hide the minimap",
    group: "View",
    icon: MapIcon,
    perform({ store }) {
      const { preferences } = store.getState();
      store.update({ preferences: { ...preferences, minimap: !preferences.minimap } });
    },
  },
  { name: "view.palette", title: "Show or hide the palette", group: "View", icon: PanelLeft, perform: (studio) => setLayout(studio, { paletteOpen: !studio.store.getState().preferences.layout.paletteOpen }) },
  { name: "view.editor", title: "Show or hide the editor", group: "View", icon: PanelRight, perform: (studio) => setLayout(studio, { editorOpen: !studio.store.getState().preferences.layout.editorOpen }) },
  { name: "view.inspector", title: "Show or hide the inspector", group: "View", icon: PanelBottom, perform: (studio) => setLayout(studio, { inspectorOpen: !studio.store.getState().preferences.layout.inspectorOpen }) },
  { name: "view.output", title: "Show or hide problems and build", group: "View", icon: PanelBottom, perform: (studio) => setLayout(studio, { outputOpen: !studio.store.getState().preferences.layout.outputOpen }) },
  { name: "view.themeSystem", title: "Theme: as the system", group: "View", icon: SunMoon, perform: (studio) => setTheme(studio, "system") },
  { name: "view.themeLight", title: "Theme: light", group: "View", icon: Sun, perform: (studio) => setTheme(studio, "light") },
  { name: "view.themeDark", title: "Theme: dark", group: "View", icon: Moon, perform: (studio) => setTheme(studio, "dark") },
  { name: "view.dismiss", title: "Dismiss all messages", group: "View", icon: BellOff, available: ({ messages }) => messages.length > 0, perform: ({ store }) => store.update({ messages: [] }) },
  { name: "view.shortcuts", title: "Keyboard shortcuts", group: "View", keys: ["?"], heard: "on the canvas", icon: Keyboard, perform: ({ store }) => store.update({ dialog: "shortcuts" }) },
  { name: "go.palette", title: "Go to the palette", group: "Go to", keys: ["Alt+1"], perform: (studio) => focusPanel(studio, "palette") },
  { name: "go.canvas", title: "Go to the canvas", group: "Go to", keys: ["Alt+2"], perform: (studio) => focusPanel(studio, "canvas") },
  { name: "go.inspector", title: "Go to the inspector", group: "Go to", keys: ["Alt+3"], perform: (studio) => focusPanel(studio, "inspector") },
  { name: "go.editor", title: "Go to the editor", group: "Go to", keys: ["Alt+4"], icon: SquareTerminal, perform: (studio) => focusPanel(studio, "editor") },
  { name: "go.problems", title: "Go to the problems", group: "Go to", keys: ["Alt+5"], perform: (studio) => focusPanel(studio, "problems") },
  { name: "go.build", title: "Go to the build", group: "Go to", keys: ["Alt+6"], perform: (studio) => focusPanel(studio, "build") },
  { name: "go.messages", title: "Go to the messages", group: "Go to", keys: ["Alt+7"], available: ({ messages }) => messages.some((message) => !isBrief(message)), perform: (studio) => focusPanel(studio, "messages") },
];
