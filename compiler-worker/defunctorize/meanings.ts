/**
 * What identifiers mean at compile time: core variables, groups not yet translated, primitives, and modules, which
 * exist at run time only when they must (ARCHITECTURE section 6).
 */
import type { Constant, Expr, Kind, Variable } from "../core/core.ts";
import type { Env } from "../typing/env.ts";

import type { ModuleCoercion, ModuleExpr } from "../typing/typedtree.ts";
import type { Ident, ModuleType, PrimitiveDescription, TypeExpr } from "../typing/types.ts";
import type { KeptScope } from "./memo.ts";
import type { Group, Owner } from "./sinks.ts";

/** The kinds of a function of the runtime dialect, which ordinary code must know to call it. */
export interface DialectSignature {
  readonly parameters: readonly Kind[];
  readonly result: Kind;
}

export type Meaning =
  | { readonly kind: "variable"; readonly variable: Variable; readonly signature: DialectSignature | undefined }
  | { readonly kind: "group"; readonly group: Group; readonly variable: Variable; readonly signature: DialectSignature | undefined }
  | { readonly kind: "constant"; readonly constant: Constant }
  /** A reference of the runtime dialect, held in a mutable variable. */
  | { readonly kind: "reference"; readonly variable: Variable }
  /** Computed at every mention: components of modules that exist at run time, instance variables. */
  | { readonly kind: "expression"; readonly make: () => Expr }
  | { readonly kind: "predefined"; readonly exception: string }
  | { readonly kind: "primitive"; readonly primitive: PrimitiveDescription; readonly type: TypeExpr; readonly env: Env }
  | { readonly kind: "alias"; readonly resolve: () => Meaning }
  | { readonly kind: "module"; readonly module: () => ModuleMeaning };

export function followAliases(meaning: Meaning): Meaning {
  let m = meaning;
  while (m.kind === "alias") m = m.resolve();
  return m;
}

export type Namespace = "value" | "exception" | "module" | "class";

export interface Component {
  readonly namespace: Namespace;
  readonly name: string;
  readonly meaning: Meaning;
}

export type ModuleMeaning = StaticModule | StaticFunctor | BlockModule | BlockFunctor;

/** A structure known at compile time. */
export class StaticModule {
  readonly kind = "structure";
  /** The run-time components of its signature, in order: what coercions count. */
  readonly components: readonly Component[];
  /** Module aliases that have no run-time component. */
  readonly aliases: ReadonlyMap<string, Meaning>;
  /** All its values are globals: it was not made inside a function. */
  readonly isGlobal: boolean;
  #byName: Map<string, Meaning> | undefined;
  /** The block that stands for the module at run time, once it was needed. */
  block: { readonly group: Group; readonly variable: Variable } | undefined;

  constructor(components: readonly Component[], aliases: ReadonlyMap<string, Meaning>, isGlobal: boolean) {
    this.components = components;
    this.aliases = aliases;
    this.isGlobal = isGlobal;
    this.#byName = undefined;
    this.block = undefined;
  }

  find(namespace: Namespace, name: string): Meaning | undefined {
    if (this.#byName === undefined) {
      this.#byName = new Map();
      for (const c of this.components) this.#byName.set(`${c.namespace} ${c.name}`, c.meaning);
    }
    return this.#byName.get(`${namespace} ${name}`) ?? (namespace === "module" ? this.aliases.get(name) : undefined);
  }
}

/** The source of a functor known at compile time: its body is translated anew for each argument. */
export interface FunctorSource {
  readonly parameter: Ident | undefined;
  /** Undefined for a generative functor. */
  readonly parameterType: ModuleType | undefined;
  readonly body: ModuleExpr;
  /** Where it was written: the meanings of its identifiers, its file's rules, its name. */
  readonly scope: Scope;
  readonly home: Home;
  readonly place: Place;
  readonly isGlobal: boolean;
  /** Instances of functors without effects, by argument and by how it was coerced. */
  readonly instances: Map<ModuleMeaning, Map<string, ModuleMeaning>>;
}

export class StaticFunctor {
  readonly kind = "functor";
  readonly source: FunctorSource;
  /** What is done to the argument before, and to the result after. */
  readonly argumentCoercion: ModuleCoercion;
  readonly resultCoercion: ModuleCoercion;

  constructor(source: FunctorSource, argumentCoercion: ModuleCoercion, resultCoercion: ModuleCoercion) {
    this.source = source;
    this.argumentCoercion = argumentCoercion;
    this.resultCoercion = resultCoercion;
  }
}

/** The unit in which code was written. */
export interface Home extends Owner {
  readonly runtimeDialect: boolean;
}

/** Names for what is made: of functions (dumps, symbols), and of exceptions (printed by programs; undefined inside expressions). */
export interface Place {
  readonly name: string;
  readonly exceptionPath: string | undefined;
}

export function inside(place: Place, name: string): Place {
  return { name: `${place.name}.${name}`, exceptionPath: place.exceptionPath === undefined ? undefined : `${place.exceptionPath}.${name}` };
}

/** A structure that exists only at run time: unpacked, or the parameter of a functor that is. */
export class BlockModule {
  readonly kind = "block";
  readonly value: () => Expr;
  readonly type: ModuleType;
  readonly env: Env;
  /** In which the paths of aliases in its type have their meaning. */
  readonly scope: Scope;
  layout: readonly { readonly namespace: Namespace; readonly name: string; readonly type: ModuleType | undefined }[] | undefined;
  aliases: ReadonlyMap<string, Meaning> | undefined;
  /** `env` with the module's own items. */
  inner: Env | undefined;

  /** Its fields are set after it was made: a recursive module. */
  readonly isMutable: boolean;

  constructor(value: () => Expr, type: ModuleType, env: Env, scope: Scope, isMutable: boolean) {
    this.isMutable = isMutable;
    this.value = value;
    this.type = type;
    this.env = env;
    this.scope = scope;
    this.layout = undefined;
    this.aliases = undefined;
    this.inner = undefined;
  }
}

/** A functor that exists only at run time: a closure from the argument's block to the result's. */
export class BlockFunctor {
  readonly kind = "blockFunctor";
  readonly value: () => Expr;
  constructor(value: () => Expr) {
    this.value = value;
  }
}

/**
 * Identifiers bound by one evaluation of a structure, functions inside included; an instance of a functor has a scope
 * of its own inside the functor's.
 */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #meanings = new Map<Ident, Meaning>();
  /** What is kept of it for later compilations; undefined for what is made anew each time. */
  readonly kept: KeptScope | undefined;

  constructor(parent: Scope | undefined, kept: KeptScope | undefined) {
    this.#parent = parent;
    this.kept = kept;
  }

  find(id: Ident): Meaning | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.#parent) {
      const meaning = scope.#meanings.get(id);
      if (meaning !== undefined) return meaning;
    }
    return undefined;
  }

  set(id: Ident, meaning: Meaning): void {
    this.#meanings.set(id, meaning);
  }
}
