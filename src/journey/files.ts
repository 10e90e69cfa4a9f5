import type { Answer, Answers, FileAnswer } from '#service';

const isFile = (answer: object): answer is FileAnswer => 'file' in answer && 'mediaType' in answer;

/** @returns every uploaded file among the answers, also inside groups */
export function filesIn(answers: Answer | Answers): FileAnswer[] {
  if (typeof answers !== 'object') return [];
  return isFile(answers) ? [answers] : Object.values(answers).flatMap(filesIn);
}
