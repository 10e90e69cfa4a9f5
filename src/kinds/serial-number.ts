/** Serial numbers of identity papers: typed from a card, with or without its check digit, in any spacing. */
import { z } from 'zod';
import { line } from './asks.ts';
import { common } from './definition.ts';
import { TEXT_SCHEMA } from './json-schema.ts';
import { type Kind, ONE_TEXT, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { STRING } from './value-type.ts';

export interface SerialNumberQuestion extends Question<'serialNumber'> {
  /** A German identity card or passport, or a paper of any state. */
  issuer: 'german' | 'any';
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('serialNumber'),
  issuer: z.enum(['german', 'any']).optional(),
});

const errors = {
  /** Not the shape of a number of a German identity card or passport. */
  notASerialNumber: [],
  /** The shape is right, the check digit is not: one sign is misread. */
  serialNumberSlip: [],
  /** Six digits: the access number that stands on the card as well. */
  serialNumberIsCan: [],
  notADocumentNumber: [],
} as const;

/** Signs that may stand in a German number: no vowels, and none that look like a digit or like each other. */
const SIGN = '[0-9CFGHJKLMNPRTVWXYZ]';
/** § 2 Abs. 8 PAuswG: authority (four) and number (five). Identity cards since November 2010, passports since 2007. */
const PRESENT = new RegExp(`^([CFGHJKLMNPRTVWXYZ]${SIGN}{8})(\\d)?D?$`);
/** Identity cards and passports before that: nine digits. */
const FORMER = /^(\d{9})(\d)?D?$/;
/** Provisional papers and substitutes: a letter and seven digits. */
const PROVISIONAL = /^([A-Z]\d{7})(\d)?D?$/;
/** What stands on the front of a German card beside the serial number, and is often taken for it. */
const CAN = /^\d{6}$/;
/** The same, called by its name. */
const CALLED_CAN = /^(?:CAN|ZUGANGSNUMMER)(?:NR|NUMMER)?[:=]*\d{6}$/;
/** Papers of other states: whatever their states print, in capitals and digits. */
const ELSEWHERE = /^(?=.*\d)[A-Z0-9/]{5,20}$/;

const WEIGHTS = [7, 3, 1] as const;

/** @returns the check digit of a machine-readable line (ICAO 9303): digits count as such, A as 10, `<` as 0 */
export function checkDigit(text: string): number {
  let sum = 0;
  for (const [index, sign] of [...text].entries()) {
    const value = sign === '<' ? 0 : Number.parseInt(sign, 36);
    sum += value * (WEIGHTS[index % WEIGHTS.length] ?? 0);
  }
  return sum % 10;
}

/** What people write before a number; numbers begin with NR, too. */
const LABEL = /^(?:AUSWEIS|SERIEN|PASS)?(?:NR|NUMMER):?/;

/** Without what people put between the signs, and in capitals. */
function packed(typed: string): string {
  return typed.toUpperCase().replace(/[\s.<\-\u2010-\u2015]/gu, '');
}

/** @returns the number without its check digit; undefined when it has no German shape, `false` when the digit is another */
function german(text: string): string | false | undefined {
  // There is no letter O in it.
  const zeros = text.replaceAll('O', '0');
  const found = PRESENT.exec(zeros) ?? FORMER.exec(zeros) ?? PROVISIONAL.exec(zeros);
  const [, number, digit] = found ?? [];
  if (number === undefined) return undefined;
  return digit === undefined || checkDigit(number) === Number(digit) ? number : false;
}

export const serialNumber: Kind<SerialNumberQuestion, typeof definition, keyof typeof errors> = {
  ...ORDINARY,
  ...ONE_TEXT,
  kind: 'serialNumber',
  definition,
  own: ({ issuer = 'any' }) => ({ issuer }),
  valueType: () => STRING,
  schema: () => TEXT_SCHEMA,
  asks: () => line({ autocomplete: 'off', spellcheck: 'false', width: 'width-20' }),
  errors,
  parse: ({ issuer }, input) => {
    const typed = packed(input.one());
    if (typed === '') return 'empty';
    if (CALLED_CAN.test(typed)) return wrong('serialNumberIsCan');
    // Papers of other states have numbers of six digits, too.
    if (issuer === 'german' && CAN.test(typed)) return wrong('serialNumberIsCan');
    if (issuer === 'any') return ELSEWHERE.test(typed) ? { answer: typed } : wrong('notADocumentNumber');
    const number = german(typed) ?? german(typed.replace(LABEL, ''));
    if (number === undefined) return wrong('notASerialNumber');
    return number === false ? wrong('serialNumberSlip') : { answer: number };
  },
};
