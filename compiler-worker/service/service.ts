/** The compiler as the studio calls it: projects of UTF-16 texts in, plain data out. One at a time; nothing the user wrote makes it throw. */
import type { Analysis, BuildResult, Catalogue, CodeFix, CompilerService, CompletionList, Definition, EdgeCheck, Hover, LibraryTree, MirageFiles, MirageOptions, MirageSettings, NodeTypes, OpenedMirageProject, OutlineItem, Problem, Renamable, Renaming, SignatureHelp, StageTime, StudioProject, SymbolReference, TextPosition, TextRange } from "../api.ts";
import { readCatalogue } from "../composition/catalogue.ts";
import { analyseComposition, checkCandidates } from "../composition/composition.ts";
import { diagnosticFinding, finding, type Finding } from "../composition/findings.ts";
import { readCombinators, type Combinator } from "../composition/mirage/dsl.ts";
import { CONFIG_FILE } from "../composition/mirage/evaluate.ts";
import { isOfType, statedGraph } from "../composition/mirage/graph.ts";
import { analyseMirageProject, type MirageComposition } from "../composition/mirage/project.ts";
import { renamedGraph, type GraphEdge, type Project } from "../composition/project.ts";
import { build as buildProgram, ProgramSources } from "../driver.ts";
import { imageParts, imageTarget, imageTargets, type ImageTarget } from "../image/image.ts";
import { licenceSummary } from "../packages/image-licences.ts";
import { OwnPackages, type LibraryArchive } from "../packages/library.ts";
import { parseShippedLibrary } from "../shipped-library.ts";
import type { UnitSource } from "../typing/session.ts";
import { decodeAnalysis, decodeDevice, decodeEdgeCheck, decodeProblems, decodeTexts, encodeEdge, encodeFiles, encodeProject } from "./encoding.ts";
import { complete, definition, hover, moduleSource, signatureHelp } from "./editor.ts";
import type { Surrounded } from "./program-sources.ts";
import { BroughtLibraries, type Surroundings } from "./libraries.ts";
import { sha256 } from "./sha256.ts";
import { fixes, outline, references, renamable, rename, type ProjectCheck } from "./symbols.ts";
import { fromBytes, toBytes } from "./text.ts";

export interface ServiceOptions {
  readonly archive: LibraryArchive;
  /** A clock in milliseconds, for the times of stages. */
  readonly now: () => number;
  /** Told every internal error of the compiler, also where the answer has no place for it (hovers, completions). */
  readonly onInternalError?: (text: string) => void;
}

/** What an analysis gives to a build. */
interface Analysed {
  readonly around: Surroundings;
  readonly files: Pick<Project, "files">;
  readonly findings: readonly Finding[];
  readonly obstacles: readonly string[];
  readonly units: readonly UnitSource[];
  readonly target: ImageTarget | undefined;
  readonly name: string;
}

export class Compiler implements CompilerService {
  readonly #libraries: BroughtLibraries;
  readonly #catalogue: Catalogue;
  readonly #combinators: readonly Combinator[];
  /** Ports of the MirageOS project that was analysed last. */
  #statedTypes: readonly NodeTypes[] = [];
  readonly #now: () => number;
  readonly #onInternalError: ((text: string) => void) | undefined;
  /** Of the library. */
  readonly #digest: string | undefined;

  /** Throws `PackageError` or `CatalogueError` when the library itself is malformed. */
  constructor({ archive, now, onInternalError }: ServiceOptions) {
    this.#onInternalError = onInternalError;
    this.#digest = archive.digest;
    this.#now = now;
    const devices = readCatalogue(archive.packages);
    this.#combinators = combinatorsOf(archive);
    this.#catalogue = {
      devices: devices.map(decodeDevice),
      mirage: decodeTexts(this.#combinators),
      targets: imageTargets.map(({ name, title, summary, suffix, bootCommand }) => ({ name, title, summary, suffix, bootCommand })),
    };
    this.#libraries = new BroughtLibraries(new OwnPackages(archive), devices, imageTargets.map((t) => t.name));
  }

  catalogue(): Promise<Catalogue> {
    return Promise.resolve(this.#catalogue);
  }

  addLibraries(tree: LibraryTree): Promise<void> {
    this.#libraries.add(tree);
    return Promise.resolve();
  }

  /** From now on, builds take what there is of library functions in this text (`shipped-library.ts`) where it fits. */
  useShipped(text: string): void {
    this.#libraries.shipped = parseShippedLibrary(text, this.#digest);
  }

  analyse(project: StudioProject): Promise<Analysis> {
    return Promise.resolve(
      this.#guarded(
        () => {
          if (project.mirage !== undefined) return this.#analyseConfigured(project, project.mirage);
          const encoded = encodeProject(project);
          const { session, context, reports } = this.#around(project);
          return decodeAnalysis(analyseComposition(session, encoded, context), encoded, reports);
        },
        (problem): Analysis => ({ problems: [problem], nodes: [], edges: [], obstacles: [problem.message.split("\n")[0]!], main: undefined, trees: [] }),
      ),
    );
  }

  checkEdges(project: StudioProject, edges: readonly GraphEdge[]): Promise<readonly EdgeCheck[]> {
    return Promise.resolve(
      this.#guarded<readonly EdgeCheck[]>(
        () => {
          if (project.mirage !== undefined) return edges.map((edge, index) => this.#checkConfiguredEdge(project, edge, index));
          const { session, context } = this.#around(project);
          return checkCandidates(session, encodeProject(project), edges.map(encodeEdge), context).map(decodeEdgeCheck);
        },
        (problem) => edges.map((_, index) => ({ index, ok: false, pending: undefined, required: "", provided: "", mismatches: [], message: problem.message })),
      ),
    );
  }

  hover(project: StudioProject, file: string, position: TextPosition): Promise<Hover | undefined> {
    return Promise.resolve(this.#guarded(() => hover(this.#sources(project), toBytes(file), position), () => undefined));
  }

  definition(project: StudioProject, file: string, position: TextPosition): Promise<Definition | undefined> {
    return Promise.resolve(this.#guarded(() => definition(this.#sources(project), toBytes(file), position), () => undefined));
  }

  moduleSource(project: StudioProject, path: string): Promise<Definition | undefined> {
    return Promise.resolve(this.#guarded(() => moduleSource(this.#sources(project), toBytes(path)), () => undefined));
  }

  complete(project: StudioProject, file: string, position: TextPosition): Promise<CompletionList> {
    const { line, column } = position;
    const nothing: CompletionList = { range: { startLine: line, startColumn: column, endLine: line, endColumn: column }, items: [] };
    return Promise.resolve(this.#guarded(() => complete(this.#sources(project), toBytes(file), position), () => nothing));
  }

  signatureHelp(project: StudioProject, file: string, position: TextPosition): Promise<SignatureHelp | undefined> {
    return Promise.resolve(this.#guarded(() => signatureHelp(this.#sources(project), toBytes(file), position), () => undefined));
  }

  references(project: StudioProject, file: string, position: TextPosition, within: boolean): Promise<readonly SymbolReference[]> {
    return Promise.resolve(this.#guarded(() => references(this.#sources(project), toBytes(file), position, within), () => []));
  }

  renamable(project: StudioProject, file: string, position: TextPosition): Promise<Renamable> {
    return Promise.resolve(this.#guarded(() => renamable(this.#sources(project), toBytes(file), position), ({ message }): Renamable => ({ ok: false, reason: message })));
  }

  rename(project: StudioProject, file: string, position: TextPosition, name: string): Promise<Renaming> {
    return Promise.resolve(this.#guarded(() => rename(this.#sources(project), toBytes(file), position, toBytes(name), this.#obstacleCheck(project)), ({ message }): Renaming => ({ ok: false, reason: message })));
  }

  outline(project: StudioProject, file: string): Promise<readonly OutlineItem[]> {
    return Promise.resolve(this.#guarded(() => outline(this.#sources(project), toBytes(file)), () => []));
  }

  fixes(project: StudioProject, file: string, range: TextRange): Promise<readonly CodeFix[]> {
    return Promise.resolve(this.#guarded(() => fixes(this.#sources(project), toBytes(file), range), () => []));
  }

  build(project: StudioProject, onStage: (stage: string) => void): Promise<BuildResult> {
    return this.#compiled(onStage, () => {
      if (project.mirage !== undefined) return this.#configuredProgram(project, project.mirage);
      const encoded = encodeProject(project);
      const around = this.#around(project);
      const { findings, obstacles, units } = analyseComposition(around.session, encoded, around.context);
      return { around, files: encoded, findings, obstacles, units, target: imageTarget(project.manifest.target), name: project.manifest.name };
    });
  }

  openMirageProject(files: MirageFiles, options: MirageOptions): Promise<OpenedMirageProject> {
    return Promise.resolve(
      this.#guarded<OpenedMirageProject>(
        () => {
          const encoded = encodeFiles(files);
          const { findings, configuration, usage, obstacles, main } = this.#analyseMirage(encoded, options);
          return decodeTexts({ configuration, usage, obstacles, main, problems: decodeProblems(findings, { files: encoded }) });
        },
        (problem) => ({ problems: [problem], configuration: undefined, usage: undefined, obstacles: [problem.message.split("\n")[0]!], main: undefined }),
      ),
    );
  }

  buildMirageProject(files: MirageFiles, options: MirageOptions, onStage: (stage: string) => void): Promise<BuildResult> {
    return this.#compiled(onStage, () => {
      const encoded = encodeFiles(files);
      const { findings, obstacles, units, configuration, imageTarget: target } = this.#analyseMirage(encoded, options);
      return { around: this.#libraries.of([], []), files: { files: encoded }, findings, obstacles, units, target: imageTarget(target), name: fromBytes(configuration?.name ?? "") };
    });
  }

  /** A MirageOS project as the studio has it: texts of the top folder, and a tree of what is in folders. */
  #configured(project: StudioProject, settings: MirageSettings): { readonly around: Surroundings; readonly files: Record<string, string>; readonly composition: MirageComposition } {
    const folders = settings.folders === undefined ? {} : this.#libraries.filesOf(settings.folders);
    const files = { ...folders, ...encodeProject(project).files };
    const hasLibraries = settings.folders !== undefined && Object.keys(folders).some((path) => path.endsWith("/dune"));
    const around = this.#libraries.of([...(project.trees ?? []), ...(hasLibraries ? [settings.folders!] : [])], []);
    const composition = analyseMirageProject(around.session, { files, target: toBytes(project.manifest.target), keys: settings.keys.map(toBytes) }, around.library, around.context.targets);
    return { around, files, composition };
  }

  #analyseConfigured(project: StudioProject, settings: MirageSettings): Analysis {
    const { around, files, composition } = this.#configured(project, settings);
    const { configuration, findings, usage, obstacles, main, nodes, edges } = composition;
    if (configuration !== undefined) this.#statedTypes = decodeTexts(nodes);
    const byName = new Map(this.#combinators.map((c) => [c.name, c]));
    const wrong = usage === undefined ? [] : [finding("error", { file: CONFIG_FILE }, usage)];
    return {
      problems: decodeProblems([...wrong, ...findings], { files }),
      ...decodeTexts({ nodes, edges, obstacles, main }),
      trees: around.reports.filter((r) => r.tree !== settings.folders),
      ...(configuration === undefined ? {} : { mirage: decodeTexts({ configuration, ...statedGraph(configuration, byName) }) }),
    };
  }

  /** The DSL's own rule: a device fits where one of its type is wanted. */
  #checkConfiguredEdge(project: StudioProject, { from, to, port }: GraphEdge, index: number): EdgeCheck {
    const typesOf = (id: string): { readonly inputs: readonly { readonly port: string; readonly type: string }[]; readonly type: string | undefined } => {
      const stated = this.#statedTypes.find((n) => n.id === id);
      if (stated !== undefined) return { inputs: stated.inputs.map((i) => ({ port: i.name, type: i.typeName })), type: stated.output?.typeName };
      const node = project.manifest.nodes.find((n) => n.id === id);
      const combinator = node?.kind === "device" ? this.#combinators.find((c) => c.name === node.device) : undefined;
      return { inputs: combinator?.inputs ?? [], type: combinator?.type };
    };
    const provided = typesOf(from).type ?? "";
    const required = typesOf(to).inputs.find((i) => i.port === port)?.type ?? "";
    const ok = provided !== "" && required !== "" && isOfType(provided, required);
    return { index, ok, pending: undefined, required, provided, mismatches: [], message: ok ? "" : `A device of type ${required} is wanted, and ${from} is of type ${provided}.` };
  }

  #configuredProgram(project: StudioProject, settings: MirageSettings): Analysed {
    const { around, files, composition } = this.#configured(project, settings);
    const { findings, obstacles, units, configuration, imageTarget: target } = composition;
    return { around, files: { files }, findings, obstacles, units, target: imageTarget(target), name: fromBytes(configuration?.name ?? "") };
  }

  #analyseMirage(files: Readonly<Record<string, string>>, { target, keys }: MirageOptions): MirageComposition {
    const { session, library, context } = this.#libraries.of([], []);
    return analyseMirageProject(session, { files, target: target ?? "unix", keys: (keys ?? []).map(toBytes) }, library, context.targets);
  }

  /** Compiles what an analysis found good, stage by stage. */
  #compiled(onStage: (stage: string) => void, analyse: () => Analysed): Promise<BuildResult> {
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
          const { around, files, findings, obstacles, units, target, name } = analyse();
          const problems = decodeProblems(findings, files);
          if (obstacles.length > 0 || target === undefined) {
            enter(undefined);
            return { ok: false, problems, obstacles: obstacles.map(fromBytes), stages };
          }
          const { diagnostics, image, packages } = buildProgram(around.session, new ProgramSources(units, around.library), { target, memo: around.memo, shipped: () => this.#libraries.shipped, onStage: enter });
          const known = new Set(findings.map((f) => f.rendered));
          const all = [...problems, ...decodeProblems(diagnostics.map(diagnosticFinding).filter((f) => !known.has(f.rendered)), files)];
          if (image === undefined) {
            enter(undefined);
            const errors = all.filter((p) => p.severity === "error");
            return { ok: false, problems: all, obstacles: errors.map((p) => p.message.split("\n")[0]!), stages };
          }
          const digest = sha256(image.bytes);
          enter(undefined);
          return { ok: true, problems: all, stages, fileName: `${name}${target.suffix}`, image: image.bytes, sha256: digest, unpackedBytes: image.unpackedBytes, parts: imageParts(image), licences: fromBytes(licenceSummary(packages)) };
        },
        (problem) => ({ ok: false, problems: [problem], obstacles: [problem.message.split("\n")[0]!], stages }),
      ),
    );
  }

  /** What stands in the way of a build with other texts and names in the graph, and does not now. */
  #obstacleCheck(project: StudioProject): ProjectCheck {
    return (files, graph) => {
      // Of a configuration the graph is not looked at: its own evaluation tells.
      if (project.mirage !== undefined) return undefined;
      const { session, context } = this.#around(project);
      const encoded = encodeProject(project);
      const before = new Set(analyseComposition(session, encoded, context).obstacles);
      const manifest = renamedGraph(encoded.manifest, graph);
      const { obstacles } = analyseComposition(session, { ...encoded, manifest, files }, context);
      return before.size === 0 ? obstacles[0] : undefined;
    };
  }

  #around(project: StudioProject): Surroundings {
    return this.#libraries.of(project.trees ?? [], (project.manifest.packages ?? []).map(toBytes));
  }

  #sources(project: StudioProject): Surrounded {
    const { session, library } = this.#around(project);
    return { session, library, project: encodeProject(project), configured: project.mirage !== undefined };
  }

  /** An error of the compiler itself becomes a problem, and what it may have left half done is forgotten. */
  #guarded<T>(run: () => T, failed: (problem: Problem) => T): T {
    try {
      return run();
    } catch (error) {
      this.#libraries.forget();
      const message = `Internal error of the compiler: ${error instanceof Error ? error.message : String(error)}\nThis is a defect of Morgana, not of the project. Please report it with the project's files and this text:\n${error instanceof Error ? (error.stack ?? "") : ""}`;
      this.#onInternalError?.(message);
      return failed({ severity: "error", file: undefined, range: undefined, node: undefined, edge: undefined, message, rendered: message });
    }
  }
}

/** The interface of the package that configurations are written with. */
function combinatorsOf(archive: LibraryArchive): Combinator[] {
  const text = archive.packages.find((p) => p.name === "mirage")?.files["mirage.mli"];
  return text === undefined ? [] : readCombinators({ name: "mirage/mirage.mli", text });
}
