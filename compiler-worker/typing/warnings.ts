/** Diagnostics of the file being typed: errors and warnings are collected here. */
import type { Diagnostic, Location } from "../syntax/diagnostics.ts";

const NAMES: Readonly<Record<number, string>> = { 4: "fragile-match", 5: "ignored-partial-application", 6: "labels-omitted", 7: "method-override", 8: "partial-match", 9: "missing-record-field-pattern", 10: "non-unit-statement", 11: "redundant-case", 12: "redundant-subpat", 13: "instance-variable-override", 14: "illegal-backslash", 15: "implicit-public-methods", 16: "unerasable-optional-argument", 17: "undeclared-virtual-method", 20: "ignored-extra-argument", 21: "nonreturning-statement", 26: "unused-var", 27: "unused-var-strict", 57: "ambiguous-var-in-pattern-guard" };

/** OCaml's default set (`ocamlc -warn-help`), as far as these numbers are concerned. */
const DEFAULT_ON = new Set([5, 6, 8, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21, 26, 57]);

let current: Diagnostic[] = [];
let enabled: ReadonlySet<number> = DEFAULT_ON;

/** Collects into a fresh list while `run` goes; `spec` is a `-w` specification relative to the default. */
export function collecting<T>(spec: string, run: () => T): { result: T; diagnostics: Diagnostic[] } {
  const saved = current;
  const savedEnabled = enabled;
  current = [];
  enabled = applySpec(DEFAULT_ON, spec);
  try {
    const result = run();
    return { result, diagnostics: current };
  } finally {
    current = saved;
    enabled = savedEnabled;
  }
}

/** `+8-9..12@a`: what is on after the specification. */
export function applySpec(base: ReadonlySet<number>, spec: string): Set<number> {
  const result = new Set(base);
  for (const match of spec.matchAll(/([+\-@])(a|\d+(?:\.\.(\d+))?)/g)) {
    const [, sign, what, to] = match;
    const first = what === "a" ? 1 : parseInt(what!, 10);
    const last = what === "a" ? 80 : to === undefined ? first : parseInt(to, 10);
    for (let n = first; n <= last; n++) if (sign === "-") result.delete(n);
    else result.add(n);
  }
  return result;
}

export function reportDiagnostic(diagnostic: Diagnostic): void {
  current.push(diagnostic);
}
export function warn(location: Location, number: number, message: string): void {
  if (!enabled.has(number) || location.ghost) return;
  current.push({ severity: "warning", location, message, warning: { number, name: NAMES[number] ?? "" }, related: [] });
}
/** Runs with warnings changed by `[@warning "…"]`. */
export function withWarnings<T>(spec: string | undefined, run: () => T): T {
  if (spec === undefined) return run();
  const saved = enabled;
  enabled = applySpec(enabled, spec);
  try {
    return run();
  } finally {
    enabled = saved;
  }
}
export function setWarnings(spec: string): void {
  enabled = applySpec(enabled, spec);
}
