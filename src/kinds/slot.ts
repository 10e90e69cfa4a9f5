import { z } from 'zod';
import { dateWithWeekday, longDate } from '#language';
import type { IsoDate } from '#time';
import { common, id, text } from './definition.ts';
import { DAY_SCHEMA, objectSchema, TEXT_SCHEMA } from './json-schema.ts';
import { type Kind, ORDINARY, wrong } from './kind.ts';
import { type Answer, type Answers, isRecord, type Question } from './question.ts';
import { DATE } from './value-type.ts';

/** A slot that is held for the visit: its id in the booking room, and its date for texts and conditions. */
export interface SlotAnswer {
  slot: string;
  date: IsoDate;
}

/** The calendars of a slot question by the option chosen in `from`; one for all under `*` without it. */
export interface SlotCalendar {
  from: string | undefined;
  of: Readonly<Record<string, string>>;
}

export interface SlotQuestion extends Question<'slot'> {
  calendar: SlotCalendar;
  /** The address question that decides the area. */
  areaFrom: string;
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('slot'),
  calendar: z
    .union([text, z.strictObject({ from: text, of: z.record(id, text) })], {
      error:
        'a slot needs `calendar:`, the calendar of the city it is booked in, or one for each answer of an earlier question',
    })
    .meta({ description: 'A calendar of the city, or `{ from: question, of: { option: calendar } }`' }),
  areaFrom: z.string({ error: 'a slot needs `areaFrom:`, the id of an earlier address question' }).min(1),
});

/** Found by the room that holds places. */
const errors = { slotFull: [], slotClosed: [], slotStray: [] } as const;

/** Stands for every answer where the calendar is the same for all. */
const ANY = '*';

/** @returns the calendar that a slot question books in, given what was said before; undefined while that is not said */
export function calendarFor({ calendar: { from, of } }: SlotQuestion, answers: Answers): string | undefined {
  const key = from === undefined ? ANY : answers[from];
  return typeof key === 'string' ? of[key] : undefined;
}

/** @returns all calendars that a slot question can book in, each with the answer that leads there (none: everybody) */
export function calendarsOf({
  calendar: { from, of },
}: SlotQuestion): { calendar: string; from: string | undefined; option: string | undefined }[] {
  return Object.entries(of).map(([option, calendar]) => ({
    ...{ calendar, from },
    option: from === undefined ? undefined : option,
  }));
}

function accepts(_question: SlotQuestion, answer: Answer): boolean {
  return isRecord(answer) && typeof answer.slot === 'string' && typeof answer.date === 'string';
}

/**
 * Only another room can hold a place: it comes as a resolved value, what is in the form alone is never an answer, and the place
 * held earlier counts while the form still names it.
 */
export const slot: Kind<SlotQuestion, typeof definition, keyof typeof errors> = {
  ...ORDINARY,
  kind: 'slot',
  definition,
  own: ({ calendar, areaFrom }) => ({
    calendar: typeof calendar === 'string' ? { from: undefined, of: { [ANY]: calendar } } : calendar,
    areaFrom,
  }),
  valueType: () => ({ kind: 'record', fields: { date: { type: DATE, optional: false } } }),
  schema: () => objectSchema({ slot: TEXT_SCHEMA, date: DAY_SCHEMA }),
  asks: () => ({ as: 'slot' }),
  errors,
  demand: 'choose',
  parse: (question, input, { resolved }, before) => {
    const held = resolved[input.name];
    if (held !== undefined && accepts(question, held)) return { answer: held };
    const named = input.one();
    if (before !== undefined && accepts(question, before) && isRecord(before) && before.slot === named)
      return { answer: before };
    return named === '' ? 'empty' : wrong('slotFull');
  },
  fields: (_question, answer) => (isRecord(answer) ? { '': [String(answer.slot)] } : {}),
  accepts,
  readable: (_question, answer, { language, inSentence }) => {
    if (!isRecord(answer)) return '';
    return (inSentence ? longDate : dateWithWeekday)(String(answer.date), language);
  },
  correctable: false,
};
