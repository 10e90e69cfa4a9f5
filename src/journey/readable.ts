/** One answer, or one value worked out, as people read it. */
import { type Answer, answerWords, type CompiledQuestion, kindOf, type Wording } from '#kinds';
import { type Language, longDate, wholeNumber } from '#language';
import type { Computed, QuestionTexts } from '#service';
import { isIsoDate } from '#time';

/** Words that come from outside the service. */
export interface ReviewFormat {
  /** @returns the name of a country in the language of the review, by its alpha-3 code */
  country(code: string): string;
}

/** What of a service's texts an answer is said with: names of options, by the question's key. */
export interface OptionTexts {
  questions: Readonly<Record<string, Pick<QuestionTexts, 'options'>>>;
}

export const CODES: ReviewFormat = { country: (code) => code };

function wordingOf(
  key: string,
  texts: OptionTexts,
  language: Language,
  format: ReviewFormat,
  inSentence: boolean,
): Wording {
  return {
    language,
    inSentence,
    option: (id) => texts.questions[key]?.options[id] ?? id,
    country: (code) => format.country(code),
    inner: (id) => wordingOf(`${key}.${id}`, texts, language, format, inSentence),
  };
}

/**
 * @param key the question's key in the texts (`persons.givenNames` inside a group)
 * @param inSentence it stands in the middle of a text
 * @returns one answer as readable text
 */
export function readableAnswer(
  question: CompiledQuestion,
  key: string,
  answer: Answer,
  texts: OptionTexts,
  language: Language,
  format: ReviewFormat = CODES,
  inSentence = false,
): string {
  return kindOf(question).readable(question, answer, wordingOf(key, texts, language, format, inSentence));
}

/** @returns a computed value as readable text with its unit; numbers that are `plain` without separators */
export function readableValue(
  value: Answer,
  how: Partial<Pick<Computed, 'unit' | 'plain'>>,
  language: Language,
): string {
  if (typeof value === 'number') {
    const number = how.plain ? String(value) : wholeNumber(value, language);
    return how.unit ? `${number} ${how.unit}` : number;
  }
  if (typeof value === 'boolean') return value ? answerWords(language).yes : answerWords(language).no;
  const text = String(value);
  return isIsoDate(text) ? longDate(text, language) : text;
}
