import type { CompiledQuestion, FormFields } from '#kinds';
import type { Language } from '#language';
import { ANY_CITY } from './play.ts';
import { readAnswer } from './read.ts';
import { type OptionTexts, type ReviewFormat, readableAnswer } from './readable.ts';

/**
 * Form fields as people read them: in the same words as on the review page where they are an answer, and as they were
 * typed where they are none yet.
 * @param field what the question's fields are called
 * @param key the question's key in the texts
 */
export function readableFields(
  question: CompiledQuestion,
  field: string,
  key: string,
  form: FormFields,
  texts: OptionTexts,
  language: Language,
  format: ReviewFormat,
): string {
  const { answer } = readAnswer(question, field, form, ANY_CITY);
  if (answer !== undefined) return readableAnswer(question, key, answer, texts, language, format);
  const own = Object.entries(form).filter(([name]) => name === field || name.startsWith(`${field}.`));
  return own.flatMap(([, values]) => values.filter((value) => value.trim() !== '')).join(' ');
}
