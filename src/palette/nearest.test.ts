import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test("an item of the name that is looked for goes before those that mention it", () => {
  const items = [{ id: "lines", title: "Line reader" }, { id: "re:Re_str", title: "Re_str" }, { id: "re:Re", title: "Re" }];
  expect(nearest(items, "re")?.title).toBe("Re");
  expect(nearest(items, "re_")?.title).toBe("Re_str");
  expect(nearest(items, "reader")?.title).toBe("Line reader");
  expect(nearest(items, "")?.title).toBe("Line reader");
  expect(nearest([], "re")).toBeUndefined();
});
