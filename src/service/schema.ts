/** The shape of the three kinds of files of a service. Strict: a misspelt key is an error. */
import { z } from 'zod';
import { MEANS } from './means.ts';
import { APPOINTMENTS, ATTRIBUTES } from './types.ts';

const id = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, { error: 'an id starts with a small letter and has only letters and digits' })
  .refine((value) => !(value in {}) && !RESERVED.has(value), {
    error: 'this word is reserved, choose another id',
  });
const RESERVED: ReadonlySet<string> = new Set(['today', 'true', 'false', 'null', 'in', 'has']);
const text = z.string().min(1, { error: 'must not be empty' });
const expression = z.string().min(1).meta({ description: 'A condition in CEL over earlier answers' });
/** YAML reads `when: true` as a value, not as text. */
const condition = z.union([z.boolean(), expression]);
const count = z.int().min(0);

const limit = z.strictObject({ holds: condition, error: id });
const option = z.strictObject({
  id,
  pictogram: text.optional(),
  values: z.record(id, z.number()).optional(),
});
const options = z
  .array(option, { error: 'needs `options:`, a list of `{ id: … }`' })
  .min(2, { error: 'needs at least two options' });

const common = {
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
const range = { min: count.optional(), max: count.optional() };

/** As many digits as a number is read with, without losing any. */
const MOST = 999_999_999_999_999;
const wholeNumber = z.int().min(-MOST).max(MOST, { error: 'a number has at most 15 digits' });
const numberFormat = z
  .literal('plain')
  .meta({ description: 'plain: a year, the number of a chip: shown as it is typed, without separators' });

const simpleQuestions = [
  z.strictObject({
    ...common,
    kind: z.literal('text'),
    ...range,
    suggestions: z
      .array(text)
      .min(2)
      .optional()
      .meta({ description: 'Offered while people type; anything else may be typed as well' }),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('name'),
    ...range,
    spelledAs: id.optional().meta({ description: 'A name question of whose answer this is one word' }),
  }),
  z.strictObject({ ...common, kind: z.literal('longText'), ...range }),
  z.strictObject({
    ...common,
    kind: z.literal('number'),
    min: wholeNumber.optional(),
    max: wholeNumber.optional(),
    format: numberFormat.optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('date'),
    partial: z
      .boolean()
      .optional()
      .meta({ description: 'Day, or day and month, may be unknown and are left empty' }),
  }),
  z.strictObject({ ...common, kind: z.literal('yesNo') }),
  z.strictObject({ ...common, kind: z.literal('chooseOne'), options }),
  z.strictObject({
    ...common,
    kind: z.literal('chooseSome'),
    options,
    counted: z.boolean().optional(),
    ...range,
  }),
  z.strictObject({ ...common, kind: z.literal('country') }),
  z.strictObject({
    ...common,
    kind: z.literal('address'),
    within: z.enum(['city', 'germany', 'anywhere']).optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('phone') }),
  z.strictObject({ ...common, kind: z.literal('email') }),
  z.strictObject({
    ...common,
    kind: z.literal('serialNumber'),
    issuer: z.enum(['german', 'any']).optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('file'),
    accept: z.array(z.enum(['application/pdf', 'image/jpeg', 'image/png'])).optional(),
    maxBytes: z.int().min(1).optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('declaration') }),
] as const;

const slot = z.strictObject({
  ...common,
  kind: z.literal('slot'),
  calendar: z
    .union([text, z.strictObject({ from: text, of: z.record(id, text) })], {
      error:
        'a slot needs `calendar:`, the calendar of the city it is booked in, or one for each answer of an earlier question',
    })
    .meta({ description: 'A calendar of the city, or `{ from: question, of: { option: calendar } }`' }),
  areaFrom: z.string({ error: 'a slot needs `areaFrom:`, the id of an earlier address question' }).min(1),
});
const group = z.strictObject({
  ...common,
  kind: z.literal('group'),
  questions: z.array(z.discriminatedUnion('kind', simpleQuestions), {
    error: 'a group needs `questions:`, what is asked for each entry',
  }),
  ...range,
});
const KINDS = [...simpleQuestions.map((each) => each.shape.kind.value), 'slot', 'group'];

const question = z.discriminatedUnion('kind', [...simpleQuestions, slot, group], {
  error: (issue) =>
    issue.code === 'invalid_union' ? `unknown question kind; there are ${KINDS.join(', ')}` : undefined,
});

const page = z.strictObject({
  id,
  kind: z.enum([
    'information',
    'questions',
    'slot',
    'upload',
    'identify',
    'device',
    'portal',
    'review',
    'finish',
  ]),
  when: condition.optional(),
  pictogram: text.optional(),
  gallery: z
    .array(z.strictObject({ id, pictogram: text, tone: z.enum(['yes', 'no', 'plain']).optional() }))
    .optional(),
  questions: z.array(question).optional(),
  level: z.enum(['low', 'substantial', 'high']).optional(),
  means: z.array(z.enum(MEANS)).min(1).optional().meta({
    description: 'Which means of identification are lawful here; left out: whatever reaches the level',
  }),
  otherwise: z
    .union([z.boolean(), z.literal('ending')])
    .optional()
    .meta({
      description:
        'Who does not identify types the answers (`true`), or ends on the finish page that follows (`ending`)',
    }),
  letterCode: z.strictObject({ name: id, address: id }).optional().meta({
    description:
      'Takes a code by letter where the city has them; later questions that the name and address on the letter fill in',
  }),
  device: z.strictObject({ id: text, modeFrom: text, outcomes: z.array(id).min(2) }).optional(),
  portal: text.optional(),
  office: text.optional(),
  appointment: z.enum(APPOINTMENTS).optional().meta({
    description:
      'Whether people need an appointment at the office: needed, express (counter for short matters), none',
  }),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time is written "HH:MM"' });

/** `service.yaml` */
export const serviceShape = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'a slug has only small letters, digits and hyphens' }),
  version: z.int().min(1),
  leika: z
    .string()
    .regex(/^\d{14}$/, { error: 'a LeiKa key has 14 digits, in quotes' })
    .optional(),
  office: text,
  legalBasis: z
    .array(text, { error: 'legal basis is missing: name the law in `legalBasis:`' })
    .min(1, { error: 'legal basis is missing: name the law in `legalBasis:`' }),
  identity: z.enum(['none', 'low', 'substantial', 'high']),
  fee: z.strictObject({
    cents: count,
    legalBasis: text.optional(),
    each: text.optional(),
    exemptions: z
      .array(
        z.strictObject({
          id,
          when: condition,
          legalBasis: z
            .string({ error: 'legal basis is missing: which rule frees people of the fee?' })
            .min(1),
        }),
      )
      .optional(),
  }),
  minutes: z.int().min(1),
  pictogram: text,
  fulfilment: z.enum(['case', 'register', 'device', 'portal', 'appointment', 'information']),
  delivery: z
    .strictObject({ channel: z.literal('fit-connect'), authority: text, name: text })
    .optional()
    .meta({ description: 'Where a case goes when it is not the desk of the office' }),
  register: text.optional(),
  portal: z.strictObject({ id: text, lawful: z.boolean().optional() }).optional().meta({
    description: "The authority's own portal; `lawful: true` where only it may take the request today",
  }),
  places: z.array(z.strictObject({ kind: z.enum(['office', 'phone', 'portal']), ref: text })).optional(),
  retention: z
    .strictObject({ start: z.enum(['closed', 'delivered']), days: z.int().min(1), legalBasis: text })
    .optional(),
  pages: z.array(page),
  computed: z
    .array(
      z.strictObject({
        id,
        type: z.enum(['number', 'text', 'bool', 'date']),
        unit: text.optional(),
        format: numberFormat.optional(),
        after: text,
        value: z.union([z.boolean(), z.number(), expression]),
      }),
    )
    .optional(),
  entitlement: z
    .strictObject({
      page: text,
      holder: z.array(text).min(1),
      period: z.literal('year'),
      scopeFrom: text.optional(),
      limits: z.record(z.string(), z.int().min(0)),
      answer: id.optional().meta({
        description: 'The name under which the office says `free` or `used`; without it, used is the end',
      }),
      further: z.array(text).min(1).optional().meta({
        description:
          'Answers that together name the holder where the allowance is used; the office decides without',
      }),
    })
    .optional(),
  result: z
    .strictObject({
      code: z.strictObject({ id, days: z.int().min(1) }).optional(),
      document: z
        .strictObject({ id, fields: z.array(text).min(1), decided: z.boolean().optional() })
        .optional(),
      calendar: z
        .strictObject({ slot: text, starts: time, ends: time, dayOffset: z.int().optional() })
        .optional(),
    })
    .optional(),
  decisions: z.array(id).optional(),
});

const words = z.record(z.string(), text);

/** `texts/<language>.yaml` */
export const textsShape = z.strictObject({
  title: text,
  summary: text,
  cost: text,
  duration: text,
  needs: z.array(text),
  about: z.array(text),
  keywords: z.array(text).min(1, { error: 'needs everyday words people search for' }),
  pages: z
    .record(z.string(), z.strictObject({ title: text, text: text.optional(), gallery: words.optional() }))
    .optional(),
  questions: z
    .record(
      z.string(),
      z.strictObject({
        label: text,
        help: text.optional(),
        options: words.optional(),
        optionHelp: words.optional(),
        errors: words.optional(),
        entry: text.optional(),
        full: text.optional(),
        add: text.optional(),
      }),
    )
    .optional(),
  computed: words.optional(),
  result: z
    .strictObject({
      title: text,
      next: z.array(text),
      document: text.optional(),
      documentText: text.optional(),
      labels: words.optional().meta({ description: 'What fields of the document are called there' }),
      code: text.optional(),
      codeHelp: text.optional(),
      calendar: text.optional(),
      undecided: z
        .strictObject({ title: text, next: z.array(text).min(1), state: text, calendar: text.optional() })
        .optional()
        .meta({
          description: 'What is said instead until the office has decided on a case beyond an allowance',
        }),
    })
    .optional(),
  states: words.optional(),
  fee: z.strictObject({ item: text, exemptions: words.optional() }).optional(),
  portal: z.strictObject({ needs: z.array(text).min(1), duration: text, post: text }).optional(),
});

const field = z.union([z.string(), z.number()]);
/** `journeys/<id>.yaml` */
export const journeyShape = z.strictObject({
  title: text,
  after: z
    .array(text)
    .optional()
    .meta({ description: 'Journeys that the same household has been through before, in this order' }),
  language: z.enum(['de', 'en', 'leicht']).optional(),
  today: z.iso.date({ error: 'a day is written YYYY-MM-DD' }).optional(),
  steps: z
    .array(
      z.strictObject({
        page: text,
        fill: z.record(z.string(), z.union([field, z.array(field)])).optional(),
        errors: z.record(z.string(), text).optional(),
        identify: text.optional(),
        device: z.strictObject({ card: text, type: z.array(field).optional(), outcome: text }).optional(),
      }),
    )
    .min(1),
  expect: z.strictObject({
    outcome: z.enum(['submitted', 'answered', 'finished', 'stopped']),
    at: text.optional(),
    fee: count.optional(),
    pay: z.enum(['card', 'page']).optional(),
    submission: z.record(z.string(), z.unknown()).optional(),
    without: z.array(text).optional(),
  }),
});

export type ServiceFile = z.infer<typeof serviceShape>;
export type TextsFile = z.infer<typeof textsShape>;
export type JourneyFile = z.infer<typeof journeyShape>;
export type PageFile = ServiceFile['pages'][number];
export type QuestionFile = NonNullable<PageFile['questions']>[number];

function published(shape: z.ZodType, title: string): Record<string, unknown> {
  return { ...z.toJSONSchema(shape, { io: 'input' }), title };
}

/** @returns the JSON Schema (2020-12) of `service.yaml`, for editors */
export function serviceJsonSchema(): Record<string, unknown> {
  return published(serviceShape, 'A service of Amtomat');
}

/** @returns the JSON Schema (2020-12) of `texts/<language>.yaml`, for editors */
export function textsJsonSchema(): Record<string, unknown> {
  return published(textsShape, 'What a service says in one language');
}

/** @returns the JSON Schema (2020-12) of `journeys/<id>.yaml`, for editors */
export function journeyJsonSchema(): Record<string, unknown> {
  return published(journeyShape, 'An example journey through a service');
}
