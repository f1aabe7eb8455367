/** The nodes of a typed tree and what is directly below them. */
import type { Case, ClassExpr, ClassField, ClassStructure, ComputationCase, ComputationPattern, EffectCase, Expression, FunctionBody, FunctionParameter, ModuleBinding, ModuleExpr, Pattern, StructureItem, ValueBinding } from "./typedtree.ts";

export type TypedNode =
  | { readonly kind: "expression"; readonly node: Expression }
  | { readonly kind: "pattern"; readonly node: Pattern }
  | { readonly kind: "module"; readonly node: ModuleExpr }
  | { readonly kind: "class"; readonly node: ClassExpr }
  | { readonly kind: "item"; readonly node: StructureItem };

const expression = (node: Expression): TypedNode => ({ kind: "expression", node });
const pattern = (node: Pattern): TypedNode => ({ kind: "pattern", node });
const module = (node: ModuleExpr): TypedNode => ({ kind: "module", node });
const classNode = (node: ClassExpr): TypedNode => ({ kind: "class", node });
const optional = (node: Expression | undefined): TypedNode[] => (node === undefined ? [] : [expression(node)]);

function computationPattern(p: ComputationPattern): TypedNode[] {
  return p.kind === "or" ? [...computationPattern(p.left), ...computationPattern(p.right)] : [pattern(p.pattern)];
}
const ofCase = (c: Case | EffectCase): TypedNode[] => [pattern(c.pattern), ...optional(c.guard), expression(c.body)];
const ofComputationCase = (c: ComputationCase): TypedNode[] => [...computationPattern(c.pattern), ...optional(c.guard), expression(c.body)];
const ofBinding = (b: ValueBinding): TypedNode[] => [pattern(b.pattern), expression(b.expression)];
const ofModuleBinding = (b: ModuleBinding): TypedNode => module(b.module);
const ofParameter = (p: FunctionParameter): TypedNode[] => [pattern(p.pattern), ...optional(p.default)];
const ofBody = (b: FunctionBody): TypedNode[] => (b.kind === "body" ? [expression(b.expression)] : b.cases.flatMap(ofCase));

function ofClassField({ desc }: ClassField): TypedNode[] {
  switch (desc.kind) {
    case "inherit":
      return [classNode(desc.class)];
    case "val":
    case "method":
      return desc.definition.kind === "concrete" ? [expression(desc.definition.expression)] : [];
    case "initializer":
      return [expression(desc.expression)];
    default:
      return [];
  }
}
const ofClassStructure = (s: ClassStructure): TypedNode[] => [pattern(s.self), ...s.fields.flatMap(ofClassField)];
function ofClass({ desc }: ClassExpr): TypedNode[] {
  switch (desc.kind) {
    case "ident":
      return [];
    case "structure":
      return ofClassStructure(desc.structure);
    case "fun":
      return [pattern(desc.pattern), classNode(desc.body)];
    case "apply":
      return [classNode(desc.class), ...desc.args.flatMap((a) => (a.argument.kind === "expression" ? [expression(a.argument.expression)] : []))];
    case "let":
      return [...desc.bindings.flatMap(ofBinding), classNode(desc.body)];
    case "constraint":
      return [classNode(desc.class)];
    case "open":
      return [classNode(desc.body)];
  }
}

function ofExpression({ desc }: Expression): TypedNode[] {
  switch (desc.kind) {
    case "ident":
    case "constant":
    case "new":
    case "instvar":
    case "extensionConstructor":
    case "unreachable":
      return [];
    case "let":
      return [...desc.bindings.flatMap(ofBinding), expression(desc.body)];
    case "function":
      return [...desc.parameters.flatMap(ofParameter), ...ofBody(desc.body)];
    case "apply":
      return [expression(desc.function), ...desc.args.flatMap((a) => (a.argument.kind === "expression" ? [expression(a.argument.expression)] : []))];
    case "match":
      return [expression(desc.scrutinee), ...desc.cases.flatMap(ofComputationCase), ...desc.effects.flatMap(ofCase)];
    case "try":
      return [expression(desc.body), ...desc.cases.flatMap(ofCase), ...desc.effects.flatMap(ofCase)];
    case "tuple":
      return desc.components.map(expression);
    case "construct":
      return desc.args.map(expression);
    case "variant":
      return optional(desc.argument);
    case "record":
      return [...desc.fields.flatMap((f) => (f.kind === "overridden" ? [expression(f.expression)] : [])), ...optional(desc.base)];
    case "field":
      return [expression(desc.record)];
    case "setfield":
      return [expression(desc.record), expression(desc.value)];
    case "array":
      return desc.elements.map(expression);
    case "ifthenelse":
      return [expression(desc.condition), expression(desc.then), ...optional(desc.else)];
    case "sequence":
      return desc.expressions.map(expression);
    case "while":
      return [expression(desc.condition), expression(desc.body)];
    case "for":
      return [expression(desc.from), expression(desc.to), expression(desc.body)];
    case "send":
      return [expression(desc.object)];
    case "setinstvar":
      return [expression(desc.value)];
    case "override":
      return desc.fields.map((f) => expression(f.expression));
    case "letmodule":
      return [module(desc.module), expression(desc.body)];
    case "letexception":
      return [expression(desc.body)];
    case "assert":
      return [expression(desc.condition)];
    case "lazy":
      return [expression(desc.expression)];
    case "object":
      return ofClassStructure(desc.structure);
    case "pack":
      return [module(desc.module)];
    case "letop":
      return [expression(desc.let.expression), ...desc.ands.map((a) => expression(a.expression)), ...ofCase(desc.body)];
    case "open":
      return [module(desc.declaration.module), expression(desc.body)];
  }
}

function ofPattern({ desc }: Pattern): TypedNode[] {
  switch (desc.kind) {
    case "any":
    case "var":
    case "constant":
      return [];
    case "alias":
    case "lazy":
      return [pattern(desc.pattern)];
    case "tuple":
      return desc.components.map(pattern);
    case "construct":
      return desc.args.map(pattern);
    case "variant":
      return desc.argument === undefined ? [] : [pattern(desc.argument)];
    case "record":
      return desc.fields.map((f) => pattern(f.pattern));
    case "array":
      return desc.elements.map(pattern);
    case "or":
      return [pattern(desc.left), pattern(desc.right)];
  }
}

function ofModule({ desc }: ModuleExpr): TypedNode[] {
  switch (desc.kind) {
    case "ident":
      return [];
    case "structure":
      return desc.structure.items.map((node): TypedNode => ({ kind: "item", node }));
    case "functor":
      return [module(desc.body)];
    case "apply":
      return [module(desc.functor), module(desc.argument)];
    case "applyunit":
      return [module(desc.functor)];
    case "constraint":
      return [module(desc.module)];
    case "unpack":
      return [expression(desc.expression)];
  }
}

function ofItem({ desc }: StructureItem): TypedNode[] {
  switch (desc.kind) {
    case "eval":
      return [expression(desc.expression)];
    case "value":
      return desc.bindings.flatMap(ofBinding);
    case "deferred":
      return desc.bindings().flatMap(ofBinding);
    case "module":
      return [ofModuleBinding(desc.binding)];
    case "recmodule":
      return desc.bindings.map(ofModuleBinding);
    case "open":
      return [module(desc.declaration.module)];
    case "include":
      return [module(desc.module)];
    case "class":
      return desc.declarations.map((d) => classNode(d.expression));
    default:
      return [];
  }
}

/** What is directly below a node, in the order of the source. */
export function children(parent: TypedNode): TypedNode[] {
  switch (parent.kind) {
    case "expression":
      return ofExpression(parent.node);
    case "pattern":
      return ofPattern(parent.node);
    case "module":
      return ofModule(parent.node);
    case "class":
      return ofClass(parent.node);
    case "item":
      return ofItem(parent.node);
  }
}
