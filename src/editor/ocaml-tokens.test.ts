import { describe, expect, test } from "vitest";
import { initialLineState, tokenizeLine, tokenizeText, type TokenKind } from "./ocaml-tokens.ts";

/** The tokens of a text of one line as `kind:text`, without spaces. */
function kinds(line: string): string[] {
  return tokenizeLine(line, initialLineState)
    .tokens.filter((token) => token.kind !== "space")
    .map((token) => `${token.kind}:${line.slice(token.start, token.end)}`);
}

/** The kind in which each line of a text begins. */
function firstKinds(text: string): (TokenKind | undefined)[] {
  return tokenizeText(text).map(({ tokens }) => tokens[0]?.kind);
}

describe("tokens of OCaml", () => {
  test("words, modules, labels, type variables, numbers", () => {
    expect(kinds("let rec f ~x ?y:z = List.map 0x1F_l 3.14e-2")).toEqual(["keyword:let", "keyword:rec", "identifier:f", "label:~x", "label:?y:", "identifier:z", "operator:=", "module:List", "operator:.", "identifier:map", "number:0x1F_l", "number:3.14e-2"]);
    expect(kinds("val f : 'a -> 'b_1 list")).toEqual(["keyword:val", "identifier:f", "operator::", "type:'a", "operator:->", "type:'b_1", "identifier:list"]);
    expect(kinds("`Tag x' [@@deriving show]")).toEqual(["module:`Tag", "identifier:x'", "attribute:[@@deriving", "identifier:show", "delimiter:]"]);
  });

  test("characters are no type variables, also the quotation mark", () => {
    expect(kinds(`['a'; '"'; '\\n'; '\\'' ; '\\x41']`).filter((token) => token.startsWith("string"))).toEqual(["string:'a'", `string:'"'`, "string:'\\n'", "string:'\\''", "string:'\\x41'"]);
  });

  test("strings end where they end", () => {
    expect(kinds('"a\\"b" c')).toEqual(['string:"a\\"b"', "identifier:c"]);
    expect(kinds("{|a|b} c|} d")).toEqual(["string:{|a|b} c|}", "identifier:d"]);
    expect(kinds("{id|x|}|id} d")).toEqual(["string:{id|x|}|id}", "identifier:d"]);
    expect(kinds("{ x | y = 1 }")[0]).toBe("delimiter:{");
  });

  test("comments nest, and hold strings and characters", () => {
    expect(kinds('(* a (* b *) "*)" \'"\' c *) x')).toEqual(['comment:(* a (* b *) "*)" \'"\' c *)', "identifier:x"]);
    expect(kinds("f (*) g")).toEqual(["identifier:f", "delimiter:(", "operator:*", "delimiter:)", "identifier:g"]);
  });

  test("comments and strings run over lines", () => {
    expect(firstKinds('(* a\nb (* c\nd *)\ne *) x\ny')).toEqual(["comment", "comment", "comment", "comment", "identifier"]);
    expect(firstKinds('"a\nb" c\nd')).toEqual(["string", "string", "identifier"]);
    expect(firstKinds("{x|\n|y}\n|x} z\nd")).toEqual(["string", "string", "string", "identifier"]);
    expect(firstKinds('(* "a\n*)" b\n*)\nc')).toEqual(["comment", "comment", "comment", "identifier"]);
  });

  test("every character of any line belongs to one token", () => {
    let seed = 12345;
    const random = (limit: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed % limit;
    };
    const pieces = ["(*", "*)", '"', "'", "{|", "|}", "{a|", "|a}", "\\", "let", "X", "x'", "0x", "1.", " ", "~", "?", "`", "[@", "%", "é", "😀", "\t"];
    for (let round = 0; round < 2000; round++) {
      let state = initialLineState;
      for (let line = 0; line < 2; line++) {
        const text = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join("");
        const result = tokenizeLine(text, state);
        let at = 0;
        for (const token of result.tokens) {
          expect(token.start).toBe(at);
          expect(token.end).toBeGreaterThan(token.start);
          at = token.end;
        }
        expect(at).toBe(text.length);
        state = result.state;
      }
    }
  });
});
