/** Libraries in all the shapes that they come in: what their units are, and what is said of those that cannot be used. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FolderTree } from "../cli/folder-tree.ts";
import { smallLibrary } from "../composition/testing/small-library.ts";
import { ProgramSources } from "../driver.ts";
import { renderDiagnostic } from "../syntax/render.ts";
import { readLibraryArchive } from "../../scripts/library-archive.mjs";
import { TypingSession } from "../typing/session.ts";
import { bringLibraries, type Brought } from "./bring.ts";
import { parseDunePackage } from "./dune-package.ts";
import { compareVersions, globMatcher } from "./dune-values.ts";
import { MemoryTree } from "./file-tree.ts";
import { OwnPackages } from "./library.ts";
import { licenceSummary } from "./image-licences.ts";
import { MetaError, metaValue, parseMeta } from "./meta.ts";
import { OpamError, parseOpam } from "./opam.ts";
import { unitsOfModules } from "./program-units.ts";
import { installedSource } from "./resolve.ts";
import { parseSexps, SexpError } from "./sexp.ts";
import { SourceTree } from "./source-tree.ts";

type Files = Readonly<Record<string, string>>;
const own = new OwnPackages(smallLibrary);
const memory = (files: Files, name = "lib"): MemoryTree => new MemoryTree(name, new Map(Object.entries(files)));

function bring(files: Files, names: readonly string[] = [], linking = true): Brought {
  return bringLibraries({ own, trees: [new SourceTree(memory(files))], sources: [], names, linking });
}
function installed(files: Files, names: readonly string[]): Brought {
  return bringLibraries({ own, trees: [], sources: [installedSource(memory(files, "/opam"))], names, linking: true });
}

/** Types a program against libraries; the messages, and the units that were looked for. */
function check(brought: Brought, text: string): { readonly messages: readonly string[]; readonly found: readonly string[] } {
  const { units } = unitsOfModules([{ module: "Main", interface: undefined, implementation: { name: "main.ml", text } }], brought.library, [], "-a");
  const sources = new ProgramSources(units, brought.library);
  const found: string[] = [];
  const session = new TypingSession(sources);
  for (const unit of units) session.typeUnit(unit.name);
  for (const unit of brought.library.units()) if (unit.brought === true && session.wasTyped(unit.name)) found.push(unit.name);
  return { messages: [...new Set([...session.knownErrors(), ...session.errors()])].map(renderDiagnostic), found };
}
const errors = (brought: Brought): string[] => brought.library.diagnostics.filter((d) => d.severity === "error").map(renderDiagnostic);

describe("sources without dune files", () => {
  test("are called as the folder writes the name that META gives the archive", () => {
    const tree = (folder: string): Brought => bring({ [`${folder}/opam`]: 'depends: "ocaml"', [`${folder}/src/META`]: 'archive(native) = "fooBar.cmxa"', [`${folder}/src/fooBar.ml`]: "let x = 1" });
    expect(tree("ocaml-foobar-1.7.8").named).toEqual(["foobar"]);
    expect(tree("thing-1.7.8").named).toEqual(["fooBar"]);
  });
});

describe("sources with dune files", () => {
  test("wrapped libraries give their modules short names inside and one name outside", () => {
    const brought = bring({ dune: "(library (name foo))", "foo.ml": "module Bar = Bar let y = Bar.x", "bar.ml": "let x = 1", "baz.ml": "let z = Bar.x" });
    expect(check(brought, "let a : int = Foo.y + Foo.Bar.x")).toEqual({ messages: [], found: ["Foo__", "Foo__Bar", "Foo"] });
    expect(check(brought, "let a = Bar.x").messages[0]).toContain("Unbound module Bar");
  });
  test("a library without a module of its own name shows all of them", () => {
    expect(check(bring({ dune: "(library (name foo))", "a.ml": "let x = B.y", "b.ml": "let y = 1" }), "let a : int = Foo.A.x").messages).toEqual([]);
  });
  test("unwrapped ones, and those in transition, can be named directly", () => {
    expect(check(bring({ dune: "(library (name foo) (wrapped false))", "a.ml": "let x = 1" }), "let a : int = A.x").messages).toEqual([]);
    expect(check(bring({ dune: '(library (name foo) (wrapped (transition "later")))', "a.ml": "let x = B.x", "b.ml": "let x = 1" }), "let a : int = A.x + Foo.B.x").messages).toEqual([]);
  });
  test("a dune file that cannot be read may hide a library, and a program is told", () => {
    const good: Files = { "good/dune": "(library (name good))", "good/good.ml": "let x = 1" };
    for (const [dune, message] of [["(library (name v)", "this '(' is not closed"], ["(library (nom v))", "a library needs a (name ...)"]] as const) {
      const brought = bring({ ...good, "bad/dune": dune, "bad/v.ml": "let y = 1" });
      expect(brought.library.diagnostics.map((d) => `${d.severity} ${d.location.file.name}: ${d.message}`)).toEqual([expect.stringMatching(/^warning lib\/bad\/dune: /)]);
      expect(brought.library.diagnostics[0]!.message).toContain(message);
      expect(check(brought, "let a : int = Good.x").messages).toEqual([]);
    }
    expect(bring({ ...good, "tests/dune": "(wibble)" }).library.diagnostics).toEqual([]);
  });
  test("sets of modules leave out what is named with a small letter", () => {
    const files = { "a.ml": "let x = 1", "b_c.ml": "let x = Gone.x", "d.ml": "let x = A.x" };
    for (const set of [":standard \\ b_c", "(:standard \\ b_c)", ":standard \\ B_c", "a d"]) {
      const brought = bring({ dune: `(library (name foo) (modules ${set}))`, ...files });
      expect(brought.library.packages.get("foo")?.units).toEqual(["Foo", "Foo__A", "Foo__D"]);
    }
  });
  test("libraries of which a program can have one do not prevent each other's use", () => {
    const tree: Files = {
      "c/dune": "(library (name shape_c) (public_name shape.c) (wrapped false))", "c/shape.ml": 'let made_by = "C"', "c/only_c.ml": "let x = 1",
      "ml/dune": "(library (name shape_ml) (public_name shape.ml) (wrapped false))", "ml/shape.ml": 'let made_by = "OCaml"', "ml/only_ml.ml": "let x = 1",
      "user/dune": "(library (name user) (public_name user) (libraries shape.ml))", "user/user.ml": "let s = Shape.made_by",
    };
    const either = bring(tree);
    expect([...either.unusable, ...either.library.diagnostics]).toEqual([]);
    expect(either.alternatives).toEqual(["shape.ml", "user"]);
    expect(check(either, "let b : int = Only_c.x").messages).toEqual([]);
    expect(check(either, "let a = Shape.made_by").messages[0]).toContain("package shape.ml: its module Shape has the name of one of the library shape.c, so that the program may mean either: name the library that it is to use");
    for (const named of ["shape.c", "shape.ml"]) expect(check(bring(tree, [named]), "let a : string = Shape.made_by").messages).toEqual([]);
    expect(check(either, "let a = Only_ml.x").messages.join()).toContain("package shape.ml: its module Shape has the name of one of the library shape.c, and a program can have only one unit of a name");
    expect(check(bring(tree, ["user"]), "let a : string = User.s").messages).toEqual([]);
    expect(errors(bring(tree, ["shape.c", "shape.ml"])).join()).toContain("a program can have only one unit of a name");
    // What stands aside has no say.
    const priv = { ...tree, "c/dune": "(library (name a_private) (wrapped false))" };
    expect(check(bring(priv), "let a = Only_ml.x and b = Shape.made_by").messages).toEqual([]);
  });
  test("those that stand aside are known, unless others need them", () => {
    const library = (name: string, more = ""): Files => ({ [`${name}/dune`]: `(library (name ${name}) ${more})`, [`${name}/${name}.ml`]: "let x = 1" });
    expect([...bring({ ...library("main", "(public_name main) (libraries inner)"), ...library("inner"), ...library("checks", "(libraries main)") }).aside]).toEqual(["checks"]);
    expect([...bring({ ...library("inner"), ...library("checks") }).aside]).toEqual([]);
    const linking = "(library_flags -linkall)";
    expect(bring({ ...library("main", `(public_name main) ${linking}`), ...library("checks", `(libraries main) ${linking}`) }).library.linkedUnits).toEqual(["Main"]);
  });
  test("fifty modules of which one is used cost that one", () => {
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`m${i}.ml`, i === 7 ? "let x = 7" : "let x = this is not OCaml ("]));
    expect(check(bring({ dune: "(library (name many))", ...files }), "let a : int = Many.M7.x")).toEqual({ messages: [], found: ["Many", "Many__M7"] });
  });
  test("a module inside of another library is opened, and one that is not there is said", () => {
    const tree = (opened: string): Files => ({ "p/dune": "(library (name pre))", "p/ops.ml": "let four = 4", "dune": `(library (name foo) (libraries pre) (flags (:standard -open ${opened})))`, "foo.ml": "let x = four" });
    expect(check(bring(tree("Pre.Ops")), "let a : int = Foo.x").messages).toEqual([]);
    for (const missing of ["Pre.Gone", "Gone"]) expect(check(bring(tree(missing)), "let a = Foo.x").messages[0]).toContain(`Unbound module ${missing}`);
  });
  test("sets of modules, opened modules, copies and rules whose result is in them", () => {
    const brought = bring({
      "src/dune": `(library (name foo) (modules :standard \\ unused) (flags (:standard -open Prelude)) (libraries prelude))
(rule (targets gen.ml) (deps version.txt) (action (with-stdout-to %{targets} (progn (echo "let version = \\"") (cat version.txt) (echo "\\"")))))
(rule (copy# gen.ml gen2.ml)) (copy_files# ../shared/*.ml)
(rule (target pick.ml) (enabled_if (>= %{ocaml_version} 5.0)) (action (copy pick.5.txt %{target})))
(rule (target pick.ml) (enabled_if (< %{ocaml_version} 5.0)) (action (copy pick.4.txt %{target})))`,
      "src/version.txt": "1.2",
      "src/pick.5.txt": "let ocaml = 5",
      "src/pick.4.txt": "let ocaml = 4",
      "src/foo.ml": "let v : string = Gen.version let w = Gen2.version let c : int = Common.c + hidden let five : int = Pick.ocaml",
      "src/unused.ml": "(((",
      "shared/common.ml": "let c = 1",
      "prelude/dune": "(library (name prelude))",
      "prelude/prelude.ml": "let hidden = 3",
    });
    expect(check(brought, "let a : string * int = Foo.v, Foo.c").messages).toEqual([]);
  });
  test("what is taken out of a set of modules, whatever the case of its first letter", () => {
    const brought = bring({ dune: "(library (name foo) (wrapped false) (modules :standard \\ bar Baz (qux)))", "foo.ml": "", "bar.ml": "", "baz.ml": "", "qux.ml": "", "kept.ml": "" });
    expect(brought.library.packages.get("foo")!.units).toEqual(["Foo", "Kept"]);
  });
  test("two libraries of a folder share its modules", () => {
    const files: Files = { dune: "(library (name a) (wrapped false) (modules :standard \\ (two))) (library (name b) (wrapped false) (modules two) (libraries a))", "one.ml": "let x = 1", "two.ml": "let y = One.x" };
    expect(check(bring(files, ["b"]), "let a : int = Two.y")).toEqual({ messages: [], found: ["One", "Two"] });
  });
  test("files that are read into the arguments of a preprocessor", () => {
    const files: Files = { dune: '(library (name foo) (preprocess (action (run %{bin:cppo} %{read-lines:level} %{input-file})))) (rule (with-stdout-to level (echo "-D\\nLEVEL 7\\n")))', "foo.ml": "#if LEVEL > 6\nlet x = 1\n#endif" };
    expect(check(bring(files), "let a : int = Foo.x").messages).toEqual([]);
  });
  describe("flags that change what a module means", () => {
    const of = (flags: string, text: string, more: Files = {}): Files => ({ dune: `(library (name foo) (flags (:standard ${flags})))`, "foo.ml": text, ...more });
    test.each([
      ["-nolabels", "let f ~x ~y = x + y let a = f 1 2 let g (h : int -> int -> int) = h 1 2 let b : int = g f module M : sig val f : int -> x:int -> int end = struct let f = f end", "is not compatible with"],
      ["-rectypes", "type t = t list type 'a k = L of 'a type f = int -> f let rec g : f = fun x -> g let omega x = x x let b = g 1 let rec l = (1, l)", "cyclic"],
    ])("%s", (flag, text, message) => {
      expect(check(bring(of(flag, text)), "let a = Foo.b").messages).toEqual([]);
      expect(check(bring(of("", text)), "let a = Foo.b").messages.join("\n")).toContain(message);
      // Others are typed without it.
      expect(check(bring(of(flag, "let x = 1")), text).messages.join("\n")).toContain(message);
    });
    test("-rectypes lets types contain themselves only through what is known to be no abbreviation", () => {
      for (const text of ["type t = t", "module F (X : sig type 'a s end) = struct type t = t X.s end", "type 'a id = 'a type t = t id"]) expect(check(bring(of("-rectypes", text)), "include Foo").messages.join()).toMatch(/cyclic|cycle/);
    });
    test("those of (env ...) are the standard ones, and unknown ones are said", () => {
      const files: Files = { "dune": "(env (_ (flags (:standard -open Pre))))", "pre/dune": "(library (name pre) (flags ()))", "pre/pre.ml": "let x = 1", "foo/dune": "(library (name foo) (libraries pre) (flags (:standard -frobnicate -w +a -O3 -inline 3)))", "foo/foo.ml": "let y : int = x" };
      const brought = bring(files, ["foo"]);
      expect(check(brought, "let a = Foo.y").messages).toEqual([]);
      expect(brought.library.diagnostics.map((d) => d.message)).toEqual(["package foo: it is compiled with -frobnicate, which is not known here and is left out"]);
    });
  });
  test("select takes the first choice whose libraries are there", () => {
    const files = { dune: "(library (name foo) (libraries (select a.ml from (nowhere -> a.no.ml) (-> a.yes.ml))))", "a.no.ml": "let x = Nowhere.x", "a.yes.ml": "let x = 1" };
    expect(check(bring(files), "let a : int = Foo.A.x").messages).toEqual([]);
    const more = { ...files, "nowhere/dune": "(library (name nowhere))", "nowhere/nowhere.ml": 'let x = "there"' };
    expect(check(bring(more), "let a : string = Foo.A.x").messages).toEqual([]);
  });
  test("versions of packages: the project's own, and those of others", () => {
    const files = {
      "dune-project": "(lang dune 3.0)(name foo)(version 1.2.3)(package (name foo))",
      dune: '(rule (with-stdout-to version.ml (echo "let v = \\"%{version:foo}\\""))) (library (name foo) (public_name foo) (enabled_if (>= %{version:foo} 1.2)))',
      "a.ml": "let x = Version.v",
      "other/dune": "(library (name other) (libraries foo) (enabled_if (< %{version:foo} 1.2)))",
      "other/other.ml": "let y = 1",
      "third/dune": "(library (name third) (enabled_if (>= %{version:nowhere} 1)))",
      "third/third.ml": "let y = 1",
    };
    expect(check(bring(files), "let a : string = Foo.A.x and b : string = Foo.Version.v").messages).toEqual([]);
    // Of a package's own stanza or opam file, and of one that says none.
    const own: Files = { "dune-project": "(lang dune 3.0)(version 1.2.3)(package (name bar) (version 7))", "foo.opam": 'version: "5.1"', "baz.opam": "", dune: '(rule (write-file v.ml "let v = \\"%{version:foo}|%{version:bar}|%{version:baz}\\"")) (library (name foo) (public_name foo))' };
    expect([...bring(own).library.unitsOf("foo")].flatMap((u) => (u.name === "Foo__V" ? [u.implementation?.text] : []))).toEqual(['let v = "5.1|7|1.2.3"']);
    expect(bring(own).library.packages.get("foo")?.version).toBe("5.1");
    expect(check(bring(files), "let a = Other.y").messages.join()).toContain("it is disabled here");
    expect(check(bring(files), "let a = Third.y").messages.join()).toMatch(/File "lib\/third\/dune", line 1.*\nError: package third: the variable %{version:nowhere} is not known here/);
  });
  test("subfolders: as one folder, and as modules", () => {
    const inner = { "foo.ml": "", "sub/bar.ml": "let x = 1" };
    expect(check(bring({ dune: "(include_subdirs unqualified)(library (name top))", ...inner }), "let a : int = Top.Bar.x").messages).toEqual([]);
    expect(check(bring({ dune: "(include_subdirs qualified)(library (name top))", ...inner }), "let a : int = Top.Sub.Bar.x").messages).toEqual([]);
    // One that says how it is read is read by itself.
    const apart = { ...inner, "tools/dune": "(include_subdirs no)(library (name tools))", "tools/bar.ml": "let x = true" };
    for (const mode of ["unqualified", "qualified"]) {
      const brought = bring({ dune: `(include_subdirs ${mode})(library (name top))`, ...apart });
      expect(check(brought, `let a : int = Top.${mode === "qualified" ? "Sub." : ""}Bar.x and b : bool = Tools.Bar.x`).messages).toEqual([]);
      expect(brought.library.packages.get("top")?.units).not.toContain("Top__Tools__Bar");
    }
  });
  test("folders that dune does not enter, stanzas for others, and included files", () => {
    const brought = bring({
      dune: "(data_only_dirs data)(dirs :standard \\ skip)(subdir inner (library (name inner)))(include more.inc)",
      "more.inc": "(subdir other (library (name other)))",
      "inner/inner.ml": "let x = 1",
      "other/other.ml": "let x = 2",
      "data/dune": "(((",
      "skip/dune": "(((",
      "_build/dune": "(((",
    });
    expect(brought.named).toEqual(["inner", "other"]);
    expect(brought.unusable).toEqual([]);
  });
  test("a module called as one of the standard library's hides it from those who need the library", () => {
    const files = { "l/dune": "(library (name list))", "l/list.ml": "let mine = 1", "u/dune": "(library (name user) (libraries list))", "u/user.ml": "let x : int = List.mine" };
    expect(check(bring(files), "let a : int = List.mine + User.x").messages).toEqual([]);
  });
});

describe("virtual libraries", () => {
  const files = {
    "v/dune": "(library (name v) (virtual_modules v))",
    "v/v.mli": "val x : int",
    "a/dune": "(library (name va) (implements v))",
    "a/v.ml": "let x = Help.y",
    "a/help.ml": "let y = 1",
    "b/dune": "(library (name vb) (implements v))",
    "b/v.ml": "let x = 2",
  };
  test("take the implementation that is named", () => {
    const { library } = bring(files, ["va"]);
    expect(library.diagnostics).toEqual([]);
    expect(library.find("V")?.implementation?.text).toBe("let x = Help.y");
    expect(check(bring(files, ["va"]), "let a : int = V.x").messages).toEqual([]);
  });
  test("take their default, or say which there are", () => {
    const withDefault = { ...files, "v/dune": "(library (name v) (virtual_modules v) (default_implementation vb))" };
    expect(bring(withDefault).library.find("V")?.implementation?.text).toBe("let x = 2");
    const session = new TypingSession(bring(files).library);
    expect(session.typeUnit("V").diagnostics[0]?.message).toContain("package v: it is a virtual library, and nothing that the program needs implements it: name one of va, vb");
  });
  test("have one implementation in a program", () => {
    expect(errors(bring(files, ["va", "vb"])).join()).toContain("package vb: it implements the virtual library v, and so does va");
  });
});

describe("what cannot be used is said with package, file, reason and advice", () => {
  test.each([
    ["a missing library", "(library (name foo) (libraries nowhere))", 'File "lib/dune", line 1, characters 0-40:\nError: package foo: it needs the library nowhere, which is missing'],
    ["a field", "(library (name foo)\n (frobnicate 3))", 'File "lib/dune", line 2, characters 0-16:\nError: package foo: the field (frobnicate ...) of a library is not understood'],
    ["a stanza", "(library (name foo))\n(frobnicate)", 'File "lib/dune", line 2, characters 0-12:\nError: package foo: the stanza (frobnicate ...) is not understood'],
    ["a listed module without file", "(library (name foo) (modules foo gone))", "package foo: the module Gone is among its modules, and there is no file gone.ml"],
    ["a rewriter", "(library (name foo) (kind ppx_rewriter))", "package foo: this is a ppx rewriter"],
    ["a condition", "(library (name foo) (enabled_if false))", "package foo: it is disabled here"],
    ["a variable", "(library (name foo) (enabled_if %{nonsense}))", "the variable %{nonsense} is not known"],
  ])("%s", (_, dune, message) => {
    const files = { dune, "foo.ml": "let x = 1" };
    expect(errors(bring(files, ["foo"])).join("\n")).toContain(message);
    // Without being named it matters when it is reached, and only then.
    expect(errors(bring(files))).toEqual([]);
    expect(check(bring(files), "let a = 1").messages).toEqual([]);
    expect(check(bring(files), "let a = Foo.x").messages.join("\n")).toContain(message);
  });
  test("a circle", () => {
    const files = { "a/dune": "(library (name a) (libraries b))", "a/a.ml": "", "b/dune": "(library (name b) (libraries a))", "b/b.ml": "" };
    expect(errors(bring(files, ["a"])).join()).toContain("libraries need each other in a circle: a -> b -> a");
  });
  test("two libraries with one module name", () => {
    const files = { "a/dune": "(library (name a) (wrapped false))", "a/same.ml": "", "b/dune": "(library (name b) (wrapped false))", "b/same.ml": "" };
    expect(errors(bring(files, ["a", "b"])).join()).toContain("package b: its module Same has the name of one of the library a");
  });
  test("a dune file that is a program, or that cannot be read", () => {
    const program = bring({ dune: "(* -*- tuareg -*- *)\nlet () = Jbuild_plugin.V1.send \"\"", "foo.ml": "" });
    expect(program.unusable.map((d) => d.message).join()).toContain("this dune file is an OCaml program");
    expect(bring({ dune: "(library (name foo)", "foo.ml": "" }).unusable.map(renderDiagnostic).join()).toContain("this '(' is not closed");
  });
  test("texts from before a preprocessor, and in another syntax", () => {
    const files = { dune: "(library (name foo) (wrapped false))", "a.mli": "val x : int\n#if OCAML >= 403\nval y : int\n#endif", "a.ml": "let x = 1", "b.ml": "let x = 1\nIFDEF WINDOWS THEN\nlet y = 1\nEND", "c.mli": 'class type c = object\n method a : int\n  DEPRECATED("use b")\nend', "d.mli": "type t 'a = 'x;\nvalue f : t 'a -> t 'a;", "e.ml": "let value f = f let ABC(x) = 1" };
    const message = (program: string): string => check(bring(files), program).messages[0]!;
    expect(message("let a = A.x")).toMatch(/File "lib\/a.mli", line 2.*\nError: package foo: #if OCAML >= 403 is for a preprocessor \(cppo, cpp\), which is not run here, and this is the text from before it/);
    expect(message("let a = B.x")).toMatch(/File "lib\/b.ml", line 2.*\nError: package foo: IFDEF WINDOWS THEN is for a preprocessor/);
    expect(message("let f (x : C.c) = x")).toMatch(/File "lib\/c.mli", line 3.*\nError: package foo: DEPRECATED\("use b"\) is for a preprocessor/);
    expect(message("let a = D.f")).toMatch(/File "lib\/d.mli", line 2.*\nError: package foo: this file is in the revised syntax of camlp4 and camlp5/);
    expect(message("let a = E.value")).toContain("Unbound constructor ABC");
  });
  test("modules that a program would make, or change, when they are reached", () => {
    const files = { dune: "(menhir (modules parser))(ocamllex lexer)(library (name foo) (preprocess (pps ppx_show -- -x)))", "parser.mly": "", "lexer.mll": "rule f = parse\n | 'a' as { 1 }", "fine.ml": "let x = 1 [@@inline]", "bad.ml": "type t = A [@@deriving show]", "ext.ml": "let x = [%blob 1]" };
    expect(check(bring(files), "let a : int = Foo.Fine.x").messages).toEqual([]);
    expect(check(bring(files), "let a = Foo.Parser.x").messages[0]).toContain("package foo: the file parser.mli is not there, and what would make it runs menhir on parser.mly");
    expect(check(bring(files), "let a = Foo.Lexer.x").messages[0]).toMatch(/File "lib\/lexer.mll", line 2.*\nError: package foo: a name is expected here/);
    expect(check(bring(files), "let a = Foo.Bad.x").messages[0]).toContain('package foo: [@@deriving ...] is for a ppx rewriter (ppx_show: "lib/dune", line 1)');
    expect(check(bring(files), "let a = Foo.Ext.x").messages[0]).toContain("package foo: [%blob ...] is for a ppx rewriter");
    expect(check(bring({ dune: "(library (name foo) (preprocess (action (run %{project_root}/pp/pp.exe -x %{input-file}))))", "foo.ml": "" }), "let a = Foo.x").messages[0]).toContain("package foo: this file is changed by %{project_root}/pp/pp.exe before it is compiled");
    // Without (preprocess ...), as installed packages are, it is told where there are errors.
    const installed = { dune: "(library (name foo))", "fine.ml": "type t = A [@@deriving show]", "bad.ml": "type t = A [@@deriving show]\nlet x = show A" };
    expect(check(bring(installed), "let a = Foo.Fine.A").messages).toEqual([]);
    expect(check(bring(installed), "let a = Foo.Bad.x").messages[0]).toContain("package foo: [@@deriving ...] is for a ppx rewriter, a program that cannot be run here");
    const js = { dune: "(library (name foo))", "own.ml": "let ( ## ) a b = a + b let x = 1 ## true", "js.ml": "let f a = a##b" };
    expect(check(bring(js), "let a = Foo.Own.x").messages[0]).toContain("has type bool");
    expect(check(bring(js), "let a = Foo.Js.f").messages[0]).toMatch(/File "lib\/js.ml", line 1.*\nError: package foo: the operator ## is for the ppx rewriter of js_of_ocaml/);
    const generated = { ...files, "lexer.ml": "let token = 1" };
    expect(check(bring(generated), "let a : int = Foo.Lexer.token").messages).toEqual([]);
  });
});

test("a primitive in C is told with the package that uses it, or that declares it for the program", () => {
  const { library } = bring({ dune: "(library (name foo) (foreign_stubs (language c) (names st)))", "foo.ml": 'external f : int -> int = "foo_f"' });
  const own = library.find("Foo")!.implementation!;
  expect(library.describeUse(own, "foo_f")).toBe("by the package foo (which comes with st.c)");
  expect(library.describeUse({ name: "main.ml", text: "" }, "foo_f")).toBe(`from the package foo (which comes with st.c), which declares it in "${own.name}"`);
  expect(library.describeUse({ name: "main.ml", text: "" }, "bar_f")).toBeUndefined();
});

test("what is written in C is told when libraries are checked, and in programs when it is reached", () => {
  const files = { dune: "(library (name foo) (foreign_stubs (language c) (names st)))", "foo.ml": 'external f : int -> int = "foo_f" external g : int -> int = "%identity"' };
  const told = (linking: boolean): string[] => bring(files, [], linking).library.diagnostics.map(renderDiagnostic);
  expect(told(false)).toEqual([expect.stringMatching(/^File "lib\/dune", line 1, .*\nWarning: package foo: it is partly written in C \(foo_f\), which is not compiled here: a program that calls one of these functions cannot be built$/)]);
  expect(told(true)).toEqual([]);
});

test("a library in C that nothing here stands for gives way to the project's own, with what that needs", () => {
  const system = new OwnPackages({ packages: [...smallLibrary.packages, { name: "lwt-unix", files: { dune: "(library (name lwt_unix) (public_name lwt.unix) (wrapped false) (libraries lwt))", "lwt_unix.ml": 'let f (n : int) = n [@@primitive "known"]' } }] });
  const origins = (stub: string): (string | undefined)[] => {
    const tree = new SourceTree(
      memory({
        "lwt.opam": "",
        "core/dune": "(library (name lwt) (public_name lwt) (wrapped false))",
        "core/lwt.ml": "let x = 1",
        "unix/dune": "(library (name lwt_unix) (public_name lwt.unix) (wrapped false) (libraries lwt) (foreign_stubs (language c) (names stubs)))",
        "unix/lwt_unix.ml": `external stub : int -> int = "${stub}" let run () = stub Lwt.x`,
      }),
    );
    // Looked up before what shows that the project's own is needed.
    const { library } = bringLibraries({ own: system, trees: [tree], sources: [], names: ["lwt", "lwt.unix"], linking: true });
    return ["lwt", "lwt.unix", "lwt-unix"].map((name) => library.packages.get(name)?.origin);
  };
  expect(origins("known")).toEqual(["user", "user", undefined]);
  expect(origins("unknown")).toEqual(["own", undefined, "own"]);
});

test("a tree of older make is called after its archive, or its folder without the version", () => {
  const files = { "foo-1.2.3/opam": "", "foo-1.2.3/pkg/META": 'archive(native) = "foo.cmxa"\npackage "more" (\n requires = "foo"\n archive(native) = "foo_more.cmxa"\n)\n', "foo-1.2.3/src/foo.ml": "", "foo-1.2.3/src/foo.mllib": "Foo", "foo-1.2.3/src/foo_more.ml": "", "foo-1.2.3/src/foo_more.mllib": "Foo_more" };
  expect([...bring(files).library.packages.values()].filter((p) => p.origin === "user").map((p) => p.name)).toEqual(["foo", "foo.more"]);
  expect(bring({ "bar-0.9/src/bar.ml": "", "bar-0.9/opam": "" }).library.packages.has("bar")).toBe(true);
});

describe("installed packages", () => {
  const meta = 'version = "1.0"\nrequires = ""\narchive(native) = "foo.cmxa"\npackage "sub" (\n directory = "sub"\n requires = "foo"\n archive(native) = "foo_sub.cmxa"\n)\n';
  const wrapped = `(lang dune 3.0)\n(name foo)\n(library (name foo) (kind normal) (modules (wrapped (main_module_name Foo) (modules ((name Bar) (obj_name foo__Bar) (visibility public) (impl)) ((name Foo) (obj_name foo) (visibility public) (impl)))
 (alias_module (name Foo__) (obj_name foo__) (visibility public) (kind alias) (impl)) (wrapped true))))`;
  const newer = `(lang dune 3.17)\n(name foo)\n(library (name foo) (kind normal) (modules (wrapped (group (alias (obj_name foo__) (visibility public) (kind alias) (source (path Foo__) (impl (path foo__.ml-gen)))) (name Foo)
 (modules (module (obj_name foo__Bar) (visibility public) (source (path Bar) (impl (path bar.ml)))) (module (obj_name foo) (visibility public) (source (path Foo) (impl (path foo.ml)))))) (wrapped true))))`;
  test.each([
    ["of dune 2", { "foo/dune-package": wrapped }],
    ["of dune 3", { "foo/dune-package": newer }],
    ["with META alone, told by compiled files", { "foo/foo__.cmi": "", "foo/foo__Bar.cmi": "", "foo/foo.cmi": "" }],
  ])("wrapped, %s", (_, extra: Files) => {
    const brought = installed({ "foo/META": meta, "foo/bar.ml": "let x = 1", "foo/foo.ml": "let y = Bar.x", "foo/sub/foo_sub.ml": "let z = Foo.y", ...extra }, ["foo.sub", "foo"]);
    expect(errors(brought)).toEqual([]);
    expect(check(brought, "let a : int = Foo.y").messages).toEqual([]);
    if (!("foo/dune-package" in extra)) expect(check(brought, "let a : int = Foo_sub.z").messages).toEqual([]);
  });
  test.each([
    ["of dune", { "dune-package": wrapped }],
    ["told by compiled files", { "foo__.cmi": "", "foo__Bar.cmi": "", "foo.cmi": "" }],
  ])("given as a folder of their own, %s", (_, extra: Files) => {
    for (const folder of ["", "foo/"]) {
      const files = { META: meta, "bar.ml": "let x = 1", "foo.ml": "let y = Bar.x", "sub/foo_sub.ml": "let z = Foo.y", ...extra };
      const brought = bring(Object.fromEntries(Object.entries(files).map(([path, text]) => [folder + path, text])));
      expect(brought.unusable).toEqual([]);
      // Its modules hide none of the project's own that have their short names.
      expect([...brought.library.packages.values()].filter((p) => p.origin === "user").flatMap((p) => p.units)).not.toContain("Bar");
      expect(check(brought, "let a : int = Foo.y").messages).toEqual([]);
    }
  });
  test("without their text give way to the project's own, else say so", () => {
    const brought = installed({ "lwt/META": 'archive(native) = "lwt.cmxa"', "lwt/lwt.mli": "type t", "lwt/lwt.cmx": "", "none/META": 'archive(native) = "none.cmxa"', "none/none.mli": "val x : int", "none/none.cmx": "" }, ["lwt", "none"]);
    expect(brought.library.packages.get("lwt")?.origin).toBe("own");
    // So do modules of packages of other names.
    expect(installed({ "co/META": 'archive(native) = "co.cmxa"', "co/lwt.cmi": "", "co/co.cmx": "" }, ["co"]).library.find("Lwt")?.package).toBe("lwt");
    expect(brought.library.diagnostics.map((d) => d.message).join("\n")).toMatch(/package lwt: it is installed without the text of Lwt; the project's own package lwt is used in its place\npackage none: it is installed without the text of None/);
  });
  test("which libraries implement a virtual one is said when none was named", () => {
    const described = (name: string, more: string): string => `(lang dune 2.9)\n(name ${name})\n(library\n (name ${name})\n (kind normal)\n ${more}\n (main_module_name Clock)\n (modules (unwrapped ((name Clock) (obj_name clock) (visibility public) ${name === "clock" ? "(kind virtual) (intf)" : "(impl)"}))))`;
    const files = { "clock/META": "", "clock/dune-package": described("clock", "(virtual)"), "clock/clock.mli": "val now : unit -> int", "clock-sun/META": "", "clock-sun/dune-package": described("clock-sun", "(implements clock)"), "clock-sun/clock.ml": "let now () = 1", "broken/dune-package": "((implements clock)", "other/dune-package": described("other", "") };
    expect(check(installed(files, ["clock"]), "let a = Clock.now ()").messages.join()).toContain("name one of clock-sun");
  });
  test("say what was to make a value that is not found in one of their modules", () => {
    const files = { "p/META": 'archive(native) = "p.cmxa"', "p/p.mli": "type t = int\n[@@deriving show]\nval x : t", "p/p.ml": "type t = int\nlet x = 1", "p/q.ml": "let y = 1" };
    expect(check(installed(files, ["p"]), "let a = P.show P.x").messages).toEqual([expect.stringContaining("Unbound value P.show"), expect.stringMatching(/^File "\/opam\/p\/p.mli", line 2.*\nError: package p: \[@@deriving ...\] is for a ppx rewriter/)]);
    expect(check(installed(files, ["p"]), "let a = Q.show P.x").messages).toEqual([expect.stringContaining("Unbound value Q.show")]);
  });
  test("have what any of those that share the folder needs, if it is there", () => {
    const files: Files = {
      "p/META": 'archive(native) = "p.cmxa"\npackage "more" ( requires = "p q" archive(native) = "more.cmxa" )\npackage "rest" ( requires = "p gone" archive(native) = "rest.cmxa" )',
      "p/p.ml": "let x = 1", "p/more.ml": "let x = P.x + Q.x", "p/rest.ml": "let x = Gone.x",
      "q/META": 'archive(native) = "q.cmxa"', "q/q.ml": "let x = 2",
    };
    expect(check(installed(files, ["p"]), "let a : int = P.x + More.x").messages).toEqual([]);
    expect(check(installed(files, ["p"]), "let a : int = Rest.x").messages.join()).toContain("Unbound module Gone");
  });
  test("say once what they lack, though several packages share the folder", () => {
    const files = { "none/META": 'archive(native) = "none.cmxa"\npackage "more" (\n  requires = "none"\n  archive(native) = "more.cmxa"\n)', "none/none.mli": "val x : int", "none/none.cmx": "", "none/more.ml": "let y = None.x", "none/more.cmx": "" };
    expect(installed(files, ["none"]).library.diagnostics.map((d) => d.message)).toEqual(["package none: it is installed without the text of None, so a program that uses it cannot be built. Give a folder or an archive of its sources"]);
  });
  test("the modules without text and those with errors are told once, not what follows in their users", () => {
    const compiled = Object.fromEntries(["gone", "bad", "shown", "first", "second"].map((m) => [`foo/${m}.cmx`, ""]));
    const files = { "foo/META": 'archive(native) = "foo.cmxa"', "foo/first.ml": "let a = Gone.x\nlet b = Gone.M.y", "foo/second.ml": "let c = First.b\nlet d : int = \"\"", "foo/bad.mli": "val x : t\nval y : u", "foo/bad.ml": "let x = 1", "foo/shown.ml": "let e = Bad.x ^ 1", "foo/script.ml": "#load \"x\"" };
    const brought = installed({ ...files, ...compiled }, ["foo"]);
    expect(check(brought, "let f = First.a + 1.0\nlet g = Second.c").messages).toEqual(['File "/opam/foo/META", line 1, characters 0-28:\nError: package foo: it is installed without the text of Gone. Give a folder or an archive of its sources']);
    expect(check(brought, "let f = Shown.e").messages.join("\n").match(/Error: .*/g)).toEqual(["Error: Unbound type constructor t", "Error: Unbound type constructor u"]);
    expect(check(brought, "let f = Script.x").messages.join("\n").match(/Error: .*/g)).toEqual(["Error: Unbound module Script"]);
  });
  test("that need the compiler's own modules are told which, once; its modules meet no others", () => {
    const files = {
      "compiler-libs/META": 'requires = ""\ndirectory = "+compiler-libs"\npackage "common" (\n archive(native) = "ocamlcommon.cmxa"\n)\npackage "bytecomp" (\n archive(native) = "ocamlbytecomp.cmxa"\n)\n',
      "compiler-libs/location.mli": "type t",
      "compiler-libs/location.cmx": "",
      "compiler-libs/config.mli": "val version : string",
      "compiler-libs/config.cmx": "",
      "foo/META": 'requires = "compiler-libs.common"\narchive(native) = "foo.cmxa"',
      ...Object.fromEntries(["foo__", "foo__Place", "foo__Tree", "foo__Code"].map((m) => [`foo/${m}.cmx`, ""])),
      "foo/place.ml": "type t = Location.t",
      "foo/tree.ml": "type t = Place.t * int",
      "foo/code.ml": "type t = Place.t * Place.t",
      "foo/config.ml": "let mine = 1",
      "foo/config.cmx": "",
    };
    const brought = installed(files, ["foo"]);
    expect(brought.library.diagnostics).toEqual([]);
    expect(check(brought, "let a : int = Config.mine").messages).toEqual([]);
    expect(check(brought, "type t = Foo__Tree.t * Foo__Code.t").messages).toEqual([
      'File "/opam/compiler-libs/META", line 3, characters 0-18:\nError: package compiler-libs.common: Location is a module of the OCaml compiler that is installed there, whose text is not: programs that are made here cannot contain it',
    ]);
  });
  test("of the user's have the place of the project's own of the same name", () => {
    const brought = installed({ "lwt/META": 'archive(native) = "lwt.cmxa"', "lwt/lwt.ml": "let mine = 1" }, ["lwt"]);
    expect(errors(brought)).toEqual([]);
    expect(check(brought, "let a : int = Lwt.mine").messages).toEqual([]);
  });
  test("may have their META beside the folders or in METAS, where findlib finds it, too", () => {
    const meta = 'directory = "+gmp"\narchive(native) = "gmp.cmxa"';
    for (const file of ["META.gmp", "METAS/META.gmp"]) {
      const brought = installed({ [file]: meta, "gmp/gmp.ml": "let one = 1", "gmp/gmp.cmi": "", "creal/META": 'requires = "gmp"\narchive(native) = "creal.cmxa"', "creal/creal.ml": "let one = Gmp.one", "creal/creal.cmi": "" }, ["creal"]);
      expect(errors(brought)).toEqual([]);
      expect(brought.library.find("Gmp")?.package).toBe("gmp");
    }
  });

  test("that are missing are said with who asks", () => {
    expect(errors(installed({ "foo/META": 'requires = "gone"' }, ["foo"])).join()).toContain('File "/opam/foo/META", line 1, characters 0-17:\nError: package foo: it needs the library gone, which is missing: it is in none of /opam');
    expect(errors(installed({}, ["foo"])).join()).toContain("There is no library foo: it is in none of /opam");
    expect(errors(installed({ "foo/META": meta }, ["foo.none"])).join()).toContain("package foo.none: the package foo has no library of this name; it has foo, foo.sub");
  });
});

test("a compiled file beside a module tells the flags that change its typing", () => {
  const cmt = (flags: readonly string[]): string => `)-rectypes ... /usr/bin/ocamlopt.opt${flags.map((f) => String.fromCharCode(32 + f.length) + f).join("")}...`;
  const files = { "foo/META": 'archive(native) = "foo.cmxa"', "foo/foo.cmi": "", "foo/foo.ml": "let f ~x = x let g (h : int -> int) = h 1 let a = g f" };
  expect(check(installed({ ...files, "foo/foo.cmt": cmt(["-w", "-nolabels"]) }, ["foo"]), "let a = Foo.a").messages).toEqual([]);
  expect(check(installed({ ...files, "foo/foo.cmt": cmt(["-w"]) }, ["foo"]), "let a = Foo.a").messages.length).toBeGreaterThan(0);
});

test("a package that is a name for another gives way with that", () => {
  const numbers = new OwnPackages({ packages: [...smallLibrary.packages, { name: "num", files: { dune: "(library (name nums) (public_name num) (wrapped false))", "big_int.ml": "let one = 1" } }] });
  const files: Files = { "num/META": 'requires = "num.core"\npackage "core" (\n directory = "^"\n archive(native) = "nums.cmxa"\n)', "foo/META": 'requires = "num"\narchive(native) = "foo.cmxa"', "foo/foo.ml": "let x : int = Big_int.one" };
  const brought = bringLibraries({ own: numbers, trees: [], sources: [installedSource(memory(files, "/opam"))], names: ["foo"], linking: true });
  expect(errors(brought)).toEqual([]);
  expect(check(brought, "let a = Foo.x").messages).toEqual([]);
});

describe("files that cppo changes", () => {
  const text = `#define ADD(a, b) ((a) + (b))
#define NAME "x"
let s = "NAME" (* NAME *) ^ NAME
#if OCAML_VERSION >= (4, 08, 0) && defined ADD
let a = ADD(1, ADD(2, 3))
#if not defined NOPE || OCAML_MAJOR < 4
let b : int = Q
#elif true
let b = ((
#endif
#else
let a = ((
#endif
#undef NAME
#ifndef NAME
let c : char = 'N'
#endif
`;
  const program = "let f : string * int * int * char = M.(s, a, b, c)";
  test.each([
    ["by a rule", "(rule (targets m.ml) (deps m.cppo.ml) (action (run %{bin:cppo} -V OCAML:%{ocaml_version} -D 'Q 3' %{deps} -o %{targets})))(library (name m))", "m.cppo.ml"],
    ["by a rule that prints", "(rule (with-stdout-to m.ml (run cppo -V OCAML:%{ocaml_version} -D 'Q 3' m.cppo.ml)))(library (name m))", "m.cppo.ml"],
    ["before each is compiled", "(library (name m) (preprocess (action (run %{bin:cppo} -V OCAML:%{ocaml_version} %{input-file}))))", "m.ml"],
  ])("%s", (_, dune, file) => {
    const files = { dune: dune.replaceAll("'Q 3'", '"Q 3"'), [file]: file === "m.ml" ? `#include "q.h"\n${text}` : text, "q.h": "#define Q 3\n" };
    expect(check(bring(files), program).messages).toEqual([]);
    expect(check(bring({ ...files, [file]: "let x = 1\n#if X > 3\n#endif" }), program).messages.join()).toContain("X is not defined");
  });
  test("include what later rules make", () => {
    const dune = "(rule (targets m.ml) (deps m.cppo.ml later.ml) (action (run cppo %{dep:m.cppo.ml} -o m.ml)))(rule (copy first.txt later.ml))(rule (copy gone.txt never.ml))(library (name m) (modules m))";
    expect(check(bring({ dune, "m.cppo.ml": '#include "later.ml"', "first.txt": "let x = 1" }), "let y : int = M.x").messages).toEqual([]);
  });
  test("with conditions and inclusions that are wrong, or have no end, are refused", () => {
    const of = (more: string): string => check(bring({ dune: "(library (name m) (preprocess (action (run cppo %{input-file}))))", "m.ml": more, "loop.h": '#include "loop.h"' }), "let x = M.x").messages.join();
    expect(of("#if true")).toContain("an #if is not closed by #endif");
    expect(of('\n#include "loop.h"')).toContain("included in a circle");
    expect(of('#include "gone.h"')).toContain("the file gone.h that is included here is not there");
    expect(of("#error no way")).toContain("#error no way");
    expect(of(`#if ${"(".repeat(5000)}`)).toContain("condition");
    expect(of("#define A B B\n#define B C C\n#define C D D\nlet x : int = A")).toContain("Unbound");
  });
});

describe("packages of Morgana's own", () => {
  const more = new OwnPackages({ packages: [...smallLibrary.packages, { name: "shapes", files: { dune: "(library (name shapes) (public_name shapes) (wrapped false))", "square.ml": "let x = 1", "circle.ml": "let x = 2" } }, { name: "drawings", files: { dune: "(library (name drawings) (public_name drawings) (wrapped false) (libraries shapes lwt))", "drawing.ml": "let d = Lwt.return Square.x" } }] });
  const withTree = (files: Files): Brought => bringLibraries({ own: more, trees: [new SourceTree(memory(files))], sources: [], names: [], linking: true });
  test("give way to a library that has a module of theirs, and that is said", () => {
    const brought = withTree({ dune: "(library (name plane) (wrapped false))", "square.ml": 'let x = ""' });
    expect(brought.library.diagnostics.map((d) => d.message)).toEqual(["package plane: its module Square has the name of one of Morgana's package shapes: this one is used, and that package is left out, with those that need it"]);
    expect(check(brought, "let a : string = Square.x").messages).toEqual([]);
    expect(check(brought, "let a = Circle.x").messages[0]).toContain("package shapes: this package of Morgana's is left out, because its module Square has the name of one of the library plane");
    expect(check(brought, "let a = Drawing.d").messages[0]).toContain("package drawings: this package of Morgana's is left out, because it needs the package shapes, which is left out because its module Square");
    expect(withTree({ dune: "(library (name circle_user) (libraries shapes))", "circle_user.ml": "let y = Circle.x" }).library.diagnostics).toEqual([]);
  });
  test("that every program needs have no module of a name that a library may have", () => {
    const all = new OwnPackages(readLibraryArchive());
    const needed = all.all.filter((p) => /^(?:stdlib|primitives|runtime|platform-.*)$/.test(p.name));
    expect(needed.flatMap((p) => p.units.map((u) => u.name)).filter((name) => !/^(?:Stdlib|Std_exit$|Camlinternal|Primitives_|Morgana_runtime|Platform_)/.test(name))).toEqual([]);
    const names = ["runtime", "timer", "machine", "linux", "serial"];
    const tree = new SourceTree(memory({ dune: "(library (name mine) (wrapped false))", ...Object.fromEntries(names.map((name) => [`${name}.ml`, "let mine = 1"])) }));
    const brought = bringLibraries({ own: all, trees: [tree], sources: [], names: [], linking: true });
    expect(errors(brought)).toEqual([]);
    expect(check(brought, "let sum : int = Runtime.mine + Timer.mine + Machine.mine + Linux.mine + Serial.mine").messages).toEqual([]);
  });
  test("are compiled with a library of the user's that has the place of one, or say that they cannot be", () => {
    const lwt = (text: string): Files => ({ dune: "(library (name lwt) (public_name lwt) (wrapped false))", "lwt.ml": text });
    expect(check(withTree(lwt("let return x = [x]")), "let a : int list = Drawing.d").messages).toEqual([]);
    expect(check(withTree(lwt("let give x = x")), "let a = Drawing.d").messages[0]).toContain("package lwt: Morgana's package drawings needs another version of it than this one");
  });
});

test("what a tree has for itself, or for other programs, is left out with a warning", () => {
  const tree: Files = {
    "src/dune": "(library (name foo) (public_name foo))",
    "src/foo.ml": "let x = 1",
    "test/dune": "(library (name foo_test) (libraries foo gone))",
    "test/foo_test.ml": "let y = Gone.x",
    "ppx/dune": "(library (name foo_ppx) (public_name foo.ppx) (kind ppx_rewriter))",
    "top/dune": "(library (name foo_top) (public_name foo.top) (libraries compiler-libs.toplevel))",
    "top/foo_top.ml": "let () = Toploop.loop ()",
  };
  const brought = bring(tree);
  expect(brought.unusable.map((d) => `${d.severity}: ${d.message.slice(0, 45)}`)).toEqual(["warning: package foo.top: it is for OCaml's toplevel, ", "warning: package foo.ppx: this is a ppx rewriter, a pr", "warning: package foo_test: it needs the library gone, "]);
  expect(bring({ dune: "(library (name only) (libraries gone))", "only.ml": "" }).unusable.map((d) => d.severity)).toEqual(["error"]);
  expect(errors(bring(tree, ["foo.top"])).join()).toContain("package foo.top: it is for OCaml's toplevel");
  expect(bring({ ...tree, "src/dune": "(library (name foo) (public_name foo) (libraries foo_test))" }).unusable.some((d) => d.severity === "error")).toBe(true);
});

test("trees with META and lists of modules, with opam alone", () => {
  const topkg = { "pkg/META": 'requires = ""\narchive(native) = "foo.cmxa"\npackage "x" ( requires = "foo" archive(native) = "foo_x.cmxa" )', "opam": 'name: "foo"\nversion: "2"\nlicense: "ISC"', "src/foo.mllib": "Foo\n", "src/foo.ml": "let y = 1", "src/foo_x.mllib": "Foo_x", "src/foo_x.ml": "let x = Foo.y" };
  const brought = bring(topkg);
  expect(brought.named).toEqual(["foo", "foo.x"]);
  expect(check(brought, "let a : int = Foo_x.x").messages).toEqual([]);
  expect(brought.library.packages.get("foo")?.licence).toEqual({ text: "ISC", file: "lib/opam" });
  expect(check(bring({ "foo.opam": "", "src/foo.ml": "let y = 1" }), "let a : int = Foo.y").messages).toEqual([]);
  // A list may leave out what its modules need; other files beside it are none of the library's.
  const short = bring({ ...topkg, "src/foo.ml": "let y = Foo_help.y", "src/foo_help.ml": "let y = Foo_inner.y", "src/foo_inner.ml": "let y = 1", "src/foo_other.ml": "(((" });
  expect(short.library.packages.get("foo")?.units).toEqual(["Foo", "Foo_help", "Foo_inner"]);
  expect(short.library.packages.get("foo.x")?.units).toEqual(["Foo_x"]);
  expect(check(short, "let a : int = Foo_x.x").messages).toEqual([]);
});

test("licences come from opam, dune-project, or the text of a file", () => {
  const licence = (files: Files): string | undefined => bring({ dune: "(library (name foo) (public_name foo))", "foo.ml": "", ...files }).library.packages.get("foo")?.licence?.text;
  expect(licence({ "foo.opam": 'license: ["MIT" "Apache-2.0"]', "dune-project": "(lang dune 3.0)(license ISC)" })).toBe("MIT AND Apache-2.0");
  expect(licence({ "dune-project": "(lang dune 3.0)(license ISC)" })).toBe("ISC");
  expect(licence({ "LICENSE.md": "Permission to use, copy, modify, and distribute this software for any purpose" })).toBe("ISC");
  expect(licence({ LICENSE: "All rights reserved" })).toBe("see LICENSE");
  expect(licence({})).toBe(undefined);
  expect(licenceSummary([{ name: "a", origin: "own", version: undefined, licence: "ISC" }, { name: "b", origin: "user", version: undefined, licence: "MIT" }, { name: "c", origin: "user", version: undefined, licence: undefined }])).toBe("ISC (1 of Morgana's packages); MIT (b); licence not told (c)");
});

test("values in dune files, META's predicates, opam's fields", () => {
  expect([["5.3.0", "5.10"], ["5.0", "4.14.1"]].map(([a, b]) => Math.sign(compareVersions(a!, b!)))).toEqual([-1, 1]);
  const matching = ["a.ml", "b.mli", ".h.ml", "ab.ml"];
  expect(["*.ml", "{a,b}.{ml,mli}", "[ab].ml*", "?b.ml", "**"].map((glob) => matching.filter(globMatcher(glob)!))).toEqual([["a.ml", "ab.ml"], ["a.ml", "b.mli"], ["a.ml", "b.mli"], ["ab.ml"], matching]);
  expect(globMatcher("a*".repeat(40))!("a".repeat(2000) + "b")).toBe(true);
  const meta = parseMeta('requires = "a"\nrequires(native) = "b"\nrequires(native,ppx_driver) = "c"\nrequires(-toploop) += "d" # "x"\n');
  expect(metaValue(meta, "requires")?.value).toBe("b d");
  expect(parseOpam('license: "MIT"\ndepends: ["ocaml" {>= "4"} "lwt" "alcotest" {with-test & >= "1"} "x" {!with-doc}]\nurl { src: "s" }\n')).toMatchObject({ licences: ["MIT"], depends: ["ocaml", "lwt", "x"] });
});

test("whatever descriptions hold, they are read or refused", () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  const pieces = ["(", ")", "(library ", "(name foo)", '"', "\\", "#|", "|#", ";", "\n", "%{deps}", "%{", ":standard", "(rule ", "(copy a b)", "(modules a \\ b)", "(select a from (b -> c))", "package \"x\" (", "requires = ", "+=", "{", "}", "[", "]", "depends:", "(* ", "*)", '"""', "\u0000", "é", "(subdir x ", "(include dune)", "(copy_files ../*)", "(include_subdirs qualified)", "(enabled_if (= %{os_type} Unix))"];
  for (let round = 0; round < 600; round++) {
    const text = Array.from({ length: random(40) }, () => pieces[random(pieces.length)]!).join("");
    for (const [parse, refused] of [[parseSexps, SexpError], [parseDunePackage, SexpError], [parseMeta, MetaError], [parseOpam, OpamError]] as const) {
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(refused);
      }
    }
    bring({ dune: text, "dune-project": text, "x/dune": `(library (name y) ${text}`, "x/y.ml": "", "foo.opam": text });
    bring({ dune: `(library (name foo))${text}`, "foo.ml": "" });
    installed({ "foo/META": text, "foo/dune-package": text }, ["foo"]);
  }
  for (const deep of ["(".repeat(100_000), `${"(a ".repeat(100_000)}${")".repeat(100_000)}`, '"', "%{".repeat(50_000)]) bring({ dune: `(library (name foo) (enabled_if ${deep}))`, "foo.ml": "" });
});

const debian = "/usr/lib/ocaml";
const hasDebian = ["re", "lwt", "angstrom", "base"].every((name) => existsSync(`${debian}/${name}/META`));
test.skipIf(!hasDebian)("packages that Debian installs have all their units (skipped without libre-ocaml-dev and others)", () => {
  const names = ["re", "re.emacs", "lwt", "angstrom", "base", "cstruct", "ipaddr", "base64"].filter((name) => existsSync(`${debian}/${name.split(".")[0]}/META`));
  const brought = bringLibraries({ own, trees: [], sources: [installedSource(new FolderTree(debian))], names, linking: true });
  expect(errors(brought)).toEqual([]);
  for (const unit of ["Re", "Re__Automata", "Re_emacs", "Lwt_stream", "Angstrom__Parser", "Base__List"]) expect(brought.library.find(unit)?.implementation?.text.length, unit).toBeGreaterThan(10);
  expect(brought.library.packages.get("re")?.licence?.text).toContain("LGPL");
});
