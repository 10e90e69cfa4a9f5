/** Bank accounts by their international number (ISO 13616): typed from a card or a statement, in any spacing. */
import { z } from 'zod';
import { line } from './asks.ts';
import { common } from './definition.ts';
import { IBAN_COUNTRIES, type IbanCountry, SEPA, SHAPES } from './iban/registry.ts';
import { type Kind, type KindError, ONE_TEXT, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { answerWords } from './said.ts';
import { STRING } from './value-type.ts';

export interface IbanQuestion extends Question<'iban'> {
  /** Where the account may be, by the two letters that its number begins with. */
  countries: 'anywhere' | 'sepa' | readonly IbanCountry[];
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('iban'),
  countries: z
    .union([z.literal('sepa'), z.array(z.enum(IBAN_COUNTRIES)).min(1)], {
      error: '`countries:` is `sepa` or a list of the two letters that IBANs begin with, such as `[DE, AT]`',
    })
    .optional()
    .meta({
      description: 'Where the account may be: `sepa`, or a list such as `[DE, AT]`; left out: anywhere',
    }),
});

const errors = {
  /** An account number, a bank code, anything without the two letters and two digits in front. */
  ibanStart: [],
  /** The code of the bank, which stands beside the IBAN. */
  ibanIsBic: [],
  /** No country has IBANs that begin with these letters. */
  ibanCountry: [],
  ibanNotSepa: [],
  /** `countries`: letters of those that are taken, with commas between. */
  ibanNotHere: ['countries'],
  /** `country`: its letters; `length`: how many signs it has there. */
  ibanTooShort: ['country', 'length'],
  ibanTooLong: ['country', 'length'],
  /** A letter where a digit belongs, or the other way round; a sign that is neither. */
  ibanSigns: [],
  /** All looks right, but the check digits say that it is not. */
  ibanSlip: [],
} as const;
type Code = keyof typeof errors;

/** What people put in front and between. */
const LABEL = /^IBAN(?:[-\s]*(?:NR|NUMMER|NUMBER))?[\s.:]*/i;
const BETWEEN = /[\s.\-\u2010-\u2015]/gu;
const BIC = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const START = /^[A-Z]{2}\d{2}/;

/** Without label and spaces, in capitals. */
function packed(typed: string): string {
  return typed
    .trim()
    .replace(LABEL, '')
    .replace(BETWEEN, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** @returns the remainder by 97 (ISO 7064) of the number with country and check digits moved to its end, letters counting 10 to 35 */
export function remainder(iban: string): number {
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** 00, 01 and 99 would pass as well and are never given out. */
function hasCheckDigits(iban: string): boolean {
  const digits = Number(iban.slice(2, 4));
  return digits >= 2 && digits <= 98 && remainder(iban) === 1;
}

type Fault = { errors: KindError<Code>[] };

/** @returns what is wrong with a packed number, whichever countries a question takes */
function faultOf(iban: string): Fault | undefined {
  const country = iban.slice(0, 2);
  if (BIC.test(iban)) return wrong('ibanIsBic');
  if (!START.test(iban)) return wrong('ibanStart');
  const shape = SHAPES.get(country);
  if (!shape) return wrong('ibanCountry');
  const { length, bban } = shape;
  if (iban.length !== length)
    return wrong(iban.length < length ? 'ibanTooShort' : 'ibanTooLong', { country, length });
  if (!bban.test(iban.slice(4))) return wrong('ibanSigns');
  return hasCheckDigits(iban) ? undefined : wrong('ibanSlip');
}

const takenBy = ({ countries }: IbanQuestion): readonly IbanCountry[] =>
  countries === 'anywhere' ? IBAN_COUNTRIES : countries === 'sepa' ? SEPA : countries;

/** @returns why the account of a known country cannot be taken by this question */
function elsewhere(question: IbanQuestion, iban: string): Fault | undefined {
  const countries = takenBy(question);
  if (!SHAPES.has(iban.slice(0, 2)) || countries.some((country) => iban.startsWith(country)))
    return undefined;
  return question.countries === 'sepa'
    ? wrong('ibanNotSepa')
    : wrong('ibanNotHere', { countries: countries.join(', ') });
}

/** Groups of four, as on paper. It begins with Latin letters, so it runs from left to right within a text of any script. */
const grouped = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** German ones hold the eight digits of the former bank code. */
const bankCodeOf = (iban: string): string | undefined => /^DE\d\d(\d{8})/.exec(iban)?.[1];

export const iban: Kind<IbanQuestion, typeof definition, Code> = {
  ...ORDINARY,
  ...ONE_TEXT,
  kind: 'iban',
  definition,
  own: ({ countries }) => ({ countries: countries ?? 'anywhere' }),
  valueType: () => STRING,
  schema: (question) => ({
    description: 'ISO 13616, without spaces',
    type: 'string',
    pattern: `^(${takenBy(question).join('|')})[0-9]{2}[A-Z0-9]{11,30}$`,
  }),
  asks: () => line({ autocomplete: 'off', spellcheck: 'false', dir: 'ltr' }),
  errors,
  parse: (question, input) => {
    const typed = packed(input.one());
    if (typed === '') return 'empty';
    // Whose account cannot be taken at all need not look for a slip in its number.
    const fault = START.test(typed) ? elsewhere(question, typed) : undefined;
    return fault ?? faultOf(typed) ?? { answer: typed };
  },
  fields: (_question, answer) => ({ '': [grouped(String(answer))] }),
  accepts: (question, answer) =>
    typeof answer === 'string' && faultOf(answer) === undefined && elsewhere(question, answer) === undefined,
  readable: (_question, answer) => grouped(String(answer)),
  beside: (_question, answer, language) => {
    const code = bankCodeOf(String(answer));
    return code === undefined ? {} : { mark: answerWords(language).bankCode({ code }) };
  },
};
