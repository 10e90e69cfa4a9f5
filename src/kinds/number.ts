import { z } from 'zod';
import { wholeNumber } from '#language';
import { line } from './asks.ts';
import { common, integer, numberFormat } from './definition.ts';
import { bounds } from './json-schema.ts';
import { type Kind, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { NUMBER } from './value-type.ts';

/** Beyond it nobody counts up with a button. */
const MOST_STEPS = 999;

export interface NumberQuestion extends Question<'number'> {
  /** A year or a number of a thing, shown as it is typed, without separators. */
  plain: boolean;
  /** What stands there before anybody counts: what most people answer. */
  start: number | undefined;
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('number'),
  min: integer.optional(),
  max: integer.optional(),
  format: numberFormat.optional(),
  start: integer.optional(),
});

const errors = { tooSmall: ['min'], tooLarge: ['max'] } as const;

/** A whole number of at most 15 digits, which are kept exactly; spaces between digits are fine. */
export const number: Kind<NumberQuestion, typeof definition, keyof typeof errors> = {
  ...ORDINARY,
  kind: 'number',
  definition,
  own: ({ format, start }) => ({ plain: format === 'plain', start }),
  valueType: () => NUMBER,
  schema: (question) => ({ type: 'integer', ...bounds(question, 'minimum', 'maximum') }),
  // What counts has buttons; years and numbers of things are typed.
  asks: ({ plain, min, max, start }) =>
    plain || Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0)) > MOST_STEPS
      ? line({ inputmode: 'numeric', autocomplete: 'off', width: 'width-20' })
      : { as: 'count', least: min ?? 0, most: max, start },
  errors,
  demand: 'fill',
  parse: ({ min, max }, input) => {
    const typed = input.one().replace(/\s/g, '');
    if (typed === '') return 'empty';
    if (!/^[-+]?\d{1,15}$/.test(typed)) return wrong('notANumber');
    // "+ 0" makes a typed -0 the same answer as 0.
    const answer = Number(typed) + 0;
    if (min !== undefined && answer < min) return wrong('tooSmall', { min });
    if (max !== undefined && answer > max) return wrong('tooLarge', { max });
    return { answer };
  },
  fields: (_question, answer) => ({ '': [String(answer)] }),
  accepts: (_question, answer) => typeof answer === 'number',
  readable: ({ plain }, answer, { language }) =>
    plain ? String(answer) : wholeNumber(Number(answer), language),
  forCrews: 'answer',
};
