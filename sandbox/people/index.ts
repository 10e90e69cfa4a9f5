/** The test persons of all stand-ins and example journeys. Invented, but for Erika Mustermann, whom everybody knows. */
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

const at = (street: string, houseNumber: string, postcode: string, city: string) => ({
  ...{ street, houseNumber, postcode, city },
});

export const PEOPLE: readonly TestPerson[] = [
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
      address: at('Kaiserstraße', '97', '76133', 'Karlsruhe'),
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
      address: at('Erzbergerstraße', '12', '76133', 'Karlsruhe'),
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
      address: at('Rüppurrer Straße', '33', '76137', 'Karlsruhe'),
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
      address: at('Gartenstraße', '20', '76133', 'Karlsruhe'),
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
      address: at('Durlacher Allee', '40', '76131', 'Karlsruhe'),
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
      address: at('Durlacher Allee', '42', '76131', 'Karlsruhe'),
    },
  },
  {
    id: 'frieda',
    level: 'high',
    means: 'idCard',
    description: 'Personalausweis; die Anschrift auf dem Ausweis liegt in Ettlingen',
    attributes: {
      familyName: 'Brandt',
      givenNames: 'Frieda',
      birthName: 'Brandt',
      birthDate: '1975-10-02',
      birthPlace: 'Ettlingen',
      nationality: 'DEU',
      address: at('Rheinstraße', '7', '76275', 'Ettlingen'),
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
      address: at('Kriegsstraße', '100', '76133', 'Karlsruhe'),
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
      address: at('Moltkestraße', '5', '76133', 'Karlsruhe'),
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
      address: at('Sophienstraße', '80', '76133', 'Karlsruhe'),
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

/** Who gets letters with codes in a trial: a company, as landlords often are. */
export const LANDLORD: Addressee = {
  name: 'Wohnbau Übung GmbH & Co. KG',
  address: at('Amalienstraße', '25', '76133', 'Karlsruhe'),
};

/** @returns the person as an identification tells it (`letterCode`: whoever has the landlord's letter), or undefined for a name that nobody has */
export function identified(id: string): Identified | undefined {
  const seen = '2026-11-23T09:00:00Z';
  if (id === 'letterCode')
    return { provider: id, level: 'low', means: id, at: seen, attributes: {}, addressee: LANDLORD };
  const person = PEOPLE.find((one) => one.id === id);
  return (
    person && {
      provider: 'bundid',
      ...{ level: person.level, means: person.means },
      at: seen,
      attributes: person.attributes,
    }
  );
}
