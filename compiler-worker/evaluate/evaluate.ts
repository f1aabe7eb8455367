/**
 * The evaluator of core: runs a whole program in the host, for configuration programs and as the oracle that native
 * code is tested against. Output leaves through a callback; of the outside world it sees the files and the environment that it is given.
 */
import type { Program, Variable } from "../core/core.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { makeBuiltins, type Builtins } from "./builtins.ts";
import { Compiler } from "./compile.ts";
import { FileSystem, type ReadableFiles } from "./files.ts";
import { Machine } from "./machine.ts";
import { formatException } from "./exceptions.ts";
import { Block, Bytes, Closure, bytesOfString, stringOfBytes, type Value } from "./values.ts";

export interface EvaluateOptions {
  /** Bytes written to standard output (1) or error (2), one code unit a byte. */
  readonly output: (descriptor: number, text: string) => void;
  /** Bytes of standard input. */
  readonly input?: string;
  readonly argv?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What the program can read by name. */
  readonly files?: ReadableFiles;
  /** Gets the files that the program writes, by name; without it that fails. */
  readonly written?: Map<string, string>;
  /** Gives up with an `EvaluatorError` after this many steps. */
  readonly maxSteps?: number;
  /** Activations before `Stack_overflow` is raised. */
  readonly maxDepth?: number;
  /** Finds out where an exception that nothing handles was raised (`EvaluateResult.uncaught`). */
  readonly traceExceptions?: boolean;
}

export interface EvaluateResult {
  readonly exitCode: number;
  /** The exception that ended the program: as OCaml prints it, and the calls that were under way, the innermost first. */
  readonly uncaught: { readonly message: string; readonly trace: readonly Location[] } | undefined;
  /** A string that the program registered by name (`Callback.register`). */
  readonly registered: (name: string) => string | undefined;
}

/** Thrown through the machine by `exit`. */
export class ExitRequest extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** In the order of their ids, −1 downwards, as the linker makes them. */
const PREDEFINED = [
  "Out_of_memory",
  "Sys_error",
  "Failure",
  "Invalid_argument",
  "End_of_file",
  "Division_by_zero",
  "Not_found",
  "Match_failure",
  "Stack_overflow",
  "Sys_blocked_io",
  "Assert_failure",
  "Undefined_recursive_module",
];

/** Custom operations of boxed integers: identifier and number, as the linker makes them. */
const CUSTOM_IDENTIFIERS = [
  ["int32", "_i"],
  ["int64", "_j"],
  ["nativeint", "_n"],
] as const;

class Evaluator {
  readonly #symbols = new Map<string, Value>();
  readonly #builtins: Builtins;
  readonly #compiler: Compiler;
  readonly #machine: Machine;

  constructor(options: EvaluateOptions) {
    PREDEFINED.forEach((name, i) => this.#symbols.set(`exn.${name}`, new Block(248, [bytesOfString(name), -i - 1])));
    CUSTOM_IDENTIFIERS.forEach(([type, identifier], i) => this.#symbols.set(`custom.${type}`, new Block(0, [bytesOfString(identifier), i])));
    this.#builtins = makeBuiltins({
      output: options.output,
      input: options.input ?? "",
      argv: options.argv ?? ["program"],
      environment: options.environment ?? {},
      files: new FileSystem(options.files ?? {}, options.written),
      exit: (code) => {
        throw new ExitRequest(code);
      },
      exception: (name) => this.#symbols.get(`exn.${name}`)!,
      callstack: (most) => this.#machine.callstack(most),
    });
    this.#compiler = new Compiler({
      stub: (name) => this.#builtins.find(name),
      symbolValue: (name) => {
        const value = this.#symbols.get(name);
        if (value === undefined) throw new Error(`unknown symbol ${name}`);
        return value;
      },
    });
    this.#machine = new Machine({
      maxDepth: options.maxDepth ?? 2_000_000,
      maxSteps: options.maxSteps ?? Number.POSITIVE_INFINITY,
      traceExceptions: options.traceExceptions ?? false,
      stackOverflow: () => this.#symbols.get("exn.Stack_overflow")!,
      unhandledEffect: (effect) => {
        const exception = this.#builtins.namedValue("Effect.Unhandled");
        return exception === undefined ? new Block(0, [this.#symbols.get("exn.Failure")!, bytesOfString("Effect.Unhandled")]) : new Block(0, [exception, effect]);
      },
      alreadyResumed: () => this.#builtins.namedValue("Effect.Continuation_already_resumed") ?? this.#symbols.get("exn.Failure")!,
    });
  }

  run(program: Program): void {
    // Globals first: functions refer to each other.
    for (const binding of program.bindings) {
      if (binding.kind === "let") this.#compiler.cell(binding.variable);
      else if (binding.kind === "letrec") for (const { variable } of binding.functions) this.#compiler.cell(variable);
    }
    const noneKnown = new Map();
    const defineFunction = (cell: ReturnType<Compiler["cell"]>, f: Parameters<Compiler["functionCode"]>[0]): void => {
      cell.code = this.#compiler.functionCode(f, [], noneKnown);
      cell.value = new Closure(cell.code, []);
    };
    for (const binding of program.bindings) {
      if (binding.kind === "let" && binding.value.kind === "function") defineFunction(this.#compiler.cell(binding.variable), binding.value.function);
      else if (binding.kind === "letrec") for (const item of binding.functions) defineFunction(this.#compiler.cell(item.variable), item.function);
    }
    for (const binding of program.bindings) {
      if (binding.kind === "letrec" || (binding.kind === "let" && binding.value.kind === "function")) continue;
      const code = this.#compiler.topLevel(binding.value, binding.kind === "let" ? binding.variable.name : "top level");
      const outcome = this.#machine.run(code, [0]);
      if (outcome.kind === "exception") throw new UncaughtException(outcome.value);
      if (binding.kind === "let") this.#compiler.cell(binding.variable).value = outcome.value;
    }
  }

  result(exitCode: number, uncaught: EvaluateResult["uncaught"]): EvaluateResult {
    return {
      exitCode,
      uncaught,
      registered: (name) => {
        const value = this.#builtins.namedValue(name);
        return value instanceof Bytes ? stringOfBytes(value) : undefined;
      },
    };
  }

  global(variable: Variable): Value | undefined {
    return this.#compiler.cell(variable).value;
  }

  /** What OCaml does with an exception that reaches the top: `at_exit` functions run, then the message is printed. */
  uncaught(exception: Value, output: EvaluateOptions["output"]): EvaluateResult {
    const message = formatException(exception);
    const result = this.result(2, { message, trace: this.#machine.lastTrace });
    const handler = this.#builtins.namedValue("Printexc.handle_uncaught_exception");
    if (handler instanceof Closure) {
      const outcome = this.#machine.run(handler.code, [handler, exception, 0]);
      if (outcome.kind === "value") return result;
    }
    const atExit = this.#builtins.namedValue("Pervasives.do_at_exit");
    if (atExit instanceof Closure) this.#machine.run(atExit.code, [atExit, 0]);
    output(2, `Fatal error: exception ${message}\n`);
    return result;
  }
}

class UncaughtException extends Error {
  readonly value: Value;
  constructor(value: Value) {
    super("uncaught OCaml exception");
    this.value = value;
  }
}

/** Runs a program and gives the value that a global has then: for tests, and for programs whose result is a value. */
export function evaluateGlobal(program: Program, global: Variable, options: EvaluateOptions): Value | undefined {
  const evaluator = new Evaluator(options);
  evaluator.run(program);
  return evaluator.global(global);
}

/** Runs a program to its end. Throws `EvaluatorError` for what the evaluator cannot do. */
export function evaluateProgram(program: Program, options: EvaluateOptions): EvaluateResult {
  const evaluator = new Evaluator(options);
  try {
    try {
      evaluator.run(program);
      return evaluator.result(0, undefined);
    } catch (error) {
      if (!(error instanceof UncaughtException)) throw error;
      return evaluator.uncaught(error.value, options.output);
    }
  } catch (error) {
    if (error instanceof ExitRequest) return evaluator.result(error.code, undefined);
    throw error;
  }
}
