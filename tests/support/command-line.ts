/** The command line's commands in this process: one after the other they run faster than each in a process of its own. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import type * as Commands from "../../compiler-worker/cli/commands.ts";
import { loadModule } from "../../compiler-worker/cli/kept-code.ts";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a process. */
export function morganaProcess(...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/cli/morgana.mjs", ...args], { encoding: "utf8", timeout: 500_000 });
  return { status, stdout, stderr };
}

let commands: typeof Commands | undefined;

/** The command here, as `buildCommandLine` left it; in a process if it needs more stack than there is here. */
export function morgana(...args: string[]): Outcome {
  commands ??= loadModule<typeof Commands>(resolve("dist/cli/commands.cjs")).exports;
  const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const streams = ["stdout", "stderr"] as const;
  const saved = streams.map((name) => process[name].write);
  for (const name of streams)
    process[name].write = (chunk: string | Uint8Array): boolean => {
      written[name].push(Buffer.from(chunk as string));
      return true;
    };
  let status: number | undefined;
  try {
    status = commands.run(args, { megabytes: 1, isLargest: false });
  } finally {
    streams.forEach((name, i) => (process[name].write = saved[i]!));
  }
  if (status === undefined) return morganaProcess(...args);
  return { status, stdout: Buffer.concat(written.stdout).toString(), stderr: Buffer.concat(written.stderr).toString() };
}
