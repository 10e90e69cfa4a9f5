import { type KeyObject, randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Tags } from './envelope.ts';
import type { KeyDirectory } from './keys.ts';

/** Version of the payload that is written; every 1.x.y is read. The delivery service refuses 1.0.0. */
const SCHEMA = 'https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json';
const SCHEMA_READ =
  /^https:\/\/schema\.fitko\.de\/fit-connect\/set-payload\/1\.\d+\.\d+\/set-payload\.schema\.json$/;
const EVENTS = 'https://schema.fitko.de/fit-connect/events/';
const PROBLEMS = `${EVENTS}problems/`;
const MAX_SKEW_S = 300;

export type Subject = 'submission' | 'reply';

/** Who may say what. After 14 days without a pick-up the delivery service itself rejects a submission. */
const SPEAKERS: Readonly<Record<string, readonly ('service' | 'destination')[]>> = {
  'create-submission': ['service'],
  'submit-submission': ['service'],
  'notify-submission': ['service'],
  'delete-submission': ['service'],
  'forward-submission': ['destination'],
  'accept-submission': ['destination'],
  'reject-submission': ['destination', 'service'],
  'create-reply': ['service'],
  'submit-reply': ['service'],
  'notify-reply': ['service'],
  'accept-reply': ['service'],
  'reject-reply': ['service'],
  'delete-reply': ['service'],
};

const tag = z.string().regex(/^[\w-]{22}$/);
const tagsShape = z.object({
  metadata: tag,
  data: tag,
  attachments: z.record(z.uuid(), tag).default({}),
});
const bodyShape = z.object({
  authenticationTags: tagsShape.optional(),
  problems: z
    .array(z.object({ type: z.string().max(500) }))
    .max(100)
    .optional(),
});
const payloadShape = z.object({
  $schema: z.string().regex(SCHEMA_READ),
  jti: z.uuid(),
  iss: z.string().max(500),
  iat: z.int().min(1_577_833_200),
  sub: z.string().regex(/^(?:submission|reply):[\w-]{36}$/),
  txn: z.string().regex(/^case:[\w-]{36}$/),
  events: z.record(z.string(), z.unknown()),
});
const MAX_SET = 200_000;

/** A Security Event Token (RFC 8417) that was checked. */
export interface Event {
  /** Such as `accept-submission`. */
  type: string;
  subject: Subject;
  id: string;
  /** Who signed it. */
  by: 'service' | 'destination';
  at: Date;
  tags?: Tags;
  /** Codes of what is wrong with the submission; the authority's own words are not kept. */
  problems: string[];
}

/** An event that is not to be believed. */
export class ForgedEvent extends Error {
  readonly code: string;

  /** @param code why, lower-case words with dashes */
  constructor(code: string) {
    super(`event refused: ${code}`);
    this.name = 'ForgedEvent';
    this.code = code;
  }
}

/** Whose events are expected. */
export interface EventContext {
  keys: KeyDirectory;
  /** The name the delivery service signs with. */
  issuer: string;
  destinationId: string;
  /** The delivery service's own id of the case. */
  caseRef: string;
  now: Date;
}

function problemCode(type: string): string {
  const code = type.startsWith(PROBLEMS) ? type.slice(PROBLEMS.length) : '';
  return /^[a-z][a-z-]{0,60}$/.test(code) ? code : 'other';
}

function decode(set: string): { payload: z.infer<typeof payloadShape>; kid: string } {
  if (set.length > MAX_SET) throw new ForgedEvent('too-long');
  try {
    const { alg, typ, kid } = decodeProtectedHeader(set);
    if (alg !== 'PS512' || typ !== 'secevent+jwt' || typeof kid !== 'string') {
      throw new ForgedEvent('wrong-header');
    }
    return { payload: payloadShape.parse(decodeJwt(set)), kid };
  } catch (error) {
    throw error instanceof ForgedEvent ? error : new ForgedEvent('wrong-shape');
  }
}

/**
 * Checks an event: header, shape, who may say it, that this one said it, about what, and when.
 * What its tags must be depends on what was sent; the caller compares them.
 * @throws ForgedEvent when it is not to be believed; what {@link KeyDirectory} throws when a key cannot be asked for
 */
export async function verifySet(set: string, context: EventContext): Promise<Event> {
  const { payload, kid } = decode(set);
  const { iss, iat, sub, txn } = payload;
  const entries = Object.entries(payload.events);
  const [uri, rawBody] = entries[0] ?? ['', undefined];
  const type = uri.startsWith(EVENTS) ? uri.slice(EVENTS.length) : '';
  const speakers = Object.hasOwn(SPEAKERS, type) ? SPEAKERS[type] : undefined;
  if (entries.length !== 1 || !speakers) throw new ForgedEvent('unknown-event');
  if (txn !== `case:${context.caseRef}`) throw new ForgedEvent('another-case');
  if (iat > context.now.getTime() / 1_000 + MAX_SKEW_S) throw new ForgedEvent('from-the-future');
  const by = iss === context.issuer ? 'service' : iss === context.destinationId ? 'destination' : undefined;
  if (!by || !speakers.includes(by)) throw new ForgedEvent('wrong-issuer');
  const signer = by === 'service' ? await context.keys.service(kid) : await context.keys.signing(iss, kid);
  if (!signer) throw new ForgedEvent('unknown-key');
  try {
    await jwtVerify(set, signer.key, {
      algorithms: ['PS512'],
      typ: 'secevent+jwt',
      currentDate: context.now,
    });
  } catch {
    throw new ForgedEvent('wrong-signature');
  }
  const { success, data: body } = bodyShape.safeParse(rawBody ?? {});
  const [subject = '', id = ''] = sub.split(':');
  if (!success || !type.endsWith(`-${subject}`)) throw new ForgedEvent('wrong-shape');
  return {
    type,
    subject: subject === 'reply' ? 'reply' : 'submission',
    id,
    by,
    at: new Date(iat * 1_000),
    ...(body.authenticationTags && { tags: body.authenticationTags }),
    problems: (body.problems ?? []).map((problem) => problemCode(problem.type)),
  };
}

export interface SetParts {
  type: string;
  issuer: string;
  subject: Subject;
  id: string;
  caseRef: string;
  at: Date;
  tags?: Tags;
  /** Codes such as `schema-violation`. */
  problems?: readonly string[];
}

/** Writes and signs an event (PS512). */
export function signSet(signer: { kid: string; key: KeyObject }, parts: SetParts): Promise<string> {
  const problems = parts.problems?.map((code) => ({
    type: `${PROBLEMS}${code}`,
    title: code,
    detail: code,
    instance: 'submission',
  }));
  return new SignJWT({
    $schema: SCHEMA,
    jti: randomUUID(),
    iss: parts.issuer,
    iat: Math.floor(parts.at.getTime() / 1_000),
    sub: `${parts.subject}:${parts.id}`,
    txn: `case:${parts.caseRef}`,
    events: {
      [EVENTS + parts.type]: {
        ...(problems && { problems }),
        ...(parts.tags && { authenticationTags: parts.tags }),
      },
    },
  })
    .setProtectedHeader({ alg: 'PS512', typ: 'secevent+jwt', kid: signer.kid })
    .sign(signer.key);
}
