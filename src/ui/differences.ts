/** Which words of two texts differ: those outside of a longest common subsequence (Wagner and Fischer). */

interface Word {
  readonly text: string;
  readonly start: number;
}

/** Longer texts are not compared word by word. */
const MOST_WORDS = 400;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\w'.]+|->|[^\s\w]/g)].map((match) => ({ text: match[0], start: match.index }));
}

/** The offsets at which the words begin that are in one text only. */
export function differences(left: string, right: string): { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> } {
  const a = wordsOf(left);
  const b = wordsOf(right);
  const nothing = { left: new Set<number>(), right: new Set<number>() };
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return nothing;
  // common[i][j]: the longest common subsequence of the words from i and from j on.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) common[i]![j] = a[i]!.text === b[j]!.text ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i]!.text === b[j]!.text) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) nothing.left.add(a[i++]!.start);
    else nothing.right.add(b[j++]!.start);
  }
  return nothing;
}
