import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sha256 } from "./sha256.ts";
import { fromBytes, offsetAt, positionAt, toBytes } from "./text.ts";

describe("texts of the studio", () => {
  const samples = ["", "let x = 1\n", "(* été *)", "“quotes” and 日本語", "emoji 🐫🐪 end", "\u0000\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}"];

  test("become the bytes of UTF-8 and come back", () => {
    for (const text of samples) {
      expect(toBytes(text)).toBe(Buffer.from(text, "utf8").toString("latin1"));
      expect(fromBytes(toBytes(text))).toBe(text);
    }
    expect(toBytes("a\ud800b")).toBe(toBytes("a\ufffdb"));
  });

  test("bytes that are no UTF-8 are replaced one by one", () => {
    expect(fromBytes("a\xffb\xc3")).toBe("a\ufffdb\ufffd");
    expect(fromBytes("\xe2\x82")).toBe("\ufffd\ufffd");
    expect(fromBytes("\xed\xa0\x80")).toBe("\ufffd\ufffd\ufffd");
    expect(fromBytes("\xf4\x90\x80\x80\xc0\x80")).toBe("\ufffd".repeat(6));
  });

  test("positions go to offsets and back", () => {
    const text = "let é = \"🐫\"\n\n  日 x\r\nlast";
    const bytes = toBytes(text);
    const lines = text.split("\n");
    lines.forEach((content, l) => {
      for (let c = 0; c <= content.length; c++) {
        // A position between two surrogates is none of a character.
        if (/[\udc00-\udfff]/.test(content.charAt(c))) continue;
        const offset = offsetAt(bytes, l + 1, c + 1);
        expect(fromBytes(bytes.slice(0, offset))).toBe([...lines.slice(0, l), content.slice(0, c)].join("\n"));
        expect(positionAt(bytes, offset)).toEqual({ line: l + 1, column: c + 1 });
      }
    });
    expect(offsetAt(bytes, 2, 9)).toBe(offsetAt(bytes, 2, 1));
    expect(offsetAt(bytes, 99, 1)).toBe(bytes.length);
  });
});

test("SHA-256 agrees with Node's", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 70_001]) {
    const data = Uint8Array.from({ length }, (_, i) => (i * 131 + (i >> 8)) & 255);
    expect(sha256(data)).toBe(createHash("sha256").update(data).digest("hex"));
  }
});
