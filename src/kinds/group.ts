/** Several of the same: for each entry the same questions are asked. */
import { z } from 'zod';
import { compileWith } from './compile.ts';
import { common, range } from './definition.ts';
import type { CommonCode } from './errors.ts';
import { INNER, INNER_DEFINITIONS, type InnerCode, type InnerQuestion, innerKindOf } from './inner.ts';
import { type FormFields, type Input, MOST_ENTRIES } from './input.ts';
import { answersSchema, bounds } from './json-schema.ts';
import { type Kind, type KindError, ORDINARY, type Outside, type Parsed, type Wording } from './kind.ts';
import { type Answer, type AnyQuestion, isRecord, type Question } from './question.ts';
import { nameOfPart, type Read, readWith } from './reading.ts';
import type { RecordField } from './value-type.ts';

export interface GroupQuestion extends Question<'group', InnerQuestion> {}

const definition = z.strictObject({
  ...common,
  kind: z.literal('group'),
  questions: z.array(z.discriminatedUnion('kind', INNER_DEFINITIONS), {
    error: 'a group needs `questions:`, what is asked for each entry',
  }),
  ...range,
});

/** One of the questions of an entry. */
export interface Within {
  index: number;
  question: InnerQuestion;
  /** What the entry answers, if it does. */
  answer: Answer | undefined;
  /** Its name within the group: `[0].givenNames`. */
  part: string;
}

/** @returns the answer entry by entry, question by question; undefined for a question that has no entries */
export function entriesOf(question: AnyQuestion, answer: Answer | undefined): Within[][] | undefined {
  if (question.kind !== 'group' || !Array.isArray(answer)) return undefined;
  const { questions } = question as GroupQuestion;
  return answer.map((entry, index) =>
    questions.map((inner) => ({
      index,
      question: inner,
      answer: isRecord(entry) ? entry[inner.id] : undefined,
      part: `[${index}].${inner.id}`,
    })),
  );
}

/**
 * Only entries that are sent change. A blank entry after the last one is no entry, so that nobody who pressed
 * "add another" once too often is held up; but the first one that is needed must be filled in.
 */
function parse(
  question: GroupQuestion,
  input: Input,
  outside: Outside,
  before: Answer | undefined,
): Parsed<InnerCode | CommonCode> {
  const entries: Answer[] = Array.isArray(before) ? [...before] : [];
  const errors: KindError[] = [];
  const least = question.min ?? (question.optional ? 0 : 1);
  for (const index of input.entries(Object.keys(outside.resolved))) {
    const isNew = index >= entries.length;
    if (isNew && entries.length >= least && isBlank(question, input, index)) continue;
    const read = readEntry(question, input, index, entries[index], outside);
    errors.push(...read.errors);
    // A wrong new entry has no place yet: later ones would move up into it.
    if (read.answer === undefined) {
      if (isNew) break;
    } else entries[isNew ? entries.length : index] = read.answer;
  }
  if (errors.length === 0) errors.push(...howMany(question, entries.length, least));
  return {
    answer: entries.length > 0 ? entries : undefined,
    errors: errors as KindError<InnerCode | CommonCode>[],
  };
}

function howMany({ max = MOST_ENTRIES }: GroupQuestion, count: number, least: number): KindError[] {
  if (count < least) return [{ part: '', code: 'tooFew', params: { min: least } }];
  return count > max ? [{ part: '', code: 'tooMany', params: { max } }] : [];
}

function isBlank({ questions }: GroupQuestion, input: Input, index: number): boolean {
  return questions.every((inner) => input.inner(index, inner.id).isBlank(innerKindOf(inner).filledIn));
}

function readEntry(
  { questions }: GroupQuestion,
  input: Input,
  index: number,
  before: Answer | undefined,
  outside: Outside,
): Read {
  const entry: Record<string, Answer> = {};
  const errors: KindError[] = [];
  for (const inner of questions) {
    const earlier = before !== undefined && isRecord(before) ? before[inner.id] : undefined;
    const fields = input.inner(index, inner.id);
    const read = readWith(innerKindOf(inner), inner, fields, outside, earlier);
    const place = `[${index}].${inner.id}`;
    errors.push(...read.errors.map((error) => ({ ...error, part: nameOfPart(place, error.part) })));
    if (read.answer !== undefined) entry[inner.id] = read.answer;
  }
  return { answer: errors.length > 0 ? undefined : entry, errors };
}

function fields(question: GroupQuestion, answer: Answer): FormFields {
  const all: Record<string, readonly string[]> = {};
  for (const { question: inner, answer: value, part } of (entriesOf(question, answer) ?? []).flat()) {
    if (value === undefined) continue;
    for (const [name, values] of Object.entries(innerKindOf(inner).fields(inner, value)))
      all[nameOfPart(part, name)] = values;
  }
  return all;
}

function accepts({ max = Number.POSITIVE_INFINITY, questions }: GroupQuestion, answer: Answer): boolean {
  if (!Array.isArray(answer) || answer.length === 0 || answer.length > max) return false;
  return answer.every(
    (entry) =>
      isRecord(entry) &&
      questions.every((inner) => {
        const value = entry[inner.id];
        return value === undefined ? inner.optional : innerKindOf(inner).accepts(inner, value);
      }),
  );
}

function readable(question: GroupQuestion, answer: Answer, wording: Wording): string {
  const entries = entriesOf(question, answer) ?? [];
  return entries
    .map((entry) =>
      entry
        .flatMap(({ question: inner, answer: value }) =>
          value === undefined ? [] : [innerKindOf(inner).readable(inner, value, wording.inner(inner.id))],
        )
        .join(' '),
    )
    .join('; ');
}

export const group: Kind<GroupQuestion, typeof definition, InnerCode> = {
  ...ORDINARY,
  kind: 'group',
  definition,
  own: ({ questions, optional, min }) => ({
    // Nobody must add anything where none is enough.
    optional: optional ?? min === 0,
    questions: questions.map((inner) => compileWith(INNER[inner.kind], inner) as InnerQuestion),
  }),
  ownTexts: ({ max }) => ({ need: ['entry', 'add'], may: max === undefined ? [] : ['full'] }),
  valueType: ({ questions }) => {
    const all = questions.map((inner): [string, RecordField] => [
      inner.id,
      { type: innerKindOf(inner).valueType(inner), optional: inner.optional },
    ]);
    return { kind: 'list', item: { kind: 'record', fields: Object.fromEntries(all) } };
  },
  schema: (question) => ({
    type: 'array',
    items: answersSchema(question.questions, (inner) => innerKindOf(inner).schema(inner)),
    ...bounds(question, 'minItems', 'maxItems'),
  }),
  asks: () => ({ as: 'entries' }),
  errors: Object.assign({}, ...Object.values(INNER).map(({ errors }) => errors)),
  demand: 'fill',
  parse,
  fields,
  accepts,
  readable,
  correctable: false,
};
