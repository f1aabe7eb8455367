/** The module behind a node: found by its path, taken apart into functor parameters and result. */
import type { Port } from "../api.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { addModule, scrape, tryFindModule, type Env } from "../typing/env.ts";
import { persistent } from "../typing/ident.ts";
import { pdot, pident } from "../typing/path.ts";
import { printModuleType, printSignature } from "../typing/print-signature.ts";
import { printPath } from "../typing/print-type.ts";
import type { UnitSource } from "../typing/session.ts";
import type { FunctorParameter, ModuleType, Path } from "../typing/types.ts";

export interface NodeModule {
  readonly path: Path;
  /** Its type as declared: a functor over the parameters, or a structure. */
  readonly type: ModuleType;
  /** Functor parameters with the names of their ports; `()` has none. */
  readonly parameters: readonly { readonly port: string | undefined; readonly parameter: FunctorParameter }[];
  readonly inputs: readonly Port[];
  readonly output: Port;
}

/** The path of `A.B.C` where `A` is a compilation unit. */
export function modulePath(unit: string, components: readonly string[]): Path {
  return components.reduce<Path>((path, name) => pdot(path, name), pident(persistent(unit)));
}

/**
 * Takes the module at a path apart; undefined when there is none. `source` is its compilation unit, from whose text the module
 * types of parameters are quoted when `quote` says so.
 */
export function describeModule(env: Env, path: Path, source: UnitSource | undefined, components: readonly string[], quote: boolean): NodeModule | undefined {
  const data = tryFindModule(path, env);
  if (data === undefined) return undefined;
  const type = data.declaration.type;
  const written = source === undefined ? [] : writtenParameters(source, components);
  const parameters: { port: string | undefined; parameter: FunctorParameter }[] = [];
  const inputs: Port[] = [];
  const names = new Set<string>();
  let current = scrape(env, type);
  let inner = env;
  while (current.kind === "functor") {
    const { parameter } = current;
    if (parameter.kind === "unit") parameters.push({ port: undefined, parameter });
    else {
      let port = parameter.id?.name ?? "_";
      // Parameters may have equal names, or none: ports are told apart.
      for (let i = 2; names.has(port); i++) port = `${parameter.id?.name ?? "_"}${i}`;
      names.add(port);
      const text = written[parameters.length];
      inputs.push({ name: port, typeName: quote && text !== undefined ? text : typeName(parameter.type, text), signature: fullSignature(inner, parameter.type) });
      parameters.push({ port, parameter });
      if (parameter.id !== undefined) inner = addModule(parameter.id, parameter.type, inner);
    }
    const { result } = current;
    const scraped = scrape(inner, result);
    if (scraped.kind !== "functor") return { path, type, parameters, inputs, output: { name: "", typeName: typeName(result, undefined), signature: fullSignature(inner, result) } };
    current = scraped;
  }
  return { path, type, parameters, inputs, output: { name: "", typeName: printPath(path), signature: fullSignature(env, type) } };
}

/** A module type by its name; one without a name as it is written, or shortened. */
function typeName(type: ModuleType, written: string | undefined): string {
  if (type.kind === "ident") return printPath(type.path);
  return written ?? "sig … end";
}

/** The signature that a module type stands for, with a line for each of its items, as OCaml prints those of a unit. */
export function fullSignature(env: Env, type: ModuleType): string {
  const scraped = scrape(env, type);
  const items = scraped.kind === "signature" ? printSignature(scraped.items) : "";
  return items === "" ? printModuleType(scraped) : `sig\n  ${items.trimEnd().replaceAll("\n", "\n  ")}\nend`;
}

// ---------------------------------------------------------------- module types as written

/** The texts of a functor's parameter types, in order with `()`; empty when the functor is not written out under this path. */
function writtenParameters(source: UnitSource, components: readonly string[]): string[] {
  const file = source.interface ?? source.implementation;
  if (file === undefined || components.length === 0) return [];
  return source.interface !== undefined ? inSignature(file, parseInterface(file).tree.items, components) : inStructure(file, parseImplementation(file).tree.items, components);
}

function inSignature(file: SourceFile, items: Ast.Signature, [name, ...rest]: readonly string[]): string[] {
  const found = items.findLast((i) => i.desc.kind === "module" && i.desc.declaration.name.value === name);
  return found?.desc.kind === "module" ? ofModuleType(file, found.desc.declaration.type, rest) : [];
}

function ofModuleType(file: SourceFile, type: Ast.ModuleType, rest: readonly string[]): string[] {
  if (rest.length > 0) return type.desc.kind === "signature" ? inSignature(file, type.desc.items, rest) : [];
  const texts: string[] = [];
  for (let t = type; t.desc.kind === "functor"; t = t.desc.result) texts.push(parameterText(file, t.desc.parameter));
  return texts;
}

function inStructure(file: SourceFile, items: Ast.Structure, [name, ...rest]: readonly string[]): string[] {
  const found = items.findLast((i) => i.desc.kind === "module" && i.desc.binding.name.value === name);
  if (found?.desc.kind !== "module") return [];
  const { expression } = found.desc.binding;
  if (expression.desc.kind === "constraint") return ofModuleType(file, expression.desc.type, rest);
  if (rest.length > 0) return expression.desc.kind === "structure" ? inStructure(file, expression.desc.items, rest) : [];
  const texts: string[] = [];
  for (let m = expression; m.desc.kind === "functor"; m = m.desc.body) texts.push(parameterText(file, m.desc.parameter));
  return texts;
}

function parameterText(file: SourceFile, parameter: Ast.FunctorParameter): string {
  return parameter.kind === "unit" ? "()" : textAt(file, parameter.type.loc);
}

function textAt(file: SourceFile, loc: Location): string {
  return file.text.slice(loc.start, loc.end).replace(/\s+/g, " ").trim();
}
