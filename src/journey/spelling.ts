/** A usual name is written as it stands among the given names, however it was typed. */
import type { Answer, Answers, CompiledPage, CompiledQuestion } from '#service';
import { isRecord } from './kinds/index.ts';

type Named = Readonly<Record<string, Answer>>;

const plain = (word: string): string => word.normalize('NFC').toLocaleLowerCase('de');

/** @returns the word of the other answer that differs at most in capitals, or the answer as it is */
function spelled(question: CompiledQuestion, answer: Answer, among: Answer | undefined): Answer {
  if (question.spelledAs === undefined || typeof answer !== 'string' || typeof among !== 'string')
    return answer;
  return among.split(/\s+/u).find((word) => plain(word) === plain(answer)) ?? answer;
}

function inEntry(group: CompiledQuestion, entry: Answer): Answer {
  if (!isRecord(entry)) return entry;
  const written: Record<string, Answer> = { ...entry };
  for (const question of group.questions) {
    const answer = entry[question.id];
    if (answer === undefined || question.spelledAs === undefined) continue;
    written[question.id] = spelled(question, answer, entry[question.spelledAs]);
  }
  return written;
}

/**
 * Writes answers of a page the way another answer has them, where its questions say `spelledAs`.
 * @param answers all answers; those of the page are replaced
 */
export function spell(page: CompiledPage, answers: Answers): void {
  const all: Named = answers;
  for (const question of page.questions) {
    const answer = answers[question.id];
    if (answer === undefined) continue;
    if (question.kind === 'group' && Array.isArray(answer))
      answers[question.id] = answer.map((entry) => inEntry(question, entry));
    else if (question.spelledAs !== undefined)
      answers[question.id] = spelled(question, answer, all[question.spelledAs]);
  }
}
