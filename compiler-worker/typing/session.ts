/** Compilation units: their interfaces typed when something looks inside, their implementations when asked for. */
import type { Longident } from "../syntax/ast.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";
import { CompileError, errorAt, type Diagnostic, type Location, type SourceFile } from "../syntax/diagnostics.ts";
import type { UnexpectedDocstring } from "../syntax/docstrings.ts";
import { beforeRefusing, isStackOverflow } from "../syntax/host-stack.ts";
import { resetTypes } from "./btype.ts";
import { deferring, type Deferrable, type RunLater } from "./deferral.ts";
import { forgetUnits, lookupModule, openModule, setUnitLoader, type Env } from "./env.ts";
import { persistent, resetIdents } from "./ident.ts";
import { explainInclusion, exportCoercion, includePublished, includeSignatures, InclusionError } from "./includemod.ts";
import { isolated } from "./isolation.ts";
import { NO_FLAGS, setLanguageFlags, type LanguageFlags } from "./language-flags.ts";
import { pident, PROGRAM_PREFIX } from "./path.ts";
import { initialEnv } from "./predef.ts";
import { printSignature } from "./print-signature.ts";
import { resetWeakNames } from "./print-type.ts";
import { translateSignature } from "./typemod-signatures.ts";
import { typeStructure } from "./typemod.ts";
import type { Structure, TypedUnit } from "./typedtree.ts";
import type { Path, Signature } from "./types.ts";
import { markAllExported } from "./unused-definitions.ts";
import { collecting, isOnUnder, NOTHING_TOLD, toldUnder, warn } from "./warnings.ts";
import { weakVariableError } from "./weak-variables.ts";

export interface UnitSource {
  /** For instance `Stdlib__List`. */
  readonly name: string;
  readonly package: string;
  readonly interface: SourceFile | undefined;
  readonly implementation: SourceFile | undefined;
  /** Units opened at the start, in order. */
  readonly opens: readonly string[];
  /** A `-w` specification. */
  readonly warnings: string;
  /** An `-alert` specification. */
  readonly alerts?: string;
  /** Types of its values may be left open: it is a program's main module, which nothing else uses (dune gives those an empty interface). */
  readonly isMain?: boolean;
  /** Flags of the compiler that it is typed with, asked for when it is. */
  readonly flags?: () => LanguageFlags;
  /** `-no-alias-deps`: aliases of units that do not exist are errors only where they are used. */
  readonly noAliasDeps?: boolean;
  /** It belongs to a library that the user brought: its errors matter only while the program reaches it. */
  readonly brought?: boolean;
  /** It was checked when its package was published: of its functions, those are typed that are needed. */
  readonly published?: boolean;
  /** What is known to be wrong with it: reported when the unit is looked at, which is then not typed. */
  readonly problems?: () => readonly Diagnostic[];
  /** What may be the reason when one of its files has errors: told in their place. */
  readonly reasons?: (file: SourceFile) => readonly Diagnostic[];
}
export interface UnitProvider {
  find(unitName: string): UnitSource | undefined;
}

export interface TypedResult {
  readonly typed: TypedUnit | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is kept of an implementation: the tree unless the session only checks. */
interface TypedImplementation extends TypedResult {
  readonly signature: Signature | undefined;
}

const UNEXPECTED_DOCSTRING = 50;

function tellOfDocstrings(file: SourceFile, docstrings: readonly UnexpectedDocstring[]): void {
  for (const { start, end, message } of docstrings) warn({ file, start, end, ghost: false }, UNEXPECTED_DOCSTRING, message);
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((d) => d.severity === "error");

/** A file's diagnostics; what may be the reason of its errors is told in their place. */
function explain(source: UnitSource, file: SourceFile, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const reasons = source.reasons !== undefined && hasErrors(diagnostics) ? source.reasons(file) : [];
  return reasons.length > 0 ? [...reasons, ...diagnostics.filter((d) => d.severity !== "error")] : [...diagnostics];
}

/** The session that the type checker's state belongs to. */
let running: TypingSession | undefined;

/** The type checker over a closed set of units. Sessions do not overlap: the beginning of one ends the one before. */
export class TypingSession {
  #provider: UnitProvider;
  readonly #initial: Env;
  readonly #opened = new Map<string, Env>();
  readonly #signatures = new Map<string, { items: Signature | undefined; diagnostics: Diagnostic[] }>();
  readonly #implementations = new Map<string, TypedImplementation>();
  /** Errors in the order in which their units were finished: a unit's come after those of what it needs. */
  #errors: { readonly diagnostic: Diagnostic; readonly unit: string }[] = [];
  /** Errors that may only follow from others: of units that use a library's unit which has errors. */
  readonly #consequences = new WeakSet<Diagnostic>();
  /** Units of the program itself that were asked for. */
  readonly #own = new Map<string, UnitSource>();
  /** The names of units that each unit has looked for. */
  readonly #uses = new Map<string, Set<string>>();
  /** Units being typed, the innermost last. */
  readonly #typing: string[] = [];
  /** Units whose signature is being made, for reporting cycles. */
  readonly #active: string[] = [];
  /** Problems that units were known to have, by unit, as far as they were looked at. */
  readonly #problems = new Map<string, readonly Diagnostic[]>();
  readonly #keepsTrees: boolean;
  readonly #infersOnly: boolean;
  readonly #deferrable: Deferrable | undefined;

  /**
   * Without `keepsTrees`, units can be checked only: of an implementation, its signature and diagnostics are kept. With `infersOnly` signatures
   * may have weak type variables, as in what `ocamlc -i` prints. `deferrable` knows more of what may be put off.
   */
  constructor(provider: UnitProvider, { keepsTrees = true, infersOnly = false, deferrable }: { readonly keepsTrees?: boolean; readonly infersOnly?: boolean; readonly deferrable?: Deferrable } = {}) {
    this.#deferrable = deferrable;
    this.#keepsTrees = keepsTrees;
    this.#infersOnly = infersOnly;
    resetTypes();
    resetIdents();
    running = this;
    this.#provider = provider;
    this.#initial = initialEnv();
    setUnitLoader(
      (name) => this.signatureOf(name),
      (name) => this.#find(name) !== undefined,
      (name) => this.#uses.get(this.#typing[this.#typing.length - 1] ?? "")?.add(name),
    );
  }

  /** Whether no other session has begun since. */
  get isRunning(): boolean {
    return running === this;
  }

  /**
   * Goes on with other sources of the program's own units, those of no package. Units of packages stay as they were typed:
   * that is right as long as a unit of a package never means one of the program, so the provider must give the program's
   * units other names than the packages' have (`packages/program-units.ts`). A unit of the program stays too when neither it
   * nor one that it looked for has changed.
   */
  renew(provider: UnitProvider): void {
    this.#check();
    const changed = this.#changedUnits(provider);
    for (const name of changed) {
      this.#signatures.delete(name);
      this.#implementations.delete(name);
      this.#own.delete(name);
      this.#uses.delete(name);
    }
    for (const key of this.#opened.keys()) if (key.split(" ").some((name) => changed.has(name))) this.#opened.delete(key);
    forgetUnits(changed);
    this.#errors = this.#errors.filter((e) => !changed.has(e.unit));
    this.#provider = provider;
  }

  /** Own units that are not the same for another provider: changed, with errors, or users of such or of names that begin to mean something. */
  #changedUnits(provider: UnitProvider): Set<string> {
    const changed = new Set<string>();
    const users = new Map<string, string[]>();
    for (const [name, source] of this.#own) {
      for (const used of [...source.opens, ...(this.#uses.get(name) ?? [])]) {
        const list = users.get(used);
        if (list === undefined) users.set(used, [name]);
        else list.push(name);
      }
      const failed = hasErrors(this.#signatures.get(name)?.diagnostics ?? []) || hasErrors(this.#implementations.get(name)?.diagnostics ?? []);
      if (failed || !sameSource(source, provider.find(name))) changed.add(name);
    }
    // Names that meant nothing and now do, or the other way round.
    for (const used of users.keys()) if (!this.#own.has(used) && (this.#provider.find(used) === undefined) !== (provider.find(used) === undefined)) changed.add(used);
    for (const name of changed) for (const user of users.get(name) ?? []) changed.add(user);
    return changed;
  }

  #check(): void {
    if (running !== this) throw new Error("a type checking session is used after another one began");
  }

  #find(name: string): UnitSource | undefined {
    const source = this.#provider.find(name);
    if (source !== undefined && !this.#uses.has(name)) {
      if (source.package === "") this.#own.set(name, source);
      this.#uses.set(name, new Set());
    }
    return source;
  }

  /** The units that a unit of the program's own looked for, as far as it has been typed. */
  unitsUsedBy(name: string): ReadonlySet<string> {
    return this.#uses.get(name) ?? new Set();
  }

  /** The environment in which a unit is typed. */
  initialEnv(source: UnitSource): Env {
    const key = `${source.noAliasDeps === true ? "-no-alias-deps " : ""}${source.opens.join(" ")}`;
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    let env: Env = source.noAliasDeps === true ? this.#initial.with({ freeAliases: true }) : this.#initial;
    for (const name of source.opens) {
      const inner = openModule(this.#openedPath(source, name, env), env);
      if (inner !== undefined) env = inner;
    }
    this.#opened.set(key, env);
    return env;
  }

  /** What `-open` means: a unit, or a module in one that is open already or can be named. Throws `CompileError`. */
  #openedPath(source: UnitSource, name: string, env: Env): Path {
    const [first, ...rest] = name.split(".");
    if (rest.length === 0 && this.#provider.find(name) !== undefined) return pident(persistent(name));
    const lid = rest.reduce<Longident>((prefix, part) => ({ kind: "dot", prefix, name: part }), { kind: "ident", name: first! });
    return lookupModule(startOf(source), lid, env).path;
  }

  /** As `initialEnv`, with what is wrong with the opened modules. */
  #environment(source: UnitSource): { readonly env: Env } | { readonly diagnostic: Diagnostic } {
    try {
      return { env: this.initialEnv(source) };
    } catch (e) {
      if (!(e instanceof CompileError)) throw e;
      return { diagnostic: e.diagnostic };
    }
  }

  /** The signature of a unit, or undefined when there is no such unit. */
  signatureOf(name: string): Signature | undefined {
    const known = this.#signatures.get(name);
    if (known !== undefined) return known.items;
    this.#check();
    const source = this.#find(name);
    if (source === undefined) return undefined;
    if (this.#active.includes(name)) {
      const cycle = [...this.#active.slice(this.#active.indexOf(name)), name].join(" -> ");
      throw new CompileError(errorAt(startOf(source), `Cyclic dependency between modules: ${cycle}`));
    }
    this.#active.push(name);
    try {
      const file = source.interface;
      const result = file === undefined ? this.#signatureOfImplementation(name) : this.#bounded(file, () => this.#typed(source, () => this.#typeInterface(source, file)), (d) => ({ items: [], diagnostics: [d] }));
      const explained = file === undefined ? result : { ...result, diagnostics: this.#explained(source, file, result.diagnostics) };
      this.#signatures.set(name, explained);
      this.#noteErrors(source, explained.diagnostics);
      return explained.items;
    } finally {
      this.#active.pop();
    }
  }

  #typed<T>(source: UnitSource, run: () => T): T {
    this.#typing.push(source.name);
    try {
      return isolated(() => {
        setLanguageFlags(source.flags?.() ?? NO_FLAGS);
        return run();
      });
    } finally {
      this.#typing.pop();
    }
  }

  /** How what is put off of a unit is typed. */
  #later(source: UnitSource): RunLater {
    return (run) => this.#typed(source, () => collecting({ warnings: NOTHING_TOLD }, run).result);
  }

  /** Diagnostics of a unit's interface. */
  interfaceDiagnostics(name: string): readonly Diagnostic[] {
    this.signatureOf(name);
    return this.#signatures.get(name)?.diagnostics ?? [];
  }

  /** Runs; input that would take too much of the host's stack is an error of the input. */
  #bounded<R>(file: SourceFile, run: () => R, failed: (diagnostic: Diagnostic) => R): R {
    try {
      return run();
    } catch (e) {
      if (!isStackOverflow(e)) throw e;
      beforeRefusing();
      return failed(errorAt({ file, start: 0, end: 0, ghost: false }, "This file is nested too deeply"));
    }
  }

  /** Errors as the library explains them, unless they are what was known before: then that is the reason. */
  #explained(source: UnitSource, file: SourceFile, diagnostics: readonly Diagnostic[]): Diagnostic[] {
    if (this.#knownErrors(source).length > 0) return [...diagnostics];
    const explained = explain(source, file, diagnostics);
    return [...explained, ...this.#reasonsElsewhere(source, explained)];
  }

  /** Why modules that a unit uses may lack the values that it does not find in them: a program was to add these. */
  #reasonsElsewhere(source: UnitSource, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    const lacking = new Set(diagnostics.flatMap((d) => /^Unbound value (?:\S+\.)?([A-Z]\w*)\.[a-z_]/.exec(d.message)?.[1] ?? []));
    return [...lacking].flatMap((module) =>
      [...(this.#uses.get(source.name) ?? [])].flatMap((name) => {
        const used = name === module || name.endsWith(`__${module}`) ? this.#provider.find(name) : undefined;
        const file = used?.interface ?? used?.implementation;
        return file === undefined ? [] : (used?.reasons?.(file) ?? []);
      }),
    );
  }

  /** The errors that a unit was known to have. */
  #knownErrors(source: UnitSource): readonly Diagnostic[] {
    if (source.problems === undefined) return [];
    let known = this.#problems.get(source.name);
    if (known === undefined) {
      known = source.problems().filter((d) => d.severity === "error");
      this.#problems.set(source.name, known);
    }
    return known;
  }

  /** The errors that the units looked at were known to have: whatever else is wrong with those that use them follows from these. */
  knownErrors(): readonly Diagnostic[] {
    const reached = this.#reached();
    return [...new Set([...this.#problems].flatMap(([unit, problems]) => (reached.has(unit) ? problems : [])))];
  }

  /** The program's units and all that they led to; everything when there is no program. */
  #reached(): { has(unit: string): boolean } {
    if (this.#own.size === 0) return this.#uses;
    const reached = new Set<string>();
    const stack = [...this.#own.keys()];
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      stack.push(...(this.#uses.get(name) ?? []), ...(this.#provider.find(name)?.opens ?? []));
    }
    return reached;
  }

  #typeInterface(source: UnitSource, file: SourceFile): { items: Signature | undefined; diagnostics: Diagnostic[] } {
    const known = this.#knownErrors(source).filter((d) => d.location.file === file);
    if (known.length > 0) return { items: [], diagnostics: [...known] };
    const { tree, diagnostics: read, unexpectedDocstrings } = parseInterface(file, { findsDocstrings: isOnUnder(source.warnings, UNEXPECTED_DOCSTRING) });
    const diagnostics = toldUnder(source.warnings, read);
    const opened = this.#environment(source);
    if ("diagnostic" in opened) return { items: [], diagnostics: [...diagnostics, opened.diagnostic] };
    const { env } = opened;
    const typed = collecting(source, () => {
      tellOfDocstrings(file, unexpectedDocstrings);
      try {
        const translated = (): Signature => translateSignature(env, tree.items).items;
        return source.published === true ? deferring(this.#later(source), false, undefined, translated) : translated();
      } catch (e) {
        if (!(e instanceof CompileError)) throw e;
        diagnostics.push(e.diagnostic);
        return [];
      }
    }, (items) => {
      markAllExported(items, "everything");
      return true;
    });
    return { items: typed.result, diagnostics: [...diagnostics, ...typed.diagnostics] };
  }

  #signatureOfImplementation(name: string): { items: Signature | undefined; diagnostics: Diagnostic[] } {
    return { items: this.#implementation(name).signature ?? [], diagnostics: [] };
  }

  /** Types a unit's implementation and checks it against its interface. */
  typeUnit(name: string): TypedResult {
    if (!this.#keepsTrees) throw new Error("a session that only checks has no typed trees");
    return this.#implementation(name);
  }

  /** The diagnostics of `typeUnit`. */
  checkUnit(name: string): readonly Diagnostic[] {
    return this.#implementation(name).diagnostics;
  }

  #implementation(name: string): TypedImplementation {
    const known = this.#implementations.get(name);
    if (known !== undefined) return known;
    this.#check();
    const source = this.#find(name);
    if (source?.implementation === undefined) {
      const known = source === undefined ? [] : this.#knownErrors(source);
      const result: TypedImplementation = { typed: undefined, signature: undefined, diagnostics: source === undefined ? [] : known.length > 0 ? known : [errorAt(startOf(source), withoutImplementation(source))] };
      this.#implementations.set(name, result);
      return result;
    }
    const file = source.implementation;
    const { typed, diagnostics } = this.#bounded(file, () => this.#typed(source, () => this.#typeImplementation(source, file)), (d): TypedResult => ({ typed: undefined, diagnostics: [d] }));
    const result: TypedImplementation = { typed: this.#keepsTrees ? typed : undefined, signature: typed?.signature, diagnostics: this.#explained(source, file, diagnostics) };
    this.#implementations.set(name, result);
    this.#noteErrors(source, result.diagnostics);
    return result;
  }

  #noteErrors(source: UnitSource, diagnostics: readonly Diagnostic[]): void {
    if (!hasErrors(diagnostics)) return;
    const known = new Set(this.#errors.map((e) => e.diagnostic));
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error" && !known.has(diagnostic));
    for (const diagnostic of errors) this.#errors.push({ diagnostic, unit: source.name });
    // Units finish after those that they use, so that the first of a circle to fail follows from no other.
    const follows = [...(this.#uses.get(source.name) ?? []), ...source.opens].some((used) => used !== source.name && this.#hasFailed(used));
    const ofInterface = source.brought === true && source.interface !== undefined ? (this.#signatures.get(source.name)?.diagnostics ?? []) : [];
    for (const diagnostic of errors) if (follows || (hasErrors(ofInterface) && !ofInterface.includes(diagnostic))) this.#consequences.add(diagnostic);
  }

  /** Whether a library's unit has errors in what others see of it. */
  #hasFailed(name: string): boolean {
    const source = this.#provider.find(name);
    if (source?.brought !== true || source.noAliasDeps === true) return false;
    if ((this.#problems.get(name)?.length ?? 0) > 0) return true;
    return hasErrors((source.interface === undefined ? this.#implementations : this.#signatures).get(name)?.diagnostics ?? []);
  }

  /** Diagnostics without the errors that may only follow from others, which are told with other units. */
  withoutConsequences(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return diagnostics.filter((d) => !this.#consequences.has(d));
  }

  /** The errors of all units typed so far, those of a unit after those of what it needs, without those that may only follow from others. */
  errors(): readonly Diagnostic[] {
    const reached = this.#reached();
    return this.withoutConsequences(this.#errors.filter((e) => reached.has(e.unit) || this.#provider.find(e.unit)?.brought !== true).map((e) => e.diagnostic));
  }

  #typeImplementation(source: UnitSource, file: SourceFile): TypedResult {
    const known = this.#knownErrors(source);
    if (known.length > 0) return { typed: undefined, diagnostics: known };
    const passesOver = source.published === true && this.#keepsTrees;
    const { tree, diagnostics: read, unexpectedDocstrings } = parseImplementation(file, { passesOver, findsDocstrings: isOnUnder(source.warnings, UNEXPECTED_DOCSTRING) });
    const diagnostics = toldUnder(source.warnings, read);
    const opened = this.#environment(source);
    if ("diagnostic" in opened) return { typed: undefined, diagnostics: [...diagnostics, opened.diagnostic] };
    const { env } = opened;
    const declared = source.interface === undefined ? undefined : (this.signatureOf(source.name) ?? []);
    const runtimeDialect = tree.items.some((i) => i.desc.kind === "attribute" && i.desc.attribute.name.value === "runtime");
    // How functions of the dialect are called must be known where they are defined.
    const defers = source.published === true && this.#keepsTrees && (!runtimeDialect || this.#deferrable !== undefined);
    const later = this.#later(source);
    const ofInterface = declared === undefined ? [] : (this.#signatures.get(source.name)?.diagnostics ?? []);
    let coercion: TypedUnit["coercion"] = { kind: "none" };
    let mismatch: Diagnostic | undefined;
    // What the interface shows is used; it is compared before what is not used is told.
    const finish = (structure: Structure, found: readonly Diagnostic[]): boolean => {
      const isTyped = !hasErrors(diagnostics) && !hasErrors(found) && !hasErrors(ofInterface);
      if (source.interface === undefined || declared === undefined) {
        markAllExported(structure.type, "given");
        coercion = exportCoercion(structure.type);
        if (isTyped && !this.#infersOnly && source.published !== true && source.isMain !== true) mismatch = weakVariableError(structure.finalEnv, structure.type);
      } else if (isTyped) {
        try {
          coercion = defers ? deferring(later, !runtimeDialect, this.#deferrable, () => includePublished(env, structure.type, declared)) : includeSignatures(env, structure.type, declared, { file, start: 0, end: 0, ghost: false });
        } catch (e) {
          if (!(e instanceof InclusionError)) throw e;
          mismatch = errorAt({ file, start: 0, end: 0, ghost: false }, `The implementation ${file.name} does not match the interface ${source.interface.name}: \n${explainInclusion(e.problems)}`);
        }
      }
      return isTyped && mismatch === undefined;
    };
    const run = (): Structure => {
      tellOfDocstrings(file, unexpectedDocstrings);
      return defers ? deferring(later, !runtimeDialect, this.#deferrable, () => typeStructure(env, tree.items)) : typeStructure(env, tree.items, this.#keepsTrees);
    };
    const typed = collecting(defers ? { warnings: NOTHING_TOLD } : source, run, finish);
    // What could not be read is stood in for, and may use what seems unused: of such a file only errors are told.
    const found = hasErrors(read) ? typed.diagnostics.filter((d) => d.severity === "error") : typed.diagnostics;
    const all: Diagnostic[] = [...diagnostics, ...found, ...ofInterface, ...(mismatch === undefined ? [] : [mismatch])];
    const structure = typed.result;
    const signature: Signature = declared ?? structure.type;
    return { typed: { name: source.name, shownAs: this.#shownName(source.name), structure, coercion, signature, runtimeDialect, isPublished: source.published === true }, diagnostics: all };
  }

  /**
   * `Stdlib__Queue` is known to programs as `Stdlib.Queue`, by an alias. Only a unit of aliases is there before the units that
   * it names: those of a library whose main module is written by hand keep their own names.
   */
  #shownName(name: string): string {
    if (name.startsWith(PROGRAM_PREFIX)) return name.slice(PROGRAM_PREFIX.length);
    const at = name.indexOf("__");
    if (at <= 0 || !/[A-Za-z]/.test(name.charAt(at + 2))) return name;
    const outer = name.slice(0, at);
    return this.#provider.find(outer)?.noAliasDeps === true ? `${outer}.${name.charAt(at + 2).toUpperCase()}${name.slice(at + 3)}` : name;
  }

  /** Whether a unit's interface or implementation was looked at. */
  wasTyped(name: string): boolean {
    return this.#signatures.has(name) || this.#implementations.has(name);
  }

  /** What `ocamlc -i` prints of the unit. */
  signatureText(name: string): string {
    resetWeakNames();
    return printSignature(this.signatureOf(name) ?? []);
  }
}

function sameSource(a: UnitSource, b: UnitSource | undefined): boolean {
  const sameFile = (x: SourceFile | undefined, y: SourceFile | undefined): boolean => x === y || (x !== undefined && y !== undefined && x.name === y.name && x.text === y.text);
  return b !== undefined && a.package === b.package && a.warnings === b.warnings && a.alerts === b.alerts && a.noAliasDeps === b.noAliasDeps && a.flags === b.flags && a.opens.join(" ") === b.opens.join(" ") && sameFile(a.interface, b.interface) && sameFile(a.implementation, b.implementation);
}

function withoutImplementation({ name, package: library, brought }: UnitSource): string {
  return brought === true ? `package ${library.replace(/\/$/, "")}: of the module ${name} only the interface is there, not the implementation. Give a folder or an archive of its sources` : `The module ${name} has an interface but no implementation`;
}

function startOf(source: UnitSource): Location {
  const file = source.implementation ?? source.interface ?? { name: source.name, text: "" };
  return { file, start: 0, end: 0, ghost: false };
}
