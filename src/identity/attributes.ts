/**
 * BundID's attributes and how they become plain answers. The names are object identifiers from the
 * Schnittstellenbeschreibung BundID 10.2.0.0 (16.05.2025), as `jguzdv/bundid-connector` and the simulators of
 * `ba-itsys` and `softwaremastermind` spell them.
 */
import countries from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { splitStreet } from '#kinds';
import { type Answer, type Attribute, lowest } from '#service';
import { isPartialDate } from '#time';
import { asTyped } from '#typed';
import type { Identity, Level } from './types.ts';

/** What the provider says of one attribute. */
export interface Told {
  value: string;
  /** Undefined: entered by the person, vouched for by nobody. */
  trust: Level | undefined;
}

/** Values of `akdb:TrustLevel`. UNTERGEORDNET is what people typed into their account themselves. */
export const TRUST: Readonly<Record<string, Level>> = {
  NORMAL: 'low',
  SUBSTANTIELL: 'substantial',
  HOCH: 'high',
};

const STREET = 'urn:oid:2.5.4.16';
const POSTCODE = 'urn:oid:2.5.4.17';
const CITY = 'urn:oid:2.5.4.7';
const COUNTRY = 'urn:oid:1.2.40.0.10.2.1.1.225599';

/** What is asked for each attribute. `always` ones everybody has; without them BundID does not let people go on. */
export const NAMES: Readonly<Record<Attribute, { oids: readonly string[]; always: boolean }>> = {
  familyName: { oids: ['urn:oid:2.5.4.4'], always: true },
  givenNames: { oids: ['urn:oid:2.5.4.42'], always: false },
  birthName: { oids: ['urn:oid:1.2.40.0.10.2.1.1.225566'], always: false },
  birthDate: { oids: ['urn:oid:1.2.40.0.10.2.1.1.55'], always: true },
  birthPlace: { oids: ['urn:oid:1.3.6.1.5.5.7.9.2'], always: false },
  nationality: { oids: ['urn:oid:1.2.40.0.10.2.1.1.225577'], always: false },
  address: { oids: [STREET, POSTCODE, CITY, COUNTRY], always: false },
  doctoralDegree: { oids: ['urn:oid:0.9.2342.19200300.100.1.40'], always: false },
  email: { oids: ['urn:oid:0.9.2342.19200300.100.1.3'], always: false },
};

/** Longest value in characters: twice what ICAO 9303 and DIN 91379 fields hold. */
const LONGEST = 200;
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;
/** What cards say where there is nothing to say, such as "-" for somebody without a given name. */
const NOTHING = /^[-–—+*\s]*$/;

const ALPHA3 = new Map<string, string>(
  countries.flatMap(([alpha2, alpha3]) => [
    [String(alpha2), String(alpha3)],
    [String(alpha3), String(alpha3)],
  ]),
);
/** ICAO 9303 part 3, section 5: travel documents call Germany D and Kosovo RKS. */
ALPHA3.set('D', 'DEU').set('RKS', 'XKX');

/** @returns the value in one line and NFC, or undefined when it is none or too long; what cannot be seen is not in it */
function plain(value: string | undefined, longest = LONGEST): string | undefined {
  if (value === undefined || value.length > longest * 4) return undefined;
  const text = asTyped(value).normalize('NFC').replace(/\s+/g, ' ').trim();
  return NOTHING.test(text) || FORBIDDEN.test(text) || [...text].length > longest ? undefined : text;
}

function country(value: string | undefined): string | undefined {
  return ALPHA3.get(plain(value)?.toUpperCase() ?? '');
}

/**
 * The card has street and number in one line; where a number cannot be told for sure, all of it is the street.
 * Abroad there may be no postcode, and people without a fixed address have no street: what there is, is told.
 */
function address(value: (oid: string) => string | undefined): Answer | undefined {
  const { street, houseNumber } = splitStreet(plain(value(STREET)) ?? '');
  const parts = {
    ...{ street, houseNumber: houseNumber.replace(/(\d) (?=[a-zA-Z]$)/, '$1') },
    ...{ postcode: plain(value(POSTCODE), 12) ?? '', city: plain(value(CITY)) ?? '' },
  };
  if (Object.values(parts).every((part) => part === '')) return undefined;
  const from = country(value(COUNTRY));
  return { ...parts, ...(from === undefined ? {} : { country: from }) };
}

/** A day or month that nobody knows, as chips, cards and registers write it: blank, `00`, `XX`, `<<`. */
const UNKNOWN = '(?:00|[xX]{2}|<<)';
const BIRTH_DATES = [
  /^(?<year>\d{4})-?(?<month>..)?-?(?<day>..)?$/,
  /^(?<day>..)\.(?<month>..)\.(?<year>\d{4})$/,
];

/**
 * The birth date as far as it is known. The chip holds eight signs, of which unknown ones are blank (BSI TR-03110 part 4,
 * DateOfBirth); the card has `XX.XX.1985` printed on it.
 * @returns `1985-03-24`, `1985-03` or `1985`
 */
function birthDate(value: string | undefined): string | undefined {
  const found = BIRTH_DATES.map((form) => form.exec(plain(value) ?? '')?.groups).find(Boolean);
  const known = [found?.year, found?.month, found?.day];
  const unknown = known.findIndex((part) => part === undefined || new RegExp(`^${UNKNOWN}$`).test(part));
  const date = (unknown < 0 ? known : known.slice(0, unknown)).join('-');
  return isPartialDate(date) && !date.startsWith('0000') ? date : undefined;
}

function email(value: string | undefined): string | undefined {
  const text = plain(value, 254);
  return text !== undefined && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text) ? text : undefined;
}

function read(attribute: Attribute, value: (oid: string) => string | undefined): Answer | undefined {
  const first = value(NAMES[attribute].oids[0] ?? '');
  if (attribute === 'address') return address(value);
  if (attribute === 'birthDate') return birthDate(first);
  if (attribute === 'nationality') return country(first);
  return attribute === 'email' ? email(first) : plain(first);
}

/**
 * The lowest of what is said about the parts, and never more than how the person signed in: with a password,
 * which is no trust level, nobody vouches for anything.
 */
function trustOf(parts: readonly Told[], level: Level): Level | undefined {
  if (level === 'low') return undefined;
  const said = parts.flatMap(({ trust }) => trust ?? []);
  return said.length === parts.length ? lowest(level, ...said) : undefined;
}

/**
 * Cards of people with one name have it in either field. Here the one name is the family name, as in travel documents
 * (ICAO 9303 part 3, primary identifier); it is as sure as the less sure of both fields.
 */
function withOneName(
  told: ReadonlyMap<string, Told>,
  wanted: readonly Attribute[],
): ReadonlyMap<string, Told> {
  const [family = '', given = ''] = [...NAMES.familyName.oids, ...NAMES.givenNames.oids];
  const [none, name] = [told.get(family), told.get(given)];
  const both = wanted.includes('familyName') && wanted.includes('givenNames');
  if (!both || !name || plain(name.value) === undefined || plain(none?.value) !== undefined) return told;
  const trust = trustOf(none ? [none, name] : [name], 'high');
  return new Map([...told, [family, { value: name.value, trust }], [given, { value: '', trust }]]);
}

/**
 * @param told by attribute name, from an answer that was checked
 * @param wanted what the visit asked for: whatever else was told is not read
 * @param level how the person signed in
 * @returns values that have the shape they should; one that has not counts as not told
 */
export function readAttributes(
  told: ReadonlyMap<string, Told>,
  wanted: readonly Attribute[],
  level: Level,
): Pick<Identity, 'attributes' | 'trust'> {
  const result: Pick<Identity, 'attributes' | 'trust'> = { attributes: {}, trust: {} };
  const said = withOneName(told, wanted);
  for (const attribute of wanted) {
    const answer = read(attribute, (oid) => said.get(oid)?.value);
    if (answer === undefined) continue;
    result.attributes[attribute] = answer;
    const parts = NAMES[attribute].oids.map((oid) => said.get(oid)).filter((part) => part !== undefined);
    const trust = trustOf(parts, level);
    if (trust !== undefined) result.trust[attribute] = trust;
  }
  return result;
}
