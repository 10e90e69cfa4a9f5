import { addDays, civilTime, type IsoDate, type Moment, weekday } from '#time';
import type { City, OpenInterval, Site } from './types.ts';

/** `until` and `time` are wall clock times `HH:MM`; `until` is undefined where a site never closes. */
export type OpenState =
  | { open: true; until: string | undefined }
  | { open: false; opens: { date: IsoDate; time: string } | undefined };

/** How far ahead the next opening is looked for, in days. */
const LOOK_AHEAD = 60;

function intervalsOn(site: Site, city: City, date: IsoDate): readonly OpenInterval[] {
  const planned = site.hours[weekday(date)] ?? [];
  return planned.length > 0 && city.closureOf(site, date) === undefined ? planned : [];
}

/**
 * Whether a site is open. Compares wall clock times, so the change to and from summer time needs no care.
 * @returns until when it is open today, or when it opens next within two months
 */
export function openState(site: Site, city: City, moment: Moment): OpenState {
  if (site.alwaysOpen) return { open: true, until: undefined };
  const time = civilTime(moment.now);
  const today = intervalsOn(site, city, moment.today);
  const current = today.find((interval) => interval.from <= time && time < interval.to);
  if (current) return { open: true, until: current.to };
  const later = today.find((interval) => interval.from > time);
  if (later) return { open: false, opens: { date: moment.today, time: later.from } };
  for (let days = 1; days <= LOOK_AHEAD; days += 1) {
    const date = addDays(moment.today, days);
    const first = intervalsOn(site, city, date)[0];
    if (first) return { open: false, opens: { date, time: first.from } };
  }
  return { open: false, opens: undefined };
}

/** @returns the site that a terminal belongs to */
export function siteOfTerminal(city: City, terminal: string): Site | undefined {
  return city.sites.values().find((site) => site.terminals.includes(terminal));
}

/** @returns the tour area of a postcode in a calendar, or undefined when no tour goes there */
export function areaOf(city: City, calendar: string, postcode: string): string | undefined {
  return city.tours.find((tour) => tour.calendar === calendar && tour.postcodes.includes(postcode))?.area;
}

/** @returns the site of everybody who comes with a screen of their own: the one that never closes */
export function ownSite(city: City): Site {
  const site = city.sites.values().find(({ alwaysOpen }) => alwaysOpen);
  if (!site) throw new Error('no site of the city is always open');
  return site;
}
