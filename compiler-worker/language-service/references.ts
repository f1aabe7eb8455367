/**
 * Where a name of a program is used. Which names mean the same is the type checker's answer: each is led back to its definition, and
 * definitions that stand for each other (an item of an interface and its implementation, of a functor's parameter and of the argument)
 * are one.
 */
import type * as ast from "../syntax/ast.ts";
import type { Longident } from "../syntax/ast.ts";
import { CompileError, type Location, type SourceFile } from "../syntax/diagnostics.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";
import { lookupClass, lookupClassType, type Env } from "../typing/env.ts";
import type { Structure } from "../typing/typedtree.ts";
import type { ModuleType, Signature } from "../typing/types.ts";
import { definitionOf, meaningsOf, unitOf } from "./names.ts";
import { inModuleType, type TypedSource } from "./sources.ts";
import { indexTyped, linkSignatures, placeKey, type Definition, type Link, type TypedIndex } from "./typed-index.ts";
import type { ModuleTypeScope, Namespace, WrittenName } from "./name-collector.ts";
import { namesWritten } from "./written-names.ts";

/** A file of the program, typed as far as it can be. */
export interface ProgramFile {
  readonly file: SourceFile;
  readonly source: TypedSource;
  /** Of an implementation. */
  readonly structure: Structure | undefined;
  /** Of an implementation that has an interface, the interface's. */
  readonly interface: Signature | undefined;
}

export interface Reference {
  readonly file: SourceFile;
  readonly written: WrittenName;
}

/** Something that has a name, in all the places where it stands. */
export interface Symbol {
  readonly name: string;
  readonly references: readonly Reference[];
  /** It is defined (also) outside of the program, or is a compilation unit: its name is not the program's to change. */
  readonly foreign: boolean;
}

interface ReadFile {
  readonly names: readonly WrittenName[];
  readonly index: TypedIndex | undefined;
}

/** What was read of files, as long as what was typed of them is kept. */
const read = new WeakMap<Structure, ReadFile>();

function readFile({ file, structure }: ProgramFile): ReadFile {
  const known = structure === undefined ? undefined : read.get(structure);
  if (known !== undefined) return known;
  const tree: { readonly structure: ast.Structure } | { readonly signature: ast.Signature } = file.name.endsWith(".mli") ? { signature: parseInterface(file).tree.items } : { structure: parseImplementation(file).tree.items };
  const result = { names: namesWritten(tree), index: structure === undefined ? undefined : indexTyped(structure) };
  if (structure !== undefined) read.set(structure, result);
  return result;
}

const definitionKey = (name: string, { file, start, end }: Location): string => `of ${file.name}|${start}|${end}|${name}`;

export class ProgramNames {
  readonly #files: ReadonlyMap<string, ProgramFile & ReadFile>;
  /** Places of names by the key of what they define. */
  readonly #places = new Map<string, string>();
  /** Each place that stands for another's, which may stand for a third. */
  readonly #same = new Map<string, string>();

  constructor(files: readonly ProgramFile[]) {
    this.#files = new Map(files.map((f) => [f.file.name, { ...f, ...readFile(f) }]));
    for (const { names } of this.#files.values())
      for (const { name, loc, whole, definition, namespace } of names) {
        if (definition === undefined || namespace === "tag" || namespace === "method" || namespace === "argument") continue;
        const place = placeOf(loc);
        for (const key of [loc, whole, definition]) this.#places.set(definitionKey(name, key), place);
      }
    for (const { index, structure, interface: signature } of this.#files.values()) {
      const links: Link[] = [];
      if (structure !== undefined && signature !== undefined) linkSignatures(structure.type, signature, structure.finalEnv, links);
      for (const [a, b] of [...(index?.links ?? []), ...links]) this.#join(this.#place(a), this.#place(b));
    }
  }

  #place({ name, loc }: Definition): string {
    const key = definitionKey(name, loc);
    return this.#places.get(key) ?? key;
  }

  #representative(place: string): string {
    let at = place;
    for (let next = this.#same.get(at); next !== undefined; next = this.#same.get(at)) at = next;
    return at;
  }

  #join(a: string, b: string): void {
    const [from, to] = [this.#representative(a), this.#representative(b)];
    if (from === to) return;
    // What lies outside of the program represents the rest, so that it can be told.
    if (isForeign(from)) this.#same.set(to, from);
    else this.#same.set(from, to);
  }

  /** What a written name means, as a key; undefined when nothing is known. */
  #meaning(file: ProgramFile & ReadFile, written: WrittenName): string | undefined {
    const { name, loc, whole, namespace, longident, definition, binder, owner } = written;
    if (namespace === "tag" || namespace === "method") return `in the program: ${namespace} ${name}`;
    if (namespace === "argument") {
      const called = owner === undefined ? undefined : this.#meaning(file, owner);
      return called === undefined ? undefined : `${called} ~${name}`;
    }
    if (binder !== undefined) return this.#representative(placeOf({ ...binder, file: file.file }));
    if (definition !== undefined) return this.#representative(placeOf({ ...loc, file: file.file }));
    const { index } = file;
    const at = placeKey(whole);
    const described = namespace === "value" ? index?.values.get(at) : namespace === "constructor" ? index?.constructors.get(at) : namespace === "label" ? index?.labels.get(at) : undefined;
    if (described !== undefined) return this.#representative(this.#place({ name, loc: described.loc }));
    if (namespace === "class") {
      const found = classLocation(whole, longident, this.#envOf(file, written));
      return found === undefined ? undefined : this.#representative(this.#place({ name, loc: found }));
    }
    const meaning = meaningsOf({ longident, loc: whole, last: loc, isPrefix: namespace === "module" }, this.#envOf(file, written)).find((m) => m.kind === namespace);
    if (meaning === undefined) return undefined;
    const place = this.#place({ name, loc: definitionOf(meaning) });
    if (this.#places.has(definitionKey(name, definitionOf(meaning)))) return this.#representative(place);
    const unit = unitOf(meaning);
    return unit === undefined ? this.#representative(place) : `unit ${unit}`;
  }

  #envOf({ source, index }: ProgramFile & ReadFile, { scope, loc, recursive, namespace }: WrittenName): Env {
    const known = recursive === undefined || scope !== undefined || namespace === "value" ? undefined : index?.after.get(placeKey(recursive));
    if (known !== undefined) return known;
    const typed = scope === undefined || index === undefined ? undefined : anchored(index, scope);
    return scope === undefined || typed === undefined ? source.envAt(loc.start) : inModuleType(scope.type, typed, loc.start, source.envAt(scope.type.loc.start));
  }

  /** The name at a place, what begins there before what ends there. */
  nameAt(fileName: string, offset: number): WrittenName | undefined {
    const names = this.#files.get(fileName)?.names.filter(({ loc }) => loc.start <= offset && offset <= loc.end) ?? [];
    return names.sort((a, b) => b.loc.start - a.loc.start || Number(b.namespace === "value") - Number(a.namespace === "value"))[0];
  }

  /** The symbol that is named at a place. With `within`, of the references only those in one file. */
  symbolAt(fileName: string, offset: number, within?: string): Symbol | undefined {
    const file = this.#files.get(fileName);
    const written = this.nameAt(fileName, offset);
    if (file === undefined || written === undefined) return undefined;
    const meaning = this.#meaning(file, written);
    if (meaning === undefined) return undefined;
    const references: Reference[] = [];
    for (const candidate of this.#files.values()) {
      if (within !== undefined && candidate.file.name !== within) continue;
      for (const other of candidate.names) {
        if (other.name === written.name && sameNamespace(other, written) && this.#meaning(candidate, other) === meaning) references.push({ file: candidate.file, written: other });
      }
    }
    references.sort((a, b) => (a.file.name < b.file.name ? -1 : a.file.name > b.file.name ? 1 : a.written.loc.start - b.written.loc.start));
    return { name: written.name, references, foreign: isForeign(meaning) };
  }
}

/** The key of a name's place in the program; all others lie outside of it. */
const placeOf = ({ file, start }: Location): string => `in ${file.name}:${start}`;
const isForeign = (key: string): boolean => !key.startsWith("in ");

const group = ({ namespace }: WrittenName): Namespace => (namespace === "class" ? "type" : namespace);
const sameNamespace = (a: WrittenName, b: WrittenName): boolean => group(a) === group(b);

/** Where a class, or a class type, is defined. */
function classLocation(loc: Location, longident: Longident, env: Env): Location | undefined {
  for (const look of [lookupClass, lookupClassType]) {
    try {
      return look(loc, longident, env).data.loc;
    } catch (e) {
      if (!(e instanceof CompileError)) throw e;
    }
  }
  return undefined;
}

function anchored(index: TypedIndex, { anchor }: ModuleTypeScope): ModuleType | undefined {
  switch (anchor.kind) {
    case "declaration":
      return index.declarations.get(placeKey(anchor.item));
    case "parameter":
      return index.parameters.get(placeKey(anchor.name));
    case "constraint":
      return index.constraints.get(placeKey(anchor.module));
  }
}
