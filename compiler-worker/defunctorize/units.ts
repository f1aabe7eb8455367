/** Compilation units as modules known at compile time, evaluated when they are first named. */
import type { Attribute, Attributes, Payload } from "../syntax/ast.ts";
import type { TypedResult } from "../typing/session.ts";
import type { TypedUnit } from "../typing/typedtree.ts";
import type { Ident } from "../typing/types.ts";
import type { Compilation } from "./context.ts";
import { Scope, type Home, type ModuleMeaning } from "./meanings.ts";
import { coerceModule, inScope } from "./coercions.ts";
import { evaluateStructure } from "./modules.ts";
import { Sink, type Owner } from "./sinks.ts";

export class Unit implements Home {
  readonly name: string;
  readonly typed: TypedUnit;
  readonly runtimeDialect: boolean;
  linked = false;
  readonly onLink: (() => void)[] = [];
  readonly needs = new Set<Owner>();
  readonly scope: Scope;
  readonly sink: Sink;
  module: ModuleMeaning | undefined;
  #marked: Map<string, Map<string, Ident>> | undefined;

  constructor(c: Compilation, typed: TypedUnit) {
    this.name = typed.name;
    this.typed = typed;
    this.runtimeDialect = typed.runtimeDialect;
    this.scope = new Scope(undefined, c.memo.unit(typed));
    this.sink = new Sink(this, c.schedule);
    this.module = undefined;
    this.#marked = undefined;
  }

  /** Top-level values that carry an attribute with a string, `[@@primitive "name"]` or `[@@export "name"]`, by that string. */
  marked(attribute: "primitive" | "export"): ReadonlyMap<string, Ident> {
    if (this.#marked === undefined) {
      const marked = new Map<string, Map<string, Ident>>([
        ["primitive", new Map()],
        ["export", new Map()],
      ]);
      const mark = (id: Ident, attributes: Attributes): void => {
        for (const a of attributes) {
          const text = attributeString(a);
          if (text !== undefined) marked.get(a.name.value)?.set(text, id);
        }
      };
      for (const { desc } of this.typed.structure.items) {
        if (desc.kind === "deferred") desc.ids.forEach((id, i) => mark(id, desc.attributes[i]!));
        if (desc.kind !== "value") continue;
        for (const binding of desc.bindings) {
          const pattern = binding.pattern.desc;
          if (pattern.kind === "var" || pattern.kind === "alias") mark(pattern.id, binding.attributes);
        }
      }
      this.#marked = marked;
    }
    return this.#marked.get(attribute)!;
  }
}

/** The string that is all of an attribute's payload. */
export function attributeString(a: Attribute): string | undefined {
  const payload: Payload = a.payload;
  if (payload.kind !== "structure") return undefined;
  const item = payload.items[0]?.desc;
  if (item === undefined || item.kind !== "eval") return undefined;
  const desc = item.expression.desc;
  return desc.kind === "constant" && desc.constant.kind === "string" ? desc.constant.value : undefined;
}

export class Units {
  readonly #c: Compilation;
  readonly #typeUnit: (name: string) => TypedResult;
  readonly #units = new Map<string, Unit>();

  constructor(c: Compilation, typeUnit: (name: string) => TypedResult) {
    this.#c = c;
    this.#typeUnit = typeUnit;
  }

  find(name: string): Unit | undefined {
    let unit = this.#units.get(name);
    if (unit === undefined) {
      const { typed, diagnostics } = this.#typeUnit(name);
      this.#c.diagnostics.push(...diagnostics);
      // A unit with errors has a tree that cannot be trusted.
      if (typed === undefined || diagnostics.some((d) => d.severity === "error")) return undefined;
      unit = new Unit(this.#c, typed);
      this.#units.set(name, unit);
      const structure = evaluateStructure(this.#c, typed.structure, { scope: unit.scope, home: unit, sink: unit.sink, place: { name: unit.name, exceptionPath: typed.shownAs } });
      unit.module = coerceModule(this.#c, structure, inScope(typed.coercion, unit.scope));
    }
    return unit;
  }

  module(name: string): ModuleMeaning {
    const module = this.find(name)?.module;
    if (module === undefined) throw new MissingUnit(name);
    return module;
  }
}

/** A unit that has no typed tree: it could not be found or has errors, which were reported already. */
export class MissingUnit extends Error {
  readonly unit: string;
  constructor(unit: string) {
    super(`the unit ${unit} is missing`);
    this.unit = unit;
  }
}
