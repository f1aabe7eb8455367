/** Which definitions are used: for the warnings about those that are not. */
import type { Location } from "../syntax/diagnostics.ts";
import { addDelayedCheck, isWarningOn, warn } from "./warnings.ts";
import type { Uid } from "./types.ts";

const used = new Set<Uid>();
/** Uses by definitions of a recursive group of each other: they count when the user itself is used. */
const uses = new Map<Uid, Uid[]>();
/** The recursive groups being typed, the innermost last, each with the definition whose body is being typed. */
const groups: { readonly members: ReadonlySet<Uid>; current: Uid | undefined; selfUsed: boolean }[] = [];

export function markUsed(uid: Uid): void {
  if (used.has(uid)) return;
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
  const work = [uid];
  while (work.length > 0) {
    const u = work.pop()!;
    if (used.has(u)) continue;
    used.add(u);
    work.push(...(uses.get(u) ?? []));
    uses.delete(u);
  }
}
export const isUsed = (uid: Uid): boolean => used.has(uid);

/** Runs `run` with a way to say whose body is being typed. The result tells whether the definitions mention each other. */
export function inRecursiveGroup<T>(members: readonly Uid[], run: (enter: (uid: Uid | undefined) => void) => T): { result: T; selfUsed: boolean } {
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
export function watch(uid: Uid, name: string, loc: Location, number: number, message: string): void {
  if (loc.ghost || name.startsWith("_") || name.startsWith("*") || !isWarningOn(number)) return;
  addDelayedCheck(() => {
    if (!used.has(uid)) warn(loc, number, message);
  });
}
