import { expect, test } from "vitest";
import { sameData } from "./equal.ts";

test("plain data is compared by what it says", () => {
  expect(sameData({ a: [1, { b: undefined }] }, { a: [1, { b: undefined }] })).toBe(true);
  expect(sameData({ a: undefined }, {})).toBe(false);
  expect(sameData({ a: undefined }, { b: undefined })).toBe(false);
  expect(sameData([1, 2], [1])).toBe(false);
  expect(sameData([1], { 0: 1 })).toBe(false);
  expect(sameData(Number.NaN, Number.NaN)).toBe(true);
  expect(sameData(null, {})).toBe(false);
});

test("bytes are compared by identity", () => {
  const bytes = new Uint8Array([1]);
  expect(sameData({ bytes }, { bytes })).toBe(true);
  expect(sameData({ bytes }, { bytes: new Uint8Array([1]) })).toBe(false);
});
