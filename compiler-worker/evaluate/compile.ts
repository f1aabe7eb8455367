/** Compiles core to the evaluator's code, one function at a time, when it is called first. */
import { floatOfBits } from "../core/build.ts";
import type { Constant, Expr, Function, FunctionBinding, Label, Variable } from "../core/core.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { FreeVariables } from "../core/free.ts";
import { Code, type Eval, type Instruction } from "./code.ts";
import { compilePrimitive, type PrimitiveEnvironment } from "./primitives.ts";
import { Block, emptyBlock, BoxedFloat, BoxedInt, Closure, EvaluatorError, FloatArray, bytesOfString, normalize, type Value } from "./values.ts";

/** A global's place. */
export interface Cell {
  value: Value | undefined;
  /** The code of a function known at compile time. */
  code: Code | undefined;
}

type Target = { readonly kind: "return" } | { readonly kind: "register"; readonly register: number } | { readonly kind: "effect" };
const RETURN: Target = { kind: "return" };
const EFFECT: Target = { kind: "effect" };

interface JoinInfo {
  readonly registers: readonly number[];
  readonly trapDepth: number;
  readonly jumps: { target: number }[];
  target: number | undefined;
}

/** Operations that need the machine's stack. */
const CONTROL = new Set(["perform", "runstack", "resume", "reperform"]);

export class Compiler {
  readonly globals = new Map<Variable, Cell>();
  readonly environment: PrimitiveEnvironment;
  readonly free: FreeVariables;
  readonly #constants = new Map<Constant, Value>();

  constructor(environment: PrimitiveEnvironment) {
    this.environment = environment;
    this.free = new FreeVariables((v) => this.globals.has(v));
  }

  cell(v: Variable): Cell {
    let cell = this.globals.get(v);
    if (cell === undefined) this.globals.set(v, (cell = { value: undefined, code: undefined }));
    return cell;
  }

  /** One value for each constant, so that physical equality of a constant with itself holds. */
  constant(c: Constant): Value {
    if (c.kind === "int") return normalize(c.value);
    let value = this.#constants.get(c);
    if (value === undefined) this.#constants.set(c, (value = this.#makeConstant(c)));
    return value;
  }

  #makeConstant(c: Constant): Value {
    switch (c.kind) {
      case "int":
      case "word":
        return normalize(BigInt.asIntN(64, c.value));
      case "float":
        return c.value;
      case "boxedFloat":
        return new BoxedFloat(floatOfBits(c.bits));
      case "boxedInt":
        return new BoxedInt(c.type, normalize(c.value));
      case "string":
        return bytesOfString(c.value);
      case "floatArray":
        return new FloatArray(Float64Array.from(c.bits, floatOfBits));
      case "block": {
        if (c.fields.length === 0) return emptyBlock(c.tag);
        // The last field is followed by iteration: list constants are long.
        const first = new Block(c.tag, []);
        let block = first;
        let fields = c.fields;
        for (;;) {
          const last = fields.length - 1;
          for (let i = 0; i < last; i++) block.fields.push(this.constant(fields[i]!));
          const tail = fields[last];
          if (tail === undefined) break;
          if (tail.kind !== "block") {
            block.fields.push(this.constant(tail));
            break;
          }
          const next: Block = tail.fields.length === 0 ? emptyBlock(tail.tag) : new Block(tail.tag, []);
          block.fields.push(next);
          block = next;
          fields = tail.fields;
        }
        return first;
      }
    }
  }

  /** Code for a function whose captured variables are `captured`; compiled at the first call. */
  functionCode(f: Function, captured: readonly Variable[], known: ReadonlyMap<Variable, Code>): Code {
    const code = new Code(f.name, f.parameters.length);
    code.compile = () => {
      code.compile = undefined;
      const compiler = new FunctionCompiler(this, code, known);
      f.parameters.forEach((p, i) => compiler.registers.set(p, i + 1));
      captured.forEach((v, i) => compiler.captured.set(v, i));
      compiler.compile(f.body, RETURN);
      compiler.finish();
    };
    return code;
  }

  topLevel(e: Expr, name: string): Code {
    const code = new Code(name, 0);
    const compiler = new FunctionCompiler(this, code, new Map());
    // Not as a tail call, so that traces tell the place.
    compiler.compileResult(e);
    compiler.finish();
    return code;
  }
}

class FunctionCompiler {
  readonly registers = new Map<Variable, number>();
  readonly captured = new Map<Variable, number>();
  readonly #compiler: Compiler;
  readonly #code: Code;
  readonly #known: Map<Variable, Code>;
  readonly #instructions: Instruction[] = [];
  readonly #locations: (Location | undefined)[] = [];
  readonly #joins = new Map<Label, JoinInfo>();
  #trapDepth = 0;

  constructor(compiler: Compiler, code: Code, known: ReadonlyMap<Variable, Code>) {
    this.#compiler = compiler;
    this.#code = code;
    this.#known = new Map(known);
  }

  finish(): void {
    this.#code.instructions = this.#instructions;
    this.#code.locations = this.#locations;
  }

  #register(): number {
    return this.#code.registerCount++;
  }

  #emit(instruction: Instruction, loc?: Location): void {
    this.#instructions.push(instruction);
    this.#locations.push(loc);
  }

  get #here(): number {
    return this.#instructions.length;
  }

  // ------------------------------------------------------------ expressions without calls

  #variable(v: Variable): Eval {
    const register = this.registers.get(v);
    if (register !== undefined) return (r) => r[register]!;
    const index = this.captured.get(v);
    if (index !== undefined) return (r) => (r[0] as Closure).captured[index]!;
    const cell = this.#compiler.globals.get(v);
    if (cell === undefined) throw new EvaluatorError(`unbound variable ${v.name}/${v.id}`);
    return () => {
      const value = cell.value;
      if (value === undefined) throw new EvaluatorError(`global ${v.name}/${v.id} is used before its initialisation`);
      return value;
    };
  }

  /** `e` as a JavaScript closure, or undefined when it calls something or has statements inside. */
  #simple(e: Expr, depth: number): Eval | undefined {
    switch (e.kind) {
      case "var":
        return this.#variable(e.variable);
      case "const": {
        const value = this.#compiler.constant(e.constant);
        return () => value;
      }
      case "primitive": {
        if (depth > 40 || CONTROL.has(e.primitive.op)) return undefined;
        const args: Eval[] = [];
        for (const arg of e.args) {
          const simple = this.#simple(arg, depth + 1);
          if (simple === undefined) return undefined;
          args.push(simple);
        }
        return compilePrimitive(e.primitive, args, this.#compiler.environment);
      }
      case "if": {
        if (depth > 3) return undefined;
        const condition = this.#simple(e.condition, depth + 1);
        if (condition === undefined) return undefined;
        const then = this.#simple(e.then, depth + 1);
        if (then === undefined) return undefined;
        const otherwise = this.#simple(e.else, depth + 1);
        if (otherwise === undefined) return undefined;
        return (r) => (condition(r) !== 0 ? then(r) : otherwise(r));
      }
      case "function":
        return this.#closure(e.function);
      default:
        return undefined;
    }
  }

  #closure(f: Function): Eval {
    const free = this.#compiler.free.ofFunction(f);
    const code = this.#compiler.functionCode(f, free, this.#known);
    if (free.length === 0) {
      const closure = new Closure(code, []);
      return () => closure;
    }
    const evals = free.map((v) => this.#variable(v));
    return (r) => new Closure(code, evals.map((e) => e(r)));
  }

  // ------------------------------------------------------------ expressions in general

  /** Evaluates operands from right to left; the result are evaluators to be called from right to left at once. */
  #operands(args: readonly Expr[]): Eval[] {
    const evals: (Eval | undefined)[] = args.map((arg) => this.#simple(arg, 0));
    const first = evals.indexOf(undefined);
    if (first >= 0) {
      for (let i = args.length - 1; i >= first; i--) {
        const arg = args[i]!;
        if (arg.kind === "const" || (arg.kind === "var" && !arg.variable.mutable)) continue;
        const register = this.#register();
        this.compile(arg, { kind: "register", register });
        evals[i] = (r) => r[register]!;
      }
    }
    return evals as Eval[];
  }

  #deliver(value: Eval, target: Target, loc?: Location): void {
    switch (target.kind) {
      case "return":
        this.#emit({ op: 5, value }, loc);
        break;
      case "register":
        this.#emit({ op: 0, destination: target.register, value }, loc);
        break;
      case "effect":
        this.#emit({ op: 1, value }, loc);
        break;
    }
  }

  /** The register that a call's result goes to, and the instruction that then returns it if need be. */
  #afterCall(target: Target, emit: (destination: number) => void): void {
    if (target.kind === "register") emit(target.register);
    else {
      const register = this.#register();
      emit(register);
      if (target.kind === "return") this.#emit({ op: 5, value: (r) => r[register]! });
    }
  }

  /** Code that returns the value, with its activation there to the end. */
  compileResult(e: Expr): void {
    const register = this.#register();
    this.compile(e, { kind: "register", register });
    this.#emit({ op: 5, value: (r) => r[register]! });
  }

  compile(start: Expr, target: Target): void {
    let e = start;
    /** Join points whose handlers are to be compiled after the body, with the jumps over them. */
    const pending: { join: Extract<Expr, { kind: "join" }>; info: JoinInfo }[] = [];
    const ends: { target: number }[] = [];
    const skip = (): void => {
      if (target.kind === "return") return;
      const jump = { op: 2 as const, target: -1 };
      ends.push(jump);
      this.#emit(jump);
    };
    spine: for (;;) {
      const simple = this.#simple(e, 0);
      if (simple !== undefined) {
        this.#deliver(simple, target, e.kind === "primitive" ? e.loc : undefined);
        break;
      }
      switch (e.kind) {
        case "let": {
          const register = this.#register();
          if (e.value.kind === "function" && !e.variable.mutable) {
            const free = this.#compiler.free.ofFunction(e.value.function);
            const code = this.#compiler.functionCode(e.value.function, free, this.#known);
            const evals = free.map((v) => this.#variable(v));
            this.#emit({ op: 0, destination: register, value: (r) => new Closure(code, evals.map((x) => x(r))) });
            this.#known.set(e.variable, code);
          } else this.compile(e.value, { kind: "register", register });
          this.registers.set(e.variable, register);
          e = e.body;
          break;
        }
        case "letrec":
          this.#letrec(e.functions);
          e = e.body;
          break;
        case "sequence":
          this.compile(e.first, EFFECT);
          e = e.second;
          break;
        case "assign": {
          const register = this.registers.get(e.variable);
          if (register === undefined) throw new EvaluatorError(`assignment to ${e.variable.name}, which is not local`);
          this.compile(e.value, { kind: "register", register });
          this.#deliver(() => 0, target);
          break spine;
        }
        case "if": {
          const [condition] = this.#operands([e.condition]);
          const branch = { op: 3 as const, condition: condition!, target: -1 };
          this.#emit(branch);
          this.compile(e.then, target);
          skip();
          branch.target = this.#here;
          e = e.else;
          break;
        }
        case "switch": {
          const [scrutinee] = this.#operands([e.scrutinee]);
          const table = new Map<Value, number>();
          const instruction = { op: 4 as const, scrutinee: scrutinee!, table, otherwise: -1 };
          this.#emit(instruction);
          for (const item of e.cases) {
            table.set(item.value, this.#here);
            this.compile(item.body, target);
            skip();
          }
          if (e.default === undefined) break spine;
          instruction.otherwise = this.#here;
          e = e.default;
          break;
        }
        case "join": {
          const info: JoinInfo = { registers: e.parameters.map(() => this.#register()), trapDepth: this.#trapDepth, jumps: [], target: undefined };
          this.#joins.set(e.label, info);
          e.parameters.forEach((p, i) => this.registers.set(p, info.registers[i]!));
          pending.push({ join: e, info });
          e = e.body;
          break;
        }
        case "jump":
          this.#jump(e);
          break spine;
        case "try": {
          const exceptionRegister = this.#register();
          this.registers.set(e.exception, exceptionRegister);
          const trap = { op: 10 as const, register: exceptionRegister, target: -1 };
          this.#emit(trap);
          this.#trapDepth++;
          // The body's value must be delivered outside of the handler.
          const register = target.kind === "return" ? this.#register() : -1;
          this.compile(e.body, target.kind === "return" ? { kind: "register", register } : target);
          this.#trapDepth--;
          this.#emit({ op: 11, count: 1 });
          if (target.kind === "return") this.#emit({ op: 5, value: (r) => r[register]! });
          else skip();
          trap.target = this.#here;
          e = e.handler;
          break;
        }
        case "apply":
          this.#apply(e, target);
          break spine;
        case "primitive":
          this.#primitive(e, target);
          break spine;
        case "function":
        case "var":
        case "const":
          throw new EvaluatorError("unreachable");
      }
    }
    while (pending.length > 0) {
      const { join, info } = pending.pop()!;
      skip();
      info.target = this.#here;
      for (const jump of info.jumps) jump.target = info.target;
      this.compile(join.handler, target);
    }
    for (const jump of ends) jump.target = this.#here;
  }

  #jump(e: Extract<Expr, { kind: "jump" }>): void {
    const info = this.#joins.get(e.label);
    if (info === undefined) throw new EvaluatorError(`jump to ${e.label.name}@${e.label.id}`);
    const values = this.#operands(e.args);
    if (values.length === 1) this.#emit({ op: 0, destination: info.registers[0]!, value: values[0]! });
    else if (values.length > 1) this.#emit({ op: 17, destinations: info.registers, values });
    if (this.#trapDepth > info.trapDepth) this.#emit({ op: 11, count: this.#trapDepth - info.trapDepth });
    const jump = { op: 2 as const, target: info.target ?? -1 };
    if (info.target === undefined) info.jumps.push(jump);
    this.#emit(jump);
  }

  #letrec(functions: readonly FunctionBinding[]): void {
    const registers = functions.map(() => this.#register());
    functions.forEach((binding, i) => this.registers.set(binding.variable, registers[i]!));
    const frees = functions.map((binding) => this.#compiler.free.ofFunction(binding.function));
    // All codes must be known to each other before the first is compiled.
    const known = new Map(this.#known);
    const codes = functions.map((binding, i) => {
      const code = this.#compiler.functionCode(binding.function, frees[i]!, known);
      known.set(binding.variable, code);
      this.#known.set(binding.variable, code);
      return code;
    });
    const siblings = new Set(functions.map((binding) => binding.variable));
    const evals = frees.map((free) => free.map((v) => (siblings.has(v) ? undefined : this.#variable(v))));
    const indices = frees.map((free) => free.map((v) => functions.findIndex((binding) => binding.variable === v)));
    this.#emit({
      op: 1,
      value: (r) => {
        const closures = codes.map((code, i) => new Closure(code, evals[i]!.map((x) => (x === undefined ? 0 : x(r)))));
        indices.forEach((list, i) => {
          list.forEach((sibling, j) => {
            if (sibling >= 0) closures[i]!.captured[j] = closures[sibling]!;
          });
        });
        closures.forEach((closure, i) => {
          r[registers[i]!] = closure;
        });
        return 0;
      },
    });
  }

  #apply(e: Extract<Expr, { kind: "apply" }>, target: Target): void {
    const callee = e.function;
    if (callee.kind === "var") {
      const local = this.#known.get(callee.variable);
      const code = local ?? this.#compiler.globals.get(callee.variable)?.code;
      if (code !== undefined && code.arity === e.args.length) {
        const args = this.#operands(e.args);
        const closure = local === undefined ? undefined : this.#variable(callee.variable);
        if (target.kind === "return") this.#emit({ op: 7, code, closure, args }, e.loc);
        else this.#afterCall(target, (destination) => this.#emit({ op: 6, code, closure, args, destination }, e.loc));
        return;
      }
    }
    const [f, ...args] = this.#operands([callee, ...e.args]);
    if (target.kind === "return") this.#emit({ op: 9, callee: f!, args }, e.loc);
    else this.#afterCall(target, (destination) => this.#emit({ op: 8, callee: f!, args, destination }, e.loc));
  }

  #leavingFiber(target: Target, emit: (destination: number | undefined) => void): void {
    if (target.kind === "return") emit(undefined);
    else this.#afterCall(target, emit);
  }

  #primitive(e: Extract<Expr, { kind: "primitive" }>, target: Target): void {
    const p = e.primitive;
    const args = this.#operands(e.args);
    switch (p.op) {
      case "perform":
        this.#afterCall(target, (destination) => this.#emit({ op: 13, effect: args[0]!, destination }));
        return;
      case "reperform":
        this.#emit({ op: 14, effect: args[0]!, continuation: args[1]!, last: args[2]! });
        return;
      case "runstack":
        this.#leavingFiber(target, (destination) => this.#emit({ op: 15, stack: args[0]!, callee: args[1]!, argument: args[2]!, destination }));
        return;
      case "resume":
        this.#leavingFiber(target, (destination) => this.#emit({ op: 16, stack: args[0]!, callee: args[1]!, argument: args[2]!, last: args[3]!, destination }));
        return;
      case "raise":
        this.#emit({ op: 12, value: args[0]! }, e.loc);
        return;
      default:
        this.#deliver(compilePrimitive(p, args, this.#compiler.environment), target, e.loc);
    }
  }
}
