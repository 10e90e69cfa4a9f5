/** The provider's own word that a session of its is over (OpenID Connect Back-Channel Logout 1.0). */
import { z } from 'zod';
import { boundedFetch } from '#outgoing';
import { PROVIDER_BOUNDS } from './oidc.ts';
import { signInError } from './sign-in-errors.ts';

/** What has ended at the provider: one of its sessions, or all of a person. */
export interface LoggedOut {
  sub: string | undefined;
  sid: string | undefined;
  /** The token's own name; each counts once. */
  jti: string;
}

/** The token is not what it must be. Says nothing of what came. */
export class LogoutTokenError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`logout token: ${code}`);
    this.name = 'LogoutTokenError';
    this.code = code;
  }
}

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Signatures that only the provider can make; what the client's secret signs is refused. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** A message to act on now: an old one is a copy. With the clocks' difference it is remembered longer than it counts. */
const MOST_AGE_SECONDS = 300;
const SKEW_SECONDS = 60;
/** So long a token's name has to be remembered, in milliseconds. */
export const REMEMBERED_MS = (MOST_AGE_SECONDS + 2 * SKEW_SECONDS) * 1_000;
const LONGEST = 16_000;
const TYPES: readonly unknown[] = [undefined, 'jwt', 'logout+jwt', 'application/logout+jwt'];

const text = z.string().min(1).max(255);
const shape = z
  .object({
    jti: text,
    sub: text.optional(),
    sid: text.optional(),
    // An empty object, as the standard has it; whatever else is in there does not matter.
    events: z.looseObject({ [LOGOUT_EVENT]: z.looseObject({}) }),
    // What has a nonce is an ID token that somebody wants to pass off as this.
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

type Keys = Parameters<typeof import('jose').jwtVerify>[1];

/**
 * @param keys the provider's keys
 * @throws LogoutTokenError when anything of it does not hold (section 2.6); SignInError `away` when the keys could not be fetched
 */
export async function readLogoutToken(
  token: string,
  expected: { issuer: string; clientId: string; keys: Keys },
): Promise<LoggedOut> {
  if (token.length > LONGEST) throw new LogoutTokenError('long');
  const { errors, jwtVerify } = await import('jose');
  const { payload, protectedHeader } = await jwtVerify(token, expected.keys, {
    ...{ issuer: expected.issuer, audience: expected.clientId, algorithms: ALGORITHMS },
    ...{ maxTokenAge: MOST_AGE_SECONDS, clockTolerance: SKEW_SECONDS },
  }).catch((cause: unknown) => {
    if (cause instanceof errors.JOSEError && !isAway(cause.code)) throw new LogoutTokenError(cause.code);
    throw signInError(cause, 'away');
  });
  if (!TYPES.includes(protectedHeader.typ?.toLowerCase())) throw new LogoutTokenError('type');
  const { data } = shape.safeParse(payload);
  if (!data) throw new LogoutTokenError('claims');
  return { sub: data.sub, sid: data.sid, jti: data.jti };
}

/** Of the provider's keys and not of the token. */
const isAway = (code: string): boolean => code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JOSE_GENERIC';

/** @returns the provider's keys, fetched when needed and kept for a while */
export async function providerKeys(jwksUri: string): Promise<Keys> {
  const { createRemoteJWKSet, customFetch } = await import('jose');
  return createRemoteJWKSet(new URL(jwksUri), { [customFetch]: boundedFetch(PROVIDER_BOUNDS) });
}
