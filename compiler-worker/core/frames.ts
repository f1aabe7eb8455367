/**
 * Whose frame a place in the code belongs to, for backtraces. Code of one function that comes to stand in another's keeps its own name, and
 * the places of the calls that were there: the frames that would be on the stack.
 */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import * as b from "./build.ts";
import type { Program, TopBinding } from "./core.ts";
import { mapLeaves } from "./leaves.ts";
import type { PassMemo } from "./memo.ts";
import { mapBindings, mapFunctionBodies } from "./rewrite.ts";

/** A place of which more is known than where it is. */
export class CodeLocation implements Location {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly ghost: boolean;
  /** A call after which its function has nothing more to do: it leaves no frame of that function. */
  readonly isTail: boolean;
  /** The function it was written in, if the code stands in another's; `""` where nothing is known but who called that function. */
  readonly within: string | undefined;
  /** Where that function was called. */
  readonly calledAt: Location | undefined;
  /** An exception raised here is handled in the outermost function that is told of. */
  readonly isHandled: boolean;

  constructor(loc: Location, isTail: boolean, within: string | undefined, calledAt: Location | undefined, isHandled: boolean) {
    this.file = loc.file;
    this.start = loc.start;
    this.end = loc.end;
    this.ghost = loc.ghost;
    this.isTail = isTail;
    this.within = within;
    this.calledAt = calledAt;
    this.isHandled = isHandled;
  }
}

function isTail(loc: Location): boolean {
  return loc instanceof CodeLocation && loc.isTail;
}

/** Places as they are after the body of `name` has taken the place of a call of it at `call`. */
export class Relocation {
  readonly #name: string;
  readonly #call: Location;
  readonly #known = new Map<Location, Location>();
  readonly #handled = new Map<Location, Location>();

  constructor(name: string, call: Location) {
    this.#name = name;
    this.#call = call;
  }

  /** Of a call. One without a place is there for its function. */
  callPlace(loc: Location | undefined, handled: boolean): Location {
    return loc === undefined ? this.#call : this.place(loc, handled);
  }

  /** Of an exception that is raised again where no place is: of its function nothing is told, only of the callers. */
  raisePlace(loc: Location | undefined, handled: boolean): Location | undefined {
    if (loc !== undefined) return this.place(loc, handled);
    return handled || isTail(this.#call) ? undefined : new CodeLocation(this.#call, false, "", this.#call, false);
  }

  /** `handled`: below a `try` of the body. */
  place(loc: Location, handled: boolean): Location {
    const memo = handled ? this.#handled : this.#known;
    let place = memo.get(loc);
    if (place === undefined) {
      place = isTail(loc) ? this.#call : this.#outward(loc, handled);
      memo.set(loc, place);
    }
    return place;
  }

  #outward(loc: Location, handled: boolean): Location {
    const caller = handled || isTail(this.#call) ? undefined : this.#call;
    if (!(loc instanceof CodeLocation) || loc.within === undefined) return new CodeLocation(loc, false, this.#name, caller, handled);
    if (loc.isHandled) return loc;
    return new CodeLocation(loc, false, loc.within, loc.calledAt === undefined ? caller : this.#outward(loc.calledAt, handled), handled);
  }
}

/** Frames of a place, the innermost first. The last one's name may be that of the function that the code stands in (undefined), the first one's `""`. */
export function framesOf(loc: Location): { readonly loc: Location; readonly name: string | undefined }[] {
  const frames: { loc: Location; name: string | undefined }[] = [];
  for (let place: Location | undefined = loc; place !== undefined; ) {
    const { within, calledAt }: { within: string | undefined; calledAt: Location | undefined } = place instanceof CodeLocation ? place : { within: undefined, calledAt: undefined };
    frames.push({ loc: place, name: within });
    place = calledAt;
  }
  return frames;
}

/** Marks the calls of functions in `files` that are the last thing their function does. */
export function markTailCalls(program: Program, files: (file: SourceFile) => boolean, memo: PassMemo<TopBinding>): Program {
  return mapBindings(program, memo, (binding) =>
    mapFunctionBodies(binding, (body, f) => {
      if (f?.loc === undefined || !files(f.loc.file)) return body;
      return mapLeaves(body, (leaf) => {
        if (leaf.kind !== "apply" || leaf.loc === undefined || leaf.loc instanceof CodeLocation) return leaf;
        return b.apply(leaf.function, leaf.args, new CodeLocation(leaf.loc, true, undefined, undefined, false), leaf.inline, leaf.tailcall);
      });
    }),
  );
}
