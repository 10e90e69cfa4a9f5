/** When a period of the law ends (§ 31 VwVfG and LVwVfG, §§ 187, 188, 193 BGB). */
import { addDays, addMonths, type Holidays, type IsoDate, weekday } from './civil.ts';

const SATURDAY = 6;

/** @returns whether offices and people work on that day: no Saturday, no Sunday, no public holiday */
export function isWorkday(date: IsoDate, isHoliday: Holidays): boolean {
  return weekday(date) < SATURDAY && !isHoliday(date);
}

/** How a period is counted. */
export type Period = 'days' | 'weeks' | 'months' | 'years';

const COUNTED: Readonly<Record<Period, (from: IsoDate, count: number) => IsoDate>> = {
  days: addDays,
  weeks: (from, count) => addDays(from, count * 7),
  months: addMonths,
  years: (from, count) => addMonths(from, count * 12),
};

/** @returns whether the word names a way of counting */
export function isPeriod(word: string): word is Period {
  return Object.hasOwn(COUNTED, word);
}

/**
 * The last day on which something is in time. The day of the event is not counted (§ 187 Abs. 1 BGB); a period of months
 * ends on the day of the same number, or the month's last (§ 188 Abs. 2, 3 BGB); what would end on a Saturday, a Sunday or a
 * public holiday ends on the next working day (§ 193 BGB, § 31 Abs. 3 VwVfG).
 * @param event the day it begins with, such as a move
 * @param isHoliday public holidays of the Land whose office it is
 */
export function deadline(event: IsoDate, count: number, period: Period, isHoliday: Holidays): IsoDate {
  let last = COUNTED[period](event, count);
  while (!isWorkday(last, isHoliday)) last = addDays(last, 1);
  return last;
}
