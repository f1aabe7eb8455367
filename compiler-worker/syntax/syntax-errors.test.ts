import { describe, expect, it } from "vitest";
import { parseImplementation, parseInterface } from "./parser.ts";
import { renderDiagnostic } from "./render.ts";

function errors(text: string): string[] {
  return parseImplementation({ name: "a.ml", text }).diagnostics.map((d) => renderDiagnostic(d).replaceAll('File "a.ml", ', "").replaceAll("characters ", ""));
}

describe("a syntax error tells what is there, what was expected, and what may have led to it", () => {
  const cases: readonly [source: string, message: string][] = [
    ["let f x = (x +\nlet g = 3", "line 2, 9-9:\nError: Syntax error: 'in' expected, found the end of the file\nline 2, 0-3:\n  This 'let' has no 'in'\nline 1, 10-11:\n  This '(' might be unmatched"],
    ["let f x = begin g x\ntype t", "line 2, 0-4:\nError: Syntax error: 'end' expected, found the keyword 'type'\nline 1, 10-15:\n  This 'begin' might be unmatched"],
    ["let x = 1;\nlet y = 2\nlet z = 3", "line 3, 0-3:\nError: Syntax error: 'in' expected, found the keyword 'let'\nline 2, 0-3:\n  This 'let' has no 'in'\nline 1, 9-10:\n  This ';' makes it a part of the phrase before: a definition of its own has none before it"],
    ["let f x = if x then g (); else h ()", "line 1, 26-30:\nError: Syntax error: definition expected, found the keyword 'else'\nline 1, 24-25:\n  This ';' ends the conditional: phrases after 'then' need parentheses, or 'begin' and 'end'"],
    ["let f x = if x then 1 elsif y then 2 else 3", "line 1, 30-34:\nError: Syntax error: definition expected, found the keyword 'then'\nline 1, 22-27:\n  This is written 'else if'"],
    ["let method = 3", "line 1, 4-10:\nError: Syntax error: pattern expected, found the keyword 'method'\nHint: 'method' is a keyword; as a name it is written \\#method"],
    ["let f val = 3", "line 1, 6-9:\nError: Syntax error: '=' expected, found the keyword 'val'\nHint: 'val' is a keyword; as a name it is written \\#val"],
    ["let Foo x y = x", "line 1, 10-11:\nError: Syntax error: '=' expected, found the name 'y'\nline 1, 4-7:\n  'Foo' is a constructor: a value's name begins with a lower-case letter"],
    ["type Foo = int", "line 1, 9-10:\nError: Syntax error: '.' expected, found the operator '='\nline 1, 5-8:\n  a type's name begins with a lower-case letter"],
    ["type t = A | b", "line 1, 13-14:\nError: Syntax error: constructor expected, found the name 'b'\nHint: the name of a constructor begins with an upper-case letter"],
    ["let x = * 2", "line 1, 8-9:\nError: Syntax error: expression expected, found the operator '*'"],
    ["let f = fun x = 3", "line 1, 14-15:\nError: Syntax error: '->' expected, found the operator '='\nHint: the body of 'fun' and of a case follows '->'"],
    ["let f x -> 3", "line 1, 8-10:\nError: Syntax error: '=' expected, found '->'\nHint: a definition's body follows '='; 'fun' and cases have '->'"],
    ["let x := 3", "line 1, 6-8:\nError: Syntax error: '=' expected, found the operator ':='\nHint: a definition has '='; ':=' changes a reference"],
    ["let f x = x )", "line 1, 12-13:\nError: Syntax error: definition expected, found ')'\nHint: nothing is open here that ')' could close"],
    ["let x = 'abc'", "line 1, 8-9:\nError: Syntax error: expression expected, found '''\nHint: one character stands between quotes; strings stand in double quotes"],
    ["val x : int\nlet y = x +", "line 2, 11-11:\nError: Syntax error: expression expected, found the end of the file"],
    ["val x : int\nlet y = x", "line 1, 0-11:\nError: Value declarations are only allowed in signatures"],
  ];
  it.each(cases)("%s", (source, message) => {
    expect(errors(source).join("\n")).toBe(message);
  });
  it("also where an inner module lacks its end", () => {
    expect(errors("module A = struct\n  module B = struct\n    let x = 1\nend\nlet y = 2")).toEqual([
      "line 5, 9-9:\nError: Syntax error: 'end' expected, found the end of the file\nline 1, 11-17:\n  This 'struct' might be unmatched\nline 2, 13-19:\n  This 'struct' might lack its 'end': the next one stands further to the left",
    ]);
  });
});

describe("one mistake is one error, and the rest stays known", () => {
  /** Names of values, types, modules and classes that are known of a file. */
  const names = (text: string): { errors: number; names: string } => {
    const { tree, diagnostics } = parseImplementation({ name: "a.ml", text });
    const known = (items: typeof tree.items): string[] => items.flatMap(({ desc }) => {
      switch (desc.kind) {
        case "value": return desc.bindings.map(({ pattern }) => (pattern.desc.kind === "var" ? pattern.desc.name.value : "_"));
        case "primitive": return [desc.description.name.value];
        case "type": return desc.declarations.map((d) => d.name.value);
        case "module": return [`${desc.binding.name.value}(${desc.binding.expression.desc.kind === "structure" ? known(desc.binding.expression.desc.items).join(" ") : ""})`];
        case "class": return desc.declarations.map((d) => `${d.name.value}(${d.expression.desc.kind === "structure" ? d.expression.desc.structure.fields.length : ""})`);
        default: return [desc.kind];
      }
    });
    return { errors: diagnostics.length, names: known(tree.items).join(" ") };
  };
  const cases: readonly [source: string, errors: number, names: string][] = [
    ["let a = 1\nlet b = (a +\nlet c = 2\nlet d = 3", 1, "a b c d"],
    ["let a = List.\nlet b = 2", 1, "a b"],
    ["let a x =\n  let y = x\nlet b = 2", 1, "a b"],
    ["let a x =\n  match x with\n  | A -> begin\nlet b = 2\nlet c = 3", 1, "a b c"],
    ["let rec a x = (b x\nand b x = a x\nlet c = 1", 1, "a b c"],
    ["type t = { x : \ntype 'a u = 'a list\nlet a = 1", 1, "t u a"],
    ["module M = struct\n  let a = (\n  let b = 2\nend\nlet c = 3", 1, "M(a b) c"],
    ["module M = struct\n  let a = 1\n  let b = begin\nlet c = 3", 1, "M(a b) c"],
    ["module M = struct\n  let a = 1\n  let b = 2 +\n\nmodule N = struct let c = 1 end\nend\nlet d = 3", 1, "M(a b) N(c) d"],
    ["class c = object\n  method a = 1 +\n  method b = 2\nend\nlet d = 3", 1, "c(1) d"],
    ["let a = 1;\nlet b = 2;\nlet c = 3", 1, "a b c"],
    ["let a = 1 end\nlet b = 2", 1, "a b"],
    ["module M = struct\n  let a = 1", 1, "M(a)"],
    ["let f x = function\n  | A -> 1\n  | B => 2\n  | C -> 3\n\nlet g = 1 in in\nlet h = 3", 2, "f g h"],
  ];
  it.each(cases)("%s", (source, count, known) => {
    expect(names(source)).toEqual({ errors: count, names: known });
  });
  it("in signatures too", () => {
    const { tree, diagnostics } = parseInterface({ name: "a.mli", text: "val a : int ->\ntype t = A of\nval b : t\nmodule M : sig\n  val c : (int\n  val d : int\nend\nval e : int" });
    expect(diagnostics.length).toBe(3);
    expect(tree.items.map((i) => (i.desc.kind === "module" && i.desc.declaration.type.desc.kind === "signature" ? i.desc.declaration.type.desc.items.length : i.desc.kind))).toEqual(["value", "type", "value", 2, "value"]);
  });
});
