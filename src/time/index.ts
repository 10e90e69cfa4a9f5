/**
 * The one clock of the office, and civil dates in the office's time zone.
 * Everything that asks "when?" receives a {@link Clock} or a {@link Moment}; nothing else reads the system time.
 */

export type { Holidays, IsoDate, Moment } from './civil.ts';
export {
  addDays,
  addMonths,
  civilDate,
  civilTime,
  daysBetween,
  HOUR_MS,
  hourOf,
  isIsoDate,
  weekday,
  zonedInstant,
} from './civil.ts';
export type { Clock } from './clock.ts';
export { createClock, parseClockSetting } from './clock.ts';
export { deadline, isPeriod, isWorkday, type Period } from './deadline.ts';
export { easterOf, momentOf, nationwideHoliday } from './holidays.ts';
export { earliestDay, isPartialDate, latestDay, type PartialDate } from './partial.ts';
export { within } from './patience.ts';
