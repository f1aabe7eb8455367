/** Immutable maps from names: AVL trees that share structure, so that every environment is a value. */

export interface PersistentMap<T> {
  readonly key: string;
  readonly value: T;
  readonly left: PersistentMap<T> | undefined;
  readonly right: PersistentMap<T> | undefined;
  readonly height: number;
}

export type Tree<T> = PersistentMap<T> | undefined;

const heightOf = <T>(tree: Tree<T>): number => (tree === undefined ? 0 : tree.height);

function node<T>(key: string, value: T, left: Tree<T>, right: Tree<T>): PersistentMap<T> {
  return { key, value, left, right, height: Math.max(heightOf(left), heightOf(right)) + 1 };
}

function balanced<T>(key: string, value: T, left: Tree<T>, right: Tree<T>): PersistentMap<T> {
  const l = heightOf(left);
  const r = heightOf(right);
  if (l > r + 1) {
    const a = left!;
    if (heightOf(a.left) >= heightOf(a.right)) return node(a.key, a.value, a.left, node(key, value, a.right, right));
    const b = a.right!;
    return node(b.key, b.value, node(a.key, a.value, a.left, b.left), node(key, value, b.right, right));
  }
  if (r > l + 1) {
    const a = right!;
    if (heightOf(a.right) >= heightOf(a.left)) return node(a.key, a.value, node(key, value, left, a.left), a.right);
    const b = a.left!;
    return node(b.key, b.value, node(key, value, left, b.left), node(a.key, a.value, b.right, a.right));
  }
  return node(key, value, left, right);
}

export function find<T>(tree: Tree<T>, key: string): T | undefined {
  while (tree !== undefined) {
    if (key === tree.key) return tree.value;
    tree = key < tree.key ? tree.left : tree.right;
  }
  return undefined;
}

export function add<T>(tree: Tree<T>, key: string, value: T): PersistentMap<T> {
  if (tree === undefined) return { key, value, left: undefined, right: undefined, height: 1 };
  if (key === tree.key) return { key, value, left: tree.left, right: tree.right, height: tree.height };
  if (key < tree.key) return balanced(tree.key, tree.value, add(tree.left, key, value), tree.right);
  return balanced(tree.key, tree.value, tree.left, add(tree.right, key, value));
}

export function* keys<T>(tree: Tree<T>): Generator<string> {
  if (tree === undefined) return;
  yield* keys(tree.left);
  yield tree.key;
  yield* keys(tree.right);
}
