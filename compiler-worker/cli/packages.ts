/** Libraries that a command brings: `--package NAME --package-path DIR`. */
import { existsSync, statSync } from "node:fs";
import { Library, OwnPackages } from "../packages/library.ts";
import { installedSource, resolveLibraries, type LibrarySource } from "../packages/resolve.ts";
import { UsageError, type Arguments, type OptionSpec } from "./arguments.ts";
import { readArchive } from "./files.ts";
import { FolderTree } from "./folder-tree.ts";

export const PACKAGE_OPTIONS: readonly OptionSpec[] = [
  { name: "--package", short: "-p", value: "the name of a library, such as re or lwt.unix" },
  { name: "--package-path", short: "-P", value: "a folder of installed packages, such as /usr/lib/ocaml" },
];

/** The library with what the command's options add; problems are among its diagnostics. */
export function libraryFor(given: Arguments, linking: boolean): { readonly library: Library; readonly named: readonly string[] } {
  const own = new OwnPackages(readArchive());
  const sources = given.values("--package-path").map((path): LibrarySource => {
    if (!existsSync(path) || !statSync(path).isDirectory()) throw new UsageError(`--package-path ${path}: there is no such folder`);
    return installedSource(new FolderTree(path));
  });
  const named = given.values("--package").flatMap((names) => names.split(",").filter((name) => name !== ""));
  const resolution = resolveLibraries(named.map((name) => ({ name, place: undefined })), sources, own, linking);
  return { library: new Library(own, resolution), named };
}
