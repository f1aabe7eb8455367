/** What the translation of a function asks of the program around it; asked once and noted, or asked again (`memo.ts`). */
import type { BoxedInteger, Constant, Function, Variable } from "../core/core.ts";
import type { ClosureAnalysis, FunctionInfo } from "./closures.ts";
import type { Global } from "./from-core.ts";
import { Renaming, referenceTo, type CodeRecord, type FunctionReference, type Interface, type Request } from "./memo.ts";
import type { DataWord } from "./ssa.ts";
import type { StaticPool } from "./static-data.ts";

/** The program around a function. */
export interface Surroundings {
  readonly analysis: ClosureAnalysis;
  readonly pool: StaticPool;
  readonly globals: ReadonlyMap<Variable, Global>;
  /** The symbol of a function's code, which is then part of the program. */
  request(info: FunctionInfo): string;
  staticClosure(info: FunctionInfo): DataWord;
  closureHead(info: FunctionInfo, environmentStart: number): DataWord[];
  applySymbol(arity: number): string;
}

export class Requests {
  readonly made: Request[] = [];
  readonly #program: Surroundings;

  constructor(program: Surroundings) {
    this.#program = program;
  }

  /** A function inside the one at hand. */
  info(f: Function): FunctionInfo {
    return this.#program.analysis.info(f);
  }

  /** The function that a variable is bound to. */
  known(v: Variable): FunctionInfo | undefined {
    const info = this.#program.analysis.byVariable.get(v);
    // Of a local function all is known with the binding at hand.
    if (info === undefined ? this.#program.globals.has(v) : info.parent === undefined) this.made.push({ kind: "known", variable: v, answer: interfaceOf(info) });
    return info;
  }

  /** The symbol of its code. */
  code(info: FunctionInfo): string {
    const symbol = this.#program.request(info);
    this.made.push({ kind: "code", of: referenceTo(info), symbol });
    return symbol;
  }

  staticClosure(info: FunctionInfo): DataWord {
    const word = this.#program.staticClosure(info);
    this.made.push({ kind: "closure", of: referenceTo(info), word });
    return word;
  }

  closureHead(info: FunctionInfo, environmentStart: number): DataWord[] {
    const words = this.#program.closureHead(info, environmentStart);
    this.made.push({ kind: "head", of: referenceTo(info), start: environmentStart, words });
    return words;
  }

  applySymbol(arity: number): string {
    this.made.push({ kind: "apply", arity });
    return this.#program.applySymbol(arity);
  }

  global(v: Variable): Global | undefined {
    const global = this.#program.globals.get(v);
    this.made.push({ kind: "global", variable: v, global });
    return global;
  }

  constant(constant: Constant): DataWord {
    const word = this.#program.pool.constant(constant);
    if (typeof word !== "bigint") this.made.push({ kind: "constant", constant, word });
    return word;
  }

  block(tag: number, fields: readonly DataWord[]): DataWord {
    const word = this.#program.pool.block(tag, fields);
    this.made.push({ kind: "block", tag, fields, word });
    return word;
  }

  predefinedException(name: string): boolean {
    this.made.push({ kind: "exception", name });
    return this.#program.pool.predefinedException(name);
  }

  customOperations(type: BoxedInteger): DataWord {
    this.made.push({ kind: "custom", type });
    return this.#program.pool.customOperations(type);
  }

  zeroed(symbol: string, bytes: number, align: number): void {
    this.made.push({ kind: "zeroed", symbol, bytes, align });
    this.#program.pool.zeroed(symbol, bytes, align);
  }
}

function interfaceOf(info: FunctionInfo | undefined): Interface | undefined {
  return info === undefined ? undefined : { arity: info.function.parameters.length, result: info.function.result };
}

/**
 * Makes the requests of a record again. Gives the new names, or undefined when an answer is another one; what was asked
 * until then is what a new translation asks too.
 */
export function repeat<C>(program: Surroundings, record: CodeRecord<C>, symbol: string, slot: Global | undefined): Renaming | undefined {
  const renaming = new Renaming();
  if (!renaming.add(record.symbol, symbol) || !sameGlobal(renaming, record.slot, slot)) return undefined;
  const find = ({ variable, function: f }: FunctionReference): FunctionInfo | undefined => (variable === undefined ? program.analysis.byFunction.get(f) : program.analysis.byVariable.get(variable));
  for (const request of record.requests) {
    switch (request.kind) {
      case "known": {
        const answer = interfaceOf(program.analysis.byVariable.get(request.variable));
        if (answer?.arity !== request.answer?.arity || answer?.result !== request.answer?.result) return undefined;
        break;
      }
      case "code": {
        const info = find(request.of);
        if (info === undefined || !renaming.add(request.symbol, program.request(info))) return undefined;
        break;
      }
      case "closure": {
        const info = find(request.of);
        if (info === undefined || !renaming.addWord(request.word, program.staticClosure(info))) return undefined;
        break;
      }
      case "head": {
        const info = find(request.of);
        if (info === undefined) return undefined;
        const words = program.closureHead(info, request.start);
        if (words.length !== request.words.length || !words.every((word, i) => renaming.addWord(request.words[i]!, word))) return undefined;
        break;
      }
      case "apply":
        program.applySymbol(request.arity);
        break;
      case "global":
        if (!sameGlobal(renaming, request.global, program.globals.get(request.variable))) return undefined;
        break;
      case "constant":
        if (!renaming.addWord(request.word, program.pool.constant(request.constant))) return undefined;
        break;
      case "block": {
        const fields = request.fields.map((field) => (typeof field === "bigint" ? field : { symbol: renaming.apply(field.symbol), offset: field.offset }));
        if (!renaming.addWord(request.word, program.pool.block(request.tag, fields))) return undefined;
        break;
      }
      case "exception":
        program.pool.predefinedException(request.name);
        break;
      case "custom":
        program.pool.customOperations(request.type);
        break;
      case "zeroed":
        program.pool.zeroed(request.symbol, request.bytes, request.align);
        break;
    }
  }
  return renaming;
}

function sameGlobal(renaming: Renaming, before: Global | undefined, now: Global | undefined): boolean {
  if (before === undefined || now === undefined) return before === now;
  switch (before.kind) {
    case "static":
      return now.kind === "static" && renaming.addWord(before.word, now.word);
    case "raw":
      if (now.kind !== "raw" || before.constant.kind !== now.constant.kind) return false;
      if (before.constant.kind === "float") return now.constant.kind === "float" && before.constant.bits === now.constant.bits;
      return now.constant.kind === "word" && before.constant.value === now.constant.value;
    case "slot":
      return now.kind === "slot" && before.symbol === now.symbol && before.offset === now.offset && before.type === now.type;
  }
}
