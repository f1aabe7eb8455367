/** The parser's front door: whole files. */
import type { ParsedImplementation, ParsedInterface } from "./ast.ts";
import type { Diagnostic, SourceFile } from "./diagnostics.ts";
import { parseSignatureItems, parseStructureItems } from "./parse-modules.ts";
import { SyntaxFailure, TokenStream } from "./token-stream.ts";

/**
 * Parses an implementation. Never throws: what is wrong is in `diagnostics`, and the tree has the items that could be read. Of a file that is
 * known to have no errors, with `passesOver`, functions of structures are parsed when their bodies are looked at.
 */
export function parseImplementation(file: SourceFile, passesOver = false): { tree: ParsedImplementation; diagnostics: Diagnostic[] } {
  const p = new TokenStream(file, passesOver);
  const items = wholeFile(p, () => parseStructureItems(p, "eof"));
  return { tree: { file, items }, diagnostics: p.diagnostics };
}

/** Parses an interface, likewise. */
export function parseInterface(file: SourceFile): { tree: ParsedInterface; diagnostics: Diagnostic[] } {
  const p = new TokenStream(file);
  const items = wholeFile(p, () => parseSignatureItems(p, "eof"));
  return { tree: { file, items }, diagnostics: p.diagnostics };
}

function wholeFile<T>(p: TokenStream, parse: () => readonly T[]): readonly T[] {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    p.diagnostics.push(error.diagnostic);
    return [];
  }
}
