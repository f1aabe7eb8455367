/** Exit codes of the command line (DESIGN: done, errors in the input, usage, internal error). */
export const DONE = 0;
export const INPUT_ERROR = 1;
export const USAGE = 2;
export const INTERNAL_ERROR = 70;
