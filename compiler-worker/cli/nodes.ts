/** `morgana nodes` and `morgana packages`: what the library has. */
import { findModuleOf } from "../composition/composition.ts";
import { hasErrors } from "../driver.ts";
import { TypingSession } from "../typing/session.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { DONE, INPUT_ERROR } from "./exit-codes.ts";
import { libraryFor, PACKAGE_OPTIONS, readInputs } from "./packages.ts";
import { compositionContext } from "./project.ts";
import { print } from "./output.ts";
import { bytesToText, reportDiagnostics } from "./report.ts";

export function nodes(args: readonly string[]): number {
  const given = parseArguments("nodes", args, [{ name: "--json" }]);
  if (given.positional.length > 0) throw new UsageError("nodes: no arguments are expected");
  const { context, library } = compositionContext();
  const session = new TypingSession(library);
  const records = [...context.devices.values()].map((device) => {
    const { module, error } = findModuleOf(session, device, library);
    return { ...device, inputs: module?.inputs ?? [], output: module?.output, ...(error === undefined ? {} : { error }) };
  });
  if (given.flag("--json")) print(bytesToText(`${JSON.stringify(records, null, 2)}\n`));
  else
    for (const { id, summary, inputs } of records) {
      const ports = inputs.map((p) => `${p.name} : ${p.typeName}`).join(", ");
      print(bytesToText(`${id.padEnd(18)} ${summary}${ports === "" ? "" : `\n${" ".repeat(19)}ports: ${ports}`}\n`));
    }
  return DONE;
}

/** The library's packages and those of folders, archives and `--package` options, with their licences. */
export function packages(args: readonly string[]): number {
  const given = parseArguments("packages", args, [{ name: "--json" }, ...PACKAGE_OPTIONS]);
  const inputs = readInputs("packages", given.positional);
  if (inputs.project !== undefined || inputs.files.length > 0) throw new UsageError(`packages: ${inputs.project ?? inputs.files[0]}: folders and archives of libraries are expected`);
  const { library, unusable } = libraryFor(given, inputs.trees, { linking: false, isAlone: true });
  const all = [...library.packages.values()].map(({ name, origin, version, licence, libraries, units }) => ({ name, origin, version: version ?? null, licence: licence?.text ?? null, libraries, modules: units }));
  const problems = [...library.diagnostics, ...unusable];
  reportDiagnostics(problems, given.flag("--json"));
  if (given.flag("--json")) print(`${JSON.stringify(all, null, 2)}\n`);
  else for (const p of all) print(bytesToText(`${p.name.padEnd(18)} ${(p.licence ?? "licence not told").padEnd(8)} ${p.modules.filter((m) => !m.includes("__")).join(" ") || `${p.modules.length} modules`}\n`));
  return hasErrors(library.diagnostics) ? INPUT_ERROR : DONE;
}
