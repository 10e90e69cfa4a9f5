import { addDays, civilDate, deadline, type Holidays, type IsoDate, zonedInstant } from '#time';
import { slotsIn } from './content.ts';
import type { HandIn } from './types.ts';

/**
 * When a time for people to do something in is over: at the end of its last day, which is a working day (§ 193 BGB).
 * @param from the instant it begins; that day is not counted
 */
export function endOfPeriod(from: Date, days: number, isHoliday: Holidays): Date {
  return zonedInstant(addDays(deadline(civilDate(from), days, 'days', isHoliday), 1), '00:00');
}

/**
 * When a time counted in days is over that nobody has to do anything in: at the end of its last day on the office's
 * calendar, whatever day that is (§§ 187, 188 BGB).
 * @param from the instant it begins; that day is not counted
 */
export function endOfDays(from: Date, days: number): Date {
  return zonedInstant(addDays(civilDate(from), days + 1), '00:00');
}

/** What is known of a case's time when it is closed. */
interface Kept {
  retain_days: number;
  destroy_at: Date | null;
}

/**
 * When a case that is closed now may be destroyed: its days count from then on, and what began to run with its delivery
 * is not cut short.
 */
export function destroyAfterClosing({ retain_days, destroy_at }: Kept, closed: Date): Date {
  const due = endOfDays(closed, retain_days);
  return destroy_at && destroy_at > due ? destroy_at : due;
}

/** A case that lies open for so long after it was handed in is told to the office's lead. */
const OVERDUE_MS = 90 * 86_400_000;

/** @returns the instant before which a case must have come in that lies open for too long */
export function overdueBefore(now: Date): Date {
  return new Date(now.getTime() - OVERDUE_MS);
}

/**
 * Until when the office means to have dealt with a case: the day that somebody was promised, or so many days from the day after
 * it came in, and then the next working day.
 * @param at when it comes in
 */
export function dueOn(
  { service, submission }: Pick<HandIn, 'service' | 'submission'>,
  at: Date,
  isHoliday: Holidays,
): IsoDate {
  const promised = [...slotsIn(service, submission).values()].map(({ date }) => date).sort();
  return promised[0] ?? deadline(civilDate(at), service.dueDays, 'days', isHoliday);
}
