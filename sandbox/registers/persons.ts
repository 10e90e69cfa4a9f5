/** People with something to tell about their driving. Invented; dates move with the stand-in's clock. */
import type { FaerAnswer } from '#registers';
import { addDays, addMonths, type IsoDate } from '#time';

type Entry = FaerAnswer['entries'][number];
type Stored = Pick<FaerAnswer, 'points' | 'licence' | 'entries'>;

export interface RegisterPerson {
  familyName: string;
  /** Left out for somebody with one name only. */
  givenNames?: string;
  birthDate: IsoDate;
  /** What the person stands for, in German, for the pages of the sandbox. */
  description: string;
}

interface TestPerson extends RegisterPerson {
  stored(today: IsoDate): Stored;
}

/** An entry whose decision became final so many months ago. */
function entry(
  today: IsoDate,
  monthsAgo: number,
  what: Omit<Entry, 'actedOn' | 'decidedOn' | 'finalOn'>,
): Entry {
  const finalOn = addMonths(today, -monthsAgo);
  return { ...what, actedOn: addDays(finalOn, -75), decidedOn: addDays(finalOn, -16), finalOn };
}

const KARLSRUHE = 'Stadt Karlsruhe, Bußgeldstelle';
const AUTHORITY = 'Stadt Karlsruhe, Fahrerlaubnisbehörde';
const COURT = 'Amtsgericht Karlsruhe';
const phone = {
  kind: 'minorOffence',
  authority: KARLSRUHE,
  offence: 'Mobiltelefon während der Fahrt benutzt (§ 23 Abs. 1a StVO)',
} as const;
const speed = {
  kind: 'minorOffence',
  authority: 'Regierungspräsidium Karlsruhe, Zentrale Bußgeldstelle',
  offence: 'Außerorts 31 km/h zu schnell (§ 3 Abs. 3 StVO)',
} as const;
const red = {
  kind: 'seriousOffence',
  authority: KARLSRUHE,
  offence: 'Bei Rot gefahren, Ampel länger als 1 Sekunde rot (§ 37 Abs. 2 StVO); Fahrverbot 1 Monat',
} as const;
const free = { barredForever: false };

export const TEST_PERSONS: readonly TestPerson[] = [
  {
    familyName: 'Mustermann',
    givenNames: 'Erika',
    birthDate: '1964-08-12',
    description: '2 Punkte',
    stored: (today) => ({
      points: 2,
      licence: free,
      entries: [
        entry(today, 5, { ...phone, id: '1', reference: '51.2-104 772' }),
        entry(today, 21, { ...speed, id: '2', reference: 'OWi 88213/4' }),
      ],
    }),
  },
  {
    familyName: 'Nowak',
    givenNames: 'Łukasz',
    birthDate: '1985-03-07',
    description: '5 Punkte, Seminar möglich',
    stored: (today) => ({
      points: 5,
      licence: free,
      entries: [
        entry(today, 30, { ...red, id: '1', reference: '51.2-098 311' }),
        entry(today, 14, { ...speed, id: '2', reference: 'OWi 90177/2' }),
        entry(today, 9, { ...phone, id: '3', reference: '51.2-103 905' }),
        {
          ...entry(today, 8, { kind: 'admonition', authority: AUTHORITY, id: '4', reference: '33.1-5521' }),
          actedOn: undefined,
        },
        entry(today, 3, { ...speed, id: '5', reference: 'OWi 93340/7' }),
      ],
    }),
  },
  {
    familyName: 'Đặng',
    givenNames: 'Thị Mai',
    birthDate: '1992-11-30',
    description: 'keine Eintragung',
    stored: () => ({ points: 0, licence: free, entries: [] }),
  },
  {
    familyName: 'Groß',
    givenNames: 'Hans-Jürgen',
    birthDate: '1958-02-28',
    description: '8 Punkte, Fahrerlaubnis entzogen, Sperre',
    stored: (today) => ({
      points: 8,
      licence: { barredForever: false, barredUntil: addMonths(today, 7) },
      entries: [
        entry(today, 34, { ...red, id: '1', reference: '51.2-096 020' }),
        entry(today, 19, { ...red, id: '2', reference: '51.2-100 418' }),
        entry(today, 11, { ...phone, id: '3', reference: '51.2-102 667' }),
        entry(today, 2, {
          id: '4',
          kind: 'crimeWithdrawal',
          authority: COURT,
          reference: '6 Cs 410 Js 20881',
          offence: 'Trunkenheit im Verkehr (§ 316 StGB); Fahrerlaubnis entzogen, Sperre 9 Monate',
        }),
      ],
    }),
  },
  {
    familyName: 'Suharto',
    birthDate: '1970-06-15',
    description: 'Eintragungen in der Überliegefrist',
    stored: (today) => ({
      points: 0,
      licence: free,
      entries: [
        entry(today, 35, { ...speed, id: '1', reference: 'OWi 71002/9' }),
        entry(today, 64, { ...red, id: '2', reference: '51.2-077 145' }),
      ],
    }),
  },
  {
    familyName: 'Yıldız',
    givenNames: 'Lena',
    birthDate: '2006-04-09',
    description: '1 Punkt, Fahrerlaubnis auf Probe',
    stored: (today) => ({
      points: 1,
      // Two years, and two more because a course was ordered: § 2a Abs. 2a StVG.
      licence: { barredForever: false, probationUntil: addMonths(today, 1) },
      entries: [
        entry(today, 44, { ...speed, id: '1', reference: 'OWi 70418/3' }),
        {
          ...entry(today, 42, {
            kind: 'probationCourse',
            authority: AUTHORITY,
            id: '2',
            reference: '33.1-4410',
          }),
          actedOn: undefined,
        },
        entry(today, 6, { ...phone, id: '3', reference: '51.2-104 290' }),
      ],
    }),
  },
];

const NOTHING: Stored = { points: 0, licence: free, entries: [] };
const plain = (name: string | undefined): string =>
  (name ?? '').normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('de');

/** @returns what the register holds about a person; about somebody it does not know it holds nothing */
export function storedAbout(person: Omit<RegisterPerson, 'description'>, today: IsoDate): Stored {
  const found = TEST_PERSONS.find(
    (one) =>
      one.birthDate === person.birthDate &&
      plain(one.familyName) === plain(person.familyName) &&
      plain(one.givenNames) === plain(person.givenNames),
  );
  return found?.stored(today) ?? NOTHING;
}
