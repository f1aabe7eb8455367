/**
 * Checking the wires: each node's functor is applied to the modules that it is wired to, one parameter after the other, in an
 * environment that grows by the node's result. An edge fits iff OCaml's signature inclusion accepts the argument.
 */
import type { EdgeCheck, Mismatch } from "../api.ts";
import { iterChildren, repr } from "../typing/btype.ts";
import { addModule, addSignature, findType, normalizeModulePath, scrape, tryFindModule, type Env } from "../typing/env.ts";
import { createScoped } from "../typing/ident.ts";
import { explainInclusion, includeModuleTypes, InclusionError, type InclusionProblem } from "../typing/includemod.ts";
import { signatureOf, strengthen } from "../typing/mtype.ts";
import { headOf, pident } from "../typing/path.ts";
import * as subst from "../typing/subst.ts";
import { Subst } from "../typing/subst.ts";
import type { Ident, ModuleType, Path, SignatureItem, TypeExpr } from "../typing/types.ts";
import { fullSignature, type NodeModule } from "./node-module.ts";

/** The module that a node gives to others. */
export interface GivenModule {
  readonly path: Path;
  /** Its signature as OCaml prints it. */
  readonly signature: string;
  /** Parameters of functors that were applied to nothing on the way to it: types that come from them are not known yet. */
  readonly unknown: ReadonlySet<Ident>;
  /** Whether every port below it has a wire that fits. */
  readonly complete: boolean;
}

export interface WiredNode {
  readonly id: string;
  readonly module: NodeModule;
  /** Capitalised name of the node's module in the environment. */
  readonly name: string;
  /** The edge at each wired port and the node that it comes from. */
  readonly wires: ReadonlyMap<string, { readonly edge: number; readonly from: string }>;
}

/** Applies a node after those that it is wired to. */
export class Wiring {
  #env: Env;
  readonly #given = new Map<string, GivenModule>();

  constructor(env: Env) {
    this.#env = env;
  }

  get env(): Env {
    return this.#env;
  }

  given(id: string): GivenModule | undefined {
    return this.#given.get(id);
  }

  /** A wiring that goes on from here without changing this one. */
  copy(): Wiring {
    const result = new Wiring(this.#env);
    for (const [id, given] of this.#given) result.#given.set(id, given);
    return result;
  }

  /** Checks the node's wires and makes its module known. */
  apply(node: WiredNode): EdgeCheck[] {
    const checks: EdgeCheck[] = [];
    const { module } = node;
    const unknown = new Set<Ident>();
    let complete = true;
    let type = strengthen(this.#env, scrape(this.#env, module.type), module.path);
    // As declared, for showing: its types are not said to be equal to those of the application.
    let shown = scrape(this.#env, module.type);
    for (const { port, parameter } of module.parameters) {
      if (type.kind !== "functor" || shown.kind !== "functor") throw new Error(`the functor of ${node.id} has fewer parameters than it had`);
      let result = type.result;
      let shownResult = shown.result;
      if (parameter.kind === "named" && type.parameter.kind === "named") {
        const required = type.parameter.type;
        const wire = node.wires.get(port!);
        const source = wire === undefined ? undefined : this.#given.get(wire.from);
        let argument: Path | undefined;
        if (wire !== undefined && source !== undefined) {
          const { check, usable } = this.#check(wire.edge, node, port!, source, required, unknown);
          checks.push(check);
          if (check.ok) for (const id of source.unknown) unknown.add(id);
          if (!check.ok || !source.complete) complete = false;
          if (usable) argument = normalizeModulePath(source.path, this.#env);
        } else {
          complete = false;
          if (wire !== undefined) checks.push({ index: wire.edge, ok: true, pending: `"${wire.from}" has no module yet.`, required: fullSignature(this.#env, required), provided: "", mismatches: [], message: "" });
        }
        if (type.parameter.id !== undefined) {
          if (argument === undefined) {
            const id = createScoped(type.parameter.id.name, 0);
            this.#env = addModule(id, required, this.#env);
            unknown.add(id);
            argument = pident(id);
          }
          result = subst.moduleType(new Subst().addModule(type.parameter.id, argument), result);
        }
        if (shown.parameter.kind === "named" && shown.parameter.id !== undefined && argument !== undefined) shownResult = subst.moduleType(new Subst().addModule(shown.parameter.id, argument), shownResult);
      }
      type = scrape(this.#env, result);
      shown = scrape(this.#env, shownResult);
    }
    let path = module.path;
    if (module.parameters.length > 0) {
      const id = createScoped(node.name, 0);
      this.#env = addModule(id, type, this.#env);
      path = pident(id);
    }
    this.#given.set(node.id, { path, signature: fullSignature(this.#env, shown), unknown, complete });
    return checks;
  }

  /** `usable`: the argument has the types that the rest of the functor's type may mention. */
  #check(index: number, node: WiredNode, port: string, source: GivenModule, required: ModuleType, unknown: ReadonlySet<Ident>): { check: EdgeCheck; usable: boolean } {
    const env = this.#env;
    const provided = strengthen(env, tryFindModule(source.path, env)!.declaration.type, source.path);
    const requiredText = fullSignature(env, required);
    const answer = (ok: boolean, pending: string | undefined, mismatches: readonly Mismatch[], message: string): EdgeCheck => ({ index, ok, pending, required: requiredText, provided: source.signature, mismatches, message });
    const undecided = new Set([...unknown, ...source.unknown]);
    const waiting = undecided.size === 0 ? undefined : "Some of the types are not known until all ports below have a wire that fits.";
    try {
      includeModuleTypes(env, provided, required);
      return { check: answer(true, waiting, [], ""), usable: true };
    } catch (e) {
      if (!(e instanceof InclusionError)) throw e;
      const problems = undecided.size === 0 ? e.problems : e.problems.filter((p) => !this.#dependsOn(p, provided, undecided));
      if (problems.length === 0) return { check: answer(true, waiting, [], ""), usable: true };
      const mismatches = problems.map(({ path, itemKind, name, required: r, provided: p, reason }) => ({ path, itemKind, name, required: r, provided: p, reason }));
      const message = `The module does not have the signature that ${port} of "${node.id}" requires:\n${explainInclusion(problems, false)}`;
      return { check: answer(false, undefined, mismatches, message), usable: problems.every((p) => p.itemKind === "value" || p.itemKind === "exception") };
    }
  }

  /** Whether a mismatch is about types that come from parameters without an argument: then it may go away. */
  #dependsOn(problem: InclusionProblem, provided: ModuleType, unknown: ReadonlySet<Ident>): boolean {
    const { items } = problem;
    if (items?.provided === undefined) return false;
    const env = addSignature(signatureOf(this.#env, provided) ?? [], this.#env);
    return mentions(env, items.required, unknown) || mentions(env, items.provided, unknown);
  }
}

/** Whether a type of the item comes from one of the modules, also through abbreviations. */
function mentions(env: Env, item: SignatureItem, modules: ReadonlySet<Ident>): boolean {
  const seen = new Set<TypeExpr>();
  const stack: TypeExpr[] = [];
  const add = (type: TypeExpr): void => void stack.push(type);
  switch (item.kind) {
    case "value":
      add(item.description.type);
      break;
    case "type": {
      const { manifest, kind } = item.declaration;
      if (manifest !== undefined) add(manifest);
      if (kind.kind === "record") for (const label of kind.labels) add(label.type);
      if (kind.kind === "variant") for (const { args } of kind.constructors) (args.kind === "tuple" ? args.types : args.labels.map((l) => l.type)).forEach(add);
      break;
    }
    case "typext": {
      const { args } = item.constructor;
      (args.kind === "tuple" ? args.types : args.labels.map((l) => l.type)).forEach(add);
      break;
    }
    default:
      // Of what else a signature may have nothing is known.
      return true;
  }
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const type = repr(next);
    if (seen.has(type)) continue;
    seen.add(type);
    if (type.desc.kind === "constr") {
      const { path } = type.desc;
      if (modules.has(headOf(path))) return true;
      const manifest = findType(path, env)?.manifest;
      if (manifest !== undefined) stack.push(manifest);
    }
    iterChildren(add, type);
  }
  return false;
}
