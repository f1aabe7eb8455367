/** Constants as OCaml writes them. */
import type { Constant } from "./typedtree.ts";

const NAMED: Readonly<Record<number, string>> = { 9: "\\t", 10: "\\n", 13: "\\r", 8: "\\b", 92: "\\\\" };

function escaped(code: number, quote: string): string {
  const ch = String.fromCharCode(code);
  if (ch === quote) return `\\${quote}`;
  return NAMED[code] ?? (code >= 32 && code < 127 ? ch : `\\${String(code).padStart(3, "0")}`);
}

export function printConstantValue(c: Constant): string {
  switch (c.kind) {
    case "int":
      return String(c.value);
    case "char":
      return `'${escaped(c.value, "'")}'`;
    case "string":
      return `"${[...c.value].map((ch) => escaped(ch.charCodeAt(0), '"')).join("")}"`;
    case "float":
      return c.value;
    case "int32":
      return `${c.value}l`;
    case "int64":
      return `${c.value}L`;
    case "nativeint":
      return `${c.value}n`;
  }
}
