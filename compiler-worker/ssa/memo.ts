/**
 * Code that was made before. The translation of a function asks the program around it for addresses: of functions, of
 * closures and constants, of globals. These requests are noted with their answers. In a later build of the same
 * binding they are made again, in the same order, so that the program gets the same functions and data in the same
 * order; when nothing but names is different the code is taken over with the new names.
 *
 * Only what the last build used is kept.
 */
import type { BoxedInteger, Constant, Expr, Function, Kind, TopBinding, Variable } from "../core/core.ts";
import { PassMemo } from "../core/memo.ts";
import type { BindingClosures, FunctionInfo } from "./closures.ts";
import type { Global } from "./from-core.ts";
import type { DataWord } from "./ssa.ts";

/** How a function is named in a request: a global one may be another object the next time. */
export interface FunctionReference {
  readonly variable: Variable | undefined;
  readonly function: Function;
}

export function referenceTo(info: FunctionInfo): FunctionReference {
  return { variable: info.variable, function: info.function };
}

/** What a caller of a global function depends on. */
export interface Interface {
  readonly arity: number;
  readonly result: Kind;
}

export type Request =
  | { readonly kind: "known"; readonly variable: Variable; readonly answer: Interface | undefined }
  | { readonly kind: "code"; readonly of: FunctionReference; readonly symbol: string }
  | { readonly kind: "closure"; readonly of: FunctionReference; readonly word: DataWord }
  | { readonly kind: "head"; readonly of: FunctionReference; readonly start: number; readonly words: readonly DataWord[] }
  | { readonly kind: "apply"; readonly arity: number }
  | { readonly kind: "global"; readonly variable: Variable; readonly global: Global | undefined }
  | { readonly kind: "constant"; readonly constant: Constant; readonly word: DataWord }
  | { readonly kind: "block"; readonly tag: number; readonly fields: readonly DataWord[]; readonly word: DataWord }
  | { readonly kind: "exception"; readonly name: string }
  | { readonly kind: "custom"; readonly type: BoxedInteger }
  | { readonly kind: "zeroed"; readonly symbol: string; readonly bytes: number; readonly align: number };

/** The code of one function, or of a binding's initialiser. */
export interface CodeRecord<C> {
  readonly binding: TopBinding;
  readonly symbol: string;
  /** Of an initialiser: where its value goes. */
  readonly slot: Global | undefined;
  readonly requests: readonly Request[];
  /** Set when the code has been generated. */
  code: C | undefined;
}

/** Old names and new ones. */
export class Renaming {
  readonly #names = new Map<string, string>();
  readonly #taken = new Map<string, string>();
  #changes = false;

  /** False when the two cannot stand for each other. */
  add(from: string, to: string): boolean {
    const known = this.#names.get(from);
    if (known !== undefined) return known === to;
    if (this.#taken.has(to)) return false;
    this.#names.set(from, to);
    this.#taken.set(to, from);
    if (from !== to) this.#changes = true;
    return true;
  }

  addWord(from: DataWord, to: DataWord): boolean {
    if (typeof from === "bigint" || typeof to === "bigint") return from === to;
    return from.offset === to.offset && this.add(from.symbol, to.symbol);
  }

  get isIdentity(): boolean {
    return !this.#changes;
  }

  readonly apply = (name: string): string => this.#names.get(name) ?? name;
}

/** Code from elsewhere: what was made when the compiler was built. */
export interface CodeSource<C> {
  /** The code of a function of the binding, or of its initialiser, with the requests that must have the same answers. */
  find(binding: TopBinding, key: Function | Expr): CodeRecord<C> | undefined;
  /** Code that depends on its symbol alone. */
  helper(symbol: string): C | undefined;
}

/** `C`: what the code generator makes of a function. */
export class CodeMemo<C> {
  readonly #source: (() => CodeSource<C> | undefined) | undefined;
  readonly closures = new PassMemo<BindingClosures>();
  readonly records = new PassMemo<CodeRecord<C>, Function | Expr>();
  /** Code that depends on its symbol alone. */
  readonly helpers = new Map<string, C>();

  /** `source`: where further code comes from, once it is there. */
  constructor(source?: () => CodeSource<C> | undefined) {
    this.#source = source;
  }

  get source(): CodeSource<C> | undefined {
    return this.#source?.();
  }

  begin(): void {
    this.closures.rollback();
    this.records.rollback();
  }

  commit(): void {
    this.closures.commit();
    this.records.commit();
  }
}
