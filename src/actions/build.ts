/** Actions on builds and on the compiler. */
import { Copy, Download, Hammer, RotateCw, Square } from "lucide-react";
import { canBuild, targetInfo } from "../store/selectors.ts";
import { saveFile } from "../shell/save-file.ts";
import type { Studio } from "../studio.ts";
import type { Action } from "./action.ts";
import { focusPanel, showOutput } from "./view.ts";
import { notify } from "./notify.ts";

/** The command that boots the image that was built. */
export function bootCommand(studio: Pick<Studio, "store">): string | undefined {
  const state = studio.store.getState();
  if (state.build.status !== "done" || !state.build.result.ok) return undefined;
  const { target } = state.build;
  const info = state.catalogue?.targets.find((candidate) => candidate.name === target) ?? targetInfo(state);
  return info?.bootCommand.replaceAll("IMAGE", state.build.result.fileName);
}

export async function copyText(studio: Studio, what: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(studio, "success", `${what} copied`);
  } catch {
    notify(studio, "error", `${what} could not be copied`, ["The browser does not let this page write to the clipboard."]);
  }
}

function imageBuilt(state: ReturnType<Studio["store"]["getState"]>): boolean {
  return state.build.status === "done" && state.build.result.ok;
}

export const buildActions: readonly Action[] = [
  {
    name: "build.build",
    title: "Build image",
    group: "Build",
    keys: ["Mod+Enter", "Mod+B"],
    icon: Hammer,
    async perform(studio) {
      const state = studio.store.getState();
      // Where nothing can be built, the panel says why.
      if (!canBuild(state)) focusPanel(studio, "build");
      else {
        showOutput(studio, "build");
        await studio.compiler.build();
      }
    },
  },
  {
    name: "build.cancel",
    title: "Stop the build",
    group: "Build",
    icon: Square,
    available: ({ build }) => build.status === "running",
    perform(studio) {
      studio.compiler.cancelBuild();
      notify(studio, "info", "The build was stopped");
    },
  },
  {
    name: "build.download",
    title: "Download image",
    group: "Build",
    icon: Download,
    available: imageBuilt,
    perform({ store }) {
      const { build } = store.getState();
      if (build.status === "done" && build.result.ok) saveFile(build.result.fileName, build.result.image, "application/octet-stream");
    },
  },
  {
    name: "build.copyCommand",
    title: "Copy boot command",
    group: "Build",
    icon: Copy,
    available: imageBuilt,
    async perform(studio) {
      const command = bootCommand(studio);
      if (command !== undefined) await copyText(studio, "Boot command", command);
    },
  },
  { name: "compiler.restart", title: "Restart the compiler", group: "Build", icon: RotateCw, perform: ({ compiler }) => compiler.restart() },
];
