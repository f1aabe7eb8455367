/**
 * A MirageOS project as one composition: `config.ml` evaluated, the project's sources typed, the functors applied to the devices that
 * `config.ml` gives them, `main.ml` generated and typed. What is wrong is said at the line of `config.ml` that it comes from.
 */
import type { EdgeCheck, NodeTypes } from "../../api.ts";
import { programUnits, type ProgramUnits } from "../../packages/program-units.ts";
import type { Library } from "../../packages/library.ts";
import { CompileError, type Diagnostic, type SourceFile } from "../../syntax/diagnostics.ts";
import type { Env } from "../../typing/env.ts";
import type { TypingSession, UnitSource } from "../../typing/session.ts";
import { NOTHING_TOLD } from "../../typing/warnings.ts";
import { checkUnits, ProjectUnits } from "../check-units.ts";
import { finding, type Finding } from "../findings.ts";
import { literal, MAIN_FILE, MAIN_UNIT } from "../main.ts";
import { describeModule, modulePath, type NodeModule } from "../node-module.ts";
import { checkStart, valueType, type DeviceValue } from "../start.ts";
import { Wiring } from "../wiring.ts";
import { CONFIG_FILE, evaluateConfiguration, lineLocation, type Evaluation } from "./evaluate.ts";
import { generateConfiguredMain, type GeneratedMain, type MainPart } from "./main.ts";
import type { Configuration, ConfigurationPlace, ConfiguredDevice } from "./model.ts";
import { statedTypes, statedWires } from "./graph.ts";
import { chosenTarget, MIRAGE_TARGETS } from "./targets.ts";

export interface MirageProject {
  /** All files by path, one code unit a byte: those of the top folder are the program's sources. */
  readonly files: Readonly<Record<string, string>>;
  /** As MirageOS or Morgana calls it. */
  readonly target: string;
  /** Configure-time keys as on a command line. */
  readonly keys: readonly string[];
  /** What `Sys.getenv` of the configuration sees; nothing without one. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface MirageComposition {
  readonly configuration: Configuration | undefined;
  readonly findings: readonly Finding[];
  /** Errors of the command line: target and keys. */
  readonly usage: string | undefined;
  /** Why nothing can be built; empty when it can. */
  readonly obstacles: readonly string[];
  readonly main: string | undefined;
  readonly units: readonly UnitSource[];
  /** Morgana's name of the target. */
  readonly imageTarget: string;
  /** The ports of stated nodes. */
  readonly nodes: readonly NodeTypes[];
  /** What is said of each wire of `statedGraph`, in its order. */
  readonly edges: readonly EdgeCheck[];
}

/** The configuration of a project by itself. It depends on Morgana's own packages only; undefined when the target or config.ml is missing. */
export function evaluateMirageProject(session: TypingSession, project: MirageProject, library: Library): Evaluation | undefined {
  const target = chosenTarget(project.target);
  const text = project.files[CONFIG_FILE];
  return target === undefined || text === undefined ? undefined : evaluateConfiguration(session, library, { text, target: target.mode, keys: project.keys, files: project.files, environment: project.environment ?? {} });
}

/**
 * Evaluates and checks a project. `evaluated` is its configuration if it was evaluated before. The session is renewed with the
 * project's units afterwards.
 */
export function analyseMirageProject(session: TypingSession, project: MirageProject, library: Library, imageTargets: readonly string[], evaluated?: Evaluation): MirageComposition {
  const target = chosenTarget(project.target);
  const none = (findings: readonly Finding[], usage: string | undefined, obstacles: readonly string[]): MirageComposition => ({
    configuration: undefined,
    findings,
    usage,
    obstacles,
    main: undefined,
    units: [],
    imageTarget: target?.image ?? project.target,
    nodes: [],
    edges: [],
  });
  if (target === undefined) return none([], `there is no target ${project.target}; the targets are ${[...new Set([...imageTargets, ...MIRAGE_TARGETS])].join(", ")}`, []);
  if (project.files[CONFIG_FILE] === undefined) return none([finding("error", { file: CONFIG_FILE }, `The project has no ${CONFIG_FILE}.`)], undefined, [`The project has no ${CONFIG_FILE}.`]);
  const evaluation = evaluated ?? evaluateConfiguration(session, library, { text: project.files[CONFIG_FILE], target: target.mode, keys: project.keys, files: project.files, environment: project.environment ?? {} });
  const { configuration, findings, usage } = evaluation;
  if (configuration === undefined) {
    // The sources are typed all the same, so that both kinds of mistakes are seen at once.
    const units = programUnits(withoutFolders(project.files), library, [MAIN_UNIT]);
    session.renew(new ProjectUnits(units.units, library));
    const checked = usage === undefined ? checkUnits(session, units) : { findings: [], obstacles: [] };
    const first = findings.find((f) => f.severity === "error");
    return none([...findings, ...checked.findings], usage, [usage?.split("\n")[0] ?? first?.message.split("\n")[0] ?? `${CONFIG_FILE} cannot be evaluated.`, ...checked.obstacles]);
  }
  return new Analysis(session, project, library, evaluation, configuration, target.image, imageTargets).run();
}

/** Only the files of the top folder. */
function withoutFolders(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !name.includes("/")));
}

/** The kinds of configuration-made devices that are the user's own modules. */
const APPLICATION = "main";

/** The library through which a program asks the system that it is a process of, and the target with one. */
const SYSTEM_LIBRARY = "unix";
const SYSTEM_TARGET = "unix";

/** Functors whose arguments must be on one network stack. */
const ON_ONE_STACK: ReadonlySet<string> = new Set(["Dns_client_mirage.Make", "Mimic_happy_eyeballs.Make", "Http_mirage_client.Make", "Git_net.TCP.Make", "Git_net.SSH.Make", "Git_net.HTTP.Make", "Mimic.Merge"]);

class Analysis {
  readonly #session: TypingSession;
  readonly #project: MirageProject;
  readonly #library: Library;
  readonly #evaluation: Evaluation;
  readonly #configuration: Configuration;
  readonly #imageTarget: string;
  readonly #imageTargets: readonly string[];
  readonly #file: SourceFile;
  readonly #findings: Finding[];
  readonly #obstacles: string[] = [];
  readonly #modules = new Map<string, NodeModule | undefined>();
  readonly #missing = new Map<string, ConfiguredDevice[]>();
  /** Devices that only a process of a system can have, on another target. */
  readonly #needSystem: ConfiguredDevice[] = [];
  readonly #checks: { readonly device: ConfiguredDevice; readonly argument: number; readonly check: EdgeCheck }[] = [];
  #units!: ProgramUnits;
  #provider!: ProjectUnits;
  #env!: Env;

  constructor(session: TypingSession, project: MirageProject, library: Library, evaluation: Evaluation, configuration: Configuration, imageTarget: string, imageTargets: readonly string[]) {
    this.#session = session;
    this.#project = project;
    this.#library = library;
    this.#evaluation = evaluation;
    this.#configuration = configuration;
    this.#imageTarget = imageTarget;
    this.#imageTargets = imageTargets;
    this.#file = { name: CONFIG_FILE, text: project.files[CONFIG_FILE]! };
    this.#findings = [...evaluation.findings];
  }

  #obstacle(item: Finding): void {
    this.#findings.push(item);
    this.#obstacles.push(item.message.split("\n")[0]!);
  }

  /** An error at a line of the configuration, when the place is in it. */
  #error(place: ConfigurationPlace | undefined, message: string, node?: string): Finding {
    const location = place?.file === CONFIG_FILE ? lineLocation(this.#file, place.line) : undefined;
    return finding("error", location === undefined ? { file: CONFIG_FILE, node } : { location, node }, message);
  }

  #deviceError(device: ConfiguredDevice, message: string): Finding {
    const own = (place: ConfigurationPlace | undefined): ConfigurationPlace | undefined => (place?.file === CONFIG_FILE ? place : undefined);
    return this.#error(own(device.place) ?? own(this.#consumerOf(device)?.place), message, device.node);
  }

  /** A device that this one is given to. */
  #consumerOf(device: ConfiguredDevice): ConfiguredDevice | undefined {
    return this.#configuration.devices.find((d) => d.arguments.includes(device.index) || d.dependencies.includes(device.index));
  }

  run(): MirageComposition {
    this.#collectUnits();
    const { findings, obstacles } = checkUnits(this.#session, this.#units);
    this.#findings.push(...findings);
    this.#obstacles.push(...obstacles);
    this.#env = this.#session.initialEnv({ name: MAIN_UNIT, package: "", interface: undefined, implementation: undefined, opens: ["Stdlib"], warnings: "" });
    this.#checkStanzas();
    const isSound = this.#checkWires();
    const main = generateConfiguredMain(this.#configuration, (device) => this.#pathOf(device));
    if (isSound && this.#obstacles.length === 0) this.#checkMain(this.#missing.size === 0 ? main : generateConfiguredMain(this.#configuration, (device) => this.#pathOf(device), this.#typable()));
    // What follows does not make the project wrong: it cannot be built here.
    const obstacles2 = [...this.#obstacles, ...this.#missingDevices()];
    const { configuration, usage } = this.#evaluation;
    return { configuration, findings: this.#findings, usage, obstacles: [...new Set(obstacles2)], main: main.text, units: [...this.#units.units, this.#mainUnit(main.text)], imageTarget: this.#imageTarget, nodes: this.#statedTypes(), edges: this.#statedChecks() };
  }

  #mainUnit(text: string): UnitSource {
    return { name: MAIN_UNIT, package: "", interface: undefined, implementation: { name: MAIN_FILE, text }, opens: this.#units.opens, warnings: NOTHING_TOLD, isMain: true };
  }

  // ------------------------------------------------------------ sources

  /** The project's sources, the files that the configuration's actions write, and the modules of files put into the image. */
  #collectUnits(): void {
    const files = withoutFolders(this.#project.files);
    for (const { name, text } of this.#evaluation.extras.written) if (!Object.hasOwn(files, name) && /^[^/]+\.mli?$/.test(name)) files[name] = text;
    const used = new Set(this.#configuration.devices.map((d) => d.module));
    for (const { unit, folder } of this.#configuration.crunched) {
      if (!used.has(unit)) continue;
      const contents = filesBelow(this.#project.files, folder);
      if (contents === undefined) {
        const device = this.#configuration.devices.find((d) => d.module === unit)!;
        this.#obstacle(this.#deviceError(device, `The project has no folder ${folder}, whose files are to be put into the image.`));
      }
      files[`${unit.charAt(0).toLowerCase()}${unit.slice(1)}.ml`] = crunchedText(contents ?? []);
    }
    this.#units = programUnits(files, this.#library, [MAIN_UNIT]);
    this.#provider = new ProjectUnits(this.#units.units, this.#library);
    this.#session.renew(this.#provider);
  }

  #checkStanzas(): void {
    for (const { text, place } of this.#evaluation.extras.stanzas) {
      const location = place?.file === CONFIG_FILE ? lineLocation(this.#file, place.line) : undefined;
      this.#findings.push(finding("warning", location === undefined ? { file: CONFIG_FILE } : { location }, `Stanzas for dune have no effect here: ${text.replace(/\s+/g, " ").slice(0, 60)}…`));
    }
  }

  /** The path of a device's module as units are called. */
  #pathOf(device: ConfiguredDevice): string {
    const [head, ...components] = device.module.split(".");
    return [this.#units.unitOf.get(head!) ?? head!, ...components].join(".");
  }

  #isOwn(device: ConfiguredDevice): boolean {
    return this.#units.unitOf.has(device.module.split(".")[0]!);
  }

  // ------------------------------------------------------------ functors

  #moduleOf(device: ConfiguredDevice): NodeModule | undefined {
    const { module } = device;
    if (this.#modules.has(module)) return this.#modules.get(module);
    const found = this.#find(device);
    this.#modules.set(module, found);
    return found;
  }

  #find(device: ConfiguredDevice): NodeModule | undefined {
    const path = this.#pathOf(device);
    const [head, ...components] = path.split(".");
    const source = this.#provider.find(head!);
    if (source === undefined) {
      if (device.module === "Unit" || device.node === undefined) return undefined;
      const written = device.module.split(".")[0]!;
      if (this.#isStated(device)) this.#obstacle(this.#deviceError(device, `There is no module ${written}: neither a file ${written.charAt(0).toLowerCase()}${written.slice(1)}.ml in the project nor the library has it.`));
      return undefined;
    }
    try {
      const module = describeModule(this.#env, modulePath(head!, components), source, components, this.#isOwn(device));
      if (module !== undefined) return module;
    } catch (e) {
      if (!(e instanceof CompileError)) throw e;
    }
    const file = (source.implementation ?? source.interface)!.name;
    const broken = [...this.#session.interfaceDiagnostics(head!), ...(source.implementation === undefined ? [] : this.#session.typeUnit(head!).diagnostics)].some((d) => d.severity === "error");
    // A file with errors has been told of. What the library only has in part is not there yet.
    if (!broken && (this.#isOwn(device) || this.#isStated(device))) this.#obstacle(this.#deviceError(device, components.length === 0 ? `${file} has no signature.` : this.#noSuchModule(head!, components, file)));
    return undefined;
  }

  /** Whether the configuration itself names the module. */
  #isStated(device: ConfiguredDevice): boolean {
    const maker = this.#configuration.nodes.find((n) => n.id === device.node)?.maker;
    return maker === APPLICATION || maker === "impl";
  }

  #noSuchModule(unit: string, components: readonly string[], file: string): string {
    const hasStart = this.#session.signatureOf(unit)?.some((i) => i.kind === "value" && i.id.name === "start") === true;
    return `${file} defines no module ${components.join(".")}.${hasStart ? ` It has a function \`start' itself: the module is ${unit}.` : ""}`;
  }

  /** Applies all functors. False when something does not fit. */
  #checkWires(): boolean {
    const { devices } = this.#configuration;
    const wiring = new Wiring(this.#env);
    const before = this.#obstacles.length;
    for (const device of devices) {
      const isGeneric = device.module === "Mirage_runtime" || device.module === "Unit";
      const module = isGeneric ? undefined : this.#moduleOf(device);
      if (!isGeneric) this.#noteMissing(device, module);
      if (module === undefined) continue;
      const ports = module.parameters.flatMap(({ port }) => (port === undefined ? [] : [port]));
      if (ports.length !== device.arguments.length) {
        this.#obstacle(this.#deviceError(device, arityMessage(device, ports)));
        continue;
      }
      const wires = new Map(ports.map((port, i) => [port, { edge: i, from: devices[device.arguments[i]!]!.valueName }]));
      const checks = wiring.apply({ id: device.valueName, module, name: device.moduleName.split(".").at(-1)!, wires });
      for (const check of checks) this.#checks.push({ device, argument: check.index, check });
      for (const check of checks) if (!check.ok) this.#obstacle(this.#deviceError(device, this.#wireMessage(device, ports[check.index]!, check)));
    }
    this.#checkStacks();
    if (this.#obstacles.length === before) this.#checkStarts(wiring);
    return this.#obstacles.length === before;
  }

  // ------------------------------------------------------------ the stated graph

  #statedTypes(): NodeTypes[] {
    return statedTypes(this.#configuration, (node, input) => {
      const own = this.#configuration.devices.filter((d) => d.node === node.id);
      if (input === "output") return this.#modules.get(own.findLast((d) => resultType(d.type) === node.type)?.module ?? "")?.output;
      for (const device of own) {
        const at = this.#argumentFrom(device, node.inputs[input]!.from, input);
        if (at !== undefined) return this.#modules.get(device.module)?.inputs[at];
      }
      return undefined;
    });
  }

  /** Which argument of a device is (made by) a node; of several the one at the same place as the node's input. */
  #argumentFrom(device: ConfiguredDevice, node: string, input: number): number | undefined {
    const isFrom = (index: number): boolean => this.#configuration.devices[device.arguments[index]!]?.node === node;
    if (input < device.arguments.length && isFrom(input)) return input;
    const found = device.arguments.findIndex((_, index) => isFrom(index));
    return found < 0 ? undefined : found;
  }

  #statedChecks(): EdgeCheck[] {
    return statedWires(this.#configuration).map(({ node, input }, index): EdgeCheck => {
      const from = node.inputs[input]!.from;
      const { type } = node.inputs[input]!;
      const all = this.#checks.filter((c) => c.device.node === node.id && this.#argumentFrom(c.device, from, input) === c.argument);
      const found = all.find((c) => !c.check.ok) ?? all[0];
      if (found !== undefined) return { ...found.check, index };
      // What the target's choice of devices does not join has the types of the configuration.
      return { index, ok: true, pending: undefined, required: type, provided: type, mismatches: [], message: "" };
    });
  }

  #wireMessage(device: ConfiguredDevice, port: string, check: EdgeCheck): string {
    const from = this.#configuration.devices[device.arguments[check.index]!]!;
    const what = this.#nameOf(from);
    return `The parameter ${port} of ${device.module} cannot be ${what}.\n${check.message}${this.#crossedStacks(device)}`;
  }

  /** Devices that only work together on one stack: their values must be, whatever the types say (two stacks of sockets have one type). */
  #checkStacks(): void {
    for (const device of this.#configuration.devices) {
      if (!ON_ONE_STACK.has(device.module)) continue;
      const crossed = this.#crossedStacks(device);
      if (crossed !== "") this.#obstacle(this.#deviceError(device, `What ${this.#nameOf(device)} is made from does not belong together.${crossed}`));
    }
  }

  /** Which stacks the arguments of a device are on, when these are several. */
  #crossedStacks(device: ConfiguredDevice): string {
    const stacks = new Map<number, string[]>();
    const { devices } = this.#configuration;
    for (const index of device.arguments) {
      const stack = this.#stackBelow(index);
      if (stack !== undefined) stacks.set(stack, [...(stacks.get(stack) ?? []), this.#nameOf(devices[index]!)]);
    }
    if (stacks.size < 2) return "";
    const told = [...stacks].map(([index, users]) => {
      const stack = this.#nameOf(devices[index]!);
      const others = users.filter((user) => user !== stack);
      return others.length === 0 ? stack : `${others.join(", ")} on ${stack}`;
    });
    return `\nThey are on different network stacks: ${told.join("; ")}.`;
  }

  /** The network stack that a device is, or is made from. */
  #stackBelow(index: number): number | undefined {
    const device = this.#configuration.devices[index]!;
    if (resultType(device.type) === "stackv4v6") return index;
    for (const argument of device.arguments) {
      const found = this.#stackBelow(argument);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #nameOf(device: ConfiguredDevice): string {
    return device.node === undefined ? device.module : `"${device.node}"`;
  }

  /** The `start` of applications against the values of their devices. */
  #checkStarts(wiring: Wiring): void {
    const { devices, nodes } = this.#configuration;
    for (const device of devices) {
      if (nodes.find((n) => n.id === device.node)?.maker !== APPLICATION) continue;
      const given = wiring.given(device.valueName);
      const module = this.#modules.get(device.module);
      // Boot arguments and dependencies are given to `start`, too: their types are found in main.ml.
      const isPlain = device.bootArguments.length === 0 && device.dependencies.every((index) => devices[index]!.module === "Unit");
      if (given === undefined || module === undefined || !isPlain) continue;
      const values: DeviceValue[] = [];
      for (const [i, index] of device.arguments.entries()) {
        const argument = devices[index]!;
        const from = wiring.given(argument.valueName);
        const value = from === undefined || !hasPlainValue(argument) ? undefined : valueType(wiring.env, from.path);
        if (value === undefined || typeof value === "string") return;
        values.push({ id: argument.node ?? argument.module, port: module.inputs[i]!.name, ...value });
      }
      const problem = checkStart(wiring.env, given.path, device.module, values);
      if (problem === undefined) continue;
      const isOwn = problem.location !== undefined && Object.hasOwn(this.#project.files, problem.location.file.name);
      if (isOwn) this.#obstacle(finding("error", { location: problem.location, node: device.node }, problem.message));
      else this.#obstacle(this.#deviceError(device, problem.message));
    }
  }

  // ------------------------------------------------------------ main.ml

  /** The devices whose modules are there, with all that they are made from, and the boot arguments whose terms are. */
  #typable(): MainPart {
    const { devices, bootArguments } = this.#configuration;
    const isThere = (path: string): boolean => {
      const head = /^[A-Z]\w*/.exec(path)?.[0];
      return head === undefined || this.#units.unitOf.has(head) || this.#provider.find(head) !== undefined;
    };
    const variables = new Set(bootArguments.filter(({ term }) => isThere(term)).map((a) => a.variable));
    const chosen = new Set<number>();
    for (const device of devices) {
      const isMissing = this.#missing.get(this.#pathOf(device)) !== undefined && this.#moduleOf(device) === undefined;
      const needs = [...device.arguments, ...device.dependencies];
      // Code may name modules that are not there, too.
      const named = [...device.connect.matchAll(/\b([A-Z]\w*)\./g)].map((m) => m[1]!);
      const known = named.every((name) => name === device.moduleName || isThere(name));
      if (!isMissing && known && needs.every((index) => chosen.has(index)) && device.bootArguments.every((a) => variables.has(a))) chosen.add(device.index);
    }
    return { devices: chosen, bootArguments: variables };
  }

  /** Types main.ml; its errors are told at the line of the configuration that the text comes from. */
  #checkMain(main: GeneratedMain): void {
    this.#provider.add(this.#mainUnit(main.text));
    for (const diagnostic of this.#session.typeUnit(MAIN_UNIT).diagnostics) {
      if (diagnostic.severity !== "error") continue;
      this.#obstacle(this.#mainError(diagnostic, main));
    }
  }

  #mainError(diagnostic: Diagnostic, main: GeneratedMain): Finding {
    const { start, end } = diagnostic.location;
    const span = main.spans.find((s) => s.start <= start && start < s.end);
    const excerpt = main.text.slice(start, end).replace(/\s+/g, " ");
    const shown = excerpt.length > 60 ? `${excerpt.slice(0, 60)}…` : excerpt;
    if (span?.argument !== undefined) {
      const argument = this.#configuration.bootArguments[span.argument]!;
      return this.#error(argument.place, `The boot argument ${argument.term} does not fit: ${diagnostic.message}`);
    }
    const device = span?.device === undefined ? undefined : this.#configuration.devices[span.device]!;
    const message = `In the generated ${MAIN_FILE}, at \`${shown}': ${diagnostic.message}`;
    if (device === undefined) return finding("error", { file: CONFIG_FILE }, message);
    return device.connectPlace?.file === CONFIG_FILE ? this.#error(device.connectPlace, message, device.node) : this.#deviceError(device, message);
  }

  // ------------------------------------------------------------ what cannot be built

  #noteMissing(device: ConfiguredDevice, module: NodeModule | undefined): void {
    const path = this.#pathOf(device);
    const unit = this.#provider.find(path.split(".")[0]!);
    if (this.#isOwn(device)) return;
    if (unit?.implementation !== undefined && module !== undefined) {
      if (this.#imageTarget !== SYSTEM_TARGET && this.#library.needs(unit.package, SYSTEM_LIBRARY)) this.#needSystem.push(device);
      return;
    }
    const list = this.#missing.get(path);
    if (list === undefined) this.#missing.set(path, [device]);
    else list.push(device);
  }

  /** A device as messages name it. */
  #nodeName(device: ConfiguredDevice): string {
    const node = this.#configuration.nodes.find((n) => n.id === device.node);
    return node === undefined ? this.#nameOf(device) : `"${node.id}"${node.maker === node.id ? "" : ` (${node.maker})`}`;
  }

  /** What stands in the way of an image though nothing is wrong. */
  #missingDevices(): string[] {
    const byNode = new Map<string, string[]>();
    for (const [path, devices] of this.#missing)
      for (const device of devices) {
        const name = this.#nodeName(device);
        const paths = byNode.get(name) ?? [];
        if (!paths.includes(path)) paths.push(path);
        byNode.set(name, paths);
      }
    const obstacles = [...byNode].map(([name, paths]) => `${name} needs what the library does not have yet: ${paths.join(", ")}.`);
    for (const device of this.#needSystem) obstacles.push(`${this.#nodeName(device)} asks the system that runs the program, which only the target ${SYSTEM_TARGET} has.`);
    if (!this.#imageTargets.includes(this.#imageTarget)) obstacles.push(`There are no images for the target ${this.#imageTarget} yet; there are for ${this.#imageTargets.join(", ")}.`);
    return obstacles;
  }
}

/** Whether a device's value is what its module's `connect` gives. */
function hasPlainValue(device: ConfiguredDevice): boolean {
  return new RegExp(`^\\(?${device.moduleName.replace(/\./g, "\\.")}\\.connect\\b`).test(device.connect) || device.connect === "return ()";
}

function resultType(type: string): string {
  return type.split("->").at(-1)!.trim();
}

function arityMessage(device: ConfiguredDevice, ports: readonly string[]): string {
  const given = device.arguments.length;
  const count = (n: number, noun: string): string => `${n === 0 ? "no" : n} ${noun}${n === 1 ? "" : "s"}`;
  const takes = ports.length === 0 ? "is no functor" : `takes ${count(ports.length, "argument")} (${ports.join(", ")})`;
  return `${device.module} ${takes}, but it is given ${count(given, "device")}: its type here is ${device.type}.`;
}

/** Files below a folder with their paths in it, sorted; undefined when there are none. */
function filesBelow(files: Readonly<Record<string, string>>, folder: string): readonly (readonly [string, string])[] | undefined {
  const prefix = normalizeFolder(folder);
  const found = Object.keys(files)
    .filter((name) => name.startsWith(prefix))
    .sort();
  return found.length === 0 ? undefined : found.map((name) => [name.slice(prefix.length), files[name]!] as const);
}

/** `./files/` → `files/`. */
function normalizeFolder(folder: string): string {
  const parts: string[] = [];
  for (const part of folder.split("/")) if (part !== "" && part !== ".") parts.push(part);
  return parts.length === 0 ? "" : `${parts.join("/")}/`;
}

/** The module of files put into the image. */
function crunchedText(contents: readonly (readonly [string, string])[]): string {
  const entries = contents.map(([name, data]) => `    (${literal(name)}, ${literal(data)});\n`).join("");
  return `include Morgana_crunch.Make (struct\n  let files = [\n${entries}  ]\n  let modified = (0, 0L)\nend)\n`;
}
