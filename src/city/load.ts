import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ZodType } from 'zod';
import { type Problem, readSource, type Source, whyUnread } from '#source';
import type { IsoDate } from '#time';
import { publicHolidays } from './holidays.ts';
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

type Sites = ReturnType<typeof sitesShape.parse>;
type Tours = ReturnType<typeof toursShape.parse>;

function duplicates(source: Source<readonly { id: string }[]>): Problem[] {
  const seen = new Set<string>();
  return source.value.flatMap(({ id }, index) => {
    const again = seen.has(id);
    seen.add(id);
    return again
      ? [{ file: source.file, line: source.lineOf([index, 'id']), message: `"${id}" is there twice` }]
      : [];
  });
}

function terminalsTwice(source: Source<Sites>): Problem[] {
  const seen = new Set<string>();
  return source.value.flatMap((site, index) =>
    site.terminals.flatMap((terminal, place) => {
      const again = seen.has(terminal);
      seen.add(terminal);
      if (!again) return [];
      const line = source.lineOf([index, 'terminals', place]);
      return [{ file: source.file, line, message: `terminal "${terminal}" already belongs to a site` }];
    }),
  );
}

/** People on screens of their own are somewhere, too: at the one site that never closes, whatever it is called. */
function ownScreens(source: Source<Sites>): Problem[] {
  const [first, ...more] = source.value.flatMap((site, index) => (site.alwaysOpen ? [{ site, index }] : []));
  const problem = (index: number, message: string): Problem => ({
    ...{ file: source.file, line: source.lineOf([index]) },
    message,
  });
  if (!first)
    return [problem(0, 'no site has `alwaysOpen: true`: people with a screen of their own need one')];
  const message = `"${first.site.id}" already is the site of people with a screen of their own; there can be one`;
  return more.map(({ index }) => problem(index, message));
}

function closedUnknown(source: Source<Closure[]>, sites: Sites, tours: Tours): Problem[] {
  const kinds = [
    { list: 'sites', one: 'site', file: 'sites.yaml', known: new Set(sites.map(({ id }) => id)) },
    {
      list: 'calendars',
      one: 'calendar',
      file: 'tours.yaml',
      known: new Set(tours.map(({ calendar }) => calendar)),
    },
  ] as const;
  return source.value.flatMap((closure, index) =>
    kinds.flatMap(({ list, one, file, known }) =>
      (closure[list] ?? []).flatMap((name, place) => {
        if (known.has(name)) return [];
        const line = source.lineOf([index, list, place]);
        return [{ file: source.file, line, message: `there is no ${one} "${name}" in ${file}` }];
      }),
    ),
  );
}

/** A street's postcode that is not the city's would keep everybody there from going on. */
function streetProblems(
  file: string,
  streets: readonly ListedStreet[],
  postcodes: readonly string[],
): Problem[] {
  const wrong = streets.flatMap(({ name, postcodes: own = [] }) =>
    own.filter((one) => !postcodes.includes(one)).map((postcode) => ({ name, postcode })),
  );
  if (wrong.length === 0) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return wrong.map(({ name, postcode }) => ({
    file,
    line: lines.findIndex((line) => line.startsWith(name) && line.includes(postcode)) + 1,
    message: `"${name}": ${postcode} is not a postcode in city.yaml`,
  }));
}

/** Every postcode a tour serves belongs to the city, and to one area of the calendar only. */
function tourProblems(source: Source<Tours>, postcodes: readonly string[]): Problem[] {
  return source.value.flatMap((tour, tourIndex) => {
    const taken = new Map<string, string>();
    return tour.areas.flatMap((area, areaIndex) =>
      area.postcodes.flatMap((postcode, place) => {
        const other = taken.get(postcode);
        taken.set(postcode, area.id);
        const line = source.lineOf([tourIndex, 'areas', areaIndex, 'postcodes', place]);
        if (other !== undefined)
          return [{ file: source.file, line, message: `${postcode} already belongs to area "${other}"` }];
        if (!postcodes.includes(postcode))
          return [{ file: source.file, line, message: `${postcode} is not a postcode in city.yaml` }];
        return [];
      }),
    );
  });
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
 * Reads a municipality from its folder: `city.yaml`, `offices.yaml`, `sites.yaml`, `closures.yaml`, `tours.yaml`, `portals.yaml`, `streets.txt`.
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
  const streetFiles = [join(folder, 'streets.txt'), extraStreetsFile]
    .filter((file) => file !== undefined)
    .filter((file) => file !== extraStreetsFile || existsSync(file))
    .map((file) => ({ file, streets: reader.streets(file) }));
  if (!base || !offices || !sites || !closures || !tours || !portals) return { problems: reader.problems };
  const problems = [
    ...reader.problems,
    ...duplicates(offices),
    ...duplicates(sites),
    ...duplicates(portals),
    ...terminalsTwice(sites),
    ...ownScreens(sites),
    ...closedUnknown(closures, sites.value, tours.value),
    ...tourProblems(tours, base.value.postcodes),
    ...streetFiles.flatMap(({ file, streets }) => streetProblems(file, streets, base.value.postcodes)),
  ];
  if (problems.length > 0) return { problems };

  const { state, ...city } = base.value;
  const isHoliday = publicHolidays(state);
  const streets = sortedStreets(streetFiles.flatMap((list) => list.streets));
  return {
    problems: [],
    city: {
      ...city,
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
