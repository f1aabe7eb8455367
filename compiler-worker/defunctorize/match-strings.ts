/**
 * Matching of strings by words: the sizes in words are told apart first, then the words themselves by binary search.
 * The padding at a string's end makes strings equal exactly when their words are.
 */
import * as b from "../core/build.ts";
import type { Expr } from "../core/core.ts";

/** The words of a string's block, little-endian, padding included. */
export function stringWords(text: string): bigint[] {
  const size = Math.floor(text.length / 8) + 1;
  const words: bigint[] = [];
  for (let w = 0; w < size; w++) {
    let word = 0n;
    for (let k = 7; k >= 0; k--) {
      const i = w * 8 + k;
      const byte = i < text.length ? text.charCodeAt(i) : i === size * 8 - 1 ? size * 8 - 1 - text.length : 0;
      word = (word << 8n) | BigInt(byte);
    }
    words.push(BigInt.asIntN(64, word));
  }
  return words;
}

interface Item<T> {
  readonly words: readonly bigint[];
  readonly target: T;
}

/** `edge` makes the code of a target; it may be called again for targets that `isJump`, else a join point shares it. */
export function emitStringSwitch<T>(fresh: b.Fresh, value: Expr, branches: readonly { readonly text: string; readonly target: T }[], otherwise: T | undefined, edge: (target: T) => Expr, isJump: (target: T) => boolean): Expr {
  const label = fresh.label("nostring");
  let defaultUses = 0;
  const direct = otherwise !== undefined && isJump(otherwise);
  const miss = (): Expr => {
    defaultUses++;
    if (otherwise === undefined) return b.int(0);
    return direct ? edge(otherwise) : b.jump(label, []);
  };
  const items: Item<T>[] = branches.map(({ text, target }) => ({ words: stringWords(text), target }));

  const equalFrom = (item: Item<T>, from: number): Expr => {
    let code = edge(item.target);
    if (otherwise === undefined) return code;
    for (let w = item.words.length - 1; w >= from; w--) code = b.ifThenElse(b.compareWord("eq", b.prim("block.wordAt", value, b.int(w)), b.word(item.words[w]!)), code, miss());
    return code;
  };

  /** All items have the same size and agree on the words before `w`. */
  const byWord = (group: readonly Item<T>[], w: number): Expr => {
    if (group.length === 1) return equalFrom(group[0]!, w);
    const sorted = [...group].sort((x, y) => (x.words[w]! < y.words[w]! ? -1 : x.words[w]! > y.words[w]! ? 1 : 0));
    const groups: { word: bigint; items: Item<T>[] }[] = [];
    for (const item of sorted) {
      const last = groups[groups.length - 1];
      if (last !== undefined && last.word === item.words[w]!) last.items.push(item);
      else groups.push({ word: item.words[w]!, items: [item] });
    }
    const v = fresh.variable("word", "word");
    const search = (from: number, to: number): Expr => {
      if (to - from === 1) {
        const group = groups[from]!;
        const inner = group.items[0]!.words.length === w + 1 ? edge(group.items[0]!.target) : byWord(group.items, w + 1);
        return otherwise === undefined && groups.length === 1 ? inner : b.ifThenElse(b.compareWord("eq", b.variable(v), b.word(group.word)), inner, miss());
      }
      const middle = (from + to) >> 1;
      return b.ifThenElse(b.compareWord("lt", b.variable(v), b.word(groups[middle]!.word)), search(from, middle), search(middle, to));
    };
    return b.letIn(v, b.prim("block.wordAt", value, b.int(w)), search(0, groups.length));
  };

  const bySize = new Map<number, Item<T>[]>();
  for (const item of items) {
    const group = bySize.get(item.words.length);
    if (group === undefined) bySize.set(item.words.length, [item]);
    else group.push(item);
  }
  const sizes = [...bySize].sort(([x], [y]) => x - y);
  const size = b.prim("block.size", value);
  let code: Expr;
  if (sizes.length === 1) {
    const [n, group] = sizes[0]!;
    code = b.ifThenElse(b.compareInt("eq", size, b.int(n)), byWord(group, 0), miss());
  } else code = b.switchOn(size, sizes.map(([n, group]) => ({ value: n, body: byWord(group, 0) })), miss());
  return otherwise !== undefined && !direct && defaultUses > 0 ? b.join(label, [], edge(otherwise), code) : code;
}
