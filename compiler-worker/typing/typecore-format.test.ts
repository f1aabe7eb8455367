/** What OCaml says of malformed formats, and what it makes of some that are well-formed. */
import { expect, it } from "vitest";
import type * as Ast from "../syntax/ast.ts";
import { CompileError, type Location } from "../syntax/diagnostics.ts";
import { formatExpression } from "./typecore-format.ts";

const loc: Location = { file: { name: "x.ml", text: "" }, start: 0, end: 0, ghost: false };

/** Pairs of a format and OCaml 5.3's message. */
const REJECTED: readonly (readonly [string, string])[] = [
  ["%", "invalid format \"%\": at character number 1, unexpected end of format"],
  ["%-d", "invalid format \"%-d\": at character number 1, '-' without padding"],
  ["%0-5d", "invalid format \"%0-5d\": at character number 0, 0 is incompatible with '-' in sub-format \"%0-\""],
  ["%+ d", "invalid format \"%+ d\": at character number 0, '+' is incompatible with ' ' in sub-format \"%+ d\""],
  ["%+x", "invalid format \"%+x\": at character number 0, '+' is incompatible with 'x' in sub-format \"%+x\""],
  ["%#+d", "invalid format \"%#+d\": at character number 0, '#' is incompatible with 'd' in sub-format \"%#+d\""],
  ["%++d", "invalid format \"%++d\": at character number 2, duplicate flag '+'"],
  ["%.d", "invalid format \"%.d\": at character number 1, '.' without precision"],
  ["%05s", "invalid format \"%05s\": at character number 0, 0 is incompatible with 's' in sub-format \"%05s\""],
  ["%5c", "invalid format \"%5c\": at character number 3, non-zero widths are unsupported for %c conversions"],
  ["%05.3ld", "invalid format \"%05.3ld\": at character number 0, precision is incompatible with '0' in sub-format \"%05.3l\""],
  ["%z", "invalid format \"%z\": at character number 1, invalid conversion \"%z\""],
  ["%5%", "invalid format \"%5%\": at character number 0, `padding' is incompatible with '%' in sub-format \"%5%\""],
  ["%_a", "invalid format \"%_a\": at character number 0, '_' is incompatible with 'a' in sub-format \"%_a\""],
  ["%_!", "invalid format \"%_!\": at character number 0, '_' is incompatible with '!' in sub-format \"%_!\""],
  ["%5.3s", "invalid format \"%5.3s\": at character number 0, `precision' is incompatible with 's' in sub-format \"%5.3s\""],
  ["%_*d", "invalid format \"%_*d\": at character number 0, '*' is incompatible with '_' in sub-format \"%_*d\""],
  ["%(%d", "invalid format \"%(%d\": unclosed sub-format, expected \"%)\" at character number 4"],
  ["%{%d%)", "invalid format \"%{%d%)\": at character number 5, character '}' expected, read ')'"],
  ["%[a%b]", "invalid format \"%[a%b]\": '%' alone is not accepted in character sets, use %% instead at position 4."],
  ["%[a", "invalid format \"%[a\": at character number 3, unexpected end of format"],
  ["%-5_d", "invalid format \"%-5_d\": at character number 0, flag '_' is only allowed after the '%', before padding and precision"],
  ["%99999999999999999999d", "invalid format \"%99999999999999999999d\": integer 999999999999999999 is greater than the limit 144115188075855863"],
  ["%_-5d", "invalid format \"%_-5d\": at character number 0, '-' is incompatible with '_' in sub-format \"%_-5d\""],
  ["%+_d", "invalid format \"%+_d\": at character number 0, flag '_' is only allowed after the '%', before padding and precision"],
  ["% s", "invalid format \"% s\": at character number 0, ' ' is incompatible with 's' in sub-format \"% s\""],
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
