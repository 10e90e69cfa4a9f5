import { z } from 'zod';
import { isIsoDate } from '#time';
import { id, phone, postcode, text } from './basics.ts';
import { contrastWithWhite, LEAST_CONTRAST } from './contrast.ts';
import { isOpenFact } from './filled.ts';
import { STATES } from './laender.ts';
import type { OpenInterval, OpeningHours } from './types.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

const names = z.array(text).superRefine((list, context) => {
  for (const [index, name] of list.entries())
    if (list.indexOf(name) !== index)
      context.addIssue({ code: 'custom', path: [index], message: `"${name}" is there twice` });
});

const interval = z.string().transform((value, context): OpenInterval => {
  const [from = '', to = '', ...rest] = value.split('-');
  if (rest.length > 0 || !TIME.test(from) || !TIME.test(to) || from >= to) {
    context.addIssue({ code: 'custom', message: `"${value}" is not an interval such as 08:00-17:00` });
    return z.NEVER;
  }
  return { from, to };
});

const intervals = z
  .array(interval)
  .min(1, 'leave the day out when it is closed')
  .refine((list) => list.every((one, index) => index === 0 || (list[index - 1]?.to ?? '') < one.from), {
    message: 'intervals must follow one another',
  });

const hours = z
  .strictObject(Object.fromEntries(DAYS.map((day) => [day, intervals.optional()])))
  .transform((days): OpeningHours => {
    const named = days as Partial<Record<(typeof DAYS)[number], OpenInterval[]>>;
    return Object.fromEntries(
      DAYS.flatMap((day, index) => (named[day] ? [[index + 1, named[day]] as const] : [])),
    );
  });

const webAddress = z.url({ protocol: /^https$/, error: 'an address such as https://www.example.org' });

/** What `city.yaml` must look like. */
export const cityShape = z.strictObject({
  id,
  name: text.regex(/^[^{}]+$/, 'a name without braces'),
  ags: z.string().regex(/^\d{8}$/, 'eight digits, in quotes'),
  state: z.enum(STATES),
  postcodes: z.array(postcode).min(1, 'at least one postcode belongs here'),
  /** Other spellings of the city's name, such as "Musterstadt (Baden)" or a shorter one. */
  alsoCalled: names.default([]),
  /** People write their district where the town is asked for. */
  districts: names.default([]),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, {
      error: 'a colour such as "#8f3d1e", in quotes: without them it is a comment',
      abort: true,
    })
    .refine((colour) => contrastWithWhite(colour) >= LEAST_CONTRAST, {
      message: 'too light: the contrast against white must be at least 4.5:1',
    }),
  /** What is dialled before a number in town. */
  areaCode: z
    .string()
    .regex(/^0[1-9]\d{1,4}$/, 'an area code such as 0721, in quotes')
    .default(''),
  phone115: phone,
  imprint: z.strictObject({ operator: text, address: text, contact: text, note: text.optional() }),
  privacy: z.strictObject({ controller: text, officer: text, authority: text }),
  accessibility: z.strictObject({
    ...{ law: text, contact: text, enforcement: text, note: text.optional() },
    checked: z.string().refine((value) => isOpenFact(value) || isIsoDate(value), 'a date such as 2027-02-08'),
  }),
  /** Which services are done here, which at the authority's own portal, and which not at all; what is not named is as the law has it. */
  services: z.record(z.string(), z.enum(['native', 'portal', 'none'])).default({}),
  /** Services that ask for more than their definition does: how sure it must be who somebody is. */
  identity: z.record(z.string(), z.enum(['low', 'substantial', 'high'])).default({}),
  /** Services that take a code which the office has sent by letter, beside signing in. */
  letterCodes: z.array(id).default([]),
  /** Services in the order of the home page; those not named follow. */
  tiles: z.array(id).default([]),
});

/** What `offices.yaml` must look like. */
export const officesShape = z
  .array(
    z.strictObject({
      id,
      name: text,
      short: text,
      phone: phone.optional(),
      address: text,
      /** What it does beside what its id says: services name tasks such as `standesamt`. */
      tasks: z.array(id).default([]),
      /** When people can come without an appointment, whatever they want. */
      hours: hours.default({}),
      /** Only for matters of a few minutes, without an appointment. */
      express: z.strictObject({ name: text, hours }).optional(),
      url: webAddress.optional(),
    }),
  )
  .min(1);

/** What `portals.yaml` must look like. */
export const portalsShape = z.array(z.strictObject({ id, name: text, address: webAddress }));

/** What `sites.yaml` must look like. */
export const sitesShape = z
  .array(
    z.strictObject({
      id,
      name: text,
      address: text,
      hours: hours.default({}),
      alwaysOpen: z.boolean().default(false),
      cardDevice: z.enum(['left', 'right', 'below']).optional(),
      terminals: z.array(id).min(1),
    }),
  )
  .min(1);

/** What `closures.yaml` must look like. */
export const closuresShape = z.array(
  z
    .strictObject({
      every: z
        .string()
        .refine((value) => isIsoDate(`2028-${value}`), 'month and day such as 12-24')
        .optional(),
      date: z.string().refine(isIsoDate, 'a date such as 2027-02-08').optional(),
      reason: text,
      sites: z.array(id).min(1).optional(),
      calendars: z.array(id).min(1).optional(),
    })
    .refine((closure) => (closure.every === undefined) !== (closure.date === undefined), {
      message: 'give either `every` or `date`',
    }),
);
export type Closure = z.output<typeof closuresShape>[number];

/** What `tours.yaml` must look like. */
export const toursShape = z.array(
  z.strictObject({
    calendar: id,
    leadDays: z.int().min(0).max(60),
    horizonDays: z.int().min(1).max(366),
    /** Without it a date can be changed until its day begins. */
    changeUntil: z
      .strictObject({
        days: z.int().min(0).max(60),
        time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time such as "12:00", in quotes'),
      })
      .default({ days: 0, time: '00:00' }),
    areas: z
      .array(
        z.strictObject({
          id,
          name: text,
          weekdays: z.array(z.literal([1, 2, 3, 4, 5, 6, 7], 'days are 1 (Monday) to 7 (Sunday)')).min(1),
          capacity: z.int().min(1).max(1000),
          postcodes: z.array(postcode).min(1),
        }),
      )
      .min(1),
  }),
);
