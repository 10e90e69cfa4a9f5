import { z } from 'zod';
import { ADDRESS_ERRORS, type AddressCode, type AddressQuestion, GERMANY, PARTS } from './address/answer.ts';
import { isOtherLength, isTownAbroad } from './address/foreign-places.ts';
import { parseAddress } from './address/parse.ts';
import type { Doubt } from './address/reading.ts';
import { endsInNumber, isPostBox } from './address/text.ts';
import { isWholeAddress, toldAddress, toldFields } from './address/told.ts';
import { COUNTRY_CODES } from './country/codes.ts';
import { common } from './definition.ts';
import type { FormFields } from './input.ts';
import { objectSchema, TEXT_SCHEMA } from './json-schema.ts';
import { type Kind, ORDINARY } from './kind.ts';
import { type Answer, isRecord } from './question.ts';
import { answerWords } from './said.ts';
import { textFields } from './value-type.ts';

const definition = z.strictObject({
  ...common,
  kind: z.literal('address'),
  within: z.enum(['city', 'germany', 'anywhere']).optional(),
});

function fields(question: AddressQuestion, answer: Answer): FormFields {
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

function accepts(question: AddressQuestion, answer: Answer): boolean {
  if (!isRecord(answer) || !PARTS.every((part) => typeof answer[part] === 'string')) return false;
  const { country, unlisted } = answer;
  const elsewhere =
    country === undefined || (question.within === 'anywhere' && COUNTRY_CODES.has(`${country}`));
  return elsewhere && (unlisted === undefined || unlisted === true);
}

/**
 * A postal address. `within: city` means a street of the city's list in that list's spelling, or one that the person insists
 * on; `germany` five digits; `anywhere` asks for the country too. Without `country` an answer is in Germany.
 */
export const address: Kind<AddressQuestion, typeof definition, AddressCode> = {
  ...ORDINARY,
  kind: 'address',
  definition,
  own: ({ within = 'anywhere' }) => ({ within }),
  valueType: () => ({
    kind: 'record',
    fields: {
      ...textFields(...PARTS),
      country: { type: { kind: 'option', options: COUNTRY_CODES }, optional: true },
    },
  }),
  schema: () =>
    objectSchema(
      {
        ...Object.fromEntries(PARTS.map((part) => [part, TEXT_SCHEMA])),
        country: { type: 'string', pattern: '^[A-Z]{3}$', description: 'Where it is not Germany' },
        unlisted: { const: true, description: "The street is not in the city's list" },
      },
      PARTS,
    ),
  asks: ({ within }) => ({ as: 'address', within }),
  // Town and country stand there already when nobody has typed anything.
  filledIn: ['city', 'country'],
  errors: ADDRESS_ERRORS,
  needsCity: ['unknownStreet', 'notInCity', 'postcodeNotInCity', 'postcodeNotOfStreet'],
  demand: 'fill',
  parse: (question, input, { reference }) => parseAddress(question, input, reference),
  fields,
  accepts,
  told: { read: toldAddress, isWhole: isWholeAddress, fields: toldFields },
  readable: (_question, answer, wording) => readableAddress(answer, wording.country),
  // What a clerk, and the crew that comes there, should know of an address beside the address itself.
  beside: (_question, answer, language) =>
    isRecord(answer) && answer.unlisted === true ? { mark: answerWords(language).unlisted } : {},
  forCrews: 'mark',
};
