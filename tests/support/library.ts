/** The library as tests need it: read once a process. */
import { Library } from "../../compiler-worker/packages/library.ts";
import { readLibraryArchive } from "../../scripts/library-archive.mjs";

let library: Library | undefined;

export function testLibrary(): Library {
  library ??= new Library(readLibraryArchive());
  return library;
}
