/** Whether a value can be the answer to a question. */
import type { Answer, CompiledQuestion } from '#service';
import { isRecord, KINDS } from './kinds/index.ts';

/** @returns whether the value has the form of an answer to the question, inside groups as well */
export function accepts(question: CompiledQuestion, answer: Answer): boolean {
  if (question.kind !== 'group') return KINDS[question.kind].accepts(question, answer);
  if (
    !Array.isArray(answer) ||
    answer.length === 0 ||
    answer.length > (question.max ?? Number.POSITIVE_INFINITY)
  )
    return false;
  return answer.every(
    (entry) =>
      isRecord(entry) &&
      question.questions.every((inner) => {
        const value = entry[inner.id];
        return value === undefined ? inner.optional : accepts(inner, value);
      }),
  );
}
