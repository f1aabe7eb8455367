/** Boots an image under QEMU and listens to its serial console. */
import { spawn } from "node:child_process";
import { QEMU } from "./programs.ts";

export interface Boot {
  /** What the machine wrote to its serial port. */
  readonly serial: string;
  /** What QEMU ended with; undefined when it was stopped after `timeout`. */
  readonly status: number | undefined;
}

export interface BootOptions {
  readonly machine: "microvm" | "pc" | "q35";
  readonly memory: string;
  /** Typed on the serial console at once. */
  readonly input?: string;
  /** Milliseconds after which a machine that still runs is stopped. */
  readonly timeout: number;
}

export function boot(image: string, options: BootOptions): Promise<Boot> {
  const child = spawn(QEMU, ["-accel", "tcg", "-M", options.machine, "-m", options.memory, "-nographic", "-no-reboot", "-kernel", image], { stdio: ["pipe", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let stopped = false;
    const timer = setTimeout(() => {
      stopped = true;
      child.kill("SIGKILL");
    }, options.timeout);
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on("error", () => undefined);
    if (options.input !== undefined) child.stdin.write(options.input);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ serial: Buffer.concat(chunks).toString("latin1"), status: stopped ? undefined : (code ?? undefined) });
    });
  });
}
