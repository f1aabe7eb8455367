import { expect, test } from "vitest";
import { nearest, nearWords } from "./nearest.ts";

test("an item of the name that is looked for goes before those that mention it", () => {
  const items = [{ id: "lines", title: "Line reader" }, { id: "re:Re_str", title: "Re_str" }, { id: "re:Re", title: "Re" }];
  expect(nearest(items, "re")?.title).toBe("Re");
  expect(nearest(items, "re_")?.title).toBe("Re_str");
  expect(nearest(items, "reader")?.title).toBe("Line reader");
  expect(nearest(items, "")?.title).toBe("Line reader");
  expect(nearest([], "re")).toBeUndefined();
});

test("a word with a slip leads to the words that are near", () => {
  const words = ["console", "sleep", "monotonic", "clock", "network"];
  expect(nearWords("consle", words)).toEqual(["console"]);
  expect(nearWords("slepe", words)).toEqual(["sleep"]);
  expect(nearWords("monotn", words)).toEqual(["monotonic"]);
  expect(nearWords("zzzz", words)).toEqual([]);
});
