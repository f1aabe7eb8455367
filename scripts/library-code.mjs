// The code that comes with the compiler (compiler-worker/library-code.ts), from builds of the templates and of library-code/*.ml.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { root } from "./install.mjs";
import { readLibraryArchive, readTemplates } from "./library-archive.mjs";

const PROJECT_FILE = "morgana.json";

/** The name of the file beside the compiler, in the studio and on the command line. */
export const LIBRARY_CODE = "library-code.txt";

/** Its text. The compiler that makes it is the one of this checkout. */
export async function makeLibraryCode() {
  const esbuild = await import("esbuild");
  mkdirSync(`${root}.cache`, { recursive: true });
  const outfile = `${root}.cache/library-code.mjs`;
  await esbuild.build({ entryPoints: [`${root}compiler-worker/library-code.ts`], outfile, bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning" });
  const { libraryCode } = await import(`${outfile}?${Date.now()}`);
  const projects = readTemplates().map(({ files }) => files).filter((files) => PROJECT_FILE in files);
  const folder = `${root}scripts/library-code`;
  const programs = readdirSync(folder).sort().map((name) => ({ name, text: readFileSync(`${folder}/${name}`, "latin1") }));
  return libraryCode(readLibraryArchive(), projects, programs);
}
