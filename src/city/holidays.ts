import { createRequire } from 'node:module';
import type HolidaysClass from 'date-holidays';
import type { IsoDate } from '#time';

const load = createRequire(import.meta.url);

/**
 * Public holidays of a German state.
 * The library takes longer to load than the rest of the office together; it is loaded when first asked.
 * @param state two letters after ISO 3166-2:DE, for example `BW`
 * @returns a function that gives the German name of the holiday on a date, or undefined on an ordinary day
 */
export function publicHolidays(state: string): (date: IsoDate) => string | undefined {
  let library: HolidaysClass | undefined;
  const years = new Map<string, Map<IsoDate, string>>();
  const ofYear = (year: string): Map<IsoDate, string> => {
    const known = years.get(year);
    if (known) return known;
    library ??= new (load('date-holidays') as typeof HolidaysClass)('DE', state, {
      languages: ['de'],
      types: ['public'],
    });
    const days = new Map(library.getHolidays(year).map((day) => [day.date.slice(0, 10), day.name]));
    years.set(year, days);
    return days;
  };
  return (date) => ofYear(date.slice(0, 4)).get(date);
}
