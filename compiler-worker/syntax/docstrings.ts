/**
 * Which documentation comments belong to something (reference manual, section 12.19): one belongs to the item right before or right
 * after it, with no blank line in between; one between blank lines stands for itself. Warning 50 is about the others.
 */
import type { Tokens } from "./lexer.ts";

interface Docstring {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** To what it was given. */
  attached: "nothing" | "item" | "part";
  /** How many items it stands next to. */
  neighbours: number;
}

export interface UnexpectedDocstring {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

type Table = Map<number, readonly Docstring[]>;

export class Docstrings {
  readonly #all: Docstring[] = [];
  /** By where the token after begins: those right before it, the nearest first. */
  readonly #before: Table = new Map();
  /** By where the token before ends: those right after it. */
  readonly #after: Table = new Map();
  /** By where the token after begins: those that stand for themselves. */
  readonly #floating: Table = new Map();
  /** By where the token after begins or the one before ends: those that are next to the other one. */
  readonly #beforeFirst: Table = new Map();
  readonly #afterLast: Table = new Map();
  /** What was asked already: the parser may read a phrase twice. */
  readonly #asked = new Set<string>();

  constructor(tokens: Tokens) {
    const { text } = tokens.file;
    const docs = new Map(tokens.docs.map((d) => [d.start, d]));
    const commentEnds = new Map<number, number>();
    for (let i = 0; i < tokens.comments.length; i += 2) commentEnds.set(tokens.comments[i]!, tokens.comments[i + 1]!);
    let end = 0;
    tokens.starts.subarray(0, tokens.kinds.length).forEach((start, i) => {
      if (start - end > 4) this.#readGap(text, end, start, docs, commentEnds);
      end = tokens.ends[i]!;
    });
  }

  /** Sorts the documentation comments between two tokens by the blank lines around them. */
  #readGap(text: string, from: number, to: number, docs: ReadonlyMap<number, { readonly start: number; readonly end: number; readonly text: string }>, commentEnds: ReadonlyMap<number, number>): void {
    /** After the token before, between blank lines, before the token after; each with the last one first. */
    let after: Docstring[] = [];
    let floating: Docstring[] = [];
    let before: Docstring[] = [];
    let state: "initial" | "after" | "before" = "initial";
    let newlines = 0;
    for (let i = from; i < to; ) {
      const c = text[i]!;
      const commentEnd = c === "(" ? commentEnds.get(i) : undefined;
      if (commentEnd === undefined) {
        if (c === "\n") newlines++;
        // A line directive.
        if (c === "#") i = Math.min(to, (text.indexOf("\n", i) + to + 1) % (to + 1));
        else i++;
        continue;
      }
      const found = docs.get(i);
      i = commentEnd;
      if (found === undefined) {
        if (newlines === 1) newlines = 0;
        continue;
      }
      const doc: Docstring = { ...found, attached: "nothing", neighbours: 0 };
      this.#all.push(doc);
      const isApart = newlines > 1;
      if (doc.text === "/*") {
        // The stop comment.
        floating = [doc, ...before, ...floating];
        before = [];
        state = "before";
      } else if (state === "before") {
        if (isApart) {
          floating = [...before, ...floating];
          before = [doc];
        } else before = [doc, ...before];
      } else if (isApart) {
        before = [doc];
        state = "before";
      } else {
        after = [doc, ...after];
        state = "after";
      }
      newlines = 0;
    }
    if (state === "initial") return;
    const isApart = newlines > 1;
    const apart = [...before, ...floating].reverse();
    const set = (table: Table, at: number, list: readonly Docstring[]): void => void (list.length > 0 && table.set(at, list));
    set(this.#after, from, [...after].reverse());
    if (state === "after" && !isApart) return set(this.#before, to, after);
    set(this.#beforeFirst, to, [...after].reverse());
    if (state === "after") return;
    set(this.#afterLast, from, apart);
    set(this.#floating, to, isApart ? apart : [...floating].reverse());
    if (!isApart) set(this.#before, to, before);
  }

  #isNew(question: string): boolean {
    if (this.#asked.has(question)) return false;
    this.#asked.add(question);
    return true;
  }

  static #neighbour(list: readonly Docstring[] | undefined): void {
    for (const d of list ?? []) d.neighbours++;
  }

  static #attach(list: readonly Docstring[] | undefined, to: "item" | "part"): boolean {
    const doc = list?.find((d) => d.attached !== "part");
    if (doc !== undefined) doc.attached = to;
    return doc !== undefined;
  }

  static #take(list: readonly Docstring[] | undefined): void {
    for (const d of list ?? []) if (d.attached !== "part") d.attached = "item";
  }

  /** An item of a structure, a signature or a class reaches from `start` to `end`. */
  item(start: number, end: number): void {
    if (!this.#isNew(`item ${start} ${end}`)) return;
    for (const list of [this.#before.get(start), this.#after.get(end)]) {
      Docstrings.#neighbour(list);
      Docstrings.#attach(list, "item");
    }
  }

  /** Something that takes no documentation reaches from `start` to `end`. */
  undocumented(start: number, end: number): void {
    if (!this.#isNew(`undocumented ${start} ${end}`)) return;
    Docstrings.#neighbour(this.#before.get(start));
    Docstrings.#neighbour(this.#after.get(end));
  }

  /** A constructor, a field, a tag or the type of a parameter ends at the first of these offsets after which there is a comment. */
  partEnd(...ends: readonly number[]): void {
    if (!this.#isNew(`part ${ends.join(" ")}`)) return;
    ends.some((end) => Docstrings.#attach(this.#after.get(end), "part"));
  }

  /** An item begins here: what stands for itself before it. */
  textBefore(start: number): void {
    if (this.#isNew(`text ${start}`)) Docstrings.#take(this.#floating.get(start));
  }

  /** The items of a structure, a signature or a class. */
  section(start: number, end: number, isEmpty: boolean): void {
    if (!this.#isNew(`section ${start} ${end}`)) return;
    if (isEmpty) Docstrings.#take(this.#after.get(end));
    else Docstrings.#take(this.#beforeFirst.get(start));
    Docstrings.#take(this.#afterLast.get(end));
  }

  /** What belongs to nothing, or to two items. */
  unexpected(): UnexpectedDocstring[] {
    return this.#all.flatMap(({ start, end, attached, neighbours }) => {
      if (attached === "nothing") return [{ start, end, message: "unattached documentation comment (ignored)" }];
      return attached === "item" && neighbours > 1 ? [{ start, end, message: "ambiguous documentation comment" }] : [];
    });
  }
}
