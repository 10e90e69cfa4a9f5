/** German words inside texts of other languages: a voice that reads them has to know that they are German. Data: `german-words.yaml`. */
import { join } from 'node:path';
import { z } from 'zod';
import { formatProblems, readSource } from '#source';
import { inLang, saidInItsLanguage } from './foreign.ts';
import type { Language } from './keys.ts';
import { about, isGerman, SOURCE } from './languages.ts';
import { ROOT } from './root.ts';

const shape = z.array(z.string().min(3));

/** @returns what finds any of them as a whole word, the longest first */
function readGermanWords(file: string): RegExp {
  const { source, problems } = readSource(file, shape);
  if (!source || problems.length > 0) throw new Error(formatProblems(problems));
  const longestFirst = source.value.toSorted((one, other) => other.length - one.length);
  const any = longestFirst.map((word) => word.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}-])(?:${any})(?!\\p{L}|-\\p{L})`, 'gu');
}

const GERMAN_WORDS = readGermanWords(join(ROOT, 'src', 'language', 'german-words.yaml'));

/**
 * @param language of the text
 * @returns it, with the German words in it marked as German; a German text as it is
 */
export function withGermanWords(text: string, language: Language): string {
  if (isGerman(language) || text.search(GERMAN_WORDS) < 0) return text;
  const { lang } = about(SOURCE);
  return saidInItsLanguage(text, language, (part, own) =>
    isGerman(own) ? part : part.replace(GERMAN_WORDS, (word) => inLang(word, lang)),
  );
}
