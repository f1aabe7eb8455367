/** From core to object code. */
import type { Program } from "../core/core.ts";
import { makeSsa, printSsa } from "../ssa/index.ts";
import type { SsaProgram, StaticData } from "../ssa/ssa.ts";
import type { CodeFragment, DataFragment, ObjectCode, Relocation } from "./object.ts";
import type { Platform, Target } from "./target.ts";
import { x8664 } from "./x86-64/target.ts";

export interface CompileOptions {
  readonly platform: Platform;
  readonly architecture?: "x86-64";
  readonly optimize?: 0 | 1;
  /** Checks the intermediate representation after each pass. */
  readonly checkIr?: boolean;
  /** Receives dumps: `ssa`, `asm`. */
  readonly dump?: { readonly stage: "ssa" | "asm"; readonly write: (text: string) => void };
}

export type { ObjectCode } from "./object.ts";

export function compileProgram(program: Program, options: CompileOptions): ObjectCode {
  const ssa = makeSsa(program, { check: options.checkIr ?? false, optimize: options.optimize ?? 1 });
  if (options.dump?.stage === "ssa") options.dump.write(printSsa(ssa));
  return generate(ssa, x8664, options);
}

function generate(ssa: SsaProgram, target: Target, options: CompileOptions): ObjectCode {
  const listed = options.dump?.stage === "asm" ? options.dump.write : undefined;
  const code: CodeFragment[] = [];
  for (const f of ssa.functions) code.push(target.compile(f, listed));
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
