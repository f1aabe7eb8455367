/** What generators of modules (lexers, parsers) have in common: the scanning of their inputs, in which texts of OCaml are embedded. */

/** An input that a generator refuses, with the 1-based line. */
export class GeneratorError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = "GeneratorError";
    this.line = line;
  }
}

/** Where a text of OCaml stands in the input of a generator. */
export interface Embedded {
  readonly start: number;
  readonly end: number;
}

/** A cursor over a generator's input. */
export class Scanner {
  readonly text: string;
  readonly #comment: "ocaml" | "c";
  at = 0;

  /** Comments outside of embedded texts are OCaml's, or also C's (in grammars). */
  constructor(text: string, comment: "ocaml" | "c" = "ocaml") {
    this.text = text;
    this.#comment = comment;
  }

  lineAt(offset: number): number {
    let line = 1;
    for (let i = this.text.indexOf("\n"); i >= 0 && i < offset; i = this.text.indexOf("\n", i + 1)) line++;
    return line;
  }

  fail(message: string, offset = this.at): never {
    throw new GeneratorError(message, this.lineAt(offset));
  }

  /** Goes past blanks and comments. */
  skip(): void {
    for (;;) {
      const c = this.text[this.at];
      if (c === " " || c === "\t" || c === "\n" || c === "\r" || c === "\f") this.at++;
      else if (this.text.startsWith("(*", this.at)) this.at = this.#afterComment(this.at);
      else if (this.#comment === "c" && this.text.startsWith("/*", this.at)) {
        const end = this.text.indexOf("*/", this.at + 2);
        if (end < 0) this.fail("this comment is not closed");
        this.at = end + 2;
      } else if (this.#comment === "c" && this.text.startsWith("//", this.at)) {
        const end = this.text.indexOf("\n", this.at);
        this.at = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  /** The end of OCaml's comment that begins there; strings in it are strings. */
  #afterComment(start: number): number {
    let depth = 0;
    let at = start;
    for (;;) {
      if (at >= this.text.length) this.fail("this comment is not closed", start);
      if (this.text.startsWith("(*", at)) {
        depth++;
        at += 2;
      } else if (this.text.startsWith("*)", at)) {
        at += 2;
        if (--depth === 0) return at;
      } else at = this.#afterWord(at);
    }
  }

  /** The end of the string, character or other piece of OCaml that begins there. */
  #afterWord(at: number): number {
    const c = this.text[at]!;
    if (c === '"') return this.afterString(at);
    if (c === "'") {
      const literal = /^'(?:[^\\'\n\r]|\\(?:[\\'"ntbr ]|[0-9]{3}|x[0-9a-fA-F]{2}|o[0-3][0-7]{2}|\n)|\n)'/.exec(this.text.slice(at, at + 8));
      return at + (literal === null ? 1 : literal[0].length);
    }
    if (c === "{") {
      const quoted = /^\{(?:%%?[A-Za-z_.']*\s*)?([a-z_]*)\|/.exec(this.text.slice(at, at + 80));
      if (quoted !== null) {
        const end = this.text.indexOf(`|${quoted[1]!}}`, at + quoted[0].length);
        if (end < 0) this.fail("this quoted string is not closed", at);
        return end + quoted[1]!.length + 2;
      }
    }
    if (/[A-Za-z_]/.test(c)) {
      // A prime in a name begins no character.
      let end = at + 1;
      while (/[A-Za-z0-9_']/.test(this.text[end] ?? "")) end++;
      return end;
    }
    return at + 1;
  }

  /** The end of the string that begins there. */
  afterString(start: number): number {
    for (let at = start + 1; at < this.text.length; at++) {
      if (this.text[at] === "\\") at++;
      else if (this.text[at] === '"') return at + 1;
    }
    return this.fail("this string is not closed", start);
  }

  /** The text between braces, of which the opening one is next. */
  embedded(): Embedded {
    const start = this.at;
    let depth = 0;
    let at = start;
    for (;;) {
      if (at >= this.text.length) this.fail("this { is not closed", start);
      const c = this.text[at]!;
      if (this.text.startsWith("(*", at)) at = this.#afterComment(at);
      else if (c === "{") {
        const after = at === start ? at + 1 : this.#afterWord(at);
        if (after === at + 1) depth++;
        at = after;
      } else if (c === "}") {
        at++;
        if (--depth === 0) {
          this.at = at;
          return { start: start + 1, end: at - 1 };
        }
      } else at = this.#afterWord(at);
    }
  }

  /** The characters that an OCaml literal between these offsets stands for, without its quotes. */
  unescape(start: number, end: number): string {
    const inside = this.text.slice(start, end);
    return inside.replace(/\\(?:\r?\n[ \t]*|([0-9]{3})|x([0-9a-fA-F]{2})|o([0-3][0-7]{2})|u\{([0-9a-fA-F]+)\}|([^]))/g, (_, decimal?: string, hexadecimal?: string, octal?: string, unicode?: string, simple?: string) => {
      if (decimal !== undefined) return String.fromCharCode(Number(decimal) & 255);
      if (hexadecimal !== undefined) return String.fromCharCode(parseInt(hexadecimal, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      if (unicode !== undefined) return utf8(parseInt(unicode, 16));
      if (simple === undefined) return "";
      return { n: "\n", t: "\t", b: "\b", r: "\r" }[simple] ?? simple;
    });
  }

  word(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null || match.index !== this.at) return undefined;
    this.at += match[0].length;
    return match[0];
  }
}

/** A code point in UTF-8, one code unit a byte. */
function utf8(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const bytes: number[] = [];
  let rest = code;
  let limit = 0x40;
  do {
    bytes.unshift(0x80 | (rest & 0x3f));
    rest >>= 6;
    limit >>= 1;
  } while (rest >= limit);
  bytes.unshift(((0x100 - limit * 2) & 0xff) | rest);
  return String.fromCharCode(...bytes);
}

/** `# 12 "lexer.mll"`, and blanks up to the column that an embedded text has there, so that messages tell its place. */
export function lineDirective(scanner: Scanner, offset: number, file: string): string {
  const column = offset - (scanner.text.lastIndexOf("\n", offset - 1) + 1);
  return `\n# ${scanner.lineAt(offset)} "${file.replace(/["\\]/g, "\\$&")}"\n${" ".repeat(column)}`;
}
