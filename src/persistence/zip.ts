/** Zip archives as projects are exported; archives of all kinds are read by the compiler's `packages/archive/`. */
import { zipSync } from "fflate";

export interface ZipEntry {
  /** With `/` between folders; no folder entries. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Writes an archive; the same entries give the same bytes on every machine and day. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  return zipSync(Object.fromEntries(entries.map((entry) => [entry.path, entry.bytes])), { level: 9, mtime: new Date(1980, 0, 1) });
}
