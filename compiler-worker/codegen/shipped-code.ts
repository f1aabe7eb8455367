/**
 * Code that was made when the compiler was built: of the library's functions, as programs that use them leave them after optimisation. A function of
 * a binding with the same canonical form (`core/canonical.ts`) gets the same code, as in a later build of one session (`ssa/memo.ts`): the requests
 * that its translation made are made again, and what differs is names.
 *
 * A record names the variables, functions and locations of its binding by their numbers in the canonical form. It is text (JSON), read when it is used.
 */
import { canonicalForm, type CanonicalForm } from "../core/canonical.ts";
import type { BoxedInteger, Constant, Expr, Function, Kind, TopBinding } from "../core/core.ts";
import type { Global } from "../ssa/from-core.ts";
import type { CodeMemo, CodeRecord, CodeSource, FunctionReference, Interface, Request } from "../ssa/memo.ts";
import type { DataWord } from "../ssa/ssa.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { CodeFragment, RelocationKind, SafePoint } from "./object.ts";

const HEADER = "morgana code 1";
/** Stands for the number of a function where the code is a binding's initialiser. */
const INITIALIZER = -1;
/** Constants that are nested deeper have no record. */
const MAX_DEPTH = 50;

// ---------------------------------------------------------------- the text

/** A word as it is, in decimal digits, or an address. */
type TextWord = string | readonly [symbol: string, offset: number];
/** A variable by its number, a function without one by −1 − its number. */
type TextReference = number;
type TextConstant = readonly ["int" | "word" | "boxedFloat", string] | readonly ["float", string] | readonly ["boxedInt", BoxedInteger, string] | readonly ["string", string] | readonly ["block", number, readonly TextConstant[]] | readonly ["floatArray", readonly string[]];
type TextGlobal = readonly ["static", TextWord] | readonly ["raw", TextConstant] | readonly ["slot", string, number, Kind];
type TextRequest =
  | readonly ["known", number, number | null, Kind | null]
  | readonly ["code", TextReference, string]
  | readonly ["closure", TextReference, TextWord]
  | readonly ["head", TextReference, number, readonly TextWord[]]
  | readonly ["apply", number]
  | readonly ["global", number, TextGlobal | null]
  | readonly ["constant", TextConstant, TextWord]
  | readonly ["block", number, readonly TextWord[], TextWord]
  | readonly ["exception", string]
  | readonly ["custom", BoxedInteger]
  | readonly ["zeroed", string, number, number];
interface TextCode {
  readonly symbol: string;
  readonly start: number;
  readonly align: number;
  readonly bytes: string;
  /** By number; −1: none. */
  readonly loc: number;
  readonly relocations: readonly (readonly [offset: number, kind: RelocationKind, symbol: string, addend: number])[];
  readonly safePoints: readonly (readonly [offset: number, frameWords: number, registers: number, special: "bottom" | "registers" | null, loc: number, ...slots: number[]])[];
}
interface TextRecord {
  readonly symbol: string;
  readonly slot: TextGlobal | null;
  readonly requests: readonly TextRequest[];
  readonly code: TextCode;
}

/** A character for each byte, of those that JSON need not escape. */
const FIRST_CHARACTER = 0x100;

function textOfBytes(bytes: Uint8Array): string {
  return String.fromCharCode(...[...bytes].map((byte) => FIRST_CHARACTER + byte));
}

function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i) - FIRST_CHARACTER;
  return bytes;
}

// ---------------------------------------------------------------- writing

/** What has no record. */
class Unshippable extends Error {}

class Writer {
  readonly #variables: ReadonlyMap<unknown, number>;
  readonly #functions: ReadonlyMap<unknown, number>;
  readonly #locations: ReadonlyMap<unknown, number>;

  constructor(form: CanonicalForm) {
    const numbered = (items: readonly unknown[]): ReadonlyMap<unknown, number> => new Map(items.map((item, i) => [item, i]));
    this.#variables = numbered(form.variables);
    this.#functions = numbered(form.functions);
    this.#locations = numbered(form.locations);
  }

  record(record: CodeRecord<CodeFragment>, code: CodeFragment): TextRecord {
    return { symbol: record.symbol, slot: this.#global(record.slot), requests: record.requests.map((request) => this.#request(request)), code: this.code(code) };
  }

  #number(numbers: ReadonlyMap<unknown, number>, item: unknown): number {
    const n = numbers.get(item);
    if (n === undefined) throw new Unshippable();
    return n;
  }

  #reference({ variable, function: f }: FunctionReference): TextReference {
    return variable === undefined ? -1 - this.#number(this.#functions, f) : this.#number(this.#variables, variable);
  }

  #location(loc: Location | undefined): number {
    return loc === undefined ? -1 : this.#number(this.#locations, loc);
  }

  #word(word: DataWord): TextWord {
    return typeof word === "bigint" ? word.toString() : [word.symbol, word.offset];
  }

  #global(global: Global | undefined): TextGlobal | null {
    switch (global?.kind) {
      case undefined:
        return null;
      case "static":
        return ["static", this.#word(global.word)];
      case "raw":
        return ["raw", this.#constant(global.constant, 0)];
      case "slot":
        return ["slot", global.symbol, global.offset, global.type];
    }
  }

  #constant(c: Constant, depth: number): TextConstant {
    if (depth > MAX_DEPTH) throw new Unshippable();
    switch (c.kind) {
      case "int":
      case "word":
        return [c.kind, c.value.toString()];
      case "float":
      case "boxedFloat":
        return [c.kind, c.bits.toString()];
      case "boxedInt":
        return ["boxedInt", c.type, c.value.toString()];
      case "string":
        return ["string", c.value];
      case "block":
        return ["block", c.tag, c.fields.map((field) => this.#constant(field, depth + 1))];
      case "floatArray":
        return ["floatArray", c.bits.map(String)];
    }
  }

  #request(request: Request): TextRequest {
    switch (request.kind) {
      case "known":
        return ["known", this.#number(this.#variables, request.variable), request.answer?.arity ?? null, request.answer?.result ?? null];
      case "code":
        return ["code", this.#reference(request.of), request.symbol];
      case "closure":
        return ["closure", this.#reference(request.of), this.#word(request.word)];
      case "head":
        return ["head", this.#reference(request.of), request.start, request.words.map((word) => this.#word(word))];
      case "apply":
        return ["apply", request.arity];
      case "global":
        return ["global", this.#number(this.#variables, request.variable), this.#global(request.global)];
      case "constant":
        return ["constant", this.#constant(request.constant, 0), this.#word(request.word)];
      case "block":
        return ["block", request.tag, request.fields.map((field) => this.#word(field)), this.#word(request.word)];
      case "exception":
        return ["exception", request.name];
      case "custom":
        return ["custom", request.type];
      case "zeroed":
        return ["zeroed", request.symbol, request.bytes, request.align];
    }
  }

  code(code: CodeFragment): TextCode {
    if (code.labels.size > 0) throw new Unshippable();
    return {
      symbol: code.symbol,
      start: code.start,
      align: code.align,
      bytes: textOfBytes(code.bytes),
      loc: this.#location(code.loc),
      relocations: code.relocations.map((r) => [r.offset, r.kind, r.symbol, r.addend] as const),
      safePoints: code.safePoints.map((p) => [p.offset, p.frameWords, p.registers, p.special ?? null, this.#location(p.loc), ...p.slots] as const),
    };
  }
}

/** Fragments beyond this are not shipped: they are made faster than they are read. */
const MAX_CODE_BYTES = 30_000;

/** Collects the code of builds, and gives the text from which `ShippedCode` reads it. */
export class CodeCollector {
  readonly #lines = new Map<string, string>();

  /** Adds what a build made. */
  add(memo: CodeMemo<CodeFragment>): void {
    for (const [key, record] of memo.records.entries()) {
      if (record.code === undefined || record.code.bytes.length > MAX_CODE_BYTES) continue;
      const form = canonicalForm(record.binding);
      const number = numberOf(form, key);
      if (number === undefined) continue;
      const at = `${form.digest} ${number}`;
      try {
        if (!this.#lines.has(at)) this.#lines.set(at, JSON.stringify(new Writer(form).record(record, record.code)));
      } catch (error) {
        if (!(error instanceof Unshippable)) throw error;
      }
    }
    for (const [name, code] of memo.helpers) {
      try {
        this.#lines.set(`helper ${name}`, JSON.stringify(new Writer({ digest: "", variables: [], functions: [], locations: [] }).code(code)));
      } catch (error) {
        if (!(error instanceof Unshippable)) throw error;
      }
    }
  }

  text(): string {
    const lines = [...this.#lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, json]) => `${at} ${json}\n`);
    return `${HEADER}\n${lines.join("")}`;
  }
}

/** The number of a function of the binding, or that of its initialiser. */
function numberOf(form: CanonicalForm, key: Function | Expr): number | undefined {
  if ("kind" in key) return INITIALIZER;
  const n = form.functions.indexOf(key);
  return n < 0 ? undefined : n;
}

// ---------------------------------------------------------------- reading

class Reader {
  readonly #binding: TopBinding;
  readonly #form: CanonicalForm;

  constructor(binding: TopBinding, form: CanonicalForm) {
    this.#binding = binding;
    this.#form = form;
  }

  record(text: TextRecord): CodeRecord<CodeFragment> {
    return { binding: this.#binding, symbol: text.symbol, slot: readGlobal(text.slot), requests: text.requests.map((request) => this.#request(request)), code: readCode(text.code, this.#form.locations) };
  }

  #reference(n: TextReference): FunctionReference {
    if (n < 0) return { variable: undefined, function: this.#form.functions[-1 - n]! };
    const variable = this.#form.variables[n]!;
    return { variable, function: NO_FUNCTION };
  }

  #request(request: TextRequest): Request {
    switch (request[0]) {
      case "known": {
        const [kind, variable, arity, result] = request;
        return { kind, variable: this.#form.variables[variable]!, answer: arity === null || result === null ? undefined : { arity, result } satisfies Interface };
      }
      case "code":
        return { kind: "code", of: this.#reference(request[1]), symbol: request[2] };
      case "closure":
        return { kind: "closure", of: this.#reference(request[1]), word: readWord(request[2]) };
      case "head":
        return { kind: "head", of: this.#reference(request[1]), start: request[2], words: request[3].map(readWord) };
      case "apply":
        return { kind: "apply", arity: request[1] };
      case "global":
        return { kind: "global", variable: this.#form.variables[request[1]]!, global: readGlobal(request[2]) };
      case "constant":
        return { kind: "constant", constant: readConstant(request[1]), word: readWord(request[2]) };
      case "block":
        return { kind: "block", tag: request[1], fields: request[2].map(readWord), word: readWord(request[3]) };
      case "exception":
        return { kind: "exception", name: request[1] };
      case "custom":
        return { kind: "custom", type: request[1] };
      case "zeroed":
        return { kind: "zeroed", symbol: request[1], bytes: request[2], align: request[3] };
    }
  }
}

/** A global function is found by its variable alone. */
const NO_FUNCTION: Function = { parameters: [], body: { kind: "const", constant: { kind: "int", value: 0n } }, result: "value", name: "", loc: undefined, inline: "default", runtimeDialect: false, tailModCons: false };

function readWord(word: TextWord): DataWord {
  return typeof word === "string" ? BigInt(word) : { symbol: word[0], offset: word[1] };
}

function readGlobal(global: TextGlobal | null): Global | undefined {
  switch (global?.[0]) {
    case undefined:
      return undefined;
    case "static":
      return { kind: "static", word: readWord(global[1]) };
    case "raw": {
      const constant = readConstant(global[1]);
      if (constant.kind !== "word" && constant.kind !== "float") throw new Error("a raw global is a word or a float");
      return { kind: "raw", constant };
    }
    case "slot":
      return { kind: "slot", symbol: global[1], offset: global[2], type: global[3] };
  }
}

const FLOAT = new DataView(new ArrayBuffer(8));

function readConstant(c: TextConstant): Constant {
  switch (c[0]) {
    case "int":
    case "word":
      return { kind: c[0], value: BigInt(c[1]) };
    case "float": {
      const bits = BigInt(c[1]);
      FLOAT.setBigUint64(0, BigInt.asUintN(64, bits));
      return { kind: "float", value: FLOAT.getFloat64(0), bits };
    }
    case "boxedFloat":
      return { kind: "boxedFloat", bits: BigInt(c[1]) };
    case "boxedInt":
      return { kind: "boxedInt", type: c[1], value: BigInt(c[2]) };
    case "string":
      return { kind: "string", value: c[1] };
    case "block":
      return { kind: "block", tag: c[1], fields: c[2].map(readConstant) };
    case "floatArray":
      return { kind: "floatArray", bits: c[1].map(BigInt) };
  }
}

function readCode(text: TextCode, locations: readonly Location[]): CodeFragment {
  const locationOf = (n: number): Location | undefined => (n < 0 ? undefined : locations[n]!);
  return {
    symbol: text.symbol,
    start: text.start,
    bytes: bytesOfText(text.bytes),
    relocations: text.relocations.map(([offset, kind, symbol, addend]) => ({ offset, kind, symbol, addend })),
    safePoints: text.safePoints.map(([offset, frameWords, registers, special, loc, ...slots]): SafePoint => ({ offset, frameWords, slots, registers, special: special ?? undefined, loc: locationOf(loc) })),
    labels: NO_LABELS,
    align: text.align,
    loc: locationOf(text.loc),
  };
}

const NO_LABELS: ReadonlyMap<string, number> = new Map();

export class ShippedCode implements CodeSource<CodeFragment> {
  readonly #lines = new Map<string, string>();
  /** Digests of bindings that have records. */
  readonly #digests = new Set<string>();
  readonly #forms = new WeakMap<TopBinding, CanonicalForm>();

  /** Throws when the text is not what `CodeCollector` gives. */
  constructor(text: string) {
    const lines = text.split("\n");
    if (lines[0] !== HEADER) throw new Error("this is not code that belongs to this compiler");
    for (const line of lines.slice(1)) {
      const first = line.indexOf(" ");
      const second = line.indexOf(" ", first + 1);
      if (second < 0) continue;
      this.#digests.add(line.slice(0, first));
      this.#lines.set(line.slice(0, second), line.slice(second + 1));
    }
  }

  find(binding: TopBinding, key: Function | Expr): CodeRecord<CodeFragment> | undefined {
    let form = this.#forms.get(binding);
    if (form === undefined) {
      form = canonicalForm(binding);
      this.#forms.set(binding, form);
    }
    if (!this.#digests.has(form.digest)) return undefined;
    const number = numberOf(form, key);
    const json = number === undefined ? undefined : this.#lines.get(`${form.digest} ${number}`);
    return json === undefined ? undefined : new Reader(binding, form).record(JSON.parse(json) as TextRecord);
  }

  helper(name: string): CodeFragment | undefined {
    const json = this.#lines.get(`helper ${name}`);
    return json === undefined ? undefined : readCode(JSON.parse(json) as TextCode, []);
  }
}
