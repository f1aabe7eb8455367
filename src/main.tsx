/** The studio's entry: makes its parts, opens the project, draws the window. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles.css";
import { attempt, notify } from "./actions/notify.ts";
import { openLinked } from "./actions/project.ts";
import { createCompilerClient } from "./compiler/client.ts";
import { connectWorker } from "./compiler/worker-connection.ts";
import { createProjectManager, FIRST_TEMPLATE } from "./persistence/projects.ts";
import { memoryStorage, openStorage, type ProjectStorage } from "./persistence/storage.ts";
import { App } from "./shell/app.tsx";
import type { Template } from "./store/state.ts";
import { createStudioStore } from "./store/store.ts";
import { StudioContext, type Studio } from "./studio.ts";
import { FaultBoundary } from "./ui/fault-boundary.tsx";

async function fetchTemplates(): Promise<Template[]> {
  const response = await fetch(new URL("templates.json", document.baseURI));
  if (!response.ok) throw new Error(`templates.json: ${response.status} ${response.statusText}`);
  const templates = (await response.json()) as Template[];
  return templates.sort((a, b) => Number(b.name === FIRST_TEMPLATE) - Number(a.name === FIRST_TEMPLATE));
}

async function start(): Promise<void> {
  const store = createStudioStore();
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  store.update({ systemDark: scheme.matches });
  scheme.addEventListener("change", () => store.update({ systemDark: scheme.matches }));
  document.documentElement.dataset["theme"] = scheme.matches ? "dark" : "light";

  let storage: ProjectStorage;
  let storageError: unknown;
  try {
    storage = await openStorage();
  } catch (error) {
    storage = memoryStorage();
    storageError = error;
    store.update({ lasting: false });
  }
  const studio: Studio = {
    store,
    compiler: createCompilerClient({ store, connect: connectWorker }),
    projects: createProjectManager({ store, storage }),
    handles: { canvas: undefined, editor: undefined, focus: undefined },
  };
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no root");
  createRoot(root).render(
    <StrictMode>
      <StudioContext value={studio}>
        <FaultBoundary part="the window">
          <App />
        </FaultBoundary>
      </StudioContext>
    </StrictMode>,
  );
  if (storageError !== undefined) notify(studio, "error", "Projects cannot be kept in this browser", ["They are gone when this tab is closed: export what matters.", storageError instanceof Error ? storageError.message : String(storageError)]);

  try {
    store.update({ templates: await fetchTemplates() });
    await studio.projects.openFirst();
    await openLinked(studio);
  } catch (error) {
    notify(studio, "error", "The project could not be opened", [error instanceof Error ? error.message : String(error)]);
  }

  // A link that is opened in this tab changes the fragment only.
  window.addEventListener("hashchange", () => void attempt(studio, "The link's project could not be opened", () => openLinked(studio)));

  // Before the tab goes: what was typed in the last moments is saved too.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void studio.projects.flush();
  });
  window.addEventListener("pagehide", () => void studio.projects.flush());
  window.addEventListener("beforeunload", (event) => {
    const { saving, lasting } = store.getState();
    if (saving.status === "failed" || saving.status === "conflict" || !lasting) event.preventDefault();
    void studio.projects.flush();
  });
}

/** Keeps the studio for when there is no network; the development server's changes too often for that. */
function keepForOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(new URL("service-worker.js", document.baseURI)).catch((error: unknown) => console.info("The studio is not kept for use without a network:", error));
}

void start();
window.addEventListener("load", keepForOffline);
