import { z } from 'zod';
import { common, range } from './definition.ts';
import { bounds } from './json-schema.ts';
import { type Kind, ONE_TEXT, ORDINARY } from './kind.ts';
import type { Question } from './question.ts';
import { checkedText, severalLines } from './text/lines.ts';
import { STRING } from './value-type.ts';

const LONGEST = 2000;

const definition = z.strictObject({ ...common, kind: z.literal('longText'), ...range });

/** Several lines, which have to say something. */
export const longText: Kind<Question<'longText'>, typeof definition, never> = {
  ...ORDINARY,
  ...ONE_TEXT,
  kind: 'longText',
  definition,
  own: () => ({}),
  valueType: () => STRING,
  schema: (question) => ({ type: 'string', ...bounds(question, 'minLength', 'maxLength') }),
  asks: ({ max }) => ({ as: 'lines', most: max }),
  parse: ({ min, max = LONGEST }, input) => checkedText(severalLines(input.one()), { min, max, wordy: true }),
  forCrews: 'answer',
};
