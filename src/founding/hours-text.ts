/** Opening hours as people write them: `Mo-Fr 8-12, Do 14-18`. */

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** By the first two letters, in German and English. */
const NAMES: readonly (readonly string[])[] = [
  ['mo'],
  ['di', 'tu'],
  ['mi', 'we'],
  ['do', 'th'],
  ['fr'],
  ['sa'],
  ['so', 'su'],
];
const PART = /^(\p{L}+)\.?(?:\s*[-–]\s*(\p{L}+)\.?)?:?\s+(.+)$/u;
const TIMES = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?$/;

/** Intervals by day, as `offices.yaml` and `sites.yaml` have them. */
export type Hours = Partial<Record<(typeof DAYS)[number], string[]>>;

const dayOf = (word: string): number =>
  NAMES.findIndex((names) => names.includes(word.toLowerCase().slice(0, 2)));

function intervalOf(text: string): string | undefined {
  const [, fromHour, fromMinute = '00', toHour, toMinute = '00'] = TIMES.exec(text.trim()) ?? [];
  if (fromHour === undefined || toHour === undefined) return undefined;
  const [from, to] = [`${fromHour.padStart(2, '0')}:${fromMinute}`, `${toHour.padStart(2, '0')}:${toMinute}`];
  const fits = (time: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time);
  return fits(from) && fits(to) && from < to ? `${from}-${to}` : undefined;
}

/** `Do 8-12, 14-18` and `Do 8-12 14-18` mean one day. */
const withoutLists = (text: string): string => text.replace(/(\d(?:\s*Uhr)?)\s*(?:,\s*|\s)(?=\d)/gi, '$1 + ');

/**
 * @param text days and times, with commas between; `und`, `+`, a comma or a space between two times of a day
 * @returns the hours, in order; undefined where they cannot be read or overlap
 */
export function readHours(text: string): Hours | undefined {
  const hours: Hours = {};
  for (const part of withoutLists(text)
    .split(/[,;\n]/)
    .filter((each) => each.trim() !== '')) {
    const [, first = '', last = first, times = ''] = PART.exec(part.trim()) ?? [];
    const [from, to] = [dayOf(first), dayOf(last)];
    const intervals = times
      .replace(/\s*Uhr\b/gi, '')
      .split(/\s*(?:\+|\bund\b|\band\b|\/)\s*/)
      .map(intervalOf);
    if (from < 0 || to < from) return undefined;
    for (const day of DAYS.slice(from, to + 1))
      for (const interval of intervals) {
        if (interval === undefined) return undefined;
        hours[day] = [...(hours[day] ?? []), interval].sort();
      }
  }
  const overlaps = Object.values(hours).some((list) =>
    list.some((one, index) => index > 0 && (list[index - 1] ?? '').slice(6) >= one.slice(0, 5)),
  );
  return overlaps || Object.keys(hours).length === 0 ? undefined : hours;
}
