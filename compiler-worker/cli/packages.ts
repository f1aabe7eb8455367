/** Libraries that a command brings: folders and archives among its arguments, and `--package NAME --package-path DIR`. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FILE } from "../composition/project.ts";
import { Library, OwnPackages } from "../packages/library.ts";
import { installedSource, resolveLibraries, type LibrarySource, type Wanted } from "../packages/resolve.ts";
import { SourceTree } from "../packages/source-tree.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { UsageError, type Arguments, type OptionSpec } from "./arguments.ts";
import { readArchive } from "./files.ts";
import { FolderTree } from "./folder-tree.ts";

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
  const files = positional.filter((path) => !folders.includes(path));
  if (projects.length > 1) throw new UsageError(`${command}: ${projects.join(" and ")} are projects, and one is built at a time`);
  if (projects.length > 0 && files.length > 0) throw new UsageError(`${command}: ${projects[0]} is a project: its files are those in its folder, so ${files[0]} cannot be given beside it`);
  return { project: projects[0], files, trees: folders.filter((f) => !isProject(f)) };
}

export interface Brought {
  readonly library: Library;
  /** Libraries that were named, or that the folders and archives define. */
  readonly named: readonly string[];
  /** What is wrong with libraries that the folders and archives define; it matters when a program reaches them. */
  readonly unusable: readonly Diagnostic[];
}

/** The library with what the command's arguments add; problems are among its diagnostics. */
export function libraryFor(given: Arguments, trees: readonly string[], linking: boolean): Brought {
  const own = new OwnPackages(readArchive());
  const brought = trees.map((path) => new SourceTree(new FolderTree(path)));
  const sources: LibrarySource[] = [...brought];
  for (const path of given.values("--package-path")) {
    if (!isDirectory(path)) throw new UsageError(`--package-path ${path}: there is no such folder`);
    const tree = new FolderTree(path);
    sources.push(installedSource(tree));
    // A folder of sources instead of installed packages.
    if (["dune-project", "dune"].some((name) => existsSync(join(path, name)))) sources.push(new SourceTree(tree));
  }
  const named = given.values("--package").flatMap((names) => names.split(",").filter((name) => name !== ""));
  const wanted: Wanted[] = named.map((name) => ({ name, place: undefined }));
  // Without names, all libraries of the trees are at hand, apart from those that a program chooses by name.
  const offered = brought.flatMap((tree) => tree.names().filter((name) => !linking || !tree.isImplementation(name)));
  wanted.push(...offered.map((name): Wanted => ({ name, place: undefined, optional: true })));
  const resolution = resolveLibraries(wanted, sources, own, linking);
  const unusable = [...brought.flatMap((tree) => tree.problems), ...resolution.unusable.flatMap((u) => u.reasons)];
  return { library: new Library(own, resolution), named: named.length > 0 ? named : offered, unusable };
}
