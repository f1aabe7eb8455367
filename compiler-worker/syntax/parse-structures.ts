/** Structures (reference manual, section 11.11). */
import type { Loc, ModuleBinding, OverrideFlag, RecFlag, Structure, StructureItem, StructureItemDesc } from "./ast.ts";
import { errorAt } from "./diagnostics.ts";
import { parseClassDeclarations, parseClassTypeDeclarations } from "./parse-classes.ts";
import { parseExtensionConstructor, parseTypeItem, parseValueDescription } from "./parse-declarations.ts";
import { canBeginExpression, parseSeqExpr } from "./parse-expressions.ts";
import { parseLetBindings } from "./parse-lets.ts";
import { parseModuleBindingBody, parseModuleExpr, parseModuleName } from "./parse-modules.ts";
import { NO_ATTRIBUTES, parseExtension, parseFloatingAttribute, parseKeywordExtension, parsePostAttributes } from "./parse-names.ts";
import { parseModuleTypeDeclaration } from "./parse-signatures.ts";
import { parseItems, type Opened } from "./recovery.ts";
import { ITEM_START } from "./syntax-errors.ts";
import type { TokenStream } from "./token-stream.ts";

/** Items up to `closing` (which stays), with recovery from errors in between; `opened` is what `end` closes. */
export function parseStructureItems(p: TokenStream, closing: string, opened?: Opened): Structure {
  return parseItems<StructureItem>(p, closing, opened, {
    parse: ({ first, continued }) => parseStructureItem(p, first, opened, continued),
    standIn: (known) => ({ desc: known.kind === "value" ? { kind: "primitive", description: known.description } : { kind: "type", rec: "recursive", declarations: [known.declaration] }, loc: known.kind === "value" ? known.description.loc : known.declaration.loc }),
  });
}

/** `continued`: the keyword that the `and` here stands for. */
function parseStructureItem(p: TokenStream, expressionAllowed: boolean, opened: Opened | undefined, continued: string | undefined): StructureItem {
  const start = p.start;
  const finish = (desc: StructureItemDesc): StructureItem => ({ desc, loc: p.location(start) });
  const fail = (): never => (opened === undefined ? p.fail("definition") : p.fail("definition or 'end'", p.unmatched(...opened)));
  const undocumented = (item: StructureItem): StructureItem => {
    p.docstrings?.undocumented(start, p.previousEnd);
    return item;
  };
  const wrapped = (desc: StructureItemDesc, extension: Loc<string> | undefined): StructureItem => {
    const item = finish(desc);
    if (extension === undefined) return item;
    return { desc: { kind: "extension", extension: { name: extension, payload: { kind: "structure", items: [item] } }, attributes: [] }, loc: item.loc };
  };
  switch (continued ?? p.kind()) {
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
      if (!expressionAllowed) p.fail("definition");
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
      const { declaration, extension } = parseTypeItem(p, start, "=", continued !== undefined);
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
      return parseModuleItem(p, start, wrapped, continued !== undefined);
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
  if (!expressionAllowed) fail();
  if (!canBeginExpression(p.kind())) fail();
  const expression = parseSeqExpr(p);
  const attributes = parsePostAttributes(p);
  const item = undocumented(finish({ kind: "eval", expression, attributes }));
  if (p.kind() !== ";;" && p.kind() !== "eof" && !ITEM_START.has(p.kind()) && p.kind() !== "]" && p.kind() !== "[@@@" && p.kind() !== "[%%" && p.kind() !== "quotedextitem") fail();
  return item;
}

function parseModuleItem(p: TokenStream, start: number, wrapped: (desc: StructureItemDesc, extension: Loc<string> | undefined) => StructureItem, isContinued: boolean): StructureItem {
  p.advance();
  if (p.accept("type")) {
    const { extension, attributes } = parseKeywordExtension(p);
    return wrapped({ kind: "modtype", declaration: parseModuleTypeDeclaration(p, start, attributes) }, extension);
  }
  const { extension, attributes } = parseKeywordExtension(p);
  if (p.accept("rec") || isContinued) {
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
