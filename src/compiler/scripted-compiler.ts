/** A compiler for tests of the client: it answers when it is told to. */
import type { Analysis, BuildResult, Catalogue, CompilerService, EdgeCheck, LibraryTree, StudioProject } from "../../compiler-worker/api.ts";
import type { GraphEdge } from "../../compiler-worker/composition/project.ts";
import type { CompilerConnection } from "./client.ts";

interface Call<Input, Output> {
  readonly input: Input;
  readonly answer: (output: Output) => void;
  readonly fail: (error: Error) => void;
}

export class ScriptedCompiler {
  readonly analyses: Call<StudioProject, Analysis>[] = [];
  readonly builds: Call<StudioProject, BuildResult>[] = [];
  readonly questions: Call<readonly GraphEdge[], readonly EdgeCheck[]>[] = [];
  readonly stages: ((stage: string) => void)[] = [];
  readonly trees: LibraryTree[] = [];
  terminated = false;
  readonly die: (reason: string) => void;

  constructor(die: (reason: string) => void) {
    this.die = die;
  }

  connection(catalogue: Catalogue): CompilerConnection {
    const record = <Input, Output>(calls: Call<Input, Output>[], input: Input): Promise<Output> => new Promise((answer, fail) => calls.push({ input, answer, fail }));
    const service: CompilerService = {
      catalogue: () => Promise.resolve(catalogue),
      addLibraries: (tree) => {
        this.trees.push(tree);
        return Promise.resolve();
      },
      analyse: (project) => record(this.analyses, project),
      checkEdges: (_project, edges) => record(this.questions, edges),
      hover: () => Promise.resolve(undefined),
      definition: () => Promise.resolve(undefined),
      moduleSource: () => Promise.resolve(undefined),
      complete: (_project, _file, { line, column }) => Promise.resolve({ range: { startLine: line, startColumn: column, endLine: line, endColumn: column }, items: [] }),
      signatureHelp: () => Promise.resolve(undefined),
      references: () => Promise.resolve([]),
      renamable: () => Promise.resolve({ ok: false, reason: "no name is in the script" }),
      rename: () => Promise.resolve({ ok: false, reason: "no name is in the script" }),
      outline: () => Promise.resolve([]),
      fixes: () => Promise.resolve([]),
      openMirageProject: () => Promise.resolve({ problems: [], configuration: undefined, usage: undefined, obstacles: [], main: undefined }),
      buildMirageProject: () => Promise.reject(new Error("no MirageOS project is in the script")),
      build: (project, onStage) => {
        this.stages.push(onStage);
        return record(this.builds, project);
      },
    };
    return { service, callback: (listener) => listener, terminate: () => (this.terminated = true) };
  }
}

export const emptyAnalysis: Analysis = { problems: [], nodes: [], edges: [], obstacles: [], main: undefined, trees: [] };
