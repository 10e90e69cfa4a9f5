/** Pages that ask who somebody is: which means reach the level, what a code by letter tells, which questions the ID answers. */
import { ATTRIBUTES, type QuestionFile } from '#kinds';
import type { SourcePath } from '#source';
import { BEST_LEVEL, reaches, TOLD_MEANS } from './means.ts';
import { addedQuestion, type DraftQuestion } from './questions.ts';
import type { PageFile } from './schema.ts';

/** Complains about a page. @param path where in it */
export type Add = (message: string, path?: SourcePath) => void;

/**
 * What conditions know of an identification beside its level: with which means (`identityMeans` of a page `identity`),
 * which attributes were read (`identityRead`), and to whom the office wrote where a code by letter was shown
 * (`identityLetterTo`, empty otherwise). No answers: they are taken from the identification itself.
 */
export function foundByIdentifying({ id }: PageFile): DraftQuestion[] {
  return [
    addedQuestion(`${id}Means`, 'chooseOne', [...TOLD_MEANS, 'none']),
    addedQuestion(`${id}Read`, 'chooseSome', ATTRIBUTES),
    addedQuestion(`${id}LetterTo`, 'text'),
  ];
}

/** What the ID answers, and what it cannot answer so. @param path of the question, in its page */
export function checkFrom(question: QuestionFile, path: SourcePath, add: Add): void {
  if (question.locked !== undefined && question.from === undefined)
    add('`locked` says how an answer `from` the ID is shown: it needs `from`', [...path, 'locked']);
  if (question.from === 'birthDate' && question.kind === 'date' && question.partial !== true)
    add(
      'cards of people whose day of birth nobody knows tell the year only: `birthDate` needs `partial: true`',
      [...path, 'kind'],
    );
  if (question.kind === 'address' && question.within === 'city' && question.from && question.locked !== false)
    add('an ID may tell an address outside the city: `within: city` needs `locked: false`', [
      ...path,
      'within',
    ]);
  if (question.from !== undefined && question.kind === 'group')
    add('a group cannot be answered `from` the ID', [...path, 'from']);
}

/** Means must be able to reach the level, and who has none of them must come to an ending. */
export function checkIdentify(raw: PageFile, pages: readonly PageFile[], index: number, add: Add): void {
  const { level } = raw;
  const following = pages[index + 1];
  checkLetterCode(raw, pages.slice(index + 1), add);
  for (const [at, means] of (raw.means ?? []).entries())
    if (level && !reaches(BEST_LEVEL[means], level))
      add(`\`${means}\` never reaches the level \`${level}\``, ['means', at]);
  if (raw.otherwise !== 'ending') return;
  const ends = following?.kind === 'finish' && following.when === `${raw.id} == "none"`;
  if (!ends)
    add(`after \`otherwise: ending\` comes a page of \`kind: finish\` with \`when: ${raw.id} == "none"\``, [
      'otherwise',
    ]);
}

/** A letter reaches an address, and that is all: what it tells goes into questions that are asked later anyway. */
function checkLetterCode({ letterCode, level, means }: PageFile, later: readonly PageFile[], add: Add): void {
  if (!letterCode) return;
  if (level !== 'low') add('a code by letter reaches the level `low` and no other', ['letterCode']);
  if (means)
    add('where `means` are named no code by letter is lawful: leave out one of both', ['letterCode']);
  const questions = later.flatMap((page) => page.questions ?? []);
  for (const [part, kind] of [
    ['name', 'text'],
    ['address', 'address'],
  ] as const)
    if (questions.find(({ id }) => id === letterCode[part])?.kind !== kind)
      add(`\`${part}\` must name a question of kind \`${kind}\` on a later page`, ['letterCode', part]);
}
