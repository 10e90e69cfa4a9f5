/** Which dates a calendar offers: worked out from the city's tour plans, never stored. */
import { addDays, type Clock, type IsoDate, momentOf, weekday } from '#time';

const SUNDAY = 7;

/** A calendar in one area. */
export interface TourName {
  calendar: string;
  area: string;
}

/** A crew's regular tour. */
export interface Tour extends TourName {
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
export interface TourDay extends TourName {
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

/** @returns whether both are the same calendar in the same area */
export const goesOn = (slot: TourName, tour: TourName): boolean =>
  slot.calendar === tour.calendar && slot.area === tour.area;

/** Which days are open now, worked out once a day. */
export function createOpenDays(city: TourCity, clock: Clock) {
  let known: { today: IsoDate; days: TourDay[] } | undefined;
  const all = (): TourDay[] => {
    const { today } = momentOf(clock.now());
    if (known?.today !== today) known = { today, days: openDays(city, today) };
    return known.days;
  };
  return {
    all,
    dates: (calendar: string, area: string): IsoDate[] =>
      all()
        .filter((day) => goesOn(day, { calendar, area }))
        .map((day) => day.date),
    has: (slot: Omit<TourDay, 'capacity'>): boolean =>
      all().some((day) => day.date === slot.date && day.area === slot.area && day.calendar === slot.calendar),
  };
}
