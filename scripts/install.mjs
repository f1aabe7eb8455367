// Brings what the project's commands need: npm packages as locked, and Debian packages for the tests.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs `npm ci` when `node_modules` is missing or was made from another lock file. */
export function installNpmPackages() {
  const lock = `${root}package-lock.json`;
  const installed = `${root}node_modules/.package-lock.json`;
  if (existsSync(installed) && sameLock(lock, installed)) return;
  console.log("Installing npm packages (npm ci) …");
  execFileSync("npm", ["ci", "--no-fund", "--no-audit"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}

/** npm's record of what it installed lists every locked package except the root and optional ones of other platforms. */
function sameLock(lockFile, installedFile) {
  const wanted = JSON.parse(readFileSync(lockFile, "utf8")).packages;
  const present = JSON.parse(readFileSync(installedFile, "utf8")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.optional || entry.devOptional) continue;
    if (present[path]?.version !== entry.version) return false;
  }
  return true;
}

/** System programs that the tests use, with the Debian package that brings each and what is skipped without it. */
export const systemPrograms = [
  { program: "qemu-system-x86_64", package: "qemu-system-x86", needed: "booting images" },
  { program: "chromium", package: "chromium", needed: "the studio's browser tests" },
  { program: "ocamlfind", package: "ocaml-findlib", needed: "tests that read Debian's OCaml libraries" },
  { program: "menhir", package: "menhir", needed: "tests of what parser generators write" },
];

/** OCaml libraries that programs in the tests use as they are, where Debian installs them. */
const ocamlLibraries = ["angstrom", "base", "base64", "bitstring", "cstruct", "domain-name", "eqaf", "ipaddr", "lwt", "menhir", "parsexp", "pprint", "re", "sexplib", "stdio", "yojson"];

/** What the tests use and is not there. */
export function missingPrograms() {
  const programs = systemPrograms.filter(({ program }) => spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status !== 0);
  const libraries = ocamlLibraries.filter((name) => !existsSync(`/usr/lib/ocaml/${name}/META`));
  return [...programs, ...libraries.map((name) => ({ program: `the OCaml library ${name}`, package: `lib${name}-ocaml-dev`, needed: `tests of libraries as they are, as far as they use ${name}` }))];
}

/** Installs missing system packages with apt when it may; says exactly what stays missing. */
export function installSystemPackages() {
  let missing = missingPrograms();
  if (missing.length === 0) return missing;
  const names = missing.map((item) => item.package);
  const mayInstall = process.getuid?.() === 0 && spawnSync("sh", ["-c", "command -v apt-get"], { stdio: "ignore" }).status === 0;
  if (mayInstall) {
    console.log(`Installing system packages: ${names.join(" ")} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const options = { env, stdio: ["ignore", "ignore", "inherit"] };
    spawnSync("apt-get", ["update", "-qq"], options);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], options);
    missing = missingPrograms();
  }
  for (const item of missing) console.log(`Missing: ${item.program} (Debian package ${item.package}); without it these tests are skipped: ${item.needed}.`);
  if (missing.length > 0 && !mayInstall) console.log(`To install: sudo apt-get install ${missing.map((item) => item.package).join(" ")}`);
  return missing;
}
