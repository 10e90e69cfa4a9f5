import { type CitizenCase, isClosed } from '#cases';
import { germanIn, type Language, longDate } from '#language';
import { keptWords } from './words.ts';

/** Below so many days nobody thinks in months. */
const IN_DAYS = 100;
const YEAR = 365;

/** @returns the days that count, and what that is for people */
export function periodText(days: number, language: Language): string {
  const w = keptWords(language);
  if (days % YEAR === 0) return w.periodYears({ years: days / YEAR });
  return days < IN_DAYS
    ? w.periodDays({ days })
    : w.periodMonths({ days, months: Math.round(days / (YEAR / 12)) });
}

/**
 * How long the office keeps what was said, in a sentence or two: the number of the service as it was when the case was handed
 * in, from when it counts, and the last day where that is known (Art. 13 Abs. 2 Buchst. a DSGVO).
 */
export function keptText(
  { kept, authority, state }: Pick<CitizenCase, 'kept' | 'authority' | 'state'>,
  language: Language,
): string {
  const w = keptWords(language);
  const { from, days, until, held } = kept;
  const period = periodText(days, language);
  const open = !isClosed(state);
  const counted =
    until === undefined ? w[from]({ period }) : w[`${from}Until`]({ period, day: longDate(until, language) });
  // What began to run with its delivery ends later when it was closed later: then only the day is sure.
  const day =
    from === 'delivered' && until !== undefined && !open
      ? w.until({ day: longDate(until, language) })
      : counted;
  const checked = from === 'delivered' && open ? [w.checked] : [];
  return [
    day,
    ...checked,
    ...(held ? [w.held] : []),
    ...(authority ? [w.authority({ name: germanIn(language, authority.name) })] : []),
  ].join(' ');
}
