/** The `library` stanza (dune's documentation, "library"), and what of others concerns libraries. */
import type { SourceFile } from "../syntax/diagnostics.ts";
import { DuneError } from "./dune-values.ts";
import { headOf, type Sexp } from "./sexp.ts";

export type List = Sexp & { readonly kind: "list" };

/** A library as its stanza says; sets and conditions are evaluated when it is looked at. */
export interface LibraryStanza {
  readonly name: string;
  readonly publicName: string | undefined;
  readonly file: SourceFile;
  readonly line: number;
  readonly fields: ReadonlyMap<string, List>;
}

/** Fields that decide how the library is compiled here, or that it cannot be. */
const UNDERSTOOD = new Set([
  "name", "public_name", "libraries", "wrapped", "modules", "flags", "ocamlc_flags", "ocamlopt_flags", "library_flags", "private_modules", "virtual_modules", "implements", "default_implementation",
  "modules_without_implementation", "preprocess", "enabled_if", "optional", "foreign_stubs", "foreign_archives", "extra_objects", "c_names", "cxx_names", "c_flags", "cxx_flags", "synopsis", "kind", "root_module",
  "package", "ppx_runtime_libraries", "empty_module_interface_if_absent", "stdlib",
]);

/** Fields about programs that work on the sources, about C, or about other compilers; so are those of dune's extensions, whose names have dots. */
const IGNORED = new Set([
  "inline_tests", "inline_tests.backend", "inline_tests.runner", "instrumentation", "lint", "preprocessor_deps", "c_library_flags", "install_c_headers", "public_headers", "virtual_deps", "modes", "no_dynlink", "no_keep_locs", "js_of_ocaml", "wasm_of_ocaml", "sub_systems",
  "allow_overlapping_dependencies", "self_build_stubs_archive", "link_flags", "link_deps", "special_builtin_support", "documentation", "melange.compile_flags", "melange.runtime_deps", "melange", "modules_flags", "ocaml_flags",
  "archive_name", "visibility", "parameters", "libraries_flags", "ctypes", "merlin", "locks", "gen_natdynlink", "no_check", "bisect_ppx", "jbuild_version", "foreign_library",
]);

/** Reads a `library` stanza. Throws `DuneError`; fields that are not known go to `complain`. */
export function readLibraryStanza(stanza: List, file: SourceFile, complain: (line: number, message: string) => void): LibraryStanza {
  const fields = new Map<string, List>();
  for (const item of stanza.items.slice(1)) {
    const name = headOf(item);
    if (item.kind !== "list" || name === undefined) {
      complain(item.line, "a field (name value) is expected here");
      continue;
    }
    if (fields.has(name)) complain(item.line, `the field (${name} ...) is there twice`);
    else if (!UNDERSTOOD.has(name) && !IGNORED.has(name) && !name.includes(".")) complain(item.line, `the field (${name} ...) of a library is not understood`);
    fields.set(name, item);
  }
  const publicName = singleAtom(fields.get("public_name"));
  const name = singleAtom(fields.get("name")) ?? publicName?.replace(/[-.]/g, "_");
  if (name === undefined) throw new DuneError("a library needs a (name ...)", stanza.line);
  if (!/^[A-Za-z_][A-Za-z0-9_']*$/.test(name)) throw new DuneError(`${JSON.stringify(name)} is no name for a library: letters, digits and _ are expected, beginning with a letter`, stanza.line);
  return { name, publicName, file, line: stanza.line, fields };
}

/** The one atom of a field `(name value)`. */
export function singleAtom(field: List | undefined): string | undefined {
  if (field === undefined) return undefined;
  const [value, ...more] = field.items.slice(1);
  if (value === undefined || value.kind !== "atom" || more.length > 0) throw new DuneError(`(${headOf(field)} ...) takes one name`, field.line);
  return value.value;
}

/** All atoms below a field, whatever they are nested in. */
export function atomsBelow(field: List | undefined): string[] {
  const found: string[] = [];
  const stack: Sexp[] = [...(field?.items.slice(1) ?? [])].reverse();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item.kind === "atom") found.push(item.value);
    else for (let i = item.items.length - 1; i >= 0; i--) stack.push(item.items[i]!);
  }
  return found;
}

/** One entry of `libraries`. */
export type LibraryEntry =
  | { readonly kind: "library"; readonly name: string; readonly line: number }
  | { readonly kind: "select"; readonly file: string; readonly line: number; readonly choices: readonly { readonly needs: readonly { readonly name: string; readonly present: boolean }[]; readonly file: string }[] };

/** The entries of `libraries`. Throws `DuneError`. */
export function readLibraries(field: List | undefined): LibraryEntry[] {
  const entries: LibraryEntry[] = [];
  for (const item of field?.items.slice(1) ?? []) {
    if (item.kind === "atom") {
      entries.push({ kind: "library", name: item.value, line: item.line });
      continue;
    }
    const head = headOf(item);
    if (head === "re_export") {
      const name = item.items[1];
      if (name?.kind !== "atom") throw new DuneError("(re_export ...) takes the name of a library", item.line);
      entries.push({ kind: "library", name: name.value, line: item.line });
    } else if (head === "select") entries.push(readSelect(item));
    else throw new DuneError(`(${head ?? "..."} ...) among libraries is not understood; names, (re_export ...) and (select ...) are`, item.line);
  }
  return entries;
}

/** `(select file from (lib !other -> file.with) (-> file.without))` */
function readSelect(item: List): LibraryEntry {
  const [, file, from, ...choices] = item.items;
  if (file?.kind !== "atom" || from?.kind !== "atom" || from.value !== "from") throw new DuneError("(select FILE from (LIBRARIES -> FILE) ...) is expected", item.line);
  return {
    kind: "select",
    file: file.value,
    line: item.line,
    choices: choices.map((choice) => {
      if (choice.kind !== "list") throw new DuneError("a choice (LIBRARIES -> FILE) is expected", choice.line);
      const words = choice.items.map((word) => (word.kind === "atom" ? word.value : ""));
      const arrow = words.indexOf("->");
      if (arrow < 0 || arrow !== words.length - 2) throw new DuneError("a choice (LIBRARIES -> FILE) is expected", choice.line);
      return { needs: words.slice(0, arrow).map((word) => (word.startsWith("!") ? { name: word.slice(1), present: false } : { name: word, present: true })), file: words[arrow + 1]! };
    }),
  };
}
