import { describe, expect, test } from "vitest";
import { readLibraryArchive } from "../../scripts/library-archive.mjs";
import type { LibraryTree, StudioProject } from "../api.ts";
import { Compiler } from "./service.ts";

const wrapped: LibraryTree = {
  id: "wrapped",
  name: "shapes-1.0",
  files: {
    "dune-project": '(lang dune 3.0)\n(name shapes)\n(license MIT)\n(package (name shapes) (synopsis "Shapes"))',
    "lib/dune": "(library (name shapes) (public_name shapes))",
    "lib/circle.ml": "let area r = 3 * r * r\nmodule Make (S : sig val scale : int end) = struct let area r = S.scale * area r end",
    "lib/square.ml": "let area a = a * a",
  },
};
const project = (source: string, trees: readonly string[]): StudioProject => ({
  manifest: { format: 1, name: "p", target: "unix", nodes: [{ kind: "application", id: "application", module: "Unikernel", position: { x: 0, y: 0 } }], edges: [] },
  files: { "unikernel.ml": source },
  trees,
});

describe("libraries that a project brings", () => {
  const compiler = new Compiler({ archive: readLibraryArchive(), now: () => 0 });

  test("their modules are in the palette and in the sources' scope, for as long as the project has them", async () => {
    await compiler.addLibraries(wrapped);
    const source = "let start () = print_int (Shapes.Circle.area 2); Lwt.return_unit";
    const analysis = await compiler.analyse(project(source, ["wrapped"]));
    expect(analysis.problems.map((p) => p.rendered)).toEqual([]);
    const [report] = analysis.trees;
    expect(report?.problems).toEqual([]);
    const [library] = report?.libraries ?? [];
    expect(library).toMatchObject({ name: "shapes", licence: "MIT", summary: "Shapes", modules: 2, problems: [] });
    expect(library?.devices.map((d) => d.module)).toEqual(["Shapes.Circle", "Shapes.Circle.Make", "Shapes.Square"]);
    const without = await compiler.analyse(project(source, []));
    expect(without.problems[0]?.message).toContain("Unbound module Shapes");
  });

  test("a module of a library is a node, with the ports of its functor", async () => {
    const nodes = [
      ...project("", []).manifest.nodes,
      { kind: "device" as const, id: "make", device: "shapes:Shapes.Circle.Make", parameters: {}, position: { x: 0, y: 0 } },
      { kind: "device" as const, id: "square", device: "shapes:Shapes.Square", parameters: {}, position: { x: 0, y: 0 } },
    ];
    const base = project("module Main (C : sig val area : int -> int end) = struct let start () = print_int (C.area 3); Lwt.return_unit end", ["wrapped"]);
    const with_ = { ...base, manifest: { ...base.manifest, nodes: [{ ...nodes[0]!, module: "Unikernel.Main" } as (typeof nodes)[0], ...nodes.slice(1)], edges: [{ from: "square", to: "application", port: "C" }] } };
    const analysis = await compiler.analyse(with_);
    expect(analysis.nodes.find((n) => n.id === "make")?.inputs.map((p) => p.name)).toEqual(["S"]);
    expect(analysis.edges[0]).toMatchObject({ ok: true });
    const result = await compiler.build(with_, () => undefined);
    expect(result.ok ? result.licences : result.obstacles).toContain("MIT (shapes)");
  });

  test("what is wrong with a library is told with it, and stops only programs that reach it", async () => {
    await compiler.addLibraries({ id: "bad", name: "bad", files: { dune: "(library (name bad) (libraries not_there))", "bad.ml": "let x = 1" } });
    const fine = await compiler.analyse(project("let start () = Lwt.return_unit", ["bad"]));
    expect(fine.obstacles).toEqual([]);
    expect(fine.trees[0]?.libraries[0]).toMatchObject({ name: "bad", devices: [] });
    expect(fine.trees[0]?.libraries[0]?.problems[0]?.message).toMatch(/needs the library not_there, which is missing/);
    const reaching = await compiler.analyse(project("let start () = print_int Bad.x; Lwt.return_unit", ["bad"]));
    expect(reaching.obstacles).not.toEqual([]);
  });
});
