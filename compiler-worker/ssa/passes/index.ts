/** The passes over SSA, in the order they run. */
import type { SsaFunction } from "../ssa.ts";
import { forwardBoxes } from "./boxes.ts";
import { simplifyControlFlow } from "./control-flow.ts";
import { expand } from "./expand.ts";
import { removeDeadCode } from "./dead-code.ts";

export interface Pass {
  readonly name: string;
  /** Needed by the code generator, not only for speed. */
  readonly required: boolean;
  readonly run: (f: SsaFunction) => void;
}

export const passes: readonly Pass[] = [
  { name: "expand", required: true, run: expand },
  { name: "control-flow", required: true, run: simplifyControlFlow },
  { name: "boxes", required: false, run: forwardBoxes },
  { name: "dead-code", required: true, run: removeDeadCode },
];
