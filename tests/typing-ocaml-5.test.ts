/** What OCaml 5 added to the language: nothing that the compiler behind `tests/typing/*.cases` knows. The reference manual of 5.3 says what holds. */
import { describe, expect, it } from "vitest";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";

const library = testLibrary();
const units = new Map<string, UnitSource>();
const session = new TypingSession({ find: (name) => units.get(name) ?? library.find(name) });

/** The signature of a unit, and what is told of it: `error FROM-TO`, `warning NUMBER FROM-TO`. */
function check(text: string): { signature: string; told: string[] } {
  const name = `Case${units.size + 1}`;
  units.set(name, { name, package: "cases", interface: undefined, implementation: { name: "a.ml", text }, opens: ["Stdlib"], warnings: "" });
  const told = session.typeUnit(name).diagnostics.map((d) => `${d.severity} ${d.warning === undefined ? "" : `${d.warning.number} `}${d.location.start}-${d.location.end}`);
  return { signature: session.signatureText(name).trim(), told };
}

describe("what OCaml 5 added", () => {
  const effects = "type _ Effect.t += E : int -> string Effect.t\n";
  const last = (source: string): string => check(source).signature.split("\n").at(-1)!;

  it("has patterns of effects as cases of match and try, beside values and exceptions", () => {
    expect(last(`${effects}let f g = match g () with effect E n, k -> Effect.Deep.continue k (string_of_int n) | x -> x | exception Not_found -> 1`)).toBe("val f : (unit -> int) -> int");
    expect(last(`${effects}let f g = try g () with effect _, _ -> 0 | Not_found -> 1`)).toBe("val f : (unit -> int) -> int");
  });

  it("refuses patterns of effects elsewhere, and continuations with other values", () => {
    for (const source of ["let f = function effect E n, k -> 1 | _ -> 2", "let f = fun (effect E n, k) -> 1", "let effect = 1", "let f g = match g () with x -> x | effect E n -> 1", "let f g = match g () with x -> x | effect E n, k -> Effect.Deep.continue k n"])
      expect(check(effects + source).told.some((d) => d.startsWith("error")), source).toBe(true);
  });

  it("writes keywords as names with a sign, of labels too", () => {
    expect(last("let \\#let = 1 let f ~\\#in ?\\#end () = (\\#in, \\#end, \\#let) let g = f ~\\#in:1 ?\\#end:(Some 2) ()")).toBe("val g : int * int option * int");
  });

  it("warns of an empty structure where a generative functor asks for ()", () => {
    const told = check("module F () = struct end module A = F () module B = F (struct end) module C = F (struct end [@warning \"-73\"])").told;
    expect(told).toEqual(["warning 73 55-65"]);
  });

  it("applies no functor to () whose parameter is a module", () => {
    expect(check("module F (X : sig end) = struct end module R = F ()").told).toEqual(["error 47-51"]);
    expect(check("module F (X : sig end) () = struct end module R = F () ()").told).toEqual(["error 50-57"]);
  });

  it("takes letters beyond ASCII in names and in delimiters of strings", () => {
    const bytes = (text: string): string => Buffer.from(text).toString("latin1");
    expect(last(bytes("let \u00e9t\u00e9 = {\u00e9|a|b|\u00e9} let x = e\u0301te\u0301"))).toBe("val x : string");
  });

  it("has no labelled tuples yet", () => {
    for (const source of ["let t = ~x:1, ~y:2", "let f (~x, ~y) = x", "type t = x:int * int"]) expect(check(source).told.some((d) => d.startsWith("error")), source).toBe(true);
  });
});
