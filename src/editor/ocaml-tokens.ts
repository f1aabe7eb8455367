/**
 * Tokens of OCaml for colouring, line by line: comments nest and hold strings, strings and quoted strings run over
 * lines. Source: the OCaml manual, chapter "Lexical conventions".
 */

export type TokenKind = "keyword" | "module" | "identifier" | "type" | "label" | "string" | "number" | "comment" | "operator" | "delimiter" | "attribute" | "space";

export interface OcamlToken {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** What a line is inside of at its beginning. */
export interface LineState {
  /** How many comments are open. */
  readonly comments: number;
  /** An open string: `"`, or the identifier of a quoted string (`{id|`). */
  readonly string: { readonly quoted: string | undefined } | undefined;
}

export const initialLineState: LineState = { comments: 0, string: undefined };

const KEYWORDS = new Set(
  ("and as assert asr begin class constraint do done downto effect else end exception external false for fun function functor if in include inherit initializer land lazy let lor lsl lsr lxor " +
    "match method mod module mutable new nonrec object of open or private rec sig struct then to true try type val virtual when while with").split(" "),
);

const SPACE = /[ \t\r\f]+/y;
const WORD = /[a-z_\u00DF-\u00F6\u00F8-\u00FF][A-Za-z0-9_'\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]*/y;
const CAPITALIZED = /[A-Z\u00C0-\u00D6\u00D8-\u00DE][A-Za-z0-9_'\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]*/y;
const NUMBER = /0[xX][0-9A-Fa-f][0-9A-Fa-f_]*(?:\.[0-9A-Fa-f_]*)?(?:[pP][+-]?[0-9][0-9_]*)?[g-zG-Z]?|0[oO][0-7][0-7_]*[g-zG-Z]?|0[bB][01][01_]*[g-zG-Z]?|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?[g-zG-Z]?/y;
const CHARACTER = /'(?:[^\\'\n\r]|\\(?:[\\"'ntbr ]|[0-9]{3}|x[0-9A-Fa-f]{2}|o[0-3][0-7]{2}))'/y;
const TYPE_VARIABLE = /'[a-zA-Z_][A-Za-z0-9_']*/y;
const LABEL = /[~?][a-z_][A-Za-z0-9_']*:?/y;
const QUOTED = /\{(?:%%?[A-Za-z_.]+ *)?([a-z_]*)\|/y;
const ATTRIBUTE = /\[@{1,3}[A-Za-z_.]+|\[%%?[A-Za-z_.]+/y;
const VARIANT = /`[A-Za-z_][A-Za-z0-9_']*/y;
const OPERATOR = /[!$%&*+\-./:<=>?@^|~#]+/y;

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** Where the string that is open at `at` ends on this line; undefined when it goes on. */
function stringEnd(line: string, at: number, quoted: string | undefined): number | undefined {
  if (quoted !== undefined) {
    const end = line.indexOf(`|${quoted}}`, at);
    return end < 0 ? undefined : end + quoted.length + 2;
  }
  for (let index = at; index < line.length; index++) {
    if (line[index] === "\\") index++;
    else if (line[index] === '"') return index + 1;
  }
  return undefined;
}

export function tokenizeLine(line: string, state: LineState): { tokens: OcamlToken[]; state: LineState } {
  const tokens: OcamlToken[] = [];
  let { comments, string } = state;
  let at = 0;
  const push = (kind: TokenKind, end: number): void => {
    const last = tokens.at(-1);
    if (last !== undefined && last.kind === kind && last.end === at && (kind === "comment" || kind === "string")) tokens[tokens.length - 1] = { kind, start: last.start, end };
    else if (end > at) tokens.push({ kind, start: at, end });
    at = end;
  };
  while (at < line.length) {
    if (string !== undefined) {
      const end = stringEnd(line, at, string.quoted);
      push(comments > 0 ? "comment" : "string", end ?? line.length);
      if (end !== undefined) string = undefined;
      continue;
    }
    if (comments > 0) {
      let index = at;
      for (; index < line.length; index++) {
        if (line.startsWith("(*", index)) {
          comments++;
          index++;
        } else if (line.startsWith("*)", index)) {
          comments--;
          index++;
          if (comments === 0) break;
        } else if (line[index] === "'" && match(CHARACTER, line, index) !== null) index = CHARACTER.lastIndex - 1;
        else if (line[index] === '"') {
          string = { quoted: undefined };
          break;
        } else if (line[index] === "{") {
          const quoted = match(QUOTED, line, index);
          if (quoted !== null) {
            string = { quoted: quoted[1] ?? "" };
            index += quoted[0].length - 1;
            break;
          }
        }
      }
      push("comment", Math.min(index + 1, line.length));
      continue;
    }
    const character = line[at] ?? "";
    let found: RegExpExecArray | null;
    if (line.startsWith("(*", at) && !line.startsWith("(*)", at)) {
      comments = 1;
      push("comment", at + 2);
    } else if (character === '"') {
      string = { quoted: undefined };
      push("string", at + 1);
    } else if ((found = match(SPACE, line, at)) !== null) push("space", at + found[0].length);
    else if ((found = match(WORD, line, at)) !== null) push(KEYWORDS.has(found[0]) ? "keyword" : "identifier", at + found[0].length);
    else if ((found = match(CAPITALIZED, line, at)) !== null) push("module", at + found[0].length);
    else if ((found = match(NUMBER, line, at)) !== null) push("number", at + found[0].length);
    else if ((found = match(CHARACTER, line, at)) !== null) push("string", at + found[0].length);
    else if ((found = match(TYPE_VARIABLE, line, at)) !== null) push("type", at + found[0].length);
    else if ((found = match(QUOTED, line, at)) !== null) {
      string = { quoted: found[1] ?? "" };
      push("string", at + found[0].length);
    } else if ((found = match(ATTRIBUTE, line, at)) !== null) push("attribute", at + found[0].length);
    else if ((found = match(LABEL, line, at)) !== null) push("label", at + found[0].length);
    else if ((found = match(VARIANT, line, at)) !== null) push("module", at + found[0].length);
    else if ((found = match(OPERATOR, line, at)) !== null) push("operator", at + found[0].length);
    else push("delimiter", at + 1);
  }
  return { tokens, state: { comments, string } };
}

/**
 * Tokens of a signature or type expression on its own, in which lower-case names that are not bound by `val` and the
 * like are types.
 */
export function tokenizeText(text: string): { line: string; tokens: OcamlToken[] }[] {
  let state = initialLineState;
  return text.split("\n").map((line) => {
    const result = tokenizeLine(line, state);
    state = result.state;
    return { line, tokens: result.tokens };
  });
}
