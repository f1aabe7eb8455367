/** The name that stands in a configuration where a device is not wired: nothing defines it, and the compiler says so at its place. */
import type { Diagnostic } from "../../syntax/diagnostics.ts";

const PREFIX = "unwired_";

export function hole(type: string): string {
  return PREFIX + type.replace(/[^a-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
}

/** What to do about a hole that a diagnostic is about. */
export function holeAdvice({ message }: Diagnostic): string | undefined {
  const name = /^Unbound value (\w+)/.exec(message)?.[1];
  return name?.startsWith(PREFIX) === true ? `A device of type ${name.slice(PREFIX.length)} is missing here: draw a wire to the port on the canvas, or name a device.` : undefined;
}
