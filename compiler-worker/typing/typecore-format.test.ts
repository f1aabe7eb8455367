/** What OCaml says of malformed formats, and what it makes of some that are well-formed. */
import { expect, it } from "vitest";
import type * as Ast from "../syntax/ast.ts";
import { CompileError, type Location } from "../syntax/diagnostics.ts";
import { formatExpression } from "./typecore-format.ts";

const loc: Location = { file: { name: "x.ml", text: "" }, start: 0, end: 0, ghost: false };

/** Pairs of a format and OCaml's message. What means nothing (`%+x`, `%5c`, `%.2s`) is accepted, as without `-strict-formats`. */
const REJECTED: readonly (readonly [string, string])[] = [
  ["%", "invalid format \"%\": at character number 1, unexpected end of format"],
  ["%z", "invalid format \"%z\": at character number 1, invalid conversion \"%z\""],
  ["%_a", "invalid format \"%_a\": at character number 0, '_' is incompatible with 'a' in sub-format \"%_a\""],
  ["%_*d", "invalid format \"%_*d\": at character number 0, '*' is incompatible with '_' in sub-format \"%_*d\""],
  ["%(%d", "invalid format \"%(%d\": unclosed sub-format, expected \"%)\" at character number 4"],
  ["%{%d%)", "invalid format \"%{%d%)\": at character number 5, character '}' expected, read ')'"],
  ["%[a%b]", "invalid format \"%[a%b]\": '%' alone is not accepted in character sets, use %% instead at position 4."],
  ["%[a", "invalid format \"%[a\": at character number 3, unexpected end of format"],
  ["%-5_d", "invalid format \"%-5_d\": at character number 0, flag '_' is only allowed after the '%', before padding and precision"],
  ["%99999999999999999999d", "invalid format \"%99999999999999999999d\": integer 999999999999999999 is greater than the limit 144115188075855863"],
  ["%+_d", "invalid format \"%+_d\": at character number 0, flag '_' is only allowed after the '%', before padding and precision"],
];

it.each(REJECTED)("rejects %j", (format, message) => {
  let found = "";
  try {
    formatExpression(format, loc);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    found = error.diagnostic.message;
  }
  expect(found).toBe(message);
});

/** The constructors of an expression, in prefix order. */
function constructors(e: Ast.Expression): string[] {
  const { desc } = e;
  if (desc.kind === "tuple") return desc.components.flatMap(constructors);
  if (desc.kind !== "construct") return [];
  const name = desc.ident.value.kind === "dot" ? desc.ident.value.name : "";
  return [name, ...(desc.argument === undefined ? [] : constructors(desc.argument))].filter((n) => n !== "");
}

it.each([
  ["%0x", ["Format", "Int", "Int_x", "Lit_padding", "Right", "No_precision", "End_of_format"]],
  ["%0c", ["Format", "Scan_next_char", "End_of_format"]],
  ["a%%b", ["Format", "Char_literal", "Char_literal", "Char_literal", "End_of_format"]],
  ["%_(%_r%)", ["Format", "Ignored_param", "Ignored_format_subst", "Ignored_reader_ty", "End_of_fmtty", "End_of_format"]],
  ["%{@[<%d>%}", ["Format", "Format_arg", "Int_ty", "End_of_fmtty", "End_of_format"]],
  ["@;<1 -2>@;<", ["Format", "Formatting_lit", "Break", "Formatting_lit", "Break", "Char_literal", "End_of_format"]],
])("reads %j", (format, expected) => {
  expect(constructors(formatExpression(format, loc))).toEqual(expected);
});
