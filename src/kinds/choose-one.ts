import { z } from 'zod';
import { common, options } from './definition.ts';
import { type Kind, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';

const definition = z.strictObject({ ...common, kind: z.literal('chooseOne'), options });

export const chooseOne: Kind<Question<'chooseOne'>, typeof definition, never> = {
  ...ORDINARY,
  kind: 'chooseOne',
  definition,
  own: () => ({}),
  valueType: ({ options }) => ({ kind: 'option', options: new Set(options) }),
  schema: ({ options }) => ({ enum: [...options] }),
  asks: ({ options }) => ({ as: 'options', one: true, values: options }),
  demand: 'choose',
  parse: ({ options }, input) => {
    const chosen = input.one();
    if (chosen === '') return 'empty';
    return options.includes(chosen) ? { answer: chosen } : wrong('notAnOption');
  },
  fields: (_question, answer) => ({ '': [String(answer)] }),
  accepts: ({ options }, answer) => typeof answer === 'string' && options.includes(answer),
  readable: (_question, answer, wording) => wording.option(String(answer)),
  forCrews: 'answer',
};
