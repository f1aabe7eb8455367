/** Documentation comments of definitions: the `(** … *)` that ends before an item, or follows it (OCaml manual, section 13.5). */
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { tokenize } from "../syntax/lexer.ts";

const docsOf = new WeakMap<SourceFile, readonly { readonly start: number; readonly end: number; readonly text: string }[]>();

/** The text of the comment, without its markers and indentation. */
export function documentationAt(loc: Location): string | undefined {
  const { file, start } = loc;
  let docs = docsOf.get(file);
  if (docs === undefined) {
    docs = tokenize(file).docs;
    docsOf.set(file, docs);
  }
  const { text } = file;
  // Nothing but blanks, and no empty line, may lie between.
  const adjacent = (from: number, to: number): boolean => from <= to && /^[ \t]*\n?[ \t]*$/.test(text.slice(from, to).replace(/\r/g, ""));
  const before = docs.find((d) => d.end <= start && adjacent(d.end, startOfItem(text, start)));
  const found = before ?? docs.find((d) => d.start >= loc.end && adjacent(loc.end, d.start));
  return found === undefined ? undefined : clean(text.slice(found.start, found.end));
}

/** A definition's place may be its name: the words before it belong to it. */
function startOfItem(text: string, start: number): number {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const words = /(?:(?:let|rec|and|val|external|type|nonrec|module|exception|mutable|open|of|method|virtual|private|class)\s+|\|\s*)+$/.exec(line);
  return words === null ? start : start - words[0].length;
}

function clean(comment: string): string {
  return comment
    .replace(/^\(\*\*+\s*/, "")
    .replace(/\s*\*+\)$/, "")
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}
