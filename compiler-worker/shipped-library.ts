/**
 * What comes with the compiler of the library, made when the compiler was built (`library-code.ts`): translations of its functions and code of them.
 * It saves time only; what it gives is what the compiler would make.
 */
import { ShippedCode } from "./codegen/shipped-code.ts";
import { ShippedTranslations } from "./defunctorize/shipped-translations.ts";

const HEADER = "morgana library 1";
/** Occurs in no part: strings are JSON. */
const BETWEEN = "\f";

/** The text that `parseShippedLibrary` reads. `digest`: of the library that the parts were made from (`LibraryArchive`). */
export function shippedLibraryText(digest: string, translations: string, code: string): string {
  return [`${HEADER} ${digest}`, translations, code].join(BETWEEN);
}

export interface ShippedLibrary {
  readonly code: ShippedCode;
  /** None when they were made from another library. */
  readonly translations: ShippedTranslations | undefined;
}

/** `digest`: of the library in use. Throws when the text is not what `shippedLibraryText` gives. */
export function parseShippedLibrary(text: string, digest: string | undefined): ShippedLibrary {
  const [header, translations, code] = text.split(BETWEEN);
  if (header?.startsWith(`${HEADER} `) !== true || translations === undefined || code === undefined) throw new Error("this is nothing that belongs to this compiler's library");
  return { code: new ShippedCode(code), translations: header === `${HEADER} ${digest}` ? new ShippedTranslations(translations) : undefined };
}
