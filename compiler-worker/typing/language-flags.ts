/** Flags of the compiler that change which programs are typed, and how (the manual's chapter on `ocamlopt`, options). */
import { separateState } from "./isolation.ts";

export interface LanguageFlags {
  /** `-nolabels`: labels of parameters that are not optional are ignored. */
  readonly ignoresLabels: boolean;
  /** `-rectypes`: types may contain themselves through any constructor. */
  readonly recursiveTypes: boolean;
  /** `-noassert`: conditions of assertions are typed and not evaluated; `assert false` stays. */
  readonly withoutAssertions: boolean;
}

export const NO_FLAGS: LanguageFlags = { ignoresLabels: false, recursiveTypes: false, withoutAssertions: false };

/** The flags of the unit that is being typed. */
export let languageFlags: LanguageFlags = NO_FLAGS;

separateState(() => {
  const saved = languageFlags;
  languageFlags = NO_FLAGS;
  return () => {
    languageFlags = saved;
  };
});

/** Whether some unit was typed with recursive types, so that others may come upon them. */
export let hasRecursiveTypes = false;

/** Sets the flags until the typing of the unit ends. */
export function setLanguageFlags(flags: LanguageFlags): void {
  languageFlags = flags;
  if (flags.recursiveTypes) hasRecursiveTypes = true;
}
