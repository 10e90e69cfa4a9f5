/** The test persons of all stand-ins and example journeys. Invented, but for Erika Mustermann, whom everybody knows. */

import type { City, Sample } from '#city';
import type { Addressee, Identified } from '#journey';
import type { Means } from '#service';

export interface TestPerson extends Pick<Identified, 'level' | 'attributes'> {
  id: string;
  /** What the person shows at the sign-in. */
  means: Means;
  /** What is special about this person, in German, for people who try the office out. */
  description: string;
  /** The card has expired: the provider says no. */
  expired?: true;
}

/** What of a city the people live in. */
export type Home = Pick<City, 'name' | 'sample'>;

type Street = { [K in keyof Sample]: Sample[K] extends { town: string } ? K : never }[keyof Sample];

const at = ({ name, sample }: Home, place: Street, houseNumber: string) => ({
  ...{ street: sample[place].street, houseNumber, postcode: sample[place].postcode, city: name },
});

/** @returns everybody, in the order of the sign-in page; whoever shows a German card lives in this city, but for one */
export const peopleIn = (home: Home): readonly TestPerson[] => [
  {
    id: 'erika',
    level: 'high',
    means: 'idCard',
    description: 'Personalausweis; Geburtsname Gabler steht nicht auf dem Chip',
    attributes: {
      familyName: 'Mustermann',
      givenNames: 'Erika',
      birthDate: '1964-08-12',
      birthPlace: 'Berlin',
      nationality: 'DEU',
      address: at(home, 'centre', '97'),
    },
  },
  {
    id: 'hans',
    level: 'high',
    means: 'idCard',
    description: 'Personalausweis; acht Punkte in Flensburg',
    attributes: {
      familyName: 'Groß',
      givenNames: 'Hans-Jürgen',
      birthName: 'Groß',
      birthDate: '1958-02-28',
      birthPlace: 'Rastatt',
      nationality: 'DEU',
      address: at(home, 'north', '12'),
      doctoralDegree: 'Dr.',
      email: 'hans-juergen.gross@example.org',
    },
  },
  {
    id: 'lukasz',
    level: 'high',
    means: 'eidas',
    description: 'Unionsbürger mit dem Ausweis seines Staates (eIDAS)',
    attributes: {
      familyName: 'Nowak',
      givenNames: 'Łukasz',
      birthName: 'Nowak',
      birthDate: '1985-03-07',
      birthPlace: 'Łódź',
      nationality: 'POL',
    },
  },
  {
    id: 'mai',
    level: 'high',
    means: 'residencePermit',
    description: 'elektronischer Aufenthaltstitel',
    attributes: {
      familyName: 'Đặng',
      givenNames: 'Thị Mai',
      birthName: 'Đặng',
      birthDate: '1992-11-30',
      birthPlace: 'Hà Nội',
      nationality: 'VNM',
      address: at(home, 'south', '33'),
    },
  },
  {
    id: 'sofia',
    level: 'high',
    means: 'eidCard',
    description: 'Unionsbürgerin mit der deutschen eID-Karte',
    attributes: {
      familyName: 'Papadopoulou',
      givenNames: 'Sofía',
      birthName: 'Papadopoulou',
      birthDate: '1990-05-21',
      birthPlace: 'Thessaloníki',
      nationality: 'GRC',
      address: at(home, 'ring', '20'),
    },
  },
  {
    id: 'suharto',
    level: 'high',
    means: 'residencePermit',
    description: 'hat nur einen Namen, keinen Vornamen',
    attributes: {
      familyName: 'Suharto',
      birthDate: '1970-06-15',
      birthPlace: 'Surabaya',
      nationality: 'IDN',
      address: at(home, 'east', '40'),
    },
  },
  {
    id: 'amadou',
    level: 'high',
    means: 'residencePermit',
    description: 'elektronischer Aufenthaltstitel; von der Geburt ist nur das Jahr bekannt',
    attributes: {
      familyName: 'Diallo',
      givenNames: 'Amadou',
      birthDate: '1985',
      birthPlace: 'Kindia',
      nationality: 'GIN',
      address: at(home, 'east', '42'),
    },
  },
  {
    id: 'frieda',
    level: 'high',
    means: 'idCard',
    description: 'Personalausweis; die Anschrift auf dem Ausweis liegt in einer anderen Stadt',
    attributes: {
      familyName: 'Brandt',
      givenNames: 'Frieda',
      birthName: 'Brandt',
      birthDate: '1975-10-02',
      birthPlace: 'Ettlingen',
      nationality: 'DEU',
      address: { ...home.sample.neighbour },
    },
  },
  {
    id: 'lena',
    level: 'high',
    means: 'idCard',
    description: 'Personalausweis; ein Punkt in der Probezeit',
    attributes: {
      familyName: 'Yıldız',
      givenNames: 'Lena',
      birthName: 'Yıldız',
      birthDate: '2006-04-09',
      birthPlace: 'Karlsruhe',
      nationality: 'DEU',
      address: at(home, 'ring', '100'),
    },
  },
  {
    id: 'jonas',
    level: 'high',
    means: 'idCard',
    description: 'sechzehn Jahre alt',
    attributes: {
      familyName: 'von und zu Ünlü',
      givenNames: 'Jonas',
      birthName: 'von und zu Ünlü',
      birthDate: '2010-04-01',
      birthPlace: 'Karlsruhe',
      nationality: 'DEU',
      address: at(home, 'north', '5'),
    },
  },
  {
    id: 'petra',
    level: 'substantial',
    means: 'elster',
    description: 'meldet sich mit ELSTER an, reicht nicht für jede Leistung',
    attributes: {
      familyName: 'Schäfer',
      givenNames: 'Petra',
      birthName: 'Weiß',
      birthDate: '1979-01-20',
      nationality: 'DEU',
      address: at(home, 'west', '80'),
    },
  },
  {
    id: 'paul',
    level: 'low',
    means: 'password',
    description: 'meldet sich nur mit Benutzername und Passwort an',
    attributes: { familyName: 'Klein', givenNames: 'Paul', birthDate: '1988-04-01' },
  },
  {
    id: 'mia',
    level: 'low',
    means: 'password',
    description: 'fünfzehn Jahre, noch ohne Online-Ausweis',
    attributes: {
      familyName: 'von und zu Ünlü',
      givenNames: 'Mia',
      birthDate: '2011-08-15',
      nationality: 'DEU',
    },
  },
  {
    id: 'karl',
    level: 'high',
    means: 'idCard',
    description: 'Personalausweis, seit gestern abgelaufen',
    expired: true,
    attributes: { familyName: 'Alt', givenNames: 'Karl', birthDate: '1944-03-19', nationality: 'DEU' },
  },
];

/** @returns who gets letters with codes in a trial: a company, as landlords often are */
export const landlordIn = (home: Home): Addressee => ({
  name: 'Wohnbau Übung GmbH & Co. KG',
  address: at(home, 'ring', '25'),
});

/**
 * @param home the city that they live in
 * @returns who finds a person as an identification tells it (`letterCode`: whoever has the landlord's letter), or undefined for
 *   a name that nobody has
 */
export function identifiedIn(home: Home): (id: string) => Identified | undefined {
  const people = peopleIn(home);
  const addressee = landlordIn(home);
  const seen = '2026-11-23T09:00:00Z';
  return (id) => {
    if (id === 'letterCode')
      return { provider: id, level: 'low', means: id, at: seen, attributes: {}, addressee };
    const person = people.find((one) => one.id === id);
    return (
      person && {
        provider: 'bundid',
        ...{ level: person.level, means: person.means },
        at: seen,
        attributes: person.attributes,
      }
    );
  };
}
