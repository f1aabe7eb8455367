/** Images booted under QEMU (emulated): protection of pages, faults as exceptions, interrupts, on all three machine types. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildImage } from "../codegen/testing/run.ts";
import { CoreText } from "../codegen/testing/core-text.ts";

const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;

const KERNEL = `
(fun put:i (c:w) (while (word.eq (word.and (machine in8 0x3fdw) 0x20w) 0w) 0) (machine out8 0x3f8w c) 0)
(fun print:i (s) (mut i:i 0 (while (int.lt i (bytes.length s)) (put (bytes.load 8 s i)) (set i (int.add i 1)))))
(fun hex:i (n:w) (mut k:i 60 (while (int.ge k 0) (let d:w (word.and (word.lsr n k) 15w) (put (if (word.lt d 10w) (word.add d 48w) (word.add d 87w)))) (set k (int.sub k 4)))))
(fun fault:w (vector:w error:w frame:w) (hex vector) (put 32w) (hex error) (put 32w) (raw.address (exn Not_found)))
(fun interrupt:i (vector:w) (machine out8 0x20w 0x20w) (store (static ticks) (word.add 1w (load (static ticks)))) 0)
(fun answer:i (e) (if (value.eq e (exn Not_found)) (print "caught\\n") (print "what?\\n")))
(fun write_to:i (a:w) (try (seq (store a 0w) (print "written\\n")) e (answer e)))
(fun jump_to:i (a:w) (try (seq (machine call a) (print "called\\n")) e (answer e)))
(fun start:i (info:w)
   (print "boot ") (hex (load32 info)) (put 10w)
   (store (symbol young_pointer) (word.add (static heap 65536) 65536w))
   (store (symbol young_limit) (static heap 65536))
   (stub run_main v (symbol main) 1 (word.add (static stack 65536) 65536w) (static stack 65536))
   (print "end\\n")
   (machine out8 0xf4w 3w) 0)
(fun main (x)
   (write_to 0w) (write_to (symbol text_start)) (write_to (symbol rodata_start)) (write_to (symbol boot_stack_guard)) (write_to 0x100000000w)
   (jump_to (symbol data_start)) (jump_to (symbol rodata_start)) (jump_to 0w)
   (write_to (symbol bss_start))
   ; the interval timer through the interrupt controllers; the local one passes them on
   (store32 0xfee000f0w 0x1ffw) (store32 0xfee00350w 0x700w)
   (machine out8 0x20w 0x11w) (machine out8 0xa0w 0x11w) (machine out8 0x21w 32w) (machine out8 0xa1w 40w) (machine out8 0x21w 4w) (machine out8 0xa1w 2w) (machine out8 0x21w 1w) (machine out8 0xa1w 1w)
   (machine out8 0x21w 0xfew) (machine out8 0xa1w 0xffw)
   (machine out8 0x43w 0x34w) (machine out8 0x40w 0xffw) (machine out8 0x40w 0x10w)
   (while (word.lt (load (static ticks)) 3w) (machine sti_hlt_cli))
   (print "ticked\\n")
   x)
(export "morgana_start" start)
(export "main" main)
(export "morgana_fault" fault)
(export "morgana_interrupt" interrupt)
`;

const page = (error: number): string => `${(14).toString(16).padStart(16, "0")} ${error.toString(16).padStart(16, "0")} caught\n`;
/** Error codes of page faults (SDM volume 3, section 4.7): 1 present, 2 write, 16 instruction fetch. */
const EXPECTED = `boot 00000000336ec578\n${page(2)}${page(3)}${page(3)}${page(2)}${page(2)}${page(17)}${page(17)}${page(16)}written\nticked\nend\n`;

describe.skipIf(!hasQemu)("an image for qemu", () => {
  const image = buildImage(new CoreText().add(KERNEL, true).program(), "qemu");

  for (const machine of ["microvm", "pc", "q35"]) {
    it(`boots on ${machine} in 8 MiB`, () => {
      const directory = mkdtempSync(join(tmpdir(), "morgana-boot-"));
      try {
        const file = join(directory, "kernel.elf");
        writeFileSync(file, image.bytes);
        const run = spawnSync("qemu-system-x86_64", ["-accel", "tcg", "-M", machine, "-m", "8", "-display", "none", "-serial", "stdio", "-no-reboot", "-device", "isa-debug-exit,iobase=0xf4", "-kernel", file], { encoding: "latin1", timeout: 30_000 });
        expect(run.stdout).toBe(EXPECTED);
        expect(run.status).toBe(7);
      } finally {
        rmSync(directory, { recursive: true });
      }
    });
  }

  it("has text, read-only data and data in pages of their own", () => {
    const at = (name: string): number => image.symbols.get(name)!;
    expect(Math.floor((at("rodata_end") - 1) / 4096)).toBeLessThan(Math.floor(at("text_start") / 4096));
    expect(Math.floor((at("text_end") - 1) / 4096)).toBeLessThan(Math.floor(at("data_start") / 4096));
  });

  it("is the same every time", () => {
    expect(buildImage(new CoreText().add(KERNEL, true).program(), "qemu").bytes).toEqual(image.bytes);
  });
});
