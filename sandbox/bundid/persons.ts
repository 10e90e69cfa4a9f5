/** Who can sign in at the practice BundID. Invented; each stands for one case an office must be ready for. */
import { civilDate } from '#time';

/** How somebody signs in, and the level that reaches: `AssertionProvedBy` and STORK level of the real one. */
export type Means = 'eID' | 'eIDAS' | 'Elster' | 'Benutzername';
export const STORK: Readonly<Record<Means, 1 | 3 | 4>> = { eID: 4, eIDAS: 4, Elster: 3, Benutzername: 1 };

/** By the names BundID gives its attributes (`FriendlyName`). */
export interface Facts {
  surname: string;
  givenName?: string;
  birthName?: string;
  birthdate: string;
  placeOfBirth?: string;
  nationality?: string;
  postalAddress?: string;
  postalCode?: string;
  localityName?: string;
  Country?: string;
  personalTitle?: string;
  mail?: string;
}

export interface Person {
  /** Value of the button on the sign-in page. */
  id: string;
  /** What the person is an example of, in German, for the sign-in page. */
  description: string;
  means: Means;
  facts: Facts;
  /** The card has expired: the provider says no. */
  expired?: true;
}

const home = (postalAddress: string, postalCode: string) => ({
  postalAddress,
  postalCode,
  localityName: 'Karlsruhe',
  Country: 'DE',
});

/** The birth date of somebody who has been so old for about a hundred days. */
function bornSo(years: number, today: Date): string {
  const [year, ...rest] = civilDate(new Date(today.getTime() - 100 * 86_400_000)).split('-');
  const [month, day] = rest;
  return `${Number(year) - years}-${month}-${month === '02' && day === '29' ? '28' : day}`;
}

const ADULTS: readonly Person[] = [
  {
    id: 'erika',
    description: 'Personalausweis, hat bei der Heirat den Namen geändert',
    means: 'eID',
    facts: {
      surname: 'Mustermann',
      givenName: 'Erika',
      birthName: 'Gabler',
      birthdate: '1984-08-12',
      placeOfBirth: 'Berlin',
      nationality: 'D',
      ...home('Karl-Friedrich-Straße 10', '76133'),
      personalTitle: 'Dr.',
      mail: 'erika.mustermann@example.org',
    },
  },
  {
    id: 'juergen',
    description: 'Personalausweis, Name mit Bindestrich und Umlaut',
    means: 'eID',
    facts: {
      surname: 'Weiß-Grünewald',
      givenName: 'Jürgen Karl-Heinz',
      birthdate: '1951-02-28',
      placeOfBirth: 'Karlsruhe',
      nationality: 'D',
      ...home('Kaiserallee 12 a', '76133'),
    },
  },
  {
    id: 'lukasz',
    description: 'EU-Bürger mit der eID seines Landes (eIDAS)',
    means: 'eIDAS',
    facts: {
      surname: 'Woźniak',
      givenName: 'Łukasz',
      birthdate: '1990-11-03',
      placeOfBirth: 'Łódź',
      nationality: 'POL',
    },
  },
  {
    id: 'hong',
    description: 'Elektronischer Aufenthaltstitel',
    means: 'eID',
    facts: {
      surname: 'Đặng',
      givenName: 'Thị Hồng',
      birthName: 'Đặng',
      birthdate: '1995-01-30',
      placeOfBirth: 'Hải Phòng',
      nationality: 'VNM',
      ...home('Durlacher Allee 44', '76131'),
    },
  },
  {
    id: 'suharto',
    description: 'Aufenthaltstitel, hat nur einen Namen',
    means: 'eID',
    facts: {
      surname: 'Suharto',
      birthdate: '1978-06-08',
      placeOfBirth: 'Yogyakarta',
      nationality: 'IDN',
      ...home('Rheinstraße 7', '76185'),
    },
  },
  {
    id: 'paul',
    description: 'ELSTER-Zertifikat (Vertrauensniveau substanziell)',
    means: 'Elster',
    facts: {
      surname: 'Schmid',
      givenName: 'Paul',
      birthdate: '1969-12-24',
      ...home('Yorckstraße 21', '76185'),
      mail: 'paul.schmid@example.org',
    },
  },
  {
    id: 'petra',
    description: 'Benutzername und Passwort (Basisregistrierung)',
    means: 'Benutzername',
    facts: {
      surname: 'Klein',
      givenName: 'Petra',
      birthdate: '1988-04-01',
      ...home('Amalienstraße 3', '76133'),
      mail: 'petra.klein@example.org',
    },
  },
  {
    id: 'karl',
    description: 'Personalausweis, seit gestern abgelaufen',
    means: 'eID',
    expired: true,
    facts: { surname: 'Alt', givenName: 'Karl', birthdate: '1944-03-19', nationality: 'D' },
  },
];

/** @returns everybody, with ages as they are at that instant */
export function personsAt(today: Date): readonly Person[] {
  const young = (
    id: string,
    givenName: string,
    years: number,
    means: Means,
    description: string,
  ): Person => ({
    ...{ id, means, description },
    facts: {
      surname: 'Mustermann',
      givenName,
      birthdate: bornSo(years, today),
      placeOfBirth: 'Karlsruhe',
      nationality: 'D',
      ...home('Karl-Friedrich-Straße 10', '76133'),
    },
  });
  return [
    ...ADULTS,
    young('noah', 'Noah', 16, 'eID', 'Personalausweis, 16 Jahre'),
    young('mia', 'Mia', 15, 'Benutzername', '15 Jahre, noch ohne Online-Ausweis: Benutzername und Passwort'),
  ];
}
