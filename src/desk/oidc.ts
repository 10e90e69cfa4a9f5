import type { ClientAuth, Configuration } from 'openid-client';
import { boundedFetch } from '#outgoing';
import { type Again, ask, claimsOf, type Tokens, tokensOf } from './ask-again.ts';
import { type ClaimSettings, readClaims, type StaffIdentity } from './claims.ts';
import { SignInError, signInError } from './sign-in-errors.ts';

/** The part of the office's settings that signing in needs. Read at each sign-in but for the last. */
export interface OidcSettings {
  /** Origin under which browsers reach the office, without trailing slash. */
  publicUrl: string;
  production: boolean;
  oidc: ClaimSettings & {
    issuer: string;
    clientId: string;
    clientSecret: string;
    /** How the office shows its secret at the provider: in the head of the request, or in its body. */
    secretBy?: 'basic' | 'post';
    /** What the provider is asked for; standard scopes and `staff` when left out. */
    scope?: string | undefined;
    /** After how many minutes the provider is asked again what somebody may do; 15 when left out. Read when the desk is made. */
    recheckMinutes?: number;
  };
}

/** Somebody whom the provider has just signed in. */
export interface SignedIn {
  identity: StaffIdentity;
  /** Proof with which the provider signs out without asking. */
  idToken: string | undefined;
  /** The provider's name for its own session. */
  sid: string | undefined;
  tokens: Tokens;
}

/** What must come back with the answer of the provider; kept by the browser that began (OpenID Connect Core 3.1.2.1, RFC 7636). */
export interface SignInAttempt {
  state: string;
  nonce: string;
  verifier: string;
}

export interface StaffSignIn {
  /** @returns where to send the browser @throws SignInError when the provider cannot be reached or does not fit */
  begin(): Promise<{ url: string; attempt: SignInAttempt }>;
  /**
   * @param query the answer's query string with its question mark
   * @throws SignInError when the answer does not fit the attempt or says no, or the provider cannot be reached
   */
  finish(query: string, attempt: SignInAttempt): Promise<SignedIn>;
  /**
   * Asks the provider anew what somebody may do: by the refresh token where there is one, and by the userinfo endpoint.
   * @param alive whether the access token should still be good
   */
  askAgain(subject: string, tokens: Tokens, alive: boolean): Promise<Again>;
  /** Where the provider's keys are, and who it says it is. @throws SignInError when it cannot be reached */
  keys(): Promise<{ issuer: string; jwksUri: string }>;
  /**
   * @param idToken of that sign-in: without it the provider asks first, and who walks away stays signed in there
   * @returns where to send the browser so that it is signed out there too; undefined when the provider has no such place
   */
  endUrl(idToken: string | undefined): Promise<string | undefined>;
}

const SCOPE = 'openid profile staff';
const TIMEOUT_SECONDS = 8;
/** A provider's keys and claims have some kilobytes. */
export const PROVIDER_BOUNDS = { withinMs: TIMEOUT_SECONDS * 1_000, limit: 1_000_000 };

/**
 * RFC 6749 2.3.1 wants the secret in the form's encoding. What need not be encoded stays as it is: some providers
 * decode nothing, and most secrets have no other characters. For the rest there is `client_secret_post`.
 */
function formEncoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function basic(secret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    const pair = `${formEncoded(client.client_id)}:${formEncoded(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };
}

function isLoopback(address: URL): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname);
}

function mayBePlain({ oidc, production }: OidcSettings): boolean {
  const issuer = new URL(oidc.issuer);
  return issuer.protocol === 'http:' && isLoopback(issuer) && !production;
}

/** openid-client is loaded with the first sign-in: nobody else waits for it. */
async function discover(settings: OidcSettings): Promise<Configuration> {
  const client = await import('openid-client');
  return client.discovery(
    new URL(settings.oidc.issuer),
    settings.oidc.clientId,
    undefined,
    settings.oidc.secretBy === 'post'
      ? client.ClientSecretPost(settings.oidc.clientSecret)
      : basic(settings.oidc.clientSecret),
    {
      timeout: TIMEOUT_SECONDS,
      execute: mayBePlain(settings) ? [client.allowInsecureRequests] : [],
      [client.customFetch]: boundedFetch(PROVIDER_BOUNDS),
    },
  );
}

const isOfAttempt = (query: string, { state }: SignInAttempt): boolean =>
  new URLSearchParams(query).get('state') === state;

/**
 * Staff sign-in by OpenID Connect: code flow with PKCE, state and nonce.
 * Plain HTTP only towards a provider on this machine, and never in production.
 */
export function createStaffSignIn(settings: OidcSettings): StaffSignIn {
  let known: Promise<Configuration> | undefined;
  const provider = async (): Promise<Configuration> => {
    known ??= discover(settings);
    try {
      return await known;
    } catch (cause) {
      // The next person tries again: the provider may be back by then.
      known = undefined;
      throw signInError(cause, 'setup');
    }
  };
  return {
    async begin() {
      const configuration = await provider();
      const client = await import('openid-client');
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: `${settings.publicUrl}/desk/callback`,
        scope: settings.oidc.scope ?? SCOPE,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, attempt };
    },
    async finish(query, attempt) {
      const configuration = await provider();
      const client = await import('openid-client');
      const told = await client
        .authorizationCodeGrant(configuration, new URL(`${settings.publicUrl}/desk/callback${query}`), {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
        })
        .then(async (got) => ({
          claims: await claimsOf(configuration, got, settings.oidc),
          got,
          sid: got.claims()?.sid,
        }))
        .catch((cause) => {
          throw signInError(cause, isOfAttempt(query, attempt) ? 'token' : 'unexpected');
        });
      try {
        return {
          identity: readClaims(told.claims, settings.oidc),
          idToken: told.got.id_token,
          sid: typeof told.sid === 'string' ? told.sid : undefined,
          tokens: tokensOf(told.got, settings.oidc),
        };
      } catch (cause) {
        throw signInError(cause, 'claims');
      }
    },
    async askAgain(subject, tokens, alive) {
      try {
        // Where there is nothing to ask, it is at least found out whether it is there.
        if (
          tokens.refresh === undefined &&
          (await provider()).serverMetadata().userinfo_endpoint === undefined
        )
          known = undefined;
        const told = await ask(await provider(), settings.oidc, subject, tokens, alive);
        // Whoever signs in next is told so by this office, and not by their browser.
        if (told.is === 'away' && told.error.reason === 'away') known = undefined;
        return told;
      } catch (cause) {
        return { is: 'away', tokens, error: signInError(cause, 'token') };
      }
    },
    async keys() {
      const { issuer, jwks_uri: jwksUri } = (await provider()).serverMetadata();
      if (jwksUri === undefined || !(mayBePlain(settings) || jwksUri.startsWith('https:')))
        throw new SignInError('setup', 'no-jwks');
      return { issuer, jwksUri };
    },
    async endUrl(idToken) {
      const configuration = await provider();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      const client = await import('openid-client');
      return client.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: `${settings.publicUrl}/desk/signed-out`,
        ...(idToken !== undefined && { id_token_hint: idToken }),
      }).href;
    },
  };
}
