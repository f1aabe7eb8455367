/** The printer of core: an ML-like text for dumps and tests. */
import { floatOfBits } from "./build.ts";
import type { Constant, Expr, Function, FunctionBinding, Primitive, Program, Variable } from "./core.ts";

const KIND_LETTER = { value: "", immediate: ":i", word: ":w", float: ":f" } as const;

export function variableName(v: Variable): string {
  return `${v.name}/${v.id}`;
}

function binder(v: Variable): string {
  return `${v.mutable ? "mutable " : ""}${variableName(v)}${KIND_LETTER[v.kind]}`;
}

function quote(text: string): string {
  let out = '"';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34 || code === 92) out += `\\${text[i]!}`;
    else if (code === 10) out += "\\n";
    else if (code < 32 || code > 126) out += `\\${code.toString().padStart(3, "0")}`;
    else out += text[i]!;
  }
  return `${out}"`;
}

function floatText(bits: bigint): string {
  const value = floatOfBits(bits);
  if (Number.isNaN(value)) return `nan:0x${bits.toString(16)}`;
  if (Object.is(value, -0)) return "-0.";
  const text = String(value);
  return /[.eIn]/.test(text) ? text : `${text}.`;
}

const MAX_CONSTANT_DEPTH = 12;

export function printConstant(c: Constant, depth = 0): string {
  switch (c.kind) {
    case "int":
      return c.value.toString();
    case "word":
      return `${c.value}w`;
    case "float":
      return `${floatText(c.bits)}f`;
    case "boxedFloat":
      return `box(${floatText(c.bits)})`;
    case "boxedInt":
      return `box(${c.type} ${c.value})`;
    case "string":
      return quote(c.value);
    case "block":
      if (depth >= MAX_CONSTANT_DEPTH) return `[${c.tag}: …]`;
      return `[${c.tag}:${c.fields.map((f) => ` ${printConstant(f, depth + 1)}`).join("")}]`;
    case "floatArray":
      return `[|${c.bits.map(floatText).join(" ")}|]`;
  }
}

export function printPrimitive(p: Primitive): string {
  switch (p.op) {
    case "int.compare":
      return `int.${p.comparison}`;
    case "word.compare":
      return `word.${p.comparison}`;
    case "float.compare":
      return `float.${p.comparison}`;
    case "word.box":
    case "word.unbox":
      return `${p.op}<${p.type}>`;
    case "block.make":
      return `block.make<${p.tag}${p.mutable ? ",mutable" : ""}>`;
    case "block.makeFloats":
      return `block.makeFloats${p.mutable ? "<mutable>" : ""}`;
    case "block.field":
    case "block.floatField":
      return `${p.op}<${p.index}${p.mutable ? ",mutable" : ""}>`;
    case "block.setField":
      return `block.setField<${p.index},${p.store}>`;
    case "block.setFloatField":
      return `block.setFloatField<${p.index}>`;
    case "block.setFieldAt":
      return `block.setFieldAt<${p.store}>`;
    case "alloc.small":
      return `alloc.small<${p.tag},${p.size}>`;
    case "array.length":
      return `array.length<${p.array}>`;
    case "bytes.load":
    case "bytes.store":
    case "raw.store":
      return `${p.op}<${p.width}>`;
    case "bigarray.load":
    case "bigarray.store":
      return `${p.op}<${p.width},${p.index}>`;
    case "raw.load":
      return `raw.load<${p.width}${p.signed ? ",signed" : ""}>`;
    case "raise":
      return p.raise === "regular" ? "raise" : p.raise === "reraise" ? "reraise" : "raise_notrace";
    case "raw.static":
      return `raw.static<#${p.id},${p.bytes},${p.align}>`;
    case "raw.symbol":
      return `raw.symbol<${p.name}>`;
    case "raw.machine":
      return `raw.machine<${p.name}>`;
    case "stub":
      return `stub<${p.name}>`;
    default:
      return p.op;
  }
}

class Printer {
  readonly #parts: string[] = [];

  text(): string {
    return this.#parts.join("");
  }

  #line(indent: number): void {
    this.#parts.push("\n", "  ".repeat(Math.min(indent, 60)));
  }

  functionBody(f: Function, indent: number): void {
    this.#parts.push(f.parameters.map(binder).join(" ") || "()", " -> ");
    if (f.result !== "value") this.#parts.push(`{${f.result}} `);
    if (f.inline !== "default") this.#parts.push(`[@inline ${f.inline}] `);
    if (f.tailModCons) this.#parts.push("[@tail_mod_cons] ");
    if (f.runtimeDialect) this.#parts.push("[@runtime] ");
    this.#line(indent + 1);
    this.expr(f.body, indent + 1);
  }

  functions(functions: readonly FunctionBinding[], indent: number): void {
    functions.forEach((binding, i) => {
      if (i > 0) this.#line(indent);
      this.#parts.push(i === 0 ? "letrec " : "and ", binder(binding.variable), " = fun ");
      this.functionBody(binding.function, indent);
    });
  }

  #atomOrParens(e: Expr, indent: number): void {
    if (e.kind === "var" || e.kind === "const") this.expr(e, indent);
    else {
      this.#parts.push("(");
      this.expr(e, indent + 1);
      this.#parts.push(")");
    }
  }

  #args(args: readonly Expr[], indent: number): void {
    for (const arg of args) {
      this.#parts.push(" ");
      this.#atomOrParens(arg, indent);
    }
  }

  expr(start: Expr, indent: number): void {
    let e = start;
    for (;;) {
      switch (e.kind) {
        case "var":
          this.#parts.push(variableName(e.variable));
          return;
        case "const":
          this.#parts.push(printConstant(e.constant));
          return;
        case "let":
          this.#parts.push("let ", binder(e.variable), " = ");
          this.expr(e.value, indent + 1);
          this.#parts.push(" in");
          this.#line(indent);
          e = e.body;
          break;
        case "letrec":
          this.functions(e.functions, indent);
          this.#parts.push(" in");
          this.#line(indent);
          e = e.body;
          break;
        case "function":
          this.#parts.push(`fun<${e.function.name}> `);
          this.functionBody(e.function, indent);
          return;
        case "apply":
          this.#atomOrParens(e.function, indent);
          if (e.args.length === 0) this.#parts.push(" ()");
          this.#args(e.args, indent);
          return;
        case "primitive":
          this.#parts.push(printPrimitive(e.primitive));
          this.#args(e.args, indent);
          return;
        case "if":
          this.#parts.push("if ");
          this.expr(e.condition, indent + 1);
          this.#line(indent);
          this.#parts.push("then ");
          this.expr(e.then, indent + 1);
          this.#line(indent);
          this.#parts.push("else ");
          e = e.else;
          break;
        case "switch":
          this.#parts.push("switch ");
          this.expr(e.scrutinee, indent + 1);
          for (const item of e.cases) {
            this.#line(indent);
            this.#parts.push(`| ${item.value} -> `);
            this.expr(item.body, indent + 1);
          }
          if (e.default !== undefined) {
            this.#line(indent);
            this.#parts.push("| _ -> ");
            this.expr(e.default, indent + 1);
          }
          this.#line(indent);
          this.#parts.push("end");
          return;
        case "join":
          this.#parts.push(e.recursive ? "join rec " : "join ", `${e.label.name}@${e.label.id}(${e.parameters.map(binder).join(" ")}) =`);
          this.#line(indent + 1);
          this.expr(e.handler, indent + 1);
          this.#parts.push(" in");
          this.#line(indent);
          e = e.body;
          break;
        case "jump":
          this.#parts.push(`jump ${e.label.name}@${e.label.id}`);
          this.#args(e.args, indent);
          return;
        case "try":
          this.#parts.push("try");
          this.#line(indent + 1);
          this.expr(e.body, indent + 1);
          this.#line(indent);
          this.#parts.push("with ", binder(e.exception), " -> ");
          this.expr(e.handler, indent + 1);
          return;
        case "sequence":
          this.#atomOrParens(e.first, indent);
          this.#parts.push(";");
          this.#line(indent);
          e = e.second;
          break;
        case "assign":
          this.#parts.push(variableName(e.variable), " <- ");
          this.#atomOrParens(e.value, indent);
          return;
      }
    }
  }
}

export function printExpr(e: Expr): string {
  const printer = new Printer();
  printer.expr(e, 0);
  return printer.text();
}

export function printProgram(program: Program): string {
  const out: string[] = [];
  for (const binding of program.bindings) {
    const printer = new Printer();
    switch (binding.kind) {
      case "let":
        out.push(`let ${binder(binding.variable)} =\n  `);
        printer.expr(binding.value, 1);
        break;
      case "letrec":
        printer.functions(binding.functions, 0);
        break;
      case "effect":
        out.push("do\n  ");
        printer.expr(binding.value, 1);
        break;
    }
    out.push(printer.text(), "\n\n");
  }
  for (const [name, v] of program.exports) out.push(`export ${JSON.stringify(name)} = ${variableName(v)}\n`);
  return out.join("");
}
