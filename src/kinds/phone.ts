/**
 * Telephone numbers. The answer is what the person typed, because people write more than a number ("133-0 App. 12, abends
 * 0172 …") and know why; but it always begins so that a clerk can dial it: with +, with 0, or with the town's area code put
 * in front. What cannot be a number is asked back, and nothing is ever made of it.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { z } from 'zod';
import { line } from './asks.ts';
import { common } from './definition.ts';
import { type Kind, ONE_TEXT, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { oneLine } from './text/lines.ts';
import { STRING } from './value-type.ts';

const definition = z.strictObject({ ...common, kind: z.literal('phone') });

const errors = {
  notAPhone: [],
  phoneLetters: [],
  phoneTooShort: [],
  phoneTooLong: [],
  /** Whose number it is cannot be told without area code or 0. */
  phoneAreaCode: [],
  /** 110, 112, 115 and other numbers that are nobody's own. */
  phoneService: [],
} as const;
type Code = keyof typeof errors;

const LONGEST = 80;
/** More numbers than anybody is called at. */
const MOST_NUMBERS = 3;

/** Words that people put before or after a number. */
const LABEL =
  '(?:telefon(?:nummer)?|tel|fon|phone|mobil(?:e|funk)?|handy|festnetz|privat|dienstlich|geschäftlich|büro|arbeit|work|home|zu hause|tagsüber|abends)(?!\\p{L})';
const BETWEEN = new RegExp(
  `(\\s*(?:;|\\||(?<!\\p{L})(?:oder|or|und|and|bzw\\.?)(?!\\p{L})|[,/](?=\\s*(?:${LABEL}[\\s.:]*)*[+0]))\\s*)`,
  'iu',
);
const EXTENSION =
  '(?:apparat|app|apt|durchwahl|dw|nebenstelle|nst|extension|ext)[.:]*\\s*(?<extension>\\d{1,6})\\)?';
const PART = new RegExp(
  `^(?<before>(?:${LABEL}[\\s.:]*)*)(?<number>[+(\\d][-\\d\\s()+/.]*?)(?<after>(?:[-\\s,(]*${EXTENSION})?(?:[\\s,(]*${LABEL}[.)]*)*)$`,
  'iu',
);

/** Emergency calls, the administration's 115, directory and other numbers that are nobody's own. */
const SERVICE = /^(?:11\d|116\d{3}|118\d{2,3}|19222)$/;
/** Dear or mass calls: no clerk calls back there. */
const DEAR = /^0(?:900|190|137|138)/;
/** Area codes and mobile networks; nothing begins with 010 to 014 or 019. */
const NATIONAL = /^0(?:[2-9]|1[5-8])/;
const MOBILE = /^01[5-7]/;

type Range = readonly [least: number, most: number];
/** With the 0: Germany's shortest numbers have six more digits; E.164 has at most 15, country and all. */
const NATIONAL_LENGTH: Range = [7, 14];
const MOBILE_LENGTH: Range = [10, 14];
const LOCAL_LENGTH: Range = [4, 8];
const LONGEST_ABROAD = 15;

const lengthFault = (length: number, [least, most]: Range): Code | undefined =>
  length < least ? 'phoneTooShort' : length > most ? 'phoneTooLong' : undefined;

function nationalFault(digits: string, areaCode: string): Code | undefined {
  const inTown =
    areaCode !== '' && digits.startsWith(areaCode) ? digits.slice(areaCode.length) : digits.slice(1);
  if (SERVICE.test(inTown) || DEAR.test(digits)) return 'phoneService';
  if (digits.length > 2 && !NATIONAL.test(digits)) return 'notAPhone';
  return lengthFault(digits.length, MOBILE.test(digits) ? MOBILE_LENGTH : NATIONAL_LENGTH);
}

function internationalFault(digits: string, areaCode: string): Code | undefined {
  if (digits.startsWith('49')) return nationalFault(`0${digits.slice(2).replace(/^0/, '')}`, areaCode);
  if (digits.length > LONGEST_ABROAD) return 'phoneTooLong';
  return parsePhoneNumberFromString(`+${digits}`)?.isPossible() ? undefined : 'notAPhone';
}

/** What has to stand before a number so that it can be dialled, or why it cannot. */
type Prefix = { prefix: string } | { fault: Code };

const unless = (fault: Code | undefined, prefix = ''): Prefix => (fault ? { fault } : { prefix });

/** A number without + or 0 in front: in town, or with the country's 49. */
function prefixOf(digits: string, extension: string, areaCode: string): Prefix {
  const most = LOCAL_LENGTH[1];
  if (SERVICE.test(digits)) return { fault: 'phoneService' };
  if (digits.startsWith('49') && digits.length > most)
    return unless(internationalFault(digits, areaCode), '+');
  // "133 App. 12"
  const least = extension === '' ? LOCAL_LENGTH[0] : LOCAL_LENGTH[0] - 1;
  if (digits.length < least) return { fault: 'phoneTooShort' };
  // "172 1234567" is too long for a number in town, and of a mobile network: it can only lack its 0.
  if (digits.length > most && MOBILE.test(`0${digits}`) && !nationalFault(`0${digits}`, areaCode))
    return { prefix: '0' };
  // "721 1330": whether a 0 is missing, only the person knows.
  const lacksZero = digits.length > most || digits.startsWith(areaCode.slice(1) || 'x');
  return areaCode === '' || lacksZero ? { fault: 'phoneAreaCode' } : { prefix: `${areaCode} ` };
}

/** @returns one number as it can be dialled, or why it cannot */
function dialled(part: string, areaCode: string): { text: string } | { fault: Code } {
  const groups = PART.exec(part)?.groups;
  const { before = '', number = '', after = '', extension = '' } = groups ?? {};
  if (!groups) return { fault: /\d.*\p{L}|\p{L}.*\d/u.test(part) ? 'phoneLetters' : 'notAPhone' };
  if (number.lastIndexOf('+') > number.search(/[\d+]/)) return { fault: 'notAPhone' };
  const digits = number.replace(/\D/g, '');
  const found = number.includes('+')
    ? unless(internationalFault(digits, areaCode))
    : digits.startsWith('00')
      ? unless(internationalFault(digits.slice(2), areaCode))
      : digits.startsWith('0')
        ? unless(nationalFault(digits, areaCode))
        : prefixOf(digits, extension, areaCode);
  return 'fault' in found ? found : { text: `${before}${found.prefix}${number}${after}` };
}

/** `+49 0721 …`: from abroad nobody dials the 0. In brackets everybody knows. */
const withoutZero = (text: string): string =>
  text.replace(/((?:^|[^\d+])(?:\+|00)49[-\s/.]*)0(?=[1-9])/g, '$1');

function read(typed: string, areaCode: string): { text: string } | { fault: Code } {
  if (typed.length > LONGEST) return { fault: 'phoneTooLong' };
  // Numbers stand at even places, what stands between them at odd ones.
  const parts = typed.split(BETWEEN);
  if (parts.length > MOST_NUMBERS * 2 - 1) return { fault: 'notAPhone' };
  let text = '';
  for (const [at, part] of parts.entries()) {
    const one = at % 2 === 1 ? { text: part } : dialled(part, areaCode);
    if ('fault' in one) return one;
    text += one.text;
  }
  return { text: withoutZero(text) };
}

export const phone: Kind<Question<'phone'>, typeof definition, Code> = {
  ...ORDINARY,
  ...ONE_TEXT,
  kind: 'phone',
  definition,
  own: () => ({}),
  valueType: () => STRING,
  schema: () => ({
    description: 'As typed; can be dialled from Germany',
    type: 'string',
    pattern: '^[^0-9]*[+0]',
  }),
  asks: () => line({ type: 'tel', inputmode: 'tel', autocomplete: 'tel', width: 'width-20' }),
  errors,
  parse: (_question, input, { reference: { areaCode } }) => {
    const typed = oneLine(input.one());
    if (typed === '') return 'empty';
    const number = read(typed, areaCode);
    return 'fault' in number ? wrong(number.fault) : { answer: number.text };
  },
};
