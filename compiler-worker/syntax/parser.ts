/** The parser's front door: whole files. */
import type { ParsedImplementation, ParsedInterface } from "./ast.ts";
import type { Diagnostic, SourceFile } from "./diagnostics.ts";
import type { UnexpectedDocstring } from "./docstrings.ts";
import { parseSignatureItems } from "./parse-signatures.ts";
import { parseStructureItems } from "./parse-structures.ts";
import { SyntaxFailure, TokenStream } from "./token-stream.ts";

export interface ParseOptions {
  /** Of a file that is known to have no errors: functions of structures are parsed when their bodies are looked at. */
  readonly passesOver?: boolean;
  readonly findsDocstrings?: boolean;
}

export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly diagnostics: Diagnostic[];
  /** Documentation comments that belong to nothing or to two items, if they were asked for and there is no syntax error. */
  readonly unexpectedDocstrings: readonly UnexpectedDocstring[];
}

/** Parses an implementation. Never throws: what is wrong is in `diagnostics`, and the tree has the items that could be read. */
export function parseImplementation(file: SourceFile, options: ParseOptions = {}): Parsed<ParsedImplementation> {
  const p = new TokenStream(file, options);
  const items = wholeFile(p, () => parseStructureItems(p, "eof"));
  return { tree: { file, items }, diagnostics: p.diagnostics, unexpectedDocstrings: unexpectedDocstrings(p) };
}

/** Parses an interface, likewise. */
export function parseInterface(file: SourceFile, options: Pick<ParseOptions, "findsDocstrings"> = {}): Parsed<ParsedInterface> {
  const p = new TokenStream(file, options);
  const items = wholeFile(p, () => parseSignatureItems(p, "eof"));
  return { tree: { file, items }, diagnostics: p.diagnostics, unexpectedDocstrings: unexpectedDocstrings(p) };
}

function unexpectedDocstrings(p: TokenStream): UnexpectedDocstring[] {
  return p.docstrings === undefined || p.diagnostics.some((d) => d.severity === "error") ? [] : p.docstrings.unexpected();
}

/** In the order of the text, though tokens are read ahead; a phrase that was parsed twice told its errors twice. */
function inOrder(diagnostics: Diagnostic[]): void {
  const seen = new Set<string>();
  const kept = diagnostics.filter(({ location: { start, end }, message }) => {
    const key = `${start} ${end} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  kept.sort((a, b) => a.location.start - b.location.start);
  diagnostics.splice(0, diagnostics.length, ...kept);
}

function wholeFile<T>(p: TokenStream, parse: () => readonly T[]): readonly T[] {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    p.tell(error);
    return [];
  } finally {
    if (!p.diagnostics.some((d) => d.severity === "error")) p.diagnostics.push(...p.misplaced);
    else inOrder(p.diagnostics);
  }
}
