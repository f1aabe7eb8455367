/**
 * What was translated before and is the same again: groups of bindings by the typed tree that they come from.
 *
 * While a group is translated, all that it asks of the program around it is recorded with the answer: what paths mean,
 * which primitives are written in OCaml, which numbers are drawn. Translation depends on nothing else, so in a later
 * compilation the same questions are asked in the same order, and when every answer is the same the bindings are too
 * (Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", ICFP 2018: constructive traces). Asking does what the
 * translation itself would have done to the program: units are linked and groups requested in the same order.
 *
 * Globals keep their variables from one compilation to the next. Only what the last compilation used is kept.
 */
import { Fresh } from "../core/build.ts";
import type { Constant, Kind, TopBinding, Variable } from "../core/core.ts";
import { forEachExpr } from "../core/free.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Env } from "../typing/env.ts";
import type { TypedUnit } from "../typing/typedtree.ts";
import type { Ident, Path, PrimitiveDescription, TypeExpr } from "../typing/types.ts";
import type { Purity } from "./purity.ts";
import { identsOfStructure } from "./structure-idents.ts";
import type { DialectSignature, Meaning, Namespace, Scope } from "./meanings.ts";

/** A meaning as far as the translation of its uses depends on it. */
export type Answer =
  | { readonly kind: "global"; readonly variable: Variable; readonly signature: DialectSignature | undefined }
  | { readonly kind: "constant"; readonly constant: Constant }
  | { readonly kind: "primitive"; readonly primitive: PrimitiveDescription; readonly type: TypeExpr; readonly env: Env }
  | { readonly kind: "predefined"; readonly exception: string }
  /** A primitive that is not written in OCaml, or the evaluator's. */
  | { readonly kind: "builtin" };

export type Question =
  | { readonly kind: "resolve"; readonly namespace: Namespace; readonly path: Path; readonly answer: Answer }
  | { readonly kind: "external"; readonly name: string; readonly loc: Location; readonly answer: Answer }
  /** A helper function of the compiler, which is made when it is first asked for. */
  | { readonly kind: "helper"; readonly name: string; readonly variable: Variable }
  /** The value of a meaning that an earlier question gave: its group is translated, its unit linked. */
  | { readonly kind: "use"; readonly variable: Variable }
  | { readonly kind: "number"; readonly counter: Counter; readonly answer: number };

export type Counter = "exception" | "static";

export const BUILTIN: Extract<Answer, { kind: "builtin" }> = { kind: "builtin" };

/** What names a group of a unit's structure in whatever session types that unit. */
export interface RecordPlace {
  /** Where its item begins in the unit's implementation. */
  readonly at: Location;
  /** The globals that it defines, in order. */
  readonly globals: () => readonly Variable[];
}

/** What the variables of a `let` are at compile time. */
export type ValueFacts = { readonly kind: "constant"; readonly constant: Constant } | { readonly kind: "alias"; readonly path: Path } | FactsOfGroup;

export interface FactsOfGroup {
  readonly kind: "group";
  readonly purity: Purity;
  readonly values: readonly { readonly kind: Kind; readonly signature: DialectSignature | undefined }[];
}

/** A translation that can be used again. */
export interface Record {
  readonly questions: readonly Question[];
  readonly bindings: readonly TopBinding[];
  /** Of groups that may be shipped with the compiler. */
  readonly place: RecordPlace | undefined;
}

/** The questions of the translation at work. */
export class Recording {
  readonly questions: Question[] = [];
  /** Something was asked that has no form here: the translation is made anew each time. */
  isOpaque = false;
  readonly #scope: Scope | undefined;
  readonly #known = new Set<Variable>();
  readonly #used = new Set<Variable>();
  readonly #paths = new Set<Path>();

  /** The one that a helper function is made in. */
  readonly #outer: Recording | undefined;

  /** `scope`: in which the paths of the typed tree have their meaning. */
  constructor(scope: Scope | undefined, outer: Recording | undefined) {
    this.#scope = scope;
    this.#outer = outer;
  }

  resolved(scope: Scope | undefined, namespace: Namespace, path: Path, meaning: Meaning): void {
    if (scope !== undefined && scope !== this.#scope) this.isOpaque = true;
    // What is bound inside the group is part of it.
    if (meaning.kind === "variable" || meaning.kind === "reference" || this.#paths.has(path)) return;
    const answer = this.#answer(meaning);
    if (answer === undefined) return;
    this.#paths.add(path);
    this.questions.push({ kind: "resolve", namespace, path, answer });
  }

  /** `meaning` is undefined for what the evaluator has built in. */
  external(name: string, loc: Location, meaning: Meaning | undefined): void {
    const answer = meaning === undefined ? BUILTIN : this.#answer(meaning);
    if (answer !== undefined) this.questions.push({ kind: "external", name, loc, answer });
  }

  helper(name: string, variable: Variable): void {
    this.#used.add(variable);
    this.questions.push({ kind: "helper", name, variable });
  }

  number(counter: Counter, answer: number): void {
    this.questions.push({ kind: "number", counter, answer });
  }

  use(variable: Variable): void {
    if (!this.#isKnown(variable)) this.isOpaque = true;
    if (this.#used.has(variable)) return;
    this.#used.add(variable);
    this.questions.push({ kind: "use", variable });
  }

  #isKnown(variable: Variable): boolean {
    return this.#known.has(variable) || (this.#outer !== undefined && this.#outer.#isKnown(variable));
  }

  #answer(meaning: Meaning): Answer | undefined {
    const answer = answerOf(meaning);
    if (answer === undefined) this.isOpaque = true;
    else if (answer.kind === "global") this.#known.add(answer.variable);
    return answer;
  }

  /** The record of what gave `bindings`, unless they mention a global that was not asked for. */
  finish(bindings: readonly TopBinding[], place: RecordPlace | undefined, isGlobal: (v: Variable) => boolean): Record | undefined {
    if (this.isOpaque) return undefined;
    const own = new Set<Variable>();
    for (const binding of bindings) {
      if (binding.kind === "let") own.add(binding.variable);
      else if (binding.kind === "letrec") for (const f of binding.functions) own.add(f.variable);
    }
    let isClosed = true;
    const check = (e: Parameters<typeof forEachExpr>[0]): void =>
      forEachExpr(e, (x) => {
        if (x.kind === "var" && isGlobal(x.variable) && !own.has(x.variable) && !this.#used.has(x.variable)) isClosed = false;
      });
    for (const binding of bindings) {
      if (binding.kind === "letrec") for (const f of binding.functions) check(f.function.body);
      else check(binding.value);
    }
    return isClosed ? { questions: this.questions, bindings, place } : undefined;
  }
}

export function answerOf(meaning: Meaning): Answer | undefined {
  switch (meaning.kind) {
    case "group":
      return { kind: "global", variable: meaning.variable, signature: meaning.signature };
    case "constant":
      return { kind: "constant", constant: meaning.constant };
    case "primitive":
      return { kind: "primitive", primitive: meaning.primitive, type: meaning.type, env: meaning.env };
    case "predefined":
      return meaning;
    default:
      return undefined;
  }
}

export function sameAnswer(a: Answer, b: Answer): boolean {
  switch (a.kind) {
    case "global":
      return b.kind === "global" && a.variable === b.variable && sameSignature(a.signature, b.signature);
    case "constant":
      return b.kind === "constant" && sameConstant(a.constant, b.constant);
    case "primitive":
      return b.kind === "primitive" && a.primitive === b.primitive && a.type === b.type && a.env === b.env;
    case "predefined":
      return b.kind === "predefined" && a.exception === b.exception;
    case "builtin":
      return b.kind === "builtin";
  }
}

export function sameSignature(a: DialectSignature | undefined, b: DialectSignature | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.result === b.result && a.parameters.length === b.parameters.length && a.parameters.every((kind, i) => kind === b.parameters[i]);
}

/** Nested constants are compared without recursion: long lists are deep. */
export function sameConstant(first: Constant, second: Constant): boolean {
  const stack: [Constant, Constant][] = [[first, second]];
  for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    switch (a.kind) {
      case "int":
      case "word":
      case "string":
        if (a.kind !== b.kind || a.value !== b.value) return false;
        break;
      case "float":
      case "boxedFloat":
        if (a.kind !== b.kind || a.bits !== b.bits) return false;
        break;
      case "boxedInt":
        if (b.kind !== "boxedInt" || a.type !== b.type || a.value !== b.value) return false;
        break;
      case "floatArray":
        if (b.kind !== "floatArray" || a.bits.length !== b.bits.length || a.bits.some((bits, i) => bits !== b.bits[i])) return false;
        break;
      case "block":
        if (b.kind !== "block" || a.tag !== b.tag || a.fields.length !== b.fields.length) return false;
        for (let i = 0; i < a.fields.length; i++) stack.push([a.fields[i]!, b.fields[i]!]);
        break;
    }
  }
  return true;
}

/** What is kept of one evaluation of a structure: of a unit, or of the instance of a functor that a module expression makes. */
export class KeptScope {
  readonly #fresh: Fresh;
  /** The same of the compilation before. */
  #previous: KeptScope | undefined;
  readonly #name: string;
  readonly #variables = new Map<Ident, Variable>();
  readonly #records = new Map<object, Record>();
  readonly #instances = new Map<object, KeptScope>();
  /** By the place of the item, of the unit's values. */
  readonly facts = new Map<Location, ValueFacts>();
  /** The unit of the library whose own structure this is. */
  readonly unit: TypedUnit | undefined;
  #idents: readonly Ident[] | undefined;

  constructor(fresh: Fresh, name: string, unit: TypedUnit | undefined, previous: KeptScope | undefined) {
    this.unit = unit;
    this.#idents = undefined;
    this.#fresh = fresh;
    this.#name = name;
    // What was made under another name has other symbols.
    this.#previous = previous !== undefined && previous.#name === name ? previous : undefined;
  }

  /** The variable of a global: the same in every compilation, but in one compilation given only once. */
  global(id: Ident, kind: Kind): Variable {
    const previous = this.#previous === undefined ? undefined : this.#previous.#variables;
    return stable(this.#fresh, previous, this.#variables, id, id.name, kind);
  }

  /** The identifiers of the unit's structure. */
  idents(): readonly Ident[] {
    return (this.#idents ??= this.unit === undefined ? [] : identsOfStructure(this.unit.structure));
  }

  noteFacts(at: Location, facts: ValueFacts): void {
    if (this.unit !== undefined) this.facts.set(at, facts);
  }

  records(): Iterable<Record> {
    return this.#records.values();
  }

  record(key: object): Record | undefined {
    return this.#previous === undefined ? undefined : this.#previous.#records.get(key);
  }

  keep(key: object, record: Record): void {
    this.#records.set(key, record);
  }

  /** The instance that the application `m` makes; undefined when it was made already. */
  instance(m: object, name: string): KeptScope | undefined {
    if (this.#instances.has(m)) return undefined;
    const previous = this.#previous === undefined ? undefined : this.#previous.#instances.get(m);
    const instance = new KeptScope(this.#fresh, name, undefined, previous);
    this.#instances.set(m, instance);
    return instance;
  }

  /** Lets the compilation before this one go. */
  settle(): void {
    this.#previous = undefined;
    for (const instance of this.#instances.values()) instance.settle();
  }
}

function stable<K>(fresh: Fresh, previous: ReadonlyMap<K, Variable> | undefined, current: Map<K, Variable>, key: K, name: string, kind: Kind): Variable {
  if (current.has(key)) return fresh.variable(name, kind);
  const known = previous?.get(key);
  const variable = known !== undefined && known.kind === kind ? known : fresh.variable(name, kind);
  current.set(key, variable);
  return variable;
}

interface Generation {
  readonly units: Map<object, KeptScope>;
  readonly helperVariables: Map<string, Variable>;
  readonly helpers: Map<string, Record>;
}

function newGeneration(): Generation {
  return { units: new Map(), helperVariables: new Map(), helpers: new Map() };
}

/** Belongs to one typing session: keys are parts of its typed trees. */
export class TranslationMemo {
  /** Ids are never given again, since variables outlive a compilation. */
  readonly fresh = new Fresh();
  #previous = newGeneration();
  #current = newGeneration();

  /** A compilation begins. */
  begin(): void {
    this.#current = newGeneration();
  }

  /** A compilation has succeeded: what it did not use is forgotten. */
  commit(): void {
    for (const unit of this.#current.units.values()) unit.settle();
    this.#previous = this.#current;
  }

  unit(typed: TypedUnit): KeptScope {
    const scope = new KeptScope(this.fresh, typed.name, typed.isPublished ? typed : undefined, this.#previous.units.get(typed));
    this.#current.units.set(typed, scope);
    return scope;
  }

  /** What is kept of units by the last compilation that succeeded. */
  units(): Iterable<KeptScope> {
    return this.#previous.units.values();
  }

  /** The helper functions that it made. */
  *helpers(): Generator<{ readonly name: string; readonly variable: Variable; readonly record: Record }> {
    for (const [name, record] of this.#previous.helpers) yield { name, variable: this.#previous.helperVariables.get(name)!, record };
  }

  helperVariable(name: string): Variable {
    return stable(this.fresh, this.#previous.helperVariables, this.#current.helperVariables, name, name, "value");
  }

  helperRecord(name: string): Record | undefined {
    return this.#previous.helpers.get(name);
  }

  keepHelper(name: string, record: Record): void {
    this.#current.helpers.set(name, record);
  }
}
