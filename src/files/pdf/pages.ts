import {
  contentsOf,
  type Dict,
  type Document,
  isDict,
  isReference,
  NAMES,
  pagesOf,
  RESOURCES,
  type Stream,
  type Value,
} from './document.ts';
import { unpackedText } from './unpack.ts';

/** Of a page: what it looks like (ISO 32000-2, table 31). What it does, and what hangs on it, stays behind. */
const OF_A_PAGE = [
  '/MediaBox',
  '/CropBox',
  '/Rotate',
  '/UserUnit',
  '/Resources',
  '/Contents',
  '/Group',
] as const;
/** Of everything a page is drawn with: what could act, names other files, or tells of people and programs. */
const LEFT_BEHIND = new Set([
  ...['/A', '/AA', '/AF', '/EF', '/JS', '/Annots', '/B', '/Next', '/Dests', '/Names'],
  ...[
    '/Metadata',
    '/PieceInfo',
    '/LastModified',
    '/OPI',
    '/Ref',
    '/Parent',
    '/StructParent',
    '/StructParents',
  ],
]);
/** In a stream's dictionary these name a file outside whose content is to be taken instead (7.3.8.2). */
const ELSEWHERE = new Set(['/F', '/FFilter', '/FDecodeParms', '/Length', '/DL']);
const KINDS_LEFT_BEHIND = new Set(['/Action', '/EmbeddedFile', '/Filespec', '/Annot', '/Page', '/Pages']);
/** Lists of properties in resources: layers change what is seen, all others only what is known. */
const LAYERS = new Set(['/OCG', '/OCMD']);

/** qpdf takes no exponents: PDF has none. */
const plainNumber = (number: number): number =>
  Number.isInteger(number) ? number : Number(number.toFixed(6));

/**
 * What a dictionary is for, which its place tells: of `names` every key is one that a program chose (a font may be called
 * /A, a glyph /B), and says nothing of what it means.
 */
type Role = 'plain' | 'resources' | 'names';

/** Copies what pages are drawn with, object by object. */
class Copier {
  readonly #document: Document;
  readonly #known = new Set<string>();
  readonly #todo: [reference: string, role: Role][] = [];
  readonly #streams = new Map<string, Stream>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** Every stream that was copied. */
  get streams(): Stream[] {
    return [...this.#streams.values()];
  }

  value(value: Value, role: Role = 'plain'): Value {
    if (isReference(value)) return this.#reference(value, role);
    if (typeof value === 'number') return plainNumber(value);
    if (Array.isArray(value)) return value.map((one) => this.value(one));
    if (!isDict(value)) return value;
    return KINDS_LEFT_BEHIND.has(String(value['/Type'])) ? null : this.dict(value, role);
  }

  dict(dict: Dict, role: Role = 'plain', without: ReadonlySet<string> = LEFT_BEHIND): Dict {
    const entries = Object.entries(dict);
    if (role === 'names') return Object.fromEntries(entries.map(([name, one]) => [name, this.value(one)]));
    const kept = entries.filter(([key]) => !LEFT_BEHIND.has(key) && !without.has(key));
    return Object.fromEntries(kept.map(([key, value]) => [key, this.#entry(key, value, role)]));
  }

  #entry(key: string, value: Value, role: Role): Value {
    if (role === 'resources') return key === '/Properties' ? this.#layers(value) : this.value(value, 'names');
    if (RESOURCES.has(key)) return this.value(value, 'resources');
    return this.value(value, NAMES.has(key) ? 'names' : 'plain');
  }

  #layers(value: Value): Value {
    const { at } = this.#document;
    const properties = at(value);
    if (!isDict(properties)) return null;
    const layers = Object.entries(properties).filter(([, one]) => {
      const list = at(one);
      return isDict(list) && LAYERS.has(String(list['/Type']));
    });
    return Object.fromEntries(layers.map(([key, one]) => [key, this.value(one)]));
  }

  /** What one program wrote once may stand in two places: then the later role, which keeps more, writes it anew. */
  #reference(reference: string, wanted: Role): Value {
    const target = this.#document.at(reference);
    if (target === null || (isDict(target) && KINDS_LEFT_BEHIND.has(String(target['/Type'])))) return null;
    const role = this.#document.streamAt(reference) ? 'plain' : wanted;
    const known = this.#known.has(`${reference} ${role}`) || this.#known.has(`${reference} names`);
    if (!known) this.#todo.push([reference, role]);
    this.#known.add(`${reference} ${role}`);
    return reference;
  }

  /** @returns all objects that the values copied so far refer to, in qpdf's JSON */
  *objects(): Generator<[string, object]> {
    for (let next = this.#todo.pop(); next !== undefined; next = this.#todo.pop()) {
      const [reference, role] = next;
      const stream = this.#document.streamAt(reference);
      if (stream) {
        this.#streams.set(reference, stream);
        const dict = this.dict(stream.dict, 'plain', ELSEWHERE);
        yield [reference, { stream: { dict, data: stream.data ?? '' } }];
      } else if (role === 'names' || !this.#known.has(`${reference} names`)) {
        const target = this.#document.at(reference);
        yield [reference, { value: isReference(target) ? null : this.value(target, role) }];
      }
    }
  }
}

const isBlank = (stream: Stream): boolean =>
  (stream.data ?? '').length < 1_000 && /^\s*$/.test(unpackedText(stream));

/** Whether nothing at all stands on any page: whoever handed that in believes that something does. */
export function isEmpty(document: Document, most: number): boolean {
  // The same stream may be named any number of times.
  const parts = new Set(contentsOf(document, most).flatMap((page) => page.parts));
  return [...parts].every(isBlank);
}

/** A file of pages and nothing else, in qpdf's JSON, and the streams in it. */
export interface PagesOnly {
  json: string;
  streams: readonly Stream[];
}

/** Layers that are switched off stay so. */
function layersOf({ catalog, at }: Document, copier: Copier): Dict {
  const layers = at(catalog['/OCProperties']);
  return isDict(layers) ? { '/OCProperties': copier.dict(layers) } : {};
}

/**
 * Writes a new file of a file's pages: what they look like is copied by name, and all else is not: no actions, no
 * annotations, no attached files, no words about the file.
 * @param highest the highest number of an object in the file
 */
export function pagesOnly(document: Document, highest: number, most: number): PagesOnly {
  const copier = new Copier(document);
  const [catalog, tree] = [`${highest + 1} 0 R`, `${highest + 2} 0 R`];
  const objects: Record<string, object> = {};
  const kids = pagesOf(document, most).map((page, index) => {
    const reference = `${highest + 3 + index} 0 R`;
    const kept = OF_A_PAGE.filter((key) => page[key] !== undefined);
    const looks = Object.fromEntries(
      kept.map((key) => [key, copier.value(page[key] ?? null, RESOURCES.has(key) ? 'resources' : 'plain')]),
    );
    objects[`obj:${reference}`] = { value: { '/Type': '/Page', '/Parent': tree, ...looks } };
    return reference;
  });
  objects[`obj:${tree}`] = { value: { '/Type': '/Pages', '/Kids': kids, '/Count': kids.length } };
  objects[`obj:${catalog}`] = {
    value: { '/Type': '/Catalog', '/Pages': tree, ...layersOf(document, copier) },
  };
  for (const [reference, object] of copier.objects()) objects[`obj:${reference}`] = object;
  const last = highest + 2 + kids.length;
  // The right size is put in when the file is written, but only where there was one.
  objects.trailer = { value: { '/Root': catalog, '/Size': last + 1 } };
  const head = { jsonversion: 2, pdfversion: '1.7', maxobjectid: last };
  return { json: JSON.stringify({ qpdf: [head, objects] }), streams: copier.streams };
}
