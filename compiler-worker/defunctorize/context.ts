/** The state of one compilation to core: names, diagnostics, units, and helpers that are made once for a program. */
import * as b from "../core/build.ts";
import type { Expr, TopBinding, Variable } from "../core/core.ts";
import { errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import { headOf } from "../typing/path.ts";
import type { Ident } from "../typing/types.ts";
import type { Externals } from "./externals.ts";
import { LateReads } from "./late-reads.ts";
import type { Meaning, Scope } from "./meanings.ts";
import { answerOf, BUILTIN, Recording, sameAnswer, type Counter, type KeptScope, type Question, type Record, type RecordPlace, type TranslationMemo, type ValueFacts } from "./memo.ts";
import { resolve } from "./paths.ts";
import type { Asked, ShippedTranslation, ShippedTranslations } from "./shipped-translations.ts";
import { Group, Schedule, Sink, type Owner } from "./sinks.ts";
import type { Units } from "./units.ts";

export class Compilation {
  readonly memo: TranslationMemo;
  readonly fresh: b.Fresh;
  readonly diagnostics: Diagnostic[] = [];
  readonly lateReads = new LateReads();
  readonly schedule = new Schedule(true);
  /** Instances of functors without effects and helper functions: part of no unit. */
  readonly shared = new Sink(undefined, this.schedule);
  /** Units that are part of the program, in the order in which they were reached. */
  readonly linked: Owner[] = [];
  /** How many modules are being evaluated, one inside the other, and the units that became linked meanwhile. */
  #evaluating = 0;
  readonly #waiting: Owner[] = [];
  readonly #globals = new Set<Variable>();
  readonly #helpers = new Map<string, { group: Group; variable: Variable }>();
  units!: Units;
  externals!: Externals;
  /** The group being translated: its unit depends on those of what it mentions. */
  current: Group | undefined;
  /** Whether the mention of a value of a unit, be it a constant, makes the unit part of the program: it is so in OCaml. */
  readonly #linksMentioned: (unit: string) => boolean;
  /** The unit that the path being resolved led to. */
  mentioned: string | undefined;
  /** What the translation at work has asked of the program around it (`memo.ts`); undefined outside of translations that are kept. */
  recording: Recording | undefined;
  /** Translations that came with the compiler. */
  readonly #shipped: () => ShippedTranslations | undefined;
  /** Numbers given out: ids of exceptions that are made at compile time, and of static memory. */
  readonly #numbers: { [K in Counter]: number } = { exception: 0, static: 0 };

  constructor(memo: TranslationMemo, linksMentioned: (unit: string) => boolean, shipped: () => ShippedTranslations | undefined) {
    this.memo = memo;
    this.#shipped = shipped;
    this.#linksMentioned = linksMentioned;
    this.mentioned = undefined;
    this.fresh = memo.fresh;
    this.recording = undefined;
    memo.begin();
  }

  error(loc: Location, message: string): void {
    this.opaque();
    this.diagnostics.push(errorAt(loc, message));
  }

  /** Has a group translated, and its unit linked. */
  use(group: Group): void {
    const recording = this.recording;
    this.recording = undefined;
    try {
      if (group.owner !== undefined) this.link(group.owner);
      group.request();
    } finally {
      this.recording = recording;
    }
  }

  /** The translation at work does something that is not recorded: it cannot be used again. */
  opaque(): void {
    if (this.recording !== undefined) this.recording.isOpaque = true;
  }

  /** Makes a unit part of the program: its effects run. The unit at work depends on it. */
  link(owner: Owner): void {
    const user = this.current?.owner;
    if (user !== undefined && user !== owner) user.needs.add(owner);
    if (owner.linked) return;
    owner.linked = true;
    this.linked.push(owner);
    if (this.#evaluating > 0) this.#waiting.push(owner);
    else for (const action of owner.onLink.splice(0)) action();
  }

  /**
   * Evaluates a module of a unit. What the units that become linked meanwhile have to do waits until that is done: it looks at their modules,
   * and the one that is being evaluated may be among these.
   */
  evaluating(evaluate: () => void): void {
    this.#evaluating++;
    try {
      evaluate();
    } finally {
      this.#evaluating--;
      if (this.#evaluating === 0) for (const owner of this.#waiting.splice(0)) for (const action of owner.onLink.splice(0)) action();
    }
  }

  /** Makes the unit that a path led to part of the program, if that takes no more than a mention. */
  linkMentioned(): void {
    if (this.mentioned === undefined || !this.#linksMentioned(this.mentioned)) return;
    const unit = this.units.find(this.mentioned);
    if (unit !== undefined) this.link(unit);
  }

  /** Translates what waits in `schedule`, and what that asks for in turn. */
  drain(schedule: Schedule): void {
    for (let i = 0; i < schedule.pending.length; i++) {
      const group = schedule.pending[i]!;
      const outer = this.current;
      if (schedule.isGlobal) this.current = group;
      group.run();
      this.current = outer;
    }
    schedule.pending.length = 0;
  }

  /** A function that the compiler makes for itself, once for a program. */
  helper(name: string, make: (variable: Variable) => TopBinding): Expr {
    let helper = this.#helpers.get(name);
    if (helper === undefined) {
      helper = this.#addHelper(name);
      const { group, variable } = helper;
      const bindings = this.#recorded(undefined, () => [make(variable)], (record) => this.memo.keepHelper(name, record), group, undefined);
      group.finish(bindings);
    }
    this.recording?.helper(name, helper.variable);
    return b.variable(helper.variable);
  }

  #addHelper(name: string): { group: Group; variable: Variable } {
    const variable = this.memo.helperVariable(name);
    this.declare(variable, this.shared);
    const helper = { group: this.shared.add("pure", () => []), variable };
    this.#helpers.set(name, helper);
    return helper;
  }

  /** The helper function that is there, or that can be made again as it was. */
  #helperAgain(name: string, known: ReadonlyMap<Variable, Meaning>): Variable | undefined {
    const helper = this.#helpers.get(name);
    if (helper !== undefined) return helper.variable;
    const record = this.memo.helperRecord(name);
    const shipped = record === undefined ? this.#shipped()?.helper(name, this.fresh) : undefined;
    if (record === undefined && shipped === undefined) return undefined;
    const { group, variable } = this.#addHelper(name);
    const made = this.#within(group, () => (shipped !== undefined ? this.#replayShipped(shipped, undefined, [variable], () => [], undefined) : record !== undefined && this.#replay(record.questions, undefined, known) ? record : undefined));
    if (made === undefined) {
      this.#helpers.delete(name);
      return undefined;
    }
    this.memo.keepHelper(name, made);
    group.finish(made.bindings);
    return variable;
  }

  // ------------------------------------------------------------ translations that are kept

  /** The bindings that `translate` makes of the typed tree `key` in `scope`, or those that it made before. */
  memoized(key: object, scope: Scope, kept: KeptScope, place: RecordPlace | undefined, translate: () => readonly TopBinding[]): readonly TopBinding[] {
    const record = kept.record(key);
    if (record !== undefined) {
      const numbers = { ...this.#numbers };
      if (this.#replay(record.questions, scope)) {
        kept.keep(key, record);
        return record.bindings;
      }
      Object.assign(this.#numbers, numbers);
    } else if (place !== undefined) {
      const shipped = this.#shipped()?.group(place.at, this.fresh);
      const made = shipped === undefined ? undefined : this.#replayShipped(shipped, scope, place.globals(), () => kept.idents(), place);
      if (made !== undefined) {
        kept.keep(key, made);
        return made.bindings;
      }
    }
    return this.#recorded(scope, translate, (made) => kept.keep(key, made), this.current, place);
  }

  /** What is known of the `let` at a place of a library's unit with these identifiers. */
  factsOf(at: Location, idents: () => readonly Ident[]): ValueFacts | undefined {
    return this.#shipped()?.facts(at, idents, this.fresh);
  }

  /** What is made of a translation that came with the compiler, if the program around it is as it was then. */
  #replayShipped(shipped: ShippedTranslation, scope: Scope | undefined, globals: readonly Variable[], idents: () => readonly Ident[], place: RecordPlace | undefined): Record | undefined {
    const outer = this.recording;
    this.recording = undefined;
    try {
      const asked: Asked = {
        resolve: (namespace, path) => resolve(this, scope, namespace, path),
        external: (name, loc) => {
          const external = this.externals.find(name, loc);
          return external.kind === "function" ? external.meaning : external.kind === "builtin" ? BUILTIN : undefined;
        },
        helper: (name, known) => this.#helperAgain(name, known),
        use: (meaning) => this.use(meaning.group),
      };
      return shipped.replay(asked, globals, idents, place);
    } finally {
      this.recording = outer;
    }
  }

  #recorded(scope: Scope | undefined, translate: () => readonly TopBinding[], keep: (record: Record) => void, group: Group | undefined, place: RecordPlace | undefined): readonly TopBinding[] {
    const outer = this.recording;
    const recording = new Recording(scope, outer);
    this.recording = recording;
    try {
      const bindings = this.#within(group, translate);
      const record = recording.finish(bindings, place, (v) => this.#globals.has(v));
      if (record !== undefined) keep(record);
      return bindings;
    } finally {
      this.recording = outer;
    }
  }

  #within<T>(group: Group | undefined, run: () => T): T {
    const outer = this.current;
    this.current = group;
    try {
      return run();
    } finally {
      this.current = outer;
    }
  }

  /** Asks the questions again; whether all answers are the same. What was asked up to the first other answer is what the translation asks too. */
  #replay(questions: readonly Question[], scope: Scope | undefined, known?: ReadonlyMap<Variable, Meaning>): boolean {
    const outer = this.recording;
    this.recording = undefined;
    try {
      const meanings = new Map<Variable, Meaning>(known);
      for (const question of questions) {
        switch (question.kind) {
          case "resolve": {
            const { path, answer } = question;
            const root = headOf(path);
            if (root.kind === "local" && scope?.find(root) === undefined) {
              // A constant that the group itself binds.
              if (path.kind === "ident" && answer.kind === "constant") break;
              return false;
            }
            const meaning = resolve(this, scope, question.namespace, path);
            const now = answerOf(meaning);
            if (now === undefined || !sameAnswer(now, answer)) return false;
            if (answer.kind === "global") meanings.set(answer.variable, meaning);
            break;
          }
          case "external": {
            const external = this.externals.find(question.name, question.loc);
            const now = external.kind === "function" ? answerOf(external.meaning) : external.kind === "builtin" ? BUILTIN : undefined;
            if (now === undefined || !sameAnswer(now, question.answer)) return false;
            if (external.kind === "function" && question.answer.kind === "global") meanings.set(question.answer.variable, external.meaning);
            break;
          }
          case "helper":
            if (this.#helperAgain(question.name, meanings) !== question.variable) return false;
            break;
          case "use": {
            const meaning = meanings.get(question.variable);
            if (meaning === undefined || meaning.kind !== "group") return false;
            this.use(meaning.group);
            break;
          }
          case "number":
            if (this.#draw(question.counter) !== question.answer) return false;
            break;
        }
      }
      return true;
    } finally {
      this.recording = outer;
    }
  }

  #draw(counter: Counter): number {
    return this.#numbers[counter]++;
  }

  /** Notes that a variable made for a sink is a global, if the sink is. */
  declare(variable: Variable, sink: Sink): void {
    if (sink.schedule.isGlobal) this.#globals.add(variable);
  }

  isGlobal(variable: Variable): boolean {
    return this.#globals.has(variable);
  }

  /** A closed value that is made once, when the program starts. */
  hoist(name: string, make: () => Expr): Expr {
    this.opaque();
    const variable = this.fresh.variable(name);
    this.declare(variable, this.shared);
    const group = this.shared.add("pure", () => [{ kind: "let", variable, value: make() }]);
    this.use(group);
    return b.variable(variable);
  }

  /** What the patterns of handlers name the whole exception: raising it again goes on with its backtrace. */
  readonly caught = new WeakSet<Ident>();

  boundError(loc: Location): Expr {
    return b.raise("regular", b.makeBlock(0, [b.predefinedException("Invalid_argument"), b.string("index out of bounds")]), loc);
  }

  divisionByZero(loc: Location): Expr {
    return b.raise("regular", b.predefinedException("Division_by_zero"), loc);
  }

  /** Ids below those of predefined exceptions, growing. */
  exceptionId(): bigint {
    return BigInt(this.#recordedNumber("exception")) - (1n << 40n);
  }

  staticId(): number {
    return this.#recordedNumber("static");
  }

  #recordedNumber(counter: Counter): number {
    const n = this.#draw(counter);
    this.recording?.number(counter, n);
    return n;
  }
}

/** A core expression for a meaning that is a value. */
export function valueOfMeaning(c: Compilation, meaning: Meaning): Expr {
  let m = meaning;
  for (;;) {
    switch (m.kind) {
      case "variable":
      case "reference":
        return b.variable(m.variable);
      case "group":
        c.recording?.use(m.variable);
        c.use(m.group);
        return b.variable(m.variable);
      case "constant":
        return b.constant(m.constant);
      case "expression":
        return m.make();
      case "predefined":
        return b.predefinedException(m.exception);
      case "alias":
        m = m.resolve();
        break;
      case "primitive":
      case "module":
        throw new Error(`a ${m.kind} is no value`);
    }
  }
}
