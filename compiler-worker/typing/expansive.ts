/** Which expressions have no effect when evaluated, so that their types may be generalized (Wright's value restriction). */
import { classArity } from "./class-signatures.ts";
import { findClass } from "./env.ts";
import type * as T from "./typedtree.ts";

export function isNonexpansive(e: T.Expression): boolean {
  const known = answers.get(e);
  if (known !== undefined) return known;
  // Long lists nest: what is left to look at is kept in a list.
  const work = [e];
  let answer = true;
  while (answer && work.length > 0) answer = partsMayBe(work.pop()!, work);
  if (e.desc.kind === "let") answers.set(e, answer);
  return answer;
}
/** What was answered of `let`: each one that is the definition of another's variable is asked about before that one is. */
const answers = new WeakMap<T.Expression, boolean>();

/** Whether the expression itself does nothing; its parts that must not either are added to `work`. */
function partsMayBe(e: T.Expression, work: T.Expression[]): boolean {
  const { desc } = e;
  switch (desc.kind) {
    case "ident":
    case "constant":
    case "function":
    case "unreachable":
    case "extensionConstructor":
      return true;
    case "let":
      for (const b of desc.bindings) if (b.expression.desc.kind !== "let") work.push(b.expression);
      work.push(desc.body);
      return desc.bindings.every((b) => b.expression.desc.kind !== "let" || isNonexpansive(b.expression));
    case "apply": {
      // A partial application with a first argument left out only makes a closure.
      const first = desc.args[0];
      if (desc.function.desc.kind === "ident" && desc.function.desc.description.valueKind.kind === "primitive" && ["%raise", "%reraise", "%raise_notrace"].includes(desc.function.desc.description.valueKind.primitive.name)) {
        return desc.args.every((a) => a.argument.kind === "omitted" || isNonexpansive(a.argument.expression));
      }
      return first !== undefined && first.argument.kind === "omitted" && isNonexpansive(desc.function) && desc.args.every((a) => a.argument.kind === "omitted" || isNonexpansive(a.argument.expression));
    }
    case "match":
      return isNonexpansive(desc.scrutinee) && desc.effects.length === 0 && desc.cases.every((c) => c.pattern.kind === "value" && (c.guard === undefined || isNonexpansive(c.guard)) && isNonexpansive(c.body));
    case "tuple":
      work.push(...desc.components);
      return true;
    case "construct":
      work.push(...desc.args);
      return true;
    case "variant":
      if (desc.argument !== undefined) work.push(desc.argument);
      return true;
    case "record":
      return desc.fields.every((f) => f.label.mutable === "immutable" && (f.kind === "kept" || isNonexpansive(f.expression))) && (desc.base === undefined || isNonexpansive(desc.base));
    case "field":
      work.push(desc.record);
      return true;
    case "array":
      return desc.elements.length === 0;
    case "ifthenelse":
      work.push(desc.then);
      if (desc.else !== undefined) work.push(desc.else);
      return true;
    case "sequence":
      work.push(desc.expressions[desc.expressions.length - 1]!);
      return true;
    case "lazy":
      return isNonexpansive(desc.expression);
    case "assert":
      return false;
    case "pack":
      return isNonexpansiveModule(desc.module);
    case "letmodule":
      return isNonexpansiveModule(desc.module) && isNonexpansive(desc.body);
    case "letexception":
      return isNonexpansive(desc.body);
    case "new": {
      // A function until it is applied.
      const declaration = findClass(desc.path, e.env);
      return declaration !== undefined && classArity(declaration.type) > 0;
    }
    case "object":
      return [...desc.structure.type.variables.values()].every((v) => v.mutable === "immutable") && desc.structure.fields.every(isNonexpansiveField);
    case "open":
      return isNonexpansiveModule(desc.declaration.module) && isNonexpansive(desc.body);
    default:
      return false;
  }
}

function isNonexpansiveField({ desc }: T.ClassField): boolean {
  switch (desc.kind) {
    case "method":
    case "constraint":
    case "attribute":
      return true;
    case "val":
      return desc.definition.kind === "virtual" || isNonexpansive(desc.definition.expression);
    case "initializer":
      return false;
    case "inherit":
      return false;
  }
}

export function isNonexpansiveModule(m: T.ModuleExpr): boolean {
  const { desc } = m;
  switch (desc.kind) {
    case "ident":
    case "functor":
      return true;
    case "unpack":
      return isNonexpansive(desc.expression);
    case "constraint":
      return isNonexpansiveModule(desc.module);
    case "apply":
    case "applyunit":
      return false;
    case "structure":
      return desc.structure.items.every((item) => {
        switch (item.desc.kind) {
          case "eval":
            return isNonexpansive(item.desc.expression);
          case "value":
            return item.desc.bindings.every((b) => isNonexpansive(b.expression));
          case "deferred":
            return item.desc.areFunctions || item.desc.bindings().every((b) => isNonexpansive(b.expression));
          case "module":
            return isNonexpansiveModule(item.desc.binding.module);
          case "recmodule":
            return item.desc.bindings.every((b) => isNonexpansiveModule(b.module));
          case "include":
            return isNonexpansiveModule(item.desc.module);
          case "open":
            return isNonexpansiveModule(item.desc.declaration.module);
          case "exception":
          case "typext":
          case "class":
            return false;
          default:
            return true;
        }
      });
  }
}
