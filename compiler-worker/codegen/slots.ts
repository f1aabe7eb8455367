/** Stack slots for stored values, shared between values whose live ranges (taken as one interval of positions) do not meet. */
import { NOT_STORED, type SpillPlan } from "./spilling.ts";

export interface Slots {
  readonly slot: Int32Array;
  readonly count: number;
}

export function assignSlots(plan: SpillPlan): Slots {
  const { store, start, end } = plan;
  const slot = new Int32Array(store.length).fill(-1);
  const stored: number[] = [];
  for (let v = 0; v < store.length; v++) if (store[v] !== NOT_STORED) stored.push(v);
  stored.sort((a, b) => start[a]! - start[b]! || a - b);
  /** For each slot, the end of its last interval. */
  const ends: number[] = [];
  for (const v of stored) {
    let s = 0;
    while (s < ends.length && ends[s]! >= start[v]!) s++;
    ends[s] = Math.max(end[v]!, start[v]!);
    slot[v] = s;
  }
  return { slot, count: ends.length };
}
