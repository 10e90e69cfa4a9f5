/** An address as it was typed becomes one in the city, in Germany or anywhere, or what is wrong with it. */
import { countryOf } from '../country/names.ts';
import type { CommonCode } from '../errors.ts';
import type { Input } from '../input.ts';
import type { Parsed, Reference } from '../kind.ts';
import { type AddressAnswer, type AddressCode, type AddressQuestion, GERMANY } from './answer.ts';
import { isForeignPostcode, isForeignTown, isOtherLength, isTownAbroad } from './foreign-places.ts';
import { Reading, sortParts } from './reading.ts';
import { germanPostcodeOf, isPostBox } from './text.ts';

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

export function parseAddress(
  question: AddressQuestion,
  input: Input,
  reference: Reference,
): Parsed<AddressCode | CommonCode> {
  const reading = new Reading(input);
  // The city of an address in the city stands there already, filled in for the person: alone it is no answer.
  const { city, ...others } = reading.typed;
  const typed = [...Object.values(others), question.within === 'city' ? '' : city];
  if (question.optional && !typed.some((part) => SAYS_SOMETHING.test(part))) return 'empty';
  // No list has it and nobody here could read it: nothing else about it matters before it is written anew.
  if (reading.otherScripts()) return { errors: reading.errors };
  const address =
    question.within === 'city'
      ? inCity(reading, reference)
      : question.within === 'germany'
        ? inGermany(reading, reference, false)
        : anywhere(reading, reference);
  return reading.errors.length > 0 ? { errors: reading.errors } : { answer: { ...address } };
}
