/**
 * In which languages a case keeps its words: those whose texts people have read, because they may be shown or printed in any
 * of them later, and the one it was handed in in. A machine's words that nobody has read are not kept for nobody; where they
 * are asked for, the German stands. So a case does not grow with the number of languages.
 */
import { allInLang, approved, completed, LANGUAGES, type Language } from '#language';
import type { CaseContent } from './sealed.ts';
import { type CaseSeal, FIELD } from './vault.ts';

type In<T> = Readonly<Record<Language, T>>;

const keptIn = (own: Language): readonly Language[] =>
  LANGUAGES.filter((language) => language === own || approved(language) === language);

/** @returns of what is said in every language what is kept; what is not said in one is what stands for it */
export function keptOf<T>(own: Language, all: In<T>): Record<Language, T> {
  return Object.fromEntries(keptIn(own).map((language) => [language, all[language]])) as Record<Language, T>;
}

/** @param own the language of who handed it in @returns what is said in each that is kept, and for the others what stands for it */
export function saidIn<T>(own: Language, of: (language: Language) => T): Record<Language, T> {
  return completed(Object.fromEntries(keptIn(own).map((language) => [language, of(language)])));
}

/** @param own the language of who handed it in @returns a case's content, sealed */
export function sealContent(seals: CaseSeal, own: Language, content: CaseContent): Buffer {
  const { shown, undecided, paper } = content;
  const issued = paper?.issued && { ...paper.issued, codes: keptOf(own, paper.issued.codes) };
  const kept: CaseContent = {
    ...content,
    shown: keptOf(own, shown),
    undecided: undecided && keptOf(own, undecided),
    paper: paper && {
      ...paper,
      entries: paper.entries.map((entry) => ({ ...entry, said: keptOf(own, entry.said) })),
      issued,
    },
  };
  return seals.seal(JSON.stringify(kept), FIELD.content);
}

/** @returns the words of a case in every language; what stands for another one says its own */
export function inAllLanguages(content: CaseContent): CaseContent {
  const { shown, undecided, paper } = content;
  const issued = paper?.issued && { ...paper.issued, codes: completed(paper.issued.codes) };
  return {
    ...content,
    shown: completed(shown, allInLang),
    undecided: undecided && completed(undecided, allInLang),
    paper: paper && {
      ...paper,
      entries: paper.entries.map((entry) => ({ ...entry, said: completed(entry.said) })),
      issued,
    },
  };
}

/** Every language in which papers that prove something are written: what no person has read proves nothing. */
export const PAPER_LANGUAGES: readonly Language[] = LANGUAGES.filter((one) => approved(one) === one);
