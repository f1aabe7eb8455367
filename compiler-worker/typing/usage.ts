/** Which definitions are used: for the warnings about those that are not. */
import type { Location } from "../syntax/diagnostics.ts";
import { addDelayedCheck, isWarningOn, warn } from "./warnings.ts";
import type { Uid } from "./types.ts";

/** By uid, one byte: whether it is used. */
let used = new Uint8Array(1 << 16);
function setUsed(uid: Uid): void {
  if (uid >= used.length) {
    const larger = new Uint8Array(Math.max(2 * used.length, uid + 1));
    larger.set(used);
    used = larger;
  }
  used[uid] = 1;
}
/** Uses by definitions of a recursive group of each other: they count when the user itself is used. */
const uses = new Map<Uid, Uid[]>();
/** The recursive groups being typed, the innermost last, each with the definition whose body is being typed. */
const groups: { readonly members: ReadonlySet<Uid>; current: Uid | undefined; selfUsed: boolean }[] = [];

export function markUsed(uid: Uid): void {
  if (used[uid] === 1) return;
  for (let i = groups.length - 1; i >= 0; i--) {
    const g = groups[i]!;
    if (!g.members.has(uid)) continue;
    g.selfUsed = true;
    if (g.current === undefined) break;
    const list = uses.get(g.current);
    if (list === undefined) uses.set(g.current, [uid]);
    else list.push(uid);
    return;
  }
  setUsed(uid);
  if (uses.size > 0) markUses(uid);
}
function markUses(uid: Uid): void {
  const work = [uid];
  while (work.length > 0) {
    const u = work.pop()!;
    setUsed(u);
    for (const next of uses.get(u) ?? []) if (used[next] !== 1) work.push(next);
    uses.delete(u);
  }
}
export const isUsed = (uid: Uid): boolean => used[uid] === 1;

/** Runs `run` with a way to say whose body is being typed. The result tells whether the definitions mention each other. */
export function inRecursiveGroup<T>(members: readonly Uid[], run: (enter: (uid: Uid | undefined) => void) => T): { result: T; selfUsed: boolean } {
  if (members.length === 0) return { result: run(() => undefined), selfUsed: false };
  const group = { members: new Set(members), current: undefined as Uid | undefined, selfUsed: false };
  groups.push(group);
  try {
    const result = run((uid) => {
      group.current = uid;
    });
    return { result, selfUsed: group.selfUsed };
  } finally {
    groups.pop();
  }
}

/** Reports at the end of the unit when nothing used the definition. Names that begin with `_` are meant not to be used. */
export function watch(uid: Uid, name: string, loc: Location, number: number, what: string): void {
  if (loc.ghost || !isWarningOn(number)) return;
  const first = name.charCodeAt(0);
  if (first !== UNDERSCORE && first !== ASTERISK) watchLater(uid, name, loc, number, what);
}
const UNDERSCORE = 95;
const ASTERISK = 42;
function watchLater(uid: Uid, name: string, loc: Location, number: number, what: string): void {
  addDelayedCheck(() => {
    if (!isUsed(uid)) warn(loc, number, `${what} ${name}.`);
  });
}
