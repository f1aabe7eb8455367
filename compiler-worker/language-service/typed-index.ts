/** A typed structure by places: what the names in it were found to mean, and which definitions stand for each other. */
import type { Location } from "../syntax/diagnostics.ts";
import { scrape, tryFindModtype, type Env } from "../typing/env.ts";
import { children, type TypedNode } from "../typing/typed-nodes.ts";
import type { Structure } from "../typing/typedtree.ts";
import type { ConstructorDescription, Ident, LabelDescription, ModuleType, Signature, SignatureItem, TypeDeclaration, ValueDescription } from "../typing/types.ts";

/** A definition in a signature or a pattern. */
export interface Definition {
  readonly name: string;
  readonly loc: Location;
}

/** Two definitions of one thing: an item of a signature and what implements it, a variable in both patterns of a disjunction. */
export type Link = readonly [Definition, Definition];

export const placeKey = ({ start, end }: Location): string => `${start}:${end}`;

export interface TypedIndex {
  /** By the place of the longident. */
  readonly values: ReadonlyMap<string, ValueDescription>;
  readonly constructors: ReadonlyMap<string, ConstructorDescription>;
  readonly labels: ReadonlyMap<string, LabelDescription>;
  /** Module types of functors' parameters, by the place of the parameter's name. */
  readonly parameters: ReadonlyMap<string, ModuleType>;
  /** Module types that modules are constrained by, by the place of the module. */
  readonly constraints: ReadonlyMap<string, ModuleType>;
  /** Of declarations of module types, by the place of the item. */
  readonly declarations: ReadonlyMap<string, ModuleType>;
  /** What is known after an item, by its place. */
  readonly after: ReadonlyMap<string, Env>;
  readonly links: readonly Link[];
}

export function indexTyped(structure: Structure): TypedIndex {
  const values = new Map<string, ValueDescription>();
  const constructors = new Map<string, ConstructorDescription>();
  const labels = new Map<string, LabelDescription>();
  const parameters = new Map<string, ModuleType>();
  const constraints = new Map<string, ModuleType>();
  const declarations = new Map<string, ModuleType>();
  const after = new Map<string, Env>();
  const links: Link[] = [];
  const variables = new Map<Ident, Definition>();

  const visitItems = ({ items, finalEnv }: Structure): void => {
    for (const [i, { desc, loc }] of items.entries()) {
      after.set(placeKey(loc), items[i + 1]?.env ?? finalEnv);
      if (desc.kind !== "modtype") continue;
      const type = tryFindModtype({ kind: "ident", id: desc.id }, finalEnv)?.type;
      if (type !== undefined) declarations.set(placeKey(loc), type);
    }
  };
  const visit = (typed: TypedNode): void => {
    if (typed.kind === "expression") {
      const { desc } = typed.node;
      if (desc.kind === "ident") values.set(placeKey(desc.ident.loc), desc.description);
      else if (desc.kind === "construct") constructors.set(placeKey(desc.ident.loc), desc.constructor);
      else if (desc.kind === "field" || desc.kind === "setfield") labels.set(placeKey(desc.ident.loc), desc.label);
      else if (desc.kind === "record") {
        for (const field of desc.fields) if (field.kind === "overridden") labels.set(placeKey(field.ident.loc), field.label);
      } else if (desc.kind === "letop") for (const { name, description } of [desc.let, ...desc.ands]) values.set(placeKey(name.loc), description);
    } else if (typed.kind === "pattern") {
      const { desc } = typed.node;
      if (desc.kind === "construct") constructors.set(placeKey(desc.ident.loc), desc.constructor);
      else if (desc.kind === "record") for (const field of desc.fields) labels.set(placeKey(field.ident.loc), field.label);
      else if (desc.kind === "var" || desc.kind === "alias") {
        const own = { name: desc.name.value, loc: desc.name.loc };
        const first = variables.get(desc.id);
        if (first === undefined) variables.set(desc.id, own);
        else links.push([first, own]);
      }
    } else if (typed.kind === "module") {
      const { desc, env } = typed.node;
      if (desc.kind === "structure") visitItems(desc.structure);
      else if (desc.kind === "functor" && desc.parameter.kind === "named") parameters.set(placeKey(desc.parameter.name.loc), desc.parameter.type);
      else if (desc.kind === "constraint") {
        if (desc.explicit) constraints.set(placeKey(desc.module.loc), desc.type);
        linkModuleTypes(desc.module.type, desc.type, env, links);
      } else if (desc.kind === "apply") {
        const functor = scrape(env, desc.functor.type);
        if (functor.kind === "functor" && functor.parameter.kind === "named") linkModuleTypes(desc.argument.type, functor.parameter.type, env, links);
      }
    }
  };
  visitItems(structure);
  const pending: TypedNode[] = structure.items.map((node): TypedNode => ({ kind: "item", node })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    visit(next);
    pending.push(...children(next).reverse());
  }
  return { values, constructors, labels, parameters, constraints, declarations, after, links };
}

/** Joins the definitions of a module with those of a module type that it is included in. */
export function linkModuleTypes(module: ModuleType, type: ModuleType, env: Env, links: Link[]): void {
  if (module === type || (module.kind !== "signature" && module.kind === type.kind && module.kind !== "functor")) return;
  const [from, to] = [scrape(env, module), scrape(env, type)];
  if (from.kind === "signature" && to.kind === "signature") linkSignatures(from.items, to.items, env, links);
  else if (from.kind === "functor" && to.kind === "functor") {
    if (from.parameter.kind === "named" && to.parameter.kind === "named") linkModuleTypes(to.parameter.type, from.parameter.type, env, links);
    linkModuleTypes(from.result, to.result, env, links);
  }
}

const itemKey = (item: SignatureItem): string => `${item.kind} ${item.id.name}`;
const itemLocation = (item: SignatureItem): Location => (item.kind === "value" ? item.description : item.kind === "typext" ? item.constructor : item.declaration).loc;

export function linkSignatures(module: Signature, type: Signature, env: Env, links: Link[]): void {
  const provided = new Map(module.map((item) => [itemKey(item), item]));
  for (const required of type) {
    const found = provided.get(itemKey(required));
    if (found === undefined) continue;
    link(required.id.name, itemLocation(found), itemLocation(required), links);
    if (found.kind === "type" && required.kind === "type") linkTypes(found.declaration, required.declaration, links);
    else if (found.kind === "module" && required.kind === "module") linkModuleTypes(found.declaration.type, required.declaration.type, env, links);
    else if (found.kind === "modtype" && required.kind === "modtype" && found.declaration.type !== undefined && required.declaration.type !== undefined) linkModuleTypes(found.declaration.type, required.declaration.type, env, links);
  }
}

function linkTypes(a: TypeDeclaration, b: TypeDeclaration, links: Link[]): void {
  const parts = ({ kind }: TypeDeclaration): readonly { readonly id: Ident; readonly loc: Location }[] => (kind.kind === "variant" ? kind.constructors : kind.kind === "record" ? kind.labels : []);
  const byName = new Map(parts(a).map((p) => [p.id.name, p.loc]));
  for (const { id, loc } of parts(b)) {
    const found = byName.get(id.name);
    if (found !== undefined) link(id.name, found, loc, links);
  }
}

function link(name: string, a: Location, b: Location, links: Link[]): void {
  if (a.file.name === b.file.name && a.start === b.start) return;
  links.push([{ name, loc: a }, { name, loc: b }]);
}
