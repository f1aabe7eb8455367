/**
 * What is wrong with applications of functors, argument by argument: the arguments that do not fit, those that are too many and those that
 * seem to have been forgotten (reference manual, section 11.10.2: functor application).
 */
import { addModule, findModule, scrape, type Env } from "./env.ts";
import { explainInclusion, includeModuleTypes, InclusionError, type InclusionProblem } from "./includemod.ts";
import { printModuleType } from "./print-signature.ts";
import { LONGEST, pathName } from "./path.ts";
import * as subst from "./subst.ts";
import { Subst } from "./subst.ts";
import type { ModuleType, Path } from "./types.ts";

/** An argument of an application: its path if it has one, and its type; `()` has neither. */
export type FunctorArgument = { readonly path: Path | undefined; readonly type: ModuleType } | "unit";

type FunctorType = ModuleType & { readonly kind: "functor" };

/** Signatures are shown up to that many characters. */
const LONGEST_SHOWN = 600;
/** So many ways of matching arguments with parameters are looked at when there are too many arguments, or one seems forgotten. */
const MOST_ALIGNMENTS = 500;

const indent = (text: string, by: number): string => text.replace(/\n/g, `\n${" ".repeat(by)}`);

/** A module type as it is shown: of a module known by its name, as it was declared. */
function shownType(env: Env, type: ModuleType): string {
  let t = type;
  for (let i = 0; i < LONGEST && t.kind === "alias"; i++) t = findModule(t.path, env).type;
  const text = printModuleType(t);
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)} ...`;
}

/** Why a module of one type cannot be used as one of another: both sides, then the items that differ. */
export function explainArgument(env: Env, provided: ModuleType, required: ModuleType, problems: readonly InclusionProblem[]): string {
  return `Modules do not match:\n  ${indent(shownType(env, provided), 2)}\nis not included in\n  ${indent(shownType(env, required), 2)}\n${explainInclusion(problems)}`;
}

type Step =
  | { readonly kind: "fits"; readonly argument: FunctorArgument; readonly parameter: FunctorType["parameter"] }
  | { readonly kind: "differs"; readonly argument: FunctorArgument; readonly parameter: FunctorType["parameter"]; readonly problems: readonly InclusionProblem[] }
  | { readonly kind: "extra"; readonly argument: FunctorArgument }
  | { readonly kind: "missing"; readonly parameter: FunctorType["parameter"] };

interface Alignment {
  readonly steps: readonly Step[];
  readonly cost: number;
}

function functorType(env: Env, type: ModuleType): FunctorType | undefined {
  const t = scrape(env, type);
  return t.kind === "functor" ? t : undefined;
}

function countParameters(env: Env, type: ModuleType, limit: number): number {
  let n = 0;
  for (let t = functorType(env, type); t !== undefined && n < limit; t = functorType(env, t.result)) n++;
  return n;
}

/** Compares one argument with one parameter; then what comes after it is in an environment and of a type that know of it. */
function compare(env: Env, argument: FunctorArgument, functor: FunctorType): { readonly step: Step; readonly env: Env; readonly result: ModuleType } {
  const { parameter, result } = functor;
  if (parameter.kind === "unit" || argument === "unit") {
    const fits = parameter.kind === "unit" && argument === "unit";
    return { step: fits ? { kind: "fits", argument, parameter } : { kind: "differs", argument, parameter, problems: [] }, env, result };
  }
  const type = argument.type.kind === "alias" ? scrape(env, argument.type) : argument.type;
  let step: Step = { kind: "fits", argument, parameter };
  try {
    includeModuleTypes(env, type, parameter.type);
  } catch (e) {
    if (!(e instanceof InclusionError)) throw e;
    step = { kind: "differs", argument, parameter, problems: e.problems };
  }
  if (parameter.id === undefined) return { step, env, result };
  // Later parameters speak of this argument; of one that does not fit, of the parameter's type, so that its mistakes are told once.
  if (step.kind === "fits" && argument.path !== undefined) return { step, env, result: subst.moduleType(new Subst().addModule(parameter.id, argument.path), result) };
  return { step, env: addModule(parameter.id, step.kind === "fits" ? type : parameter.type, env), result };
}

/** Matches arguments with parameters, with as few differences as can be. */
function align(env: Env, type: ModuleType, args: readonly FunctorArgument[]): Alignment {
  const parameters = countParameters(env, type, args.length + 1);
  const extra = Math.max(0, args.length - parameters);
  let left = MOST_ALIGNMENTS;
  const search = (inner: Env, t: ModuleType, from: number, extraLeft: number, missingLeft: number, limit: number): Alignment | undefined => {
    if (limit <= 0 || left-- <= 0) return undefined;
    if (from === args.length) return { steps: [], cost: 0 };
    const argument = args[from]!;
    const functor = functorType(inner, t);
    let best: Alignment | undefined;
    let bound = limit;
    // What comes first is preferred.
    const take = (step: Step, own: number, rest: Alignment | undefined): void => {
      if (rest === undefined || rest.cost + own >= bound) return;
      best = { steps: [step, ...rest.steps], cost: rest.cost + own };
      bound = best.cost;
    };
    if (extraLeft > 0) take({ kind: "extra", argument }, SKIPPED, search(inner, t, from + 1, extraLeft - 1, missingLeft, bound - SKIPPED));
    if (functor !== undefined && missingLeft > 0) {
      const { parameter } = functor;
      const next = parameter.kind === "named" && parameter.id !== undefined ? addModule(parameter.id, parameter.type, inner) : inner;
      take({ kind: "missing", parameter }, SKIPPED, search(next, functor.result, from, extraLeft, missingLeft - 1, bound - SKIPPED));
    }
    if (functor !== undefined) {
      const { step, env: next, result } = compare(inner, argument, functor);
      const own = step.kind === "fits" ? 0 : DIFFERENT;
      take(step, own, search(next, result, from + 1, extraLeft, missingLeft, bound - own));
    }
    return best;
  };
  // One argument may have been forgotten, if there is a parameter left for the last one.
  const found = search(env, type, 0, extra, extra === 0 && parameters > args.length ? 1 : 0, Infinity);
  if (found !== undefined) return found;
  // Too many ways: position by position.
  const steps: Step[] = [];
  let inner = env;
  let t = type;
  for (const argument of args) {
    const functor = functorType(inner, t);
    if (functor === undefined) {
      steps.push({ kind: "extra", argument });
      continue;
    }
    const { step, env: next, result } = compare(inner, argument, functor);
    steps.push(step);
    inner = next;
    t = result;
  }
  return { steps, cost: Infinity };
}
/** What differences cost: an argument that is too much or forgotten is likelier than one that does not fit and others in its place. */
const DIFFERENT = 2;
const SKIPPED = 1.5;

/** Names of arguments and parameters; those without are numbered by their places. */
function argumentName(argument: FunctorArgument, place: number): string {
  if (argument === "unit") return "()";
  return argument.path === undefined ? `$S${place}` : pathName(argument.path);
}
function parameterType(parameter: FunctorType["parameter"], place: number): string {
  if (parameter.kind === "unit") return "()";
  return parameter.type.kind === "ident" ? pathName(parameter.type.path) : parameter.type.kind === "signature" && parameter.type.items.length === 0 ? "sig end" : `$T${place}`;
}
function parameterName(parameter: FunctorType["parameter"], place: number): string {
  return parameter.kind === "unit" ? "()" : `(${parameter.id?.name ?? "_"} : ${parameterType(parameter, place)})`;
}

/**
 * The message for an application of a functor of that type to several arguments (in order), of which some do not fit: each argument beside the
 * parameter that it is for.
 */
export function explainApplication(env: Env, functor: ModuleType, args: readonly FunctorArgument[]): string {
  const { steps } = align(env, functor, args);
  const names: string[] = [];
  const parameters: string[] = [];
  const remarks = steps.map((s, i): string => {
    const place = i + 1;
    if (s.kind !== "missing") names.push(argumentName(s.argument, place));
    if (s.kind !== "extra") parameters.push(parameterName(s.parameter, place));
    const name = s.kind === "missing" ? "" : argumentName(s.argument, place);
    switch (s.kind) {
      case "fits":
        return name === "()" ? "() is what is expected" : `Module ${name} matches the expected module type ${parameterType(s.parameter, place)}`;
      case "extra":
        return s.argument === "unit" ? "The extra argument () is provided" : `The following extra argument is provided\n    ${name} : ${indent(shownType(env, s.argument.type), 4)}`;
      case "missing":
        return s.parameter.kind === "unit" ? "An argument () appears to be missing" : `An argument appears to be missing with module type ${s.parameter.type.kind === "ident" ? "" : `\n    ${parameterType(s.parameter, place)} = `}${indent(shownType(env, s.parameter.type), 4)}`;
      case "differs": {
        if (s.parameter.kind === "unit") return `The functor was expected to be generative at this position: its parameter is (), not a module like ${name}`;
        if (s.argument === "unit") return "The functor was expected to be applicative at this position: its parameter is a module, not ()";
        const shown = parameterType(s.parameter, place);
        const expected = shown.startsWith("$") ? `${shown} = ${shownType(env, s.parameter.type)}` : shown;
        return `Modules do not match:\n  ${name} : ${indent(shownType(env, s.argument.type), 2)}\nis not included in\n  ${indent(expected, 2)}\n${explainInclusion(s.problems)}`;
      }
    }
  });
  return `The functor application is ill-typed.\n       These arguments:\n         ${names.join(" ")}\n       do not match these parameters:\n         functor ${parameters.join(" ")} -> ...\n${remarks.map((r, i) => `       ${i + 1}. ${indent(r, 10)}`).join("\n")}`;
}
