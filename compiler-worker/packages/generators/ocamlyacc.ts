/**
 * Parsers: from an `.mly` file to the module and the interface that `ocamlyacc` makes of it (the manual's chapter "Lexer and parser
 * generators"). The tables are those that the standard library's `Parsing` runs.
 */
import { GeneratorError, lineDirective, Scanner, type Embedded } from "./common.ts";
import { lalrAutomaton, type ParserState, type Precedence, type Production } from "./lalr.ts";

interface Token {
  readonly name: string;
  /** The type of what it carries. */
  readonly type: string | undefined;
}
interface Rule {
  readonly left: string;
  readonly right: readonly string[];
  readonly precedence: string | undefined;
  readonly action: Embedded;
  readonly line: number;
}
interface Definition {
  readonly header: Embedded | undefined;
  readonly tokens: readonly Token[];
  readonly starts: readonly string[];
  readonly types: ReadonlyMap<string, string>;
  readonly precedences: ReadonlyMap<string, Precedence>;
  readonly rules: readonly Rule[];
  readonly trailer: Embedded | undefined;
}

const NAME = /[A-Za-z_\u00c0-\u00ff][A-Za-z0-9_'\u00c0-\u00ff]*/y;
/** Codes of terminals: 0 is the end, then one for each entry, 256 an error, tokens from there. */
const ERROR_CODE = 256;
/** The token of this name stands for the end of input: it has the code 0, at which what follows errors is not skipped any further. */
const END_TOKEN = "EOF";
const codeOfToken = (tokens: readonly Token[], t: Token): number => (t.name === END_TOKEN && t.type === undefined ? 0 : ERROR_CODE + 1 + tokens.indexOf(t));

class Reader {
  readonly #s: Scanner;
  constructor(scanner: Scanner) {
    this.#s = scanner;
  }

  read(): Definition {
    const s = this.#s;
    let header: Embedded | undefined;
    const tokens: Token[] = [];
    const starts: string[] = [];
    const types = new Map<string, string>();
    const precedences = new Map<string, Precedence>();
    let level = 0;
    for (;;) {
      s.skip();
      if (s.text.startsWith("%{", s.at)) {
        const end = s.text.indexOf("%}", s.at);
        if (end < 0) s.fail("this %{ is not closed");
        header = { start: s.at + 2, end };
        s.at = end + 2;
        continue;
      }
      if (s.text.startsWith("%%", s.at)) {
        s.at += 2;
        break;
      }
      const start = s.at;
      if (s.text[s.at] !== "%") s.fail("a declaration or %% is expected here");
      s.at++;
      const word = s.word(NAME);
      switch (word) {
        case "token": {
          const type = this.#type();
          for (const name of this.#names()) tokens.push({ name, type });
          break;
        }
        case "start": {
          const type = this.#type();
          for (const name of this.#names()) {
            starts.push(name);
            if (type !== undefined) types.set(name, type);
          }
          break;
        }
        case "type": {
          const type = this.#type() ?? s.fail("a type <...> is expected here");
          for (const name of this.#names()) types.set(name, type);
          break;
        }
        case "left":
        case "right":
        case "nonassoc":
          level++;
          for (const name of this.#names()) precedences.set(name, { level, associativity: word === "nonassoc" ? "none" : word });
          break;
        default:
          s.fail(`the declaration %${word ?? ""} is not one of ocamlyacc's`, start);
      }
    }
    const rules = this.#rules();
    s.skip();
    const trailer = s.text.startsWith("%%", s.at) ? { start: s.at + 2, end: s.text.length } : undefined;
    if (trailer === undefined && s.at < s.text.length) s.fail("a rule or %% is expected here");
    return { header, tokens, starts, types, precedences, rules, trailer };
  }

  /** `<type>`, in which `->` closes nothing. */
  #type(): string | undefined {
    const s = this.#s;
    s.skip();
    if (s.text[s.at] !== "<") return undefined;
    const start = s.at + 1;
    for (let at = start; at < s.text.length; at++) {
      if (s.text[at] !== ">" || s.text[at - 1] === "-") continue;
      s.at = at + 1;
      return s.text.slice(start, at).trim();
    }
    return s.fail("this < is not closed");
  }

  #names(): string[] {
    const names: string[] = [];
    for (;;) {
      this.#s.skip();
      const name = this.#s.word(NAME);
      if (name === undefined) return names;
      names.push(name);
    }
  }

  #rules(): Rule[] {
    const s = this.#s;
    const rules: Rule[] = [];
    for (;;) {
      s.skip();
      const left = s.word(NAME);
      if (left === undefined) return rules;
      s.skip();
      if (s.text[s.at] !== ":") s.fail(": is expected here");
      s.at++;
      s.skip();
      if (s.text[s.at] === "|") s.at++;
      for (;;) {
        const right: string[] = [];
        let precedence: string | undefined;
        let action: Embedded | undefined;
        let line = 0;
        while (action === undefined) {
          s.skip();
          if (s.text.startsWith("%prec", s.at)) {
            s.at += 5;
            s.skip();
            precedence = s.word(NAME) ?? s.fail("the name of a token is expected here");
          } else if (s.text[s.at] === "{") {
            line = s.lineAt(s.at);
            action = s.embedded();
          } else right.push(s.word(NAME) ?? s.fail("a symbol or an action { ... } is expected here"));
        }
        rules.push({ left, right, precedence, action, line });
        // A semicolon may stand between the cases of a rule, too.
        for (s.skip(); s.text[s.at] === ";"; s.skip()) s.at++;
        if (s.text[s.at] !== "|") break;
        s.at++;
      }
    }
  }
}

/** The texts of the module and its interface. `file` is how messages name the input. Throws `GeneratorError`. */
export function generateParser(text: string, file: string): { readonly implementation: string; readonly interface: string } {
  const scanner = new Scanner(text, "c");
  const definition = new Reader(scanner).read();
  const { header, tokens, starts, types, rules, trailer } = definition;
  if (starts.length === 0) throw new GeneratorError("the grammar has no %start symbol", 1);
  for (const start of starts) if (!types.has(start)) throw new GeneratorError(`the start symbol ${start} has no %type`, 1);
  const embedded = (e: Embedded, shown = text.slice(e.start, e.end)): string => `${lineDirective(scanner, e.start, file)}${shown}\n`;
  const tables = new Tables(definition);
  const tokenType = `type token =\n${tokens.map((t) => `  | ${t.name}${t.type === undefined ? "" : ` of (${t.type})`}\n`).join("")}`;
  const isTyped = new Map(tokens.map((t) => [t.name, t.type]));
  const actions = rules.map((rule) => {
    const values = rule.right.map((symbol, i) => {
      const type = isTyped.has(symbol) ? isTyped.get(symbol) : symbol === "error" ? undefined : (types.get(symbol) ?? `'${symbol}`);
      return type === undefined ? "" : `    let _${i + 1} = (Parsing.peek_val __caml_parser_env ${rule.right.length - 1 - i} : ${type}) in\n`;
    });
    return `; (fun __caml_parser_env ->\n${values.join("")}    Stdlib.Obj.repr(${embedded(rule.action, withValues(text.slice(rule.action.start, rule.action.end)))} : ${types.get(rule.left) ?? `'${rule.left}`}))\n`;
  });
  const ends = starts.map(() => "; (fun __caml_parser_env -> Stdlib.raise (Parsing.YYexit (Parsing.peek_val __caml_parser_env 0)))\n");
  const entries = starts.map((start, i) => `let ${start} (lexfun : Lexing.lexbuf -> token) (lexbuf : Lexing.lexbuf) =\n  (Parsing.yyparse yytables ${i + 1} lexfun lexbuf : ${types.get(start)!})\n`);
  const implementation = [
    tokenType,
    "open Parsing;;\nlet _ = parse_error;;\n",
    header === undefined ? "" : embedded(header),
    tables.text(),
    `let yyact = [|\n  (fun _ -> Stdlib.failwith "parser")\n${actions.join("")}${ends.join("")}|]\n`,
    TABLES,
    ...entries,
    trailer === undefined ? "" : `;;\n${embedded(trailer)}`,
  ].join("\n");
  return { implementation, interface: `${tokenType}\n${starts.map((start) => `val ${start} :\n  (Lexing.lexbuf -> token) -> Lexing.lexbuf -> ${types.get(start)!}\n`).join("")}` };
}

/** An action with `$1` written as the variable `_1`, which is as long. */
function withValues(action: string): string {
  return action.replace(/\$([0-9]+)/g, "_$1");
}

const TABLES = `let yytables =
  { Parsing.actions=yyact;
    Parsing.transl_const=yytransl_const;
    Parsing.transl_block=yytransl_block;
    Parsing.lhs=yylhs;
    Parsing.len=yylen;
    Parsing.defred=yydefred;
    Parsing.dgoto=yydgoto;
    Parsing.sindex=yysindex;
    Parsing.rindex=yyrindex;
    Parsing.gindex=yygindex;
    Parsing.tablesize=yytablesize;
    Parsing.table=yytable;
    Parsing.check=yycheck;
    Parsing.error_function=parse_error;
    Parsing.names_const=yynames_const;
    Parsing.names_block=yynames_block }
`;

/** The tables of a grammar, in the form that `Parsing` reads. */
class Tables {
  readonly #definition: Definition;
  readonly #states: readonly ParserState[];
  /** Codes by terminal. */
  readonly #codes: readonly number[];
  readonly #terminals: number;
  readonly #productions: readonly Production[];
  readonly #nonterminals: readonly string[];

  constructor(definition: Definition) {
    this.#definition = definition;
    const { tokens, starts, rules, precedences } = definition;
    const nonterminals = [...new Set(rules.map((r) => r.left))];
    // The end, one symbol that begins each entry, errors, tokens.
    const terminalNames = ["$end", ...starts.map((s) => `$${s}`), "error", ...tokens.map((t) => t.name)];
    this.#codes = [0, ...starts.map((_, i) => i + 1), ERROR_CODE, ...tokens.map((t) => codeOfToken(tokens, t))];
    this.#terminals = terminalNames.length;
    const symbols = new Map<string, number>(terminalNames.map((name, i) => [name, i]));
    nonterminals.forEach((name, i) => {
      if (symbols.has(name)) throw new GeneratorError(`${name} is a token and has rules`, rules.find((r) => r.left === name)!.line);
      symbols.set(name, terminalNames.length + i);
    });
    const augmented = terminalNames.length + nonterminals.length;
    const entry = augmented + 1;
    const of = (name: string, line: number): number => {
      const symbol = symbols.get(name);
      if (symbol === undefined) throw new GeneratorError(`the symbol ${name} is no token and has no rules`, line);
      return symbol;
    };
    const productions: Production[] = [
      { left: augmented, right: [entry], precedence: undefined },
      ...rules.map((rule): Production => {
        const right = rule.right.map((name) => of(name, rule.line));
        const last = rule.precedence ?? [...rule.right].reverse().find((name) => symbols.get(name)! < terminalNames.length);
        return { left: symbols.get(rule.left)!, right, precedence: last === undefined ? undefined : precedences.get(last) };
      }),
      ...starts.map((start, i): Production => ({ left: entry, right: [i + 1, of(start, 1)], precedence: undefined })),
    ];
    const states = lalrAutomaton({ terminals: terminalNames.length, nonterminals: nonterminals.length + 2, productions, precedences: terminalNames.map((name) => precedences.get(name)), end: 0 });
    if (states === undefined) throw new GeneratorError("the automaton of the grammar has too many states", 1);
    this.#states = states;
    this.#productions = productions;
    this.#nonterminals = [...nonterminals, "$accept", "$entry"];
  }

  /** A row of actions by the codes of its terminals; what the token for the end does goes before what the end itself does. */
  #row(actions: Iterable<readonly [terminal: number, action: number]>): readonly (readonly [number, number])[] {
    const row = new Map<number, number>();
    for (const [t, action] of actions) {
      const code = this.#codes[t]!;
      if (t !== 0 || !row.has(code)) row.set(code, action);
    }
    return [...row];
  }

  text(): string {
    const { tokens } = this.#definition;
    const states = this.#states;
    const packed = new Packed();
    const defaults: number[] = [];
    const shiftRows: (readonly (readonly [number, number])[])[] = [];
    const reduceRows: (readonly (readonly [number, number])[])[] = [];
    for (const state of states) {
      const reductions = new Set(state.reductions.values());
      // A state that does nothing but reduce does not look at the next token.
      const only = state.shifts.size === 0 && state.errors.size === 0 && reductions.size === 1 ? [...reductions][0]! : 0;
      defaults.push(only);
      shiftRows.push(this.#row(state.shifts));
      reduceRows.push(only !== 0 ? [] : this.#row([...state.reductions].filter(([, p]) => p !== 0)));
    }
    const gotoRows: (readonly (readonly [number, number])[])[] = [];
    const usualGotos: number[] = [];
    for (let n = 0; n < this.#nonterminals.length; n++) {
      const pairs = states.flatMap((state, from) => {
        const target = state.gotos.get(this.#terminals + n);
        return target === undefined ? [] : [[from, target] as const];
      });
      const times = new Map<number, number>();
      for (const [, target] of pairs) times.set(target, (times.get(target) ?? 0) + 1);
      const usual = [...times].reduce((best, now) => (now[1] > best[1] ? now : best), [0, 0] as [number, number])[0];
      usualGotos.push(usual);
      gotoRows.push(pairs.filter(([, target]) => target !== usual));
    }
    const place = (rows: readonly (readonly (readonly [number, number])[])[]): number[] => rows.map((row) => packed.place(row));
    const shiftBases = place(shiftRows);
    const reduceBases = place(reduceRows);
    const gotoBases = place(gotoRows);
    const first = this.#terminals;
    const constants = tokens.filter((t) => t.type === undefined);
    const blocks = tokens.filter((t) => t.type !== undefined);
    const codeOf = (t: Token): number => codeOfToken(tokens, t);
    const names = (list: readonly Token[]): string => list.map((t) => `${t.name}\\000`).join("");
    return [
      `let yytransl_const = [| ${[...constants.map(codeOf), 0].join("; ")} |]`,
      `let yytransl_block = [| ${[...blocks.map(codeOf), 0].join("; ")} |]`,
      `let yylhs = ${shorts(this.#productions.map((p) => p.left - first))}`,
      `let yylen = ${shorts(this.#productions.map((p) => p.right.length))}`,
      `let yydefred = ${shorts(defaults)}`,
      `let yydgoto = ${shorts(usualGotos)}`,
      `let yysindex = ${shorts(shiftBases)}`,
      `let yyrindex = ${shorts(reduceBases)}`,
      `let yygindex = ${shorts(gotoBases)}`,
      `let yytablesize = ${packed.table.length - 1}`,
      `let yytable = ${shorts(packed.table)}`,
      `let yycheck = ${shorts(packed.check)}`,
      `let yynames_const = "${names(constants)}"`,
      `let yynames_block = "${names(blocks)}"\n`,
    ].join("\n");
  }
}

/** Rows laid over each other so that no two of their entries meet; no two rows begin at one place. */
class Packed {
  readonly table: number[] = [];
  readonly check: number[] = [];
  readonly #bases = new Set<number>([0]);

  /** The place of a row of keys and values: an entry is at the place plus its key. 0 for none. */
  place(row: readonly (readonly [number, number])[]): number {
    if (row.length === 0) return 0;
    const least = Math.min(...row.map(([key]) => key));
    for (let base = -least; ; base++) {
      if (this.#bases.has(base) || row.some(([key]) => (this.check[base + key] ?? -1) !== -1)) continue;
      if (base > 32_000) throw new GeneratorError("the tables of the grammar are too large", 1);
      this.#bases.add(base);
      for (const [key, value] of row) {
        while (this.table.length <= base + key) {
          this.table.push(0);
          this.check.push(-1);
        }
        this.table[base + key] = value;
        this.check[base + key] = key;
      }
      return base;
    }
  }
}

function shorts(numbers: readonly number[]): string {
  return `"${numbers.map((n) => `\\${String(n & 255).padStart(3, "0")}\\${String((n >> 8) & 255).padStart(3, "0")}`).join("")}"`;
}
