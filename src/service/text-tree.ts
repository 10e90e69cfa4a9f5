/** Texts of a service as they stand in a file: words, or lists of words, under names within names. */
import { isGroup } from '#source';

/** A text. A list is one text: its parts are one thought. */
export type Leaf = string | readonly string[];
export type Tree = Readonly<Record<string, unknown>>;

const isLeaf = (value: unknown): value is Leaf => typeof value === 'string' || Array.isArray(value);

/** @returns a text in one piece */
export const wordsOf = (leaf: Leaf): string => (typeof leaf === 'string' ? leaf : leaf.join('\n'));

/** @returns every text by its place: `pages.what.title` */
export function leavesOf(tree: Tree, at = '', found = new Map<string, Leaf>()): ReadonlyMap<string, Leaf> {
  for (const [key, value] of Object.entries(tree)) {
    if (isLeaf(value)) found.set(at + key, value);
    else if (isGroup(value)) leavesOf(value, `${at}${key}.`, found);
  }
  return found;
}

/**
 * @param change is given each text, its place, and what stands there in the tree beside
 * @returns the same tree with something else in the place of its texts; what is undefined goes
 */
export function mapLeaves(
  tree: Tree,
  change: (leaf: Leaf, path: string, there: Leaf | undefined) => unknown,
  beside: Tree = {},
  at = '',
): Tree {
  const mapped: Record<string, unknown> = {};
  for (const key of Object.keys(tree)) {
    const [value, path] = [tree[key], at + key];
    const there = Object.hasOwn(beside, key) ? beside[key] : undefined;
    const changed = isLeaf(value)
      ? change(value, path, isLeaf(there) ? there : undefined)
      : value && mapLeaves(value as Tree, change, isGroup(there) ? there : {}, `${path}.`);
    if (changed !== undefined) mapped[key] = changed;
  }
  return mapped;
}
