import { z } from 'zod';
import { common, id } from './definition.ts';
import { type Kind, ORDINARY } from './kind.ts';
import type { Answer, Question } from './question.ts';

/** Not written by authors: the compiler adds it to pages that the office answers. */
const definition = z.strictObject({
  ...common,
  kind: z.literal('outcome'),
  options: z.array(z.strictObject({ id })),
});

/** A step outside the form (identification, device) has not been done. */
const errors = { stepMissing: [] } as const;

function accepts({ options }: Question<'outcome'>, answer: Answer): boolean {
  return typeof answer === 'string' && options.includes(answer);
}

/** How a step outside the form ended: known to the office, never read from a form, and shown by the page's own words. */
export const outcome: Kind<Question<'outcome'>, typeof definition, keyof typeof errors> = {
  ...ORDINARY,
  kind: 'outcome',
  definition,
  own: () => ({}),
  valueType: ({ options }) => ({ kind: 'option', options: new Set(options) }),
  schema: ({ options }) => ({ enum: [...options] }),
  asks: () => ({ as: 'nothing' }),
  errors,
  missing: 'stepMissing',
  demand: 'fill',
  parse: (question, _input, _outside, before) =>
    before !== undefined && accepts(question, before) ? { answer: before } : 'empty',
  fields: () => ({}),
  accepts,
  readable: () => '',
  asked: false,
  correctable: false,
};
