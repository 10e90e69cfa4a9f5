/** Why a sign-in failed, in words that name nobody: for the log, and for staff on the page. */

/**
 * - `away`: the provider cannot be reached, or says that it cannot answer
 * - `setup`: provider and office do not fit together: client, secret, addresses or scope
 * - `refused`: the provider says no to this person, or the person has gone back
 * - `unexpected`: not the answer to what this browser asked, or asked twice
 * - `token`: what the provider said of the person is not signed, not valid now or not for this office
 * - `claims`: it does not say who the person is
 */
export type SignInReason = 'away' | 'setup' | 'refused' | 'unexpected' | 'token' | 'claims';

/** A sign-in that did not work, and why. */
export class SignInError extends Error {
  readonly reason: SignInReason;
  /** The error code of OAuth 2.0 or of the library, never a text: those may quote what came. */
  readonly code: string | undefined;

  constructor(reason: SignInReason, code?: string) {
    super(`staff sign-in: ${reason}`);
    this.name = 'SignInError';
    this.reason = reason;
    this.code = code;
  }
}

/** OAuth 2.0 (RFC 6749 4.1.2.1 and 5.2), OpenID Connect Core 3.1.2.6. */
const REASONS: Readonly<Record<string, SignInReason>> = {
  access_denied: 'refused',
  login_required: 'refused',
  interaction_required: 'refused',
  consent_required: 'refused',
  account_selection_required: 'refused',
  temporarily_unavailable: 'away',
  server_error: 'away',
  invalid_grant: 'unexpected',
  invalid_client: 'setup',
  invalid_request: 'setup',
  invalid_scope: 'setup',
  unauthorized_client: 'setup',
  unsupported_grant_type: 'setup',
  unsupported_response_type: 'setup',
};
const SERVER_TROUBLE = 500;
const UNAUTHORIZED = 401;

function textAt(value: unknown, name: string): string | undefined {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' && /^[\w.-]{1,60}$/.test(found) ? found : undefined;
}

/** @returns the status of HTTP that openid-client was answered with; it is in the cause where the answer says nothing else */
export function statusOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const status: unknown =
    Reflect.get(value, 'status') ?? Reflect.get(Object(Reflect.get(value, 'cause')), 'status');
  return typeof status === 'number' ? status : undefined;
}

/**
 * @param cause what openid-client has thrown
 * @param otherwise the reason when nothing tells: what the step was about
 */
export function signInError(cause: unknown, otherwise: SignInReason): SignInError {
  if (cause instanceof SignInError) return cause;
  const error = textAt(cause, 'error');
  const code = error ?? textAt(cause, 'code');
  const status = statusOf(cause);
  const known = error === undefined || !Object.hasOwn(REASONS, error) ? undefined : REASONS[error];
  if (known) return new SignInError(known, code);
  if (status !== undefined && status >= SERVER_TROUBLE) return new SignInError('away', `http-${status}`);
  if (status === UNAUTHORIZED) return new SignInError('setup', code ?? 'http-401');
  const isNetwork =
    cause instanceof TypeError || textAt(cause, 'name') === 'TimeoutError' || code === 'OAUTH_TIMEOUT';
  return new SignInError(
    isNetwork && textAt(cause, 'code') !== 'ERR_INVALID_ARG_TYPE' ? 'away' : otherwise,
    code,
  );
}
