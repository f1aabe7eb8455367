/**
 * What the passes made of bindings in the pipeline's run before. A pass looks at one top-level binding at a time; what
 * else it looks at (counts of uses, what is known of other globals) it notes beside the result, and takes the result
 * again when the binding is the same object and all that it looked at is the same.
 *
 * Only the last run is kept.
 */
import type { TopBinding } from "./core.ts";

/** Results of one pass, by binding. */
export class PassMemo<R, K extends object = TopBinding> {
  #previous = new Map<K, R>();
  #current = new Map<K, R>();

  find(key: K): R | undefined {
    return this.#previous.get(key);
  }

  /** A result of this run or the one before about which `holds` is true. */
  findIf(key: K, holds: (result: R) => boolean): R | undefined {
    const now = this.#current.get(key);
    if (now !== undefined && holds(now)) return now;
    const before = this.#previous.get(key);
    return before !== undefined && holds(before) ? before : undefined;
  }

  keep(key: K, result: R): void {
    this.#current.set(key, result);
  }

  /** The result for a binding that decides it alone. */
  get(key: K, make: (key: K) => R): R {
    const result = this.#current.get(key) ?? this.#previous.get(key) ?? make(key);
    this.#current.set(key, result);
    return result;
  }

  /** What the last run that was committed kept. */
  entries(): IterableIterator<[K, R]> {
    return this.#previous.entries();
  }

  commit(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  /** Takes back what was kept since the last `commit`. */
  rollback(): void {
    this.#current = new Map();
  }
}

/** The memos of a pipeline's passes, each occurrence of a pass having its own. */
export class CoreMemo {
  readonly #passes = new Map<string, PassMemo<unknown, object>>();

  /** The memo of a pass, by its place in the pipeline. A place has one kind of result. */
  pass<R, K extends object = TopBinding>(place: string): PassMemo<R, K> {
    let memo = this.#passes.get(place);
    if (memo === undefined) this.#passes.set(place, (memo = new PassMemo<unknown, object>()));
    return memo as unknown as PassMemo<R, K>;
  }

  begin(): void {
    for (const memo of this.#passes.values()) memo.rollback();
  }

  commit(): void {
    for (const memo of this.#passes.values()) memo.commit();
  }
}
