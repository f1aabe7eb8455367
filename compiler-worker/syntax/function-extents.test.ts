/** Functions that are parsed when they are looked at are the same as those that are parsed where they stand. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CompileError } from "./diagnostics.ts";
import { FunctionExtents } from "./function-extents.ts";
import { tokenize } from "./lexer.ts";
import { parseImplementation } from "./parser.ts";

/** The tree as text; getters are looked at. Only once each: files are in every location. */
const shown = (tree: unknown): string => JSON.stringify(tree, (key, value: unknown) => (key === "file" ? undefined : value));

function expectSame(name: string, text: string): void {
  const file = { name, text };
  const whole = parseImplementation(file);
  expect(whole.diagnostics).toEqual([]);
  const passedOver = parseImplementation(file, { passesOver: true });
  expect(passedOver.diagnostics).toEqual([]);
  // Not by `toEqual`, which would print two whole trees.
  if (shown(passedOver.tree.items) !== shown(whole.tree.items)) throw new Error(`${name}: the trees differ`);
}

describe("functions that are passed over", () => {
  it.each([
    ["an item after a let of the body", "let f x = let y = x in y\nlet g y = f y\nlet z = 1"],
    ["an item that is a let with in", "let f x = x in f 1;;\nlet g x = x"],
    ["groups", "let rec f x = let a = x and b = x in g (a + b) and g x = f x [@@inline]\nand h = 1 and k y = y"],
    ["attributes of the body's own bindings", "let f x = let y = x [@@ocaml.warning \"-a\"] in y [@@inline never]\ntype t = int"],
    ["exceptions in patterns", "let f x = match x () with exception Not_found -> 1 | exception E -> 2 | y -> y\nexception F"],
    ["local modules, types and exceptions", "let f (type a) (x : a) = let module M = struct type t = a let y = x module N = struct end end in let exception E of M.t in let open M in let g : type b. b -> b = fun z -> z in g y\nmodule P = struct let h x = x end\nlet q x = x"],
    ["objects and loops", "let f x = for i = 0 to 1 do let y = i in ignore y done; object method m = let z = x in z end\nclass c = object end"],
    ["binding operators", "let ( let* ) x f = f x let ( and* ) x y = (x, y)\nlet f x = let* y = x and* z = x in y + z\nlet g x = x"],
    ["structures in functors", "module F (X : sig val x : int end) = struct let f y = let z = y in z + X.x include X let g y = f y end\nopen F (struct let x = 1 end)"],
    ["expressions between items", "let f x = x;; f 1;; let g x = begin match x with _ -> f x end external e : int -> int = \"e\""],
    ["extensions", "let f x = [%e let y = 1] x [%%i let z = 2]\nlet h x = (module struct let q y = y end : S with type t = int)"],
  ])("%s", (name, text) => {
    expectSame(name, text);
  });

  it("are those of the library", () => {
    const root = fileURLToPath(new URL("../../public/library", import.meta.url));
    let count = 0;
    for (const folder of readdirSync(root, { withFileTypes: true })) {
      if (!folder.isDirectory() || !/^[a-m]/.test(folder.name)) continue;
      for (const name of readdirSync(join(root, folder.name))) {
        if (!name.endsWith(".ml")) continue;
        expectSame(name, readFileSync(join(root, folder.name, name), "latin1"));
        count++;
      }
    }
    expect(count).toBeGreaterThan(50);
  });

  it("tell of errors when they are looked at", () => {
    const { tree } = parseImplementation({ name: "t.ml", text: "let f x = (x\nlet g x = x" }, { passesOver: true });
    expect(() => shown(tree)).toThrow(CompileError);
  });

  it("end at the token after the body", () => {
    const tokens = tokenize({ name: "t.ml", text: "let f x = let y = x in y let g z = z" });
    expect(new FunctionExtents(tokens).end(4)).toBe(tokens.kinds.lastIndexOf("let"));
  });
});
