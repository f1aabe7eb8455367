/**
 * Core to SSA: the program as a whole. Decides what each top-level binding is (static data, code, or a global that is
 * initialised when the program starts), translates the functions that are reached, and makes the code that applies unknown functions.
 */
import type { Constant, Expr, Function, Kind, Program, TopBinding, Variable } from "../core/core.ts";
import { applyFunction, curryFunctions } from "./applications.ts";
import { ClosureAnalysis, type FunctionInfo } from "./closures.ts";
import { FunctionTranslator } from "./function.ts";
import type { CodeMemo, CodeRecord } from "./memo.ts";
import { repeat, Requests, type Surroundings } from "./requests.ts";
import { SsaFunction, type DataWord, type KnownCode, type NewCode, type SsaProgram } from "./ssa.ts";
import { closureInfo, StaticPool, TAG } from "./static-data.ts";

/** Where a global variable is. */
export type Global =
  /** A constant or the address of a static block. */
  | { readonly kind: "static"; readonly word: DataWord }
  /** A raw constant of kind word or float. */
  | { readonly kind: "raw"; readonly constant: Extract<Constant, { kind: "word" | "float" }> }
  /** A slot: field `index` of the block of globals, or of the words of unscanned globals. */
  | { readonly kind: "slot"; readonly symbol: string; readonly offset: number; readonly type: Kind };

/** Names that stubs define or the linker knows; everything else that `raw.symbol` names must be an export. */
export interface ExternalSymbols {
  has(name: string): boolean;
}

export const GLOBALS = "globals";
export const RAW_GLOBALS = "globals.raw";
/** The code that runs all top-level bindings. */
export const PROGRAM = "program";

export class ProgramTranslator<C> implements Surroundings {
  readonly analysis: ClosureAnalysis;
  readonly pool = new StaticPool();
  readonly globals = new Map<Variable, Global>();
  readonly #program: Program;
  readonly #memo: CodeMemo<C>;
  readonly #code: (NewCode<C> | KnownCode<C>)[] = [];
  readonly #exports = new Map<string, string>();
  readonly #names = new Set<string>();
  /** For each name that was asked for, the first suffix that may be free. */
  readonly #suffixes = new Map<string, number>();
  readonly #requested = new Set<FunctionInfo>();
  readonly #queue: FunctionInfo[] = [];
  readonly #arities = new Set<number>();
  readonly #curries = new Set<number>();
  readonly #staticClosures = new Set<FunctionInfo>();
  #valueSlots = 0;
  #rawSlots = 0;

  constructor(program: Program, memo: CodeMemo<C>) {
    this.#program = program;
    this.#memo = memo;
    this.analysis = new ClosureAnalysis(program, memo.closures);
    for (const info of this.analysis.functions) info.symbol = this.#uniqueName(info.function.name);
    for (const [name, v] of program.exports) {
      const info = this.analysis.byVariable.get(v);
      if (info !== undefined) this.#exports.set(name, info.symbol);
    }
  }

  translate(): SsaProgram<C> {
    const initializers: string[] = [];
    // The stub that finds the stack too small raises it.
    this.pool.predefinedException("Stack_overflow");
    for (const binding of this.#program.bindings) {
      if (binding.kind === "let") {
        if (binding.value.kind === "function") continue;
        const word = this.#staticValue(binding.value, binding.variable.kind);
        if (word !== undefined) this.globals.set(binding.variable, word);
        else initializers.push(this.#initializer(binding, binding.variable, `init.${binding.variable.name}`));
      } else if (binding.kind === "effect") {
        if (binding.value.kind !== "const" && binding.value.kind !== "var") initializers.push(this.#initializer(binding, undefined, "init"));
      }
    }
    this.#programFunction(initializers);
    for (const v of this.#program.exports.values()) {
      const info = this.analysis.byVariable.get(v);
      if (info === undefined) throw new Error(`export ${v.name} is not a function`);
      this.request(info);
    }
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      const info = next;
      this.#translated(info.function, info.binding, info.symbol, undefined, (requests) => new FunctionTranslator(requests, info.symbol, info).function(info));
    }
    for (const n of [...this.#arities].sort((a, b) => a - b)) this.#helper(applyFunction(n));
    for (const n of [...this.#curries].sort((a, b) => a - b)) for (const f of curryFunctions(n)) this.#helper(f);
    const one: DataWord = 1n;
    this.pool.define(GLOBALS, "roots", 0, new Array<DataWord>(this.#valueSlots).fill(one));
    if (this.#rawSlots > 0) this.pool.zeroed(RAW_GLOBALS, 8 * this.#rawSlots, 8);
    return { code: this.#code, data: this.pool.data, exports: this.#exports };
  }

  #uniqueName(name: string): string {
    let unique = name;
    // Programs have thousands of phrases of one name.
    let i = this.#suffixes.get(name) ?? 1;
    for (; this.#names.has(unique); i++) unique = `${name}.${i}`;
    this.#suffixes.set(name, i);
    this.#names.add(unique);
    return unique;
  }

  /** The symbol of a function's code, which is then translated too. */
  request(info: FunctionInfo): string {
    if (!this.#requested.has(info)) {
      this.#requested.add(info);
      this.#queue.push(info);
    }
    return info.symbol;
  }

  exported(name: string): string | undefined {
    return this.#exports.get(name);
  }

  applySymbol(arity: number): string {
    this.#arities.add(arity);
    return `caml_apply${arity}`;
  }

  currySymbol(arity: number): string {
    this.#curries.add(arity);
    return `caml_curry${arity}`;
  }

  /** The code pointers and the information word of a closure, without what it captures. */
  closureHead(info: FunctionInfo, environmentStart: number): DataWord[] {
    const arity = info.function.parameters.length;
    const code: DataWord = { symbol: this.request(info), offset: 0 };
    const information = closureInfo(arity, environmentStart);
    return arity === 1 ? [code, information] : [{ symbol: this.currySymbol(arity), offset: 0 }, information, code];
  }

  /** The static closure of a function without free variables. */
  staticClosure(info: FunctionInfo): DataWord {
    const symbol = `${info.symbol}.closure`;
    if (!this.#staticClosures.has(info)) {
      this.#staticClosures.add(info);
      const size = info.function.parameters.length === 1 ? 2 : 3;
      this.pool.define(symbol, "rodata", TAG.closure, this.closureHead(info, size));
    }
    return { symbol, offset: 0 };
  }

  /** A top-level value that needs no code. */
  #staticValue(e: Expr, kind: Kind): Global | undefined {
    if (e.kind === "const") {
      if (e.constant.kind === "word" || e.constant.kind === "float") return { kind: "raw", constant: e.constant };
      return { kind: "static", word: this.pool.constant(e.constant) };
    }
    if (e.kind === "var") {
      const info = this.analysis.byVariable.get(e.variable);
      if (info !== undefined) return { kind: "static", word: this.staticClosure(info) };
      const global = this.globals.get(e.variable);
      return global !== undefined && global.kind !== "slot" ? global : undefined;
    }
    if (e.kind !== "primitive" || (kind !== "value" && kind !== "immediate")) return undefined;
    const p = e.primitive;
    if (p.op === "raw.value" && e.args[0]!.kind === "primitive" && e.args[0]!.primitive.op === "raw.symbol") {
      const name = e.args[0]!.primitive.name;
      if (name.startsWith("exn.") && this.pool.predefinedException(name.slice(4))) return { kind: "static", word: { symbol: name, offset: 0 } };
      return undefined;
    }
    if (p.op !== "block.make") return undefined;
    const fields: DataWord[] = [];
    for (const arg of e.args) {
      // What a mutable field holds may be given up: static data never is.
      const field = arg.kind === "function" || (p.mutable && makesMutable(arg)) ? undefined : this.#staticValue(arg, "value");
      if (field === undefined || field.kind !== "static") return undefined;
      fields.push(field.word);
    }
    if (!p.mutable || fields.length === 0) return { kind: "static", word: this.pool.block(p.tag, fields) };
    const symbol = this.#uniqueName(`data.${this.pool.data.length}`);
    this.pool.define(symbol, "roots", p.tag, fields);
    return { kind: "static", word: { symbol, offset: 0 } };
  }

  /** Adds the code of a function or initialiser: that of an earlier build, or a new translation. */
  #translated(key: Function | Expr, binding: TopBinding, symbol: string, slot: Global | undefined, translate: (requests: Requests) => SsaFunction): void {
    for (const known of this.#madeBefore(key, binding)) {
      const renaming = known.code === undefined || known.binding !== binding ? undefined : repeat(this, known, symbol, slot);
      if (known.code === undefined || renaming === undefined) continue;
      this.#memo.records.keep(key, known);
      this.#code.push({ kind: "known", code: known.code, rename: renaming.isIdentity ? undefined : renaming.apply });
      return;
    }
    const requests = new Requests(this);
    const record: CodeRecord<C> = { binding, symbol, slot, requests: requests.made, code: undefined };
    this.#memo.records.keep(key, record);
    this.#code.push({
      kind: "new",
      function: translate(requests),
      keep: (code) => {
        record.code = code;
      },
    });
  }

  /** Code that may do: of the last build, and what came with the compiler. */
  *#madeBefore(key: Function | Expr, binding: TopBinding): Generator<CodeRecord<C>> {
    const last = this.#memo.records.find(key);
    if (last !== undefined) yield last;
    const shipped = this.#memo.source?.find(binding, key);
    if (shipped !== undefined) yield shipped;
  }

  /** Adds code that its symbol decides. */
  #helper(f: SsaFunction): void {
    const { helpers } = this.#memo;
    const code = helpers.get(f.name) ?? this.#memo.source?.helper(f.name);
    if (code !== undefined) this.#code.push({ kind: "known", code, rename: undefined });
    else this.#code.push({ kind: "new", function: f, keep: (made) => void helpers.set(f.name, made) });
  }

  #initializer(binding: Extract<TopBinding, { kind: "let" | "effect" }>, variable: Variable | undefined, name: string): string {
    const symbol = this.#uniqueName(name);
    let slot: Global | undefined;
    if (variable !== undefined) {
      const scanned = variable.kind === "value";
      slot = scanned ? { kind: "slot", symbol: GLOBALS, offset: 8 * this.#valueSlots++, type: variable.kind } : { kind: "slot", symbol: RAW_GLOBALS, offset: 8 * this.#rawSlots++, type: variable.kind };
    }
    this.#translated(binding.value, binding, symbol, slot, (requests) => new FunctionTranslator(requests, symbol, undefined).initializer(binding.value, slot));
    if (variable !== undefined && slot !== undefined) this.globals.set(variable, slot);
    return symbol;
  }

  /** Calls the initialisers in order. */
  #programFunction(initializers: readonly string[]): void {
    const f = new SsaFunction(PROGRAM, "value", false, false, undefined);
    for (const symbol of initializers) {
      const call = f.value("call", "value", []);
      call.symbol = symbol;
      call.block = f.entry;
      f.entry.instructions.push(call);
    }
    f.entry.terminator = { kind: "return", value: f.constant(1n, "immediate") };
    this.#code.push({ kind: "new", function: f, keep: undefined });
    this.#exports.set(PROGRAM, PROGRAM);
  }
}

/** Whether a mutable block is made in the expression, a block's making. */
function makesMutable(e: Expr): boolean {
  return e.kind === "primitive" && e.primitive.op === "block.make" && (e.primitive.mutable || e.args.some(makesMutable));
}

export function fromCore<C>(program: Program, memo: CodeMemo<C>): SsaProgram<C> {
  return new ProgramTranslator(program, memo).translate();
}

export type { Function };
