/** What an identification answers, and what of it nobody can change. */
import {
  type Answer,
  type Answers,
  type CompiledPage,
  type CompiledQuestion,
  IDENTITY_LEVELS,
  type IdentifyRule,
  type IdentityLevel,
  isLawful,
} from '#service';
import { accepts } from './accepts.ts';
import type { Identified, Progress } from './types.ts';

/** @returns what the identification says to this question, or undefined when it says nothing that fits */
function told(question: CompiledQuestion, identity: Identified | undefined): Answer | undefined {
  const value = question.from && identity?.attributes[question.from.attribute];
  const fitting = value !== undefined && question.kind === 'address' ? wholeAddress(value) : value;
  return fitting !== undefined && accepts(question, fitting) ? fitting : undefined;
}

/** IDs tell more of an address (the country) or less (no house number) than a question takes. */
function wholeAddress(value: Answer): Answer | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { street = '', houseNumber = '', postcode = '', city = '' } = value;
  const address = { street, houseNumber, postcode, city };
  return Object.values(address).includes('') ? undefined : address;
}

/** @returns whether the answer comes from the ID */
export function isFromId(question: CompiledQuestion, progress: Progress): boolean {
  return told(question, progress.identity) !== undefined;
}

/** @returns whether the answer stands as on the ID and cannot be changed */
export function isLocked(question: CompiledQuestion, progress: Progress): boolean {
  return question.from?.locked === true && isFromId(question, progress);
}

/**
 * Takes an identification in: the page's outcome is its level, and what it tells answers the page's questions.
 * @param page of kind `identify`
 * @param identity undefined: the person goes on without, where the page allows it
 * @returns the progress with it; what an earlier identification told is gone
 */
export function withIdentity(
  page: CompiledPage,
  progress: Progress,
  identity: Identified | undefined,
): Progress {
  const answers: Answers = { ...progress.answers, [page.id]: identity?.level ?? 'none' };
  for (const question of page.questions) {
    if (isFromId(question, progress)) delete answers[question.id];
    const value = told(question, identity);
    if (value !== undefined) answers[question.id] = value;
  }
  return { ...progress, answers, identity };
}

/** The page asks anew: outcome and what was read are forgotten. */
export function withoutIdentity(page: CompiledPage, progress: Progress): Progress {
  const { [page.id]: _outcome, ...answers } = withIdentity(page, progress, undefined).answers;
  return { ...progress, answers, identity: undefined };
}

/** @returns whether an identification is what the page asks for: high enough, and with a means that is lawful there */
export function suffices(rule: IdentifyRule, identity: Identified | undefined): boolean {
  return (
    identity !== undefined && reaches(identity.level, rule.level) && isLawful(rule.means, identity.means)
  );
}

/** @returns what conditions see of an identification beside its level, by the name it has there */
export function foundBy(page: CompiledPage, progress: Progress): Record<string, unknown> {
  const read = page.questions.filter((question) => isFromId(question, progress));
  return {
    [`${page.id}Means`]: progress.identity?.means ?? 'none',
    [`${page.id}Read`]: read.flatMap(({ from }) => (from ? [from.attribute] : [])),
  };
}

/** @returns whether a level is at least another (eIDAS) */
export function reaches(level: IdentityLevel, needed: IdentityLevel): boolean {
  return IDENTITY_LEVELS.indexOf(level) >= IDENTITY_LEVELS.indexOf(needed);
}
