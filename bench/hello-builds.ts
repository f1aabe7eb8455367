/** Builds of the template `hello` by a compiler that has built nothing before: the same measure in every place that compiles. */
import type { BuildResult, StudioProject } from "../compiler-worker/api.ts";
import { parseManifest, PROJECT_FILE } from "../compiler-worker/composition/project.ts";
import type { LibraryArchive } from "../compiler-worker/packages/library.ts";
import { Compiler } from "../compiler-worker/service/service.ts";

const WARM_BUILDS = 5;

/** What is measured: the library and the files of the template. */
export interface HelloInput {
  readonly archive: LibraryArchive;
  readonly files: Readonly<Record<string, string>>;
  /** The library's code, as it comes with the compiler. */
  readonly code: string;
}

type Built = Extract<BuildResult, { ok: true }>;

export interface HelloBuilds {
  /** Milliseconds of the first build, from before the compiler was made, and of its stages. */
  readonly cold: number;
  readonly stages: Built["stages"];
  /** Milliseconds of each build after an edit of the application. */
  readonly warm: readonly number[];
  readonly image: Built["image"];
  readonly unpackedBytes: number;
  readonly parts: Built["parts"];
}

function projectOf({ files }: HelloInput): StudioProject {
  const parsed = parseManifest(files[PROJECT_FILE]!);
  if (!parsed.ok) throw new Error(parsed.errors.join("\n"));
  return { manifest: { ...parsed.manifest, target: "qemu" }, files: Object.fromEntries(Object.entries(files).filter(([name]) => name !== PROJECT_FILE)) };
}

async function timedBuild(compiler: Compiler, project: StudioProject): Promise<{ result: Built; milliseconds: number }> {
  const start = performance.now();
  const result = await compiler.build(project, () => undefined);
  const milliseconds = performance.now() - start;
  if (!result.ok) throw new Error(result.problems.map((p) => p.rendered).join("\n"));
  return { result, milliseconds };
}

export async function buildHello(input: HelloInput): Promise<HelloBuilds> {
  const project = projectOf(input);
  const start = performance.now();
  const compiler = new Compiler({ archive: input.archive, now: () => performance.now() });
  compiler.useShipped(input.code);
  const { result } = await timedBuild(compiler, project);
  const cold = performance.now() - start;
  const warm: number[] = [];
  for (let i = 0; i < WARM_BUILDS; i++) {
    const files = Object.fromEntries(Object.entries(project.files).map(([name, text]) => [name, text.replace("Hello, world!", `Hello, world ${i}!`)]));
    warm.push((await timedBuild(compiler, { ...project, files })).milliseconds);
  }
  return { cold, stages: result.stages, warm, image: result.image, unpackedBytes: result.unpackedBytes, parts: result.parts };
}
