import { z } from 'zod';
import { inARow } from '#language';
import { common, options, range } from './definition.ts';
import type { CommonCode } from './errors.ts';
import type { Input } from './input.ts';
import { bounds, objectSchema } from './json-schema.ts';
import { type Kind, type KindError, ORDINARY, type Parsed, wrong } from './kind.ts';
import { type Answer, isRecord, type Question } from './question.ts';

export interface ChooseSomeQuestion extends Question<'chooseSome'> {
  /** People say how many of each; the answer is {option: count}. */
  counted: boolean;
  /** What the counts add up to, where the definition has a most of it. */
  sum?: CountedSum | undefined;
}

/** A total of one of the options' values, and the most that it may be. */
export interface CountedSum {
  /** Which of the options' values. */
  value: string;
  most: number;
  unit: string | undefined;
}

const definition = z.strictObject({
  ...common,
  kind: z.literal('chooseSome'),
  options,
  counted: z.boolean().optional(),
  ...range,
});

function howMany(
  { min, max }: ChooseSomeQuestion,
  total: number,
): { errors: KindError<CommonCode>[] } | undefined {
  if (min !== undefined && total < min) return wrong('tooFew', { min });
  if (max !== undefined && total > max) return wrong('tooMany', { max });
  return undefined;
}

function parseSome(question: ChooseSomeQuestion, input: Input): Parsed<CommonCode> {
  const chosen = new Set(input.all().map((each) => each.trim()));
  chosen.delete('');
  if (chosen.size === 0) return 'empty';
  const answer = question.options.filter((option) => chosen.has(option));
  if (answer.length !== chosen.size) return wrong('notAnOption');
  return howMany(question, answer.length) ?? { answer };
}

const MOST_OF_ONE = 99;

function parseCounted(question: ChooseSomeQuestion, input: Input): Parsed<CommonCode> {
  const answer: Record<string, number> = {};
  let total = 0;
  for (const option of question.options) {
    const typed = input.one(option);
    if (typed === '') continue;
    if (!/^\d+$/.test(typed)) return wrong('notANumber', {}, option);
    const count = Number(typed);
    if (count > MOST_OF_ONE) return wrong('tooMany', { max: question.max ?? MOST_OF_ONE }, option);
    if (count > 0) answer[option] = count;
    total += count;
  }
  if (total === 0) return 'empty';
  return howMany(question, total) ?? { answer };
}

function accepts({ counted, options }: ChooseSomeQuestion, answer: Answer): boolean {
  const known = (option: Answer) => typeof option === 'string' && options.includes(option);
  if (!counted) return Array.isArray(answer) && answer.length > 0 && answer.every(known);
  return (
    isRecord(answer) &&
    Object.entries(answer).every(([option, count]) => known(option) && typeof count === 'number') &&
    Object.keys(answer).length > 0
  );
}

/** Options that are ticked, in the definition's order; or, when counted, how many of each. */
export const chooseSome: Kind<ChooseSomeQuestion, typeof definition, never> = {
  ...ORDINARY,
  kind: 'chooseSome',
  definition,
  // Nobody must choose anything where none is enough.
  own: ({ counted = false, optional, min }) => ({ counted, optional: optional ?? min === 0 }),
  valueType: ({ counted, options, optionValues }) => {
    const known = new Set(options);
    if (counted) return { kind: 'counts', options: known, values: optionValues };
    return { kind: 'list', item: { kind: 'option', options: known } };
  },
  schema: (question) => {
    const { counted, options } = question;
    if (counted)
      return objectSchema(
        Object.fromEntries(options.map((option) => [option, { type: 'integer', minimum: 1 }])),
        [],
      );
    const items = { enum: [...options] };
    return { type: 'array', uniqueItems: true, items, ...bounds(question, 'minItems', 'maxItems') };
  },
  asks: ({ counted, options }) =>
    counted ? { as: 'counted' } : { as: 'options', one: false, values: options },
  demand: 'choose',
  parse: (question, input) => (question.counted ? parseCounted(question, input) : parseSome(question, input)),
  fields: ({ counted }, answer) => {
    if (Array.isArray(answer)) return { '': answer.map(String) };
    if (!counted || !isRecord(answer)) return {};
    return Object.fromEntries(Object.entries(answer).map(([option, count]) => [option, [String(count)]]));
  },
  accepts,
  readable: (_question, answer, wording) => {
    if (Array.isArray(answer))
      return inARow(
        answer.map((option) => wording.option(String(option))),
        wording.language,
      );
    if (!isRecord(answer)) return '';
    const counted = Object.entries(answer).map(
      ([option, count]) => `${String(count)}\u00a0×\u00a0${wording.option(option)}`,
    );
    return inARow(counted, wording.language);
  },
  forCrews: 'answer',
};
