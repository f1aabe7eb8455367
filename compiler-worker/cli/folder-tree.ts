/** A folder of the file system as a tree that packages are read from. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import type { FileTree, FolderListing } from "../packages/file-tree.ts";

/** Names are read as bytes, like texts: a name need not be UTF-8. */
function fromName(name: string): Buffer {
  return Buffer.from(name, "latin1");
}

/** Whatever cannot be read (permissions, a link to nowhere) is not there. */
export class FolderTree implements FileTree {
  readonly name: string;
  readonly #root: Buffer;
  readonly #listings = new Map<string, FolderListing | undefined>();

  constructor(path: string) {
    this.name = Buffer.from(path.length > 1 ? path.replace(/\/+$/, "") : path, "utf8").toString("latin1");
    this.#root = Buffer.from(path, "utf8");
  }

  #path(path: string): Buffer {
    return path === "" ? this.#root : Buffer.concat([this.#root, Buffer.from("/"), fromName(path)]);
  }

  list(folder: string): FolderListing | undefined {
    if (!this.#listings.has(folder)) this.#listings.set(folder, this.#read(folder));
    return this.#listings.get(folder);
  }

  #read(folder: string): FolderListing | undefined {
    const files: string[] = [];
    const folders: string[] = [];
    try {
      for (const entry of readdirSync(this.#path(folder), { withFileTypes: true, encoding: "buffer" })) {
        const name = entry.name.toString("latin1");
        const path = folder === "" ? name : `${folder}/${name}`;
        if (entry.isFile()) files.push(name);
        else if (entry.isDirectory()) folders.push(name);
        else if (entry.isSymbolicLink()) this.#follow(path, name, files, folders);
      }
    } catch (error) {
      if (isSystemError(error)) return undefined;
      throw error;
    }
    return { files: files.sort(), folders: folders.sort() };
  }

  #follow(path: string, name: string, files: string[], folders: string[]): void {
    try {
      const target = statSync(this.#path(path));
      if (target.isFile()) files.push(name);
      else if (target.isDirectory()) folders.push(name);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  read(path: string): string | undefined {
    try {
      return readFileSync(this.#path(path), "latin1");
    } catch (error) {
      if (isSystemError(error)) return undefined;
      throw error;
    }
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}

