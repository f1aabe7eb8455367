/** Names of files and of the modules that they define. */

/** `foo_bar` → `Foo_bar`: the module that a file of this name defines. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function uncapitalize(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The module that a file defines, and which of its two files it is; undefined for other files. */
export function moduleOfFile(file: string): { readonly module: string; readonly isInterface: boolean } | undefined {
  const match = /^([A-Za-z][A-Za-z0-9_']*)\.(mli|ml)$/.exec(file);
  return match === null ? undefined : { module: capitalize(match[1]!), isInterface: match[2] === "mli" };
}
