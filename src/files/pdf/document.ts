/** A PDF file as qpdf's JSON tells it (version 2): objects by number, each a value or a stream. */

/**
 * Names begin with `/` (or `n:/` when they are no UTF-8), texts with `u:` or `b:`, references look like `5 0 R`: what
 * stands in a text can never be taken for anything else.
 */
export type Value = null | boolean | number | string | Value[] | Dict;
export interface Dict {
  [key: string]: Value;
}
export interface Stream {
  dict: Dict;
  /** As it stands in the file, in base64. */
  data?: string;
}
type Entry = { value: Value; stream?: undefined } | { stream: Stream; value?: undefined };

const REFERENCE = /^\d+ \d+ R$/;
export const isReference = (value: Value | undefined): value is string =>
  typeof value === 'string' && REFERENCE.test(value);
export const isDict = (value: Value | undefined): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects of a file, looked up by reference. */
export interface Document {
  catalog: Dict;
  /** Everything that the file's table names, whether something leads there or not. */
  all: readonly [reference: string, value: Value][];
  /** All that the file has, whether something leads there or not; tables of objects and packed objects among them. */
  streams: readonly Stream[];
  /** @returns the value itself, or what it refers to: for a stream its dictionary; null when there is no such object */
  at(value: Value | undefined): Value;
  /** @returns the stream that a reference leads to */
  streamAt(value: Value | undefined): Stream | undefined;
}

/** @throws Error when the text is not qpdf's */
export function readDocument(json: string): Document {
  const [, entries] = (JSON.parse(json) as { qpdf: [unknown, Record<string, Entry>] }).qpdf;
  const entryAt = (value: Value | undefined): Entry | undefined =>
    isReference(value) ? entries[`obj:${value}`] : undefined;
  const at = (value: Value | undefined): Value => {
    if (!isReference(value)) return value ?? null;
    const entry = entryAt(value);
    return entry?.stream?.dict ?? entry?.value ?? null;
  };
  const trailer = entries.trailer?.value;
  const catalog = isDict(trailer) ? at(trailer['/Root']) : null;
  const references = Object.keys(entries).flatMap((key) => (key.startsWith('obj:') ? [key.slice(4)] : []));
  return {
    catalog: isDict(catalog) ? catalog : {},
    all: references.map((reference) => [reference, at(reference)]),
    streams: Object.values(entries).flatMap(({ stream }) => stream ?? []),
    at,
    streamAt: (value) => entryAt(value)?.stream,
  };
}

/** Keys under which resources stand (ISO 32000-2, 7.8.3): dictionaries of names that whoever wrote the file chose. */
export const RESOURCES: ReadonlySet<string> = new Set(['/Resources', '/DR']);
/** Keys elsewhere under which names were chosen: glyphs of a Type 3 font (9.6.4), inks of a colour space (8.6.6.5). */
export const NAMES: ReadonlySet<string> = new Set(['/CharProcs', '/Colorants', '/Solidities', '/DotGain']);

/** The dictionaries within a value, itself included; references are not followed. */
export function* dictsIn(value: Value): Generator<Dict> {
  const todo = [value];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (isDict(next)) yield next;
    if (typeof next === 'object' && next !== null) for (const one of Object.values(next)) todo.push(one);
  }
}

/** @returns the dictionaries whose keys are names that were chosen, and mean nothing */
export function dictsOfNames({ all, at }: Document): Set<Value> {
  const found = new Set<Value>();
  for (const [, value] of all)
    for (const dict of dictsIn(value))
      for (const [key, one] of Object.entries(dict)) {
        if (NAMES.has(key)) found.add(at(one));
        const resources = RESOURCES.has(key) ? at(one) : null;
        if (isDict(resources)) for (const names of Object.values(resources)) found.add(at(names));
      }
  return found;
}

const INHERITED = ['/Resources', '/MediaBox', '/CropBox', '/Rotate'] as const;

/** The tree of pages is not one: it has no pages, or leads back into itself. */
export class NoPagesError extends Error {}
/** More pages, or a larger tree of them, than anybody hands in. */
export class TooManyPagesError extends Error {}

/**
 * @returns every page in its order, with what it inherits (ISO 32000-2, 7.7.3.4)
 * @throws NoPagesError, TooManyPagesError
 */
export function pagesOf({ catalog, at }: Document, most: number): Dict[] {
  const pages: Dict[] = [];
  let looked = 0;
  const collect = (reference: Value | undefined, above: Dict, path: readonly Value[]): void => {
    looked += 1;
    if (looked > most * 4) throw new TooManyPagesError();
    const node = at(reference);
    if (!isDict(node)) return;
    if (reference !== undefined && path.includes(reference)) throw new NoPagesError();
    const own = { ...above };
    for (const key of INHERITED) if (node[key] !== undefined) own[key] = node[key];
    const kids = at(node['/Kids']);
    if (!Array.isArray(kids)) {
      pages.push({ ...node, ...own });
      if (pages.length > most) throw new TooManyPagesError();
      return;
    }
    for (const kid of kids) collect(kid, own, [...path, reference ?? null]);
  };
  collect(catalog['/Pages'], {}, []);
  if (pages.length === 0) throw new NoPagesError();
  return pages;
}

/** More than any program writes: usual is one a page, or some ten. */
const MOST_PARTS = 100_000;

/**
 * @returns every page in its order, with the streams it is written in
 * @throws NoPagesError, TooManyPagesError
 */
export function contentsOf(document: Document, most: number): { page: Dict; parts: Stream[] }[] {
  let looked = 0;
  return pagesOf(document, most).map((page) => {
    const contents = page['/Contents'];
    const list = document.at(contents);
    const references = Array.isArray(list) ? list : [contents];
    looked += references.length;
    if (looked > MOST_PARTS) throw new TooManyPagesError();
    return { page, parts: references.flatMap((reference) => document.streamAt(reference) ?? []) };
  });
}
