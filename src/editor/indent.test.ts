import { describe, expect, test } from "vitest";
import { CLOSING, indentAfter, indentOfClosing } from "./indent.ts";

/** Types the lines of a text without their indentation, as the editor helps. */
function typed(text: string): string {
  const lines: string[] = [];
  for (const line of text.split("\n").map((l) => l.trim())) {
    const indent = lines.length === 0 ? 0 : (indentAfter(lines) ?? 0);
    // The word that closes is typed before the rest of its line.
    const first = /^(?:[a-z]+|\|\]?|[)\]}])/.exec(line)?.[0] ?? "";
    const closing = CLOSING.test(first) ? indentOfClosing(lines, first) : undefined;
    lines.push(line === "" ? "" : " ".repeat(closing ?? indent) + line);
  }
  return lines.join("\n");
}

describe("indentation", () => {
  test.each([
    "let f x =\n  let y = x in\n  let z =\n    y + 1\n  in\n  z",
    "module M = struct\n  let f x =\n    match x with\n    | Some y ->\n        y\n    | None ->\n        0\nend",
    "let f = function\n  | A -> 1\n  | B ->\n      2",
    "let f x = match x with\n  | A -> 1\n  | B -> 2",
    "let f () =\n  if true then\n    g ()\n  else\n    h ()",
    "let f () =\n  read () >>= fun x ->\n  write x >>= fun () ->\n  done_ ()",
    "let f l =\n  List.iter (fun x ->\n    print x\n  ) l",
    "let f () =\n  for i = 0 to 3 do\n    print i\n  done",
    "let f () =\n  try\n    g ()\n  with\n  | Not_found -> 0",
    "module type S = sig\n  val f : int\n  type t = {\n    a : int;\n    b : int;\n  }\nend",
    "let f a =\n  a\nand g b =\n  b",
    "let x = [|\n  1;\n  2;\n|]",
    "let s = \"let x = \"\nlet t = 1 (* in *)",
    "let f = let x = 1 in\nx",
  ])("as it is written by hand: %j", (text) => {
    expect(typed(text)).toBe(text);
  });

  test("takes the lines before as they are, and leaves strings and comments alone", () => {
    expect(indentAfter(["        let x = 1"])).toBe(8);
    expect(indentAfter(["      foo (bar"])).toBe(6);
    expect(indentAfter(["let x = (* open"])).toBeUndefined();
    expect(indentAfter(['let x = "open'])).toBeUndefined();
    expect(indentOfClosing(["let x = 1"], "end")).toBeUndefined();
  });
});
