/**
 * The preprocessor of C's kind that OCaml libraries use to be compiled with several versions (`cppo`, its manual): conditions,
 * definitions and inclusions, on lines that begin with `#`.
 */
import { GeneratorError } from "./common.ts";

export interface CppoOptions {
  /** Names with what stands for them (`-D`), and those of versions (`-V OCAML:5.3.0`). */
  readonly definitions: ReadonlyMap<string, string>;
  /** Reads a file that is included, by its name there. */
  readonly include: (name: string) => string | undefined;
}

interface Macro {
  readonly parameters: readonly string[] | undefined;
  readonly text: string;
}

type Value = bigint | readonly bigint[];

const MAX_DEPTH = 50;
/** Texts that grow beyond this were not meant. */
const MAX_LENGTH = 20_000_000;

/** The definitions of `-V NAME:VERSION`. */
export function versionDefinitions(option: string): readonly (readonly [string, string])[] {
  const [, name, version] = /^([A-Za-z_]\w*):(.*)$/.exec(option) ?? [];
  if (name === undefined || version === undefined) return [];
  const [major = "0", minor = "0", patch = "0"] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version)?.slice(1) ?? [];
  return [[`${name}_MAJOR`, major], [`${name}_MINOR`, minor], [`${name}_PATCH`, patch], [`${name}_VERSION`, `(${major}, ${minor}, ${patch})`], [`${name}_VERSION_STRING`, `"${version}"`], [`${name}_VERSION_FULL`, `"${version}"`]];
}

/** The text after preprocessing. Throws `GeneratorError`. */
export function preprocess(text: string, file: string, { definitions, include }: CppoOptions): string {
  const macros = new Map<string, Macro>([...definitions].map(([name, value]) => [name, { parameters: undefined, text: value }]));
  const output: string[] = [];
  let length = 0;
  const emit = (piece: string): void => {
    length += piece.length;
    if (length > MAX_LENGTH) throw new GeneratorError("what is included becomes too long", 1);
    output.push(piece);
  };
  const run = (source: string, name: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw new GeneratorError(`the file ${name} is included in a circle`, 1);
    /** For each condition that is open: whether this branch is taken, and whether one was. */
    const open: { taken: boolean; done: boolean; readonly outer: boolean }[] = [];
    const isActive = (): boolean => open.every((o) => o.taken);
    let plain: string[] = [];
    let plainFrom = 1;
    const lines = source.split("\n");
    const flush = (next: number): void => {
      if (plain.length > 0) emit(`# ${plainFrom} "${name}"\n${expandText(plain.join("\n"), macros, 0)}\n`);
      plain = [];
      plainFrom = next;
    };
    for (let i = 0; i < lines.length; i++) {
      const number = i + 1;
      const directive = /^[ \t]*#[ \t]*(ifdef|ifndef|if|elif|else|endif|define|def|undef|include|error|warning)\b(.*)$/.exec(lines[i]!);
      if (directive === null) {
        if (isActive()) plain.push(lines[i]!);
        else flush(number + 1);
        continue;
      }
      flush(number + 1);
      let rest = directive[2]!;
      while (rest.endsWith("\\") && i + 1 < lines.length) rest = `${rest.slice(0, -1)}\n${lines[++i]!}`;
      plainFrom = i + 2;
      const fail = (message: string): never => {
        throw new GeneratorError(message, number);
      };
      const word = directive[1]!;
      switch (word) {
        case "if":
        case "ifdef":
        case "ifndef": {
          const outer = isActive();
          const holds = outer && (word === "if" ? condition(rest, macros, number) : macros.has(rest.trim().split(/\s/)[0] ?? "") === (word === "ifdef"));
          open.push({ taken: holds, done: holds, outer });
          break;
        }
        case "elif":
        case "else": {
          const last = open.at(-1) ?? fail(`#${word} is inside of no #if`);
          const holds = last.outer && !last.done && (word === "else" || condition(rest, macros, number));
          last.taken = holds;
          last.done ||= holds;
          break;
        }
        case "endif":
          if (open.pop() === undefined) fail("#endif is inside of no #if");
          break;
        case "define": {
          if (!isActive()) break;
          const [, defined, parameters, body] = /^[ \t]+([A-Za-z_][\w']*)(\([^)]*\))?([^]*)$/.exec(rest) ?? fail("#define takes a name");
          macros.set(defined!, { parameters: parameters?.slice(1, -1).split(",").map((p) => p.trim()), text: body!.trim() });
          break;
        }
        case "def":
          fail("#def ... #enddef is not understood here");
          break;
        case "undef":
          if (isActive()) macros.delete(rest.trim());
          break;
        case "include": {
          if (!isActive()) break;
          const included = /^\s*"([^"]*)"/.exec(rest)?.[1] ?? fail("#include takes the name of a file in quotes");
          run(include(included) ?? fail(`the file ${included} that is included here is not there`), included, depth + 1);
          break;
        }
        case "error":
          if (isActive()) fail(`#error${rest}`);
          break;
        default:
          break;
      }
    }
    flush(lines.length + 1);
    if (open.length > 0) throw new GeneratorError("an #if is not closed by #endif", lines.length);
  };
  run(text, file, 0);
  return output.join("");
}

/** Strings, characters and comments stay as they are; names are replaced. */
const PIECE = /"(?:[^"\\]|\\[^])*"|\{([a-z_]*)\|[^]*?\|\1\}|'(?:[^'\\\n]|\\[^\n]{1,3})'|\(\*|[A-Za-z_][\w']*|[^]/g;

function expandText(text: string, macros: ReadonlyMap<string, Macro>, depth: number): string {
  if (macros.size === 0 || depth > MAX_DEPTH) return text;
  let result = "";
  PIECE.lastIndex = 0;
  const pieces = new RegExp(PIECE.source, "g");
  for (let match = pieces.exec(text); match !== null; match = pieces.exec(text)) {
    const piece = match[0];
    if (piece === "(*") {
      const end = afterComment(text, match.index);
      result += text.slice(match.index, end);
      pieces.lastIndex = end;
      continue;
    }
    const macro = /^[A-Za-z_]/.test(piece) ? macros.get(piece) : undefined;
    if (macro === undefined) {
      result += piece;
      continue;
    }
    const others = new Map([...macros].filter(([name]) => name !== piece));
    if (macro.parameters === undefined) {
      result += expandText(macro.text, others, depth + 1);
      continue;
    }
    const args = macroArguments(text, pieces.lastIndex);
    if (args === undefined) {
      result += piece;
      continue;
    }
    pieces.lastIndex = args.end;
    const bound = new Map(others);
    macro.parameters.forEach((p, i) => bound.set(p, { parameters: undefined, text: expandText(args.values[i] ?? "", macros, depth + 1) }));
    result += expandText(macro.text, bound, depth + 1);
  }
  return result;
}

function afterComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    if (text.startsWith("(*", at)) {
      depth++;
      at += 2;
    } else if (text.startsWith("*)", at)) {
      at += 2;
      if (--depth === 0) return at;
    } else at++;
  }
  return text.length;
}

/** `(a, f(b, c))` after a macro's name: what is between the commas that are in no other parentheses. */
function macroArguments(text: string, from: number): { readonly values: readonly string[]; readonly end: number } | undefined {
  if (text[from] !== "(") return undefined;
  const values: string[] = [];
  let depth = 0;
  let start = from + 1;
  for (let at = from; at < text.length; at++) {
    const c = text[at]!;
    if (c === "(") depth++;
    else if (c === ")" && --depth === 0) return { values: [...values, text.slice(start, at).trim()], end: at + 1 };
    else if (c === "," && depth === 1) {
      values.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return undefined;
}

/** A condition: `defined(X) && X >= (4, 08) || not (Y = 1)`. */
function condition(text: string, macros: ReadonlyMap<string, Macro>, line: number): boolean {
  const fail = (message: string): never => {
    throw new GeneratorError(message, line);
  };
  const tokens = [...text.replace(/\(\*[^]*?\*\)/g, " ").matchAll(/&&|\|\||<=|>=|<>|[A-Za-z_][\w']*|\d[\d_]*|[()<>=,+*/-]|\S/g)].map((m) => m[0]);
  let at = 0;
  let depth = 0;
  const next = (word: string): boolean => {
    if (tokens[at] !== word) return false;
    at++;
    return true;
  };
  const expect = (word: string): void => {
    if (!next(word)) fail(`${word} is expected in this condition`);
  };
  const either = (): boolean => {
    if (++depth > 2000) fail("this condition is nested too deeply");
    let value = both();
    while (next("||")) value = both() || value;
    depth--;
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (next("&&")) value = one() && value;
    return value;
  };
  const one = (): boolean => {
    if (next("not")) return !one();
    if (next("true")) return true;
    if (next("false")) return false;
    if (next("defined")) {
      const inParentheses = next("(");
      const name = tokens[at++] ?? fail("a name is expected after defined");
      if (inParentheses) expect(")");
      return macros.has(name);
    }
    const start = at;
    if (next("(")) {
      // A condition in parentheses, or a tuple.
      try {
        const value = either();
        if (next(")") && !/^(?:[<>=]|<=|>=|<>|[-+*/])$/.test(tokens[at] ?? "")) return value;
      } catch (error) {
        if (!(error instanceof GeneratorError)) throw error;
      }
      at = start;
    }
    const left = sum();
    const operator = tokens[at++] ?? fail("a comparison is expected in this condition");
    const right = sum();
    const order = compare(left, right);
    switch (operator) {
      case "=":
        return order === 0;
      case "<>":
        return order !== 0;
      case "<":
        return order < 0;
      case "<=":
        return order <= 0;
      case ">":
        return order > 0;
      case ">=":
        return order >= 0;
      default:
        return fail(`${operator} is no comparison`);
    }
  };
  const sum = (): Value => {
    let value = product();
    for (;;) {
      const operator = tokens[at];
      if (operator !== "+" && operator !== "-") return value;
      at++;
      const right = product();
      value = operator === "+" ? number(value) + number(right) : number(value) - number(right);
    }
  };
  const product = (): Value => {
    let value = atom();
    for (;;) {
      const operator = tokens[at];
      if (operator !== "*" && operator !== "/") return value;
      at++;
      const right = number(atom());
      if (operator === "/" && right === 0n) fail("division by zero");
      value = operator === "*" ? number(value) * right : number(value) / right;
    }
  };
  const number = (value: Value): bigint => (typeof value === "bigint" ? value : fail("a number is expected here"));
  const atom = (): Value => {
    if (++depth > 2000) fail("this condition is nested too deeply");
    const token = tokens[at++] ?? fail("this condition is not complete");
    if (/^\d/.test(token)) return BigInt(token.replaceAll("_", ""));
    if (token === "-") return -number(atom());
    if (token === "(") {
      const values = [sum()];
      while (next(",")) values.push(sum());
      expect(")");
      return values.length === 1 ? values[0]! : values.map(number);
    }
    const macro = macros.get(token) ?? fail(`${token} is not defined`);
    const inner = [...macro.text.matchAll(/\d[\d_]*/g)].map((m) => BigInt(m[0].replaceAll("_", "")));
    if (/^\s*\(/.test(macro.text)) return inner;
    return inner.length === 1 && /^\s*\d[\d_]*\s*$/.test(macro.text) ? inner[0]! : macros.has(macro.text) ? ((tokens[--at] = macro.text), atom()) : fail(`${token} is no number`);
  };
  const result = either();
  if (at < tokens.length) fail(`${tokens[at]!} is not expected in this condition`);
  return result;
}

/** Numbers by their size, tuples in the order of dictionaries; what a shorter one lacks counts as 0. */
function compare(a: Value, b: Value): number {
  const left = typeof a === "bigint" ? [a] : a;
  const right = typeof b === "bigint" ? [b] : b;
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? 0n, right[i] ?? 0n];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** What a command line of `cppo` asks for; undefined when it is not understood. */
export interface CppoCommand {
  readonly source: string;
  /** Standard output when undefined. */
  readonly output: string | undefined;
  readonly definitions: ReadonlyMap<string, string>;
}

export function readCppoCommand(words: readonly string[]): CppoCommand | undefined {
  const definitions = new Map<string, string>();
  let source: string | undefined;
  let output: string | undefined;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const next = words[i + 1] ?? "";
    if (word === "-V") for (const [name, value] of versionDefinitions(next)) definitions.set(name, value);
    else if (word === "-D") {
      const [, name, value] = /^\s*([A-Za-z_][\w']*)[\s=]*([^]*)$/.exec(next) ?? [];
      if (name !== undefined) definitions.set(name, value ?? "");
    } else if (word === "-U") definitions.delete(next);
    else if (word === "-o") output = next;
    else if (word === "-I") {
      // Files are looked for beside the source.
    } else if (/^-(n|q|s|c|version)$/.test(word)) continue;
    else if (word.startsWith("-") || source !== undefined) return undefined;
    else {
      source = word;
      continue;
    }
    i++;
  }
  return source === undefined ? undefined : { source, output, definitions };
}
