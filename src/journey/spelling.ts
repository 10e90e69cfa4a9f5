/** A usual name is written as it stands among the given names, however it was typed. */
import { type Answer, type Answers, type CompiledQuestion, isRecord } from '#kinds';
import type { CompiledPage } from '#service';

type Named = Readonly<Record<string, Answer>>;

const plain = (word: string): string => word.normalize('NFC').toLocaleLowerCase('de');

/** @returns the word of the other answer that differs at most in capitals, or the answer as it is */
function spelled(answer: Answer, among: Answer | undefined): Answer {
  if (typeof answer !== 'string' || typeof among !== 'string') return answer;
  return among.split(/\s+/u).find((word) => plain(word) === plain(answer)) ?? answer;
}

/** @returns the answers of these questions that are written as another one has them */
function rewritten(questions: readonly CompiledQuestion[], answers: Named): Named {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const answer = answers[question.id];
      if (answer === undefined || question.kind !== 'name' || question.spelledAs === undefined) return [];
      return [[question.id, spelled(answer, answers[question.spelledAs])]];
    }),
  );
}

/**
 * Writes answers of a page the way another answer has them, where its questions say `spelledAs`.
 * @param answers all answers; those of the page are replaced
 */
export function spell(page: CompiledPage, answers: Answers): void {
  Object.assign(answers, rewritten(page.questions, answers));
  for (const question of page.questions) {
    const answer = answers[question.id];
    if (question.kind !== 'group' || !Array.isArray(answer)) continue;
    answers[question.id] = answer.map((entry) =>
      isRecord(entry) ? { ...entry, ...rewritten(question.questions, entry) } : entry,
    );
  }
}
