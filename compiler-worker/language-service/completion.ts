/** What could be written at a place: the components of a module after `M.`, otherwise what is visible there. */
import type { Longident } from "../syntax/ast.ts";
import { CompileError, type Location, type SourceFile } from "../syntax/diagnostics.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";
import { lookupModule, visibleNames, type Env } from "../typing/env.ts";
import { documentationAt } from "./documentation.ts";
import { definitionOf, describe, meaningsOf, type Meaning } from "./names.ts";

export interface Suggestion {
  readonly name: string;
  readonly kind: Meaning["kind"] | "keyword";
  /** An item of a signature, or "". */
  readonly detail: string;
  readonly documentation: string | undefined;
}

/** The name being written before the cursor. */
export interface PartialName {
  /** Modules before the last dot: `["Lwt", "Infix"]`. */
  readonly qualifier: readonly string[];
  readonly word: string;
  /** Offsets of the whole name and of its last word; the name may go on after the cursor. */
  readonly start: number;
  readonly wordStart: number;
  readonly end: number;
}

export function partialNameAt(text: string, offset: number): PartialName {
  const before = /((?:[A-Z\xc0-\xde][\w'\x80-\xff]*\s*\.\s*)*)([A-Za-z_\x80-\xff][\w'\x80-\xff]*)?$/.exec(text.slice(Math.max(0, offset - 1000), offset))!;
  const word = before[2] ?? "";
  const after = /^[\w'\x80-\xff]*/.exec(text.slice(offset, offset + 200))![0];
  return { qualifier: before[1]!.split(".").map((m) => m.trim()).filter((m) => m !== ""), word, start: offset - before[0].length, wordStart: offset - word.length, end: offset + after.length };
}

/** Phrases that stand for the name while the rest is typed: an expression, a type or pattern, a module type. */
const PLACEHOLDERS = ["(assert false)", "_", "(sig end)"];

/** The file with the unfinished name replaced by what parses there best, so that the rest around it has types. */
export function withPlaceholder(file: SourceFile, name: PartialName): SourceFile {
  let best: { readonly file: SourceFile; readonly errors: number } | undefined;
  for (const placeholder of PLACEHOLDERS) {
    const candidate = { name: file.name, text: file.text.slice(0, name.start) + placeholder + file.text.slice(name.end) };
    const { diagnostics } = file.name.endsWith(".mli") ? parseInterface(candidate) : parseImplementation(candidate);
    const errors = diagnostics.filter((d) => d.severity === "error").length;
    if (best === undefined || errors < best.errors) best = { file: candidate, errors };
    if (errors === 0) break;
  }
  return best!.file;
}

const KEYWORDS = ["and", "as", "assert", "begin", "done", "else", "end", "exception", "external", "false", "for", "fun", "function", "functor", "if", "in", "include", "lazy", "let", "match", "module", "mutable", "of", "open", "rec", "sig", "struct", "then", "to", "true", "try", "type", "val", "when", "while", "with"];

const LIMIT = 300;

/** Suggestions for a name in an environment; `units` are compilation units that may be named. */
export function suggest(env: Env, name: PartialName, units: Iterable<string>): Suggestion[] {
  const nowhere: Location = { file: { name: "_none_", text: "" }, start: 0, end: 0, ghost: true };
  const names = name.qualifier.length === 0 ? visibleIn(env, name.word, units) : componentsOf(env, name.qualifier, nowhere);
  const found: Suggestion[] = [];
  const seen = new Set<string>();
  const prefix = name.word.toLowerCase();
  for (const word of names) {
    if (found.length >= LIMIT) break;
    if (seen.has(word) || !/^[A-Za-z_\x80-\xff]/.test(word) || !word.toLowerCase().startsWith(prefix) || word.includes("__")) continue;
    seen.add(word);
    const longident = [...name.qualifier, word].reduce<Longident | undefined>((lid, n) => (lid === undefined ? { kind: "ident", name: n } : { kind: "dot", prefix: lid, name: n }), undefined)!;
    for (const meaning of meaningsOf({ longident, loc: nowhere, last: nowhere, isPrefix: false }, env)) {
      // The signature of a module is long, and its file would be typed for it.
      const detail = meaning.kind === "module" ? `module ${meaning.name}` : meaning.kind === "moduleType" ? `module type ${meaning.name}` : describe(meaning, env);
      const loc = meaning.kind === "module" ? undefined : definitionOf(meaning);
      found.push({ name: word, kind: meaning.kind, detail, documentation: loc === undefined || loc.ghost || loc.file.name === "_none_" ? undefined : documentationAt(loc) });
    }
  }
  if (name.qualifier.length === 0 && name.word !== "") for (const keyword of KEYWORDS) if (keyword.startsWith(name.word) && !seen.has(keyword)) found.push({ name: keyword, kind: "keyword", detail: "", documentation: undefined });
  return found;
}

function* visibleIn(env: Env, word: string, units: Iterable<string>): Generator<string> {
  const isUpper = /^[A-Z\xc0-\xde]/.test(word);
  if (!isUpper) for (const kind of ["values", "types", "labels"] as const) yield* visibleNames(env, kind);
  if (isUpper || word === "") {
    for (const kind of ["modules", "constructors", "modtypes"] as const) yield* visibleNames(env, kind);
    yield* units;
  }
}

function componentsOf(env: Env, qualifier: readonly string[], loc: Location): string[] {
  try {
    const path = qualifier.reduce<Longident | undefined>((lid, n) => (lid === undefined ? { kind: "ident", name: n } : { kind: "dot", prefix: lid, name: n }), undefined)!;
    const c = lookupModule(loc, path, env).data.components.get();
    if (c.kind !== "structure") return [];
    return [...c.values.keys(), ...c.constructors.get().keys(), ...c.types.keys(), ...c.modules.keys(), ...c.modtypes.keys(), ...c.labels.get().keys()];
  } catch (e) {
    if (!(e instanceof CompileError)) throw e;
    return [];
  }
}
