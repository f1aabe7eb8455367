/**
 * A project as one composition: the user's sources typed, the graph checked against them, and the generated `main.ml`. Texts are
 * bytes, one code unit each, as everywhere in the compiler.
 */
import type { EdgeCheck, NodeTypes } from "../api.ts";
import { programUnits, type ProgramUnits } from "../packages/program-units.ts";
import type { Library } from "../packages/library.ts";
import { PROGRAM_PREFIX } from "../typing/path.ts";
import { CompileError } from "../syntax/diagnostics.ts";
import type { TypingSession, UnitSource } from "../typing/session.ts";
import { NOTHING_TOLD } from "../typing/warnings.ts";
import type { Env } from "../typing/env.ts";
import type { Device } from "./catalogue.ts";
import { checkUnits, ProjectUnits } from "./check-units.ts";
import { diagnosticFinding, finding, type Finding } from "./findings.ts";
import { isApplication, planGraph, upstream, type Plan, type PlannedNode } from "./graph.ts";
import { configurationOfGraph } from "./mirage/from-graph.ts";
import { generateMain, MAIN_FILE, MAIN_UNIT, type MainNode } from "./main.ts";
import { describeModule, modulePath, type NodeModule } from "./node-module.ts";
import { PROJECT_FORMAT, type DeviceNode, type GraphEdge, type Project } from "./project.ts";
import { checkStart, valueType, type DeviceValue } from "./start.ts";
import { Wiring, type WiredNode } from "./wiring.ts";

export interface CompositionContext {
  readonly library: Library;
  readonly devices: ReadonlyMap<string, Device>;
  readonly targets: readonly string[];
}

export interface Composition {
  readonly findings: readonly Finding[];
  readonly nodes: readonly NodeTypes[];
  readonly edges: readonly EdgeCheck[];
  /** Why nothing can be built; empty when it can. */
  readonly obstacles: readonly string[];
  /** The generated main.ml, when the graph is complete. */
  readonly main: string | undefined;
  /** The graph as a MirageOS configuration, when it is complete and one can say it. */
  readonly configuration: string | undefined;
  /** The program's units in the order of linking, with that of main.ml when there is one. */
  readonly units: readonly UnitSource[];
}

/** Units of a project's own sources, without the generated one. */
export function projectUnits(project: Project, library: Library): ProgramUnits {
  return programUnits(project.files, library, [MAIN_UNIT]);
}

/** Modules by node, as far as they were looked for. */
type NodeModules = Map<string, { readonly module: NodeModule | undefined; readonly error: string | undefined }>;

/** A project being analysed: what the session, renewed with the project's units, tells of its graph. */
class Analysis {
  readonly project: Project;
  readonly plan: Plan;
  readonly findings: Finding[] = [];
  readonly obstacles: string[] = [];
  readonly #context: CompositionContext;
  readonly #session: TypingSession;
  readonly #units: ProgramUnits;
  readonly #modules: NodeModules;
  readonly #env: Env;

  constructor(project: Project, units: ProgramUnits, session: TypingSession, context: CompositionContext, modules: NodeModules) {
    this.project = project;
    this.#modules = modules;
    this.#context = context;
    this.#session = session;
    this.#units = units;
    this.plan = planGraph(project.manifest, context);
    this.#env = session.initialEnv({ name: MAIN_UNIT, package: "", interface: undefined, implementation: undefined, opens: ["Stdlib"], warnings: "" });
  }

  /** Adds a finding that prevents a build. */
  #obstacle(item: Finding): void {
    this.findings.push(item);
    this.obstacles.push(item.message.split("\n")[0]!);
  }

  /** What is wrong with the libraries that the project brings. */
  checkLibraries(): void {
    for (const diagnostic of this.#context.library.diagnostics) {
      const found = diagnosticFinding(diagnostic);
      if (diagnostic.severity === "error") this.#obstacle(found);
      else this.findings.push(found);
    }
  }

  /** Types the project's files. */
  checkFiles(): void {
    const { findings, obstacles } = checkUnits(this.#session, this.#units);
    this.findings.push(...findings);
    this.obstacles.push(...obstacles);
  }

  checkGraph(): void {
    for (const item of this.plan.findings) {
      if (item.severity === "error") this.#obstacle(item);
      else this.findings.push(item);
    }
  }

  /** The module behind a node. */
  moduleOf(planned: PlannedNode): { readonly module: NodeModule | undefined; readonly error: string | undefined } {
    const { node } = planned;
    const known = this.#modules.get(node.id);
    if (known !== undefined) return known;
    const answer = this.#find(planned);
    this.#modules.set(node.id, answer);
    return answer;
  }

  #find({ node, device }: PlannedNode): { module: NodeModule | undefined; error: string | undefined } {
    if (!isApplication(node) && device === undefined) return { module: undefined, error: `There is no device "${node.device}" in the library.` };
    const written = isApplication(node) ? node.module : device!.module;
    const [head, ...components] = written.split(".");
    const unitName = isApplication(node) ? this.#units.unitOf.get(head!) : head!;
    const source = isApplication(node) ? this.#units.units.find((u) => u.name === unitName) : this.#context.library.find(head!);
    if (unitName === undefined || source === undefined) {
      return { module: undefined, error: isApplication(node) ? `The project has no file ${head!.charAt(0).toLowerCase()}${head!.slice(1)}.ml, which would define the module ${head}.` : `The library has no module ${head}.` };
    }
    try {
      const module = describeModule(this.#env, modulePath(unitName, components), source, components, isApplication(node));
      if (module !== undefined) return { module, error: undefined };
      const broken = this.#session.interfaceDiagnostics(unitName).concat(source.interface === undefined && source.implementation !== undefined ? this.#session.typeUnit(unitName).diagnostics : []).some((d) => d.severity === "error");
      const file = (source.implementation ?? source.interface)!.name;
      if (broken) return { module: undefined, error: `The module ${written} has no type while ${file} has errors.` };
      const start = isApplication(node) && components.length > 0 && this.#session.signatureOf(unitName)?.some((i) => i.kind === "value" && i.id.name === "start") === true;
      return { module: undefined, error: `${file} defines no module ${components.join(".")}.${start ? ` It has a function \`start' itself: the application's module is ${head}.` : ""}` };
    } catch (e) {
      if (!(e instanceof CompileError)) throw e;
      return { module: undefined, error: e.diagnostic.message };
    }
  }

  nodeTypes(): NodeTypes[] {
    return this.project.manifest.nodes.map((node): NodeTypes => {
      const planned = this.plan.byId.get(node.id)!;
      const { module, error } = this.moduleOf(planned);
      // A device that the catalogue does not have is in the findings of the graph.
      if (error !== undefined && (isApplication(node) || planned.device !== undefined)) this.#obstacle(finding("error", { node: node.id }, error));
      return { id: node.id, inputs: module?.inputs ?? [], output: module?.output, error };
    });
  }

  #wired(planned: PlannedNode, module: NodeModule): WiredNode {
    const wires = new Map([...planned.wires].map(([port, edge]) => [port, { edge, from: this.project.manifest.edges[edge]!.from }]));
    const { id } = planned.node;
    const name = id.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^[^A-Za-z]+/, "");
    return { id, module, name: name === "" ? "Node" : name.charAt(0).toUpperCase() + name.slice(1), wires };
  }

  /** Applies all nodes in order; edges between nodes without types are left out. */
  wire(): { wiring: Wiring; checks: Map<number, EdgeCheck> } {
    const wiring = new Wiring(this.#env);
    const checks = new Map<number, EdgeCheck>();
    for (const planned of this.plan.order) {
      const { module } = this.moduleOf(planned);
      if (module === undefined) continue;
      for (const check of wiring.apply(this.#wired(planned, module))) checks.set(check.index, check);
    }
    return { wiring, checks };
  }

  /** The answer for every edge, with problems for those that do not fit and for ports without a wire. */
  checkEdges(checks: ReadonlyMap<number, EdgeCheck>): EdgeCheck[] {
    const { edges } = this.project.manifest;
    const answers = edges.map((edge, index): EdgeCheck => {
      const check = checks.get(index) ?? this.#unchecked(edge, index);
      // The nodes of a circle have been told.
      if (!check.ok && check.message !== CIRCLE) {
        const first = check.mismatches[0];
        const summary = first === undefined ? check.message : `The wire from "${edge.from}" to ${edge.port} of "${edge.to}" does not fit: ${inWords(first)}`;
        const item = finding("error", { edge: index, node: edge.to }, first === undefined ? summary : `${summary}\n${check.message.split("\n").slice(1).join("\n")}`);
        this.findings.push(item);
        this.obstacles.push(summary.split("\n")[0]!);
      }
      return check;
    });
    for (const planned of this.plan.byId.values()) {
      const { module } = this.moduleOf(planned);
      const isUsed = planned === this.plan.application || planned.wires.size > 0 || edges.some((e) => e.from === planned.node.id);
      for (const port of module?.inputs ?? []) {
        if (planned.wires.has(port.name)) continue;
        const message = `The port ${port.name} of "${planned.node.id}" has no wire: it needs a module ${/^sig\b/.test(port.typeName) ? "with its signature" : `of type ${port.typeName}`}.`;
        if (isUsed) this.#obstacle(finding("error", { node: planned.node.id }, message));
        else this.findings.push(finding("warning", { node: planned.node.id }, message));
      }
    }
    return answers;
  }

  /** An edge that the wiring did not come to. */
  #unchecked(edge: GraphEdge, index: number): EdgeCheck {
    const answer = (ok: boolean, pending: string | undefined, message: string): EdgeCheck => ({ index, ok, pending, required: "", provided: "", mismatches: [], message });
    const from = this.plan.byId.get(edge.from);
    const to = this.plan.byId.get(edge.to);
    if (from === undefined || to === undefined) return answer(false, undefined, `There is no node "${from === undefined ? edge.from : edge.to}".`);
    const target = this.moduleOf(to).module;
    if (target === undefined) return answer(true, `"${edge.to}" has no module yet.`, "");
    if (!target.inputs.some((p) => p.name === edge.port)) {
      const ports = target.inputs.map((p) => p.name);
      return answer(false, undefined, `"${edge.to}" has no port ${edge.port}${ports.length === 0 ? ": its module is no functor" : `; its ports are ${ports.join(", ")}`}.`);
    }
    if (to.wires.get(edge.port) !== index) return answer(false, undefined, `The port ${edge.port} of "${edge.to}" has a wire already.`);
    if (upstream(from, this.plan.byId, this.project.manifest).has(edge.to)) return answer(false, undefined, CIRCLE);
    return answer(true, "What it comes from needs a circle of wires.", "");
  }

  /** The application's `start` against the devices, once all edges fit. */
  checkStart(wiring: Wiring): void {
    const application = this.plan.application;
    if (application === undefined) return;
    const given = wiring.given(application.node.id);
    const { module } = this.moduleOf(application);
    if (given === undefined || !given.complete || module === undefined) return;
    const values: DeviceValue[] = [];
    for (const { port } of module.parameters) {
      if (port === undefined) continue;
      const from = this.project.manifest.edges[application.wires.get(port)!]!.from;
      const value = valueType(wiring.env, wiring.given(from)!.path);
      if (typeof value === "string") return this.#obstacle(finding("error", { node: from }, value));
      values.push({ id: from, port, ...value });
    }
    const { node } = application;
    const problem = checkStart(wiring.env, given.path, isApplication(node) ? node.module : node.id, values);
    if (problem === undefined) return;
    // `start` may come from the library, through an include: then the node is the place.
    const isOwn = problem.location !== undefined && Object.hasOwn(this.project.files, problem.location.file.name);
    this.#obstacle(finding("error", isOwn ? { node: node.id, location: problem.location } : { node: node.id }, problem.message));
  }

  /** What main.ml is made from, in the order of dependencies, when every node that the application needs is there and wired. */
  mainNodes(wiring: Wiring): readonly MainNode[] | undefined {
    const application = this.plan.application;
    if (application === undefined || wiring.given(application.node.id)?.complete !== true) return undefined;
    const needed = new Set<string>();
    const stack = [application];
    for (let planned = stack.pop(); planned !== undefined; planned = stack.pop()) {
      if (needed.has(planned.node.id)) continue;
      needed.add(planned.node.id);
      for (const edge of planned.wires.values()) stack.push(this.plan.byId.get(this.project.manifest.edges[edge]!.from)!);
    }
    const nodes: MainNode[] = [];
    for (const planned of this.plan.order) {
      const { node, device } = planned;
      if (!needed.has(node.id)) continue;
      const { module } = this.moduleOf(planned);
      if (module === undefined) return undefined;
      const value = valueType(wiring.env, wiring.given(node.id)!.path);
      const written = isApplication(node) ? node.module : device!.module;
      const [head, ...components] = written.split(".");
      const unit = isApplication(node) ? this.#units.unitOf.get(head!)! : head!;
      nodes.push({
        id: node.id,
        module: [unit, ...components].join("."),
        arguments: module.parameters.map(({ port }) => (port === undefined ? undefined : this.project.manifest.edges[planned.wires.get(port)!]!.from)),
        connects: planned === application || (typeof value !== "string" && value.connects),
        parameters: isApplication(node) ? [] : device!.parameters.map((parameter) => ({ parameter, value: node.parameters[parameter.name] ?? parameter.default })),
      });
    }
    // The application is needed by nothing, so it can come last.
    const isLast = (n: MainNode): boolean => n.id === application.node.id;
    return [...nodes.filter((n) => !isLast(n)), ...nodes.filter(isLast)];
  }

  generateMain(nodes: readonly MainNode[]): string {
    return generateMain(this.project.manifest.name, nodes, this.#reachesRandom(nodes));
  }

  /** Whether a package that the program's units or the nodes' modules come from uses the random number generator. */
  #reachesRandom(nodes: readonly MainNode[]): boolean {
    const { library } = this.#context;
    const names = [...nodes.map((n) => n.module.split(".")[0]!), ...this.#units.units.flatMap((unit) => [...this.#session.unitsUsedBy(unit.name)])];
    const pending = names.flatMap((name) => library.find(name)?.package ?? []);
    const seen = new Set<string>();
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const needed of library.packages.get(name)?.libraries ?? []) pending.push(library.packages.has(needed) ? needed : needed.split(".")[0]!);
    }
    return seen.has(RANDOM_PACKAGE);
  }
}

/** The package that keeps the random number generator. */
const RANDOM_PACKAGE = "mirage-crypto-rng";

const CIRCLE = "The wires would go round in a circle.";

/** The first thing that is wrong, as a sentence. */
function inWords(mismatch: EdgeCheck["mismatches"][number]): string {
  const where = mismatch.path.length === 0 ? "" : ` in module ${mismatch.path.join(".")}`;
  if (mismatch.provided === undefined) return `the ${mismatch.itemKind} ${mismatch.name} is missing${where}.`;
  if (mismatch.required === "") return `the module ${mismatch.name}${where} is of another kind: ${mismatch.reason}.`;
  return `the ${mismatch.itemKind} ${mismatch.name}${where} is different.`;
}

/** The unit of a generated main.ml. */
export function mainUnit(text: string): UnitSource {
  return { name: MAIN_UNIT, package: "", interface: undefined, implementation: { name: MAIN_FILE, text }, opens: ["Stdlib"], warnings: NOTHING_TOLD, isMain: true };
}

/** Analyses a project. The session is renewed with the project's units and keeps the library's. */
export function analyseComposition(session: TypingSession, project: Project, context: CompositionContext): Composition {
  const units = projectUnits(project, context.library);
  const provider = new ProjectUnits(units.units, context.library);
  session.renew(provider);
  const analysis = new Analysis(project, units, session, context, new Map());
  analysis.checkLibraries();
  analysis.checkFiles();
  analysis.checkGraph();
  const nodes = analysis.nodeTypes();
  const { wiring, checks } = analysis.wire();
  const edges = analysis.checkEdges(checks);
  analysis.checkStart(wiring);
  const mainNodes = analysis.mainNodes(wiring);
  const main = mainNodes === undefined ? undefined : analysis.generateMain(mainNodes);
  // A configuration names modules as sources do.
  const configuration = mainNodes === undefined ? undefined : configurationOfGraph(project.manifest.name, mainNodes.map((n) => (n.module.startsWith(PROGRAM_PREFIX) ? { ...n, module: n.module.slice(PROGRAM_PREFIX.length) } : n)));
  let all: readonly UnitSource[] = units.units;
  if (main !== undefined) {
    all = [...units.units, mainUnit(main)];
    if (analysis.obstacles.length === 0) {
      // Whatever the checks above do not look at is found here.
      provider.add(all[all.length - 1]!);
      for (const diagnostic of session.typeUnit(MAIN_UNIT).diagnostics) {
        if (diagnostic.severity !== "error") continue;
        analysis.findings.push(diagnosticFinding(diagnostic));
        analysis.obstacles.push(`The generated ${MAIN_FILE} does not type-check: ${diagnostic.message.split("\n")[0]}`);
      }
    }
  }
  return { findings: analysis.findings, nodes, edges, obstacles: [...new Set(analysis.obstacles)], main, configuration, units: all };
}

/** Renews the session with the project's own units, for questions about its sources. */
export function openProject(session: TypingSession, project: Project, library: Library): ProgramUnits {
  const units = projectUnits(project, library);
  session.renew(new ProjectUnits(units.units, library));
  return units;
}

/** The module of a device by itself, without a project. */
export function findModuleOf(session: TypingSession, device: Device, library: Library): { readonly module: NodeModule | undefined; readonly error: string | undefined } {
  const node: DeviceNode = { kind: "device", id: device.id, device: device.id, parameters: {}, position: { x: 0, y: 0 } };
  const project: Project = { manifest: { format: PROJECT_FORMAT, name: "none", target: "", nodes: [node], edges: [] }, files: {} };
  const analysis = new Analysis(project, programUnits({}, library, []), session, { library, devices: new Map([[device.id, device]]), targets: [] }, new Map());
  return analysis.moduleOf({ node, device, wires: new Map() });
}

/** Checks edges that are not in the project: each by itself, in place of the wire that its port has. */
export function checkCandidates(session: TypingSession, project: Project, candidates: readonly GraphEdge[], context: CompositionContext): EdgeCheck[] {
  const units = projectUnits(project, context.library);
  session.renew(new ProjectUnits(units.units, context.library));
  const modules: NodeModules = new Map();
  return candidates.map((candidate, index) => {
    const edges = [...project.manifest.edges.filter((e) => e.to !== candidate.to || e.port !== candidate.port), candidate];
    const analysis = new Analysis({ ...project, manifest: { ...project.manifest, edges } }, units, session, context, modules);
    const at = edges.length - 1;
    const { checks } = analysis.wire();
    return { ...analysis.checkEdges(checks)[at]!, index };
  });
}
