/**
 * Builds that take what came with the compiler of the library (`compiler-worker/shipped-library.ts`), translations and code, give the bytes of builds
 * that make everything themselves: for programs that share some of it with those that it was made from.
 */
import { describe, expect, it } from "vitest";
import { BuildMemo } from "../compiler-worker/build-memo.ts";
import { CodeCollector, ShippedCode } from "../compiler-worker/codegen/shipped-code.ts";
import { Fresh } from "../compiler-worker/core/build.ts";
import { canonicalForm } from "../compiler-worker/core/canonical.ts";
import type { TopBinding, Variable } from "../compiler-worker/core/core.ts";
import { Reader, StringTable, Strings, Unserializable, Writer } from "../compiler-worker/core/serial.ts";
import { ShippedTranslations, TranslationCollector } from "../compiler-worker/defunctorize/shipped-translations.ts";
import { build, ProgramSources, translate } from "../compiler-worker/driver.ts";
import { imageTarget, type Image } from "../compiler-worker/image/image.ts";
import { parseShippedLibrary, shippedLibraryText, type ShippedLibrary } from "../compiler-worker/shipped-library.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession, type UnitSource } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";
import { unit } from "./support/run.ts";

interface Count {
  asked: number;
  found: number;
}

class CountedCode extends ShippedCode {
  readonly count: Count = { asked: 0, found: 0 };

  override find(...args: Parameters<ShippedCode["find"]>): ReturnType<ShippedCode["find"]> {
    const record = super.find(...args);
    this.count.asked++;
    if (record !== undefined) this.count.found++;
    return record;
  }
}

class CountedTranslations extends ShippedTranslations {
  readonly count: Count = { asked: 0, found: 0 };

  override group(...args: Parameters<ShippedTranslations["group"]>): ReturnType<ShippedTranslations["group"]> {
    const translation = super.group(...args);
    this.count.asked++;
    if (translation !== undefined) this.count.found++;
    return translation;
  }
}

function imageOf(units: readonly UnitSource[], targetName: string, options: { readonly memo?: BuildMemo; readonly shipped?: () => ShippedLibrary }): Image {
  const sources = new ProgramSources(units, testLibrary());
  const { diagnostics, image } = build(new TypingSession(sources, { deferrable: (at) => options.shipped?.().translations?.hasFacts(at) === true }), sources, { target: imageTarget(targetName)!, ...options });
  if (image === undefined) throw new Error(diagnostics.map(renderDiagnostic).join("\n"));
  return image;
}

const [translations, code] = ((): readonly [string, string] => {
  const made = new CodeCollector();
  const translated = new TranslationCollector();
  for (const target of ["unix", "qemu"]) {
    const memo = new BuildMemo();
    imageOf([unit("Main", `let () = Printf.printf "%d %s %f\\n" (List.length (List.sort compare [3; 1])) (String.concat "," ["a"; "b"]) 1.5\nlet t = Hashtbl.create 3\nlet () = Hashtbl.replace t "k" 1; print_int (Hashtbl.find t "k"); failwith "end"`)], target, { memo });
    made.add(memo.code[1].plain);
    translated.add(memo.translation);
  }
  return [translated.text(), made.text()];
})();

function shippedLibrary(): { readonly shipped: () => ShippedLibrary; readonly counts: readonly [Count, Count] } {
  const shipped = { code: new CountedCode(code), translations: new CountedTranslations(translations) };
  return { shipped: () => shipped, counts: [shipped.code.count, shipped.translations.count] };
}

/** The binding, written and read again; undefined when it has no sequence. `globals`: those of the program. */
function throughNumbers(binding: TopBinding, globals: readonly Variable[]): TopBinding | undefined {
  const { variables, locations } = canonicalForm(binding);
  const known = globals.filter((v) => variables.includes(v));
  const file = locations.find((loc) => loc.file.name !== "")?.file;
  const strings = new StringTable();
  const writer = new Writer(strings, file);
  for (const v of known) writer.know(v);
  try {
    writer.bindings([binding]);
  } catch (error) {
    if (error instanceof Unserializable) return undefined;
    throw error;
  }
  const reader = new Reader(new Strings(JSON.parse(JSON.stringify(strings.all)) as string[]), writer.finish(), file, new Fresh());
  for (const v of known) reader.know(v);
  return reader.bindings()[0]!;
}

describe("bindings as numbers", () => {
  it("are the same when they are read again", () => {
    const text = "external id : 'a -> 'a = \"%identity\"\nlet rec even n = n = 0 || odd (n - 1) and odd n = n > 0 && even (n - 1)\nlet () = try Scanf.sscanf \"1 2.5\" \"%d %f\" (fun i f -> Format.printf \"@[%d %h %Ld@]@.\" i f 7L) with Scanf.Scan_failure _ | Failure _ -> print_string (Str.global_replace (Str.regexp \"a\") \"b\" (if even 4 then id \"x\" else String.make 3 'y'))";
    const sources = new ProgramSources([unit("Main", text)], testLibrary());
    const { core } = translate(new TypingSession(sources), sources, imageTarget("unix")!.platformPackage);
    const { bindings } = core!.program;
    const globals = bindings.flatMap((b) => (b.kind === "let" ? [b.variable] : b.kind === "letrec" ? b.functions.map((f) => f.variable) : []));
    const other = bindings.filter((binding) => {
      const again = throughNumbers(binding, globals);
      return again === undefined || canonicalForm(again).digest !== canonicalForm(binding).digest;
    });
    expect(bindings.length).toBeGreaterThan(500);
    expect(other).toHaveLength(0);
  });
});

describe("what came with the compiler", () => {
  it.each([
    ["unix", "let rec f n = if n = 0 then [] else n :: f (n - 1)\nlet () = List.iter (Printf.printf \"%d\\n\") (List.sort (fun a b -> compare b a) (f 5)); assert (Sys.argv = [||])"],
    ["qemu", "let t = Hashtbl.create 7\nlet r = ref 0\nlet () = Hashtbl.add t \"x\" 2.5; incr r; Printf.printf \"%f %d\" (Hashtbl.find t \"x\") !r; raise Not_found"],
    ["unix", "(* Slots of globals and numbers of exceptions are others here. *)\nexception A exception B of int\nlet a = ref [] and b = ref 1.5 and c = Array.make 3 'x'\nlet () = a := [ String.concat \"-\" [ \"p\"; \"q\" ] ]; b := !b +. 1.; c.(0) <- 'y'; (try raise (B 3) with A -> () | B n -> print_int n); Printf.printf \"%s %f %c\" (List.hd !a) !b c.(0)"],
    ["unix", "(* Functors of the library: their instances are translated here, beside functions that are not. *)\nmodule M = Map.Make (String)\nmodule T = Hashtbl.Make (Int)\nlet () = M.iter (Printf.printf \"%s %d;\") (M.add \"b\" 2 (M.singleton \"a\" 1)); T.length (T.create 1) |> print_int; List.iter print_string (List.sort_uniq String.compare [ \"y\"; \"x\" ])"],
  ])("gives the same bytes (%s)", (target, source) => {
    const { shipped, counts } = shippedLibrary();
    const units = [unit("Main", source)];
    const taken = imageOf(units, target, { shipped });
    const made = imageOf(units, target, {});
    expect(taken.sizes).toEqual(made.sizes);
    expect(Buffer.compare(taken.bytes, made.bytes)).toBe(0);
    for (const count of counts) expect(count.found).toBeGreaterThan(count.asked / 3);
  });

  it("serves a session's first build, and what that made serves the next", () => {
    const { shipped, counts } = shippedLibrary();
    const memo = new BuildMemo(shipped);
    const session = new TypingSession(new ProgramSources([], testLibrary()), { deferrable: (at) => shipped().translations?.hasFacts(at) === true });
    const image = (n: number): Image => {
      const sources = new ProgramSources([unit("Main", `let () = Printf.printf "%d %s" ${n} (String.concat "" [])`)], testLibrary());
      session.renew(sources);
      return build(session, sources, { target: imageTarget("qemu")!, memo, shipped }).image!;
    };
    const first = image(1);
    for (const count of counts) expect(count.found).toBeGreaterThan(0);
    const asked = counts[1].asked;
    const second = image(2);
    expect(counts[1].asked).toBe(asked);
    // A new session of the type checker ends this one.
    for (const [n, bytes] of [[1, first.bytes], [2, second.bytes]] as const) expect(Buffer.compare(bytes, imageOf([unit("Main", `let () = Printf.printf "%d %s" ${n} (String.concat "" [])`)], "qemu", {}).bytes)).toBe(0);
  });

  it("is refused when it is something else", () => {
    expect(() => new ShippedCode("<!doctype html>")).toThrow("not code that belongs to this compiler");
    expect(() => new ShippedTranslations("<!doctype html>")).toThrow("no translations that belong to this compiler");
    expect(() => parseShippedLibrary("<!doctype html>", "")).toThrow("nothing that belongs to this compiler");
  });

  it("leaves translations of another library's functions", () => {
    const text = shippedLibraryText("of one library", translations, code);
    expect(parseShippedLibrary(text, "of one library").translations).toBeDefined();
    expect(parseShippedLibrary(text, "of another").translations).toBeUndefined();
  });
});
