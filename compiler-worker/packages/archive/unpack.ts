/** An archive of sources as a tree: what kind it is, its own bytes tell. */
import { MemoryTree } from "../file-tree.ts";
import { bunzip2, isBzip2 } from "./bzip2.ts";
import { ArchiveError, bytesToBinary, DEFAULT_LIMITS, type ArchiveContents, type ArchiveLimits } from "./common.ts";
import { gunzip, isGzip } from "./deflate.ts";
import { isTar, readTar } from "./tar.ts";
import { isZip, readZip } from "./zip.ts";

/** File names that are taken for archives, of those kinds too that are refused. */
export const ARCHIVE_NAME = /\.(zip|tar|tar\.gz|tgz|tar\.bz2|tbz|tbz2|tar\.xz|txz|tar\.zst|tar\.lz|7z|rar)$/i;

function contentsOf(data: Uint8Array, limits: ArchiveLimits): ArchiveContents {
  const tooLarge = (): ArchiveError => new ArchiveError(`it unpacks to more than ${Math.floor(limits.bytes / (1024 * 1024))} MiB, which no library needs: give an archive of the library's folder alone`);
  if (isZip(data)) return readZip(data, limits);
  let inner = data;
  // Headers, and the ends of files that fill blocks, come on top of what files hold.
  const limit = limits.bytes + limits.entries * 1024;
  if (isGzip(data)) inner = gunzip(data, limit, tooLarge);
  else if (isBzip2(data)) inner = bunzip2(data, limit, tooLarge);
  else if (data[0] === 0xfd && bytesToBinary(data.subarray(1, 5)) === "7zXZ") throw new ArchiveError("it is compressed by xz, which is not read here: unpack it, or pack it as .tar.gz");
  if (!isTar(inner)) throw new ArchiveError(inner === data ? "it is no archive that is known here: .zip, .tar, .tar.gz and .tbz are" : "what is compressed in it is no tar archive");
  return readTar(inner, limits);
}

/** Reads an archive; nothing of it is written anywhere. Throws `ArchiveError`. */
export function unpackArchive(name: string, data: Uint8Array, limits: ArchiveLimits = DEFAULT_LIMITS): { readonly tree: MemoryTree; readonly notes: readonly string[] } {
  const { entries, notes } = contentsOf(data, limits);
  return { tree: new MemoryTree(name, new Map(entries.map((e) => [e.path, bytesToBinary(e.bytes)]))), notes };
}
