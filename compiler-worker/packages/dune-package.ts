/**
 * `dune-package` files, which dune installs beside a package's libraries (dune's documentation, "dune-package"). Their form has
 * changed with dune's versions; what is read here is common to all: for each library its name, requirements and modules, a
 * module being whatever carries an `obj_name`.
 */
import { capitalize } from "./names.ts";
import { headOf, parseSexps, type Sexp } from "./sexp.ts";

export interface InstalledModule {
  /** `Automata` */
  readonly name: string;
  /** The unit that it is compiled to: `Re__Automata`. */
  readonly unit: string;
  readonly kind: "ordinary" | "alias" | "virtual" | "implementation" | "compatibility" | "root";
  /** Paths of its files below the library's folder when the file names them; otherwise they are called as the module is. */
  readonly interface: string | boolean;
  readonly implementation: string | boolean;
}

export interface InstalledLibrary {
  /** `re.emacs` */
  readonly name: string;
  readonly line: number;
  readonly synopsis: string | undefined;
  /** `normal`, `ppx_rewriter`, `ppx_deriver`, … */
  readonly kind: string;
  readonly requires: readonly { readonly name: string; readonly line: number }[];
  /** Files of archives, which show where the library lies. */
  readonly archives: readonly string[];
  readonly foreign: readonly string[];
  readonly virtual: boolean;
  readonly implements: { readonly name: string; readonly line: number } | undefined;
  readonly defaultImplementation: { readonly name: string; readonly line: number } | undefined;
  readonly wrapped: boolean;
  readonly modules: readonly InstalledModule[];
}

export interface DunePackage {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly libraries: readonly InstalledLibrary[];
  /** The package is described by its `META` alone (`use_meta`). */
  readonly useMeta: boolean;
}

function field(items: readonly Sexp[], name: string): (Sexp & { readonly kind: "list" }) | undefined {
  for (const item of items) if (item.kind === "list" && headOf(item) === name) return item;
  return undefined;
}

function atoms(list: Sexp | undefined): string[] {
  return list?.kind === "list" ? list.items.slice(1).flatMap((item) => (item.kind === "atom" ? [item.value] : [])) : [];
}

/** Every atom below a list, without the heads of lists. */
function allAtoms(list: Sexp | undefined): string[] {
  const found: string[] = [];
  const stack: Sexp[] = list === undefined ? [] : [list];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item.kind === "atom") found.push(item.value);
    else stack.push(...item.items.slice(1).reverse());
  }
  return found;
}

/** Reads a `dune-package` file. Throws `SexpError` with the 1-based line. */
export function parseDunePackage(text: string): DunePackage {
  const stanzas = parseSexps(text);
  const libraries: InstalledLibrary[] = [];
  for (const stanza of stanzas) if (stanza.kind === "list" && headOf(stanza) === "library") libraries.push(readLibrary(stanza));
  return { name: atoms(field(stanzas, "name"))[0], version: atoms(field(stanzas, "version"))[0], libraries, useMeta: field(stanzas, "use_meta") !== undefined };
}

function readLibrary(stanza: Sexp & { readonly kind: "list" }): InstalledLibrary {
  const fields = stanza.items.slice(1);
  const named = (name: string): { name: string; line: number } | undefined => {
    const found = field(fields, name);
    const value = atoms(found)[0];
    return found === undefined || value === undefined ? undefined : { name: value, line: found.line };
  };
  const modulesField = field(fields, "modules");
  const requires: { name: string; line: number }[] = [];
  const stack: Sexp[] = [...(field(fields, "requires")?.items.slice(1) ?? [])].reverse();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    // `(re_export name)` beside plain names.
    if (item.kind === "atom") requires.push({ name: item.value, line: item.line });
    else stack.push(...item.items.slice(1).reverse());
  }
  const kind = field(fields, "kind")?.items[1];
  return {
    name: atoms(field(fields, "name"))[0] ?? "",
    line: stanza.line,
    synopsis: atoms(field(fields, "synopsis"))[0],
    kind: kind === undefined ? "normal" : kind.kind === "atom" ? kind.value : (headOf(kind) ?? "normal"),
    requires,
    archives: [...allAtoms(field(fields, "archives")), ...allAtoms(field(fields, "plugins"))].filter((name) => name.includes(".")),
    foreign: [...allAtoms(field(fields, "foreign_archives")), ...allAtoms(field(fields, "foreign_objects"))],
    virtual: field(fields, "virtual") !== undefined,
    implements: named("implements"),
    defaultImplementation: named("default_implementation"),
    wrapped: modulesField !== undefined && contains(modulesField, "wrapped"),
    modules: modulesField === undefined ? [] : readModules(modulesField),
  };
}

function contains(list: Sexp, head: string): boolean {
  return list.kind === "list" && list.items.some((item) => headOf(item) === head);
}

/** All lists with an `obj_name`, at any depth, in their order. */
function readModules(root: Sexp): InstalledModule[] {
  const modules: InstalledModule[] = [];
  const stack: Sexp[] = [root];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item.kind === "atom") continue;
    const objectName = atoms(field(item.items, "obj_name"))[0];
    if (objectName === undefined) {
      for (let i = item.items.length - 1; i >= 0; i--) stack.push(item.items[i]!);
      continue;
    }
    const source = field(item.items, "source");
    const inside = source?.items ?? item.items;
    const path = source === undefined ? undefined : atoms(field(source.items, "path"));
    const name = atoms(field(item.items, "name"))[0] ?? path?.at(-1) ?? objectName;
    const file = (which: string): string | boolean => {
      const found = field(inside, which);
      return found === undefined ? false : (atoms(field(found.items, "path"))[0] ?? true);
    };
    const kind = field(item.items, "kind")?.items[1];
    const kindName = kind === undefined ? "" : kind.kind === "atom" ? kind.value : (headOf(kind) ?? "");
    modules.push({
      name: capitalize(name),
      unit: capitalize(objectName),
      kind: kindName === "alias" || kindName === "virtual" || kindName === "root" ? kindName : kindName === "impl_vmodule" ? "implementation" : kindName === "wrapped_compat" ? "compatibility" : "ordinary",
      interface: file("intf"),
      implementation: file("impl"),
    });
  }
  return modules;
}
