/**
 * What each translation remembers of its German: `<language>.seen.yaml` beside the texts, written by `npm run schemas` and by
 * `./amtomat texts`. When the German changes and the translation does not, it is stale: the German stands in its place.
 */
import { hash } from 'node:crypto';

/** Texts of one file by their place: `layout.skip`. */
export type Texts = ReadonlyMap<string, string>;

/** Short: it tells a changed sentence from an unchanged one, and defends nothing. */
const print = (text: string): string => hash('sha256', text, 'hex').slice(0, 8);

/** How a translation stands to its German. */
export interface Freshness {
  /** `new`: nothing is remembered yet, or German and translation have both changed since. */
  state: 'hole' | 'stale' | 'new' | 'current';
  /** A machine has translated it and no person has approved it. */
  machine: boolean;
}

/** What is remembered of one text: `<German> <translation>`, and `machine` until a person has approved it. */
const SEEN = /^(?<source>[0-9a-f]{8}) (?<own>[0-9a-f]{8})(?<machine> machine)?$/;

/** @returns whether an entry of a `.seen.yaml` can be read */
export const isSeen = (entry: string): boolean => SEEN.test(entry);

/**
 * @param source the German text
 * @param own the translation, where there is one
 * @param seen what is remembered of it
 * @param byMachine whether a text of which nothing is remembered comes from a machine
 */
export function freshnessOf(
  source: string,
  own: string | undefined,
  seen: string | undefined,
  byMachine: boolean,
): Freshness {
  if (own === undefined) return { state: 'hole', machine: false };
  const known = SEEN.exec(seen ?? '')?.groups;
  const same = known?.own === print(own);
  if (known?.source !== print(source)) {
    return same
      ? { state: 'stale', machine: known?.machine !== undefined }
      : { state: 'new', machine: byMachine };
  }
  // Whoever writes a machine's text anew has read it.
  return same
    ? { state: 'current', machine: known.machine !== undefined }
    : { state: 'new', machine: byMachine };
}

/** @returns the entry that remembers both texts as they are now */
export function seenNow(source: string, own: string, machine: boolean): string {
  return `${print(source)} ${print(own)}${machine ? ' machine' : ''}`;
}
