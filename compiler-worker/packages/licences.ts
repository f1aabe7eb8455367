/** Licences of packages: what their metadata says, or the well-known text in a file of their root. */
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { Licence } from "./description.ts";
import { joinPath, sourceFile, type FileTree } from "./file-tree.ts";
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

const LICENCE_FILE = /^(licen[cs]e|copying)(\.(md|txt))?$/i;

/** Phrases by which a licence's text is known, with its SPDX identifier; the more particular first. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/OCaml LGPL Linking Exception|special exception to the GNU L(esser|ibrary) General Public License/i, "LGPL-2.1-or-later WITH OCaml-LGPL-linking-exception"],
  [/GNU AFFERO GENERAL PUBLIC LICENSE/i, "AGPL-3.0-or-later"],
  [/GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/i, "LGPL-3.0-or-later"],
  [/GNU LESSER GENERAL PUBLIC LICENSE/i, "LGPL-2.1-or-later"],
  [/GNU LIBRARY GENERAL PUBLIC LICENSE/i, "LGPL-2.0-or-later"],
  [/GNU GENERAL PUBLIC LICENSE\s+Version 3/i, "GPL-3.0-or-later"],
  [/GNU GENERAL PUBLIC LICENSE/i, "GPL-2.0-or-later"],
  [/Mozilla Public License[\s,]+(v\.|version) ?2\.0/i, "MPL-2.0"],
  [/Apache License\s+Version 2\.0/i, "Apache-2.0"],
  [/Permission to use, copy, modify,? and(\/or)? distribute this software for any/i, "ISC"],
  [/Permission is hereby granted, free of charge, to any person obtaining a copy/i, "MIT"],
  [/Redistribution and use in source and binary forms[^]*?(neither the name|may not be used to endorse)/i, "BSD-3-Clause"],
  [/Redistribution and use in source and binary forms/i, "BSD-2-Clause"],
  [/This is free and unencumbered software released into the public domain/i, "Unlicense"],
  [/CC0 1\.0 Universal/i, "CC0-1.0"],
];

/** The licence of the text in a folder's LICENSE or COPYING file. */
export function licenceOfFolder(tree: FileTree, folder: string): Licence | undefined {
  const name = tree.list(folder)?.files.find((f) => LICENCE_FILE.test(f));
  const file = name === undefined ? undefined : sourceFile(tree, joinPath(folder, name));
  if (file === undefined) return undefined;
  const start = file.text.slice(0, 40_000);
  const known = PHRASES.find(([pattern]) => pattern.test(start));
  return { text: known === undefined ? `see ${name}` : known[1], file: file.name };
}
