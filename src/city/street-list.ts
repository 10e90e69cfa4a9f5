/** Lists of streets as files: one a line, or JSON; a street may say its postcodes. */
import { compare, SOURCE } from '#language';
import { foldStreet } from './streets.ts';

/** A street of the list. */
export interface ListedStreet {
  name: string;
  /** Those it has houses in; undefined where the list does not say them. */
  postcodes: readonly string[] | undefined;
}

/** Something in a list that cannot be read. It quotes nothing of the content. */
export class StreetListError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const POSTCODE = /^\d{5}$/;

/** @returns the streets tidied, each once (two spellings that fold alike count as one, with the postcodes of both), in German order */
export function sortedStreets(streets: Iterable<ListedStreet>): ListedStreet[] {
  const byFold = new Map<string, ListedStreet>();
  for (const { name, postcodes } of streets) {
    const clean = name.normalize('NFC').trim().replace(/\s+/g, ' ');
    const folded = foldStreet(clean);
    const before = byFold.get(folded);
    const all = new Set([...(before?.postcodes ?? []), ...(postcodes ?? [])]);
    const merged = { name: before?.name ?? clean, postcodes: all.size > 0 ? [...all].sort() : undefined };
    if (folded !== '') byFold.set(folded, merged);
  }
  return [...byFold.values()].sort((a, b) => compare(a.name, b.name, SOURCE));
}

function postcodesIn(texts: readonly string[], line: number): readonly string[] | undefined {
  const postcodes = texts.map((text) => text.trim()).filter((text) => text !== '');
  if (postcodes.every((postcode) => POSTCODE.test(postcode)))
    return postcodes.length > 0 ? postcodes : undefined;
  throw new StreetListError(line, 'a postcode has five digits');
}

/**
 * Reads a street list: one name a line, after a semicolon its postcodes where they are known (`Zirkel; 76131, 76133`).
 * Empty lines and lines that begin with # are left out.
 * @throws StreetListError
 */
export function parseStreetText(text: string): ListedStreet[] {
  const streets = text.split(/\r?\n/).flatMap((line, index): ListedStreet[] => {
    const [name = '', postcodes = '', ...rest] = line.split(';');
    if (line.trim() === '' || line.trim().startsWith('#')) return [];
    if (rest.length > 0)
      throw new StreetListError(index + 1, 'one semicolon parts a street from its postcodes');
    if (/,\s*\d{5}\b/.test(name))
      throw new StreetListError(index + 1, 'a semicolon, no comma, parts a street from its postcodes');
    return [{ name, postcodes: postcodesIn(postcodes.split(','), index + 1) }];
  });
  return sortedStreets(streets);
}

/**
 * Reads a street list in JSON: an array of names, or of objects with `name` or `street`, and `postcodes` or `postcode`
 * where they are known.
 * @throws Error that says what is wrong, without quoting the content
 */
export function parseStreetJson(text: string): ListedStreet[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error('expected a JSON array of street names');
  return sortedStreets(parsed.map(entryOf));
}

function entryOf(item: unknown, index: number): ListedStreet {
  if (typeof item === 'string') return { name: item, postcodes: undefined };
  const { name, street, postcodes, postcode } = Object(item) as Record<string, unknown>;
  const called = [name, street].find((one) => typeof one === 'string');
  const codes = postcodes ?? (postcode === undefined ? [] : [postcode]);
  if (typeof called !== 'string')
    throw new Error(`entry ${index + 1} is neither a name nor an object with "name" or "street"`);
  if (!Array.isArray(codes) || !codes.every((one) => typeof one === 'string' && POSTCODE.test(one)))
    throw new Error(`entry ${index + 1}: "postcodes" must be a list of texts of five digits`);
  return { name: called, postcodes: codes.length > 0 ? codes : undefined };
}

/** @returns the list as text that {@link parseStreetText} reads */
export function streetText(streets: readonly ListedStreet[]): string {
  const lines = streets.map(({ name, postcodes }) =>
    postcodes === undefined ? name : `${name}; ${postcodes.join(', ')}`,
  );
  return `${lines.join('\n')}\n`;
}
