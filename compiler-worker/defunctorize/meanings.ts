/**
 * What identifiers mean at compile time: core variables, groups not yet translated, primitives, and modules, which
 * exist at run time only when they must (ARCHITECTURE section 6).
 */
import type { Constant, Expr, Kind, Variable } from "../core/core.ts";
import type { Env } from "../typing/env.ts";

import type { ModuleCoercion, ModuleExpr } from "../typing/typedtree.ts";
import type { Ident, ModuleType, PrimitiveDescription, TypeExpr } from "../typing/types.ts";
import type { Group } from "./sinks.ts";

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
  | { readonly kind: "primitive"; readonly primitive: PrimitiveDescription; readonly type: TypeExpr; readonly env: Env }
  | { readonly kind: "alias"; readonly resolve: () => Meaning }
  | { readonly kind: "module"; readonly module: () => ModuleMeaning };

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
  #byName: Map<string, Meaning> | undefined;
  /** The block that stands for the module at run time, once it was needed; by the sink that holds it. */
  block: { readonly group: Group; readonly variable: Variable } | undefined;

  constructor(components: readonly Component[], aliases: ReadonlyMap<string, Meaning>) {
    this.components = components;
    this.aliases = aliases;
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

/** A functor known at compile time: its body is translated anew for each argument. */
export class StaticFunctor {
  readonly kind = "functor";
  readonly parameter: Ident | undefined;
  readonly parameterType: ModuleType | undefined;
  readonly body: ModuleExpr;
  readonly closure: FunctorClosure;
  /** What is done to the argument, in order, and to the result. */
  readonly argumentCoercions: readonly ScopedCoercion[];
  readonly resultCoercions: readonly ScopedCoercion[];
  /** Instances of functors without effects, by argument. */
  readonly instances: Map<ModuleMeaning, Map<string, ModuleMeaning>>;

  constructor(
    parameter: Ident | undefined,
    parameterType: ModuleType | undefined,
    body: ModuleExpr,
    closure: FunctorClosure,
    argumentCoercions: readonly ScopedCoercion[],
    resultCoercions: readonly ScopedCoercion[],
    instances: Map<ModuleMeaning, Map<string, ModuleMeaning>>,
  ) {
    this.parameter = parameter;
    this.parameterType = parameterType;
    this.body = body;
    this.closure = closure;
    this.argumentCoercions = argumentCoercions;
    this.resultCoercions = resultCoercions;
    this.instances = instances;
  }
}

/** A coercion, with the scope in which its aliases' paths have their meaning. */
export interface ScopedCoercion {
  readonly coercion: ModuleCoercion;
  readonly scope: Scope;
}

/** Where a functor's body was written: its identifiers and its file's rules. */
export interface FunctorClosure {
  readonly scope: Scope;
  readonly home: Home;
}

/** The unit in which code was written. */
export interface Home {
  readonly unit: string;
  readonly runtimeDialect: boolean;
}

/** A structure that exists only at run time: unpacked, or the parameter of a functor that is. */
export class BlockModule {
  readonly kind = "block";
  readonly value: () => Expr;
  readonly type: ModuleType;
  readonly env: Env;
  layout: readonly { readonly namespace: Namespace; readonly name: string; readonly type: ModuleType | undefined }[] | undefined;
  aliases: ReadonlyMap<string, Meaning> | undefined;
  inner: Env | undefined;

  constructor(value: () => Expr, type: ModuleType, env: Env) {
    this.value = value;
    this.type = type;
    this.env = env;
    this.layout = undefined;
    this.aliases = undefined;
    this.inner = undefined;
  }
}

/** A functor that exists only at run time: a closure from the argument's block to the result's. */
export class BlockFunctor {
  readonly kind = "blockFunctor";
  readonly value: () => Expr;
  readonly type: ModuleType;
  readonly env: Env;
  readonly argumentCoercions: readonly ScopedCoercion[];
  readonly resultCoercions: readonly ScopedCoercion[];

  constructor(value: () => Expr, type: ModuleType, env: Env, argumentCoercions: readonly ScopedCoercion[] = [], resultCoercions: readonly ScopedCoercion[] = []) {
    this.value = value;
    this.type = type;
    this.env = env;
    this.argumentCoercions = argumentCoercions;
    this.resultCoercions = resultCoercions;
  }
}

/**
 * Identifiers bound by one evaluation of a structure, functions inside included; an instance of a functor has a scope
 * of its own inside the functor's.
 */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #meanings = new Map<Ident, Meaning>();

  constructor(parent: Scope | undefined) {
    this.#parent = parent;
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
