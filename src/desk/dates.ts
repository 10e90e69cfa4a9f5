import { about, SOURCE } from '#language';
import { civilDate, civilTime, daysBetween, type IsoDate } from '#time';
import { said } from './words.ts';

const WORDS = said('dates');
const weekdays = new Intl.DateTimeFormat(about(SOURCE).tag, { weekday: 'short', timeZone: 'UTC' });

/** @returns `23.11.2026` */
export function shortDate(date: IsoDate): string {
  return date.split('-').reverse().join('.');
}

/** @returns `Mo 23.11.2026` */
export function dayName(date: IsoDate): string {
  return `${weekdays.format(new Date(`${date}T00:00:00Z`))} ${shortDate(date)}`;
}

/** @returns `23.11.2026, 10:04` by the office's wall clock */
export function shortInstant(instant: Date): string {
  return `${shortDate(civilDate(instant))}, ${civilTime(instant)}`;
}

/** How long something has been lying, and whether somebody should look at it. */
export interface Age {
  text: string;
  tone: 'fresh' | 'soon' | 'late';
}

const SOON_DAYS = 3;
const LATE_DAYS = 7;

/** @returns the age in calendar days of the office's zone, so that "gestern" means yesterday and not 24 hours ago */
export function ageOf(since: Date, now: Date): Age {
  const days = Math.max(0, daysBetween(civilDate(since), civilDate(now)));
  return {
    text: WORDS.age({ days }),
    tone: days >= LATE_DAYS ? 'late' : days >= SOON_DAYS ? 'soon' : 'fresh',
  };
}
