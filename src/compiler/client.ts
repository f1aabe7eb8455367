/**
 * The only one who talks to the compiler: it watches the store, has the project checked after every edit, builds when
 * asked, and puts the answers into the store.
 *
 * At most one check is under way and only the newest project waits for its turn, so a slow answer never piles up work;
 * an answer about a project that has been closed is dropped. A worker that ends or does not answer is replaced.
 */
import type { Analysis, BuildResult, Catalogue, CodeFix, CompilerService, CompletionList, Definition, EdgeCheck, Hover, OutlineItem, Problem, Renamable, Renaming, SignatureHelp, StudioProject, SymbolReference, TextPosition, TextRange, TreeReport } from "../../compiler-worker/api.ts";
import type { GraphEdge, GraphNode } from "../../compiler-worker/composition/project.ts";
import { combinatorDevice, type Combinator, type CombinatorInput } from "../../compiler-worker/composition/mirage/dsl.ts";
import { arrange } from "../canvas/arrange.ts";
import { CONFIGURATION_FILE, followConfiguration } from "../model/configuration.ts";
import { toStudioProject, treesOf, type StudioDocument, type Texts } from "../model/document.ts";
import { edgeKey, freePosition, moveNodes } from "../model/graph.ts";
import { sameData } from "../store/equal.ts";
import { fingerprint, portsKey } from "../store/selectors.ts";
import type { CheckedProject, KnownPorts, StudioProblem } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";

/** A running compiler, however it is reached. */
export interface CompilerConnection {
  readonly service: CompilerService;
  /** Makes a function that can be handed to the other thread. */
  readonly callback: (listener: (stage: string) => void) => (stage: string) => void;
  readonly terminate: () => void;
}

export interface CompilerClientOptions {
  readonly store: StudioStore;
  /** Starts a compiler; `onDeath` is called when it ends by itself. */
  readonly connect: (onDeath: (reason: string) => void) => CompilerConnection;
  /** Milliseconds of rest after an edit before the project is checked. */
  readonly debounce?: number;
  /** After how many milliseconds without an answer a check is shown as slow, and given up. */
  readonly slowAfter?: number;
  readonly giveUpAfter?: number;
  readonly now?: () => number;
}

export interface CompilerClient {
  readonly build: () => Promise<void>;
  readonly cancelBuild: () => void;
  /**
   * Asks which of these wires would fit in the present project, to which `extraNodes` are added for the question; the
   * answers come into the store as `fits`.
   */
  readonly checkEdges: (edges: readonly GraphEdge[], extraNodes?: readonly GraphNode[]) => Promise<void>;
  /** Questions of the editor about a place in a file; undefined when nothing is known or the compiler is away. */
  readonly hover: (file: string, position: TextPosition) => Promise<Hover | undefined>;
  readonly definition: (file: string, position: TextPosition) => Promise<Definition | undefined>;
  readonly complete: (file: string, position: TextPosition) => Promise<CompletionList | undefined>;
  readonly signatureHelp: (file: string, position: TextPosition) => Promise<SignatureHelp | undefined>;
  readonly references: (file: string, position: TextPosition, within: boolean) => Promise<readonly SymbolReference[] | undefined>;
  readonly renamable: (file: string, position: TextPosition) => Promise<Renamable | undefined>;
  readonly rename: (file: string, position: TextPosition, name: string) => Promise<Renaming | undefined>;
  readonly outline: (file: string) => Promise<readonly OutlineItem[] | undefined>;
  readonly fixes: (file: string, range: TextRange) => Promise<readonly CodeFix[] | undefined>;
  readonly moduleSource: (path: string) => Promise<Definition | undefined>;
  /** Replaces the worker by a new one. */
  readonly restart: () => void;
  readonly dispose: () => void;
}

/** After so many deaths in a row, without a good answer between them, only the user starts the compiler again. */
const MAX_DEATHS = 3;

class Ended extends Error {}

export function createCompilerClient(options: CompilerClientOptions): CompilerClient {
  const { store, connect } = options;
  const debounce = options.debounce ?? 120;
  const slowAfter = options.slowAfter ?? 4_000;
  const giveUpAfter = options.giveUpAfter ?? 60_000;
  const now = options.now ?? (() => performance.now());

  let connection: CompilerConnection | undefined;
  /** The compiler's own catalogue, and the trees of libraries that it has been given. */
  let ownCatalogue: Catalogue | undefined;
  let given = new Set<string>();
  /** Rejects every call under way when the worker ends. */
  let endCalls: (error: Ended) => void = () => undefined;
  let ended: Promise<never> = new Promise(() => undefined);
  let generation = 0;
  let deaths = 0;

  let wanted: { document: StudioDocument; texts: Texts } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let buildNumber = 0;
  /** The project at whose check the worker ended last: it is not tried a third time before it changes. */
  let deadly: { fingerprint: string; times: number } | undefined;

  function start(): void {
    generation++;
    const mine = generation;
    ended = new Promise<never>((_, reject) => (endCalls = reject));
    ended.catch(() => undefined);
    given = new Set();
    connection = connect((reason) => {
      if (mine === generation) died(reason);
    });
    const opened = connection;
    void call(() => opened.service.catalogue()).then(
      (catalogue) => {
        if (mine !== generation) return;
        ownCatalogue = catalogue;
        store.update({ catalogue: catalogueOf(store.getState().document, store.getState().checked), compiler: { phase: "ready" } });
        schedule(0);
      },
      (error: unknown) => {
        if (mine !== generation || error instanceof Ended) return;
        died(messageOf(error));
      },
    );
  }

  function call<T>(ask: () => Promise<T>): Promise<T> {
    return Promise.race([ask(), ended]);
  }

  /** Asks about a project; the compiler is given first what it does not have of its libraries. Messages arrive in the order in which they are sent. */
  function askAbout<T>(service: CompilerService, document: StudioDocument, texts: Texts, question: (project: StudioProject) => Promise<T>): Promise<T> {
    const { trees } = store.getState();
    const missing = treesOf(document).flatMap((id) => (given.has(id) ? [] : (trees[id] ?? [])));
    const sent = missing.map((tree) => {
      given.add(tree.id);
      return service.addLibraries(tree);
    });
    const answer = call(() => question(toStudioProject(document, texts)));
    if (sent.length === 0) return answer;
    // Both fail when the worker ends: one of the two is told.
    answer.catch(() => undefined);
    return call(() => Promise.all(sent)).then(() => answer);
  }

  /** What the palette has: the library's devices and those that the project brings; for a MirageOS project the DSL's. */
  function catalogueOf(document: StudioDocument, found: { readonly trees: readonly TreeReport[]; readonly configured?: CheckedProject["configured"] } | undefined): Catalogue | undefined {
    if (ownCatalogue === undefined) return undefined;
    if (document.mirage !== undefined) return { ...ownCatalogue, devices: [...ownCatalogue.mirage.map(combinatorDevice), ...(found?.configured?.devices ?? [])] };
    const brought = found?.trees.flatMap((tree) => tree.libraries.flatMap((library) => library.devices)) ?? [];
    return brought.length === 0 ? ownCatalogue : { ...ownCatalogue, devices: [...ownCatalogue.devices, ...brought] };
  }

  function died(reason: string): void {
    stopWorker();
    deaths++;
    if (store.getState().build.status === "running") store.update({ build: { status: "broken", message: `The compiler ended while it was building: ${reason}` } });
    if (deaths >= MAX_DEATHS) {
      store.update({ compiler: { phase: "stopped", reason }, checking: "no" });
      return;
    }
    store.update({ compiler: { phase: "restarting", reason } });
    start();
  }

  function stopWorker(): void {
    const old = connection;
    connection = undefined;
    generation++;
    busy = false;
    old?.terminate();
    endCalls(new Ended("the compiler ended"));
  }

  function schedule(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), delay);
  }

  async function check(): Promise<void> {
    const { projectId, document, texts, catalogue } = store.getState();
    if (projectId === undefined || catalogue === undefined || connection === undefined || busy) return;
    if (wanted !== undefined && wanted.document === document && wanted.texts === texts) return;
    const content = fingerprint(document, texts);
    if (wanted !== undefined && fingerprint(wanted.document, wanted.texts) === content && store.getState().checked !== undefined) {
      // Only places on the canvas changed: the answer at hand is the answer.
      wanted = { document, texts };
      if (store.getState().checking !== "no") store.update({ checking: "no" });
      return;
    }
    if (deadly !== undefined && deadly.times > 1 && deadly.fingerprint === content) return;
    const asked = { document, texts };
    wanted = asked;
    busy = true;
    const { service } = connection;
    const mine = generation;
    store.update({ checking: "yes" });
    const slow = setTimeout(() => store.update({ checking: "slow" }), slowAfter);
    const giveUp = setTimeout(() => {
      if (mine === generation && store.getState().build.status !== "running") died(`no answer for ${Math.round(giveUpAfter / 1000)} seconds`);
    }, giveUpAfter);
    try {
      const analysis = await askAbout(service, document, texts, (project) => service.analyse(project));
      deaths = 0;
      deadly = undefined;
      if (store.getState().projectId === projectId) accept(asked, analysis);
    } catch (error) {
      if (error instanceof Ended) {
        wanted = undefined;
        deadly = { fingerprint: content, times: (deadly?.fingerprint === content ? deadly.times : 0) + 1 };
        if (deadly.times > 1) refuse(asked, "The compiler ended while it checked this project; it will try again after the next change.", "");
      } else {
        const message = messageOf(error);
        if (store.getState().projectId === projectId) refuse(asked, `Internal error of the compiler: ${message}`, message);
      }
    } finally {
      clearTimeout(slow);
      clearTimeout(giveUp);
      if (mine === generation) {
        busy = false;
        const state = store.getState();
        // What a configuration made of the graph has been answered with it.
        const current = wanted !== undefined ? state.document === wanted.document && state.texts === wanted.texts : state.document === document && state.texts === texts;
        store.update({ checking: current ? "no" : "yes" });
        if (!current) schedule(0);
      }
    }
  }

  /** Puts an analysis into the store; ports of modules without a type stay as they were. */
  function accept(asked: { document: StudioDocument; texts: Texts }, analysis: Awaited<ReturnType<CompilerService["analyse"]>>): void {
    if (asked.document.mirage !== undefined) return acceptConfigured(asked, analysis);
    const keyAt = (index: number): string | undefined => keyOfIndex(asked.document, index);
    const checks: Record<string, EdgeCheck> = {};
    for (const check of analysis.edges) {
      const key = keyAt(check.index);
      if (key !== undefined) checks[key] = check;
    }
    const nodes = Object.fromEntries(analysis.nodes.map((types) => [types.id, types]));
    const ports: Record<string, KnownPorts> = {};
    for (const node of asked.document.nodes) {
      const key = portsKey(node);
      const types = nodes[node.id];
      const old = store.getState().ports[key];
      if (types !== undefined && types.error === undefined) ports[key] = { inputs: types.inputs, output: types.output };
      else if (old !== undefined) ports[key] = old;
      else if (types !== undefined) ports[key] = { inputs: types.inputs, output: types.output };
    }
    const checked: CheckedProject = {
      ...asked,
      problems: studioProblems(asked.document, analysis.problems),
      nodes,
      edges: checks,
      obstacles: analysis.obstacles,
      main: analysis.main,
      configuration: analysis.configuration,
      trees: analysis.trees,
    };
    const catalogue = catalogueOf(asked.document, analysis);
    store.update({ checked, ports, ...(sameData(catalogue, store.getState().catalogue) ? {} : { catalogue }) });
  }

  /**
   * An analysis of a MirageOS project: the graph that the configuration has becomes the document's. While the configuration says
   * nothing, the graph stays, and nothing is known of its wires.
   */
  function acceptConfigured(asked: { document: StudioDocument; texts: Texts }, analysis: Analysis): void {
    const state = store.getState();
    const isCurrent = state.document === asked.document && state.texts === asked.texts;
    const view = analysis.mirage;
    if (view !== undefined && isCurrent) store.follow((document) => followConfiguration(document, view, placeNew));
    const { document } = isCurrent ? store.getState() : asked;
    const configured = view ?? state.checked?.configured;
    const catalogue = catalogueOf(document, { trees: [], configured });
    const types = view === undefined ? [] : analysis.nodes;
    const nodes = Object.fromEntries(types.map((t) => [t.id, t]));
    const ports: Record<string, KnownPorts> = {};
    for (const node of document.nodes) {
      const key = portsKey(node);
      const combinator = node.kind === "device" ? ownCatalogue?.mirage.find((c) => c.name === node.device) : undefined;
      const stated = node.kind === "application" ? document.mirage?.inputs[node.id] : undefined;
      const known = nodes[node.id] ?? state.ports[key] ?? (combinator !== undefined ? combinatorPorts(combinator) : stated !== undefined ? { inputs: inputPorts(stated), output: undefined } : undefined);
      if (known !== undefined) ports[key] = { inputs: known.inputs, output: known.output };
    }
    const unknown: EdgeCheck = { index: 0, ok: false, pending: `${CONFIGURATION_FILE} has an error.`, required: "", provided: "", mismatches: [], message: "" };
    const wires = view?.edges ?? document.edges;
    const checked: CheckedProject = {
      document,
      texts: asked.texts,
      problems: studioProblems(document, analysis.problems),
      nodes,
      edges: Object.fromEntries(wires.map((edge, index) => [edgeKey(edge), view === undefined ? { ...unknown, index } : (analysis.edges[index] ?? unknown)])),
      obstacles: analysis.obstacles,
      main: analysis.main,
      trees: analysis.trees,
      configured,
    };
    if (isCurrent) wanted = { document, texts: asked.texts };
    store.update({ checked, ports, ...(sameData(catalogue, store.getState().catalogue) ? {} : { catalogue }) });
    if (isCurrent && document.nodes.length > 0 && asked.document.nodes.length === 0) store.update({ focus: { nodes: [], request: (store.getState().focus?.request ?? 0) + 1 } });
  }

  function refuse(asked: { document: StudioDocument; texts: Texts }, message: string, rendered: string): void {
    const checked: CheckedProject = {
      ...asked,
      problems: [{ severity: "error", file: undefined, range: undefined, node: undefined, edge: undefined, message, rendered: rendered === "" ? message : rendered }],
      nodes: store.getState().checked?.nodes ?? {},
      edges: {},
      obstacles: [message],
      main: undefined,
      trees: store.getState().checked?.trees ?? [],
    };
    store.update({ checked });
  }

  /**
   * Asks about the present project; an answer that the end of the worker took away is none, nor is one about a project that has changed
   * since, whose places are others; unless it is `lasting`.
   */
  async function ask<T>(question: (service: CompilerService, project: StudioProject) => Promise<T | undefined>, lasting = false): Promise<T | undefined> {
    if (connection === undefined) return undefined;
    const { service } = connection;
    const { document, texts } = store.getState();
    try {
      const answer = await askAbout(service, document, texts, (project) => question(service, project));
      return lasting || store.getState().texts === texts ? answer : undefined;
    } catch (error) {
      if (!(error instanceof Ended)) console.error(error);
      return undefined;
    }
  }

  start();

  const unsubscribe = store.subscribe((state, previous) => {
    if (state.document === previous.document && state.texts === previous.texts && state.projectId === previous.projectId) return;
    if (state.projectId !== previous.projectId) {
      wanted = undefined;
      deadly = undefined;
      if (ownCatalogue !== undefined) store.update({ catalogue: catalogueOf(state.document, undefined) });
    }
    if (state.projectId === undefined) return;
    if (!busy && state.checking === "no" && state.compiler.phase === "ready") store.update({ checking: "yes" });
    schedule(state.projectId !== previous.projectId || state.document !== previous.document ? 0 : debounce);
  });

  return {
    async build() {
      const { document, texts, build } = store.getState();
      if (connection === undefined || build.status === "running") return;
      const number = ++buildNumber;
      const mine = generation;
      const startedAt = now();
      const { service, callback } = connection;
      store.update({ build: { status: "running", stages: [], startedAt } });
      const current = (): boolean => number === buildNumber && mine === generation;
      const onStage = callback((stage) => {
        const state = store.getState().build;
        if (!current() || state.status !== "running") return;
        store.update({ build: { ...state, stages: [...state.stages, { stage, at: now() - startedAt }] } });
      });
      try {
        const result: BuildResult = await askAbout(service, document, texts, (project) => service.build(project, onStage));
        if (!current()) return;
        store.update({ build: { status: "done", result, problems: studioProblems(document, result.problems), fingerprint: fingerprint(document, texts), target: document.target, milliseconds: now() - startedAt } });
      } catch (error) {
        if (!current() || error instanceof Ended) return;
        store.update({ build: { status: "broken", message: messageOf(error) } });
      }
    },
    cancelBuild() {
      if (store.getState().build.status !== "running") return;
      buildNumber++;
      stopWorker();
      wanted = undefined;
      store.update({ build: { status: "none" }, compiler: { phase: "starting" } });
      start();
    },
    async checkEdges(edges, extraNodes = []) {
      const { document, texts } = store.getState();
      if (connection === undefined || edges.length === 0) return;
      const { service } = connection;
      const content = fingerprint(document, texts);
      const answered = (): Readonly<Record<string, EdgeCheck>> => {
        const { fits } = store.getState();
        return fits !== undefined && fits.fingerprint === content ? fits.checks : {};
      };
      const missing = edges.filter((edge) => answered()[edgeKey(edge)] === undefined);
      if (missing.length === 0) return;
      const asked = { ...document, nodes: [...document.nodes, ...extraNodes] };
      let answers: readonly EdgeCheck[];
      try {
        answers = await askAbout(service, asked, texts, (project) => service.checkEdges(project, missing));
      } catch (error) {
        if (!(error instanceof Ended)) console.error(error);
        return;
      }
      const state = store.getState();
      if (fingerprint(state.document, state.texts) !== content) return;
      const checks: Record<string, EdgeCheck> = { ...answered() };
      for (const answer of answers) {
        const edge = missing[answer.index];
        if (edge !== undefined) checks[edgeKey(edge)] = answer;
      }
      store.update({ fits: { fingerprint: content, checks } });
    },
    hover: (file, position) => ask((service, project) => service.hover(project, file, position)),
    definition: (file, position) => ask((service, project) => service.definition(project, file, position)),
    // Completions of a word are good while it is being written: the editor chooses those that still go on from it.
    complete: (file, position) => ask((service, project) => service.complete(project, file, position), true),
    signatureHelp: (file, position) => ask((service, project) => service.signatureHelp(project, file, position)),
    references: (file, position, within) => ask((service, project) => service.references(project, file, position, within)),
    renamable: (file, position) => ask((service, project) => service.renamable(project, file, position)),
    rename: (file, position, name) => ask((service, project) => service.rename(project, file, position, name)),
    outline: (file) => ask((service, project) => service.outline(project, file)),
    fixes: (file, range) => ask((service, project) => service.fixes(project, file, range)),
    moduleSource: (path) => ask((service, project) => service.moduleSource(project, path)),
    restart() {
      stopWorker();
      deaths = 0;
      deadly = undefined;
      wanted = undefined;
      if (store.getState().build.status === "running") store.update({ build: { status: "none" } });
      store.update({ compiler: { phase: "starting" } });
      start();
    },
    dispose() {
      unsubscribe();
      clearTimeout(timer);
      stopWorker();
    },
  };
}

/** Places nodes that a configuration has newly: all anew when the graph is new, else where there is room. */
function placeNew(document: StudioDocument, fresh: readonly string[]): StudioDocument {
  if (fresh.length === document.nodes.length) return moveNodes(document, arrange(document, () => undefined));
  const places = arrange(document, () => undefined);
  return fresh.reduce((placed, id) => {
    const others = { ...placed, nodes: placed.nodes.filter((node) => node.id !== id) };
    return moveNodes(placed, { [id]: freePosition(others, places[id] ?? { x: 0, y: 0 }) });
  }, document);
}

function combinatorPorts(combinator: Combinator): KnownPorts {
  return { inputs: inputPorts(combinator.inputs), output: { name: "", typeName: combinator.type, signature: "" } };
}

function inputPorts(inputs: readonly CombinatorInput[]): KnownPorts["inputs"] {
  return inputs.map(({ port, type }) => ({ name: port, typeName: type, signature: "" }));
}

function keyOfIndex(document: StudioDocument, index: number | undefined): string | undefined {
  const edge = index === undefined ? undefined : document.edges[index];
  return edge === undefined ? undefined : edgeKey(edge);
}

/** Problems of a document as the studio lists them. */
function studioProblems(document: StudioDocument, problems: readonly Problem[]): StudioProblem[] {
  return [...problems].sort((a, b) => rank(a.severity) - rank(b.severity)).map((problem) => ({ ...problem, message: unindented(problem.message), edge: keyOfIndex(document, problem.edge) }));
}

/** A message without the room that its later lines leave for the words `Error: ` before the first, which lists do not show. */
function unindented(message: string): string {
  const [first = "", ...rest] = message.split("\n");
  const indents = rest.flatMap((line) => (line.trim() === "" ? [] : [line.length - line.trimStart().length]));
  const indent = Math.min(...indents);
  return indents.length === 0 || indent === 0 ? message : [first, ...rest.map((line) => line.slice(indent))].join("\n");
}

/** Errors come first; within each kind the compiler's order is kept. */
function rank(severity: "error" | "warning"): number {
  return severity === "error" ? 0 : 1;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
