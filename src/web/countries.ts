/** States by ISO 3166-1: their official names where this program knows them, else what `Intl` calls them. */

import countries from 'i18n-iso-countries';
import german from 'i18n-iso-countries/langs/de.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import { about, compare, type Language, regionName } from '#language';

countries.registerLocale(german);
countries.registerLocale(english);

const CODES = Object.keys(countries.getAlpha2Codes());

function nameOf(code: string, language: Language): string | undefined {
  const alpha2 = countries.toAlpha2(code);
  if (alpha2 === undefined) return undefined;
  return (
    countries.getName(code, about(language).lang, { select: 'official' }) ?? regionName(alpha2, language)
  );
}

const known = new Map<Language, readonly (readonly [string, string])[]>();

/** @returns all states as ISO 3166-1 alpha-3 code and name, in the language's order */
export function countriesIn(language: Language): readonly (readonly [string, string])[] {
  const found =
    known.get(language) ??
    CODES.map(
      (code) => [countries.alpha2ToAlpha3(code) ?? code, nameOf(code, language) ?? code] as const,
    ).sort(([, one], [, other]) => compare(one, other, language));
  known.set(language, found);
  return found;
}

/** @returns a country's name in a language; the code itself when there is no such country */
export function countryName(code: string, language: Language): string {
  return nameOf(code, language) ?? code;
}
