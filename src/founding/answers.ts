/** The few things about a municipality that nobody can guess. */
import { z } from 'zod';
import { contrastWithWhite, LEAST_CONTRAST } from '#city';
import { isIsoDate } from '#time';
import { type Hours, readHours } from './hours-text.ts';
import { landOf } from './laender.ts';

const text = z.string().trim().min(1, { error: 'must not be empty' });
const postcode = z.string().regex(/^\d{5}$/, { error: 'five digits, in quotes' });
const ADDRESS = /^(.+?)\s+(\d+\s?[a-z]?(?:\s?-\s?\d+\s?[a-z]?)?),\s*(\d{5})\s+(\S.*)$/i;

const hours = z.string().transform((value, context): Hours => {
  const read = readHours(value);
  if (read) return read;
  context.addIssue({
    code: 'custom',
    message: `"${value}" cannot be read: write "Mo-Fr 8-12, Do 14-18"`,
  });
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
  phone: text.optional(),
  /** When people can come without an appointment. */
  hours: hours.optional(),
  tasks: z.array(z.enum(TASKS)).optional(),
});

const cents = z
  .union([z.number(), z.string()])
  .transform((value) => Math.round(Number(String(value).replace(',', '.')) * 100))
  .pipe(z.int({ error: 'an amount in euros, such as 12,50' }).min(0).max(100_000));

/** The file with answers; `./amtomat city new NAME` asks for the same. */
export const answersShape = z.strictObject({
  name: text,
  ags: z
    .string()
    .regex(/^\d{8}$/, { error: 'eight digits, in quotes' })
    .refine((value) => landOf(value) !== undefined, { error: 'begins with the two digits of no Land' }),
  postcodes: z.array(postcode).min(1),
  districts: z.array(text).default([]),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, { error: 'a colour such as #14532d, in quotes' })
    .refine((value) => contrastWithWhite(value) >= LEAST_CONTRAST, {
      error: 'too light: white text on it could not be read',
    })
    .default('#14532d'),
  areaCode: z.string().default(''),
  phone: text.default('115'),
  offices: z.array(office).min(1),
  sites: z
    .array(z.strictObject({ name: text, address, hours, terminals: z.int().min(1).max(20).default(1) }))
    .default([]),
  /** Nobody collects bulky waste by appointment where it is left out. */
  tours: z
    .strictObject({
      weekdays: z.array(z.int().min(1).max(7)).min(1),
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
