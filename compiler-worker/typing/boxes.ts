/**
 * Layout of text by boxes with places where lines may be broken (Oppen, "Prettyprinting", 1980), with the boxes and rules of
 * OCaml's `Format` (its documentation): so that signatures are laid out as `ocamlc -i` prints them.
 *
 * Text carries its boxes and breaks as characters above those of sources, so that it can be put together as strings:
 * `flatten` puts it on one line, `layOut` breaks lines.
 */

/** `fill` breaks where a line would overflow, or where it lessens the indentation; `all` breaks all or none; `hov` only where a line would overflow; `lines` breaks always. */
export type BoxKind = "fill" | "hov" | "all" | "lines";
const KINDS: readonly BoxKind[] = ["fill", "hov", "all", "lines"];

const OPEN = 0xe000;
const CLOSE = "\ue0ff";
const BREAK = 0xe100;
const OFFSET = 16;

/** Text in a box: its lines after the first are indented by `indent` from where it begins. */
export function box(kind: BoxKind, indent: number, text: string): string {
  return String.fromCharCode(OPEN + KINDS.indexOf(kind) * 32 + indent) + text + CLOSE;
}
/** Where a line may be broken: `width` spaces if it is not, otherwise `offset` more than the box's indentation. */
export function breakAt(width: number, offset: number): string {
  return String.fromCharCode(BREAK + width * 32 + offset + OFFSET);
}
export const SPACE = breakAt(1, 0);

/** On one line. */
export function flatten(text: string): string {
  return text.replace(/[\ue000-\ue1ff]/g, (c) => {
    const code = c.charCodeAt(0);
    return code >= BREAK ? " ".repeat((code - BREAK) >> 5) : "";
  });
}

const MARGIN = 78;
const MAX_INDENT = MARGIN - 10;

interface Token {
  readonly kind: "text" | "open" | "close" | "break";
  readonly text: string;
  readonly code: number;
  /** Columns of the text, or of the break when its line is not broken. */
  readonly length: number;
  /** Columns up to the next break or the end of the box, for breaks; of the whole, for boxes. */
  size: number;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const part of text.split(/([\ue000-\ue1ff])/)) {
    if (part === "") continue;
    const code = part.charCodeAt(0);
    if (code < OPEN || code >= BREAK + 0x100) tokens.push({ kind: "text", text: part, code, length: part.length, size: part.length });
    else if (part === CLOSE) tokens.push({ kind: "close", text: "", code, length: 0, size: 0 });
    else if (code < BREAK) tokens.push({ kind: "open", text: "", code: code - OPEN, length: 0, size: 0 });
    else tokens.push({ kind: "break", text: "", code: code - BREAK, length: (code - BREAK) >> 5, size: 0 });
  }
  return tokens;
}

/** Sizes of breaks and boxes. What only just reaches the end of the line counts as too long when more text follows at once. */
function measure(tokens: readonly Token[]): void {
  let total = 0;
  /** Of each open box: the box and its last break, with the columns before them. */
  const open: { readonly token: Token; readonly start: number; lastBreak: { readonly token: Token; readonly start: number } | undefined }[] = [{ token: { kind: "open", text: "", code: 0, length: 0, size: 0 }, start: 0, lastBreak: undefined }];
  for (const token of tokens) {
    const inner = open[open.length - 1]!;
    const endBreak = (): void => {
      if (inner.lastBreak !== undefined) inner.lastBreak.token.size = total - inner.lastBreak.start;
    };
    switch (token.kind) {
      case "text":
        total += token.length;
        break;
      case "open":
        open.push({ token, start: total, lastBreak: undefined });
        break;
      case "close":
        endBreak();
        inner.token.size = total - inner.start;
        open.pop();
        break;
      case "break":
        endBreak();
        inner.lastBreak = { token, start: total };
        total += token.length;
        break;
    }
  }
  for (const o of open) if (o.lastBreak !== undefined) o.lastBreak.token.size = total - o.lastBreak.start;
}

/** In lines. */
export function layOut(text: string): string {
  const tokens = tokensOf(text);
  measure(tokens);
  let out = "";
  let left = MARGIN;
  let indentation = 0;
  let fresh = true;
  /** Open boxes: how they break (`fits`: not at all), and the columns from their indentation to the margin. */
  const stack: { readonly kind: BoxKind | "fits"; readonly width: number }[] = [];
  const newLine = (offset: number, width: number): void => {
    out += "\n";
    fresh = true;
    indentation = Math.min(MAX_INDENT, MARGIN - width + offset);
    left = MARGIN - indentation;
    out += " ".repeat(Math.max(0, indentation));
  };
  const sameLine = (spaces: number): void => {
    left -= spaces;
    out += " ".repeat(spaces);
  };
  for (const token of tokens) {
    switch (token.kind) {
      case "text":
        left -= token.length;
        out += token.text;
        fresh = false;
        break;
      case "open": {
        const kind = KINDS[token.code >> 5]!;
        const top = stack[stack.length - 1];
        // Nothing begins so far to the right.
        if (MARGIN - left > MAX_INDENT && top !== undefined && top.width > left && top.kind !== "fits") newLine(0, top.width);
        stack.push({ kind: kind !== "lines" && token.size < left ? "fits" : kind, width: left - (token.code & 31) });
        break;
      }
      case "close":
        stack.pop();
        break;
      case "break": {
        const top = stack[stack.length - 1] ?? { kind: "fits", width: MARGIN };
        const offset = (token.code & 31) - OFFSET;
        const overflows = token.size >= left;
        switch (top.kind) {
          case "fits":
            sameLine(token.length);
            break;
          case "all":
          case "lines":
            newLine(offset, top.width);
            break;
          case "hov":
            if (overflows) newLine(offset, top.width);
            else sameLine(token.length);
            break;
          case "fill":
            if (!fresh && (overflows || indentation > MARGIN - top.width + offset)) newLine(offset, top.width);
            else sameLine(token.length);
            break;
        }
        break;
      }
    }
  }
  return out;
}
