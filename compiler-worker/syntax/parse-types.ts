/** Type expressions (reference manual, section 11.4). */
import type { ArgLabel, CoreType, CoreTypeDesc, Loc, Longident, ObjectField, PackageType, RowField } from "./ast.ts";
import { located, NO_ATTRIBUTES, parseAttributes, parseExtension, parseLident, parseModuleTypePath, parseTypePath, parseUident, parseWholeExtendedModulePath } from "./parse-names.ts";
import { parseModuleType, parsePackageConstraints } from "./parse-modules.ts";
import type { TokenStream } from "./token-stream.ts";

export const NO_LABEL: ArgLabel = { kind: "nolabel" };

export function mkType(p: TokenStream, start: number, desc: CoreTypeDesc): CoreType {
  return { desc, loc: p.location(start), attributes: NO_ATTRIBUTES };
}

/** A whole type: arrows, aliases, and attributes, unless they belong to what has the type (`takesAttributes` is false). */
export function parseType(p: TokenStream, takesAttributes = true): CoreType {
  p.enter();
  const start = p.start;
  let type = parseArrow(p);
  for (;;) {
    if (p.accept("as")) {
      const nameStart = p.start;
      if (!p.accept("'")) p.fail("type variable");
      const name = parseVariableName(p);
      type = mkType(p, start, { kind: "alias", type, name: located(p, nameStart, name) });
    } else if (takesAttributes && p.kind() === "[@") {
      const attributes = parseAttributes(p);
      type = { desc: type.desc, loc: type.loc, attributes: [...type.attributes, ...attributes] };
    } else break;
  }
  p.leave();
  return type;
}

/** After the quote: `a`. */
export function parseVariableName(p: TokenStream): string {
  const name = p.value;
  if (p.kind() !== "lident" && p.kind() !== "uident") p.fail("name of a type variable");
  p.advance();
  return name;
}

/** `'a 'b. t` or an ordinary type: what methods, fields and values may have. */
export function parsePolyType(p: TokenStream, takesAttributes = true): CoreType {
  const start = p.start;
  if (p.kind() === "'") {
    // 'a 'b . t
    let ahead = 0;
    while (p.peek(ahead) === "'" && (p.peek(ahead + 1) === "lident" || p.peek(ahead + 1) === "uident")) ahead += 2;
    // Several variables are bound by what follows.
    if (p.peek(ahead) !== "." && ahead > 2) {
      p.position += ahead;
      p.fail("'.'");
    }
    if (p.peek(ahead) === ".") {
      const variables: Loc<string>[] = [];
      while (p.kind() === "'") {
        const s = p.start;
        p.advance();
        const name = parseVariableName(p);
        variables.push(located(p, s, name));
      }
      p.expect(".");
      const body = parseType(p, takesAttributes);
      return mkType(p, start, { kind: "poly", variables, body });
    }
  }
  return parseType(p, takesAttributes);
}

function parseArrow(p: TokenStream): CoreType {
  // t1 -> t2 -> t3, gathered and folded, so that long types do not nest.
  const parts: { label: ArgLabel; start: number; type: CoreType }[] = [];
  for (;;) {
    const start = p.start;
    let label: ArgLabel = NO_LABEL;
    if (p.kind() === "optlabel") {
      label = { kind: "optional", name: p.value };
      p.advance();
    } else if (p.accept("?")) {
      label = { kind: "optional", name: parseLident(p, "parameter").value };
      p.expect(":");
    } else if (p.kind() === "lident" && p.peek(1) === ":") {
      label = { kind: "labelled", name: p.value };
      p.advance();
      p.advance();
    }
    const type = parseTupleType(p);
    parts.push({ label, start, type });
    const typeEnd = p.previousEnd;
    if (!p.accept("->")) {
      if (label.kind !== "nolabel") p.fail("'->'");
      break;
    }
    p.docstrings?.partEnd(typeEnd);
  }
  let result = parts[parts.length - 1]!.type;
  const end = result.loc.end;
  for (let i = parts.length - 2; i >= 0; i--) {
    const { label, start, type } = parts[i]!;
    result = { desc: { kind: "arrow", label, parameter: type, result }, loc: p.location(start, end), attributes: NO_ATTRIBUTES };
  }
  return result;
}

/** `t * u`: a type without arrows. */
export function parseTupleType(p: TokenStream): CoreType {
  const start = p.start;
  const first = parseApplied(p);
  if (p.kind() !== "*") return first;
  const components = [first];
  while (p.accept("*")) components.push(parseApplied(p));
  return mkType(p, start, { kind: "tuple", components });
}

/** Simple types with postfix constructors: `int list option`. */
function parseApplied(p: TokenStream): CoreType {
  const start = p.start;
  let type = parseSimpleType(p);
  for (;;) {
    if (p.kind() === "lident" || p.kind() === "uident") {
      const ident = parseTypePath(p);
      type = mkType(p, start, { kind: "constr", ident, args: [type] });
    } else if (p.accept("#")) {
      const ident = parseTypePath(p);
      type = mkType(p, start, { kind: "class", ident, args: [type] });
    } else return type;
  }
}

export function parseSimpleType(p: TokenStream): CoreType {
  const start = p.start;
  switch (p.kind()) {
    case "'": {
      p.advance();
      const name = parseVariableName(p);
      return mkType(p, start, { kind: "var", name });
    }
    case "_":
      p.advance();
      return mkType(p, start, { kind: "any" });
    case "lident":
      return mkType(p, start, { kind: "constr", ident: parseTypePath(p), args: [] });
    case "uident":
      return parseTypePathOrOpen(p, start, []);
    case "#": {
      p.advance();
      return mkType(p, start, { kind: "class", ident: parseTypePath(p), args: [] });
    }
    case "<": {
      p.advance();
      return parseObjectType(p, start);
    }
    case "[":
    case "[<":
    case "[>":
      return parseVariantType(p, start);
    case "[%":
    case "quotedext":
      return mkType(p, start, { kind: "extension", extension: parseExtension(p) });
    case "(": {
      const openedEnd = p.end;
      p.advance();
      if (p.kind() === "module") {
        p.advance();
        const attributes = parseAttributes(p);
        const packageType = parsePackageType(p);
        p.expectClosing(")", start, openedEnd);
        const loc = p.location(start);
        return { desc: { kind: "package", package: { ...packageType, loc } }, loc, attributes };
      }
      const first = parseType(p);
      if (p.kind() === ",") {
        const args = [first];
        while (p.accept(",")) args.push(parseType(p));
        p.expectClosing(")", start, openedEnd);
        if (p.accept("#")) return mkType(p, start, { kind: "class", ident: parseTypePath(p), args });
        if (p.kind() === "uident") return parseTypePathOrOpen(p, start, args);
        return mkType(p, start, { kind: "constr", ident: parseTypePath(p), args });
      }
      p.expectClosing(")", start, openedEnd);
      // Parentheses are no part of the tree; types, unlike expressions, keep their place without them.
      return first;
    }
    default:
      return p.fail("type");
  }
}

/** `M.t`, or `M.(t)`. */
function parseTypePathOrOpen(p: TokenStream, start: number, args: readonly CoreType[]): CoreType {
  const pathStart = p.start;
  let path: Longident = { kind: "ident", name: parseUident(p).value };
  for (;;) {
    if (p.kind() === "." && p.peek(1) === "uident") {
      p.advance();
      path = { kind: "dot", prefix: path, name: parseUident(p).value };
    } else if (p.kind() === "." && p.peek(1) === "(" && args.length === 0) {
      const ident = located(p, pathStart, path);
      p.advance();
      const opened = p.start;
      const openedEnd = p.end;
      p.advance();
      const body = parseType(p);
      p.expectClosing(")", opened, openedEnd);
      return mkType(p, start, { kind: "open", ident, body });
    } else if (p.kind() === ".") {
      p.advance();
      const name = parseLident(p, "type").value;
      return mkType(p, start, { kind: "constr", ident: located(p, pathStart, { kind: "dot", prefix: path, name }), args });
    } else if (p.kind() === "(") {
      p.advance();
      const argument = parseWholeExtendedModulePath(p).value;
      p.expect(")");
      path = { kind: "apply", functor: path, argument };
    } else return p.fail("'.'");
  }
}

/** `S with type t = …`, inside `(module …)`. */
export function parsePackageType(p: TokenStream): PackageType {
  const start = p.start;
  if (p.kind() !== "uident" && p.kind() !== "lident") {
    const type = parseModuleType(p);
    if (type.desc.kind === "ident") return { ident: type.desc.ident, constraints: [], loc: type.loc };
    return p.failAt(type.loc, "invalid package type: only module type identifier and 'with type' constraints are supported");
  }
  const ident = parseModuleTypePath(p);
  const constraints = p.kind() === "with" ? parsePackageConstraints(p, start) : [];
  return { ident, constraints, loc: p.location(start) };
}

function parseObjectType(p: TokenStream, start: number): CoreType {
  const fields: ObjectField[] = [];
  let closed: "closed" | "open" = "closed";
  while (p.kind() !== ">") {
    if (p.accept("..")) {
      closed = "open";
      break;
    }
    const fieldStart = p.start;
    if (p.kind() === "lident" && p.peek(1) === ":") {
      const label = parseLident(p, "method");
      p.expect(":");
      const type = parsePolyType(p, false);
      const before = parseAttributes(p);
      const end = p.previousEnd;
      const more = p.accept(";");
      const attributes = [...before, ...(more ? parseAttributes(p) : [])];
      p.docstrings?.partEnd(end, p.previousEnd);
      fields.push({ kind: "tag", label, type, loc: p.location(fieldStart, more ? type.loc.end : undefined), attributes });
      if (!more) break;
    } else {
      const type = parseApplied(p);
      fields.push({ kind: "inherit", type, loc: p.location(fieldStart), attributes: NO_ATTRIBUTES });
      if (!p.accept(";")) break;
    }
  }
  p.expectClosing(">", start, start + 1);
  return mkType(p, start, { kind: "object", fields, closed });
}

function parseVariantType(p: TokenStream, start: number): CoreType {
  const opening = p.kind();
  p.advance();
  const fields: RowField[] = [];
  let labels: string[] | undefined = opening === "[<" ? [] : undefined;
  if (opening === "[>" && p.accept("]")) return mkType(p, start, { kind: "variant", fields, closed: "open", labels: undefined });
  const barred = p.accept("|");
  for (;;) {
    fields.push(parseRowField(p));
    if (!p.accept("|")) {
      // A type alone is none: it would be its own.
      if (opening === "[" && fields.length === 1 && fields[0]!.kind === "inherit" && !barred) p.fail("'|'");
      break;
    }
  }
  if (opening === "[<" && p.accept(">")) {
    labels = [];
    while (p.accept("`")) {
      labels.push(p.value);
      if (p.kind() !== "lident" && p.kind() !== "uident") p.fail("name of a tag");
      p.advance();
    }
  }
  p.expectClosing("]", start, start + opening.length);
  // [ t ] and [ < t ] are closed; [> t] is open.
  return mkType(p, start, { kind: "variant", fields, closed: opening === "[>" ? "open" : "closed", labels });
}

function parseRowField(p: TokenStream): RowField {
  const start = p.start;
  if (p.kind() !== "`") {
    const type = parseType(p);
    return { kind: "inherit", type, loc: p.location(start), attributes: NO_ATTRIBUTES };
  }
  p.advance();
  const name = p.value;
  if (p.kind() !== "lident" && p.kind() !== "uident") p.fail("name of a tag");
  p.advance();
  const label = located(p, start, name);
  const args: CoreType[] = [];
  let constant = true;
  if (p.accept("of")) {
    constant = p.accept("&");
    for (;;) {
      args.push(parseArrow(p));
      if (!p.accept("&")) break;
    }
  }
  const attributes = parseAttributes(p);
  p.docstrings?.partEnd(p.previousEnd);
  return { kind: "tag", label, constant, args, loc: p.location(start), attributes };
}
