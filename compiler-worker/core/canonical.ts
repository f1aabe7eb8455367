/**
 * The canonical form of a top-level binding: what is the same of two bindings that differ only in the identity of their variables, labels and
 * locations, in names and in which globals they mention. Functions, variables and locations are numbered in the order of their first mention; the
 * form is a digest of the tree with these numbers, so that what was made of one binding can be used for another one with the same digest, number by number.
 */
import type { Location } from "../syntax/diagnostics.ts";
import type { Constant, Expr, Function, FunctionBinding, Kind, Label, Primitive, TopBinding, Variable } from "./core.ts";

export interface CanonicalForm {
  /** 128 bits, in hexadecimal digits. */
  readonly digest: string;
  /** All variables that it binds or mentions. */
  readonly variables: readonly Variable[];
  readonly functions: readonly Function[];
  readonly locations: readonly Location[];
}

/**
 * A digest of a sequence of numbers: four lanes that mix as MurmurHash3 does (Appleby, 2011), with different constants. It is no protection
 * against inputs that are made to collide; who makes such a program spoils only their own image.
 */
class Digest {
  #a = 0x239b961b;
  #b = 0xab0e9789;
  #c = 0x38b34ae5;
  #d = 0xa1e38b93;
  #length = 0;

  /** Adds the low 32 bits of a number. */
  add(n: number): void {
    this.#length++;
    let k = Math.imul(n, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    const a = this.#a ^ k;
    this.#a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    const b = this.#b ^ Math.imul(n ^ this.#a, 0x85ebca6b);
    this.#b = (Math.imul((b << 17) | (b >>> 15), 9) + 0x561ccd1b) | 0;
    const c = this.#c ^ Math.imul(n + this.#b, 0xc2b2ae35);
    this.#c = (Math.imul((c << 11) | (c >>> 21), 5) + 0x0bcaa747) | 0;
    const d = this.#d ^ Math.imul(n ^ this.#c, 0x9e3779b1);
    this.#d = (Math.imul((d << 19) | (d >>> 13), 9) + 0x96cd1c35) | 0;
  }

  addString(s: string): void {
    this.add(s.length);
    for (let i = 0; i < s.length; i++) this.add(s.charCodeAt(i));
  }

  addBigint(n: bigint): void {
    const bits = BigInt.asUintN(64, n);
    this.add(Number(bits & 0xffffffffn));
    this.add(Number(bits >> 32n));
  }

  finish(): string {
    this.add(this.#length);
    this.add(0);
    return [this.#a, this.#b, this.#c, this.#d].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

/** Numbers in the order of first mention. */
class Numbering<K> {
  readonly all: K[] = [];
  readonly #numbers = new Map<K, number>();

  of(key: K): number {
    let n = this.#numbers.get(key);
    if (n === undefined) {
      n = this.all.length;
      this.#numbers.set(key, n);
      this.all.push(key);
    }
    return n;
  }
}

const EXPR_NUMBERS: Readonly<Record<Expr["kind"], number>> = { var: 1, const: 2, let: 3, letrec: 4, function: 5, apply: 6, primitive: 7, if: 8, switch: 9, join: 10, jump: 11, try: 12, sequence: 13, assign: 14 };
const BINDING_NUMBERS: Readonly<Record<TopBinding["kind"], number>> = { let: 1, letrec: 2, effect: 3 };
const KIND_NUMBERS: Readonly<Record<Kind, number>> = { value: 0, immediate: 1, word: 2, float: 3 };
const CONSTANT_NUMBERS: Readonly<Record<Constant["kind"], number>> = { int: 1, word: 2, float: 3, boxedFloat: 4, boxedInt: 5, string: 6, block: 7, floatArray: 8 };

class Canonicalizer {
  readonly #digest = new Digest();
  readonly #variables = new Numbering<Variable>();
  readonly #functions = new Numbering<Function>();
  readonly #locations = new Numbering<Location>();
  readonly #labels = new Numbering<Label>();
  readonly #work: Expr[] = [];
  /** Variables that are bound inside: no globals. */
  readonly #bound: Variable[] = [];

  binding(binding: TopBinding): CanonicalForm {
    this.#digest.add(BINDING_NUMBERS[binding.kind]);
    if (binding.kind === "letrec") this.#bindings(binding.functions, (v) => this.#variable(v));
    else {
      if (binding.kind === "let") this.#variable(binding.variable);
      this.#work.push(binding.value);
    }
    for (let e = this.#work.pop(); e !== undefined; e = this.#work.pop()) this.#expr(e);
    this.#order();
    return { digest: this.#digest.finish(), variables: this.#variables.all, functions: this.#functions.all, locations: this.#locations.all };
  }

  /** What is captured stands in the order of the variables' ids. */
  #order(): void {
    const bound = this.#bound;
    if (bound.every((v, i) => i === 0 || bound[i - 1]!.id < v.id)) return;
    for (const v of bound.sort((a, b) => a.id - b.id)) this.#digest.add(this.#variables.of(v));
  }

  #bind(v: Variable): void {
    this.#bound.push(v);
    this.#variable(v);
  }

  #variable(v: Variable): void {
    this.#digest.add(this.#variables.of(v));
    this.#digest.add(2 * KIND_NUMBERS[v.kind] + (v.mutable ? 1 : 0));
  }

  #location(loc: Location | undefined): void {
    this.#digest.add(loc === undefined ? -1 : this.#locations.of(loc));
  }

  #bindings(bindings: readonly FunctionBinding[], bind: (v: Variable) => void): void {
    this.#digest.add(bindings.length);
    for (const { variable } of bindings) bind(variable);
    for (const { function: f } of bindings) this.#function(f);
  }

  #function(f: Function): void {
    const digest = this.#digest;
    digest.add(this.#functions.of(f));
    digest.add(f.parameters.length);
    for (const p of f.parameters) this.#bind(p);
    digest.add(KIND_NUMBERS[f.result]);
    digest.add((f.runtimeDialect ? 2 : 0) + (f.tailModCons ? 1 : 0));
    digest.addString(f.inline);
    this.#location(f.loc);
    this.#work.push(f.body);
  }

  #expr(e: Expr): void {
    const digest = this.#digest;
    const work = this.#work;
    digest.add(EXPR_NUMBERS[e.kind]);
    switch (e.kind) {
      case "var":
        this.#variable(e.variable);
        return;
      case "const":
        this.#constant(e.constant);
        return;
      case "let":
        this.#bind(e.variable);
        work.push(e.body, e.value);
        return;
      case "letrec":
        work.push(e.body);
        this.#bindings(e.functions, (v) => this.#bind(v));
        return;
      case "function":
        this.#function(e.function);
        return;
      case "apply":
        digest.add(e.args.length);
        digest.add(e.tailcall === undefined ? 0 : e.tailcall ? 1 : 2);
        digest.addString(e.inline);
        this.#location(e.loc);
        work.push(e.function, ...e.args);
        return;
      case "primitive":
        digest.add(e.args.length);
        this.#primitive(e.primitive);
        this.#location(e.loc);
        work.push(...e.args);
        return;
      case "if":
        work.push(e.else, e.then, e.condition);
        return;
      case "switch":
        digest.add(e.cases.length);
        digest.add(e.default === undefined ? 0 : 1);
        for (const { value, body } of e.cases) {
          digest.addBigint(BigInt(value));
          work.push(body);
        }
        if (e.default !== undefined) work.push(e.default);
        work.push(e.scrutinee);
        return;
      case "join":
        digest.add(this.#labels.of(e.label));
        digest.add(2 * e.parameters.length + (e.recursive ? 1 : 0));
        for (const p of e.parameters) this.#bind(p);
        work.push(e.body, e.handler);
        return;
      case "jump":
        digest.add(this.#labels.of(e.label));
        digest.add(e.args.length);
        work.push(...e.args);
        return;
      case "try":
        this.#bind(e.exception);
        work.push(e.handler, e.body);
        return;
      case "sequence":
        work.push(e.second, e.first);
        return;
      case "assign":
        this.#variable(e.variable);
        work.push(e.value);
        return;
    }
  }

  #primitive(p: Primitive): void {
    for (const [key, value] of Object.entries(p)) {
      this.#digest.addString(key);
      if (typeof value === "number") this.#digest.addBigint(BigInt(value));
      else this.#digest.addString(String(value));
    }
  }

  #constant(first: Constant): void {
    const digest = this.#digest;
    const stack: Constant[] = [first];
    for (let c = stack.pop(); c !== undefined; c = stack.pop()) {
      digest.add(CONSTANT_NUMBERS[c.kind]);
      switch (c.kind) {
        case "int":
        case "word":
          digest.addBigint(c.value);
          break;
        case "float":
        case "boxedFloat":
          digest.addBigint(c.bits);
          break;
        case "boxedInt":
          digest.addString(c.type);
          digest.addBigint(c.value);
          break;
        case "string":
          digest.addString(c.value);
          break;
        case "block":
          digest.add(c.tag);
          digest.add(c.fields.length);
          for (const field of c.fields) stack.push(field);
          break;
        case "floatArray":
          digest.add(c.bits.length);
          for (const bits of c.bits) digest.addBigint(bits);
          break;
      }
    }
  }
}

export function canonicalForm(binding: TopBinding): CanonicalForm {
  return new Canonicalizer().binding(binding);
}
