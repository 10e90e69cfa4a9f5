/** What the provider says of somebody, when they sign in and when it is asked again in between. */
import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { type ClaimSettings, isIncomplete, lacksRights, readClaims, type StaffIdentity } from './claims.ts';
import { type SignInError, signInError, statusOf } from './sign-in-errors.ts';

/** What the provider is asked again with. Secrets. */
export interface Tokens {
  access: string;
  /** Not every provider gives one. */
  refresh?: string | undefined;
  /** How long `access` is good for, in seconds, where the provider says it. */
  seconds?: number | undefined;
  /** Where it has said what somebody may do: only there does silence mean nothing. */
  saidBy: 'idToken' | 'userinfo';
}

/**
 * What the provider says when it is asked again; `tokens` are those to ask with the next time.
 * - `withdrawn`: it does not stand for this person any more
 * - `silent`: it is there, but tells only a browser (no refresh token, and the access token is over)
 * - `away`: it gives no answer that tells
 */
export type Again =
  | { is: 'confirmed'; tokens: Tokens; identity: StaffIdentity }
  | { is: 'withdrawn' | 'silent'; tokens: Tokens }
  | { is: 'away'; tokens: Tokens; error: SignInError };

type Answer = TokenEndpointResponse & TokenEndpointResponseHelpers;
type Claims = Record<string, unknown>;
/** What was asked for, or why it is not there. */
type Got<T> = { got: T } | { no: 'withdrawn' | 'silent' } | { no: 'away'; error: SignInError };

const NOT_ALLOWED: readonly unknown[] = [401, 403];

/** @returns what of a sign-in's answer is kept to ask with */
export function tokensOf(answer: Answer, settings: ClaimSettings): Tokens {
  const saidBy = lacksRights(answer.claims() ?? {}, settings) ? 'userinfo' : 'idToken';
  return { ...renewedBy(answer), saidBy };
}

const renewedBy = (answer: Answer) => ({
  access: answer.access_token,
  seconds: answer.expiresIn(),
  // A provider that does not change it need not say it again (RFC 6749 6).
  ...(answer.refresh_token !== undefined && { refresh: answer.refresh_token }),
});

const hasUserinfo = (configuration: Configuration): boolean =>
  configuration.serverMetadata().userinfo_endpoint !== undefined;

async function userinfo(configuration: Configuration, access: string, subject: string): Promise<Claims> {
  const client = await import('openid-client');
  return client.fetchUserInfo(configuration, access, subject);
}

/** Claims come in the ID token, by the userinfo endpoint, or partly here and partly there. */
export async function claimsOf(
  configuration: Configuration,
  answer: Answer,
  settings: ClaimSettings,
): Promise<Claims> {
  const claims: Claims = answer.claims() ?? {};
  const { sub } = claims;
  if (!hasUserinfo(configuration) || typeof sub !== 'string' || !isIncomplete(claims, settings))
    return claims;
  return { ...(await userinfo(configuration, answer.access_token, sub)), ...claims };
}

/** A no to the person or to what was given to them (RFC 6749 5.2), or an answer about somebody else; anything else tells nothing. */
function noOf(cause: unknown): { no: 'withdrawn' } | { no: 'away'; error: SignInError } {
  const error = signInError(cause, 'token');
  const { reason, code } = error;
  const about = code === 'invalid_grant' || code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
  return about || reason === 'refused' ? { no: 'withdrawn' } : { no: 'away', error };
}

async function askUserinfo(
  configuration: Configuration,
  subject: string,
  access: string,
  alive: boolean,
): Promise<Got<Claims>> {
  try {
    return { got: await userinfo(configuration, access, subject) };
  } catch (cause) {
    const status = statusOf(cause);
    // Of a token whose time is over nobody can say whether that is why it is refused.
    return NOT_ALLOWED.includes(status) ? { no: alive ? 'withdrawn' : 'silent' } : noOf(cause);
  }
}

async function renew(configuration: Configuration, refresh: string, subject: string): Promise<Got<Answer>> {
  const client = await import('openid-client');
  try {
    const answer = await client.refreshTokenGrant(configuration, refresh);
    const sub = answer.claims()?.sub;
    return sub === undefined || sub === subject ? { got: answer } : { no: 'withdrawn' };
  } catch (cause) {
    return noOf(cause);
  }
}

const refusal = (no: Exclude<Got<unknown>, { got: unknown }>, tokens: Tokens): Again =>
  no.no === 'away' ? { is: 'away', tokens, error: no.error } : { is: no.no, tokens };

/**
 * Asks anew what somebody may do: by the refresh token where there is one (OpenID Connect Core 12), and by the userinfo
 * endpoint where that does not tell.
 * @param alive whether the access token should still be good
 */
export async function ask(
  configuration: Configuration,
  settings: ClaimSettings,
  subject: string,
  before: Tokens,
  alive: boolean,
): Promise<Again> {
  let tokens = before;
  let claims: Claims | undefined;
  if (before.refresh !== undefined) {
    const renewed = await renew(configuration, before.refresh, subject);
    if ('no' in renewed) return refusal(renewed, tokens);
    tokens = { ...before, ...renewedBy(renewed.got) };
    claims = renewed.got.claims();
  }
  let told = claims !== undefined && before.saidBy === 'idToken';
  if ((claims === undefined || lacksRights(claims, settings)) && hasUserinfo(configuration)) {
    const by = await askUserinfo(configuration, subject, tokens.access, alive || tokens !== before);
    if ('no' in by) return refusal(by, tokens);
    claims = { ...by.got, ...claims };
    told ||= before.saidBy === 'userinfo';
  }
  // That somebody still has an account says nothing of what they may do.
  if (!claims || (lacksRights(claims, settings) && !told)) return { is: 'silent', tokens };
  return { is: 'confirmed', tokens, identity: readClaims({ ...claims, sub: subject }, settings) };
}
