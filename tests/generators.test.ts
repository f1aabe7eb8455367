/**
 * What ocamllex, ocamlyacc and menhir write, as they write it here, and what the project's own ocamllex and ocamlyacc write: programs
 * whose output the real compiler's program gave (`tests/generators/oracle.sh`).
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { FolderTree } from "../compiler-worker/cli/folder-tree.ts";
import { duneProgramRunner } from "../compiler-worker/dune-programs.ts";
import { build, ProgramSources, translate } from "../compiler-worker/driver.ts";
import { evaluateProgram } from "../compiler-worker/evaluate/evaluate.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { bringLibraries } from "../compiler-worker/packages/bring.ts";
import { MemoryTree } from "../compiler-worker/packages/file-tree.ts";
import { OwnPackages } from "../compiler-worker/packages/library.ts";
import { installedSource } from "../compiler-worker/packages/resolve.ts";
import { SourceTree } from "../compiler-worker/packages/source-tree.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";
import { canRun, runNative } from "./support/run.ts";

const folder = fileURLToPath(new URL("generators/", import.meta.url));
const INSTALLED = "/usr/lib/ocaml";
const KINDS: readonly { readonly kind: string; readonly needs: readonly string[]; readonly libraries: readonly string[] }[] = [
  { kind: "yacc", needs: ["/usr/bin/ocamllex", "/usr/bin/ocamlyacc"], libraries: [] },
  { kind: "menhir", needs: ["/usr/bin/ocamllex", "/usr/bin/menhir"], libraries: [] },
  { kind: "incremental", needs: ["/usr/bin/ocamllex", "/usr/bin/menhir", `${INSTALLED}/menhirLib/META`], libraries: ["menhirLib"] },
];

describe.each(KINDS)("$kind", ({ kind, needs, libraries: names }) => {
  const missing = needs.find((file) => !existsSync(file));
  const reason = !canRun ? " (skipped: programs for this machine are not made here)" : missing !== undefined ? ` (skipped: there is no ${missing})` : "";
  it.skipIf(reason !== "")(`gives a program that does what it does with the real compiler${reason}`, () => {
    const made = mkdtempSync(join(tmpdir(), "morgana-generators-"));
    try {
      const { status, stderr } = spawnSync(join(folder, "make.sh"), [kind, made], { encoding: "utf8" });
      expect(stderr).not.toContain("rror");
      expect(status).toBe(0);
      const file = (name: string): { name: string; text: string } => ({ name, text: readFileSync(join(made, name), "latin1") });
      const units = ["Ast", "Parser", "Lexer", "Main"].map((name): UnitSource => {
        const base = name.toLowerCase();
        return { name, package: "", interface: name === "Parser" ? file(`${base}.mli`) : undefined, implementation: file(`${base}.ml`), opens: ["Stdlib"], warnings: "-a" };
      });
      const { library } = bringLibraries({ own: new OwnPackages(readLibraryArchive()), trees: [], sources: names.length === 0 ? [] : [installedSource(new FolderTree(INSTALLED))], names: [...names], linking: true });
      const sources = new ProgramSources(units, library);
      const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")!, checkIr: true });
      expect([...library.diagnostics, ...diagnostics].filter((d) => d.severity === "error").map(renderDiagnostic)).toEqual([]);
      const [result] = runNative(image!.bytes);
      expect(result!.output).toBe(readFileSync(`${folder}${kind}.expected`, "latin1"));
      expect(result!.status).toBe(0);
    } finally {
      rmSync(made, { recursive: true });
    }
  });
});

const own = new OwnPackages(readLibraryArchive());
const treeOf = (files: Readonly<Record<string, string>>): SourceTree => new SourceTree(new MemoryTree("lib", new Map(Object.entries(files))), duneProgramRunner(() => own));
/** Runs a program on a tree of sources in the evaluator, and gives what it prints. */
function runWithTree(files: Readonly<Record<string, string>>, main: string): string {
  const { library } = bringLibraries({ own, trees: [treeOf(files)], sources: [], names: [], linking: true });
  const sources = new ProgramSources([{ name: "Main", package: "", interface: undefined, implementation: { name: "main.ml", text: main }, opens: ["Stdlib"], warnings: "-a" }], library);
  const { diagnostics, core } = translate(new TypingSession(sources), sources, undefined);
  expect([...library.diagnostics, ...diagnostics].filter((d) => d.severity === "error").map(renderDiagnostic)).toEqual([]);
  let output = "";
  evaluateProgram(core!.program, { output: (_, text) => (output += text) });
  return output;
}
const input = (name: string): string => readFileSync(folder + name, "latin1");

describe("libraries whose lexers and parsers are made here", () => {
  it("do what they do with ocamllex and ocamlyacc", () => {
    const dune = "(ocamllex lexer)(ocamlyacc parser)(library (name lang) (wrapped false))";
    expect(runWithTree({ dune, "ast.ml": input("ast.ml"), "lexer.mll": input("lexer.mll"), "parser.mly": input("yacc.mly") }, input("main.ml"))).toBe(input("yacc.expected"));
  });
  it("find the places of names in what was matched", () => {
    const dune = "(rule (targets places.ml) (deps places.mll) (action (chdir %{workspace_root} (run %{bin:ocamllex} -q -o %{targets} %{deps}))))(library (name places))";
    expect(runWithTree({ dune, "places.mll": input("places.mll") }, "include Places")).toBe(input("places.expected"));
  });
});

describe("dune files that are OCaml programs", () => {
  const program = (text: string): string => `(* -*- tuareg -*- *)\n${text}`;
  it("are run", () => {
    const dune = program('open Jbuild_plugin.V1\nlet major = Scanf.sscanf ocaml_version "%u.%u" (fun a _ -> a)\nlet () = if Sys.getenv_opt "HOME" = None && List.mem_assoc "arch" ocamlc_config then Printf.ksprintf send "(library (name %s%d))" "lib" major');
    expect(runWithTree({ dune, "lib5.ml": "let x = 5" }, "let () = print_int Lib5.x")).toBe("5");
  });
  it("say what is wrong with them", () => {
    const tree = (text: string): readonly string[] => treeOf({ dune: program(text) }).problems.map(renderDiagnostic);
    expect(tree('let () = Jbuild_plugin.V1.send 3')[0]).toContain("failed: This expression has type int");
    expect(tree('let () = List.iter Jbuild_plugin.V1.send (Jbuild_plugin.V1.run_and_read_lines "ls")')[0]).toContain("the command ls is not run here");
    expect(tree('let () = Jbuild_plugin.V1.send "(library"')[0]).toMatch(/File "lib\/dune \(what it prints\)".*\n.*this '\(' is not closed/);
    expect(tree("let rec f () = f () let () = f ()")[0]).toContain("failed:");
  });
});

describe("programs of a tree that make or change modules", () => {
  const files = {
    "tools/dune": "(executables (names print write config root) (modules print write config root shared) (libraries unix))(executable (name pp) (modules pp) (libraries dune.configurator))",
    "tools/shared.ml": 'let line name n = Printf.sprintf "let %s = %s\\n" name n',
    "tools/print.ml": 'let () = let ic = open_in Sys.argv.(1) in print_string (Shared.line "printed" (input_line ic))',
    "tools/write.ml": 'let () = let oc = open_out "written.ml" in output_string oc (Shared.line "written" Sys.argv.(1)); close_out oc',
    "tools/root.ml": 'let () = let n = input_line (open_in "src/n.in") and name = "more/rooted.ml" in if Sys.is_directory "more" then begin let oc = open_out name in output_string oc (Shared.line "rooted" n); close_out oc; Unix.chmod name 0o444 end',
    "tools/config.ml": 'let () = Scanf.sscanf Sys.ocaml_version "%d" (fun major -> print_string (if major >= 5 then "five.txt" else "four.txt"))',
    "tools/pp.ml":
      'module C = Configurator.V1 let () = C.main ~name:"pp" (fun c -> let ic = open_in Sys.argv.(1) in try while true do let l = input_line ic in print_endline (if l = "VERSION" then Printf.sprintf "let version = %S" (C.ocaml_config_var_exn c "version") else l) done with End_of_file -> ())',
    "src/dune": `(rule (with-stdout-to printed.ml (chdir ../tools (run ./print.exe %{dep:../tools/n.txt}))))
(rule (targets written.ml) (deps (:gen ../tools/write.exe)) (action (run %{gen} 7)))
(rule (with-stdout-to of_in.ml (progn (echo "let of_in = ") (cat n.in))))
(rule (with-stdout-to which (run %{exe:../tools/config.exe})))
(rule (copy %{read:which} copied.ml))
(library (name foo) (wrapped false) (preprocess (per_module ((action (run %{project_root}/tools/pp.exe %{input-file})) version) ((action (run tools/pp.exe %{input-file})) rooted_pp))))`,
    "more/dune": "(library (name more) (wrapped false)) (rule (targets rooted.ml) (deps ../src/n.in ../tools/root.exe) (action (chdir %{project_root} (run tools/root.exe))))",
    "src/n.in": "8",
    "src/five.txt": "let copied = 5",
    "src/four.txt": "let copied = 4",
    "src/version.ml": "VERSION",
    "src/rooted_pp.ml": "VERSION",
    "tools/n.txt": "3",
    "dune-project": "(lang dune 3.0)",
  };
  it("are run", () => {
    expect(runWithTree(files, 'let () = Printf.printf "%d %d %d %d %d %s %s" Printed.printed Written.written Rooted.rooted Of_in.of_in Copied.copied Version.version Rooted_pp.version')).toBe("3 7 8 8 5 5.3.0 5.3.0");
  });
  it("are run as scripts of the toplevel", () => {
    const dune = `(rule (with-stdout-to made.ml (run ocaml %{dep:gen.ml} -n 3))) (rule (targets more.ml) (action (run %{ocaml} str.cma gen.ml %{targets}))) (library (name foo) (wrapped false))`;
    const script = '#load "str.cma";;\nmatch Sys.argv with [| _; "-n"; n |] -> Printf.printf "let x = %s" n | a -> let oc = open_out a.(1) in output_string oc (Str.global_replace (Str.regexp "a+") "1" "let y = aa"); close_out oc';
    expect(runWithTree({ dune, "gen.ml": script }, 'let () = Printf.printf "%d %d" Made.x More.y')).toBe("3 1");
    // What needs the toplevel itself is not run.
    const { library } = bringLibraries({ own, trees: [treeOf({ dune, "gen.ml": '#use "topfind";;' })], sources: [], names: [], linking: true });
    expect(library.find("Made")?.problems?.().map((d) => d.message)).toEqual(["package foo: the file made.ml is not there, and what would make it runs ocaml, which cannot be run here: make it once (dune build made.ml) and put it beside the others"]);
  });
  it("say what is wrong with them", () => {
    const failing = { ...files, "tools/print.ml": 'let () = failwith "no"', "tools/write.ml": "let () = ()" };
    const { library } = bringLibraries({ own, trees: [treeOf(failing)], sources: [], names: [], linking: true });
    expect(["Printed", "Written"].map((name) => library.find(name)?.problems?.().map((d) => d.message)[0])).toEqual([
      'package foo: ./print.exe was run here and failed: it raises the exception Failure("no")',
      "package foo: ../tools/write.exe was run here and did not write written.ml",
    ]);
  });
});

// As OCaml links units of archives.
it.each([
  ["include Lib", true],
  ["module M = Lib", true],
  ["let () = print_int Lib.x", true],
  ["let () = ignore (Lib.f 1)", true],
  ["let () = match Exit with Lib.E -> () | _ -> ()", true],
  ["open Lib let () = ()", false],
  ["let () = ignore Lib.A", false],
  ["let () = ignore (Lib.id 3)", false],
])("%s makes a library's module part of the program: %s", (main, isLinked) => {
  const lib = 'let () = print_string "linked" let x = 1 let f y = y + 1 exception E type t = A external id : int -> int = "%identity"';
  expect(runWithTree({ dune: "(library (name lib))", "lib.ml": lib }, main).includes("linked")).toBe(isLinked);
});
