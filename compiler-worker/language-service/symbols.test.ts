import { describe, expect, test } from "vitest";
import type { StudioProject, TextEdit, TextPosition } from "../api.ts";
import { application, deviceNode, project, smallLibrary } from "../composition/testing/small-library.ts";
import { Compiler } from "../service/service.ts";
import { offsetAt } from "../service/text.ts";

const compiler = new Compiler({ archive: smallLibrary, now: () => 0 });

/** A project whose file with the mark `^` is asked about; the mark is taken out. */
function marked(files: Record<string, string>): { project: StudioProject; file: string; position: TextPosition } {
  const [file, text] = Object.entries(files).find(([, t]) => t.includes("^"))!;
  const before = text.slice(0, text.indexOf("^")).split("\n");
  const clean = { ...files, [file]: text.replace("^", "") };
  return { project: project(file === "unikernel.ml" || "unikernel.ml" in clean ? clean : { "unikernel.ml": "", ...clean }, [application("Unikernel")], []), file, position: { line: before.length, column: before.at(-1)!.length + 1 } };
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  const offset = (line: number, column: number): number => offsetAt(text, line, column);
  for (const { range, text: written } of [...edits].sort((a, b) => b.range.startLine - a.range.startLine || b.range.startColumn - a.range.startColumn))
    result = result.slice(0, offset(range.startLine, range.startColumn)) + written + result.slice(offset(range.endLine, range.endColumn));
  return result;
}

/** The files after renaming, or the reason why not. */
async function renamed(name: string, files: Record<string, string>): Promise<Record<string, string> | string> {
  const { project: p, file, position } = marked(files);
  const result = await compiler.rename(p, file, position, name);
  if (!result.ok) return result.reason;
  return Object.fromEntries(Object.keys(files).map((at) => [at, applied(p.files[at]!, result.edits.filter((e) => e.file === at))]));
}
const renamedIn = async (name: string, text: string): Promise<string> => {
  const result = await renamed(name, { "unikernel.ml": text });
  return typeof result === "string" ? `refused: ${result}` : result["unikernel.ml"]!;
};

/** Lines and columns of references, definitions with a star. */
async function places(files: Record<string, string>, within = false): Promise<string[]> {
  const { project: p, file, position } = marked(files);
  return (await compiler.references(p, file, position, within)).map((r) => `${r.isDefinition ? "*" : ""}${r.file} ${r.range.startLine}:${r.range.startColumn}`);
}

/** The text after each fix of the problems in the marked place, by title. */
async function fixed(text: string): Promise<Record<string, string>> {
  const { project: p, file, position } = marked({ "unikernel.ml": text });
  const fixes = await compiler.fixes(p, file, { startLine: position.line, startColumn: position.column, endLine: position.line, endColumn: position.column });
  return Object.fromEntries(fixes.map((f) => [f.title, applied(p.files[file]!, f.edits)]));
}

describe("references", () => {
  test("are those of the same variable, not of another one of its name", async () => {
    expect(await places({ "unikernel.ml": "let x = 1\nlet f ^x = x + 1\nlet y = x" })).toEqual(["*unikernel.ml 2:7", "unikernel.ml 2:11"]);
    expect(await places({ "unikernel.ml": "let x = 1\nlet f x = x + 1\nlet y = ^x" })).toEqual(["*unikernel.ml 1:5", "unikernel.ml 3:9"]);
    expect(await places({ "unikernel.ml": "let f = function (^a, 0) | (0, a) -> a | _ -> 0" })).toHaveLength(3);
    expect(await places({ "unikernel.ml": "let x = 1 let y = (* x *) ^x + String.length \"x\"" })).toHaveLength(2);
  });

  test("are of types, constructors, fields, modules and module types, chosen by types", async () => {
    expect(await places({ "unikernel.ml": "type a = A of int | ^X\ntype b = X | Y\nlet f : a -> int = function X -> 1 | A n -> n\nlet g = function X -> 1 | Y -> 2" })).toEqual(["*unikernel.ml 1:21", "unikernel.ml 3:29"]);
    expect(await places({ "unikernel.ml": "type p = { ^x : int }\ntype q = { x : string }\nlet f (p : p) = p.x\nlet g q = q.x\nlet h x : p = { x }" })).toEqual(["*unikernel.ml 1:12", "unikernel.ml 3:19", "unikernel.ml 5:17"]);
    expect(await places({ "unikernel.ml": "module type ^S = sig type t val f : t end\nmodule F (X : S) = struct let y = X.f end\nmodule M : S = struct type t = int let f = 1 end" })).toEqual(["*unikernel.ml 1:13", "unikernel.ml 2:15", "unikernel.ml 3:12"]);
    expect(await places({ "unikernel.ml": "module F (^X : sig type t val f : t end) = struct let y : X.t = X.f end" })).toHaveLength(3);
    expect(await places({ "unikernel.ml": "module type S = sig type ^t val f : t -> t end\nmodule F (X : S) = struct let y : X.t -> X.t = X.f end" })).toHaveLength(5);
  });

  test("are found in definitions that mention themselves, of loops' variables, locally abstract types, aliases and classes", async () => {
    expect(await places({ "unikernel.ml": "type ^t = Leaf | Node of t * u and u = t\nlet f (x : t) = x" })).toHaveLength(4);
    expect(await places({ "unikernel.ml": "type t = int\ntype nonrec t = t\nlet f (x : ^t) = x" })).toEqual(["*unikernel.ml 2:13", "unikernel.ml 3:12"]);
    expect(await places({ "unikernel.ml": "let f g = for ^i = 0 to 3 do g i; for i = i to 2 do g i done done" })).toEqual(["*unikernel.ml 1:15", "unikernel.ml 1:31", "unikernel.ml 1:42"]);
    expect(await places({ "unikernel.ml": "type a = int\nlet f : type ^a. a -> a = fun x -> (x : a)\nlet g (type a) (x : a) : a = x" })).toEqual(["*unikernel.ml 2:14", "unikernel.ml 2:17", "unikernel.ml 2:22", "unikernel.ml 2:40"]);
    expect(await places({ "unikernel.ml": "let f = function (0 as ^n) -> n | m -> m" })).toHaveLength(2);
    expect(await places({ "unikernel.ml": "class ^c = object method m = 1 end\nclass d = object inherit c end\nlet f (x : c) = x let y = new c let g (z : #c) = z" })).toHaveLength(5);
  });

  test("go over files, interfaces and what implements them; parameters and arguments of functors", async () => {
    const files = { "other.mli": "val answer : int\n", "other.ml": "let answer = 42\nlet twice = answer * 2\n", "unikernel.ml": "let x = Other.^answer\n" };
    const all = ["*other.ml 1:5", "other.ml 2:13", "*other.mli 1:5", "unikernel.ml 1:15"];
    expect(await places(files)).toEqual(all);
    expect(await places({ ...files, "unikernel.ml": "let x = Other.answer\n", "other.ml": "let ^answer = 42\nlet twice = answer * 2\n" })).toEqual(all);
    expect(await places(files, true)).toEqual(["unikernel.ml 1:15"]);
    expect(await places({ "unikernel.ml": "module type S = sig val ^go : int end\nmodule F (X : S) = struct let y = X.go end\nmodule A = struct let go = 1 end\nmodule B = F (A)" })).toHaveLength(3);
    expect(await places({ "unikernel.ml": "open ^Other\nlet x = Other.f y", "other.ml": "let f x = x let y = 1" })).toEqual(["unikernel.ml 1:6", "unikernel.ml 2:9"]);
  });

  test("are of tags and methods by their names, of labels by their functions, and of instance variables", async () => {
    expect(await places({ "unikernel.ml": "type t = [ `A | `^B of int ]\nlet f : t -> int = function `A -> 0 | `B n -> n\nlet x = `B 1 let b = \"`B\"\nlet g (x : [< `A | `B of int > `A `B ]) = x", "other.ml": "let x = `B 2" })).toEqual(["other.ml 1:10", "*unikernel.ml 1:18", "unikernel.ml 2:40", "unikernel.ml 3:10", "*unikernel.ml 4:21", "unikernel.ml 4:36"]);
    expect(await places({ "unikernel.ml": "class type s = object method ^area : int end\nclass c = object (self) method area = 1 method twice = 2 * self#area end\nlet f (x : < area : int; .. >) = x#area" })).toEqual(["*unikernel.ml 1:30", "*unikernel.ml 2:32", "unikernel.ml 2:65", "*unikernel.ml 3:14", "unikernel.ml 3:36"]);
    expect(await places({ "unikernel.ml": "let f ~size ?(more = 1) () = size + more\nlet g ~size = size + f ~size ~more:2 ()\nlet x = g ~size:3 + f ~^size:3 ()" })).toEqual(["*unikernel.ml 1:8", "unikernel.ml 2:25", "unikernel.ml 3:24"]);
    expect(await places({ "unikernel.ml": "let x = Other.f ~^size:1 ()", "other.mli": "val f : ?more:int -> size:int -> unit -> int", "other.ml": "let f ?more:(m = 1) ~size () = m + size" })).toEqual(["*other.ml 1:22", "*other.mli 1:22", "unikernel.ml 1:18"]);
    expect(await places({ "unikernel.ml": "class c ~start = object val mutable n : int = start method up = n <- n + 1 end\nlet x = new c ~^start:1" })).toEqual(["*unikernel.ml 1:10", "unikernel.ml 2:16"]);
    expect(await places({ "unikernel.ml": "class c = object val mutable ^n = 0 method up = n <- n + 1 method copy = {< n = 1 >} end\nlet n = 1" })).toEqual(["*unikernel.ml 1:30", "unikernel.ml 1:48", "unikernel.ml 1:53", "unikernel.ml 1:76"]);
    expect(await places({ "unikernel.ml": "class c = object method m = 1 end\nclass d = object inherit c as ^super method n = super#m end" })).toEqual(["*unikernel.ml 2:31", "unikernel.ml 2:48"]);
  });

  test("are found beside errors, and are none of what means nothing", async () => {
    expect(await places({ "unikernel.ml": "let ^x = 1\nlet y = x\nlet z = nothing" })).toHaveLength(2);
    expect(await places({ "unikernel.ml": "let x = ^nothing" })).toEqual([]);
    expect(await places({ "unikernel.ml": "(* ^ *)" })).toEqual([]);
  });
});

const MAIN_WITH_PORT = "module Main (D : Disk.S) = struct let start (_ : D.t) = Lwt.return_unit end";

describe("renaming", () => {
  test("writes the name wherever it stands, with labels and fields that were written as it", async () => {
    expect(await renamedIn("count", "let f ^n ~m = n + m\nlet n = f 1 ~m:2")).toBe("let f count ~m = count + m\nlet n = f 1 ~m:2");
    expect(await renamedIn("b", "type t = { a : int }\nlet f ^a = { a }\nlet g { a } = a")).toBe("type t = { a : int }\nlet f b = { a = b }\nlet g { a } = a");
    expect(await renamedIn("b", "type t = { ^a : int }\nlet f a = { a }\nlet g { a } = a")).toBe("type t = { b : int }\nlet f a = { b = a }\nlet g { b = a } = a");
    expect(await renamedIn("b", "let f ~^a ?(c = 1) () = a + c\nlet a = 1 let x = f ~a ()")).toBe("let f ~a:b ?(c = 1) () = b + c\nlet a = 1 let x = f ~a ()");
    expect(await renamedIn("b", "let f ?(^a = 1) () = a\nlet x = f ~a:2 ()")).toBe("let f ?a:(b = 1) () = b\nlet x = f ~a:2 ()");
    expect(await renamedIn("b", "let f ~a = a\nlet ^a = 1\nlet x = f ~a")).toBe("let f ~a = a\nlet b = 1\nlet x = f ~a:b");
    expect(await renamedIn("Made", "module ^Make = struct let x = 1 end\nopen Make\nlet y = Make.x")).toBe("module Made = struct let x = 1 end\nopen Made\nlet y = Made.x");
    expect(await renamedIn("größe", 'let é = "é" let ^x = é\nlet y = x')).toBe('let é = "é" let größe = é\nlet y = größe');
  });

  test("is of tags, methods and labels, which stay apart from variables that were written as they", async () => {
    expect(await renamedIn("Off", "let x = `^On\nlet f = function `On -> 1 | `Other -> 2")).toBe("let x = `Off\nlet f = function `Off -> 1 | `Other -> 2");
    expect(await renamedIn("size", "class c = object (s) method ^area = 1 method m = s#area end")).toBe("class c = object (s) method size = 1 method m = s#size end");
    expect(await renamedIn("b", "let f ~a ?(c = 1) () = a + c\nlet a = 1 let x = f ~a () + f ~^a:2 ()")).toBe("let f ~b:a ?(c = 1) () = a + c\nlet a = 1 let x = f ~b:a () + f ~b:2 ()");
    expect(await renamedIn("d", "let f ~a ?(c = 1) () = a + c\nlet x = f ~a:2 ~^c:3 ()")).toBe("let f ~a ?d:(c = 1) () = a + c\nlet x = f ~a:2 ~d:3 ()");
    expect(await renamedIn("b", "let f ~a = a let g = f\nlet x = g ~a:1 + f ~^a:1")).toMatch(/^refused: The program would have an error/);
    expect(await renamedIn("B", "let f ~a = a let x = f ~^a:1")).toMatch(/^refused: Names of values.*labels begin with a lower-case/);
  });

  test("goes over files and signatures", async () => {
    expect(await renamed("solution", { "other.mli": "val answer : int\n", "other.ml": "let answer = 42\n", "unikernel.ml": "let x = Other.^answer\n" })).toEqual({ "other.mli": "val solution : int\n", "other.ml": "let solution = 42\n", "unikernel.ml": "let x = Other.solution\n" });
  });

  test("of the application's module goes to its node; what the graph needs keeps its name", async () => {
    const p = project({ "unikernel.ml": "module Main = struct let start () = Lwt.return_unit end" }, [application()], []);
    const position = { line: 1, column: 8 };
    expect(await compiler.rename(p, "unikernel.ml", position, "Server")).toMatchObject({ ok: true, graph: { modules: [{ node: "app", module: "Unikernel.Server" }], ports: [] }, edits: [{ file: "unikernel.ml" }] });
    expect(await compiler.rename(p, "unikernel.ml", { line: 1, column: 27 }, "begin_")).toMatchObject({ ok: false, reason: expect.stringContaining("start") });
    const wired = project({ "unikernel.ml": MAIN_WITH_PORT }, [application(), deviceNode("disk")], ["disk -> app.D"]);
    expect(await compiler.rename(wired, "unikernel.ml", { line: 1, column: 14 }, "Store")).toMatchObject({ ok: true, graph: { modules: [], ports: [{ node: "app", from: "D", to: "Store" }] } });
    const configured = { ...p, files: { ...p.files, "config.ml": 'let main = main "Unikernel.Main" job' }, mirage: { keys: [] } };
    const result = await compiler.rename(configured, "unikernel.ml", position, "Server");
    expect(result.ok && applied(configured.files["config.ml"], result.edits.filter((e) => e.file === "config.ml"))).toBe('let main = main "Unikernel.Server" job');
  });

  test("is refused where the program would mean something else", async () => {
    expect(await renamedIn("y", "let ^x = 1\nlet f y = x + y")).toMatch(/^refused: /);
    expect(await renamedIn("y", "let y = 2\nlet ^x = 1\nlet z = x + y")).toMatch(/^refused: /);
    expect(await renamedIn("Upper", "let ^x = 1")).toBe("refused: Names of values, types, fields, methods and labels begin with a lower-case letter.");
    expect(await renamedIn("let", "let ^x = 1")).toBe("refused: “let” is no name in OCaml.");
    expect(await renamedIn("x y", "let ^x = 1")).toMatch(/is no name/);
    expect(await renamedIn("elsewhere", "let x = Lwt.^return")).toMatch(/^refused: return is defined by the library/);
    expect(await renamedIn("other", "module type S = Disk.S\nmodule M : Disk.S = struct type t = int let ^sectors _ = 1 let read _ _ = Lwt.return \"\" end")).toMatch(/^refused: /);
    const { project: p, position } = marked({ "unikernel.ml": "let x = 1 + ^2" });
    expect(await compiler.renamable(p, "unikernel.ml", position)).toMatchObject({ ok: false });
  });
});

describe("signatures of calls", () => {
  const help = async (text: string): Promise<string | undefined> => {
    const { project: p, file, position } = marked({ "unikernel.ml": text });
    const found = await compiler.signatureHelp(p, file, position);
    return found === undefined ? undefined : `${found.label.slice(0, found.parameters[found.active]!.start)}[${found.label.slice(found.parameters[found.active]!.start, found.parameters[found.active]!.end)}]${found.label.slice(found.parameters[found.active]!.end)}`;
  };
  test("show which argument is being written", async () => {
    expect(await help("let f a b c = a + b + c\nlet x = f 1 ^ ")).toBe("f : int -> [int] -> int -> int");
    expect(await help("let f a b c = a + b + c\nlet x = f ^\nlet y = 2")).toBe("f : [int] -> int -> int -> int");
    expect(await help("let f ~size ?(more = 1) () = size + more\nlet x = f ~more:2 ~^")).toBe("f : [size:int] -> ?more:int -> unit -> int");
    expect(await help("let x = Lwt.bind (Lwt.return 1) (^Lwt.return)")).toMatch(/^Lwt.bind : int Lwt.t -> \[\(int -> int Lwt.t\)\] -> int Lwt.t$/);
    expect(await help("let x = 1 ^")).toBeUndefined();
    expect(await help('let f (s : string) = s\nlet x = f "some ^text"')).toBeUndefined();
    expect(await help("let f a = a + 1\nlet x = f (* some ^text *) 1")).toBeUndefined();
  });
});

describe("the outline", () => {
  test("has the definitions of a file as a tree, also of one with errors", async () => {
    const { project: p } = marked({ "unikernel.ml": "type t = A | B\nmodule M (X : sig end) = struct\n  let f x = x\n  let v = 1\nend\nmodule type S = sig val g : int end\nlet (a, b) = (1, 2)\nlet = ^" });
    const shown = (items: Awaited<ReturnType<Compiler["outline"]>>): unknown => items.map((i) => (i.children.length === 0 ? `${i.kind} ${i.name}` : [`${i.kind} ${i.name}`, shown(i.children)]));
    expect(shown(await compiler.outline(p, "unikernel.ml"))).toEqual([["type t", ["constructor A", "constructor B"]], ["functor M", ["function f", "value v"]], ["moduleType S", ["value g"]], "value a", "value b"]);
  });
});

describe("fixes", () => {
  test("write the name that was meant, rec, and what is unused", async () => {
    expect(await fixed("let length = 1\nlet y = len^gth")).toEqual({});
    expect(await fixed("let length = 1\nlet y = lenght^")).toEqual({ "Write length for lenght": "let length = 1\nlet y = length" });
    expect(await fixed("let x = Lwt.retrun^_unit")).toEqual({ "Write return_unit for retrun_unit": "let x = Lwt.return_unit" });
    expect(await fixed("let x = L^wtt.return_unit 1")).toEqual({ "Write Lwt for Lwtt": "let x = Lwt.return_unit 1" });
    expect(await fixed("let down n = if n = 0 then 0 else do^wn (n - 1)".replace("n = 0", "true"))).toEqual({ "Make the definition recursive: let rec": "let rec down n = if true then 0 else down (n - 1)" });
    expect(await fixed("let f x = let ^y = x in x")).toEqual({ "Call it _y: it is left unused": "let f x = let _y = x in x" });
    expect(await fixed('[@@@warning "+39"]\nlet rec ^f x = x')).toEqual({ "Remove rec": '[@@@warning "+39"]\nlet f x = x' });
  });

  test("add the cases that a match lacks, also around matches that are open at their end", async () => {
    expect(await fixed("let failwith _ = raise Not_found type t = A | B of int | C\nlet f x =\n  ma^tch x with\n  | A -> 1")).toEqual({ "Add the missing cases": 'let failwith _ = raise Not_found type t = A | B of int | C\nlet f x =\n  match x with\n  | A -> 1\n  | C -> failwith "not written yet"\n  | B _ -> failwith "not written yet"' });
    expect(await fixed("type t = A | B\nlet f = fun^ction A -> 1")).toEqual({ "Add the missing cases": 'type t = A | B\nlet f = function A -> 1 | B -> failwith "not written yet"' });
    expect((await fixed("type t = A | B\nlet f x y = mat^ch x with A -> (match y with A -> 1 | B -> 2)"))["Add the missing cases"]).toMatch(/2\) \| B -> /);
    expect((await fixed("type t = A | B\nlet f x y = mat^ch x with A -> match y with A -> 1 | B -> 2"))["Add the missing cases"]).toMatch(/match x with \| B -> failwith "not written yet" \| A -> match y/);
  });

  test("take out what earlier versions of MirageOS had", async () => {
    const title = "Leave the parameter Time out and use Mirage_sleep";
    // Nothing else is offered: no module of a like name is meant.
    expect(Object.keys(await fixed("module Main (Time : Mirage_ti^me.S) = struct let start _ = Time.sleep_ns 1L end"))).toEqual([title]);
    expect((await fixed("module Main (Time : Mirage_ti^me.S) (D : Disk.S) = struct\n  let start _time d = Lwt.bind (Time.sleep_ns 1L) (fun () -> D.read d 0)\nend"))[title]).toBe("module Main (D : Disk.S) = struct\n  let start d = Lwt.bind (Mirage_sleep.ns 1L) (fun () -> D.read d 0)\nend");
    expect((await fixed("module Main (Time : Mirage_ti^me.S) = struct\n  let start _ = Time.sleep_ns 1L\nend"))[title]).toBe("module Main = struct\n  let start () = Mirage_sleep.ns 1L\nend");
  });
});
