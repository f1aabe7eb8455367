/** Renaming a variable of `config.ml`: everywhere, or not at all. */
import type * as Ast from "../../syntax/ast.ts";
import { KEYWORDS } from "../../syntax/lexer.ts";

export interface RenamedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Names {
  /** Where a variable is used, by its name without a path. */
  readonly uses: Map<string, { readonly start: number; readonly end: number }[]>;
  /** Where patterns bind it. */
  readonly bindings: Map<string, { readonly start: number; readonly end: number }[]>;
}

/** Why a node of a configuration may not have this name; undefined when it may. */
export function variableNameError(name: string): string | undefined {
  if (!/^[a-z_][A-Za-z0-9_']*$/.test(name) || name === "_") return "It is a variable of config.ml: a lower-case letter, then letters, digits, '_' or \"'\".";
  return KEYWORDS.has(name) ? `${name} is a keyword of OCaml.` : undefined;
}

/** The changes that call the variable `from` of a configuration `to`, or why it cannot be. */
export function renameVariable(items: Ast.Structure, text: string, from: string, to: string): readonly RenamedText[] | string {
  const error = variableNameError(to);
  if (error !== undefined) return error;
  const names = namesIn(items, text);
  const bound = names.bindings.get(from) ?? [];
  if (bound.length === 0) return `config.ml has no variable ${from}: it is a value of the library, or written where it is used. Give it a name there.`;
  if (bound.length > 1) return `config.ml binds ${from} more than once. Change it in the text.`;
  if (names.bindings.has(to) || names.uses.has(to)) return `config.ml has a name ${to} already.`;
  const binding = bound[0]!;
  const phrase = items.find((item) => item.loc.start <= binding.start && binding.end <= item.loc.end)!;
  // In `let main = main "Unikernel" job` the second one is the library's.
  const uses = (names.uses.get(from) ?? []).filter((use) => use.start >= phrase.loc.end);
  return [binding, ...uses].map(({ start, end }) => {
    // `~name` stands for `~name:name`, and the label stays.
    const isPunned = /[~?]/.test(text.charAt(start - 1));
    return { start, end, text: isPunned ? `${from}:${to}` : to };
  });
}

/** Names of values in any piece of syntax. */
function namesIn(items: Ast.Structure, text: string): Names {
  const names: Names = { uses: new Map(), bindings: new Map() };
  const note = (map: Names["uses"], { value, loc: { start, end } }: Ast.Loc<string>): void => void map.set(value, [...(map.get(value) ?? []), { start, end }]);
  const visit = (syntax: unknown): void => {
    if (Array.isArray(syntax)) for (const part of syntax) visit(part);
    else if (typeof syntax === "object" && syntax !== null) {
      const desc = syntax as Ast.ExpressionDesc | Ast.PatternDesc;
      if (desc.kind === "ident" && "ident" in desc && desc.ident.value.kind === "ident") note(names.uses, { value: desc.ident.value.name, loc: desc.ident.loc });
      else if (desc.kind === "var" || (desc.kind === "alias" && "pattern" in desc)) {
        // Type variables have strings for names, or a quote before them.
        if (typeof desc.name === "object" && text.charAt(desc.name.loc.start - 1) !== "'") note(names.bindings, desc.name);
      }
      for (const [field, part] of Object.entries(syntax)) if (field !== "loc") visit(part);
    }
  };
  visit(items);
  return names;
}
