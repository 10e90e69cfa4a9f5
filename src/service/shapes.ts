/** What an answer to each kind of question is: for conditions, and as JSON Schema of the submission. */
import countries from 'i18n-iso-countries/codes.json' with { type: 'json' };
import {
  BOOL,
  DATE,
  NUMBER,
  type OptionNumbers,
  PARTIAL_DATE,
  STRING,
  type ValueType,
} from './expression/index.ts';
import { TOLD_MEANS } from './means.ts';
import type { CompiledQuestion, Computed, QuestionKind } from './types.ts';

/** Country codes of three letters (ISO 3166-1 alpha-3). */
export const COUNTRY_CODES: ReadonlySet<string> = new Set(countries.map((entry) => String(entry[1])));

type Schema = Record<string, unknown>;
type Shape = Pick<CompiledQuestion, 'kind' | 'options' | 'counted' | 'partial' | 'questions'> & {
  optionValues: OptionNumbers;
};

const textFields = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: STRING, optional: false }]));

const SIMPLE: Readonly<Partial<Record<QuestionKind, ValueType>>> = {
  text: STRING,
  name: STRING,
  longText: STRING,
  phone: STRING,
  email: STRING,
  serialNumber: STRING,
  number: NUMBER,
  yesNo: BOOL,
  declaration: BOOL,
  country: { kind: 'option', options: COUNTRY_CODES },
  address: {
    kind: 'record',
    fields: {
      ...textFields('street', 'houseNumber', 'postcode', 'city'),
      country: { type: { kind: 'option', options: COUNTRY_CODES }, optional: true },
    },
  },
  file: { kind: 'record', fields: textFields('name', 'mediaType') },
  slot: { kind: 'record', fields: { date: { type: DATE, optional: false } } },
};

/** @returns the type of a question's answer in conditions */
export function valueTypeOf(question: Shape): ValueType {
  const options = new Set(question.options);
  switch (question.kind) {
    case 'date':
      return question.partial ? PARTIAL_DATE : DATE;
    case 'chooseOne':
    case 'outcome':
      return { kind: 'option', options };
    case 'chooseSome':
      if (question.counted) return { kind: 'counts', options, values: question.optionValues };
      return { kind: 'list', item: { kind: 'option', options } };
    case 'group': {
      const fields = question.questions.map((each): [string, { type: ValueType; optional: boolean }] => [
        each.id,
        { type: valueTypeOf(each), optional: each.optional },
      ]);
      return { kind: 'list', item: { kind: 'record', fields: Object.fromEntries(fields) } };
    }
    default:
      return SIMPLE[question.kind] ?? STRING;
  }
}

interface ObjectSchema extends Schema {
  properties: Record<string, Schema>;
  required: readonly string[];
}

function object(
  properties: Record<string, Schema>,
  required: readonly string[] = Object.keys(properties),
): ObjectSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

function bounds(question: CompiledQuestion, min: string, max: string): Schema {
  const least = question.min === undefined ? {} : { [min]: question.min };
  return question.max === undefined ? least : { ...least, [max]: question.max };
}

/** @returns JSON Schema of one question's answer */
export function answerSchema(question: CompiledQuestion): Schema {
  const string = { type: 'string' };
  switch (question.kind) {
    case 'number':
      return { type: 'integer', ...bounds(question, 'minimum', 'maximum') };
    case 'date':
      if (!question.partial) return { type: 'string', format: 'date' };
      return {
        description: 'A day; where it is not known, the month (YYYY-MM) or the year (YYYY)',
        anyOf: [
          { type: 'string', format: 'date' },
          { type: 'string', pattern: '^[0-9]{4}(-(0[1-9]|1[0-2]))?$' },
        ],
      };
    case 'yesNo':
      return { type: 'boolean' };
    case 'declaration':
      return { const: true };
    case 'chooseOne':
    case 'outcome':
      return { enum: [...question.options] };
    case 'chooseSome':
      if (question.counted) {
        const counted = question.options.map((option) => [option, { type: 'integer', minimum: 1 }]);
        return object(Object.fromEntries(counted), []);
      }
      return {
        type: 'array',
        uniqueItems: true,
        items: { enum: [...question.options] },
        ...bounds(question, 'minItems', 'maxItems'),
      };
    case 'country':
      return { type: 'string', pattern: '^[A-Z]{3}$' };
    case 'address':
      return object(
        {
          ...{ street: string, houseNumber: string, postcode: string, city: string },
          country: { type: 'string', pattern: '^[A-Z]{3}$', description: 'Where it is not Germany' },
          unlisted: { const: true, description: "The street is not in the city's list" },
        },
        ['street', 'houseNumber', 'postcode', 'city'],
      );
    case 'phone':
      return {
        description: 'As typed; can be dialled from Germany',
        type: 'string',
        pattern: '^[^0-9]*[+0]',
      };
    case 'email':
      return { type: 'string', format: 'email' };
    case 'file':
      return object({ file: string, name: string, mediaType: string, bytes: { type: 'integer' } });
    case 'slot':
      return object({ slot: string, date: { type: 'string', format: 'date' } });
    case 'group':
      return {
        type: 'array',
        items: answersSchema(question.questions),
        ...bounds(question, 'minItems', 'maxItems'),
      };
    default:
      return { type: 'string', ...bounds(question, 'minLength', 'maxLength') };
  }
}

function answersSchema(questions: readonly CompiledQuestion[]): ObjectSchema {
  return object(
    Object.fromEntries(questions.map((question) => [question.id, answerSchema(question)])),
    questions.filter((question) => !question.optional).map((question) => question.id),
  );
}

const COMPUTED: Readonly<Record<Computed['type'], Schema>> = {
  number: { type: 'number' },
  text: { type: 'string' },
  bool: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
};

/** What this office adds to what people say; no question's id begins like this. */
const added = (letterCode: boolean): Record<string, Schema> => ({
  _identity: object({
    provider: { type: 'string' },
    level: { enum: ['low', 'substantial', 'high'] },
    // Only where it can happen: authorities have been told the others, and of most services this never comes.
    means: { enum: TOLD_MEANS.filter((one) => letterCode || one !== 'letterCode') },
    at: { type: 'string', format: 'date-time' },
  }),
  _fee: object({ cents: { type: 'integer', minimum: 0 }, exemption: { type: 'string' } }, ['cents']),
});

/**
 * @param always questions that everybody is asked
 * @param all all questions, in order
 * @param computed values worked out from the answers
 * @param letterCode whether people may show a code by letter
 * @returns JSON Schema 2020-12 of what another authority receives: the answers, the values worked out from them, how
 * sure it is who handed it in (`_identity`), and what was due and has been paid (`_fee`)
 */
export function submissionSchemaOf(
  title: string,
  always: ReadonlySet<string>,
  all: readonly CompiledQuestion[],
  computed: readonly Computed[],
  letterCode: boolean,
): Schema {
  const { properties, required } = answersSchema(all);
  const worked = Object.fromEntries(computed.map(({ id, type }) => [id, COMPUTED[type]]));
  return {
    ...{ $schema: 'https://json-schema.org/draft/2020-12/schema', title },
    ...object(
      { ...properties, ...worked, ...added(letterCode) },
      required.filter((name) => always.has(name)),
    ),
  };
}
