/** The lexer: OCaml 5.3's tokens (reference manual, section 11.1), all at once into parallel arrays. */
import { errorAt, type Diagnostic, type Location, type SourceFile } from "./diagnostics.ts";
import { utf8, wideIdentifier, type WideIdentifier } from "./identifiers.ts";
import { noteLineDirective } from "./positions.ts";

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
  /** Of all comments: where they begin and end, in turn. */
  readonly comments: readonly number[];
}

export const KEYWORDS: ReadonlySet<string> = new Set([
  "and", "as", "assert", "begin", "class", "constraint", "do", "done", "downto", "effect", "else", "end", "exception", "external", "false", "for", "fun",
  "function", "functor", "if", "in", "include", "inherit", "initializer", "lazy", "let", "match", "method", "module", "mutable", "new", "nonrec",
  "object", "of", "open", "or", "private", "rec", "sig", "struct", "then", "to", "true", "try", "type", "val", "virtual", "when", "while", "with",
]);
const WORD_OPERATORS = new Map([
  ["mod", "infix3"], ["land", "infix3"], ["lor", "infix3"], ["lxor", "infix3"], ["lsl", "infix4"], ["lsr", "infix4"], ["asr", "infix4"],
]);

/** Runs of symbols that are tokens of their own kind. */
const OPERATORS = ["=", "<", ">", "|", "||", "&", "&&", "+", "-", "+.", "-.", "*", "->", "<-", ":", "::", ":=", ":>", "!", "?", "~", ".", "..", "%", "+="];

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
  // Of what begins with a byte beyond ASCII, the case is found out apart.
  if (/[a-z_]/.test(ch) || c >= 0xc0) k |= LOWER;
  if (/[A-Z]/.test(ch)) k |= UPPER;
  if (/[0-9]/.test(ch)) k |= DIGIT;
  if (/[A-Za-z0-9_']/.test(ch) || c >= 0x80) k |= IDENT;
  if ("!$%&*+-./:<=>?@^|~".includes(ch)) k |= SYMBOL;
  if (ch === " " || ch === "\t" || ch === "\r" || ch === "\f" || ch === "\n") k |= BLANK;
  CLASS[c] = k;
}

const ESCAPES: Readonly<Record<string, number>> = { "\\": 92, '"': 34, "'": 39, n: 10, t: 9, b: 8, r: 13, " ": 32 };

const INT = /0[xX][0-9A-Fa-f][0-9A-Fa-f_]*|0[oO][0-7][0-7_]*|0[bB][01][01_]*|[0-9][0-9_]*/y;
const FLOAT = /0[xX][0-9A-Fa-f][0-9A-Fa-f_]*(?:\.[0-9A-Fa-f_]*)?(?:[pP][+-]?[0-9][0-9_]*)?|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?/y;
const QUOTED = /\{(?:(%%?)([A-Za-z_\x80-\xff][A-Za-z0-9_'.\x80-\xff]*)(?:[ \t\r\n]+([a-z_\x80-\xff]*))?|([a-z_\x80-\xff]*))\|/y;

/**
 * Words and operators as they were met, with their kinds: most are met again, and then nothing is allocated for them; equal
 * words are the same object.
 */
class Words {
  #texts: (string | undefined)[] = [];
  #kinds: TokenKind[] = [];
  #count = 0;
  #mask = 0;

  constructor() {
    this.#clear();
  }

  /** Begins again with the keywords, which so are the objects that the parser compares with. */
  #clear(): void {
    const size = 1 << 14;
    this.#texts = new Array<string | undefined>(size).fill(undefined);
    this.#kinds = new Array<TokenKind>(size).fill("");
    this.#mask = size - 1;
    this.#count = 0;
    for (const word of KEYWORDS) this.#put(this.#slot(word, 0, word.length, hashOf(word)), word, word);
    for (const operator of OPERATORS) this.#put(this.#slot(operator, 0, operator.length, hashOf(operator)), operator, operator);
  }

  #put(slot: number, text: string, kind: TokenKind): void {
    this.#texts[slot] = text;
    this.#kinds[slot] = kind;
  }

  /** Where `text` from `start` to `end` is in the table, or belongs. */
  #slot(text: string, start: number, end: number, hash: number): number {
    let slot = hash & this.#mask;
    for (;;) {
      const word = this.#texts[slot];
      if (word === undefined || (word.length === end - start && sameFrom(text, start, word))) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** The number of the word in `text` from `start` to `end`, whose hash is known; valid until the next one is asked for. */
  find(text: string, start: number, end: number, hash: number): number {
    const slot = this.#slot(text, start, end, hash);
    return this.#texts[slot] === undefined ? this.#add(slot, text, start, end, hash) : slot;
  }

  #add(slot: number, text: string, start: number, end: number, hash: number): number {
    // A slice of a text may keep all of it; names of properties are strings of their own.
    const word = Object.keys({ [text.slice(start, end)]: 0 })[0]!;
    if (2 * ++this.#count > this.#texts.length) {
      this.#clear();
      slot = this.#slot(text, start, end, hash);
    }
    this.#put(slot, word, kindOfWord(word));
    return slot;
  }

  text(slot: number): string {
    return this.#texts[slot]!;
  }
  kind(slot: number): TokenKind {
    return this.#kinds[slot]!;
  }
}
function kindOfWord(word: string): TokenKind {
  const c = word.charCodeAt(0);
  const k = CLASS[c]!;
  if ((k & SYMBOL) !== 0) return kindOfOperator(word);
  if ((k & UPPER) !== 0) return "uident";
  if (word === "_") return word;
  return WORD_OPERATORS.get(word) ?? "lident";
}
/** The kind of a run of symbols; "" when only its beginning is a token. */
function kindOfOperator(op: string): TokenKind {
  if (op === "@@") return "infix1";
  const c = op[0]!;
  if (c === "!" || c === "~" || c === "?") return c === "!" && op[1] === "=" ? "infix0" : "prefixop";
  // `|]`, `>]`, `>}` are handled by their brackets. A run that only begins with a reserved token and goes on otherwise is one operator.
  if ("=<>|&$".includes(c)) return "infix0";
  if (c === "@" || c === "^") return "infix1";
  if (c === "+" || c === "-") return "infix2";
  if (c === "*" && op[1] === "*") return "infix4";
  if (c === "*" || c === "/" || c === "%") return "infix3";
  return "";
}
const nextHash = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;
function hashOf(word: string): number {
  let hash = word.charCodeAt(0);
  for (let i = 1; i < word.length; i++) hash = nextHash(hash, word.charCodeAt(i));
  return hash;
}
function sameFrom(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (text.charCodeAt(start + i) !== word.charCodeAt(i)) return false;
  return true;
}

const sharedWords = new Words();

/** Reads all tokens of a file. Lexical errors become diagnostics, and reading goes on after them. */
export function tokenize(file: SourceFile): Tokens {
  return new Lexer(file).run();
}

/** `#18 "file.ml"` at the beginning of a line only tells where the text came from; it is skipped. */
const LINE_DIRECTIVE = /#[ \t]*([0-9]+)[ \t]*"([^"\r\n]*)"[^\r\n]*/y;

/** What stands before the pattern of a case, and tokens that patterns begin with: a name in a pattern is followed by none of these. */
const BEFORE_CASES: ReadonlySet<TokenKind> = new Set(["with", "|", "function"]);
const BEGIN_PATTERNS: ReadonlySet<TokenKind> = new Set(["uident", "lident", "_", "(", "`", "lazy"]);

class Lexer {
  readonly #file: SourceFile;
  readonly #text: string;
  #position = 0;
  readonly #words = sharedWords;
  readonly #kinds: string[] = [];
  #starts: Int32Array<ArrayBuffer>;
  #ends: Int32Array<ArrayBuffer>;
  readonly #values: string[] = [];
  readonly #extras = new Map<number, string>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #docs: { start: number; end: number; text: string }[] = [];
  readonly #comments: number[] = [];

  constructor(file: SourceFile) {
    this.#file = file;
    this.#text = file.text;
    this.#starts = new Int32Array((file.text.length >> 2) + 16);
    this.#ends = new Int32Array(this.#starts.length);
  }
  #error(start: number, end: number, message: string): void {
    this.#diagnostics.push(errorAt(this.#location(start, end), message));
  }
  #location(start: number, end: number): Location {
    return { file: this.#file, start, end, ghost: false };
  }

  /** Makes names of the words `effect` that begin no pattern of an effect. */
  #nameEffects(): void {
    const kinds = this.#kinds;
    for (let i = kinds.indexOf("effect"); i >= 0; i = kinds.indexOf("effect", i + 1)) if (!BEFORE_CASES.has(kinds[i - 1] ?? "") || !BEGIN_PATTERNS.has(kinds[i + 1]!)) kinds[i] = "lident";
  }

  run(): Tokens {
    const text = this.#text;
    const n = text.length;
    const words = this.#words;
    while (this.#position < n) {
      const start = this.#position;
      const c = text.charCodeAt(start);
      const k = CLASS[c]!;
      // Most of a text are blanks, words and operators; the rest is apart, so that this loop is small.
      if ((k & BLANK) !== 0) this.#position = start + 1;
      else if ((k & (LOWER | UPPER)) !== 0) {
        let end = start + 1;
        let hash = c;
        let bits = c;
        for (; end < n; end++) {
          const code = text.charCodeAt(end);
          if ((CLASS[code]! & IDENT) === 0) break;
          hash = nextHash(hash, code);
          bits |= code;
        }
        if (bits >= 0x80) {
          const { name, isUpper } = this.#wide(start, start, end);
          this.#push(isUpper ? "uident" : "lident", start, end, name);
          continue;
        }
        const word = words.find(text, start, end, hash);
        const kind = words.kind(word);
        if ((kind === "let" || kind === "and") && end < n && "$&*+-/<=>@^|".includes(text[end]!)) this.#letOperator(kind, start, end);
        else this.#push(kind, start, end, words.text(word));
      } else if ((k & SYMBOL) !== 0) this.#symbol(start, c);
      else this.#other(start, c, k);
    }
    this.#push("eof", n, n, "");
    if (this.#file.effectIsName === true) this.#nameEffects();
    return { file: this.#file, kinds: this.#kinds, starts: this.#starts, ends: this.#ends, values: this.#values, extras: this.#extras, diagnostics: this.#diagnostics, docs: this.#docs, comments: this.#comments };
  }

  #push(kind: TokenKind, start: number, end: number, value: string): void {
    const count = this.#kinds.length;
    if (count === this.#starts.length) {
      this.#starts = longer(this.#starts);
      this.#ends = longer(this.#ends);
    }
    this.#starts[count] = start;
    this.#ends[count] = end;
    this.#kinds.push(kind);
    this.#values.push(value);
    this.#position = end;
  }
  #pushWith(kind: TokenKind, start: number, end: number, value: string, extra: string): void {
    this.#extras.set(this.#kinds.length, extra);
    this.#push(kind, start, end, value);
  }
  /** A closing bracket: with a symbol run `|` or `>` that touches it, one token `|]`, `>]` or `>}`. */
  #pushCloser(start: number, bracket: "]" | "}"): void {
    const last = this.#kinds.length - 1;
    const before = this.#kinds[last];
    if (last >= 0 && this.#ends[last] === start && (before === ">" || (before === "|" && bracket === "]"))) {
      this.#kinds[last] = this.#values[last] = before === "|" ? "|]" : bracket === "]" ? ">]" : ">}";
      this.#ends[last] = this.#position = start + 1;
    } else this.#push(bracket, start, start + 1, bracket);
  }

  /** `let*`, `and+` and the like. */
  #letOperator(kind: "let" | "and", start: number, end: number): void {
    const text = this.#text;
    let stop = end + 1;
    while (stop < text.length && "!$%&*+-/:=>?@^|".includes(text[stop]!)) stop++;
    this.#push(kind === "let" ? "letop" : "andop", start, stop, this.#text.slice(start, stop));
  }

  /** A run of symbols, or a label. */
  #symbol(start: number, c: number): void {
    const text = this.#text;
    const n = text.length;
    if (c === 126 || c === 63) {
      // Labels: ~x: ?x:
      if ((CLASS[text.charCodeAt(start + 1)]! & LOWER) !== 0) return this.#label(start, c);
      if (text.startsWith("\\#", start + 1) && (CLASS[text.charCodeAt(start + 3)]! & LOWER) !== 0) return this.#rawLabel(start, c);
    } else if (c === 46 && start + 1 < n && "!$%&*+-/:=>?@^|".includes(text[start + 1]!)) {
      // .+ and the like: user-defined index operators.
      let end = start + 2;
      while (end < n && (CLASS[text.charCodeAt(end)]! & SYMBOL) !== 0) end++;
      return this.#push("dotop", start, end, text.slice(start, end));
    } else if (c === 46 && text[start + 1] === "~") {
      this.#error(start, start + 2, "Reserved character sequence: .~ is reserved for use in MetaOCaml");
      this.#position = start + 2;
      return;
    }
    let end = start + 1;
    let hash = c;
    for (; end < n; end++) {
      const code = text.charCodeAt(end);
      if ((CLASS[code]! & SYMBOL) === 0) break;
      hash = nextHash(hash, code);
    }
    const operator = this.#words.find(text, start, end, hash);
    const kind = this.#words.kind(operator);
    if (kind === "") this.#splitSymbols(start, end);
    else this.#push(kind, start, end, this.#words.text(operator));
  }

  /** The identifier with letters beyond ASCII from `from` to `end`, of the token that begins at `start`. */
  #wide(start: number, from: number, end: number): WideIdentifier {
    const identifier = wideIdentifier(this.#text.slice(from, end));
    if (identifier.problem !== undefined) this.#error(start, end, identifier.problem);
    return identifier;
  }

  #label(start: number, c: number): void {
    const text = this.#text;
    let end = start + 2;
    while (end < text.length && (CLASS[text.charCodeAt(end)]! & IDENT) !== 0) end++;
    let name = text.slice(start + 1, end);
    if (/[\x80-\xff]/.test(name) && text[end] === ":") ({ name } = this.#wide(start, start + 1, end));
    if (text[end] === ":" && !KEYWORDS.has(name)) this.#push(c === 126 ? "label" : "optlabel", start, end + 1, name);
    else {
      const operator = c === 126 ? "~" : "?";
      this.#push(operator, start, start + 1, operator);
    }
  }

  /** `~\#in:`: a label may be a keyword's name. */
  #rawLabel(start: number, c: number): void {
    const text = this.#text;
    let end = start + 3;
    while (end < text.length && (CLASS[text.charCodeAt(end)]! & IDENT) !== 0) end++;
    if (text[end] === ":") return this.#push(c === 126 ? "label" : "optlabel", start, end + 1, text.slice(start + 3, end));
    const operator = c === 126 ? "~" : "?";
    this.#push(operator, start, start + 1, operator);
  }

  /** Runs that begin with . or : are split: `..`, `::`, `:=`, `:>` and single ones. */
  #splitSymbols(start: number, end: number): void {
    for (const prefix of ["..", "::", ":=", ":>", ".", ":"]) if (this.#text.startsWith(prefix, start)) return this.#push(prefix, start, start + prefix.length, prefix);
    this.#error(start, end, `Illegal character (${this.#text.slice(start, end)})`);
    this.#position = end;
  }

  #number(start: number): void {
    const text = this.#text;
    const n = text.length;
    INT.lastIndex = start;
    INT.exec(text);
    FLOAT.lastIndex = start;
    FLOAT.exec(text);
    const isFloat = FLOAT.lastIndex > INT.lastIndex && !(text[INT.lastIndex] === undefined);
    let end = isFloat ? FLOAT.lastIndex : INT.lastIndex;
    const digits = text.slice(start, end).replace(/_/g, "");
    let suffix = "";
    if (end < n && /[g-zG-Z]/.test(text[end]!)) suffix = text[end++]!;
    if (end < n && (CLASS[text.charCodeAt(end)]! & IDENT) !== 0 && text[end] !== "'") {
      let stop = end;
      while (stop < n && (CLASS[text.charCodeAt(stop)]! & IDENT) !== 0) stop++;
      this.#error(start, stop, `Invalid literal ${text.slice(start, stop)}`);
      end = stop;
    }
    this.#pushWith(isFloat ? "float" : "int", start, end, digits, suffix);
  }

  /** What is no blank, word or symbol. */
  #other(start: number, c: number, k: number): void {
    const text = this.#text;
    if ((k & DIGIT) !== 0) return this.#number(start);
    switch (c) {
      case 34: {
        const { value, end } = this.#readString(start, false);
        return this.#push("string", start, end, value);
      }
      case 39:
        return this.#quote(start);
      case 40: // (
        if (text.charCodeAt(start + 1) !== 42) return this.#push("(", start, start + 1, "(");
        if (text[start + 2] === ")") this.#diagnostics.push({ severity: "warning", location: this.#location(start, start + 3), message: "this `(*' is the start of a comment.\nHint: Did you forget spaces when writing the infix operator `( * )'?", warning: { number: 1, name: "comment-start" }, related: [] });
        return this.#comment(start);
      case 41:
        return this.#push(")", start, start + 1, ")");
      case 91:
        return this.#openBracket(start);
      case 93:
        return this.#pushCloser(start, "]");
      case 123:
        return this.#openBrace(start);
      case 125:
        return this.#pushCloser(start, "}");
      case 44:
        return this.#push(",", start, start + 1, ",");
      case 59:
        return text[start + 1] === ";" ? this.#push(";;", start, start + 2, ";;") : this.#push(";", start, start + 1, ";");
      case 96:
        return this.#push("`", start, start + 1, "`");
      case 35:
        return this.#hash(start);
      case 92: // \#ident
        if (text[start + 1] === "#" && (CLASS[text.charCodeAt(start + 2)]! & LOWER) !== 0) {
          let end = start + 2;
          while (end < text.length && (CLASS[text.charCodeAt(end)]! & IDENT) !== 0) end++;
          return this.#push("lident", start, end, text.slice(start + 2, end));
        }
        break;
    }
    this.#error(start, start + 1, `Illegal character (${c >= 32 && c < 127 ? text[start] : `\\${String(c).padStart(3, "0")}`})`);
    this.#position = start + 1;
  }

  #quote(start: number): void {
    const text = this.#text;
    const literal = this.#charLiteral(start);
    if (literal !== undefined) {
      if (literal.code > 255) this.#error(start, literal.end, `Illegal backslash escape in string or character (${text.slice(start + 1, literal.end - 1)})`);
      this.#push("char", start, literal.end, String.fromCharCode(literal.code & 255));
    } else if (text[start + 1] === "\\") {
      const shown = text.slice(start + 1, start + 3).trimEnd();
      this.#error(start, Math.min(text.length, start + 1 + shown.length), `Illegal backslash escape in string or character (${shown})`);
      this.#push("char", start, Math.min(text.length, start + (text[start + 3] === "'" ? 4 : 3)), "?");
    } else this.#push("'", start, start + 1, "'");
  }

  #openBracket(start: number): void {
    const text = this.#text;
    const d = text[start + 1];
    let kind = "[";
    if (d === "@") kind = text.startsWith("[@@@", start) ? "[@@@" : text.startsWith("[@@", start) ? "[@@" : "[@";
    else if (d === "%") kind = text.startsWith("[%%", start) ? "[%%" : "[%";
    else if (d === "|") kind = "[|";
    else if (d === "<") kind = "[<";
    else if (d === ">") kind = "[>";
    this.#push(kind, start, start + kind.length, kind);
  }

  #openBrace(start: number): void {
    const text = this.#text;
    QUOTED.lastIndex = start;
    const match = QUOTED.exec(text);
    if (match === null) {
      const kind = text[start + 1] === "<" ? "{<" : "{";
      return this.#push(kind, start, start + kind.length, kind);
    }
    const id = match[1] !== undefined ? (match[3] ?? "") : match[4]!;
    const body = QUOTED.lastIndex;
    const close = this.#quotedEnd(body, id);
    if (close < 0) {
      this.#error(start, body, "String literal not terminated");
      this.#pushWith("string", start, text.length, text.slice(body), id);
    } else if (match[1] === undefined) this.#pushWith("string", start, close + id.length + 2, text.slice(body, close), id);
    else this.#pushWith(match[1] === "%" ? "quotedext" : "quotedextitem", start, close + id.length + 2, text.slice(body, close), `${match[2]} ${id}`);
  }

  #hash(start: number): void {
    const text = this.#text;
    LINE_DIRECTIVE.lastIndex = start;
    const directive = start === 0 || text[start - 1] === "\n" ? LINE_DIRECTIVE.exec(text) : null;
    if (directive !== null) {
      noteLineDirective(this.#file, { offset: start, line: Number(directive[1]), file: directive[2]! });
      this.#position = LINE_DIRECTIVE.lastIndex;
      return;
    }
    let end = start + 1;
    while (end < text.length && ((CLASS[text.charCodeAt(end)]! & SYMBOL) !== 0 || text[end] === "#")) end++;
    if (end > start + 1) this.#push("hashop", start, end, text.slice(start, end));
    else this.#push("#", start, end, "#");
  }

  /** Skips a quoted string from its `|`; returns the offset after it, or −1 when it is not closed. */
  #quotedEnd(from: number, id: string): number {
    const text = this.#text;
    const close = text.indexOf(`|${id}}`, from);
    return close < 0 ? -1 : close;
  }

  /** Decodes a "…" literal that begins at `start`; returns its value and the offset after the closing quote. */
  #readString(start: number, inComment: boolean): { value: string; end: number } {
    const text = this.#text;
    let value = "";
    let j = start + 1;
    let run = j;
    for (;;) {
      if (j >= text.length) {
        if (!inComment) this.#error(start, start + 1, "String literal not terminated");
        return { value: value + text.slice(run, j), end: text.length };
      }
      const c = text.charCodeAt(j);
      if (c === 34) return { value: value + text.slice(run, j), end: j + 1 };
      if (c !== 92) {
        if (c === 13 && text.charCodeAt(j + 1) === 10) {
          value += text.slice(run, j);
          run = j + 1;
        }
        if (c === 10 && !inComment) this.#diagnostics.push({ severity: "warning", location: this.#location(j, j + 1), message: "unescaped end-of-line in a string constant (non-portable code)", warning: { number: 29, name: "eol-in-string" }, related: [] });
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
          if (!inComment) this.#error(j, j + 4, `Illegal backslash escape in string or character (\\${text.slice(j + 1, j + 4)})`);
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
          if (!inComment) this.#error(j, close + 1, `Illegal backslash escape in string or character (\\u{${text.slice(j + 3, close)}})`);
        } else value += utf8(code);
        j = close + 1;
      } else {
        // An illegal escape stands for itself (warning 14).
        if (!inComment) this.#diagnostics.push({ severity: "warning", location: this.#location(j, j + 2), message: "illegal backslash escape in string.", warning: { number: 14, name: "illegal-backslash" }, related: [] });
        value += "\\" + d;
        j += 2;
      }
      run = j;
    }
  }

  /** Length of a character literal at `start` (0: it is none), with its code. */
  #charLiteral(start: number): { end: number; code: number } | undefined {
    const text = this.#text;
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
  }

  /** Skips a comment that begins at `start`; comments nest, and strings inside them are skipped whole. */
  #comment(start: number): void {
    const text = this.#text;
    const opened: number[] = [start];
    let j = start + 2;
    while (opened.length > 0) {
      if (j >= text.length) {
        const place = opened[opened.length - 1]!;
        this.#error(place, place + (text[place + 2] === ")" && place === start ? 3 : 2), "Comment not terminated");
        this.#position = text.length;
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
        const string = this.#readString(j, true);
        if (string.end >= text.length && text.charCodeAt(text.length - 1) !== 34) {
          this.#error(start, start + 2, "This comment contains an unterminated string literal");
          this.#position = text.length;
          return;
        }
        j = string.end;
      } else if (c === 39) {
        const literal = this.#charLiteral(j);
        j = literal === undefined ? j + 1 : literal.end;
      } else if (c === 123) {
        QUOTED.lastIndex = j;
        const match = QUOTED.exec(text);
        if (match === null) j++;
        else {
          const id = match[3] ?? match[4] ?? "";
          const close = this.#quotedEnd(QUOTED.lastIndex, id);
          if (close < 0) {
            this.#error(start, start + 2, "This comment contains an unterminated string literal");
            this.#position = text.length;
            return;
          }
          j = close + id.length + 2;
        }
      } else if ((CLASS[c]! & (LOWER | UPPER)) !== 0) {
        while (j < text.length && (CLASS[text.charCodeAt(j)]! & IDENT) !== 0) j++;
      } else j++;
    }
    this.#comments.push(start, j);
    if (text[start + 2] === "*" && text[start + 3] !== "*" && text[start + 3] !== ")") this.#docs.push({ start, end: j, text: text.slice(start + 3, j - 2) });
    this.#position = j;
  }

}

function longer(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(2 * array.length);
  result.set(array);
  return result;
}
