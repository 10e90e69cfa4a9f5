import type { AddressAnswer, Answer, CompiledQuestion } from '#service';
import type { Reference } from '../types.ts';
import { type Input, isRecord, type Kind, type KindError, type Parsed } from './kind.ts';
import { foreignCharacters, oneLine } from './text.ts';

const PARTS = ['street', 'houseNumber', 'postcode', 'city'] as const;
type Part = (typeof PARTS)[number];

/** "10", "10a", "10 a", "12-14", "10 1/2": a number, then what cities add to it. */
const HOUSE_NUMBER = /^\d{1,4} ?[a-z]?(?: ?[-/+] ?\d{1,4} ?[a-z]?)?(?: \d\/\d)?$/i;
/** Abroad: letters are in it, as in "CH-8001", "SW1A 1AA" or "1012 AB". Only digits means Germany, and there are five. */
const FOREIGN_POSTCODE = /^(?=.*[A-Z])[A-Z0-9][A-Z0-9 -]{2,9}$/;

class Reading {
  readonly errors: KindError[] = [];
  readonly typed: Readonly<Record<Part, string>>;

  constructor(input: Input) {
    const [street, houseNumber, postcode, city] = PARTS.map((part) => oneLine(input.one(part)));
    this.typed = {
      street: street ?? '',
      houseNumber: houseNumber ?? '',
      postcode: postcode ?? '',
      city: city ?? '',
    };
  }

  wrong(part: Part, code: KindError['code'], params: KindError['params'] = {}): string {
    this.errors.push({ part, code, params });
    return '';
  }

  text(part: Part, max: number): string {
    const value = this.typed[part];
    if (value === '') return this.wrong(part, 'required');
    if ([...value].length > max) return this.wrong(part, 'tooLong', { max });
    const characters = foreignCharacters(value);
    return characters === '' ? value : this.wrong(part, 'notAllowedCharacters', { characters });
  }

  houseNumber(strict: boolean): string {
    const value = this.typed.houseNumber;
    if (value === '' || value.length > 20 || foreignCharacters(value) !== '')
      return this.wrong('houseNumber', 'houseNumberMissing');
    if (!HOUSE_NUMBER.test(value)) return strict ? this.wrong('houseNumber', 'houseNumberMissing') : value;
    return value
      .toLowerCase()
      .replace(/(\d) (?=[a-z])/g, '$1')
      .replace(/ ?([-+]) ?/g, '$1');
  }
}

function inCity(reading: Reading, reference: Reference): AddressAnswer {
  const { street, postcode, city } = reading.typed;
  const cityName = reference.cityName || city;
  const known = street === '' ? undefined : reference.street(street);
  if (street === '') reading.wrong('street', 'required');
  else if (known === undefined) {
    const suggestions = reference.similarStreets(street).slice(0, 3).join(', ');
    reading.wrong('street', 'unknownStreet', { suggestions });
  }
  const houseNumber = reading.houseNumber(true);
  if (!/^\d{5}$/.test(postcode)) reading.wrong('postcode', postcode === '' ? 'required' : 'notAPostcode');
  else if (!reference.cityPostcode(postcode))
    reading.wrong('postcode', 'notInCity', { city: reference.cityName });
  if (city !== '' && city.toLowerCase() !== cityName.toLowerCase()) {
    reading.wrong('city', 'notInCity', { city: cityName });
  }
  return { street: known ?? '', houseNumber, postcode, city: cityName };
}

function anywhere(reading: Reading): AddressAnswer {
  const street = reading.text('street', 100);
  const houseNumber = reading.houseNumber(false);
  const postcode = reading.typed.postcode.toUpperCase();
  const fits = /^\d{5}$/.test(postcode) || FOREIGN_POSTCODE.test(postcode);
  if (!fits) reading.wrong('postcode', postcode === '' ? 'required' : 'notAPostcode');
  return { street, houseNumber, postcode, city: reading.text('city', 100) };
}

function parse(question: CompiledQuestion, input: Input, reference: Reference): Parsed {
  const reading = new Reading(input);
  // The city may stand there already, filled in for the person: alone it is no answer.
  const { street, houseNumber, postcode } = reading.typed;
  const cityOnly = street === '' && houseNumber === '' && postcode === '';
  if (cityOnly && question.optional) return 'empty';
  const address = question.within === 'city' ? inCity(reading, reference) : anywhere(reading);
  return reading.errors.length > 0 ? { errors: reading.errors } : { answer: { ...address } };
}

/** A postal address; `within: city` means a street of the city's list, in that list's spelling. */
export const address: Kind = {
  parse,
  fields: (_question, answer) =>
    isRecord(answer) ? Object.fromEntries(PARTS.map((part) => [part, [String(answer[part] ?? '')]])) : {},
  readable: (_question, answer: Answer) =>
    isRecord(answer) ? `${answer.street} ${answer.houseNumber}, ${answer.postcode} ${answer.city}` : '',
  accepts: (_question, answer) => isRecord(answer) && PARTS.every((part) => typeof answer[part] === 'string'),
};
