/**
 * Stubs of the `qemu` target: from the PVH entry (Xen's "x86/HVM direct boot ABI": 32-bit protected mode, no paging, ebx = start info) to 64-bit
 * mode with W^X page tables; faults and interrupts.
 */
import { absolute, ALU, CC, indexed, memory, R8, R9, R10, R11, R12, R13, R14, R15, RAX, RBP, RBX, RCX, RDI, RDX, RSI, RSP, SHIFT, type Assembler } from "./assembler.ts";

const VECTORS = 64;
const FIRST_INTERRUPT = 32;
/** Exceptions for which the processor pushes an error code (SDM volume 3, table 6-1). */
const WITH_ERROR_CODE = new Set([8, 10, 11, 12, 13, 14, 17, 21, 29, 30]);
export const INTERRUPT_STACK_BYTES = 8192;

/** Segment selectors. */
const CODE = 0x08;
const DATA = 0x10;
const TASK = 0x18;

/** Bits of page table entries (SDM volume 3, section 4.5). */
const PRESENT = 1;
const WRITABLE = 2;
const LARGE = 0x80;
/** Bit 63, in the upper half. */
const NO_EXECUTE = 0x8000_0000 | 0;

const CR0_PE = 1;
const CR0_MP = 1 << 1;
const CR0_WP = 1 << 16;
const CR0_PG = 0x8000_0000 | 0;
const CR4_PAE = 1 << 5;
const CR4_OSFXSR = 1 << 9;
const CR4_OSXMMEXCPT = 1 << 10;
const MSR_EFER = 0xc000_0080n;
const EFER_LME = 1 << 8;
const EFER_NXE = 1 << 11;

/** Names of the areas in bss that the image reserves: see `image/qemu.ts`. */
export const BOOT = {
  pml4: "boot_page_table",
  pdpt: "boot_pdpt",
  pd: "boot_pd",
  /** Tables of 4 KiB pages for the beginning of memory, up to and including the boot stack. */
  pt: "boot_pt",
  /** Absolute symbol: how many of them. */
  ptCount: "boot_pt_count",
  gdt: "boot_gdt",
  gdtPointer: "boot_gdt_pointer",
  idt: "boot_idt",
  idtPointer: "boot_idt_pointer",
  tss: "boot_tss",
  interruptStack: "interrupt_stack",
  info: "boot_info",
  map: "boot_map",
  commandLine: "boot_command_line",
} as const;
/** hvm_start_info, version 1 (Xen's arch-x86/hvm/start_info.h), and its fields that are used. */
export const INFO_BYTES = 56;
const INFO_VERSION = 4;
const INFO_COMMAND_LINE = 24;
const INFO_MAP = 40;
const INFO_MAP_ENTRIES = 48;
const MAP_ENTRY_BYTES = 24;
const MAX_MAP_ENTRIES = 128;
export const MAP_BYTES = MAP_ENTRY_BYTES * MAX_MAP_ENTRIES;
/** With the NUL at its end; what is longer is cut. */
export const COMMAND_LINE_BYTES = 4096;
export const IDT_BYTES = 16 * VECTORS;
export const TSS_BYTES = 104;
/** Null, code, data, task state (two slots). */
export const GDT: readonly bigint[] = [0n, 0x00af_9a00_0000_ffffn, 0x00cf_9200_0000_ffffn, 0x0000_8900_0000_0067n, 0n];

/** 32-bit code: pages of 4 KiB from esi to edi (both rounded down) get flags edx (low half) and ecx (high half). */
function fillPages(a: Assembler): void {
  const loop = a.label();
  const done = a.label();
  a.aluImmediate(ALU.and, RSI, -4096, 32);
  a.aluImmediate(ALU.and, RDI, -4096, 32);
  a.bind(loop);
  a.alu(ALU.cmp, RSI, RDI, 32);
  a.jumpIf(CC.ae, done);
  a.movRegReg(RBX, RSI, 32);
  a.shiftImmediate(SHIFT.shr, RBX, 12, 32);
  a.movRegReg(RAX, RSI, 32);
  a.alu(ALU.or, RAX, RDX, 32);
  a.store(indexed(-1, RBX, 8, 0, BOOT.pt), RAX, 32);
  a.store(indexed(-1, RBX, 8, 4, BOOT.pt), RCX, 32);
  a.aluImmediate(ALU.add, RSI, 4096, 32);
  a.jump(loop);
  a.bind(done);
  a.ret();
}

/**
 * 32-bit code: copies what ebx points at, with the memory map and the command line, to where the image has room for it: the loader may
 * have put them anywhere, the first page included, which is not mapped later.
 */
function copyBootInformation(a: Assembler): void {
  const versioned = a.label();
  const few = a.label();
  const noCommandLine = a.label();
  a.movRegReg(RSI, RBX, 32);
  a.movSymbol(RDI, BOOT.info);
  a.movImmediate(RCX, BigInt(INFO_BYTES));
  a.plain("rep movsb", 0xf3, 0xa4);
  // Version 0 has no memory map.
  a.aluMemoryImmediate(ALU.cmp, absolute(BOOT.info, INFO_VERSION), 0, 32);
  a.jumpIf(CC.ne, versioned);
  a.storeImmediate(absolute(BOOT.info, INFO_MAP_ENTRIES), 0, 32);
  a.bind(versioned);
  a.load(RCX, absolute(BOOT.info, INFO_MAP_ENTRIES), 32);
  a.aluImmediate(ALU.cmp, RCX, MAX_MAP_ENTRIES, 32);
  a.jumpIf(CC.be, few);
  a.movImmediate(RCX, BigInt(MAX_MAP_ENTRIES));
  a.store(absolute(BOOT.info, INFO_MAP_ENTRIES), RCX, 32);
  a.bind(few);
  // 24 bytes are six double words.
  a.movRegReg(RAX, RCX, 32);
  a.alu(ALU.add, RCX, RAX, 32);
  a.alu(ALU.add, RCX, RAX, 32);
  a.alu(ALU.add, RCX, RCX, 32);
  a.load(RSI, absolute(BOOT.info, INFO_MAP), 32);
  a.movSymbol(RDI, BOOT.map);
  a.store(absolute(BOOT.info, INFO_MAP), RDI, 32);
  a.plain("rep movsd", 0xf3, 0xa5);
  a.load(RSI, absolute(BOOT.info, INFO_COMMAND_LINE), 32);
  a.aluImmediate(ALU.cmp, RSI, 0, 32);
  a.jumpIf(CC.e, noCommandLine);
  a.movSymbol(RDI, BOOT.commandLine);
  a.store(absolute(BOOT.info, INFO_COMMAND_LINE), RDI, 32);
  a.movImmediate(RCX, BigInt(COMMAND_LINE_BYTES - 1));
  a.plain("rep movsb", 0xf3, 0xa4);
  a.storeImmediate(absolute(BOOT.commandLine, COMMAND_LINE_BYTES - 1), 0, 8);
  a.bind(noCommandLine);
}

function start(a: Assembler): void {
  a.mode = 32;
  const fill = a.label();
  const long = a.label();
  a.plain("cli", 0xfa);
  a.plain("cld", 0xfc);
  a.movSymbol(RSP, "boot_stack_top");
  copyBootInformation(a);
  // Page map and directory pointers.
  a.movSymbol(RAX, BOOT.pdpt, PRESENT | WRITABLE);
  a.store(absolute(BOOT.pml4), RAX, 32);
  a.movSymbol(RAX, BOOT.pd, PRESENT | WRITABLE);
  for (let i = 0; i < 4; i++) {
    a.store(absolute(BOOT.pdpt, 8 * i), RAX, 32);
    a.aluImmediate(ALU.add, RAX, 4096, 32);
  }
  // 2048 pages of 2 MiB, not executable.
  a.movImmediate(RAX, BigInt(PRESENT | WRITABLE | LARGE));
  a.zero(RCX);
  const large = a.here();
  a.store(indexed(-1, RCX, 8, 0, BOOT.pd), RAX, 32);
  a.storeImmediate(indexed(-1, RCX, 8, 4, BOOT.pd), NO_EXECUTE, 32);
  a.aluImmediate(ALU.add, RAX, 0x20_0000, 32);
  a.aluImmediate(ALU.add, RCX, 1, 32);
  a.aluImmediate(ALU.cmp, RCX, 2048, 32);
  a.jumpIf(CC.b, large);
  // The first ones are replaced by tables of small pages.
  a.movSymbol(RAX, BOOT.pt, PRESENT | WRITABLE);
  a.zero(RCX);
  const small = a.here();
  a.store(indexed(-1, RCX, 8, 0, BOOT.pd), RAX, 32);
  a.storeImmediate(indexed(-1, RCX, 8, 4, BOOT.pd), 0, 32);
  a.aluImmediate(ALU.add, RAX, 4096, 32);
  a.aluImmediate(ALU.add, RCX, 1, 32);
  a.movSymbol(RDX, BOOT.ptCount);
  a.alu(ALU.cmp, RCX, RDX, 32);
  a.jumpIf(CC.b, small);
  const range = (from: () => void, to: () => void, low: number, high: number): void => {
    from();
    to();
    a.movImmediate(RDX, BigInt(low));
    a.movImmediate(RCX, BigInt.asUintN(32, BigInt(high)));
    a.callLabel(fill);
  };
  // Everything; page 0; read-only data; text; the page below the stack.
  range(
    () => a.movImmediate(RSI, 4096n),
    () => {
      a.movSymbol(RDI, BOOT.ptCount);
      a.shiftImmediate(SHIFT.shl, RDI, 21, 32);
    },
    PRESENT | WRITABLE,
    NO_EXECUTE,
  );
  range(
    () => a.movSymbol(RSI, "image_start"),
    () => a.movSymbol(RDI, "text_start"),
    PRESENT,
    NO_EXECUTE,
  );
  range(
    () => a.movSymbol(RSI, "text_start"),
    () => a.movSymbol(RDI, "data_start"),
    PRESENT,
    0,
  );
  range(
    () => a.movSymbol(RSI, "boot_stack_guard"),
    () => a.movSymbol(RDI, "boot_stack_guard", 4096),
    0,
    0,
  );
  // Long mode (SDM volume 3, section 9.8.5).
  a.readControl(RAX, 4);
  a.aluImmediate(ALU.or, RAX, CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT, 32);
  a.writeControl(4, RAX);
  a.movSymbol(RAX, BOOT.pml4);
  a.writeControl(3, RAX);
  a.movImmediate(RCX, MSR_EFER);
  a.plain("rdmsr", 0x0f, 0x32);
  a.aluImmediate(ALU.or, RAX, EFER_LME | EFER_NXE, 32);
  a.plain("wrmsr", 0x0f, 0x30);
  a.movImmediate(RAX, BigInt.asUintN(32, BigInt(CR0_PE | CR0_MP | CR0_WP | CR0_PG)));
  a.writeControl(0, RAX);
  a.system("lgdt", 0x0f01, 2, absolute(BOOT.gdtPointer));
  a.jumpFar(CODE, long);
  a.bind(fill);
  fillPages(a);

  a.mode = 64;
  a.bind(long);
  a.movImmediate(RAX, BigInt(DATA));
  for (const segment of [0, 2, 3, 4, 5]) a.writeSegment(segment, RAX);
  a.movSymbol(RSP, "boot_stack_top");
  a.plain("fninit", 0xdb, 0xe3);
  // The task state segment's base is spread over its descriptor (SDM volume 3, section 7.2.3).
  a.movSymbol(RAX, BOOT.tss);
  a.store(absolute(BOOT.gdt, TASK + 2), RAX, 16);
  a.shiftImmediate(SHIFT.shr, RAX, 16);
  a.store(absolute(BOOT.gdt, TASK + 4), RAX, 8);
  a.shiftImmediate(SHIFT.shr, RAX, 8);
  a.store(absolute(BOOT.gdt, TASK + 7), RAX, 8);
  // Interrupt stack 1 (offset 36), no I/O bitmap.
  a.storeSymbol(absolute(BOOT.tss, 36), BOOT.interruptStack, INTERRUPT_STACK_BYTES);
  a.storeImmediate(absolute(BOOT.tss, 102), TSS_BYTES, 16);
  // The interrupt descriptor table: gates to stubs that lie 16 bytes apart (SDM volume 3, section 6.14.1).
  a.movSymbol(RAX, "stub.vectors");
  a.movSymbol(RDI, BOOT.idt);
  const gate = a.here();
  a.store(memory(RDI, 0), RAX, 16);
  a.storeImmediate(memory(RDI, 2), CODE, 16);
  // Stack 1, 64-bit interrupt gate, present.
  a.storeImmediate(memory(RDI, 4), 0x8e01, 16);
  a.movRegReg(RCX, RAX);
  a.shiftImmediate(SHIFT.shr, RCX, 16);
  a.store(memory(RDI, 6), RCX, 16);
  a.aluImmediate(ALU.add, RDI, 16);
  a.aluImmediate(ALU.add, RAX, 16);
  a.aluSymbol(ALU.cmp, RDI, BOOT.idt, IDT_BYTES);
  a.jumpIf(CC.b, gate);
  a.system("lidt", 0x0f01, 3, absolute(BOOT.idtPointer));
  a.movImmediate(RAX, BigInt(TASK));
  a.systemRegister("ltr", 0x0f00, 3, RAX);
  a.movSymbol(RAX, BOOT.info);
  a.callSymbol("morgana_start");
  a.safePoint({ frameWords: 0, slots: [], registers: 0, special: "bottom", loc: undefined });
  const stop = a.here();
  a.plain("cli", 0xfa);
  a.plain("hlt", 0xf4);
  a.jump(stop);
}

/** One entry of 16 bytes for each vector. */
function vectors(a: Assembler): void {
  for (let v = 0; v < VECTORS; v++) {
    while (a.length % 16 !== 0) a.byte(0xcc);
    if (!WITH_ERROR_CODE.has(v)) a.pushImmediate(0);
    a.pushImmediate(v);
    a.jumpSymbol("stub.interrupt");
  }
}

/** Below the processor's frame: error code, vector. Their places are those of r15 and r14 in the frame of ARCHITECTURE section 7.6. */
function interrupt(a: Assembler): void {
  const isInterrupt = a.label();
  const finish = a.label();
  a.exchangeMemory(memory(RSP, 8), R15);
  a.exchangeMemory(memory(RSP, 0), R14);
  for (const r of [R13, R12, R11, R10, R9, R8, RDI, RSI, RBP, RSP, RBX, RDX, RCX, RAX]) a.push(r);
  a.plain("cld", 0xfc);
  a.movRegReg(RBP, RSP);
  a.load(RAX, memory(RBP, 8 * 19));
  a.store(memory(RBP, 8 * RSP), RAX);
  a.aluImmediate(ALU.sub, RSP, 512);
  a.aluImmediate(ALU.and, RSP, -16);
  a.system("fxsave", 0x0fae, 0, memory(RSP));
  a.push(RBP);
  a.movRegReg(RAX, R14);
  a.aluImmediate(ALU.cmp, R14, FIRST_INTERRUPT);
  a.jumpIf(CC.ae, isInterrupt);
  a.movRegReg(RBX, R15);
  a.movRegReg(RDI, RBP);
  a.callSymbol("morgana_fault");
  a.pop(RBP);
  a.test(RAX, RAX);
  a.jumpIf(CC.e, finish);
  // Raised where the fault was.
  a.store(memory(RBP, 8 * RAX), RAX);
  a.storeSymbol(memory(RBP, 8 * 16), "stub.raise_notrace", 0);
  a.jump(finish);
  a.bind(isInterrupt);
  a.callSymbol("morgana_interrupt");
  a.pop(RBP);
  a.bind(finish);
  a.system("fxrstor", 0x0fae, 1, memory(RSP));
  a.movRegReg(RSP, RBP);
  for (const r of [RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15]) {
    if (r === RSP) a.lea(RSP, memory(RSP, 8));
    else a.pop(r);
  }
  a.plain("iretq", 0x48, 0xcf);
}

export function qemuStubs(): { readonly symbol: string; readonly make: (a: Assembler) => void }[] {
  return [
    { symbol: "stub.start", make: start },
    { symbol: "stub.vectors", make: vectors },
    { symbol: "stub.interrupt", make: interrupt },
  ];
}
