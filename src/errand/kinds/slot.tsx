import { closedDays } from '#booking';
import { noDatesPage } from '#visit';
import type { SlotChoice } from '#web';
import { takeAnswers } from '../answer-walk.ts';
import { formPage, NOTHING_BESIDE, shellOf } from '../form-page.tsx';
import { tourOf } from '../resolve.ts';
import { type At, type KindOfPage, ORDINARY } from './kind.ts';

/** How many free dates are offered at once. More would be a calendar to study, not a choice. */
const DATES_SHOWN = 12;

/** A date of a tour or at an office. It needs the booking. */
export const slot: KindOfPage = {
  ...ORDINARY,
  async show(at, view) {
    const shell = shellOf(at, view);
    const slots = await freeFor(at);
    if (slots.length > 0) return formPage(at, shell, view, { ...NOTHING_BESIDE, slots });
    // A page without a form, so the bar has one of its own.
    const { form: _, ...page } = shell.page;
    return noDatesPage(page, view.errors.length > 0);
  },
  take: takeAnswers,
};

/** @returns dates of the tour that comes to the address which the page's question asks by, and the days between on which it does not */
async function freeFor({ deps, here }: At): Promise<readonly SlotChoice[]> {
  const question = here.page.questions.find((one) => one.kind === 'slot');
  const tour = question && tourOf(deps.city, question, here.walked.answers);
  if (!tour) return [];
  const free = await deps.booking.free(tour.calendar, tour.area, DATES_SHOWN);
  const [first, last] = [free[0], free.at(-1)];
  const closed = first && last ? closedDays(deps.city, tour, first.date, last.date) : [];
  return [...free, ...closed].toSorted((one, other) => (one.date < other.date ? -1 : 1));
}
