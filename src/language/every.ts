import type { Language } from './keys.ts';
import { about, LANGUAGES, SOURCE } from './languages.ts';

/** @returns the same in every language */
export function inEvery<T>(of: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, of(language)])) as Record<Language, T>;
}

/**
 * What was not written down in a language, perhaps because there was none then, has nothing in it.
 * @param kept by language; German is always there
 * @param foreign says of words in which language they are, where they stand for another one
 * @returns the same for every language: its own, else that of the language which stands for it
 */
export function completed<T>(
  kept: Readonly<Partial<Record<Language, T>>>,
  foreign: (words: T, lang: string) => T = (words) => words,
): Record<Language, T> {
  return inEvery((language) => {
    const found =
      [language, ...about(language).fallbacks, SOURCE].find((one) => kept[one] !== undefined) ?? SOURCE;
    const { lang } = about(found);
    return lang === about(language).lang ? (kept[found] as T) : foreign(kept[found] as T, lang);
  });
}
