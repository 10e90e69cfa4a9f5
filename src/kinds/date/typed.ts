/** A date as people write it: months by name, dots, zeros, or all of it pasted into the field for the day. */

export interface TypedDate {
  day: string;
  month: string;
  year: string;
}

/** German and English, whole or short; the first letters decide. */
const MONTHS = [
  ['januar', 'january', 'jänner', 'jaenner', 'jan', 'jän'],
  ['februar', 'february', 'feber', 'feb'],
  ['märz', 'maerz', 'march', 'mär', 'mrz', 'mar'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'june', 'juno', 'jun'],
  ['juli', 'july', 'julei', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['dezember', 'december', 'dez', 'dec'],
] as const satisfies readonly (readonly string[])[];
const MONTH_BY_NAME: ReadonlyMap<string, string> = new Map(
  MONTHS.flatMap((names, at) => names.map((name): [string, string] => [name, String(at + 1)])),
);

const MONTH = String.raw`(\d{1,2}|\p{L}+)`;
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T.*)?$/i;
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2})(?:st|nd|rd|th)?[\s./-]+${MONTH}[\s./,-]+(\d{1,4})$`, 'iu');
const MONTH_FIRST = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})$/iu;
const EIGHT_DIGITS = /^(\d{2})(\d{2})(\d{4})$/;

/** @returns day, month and year of a whole date in one field; undefined when it is none */
function whole(typed: string): TypedDate | undefined {
  const text = typed
    .normalize('NFC')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/[.,]$/, '')
    .trim();
  const iso = ISO.exec(text);
  if (iso) return { day: iso[3] ?? '', month: iso[2] ?? '', year: iso[1] ?? '' };
  const english = MONTH_FIRST.exec(text);
  if (english) return { day: english[2] ?? '', month: english[1] ?? '', year: english[3] ?? '' };
  const [, day, month, year] = DAY_FIRST.exec(text) ?? EIGHT_DIGITS.exec(text) ?? [];
  return day === undefined || month === undefined || year === undefined ? undefined : { day, month, year };
}

function monthOf(typed: string): string {
  const bare = typed.normalize('NFC').toLowerCase().replace(/[\s.]/g, '');
  return MONTH_BY_NAME.get(bare) ?? bare;
}

const bareNumber = (typed: string): string =>
  typed.replace(/[\s.,]/g, '').replace(/(?<=\d)(?:st|nd|rd|th)$/i, '');

/** @returns the three parts as digits where they can be told, otherwise as they were typed */
export function typedDate({ day, month, year }: TypedDate): TypedDate {
  const found =
    month === '' && year === ''
      ? whole(day)
      : day === '' && (month === '' || year === '')
        ? whole(month || year)
        : undefined;
  const parts = found ?? { day, month, year };
  return { day: bareNumber(parts.day), month: monthOf(parts.month), year: bareNumber(parts.year) };
}
