/** Trees of OCaml libraries as they come from folders and archives, and as they go into exported projects. */
import type { LibraryTree } from "../../compiler-worker/api.ts";
import { bytesToBinary } from "../../compiler-worker/packages/archive/common.ts";
import { unpackArchive } from "../../compiler-worker/packages/archive/unpack.ts";
import { joinPath } from "../../compiler-worker/packages/file-tree.ts";
import type { IncomingFile } from "./archive.ts";

/** Files that say that a folder holds a library rather than sources of a program. */
const DESCRIPTIONS = /(^|\/)(dune|dune-project|dune-package|META|opam|[^/]+\.opam|[^/]+\.install)$/;

export function isLibrary(files: readonly IncomingFile[]): boolean {
  return files.some((file) => DESCRIPTIONS.test(file.path)) && files.some((file) => /\.mli?$/.test(file.path));
}

/** Paths as bytes, which is how the compiler has them. */
function pathBytes(path: string): string {
  return bytesToBinary(new TextEncoder().encode(path));
}

/** A tree of what lies below `root`, which ends in a slash or is empty. */
export function libraryTree(name: string, files: readonly IncomingFile[], root: string): LibraryTree {
  const below = files.filter((file) => file.path.startsWith(root));
  return { id: crypto.randomUUID(), name, files: Object.fromEntries(below.map((file) => [pathBytes(file.path.slice(root.length)), bytesToBinary(file.bytes)])) };
}

/** The tree in an archive. Throws `ArchiveError`. */
export function archiveTree(name: string, bytes: Uint8Array): LibraryTree {
  return libraryTree(name, readArchive(name, bytes).files, "");
}

/** All files of an archive of any known kind, and what was left out of them. Throws `ArchiveError`. */
export function readArchive(name: string, bytes: Uint8Array): { readonly files: IncomingFile[]; readonly notes: readonly string[] } {
  const { tree, notes } = unpackArchive(name, bytes);
  const files: IncomingFile[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const listing = tree.list(folder);
    for (const file of listing?.files ?? []) {
      const path = joinPath(folder, file);
      files.push({ path: pathText(path), bytes: binaryToBytes(tree.read(path) ?? "") });
    }
    for (const inner of listing?.folders ?? []) folders.push(joinPath(folder, inner));
  }
  return { files, notes };
}

/** A path of an archive as text; bytes that are no UTF-8 are replaced. */
function pathText(path: string): string {
  return new TextDecoder().decode(binaryToBytes(path));
}

export function binaryToBytes(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The files of a tree, below a folder. */
export function treeFiles(tree: LibraryTree, folder: string): IncomingFile[] {
  return Object.entries(tree.files).map(([path, text]) => ({ path: `${folder}/${pathText(path)}`, bytes: binaryToBytes(text) }));
}
