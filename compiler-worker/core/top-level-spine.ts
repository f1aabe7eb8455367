/**
 * What stands before the value of a top-level binding, and what of it may become global too. A global is reachable for as long as the program
 * runs. In OCaml only the variables of modules are: what is made for a moment, such as the first node of a queue whose ends move on, must not
 * be kept, because everything that ever was in the queue hangs on it ("space safety": Appel, Compiling with Continuations, chapter 12).
 */
import * as b from "./build.ts";
import type { Expr, Function, FunctionBinding, TopBinding, Variable } from "./core.ts";
import { forEachExpr } from "./free.ts";

type Item = { readonly kind: "let"; readonly variable: Variable; readonly value: Expr } | { readonly kind: "letrec"; readonly functions: readonly FunctionBinding[] } | { readonly kind: "effect"; readonly value: Expr };

export interface Spine {
  /** Bindings that can be global, in order. */
  readonly before: readonly TopBinding[];
  readonly value: Expr;
}

/** `undefined`: the end of the spine. */
interface Entry {
  readonly item: Item | undefined;
  readonly value: Expr | undefined;
  /** Variables of the spine that it mentions. */
  readonly mentions: ReadonlySet<Variable>;
}

/** Takes apart the value of a global: what stands before its end, as far as it may be global. */
export function splitSpine(value: Expr): Spine {
  const items: Item[] = [];
  let end = value;
  for (;;) {
    if (end.kind === "let" && !end.variable.mutable) {
      items.push({ kind: "let", variable: end.variable, value: end.value });
      end = end.body;
    } else if (end.kind === "letrec") {
      items.push({ kind: "letrec", functions: end.functions });
      end = end.body;
    } else if (end.kind === "sequence") {
      items.push({ kind: "effect", value: end.first });
      end = end.second;
    } else break;
  }
  const passing = passingVariables(items, end);
  if (passing.size === 0) return { before: items, value: end };
  const entries = nested(entriesOf(items, end), passing);
  const before = entries.slice(0, -1).map(({ item }) => item!);
  return before.length === 0 ? { before, value } : { before, value: entries.at(-1)!.value! };
}

const isBlock = (e: Expr): e is Extract<Expr, { kind: "primitive" }> & { primitive: { op: "block.make"; mutable: boolean } } => e.kind === "primitive" && e.primitive.op === "block.make";

/** Variables of the spine whose values nothing may hold once the global is made: neither functions nor immutable fields. */
function passingVariables(items: readonly Item[], end: Expr): Set<Variable> {
  const kept = new Set<Variable>();
  const keepFunction = (f: Function): void =>
    forEachExpr(f.body, (e) => {
      if (e.kind === "var" || e.kind === "assign") kept.add(e.variable);
    });
  const keep = (e: Expr): void => {
    if (e.kind === "var") kept.add(e.variable);
    else if (e.kind === "function") keepFunction(e.function);
    else if (isBlock(e)) {
      // The fields of a mutable block may be given up.
      for (const arg of e.args) if (!e.primitive.mutable || arg.kind === "function") keep(arg);
    }
  };
  keep(end);
  for (const item of items.toReversed()) {
    if (item.kind === "letrec") for (const f of item.functions) keepFunction(f.function);
    else if (item.kind === "let" && (item.value.kind === "function" || kept.has(item.variable))) keep(item.value);
  }
  const passing = new Set<Variable>();
  /** What no memory is taken for when the program runs, or nothing but a block of what is kept. */
  const isHarmless = (e: Expr): boolean => e.kind === "const" || e.kind === "function" || (e.kind === "var" && !passing.has(e.variable)) || (isBlock(e) && !e.primitive.mutable && e.args.every(isHarmless));
  for (const item of items) if (item.kind === "let" && item.variable.kind === "value" && !kept.has(item.variable) && !isHarmless(item.value)) passing.add(item.variable);
  return passing;
}

function entriesOf(items: readonly Item[], end: Expr): Entry[] {
  const spine = new Set(items.flatMap((item) => defined(item)));
  const mentioned = (roots: readonly Expr[]): Set<Variable> => {
    const found = new Set<Variable>();
    for (const root of roots)
      forEachExpr(root, (e) => {
        if ((e.kind === "var" || e.kind === "assign") && spine.has(e.variable)) found.add(e.variable);
      });
    return found;
  };
  const entries: Entry[] = items.map((item) => ({ item, value: item.kind === "letrec" ? undefined : item.value, mentions: mentioned(item.kind === "letrec" ? item.functions.map((f) => f.function.body) : [item.value]) }));
  entries.push({ item: undefined, value: end, mentions: mentioned([end]) });
  return entries;
}

function defined(item: Item | undefined): readonly Variable[] {
  if (item === undefined || item.kind === "effect") return [];
  return item.kind === "let" ? [item.variable] : item.functions.map((f) => f.variable);
}

/** Whether the entry is functions, or a block with functions in it. */
const makesFunction = (entry: Entry): boolean => isFunctions(entry) || (entry.value !== undefined && (entry.value.kind === "function" || (isBlock(entry.value) && entry.value.args.some((arg) => arg.kind === "function"))));

const mentionsAny = ({ mentions }: Entry, names: ReadonlySet<Variable>): boolean => [...mentions].some((v) => names.has(v));

const isFunctions = ({ item }: Entry): boolean => item?.kind === "letrec" || (item?.kind === "let" && item.value.kind === "function");

/**
 * Puts each passing variable, with what stands between, inside the last entry that mentions it. Where something between is mentioned later
 * too, all that follows goes inside the value. Only where functions follow, which are known when they are global, the variable becomes
 * global nevertheless, and what it holds is kept for ever.
 */
function nested(entries: Entry[], passing: ReadonlySet<Variable>): Entry[] {
  for (let i = 0; i < entries.length - 1; i++) {
    const { item } = entries[i]!;
    if (item?.kind !== "let" || !passing.has(item.variable)) continue;
    const last = entries.findLastIndex(({ mentions }) => mentions.has(item.variable));
    if (last < 0) continue;
    const user = entries[last]!;
    const inside: Entry[] = [entries[i]!];
    /** Functions that use nothing of what goes inside: when they are made does not matter. */
    const outside: Entry[] = [];
    const names = new Set([item.variable]);
    for (const entry of entries.slice(i + 1, last)) {
      if (isFunctions(entry) && !mentionsAny(entry, names)) outside.push(entry);
      else {
        inside.push(entry);
        for (const v of defined(entry.item)) names.add(v);
      }
    }
    if (user.value === undefined || isFunctions(user) || entries.slice(last + 1).some((entry) => mentionsAny(entry, names))) {
      const rest = entries.slice(i);
      if (rest.some(makesFunction)) continue;
      const value = rest.slice(0, -1).reduceRight((body, { item: outer }) => wrap(outer!, body), rest.at(-1)!.value!);
      return [...entries.slice(0, i), { item: undefined, value, mentions: new Set() }];
    }
    const value = inside.reduceRight((body, { item: outer }) => wrap(outer!, body), user.value);
    const mentions = new Set([...inside, user].flatMap((entry) => [...entry.mentions]).filter((v) => !names.has(v)));
    entries.splice(i, last - i + 1, ...outside, { item: withValue(user.item, value), value, mentions });
    i--;
  }
  return entries;
}

function withValue(item: Item | undefined, value: Expr): Item | undefined {
  return item === undefined || item.kind === "letrec" ? item : { ...item, value };
}

function wrap(item: Item, body: Expr): Expr {
  if (item.kind === "let") return b.letIn(item.variable, item.value, body);
  return item.kind === "letrec" ? b.letrecIn(item.functions, body) : b.sequence(item.value, body);
}
