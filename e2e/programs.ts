/** The programs that the browser tests need, and whether they are here. */
import { spawnSync } from "node:child_process";

export const CHROMIUM = "chromium";
export const QEMU = "qemu-system-x86_64";

/** Where a program is; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const { status, stdout } = spawnSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

export const chromium = findProgram(CHROMIUM);
export const qemu = findProgram(QEMU);
