/** What an identification answers, and what of it nobody can change. */
import {
  type Answer,
  type Answers,
  type CompiledQuestion,
  type FormFields,
  kindOf,
  type Reference,
} from '#kinds';
import { type CompiledPage, type IdentifyRule, isLawful, reaches } from '#service';
import { fieldErrors } from './field-errors.ts';
import type { FieldError, Identified, Progress } from './types.ts';

type Identity = Identified | undefined;

function attributeOf(question: CompiledQuestion, identity: Identity): Answer | undefined {
  return question.from && identity?.attributes[question.from.attribute];
}

/** @returns what the identification says to this question, or undefined when it says nothing that fits */
export function told(
  question: CompiledQuestion,
  identity: Identity,
  reference: Reference,
): Answer | undefined {
  const value = attributeOf(question, identity);
  if (value === undefined) return undefined;
  const kind = kindOf(question);
  if (kind.told === 'asItStands') return kind.accepts(question, value) ? value : undefined;
  const read = kind.told.read(question, value, reference);
  return read !== 'empty' && 'answer' in read ? read.answer : undefined;
}

/** @returns whether the ID tells the whole answer */
export function isFromId(question: CompiledQuestion, { identity }: Pick<Progress, 'identity'>): boolean {
  const value = attributeOf(question, identity);
  if (value === undefined) return false;
  const kind = kindOf(question);
  return kind.told === 'asItStands' ? kind.accepts(question, value) : kind.told.isWhole(value);
}

/** @returns whether the answer stands as on the ID and cannot be changed */
export function isLocked(question: CompiledQuestion, progress: Progress): boolean {
  return question.from?.locked === true && isFromId(question, progress);
}

/**
 * Takes an identification in: the page's outcome is its level, and what it tells answers the page's questions.
 * @param page of kind `identify`
 * @param identity undefined: the person goes on without, where the page allows it
 * @param reference an address within the city has to be there although an ID tells it
 * @returns the progress with it; what an earlier identification told is gone
 */
export function withIdentity(
  page: CompiledPage,
  progress: Progress,
  identity: Identity,
  reference: Reference,
): Progress {
  const { answers } = withoutIdentity(page, progress);
  answers[page.id] = identity?.level ?? 'none';
  const read: Record<string, Answer> = {};
  for (const question of page.questions) {
    const value = told(question, identity, reference);
    if (value === undefined) continue;
    answers[question.id] = value;
    if (question.from?.locked !== true) read[question.id] = value;
  }
  return { ...progress, answers, identity: identity && { ...identity, read } };
}

/** The page asks anew: outcome and what was read are forgotten. */
export function withoutIdentity(page: CompiledPage, progress: Progress): Progress {
  const { [page.id]: _outcome, ...answers }: Answers = progress.answers;
  for (const question of page.questions)
    if (attributeOf(question, progress.identity) !== undefined) delete answers[question.id];
  return { ...progress, answers, identity: undefined };
}

/** Questions without an answer, and what the ID says of it all the same. */
function half(page: CompiledPage, { answers, identity }: Progress) {
  return page.questions.flatMap((question) => {
    const value = attributeOf(question, identity);
    const { told } = kindOf(question);
    if (told === 'asItStands' || value === undefined || answers[question.id] !== undefined) return [];
    return [{ question, value, told }];
  });
}

/** @returns what stands in the fields of what the ID tells in part (an address), or otherwise than it is needed here */
export function toldInPart(page: CompiledPage, progress: Progress): FormFields {
  return Object.assign(
    {},
    ...half(page, progress).map(({ question, value, told }) => told.fields(question, value)),
  );
}

/** @returns why what the ID tells cannot be taken here as it is, at the field where it can be corrected */
export function toldWrong(page: CompiledPage, progress: Progress, reference: Reference): FieldError[] {
  return half(page, progress).flatMap(({ question, value, told }) => {
    const read = told.isWhole(value) ? told.read(question, value, reference) : 'empty';
    return read !== 'empty' && 'errors' in read ? fieldErrors(question.id, read.errors) : [];
  });
}

/** @returns whether an identification is what the page asks for: high enough, and with a means that is lawful there */
export function suffices(rule: IdentifyRule, identity: Identified | undefined): boolean {
  if (identity === undefined || !reaches(identity.level, rule.level)) return false;
  return identity.means === 'letterCode'
    ? rule.letterCode !== undefined
    : isLawful(rule.means, identity.means);
}

/** @returns what conditions see of an identification beside its level, by the name it has there */
export function foundBy(page: CompiledPage, progress: Progress): Record<string, unknown> {
  const read = page.questions.filter((question) => isFromId(question, progress));
  return {
    [`${page.id}Means`]: progress.identity?.means ?? 'none',
    [`${page.id}Read`]: read.flatMap(({ from }) => (from ? [from.attribute] : [])),
    [`${page.id}LetterTo`]: progress.identity?.addressee?.name ?? '',
  };
}
