// `npm test`: installs what is needed, type-checks, lints, builds, and runs all tests; ends in one line of totals.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { installNpmPackages, installSystemPackages, root } from "./install.mjs";

installNpmPackages();
const missing = installSystemPackages();

let failed = 0;
let passed = 0;
let skipped = 0;

function count(status) {
  if (status === 0) passed++;
  else failed++;
}

/** Runs a tool; its success counts as one passed test. */
function step(name, command, args) {
  console.log(`\n== ${name}`);
  count(spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).status);
}

/** The same beside others: what it prints is shown when it is done. */
async function stepBeside(name, command, args) {
  const tool = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const chunks = [];
  for (const stream of [tool.stdout, tool.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
  const status = await new Promise((resolve) => {
    tool.once("error", (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      resolve(undefined);
    });
    tool.once("close", resolve);
  });
  console.log(`\n== ${name}\n${Buffer.concat(chunks).toString()}`.trimEnd());
  count(status);
}

async function inTurn(steps) {
  for (const args of steps) await stepBeside(...args);
}

await Promise.all([
  inTurn([
    ["type check: compiler", "npx", ["tsc", "-p", "tsconfig.json"]],
    ["type check: studio", "npx", ["tsc", "-p", "tsconfig.studio.json"]],
  ]),
  inTurn([
    ["type check: command line, tests", "npx", ["tsc", "-p", "tsconfig.node.json"]],
    ["lint", "npx", ["eslint", "--max-warnings", "0", "."]],
  ]),
]);
// The studio first: it empties dist/, where the command line goes too.
step("build: studio, command line", process.execPath, ["scripts/build.mjs"]);

/** Runs vitest with a configuration and adds its totals. */
function runTests(name, config) {
  console.log(`\n== ${name}`);
  const report = `${root}test-results/${name.replaceAll(/[^a-z]+/g, "-")}.json`;
  mkdirSync(`${root}test-results`, { recursive: true });
  rmSync(report, { force: true });
  const run = spawnSync("npx", ["vitest", "run", "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  try {
    const totals = JSON.parse(readFileSync(report, "utf8"));
    passed += totals.numPassedTests;
    failed += totals.numFailedTests;
    skipped += totals.numPendingTests + totals.numTodoTests;
    if (run.status !== 0 && totals.numFailedTests === 0) failed++;
  } catch (error) {
    console.error(`The test runner left no report: ${error instanceof Error ? error.message : error}`);
    failed++;
  }
}

runTests("tests", "vitest.config.ts");
runTests("browser tests", "e2e/vitest.config.ts");
for (const item of missing) console.log(`Skipped, because ${item.program} is missing: ${item.needed}.`);

console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
