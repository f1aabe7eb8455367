import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { StudioProject } from "../../compiler-worker/api.ts";
import { exportProject, readIncoming, readTemplate, type IncomingFile } from "./archive.ts";
import { crc32, readZip, writeZip, ZipError } from "./zip.ts";

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

describe("zip archives", () => {
  test("crc-32 of the check string", () => expect(crc32(bytes("123456789"))).toBe(0xcbf43926));

  test("what is written is read, stored or deflated", () => {
    const entries = [
      { path: "a/empty", bytes: new Uint8Array() },
      { path: "a/long.txt", bytes: bytes("abc".repeat(5000)) },
      { path: "ü.ml", bytes: bytes("let x = 1") },
    ];
    expect(readZip(writeZip(entries))).toEqual(entries);
    expect(readZip(zipSync({ "x.ml": [bytes("let y = 2"), { level: 0 }] }))).toEqual([{ path: "x.ml", bytes: bytes("let y = 2") }]);
  });

  test("writing depends on nothing but the entries", () => expect(writeZip([{ path: "a", bytes: bytes("b") }])).toEqual(writeZip([{ path: "a", bytes: bytes("b") }])));

  test("every cut of an archive is refused with a message", () => {
    const archive = writeZip([{ path: "a.ml", bytes: bytes("let a = 1\n".repeat(20)) }, { path: "b.ml", bytes: bytes("let b = 2") }]);
    for (let length = 0; length < archive.length; length++) expect(() => readZip(archive.subarray(0, length)), `${length} bytes`).toThrow(ZipError);
  });

  test("no change of a byte gives other contents silently", () => {
    const original = [{ path: "a.ml", bytes: bytes("let a = 1\n".repeat(20)) }];
    const archive = writeZip(original);
    for (let at = 0; at < archive.length; at++) {
      const changed = archive.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      let entries;
      try {
        entries = readZip(changed);
      } catch (error) {
        expect(error, `byte ${at}`).toBeInstanceOf(ZipError);
        continue;
      }
      // Names have no checksum, and some fields (times) mean nothing to a project.
      for (const entry of entries) expect(entry.bytes, `byte ${at}`).toEqual(original[0]?.bytes);
    }
  });

  test("paths out of the archive, encryption, bombs and foreign formats are refused", () => {
    expect(() => readZip(zipSync({ "../evil.ml": bytes("x") }))).toThrow(/outside of itself/);
    expect(() => readZip(zipSync({ "/etc/passwd": bytes("x") }))).toThrow(/outside of itself/);
    expect(() => readZip(zipSync({ "C:\\x.ml": bytes("x") }))).toThrow(/outside of itself/);
    expect(() => readZip(zipSync({ "big.ml": new Uint8Array(3_000_000) }), { entries: 10, bytes: 1_000_000 })).toThrow(/more than 1 MiB/);
    expect(() => readZip(zipSync({ a: bytes("x"), b: bytes("x") }), { entries: 1, bytes: 100 })).toThrow(/2 entries/);
    expect(() => readZip(bytes("this is a text"))).toThrow("This is not a zip archive.");
    expect(() => readZip(new Uint8Array())).toThrow("This is not a zip archive.");
    const locked = writeZip([{ path: "a.ml", bytes: bytes("x") }]);
    const central = locked.length - 22 - 46 - 4;
    locked[central + 8] = (locked[central + 8] ?? 0) | 1;
    expect(() => readZip(locked)).toThrow("a.ml is encrypted in the archive.");
  });

  test("an entry that unpacks to more than it says is refused", () => {
    const archive = writeZip([{ path: "a.ml", bytes: bytes("abc".repeat(1000)) }]);
    const central = archive.length - 22 - 46 - 4;
    const view = new DataView(archive.buffer);
    view.setUint32(central + 24, 10, true);
    view.setUint32(central + 16, crc32(bytes("abcabcabca")), true);
    expect(() => readZip(archive)).toThrow(/damaged/);
  });
});

describe("projects from files", () => {
  test("an exported project comes back as it was", () => {
    const incoming = readIncoming(readZip(exportProject(project)));
    expect(incoming).toEqual({ kind: "project", project: { manifest: project.manifest, files: { "a.ml": "", "a.mli": "val x : int", "unikernel.ml": project.files["unikernel.ml"] } }, remarks: [] });
  });

  test("folders around the project and litter do not matter; what is left out is said", () => {
    const manifest = JSON.stringify(project.manifest);
    const incoming = readIncoming(files({ "deep/er/morgana.json": manifest, "deep/er/unikernel.ml": "let x = 1", "deep/er/README.md": "hi", "deep/er/sub/x.ml": "", "deep/er/main.ml": "", "deep/er/Foo.ml": "", "deep/er/.git/config": "", "__MACOSX/deep/._x": "" }));
    expect(incoming.kind === "project" && incoming.project.files).toEqual({ "unikernel.ml": "let x = 1" });
    expect(incoming.kind === "project" && incoming.remarks.map((remark) => remark.split(" ")[0])).toEqual(["Foo.ml", "README.md", "main.ml", "sub/x.ml"]);
  });

  test("a wrong manifest gives its errors, whatever is wrong", () => {
    const errors = (text: string): readonly string[] => {
      const incoming = readIncoming(files({ "morgana.json": text }));
      return incoming.kind === "error" ? incoming.errors : [];
    };
    expect(errors("{")[0]).toContain("is not JSON");
    expect(errors("[]")[0]).toContain("an object is expected");
    expect(errors(JSON.stringify({ ...project.manifest, nodes: [{ kind: "x", id: "a" }], edges: [{ from: "q", to: "q", port: 3 }] })).length).toBeGreaterThan(0);
    expect(readIncoming([{ path: "morgana.json", bytes: new Uint8Array([0xff]) }])).toEqual({ kind: "error", errors: ["morgana.json is not a text in UTF-8."] });
  });

  test("sources without a manifest are sources; nothing is an error", () => {
    expect(readIncoming(files({ "a/x.ml": "1", "a/y.mli": "2" }))).toEqual({ kind: "sources", files: { "x.ml": "1", "y.mli": "2" }, remarks: [] });
    expect(readIncoming(files({ "a.txt": "1" }))).toMatchObject({ kind: "error" });
    expect(readIncoming([])).toMatchObject({ kind: "error" });
    expect(readIncoming([{ path: "x.ml", bytes: new Uint8Array([0x80]) }])).toEqual({ kind: "error", errors: ["x.ml is not a text in UTF-8."] });
    expect(readIncoming(files({ "a/morgana.json": "{}", "b/morgana.json": "{}" }))).toMatchObject({ kind: "error" });
  });

  test("texts come out byte by byte as they went in", () => {
    const text = "\uFEFFlet x = 1\r\nlet y = 2\n\t";
    const incoming = readIncoming(files({ "x.ml": text }));
    expect(incoming.kind === "sources" && incoming.files["x.ml"]).toBe(text);
  });

  test("a template that is no project is a fault", () => expect(() => readTemplate("t", { "x.ml": "" })).toThrow(/no project/));
});
