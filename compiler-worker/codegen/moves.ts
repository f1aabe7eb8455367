/**
 * Parallel moves: several locations get the values that others had before (Boissinot et al., "Revisiting out-of-SSA
 * translation", 2009, section 4: the sequentialisation of parallel copies).
 */
import type { Move } from "./machine.ts";

/** Orders the moves such that no source is overwritten before it is read; cycles are cut by `swap` or through the target's scratch. */
export interface SequencedMove {
  readonly move: Move;
  /** Exchange of two registers of the same kind instead of a move. */
  readonly exchange: boolean;
}

/**
 * `scratchFor` gives a location that may hold a value of that kind for a moment (an SSE register that is never allocated
 * holds either kind).
 */
export function sequence(moves: readonly Move[], scratch: number): SequencedMove[] {
  const out: SequencedMove[] = [];
  const pending: { to: number; from: number; isFloat: boolean }[] = [];
  const constants: Move[] = [];
  const readers = new Map<number, number>();
  for (const m of moves) {
    if (typeof m.from !== "number") constants.push(m);
    else if (m.from !== m.to) {
      pending.push({ to: m.to, from: m.from, isFloat: m.isFloat });
      readers.set(m.from, (readers.get(m.from) ?? 0) + 1);
    }
  }
  let left = pending.length;
  const done = new Uint8Array(pending.length);
  while (left > 0) {
    let progress = false;
    for (let i = 0; i < pending.length; i++) {
      if (done[i] === 1) continue;
      const m = pending[i]!;
      if ((readers.get(m.to) ?? 0) > 0) continue;
      out.push({ move: { to: m.to, from: m.from, isFloat: m.isFloat }, exchange: false });
      done[i] = 1;
      left--;
      readers.set(m.from, readers.get(m.from)! - 1);
      progress = true;
    }
    if (progress || left === 0) continue;
    // Only cycles are left.
    const i = done.indexOf(0);
    const m = pending[i]!;
    if (m.to >= 0 && m.from >= 0 && !m.isFloat) {
      // After the exchange, what read either register finds its value in the other.
      out.push({ move: { to: m.to, from: m.from, isFloat: false }, exchange: true });
      done[i] = 1;
      left--;
      readers.set(m.from, readers.get(m.from)! - 1);
      for (let k = 0; k < pending.length; k++) {
        if (done[k] === 1) continue;
        const other = pending[k]!;
        const before = other.from;
        if (before === m.to) other.from = m.from;
        else if (before === m.from) other.from = m.to;
        else continue;
        readers.set(before, readers.get(before)! - 1);
        readers.set(other.from, (readers.get(other.from) ?? 0) + 1);
        if (other.from === other.to) {
          done[k] = 1;
          left--;
          readers.set(other.from, readers.get(other.from)! - 1);
        }
      }
    } else {
      // What is about to be overwritten goes to the scratch register.
      out.push({ move: { to: scratch, from: m.to, isFloat: m.isFloat }, exchange: false });
      for (let k = 0; k < pending.length; k++) {
        if (done[k] === 1 || pending[k]!.from !== m.to) continue;
        pending[k]!.from = scratch;
        readers.set(m.to, readers.get(m.to)! - 1);
        readers.set(scratch, (readers.get(scratch) ?? 0) + 1);
      }
    }
  }
  for (const m of constants) out.push({ move: m, exchange: false });
  return out;
}
