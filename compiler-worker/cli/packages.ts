/** Libraries that a command brings: folders and archives among its arguments, and `--package NAME --package-path DIR`. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FILE } from "../composition/project.ts";
import { ArchiveError } from "../packages/archive/common.ts";
import { ARCHIVE_NAME, unpackArchive } from "../packages/archive/unpack.ts";
import { duneProgramRunner } from "../dune-programs.ts";
import { bringLibraries, type Brought } from "../packages/bring.ts";
import type { ProgramRunner } from "../packages/dune-folders.ts";
import { OwnPackages } from "../packages/library.ts";
import { installedSource, type LibrarySource } from "../packages/resolve.ts";
import { SourceTree } from "../packages/source-tree.ts";
import { UsageError, type Arguments, type OptionSpec } from "./arguments.ts";
import { readArchive } from "./files.ts";
import { FolderTree } from "./folder-tree.ts";
import { bytesToText } from "./report.ts";
import { printError } from "./output.ts";

export const PACKAGE_OPTIONS: readonly OptionSpec[] = [
  { name: "--package", short: "-p", value: "the name of a library, such as re or lwt.unix" },
  { name: "--package-path", short: "-P", value: "a folder of installed packages, such as /usr/lib/ocaml" },
];

/** A command's arguments: a project's folder, OCaml files, and what libraries come from. */
export interface Inputs {
  readonly project: string | undefined;
  readonly files: readonly string[];
  /** Folders and archives of sources. */
  readonly trees: readonly string[];
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Tells a project's folder, the folders and archives of libraries, and OCaml files apart. Throws `UsageError`. */
export function readInputs(command: string, positional: readonly string[]): Inputs {
  const folders = positional.filter(isDirectory);
  const isProject = (folder: string): boolean => existsSync(join(folder, PROJECT_FILE));
  const projects = folders.filter(isProject);
  const archives = positional.filter((path) => !folders.includes(path) && ARCHIVE_NAME.test(path));
  for (const path of archives) if (!existsSync(path)) throw new UsageError(`${command}: ${path}: there is no such file`);
  const files = positional.filter((path) => !folders.includes(path) && !archives.includes(path));
  if (projects.length > 1) throw new UsageError(`${command}: ${projects.join(" and ")} are projects, and one is built at a time`);
  if (projects.length > 0 && files.length > 0) throw new UsageError(`${command}: ${projects[0]} is a project: its files are those in its folder, so ${files[0]} cannot be given beside it`);
  return { project: projects[0], files, trees: positional.filter((path) => archives.includes(path) || (folders.includes(path) && !isProject(path))) };
}

/** Reads a folder or an archive of sources. What is left out of an archive is told on standard error. Throws `UsageError`. */
export function readTree(path: string, runner: ProgramRunner): SourceTree {
  if (isDirectory(path)) return new SourceTree(new FolderTree(path), runner);
  try {
    const { tree, notes } = unpackArchive(Buffer.from(path, "utf8").toString("latin1"), readFileSync(path));
    for (const note of notes) printError(bytesToText(`${path}: ${note}\n`));
    return new SourceTree(tree, runner);
  } catch (error) {
    if (error instanceof ArchiveError) throw new UsageError(bytesToText(`${path}: this archive is refused: ${error.message}`));
    throw error;
  }
}

export interface BroughtByCommand {
  readonly linking: boolean;
  /** Names of libraries besides those of the options. */
  readonly packages?: readonly string[];
  /** The trees are all that the command is given, so they should be libraries. */
  readonly isAlone?: boolean;
  /** Morgana's own packages, if they were read already. */
  readonly own?: OwnPackages;
  /** Libraries in a project's own folder. */
  readonly local?: SourceTree | undefined;
  /** Libraries that are used if they are found; that they are not is said by who asks for them. */
  readonly requested?: readonly string[];
  /** Where libraries are looked for that are found nowhere else. */
  readonly fallbacks?: readonly LibrarySource[];
}

/** The library with what a command's arguments, and a project's manifest, add. Throws `UsageError`. */
export function libraryFor(given: Arguments, trees: readonly string[], by: BroughtByCommand): Brought {
  return librariesFor(given, trees, by).brought;
}

/** As `libraryFor`; `bring` brings libraries of these names alone, from the same places. */
export function librariesFor(given: Arguments, trees: readonly string[], by: BroughtByCommand): { readonly brought: Brought; readonly bring: (names: readonly string[]) => Brought } {
  const { linking, packages = [], isAlone = false, own = new OwnPackages(readArchive()), local, requested = [], fallbacks = [] } = by;
  const runner = duneProgramRunner(() => own);
  const sources: LibrarySource[] = [];
  for (const path of given.values("--package-path")) {
    if (!isDirectory(path)) throw new UsageError(`--package-path ${path}: there is no such folder`);
    const tree = new FolderTree(path);
    sources.push(installedSource(tree));
    // A folder of sources instead of installed packages.
    if (["dune-project", "dune"].some((name) => existsSync(join(path, name)) && !isDirectory(join(path, name)))) sources.push(new SourceTree(tree, runner));
  }
  const names = [...given.values("--package"), ...packages].flatMap((list) => list.split(",").filter((name) => name !== ""));
  const read = trees.map((path) => readTree(path, runner));
  const undescribed = read.find((tree) => !tree.isDescribed);
  if (undescribed !== undefined && isAlone) throw new UsageError(`${undescribed.name}: there is no ${PROJECT_FILE} in this folder, nor a dune, META or opam file that tells of libraries`);
  const all = local === undefined ? read : [local, ...read];
  return {
    brought: bringLibraries({ own, trees: all, sources: [...sources, ...fallbacks], names, requested, linking }),
    bring: (only) => bringLibraries({ own, trees: [], sources: [...all, ...sources, ...fallbacks], names: only, linking }),
  };
}
