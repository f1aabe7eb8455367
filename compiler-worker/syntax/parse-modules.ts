/** Structures, signatures, module expressions and types (reference manual, sections 11.10–11.12). */
import type {
  Attributes, CoreType, FunctorParameter, Loc, Longident, ModuleBinding, ModuleDeclaration, ModuleExpr, ModuleExprDesc, ModuleType, ModuleTypeDesc, ModuleTypeDeclaration, OverrideFlag,
  RecFlag, Signature, SignatureItem, SignatureItemDesc, Structure, StructureItem, StructureItemDesc, TypeDeclaration, WithConstraint,
} from "./ast.ts";
import { parseClassDeclarations, parseClassDescriptions, parseClassTypeDeclarations } from "./parse-classes.ts";
import { parseValueDescription, parseTypeItem, parseTypeParameters, parseTypeConstraints, parseExtensionConstructor } from "./parse-declarations.ts";
import { parseLetBindings, parseSeqExpr } from "./parse-expressions.ts";
import {
  located, NO_ATTRIBUTES, parseAttributes, parseWholeExtendedModulePath, parseExtension, parseFloatingAttribute, parseKeywordExtension, parseModuleTypePath, parsePostAttributes,
  parseTypePath, parseUident, parseWholeModulePath,
} from "./parse-names.ts";
import { mkType, parsePackageType, parseType } from "./parse-types.ts";
import { beforeRefusing, isStackOverflow } from "./host-stack.ts";
import { errorAt } from "./diagnostics.ts";
import { SyntaxFailure, type TokenStream } from "./token-stream.ts";

// ---------------------------------------------------------------- structures

/** A module inside a module takes the stack of this many expressions. */
const MODULE_WEIGHT = 5;

const ITEM_START = new Set(["let", "type", "module", "open", "include", "exception", "external", "class", "val", "end", "eof"]);

/** Skips to where an item may begin again, after a syntax error. */
function recover(p: TokenStream, closing: string): void {
  let depth = 0;
  for (;;) {
    const kind = p.kind();
    if (kind === "eof") return;
    if (depth === 0 && (kind === closing || kind === ";;")) return;
    if (depth <= 0 && ITEM_START.has(kind) && kind !== "end" && atLineStart(p)) return;
    if (kind === "struct" || kind === "sig" || kind === "object" || kind === "begin") depth++;
    else if (kind === "end") depth--;
    p.advance();
  }
}

/** The failure that an exception is. Input that would take too much of the host's stack fails like any other. */
function asFailure(p: TokenStream, error: unknown): SyntaxFailure {
  if (error instanceof SyntaxFailure) return error;
  if (!isStackOverflow(error)) throw error;
  beforeRefusing();
  return new SyntaxFailure(errorAt(p.here(), "Syntax error: this phrase is nested too deeply"));
}

function atLineStart(p: TokenStream): boolean {
  const { text } = p.file;
  const line = text.lastIndexOf("\n", p.start - 1) + 1;
  return text.slice(line, p.start).trim() === "";
}

function skipSeparators(p: TokenStream): void {
  while (p.kind() === ";;") {
    p.docstrings?.textBefore(p.start);
    p.advance();
  }
}

/** Items up to `closing` (which stays), with recovery from errors in between. */
export function parseStructureItems(p: TokenStream, closing: string): Structure {
  const items: StructureItem[] = [];
  const first = p.position;
  const { start, previousEnd } = p;
  for (;;) {
    skipSeparators(p);
    if (p.kind() === closing || p.kind() === "eof") {
      p.docstrings?.section(p.position === first ? previousEnd : start, p.previousEnd, p.position === first);
      return items;
    }
    p.docstrings?.textBefore(p.start);
    const { depth } = p;
    const before = p.position;
    try {
      items.push(parseStructureItem(p, items.length === 0 || p.tokens.kinds[p.position - 1] === ";;"));
    } catch (error) {
      const failure = asFailure(p, error);
      if (closing === "]") throw failure;
      p.depth = depth;
      p.diagnostics.push(failure.diagnostic);
      if (p.position === before) p.advance();
      recover(p, closing);
      if (p.kind() === "end" && closing !== "end") p.advance();
    }
  }
}

function parseStructureItem(p: TokenStream, expressionAllowed: boolean): StructureItem {
  const start = p.start;
  const finish = (desc: StructureItemDesc): StructureItem => ({ desc, loc: p.location(start) });
  const undocumented = (item: StructureItem): StructureItem => {
    p.docstrings?.undocumented(start, p.previousEnd);
    return item;
  };
  const wrapped = (desc: StructureItemDesc, extension: Loc<string> | undefined): StructureItem => {
    const item = finish(desc);
    if (extension === undefined) return item;
    return { desc: { kind: "extension", extension: { name: extension, payload: { kind: "structure", items: [item] } }, attributes: [] }, loc: item.loc };
  };
  switch (p.kind()) {
    case "let": {
      // An expression `let … in …` at the top is told from a definition by its `in`.
      const position = p.position;
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      if (p.kind() !== "open" && p.kind() !== "module" && p.kind() !== "exception") {
        const rec: RecFlag = p.accept("rec") ? "recursive" : "nonrecursive";
        const bindings = parseLetBindings(p, start, attributes, { ofStructure: true, mayPun: extension !== undefined });
        if (p.kind() !== "in") {
          bindings.forEach(({ loc }, i) => {
            p.docstrings?.item(loc.start, loc.end);
            if (i > 0) p.docstrings?.textBefore(loc.start);
          });
          return wrapped({ kind: "value", rec, bindings }, extension);
        }
      }
      // Between items an expression needs `;;` before it.
      if (!expressionAllowed) p.fail();
      p.position = position;
      break;
    }
    case "val": {
      // What it declares is known to the rest of the file.
      p.advance();
      const description = parseValueDescription(p, start, false, NO_ATTRIBUTES);
      p.misplaced.push(errorAt(p.location(start), "Value declarations are only allowed in signatures"));
      return finish({ kind: "primitive", description: { ...description, primitive: ["misplaced"] } });
    }
    case "external": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      return wrapped({ kind: "primitive", description: parseValueDescription(p, start, true, attributes) }, extension);
    }
    case "type": {
      const { declaration, extension } = parseTypeItem(p, start);
      if (declaration.kind === "typext") return wrapped({ kind: "typext", extension: declaration.extension }, extension);
      return wrapped({ kind: "type", rec: declaration.rec, declarations: declaration.declarations }, extension);
    }
    case "exception": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const constructor = parseExtensionConstructor(p);
      const post = parsePostAttributes(p);
      p.documented(start);
      const loc = p.location(start);
      return wrapped({ kind: "exception", exception: { constructor: { ...constructor, attributes: [...attributes, ...constructor.attributes], loc: p.location(start, constructor.loc.end) }, loc, attributes: post } }, extension);
    }
    case "module":
      return parseModuleItem(p, start, wrapped);
    case "open": {
      p.advance();
      const override: OverrideFlag = p.accept("!") ? "override" : "fresh";
      const { extension, attributes } = parseKeywordExtension(p);
      const module = parseModuleExpr(p);
      const post = parsePostAttributes(p);
      p.documented(start);
      return wrapped({ kind: "open", declaration: { module, override, loc: p.location(start), attributes: [...attributes, ...post] } }, extension);
    }
    case "include": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const module = parseModuleExpr(p);
      const post = parsePostAttributes(p);
      p.documented(start);
      return wrapped({ kind: "include", module, loc: p.location(start), attributes: [...attributes, ...post] }, extension);
    }
    case "class": {
      p.advance();
      if (p.kind() === "type") {
        p.advance();
        const { extension, attributes } = parseKeywordExtension(p);
        return wrapped({ kind: "classtype", declarations: parseClassTypeDeclarations(p, start, attributes) }, extension);
      }
      const { extension, attributes } = parseKeywordExtension(p);
      return wrapped({ kind: "class", declarations: parseClassDeclarations(p, start, attributes) }, extension);
    }
    case "[@@@":
      return undocumented(finish({ kind: "attribute", attribute: parseFloatingAttribute(p) }));
    case "[%%":
    case "quotedextitem": {
      const extension = parseExtension(p);
      const attributes = parsePostAttributes(p);
      p.documented(start);
      return finish({ kind: "extension", extension, attributes });
    }
  }
  if (!expressionAllowed) p.fail();
  const expression = parseSeqExpr(p);
  const attributes = parsePostAttributes(p);
  const item = undocumented(finish({ kind: "eval", expression, attributes }));
  if (p.kind() !== ";;" && p.kind() !== "eof" && !ITEM_START.has(p.kind()) && p.kind() !== "]" && p.kind() !== "[@@@" && p.kind() !== "[%%" && p.kind() !== "quotedextitem") p.fail();
  return item;
}

function parseModuleItem(p: TokenStream, start: number, wrapped: (desc: StructureItemDesc, extension: Loc<string> | undefined) => StructureItem): StructureItem {
  p.expect("module");
  if (p.accept("type")) {
    const { extension, attributes } = parseKeywordExtension(p);
    return wrapped({ kind: "modtype", declaration: parseModuleTypeDeclaration(p, start, attributes) }, extension);
  }
  const { extension, attributes } = parseKeywordExtension(p);
  if (p.accept("rec")) {
    const bindings: ModuleBinding[] = [];
    let itemStart = start;
    let before = attributes;
    for (;;) {
      const name = parseModuleName(p);
      const expression = parseModuleBindingBody(p);
      const post = parsePostAttributes(p);
      p.documented(itemStart, bindings.length > 0);
      bindings.push({ name, expression, attributes: [...before, ...post], loc: p.location(itemStart) });
      if (p.kind() !== "and") break;
      itemStart = p.start;
      p.advance();
      before = parseKeywordExtension(p).attributes;
    }
    return wrapped({ kind: "recmodule", bindings }, extension);
  }
  const name = parseModuleName(p);
  const expression = parseModuleBindingBody(p);
  const post = parsePostAttributes(p);
  p.documented(start);
  return wrapped({ kind: "module", binding: { name, expression, attributes: [...attributes, ...post], loc: p.location(start) } }, extension);
}

function parseModuleName(p: TokenStream): Loc<string | undefined> {
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
  if (parameters.length === 0) p.fail();
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

function parseFunctorParameters(p: TokenStream): { start: number; parameter: FunctorParameter }[] {
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
    if (parameters.length === 0) p.fail();
    p.expect("->");
    const body = parseModuleExpr(p);
    const folded = foldFunctor(p, parameters, body);
    module = { desc: folded.desc, loc: p.location(start), attributes: [...folded.attributes, ...attributes] };
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

function withAttributes(p: TokenStream, module: ModuleExpr): ModuleExpr {
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
      const items = parseStructureItems(p, "end");
      p.expectClosing("end", start, start + 6);
      return { desc: { kind: "structure", items }, loc: p.location(start), attributes };
    }
    case "(":
      return parseParenthesizedModule(p, start, p.end);
    case "[%":
    case "quotedext":
      return mkModule(p, start, { kind: "extension", extension: parseExtension(p) });
    default:
      return p.fail();
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
  return { desc: module.desc, loc: p.location(start), attributes: module.attributes };
}

function packageAt(p: TokenStream): CoreType {
  const start = p.start;
  const packageType = parsePackageType(p);
  return mkType(p, start, { kind: "package", package: packageType });
}

// ---------------------------------------------------------------- module types

function mkModuleType(p: TokenStream, start: number, desc: ModuleTypeDesc, end?: number): ModuleType {
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
    if (parameters.length === 0) p.fail();
    p.expect("->");
    const result = parseModuleType(p);
    type = foldFunctorType(p, parameters, result);
    type = { desc: type.desc, loc: p.location(start), attributes };
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

function foldFunctorType(p: TokenStream, parameters: readonly { start: number; parameter: FunctorParameter }[], result: ModuleType): ModuleType {
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
      const items = parseSignatureItems(p, "end");
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
      return p.fail();
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
    result.push({ ident: constraint.ident, type: constraint.declaration.manifest });
  }
  return result;
}

// ---------------------------------------------------------------- signatures

export function parseSignatureItems(p: TokenStream, closing: string): Signature {
  const items: SignatureItem[] = [];
  const first = p.position;
  const { start, previousEnd } = p;
  for (;;) {
    skipSeparators(p);
    if (p.kind() === closing || p.kind() === "eof") {
      p.docstrings?.section(p.position === first ? previousEnd : start, p.previousEnd, p.position === first);
      return items;
    }
    p.docstrings?.textBefore(p.start);
    const { depth } = p;
    const before = p.position;
    try {
      items.push(parseSignatureItem(p));
    } catch (error) {
      const failure = asFailure(p, error);
      if (closing === "]") throw failure;
      p.depth = depth;
      p.diagnostics.push(failure.diagnostic);
      if (p.position === before) p.advance();
      recover(p, closing);
      if (p.kind() === "end" && closing !== "end") p.advance();
    }
  }
}

function parseSignatureItem(p: TokenStream): SignatureItem {
  const start = p.start;
  const wrapped = (desc: SignatureItemDesc, extension: Loc<string> | undefined): SignatureItem => {
    const item: SignatureItem = { desc, loc: p.location(start) };
    if (extension === undefined) return item;
    return { desc: { kind: "extension", extension: { name: extension, payload: { kind: "signature", items: [item] } }, attributes: [] }, loc: item.loc };
  };
  switch (p.kind()) {
    case "val":
    case "external": {
      const external = p.kind() === "external";
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      return wrapped({ kind: "value", description: parseValueDescription(p, start, external, attributes) }, extension);
    }
    case "type": {
      const { declaration, extension } = parseTypeItem(p, start);
      if (declaration.kind === "typext") return wrapped({ kind: "typext", extension: declaration.extension }, extension);
      if (declaration.substitution) return wrapped({ kind: "typesubst", declarations: declaration.declarations }, extension);
      return wrapped({ kind: "type", rec: declaration.rec, declarations: declaration.declarations }, extension);
    }
    case "exception": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const constructor = parseExtensionConstructor(p);
      const post = parsePostAttributes(p);
      p.documented(start);
      const loc = p.location(start);
      return wrapped({ kind: "exception", exception: { constructor: { ...constructor, attributes: [...attributes, ...constructor.attributes], loc: p.location(start, constructor.loc.end) }, loc, attributes: post } }, extension);
    }
    case "module": {
      p.advance();
      if (p.accept("type")) {
        const { extension, attributes } = parseKeywordExtension(p);
        const name = parseModuleTypeName(p);
        if (p.accept(":=")) {
          const type = parseModuleType(p);
          const post = parsePostAttributes(p);
          p.documented(start);
          return wrapped({ kind: "modtypesubst", declaration: { name, type, attributes: [...attributes, ...post], loc: p.location(start) } }, extension);
        }
        const type = p.accept("=") ? parseModuleType(p) : undefined;
        const post = parsePostAttributes(p);
        p.documented(start);
        return wrapped({ kind: "modtype", declaration: { name, type, attributes: [...attributes, ...post], loc: p.location(start) } }, extension);
      }
      const { extension, attributes } = parseKeywordExtension(p);
      if (p.accept("rec")) {
        const declarations: ModuleDeclaration[] = [];
        let itemStart = start;
        let before = attributes;
        for (;;) {
          declarations.push(parseModuleDeclaration(p, itemStart, before, declarations.length > 0));
          if (p.kind() !== "and") break;
          itemStart = p.start;
          p.advance();
          before = parseKeywordExtension(p).attributes;
        }
        return wrapped({ kind: "recmodule", declarations }, extension);
      }
      if (p.kind() === "uident" && p.peek(1) === ":=") {
        const name = parseUident(p);
        p.advance();
        const ident = parseWholeExtendedModulePath(p);
        const post = parsePostAttributes(p);
        p.documented(start);
        return wrapped({ kind: "modsubst", name, ident, attributes: [...attributes, ...post], loc: p.location(start) }, extension);
      }
      return wrapped({ kind: "module", declaration: parseModuleDeclaration(p, start, attributes) }, extension);
    }
    case "open": {
      p.advance();
      const override: OverrideFlag = p.accept("!") ? "override" : "fresh";
      const { extension, attributes } = parseKeywordExtension(p);
      const ident = parseWholeExtendedModulePath(p);
      const post = parsePostAttributes(p);
      p.documented(start);
      return wrapped({ kind: "open", description: { ident, override, loc: p.location(start), attributes: [...attributes, ...post] } }, extension);
    }
    case "include": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const type = parseModuleType(p);
      const post = parsePostAttributes(p);
      p.documented(start);
      return wrapped({ kind: "include", type, loc: p.location(start), attributes: [...attributes, ...post] }, extension);
    }
    case "class": {
      p.advance();
      if (p.accept("type")) {
        const { extension, attributes } = parseKeywordExtension(p);
        return wrapped({ kind: "classtype", declarations: parseClassTypeDeclarations(p, start, attributes) }, extension);
      }
      const { extension, attributes } = parseKeywordExtension(p);
      return wrapped({ kind: "class", descriptions: parseClassDescriptions(p, start, attributes) }, extension);
    }
    case "[@@@": {
      const attribute = parseFloatingAttribute(p);
      p.docstrings?.undocumented(start, p.previousEnd);
      return wrapped({ kind: "attribute", attribute }, undefined);
    }
    case "[%%":
    case "quotedextitem": {
      const extension = parseExtension(p);
      const attributes = parsePostAttributes(p);
      p.documented(start);
      return wrapped({ kind: "extension", extension, attributes }, undefined);
    }
    default:
      return p.fail();
  }
}

function parseModuleTypeName(p: TokenStream): Loc<string> {
  const start = p.start;
  if (p.kind() !== "uident" && p.kind() !== "lident") p.fail();
  const name = p.value;
  p.advance();
  return located(p, start, name);
}

function parseModuleTypeDeclaration(p: TokenStream, start: number, attributes: Attributes): ModuleTypeDeclaration {
  const name = parseModuleTypeName(p);
  const type = p.accept("=") ? parseModuleType(p) : undefined;
  const post = parsePostAttributes(p);
  p.documented(start);
  return { name, type, attributes: [...attributes, ...post], loc: p.location(start) };
}

function parseModuleDeclaration(p: TokenStream, start: number, attributes: Attributes, startsText = false): ModuleDeclaration {
  const name = parseModuleName(p);
  let type: ModuleType;
  if (p.accept("=")) {
    const aliasStart = p.start;
    const ident = parseWholeExtendedModulePath(p);
    type = mkModuleType(p, aliasStart, { kind: "alias", ident });
  } else {
    const parameters = parseFunctorParameters(p);
    p.expect(":");
    type = foldFunctorType(p, parameters, parseModuleType(p));
  }
  const post = parsePostAttributes(p);
  p.documented(start, startsText);
  return { name, type, attributes: [...attributes, ...post], loc: p.location(start) };
}
