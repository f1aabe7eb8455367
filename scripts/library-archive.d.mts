import type { LibraryArchive } from "../compiler-worker/packages/library.ts";

export function readLibraryArchive(): LibraryArchive;
export function readTemplates(): { name: string; files: Record<string, string> }[];
