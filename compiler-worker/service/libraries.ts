/**
 * Libraries that projects of the studio bring. Trees of sources come once and are known by their identity afterwards; a project names those
 * that it has. What a set of them comes to (the library, the devices of the palette) is kept, with its typed units, until another is asked for.
 */
import type { BroughtLibrary, LibraryTree, TreeReport } from "../api.ts";
import { BuildMemo } from "../build-memo.ts";
import type { Device } from "../composition/catalogue.ts";
import type { CompositionContext } from "../composition/composition.ts";
import { bringLibraries } from "../packages/bring.ts";
import type { LibraryDescription, UnitDescription } from "../packages/description.ts";
import { MemoryTree } from "../packages/file-tree.ts";
import type { Library, OwnPackages } from "../packages/library.ts";
import { SourceTree } from "../packages/source-tree.ts";
import type { Diagnostic } from "../syntax/diagnostics.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";
import type { ShippedLibrary } from "../shipped-library.ts";
import { TypingSession } from "../typing/session.ts";
import { fromBytes, toBytes } from "./text.ts";

export interface Surroundings {
  readonly library: Library;
  readonly context: CompositionContext;
  readonly reports: readonly TreeReport[];
  /** Keeps typed units between calls. */
  readonly session: TypingSession;
  /** What builds of that session keep. */
  readonly memo: BuildMemo;
}

/** More modules of one library are not listed: a palette is no place to look for them. */
const MAX_DEVICES = 200;

export class BroughtLibraries {
  readonly #own: OwnPackages;
  readonly #devices: readonly Device[];
  readonly #targets: readonly string[];
  readonly #trees = new Map<string, SourceTree>();
  readonly #files = new Map<string, Readonly<Record<string, string>>>();
  /** What comes with the compiler of the project's own library, once it is there. */
  shipped: ShippedLibrary | undefined;
  #last: { readonly key: string; readonly surroundings: Surroundings } | undefined;

  constructor(own: OwnPackages, devices: readonly Device[], targets: readonly string[]) {
    this.#own = own;
    this.#devices = devices;
    this.#targets = targets;
    this.shipped = undefined;
  }

  add({ id, name, files }: LibraryTree): void {
    this.#trees.set(id, new SourceTree(new MemoryTree(toBytes(name), new Map(Object.entries(files)))));
    this.#files.set(id, files);
    this.#last = undefined;
  }

  /** The files of a tree by path. */
  filesOf(id: string): Readonly<Record<string, string>> {
    return this.#files.get(id) ?? {};
  }

  /** What a project with these trees is compiled in; `names` are libraries that it has in any case. */
  of(ids: readonly string[], names: readonly string[]): Surroundings {
    const key = JSON.stringify([ids, names]);
    if (this.#last?.key === key && this.#last.surroundings.session.isRunning) return this.#last.surroundings;
    const trees = ids.map((id): { id: string; tree: SourceTree } => {
      const tree = this.#trees.get(id);
      if (tree === undefined) throw new Error(`no tree of libraries has the identity ${id}`);
      return { id, tree };
    });
    const { library, resolution } = bringLibraries({ own: this.#own, trees: trees.map((t) => t.tree), sources: [], names, linking: true });
    const described = [...resolution.libraries, ...resolution.unusable.map((u) => u.library)];
    const reasons = new Map(resolution.unusable.map((u) => [u.library.name, u.reasons]));
    const reports = trees.map(({ id, tree }): TreeReport => {
      const own = new Set(tree.names());
      return {
        tree: id,
        libraries: described.filter((l) => own.has(l.name)).map((l) => describe(l, reasons.get(l.name) ?? l.problems, reasons.has(l.name))),
        problems: tree.problems.map(sentence),
      };
    });
    const brought = reports.flatMap((r) => r.libraries.flatMap((l) => l.devices));
    const devices = new Map([...this.#devices, ...brought.map(encodeDevice)].map((d) => [d.id, d]));
    const surroundings: Surroundings = { library, context: { library, devices, targets: this.#targets }, reports, session: new TypingSession(library, { deferrable: (at) => this.shipped?.translations?.hasFacts(at) === true }), memo: new BuildMemo(() => this.shipped) };
    this.#last = { key, surroundings };
    return surroundings;
  }

  /** After an internal error: what it may have left half done goes. */
  forget(): void {
    this.#last = undefined;
  }
}

function sentence(diagnostic: Diagnostic): string {
  return fromBytes(`${diagnostic.location.file.name}: ${diagnostic.message}`);
}

function describe(library: LibraryDescription, problems: readonly Diagnostic[], unusable: boolean): BroughtLibrary {
  return {
    name: fromBytes(library.name),
    version: library.version === undefined ? undefined : fromBytes(library.version),
    licence: library.licence === undefined ? undefined : fromBytes(library.licence.text),
    summary: library.summary === undefined ? undefined : fromBytes(library.summary),
    modules: library.units.filter((u) => !u.aliases).length,
    devices: unusable ? [] : devicesOf(library),
    problems: problems.map((d) => ({ severity: d.severity === "error" ? "error" : "warning", message: sentence(d) })),
  };
}

/** The modules that a program sees of a library, and the functors in them, as nodes for the canvas. */
function devicesOf(library: LibraryDescription): Device[] {
  const devices: Device[] = [];
  const add = (module: string, functor: boolean): void => {
    if (devices.length >= MAX_DEVICES) return;
    const name = fromBytes(library.name);
    devices.push({
      id: `${name}:${module}`,
      title: module,
      summary: `${functor ? "Functor" : "Module"} of the library ${name}.`,
      category: `Library ${name}`,
      icon: functor ? "puzzle" : "package",
      module,
      package: name,
      parameters: [],
      targets: undefined,
    });
  };
  for (const { path, unit } of visibleModules(library)) {
    add(path, false);
    for (const functor of functorsOf(unit)) add(`${path}.${functor}`, true);
  }
  return devices;
}

/** What the modules of a library are called from outside: `Re`, and in a library without a module of its own name `Foo.Bar`. */
function visibleModules(library: LibraryDescription): { readonly path: string; readonly unit: UnitDescription }[] {
  const aliases = library.units.filter((u) => u.aliases && !u.name.endsWith("__"));
  return library.units.flatMap((unit) => {
    if (unit.aliases || unit.virtual) return [];
    if (unit.name === unit.module) return [{ path: unit.name, unit }];
    const outer = aliases.find((a) => unit.name === `${a.name}__${unit.module}`);
    return outer === undefined ? [] : [{ path: `${outer.name}.${unit.module}`, unit }];
  });
}

/** Functors that a module's interface (or, without one, its implementation) declares. */
function functorsOf({ interface: mli, implementation: ml }: UnitDescription): string[] {
  if (mli !== undefined) {
    return parseInterface(mli).tree.items.flatMap(({ desc }) => (desc.kind === "module" && desc.declaration.type.desc.kind === "functor" && desc.declaration.name.value !== undefined ? [desc.declaration.name.value] : []));
  }
  if (ml === undefined) return [];
  return parseImplementation(ml).tree.items.flatMap(({ desc }) => (desc.kind === "module" && desc.binding.expression.desc.kind === "functor" && desc.binding.name.value !== undefined ? [desc.binding.name.value] : []));
}

function encodeDevice(device: Device): Device {
  return { ...device, id: toBytes(device.id), title: toBytes(device.title), summary: toBytes(device.summary), category: toBytes(device.category), package: toBytes(device.package) };
}
