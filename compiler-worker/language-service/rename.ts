/** Another name for a symbol: what is to be written at each of its references. */
import { tokenize } from "../syntax/lexer.ts";
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { Reference, Symbol } from "./references.ts";
import type { Namespace } from "./name-collector.ts";

export interface Edit {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An edit with the place of the name in its text. */
export interface NameEdit extends Edit {
  readonly at: number;
}

const UPPER: readonly Namespace[] = ["constructor", "module"];

/** Why a symbol cannot have another name at all. */
export function cannotRename({ name, foreign, references }: Symbol): string | undefined {
  if (foreign) return references[0]?.written.namespace === "module" ? `${name} is not defined in the program's text: a module that is a file is called as the file is.` : `${name} is defined by the library, also.`;
  return /^[\w'\x80-\xff]+$/.test(name) ? undefined : "Operators keep their names.";
}

/** Why the symbol cannot be called that. */
export function cannotBeCalled({ references }: Symbol, name: string): string | undefined {
  const namespace = references[0]!.written.namespace;
  const { kinds, ends, diagnostics } = tokenize({ name: "", text: name });
  const kind = diagnostics.length === 0 && ends[0] === name.length ? kinds[0] : undefined;
  if (kind !== "uident" && kind !== "lident") return `“${name}” is no name in OCaml.`;
  if (namespace === "moduleType" || namespace === "tag") return undefined;
  const wantsUpper = UPPER.includes(namespace);
  return wantsUpper === (kind === "uident") ? undefined : `Names of ${wantsUpper ? "modules and constructors begin with an upper-case letter" : "values, types, fields, methods and labels begin with a lower-case letter"}.`;
}

export function renamingEdits({ references }: Symbol, name: string): NameEdit[] {
  return references.map((reference) => editOf(reference, name));
}

function editOf({ file, written }: Reference, name: string): NameEdit {
  const { loc, pun, namespace, definition } = written;
  const old = written.name;
  const replace = (start: number, before: string, after: string): NameEdit => ({ file, start, end: loc.end, text: before + name + after, at: before.length });
  switch (pun?.kind) {
    case "field":
      return namespace === "label" ? replace(loc.start, "", ` = ${old}`) : replace(loc.start, `${old} = `, "");
    case "argument":
      return replace(pun.start, `${file.text[pun.start]}${old}:${pun.parenthesized ? "(" : ""}`, "");
    case "labelled":
      return replace(pun.start, file.text[pun.start]!, `:${pun.parenthesized ? "(" : ""}${old}`);
    case "binding":
      return definition === undefined ? replace(loc.start, `${old} = `, "") : replace(loc.start, "", ` = ${old}`);
    case undefined:
      return replace(loc.start, "", "");
  }
}

/** The text after the edits, which do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** Where the names are after the edits of their file, in order. */
export function placesAfter(edits: readonly NameEdit[]): number[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.start - b.start)
    .map((edit) => {
      const at = edit.start + shift + edit.at;
      shift += edit.text.length - (edit.end - edit.start);
      return at;
    });
}
