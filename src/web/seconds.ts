/** Sentences that a script counts down by: a language says one second, two and many differently. */
import { about, type Language } from '#language';

/** More than any page counts down from. */
const MOST = 120;
const known = new Map<Language, ReadonlyMap<string, number>>();

/** @returns a number for each form that the language counts seconds with, by its name in `Intl.PluralRules` */
function samplesIn(language: Language): ReadonlyMap<string, number> {
  const rules = new Intl.PluralRules(about(language).tag);
  const samples = new Map(Array.from({ length: MOST + 1 }, (_, at) => [rules.select(MOST - at), MOST - at]));
  known.set(language, samples);
  return samples;
}

/**
 * @param says the sentence for so many seconds, in that language
 * @returns one sentence for each form that the language counts with, as JSON; `#` stands for the number
 */
export function countForms(says: (told: { seconds: number }) => string, language: Language): string {
  const samples = known.get(language) ?? samplesIn(language);
  const forms = [...samples].map(([form, seconds]) => [
    form,
    says({ seconds }).replace(String(seconds), '#'),
  ]);
  return JSON.stringify(Object.fromEntries(forms));
}
