/** Classes and class types (reference manual, section 11.9). */
import type { Attributes, ClassDeclaration, ClassDescription, ClassExpr, ClassExprDesc, ClassField, ClassFieldKind, ClassSignature, ClassStructure, ClassType, ClassTypeDeclaration, ClassTypeDesc, ClassTypeField, CoreType, Expression, Loc, OverrideFlag, Pattern, TypeParameter, ValueBinding, VirtualFlag } from "./ast.ts";
import { parseSeqExpr } from "./parse-expressions.ts";
import { parseFunctionBody, parseLetBindings, parseParameter, parseParameters } from "./parse-lets.ts";
import { parseSimple } from "./parse-simple-expressions.ts";
import { parseTypeParameters } from "./parse-declarations.ts";
import { NO_ATTRIBUTES, parseAttributes, parseExtension, parseFloatingAttribute, parseKeywordExtension, parseLident, parsePostAttributes, parseTypePath, parseWholeModulePath } from "./parse-names.ts";
import { parsePattern } from "./parse-patterns.ts";
import { mkType, NO_LABEL, parsePolyType, parseTupleType, parseType } from "./parse-types.ts";
import { type Opened, parseFields } from "./recovery.ts";
import type { TokenStream } from "./token-stream.ts";

// ---------------------------------------------------------------- class types

function mkClassType(p: TokenStream, start: number, desc: ClassTypeDesc): ClassType {
  return { desc, loc: p.location(start), attributes: NO_ATTRIBUTES };
}

/** `t -> u -> c`: the arrows' left sides are ordinary types, only the last is a class type. */
export function parseClassType(p: TokenStream): ClassType {
  p.enter();
  const start = p.start;
  let type: ClassType;
  if (p.kind() === "optlabel" || (p.kind() === "lident" && p.peek(1) === ":") || p.kind() === "?") {
    let label = NO_LABEL;
    if (p.kind() === "optlabel") label = { kind: "optional", name: p.value };
    else if (p.accept("?")) {
      label = { kind: "optional", name: parseLident(p).value };
      if (p.kind() !== ":") p.fail("':'");
    } else {
      label = { kind: "labelled", name: p.value };
      if (p.kind() === "lident") p.advance();
    }
    p.advance();
    const parameter = parseTupleType(p);
    p.expect("->");
    const result = parseClassType(p);
    type = mkClassType(p, start, { kind: "arrow", label, parameter, result });
  } else {
    const position = p.position;
    const simple = tryClassSignature(p);
    if (simple !== undefined && (simple.desc.kind === "signature" || simple.desc.kind === "open" || (simple.desc.kind === "constr" && simple.desc.args.length > 0) || (p.kind() !== "->" && p.kind() !== "*" && p.kind() !== "#" && p.kind() !== "lident" && p.kind() !== "uident"))) type = simple;
    else {
      p.position = position;
      const parameter = parseTupleType(p);
      p.expect("->");
      const result = parseClassType(p);
      type = mkClassType(p, start, { kind: "arrow", label: NO_LABEL, parameter, result });
    }
  }
  while (p.kind() === "[@") {
    const attributes = parseAttributes(p);
    type = { desc: type.desc, loc: type.loc, attributes: [...type.attributes, ...attributes] };
  }
  p.leave();
  return type;
}

/** A class type without arrows. */
function parseClassSignature(p: TokenStream): ClassType {
  const type = tryClassSignature(p) ?? p.fail("class type");
  const attributes = parseAttributes(p);
  return attributes.length === 0 ? type : { ...type, attributes: [...type.attributes, ...attributes] };
}

function tryClassSignature(p: TokenStream): ClassType | undefined {
  const start = p.start;
  switch (p.kind()) {
    case "object": {
      p.advance();
      const attributes = parseAttributes(p);
      const signature = parseClassSignatureBody(p, [start, start + 6]);
      p.expectClosing("end", start, start + 6);
      return { desc: { kind: "signature", signature }, loc: p.location(start), attributes };
    }
    case "lident":
    case "uident":
      return mkClassType(p, start, { kind: "constr", ident: parseTypePath(p), args: [] });
    case "[": {
      const args: CoreType[] = [];
      if (p.peek(1) === "`" || p.peek(1) === "|") return undefined;
      const opened = p.start;
      p.advance();
      do args.push(parseType(p));
      while (p.accept(","));
      // A type of tags.
      if (args.length === 1 && p.kind() === "|") return undefined;
      p.expectClosing("]", opened, opened + 1);
      return mkClassType(p, start, { kind: "constr", ident: parseTypePath(p), args });
    }
    case "let": {
      // let open M in …
      const { position } = p;
      p.advance();
      const from = p.start;
      p.expect("open");
      const override: OverrideFlag = p.accept("!") ? "override" : "fresh";
      const { attributes } = parseKeywordExtension(p);
      const ident = parseWholeModulePath(p);
      const loc = p.location(from);
      p.expectIn(position);
      const body = parseClassType(p);
      return mkClassType(p, start, { kind: "open", description: { ident, override, loc, attributes }, body });
    }
    case "[%":
    case "quotedext":
      return mkClassType(p, start, { kind: "extension", extension: parseExtension(p) });
    default:
      return undefined;
  }
}

function parseClassSignatureBody(p: TokenStream, opened: Opened): ClassSignature {
  let self: CoreType;
  const start = p.start;
  if (p.kind() === "(") {
    p.advance();
    self = parseType(p);
    p.expectClosing(")", start, start + 1);
  } else self = mkType(p, p.previousEnd, { kind: "any" });
  const fields: ClassTypeField[] = [];
  const { previousEnd, start: first } = p;
  parseFields(p, opened, () => void fields.push(parseClassTypeField(p, opened)));
  p.docstrings?.section(fields.length === 0 ? previousEnd : first, p.previousEnd, fields.length === 0);
  return { self, fields };
}

function parseClassTypeField(p: TokenStream, opened: Opened): ClassTypeField {
  const start = p.start;
  const finish = (desc: ClassTypeField["desc"], before: Attributes): ClassTypeField => {
    const post = parsePostAttributes(p);
    if (desc.kind === "attribute") p.docstrings?.undocumented(start, p.previousEnd);
    else p.documented(start);
    p.docstrings?.textBefore(start);
    return { desc, loc: p.location(start), attributes: [...before, ...post] };
  };
  switch (p.kind()) {
    case "inherit": {
      p.advance();
      const attributes = parseAttributes(p);
      return finish({ kind: "inherit", type: parseClassSignature(p) }, attributes);
    }
    case "val": {
      p.advance();
      const attributes = parseAttributes(p);
      const { mutable, virtual } = parseValFlags(p);
      const name = parseLident(p, "instance variable");
      p.expect(":");
      return finish({ kind: "val", name, mutable, virtual, type: parseType(p) }, attributes);
    }
    case "method": {
      p.advance();
      const attributes = parseAttributes(p);
      const flags = parseMethodFlags(p);
      const name = parseLident(p, "method");
      p.expect(":");
      return finish({ kind: "method", name, private: flags.private, virtual: flags.virtual, type: parsePolyType(p) }, attributes);
    }
    case "constraint": {
      p.advance();
      const attributes = parseAttributes(p);
      const left = parseType(p);
      p.expect("=");
      return finish({ kind: "constraint", left, right: parseType(p) }, attributes);
    }
    case "[@@@":
      return finish({ kind: "attribute", attribute: parseFloatingAttribute(p) }, NO_ATTRIBUTES);
    case "[%%":
    case "quotedextitem":
      return finish({ kind: "extension", extension: parseExtension(p) }, NO_ATTRIBUTES);
    default:
      return p.fail("field of a class or 'end'", p.unmatched(...opened));
  }
}

function parseValFlags(p: TokenStream): { mutable: "mutable" | "immutable"; virtual: VirtualFlag } {
  let mutable: "mutable" | "immutable" = "immutable";
  let virtual: VirtualFlag = "concrete";
  for (;;) {
    if (mutable === "immutable" && p.accept("mutable")) mutable = "mutable";
    else if (virtual === "concrete" && p.accept("virtual")) virtual = "virtual";
    else return { mutable, virtual };
  }
}

function parseMethodFlags(p: TokenStream): { private: "private" | "public"; virtual: VirtualFlag } {
  let isPrivate: "private" | "public" = "public";
  let virtual: VirtualFlag = "concrete";
  for (;;) {
    if (isPrivate === "public" && p.accept("private")) isPrivate = "private";
    else if (virtual === "concrete" && p.accept("virtual")) virtual = "virtual";
    else return { private: isPrivate, virtual };
  }
}

// ---------------------------------------------------------------- class expressions

function mkClass(p: TokenStream, start: number, desc: ClassExprDesc, end?: number): ClassExpr {
  return { desc, loc: p.location(start, end), attributes: NO_ATTRIBUTES };
}

export function parseClassExpr(p: TokenStream): ClassExpr {
  p.enter();
  const start = p.start;
  let e: ClassExpr;
  switch (p.kind()) {
    case "fun": {
      p.advance();
      const attributes = parseAttributes(p);
      const from = p.start;
      const parameters = [];
      while (p.kind() !== "->") parameters.push({ start: p.start, parameter: parseParameter(p) });
      p.expect("->");
      const body = parseClassExpr(p);
      const folded = foldClassFunction(p, from, parameters, body);
      e = { desc: folded.desc, loc: folded.loc, attributes };
      break;
    }
    case "let": {
      const { position } = p;
      p.advance();
      if (p.kind() === "open") {
        const from = p.start;
        p.advance();
        const override: OverrideFlag = p.accept("!") ? "override" : "fresh";
        const { attributes } = parseKeywordExtension(p);
        const ident = parseWholeModulePath(p);
        const loc = p.location(from);
        p.expectIn(position);
        e = mkClass(p, start, { kind: "open", description: { ident, override, loc, attributes }, body: parseClassExpr(p) });
        break;
      }
      const { attributes } = parseKeywordExtension(p);
      const rec = p.accept("rec") ? "recursive" : "nonrecursive";
      const bindings: ValueBinding[] = parseLetBindings(p, start, attributes);
      p.expectIn(position);
      e = mkClass(p, start, { kind: "let", rec, bindings, body: parseClassExpr(p) });
      break;
    }
    default: {
      e = parseSimpleClassExpr(p);
      const args = parseClassArguments(p);
      if (args.length > 0) e = mkClass(p, start, { kind: "apply", class: e, args });
    }
  }
  while (p.kind() === "[@") {
    const attributes = parseAttributes(p);
    e = { desc: e.desc, loc: e.loc, attributes: [...e.attributes, ...attributes] };
  }
  p.leave();
  return e;
}

function foldClassFunction(p: TokenStream, start: number, parameters: readonly { start: number; parameter: ReturnType<typeof parseParameter> }[], body: ClassExpr): ClassExpr {
  let result = body;
  for (let i = parameters.length - 1; i >= 0; i--) {
    const { start: parameterStart, parameter } = parameters[i]!;
    result = mkClass(p, i === 0 ? start : parameterStart, { kind: "fun", label: parameter.label, default: parameter.default, pattern: parameter.pattern, body: result }, body.loc.end);
  }
  return result;
}

function parseClassArguments(p: TokenStream): { label: { kind: "nolabel" } | { kind: "labelled"; name: string } | { kind: "optional"; name: string }; argument: Expression }[] {
  const args: { label: { kind: "nolabel" } | { kind: "labelled"; name: string } | { kind: "optional"; name: string }; argument: Expression }[] = [];
  const starts = new Set(["lident", "uident", "int", "float", "char", "string", "true", "false", "(", "[", "[|", "{", "{<", "`", "!", "prefixop", "begin", "new", "object", "[%", "~", "?", "label", "optlabel"]);
  while (starts.has(p.kind())) {
    if (p.kind() === "~" || p.kind() === "?") {
      const kind = p.kind() === "~" ? "labelled" : "optional";
      p.advance();
      const name = parseLident(p);
      args.push({ label: { kind, name: name.value }, argument: { desc: { kind: "ident", ident: { value: { kind: "ident", name: name.value }, loc: name.loc } }, loc: name.loc, attributes: NO_ATTRIBUTES } });
    } else if (p.kind() === "label" || p.kind() === "optlabel") {
      const kind = p.kind() === "label" ? "labelled" : "optional";
      const name = p.value;
      p.advance();
      args.push({ label: { kind, name }, argument: parseSimple(p) });
    } else args.push({ label: { kind: "nolabel" }, argument: parseSimple(p) });
  }
  return args;
}

function parseSimpleClassExpr(p: TokenStream): ClassExpr {
  const start = p.start;
  switch (p.kind()) {
    case "lident":
    case "uident":
      return mkClass(p, start, { kind: "constr", ident: parseTypePath(p), args: [] });
    case "[": {
      p.advance();
      const args: CoreType[] = [];
      do args.push(parseType(p));
      while (p.accept(","));
      p.expectClosing("]", start, start + 1);
      return mkClass(p, start, { kind: "constr", ident: parseTypePath(p), args });
    }
    case "object": {
      p.advance();
      const attributes = parseAttributes(p);
      const structure = parseClassStructure(p, [start, start + 6]);
      p.expectClosing("end", start, start + 6);
      return { desc: { kind: "structure", structure }, loc: p.location(start), attributes };
    }
    case "(": {
      const openedEnd = p.end;
      p.advance();
      const e = parseClassExpr(p);
      if (p.accept(":")) {
        const type = parseClassType(p);
        p.expectClosing(")", start, openedEnd);
        return mkClass(p, start, { kind: "constraint", class: e, type });
      }
      p.expectClosing(")", start, openedEnd);
      return { desc: e.desc, loc: p.location(start), attributes: e.attributes };
    }
    case "[%":
    case "quotedext":
      return mkClass(p, start, { kind: "extension", extension: parseExtension(p) });
    default:
      return p.fail("class");
  }
}

/** What stands between `object` and `end`. */
export function parseClassStructure(p: TokenStream, opened: Opened): ClassStructure {
  let self: Pattern;
  if (p.kind() === "(") {
    const start = p.start;
    p.advance();
    const pattern = parsePattern(p);
    if (p.accept(":")) {
      const type = parseType(p);
      p.expectClosing(")", start, start + 1);
      self = { desc: { kind: "constraint", pattern, type }, loc: p.location(start), attributes: NO_ATTRIBUTES };
    } else {
      p.expectClosing(")", start, start + 1);
      self = { desc: pattern.desc, loc: p.location(start), attributes: pattern.attributes };
    }
  } else self = { desc: { kind: "any" }, loc: p.ghost(p.previousEnd, p.previousEnd), attributes: NO_ATTRIBUTES };
  const fields: ClassField[] = [];
  const { previousEnd, start } = p;
  parseFields(p, opened, () => void fields.push(parseClassField(p, opened)));
  p.docstrings?.section(fields.length === 0 ? previousEnd : start, p.previousEnd, fields.length === 0);
  return { self, fields };
}

function parseClassField(p: TokenStream, opened: Opened): ClassField {
  const start = p.start;
  const finish = (desc: ClassField["desc"], before: Attributes): ClassField => {
    const post = parsePostAttributes(p);
    if (desc.kind === "attribute") p.docstrings?.undocumented(start, p.previousEnd);
    else p.documented(start);
    p.docstrings?.textBefore(start);
    return { desc, loc: p.location(start), attributes: [...before, ...post] };
  };
  const overriding = (): OverrideFlag => (p.accept("!") ? "override" : "fresh");
  switch (p.kind()) {
    case "inherit": {
      p.advance();
      const override = overriding();
      const attributes = parseAttributes(p);
      const inherited = parseClassExpr(p);
      const alias = p.accept("as") ? parseLident(p) : undefined;
      return finish({ kind: "inherit", override, class: inherited, alias }, attributes);
    }
    case "val": {
      p.advance();
      const override = overriding();
      const attributes = parseAttributes(p);
      const { mutable, virtual } = parseValFlags(p);
      const name = parseLident(p, "instance variable");
      let definition: ClassFieldKind;
      if (virtual === "virtual") {
        p.expect(":");
        definition = { kind: "virtual", type: parseType(p) };
      } else definition = { kind: "concrete", override, expression: parseConstrainedBody(p) };
      return finish({ kind: "val", name, mutable, definition }, attributes);
    }
    case "method": {
      p.advance();
      const override = overriding();
      const attributes = parseAttributes(p);
      const flags = parseMethodFlags(p);
      const name = parseLident(p, "method");
      if (flags.virtual === "virtual") {
        p.expect(":");
        return finish({ kind: "method", name, private: flags.private, definition: { kind: "virtual", type: parsePolyType(p) } }, attributes);
      }
      return finish({ kind: "method", name, private: flags.private, definition: { kind: "concrete", override, expression: parseMethodBody(p, name) } }, attributes);
    }
    case "constraint": {
      p.advance();
      const attributes = parseAttributes(p);
      const left = parseType(p);
      p.expect("=");
      return finish({ kind: "constraint", left, right: parseType(p) }, attributes);
    }
    case "initializer": {
      p.advance();
      const attributes = parseAttributes(p);
      return finish({ kind: "initializer", expression: parseSeqExpr(p) }, attributes);
    }
    case "[@@@":
      return finish({ kind: "attribute", attribute: parseFloatingAttribute(p) }, NO_ATTRIBUTES);
    case "[%%":
    case "quotedextitem":
      return finish({ kind: "extension", extension: parseExtension(p) }, NO_ATTRIBUTES);
    default:
      return p.fail("field of a class or 'end'", p.unmatched(...opened));
  }
}

/** `: t :> u = e` of an instance variable. */
function parseConstrainedBody(p: TokenStream): Expression {
  const start = p.start;
  if (p.accept("=")) return parseSeqExpr(p);
  let from: CoreType | undefined;
  let to: CoreType | undefined;
  if (p.accept(":")) from = parseType(p);
  if (p.accept(":>")) to = parseType(p);
  p.expect("=");
  const expression = parseSeqExpr(p);
  const loc = p.location(start);
  if (to !== undefined) return { desc: { kind: "coerce", expression, from, to }, loc, attributes: NO_ATTRIBUTES };
  if (from !== undefined) return { desc: { kind: "constraint", expression, type: from }, loc, attributes: NO_ATTRIBUTES };
  return expression;
}

/** What follows a method's name: parameters, types, body; always a `poly` node. */
function parseMethodBody(p: TokenStream, name: Loc<string>): Expression {
  const start = p.start;
  const poly = (expression: Expression, type: CoreType | undefined): Expression => ({ desc: { kind: "poly", expression, type }, loc: p.ghost(name.loc.start), attributes: NO_ATTRIBUTES });
  if (p.kind() === ":") {
    p.advance();
    if (p.kind() === "type") {
      // method m : type a b. t = e
      p.advance();
      const names: Loc<string>[] = [];
      while (p.kind() === "lident") names.push(parseLident(p));
      p.expect(".");
      const type = parseType(p);
      p.expect("=");
      const body = parseSeqExpr(p);
      const loc = p.ghost(start);
      let expression: Expression = { desc: { kind: "constraint", expression: body, type }, loc, attributes: NO_ATTRIBUTES };
      for (let i = names.length - 1; i >= 0; i--) expression = { desc: { kind: "newtype", name: names[i]!, body: expression }, loc, attributes: NO_ATTRIBUTES };
      const variables = names.map((n) => ({ value: n.value, loc: n.loc }));
      const polyType: CoreType = { desc: { kind: "poly", variables, body: namesToVariables(type, new Set(names.map((n) => n.value))) }, loc: type.loc, attributes: NO_ATTRIBUTES };
      return poly(expression, polyType);
    }
    const type = parsePolyType(p);
    let to: CoreType | undefined;
    if (p.accept(":>")) to = parseType(p);
    p.expect("=");
    const body = parseSeqExpr(p);
    if (to !== undefined) return poly({ desc: { kind: "coerce", expression: body, from: type, to }, loc: p.location(start), attributes: NO_ATTRIBUTES }, undefined);
    return poly(body, type);
  }
  if (p.accept("=")) return poly(parseSeqExpr(p), undefined);
  const parameters = parseParameters(p);
  if (parameters.length === 0) p.fail("'='");
  let constraint: { kind: "constraint"; type: CoreType } | { kind: "coerce"; from: CoreType | undefined; to: CoreType } | undefined;
  if (p.accept(":")) {
    const type = parseType(p);
    constraint = p.accept(":>") ? { kind: "coerce", from: type, to: parseType(p) } : { kind: "constraint", type };
  }
  p.expect("=");
  const body = parseFunctionBody(p);
  return poly({ desc: { kind: "function", parameters, constraint, body }, loc: p.ghost(start), attributes: NO_ATTRIBUTES }, undefined);
}

/** The type with constructors `a` of the given names as variables `'a`: the public type of `type a. …`. */
function namesToVariables(type: CoreType, names: ReadonlySet<string>): CoreType {
  const visit = (t: CoreType): CoreType => {
    const { desc } = t;
    switch (desc.kind) {
      case "constr":
        if (desc.args.length === 0 && desc.ident.value.kind === "ident" && names.has(desc.ident.value.name)) return { ...t, desc: { kind: "var", name: desc.ident.value.name } };
        return { ...t, desc: { ...desc, args: desc.args.map(visit) } };
      case "arrow":
        return { ...t, desc: { ...desc, parameter: visit(desc.parameter), result: visit(desc.result) } };
      case "tuple":
        return { ...t, desc: { ...desc, components: desc.components.map(visit) } };
      case "alias":
        return { ...t, desc: { ...desc, type: visit(desc.type) } };
      case "poly":
        return { ...t, desc: { ...desc, body: visit(desc.body) } };
      case "class":
        return { ...t, desc: { ...desc, args: desc.args.map(visit) } };
      case "object":
        return { ...t, desc: { ...desc, fields: desc.fields.map((field) => ({ ...field, type: visit(field.type) })) } };
      case "variant":
        return { ...t, desc: { ...desc, fields: desc.fields.map((field) => (field.kind === "tag" ? { ...field, args: field.args.map(visit) } : { ...field, type: visit(field.type) })) } };
      case "open":
        return { ...t, desc: { ...desc, body: visit(desc.body) } };
      case "package":
        return { ...t, desc: { ...desc, package: { ...desc.package, constraints: desc.package.constraints.map((c) => ({ ...c, type: visit(c.type) })) } } };
      default:
        return t;
    }
  };
  return visit(type);
}

// ---------------------------------------------------------------- declarations

function parseClassHead(p: TokenStream): { virtual: VirtualFlag; parameters: TypeParameter[]; name: Loc<string> } {
  const virtual: VirtualFlag = p.accept("virtual") ? "virtual" : "concrete";
  let parameters: TypeParameter[] = [];
  if (p.kind() === "[") {
    const start = p.start;
    p.advance();
    parameters = [];
    do {
      const some = parseTypeParameters(p);
      if (some.length === 0) p.fail("type variable");
      parameters.push(...some);
    } while (p.accept(","));
    p.expectClosing("]", start, start + 1);
  }
  return { virtual, parameters, name: parseLident(p, "class") };
}

export function parseClassDeclarations(p: TokenStream, start: number, attributes: Attributes): ClassDeclaration[] {
  const declarations: ClassDeclaration[] = [];
  let itemStart = start;
  let before = attributes;
  for (;;) {
    const head = parseClassHead(p);
    const bodyStart = p.start;
    const parameters: { start: number; parameter: ReturnType<typeof parseParameter> }[] = [];
    while (p.kind() !== "=" && p.kind() !== ":") parameters.push({ start: p.start, parameter: parseParameter(p) });
    const type = p.accept(":") ? parseClassType(p) : undefined;
    p.expect("=");
    let expression = parseClassExpr(p);
    if (type !== undefined) expression = mkClass(p, bodyStart, { kind: "constraint", class: expression, type });
    expression = foldClassFunction(p, bodyStart, parameters, expression);
    const post = parsePostAttributes(p);
    p.documented(itemStart, declarations.length > 0);
    declarations.push({ ...head, expression, attributes: [...before, ...post], loc: p.location(itemStart) });
    if (p.kind() !== "and") return declarations;
    itemStart = p.start;
    p.advance();
    before = parseKeywordExtension(p).attributes;
  }
}

export function parseClassDescriptions(p: TokenStream, start: number, attributes: Attributes): ClassDescription[] {
  return parseClassTypes(p, start, attributes, ":");
}

export function parseClassTypeDeclarations(p: TokenStream, start: number, attributes: Attributes): ClassTypeDeclaration[] {
  return parseClassTypes(p, start, attributes, "=");
}

/** A class has a type, which may be a function's; a class type is one without arrows. */
function parseClassTypes(p: TokenStream, start: number, attributes: Attributes, separator: ":" | "="): ClassDescription[] {
  const declarations: ClassDescription[] = [];
  let itemStart = start;
  let before = attributes;
  for (;;) {
    const head = parseClassHead(p);
    p.expect(separator);
    const expression = separator === ":" ? parseClassType(p) : parseClassSignature(p);
    const post = parsePostAttributes(p);
    p.documented(itemStart, declarations.length > 0);
    declarations.push({ ...head, expression, attributes: [...before, ...post], loc: p.location(itemStart) });
    if (p.kind() !== "and") return declarations;
    itemStart = p.start;
    p.advance();
    before = parseKeywordExtension(p).attributes;
  }
}
