/** Licences of packages, read from their metadata. */
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { Licence } from "./description.ts";
import { OpamError, parseOpam } from "./opam.ts";

/** What an opam file says: several licences all apply. A file that cannot be read says nothing. */
export function licenceOfOpam(file: SourceFile): Licence | undefined {
  try {
    const { licences } = parseOpam(file.text);
    return licences.length === 0 ? undefined : { text: licences.join(" AND "), file: file.name };
  } catch (error) {
    if (error instanceof OpamError) return undefined;
    throw error;
  }
}
