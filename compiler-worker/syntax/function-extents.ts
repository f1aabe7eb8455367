/**
 * Where functions of a structure end, from the tokens alone: so that bodies that nobody looks at need not be parsed. It holds for text that is
 * known to have no errors; otherwise some end is found, which parsing then finds wrong.
 *
 * What a structure's next item is cannot always be told from one token: after `let f x = a`, `let y = b` may be an item or go on with `in`. A `let`
 * with an `in` of its own is part of an expression, any other begins an item.
 */
import type { Tokens } from "./lexer.ts";

const OPENING: ReadonlySet<string> = new Set(["(", "[", "[|", "[<", "[>", "[@", "[@@", "[@@@", "[%", "[%%", "{", "{<", "begin", "struct", "sig", "object", "do"]);
const CLOSING: ReadonlySet<string> = new Set([")", "]", "|]", ">]", "}", ">}", "end", "done"]);
/** Outside of parentheses and of `let … in`, these begin an item. */
const ITEM: ReadonlySet<string> = new Set(["type", "exception", "external", "module", "open", "include", "class", ";;", "[@@", "[@@@", "[%%"]);
/** Before `exception` in a pattern. */
const BEFORE_PATTERN: ReadonlySet<string> = new Set(["|", "with"]);

const OPENED = -1;

export class FunctionExtents {
  readonly #kinds: readonly string[];
  /** By token: 1 for a `let` that has its `in`. */
  readonly #hasIn: Uint8Array;

  constructor(tokens: Tokens) {
    const { kinds } = tokens;
    this.#kinds = kinds;
    this.#hasIn = new Uint8Array(kinds.length);
    const open: number[] = [];
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i]!;
      if (kind === "let" || kind === "letop") open.push(i);
      else if (kind === "in") {
        const last = open.pop();
        if (last !== undefined && last !== OPENED) this.#hasIn[last] = 1;
      } else if (OPENING.has(kind)) open.push(OPENED);
      else if (CLOSING.has(kind)) while ((open.pop() ?? OPENED) !== OPENED);
    }
  }

  /** The token after the body of a structure's function that begins at token `start`. */
  end(start: number): number {
    const kinds = this.#kinds;
    let depth = 0;
    /** Those of this level whose `in` is still to come. */
    let lets = 0;
    for (let i = start; ; i++) {
      const kind = kinds[i]!;
      // Inside of something: only where there is an error.
      if (kind === "eof") return i;
      if (depth === 0 && lets === 0 && ITEM.has(kind) && !(kind === "exception" && BEFORE_PATTERN.has(kinds[i - 1]!))) return i;
      if (OPENING.has(kind)) depth++;
      else if (CLOSING.has(kind)) {
        if (depth === 0) return i;
        depth--;
      } else if (depth === 0) {
        if (kind === "let" || kind === "letop") {
          if (this.#hasIn[i] === 0) return i;
          lets++;
        } else if (kind === "in") {
          // The item was an expression: `let f x = a in b`.
          if (lets === 0) return i;
          lets--;
        } else if (kind === "and" && lets === 0) return i;
      }
    }
  }
}
