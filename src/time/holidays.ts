import { addDays, civilDate, daysBetween, type Holidays, type IsoDate, type Moment } from './civil.ts';

/** New Year, Labour Day, German Unity Day, both Christmas days. */
const FIXED: ReadonlySet<string> = new Set(['01-01', '05-01', '10-03', '12-25', '12-26']);
/** Good Friday, Easter Monday, Ascension Day, Whit Monday: days from Easter Sunday. */
const FROM_EASTER: ReadonlySet<number> = new Set([-2, 1, 39, 50]);

/** @returns Easter Sunday of the Gregorian calendar (Gauss, with Lichtenberg's correction) */
export function easterOf(year: number): IsoDate {
  const century = Math.floor(year / 100);
  const moon = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const sun = 2 - Math.floor((3 * century + 3) / 4);
  const age = (19 * (year % 19) + moon) % 30;
  const correction =
    Math.floor(age / 29) + (Math.floor(age / 28) - Math.floor(age / 29)) * Math.floor((year % 19) / 11);
  const full = 21 + age - correction;
  const sunday = 7 - ((year + Math.floor(year / 4) + sun) % 7);
  const afterFull = 7 - ((full - sunday) % 7);
  return addDays(`${String(year).padStart(4, '0')}-03-01`, full + afterFull - 1);
}

/** @returns whether the day is a public holiday in every Land: the calendar of whoever knows no Land */
export function nationwideHoliday(date: IsoDate): boolean {
  if (FIXED.has(date.slice(5))) return true;
  return FROM_EASTER.has(daysBetween(easterOf(Number(date.slice(0, 4))), date));
}

/**
 * Ties an instant to its civil date.
 * @param isHoliday the holidays of the office's Land; without it, the days that are holidays in every one
 */
export function momentOf(now: Date, isHoliday: Holidays = nationwideHoliday): Moment {
  return { now, today: civilDate(now), isHoliday };
}
