/** Identifiers with letters beyond ASCII (reference manual, section 11.1): Latin letters of Western languages, in either normal form of Unicode. */

const UPPER = /^[A-Z\u00c0-\u00d6\u00d8-\u00de\u0152\u0160\u0178\u017d\u1e9e]/;
const LETTERS = /^[A-Za-z0-9_'\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u1e9e]$/;

/** The bytes of a character in UTF-8. */
export function utf8(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  return String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
}

export interface WideIdentifier {
  /** Its bytes, composed: how it was written makes no difference. */
  readonly name: string;
  readonly isUpper: boolean;
  /** Why it is none, if it is none. */
  readonly problem: string | undefined;
}

/** The identifier that bytes are, given as code units. */
export function wideIdentifier(bytes: string): WideIdentifier {
  let text: string;
  try {
    text = decodeURIComponent(bytes.replace(/[\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)).normalize("NFC");
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return { name: bytes, isUpper: false, problem: `Invalid encoding of identifier ${bytes}.` };
  }
  const other = [...text].find((c) => !LETTERS.test(c));
  const problem = other === undefined ? undefined : `Invalid character U+${other.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")} in identifier`;
  return { name: Array.from(text, (c) => utf8(c.codePointAt(0)!)).join(""), isUpper: UPPER.test(text), problem };
}
