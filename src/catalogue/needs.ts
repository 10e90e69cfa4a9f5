/** What a definition names must exist: in the city, in the house, and among what an office can be connected with. */
import { z } from 'zod';
import type { City } from '#city';
import { definitionOf, type ServiceFolder } from '#service';
import { hint, isGroup, type Problem, parseSource, type SourcePath } from '#source';
import { PICTOGRAM_IDS } from '#web';

type Named = 'office' | 'portal' | 'calendar' | 'pictogram' | 'register' | 'device' | 'authority';

/** Something that a definition names, and where. */
interface Mention {
  what: Named;
  id: string;
  path: SourcePath;
}

/** What stands under one key. The same word means other things elsewhere: `result.calendar` names a question. */
function mentionsAt(
  key: string,
  value: unknown,
  path: SourcePath,
  beside: Record<string, unknown>,
): Mention[] {
  const one = (what: Named, id: unknown, ...rest: string[]): Mention[] =>
    typeof id === 'string' ? [{ what, id, path: [...path, ...rest] }] : [];
  switch (key) {
    case 'office':
    case 'pictogram':
    case 'register':
      return one(key, value);
    case 'ref':
      return beside.kind === 'office' ? one('office', value) : [];
    case 'portal':
    case 'device':
      return isGroup(value) ? one(key, value.id, 'id') : one(key, value);
    case 'delivery':
      return isGroup(value) ? one('authority', value.authority, 'authority') : [];
    case 'calendar':
      if (!isGroup(value)) return one('calendar', value);
      return isGroup(value.of)
        ? Object.entries(value.of).flatMap(([option, id]) => one('calendar', id, 'of', option))
        : [];
    default:
      return [];
  }
}

function mentionsIn(value: unknown, path: SourcePath = []): Mention[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => mentionsIn(each, [...path, index]));
  if (!isGroup(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...mentionsAt(key, inner, [...path, key], value),
    ...mentionsIn(inner, [...path, key]),
  ]);
}

/** Registers and devices are connected by name; see `outside.ts`. */
const REGISTERS = ['faer'];
const DEVICES = ['eid'];

type Known = Readonly<Partial<Record<Named, { ids: ReadonlySet<string>; where: string }>>>;

function knownIn(city: City, authorities: Iterable<string> | undefined): Known {
  const inCity = (ids: Iterable<string>) => ({ ids: new Set(ids), where: `in ${city.name}` });
  return {
    office: inCity([...city.offices.values()].flatMap(({ id, tasks }) => [id, ...tasks])),
    portal: inCity(city.portals.keys()),
    calendar: inCity(city.tours.map(({ calendar }) => calendar)),
    pictogram: { ids: new Set(PICTOGRAM_IDS), where: 'here' },
    register: { ids: new Set(REGISTERS), where: 'here' },
    device: { ids: new Set(DEVICES), where: 'here' },
    ...(authorities && {
      authority: { ids: new Set(authorities), where: 'in `fitConnect.authorities` of AMTOMAT_CONNECTIONS' },
    }),
  };
}

/**
 * @param authorities those that cases can be sent to; undefined where whoever connects the office looks after them
 * @returns everything that a service's definition names and that does not exist, with file and line
 */
export function unknownNames(folder: ServiceFolder, city: City, authorities?: Iterable<string>): Problem[] {
  const source = definitionOf(folder);
  if (!source) return [];
  const known = knownIn(city, authorities);
  return mentionsIn(source.value).flatMap(({ what, id, path: at }) => {
    const { ids, where } = known[what] ?? {};
    if (!ids || ids.has(id)) return [];
    const message = `${what} "${id}" is unknown ${where}.${hint(id, ids)}`;
    return [{ ...source.spotOf(at), message }];
  });
}

/**
 * @param file the city's `offices.yaml`
 * @param folders all services that the city offers
 * @returns tasks of offices that no service names
 */
export function unknownTasks(
  file: string,
  text: string,
  city: City,
  folders: readonly ServiceFolder[],
): Problem[] {
  const { source } = parseSource(file, text, z.unknown());
  const named = new Set(
    folders
      .flatMap((folder) => mentionsIn(definitionOf(folder)?.value))
      .flatMap(({ what, id }) => (what === 'office' ? [id] : [])),
  );
  return [...city.offices.values()].flatMap(({ tasks }, index) =>
    tasks.flatMap((task, place) => {
      if (named.has(task)) return [];
      const message = `no service names the task "${task}".${hint(task, named)}`;
      return [{ file, line: source?.lineOf([index, 'tasks', place]) ?? 1, message }];
    }),
  );
}

/**
 * @param file the city's `city.yaml`
 * @param offered the services that there are in the city
 * @param everywhere those that there are for all cities
 * @returns tiles and decisions of the city about services that there are not, and tiles that are there twice
 */
export function unknownServices(
  file: string,
  text: string,
  city: City,
  offered: Iterable<string>,
  everywhere: Iterable<string>,
): Problem[] {
  const { source } = parseSource(file, text, z.unknown());
  const here = new Set(offered);
  const wrong = (path: SourcePath, slug: string, ids = here): Problem[] =>
    ids.has(slug)
      ? []
      : [
          {
            file,
            line: source?.lineOf(path) ?? 1,
            message: `there is no service "${slug}".${hint(slug, ids)}`,
          },
        ];
  const twice = city.tiles.flatMap((slug, index) =>
    city.tiles.indexOf(slug) === index
      ? []
      : [{ file, line: source?.lineOf(['tiles', index]) ?? 1, message: `tile "${slug}" is there twice` }],
  );
  return [
    ...twice,
    ...city.tiles.flatMap((slug, index) => wrong(['tiles', index], slug)),
    ...Object.keys(city.services).flatMap((slug) =>
      wrong(['services', slug], slug, new Set([...here, ...everywhere])),
    ),
  ];
}
