/** What people type into a field for text, as it is kept: tidied, and in the characters of DIN 91379. */
import type { CommonCode } from '../errors.ts';
import { type Parsed, wrong } from '../kind.ts';
import { notInTexts } from './din91379.ts';

/**
 * Signs that keyboards put in by themselves and DIN 91379 does not have in texts, as the signs people meant. Of the letters
 * that look like an apostrophe it has ʹ ʺ ʾ ʿ ˈ ˌ and ’, which stay; the okina ʻ of Hawaii is not in it: Unicode names ʿ as
 * its other form.
 */
const TYPOGRAPHY: Readonly<Record<string, string>> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2212': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': '\u2019',
  '\u201a': '\u2019',
  '\u201b': '\u2019',
  '\u02bc': '\u2019',
  '\ua78c': '\u2019',
  '\u02bb': '\u02bf',
  '\u02bd': '\u02bf',
  '\u2032': '\u02b9',
  '\u2033': '\u02ba',
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2026': '...',
};
const TYPED = new RegExp(`[${Object.keys(TYPOGRAPHY).join('')}]`, 'g');
/** Every kind of space but the end of a line. */
const SPACES = /[^\S\n]+/g;

const LINE_END = /\r\n?|[\n\v\f\u2028\u2029]/g;

/** Characters that are in NFC and need no replacement. */
const PLAIN = /^[ -~À-ž\n]*$/;

function tidy(typed: string): string {
  if (PLAIN.test(typed) && !typed.includes('  ')) return typed.trim();
  return typed
    .normalize('NFC')
    .replace(TYPED, (sign) => TYPOGRAPHY[sign] ?? sign)
    .replace(SPACES, ' ')
    .trim();
}

/** @returns one line, in NFC, with single spaces */
export function oneLine(typed: string): string {
  return tidy(typed.replace(LINE_END, ' '));
}

/** @returns lines in NFC with single spaces, and one empty line between paragraphs at most */
export function severalLines(typed: string): string {
  return tidy(typed.replace(LINE_END, '\n'))
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** @returns characters that a text may not have, each once, with spaces between; '' when all are fine */
export function foreignCharacters(text: string, find = notInTexts): string {
  return find(text).slice(0, 10).join(' ');
}

/** Letters of another script are asked for in Latin ones; they are no digits and no mistake of a name. */
const OTHER_LETTER = /(?!\p{Script=Latin})\p{L}/u;

/**
 * @param otherwise what is wrong with characters that are no letters of another script
 * @returns what is wrong with a text that has these characters
 */
export function charactersCode<C extends string = 'notAllowedCharacters'>(
  characters: string,
  otherwise: C | 'notAllowedCharacters' = 'notAllowedCharacters',
): C | 'notAllowedCharacters' | 'otherScript' {
  return OTHER_LETTER.test(characters) ? 'otherScript' : otherwise;
}

/** @returns whether a text that has to say something is signs alone, or one letter over and over */
function saysNothing(text: string): boolean {
  const said = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return said === '' || /^(\p{L})\1{2,}$/u.test(said);
}

/** How long a text may be, and whether it has to say something. */
interface Rules {
  min: number | undefined;
  max: number;
  wordy: boolean;
}

/** Checks a tidied text. */
export function checkedText(text: string, { min = 0, max, wordy }: Rules): Parsed<CommonCode> {
  if (text === '') return 'empty';
  const length = [...text].length;
  if (length > max) return wrong('tooLong', { max });
  const characters = foreignCharacters(text);
  if (characters !== '') return wrong(charactersCode(characters), { characters });
  if (wordy && saysNothing(text)) return wrong('saysNothing');
  return length < min ? wrong('tooShort', { min }) : { answer: text };
}
