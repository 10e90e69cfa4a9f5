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

/** A date known in part has no day to move: it moves with the calendar year. */
function shiftYears(fill: Fill, years: number): void {
  for (const name of Object.keys(fill)) {
    const question = /^(.+)\.year$/.exec(name)?.[1];
    const year = fill[name];
    if (question === undefined || fill[`${question}.day`] || !/^\d{4}$/.test(String(year))) continue;
    fill[name] = String(Number(year) + years);
  }
}

/** House numbers have four digits; whoever plays on and on needs letters after them. */
const HOUSES = 9_000;

/**
 * @param household from 1 on
 * @returns the number of a house, and its letter, where no other household lives
 */
export function houseOf(household: number): { house: number; letter: string } {
  const turn = Math.floor((household - 1) / HOUSES);
  const letter = turn === 0 ? '' : String.fromCharCode('a'.charCodeAt(0) + ((turn - 1) % 26));
  return { house: ((household - 1) % HOUSES) + 1, letter };
}

function moveHouse(fill: Fill, household: number): void {
  const { house, letter } = houseOf(household);
  for (const [name, value] of Object.entries(fill)) {
    if (!name.endsWith('.houseNumber') || typeof value !== 'string') continue;
    fill[name] = value.replace(/^\d+(-\d+)?(.*)/, (_all, range, rest) =>
      range === undefined ? `${house}${letter || rest}` : `${house}-${house + 2}${letter || rest}`,
    );
  }
}

/**
 * @param fill a step's answers
 * @param move every date by so many days; one without a day by so many years
 * @param household stands in for every house number
 * @returns the answers changed so
 */
export function adapt(
  fill: JourneyStep['fill'],
  { days, years }: { days: number; years: number },
  household: number | undefined,
): JourneyStep['fill'] {
  const adapted: Fill = { ...fill };
  if (years !== 0) shiftYears(adapted, years);
  if (days !== 0) shiftDates(adapted, days);
  if (household !== undefined) moveHouse(adapted, household);
  return adapted;
}
