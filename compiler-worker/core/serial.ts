/**
 * Bindings of core as sequences of numbers: what is shipped of translations (`defunctorize/shipped-translations.ts`). Strings and primitives are
 * numbers in tables that all sequences share; variables, labels and locations are numbers in tables of their own for each sequence.
 *
 * A sequence is the tree in preorder. Variables are given out again in the order of their ids, so that whatever depends on that order is the same.
 */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { floatOfBits, type Fresh } from "./build.ts";
import type { BoxedInteger, Constant, Expr, Function, FunctionBinding, InlineAttribute, Kind, Label, Primitive, TopBinding, Variable } from "./core.ts";

const KINDS: readonly Kind[] = ["value", "immediate", "word", "float"];
const INLINE: readonly InlineAttribute[] = ["default", "always", "never", "hint"];
const BOXED: readonly BoxedInteger[] = ["int32", "int64", "nativeint"];
const BINDINGS: readonly TopBinding["kind"][] = ["let", "letrec", "effect"];
const EXPRESSIONS: readonly Expr["kind"][] = ["var", "const", "let", "letrec", "function", "apply", "primitive", "if", "switch", "join", "jump", "try", "sequence", "assign"];
const CONSTANTS: readonly Constant["kind"][] = ["int", "word", "float", "boxedFloat", "boxedInt", "string", "block", "floatArray"];

/** The place of what the compiler made up. */
const NOWHERE: Location = { file: { name: "", text: "" }, start: 0, end: 0, ghost: true };

/** Trees that are nested deeper have no sequence: both directions recur. */
const MAX_DEPTH = 600;

/** What has no sequence. */
export class Unserializable extends Error {}

/** Strings by number, shared by all sequences of a file. */
export class StringTable {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    let n = this.#numbers.get(text);
    if (n === undefined) {
      n = this.all.length;
      this.#numbers.set(text, n);
      this.all.push(text);
    }
    return n;
  }
}

function indexOf<T>(all: readonly T[], item: T): number {
  const n = all.indexOf(item);
  if (n < 0) throw new Unserializable();
  return n;
}

/** Numbers things in the order of first mention. */
function numbered<T>(all: T[], numbers: Map<T, number>, item: T): number {
  let n = numbers.get(item);
  if (n === undefined) {
    n = all.length;
    numbers.set(item, n);
    all.push(item);
  }
  return n;
}

export class Writer {
  readonly strings: StringTable;
  readonly #file: SourceFile | undefined;
  readonly #out: number[] = [];
  readonly #known = new Map<Variable, number>();
  readonly #locals: Variable[] = [];
  readonly #labels: Label[] = [];
  readonly #labelNumbers = new Map<Label, number>();
  readonly #locations: Location[] = [];
  readonly #locationNumbers = new Map<Location, number>();
  #depth = 0;

  /** Locations must be in `file`. */
  constructor(strings: StringTable, file: SourceFile | undefined) {
    this.strings = strings;
    this.#file = file;
  }

  number(n: number): void {
    this.#out.push(n);
  }

  string(text: string): void {
    this.#out.push(this.strings.of(text));
  }

  kind(kind: Kind): void {
    this.number(KINDS.indexOf(kind));
  }

  /** Gives a variable that is known outside of the bindings the next number. */
  know(v: Variable): void {
    this.#known.set(v, this.#known.size);
  }

  knows(v: Variable): boolean {
    return this.#known.has(v);
  }

  get knownCount(): number {
    return this.#known.size;
  }

  /** A known variable. */
  knownVariable(v: Variable): void {
    const n = this.#known.get(v);
    if (n === undefined) throw new Unserializable();
    this.number(n);
  }

  location(loc: Location | undefined): void {
    if (loc === undefined) {
      this.number(-1);
      return;
    }
    if (loc.file.name === "" && loc.ghost) {
      this.number(-2);
      return;
    }
    if (loc.file !== this.#file) throw new Unserializable();
    this.number(numbered(this.#locations, this.#locationNumbers, loc));
  }

  /** The bindings; whatever they mention and do not bind inside is known by now. */
  bindings(bindings: readonly TopBinding[]): void {
    this.number(bindings.length);
    // Their local variables, in the order in which they were made.
    for (const binding of bindings) {
      if (binding.kind === "letrec") for (const f of binding.functions) this.#collectFunction(f.function);
      else this.#collect(binding.value);
    }
    const first = this.#known.size;
    this.#locals.sort((a, b) => a.id - b.id).forEach((v, i) => this.#known.set(v, first + i));
    for (const binding of bindings) {
      this.number(BINDINGS.indexOf(binding.kind));
      switch (binding.kind) {
        case "let":
          this.knownVariable(binding.variable);
          this.#expr(binding.value);
          break;
        case "letrec":
          this.#functions(binding.functions);
          break;
        case "effect":
          this.#expr(binding.value);
          break;
      }
    }
  }

  /** The sequence: tables first. */
  finish(): readonly number[] {
    const head: number[] = [this.#locals.length];
    for (const v of this.#locals) head.push(this.strings.of(v.name), 2 * KINDS.indexOf(v.kind) + (v.mutable ? 1 : 0));
    head.push(this.#labels.length, ...this.#labels.map((l) => this.strings.of(l.name)));
    head.push(this.#locations.length);
    for (const { start, end, ghost } of this.#locations) head.push(start, end - start, ghost ? 1 : 0);
    return [...head, ...this.#out];
  }

  #bind(v: Variable): void {
    if (!this.#known.has(v)) this.#locals.push(v);
  }

  #collectFunction(f: Function): void {
    for (const p of f.parameters) this.#bind(p);
    this.#collect(f.body);
  }

  #collect(e: Expr): void {
    if (++this.#depth > MAX_DEPTH) throw new Unserializable();
    switch (e.kind) {
      case "var":
      case "const":
        break;
      case "let":
        this.#bind(e.variable);
        this.#collect(e.value);
        this.#collect(e.body);
        break;
      case "letrec":
        for (const f of e.functions) this.#bind(f.variable);
        for (const f of e.functions) this.#collectFunction(f.function);
        this.#collect(e.body);
        break;
      case "function":
        this.#collectFunction(e.function);
        break;
      case "apply":
        this.#collect(e.function);
        for (const arg of e.args) this.#collect(arg);
        break;
      case "primitive":
      case "jump":
        for (const arg of e.args) this.#collect(arg);
        break;
      case "if":
        this.#collect(e.condition);
        this.#collect(e.then);
        this.#collect(e.else);
        break;
      case "switch":
        this.#collect(e.scrutinee);
        for (const { body } of e.cases) this.#collect(body);
        if (e.default !== undefined) this.#collect(e.default);
        break;
      case "join":
        for (const p of e.parameters) this.#bind(p);
        this.#collect(e.handler);
        this.#collect(e.body);
        break;
      case "try":
        this.#bind(e.exception);
        this.#collect(e.body);
        this.#collect(e.handler);
        break;
      case "sequence":
        this.#collect(e.first);
        this.#collect(e.second);
        break;
      case "assign":
        this.#collect(e.value);
        break;
    }
    this.#depth--;
  }

  #functions(functions: readonly FunctionBinding[]): void {
    this.number(functions.length);
    for (const { variable } of functions) this.knownVariable(variable);
    for (const { function: f } of functions) this.#function(f);
  }

  #function(f: Function): void {
    this.#variables(f.parameters);
    this.number(KINDS.indexOf(f.result));
    this.string(f.name);
    this.location(f.loc);
    this.number(4 * INLINE.indexOf(f.inline) + (f.runtimeDialect ? 2 : 0) + (f.tailModCons ? 1 : 0));
    this.#expr(f.body);
  }

  #variables(variables: readonly Variable[]): void {
    this.number(variables.length);
    for (const v of variables) this.knownVariable(v);
  }

  #label(label: Label): void {
    this.number(numbered(this.#labels, this.#labelNumbers, label));
  }

  #args(args: readonly Expr[]): void {
    this.number(args.length);
    for (const arg of args) this.#expr(arg);
  }

  #expr(e: Expr): void {
    this.number(EXPRESSIONS.indexOf(e.kind));
    switch (e.kind) {
      case "var":
        this.knownVariable(e.variable);
        return;
      case "const":
        this.constant(e.constant);
        return;
      case "let":
        this.knownVariable(e.variable);
        this.#expr(e.value);
        this.#expr(e.body);
        return;
      case "letrec":
        this.#functions(e.functions);
        this.#expr(e.body);
        return;
      case "function":
        this.#function(e.function);
        return;
      case "apply":
        this.location(e.loc);
        this.number(3 * INLINE.indexOf(e.inline) + (e.tailcall === undefined ? 0 : e.tailcall ? 1 : 2));
        this.#expr(e.function);
        this.#args(e.args);
        return;
      case "primitive":
        this.string(JSON.stringify(e.primitive));
        this.location(e.loc);
        this.#args(e.args);
        return;
      case "if":
        this.#expr(e.condition);
        this.#expr(e.then);
        this.#expr(e.else);
        return;
      case "switch":
        this.#expr(e.scrutinee);
        this.number(e.cases.length);
        for (const { value, body } of e.cases) {
          this.number(value);
          this.#expr(body);
        }
        this.number(e.default === undefined ? 0 : 1);
        if (e.default !== undefined) this.#expr(e.default);
        return;
      case "join":
        this.#label(e.label);
        this.#variables(e.parameters);
        this.number(e.recursive ? 1 : 0);
        this.#expr(e.handler);
        this.#expr(e.body);
        return;
      case "jump":
        this.#label(e.label);
        this.#args(e.args);
        return;
      case "try":
        this.knownVariable(e.exception);
        this.#expr(e.body);
        this.#expr(e.handler);
        return;
      case "sequence":
        this.#expr(e.first);
        this.#expr(e.second);
        return;
      case "assign":
        this.knownVariable(e.variable);
        this.#expr(e.value);
        return;
    }
  }

  #bigint(n: bigint): void {
    this.string(n.toString());
  }

  constant(c: Constant): void {
    if (++this.#depth > MAX_DEPTH) throw new Unserializable();
    this.number(CONSTANTS.indexOf(c.kind));
    switch (c.kind) {
      case "int":
      case "word":
        this.#bigint(c.value);
        break;
      case "float":
      case "boxedFloat":
        this.#bigint(c.bits);
        break;
      case "boxedInt":
        this.number(indexOf(BOXED, c.type));
        this.#bigint(c.value);
        break;
      case "string":
        this.string(c.value);
        break;
      case "block":
        this.number(c.tag);
        this.number(c.fields.length);
        for (const field of c.fields) this.constant(field);
        break;
      case "floatArray":
        this.number(c.bits.length);
        for (const bits of c.bits) this.#bigint(bits);
        break;
    }
    this.#depth--;
  }
}

/** Strings of a file of sequences, with what they were read as. */
export class Strings {
  readonly #all: readonly string[];
  readonly #bigints: (bigint | undefined)[] = [];
  readonly #primitives: (Primitive | undefined)[] = [];

  constructor(all: readonly string[]) {
    this.#all = all;
  }

  at(n: number): string {
    return this.#all[n]!;
  }

  bigint(n: number): bigint {
    return (this.#bigints[n] ??= BigInt(this.#all[n]!));
  }

  primitive(n: number): Primitive {
    return (this.#primitives[n] ??= JSON.parse(this.#all[n]!) as Primitive);
  }
}

/** Reads one sequence that `Writer` gave, in the same order. */
export class Reader {
  readonly #strings: Strings;
  readonly #sequence: readonly number[];
  readonly #file: SourceFile | undefined;
  readonly #fresh: Fresh;
  /** Known variables, then local ones. */
  readonly #variables: Variable[] = [];
  /** Where the local variables are described, and how many there are. */
  readonly #localsAt: number;
  readonly #localCount: number;
  readonly #labelsAt: number;
  readonly #labels: (Label | undefined)[] = [];
  readonly #locationsAt: number;
  readonly #locations: (Location | undefined)[] = [];
  #at = 0;

  constructor(strings: Strings, sequence: readonly number[], file: SourceFile | undefined, fresh: Fresh) {
    this.#strings = strings;
    this.#sequence = sequence;
    this.#file = file;
    this.#fresh = fresh;
    this.#localCount = this.number();
    this.#localsAt = this.#at;
    this.#at += 2 * this.#localCount;
    const labels = this.number();
    this.#labelsAt = this.#at;
    this.#at += labels;
    const locations = this.number();
    this.#locationsAt = this.#at;
    this.#at += 3 * locations;
  }

  number(): number {
    return this.#sequence[this.#at++]!;
  }

  string(): string {
    return this.#strings.at(this.number());
  }

  kind(): Kind {
    return KINDS[this.number()]!;
  }

  know(v: Variable): void {
    this.#variables.push(v);
  }

  knownVariable(): Variable {
    return this.#variables[this.number()]!;
  }

  location(): Location | undefined {
    const n = this.number();
    if (n === -2) return NOWHERE;
    if (n < 0 || this.#file === undefined) return undefined;
    const known = this.#locations[n];
    if (known !== undefined) return known;
    const at = this.#locationsAt + 3 * n;
    const start = this.#sequence[at]!;
    const loc: Location = { file: this.#file, start, end: start + this.#sequence[at + 1]!, ghost: this.#sequence[at + 2] === 1 };
    this.#locations[n] = loc;
    return loc;
  }

  bindings(): TopBinding[] {
    const count = this.number();
    for (let i = 0; i < this.#localCount; i++) {
      const name = this.#strings.at(this.#sequence[this.#localsAt + 2 * i]!);
      const how = this.#sequence[this.#localsAt + 2 * i + 1]!;
      this.#variables.push(how % 2 === 1 ? this.#fresh.mutable(name, KINDS[how >> 1]!) : this.#fresh.variable(name, KINDS[how >> 1]!));
    }
    const out: TopBinding[] = [];
    for (let i = 0; i < count; i++) {
      const kind = BINDINGS[this.number()]!;
      switch (kind) {
        case "let":
          out.push({ kind, variable: this.knownVariable(), value: this.#expr() });
          break;
        case "letrec":
          out.push({ kind, functions: this.#functions() });
          break;
        case "effect":
          out.push({ kind, value: this.#expr() });
          break;
      }
    }
    return out;
  }

  #functions(): FunctionBinding[] {
    const variables = this.#variableList();
    return variables.map((variable) => ({ variable, function: this.#function() }));
  }

  #function(): Function {
    const parameters = this.#variableList();
    const result = this.kind();
    const name = this.string();
    const loc = this.location();
    const flags = this.number();
    const body = this.#expr();
    return { parameters, body, result, name, loc, inline: INLINE[flags >> 2]!, runtimeDialect: (flags & 2) !== 0, tailModCons: (flags & 1) !== 0 };
  }

  #variableList(): Variable[] {
    const count = this.number();
    const out: Variable[] = [];
    for (let i = 0; i < count; i++) out.push(this.knownVariable());
    return out;
  }

  #label(): Label {
    const n = this.number();
    return (this.#labels[n] ??= this.#fresh.label(this.#strings.at(this.#sequence[this.#labelsAt + n]!)));
  }

  #args(): Expr[] {
    const count = this.number();
    const out: Expr[] = [];
    for (let i = 0; i < count; i++) out.push(this.#expr());
    return out;
  }

  #expr(): Expr {
    const kind = EXPRESSIONS[this.number()]!;
    switch (kind) {
      case "var":
        return { kind, variable: this.knownVariable() };
      case "const":
        return { kind, constant: this.constant() };
      case "let": {
        const variable = this.knownVariable();
        const value = this.#expr();
        return { kind, variable, value, body: this.#expr() };
      }
      case "letrec": {
        const functions = this.#functions();
        return { kind, functions, body: this.#expr() };
      }
      case "function":
        return { kind, function: this.#function() };
      case "apply": {
        const loc = this.location();
        const how = this.number();
        const f = this.#expr();
        const args = this.#args();
        const tail = how % 3;
        return { kind, function: f, args, loc, inline: INLINE[(how - tail) / 3]!, tailcall: tail === 0 ? undefined : tail === 1 };
      }
      case "primitive": {
        const primitive = this.#strings.primitive(this.number());
        const loc = this.location();
        return { kind, primitive, args: this.#args(), loc };
      }
      case "if": {
        const condition = this.#expr();
        const then = this.#expr();
        return { kind, condition, then, else: this.#expr() };
      }
      case "switch": {
        const scrutinee = this.#expr();
        const count = this.number();
        const cases: { value: number; body: Expr }[] = [];
        for (let i = 0; i < count; i++) {
          const value = this.number();
          cases.push({ value, body: this.#expr() });
        }
        return { kind, scrutinee, cases, default: this.number() === 1 ? this.#expr() : undefined };
      }
      case "join": {
        const label = this.#label();
        const parameters = this.#variableList();
        const recursive = this.number() === 1;
        const handler = this.#expr();
        return { kind, label, parameters, recursive, handler, body: this.#expr() };
      }
      case "jump": {
        const label = this.#label();
        return { kind, label, args: this.#args() };
      }
      case "try": {
        const exception = this.knownVariable();
        const body = this.#expr();
        return { kind, body, exception, handler: this.#expr() };
      }
      case "sequence": {
        const first = this.#expr();
        return { kind, first, second: this.#expr() };
      }
      case "assign": {
        const variable = this.knownVariable();
        return { kind, variable, value: this.#expr() };
      }
    }
  }

  #bigint(): bigint {
    return this.#strings.bigint(this.number());
  }

  constant(): Constant {
    const kind = CONSTANTS[this.number()]!;
    switch (kind) {
      case "int":
      case "word":
        return { kind, value: this.#bigint() };
      case "float": {
        const bits = this.#bigint();
        return { kind, value: floatOfBits(bits), bits };
      }
      case "boxedFloat":
        return { kind, bits: this.#bigint() };
      case "boxedInt": {
        const type = BOXED[this.number()]!;
        return { kind, type, value: this.#bigint() };
      }
      case "string":
        return { kind, value: this.string() };
      case "block": {
        const tag = this.number();
        const count = this.number();
        const fields: Constant[] = [];
        for (let i = 0; i < count; i++) fields.push(this.constant());
        return { kind, tag, fields };
      }
      case "floatArray": {
        const count = this.number();
        const bits: bigint[] = [];
        for (let i = 0; i < count; i++) bits.push(this.#bigint());
        return { kind, bits };
      }
    }
  }
}
