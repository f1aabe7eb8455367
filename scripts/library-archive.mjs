// Gathers public/library/ into one archive (compiler-worker/packages/library.ts: LibraryArchive).
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "./install.mjs";

const WANTED = /^(dune|nodes\.json|.*\.mli?)$/;

/** The library with its packages and files sorted by name; texts hold one code unit a byte. */
export function readLibraryArchive() {
  const folder = `${root}public/library`;
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const packages = names.map((name) => {
    const files = {};
    for (const file of readdirSync(`${folder}/${name}`).filter((item) => WANTED.test(item)).sort()) {
      files[file] = readFileSync(`${folder}/${name}/${file}`, "latin1");
    }
    return { name, files };
  });
  return { digest: createHash("sha256").update(JSON.stringify(packages)).digest("hex"), packages };
}

/** Ready projects: public/templates/<name>/, each a morgana.json with its sources, or a MirageOS project. */
export function readTemplates() {
  const folder = `${root}public/templates`;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      name,
      files: Object.fromEntries(
        readdirSync(`${folder}/${name}`, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(`${folder}/${name}`, `${entry.parentPath}/${entry.name}`).replaceAll("\\", "/"))
          .sort()
          .map((file) => [file, readFileSync(`${folder}/${name}/${file}`, "utf8")]),
      ),
    }));
}
