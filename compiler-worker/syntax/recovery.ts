/** Items one after the other, and where parsing goes on after a syntax error in one: what is right stays known. */
import type { CoreType, Loc, TypeDeclaration, TypeParameter, ValueDescription } from "./ast.ts";
import { errorAt } from "./diagnostics.ts";
import { beforeRefusing, isStackOverflow } from "./host-stack.ts";
import { isAtLineStart, ITEM_START, lineIndent, unclosed } from "./syntax-errors.ts";
import { SyntaxFailure, type TokenStream } from "./token-stream.ts";

/** Offsets of the keyword that `end` closes. */
export type Opened = readonly [start: number, end: number];

interface ItemParser<T> {
  /** Parses one. `first`: there is none before it, or `;;` is; `continued`: it begins with `and`, as if with this keyword. */
  readonly parse: (context: { readonly first: boolean; readonly opened: Opened | undefined; readonly continued: string | undefined }) => T;
  /** What is known of an item that could not be read. */
  readonly standIn: (known: KnownPart) => T;
}

/** What the beginning of a definition or a declaration says. */
export type KnownPart = { readonly kind: "value"; readonly description: ValueDescription } | { readonly kind: "type"; readonly declaration: TypeDeclaration };

/** Items up to `closing` (which stays), with recovery from errors in between. */
export function parseItems<T>(p: TokenStream, closing: string, opened: Opened | undefined, { parse, standIn }: ItemParser<T>): T[] {
  const items: T[] = [];
  const outer = p.itemStart;
  const { position: begun, start, previousEnd } = p;
  /** How far the lines of the items are indented. */
  let indent = 0;
  let continued: string | undefined;
  for (;;) {
    skipSeparators(p);
    const isOver = p.kind() === closing || p.kind() === "eof" || (closing === "end" && p.assumedEnd === p.position && lineIndent(p.tokens, p.start) < indent);
    if (isOver) {
      p.docstrings?.section(p.position === begun ? previousEnd : start, p.previousEnd, p.position === begun);
      p.itemStart = outer;
      return items;
    }
    if (p.kind() === "end" && p.spareEnds > 0) {
      // It was thought to be missing.
      p.spareEnds--;
      p.advance();
      continue;
    }
    p.docstrings?.textBefore(p.start);
    const { depth, position } = p;
    p.itemBefore = items.length === 0 ? position : p.itemStart;
    p.itemStart = position;
    try {
      items.push(parse({ first: items.length === 0 || p.tokens.kinds[position - 1] === ";;", opened, continued }));
      continued = undefined;
    } catch (error) {
      const failure = asFailure(p, error);
      if (closing === "]") throw failure;
      p.depth = depth;
      p.tell(failure);
      indent = lineIndent(p.tokens, p.tokens.starts[position]!);
      const keyword = continued ?? p.tokens.kinds[position]!;
      recover(p, position, closing);
      const known = knownPart(p, position, keyword);
      if (known !== undefined) items.push(standIn(known));
      continued = p.kind() === "and" ? keyword : undefined;
    }
  }
}

/** Skips to where an item may begin again, after a syntax error in the one that begins at token `from`. Lines that are indented more than it are parts of it. */
function recover(p: TokenStream, from: number, closing: string): void {
  const { tokens } = p;
  const indent = lineIndent(tokens, tokens.starts[from]!);
  const continues = ["let", "type", "class", "module", "and"].includes(tokens.kinds[from]!);
  // What was swallowed, for instance since a bracket is open, are items of their own.
  for (let i = from + 1; i < p.position && p.rereads < MOST_REREADS * tokens.kinds.length; i++) {
    if (!SWALLOWED.has(tokens.kinds[i]!) || !isAtLineStart(tokens, tokens.starts[i]!) || lineIndent(tokens, tokens.starts[i]!) > indent) continue;
    p.rereads += p.position - i;
    p.position = i;
    if (closing === "end" && lineIndent(tokens, p.start) < indent) assumeEnd(p);
    return;
  }
  if (p.position === from) p.advance();
  let depth = unclosed(tokens, from, p.position).filter((i) => OPENS.has(tokens.kinds[i]!)).length;
  for (; ; p.advance()) {
    const kind = p.kind();
    if (kind === "eof" || kind === ";;") return;
    if (kind === "end") {
      if (closing === "end" && (depth === 0 || (isAtLineStart(tokens, p.start) && lineIndent(tokens, p.start) < indent))) return;
      if (depth > 0) depth--;
    } else if ((ITEM_START.has(kind) || (kind === "and" && continues)) && isAtLineStart(tokens, p.start)) {
      const column = lineIndent(tokens, p.start);
      if (column < indent && closing === "end") return assumeEnd(p);
      if (column <= indent) return;
    }
    if (OPENS.has(kind)) depth++;
  }
}
/** What follows is further to the left than the items: their `end` is missing. */
function assumeEnd(p: TokenStream): void {
  p.assumedEnd = p.position;
  p.spareEnds++;
}

const SWALLOWED: ReadonlySet<string> = new Set([...ITEM_START].filter((kind) => kind !== "end" && kind !== "eof"));
/** How often all of the input may be read again: what is swallowed each time may be the rest of it. */
const MOST_REREADS = 4;
const OPENS: ReadonlySet<string> = new Set(["struct", "sig", "object", "begin"]);

const FIELD_START: ReadonlySet<string> = new Set(["method", "val", "inherit", "initializer", "constraint"]);

/** Fields of a class up to `end` (which stays), with recovery likewise. */
export function parseFields(p: TokenStream, [opened]: Opened, parse: () => void): void {
  const { tokens, itemStart } = p;
  while (p.kind() !== "end" && p.kind() !== "eof") {
    const { depth, position, start } = p;
    try {
      // What is not closed in it is looked for from its beginning on.
      p.itemStart = position;
      parse();
    } catch (error) {
      const failure = asFailure(p, error);
      p.depth = depth;
      p.tell(failure);
      const indent = lineIndent(tokens, start);
      if (p.position === position) p.advance();
      while (p.kind() !== "eof") {
        if (isAtLineStart(tokens, p.start)) {
          const column = lineIndent(tokens, p.start);
          if (column <= indent && (FIELD_START.has(p.kind()) || p.kind() === "end")) break;
          if ((column < indent || column <= lineIndent(tokens, opened)) && ITEM_START.has(p.kind())) {
            assumeEnd(p);
            break;
          }
        }
        p.advance();
      }
      if (p.assumedEnd === p.position) break;
    } finally {
      p.itemStart = itemStart;
    }
  }
}

/** The failure that an exception is. Input that would take too much of the host's stack fails like any other. */
export function asFailure(p: TokenStream, error: unknown): SyntaxFailure {
  if (error instanceof SyntaxFailure) return error;
  if (!isStackOverflow(error)) throw error;
  beforeRefusing();
  return new SyntaxFailure(errorAt(p.here(), "Syntax error: this phrase is nested too deeply"));
}

function skipSeparators(p: TokenStream): void {
  while (p.kind() === ";;") {
    p.docstrings?.textBefore(p.start);
    p.advance();
  }
}

/** What the item from token `from` on begins with: a value's name, whose type may be any, or a type's, which is abstract. */
function knownPart(p: TokenStream, from: number, keyword: string): KnownPart | undefined {
  const { kinds, starts, ends, values } = p.tokens;
  const loc = (i: number): Loc<string>["loc"] => p.location(starts[i]!, ends[i]!);
  const named = (i: number): Loc<string> => ({ value: values[i]!, loc: loc(i) });
  let at = from + 1;
  if (keyword === "let" || keyword === "val" || keyword === "external") {
    if (kinds[at] === "rec") at++;
    if (kinds[at] !== "lident" || at >= p.position || !["=", ":", "lident", "(", "~", "?", "label", "optlabel", "_", "uident", "{", "["].includes(kinds[at + 1]!)) return undefined;
    const type: CoreType = { desc: { kind: "poly", variables: [{ value: "a", loc: loc(at) }], body: { desc: { kind: "var", name: "a" }, loc: loc(at), attributes: [] } }, loc: loc(at), attributes: [] };
    return { kind: "value", description: { name: named(at), type, primitive: ["%undefined"], attributes: [], loc: loc(at) } };
  }
  if (keyword !== "type") return undefined;
  if (kinds[at] === "nonrec") at++;
  const parameters: TypeParameter[] = [];
  for (; at < p.position && kinds[at] !== "lident"; at++) {
    if (kinds[at] !== "'" && kinds[at] !== "_") {
      if (["(", ")", ",", "+", "-", "!"].includes(kinds[at]!)) continue;
      return undefined;
    }
    if (kinds[at] === "'") at++;
    const name = values[at]!;
    parameters.push({ type: { desc: name === "_" ? { kind: "any" } : { kind: "var", name }, loc: loc(at), attributes: [] }, variance: "none", injectivity: "none" });
  }
  if (at >= p.position || kinds[at + 1] === "." || kinds[at + 1] === "+=") return undefined;
  return { kind: "type", declaration: { name: named(at), parameters, constraints: [], definition: { kind: "abstract" }, private: "public", manifest: undefined, attributes: [], loc: loc(at) } };
}
