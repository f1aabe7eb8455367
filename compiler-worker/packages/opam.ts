/** opam files (opam's manual, "Package definitions"): the fields that tell a package's name, version, licence and dependencies. */

export type OpamValue =
  | { readonly kind: "string"; readonly value: string; readonly line: number }
  | { readonly kind: "list"; readonly items: readonly OpamValue[]; readonly line: number }
  /** An operator, an identifier, a number: what filters and constraints are made of. */
  | { readonly kind: "other"; readonly value: string; readonly line: number };

export interface OpamFile {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly synopsis: string | undefined;
  /** All the licences that it names. */
  readonly licences: readonly string[];
  /** Names of opam packages, without those that are only for tests, documentation or development. */
  readonly depends: readonly string[];
}

export class OpamError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = "OpamError";
    this.line = line;
  }
}

interface Token {
  readonly kind: "string" | "word" | "symbol";
  readonly value: string;
  readonly line: number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b", r: "\r" };

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /([ \t\r\f]+|\n|#[^\n]*)|\(\*|"""([^"]*(?:"(?!"")[^"]*)*)"""|"([^"\\]*(?:\\[^][^"\\]*)*)"|([A-Za-z0-9_+\-.%]+)|(!=|<=|>=|=~|\?[A-Za-z]?|[:[\](){}&|!=<>])/y;
  let line = 1;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new OpamError(text[at] === '"' ? "this string is not closed" : `the character ${JSON.stringify(text[at])} is not expected here`, line);
    if (match[0] === "(*") {
      const end = text.indexOf("*)", at + 2);
      if (end < 0) throw new OpamError("this comment is not closed", line);
      pattern.lastIndex = end + 2;
      for (let i = text.indexOf("\n", at); i >= 0 && i < end; i = text.indexOf("\n", i + 1)) line++;
      continue;
    }
    if (match[2] !== undefined) tokens.push({ kind: "string", value: match[2], line });
    else if (match[3] !== undefined) tokens.push({ kind: "string", value: match[3].replace(/\\(\n[ \t]*|[^])/g, (_, c: string) => (c.startsWith("\n") ? "" : (ESCAPES[c] ?? c))), line });
    else if (match[4] !== undefined) tokens.push({ kind: "word", value: match[4], line });
    else if (match[5] !== undefined) tokens.push({ kind: "symbol", value: match[5], line });
    for (let i = match[0].indexOf("\n"); i >= 0; i = match[0].indexOf("\n", i + 1)) line++;
  }
  return tokens;
}

const OPENING: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}" };

/** The values of tokens up to the next field; brackets of all three kinds make lists, whose first item tells the kind. */
function values(tokens: readonly Token[], start: number): { readonly items: readonly OpamValue[]; readonly end: number } {
  const top: OpamValue[] = [];
  const stack: { readonly items: OpamValue[]; readonly close: string; readonly line: number }[] = [];
  let at = start;
  for (; at < tokens.length; at++) {
    const token = tokens[at]!;
    const items = stack.at(-1)?.items ?? top;
    // The next field, or a section.
    const after = tokens[at + 1];
    if (stack.length === 0 && token.kind === "word" && after?.kind === "symbol" && (after.value === ":" || after.value === "{")) break;
    if (token.kind === "string") items.push({ kind: "string", value: token.value, line: token.line });
    else if (token.kind === "symbol" && token.value in OPENING) stack.push({ items: [{ kind: "other", value: token.value, line: token.line }], close: OPENING[token.value]!, line: token.line });
    else if (token.kind === "symbol" && (token.value === "]" || token.value === ")" || token.value === "}")) {
      const frame = stack.pop();
      if (frame === undefined && token.value === "}") break;
      if (frame === undefined || frame.close !== token.value) throw new OpamError(`this '${token.value}' closes nothing`, token.line);
      (stack.at(-1)?.items ?? top).push({ kind: "list", items: frame.items, line: frame.line });
    } else items.push({ kind: "other", value: token.value, line: token.line });
  }
  const open = stack.at(-1);
  if (open !== undefined) throw new OpamError("this bracket is not closed", open.line);
  return { items: top, end: at };
}

/** Reads the fields of an opam file at its top; sections (`url { … }`) are passed over. Throws `OpamError` with the 1-based line. */
export function parseOpam(text: string): OpamFile {
  const tokens = tokenize(text);
  const fields = new Map<string, readonly OpamValue[]>();
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    if (token.kind !== "word") throw new OpamError(`a field 'name: value' is expected, not ${JSON.stringify(token.value)}`, token.line);
    if (tokens[at + 1]?.value === ":") {
      const { items, end } = values(tokens, at + 2);
      fields.set(token.value, items);
      at = end;
      continue;
    }
    // A section: `url { fields }` or `extra-source "name" { fields }`.
    let open = at + 1;
    if (tokens[open]?.kind === "string") open++;
    if (tokens[open]?.value !== "{") throw new OpamError(`':' is expected after ${token.value}`, token.line);
    let depth = 1;
    at = open + 1;
    for (; depth > 0; at++) {
      const inner = tokens[at];
      if (inner === undefined) throw new OpamError(`the section ${token.value} is not closed`, token.line);
      if (inner.kind === "symbol" && inner.value === "{") depth++;
      if (inner.kind === "symbol" && inner.value === "}") depth--;
    }
  }
  const strings = (name: string): string[] => flatten(fields.get(name) ?? []).flatMap((v) => (v.kind === "string" ? [v.value] : []));
  return { name: strings("name")[0], version: strings("version")[0], synopsis: strings("synopsis")[0], licences: strings("license"), depends: dependencies(flatten(fields.get("depends") ?? [])) };
}

/** A field's value without the brackets around it. */
function flatten(items: readonly OpamValue[]): readonly OpamValue[] {
  const first = items[0];
  return items.length === 1 && first?.kind === "list" && first.items[0]?.kind === "other" && first.items[0].value === "[" ? first.items.slice(1) : items;
}

const NOT_BUILT = new Set(["with-test", "with-doc", "with-dev-setup", "build", "post"]);

function dependencies(items: readonly OpamValue[]): string[] {
  const names: string[] = [];
  items.forEach((item, i) => {
    if (item.kind !== "string") return;
    const filter = items[i + 1];
    const only = filter?.kind === "list" && filter.items[0]?.kind === "other" && filter.items[0].value === "{" ? filter.items.slice(1) : [];
    const isNegated = (j: number): boolean => {
      const before = only[j - 1];
      return before?.kind === "other" && before.value === "!";
    };
    if (!only.some((v, j) => v.kind === "other" && NOT_BUILT.has(v.value) && !isNegated(j))) names.push(item.value);
  });
  return names;
}
