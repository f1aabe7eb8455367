/** The state of one compilation to core: names, diagnostics, units, and helpers that are made once for a program. */
import * as b from "../core/build.ts";
import type { Expr, TopBinding, Variable } from "../core/core.ts";
import { errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import type { Ident } from "../typing/types.ts";
import type { Externals } from "./externals.ts";
import type { Meaning } from "./meanings.ts";
import { Group, Schedule, Sink, type Owner } from "./sinks.ts";
import type { Units } from "./units.ts";

export class Compilation {
  readonly fresh = new b.Fresh();
  readonly diagnostics: Diagnostic[] = [];
  readonly schedule = new Schedule(true);
  /** Instances of functors without effects and helper functions: part of no unit. */
  readonly shared = new Sink(undefined, this.schedule);
  /** Units that are part of the program, in the order in which they were reached. */
  readonly linked: Owner[] = [];
  readonly #globals = new Set<Variable>();
  readonly #helpers = new Map<string, { group: Group; variable: Variable }>();
  units!: Units;
  externals!: Externals;
  /** The group being translated: its unit depends on those of what it mentions. */
  current: Group | undefined;
  /** Ids of exceptions that are made at compile time. */
  #exceptionIds = 0;
  #staticIds = 0;

  error(loc: Location, message: string): void {
    this.diagnostics.push(errorAt(loc, message));
  }

  /** Has a group translated, and its unit linked. */
  use(group: Group): void {
    if (group.owner !== undefined) this.link(group.owner);
    group.request();
  }

  /** Makes a unit part of the program: its effects run. The unit at work depends on it. */
  link(owner: Owner): void {
    const user = this.current?.owner;
    if (user !== undefined && user !== owner) user.needs.add(owner);
    if (owner.linked) return;
    owner.linked = true;
    this.linked.push(owner);
    for (const action of owner.onLink.splice(0)) action();
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
      const variable = this.fresh.variable(name);
      this.declare(variable, this.shared);
      const group = this.shared.add("pure", () => [make(variable)]);
      helper = { group, variable };
      this.#helpers.set(name, helper);
    }
    this.use(helper.group);
    return b.variable(helper.variable);
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
    return BigInt(this.#exceptionIds++) - (1n << 40n);
  }

  staticId(): number {
    return this.#staticIds++;
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
        c.use(m.group);
        return b.variable(m.variable);
      case "constant":
        return b.constant(m.constant);
      case "expression":
        return m.make();
      case "alias":
        m = m.resolve();
        break;
      case "primitive":
      case "module":
        throw new Error(`a ${m.kind} is no value`);
    }
  }
}
