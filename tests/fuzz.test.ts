/** Any bytes as source give diagnostics: real sources of the library, mutated, and input of extreme shapes. */
import { describe, expect, it } from "vitest";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { parseImplementation, parseInterface } from "../compiler-worker/syntax/parser.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";
import { unit } from "./support/run.ts";

/** A linear congruential generator (Numerical Recipes): the same mutants in every run. */
function generator(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * bound);
  };
}

const TOKENS = ["(", ")", "[", "]", "{", "}", "begin", "end", "let", "rec", "in", "and", "fun", "function", "match", "with", "|", "->", "type", "of", "module", "struct", "sig", "functor", "object", "method", "val", "open", "=", ":", "::", ";", ";;", ",", "'a", "`A", "x", "X", "1", '"', "(*", "*)", "{|", "[@", "[%", "~x:", "?x:", "#", "!", "_", "if", "then", "else", "lazy", "assert", "exception", "when", "as", "private", "constraint", "effect"];

function mutate(text: string, random: (bound: number) => number): string {
  let result = text;
  for (let n = 1 + random(6); n > 0; n--) {
    const at = random(result.length + 1);
    const other = random(result.length + 1);
    const [from, to] = at < other ? [at, Math.min(other, at + 200)] : [other, Math.min(at, other + 200)];
    switch (random(7)) {
      case 0: result = result.slice(0, from) + result.slice(to); break;
      case 1: result = `${result.slice(0, at)} ${TOKENS[random(TOKENS.length)]!} ${result.slice(at)}`; break;
      case 2: result = result.slice(0, at) + String.fromCharCode(random(256)) + result.slice(at); break;
      case 3: result = result.slice(0, at) + result.slice(from, to) + result.slice(at); break;
      case 4: result = result.slice(0, at); break;
      case 5: result = result.slice(at); break;
      default: result = result.slice(0, at) + String.fromCharCode(random(256)) + result.slice(at + 1);
    }
  }
  return result;
}

const library = testLibrary();
const units = new Map<string, UnitSource>();
const session = new TypingSession({ find: (name) => units.get(name) ?? library.find(name) });
let count = 0;

/** Types the text; whatever it is, that ends with diagnostics or without, not with an exception. */
function typed(text: string): number {
  const name = `Mutant${++count}`;
  units.set(name, { name, package: "mutants", interface: undefined, implementation: { name: "a.ml", text }, opens: ["Stdlib"], warnings: "" });
  return session.typeUnit(name).diagnostics.length;
}

describe("mutated sources", () => {
  const sources = [...library.units()].flatMap((u) => (u.implementation === undefined ? [] : [u.implementation.text])).filter((text) => text.length < 12_000);
  it("are parsed and typed without an exception", () => {
    const random = generator(20240607);
    for (let i = 0; i < 150; i++) {
      const text = mutate(sources[random(sources.length)]!, random);
      expect(() => parseInterface({ name: "a.mli", text })).not.toThrow();
      try {
        typed(text);
      } catch (e) {
        throw new Error(`mutant ${i} is not handled:\n${text}`, { cause: e });
      }
    }
  });
  it("of nothing but noise too", () => {
    const random = generator(7);
    for (let i = 0; i < 60; i++) {
      const bytes = Array.from({ length: random(300) }, () => String.fromCharCode(random(256))).join("");
      const words = Array.from({ length: random(120) }, () => TOKENS[random(TOKENS.length)]!).join(" ");
      expect(() => typed(bytes)).not.toThrow();
      try {
        typed(words);
      } catch (e) {
        throw new Error(`not handled:\n${words}`, { cause: e });
      }
    }
  });
});

const repeat = (s: string, n: number): string => s.repeat(n);

describe("long and deep input", () => {
  it.each([
    ["parentheses", repeat("(", 100_000) + "1" + repeat(")", 100_000)],
    ["open parentheses", repeat("(", 100_000)],
    ["matches", "fun x -> " + repeat("match x with 1 -> 2 | _ -> ", 50_000) + "3"],
    ["functions", repeat("fun x -> ", 50_000) + "x"],
    ["records' fields", "fun x -> x" + repeat(".contents", 20_000)],
    ["indices", "fun x -> x" + repeat(".(0)", 10_000)],
    ["comments", repeat("(*", 100_000)],
  ])("%s end in a diagnostic or are accepted", (_name, expression) => {
    const text = `let x = ${expression}`;
    expect(() => parseImplementation({ name: "a.ml", text })).not.toThrow();
    expect(() => typed(text)).not.toThrow();
  });
  it.each([
    ["a list", `[${repeat("1; ", 50_000)}]`],
    ["conses", `${repeat("1 :: ", 50_000)}[]`],
    ["sums", `${repeat("1 + ", 50_000)}1`],
    ["sums of a variable", `fun x -> ${repeat("x + ", 40_000)}1`],
    ["concatenations", `${repeat('"a" ^ ', 20_000)}"b"`],
    ["lets", `${repeat("let _ = () in ", 50_000)}1`],
    ["conditionals", `fun b -> ${repeat("if b then 1 else ", 50_000)}2`],
    ["statements", `${repeat("print_int 1; ", 50_000)}()`],
    ["alternatives", `function ${Array.from({ length: 10_000 }, (_, i) => String(i)).join(" | ")} -> 1 | _ -> 2`],
    ["cases", `function ${Array.from({ length: 3000 }, (_, i) => `${i} -> ${i}`).join(" | ")} | _ -> 0`],
    ["tags", `function ${Array.from({ length: 500 }, (_, i) => `\`A${i} -> ${i}`).join(" | ")}`],
  ])("%s are accepted", (_name, expression) => {
    expect(typed(`let x = ${expression}`)).toBe(0);
  });
});

describe("what the translation needs more stack for than the host has", () => {
  it("is not a list of constants", () => {
    const sources = new ProgramSources([unit("Long", `let list = [${Array.from({ length: 8000 }, (_, i) => `(${i}, "a")`).join("; ")}]\nlet () = print_int (List.length list)`)], library);
    const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")! });
    expect(diagnostics.map((d) => d.message)).toEqual([]);
    expect(image).toBeDefined();
  });
  it("is an error of the input", () => {
    const sources = new ProgramSources([unit("Deep", `let _chosen = ${repeat("if true then 1 else ", 50_000)}2`)], library);
    const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget("unix")! });
    expect(image).toBeUndefined();
    expect(diagnostics.map((d) => d.message)).toEqual(["This program is nested too deeply to be translated"]);
  });
});
