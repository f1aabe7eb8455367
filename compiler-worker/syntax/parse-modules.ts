/** Module expressions and module types (reference manual, sections 11.10 and 11.11). */
import type { CoreType, FunctorParameter, Loc, Longident, ModuleExpr, ModuleExprDesc, ModuleType, ModuleTypeDesc, TypeDeclaration, WithConstraint } from "./ast.ts";
import { parseTypeConstraints, parseTypeParameters } from "./parse-declarations.ts";
import { parseSeqExpr } from "./parse-expressions.ts";
import { NO_ATTRIBUTES, located, parseAttributes, parseExtension, parseModuleTypePath, parseTypePath, parseUident, parseWholeExtendedModulePath, parseWholeModulePath } from "./parse-names.ts";
import { parseSignatureItems } from "./parse-signatures.ts";
import { parseStructureItems } from "./parse-structures.ts";
import { mkType, parsePackageType, parseType } from "./parse-types.ts";
import type { TokenStream } from "./token-stream.ts";

/** A module inside a module takes the stack of this many expressions. */
const MODULE_WEIGHT = 5;

export function parseModuleName(p: TokenStream): Loc<string | undefined> {
  const start = p.start;
  if (p.kind() === "_") {
    p.advance();
    return located(p, start, undefined);
  }
  return parseUident(p);
}

/** `(X : S) … : T = M`: what follows the name in a module binding. */
export function parseModuleBindingBody(p: TokenStream): ModuleExpr {
  const start = p.start;
  if (p.accept("=")) return parseModuleExpr(p);
  if (p.accept(":")) {
    const type = parseModuleType(p);
    p.expect("=");
    const module = parseModuleExpr(p);
    return mkModule(p, start, { kind: "constraint", module, type });
  }
  const parameters = parseFunctorParameters(p);
  if (parameters.length === 0) p.fail("'='");
  const body = parseModuleBindingBody(p);
  return foldFunctor(p, parameters, body);
}

function foldFunctor(p: TokenStream, parameters: readonly { start: number; parameter: FunctorParameter }[], body: ModuleExpr): ModuleExpr {
  let result = body;
  for (let i = parameters.length - 1; i >= 0; i--) {
    const { start, parameter } = parameters[i]!;
    result = mkModule(p, start, { kind: "functor", parameter, body: result }, body.loc.end);
  }
  return result;
}

export function parseFunctorParameters(p: TokenStream): { start: number; parameter: FunctorParameter }[] {
  const parameters: { start: number; parameter: FunctorParameter }[] = [];
  while (p.kind() === "(") {
    const start = p.start;
    const openedEnd = p.end;
    p.advance();
    if (p.accept(")")) {
      parameters.push({ start, parameter: { kind: "unit" } });
      continue;
    }
    const name = parseModuleName(p);
    p.expect(":");
    const type = parseModuleType(p);
    p.expectClosing(")", start, openedEnd);
    parameters.push({ start, parameter: { kind: "named", name, type } });
  }
  return parameters;
}

// ---------------------------------------------------------------- module expressions

function mkModule(p: TokenStream, start: number, desc: ModuleExprDesc, end?: number): ModuleExpr {
  return { desc, loc: p.location(start, end), attributes: NO_ATTRIBUTES };
}

export function parseModuleExpr(p: TokenStream): ModuleExpr {
  p.enter(MODULE_WEIGHT);
  const start = p.start;
  let module: ModuleExpr;
  if (p.kind() === "functor") {
    p.advance();
    const attributes = parseAttributes(p);
    const parameters = parseFunctorParameters(p);
    if (parameters.length === 0) p.fail("parameter");
    p.expect("->");
    const body = parseModuleExpr(p);
    const folded = foldFunctor(p, parameters, body);
    module = { desc: folded.desc, loc: folded.loc, attributes: [...folded.attributes, ...attributes] };
  } else {
    module = parseModuleAtom(p);
    while (p.kind() === "(" || p.kind() === "[@") {
      if (p.kind() === "[@") {
        module = withAttributes(p, module);
        continue;
      }
      const openedAt = p.start;
      const openedEnd = p.end;
      if (p.peek(1) === ")") {
        p.advance();
        p.advance();
        module = mkModule(p, start, { kind: "applyunit", functor: module });
        continue;
      }
      const argument = parseParenthesizedModule(p, openedAt, openedEnd);
      module = mkModule(p, start, { kind: "apply", functor: module, argument });
    }
  }
  if (p.kind() === "[@") module = withAttributes(p, module);
  p.leave(MODULE_WEIGHT);
  return module;
}

export function withAttributes(p: TokenStream, module: ModuleExpr): ModuleExpr {
  const attributes = parseAttributes(p);
  return { desc: module.desc, loc: module.loc, attributes: [...module.attributes, ...attributes] };
}

function parseModuleAtom(p: TokenStream): ModuleExpr {
  const start = p.start;
  switch (p.kind()) {
    case "uident":
      return mkModule(p, start, { kind: "ident", ident: parseWholeModulePath(p) });
    case "struct": {
      p.advance();
      const attributes = parseAttributes(p);
      const items = parseStructureItems(p, "end", [start, start + 6]);
      p.expectClosing("end", start, start + 6);
      return { desc: { kind: "structure", items }, loc: p.location(start), attributes };
    }
    case "(":
      return parseParenthesizedModule(p, start, p.end);
    case "[%":
    case "quotedext":
      return mkModule(p, start, { kind: "extension", extension: parseExtension(p) });
    default:
      return p.fail("module expression");
  }
}

function parseParenthesizedModule(p: TokenStream, start: number, openedEnd: number): ModuleExpr {
  p.expect("(");
  if (p.kind() === "val") {
    p.advance();
    const attributes = parseAttributes(p);
    const expression = parseSeqExpr(p);
    let unpacked = expression;
    if (p.accept(":")) {
      const typeStart = p.start;
      const type = mkType(p, typeStart, { kind: "package", package: parsePackageType(p) });
      const to = p.accept(":>") ? packageAt(p) : undefined;
      const loc = p.location(expression.loc.start);
      unpacked = { desc: to === undefined ? { kind: "constraint", expression, type } : { kind: "coerce", expression, from: type, to }, loc, attributes: NO_ATTRIBUTES };
    } else if (p.accept(":>")) {
      const to = packageAt(p);
      unpacked = { desc: { kind: "coerce", expression, from: undefined, to }, loc: p.location(expression.loc.start), attributes: NO_ATTRIBUTES };
    }
    p.expectClosing(")", start, openedEnd);
    return { desc: { kind: "unpack", expression: unpacked }, loc: p.location(start), attributes };
  }
  const module = parseModuleExpr(p);
  if (p.accept(":")) {
    const type = parseModuleType(p);
    p.expectClosing(")", start, openedEnd);
    return mkModule(p, start, { kind: "constraint", module, type });
  }
  p.expectClosing(")", start, openedEnd);
  return module;
}

function packageAt(p: TokenStream): CoreType {
  const start = p.start;
  const packageType = parsePackageType(p);
  return mkType(p, start, { kind: "package", package: packageType });
}

// ---------------------------------------------------------------- module types

export function mkModuleType(p: TokenStream, start: number, desc: ModuleTypeDesc, end?: number): ModuleType {
  return { desc, loc: p.location(start, end), attributes: NO_ATTRIBUTES };
}

export function parseModuleType(p: TokenStream): ModuleType {
  p.enter(MODULE_WEIGHT);
  const start = p.start;
  let type: ModuleType;
  if (p.kind() === "functor") {
    p.advance();
    const attributes = parseAttributes(p);
    const parameters = parseFunctorParameters(p);
    if (parameters.length === 0) p.fail("parameter");
    p.expect("->");
    const result = parseModuleType(p);
    type = foldFunctorType(p, parameters, result);
    type = { desc: type.desc, loc: type.loc, attributes };
  } else if (p.kind() === "(" && (p.peek(1) === ")" || ((p.peek(1) === "uident" || p.peek(1) === "_") && p.peek(2) === ":"))) {
    // (X : S) -> T, short functor types
    const parameters = parseFunctorParameters(p);
    p.expect("->");
    const result = parseModuleType(p);
    type = foldFunctorType(p, parameters, result);
  } else {
    type = parseModuleTypeAtom(p);
    for (;;) {
      if (p.kind() === "with") {
        const constraints = parseWithConstraints(p);
        type = mkModuleType(p, start, { kind: "with", type, constraints });
      } else if (p.kind() === "->") {
        p.advance();
        const result = parseModuleType(p);
        type = mkModuleType(p, start, { kind: "functor", parameter: { kind: "named", name: { value: undefined, loc: type.loc }, type }, result });
      } else if (p.kind() === "[@") {
        const attributes = parseAttributes(p);
        type = { desc: type.desc, loc: type.loc, attributes: [...type.attributes, ...attributes] };
      } else break;
    }
  }
  while (p.kind() === "[@") {
    const attributes = parseAttributes(p);
    type = { desc: type.desc, loc: type.loc, attributes: [...type.attributes, ...attributes] };
  }
  p.leave(MODULE_WEIGHT);
  return type;
}

export function foldFunctorType(p: TokenStream, parameters: readonly { start: number; parameter: FunctorParameter }[], result: ModuleType): ModuleType {
  let type = result;
  for (let i = parameters.length - 1; i >= 0; i--) {
    const { start, parameter } = parameters[i]!;
    type = mkModuleType(p, start, { kind: "functor", parameter, result: type }, result.loc.end);
  }
  return type;
}

function parseModuleTypeAtom(p: TokenStream): ModuleType {
  const start = p.start;
  switch (p.kind()) {
    case "uident":
    case "lident":
      return mkModuleType(p, start, { kind: "ident", ident: parseModuleTypePath(p) });
    case "sig": {
      p.advance();
      const attributes = parseAttributes(p);
      const items = parseSignatureItems(p, "end", [start, start + 3]);
      p.expectClosing("end", start, start + 3);
      return { desc: { kind: "signature", items }, loc: p.location(start), attributes };
    }
    case "module": {
      p.advance();
      p.expect("type");
      p.expect("of");
      const attributes = parseAttributes(p);
      const module = parseModuleExpr(p);
      return { desc: { kind: "typeof", module }, loc: p.location(start), attributes };
    }
    case "(": {
      const openedEnd = p.end;
      p.advance();
      if (p.kind() === "module" && p.peek(1) !== "type") {
        // (module M): an alias
        p.advance();
        const ident = parseWholeModulePath(p);
        p.expectClosing(")", start, openedEnd);
        return mkModuleType(p, start, { kind: "alias", ident });
      }
      const type = parseModuleType(p);
      p.expectClosing(")", start, openedEnd);
      return { desc: type.desc, loc: p.location(start), attributes: type.attributes };
    }
    case "[%":
    case "quotedext":
      return mkModuleType(p, start, { kind: "extension", extension: parseExtension(p) });
    default:
      return p.fail("module type");
  }
}

function parseWithConstraints(p: TokenStream): WithConstraint[] {
  p.expect("with");
  const constraints: WithConstraint[] = [];
  for (;;) {
    constraints.push(parseWithConstraint(p));
    // Also where an `and` of an enclosing recursive definition would be possible.
    if (!p.accept("and")) return constraints;
  }
}

function parseWithConstraint(p: TokenStream): WithConstraint {
  const start = p.start;
  if (p.accept("module")) {
    if (p.accept("type")) {
      const ident = parseModuleTypePath(p);
      const substitution = p.kind() === ":=";
      if (!p.accept(":=")) p.expect("=");
      const type = parseModuleType(p);
      return { kind: substitution ? "modtypesubst" : "modtype", ident, type };
    }
    const ident = parseWholeModulePath(p);
    const substitution = p.kind() === ":=";
    if (!p.accept(":=")) p.expect("=");
    return { kind: substitution ? "modsubst" : "module", ident, target: parseWholeExtendedModulePath(p) };
  }
  p.expect("type");
  const parameters = parseTypeParameters(p);
  const nameStart = p.start;
  const ident = parseTypePath(p);
  const name = located(p, nameStart, ident.value.kind === "apply" ? "" : ident.value.name);
  const substitution = p.kind() === ":=";
  if (!p.accept(":=")) p.expect("=");
  const isPrivate = p.accept("private");
  const manifest = parseType(p);
  const constraints = parseTypeConstraints(p);
  const declaration: TypeDeclaration = { name, parameters, constraints, definition: { kind: "abstract" }, private: isPrivate ? "private" : "public", manifest, attributes: NO_ATTRIBUTES, loc: p.location(start) };
  return { kind: substitution ? "typesubst" : "type", ident, declaration };
}

/** `with type t = … and type …` of package types, which begin at `start`. */
export function parsePackageConstraints(p: TokenStream, start: number): { ident: Loc<Longident>; type: CoreType }[] {
  const result: { ident: Loc<Longident>; type: CoreType }[] = [];
  for (const constraint of parseWithConstraints(p)) {
    if (constraint.kind !== "type" || constraint.declaration.manifest === undefined) return p.failAt(p.location(start), "invalid package type: only 'with type t =' constraints are supported");
    if (constraint.declaration.parameters.length > 0) return p.failAt(constraint.declaration.loc, "invalid package type: parametrized types are not supported");
    if (constraint.declaration.constraints.length > 0) return p.failAt(constraint.declaration.loc, "invalid package type: constrained types are not supported");
    if (constraint.declaration.private === "private") return p.failAt(constraint.declaration.loc, "invalid package type: private types are not supported");
    result.push({ ident: constraint.ident, type: constraint.declaration.manifest });
  }
  return result;
}
