/** The compiler in its Web Worker, reached through comlink. */
import { proxy, releaseProxy, wrap } from "comlink";
import type { CompilerService } from "../../compiler-worker/api.ts";
import CompilerWorker from "../../compiler-worker/worker.ts?worker";
import type { CompilerConnection } from "./client.ts";

export function connectWorker(onDeath: (reason: string) => void): CompilerConnection {
  const worker = new CompilerWorker();
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    onDeath(event.message === "" || event.message === undefined ? "the worker could not be started" : event.message);
  });
  worker.addEventListener("messageerror", () => onDeath("a message could not be read"));
  const remote = wrap<CompilerService>(worker);
  return {
    service: {
      catalogue: () => remote.catalogue(),
      addLibraries: (tree) => remote.addLibraries(tree),
      analyse: (project) => remote.analyse(project),
      checkEdges: (project, edges) => remote.checkEdges(project, edges),
      hover: (project, file, position) => remote.hover(project, file, position),
      definition: (project, file, position) => remote.definition(project, file, position),
      moduleSource: (project, path) => remote.moduleSource(project, path),
      complete: (project, file, position) => remote.complete(project, file, position),
      signatureHelp: (project, file, position) => remote.signatureHelp(project, file, position),
      references: (project, file, position, within) => remote.references(project, file, position, within),
      renamable: (project, file, position) => remote.renamable(project, file, position),
      rename: (project, file, position, name) => remote.rename(project, file, position, name),
      outline: (project, file) => remote.outline(project, file),
      fixes: (project, file, range) => remote.fixes(project, file, range),
      openMirageProject: (files, options) => remote.openMirageProject(files, options),
      buildMirageProject: (files, options, onStage) => remote.buildMirageProject(files, options, onStage),
      build: (project, onStage) => remote.build(project, onStage),
    },
    callback: (listener) => proxy(listener),
    terminate() {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
