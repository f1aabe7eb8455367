/**
 * Which right-hand sides `let rec` allows: values that can be built before those they mention are known (Reynaud, Scherer
 * and Yallop, "A practical mode system for recursive definitions", 2021).
 */
import { CompileError, errorAt } from "../syntax/diagnostics.ts";
import { expandHead } from "./expand.ts";
import { headOf, samePath } from "./path.ts";
import { PATHS } from "./predef.ts";
import type * as T from "./typedtree.ts";
import { findType } from "./env.ts";
import type { Ident, Path, TypeExpr } from "./types.ts";

/** How an expression uses a variable, the least demanding first. */
const IGNORE = 0;
/** Used when something is called later. */
const DELAY = 1;
/** Put into a block. */
const GUARD = 2;
/** Returned as it is. */
const RETURN = 3;
/** Looked into. */
const DEREFERENCE = 4;
type Mode = number;
type Uses = Map<Ident, Mode>;

/** The mode of something used at `inner` in a place that is used at `outer`. */
function compose(outer: Mode, inner: Mode): Mode {
  if (outer === IGNORE || inner === IGNORE) return IGNORE;
  if (outer === DEREFERENCE) return DEREFERENCE;
  if (outer === DELAY) return DELAY;
  if (outer === GUARD) return inner === RETURN ? GUARD : inner;
  return inner;
}

function join(target: Uses, other: Uses): Uses {
  for (const [id, m] of other) if ((target.get(id) ?? IGNORE) < m) target.set(id, m);
  return target;
}
function all(list: readonly Uses[]): Uses {
  const result: Uses = new Map();
  for (const u of list) join(result, u);
  return result;
}

const isReference = (e: T.Expression): boolean => e.desc.kind === "ident" && e.desc.description.valueKind.kind === "primitive" && e.desc.description.valueKind.primitive.name === "%makemutable";

function pathUses(path: Path, mode: Mode): Uses {
  if (path.kind === "ident") return new Map([[path.id, mode]]);
  return new Map([[headOf(path), compose(mode, DEREFERENCE)]]);
}

const isDestructuring = (p: T.Pattern): boolean => {
  const { desc } = p;
  switch (desc.kind) {
    case "any":
    case "var":
      return false;
    case "alias":
      return isDestructuring(desc.pattern);
    case "or":
      return isDestructuring(desc.left) || isDestructuring(desc.right);
    default:
      return true;
  }
};

function boundBy(p: T.Pattern, into: Ident[] = []): Ident[] {
  const { desc } = p;
  switch (desc.kind) {
    case "var": into.push(desc.id); break;
    case "alias": into.push(desc.id); boundBy(desc.pattern, into); break;
    case "tuple": for (const c of desc.components) boundBy(c, into); break;
    case "construct": for (const a of desc.args) boundBy(a, into); break;
    case "variant": if (desc.argument !== undefined) boundBy(desc.argument, into); break;
    case "record": for (const f of desc.fields) boundBy(f.pattern, into); break;
    case "array": for (const e of desc.elements) boundBy(e, into); break;
    case "or": boundBy(desc.left, into); break;
    case "lazy": boundBy(desc.pattern, into); break;
  }
  return into;
}

/** How a value matched by the pattern is used, when its variables are used so; they are taken out of the uses. */
function patternMode(p: T.Pattern, uses: Uses): Mode {
  let mode = isDestructuring(p) ? DEREFERENCE : GUARD;
  for (const id of boundBy(p)) {
    mode = Math.max(mode, uses.get(id) ?? IGNORE);
    uses.delete(id);
  }
  return mode;
}

type LazyArgument = "constant" | "identifier" | "other";
function lazyArgument(e: T.Expression): LazyArgument {
  switch (e.desc.kind) {
    case "constant":
    case "function":
      return "constant";
    case "construct":
      return e.desc.args.length === 0 ? "constant" : "other";
    case "ident":
      return "identifier";
    default:
      return "other";
  }
}

/** Whether an array of such elements may hold floats, so that building it looks into them. */
function mayBeFloat(env: T.Expression["env"], type: TypeExpr): boolean {
  const t = expandHead(env, type);
  if (t.desc.kind === "var" || t.desc.kind === "univar") return true;
  if (t.desc.kind !== "constr") return false;
  if (samePath(t.desc.path, PATHS.float)) return true;
  const d = findType(t.desc.path, env);
  return d === undefined || (d.kind.kind === "abstract" && d.immediate !== "always" && ![PATHS.string, PATHS.bytes, PATHS.array, PATHS.lazy, PATHS.int32, PATHS.int64, PATHS.nativeint].some((p) => t.desc.kind === "constr" && samePath(p, t.desc.path)));
}

function cases(list: readonly { readonly pattern: T.Pattern | T.ComputationPattern; readonly guard: T.Expression | undefined; readonly body: T.Expression }[], mode: Mode): { uses: Uses; scrutinee: Mode } {
  const result: Uses = new Map();
  let scrutinee = IGNORE;
  for (const c of list) {
    const uses = expression(c.body, mode);
    if (c.guard !== undefined) join(uses, expression(c.guard, compose(mode, DEREFERENCE)));
    const patterns = flatten(c.pattern);
    for (const p of patterns) scrutinee = Math.max(scrutinee, compose(mode, patternMode(p, uses)));
    join(result, uses);
  }
  return { uses: result, scrutinee };
}
function flatten(p: T.Pattern | T.ComputationPattern): T.Pattern[] {
  if ("desc" in p) return [p];
  if (p.kind === "or") return [...flatten(p.left), ...flatten(p.right)];
  return [p.pattern];
}

/** The uses of variables in an expression that is itself used at `mode`. */
function expression(e: T.Expression, mode: Mode): Uses {
  const { desc } = e;
  const at = (x: T.Expression, m: Mode): Uses => expression(x, compose(mode, m));
  const every = (list: readonly T.Expression[], m: Mode): Uses => all(list.map((x) => at(x, m)));
  switch (desc.kind) {
    case "ident":
      return pathUses(desc.path, mode);
    case "constant":
    case "unreachable":
      return new Map();
    case "let":
      return letUses(desc, mode);
    case "letmodule": {
      const body = expression(desc.body, mode);
      const m = desc.id === undefined ? GUARD : Math.max(GUARD, body.get(desc.id) ?? IGNORE);
      if (desc.id !== undefined) body.delete(desc.id);
      return join(body, moduleUses(desc.module, compose(mode, m)));
    }
    case "match": {
      const { uses, scrutinee } = cases(desc.cases, mode);
      const effects = cases(desc.effects, mode).uses;
      return all([expression(desc.scrutinee, desc.effects.length > 0 ? compose(mode, DEREFERENCE) : scrutinee), uses, effects]);
    }
    case "try":
      return all([expression(desc.body, mode), cases(desc.cases, mode).uses, cases(desc.effects, mode).uses]);
    case "for":
      return all([at(desc.from, DEREFERENCE), at(desc.to, DEREFERENCE), at(desc.body, GUARD)]);
    case "while":
      return all([at(desc.condition, DEREFERENCE), at(desc.body, GUARD)]);
    case "apply": {
      const args = desc.args.flatMap((a) => (a.argument.kind === "expression" ? [a.argument.expression] : []));
      if (isReference(desc.function) && args.length === 1) return at(args[0]!, GUARD);
      const m = desc.args.some((a) => a.argument.kind === "omitted") ? GUARD : DEREFERENCE;
      return join(at(desc.function, m), every(args, m));
    }
    case "tuple":
      return every(desc.components, GUARD);
    case "array":
      return every(desc.elements, desc.elements.length > 0 && mayBeFloat(e.env, desc.elements[0]!.type) ? DEREFERENCE : GUARD);
    case "construct": {
      const { tag } = desc.constructor;
      const uses = every(desc.args, tag.kind === "unboxed" ? RETURN : GUARD);
      return tag.kind === "extension" ? join(uses, pathUses(tag.path, compose(mode, DEREFERENCE))) : uses;
    }
    case "variant":
      return desc.argument === undefined ? new Map() : at(desc.argument, GUARD);
    case "record": {
      const m = desc.representation.kind === "float" ? DEREFERENCE : desc.representation.kind === "unboxed" ? RETURN : GUARD;
      const fields = all(desc.fields.map((f) => (f.kind === "overridden" ? at(f.expression, m) : new Map<Ident, Mode>())));
      return desc.base === undefined ? fields : join(fields, at(desc.base, DEREFERENCE));
    }
    case "ifthenelse":
      return all([at(desc.condition, DEREFERENCE), expression(desc.then, mode), desc.else === undefined ? new Map<Ident, Mode>() : expression(desc.else, mode)]);
    case "setfield":
      return join(at(desc.record, DEREFERENCE), at(desc.value, DEREFERENCE));
    case "field":
      return at(desc.record, DEREFERENCE);
    case "sequence": {
      const last = desc.expressions.length - 1;
      return join(every(desc.expressions.slice(0, last), GUARD), expression(desc.expressions[last]!, mode));
    }
    case "send":
      return at(desc.object, DEREFERENCE);
    case "new":
      return pathUses(desc.path, compose(mode, DEREFERENCE));
    case "instvar":
      return join(pathUses(desc.self, compose(mode, DEREFERENCE)), pathUses(desc.variable, mode));
    case "setinstvar":
      return all([pathUses(desc.self, compose(mode, DEREFERENCE)), pathUses(desc.variable, compose(mode, DEREFERENCE)), at(desc.value, DEREFERENCE)]);
    case "override":
      return join(pathUses(desc.self, compose(mode, DEREFERENCE)), every(desc.fields.map((f) => f.expression), DEREFERENCE));
    case "letexception":
      return expression(desc.body, mode);
    case "assert":
      return at(desc.condition, DEREFERENCE);
    case "lazy":
      return at(desc.expression, lazyArgument(desc.expression) === "other" ? DELAY : RETURN);
    case "object":
      return new Map([...all(desc.structure.fields.map(classFieldUses))].map(([id, m]) => [id, compose(mode, m)]));
    case "pack":
      return moduleUses(desc.module, mode);
    case "function": {
      const list: Uses[] = [];
      for (const p of desc.parameters) if (p.default !== undefined) list.push(at(p.default, DELAY));
      if (desc.body.kind === "body") list.push(at(desc.body.expression, DELAY));
      else list.push(cases(desc.body.cases, compose(mode, DELAY)).uses);
      return all(list);
    }
    case "letop":
      return all([...[desc.let, ...desc.ands].flatMap((b) => [pathUses(b.path, compose(mode, DEREFERENCE)), at(b.expression, DEREFERENCE)]), cases([desc.body], compose(mode, DELAY)).uses]);
    case "open": {
      const body = expression(desc.body, mode);
      return join(body, moduleUses(desc.declaration.module, compose(mode, DEREFERENCE)));
    }
    case "extensionConstructor":
      return pathUses(desc.path, mode);
  }
}

function classFieldUses(f: T.ClassField): Uses {
  switch (f.desc.kind) {
    case "inherit":
      return classUses(f.desc.class);
    case "val":
      return f.desc.definition.kind === "concrete" ? expression(f.desc.definition.expression, DEREFERENCE) : new Map();
    case "method":
      // Methods too: they may be called while the object is being made.
      return f.desc.definition.kind === "concrete" ? new Map([...expression(f.desc.definition.expression, DEREFERENCE)].map(([id, m]) => [id, compose(DEREFERENCE, m)])) : new Map();
    case "initializer":
      return expression(f.desc.expression, DEREFERENCE);
    default:
      return new Map();
  }
}
function classUses(c: T.ClassExpr): Uses {
  const { desc } = c;
  switch (desc.kind) {
    case "ident":
      return pathUses(desc.path, DEREFERENCE);
    case "structure":
      return all(desc.structure.fields.map(classFieldUses));
    case "fun":
      return classUses(desc.body);
    case "apply":
      return all([classUses(desc.class), ...desc.args.map((a) => (a.argument.kind === "expression" ? expression(a.argument.expression, DEREFERENCE) : new Map<Ident, Mode>()))]);
    case "let":
      return all([...desc.bindings.map((b) => expression(b.expression, DEREFERENCE)), classUses(desc.body)]);
    case "constraint":
      return classUses(desc.class);
    case "open":
      return classUses(desc.body);
  }
}

function letUses(desc: Extract<T.ExpressionDesc, { kind: "let" }>, mode: Mode): Uses {
  // Chains of lets are followed by a loop, then put together from the inside.
  const chain: Extract<T.ExpressionDesc, { kind: "let" }>[] = [desc];
  let { body } = desc;
  while (body.desc.kind === "let") {
    chain.push(body.desc);
    ({ body } = body.desc);
  }
  let uses = expression(body, mode);
  for (let i = chain.length - 1; i >= 0; i--) {
    const { rec, bindings } = chain[i]!;
    if (rec === "nonrecursive") {
      const own: Uses[] = [];
      for (const b of bindings) own.push(expression(b.expression, compose(mode, patternMode(b.pattern, uses))));
      uses = all([uses, ...own]);
      continue;
    }
    // Recursive ones: how each is used through the others, as a least fixed point.
    const ids = bindings.map((b) => boundBy(b.pattern)[0]);
    const modes = ids.map((id) => Math.max(GUARD, id === undefined ? IGNORE : (uses.get(id) ?? IGNORE)));
    let own: Uses[] = [];
    for (let changed = true; changed; ) {
      changed = false;
      own = bindings.map((b, k) => expression(b.expression, compose(mode, modes[k]!)));
      ids.forEach((id, k) => {
        if (id === undefined) return;
        const m = Math.max(modes[k]!, ...own.map((u) => u.get(id) ?? IGNORE));
        if (m > modes[k]!) {
          modes[k] = m;
          changed = true;
        }
      });
    }
    uses = all([uses, ...own]);
    for (const id of ids) if (id !== undefined) uses.delete(id);
  }
  return uses;
}

function moduleUses(m: T.ModuleExpr, mode: Mode): Uses {
  const { desc } = m;
  switch (desc.kind) {
    case "ident":
      return pathUses(desc.path, mode);
    case "structure": {
      const list: Uses[] = [];
      for (const item of desc.structure.items) {
        if (item.desc.kind === "eval") list.push(expression(item.desc.expression, GUARD));
        else if (item.desc.kind === "value") for (const b of item.desc.bindings) list.push(expression(b.expression, isDestructuring(b.pattern) ? DEREFERENCE : compose(mode, GUARD)));
        else if (item.desc.kind === "deferred") for (const b of item.desc.bindings()) list.push(expression(b.expression, compose(mode, GUARD)));
        else if (item.desc.kind === "module") list.push(moduleUses(item.desc.binding.module, compose(mode, GUARD)));
        else if (item.desc.kind === "include") list.push(moduleUses(item.desc.module, DEREFERENCE));
      }
      return all(list);
    }
    case "functor":
      return moduleUses(desc.body, compose(mode, DELAY));
    case "apply":
      return join(moduleUses(desc.functor, DEREFERENCE), moduleUses(desc.argument, DEREFERENCE));
    case "applyunit":
      return moduleUses(desc.functor, DEREFERENCE);
    case "constraint":
      return moduleUses(desc.module, desc.coercion.kind === "none" ? mode : DEREFERENCE);
    case "unpack":
      return expression(desc.expression, mode);
  }
}

/** Whether the size of the value is known before it is computed. */
function isStatic(e: T.Expression, known: Map<Ident, boolean>): boolean {
  const { desc } = e;
  switch (desc.kind) {
    case "let":
      for (const b of desc.bindings) if (b.pattern.desc.kind === "var") known.set(b.pattern.desc.id, isStatic(b.expression, known));
      return isStatic(desc.body, known);
    case "ident":
      return desc.path.kind === "ident" && known.get(desc.path.id) === true;
    case "open": case "letmodule": case "letexception":
      return isStatic(desc.body, known);
    case "sequence":
      return isStatic(desc.expressions[desc.expressions.length - 1]!, known);
    case "construct":
      return desc.constructor.tag.kind === "unboxed" ? isStatic(desc.args[0]!, known) : true;
    case "record": {
      const first = desc.fields[0];
      return desc.representation.kind === "unboxed" && first?.kind === "overridden" ? isStatic(first.expression, known) : true;
    }
    case "variant": case "tuple": case "extensionConstructor": case "constant": case "for": case "while": case "setfield": case "setinstvar": case "unreachable": case "array": case "function":
      return true;
    case "apply":
      return isReference(desc.function) || desc.args.some((a) => a.argument.kind === "omitted");
    case "pack":
      return desc.module.desc.kind === "structure" || (desc.module.desc.kind === "constraint" && desc.module.desc.module.desc.kind === "structure");
    case "lazy":
      return lazyArgument(desc.expression) === "other" ? true : isStatic(desc.expression, known);
    default:
      return false;
  }
}

/** Reports right-hand sides that use what is not there yet. */
export function checkRecursiveBindings(bindings: readonly T.ValueBinding[]): void {
  const ids = bindings.flatMap((b) => boundBy(b.pattern));
  for (const b of bindings) {
    if (b.expression.desc.kind === "function") continue;
    const uses = expression(b.expression, RETURN);
    const inspected = ids.some((id) => (uses.get(id) ?? IGNORE) > GUARD);
    const dependent = ids.some((id) => (uses.get(id) ?? IGNORE) > IGNORE);
    if (inspected || (dependent && !isStatic(b.expression, new Map()))) throw new CompileError(errorAt(b.expression.loc, "This kind of expression is not allowed as right-hand side of `let rec'"));
  }
}
