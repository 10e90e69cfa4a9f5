/** Which dates a calendar offers: worked out from the city's tour plans, never stored. */
import { addDays, type IsoDate, weekday } from '#time';

const SUNDAY = 7;

/** A crew's regular tour through one area. */
export interface Tour {
  calendar: string;
  area: string;
  /** 1 = Monday to 7 = Sunday */
  weekday: number;
  /** Places a day. */
  capacity: number;
  /** The first date offered is so many days after today. */
  leadDays: number;
  /** The last one is at most so many days after today. */
  horizonDays: number;
}

/** What this room needs to know of a city. */
export interface TourCity {
  tours: readonly Tour[];
  /** @returns the name of the public holiday on that date, if it is one */
  isHoliday(date: IsoDate): string | undefined;
}

/** A date on which a tour goes. */
export interface TourDay {
  calendar: string;
  area: string;
  date: IsoDate;
  capacity: number;
}

function daysOf(tour: Tour, city: TourCity, today: IsoDate): TourDay[] {
  const days: TourDay[] = [];
  for (let ahead = tour.leadDays; ahead <= tour.horizonDays; ahead += 1) {
    const date = addDays(today, ahead);
    if (weekday(date) !== tour.weekday || weekday(date) === SUNDAY || city.isHoliday(date)) continue;
    days.push({ calendar: tour.calendar, area: tour.area, date, capacity: tour.capacity });
  }
  return days;
}

/**
 * Every date that can be booked on a day: on the tour's weekday, from its lead time to its horizon, never on a Sunday
 * or a public holiday. Two tours through the same area on the same day add up.
 * @returns in the order calendar, area, date, each once
 */
export function openDays(city: TourCity, today: IsoDate): TourDay[] {
  const byKey = new Map<string, TourDay>();
  for (const day of city.tours.flatMap((tour) => daysOf(tour, city, today))) {
    const key = `${day.calendar}/${day.area}/${day.date}`;
    const known = byKey.get(key);
    byKey.set(key, known ? { ...known, capacity: known.capacity + day.capacity } : day);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}
