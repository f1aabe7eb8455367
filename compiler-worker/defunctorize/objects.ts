/**
 * Objects: sending messages. An object's block has the method table in field 0 and its identity in field 1; the table
 * of a class (`CamlinternalOO`) begins with the number n of its public methods and a mask, then come pairs of method
 * and label, sorted by label.
 */
import * as b from "../core/build.ts";
import type { Expr, TopBinding, Variable } from "../core/core.ts";
import type { Expression, Method } from "../typing/typedtree.ts";
import type { Compilation } from "./context.ts";
import { valueOfMeaning } from "./context.ts";
import { resolve } from "./paths.ts";
import { storeKind } from "./representation.ts";
import type { Translator } from "./translate.ts";
import { variantHash } from "./variant-hash.ts";
import { libraryFunction } from "./lazy.ts";

export { translateObject } from "./classes.ts";

/**
 * Binary search for a public method's label among fields 3, 5, …, 2n+1 of a table: the place of the label. The method stands before it.
 */
function findMethod(c: Compilation): Expr {
  return c.helper("find_method", (variable): TopBinding => {
    const table = c.fresh.variable("table");
    const label = c.fresh.variable("label", "immediate");
    const loop = c.fresh.label("search");
    const low = c.fresh.variable("low", "immediate");
    const high = c.fresh.variable("high", "immediate");
    const middle = c.fresh.variable("middle", "immediate");
    const v = b.variable;
    // Odd, so that it is a label's place.
    const half = b.prim("int.or", b.prim("int.lsr", b.prim("int.add", v(low), v(high)), b.int(1)), b.int(1));
    const step = b.letIn(
      middle,
      half,
      b.ifThenElse(
        b.compareInt("lt", v(label), b.prim("block.fieldAt", v(table), v(middle))),
        b.jump(loop, [v(low), b.prim("int.sub", v(middle), b.int(2))]),
        b.jump(loop, [v(middle), v(high)]),
      ),
    );
    const body = b.join(loop, [low, high], b.ifThenElse(b.compareInt("lt", v(low), v(high)), step, v(low)), b.jump(loop, [b.int(FIRST_LABEL), lastLabel(v(table))]), true);
    return { kind: "let", variable, value: b.lambda(b.makeFunction("find_method", [table, label], body, { inline: "never" })) };
  });
}

const FIRST_LABEL = 3;

/** Where a table's last label stands. */
function lastLabel(table: Expr): Expr {
  return b.prim("int.add", b.prim("int.shl", b.field(table, 0, true), b.int(1)), b.int(1));
}

function methodBefore(table: Expr, place: Expr): Expr {
  return b.prim("block.fieldAt", table, b.prim("int.sub", place, b.int(1)));
}

/** The function of an object's public method. */
function publicMethod(c: Compilation, object: Expr, label: Expr): Expr {
  const table = c.fresh.variable("table");
  return b.letIn(table, b.field(object, 0, true), methodBefore(b.variable(table), b.apply(findMethod(c), [b.variable(table), label])));
}

/** `find_method_for cache table label`: the method; the cache gets the label's place. */
function findMethodFor(c: Compilation): Expr {
  return c.helper("find_method_for", (variable): TopBinding => {
    const [cache, table] = [c.fresh.variable("cache"), c.fresh.variable("table")];
    const [label, place] = [c.fresh.variable("label", "immediate"), c.fresh.variable("place", "immediate")];
    const v = b.variable;
    const body = b.letIn(place, b.apply(findMethod(c), [v(table), v(label)]), b.sequence(b.setField(v(cache), 0, "immediate", v(place)), methodBefore(v(table), v(place))));
    return { kind: "let", variable, value: b.lambda(b.makeFunction("find_method_for", [cache, table, label], body, { inline: "never" })) };
  });
}

/**
 * The same for a label that is known, with a cache: the place where the label stood in the last table, which is looked at first (Deutsch and
 * Schiffman, "Efficient implementation of the Smalltalk-80 system", POPL 1984). All sends of a label share it.
 */
function namedMethod(c: Compilation, object: Expr, name: string): Expr {
  const lookUp = c.helper(`method.${name}`, (variable): TopBinding => {
    const label = b.int(variantHash(name));
    const cache = c.helper(`method_cache.${name}`, (cell) => ({ kind: "let", variable: cell, value: b.makeBlock(0, [b.int(FIRST_LABEL)], true) }));
    const receiver = c.fresh.variable("object");
    const table = c.fresh.variable("table");
    const place = c.fresh.variable("place", "immediate");
    const miss = c.fresh.label("miss");
    const v = b.variable;
    // The table may be shorter than the last one.
    const isInside = b.compareInt("le", v(place), lastLabel(v(table)));
    const isThere = b.compareInt("eq", b.prim("block.fieldAt", v(table), v(place)), label);
    const cached = b.ifThenElse(isInside, b.ifThenElse(isThere, methodBefore(v(table), v(place)), b.jump(miss, [])), b.jump(miss, []));
    const body = b.letIn(table, b.field(v(receiver), 0, true), b.letIn(place, b.field(cache, 0, true), b.join(miss, [], b.apply(findMethodFor(c), [cache, v(table), label]), cached)));
    return { kind: "let", variable, value: b.lambda(b.makeFunction(`method.${name}`, [receiver], body, { inline: "never" })) };
  });
  return b.apply(lookUp, [object]);
}

/** A method by its place in the object's table. */
function methodAt(object: Expr, index: Expr): Expr {
  return b.prim("block.fieldAt", b.field(object, 0, true), index);
}

function callMethod(t: Translator, object: Expr, method: (object: Expr) => Expr, args: readonly Expression[], e: Expression): Expr {
  // The object first, then the arguments from right to left, as native code does.
  return b.bind(t.fresh, "object", "value", object, (o) => {
    const m = t.fresh.variable("method");
    const values: Expr[] = [];
    const bindings: { v: Variable; value: Expr }[] = [];
    for (let i = args.length - 1; i >= 0; i--) {
      const value = t.value(args[i]!);
      if (value.kind === "const" || value.kind === "function" || (value.kind === "var" && !value.variable.mutable)) values[i] = value;
      else {
        const v = t.fresh.variable("arg");
        bindings.push({ v, value });
        values[i] = b.variable(v);
      }
    }
    let result = b.letIn(m, method(o), b.apply(b.variable(m), [o, ...values], e.loc));
    for (let i = bindings.length - 1; i >= 0; i--) result = b.letIn(bindings[i]!.v, bindings[i]!.value, result);
    return result;
  });
}

export function translateSend(t: Translator, e: Expression, object: Expression, method: Method, args: readonly Expression[]): Expr {
  switch (method.kind) {
    case "name":
      return callMethod(t, t.expr(object), (o) => namedMethod(t.c, o, method.name), args, e);
    case "self": {
      const index = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", { kind: "ident", id: method.id }));
      return callMethod(t, t.expr(object), (o) => methodAt(o, index), args, e);
    }
    case "ancestor": {
      // The inherited method itself was looked up when the class was made.
      const inherited = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", { kind: "ident", id: method.id }));
      const self = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", method.self));
      return callMethod(t, self, () => inherited, args, e);
    }
  }
}

/** The `%send` family, which `CamlinternalOO` uses. */
export function sendIntrinsic(c: Compilation, kind: "public" | "self" | "cache", args: readonly Expr[]): Expr {
  const bindObject = (body: (o: Expr) => Expr): Expr => b.bind(c.fresh, "object", "value", args[0]!, body);
  const call = (method: (o: Expr) => Expr): Expr =>
    bindObject((o) => {
      const m = c.fresh.variable("method");
      return b.letIn(m, method(o), b.apply(b.variable(m), [o]));
    });
  switch (kind) {
    case "public":
    case "cache":
      return call((o) => publicMethod(c, o, args[1]!));
    case "self":
      return call((o) => methodAt(o, args[1]!));
  }
}

type InstanceVariable = Extract<Expression["desc"], { kind: "instvar" }>;
type SetInstanceVariable = Extract<Expression["desc"], { kind: "setinstvar" }>;
type Override = Extract<Expression["desc"], { kind: "override" }>;

/** Instance variables are fields of the object, at places that are known when the class is made. */
export function translateInstanceVariable(t: Translator, desc: InstanceVariable): Expr {
  const self = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", desc.self));
  return b.prim("block.fieldAt", self, valueOfMeaning(t.c, resolve(t.c, t.scope, "value", desc.variable)));
}

export function translateSetInstanceVariable(t: Translator, desc: SetInstanceVariable): Expr {
  const self = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", desc.self));
  const index = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", desc.variable));
  return b.primitive({ op: "block.setFieldAt", store: storeKind(desc.value.env, desc.value.type) }, [self, index, t.value(desc.value)]);
}

/** `{< x = e >}`: a copy with other values of some instance variables. */
export function translateOverride(t: Translator, desc: Override): Expr {
  const self = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", desc.self));
  const copy = t.fresh.variable("copy");
  let result: Expr = b.variable(copy);
  for (let i = desc.fields.length - 1; i >= 0; i--) {
    const field = desc.fields[i]!;
    const index = valueOfMeaning(t.c, resolve(t.c, t.scope, "value", { kind: "ident", id: field.id }));
    const set = b.primitive({ op: "block.setFieldAt", store: "pointer" }, [b.variable(copy), index, t.value(field.expression)]);
    result = b.sequence(set, result);
  }
  return b.letIn(copy, b.apply(libraryFunction(t.c, "CamlinternalOO", "copy"), [self]), result);
}

/** `new c`: a function of the class's parameters (its field 0, applied to unit as there is no object yet). */
export function translateNew(t: Translator, path: Extract<Expression["desc"], { kind: "new" }>["path"]): Expr {
  const cls = valueOfMeaning(t.c, resolve(t.c, t.scope, "class", path));
  return b.bind(t.fresh, "class", "value", cls, (k) => {
    const init = t.fresh.variable("new");
    return b.letIn(init, b.field(k, 0, true), b.apply(b.variable(init), [b.unit]));
  });
}
