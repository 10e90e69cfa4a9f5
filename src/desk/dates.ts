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

/** How far away the day is by which something is to be dealt with. */
export interface Due {
  /** Said beside the date, where it is near or over. */
  text: string | undefined;
  tone: 'fresh' | 'soon' | 'late';
}

const SOON_DAYS = 3;

/** @returns how near a day is; on the day itself it is not late yet */
export function dueIn(on: IsoDate, today: IsoDate): Due {
  const days = daysBetween(today, on);
  if (days < 0) return { text: WORDS.lateFor({ days: -days }), tone: 'late' };
  return days <= SOON_DAYS
    ? { text: WORDS.dueIn({ days }), tone: 'soon' }
    : { text: undefined, tone: 'fresh' };
}
