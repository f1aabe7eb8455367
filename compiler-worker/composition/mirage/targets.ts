/** Targets as MirageOS and as Morgana call them. */

/** MirageOS's name for the kind of machine that a target of Morgana is: what a configuration sees. */
const MODES: Readonly<Record<string, string>> = {
  unix: "unix",
  // QEMU's virtio devices on a machine without an operating system are what MirageOS calls virtio.
  qemu: "virtio",
  disk: "virtio",
  "cloud-hypervisor": "virtio",
  firecracker: "unikraft-firecracker",
  xen: "xen",
  hvt: "hvt",
  spt: "spt",
};

/** Names of MirageOS for targets that Morgana calls otherwise. */
const TARGETS: Readonly<Record<string, string>> = { virtio: "qemu", "unikraft-qemu": "qemu", "unikraft-firecracker": "firecracker" };

/** MirageOS's targets, in its order. */
export const MIRAGE_TARGETS = ["unix", "macosx", "xen", "virtio", "hvt", "muen", "qubes", "genode", "spt", "unikraft-firecracker", "unikraft-qemu"] as const;

export interface ChosenTarget {
  /** Morgana's name: a target that images may be made for. */
  readonly image: string;
  /** MirageOS's name. */
  readonly mode: string;
}

/** A target under either name; undefined when nobody calls anything so. */
export function chosenTarget(name: string): ChosenTarget | undefined {
  const image = Object.hasOwn(TARGETS, name) ? TARGETS[name]! : name;
  if ((MIRAGE_TARGETS as readonly string[]).includes(name)) return { image, mode: name };
  return Object.hasOwn(MODES, name) ? { image: name, mode: MODES[name]! } : undefined;
}
