/** Which dates a calendar offers: worked out from the city's tour plans, never stored. */
import type { City, TourPlan } from '#city';
import { addDays, type Clock, type IsoDate, momentOf, weekday, zonedInstant } from '#time';

const SUNDAY = 7;

/** A calendar in one area. */
export interface TourName {
  calendar: string;
  area: string;
}

/** A crew's regular tour. */
export type Tour = Omit<TourPlan, 'areaName' | 'postcodes'>;

/** What this room needs to know of a city. */
export interface TourCity extends Pick<City, 'closedFor'> {
  tours: readonly Tour[];
}

/** A date on which a tour goes. */
export interface TourDay extends TourName {
  date: IsoDate;
  capacity: number;
}

/** On the tour's weekday, never on a Sunday, a public holiday or a day on which the city closes. */
function goesAt(tour: Tour, city: TourCity, date: IsoDate): boolean {
  const day = weekday(date);
  return day === tour.weekday && day !== SUNDAY && city.closedFor(tour.calendar, date) === undefined;
}

function daysOf(tour: Tour, city: TourCity, today: IsoDate): TourDay[] {
  const days: TourDay[] = [];
  for (let ahead = tour.leadDays; ahead <= tour.horizonDays; ahead += 1) {
    const date = addDays(today, ahead);
    if (!goesAt(tour, city, date)) continue;
    days.push({ calendar: tour.calendar, area: tour.area, date, capacity: tour.capacity });
  }
  return days;
}

/**
 * Every date that can be booked on a day: where the tour goes, from its lead time to its horizon. Two tours through the same area on the same day add up.
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

/**
 * Days on which a tour would go and does not, for those who look for a date between two others.
 * @returns each with the reason, the earliest first
 */
export function closedDays(
  city: TourCity,
  { calendar, area }: TourName,
  from: IsoDate,
  to: IsoDate,
): { date: IsoDate; closed: string }[] {
  const weekdays = city.tours.flatMap((tour) => (goesOn(tour, { calendar, area }) ? tour.weekday : []));
  const days: { date: IsoDate; closed: string }[] = [];
  for (let date = from; date < to; date = addDays(date, 1)) {
    const closed = weekdays.includes(weekday(date)) ? city.closedFor(calendar, date) : undefined;
    if (closed !== undefined) days.push({ date, closed });
  }
  return days;
}

/** @returns whether both are the same calendar in the same area */
export const goesOn = (slot: TourName, tour: TourName): boolean =>
  slot.calendar === tour.calendar && slot.area === tour.area;

/** Without a rule of the calendar a date can be changed until it begins. */
const UNTIL_THE_DAY = { days: 0, time: '00:00' };

/** @returns the instant from which a booked date stays as it is */
export function lastChange(city: TourCity, { calendar, date }: { calendar: string; date: IsoDate }): Date {
  const rule = city.tours.find((tour) => tour.calendar === calendar)?.changeUntil ?? UNTIL_THE_DAY;
  return zonedInstant(addDays(date, -rule.days), rule.time);
}

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
    /** Whether the date is offered today. */
    has: (slot: Omit<TourDay, 'capacity'>): boolean =>
      all().some((day) => day.date === slot.date && goesOn(day, slot)),
    /** Whether a tour goes on the date at all, offered or not: a place held before its lead time began stays good. */
    goes: (slot: Omit<TourDay, 'capacity'>): boolean =>
      city.tours.some((tour) => goesOn(tour, slot) && goesAt(tour, city, slot.date)),
  };
}
