// `npm run build`: the studio in dist/, the command line in dist/cli/morgana.mjs.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { installNpmPackages, root } from "./install.mjs";
import { LIBRARY_CODE } from "./library-code.mjs";

export async function buildAll() {
  installNpmPackages();
  const vite = await import("vite");
  await vite.build({ root, logLevel: "warn" });
  await buildCommands();
  copyFileSync(`${root}dist/${LIBRARY_CODE}`, `${CLI}/${LIBRARY_CODE}`);
  await keepCode();
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

const CLI = `${root}dist/cli`;
/** The module of the command line's commands, beside its front door. */
const COMMANDS = `${CLI}/commands.cjs`;

/** Bundles a program of the command line to one text. */
async function bundle(entry, options) {
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({ entryPoints: [`${root}compiler-worker/${entry}`], bundle: true, write: false, platform: "node", target: "node20", logLevel: "warning", ...options });
  return outputFiles[0].text;
}

/**
 * The command line alone: its front door, its commands, and the library in one file beside them. It works without the library's code and
 * V8's, only slower. One that is there already is left alone, with its code.
 */
export async function buildCommandLine() {
  await buildCommands();
  await keepCode();
}

async function buildCommands() {
  const { readLibraryArchive } = await import("./library-archive.mjs");
  const texts = {
    "morgana.mjs": await bundle("cli.ts", { format: "esm" }),
    "commands.cjs": await bundle("cli/commands.ts", { format: "cjs", banner: { js: 'const moduleAddress = require("node:url").pathToFileURL(__filename);' }, define: { "import.meta.url": "moduleAddress" } }),
    "library.json": JSON.stringify(readLibraryArchive()),
  };
  mkdirSync(CLI, { recursive: true });
  const isNew = Object.entries(texts).map(([name, text]) => replaceFile(`${CLI}/${name}`, text, name === "morgana.mjs" ? 0o755 : 0o644));
  // What an earlier compiler made is not this one's.
  if (isNew.includes(true)) for (const name of [LIBRARY_CODE, basename(KEPT_CODE)]) rmSync(`${CLI}/${name}`, { force: true });
}

const KEPT_CODE = `${COMMANDS}.v8`;

/** Leaves V8's code for what commands call beside them (`cli/kept-code.ts`), unless it is there. */
async function keepCode() {
  if (existsSync(KEPT_CODE)) return;
  mkdirSync(`${root}.cache`, { recursive: true });
  const folder = mkdtempSync(`${root}.cache/keep-code-`);
  try {
    const program = `${folder}/keep-code.mjs`;
    writeFileSync(program, await bundle("cli/keep-code.ts", { format: "esm" }));
    const hello = `${root}public/templates/hello`;
    const commands = [["build", hello, "-o", `${folder}/hello.elf`], ["build", `${hello}/unikernel.ml`, "-o", `${folder}/hello`], ["check", hello]];
    const { status } = spawnSync(process.execPath, [program, COMMANDS, ...commands.map((c) => JSON.stringify(c))], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) throw new Error("The command line does not build the template hello.");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes("--cli-only")) await buildCommandLine();
  else await buildAll();
}
