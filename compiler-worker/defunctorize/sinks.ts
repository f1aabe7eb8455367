/**
 * Where translated bindings go. A structure's items become groups in a sink, in the order of the source; a group is
 * translated when something refers to it, or when it has effects and its unit is linked. Nested structures and functor
 * instances are sinks inside sinks, so that a group translated late still stands in its place.
 */
import * as b from "../core/build.ts";
import type { Expr, TopBinding } from "../core/core.ts";

/** What a sink belongs to: groups of a unit are part of its initialisation, in order. */
export interface Owner {
  readonly name: string;
  linked: boolean;
  /** Effectful groups and modules to evaluate, in order, waiting for the unit to be linked. */
  readonly onLink: (() => void)[];
  /** Units whose initialisation must come first. */
  readonly needs: Set<Owner>;
}

export class Group {
  readonly owner: Owner | undefined;
  readonly schedule: Schedule;
  readonly effectful: boolean;
  bindings: readonly TopBinding[] = [];
  state: "idle" | "scheduled" | "done" = "idle";
  readonly #translate: () => readonly TopBinding[];

  constructor(owner: Owner | undefined, schedule: Schedule, effectful: boolean, translate: () => readonly TopBinding[]) {
    this.owner = owner;
    this.schedule = schedule;
    this.effectful = effectful;
    this.#translate = translate;
  }

  request(): void {
    if (this.state !== "idle") return;
    this.state = "scheduled";
    this.schedule.pending.push(this);
  }

  run(): void {
    this.finish(this.#translate());
  }

  finish(bindings: readonly TopBinding[]): void {
    this.state = "done";
    this.bindings = bindings;
  }
}

/** Groups waiting to be translated: one list for the program, one for each structure inside an expression. */
export class Schedule {
  readonly pending: Group[] = [];
  readonly isGlobal: boolean;
  constructor(isGlobal: boolean) {
    this.isGlobal = isGlobal;
  }
}

export class Sink {
  readonly owner: Owner | undefined;
  readonly schedule: Schedule;
  readonly items: (Group | Sink)[] = [];
  /** No group below has effects or makes something that has an identity: two copies could not be told apart. */
  #shareable = true;
  readonly #parent: Sink | undefined;

  constructor(owner: Owner | undefined, schedule: Schedule, parent?: Sink) {
    this.owner = owner;
    this.schedule = schedule;
    this.#parent = parent;
  }

  get isShareable(): boolean {
    return this.#shareable;
  }

  markUnshareable(): void {
    for (let sink: Sink | undefined = this; sink !== undefined; sink = sink.#parent) sink.#shareable = false;
  }

  child(): Sink {
    const sink = new Sink(this.owner, this.schedule, this);
    this.items.push(sink);
    return sink;
  }

  /** Adds a group. `kind`: whether it must run, and whether copies of what it makes could be told apart. */
  add(kind: "pure" | "generative" | "effectful", translate: () => readonly TopBinding[]): Group {
    const group = new Group(this.owner, this.schedule, kind === "effectful", translate);
    this.items.push(group);
    if (kind !== "pure") this.markUnshareable();
    if (kind === "effectful") this.whenLinked(() => group.request());
    return group;
  }

  /** Runs `action` when the owner is linked: now if it is, and for sinks inside expressions. */
  whenLinked(action: () => void): void {
    if (this.owner === undefined || this.owner.linked) action();
    else this.owner.onLink.push(action);
  }

  /** All groups below, in order. */
  *groups(): Generator<Group> {
    const stack: (Group | Sink)[] = [this];
    for (;;) {
      const item = stack.pop();
      if (item === undefined) return;
      if (item instanceof Group) yield item;
      else for (let i = item.items.length - 1; i >= 0; i--) stack.push(item.items[i]!);
    }
  }

  /** The bindings as nested lets around `body`. */
  wrap(body: Expr): Expr {
    const bindings: TopBinding[] = [];
    for (const group of this.groups()) bindings.push(...group.bindings);
    return wrapBindings(bindings, body);
  }
}

/** Bindings as nested lets around `body`. */
export function wrapBindings(bindings: readonly TopBinding[], body: Expr): Expr {
  let result = body;
  for (let i = bindings.length - 1; i >= 0; i--) {
    const binding = bindings[i]!;
    switch (binding.kind) {
      case "let":
        result = b.letIn(binding.variable, binding.value, result);
        break;
      case "letrec":
        result = b.letrecIn(binding.functions, result);
        break;
      case "effect":
        result = b.sequence(binding.value, result);
        break;
    }
  }
  return result;
}
