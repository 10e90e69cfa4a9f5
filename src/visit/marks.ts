/** Tells one state of a draft from another: which draft a page showed, and with which answers. */
import { createHash } from 'node:crypto';
import type { FormFields, Walk } from '#journey';
import { first } from './forms.ts';
import type { Draft } from './visit.ts';

/** A draft, and what its answers lead to. */
interface Shown {
  draft: Pick<Draft, 'key'>;
  walked: Walk;
}

/** Enough to tell two states of a draft apart. */
const MARK_LENGTH = 22;

/** @returns a short text that stands for what was shown */
export function markOf(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, MARK_LENGTH);
}

/** @returns the hidden fields of the review page that say which draft and which answers it shows */
export function shownMarks({ draft, walked }: Shown): Record<string, string> {
  return { _draft: draft.key, _shown: markOf(walked.answers) };
}

/** @returns whether a form was sent from a page that showed this draft with these answers */
export function isWhatWasShown(here: Shown, fields: FormFields): boolean {
  return Object.entries(shownMarks(here)).every(([name, mark]) => first(fields, name) === mark);
}

/**
 * Handing in twice finds the same case. Where something has to be paid only with the same answers: when an answer was
 * lost on its way back, others may cost something else, and the case that waits in vain goes by itself.
 */
export function submissionKeyOf(here: Shown): string {
  const { draft, walked } = here;
  if (walked.fee.cents === 0) return draft.key;
  const digest = createHash('sha256')
    .update(`${draft.key} ${shownMarks(here)._shown}`)
    .digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
