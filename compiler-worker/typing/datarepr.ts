/** From declarations of types to descriptions of their constructors and labels. */
import { isStaticRow, newGenericType, repr, rowRepr } from "./btype.ts";
import type { ConstructorArguments, ConstructorDescription, ConstructorTag, ExtensionConstructor, LabelDeclaration, LabelDescription, Path, RecordRepresentation, TypeDeclaration, TypeExpr } from "./types.ts";
import type { PrivateFlag } from "../syntax/ast.ts";

function constr(path: Path, args: readonly TypeExpr[]): TypeExpr {
  return newGenericType({ kind: "constr", path, args, abbreviations: { expansion: undefined } });
}

/** The free type variables of types, in order of occurrence. */
export function freeVariables(types: readonly TypeExpr[]): TypeExpr[] {
  const seen = new Set<TypeExpr>();
  const variables: TypeExpr[] = [];
  const visit = (type: TypeExpr): void => {
    const t = repr(type);
    if (seen.has(t)) return;
    seen.add(t);
    const { desc } = t;
    switch (desc.kind) {
      case "var":
        variables.push(t);
        break;
      case "arrow":
        visit(desc.parameter);
        visit(desc.result);
        break;
      case "tuple":
        desc.components.forEach(visit);
        break;
      case "constr":
        desc.args.forEach(visit);
        break;
      case "object":
        visit(desc.fields);
        break;
      case "field":
        visit(desc.type);
        visit(desc.rest);
        break;
      case "poly":
        visit(desc.body);
        break;
      case "package":
        for (const c of desc.constraints) visit(c.type);
        break;
      case "variant":
        for (const { field } of rowRepr(desc.row).fields) {
          let cell = field;
          while (cell.state.kind === "link") cell = cell.state.to;
          if (cell.state.kind === "present" && cell.state.argument !== undefined) visit(cell.state.argument);
          if (cell.state.kind === "either") cell.state.args.forEach(visit);
        }
        if (!isStaticRow(desc.row)) visit(rowRepr(desc.row).more);
        break;
    }
  };
  types.forEach(visit);
  return variables;
}

function argumentTypes(args: ConstructorArguments): TypeExpr[] {
  return args.kind === "tuple" ? [...args.types] : args.labels.map((l) => l.type);
}

/** Arguments as a constructor's uses see them: an inline record is one argument of its own type. */
function describeArguments(path: Path, args: ConstructorArguments, result: TypeExpr, isGadt: boolean, isPrivate: PrivateFlag, representation: RecordRepresentation, declaration: { readonly loc: TypeDeclaration["loc"]; readonly attributes: TypeDeclaration["attributes"]; readonly uid: number }): { args: readonly TypeExpr[]; existentials: TypeExpr[]; inlined: TypeDeclaration | undefined } {
  const types = argumentTypes(args);
  const bound = new Set(freeVariables([result]));
  const existentials = isGadt ? freeVariables(types).filter((v) => !bound.has(v)) : [];
  if (args.kind === "tuple") return { args: types, existentials, inlined: undefined };
  // A record that does not mention a parameter of the variant belongs to all instances of it.
  const parameters = freeVariables(types);
  const inlined: TypeDeclaration = {
    parameters, arity: parameters.length, kind: { kind: "record", labels: args.labels, representation }, private: isPrivate, manifest: undefined, variance: parameters.map(() => 127), separability: parameters.map(() => "independent"),
    isNewtype: false, expansionScope: 0, loc: declaration.loc, attributes: declaration.attributes, immediate: "unknown", unboxed: representation.kind === "unboxed", uid: declaration.uid,
  };
  return { args: [constr(path, parameters)], existentials, inlined };
}

export function constructorsOfType(path: Path, declaration: TypeDeclaration): ConstructorDescription[] {
  if (declaration.kind.kind !== "variant") return [];
  const { constructors, representation } = declaration.kind;
  const resultType = constr(path, declaration.parameters);
  const isConstant = (args: ConstructorArguments): boolean => args.kind === "tuple" && args.types.length === 0;
  const constants = constructors.filter((c) => isConstant(c.args)).length;
  const nonConstants = constructors.length - constants;
  let constantIndex = 0;
  let blockIndex = 0;
  return constructors.map((c): ConstructorDescription => {
    const result = c.result ?? resultType;
    const tag: ConstructorTag = representation === "unboxed" ? { kind: "unboxed" } : isConstant(c.args) ? { kind: "constant", index: constantIndex++ } : { kind: "block", tag: blockIndex++ };
    const recordRepresentation: RecordRepresentation = tag.kind === "block" ? { kind: "inlined", tag: tag.tag } : { kind: "unboxed", inlined: true };
    const described = describeArguments({ kind: "inlineRecord", prefix: path, constructor: c.id.name }, c.args, result, c.result !== undefined, declaration.private, recordRepresentation, c);
    return {
      name: c.id.name, result, existentials: described.existentials, args: described.args, arity: described.args.length, tag, constants, nonConstants, generalized: c.result !== undefined, private: declaration.private,
      loc: c.loc, attributes: c.attributes, inlined: described.inlined, uid: c.uid,
    };
  });
}

export function extensionDescription(path: Path, e: ExtensionConstructor): ConstructorDescription {
  const result = e.result ?? constr(e.typePath, e.typeParameters);
  const described = describeArguments({ kind: "inlineRecord", prefix: path, constructor: undefined }, e.args, result, e.result !== undefined, e.private, { kind: "extension", path }, e);
  const name = path.kind === "ident" ? path.id.name : path.kind === "dot" ? path.name : "";
  return {
    name, result, existentials: described.existentials, args: described.args, arity: described.args.length, tag: { kind: "extension", path, constant: described.args.length === 0 }, constants: -1, nonConstants: -1,
    generalized: e.result !== undefined, private: e.private, loc: e.loc, attributes: e.attributes, inlined: described.inlined, uid: e.uid,
  };
}

export function labelsOfType(path: Path, declaration: TypeDeclaration): LabelDescription[] {
  if (declaration.kind.kind !== "record") return [];
  const { labels, representation } = declaration.kind;
  return describeLabels(constr(path, declaration.parameters), labels, representation, declaration.private);
}

export function describeLabels(result: TypeExpr, labels: readonly LabelDeclaration[], representation: RecordRepresentation, isPrivate: PrivateFlag): LabelDescription[] {
  const all: LabelDescription[] = labels.map((l, position) => ({
    name: l.id.name, result, type: l.type, mutable: l.mutable, position, all: [], representation, private: isPrivate, loc: l.loc, attributes: l.attributes, uid: l.uid,
  }));
  for (const l of all) l.all = all;
  return all;
}
