/** Archives: what ordinary programs pack is read, and what nobody should pack is refused or left out, and said. */
import { spawnSync } from "node:child_process";
import { gzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ArchiveError, crc32 } from "./common.ts";
import { unpackArchive } from "./unpack.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

interface TarEntry {
  readonly name: string;
  readonly text?: string;
  readonly kind?: string;
  readonly link?: string;
  /** What the header says of the size, when it lies. */
  readonly size?: number;
}

function tar(entries: readonly TarEntry[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const { name, text = "", kind = "0", link = "", size } of entries) {
    const header = new Uint8Array(512);
    const put = (at: number, value: string): void => header.set(bytes(value), at);
    put(0, name.slice(0, 100));
    put(100, "0000644\0");
    put(124, `${(size ?? text.length).toString(8).padStart(11, "0")}\0`);
    put(156, kind);
    put(157, link);
    put(257, "ustar\x0000");
    put(148, "        ");
    put(148, `${header.reduce((a, b) => a + b, 0).toString(8).padStart(6, "0")}\0 `);
    const body = new Uint8Array(Math.ceil(text.length / 512) * 512);
    body.set(bytes(text));
    blocks.push(header, body);
  }
  blocks.push(new Uint8Array(1024));
  const all = new Uint8Array(blocks.reduce((n, b) => n + b.length, 0));
  blocks.reduce((at, b) => (all.set(b, at), at + b.length), 0);
  return all;
}

const refusal = (data: Uint8Array, limits = { entries: 100, bytes: 1 << 20 }): string => {
  try {
    unpackArchive("a", data, limits);
  } catch (error) {
    if (error instanceof ArchiveError) return error.message;
    throw error;
  }
  return "";
};

const files = { "lib/a.ml": bytes("let a = 1\n"), "lib/dune": bytes("(library (name lib))\n") };

describe("what is packed is read", () => {
  test.each([
    ["zip", zipSync(files)],
    ["stored zip", zipSync(files, { level: 0 })],
    ["tar", tar([{ name: "lib/", kind: "5" }, { name: "lib/a.ml", text: "let a = 1\n" }, { name: "lib/dune", text: "(library (name lib))\n" }])],
    ["tar.gz", gzipSync(tar([{ name: "./lib/a.ml", text: "let a = 1\n" }, { name: "./lib/dune", text: "(library (name lib))\n" }]))],
  ])("%s", (_, data) => {
    const { tree, notes } = unpackArchive("a", data);
    expect(notes).toEqual([]);
    expect(tree.list("lib")).toEqual({ files: ["a.ml", "dune"], folders: [] });
    expect(tree.read("lib/a.ml")).toBe("let a = 1\n");
  });

  test("tar with long names in GNU's and POSIX's form", () => {
    const long = `${"d/".repeat(80)}x.ml`;
    const record = ` path=${long}\n`;
    const length = [record.length + 2, record.length + 3].find((n) => `${n}${record}`.length === n)!;
    expect(unpackArchive("a", tar([{ name: "././@LongLink", kind: "L", text: `${long}\0` }, { name: "short", text: "1" }])).tree.read(long)).toBe("1");
    expect(unpackArchive("a", tar([{ name: "pax", kind: "x", text: `${length}${record}` }, { name: "short", text: "2" }])).tree.read(long)).toBe("2");
  });

  const hasBzip2 = spawnSync("bzip2", ["--help"]).status === 0;
  test.skipIf(!hasBzip2)("bzip2 (skipped without the program bzip2)", () => {
    // Runs, all bytes, and more than one block.
    const texts = ["", "x", "aaaa", "a".repeat(300), Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("").repeat(20), Array.from({ length: 250_000 }, (_, i) => String.fromCharCode((i * 7919 + (i >> 5)) & 0xff)).join("")];
    for (const text of texts) {
      const packed = spawnSync("bzip2", ["-1", "-c"], { input: tar([{ name: "x.ml", text }]) }).stdout;
      expect(unpackArchive("a", new Uint8Array(packed)).tree.read("x.ml") === text).toBe(true);
      if (text.length > 300) expect(refusal(new Uint8Array(packed.subarray(0, packed.length - 20)))).toContain("damaged or cut off");
    }
    expect(refusal(new Uint8Array(spawnSync("bzip2", ["-c"], { input: new Uint8Array(40 << 20) }).stdout), { entries: 10, bytes: 1 << 20 })).toContain("unpacks to more than 1 MiB");
  });
});

describe("what leaves the folder or deceives is refused", () => {
  test.each([
    ["an absolute path", "/etc/passwd", "an entry has an absolute path"],
    ["a drive", "C:x.ml", "an entry has an absolute path"],
    ["a parent", "a/../../x.ml", "an entry leaves the archive's folder"],
    ["a parent by backslashes", "a\\..\\x.ml", "an entry leaves the archive's folder"],
  ])("%s", (_, name, message) => {
    expect(refusal(tar([{ name, text: "x" }]))).toContain(message);
    expect(refusal(zipSync({ [name]: bytes("x") }))).toContain(message);
  });

  test("a NUL in a name", () => expect(refusal(zipSync({ "a\0b.ml": bytes("x") }))).toContain("NUL"));
  test("a name twice, and a file that is a folder too", () => {
    expect(refusal(tar([{ name: "a.ml" }, { name: "./a.ml" }]))).toContain('it holds "a.ml" twice');
    expect(refusal(tar([{ name: "a" }, { name: "a/b" }]))).toContain("as a file and as a folder");
    expect(refusal(tar([{ name: "a/b" }, { name: "a" }]))).toContain("as a file and as a folder");
  });
  test("more entries and more bytes than a library has", () => {
    const many = tar(Array.from({ length: 101 }, (_, i) => ({ name: `f${i}` })));
    expect(refusal(many)).toContain("more than 100 entries");
    expect(refusal(zipSync({ big: new Uint8Array(2 << 20) }))).toContain("more than 1 MiB");
    expect(refusal(gzipSync(new Uint8Array(64 << 20)))).toContain("more than 1 MiB");
  });
  test("a size that is not what comes out", () => {
    const zip = zipSync({ a: new Uint8Array(100_000) });
    const lying = zip.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at + 4 < lying.length; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    expect(refusal(lying)).toContain('the contents of "a" are not what was packed');
    expect(refusal(tar([{ name: "a", text: "x", size: 1 << 20 }]))).toContain("it is cut off");
  });
  test("contents that do not have their checksum", () => {
    const gz = gzipSync(tar([{ name: "a", text: "hello" }]));
    gz[gz.length - 6]! ^= 1;
    expect(refusal(gz)).toContain("damaged or cut off");
    expect(crc32(bytes("123456789"))).toBe(0xcbf43926);
  });
});

describe("what has no place among sources is left out and said", () => {
  test("links, devices, odd names", () => {
    const { tree, notes } = unpackArchive(
      "a",
      tar([
        { name: "l.ml", kind: "2", link: "/etc/passwd" },
        { name: "h.ml", kind: "1", link: "x.ml" },
        { name: "dev", kind: "3" },
        { name: "new\nline.ml", text: "x" },
        { name: "back\\slash.ml", text: "x" },
        { name: "\xc3\xa9.ml", text: "x" },
        { name: "Foo.ml", text: "1" },
        { name: "foo.ml", text: "2" },
      ]),
    );
    expect(tree.list("")?.files).toEqual(["Foo.ml", "foo.ml", "\xc3\xa9.ml"]);
    expect(notes).toEqual([
      'The entry "l.ml" is left out: it is a symbolic link to "/etc/passwd".',
      'The entry "h.ml" is left out: it is a hard link to "x.ml".',
      'The entry "dev" is left out: it is a device.',
      'The entry "new\\x0aline.ml" is left out: its name has a control character or a quote.',
      'The entry "back\\x5cslash.ml" is left out: its name has a backslash.',
    ]);
  });
});

test("cut and changed archives are refused or read, and never do anything else", () => {
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (const data of [zipSync(files), gzipSync(tar([{ name: "lib/a.ml", text: "let a = 1\n" }])), tar([{ name: "lib/a.ml", text: "let a = 1\n" }, { name: "b", text: "x".repeat(600) }])]) {
    for (let length = 0; length < data.length; length += 1 + Math.floor(data.length / 60)) refusal(data.subarray(0, length));
    for (let round = 0; round < 300; round++) {
      const changed = data.slice();
      for (let i = 0; i <= random(4); i++) changed[random(changed.length)] = random(256);
      refusal(changed);
    }
  }
});
