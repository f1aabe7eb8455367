/** Signatures (reference manual, section 11.10). */
import type { Attributes, Loc, ModuleDeclaration, ModuleType, ModuleTypeDeclaration, OverrideFlag, Signature, SignatureItem, SignatureItemDesc } from "./ast.ts";
import { parseClassDescriptions, parseClassTypeDeclarations } from "./parse-classes.ts";
import { parseExtensionConstructor, parseTypeItem, parseValueDescription } from "./parse-declarations.ts";
import { foldFunctorType, mkModuleType, parseFunctorParameters, parseModuleName, parseModuleType } from "./parse-modules.ts";
import { located, parseExtension, parseFloatingAttribute, parseKeywordExtension, parsePostAttributes, parseUident, parseWholeExtendedModulePath } from "./parse-names.ts";
import { type Opened, parseItems } from "./recovery.ts";
import type { TokenStream } from "./token-stream.ts";

/** Items up to `closing` (which stays), with recovery from errors in between; `opened` is what `end` closes. */
export function parseSignatureItems(p: TokenStream, closing: string, opened?: Opened): Signature {
  return parseItems<SignatureItem>(p, closing, opened, {
    parse: ({ continued }) => parseSignatureItem(p, opened, continued),
    standIn: (known) => ({ desc: known.kind === "value" ? { kind: "value", description: { ...known.description, primitive: [] } } : { kind: "type", rec: "recursive", declarations: [known.declaration] }, loc: known.kind === "value" ? known.description.loc : known.declaration.loc }),
  });
}

function parseSignatureItem(p: TokenStream, opened: Opened | undefined, continued: string | undefined): SignatureItem {
  const start = p.start;
  const wrapped = (desc: SignatureItemDesc, extension: Loc<string> | undefined): SignatureItem => {
    const item: SignatureItem = { desc, loc: p.location(start) };
    if (extension === undefined) return item;
    return { desc: { kind: "extension", extension: { name: extension, payload: { kind: "signature", items: [item] } }, attributes: [] }, loc: item.loc };
  };
  switch (continued ?? p.kind()) {
    case "val":
    case "external": {
      const external = p.kind() === "external";
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      return wrapped({ kind: "value", description: parseValueDescription(p, start, external, attributes) }, extension);
    }
    case "type": {
      const { declaration, extension } = parseTypeItem(p, start, "either", continued !== undefined);
      if (declaration.kind === "typext") return wrapped({ kind: "typext", extension: declaration.extension }, extension);
      if (declaration.substitution) return wrapped({ kind: "typesubst", declarations: declaration.declarations }, extension);
      return wrapped({ kind: "type", rec: declaration.rec, declarations: declaration.declarations }, extension);
    }
    case "exception": {
      p.advance();
      const { extension, attributes } = parseKeywordExtension(p);
      const constructor = parseExtensionConstructor(p, p.start, { mayRebind: false });
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
      if (p.accept("rec") || continued !== undefined) {
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
      return p.fail(opened === undefined ? "declaration" : "declaration or 'end'", opened === undefined ? [] : p.unmatched(...opened));
  }
}

function parseModuleTypeName(p: TokenStream): Loc<string> {
  const start = p.start;
  if (p.kind() !== "uident" && p.kind() !== "lident") p.fail("name of a module type");
  const name = p.value;
  p.advance();
  return located(p, start, name);
}

export function parseModuleTypeDeclaration(p: TokenStream, start: number, attributes: Attributes): ModuleTypeDeclaration {
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
