import type { Language } from '#language';

type Word = string | ((...values: never[]) => string);
type WordSet = Record<string, Word>;

/** The same keys in every language; functions keep their parameters. */
type SameWords<T extends WordSet> = {
  [key in keyof T]: T[key] extends (...values: infer P) => string ? (...values: P) => string : string;
};

/**
 * A room's words on screens. The type checker demands every key in every language.
 * @param all the words by language, German first
 * @returns a function that gives the words of one language
 */
export function defineWords<T extends WordSet>(all: {
  de: T;
  en: NoInfer<SameWords<T>>;
  leicht: NoInfer<SameWords<T>>;
}): (language: Language) => SameWords<T> {
  return (language) => all[language] as SameWords<T>;
}
