/** From core to object code. */
import { mentionsSymbol } from "../core/mentions.ts";
import type { Program } from "../core/core.ts";
import { makeSsa, printSsa } from "../ssa/index.ts";
import { CodeMemo } from "../ssa/memo.ts";
import type { SsaFunction, SsaProgram, StaticData } from "../ssa/ssa.ts";
import type { CodeFragment, DataFragment, ObjectCode, Relocation } from "./object.ts";
import type { Platform, Target } from "./target.ts";
import { x8664 } from "./x86-64/target.ts";

export interface CompileOptions {
  readonly platform: Platform;
  readonly architecture?: "x86-64";
  readonly optimize?: 0 | 1;
  /** Checks the intermediate representation after each pass. */
  readonly checkIr?: boolean;
  /** Whether anything is told of places in the code: off, what differs in nothing else becomes one. */
  readonly debugInfo?: boolean;
  /** Receives dumps: `ssa`, `asm`. */
  readonly dump?: { readonly stage: "ssa" | "asm"; readonly write: (text: string) => void };
  /** What earlier compilations for the same architecture, with the same `optimize`, made. Without one everything is made and can be dumped. */
  readonly memo?: CodeMemos;
}

/** Code without and with polls (`ssa/passes/polls.ts`). */
export interface CodeMemos {
  readonly plain: CodeMemo<CodeFragment>;
  readonly polling: CodeMemo<CodeFragment>;
}

/** What the kernel calls when a signal comes: only programs that handle signals name it. */
const SIGNAL_STUB = "stub.signal";

export type { ObjectCode } from "./object.ts";

export function compileProgram(program: Program, options: CompileOptions): ObjectCode {
  const polls = mentionsSymbol(program, SIGNAL_STUB);
  const memo = (polls ? options.memo?.polling : options.memo?.plain) ?? new CodeMemo<CodeFragment>();
  memo.begin();
  const ssa = makeSsa(program, { check: options.checkIr ?? false, optimize: options.optimize ?? 1, polls }, memo);
  if (options.dump?.stage === "ssa") options.dump.write(printSsa(ssa));
  const object = generate(ssa, x8664, options);
  memo.commit();
  return object;
}

/** The same code with other names. */
function renamed(code: CodeFragment, rename: (name: string) => string): CodeFragment {
  return {
    symbol: rename(code.symbol),
    start: code.start,
    bytes: code.bytes,
    relocations: code.relocations.map((r) => ({ offset: r.offset, kind: r.kind, symbol: rename(r.symbol), addend: r.addend })),
    safePoints: code.safePoints,
    labels: code.labels.size === 0 ? code.labels : new Map([...code.labels].map(([name, offset]) => [rename(name), offset])),
    align: code.align,
    loc: code.loc,
  };
}

function forgetPlaces(f: SsaFunction): void {
  for (const block of f.blocks) {
    for (const value of block.instructions) value.loc = undefined;
    if (block.terminator.kind === "raise") block.terminator = { ...block.terminator, loc: undefined };
  }
}

function generate(ssa: SsaProgram<CodeFragment>, target: Target, options: CompileOptions): ObjectCode {
  const listed = options.dump?.stage === "asm" ? options.dump.write : undefined;
  const code: CodeFragment[] = [];
  for (const item of ssa.code) {
    if (item.kind === "known") code.push(item.rename === undefined ? item.code : renamed(item.code, item.rename));
    else {
      if (options.debugInfo === false) forgetPlaces(item.function);
      const fragment = target.compile(item.function, listed);
      item.keep?.(fragment);
      code.push(fragment);
    }
  }
  const data = ssa.data.map(dataFragment);
  const defined = new Set<string>();
  for (const c of code) {
    defined.add(c.symbol);
    for (const label of c.labels.keys()) defined.add(label);
  }
  for (const d of data) defined.add(d.symbol);
  for (const name of ssa.exports.keys()) defined.add(name);
  const referenced = new Set<string>();
  const refer = (relocations: readonly Relocation[]): void => {
    for (const r of relocations) referenced.add(r.symbol);
  };
  for (const c of code) refer(c.relocations);
  for (const d of data) refer(d.relocations);
  const stubs = target.stubs({ referenced, defined, platform: options.platform });
  for (const c of stubs.code) refer(c.relocations);
  for (const symbol of [...referenced].sort()) {
    const bits = /^float\.([0-9a-f]+)$/.exec(symbol);
    if (bits !== null && !defined.has(symbol)) data.push(words(symbol, BigInt(`0x${bits[1]!}`)));
  }
  return { architecture: target.name, code: [...stubs.code, ...code], data: [...data, ...stubs.data], aliases: ssa.exports };
}

function words(symbol: string, bits: bigint): DataFragment {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, bits, true);
  return { symbol, section: "rodata", start: 0, bytes, size: 8, relocations: [], align: 8 };
}

function dataFragment(d: StaticData): DataFragment {
  const bytes = new Uint8Array(8 * d.words.length);
  const view = new DataView(bytes.buffer);
  const relocations: Relocation[] = [];
  d.words.forEach((w, i) => {
    if (typeof w === "bigint") view.setBigUint64(8 * i, BigInt.asUintN(64, w), true);
    else relocations.push({ offset: 8 * i, kind: "absolute64", symbol: w.symbol, addend: w.offset });
  });
  return { symbol: d.symbol, section: d.section, start: 8 * d.start, bytes, size: d.section === "bss" ? d.bytes : bytes.length, relocations, align: d.align };
}
