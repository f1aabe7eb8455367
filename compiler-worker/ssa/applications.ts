/**
 * Applications of functions that are not known: `caml_applyN` tests the closure's arity, `caml_curryN` collects
 * arguments one by one in partial closures. A closure is `[code; information; code for all arguments (arity ≠ 1); captured…]`; `code` takes
 * one argument.
 */
import { at, Builder } from "./builder.ts";
import { SsaFunction, type Value } from "./ssa.ts";
import { closureInfo, header, TAG } from "./static-data.ts";

/** Calls the code at the address `code` with `args` and the closure. */
export function callClosure(b: Builder, code: Value, args: readonly Value[], closure: Value): Value {
  const v = b.f.value("call", "value", [code, ...args, closure]);
  v.environment = true;
  return v;
}

function parameters(f: SsaFunction, n: number): Value[] {
  const params: Value[] = [];
  for (let i = 0; i < n; i++) params.push(f.param(f.entry, "value"));
  return params;
}

export function applyFunction(n: number): SsaFunction {
  const f = new SsaFunction(`caml_apply${n}`, "value", true, false, undefined);
  const args = parameters(f, n);
  const closure = f.param(f.entry, "value");
  const b = new Builder(f, f.entry);
  const full = f.block(undefined);
  const step = f.block(undefined);
  step.cold = true;
  const arity = b.binary("asr", "word", b.load("word", at(closure, 8), false), b.number(56));
  f.entry.terminator = { kind: "branch", condition: b.compare("eq", arity, b.number(n)), then: { target: full, args: [] }, else: { target: step, args: [] }, likely: true };
  b.block = full;
  full.terminator = { kind: "tailCall", call: callClosure(b, b.load("word", at(closure, 16), false), args, closure) };
  b.block = step;
  let next = closure;
  for (let i = 0; i < n; i++) {
    const call = callClosure(b, b.load("word", at(next, 0), false), [args[i]!], next);
    if (i === n - 1) step.terminator = { kind: "tailCall", call };
    else next = b.append(call);
  }
  return f;
}

/**
 * For arity n: `caml_curryN` and, for k = 1 … n−1, `caml_curryN_k` (the (k+1)-th argument has come) and
 * `caml_curryN_k_app` (all the rest at once). A partial closure holds one argument and the closure before it.
 */
export function curryFunctions(n: number): SsaFunction[] {
  const out: SsaFunction[] = [];
  for (let k = 0; k < n; k++) {
    const f = new SsaFunction(k === 0 ? `caml_curry${n}` : `caml_curry${n}_${k}`, "value", true, false, undefined);
    const arg = f.param(f.entry, "value");
    const closure = f.param(f.entry, "value");
    const b = new Builder(f, f.entry);
    if (k === n - 1) f.entry.terminator = { kind: "tailCall", call: fullCall(b, n, k, [arg], closure) };
    else {
      const rest = n - k - 1;
      const code = f.symbol(`caml_curry${n}_${k + 1}`, "word");
      const fields = rest === 1 ? [code, b.constant(closureInfo(1, 2)), arg, closure] : [code, b.constant(closureInfo(rest, 3)), f.symbol(`caml_curry${n}_${k + 1}_app`, "word"), arg, closure];
      f.entry.terminator = { kind: "return", value: b.alloc(header(fields.length, TAG.closure), fields) };
    }
    out.push(f);
    if (k >= 1 && k < n - 1) {
      const app = new SsaFunction(`caml_curry${n}_${k}_app`, "value", true, false, undefined);
      const args = parameters(app, n - k);
      const env = app.param(app.entry, "value");
      const builder = new Builder(app, app.entry);
      app.entry.terminator = { kind: "tailCall", call: fullCall(builder, n, k, args, env) };
      out.push(app);
    }
  }
  return out;
}

/** Calls the function at the end of the chain, `k` partial closures away, with what they hold and `args`. */
function fullCall(b: Builder, n: number, k: number, args: readonly Value[], closure: Value): Value {
  const collected: Value[] = [];
  let next = closure;
  for (let i = k; i >= 1; i--) {
    // The partial closure with i arguments waits for n − i more.
    const first = n - i === 1 ? 2 : 3;
    collected.unshift(b.load("value", at(next, 8 * first), false));
    next = b.load("value", at(next, 8 * (first + 1)), false);
  }
  return callClosure(b, b.load("word", at(next, 16), false), [...collected, ...args], next);
}
