/** `morgana nodes` and `morgana packages`: what the library has. */
import { findModuleOf } from "../composition/composition.ts";
import { TypingSession } from "../typing/session.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { DONE } from "./exit-codes.ts";
import { readLibrary } from "./files.ts";
import { compositionContext } from "./project.ts";
import { bytesToText } from "./report.ts";

export function nodes(args: readonly string[]): number {
  const given = parseArguments("nodes", args, [{ name: "--json" }]);
  if (given.positional.length > 0) throw new UsageError("nodes: no arguments are expected");
  const { context, library } = compositionContext();
  const session = new TypingSession(library);
  const records = [...context.devices.values()].map((device) => {
    const { module, error } = findModuleOf(session, device, library);
    return { ...device, inputs: module?.inputs ?? [], output: module?.output, ...(error === undefined ? {} : { error }) };
  });
  if (given.flag("--json")) process.stdout.write(bytesToText(`${JSON.stringify(records, null, 2)}\n`));
  else
    for (const { id, summary, inputs } of records) {
      const ports = inputs.map((p) => `${p.name} : ${p.typeName}`).join(", ");
      process.stdout.write(bytesToText(`${id.padEnd(18)} ${summary}${ports === "" ? "" : `\n${" ".repeat(19)}ports: ${ports}`}\n`));
    }
  return DONE;
}

export function packages(args: readonly string[]): number {
  const given = parseArguments("packages", args, [{ name: "--json" }]);
  if (given.positional.length > 0) throw new UsageError("packages: no arguments are expected");
  const all = [...readLibrary().packages.values()].map(({ name, libraries, units }) => ({ name, libraries, modules: units }));
  if (given.flag("--json")) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  else for (const p of all) process.stdout.write(`${p.name.padEnd(18)} ${p.modules.filter((m) => !m.includes("__")).join(" ") || `${p.modules.length} modules`}\n`);
  return DONE;
}
