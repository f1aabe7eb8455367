/** An OCaml string literal of a string whose code units are bytes. */
export function stringLiteral(bytes: string): string {
  const escaped = bytes.replace(/["\\\x00-\x1f\x7f-\xff]/g, (c) => (c === '"' || c === "\\" ? `\\${c}` : c === "\n" ? "\\n" : c === "\t" ? "\\t" : `\\${c.charCodeAt(0).toString().padStart(3, "0")}`));
  return `"${escaped}"`;
}
