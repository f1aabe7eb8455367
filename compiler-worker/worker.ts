/** The front door in the browser: loads the library and offers the `CompilerService` through comlink. */
import * as Comlink from "comlink";
import type { BuildResult, CompilerService } from "./api.ts";
import type { LibraryArchive } from "./packages/library.ts";
import { Compiler } from "./service/service.ts";

/** `library.json` lies beside the page: one folder above the built worker, at the root of the development server. */
const libraryAddress = import.meta.env.DEV ? new URL("/library.json", self.location.href) : new URL("../library.json", self.location.href);

/** What was made of the library's functions before, which saves time only: it comes when it comes, and the development server has none. */
async function loadShipped(compiler: Compiler): Promise<void> {
  if (import.meta.env.DEV) return;
  const response = await fetch(new URL("../library-code.txt", self.location.href));
  if (!response.ok) throw new Error(`what is shipped of the library could not be loaded: ${response.status} ${response.statusText}`);
  compiler.useShipped(await response.text());
}

async function load(): Promise<Compiler> {
  const response = await fetch(libraryAddress);
  if (!response.ok) throw new Error(`the library could not be loaded from ${libraryAddress.href}: ${response.status} ${response.statusText}`);
  const archive = (await response.json()) as LibraryArchive;
  const compiler = new Compiler({ archive, now: () => performance.now(), onInternalError: (text) => console.error(text) });
  loadShipped(compiler).catch((error: unknown) => console.error(error));
  return compiler;
}

const compiler = load();
// A failure is told to each caller; without one nobody would be told.
compiler.catch((error: unknown) => console.error(error));

/** The image is moved to the page rather than copied. */
function transferred(result: BuildResult): BuildResult {
  return result.ok ? Comlink.transfer(result, [result.image.buffer]) : result;
}

const service: CompilerService = {
  catalogue: async () => (await compiler).catalogue(),
  addLibraries: async (tree) => (await compiler).addLibraries(tree),
  analyse: async (project) => (await compiler).analyse(project),
  checkEdges: async (project, edges) => (await compiler).checkEdges(project, edges),
  hover: async (project, file, position) => (await compiler).hover(project, file, position),
  definition: async (project, file, position) => (await compiler).definition(project, file, position),
  moduleSource: async (project, path) => (await compiler).moduleSource(project, path),
  complete: async (project, file, position) => (await compiler).complete(project, file, position),
  signatureHelp: async (project, file, position) => (await compiler).signatureHelp(project, file, position),
  references: async (project, file, position, within) => (await compiler).references(project, file, position, within),
  renamable: async (project, file, position) => (await compiler).renamable(project, file, position),
  rename: async (project, file, position, name) => (await compiler).rename(project, file, position, name),
  outline: async (project, file) => (await compiler).outline(project, file),
  fixes: async (project, file, range) => (await compiler).fixes(project, file, range),
  openMirageProject: async (files, options) => (await compiler).openMirageProject(files, options),
  async buildMirageProject(files, options, onStage) {
    return transferred(await (await compiler).buildMirageProject(files, options, onStage));
  },
  async build(project, onStage) {
    return transferred(await (await compiler).build(project, onStage));
  },
};

Comlink.expose(service);
