/** `dune-project` files: the project's name, version and licence, and its packages (dune's documentation, "dune-project"). */
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { Licence } from "./description.ts";
import { OpamError, parseOpam } from "./opam.ts";
import { headOf, parseSexps, type Sexp } from "./sexp.ts";

export interface DuneProject {
  readonly file: SourceFile;
  /** `3.0` */
  readonly language: string | undefined;
  readonly version: string | undefined;
  readonly licence: Licence | undefined;
  /** Names of packages with what they declare themselves. */
  readonly packages: ReadonlyMap<string, ProjectPackage>;
}

export interface ProjectPackage {
  readonly synopsis: string | undefined;
  /** Its own, where it differs from the project's. */
  readonly version: string | undefined;
}

function words(list: Sexp | undefined): string[] {
  return list?.kind === "list" ? list.items.slice(1).flatMap((item) => (item.kind === "atom" ? [item.value] : [])) : [];
}

/** Reads a `dune-project` file with the opam files beside it, by their packages. Throws `SexpError` with the 1-based line. */
export function parseDuneProject(file: SourceFile, opamFiles: ReadonlyMap<string, SourceFile>): DuneProject {
  const stanzas = parseSexps(file.text);
  const find = (name: string): Sexp | undefined => stanzas.find((s) => headOf(s) === name);
  const licences = words(find("license"));
  const packages = new Map<string, ProjectPackage>();
  for (const stanza of stanzas) {
    if (stanza.kind !== "list" || headOf(stanza) !== "package") continue;
    const field = (name: string): string | undefined => words(stanza.items.find((item) => headOf(item) === name))[0];
    const name = field("name");
    if (name !== undefined) packages.set(name, { synopsis: field("synopsis"), version: field("version") });
  }
  const project = words(find("name"))[0];
  for (const [name, opam] of opamFiles) if (!packages.has(name)) packages.set(name, packageOfOpam(opam));
  if (project !== undefined && packages.size === 0) packages.set(project, { synopsis: words(find("synopsis"))[0], version: undefined });
  return { file, language: words(find("lang"))[1], version: words(find("version"))[0], licence: licences.length === 0 ? undefined : { text: licences.join(" AND "), file: file.name }, packages };
}

/** What an opam file says of its package; nothing when it cannot be read. */
function packageOfOpam(file: SourceFile): ProjectPackage {
  try {
    const { synopsis, version } = parseOpam(file.text);
    return { synopsis, version };
  } catch (error) {
    if (error instanceof OpamError) return { synopsis: undefined, version: undefined };
    throw error;
  }
}

/** The version of a package of the project's, which `%{version:PACKAGE}` means: empty when it says none. Undefined when the project has no such package. */
export function projectVersion(project: DuneProject | undefined, packageName: string): string | undefined {
  const found = project?.packages.get(packageName);
  return found === undefined ? undefined : (found.version ?? project?.version ?? "");
}
