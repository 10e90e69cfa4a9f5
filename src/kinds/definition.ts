/** What questions have in a definition, whatever their kind. Strict: a misspelt key is an error. */
import { z } from 'zod';
import { ATTRIBUTES } from './question.ts';

const RESERVED: ReadonlySet<string> = new Set(['today', 'true', 'false', 'null', 'in', 'has', 'city']);
/** An id of a page, question, option or value. */
export const id = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, { error: 'an id starts with a small letter and has only letters and digits' })
  .refine((value) => !(value in {}) && !RESERVED.has(value), {
    error: 'this word is reserved, choose another id',
  });
export const text = z.string().min(1, { error: 'must not be empty' });
export const expression = z.string().min(1).meta({ description: 'A condition in CEL over earlier answers' });
/** YAML reads `when: true` as a value, not as text. */
export const condition = z.union([z.boolean(), expression]);
export const count = z.int().min(0);

/** As many digits as a number is read with, without losing any. */
const MOST = 999_999_999_999_999;
export const integer = z.int().min(-MOST).max(MOST, { error: 'a number has at most 15 digits' });
export const numberFormat = z
  .literal('plain')
  .meta({ description: 'plain: a year, the number of a chip: shown as it is typed, without separators' });

const limit = z.strictObject({ holds: condition, error: id });
const option = z.strictObject({
  id,
  pictogram: text.optional(),
  values: z.record(id, z.number()).optional(),
});
export const options = z
  .array(option, { error: 'needs `options:`, a list of `{ id: … }`' })
  .min(2, { error: 'needs at least two options' });

/** Of every kind. */
export const common = {
  id,
  optional: z.boolean().optional(),
  limits: z.array(limit).optional(),
  autocomplete: text.optional(),
  from: z
    .enum(ATTRIBUTES)
    .optional()
    .meta({ description: 'On an identify page: the attribute of the ID that answers it' }),
  locked: z.boolean().optional().meta({ description: 'With `from`: false lets people change it' }),
};
/** Length of a text, how many options, how many entries. */
export const range = { min: count.optional(), max: count.optional() };
