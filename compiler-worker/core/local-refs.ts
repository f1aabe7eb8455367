/**
 * Local references to mutable variables: a mutable block that never leaves its function (only its fields are read and
 * set) becomes one variable a field.
 */
import * as b from "./build.ts";
import type { Expr, Program, TopBinding, Variable } from "./core.ts";
import { forEachChild } from "./free.ts";
import { PassMemo } from "./memo.ts";
import { mapBindings, mapFunctionBodies, rewrite, type Rules } from "./rewrite.ts";

/** Fields of a larger record are rarely all local; a bound keeps the frames small. */
const MAX_FIELDS = 8;

/** Finds blocks of which only fields are used, in the function that makes them. */
export function localBlocks(root: Expr): Map<Variable, number> {
  const blocks = new Map<Variable, number>();
  const collect = (start: Expr): void => {
    const stack: Expr[] = [start];
    for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
      if (e.kind === "let" && !e.variable.mutable && e.value.kind === "primitive" && e.value.primitive.op === "block.make" && e.value.primitive.mutable && e.value.primitive.tag === 0) {
        const size = e.value.args.length;
        if (size > 0 && size <= MAX_FIELDS) blocks.set(e.variable, size);
      }
      forEachChild(
        e,
        (child) => {
          stack.push(child);
        },
        () => undefined,
      );
    }
  };
  collect(root);
  if (blocks.size === 0) return blocks;
  // Every other use makes the block escape; so does any use inside a function.
  const uses = (start: Expr, inFunction: boolean): void => {
    const stack: Expr[] = [start];
    for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
      if (e.kind === "var") {
        blocks.delete(e.variable);
        continue;
      }
      if (e.kind === "primitive" && !inFunction) {
        const p = e.primitive;
        const first = e.args[0];
        if ((p.op === "block.field" || p.op === "block.setField") && first?.kind === "var" && p.index < (blocks.get(first.variable) ?? 0)) {
          for (const arg of e.args.slice(1)) stack.push(arg);
          continue;
        }
      }
      forEachChild(
        e,
        (child) => {
          stack.push(child);
        },
        (f) => uses(f.body, true),
      );
    }
  };
  uses(root, false);
  return blocks;
}

function rewriteBlocks(fresh: b.Fresh, blocks: ReadonlyMap<Variable, number>, root: Expr): Expr {
  const fields = new Map<Variable, Variable[]>();
  const rules: Rules = {
    // What is inside a function does not mention these blocks.
    function: (f) => f,
    node: (e) => {
      if (e.kind === "let" && e.value.kind === "primitive" && blocks.has(e.variable)) {
        const { variable, value } = e;
        const variables = value.args.map((_, i) => fresh.mutable(value.args.length > 1 ? `${variable.name}_${i}` : variable.name, "value"));
        fields.set(variable, variables);
        const values = value.args.map((arg) => rewrite(rules, arg));
        // The last field is evaluated first.
        return { frame: (body) => variables.reduce((rest, field, i) => b.letIn(field, values[i]!, rest), body), next: e.body };
      }
      if (e.kind !== "primitive") return undefined;
      const p = e.primitive;
      const first = e.args[0];
      if ((p.op !== "block.field" && p.op !== "block.setField") || first?.kind !== "var") return undefined;
      const field = fields.get(first.variable)?.[p.index];
      if (field === undefined) return undefined;
      return p.op === "block.field" ? b.variable(field) : b.assign(field, rewrite(rules, e.args[1]!));
    },
  };
  return rewrite(rules, root);
}

export function localReferences(program: Program, fresh: b.Fresh, memo: PassMemo<TopBinding> = new PassMemo()): Program {
  return mapBindings(program, memo, (binding) =>
    mapFunctionBodies(binding, (body) => {
      const blocks = localBlocks(body);
      return blocks.size === 0 ? body : rewriteBlocks(fresh, blocks, body);
    }),
  );
}
