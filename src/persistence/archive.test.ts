import { describe, expect, test } from "vitest";
import type { StudioProject } from "../../compiler-worker/api.ts";
import { exportProject, readIncoming, readTemplate, type IncomingFile } from "./archive.ts";
import { readArchive } from "./libraries.ts";
import { writeZip } from "./zip.ts";

const encoder = new TextEncoder();
const bytes = (text: string): Uint8Array => encoder.encode(text);
const files = (entries: Readonly<Record<string, string>>): IncomingFile[] => Object.entries(entries).map(([path, text]) => ({ path, bytes: bytes(text) }));

const project: StudioProject = {
  manifest: {
    format: 1,
    name: "demo",
    target: "qemu",
    nodes: [
      { kind: "application", id: "application", module: "Unikernel.Main", position: { x: 10, y: 20 } },
      { kind: "device", id: "console", device: "console", parameters: { rate: 9600, echo: true, name: "ä" }, position: { x: -5, y: 0 } },
    ],
    edges: [{ from: "console", to: "application", port: "Console" }],
  },
  files: { "unikernel.ml": "let x = \"Grüße\"\r\n", "a.ml": "", "a.mli": "val x : int" },
};

test("an archive that is written depends on nothing but its entries", () => expect(writeZip([{ path: "a", bytes: bytes("b") }])).toEqual(writeZip([{ path: "a", bytes: bytes("b") }])));

describe("projects from files", () => {
  test("an exported project comes back as it was", () => {
    const incoming = readIncoming("dropped", readArchive("demo.zip", exportProject(project)).files);
    expect(incoming).toEqual({ kind: "project", project: { manifest: project.manifest, files: { "a.ml": "", "a.mli": "val x : int", "unikernel.ml": project.files["unikernel.ml"] } }, trees: [], remarks: [] });
  });

  test("folders around the project and litter do not matter; what is left out is said", () => {
    const manifest = JSON.stringify(project.manifest);
    const incoming = readIncoming("dropped", files({ "deep/er/morgana.json": manifest, "deep/er/unikernel.ml": "let x = 1", "deep/er/README.md": "hi", "deep/er/sub/x.ml": "", "deep/er/main.ml": "", "deep/er/Foo.ml": "", "deep/er/.git/config": "", "__MACOSX/deep/._x": "" }));
    expect(incoming.kind === "project" && incoming.project.files).toEqual({ "unikernel.ml": "let x = 1" });
    expect(incoming.kind === "project" && incoming.remarks.map((remark) => remark.split(" ")[0])).toEqual(["Foo.ml", "README.md", "main.ml", "sub/x.ml"]);
  });

  test("a wrong manifest gives its errors, whatever is wrong", () => {
    const errors = (text: string): readonly string[] => {
      const incoming = readIncoming("dropped", files({ "morgana.json": text }));
      return incoming.kind === "error" ? incoming.errors : [];
    };
    expect(errors("{")[0]).toContain("is not JSON");
    expect(errors("[]")[0]).toContain("an object is expected");
    expect(errors(JSON.stringify({ ...project.manifest, nodes: [{ kind: "x", id: "a" }], edges: [{ from: "q", to: "q", port: 3 }] })).length).toBeGreaterThan(0);
    expect(readIncoming("dropped", [{ path: "morgana.json", bytes: new Uint8Array([0xff]) }])).toEqual({ kind: "error", errors: ["morgana.json is not a text in UTF-8."] });
  });

  test("sources without a manifest are sources; nothing is an error", () => {
    expect(readIncoming("dropped", files({ "a/x.ml": "1", "a/y.mli": "2" }))).toEqual({ kind: "sources", files: { "x.ml": "1", "y.mli": "2" }, remarks: [] });
    expect(readIncoming("dropped", files({ "a.txt": "1" }))).toMatchObject({ kind: "error" });
    expect(readIncoming("dropped", [])).toMatchObject({ kind: "error" });
    expect(readIncoming("dropped", [{ path: "x.ml", bytes: new Uint8Array([0x80]) }])).toEqual({ kind: "error", errors: ["x.ml is not a text in UTF-8."] });
    expect(readIncoming("dropped", files({ "a/morgana.json": "{}", "b/morgana.json": "{}" }))).toMatchObject({ kind: "error" });
  });

  test("a folder that describes libraries is one, whatever is around it", () => {
    const incoming = readIncoming("re-1.0.tbz", files({ "re-1.0/dune-project": "(lang dune 3.0)", "re-1.0/lib/dune": "(library (name re))", "re-1.0/lib/re.ml": "let é = 1", "re-1.0/.git/x": "" }));
    if (incoming.kind !== "library") throw new Error(incoming.kind);
    expect(incoming.tree.name).toBe("re-1.0");
    // Contents and paths are bytes, one code unit each.
    expect(incoming.tree.files).toEqual({ "dune-project": "(lang dune 3.0)", "lib/dune": "(library (name re))", "lib/re.ml": "let \u00c3\u00a9 = 1" });
  });

  test("an exported project brings its libraries along", () => {
    const tree = { id: "t", name: "odd ü", files: { "dune": "(library (name odd))", "odd.ml": "let x = \"\u00ff\u0000\"" } };
    const exported = exportProject({ ...project, manifest: { ...project.manifest, dependencies: ["libraries/odd ü"] }, trees: ["t"] }, [tree]);
    const incoming = readIncoming("demo", readArchive("demo.zip", exported).files);
    if (incoming.kind !== "project") throw new Error(JSON.stringify(incoming));
    expect(incoming.trees.map(({ name, files: inside }) => ({ name, files: inside }))).toEqual([{ name: tree.name, files: tree.files }]);
    expect(incoming.project.trees).toEqual(incoming.trees.map((t) => t.id));
    expect(incoming.project.files).toEqual({ "a.ml": "", "a.mli": "val x : int", "unikernel.ml": project.files["unikernel.ml"] });
    // An archive in the project's folder is a library as well as a folder is.
    const packed = writeZip([{ path: "odd/dune", bytes: bytes("(library (name odd))") }, { path: "odd/odd.ml", bytes: bytes("let x = 1") }]);
    const manifest = JSON.stringify({ ...project.manifest, dependencies: ["odd.zip"] });
    const second = readIncoming("demo", [...files({ "morgana.json": manifest }), { path: "odd.zip", bytes: packed }]);
    expect(second.kind === "project" && second.trees.map((t) => t.files)).toEqual([{ "odd/dune": "(library (name odd))", "odd/odd.ml": "let x = 1" }]);
    expect(readIncoming("demo", files({ "morgana.json": manifest }))).toEqual({ kind: "error", errors: ["morgana.json: dependencies: odd.zip is not among the files."] });
  });

  test("texts come out byte by byte as they went in", () => {
    const text = "\uFEFFlet x = 1\r\nlet y = 2\n\t";
    const incoming = readIncoming("dropped", files({ "x.ml": text }));
    expect(incoming.kind === "sources" && incoming.files["x.ml"]).toBe(text);
  });

  test("a MirageOS project is its sources and what lies beside them, and is exported as it was; what MirageOS's tools wrote is left out", () => {
    const own = { "app/config.ml": "open Mirage", "app/unikernel.ml": "let start () = ()", "app/htdocs/a.bin": "\u0000\u00ff", "app/README.md": "hi" };
    const incoming = readIncoming("dropped", files({ ...own, "app/duniverse/fmt/fmt.ml": "x", "app/mirage/main.ml": "y", "app/dune.build": "z", "app/_build/log": "" }));
    if (incoming.kind !== "project") throw new Error(incoming.kind);
    expect(incoming.project).toMatchObject({ manifest: { name: "app", target: "qemu" }, files: { "config.ml": "open Mirage", "unikernel.ml": "let start () = ()" }, mirage: { keys: [], folders: incoming.trees[0]?.id } });
    expect(incoming.remarks).toEqual([expect.stringMatching(/^3 files that MirageOS's tools wrote were left out/)]);
    const again = readArchive("app.zip", exportProject(incoming.project, incoming.trees)).files;
    expect(Object.fromEntries(again.map((file) => [file.path, new TextDecoder().decode(file.bytes)]))).toEqual(own);
    expect(readIncoming("two", files({ "a/config.ml": "", "b/config.ml": "" }))).toMatchObject({ kind: "error", errors: [expect.stringContaining("2 MirageOS projects")] });
  });

  test("a template that is no project is a fault", () => expect(() => readTemplate("t", { "x.ml": "" })).toThrow(/no project/));
});
