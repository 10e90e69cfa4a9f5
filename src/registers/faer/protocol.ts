/**
 * The small protocol between an office and a register of driving aptitude. The Kraftfahrt-Bundesamt publishes no
 * interface that a municipality could call for a citizen; this one is ours, spoken by the stand-in, and a place for
 * the real one. A production office leads to the authority's own portal until then.
 *
 * `POST /v1/auskunft` with a JSON body ({@link requestShape}) and `X-Faer-Signature`, HMAC-SHA-256 of the body.
 * The answer is JSON ({@link answerShape}), repeats the SHA-256 of the question's body, names the person it is about,
 * and is signed with the same key over both: an answer to another question, or about somebody else, fits nowhere.
 * Refusals: 400 not a question, 401 not signed, 403 proof too weak (§ 30 Abs. 8 StVG asks for the eID),
 * 409 asked before or at another time.
 */
import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { sameText } from '#seal';
import { isIsoDate, isPartialDate } from '#time';
import { ENTRY_KINDS, ruleOf } from './kinds.ts';

export const FAER_PATH = '/v1/auskunft';
export const SIGNATURE_HEADER = 'x-faer-signature';
/** Longest question and answer in bytes. */
export const REQUEST_LIMIT = 16_384;
export const ANSWER_LIMIT = 262_144;

/** Text for people: no control characters, and none that turn the direction of writing. */
const text = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u)
    .normalize('NFC');
const date = z.string().refine(isIsoDate);

/** Whom a question is about; somebody with one name only has no given names. */
const personShape = z.strictObject({
  familyName: text(200),
  givenNames: text(200).optional(),
  /** YYYY-MM or YYYY of people whose day of birth nobody knows. */
  birthDate: z.string().refine(isPartialDate),
});

/** § 64 Abs. 1 FeV: who asks about themselves, and by what it was proved. */
export const requestShape = z.strictObject({
  version: z.literal(1),
  /** Used once. */
  id: z.uuid(),
  at: z.iso.datetime(),
  proof: z.literal('eid'),
  person: z.strictObject({
    ...personShape.shape,
    birthName: text(200).optional(),
    birthPlace: text(200).optional(),
    address: text(400).optional(),
  }),
});

/** § 59 FeV: what is stored about a decision. */
const entryShape = z
  .strictObject({
    id: text(60),
    kind: z.enum(ENTRY_KINDS as [(typeof ENTRY_KINDS)[number], ...typeof ENTRY_KINDS]),
    authority: text(200),
    /** Aktenzeichen. */
    reference: text(80),
    actedOn: date.optional(),
    decidedOn: date,
    finalOn: date,
    offence: text(600).optional(),
    annulledOn: date.optional(),
    endedOn: date.optional(),
  })
  .refine(({ kind, actedOn }) => !ruleOf(kind).offence || actedOn !== undefined)
  .refine(({ actedOn, decidedOn, finalOn }) => (actedOn ?? decidedOn) <= decidedOn && decidedOn <= finalOn);

export const answerShape = z
  .strictObject({
    version: z.literal(1),
    /** SHA-256 of the question's body, base64url. */
    query: z.string().length(43),
    /** The register's own date. */
    on: date,
    person: personShape,
    /** Punktestand by the register, which also knows what § 4 Abs. 6 StVG takes away. */
    points: z.int().min(0).max(999),
    licence: z.strictObject({
      probationUntil: date.optional(),
      /** End of the Sperrfrist of § 69a StGB. */
      barredUntil: date.optional(),
      barredForever: z.boolean(),
      reissue: z.strictObject({ on: date, pointsKept: z.boolean() }).optional(),
    }),
    entries: z.array(entryShape).max(200),
  })
  .refine(({ entries }) => new Set(entries.map(({ id }) => id)).size === entries.length)
  .refine(({ entries, on }) => entries.every(({ finalOn }) => finalOn <= on));

export type FaerRequest = z.infer<typeof requestShape>;
export type FaerAnswer = z.infer<typeof answerShape>;
export type FaerEntry = FaerAnswer['entries'][number];
export type FaerPerson = FaerRequest['person'];

/** @returns SHA-256 of a question's body, base64url: what its answer repeats */
export function questionDigest(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}

/**
 * @param key shared by office and register, 32 bytes
 * @param question the digest of the question that an answer belongs to; left out for a question
 * @returns HMAC-SHA-256, base64url
 */
export function signatureOf(key: Uint8Array, body: string, question = ''): string {
  const purpose = question === '' ? 'faer question' : 'faer answer';
  return createHmac('sha256', key).update(`${purpose}\n${question}\n${body}`).digest('base64url');
}

/** @returns whether a signature is the expected one; takes equally long whatever is wrong */
export function sameSignature(given: string | null | undefined, expected: string): boolean {
  return sameText(given ?? '', expected);
}
