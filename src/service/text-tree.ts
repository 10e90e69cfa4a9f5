/** Texts of a service as they stand in a file: words, or lists of words, under names within names. */

/** A text. A list is one text: its parts are one thought. */
export type Leaf = string | readonly string[];
export type Tree = Readonly<Record<string, unknown>>;

const isLeaf = (value: unknown): value is Leaf => typeof value === 'string' || Array.isArray(value);

/** @returns whether there are texts below it */
export const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns a text in one piece */
export const wordsOf = (leaf: Leaf): string => (typeof leaf === 'string' ? leaf : leaf.join('\n'));

/** @returns every text by its place: `pages.what.title` */
export function leavesOf(tree: Tree, at = '', found = new Map<string, Leaf>()): ReadonlyMap<string, Leaf> {
  for (const [key, value] of Object.entries(tree)) {
    if (isLeaf(value)) found.set(at + key, value);
    else if (isBranch(value)) leavesOf(value, `${at}${key}.`, found);
  }
  return found;
}

/** @returns the same tree with something else in the place of its texts; what is undefined goes */
export function mapLeaves(tree: Tree, change: (leaf: Leaf, path: string) => unknown, at = ''): Tree {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => {
      const path = at + key;
      const changed = isLeaf(value)
        ? change(value, path)
        : value && mapLeaves(value as Tree, change, `${path}.`);
      return changed === undefined ? [] : [[key, changed] as const];
    }),
  );
}
