/**
 * The evaluator's machine: a loop over instructions with activations on the heap, so that neither deep recursion nor
 * effects use the host's stack. Exceptions unwind a list of traps; each fiber has its own (as OCaml 5's runtime).
 */
import type { Location } from "../syntax/diagnostics.ts";
import { Code, type Instruction } from "./code.ts";
import { Block, Closure, EvaluatorError, Fiber, Frame, Partial, Raised, Trap, type Value } from "./values.ts";

const CONTINUATION_TAG = 245;

export interface MachineOptions {
  /** Activations on the stack of one fiber before `Stack_overflow` is raised. */
  readonly maxDepth: number;
  /** Instructions before evaluation is given up. */
  readonly maxSteps: number;
  readonly stackOverflow: () => Value;
  /** Exceptions of `Effect`, which the library registers by name. */
  readonly unhandledEffect: (effect: Value) => Value;
  /** Keeps the places where exceptions are raised, for `lastTrace`. */
  readonly traceExceptions: boolean;
  readonly alreadyResumed: () => Value;
}

/** How an evaluation ended. */
export type Outcome = { readonly kind: "value"; readonly value: Value } | { readonly kind: "exception"; readonly value: Value };

/** Innermost calls that a trace tells. */
const LONGEST_TRACE = 100;

/** The places of the calls that are under way, the innermost first. Calls in tail position have left no trace. */
function traceOf(innermost: Frame, pc: number, most = LONGEST_TRACE): Location[] {
  const places: Location[] = [];
  let at = pc;
  for (let frame: Frame | undefined = innermost; frame !== undefined && places.length < most; frame = frame.parent) {
    const place = frame.code.locations[at - 1];
    if (place !== undefined) places.push(place);
    at = frame.parent?.pc ?? 0;
  }
  return places;
}

/** Code that applies register 1 to registers 2…, for calls with more arguments than the function takes. */
const applyRest: Code[] = [];
function applyRestCode(n: number): Code {
  let code = applyRest[n];
  if (code === undefined) {
    code = new Code(`apply${n}`, n + 1);
    const args = Array.from({ length: n }, (_, i) => (r: Value[]): Value => r[i + 2]!);
    code.instructions = [{ op: 9, callee: (r) => r[1]!, args }];
    applyRest[n] = code;
  }
  return code;
}

function instructionsOf(code: Code): Instruction[] {
  if (code.instructions === undefined) code.compile!();
  return code.instructions!;
}

export class Machine {
  readonly #options: MachineOptions;
  #steps = 0;
  #where: (most: number) => Location[] = () => [];
  #lastRaised: Value = 0;
  #lastTrace: Location[] = [];

  constructor(options: MachineOptions) {
    this.#options = options;
  }

  /** The places of the calls that are under way, the innermost first. */
  callstack(most: number): Location[] {
    return this.#where(most);
  }

  /** The calls that were under way when the exception that was raised last was raised first. */
  get lastTrace(): readonly Location[] {
    return this.#lastTrace;
  }

  /** Runs `code` with these registers (the closure first) to its end. */
  run(code: Code, registers: Value[]): Outcome {
    const main = new Fiber(0, 0, 0);
    let fiber = main;
    let frame = new Frame(code, registers, undefined);
    let trap: Trap | undefined = undefined;
    let r = registers;
    let instructions = instructionsOf(code);
    let pc = 0;
    const maxDepth = this.#options.maxDepth;

    this.#where = (most) => traceOf(frame, pc, most);

    const enter = (callee: Code, args: Value[], parent: Frame | undefined): void => {
      frame = new Frame(callee, args, parent);
      if (frame.depth > maxDepth) throw new Raised(this.#options.stackOverflow());
      r = args;
      instructions = instructionsOf(callee);
      pc = 0;
    };

    /** Begins the application of a value; `parent` gets the result in its destination. */
    const applyValue = (callee: Value, args: Value[], parent: Frame | undefined): void => {
      for (;;) {
        if (callee instanceof Closure) {
          const arity = callee.code.arity;
          if (args.length === arity) {
            args.unshift(callee);
            enter(callee.code, args, parent);
            return;
          }
          if (args.length < arity) {
            deliver(new Partial(callee, args), parent);
            return;
          }
          const rest = args.slice(arity);
          const frameForRest = new Frame(applyRestCode(rest.length), [0, 0, ...rest], parent);
          frameForRest.destination = 1;
          const first = args.slice(0, arity);
          first.unshift(callee);
          enter(callee.code, first, frameForRest);
          return;
        }
        if (callee instanceof Partial) {
          args = [...callee.args, ...args];
          callee = callee.closure;
        } else throw new EvaluatorError(`a value that is no function is applied (in ${frame.code.name})`);
      }
    };

    /** Returns a value to `parent`; at the bottom of a fiber its value handler continues. */
    const deliver = (value: Value, parent: Frame | undefined): boolean => {
      if (parent !== undefined) {
        frame = parent;
        r = parent.registers;
        instructions = parent.code.instructions!;
        pc = parent.pc;
        r[parent.destination] = value;
        return false;
      }
      const finished: Fiber = fiber;
      if (finished === main || finished.parent === undefined) {
        result = { kind: "value", value };
        return true;
      }
      fiber = finished.parent;
      trap = fiber.trap;
      applyValue(finished.valueHandler, [value], fiber.frame);
      return false;
    };

    /** The frame that gets the result of another fiber: the caller's where this one has nothing left to do. */
    const waitingFor = (destination: number | undefined): Frame | undefined => {
      if (destination === undefined) return frame.parent;
      frame.pc = pc;
      frame.destination = destination;
      return frame;
    };

    const raise = (value: Value): boolean => {
      if (this.#options.traceExceptions && value !== this.#lastRaised) {
        this.#lastRaised = value;
        this.#lastTrace = traceOf(frame, pc);
      }
      for (;;) {
        if (trap !== undefined) {
          frame = trap.frame;
          r = frame.registers;
          instructions = frame.code.instructions!;
          pc = trap.pc;
          r[trap.register] = value;
          trap = trap.previous;
          return false;
        }
        const failed: Fiber = fiber;
        if (failed === main || failed.parent === undefined) {
          result = { kind: "exception", value };
          return true;
        }
        fiber = failed.parent;
        trap = fiber.trap;
        applyValue(failed.exceptionHandler, [value], fiber.frame);
        return false;
      }
    };

    const performIn = (effect: Value, continuation: Block, last: Fiber, performer: Frame | undefined): void => {
      // `fiber` performs; its parent's handler decides.
      const current: Fiber = fiber;
      const parent = current.parent;
      if (parent === undefined) {
        // Nobody handles it: the exception is raised where the effect was performed.
        const innermost = continuation.fields[0];
        if (innermost instanceof Fiber && innermost !== current) {
          last.parent = current;
          fiber = innermost;
          trap = innermost.trap;
          frame = innermost.frame!;
        } else frame = performer!;
        throw new Raised(this.#options.unhandledEffect(effect));
      }
      current.frame = performer;
      current.trap = trap;
      current.parent = undefined;
      continuation.fields[1] = current;
      fiber = parent;
      trap = parent.trap;
      applyValue(current.effectHandler, [effect, continuation, current], parent.frame);
    };

    let result: Outcome | undefined;
    for (;;) {
      try {
        for (;;) {
          const i = instructions[pc++]!;
          if (++this.#steps > this.#options.maxSteps) throw new EvaluatorError("the evaluation takes too many steps");
          switch (i.op) {
            case 0:
              r[i.destination] = i.value(r);
              break;
            case 1:
              i.value(r);
              break;
            case 2:
              pc = i.target;
              break;
            case 3:
              if (i.condition(r) === 0) pc = i.target;
              break;
            case 4: {
              const target = i.table.get(i.scrutinee(r));
              pc = target === undefined ? i.otherwise : target;
              if (pc < 0) throw new EvaluatorError(`no case of a switch in ${frame.code.name}`);
              break;
            }
            case 5:
              if (deliver(i.value(r), frame.parent)) return result!;
              break;
            case 6:
            case 7: {
              const n = i.args.length;
              const registers: Value[] = new Array<Value>(i.code.registerCount);
              for (let k = n - 1; k >= 0; k--) registers[k + 1] = i.args[k]!(r);
              registers[0] = i.closure === undefined ? 0 : i.closure(r);
              if (i.op === 6) {
                frame.pc = pc;
                frame.destination = i.destination;
                enter(i.code, registers, frame);
              } else enter(i.code, registers, frame.parent);
              break;
            }
            case 8:
            case 9: {
              const n = i.args.length;
              const args: Value[] = new Array<Value>(n);
              for (let k = n - 1; k >= 0; k--) args[k] = i.args[k]!(r);
              const callee = i.callee(r);
              if (i.op === 8) {
                frame.pc = pc;
                frame.destination = i.destination;
                applyValue(callee, args, frame);
              } else if (callee instanceof Closure && n < callee.code.arity) {
                if (deliver(new Partial(callee, args), frame.parent)) return result!;
              } else applyValue(callee, args, frame.parent);
              break;
            }
            case 10:
              trap = new Trap(frame, i.target, i.register, trap);
              break;
            case 11: {
              let t: Trap | undefined = trap;
              for (let k = i.count; k > 0; k--) t = t!.previous;
              trap = t;
              break;
            }
            case 12:
              if (raise(i.value(r))) return result!;
              break;
            case 13: {
              frame.pc = pc;
              frame.destination = i.destination;
              const effect = i.effect(r);
              const continuation = new Block(CONTINUATION_TAG, [fiber, fiber]);
              performIn(effect, continuation, fiber, frame);
              break;
            }
            case 14: {
              const last = i.last(r) as Fiber;
              const continuation = i.continuation(r) as Block;
              const effect = i.effect(r);
              last.parent = fiber;
              performIn(effect, continuation, last, frame.parent);
              break;
            }
            case 15: {
              const waiting: Frame | undefined = waitingFor(i.destination);
              const argument = i.argument(r);
              const callee = i.callee(r);
              const stack = i.stack(r) as Fiber;
              fiber.frame = waiting;
              fiber.trap = trap;
              stack.parent = fiber;
              fiber = stack;
              trap = undefined;
              applyValue(callee, [argument], undefined);
              break;
            }
            case 16: {
              const waiting: Frame | undefined = waitingFor(i.destination);
              const last = i.last(r);
              const argument = i.argument(r);
              const callee = i.callee(r);
              const stack = i.stack(r);
              if (!(stack instanceof Fiber)) {
                if (raise(this.#options.alreadyResumed())) return result!;
                break;
              }
              if (!(last instanceof Fiber)) throw new EvaluatorError("resume without a last fiber");
              fiber.frame = waiting;
              fiber.trap = trap;
              last.parent = fiber;
              fiber = stack;
              trap = stack.trap;
              applyValue(callee, [argument], stack.frame);
              break;
            }
            case 17: {
              const n = i.values.length;
              if (n === 2) {
                const second = i.values[1]!(r);
                r[i.destinations[0]!] = i.values[0]!(r);
                r[i.destinations[1]!] = second;
                break;
              }
              const values: Value[] = new Array<Value>(n);
              for (let k = n - 1; k >= 0; k--) values[k] = i.values[k]!(r);
              for (let k = 0; k < n; k++) r[i.destinations[k]!] = values[k]!;
              break;
            }
          }
          if (result !== undefined) return result;
        }
      } catch (error) {
        if (error instanceof EvaluatorError) error.trace ??= traceOf(frame, pc);
        if (!(error instanceof Raised)) throw error;
        if (raise(error.value)) return result!;
      }
    }
  }
}
