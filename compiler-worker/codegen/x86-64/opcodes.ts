/** Machine instructions of x86-64 as selection makes them and emission encodes them. */

/**
 * Addresses are the last `addressUses` uses: base, then index (scaled by `scale`); when there is one use and `scale` is not 0, it is
 * an index. `symbol` and `offset` are added. No use and no symbol: relative to the allocation pointer.
 */
export const OP = {
  /** def ← use (register or slot). */
  MOVE: 0,
  CONST: 1,
  SYMBOL: 2,
  FCONST: 3,
  /** Three operands: lea when the registers differ. */
  ADD: 4,
  ADD_IMMEDIATE: 5,
  LEA: 6,
  /** `detail`: the operation's number in the ALU scheme. */
  ALU: 7,
  ALU_IMMEDIATE: 8,
  ALU_MEMORY: 9,
  MUL: 10,
  MUL_IMMEDIATE: 11,
  MUL_MEMORY: 12,
  /** `detail`: 2 not, 3 neg. */
  UNARY: 13,
  BSWAP: 14,
  SHIFT_IMMEDIATE: 15,
  SHIFT: 16,
  /** `detail`: 6 unsigned, 7 signed. */
  DIVIDE: 17,
  MULTIPLY_HIGH: 18,
  /** `width`, `detail` 1 signed. */
  EXTEND: 19,
  /** First use and result tied; second use: the result for 0 (before the correction). `detail` 1: clz. */
  BIT_SCAN: 20,
  LOAD: 21,
  FLOAD: 22,
  STORE: 23,
  STORE_IMMEDIATE: 24,
  STORE_SYMBOL: 25,
  FSTORE: 26,
  /** Result of a comparison (`form`, `detail` condition) as 0 or 1. */
  SET: 27,
  /** Edges: true, false. */
  BRANCH: 28,
  JUMP: 29,
  /** `immediate`: the lowest case; edges, then the default if `detail` is 1. */
  SWITCH: 30,
  RETURN: 31,
  CALL: 32,
  /** First use: the code's address. */
  CALL_REGISTER: 33,
  /** The code's address lies at `offset` from the closure. */
  CALL_CLOSURE: 34,
  TAIL_CALL: 35,
  TAIL_CALL_REGISTER: 36,
  TAIL_CALL_CLOSURE: 37,
  /** `detail`: 0 regular, 1 reraise, 2 notrace. */
  RAISE: 38,
  PUSH_TRAP: 39,
  POP_TRAP: 40,
  UNREACHABLE: 41,
  LOAD_VARIABLE: 42,
  STORE_VARIABLE: 43,
  /** `detail`: the opcode after F2 0F. */
  FALU: 44,
  FALU_MEMORY: 45,
  FSQRT: 46,
  /** Sign bit: `detail` 0 neg, 1 abs. */
  FSIGN: 47,
  FROM_INT: 48,
  TO_INT: 49,
  BITS_OF_FLOAT: 50,
  FLOAT_OF_BITS: 51,
  ROUND32: 52,
  BITS32_OF_FLOAT: 53,
  FLOAT_OF_BITS32: 54,
  /** `immediate` bytes. */
  ALLOCATE: 55,
  BARRIER: 56,
  MACHINE: 57,
  /** Read, modify, write: ALU with a memory destination; register or immediate. */
  RMW: 58,
  RMW_IMMEDIATE: 59,
  /** Exchanges two general registers (def and use). */
  EXCHANGE: 60,
} as const;

/** How a comparison's operands come. */
export const FORM = {
  /** register, register or slot */
  REGISTERS: 0,
  /** register or slot, immediate */
  IMMEDIATE: 1,
  /** register, memory */
  REGISTER_MEMORY: 2,
  /** memory, register */
  MEMORY_REGISTER: 3,
  /** memory of `width`, immediate */
  MEMORY_IMMEDIATE: 4,
  /** register against 0 */
  TEST: 5,
  TEST_IMMEDIATE: 6,
  TEST_MEMORY_BYTE: 7,
  /** register, address of `symbol` */
  SYMBOL: 8,
  /** two SSE registers, the second perhaps in a slot */
  FLOATS: 9,
} as const;

/** Condition codes above the processor's: equality of doubles takes two flags. */
export const FLOAT_EQUAL = 16;
export const FLOAT_NOT_EQUAL = 17;

export const ARGUMENT_REGISTERS = [0, 3, 7, 6, 2, 1, 8, 9, 12, 13] as const;
export const ENVIRONMENT_REGISTER = 14;
export const FLOAT_ARGUMENTS = 10;
/** Numbers of the SSE registers in the allocator. */
export const XMM = 16;
export const EXTRA_ARGUMENTS = "extra_arguments";
export const MAX_EXTRA_ARGUMENTS = 256;

/** What the stub `small_stack_overflow` asks for: frames up to this many bytes use it. */
export const SMALL_OVERFLOW = 1024;
