import { decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import type { JwkPair } from './keys.ts';

/** The delivery service refuses. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, why: string) {
    super(why);
    this.status = status;
  }
}

export function refuse(status: number, why: string): never {
  throw new Refusal(status, why);
}

/** Checks a request's body; unknown fields are refused, so that a misspelt one is noticed. */
export function check<T>(shape: z.ZodType<T>, body: unknown): T {
  const { success, data } = shape.safeParse(body);
  return success ? data : refuse(422, 'the body has another shape');
}

const LIMITS = { 'application/json': 2_000_000, attachment: 30_000_000 };
/** A compact JWE of nothing with a 4096-bit key is at least this long. */
const SHORTEST_JWE = 776;

/**
 * Checks a compact JWE as far as somebody can who cannot read it.
 * @param contentType what `cty` must be; undefined for attachments, which are of many kinds
 * @param kid the key it must be for; undefined when the service does not know it
 */
export function checkJwe(
  jwe: string,
  contentType: 'application/json' | undefined,
  kid: string | undefined,
): void {
  if (jwe.length > LIMITS[contentType ?? 'attachment']) refuse(413, 'too large');
  if (jwe.length < SHORTEST_JWE || !/^[\w-]+(?:\.[\w-]*){4}$/.test(jwe)) refuse(422, 'not a compact JWE');
  const header = decodeProtectedHeader(jwe);
  if (header.alg !== 'RSA-OAEP-256') refuse(422, 'alg must be RSA-OAEP-256');
  if (header.enc !== 'A256GCM') refuse(422, 'enc must be A256GCM');
  if (typeof header.cty !== 'string' || (contentType && header.cty !== contentType)) {
    refuse(422, 'cty is wrong');
  }
  if (kid !== undefined && header.kid !== kid) refuse(422, 'encrypted for another key');
}

export interface SetTags {
  metadata: string;
  data: string;
  attachments: Record<string, string>;
}

export const EVENTS = 'https://schema.fitko.de/fit-connect/events/';
export const SET_SCHEMA = 'https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json';
const PROBLEM_TYPES = `${EVENTS}problems/`;

const tags = z.strictObject({
  metadata: z.string(),
  data: z.string(),
  attachments: z.record(z.string(), z.string()).default({}),
});
const problem = z.object({
  type: z.string().startsWith(PROBLEM_TYPES),
  title: z.string(),
  detail: z.string(),
  instance: z.string(),
});
const decisions = {
  'accept-submission': z.object({ authenticationTags: tags }),
  'reject-submission': z.object({ authenticationTags: tags, problems: z.array(problem).min(1) }),
};
const payload = z.object({
  $schema: z.literal(SET_SCHEMA),
  jti: z.uuid(),
  iss: z.string(),
  iat: z.int(),
  sub: z.string(),
  txn: z.string(),
  events: z.record(z.string(), z.unknown()),
});

export interface Decision {
  type: keyof typeof decisions;
  submissionId: string;
  jti: string;
  tags: SetTags;
}

/** Checks the event by which a subscriber decides: signature with the registered key, issuer, case, time, shape. */
export async function checkDecision(
  set: string,
  expected: { signing: JwkPair; destinationId: string; caseId: string; now: Date },
): Promise<Decision> {
  const { kid } = decodeProtectedHeader(set);
  if (kid !== expected.signing.kid) refuse(422, 'kid is no key of this destination');
  const verified = await jwtVerify(set, expected.signing.publicKey, {
    algorithms: ['PS512'],
    typ: 'secevent+jwt',
    currentDate: expected.now,
  }).catch(() => refuse(422, 'signature, algorithm or typ is wrong'));
  const { data } = payload.safeParse(verified.payload);
  if (!data) return refuse(422, 'payload schema not supported');
  if (data.iss !== expected.destinationId) refuse(422, 'iss is not the destination');
  if (data.txn !== `case:${expected.caseId}`) refuse(422, 'txn is another case');
  if (Math.abs(data.iat * 1_000 - expected.now.getTime()) > 300_000) refuse(422, 'iat is not now');
  const entries = Object.entries(data.events);
  const [uri, body] = entries[0] ?? ['', undefined];
  const type = uri.slice(EVENTS.length);
  if (entries.length !== 1 || !(type === 'accept-submission' || type === 'reject-submission')) {
    return refuse(422, 'subscribers send exactly one event, accept or reject');
  }
  const { authenticationTags } = check<{ authenticationTags: SetTags }>(decisions[type], body);
  const submissionId = /^submission:(.+)$/.exec(data.sub)?.[1] ?? refuse(422, 'sub is no submission');
  return { type, submissionId, jti: data.jti, tags: authenticationTags };
}
