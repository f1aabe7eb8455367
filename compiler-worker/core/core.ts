/**
 * Core: the functional intermediate representation. Modules, functors, patterns, labels and types are gone; functions,
 * data, join points and primitives are left. Direct style with join points (Maurer, Downen, Ariola, Peyton Jones:
 * "Compiling without continuations", PLDI 2017), so that `match` shares code and loops need no closures.
 *
 * Evaluation order is explicit for everything that matters: arguments of `apply` and `primitive` that are not
 * atoms are evaluated right to left, as OCaml's native compiler does.
 */
import type { Location } from "../syntax/diagnostics.ts";

/**
 * How a variable is represented in a register.
 * - `value`: tagged immediate or pointer; the collector scans and moves it.
 * - `immediate`: a tagged immediate (2n+1); not scanned.
 * - `word`: a raw 64-bit word (unboxed int64, nativeint, int32 sign-extended, addresses in the runtime dialect).
 * - `float`: an unboxed IEEE double.
 */
export type Kind = "value" | "immediate" | "word" | "float";

/** A variable; compared by identity. `id` is unique in a program and gives printers and checkers a name. */
export interface Variable {
  readonly id: number;
  readonly name: string;
  kind: Kind;
  /** Assigned by `assign`. Never captured by a closure, never a parameter. */
  readonly mutable: boolean;
}

/** The name of a join point. */
export interface Label {
  readonly id: number;
  readonly name: string;
}

export type Expr =
  | { readonly kind: "var"; readonly variable: Variable }
  | { readonly kind: "const"; readonly constant: Constant }
  | { readonly kind: "let"; readonly variable: Variable; readonly value: Expr; readonly body: Expr }
  /** Mutually recursive functions. */
  | { readonly kind: "letrec"; readonly functions: readonly FunctionBinding[]; readonly body: Expr }
  | { readonly kind: "function"; readonly function: Function }
  | { readonly kind: "apply"; readonly function: Expr; readonly args: readonly Expr[]; readonly loc: Location | undefined; readonly inline: InlineAttribute; readonly tailcall: boolean | undefined }
  | { readonly kind: "primitive"; readonly primitive: Primitive; readonly args: readonly Expr[]; readonly loc: Location | undefined }
  /** `condition` is an immediate: 0 is false, anything else true. */
  | { readonly kind: "if"; readonly condition: Expr; readonly then: Expr; readonly else: Expr }
  /** On an immediate; `default` may be missing when the cases are exhaustive. */
  | { readonly kind: "switch"; readonly scrutinee: Expr; readonly cases: readonly { readonly value: number; readonly body: Expr }[]; readonly default: Expr | undefined }
  /** Evaluates `body`, in which `jump label args` (tail position with respect to `body`; it may leave `try` bodies, whose handlers are then popped) continues with `handler`. `recursive`: `handler` may jump to `label` too (a loop). */
  | { readonly kind: "join"; readonly label: Label; readonly parameters: readonly Variable[]; readonly recursive: boolean; readonly handler: Expr; readonly body: Expr }
  | { readonly kind: "jump"; readonly label: Label; readonly args: readonly Expr[] }
  | { readonly kind: "try"; readonly body: Expr; readonly exception: Variable; readonly handler: Expr }
  | { readonly kind: "sequence"; readonly first: Expr; readonly second: Expr }
  | { readonly kind: "assign"; readonly variable: Variable; readonly value: Expr };

export interface FunctionBinding {
  readonly variable: Variable;
  readonly function: Function;
}

export type InlineAttribute = "default" | "always" | "never" | "hint";

export interface Function {
  readonly parameters: readonly Variable[];
  readonly body: Expr;
  /** What a direct call yields; through a closure the result is always a `value`. */
  readonly result: Kind;
  /** For backtraces, dumps and the image's symbol table: `Stdlib__List.map`, `Unikernel.Main.start`. */
  readonly name: string;
  readonly loc: Location | undefined;
  readonly inline: InlineAttribute;
  /** Compiled under the rules of the runtime dialect. */
  readonly runtimeDialect: boolean;
  /** `[@tail_mod_cons]`. */
  readonly tailModCons: boolean;
}

/** Closed data. Blocks are immutable and lie in read-only static memory. */
export type Constant =
  /** An immediate, by its integer value (63 bits). */
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "word"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number; /** exact bits: NaN payloads, −0 */ readonly bits: bigint }
  | { readonly kind: "boxedFloat"; readonly bits: bigint }
  | { readonly kind: "boxedInt"; readonly type: BoxedInteger; readonly value: bigint }
  /** One code unit a byte. */
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "block"; readonly tag: number; readonly fields: readonly Constant[] }
  | { readonly kind: "floatArray"; readonly bits: readonly bigint[] };

export type BoxedInteger = "int32" | "int64" | "nativeint";
export type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge";
/** Unsigned comparisons exist for words and for bounds checks of immediates. */
export type UnsignedComparison = "ult" | "ule" | "ugt" | "uge";
/** What an array's elements are known to be; `any` needs a test of the tag at run time. */
export type ArrayKind = "any" | "address" | "immediate" | "float";
/** Whether storing needs the write barrier. */
export type StoreKind = "pointer" | "immediate" | "initializing";
export type Width = 8 | 16 | 32 | 64;
export type RaiseKind = "regular" | "reraise" | "notrace";

/**
 * Operations. Arguments and results are kinds in brackets: v value, i immediate, w word, f float.
 * None of them checks bounds or zero divisors: defunctorization writes the checks out, so that passes can remove them.
 */
export type Primitive =
  // Immediates (63-bit, wrap around).
  | { readonly op: "int.add" | "int.sub" | "int.mul" | "int.div" | "int.mod" | "int.and" | "int.or" | "int.xor" | "int.shl" | "int.lsr" | "int.asr" } /* [i i → i]; div/mod by zero undefined */
  | { readonly op: "int.neg" | "int.not" | "int.bswap16" | "int.popcount" | "int.clz" | "int.ctz" } /* [i → i]; `not` is of a boolean */
  | { readonly op: "int.compare"; readonly comparison: Comparison | UnsignedComparison } /* [i i → i] also for physical equality of values: see value.eq */
  | { readonly op: "int.compare3" } /* [i i → i] −1, 0, 1 */
  // Words. int32 arithmetic is word arithmetic followed by word.sext32.
  | { readonly op: "word.add" | "word.sub" | "word.mul" | "word.div" | "word.mod" | "word.udiv" | "word.umod" | "word.and" | "word.or" | "word.xor" | "word.mulhu" } /* [w w → w] */
  | { readonly op: "word.shl" | "word.lsr" | "word.asr" } /* [w i → w] */
  | { readonly op: "word.neg" | "word.sext8" | "word.sext16" | "word.sext32" | "word.zext8" | "word.zext16" | "word.zext32" | "word.bswap" | "word.popcount" | "word.clz" | "word.ctz" } /* [w → w] */
  | { readonly op: "word.compare"; readonly comparison: Comparison | UnsignedComparison } /* [w w → i] */
  | { readonly op: "word.compare3" } /* [w w → i] */
  | { readonly op: "word.ofInt" } /* [i → w] untag */
  | { readonly op: "word.toInt" } /* [w → i] tag (loses the top bit) */
  | { readonly op: "word.box"; readonly type: BoxedInteger } /* [w → v] */
  | { readonly op: "word.unbox"; readonly type: BoxedInteger } /* [v → w] */
  // Floats.
  | { readonly op: "float.add" | "float.sub" | "float.mul" | "float.div" } /* [f f → f] */
  | { readonly op: "float.neg" | "float.abs" | "float.sqrt" | "float.round32" } /* [f → f] */
  | { readonly op: "float.fma" } /* [f f f → f] only when the target has it */
  | { readonly op: "float.compare"; readonly comparison: Comparison | "nlt" | "nle" | "ngt" | "nge" } /* [f f → i]; n… = negated, true when unordered */
  | { readonly op: "float.compare3" } /* [f f → i] NaN equal to itself and less than all */
  | { readonly op: "float.ofInt" } /* [i → f] */
  | { readonly op: "float.toInt" } /* [f → i] truncates */
  | { readonly op: "float.ofWord" | "float.bits" } /* ofWord [w → f]; bits [f → w] reinterprets */
  | { readonly op: "float.toWord" | "float.ofBits" | "float.ofBits32" } /* toWord [f → w]; ofBits [w → f] */
  | { readonly op: "float.bits32" } /* [f → w] as single */
  | { readonly op: "float.box" } /* [f → v] */
  | { readonly op: "float.unbox" } /* [v → f] */
  // Values and blocks.
  | { readonly op: "value.eq" | "value.ne" } /* [v v → i] physical */
  | { readonly op: "value.isInt" } /* [v → i] */
  | { readonly op: "value.opaque" } /* [v → v] the optimiser knows nothing of it */
  | { readonly op: "block.make"; readonly tag: number; readonly mutable: boolean } /* [v… → v] */
  | { readonly op: "block.makeFloats"; readonly mutable: boolean } /* [f… → v] tag 254 */
  | { readonly op: "block.field"; readonly index: number; readonly mutable: boolean } /* [v → v] */
  | { readonly op: "block.setField"; readonly index: number; readonly store: StoreKind } /* [v v → i] unit */
  | { readonly op: "block.floatField"; readonly index: number; readonly mutable: boolean } /* [v → f] */
  | { readonly op: "block.setFloatField"; readonly index: number } /* [v f → i] */
  | { readonly op: "block.tag" } /* [v → i] of a pointer */
  | { readonly op: "block.size" } /* [v → i] words, of a pointer */
  | { readonly op: "block.fieldAt" } /* [v i → v] computed index, no bound */
  | { readonly op: "block.setFieldAt"; readonly store: StoreKind } /* [v i v → i] */
  | { readonly op: "block.copy" } /* [v → v] shallow copy of an unscanned-size block: `{ r with … }` of statically known size */
  | { readonly op: "block.wordAt" } /* [v i → w] raw field (custom blocks, strings' last word) */
  | { readonly op: "block.setWordAt" } /* [v i w → i] */
  | { readonly op: "block.floatAt" } /* [v i → f] */
  | { readonly op: "block.setFloatAt" } /* [v i f → i] */
  // Small allocation of run-time size goes through functions of the runtime package; these two are inline when small.
  | { readonly op: "alloc.small"; readonly tag: number; readonly size: number } /* [ → v] fields set to unit if tag < 251, else not initialised */
  // Arrays: length in elements. `array.get/set` of kind any, bounds checks etc. are expanded with these.
  | { readonly op: "array.length"; readonly array: ArrayKind } /* [v → i] */
  // Strings and bytes (both the same layout); offsets are immediates, values words, not sign-extended.
  | { readonly op: "bytes.length" } /* [v → i] */
  | { readonly op: "bytes.load"; readonly width: Width } /* [v i → w] little-endian */
  | { readonly op: "bytes.store"; readonly width: Width } /* [v i w → i] */
  // Bigarray data: address of the data is field 1 of the block; the index counts words of the width, or bytes.
  | { readonly op: "bigarray.load"; readonly width: Width; readonly index: "element" | "byte" } /* [v i → w] */
  | { readonly op: "bigarray.store"; readonly width: Width; readonly index: "element" | "byte" } /* [v i w → i] */
  // Exceptions and effects.
  | { readonly op: "raise"; readonly raise: RaiseKind } /* [v → ⊥] */
  | { readonly op: "perform" } /* [v → v] */
  | { readonly op: "runstack" } /* [v v v → v] stack, function, argument */
  | { readonly op: "resume" } /* [v v v v → v] continuation's stack, function, argument, last fiber */
  | { readonly op: "reperform" } /* [v v v → v] effect, continuation, last fiber */
  // Raw memory and machine, in the runtime dialect and in primitives.
  | { readonly op: "raw.load"; readonly width: Width; readonly signed: boolean } /* [w → w] */
  | { readonly op: "raw.store"; readonly width: Width } /* [w w → i] address, value */
  | { readonly op: "raw.address" } /* [v → w] the value's own bits */
  | { readonly op: "raw.value" } /* [w → v] */
  | { readonly op: "raw.static"; readonly bytes: number; readonly align: number; readonly id: number } /* [ → w] address of zeroed static memory; same id, same memory */
  | { readonly op: "raw.symbol"; readonly name: string } /* [ → w] address of a linker or stub symbol */
  /** A machine instruction or entry stub, by name, with word arguments: "in8", "out8", "rdtsc", "rdmsr", "wrmsr", "cpuid", "hlt", "sti", "cli", "pause", "mfence", "lidt", "invlpg", "readcr2", "writecr3", "syscall", "rdrand", "rdseed", "call0"… */
  | { readonly op: "raw.machine"; readonly name: string } /* [w… → w] */
  /** Calls a stub written in the project's assembler that may collect or switch stacks (so it is a safe point): "collect". */
  | { readonly op: "stub"; readonly name: string; readonly result: Kind } /* [any… → result] */;

/** A top-level binding. Its variable is a global: visible in all that follows, held in static memory, never captured. */
export type TopBinding =
  | { readonly kind: "let"; readonly variable: Variable; readonly value: Expr }
  | { readonly kind: "letrec"; readonly functions: readonly FunctionBinding[] }
  /** Evaluated for its effect. */
  | { readonly kind: "effect"; readonly value: Expr };

/** A whole program, in the order of initialisation. */
export interface Program {
  readonly bindings: TopBinding[];
  /** Functions the run-time system needs by name (`runtime/…` with `[@@export "name"]`), found by stubs and by the image. */
  readonly exports: ReadonlyMap<string, Variable>;
}
