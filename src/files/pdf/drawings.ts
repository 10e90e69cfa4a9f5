/** How much is drawn: forms that draw forms make a page of a few lines that no program ever finishes. */
import { contentsOf, type Dict, type Document, isDict, type Stream, type Value } from './document.ts';
import { MOST_WORDS, unpackedText } from './unpack.ts';

/** Words and pictures together, each as often as it is drawn. A map that draws a small sign 100,000 times has 20 million. */
const MOST_DRAWN = 200_000_000;
/** A picture's pixels take less time than words do. */
const PIXELS_A_WORD = 64;
const DEEPEST = 100;

/** A name, and what is done with it: a form or a picture is drawn, a pattern fills, a mask is set, a font is taken. */
const USES = /\/([^\s/[\]()<>{}%]+)(?:\s+-?[\d.]+)?\s+(Do|scn|SCN|gs|Tf)\b/g;
/** Texts are written in brackets, or as numbers in pointed ones; each byte is a glyph. */
const TEXTS = /\((?:\\[\s\S]|[^\\()])*\)|<[\da-fA-F\s]*>/g;

/** Names in a page are spelt as in its resources, or with numbers for letters (ISO 32000-2, 7.3.5). */
const spelt = (name: string): string =>
  `/${name.replace(/#([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))}`;

interface Resources {
  drawn: Dict;
  patterns: Dict;
  fonts: Dict;
  states: Dict;
}

/** Adds up what is drawn, each form once, however often it is drawn. */
class Counter {
  readonly #document: Document;
  readonly #known = new Map<Stream, number>();
  readonly #glyphs = new Map<Dict, number>();
  readonly #within = new Set<Stream>();

  constructor(document: Document) {
    this.#document = document;
  }

  #dict(value: Value | undefined): Dict {
    const dict = this.#document.at(value);
    return isDict(dict) ? dict : {};
  }

  #resources(value: Value | undefined): Resources {
    const resources = this.#dict(value);
    return {
      drawn: this.#dict(resources['/XObject']),
      patterns: this.#dict(resources['/Pattern']),
      fonts: this.#dict(resources['/Font']),
      states: this.#dict(resources['/ExtGState']),
    };
  }

  /** @param around the resources of what draws it: some forms have none of their own */
  #stream(reference: Value | undefined, around: Value | undefined): number {
    const stream = this.#document.streamAt(reference);
    if (!stream) return 0;
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    // What draws itself has no end; a program that gives up after some rounds has drawn a lot by then.
    if (this.#within.has(stream) || this.#within.size > DEEPEST) return MOST_DRAWN + 1;
    this.#within.add(stream);
    const drawn = this.#one(stream, around);
    this.#within.delete(stream);
    this.#known.set(stream, drawn);
    return drawn;
  }

  #one(stream: Stream, around: Value | undefined): number {
    const { dict } = stream;
    if (dict['/Subtype'] === '/Image') {
      const pixels = Number(this.#document.at(dict['/Width'])) * Number(this.#document.at(dict['/Height']));
      return 1 + (Number.isFinite(pixels) ? pixels / PIXELS_A_WORD : 0);
    }
    return this.words(unpackedText(stream), dict['/Resources'] ?? around);
  }

  /** The most that one glyph of a font draws. */
  #glyph(font: Dict): number {
    const known = this.#glyphs.get(font);
    if (known !== undefined) return known;
    const glyphs = Object.values(this.#dict(font['/CharProcs']));
    const most = glyphs.reduce(
      (sum: number, glyph) => Math.max(sum, this.#stream(glyph, font['/Resources'])),
      0,
    );
    this.#glyphs.set(font, most);
    return most;
  }

  #use(name: string, operator: string, { drawn, patterns, states }: Resources, around?: Value): number {
    if (operator === 'Do') return this.#stream(drawn[name], around);
    if (operator !== 'gs') return this.#stream(patterns[name], around);
    return this.#stream(this.#dict(this.#dict(states[name])['/SMask'])['/G'], around);
  }

  /** @returns how much is drawn by what stands in a page, a form, a pattern or a glyph */
  words(text: string, around: Value | undefined): number {
    const resources = this.#resources(around);
    let sum = text.length;
    let glyph = 0;
    for (const [, name = '', operator = ''] of text.matchAll(USES)) {
      if (operator !== 'Tf') sum += this.#use(spelt(name), operator, resources, around);
      else glyph = Math.max(glyph, this.#glyph(this.#dict(resources.fonts[spelt(name)])));
      if (sum > MOST_DRAWN) return sum;
    }
    if (glyph === 0) return sum;
    const letters = [...text.matchAll(TEXTS)].reduce((count, [found]) => count + found.length, 0);
    return sum + letters * glyph;
  }
}

/** Whether all pages together draw more than anybody can wait for, or something that draws itself. */
export function drawsTooMuch(document: Document, most: number): boolean {
  const counter = new Counter(document);
  const texts = new Map<Stream, string>();
  let sum = 0;
  for (const { page, parts } of contentsOf(document, most)) {
    let words = 0;
    for (const part of parts) {
      const text = texts.get(part) ?? unpackedText(part);
      texts.set(part, text);
      words += text.length;
      if (words > MOST_WORDS) return true;
    }
    const text = parts.map((part) => texts.get(part)).join('\n');
    sum += counter.words(text, page['/Resources']);
    if (sum > MOST_DRAWN) return true;
  }
  return false;
}
