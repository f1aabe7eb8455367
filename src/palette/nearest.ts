import { spellcheck } from "../../compiler-worker/typing/spelling.ts";

/** The words that may be meant by one that nothing matches: near to it as a whole, or to what was typed of it. */
export function nearWords(word: string, words: Iterable<string>): string[] {
  const byStart = new Map<string, string[]>();
  for (const candidate of words)
    for (const length of [candidate.length, word.length - 1, word.length, word.length + 1]) {
      const start = candidate.slice(0, Math.max(length, 2));
      byStart.set(start, [...(byStart.get(start) ?? []), candidate]);
    }
  return [...new Set(spellcheck(word, byStart.keys()).flatMap((start) => byStart.get(start)!))];
}

/** What is meant first by a query: an item of that name, or whose name begins so, before those that only mention it. */
export function nearest<T extends { readonly id: string; readonly title: string }>(items: readonly T[], query: string): T | undefined {
  const wanted = query.trim().toLowerCase();
  const names = (item: T): string[] => [item.title.toLowerCase(), item.id.toLowerCase()];
  return items.find((item) => names(item).includes(wanted)) ?? items.find((item) => names(item).some((name) => name.startsWith(wanted))) ?? items[0];
}
