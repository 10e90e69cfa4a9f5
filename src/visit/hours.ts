import type { OpeningHours } from '#city';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

/**
 * Opening hours by day, neighbouring days with the same hours together.
 * @param hours by ISO weekday
 * @param w the short names of the weekdays, Monday first, with commas
 * @returns lines such as `Mo–Fr 08:00–17:00`; days that are closed are left out
 */
export function hoursText(hours: OpeningHours, w: { weekdays: string }): string[] {
  const names = w.weekdays.split(',');
  const of = (day: number): string => (hours[day] ?? []).map(({ from, to }) => `${from}–${to}`).join(', ');
  const lines: string[] = [];
  for (let first = 0; first < DAYS.length; first += 1) {
    const text = of(DAYS[first] ?? 0);
    let last = first;
    while (last + 1 < DAYS.length && of(DAYS[last + 1] ?? 0) === text) last += 1;
    const days = last > first ? `${names[first]}–${names[last]}` : names[first];
    if (text !== '') lines.push(`${days} ${text}`);
    first = last;
  }
  return lines;
}
