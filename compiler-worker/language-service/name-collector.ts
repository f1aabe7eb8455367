/** Names as they are written in a source, and those in its types. */
import type * as ast from "../syntax/ast.ts";
import type { Loc, Longident } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";

/**
 * The name of a class is that of a type, too: it is in the namespace of types where it is defined, and in that of classes where it is used as one.
 * Tags (of polymorphic variants) and methods are what their names are: those of one name are one. The labels of arguments are their function's.
 */
export type Namespace = "value" | "constructor" | "label" | "type" | "class" | "module" | "moduleType" | "tag" | "method" | "argument";

/** Where the module type of a structure's text has its counterpart in the typed tree. */
export type ModuleTypeAnchor =
  /** `module type S = …`: the item. */
  | { readonly kind: "declaration"; readonly item: Location }
  /** `functor (X : …)`: the place of the parameter's name. */
  | { readonly kind: "parameter"; readonly name: Location }
  /** `(M : …)`: the place of M. */
  | { readonly kind: "constraint"; readonly module: Location };

/** The outermost module type around a name that is written in a structure. */
export interface ModuleTypeScope {
  readonly type: ast.ModuleType;
  readonly anchor: ModuleTypeAnchor;
}

/** A variable that stands for a label, too: what is to be written when they differ. */
export type Pun =
  /** `{ x }`: as a field and as a variable. */
  | { readonly kind: "field" }
  /** `~x`, `?x`, `~(x : t)`, `?(x = e)`: from the sign on. */
  | { readonly kind: "argument"; readonly start: number; readonly parenthesized: boolean }
  /** The same, seen as the label. */
  | { readonly kind: "labelled"; readonly start: number; readonly parenthesized: boolean }
  /** `let* x in`: as a pattern and as an expression. */
  | { readonly kind: "binding" };

export interface WrittenName {
  readonly namespace: Namespace;
  /** As written, with the modules before it. */
  readonly longident: Longident;
  readonly name: string;
  /** Where the name itself stands, without modules. */
  readonly loc: Location;
  /** Where the longident stands, up to this name. */
  readonly whole: Location;
  /** Of a definition, the item that it is; undefined for a use. */
  readonly definition: Location | undefined;
  readonly scope: ModuleTypeScope | undefined;
  /** Of a use in a recursive definition of types or classes, the item: what it defines is known in it. */
  readonly recursive: Location | undefined;
  /** Of a locally abstract type (`type a.`, `fun (type a)`), where it is bound. */
  readonly binder: Location | undefined;
  readonly pun: Pun | undefined;
  /** Of an argument's label, the function or class that has it. */
  readonly owner: WrittenName | undefined;
}

const components = (lid: Longident): { readonly lid: Longident; readonly name: string }[] => {
  switch (lid.kind) {
    case "ident":
      return [{ lid, name: lid.name }];
    case "dot":
      return [...components(lid.prefix), { lid, name: lid.name }];
    case "apply":
      return [...components(lid.functor), ...components(lid.argument)];
  }
};

/** Collects the names in types and in declarations of types and values; those around say in which scope. */
export class NameCollector {
  readonly names: WrittenName[] = [];
  protected scope: ModuleTypeScope | undefined;
  protected recursive: Location | undefined;
  /** Locally abstract types around the place, the innermost last. */
  protected abstract: readonly Loc<string>[] = [];

  protected use(namespace: Namespace, { value, loc }: Loc<Longident>, pun?: Pun): void {
    if (loc.ghost) return;
    const all = components(value);
    let at = loc.start;
    for (const [i, { lid, name }] of all.entries()) {
      // Spaces and comments may stand between the components; operators stand in parentheses.
      const found = loc.file.text.indexOf(name, at);
      if (found < 0 || found + name.length > loc.end) return;
      at = found + name.length;
      const isLast = i === all.length - 1;
      this.names.push({ namespace: isLast ? namespace : "module", longident: lid, name, loc: { ...loc, start: found, end: at }, whole: { ...loc, start: lid.kind === "ident" ? found : loc.start, end: isLast ? loc.end : at }, definition: undefined, scope: this.scope, recursive: this.recursive, binder: namespace === "type" && value.kind === "ident" ? this.abstract.findLast((a) => a.value === name)?.loc : undefined, pun: isLast ? pun : undefined, owner: undefined });
    }
  }

  protected define(namespace: Namespace, { value, loc }: Loc<string | undefined>, item: Location, pun?: Pun): void {
    if (value === undefined || loc.ghost) return;
    // An operator's place has its parentheses.
    const start = loc.file.text.indexOf(value, loc.start);
    if (start < 0 || start + value.length > loc.end) return;
    const place = { ...loc, start, end: start + value.length };
    this.names.push({ namespace, longident: { kind: "ident", name: value }, name: value, loc: place, whole: loc, definition: item, scope: this.scope, recursive: undefined, binder: undefined, pun, owner: undefined });
  }

  /** A name that is known by itself: of a tag or a method. It is searched for in its place, which may begin with a sign. */
  protected structural(namespace: "tag" | "method", name: string, { file, start, end }: Location, definition?: Location): void {
    const found = file.text.indexOf(name, start);
    if (found < 0 || found + name.length > end) return;
    const loc = { file, start: found, end: found + name.length, ghost: false };
    this.names.push({ namespace, longident: { kind: "ident", name }, name, loc, whole: loc, definition, scope: undefined, recursive: undefined, binder: undefined, pun: undefined, owner: undefined });
  }

  /** The label of an argument, a parameter or a parameter's type, which begins at `at`. */
  protected argumentLabel(label: ast.ArgLabel, at: Location, owner: WrittenName | undefined, definition?: Location, pun?: Pun): void {
    if (label.kind === "nolabel" || owner === undefined || at.ghost) return;
    const { file } = at;
    let start = at.start;
    if (pun === undefined) {
      const before = /(?:^|[^\w'])([\w'\x80-\xff]+)\s*:[\s(]*$/.exec(file.text.slice(Math.max(0, start - 200), start));
      if (before?.[1] !== label.name) return;
      start -= before[0].length - before[0].indexOf(label.name);
    }
    const loc = { file, start, end: start + label.name.length, ghost: false };
    this.names.push({ namespace: "argument", longident: { kind: "ident", name: label.name }, name: label.name, loc, whole: loc, definition, scope: undefined, recursive: undefined, binder: undefined, pun: pun?.kind === "argument" ? { ...pun, kind: "labelled" } : undefined, owner });
  }

  /** The name that a walk has found last, if it found one. */
  protected lastOf(walk: () => void): WrittenName | undefined {
    const before = this.names.length;
    walk();
    return this.names.length > before ? this.names.at(-1) : undefined;
  }

  /** Walks in the scope of locally abstract types, which are defined. */
  protected withAbstract(names: readonly Loc<string>[], walk: () => void): void {
    const outer = this.abstract;
    for (const name of names) this.define("type", name, name.loc);
    this.abstract = [...outer, ...names];
    walk();
    this.abstract = outer;
  }

  protected inRecursive(item: Location, walk: () => void): void {
    const outer = this.recursive;
    this.recursive = item;
    walk();
    this.recursive = outer;
  }

  // ---------------------------------------------------------------- types

  /** A type; of the function `owner`, if that is given, whose labels it then has. */
  protected type({ desc, loc }: ast.CoreType, owner?: WrittenName): void {
    switch (desc.kind) {
      case "arrow":
        this.argumentLabel(desc.label, desc.parameter.loc, owner, desc.parameter.loc);
        this.type(desc.parameter);
        this.type(desc.result, owner);
        break;
      case "tuple":
        desc.components.forEach((t) => this.type(t));
        break;
      case "constr":
        this.use("type", desc.ident);
        desc.args.forEach((t) => this.type(t));
        break;
      case "class":
        this.use("class", desc.ident);
        desc.args.forEach((t) => this.type(t));
        break;
      case "object":
        for (const field of desc.fields) {
          if (field.kind === "tag") this.structural("method", field.label.value, field.loc, field.loc);
          this.type(field.type);
        }
        break;
      case "variant": {
        for (const field of desc.fields) {
          if (field.kind === "inherit") this.type(field.type);
          else {
            this.structural("tag", field.label.value, field.loc, field.loc);
            field.args.forEach((t) => this.type(t));
          }
        }
        // `[< `A | `B > `A]`
        const end = desc.fields.at(-1)?.loc.end ?? loc.start;
        for (const { 0: text, index } of desc.labels === undefined ? [] : loc.file.text.slice(end, loc.end).matchAll(/(?<=`\s*)[\w'\x80-\xff]+/g)) this.structural("tag", text, { ...loc, start: end + index });
        break;
      }
      case "alias":
        this.type(desc.type);
        break;
      case "poly":
        this.type(desc.body, owner);
        break;
      case "package":
        this.package(desc.package);
        break;
      case "open":
        this.use("module", desc.ident);
        this.type(desc.body);
        break;
      default:
    }
  }

  protected package({ ident, constraints }: ast.PackageType): void {
    this.use("moduleType", ident);
    constraints.forEach((c) => this.type(c.type));
  }

  protected typeDeclaration({ name, parameters, constraints, definition, manifest, loc }: ast.TypeDeclaration): void {
    this.define("type", name, loc);
    this.typeParts(parameters, constraints);
    if (manifest !== undefined) this.type(manifest);
    if (definition.kind === "variant") {
      for (const c of definition.constructors) {
        this.define("constructor", c.name, c.loc);
        this.constructorArguments(c.args, c.result);
      }
    } else if (definition.kind === "record") this.labels(definition.labels);
  }

  protected typeParts(parameters: ast.TypeDeclaration["parameters"], constraints: ast.TypeDeclaration["constraints"]): void {
    parameters.forEach((p) => this.type(p.type));
    for (const { left, right } of constraints) {
      this.type(left);
      this.type(right);
    }
  }

  protected labels(labels: readonly ast.LabelDeclaration[]): void {
    for (const label of labels) {
      this.define("label", label.name, label.loc);
      this.type(label.type);
    }
  }

  protected constructorArguments(args: ast.ConstructorArguments, result: ast.CoreType | undefined): void {
    if (args.kind === "tuple") args.types.forEach((t) => this.type(t));
    else this.labels(args.labels);
    if (result !== undefined) this.type(result);
  }

  protected extensionConstructor({ name, definition, loc }: ast.ExtensionConstructor): void {
    this.define("constructor", name, loc);
    if (definition.kind === "rebind") this.use("constructor", definition.ident);
    else this.constructorArguments(definition.args, definition.result);
  }

  protected typeExtension({ path, constructors }: ast.TypeExtension): void {
    this.use("type", path);
    constructors.forEach((c) => this.extensionConstructor(c));
  }

  protected valueDescription({ name, type, loc }: ast.ValueDescription): void {
    this.type(type, this.lastOf(() => this.define("value", name, loc)));
  }
}
