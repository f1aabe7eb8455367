import { expect, test } from "vitest";
import { archiveIn, linkTo } from "./link.ts";

test("an archive comes out of its link as it went in", () => {
  for (let length = 0; length < 6; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => 250 + index * 77);
    const link = linkTo("https://example.org/studio/?a#old", bytes);
    expect(link).toMatch(/^https:\/\/example\.org\/studio\/\?a#project=[\w-]*$/);
    expect(archiveIn(new URL(link).hash)).toEqual(bytes);
  }
});

test("other fragments hold nothing, damaged ones are told", () => {
  expect(archiveIn("")).toBeUndefined();
  expect(archiveIn("#section")).toBeUndefined();
  expect(archiveIn("#project=%%%")).toBe("damaged");
});
