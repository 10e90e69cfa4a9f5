/** Free texts: text, longText, name. */
import type { Answer, CompiledQuestion } from '#service';
import { isNoName } from '#typed';
import { notInNames, notInTexts } from './din91379.ts';
import type { ErrorCode } from './errors.ts';
import { isText, type Kind, type Parsed, wrong } from './kind.ts';

const DEFAULT_MAX = { text: 200, longText: 2000, name: 100 } as const;

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

function severalLines(typed: string): string {
  return tidy(typed.replace(LINE_END, '\n'))
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** @returns characters that a text may not have, each once, with spaces between; '' when all are fine */
export function foreignCharacters(text: string, find = notInTexts): string {
  return find(text).slice(0, 10).join(' ');
}

/** Letters of another script are asked for as the passport has them; they are no digits and no mistake of a name. */
const OTHER_LETTER = /(?!\p{Script=Latin})\p{L}/u;

/** @returns what is wrong with a text or name that has these characters */
export function charactersCode(characters: string, name = false): ErrorCode {
  if (OTHER_LETTER.test(characters)) return 'otherScript';
  return name ? 'notAName' : 'notAllowedCharacters';
}

/** @returns whether a text that has to say something is signs alone, or one letter over and over */
function saysNothing({ kind, min }: CompiledQuestion, text: string): boolean {
  if (kind === 'name' || (kind === 'text' && (min ?? 0) < 2)) return false;
  const said = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return said === '' || /^(\p{L})\1{2,}$/u.test(said);
}

function checked(question: CompiledQuestion, text: string): Parsed {
  if (text === '') return 'empty';
  const length = [...text].length;
  const max = question.max ?? DEFAULT_MAX[question.kind as keyof typeof DEFAULT_MAX];
  if (length > max) return wrong('tooLong', { max });
  const name = question.kind === 'name';
  // Before the signs are looked at: a slash or a question mark is not what is wrong with "n/a".
  if (name && isNoName(text)) return wrong(question.optional ? 'noNameOpen' : 'noName');
  const characters = foreignCharacters(text, name ? notInNames : notInTexts);
  if (characters !== '') return wrong(charactersCode(characters, name), { characters });
  if (saysNothing(question, text)) return wrong('saysNothing');
  return length < (question.min ?? 0) ? wrong('tooShort', { min: question.min ?? 0 }) : { answer: text };
}

export const fields = (_question: CompiledQuestion, answer: Answer) => ({ '': [String(answer)] });
export const readable = (_question: CompiledQuestion, answer: Answer) => String(answer);

/** Spanish shortens names with raised letters ("Mª Àngels"); data type A has them on the line only. */
function lowered(name: string): string {
  return name.replaceAll('ª', 'a').replaceAll('º', 'o');
}

export const text: Kind = {
  parse: (question, input) => {
    const typed = oneLine(input.one());
    return checked(question, question.kind === 'name' ? lowered(typed) : typed);
  },
  fields,
  readable,
  accepts: isText,
};

/** DIN 91379 data type A. */
export const name: Kind = text;

export const longText: Kind = {
  parse: (question, input) => checked(question, severalLines(input.one())),
  fields,
  readable,
  accepts: isText,
};
