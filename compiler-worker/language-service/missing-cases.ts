/** The cases that a match lacks, as the warning shows them, in the text of the match. */
import type { Diagnostic, Location } from "../syntax/diagnostics.ts";
import { children, type TypedNode } from "../typing/typed-nodes.ts";
import type { ComputationPattern, Expression, Pattern } from "../typing/typedtree.ts";
import type { Edit } from "./rename.ts";
import type { TypedSource } from "./sources.ts";

const BODY = 'failwith "not written yet"';

interface WrittenCase {
  readonly pattern: Location;
  readonly body: Expression;
}

/** What is inserted for a warning that a match is not exhaustive. */
export function missingCases(source: TypedSource, { location, message }: Diagnostic): Edit | undefined {
  const shown = /a case that is not matched:\n([^]*?)(?:\nMatching over values|\n\(However|$)/.exec(message)?.[1];
  const cases = casesAt(source, location);
  if (shown === undefined || cases === undefined || cases.length === 0) return undefined;
  const { file } = source;
  const { text } = file;
  const patterns = alternatives(shown.replace(/\*extension\*/g, "_"));
  const last = cases.at(-1)!;
  const lineStart = text.lastIndexOf("\n", last.pattern.start - 1) + 1;
  const lead = /^([ \t]*)(\|[ \t]*)?$/.exec(text.slice(lineStart, last.pattern.start));
  // Where the last case ends in an open match, another one after it would be that match's.
  if (endsOpen(last.body)) {
    const first = cases[0]!.pattern;
    const bar = /\|[ \t]*$/.exec(text.slice(0, first.start));
    const at = bar === null ? first.start : bar.index;
    return { file, start: at, end: at, text: `${patterns.map((p) => `| ${p} -> ${BODY}`).join(" ")} ${bar === null ? "| " : ""}` };
  }
  const separator = lead?.[2] === undefined ? " " : `\n${lead[1]}`;
  const { end } = last.body.loc;
  return { file, start: end, end, text: patterns.map((p) => `${separator}| ${p} -> ${BODY}`).join("") };
}

function casesAt(source: TypedSource, { start, end }: Location): WrittenCase[] | undefined {
  for (const { kind, node } of [...source.nodesAt(start)].reverse()) {
    if (kind !== "expression") continue;
    const { desc, loc } = node;
    if (desc.kind === "match" && loc.start === start && loc.end === end) return desc.cases.map((c) => ({ pattern: firstPattern(c.pattern).loc, body: c.body }));
    if (desc.kind === "function" && desc.body.kind === "cases" && desc.body.loc.end === end && loc.start <= start) return desc.body.cases.map((c) => ({ pattern: c.pattern.loc, body: c.body }));
  }
  return undefined;
}

function firstPattern(pattern: ComputationPattern): Pattern {
  return pattern.kind === "or" ? firstPattern(pattern.left) : pattern.pattern;
}

/** `(A|B)` is two cases. */
function alternatives(shown: string): string[] {
  const inner = /^\(([^]*)\)$/.exec(shown.trim())?.[1];
  if (inner === undefined) return [shown.trim()];
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < inner.length; i++) {
    const c = inner[i]!;
    if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
    else if (c === "|" && depth === 0) {
      parts.push(inner.slice(from, i).trim());
      from = i + 1;
    }
    // The parentheses around it were not one pair.
    if (depth < 0) return [shown.trim()];
  }
  return parts.length === 0 ? [shown.trim()] : [...parts, inner.slice(from).trim()];
}

/** Whether what is written after the expression could become another case in it. */
function endsOpen(body: Expression): boolean {
  let at: TypedNode | undefined = { kind: "expression", node: body };
  while (at !== undefined) {
    if (at.kind === "expression") {
      const { desc, loc } = at.node;
      const isClosed = /^(?:\(|begin\b)/.test(loc.file.text.slice(loc.start, loc.start + 6));
      if (isClosed) return false;
      if (desc.kind === "match" || desc.kind === "try" || (desc.kind === "function" && desc.body.kind === "cases")) return true;
    }
    const end: number = at.node.loc.end;
    at = children(at).find((c) => c.node.loc.end === end && !c.node.loc.ghost);
  }
  return false;
}
