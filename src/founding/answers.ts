/** The few things about a municipality that nobody can guess. */
import { z } from 'zod';
import { cityShape, landOf, phone } from '#city';
import { isIsoDate } from '#time';
import { type Closing, readClosing } from './closing.ts';
import { type Hours, readHours } from './hours-text.ts';

const text = z
  .string()
  .trim()
  .min(1, { error: 'must not be empty' })
  .regex(/^[^{}]*$/, { error: 'must not have braces in it' });
/** Without quotes YAML takes digits for a number, which has lost its leading zero. */
const digits = <T extends z.ZodType>(length: number, shape: T) =>
  z.preprocess((value) => (Number.isSafeInteger(value) ? String(value).padStart(length, '0') : value), shape);
/** A number of three digits such as 115 is one; of a longer one the zero at its beginning is lost. */
const dialled = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value) => {
    if (!Number.isSafeInteger(value)) return value;
    return Number(value) < 1_000 ? String(value) : `0${value}`;
  }, shape);
const postcode = digits(5, z.string().regex(/^\d{5}$/, { error: 'five digits, in quotes' }));
const once = (list: readonly unknown[]) => new Set(list).size === list.length;
const ADDRESS = /^(.+?)\s+(\d+\s?[a-z]?(?:\s?-\s?\d+\s?[a-z]?)?),\s*(\d{5})\s+(\S.*)$/i;

const hours = z.string().transform((value, context): Hours => {
  const read = readHours(value);
  if (read) return read;
  context.addIssue({
    code: 'custom',
    message: `"${value}" cannot be read: write "Mo-Fr 8-12, Do 14-18" or "Mo, Mi 8-12 und 13-16"`,
  });
  return z.NEVER;
});

const openHours = hours.refine((days) => Object.keys(days).length > 0, {
  error: 'a place with terminals has hours, such as "Mo-Fr 8-16"; leave the place out when it is closed',
});

const closing = z.string().transform((value, context): Closing => {
  const day = readClosing(value);
  if (day) return day;
  const message = `"${value}" is no day such as "24.12. Heiligabend" or "08.02.2027 Rosenmontag"`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** An address in one line. */
export interface Address {
  street: string;
  houseNumber: string;
  postcode: string;
  town: string;
  line: string;
}

const address = z.string().transform((line, context): Address => {
  const [, street = '', houseNumber = '', postcode = '', town = ''] = ADDRESS.exec(line.trim()) ?? [];
  if (street === '') {
    context.addIssue({
      code: 'custom',
      message: `"${line}" is no address such as "Marktplatz 1, 12345 Musterstadt"`,
    });
    return z.NEVER;
  }
  return { street, houseNumber, postcode, town, line: line.trim() };
});

/** What offices do, by the names that services ask for. */
export const TASKS = ['buergerbuero', 'standesamt', 'stadtarchiv', 'abfall'] as const;
export type Task = (typeof TASKS)[number];

const office = z.strictObject({
  name: text,
  address,
  phone: dialled(phone).optional(),
  /** When people can come without an appointment. */
  hours: hours.optional(),
  tasks: z.array(z.enum(TASKS)).optional(),
});

const AMOUNT = 'an amount in euros from 0 to 1000, such as "12,50", in quotes';
const cents = z
  .union([z.number(), z.string().regex(/\d/, { error: AMOUNT })], { error: AMOUNT })
  .transform((value) =>
    Math.round(
      Number(
        String(value)
          .replace(/\s*(?:€|Euro)\s*$/i, '')
          .replace(',', '.'),
      ) * 100,
    ),
  )
  .pipe(z.int({ error: AMOUNT }).min(0, { error: AMOUNT }).max(100_000, { error: AMOUNT }));

/** The file with answers; `./amtomat city new NAME` asks for the same. */
export const answersShape = z.strictObject({
  name: text,
  ags: digits(
    8,
    z
      .string()
      .regex(/^\d{8}$/, { error: 'eight digits, in quotes', abort: true })
      .refine((value) => landOf(value) !== undefined, { error: 'begins with the two digits of no Land' }),
  ),
  postcodes: z
    .array(postcode)
    .min(1, { error: 'at least one postcode belongs here' })
    .refine(once, { error: 'a postcode is there twice' }),
  districts: cityShape.shape.districts,
  colour: z
    .preprocess((value) => {
      if (value === null) return '';
      return typeof value === 'string' ? value.toLowerCase() : value;
    }, cityShape.shape.accent)
    .default('#14532d'),
  areaCode: z.preprocess(
    // Nobody dials one without the zero, and YAML takes it away where there are no quotes.
    (value) => (typeof value === 'number' ? `0${value}` : value || undefined),
    cityShape.shape.areaCode,
  ),
  phone: dialled(phone).default('115'),
  /** Days on which everything is closed beside the public holidays of the Land. */
  closingDays: z.array(closing).default([
    { every: '12-24', reason: 'Heiligabend' },
    { every: '12-31', reason: 'Silvester' },
  ]),
  offices: z.array(office).min(1, { error: 'at least one office belongs here' }),
  sites: z
    .array(
      z.strictObject({
        ...{ name: text, address, hours: openHours },
        terminals: z.int().min(1).max(20).default(1),
      }),
    )
    .default([]),
  /** Nobody collects bulky waste by appointment where it is left out. */
  tours: z
    .strictObject({
      weekdays: z
        .array(z.literal([1, 2, 3, 4, 5, 6, 7], { error: 'days are 1 (Monday) to 7 (Sunday)' }))
        .min(1, { error: 'at least one day belongs here' })
        .refine(once, { error: 'a day is there twice' }),
      capacity: z.int().min(1).max(1_000),
      legalBasis: text,
    })
    .optional(),
  /** There is no registry office where it is left out. */
  certificates: z.strictObject({ fee: cents, legalBasis: text }).optional(),
  /** Streets of the town, one a line: a file beside the answers. */
  streets: text.optional(),
  operator: text.optional(),
  operatorAddress: text.optional(),
  contact: text.optional(),
  privacyController: text.optional(),
  privacyOfficer: text.optional(),
  accessibilityLaw: text.optional(),
  accessibilityContact: text.optional(),
  accessibilityEnforcement: text.optional(),
  /** When somebody last looked at the office's accessibility. */
  accessibilityChecked: z.string().refine(isIsoDate, { error: 'a date such as 2027-02-08' }).optional(),
});
export type Answers = z.output<typeof answersShape>;
/** As they are written in the file. */
export type GivenAnswers = z.input<typeof answersShape>;
