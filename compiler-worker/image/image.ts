/** Images: the targets, and what linking for one gives. */
import type { Platform } from "../codegen/target.ts";
import type { ObjectCode } from "../codegen/object.ts";
import type { SymbolSize } from "./link.ts";
import { linkQemu } from "./qemu.ts";
import { reduceObject } from "./reduce.ts";
import { linkUnix } from "./unix.ts";

export interface ImageOptions {
  /** File and line for backtraces. */
  readonly debugInfo: boolean;
}

export interface Image {
  readonly bytes: Uint8Array;
  /** What the file is without compression; the length of `bytes` when it is not compressed. */
  readonly unpackedBytes: number;
  /** Of the file without compression. */
  readonly headerBytes: number;
  /** Every symbol with its section, address and size: for the treemap. */
  readonly sizes: readonly SymbolSize[];
  readonly symbols: ReadonlyMap<string, number>;
}

export interface ImageTarget {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Suffix of the file's name. */
  readonly suffix: string;
  /** How to run it, with IMAGE for the file. */
  readonly bootCommand: string;
  /** The package that implements the platform's functions. */
  readonly platformPackage: string;
  readonly platform: Platform;
  readonly link: (object: ObjectCode, options: ImageOptions) => Image;
}

export const imageTargets: readonly ImageTarget[] = [
  {
    name: "qemu",
    title: "QEMU",
    summary: "PVH kernel for QEMU's machines pc, q35 and microvm",
    suffix: ".elf",
    bootCommand: "qemu-system-x86_64 -M microvm -m 32 -nographic -no-reboot -kernel IMAGE",
    platformPackage: "platform-qemu",
    platform: "qemu",
    link: linkQemu,
  },
  {
    name: "unix",
    title: "Linux process",
    summary: "Static executable for Linux on x86-64, without libc",
    suffix: "",
    bootCommand: "./IMAGE",
    platformPackage: "platform-unix",
    platform: "unix",
    link: linkUnix,
  },
];

export function imageTarget(name: string): ImageTarget | undefined {
  return imageTargets.find((t) => t.name === name);
}

export function linkImage(object: ObjectCode, target: ImageTarget, options: ImageOptions): Image {
  return target.link(reduceObject(object), options);
}

export interface ImagePartSize {
  readonly name: string;
  readonly bytes: number;
}

/** Bytes of the file without compression by part. */
export function imageParts(image: Image): ImagePartSize[] {
  const parts = new Map<string, number>();
  if (image.headerBytes > 0) parts.set("headers", image.headerBytes);
  for (const s of image.sizes) if (s.section !== "bss") parts.set(s.section, (parts.get(s.section) ?? 0) + s.size);
  let sum = 0;
  for (const n of parts.values()) sum += n;
  parts.set("padding", Math.max(0, image.unpackedBytes - sum));
  return [...parts].map(([name, bytes]) => ({ name, bytes }));
}
