import type { Configuration } from 'openid-client';
import { z } from 'zod';

/** The part of the office's settings that signing in needs. Read at each sign-in, not when the desk is made. */
export interface OidcSettings {
  /** Origin under which browsers reach the office, without trailing slash. */
  publicUrl: string;
  production: boolean;
  oidc: { issuer: string; clientId: string; clientSecret: string };
}

/** Who the identity provider says is sitting there. */
export interface StaffIdentity {
  subject: string;
  name: string;
  offices: string[];
  roles: string[];
}

/** What must come back with the answer of the provider; kept by the browser that began (OpenID Connect Core 3.1.2.1, RFC 7636). */
export interface SignInAttempt {
  state: string;
  nonce: string;
  verifier: string;
}

export interface StaffSignIn {
  /** @returns where to send the browser @throws ProviderError when the provider cannot be reached */
  begin(): Promise<{ url: string; attempt: SignInAttempt }>;
  /**
   * @param query the answer's query string with its question mark
   * @throws SignInError when the answer does not fit the attempt or says no
   * @throws ProviderError when the provider cannot be reached
   */
  finish(query: string, attempt: SignInAttempt): Promise<StaffIdentity>;
  /** @returns where to send the browser so that it is signed out there too; undefined when the provider has no such place */
  endUrl(): Promise<string | undefined>;
}

/** The identity provider cannot be reached or is set up wrongly. */
export class ProviderError extends Error {
  constructor(cause: unknown) {
    super('the identity provider did not answer as it should', { cause });
    this.name = 'ProviderError';
  }
}

/** This sign-in is not valid: forged, too late, begun elsewhere, or refused by the provider. */
export class SignInError extends Error {
  constructor(cause: unknown) {
    super('the sign-in is not valid', { cause });
    this.name = 'SignInError';
  }
}

const SCOPE = 'openid profile staff';
const TIMEOUT_SECONDS = 8;

const claimsSchema = z.object({
  // OpenID Connect Core 2: at most 255 ASCII characters.
  sub: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  name: z.string().min(1).max(200),
  offices: z.array(z.string()).max(100),
  roles: z.array(z.string()).max(100),
});

function isLoopback(address: URL): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname);
}

/** openid-client is loaded with the first sign-in: nobody else waits for it. */
async function discover(settings: OidcSettings): Promise<Configuration> {
  const client = await import('openid-client');
  const issuer = new URL(settings.oidc.issuer);
  const plain = issuer.protocol === 'http:' && isLoopback(issuer) && !settings.production;
  return client.discovery(
    issuer,
    settings.oidc.clientId,
    undefined,
    client.ClientSecretBasic(settings.oidc.clientSecret),
    { timeout: TIMEOUT_SECONDS, execute: plain ? [client.allowInsecureRequests] : [] },
  );
}

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
      throw new ProviderError(cause);
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
        scope: SCOPE,
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
      try {
        const tokens = await client.authorizationCodeGrant(
          configuration,
          new URL(`${settings.publicUrl}/desk/callback${query}`),
          { expectedState: attempt.state, expectedNonce: attempt.nonce, pkceCodeVerifier: attempt.verifier },
        );
        const { sub, name, offices, roles } = claimsSchema.parse(tokens.claims());
        return { subject: sub, name, offices, roles };
      } catch (cause) {
        throw new SignInError(cause);
      }
    },
    async endUrl() {
      const configuration = await provider();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      const client = await import('openid-client');
      return client.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: `${settings.publicUrl}/desk/signed-out`,
      }).href;
    },
  };
}
