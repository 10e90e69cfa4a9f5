/** A municipality's folder, worked out from the answers. What nobody has answered yet says so. */
import { stringify } from 'yaml';
import { landOf, OPEN_FACT as OPEN } from '#city';
import { type Address, type Answers, TASKS, type Task } from './answers.ts';

/** A street of the town, with postcodes where they are certain. */
export interface FoundStreet {
  name: string;
  postcodes: readonly string[] | undefined;
}

const yaml = (comment: string, value: unknown): string =>
  `# ${comment}\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}`;

/** @returns a word for file names and ids: small letters, digits, hyphens */
export function idOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain || 'amt';
}

/** @returns an id for each name, another for each: a second of the same gets a number, and so does one that is taken */
function ids(names: readonly string[], isTaken: (id: string, index: number) => boolean): string[] {
  const seen = new Set<string>();
  return names.map((name, index) => {
    const plain = idOf(name);
    let id = plain;
    for (let count = 2; seen.has(id) || isTaken(id, index); count += 1) id = `${plain}-${count}`;
    seen.add(id);
    return id;
  });
}

/** An office's id is one of its tasks: it cannot be called as what another does. */
function officeIdsOf(answers: Answers): string[] {
  const tasks = tasksOf(answers);
  return ids(
    answers.offices.map(({ name }) => name),
    (id, index) => tasks.some((done, other) => other !== index && (done as string[]).includes(id)),
  );
}

/** Which office does what: as somebody said, else the one that is called so, else the first. */
function tasksOf({ offices, tours, certificates }: Answers): Task[][] {
  const needed = TASKS.filter(
    (task) => (task !== 'abfall' || tours) && (!['standesamt', 'stadtarchiv'].includes(task) || certificates),
  );
  const doing = (task: Task): number => {
    const said = offices.findIndex(({ tasks }) => tasks?.includes(task));
    const called = offices.findIndex(({ name }) => idOf(name) === task);
    return [said, called].find((index) => index >= 0) ?? 0;
  };
  return offices.map((_, index) => needed.filter((task) => doing(task) === index));
}

function cityFile(id: string, answers: Answers) {
  const { name, ags, postcodes, districts, colour, areaCode, phone, tours, certificates } = answers;
  const land = landOf(ags);
  const none = [...(tours ? [] : ['sperrmuell']), ...(certificates ? [] : ['urkunden'])];
  return {
    ...{ id, name, ags, state: land?.state, postcodes, districts, accent: colour },
    ...{ areaCode: areaCode || undefined, phone115: phone },
    imprint: {
      operator: answers.operator ?? OPEN,
      address: answers.operatorAddress ?? OPEN,
      contact: answers.contact ?? `Fragen zu Leistungen beantwortet die ${phone}.`,
    },
    privacy: {
      controller: answers.privacyController ?? OPEN,
      officer: answers.privacyOfficer ?? OPEN,
      authority: land?.privacy ?? OPEN,
    },
    accessibility: {
      law: answers.accessibilityLaw ?? OPEN,
      contact: answers.accessibilityContact ?? OPEN,
      enforcement: answers.accessibilityEnforcement ?? OPEN,
      checked: answers.accessibilityChecked ?? OPEN,
    },
    ...(none.length > 0 && { services: Object.fromEntries(none.map((slug) => [slug, 'none'])) }),
  };
}

function officesFile(answers: Answers, officeIds: readonly string[]) {
  const tasks = tasksOf(answers);
  return answers.offices.map(({ name, address, phone, hours }, index) => ({
    ...{ id: officeIds[index], name, short: shortOf(name) },
    // An office's own id is a task already.
    tasks: (tasks[index] ?? []).filter((task) => task !== officeIds[index]),
    phone: phone ?? answers.phone,
    address: address.line,
    ...(hours && Object.keys(hours).length > 0 && { hours }),
  }));
}

/** Initials, or the beginning of a single word. */
function shortOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word));
  const [only = name] = words;
  return words.length === 1
    ? only.slice(0, 3)
    : words
        .map((word) => word[0]?.toUpperCase())
        .join('')
        .slice(0, 4);
}

/** The office on people's own screens. */
const OWN_SITE = 'zuhause';

function sitesFile({ sites }: Answers) {
  const siteIds = ids(
    sites.map(({ name }) => name),
    (siteId) => siteId === OWN_SITE,
  );
  return [
    ...sites.map(({ name, address, hours, terminals }, index) => ({
      ...{ id: siteIds[index], name, address: address.line, hours },
      terminals: Array.from({ length: terminals }, (_, number) => `${siteIds[index]}-${number + 1}`),
    })),
    // The same office on people's own screens.
    {
      id: OWN_SITE,
      name: 'Zuhause',
      address: 'Am eigenen Bildschirm',
      alwaysOpen: true,
      terminals: [OWN_SITE],
    },
  ];
}

const toursFile = ({ tours, postcodes }: Answers) =>
  tours
    ? ['sperrmuell', 'weisse-ware'].map((calendar) => ({
        ...{ calendar, leadDays: 5, horizonDays: 60, changeUntil: { days: 1, time: '12:00' } },
        areas: [
          { id: 'stadt', name: 'Stadt', weekdays: tours.weekdays, capacity: tours.capacity, postcodes },
        ],
      }))
    : [];

const PORTALS = [
  { id: 'bundid', name: 'BundID', address: 'https://id.bund.de' },
  { id: 'fuehrungszeugnis', name: 'Bundesamt für Justiz', address: 'https://www.fuehrungszeugnis.bund.de' },
  { id: 'faer', name: 'Kraftfahrt-Bundesamt', address: 'https://www.kba-online.de' },
];

/** Addresses far away; of two the one that is not in this town. */
const FAR = [
  { street: 'Königstraße', houseNumber: '1', postcode: '70173', city: 'Stuttgart' },
  { street: 'Unter den Linden', houseNumber: '3', postcode: '10117', city: 'Berlin' },
  { street: 'Jungfernstieg', houseNumber: '7', postcode: '20354', city: 'Hamburg' },
];

/** Who signs in at the desk of a trial. Invented. */
const PEOPLE = ['Berta Blum', 'Conny Conrad', 'Dora Dahl', 'Emil Ernst', 'Fatma Fidan', 'Gero Groß'];

function sampleFile(answers: Answers, officeIds: readonly string[], streets: readonly FoundStreet[]) {
  const { postcodes, offices } = answers;
  const [home = '00000'] = postcodes;
  const known = streets.map(({ name, postcodes: own }) => ({ street: name, postcode: own?.[0] ?? home }));
  const places = ['centre', 'ring', 'north', 'south', 'east', 'west', 'outer', 'village'];
  const far = FAR.filter(({ postcode }) => !postcodes.includes(postcode));
  const neighbour = {
    street: known[0]?.street ?? 'Hauptstraße',
    houseNumber: '7',
    postcode: ['99999', '99998', '99997'].find((one) => !postcodes.includes(one)),
    city: 'Nachbarstadt',
  };
  const staff = offices.map(({ name }, index) => ({
    sub: officeIds[index],
    name: PEOPLE[index % PEOPLE.length],
    description: `Sachbearbeitung: ${name}`,
    offices: [officeIds[index]],
    roles: ['clerk'],
  }));
  return {
    ...Object.fromEntries(places.map((place, index) => [place, known[index % known.length]])),
    ...{ neighbour, elsewhere: far[0], capital: far[1] },
    staff: [
      ...staff,
      {
        sub: 'lead',
        name: 'Ludwig Linde',
        description: 'Leitung aller Ämter',
        offices: officeIds,
        roles: ['clerk', 'lead'],
      },
    ],
  };
}

/** Streets in the addresses that somebody told: a list to begin with. */
function streetsOf({ offices, sites, postcodes }: Answers): FoundStreet[] {
  const told: Address[] = [...offices, ...sites].map(({ address }) => address);
  return told
    .filter(({ postcode }) => postcodes.includes(postcode))
    .map(({ street, postcode }) => ({ name: street, postcodes: [postcode] }));
}

/**
 * @param id the folder's name
 * @param streets the town's list, where somebody has one
 * @returns the files of the folder, by name
 */
export function filesOf(
  id: string,
  answers: Answers,
  streets: readonly FoundStreet[],
): Readonly<Record<string, string>> {
  const officeIds = officeIdsOf(answers);
  const told = streetsOf(answers);
  const names = new Set(streets.map(({ name }) => name));
  const all = [...streets, ...told.filter(({ name }) => !names.has(name))];
  const lines = all.map(({ name, postcodes }) => (postcodes ? `${name}; ${postcodes.join(', ')}` : name));
  const { certificates, tours } = answers;
  return {
    'city.yaml': yaml(
      `Production does not start while something here says "${OPEN}".`,
      cityFile(id, answers),
    ).replace(/^(?=phone115:)/m, '# The number that helps on the phone, also where it is not 115.\n'),
    'offices.yaml': yaml(
      'Who decides on cases. `tasks` are the names by which services ask for an office.',
      officesFile(answers, officeIds),
    ),
    'sites.yaml': yaml(
      "Places with terminals, and the same office on people's own screens.",
      sitesFile(answers),
    ),
    'closures.yaml': yaml(
      'Days on which the town is closed beside the public holidays of its Land.',
      answers.closingDays,
    ),
    'tours.yaml': yaml(
      'Pick-up tours. Weekdays: 1 is Monday. Capacity: households a tour serves on one day.',
      toursFile(answers),
    ),
    'portals.yaml': yaml('Online services of other authorities that this office opens for people.', PORTALS),
    'streets.txt': `# One street a line; after a semicolon its postcodes where they are certain.\n${[...new Set(lines)].join('\n')}\n`,
    'sample.yaml': yaml(
      'For example journeys and the invented people of a trial. A production office uses none of it.',
      sampleFile(answers, officeIds, all),
    ),
    ...(certificates && {
      'services/urkunden/service.yaml': yaml('What certificates cost here, and by which rule.', {
        fee: { cents: certificates.fee, legalBasis: certificates.legalBasis },
      }),
    }),
    ...(tours && {
      'services/sperrmuell/service.yaml': yaml('The rules of this town.', {
        legalBasis: [tours.legalBasis],
      }),
    }),
  };
}
