/** Finding the nodes of a typed tree at a place in its source. */
import type { Location } from "../syntax/diagnostics.ts";
import type { Env } from "../typing/env.ts";
import { children, type TypedNode } from "../typing/typed-nodes.ts";
import type { Structure } from "../typing/typedtree.ts";

const contains = (loc: Location, offset: number): boolean => loc.start <= offset && offset <= loc.end;

/** The nodes whose text contains the offset, from the outermost to the innermost. Nodes that the parser made up, and classes, are passed through. */
export function nodesAt(structure: Structure, offset: number): TypedNode[] {
  const found: TypedNode[] = [];
  let level: TypedNode[] = structure.items.map((node): TypedNode => ({ kind: "item", node }));
  while (level.length > 0) {
    const next: TypedNode[] = [];
    for (const item of level) {
      const { loc } = item.node;
      if (loc.ghost || item.kind === "class") next.push(...children(item));
      else if (contains(loc, offset)) {
        found.push(item);
        next.push(...children(item));
      }
    }
    level = next;
  }
  // Of two that touch at the offset the one that begins there is meant; otherwise the shorter is the inner one.
  return found.sort((a, b) => length(b) - length(a) || a.node.loc.start - b.node.loc.start);
}
const length = ({ node }: TypedNode): number => node.loc.end - node.loc.start;

/** The environment at the offset: that of the innermost node, or inside a structure what the items before have defined. */
export function envAt(structure: Structure, offset: number, initial: Env): Env {
  const nodes = nodesAt(structure, offset);
  const innermost = nodes[nodes.length - 1];
  if (innermost === undefined) return betweenItems(structure, offset, initial);
  if (innermost.kind === "module" && innermost.node.desc.kind === "structure") return betweenItems(innermost.node.desc.structure, offset, innermost.node.env);
  // Past the `=` of a functor its parameters are known.
  return innermost.node.env;
}

function betweenItems({ items, finalEnv }: Structure, offset: number, initial: Env): Env {
  const next = items.find((item) => item.loc.start >= offset);
  return next?.env ?? (items.length > 0 ? finalEnv : initial);
}
