/** Whether the application's `start` takes the values of the devices that it is wired to and gives a `unit Lwt.t`. */
import type { Location } from "../syntax/diagnostics.ts";
import { backtrack, newConstr, newVar, repr, snapshot } from "../typing/btype.ts";
import { findValue, type Env } from "../typing/env.ts";
import { expandHead } from "../typing/expand.ts";
import { persistent } from "../typing/ident.ts";
import { instance } from "../typing/levels.ts";
import { pdot, pident } from "../typing/path.ts";
import { typeUnit } from "../typing/predef.ts";
import { Names, printType } from "../typing/print-type.ts";
import type { Path, TypeExpr } from "../typing/types.ts";
import { unify, UnifyError } from "../typing/unify.ts";

/** A device as `start` or another device's `connect` sees it. */
export interface DeviceValue {
  /** Its node. */
  readonly id: string;
  /** The port that it is wired to. */
  readonly port: string;
  readonly type: TypeExpr;
  /** False when the device has no `connect`, and so () as its value. */
  readonly connects: boolean;
}

const LWT = "Lwt";
const promise = (of: TypeExpr): TypeExpr => newConstr(pdot(pident(persistent(LWT)), "t"), [of]);

/** Tries to make two types equal, undoing what was changed when `run` is done. */
function fits(env: Env, left: TypeExpr, right: TypeExpr): boolean {
  try {
    unify(env, left, right);
    return true;
  } catch (e) {
    if (!(e instanceof UnifyError)) throw e;
    return false;
  }
}

/** The type of the value that a device's `connect` gives: unit without `connect`; a message when `connect` gives no promise. */
export function valueType(env: Env, path: Path): { readonly type: TypeExpr; readonly connects: boolean } | string {
  const connect = findValue(pdot(path, "connect"), env);
  if (connect === undefined) return { type: typeUnit(), connects: false };
  let type = expandHead(env, instance(connect.type));
  while (type.desc.kind === "arrow") type = expandHead(env, type.desc.result);
  const value = newVar();
  if (!fits(env, promise(value), type)) return `\`connect' must give a promise (… Lwt.t), but it gives ${printType(type)}.`;
  return { type: repr(value), connects: true };
}

export interface StartProblem {
  readonly location: Location | undefined;
  readonly message: string;
}

/** Checks `start` of the application at `path` against the values that it is given, in order. */
export function checkStart(env: Env, path: Path, applicationName: string, values: readonly DeviceValue[]): StartProblem | undefined {
  const start = findValue(pdot(path, "start"), env);
  if (start === undefined) return { location: undefined, message: `${applicationName} has no function \`start': it is where the unikernel begins.` };
  const problem = (message: string, type: string): StartProblem => ({ location: start.loc, message: `${message}\nIts type is ${type}.` });
  const saved = snapshot();
  try {
    let type = instance(start.type);
    // Printed before anything is unified with it.
    const whole = printType(type);
    const given = values.length === 0 ? [{ what: "()", type: typeUnit() }] : values.map((v) => ({ what: v.connects ? `the value of "${v.id}" (connected to ${v.port})` : `() for "${v.id}" (connected to ${v.port}, and without state)`, type: v.type }));
    for (const [i, value] of given.entries()) {
      let t = expandHead(env, type);
      // A full application leaves out optional arguments.
      while (t.desc.kind === "arrow" && t.desc.label.kind === "optional") t = expandHead(env, t.desc.result);
      if (t.desc.kind === "var") return undefined;
      if (t.desc.kind !== "arrow") {
        if (values.length === 0) return problem("`start' must be a function, so that it runs after the program has been set up: `let start () = …'.", whole);
        return problem(`\`start' takes ${i === 0 ? "no arguments" : `only ${count(i, "argument")}`}, but ${applicationName} has ${count(values.length, "device")}, and it is called with the value of each, in the order of the functor's parameters.`, whole);
      }
      if (t.desc.label.kind !== "nolabel") return problem(`\`start' is called with the devices' values by position, but its argument number ${i + 1} has the label ~${t.desc.label.name}.`, whole);
      const names = new Names();
      const expected = printType(t.desc.parameter, names);
      const actual = printType(value.type, names);
      if (!fits(env, value.type, t.desc.parameter)) return problem(`The argument number ${i + 1} of \`start' has the type ${oneLine(expected)}, but ${value.what} has the type ${oneLine(actual)}.`, whole);
      type = t.desc.result;
    }
    let result = expandHead(env, type);
    while (result.desc.kind === "arrow" && result.desc.label.kind === "optional") result = expandHead(env, result.desc.result);
    const shown = printType(result);
    if (result.desc.kind === "arrow") return problem(values.length === 0 ? "`start' is called with () alone, but it takes more arguments." : `\`start' takes more arguments than ${applicationName} has devices (${values.length}).`, whole);
    if (!fits(env, promise(typeUnit()), result)) return problem(`\`start' must give unit Lwt.t, a promise of (), but it gives ${oneLine(shown)}${shown === "unit" ? ": end it with `Lwt.return_unit', for instance" : ""}.`, whole);
    return undefined;
  } finally {
    backtrack(saved);
  }
}

const oneLine = (type: string): string => type.replace(/\s+/g, " ");
const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
