/** Which symbols of stubs and the linker a program names. */
import type { Expr, Program } from "./core.ts";
import { forEachChild } from "./free.ts";

/** Whether `name` is among them. */
export function mentionsSymbol(program: Program, name: string): boolean {
  const work: Expr[] = [];
  for (const binding of program.bindings) {
    if (binding.kind === "letrec") for (const { function: f } of binding.functions) work.push(f.body);
    else work.push(binding.value);
  }
  for (let e = work.pop(); e !== undefined; e = work.pop()) {
    if (e.kind === "primitive" && e.primitive.op === "raw.symbol" && e.primitive.name === name) return true;
    forEachChild(
      e,
      (child) => work.push(child),
      (f) => work.push(f.body),
    );
  }
  return false;
}
