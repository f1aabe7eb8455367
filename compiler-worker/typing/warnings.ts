/** Diagnostics of the file being typed: errors and warnings are collected here. */
import type { Attribute, Attributes, Expression, Payload } from "../syntax/ast.ts";
import type { Diagnostic, Location, Related } from "../syntax/diagnostics.ts";

const NAMES: Readonly<Record<number, string>> = {
  3: "deprecated-alert", 4: "fragile-match", 5: "ignored-partial-application", 6: "labels-omitted", 7: "method-override", 8: "partial-match", 9: "missing-record-field-pattern", 10: "non-unit-statement", 11: "redundant-case",
  12: "redundant-subpat", 13: "instance-variable-override", 14: "illegal-backslash", 15: "implicit-public-methods", 16: "unerasable-optional-argument", 17: "undeclared-virtual-method", 18: "not-principal", 19: "non-principal-labels",
  20: "ignored-extra-argument", 21: "nonreturning-statement", 22: "preprocessor", 23: "useless-record-with", 24: "bad-module-name", 26: "unused-var", 27: "unused-var-strict", 28: "wildcard-arg-to-constant-constr", 29: "eol-in-string",
  30: "duplicate-definitions", 31: "module-linked-twice", 32: "unused-value-declaration", 33: "unused-open", 34: "unused-type-declaration", 35: "unused-for-index", 36: "unused-ancestor", 37: "unused-constructor", 38: "unused-extension",
  39: "unused-rec-flag", 40: "name-out-of-scope", 41: "ambiguous-name", 42: "disambiguated-name", 43: "nonoptional-label", 44: "open-shadow-identifier", 45: "open-shadow-label-constructor", 46: "bad-env-variable", 47: "attribute-payload",
  48: "eliminated-optional-arguments", 49: "no-cmi-file", 50: "unexpected-docstring", 51: "wrong-tailcall-expectation", 52: "fragile-literal-pattern", 53: "misplaced-attribute", 54: "duplicated-attribute", 55: "inlining-impossible",
  56: "unreachable-case", 57: "ambiguous-var-in-pattern-guard", 58: "no-cmx-file", 59: "flambda-assignment-to-non-mutable-value", 60: "unused-module", 61: "unboxable-type-in-prim-decl", 62: "constraint-on-gadt", 63: "erroneous-printed-signature",
  64: "unsafe-array-syntax-without-parsing", 65: "redefining-unit", 66: "unused-open-bang", 67: "unused-functor-parameter", 68: "match-on-mutable-state-prevent-uncurry", 69: "unused-field", 70: "missing-mli",
  73: "generative-application-expects-unit",
};
const LAST = 74;
/** Names of groups in specifications: `+k` and the like (the manual, section "Warning reference"). */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  c: [1, 2], d: [3], e: [4], f: [5], k: [32, 33, 34, 35, 36, 37, 38, 39], l: [6], m: [7], p: [8], r: [9], s: [10], u: [11, 12], v: [13], x: [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 30], y: [26], z: [27],
};

/** OCaml's default: `+a-4-7-9-27-29-30-32..42-44-45-48-50-60-66..70`, errors for none. */
const DEFAULT_SPEC = "+a-4-7-9-27-29-30-32..42-44-45-48-50-60-66..70";

interface State {
  readonly on: ReadonlySet<number>;
  readonly errors: ReadonlySet<number>;
  readonly alerts: KindSet;
  readonly alertErrors: KindSet;
}
/** The warning of which the alert `deprecated` took the place. */
const DEPRECATED = 3;
/** Kinds of alerts: these, or all but these. */
interface KindSet {
  readonly kinds: ReadonlySet<string>;
  readonly allBut: boolean;
}
const isKind = ({ kinds, allBut }: KindSet, kind: string): boolean => kinds.has(kind) !== allBut;
function withKind(set: KindSet, kind: string, on: boolean): KindSet {
  if (kind === "all") return { kinds: new Set(), allBut: on };
  const kinds = new Set(set.kinds);
  if (on !== set.allBut) kinds.add(kind);
  else kinds.delete(kind);
  return { kinds, allBut: set.allBut };
}
/** Alerts that are told only where that is asked for. */
const QUIET_ALERTS = new Set(["unstable", "unsynchronized_access"]);
const DEFAULT: State = applySpec({ on: new Set(), errors: new Set(), alerts: { kinds: QUIET_ALERTS, allBut: true }, alertErrors: { kinds: new Set(), allBut: false } }, DEFAULT_SPEC);
/** The specification of units of which nothing is to be told: `-a` leaves alerts on. No user can give it. */
export const NOTHING_TOLD = "(nothing)";
const SILENT: State = { ...applySpec(DEFAULT, "-a"), alerts: { kinds: new Set(), allBut: false } };
/** What is on where a specification is all that was said. */
const stateUnder = (spec: string): State => (spec === NOTHING_TOLD ? SILENT : applySpec(DEFAULT, spec));

let current: Diagnostic[] = [];
let state: State = DEFAULT;
/** What was on when the unit began. */
let initial: State = DEFAULT;
/** Checks that wait until the unit is typed, each with the warnings that were on where it was made. */
let delayed: { readonly state: State; readonly run: () => void }[] = [];

/**
 * Collects into a fresh list while `run` goes, under `-w` and `-alert` specifications relative to the defaults. `finish` runs before the checks that
 * wait until the unit is typed, and tells whether it is: after errors it cannot be known what is used.
 */
export function collecting<T>({ warnings, alerts = "" }: { readonly warnings: string; readonly alerts?: string }, run: () => T, finish: (result: T, diagnostics: readonly Diagnostic[]) => boolean = () => true): { result: T; diagnostics: Diagnostic[] } {
  const saved = { current, state, delayed, initial };
  current = [];
  delayed = [];
  initial = state = withAlerts(stateUnder(warnings), alerts);
  try {
    const result = run();
    const isTyped = finish(result, current);
    if (isTyped) for (const check of delayed) {
      state = check.state;
      check.run();
    }
    return { result, diagnostics: current };
  } finally {
    ({ current, state, delayed, initial } = saved);
  }
}

/** `+8-9..12@a`, and names `+unused-var`: what is on after the specification. */
export function applySpec(base: State, spec: string): State {
  const on = new Set(base.on);
  const errors = new Set(base.errors);
  let { alerts, alertErrors } = base;
  const set = (sign: string, first: number, last: number): void => {
    for (let n = first; n <= last; n++) {
      if (sign === "-") on.delete(n);
      else on.add(n);
      if (sign === "@") errors.add(n);
    }
    if (first > DEPRECATED || last < DEPRECATED) return;
    alerts = withKind(alerts, "deprecated", sign !== "-");
    if (sign === "@") alertErrors = withKind(alertErrors, "deprecated", true);
  };
  for (const match of spec.matchAll(/([+\-@]?)(\d+)(?:\.\.(\d+))?|([+\-@])([a-z]{2,}(?:-[a-z]+)*)|([+\-@]?)([a-zA-Z])/g)) {
    const [, sign, from, to, nameSign, name, letterSign, letter] = match;
    if (from !== undefined) set(sign === "" ? "+" : sign!, Number(from), Number(to ?? from));
    else if (name !== undefined) {
      const number = name === "all" ? undefined : Object.entries(NAMES).find(([, n]) => n === name)?.[0];
      if (name === "all") set(nameSign!, 1, LAST);
      else if (number !== undefined) set(nameSign!, Number(number), Number(number));
    } else if (letter !== undefined) {
      const lower = letter.toLowerCase();
      const s = letterSign === "" ? (letter === lower ? "-" : "+") : letterSign!;
      if (lower === "a") set(s, 1, LAST);
      else for (const n of LETTERS[lower] ?? []) set(s, n, n);
    }
  }
  return { on, errors, alerts, alertErrors };
}

/** `+8-9`, said of which warnings are errors. */
function withErrors(base: State, spec: string): State {
  const { on } = applySpec({ ...base, on: base.errors }, spec.replace(/@/g, "+"));
  return { ...base, errors: on, on: spec.includes("@") ? applySpec(base, spec).on : base.on };
}

/** `+kind-kind@all`: which alerts are told; `++kind` and `--kind`: which are errors. */
function withAlerts(base: State, spec: string): State {
  let { alerts, alertErrors } = base;
  for (const [, sign, kind] of spec.matchAll(/(\+\+|--|[+\-@])([a-z_][A-Za-z0-9_']*)/g)) {
    if (sign!.length === 1) alerts = withKind(alerts, kind!, sign !== "-");
    if (sign!.length === 2 || sign === "@") alertErrors = withKind(alertErrors, kind!, sign !== "--");
  }
  return { ...base, alerts, alertErrors };
}

/** Whether a warning is on where a `-w` specification is all that was said. */
export function isOnUnder(spec: string, number: number): boolean {
  return stateUnder(spec).on.has(number);
}

export function reportDiagnostic(diagnostic: Diagnostic): void {
  current.push(diagnostic);
}
export const isWarningOn = (number: number): boolean => state.on.has(number);
export function warn(location: Location, number: number, message: string): void {
  if (!state.on.has(number) || location.ghost) return;
  current.push(asSaid(state, { severity: "warning", location, message, warning: { number, name: NAMES[number] ?? "" }, related: [] }));
}
/** As `isWarningOn` and `warn`, for what the real compiler finds after typing: attributes change nothing then. */
export const isWarningOnThroughout = (number: number): boolean => initial.on.has(number);
export function warnThroughout(location: Location, number: number, message: string): void {
  const saved = state;
  state = initial;
  warn(location, number, message);
  state = saved;
}
/** A warning, or the error that it is said to be. */
function asSaid({ errors }: State, d: Diagnostic): Diagnostic {
  if (d.warning === undefined || !errors.has(d.warning.number)) return d;
  return { ...d, severity: "error", message: `(warning ${d.warning.number} [${d.warning.name}]): ${d.message}` };
}
/** What is told of diagnostics that were found before typing, by a `-w` specification. */
export function toldUnder(spec: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const said = stateUnder(spec);
  return diagnostics.filter((d) => d.warning === undefined || said.on.has(d.warning.number)).map((d) => asSaid(said, d));
}
/** `run` is called when the unit is typed, under the warnings that are on now. */
export function addDelayedCheck(run: () => void): void {
  delayed.push({ state, run });
}
/** Runs without keeping what it reports. */
export function discardingDiagnostics<T>(run: () => T): T {
  const saved = { current, delayed };
  current = [];
  delayed = [];
  try {
    return run();
  } finally {
    ({ current, delayed } = saved);
  }
}

/** What attributes say of warnings and alerts. */
export interface Said {
  readonly warnings: string;
  /** Of `warnerror`: which are errors. */
  readonly errors: string;
  readonly alerts: string;
}
function applySaid(base: State, { warnings, errors, alerts }: Said): State {
  let result = warnings === "" ? base : applySpec(base, warnings);
  if (errors !== "") result = withErrors(result, errors);
  return alerts === "" ? result : withAlerts(result, alerts);
}

/** Tells an alert of a kind, where it is on. */
export function reportAlert(location: Location, kind: string, message: string, related: readonly Related[] = []): void {
  if (!isKind(state.alerts, kind)) return;
  const isError = isKind(state.alertErrors, kind);
  const said = isError ? `(alert ${kind}): ${message}` : message;
  // A type may be looked up several times where it stands once.
  if (current.some((d) => d.location.start === location.start && d.location.end === location.end && d.message === said)) return;
  current.push({ severity: isError ? "error" : "alert", location, message: said, warning: { number: DEPRECATED, name: kind }, related });
}

/** Runs with warnings changed by `[@warning "…"]` and the like. */
export function withWarnings<T>(said: Said | undefined, run: () => T): T {
  if (said === undefined) return run();
  const saved = state;
  state = applySaid(state, said);
  try {
    return run();
  } finally {
    state = saved;
  }
}
export function setWarnings(said: Said): void {
  state = applySaid(state, said);
}
/** Runs so that `[@@@warning]` inside changes nothing after it. */
export function scopedWarnings<T>(run: () => T): T {
  const saved = state;
  try {
    return run();
  } finally {
    state = saved;
  }
}

/** The expression that is all of an attribute's payload. */
export function payloadExpression(payload: Payload): Expression | undefined {
  const item = payload.kind === "structure" && payload.items.length === 1 ? payload.items[0]! : undefined;
  return item?.desc.kind === "eval" ? item.desc.expression : undefined;
}
export function payloadString(payload: Payload): string | undefined {
  const desc = payloadExpression(payload)?.desc;
  return desc?.kind === "constant" && desc.constant.kind === "string" ? desc.constant.value : undefined;
}

/** Settings of alerts, as attributes and the option `-alert` have them. */
export const ALERT_SETTINGS = /^(?:(?:\+\+|--|[+\-@])[a-z_][A-Za-z0-9_']*)*$/;
/** What is wrong with what an attribute says of warnings or alerts. */
function wrongPayload(name: string, { payload }: Attribute, text: string | undefined): string | undefined {
  if (name !== "alert") return text === undefined ? "A single string literal is expected" : undefined;
  if (text !== undefined) return ALERT_SETTINGS.test(text) ? undefined : "Ill-formed list of alert settings";
  const e = payloadExpression(payload);
  const head = e?.desc.kind === "apply" && e.desc.args.length === 1 ? e.desc.function : e;
  const isString = e?.desc.kind !== "apply" || (e.desc.args[0]!.argument.desc.kind === "constant" && e.desc.args[0]!.argument.desc.constant.kind === "string");
  return head?.desc.kind === "ident" && head.desc.ident.value.kind === "ident" && isString ? undefined : "Invalid payload";
}
/** Attributes of which it was told that they say nothing: they may be read more than once. */
const told = new WeakSet<Attribute>();
/** Tells once that an attribute does not have a payload that it can have (warning 47). */
export function tellPayload(attribute: Attribute, why: string, loc = attribute.loc): void {
  if (told.has(attribute)) return;
  told.add(attribute);
  warn(loc, 47, `illegal payload for attribute '${attribute.name.value}'.\n${why}`);
}

/** What these attributes say of warnings and alerts: `warning`, `warnerror`, and `alert` with a string. */
export function warningSpec(attributes: Attributes): Said | undefined {
  let said: Said | undefined;
  for (const a of attributes) {
    const name = a.name.value.startsWith("ocaml.") ? a.name.value.slice(6) : a.name.value;
    if (name !== "warning" && name !== "warnerror" && name !== "alert") continue;
    const text = payloadString(a.payload);
    const wrong = wrongPayload(name, a, text);
    if (wrong !== undefined) tellPayload(a, wrong);
    if (text === undefined) continue;
    said ??= { warnings: "", errors: "", alerts: "" };
    if (name === "warning") said = { ...said, warnings: said.warnings + text };
    else if (name === "warnerror") said = { ...said, errors: said.errors + text };
    else said = { ...said, alerts: said.alerts + text };
  }
  return said;
}
