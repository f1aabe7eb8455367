/** findlib's `META` files (findlib's reference, "META"): variables with predicates, and packages inside packages. */

export interface MetaDefinition {
  readonly variable: string;
  readonly predicates: readonly { readonly name: string; readonly negated: boolean }[];
  /** `+=` */
  readonly appends: boolean;
  readonly value: string;
  readonly line: number;
}

export interface MetaPackage {
  /** The last component of its name; "" for the file's own package. */
  readonly name: string;
  readonly line: number;
  readonly definitions: readonly MetaDefinition[];
  readonly packages: readonly MetaPackage[];
}

export class MetaError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = "MetaError";
    this.line = line;
  }
}

interface Token {
  readonly kind: "name" | "string" | "(" | ")" | "," | "-" | "=" | "+=" | "end";
  readonly value: string;
  readonly line: number;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /([ \t\r\f]+)|(\n)|#[^\n]*|"([^"\\]*(?:\\[^][^"\\]*)*)"|([A-Za-z0-9_.$@]+)|(\+=|[(),=-])/y;
  let line = 1;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new MetaError(text[at] === '"' ? "this string is not closed" : `the character ${JSON.stringify(text[at])} is not expected here`, line);
    if (match[3] !== undefined) tokens.push({ kind: "string", value: match[3].replace(/\\([^])/g, "$1"), line });
    else if (match[4] !== undefined) tokens.push({ kind: "name", value: match[4], line });
    else if (match[5] !== undefined) tokens.push({ kind: match[5] as "(" | ")" | "," | "-" | "=" | "+=", value: match[5], line });
    for (let i = match[0].indexOf("\n"); i >= 0; i = match[0].indexOf("\n", i + 1)) line++;
  }
  tokens.push({ kind: "end", value: "", line });
  return tokens;
}

/** Reads a `META` file. Throws `MetaError` with the 1-based line. */
export function parseMeta(text: string): MetaPackage {
  const tokens = tokenize(text);
  let at = 0;
  const next = (): Token => tokens[at++]!;
  const expect = (kind: Token["kind"], what: string): Token => {
    const token = next();
    if (token.kind !== kind) throw new MetaError(`${what} is expected${token.kind === "end" ? ", and the file ends" : `, not ${JSON.stringify(token.value)}`}`, token.line);
    return token;
  };
  interface Open {
    readonly name: string;
    readonly line: number;
    readonly definitions: MetaDefinition[];
    readonly packages: MetaPackage[];
  }
  const stack: Open[] = [{ name: "", line: 1, definitions: [], packages: [] }];
  for (;;) {
    const token = next();
    const top = stack[stack.length - 1]!;
    if (token.kind === "end") {
      if (stack.length > 1) throw new MetaError(`the package "${top.name}" is not closed`, top.line);
      return top;
    }
    if (token.kind === ")") {
      if (stack.length === 1) throw new MetaError("this ')' closes nothing", token.line);
      stack.pop();
      stack[stack.length - 1]!.packages.push(top);
      continue;
    }
    if (token.kind !== "name") throw new MetaError(`a variable or 'package' is expected, not ${JSON.stringify(token.value)}`, token.line);
    if (token.value === "package" && tokens[at]!.kind === "string") {
      const name = next().value;
      expect("(", "'('");
      stack.push({ name, line: token.line, definitions: [], packages: [] });
      continue;
    }
    const predicates: { name: string; negated: boolean }[] = [];
    if (tokens[at]!.kind === "(") {
      next();
      for (;;) {
        let negated = false;
        if (tokens[at]!.kind === "-") {
          next();
          negated = true;
        }
        predicates.push({ name: expect("name", "a predicate").value, negated });
        const after = next();
        if (after.kind === ")") break;
        if (after.kind !== ",") throw new MetaError("',' or ')' is expected after a predicate", after.line);
      }
    }
    const operator = next();
    if (operator.kind !== "=" && operator.kind !== "+=") throw new MetaError(`'=' or '+=' is expected after ${token.value}`, operator.line);
    const value = expect("string", "a value in double quotes");
    top.definitions.push({ variable: token.value, predicates, appends: operator.kind === "+=", value: value.value, line: token.line });
  }
}

/** The predicates that hold for a program that is compiled to native code with threads at hand. */
const PREDICATES = new Set(["native", "mt", "mt_posix"]);

/**
 * A variable's value: of the definitions whose predicates all hold, the one with the most of them (the first of these),
 * then all `+=` whose predicates hold, with a space before each. Undefined when nothing defines it.
 */
export function metaValue(meta: MetaPackage, variable: string): { readonly value: string; readonly line: number } | undefined {
  const holding = meta.definitions.filter((d) => d.variable === variable && d.predicates.every((p) => PREDICATES.has(p.name) !== p.negated));
  let best: MetaDefinition | undefined;
  for (const d of holding) if (!d.appends && (best === undefined || d.predicates.length > best.predicates.length)) best = d;
  const parts = [...(best === undefined ? [] : [best]), ...holding.filter((d) => d.appends)];
  return parts.length === 0 ? undefined : { value: parts.map((d) => d.value).join(" "), line: parts[0]!.line };
}

/** The names in a list such as that of `requires`: separated by spaces or commas. */
export function metaNames(value: string): string[] {
  return value.split(/[\s,]+/).filter((name) => name !== "");
}
