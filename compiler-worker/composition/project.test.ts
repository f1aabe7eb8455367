import { describe, expect, test } from "vitest";
import { CatalogueError, readCatalogue } from "./catalogue.ts";
import { literal } from "./main.ts";
import { parseManifest, printManifest } from "./project.ts";

const GOOD = {
  format: 1,
  name: "demo",
  target: "qemu",
  nodes: [
    { kind: "application", id: "app", module: "Unikernel.Main", position: { x: 1.5, y: -2 } },
    { kind: "device", id: "disk é", device: "disk", parameters: { name: "d", size: 3, writable: true }, position: { x: 0, y: 0 } },
  ],
  edges: [{ from: "disk é", to: "app", port: "Disk" }],
};
const errorsOf = (change: (data: Record<string, unknown>) => void): readonly string[] => {
  const data = JSON.parse(JSON.stringify(GOOD)) as Record<string, unknown>;
  change(data);
  const result = parseManifest(JSON.stringify(data));
  return result.ok ? [] : result.errors;
};

describe("manifests", () => {
  test("come back as they were written", () => {
    const read = parseManifest(JSON.stringify(GOOD));
    expect(read).toEqual({ ok: true, manifest: GOOD });
    if (read.ok) expect(parseManifest(printManifest(read.manifest))).toEqual(read);
  });

  test("may leave out positions and parameters", () => {
    expect(parseManifest('{"format":1,"name":"x","target":"unix","nodes":[{"kind":"device","id":"a","device":"b"}],"edges":[]}')).toMatchObject({ ok: true, manifest: { nodes: [{ parameters: {}, position: { x: 0, y: 0 } }] } });
  });

  test.each<[string, (data: Record<string, unknown>) => void, string]>([
    ["another format", (d) => (d["format"] = 2), "format: expected 1, found 2"],
    ["a name with a slash", (d) => (d["name"] = "../x"), "name: a name of letters"],
    ["no nodes", (d) => delete d["nodes"], "nodes: a list is expected"],
    ["two nodes of one name", (d) => (d["nodes"] = [GOOD.nodes[0], GOOD.nodes[0]]), 'nodes[1].id: "app" is the identifier of another node'],
    ["a module that is none", (d) => (d["nodes"] = [{ ...GOOD.nodes[0], module: "unikernel" }]), "nodes[0].module: a module path"],
    ["an unknown kind", (d) => (d["nodes"] = [{ ...GOOD.nodes[0], kind: "thing" }]), 'nodes[0].kind: "application" or "device"'],
    ["a position that is none", (d) => (d["nodes"] = [{ ...GOOD.nodes[0], position: { x: "1", y: 2 } }]), "nodes[0].position"],
    ["two wires at a port", (d) => (d["edges"] = [GOOD.edges[0], GOOD.edges[0]]), "edges[1]: parameter Disk of node"],
    ["a wire from nowhere", (d) => (d["edges"] = [{ ...GOOD.edges[0], from: "x" }]), 'edges[0].from: no node has the identifier "x"'],
  ])("are refused with %s", (_, change, message) => {
    expect(errorsOf(change).join("\n")).toContain(message);
  });

  test("that are no JSON, or no object, are refused", () => {
    for (const text of ["", "{", "[]", "null", "3", '"x"']) expect(parseManifest(text).ok).toBe(false);
  });
});

test("catalogues with mistakes are refused with the package and the device", () => {
  const files = (data: unknown): { name: string; files: Record<string, string> }[] => [{ name: "p", files: { "nodes.json": typeof data === "string" ? data : JSON.stringify(data) } }];
  const device = { id: "d", title: "D", summary: "A d.", category: "C", icon: "box", module: "D" };
  expect(readCatalogue(files([device]))).toMatchObject([{ id: "d", package: "p", parameters: [], targets: undefined }]);
  for (const data of ["{", {}, [3], [{ ...device, title: "" }], [device, device], [{ ...device, parameters: [{ name: "x", type: "int", default: "1", doc: "" }] }], [{ ...device, targets: [1] }]]) expect(() => readCatalogue(files(data))).toThrow(CatalogueError);
});

test("parameters become OCaml literals", () => {
  expect(literal('a"b\\c\n\x00\xe9')).toBe('"a\\"b\\\\c\\n\\000\\233"');
  expect(literal(-5)).toBe("(-5)");
  expect(literal(7)).toBe("7");
  expect(literal(true)).toBe("true");
});
