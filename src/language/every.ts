import type { Language } from './keys.ts';
import { about, LANGUAGES, SOURCE } from './languages.ts';

/** @returns the same in every language */
export function inEvery<T>(of: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, of(language)])) as Record<Language, T>;
}

/**
 * What was written down before there was a language has nothing in it.
 * @param kept by language; German is always there
 * @returns the same for every language: its own, else that of the language which stands for it
 */
export function completed<T>(kept: Readonly<Partial<Record<Language, T>>>): Record<Language, T> {
  return inEvery((language) => {
    const found = [language, ...about(language).fallbacks, SOURCE].find((one) => kept[one] !== undefined);
    return kept[found ?? SOURCE] as T;
  });
}
