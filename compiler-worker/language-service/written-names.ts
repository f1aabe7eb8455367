/** The names that are written in a source: what each is the name of, and whether it is defined there or used. */
import type * as ast from "../syntax/ast.ts";
import type { Loc } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { NameCollector, type ModuleTypeAnchor, type Pun, type WrittenName } from "./name-collector.ts";

/** Names in the order in which the tree is walked. */
export function namesWritten(tree: { readonly structure: ast.Structure } | { readonly signature: ast.Signature }): WrittenName[] {
  const walker = new Walker();
  if ("structure" in tree) walker.structure(tree.structure);
  else walker.signature(tree.signature);
  return walker.names;
}

const samePlace = (a: Location, b: Location): boolean => a.start === b.start && a.end === b.end;

class Walker extends NameCollector {
  // ---------------------------------------------------------------- patterns

  #pattern({ desc, loc }: ast.Pattern, pun?: Pun): void {
    switch (desc.kind) {
      case "var":
        this.define("value", desc.name, loc, pun);
        break;
      case "alias":
        this.#pattern(desc.pattern);
        this.define("value", desc.name, loc);
        break;
      case "tuple":
        desc.components.forEach((p) => this.#pattern(p));
        break;
      case "construct":
        this.use("constructor", desc.ident);
        if (desc.argument !== undefined) this.#pattern(desc.argument.pattern);
        break;
      case "variant":
        this.structural("tag", desc.label, loc);
        if (desc.argument !== undefined) this.#pattern(desc.argument);
        break;
      case "record":
        for (const { ident, pattern } of desc.fields) {
          const inner = pattern.desc.kind === "constraint" ? pattern.desc.pattern : pattern;
          const isPun = inner.desc.kind === "var" && inner.loc.end <= ident.loc.end && inner.loc.start >= ident.loc.start;
          this.use("label", ident, isPun ? { kind: "field" } : undefined);
          if (isPun && inner !== pattern && pattern.desc.kind === "constraint") this.type(pattern.desc.type);
          this.#pattern(isPun ? inner : pattern, isPun ? { kind: "field" } : undefined);
        }
        break;
      case "array":
        desc.elements.forEach((p) => this.#pattern(p));
        break;
      case "or":
        this.#pattern(desc.left);
        this.#pattern(desc.right);
        break;
      case "constraint":
        this.#pattern(desc.pattern, pun);
        this.type(desc.type);
        break;
      case "type":
        this.use("type", desc.ident);
        break;
      case "lazy":
      case "exception":
        this.#pattern(desc.pattern);
        break;
      case "unpack":
        this.define("module", desc.name, loc);
        break;
      case "effect":
        this.#pattern(desc.effect);
        this.#pattern(desc.continuation);
        break;
      case "open":
        this.use("module", desc.ident);
        this.#pattern(desc.pattern);
        break;
      default:
    }
  }

  // ---------------------------------------------------------------- expressions

  /** An expression; that of the function `owner`, if that is given. */
  #expression({ desc, loc }: ast.Expression, pun?: Pun, owner?: WrittenName): void {
    switch (desc.kind) {
      case "ident":
        this.use("value", desc.ident, pun);
        break;
      case "let":
        this.#bindings(desc.bindings);
        this.#expression(desc.body);
        break;
      case "function":
        this.#function(desc.parameters, desc, owner);
        break;
      case "apply": {
        const isNamed = desc.function.desc.kind === "ident" || desc.function.desc.kind === "new";
        const called = this.lastOf(() => this.#expression(desc.function));
        desc.args.forEach((a) => this.#argument(a, isNamed ? called : undefined));
        break;
      }
      case "match":
        this.#expression(desc.scrutinee);
        this.#cases(desc.cases);
        break;
      case "try":
        this.#expression(desc.body);
        this.#cases(desc.cases);
        break;
      case "tuple":
        desc.components.forEach((e) => this.#expression(e));
        break;
      case "construct":
        this.use("constructor", desc.ident);
        this.#optional(desc.argument);
        break;
      case "variant":
        this.structural("tag", desc.label, loc);
        this.#optional(desc.argument);
        break;
      case "record":
        for (const { ident, expression } of desc.fields) {
          const inner = expression.desc.kind === "constraint" ? expression.desc.expression : expression;
          const isPun = inner.desc.kind === "ident" && inner.loc.end <= ident.loc.end && inner.loc.start >= ident.loc.start;
          this.use("label", ident, isPun ? { kind: "field" } : undefined);
          if (isPun && inner !== expression && expression.desc.kind === "constraint") this.type(expression.desc.type);
          this.#expression(isPun ? inner : expression, isPun ? { kind: "field" } : undefined);
        }
        this.#optional(desc.base);
        break;
      case "field":
        this.#expression(desc.record);
        this.use("label", desc.ident);
        break;
      case "setfield":
        this.#expression(desc.record);
        this.use("label", desc.ident);
        this.#expression(desc.value);
        break;
      case "array":
        desc.elements.forEach((e) => this.#expression(e));
        break;
      case "ifthenelse":
        this.#expression(desc.condition);
        this.#expression(desc.then);
        this.#optional(desc.else);
        break;
      case "sequence":
        desc.expressions.forEach((e) => this.#expression(e));
        break;
      case "while":
        this.#expression(desc.condition);
        this.#expression(desc.body);
        break;
      case "for":
        // The typed tree has the loop as the place of its variable.
        if (desc.pattern.desc.kind === "var") this.define("value", desc.pattern.desc.name, loc);
        this.#expression(desc.from);
        this.#expression(desc.to);
        this.#expression(desc.body);
        break;
      case "constraint":
        this.#expression(desc.expression, pun);
        this.type(desc.type);
        break;
      case "coerce":
        this.#expression(desc.expression);
        this.#constraint(desc);
        break;
      case "send":
        this.#expression(desc.object);
        this.structural("method", desc.method.value, desc.method.loc);
        break;
      case "setinstvar":
        this.#instanceVariable(desc.name);
        this.#expression(desc.value);
        break;
      case "override":
        for (const { name, expression } of desc.fields) {
          this.#instanceVariable(name);
          this.#expression(expression);
        }
        break;
      case "letmodule":
        this.#moduleBinding(desc.name, desc.module, desc.name.loc);
        this.#expression(desc.body);
        break;
      case "letexception":
        this.extensionConstructor(desc.constructor);
        this.#expression(desc.body);
        break;
      case "assert":
        this.#expression(desc.condition);
        break;
      case "lazy":
        this.#expression(desc.expression);
        break;
      case "poly":
        this.#expression(desc.expression);
        if (desc.type !== undefined) this.type(desc.type);
        break;
      case "object":
        this.#classStructure(desc.structure);
        break;
      case "newtype":
        this.withAbstract([desc.name], () => this.#expression(desc.body));
        break;
      case "new":
        this.use("class", desc.ident);
        break;
      case "pack":
        this.#module(desc.module);
        break;
      case "open":
        this.#module(desc.declaration.module);
        this.#expression(desc.body);
        break;
      case "letop":
        for (const { op, pattern, expression } of [desc.let, ...desc.ands]) {
          this.use("value", { value: { kind: "ident", name: op.value }, loc: op.loc });
          const isPun = pattern.desc.kind === "var" && samePlace(pattern.loc, expression.loc);
          this.#pattern(pattern, isPun ? { kind: "binding" } : undefined);
          this.#expression(expression, isPun ? { kind: "binding" } : undefined);
        }
        this.#expression(desc.body);
        break;
      default:
    }
  }

  #instanceVariable({ value, loc }: Loc<string>): void {
    this.use("value", { value: { kind: "ident", name: value }, loc });
  }

  #optional(expression: ast.Expression | undefined): void {
    if (expression !== undefined) this.#expression(expression);
  }

  #cases(cases: readonly ast.Case[]): void {
    for (const { pattern, guard, body } of cases) {
      this.#pattern(pattern);
      this.#optional(guard);
      this.#expression(body);
    }
  }

  #constraint(constraint: ast.TypeConstraint | Extract<ast.ExpressionDesc, { kind: "coerce" }>): void {
    if (constraint.kind === "constraint") this.type(constraint.type);
    else {
      if (constraint.from !== undefined) this.type(constraint.from);
      this.type(constraint.to);
    }
  }

  #bindings(bindings: readonly ast.ValueBinding[]): void {
    for (const { pattern, expression, constraint } of bindings) {
      const last = this.lastOf(() => this.#pattern(pattern));
      const owner = pattern.desc.kind === "var" ? last : undefined;
      if (constraint?.kind === "constraint") {
        this.withAbstract(constraint.locallyAbstract, () => {
          this.type(constraint.type, owner);
          this.#expression(expression, undefined, owner);
        });
        continue;
      } else if (constraint !== undefined) {
        if (constraint.from !== undefined) this.type(constraint.from);
        this.type(constraint.to);
      }
      this.#expression(expression, undefined, owner);
    }
  }

  /** Each parameter is in the scope of those before it. */
  #function(parameters: readonly ast.FunctionParameter[], rest: Pick<Extract<ast.ExpressionDesc, { kind: "function" }>, "constraint" | "body">, owner: WrittenName | undefined): void {
    const [first, ...others] = parameters;
    if (first === undefined) {
      if (rest.constraint !== undefined) this.#constraint(rest.constraint);
      if (rest.body.kind === "body") this.#expression(rest.body.expression, undefined, owner);
      else this.#cases(rest.body.cases);
    } else if (first.kind === "newtype") this.withAbstract([first.name], () => this.#function(others, rest, owner));
    else {
      this.#optional(first.default);
      this.#labelledPattern(first.label, first.pattern, owner);
      this.#function(others, rest, owner);
    }
  }

  #labelledPattern(label: ast.ArgLabel, pattern: ast.Pattern, owner: WrittenName | undefined): void {
    const inner = pattern.desc.kind === "constraint" ? pattern.desc.pattern : pattern;
    const name = inner.desc.kind === "var" ? inner.desc.name : undefined;
    const pun = name === undefined ? undefined : argumentPun(label, name.value, name.loc);
    this.argumentLabel(label, inner.loc, owner, pattern.loc, pun);
    this.#pattern(pattern, pun);
  }

  #argument({ label, argument }: { readonly label: ast.ArgLabel; readonly argument: ast.Expression }, called: WrittenName | undefined): void {
    const inner = argument.desc.kind === "constraint" ? argument.desc.expression : argument;
    const name = inner.desc.kind === "ident" && inner.desc.ident.value.kind === "ident" ? inner.desc.ident.value.name : undefined;
    const pun = name === undefined ? undefined : argumentPun(label, name, inner.loc);
    this.argumentLabel(label, inner.loc, called, undefined, pun);
    this.#expression(argument, pun);
  }

  // ---------------------------------------------------------------- classes

  #classStructure({ self, fields }: ast.ClassStructure): void {
    this.#pattern(self);
    for (const { desc, loc } of fields) {
      if (desc.kind === "inherit") {
        this.#class(desc.class);
        if (desc.alias !== undefined) this.define("value", desc.alias, loc);
      } else if (desc.kind === "val" || desc.kind === "method") {
        if (desc.kind === "val") this.define("value", desc.name, loc);
        else this.structural("method", desc.name.value, desc.name.loc, loc);
        if (desc.definition.kind === "virtual") this.type(desc.definition.type);
        else this.#expression(desc.definition.expression);
      } else if (desc.kind === "constraint") {
        this.type(desc.left);
        this.type(desc.right);
      } else if (desc.kind === "initializer") this.#expression(desc.expression);
    }
  }

  /** A class; that of the name `owner`, if that is given. */
  #class({ desc }: ast.ClassExpr, owner?: WrittenName): void {
    switch (desc.kind) {
      case "constr":
        this.use("class", desc.ident);
        desc.args.forEach((t) => this.type(t));
        break;
      case "structure":
        this.#classStructure(desc.structure);
        break;
      case "fun":
        this.#optional(desc.default);
        this.#labelledPattern(desc.label, desc.pattern, owner);
        this.#class(desc.body, owner);
        break;
      case "apply": {
        const isNamed = desc.class.desc.kind === "constr" && desc.class.desc.args.length === 0;
        const called = this.lastOf(() => this.#class(desc.class));
        desc.args.forEach((a) => this.#argument(a, isNamed ? called : undefined));
        break;
      }
      case "let":
        this.#bindings(desc.bindings);
        this.#class(desc.body, owner);
        break;
      case "constraint":
        this.#class(desc.class);
        this.#classType(desc.type);
        break;
      case "open":
        this.use("module", desc.description.ident);
        this.#class(desc.body);
        break;
      default:
    }
  }

  #classType({ desc }: ast.ClassType, owner?: WrittenName): void {
    switch (desc.kind) {
      case "constr":
        this.use("class", desc.ident);
        desc.args.forEach((t) => this.type(t));
        break;
      case "signature":
        this.type(desc.signature.self);
        for (const { desc: field } of desc.signature.fields) {
          if (field.kind === "inherit") this.#classType(field.type);
          else if (field.kind === "val" || field.kind === "method") {
            if (field.kind === "method") this.structural("method", field.name.value, field.name.loc, field.name.loc);
            this.type(field.type);
          } else if (field.kind === "constraint") {
            this.type(field.left);
            this.type(field.right);
          }
        }
        break;
      case "arrow":
        this.argumentLabel(desc.label, desc.parameter.loc, owner, desc.parameter.loc);
        this.type(desc.parameter);
        this.#classType(desc.result, owner);
        break;
      case "open":
        this.use("module", desc.description.ident);
        this.#classType(desc.body);
        break;
      default:
    }
  }

  // ---------------------------------------------------------------- modules

  #within(type: ast.ModuleType, anchor: ModuleTypeAnchor): void {
    const outer = this.scope;
    this.scope ??= { type, anchor };
    this.#moduleType(type);
    this.scope = outer;
  }

  #functorParameter(parameter: ast.FunctorParameter, item: Location): void {
    if (parameter.kind === "unit") return;
    this.define("module", parameter.name, item);
    this.#within(parameter.type, { kind: "parameter", name: parameter.name.loc });
  }

  #moduleType({ desc }: ast.ModuleType): void {
    switch (desc.kind) {
      case "ident":
        this.use("moduleType", desc.ident);
        break;
      case "alias":
        this.use("module", desc.ident);
        break;
      case "signature":
        this.signature(desc.items);
        break;
      case "functor":
        if (desc.parameter.kind === "named") this.#functorParameter(desc.parameter, desc.parameter.name.loc);
        this.#moduleType(desc.result);
        break;
      case "with":
        this.#moduleType(desc.type);
        for (const c of desc.constraints) {
          if (c.kind === "type" || c.kind === "typesubst") {
            // The name on the left is one of the module type's, not of the scope's.
            this.typeParts(c.declaration.parameters, c.declaration.constraints);
            if (c.declaration.manifest !== undefined) this.type(c.declaration.manifest);
          } else if (c.kind === "module" || c.kind === "modsubst") this.use("module", c.target);
          else this.#moduleType(c.type);
        }
        break;
      case "typeof":
        this.#module(desc.module);
        break;
      default:
    }
  }

  signature(items: ast.Signature): void {
    for (const { desc } of items) {
      switch (desc.kind) {
        case "value":
          this.valueDescription(desc.description);
          break;
        case "type":
        case "typesubst":
          desc.declarations.forEach((d) => this.typeDeclaration(d));
          break;
        case "typext":
          this.typeExtension(desc.extension);
          break;
        case "exception":
          this.extensionConstructor(desc.exception.constructor);
          break;
        case "module":
        case "recmodule":
          for (const d of desc.kind === "module" ? [desc.declaration] : desc.declarations) {
            this.define("module", d.name, d.loc);
            this.#moduleType(d.type);
          }
          break;
        case "modsubst":
          this.define("module", desc.name, desc.loc);
          this.use("module", desc.ident);
          break;
        case "modtype":
        case "modtypesubst":
          this.define("moduleType", desc.declaration.name, desc.declaration.loc);
          if (desc.declaration.type !== undefined) this.#moduleType(desc.declaration.type);
          break;
        case "open":
          this.use("module", desc.description.ident);
          break;
        case "include":
          this.#moduleType(desc.type);
          break;
        case "class":
        case "classtype":
          for (const d of desc.kind === "class" ? desc.descriptions : desc.declarations) {
            this.#classType(d.expression, this.lastOf(() => this.define("type", d.name, d.loc)));
          }
          break;
        default:
      }
    }
  }

  #moduleBinding(name: Loc<string | undefined>, module: ast.ModuleExpr, item: Location): void {
    this.define("module", name, item);
    this.#module(module);
  }

  #module({ desc, loc }: ast.ModuleExpr): void {
    switch (desc.kind) {
      case "ident":
        this.use("module", desc.ident);
        break;
      case "structure":
        this.structure(desc.items);
        break;
      case "functor":
        this.#functorParameter(desc.parameter, desc.parameter.kind === "named" ? desc.parameter.name.loc : loc);
        this.#module(desc.body);
        break;
      case "apply":
        this.#module(desc.functor);
        this.#module(desc.argument);
        break;
      case "applyunit":
        this.#module(desc.functor);
        break;
      case "constraint":
        this.#module(desc.module);
        this.#within(desc.type, { kind: "constraint", module: desc.module.loc });
        break;
      case "unpack":
        this.#expression(desc.expression);
        break;
      default:
    }
  }

  structure(items: ast.Structure): void {
    for (const { desc, loc } of items) {
      switch (desc.kind) {
        case "eval":
          this.#expression(desc.expression);
          break;
        case "value":
          this.#bindings(desc.bindings);
          break;
        case "primitive":
          this.valueDescription(desc.description);
          break;
        case "type":
          if (desc.rec === "recursive") this.inRecursive(loc, () => desc.declarations.forEach((d) => this.typeDeclaration(d)));
          else desc.declarations.forEach((d) => this.typeDeclaration(d));
          break;
        case "typext":
          this.typeExtension(desc.extension);
          break;
        case "exception":
          this.extensionConstructor(desc.exception.constructor);
          break;
        case "module":
          this.#moduleBinding(desc.binding.name, desc.binding.expression, desc.binding.loc);
          break;
        case "recmodule":
          desc.bindings.forEach((b) => this.#moduleBinding(b.name, b.expression, b.loc));
          break;
        case "modtype":
          this.define("moduleType", desc.declaration.name, desc.declaration.loc);
          if (desc.declaration.type !== undefined) this.#within(desc.declaration.type, { kind: "declaration", item: loc });
          break;
        case "open":
          this.#module(desc.declaration.module);
          break;
        case "include":
          this.#module(desc.module);
          break;
        case "class":
          this.inRecursive(loc, () => {
            for (const d of desc.declarations) {
              this.#class(d.expression, this.lastOf(() => this.define("type", d.name, d.loc)));
            }
          });
          break;
        case "classtype":
          this.inRecursive(loc, () => {
            for (const d of desc.declarations) {
              this.#classType(d.expression, this.lastOf(() => this.define("type", d.name, d.loc)));
            }
          });
          break;
        default:
      }
    }
  }
}

/** The pun of an argument or parameter that is written as its label only. */
function argumentPun(label: ast.ArgLabel, name: string, { file, start }: Location): Pun | undefined {
  if (label.kind === "nolabel" || label.name !== name) return undefined;
  const before = /[~?]\s*(\(\s*)?$/.exec(file.text.slice(Math.max(0, start - 40), start));
  return before === null ? undefined : { kind: "argument", start: start - before[0].length, parenthesized: before[1] !== undefined };
}
