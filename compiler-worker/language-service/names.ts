/** The name at a place of a source, and what it means there. */
import type { Loc, Longident } from "../syntax/ast.ts";
import { CompileError, type Location, type SourceFile } from "../syntax/diagnostics.ts";
import { tokenize } from "../syntax/lexer.ts";
import { lookupAllConstructors, lookupAllLabels, lookupModtype, lookupModule, lookupType, lookupValue, scrape, type Env } from "../typing/env.ts";
import { persistent } from "../typing/ident.ts";
import { printModuleType, printSignatureItem, printTypeDeclaration } from "../typing/print-signature.ts";
import { Names, printType } from "../typing/print-type.ts";
import type { ConstructorDescription, LabelDescription, ModuleType, Path, TypeDeclaration, ValueDescription } from "../typing/types.ts";


/** A possibly qualified name in a source. `isPrefix`: a dot follows, so it can only be a module. */
export interface NameAt {
  readonly longident: Longident;
  readonly loc: Location;
  /** Where its last component is. */
  readonly last: Location;
  readonly isPrefix: boolean;
}

/** The name of which a component is at the offset, up to that component. */
export function nameAt(file: SourceFile, offset: number): NameAt | undefined {
  const { kinds, starts, ends, values } = tokenize(file);
  // An identifier that begins at the offset goes before one that ends there.
  let at = kinds.findIndex((kind, i) => (kind === "lident" || kind === "uident") && starts[i]! <= offset && offset < ends[i]!);
  if (at < 0) at = kinds.findIndex((kind, i) => (kind === "lident" || kind === "uident") && ends[i] === offset);
  if (at < 0) return undefined;
  let first = at;
  while (first >= 2 && kinds[first - 1] === "." && kinds[first - 2] === "uident") first -= 2;
  let longident: Longident = { kind: "ident", name: values[first]! };
  for (let i = first + 2; i <= at; i += 2) longident = { kind: "dot", prefix: longident, name: values[i]! };
  const place = (from: number): Location => ({ file, start: starts[from]!, end: ends[at]!, ghost: false });
  return { longident, loc: place(first), last: place(at), isPrefix: kinds[at] === "uident" && kinds[at + 1] === "." };
}

export type Meaning =
  | { readonly kind: "value"; readonly name: string; readonly description: ValueDescription }
  | { readonly kind: "constructor"; readonly description: ConstructorDescription }
  | { readonly kind: "label"; readonly description: LabelDescription }
  | { readonly kind: "type"; readonly name: string; readonly declaration: TypeDeclaration }
  | { readonly kind: "module"; readonly name: string; readonly path: Path; readonly type: ModuleType; readonly loc: Location }
  | { readonly kind: "moduleType"; readonly name: string; readonly type: ModuleType | undefined; readonly loc: Location };

const lastName = (lid: Longident): string => (lid.kind === "apply" ? "" : lid.name);

/** What the name may mean, likely meanings first: which one is meant depends on where it stands. */
export function meaningsOf(name: NameAt, env: Env): Meaning[] {
  const { longident, loc, isPrefix } = name;
  const found: Meaning[] = [];
  const attempt = (look: () => Meaning | undefined): void => {
    try {
      const meaning = look();
      if (meaning !== undefined) found.push(meaning);
    } catch (e) {
      if (!(e instanceof CompileError)) throw e;
    }
  };
  const word = lastName(longident);
  const lid: Loc<Longident> = { value: longident, loc };
  const module = (): Meaning => {
    const { path, data } = lookupModule(loc, longident, env);
    return { kind: "module", name: word, path, type: data.declaration.type, loc: data.declaration.loc };
  };
  if (/^[A-Z\xc0-\xde]/.test(word)) {
    if (!isPrefix) {
      attempt(() => {
        const [description] = lookupAllConstructors(lid, env);
        return description === undefined ? undefined : { kind: "constructor", description };
      });
      attempt(() => {
        const { data } = lookupModtype(loc, longident, env);
        return { kind: "moduleType", name: word, type: data.type, loc: data.loc };
      });
    }
    attempt(module);
  } else {
    attempt(() => ({ kind: "value", name: word, description: lookupValue(loc, longident, env).data }));
    attempt(() => ({ kind: "type", name: word, declaration: lookupType(loc, longident, env).data }));
    attempt(() => {
      const [description] = lookupAllLabels(lid, env);
      return description === undefined ? undefined : { kind: "label", description };
    });
    attempt(() => {
      const { data } = lookupModtype(loc, longident, env);
      return { kind: "moduleType", name: word, type: data.type, loc: data.loc };
    });
  }
  return found;
}

/** Where the meaning is defined. */
export function definitionOf(meaning: Meaning): Location {
  switch (meaning.kind) {
    case "value":
    case "constructor":
    case "label":
      return meaning.description.loc;
    case "type":
      return meaning.declaration.loc;
    case "module":
    case "moduleType":
      return meaning.loc;
  }
}

/** Where the name itself stands in its definition, which may be a whole item; undefined when it is in no source. */
export function namePlaceOf(meaning: Meaning): Location | undefined {
  const whole = definitionOf(meaning);
  if (whole.ghost || whole.file.name === "_none_") return undefined;
  const name = "name" in meaning ? meaning.name : meaning.description.name;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = (/^\w/.test(name) ? new RegExp(`(?<![\\w'])${escaped}(?![\\w'])`) : new RegExp(escaped)).exec(whole.file.text.slice(whole.start, whole.end));
  return found === null ? whole : { ...whole, start: whole.start + found.index, end: whole.start + found.index + name.length };
}

/** The name of the compilation unit that a module is, if it is one: its definition is a file. */
export function unitOf(meaning: Meaning): string | undefined {
  if (meaning.kind !== "module") return undefined;
  const path = meaning.type.kind === "alias" ? meaning.type.path : meaning.path;
  return path.kind === "ident" && path.id === persistent(path.id.name) ? path.id.name : undefined;
}

const LONGEST = 4000;
const shorten = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, text.lastIndexOf("\n", LONGEST))}\n  …`);

/** The meaning as an item of a signature. */
export function describe(meaning: Meaning, env: Env): string {
  switch (meaning.kind) {
    case "value":
      return printSignatureItem({ kind: "value", id: { name: meaning.name, kind: "local", stamp: 0, scope: 0 }, description: meaning.description, visibility: "exported" });
    case "constructor": {
      const { name, args, result, inlined } = meaning.description;
      const names = new Names();
      const shown = inlined !== undefined && args.length === 1 ? "{ … }" : args.map((t) => printType(t, names)).join(" * ");
      return `${name}${shown === "" ? "" : ` of ${shown}`} : ${printType(result, names)}`;
    }
    case "label": {
      const { name, type, result, mutable } = meaning.description;
      const names = new Names();
      return `${mutable === "mutable" ? "mutable " : ""}${name} : ${printType(type, names)}  (of ${printType(result, names)})`;
    }
    case "type":
      return printTypeDeclaration(meaning.name, meaning.declaration);
    case "module":
      return shorten(`module ${meaning.name} : ${printModuleType(scrape(env, meaning.type))}`);
    case "moduleType":
      return shorten(`module type ${meaning.name}${meaning.type === undefined ? "" : ` = ${printModuleType(scrape(env, meaning.type))}`}`);
  }
}

