import { describe, expect, test } from "vitest";
import type { CompletionList, Definition, Hover, StudioProject } from "../api.ts";
import { application, project, smallLibrary } from "../composition/testing/small-library.ts";
import { Compiler } from "../service/service.ts";

const compiler = new Compiler({ archive: smallLibrary, now: () => 0 });

/** The project with `unikernel.ml` and the place of the mark `|` in it, which is taken out; `‖` stands for a bar. */
function marked(source: string, others: Record<string, string> = {}): { project: StudioProject; position: { line: number; column: number } } {
  const at = source.indexOf("|");
  const before = source.slice(0, at).split("\n");
  const text = (source.slice(0, at) + source.slice(at + 1)).replaceAll("‖", "|");
  return { project: project({ "unikernel.ml": text, ...others }, [application("Unikernel")], []), position: { line: before.length, column: before[before.length - 1]!.length + 1 } };
}
const hover = (source: string, others?: Record<string, string>): Promise<Hover | undefined> => {
  const { project: p, position } = marked(source, others);
  return compiler.hover(p, "unikernel.ml", position);
};
const definition = (source: string, others?: Record<string, string>): Promise<Definition | undefined> => {
  const { project: p, position } = marked(source, others);
  return compiler.definition(p, "unikernel.ml", position);
};
const complete = (source: string, others?: Record<string, string>): Promise<CompletionList> => {
  const { project: p, position } = marked(source, others);
  return compiler.complete(p, "unikernel.ml", position);
};
const labels = async (source: string, others?: Record<string, string>): Promise<string[]> => (await complete(source, others)).items.map((i) => i.label);

const MAIN = (body: string): string => `module Main (Disk : Disk.S) = struct\n  (** How many there are. *)\n  let count = 3\n  let start (d : Disk.t) = ${body}\nend\n`;

describe("hovers", () => {
  test("show the type that a variable has at its place", async () => {
    expect(await hover(MAIN("Lwt.bi|nd (Disk.read d 0) (fun _ -> Lwt.return_unit)"))).toMatchObject({ code: "bind : string Lwt.t -> (string -> unit Lwt.t) -> unit Lwt.t", range: { startLine: 4, startColumn: 28, endColumn: 36 } });
    expect(await hover(MAIN("Lwt.bind (Disk.read d 0) (fun s| -> Lwt.return_unit)"))).toMatchObject({ code: "s : string" });
    expect(await hover(MAIN("Lwt.bind (Disk.read d| 0) (fun _ -> Lwt.return_unit)"))).toMatchObject({ code: "d : Disk.t" });
    expect(await hover(MAIN("let _ = |count in Lwt.return_unit"))).toMatchObject({ code: "count : int", documentation: "How many there are." });
  });

  test("show what modules, types and constructors are", async () => {
    expect((await hover(MAIN("Lwt.bind (Di|sk.read d 0) (fun _ -> Lwt.return_unit)")))!.code).toMatch(/^module Disk : sig type t val read : /);
    expect((await hover("module Main (D : Disk.|S) = struct end"))!.code).toMatch(/^module type S = sig[ \n]/);
    expect((await hover("module Main (D : Dis|k.S) = struct end"))!.code).toMatch(/^module Disk : sig[ \n]/);
    expect(await hover("type t = A of int ‖ B\nlet x = |A 3")).toMatchObject({ code: "A of int : t" });
    expect(await hover("type t = A of int ‖ B\nlet f = function A| _ -> 1 ‖ B -> 2")).toMatchObject({ code: "A of int : t" });
    expect(await hover("type t = { size : int }\nlet f r = r.siz|e")).toMatchObject({ code: "size : int  (of t)" });
    expect(await hover("type t = { size : int }\nlet f (r : t|) = r.size")).toMatchObject({ code: "type t = { size : int; }" });
  });

  test("take names for what they are where they stand: types on either side of a colon, tags, methods and labels", async () => {
    const both = "type size = int ‖ string\nlet size = 1\n".replace("int ‖ string", "int");
    expect(await hover(`${both}let f = fun (x :\n  (string * si|ze)) -> x`)).toMatchObject({ code: "type size = int" });
    expect(await hover(`${both}let f x = if true then (x : int) else si|ze`)).toMatchObject({ code: "size : int" });
    expect(await hover(`${both}type u = Sized of si|ze`)).toMatchObject({ code: "type size = int" });
    expect(await hover(`${both}let f (x : < size : string >) = x#si|ze`)).toMatchObject({ code: "size : string" });
    expect(await hover("type t = A\nlet x = `A|")).toMatchObject({ code: "[> `A ]" });
    expect(await hover(`${both}let f ~size = size ^ ""\nlet x = f ~si|ze:"a"`)).toMatchObject({ code: "~size : string" });
  });

  test("show the type of the innermost expression elsewhere", async () => {
    expect(await hover('let f x = (x, "a|") ')).toMatchObject({ code: "string" });
    expect(await hover("let x = 1 (* a| comment *)")).toBeUndefined();
    expect(await hover("let x = = |1")).toBeUndefined();
  });
});

describe("definitions", () => {
  test("are found in the file, in other files and in the library", async () => {
    expect(await definition("let one = 1\nlet two = on|e + one")).toMatchObject({ file: "unikernel.ml", origin: "project", range: { startLine: 1, startColumn: 5 } });
    expect(await definition("let f x =\n  let y = x in\n  y| + 1")).toMatchObject({ range: { startLine: 2, startColumn: 7 } });
    expect(await definition("let x = Other.a|nswer", { "other.ml": "let b = 1\nlet answer = 42" })).toMatchObject({ file: "other.ml", origin: "project", range: { startLine: 2, startColumn: 5 } });
    expect(await definition("let x = Oth|er.answer", { "other.ml": "let answer = 42" })).toMatchObject({ file: "other.ml", range: { startLine: 1, startColumn: 1 } });
    const library = await definition(MAIN("Lwt.bind (Disk.re|ad d 0) (fun _ -> Lwt.return_unit)"));
    expect(library).toMatchObject({ file: "disk/disk.mli", origin: "library" });
    const { text, range } = library!;
    expect(text.split("\n")[range.startLine - 1]!.slice(range.startColumn - 1, range.endColumn - 1)).toBe("read");
    expect(text.split("\n")[range.startLine - 1]).toContain("val read : t -> int -> string Lwt.t");
  });

  test("of tags, methods and labels are where types and functions have them", async () => {
    expect(await definition("type t = [ `A ‖ `B ]\nlet x = `B|")).toMatchObject({ range: { startLine: 1, startColumn: 18, endColumn: 19 } });
    expect(await definition("let area = 1\nclass c = object method area = 1 end\nlet f (x : c) = x#are|a")).toMatchObject({ range: { startLine: 2, startColumn: 25 } });
    expect(await definition("let size = 1\nlet f ~size = size\nlet x = f ~si|ze:2")).toMatchObject({ range: { startLine: 2, startColumn: 8 } });
    expect(await definition("let area = 1\nlet f x = x#are|a")).toBeUndefined();
  });

  test("lead from where a name is bound to itself, from an interface to the implementation", async () => {
    expect(await definition("let on|e = 1")).toMatchObject({ file: "unikernel.ml", range: { startLine: 1, startColumn: 5 } });
    const files = { "unikernel.ml": "", "other.mli": "type t\nmodule Inner : sig\n  val answer : t\nend\nmodule Make (X : sig type u end) : sig\n  val f : X.u -> t\nend\n", "other.ml": "let unrelated = 1\ntype t = int\nmodule Inner = struct\n  let answer = 42\nend\nmodule Make (X : sig type u end) = struct\n  let f _ = 1\nend\n" };
    const p = project(files, [application("Unikernel")], []);
    expect(await compiler.definition(p, "other.mli", { line: 3, column: 8 })).toMatchObject({ file: "other.ml", range: { startLine: 4, startColumn: 7 } });
    expect(await compiler.definition(p, "other.mli", { line: 3, column: 16 })).toMatchObject({ file: "other.mli", range: { startLine: 1 } });
    expect(await compiler.definition(p, "other.mli", { line: 1, column: 6 })).toMatchObject({ file: "other.ml", range: { startLine: 2 } });
    // Interfaces have hovers too, with what is around the place.
    expect(await compiler.hover(p, "other.mli", { line: 3, column: 8 })).toMatchObject({ code: "val answer : t" });
    expect(await compiler.hover(p, "other.mli", { line: 6, column: 13 })).toMatchObject({ code: "type u" });
  });

  test("lead through the library's sources", async () => {
    const p = project({ "unikernel.ml": "" }, [application("Unikernel")], []);
    const lwt = await compiler.moduleSource(p, "Lwt");
    expect(lwt).toMatchObject({ file: "lwt/lwt.mli", origin: "library", other: { file: "lwt/lwt.ml" } });
    const line = lwt!.text.split("\n").findIndex((text) => text.includes("val return_unit")) + 1;
    const column = lwt!.text.split("\n")[line - 1]!.indexOf("return_unit") + 1;
    expect(await compiler.hover(p, "lwt/lwt.mli", { line, column })).toMatchObject({ code: "val return_unit : unit t" });
    const implementation = await compiler.definition(p, "lwt/lwt.mli", { line, column });
    expect(implementation).toMatchObject({ file: "lwt/lwt.ml", other: { file: "lwt/lwt.mli" } });
    expect(implementation!.text.split("\n")[implementation!.range.startLine - 1]).toContain("let return_unit");
    expect(await compiler.moduleSource(p, "No.such")).toBeUndefined();
    expect(await compiler.moduleSource(p, "not ocaml (")).toBeUndefined();
  });

  test("of names that mean nothing are not", async () => {
    expect(await definition("let x = nothing| + 1")).toBeUndefined();
    expect(await definition("let x = 1| + 1")).toBeUndefined();
  });
});

describe("completions", () => {
  test("after a dot are the module's components, of a kind and with types", async () => {
    const list = await complete("let x = Lwt.ret|");
    expect(list.items).toEqual([
      { label: "return", kind: "value", detail: "val return : 'a -> 'a t", documentation: undefined },
      { label: "return_unit", kind: "value", detail: "val return_unit : unit t", documentation: undefined },
    ].map((i) => ({ ...i, detail: expect.stringContaining(`val ${i.label} :`) })));
    expect(list.range).toEqual({ startLine: 1, startColumn: 13, endLine: 1, endColumn: 16 });
    expect(await labels("let x = Lwt.Infix.|")).toEqual([]);
    expect(await labels("let x = Lwt.|")).toEqual(expect.arrayContaining(["bind", "t", "Infix"]));
    expect(await labels("module Main (D : Disk.|) = struct let start d = d end")).toEqual(expect.arrayContaining(["S", "Old"]));
  });

  test("know parameters, local variables and what the functor is given, in unfinished code", async () => {
    const source = MAIN("let local = 1 in lo|");
    expect(await labels(source)).toContain("local");
    expect(await labels(MAIN("Lwt.bind (Disk.|) (fun _ -> Lwt.return_unit)"))).toEqual(["read", "sectors", "t"]);
    expect(await labels(MAIN("d|"))).toContain("d");
    expect(await labels("let alpha = 1\nlet beta = al|\nlet gamma = 3")).toContain("alpha");
    expect(await labels("let beta = |\nlet gamma = 3")).not.toContain("gamma");
  });

  test("of capitalised words are constructors, modules and the library's units", async () => {
    expect(await labels("type t = Alpha ‖ Beta\nlet x = A|")).toContain("Alpha");
    expect(await labels("let x = Mirage_|")).toEqual(expect.arrayContaining(["Mirage_logs", "Mirage_sleep"]));
    expect(await labels("let x = Oth|", { "other.ml": "" })).toEqual(["Other"]);
  });

  test("after a sign are the labels that the function can still be given", async () => {
    const f = "let f ~size ?(more = 1) ~(name : string) () = size + more\n";
    expect(await labels(`${f}let x = f ~|`)).toEqual(["size", "more", "name"]);
    expect(await labels(`${f}let x = f ~size:1 ~n|`)).toEqual(["more", "name"]);
    expect((await complete(`${f}let x = f ?|`)).items[1]).toMatchObject({ label: "more", kind: "label", detail: "?more:int" });
    expect(await labels("let x = 1 ~|")).toEqual([]);
  });

  test("are none where nothing is known", async () => {
    expect(await labels("let x = No_such.|")).toEqual([]);
    expect(await labels("(* com|")).toEqual([]);
  });
});
