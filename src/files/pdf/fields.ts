/** Fields of forms whose values are to be set onto the page. */
import { type Dict, type Document, isDict, isReference, type Value } from './document.ts';

/** A chain of fields that is longer leads back into itself. */
const DEEPEST = 20;

/** A field of a form, with what it inherits (12.7.4.2). */
export interface Field {
  /** Of several that are one: the last above it. */
  root: Value;
  own(key: string): Value;
}

export function fieldOf(reference: Value, { at }: Document): Field {
  const chain: Value[] = [reference];
  for (let up = at(reference); isDict(up) && up['/Parent'] !== undefined && chain.length < DEEPEST; ) {
    chain.push(up['/Parent']);
    up = at(up['/Parent']);
  }
  const dicts = chain.map(at).filter(isDict);
  return {
    root: chain.at(-1) ?? null,
    own: (key) => at(dicts.find((dict) => dict[key] !== undefined)?.[key]),
  };
}

/** Flags of fields (ISO 32000-2, tables 231, 233): more than one line, a password, formatted text, one box a letter. */
const UNUSUAL = (1 << 12) | (1 << 13) | (1 << 24) | (1 << 25);
/** Of a choice: opens as a list, instead of showing one by one. */
const COMBO = 1 << 17;
/** qpdf sets text in this size where a field leaves it to the program. */
const SIZE = 11;
/** What Windows' table of the West has a letter for. */
const WESTERN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;
const PLAIN = /^[\x20-\x7e]*$/;

/** The font that a default appearance names, and its size: zero leaves it to the program (12.7.4.3). */
function fontOf(appearance: Value): { name: string; size: number } | undefined {
  if (typeof appearance !== 'string') return undefined;
  const [, name, size] = /(\/[^\s/[\]()<>]+)\s+([\d.]+)\s+Tf\b/.exec(appearance) ?? [];
  return name === undefined ? undefined : { name, size: Number(size) };
}

function fontNamed(name: string, form: Dict, { at }: Document): Dict | undefined {
  const resources = at(form['/DR']);
  const fonts = isDict(resources) ? at(resources['/Font']) : null;
  const font = isDict(fonts) ? at(fonts[name]) : null;
  return isDict(font) ? font : undefined;
}

/** How wide a letter is at most in the usual fonts, in parts of its height. */
const widthOf = (letter: string): number =>
  /[MW@%mw]/.test(letter) ? 0.95 : /[A-Z\u00c0-\u00df]/.test(letter) ? 0.8 : 0.56;

/** Text whose size is left to the program gets smaller where it must; qpdf would cut it off. */
function fits(text: string, size: number, annotation: Dict, { at }: Document): boolean {
  if (size > 0) return true;
  const box = at(annotation['/Rect']);
  if (!Array.isArray(box)) return false;
  const [x = 0, y = 0, right = 0, top = 0] = box.map((one) => Number(at(one)));
  const width = [...text].reduce((sum, letter) => sum + widthOf(letter), 0) * SIZE;
  return Math.abs(right - x) >= width + 4 && Math.abs(top - y) >= SIZE + 2;
}

/** What a choice shows may be another text than its value (12.7.5.4). */
function showsItsValue(field: Field, { at }: Document): boolean {
  const options = field.own('/Opt');
  return !Array.isArray(options) || options.every((one) => !Array.isArray(at(one)));
}

/**
 * Whether qpdf sets a field's value as any other program would: it knows one line, in letters that the font's table
 * has, from the left.
 */
export function isWritable(field: Field, annotation: Dict, form: Dict, document: Document): boolean {
  const value = field.own('/V');
  const flags = Number(field.own('/Ff') ?? 0);
  const isChoice = field.own('/FT') === '/Ch';
  if (typeof value !== 'string' || !value.startsWith('u:')) return false;
  if (isChoice ? !(flags & COMBO) || !showsItsValue(field, document) : flags & UNUSUAL) return false;
  const look = document.at(annotation['/MK']);
  if (isDict(look) && Number(document.at(look['/R']) ?? 0) !== 0) return false;
  const fields = document.at(form['/Fields']);
  if (!isReference(field.root) || !Array.isArray(fields) || !fields.includes(field.root)) return false;
  const used = fontOf(field.own('/DA') ?? document.at(form['/DA']));
  const font = used && fontNamed(used.name, form, document);
  if (!font) return false;
  const western = document.at(font['/Encoding']) === '/WinAnsiEncoding';
  const text = value.slice(2);
  const simple = font['/Subtype'] === '/Type1' || font['/Subtype'] === '/TrueType';
  return simple && (western ? WESTERN : PLAIN).test(text) && fits(text, used.size, annotation, document);
}
