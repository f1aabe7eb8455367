/**
 * `[@tail_mod_cons]`: a call in an argument of a constructor that is returned becomes a tail call of a version of the
 * function that writes its result into a hole (Bour, Clément, Scherer, "Tail modulo cons, OCaml, and relational
 * separation logic", POPL 2025). The constructor's block is made first, with the hole, and the other arguments are
 * evaluated before the call.
 */
import * as b from "./build.ts";
import type { Expr, Function, FunctionBinding, Program, TopBinding, Variable } from "./core.ts";
import { mapLeaves } from "./leaves.ts";
import { PassMemo } from "./memo.ts";
import { copyFunction } from "./rename.ts";
import { mapBinding, mapBindings, rewrite, type Rules } from "./rewrite.ts";

type Call = Extract<Expr, { kind: "apply" }>;

/** A chain of blocks, each in a field of the one before, with a call in the last. */
interface Construction {
  readonly blocks: readonly { readonly tag: number; readonly args: readonly Expr[]; readonly hole: number }[];
  readonly call: Call;
}

class Transformer {
  readonly #fresh: b.Fresh;
  /** Functions of the group with their versions that take a place for the result. */
  readonly #versions: ReadonlyMap<Variable, Variable>;

  constructor(fresh: b.Fresh, versions: ReadonlyMap<Variable, Variable>) {
    this.#fresh = fresh;
    this.#versions = versions;
  }

  #asCall(e: Expr): Call | undefined {
    return e.kind === "apply" && e.function.kind === "var" && this.#versions.has(e.function.variable) ? e : undefined;
  }

  #construction(start: Expr): Construction | undefined {
    const blocks: { tag: number; args: readonly Expr[]; hole: number }[] = [];
    let e = start;
    for (;;) {
      if (e.kind !== "primitive" || e.primitive.op !== "block.make") return undefined;
      const { tag } = e.primitive;
      const { args } = e;
      // The last argument that leads to a call, or the one that is marked.
      let hole = -1;
      for (let i = 0; i < args.length; i++) {
        const call = this.#asCall(args[i]!);
        if (call !== undefined && (hole < 0 || call.tailcall === true || this.#asCall(args[hole]!)?.tailcall !== true)) hole = i;
        else if (call === undefined && hole < 0 && this.#construction(args[i]!) !== undefined) hole = i;
      }
      if (hole < 0) return undefined;
      blocks.push({ tag, args, hole });
      const call = this.#asCall(args[hole]!);
      if (call !== undefined) return { blocks, call };
      e = args[hole]!;
    }
  }

  /** Makes the blocks, outermost in `top`, and ends with `rest(innermost block, hole)`. */
  #build(construction: Construction, rest: (top: Expr, block: Expr, hole: number) => Expr): Expr {
    const { blocks } = construction;
    const variables = blocks.map(() => this.#fresh.variable("cell"));
    const last = blocks[blocks.length - 1]!;
    let result = rest(b.variable(variables[0]!), b.variable(variables[variables.length - 1]!), last.hole);
    // From the innermost block, which has the hole, outwards.
    for (let i = 0; i < blocks.length; i++) {
      const { tag, args, hole } = blocks[i]!;
      const inner = i === blocks.length - 1 ? b.unit : b.variable(variables[i + 1]!);
      const fields = args.map((arg, k) => (k === hole ? inner : arg));
      result = b.letIn(variables[i]!, b.primitive({ op: "block.make", tag, mutable: true }, fields), result);
    }
    return result;
  }

  #into(call: Call, block: Expr, hole: Expr): Expr {
    const f = call.function as Extract<Expr, { kind: "var" }>;
    return b.apply(b.variable(this.#versions.get(f.variable)!), [block, hole, ...call.args], call.loc, call.inline, call.tailcall);
  }

  direct(e: Expr): Expr {
    return mapLeaves(e, (leaf) => {
      const construction = this.#construction(leaf);
      if (construction === undefined) return leaf;
      return this.#build(construction, (top, block, hole) => b.sequence(this.#into(construction.call, block, b.int(hole)), top));
    });
  }

  intoHole(e: Expr, destination: Variable, index: Variable): Expr {
    const store = (value: Expr): Expr => b.primitive({ op: "block.setFieldAt", store: "pointer" }, [b.variable(destination), b.variable(index), value]);
    return mapLeaves(e, (leaf) => {
      const call = this.#asCall(leaf);
      if (call !== undefined) return this.#into(call, b.variable(destination), b.variable(index));
      const construction = this.#construction(leaf);
      if (construction === undefined) return store(leaf);
      return this.#build(construction, (top, block, hole) => b.sequence(store(top), this.#into(construction.call, block, b.int(hole))));
    });
  }
}

function transformGroup(fresh: b.Fresh, functions: readonly FunctionBinding[]): readonly FunctionBinding[] {
  const marked = functions.filter((f) => f.function.tailModCons);
  if (marked.length === 0) return functions;
  const versions = new Map<Variable, Variable>();
  for (const { variable } of marked) versions.set(variable, fresh.variable(`${variable.name}_into`));
  const transformer = new Transformer(fresh, versions);
  const out: FunctionBinding[] = [];
  for (const binding of functions) {
    const { variable, function: f } = binding;
    const version = versions.get(variable);
    if (version === undefined) {
      out.push(binding);
      continue;
    }
    const copy = copyFunction(fresh, f);
    const destination = fresh.variable("destination");
    const index = fresh.variable("index", "immediate");
    const into: Function = {
      ...b.withBody(copy, transformer.intoHole(copy.body, destination, index), [destination, index, ...copy.parameters], "immediate"),
      name: `${f.name}.into`,
      tailModCons: false,
    };
    out.push({ variable, function: { ...b.withBody(f, transformer.direct(f.body)), tailModCons: false } });
    out.push({ variable: version, function: into });
  }
  return out;
}

export function tailModCons(program: Program, fresh: b.Fresh, memo: PassMemo<TopBinding> = new PassMemo()): Program {
  const rules: Rules = {
    function: (f) => {
      const body = rewrite(rules, f.body);
      return body === f.body ? f : b.withBody(f, body);
    },
    node: (e) => {
      if (e.kind !== "letrec") return undefined;
      const functions = transformGroup(fresh, e.functions);
      if (functions === e.functions) return undefined;
      const inner = functions.map((f) => ({ variable: f.variable, function: rules.function(f.function) }));
      return { frame: (body) => b.letrecIn(inner, body), next: e.body };
    },
  };
  return mapBindings(program, memo, (binding) => {
    const mapped = mapBinding(binding, { expr: (e) => rewrite(rules, e), function: rules.function });
    if (mapped.kind !== "letrec") return mapped;
    const functions = transformGroup(fresh, mapped.functions);
    return functions === mapped.functions ? mapped : { kind: "letrec", functions };
  });
}
