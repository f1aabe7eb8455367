/** Libraries besides Morgana's own that a MirageOS project uses: those in its folder (`~local_libs`) and the packages it asks for. */
import { MemoryTree } from "../../packages/file-tree.ts";
import type { Library } from "../../packages/library.ts";
import type { OwnLibraries } from "../../packages/resolve.ts";
import { SourceTree } from "../../packages/source-tree.ts";
import type { SourceFile } from "../../syntax/diagnostics.ts";
import { finding, type Finding, type Place } from "../findings.ts";
import { CONFIG_FILE } from "./evaluate.ts";
import type { Configuration } from "./model.ts";

/** Folders that tools made: dune, opam, opam-monorepo (the sources of packages), version control. */
export const FOLDERS_OF_TOOLS: ReadonlySet<string> = new Set(["_build", ".git", ".hg", "node_modules", "duniverse", "_opam"]);
/** What `mirage configure` writes: its dune files are about MirageOS's own way to build. */
const WRITTEN_BY_CONFIGURE = /^(dune|dune-project|dune-workspace|dune\.(build|config|dist)|dist\/.*|mirage\/.*)$/;

/**
 * The libraries that the project's own folders define with dune files, when its configuration names any. `files` are all of the
 * project's by path.
 */
export function localLibraries(files: Readonly<Record<string, string>>, configuration: Configuration): SourceTree | undefined {
  if (configuration.localLibraries.length === 0) return undefined;
  const isOfLibraries = (path: string): boolean => !WRITTEN_BY_CONFIGURE.test(path) && !path.split("/").some((name) => FOLDERS_OF_TOOLS.has(name));
  return new SourceTree(new MemoryTree("", new Map(Object.entries(files).filter(([path]) => isOfLibraries(path)))));
}

/** Libraries that the configuration's packages have and Morgana has not, by findlib's names. */
export function requestedLibraries(configuration: Configuration, own: OwnLibraries): readonly string[] {
  const isOwn = (name: string): boolean => own.packageOf(name) !== undefined || own.packageOf(name.split(".")[0]!) !== undefined;
  return [...new Set(configuration.packages.flatMap((p) => p.libraries))].filter((name) => !isOwn(name));
}

/**
 * What is to be said of libraries that the configuration names and nothing has: an error for the project's own; for packages a
 * warning, since what the project uses of them tells whether it matters (a ppx, say, or a package that only others need).
 * `local` is the tree of the project's own, `library` all that was brought.
 */
export function missingLibraries(config: SourceFile, configuration: Configuration, local: SourceTree | undefined, library: Library, own: OwnLibraries): readonly Finding[] {
  const ofProject = configuration.localLibraries
    .filter((name) => local?.has(name) !== true)
    .map((name) => finding("error", placeOfName(config, name), `The project has no library ${name}: no dune file in its folders has (library (name ${name})).`));
  const requested = requestedLibraries(configuration, own)
    // The packages of MirageOS's own devices are not written: what they would hold is Morgana's.
    .filter((name) => local?.has(name) !== true && !library.packages.has(name) && isWritten(config, name.split(".")[0]!))
    .map((name) => finding("warning", placeOfName(config, name.split(".")[0]!), `There is no package ${name} here: Morgana's library does not have it, and no folder that was given does. With --package-path DIR it is taken from where packages are installed.`));
  return [...ofProject, ...requested];
}

const isWritten = (config: SourceFile, name: string): boolean => config.text.includes(`"${name}"`);

/** The first string of the configuration that is this name. */
function placeOfName(config: SourceFile, name: string): Place {
  const start = config.text.indexOf(`"${name}"`);
  return start < 0 ? { file: CONFIG_FILE } : { location: { file: config, start, end: start + name.length + 2, ghost: false } };
}
