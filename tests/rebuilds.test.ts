/**
 * Builds that go on from earlier ones (`compiler-worker/build-memo.ts`) give the bytes of builds that do not: over random
 * edits of a program of several units, over whole programs that have little in common, and from one target to another.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BuildMemo } from "../compiler-worker/build-memo.ts";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";
import { unit } from "./support/run.ts";

/** A session in which programs are built one after the other. What was typed is shared; only one of the builds uses the memo. */
class Rebuilds {
  readonly #session = new TypingSession(testLibrary());
  readonly #memo = new BuildMemo();

  compare(units: readonly UnitSource[], targetName: string): void {
    const sources = new ProgramSources(units, testLibrary());
    this.#session.renew(sources);
    const target = imageTarget(targetName)!;
    const again = build(this.#session, sources, { target, memo: this.#memo });
    const anew = build(this.#session, sources, { target });
    if (again.image === undefined || anew.image === undefined) throw new Error(anew.diagnostics.map(renderDiagnostic).join("\n"));
    expect(again.image.sizes).toEqual(anew.image.sizes);
    expect(Buffer.compare(again.image.bytes, anew.image.bytes)).toBe(0);
    expect(again.diagnostics).toEqual(anew.diagnostics);
  }
}

/** A linear congruential generator (Knuth, MMIX): tests repeat. */
function random(seed: number): (bound: number) => number {
  let state = BigInt(seed);
  return (bound) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number((state >> 33n) % BigInt(bound));
  };
}

/** Definitions that stand alone; each ends in a function `NAME : int -> unit`. */
const PARTS: readonly ((name: string, n: number) => string)[] = [
  (name, n) => `let ${name} x = Printf.printf "%d %s\\n" (x + ${n}) (String.make 3 'a')`,
  (name, n) => `exception E_${name} of int\nlet ${name} x = try if x > ${n} then raise (E_${name} x) else raise Not_found with E_${name} y -> print_int y | Not_found -> print_string "none"`,
  (name, n) => `module M_${name} = Map.Make (Int)\nlet ${name} x = M_${name}.iter (fun k v -> print_int (k * v)) (M_${name}.add x ${n} M_${name}.empty)`,
  (name, n) => `let rec loop_${name} i acc = if i = 0 then acc else loop_${name} (i - 1) (acc +. float_of_int i *. ${n}.5)\nlet ${name} x = print_float (loop_${name} x 0.)`,
  (name, n) => `let word_${name} a b = Int64.add (Int64.mul a b) ${n}L\nlet ${name} x = print_string (Int64.to_string (word_${name} (Int64.of_int x) 3L))`,
  (name, n) => `class c_${name} = object val mutable s = ${n} method add x = s <- s + x method get = s end\nlet ${name} x = let o = new c_${name} in o#add x; print_int o#get`,
  (name, n) => `type _ Effect.t += E_${name} : int -> int Effect.t\nlet ${name} x = Effect.Deep.try_with (fun () -> print_int (Effect.perform (E_${name} x))) () { effc = fun (type a) (e : a Effect.t) -> match e with E_${name} i -> Some (fun (k : (a, unit) Effect.Deep.continuation) -> Effect.Deep.continue k (i + ${n})) | _ -> None }`,
  (name, n) => `let table_${name} : (string, int) Hashtbl.t = Hashtbl.create ${n + 1}\nlet ${name} x = Hashtbl.replace table_${name} (string_of_int x) ${n}; print_int (Hashtbl.length table_${name})`,
  (name, n) => `let lazy_${name} = lazy (print_string "forced"; ${n})\nlet ${name} x = print_int (x + Lazy.force lazy_${name})`,
  (name, n) => `module type S_${name} = sig type t val v : t val show : t -> string end\nmodule F_${name} (X : S_${name}) = struct let twice () = X.show X.v ^ X.show X.v end\nmodule I_${name} = F_${name} (struct type t = int let v = ${n} let show = string_of_int end)\nlet ${name} _ = print_string (I_${name}.twice ())`,
  (name, n) => `let compose_${name} f g x = f (g x)\nlet ${name} x = List.iter (compose_${name} print_int (fun y -> y + x)) [ ${n}; 2; 3 ]`,
  (name, n) => `let unpack_${name} (module X : Map.OrderedType with type t = int) x = X.compare x ${n}\nlet ${name} x = print_int (unpack_${name} (module Int) x); let module L = struct let y = x end in print_int L.y`,
  (name, n) => `type r_${name} = { mutable a : int; b : float }\nlet ${name} x = let r = { a = x; b = ${n}.25 } in r.a <- r.a + 1; assert (r.a <> x); print_float (float r.a +. r.b)`,
];

interface Part {
  readonly kind: number;
  readonly name: string;
  readonly n: number;
}

function programOf(parts: readonly Part[]): UnitSource[] {
  // The parts lie in two units, of which the second uses the first.
  const half = parts.length >> 1;
  const definitions = (some: readonly Part[]): string => some.map((p) => PARTS[p.kind]!(p.name, p.n)).join("\n");
  const uses = (module: string, some: readonly Part[]): string => some.map((p) => `let () = ${module}${p.name} ${p.n}`).join("\n");
  const first = parts.slice(0, half);
  const second = parts.slice(half);
  return [unit("First", definitions(first)), unit("Second", `${definitions(second)}\n${uses("First.", first)}\n${uses("", second)}`)];
}

describe("builds that go on from earlier ones", () => {
  it.each([1, 2, 3])("give the same bytes over random edits (%i)", (seed) => {
    const pick = random(seed);
    const rebuilds = new Rebuilds();
    let count = 0;
    const part = (): Part => ({ kind: pick(PARTS.length), name: `f${count++}`, n: pick(9) });
    let parts = Array.from({ length: 4 }, part);
    for (let step = 0; step < 6; step++) {
      rebuilds.compare(programOf(parts), pick(4) === 0 ? "qemu" : "unix");
      const at = pick(parts.length);
      switch (pick(4)) {
        case 0:
          parts = [...parts.slice(0, at), part(), ...parts.slice(at)];
          break;
        case 1:
          if (parts.length > 2) parts = [...parts.slice(0, at), ...parts.slice(at + 1)];
          break;
        case 2:
          parts = parts.map((p, i) => (i === at ? { ...p, n: p.n + 1 } : p));
          break;
        case 3:
          // Back and forth: the same definitions in another order.
          parts = [...parts].reverse();
          break;
      }
    }
  });

  it("give the same bytes for programs that have little in common", () => {
    const rebuilds = new Rebuilds();
    for (const name of ["closures", "class_functors", "effects", "compare", "boxedints", "closures"]) {
      const text = readFileSync(new URL(`programs/${name}.ml`, import.meta.url), "latin1");
      rebuilds.compare([unit("Program", text)], "unix");
    }
  });

  it("go on after a program with errors", () => {
    const rebuilds = new Rebuilds();
    const good = [unit("Program", `let () = print_endline "one"`)];
    rebuilds.compare(good, "unix");
    expect(() => rebuilds.compare([unit("Program", `external f : int -> int = "missing_primitive"\nlet () = print_int (f 1)`)], "unix")).toThrow(/missing_primitive/);
    rebuilds.compare([unit("Program", `let () = print_endline "two"`)], "unix");
    rebuilds.compare(good, "unix");
  });
});
