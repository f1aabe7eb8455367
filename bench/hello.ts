/** The template hello: build time cold and warm, size by part, instructions from the image's first one to its first byte of output. */
import { spawn, spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { BuildResult, StudioProject } from "../compiler-worker/api.ts";
import { parseManifest, PROJECT_FILE } from "../compiler-worker/composition/project.ts";
import { Compiler } from "../compiler-worker/service/service.ts";
import { readLibraryArchive, readTemplates } from "../scripts/library-archive.mjs";

function helloProject(): StudioProject {
  const template = readTemplates().find((t) => t.name === "hello");
  if (template === undefined) throw new Error("the template hello is missing");
  const parsed = parseManifest(template.files[PROJECT_FILE]!);
  if (!parsed.ok) throw new Error(parsed.errors.join("\n"));
  const files = Object.fromEntries(Object.entries(template.files).filter(([name]) => name !== PROJECT_FILE));
  return { manifest: { ...parsed.manifest, target: "qemu" }, files };
}

type Built = Extract<BuildResult, { ok: true }>;

async function timedBuild(compiler: Compiler, project: StudioProject): Promise<{ result: Built; milliseconds: number }> {
  const start = performance.now();
  const result = await compiler.build(project, () => undefined);
  const milliseconds = performance.now() - start;
  if (!result.ok) throw new Error(result.problems.map((p) => p.rendered).join("\n"));
  return { result, milliseconds };
}

export async function benchHello(): Promise<void> {
  const archive = readLibraryArchive();
  const project = helloProject();
  const start = performance.now();
  const compiler = new Compiler({ archive, now: () => performance.now() });
  const cold = await timedBuild(compiler, project);
  const coldMilliseconds = performance.now() - start;
  console.log(`cold build ${coldMilliseconds.toFixed(0)} ms (${cold.result.stages.map((s) => `${s.stage} ${s.milliseconds.toFixed(0)}`).join(", ")})`);
  const warm: number[] = [];
  for (let i = 0; i < 5; i++) {
    // Another message each time: an edit of the application.
    const files = Object.fromEntries(Object.entries(project.files).map(([name, text]) => [name, text.replace("Hello, world!", `Hello, world ${i}!`)]));
    warm.push((await timedBuild(compiler, { ...project, files })).milliseconds);
  }
  warm.sort((a, b) => a - b);
  console.log(`warm build ${warm[2]!.toFixed(0)} ms (median of ${warm.length}, from ${warm[0]!.toFixed(0)} to ${warm.at(-1)!.toFixed(0)})`);
  const { image, unpackedBytes, parts } = cold.result;
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
