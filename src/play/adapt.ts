/** Journeys are written for one date and one household; a running office has its own date and a memory. */
import type { JourneyStep } from '#service';
import { addDays, type IsoDate, isIsoDate } from '#time';

type Fill = Record<string, string | readonly string[]>;

function shiftDates(fill: Fill, days: number): void {
  for (const name of Object.keys(fill)) {
    const question = /^(.+)\.day$/.exec(name)?.[1];
    if (question === undefined) continue;
    const [day, month, year] = ['day', 'month', 'year'].map((part) =>
      String(fill[`${question}.${part}`] ?? ''),
    );
    const date: IsoDate = `${year?.padStart(4, '0')}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
    // A date that does not exist is meant so: the journey wants its error.
    if (!isIsoDate(date)) continue;
    const [newYear, newMonth, newDay] = addDays(date, days).split('-').map(Number);
    Object.assign(fill, {
      [`${question}.day`]: String(newDay),
      [`${question}.month`]: String(newMonth),
      [`${question}.year`]: String(newYear),
    });
  }
}

function moveHouse(fill: Fill, household: number): void {
  for (const [name, value] of Object.entries(fill)) {
    if (!name.endsWith('.houseNumber') || typeof value !== 'string') continue;
    fill[name] = value.replace(/^(\d+)(-\d+)?/, (_all, _from, range) =>
      range === undefined ? String(household) : `${household}-${household + 2}`,
    );
  }
}

/**
 * @param fill a step's answers
 * @param days move every date by so many days
 * @param household stands in for every house number
 * @returns the answers changed so
 */
export function adapt(
  fill: JourneyStep['fill'],
  days: number,
  household: number | undefined,
): JourneyStep['fill'] {
  const adapted: Fill = { ...fill };
  if (days !== 0) shiftDates(adapted, days);
  if (household !== undefined) moveHouse(adapted, household);
  return adapted;
}
