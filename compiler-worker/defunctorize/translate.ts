/**
 * Expressions to core. Evaluation order is `ocamlopt`'s: arguments from right to left, before them the function if an expression computes it
 * (a function that is the result of a call gets its arguments with those of that call),
 * `let … and …` from left to right, the components of a matched tuple from left to right.
 *
 * `let`, `;`, `open`, `let module` and `else` chains are followed by iteration: what stands before the rest of a chain
 * is kept as wrappers and put around it at the end.
 */
import * as b from "../core/build.ts";
import type { Constant, Expr, Kind, TopBinding, Variable } from "../core/core.ts";
import { withAtoms } from "../core/primitives.ts";
import type { Attributes } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { Env } from "../typing/env.ts";
import type { Expression, FunctionBody, Pattern, ValueBinding } from "../typing/typedtree.ts";
import type { Ident, RecordRepresentation, TypeExpr } from "../typing/types.ts";
import { blockOf, moduleOfBlock } from "./blocks.ts";
import { translateMatch, translateTry } from "./cases.ts";
import { constantOf, fold, literal } from "./constants.ts";
import { valueOfMeaning, type Compilation } from "./context.ts";
import { makeExtensionConstructor } from "./exceptions.ts";
import { signatureOf, translateFunction } from "./functions.ts";
import { translateApply } from "./apply.ts";
import { bindingPatterns, bindSimple, patternVariables } from "./bindings.ts";
import { translateLetrecExpression } from "./letrec.ts";
import { lazyModule } from "./coercions.ts";
import { startOf } from "../syntax/positions.ts";
import type { DialectSignature, Home, Scope } from "./meanings.ts";
import { bindIncluded, evaluateModule } from "./modules.ts";
import { translateNew, translateObject, translateSend, translateInstanceVariable, translateOverride, translateSetInstanceVariable } from "./objects.ts";
import { fieldAccessor } from "./patterns.ts";
import { resolve, resolveModule } from "./paths.ts";
import { identifierValue } from "./primitive-use.ts";
import { kindOfType, shapeOf, storeKind } from "./representation.ts";
import { Schedule, Sink } from "./sinks.ts";
import { variantHash } from "./variant-hash.ts";

export type Wrapper = (body: Expr) => Expr;

export function applyWrappers(wrappers: readonly Wrapper[], body: Expr): Expr {
  let result = body;
  for (let i = wrappers.length - 1; i >= 0; i--) result = wrappers[i]!(result);
  return result;
}

const LAZY_TAG = 246;
const FORWARD_TAG = 250;
const DOUBLE_TAG = 253;

export class Translator {
  readonly c: Compilation;
  readonly scope: Scope;
  readonly home: Home;
  /** Names what is defined inside. */
  readonly name: string;
  /** Distinguishes functions, so that mutable variables are not captured. */
  readonly functionToken: object;

  constructor(c: Compilation, scope: Scope, home: Home, name: string, functionToken: object = {}) {
    this.c = c;
    this.scope = scope;
    this.home = home;
    this.name = name;
    this.functionToken = functionToken;
  }

  get fresh(): b.Fresh {
    return this.c.fresh;
  }

  get dialect(): boolean {
    return this.home.runtimeDialect;
  }

  /** The translator of a function's body. */
  inFunction(name: string): Translator {
    return new Translator(this.c, this.scope, this.home, name, {});
  }

  renamed(name: string): Translator {
    return new Translator(this.c, this.scope, this.home, name, this.functionToken);
  }

  kindOf(env: Env, type: TypeExpr): Kind {
    return kindOfType(env, type, this.dialect);
  }

  constantOf(e: Expression): Constant | undefined {
    return constantOf(e, this.dialect);
  }

  signatureOf(e: Expression): DialectSignature | undefined {
    return signatureOf(this, e);
  }

  patternVariables(p: Pattern): { id: Ident; kind: Kind }[] {
    return patternVariables(this, p);
  }

  bindVariable(id: Ident, kind: Kind): Variable {
    const variable = this.fresh.variable(id.name, kind);
    this.scope.set(id, { kind: "variable", variable, signature: undefined });
    return variable;
  }

  /** As `bindVariable`, of a variable of a pattern; that of `(module M)` is a module. */
  bindPatternVariable(id: Ident, pattern: Pattern, kind: Kind): Variable {
    const variable = this.bindVariable(id, kind);
    for (const extra of pattern.extra) {
      if (extra.kind === "unpack" && extra.module.type !== undefined) {
        const { type } = extra.module;
        this.scope.set(id, lazyModule(() => moduleOfBlock(() => b.variable(variable), type, pattern.env, this.scope)));
      }
    }
    return variable;
  }

  /** The value of a definition of `name`; functions take that name. */
  named(name: string, e: Expression, attributes: Attributes, separator = "."): Expr {
    if (e.desc.kind === "function") return b.lambda(translateFunction(this, `${this.name}${separator}${name}`, e.desc.parameters, e.desc.body, e.loc, [...attributes, ...e.attributes]));
    return this.renamed(`${this.name}${separator}${name}`).expr(e);
  }

  /** Top-level bindings for `let pattern = e`. */
  destructureTop(pattern: Pattern, e: Expression, out: TopBinding[]): void {
    bindingPatterns(this, pattern, e, out);
  }

  // ------------------------------------------------------------ expressions

  expr(start: Expression): Expr {
    const wrappers: Wrapper[] = [];
    let e = start;
    for (;;) {
      const desc = e.desc;
      switch (desc.kind) {
        case "let":
          if (desc.rec === "recursive") wrappers.push(translateLetrecExpression(this, desc.bindings));
          else for (const binding of desc.bindings) this.#binding(binding, wrappers);
          e = desc.body;
          continue;
        case "sequence": {
          const last = desc.expressions.length - 1;
          for (let i = 0; i < last; i++) {
            const first = this.expr(desc.expressions[i]!);
            wrappers.push((body) => b.sequence(first, body));
          }
          e = desc.expressions[last]!;
          continue;
        }
        case "ifthenelse": {
          if (desc.else === undefined) break;
          const condition = this.expr(desc.condition);
          const then = this.expr(desc.then);
          wrappers.push((body) => b.ifThenElse(condition, then, body));
          e = desc.else;
          continue;
        }
        case "letmodule": {
          const { sink, finish } = this.#localSink();
          wrappers.push(finish);
          const { id, module } = desc;
          const place = { name: `${this.name}.${id?.name ?? "_"}`, exceptionPath: undefined };
          const path = module.desc.kind === "ident" ? module.desc.path : undefined;
          const meaning = path !== undefined ? lazyModule(() => resolveModule(this.c, this.scope, path)) : lazyModule(() => evaluateModule(this.c, module, { scope: this.scope, home: this.home, sink, place }));
          if (meaning.kind === "module" && path === undefined) meaning.module();
          if (id !== undefined) this.scope.set(id, meaning);
          e = desc.body;
          continue;
        }
        case "open": {
          const { module, bound } = desc.declaration;
          if (module.desc.kind !== "ident") {
            const { sink, finish } = this.#localSink();
            wrappers.push(finish);
            bindIncluded(this.c, evaluateModule(this.c, module, { scope: this.scope, home: this.home, sink, place: { name: this.name, exceptionPath: undefined } }), bound, this.scope);
          }
          e = desc.body;
          continue;
        }
        case "letexception": {
          const { constructor } = desc;
          const variable = this.bindVariable(constructor.id, "value");
          const value = makeExtensionConstructor(this.c, constructor, this.scope, constructor.name, false);
          wrappers.push((body) => b.letIn(variable, value, body));
          e = desc.body;
          continue;
        }
      }
      return applyWrappers(wrappers, this.#simple(e));
    }
  }

  /** A sink for a structure inside an expression, and what puts its bindings around the expression's rest. */
  #localSink(): { sink: Sink; finish: Wrapper } {
    const schedule = new Schedule(false);
    const sink = new Sink(undefined, schedule);
    return {
      sink,
      finish: (body) => {
        this.c.drain(schedule);
        return sink.wrap(body);
      },
    };
  }

  #binding(binding: ValueBinding, wrappers: Wrapper[]): void {
    bindSimple(this, binding.pattern, binding.expression, binding.attributes, wrappers);
  }

  #simple(e: Expression): Expr {
    const desc = e.desc;
    switch (desc.kind) {
      case "ident":
        return identifierValue(this, e, desc);
      case "constant":
        return literal(desc.constant, this.dialect);
      case "function":
        return b.lambda(translateFunction(this, `${this.name}.fun`, desc.parameters, desc.body, e.loc, e.attributes));
      case "apply":
        return translateApply(this, e, desc);
      case "match":
        return translateMatch(this, e, desc);
      case "try":
        return translateTry(this, e, desc);
      case "tuple":
        return this.block(0, desc.components, e.loc);
      case "construct":
        return this.#construct(e, desc);
      case "variant": {
        const hash = b.int(variantHash(desc.label));
        return desc.argument === undefined ? hash : fold(b.makeBlock(0, [hash, this.value(desc.argument)]));
      }
      case "record":
        return this.#record(e, desc);
      case "field": {
        const { label } = desc;
        return this.readField(this.expr(desc.record), label.representation, label.position, label.mutable === "mutable");
      }
      case "setfield": {
        const { label } = desc;
        const record = this.expr(desc.record);
        const value = this.value(desc.value);
        const accessor = fieldAccessor(label.representation, label.position, true);
        if (accessor.kind === "floatField") return b.primitive({ op: "block.setFloatField", index: accessor.index }, [record, b.unboxFloat(value)]);
        if (accessor.kind !== "field") throw new Error("an unboxed field is set");
        return b.setField(record, accessor.index, storeKind(desc.value.env, desc.value.type), value);
      }
      case "array":
        return this.#array(e, desc.elements);
      case "ifthenelse":
        return b.ifThenElse(this.expr(desc.condition), this.expr(desc.then), b.unit);
      case "while": {
        const condition = this.expr(desc.condition);
        return b.whileLoop(this.fresh, condition, this.expr(desc.body));
      }
      case "for":
        return this.#for(desc);
      case "send":
        return translateSend(this, e, desc.object, desc.method, []);
      case "new":
        return translateNew(this, desc.path);
      case "instvar":
        return translateInstanceVariable(this, desc);
      case "setinstvar":
        return translateSetInstanceVariable(this, desc);
      case "override":
        return translateOverride(this, desc);
      case "assert":
        return this.#assert(desc.condition, desc.loc);
      case "lazy":
        return this.#lazy(desc.expression);
      case "object":
        return translateObject(this, desc);
      case "pack": {
        const { sink, finish } = this.#localSink();
        const module = evaluateModule(this.c, desc.module, { scope: this.scope, home: this.home, sink, place: { name: `${this.name}.module`, exceptionPath: undefined } });
        return finish(blockOf(this.c, module));
      }
      case "letop":
        return this.#letOperator(e, desc);
      case "extensionConstructor":
        return valueOfMeaning(this.c, resolve(this.c, this.scope, "exception", desc.path));
      case "unreachable":
        return b.unit;
      case "let":
      case "sequence":
      case "letmodule":
      case "open":
      case "letexception":
        return this.expr(e);
    }
  }

  /** An expression whose value will be stored in a block or passed to an unknown function: never a raw word. */
  value(e: Expression): Expr {
    const result = this.expr(e);
    if (this.dialect && shapeOf(e.env, e.type) === "nativeint") {
      this.c.error(e.loc, "in the runtime dialect a nativeint is a machine word and cannot be stored where any value is expected");
      return b.unit;
    }
    return result;
  }

  /** An immutable block, a constant when its fields are. */
  block(tag: number, fields: readonly Expression[], loc: Location): Expr {
    return fold(b.primitive({ op: "block.make", tag, mutable: false }, fields.map((field) => this.value(field)), loc));
  }

  readField(record: Expr, representation: RecordRepresentation, position: number, mutable: boolean): Expr {
    const accessor = fieldAccessor(representation, position, mutable);
    switch (accessor.kind) {
      case "field":
        return b.field(record, accessor.index, mutable);
      case "floatField":
        return b.boxFloat(b.primitive({ op: "block.floatField", index: accessor.index, mutable }, [record]));
      default:
        return record;
    }
  }

  #construct(e: Expression, desc: Extract<Expression["desc"], { kind: "construct" }>): Expr {
    const { constructor: c, args } = desc;
    switch (c.tag.kind) {
      case "constant":
        return b.int(c.tag.index);
      case "unboxed":
        return this.expr(args[0]!);
      case "block":
        if (c.inlined !== undefined) return this.expr(args[0]!);
        return this.#constructSpine(e, c.tag.tag);
      case "extension": {
        const identity = valueOfMeaning(this.c, resolve(this.c, this.scope, "exception", c.tag.path));
        if (c.tag.constant) return identity;
        if (c.inlined !== undefined) return this.expr(args[0]!);
        return b.primitive({ op: "block.make", tag: 0, mutable: false }, [identity, ...args.map((arg) => this.value(arg))], e.loc);
      }
    }
  }

  /** Constructors whose last argument is a constructor again (lists) are followed by iteration. */
  #constructSpine(start: Expression, tag: number): Expr {
    const cells: { tag: number; fields: Expr[]; loc: Location }[] = [];
    let e = start;
    let last: Expr | undefined;
    let nextTag = tag;
    while (last === undefined) {
      const desc = e.desc;
      if (desc.kind !== "construct") break;
      const fields = desc.args.slice(0, -1).map((arg) => this.value(arg));
      cells.push({ tag: nextTag, fields, loc: e.loc });
      const tail = desc.args[desc.args.length - 1]!;
      if (tail.desc.kind === "construct" && tail.desc.constructor.tag.kind === "block" && tail.desc.constructor.inlined === undefined) {
        nextTag = tail.desc.constructor.tag.tag;
        e = tail;
      } else last = this.value(tail);
    }
    let result: Expr = last!;
    const wrappers: Wrapper[] = [];
    // Long lists that are not constant are built by a chain of lets, the end first.
    const flat = cells.length > 64;
    for (let i = cells.length - 1; i >= 0; i--) {
      const cell = cells[i]!;
      const block = fold(b.primitive({ op: "block.make", tag: cell.tag, mutable: false }, [...cell.fields, result], cell.loc));
      if (flat && block.kind !== "const") {
        const v = this.fresh.variable("cell");
        wrappers.push((body) => b.letIn(v, block, body));
        result = b.variable(v);
      } else result = block;
    }
    return applyWrappers(wrappers, result);
  }

  #record(e: Expression, desc: Extract<Expression["desc"], { kind: "record" }>): Expr {
    const { representation, fields, base } = desc;
    const mutable = fields.some((field) => field.label.mutable === "mutable");
    const build = (baseAtom: Expr | undefined): Expr => {
      const values = fields.map((field) =>
        field.kind === "overridden" ? this.value(field.expression) : this.readField(baseAtom!, representation, field.label.position, field.label.mutable === "mutable"),
      );
      switch (representation.kind) {
        case "regular":
          return fold(b.primitive({ op: "block.make", tag: 0, mutable }, values, e.loc));
        case "float":
          return fold(b.primitive({ op: "block.makeFloats", mutable }, values.map(b.unboxFloat), e.loc));
        case "unboxed":
          return values[0]!;
        case "inlined":
          return fold(b.primitive({ op: "block.make", tag: representation.tag, mutable }, values, e.loc));
        case "extension":
          return b.primitive({ op: "block.make", tag: 0, mutable }, [valueOfMeaning(this.c, resolve(this.c, this.scope, "exception", representation.path)), ...values], e.loc);
      }
    };
    if (base === undefined) return build(undefined);
    return b.bind(this.fresh, "record", "value", this.expr(base), build);
  }

  #array(e: Expression, elements: readonly Expression[]): Expr {
    if (elements.length === 0) return b.constant({ kind: "block", tag: 0, fields: [] });
    const first = elements[0]!;
    const shape = shapeOf(first.env, first.type);
    const values = elements.map((element) => this.value(element));
    const floats = (items: readonly Expr[]): Expr => b.primitive({ op: "block.makeFloats", mutable: true }, items.map(b.unboxFloat), e.loc);
    const block = (items: readonly Expr[]): Expr => b.primitive({ op: "block.make", tag: 0, mutable: true }, items, e.loc);
    if (shape === "float") return floats(values);
    if (shape !== "unknown" && shape !== "lazy") return block(values);
    // The elements may turn out to be floats.
    if (values.length > 16) return this.c.externals.call("caml_make_array", [block(values)], e.loc);
    return withAtoms(this, values, (items) => {
      const isFloat = b.ifThenElse(b.prim("value.isInt", items[0]!), b.falseExpr, b.compareInt("eq", b.prim("block.tag", items[0]!), b.int(DOUBLE_TAG)));
      return b.ifThenElse(isFloat, floats(items), block(items));
    });
  }

  #for(desc: Extract<Expression["desc"], { kind: "for" }>): Expr {
    const up = desc.direction === "upto";
    const from = this.fresh.variable("from", "immediate");
    const to = this.fresh.variable("to", "immediate");
    const i = this.bindVariable(desc.id, "immediate");
    const label = this.fresh.label("for");
    const body = this.expr(desc.body);
    const last = b.compareInt("eq", b.variable(i), b.variable(to));
    const next = b.prim(up ? "int.add" : "int.sub", b.variable(i), b.int(1));
    // The test for the last round comes before stepping, so that `max_int` as a bound does not wrap.
    const loop = b.join(label, [i], b.sequence(body, b.ifThenElse(last, b.unit, b.jump(label, [next]))), b.jump(label, [b.variable(from)]), true);
    const guarded = b.ifThenElse(b.compareInt(up ? "gt" : "lt", b.variable(from), b.variable(to)), b.unit, loop);
    return b.letIn(from, this.expr(desc.from), b.letIn(to, this.expr(desc.to), guarded));
  }

  /** `(file, line, column)`, as the exceptions that tell a place carry it. */
  placeConstant(loc: Location): Constant {
    const { file, line, column } = startOf(loc);
    return { kind: "block", tag: 0, fields: [{ kind: "string", value: file }, b.intConstant(line), b.intConstant(column)] };
  }

  raisePlace(exception: string, loc: Location): Expr {
    return b.raise("regular", b.makeBlock(0, [b.predefinedException(exception), b.constant(this.placeConstant(loc))]), loc);
  }

  #assert(condition: Expression, loc: Location): Expr {
    const isFalse = condition.desc.kind === "construct" && condition.desc.constructor.name === "false" && condition.desc.args.length === 0;
    if (isFalse) return this.raisePlace("Assert_failure", loc);
    return b.ifThenElse(this.expr(condition), b.unit, this.raisePlace("Assert_failure", loc));
  }

  /** A lazy value that is computed already stands for itself, unless it could be taken for a lazy block or a float. */
  #lazy(e: Expression): Expr {
    const kind = e.desc.kind;
    if (kind === "constant" || kind === "function") {
      const value = this.expr(e);
      if (kind === "function" || (e.desc.kind === "constant" && e.desc.constant.kind !== "float")) return value;
      return b.makeBlock(FORWARD_TAG, [value]);
    }
    if (kind === "construct" && e.desc.constructor.tag.kind === "constant") return this.expr(e);
    const t = this.inFunction(`${this.name}.lazy`);
    const unit = this.fresh.variable("unit");
    return b.makeBlock(LAZY_TAG, [b.lambda(b.makeFunction(t.name, [unit], t.expr(e), { loc: e.loc }))], true);
  }

  #letOperator(e: Expression, desc: Extract<Expression["desc"], { kind: "letop" }>): Expr {
    let argument = this.value(desc.let.expression);
    for (const and of desc.ands) {
      const operator = identifierValue(this, e, { kind: "ident", path: and.path, ident: { value: { kind: "ident", name: and.name.value }, loc: and.loc }, description: and.description }, and.type);
      // Operands of `and*` are calculated from left to right, unlike arguments.
      const left = this.fresh.variable("left");
      const right = this.fresh.variable("right");
      const joined = this.applyValue(operator, [b.variable(left), b.variable(right)], and.loc);
      argument = b.letIn(left, argument, b.letIn(right, this.value(and.expression), joined));
    }
    const body: FunctionBody = { kind: "cases", parameter: desc.parameter, cases: [desc.body], partial: desc.partial, loc: e.loc };
    const f = b.lambda(translateFunction(this, `${this.name}.fun`, [], body, e.loc, []));
    const operator = identifierValue(this, e, { kind: "ident", path: desc.let.path, ident: { value: { kind: "ident", name: desc.let.name.value }, loc: desc.let.loc }, description: desc.let.description }, desc.let.type);
    return this.applyValue(operator, [argument, f], desc.let.loc);
  }

  /** Applies a function that an expression gives: the function first, then the arguments from right to left. */
  applyComputed(f: Expr, args: readonly Expr[], loc: Location): Expr {
    if (b.isAtom(f) || f.kind === "function") return b.apply(f, args, loc);
    const v = this.fresh.variable("f");
    return b.letIn(v, f, b.apply(b.variable(v), args, loc));
  }

  /** Applies a function value: arguments from right to left, the function last. */
  applyValue(f: Expr, args: readonly Expr[], loc: Location): Expr {
    if (b.isAtom(f) || f.kind === "function") return b.apply(f, args, loc);
    const v = this.fresh.variable("f");
    const wrappers: Wrapper[] = [];
    const atoms: Expr[] = new Array<Expr>(args.length);
    for (let i = args.length - 1; i >= 0; i--) {
      const arg = args[i]!;
      if (arg.kind === "const" || arg.kind === "function" || (arg.kind === "var" && !arg.variable.mutable)) atoms[i] = arg;
      else {
        const a = this.fresh.variable("arg");
        wrappers.push((body) => b.letIn(a, arg, body));
        atoms[i] = b.variable(a);
      }
    }
    return applyWrappers(wrappers, b.letIn(v, f, b.apply(b.variable(v), atoms, loc)));
  }
}
