/** The compiler as the studio calls it: projects of UTF-16 texts in, plain data out. One at a time; nothing the user wrote makes it throw. */
import type { Analysis, BuildResult, Catalogue, CompilerService, CompletionList, Definition, EdgeCheck, Hover, Problem, StageTime, StudioProject, TextPosition } from "../api.ts";
import { readCatalogue } from "../composition/catalogue.ts";
import { analyseComposition, checkCandidates, type CompositionContext } from "../composition/composition.ts";
import { diagnosticFinding } from "../composition/findings.ts";
import type { GraphEdge } from "../composition/project.ts";
import { build as buildProgram, ProgramSources } from "../driver.ts";
import { imageParts, imageTarget, imageTargets } from "../image/image.ts";
import { Library, type LibraryArchive } from "../packages/library.ts";
import { TypingSession } from "../typing/session.ts";
import { decodeAnalysis, decodeDevice, decodeEdgeCheck, decodeProblems, encodeEdge, encodeProject } from "./encoding.ts";
import { complete, definition, hover } from "./editor.ts";
import { sha256 } from "./sha256.ts";
import { fromBytes, toBytes } from "./text.ts";

export interface ServiceOptions {
  readonly archive: LibraryArchive;
  /** A clock in milliseconds, for the times of stages. */
  readonly now: () => number;
  /** Told every internal error of the compiler, also where the answer has no place for it (hovers, completions). */
  readonly onInternalError?: (text: string) => void;
}

export class Compiler implements CompilerService {
  readonly #library: Library;
  readonly #catalogue: Catalogue;
  readonly #context: CompositionContext;
  readonly #now: () => number;
  readonly #onInternalError: ((text: string) => void) | undefined;
  /** Keeps the library's typed units between calls. */
  #session: TypingSession | undefined;

  /** Throws `PackageError` or `CatalogueError` when the library itself is malformed. */
  constructor({ archive, now, onInternalError }: ServiceOptions) {
    this.#onInternalError = onInternalError;
    this.#library = new Library(archive);
    this.#now = now;
    const devices = readCatalogue(archive.packages);
    this.#catalogue = {
      devices: devices.map(decodeDevice),
      targets: imageTargets.map(({ name, title, summary, suffix, bootCommand }) => ({ name, title, summary, suffix, bootCommand })),
    };
    this.#context = { library: this.#library, devices: new Map(devices.map((d) => [d.id, d])), targets: imageTargets.map((t) => t.name) };
  }

  catalogue(): Promise<Catalogue> {
    return Promise.resolve(this.#catalogue);
  }

  analyse(project: StudioProject): Promise<Analysis> {
    return Promise.resolve(
      this.#guarded(
        () => {
          const encoded = encodeProject(project);
          return decodeAnalysis(analyseComposition(this.#running(), encoded, this.#context), encoded);
        },
        (problem): Analysis => ({ problems: [problem], nodes: [], edges: [], obstacles: [problem.message.split("\n")[0]!], main: undefined }),
      ),
    );
  }

  checkEdges(project: StudioProject, edges: readonly GraphEdge[]): Promise<readonly EdgeCheck[]> {
    return Promise.resolve(
      this.#guarded<readonly EdgeCheck[]>(
        () => checkCandidates(this.#running(), encodeProject(project), edges.map(encodeEdge), this.#context).map(decodeEdgeCheck),
        (problem) => edges.map((_, index) => ({ index, ok: false, pending: undefined, required: "", provided: "", mismatches: [], message: problem.message })),
      ),
    );
  }

  hover(project: StudioProject, file: string, position: TextPosition): Promise<Hover | undefined> {
    return Promise.resolve(this.#guarded(() => hover(this.#running(), encodeProject(project), this.#library, toBytes(file), position), () => undefined));
  }

  definition(project: StudioProject, file: string, position: TextPosition): Promise<Definition | undefined> {
    return Promise.resolve(this.#guarded(() => definition(this.#running(), encodeProject(project), this.#library, toBytes(file), position), () => undefined));
  }

  complete(project: StudioProject, file: string, position: TextPosition): Promise<CompletionList> {
    const { line, column } = position;
    const nothing: CompletionList = { range: { startLine: line, startColumn: column, endLine: line, endColumn: column }, items: [] };
    return Promise.resolve(this.#guarded(() => complete(this.#running(), encodeProject(project), this.#library, toBytes(file), position), () => nothing));
  }

  build(project: StudioProject, onStage: (stage: string) => void): Promise<BuildResult> {
    const stages: StageTime[] = [];
    let current: { readonly stage: string; readonly since: number } | undefined;
    const enter = (stage: string | undefined): void => {
      const now = this.#now();
      if (current !== undefined) stages.push({ stage: current.stage, milliseconds: now - current.since });
      current = stage === undefined ? undefined : { stage, since: now };
      if (stage !== undefined) onStage(stage);
    };
    return Promise.resolve(
      this.#guarded<BuildResult>(
        () => {
          enter("analyse");
          const encoded = encodeProject(project);
          const session = this.#running();
          const composition = analyseComposition(session, encoded, this.#context);
          const problems = decodeProblems(composition.findings, encoded);
          const target = imageTarget(project.manifest.target);
          if (composition.obstacles.length > 0 || target === undefined) {
            enter(undefined);
            return { ok: false, problems, obstacles: composition.obstacles.map(fromBytes), stages };
          }
          const { diagnostics, image } = buildProgram(session, new ProgramSources(composition.units, this.#library), { target, onStage: enter });
          const known = new Set(composition.findings.map((f) => f.rendered));
          const all = [...problems, ...decodeProblems(diagnostics.map(diagnosticFinding).filter((f) => !known.has(f.rendered)), encoded)];
          if (image === undefined) {
            enter(undefined);
            const errors = all.filter((p) => p.severity === "error");
            return { ok: false, problems: all, obstacles: errors.map((p) => p.message.split("\n")[0]!), stages };
          }
          const digest = sha256(image.bytes);
          enter(undefined);
          return { ok: true, problems: all, stages, fileName: `${project.manifest.name}${target.suffix}`, image: image.bytes, sha256: digest, parts: imageParts(image) };
        },
        (problem) => ({ ok: false, problems: [problem], obstacles: [problem.message.split("\n")[0]!], stages }),
      ),
    );
  }

  #running(): TypingSession {
    if (this.#session?.isRunning !== true) this.#session = new TypingSession(this.#library);
    return this.#session;
  }

  /** An error of the compiler itself becomes a problem, and what it may have left half done is forgotten. */
  #guarded<T>(run: () => T, failed: (problem: Problem) => T): T {
    try {
      return run();
    } catch (error) {
      this.#session = undefined;
      const message = `Internal error of the compiler: ${error instanceof Error ? error.message : String(error)}\nThis is a defect of Morgana, not of the project. Please report it with the project's files and this text:\n${error instanceof Error ? (error.stack ?? "") : ""}`;
      this.#onInternalError?.(message);
      return failed({ severity: "error", file: undefined, range: undefined, node: undefined, edge: undefined, message, rendered: message });
    }
  }
}
