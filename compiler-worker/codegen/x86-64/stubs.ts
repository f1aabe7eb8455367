/**
 * Entry stubs: the code between compiled functions and the runtime written in the dialect, as ARCHITECTURE section 7.5 specifies
 * it. A stub is made when something refers to it.
 */
import type { CodeFragment, DataFragment } from "../object.ts";
import type { StubRequest, Stubs } from "../target.ts";
import { absolute, ALU, Assembler, CC, memory, R12, R13, R14, R15, R8, R9, R10, R11, RAX, RBP, RBX, RCX, RDI, RDX, RSI, RSP, SHIFT } from "./assembler.ts";
import { qemuStubs } from "./boot.ts";
import { ABSOLUTE_MASK, SIGN_MASK } from "./emit.ts";
import { EXTRA_ARGUMENTS, MAX_EXTRA_ARGUMENTS, SMALL_OVERFLOW } from "./opcodes.ts";

/** Words of a fiber (ARCHITECTURE section 7.7), as offsets. */
const FIBER = { sp: 0, exceptionHandler: 8, parent: 16, value: 24, exception: 32, effect: 40, limit: 48, top: 56 } as const;
const FIBER_BYTES = 80;
const CONTINUATION_HEADER = (2 << 10) | 245;
const DOUBLES = 15;
const PAGE = 4096;
export const BOOT_STACK_BYTES = 64 * 1024;

const STATE_WORDS = ["young_limit", "young_pointer", "young_start", "young_end", "gc_marking", "exception_handler", "stack_limit", "current_fiber", "runtime_stack", "uncaught_exception", "backtrace_active", "overflow_stack", "fresh_fiber", "pending_signals"];

/** Exports that a stub refers to; those that are missing stop the machine. */
const RUNTIME_EXPORTS = new Set(["morgana_start", "morgana_collect", "morgana_stack_overflow", "morgana_write_barrier", "morgana_free_fiber", "morgana_record_backtrace", "morgana_fault", "morgana_interrupt", "morgana_pending", "morgana_alloc", "morgana_copy", "morgana_unhandled", "morgana_already_resumed"]);

type Make = (a: Assembler) => void;

export function bss(symbol: string, size: number, align: number): DataFragment {
  return { symbol, section: "bss", start: 0, bytes: new Uint8Array(0), size, relocations: [], align };
}

/** Calls `symbol` on the runtime stack; what it returns stays in rax. `keep` are pushed there and restored. */
function onRuntimeStack(a: Assembler, symbol: string, temporary: number, keep: readonly number[], prepare: () => void, finish: () => void = () => undefined): void {
  a.movRegReg(temporary, RSP);
  a.load(RSP, absolute("runtime_stack"));
  a.push(temporary);
  for (const r of keep) a.push(r);
  prepare();
  a.callSymbol(symbol);
  finish();
  for (const r of [...keep].reverse()) a.pop(r);
  a.pop(RSP);
}

/** Makes the fiber in `fiber` the running one. Destroys `temporary`. */
function enterFiber(a: Assembler, fiber: number, temporary: number): void {
  a.store(absolute("current_fiber"), fiber);
  a.load(RSP, memory(fiber, FIBER.sp));
  a.load(temporary, memory(fiber, FIBER.exceptionHandler));
  a.store(absolute("exception_handler"), temporary);
  a.load(temporary, memory(fiber, FIBER.limit));
  a.store(absolute("stack_limit"), temporary);
}

/** Notes where the running fiber stops: its stack pointer is at a return address. */
function suspend(a: Assembler, fiber: number, temporary: number): void {
  a.store(memory(fiber, FIBER.sp), RSP);
  a.load(temporary, absolute("exception_handler"));
  a.store(memory(fiber, FIBER.exceptionHandler), temporary);
}

function saveDoubles(a: Assembler, offset: number): void {
  for (let i = 0; i < DOUBLES; i++) a.storeDouble(memory(RSP, offset + 8 * i), i);
}

function restoreDoubles(a: Assembler, offset: number): void {
  for (let i = 0; i < DOUBLES; i++) a.loadDouble(i, memory(RSP, offset + 8 * i));
}

/** On the stack: the number of words; above it the return address. */
function callGc(a: Assembler): void {
  const area = 8 * 16;
  const words = area + 8 * DOUBLES;
  a.aluImmediate(ALU.sub, RSP, 8 * DOUBLES);
  saveDoubles(a, 0);
  // Register r at word r of the area.
  for (let r = 15; r >= 0; r--) a.push(r);
  const again = a.here();
  a.store(absolute("young_pointer"), R15);
  a.load(RAX, memory(RSP, words));
  a.movRegReg(RBX, RSP);
  a.lea(RDI, memory(RSP, words + 8));
  onRuntimeStack(a, "morgana_collect", RSI, [], () => undefined);
  a.load(R15, absolute("young_pointer"));
  const done = a.label();
  const taken = a.label();
  const take = (): void => {
    a.load(RCX, memory(RSP, words));
    a.shiftImmediate(SHIFT.shl, RCX, 3);
    a.alu(ALU.sub, R15, RCX);
  };
  a.aluImmediate(ALU.cmp, RAX, 1);
  a.jumpIf(CC.e, done);
  a.movImmediate(RAX, 1n);
  a.callSymbol("morgana_pending");
  a.safePoint({ frameWords: 16 + DOUBLES + 1, slots: [], registers: 0, special: "registers", loc: undefined });
  // It may have used up the room.
  take();
  a.aluMemory(ALU.cmp, R15, absolute("young_start"));
  a.jumpIf(CC.b, again);
  a.jump(taken);
  a.bind(done);
  take();
  a.bind(taken);
  a.store(memory(RSP, 8 * R15), R15);
  restoreDoubles(a, area);
  for (let r = 0; r < 16; r++) {
    if (r === RSP) a.lea(RSP, memory(RSP, 8));
    else a.pop(r);
  }
  a.lea(RSP, memory(RSP, 8 * DOUBLES + 8));
  a.ret();
}

function collect(a: Assembler): void {
  a.store(absolute("young_pointer"), R15);
  a.zero(RBX);
  a.movRegReg(RDI, RSP);
  onRuntimeStack(a, "morgana_collect", RSI, [], () => undefined);
  a.load(R15, absolute("young_pointer"));
  a.movImmediate(RAX, 1n);
  a.ret();
}

function raiseNotrace(a: Assembler): void {
  a.load(RSP, absolute("exception_handler"));
  a.pop(RBX);
  a.popMemory(absolute("exception_handler"));
  a.jumpRegister(RBX);
}

function raise(reraise: boolean): Make {
  return (a) => {
    const record = a.label();
    a.aluMemoryImmediate(ALU.cmp, absolute("backtrace_active"), 0);
    a.jumpIf(CC.ne, record);
    raiseNotrace(a);
    a.bind(record);
    a.movRegReg(RBX, RSP);
    onRuntimeStack(a, "morgana_record_backtrace", RSI, [RAX], () => a.movImmediate(RDI, reraise ? 3n : 1n));
    raiseNotrace(a);
  };
}

/** rdi: the field's address; rsi: what is stored. Destroys these and rax only. */
function modify(a: Assembler): void {
  const oldField = a.label();
  const done = a.label();
  const slow = a.label();
  a.load(RAX, memory(RDI));
  a.store(memory(RDI), RSI);
  a.aluMemory(ALU.cmp, RDI, absolute("young_start"));
  a.jumpIf(CC.b, oldField);
  a.aluMemory(ALU.cmp, RDI, absolute("young_end"));
  a.jumpIf(CC.b, done);
  a.bind(oldField);
  a.aluMemoryImmediate(ALU.cmp, absolute("gc_marking"), 0);
  a.jumpIf(CC.ne, slow);
  a.testImmediate(RSI, 1);
  a.jumpIf(CC.ne, done);
  a.aluMemory(ALU.cmp, RSI, absolute("young_start"));
  a.jumpIf(CC.b, done);
  a.aluMemory(ALU.cmp, RSI, absolute("young_end"));
  a.jumpIf(CC.ae, done);
  // A field that held a young block is in the remembered set already.
  a.testImmediate(RAX, 1);
  a.jumpIf(CC.ne, slow);
  a.aluMemory(ALU.cmp, RAX, absolute("young_start"));
  a.jumpIf(CC.b, slow);
  a.aluMemory(ALU.cmp, RAX, absolute("young_end"));
  a.jumpIf(CC.ae, slow);
  a.bind(done);
  a.ret();
  a.bind(slow);
  const kept = [RCX, RDX, RBP, R8, R9, R10, R11, R12, R13, R14];
  a.push(RBX);
  onRuntimeStack(
    a,
    "morgana_write_barrier",
    RBX,
    kept,
    () => {
      a.aluImmediate(ALU.sub, RSP, 8 * DOUBLES);
      saveDoubles(a, 0);
      // (address, old, new)
      a.movRegReg(RBX, RAX);
      a.movRegReg(RAX, RDI);
      a.movRegReg(RDI, RSI);
    },
    () => {
      restoreDoubles(a, 0);
      a.aluImmediate(ALU.add, RSP, 8 * DOUBLES);
    },
  );
  a.pop(RBX);
  a.ret();
}

/** On the stack: the return address, the number of bytes. Keeps all registers. */
function stackOverflow(a: Assembler): void {
  const raised = a.label();
  const kept = [RAX, RCX, RDX, RBX, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14];
  a.store(absolute("overflow_stack"), RSP);
  a.load(RSP, absolute("runtime_stack"));
  for (const r of kept) a.push(r);
  a.aluImmediate(ALU.sub, RSP, 8 * DOUBLES);
  saveDoubles(a, 0);
  a.load(RAX, absolute("overflow_stack"));
  a.load(RBX, memory(RAX, 8));
  a.callSymbol("morgana_stack_overflow");
  a.test(RAX, RAX);
  a.jumpIf(CC.e, raised);
  a.store(absolute("overflow_stack"), RAX);
  restoreDoubles(a, 0);
  a.aluImmediate(ALU.add, RSP, 8 * DOUBLES);
  for (const r of [...kept].reverse()) a.pop(r);
  a.load(RSP, absolute("overflow_stack"));
  a.retPop(8);
  a.bind(raised);
  a.movSymbol(RAX, "exn.Stack_overflow");
  raiseNotrace(a);
}

/** On the stack: the return address. Asks for as much as any small frame takes. */
function smallStackOverflow(a: Assembler): void {
  a.pushMemory(memory(RSP, 0));
  a.storeImmediate(memory(RSP, 8), SMALL_OVERFLOW);
  a.jumpSymbol("stub.stack_overflow");
}

/** rax code, rbx argument, rdi stack top, rsi stack limit. */
function runMain(a: Assembler): void {
  const handler = a.label();
  const leave = a.label();
  a.store(absolute("main_fiber", FIBER.top), RDI);
  a.store(absolute("main_fiber", FIBER.limit), RSI);
  a.store(absolute("stack_limit"), RSI);
  a.storeImmediate(absolute("main_fiber", FIBER.parent), 0);
  for (const offset of [FIBER.value, FIBER.exception, FIBER.effect]) a.storeImmediate(absolute("main_fiber", offset), 1);
  a.storeSymbol(absolute("current_fiber"), "main_fiber", 0);
  a.storeImmediate(absolute("uncaught_exception"), 0);
  a.store(absolute("runtime_stack"), RSP);
  a.movRegReg(RSP, RDI);
  a.pushImmediate(0);
  a.movLabel(RCX, handler);
  a.push(RCX);
  a.store(absolute("exception_handler"), RSP);
  a.load(R15, absolute("young_pointer"));
  a.movRegReg(RCX, RAX);
  a.movRegReg(RAX, RBX);
  a.callRegister(RCX);
  a.safePoint({ frameWords: 2, slots: [], registers: 0, special: "bottom", loc: undefined });
  a.bind(leave);
  a.store(absolute("young_pointer"), R15);
  a.load(RSP, absolute("runtime_stack"));
  a.ret();
  a.bind(handler);
  a.store(absolute("uncaught_exception"), RAX);
  a.jump(leave);
}

function applyClosure(a: Assembler): void {
  a.movRegReg(R14, RAX);
  a.movRegReg(RAX, RBX);
  a.jumpMemory(memory(R14));
}

/** rax stack, rbx function, rdi argument. */
function runstack(a: Assembler): void {
  const handler = a.label();
  const finish = a.label();
  a.load(RDX, absolute("current_fiber"));
  suspend(a, RDX, RCX);
  a.lea(RCX, memory(RAX, -1));
  a.storeImmediate(absolute("fresh_fiber"), 0);
  a.store(memory(RCX, FIBER.parent), RDX);
  a.store(absolute("current_fiber"), RCX);
  a.load(RDX, memory(RCX, FIBER.limit));
  a.store(absolute("stack_limit"), RDX);
  a.load(RSP, memory(RCX, FIBER.top));
  a.pushImmediate(0);
  a.movLabel(RDX, handler);
  a.push(RDX);
  a.store(absolute("exception_handler"), RSP);
  a.movRegReg(R14, RBX);
  a.movRegReg(RAX, RDI);
  a.callMemory(memory(R14));
  a.safePoint({ frameWords: 2, slots: [], registers: 0, special: "bottom", loc: undefined });
  a.load(RCX, absolute("current_fiber"));
  a.load(R14, memory(RCX, FIBER.value));
  a.bind(finish);
  a.load(RDX, memory(RCX, FIBER.parent));
  enterFiber(a, RDX, RSI);
  onRuntimeStack(a, "morgana_free_fiber", RBX, [RAX, R14], () => a.movRegReg(RAX, RCX));
  a.jumpMemory(memory(R14));
  a.bind(handler);
  a.load(RCX, absolute("current_fiber"));
  a.load(R14, memory(RCX, FIBER.exception));
  a.jump(finish);
}

/** Continues in the parent (rdx) of the suspended fiber in rsi with its effect handler; rax effect, rbx continuation. */
function handleEffect(a: Assembler): void {
  a.load(R14, memory(RSI, FIBER.effect));
  a.storeImmediate(memory(RSI, FIBER.parent), 0);
  a.lea(RDI, memory(RSI, 1));
  enterFiber(a, RDX, RCX);
  a.jumpSymbol("caml_apply3");
}

/** rax effect. */
function perform(a: Assembler): void {
  const slow = a.label();
  const back = a.label();
  const unhandled = a.label();
  a.aluImmediate(ALU.sub, R15, 24);
  a.aluMemory(ALU.cmp, R15, absolute("young_limit"));
  a.jumpIf(CC.b, slow);
  a.bind(back);
  a.load(RSI, absolute("current_fiber"));
  a.lea(RDI, memory(RSI, 1));
  a.storeImmediate(memory(R15), CONTINUATION_HEADER);
  a.store(memory(R15, 8), RDI);
  a.store(memory(R15, 16), RDI);
  a.lea(RBX, memory(R15, 8));
  a.load(RDX, memory(RSI, FIBER.parent));
  a.test(RDX, RDX);
  a.jumpIf(CC.e, unhandled);
  suspend(a, RSI, RCX);
  handleEffect(a);
  a.bind(slow);
  a.callSymbol("stub.call_gc_3");
  a.safePoint({ frameWords: 0, slots: [], registers: 1 << RAX, special: undefined, loc: undefined });
  a.jump(back);
  a.bind(unhandled);
  a.jumpSymbol("morgana_unhandled");
}

/** rax effect, rbx continuation, rdi last fiber. */
function reperform(a: Assembler): void {
  const unhandled = a.label();
  a.load(RSI, absolute("current_fiber"));
  a.load(RDX, memory(RSI, FIBER.parent));
  a.store(memory(RDI, FIBER.parent - 1), RSI);
  suspend(a, RSI, RCX);
  a.test(RDX, RDX);
  a.jumpIf(CC.e, unhandled);
  a.lea(RCX, memory(RSI, 1));
  a.store(memory(RBX, 8), RCX);
  handleEffect(a);
  // Nobody handles it: the performer goes on, with an exception. The continuation is used up.
  a.bind(unhandled);
  a.load(RDX, memory(RBX));
  a.storeImmediate(memory(RBX), 1);
  a.aluImmediate(ALU.sub, RDX, 1);
  enterFiber(a, RDX, RCX);
  a.jumpSymbol("morgana_unhandled");
}

/** rax stack, rbx function, rdi argument, rsi last fiber. */
function resume(a: Assembler): void {
  const used = a.label();
  a.aluImmediate(ALU.cmp, RAX, 1);
  a.jumpIf(CC.e, used);
  a.load(RDX, absolute("current_fiber"));
  suspend(a, RDX, RCX);
  a.store(memory(RSI, FIBER.parent - 1), RDX);
  a.lea(RDX, memory(RAX, -1));
  enterFiber(a, RDX, RCX);
  a.movRegReg(R14, RBX);
  a.movRegReg(RAX, RDI);
  a.jumpMemory(memory(R14));
  a.bind(used);
  a.movImmediate(RAX, 1n);
  a.jumpSymbol("morgana_already_resumed");
}

const STUBS: { readonly [name: string]: Make } = {
  call_gc: callGc,
  collect,
  raise: raise(false),
  reraise: raise(true),
  raise_notrace: raiseNotrace,
  modify,
  stack_overflow: stackOverflow,
  small_stack_overflow: smallStackOverflow,
  run_main: runMain,
  apply: applyClosure,
  runstack,
  perform,
  reperform,
  resume,
  signal,
  signal_return: signalReturn,
};

/** Where a Linux process begins (System V ABI, AMD64 supplement, section 3.4.1: the stack holds the arguments). */
function unixStart(a: Assembler): void {
  a.movRegReg(RBX, RSP);
  // The page below the boot stack becomes inaccessible.
  a.movImmediate(RAX, 10n);
  a.movSymbol(RDI, "boot_stack_guard");
  a.movImmediate(RSI, BigInt(PAGE));
  a.zero(RDX);
  a.plain("syscall", 0x0f, 0x05);
  a.movSymbol(RSP, "boot_stack_top");
  a.movRegReg(RAX, RBX);
  a.callSymbol("morgana_start");
  a.safePoint({ frameWords: 0, slots: [], registers: 0, special: "bottom", loc: undefined });
  a.movImmediate(RAX, 231n);
  a.zero(RDI);
  a.plain("syscall", 0x0f, 0x05);
  a.plain("ud2", 0x0f, 0x0b);
}

/**
 * Where the kernel calls on another stack when a signal has come, its number in edi, all signals blocked (signal-safety(7)): notes it as bit
 * `number - 1`, and has the next allocation call the collector.
 */
function signal(a: Assembler): void {
  a.lea(RCX, memory(RDI, -1));
  a.movImmediate(RAX, 1n);
  a.shiftByCl(SHIFT.shl, RAX);
  a.aluToMemory(ALU.or, absolute("pending_signals"), RAX);
  a.storeImmediate(absolute("young_limit"), -1);
  a.ret();
}

/** Where that returns to: the call `rt_sigreturn` has the kernel go on with what was interrupted. */
function signalReturn(a: Assembler): void {
  a.movImmediate(RAX, 15n);
  a.plain("syscall", 0x0f, 0x05);
}

function gcEntry(words: number): Make {
  return (a) => {
    a.pushImmediate(words);
    a.jumpSymbol("stub.call_gc");
  };
}

function makerOf(symbol: string): Make | undefined {
  if (!symbol.startsWith("stub.")) return RUNTIME_EXPORTS.has(symbol) ? (a) => a.plain("ud2", 0x0f, 0x0b) : undefined;
  const name = symbol.slice(5);
  if (name.startsWith("call_gc_")) return gcEntry(Number(name.slice(8)));
  return STUBS[name];
}

/** Makes the stubs that are referred to, and those they refer to. */
export function makeStubs(request: StubRequest): Stubs {
  const code: CodeFragment[] = [];
  const made = new Set<string>();
  const wanted: string[] = [...request.referenced].sort();
  const add = (symbol: string, make: Make, align = 16): void => {
    const a = new Assembler();
    make(a);
    const fragment = a.finish(symbol, align, undefined);
    code.push(fragment);
    made.add(symbol);
    for (const r of fragment.relocations) wanted.push(r.symbol);
  };
  if (request.platform === "unix") add("stub.start", unixStart);
  else for (const { symbol, make } of qemuStubs()) add(symbol, make);
  for (let i = 0; i < wanted.length; i++) {
    const symbol = wanted[i]!;
    if (made.has(symbol) || request.defined.has(symbol)) continue;
    const make = makerOf(symbol);
    if (make !== undefined) add(symbol, make, symbol.startsWith("stub.call_gc_") ? 1 : 16);
  }
  const data: DataFragment[] = STATE_WORDS.map((w) => bss(w, 8, 8));
  data.push(bss("main_fiber", FIBER_BYTES, 16), bss(EXTRA_ARGUMENTS, 8 * MAX_EXTRA_ARGUMENTS, 8));
  data.push({ symbol: "boot_stack_guard", section: "bss", start: 0, bytes: new Uint8Array(0), size: PAGE + BOOT_STACK_BYTES, relocations: [], align: PAGE });
  const mask = (symbol: string, low: bigint): DataFragment => {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setBigUint64(0, low, true);
    return { symbol, section: "rodata", start: 0, bytes, size: 16, relocations: [], align: 16 };
  };
  if (request.referenced.has(SIGN_MASK)) data.push(mask(SIGN_MASK, 1n << 63n));
  if (request.referenced.has(ABSOLUTE_MASK)) data.push(mask(ABSOLUTE_MASK, (1n << 63n) - 1n));
  return { code, data };
}
