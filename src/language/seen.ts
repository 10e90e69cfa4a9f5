/**
 * What each translation remembers of its German: `<language>.seen.yaml` beside the texts, written by `npm run schemas` and by
 * `./amtomat texts`. When the German changes and the translation does not, it is stale: the German stands in its place.
 */
import { hash } from 'node:crypto';

/** Texts of one file by their place: `layout.skip`. */
export type Texts = ReadonlyMap<string, string>;

/** @returns a mark of a text: short, because it tells a changed sentence from an unchanged one, and defends nothing */
export const print = (text: string): string => hash('sha256', text, 'hex').slice(0, 8);

/** How a translation stands to its German. */
export interface Freshness {
  /** `new`: nothing is remembered yet, or German and translation have both changed since. */
  state: 'hole' | 'stale' | 'new' | 'current';
  /** A machine has translated it and no person has approved it. */
  machine: boolean;
}

/** What is remembered of one text: `<German> <translation>`, and `machine` until a person has approved it. */
const SEEN = /^(?<source>[0-9a-f]{8}) (?<own>[0-9a-f]{8})(?<machine> machine)?$/;

/** What is remembered of one text. */
export interface Seen {
  source: string;
  own: string;
  machine: boolean;
}

/** @returns what an entry of a `.seen.yaml` says; undefined when it cannot be read */
export function seenIn(entry: string): Seen | undefined {
  const { source = '', own = '', machine } = SEEN.exec(entry)?.groups ?? {};
  return source === '' ? undefined : { source, own, machine: machine !== undefined };
}

const LINE =
  /(?:#.*|(?<name>[\w.-]+): (?<source>[0-9a-f]{8}) (?<own>[0-9a-f]{8})(?<machine> machine)?)?(?:\n|$)/y;

/**
 * Reads a `.seen.yaml` of texts by their whole place, as they are written. There are as many entries as texts, so these files are
 * half of what a service says.
 * @returns undefined when it looks otherwise: then only a parser of YAML can read it, or say what is wrong
 */
export function seenQuickly(text: string): ReadonlyMap<string, Seen> | undefined {
  const all = new Map<string, Seen>();
  for (LINE.lastIndex = 0; LINE.lastIndex < text.length; ) {
    const line = LINE.exec(text);
    if (!line) return undefined;
    const [, name, source, own, machine] = line;
    if (name === undefined || source === undefined || own === undefined) continue;
    if (all.has(name)) return undefined;
    all.set(name, { source, own, machine: machine !== undefined });
  }
  return all;
}

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
  return freshnessOfMarks({ source: print(source), own: print(own) }, seenIn(seen ?? ''), byMachine);
}

/** The same, where marks of the German and of its translation are known. */
export function freshnessOfMarks(
  now: Pick<Seen, 'source' | 'own'>,
  seen: Seen | undefined,
  byMachine: boolean,
): Freshness {
  // Whoever writes a machine's text anew has read it.
  if (seen?.own !== now.own) return { state: 'new', machine: byMachine };
  return { state: seen.source === now.source ? 'current' : 'stale', machine: seen.machine };
}

/** @returns the entry that remembers both texts as they are now */
export function seenNow(source: string, own: string, machine: boolean): string {
  return `${print(source)} ${print(own)}${machine ? ' machine' : ''}`;
}
