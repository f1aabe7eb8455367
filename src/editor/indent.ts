/**
 * Where a line of OCaml begins. What stands before it is taken as it is indented: a new line goes on where the last one began, unless
 * that ended in something that opens or closes, and a line that begins with what closes goes back to the line of what it closes.
 */
import { initialLineState, tokenizeLine, type LineState } from "./ocaml-tokens.ts";

const STEP = 2;

interface Token {
  readonly text: string;
  readonly column: number;
  readonly isFirst: boolean;
  /** Of its line. */
  readonly indent: number;
}

/** Something that is open. */
interface Context {
  readonly opener: Token;
  /** Of a match, `function` and `try`: whether cases have begun, and where their bars stand. */
  cases: boolean;
  bars: number | undefined;
}

const BRACKETS: Readonly<Record<string, readonly string[]>> = { ")": ["("], "]": ["["], "|]": ["[|"], "}": ["{"], end: ["begin", "struct", "sig", "object"], done: ["do"] };
const OPENERS = new Set(Object.values(BRACKETS).flat());
const PHRASES = new Set(["let", "match", "try", "function", "if", "fun"]);
const ITEMS = new Set(["let", "module", "type", "open", "val", "exception", "include", "external", "class", "and"]);
/** What cannot end a phrase: the next line belongs to it. */
const GOES_ON = new Set(["=", "->", "then", "else", "do", "try", "of", "function", ...OPENERS]);
const isInfix = (text: string): boolean => /^(?:[@>&|^]|let[*+]|and[*+])/.test(text) && text !== "|" && text !== "|]" && text !== ">" && text !== "->";

const indentOf = (line: string): number => /^ */.exec(line)![0].length;

/** The tokens of lines, without spaces and comments. */
function tokensOf(lines: readonly string[]): { readonly tokens: Token[]; readonly state: LineState } {
  const tokens: Token[] = [];
  let state = initialLineState;
  for (const line of lines) {
    const indent = indentOf(line);
    let isFirst = true;
    const found = tokenizeLine(line, state);
    for (const { kind, start, end } of found.tokens) {
      if (kind === "space" || kind === "comment") continue;
      const text = line.slice(start, end);
      const last = tokens.at(-1);
      // Brackets of arrays are two tokens for colouring.
      if (text === "|" && last?.text === "[" && last.column === start - 1 && last.indent === indent) tokens[tokens.length - 1] = { ...last, text: "[|" };
      else if (text === "]" && last?.text === "|" && last.column === start - 1) tokens[tokens.length - 1] = { ...last, text: "|]" };
      else tokens.push({ text: kind === "string" ? '"' : text, column: start, isFirst, indent });
      isFirst = false;
    }
    state = found.state;
  }
  return { tokens, state };
}

/** What is open after the tokens. */
function contextsOf(tokens: readonly Token[]): Context[] {
  const stack: Context[] = [];
  const top = (): Context | undefined => stack.at(-1);
  const popThrough = (closes: (context: Context) => boolean): void => {
    const at = stack.findLastIndex((c) => closes(c) || OPENERS.has(c.opener.text));
    if (at >= 0) stack.length = closes(stack[at]!) ? at : at + 1;
  };
  tokens.forEach((token, i) => {
    const { text, isFirst, column } = token;
    // A line that begins further left has left what began further right.
    if (isFirst) while (top() !== undefined && PHRASES.has(top()!.opener.text) && (top()!.opener.indent > column || (top()!.opener.indent === column && ITEMS.has(text) && top()!.opener.text === "let" && text !== "and"))) stack.pop();
    const closes = Object.hasOwn(BRACKETS, text) ? BRACKETS[text] : undefined;
    if (closes !== undefined) {
      const at = stack.findLastIndex((c) => closes.includes(c.opener.text));
      if (at >= 0) stack.length = at;
      return;
    }
    if (text === "in") popThrough((c) => c.opener.text === "let");
    else if (text === "with") {
      const at = stack.findLast((c) => !c.cases && ["match", "try", "{"].includes(c.opener.text));
      if (at !== undefined && at.opener.text !== "{") at.cases = true;
    } else if (text === "|") {
      if (isFirst) while (top() !== undefined && PHRASES.has(top()!.opener.text) && !(top()!.cases && (top()!.bars ?? column) === column)) stack.pop();
      const cases = stack.findLast((c) => c.cases);
      if (isFirst && cases !== undefined) cases.bars ??= column;
    } else if (text === "else") {
      popThrough((c) => c.opener.text === "if");
    } else if (OPENERS.has(text) || PHRASES.has(text)) {
      // `let` in a structure has no `in`: the next item ends it.
      const isLocalOpen = text === "(" && tokens[i - 1]?.text === ".";
      stack.push({ opener: isLocalOpen ? { ...token, isFirst: false } : token, cases: text === "function", bars: undefined });
    }
  });
  return stack;
}

/** Where bars of a context's cases stand. */
const barsOf = ({ opener, bars }: Context): number => bars ?? (opener.isFirst && opener.text !== "function" ? opener.indent : opener.indent + STEP);

/** The indentation of a new line after these; undefined inside of strings and comments. */
export function indentAfter(lines: readonly string[]): number | undefined {
  const { tokens, state } = tokensOf(lines);
  if (state.string !== undefined || state.comments > 0) return undefined;
  const last = tokens.at(-1);
  const lineIndent = indentOf(lines.findLast((line) => line.trim() !== "") ?? "");
  if (last === undefined) return lineIndent;
  const contexts = contextsOf(tokens);
  const onLine = tokens.slice(tokens.findLastIndex((t) => t.isFirst));
  switch (last.text) {
    case "in": {
      const before = contextsOf(tokens.slice(0, -1)).findLast((c) => c.opener.text === "let");
      return before?.opener.isFirst === false ? before.opener.indent + (/^(?:=|->)$/.test(onLine[0]!.text) ? STEP : 0) : (before?.opener.indent ?? lineIndent);
    }
    case "with": {
      const cases = contexts.findLast((c) => c.cases);
      return cases === undefined ? lineIndent + STEP : barsOf(cases);
    }
    case "->": {
      // What is bound goes on below: x >>= fun y ->
      const fun = onLine.findLastIndex((t) => t.text === "fun");
      const isBound = fun > 0 && isInfix(onLine[fun - 1]!.text);
      if (isBound) return onLine[0]!.text === "|" ? lineIndent + 2 * STEP : lineIndent;
      return onLine[0]!.text === "|" && fun < 0 ? lineIndent + 2 * STEP : lineIndent + STEP;
    }
    default:
      return GOES_ON.has(last.text) || /^\{[a-z_]*\|$/.test(last.text) ? lineIndent + STEP : lineIndent;
  }
}

/** Words with which a line begins further left than what is before it. */
export const CLOSING = /^\s*(end|done|in|else|with|and|\||\|\]|\)|\]|\})$/;

/** The indentation of a line that begins with what closes, after these lines; undefined when there is nothing to close. */
export function indentOfClosing(lines: readonly string[], text: string): number | undefined {
  const { tokens, state } = tokensOf(lines);
  if (state.string !== undefined || state.comments > 0) return undefined;
  const contexts = contextsOf(tokens);
  const closes = Object.hasOwn(BRACKETS, text) ? BRACKETS[text] : undefined;
  if (closes !== undefined) return contexts.findLast((c) => closes.includes(c.opener.text))?.opener.indent;
  switch (text) {
    case "in":
    case "and": {
      const opener = contexts.findLast((c) => c.opener.text === "let")?.opener;
      return opener?.isFirst === true ? opener.indent : undefined;
    }
    case "else": {
      const opener = contexts.findLast((c) => c.opener.text === "if")?.opener;
      return opener?.isFirst === true ? opener.indent : opener?.indent;
    }
    case "with": {
      const opener = contexts.findLast((c) => !c.cases && ["match", "try"].includes(c.opener.text))?.opener;
      return opener?.indent;
    }
    case "|": {
      const cases = contexts.findLast((c) => c.cases);
      return cases === undefined ? undefined : barsOf(cases);
    }
    default:
      return undefined;
  }
}
