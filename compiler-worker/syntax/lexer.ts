/** The lexer: OCaml 5.3's tokens (reference manual, section 11.1), all at once into parallel arrays. */
import { errorAt, type Diagnostic, type Location, type SourceFile } from "./diagnostics.ts";

/**
 * Kinds of tokens. Keywords and punctuation are their own kind (`let`, `->`); the others are classes:
 * operators are classed by precedence as in the manual's table (section 11.7.1).
 */
export type TokenKind = string;

/** The tokens of a file. `values[i]` is the decoded text of token i: identifier, operator, literal, label. */
export interface Tokens {
  readonly file: SourceFile;
  readonly kinds: readonly TokenKind[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly values: readonly string[];
  /** By index, for strings: the delimiter of `{id|…|id}` (none for "…"); for numbers: the suffix. */
  readonly extras: ReadonlyMap<number, string>;
  readonly diagnostics: Diagnostic[];
  /** Documentation comments by the offset at which they end: `(** … *)`. */
  readonly docs: { readonly start: number; readonly end: number; readonly text: string }[];
}

const KEYWORDS: ReadonlySet<string> = new Set([
  "and", "as", "assert", "begin", "class", "constraint", "do", "done", "downto", "effect", "else", "end", "exception", "external", "false", "for", "fun",
  "function", "functor", "if", "in", "include", "inherit", "initializer", "lazy", "let", "match", "method", "module", "mutable", "new", "nonrec",
  "object", "of", "open", "or", "private", "rec", "sig", "struct", "then", "to", "true", "try", "type", "val", "virtual", "when", "while", "with",
]);
const WORD_OPERATORS = new Map([
  ["mod", "infix3"], ["land", "infix3"], ["lor", "infix3"], ["lxor", "infix3"], ["lsl", "infix4"], ["lsr", "infix4"], ["asr", "infix4"],
]);

/** Character classes of bytes. */
const LOWER = 1;
const UPPER = 2;
const DIGIT = 4;
const IDENT = 8;
const SYMBOL = 16;
const BLANK = 32;
const CLASS = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const ch = String.fromCharCode(c);
  let k = 0;
  if (/[a-z_]/.test(ch) || (c >= 0xdf && c !== 0xf7)) k |= LOWER;
  if (/[A-Z]/.test(ch) || (c >= 0xc0 && c <= 0xde && c !== 0xd7)) k |= UPPER;
  if (/[0-9]/.test(ch)) k |= DIGIT;
  if (/[A-Za-z0-9_']/.test(ch) || c >= 0x80) k |= IDENT;
  if ("!$%&*+-./:<=>?@^|~".includes(ch)) k |= SYMBOL;
  if (ch === " " || ch === "\t" || ch === "\r" || ch === "\f" || ch === "\n") k |= BLANK;
  CLASS[c] = k;
}
/** Strings of one symbol, so that none are made. */
const SINGLE: readonly string[] = Array.from(CLASS, (k, c) => ((k & SYMBOL) === 0 ? "" : String.fromCharCode(c)));

/** First bytes of UTF-8 sequences of Latin letters with diacritics (U+00C0–U+024F): upper case ones begin a constructor. */
function startsUpperUtf8(text: string, i: number): boolean {
  const a = text.charCodeAt(i);
  const b = text.charCodeAt(i + 1);
  if (a === 0xc3) return b >= 0x80 && b <= 0x9e && b !== 0x97;
  // Latin Extended-A: mostly pairs of an upper and a lower letter; the exceptions are where the parity flips.
  if (a === 0xc5 && b === 0xb8) return true;
  if (a === 0xc4 || a === 0xc5) {
    const code = ((a & 31) << 6) | (b & 63);
    if (code === 0x138 || code === 0x149 || code === 0x17f) return false;
    if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e)) return code % 2 === 1;
    return code % 2 === 0;
  }
  if (a === 0xe1 && b === 0xba && text.charCodeAt(i + 2) === 0x9e) return true;
  return false;
}

const ESCAPES: Readonly<Record<string, number>> = { "\\": 92, '"': 34, "'": 39, n: 10, t: 9, b: 8, r: 13, " ": 32 };

function utf8(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  return String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
}

const INT = /0[xX][0-9A-Fa-f][0-9A-Fa-f_]*|0[oO][0-7][0-7_]*|0[bB][01][01_]*|[0-9][0-9_]*/y;
const FLOAT = /0[xX][0-9A-Fa-f][0-9A-Fa-f_]*(?:\.[0-9A-Fa-f_]*)?(?:[pP][+-]?[0-9][0-9_]*)?|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?/y;
const QUOTED = /\{(?:(%%?)([A-Za-z_\x80-\xff][A-Za-z0-9_'.\x80-\xff]*)(?:[ \t\r\n]+([a-z_\xc0-\xff]*))?|([a-z_\xc0-\xff]*))\|/y;

/** Words as they were met: most are met again, and then nothing is allocated for them; equal words are the same object. */
class Words {
  #table: (string | undefined)[] = [];
  #count = 0;
  #mask = 0;

  constructor() {
    this.#clear();
  }

  /** Begins again with the keywords, which so are the objects that the parser compares with. */
  #clear(): void {
    const size = 1 << 14;
    this.#table = new Array<string | undefined>(size).fill(undefined);
    this.#mask = size - 1;
    this.#count = 0;
    for (const word of KEYWORDS) this.#table[this.#slot(word, 0, word.length, hashOf(word))] = word;
  }

  /** Where `text` from `start` to `end` is in the table, or belongs. */
  #slot(text: string, start: number, end: number, hash: number): number {
    let slot = hash & this.#mask;
    for (;;) {
      const word = this.#table[slot];
      if (word === undefined || (word.length === end - start && sameFrom(text, start, word))) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** The word in `text` from `start` to `end`, whose hash is known. */
  get(text: string, start: number, end: number, hash: number): string {
    const slot = this.#slot(text, start, end, hash);
    const known = this.#table[slot];
    if (known !== undefined) return known;
    // A slice of a text may keep all of it; names of properties are strings of their own.
    const word = Object.keys({ [text.slice(start, end)]: 0 })[0]!;
    if (2 * ++this.#count > this.#table.length) {
      this.#clear();
      return word;
    }
    this.#table[slot] = word;
    return word;
  }
}
const nextHash = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;
function hashOf(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = nextHash(hash, word.charCodeAt(i));
  return hash;
}
function sameFrom(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (text.charCodeAt(start + i) !== word.charCodeAt(i)) return false;
  return true;
}
const words = new Words();

/** Reads all tokens of a file. Lexical errors become diagnostics, and reading goes on after them. */
export function tokenize(file: SourceFile): Tokens {
  const text = file.text;
  const n = text.length;
  const kinds: string[] = [];
  let starts = new Int32Array((n >> 2) + 16);
  let ends = new Int32Array(starts.length);
  const values: string[] = [];
  const extras = new Map<number, string>();
  const diagnostics: Diagnostic[] = [];
  const docs: { start: number; end: number; text: string }[] = [];
  let i = 0;
  const loc = (start: number, end: number): Location => ({ file, start, end, ghost: false });
  const error = (start: number, end: number, message: string): void => {
    diagnostics.push(errorAt(loc(start, end), message));
  };
  const push = (kind: string, start: number, end: number, value: string, extra?: string): void => {
    const count = kinds.length;
    if (count === starts.length) {
      starts = longer(starts);
      ends = longer(ends);
    }
    starts[count] = start;
    ends[count] = end;
    kinds.push(kind);
    values.push(value);
    if (extra !== undefined) extras.set(count, extra);
    i = end;
  };
  /** A closing bracket: with a symbol run `|` or `>` that touches it, one token `|]`, `>]` or `>}`. */
  const pushCloser = (bracket: "]" | "}"): void => {
    const last = kinds.length - 1;
    const before = kinds[last];
    if (last >= 0 && ends[last] === i && (before === ">" || (before === "|" && bracket === "]"))) {
      kinds[last] = values[last] = before === "|" ? "|]" : bracket === "]" ? ">]" : ">}";
      ends[last] = ++i;
    } else push(bracket, i, i + 1, bracket);
  };

  /** Skips a quoted string from its `|`; returns the offset after it, or −1 when it is not closed. */
  const quotedEnd = (from: number, id: string): number => {
    const close = text.indexOf(`|${id}}`, from);
    return close < 0 ? -1 : close;
  };

  /** Decodes a "…" literal that begins at `start`; returns its value and the offset after the closing quote. */
  const readString = (start: number, inComment: boolean): { value: string; end: number } => {
    let value = "";
    let j = start + 1;
    let run = j;
    for (;;) {
      if (j >= n) {
        if (!inComment) error(start, start + 1, "String literal not terminated");
        return { value: value + text.slice(run, j), end: n };
      }
      const c = text.charCodeAt(j);
      if (c === 34) return { value: value + text.slice(run, j), end: j + 1 };
      if (c !== 92) {
        if (c === 13 && text.charCodeAt(j + 1) === 10) {
          value += text.slice(run, j);
          run = j + 1;
        }
        j++;
        continue;
      }
      value += text.slice(run, j);
      const d = text[j + 1] ?? "";
      if (d in ESCAPES) {
        value += String.fromCharCode(ESCAPES[d]!);
        j += 2;
      } else if (d === "\n" || (d === "\r" && text[j + 2] === "\n")) {
        j += d === "\n" ? 2 : 3;
        while (text[j] === " " || text[j] === "\t") j++;
      } else if (/^[0-9]{3}/.test(text.slice(j + 1, j + 4))) {
        const code = parseInt(text.slice(j + 1, j + 4), 10);
        if (code > 255) {
          if (!inComment) error(j, j + 4, `Illegal backslash escape in string or character (\\${text.slice(j + 1, j + 4)})`);
        } else value += String.fromCharCode(code);
        j += 4;
      } else if (d === "x" && /^[0-9A-Fa-f]{2}/.test(text.slice(j + 2, j + 4))) {
        value += String.fromCharCode(parseInt(text.slice(j + 2, j + 4), 16));
        j += 4;
      } else if (d === "o" && /^[0-3][0-7]{2}/.test(text.slice(j + 2, j + 5))) {
        value += String.fromCharCode(parseInt(text.slice(j + 2, j + 5), 8));
        j += 5;
      } else if (d === "u" && /^\{[0-9A-Fa-f]{1,6}\}/.test(text.slice(j + 2, j + 10))) {
        const close = text.indexOf("}", j);
        const code = parseInt(text.slice(j + 3, close), 16);
        if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
          if (!inComment) error(j, close + 1, `Illegal backslash escape in string or character (\\u{${text.slice(j + 3, close)}})`);
        } else value += utf8(code);
        j = close + 1;
      } else {
        // An illegal escape stands for itself (warning 14).
        if (!inComment) diagnostics.push({ severity: "warning", location: loc(j, j + 2), message: "illegal backslash escape in string.", warning: { number: 14, name: "illegal-backslash" }, related: [] });
        value += "\\" + d;
        j += 2;
      }
      run = j;
    }
  };

  /** Length of a character literal at `start` (0: it is none), with its code. */
  const charLiteral = (start: number): { end: number; code: number } | undefined => {
    const c = text[start + 1];
    if (c === undefined) return undefined;
    if (c !== "\\" && c !== "'" && c !== "\n" && c !== "\r") return text[start + 2] === "'" ? { end: start + 3, code: text.charCodeAt(start + 1) } : undefined;
    if ((c === "\n" || c === "\r") && text[start + 2] === "'") return { end: start + 3, code: text.charCodeAt(start + 1) };
    if (c === "\r" && text[start + 2] === "\n" && text[start + 3] === "'") return { end: start + 4, code: 10 };
    if (c !== "\\") return undefined;
    const d = text[start + 2] ?? "";
    if (d in ESCAPES && text[start + 3] === "'") return { end: start + 4, code: ESCAPES[d]! };
    if (text[start + 5] === "'" && /^[0-9]{3}$/.test(text.slice(start + 2, start + 5))) return { end: start + 6, code: parseInt(text.slice(start + 2, start + 5), 10) };
    if (d === "x" && text[start + 5] === "'" && /^[0-9A-Fa-f]{2}$/.test(text.slice(start + 3, start + 5))) return { end: start + 6, code: parseInt(text.slice(start + 3, start + 5), 16) };
    if (d === "o" && text[start + 6] === "'" && /^[0-3][0-7]{2}$/.test(text.slice(start + 3, start + 6))) return { end: start + 7, code: parseInt(text.slice(start + 3, start + 6), 8) };
    return undefined;
  };

  /** Skips a comment that begins at `start`; comments nest, and strings inside them are skipped whole. */
  const comment = (start: number): void => {
    const opened: number[] = [start];
    let j = start + 2;
    while (opened.length > 0) {
      if (j >= n) {
        const place = opened[opened.length - 1]!;
        error(place, place + 2, "Comment not terminated");
        i = n;
        return;
      }
      const c = text.charCodeAt(j);
      if (c === 40 && text.charCodeAt(j + 1) === 42) {
        opened.push(j);
        j += 2;
      } else if (c === 42 && text.charCodeAt(j + 1) === 41) {
        opened.pop();
        j += 2;
      } else if (c === 34) {
        const string = readString(j, true);
        if (string.end >= n && text.charCodeAt(n - 1) !== 34) {
          error(start, start + 2, "This comment contains an unterminated string literal");
          i = n;
          return;
        }
        j = string.end;
      } else if (c === 39) {
        const literal = charLiteral(j);
        j = literal === undefined ? j + 1 : literal.end;
      } else if (c === 123) {
        QUOTED.lastIndex = j;
        const match = QUOTED.exec(text);
        if (match === null) j++;
        else {
          const id = match[3] ?? match[4] ?? "";
          const close = quotedEnd(QUOTED.lastIndex, id);
          if (close < 0) {
            error(start, start + 2, "This comment contains an unterminated string literal");
            i = n;
            return;
          }
          j = close + id.length + 2;
        }
      } else if ((CLASS[c]! & (LOWER | UPPER)) !== 0) {
        while (j < n && (CLASS[text.charCodeAt(j)]! & IDENT) !== 0) j++;
      } else j++;
    }
    if (text[start + 2] === "*" && text[start + 3] !== "*" && text[start + 3] !== ")") docs.push({ start, end: j, text: text.slice(start + 3, j - 2) });
    i = j;
  };

  /** End of a run of operator characters from `from`. */
  const symbols = (from: number): number => {
    let j = from;
    while (j < n && (CLASS[text.charCodeAt(j)]! & SYMBOL) !== 0) j++;
    return j;
  };
  /** End of a run of characters that `let` and index operators may have: symbols and `#`. */
  const dotSymbols = (from: number): number => {
    let j = from;
    while (j < n && "!$%&*+-/:=>?@^|~<.#".includes(text[j]!)) j++;
    return j;
  };

  /** `#18 "file.ml"` at the beginning of a line only tells where the text came from; it is skipped. */
  const lineDirective = /#[ \t]*[0-9]+[ \t]*(?:"[^"\n]*")?[^\n]*/y;

  while (i < n) {
    const c = text.charCodeAt(i);
    const k = CLASS[c]!;
    if ((k & BLANK) !== 0) {
      i++;
      continue;
    }
    const start = i;
    if ((k & (LOWER | UPPER)) !== 0) {
      let j = i + 1;
      let hash = c;
      for (; j < n; j++) {
        const code = text.charCodeAt(j);
        if ((CLASS[code]! & IDENT) === 0) break;
        hash = nextHash(hash, code);
      }
      const word = words.get(text, i, j, hash);
      const upper = c < 0x80 ? (k & UPPER) !== 0 : startsUpperUtf8(text, i);
      if (upper) push("uident", start, j, word);
      else if (KEYWORDS.has(word)) {
        // let-operators: let* and* …
        if ((word === "let" || word === "and") && j < n && "$&*+-/<=>@^|".includes(text[j]!)) {
          const end = dotSymbols(j);
          push(word === "let" ? "letop" : "andop", start, end, text.slice(start, end));
        } else push(word, start, j, word);
      } else push(WORD_OPERATORS.get(word) ?? "lident", start, j, word);
      continue;
    }
    if ((k & DIGIT) !== 0) {
      INT.lastIndex = i;
      INT.exec(text);
      FLOAT.lastIndex = i;
      FLOAT.exec(text);
      const isFloat = FLOAT.lastIndex > INT.lastIndex && !(text[INT.lastIndex] === undefined);
      let end = isFloat ? FLOAT.lastIndex : INT.lastIndex;
      const digits = text.slice(i, end).replace(/_/g, "");
      let suffix = "";
      if (end < n && /[g-zG-Z]/.test(text[end]!)) suffix = text[end++]!;
      if (end < n && (CLASS[text.charCodeAt(end)]! & IDENT) !== 0 && text[end] !== "'") {
        let stop = end;
        while (stop < n && (CLASS[text.charCodeAt(stop)]! & IDENT) !== 0) stop++;
        error(start, stop, `Invalid literal ${text.slice(start, stop)}`);
        end = stop;
      }
      push(isFloat ? "float" : "int", start, end, digits, suffix);
      continue;
    }
    switch (c) {
      case 34: {
        const { value, end } = readString(i, false);
        push("string", start, end, value);
        continue;
      }
      case 39: {
        const literal = charLiteral(i);
        if (literal !== undefined) {
          if (literal.code > 255) error(start, literal.end, `Illegal backslash escape in string or character (${text.slice(start + 1, literal.end - 1)})`);
          push("char", start, literal.end, String.fromCharCode(literal.code & 255));
        } else if (text[i + 1] === "\\") {
          error(start, i + 2, "Illegal backslash escape in string or character");
          push("char", start, Math.min(n, i + 3), "?");
        } else push("'", start, i + 1, "'");
        continue;
      }
      case 40: // (
        if (text[i + 1] === "*") {
          if (text[i + 2] === ")") {
            diagnostics.push({ severity: "warning", location: loc(i, i + 3), message: "this looks like the start of a comment.", warning: { number: 1, name: "comment-start" }, related: [] });
            i += 0;
          }
          comment(i);
        } else push("(", start, i + 1, "(");
        continue;
      case 41:
        push(")", start, i + 1, ")");
        continue;
      case 91: { // [
        const d = text[i + 1];
        if (d === "@") {
          const kind = text.startsWith("[@@@", i) ? "[@@@" : text.startsWith("[@@", i) ? "[@@" : "[@";
          push(kind, start, i + kind.length, kind);
        } else if (d === "%") {
          const kind = text.startsWith("[%%", i) ? "[%%" : "[%";
          push(kind, start, i + kind.length, kind);
        } else if (d === "|" && text[i + 2] !== "]") push("[|", start, i + 2, "[|");
        else if (d === "|") push("[|", start, i + 2, "[|");
        else if (d === "<") push("[<", start, i + 2, "[<");
        else if (d === ">") push("[>", start, i + 2, "[>");
        else push("[", start, i + 1, "[");
        continue;
      }
      case 93:
        pushCloser("]");
        continue;
      case 123: { // {
        QUOTED.lastIndex = i;
        const match = QUOTED.exec(text);
        if (match !== null) {
          const id = match[1] !== undefined ? (match[3] ?? "") : match[4]!;
          const body = QUOTED.lastIndex;
          const close = quotedEnd(body, id);
          if (close < 0) {
            error(start, body, "String literal not terminated");
            push("string", start, n, text.slice(body), id);
          } else if (match[1] === undefined) push("string", start, close + id.length + 2, text.slice(body, close), id);
          else push(match[1] === "%" ? "quotedext" : "quotedextitem", start, close + id.length + 2, text.slice(body, close), `${match[2]} ${id}`);
        } else if (text[i + 1] === "<") push("{<", start, i + 2, "{<");
        else push("{", start, i + 1, "{");
        continue;
      }
      case 125:
        pushCloser("}");
        continue;
      case 44:
        push(",", start, i + 1, ",");
        continue;
      case 59:
        if (text[i + 1] === ";") push(";;", start, i + 2, ";;");
        else push(";", start, i + 1, ";");
        continue;
      case 96:
        push("`", start, i + 1, "`");
        continue;
      case 35: { // #
        const lineStart = i === 0 || text.slice(text.lastIndexOf("\n", i - 1) + 1, i).trim() === "";
        lineDirective.lastIndex = i;
        if (lineStart && lineDirective.test(text)) {
          i = lineDirective.lastIndex;
          continue;
        }
        let j = i + 1;
        while (j < n && ((CLASS[text.charCodeAt(j)]! & SYMBOL) !== 0 || text[j] === "#")) j++;
        if (j > i + 1) push("hashop", start, j, text.slice(i, j));
        else push("#", start, j, "#");
        continue;
      }
      case 92: // \#ident
        if (text[i + 1] === "#" && (CLASS[text.charCodeAt(i + 2)]! & LOWER) !== 0) {
          let j = i + 2;
          while (j < n && (CLASS[text.charCodeAt(j)]! & IDENT) !== 0) j++;
          push("lident", start, j, text.slice(i + 2, j));
          continue;
        }
        break;
    }
    if ((k & SYMBOL) !== 0) {
      // Labels: ~x: ?x:
      if ((c === 126 || c === 63) && (CLASS[text.charCodeAt(i + 1)]! & LOWER) !== 0) {
        let j = i + 2;
        while (j < n && (CLASS[text.charCodeAt(j)]! & IDENT) !== 0) j++;
        if (text[j] === ":" && !KEYWORDS.has(text.slice(i + 1, j))) {
          push(c === 126 ? "label" : "optlabel", start, j + 1, text.slice(i + 1, j));
          continue;
        }
        push(c === 126 ? "~" : "?", start, i + 1, text[i]!);
        continue;
      }
      if (c === 46 && i + 1 < n && "!$%&*+-/:=>?@^|".includes(text[i + 1]!)) {
        // .+( and the like: user-defined index operators.
        const end = dotSymbols(i + 1);
        if ("([{".includes(text[end] ?? "")) {
          push("dotop", start, end, text.slice(i, end));
          continue;
        }
      }
      const end = symbols(i);
      classify(end === i + 1 ? SINGLE[c]! : text.slice(i, end), start, end);
      continue;
    }
    error(start, start + 1, `Illegal character (${c >= 32 && c < 127 ? text[i] : `\\${String(c).padStart(3, "0")}`})`);
    i++;
  }

  function classify(op: string, start: number, end: number): void {
    switch (op) {
      case "=": case "<": case ">": case "|": case "||": case "&": case "&&": case "+": case "-": case "+.": case "-.": case "*": case "->": case "<-":
      case ":": case "::": case ":=": case ":>": case "!": case "?": case "~": case ".": case "..": case "%": case "+=": case "!=":
        if (op === "!=") return push("infix0", start, end, op);
        return push(op, start, end, op);
      case "@@": return push("infix1", start, end, op);
      case ".~": break;
    }
    const c = op[0]!;
    if (c === "!" || c === "~" || c === "?") {
      if (c === "!" && op[1] === "=") return push("infix0", start, end, op);
      if (op.length > 1) return push("prefixop", start, end, op);
    }
    if ("=<>|&$".includes(c)) {
      // `|]`, `>]`, `>}` were handled by their brackets; here a symbol run such as `>|=`.
      if (c === "|" && op === "|") return push("|", start, end, op);
      // A run that only begins with a reserved token and goes on otherwise is one operator.
      return push("infix0", start, end, op);
    }
    if (c === "@" || c === "^") return push("infix1", start, end, op);
    if (c === "+" || c === "-") return push("infix2", start, end, op);
    if (c === "*" && op[1] === "*") return push("infix4", start, end, op);
    if (c === "*" || c === "/" || c === "%") return push("infix3", start, end, op);
    // Runs that begin with . or : are split: `..`, `::`, `:=`, `:>` and single ones.
    for (const prefix of ["..", "::", ":=", ":>", ".", ":"]) {
      if (op.startsWith(prefix)) return push(prefix, start, start + prefix.length, prefix);
    }
    error(start, end, `Illegal character (${op})`);
    i = end;
  }

  push("eof", n, n, "");
  return { file, kinds, starts, ends, values, extras, diagnostics, docs };
}

function longer(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(2 * array.length);
  result.set(array);
  return result;
}
