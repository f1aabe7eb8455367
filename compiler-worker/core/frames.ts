/**
 * Whose frame a place in the code belongs to, for backtraces. Code of one function that comes to stand in another's keeps its own name, and
 * the places of the calls that were there: the frames that would be on the stack.
 */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import * as b from "./build.ts";
import type { Expr, Function, FunctionBinding, Program, TopBinding, Variable } from "./core.ts";
import { CopiedFunctions } from "./inlined-size.ts";
import { mapLeaves } from "./leaves.ts";
import type { PassMemo } from "./memo.ts";
import { movedFunctions } from "./moved-functions.ts";
import { writePartialApplications } from "./partial-applications.ts";
import { mapBinding, rewrite, type Rules } from "./rewrite.ts";

interface Frames {
  /** A call that is the last thing its function does: that one has no frame then. */
  readonly isTail?: boolean;
  /** The function it was written in, if the code stands in another's; `""` where nothing is known but who called that function. */
  readonly within?: string | undefined;
  /** Backtraces say that this function is inlined. */
  readonly isCopy?: boolean;
  /** Where that function was called. */
  readonly calledAt?: Location | undefined;
  /** An exception raised here is handled in the outermost function that is told of. */
  readonly isHandled?: boolean;
  /** A call of a function that the real compiler copies here. */
  readonly copies?: boolean;
}

/** A place of which more is known than where it is. */
export class CodeLocation implements Location {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly ghost: boolean;
  readonly isTail: boolean;
  readonly within: string | undefined;
  readonly isCopy: boolean;
  readonly calledAt: Location | undefined;
  readonly isHandled: boolean;
  readonly copies: boolean;

  constructor(loc: Location, frames: Frames) {
    this.file = loc.file;
    this.start = loc.start;
    this.end = loc.end;
    this.ghost = loc.ghost;
    this.isTail = frames.isTail ?? false;
    this.within = frames.within;
    this.isCopy = frames.isCopy ?? false;
    this.calledAt = frames.calledAt;
    this.isHandled = frames.isHandled ?? false;
    this.copies = frames.copies ?? false;
  }
}

/** Places as they are after a function's body has taken the place of a call of it at `call`. */
export class Relocation {
  readonly #name: string;
  readonly #isCopy: boolean;
  readonly #isMoved: boolean;
  readonly #call: Location;
  readonly #known = new Map<Location, Location>();
  readonly #handled = new Map<Location, Location>();

  constructor(f: Function, call: Location) {
    this.#name = f.name;
    this.#isCopy = f.loc instanceof CopiedFunction && call instanceof CodeLocation && call.copies;
    this.#isMoved = f.loc instanceof MovedFunction;
    this.#call = call;
  }

  /** Of a call. One without a place is there for its function. */
  callPlace(loc: Location | undefined, handled: boolean): Location {
    return loc === undefined ? this.#call : this.place(loc, handled);
  }

  /** Of an exception that is raised again where no place is: of its function nothing is told, only of the callers. */
  raisePlace(loc: Location | undefined, handled: boolean): Location | undefined {
    if (loc !== undefined) return this.place(loc, handled);
    const caller = this.#caller();
    return handled || caller === undefined ? undefined : new CodeLocation(caller, { within: "", calledAt: caller });
  }

  /** `handled`: below a `try` of the body. */
  place(loc: Location, handled: boolean): Location {
    const memo = handled ? this.#handled : this.#known;
    let place = memo.get(loc);
    if (place === undefined) {
      place = this.#outward(loc, handled && !this.#isCopy && !this.#isMoved);
      memo.set(loc, place);
    }
    return place;
  }

  #outward(loc: Location, isHandled: boolean): Location {
    const caller = isHandled ? undefined : this.#caller();
    if (!(loc instanceof CodeLocation)) return new CodeLocation(loc, { within: this.#name, isCopy: this.#isCopy, calledAt: caller, isHandled });
    if (loc.isHandled) return loc;
    const { copies } = loc;
    const isTail = loc.isTail && (!this.#isMoved || (this.#call instanceof CodeLocation && this.#call.isTail));
    if (loc.within === undefined) return new CodeLocation(loc, { isTail, copies, within: this.#name, isCopy: this.#isCopy, calledAt: caller, isHandled });
    const calledAt = loc.calledAt === undefined ? caller : this.#outward(loc.calledAt, isHandled);
    // What was moved into a function that is copied is part of the copy.
    const isCopy = loc.isCopy || (this.#isCopy && loc.calledAt === undefined && loc.within !== "");
    return new CodeLocation(loc, { isTail, copies, within: loc.within, isCopy, calledAt, isHandled });
  }

  /** The call's place; of that of a moved function nothing is left but where it was called from. */
  #caller(): Location | undefined {
    if (!this.#isMoved) return this.#call;
    return this.#call instanceof CodeLocation ? this.#call.calledAt : undefined;
  }
}

export interface FrameOfPlace {
  readonly loc: Location;
  readonly name: string | undefined;
  readonly isCopy: boolean;
}

/**
 * Frames of a place, the innermost first. The last one's name may be that of the function that the code stands in (undefined), the first one's `""`.
 * A function that has called another as its last act has none, nor have the copies in which it did so: there may be no frame at all, where a
 * call could not be made in place of the caller.
 */
export function framesOf(loc: Location): readonly FrameOfPlace[] {
  const frames: FrameOfPlace[] = [];
  /** Copies, and what they are in. */
  let group: FrameOfPlace[] = [];
  let isLeft = false;
  const add = (frame: FrameOfPlace, isTail: boolean): void => {
    group.push(frame);
    if (!isTail) isLeft = true;
    if (frame.isCopy) return;
    if (isLeft) frames.push(...group);
    group = [];
    isLeft = false;
  };
  let place: Location | undefined = loc;
  for (; place instanceof CodeLocation; place = place.calledAt) add({ loc: place, name: place.within, isCopy: place.isCopy }, place.isTail);
  if (place !== undefined) add({ loc: place, name: undefined, isCopy: false }, false);
  if (isLeft) frames.push(...group);
  return frames;
}

/** The place of a function of which something is known: its class says what. */
class MarkedFunction implements Location {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly ghost: boolean;

  constructor(loc: Location) {
    this.file = loc.file;
    this.start = loc.start;
    this.end = loc.end;
    this.ghost = loc.ghost;
  }
}

/** The place of a function that the real compiler copies to its calls. */
export class CopiedFunction extends MarkedFunction {}

/** The place of a function that the real compiler puts in the place of its only call. */
export class MovedFunction extends MarkedFunction {}

export interface Marked {
  readonly binding: TopBinding;
  /** The binding before marks, with its partial applications written out. */
  readonly written: TopBinding;
  /** The functions in it or called in it that are copied: the binding alone does not tell. */
  readonly copied: readonly Variable[];
  /** The functions in it that are moved, which the binding tells. */
  readonly moved: ReadonlySet<Variable>;
}

/**
 * Marks in `files` the calls that are the last thing their function does, and the functions that the real compiler copies: in backtraces their
 * frames are called inlined, and a call at the end of a function ends no frame if it is of a copy.
 */
export function markFrames(program: Program, files: (file: SourceFile) => boolean, fresh: b.Fresh, memo: PassMemo<Marked>): Program {
  const copies = new CopiedFunctions();
  const isOwn = (f: Function): boolean => f.loc !== undefined && files(f.loc.file);
  const bindings = program.bindings.map((binding) => {
    const before = memo.find(binding);
    const written = before?.written ?? writePartialApplications(binding, isOwn, fresh);
    const moved = before?.moved ?? movedFunctions(written, isOwn);
    const copied = copies.enter(written, isOwn, moved);
    const known = memo.findIf(binding, (result) => result.copied.length === copied.length && result.copied.every((v, i) => v === copied[i]));
    const result = known ?? { binding: marked(written, files, new Set(copied), moved), written, copied, moved };
    memo.keep(binding, result);
    return result.binding;
  });
  return { bindings, exports: program.exports };
}

function marked(binding: TopBinding, files: (file: SourceFile) => boolean, copied: ReadonlySet<Variable>, moved: ReadonlySet<Variable>): TopBinding {
  const inFunction = (f: Function): Function => (f.loc !== undefined && files(f.loc.file) ? b.withBody(f, markTailCalls(rewrite(rules, f.body))) : f);
  const bound = (v: Variable, f: Function): Function => {
    const inside = inFunction(f);
    if (inside.loc !== undefined && moved.has(v)) return { ...inside, loc: new MovedFunction(inside.loc) };
    return inside.loc !== undefined && copied.has(v) ? { ...inside, loc: new CopiedFunction(inside.loc) } : inside;
  };
  const group = (functions: readonly FunctionBinding[]): readonly FunctionBinding[] => functions.map((x) => ({ variable: x.variable, function: bound(x.variable, x.function) }));
  const rules: Rules = {
    function: inFunction,
    node: (e) => {
      if (e.kind === "apply" && e.loc !== undefined && !(e.loc instanceof CodeLocation) && e.function.kind === "var" && copied.has(e.function.variable)) {
        return { frame: undefined, next: b.apply(e.function, e.args, new CodeLocation(e.loc, { copies: true }), e.inline, e.tailcall) };
      }
      if (e.kind === "let" && e.value.kind === "function") {
        const value = b.lambda(bound(e.variable, e.value.function));
        return { frame: (body) => b.letIn(e.variable, value, body), next: e.body };
      }
      if (e.kind !== "letrec") return undefined;
      const functions = group(e.functions);
      return { frame: (body) => b.letrecIn(functions, body), next: e.body };
    },
  };
  if (binding.kind === "letrec") return { kind: "letrec", functions: group(binding.functions) };
  if (binding.kind === "let" && binding.value.kind === "function") return { kind: "let", variable: binding.variable, value: b.lambda(bound(binding.variable, binding.value.function)) };
  return mapBinding(binding, { expr: (e) => rewrite(rules, e), function: inFunction });
}

function markTailCalls(body: Expr): Expr {
  return mapLeaves(body, (leaf) => {
    if (leaf.kind !== "apply" || leaf.loc === undefined) return leaf;
    return b.apply(leaf.function, leaf.args, new CodeLocation(leaf.loc, { isTail: true, copies: leaf.loc instanceof CodeLocation && leaf.loc.copies }), leaf.inline, leaf.tailcall);
  });
}
