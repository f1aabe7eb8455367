/** `dune` files: the library stanzas that tell which modules make a package (dune's documentation, "library"). */
import { capitalize } from "./names.ts";
import { headOf, parseSexps, SexpError, type Sexp } from "./sexp.ts";

export interface DuneLibrary {
  /** The library's internal name: `mirage_sleep`. */
  readonly name: string;
  /** The name that others ask for: `mirage-sleep`; the internal one when no public name is given. */
  readonly publicName: string;
  /** Public names of the libraries it needs. */
  readonly libraries: readonly string[];
  /** Whether modules get the library's name as a prefix (dune's default). */
  readonly wrapped: boolean;
  /** Module names (capitalised) when a `modules` field restricts them. */
  readonly modules: readonly string[] | undefined;
  readonly flags: readonly string[];
}

/** A construct that is not understood, with its place. */
export interface DuneProblem {
  readonly line: number;
  readonly message: string;
}

function atoms(items: readonly Sexp[], problems: DuneProblem[], field: string): string[] {
  const result: string[] = [];
  for (const item of items) {
    if (item.kind === "atom") result.push(item.value);
    else problems.push({ line: item.line, message: `only names are understood in (${field} ...)` });
  }
  return result;
}

function single(items: readonly Sexp[], line: number, field: string, problems: DuneProblem[]): string | undefined {
  const values = atoms(items, problems, field);
  if (values.length === 1) return values[0];
  problems.push({ line, message: `(${field} ...) takes one name` });
  return undefined;
}

/** Fields that say nothing about how a library is compiled here. */
const IGNORED_FIELDS = new Set(["synopsis", "ocamlopt_flags", "instrumentation", "optional", "enabled_if", "inline_tests"]);

/** Reads the library stanzas of a `dune` file. Everything that is not understood is a problem with its line; nothing is thrown. */
export function parseDune(text: string): { libraries: DuneLibrary[]; problems: DuneProblem[] } {
  const libraries: DuneLibrary[] = [];
  const problems: DuneProblem[] = [];
  let stanzas: Sexp[];
  try {
    stanzas = parseSexps(text);
  } catch (error) {
    if (error instanceof SexpError) return { libraries, problems: [{ line: error.line, message: error.message }] };
    throw error;
  }
  for (const stanza of stanzas) {
    const head = headOf(stanza);
    if (head !== "library" || stanza.kind !== "list") {
      problems.push({ line: stanza.line, message: `the stanza (${head ?? "..."} ...) is not understood` });
      continue;
    }
    let name: string | undefined;
    let publicName: string | undefined;
    let needed: string[] = [];
    let wrapped = true;
    let modules: string[] | undefined;
    let flags: string[] = [];
    for (const field of stanza.items.slice(1)) {
      const fieldName = headOf(field);
      if (field.kind !== "list" || fieldName === undefined) {
        problems.push({ line: field.line, message: "a field (name value) was expected" });
        continue;
      }
      const rest = field.items.slice(1);
      switch (fieldName) {
        case "name":
          name = single(rest, field.line, fieldName, problems);
          break;
        case "public_name":
          publicName = single(rest, field.line, fieldName, problems);
          break;
        case "libraries":
          needed = atoms(rest, problems, fieldName);
          break;
        case "wrapped":
          wrapped = single(rest, field.line, fieldName, problems) !== "false";
          break;
        case "modules":
          modules = atoms(rest, problems, fieldName).map(capitalize);
          break;
        case "flags":
          flags = atoms(rest.flatMap((item) => (item.kind === "list" ? item.items : [item])), problems, fieldName);
          break;
        default:
          if (!IGNORED_FIELDS.has(fieldName)) problems.push({ line: field.line, message: `the field (${fieldName} ...) of a library is not understood` });
      }
    }
    const internal = name ?? publicName?.replace(/[-.]/g, "_");
    if (internal === undefined) {
      problems.push({ line: stanza.line, message: "a library needs a (name ...)" });
      continue;
    }
    libraries.push({ name: internal, publicName: publicName ?? internal, libraries: needed, wrapped, modules, flags });
  }
  return { libraries, problems };
}
