/**
 * Verdicts of the type checker on small programs, against what ocamlc (4.13.1) said of them: whether it accepts, the place
 * of the first error, the inferred signature, and the numbers and places of warnings.
 *
 * `tests/typing/*.cases` hold the programs. A line `%% accept` or `%% reject LINE:COLUMNS` begins a case; after an accepted
 * one a line `%= WARNINGS` begins its signature.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Location } from "../compiler-worker/syntax/diagnostics.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";

interface Case {
  readonly verdict: string;
  readonly source: string;
  readonly warnings: string;
  readonly signature: string;
}

function readCases(text: string): Case[] {
  return text.split(/^(?=%% )/m).filter((part) => part.startsWith("%% ")).map((part) => {
    const end = part.indexOf("\n");
    const [source, expected = ""] = part.slice(end + 1).split(/^%= ?/m);
    const signatureStart = expected.indexOf("\n");
    return { verdict: part.slice(3, end), source: source!, warnings: expected.slice(0, Math.max(0, signatureStart)).trim(), signature: expected.slice(signatureStart + 1).trim() };
  });
}

/** As ocamlc prints places: `LINE:FROM-TO` or `LINE-LINE:FROM-TO`, columns from the beginnings of their lines. */
function place({ file, start, end }: Location): string {
  const at = (offset: number): { line: number; column: number } => {
    const before = file.text.slice(0, offset);
    return { line: before.split("\n").length, column: offset - (before.lastIndexOf("\n") + 1) };
  };
  const a = at(start);
  const b = at(end);
  return `${a.line}${b.line === a.line ? "" : `-${b.line}`}:${a.column}-${b.column}`;
}

const library = testLibrary();
const units = new Map<string, UnitSource>();
const session = new TypingSession({ find: (name) => units.get(name) ?? library.find(name) });
let count = 0;

function check(source: string): { verdict: string; warnings: string; signature: string } {
  const name = `Case${++count}`;
  units.set(name, { name, package: "cases", interface: undefined, implementation: { name: "a.ml", text: source }, opens: ["Stdlib"], warnings: "" });
  const { diagnostics } = session.typeUnit(name);
  const error = diagnostics.find((d) => d.severity === "error");
  if (error !== undefined) return { verdict: `reject ${place(error.location)}`, warnings: "", signature: "" };
  const warnings = diagnostics.map((d) => `${d.warning?.number ?? d.severity} ${place(d.location)}`).sort();
  return { verdict: "accept", warnings: warnings.join("; "), signature: session.signatureText(name).trim() };
}

const folder = new URL("./typing/", import.meta.url);
for (const file of readdirSync(folder).filter((f) => f.endsWith(".cases")).sort()) {
  const cases = readCases(readFileSync(new URL(file, folder), "latin1"));
  describe(file, () => {
    it(`agrees with ocamlc on ${cases.length} programs`, () => {
      const differences = cases.flatMap((c) => {
        const found = check(c.source);
        const expected = { verdict: c.verdict, warnings: c.verdict === "accept" ? c.warnings : "", signature: c.signature };
        return JSON.stringify(found) === JSON.stringify(expected) ? [] : [{ source: c.source, found, expected }];
      });
      expect(differences).toEqual([]);
    });
  });
}
