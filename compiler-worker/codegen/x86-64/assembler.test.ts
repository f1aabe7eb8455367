/** Encodings against objdump's reading of them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { absolute, ALU, Assembler, CC, indexed, memory, registerName, SHIFT, type Memory } from "./assembler.ts";

const hasObjdump = spawnSync("objdump", ["--version"]).status === 0;

function disassemble(bytes: Uint8Array): string[] {
  const directory = mkdtempSync(join(tmpdir(), "morgana-asm-"));
  try {
    const file = join(directory, "code.bin");
    writeFileSync(file, bytes);
    const out = spawnSync("objdump", ["-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", "--no-show-raw-insn", file], { encoding: "utf8", maxBuffer: 1 << 26 }).stdout;
    return out
      .split("\n")
      .map((line) => /^\s*[0-9a-f]+:\t(.*)$/.exec(line)?.[1])
      .filter((line) => line !== undefined)
      .map((line) =>
        line
          .replace(/#.*/, "")
          .replace(/(BYTE|WORD|DWORD|QWORD|XMMWORD) PTR /g, "")
          .replace(/\s+/g, " ")
          .trim(),
      );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** objdump's way of writing an address. */
function text(m: Memory): string {
  const parts: string[] = [];
  if (m.base >= 0) parts.push(registerName(m.base));
  if (m.index >= 0) parts.push(`${registerName(m.index)}*${m.scale}`);
  const disp = m.disp === 0 && (m.base < 0 || (m.base & 7) !== 5) && parts.length > 0 && m.base >= 0 ? "" : `${m.disp < 0 ? "-" : "+"}0x${Math.abs(m.disp).toString(16)}`;
  return `[${parts.join("+")}${disp}]`;
}

const ADDRESSES: readonly Memory[] = [];
const registers = Array.from({ length: 16 }, (_, i) => i);
const addresses: Memory[] = [...ADDRESSES];
for (const base of registers) {
  for (const disp of [0, 8, -8, 127, 128, -128, -129, 0x12345]) addresses.push(memory(base, disp));
  for (const index of registers) if (index !== 4) addresses.push(indexed(base, index, [1, 2, 4, 8][(base + index) % 4]!, [0, 16, 1000][(base * index) % 3]));
}
for (const index of registers) if (index !== 4) addresses.push(indexed(-1, index, 8, 0x40));

const hex = (n: number): string => (n < 0 ? `0x${BigInt.asUintN(64, BigInt(n)).toString(16)}` : `0x${n.toString(16)}`);

describe.skipIf(!hasObjdump)("the assembler", () => {
  function check(build: (a: Assembler, expected: string[]) => void): void {
    const a = new Assembler();
    const expected: string[] = [];
    build(a, expected);
    expect(disassemble(a.finish("test", 1, undefined).bytes)).toEqual(expected);
  }

  it("encodes every addressing mode", () => {
    check((a, expected) => {
      for (const m of addresses) {
        a.load(8, m);
        expected.push(`mov r8,${text(m)}`);
        a.store(m, 3);
        expected.push(`mov ${text(m)},rbx`);
        a.loadDouble(9, m);
        expected.push(`movsd xmm9,${text(m)}`);
      }
    });
  });

  it("encodes arithmetic on all registers", () => {
    check((a, expected) => {
      for (const to of registers) {
        for (const from of [0, 4, 7, 8, 13, 15]) {
          for (const [name, op] of Object.entries(ALU)) {
            a.alu(op, to, from);
            expected.push(`${name} ${registerName(to)},${registerName(from)}`);
          }
          a.multiply(to, from);
          expected.push(`imul ${registerName(to)},${registerName(from)}`);
          a.movRegReg(to, from);
          expected.push(`mov ${registerName(to)},${registerName(from)}`);
          a.test(to, from);
          expected.push(`test ${registerName(to)},${registerName(from)}`);
          a.conditionalMove(CC.g, to, from);
          expected.push(`cmovg ${registerName(to)},${registerName(from)}`);
          a.extend(to, from, 8, false);
          expected.push(`movzx ${registerName(to, 32)},${registerName(from, 8)}`);
          a.extend(to, from, 16, true);
          expected.push(`movsx ${registerName(to)},${registerName(from, 16)}`);
          a.extend(to, from, 32, true);
          expected.push(`movsxd ${registerName(to)},${registerName(from, 32)}`);
          a.extend(to, from, 32, false);
          expected.push(`mov ${registerName(to, 32)},${registerName(from, 32)}`);
          a.moveToDouble(to, from);
          expected.push(`movq xmm${to},${registerName(from)}`);
          a.moveFromDouble(to, from);
          expected.push(`movq ${registerName(to)},xmm${from}`);
          a.sse("addsd", 0x58, to, from);
          expected.push(`addsd xmm${to},xmm${from}`);
          a.sse("ucomisd", 0x2e, to, from, 0x66);
          expected.push(`ucomisd xmm${to},xmm${from}`);
          a.sse("cvtsi2sd", 0x2a, to, from, 0xf2, true);
          expected.push(`cvtsi2sd xmm${to},${registerName(from)}`);
          a.truncate(to, from);
          expected.push(`cvttsd2si ${registerName(to)},xmm${from}`);
          a.bitScan(to, from, true);
          expected.push(`bsr ${registerName(to)},${registerName(from)}`);
        }
        for (const n of [0, 1, -1, 127, 128, -128, -129, 0x7fffffff, -0x80000000]) {
          a.aluImmediate(ALU.add, to, n);
          expected.push(`add ${registerName(to)},${hex(n)}`);
          a.aluImmediate(ALU.cmp, to, n);
          expected.push(`cmp ${registerName(to)},${hex(n)}`);
          a.multiplyImmediate(to, 6, n);
          expected.push(`imul ${registerName(to)},rsi,${hex(n)}`);
        }
        a.testImmediate(to, 1);
        expected.push(`test ${registerName(to, 8)},0x1`);
        a.testImmediate(to, 1000);
        expected.push(`test ${registerName(to, 32)},0x3e8`);
        a.setCondition(CC.a, to);
        expected.push(`seta ${registerName(to, 8)}`);
        a.shiftImmediate(SHIFT.sar, to, 1);
        expected.push(`sar ${registerName(to)},1`);
        a.shiftImmediate(SHIFT.shl, to, 63);
        expected.push(`shl ${registerName(to)},0x3f`);
        a.shiftByCl(SHIFT.shr, to);
        expected.push(`shr ${registerName(to)},cl`);
        a.unary(3, to);
        expected.push(`neg ${registerName(to)}`);
        a.unary(7, to);
        expected.push(`idiv ${registerName(to)}`);
        a.byteSwap(to);
        expected.push(`bswap ${registerName(to)}`);
        a.push(to);
        expected.push(`push ${registerName(to)}`);
        a.pop(to);
        expected.push(`pop ${registerName(to)}`);
        a.callRegister(to);
        expected.push(`call ${registerName(to)}`);
        a.jumpRegister(to);
        expected.push(`jmp ${registerName(to)}`);
        a.writeControl(3, to);
        expected.push(`mov cr3,${registerName(to)}`);
        a.readControl(to, 2);
        expected.push(`mov ${registerName(to)},cr2`);
        a.movImmediate(to, 5n);
        expected.push(`mov ${registerName(to, 32)},0x5`);
        a.movImmediate(to, -5n);
        expected.push(`mov ${registerName(to)},0xfffffffffffffffb`);
        a.movImmediate(to, 0x123456789abcdefn);
        expected.push(`movabs ${registerName(to)},0x123456789abcdef`);
        a.systemRegister("rdrand", 0x0fc7, 6, to, 64);
        expected.push(`rdrand ${registerName(to)}`);
      }
    });
  });

  it("encodes operations on memory", () => {
    check((a, expected) => {
      for (const m of [memory(3, 8), memory(12, 0), memory(13, 0), indexed(4, 9, 8, -8), indexed(5, 5, 1, 0)]) {
        const t = text(m);
        for (const r of [0, 1, 5, 6, 9, 15]) {
          a.load(r, m, 8);
          expected.push(`movzx ${registerName(r, 32)},${t}`);
          a.load(r, m, 8, true);
          expected.push(`movsx ${registerName(r)},${t}`);
          a.load(r, m, 16);
          expected.push(`movzx ${registerName(r, 32)},${t}`);
          a.load(r, m, 32);
          expected.push(`mov ${registerName(r, 32)},${t}`);
          a.load(r, m, 32, true);
          expected.push(`movsxd ${registerName(r)},${t}`);
          a.store(m, r, 8);
          expected.push(`mov ${t},${registerName(r, 8)}`);
          a.store(m, r, 16);
          expected.push(`mov ${t},${registerName(r, 16)}`);
          a.store(m, r, 32);
          expected.push(`mov ${t},${registerName(r, 32)}`);
          a.lea(r, m);
          expected.push(`lea ${registerName(r)},${t}`);
          a.aluMemory(ALU.sub, r, m);
          expected.push(`sub ${registerName(r)},${t}`);
          a.aluToMemory(ALU.add, m, r);
          expected.push(`add ${t},${registerName(r)}`);
          a.compareExchange(m, r);
          expected.push(`lock cmpxchg ${t},${registerName(r)}`);
          a.exchangeMemory(m, r);
          expected.push(`xchg ${t},${registerName(r)}`);
          a.multiplyMemory(r, m);
          expected.push(`imul ${registerName(r)},${t}`);
        }
        a.storeImmediate(m, -1);
        expected.push(`mov ${t},0xffffffffffffffff`);
        a.storeImmediate(m, 5, 8);
        expected.push(`mov ${t},0x5`);
        a.storeImmediate(m, 500, 16);
        expected.push(`mov ${t},0x1f4`);
        a.aluMemoryImmediate(ALU.cmp, m, 200);
        expected.push(`cmp ${t},0xc8`);
        a.aluMemoryImmediate(ALU.cmp, m, 7, 8);
        expected.push(`cmp ${t},0x7`);
        a.testMemoryByte(m, 1);
        expected.push(`test ${t},0x1`);
        a.pushMemory(m);
        expected.push(`push ${t}`);
        a.popMemory(m);
        expected.push(`pop ${t}`);
        a.callMemory(m);
        expected.push(`call ${t}`);
        a.jumpMemory(m);
        expected.push(`jmp ${t}`);
        a.system("lgdt", 0x0f01, 2, m);
        expected.push(`lgdt ${t}`);
        a.system("lidt", 0x0f01, 3, m);
        expected.push(`lidt ${t}`);
        a.system("invlpg", 0x0f01, 7, m);
        expected.push(`invlpg ${t}`);
        a.system("fxsave", 0x0fae, 0, m);
        expected.push(`fxsave ${t}`);
        a.storeDouble(m, 11);
        expected.push(`movsd ${t},xmm11`);
        a.sseMemory("sqrtsd", 0x51, 2, m);
        expected.push(`sqrtsd xmm2,${t}`);
      }
    });
  });

  it("shrinks jumps whose targets are near", () => {
    const a = new Assembler();
    const far = a.label();
    const near = a.label();
    a.jump(near);
    a.jumpIf(CC.e, far);
    a.bind(near);
    for (let i = 0; i < 130; i++) a.plain("nop", 0x90);
    a.jumpIf(CC.ne, near);
    a.bind(far);
    a.ret();
    const lines = disassemble(a.finish("test", 1, undefined).bytes).filter((l) => l !== "nop");
    expect(lines).toEqual(["jmp 0x8", "je 0x90", "jne 0x8", "ret"]);
  });

  it("refers to symbols relative to the instruction's end", () => {
    const a = new Assembler();
    a.aluMemoryImmediate(ALU.cmp, absolute("x"), 1000);
    a.load(1, absolute("x", 8));
    const { relocations } = a.finish("test", 1, undefined);
    expect(relocations).toEqual([
      { offset: 3, kind: "relative32", symbol: "x", addend: -8 },
      { offset: 14, kind: "relative32", symbol: "x", addend: 4 },
    ]);
  });
});
