/**
 * Module types without what has no name outside: the parameter of a functor that is applied to a structure, types that later ones
 * hide. Such types are replaced by what they are known to be; where that is nothing, a type that mentions them becomes abstract (the avoidance
 * problem: Lillibridge, "Translucent sums", 1997, chapter 4; Leroy, "Manifest types, modules, and separate compilation", 1994).
 */
import { newTypeAt, setDesc } from "./btype.ts";
import { declarationWith } from "./copies.ts";
import { addModule, addSignature, findType, normalizeModulePath, scrape, tryFindModtype, type Env } from "./env.ts";
import { samePath } from "./path.ts";
import * as subst from "./subst.ts";
import { CannotErase, Subst, type TypeReplacement } from "./subst.ts";
import { linkDesc } from "./type-nodes.ts";
import { GENERIC_LEVEL, type Ident, type ModuleType, type Path, type SignatureItem, type TypeDeclaration, type TypeExpr } from "./types.ts";

/** Where a module type stands: only in a positive place may the types of a signature be less known than they are. */
export type Position = "positive" | "negative" | "invariant";
const opposite: Readonly<Record<Position, Position>> = { positive: "negative", negative: "positive", invariant: "invariant" };

/** `type` without the module `id`, which `env` knows. Throws `CannotErase` when the type of a value cannot be without it. */
export function withoutModule(env: Env, id: Ident, type: ModuleType): ModuleType {
  return new Erasure(env, new Set([id])).moduleType(type, "positive");
}

interface Expansion {
  readonly path: Path;
  readonly replacement: TypeReplacement;
}

/** Signatures and types without some identifiers, which `env` knows. All methods throw `CannotErase`. */
export class Erasure {
  readonly #subst: Subst;
  readonly #known: Expansion[] = [];
  /** Expansions under way, the innermost last. */
  readonly #open: Expansion[] = [];
  /** With what is in scope where the traversal is. */
  #env: Env;

  constructor(env: Env, ids: ReadonlySet<Ident>) {
    this.#env = env;
    this.#subst = new Subst(ids, (path) => this.#expansion(path));
  }

  moduleType(type: ModuleType, position: Position): ModuleType {
    switch (type.kind) {
      case "ident": {
        if (!subst.touchesModule(this.#subst, type.path)) return type;
        const definition = tryFindModtype(type.path, this.#env)?.type;
        if (definition === undefined) throw new CannotErase(type.path);
        return this.moduleType(definition, position);
      }
      case "alias": {
        if (!subst.touchesModule(this.#subst, type.path)) return type;
        const path = normalizeModulePath(type.path, this.#env);
        return subst.touchesModule(this.#subst, path) ? this.moduleType(scrape(this.#env, type), position) : { kind: "alias", path };
      }
      case "functor": {
        const { parameter } = type;
        if (parameter.kind === "unit") return { ...type, result: this.moduleType(type.result, position) };
        const parameterType = this.moduleType(parameter.type, opposite[position]);
        const result = this.#within(parameter.id === undefined ? this.#env : addModule(parameter.id, parameter.type, this.#env), () => this.moduleType(type.result, position));
        return { ...type, parameter: { ...parameter, type: parameterType }, result };
      }
      case "signature":
        return { kind: "signature", items: this.#within(addSignature(type.items, this.#env), () => type.items.map((item) => this.item(item, position))) };
    }
  }

  #within<T>(env: Env, run: () => T): T {
    const outer = this.#env;
    this.#env = env;
    try {
      return run();
    } finally {
      this.#env = outer;
    }
  }

  /** An item of a signature; the others of the signature may be in scope. */
  item(item: SignatureItem, position: Position): SignatureItem {
    switch (item.kind) {
      case "type":
        return { ...item, declaration: this.#typeDeclaration(item.declaration, position) };
      case "module":
        return { ...item, declaration: { ...item.declaration, type: this.moduleType(item.declaration.type, position) } };
      case "modtype": {
        const { type } = item.declaration;
        if (type === undefined) return item;
        const erased = this.#attempt(position, () => this.moduleType(type, "invariant"));
        return { ...item, declaration: { ...item.declaration, type: erased } };
      }
      default:
        return subst.signatureItem(this.#subst, item);
    }
  }

  /** What cannot be told any more is left out, where less may be told. */
  #attempt<T>(position: Position, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof CannotErase) || position !== "positive") throw error;
      return undefined;
    }
  }

  #typeDeclaration(declaration: TypeDeclaration, position: Position): TypeDeclaration {
    const whole = this.#attempt(position, () => subst.typeDeclaration(this.#subst, declaration));
    if (whole !== undefined) return whole;
    const kind = this.#attempt(position, () => subst.typeDeclaration(this.#subst, declarationWith(declaration, { manifest: undefined })).kind) ?? ABSTRACT;
    const manifest = this.#attempt(position, () => (declaration.manifest === undefined ? undefined : subst.typeExpr(this.#subst, declaration.manifest)));
    return declarationWith(declaration, { kind, manifest, private: kind.kind === "abstract" && manifest === undefined ? "public" : declaration.private });
  }

  /** What a type constructor of the module is known to be, or of a functor's application that mentions it. */
  #expansion(path: Path): TypeReplacement {
    const known = this.#open.find((k) => samePath(k.path, path)) ?? this.#known.find((k) => samePath(k.path, path));
    if (known !== undefined) return known.replacement;
    const declaration = findType(path, this.#env);
    const { manifest, parameters = [] } = declaration ?? {};
    if (declaration === undefined || manifest === undefined || (declaration.private === "private" && declaration.kind.kind === "abstract")) throw new CannotErase(path);
    // Types of objects and variants may be their own parts, with their own parameters as arguments: there, such a type is the node
    // that is linked to the expansion at the end.
    const whole: TypeExpr = newTypeAt(GENERIC_LEVEL, { kind: "var", name: undefined });
    this.#open.push({ path, replacement: { kind: "function", parameters: [], body: whole } });
    try {
      const body = subst.typeExpr(this.#subst, manifest);
      setDesc(whole, linkDesc(body));
      const replacement: TypeReplacement = { kind: "function", parameters, body };
      // What is part of an open expansion has that one's parameters.
      if (this.#open.length === 1) this.#known.push({ path, replacement });
      return replacement;
    } finally {
      this.#open.pop();
    }
  }
}

const ABSTRACT: TypeDeclaration["kind"] = { kind: "abstract", origin: "definition" };
