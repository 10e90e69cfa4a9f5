/** An address that an ID tells: more than a question takes (the country), less (no house number), or spelt in another way. */
import type { CommonCode } from '../errors.ts';
import { type FormFields, Input } from '../input.ts';
import { type Parsed, type Reference, wrong } from '../kind.ts';
import { type Answer, isRecord } from '../question.ts';
import { type AddressCode, type AddressQuestion, GERMANY, PARTS } from './answer.ts';
import { parseAddress } from './parse.ts';
import { splitStreet } from './text.ts';

type Told = Readonly<Record<'street' | 'houseNumber' | 'postcode' | 'city' | 'country', string>>;

function partsOf(value: Answer): Told {
  const said = (part: string) => (isRecord(value) && typeof value[part] === 'string' ? value[part] : '');
  const [street = '', houseNumber = '', postcode = '', city = ''] = PARTS.map(said);
  const country = said('country') === GERMANY ? '' : said('country');
  const line = country === '' && houseNumber === '' ? splitStreet(street) : { street, houseNumber };
  return { ...line, postcode, city, country };
}

/** @returns whether nothing is missing of the address: abroad there may be neither number nor postcode */
export function isWholeAddress(value: Answer): boolean {
  const { street, houseNumber, postcode, city, country } = partsOf(value);
  return street !== '' && city !== '' && (country !== '' || (houseNumber !== '' && postcode !== ''));
}

/** @returns what the ID tells as it stands in the fields of the question */
export function toldFields(question: AddressQuestion, value: Answer): FormFields {
  const parts = partsOf(value);
  // An address in another state would only have to be wiped away where none can be given.
  if (parts.country !== '' && question.within !== 'anywhere') return {};
  const fields = PARTS.map((part): [string, string[]] => [`${question.id}.${part}`, [parts[part]]]);
  const country =
    question.within === 'anywhere' ? { [`${question.id}.country`]: [parts.country || GERMANY] } : {};
  return { ...Object.fromEntries(fields), ...country };
}

/**
 * Reads what the ID tells as if it had been typed. The register of residents knows streets that the city's list does not have.
 * @returns an answer, in the spelling of this office; why it is none; 'empty' when something is missing
 */
export function toldAddress(
  question: AddressQuestion,
  value: Answer,
  reference: Reference,
): Parsed<AddressCode | CommonCode> {
  if (!isWholeAddress(value)) return 'empty';
  const { country, ...parts } = partsOf(value);
  if (country !== '' && question.within !== 'anywhere')
    return wrong(
      question.within === 'city' ? 'notInCity' : 'notAGermanPostcode',
      cityParams(question, reference),
      'city',
    );
  const form = { ...toldFields(question, value), [`${question.id}.unlisted`]: ['yes'] };
  const read = parseAddress(question, new Input(form, question.id), reference);
  const locked = question.from?.locked === true && read !== 'empty' && 'errors' in read;
  // What nobody can change must not be in the way: then it stands as on the ID.
  return locked ? { answer: country === '' ? parts : { ...parts, country } } : read;
}

const cityParams = (
  { within }: AddressQuestion,
  { cityName }: Reference,
): Readonly<Record<string, string>> => (within === 'city' ? { city: cityName } : {});
