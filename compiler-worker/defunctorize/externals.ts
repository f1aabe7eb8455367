/**
 * Primitives that are written in OCaml: `external f : t = "caml_x"` means the top-level value that some package marks
 * `[@@primitive "caml_x"]` (ARCHITECTURE section 4). Under the evaluator those of the package `runtime` are built in.
 */
import * as b from "../core/build.ts";
import type { Expr } from "../core/core.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import type { Compilation } from "./context.ts";
import { valueOfMeaning } from "./context.ts";
import { followAliases, type Meaning } from "./meanings.ts";

export interface PrimitiveProvider {
  /** The unit whose value has this primitive's name, if any. */
  readonly find: (name: string) => { readonly unit: string; readonly package: string } | undefined;
  /** Whether the evaluator supplies it. */
  readonly isBuiltin: (name: string) => boolean;
  /** The target whose platform has a primitive that this target's has not. */
  readonly elsewhere?: (primitive: string) => string | undefined;
  /** Words for the package that uses or declares a primitive, and the C files that come with it. */
  readonly describe?: (file: SourceFile, primitive: string) => string | undefined;
}

export type External = { readonly kind: "builtin" } | { readonly kind: "function"; readonly meaning: Meaning } | { readonly kind: "missing" };

export class Externals {
  readonly #c: Compilation;
  readonly #provider: PrimitiveProvider;
  readonly #found = new Map<string, External>();
  #toldOfPlatform = false;

  constructor(c: Compilation, provider: PrimitiveProvider) {
    this.#c = c;
    this.#provider = provider;
  }

  find(name: string, loc: Location): External {
    const { recording } = this.#c;
    this.#c.recording = undefined;
    try {
      const external = this.#find(name, loc);
      if (external.kind === "missing") {
        if (recording !== undefined) recording.isOpaque = true;
      } else recording?.external(name, loc, external.kind === "function" ? external.meaning : undefined);
      return external;
    } finally {
      this.#c.recording = recording;
    }
  }

  #find(name: string, loc: Location): External {
    let external = this.#found.get(name);
    if (external === undefined) {
      external = this.#resolve(name, loc);
      this.#found.set(name, external);
    }
    return external;
  }

  #resolve(name: string, loc: Location): External {
    if (this.#provider.isBuiltin(name)) return { kind: "builtin" };
    const place = this.#provider.find(name);
    if (place === undefined) {
      const elsewhere = this.#provider.elsewhere?.(name);
      if (elsewhere !== undefined) {
        // One error for all that the program wants of the other platform.
        if (!this.#toldOfPlatform) this.#c.error(loc, `The primitive "${name}" is used here, which only programs for ${elsewhere} have: this one asks for what its target does not have.`);
        this.#toldOfPlatform = true;
        return { kind: "missing" };
      }
      const where = this.#provider.describe?.(loc.file, name);
      const advice = `A library that is written in OCaml would mark a function with [@@primitive "${name}"].`;
      this.#c.error(loc, where === undefined ? `The primitive "${name}" is used here, and no package defines it: ${advice.charAt(0).toLowerCase()}${advice.slice(1)}` : `The primitive "${name}" is used here, ${where}, and no package defines it: C is not compiled here. ${advice}`);
      return { kind: "missing" };
    }
    const unit = this.#c.units.find(place.unit);
    const id = unit?.marked("primitive").get(name);
    const meaning = id === undefined ? undefined : unit?.scope.find(id);
    if (meaning === undefined) {
      this.#c.error(loc, `The primitive "${name}" should be defined by ${place.unit} of package ${place.package}, which does not compile or has no such value at its top level.`);
      return { kind: "missing" };
    }
    return { kind: "function", meaning: followAliases(meaning) };
  }

  /** A call with all arguments, as values. */
  call(name: string, args: readonly Expr[], loc: Location): Expr {
    const external = this.find(name, loc);
    switch (external.kind) {
      case "builtin":
        return b.primitive({ op: "stub", name, result: "value" }, args, loc);
      case "function":
        return b.apply(valueOfMeaning(this.#c, external.meaning), args, loc);
      case "missing":
        return b.unit;
    }
  }
}

const PRIMITIVE_ATTRIBUTE = /\[@@primitive\s+"([^"]+)"\s*\]/g;

/** Finds the units that define primitives by looking through their texts, without parsing them. */
export function indexPrimitives(units: Iterable<{ readonly name: string; readonly package: string; readonly text: string }>): Map<string, { unit: string; package: string }> {
  const index = new Map<string, { unit: string; package: string }>();
  for (const unit of units) {
    if (!unit.text.includes("@@primitive")) continue;
    for (const match of unit.text.matchAll(PRIMITIVE_ATTRIBUTE)) index.set(match[1]!, { unit: unit.name, package: unit.package });
  }
  return index;
}
