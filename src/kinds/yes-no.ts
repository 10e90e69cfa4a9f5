import { z } from 'zod';
import { common } from './definition.ts';
import { type Kind, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';
import { answerWords } from './said.ts';
import { BOOL } from './value-type.ts';

const definition = z.strictObject({ ...common, kind: z.literal('yesNo') });

export const yesNo: Kind<Question<'yesNo'>, typeof definition, never> = {
  ...ORDINARY,
  kind: 'yesNo',
  definition,
  own: () => ({}),
  valueType: () => BOOL,
  schema: () => ({ type: 'boolean' }),
  asks: () => ({ as: 'yesNo', one: true, values: ['yes', 'no'] }),
  demand: 'decide',
  parse: (_question, input) => {
    const chosen = input.one();
    if (chosen === '') return 'empty';
    return chosen === 'yes' || chosen === 'no' ? { answer: chosen === 'yes' } : wrong('notAnOption');
  },
  fields: (_question, answer) => ({ '': [answer ? 'yes' : 'no'] }),
  accepts: (_question, answer) => typeof answer === 'boolean',
  readable: (_question, answer, { language }) =>
    answer ? answerWords(language).yes : answerWords(language).no,
  forCrews: 'answer',
};
