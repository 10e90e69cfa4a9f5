import type { Language } from '#language';
import { type AddressAnswer, type Answer, COUNTRY_CODES, type CompiledQuestion } from '#service';
import type { Reference } from '../types.ts';
import { type Doubt, PARTS, Reading, sortParts } from './address-reading.ts';
import { endsInNumber, germanPostcodeOf, isPostBox } from './address-text.ts';
import { countryOf } from './country-names.ts';
import { isForeignPostcode, isForeignTown, isOtherLength, isTownAbroad } from './foreign-places.ts';
import { type Input, isRecord, type Kind, type Parsed } from './kind.ts';
import { words } from './say.ts';

/** What a question for an address asks when nobody says another country. */
export const GERMANY = 'DEU';

/** Signs alone are no part of an address; what the office cannot write is asked back. */
const SAYS_SOMETHING = /[^\p{P}\p{Z}]/u;

function inCity(reading: Reading, reference: Reference): AddressAnswer {
  sortParts(reading, {
    street: (name) => name !== '' && reference.street(name) !== undefined,
    town: reference.isCity,
    filledIn: reference.cityName,
  });
  const { street, city } = reading.typed;
  const known = street === '' ? undefined : reference.street(street);
  const unlisted = known === undefined && reading.confirmed('unlisted');
  if (street === '') reading.wrong('street', 'required');
  else if (unlisted) reading.street('required');
  else if (known === undefined) {
    const suggestions = reference.similarStreets(street).slice(0, 3).join(', ');
    reading.wrong('street', 'unknownStreet', { suggestions });
  }
  const houseNumber = reading.houseNumber(true);
  // Of an address abroad nothing is wrong with the postcode.
  const abroad = isForeignTown(reading.typed) || isForeignPostcode(reading.typed.postcode);
  const postcode = abroad ? '' : cityPostcode(reading, known, reference);
  if (abroad || (city !== '' && !reference.isCity(city)))
    reading.wrong('city', 'notInCity', { city: reference.cityName });
  const address = { street: known ?? street, houseNumber, postcode, city: reference.cityName || city };
  return unlisted ? { ...address, unlisted } : address;
}

/** The postcode decides who comes to the house: it is the city's, and where the city knows a street's, one of those. */
function cityPostcode(reading: Reading, street: string | undefined, reference: Reference): string {
  const known = street === undefined ? undefined : reference.postcodesOf(street);
  const [only] = known ?? [];
  if (reading.typed.postcode === '' && known?.length === 1 && only !== undefined) return only;
  const postcode = reading.postcode('notAPostcode');
  if (postcode === '') return '';
  if (!reference.cityPostcode(postcode))
    return reading.wrong('postcode', 'postcodeNotInCity', { city: reference.cityName });
  return known === undefined || known.includes(postcode)
    ? postcode
    : reading.wrong('postcode', 'postcodeNotOfStreet', { postcodes: known.join(', ') });
}

/** @param elsewhere whether the person could also have chosen another country */
function inGermany(reading: Reading, reference: Reference, elsewhere: boolean): AddressAnswer {
  sortParts(reading, { street: () => false, town: reference.isCity, filledIn: '' });
  if (isForeignTown(reading.typed)) {
    // Everything else about it is right where it is.
    if (elsewhere) reading.wrong('country', 'otherCountry');
    else reading.wrong('city', 'notInGermany');
    return reading.typed;
  }
  if (!elsewhere && isForeignPostcode(reading.typed.postcode)) {
    reading.wrong('postcode', 'notInGermany');
    return reading.typed;
  }
  // A town of another country, and no postcode of it: perhaps the country is wrong, perhaps the place is called so.
  if (isTownAbroad(reading.typed) && !reading.confirmed('sure'))
    reading.wrong(elsewhere ? 'country' : 'city', 'perhapsAbroad');
  const street = reading.street('streetMissing');
  const houseNumber = isPostBox(street) ? '' : reading.houseNumber(false);
  const postcode = reading.postcode(elsewhere ? 'notAGermanPostcode' : 'notAPostcode');
  return { street, houseNumber, postcode, city: reading.text('city') };
}

/** Other states have no house numbers, no postcodes, towns of one letter: nothing is asked for that may not exist. */
function abroad(reading: Reading, country: string, reference: Reference): AddressAnswer {
  const { postcode: typed, city } = reading.typed;
  const ours = germanPostcodeOf(typed) !== undefined && reference.isCity(city);
  if ((ours || isOtherLength(country, typed)) && !reading.confirmed('sure'))
    reading.wrong('country', 'perhapsGermany');
  const street = reading.typed.street === '' ? reading.noStreet('streetMissing') : reading.text('street');
  const houseNumber = reading.optional('houseNumber', 40);
  const postcode = reading.optional('postcode', 20).replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const none = !/[\p{L}\p{N}]/u.test(postcode);
  return { street, houseNumber, postcode: none ? '' : postcode, city: reading.text('city'), country };
}

function anywhere(reading: Reading, reference: Reference): AddressAnswer {
  const typed = reading.country;
  const country = typed === '' ? GERMANY : countryOf(typed);
  if (country === GERMANY) return inGermany(reading, reference, true);
  const state = country ?? reading.wrong('country', 'notACountry', { typed: typed.slice(0, 80) });
  return abroad(reading, state, reference);
}

function parse(question: CompiledQuestion, input: Input, reference: Reference): Parsed {
  const reading = new Reading(input);
  // The city of an address in the city stands there already, filled in for the person: alone it is no answer.
  const { city, ...others } = reading.typed;
  const typed = [...Object.values(others), question.within === 'city' ? '' : city];
  if (question.optional && !typed.some((part) => SAYS_SOMETHING.test(part))) return 'empty';
  const address =
    question.within === 'city'
      ? inCity(reading, reference)
      : question.within === 'germany'
        ? inGermany(reading, reference, false)
        : anywhere(reading, reference);
  return reading.errors.length > 0 ? { errors: reading.errors } : { answer: { ...address } };
}

function fields(question: CompiledQuestion, answer: Answer): Readonly<Record<string, readonly string[]>> {
  if (!isRecord(answer)) return {};
  const parts = PARTS.map((part): [string, string[]] => [part, [String(answer[part] ?? '')]]);
  return {
    ...Object.fromEntries(parts),
    ...(question.within === 'anywhere' && { country: [String(answer.country ?? GERMANY)] }),
    ...confirmedBefore(answer),
  };
}

/** What somebody must have confirmed who has given this answer. */
function confirmedBefore(answer: { [name: string]: Answer }): Partial<Record<Doubt, readonly string[]>> {
  const [street = '', houseNumber = '', postcode = '', city = ''] = PARTS.map((part) =>
    String(answer[part] ?? ''),
  );
  const { country } = answer;
  const doubtful =
    country === undefined ? isTownAbroad({ postcode, city }) : isOtherLength(String(country), postcode);
  const yes = ['yes'];
  return {
    ...(answer.unlisted === true && { unlisted: yes }),
    ...(street === '' && { noStreet: yes }),
    ...(country === undefined &&
      houseNumber === '' &&
      street !== '' &&
      !isPostBox(street) && { noNumber: yes }),
    ...(country === undefined && houseNumber !== '' && endsInNumber(street) && { numbered: yes }),
    ...(doubtful && { sure: yes }),
  };
}

/** @returns an address on one line, in the order in which letters have it; the country in words where it is another */
export function readableAddress(answer: Answer, country: (code: string) => string): string {
  if (!isRecord(answer)) return '';
  const say = (...parts: (Answer | undefined)[]) => parts.filter(Boolean).join(' ');
  const lines = [say(answer.street, answer.houseNumber), say(answer.postcode, answer.city)];
  if (answer.country !== undefined) lines.push(country(String(answer.country)));
  return lines.filter(Boolean).join(', ');
}

function accepts(question: CompiledQuestion, answer: Answer): boolean {
  if (!isRecord(answer) || !PARTS.every((part) => typeof answer[part] === 'string')) return false;
  const { country, unlisted } = answer;
  const elsewhere =
    country === undefined || (question.within === 'anywhere' && COUNTRY_CODES.has(`${country}`));
  return elsewhere && (unlisted === undefined || unlisted === true);
}

/** What a clerk should know of an address beside the address itself. */
function mark(answer: Answer, language: Language): string | undefined {
  return isRecord(answer) && answer.unlisted === true ? words(language).unlisted : undefined;
}

/**
 * A postal address. `within: city` means a street of the city's list in that list's spelling, or one that the person insists
 * on; `germany` five digits; `anywhere` asks for the country too. Without `country` an answer is in Germany.
 */
export const address: Kind = {
  parse,
  fields,
  readable: (_question, answer, wording) => readableAddress(answer, wording.country),
  accepts,
  mark: (_question, answer, language) => mark(answer, language),
};
