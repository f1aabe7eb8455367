/** The generators of modules that are part of OCaml and are run here: what they make of a file. */
import { generateLexer } from "./ocamllex.ts";
import { generateParser } from "./ocamlyacc.ts";

export { GeneratorError } from "./common.ts";

/** What a generator makes of its input, by the suffix of the file that it is put in (`.ml`). */
export type Generated = ReadonlyMap<string, string>;

export interface Generator {
  /** The suffix of its input. */
  readonly source: string;
  /** Suffixes of what it makes. */
  readonly targets: readonly string[];
  /** Throws `GeneratorError`. `file` is how messages name the input. */
  readonly run: (text: string, file: string) => Generated;
}

export const GENERATORS: Readonly<Record<string, Generator>> = {
  ocamllex: { source: ".mll", targets: [".ml"], run: (text, file) => new Map([[".ml", generateLexer(text, file)]]) },
  ocamlyacc: {
    source: ".mly",
    targets: [".ml", ".mli"],
    run: (text, file) => {
      const made = generateParser(text, file);
      return new Map([[".ml", made.implementation], [".mli", made.interface]]);
    },
  },
};
