import type { IsoDate } from '#time';
import type { Sample, SampleStaff } from './sample.ts';

/** An interval on the wall clock, `HH:MM`; `to` is exclusive and may be `24:00`. */
export interface OpenInterval {
  from: string;
  to: string;
}

/** Opening intervals by ISO weekday (1 = Monday), in order and without overlap. A missing day is closed. */
export type OpeningHours = Readonly<Partial<Record<number, readonly OpenInterval[]>>>;

/** A counter for matters of a few minutes, without an appointment. */
export interface ExpressCounter {
  name: string;
  hours: OpeningHours;
}

/** Who decides on cases. Empty `hours` mean that nobody is sure of them: point people to 115. */
export interface Office {
  id: string;
  name: string;
  short: string;
  phone?: string | undefined;
  address: string;
  /** What it does beside what its id says. */
  tasks: readonly string[];
  hours: OpeningHours;
  express?: ExpressCounter | undefined;
  url?: string | undefined;
}

/** A place with terminals. */
export interface Site {
  id: string;
  name: string;
  address: string;
  hours: OpeningHours;
  alwaysOpen: boolean;
  /** On which side of a machine's screen the card terminal hangs, where the pages may say so. */
  cardDevice?: 'left' | 'right' | 'below' | undefined;
  terminals: readonly string[];
}

/** Pick-ups in one area on one weekday. An area with two weekdays has two plans. */
export interface TourPlan {
  calendar: string;
  area: string;
  /** What people call the area. */
  areaName: string;
  postcodes: readonly string[];
  /** ISO weekday, 1 = Monday */
  weekday: number;
  /** Households a tour serves in a day. */
  capacity: number;
  /** Days between booking and the first tour that can still be booked. */
  leadDays: number;
  /** How many days ahead tours can be booked. */
  horizonDays: number;
  /** Until when a booked date can be moved or given up: so many days before it, at this time of day. */
  changeUntil: { days: number; time: string };
}

export interface Imprint {
  operator: string;
  address: string;
  contact: string;
  note?: string | undefined;
}

export interface Privacy {
  controller: string;
  officer: string;
  authority: string;
}

/** Accessibility statement: § 10 L-BGG in Baden-Württemberg, § 12b BGG, Directive (EU) 2016/2102. */
export interface Accessibility {
  /** The law that asks for it here. */
  law: string;
  /** To whom barriers are told. */
  contact: string;
  /** Who settles it when that does not help. */
  enforcement: string;
  /** The day when the office was last looked at. */
  checked: string;
  /** What is known to be a barrier here, beyond what is so in every office of this kind. */
  note?: string | undefined;
}

/** An authority's own online service. */
export interface Portal {
  id: string;
  name: string;
  /** https */
  address: string;
}

export interface City {
  /** Where its files are. */
  folder: string;
  id: string;
  name: string;
  /** Amtlicher Gemeindeschlüssel, 8 digits. */
  ags: string;
  postcodes: readonly string[];
  /** Other spellings of its name, and what people write into the field of the town instead of it. */
  alsoCalled: readonly string[];
  districts: readonly string[];
  /** `#rrggbb` with a contrast of at least 4.5:1 against white. */
  accent: string;
  /** What is dialled before a number in town, such as `0721`; '' when nobody said. */
  areaCode: string;
  phone115: string;
  imprint: Imprint;
  privacy: Privacy;
  accessibility: Accessibility;
  offices: ReadonlyMap<string, Office>;
  sites: ReadonlyMap<string, Site>;
  tours: readonly TourPlan[];
  /** Authorities' own online services, by id. */
  portals: ReadonlyMap<string, Portal>;
  /** What this city decided: services by slug. */
  services: Readonly<Record<string, 'native' | 'portal' | 'none'>>;
  /** How sure it must be here who somebody is, by slug, where that is more than the service asks for. */
  identity: Readonly<Record<string, 'low' | 'substantial' | 'high'>>;
  /** Slugs of services that take a code by letter here. */
  letterCodes: readonly string[];
  /** Slugs in the order of the home page; other services follow. */
  tiles: readonly string[];
  /** Addresses for example journeys and trials. */
  sample: Sample;
  /** Who signs in at the desk of a trial. */
  staff: readonly SampleStaff[];
  /** Sorted, each once. */
  streets: readonly string[];
  /** The postcodes of streets, by name, as far as the list says them. */
  streetPostcodes: ReadonlyMap<string, readonly string[]>;
  /** @returns the name of the public holiday of the state on that date, if it is one */
  isHoliday(date: IsoDate): string | undefined;
  /** @returns why the site is closed on that date although its hours say otherwise: a holiday or a local closure */
  closureOf(site: Site, date: IsoDate): string | undefined;
  /** @returns why no tour of the calendar goes on that date: a holiday or a local closure */
  closedFor(calendar: string, date: IsoDate): string | undefined;
}
