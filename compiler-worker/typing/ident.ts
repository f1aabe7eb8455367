/** Identifiers: unique names of what a program binds. */
import type { Ident } from "./types.ts";

/** The level at which the items of a compilation unit are typed. */
export const OUTERMOST_LEVEL = 1;

let lastStamp = 0;
const persistents = new Map<string, Ident>();
const predefs = new Map<string, Ident>();

/** Forgets all identifiers, so that a session's stamps do not depend on those before. */
export function resetIdents(): void {
  lastStamp = 0;
  persistents.clear();
}

/** A new identifier, different from all others; `scope` is the level of its binding. */
export function createScoped(name: string, scope: number): Ident {
  return { name, kind: "local", stamp: ++lastStamp, scope };
}

export function createLocal(name: string): Ident {
  return createScoped(name, 0);
}

const functorParameters = new WeakSet<Ident>();

/** The identifier of a functor's parameter: a module of which no alias can be made, since nothing is known to stand for it. */
export function createFunctorParameter(name: string, level = OUTERMOST_LEVEL): Ident {
  const id = createBound(name, level);
  functorParameters.add(id);
  return id;
}

export function isFunctorParameter(id: Ident): boolean {
  return functorParameters.has(id);
}

/** The identifier of a type or module that is bound at a level of typing: those of a module within an expression may not leave it. */
export function createBound(name: string, level: number): Ident {
  return createScoped(name, level <= OUTERMOST_LEVEL ? 0 : level);
}

/** The identifier of a compilation unit. */
export function persistent(name: string): Ident {
  let id = persistents.get(name);
  if (id === undefined) {
    id = { name, kind: "persistent", stamp: 0, scope: 0 };
    persistents.set(name, id);
  }
  return id;
}

/** The identifier of a predefined type or exception. */
export function predef(name: string): Ident {
  let id = predefs.get(name);
  if (id === undefined) {
    id = { name, kind: "predef", stamp: -1 - predefs.size, scope: 0 };
    predefs.set(name, id);
  }
  return id;
}

/** A fresh identifier of the same name. */
export function renamed(id: Ident): Ident {
  return createScoped(id.name, id.scope);
}
