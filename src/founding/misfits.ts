/** What is wrong with answers that each for itself are well. */
import type { IsoDate } from '#time';
import type { Answers } from './answers.ts';

/** A place in the answers, and what is wrong there. */
export interface Misfit {
  path: readonly (string | number)[];
  message: string;
}

function twice(list: 'offices' | 'sites', names: readonly string[]): Misfit[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: [list, index, 'name'], message: `"${name}" is there twice` }],
  );
}

function tasksTwice({ offices }: Answers): Misfit[] {
  const does = new Map<string, string>();
  return offices.flatMap(({ name, tasks = [] }, index) =>
    tasks.flatMap((task, place) => {
      const other = does.get(task);
      does.set(task, name);
      if (other === undefined) return [];
      return [
        { path: ['offices', index, 'tasks', place], message: `"${task}" is already done by "${other}"` },
      ];
    }),
  );
}

/**
 * @param isListed whether the town's streets come in a file
 * @returns what contradicts itself, by its place in the answers
 */
export function misfits(answers: Answers, today: IsoDate, isListed: boolean): Misfit[] {
  const { offices, sites, accessibilityChecked: checked } = answers;
  const isFuture = checked !== undefined && checked > today;
  const foreign = new Set(foreignAddresses(answers).map(({ path }) => path.join()));
  const isStreetless = !isListed && foreign.size === offices.length + sites.length;
  return [
    ...twice(
      'offices',
      offices.map(({ name }) => name),
    ),
    ...twice(
      'sites',
      sites.map(({ name }) => name),
    ),
    ...tasksTwice(answers),
    ...(isFuture
      ? [
          {
            path: ['accessibilityChecked'],
            message: `${checked} is yet to come: the day on which it was looked at`,
          },
        ]
      : []),
    ...(isStreetless
      ? [
          {
            path: ['offices'],
            message: 'no address is in one of the `postcodes`: name a file with `streets`',
          },
        ]
      : []),
  ];
}

/** @returns addresses of offices and places that are in none of the town's postcodes: possible, but seldom meant */
export function foreignAddresses({ offices, sites, postcodes }: Answers): Misfit[] {
  return Object.entries({ offices, sites }).flatMap(([list, places]) =>
    places.flatMap(({ address }, index) =>
      postcodes.includes(address.postcode)
        ? []
        : [
            {
              path: [list, index, 'address'],
              message: `${address.postcode} is none of the \`postcodes\`: is that meant?`,
            },
          ],
    ),
  );
}
