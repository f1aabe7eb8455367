/** Entropy under QEMU: the processor's generator where it has one, and nothing where it has none. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildProgram, unit } from "./support/run.ts";

const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;

const PROGRAM = `
let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))
let () =
  print_endline
    (match Mirage_crypto_rng.Entropy.cpu_rng_bootstrap () with
     | Ok bootstrap -> let data = bootstrap 0 in hex (String.sub data 2 (String.length data - 2))
     | Error \`Not_supported -> "none")`;

describe.skipIf(!hasQemu)("the processor's generator", () => {
  const image = buildProgram([unit("Program", PROGRAM)], "qemu");
  const boot = (processor: string): string => {
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
    const seeds = [boot(processor), boot(processor)];
    for (const seed of seeds) {
      expect(seed).toMatch(/^[0-9a-f]{64}$/);
      expect(new Set(seed.match(/../g)).size).toBeGreaterThan(8);
    }
    expect(seeds[0]).not.toBe(seeds[1]);
  });

  it("is not made up where there is none", () => {
    expect(boot("qemu64")).toBe("none");
  });
});
