/**
 * Simplification: inlining, beta, constant folding, known constructors, known conditions, join points with one jump.
 * One traversal does all of it, with the counts of the program as it was before (Peyton Jones and Marlow, "Secrets of
 * the Glasgow Haskell Compiler inliner", JFP 2002; Appel and Jim, "Shrinking lambda expressions in linear time", 1997).
 *
 * Variables are unique in the program, so what is known of them is one table without scopes. After this pass known
 * functions are applied to exactly their parameters, and the head of an application is an atom.
 */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import * as b from "./build.ts";
import type { Expr, Function, FunctionBinding, Kind, Label, Program, TopBinding, Variable } from "./core.ts";
import { diverges, isDroppable, sizeOf } from "./effects.ts";
import { CodeLocation, CopiedFunction, MovedFunction, Relocation } from "./frames.ts";
import { foldPrimitive, isBoolean, negate, type Knowledge } from "./fold.ts";
import { PassMemo } from "./memo.ts";
import { Occurrences } from "./occurrences.ts";
import { forEachExpr } from "./free.ts";
import { splitSpine } from "./top-level-spine.ts";
import { endsInEscapingTry, mapLeaves } from "./leaves.ts";
import { copyExpr, renameExpr } from "./rename.ts";
import { close, type Frame } from "./rewrite.ts";
import { resultKind } from "./signature.ts";

/** Bodies up to this size are copied to every call; calls with known functions or blocks for arguments gain from more, with constants hardly:
 * most are default values of optional arguments and empty lists. */
const SMALL_FUNCTION = 12;
const SMALL_WITH_KNOWN_ARGUMENT = 30;
const SMALL_WITH_CONSTANT = 12;
const FUNCTION_USED_ONCE = 400;
const SMALL_HANDLER = 4;
/** All copies of a small handler together may have so many nodes: a range of characters makes a jump for each. */
const COPIED_HANDLERS = 24;
/** How deep inlining goes inside inlined code. */
const MAX_INLINE_DEPTH = 12;
/** A function grows no further once its body has got this many nodes from inlining. */
const GROWTH_LIMIT = 600;

export interface SimplifyOptions {
  /** Whether functions may be copied, or only moved. */
  readonly inline: boolean;
  /** The files whose functions keep their frames in backtraces when they are inlined. */
  readonly hasFrames?: ((file: SourceFile) => boolean) | undefined;
}

interface JoinState {
  readonly parameters: readonly Variable[];
  /** To be put in the place of jumps: the handler before simplification. */
  readonly handler: Expr;
  /** The handler itself may be used up by the first jump; later ones get copies. */
  moved: boolean;
}

interface KnownFunction {
  readonly function: Function;
  /** Calls itself, directly or through others of its group. */
  readonly recursive: boolean;
}

/** What is known of a variable. */
class Fact {
  /** An atom that takes its place, or the address that the linker knows it as. */
  substitution: Expr | undefined = undefined;
  definition: Expr | undefined = undefined;
  known: KnownFunction | undefined = undefined;
  /** Of a global: the binding that defines it, by its place in the program. −1 for locals. */
  readonly binding: number;
  /** Of a global: mentions in the program and in what was copied. */
  uses: number;
  /** The binding that last looked at it. */
  seenBy = -1;

  constructor(binding: number, uses: number) {
    this.binding = binding;
    this.uses = uses;
  }
}

/** What a binding was simplified to, with all that this depended on and all that it told others. */
export interface Simplified {
  /** Globals as they were seen. */
  readonly seen: readonly { readonly variable: Variable; readonly substitution: Expr | undefined; readonly definition: Expr | undefined; readonly known: KnownFunction | undefined }[];
  /** Whether a function was used once, with this many more mentions that copies of the binding itself had made until then. */
  readonly usedOnce: readonly { readonly variable: Variable; readonly own: number; readonly answer: boolean }[];
  readonly bindings: readonly TopBinding[];
  /** What became known of the globals that it defines. */
  readonly learned: readonly { readonly variable: Variable; readonly uses: number; readonly substitution: Expr | undefined; readonly definition: Expr | undefined; readonly known: KnownFunction | undefined }[];
  /** Mentions of globals in copies. */
  readonly mentions: readonly { readonly variable: Variable; readonly count: number }[];
}

/** The memos of one round of simplification. */
export interface SimplifyMemo {
  readonly counts: PassMemo<readonly { readonly variable: Variable; readonly count: number }[]>;
  readonly results: PassMemo<Simplified>;
}

class Simplifier implements Knowledge {
  readonly #fresh: b.Fresh;
  readonly #counts: Occurrences;
  readonly #options: SimplifyOptions;
  readonly #facts = new Map<Variable, Fact>();
  /** Join points whose handlers take the place of jumps. */
  readonly #joins = new Map<Label, JoinState>();
  /** Labels made in this round, with the number of jumps; none leaves a `try`. */
  readonly #newLabels = new Map<Label, number>();
  readonly #alwaysInlined = new Set<Label>();
  #depth = 0;
  #growth = 0;
  #dialect = false;
  /** The binding at work, by its place, and its record. */
  #at = -1;
  #seen: Simplified["seen"][number][] = [];
  #usedOnce: Simplified["usedOnce"][number][] = [];
  #mentions = new Map<Variable, number>();

  constructor(fresh: b.Fresh, counts: Occurrences, options: SimplifyOptions) {
    this.#fresh = fresh;
    this.#counts = counts;
    this.#options = options;
  }

  readonly definition = (v: Variable): Expr | undefined => this.#fact(v)?.definition;

  /** What is known of `v`. That a global was looked at is noted. */
  #fact(v: Variable): Fact | undefined {
    const fact = this.#facts.get(v);
    if (fact !== undefined && fact.binding >= 0 && fact.binding !== this.#at && fact.seenBy !== this.#at) {
      fact.seenBy = this.#at;
      this.#seen.push({ variable: v, substitution: fact.substitution, definition: fact.definition, known: fact.known });
    }
    return fact;
  }

  /** Where what becomes known of a variable is put. */
  #factOf(v: Variable): Fact {
    let fact = this.#facts.get(v);
    if (fact === undefined) this.#facts.set(v, (fact = new Fact(-1, 0)));
    return fact;
  }

  #uses(v: Variable): number {
    // Variables made in this round have not been counted.
    return v.id < this.#counts.uses.length ? this.#counts.uses[v.id]! : 2;
  }

  #isUsedOnce(v: Variable): boolean {
    const fact = this.#facts.get(v);
    if (fact === undefined || fact.binding < 0) return this.#uses(v) === 1;
    const answer = fact.uses === 1;
    this.#usedOnce.push({ variable: v, own: this.#mentions.get(v) ?? 0, answer });
    return answer;
  }

  // ------------------------------------------------------------ programs

  program(program: Program, memo: SimplifyMemo): TopBinding[] {
    const { bindings } = program;
    bindings.forEach((binding, at) => {
      if (binding.kind === "let") this.#facts.set(binding.variable, new Fact(at, 0));
      else if (binding.kind === "letrec") for (const f of binding.functions) this.#facts.set(f.variable, new Fact(at, 0));
    });
    const isGlobal = (v: Variable): boolean => this.#facts.has(v);
    const counted = new Set<TopBinding>();
    for (const binding of bindings) {
      const mentions = memo.counts.get(binding, () => {
        counted.add(binding);
        return this.#counts.countBinding(binding, isGlobal);
      });
      for (const { variable, count } of mentions) this.#facts.get(variable)!.uses += count;
    }
    for (const v of program.exports.values()) {
      const fact = this.#facts.get(v);
      if (fact !== undefined) fact.uses++;
    }
    const out: TopBinding[] = [];
    bindings.forEach((binding, at) => {
      this.#at = at;
      let result = memo.results.find(binding);
      if (result === undefined || !this.#holds(result)) {
        if (!counted.has(binding)) this.#counts.countBinding(binding, (v) => (this.#facts.get(v)?.binding ?? -1) >= 0);
        result = this.#simplified(binding);
      } else this.#replay(result);
      memo.results.keep(binding, result);
      out.push(...result.bindings);
    });
    return out;
  }

  /** Whether what a result depended on is the same now. */
  #holds(result: Simplified): boolean {
    for (const { variable, substitution, definition, known } of result.seen) {
      const fact = this.#facts.get(variable);
      if (fact === undefined || fact.substitution !== substitution || fact.definition !== definition || fact.known !== known) return false;
    }
    for (const { variable, own, answer } of result.usedOnce) if ((this.#facts.get(variable)!.uses + own === 1) !== answer) return false;
    return true;
  }

  /** What the making of the result did beside giving it. */
  #replay(result: Simplified): void {
    for (const { variable, uses, substitution, definition, known } of result.learned) {
      let fact = this.#facts.get(variable);
      if (fact === undefined) this.#facts.set(variable, (fact = new Fact(this.#at, uses)));
      fact.substitution = substitution;
      fact.definition = definition;
      fact.known = known;
    }
    for (const { variable, count } of result.mentions) this.#facts.get(variable)!.uses += count;
  }

  #simplified(binding: TopBinding): Simplified {
    this.#seen = [];
    this.#usedOnce = [];
    this.#mentions = new Map();
    const bindings: TopBinding[] = [];
    this.#binding(binding, bindings);
    const learned: Simplified["learned"][number][] = [];
    const learn = (variable: Variable): void => {
      let fact = this.#facts.get(variable);
      if (fact === undefined || fact.binding < 0) {
        // A local variable that has become a global.
        const { substitution, definition, known } = fact ?? new Fact(-1, 0);
        fact = new Fact(this.#at, this.#uses(variable));
        fact.substitution = substitution;
        fact.definition = definition;
        fact.known = known;
        this.#facts.set(variable, fact);
      }
      learned.push({ variable, uses: fact.uses, substitution: fact.substitution, definition: fact.definition, known: fact.known });
    };
    for (const made of bindings) {
      if (made.kind === "let") learn(made.variable);
      else if (made.kind === "letrec") for (const f of made.functions) learn(f.variable);
    }
    const mentions = [...this.#mentions].map(([variable, count]) => ({ variable, count }));
    return { seen: this.#seen, usedOnce: this.#usedOnce, bindings, learned, mentions };
  }

  #binding(binding: TopBinding, out: TopBinding[]): void {
    this.#growth = 0;
    switch (binding.kind) {
      case "let":
        this.#topLet(binding.variable, binding.value, out);
        break;
      case "letrec": {
        for (const f of binding.functions) this.#factOf(f.variable).known = { function: f.function, recursive: true };
        const functions = binding.functions.map((f) => {
          this.#growth = 0;
          return { variable: f.variable, function: this.function(f.function) };
        });
        for (const f of functions) this.#factOf(f.variable).known = { function: f.function, recursive: true };
        const single = functions.length === 1 ? functions[0]! : undefined;
        if (single !== undefined && !mentions(single.function.body, single.variable)) {
          this.#factOf(single.variable).known = { function: single.function, recursive: false };
          out.push({ kind: "let", variable: single.variable, value: b.lambda(single.function) });
        } else out.push({ kind: "letrec", functions });
        break;
      }
      case "effect": {
        const value = this.expr(binding.value);
        if (!isDroppable(value)) out.push({ kind: "effect", value });
        break;
      }
    }
  }

  #topLet(variable: Variable, source: Expr, out: TopBinding[]): void {
    let value = this.expr(source);
    // What stands before the value becomes global as well, as far as that keeps nothing alive.
    const end = endOfSpine(value);
    if (end.kind === "function" || end.kind === "const" || end.kind === "var" || (end.kind === "primitive" && end.primitive.op === "block.make")) {
      const spine = splitSpine(value);
      out.push(...spine.before);
      value = spine.value;
    }
    this.#learn(variable, value);
    // An address that the linker knows is there before any initialiser has run: the run-time system starts first.
    if (isLinkTimeAddress(value)) this.#factOf(variable).substitution = value;
    out.push({ kind: "let", variable, value });
  }

  /** Remembers what an immutable variable is bound to. An atom takes its place everywhere. */
  #learn(variable: Variable, value: Expr): boolean {
    if (variable.mutable) return false;
    if (value.kind === "const" || (value.kind === "var" && !value.variable.mutable)) {
      this.#factOf(variable).substitution = value;
      return true;
    }
    if (value.kind === "function" || value.kind === "primitive") {
      const fact = this.#factOf(variable);
      fact.definition = value;
      if (value.kind === "function") fact.known = { function: value.function, recursive: false };
    }
    return false;
  }

  function(f: Function): Function {
    const outer = this.#dialect;
    this.#dialect = f.runtimeDialect;
    const body = this.expr(f.body);
    this.#dialect = outer;
    return body === f.body ? f : b.withBody(f, body);
  }

  // ------------------------------------------------------------ expressions

  expr(start: Expr): Expr {
    const frames: Frame[] = [];
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "let": {
          const { variable } = e;
          if (this.#uses(variable) === 0 && !variable.mutable && isDroppable(e.value)) {
            e = e.body;
            continue;
          }
          const value = this.#boxOfAtom(this.#floated(this.expr(e.value), frames), frames);
          if (diverges(value)) return close(frames, value);
          if (this.#learn(variable, value)) {
            e = e.body;
            continue;
          }
          const split = this.#caseOfCase(variable, value, e.body);
          if (split !== undefined) {
            e = split;
            continue;
          }
          frames.push((body) => letIn(variable, value, body));
          e = e.body;
          continue;
        }
        case "letrec": {
          const functions = this.#letrec(e.functions);
          if (functions !== undefined) frames.push((body) => b.letrecIn(functions, body));
          e = e.body;
          continue;
        }
        case "sequence": {
          const first = this.#floated(this.expr(e.first), frames);
          if (diverges(first)) return close(frames, first);
          if (!isDroppable(first)) frames.push((body) => b.sequence(first, body));
          e = e.second;
          continue;
        }
        case "if": {
          const condition = this.#floated(this.expr(e.condition), frames);
          const known = condition.kind === "const" && condition.constant.kind === "int" ? condition.constant.value !== 0n : undefined;
          if (known !== undefined) {
            e = known ? e.then : e.else;
            continue;
          }
          if (condition.kind === "primitive" && condition.primitive.op === "raise") return close(frames, condition);
          if (condition.kind === "if" || condition.kind === "switch" || condition.kind === "join") {
            e = this.#branchOn(condition, e.then, e.else);
            continue;
          }
          const [test, then, otherwise] = condition.kind === "primitive" && condition.primitive.op === "int.not" ? [condition.args[0]!, e.else, e.then] : [condition, e.then, e.else];
          const left = this.expr(then);
          frames.push((right) => conditional(test, left, right));
          e = otherwise;
          continue;
        }
        case "join": {
          const count = this.#jumps(e.label);
          if (count === 0) {
            e = e.body;
            continue;
          }
          if (!e.recursive && !this.#leavesTry(e.label) && (count === 1 || this.#alwaysInlined.has(e.label) || isCheapToCopy(e.handler, count))) {
            this.#joins.set(e.label, { parameters: e.parameters, handler: e.handler, moved: false });
            e = e.body;
            continue;
          }
          const { label, parameters, recursive } = e;
          const handler = this.expr(e.handler);
          frames.push((body) => b.join(label, parameters, handler, body, recursive));
          e = e.body;
          continue;
        }
        case "try": {
          const body = this.expr(e.body);
          if (isDroppable(body)) return close(frames, body);
          const exception = e.exception;
          frames.push((handler) => b.tryWith(body, exception, handler));
          e = e.handler;
          continue;
        }
        case "switch": {
          const scrutinee = this.#floated(this.expr(e.scrutinee), frames);
          if (scrutinee.kind === "const" && scrutinee.constant.kind === "int") {
            const value = scrutinee.constant.value;
            const chosen = e.cases.find((item) => BigInt(item.value) === value)?.body ?? e.default;
            if (chosen !== undefined) {
              e = chosen;
              continue;
            }
          }
          const cases = e.cases.map(({ value, body }) => ({ value, body: this.expr(body) }));
          const otherwise = e.default === undefined ? undefined : this.expr(e.default);
          return close(frames, switchOn(scrutinee, cases, otherwise));
        }
        case "jump": {
          const state = this.#joins.get(e.label);
          const args = e.args.map((arg) => this.expr(arg));
          if (state === undefined) return close(frames, b.jump(e.label, args));
          e = state.moved ? this.#instance(state.parameters, state.handler, args) : bindArguments(state.parameters, args, state.handler);
          state.moved = true;
          continue;
        }
        case "apply": {
          const result = this.#apply(e, frames);
          if (result.kind === "done") return close(frames, result.expr);
          // The inlined body: simplified in turn, one level deeper.
          this.#depth++;
          const inlined = this.expr(result.expr);
          this.#depth--;
          return close(frames, inlined);
        }
        default:
          return close(frames, this.#leaf(e));
      }
    }
  }

  /** Lets and effects at the head of a value that is evaluated first are put before it. */
  #floated(e: Expr, frames: Frame[]): Expr {
    let value = e;
    for (;;) {
      if (value.kind === "let") {
        const { variable, value: bound } = value;
        frames.push((body) => letIn(variable, bound, body));
        value = value.body;
      } else if (value.kind === "letrec") {
        const { functions } = value;
        frames.push((body) => b.letrecIn(functions, body));
        value = value.body;
      } else if (value.kind === "sequence") {
        const { first } = value;
        frames.push((body) => b.sequence(first, body));
        value = value.second;
      } else return value;
    }
  }

  /** What is put into a box is bound first, so that uses that take it out again find it. */
  #boxOfAtom(e: Expr, frames: Frame[]): Expr {
    if (e.kind !== "primitive" || (e.primitive.op !== "word.box" && e.primitive.op !== "float.box")) return e;
    const content = this.#floated(e.args[0]!, frames);
    if (diverges(content)) return content;
    if (content.kind === "const" || (content.kind === "var" && !content.variable.mutable)) return content === e.args[0] ? e : b.primitive(e.primitive, [content], e.loc);
    const v = this.#fresh.variable("content", e.primitive.op === "word.box" ? "word" : "float");
    this.#learn(v, content);
    frames.push((body) => letIn(v, content, body));
    return b.primitive(e.primitive, [b.variable(v)], e.loc);
  }

  #leaf(e: Expr): Expr {
    switch (e.kind) {
      case "var":
        return this.#fact(e.variable)?.substitution ?? e;
      case "function": {
        const f = this.function(e.function);
        const eta = this.#eta(f);
        return eta ?? (f === e.function ? e : b.lambda(f));
      }
      case "primitive": {
        let changed = false;
        const args = e.args.map((arg) => {
          const simple = this.expr(arg);
          if (simple !== arg) changed = true;
          return simple;
        });
        const folded = foldPrimitive(e.primitive, args, this);
        if (folded !== undefined) return folded.kind === "const" ? withEffectsOf(args, folded) : folded;
        return changed ? b.primitive(e.primitive, args, e.loc) : e;
      }
      case "assign": {
        const value = this.expr(e.value);
        return value === e.value ? e : b.assign(e.variable, value);
      }
      default:
        return e;
    }
  }

  /** `fun x y -> f x y` is `f`, when `f` is a function of as many values. */
  #eta(f: Function): Expr | undefined {
    if (f.body.kind !== "apply" || f.body.function.kind !== "var" || f.body.args.length !== f.parameters.length || f.result === "word" || f.result === "float") return undefined;
    // Where it is called, its frame is told of.
    if (f.loc instanceof CopiedFunction || f.loc instanceof MovedFunction) return undefined;
    const target = f.body.function.variable;
    const known = this.#fact(target)?.known;
    if (known === undefined || known.function.parameters.length !== f.parameters.length || f.parameters.includes(target)) return undefined;
    if (isUnboxed(known.function.result) || known.function.parameters.some((p) => isUnboxed(p.kind))) return undefined;
    const args = f.body.args;
    return f.parameters.every((p, i) => {
      const arg = args[i]!;
      return arg.kind === "var" && arg.variable === p;
    })
      ? f.body.function
      : undefined;
  }

  #letrec(functions: readonly FunctionBinding[]): FunctionBinding[] | undefined {
    if (functions.every((f) => this.#uses(f.variable) === 0)) return undefined;
    for (const f of functions) this.#factOf(f.variable).known = { function: f.function, recursive: true };
    const out = functions.map((f) => ({ variable: f.variable, function: this.function(f.function) }));
    const single = out.length === 1 && !mentions(out[0]!.function.body, out[0]!.variable);
    for (const f of out) this.#factOf(f.variable).known = { function: f.function, recursive: !single };
    return out;
  }

  #jumps(label: Label): number {
    const made = this.#newLabels.get(label);
    if (made !== undefined) return made;
    return label.id < this.#counts.jumps.length ? this.#counts.jumps[label.id]! : 2;
  }

  #leavesTry(label: Label): boolean {
    if (this.#newLabels.has(label)) return false;
    return label.id >= this.#counts.leavesTry.length || this.#counts.leavesTry[label.id] === 1;
  }

  // ------------------------------------------------------------ conditions

  /**
   * `if (if a then b else false) then x else y`: both branches become join points and each constant that the condition
   * ends in a jump. The condition is simplified already.
   */
  #branchOn(condition: Expr, then: Expr, otherwise: Expr): Expr {
    if (endsInEscapingTry(condition)) {
      const test = this.#fresh.variable("test", "immediate");
      return b.letIn(test, condition, b.ifThenElse(b.variable(test), then, otherwise));
    }
    const yes = this.#fresh.label("then");
    const no = this.#fresh.label("else");
    let jumpsToYes = 0;
    let jumpsToNo = 0;
    const toYes = (): Expr => {
      jumpsToYes++;
      return b.jump(yes, []);
    };
    const toNo = (): Expr => {
      jumpsToNo++;
      return b.jump(no, []);
    };
    const body = mapLeaves(condition, (leaf) => {
      if (leaf.kind === "const") return leaf.constant.kind === "int" && leaf.constant.value === 0n ? toNo() : toYes();
      return b.ifThenElse(leaf, toYes(), toNo());
    });
    this.#newLabels.set(yes, jumpsToYes);
    this.#newLabels.set(no, jumpsToNo);
    return b.join(yes, [], then, b.join(no, [], otherwise, body));
  }

  /**
   * `let x = if … then Some a else None in match x with …`: the test of `x` moves into the branches, where the
   * constructor is known (case of case, by join points). The branches of the match become join points of `x`.
   */
  #caseOfCase(variable: Variable, value: Expr, body: Expr): Expr | undefined {
    if (variable.mutable || (value.kind !== "if" && value.kind !== "switch" && value.kind !== "join")) return undefined;
    const isTest = body.kind === "if" ? testsOnly(body.condition, variable) : body.kind === "switch" && testsOnly(body.scrutinee, variable);
    const isTuple = body.kind === "let" && body.value.kind === "primitive" && body.value.primitive.op === "block.field" && isVariable(body.value.args[0]!, variable);
    if ((!isTest && !isTuple) || endsInEscapingTry(value)) return undefined;
    let known = 0;
    mapLeaves(value, (leaf) => {
      if (leaf.kind === "const" || (leaf.kind === "primitive" && leaf.primitive.op === "block.make")) known++;
      return leaf;
    });
    if (known === 0) return undefined;
    const k = this.#fresh.label("case");
    let jumps = 0;
    const branching = mapLeaves(value, (leaf) => {
      jumps++;
      return b.jump(k, [leaf]);
    });
    this.#newLabels.set(k, jumps);
    if (!isTest) return b.join(k, [variable], body, branching);
    const joins: { label: Label; parameter: Variable; handler: Expr }[] = [];
    const branch = (handler: Expr): Expr => {
      if (sizeOf(handler, SMALL_HANDLER) <= SMALL_HANDLER) return handler;
      const label = this.#fresh.label("branch");
      const parameter = this.#fresh.copy(variable);
      joins.push({ label, parameter, handler: renameExpr(handler, new Map([[variable, parameter]])) });
      // The test is copied to every leaf; how often the branch is reached is known in the next round.
      this.#newLabels.set(label, 2);
      return b.jump(label, [b.variable(variable)]);
    };
    let handler: Expr;
    if (body.kind === "if") handler = b.ifThenElse(body.condition, branch(body.then), branch(body.else));
    else if (body.kind === "switch") handler = b.switchOn(body.scrutinee, body.cases.map(({ value: n, body: inner }) => ({ value: n, body: branch(inner) })), body.default === undefined ? undefined : branch(body.default));
    else return undefined;
    this.#alwaysInlined.add(k);
    let result = b.join(k, [variable], handler, branching);
    for (const { label, parameter, handler: inner } of joins) result = b.join(label, [parameter], inner, result);
    return result;
  }

  // ------------------------------------------------------------ applications

  #apply(e: Extract<Expr, { kind: "apply" }>, frames: Frame[]): { readonly kind: "done" | "inlined"; readonly expr: Expr } {
    const args = e.args.map((arg) => this.expr(arg));
    const head = this.expr(e.function);
    const { loc, inline, tailcall } = e;
    if (head.kind === "function" && head.function.parameters.length === args.length) return { kind: "inlined", expr: bindArguments(head.function.parameters, args, head.function.body) };
    if (head.kind !== "var") {
      // The arguments come first, from right to left.
      const atoms = this.#atoms(args, frames);
      const f = this.#floated(head, frames);
      if (diverges(f)) return { kind: "done", expr: f };
      if (f.kind === "var") return this.#apply(b.apply(f, atoms, loc, inline, tailcall) as Extract<Expr, { kind: "apply" }>, frames);
      const v = this.#fresh.variable("f");
      this.#learn(v, f);
      frames.push((body) => b.letIn(v, f, body));
      const call = b.apply(b.variable(v), atoms, loc, inline, tailcall) as Extract<Expr, { kind: "apply" }>;
      // Now that it has a name, it is known to have other parameters.
      return f.kind === "function" ? this.#apply(call, frames) : { kind: "done", expr: call };
    }
    const known = this.#fact(head.variable)?.known;
    if (known === undefined) {
      if (head === e.function && args.every((arg, i) => arg === e.args[i])) return { kind: "done", expr: e };
      return { kind: "done", expr: b.apply(head, args, loc, inline, tailcall) };
    }
    const arity = known.function.parameters.length;
    if (args.length < arity) return { kind: "done", expr: this.#partial(head, known.function, args, loc, frames) };
    if (args.length > arity) {
      const rest = this.#atoms(args.slice(arity), frames);
      const g = this.#fresh.variable("f");
      const first = this.expr(b.apply(head, args.slice(0, arity), loc, inline));
      const value = this.#floated(first, frames);
      if (diverges(value)) return { kind: "done", expr: value };
      if (b.isAtom(value)) return this.#apply(b.apply(value, rest, loc) as Extract<Expr, { kind: "apply" }>, frames);
      this.#learn(g, value);
      frames.push((body) => b.letIn(g, value, body));
      return { kind: "done", expr: b.apply(b.variable(g), rest, loc, "default", tailcall) };
    }
    if (this.#shouldInline(head.variable, known, args, inline)) {
      this.#growth += sizeOf(known.function.body, GROWTH_LIMIT);
      const moved = this.#isUsedOnce(head.variable);
      return { kind: "inlined", expr: this.#instance(known.function.parameters, known.function.body, args, moved, this.#relocation(known.function, loc)) };
    }
    return { kind: "done", expr: b.apply(head, args, loc, inline, tailcall) };
  }

  /** A function's code that takes the place of a call keeps its frame in backtraces. */
  #relocation(f: Function, call: Location | undefined): Relocation | undefined {
    const { hasFrames } = this.#options;
    if (call === undefined || f.loc === undefined || hasFrames === undefined) return undefined;
    return hasFrames(f.loc.file) || hasFrames(call.file) ? new Relocation(f, call) : undefined;
  }

  /** A copy of `body` with its parameters bound to arguments. What it mentions is used once more, unless it was the only user (`moved`). */
  #instance(parameters: readonly Variable[], body: Expr, args: readonly Expr[], moved = false, relocation?: Relocation): Expr {
    const renaming = new Map<Variable, Variable>();
    const fresh = parameters.map((p) => {
      const copy = this.#fresh.copy(p);
      renaming.set(p, copy);
      return copy;
    });
    const copy = copyExpr(this.#fresh, body, renaming, relocation);
    if (!moved)
      forEachExpr(copy, (e) => {
        if (e.kind === "var") this.#mention(e.variable);
      });
    return bindArguments(fresh, args, copy);
  }

  #mention(v: Variable): void {
    const { uses } = this.#counts;
    if (v.id >= uses.length) return;
    const fact = this.#facts.get(v);
    if (fact === undefined || fact.binding < 0) uses[v.id]!++;
    else {
      fact.uses++;
      this.#mentions.set(v, (this.#mentions.get(v) ?? 0) + 1);
    }
  }

  #shouldInline(v: Variable, known: KnownFunction, args: readonly Expr[], attribute: string): boolean {
    const f = known.function;
    if (attribute === "never" || known.recursive) return false;
    // Between taking an address and using it nothing may be allocated: the dialect's code keeps to itself.
    if (f.runtimeDialect && !this.#dialect && f.inline !== "always") return false;
    if (attribute === "always" || f.inline === "always") return this.#depth < 100;
    if (f.inline === "never" || !this.#options.inline || this.#depth >= MAX_INLINE_DEPTH || this.#growth > GROWTH_LIMIT) return false;
    if (this.#isUsedOnce(v)) return sizeOf(f.body, FUNCTION_USED_ONCE) <= FUNCTION_USED_ONCE;
    const informative = args.some((arg) => arg.kind === "function" || (arg.kind === "var" && this.#isInformative(arg.variable)));
    const constant = args.some((arg) => arg.kind === "const");
    const limit = f.inline === "hint" ? 3 * SMALL_WITH_KNOWN_ARGUMENT : informative ? SMALL_WITH_KNOWN_ARGUMENT : constant ? SMALL_WITH_CONSTANT : SMALL_FUNCTION;
    // The call itself goes away.
    return sizeOf(f.body, limit + args.length) <= limit + args.length;
  }

  /** A function or a block that is made in sight. */
  #isInformative(v: Variable): boolean {
    const fact = this.#fact(v);
    if (fact === undefined) return false;
    if (fact.known !== undefined) return true;
    const d = fact.definition;
    return d !== undefined && d.kind === "primitive" && (d.primitive.op === "block.make" || d.primitive.op === "float.box" || d.primitive.op === "word.box");
  }

  /** `f a` for a function of more parameters: a closure of the rest. */
  #partial(head: Expr, f: Function, args: readonly Expr[], loc: Function["loc"], frames: Frame[]): Expr {
    const atoms = this.#atoms(args, frames);
    const rest = f.parameters.slice(args.length).map((p) => this.#fresh.variable(p.name, p.kind));
    return b.lambda(b.makeFunction(`${f.name}.partial`, rest, b.apply(head, [...atoms, ...rest.map(b.variable)], loc === undefined ? undefined : new CodeLocation(loc, { isTail: true })), { loc, result: f.result }));
  }

  /** Binds what is no atom, from right to left, before the expression. */
  #atoms(args: readonly Expr[], frames: Frame[]): Expr[] {
    const atoms: Expr[] = new Array<Expr>(args.length);
    for (let i = args.length - 1; i >= 0; i--) {
      const arg = args[i]!;
      if (arg.kind === "const" || (arg.kind === "var" && !arg.variable.mutable)) atoms[i] = arg;
      else {
        const v = this.#fresh.variable("arg", kindOfArgument(arg));
        const value = this.#floated(arg, frames);
        if (this.#learn(v, value)) atoms[i] = value;
        else {
          frames.push((body) => b.letIn(v, value, body));
          atoms[i] = b.variable(v);
        }
      }
    }
    return atoms;
  }
}

/** Whether a handler may take the place of each of `count` jumps to it. */
function isCheapToCopy(handler: Expr, count: number): boolean {
  const size = sizeOf(handler, SMALL_HANDLER);
  return size <= SMALL_HANDLER && size * count <= COPIED_HANDLERS;
}

function kindOfArgument(e: Expr): Kind {
  if (e.kind === "primitive") {
    const kind = resultKind(e.primitive);
    return kind === "never" ? "value" : kind;
  }
  if (e.kind === "var") return e.variable.kind;
  return "value";
}

function isUnboxed(kind: Kind): boolean {
  return kind === "word" || kind === "float";
}

/** Parameters as lets, the last argument evaluated first. */
function bindArguments(parameters: readonly Variable[], args: readonly Expr[], body: Expr): Expr {
  let result = body;
  for (let i = 0; i < parameters.length; i++) result = b.letIn(parameters[i]!, args[i]!, result);
  return result;
}

function letIn(variable: Variable, value: Expr, body: Expr): Expr {
  // A value that is returned at once needs no name.
  if (body.kind === "var" && body.variable === variable) return value;
  return b.letIn(variable, value, body);
}

function conditional(test: Expr, then: Expr, otherwise: Expr): Expr {
  if (then.kind === "const" && otherwise.kind === "const" && then.constant.kind === "int" && otherwise.constant.kind === "int") {
    const [x, y] = [then.constant.value, otherwise.constant.value];
    if (x === y && isDroppable(test)) return then;
    if (isBoolean(test)) {
      if (x === 1n && y === 0n) return test;
      if (x === 0n && y === 1n) return negate(test);
    }
  }
  return b.ifThenElse(test, then, otherwise);
}

function switchOn(scrutinee: Expr, cases: readonly { readonly value: number; readonly body: Expr }[], otherwise: Expr | undefined): Expr {
  if (otherwise === undefined && cases.length === 1) return isDroppable(scrutinee) ? cases[0]!.body : b.sequence(scrutinee, cases[0]!.body);
  if (cases.length === 0 && otherwise !== undefined) return isDroppable(scrutinee) ? otherwise : b.sequence(scrutinee, otherwise);
  return b.switchOn(scrutinee, cases, otherwise);
}

function mentions(root: Expr, v: Variable): boolean {
  let found = false;
  forEachExpr(root, (e) => {
    if (e.kind === "var" && e.variable === v) found = true;
  });
  return found;
}

/** `raw.static`, `raw.symbol`, and those with a constant added. */
function isLinkTimeAddress(e: Expr): boolean {
  if (e.kind !== "primitive") return false;
  const { op } = e.primitive;
  if (op === "raw.static" || op === "raw.symbol") return true;
  return op === "word.add" && e.args.every((arg) => arg.kind === "const" || isLinkTimeAddress(arg));
}

function isVariable(e: Expr, v: Variable): boolean {
  return e.kind === "var" && e.variable === v;
}

/** Whether `e` looks at `v` (itself, its tag, whether it is immediate, its first field) and at nothing else. */
function testsOnly(e: Expr, v: Variable): boolean {
  if (isVariable(e, v)) return true;
  if (e.kind !== "primitive") return false;
  switch (e.primitive.op) {
    case "value.isInt":
    case "block.tag":
    case "int.not":
      return testsOnly(e.args[0]!, v);
    case "value.eq":
    case "value.ne":
    case "int.compare":
      return (isVariable(e.args[0]!, v) && e.args[1]!.kind === "const") || (isVariable(e.args[1]!, v) && e.args[0]!.kind === "const");
    default:
      return false;
  }
}

/** `result` instead of an operation on `args`: what these do happens nevertheless (`None = Some (f x)` is false), from right to left. */
function withEffectsOf(args: readonly Expr[], result: Expr): Expr {
  return args.reduce((rest, arg) => (isDroppable(arg) ? rest : b.sequence(arg, rest)), result);
}

function endOfSpine(e: Expr): Expr {
  let end = e;
  for (;;) {
    if (end.kind === "let" || end.kind === "letrec") end = end.body;
    else if (end.kind === "sequence") end = end.second;
    else return end;
  }
}

/** One round of simplification of a whole program. */
export function simplify(program: Program, fresh: b.Fresh, options: SimplifyOptions, memo: SimplifyMemo = { counts: new PassMemo(), results: new PassMemo() }): Program {
  const counts = new Occurrences(fresh.variableCount, fresh.labelCount);
  return { bindings: new Simplifier(fresh, counts, options).program(program, memo), exports: program.exports };
}
