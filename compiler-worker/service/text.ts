/** Texts and positions between the studio (UTF-16, Monaco's lines and columns) and the compiler (one code unit a byte, UTF-8). */
import type { TextRange } from "../api.ts";
import type { Location } from "../syntax/diagnostics.ts";

/** A string's UTF-8 bytes, one code unit each. Lone surrogates become U+FFFD. */
export function toBytes(text: string): string {
  if (isAscii(text)) return text;
  const parts: string[] = [];
  for (const character of text) {
    const scalar = character.codePointAt(0)!;
    const c = scalar >= 0xd800 && scalar <= 0xdfff ? 0xfffd : scalar;
    if (c < 0x80) parts.push(character);
    else if (c < 0x800) parts.push(String.fromCharCode(0xc0 | (c >> 6), 0x80 | (c & 0x3f)));
    else if (c < 0x10000) parts.push(String.fromCharCode(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f)));
    else parts.push(String.fromCharCode(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 0x3f), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f)));
  }
  return parts.join("");
}

/** The text that bytes (one code unit each) encode; what is no UTF-8 becomes U+FFFD, one for each byte. Characters above 255, which are no bytes, stay. */
export function fromBytes(bytes: string): string {
  if (isAscii(bytes)) return bytes;
  const parts: string[] = [];
  let i = 0;
  while (i < bytes.length) {
    const decoded = decodeAt(bytes, i);
    parts.push(decoded === undefined ? (bytes.charCodeAt(i) > 0xff ? bytes.charAt(i) : "\ufffd") : String.fromCodePoint(decoded.scalar));
    i += decoded?.length ?? 1;
  }
  return parts.join("");
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return false;
  return true;
}

/** The scalar value that begins at a byte, or undefined when the bytes there are no UTF-8 (RFC 3629, section 4). */
function decodeAt(bytes: string, at: number): { scalar: number; length: number } | undefined {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { scalar: first, length: 1 };
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return undefined;
  let scalar = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes.charCodeAt(at + i);
    if (next < 0x80 || next > 0xbf) return undefined;
    scalar = (scalar << 6) | (next & 0x3f);
  }
  if ((length === 3 && (scalar < 0x800 || (scalar >= 0xd800 && scalar <= 0xdfff))) || (length === 4 && (scalar < 0x10000 || scalar > 0x10ffff))) return undefined;
  return { scalar, length };
}

/** Where the lines of a text begin; remembered for the text that was asked about last, of which many places are asked for in a row. */
let lines: { readonly text: string; readonly starts: readonly number[] } = { text: "", starts: [0] };

function lineStarts(text: string): readonly number[] {
  if (lines.text !== text) {
    const starts = [0];
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
    lines = { text, starts };
  }
  return lines.starts;
}

/** Line and column, both from 1, the column in UTF-16 units, of a byte offset. An offset inside a character counts as its beginning. */
export function positionAt(bytes: string, offset: number): { line: number; column: number } {
  const starts = lineStarts(bytes);
  // The last line that begins at the offset or before.
  let at = 0;
  for (let after = starts.length; after - at > 1; ) {
    const middle = (at + after) >> 1;
    if (starts[middle]! <= offset) at = middle;
    else after = middle;
  }
  const start = starts[at]!;
  let column = 1;
  let i = start;
  const end = Math.min(offset, bytes.length);
  while (i < end) {
    const decoded = decodeAt(bytes, i);
    const length = decoded?.length ?? 1;
    if (i + length > end) break;
    column += decoded !== undefined && decoded.scalar >= 0x10000 ? 2 : 1;
    i += length;
  }
  return { line: at + 1, column };
}

/** The byte offset of a position; positions past a line's end are its end, past the last line the text's end. */
export function offsetAt(bytes: string, line: number, column: number): number {
  let start = 0;
  for (let l = 1; l < line; l++) {
    const next = bytes.indexOf("\n", start);
    if (next < 0) return bytes.length;
    start = next + 1;
  }
  let i = start;
  for (let c = 1; c < column && i < bytes.length && bytes.charAt(i) !== "\n"; c++) {
    const decoded = decodeAt(bytes, i);
    if (decoded !== undefined && decoded.scalar >= 0x10000) c++;
    i += decoded?.length ?? 1;
  }
  return i;
}

/** A location of the compiler as a range of the editor. */
export function rangeOf(location: Location): TextRange {
  const from = positionAt(location.file.text, location.start);
  const to = positionAt(location.file.text, Math.max(location.start, location.end));
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
