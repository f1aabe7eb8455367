/**
 * Classes, by the protocol of `CamlinternalOO`. A class is a block of
 *   0. the function that makes objects: `fun no_object arguments… -> object`,
 *   1. `class_init`, which enters the class's methods and variables into a table and gives 2,
 *   2. `env_init`: from the environment to field 0,
 *   3. the environment.
 * The function that makes objects takes as first argument 0, or the object being made by a class that inherits.
 *
 * `class_init` of a class or object inside a function is closed, so that its table is made once: what its methods use
 * of the function's variables is the environment, a block kept in a hidden instance variable of each object.
 */
import * as b from "../core/build.ts";
import type { Expr, Function, TopBinding, Variable } from "../core/core.ts";
import { FreeVariables } from "../core/free.ts";
import { renameExpr } from "../core/rename.ts";
import type { ClassDeclaration, ClassExpr, ClassStructure, Expression } from "../typing/typedtree.ts";
import type { Ident, Path } from "../typing/types.ts";
import { bindSimple, bindToAtom } from "./bindings.ts";
import { valueOfMeaning, type Compilation } from "./context.ts";
import { libraryFunction } from "./lazy.ts";
import { translateLetrecExpression } from "./letrec.ts";
import { inside } from "./meanings.ts";
import type { Site } from "./modules.ts";
import { resolve } from "./paths.ts";
import { purityOfClass, worst } from "./purity.ts";
import { wrapBindings } from "./sinks.ts";
import { applyWrappers, Translator, type Wrapper } from "./translate.ts";
import { variantHash } from "./variant-hash.ts";

/** Calls a function of `CamlinternalOO`. */
function oo(c: Compilation, name: string, ...args: Expr[]): Expr {
  return b.apply(libraryFunction(c, "CamlinternalOO", name), args);
}

function names(list: readonly string[]): Expr {
  // An array in static memory: the library only reads it.
  return b.constant({ kind: "block", tag: 0, fields: list.map((value) => ({ kind: "string", value })) });
}

/** An instance variable that is set when an object is made: its place, and the value. */
interface Initialization {
  readonly id: Ident;
  readonly expression: Expression;
}

/** A function that is entered into the table, by a hole in the statements until environments are decided. */
interface TableFunction {
  readonly function: Function;
  readonly enter: (f: Expr) => Expr;
  readonly at: number;
}

class ClassCompiler {
  readonly t: Translator;
  readonly c: Compilation;
  readonly table: Variable;
  /** What `class_init` does, in order. */
  readonly statements: TopBinding[] = [];
  readonly functions: TableFunction[] = [];
  /** Classes inherited from: evaluated when the table is made. */
  readonly parents: Expr[] = [];

  constructor(t: Translator) {
    this.t = t;
    this.c = t.c;
    this.table = t.fresh.variable("table");
  }

  #let(name: string, value: Expr, kind: Variable["kind"] = "value"): Variable {
    const variable = this.t.fresh.variable(name, kind);
    this.statements.push({ kind: "let", variable, value });
    return variable;
  }

  #do(value: Expr): void {
    this.statements.push({ kind: "effect", value });
  }

  #index(id: Ident, value: Expr): void {
    const variable = this.t.fresh.variable(id.name, "immediate");
    this.statements.push({ kind: "let", variable, value });
    this.t.scope.set(id, { kind: "variable", variable, signature: undefined });
  }

  /** A hidden variable of every object. */
  hiddenVariable(name: string): Variable {
    return this.#let(name, oo(this.c, "new_variable", b.variable(this.table), b.string("")), "immediate");
  }

  #enter(f: Function, enter: (f: Expr) => Expr): void {
    this.functions.push({ function: f, enter, at: this.statements.length });
    this.#do(b.unit);
  }

  /**
   * Enters a class expression into the table. The result makes the code that, given the object so far or 0, makes an
   * object or a function of the class's remaining parameters. `inherited`: of an `inherit` field.
   */
  compile(e: ClassExpr, initializations: readonly Initialization[], inherited: Inherited | undefined): (self: Expr) => Expr {
    const desc = e.desc;
    switch (desc.kind) {
      case "structure": {
        const make = this.#structure(desc.structure, initializations);
        this.#bindInherited(inherited, undefined);
        return make;
      }
      case "ident": {
        const parent = this.#parent(desc.path);
        const init = this.#let("init", b.apply(this.#classField(parent, 1), [b.variable(this.table), b.field(parent, 3, true)]));
        this.#bindInherited(inherited, undefined);
        return (self) => b.apply(b.variable(init), [self]);
      }
      case "constraint": {
        let inner = desc.class;
        while (inner.desc.kind === "constraint") inner = inner.desc.class;
        const concrete = desc.concreteMethods;
        const virtual = desc.visibleMethods.filter((name) => !concrete.includes(name));
        const narrowing = [b.variable(this.table), names(desc.visibleVariables), names(virtual), names(concrete)];
        if (inner.desc.kind === "ident") {
          const parent = this.#parent(inner.desc.path);
          const result = this.#let("inherited", oo(this.c, "inherits", ...narrowing, parent, b.trueExpr));
          const init = this.#let("init", b.field(b.variable(result), 0));
          this.#bindInherited(inherited, (kind, name) => {
            const i = kind === "variable" ? desc.visibleVariables.indexOf(name) : concrete.indexOf(name);
            return i < 0 ? undefined : b.field(b.variable(result), 1 + i + (kind === "variable" ? 0 : desc.visibleVariables.length));
          });
          return (self) => b.apply(b.variable(init), [self]);
        }
        if (inherited === undefined) return this.compile(desc.class, initializations, undefined);
        this.#do(oo(this.c, "narrow", ...narrowing));
        const make = this.compile(inner, initializations, inherited);
        this.#do(oo(this.c, "widen", b.variable(this.table)));
        return make;
      }
      case "fun": {
        const { pattern, body, bindings, partial } = desc;
        for (const { id } of bindings) this.#index(id, oo(this.c, "new_variable", b.variable(this.table), b.string("")));
        const parameter = this.t.fresh.variable("x", this.t.kindOf(pattern.env, pattern.type));
        const wrappers: Wrapper[] = [];
        bindToAtom(this.t, pattern, b.variable(parameter), partial, pattern.loc, wrappers);
        const make = this.compile(body, [...bindings, ...initializations], inherited);
        return (self) => {
          const rest = make(self);
          // One function of all parameters.
          if (rest.kind === "function" && wrappers.length === 0) return b.lambda(b.makeFunction(this.t.name, [parameter, ...rest.function.parameters], rest.function.body, { loc: e.loc }));
          return b.lambda(b.makeFunction(this.t.name, [parameter], applyWrappers(wrappers, rest), { loc: e.loc }));
        };
      }
      case "apply": {
        const make = this.compile(desc.class, initializations, inherited);
        const omitted = desc.args.some((arg) => arg.argument.kind === "omitted");
        return (self) => {
          const f = make(self);
          if (omitted) return this.#partial(f, desc.args);
          const args = desc.args.map((arg) => this.t.value((arg.argument as { expression: Expression }).expression));
          if (f.kind === "apply") return this.t.applyValue(f.function, [...f.args, ...args], e.loc);
          return this.t.applyValue(f, args, e.loc);
        };
      }
      case "let": {
        const wrappers: Wrapper[] = [];
        this.#bind(desc, wrappers);
        const make = this.compile(desc.body, [...desc.variables, ...initializations], inherited);
        return (self) => applyWrappers(wrappers, make(self));
      }
      case "open":
        return this.compile(desc.body, initializations, inherited);
    }
  }

  /** Binds the variables of a `let`, of which every object keeps the values that its methods use. */
  #bind(desc: Extract<ClassExpr["desc"], { kind: "let" }>, wrappers: Wrapper[]): void {
    for (const { id } of desc.variables) this.#index(id, oo(this.c, "new_variable", b.variable(this.table), b.string("")));
    if (desc.rec === "recursive") wrappers.push(translateLetrecExpression(this.t, desc.bindings));
    else for (const binding of desc.bindings) bindSimple(this.t, binding.pattern, binding.expression, binding.attributes, wrappers);
  }

  /**
   * Enters a class definition: as {@link compile}, but the `let`s that it begins with are evaluated with the definition, once
   * (manual, "Class expressions", local definitions): they become `wrappers` around the class.
   */
  compileDefinition(e: ClassExpr, wrappers: Wrapper[]): (self: Expr) => Expr {
    const initializations: Initialization[] = [];
    let body = e;
    for (; body.desc.kind === "let"; body = body.desc.body) {
      this.#bind(body.desc, wrappers);
      initializations.unshift(...body.desc.variables);
    }
    return this.compile(body, initializations, undefined);
  }

  #partial(f: Expr, args: Extract<ClassExpr["desc"], { kind: "apply" }>["args"]): Expr {
    const wrappers: Wrapper[] = [];
    const parameters: Variable[] = [];
    const values: Expr[] = [];
    for (let i = args.length - 1; i >= 0; i--) {
      const argument = args[i]!.argument;
      const v = this.t.fresh.variable("arg");
      values[i] = b.variable(v);
      if (argument.kind === "omitted") parameters.unshift(v);
      else {
        const value = this.t.value(argument.expression);
        wrappers.push((body) => b.letIn(v, value, body));
      }
    }
    const g = this.t.fresh.variable("f");
    wrappers.push((body) => b.letIn(g, f, body));
    return applyWrappers(wrappers, b.lambda(b.makeFunction(`${this.t.name}.partial`, parameters, b.apply(b.variable(g), values))));
  }

  #parent(path: Path): Expr {
    const value = valueOfMeaning(this.c, resolve(this.c, this.t.scope, "class", path));
    this.parents.push(value);
    return b.isAtom(value) ? value : b.variable(this.#let("parent", value));
  }

  #classField(cls: Expr, index: number): Expr {
    return b.variable(this.#let("class_init", b.field(cls, index, true)));
  }

  /** Gives what a subclass sees of an inherited class its identifiers: places of variables, methods of `super`. */
  #bindInherited(inherited: Inherited | undefined, find: ((kind: "variable" | "method", name: string) => Expr | undefined) | undefined): void {
    if (inherited === undefined) return;
    const table = b.variable(this.table);
    for (const { name, id } of inherited.variables) this.#index(id, find?.("variable", name) ?? oo(this.c, "get_variable", table, b.string(name)));
    for (const { name, id } of inherited.methods) {
      const method = find?.("method", name) ?? oo(this.c, "get_method", table, oo(this.c, "get_method_label", table, b.string(name)));
      this.t.scope.set(id, { kind: "variable", variable: this.#let(name, method), signature: undefined });
    }
  }

  #structure(structure: ClassStructure, initializations: readonly Initialization[]): (self: Expr) => Expr {
    const { t, c } = this;
    const table = b.variable(this.table);
    const methods = [...structure.methods];
    const variables: { name: string; id: Ident }[] = [];
    for (const { desc } of structure.fields) if (desc.kind === "val") variables.push({ name: desc.name, id: desc.id });
    if (methods.length + variables.length > 0) {
      const places = b.variable(this.#let("places", oo(c, "new_methods_variables", table, names(methods.map(([name]) => name)), names(variables.map(({ name }) => name)))));
      methods.forEach(([, id], i) => this.#index(id, b.field(places, i)));
      variables.forEach(({ id }, i) => this.#index(id, b.field(places, methods.length + i)));
    }
    const steps: ((self: Expr) => Expr)[] = [];
    let hasInitializers = false;
    for (const field of structure.fields) {
      const desc = field.desc;
      switch (desc.kind) {
        case "inherit": {
          hasInitializers = true;
          steps.push(this.compile(desc.class, [], desc));
          break;
        }
        case "val": {
          if (desc.definition.kind === "virtual") break;
          const { expression } = desc.definition;
          steps.push((self) => this.#setVariable(self, desc.id, expression));
          break;
        }
        case "method": {
          if (desc.definition.kind === "virtual") break;
          const label = methods.find(([name]) => name === desc.name)?.[1];
          const index = label === undefined ? oo(c, "get_method_label", table, b.string(desc.name)) : valueOfMeaning(c, resolve(c, t.scope, "value", { kind: "ident", id: label }));
          const method = t.named(desc.name, desc.definition.expression, field.attributes, "#");
          if (method.kind === "function") this.#enter(method.function, (f) => oo(c, "set_method", table, index, f));
          else this.#do(oo(c, "set_method", table, index, method));
          break;
        }
        case "initializer": {
          hasInitializers = true;
          const initializer = t.named("initializer", desc.expression, []);
          if (initializer.kind === "function") this.#enter(initializer.function, (f) => oo(c, "add_initializer", table, f));
          else this.#do(oo(c, "add_initializer", table, initializer));
          break;
        }
        case "constraint":
        case "attribute":
          break;
      }
    }
    return (noObject) => {
      const self = t.fresh.variable("self");
      const s = b.variable(self);
      const sets = [...initializations.map(({ id, expression }) => this.#setVariable(s, id, expression)), ...steps.map((step) => step(s))];
      let code: Expr = hasInitializers ? oo(c, "run_initializers_opt", noObject, s, table) : s;
      for (let i = sets.length - 1; i >= 0; i--) code = b.sequence(sets[i]!, code);
      if (this.environment !== undefined) code = b.sequence(b.primitive({ op: "block.setFieldAt", store: "pointer" }, [s, b.variable(this.environment.place), b.variable(this.environment.parameter)]), code);
      return b.letIn(self, oo(c, "create_object_opt", noObject, table), code);
    };
  }

  /** Set before objects are made: the hidden variable of the environment and the parameter that brings it. */
  environment: { readonly place: Variable; readonly parameter: Variable } | undefined = undefined;

  #setVariable(self: Expr, id: Ident, expression: Expression): Expr {
    const place = valueOfMeaning(this.c, resolve(this.c, this.t.scope, "value", { kind: "ident", id }));
    return b.primitive({ op: "block.setFieldAt", store: "pointer" }, [self, place, this.t.value(expression)]);
  }
}

interface Inherited {
  readonly variables: readonly { readonly name: string; readonly id: Ident }[];
  readonly methods: readonly { readonly name: string; readonly id: Ident }[];
}

/** A compiled class: `class_init`, closed except for what `captured` lists. */
interface CompiledClass {
  readonly classInit: Expr;
  readonly publicMethods: Expr;
  /** The variables of the surrounding function that make the environment; undefined when the table cannot be shared. */
  readonly captured: readonly Variable[] | undefined;
  /** What is evaluated before the class is made. */
  readonly wrappers: readonly Wrapper[];
}

function sortByLabel(list: readonly string[]): string[] {
  return [...list].sort((x, y) => (variantHash(x) < variantHash(y) ? -1 : variantHash(x) > variantHash(y) ? 1 : 0));
}

function compileClass(t: Translator, e: ClassExpr, publicMethods: readonly string[], isLocal: boolean): CompiledClass {
  const compiler = new ClassCompiler(t);
  const { c } = t;
  const parameter = t.fresh.variable("environment");
  const place = isLocal ? compiler.hiddenVariable("environment") : undefined;
  if (place !== undefined) compiler.environment = { place, parameter };
  const wrappers: Wrapper[] = [];
  const make = compiler.compileDefinition(e, wrappers);
  const noObject = t.fresh.variable("no_object");
  const made = make(b.variable(noObject));
  const makeObject = made.kind === "function" ? b.makeFunction(t.name, [noObject, ...made.function.parameters], made.function.body, { loc: e.loc }) : b.makeFunction(t.name, [noObject], made, { loc: e.loc });

  // What the class's code uses of the function around it.
  const globals = new FreeVariables((v) => c.isGlobal(v));
  const own = new Set<Variable>([compiler.table, parameter]);
  for (const s of compiler.statements) if (s.kind === "let") own.add(s.variable);
  const outside = (variables: readonly Variable[]): Variable[] => variables.filter((v) => !own.has(v));
  const captured = new Set<Variable>(outside(globals.ofFunction(makeObject)));
  for (const f of compiler.functions) for (const v of outside(globals.ofFunction(f.function))) captured.add(v);
  let shared = isLocal;
  for (const s of compiler.statements) if (s.kind !== "letrec" && outside(globals.ofExpr(s.value)).length > 0) shared = false;
  // A mutable variable cannot be moved into a block; none is captured by what comes from source.
  const environment = [...captured];

  const load = (source: Expr, f: Function): Function => {
    const used = outside(globals.ofFunction(f));
    if (used.length === 0) return f;
    const block = t.fresh.variable("environment");
    const renaming = new Map<Variable, Variable>();
    for (const v of used) renaming.set(v, t.fresh.copy(v));
    let body = renameExpr(f.body, renaming);
    for (const v of used) body = b.letIn(renaming.get(v)!, b.field(b.variable(block), environment.indexOf(v)), body);
    return b.withBody(f, b.letIn(block, source, body));
  };
  const statements = [...compiler.statements];
  for (const { function: f, enter, at } of compiler.functions) {
    const entered = shared && place !== undefined ? load(b.prim("block.fieldAt", b.variable(f.parameters[0]!), b.variable(place)), f) : f;
    statements[at] = { kind: "effect", value: enter(b.lambda(entered)) };
  }
  const init = shared ? load(b.variable(parameter), makeObject) : makeObject;
  const envInit = b.lambda(b.makeFunction(`${t.name}.env_init`, [parameter], b.lambda(init)));
  const classInit = b.lambda(b.makeFunction(`${t.name}.class_init`, [compiler.table], wrapBindings(statements, envInit)));
  return { classInit, publicMethods: names(sortByLabel(publicMethods)), captured: shared ? environment : undefined, wrappers };
}

/**
 * A closed class inside a function is made when it is first used, and kept: its methods may call functions that are
 * defined together with the one around it, so it cannot be made before them.
 */
function madeOnce(t: Translator, name: string, make: () => Expr, use: (cls: Expr) => Expr): Expr {
  const cell = t.c.hoist(`${name}.cell`, () => b.makeBlock(0, [b.unit], true));
  const maker = t.c.hoist(`${name}.make`, () => {
    const made = t.fresh.variable("class");
    const body = b.letIn(made, make(), b.sequence(b.setField(cell, 0, "pointer", b.variable(made)), b.variable(made)));
    return b.lambda(b.makeFunction(`${name}.make`, [t.fresh.variable("unit", "immediate")], body, { inline: "never" }));
  });
  const known = t.fresh.variable("class");
  return b.bind(t.fresh, "class", "value", b.letIn(known, b.field(cell, 0, true), b.ifThenElse(b.prim("value.isInt", b.variable(known)), b.apply(maker, [b.unit]), b.variable(known))), use);
}

/** The class's block. */
function classValue(t: Translator, e: ClassExpr, publicMethods: readonly string[], isLocal: boolean): Expr {
  const { classInit, publicMethods: methods, captured, wrappers } = compileClass(t, e, publicMethods, isLocal);
  const make = (): Expr => oo(t.c, "make_class", methods, classInit);
  if (!isLocal || captured === undefined) return applyWrappers(wrappers, make());
  const made = madeOnce(t, `${t.name}.class`, make, (cls) => {
    if (captured.length === 0) return cls;
    const environment = t.fresh.variable("environment");
    return b.letIn(
      environment,
      b.makeBlock(0, captured.map(b.variable)),
      b.makeBlock(0, [b.apply(b.field(cls, 2), [b.variable(environment)]), b.field(cls, 1), b.field(cls, 2), b.variable(environment)], true),
    );
  });
  return applyWrappers(wrappers, made);
}

/** `object … end`. */
export function translateObject(t: Translator, desc: Extract<Expression["desc"], { kind: "object" }>): Expr {
  const e = objectExpression(desc.structure);
  const compiled = compileClass(t.renamed(`${t.name}.object`), e, desc.methods, true);
  const make = (): Expr => oo(t.c, "make_class", compiled.publicMethods, compiled.classInit);
  const create = (cls: Expr, environment: Expr): Expr => {
    const init = t.fresh.variable("env_init");
    return b.letIn(init, b.field(cls, 2, true), b.apply(b.variable(init), [environment, b.unit]));
  };
  if (compiled.captured === undefined) return b.bind(t.fresh, "class", "value", make(), (cls) => create(cls, b.unit));
  const { captured } = compiled;
  return madeOnce(t, `${t.name}.object`, make, (cls) => {
    if (captured.length === 0) return create(cls, b.unit);
    const environment = t.fresh.variable("environment");
    return b.letIn(environment, b.makeBlock(0, captured.map(b.variable)), create(cls, b.variable(environment)));
  });
}

/** An immediate object as a class expression, of which only the structure is looked at. */
function objectExpression(structure: ClassStructure): ClassExpr {
  const { self } = structure;
  return { desc: { kind: "structure", structure }, loc: self.loc, type: { kind: "signature", signature: structure.type }, env: self.env, attributes: [] };
}

/** Class definitions of a structure. Classes that refer to each other are blocks that are filled in after all are made. */
export function declareClasses(c: Compilation, declarations: readonly ClassDeclaration[], site: Site): void {
  const { scope, sink, place } = site;
  const isLocal = !sink.schedule.isGlobal;
  const variables = declarations.map((d) => c.fresh.variable(d.name));
  for (const variable of variables) c.declare(variable, sink);
  const group = sink.add(declarations.map((d) => purityOfClass(d.expression)).reduce(worst, "generative"), () => {
    const values = declarations.map((d) => classValue(new Translator(c, scope, site.home, inside(place, d.name).name), d.expression, d.publicMethods, isLocal));
    const free = new FreeVariables(() => false);
    const isRecursive = values.map((value) => free.ofExpr(value).some((v) => variables.includes(v)));
    const out: TopBinding[] = [];
    if (!isRecursive.includes(true)) {
      values.forEach((value, i) => out.push({ kind: "let", variable: variables[i]!, value }));
      return out;
    }
    for (const variable of variables) out.push({ kind: "let", variable, value: b.makeBlock(0, [b.unit, b.unit, b.unit, b.unit], true) });
    values.forEach((value, i) => {
      const made = c.fresh.variable("class");
      out.push({ kind: "let", variable: made, value });
      for (let k = 0; k < 4; k++) out.push({ kind: "effect", value: b.setField(b.variable(variables[i]!), k, "pointer", b.field(b.variable(made), k, true)) });
    });
    return out;
  });
  declarations.forEach((d, i) => scope.set(d.id, { kind: "group", group, variable: variables[i]!, signature: undefined }));
}
