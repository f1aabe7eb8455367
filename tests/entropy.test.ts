/** Entropy: the processor's generator where it has one, nothing where it has none, and no generator where nothing draws. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { TypingSession } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";
import { buildProgram, unit } from "./support/run.ts";

const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;

const PROGRAM = `
let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))
let () =
  print_endline
    (match Mirage_crypto_rng.Entropy.cpu_rng_bootstrap with
     | Ok bootstrap -> (match bootstrap 0 with data -> hex (String.sub data 2 (String.length data - 2)) | exception Failure _ -> "none")
     | Error \`Not_supported -> "none")`;

/** Draws from the generator by default, after it was set up as a unikernel does it. */
const DRAWING = `
open Lwt.Infix
let draw () =
  match Mirage_crypto_rng.generate 16 with
  | drawn -> Ohex.encode drawn
  | exception Mirage_crypto_rng.Unseeded_generator -> "unseeded"
let () =
  print_endline (match Mirage_crypto_rng.generate 1 with _ -> "drawn" | exception Mirage_crypto_rng.No_default_generator -> "none yet");
  Morgana_os.Main.run
    ( Mirage_crypto_rng_mirage.initialize ~sleep:1_000_000L (module Mirage_crypto_rng.Fortuna) >>= fun () ->
      let first = draw () in
      Mirage_sleep.ns 5_000_000L >>= fun () ->
      Printf.printf "%s %s" first (draw ());
      Lwt.return_unit )`;

/** The symbols of a program's image for `qemu`. */
function symbols(program: string): string {
  let text = "";
  const sources = new ProgramSources([unit("Program", program)], testLibrary());
  const { image } = build(new TypingSession(sources), sources, { target: imageTarget("qemu")!, dump: { stage: "map", write: (part) => void (text += part) } });
  expect(image).toBeDefined();
  return text;
}

describe("a program that sets up the generator", () => {
  it("carries it when it draws", () => {
    expect(symbols(DRAWING)).toMatch(/Mirage_crypto_rng__Fortuna/);
  });

  it("carries nothing of it when what draws is not reached", () => {
    const text = symbols(DRAWING.replace(/let \(\) =\n  print_endline.*/, "let () =").replace("let first = draw () in", 'let first = "" in').replace("(draw ())", '""'));
    expect(text).toMatch(/Morgana_os/);
    expect(text).not.toMatch(/Fortuna|Mirage_crypto__|SHA256|Entropy|platform_entropy/);
  });
});

describe.skipIf(!hasQemu)("the processor's generator", () => {
  const image = buildProgram([unit("Program", PROGRAM)], "qemu");
  const drawing = buildProgram([unit("Program", DRAWING)], "qemu");
  const boot = (processor: string, image: Uint8Array): string => {
    const directory = mkdtempSync(join(tmpdir(), "morgana-entropy-"));
    try {
      const file = join(directory, "kernel.elf");
      writeFileSync(file, image);
      return spawnSync("qemu-system-x86_64", ["-accel", "tcg", "-M", "q35", "-cpu", processor, "-m", "32", "-display", "none", "-serial", "stdio", "-no-reboot", "-nodefaults", "-kernel", file], { encoding: "latin1", timeout: 30_000 }).stdout.trim();
    } finally {
      rmSync(directory, { recursive: true });
    }
  };

  it.each(["max", "qemu64,+rdrand"])("gives other bytes each time (%s)", (processor) => {
    const seeds = [boot(processor, image), boot(processor, image)];
    for (const seed of seeds) {
      expect(seed).toMatch(/^[0-9a-f]{64}$/);
      expect(new Set(seed.match(/../g)).size).toBeGreaterThan(8);
    }
    expect(seeds[0]).not.toBe(seeds[1]);
  });

  it("is not made up where there is none", () => {
    expect(boot("qemu64", image)).toBe("none");
  });

  it("seeds the generator by default", () => {
    const outputs = [boot("max", drawing), boot("max", drawing)];
    for (const output of outputs) expect(output).toMatch(/^none yet\n([0-9a-f]{32}) (?!\1)[0-9a-f]{32}$/);
    expect(outputs[0]).not.toBe(outputs[1]);
  });

  it("leaves the generator by default without a seed where there is none, and drawing raises", () => {
    expect(boot("qemu64", drawing)).toBe("none yet\nunseeded unseeded");
  });
});
