/** Paths: how identifiers and their components are named. */
import type { Longident } from "../syntax/ast.ts";
import { isFunctorParameter } from "./ident.ts";
import type { Ident, Path } from "./types.ts";

/** Prefix of a program's units whose module names the library has too (`packages/program-units.ts`); it is never shown. */
export const PROGRAM_PREFIX = "Project__";

/** Names of names (abbreviations, aliases) that are followed: definitions in error may be cyclic. */
export const LONGEST = 30_000;

export function pident(id: Ident): Path {
  return { kind: "ident", id };
}

export function pdot(prefix: Path, name: string): Path {
  return { kind: "dot", prefix, name };
}

export function samePath(a: Path, b: Path): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "ident":
      return b.kind === "ident" && a.id === b.id;
    case "dot":
      return b.kind === "dot" && a.name === b.name && samePath(a.prefix, b.prefix);
    case "apply":
      return b.kind === "apply" && samePath(a.functor, b.functor) && samePath(a.argument, b.argument);
    case "inlineRecord":
      return b.kind === "inlineRecord" && a.constructor === b.constructor && samePath(a.prefix, b.prefix);
  }
}

/** The identifier that the path starts from (of the functor, in an application). */
export function headOf(path: Path): Ident {
  for (;;) {
    switch (path.kind) {
      case "ident":
        return path.id;
      case "dot":
        path = path.prefix;
        break;
      case "apply":
        path = path.functor;
        break;
      case "inlineRecord":
        path = path.prefix;
        break;
    }
  }
}

/** Whether a module at this path may have aliases: it is neither a functor's parameter nor an application. */
export function isAliasable(path: Path): boolean {
  return path.kind === "ident" ? !isFunctorParameter(path.id) : path.kind === "dot" && isAliasable(path.prefix);
}

/** The last name. */
export function lastOf(path: Path): string {
  switch (path.kind) {
    case "ident":
      return path.id.name;
    case "dot":
      return path.name;
    case "apply":
      return lastOf(path.argument);
    case "inlineRecord":
      return path.constructor ?? lastOf(path.prefix);
  }
}

/** As OCaml prints it; `ofPrefix` says how modules are called. */
export function pathName(path: Path, ofPrefix: (prefix: Path) => string = pathName): string {
  switch (path.kind) {
    case "ident":
      return path.id.name;
    case "dot":
      return /^[A-Za-z_\x80-\xff]/.test(path.name) ? `${ofPrefix(path.prefix)}.${path.name}` : `${ofPrefix(path.prefix)}.( ${path.name} )`;
    case "apply":
      return `${pathName(path.functor)}(${pathName(path.argument)})`;
    case "inlineRecord":
      return path.constructor === undefined ? pathName(path.prefix) : `${pathName(path.prefix)}.${path.constructor}`;
  }
}

/** A key that equal paths share within a session. */
export function pathKey(path: Path): string {
  switch (path.kind) {
    case "ident":
      return path.id.kind === "local" ? `${path.id.name}/${path.id.stamp}` : path.id.kind === "persistent" ? path.id.name : `!${path.id.name}`;
    case "dot":
      return `${pathKey(path.prefix)}.${path.name}`;
    case "apply":
      return `${pathKey(path.functor)}(${pathKey(path.argument)})`;
    case "inlineRecord":
      return `${pathKey(path.prefix)}#${path.constructor ?? ""}`;
  }
}

/** The highest level at which a part of the path was bound. */
export function pathScope(path: Path): number {
  switch (path.kind) {
    case "ident":
      return path.id.scope;
    case "dot":
      return pathScope(path.prefix);
    case "apply":
      return Math.max(pathScope(path.functor), pathScope(path.argument));
    case "inlineRecord":
      return pathScope(path.prefix);
  }
}

/** Whether one of the identifiers occurs in the path. */
export function occursIn(id: Ident, path: Path): boolean {
  switch (path.kind) {
    case "ident":
      return path.id === id;
    case "dot":
      return occursIn(id, path.prefix);
    case "apply":
      return occursIn(id, path.functor) || occursIn(id, path.argument);
    case "inlineRecord":
      return occursIn(id, path.prefix);
  }
}

export function longidentName(lid: Longident): string {
  switch (lid.kind) {
    case "ident":
      return lid.name;
    case "dot":
      return `${longidentName(lid.prefix)}.${lid.name}`;
    case "apply":
      return `${longidentName(lid.functor)}(${longidentName(lid.argument)})`;
  }
}

/** The path as a source identifier, for generated code. */
export function pathToLongident(path: Path): Longident {
  switch (path.kind) {
    case "ident":
      return { kind: "ident", name: path.id.name };
    case "dot":
      return { kind: "dot", prefix: pathToLongident(path.prefix), name: path.name };
    case "apply":
      return { kind: "apply", functor: pathToLongident(path.functor), argument: pathToLongident(path.argument) };
    case "inlineRecord":
      return pathToLongident(path.prefix);
  }
}
