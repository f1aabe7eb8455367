/**
 * Builds that take the library's code from what came with the compiler (`compiler-worker/codegen/shipped-code.ts`) give the bytes of builds
 * that make all code themselves: for programs that share some of their code with those that it was made from.
 */
import { describe, expect, it } from "vitest";
import { BuildMemo } from "../compiler-worker/build-memo.ts";
import { CodeCollector, ShippedCode } from "../compiler-worker/codegen/shipped-code.ts";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget, type Image } from "../compiler-worker/image/image.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";
import { unit } from "./support/run.ts";

/** What was asked for and found. */
class CountedCode extends ShippedCode {
  asked = 0;
  found = 0;

  override find(...args: Parameters<ShippedCode["find"]>): ReturnType<ShippedCode["find"]> {
    const record = super.find(...args);
    this.asked++;
    if (record !== undefined) this.found++;
    return record;
  }
}

function imageOf(units: readonly UnitSource[], targetName: string, options: { readonly memo?: BuildMemo; readonly shippedCode?: () => ShippedCode }): Image {
  const sources = new ProgramSources(units, testLibrary());
  const { diagnostics, image } = build(new TypingSession(sources), sources, { target: imageTarget(targetName)!, ...options });
  if (image === undefined) throw new Error(diagnostics.map(renderDiagnostic).join("\n"));
  return image;
}

const text = ((): string => {
  const collector = new CodeCollector();
  for (const target of ["unix", "qemu"]) {
    const memo = new BuildMemo();
    imageOf([unit("Main", `let () = Printf.printf "%d %s %f\\n" (List.length (List.sort compare [3; 1])) (String.concat "," ["a"; "b"]) 1.5\nlet t = Hashtbl.create 3\nlet () = Hashtbl.replace t "k" 1; print_int (Hashtbl.find t "k"); failwith "end"`)], target, { memo });
    collector.add(memo.code[1].plain);
  }
  return collector.text();
})();

describe("code that came with the compiler", () => {
  it.each([
    ["unix", "let rec f n = if n = 0 then [] else n :: f (n - 1)\nlet () = List.iter (Printf.printf \"%d\\n\") (List.sort (fun a b -> compare b a) (f 5)); assert (Sys.argv = [||])"],
    ["qemu", "let t = Hashtbl.create 7\nlet r = ref 0\nlet () = Hashtbl.add t \"x\" 2.5; incr r; Printf.printf \"%f %d\" (Hashtbl.find t \"x\") !r; raise Not_found"],
    ["unix", "(* Slots of globals and numbers of exceptions are others here. *)\nexception A exception B of int\nlet a = ref [] and b = ref 1.5 and c = Array.make 3 'x'\nlet () = a := [ String.concat \"-\" [ \"p\"; \"q\" ] ]; b := !b +. 1.; c.(0) <- 'y'; (try raise (B 3) with A -> () | B n -> print_int n); Printf.printf \"%s %f %c\" (List.hd !a) !b c.(0)"],
  ])("gives the same bytes (%s)", (target, source) => {
    const code = new CountedCode(text);
    const units = [unit("Main", source)];
    const taken = imageOf(units, target, { shippedCode: () => code });
    const made = imageOf(units, target, {});
    expect(taken.sizes).toEqual(made.sizes);
    expect(Buffer.compare(taken.bytes, made.bytes)).toBe(0);
    expect(code.found).toBeGreaterThan(code.asked / 3);
  });

  it("serves a session's first build, and what that made serves the next", () => {
    const code = new CountedCode(text);
    const memo = new BuildMemo(() => code);
    const units = (n: number): UnitSource[] => [unit("Main", `let () = Printf.printf "%d %s" ${n} (String.concat "" [])`)];
    const first = imageOf(units(1), "qemu", { memo });
    expect(Buffer.compare(first.bytes, imageOf(units(1), "qemu", {}).bytes)).toBe(0);
    expect(code.found).toBeGreaterThan(0);
  });

  it("is refused when it is something else", () => {
    expect(() => new ShippedCode("<!doctype html>")).toThrow("not code that belongs to this compiler");
  });
});
