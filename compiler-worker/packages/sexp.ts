/** S-expressions as dune files write them (dune's documentation, "Lexical conventions"). */

export type Sexp =
  | { readonly kind: "atom"; readonly value: string; readonly line: number }
  | { readonly kind: "list"; readonly items: readonly Sexp[]; readonly line: number };

export class SexpError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = "SexpError";
    this.line = line;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b", r: "\r", "\\": "\\", '"': '"', "'": "'" };

function unescapeLine(text: string): string {
  return text.replace(/\\([nrtb\\"'])/g, (_, c: string) => ESCAPES[c]!);
}

/**
 * Reads all S-expressions of `text`. Comments are `;` to the end of the line, `#| … |#` blocks and `#;` before one expression.
 * Throws `SexpError` with the 1-based line. Nesting is bounded only by memory.
 */
export function parseSexps(text: string): Sexp[] {
  type Frame = { items: Sexp[]; line: number; skip: boolean };
  const stack: Frame[] = [{ items: [], line: 1, skip: false }];
  let line = 1;
  let i = 0;
  /** Number of `#;` seen before the next expression, by frame depth. */
  let skipNext = false;
  const push = (item: Sexp): void => {
    if (skipNext) skipNext = false;
    else stack[stack.length - 1]!.items.push(item);
  };
  while (i < text.length) {
    const c = text[i]!;
    if (c === "\n") {
      line++;
      i++;
    } else if (c === " " || c === "\t" || c === "\r" || c === "\f") {
      i++;
    } else if (c === ";") {
      while (i < text.length && text[i] !== "\n") i++;
    } else if (c === "#" && text[i + 1] === "|") {
      const opened = line;
      let depth = 1;
      i += 2;
      while (depth > 0) {
        if (i >= text.length) throw new SexpError("this block comment is not closed", opened);
        if (text[i] === "|" && text[i + 1] === "#") {
          depth--;
          i += 2;
        } else if (text[i] === "#" && text[i + 1] === "|") {
          depth++;
          i += 2;
        } else {
          if (text[i] === "\n") line++;
          i++;
        }
      }
    } else if (c === "#" && text[i + 1] === ";") {
      skipNext = true;
      i += 2;
    } else if (c === "(") {
      stack.push({ items: [], line, skip: skipNext });
      skipNext = false;
      i++;
    } else if (c === ")") {
      if (stack.length === 1) throw new SexpError("this ')' closes nothing", line);
      const frame = stack.pop()!;
      skipNext = frame.skip;
      push({ kind: "list", items: frame.items, line: frame.line });
      i++;
    } else if (c === '"') {
      const opened = line;
      let value = "";
      i++;
      if (text[i] === "\\" && (text[i + 1] === "|" || text[i + 1] === ">")) {
        // Block strings: each line begins with `"\|` (with escapes) or `"\>` (as it is).
        const block = /"\\([|>])(?: ?)([^\n]*)(\n[ \t]*)?/y;
        block.lastIndex = i - 1;
        for (let match = block.exec(text); match !== null; match = block.exec(text)) {
          value += `${match[1] === "|" ? unescapeLine(match[2]!) : match[2]!}\n`;
          i = block.lastIndex;
          if (match[3] !== undefined) line++;
        }
        push({ kind: "atom", value, line: opened });
        continue;
      }
      for (;;) {
        if (i >= text.length) throw new SexpError("this string is not closed", opened);
        const d = text[i]!;
        if (d === '"') break;
        if (d === "\\") {
          const e = text[i + 1] ?? "";
          if (e in ESCAPES) {
            value += ESCAPES[e]!;
            i += 2;
          } else if (e === "\n") {
            line++;
            i += 2;
            while (text[i] === " " || text[i] === "\t") i++;
          } else if (e === "x" && /^[0-9a-fA-F]{2}$/.test(text.slice(i + 2, i + 4))) {
            value += String.fromCharCode(parseInt(text.slice(i + 2, i + 4), 16));
            i += 4;
          } else if (/^[0-9]{3}$/.test(text.slice(i + 1, i + 4))) {
            value += String.fromCharCode(parseInt(text.slice(i + 1, i + 4), 10) & 255);
            i += 4;
          } else if (e === "%") {
            // Not the beginning of a variable.
            value += "\\%";
            i += 2;
          } else throw new SexpError(`unknown escape \\${e} in a string`, line);
        } else {
          if (d === "\n") line++;
          value += d;
          i++;
        }
      }
      i++;
      push({ kind: "atom", value, line: opened });
    } else {
      const start = i;
      while (i < text.length && !" \t\r\n\f()\";".includes(text[i]!)) i++;
      push({ kind: "atom", value: text.slice(start, i), line });
    }
  }
  if (stack.length > 1) throw new SexpError("this '(' is not closed", stack[stack.length - 1]!.line);
  return stack[0]!.items;
}

/** The name of a stanza or field: the first atom of a list. */
export function headOf(sexp: Sexp): string | undefined {
  if (sexp.kind !== "list") return undefined;
  const first = sexp.items[0];
  return first !== undefined && first.kind === "atom" ? first.value : undefined;
}
