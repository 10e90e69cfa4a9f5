/** What was wrong with a page when it was sent, and is so still with what stands in its fields now. */
import { type FieldError, type FormFields, readPage, toldWrong } from '#journey';
import { own, type SentForm, typedOf } from '#visit';
import type { ErrandDeps } from './deps.ts';
import type { Resolved } from './resolve.ts';
import type { Here } from './standing.ts';

/** @returns the question that a field belongs to, in its entry of a group */
const questionOf = (field: string): string => /^\w+(?:\[\d+\]\.\w+)?/.exec(field)?.[0] ?? field;

/** @returns whether the same stands in the fields, of one question or of the whole page */
function isSame(one: FormFields, other: FormFields): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? []).join('\n') === (other[name] ?? []).join('\n'));
}

/**
 * A page that was sent and refused comes back in another language or size, after somebody has gone on typing: each question
 * that was wrong is read anew, so that nobody is told of a mistake that is mended. What only the office could say (a date that
 * was taken meanwhile) holds as long as the page says the same. What was not sent yet is not judged.
 * @param taken the files that came with the form, and what is wrong with them
 */
export function stillWrong(
  deps: Pick<ErrandDeps, 'reference'>,
  here: Here,
  { fields, uploads }: SentForm,
  taken: Pick<Resolved, 'answers' | 'errors'>,
): FieldError[] {
  const { service, page, draft, moment } = here;
  const unsent = own(draft.unsent, page.id);
  const before = unsent?.errors ?? toldWrong(page, draft, deps.reference);
  if (before.length === 0) return [...taken.errors];
  const reading = readPage(service, page, fields, draft, moment, deps.reference, taken.answers);
  const was = new Set(before.map(({ field }) => questionOf(field)));
  const kindOf = (field: string) => page.questions.find(({ id }) => id === questionOf(field))?.kind;
  // Only the office knows of places and files: the reading alone cannot tell whether they are right.
  const isRead = (field: string): boolean =>
    kindOf(field) === 'slot' ? (fields[field]?.[0] ?? '') === '' : kindOf(field) !== 'file';
  const unchanged = unsent !== undefined && isSame(typedOf(fields), unsent.fields);
  const outside = before.filter(({ field, own, code }) => {
    if (kindOf(field) === 'file') return !uploads.has(field);
    return unchanged && !own && !reading.errors.some((now) => now.field === field && now.code === code);
  });
  const read = reading.errors.filter(({ field }) => was.has(questionOf(field)) && isRead(field));
  return [...read, ...outside, ...taken.errors];
}
