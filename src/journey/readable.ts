/** One answer, or one value worked out, as people read it. */
import type { Language } from '#language';
import type { Answer, CompiledQuestion, Computed, QuestionTexts } from '#service';
import { isIsoDate } from '#time';
import { isRecord, KINDS, longDate, type Wording, wholeNumber, words } from './kinds/index.ts';

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

/** @returns one answer as readable text; `key` is the question's key in the texts (`persons.givenNames` inside a group) */
export function readableAnswer(
  question: CompiledQuestion,
  key: string,
  answer: Answer,
  texts: OptionTexts,
  language: Language,
  format: ReviewFormat = CODES,
): string {
  if (question.kind === 'group') {
    if (!Array.isArray(answer)) return '';
    return answer.map((entry) => readableEntry(question, key, entry, texts, language, format)).join('; ');
  }
  const wording: Wording = {
    language,
    option: (id) => texts.questions[key]?.options[id] ?? id,
    country: (code) => format.country(code),
  };
  return KINDS[question.kind].readable(question, answer, wording);
}

function readableEntry(
  question: CompiledQuestion,
  key: string,
  entry: Answer,
  texts: OptionTexts,
  language: Language,
  format: ReviewFormat,
): string {
  if (!isRecord(entry)) return '';
  return question.questions
    .flatMap((inner) => {
      const value = entry[inner.id];
      return value === undefined
        ? []
        : [readableAnswer(inner, `${key}.${inner.id}`, value, texts, language, format)];
    })
    .join(' ');
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
  if (typeof value === 'boolean') return value ? words(language).yes : words(language).no;
  const text = String(value);
  return isIsoDate(text) ? longDate(text, language) : text;
}
