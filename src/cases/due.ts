import { addDays, civilDate, zonedInstant } from '#time';

/**
 * When a time counted in days is over: at the end of its last day on the office's calendar (§ 31 VwVfG, §§ 187, 188 BGB).
 * @param from the instant it begins; that day is not counted
 */
export function endOfDays(from: Date, days: number): Date {
  return zonedInstant(addDays(civilDate(from), days + 1), '00:00');
}
