/**
 * Dates known in part. Not everybody has a birthday that anybody knows: registers and cards then say `XX.XX.1985`
 * (§ 3 Abs. 1 Nr. 6 BMG has no other field for it). Such a date is every day that it may be.
 */
import { addDays, addMonths, type IsoDate, isIsoDate } from './civil.ts';

/** `1985`, `1985-03` or `1985-03-24`. */
export type PartialDate = string;

/** @returns whether the text is a year, a month of a year or a day that exists */
export function isPartialDate(text: string): boolean {
  return isIsoDate(/^\d{4}(?:-\d\d)?$/.test(text) ? earliestDay(text) : text);
}

/** @returns the first day that the date may be */
export function earliestDay(date: PartialDate): IsoDate {
  return `${date}-01-01`.slice(0, 10);
}

/** @returns the last day that the date may be */
export function latestDay(date: PartialDate): IsoDate {
  if (date.length === 4) return `${date}-12-31`;
  return date.length === 7 ? addDays(addMonths(earliestDay(date), 1), -1) : date;
}
