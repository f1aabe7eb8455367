/** What is said of a syntax error: what stands there, what was expected, and what may have led to it. */
import { errorAt, type Diagnostic, type Location, type Related } from "./diagnostics.ts";
import { KEYWORDS, type Tokens } from "./lexer.ts";

/** What closes each opening token. */
const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"], ["[", "]"], ["[|", "|]"], ["[<", "]"], ["[>", "]"], ["[@", "]"], ["[@@", "]"], ["[@@@", "]"], ["[%", "]"], ["[%%", "]"], ["{", "}"], ["{<", ">}"],
  ["begin", "end"], ["struct", "end"], ["sig", "end"], ["object", "end"], ["do", "done"],
]);
const CLOSERS: ReadonlySet<string> = new Set(CLOSING.values());
const OPERATORS: ReadonlySet<string> = new Set(["infix0", "infix1", "infix2", "infix3", "infix4", "prefixop", "hashop", "dotop", "letop", "andop", "=", "<", ">", "||", "&&", "&", "+", "-", "+.", "-.", "*", ":=", "!", "%", "+=", "::", "<-"]);
/** What an item of a structure or a signature begins with. */
export const ITEM_START: ReadonlySet<string> = new Set(["let", "type", "module", "open", "include", "exception", "external", "class", "val", "end", "eof"]);

/** Where in the tokens of a file a syntax error is. */
export interface ErrorPlace {
  readonly tokens: Tokens;
  /** The token that cannot stand there. */
  readonly position: number;
  /** The first token of the item of a structure or a signature that the error is in. */
  readonly itemStart: number;
  /** That of the item before, which may go on where the error is. */
  readonly itemBefore: number;
}

/** The error at a token. `expected` names what could stand there; `related` is where what misses it began. */
export function syntaxError(place: ErrorPlace, expected: string | undefined, related: readonly Related[]): Diagnostic {
  const found = describe(place.tokens, place.position);
  const message = expected === undefined ? `Syntax error: unexpected ${found.replace(/^the /, "")}` : `Syntax error: ${expected} expected, found ${found}`;
  return errorAt(locationOf(place.tokens, place.position), message, [...related, ...unmatched(place, related), ...hints(place, expected)]);
}

function locationOf({ file, starts, ends }: Tokens, position: number): Location {
  return { file, start: starts[position]!, end: ends[position]!, ghost: false };
}

function textOf({ file, starts, ends }: Tokens, position: number): string {
  return file.text.slice(starts[position], ends[position]);
}

/** A token in words. */
function describe(tokens: Tokens, position: number): string {
  const kind = tokens.kinds[position]!;
  const text = textOf(tokens, position);
  const shown = text.length > 40 || text.includes("\n") ? `${text.slice(0, 40).split("\n")[0]!}…` : text;
  switch (kind) {
    case "eof":
      return "the end of the file";
    case "lident":
    case "uident":
      return `the name '${shown}'`;
    case "int":
    case "float":
      return `the number ${shown}`;
    case "string":
      return `the string ${shown}`;
    case "char":
      return `the character ${shown}`;
    default:
      if (KEYWORDS.has(kind)) return `the keyword '${kind}'`;
      return OPERATORS.has(kind) ? `the operator '${shown}'` : `'${shown}'`;
  }
}

/** Column of the first token on the line of a token. */
export function lineIndent({ file: { text } }: Tokens, start: number): number {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  let at = line;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - line;
}

export function isAtLineStart(tokens: Tokens, start: number): boolean {
  const { text } = tokens.file;
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === "";
}

/** The opening tokens, by position, that nothing closes between two tokens. */
export function unclosed({ kinds }: Tokens, from: number, to: number): number[] {
  const opened: number[] = [];
  for (let i = from; i < to; i++) {
    const kind = kinds[i]!;
    if (CLOSING.has(kind)) opened.push(i);
    else if (CLOSERS.has(kind) && opened.length > 0 && CLOSING.get(kinds[opened[opened.length - 1]!]!) === kind) opened.pop();
  }
  return opened;
}

/** The innermost opening token of the item, if what was found ends more than a phrase and leaves it open. */
function unmatched({ tokens, position, itemStart }: ErrorPlace, related: readonly Related[]): Related[] {
  const kind = tokens.kinds[position]!;
  if (related.some((r) => r.message.endsWith("might be unmatched"))) return [];
  const endsItem = kind === "eof" || kind === ";;" || (ITEM_START.has(kind) && kind !== "end" && isAtLineStart(tokens, tokens.starts[position]!));
  if (!endsItem && !CLOSERS.has(kind)) return [];
  const opened = unclosed(tokens, itemStart, position).pop();
  if (opened === undefined || CLOSING.get(tokens.kinds[opened]!) === kind) return [];
  return [{ location: locationOf(tokens, opened), message: `This '${textOf(tokens, opened)}' might be unmatched` }];
}

/** An `end` that stands further left than the line of what it closes: what it closes probably lacks its own. */
export function misalignedEnd(tokens: Tokens): Related | undefined {
  const opened: number[] = [];
  for (let i = 0; i < tokens.kinds.length; i++) {
    const kind = tokens.kinds[i]!;
    if (CLOSING.get(kind) === "end") opened.push(i);
    else if (kind === "end") {
      const opening = opened.pop();
      if (opening === undefined || !isAtLineStart(tokens, tokens.starts[i]!)) continue;
      if (lineIndent(tokens, tokens.starts[i]!) < lineIndent(tokens, tokens.starts[opening]!)) return { location: locationOf(tokens, opening), message: `This '${tokens.kinds[opening]!}' might lack its 'end': the next one stands further to the left` };
    }
  }
  return undefined;
}

const hint = (message: string, location?: Location): Related[] => [{ location, message: location === undefined ? `Hint: ${message}` : message }];

/** What may have been meant. */
function hints({ tokens, position, itemStart, itemBefore }: ErrorPlace, expected: string | undefined): Related[] {
  const from = position === itemStart ? itemBefore : itemStart;
  const { kinds } = tokens;
  const kind = kinds[position]!;
  const text = textOf(tokens, position);
  const before = position > 0 ? kinds[position - 1]! : "";
  const isName = expected?.startsWith("name of") === true;
  const next = kinds[position + 1] ?? "";
  const beginsItem = ITEM_START.has(kind) && isAtLineStart(tokens, tokens.starts[position]!);
  const isMeantAsName = expected === "pattern" ? ["=", ":", ",", ")", "->", "in", "lident"].includes(next) : expected === "'='" ? next === "=" || next === "lident" : isName && !expected.startsWith("name of a module");
  if (KEYWORDS.has(kind) && kind !== "end" && !beginsItem && isMeantAsName) return hint(`'${kind}' is a keyword; as a name it is written \\#${kind}`);
  if (isName && kind === "uident") return hint(`a ${expected.slice(8)}'s name begins with a lower-case letter`);
  if (kind === "lident" && (expected === "name of a module" || expected === "constructor")) return hint(`the name of a ${expected === "constructor" ? expected : "module"} begins with an upper-case letter`);
  switch (kind) {
    case "else":
      return before === ";" ? hint("This ';' ends the conditional: phrases after 'then' need parentheses, or 'begin' and 'end'", locationOf(tokens, position - 1)) : [];
    case "then": {
      const spelt = lastOf(from, position, (i) => kinds[i] === "lident" && /^(elif|elsif|elseif)$/.test(tokens.values[i]!));
      return spelt === undefined ? [] : hint("This is written 'else if'", locationOf(tokens, spelt));
    }
    case "'":
      return expected === "expression" || expected === "pattern" ? hint("one character stands between quotes; strings stand in double quotes") : [];
    case "#":
      return expected === "definition" || expected === "declaration" ? hint("directives are the toplevel's") : [];
    case "method":
    case "inherit":
    case "initializer":
      return hint(`'${kind}' stands between 'object' and 'end'`);
    case "->":
      return expected === "'='" ? hint("a definition's body follows '='; 'fun' and cases have '->'") : [];
    case ":=":
      return expected === "'='" ? hint("a definition has '='; ':=' changes a reference") : [];
    case "infix0":
      return expected === "'='" && text === "==" ? hint("a definition has '='; '==' compares") : [];
    case "infix3":
      return text.startsWith("//") || text.startsWith("/*") ? hint("comments stand between (* and *)") : [];
    case "=":
      if (expected === "'->'") return hint("the body of 'fun' and of a case follows '->'");
      if (expected === "':'" && kinds[from] === "val") return hint("values are defined by 'let'");
      if (expected === "'.'" && kinds[from] === "type" && before === "uident") return hint("a type's name begins with a lower-case letter", locationOf(tokens, position - 1));
  }
  if (CLOSERS.has(kind) && expected !== undefined && /^de(?:finition|claration)$/.test(expected) && unclosed(tokens, from, position).length === 0) return hint(`nothing is open here that '${text}' could close`);
  if (expected === "'='" && kind !== "eof") {
    // let C x y = …
    const binding = lastOf(from, position, (i) => kinds[i] === "let" || kinds[i] === "and");
    if (binding === undefined) return [];
    const name = kinds[binding + 1] === "rec" ? binding + 2 : binding + 1;
    if (kinds[name] === "uident" && kinds[name + 1] !== ".") return hint(`'${textOf(tokens, name)}' is a constructor: a value's name begins with a lower-case letter`, locationOf(tokens, name));
  }
  return [];
}

function lastOf(from: number, to: number, is: (position: number) => boolean): number | undefined {
  for (let i = to - 1; i >= from; i--) if (is(i)) return i;
  return undefined;
}

/** Of a `let` that has no `in`: what it may be instead. */
export function missingIn({ tokens }: { readonly tokens: Tokens }, keyword: number): Related[] {
  const related: Related[] = hint(`This '${textOf(tokens, keyword)}' has no 'in'`, locationOf(tokens, keyword));
  if (keyword > 0 && tokens.kinds[keyword - 1] === ";") related.push(...hint("This ';' makes it a part of the phrase before: a definition of its own has none before it", locationOf(tokens, keyword - 1)));
  return related;
}
