/** Where parsing goes on after a syntax error. */
import { errorAt } from "./diagnostics.ts";
import { beforeRefusing, isStackOverflow } from "./host-stack.ts";
import { SyntaxFailure, TokenStream } from "./token-stream.ts";

export const ITEM_START = new Set(["let", "type", "module", "open", "include", "exception", "external", "class", "val", "end", "eof"]);

/** Skips to where an item may begin again, after a syntax error. */
export function recover(p: TokenStream, closing: string): void {
  let depth = 0;
  for (;;) {
    const kind = p.kind();
    if (kind === "eof") return;
    if (depth === 0 && (kind === closing || kind === ";;")) return;
    if (depth <= 0 && ITEM_START.has(kind) && kind !== "end" && atLineStart(p)) return;
    if (kind === "struct" || kind === "sig" || kind === "object" || kind === "begin") depth++;
    else if (kind === "end") depth--;
    p.advance();
  }
}

/** The failure that an exception is. Input that would take too much of the host's stack fails like any other. */
export function asFailure(p: TokenStream, error: unknown): SyntaxFailure {
  if (error instanceof SyntaxFailure) return error;
  if (!isStackOverflow(error)) throw error;
  beforeRefusing();
  return new SyntaxFailure(errorAt(p.here(), "Syntax error: this phrase is nested too deeply"));
}

function atLineStart(p: TokenStream): boolean {
  const { text } = p.file;
  const line = text.lastIndexOf("\n", p.start - 1) + 1;
  return text.slice(line, p.start).trim() === "";
}

export function skipSeparators(p: TokenStream): void {
  while (p.kind() === ";;") {
    p.docstrings?.textBefore(p.start);
    p.advance();
  }
}
