/**
 * Lexers: from an `.mll` file to the module that `ocamllex` makes of it (the manual's chapter "Lexer and parser generators"). The
 * automaton is a table that `Lexing.engine` runs; where a name's place in what was matched is not known from its length, the clause
 * that was chosen is matched again by `MATCHER`, which looks for the places.
 */
import { GeneratorError, lineDirective, Scanner, type Embedded } from "./common.ts";
import { automatonOf, END_OF_INPUT, isAlwaysByte, lengthOf, namesAlwaysIn, namesIn, SYMBOLS, type AutomatonState, type Regular, type SymbolSet } from "./regular.ts";

interface Clause {
  readonly regular: Regular;
  readonly action: Embedded;
}
interface Entry {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly shortest: boolean;
  readonly clauses: readonly Clause[];
}
interface Definition {
  readonly header: Embedded | undefined;
  readonly refill: Embedded | undefined;
  readonly entries: readonly Entry[];
  readonly trailer: Embedded | undefined;
}

const IDENTIFIER = /[A-Za-z_\u00c0-\u00ff][A-Za-z0-9_'\u00c0-\u00ff]*/y;
const CHARACTER = /'(?:[^\\]|\\(?:[\\'"ntbr ]|[0-9]{3}|x[0-9a-fA-F]{2}|o[0-3][0-7]{2}))'/y;
const KEYWORDS = new Set(["rule", "parse", "shortest", "and", "as", "let", "eof", "refill"]);
/** Deeper expressions were not written by hand. */
const MAX_DEPTH = 500;

class Reader {
  readonly #scanner: Scanner;
  readonly #named = new Map<string, Regular>();

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  read(): Definition {
    const s = this.#scanner;
    const header = this.#optionalBlock();
    while (this.#keyword("let")) {
      const name = this.#identifier();
      this.#expect("=");
      this.#named.set(name, this.#regular(0));
    }
    const refill = this.#keyword("refill") ? this.#block() : undefined;
    const entries: Entry[] = [];
    if (!this.#keyword("rule")) s.fail("a lexer's definition is expected here: let NAME = REGEXP, refill { ... } or rule NAME = parse ...");
    do entries.push(this.#entry());
    while (this.#keyword("and"));
    const trailer = this.#optionalBlock();
    s.skip();
    if (s.at < s.text.length) s.fail("the end of the lexer's definition is expected here");
    return { header, refill, entries, trailer };
  }

  #entry(): Entry {
    const name = this.#identifier();
    const parameters: string[] = [];
    while (!this.#takes("=")) parameters.push(this.#identifier());
    const shortest = this.#keyword("shortest");
    if (!shortest && !this.#keyword("parse")) this.#scanner.fail("parse or shortest is expected here");
    const clauses: Clause[] = [];
    this.#takes("|");
    // A rule may have no clause.
    if (/^(?:and\b|\{)/.test(this.#rest()) || this.#rest() === "") return { name, parameters, shortest, clauses };
    do clauses.push({ regular: this.#regular(0), action: this.#block() });
    while (this.#takes("|"));
    return { name, parameters, shortest, clauses };
  }

  /** `r as x`, which binds the loosest, then `r | r`, `r r`, `r*`, `r # r`. */
  #regular(depth: number): Regular {
    if (depth > MAX_DEPTH) this.#scanner.fail("this expression is nested too deeply");
    let r = this.#sequence(depth);
    for (;;) {
      // What has been read so far gets the name, and goes on with what follows the name.
      if (this.#keyword("as")) r = { kind: "named", name: this.#identifier(), body: r };
      else if (this.#takes("|")) r = { kind: "choice", parts: [r, this.#sequence(depth)] };
      else if (this.#beginsAtom()) r = { kind: "sequence", parts: [r, this.#sequence(depth)] };
      else return r;
    }
  }

  #sequence(depth: number): Regular {
    const parts = [this.#repeated(depth)];
    while (this.#beginsAtom()) parts.push(this.#repeated(depth));
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }

  #beginsAtom(): boolean {
    const rest = this.#rest();
    return /^['"[(_]/.test(rest) || (/^[A-Za-z\u00c0-\u00ff]/.test(rest) && !/^(?:as|and|let|rule|parse|shortest|refill)(?![A-Za-z0-9_'])/.test(rest));
  }

  #repeated(depth: number): Regular {
    let r = this.#difference(depth);
    for (;;) {
      if (this.#takes("*")) r = { kind: "star", body: r };
      else if (this.#takes("+")) r = { kind: "sequence", parts: [r, { kind: "star", body: r }] };
      else if (this.#takes("?")) r = { kind: "choice", parts: [r, { kind: "empty" }] };
      else return r;
    }
  }

  #difference(depth: number): Regular {
    let r = this.#atom(depth);
    while (this.#takes("#")) {
      const left = asSymbols(r);
      const right = asSymbols(this.#atom(depth));
      if (left === undefined || right === undefined) this.#scanner.fail("on both sides of # sets of characters are expected");
      r = { kind: "symbols", set: left.map((x, i) => (x === 1 && right[i] === 0 ? 1 : 0)) };
    }
    return r;
  }

  #atom(depth: number): Regular {
    const s = this.#scanner;
    s.skip();
    const start = s.at;
    const c = s.text[start];
    if (c === "'") return { kind: "symbols", set: symbols([this.#character()]) };
    if (c === '"') {
      const text = this.#string();
      const parts = Array.from(text, (x): Regular => ({ kind: "symbols", set: symbols([x.charCodeAt(0)]) }));
      return parts.length === 1 ? parts[0]! : parts.length === 0 ? { kind: "empty" } : { kind: "sequence", parts };
    }
    if (c === "[") return { kind: "symbols", set: this.#class() };
    if (c === "(") {
      s.at++;
      const r = this.#regular(depth + 1);
      this.#expect(")");
      return r;
    }
    if (c === "_" && !/[A-Za-z0-9_']/.test(s.text[start + 1] ?? "")) {
      s.at++;
      return { kind: "symbols", set: complement(symbols([])) };
    }
    const name = this.#identifier();
    if (name === "eof") return { kind: "symbols", set: symbols([END_OF_INPUT]) };
    return this.#named.get(name) ?? s.fail(`no regular expression is called ${name}`, start);
  }

  #class(): SymbolSet {
    const s = this.#scanner;
    s.at++;
    const isNegated = this.#takes("^");
    const found: number[] = [];
    for (;;) {
      s.skip();
      if (this.#takes("]")) break;
      if (s.text[s.at] === '"') {
        for (const c of this.#string()) found.push(c.charCodeAt(0));
        continue;
      }
      const from = this.#character();
      if (this.#takes("-")) {
        const to = this.#character();
        for (let code = from; code <= to; code++) found.push(code);
      } else found.push(from);
    }
    return isNegated ? complement(symbols(found)) : symbols(found);
  }

  #character(): number {
    const s = this.#scanner;
    s.skip();
    const start = s.at;
    if (s.word(CHARACTER) === undefined) s.fail("a character is expected here");
    return s.unescape(start + 1, s.at - 1).charCodeAt(0);
  }

  #string(): string {
    const s = this.#scanner;
    const start = s.at;
    s.at = s.afterString(start);
    return s.unescape(start + 1, s.at - 1);
  }

  #rest(): string {
    this.#scanner.skip();
    return this.#scanner.text.slice(this.#scanner.at, this.#scanner.at + 40);
  }
  #takes(mark: string): boolean {
    this.#scanner.skip();
    if (!this.#scanner.text.startsWith(mark, this.#scanner.at)) return false;
    this.#scanner.at += mark.length;
    return true;
  }
  #expect(mark: string): void {
    if (!this.#takes(mark)) this.#scanner.fail(`${mark} is expected here`);
  }
  #keyword(word: string): boolean {
    if (!this.#rest().startsWith(word) || /[A-Za-z0-9_']/.test(this.#rest()[word.length] ?? "")) return false;
    this.#scanner.at += word.length;
    return true;
  }
  #identifier(): string {
    this.#scanner.skip();
    const start = this.#scanner.at;
    const name = this.#scanner.word(IDENTIFIER);
    if (name === undefined || (KEYWORDS.has(name) && name !== "eof")) return this.#scanner.fail("a name is expected here", start);
    return name;
  }
  #block(): Embedded {
    if (!this.#rest().startsWith("{")) this.#scanner.fail("{ is expected here");
    return this.#scanner.embedded();
  }
  #optionalBlock(): Embedded | undefined {
    return this.#rest().startsWith("{") ? this.#scanner.embedded() : undefined;
  }
}

function symbols(codes: readonly number[]): SymbolSet {
  const set = new Uint8Array(SYMBOLS);
  for (const code of codes) set[code] = 1;
  return set;
}
/** All other bytes: the end of the input is none. */
function complement(set: SymbolSet): SymbolSet {
  return set.map((x, i) => (i === END_OF_INPUT ? 0 : 1 - x));
}
function asSymbols(r: Regular): SymbolSet | undefined {
  if (r.kind === "symbols") return r.set;
  if (r.kind !== "choice") return undefined;
  const sets = r.parts.map(asSymbols);
  return sets.some((set) => set === undefined) ? undefined : symbols(sets.flatMap((set) => [...set!].flatMap((x, i) => (x === 1 ? [i] : []))));
}

/** The module's text. `file` is how messages name the input. Throws `GeneratorError`. */
export function generateLexer(text: string, file: string): string {
  const scanner = new Scanner(text);
  const { header, refill, entries, trailer } = new Reader(scanner).read();
  const embedded = (e: Embedded): string => `${lineDirective(scanner, e.start, file)}${text.slice(e.start, e.end)}\n`;
  const tables = new Tables();
  const functions: string[] = [];
  let isMatched = false;
  entries.forEach((entry, i) => {
    const states = automatonOf(entry.clauses.map((c) => c.regular), entry.shortest);
    if (states === undefined) throw new GeneratorError(`the automaton of the rule ${entry.name} has too many states`, 1);
    const first = tables.add(states);
    const parameters = entry.parameters.map((p) => `${p} `).join("");
    const again = `__ocaml_lex_${entry.name}_rec ${parameters}lexbuf __ocaml_lex_state`;
    const refilled = refill === undefined ? `lexbuf.Lexing.refill_buff lexbuf; ${again}` : `__ocaml_lex_refill (fun lexbuf -> lexbuf.Lexing.refill_buff lexbuf; ${again}) lexbuf`;
    const cases = entry.clauses.map((clause, n) => {
      const bound = bindings(clause.regular);
      isMatched ||= bound.isMatched;
      return `  | ${n} ->\n${bound.text}(${embedded(clause.action)})\n`;
    });
    functions.push(`${i === 0 ? "let rec" : "and"} ${entry.name} ${parameters}lexbuf =\n  __ocaml_lex_${entry.name}_rec ${parameters}lexbuf ${first}\nand __ocaml_lex_${entry.name}_rec ${parameters}lexbuf __ocaml_lex_state =\n  match Lexing.engine __ocaml_lex_tables __ocaml_lex_state lexbuf with\n${cases.join("")}  | __ocaml_lex_state -> ${refilled}\n\n`);
  });
  const parts = [header === undefined ? "" : embedded(header), isMatched ? MATCHER : "", tables.text(), refill === undefined ? "" : `let __ocaml_lex_refill : (Lexing.lexbuf -> 'a) -> (Lexing.lexbuf -> 'a) = (${embedded(refill)})\n`, ...functions, trailer === undefined ? "" : `;;\n${embedded(trailer)}`];
  return parts.join("\n");
}

/** Where a name begins and ends: from the beginning or from the end of what was matched. */
interface Place {
  readonly from: "start" | "end";
  readonly offset: number;
}

/** Definitions of the names that a clause gives. */
function bindings(clause: Regular): { readonly text: string; readonly isMatched: boolean } {
  const names = [...namesIn(clause)];
  if (names.length === 0) return { text: "", isMatched: false };
  const always = namesAlwaysIn(clause);
  const places = staticPlaces(clause);
  const inside = (p: Place): string => (p.from === "start" ? `lexbuf.Lexing.lex_start_pos + ${p.offset}` : `lexbuf.Lexing.lex_curr_pos - ${p.offset}`);
  const isMatched = names.some((name) => !places.has(name));
  const lines: string[] = [];
  const slots = new Map(names.map((name, i) => [name, i]));
  if (isMatched) lines.push(`let __ocaml_lex_places = __ocaml_lex_match ${program(clause, slots)} ${names.length} lexbuf in\n`);
  for (const name of names) {
    const place = places.get(name);
    const slot = slots.get(name)! * 2;
    const [from, to] = place === undefined ? [`__ocaml_lex_places.(${slot})`, `__ocaml_lex_places.(${slot + 1})`] : [inside(place.start), inside(place.end)];
    const isByte = isAlwaysByte(clause, name);
    const kind = `sub_lexeme${isByte ? "_char" : ""}${always.has(name) ? "" : "_opt"}`;
    lines.push(`let ${name} = Lexing.${kind} lexbuf (${from})${isByte ? "" : ` (${to})`} in\n`);
  }
  return { text: lines.join(""), isMatched };
}

/** The names of a clause whose places follow from lengths alone. */
function staticPlaces(clause: Regular): ReadonlyMap<string, { readonly start: Place; readonly end: Place }> {
  const found = new Map<string, { readonly start: Place; readonly end: Place }>();
  const visit = (r: Regular, before: number | undefined, after: number | undefined): void => {
    if (r.kind === "named") {
      const length = lengthOf(r.body);
      const start: Place | undefined = before !== undefined ? { from: "start", offset: before } : after !== undefined && length !== undefined ? { from: "end", offset: after + length } : undefined;
      const end: Place | undefined = after !== undefined ? { from: "end", offset: after } : before !== undefined && length !== undefined ? { from: "start", offset: before + length } : undefined;
      if (start !== undefined && end !== undefined) found.set(r.name, { start, end });
      visit(r.body, before, after);
    } else if (r.kind === "sequence") {
      const lengths = r.parts.map(lengthOf);
      const sum = (list: readonly (number | undefined)[], outer: number | undefined): number | undefined => list.reduce((total, l) => (total === undefined || l === undefined ? undefined : total + l), outer);
      r.parts.forEach((part, i) => visit(part, sum(lengths.slice(0, i), before), sum(lengths.slice(i + 1), after)));
    }
    // What is in a choice or repeated may not be there.
  };
  visit(clause, 0, 0);
  // A name that is given in several places has none that is known.
  const times = new Map<string, number>();
  const count = (r: Regular): void => {
    if (r.kind === "named") times.set(r.name, (times.get(r.name) ?? 0) + 1);
    if (r.kind === "named" || r.kind === "star") count(r.body);
    else if (r.kind === "sequence" || r.kind === "choice") r.parts.forEach(count);
  };
  count(clause);
  for (const [name, n] of times) if (n > 1) found.delete(name);
  return found;
}

/** A clause as instructions of `MATCHER`, in OCaml. */
function program(clause: Regular, slots: ReadonlyMap<string, number>): string {
  const code: string[] = [];
  const emit = (instruction: string): number => code.push(instruction) - 1;
  const compile = (r: Regular): void => {
    switch (r.kind) {
      case "empty":
        return;
      case "symbols": {
        if (r.set[END_OF_INPUT] === 1) emit("`Skip");
        else {
          const bytes = Array.from({ length: 32 }, (_, i) => r.set.subarray(i * 8, i * 8 + 8).reduce((byte, x, bit) => byte | (x << bit), 0));
          emit(`\`Bytes "${bytes.map((b) => `\\${String(b).padStart(3, "0")}`).join("")}"`);
        }
        return;
      }
      case "sequence":
        r.parts.forEach(compile);
        return;
      case "named":
        emit(`\`Save ${slots.get(r.name)! * 2}`);
        compile(r.body);
        emit(`\`Save ${slots.get(r.name)! * 2 + 1}`);
        return;
      case "star": {
        const split = emit("");
        compile(r.body);
        emit(`\`Jump ${split}`);
        code[split] = `\`Split (${split + 1}, ${code.length})`;
        return;
      }
      case "choice": {
        const ends: number[] = [];
        r.parts.forEach((part, i) => {
          if (i === r.parts.length - 1) return compile(part);
          const split = emit("");
          compile(part);
          ends.push(emit(""));
          code[split] = `\`Split (${split + 1}, ${code.length})`;
        });
        for (const end of ends) code[end] = `\`Jump ${code.length}`;
        return;
      }
    }
  };
  compile(clause);
  return `[| ${[...code, "`End"].join("; ")} |]`;
}

/**
 * Finds the places of names in what was matched: which instructions lead to the end is found out from the end to the beginning, then
 * the first way is taken that does.
 */
const MATCHER = `let __ocaml_lex_match code names lexbuf =
  let first = lexbuf.Lexing.lex_start_pos in
  let length = lexbuf.Lexing.lex_curr_pos - first in
  let size = Stdlib.Array.length code in
  let text i = Stdlib.Bytes.get lexbuf.Lexing.lex_buffer (first + i) in
  let has set c = Stdlib.Char.code set.[Stdlib.Char.code c lsr 3] land (1 lsl (Stdlib.Char.code c land 7)) <> 0 in
  let leads = Stdlib.Array.init (length + 1) (fun _ -> Stdlib.Bytes.make size '\\000') in
  let ( .%() ) row pc = Stdlib.Bytes.get row pc <> '\\000' in
  for i = length downto 0 do
    let changed = ref true in
    while !changed do
      changed := false;
      for pc = size - 1 downto 0 do
        if not leads.(i).%(pc) && (match code.(pc) with
          | \`End -> i = length
          | \`Skip | \`Save _ -> leads.(i).%(pc + 1)
          | \`Jump target -> leads.(i).%(target)
          | \`Split (a, b) -> leads.(i).%(a) || leads.(i).%(b)
          | \`Bytes set -> i < length && has set (text i) && leads.(i + 1).%(pc + 1))
        then (Stdlib.Bytes.set leads.(i) pc '\\001'; changed := true)
      done
    done
  done;
  let places = Stdlib.Array.make (2 * names) (-1) in
  let entered = Stdlib.Array.make size (-1) in
  let rec go pc i = match code.(pc) with
    | \`End -> places
    | \`Skip -> go (pc + 1) i
    | \`Save slot -> places.(slot) <- first + i; go (pc + 1) i
    | \`Jump target -> go target i
    | \`Split (a, b) ->
      if leads.(i).%(a) && entered.(pc) <> i then (entered.(pc) <- i; go a i) else go b i
    | \`Bytes _ -> go (pc + 1) (i + 1)
  in
  go 0 0
`;

/** The tables of `Lexing.engine`, whose numbers are of two bytes. */
class Tables {
  readonly #base: number[] = [];
  readonly #backtrack: number[] = [];
  readonly #default: number[] = [];
  readonly #transitions: number[] = [];
  readonly #check: number[] = [];

  /** Adds an automaton; gives the number of its first state. */
  add(states: readonly AutomatonState[]): number {
    const first = this.#base.length;
    for (const { accepts, next } of states) {
      const state = this.#base.length;
      this.#backtrack.push(accepts);
      if (next === undefined && accepts >= 0) {
        // Nothing is read on: the clause is known at once.
        this.#base.push(-accepts - 1);
        this.#default.push(-1);
        continue;
      }
      const reached = next ?? new Int32Array(SYMBOLS).fill(-1);
      const usual = mostFrequent(reached);
      this.#default.push(usual < 0 ? -1 : usual + first);
      const row: [number, number][] = [];
      reached.forEach((target, symbol) => {
        if (target !== usual) row.push([symbol, target < 0 ? -1 : target + first]);
      });
      const base = this.#place(row.map(([symbol]) => symbol));
      this.#base.push(base);
      for (const [symbol, target] of row) {
        this.#transitions[base + symbol] = target;
        this.#check[base + symbol] = state;
      }
    }
    if (this.#check.length > 32_767 || this.#base.length > 32_767) throw new GeneratorError("the table of the automaton is too large", 1);
    return first;
  }

  /** The first place where all symbols of a row are free. */
  #place(symbolsOfRow: readonly number[]): number {
    for (let base = 0; ; base++) {
      if (symbolsOfRow.every((symbol) => (this.#check[base + symbol] ?? -1) === -1)) {
        for (let i = this.#check.length; i < base + SYMBOLS; i++) {
          this.#check.push(-1);
          this.#transitions.push(0);
        }
        return base;
      }
    }
  }

  text(): string {
    const table = (numbers: readonly number[]): string => `"${numbers.map((n) => `\\${String(n & 255).padStart(3, "0")}\\${String((n >> 8) & 255).padStart(3, "0")}`).join("")}"`;
    const empty = ["lex_base_code", "lex_backtrk_code", "lex_default_code", "lex_trans_code", "lex_check_code", "lex_code"].map((name) => `  Lexing.${name} = "";\n`).join("");
    return `let __ocaml_lex_tables = {\n  Lexing.lex_base = ${table(this.#base)};\n  Lexing.lex_backtrk = ${table(this.#backtrack)};\n  Lexing.lex_default = ${table(this.#default)};\n  Lexing.lex_trans = ${table(this.#transitions)};\n  Lexing.lex_check = ${table(this.#check)};\n${empty}}\n`;
  }
}

function mostFrequent(row: Int32Array): number {
  const times = new Map<number, number>();
  for (const target of row) times.set(target, (times.get(target) ?? 0) + 1);
  let best = -1;
  let most = 0;
  for (const [target, n] of times) {
    if (n <= most) continue;
    best = target;
    most = n;
  }
  return best;
}
