/** `morgana targets`: what images can be made for. */
import { imageTargets } from "../image/image.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { DONE } from "./exit-codes.ts";
import { print } from "./output.ts";

export function targets(args: readonly string[]): number {
  const given = parseArguments("targets", args, [{ name: "--json" }]);
  if (given.positional.length > 0) throw new UsageError("targets: no arguments are expected");
  if (given.flag("--json")) {
    const records = imageTargets.map(({ name, title, summary, suffix, bootCommand }) => ({ name, title, summary, suffix, bootCommand }));
    print(`${JSON.stringify(records, null, 2)}\n`);
  } else for (const t of imageTargets) print(`${t.name.padEnd(8)} ${t.summary}\n`);
  return DONE;
}
