import { z } from 'zod';
import { COUNTRY_CODES } from './country/codes.ts';
import { countryOf } from './country/names.ts';
import { common } from './definition.ts';
import { type Kind, ORDINARY, wrong } from './kind.ts';
import type { Question } from './question.ts';

const definition = z.strictObject({ ...common, kind: z.literal('country') });

/** A country as ISO 3166-1 alpha-3 code, chosen or typed by any of its names; how it is said, the caller knows. */
export const country: Kind<Question<'country'>, typeof definition, never> = {
  ...ORDINARY,
  kind: 'country',
  definition,
  own: () => ({}),
  valueType: () => ({ kind: 'option', options: COUNTRY_CODES }),
  schema: () => ({ type: 'string', pattern: '^[A-Z]{3}$' }),
  asks: () => ({ as: 'country', one: true }),
  demand: 'choose',
  parse: (_question, input) => {
    const typed = input.one();
    if (typed === '') return 'empty';
    const code = countryOf(typed);
    return code === undefined ? wrong('notACountry', { typed: typed.slice(0, 80) }) : { answer: code };
  },
  fields: (_question, answer) => ({ '': [String(answer)] }),
  accepts: (_question, answer) => typeof answer === 'string' && COUNTRY_CODES.has(answer),
  readable: (_question, answer, wording) => wording.country(String(answer)),
};
