/**
 * From the names of libraries to all that they need, in the order of dependencies.
 *
 * Which library a name means: those that come with OCaml (`unix`, `str`, …) are always the project's own; any other is looked for
 * in the sources that the user gave, in their order, and then among the project's own. A library of the user's whose text is not
 * installed gives way to the project's own of the same name.
 */
import { errorAt, type Diagnostic, type Location } from "../syntax/diagnostics.ts";
import { locationOf, problemAt, warningAt, type LibraryDescription, type Place, type Requirement } from "./description.ts";
import type { FileTree } from "./file-tree.ts";
import { findInstalled } from "./installed.ts";

/** Where libraries are looked for. */
export interface LibrarySource {
  /** How messages name it. */
  readonly name: string;
  /** A library by its public name. */
  find(name: string): LibraryDescription | undefined;
  /** Names of the libraries that implement a virtual one, for messages. */
  implementationsOf?(name: string): readonly string[];
}

/** A folder in which findlib and dune install packages. */
export function installedSource(tree: FileTree): LibrarySource {
  const known = new Map<string, LibraryDescription | undefined>();
  return {
    name: tree.name,
    find: (name) => {
      if (!known.has(name)) known.set(name, findInstalled(tree, name));
      return known.get(name);
    },
  };
}

/** The project's own libraries, as far as resolution needs to know them. */
export interface OwnLibraries {
  /** The package whose folder has the library of this public name. */
  packageOf(library: string): string | undefined;
}

export interface Resolution {
  /** Libraries of the user's, each after those that it needs. */
  readonly libraries: readonly LibraryDescription[];
  /** Packages of the project's own that these need. */
  readonly own: readonly string[];
  /** Libraries that come with OCaml, are asked for, and are not there. */
  readonly absent: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

export const NOTHING: Resolution = { libraries: [], own: [], absent: new Map(), diagnostics: [] };

/** Libraries of OCaml's distribution, and names that stand for a part of the standard library since OCaml 5. */
const DISTRIBUTION = new Set(["stdlib", "unix", "str", "threads", "dynlink", "compiler-libs", "ocamldoc", "runtime_events", "bigarray", "bytes", "seq", "uchar", "either", "stdlib-shims"]);
const PART_OF_STDLIB = new Set(["stdlib", "bigarray", "bytes", "seq", "uchar", "either", "stdlib-shims"]);

export interface Wanted {
  readonly name: string;
  /** Where it is asked for: the command line when undefined. */
  readonly place: Place | undefined;
}

const COMMAND_LINE: Location = { file: { name: "command line", text: "" }, start: 0, end: 0, ghost: true };

class Resolver {
  readonly #sources: readonly LibrarySource[];
  readonly #own: OwnLibraries;
  readonly #linking: boolean;
  readonly #order: LibraryDescription[] = [];
  readonly #state = new Map<string, "open" | "done">();
  readonly #ownNeeded = new Set<string>();
  readonly #absent = new Map<string, string>();
  readonly diagnostics: Diagnostic[] = [];

  constructor(sources: readonly LibrarySource[], own: OwnLibraries, linking: boolean) {
    this.#sources = sources;
    this.#own = own;
    this.#linking = linking;
  }

  resolve(wanted: readonly Wanted[]): Resolution {
    for (const w of wanted) this.#visit(w);
    this.#implement();
    return { libraries: this.#order, own: [...this.#ownNeeded], absent: this.#absent, diagnostics: this.diagnostics };
  }

  /** Depth first, without recursion: chains of dependencies may be long. */
  #visit(wanted: Wanted): void {
    const path: { readonly library: LibraryDescription; readonly needs: readonly Requirement[]; next: number }[] = [];
    const enter = (name: string, by: LibraryDescription | undefined, place: Place | undefined): void => {
      const state = this.#state.get(name);
      if (state === "done") return;
      if (state === "open") {
        const names = [...path.slice(path.findIndex((p) => p.library.name === name)).map((p) => p.library.name), name];
        this.diagnostics.push(problemAt(place!, by!.name, `libraries need each other in a circle: ${names.join(" -> ")}. Take one of these out of the (libraries …) or requires of the other`));
        return;
      }
      const library = this.#find(name, by, place);
      this.#state.set(name, library === undefined ? "done" : "open");
      if (library === undefined) return;
      this.diagnostics.push(...library.problems);
      const needs = [...library.requires, ...(library.implements === undefined ? [] : [library.implements])];
      path.push({ library, needs, next: 0 });
    };
    enter(wanted.name, undefined, wanted.place);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const need = top.needs[top.next++];
      if (need !== undefined) enter(need.name, top.library, need.place);
      else {
        path.pop();
        this.#state.set(top.library.name, "done");
        this.#order.push(top.library);
      }
    }
  }

  #find(name: string, by: LibraryDescription | undefined, place: Place | undefined): LibraryDescription | undefined {
    const packageName = name.split(".")[0]!;
    const own = this.#own.packageOf(name) ?? this.#own.packageOf(packageName);
    if (DISTRIBUTION.has(packageName)) {
      if (own !== undefined) this.#ownNeeded.add(own);
      else if (!PART_OF_STDLIB.has(packageName)) this.#absent.set(name, by?.name ?? "");
      return undefined;
    }
    for (const source of this.#sources) {
      const found = source.find(name);
      if (found === undefined) continue;
      if (found.withoutSource.length === 0) return found;
      if (own !== undefined) {
        if (by === undefined) this.diagnostics.push(warningAt(found.place, name, `it is installed without the text of ${listed(found.withoutSource)}; the project's own package ${own} is used in its place`));
        break;
      }
      this.diagnostics.push(warningAt(found.place, name, `it is installed without the text of ${listed(found.withoutSource)}, so a program that uses ${found.withoutSource.length === 1 ? "it" : "one of these"} cannot be built. Give a folder or an archive of its sources`));
      return found;
    }
    if (own !== undefined) {
      this.#ownNeeded.add(own);
      return undefined;
    }
    const where = this.#sources.length === 0 ? "no --package-path was given" : `it is in none of ${this.#sources.map((s) => s.name).join(", ")}`;
    const advice = `${where}, nor is it a package of 'morgana packages'`;
    if (by === undefined) this.diagnostics.push(errorAt(place === undefined ? COMMAND_LINE : locationOf(place), `There is no library ${name}: ${advice}.`));
    else this.diagnostics.push(problemAt(place!, by.name, `it needs the library ${name}, which is missing: ${advice}`));
    return undefined;
  }

  /** Each virtual library gets the one library that implements it, or its default. */
  #implement(): void {
    const settled = new Set<string>();
    // A default implementation may bring further virtual libraries.
    for (let i = 0; i < this.#order.length; i++) {
      const library = this.#order[i]!;
      if (!library.units.some((u) => u.virtual) || settled.has(library.name)) continue;
      settled.add(library.name);
      const found = this.#order.filter((l) => l.implements?.name === library.name);
      if (found.length > 1) {
        const [first, second] = found;
        this.diagnostics.push(problemAt(second!.implements!.place, second!.name, `it implements the virtual library ${library.name}, and so does ${first!.name}: a program can have only one of them`));
      } else if (found.length === 0 && this.#linking) {
        if (library.defaultImplementation !== undefined) this.#visit({ name: library.defaultImplementation.name, place: library.defaultImplementation.place });
        else {
          const candidates = this.#sources.flatMap((s) => s.implementationsOf?.(library.name) ?? []);
          const advice = candidates.length === 0 ? "name a library that implements it" : `name one of ${candidates.join(", ")}`;
          this.diagnostics.push(problemAt(library.place, library.name, `it is a virtual library, and nothing that the program needs implements it: ${advice} (--package on the command line, (libraries …) in a dune file)`));
        }
      }
    }
  }
}

function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more modules`;
}

/**
 * Resolves libraries by name. With `linking` every virtual library must have an implementation; nothing is thrown, and what is
 * wrong is among the diagnostics.
 */
export function resolveLibraries(wanted: readonly Wanted[], sources: readonly LibrarySource[], own: OwnLibraries, linking: boolean): Resolution {
  return new Resolver(sources, own, linking).resolve(wanted);
}
