import type { Language } from '#language';
import type { ToldMeans } from '#service';
import { meansWords } from './said.ts';

/** @returns what people call a means of identification */
export const meansWord = (means: ToldMeans, language: Language): string => meansWords(language)[means];

/** @returns the label beside it */
export const meansLabel = (language: Language): string => meansWords(language).label;

/** @returns the label of whom the office wrote to */
export const letterToLabel = (language: Language): string => meansWords(language).letterTo;

/** @returns what stands beside an answer that a person has given where an ID could have told it */
export const ownWords = (language: Language): string => meansWords(language).own;
