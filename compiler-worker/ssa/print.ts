/** The printer of SSA: `--dump ssa`. */
import { forEachEdge, type Block, type Edge, type SsaFunction, type SsaProgram, type Terminator, type Value } from "./ssa.ts";

const KIND = { value: "", immediate: ":i", word: ":w", float: ":f" } as const;

function operand(v: Value): string {
  if (v.op === "const") return v.kind === "immediate" ? `#${v.bits >> 1n}` : `${v.bits}`;
  if (v.op === "symbol") return `@${v.symbol}${v.offset === 0 ? "" : `+${v.offset}`}`;
  if (v.op === "fconst") return `float:${v.bits.toString(16)}`;
  return `v${v.id}`;
}

function detail(v: Value): string {
  switch (v.op) {
    case "compare":
    case "fcompare":
      return `.${v.condition}`;
    case "load":
      return `${v.width === 64 ? "" : `${v.width}${v.signed ? "s" : ""}`}${v.mutable ? "" : ".immutable"}`;
    case "store":
      return v.width === 64 ? "" : `${v.width}`;
    case "machine":
    case "call":
      return v.symbol === "" ? "" : ` @${v.symbol}`;
    case "alloc":
      return `<${v.bits >> 10n} tag ${v.bits & 0xffn}>`;
    case "slotLoad":
    case "slotStore":
    case "popTrap":
      return `<${v.offset}>`;
    default:
      return "";
  }
}

function args(v: Value): string {
  if (v.op !== "load" && v.op !== "store" && v.op !== "storeBarrier") return v.args.map((a) => ` ${operand(a)}`).join("");
  const index = v.scale === 0 ? "" : `+${operand(v.args[1]!)}*${v.scale}`;
  const offset = v.offset === 0 ? "" : v.offset > 0 ? `+${v.offset}` : `${v.offset}`;
  const stored = v.op === "load" ? "" : ` := ${operand(v.args[v.args.length - 1]!)}`;
  return ` [${operand(v.args[0]!)}${index}${offset}]${stored}`;
}

export function printInstruction(v: Value): string {
  return `v${v.id}${KIND[v.kind]} = ${v.op}${detail(v)}${args(v)}${v.environment ? " (closure last)" : ""}`;
}

function edge(e: Edge): string {
  return `b${e.target.id}${e.args.length === 0 ? "" : `(${e.args.map(operand).join(", ")})`}`;
}

function terminator(t: Terminator): string {
  switch (t.kind) {
    case "jump":
      return `jump ${edge(t.edge)}`;
    case "branch":
      return `branch ${operand(t.condition)} ? ${edge(t.then)} : ${edge(t.else)}`;
    case "switch":
      return `switch ${operand(t.value)} from ${t.low}: ${t.edges.map(edge).join(" ")}${t.default === undefined ? "" : ` else ${edge(t.default)}`}`;
    case "return":
      return `return ${operand(t.value)}`;
    case "tailCall":
      return `tail call${detail(t.call)}${args(t.call)}${t.call.environment ? " (closure last)" : ""}`;
    case "raise":
      return `raise.${t.raise} ${operand(t.value)}`;
    case "pushTrap":
      return `pushTrap<${t.depth}> ${edge(t.body)} handler ${edge(t.handler)}`;
    case "unreachable":
      return "unreachable";
  }
}

export function printFunction(f: SsaFunction): string {
  const lines = [`function ${f.name}${f.environment ? " (closure)" : ""} -> ${f.result}${f.dialect ? " [dialect]" : ""}`];
  const seen = new Set<Block>();
  const print = (b: Block): void => {
    seen.add(b);
    lines.push(`b${b.id}(${b.params.map((p) => `v${p.id}${KIND[p.kind]}`).join(", ")}):${b.cold ? " cold" : ""}${b.handler === undefined ? "" : ` handler b${b.handler.id}`}`);
    for (const v of b.instructions) lines.push(`  ${printInstruction(v)}`);
    lines.push(`  ${terminator(b.terminator)}`);
  };
  const work = [f.entry];
  for (let b = work.pop(); b !== undefined; b = work.pop()) {
    if (seen.has(b)) continue;
    print(b);
    const next: Block[] = [];
    forEachEdge(b.terminator, (e) => next.push(e.target));
    work.push(...next.reverse());
  }
  return lines.join("\n");
}

export function printSsa<C>(program: SsaProgram<C>): string {
  const out: string[] = [];
  for (const item of program.code) if (item.kind === "new") out.push(printFunction(item.function));
  for (const d of program.data) out.push(`data ${d.symbol} ${d.section}: ${d.section === "bss" ? `${d.bytes} bytes` : d.words.map((w) => (typeof w === "bigint" ? `${w}` : `@${w.symbol}${w.offset === 0 ? "" : `+${w.offset}`}`)).join(" ")}`);
  for (const [name, symbol] of program.exports) out.push(`export ${name} = ${symbol}`);
  return `${out.join("\n\n")}\n`;
}
