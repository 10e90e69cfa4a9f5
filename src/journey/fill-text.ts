/** Names in braces become what was said. */
import { type Answer, answerWords, isRecord } from '#kinds';
import { about, inOwnOrder, type Language, saidInItsLanguage } from '#language';
import { PLACEHOLDER } from '#service';
import { type ReviewFormat, readableAnswer, readableValue } from './readable.ts';
import type { Walk } from './types.ts';

/**
 * @param text may hold `{name}` of answers and computed values, and `{address.street}` of parts
 * @param walked where the person stands
 * @param format says names of countries; without it a country is its code
 * @returns the text with what was said, dates and numbers as people read them; "–" for what has no answer
 */
export function fillText(text: string, walked: Walk, language: Language, format?: ReviewFormat): string {
  return saidInItsLanguage(text, language, (part, own) =>
    part.replace(PLACEHOLDER, (_whole, name: string) =>
      inOwnOrder(readableByName(name, walked, own, format), about(own)),
    ),
  );
}

function readableByName(name: string, walked: Walk, language: Language, format?: ReviewFormat): string {
  const [id = '', part] = name.split('.');
  const answer = walked.answers[id];
  const question = walked.service.questions.get(id);
  if (question && answer !== undefined) {
    if (part !== undefined) return partOf(answer, part, language);
    return readableAnswer(question, id, answer, walked.service.texts[language], language, format, true);
  }
  const value = walked.computed[id];
  const plain = walked.service.computed.some((each) => each.id === id && each.plain);
  return value === undefined ? '–' : readableValue(value, { plain }, language);
}

function partOf(answer: Answer, part: string, language: Language): string {
  const value = isRecord(answer) && Object.hasOwn(answer, part) ? answer[part] : undefined;
  if (typeof value === 'boolean') return value ? answerWords(language).yes : answerWords(language).no;
  return value === undefined ? '–' : readableValue(value, {}, language);
}
