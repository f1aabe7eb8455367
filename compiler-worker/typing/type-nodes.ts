/**
 * Objects of type graphs. A type checker does little else than ask nodes for their kind, so all nodes have one hidden class
 * and their descriptions four: a JavaScript engine compiles such accesses to a few comparisons, and more than four it
 * looks up. The descriptions that are met rarely share one class and give their parts by accessors. (Fields are declared
 * without being defined: each is stored once, by the constructor.)
 */
import type { ArgLabel } from "../syntax/ast.ts";
import type { AbbreviationMemo, Commutable, FieldKind, Path, RowDesc, TypeDesc, TypeExpr } from "./types.ts";

class Node implements TypeExpr {
  declare desc: TypeDesc;
  declare level: number;
  declare scope: number;
  declare mark: number;
  declare copy: TypeExpr | undefined;
  constructor(desc: TypeDesc, level: number) {
    this.desc = desc;
    this.level = level;
    this.scope = 0;
    this.mark = 0;
    this.copy = undefined;
  }
}

/** Variables, bound variables, links, and the end of objects. */
class Leaf {
  declare readonly kind: "var" | "univar" | "link" | "nil";
  declare readonly name: string | undefined;
  declare readonly to: TypeExpr | undefined;
  constructor(kind: Leaf["kind"], name: string | undefined, to: TypeExpr | undefined) {
    this.kind = kind;
    this.name = name;
    this.to = to;
  }
}

class Arrow {
  declare readonly kind: "arrow";
  declare readonly label: ArgLabel;
  declare readonly parameter: TypeExpr;
  declare readonly result: TypeExpr;
  declare readonly commutable: Commutable;
  constructor(label: ArgLabel, parameter: TypeExpr, result: TypeExpr, commutable: Commutable) {
    this.kind = "arrow";
    this.label = label;
    this.parameter = parameter;
    this.result = result;
    this.commutable = commutable;
  }
}

/** Constructors and tuples. */
class Application {
  declare readonly kind: "constr" | "tuple";
  declare readonly path: Path | undefined;
  declare readonly args: readonly TypeExpr[];
  declare readonly abbreviations: AbbreviationMemo | undefined;
  constructor(kind: Application["kind"], path: Path | undefined, args: readonly TypeExpr[], abbreviations: AbbreviationMemo | undefined) {
    this.kind = kind;
    this.path = path;
    this.args = args;
    this.abbreviations = abbreviations;
  }
  get components(): readonly TypeExpr[] {
    return this.args;
  }
}

type RareDesc = Extract<TypeDesc, { kind: "object" | "field" | "variant" | "poly" | "package" }>;
/** Objects, their fields, variants, polymorphic types, packages. */
class Rare {
  declare readonly kind: RareDesc["kind"];
  declare readonly first: unknown;
  declare readonly second: unknown;
  declare readonly third: unknown;
  declare readonly fourth: unknown;
  constructor(kind: RareDesc["kind"], first: unknown, second: unknown, third: unknown, fourth: unknown) {
    this.kind = kind;
    this.first = first;
    this.second = second;
    this.third = third;
    this.fourth = fourth;
  }
  get fields(): unknown {
    return this.first;
  }
  get row(): unknown {
    return this.first;
  }
  get body(): unknown {
    return this.first;
  }
  get path(): unknown {
    return this.first;
  }
  get fieldKind(): unknown {
    return this.first;
  }
  get name(): unknown {
    return this.second;
  }
  get variables(): unknown {
    return this.second;
  }
  get constraints(): unknown {
    return this.second;
  }
  get type(): unknown {
    return this.third;
  }
  get rest(): unknown {
    return this.fourth;
  }
}

export function newNode(desc: TypeDesc, level: number): TypeExpr {
  return new Node(desc, level);
}

// The classes have more fields than the interfaces that a description of their kind has; nobody else makes them.
const leaf = (kind: Leaf["kind"], name: string | undefined, to: TypeExpr | undefined): TypeDesc => new Leaf(kind, name, to) as TypeDesc;

export const varDesc = (name: string | undefined): TypeDesc => leaf("var", name, undefined);
export const univarDesc = (name: string | undefined): TypeDesc => leaf("univar", name, undefined);
export const linkDesc = (to: TypeExpr): TypeDesc => leaf("link", undefined, to);
export const NIL_DESC: TypeDesc = leaf("nil", undefined, undefined);
export const arrowDesc = (label: ArgLabel, parameter: TypeExpr, result: TypeExpr, commutable: Commutable): TypeDesc => new Arrow(label, parameter, result, commutable);
export const constrDesc = (path: Path, args: readonly TypeExpr[], abbreviations: AbbreviationMemo): TypeDesc => new Application("constr", path, args, abbreviations) as TypeDesc;
export const tupleDesc = (components: readonly TypeExpr[]): TypeDesc => new Application("tuple", undefined, components, undefined) as TypeDesc;
const rare = (kind: RareDesc["kind"], first: unknown, second: unknown, third?: unknown, fourth?: unknown): TypeDesc => new Rare(kind, first, second, third, fourth) as TypeDesc;
export const objectDesc = (fields: TypeExpr, name: Extract<TypeDesc, { kind: "object" }>["name"]): TypeDesc => rare("object", fields, name);
export const fieldDesc = (name: string, fieldKind: FieldKind, type: TypeExpr, rest: TypeExpr): TypeDesc => rare("field", fieldKind, name, type, rest);
export const variantDesc = (row: RowDesc): TypeDesc => rare("variant", row, undefined);
export const polyDesc = (body: TypeExpr, variables: readonly TypeExpr[]): TypeDesc => rare("poly", body, variables);
export const packageDesc = (path: Path, constraints: Extract<TypeDesc, { kind: "package" }>["constraints"]): TypeDesc => rare("package", path, constraints);

/** The description that an object literal of its form stands for. */
export function asDesc(desc: TypeDesc): TypeDesc {
  if (desc instanceof Arrow || desc instanceof Application || desc instanceof Leaf || desc instanceof Rare) return desc;
  switch (desc.kind) {
    case "var":
      return varDesc(desc.name);
    case "univar":
      return univarDesc(desc.name);
    case "link":
      return linkDesc(desc.to);
    case "nil":
      return NIL_DESC;
    case "arrow":
      return arrowDesc(desc.label, desc.parameter, desc.result, desc.commutable);
    case "constr":
      return constrDesc(desc.path, desc.args, desc.abbreviations);
    case "tuple":
      return tupleDesc(desc.components);
    case "object":
      return objectDesc(desc.fields, desc.name);
    case "field":
      return fieldDesc(desc.name, desc.fieldKind, desc.type, desc.rest);
    case "variant":
      return variantDesc(desc.row);
    case "poly":
      return polyDesc(desc.body, desc.variables);
    case "package":
      return packageDesc(desc.path, desc.constraints);
  }
}
