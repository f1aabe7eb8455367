/**
 * Patterns as the match compiler sees them: heads with subpatterns at accessors, alternatives, and the variables that
 * each node binds. Aliases, constraints and the different syntaxes of data are gone.
 */
import { bitsOfFloat } from "../core/build.ts";
import type { ArrayKind, BoxedInteger, Expr, Variable } from "../core/core.ts";
import type { Pattern } from "../typing/typedtree.ts";
import type { ConstructorDescription, Ident, Path, RecordRepresentation } from "../typing/types.ts";
import { variantHash } from "./variant-hash.ts";

/** How a component is reached from the value that was tested. */
export type Accessor =
  | { readonly kind: "field"; readonly index: number; readonly mutable: boolean }
  | { readonly kind: "floatField"; readonly index: number; readonly mutable: boolean }
  | { readonly kind: "element"; readonly index: number; readonly array: ArrayKind }
  | { readonly kind: "force" }
  /** The component is the value itself: unboxed constructors, inline records. */
  | { readonly kind: "same" };

/** What is tested. `key` is equal exactly for heads that cannot be told apart. */
export type Head =
  | { readonly kind: "int"; readonly key: string; readonly value: bigint }
  | { readonly kind: "string"; readonly key: string; readonly value: string }
  | { readonly kind: "float"; readonly key: string; readonly value: number }
  | { readonly kind: "boxed"; readonly key: string; readonly type: BoxedInteger; readonly value: bigint }
  | { readonly kind: "constant"; readonly key: string; readonly index: number; readonly constants: number; readonly nonConstants: number }
  | { readonly kind: "block"; readonly key: string; readonly tag: number; readonly constants: number; readonly nonConstants: number }
  | { readonly kind: "variant"; readonly key: string; readonly hash: bigint; readonly constant: boolean }
  | { readonly kind: "extension"; readonly key: string; readonly identity: Expr; readonly constant: boolean; /** declared in the program text, so different from all others that are */ readonly certain: boolean }
  | { readonly kind: "array"; readonly key: string; readonly length: number; readonly array: ArrayKind }
  /** Nothing to test: tuples, records, single constructors. */
  | { readonly kind: "product"; readonly key: string }
  | { readonly kind: "lazy"; readonly key: string };

export interface SubPattern {
  readonly accessor: Accessor;
  readonly pattern: Pat;
}
export interface Pat {
  /** Unique in a match: makes keys of submatrices. */
  readonly id: number;
  /** Bound to the value. */
  readonly variables: readonly Variable[];
  readonly desc: { readonly kind: "any" } | { readonly kind: "head"; readonly head: Head; readonly args: readonly SubPattern[] } | { readonly kind: "or"; readonly alternatives: readonly Pat[] };
}

/** What conversion needs to know of the surroundings. */
export interface PatternContext {
  readonly variable: (id: Ident, pattern: Pattern) => Variable;
  readonly extension: (path: Path, pattern: Pattern) => { readonly identity: Expr; readonly key: string; readonly certain: boolean };
  readonly arrayKind: (pattern: Pattern) => ArrayKind;
}

const ANY = { kind: "any" } as const;
const PRODUCT: Head = { kind: "product", key: "()" };
const LAZY: Head = { kind: "lazy", key: "lazy" };

export class PatternConverter {
  readonly #context: PatternContext;
  readonly #nextId: () => number;

  /** `nextId` gives numbers that are different for all patterns of a match. */
  constructor(context: PatternContext, nextId: () => number) {
    this.#context = context;
    this.#nextId = nextId;
  }

  #make(variables: readonly Variable[], desc: Pat["desc"]): Pat {
    return { id: this.#nextId(), variables, desc };
  }

  /** A pattern that is any of several, which bind the same variables. */
  alternatives(patterns: readonly Pattern[]): Pat {
    const only = patterns[0];
    if (patterns.length === 1 && only !== undefined) return this.convert(only);
    return this.#make([], { kind: "or", alternatives: patterns.map((p) => this.convert(p)) });
  }

  convert(pattern: Pattern): Pat {
    const variables: Variable[] = [];
    let p = pattern;
    while (p.desc.kind === "alias") {
      variables.push(this.#context.variable(p.desc.id, p));
      p = p.desc.pattern;
    }
    const head = (head: Head, args: readonly SubPattern[]): Pat => this.#make(variables, { kind: "head", head, args });
    const desc = p.desc;
    switch (desc.kind) {
      case "any":
        return this.#make(variables, ANY);
      case "var":
        variables.push(this.#context.variable(desc.id, p));
        return this.#make(variables, ANY);
      case "constant": {
        const c = desc.constant;
        switch (c.kind) {
          case "int":
            return head({ kind: "int", key: String(c.value), value: c.value }, []);
          case "char":
            return head({ kind: "int", key: String(c.value), value: BigInt(c.value) }, []);
          case "string":
            return head({ kind: "string", key: c.value, value: c.value }, []);
          case "float": {
            const value = floatLiteral(c.value);
            return head({ kind: "float", key: String(value), value }, []);
          }
          case "int32":
          case "int64":
          case "nativeint":
            return head({ kind: "boxed", key: String(c.value), type: c.kind, value: c.value }, []);
        }
      }
      case "tuple":
        return head(
          PRODUCT,
          desc.components.map((component, index) => ({ accessor: { kind: "field" as const, index, mutable: false }, pattern: this.convert(component) })),
        );
      case "construct":
        return this.#construct(desc.constructor, desc.args, variables, p);
      case "variant": {
        const hash = variantHash(desc.label);
        const constant = desc.argument === undefined;
        const args = desc.argument === undefined ? [] : [{ accessor: { kind: "field" as const, index: 1, mutable: false }, pattern: this.convert(desc.argument) }];
        return head({ kind: "variant", key: `${constant ? "c" : "b"}${hash}`, hash, constant }, args);
      }
      case "record":
        return head(
          PRODUCT,
          desc.fields.map((field) => ({
            accessor: fieldAccessor(field.label.representation, field.label.position, field.label.mutable === "mutable"),
            pattern: this.convert(field.pattern),
          })),
        );
      case "array": {
        const array = this.#context.arrayKind(p);
        return head(
          { kind: "array", key: String(desc.elements.length), length: desc.elements.length, array },
          desc.elements.map((element, index) => ({ accessor: { kind: "element" as const, index, array }, pattern: this.convert(element) })),
        );
      }
      case "or": {
        // Left-nested alternatives (ranges of characters are long) are collected without recursion.
        const alternatives: Pat[] = [];
        const stack: Pattern[] = [desc.right, desc.left];
        for (;;) {
          const next = stack.pop();
          if (next === undefined) break;
          if (next.desc.kind === "or") stack.push(next.desc.right, next.desc.left);
          else alternatives.push(this.convert(next));
        }
        return this.#make(variables, { kind: "or", alternatives });
      }
      case "lazy":
        return head(LAZY, [{ accessor: { kind: "force" }, pattern: this.convert(desc.pattern) }]);
    }
  }

  #construct(c: ConstructorDescription, args: readonly Pattern[], variables: readonly Variable[], p: Pattern): Pat {
    const record = args[0];
    if (c.inlined !== undefined && record !== undefined) {
      // The record is the constructor's block: its fields are readable once the constructor has been tested.
      const inner = this.convert(record);
      const whole = (desc: Pat["desc"]): SubPattern[] => (desc.kind === "head" ? [...desc.args] : []);
      if (inner.desc.kind !== "or") return this.#constructed(c, whole(inner.desc), [...variables, ...inner.variables], p);
      const alternatives = inner.desc.alternatives.map((alternative) => this.#constructed(c, whole(alternative.desc), alternative.variables, p));
      return this.#make([...variables, ...inner.variables], { kind: "or", alternatives });
    }
    const offset = c.tag.kind === "extension" ? 1 : 0;
    return this.#constructed(c, args.map((arg, i) => ({ accessor: { kind: "field" as const, index: i + offset, mutable: false }, pattern: this.convert(arg) })), variables, p);
  }

  #constructed(c: ConstructorDescription, args: readonly SubPattern[], variables: readonly Variable[], p: Pattern): Pat {
    const single = c.constants + c.nonConstants === 1;
    switch (c.tag.kind) {
      case "constant":
        return this.#make(variables, { kind: "head", head: single ? PRODUCT : { kind: "constant", key: `c${c.tag.index}`, index: c.tag.index, constants: c.constants, nonConstants: c.nonConstants }, args: [] });
      case "block":
        return this.#make(variables, { kind: "head", head: single ? PRODUCT : { kind: "block", key: `b${c.tag.tag}`, tag: c.tag.tag, constants: c.constants, nonConstants: c.nonConstants }, args });
      case "unboxed":
        return this.#make(variables, { kind: "head", head: PRODUCT, args: args.map(({ pattern }) => ({ accessor: { kind: "same" as const }, pattern })) });
      case "extension": {
        const { identity, key, certain } = this.#context.extension(c.tag.path, p);
        return this.#make(variables, { kind: "head", head: { kind: "extension", key, identity, constant: c.tag.constant, certain }, args });
      }
    }
  }
}

/** Where a record's field is. */
export function fieldAccessor(representation: RecordRepresentation, position: number, mutable: boolean): Accessor {
  switch (representation.kind) {
    case "regular":
    case "inlined":
      return { kind: "field", index: position, mutable };
    case "float":
      return { kind: "floatField", index: position, mutable };
    case "extension":
      return { kind: "field", index: position + 1, mutable };
    case "unboxed":
      return { kind: "same" };
  }
}

/** The double that a float literal denotes: decimal or hexadecimal, without underscores; −0 and 0 are not told apart by matching. */
export function floatLiteral(text: string): number {
  const hex = /^([-+]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([-+]?[0-9]+))?$/.exec(text);
  if (hex === null) return Number(text);
  const [, sign, whole, fraction, exponent] = hex;
  const digits = BigInt(`0x0${whole}${fraction}`);
  const scale = Number(exponent ?? "0") - 4 * fraction!.length;
  return (sign === "-" ? -1 : 1) * scaleExactly(digits, scale);
}

/** digits · 2^scale, rounded to nearest even. */
function scaleExactly(digits: bigint, scale: number): number {
  if (digits === 0n) return 0;
  const length = digits.toString(2).length;
  // The exponent of the last bit that the result can hold.
  const last = Math.max(length + scale - 53, -1074);
  let mantissa = digits;
  const drop = last - scale;
  if (drop > 0) {
    const shift = BigInt(drop);
    const half = 1n << (shift - 1n);
    const rest = mantissa & ((1n << shift) - 1n);
    mantissa >>= shift;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa += 1n;
  }
  const exponent = Math.max(drop, 0) + scale;
  let result = Number(mantissa);
  // In two steps, so that neither factor over- or underflows on its own.
  const half = Math.trunc(exponent / 2);
  result *= 2 ** half;
  return result * 2 ** (exponent - half);
}

/** Bits of a float literal, −0 kept. */
export function floatLiteralBits(text: string): bigint {
  return bitsOfFloat(floatLiteral(text));
}
