// `npm run build`: the studio in dist/, the command line in dist/cli/morgana.mjs.
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
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

/** The command line alone: one file, with the library in one file beside it. It works without the library's code, only slower. */
export async function buildCommandLine() {
  const esbuild = await import("esbuild");
  const { readLibraryArchive } = await import("./library-archive.mjs");
  mkdirSync(`${root}dist/cli`, { recursive: true });
  // What an earlier compiler made is not this one's.
  rmSync(`${root}dist/cli/${LIBRARY_CODE}`, { force: true });
  writeFileSync(`${root}dist/cli/library.json`, JSON.stringify(readLibraryArchive()));
  await esbuild.build({
    entryPoints: [`${root}compiler-worker/cli.ts`],
    outfile: `${root}dist/cli/morgana.mjs`,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  chmodSync(`${root}dist/cli/morgana.mjs`, 0o755);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes("--cli-only")) await buildCommandLine();
  else await buildAll();
}
