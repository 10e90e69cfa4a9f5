import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ZodType } from 'zod';
import { type Problem, readSource, type Source, whyUnread } from '#source';
import type { IsoDate } from '#time';
import {
  closedUnknown,
  duplicates,
  landProblems,
  ownScreens,
  sampleProblems,
  sampleStreets,
  streetProblems,
  tasksTwice,
  terminalsTwice,
  tourProblems,
} from './checks.ts';
import { publicHolidays } from './holidays.ts';
import { type Sample, sampleShape } from './sample.ts';
import {
  type Closure,
  cityShape,
  closuresShape,
  officesShape,
  portalsShape,
  sitesShape,
  toursShape,
} from './schema.ts';
import { type ListedStreet, parseStreetText, StreetListError, sortedStreets } from './street-list.ts';
import type { City, TourPlan } from './types.ts';

export type CityResult = { city: City; problems: [] } | { city?: undefined; problems: Problem[] };

/** Collects problems while files are read, so that an author sees all of them at once. */
class Reader {
  readonly problems: Problem[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  read<T>(name: string, shape: ZodType<T>): Source<T> | undefined {
    const result = readSource(join(this.#folder, name), shape);
    this.problems.push(...result.problems);
    return result.source;
  }

  streets(file: string): ListedStreet[] {
    try {
      return parseStreetText(readFileSync(file, 'utf8'));
    } catch (error) {
      const line = error instanceof StreetListError ? error.line : 1;
      this.problems.push({ file, line, message: whyUnread(error) });
      return [];
    }
  }
}

type Tours = ReturnType<typeof toursShape.parse>;

/** Where nobody writes a district, people write the name of the city. */
function inTown(sample: Sample, name: string): Sample {
  return Object.fromEntries(
    Object.entries(sample).map(([id, place]) => [
      id,
      'town' in place ? { ...place, town: place.town || name } : place,
    ]),
  ) as Sample;
}

function plansOf(tours: Tours): TourPlan[] {
  return tours.flatMap(({ calendar, leadDays, horizonDays, changeUntil, areas }) =>
    areas.flatMap(({ id, name, weekdays, capacity, postcodes }) =>
      weekdays.map((weekday) => ({
        calendar,
        area: id,
        areaName: name,
        postcodes,
        weekday,
        capacity,
        leadDays,
        horizonDays,
        changeUntil,
      })),
    ),
  );
}

/** What a closure is of: one that names neither sites nor calendars closes everything. */
function isOf(closure: Closure, list: 'sites' | 'calendars', name: string): boolean {
  const everything = closure.sites === undefined && closure.calendars === undefined;
  return everything || (closure[list]?.includes(name) ?? false);
}

function localClosure(
  closures: readonly Closure[],
  date: IsoDate,
  list: 'sites' | 'calendars',
  name: string,
): string | undefined {
  return closures.find(
    (closure) => (closure.date === date || closure.every === date.slice(5)) && isOf(closure, list, name),
  )?.reason;
}

/**
 * Reads a municipality from its folder: `city.yaml`, `offices.yaml`, `sites.yaml`, `closures.yaml`, `tours.yaml`, `portals.yaml`, `sample.yaml`, `streets.txt`.
 * @param extraStreetsFile a longer street list that completes the folder's (`amtomat import streets`); left out when it does not exist
 * @returns the city, or every problem with file and line
 */
export function loadCity(folder: string, extraStreetsFile?: string): CityResult {
  const reader = new Reader(folder);
  const base = reader.read('city.yaml', cityShape);
  const offices = reader.read('offices.yaml', officesShape);
  const sites = reader.read('sites.yaml', sitesShape);
  const closures = reader.read('closures.yaml', closuresShape);
  const tours = reader.read('tours.yaml', toursShape);
  const portals = reader.read('portals.yaml', portalsShape);
  const sample = reader.read('sample.yaml', sampleShape);
  const streetFiles = [join(folder, 'streets.txt'), extraStreetsFile]
    .filter((file) => file !== undefined)
    .filter((file) => file !== extraStreetsFile || existsSync(file))
    .map((file) => ({ file, streets: reader.streets(file) }));
  if (!base || !offices || !sites || !closures || !tours || !portals || !sample)
    return { problems: reader.problems };
  const problems = [
    ...reader.problems,
    ...landProblems(base),
    ...duplicates(offices),
    ...tasksTwice(offices),
    ...duplicates(sites),
    ...duplicates(portals),
    ...terminalsTwice(sites),
    ...ownScreens(sites),
    ...closedUnknown(closures, sites.value, tours.value),
    ...tourProblems(tours, base.value.postcodes),
    ...sampleProblems(sample, base.value.postcodes, offices.value),
    ...streetFiles.flatMap(({ file, streets }) => streetProblems(file, streets, base.value.postcodes)),
  ];
  const listed = streetFiles.flatMap((list) => list.streets);
  if (problems.length === 0) {
    const names = listed.map(({ name }) => name);
    problems.push(...sampleStreets(sample, join(folder, 'streets.txt'), names));
  }
  if (problems.length > 0) return { problems };

  const { state, ...city } = base.value;
  const { staff, ...places } = sample.value;
  const isHoliday = publicHolidays(state);
  const streets = sortedStreets(listed);
  return {
    problems: [],
    city: {
      ...city,
      folder,
      sample: inTown(places, city.name),
      staff,
      offices: new Map(offices.value.map((office) => [office.id, office])),
      sites: new Map(sites.value.map((site) => [site.id, site])),
      tours: plansOf(tours.value),
      portals: new Map(portals.value.map((portal) => [portal.id, portal])),
      streets: streets.map(({ name }) => name),
      streetPostcodes: new Map(
        streets.flatMap(({ name, postcodes }) => (postcodes ? [[name, postcodes]] : [])),
      ),
      isHoliday,
      closureOf: (site, date) => localClosure(closures.value, date, 'sites', site.id) ?? isHoliday(date),
      closedFor: (calendar, date) =>
        localClosure(closures.value, date, 'calendars', calendar) ?? isHoliday(date),
    },
  };
}
