/** The driver: from compilation units to an image, through every stage in order. Both front doors build with it. */
import { newCode, type BuildMemo } from "./build-memo.ts";
import { compileProgram } from "./codegen/index.ts";
import type { Program } from "./core/core.ts";
import { runPipeline } from "./core/pipeline.ts";
import { printProgram } from "./core/print.ts";
import type { Fresh } from "./core/build.ts";
import { indexPrimitives } from "./defunctorize/externals.ts";
import { compileToCore } from "./defunctorize/link.ts";
import { linkImage, type Image, type ImageTarget } from "./image/image.ts";
import { packagesOfUnits, type LicencedPackage } from "./packages/image-licences.ts";
import type { Library } from "./packages/library.ts";
import type { ShippedLibrary } from "./shipped-library.ts";
import { errorAt, type Diagnostic, type SourceFile } from "./syntax/diagnostics.ts";
import { beforeRefusing, isStackOverflow } from "./syntax/host-stack.ts";
import { TypingSession, type UnitProvider, type UnitSource } from "./typing/session.ts";

/** Stages that can be dumped: core as translated, core as optimised, SSA, machine code, the image's symbols. */
export const DUMP_STAGES = ["translation", "core", "ssa", "asm", "map"] as const;
export type DumpStage = (typeof DUMP_STAGES)[number];

export interface Dump {
  readonly stage: DumpStage;
  readonly write: (text: string) => void;
}

export interface BuildOptions {
  readonly target: ImageTarget;
  /** Runs the checkers of the intermediate representations after every pass. */
  readonly checkIr?: boolean;
  /** 0: only what the back end needs. */
  readonly optimize?: 0 | 1;
  /** Names of files and lines for backtraces. */
  readonly debugInfo?: boolean;
  /** Has the program collect at every allocation: for testing. */
  readonly gcStress?: boolean;
  readonly dump?: Dump;
  /** What earlier builds of the same session made. */
  readonly memo?: BuildMemo;
  /** What came with the compiler, asked for when it is needed; of its code, with a memo, the memo knows. */
  readonly shipped?: () => ShippedLibrary | undefined;
  /** Told each stage as it begins. */
  readonly onStage?: (stage: string) => void;
}

export interface CoreOutcome {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when there are errors. */
  readonly core: { readonly program: Program; readonly fresh: Fresh; readonly units: readonly string[] } | undefined;
}

export interface BuildOutcome {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when there are errors. */
  readonly image: Image | undefined;
  /** The packages that the image has something of. */
  readonly packages: readonly LicencedPackage[];
}

/** A program's own units in front of the library's: a program's module hides a library's of the same name. */
export class ProgramSources implements UnitProvider {
  readonly own: readonly UnitSource[];
  readonly library: Library;
  readonly #own: ReadonlyMap<string, UnitSource>;

  constructor(own: readonly UnitSource[], library: Library) {
    this.own = own;
    this.library = library;
    this.#own = new Map(own.map((u) => [u.name, u]));
  }

  find(name: string): UnitSource | undefined {
    return this.#own.get(name) ?? this.library.find(name);
  }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === "error");
}

/** The package that every image contains. */
const RUNTIME_PACKAGE = "runtime";
/** Has everything after it collect at every allocation. */
const GC_STRESS = "Gc_stress";
/** Runs `at_exit` functions after the program's own units. */
const STD_EXIT = "Std_exit";

/**
 * Types the program's units in order and translates what they reach, and the units that come `first`. `platformPackage` implements the platform's
 * primitives; without one the program is for the evaluator, which has the primitives of the run-time system built in.
 */
export function translate(session: TypingSession, sources: ProgramSources, platformPackage: string | undefined, memo?: BuildMemo, shipped?: () => ShippedLibrary | undefined, first: readonly string[] = []): CoreOutcome {
  const diagnostics: Diagnostic[] = [];
  for (const unit of sources.own) diagnostics.push(...(unit.implementation === undefined ? session.interfaceDiagnostics(unit.name) : session.typeUnit(unit.name).diagnostics));
  const withCauses = (): readonly Diagnostic[] => {
    const known = session.knownErrors();
    return known.length > 0 ? known : [...new Set([...session.errors(), ...session.withoutConsequences(diagnostics)])];
  };
  if (hasErrors(diagnostics)) return { diagnostics: withCauses(), core: undefined };
  const { primitives, exportUnits, elsewhere } = programPrimitives(sources, platformPackage);
  // Names that are given to modules link none of them.
  const result = compileToCore(session, [...first, ...sources.library.linkedUnits, ...sources.own.filter((u) => u.implementation !== undefined && u.noAliasDeps !== true).map((u) => u.name), STD_EXIT], {
    primitives: { describe: (file, name) => sources.library.describeUse(file, name), find: (name) => primitives.get(name), elsewhere, isBuiltin: (name) => platformPackage === undefined && isRuntimePrimitive(primitives.get(name)?.package) },
    exportUnits: platformPackage === undefined ? [] : exportUnits,
    linksMentioned: (unit) => sources.library.find(unit)?.brought === true,
    ...(memo === undefined ? {} : { memo: memo.translation }),
    ...(shipped === undefined ? {} : { shipped: () => shipped()?.translations }),
  });
  // The program's own diagnostics come again from the translation, which types what it reaches.
  diagnostics.push(...result.diagnostics);
  const all = withCauses();
  return { diagnostics: all, core: hasErrors(all) ? undefined : { program: result.program, fresh: result.fresh, units: result.units } };
}

/**
 * Where primitives are defined, which units of the run-time system have functions that stubs call, and the targets of primitives
 * that only other platforms have.
 */
function programPrimitives(sources: ProgramSources, platformPackage: string | undefined): { primitives: ReadonlyMap<string, { unit: string; package: string }>; exportUnits: readonly string[]; elsewhere: (primitive: string) => string | undefined } {
  const texts: { name: string; package: string; text: string }[] = [];
  const exportUnits: string[] = [];
  const others: UnitSource[] = [];
  const add = (unit: UnitSource): void => {
    if (unit.implementation !== undefined) texts.push({ name: unit.name, package: unit.package, text: unit.implementation.text });
  };
  for (const unit of sources.library.units()) {
    if (platformPackage !== undefined && isOtherPlatform(unit.package, platformPackage)) {
      others.push(unit);
      continue;
    }
    add(unit);
    if ((unit.package === RUNTIME_PACKAGE || unit.package === platformPackage) && unit.implementation?.text.includes("@@export") === true) exportUnits.push(unit.name);
  }
  for (const unit of sources.own) add(unit);
  const elsewhere = (primitive: string): string | undefined => others.find((unit) => unit.implementation?.text.includes(`[@@primitive "${primitive}"]`) === true)?.package.replace(PLATFORM_PREFIX, "");
  return { primitives: indexPrimitives(texts), exportUnits, elsewhere };
}

const PLATFORM_PREFIX = "platform-";

function isPlatform(packageName: string): boolean {
  return packageName.startsWith(PLATFORM_PREFIX);
}

function isOtherPlatform(packageName: string, platformPackage: string): boolean {
  return isPlatform(packageName) && packageName !== platformPackage;
}

function isRuntimePrimitive(packageName: string | undefined): boolean {
  return packageName !== undefined && (packageName === RUNTIME_PACKAGE || isPlatform(packageName));
}

/** Compiles a program, or says why not. Throws only for errors of the compiler itself. */
export function build(session: TypingSession, sources: ProgramSources, options: BuildOptions): BuildOutcome {
  try {
    return buildOnStack(session, sources, options);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    beforeRefusing();
    const unit = sources.own[0];
    const file = unit?.implementation ?? unit?.interface ?? { name: "_none_", text: "" };
    return { diagnostics: [errorAt({ file, start: 0, end: 0, ghost: false }, "This program is nested too deeply to be translated")], image: undefined, packages: [] };
  }
}

function buildOnStack(session: TypingSession, sources: ProgramSources, options: BuildOptions): BuildOutcome {
  const stage = options.onStage ?? (() => undefined);
  const dump = options.dump;
  options.memo?.begin();
  stage("type check and translate");
  const { diagnostics, core } = translate(session, sources, options.target.platformPackage, options.memo, options.shipped, options.gcStress === true ? [GC_STRESS] : []);
  if (core === undefined) return { diagnostics, image: undefined, packages: [] };
  if (dump?.stage === "translation") dump.write(printProgram(core.program));
  stage("optimise");
  const debugInfo = options.debugInfo ?? true;
  // What earlier builds made has the files as they were then.
  const own = new Set(sources.own.map((unit) => unit.implementation?.name));
  const hasFrames = debugInfo ? (file: SourceFile): boolean => own.has(file.name) : undefined;
  const optimised = runPipeline(core.program, core.fresh, { checkIr: options.checkIr ?? false, hasFrames, optimize: options.optimize !== 0, ...(options.memo === undefined ? {} : { memo: options.memo.core }) });
  if (dump?.stage === "core") dump.write(printProgram(optimised));
  stage("generate code");
  const level = options.optimize ?? 1;
  const object = compileProgram(optimised, {
    platform: options.target.platform,
    checkIr: options.checkIr ?? false,
    optimize: level,
    debugInfo,
    // What is not made again can be neither checked nor dumped. Code that was made with places is not what it would be without.
    ...(dump !== undefined || options.checkIr === true ? {} : { memo: debugInfo ? (options.memo?.code[level] ?? newCode(level === 1 ? options.shipped : undefined)) : newCode(undefined) }),
    ...(dump !== undefined && (dump.stage === "ssa" || dump.stage === "asm") ? { dump: { stage: dump.stage, write: dump.write } } : {}),
  });
  stage("link");
  const image = linkImage(object, options.target, { debugInfo });
  if (dump?.stage === "map") dump.write(imageMap(image));
  return { diagnostics, image, packages: packagesOfUnits(core.units, sources.library) };
}

/** Address, size, section and name of every symbol, a line each. */
function imageMap(image: Image): string {
  return image.sizes.map((s) => `${s.address.toString(16).padStart(8, "0")} ${String(s.size).padStart(8)} ${s.section.padEnd(6)} ${s.symbol}`).join("\n");
}
