/** Declarations of values, types, constructors and fields (reference manual, section 11.8). */
import type {
  Attribute, Attributes, ConstructorArguments, ConstructorDeclaration, CoreType, ExtensionConstructor, Injectivity, LabelDeclaration, Loc, Longident, RecFlag, TypeDeclaration,
  TypeDefinition, TypeExtension, TypeParameter, ValueDescription, Variance,
} from "./ast.ts";
import { located, parseAttributes, parseKeywordExtension, parseLident, parseModulePath, parsePostAttributes, parseTypePath, parseUident, parseValueName } from "./parse-names.ts";
import { mkType, parsePolyType, parseSimpleType, parseType, parseVariableName } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

export function parseValueDescription(p: TokenStream, start: number, external: boolean, attributes: Attributes): ValueDescription {
  const name = parseValueName(p);
  p.expect(":");
  const type = parsePolyType(p);
  const primitive: string[] = [];
  if (external) {
    p.expect("=");
    while (p.kind() === "string") {
      primitive.push(p.value);
      p.advance();
    }
    if (primitive.length === 0) p.fail("string");
  }
  const post = parsePostAttributes(p);
  p.documented(start);
  return { name, type, primitive, attributes: [...attributes, ...post], loc: p.location(start) };
}

export type TypeItem =
  | { readonly kind: "type"; readonly rec: RecFlag; readonly declarations: TypeDeclaration[]; readonly substitution: boolean }
  | { readonly kind: "typext"; readonly extension: TypeExtension };

/** Whether a type is defined by `=` (or not at all), replaced by `:=`, or either of them. */
type TypeSign = "=" | ":=" | "either";

/** `isContinued`: from an `and` on; `sign`: signatures may replace types. */
export function parseTypeItem(p: TokenStream, start: number, sign: TypeSign, isContinued = false): { declaration: TypeItem; extension: Loc<string> | undefined } {
  if (isContinued) p.expect("and");
  else p.expect("type");
  const { extension, attributes } = parseKeywordExtension(p);
  const nonrec = p.here();
  const rec: RecFlag = p.accept("nonrec") ? "nonrecursive" : "recursive";
  const parameters = parseTypeParameters(p);
  // A path or `+=` makes it an extension of an open type.
  const position = p.position;
  if (p.kind() === "uident" || p.peek(1) === "+=") {
    const path = parseTypePath(p);
    p.expect("+=");
    const isPrivate = p.accept("private");
    let from = p.start;
    p.accept("|");
    const constructors: ExtensionConstructor[] = [];
    do {
      constructors.push(parseExtensionConstructor(p, from, { mayRebind: sign === "=" }));
      p.docstrings?.partEnd(p.previousEnd);
      from = p.start;
    } while (p.accept("|"));
    const post = parsePostAttributes(p);
    p.documented(start);
    return { declaration: { kind: "typext", extension: { path, parameters, constructors, private: isPrivate ? "private" : "public", loc: p.location(start), attributes: [...attributes, ...post] } }, extension };
  }
  p.position = position;
  const declarations: TypeDeclaration[] = [];
  const first = parseTypeDeclaration(p, start, parameters, attributes, sign);
  declarations.push(first.declaration);
  while (p.kind() === "and") {
    const andStart = p.start;
    p.advance();
    const before = parseKeywordExtension(p).attributes;
    declarations.push(parseTypeDeclaration(p, andStart, parseTypeParameters(p), before, first.substitution ? ":=" : "=", true).declaration);
  }
  if (first.substitution && rec === "nonrecursive") p.failAt(nonrec, "Syntax error: nonrec flag not expected.");
  return { declaration: { kind: "type", rec, declarations, substitution: first.substitution }, extension };
}

export function parseTypeParameters(p: TokenStream): TypeParameter[] {
  if (p.kind() === "(" ) {
    const start = p.start;
    p.advance();
    const parameters = [parseTypeParameter(p)];
    while (p.accept(",")) parameters.push(parseTypeParameter(p));
    p.expectClosing(")", start, start + 1);
    return parameters;
  }
  if (p.kind() === "'" || p.kind() === "+" || p.kind() === "-" || p.kind() === "!" || p.kind() === "_" || (p.kind() === "prefixop" && /^!?[+-]!?$/.test(p.value)) || (p.kind() === "infix2" && /^[+-]!$/.test(p.value))) return [parseTypeParameter(p)];
  return [];
}

function parseTypeParameter(p: TokenStream): TypeParameter {
  let variance: Variance = "none";
  let injectivity: Injectivity = "none";
  while (["+", "-", "!", "prefixop", "infix2", "infix3"].includes(p.kind())) {
    for (const c of p.value) {
      if (c === "+") variance = variance === "contravariant" ? "bivariant" : "covariant";
      else if (c === "-") variance = variance === "covariant" ? "bivariant" : "contravariant";
      else if (c === "!") injectivity = "injective";
      else p.fail("variance");
    }
    p.advance();
  }
  const start = p.start;
  let type: CoreType;
  if (p.accept("'")) {
    const name = parseVariableName(p);
    type = mkType(p, start, { kind: "var", name });
  } else if (p.kind() === "_") {
    p.advance();
    type = mkType(p, start, { kind: "any" });
  } else return p.fail("type variable");
  const attributes = parseAttributes(p);
  return { type: attributes.length === 0 ? type : { ...type, attributes }, variance, injectivity };
}

export function parseTypeConstraints(p: TokenStream): { left: CoreType; right: CoreType; loc: ReturnType<TokenStream["location"]> }[] {
  const constraints = [];
  while (p.kind() === "constraint") {
    p.advance();
    const { start } = p;
    const left = parseType(p);
    p.expect("=");
    const right = parseType(p);
    constraints.push({ left, right, loc: p.location(start) });
  }
  return constraints;
}

function parseTypeDeclaration(p: TokenStream, start: number, parameters: TypeParameter[], attributes: Attributes, sign: TypeSign, startsText = false): { declaration: TypeDeclaration; substitution: boolean } {
  const name = parseLident(p, "type");
  let definition: TypeDefinition = { kind: "abstract" };
  let manifest: CoreType | undefined;
  let isPrivate = false;
  let substitution = false;
  if (sign === ":=" ? p.kind() !== ":=" : sign === "=" && p.kind() === ":=") p.fail(`'${sign}'`);
  if (p.kind() === ":=" || p.kind() === "=") {
    substitution = p.kind() === ":=";
    p.advance();
    isPrivate = p.accept("private");
    if (atTypeDefinition(p)) definition = parseTypeDefinition(p);
    else {
      manifest = parseType(p);
      if (!isPrivate && p.accept("=")) {
        isPrivate = p.accept("private");
        definition = parseTypeDefinition(p);
      }
    }
  }
  const constraints = parseTypeConstraints(p);
  const post = parsePostAttributes(p);
  p.documented(start, startsText);
  return { declaration: { name, parameters, constraints, definition, private: isPrivate ? "private" : "public", manifest, attributes: [...attributes, ...post], loc: p.location(start) }, substitution };
}

/** Whether constructors, a record or `..` begin here, not a type expression. */
function atTypeDefinition(p: TokenStream): boolean {
  switch (p.kind()) {
    case "{":
    case "|":
    case "..":
    case "true":
    case "false":
      return true;
    case "(":
      return p.peek(1) === ")" || (p.peek(1) === "::" && p.peek(2) === ")");
    case "[":
      return p.peek(1) === "]";
    case "uident":
      return p.peek(1) !== "." && p.peek(1) !== "(";
    default:
      return false;
  }
}

function parseTypeDefinition(p: TokenStream): TypeDefinition {
  if (p.accept("..")) return { kind: "open" };
  if (p.kind() === "{") return { kind: "record", labels: parseLabelDeclarations(p) };
  // A constructor's place begins with the bar in front of it.
  let start = p.start;
  const first = p.accept("|");
  if (first && !(p.kind() === "uident" || p.kind() === "(" || p.kind() === "[" || p.kind() === "true" || p.kind() === "false")) return { kind: "variant", constructors: [] };
  const constructors: ConstructorDeclaration[] = [];
  do {
    constructors.push(parseConstructorDeclaration(p, start));
    start = p.start;
  } while (p.accept("|"));
  return { kind: "variant", constructors };
}

export function parseLabelDeclarations(p: TokenStream): LabelDeclaration[] {
  const opened = p.start;
  p.expect("{");
  const labels: LabelDeclaration[] = [];
  while (p.kind() !== "}") {
    const start = p.start;
    const mutable = p.accept("mutable") ? "mutable" : "immutable";
    const name = parseLident(p, "field");
    p.expect(":");
    // Attributes after the type are the field's.
    const type = parsePolyType(p, false);
    const before = parseAttributes(p);
    const more = p.kind() === ";";
    const end = p.previousEnd;
    if (more) p.advance();
    const after = more ? parseAttributes(p) : [];
    p.docstrings?.partEnd(end, p.previousEnd);
    labels.push({ name, mutable, type, loc: p.location(start, more ? p.previousEnd : end), attributes: [...before, ...after] });
    if (!more) break;
  }
  p.expectClosing("}", opened, opened + 1);
  return labels;
}

function parseConstructorName(p: TokenStream): Loc<string> {
  const start = p.start;
  if (p.kind() === "true" || p.kind() === "false") {
    const name = p.kind();
    p.advance();
    return located(p, start, name);
  }
  if (p.accept("[")) {
    p.expect("]");
    return located(p, start, "[]");
  }
  if (p.accept("(")) {
    const name = p.accept("::") ? "::" : "()";
    if (!p.accept(")")) p.fail(name === "::" ? "')'" : "'::' or ')'");
    return located(p, start, name);
  }
  return parseUident(p, "constructor");
}

function parseConstructorDeclaration(p: TokenStream, start: number): ConstructorDeclaration {
  const name = parseConstructorName(p);
  const { variables, args, result } = parseConstructorRest(p);
  const attributes = parseAttributes(p);
  p.docstrings?.partEnd(p.previousEnd);
  return { name, variables, args, result, loc: p.location(start), attributes };
}

/** `of t * u`, `: 'a. t -> u`, `: u`. */
function parseConstructorRest(p: TokenStream): { variables: Loc<string>[]; args: ConstructorArguments; result: CoreType | undefined } {
  if (p.accept("of")) return { variables: [], args: parseConstructorArguments(p), result: undefined };
  if (!p.accept(":")) return { variables: [], args: { kind: "tuple", types: [] }, result: undefined };
  const variables: Loc<string>[] = [];
  if (p.kind() === "'") {
    let ahead = 0;
    while (p.peek(ahead) === "'") ahead += 2;
    if (p.peek(ahead) === ".") {
      while (p.kind() === "'") {
        const s = p.start;
        p.advance();
        const name = parseVariableName(p);
        variables.push(located(p, s, name));
      }
      p.expect(".");
    }
  }
  const position = p.position;
  const args = parseConstructorArguments(p);
  if (p.accept("->")) return { variables, args, result: parseSimpleApplied(p) };
  if (args.kind === "record" || args.types.length > 1) p.fail("'->'");
  p.position = position;
  return { variables, args: { kind: "tuple", types: [] }, result: parseSimpleApplied(p) };
}

function parseConstructorArguments(p: TokenStream): ConstructorArguments {
  if (p.kind() === "{") {
    const start = p.start;
    const labels = parseLabelDeclarations(p);
    return { kind: "record", labels, loc: p.location(start) };
  }
  const types = [parseSimpleApplied(p)];
  while (p.accept("*")) types.push(parseSimpleApplied(p));
  return { kind: "tuple", types };
}

/** A type without arrows and stars at its top. */
function parseSimpleApplied(p: TokenStream): CoreType {
  const start = p.start;
  let type = parseSimpleType(p);
  for (;;) {
    if (p.kind() === "lident" || p.kind() === "uident") type = mkType(p, start, { kind: "constr", ident: parseTypePath(p), args: [type] });
    else if (p.accept("#")) {
      type = mkType(p, start, { kind: "class", ident: parseTypePath(p), args: [type] });
    } else return type;
  }
}

/** `start`: where its place begins, at the bar in front of it if there is one. */
export function parseExtensionConstructor(p: TokenStream, start = p.start, { mayRebind = true } = {}): ExtensionConstructor {
  const name = parseConstructorName(p);
  if (mayRebind && p.accept("=")) {
    const ident = parseModulePathOrSpecial(p);
    const attributes = parseAttributes(p);
    return { name, definition: { kind: "rebind", ident }, loc: p.location(start), attributes };
  }
  const { variables, args, result } = parseConstructorRest(p);
  const attributes: readonly Attribute[] = parseAttributes(p);
  return { name, definition: { kind: "declaration", variables, args, result }, loc: p.location(start), attributes };
}

function parseModulePathOrSpecial(p: TokenStream): Loc<Longident> {
  const path = parseModulePath(p);
  if (p.accept(".")) p.fail("name of a constructor");
  return path;
}
