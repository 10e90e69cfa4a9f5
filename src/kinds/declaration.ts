import { z } from 'zod';
import { common } from './definition.ts';
import { type Kind, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { answerWords } from './said.ts';

const definition = z.strictObject({ ...common, kind: z.literal('declaration') });

const errors = { mustConfirm: [] } as const;

/** Something the person confirms; there is no "no". It is made anew where its words may be others, and by nobody else. */
export const declaration: Kind<Question<'declaration'>, typeof definition, keyof typeof errors> = {
  ...ORDINARY,
  kind: 'declaration',
  definition,
  own: () => ({}),
  valueType: () => ({ kind: 'bool', only: true }),
  schema: () => ({ const: true }),
  asks: () => ({ as: 'declaration' }),
  errors,
  demand: 'fill',
  parse: ({ optional }, input) => {
    if (input.one() === 'yes') return { answer: true };
    return optional ? 'empty' : wrong('mustConfirm');
  },
  fields: () => ({ '': ['yes'] }),
  accepts: (_question, answer) => answer === true,
  readable: (_question, _answer, { language }) => answerWords(language).confirmed,
  carriesOver: false,
  correctable: false,
};
