/** "Did you mean" hints: names at a small edit distance (Damerau–Levenshtein), as OCaml chooses them. */

function distance(a: string, b: string, cutoff: number): number {
  if (Math.abs(a.length - b.length) > cutoff) return cutoff + 1;
  let previous2: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, previous2[j - 2]! + cost);
      current.push(d);
      if (d < best) best = d;
    }
    if (best > cutoff) return cutoff + 1;
    previous2 = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** The names nearest to `name`, or none when all are too far away. */
export function spellcheck(name: string, candidates: Iterable<string>): string[] {
  const cutoff = name.length <= 2 ? 0 : name.length <= 4 ? 1 : name.length <= 6 ? 2 : 3;
  let best = cutoff;
  let found = new Set<string>();
  for (const candidate of candidates) {
    const d = distance(name, candidate, best);
    if (d > best || d === 0) continue;
    if (d < best) {
      best = d;
      found = new Set();
    }
    found.add(candidate);
  }
  return [...found].sort();
}

/** `\nHint: Did you mean x or y?`, or nothing. */
export function spellingHint(name: string, candidates: Iterable<string>): string {
  const names = spellcheck(name, candidates);
  if (names.length === 0) return "";
  const last = names[names.length - 1]!;
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
  return `\nHint: Did you mean ${list}?`;
}
