/** Addresses of the models of the project's files. */
import type { FileId } from "../model/document.ts";
import { monaco } from "./monaco.ts";

/**
 * The address of a file's model. Models are known by it as a text, which stays the same while the file lives, whatever the file is called;
 * where the editor shows it (above problems, in lists of references) it shows the path, which is the file's present name.
 */
export function fileUri(file: FileId, name: () => string): monaco.Uri {
  const uri = monaco.Uri.from({ scheme: "morgana", path: `/${file}` });
  // The text is made once.
  uri.toString();
  Object.defineProperty(uri, "path", { get: () => `/${name()}`, enumerable: true });
  return uri;
}
