/** A step back from a page of a journey: what was typed or chosen there and not sent waits for who comes forward again. */
import { isDeepStrictEqual } from 'node:util';
import { type Answer, readPage } from '#journey';
import type { Answers, SlotAnswer } from '#service';
import { first, isBlank, type SentForm, takerOf, typedOf } from '#visit';
import { keepFiles } from './kept-files.ts';
import type { At } from './kinds/kind.ts';
import { takeFiles } from './resolve.ts';
import { keepUnsent } from './shown-again.ts';
import { backFrom, type Here } from './standing.ts';

/** The word of the button. */
export const BACK = 'back';

/** Keeps what stands on the page, right or wrong, and leads to the one before. Only a file that cannot be taken is said. */
export async function goBack({ c, deps, here: before }: At, form: SentForm): Promise<Response> {
  const taken = await takeFiles(deps, before, form, takerOf(c, deps));
  const here = await keepFiles(deps, before, taken.answers);
  const { service, page, draft, moment } = here;
  const told = { ...taken.answers, ...datesKept(here, form) };
  const reading = readPage(service, page, form.fields, draft, moment, deps.reference, told);
  const fields = typedOf(form.fields);
  const isSame =
    reading.errors.length === 0 && isDeepStrictEqual(on(here, reading.answers), on(here, draft.answers));
  const isUntouched = !draft.seen.includes(page.id) && isBlank(fields);
  const isSettled = (isSame || isUntouched) && taken.errors.length === 0;
  await keepUnsent(deps, here, isSettled ? undefined : { fields, errors: taken.errors });
  return c.redirect(backFrom(here), 303);
}

/** @returns what was said on the page */
function on({ page }: Here, answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([id]) => page.questions.some((one) => one.id === id)),
  );
}

/** @returns dates that are held already and still chosen: another is not held for who goes back */
function datesKept({ page, draft }: Here, { fields }: SentForm): Record<string, Answer> {
  const kept: Record<string, Answer> = {};
  for (const { id, kind } of page.questions) {
    const held = draft.answers[id] as unknown as SlotAnswer | undefined;
    if (kind === 'slot' && held?.slot === first(fields, id)) kept[id] = { ...held };
  }
  return kept;
}
