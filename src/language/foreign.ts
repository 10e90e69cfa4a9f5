/**
 * Text of another language inside a page, marked in the text itself: where a translation is missing the German stands, and
 * whatever shows it can say so (`lang`, direction). The marks are Unicode's language tags (block Tags): nobody sees them, and
 * typed text never holds any (`#typed`), so a mark that is not looked at does no harm.
 */
import type { Language } from './keys.ts';
import { about, directionOf, isGerman, LANGUAGES, SOURCE } from './languages.ts';

const BEGIN = '\u{e0001}';
const END = '\u{e007f}';
const TAG_AT = 0xe0000;
const RUN = /\u{e0001}([\u{e0020}-\u{e007e}]*)([^\u{e0001}\u{e007f}]*)\u{e007f}?/gu;
const MARKS = /[\u{e0000}-\u{e007f}]/gu;
/** Every mark begins with this half of a pair. */
const HALF = '\udb40';

const marked = (text: string, lang: string): string =>
  `${BEGIN}${[...lang].map((sign) => String.fromCodePoint(TAG_AT + sign.charCodeAt(0))).join('')}${text}${END}`;

/** @returns the text, every line of it marked as being in that language; what says another one already keeps it */
export function inLang(text: string, lang: string): string {
  const inLine = (line: string): string =>
    runsOf(line)
      .map((run) => marked(run.text, run.lang ?? lang))
      .join('');
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : inLine(line)))
    .join('\n');
}

/** @returns the same with every text in it marked as being in that language, at any depth */
export function allInLang<T>(value: T, lang: string): T {
  const inPart = (part: unknown): unknown => {
    if (typeof part === 'string') return inLang(part, lang);
    if (Array.isArray(part)) return part.map(inPart);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, inPart(one)]));
  };
  return inPart(value) as T;
}

/**
 * What nobody translates: data of the city, laws, names of authorities, what a clerk writes.
 * @param language of the page or sentence that it comes into
 * @returns it, marked as German where that is another language
 */
export function germanIn<T>(language: Language, value: T): T {
  return isGerman(language) ? value : allInLang(value, about(SOURCE).lang);
}

/** @returns the text alone, for whatever cannot say in which language it is */
export function withoutMarks(text: string): string {
  return text.includes(HALF) ? text.replace(MARKS, '') : text;
}

/** A part of a text; `lang` only where it is another language than what is around it. */
export interface Run {
  text: string;
  lang?: string;
  dir?: 'ltr' | 'rtl';
}

const langOf = (tags: string): string =>
  [...tags].map((sign) => String.fromCharCode((sign.codePointAt(0) ?? TAG_AT) - TAG_AT)).join('');

/**
 * What is put into a text is said in the language of the sentence around it: the date in a German sentence is German, on an Arabic
 * page as well.
 * @param language of the text where no mark says another
 * @param say what becomes of each part, told the language that it is in
 * @returns the text anew, with its marks
 */
export function saidInItsLanguage(
  text: string,
  language: Language,
  say: (part: string, language: Language) => string,
): string {
  if (!text.includes(HALF)) return say(text, language);
  let all = '';
  let at = 0;
  for (const match of text.matchAll(RUN)) {
    const [whole, tags = '', inside = ''] = match;
    const own = LANGUAGES.find((one) => about(one).lang === langOf(tags)) ?? language;
    all += say(text.slice(at, match.index), language);
    all += `${BEGIN}${tags}${say(inside, own)}${END}`;
    at = match.index + whole.length;
  }
  return all + say(text.slice(at), language);
}

/** @returns the text in parts, by language */
export function runsOf(text: string): readonly Run[] {
  if (!text.includes(HALF)) return [{ text }];
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(RUN)) {
    const [whole, tags = '', inside = ''] = match;
    if (match.index > at) runs.push({ text: withoutMarks(text.slice(at, match.index)) });
    const lang = langOf(tags);
    if (/^[a-z]{2,3}(?:-[a-z0-9]+)*$/i.test(lang)) runs.push({ text: inside, lang, dir: directionOf(lang) });
    else runs.push({ text: inside });
    at = match.index + whole.length;
  }
  if (at < text.length) runs.push({ text: withoutMarks(text.slice(at)) });
  return runs.filter((run) => run.text !== '');
}
