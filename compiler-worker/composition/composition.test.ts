import { describe, expect, test } from "vitest";
import type { Analysis } from "../api.ts";
import { Compiler } from "../service/service.ts";
import { application, deviceNode, project, smallLibrary, wire } from "./testing/small-library.ts";

const compiler = new Compiler({ archive: smallLibrary, now: () => 0 });
const analyse = (...args: Parameters<typeof project>): Promise<Analysis> => compiler.analyse(project(...args));
const errors = (a: Analysis): string[] => a.problems.filter((p) => p.severity === "error").map((p) => p.message);

const ONE_DISK = "module Main (Disk : Disk.S) = struct let start (d : Disk.t) = ignore_disk d let _ = start end\n".replace("ignore_disk d let _ = start", "Lwt.bind (Disk.read d 0) (fun _ -> Lwt.return_unit)");

describe("ports", () => {
  test("are the functor's parameters, with the signatures that they stand for", async () => {
    const a = await analyse("module type NEEDED = sig type t val sectors : t -> int end\nmodule Main (D : NEEDED) (F : Fs.S with type disk = D.t) () = struct let start (_ : D.t) (_ : F.t) = Lwt.return_unit end", [application()], []);
    expect(a.nodes[0]!.inputs).toEqual([
      { name: "D", typeName: "NEEDED", signature: "sig\n  type t\n  val sectors : t -> int\nend" },
      { name: "F", typeName: "Fs.S with type disk = D.t", signature: "sig\n  type t\n  type disk = D.t\n  val format : disk -> t Lwt.t\n  val get : t -> string -> string Lwt.t\nend" },
    ]);
    expect(a.nodes[0]!.output!.signature).toBe("sig\n  val start : D.t -> F.t -> unit Lwt.t\nend");
  });

  test("of library functors are read from their interfaces", async () => {
    const a = await analyse("let start () = Lwt.return_unit", [application("Unikernel"), deviceNode("cache")], []);
    expect(a.nodes[1]!.inputs.map((p) => [p.name, p.typeName])).toEqual([
      ["Disk", "Disk.S"],
      ["Files", "S with type disk = Disk.t"],
    ]);
    expect(a.nodes[1]!.output!.signature).toContain("val connect : Disk.t -> Files.t -> t Lwt.t");
  });

  test("follow the interface of the application when there is one", async () => {
    const a = await analyse({ "unikernel.ml": ONE_DISK, "unikernel.mli": "module Main : functor (Storage : Disk.S) -> sig val start : Storage.t -> unit Lwt.t end" }, [application()], []);
    expect(a.nodes[0]!.inputs.map((p) => p.name)).toEqual(["Storage"]);
  });

  test("with equal names or none are told apart", async () => {
    const a = await analyse("module Main (D : Disk.S) (_ : Disk.S) (D : Disk.S) (_ : Disk.S) = struct let start () () () () = Lwt.return_unit end", [application()], []);
    expect(a.nodes[0]!.inputs.map((p) => p.name)).toEqual(["D", "_", "D2", "_2"]);
  });
});

describe("edges", () => {
  test("that fit make a main that connects each device once, in order", async () => {
    const a = await analyse(
      "module Main (Files : Fs.S) (Cached : Fs.S with type disk = Files.disk) (Beat : sig val beat : int -> unit Lwt.t end) = struct let start f c () = Lwt.bind (Files.get f \"a\") (fun _ -> Lwt.bind (Cached.get c \"b\") (fun _ -> Beat.beat 1)) end",
      [application(), deviceNode("cache"), deviceNode("fs"), deviceNode("disk", "disk", { name: 'a"\\\n\u00e9', sectors: -3 }), deviceNode("beat")],
      ["fs -> app.Files", "cache -> app.Cached", "disk -> cache.Disk", "fs -> cache.Files", "disk -> fs.Disk", "beat -> app.Beat"],
    );
    expect(errors(a)).toEqual([]);
    expect(a.obstacles).toEqual([]);
    expect(a.edges.map((e) => [e.ok, e.pending])).toEqual(Array.from({ length: 6 }, () => [true, undefined]));
    expect(a.main).toContain(`module Fs1 = Fs.Make (Disk)
module Cache = Fs.Cache (Disk) (Fs1)
module App = Unikernel.Main (Fs1) (Cache) (Beat)
`);
    expect(a.main).toContain(`let disk = lazy (Disk.connect ~sectors:(-3) ~writable:false "a\\"\\\\\\n\\195\\169")

let fs =
  lazy
    (Lazy.force disk >>= fun disk ->
     Fs1.connect disk)

let cache =
  lazy
    (Lazy.force disk >>= fun disk ->
     Lazy.force fs >>= fun fs ->
     Cache.connect disk fs)

let app =
  lazy
    (Lazy.force fs >>= fun fs ->
     Lazy.force cache >>= fun cache ->
     App.start fs cache ())
`);
  });

  test("that do not fit say which items are missing or different, with both sides", async () => {
    const a = await analyse(ONE_DISK, [application(), deviceNode("tape"), deviceNode("old", "old-disk")], ["tape -> app.Disk"]);
    expect(a.edges[0]).toMatchObject({ ok: false, pending: undefined, required: expect.stringContaining("val read : t -> int -> string Lwt.t"), provided: expect.stringContaining("val connect : unit -> string Lwt.t") });
    expect(a.edges[0]!.mismatches).toEqual([expect.objectContaining({ path: [], itemKind: "value", name: "read", required: expect.stringMatching(/^val read : .* -> int -> string Lwt\.t$/), provided: expect.stringMatching(/^val read : .* -> string -> /) })]);
    expect(a.obstacles).toEqual(['The wire from "tape" to Disk of "app" does not fit: the value read is different.']);
    expect(a.main).toBeUndefined();
    const b = await analyse(ONE_DISK, [application(), deviceNode("old", "old-disk")], ["old -> app.Disk"]);
    expect(b.edges[0]!.mismatches).toEqual([expect.objectContaining({ itemKind: "value", name: "read", provided: undefined })]);
    expect(errors(b)[0]).toContain("the value read is missing");
  });

  test("are held to sharing constraints between ports, in order", async () => {
    const nodes = [application(), deviceNode("disk"), deviceNode("other", "tape"), deviceNode("fs"), deviceNode("cache")];
    const source = "module Main (Files : Fs.S) = struct let start (_ : Files.t) = Lwt.return_unit end";
    const good = await analyse(source, nodes, ["cache -> app.Files", "disk -> cache.Disk", "fs -> cache.Files", "disk -> fs.Disk"]);
    expect(errors(good)).toEqual([]);
    // The file system is on another disk than the cache.
    const own = "type t = Disk.Old.t let read _ _ = Lwt.return \"\" let sectors _ = 1 let connect () = Lwt.bind (Disk.Old.connect ()) Lwt.return";
    const files = { "unikernel.ml": `${source}\nmodule Second = struct ${own} end` };
    const bad = await analyse(files, [...nodes.slice(0, 2), application("Unikernel.Second", "second"), ...nodes.slice(3)], ["cache -> app.Files", "disk -> cache.Disk", "fs -> cache.Files", "second -> fs.Disk"]);
    const check = bad.edges[2]!;
    expect(check.ok).toBe(false);
    expect(check.mismatches).toEqual([expect.objectContaining({ itemKind: "type", name: "disk", required: "type disk = Disk.t" })]);
  });

  test("to the same functor with the same arguments give equal types", async () => {
    const a = await analyse(
      "module Main (A : Fs.S) (B : Fs.S with type t = A.t) = struct let start (_ : A.t) (_ : B.t) = Lwt.return_unit end",
      [application(), deviceNode("disk"), deviceNode("a", "fs"), deviceNode("b", "fs"), deviceNode("c", "cache")],
      ["a -> app.A", "b -> app.B", "disk -> a.Disk", "disk -> b.Disk"],
    );
    expect(errors(a)).toEqual([]);
    const b = await analyse(
      "module Main (A : Fs.S) (B : Fs.S with type t = A.t) = struct let start (_ : A.t) (_ : B.t) = Lwt.return_unit end",
      [application(), deviceNode("disk"), deviceNode("a", "fs"), deviceNode("c", "cache")],
      ["a -> app.A", "c -> app.B", "disk -> a.Disk", "disk -> c.Disk", "a -> c.Files"],
    );
    expect(b.edges.map((e) => e.ok)).toEqual([true, false, true, true, true]);
    expect(b.edges[1]!.mismatches.map((m) => m.name)).toEqual(["t"]);
  });

  test("to parameters that have gone are refused; renaming the parameter moves the port", async () => {
    const a = await analyse(ONE_DISK.replace("(Disk : Disk.S)", "(Store : Disk.S)").replace("d : Disk.t", "d : Store.t").replace("Disk.read", "Store.read"), [application(), deviceNode("disk")], ["disk -> app.Disk"]);
    expect(a.nodes[0]!.inputs.map((p) => p.name)).toEqual(["Store"]);
    expect(a.edges[0]).toMatchObject({ ok: false, message: '"app" has no port Disk; its ports are Store.' });
    expect(errors(a)).toContain('The port Store of "app" has no wire: it needs a module of type Disk.S.');
  });

  test("above an unwired port are checked as far as it goes", async () => {
    const nodes = [application(), deviceNode("disk"), deviceNode("fs")];
    const a = await analyse("module Main (D : Disk.S) (F : Fs.S with type disk = D.t) = struct let start (_ : D.t) (_ : F.t) = Lwt.return_unit end", nodes, ["disk -> app.D", "fs -> app.F"]);
    expect(a.edges[1]).toMatchObject({ ok: true, pending: expect.stringContaining("not known") });
    expect(a.obstacles).toEqual(['The port Disk of "fs" has no wire: it needs a module of type Disk.S.']);
    const b = await analyse("module Main (D : Disk.S) (F : sig type t val got : t end) = struct let start (_ : D.t) (_ : F.t) = Lwt.return_unit end", nodes, ["disk -> app.D", "fs -> app.F"]);
    expect(b.edges[1]).toMatchObject({ ok: false, mismatches: [{ name: "got", provided: undefined }] });
    // And below it: the sharing constraint with a port that has no wire is left open.
    const c = await analyse("module Main (D : Disk.S) (F : Fs.S with type disk = D.t) = struct let start (_ : D.t) (_ : F.t) = Lwt.return_unit end", nodes, ["fs -> app.F", "disk -> fs.Disk"]);
    expect(c.edges.map((e) => e.ok)).toEqual([true, true]);
  });

  test("that are not in the project can be asked for", async () => {
    const p = project(ONE_DISK, [application(), deviceNode("disk"), deviceNode("tape"), deviceNode("fs")], ["tape -> app.Disk"]);
    const asked = [wire("disk -> app.Disk"), wire("fs -> app.Disk"), wire("tape -> fs.Disk"), wire("disk -> app.Nothing"), wire("nobody -> app.Disk"), wire("fs -> fs.Disk")];
    const checks = await compiler.checkEdges(p, asked);
    expect(checks.map((c) => [c.index, c.ok])).toEqual([[0, true], [1, false], [2, false], [3, false], [4, false], [5, false]]);
    expect(checks[3]!.message).toContain("has no port Nothing");
    expect(checks[4]!.message).toContain("nobody");
  });
});

describe("graphs", () => {
  test("with circles are refused at their nodes", async () => {
    const a = await analyse("let start () = Lwt.return_unit", [application("Unikernel"), deviceNode("one", "cache"), deviceNode("two", "fs"), deviceNode("disk")], ["one -> two.Disk", "two -> one.Files", "disk -> one.Disk"]);
    expect(a.problems.filter((p) => p.message.includes("circle")).map((p) => p.node)).toEqual(["one", "two"]);
    expect(a.obstacles[0]).toContain("one → two → one");
  });

  test("need exactly one application", async () => {
    const none = await analyse("let start () = Lwt.return_unit", [deviceNode("disk")], []);
    expect(none.obstacles).toEqual(["There is no application node: what should the unikernel do?"]);
    const two = await analyse("let start () = Lwt.return_unit", [application("Unikernel"), application("Unikernel", "again")], []);
    expect(two.problems.map((p) => [p.node, p.severity])).toContainEqual(["again", "error"]);
    expect(two.main).toBeUndefined();
  });

  test("of unknown or misplaced devices, or with wrong parameters, are refused", async () => {
    const a = await analyse(
      "let start () = Lwt.return_unit",
      [application("Unikernel"), deviceNode("x", "no-such"), deviceNode("old", "old-disk"), deviceNode("ghost"), deviceNode("disk", "disk", { name: 3, sectors: 1.5, writable: "yes", colour: "red" })],
      [],
      "qemu",
    );
    const of = (node: string): string[] => a.problems.filter((p) => p.node === node && p.severity === "error").map((p) => p.message);
    expect(of("x")).toEqual(['There is no device "no-such" in the library.']);
    expect(of("old")).toEqual(['The device "old-disk" does not exist on the target qemu, only on unix.']);
    expect(of("ghost")).toEqual(["The library has no module Ghost."]);
    expect(of("disk")).toEqual([
      'The parameter "name" of "disk" is a string, not 3.',
      'The parameter "sectors" of "disk" is a whole number, not 1.5.',
      'The parameter "writable" of "disk" is true or false, not "yes".',
      '"disk" has no parameter "colour"; it has name, sectors, writable.',
    ]);
    const b = await analyse("let start () = Lwt.return_unit", [application("Unikernel")], [], "toaster");
    expect(b.obstacles[0]).toContain('There is no target "toaster"');
  });

  test("with devices that nothing uses are built without them", async () => {
    const a = await analyse("let start () = Lwt.return_unit", [application("Unikernel"), deviceNode("disk"), deviceNode("fs")], []);
    expect(a.obstacles).toEqual([]);
    expect(a.problems.every((p) => p.severity === "warning")).toBe(true);
    expect(a.main).not.toContain("Disk");
    expect(a.main).toContain("let app = lazy (Unikernel.start ())");
  });
});

describe("applications", () => {
  test("that are not there are told about", async () => {
    const missing = await analyse({}, [application()], []);
    expect(errors(missing)).toEqual(["The project has no file unikernel.ml, which would define the module Unikernel."]);
    const inner = await analyse("let start () = Lwt.return_unit", [application()], []);
    expect(errors(inner)).toEqual(["unikernel.ml defines no module Main. It has a function `start' itself: the application's module is Unikernel."]);
    const broken = await analyse("module Main (D : Disk.S = struct end", [application()], []);
    expect(broken.nodes[0]!.error).toContain("while unikernel.ml has errors");
    expect(broken.problems[0]).toMatchObject({ file: "unikernel.ml", range: { startLine: 1 } });
  });

  const place = async (body: string, wires = ["disk -> app.Disk"]): Promise<Analysis> => analyse(`module Main (Disk : Disk.S) = struct\n  ${body}\nend`, [application(), deviceNode("disk")], wires);

  test("whose start does not fit are told at start, in words", async () => {
    const argument = await place("let start (x : string) = Lwt.return_unit");
    expect(argument.problems[0]).toMatchObject({ node: "app", file: "unikernel.ml", range: { startLine: 2, startColumn: 7, endColumn: 12 } });
    expect(argument.obstacles).toEqual(["The argument number 1 of `start' has the type string, but the value of \"disk\" (connected to Disk) has the type Disk.t."]);
    const result = await place("let start (_ : Disk.t) = ()");
    expect(result.obstacles).toEqual(["`start' must give unit Lwt.t, a promise of (), but it gives unit: end it with `Lwt.return_unit', for instance."]);
    const few = await place("let start = Lwt.return_unit");
    expect(few.obstacles[0]).toContain("takes no arguments");
    const many = await place("let start (_ : Disk.t) (_ : int) = Lwt.return_unit");
    expect(many.obstacles[0]).toContain("takes more arguments");
    const label = await place("let start ~disk:(_ : Disk.t) = Lwt.return_unit");
    expect(label.obstacles[0]).toContain("~disk");
    const nothing = await place("let run (_ : Disk.t) = Lwt.return_unit");
    expect(nothing.obstacles).toEqual(["Unikernel.Main has no function `start': it is where the unikernel begins."]);
    const optional = await place("let start ?(n = 1) (_ : Disk.t) = ignore n; Lwt.return_unit".replace("ignore n; ", "let _ = n in "));
    expect(optional.obstacles).toEqual([]);
    const value = await analyse("let start = Lwt.return_unit", [application("Unikernel")], []);
    expect(value.obstacles[0]).toContain("must be a function");
  });

  test("in several files may hide modules of the library from themselves only", async () => {
    const files = {
      "unikernel.ml": "module Main (Files : Fs.S) = struct let start (_ : Files.t) = Lwt.return (Disk.answer (List.one 1)) end",
      "disk.ml": "let answer (_ : int) = ()",
      "list.ml": "let one x = x + 0",
      "config.ml": "this is (no part of it",
      "notes.txt": "neither ( is this",
    };
    const a = await analyse(files, [application(), deviceNode("fs"), deviceNode("disk")], ["fs -> app.Files", "disk -> fs.Disk"]);
    expect(errors(a)).toEqual([]);
    expect(a.obstacles).toEqual([]);
    // The next project sees the library as it was.
    const b = await analyse(ONE_DISK, [application(), deviceNode("disk")], ["disk -> app.Disk"]);
    expect(errors(b)).toEqual([]);
    const c = await analyse({ "unikernel.ml": "let start () = Lwt.return_unit let n = List.length [1]", "main.ml": "let x = Unikernel.n + 1" }, [application("Unikernel")], []);
    expect(errors(c)).toEqual([]);
    expect(c.main).toBeDefined();
  });

  test("have their modules called by the names of their files in messages", async () => {
    const a = await analyse({ "unikernel.ml": "let start () = Lwt.return_unit let x : int = Disk.A let y : List.t = 1", "disk.ml": "type t = A", "list.ml": "type t = B" }, [application("Unikernel")], []);
    expect(a.problems.map((p) => p.message.replace(/\s+/g, " "))).toEqual([
      "This expression has type Disk.t but an expression was expected of type int",
      "This expression has type int but an expression was expected of type List.t",
    ]);
  });

  test("written for former versions of MirageOS are told what became of a module", async () => {
    const a = await analyse("module Main (Time : Mirage_time.S) (C : Mirage_clock.PCLOCK) = struct let start _ _ = Time.sleep_ns 1L end", [application()], []);
    expect(errors(a)[0]).toBe("Unbound module Mirage_time\nSleeping needs no functor parameter since MirageOS 4.9: Mirage_time.S.sleep_ns became Mirage_sleep.ns.");
  });

  test("with texts beyond ASCII have their places in the editor's columns", async () => {
    const a = await analyse('let start () = (* é🐫 *) "日本" + 1', [application("Unikernel")], []);
    expect(a.problems[0]).toMatchObject({ range: { startLine: 1, startColumn: 26, endColumn: 30 } });
    expect(a.problems[0]!.rendered).toContain('File "unikernel.ml", line 1, characters 28-36:');
  });
});

test("an analysis after others gives what the first one gives", async () => {
  const projects = [
    project(ONE_DISK, [application(), deviceNode("disk")], ["disk -> app.Disk"]),
    project({ "unikernel.ml": "module K = struct type t = A end module F (X : sig type t end) = struct type u = X.t end module M = F (K) let x : M.u = K.A let start () = Lwt.return_unit" }, [application("Unikernel")], []),
    project({ "unikernel.ml": "module K = struct type t = B end module F (X : sig type t end) = struct type u = X.t end module M = F (K) let x : M.u = K.B let start () = Lwt.return_unit", "lwt.ml": "let return_unit = 1" }, [application("Unikernel")], []),
    project(ONE_DISK, [application(), deviceNode("tape")], ["tape -> app.Disk"]),
  ];
  const fresh = await Promise.all(projects.map((p) => new Compiler({ archive: smallLibrary, now: () => 0 }).analyse(p)));
  const one = new Compiler({ archive: smallLibrary, now: () => 0 });
  for (const round of [0, 1]) for (const i of [0, 1, 2, 3]) expect([round, i, await one.analyse(projects[i]!)]).toEqual([round, i, fresh[i]]);
});

test("editing file after file gives what each state of the project gives by itself", async () => {
  const variants: Readonly<Record<string, readonly (string | undefined)[]>> = {
    "unikernel.ml": ["let start () = Lwt.return (Middle.use 1)", "let start () = Lwt.return (Middle.use \"a\")", "let x : Base.t = Base.make 1 let start () = Lwt.return_unit", "let start () = Lwt.return (ignore (List.length [ Middle.use ])) let ignore _ = ()"],
    "middle.ml": ["let use x = Base.forget (Base.make x)", "let use (_ : int) = Base.forget Other.base", "include Base let use = forget", undefined],
    "base.ml": ["type t = int let make x = x let forget (_ : t) = ()", "type t = string let make x = x let forget (_ : t) = ()", "type 'a t = A of 'a let make x = A x let forget _ = ()", "let x = Middle.use", undefined],
    "base.mli": [undefined, undefined, "type t val make : int -> t val forget : t -> unit"],
    "other.ml": ["let base = Base.make 3", undefined],
    "list.ml": [undefined, undefined, "let length _ = Other.base"],
    "lwt.ml": [undefined, undefined, undefined, "let return_unit = 1 let return x = x"],
  };
  // A linear congruential generator: the same edits every time.
  let seed = 42;
  const random = (n: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (seed >> 8) % n;
  };
  const states: ReturnType<typeof project>[] = [];
  const files: Record<string, string> = {};
  const names = Object.keys(variants);
  for (let step = 0; step < 150; step++) {
    const name = names[step < names.length ? step : random(names.length)]!;
    const text = variants[name]![random(variants[name]!.length)];
    if (text === undefined) delete files[name];
    else files[name] = text;
    states.push(project({ ...files }, [application("Unikernel")], []));
  }
  // One after the other: the beginning of a session ends the one before.
  const one = new Compiler({ archive: smallLibrary, now: () => 0 });
  const together: Analysis[] = [];
  for (const state of states) together.push(await one.analyse(state));
  expect(new Set(together.map((a) => a.obstacles.length > 0))).toEqual(new Set([true, false]));
  for (const [step, state] of states.entries()) expect([step, state.files, together[step]]).toEqual([step, state.files, await new Compiler({ archive: smallLibrary, now: () => 0 }).analyse(state)]);
}, 120_000);
