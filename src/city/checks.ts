/** What must fit together in a city's files. */
import { readFileSync } from 'node:fs';
import type { Problem, Source, SourcePath } from '#source';
import { landOf } from './laender.ts';
import type { sampleShape } from './sample.ts';
import type { Closure, cityShape, officesShape, sitesShape, toursShape } from './schema.ts';
import type { ListedStreet } from './street-list.ts';
import { createStreetIndex } from './streets.ts';

type Sites = ReturnType<typeof sitesShape.parse>;
type Tours = ReturnType<typeof toursShape.parse>;
type SampleFile = ReturnType<typeof sampleShape.parse>;
type CityFile = ReturnType<typeof cityShape.parse>;
type Offices = ReturnType<typeof officesShape.parse>;

export function duplicates(source: Source<readonly { id: string }[]>): Problem[] {
  const seen = new Set<string>();
  return source.value.flatMap(({ id }, index) => {
    const again = seen.has(id);
    seen.add(id);
    return again
      ? [{ file: source.file, line: source.lineOf([index, 'id']), message: `"${id}" is there twice` }]
      : [];
  });
}

/** The Amtlicher Gemeindeschlüssel begins with the Land's two digits: public holidays follow from the one, papers name the other. */
export function landProblems(source: Source<CityFile>): Problem[] {
  const { ags, state } = source.value;
  const land = landOf(ags);
  if (!land)
    return [{ ...source.spotOf(['ags']), message: `"${ags}" begins with the two digits of no Land` }];
  if (land.state === state) return [];
  return [
    { ...source.spotOf(['state']), message: `${state} is not the Land of "${ags}": that is ${land.state}` },
  ];
}

/** A service that names a task must find one office. */
export function tasksTwice(source: Source<Offices>): Problem[] {
  const does = new Map(source.value.map(({ id }) => [id, id]));
  return source.value.flatMap(({ id, tasks }, index) =>
    tasks.flatMap((task, place) => {
      const other = does.get(task);
      does.set(task, id);
      if (other === undefined) return [];
      const line = source.lineOf([index, 'tasks', place]);
      return [{ file: source.file, line, message: `"${task}" is already done by office "${other}"` }];
    }),
  );
}

/** Example journeys in the city have to be in it, and those elsewhere elsewhere. */
export function sampleProblems(
  source: Source<SampleFile>,
  postcodes: readonly string[],
  offices: Offices,
): Problem[] {
  const { staff, ...places } = source.value;
  const wrong = (path: SourcePath, message: string): Problem => ({ ...source.spotOf(path), message });
  const strangers = staff.flatMap((person, index) =>
    person.offices.flatMap((office, place) =>
      offices.some(({ id }) => id === office)
        ? []
        : wrong(['staff', index, 'offices', place], `there is no office "${office}" in offices.yaml`),
    ),
  );
  const misplaced = Object.entries(places).flatMap(([name, { postcode, ...more }]) => {
    const inCity = !('city' in more);
    if (postcodes.includes(postcode) === inCity) return [];
    const message = inCity
      ? `${postcode} is not a postcode in city.yaml`
      : `${postcode} is a postcode of the city: name an address in another town`;
    return wrong([name, 'postcode'], message);
  });
  return [...misplaced, ...strangers];
}

/** Example journeys ask for these streets: each has to be in the list. */
export function sampleStreets(
  source: Source<SampleFile>,
  list: string,
  streets: readonly string[],
): Problem[] {
  if (streets.length === 0) return [{ file: list, line: 1, message: 'there is no street in it: one a line' }];
  const index = createStreetIndex(streets);
  const told = new Set<string>();
  const { staff: _, ...places } = source.value;
  return Object.entries(places).flatMap(([name, { street, ...more }]) => {
    if ('city' in more || told.has(street) || index.find(street) !== undefined) return [];
    told.add(street);
    const message = `"${street}" is not in streets.txt: add it there, or name a street here that is`;
    return [{ ...source.spotOf([name, 'street']), message }];
  });
}

export function terminalsTwice(source: Source<Sites>): Problem[] {
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
export function ownScreens(source: Source<Sites>): Problem[] {
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

export function closedUnknown(source: Source<Closure[]>, sites: Sites, tours: Tours): Problem[] {
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
export function streetProblems(
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
export function tourProblems(source: Source<Tours>, postcodes: readonly string[]): Problem[] {
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
