import { z } from 'zod';
import { line } from './asks.ts';
import { common, range, text as words } from './definition.ts';
import { bounds } from './json-schema.ts';
import { type Kind, ONE_TEXT, ORDINARY } from './kind.ts';
import type { Question } from './question.ts';
import { checkedText, oneLine } from './text/lines.ts';
import { STRING } from './value-type.ts';

const LONGEST = 200;

export interface TextQuestion extends Question<'text'> {
  /** What is offered while people type; anything else may be typed as well. */
  suggestions: readonly string[];
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('text'),
  ...range,
  suggestions: z
    .array(words)
    .min(2)
    .optional()
    .meta({ description: 'Offered while people type; anything else may be typed as well' }),
});

/** One line. A text that may be of one sign may also be a sign. */
export const text: Kind<TextQuestion, typeof definition, never> = {
  ...ORDINARY,
  ...ONE_TEXT,
  kind: 'text',
  definition,
  own: ({ suggestions = [] }) => ({ suggestions }),
  valueType: () => STRING,
  schema: (question) => ({ type: 'string', ...bounds(question, 'minLength', 'maxLength') }),
  asks: ({ suggestions }) => line({ letters: 'latin' }, suggestions),
  parse: ({ min, max = LONGEST }, input) =>
    checkedText(oneLine(input.one()), { min, max, wordy: (min ?? 0) >= 2 }),
};
