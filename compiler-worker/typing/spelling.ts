/** "Did you mean" hints: names at a small edit distance (Damerau–Levenshtein), as OCaml chooses them. */

/** Rows of the table of distances between beginnings of two names: the last two and the one in the making. */
let rows = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];

/** The distance of two names; any number above `cutoff` when it is larger. Only what may stay below it is computed: there may be thousands of names that are not known. */
function distance(a: string, b: string, cutoff: number): number {
  if (Math.abs(a.length - b.length) > cutoff) return cutoff + 1;
  // What both begin and end with takes no edit.
  let from = 0;
  let endA = a.length;
  let endB = b.length;
  while (from < endA && from < endB && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const n = endA - from;
  const m = endB - from;
  if (n === 0 || m === 0) return n + m;
  if (rows[0]!.length <= m + 1) rows = [0, 1, 2].map(() => new Int32Array(2 * m + 2));
  let [before, last, row] = rows as [Int32Array, Int32Array, Int32Array];
  const far = cutoff + 1;
  for (let j = 0; j <= m; j++) last[j] = j;
  for (let i = 1; i <= n; i++) {
    // Cells further from the diagonal than the cutoff are above it.
    const low = Math.max(1, i - cutoff);
    const high = Math.min(m, i + cutoff);
    row[0] = i;
    if (low > 1) row[low - 1] = far;
    let best = low > 1 ? far : i;
    const ca = a.charCodeAt(from + i - 1);
    for (let j = low; j <= high; j++) {
      const cb = b.charCodeAt(from + j - 1);
      const cost = ca === cb ? 0 : 1;
      let d = Math.min((j < i + cutoff || i === 1 ? last[j]! : far) + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && ca === b.charCodeAt(from + j - 2) && a.charCodeAt(from + i - 2) === cb) d = Math.min(d, before[j - 2]! + cost);
      row[j] = d;
      if (d < best) best = d;
    }
    if (best > cutoff) return far;
    [before, last, row] = [last, row, before];
  }
  return last[m]!;
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
