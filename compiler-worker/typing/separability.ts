/**
 * Whether all values of an unboxed type are floating-point numbers or none is, whatever its variables stand for: arrays are made by what
 * their first element is (Colin, Lepigre and Scherer, "Unboxing Mutually Recursive Type Definitions in OCaml", JFLA 2019). A parameter is
 * *independent* when that holds for all types, *separable* when it holds for those of which it holds themselves, and *deeply separable*
 * when also the parts of these must be so.
 */
import { iterChildren, repr } from "./btype.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { declarationWith } from "./copies.ts";
import { freeVariables } from "./datarepr.ts";
import { addType, findType, type Env } from "./env.ts";
import { expandOnce } from "./expand.ts";
import type { Ident, Path, TypeDeclaration, TypeExpr } from "./types.ts";

type Mode = TypeDeclaration["separability"][number];
const STRENGTH: Readonly<Record<Mode, number>> = { independent: 0, separable: 1, deepSeparable: 2 };

/** What is asked of a variable that is not asked for anything else. */
type Demands = Map<TypeExpr, Mode>;

interface Declared {
  readonly id: Ident;
  readonly declaration: TypeDeclaration;
  readonly loc: Location;
}

/** The declarations with the separability of the parameters of those that are unboxed. Throws `CompileError` at one that is not separable. */
export function withSeparability<D extends Declared>(env: Env, declared: readonly D[]): readonly D[] {
  if (!declared.some(({ declaration }) => isUnboxed(declaration))) return declared;
  let current = declared;
  for (;;) {
    let inner = env;
    for (const { id, declaration } of current) inner = addType(id, declaration, inner);
    let isSame = true;
    const next = current.map((d): D => {
      if (!isUnboxed(d.declaration)) return d;
      const { modes } = modesOf(inner, d.declaration);
      if (modes.every((mode, i) => mode === d.declaration.separability[i])) return d;
      isSame = false;
      return { ...d, declaration: declarationWith(d.declaration, { separability: modes }) };
    });
    if (isSame) {
      for (const d of next) {
        const open = isUnboxed(d.declaration) ? modesOf(inner, d.declaration).existential : undefined;
        if (open !== undefined) refuse(d.loc, open);
      }
      return next;
    }
    current = next;
  }
}

function refuse(loc: Location, variable: TypeExpr): never {
  const { desc } = repr(variable);
  const name = desc.kind === "var" && desc.name !== undefined ? `the existential variable '${desc.name}` : "an unnamed existential variable";
  throw new CompileError(errorAt(loc, `This type cannot be unboxed because\n       it might contain both float and non-float values,\n       depending on the instantiation of ${name}.\n       You should annotate it with [@@ocaml.boxed].`));
}

const isUnboxed = (d: TypeDeclaration): boolean => d.unboxed && unboxedField(d) !== undefined;

/** The type of the only field of an unboxed type, and the parameters as it knows them. */
function unboxedField({ kind, parameters }: TypeDeclaration): { readonly type: TypeExpr; readonly parameters: readonly TypeExpr[] } | undefined {
  if (kind.kind === "record") return kind.labels[0] === undefined ? undefined : { type: kind.labels[0].type, parameters };
  const constructor = kind.kind === "variant" ? kind.constructors[0] : undefined;
  if (constructor === undefined) return undefined;
  const type = constructor.args.kind === "tuple" ? constructor.args.types[0] : constructor.args.labels[0]?.type;
  const result = constructor.result === undefined ? undefined : repr(constructor.result).desc;
  return type === undefined ? undefined : { type, parameters: result?.kind === "constr" ? result.args : parameters };
}

/** What an unboxed type asks of its parameters, and a variable of which it asks something that no parameter decides. */
function modesOf(env: Env, declaration: TypeDeclaration): { readonly modes: readonly Mode[]; readonly existential: TypeExpr | undefined } {
  const field = unboxedField(declaration)!;
  const demands: Demands = new Map();
  demand(env, demands, field.type, "separable", new Map());
  const modes = field.parameters.map((parameter): Mode => {
    const t = repr(parameter);
    if (t.desc.kind === "var") {
      const mode = demands.get(t) ?? "independent";
      demands.delete(t);
      return mode;
    }
    const inside = freeVariables([t]);
    const isAsked = inside.some((v) => demands.has(repr(v)));
    for (const v of inside) demands.delete(repr(v));
    return isAsked ? "deepSeparable" : "independent";
  });
  return { modes, existential: demands.keys().next().value };
}

function demand(env: Env, demands: Demands, type: TypeExpr, mode: Mode, seen: Map<TypeExpr, Mode>): void {
  if (mode === "independent") return;
  const t = repr(type);
  const before = seen.get(t);
  if (before !== undefined && STRENGTH[before] >= STRENGTH[mode]) return;
  seen.set(t, mode);
  switch (t.desc.kind) {
    case "var":
      demands.set(t, mode);
      break;
    case "constr": {
      const { path, args } = t.desc;
      const modes = parameterModes(env, path);
      if (modes === undefined) {
        demand(env, demands, expandOnce(env, t, true) ?? t, mode, seen);
        break;
      }
      args.forEach((arg, i) => {
        demand(env, demands, arg, mode === "deepSeparable" ? mode : (modes[i] ?? "deepSeparable"), seen);
      });
      break;
    }
    case "poly":
      demand(env, demands, t.desc.body, mode, seen);
      break;
    default:
      // Functions, tuples, objects and tags are no floats; what is in them may be.
      if (mode === "deepSeparable") iterChildren((child) => { demand(env, demands, child, mode, seen); }, t);
  }
}

/** What a type constructor asks of its arguments; undefined for an abbreviation. */
function parameterModes(env: Env, path: Path): readonly Mode[] | undefined {
  const declaration = findType(path, env);
  if (declaration === undefined || isUnboxed(declaration)) return declaration?.separability ?? [];
  if (declaration.kind.kind !== "abstract") return declaration.parameters.map(() => "independent");
  if (declaration.manifest !== undefined) return undefined;
  return declaration.parameters.map(() => (path.kind === "ident" && path.id.kind === "predef" ? "independent" : "deepSeparable"));
}
