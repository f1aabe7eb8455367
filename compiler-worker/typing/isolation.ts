/**
 * Units are typed inside of the typing of others: a unit's signature is made when something looks inside it, which may be anywhere.
 * Whatever a module of the type checker keeps for the phrase that it is at must not be seen by a unit typed meanwhile.
 */

const states: (() => () => void)[] = [];

/** Declares such state: `begin` makes it as at the beginning of a unit, and gives what puts it back. */
export function separateState(begin: () => () => void): void {
  states.push(begin);
}

/** Runs the typing of a unit inside of another's. */
export function isolated<T>(run: () => T): T {
  const restore = states.map((begin) => begin());
  try {
    return run();
  } finally {
    for (const put of restore) put();
  }
}
