/** The shape of the three kinds of files of a service. Strict: a misspelt key is an error. */
import { z } from 'zod';
import { condition, count, DEFINITIONS, expression, id, numberFormat, text, WRITTEN_KINDS } from '#kinds';
import { LANGUAGES } from '#language';
import { MEANS } from './means.ts';
import { APPOINTMENTS, PAGE_KINDS } from './types.ts';

/** A question of any kind. */
export const questionShape = z.discriminatedUnion('kind', DEFINITIONS, {
  error: (issue) =>
    issue.code === 'invalid_union'
      ? `unknown question kind; there are ${WRITTEN_KINDS.join(', ')}`
      : undefined,
});

const page = z.strictObject({
  id,
  // Looked up when a definition is read, so that a test may have one more.
  kind: z.lazy(() => z.enum(PAGE_KINDS)),
  when: condition.optional(),
  pictogram: text.optional(),
  gallery: z
    .array(z.strictObject({ id, pictogram: text, tone: z.enum(['yes', 'no', 'plain']).optional() }))
    .optional(),
  questions: z.array(questionShape).optional(),
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
    cents: count.default(0),
    setBy: z.literal('city').optional().meta({
      description: 'Instead of `cents`: each city says the fee, because its Land or itself sets it',
    }),
    legalBasis: text.optional(),
    each: text.optional(),
    further: count.optional().meta({ description: 'With `each`: what every piece after the first costs' }),
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
  dueDays: z
    .int()
    .min(1)
    .max(365)
    .optional()
    .meta({ description: 'Days in which the office means to have dealt with a case, 14 when left out' }),
  sections: z
    .array(z.strictObject({ id, from: text }))
    .min(3)
    .max(5)
    .optional()
    .meta({
      description:
        'The way through the pages in three to five names: each begins at a page, the first at the first',
    }),
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
      next: z
        .array(
          z.strictObject({
            when: condition.optional(),
            day: id.optional().meta({
              description: 'A question of kind `date` or `slot`, or a computed date: the day of this step',
            }),
            days: z.int().optional().meta({ description: 'So many days later; negative: earlier' }),
          }),
        )
        .optional()
        .meta({
          description:
            'For each line of `result.next` of the texts, in their order: for whom it holds, and on which day',
        }),
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
  sections: words.optional().meta({ description: 'What the sections are called, in one or two words' }),
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
  fee: z
    .strictObject({
      item: text,
      exemptions: words.optional(),
      paid: text.optional().meta({ description: 'What happens next, for who has paid' }),
      free: words.optional().meta({ description: 'The same for who pays nothing, by exemption' }),
    })
    .optional(),
  portal: z.strictObject({ needs: z.array(text).min(1), duration: text, post: text }).optional(),
});

/** Nothing of a group has to be there; what is there looks like the whole. */
function partly(shape: z.ZodType): z.ZodType {
  if (shape instanceof z.ZodOptional) return partly(shape.unwrap() as z.ZodType).optional();
  if (shape instanceof z.ZodRecord) return z.record(z.string(), partly(shape.valueType as z.ZodType));
  if (!(shape instanceof z.ZodObject)) return shape;
  const parts = Object.entries(shape.shape as Record<string, z.ZodType>);
  return z.strictObject(Object.fromEntries(parts.map(([name, part]) => [name, partly(part).optional()])));
}

/** Translations: what is not there stands in German. */
export const translationShape = partly(textsShape) as z.ZodType<TranslationFile>;

const field = z.union([z.string(), z.number()]);
/** `journeys/<id>.yaml` */
export const journeyShape = z.strictObject({
  title: text,
  after: z
    .array(text)
    .optional()
    .meta({ description: 'Journeys that the same household has been through before, in this order' }),
  language: z.enum(LANGUAGES).optional(),
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
    fee: count.optional().meta({ description: 'What is to be paid, in cents' }),
    fees: count.optional().meta({ description: 'How many times the fee of the service is to be paid' }),
    pay: z.enum(['card', 'page']).optional(),
    submission: z.record(z.string(), z.unknown()).optional(),
    without: z.array(text).optional(),
    next: z
      .array(z.int().min(1))
      .optional()
      .meta({ description: 'Which lines of `result.next` are said, counted from 1' }),
  }),
});

export type ServiceFile = z.infer<typeof serviceShape>;
export type TextsFile = z.infer<typeof textsShape>;
type Partly<T> = T extends readonly string[] ? T : T extends object ? { [K in keyof T]?: Partly<T[K]> } : T;
export type TranslationFile = Partly<TextsFile>;
export type JourneyFile = z.infer<typeof journeyShape>;
export type PageFile = ServiceFile['pages'][number];

/** @returns a shape as JSON Schema (2020-12), for editors */
export function published(shape: z.ZodType, title: string): Record<string, unknown> {
  return { ...z.toJSONSchema(shape, { io: 'input' }), title };
}

/** @returns the JSON Schema (2020-12) of `service.yaml`, for editors */
export function serviceJsonSchema(): Record<string, unknown> {
  return published(serviceShape, 'A service of Amtomat');
}

/** @returns the JSON Schema (2020-12) of `texts/<language>.yaml`, for editors */
export function textsJsonSchema(): Record<string, unknown> {
  return published(translationShape, 'What a service says in one language; German says everything');
}

/** @returns the JSON Schema (2020-12) of `journeys/<id>.yaml`, for editors */
export function journeyJsonSchema(): Record<string, unknown> {
  return published(journeyShape, 'An example journey through a service');
}
