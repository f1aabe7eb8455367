/**
 * Cases that cannot happen: a case on a block's tag is left out when nothing that runs makes a block of that tag with the fields that the
 * case reads. Whole program, all supposed to be impossible at first: what only such a case leads to makes nothing (rapid type analysis,
 * Bacon and Sweeney, OOPSLA 1996, with tags for classes). An interpreter of formats or of pages is so cut to what the program asks of it.
 *
 * Types are not looked at, so casts make no difference. What makes blocks of tags that are not in the program's text says so by
 * the machine operation `any_tag`.
 */
import * as b from "./build.ts";
import type { Constant, Expr, Function, Label, Program, TopBinding, Variable } from "./core.ts";
import { effectOf } from "./effects.ts";
import { PassMemo } from "./memo.ts";
import { rewrite, type Rules } from "./rewrite.ts";

/** From here on tags are the run-time system's. */
const FIRST_SPECIAL_TAG = 244;
const ANY_TAG = "any_tag";

/** A case of a match on a tag, with the number of fields that it reads at once. */
interface Condition {
  readonly tag: number;
  readonly fields: number;
}

/** What leads to code that is elsewhere: functions and join points. */
type Name = Variable | Label;

/** Code that may run as soon as it is reached, and what it leads to. */
class Region {
  readonly uses = new Set<Name>();
  /** Local functions and join points. */
  readonly definitions: { readonly name: Name; readonly region: Region }[] = [];
  /** Blocks made, as `tag << 24 | size`. */
  readonly makes = new Set<number>();
  makesAny = false;
  readonly cases: (Condition & { readonly region: Region })[] = [];
}

/** What a binding leads to: as a whole, or its functions one by one. */
interface Summary {
  readonly value: Region | undefined;
  readonly functions: readonly Region[];
}

/** A binding without its impossible cases, and what was said of all of them. */
interface Pruned {
  readonly answers: readonly (Condition & { readonly possible: boolean })[];
  readonly binding: TopBinding;
}

export interface ImpossibleCasesMemo {
  readonly summaries: PassMemo<Summary>;
  readonly results: PassMemo<Pruned>;
}

/** The fields of `scrutinee` that `body` reads before it does anything else. */
function fieldsRead(body: Expr, scrutinee: Variable): number {
  let fields = 0;
  for (let e = body; e.kind === "let"; e = e.body) {
    const { value } = e;
    if (value.kind !== "primitive" || effectOf(value.primitive) === "effect" || !value.args.every(b.isAtom)) break;
    const block = value.args[0];
    if (value.primitive.op === "block.field" && block?.kind === "var" && block.variable === scrutinee) fields = Math.max(fields, value.primitive.index + 1);
  }
  return fields;
}

/** The variable whose tag decides, when `e` is a match on a tag. */
function taggedVariable(e: Expr): Variable | undefined {
  if (e.kind !== "switch" || e.scrutinee.kind !== "primitive" || e.scrutinee.primitive.op !== "block.tag") return undefined;
  const block = e.scrutinee.args[0]!;
  return block.kind === "var" && !block.variable.mutable ? block.variable : undefined;
}

function collectConstant(constant: Constant, region: Region): void {
  if (constant.kind !== "block") return;
  const pending: Constant[] = [constant];
  for (let c = pending.pop(); c !== undefined; c = pending.pop()) {
    if (c.kind !== "block") continue;
    region.makes.add((c.tag << 24) | c.fields.length);
    for (const field of c.fields) pending.push(field);
  }
}

function collect(start: Expr, region: Region): void {
  const pending: Expr[] = [start];
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    switch (e.kind) {
      case "var":
        region.uses.add(e.variable);
        break;
      case "const":
        collectConstant(e.constant, region);
        break;
      case "let":
        if (e.value.kind === "function") region.definitions.push({ name: e.variable, region: regionOf(e.value.function.body) });
        else pending.push(e.value);
        pending.push(e.body);
        break;
      case "letrec":
        for (const f of e.functions) region.definitions.push({ name: f.variable, region: regionOf(f.function.body) });
        pending.push(e.body);
        break;
      case "function":
        pending.push(e.function.body);
        break;
      case "apply":
        pending.push(e.function, ...e.args);
        break;
      case "primitive": {
        const p = e.primitive;
        if (p.op === "block.make") region.makes.add((p.tag << 24) | e.args.length);
        else if (p.op === "alloc.small") region.makes.add((p.tag << 24) | p.size);
        else if (p.op === "raw.machine" && p.name === ANY_TAG) region.makesAny = true;
        pending.push(...e.args);
        break;
      }
      case "if":
        pending.push(e.condition, e.then, e.else);
        break;
      case "switch": {
        pending.push(e.scrutinee);
        if (e.default !== undefined) pending.push(e.default);
        const scrutinee = taggedVariable(e);
        for (const item of e.cases) {
          if (scrutinee === undefined || item.value >= FIRST_SPECIAL_TAG) {
            pending.push(item.body);
            continue;
          }
          region.cases.push({ tag: item.value, fields: fieldsRead(item.body, scrutinee), region: regionOf(item.body) });
        }
        break;
      }
      case "join":
        region.definitions.push({ name: e.label, region: regionOf(e.handler) });
        pending.push(e.body);
        break;
      case "jump":
        region.uses.add(e.label);
        pending.push(...e.args);
        break;
      case "try":
        pending.push(e.body, e.handler);
        break;
      case "sequence":
        pending.push(e.first, e.second);
        break;
      case "assign":
        pending.push(e.value);
        break;
    }
  }
}

function regionOf(e: Expr): Region {
  const region = new Region();
  collect(e, region);
  return region;
}

function summarise(binding: TopBinding): Summary {
  if (binding.kind === "letrec") return { value: undefined, functions: binding.functions.map((f) => regionOf(f.function.body)) };
  return { value: regionOf(binding.value), functions: [] };
}

/** What can happen when the program runs. */
class Possible {
  #any = false;
  /** The largest size of blocks made, by tag. */
  readonly #sizes = new Float64Array(256).fill(-1);
  readonly #waiting: (Condition & { readonly region: Region })[][] = [];
  readonly #reached: Region[] = [];
  readonly #used = new Set<Name>();
  readonly #definitions = new Map<Name, Region>();

  constructor(program: Program, memo: PassMemo<Summary>) {
    // Arrays, which casts may make anything of.
    this.#sizes[0] = Infinity;
    for (const binding of program.bindings) {
      const { value, functions } = memo.get(binding, summarise);
      if (binding.kind === "letrec") binding.functions.forEach((f, i) => this.#definitions.set(f.variable, functions[i]!));
      else if (binding.kind === "let" && binding.value.kind === "function") this.#definitions.set(binding.variable, value!);
      else this.#reached.push(value!);
    }
    for (const v of program.exports.values()) this.#use(v);
    for (let region = this.#reached.pop(); region !== undefined; region = this.#reached.pop()) this.#enter(region);
  }

  holds({ tag, fields }: Condition): boolean {
    return this.#any || this.#sizes[tag]! >= fields;
  }

  #use(name: Name): void {
    if (this.#used.has(name)) return;
    this.#used.add(name);
    const region = this.#definitions.get(name);
    if (region !== undefined) this.#reached.push(region);
  }

  #enter(region: Region): void {
    for (const { name, region: inner } of region.definitions) this.#definitions.set(name, inner);
    for (const name of region.uses) this.#use(name);
    for (const made of region.makes) {
      const tag = made >>> 24;
      const size = made & 0xff_ffff;
      if (size <= this.#sizes[tag]!) continue;
      this.#sizes[tag] = size;
      this.#wake(tag);
    }
    if (region.makesAny && !this.#any) {
      this.#any = true;
      for (let tag = 0; tag < this.#waiting.length; tag++) this.#wake(tag);
    }
    for (const item of region.cases) {
      if (this.holds(item)) this.#reached.push(item.region);
      else (this.#waiting[item.tag] ??= []).push(item);
    }
  }

  #wake(tag: number): void {
    const waiting = this.#waiting[tag];
    if (waiting === undefined) return;
    this.#waiting[tag] = waiting.filter((item) => {
      if (!this.holds(item)) return true;
      this.#reached.push(item.region);
      return false;
    });
  }
}

class Pruner implements Rules {
  readonly answers: (Condition & { readonly possible: boolean })[] = [];
  readonly #possible: Possible;

  constructor(possible: Possible) {
    this.#possible = possible;
  }

  readonly node = (e: Expr): Expr | undefined => {
    const scrutinee = taggedVariable(e);
    if (scrutinee === undefined || e.kind !== "switch") return undefined;
    const cases = e.cases.filter((item) => {
      if (item.value >= FIRST_SPECIAL_TAG) return true;
      const condition = { tag: item.value, fields: fieldsRead(item.body, scrutinee) };
      const possible = this.#possible.holds(condition);
      this.answers.push({ ...condition, possible });
      return possible;
    });
    if (cases.length === e.cases.length) return undefined;
    // Code that cannot be reached stays code.
    if (cases.length === 0 && e.default === undefined) return b.unit;
    const otherwise = e.default === undefined ? undefined : rewrite(this, e.default);
    if (cases.length === 0) return otherwise!;
    return b.switchOn(e.scrutinee, cases.map(({ value, body }) => ({ value, body: rewrite(this, body) })), otherwise);
  };

  readonly function = (f: Function): Function => {
    const body = rewrite(this, f.body);
    return body === f.body ? f : b.withBody(f, body);
  };

  binding(binding: TopBinding): TopBinding {
    if (binding.kind === "letrec") {
      const functions = binding.functions.map((f) => {
        const pruned = this.function(f.function);
        return pruned === f.function ? f : { variable: f.variable, function: pruned };
      });
      return functions.every((f, i) => f === binding.functions[i]) ? binding : { kind: "letrec", functions };
    }
    const value = rewrite(this, binding.value);
    if (value === binding.value) return binding;
    return binding.kind === "let" ? { kind: "let", variable: binding.variable, value } : { kind: "effect", value };
  }
}

export function removeImpossibleCases(program: Program, memo: ImpossibleCasesMemo = { summaries: new PassMemo(), results: new PassMemo() }): Program {
  const possible = new Possible(program, memo.summaries);
  const bindings = program.bindings.map((binding) => {
    let pruned = memo.results.findIf(binding, ({ answers }) => answers.every((a) => possible.holds(a) === a.possible));
    if (pruned === undefined) {
      const pruner = new Pruner(possible);
      pruned = { binding: pruner.binding(binding), answers: pruner.answers };
    }
    memo.results.keep(binding, pruned);
    return pruned.binding;
  });
  return { bindings, exports: program.exports };
}
