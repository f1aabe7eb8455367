/**
 * What an image does not need of object code: fragments that nothing refers to, and functions that are the same as another one, down to
 * the places that backtraces tell of (identical code folding; Tallam and others, "Safe ICF", GCC Summit 2010: code only, since closures
 * can be told apart).
 */
import type { CodeFragment, DataFragment, ObjectCode, Relocation, SafePoint } from "../codegen/object.ts";
import { framesOf, type FrameOfPlace } from "../core/frames.ts";
import { functionName } from "./debug-table.ts";

/** Where every image begins. */
const ENTRY = "stub.start";
/** Symbols that linking itself refers to. */
const KEPT = new Set(["boot_stack_guard"]);

export function reduceObject(object: ObjectCode): ObjectCode {
  return foldIdentical(dropUnreached(object));
}

function dropUnreached(object: ObjectCode): ObjectCode {
  const fragments = new Map<string, CodeFragment | DataFragment>();
  for (const c of object.code) {
    fragments.set(c.symbol, c);
    for (const label of c.labels.keys()) fragments.set(label, c);
  }
  for (const d of object.data) fragments.set(d.symbol, d);
  const reached = new Set<CodeFragment | DataFragment>();
  const pending: (CodeFragment | DataFragment)[] = [];
  const reach = (symbol: string): void => {
    const fragment = fragments.get(symbol) ?? fragments.get(object.aliases.get(symbol) ?? "");
    if (fragment === undefined || reached.has(fragment)) return;
    reached.add(fragment);
    pending.push(fragment);
  };
  reach(ENTRY);
  for (const symbol of KEPT) reach(symbol);
  for (let fragment = pending.pop(); fragment !== undefined; fragment = pending.pop()) for (const r of fragment.relocations) reach(r.symbol);
  const aliases = new Map([...object.aliases].filter(([, symbol]) => reached.has(fragments.get(symbol)!)));
  return { architecture: object.architecture, code: object.code.filter((c) => reached.has(c)), data: object.data.filter((d) => reached.has(d)), aliases };
}

function frameKey({ loc, name, isCopy }: FrameOfPlace): string {
  return `${loc.file.name}:${loc.start}-${loc.end} ${name ?? ""}${isCopy ? "*" : ""}`;
}

function pointKey(p: SafePoint): string {
  const { loc } = p;
  return `${p.offset},${p.frameWords},${p.registers},${p.special ?? ""},${p.slots.join(" ")},${loc === undefined ? "" : framesOf(loc).map(frameKey).join(">")}`;
}

/** Builds that follow each other have most functions in common. */
const contentKeys = new WeakMap<CodeFragment, string>();

/** All of a function but the symbols that it refers to. */
function contentKey(c: CodeFragment): string {
  let key = contentKeys.get(c);
  if (key === undefined) contentKeys.set(c, (key = makeContentKey(c)));
  return key;
}

function makeContentKey(c: CodeFragment): string {
  const name = c.safePoints.length === 0 ? "" : functionName(c.symbol, c.safePoints.find((p) => p.loc !== undefined)?.loc?.file.name ?? "");
  const places = c.relocations.map((r) => `${r.offset},${r.kind},${r.addend}`);
  return `${c.align}|${c.start}|${name}|${latin1(c.bytes)}|${places.join(";")}|${c.safePoints.map(pointKey).join(";")}`;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}

function foldIdentical(object: ObjectCode): ObjectCode {
  const groups = new Map<string, CodeFragment[]>();
  for (const c of object.code) {
    // Stubs with symbols inside are not looked at.
    if (c.labels.size > 0) continue;
    // Few functions are of the same length with the same number of calls.
    const key = `${c.bytes.length} ${c.relocations.length} ${c.safePoints.length}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [c]);
    else group.push(c);
  }
  const alike: CodeFragment[][] = [];
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const byContent = new Map<string, CodeFragment[]>();
    for (const c of group) {
      const key = contentKey(c);
      const same = byContent.get(key);
      if (same === undefined) byContent.set(key, [c]);
      else same.push(c);
    }
    for (const same of byContent.values()) if (same.length > 1) alike.push(same);
  }
  /** What stands for a function that was folded. */
  const representative = new Map<string, string>();
  const target = (symbol: string): string => {
    let at = object.aliases.get(symbol) ?? symbol;
    for (let next = representative.get(at); next !== undefined; next = representative.get(at)) at = next;
    return at;
  };
  // Folding callees makes callers the same.
  for (let changed = true; changed; ) {
    changed = false;
    for (const same of alike) {
      const seen = new Map<string, CodeFragment>();
      for (const c of same) {
        if (representative.has(c.symbol)) continue;
        const key = c.relocations.map((r) => (r.symbol === c.symbol ? "" : target(r.symbol))).join(" ");
        const first = seen.get(key);
        if (first === undefined) seen.set(key, c);
        else {
          representative.set(c.symbol, first.symbol);
          changed = true;
        }
      }
    }
  }
  if (representative.size === 0) return object;
  const redirect = <F extends CodeFragment | DataFragment>(fragment: F): F => {
    if (!fragment.relocations.some((r) => representative.has(r.symbol))) return fragment;
    return { ...fragment, relocations: fragment.relocations.map((r): Relocation => (representative.has(r.symbol) ? { ...r, symbol: target(r.symbol) } : r)) };
  };
  const aliases = new Map([...object.aliases].map(([alias, symbol]) => [alias, target(symbol)]));
  return { architecture: object.architecture, code: object.code.filter((c) => !representative.has(c.symbol)).map(redirect), data: object.data.map(redirect), aliases };
}
