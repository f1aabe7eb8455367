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

// ---------------------------------------------------------------- constructors and fields

/** What a constructor is used for: to build values, in patterns, or by whoever sees it in a signature where it is private. */
export type ConstructorUse = "build" | "match" | "exportPrivate";
/** What a field is used for: read (patterns included), given when a record is built, changed. */
export type FieldUse = "read" | "build" | "change";
const BUILT = 1;
const MATCHED = 2;
const EXPORTED_PRIVATE = 4;
const READ = 8;
const CHANGED = 16;
const BITS: Readonly<Record<ConstructorUse | FieldUse, number>> = { build: BUILT, match: MATCHED, exportPrivate: EXPORTED_PRIVATE, read: READ, change: CHANGED };
/** By uid, a sum of bits. Only definitions that are watched have an entry. */
const noted = new Map<Uid, number>();

export function markUse(uid: Uid, use: ConstructorUse | FieldUse): void {
  const bits = noted.get(uid);
  if (bits !== undefined) noted.set(uid, bits | BITS[use]);
}
/** A constructor that a signature shows. */
export function markExported(uid: Uid, isPrivate: boolean): void {
  const bits = noted.get(uid);
  if (bits !== undefined) noted.set(uid, bits | (isPrivate ? EXPORTED_PRIVATE | READ : BUILT | MATCHED | READ | CHANGED));
}
/** Whether any type, constructor or field is watched: where none is, what they are used for need not be noted. */
export const watchesTypes = (): boolean => noted.size > 0 || typesWatched;
let typesWatched = false;

/** A type's constructor (37), or one of an extensible type (38), called `what` in messages. */
export function watchConstructor(uid: Uid, name: string, loc: Location, isPrivate: boolean, number: 37 | 38, what: string): void {
  if (loc.ghost || !isWarningOn(number)) return;
  noted.set(uid, 0);
  addDelayedCheck(() => {
    const bits = noted.get(uid) ?? 0;
    noted.delete(uid);
    if (isPrivate ? bits !== 0 : (bits & BUILT) !== 0) return;
    if ((bits & MATCHED) !== 0) warn(loc, number, `${what} ${name} is never used to build values.\n(However, this constructor appears in patterns.)`);
    else if ((bits & EXPORTED_PRIVATE) !== 0) warn(loc, number, number === 37 ? `${what} ${name} is never used to build values.\nIts type is exported as a private type.` : `${what} ${name} is never used to build values.\nIt is exported or rebound as a private extension.`);
    // OCaml ends one of these messages with a full stop and the other not.
    else warn(loc, number, number === 37 ? `unused ${what} ${name}.` : `unused ${what} ${name}`);
  });
}

/** A record's field (69). */
export function watchField(uid: Uid, name: string, loc: Location, isPrivate: boolean, isMutable: boolean): void {
  if (loc.ghost || !isWarningOn(69) || name.charCodeAt(0) === UNDERSCORE) return;
  noted.set(uid, 0);
  addDelayedCheck(() => {
    const bits = noted.get(uid) ?? 0;
    noted.delete(uid);
    const read = (bits & READ) !== 0;
    if (read && (isPrivate || !isMutable || (bits & CHANGED) !== 0)) return;
    if (!isPrivate && read) warn(loc, 69, `mutable record field ${name} is never mutated.`);
    else if (!isPrivate && (bits & (BUILT | CHANGED)) !== 0) warn(loc, 69, `record field ${name} is never read.\n(However, this field is used to build or mutate values.)`);
    else warn(loc, 69, `unused record field ${name}.`);
  });
}

// ---------------------------------------------------------------- reports

/** Reports at the end of the unit when nothing used the definition. Names that begin with `_` are meant not to be used. */
export function watch(uid: Uid, name: string, loc: Location, number: number, what: string): void {
  if (loc.ghost || !isWarningOn(number)) return;
  if (number === 34) typesWatched = true;
  const first = name.charCodeAt(0);
  if (first !== UNDERSCORE && first !== ASTERISK) watchLater(uid, name, loc, number, what);
}
/** The variables of a pattern of `let`: where another one of the same pattern is used, an unused one is a lesser fault. */
export function watchLetPattern(variables: readonly { readonly uid: Uid; readonly name: string; readonly loc: Location }[]): void {
  if (variables.length === 0) return;
  if (variables.length === 1) return watch(variables[0]!.uid, variables[0]!.name, variables[0]!.loc, 26, "unused variable");
  if (!isWarningOn(26) && !isWarningOn(27)) return;
  for (const { uid, name, loc } of variables) {
    const first = name.charCodeAt(0);
    if (loc.ghost || first === UNDERSCORE || first === ASTERISK) continue;
    addDelayedCheck(() => {
      if (!isUsed(uid)) warn(loc, variables.some((v) => isUsed(v.uid)) ? 27 : 26, `unused variable ${name}.`);
    });
  }
}
const UNDERSCORE = 95;
const ASTERISK = 42;
function watchLater(uid: Uid, name: string, loc: Location, number: number, what: string): void {
  addDelayedCheck(() => {
    if (!isUsed(uid)) warn(loc, number, `${what} ${name}.`);
  });
}
