/** Types of one name in one message: told apart by numbers, `t/2` for one that another `t` hides where the message is about. */
import { lineAndColumn } from "../syntax/positions.ts";
import { iterChildren, repr } from "./btype.ts";
import { identsNamed, type Env } from "./env.ts";
import { headOf } from "./path.ts";
import { nameInScope, withScope } from "./print-type.ts";
import type { Ident, TypeExpr } from "./types.ts";

/** Types that are looked at for their names. */
const MOST = 10_000;

interface Meaning {
  readonly kind: "types" | "modules";
  readonly names: ReturnType<typeof identsNamed>;
}

/** What the types' names mean in `env`, of those that something else has there. */
function meaningsOf(env: Env, types: readonly TypeExpr[]): Meaning[] {
  const told = new Set<string>();
  const meanings: Meaning[] = [];
  const note = (kind: "types" | "modules", name: string, id: Ident | undefined): void => {
    const key = `${kind} ${name}`;
    if (told.has(key)) return;
    const names = identsNamed(kind, name, env);
    if (names.length === 0 || names[0]!.id === id || (id !== undefined && names.length < 2)) return;
    told.add(key);
    meanings.push({ kind, names });
  };
  const seen = new Set<TypeExpr>();
  const stack = [...types];
  for (let t = stack.pop(); t !== undefined && seen.size < MOST; t = stack.pop()) {
    t = repr(t);
    if (seen.has(t)) continue;
    seen.add(t);
    if (t.desc.kind === "constr") {
      const { path } = t.desc;
      const id = headOf(path);
      if (id.kind !== "persistent") note(path.kind === "ident" ? "types" : "modules", id.name, id);
      else if (path.kind === "dot" && path.prefix.kind === "ident" && id.name === "Stdlib") note("types", path.name, undefined);
    }
    iterChildren((child) => stack.push(child), t);
  }
  return meanings;
}

/**
 * Runs `show` so that types and modules that have lost their name in `env` are shown with a number. The function that it is given adds
 * to a text what the names in it mean.
 */
export function tellingSameNames<A>(env: Env, types: readonly TypeExpr[], show: (withMeanings: (text: string) => string) => A): A {
  const meanings = meaningsOf(env, types);
  if (meanings.length === 0) return show((text) => text);
  const explain = (text: string): string => {
    const lines = [text];
    for (const { kind, names } of meanings)
      for (const [i, { id, loc }] of names.entries()) {
        // Types of a constructor's existential variables are written nowhere.
        if (loc?.ghost === true) continue;
        const name = i === 0 ? id.name : `${id.name}/${i + 1}`;
        if (i === 0 || text.includes(name)) lines.push(`${name} is the ${kind === "types" ? "type" : "module"} ${loc === undefined ? "that OCaml predefines" : `defined in ${loc.file.name}, line ${lineAndColumn(loc.file, loc.start).line}`}`);
      }
    return lines.join("\n       ");
  };
  return withScope(() => {
    for (const { kind, names } of meanings) for (const { id } of names.toReversed()) nameInScope(kind === "types" ? "type" : "module", id);
    return show(explain);
  });
}
