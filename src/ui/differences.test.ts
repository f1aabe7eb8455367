import { expect, test } from "vitest";
import { differences } from "./differences.ts";

const marked = (text: string, starts: ReadonlySet<number>): string[] => [...starts].map((start) => /^(?:[\w'.]+|->|\S)/.exec(text.slice(start))![0]);

test("words that only one text has are told from those of both", () => {
  const [left, right] = ["val log : t -> string -> unit Lwt.t", "val log : string -> unit"];
  const found = differences(left, right);
  expect(marked(left, found.left)).toEqual(["t", "->", "Lwt.t"]);
  expect(marked(right, found.right)).toEqual([]);
  expect(differences("type t = int", "type t = int")).toEqual({ left: new Set(), right: new Set() });
});
