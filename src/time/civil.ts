/** A calendar date as `YYYY-MM-DD`. Compares correctly as text. */
export type IsoDate = string;

/** @returns whether the day is a public holiday where the office is */
export type Holidays = (date: IsoDate) => boolean;

/** An instant together with the civil date it falls on in the office's time zone, and the calendar that holds there. */
export interface Moment {
  now: Date;
  today: IsoDate;
  isHoliday: Holidays;
}

export const ZONE = 'Europe/Berlin';
const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** @returns when the hour begins in which an instant lies */
export const hourOf = (at: Date): Date => new Date(at.getTime() - (at.getTime() % HOUR_MS));

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const MINUTE_MS = 60_000;
let last: { minute: number; fields: Record<string, string> } | undefined;

/** Date and time to the minute. Offices ask for the same minute again and again, and putting it into words is slow. */
function fields(instant: Date): Record<string, string> {
  const minute = Math.floor(instant.getTime() / MINUTE_MS);
  if (last?.minute !== minute) {
    last = {
      minute,
      fields: Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value])),
    };
  }
  return last.fields;
}

/** @returns the date on the office's wall calendar at that instant */
export function civilDate(instant: Date): IsoDate {
  const { year, month, day } = fields(instant);
  return `${year}-${month}-${day}`;
}

/** @returns the time on the office's wall clock as `HH:MM`, 00:00 to 23:59 */
export function civilTime(instant: Date): string {
  const { hour, minute } = fields(instant);
  return `${hour}:${minute}`;
}

/** @returns whether the text is a date that exists, as `YYYY-MM-DD` */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
}

function utc(date: IsoDate): number {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant)) throw new RangeError('not a calendar date');
  return instant;
}

/** @returns the date so many days later (or earlier, when negative) */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(utc(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param months calendar months, negative for earlier ones
 * @returns the day of the same number so many months later; in a month that has no such day, its last one
 *   (§ 188 Abs. 2 and 3 BGB)
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const from = new Date(utc(date));
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay))).toISOString().slice(0, 10);
}

/** @returns whole days from the first date to the second, negative when it is earlier */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((utc(to) - utc(from)) / DAY_MS);
}

/** @returns the weekday, 1 = Monday to 7 = Sunday (ISO 8601) */
export function weekday(date: IsoDate): number {
  return new Date(utc(date)).getUTCDay() || 7;
}

/**
 * @param date a civil date
 * @param time wall clock time `HH:MM`
 * @returns the instant of that wall time in the office's zone; in the hour skipped in spring, the one after it
 */
export function zonedInstant(date: IsoDate, time: string): Date {
  const guess = Date.parse(`${date}T${time}:00Z`);
  for (const hours of [2, 1]) {
    const instant = new Date(guess - hours * 3_600_000);
    if (civilDate(instant) === date && civilTime(instant) === time) return instant;
  }
  return new Date(guess - 3_600_000);
}
