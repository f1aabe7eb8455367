/**
 * Items of a structure or signature that have no name in it: those that later items of the same name hide, and those that an open
 * structure defines (reference manual, sections 12.17 "Overriding in include" and 12.22 "Generalized open"). What still mentions
 * such a type or module is what can be said without it; where that is nothing, it is an error.
 */
import { CompileError, errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import { addSignature, type Env } from "./env.ts";
import { Erasure } from "./nondep.ts";
import { occursIn } from "./path.ts";
import { CannotErase } from "./subst.ts";
import type { Ident, Signature, SignatureItem } from "./types.ts";

/** Items with the phrase that each comes from. */
export class ItemList {
  readonly items: SignatureItem[] = [];
  readonly #phrases: { readonly end: number; readonly loc: Location }[] = [];

  /** The items since the last phrase come from this one. */
  endPhrase(loc: Location): void {
    if (this.items.length > (this.#phrases.at(-1)?.end ?? 0)) this.#phrases.push({ end: this.items.length, loc });
  }

  phraseOf(index: number): Location {
    return this.#phrases.find((p) => index < p.end)!.loc;
  }
}

/**
 * The names of a structure's or signature's own items. Only values may have one name twice; what comes from an `include` gives way to
 * definitions after it, and takes no name that is defined before (reference manual, section 12.17).
 */
export class OwnNames {
  readonly #given = new Set<string>();
  readonly #of: "structure" | "signature";

  constructor(of: "structure" | "signature") {
    this.#of = of;
  }

  /** Whether the name is that of a definition. */
  has(kind: SignatureItem["kind"], name: string): boolean {
    return this.#given.has(`${kind} ${name}`);
  }

  /** Adds what a phrase defines or includes; `placeOf` says where a name is given. Throws `CompileError`. */
  add(items: readonly SignatureItem[], from: "definition" | "include", placeOf: (item: SignatureItem) => Location): void {
    for (const item of items) {
      if (item.kind === "value" || item.visibility === "hidden") continue;
      const key = `${item.kind} ${item.id.name}`;
      if (this.#given.has(key)) {
        // A class is looked at as a type first in a signature.
        const kind = this.#of === "signature" && from === "definition" && item.kind === "class" ? "type" : KINDS[item.kind];
        refuseSecond(kind, item.id.name, placeOf(item));
      }
      if (from === "definition") this.#given.add(key);
    }
  }
}

/** Refuses a second definition of a name. */
export function refuseSecond(kind: string, name: string, loc: Location): never {
  throw new CompileError(errorAt(loc, `Multiple definition of the ${kind} name ${name}.\n       Names must be unique in a given structure or signature.`));
}

/**
 * The items without what has no name. Hidden items of a structure stay, out of sight, since they have a place in the module's block;
 * those of a signature go. `env` knows all of them.
 */
export function hideShadowed(env: Env, list: ItemList, of: "structure" | "signature", report: (diagnostic: Diagnostic) => void): Signature {
  const { items } = list;
  /** What takes an item's name: the index of another, or undefined for those of open structures. */
  const hidden = new Map<SignatureItem, number | undefined>();
  const seen = new Map<string, number>();
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]!;
    const key = `${item.kind} ${item.id.name}`;
    const by = seen.get(key);
    if (item.visibility === "hidden") hidden.set(item, undefined);
    else if (by !== undefined) hidden.set(item, by);
    else seen.set(key, i);
  }
  if (hidden.size === 0) return items;
  for (const [start, end] of classGroups(items)) {
    const one = items.slice(start, end).find((item) => hidden.has(item));
    if (one !== undefined) for (const item of items.slice(start, end)) if (!hidden.has(item)) hidden.set(item, hidden.get(one));
  }
  const ids = new Set<Ident>();
  for (const { id, kind } of hidden.keys()) if (kind !== "value" && kind !== "typext") ids.add(id);
  const erasure = ids.size === 0 ? undefined : new Erasure(addSignature([...hidden.keys()], env), ids);
  const result: SignatureItem[] = [];
  for (const item of items) {
    if (!hidden.has(item)) {
      try {
        result.push(erasure === undefined ? item : erasure.item(item, "positive"));
      } catch (error) {
        if (!(error instanceof CannotErase)) throw error;
        const index = items.findIndex((i) => ids.has(i.id) && occursIn(i.id, error.path));
        report(complaint(list, index, hidden.get(items[index]!), item));
        result.push(item);
      }
    } else if (of === "structure" && item.kind !== "value" && item.kind !== "typext") result.push({ ...item, visibility: "hidden" });
  }
  return result;
}

/** Where what one class defines begins and ends: the class, its class type, and the type of its objects are hidden together. */
function classGroups(items: readonly SignatureItem[]): (readonly [number, number])[] {
  return items.flatMap(({ kind, id }, i): (readonly [number, number])[] => {
    if (kind !== "class" && (kind !== "classtype" || items[i - 1]?.kind === "class")) return [];
    let end = i + 1;
    while (end < items.length && items[end]!.id.name === id.name && ((items[end]!.kind === "classtype" && kind === "class" && end === i + 1) || (items[end]!.kind === "type" && items[end - 1]!.kind === "classtype"))) end++;
    return [[i, end]];
  });
}

const KINDS: Readonly<Record<SignatureItem["kind"], string>> = { value: "value", type: "type", typext: "extension constructor", module: "module", modtype: "module type", class: "class", classtype: "class type" };

function complaint(list: ItemList, index: number, by: number | undefined, user: SignatureItem): Diagnostic {
  const { kind, id } = list.items[index]!;
  const what = KINDS[kind];
  const mentions = `The ${KINDS[user.kind]} ${user.id.name} has no valid type if this ${id.name} is`;
  const userAt = list.phraseOf(list.items.indexOf(user));
  if (by === undefined) return errorAt(list.phraseOf(index), `The ${what} ${id.name} introduced by this open appears in the signature`, [{ location: userAt, message: `${mentions} hidden` }]);
  return errorAt(list.phraseOf(by), `Illegal shadowing of included ${what} ${id.name} by another ${id.name}`, [
    { location: list.phraseOf(index), message: `The ${what} came from this include` },
    { location: userAt, message: `${mentions} shadowed` },
  ]);
}
