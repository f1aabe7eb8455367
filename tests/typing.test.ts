import { describe, expect, it } from "vitest";
import { TypingSession } from "../compiler-worker/typing/session.ts";

/** Signature and errors of one unit that needs no library. */
function check(text: string, warnings = "", alerts = ""): { signature: string; errors: string[]; told: string[] } {
  const source = { name: "A", package: "", interface: undefined, implementation: { name: "a.ml", text }, opens: [], warnings, alerts };
  const session = new TypingSession({ find: (name) => (name === "A" ? source : undefined) });
  const { diagnostics } = session.typeUnit("A");
  const told = diagnostics.map((d) => `${d.severity} ${d.warning?.number === 3 ? d.warning.name : (d.warning?.number ?? "")} ${d.location.start}-${d.location.end}`);
  return { signature: session.signatureText("A"), errors: diagnostics.filter((d) => d.severity === "error").map((d) => d.message), told };
}

// The expected signatures are those that `ocamlc -i` printed.
describe("inferred signatures", () => {
  it.each([
    ["let id x = x", "val id : 'a -> 'a"],
    ["let rec map f = function [] -> [] | x :: r -> f x :: map f r", "val map : ('a -> 'b) -> 'a list -> 'b list"],
    ["let f ?(a = 1) ~b c = (a, b, c)", "val f : ?a:int -> b:'a -> 'b -> int * 'a * 'b"],
    ["exception E of int", "exception E of int"],
  ])("%s", (source, signature) => {
    const result = check(source);
    expect(result.errors).toEqual([]);
    expect(result.signature).toBe(signature);
  });
});

describe("GADTs", () => {
  it("refines locally abstract types in a match", () => {
    const result = check("type _ t = I : int -> int t | B : bool -> bool t\nlet eval : type a. a t -> a = function I n -> n | B b -> b");
    expect(result.errors).toEqual([]);
    expect(result.signature).toContain("val eval : 'a t -> 'a");
  });
});

describe("existential types of one name", () => {
  it("are numbered, without places where they would be defined", () => {
    const [error] = check("type unit' = U type t = K : 'a -> t let f x y = match x, y with K a, K b -> (match K a, K b with K c, K d -> (c : unit'))").errors;
    expect(error).toContain("but an expression was expected of type unit'");
    expect(error).not.toContain("_none_");
  });
});

describe("private row types", () => {
  it("are what a closed variant type with the same tags and more may stand for", () => {
    const signature = "type e = [ `A | `B ]\nmodule type S = sig type error = private [> e ] end\n";
    expect(check(`${signature}module type T = S with type error = e\nmodule M : S = struct type error = [ e | \`C ] end`).errors).toEqual([]);
    expect(check(`${signature}module M : S = struct type error = [ \`A ] end`).errors.join("\n")).toContain("is not included in");
  });
});

describe("thousands of tags", () => {
  const tags = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  // Each new tag copied the row of those before it.
  it("are gathered from the cases of a function and the elements of a list in seconds", () => {
    const cases = tags("`T", 6000);
    const { signature } = check(`let f = function ${cases.map((t, i) => `${t} -> ${i}`).join(" | ")}\nlet l = [ ${cases.join("; ")} ]`);
    expect(signature.startsWith("val f :\n  [< `T0")).toBe(true);
    expect(signature).toContain("val l :\n  [> `T0");
    expect(check(`let l = [ ${cases.map((t, i) => `${t} ${i}`).join("; ")} ]`).signature).toContain("| `T5999 of int");
  }, 60_000);
  // What the other constructors are was made for each of them, whether or not there was something to show.
  it("are matched in pairs in seconds", () => {
    const constructors = tags("C", 6000);
    const match = (rest: string): string => `type t = ${constructors.join(" | ")} type b = T | F let f a b = match a, b with ${constructors.map((c) => `${c}, ${c} -> T`).join(" | ")}${rest}`;
    expect(check(match(" | _ -> F")).told).toEqual([]);
    expect(check(match("")).told).toEqual([expect.stringContaining("warning 8 ")]);
  }, 60_000);
  // Rows in as many parts were put together anew for every pattern, and exceptions compared with all others.
  it("are matched through the types that they come from, and as exceptions, in seconds", () => {
    const types = `type a = [ ${tags("`A", 4000).join(" | ")} ] type b = [ ${tags("`B", 4000).join(" | ")} ]`;
    expect(check(`${types} let f = function #a -> 1 | #b -> 2`).signature.includes("val f :\n  [< `A0")).toBe(true);
    expect(check(`${tags("exception E", 4000).join("\n")}\nlet f = function ${tags("E", 4000).map((e, i) => `${e} -> ${i}`).join(" | ")} | _ -> 0`).signature).toContain("val f : exn -> int");
  });
});

describe("errors of syntax", () => {
  it("come in the order of the text, those of tokens too", () => {
    const places = check("let f = private 1\nlet y = 1e\n").told.map((d) => d.split(" ").at(-1));
    expect(places.slice(0, 2)).toEqual(["8-15", "26-28"]);
  });
});

describe("rejections", () => {
  it.each([
    ["let x = y", "Unbound value y"],
    ["let f x = x x", "occurs inside"],
    ['let x = if true then 1 else "a"', "This expression has type string"],
    ["module M : sig val x : int end = struct end", "required but not provided"],
  ])("%s", (source, message) => {
    expect(check(source).errors.join("\n")).toContain(message);
  });
});

describe("types of one name", () => {
  it.each([
    ["type t = A let x = A module M = struct type t = B let y : t = x end", "This expression has type t/2\n       but an expression was expected of type t\n       t is the type defined in a.ml, line 1\n       t/2 is the type defined in a.ml, line 1"],
    ["type int = A let y : int = 1", "This expression has type int/2\n       but an expression was expected of type int\n       int is the type defined in a.ml, line 1\n       int/2 is the type that OCaml predefines"],
    ["module A = struct type t = X end let x = A.X module M = struct module A = struct type t = Y end let f : A.t = x end", "This expression has type A/2.t\n       but an expression was expected of type A.t"],
    ["type t = A let x = A module M : sig type t val x : t end = struct type t = B let x = x end", "The type t/2 is not compatible with the type t\n       t is the type defined"],
  ])("are told apart: %s", (source, message) => {
    expect(check(source).errors.join("\n")).toContain(message);
  });

  // As OCaml prints signatures since 5.1.
  it("are told apart in signatures", () => {
    expect(check("type t = A module M = struct let x = A type t = B let f () = (A, B) end let z = M.f").signature).toBe(
      "type t = A\nmodule M : sig val x : t type t = B val f : unit -> t/2 * t end\nval z : unit -> t * M.t",
    );
  });
});

describe("private rows", () => {
  it.each(["type 'a t = private < m : int; .. > as 'a", "type 'a t = private [> `A ] as 'a", "module type S = sig type 'a t = private [< `A | `B ] as 'a end"])("cannot be a parameter: %s", (source) => {
    expect(check(source).errors.join("\n")).toContain("The private row type t is named by the type's own parameter");
  });
});

// Places and verdicts are ocamlc's, under `-w +68`.
describe("patterns that look into what can be changed, in functions of several parameters", () => {
  const record = "type t = { mutable a : int; b : int }\n";
  it.each([
    [`${record}let f {a; _} y = a + y`, ["44-50"]],
    [`${record}let f {b; _} y = b + y`, []],
    [`${record}let f {a; _} = let g y = a + y in g`, []],
    [`${record}let f {a; _} = function 1 -> a | y -> a + y`, ["44-50"]],
    [`${record}let f = function {a = 1; _} -> (fun y -> y) | {a = _; _} -> (fun z -> z)`, []],
    [`${record}let f x ({a; _} : t) {a = b; _} z = x + a + b + z`, ["59-69", "47-53"]],
    ["let f (lazy x) y = x + y", ["6-14"]],
    ["let f (lazy x) = x", []],
    // Defaults are computed when all arguments are there, and what comes after them waits.
    ["let f ?(x = 1) (lazy y) z = x + y + z", []],
    ["let f ?(x = 1) a = function b -> function (lazy y) -> fun z -> x + y + z + a + b", []],
    ["let f (lazy y) ?(x = 1) z = x + y + z", ["6-14"]],
    ["let f ?x (lazy y) z = (x, y + z)", ["9-17"]],
    ["let f ?(x = 1) () = let y = x in fun (lazy z) a -> x + y + z + a", ["37-45"]],
    ["let ( let* ) x f = f x let g x = let* (lazy a) = x in fun y -> a + y", ["38-46"]],
  ])("%s", (source, places) => {
    const { errors, told } = check(`external ( + ) : int -> int -> int = "%addint" ${source}`, "-a+68");
    expect(errors).toEqual([]);
    expect(told).toEqual(places.map((p) => `warning 68 ${p.split("-").map((n) => Number(n) + 47).join("-")}`));
  });
});

describe("applications of functors that do not fit", () => {
  const types = "module type S = sig type t val x : t end module type T = sig val y : int end module M = struct type t = A let x = A end module N = struct let y = 1 end module O = struct type t = B let x = B end\n";
  // The texts are those that the real compiler gives, with what is required in full.
  it.each([
    ["module F (X : S) (Y : T) = struct end module R = F (N) (M)", ["These arguments:\n         N M", "do not match these parameters:\n         functor (X : S) (Y : T) -> ...", "1. Modules do not match:\n            N : sig val y : int end\n          is not included in\n            S\n          The type `t' is required but not provided", "2. Modules do not match:\n            M : sig type t = A val x : t end\n          is not included in\n            T\n"]],
    ["module F (X : S) (Y : T) = struct end module R = F (M) (N) (O)", ["1. Module M matches the expected module type S", "2. Module N matches the expected module type T", "3. The following extra argument is provided\n              O : sig type t = B val x : t end"]],
    ["module F (X : S) (Y : T) = struct end module R = F (O) (M) (N)", ["1. The following extra argument is provided\n              O : ", "2. Module M matches", "3. Module N matches"]],
    ["module F (X : S) (Y : S) (Z : T) = struct end module R = F (M) (N)", ["An argument appears to be missing with module type S", "3. Module N matches"]],
    ["module F (X : S) (Y : S with type t = X.t) = struct end module R = F (M) (O)", ["functor (X : S) (Y : $T2) -> ...", "$T2 = sig type t = M.t val x : t end", "type t = O.t = B\n          is not included in\n            type t = M.t"]],
    ["module F (X : S) () = struct end module R = F (M) (N)", ["This is a generative functor. It can only be applied to ()"]],
    ["module F (X : T) = struct end module R = F (M)", ["Modules do not match:\n  sig type t = A val x : t end\nis not included in\n  T\nThe value `y' is required but not provided"]],
  ])("%s", (source, texts) => {
    const { errors } = check(types + source);
    expect(errors).toHaveLength(1);
    for (const text of texts) expect(errors[0]).toContain(text);
  });
});

describe("declarations that do not match", () => {
  // The places are those that the real compiler gives.
  it.each([
    ["module M : sig val x : int end = struct let x = 'c' end", "The type char is not compatible with the type int\nFile \"a.ml\", line 1, characters 15-26: Expected declaration\nFile \"a.ml\", line 1, characters 44-45: Actual declaration"],
    ["module M : sig\n  type t = A | B of int\nend = struct type t = A end", 'File "a.ml", line 2, characters 2-23: Expected declaration\nFile "a.ml", line 3, characters 13-23: Actual declaration'],
    ["module M : sig exception E of int end = struct exception E end", 'File "a.ml", line 1, characters 15-33: Expected declaration\nFile "a.ml", line 1, characters 47-58: Actual declaration'],
    ["module type S = sig val y : int end module F (X : S) = X module R = F (struct end)", 'The value `y\' is required but not provided\n  val y : int\nFile "a.ml", line 1, characters 20-31: Expected declaration'],
  ])("%s are told with their places", (source, text) => {
    expect(check(source).errors.join("\n")).toContain(text);
  });
});

it("what has no such method is told with its type", () => {
  for (const source of ["let f (o : < x : int >) = o#y", "let o = object (_ : < x : int >) method x = 1 end let y = o#y", "let o = object (o : < x : int >) method x : int = o#y end"]) expect(check(source).errors).toEqual(["This expression has type < x : int >\n       It has no method y"]);
});

// Verdicts are ocamlc's.
describe("specifications of alerts", () => {
  const source = 'module M : sig val f : int -> int [@@alert foo "f"] val g : int [@@deprecated "g"] end = struct let f x = x let g = 1 end\nlet x = M.f M.g';
  it.each([
    { alerts: "", warnings: "", expected: ["alert foo", "alert deprecated"] },
    { alerts: "-deprecated", warnings: "", expected: ["alert foo"] },
    { alerts: "-all+foo", warnings: "", expected: ["alert foo"] },
    { alerts: "++foo", warnings: "", expected: ["error foo", "alert deprecated"] },
    { alerts: "++all", warnings: "", expected: ["error foo", "error deprecated"] },
    { alerts: "++all--deprecated", warnings: "", expected: ["error foo", "alert deprecated"] },
    { alerts: "-all@deprecated", warnings: "", expected: ["error deprecated"] },
    { alerts: "", warnings: "-a", expected: ["alert foo"] },
    { alerts: "+deprecated", warnings: "-a", expected: ["alert foo", "alert deprecated"] },
    { alerts: "++foo", warnings: "-a", expected: ["error foo"] },
    { alerts: "--deprecated", warnings: "@3", expected: ["alert foo", "alert deprecated"] },
  ])("$alerts $warnings", ({ alerts, expected, warnings }) => {
    expect(check(source, warnings, alerts).told.map((d) => d.replace(/ [\d-]+$/, "")).sort()).toEqual([...expected].sort());
  });
});

describe("a unit that is typed inside of another's phrase", () => {
  it("knows nothing of that phrase: a method's type does not bind its variables", () => {
    const file = (name: string, text: string): { name: string; text: string } => ({ name, text });
    const unit = (name: string, text: string, implementation: string) => ({ name, package: "", interface: file(`${name}i`, text), implementation: file(name, implementation), opens: [], warnings: "" });
    const units = new Map([
      ["B", unit("B", "type t\nval f : 'a -> 'b -> t", "type t = int\nlet f _ _ = 1")],
      ["A", unit("A", "class type c = object method m : B.t -> int end", "class type c = object method m : B.t -> int end")],
    ]);
    const session = new TypingSession({ find: (name) => units.get(name) });
    expect(session.typeUnit("A").diagnostics).toEqual([]);
    expect(session.signatureText("A")).toBe("class type c = object method m : B.t -> int end");
  });
});

describe("patterns with as", () => {
  it.each([
    ["type ('a, 'e) r = O of 'a | E of 'e\nlet map f = function O v -> O (f v) | E _ as e -> e\nlet g : (int, string) r -> (bool, string) r = map (fun _ -> true)", "val g : (int, string) r -> (bool, string) r"],
    ["let f = function (`A | `B) as x, _ -> x | _, (`A as y) -> y", "[> `A | `B ]"],
    ["let f ((None, _ as p) : 'a option * 'a) = p", "val f : 'a option * 'a -> 'b option * 'a"],
  ])("%s", (source, signature) => {
    const result = check(source);
    expect(result.errors).toEqual([]);
    expect(result.signature).toContain(signature);
  });
});

describe("let with a constructor that has existential types", () => {
  it("types the body with them", () => {
    const result = check("type e = E : 'a * ('a -> unit) -> e\nlet rec f : type a. a -> unit = fun x -> let (E (y, g) : e) = E (x, f) in g y; f y");
    expect(result.errors).toEqual([]);
    expect(result.signature).toContain("val f : 'a -> unit");
  });
});

describe("equations of a GADT's branch", () => {
  const types = "type _ t = Int : int t | Str : string t type 'a r = { mutable c : 'a } type 'a o = N | S of 'a external set : 'a r -> 'a -> unit = \"%setfield0\" external id : 'a -> 'a = \"%identity\"\n";
  it.each([
    "let f (type a) (x : a t) (v : a) = let r : int o r = id { c = N } in match x with Int -> set r (S v) | Str -> ()",
    "let f (type a) (x : a t) (v : a) (r : int o r) = match x with Int -> set r (S v) | Str -> ()",
    "let f (type a) (x : a t) (v : a) (k : int -> unit) = match x with Int -> k v | Str -> ()",
  ])("are used where the type is known: %s", (source) => {
    expect(check(types + source).errors).toEqual([]);
  });
});

describe("hints", () => {
  const operators = 'external ( +. ) : float -> float -> float = "%addfloat" external ( * ) : int -> int -> int = "%mulint"\n';
  it.each([
    ["let x = 1. +. 2", "Hint: Did you mean `2.'?"],
    ["let f (x : int64) = x let y = f 3", "Hint: Did you mean `3L'?"],
    ["let fact n =\n  n * fact n", "Hint: If this is a recursive definition,\nyou should add the 'rec' keyword on line 2"],
    ["let print () = () let f (x : unit) = x let y = f print", "Hint: Did you forget to provide `()' as argument?"],
    ["let f (g : unit -> int) = g () let y = f 3", "Hint: Did you forget to wrap the expression using `fun () ->'?"],
  ])("%s", (source, hint) => {
    expect(check(operators + source).errors.join("\n")).toContain(hint);
  });
  it("asks for no rec where the definition is no function, or where the name means something else", () => {
    expect(check("let x = x").errors.join("\n")).not.toContain("rec");
    expect(check("let f x = x let f x = f x").errors).toEqual([]);
  });
});

describe("values that are not quantified", () => {
  it("keep the names of their types when other units use them", () => {
    const texts: Record<string, string> = { A: "type 'a cell = { mutable v : 'a list } let r = { v = [] } let () = r.v <- [ \"x\" ]", B: "type name = string let f () = A.r.v <- [ (\"y\" : name) ]", C: "let g () : string list = A.r.v" };
    const session = new TypingSession({ find: (name) => (texts[name] === undefined ? undefined : { name, package: "", interface: undefined, implementation: { name, text: texts[name] }, opens: [], warnings: "-a" }) });
    session.typeUnit("B");
    expect(session.typeUnit("C").diagnostics).toEqual([]);
    expect(session.signatureText("A")).toContain("val r : string cell");
  });
});

describe("types that double with each definition", () => {
  const definitions = (count: number, of: (i: number) => string): string => Array.from({ length: count }, (_, i) => of(i)).join("\n");
  it("are refused when they become too large", () => {
    expect(check(`let f x0 =\n${definitions(40, (i) => `let x${i + 1} = (x${i}, x${i}) in`)} x40`).errors[0]).toBe("The type of this value is too large");
  });
  it("are not shown in full", () => {
    expect(check(`let f0 x = (x, x)\n${definitions(6, (i) => `let f${i + 1} x = f${i} (f${i} x)`)}`).signature).toContain("val f6 : ...");
  });
});

describe("abbreviations of abbreviations", () => {
  it("are looked through once", () => {
    const types = Array.from({ length: 3000 }, (_, i) => `type t${i + 1} = t${i} * int`).join("\n");
    expect(check(`type t0 = int\n${types}`).errors).toEqual([]);
    expect(check("type 'a id = 'a\ntype t = t id").errors).toEqual(["The type abbreviation t is cyclic:\n         t = t id"]);
  });
  it("are followed to the end, as names of module types are", () => {
    const chain = (of: (i: number) => string): string => Array.from({ length: 3000 }, (_, i) => of(i)).join("\n");
    expect(check(`type t0 = int\n${chain((i) => `type t${i + 1} = t${i}`)}\nlet x : t3000 = 1`).errors).toEqual([]);
    expect(check(`module type S0 = sig val x : int end\n${chain((i) => `module type S${i + 1} = S${i}`)}\nmodule M : S3000 = struct let x = 1 end\nlet f (m : (module S3000)) : (module S0) = m`).errors).toEqual([]);
  });
});

describe("warnings", () => {
  function warningsOf(spec: string, implementation: string, signature?: string): string[] {
    const file = (name: string, text: string): { name: string; text: string } => ({ name, text });
    const source = { name: "A", package: "", interface: signature === undefined ? undefined : file("a.mli", signature), implementation: file("a.ml", implementation), opens: [], warnings: spec };
    const session = new TypingSession({ find: (name) => (name === "A" ? source : undefined) });
    return session.typeUnit("A").diagnostics.map((d) => `${d.severity} ${d.warning?.number ?? ""} ${d.location.file.name}`);
  }

  // ocamlc takes what an interface shows as used, and constructors of a signature as not watched.
  it("tell nothing of what functors' parameters have in an interface", () => {
    const signature = "module F (X : sig type t = A | B val v : int exception E end) : sig val f : X.t -> int end";
    const structure = "module F (X : sig type t = A | B val v : int exception E end) = struct let f (_ : X.t) = X.v end";
    expect(warningsOf("-a+32..39+60+67+69", structure, signature)).toEqual([]);
    expect(warningsOf("-a+32..39+60+67+69", structure.replace("= X.v", "= 1"), signature)).toEqual(["warning 32 a.ml"]);
  });

  it("of the lexer are told as -w says", () => {
    const structure = 'let x = "\\q"';
    expect(warningsOf("", structure)).toEqual(["warning 14 a.ml"]);
    expect(warningsOf("-14", structure)).toEqual([]);
    expect(warningsOf("@14", structure)).toEqual(["error 14 a.ml"]);
  });
});

describe("types that are left open", () => {
  it("are an error unless an interface hides them", () => {
    const text = "type 'a t = N | S of 'a\ntype 'a r = { mutable c : 'a t }\nlet r = { c = N }";
    expect(check(text).errors.join("\n")).toContain("contains the non-generalizable type variable(s): '_weak1");
    const file = (name: string, content: string): { name: string; text: string } => ({ name, text: content });
    const source = { name: "A", package: "", interface: file("a.mli", ""), implementation: file("a.ml", text), opens: [], warnings: "" };
    expect(new TypingSession({ find: (name) => (name === "A" ? source : undefined) }).typeUnit("A").diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  });
});
