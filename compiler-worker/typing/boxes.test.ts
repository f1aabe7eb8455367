import { describe, expect, it } from "vitest";
import { box, breakAt, flatten, layOut, SPACE } from "./boxes.ts";

const words = (count: number, length: number): string => Array.from({ length: count }, () => "x".repeat(length)).join(SPACE);

describe("layOut", () => {
  it("fills lines up to 77 columns", () => {
    expect(layOut(box("fill", 0, words(13, 5)))).toBe(`${Array(13).fill("xxxxx").join(" ")}`);
    expect(layOut(box("fill", 2, words(14, 5)))).toBe(`${Array(13).fill("xxxxx").join(" ")}\n  xxxxx`);
  });
  it("breaks all places of a box or none", () => {
    expect(layOut(box("all", 2, words(2, 5)))).toBe("xxxxx xxxxx");
    expect(layOut(box("all", 2, words(3, 30)))).toBe(Array(3).fill("x".repeat(30)).join("\n  "));
  });
  it("keeps what fits together when the box around it is broken", () => {
    expect(layOut(box("all", 2, `${words(1, 70)}${SPACE}${box("all", 1, words(2, 5))}`))).toBe(`${"x".repeat(70)}\n  xxxxx xxxxx`);
  });
  it("puts broken lines at the break's offset", () => {
    expect(layOut(box("all", 2, `sig${SPACE}${words(1, 80)}${breakAt(1, -2)}end`))).toBe(`sig\n  ${"x".repeat(80)}\nend`);
  });
  it("breaks boxes of lines always", () => {
    expect(layOut(box("lines", 0, `a${SPACE}b`))).toBe("a\nb");
  });
  it("is all on one line when flattened", () => {
    expect(flatten(box("lines", 0, `a${SPACE}b${breakAt(0, 2)}c`))).toBe("a bc");
  });
});
