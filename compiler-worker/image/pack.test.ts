/** Packing: a reader in TypeScript gives back what was packed, and so does the one in machine code, under QEMU. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ALU, Assembler, CC, memory, RAX, RCX, RDX, RSI, SHIFT } from "../codegen/x86-64/assembler.ts";
import { PACK_COPY_BIAS, PACK_LITERALS_FOLLOW, PACK_LONG_LENGTH, PACK_STEP, PACK_WINDOW } from "../codegen/x86-64/unpacker.ts";
import { pack } from "./pack.ts";
import { packedKernel } from "./pvh.ts";

function unpack(packed: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let at = 0;
  const long = (): number => {
    const n = packed[at++]!;
    if (n < PACK_LONG_LENGTH) return n;
    at += 4;
    return (packed[at - 4]! | (packed[at - 3]! << 8) | (packed[at - 2]! << 16) | (packed[at - 1]! << 24)) >>> 0;
  };
  for (;;) {
    const first = packed[at]!;
    const distance = PACK_WINDOW - (packed[at + 1]! | (packed[at + 2]! << 8));
    at += 3;
    expect(distance).toBeGreaterThanOrEqual(PACK_STEP);
    const literals = first >> 4 === PACK_LITERALS_FOLLOW ? long() : first >> 4;
    for (let i = 0; i < literals; i++) bytes.push(packed[at++]!);
    const copied = (first & 15) === 0 ? long() : (first & 15) + PACK_COPY_BIAS;
    if (copied === 0) break;
    for (let i = 0; i < copied; i++) bytes.push(bytes[bytes.length - distance]!);
  }
  expect(at).toBe(packed.length);
  return Uint8Array.from(bytes);
}

/** Numbers that look random, the same every time (a linear congruential generator). */
function noise(seed: number, length: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) & 0xff;
  });
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((p) => [...p]));
}

/** Runs of literals and copies of all lengths around those that are written in another way, far copies, and runs of one byte. */
const source = noise(1, 70_000);
const lengths = [...Array.from({ length: 40 }, (_, i) => i), 253, 254, 255, 256, 257, 300, 511, 512, 2000];
const varied = concatenated([...lengths.flatMap((n, i) => [source.subarray(100 * i, 100 * i + n), noise(i + 2, lengths.at(-1 - i)!)]), new Uint8Array(5000), source, source.subarray(3000, 9000), noise(99, 7)]);

describe("packing", () => {
  it("gives back what was packed", () => {
    for (let n = 0; n < 64; n++) {
      for (const bytes of [new Uint8Array(n).fill(7), noise(n, n), concatenated([noise(5, 20), new Uint8Array(n), noise(5, 20)])]) expect(unpack(pack(bytes))).toEqual(bytes);
    }
    expect(unpack(pack(varied))).toEqual(varied);
  });

  it("makes what repeats itself small", () => {
    expect(pack(new Uint8Array(100_000)).length).toBeLessThan(40);
    expect(pack(concatenated([source.subarray(0, 1000), source.subarray(0, 1000)])).length).toBeLessThan(1020);
    expect(pack(source).length).toBeLessThan(source.length + 20);
  });

  const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;
  it.skipIf(!hasQemu)("is undone by the image's own beginning", () => {
    const base = 0x10_0000;
    // 32-bit code behind the bytes: their sum, each time rotated, byte by byte through the serial port; then the end. The page behind must be zero.
    const bytes = concatenated([varied, new Uint8Array(-varied.length & 3), Uint8Array.of(1, 2, 3, 4)]);
    const program = (length: number): Uint8Array => {
      const a = new Assembler();
      a.mode = 32;
      a.movImmediate(RSI, BigInt(base));
      a.movImmediate(RCX, BigInt(length));
      a.zero(RAX);
      const loop = a.here();
      a.shiftImmediate(SHIFT.rol, RAX, 5, 32);
      a.aluMemory(ALU.add, RAX, memory(RSI), 32);
      a.aluImmediate(ALU.add, RSI, 4, 32);
      a.aluImmediate(ALU.sub, RCX, 4, 32);
      a.jumpIf(CC.ne, loop);
      a.movRegReg(RCX, RAX, 32);
      a.movImmediate(RDX, 0x3f8n);
      for (let i = 0; i < 4; i++) {
        a.movRegReg(RAX, RCX, 32);
        a.plain("out dx, al", 0xee);
        a.shiftImmediate(SHIFT.shr, RCX, 8, 32);
      }
      a.movImmediate(RDX, 0xf4n);
      a.plain("out dx, al", 0xee);
      return a.finish("program", 1, undefined).bytes;
    };
    const size = bytes.length + program(0).length;
    const padded = Math.ceil((size + PACK_STEP) / 4) * 4;
    const whole = concatenated([bytes, program(padded)]);
    const expected = new DataView(new ArrayBuffer(padded));
    whole.forEach((n, i) => expected.setUint8(i, n));
    let sum = 0;
    for (let i = 0; i < padded; i += 4) sum = (((sum << 5) | (sum >>> 27)) + expected.getUint32(i, true)) >>> 0;

    const directory = mkdtempSync(join(tmpdir(), "morgana-pack-"));
    try {
      const file = join(directory, "kernel.elf");
      writeFileSync(file, packedKernel({ memory: whole, address: base, end: base + Math.ceil(padded / 4096) * 4096, entry: base + bytes.length }));
      const run = spawnSync("qemu-system-x86_64", ["-accel", "tcg", "-M", "microvm", "-m", "8", "-display", "none", "-serial", "stdio", "-no-reboot", "-device", "isa-debug-exit,iobase=0xf4", "-kernel", file], { timeout: 30_000 });
      expect([...run.stdout]).toEqual([sum & 0xff, (sum >>> 8) & 0xff, (sum >>> 16) & 0xff, sum >>> 24]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
