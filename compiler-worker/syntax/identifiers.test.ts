import { describe, expect, it } from "vitest";
import { utf8 } from "./identifiers.ts";
import { tokenize } from "./lexer.ts";

/** Kinds and values of the tokens of a text, whose letters are given as UTF-8. */
function tokens(text: string): { found: string[]; errors: string[] } {
  const bytes = Array.from(text, (c) => utf8(c.codePointAt(0)!)).join("");
  const { kinds, values, diagnostics } = tokenize({ name: "a.ml", text: bytes });
  const shown = (value: string): string => decodeURIComponent(value.replace(/[\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`));
  return { found: kinds.slice(0, -1).map((kind, i) => `${kind} ${shown(values[i]!)}`), errors: diagnostics.map((d) => d.message) };
}

describe("identifiers with letters beyond ASCII", () => {
  it("have a case", () => {
    expect(tokens("été Été ß_1 ÿ Ÿ œ Œ š Š ž Ž x'é Xé ẞ")).toEqual({
      found: ["lident été", "uident Été", "lident ß_1", "lident ÿ", "uident Ÿ", "lident œ", "uident Œ", "lident š", "uident Š", "lident ž", "uident Ž", "lident x'é", "uident Xé", "uident ẞ"],
      errors: [],
    });
  });
  it("are the same whether composed or not", () => {
    expect(tokens("e\u0301te\u0301 ~e\u0301: \u00e9")).toEqual({ found: ["lident été", "label é", "lident é"], errors: [] });
  });
  it("are of the letters that the manual names", () => {
    expect(tokens("λ a×").errors).toEqual(["Invalid character U+03BB in identifier", "Invalid character U+00D7 in identifier"]);
    expect(tokenize({ name: "a.ml", text: "caf\xe9 x" }).diagnostics.map((d) => [d.location.start, d.location.end])).toEqual([[0, 4]]);
  });
});
