// `npm run build`: the studio in dist/, the command line in dist/cli/morgana.mjs.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { installNpmPackages, root } from "./install.mjs";
import { LIBRARY_CODE } from "./library-code.mjs";

export async function buildAll() {
  installNpmPackages();
  const vite = await import("vite");
  await vite.build({ root, logLevel: "warn" });
  await buildCommandLine();
  copyFileSync(`${root}dist/${LIBRARY_CODE}`, `${root}dist/cli/${LIBRARY_CODE}`);
}

/** Whether the file was another one. Who reads it at the same time finds it whole. */
function replaceFile(path, text, mode) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return false;
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  chmodSync(temporary, mode);
  renameSync(temporary, path);
  return true;
}

/**
 * The command line alone: one file, with the library in one file beside it. It works without the library's code, only slower. One that is
 * there already is left alone, with its code.
 */
export async function buildCommandLine() {
  const esbuild = await import("esbuild");
  const { readLibraryArchive } = await import("./library-archive.mjs");
  const { outputFiles } = await esbuild.build({
    entryPoints: [`${root}compiler-worker/cli.ts`],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  mkdirSync(`${root}dist/cli`, { recursive: true });
  const isNew = [replaceFile(`${root}dist/cli/morgana.mjs`, outputFiles[0].text, 0o755), replaceFile(`${root}dist/cli/library.json`, JSON.stringify(readLibraryArchive()), 0o644)];
  // What an earlier compiler made is not this one's.
  if (isNew.includes(true)) rmSync(`${root}dist/cli/${LIBRARY_CODE}`, { force: true });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes("--cli-only")) await buildCommandLine();
  else await buildAll();
}
