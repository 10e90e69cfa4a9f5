/** Serial numbers of identity papers: typed from a card, with or without its check digit, in any spacing. */
import type { Answer, CompiledQuestion } from '#service';
import { type Input, isText, type Kind, type Parsed, wrong } from './kind.ts';

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

function parse(question: CompiledQuestion, input: Input): Parsed {
  const text = packed(input.one());
  if (text === '') return 'empty';
  if (CALLED_CAN.test(text)) return wrong('serialNumberIsCan');
  // Papers of other states have numbers of six digits, too.
  if (question.issuer === 'german' && CAN.test(text)) return wrong('serialNumberIsCan');
  if (question.issuer === 'any') return ELSEWHERE.test(text) ? { answer: text } : wrong('notADocumentNumber');
  const number = german(text) ?? german(text.replace(LABEL, ''));
  if (number === undefined) return wrong('notASerialNumber');
  return number === false ? wrong('serialNumberSlip') : { answer: number };
}

export const serialNumber: Kind = {
  parse,
  fields: (_question, answer: Answer) => ({ '': [String(answer)] }),
  readable: (_question, answer) => String(answer),
  accepts: isText,
};
