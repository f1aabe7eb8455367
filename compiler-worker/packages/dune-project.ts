/** `dune-project` files: the project's name, version and licence, and its packages (dune's documentation, "dune-project"). */
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { Licence } from "./description.ts";
import { headOf, parseSexps, type Sexp } from "./sexp.ts";

export interface DuneProject {
  readonly file: SourceFile;
  /** `3.0` */
  readonly language: string | undefined;
  readonly version: string | undefined;
  readonly licence: Licence | undefined;
  /** Names of packages with what they declare themselves. */
  readonly packages: ReadonlyMap<string, { readonly synopsis: string | undefined }>;
}

function words(list: Sexp | undefined): string[] {
  return list?.kind === "list" ? list.items.slice(1).flatMap((item) => (item.kind === "atom" ? [item.value] : [])) : [];
}

/** Reads a `dune-project` file. Throws `SexpError` with the 1-based line. */
export function parseDuneProject(file: SourceFile): DuneProject {
  const stanzas = parseSexps(file.text);
  const find = (name: string): Sexp | undefined => stanzas.find((s) => headOf(s) === name);
  const licences = words(find("license"));
  const packages = new Map<string, { synopsis: string | undefined }>();
  for (const stanza of stanzas) {
    if (stanza.kind !== "list" || headOf(stanza) !== "package") continue;
    const name = words(stanza.items.find((item) => headOf(item) === "name"))[0];
    if (name !== undefined) packages.set(name, { synopsis: words(stanza.items.find((item) => headOf(item) === "synopsis"))[0] });
  }
  const project = words(find("name"))[0];
  if (project !== undefined && packages.size === 0) packages.set(project, { synopsis: words(find("synopsis"))[0] });
  return { file, language: words(find("lang"))[1], version: words(find("version"))[0], licence: licences.length === 0 ? undefined : { text: licences.join(" AND "), file: file.name }, packages };
}

/** The version of a package of the project's, which `%{version:PACKAGE}` means; undefined when it has no such package, or says no version. */
export function projectVersion(project: DuneProject | undefined, packageName: string): string | undefined {
  return project?.packages.has(packageName) === true ? project.version : undefined;
}
