/** The template hello: build time cold and warm in the browser and in Node, time of the whole command, size by part, instructions from the image's first one to its first byte of output. */
import { spawn, spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { THREAD_LIMITS, tuneEngine } from "../compiler-worker/cli/engine.ts";
import { buildAll } from "../scripts/build.mjs";
import { readLibraryArchive, readTemplates } from "../scripts/library-archive.mjs";
import { buildHelloInBrowser } from "./browser.ts";
import { buildHello, type HelloBuilds, type HelloInput } from "./hello-builds.ts";

/** What `npm run build` leaves for the command line. */
const CLI = "dist/cli/morgana.mjs";
const WHOLE_COMMANDS = 5;

async function helloInput(): Promise<HelloInput> {
  const template = readTemplates().find((t) => t.name === "hello");
  if (template === undefined) throw new Error("the template hello is missing");
  await buildAll();
  return { archive: readLibraryArchive(), files: template.files, code: readFileSync("dist/library-code.txt", "utf8") };
}

/** Milliseconds of whole commands, from the start of Node to its end. */
function wholeCommands(): number[] {
  const directory = mkdtempSync(join(tmpdir(), "morgana-bench-"));
  try {
    return Array.from({ length: WHOLE_COMMANDS }, () => {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, [CLI, "build", "public/templates/hello", "-o", join(directory, "hello.elf")], { stdio: ["ignore", "ignore", "inherit"] });
      if (status !== 0) throw new Error("the command failed");
      return performance.now() - start;
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** In a thread such as the command line has. */
async function buildHelloInThread(input: HelloInput): Promise<HelloBuilds> {
  tuneEngine();
  const thread = new Worker(new URL(import.meta.url), { argv: ["hello"], workerData: input, resourceLimits: THREAD_LIMITS });
  return new Promise((resolve, reject) => thread.once("message", resolve).once("error", reject));
}

function printTimes(place: string, { cold, stages, warm }: Pick<HelloBuilds, "cold" | "stages" | "warm">): void {
  const sorted = [...warm].sort((a, b) => a - b);
  console.log(`${place}: cold build ${cold.toFixed(0)} ms (${stages.map((s) => `${s.stage} ${s.milliseconds.toFixed(0)}`).join(", ")})`);
  console.log(`${place}: warm build ${sorted[sorted.length >> 1]!.toFixed(0)} ms (median of ${sorted.length}, from ${sorted[0]!.toFixed(0)} to ${sorted.at(-1)!.toFixed(0)})`);
}

export async function benchHello(): Promise<void> {
  if (!isMainThread) {
    parentPort!.postMessage(await buildHello(workerData as HelloInput));
    return;
  }
  const input = await helloInput();
  const inBrowser = await buildHelloInBrowser(input);
  if (inBrowser === undefined) console.log("in the browser's worker: not measured, chromium is missing");
  else printTimes("in the browser's worker", inBrowser);
  const builds = await buildHelloInThread(input);
  printTimes("in a thread of Node", builds);
  const whole = wholeCommands().sort((a, b) => a - b);
  console.log(`on the command line: ${whole[whole.length >> 1]!.toFixed(0)} ms with Node's start (median of ${whole.length}, from ${whole[0]!.toFixed(0)} to ${whole.at(-1)!.toFixed(0)})`);
  const { image, unpackedBytes, parts } = builds;
  console.log(`image ${image.length} bytes, unpacked ${unpackedBytes}: ${parts.map((p) => `${p.name} ${p.bytes}`).join(", ")}`);
  if (spawnSync("qemu-system-x86_64", ["--version"]).status !== 0) console.log("instructions: not counted, qemu-system-x86_64 is missing");
  else console.log(`instructions from the image's first to its first byte of output: ${await instructionsToFirstOutput(image)}`);
}

/** First address that images occupy. */
const IMAGE_START = 0x10_0000n;
const IMAGE_LIMIT = 0x100_0000n;

/**
 * Boots the image one instruction at a time and counts those between its first and the first byte that goes to the serial port's data
 * register (when the divisor latch is off).
 */
async function instructionsToFirstOutput(image: Uint8Array): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "morgana-bench-"));
  try {
    const kernel = join(directory, "hello.elf");
    const log = join(directory, "trace.log");
    writeFileSync(kernel, image);
    const qemu = spawn("qemu-system-x86_64", ["-accel", "tcg", "-M", "microvm", "-m", "32", "-display", "none", "-serial", "stdio", "-no-reboot", "-kernel", kernel, "-singlestep", "-d", "exec,nochain,trace:serial_write", "-D", log], { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise<void>((resolve, reject) => {
      qemu.stdout.once("data", () => {
        qemu.kill("SIGKILL");
      });
      qemu.once("exit", () => resolve());
      qemu.once("error", reject);
    });
    let count = 0;
    let divisorLatch = false;
    for await (const line of createInterface({ input: createReadStream(log) })) {
      if (line.startsWith("Trace ")) {
        const pc = BigInt(`0x${/\[[0-9a-f]+\/([0-9a-f]+)\//.exec(line)?.[1] ?? "0"}`);
        if (count > 0 || (pc >= IMAGE_START && pc < IMAGE_LIMIT)) count++;
        continue;
      }
      const write = /serial_write write addr 0x0([0-7]) val 0x([0-9a-f]+)/.exec(line);
      if (write === null) continue;
      if (write[1] === "3") divisorLatch = (parseInt(write[2]!, 16) & 0x80) !== 0;
      else if (write[1] === "0" && !divisorLatch) return count;
    }
    throw new Error("the image wrote nothing");
  } finally {
    rmSync(directory, { recursive: true });
  }
}
