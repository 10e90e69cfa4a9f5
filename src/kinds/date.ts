import { z } from 'zod';
import { longDate } from '#language';
import { isIsoDate, isPartialDate } from '#time';
import { type TypedDate, typedDate } from './date/typed.ts';
import { common } from './definition.ts';
import { DAY_SCHEMA } from './json-schema.ts';
import { type Kind, ORDINARY, type Parsed, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { DATE, PARTIAL_DATE } from './value-type.ts';

export interface DateQuestion extends Question<'date'> {
  /** Day, or day and month, may be left open; the answer is then `1985-03` or `1985`. */
  partial: boolean;
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('date'),
  partial: z
    .boolean()
    .optional()
    .meta({ description: 'Day, or day and month, may be unknown and are left empty' }),
});

const errors = {
  notADate: [],
  /** Something else than digits or the name of a month: nobody can tell which day is meant. */
  dateUnclear: [],
  dayMissing: [],
  monthMissing: [],
  /** A date known in part has a day, and not the month of it. */
  monthUnknown: [],
  yearMissing: [],
  /** Four digits or more, and no year that a registry has ever known: `0199`, `20266`. */
  yearWrong: [],
} as const;
type Code = keyof typeof errors;

/** Registers reach back into the time before 1600; how far a service does, it says itself. */
const YEAR = /^(?:1\d|2\d)\d\d$/;
const NO_YEAR = /^(?![12]\d{3}$)\d{4,}$/;
/** What cards and registers write for a day or month that nobody knows. */
const UNKNOWN = /^(?:0{1,2}|[x?*_-]{1,2})$/i;

/** @returns the date without its day or month where the person left them open; undefined when it is to be read as a whole one */
function knownInPart({ partial }: DateQuestion, typed: TypedDate): Parsed<Code> | undefined {
  if (!partial) return undefined;
  const [day, month] = [typed.day.replace(UNKNOWN, ''), typed.month.replace(UNKNOWN, '')];
  const { year } = typed;
  if (day !== '') return month === '' ? wrong('monthUnknown') : undefined;
  if (/^\d{0,3}$/.test(year))
    return [typed.day, typed.month, year].every((part) => part === '') ? 'empty' : wrong('yearMissing');
  if (NO_YEAR.test(year)) return wrong('yearWrong');
  const answer = month === '' ? year : `${year}-${month.padStart(2, '0')}`;
  return YEAR.test(year) && isPartialDate(answer)
    ? { answer }
    : wrong(/^\d+$/.test(year) && /^\d*$/.test(month) ? 'notADate' : 'dateUnclear');
}

/** Typed in three parts; "1" and "01" are the same day. Where the question says so, day or day and month may stay open. */
export const date: Kind<DateQuestion, typeof definition, Code> = {
  ...ORDINARY,
  kind: 'date',
  definition,
  own: ({ partial = false }) => ({ partial }),
  valueType: ({ partial }) => (partial ? PARTIAL_DATE : DATE),
  schema: ({ partial }) =>
    partial
      ? {
          description: 'A day; where it is not known, the month (YYYY-MM) or the year (YYYY)',
          anyOf: [DAY_SCHEMA, { type: 'string', pattern: '^[0-9]{4}(-(0[1-9]|1[0-2]))?$' }],
        }
      : DAY_SCHEMA,
  asks: ({ partial }) => ({ as: 'date', partial }),
  errors,
  demand: 'date',
  parse: (question, input) => {
    const typed = typedDate({ day: input.one('day'), month: input.one('month'), year: input.one('year') });
    const part = knownInPart(question, typed);
    if (part) return part;
    const { day, month, year } = typed;
    if (day === '' && month === '' && year === '') return 'empty';
    if (day === '') return wrong('dayMissing');
    if (month === '') return wrong('monthMissing');
    // Two digits could be either century: ask instead of guessing.
    if (year === '' || /^\d{1,3}$/.test(year)) return wrong('yearMissing');
    if (NO_YEAR.test(year)) return wrong('yearWrong');
    if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !YEAR.test(year)) return wrong('dateUnclear');
    const answer = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isIsoDate(answer) ? { answer } : wrong('notADate');
  },
  fields: (_question, answer) => {
    const [year = '', month = '', day = ''] = String(answer).split('-');
    return { day: [day], month: [month], year: [year] };
  },
  accepts: ({ partial }, answer) =>
    typeof answer === 'string' && (partial ? isPartialDate(answer) : isIsoDate(answer)),
  readable: (_question, answer, { language }) => longDate(String(answer), language),
};
