/** Who can sign in at the practice BundID: the test persons, as BundID knows them. */
import type { TestPerson } from '#sandbox/people';
import type { AddressAnswer } from '#service';

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
  /** As on the chip of a German card: ID card, card for citizens of the Union, residence permit. */
  documentType?: 'ID' | 'UB' | 'AR';
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

const MEANS: Readonly<Record<TestPerson['means'], Means>> = {
  ...{ idCard: 'eID', eidCard: 'eID', residencePermit: 'eID' },
  ...{ eidas: 'eIDAS', elster: 'Elster', password: 'Benutzername' },
};

const DOCUMENT: Readonly<Partial<Record<TestPerson['means'], Facts['documentType']>>> = {
  ...{ idCard: 'ID', eidCard: 'UB', residencePermit: 'AR' },
};

function factsOf({ attributes, means }: TestPerson): Facts {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const { familyName, givenNames, birthName, birthDate, birthPlace, doctoralDegree, email } = attributes;
  const address = attributes.address as unknown as AddressAnswer | undefined;
  const optional = {
    ...{ givenName: text(givenNames), birthName: text(birthName), placeOfBirth: text(birthPlace) },
    ...{ personalTitle: text(doctoralDegree), mail: text(email) },
    // BundID says "D" for Germans, as machine-readable documents do (ICAO 9303).
    nationality: attributes.nationality === 'DEU' ? 'D' : text(attributes.nationality),
    postalAddress: address && `${address.street} ${address.houseNumber}`,
    ...{ postalCode: address?.postcode, localityName: address?.city, Country: address && 'DE' },
    documentType: DOCUMENT[means],
  };
  return {
    surname: text(familyName) ?? '',
    // A day that nobody knows: how a provider writes it differs, 00 is the most common.
    birthdate: `${text(birthDate) ?? ''}-00-00`.slice(0, 10),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** @returns test persons as BundID knows them */
export const personsOf = (people: readonly TestPerson[]): readonly Person[] =>
  people.map((person) => ({
    ...{ id: person.id, description: person.description, means: MEANS[person.means], facts: factsOf(person) },
    ...(person.expired && { expired: true }),
  }));
