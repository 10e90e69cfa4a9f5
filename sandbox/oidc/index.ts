/**
 * A stand-in for the identity provider of a city's staff: OpenID Connect for real (code flow, PKCE, signed tokens),
 * people invented. The office loads it only when it is not in production.
 */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Configuration, JWK, Provider } from 'oidc-provider';
import { STYLE, serve } from '#sandbox/look';
import { type Clock, createClock } from '#time';
import { memoryAdapter } from './adapter.ts';
import { loginPage, logoutPage, messagePage } from './pages.tsx';
import { personOf, TRY_OUT_PASSWORD } from './people.ts';

export { PEOPLE, type Person, TRY_OUT_PASSWORD } from './people.ts';

export interface OidcOptions {
  /** Port to listen on, 0 for any free one. */
  port: number;
  /** Address to listen on; stays on this machine unless said otherwise. */
  host?: string;
  /** Origin of the office that signs its staff in here, without trailing slash. */
  publicUrl: string;
  /** Left out: the real time. The desk checks tokens against it whatever the office's shifted clock says. */
  clock?: Clock;
  /** Name, offices and roles come by the userinfo endpoint only. */
  byUserinfo?: boolean;
  /** A list of one comes as a string. */
  oneAsString?: boolean;
  /** What people are called in the claims `offices` and `roles`. */
  words?: Readonly<Record<string, string>>;
  /** The client's secret; a fresh one when left out. */
  clientSecret?: string;
  /** How the client must show it. */
  secretBy?: 'client_secret_basic' | 'client_secret_post';
  /** Takes the secret in the head of a request as it stands there, without decoding it, as some providers do. */
  decodesNothing?: boolean;
}

export interface RunningOidc {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop(): Promise<void>;
}

const CLIENT_ID = 'amtomat-desk';
const EIGHT_HOURS = 8 * 3_600;
const FORM_LIMIT = 4_096;

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' } as JWK;
}

function configuration(options: OidcOptions, clientSecret: string, clock: Clock): Configuration {
  const { publicUrl, words = {} } = options;
  const listed = (values: readonly string[]): string | string[] => {
    const [first, ...more] = values.map((value) => words[value] ?? value);
    return options.oneAsString && first !== undefined && more.length === 0
      ? first
      : [first ?? [], more].flat();
  };
  return {
    adapter: memoryAdapter(clock),
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/desk/callback`],
        post_logout_redirect_uris: [`${publicUrl}/desk/signed-out`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
        token_endpoint_auth_method: options.secretBy ?? 'client_secret_basic',
      },
    ],
    jwks: { keys: [signingKey()] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    // Most providers of administrations say the claims in the ID token itself.
    conformIdTokenClaims: options.byUserinfo ?? false,
    claims: { openid: ['sub'], profile: ['name'], staff: ['offices', 'roles'] },
    scopes: ['openid', 'profile', 'staff'],
    pkce: { required: () => true },
    ttl: { Session: EIGHT_HOURS, Grant: EIGHT_HOURS, Interaction: 600, IdToken: 600, AccessToken: 600 },
    clientBasedCORS: () => false,
    interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.body = logoutPage(form);
        },
        postLogoutSuccessSource: async (ctx) => {
          ctx.body = messagePage('Abgemeldet', 'Sie sind abgemeldet.');
        },
      },
    },
    findAccount: async (_ctx, sub) => {
      const person = personOf(sub);
      return (
        person && {
          accountId: sub,
          claims: async () => ({
            sub,
            name: person.name,
            offices: listed(person.offices),
            roles: listed(person.roles),
          }),
        }
      );
    },
    // The desk is the administration's own application: nobody is asked whether it may know their name.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const known = session.grantIdFor(client.clientId);
      const grant =
        (known === undefined ? undefined : await provider.Grant.find(known)) ??
        new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile staff');
      await grant.save();
      return grant;
    },
    renderError: async (ctx) => {
      ctx.type = 'html';
      ctx.body = messagePage(
        'Das hat nicht geklappt',
        'Der Anmeldedienst hat die Anfrage abgelehnt. Bitte beginnen Sie die Anmeldung am Schreibtisch neu.',
      );
    },
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > FORM_LIMIT) throw new Error('form too large');
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** @returns the subject the form signs in, or undefined when name or password are wrong */
function signedIn(form: URLSearchParams): string | undefined {
  const chosen = form.get('person');
  if (chosen !== null) return personOf(chosen)?.sub;
  if (form.get('password') !== TRY_OUT_PASSWORD) return undefined;
  return personOf(form.get('username') ?? '')?.sub;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
    .end(body);
}

async function answerLogin(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Throws unless the browser that asks is the one that began this sign-in.
  const { uid } = await provider.interactionDetails(request, response);
  const action = `/login/${uid}`;
  if (request.method !== 'POST') return send(response, 200, 'text/html', loginPage(action, false));
  const accountId = signedIn(await readForm(request));
  if (accountId === undefined) return send(response, 401, 'text/html', loginPage(action, true));
  await provider.interactionFinished(request, response, { login: { accountId } });
}

function secure(response: ServerResponse, publicUrl: string): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  // The form's answer leads back to the office, and Chromium counts that redirect as part of the form.
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'self'; form-action 'self' ${publicUrl}; frame-ancestors 'none'; base-uri 'none'`,
  );
}

/** The library is loaded with the first sign-in: an office that starts does not wait for it. */
async function openProvider(issuer: string, settings: Configuration): Promise<Provider> {
  const { Provider } = await import('oidc-provider');
  return new Provider(issuer, settings);
}

/**
 * Starts the identity provider.
 * @returns its issuer address, the desk's client there (the secret is fresh at every start), and how to stop it
 * @throws the listening error when the port is taken
 */
export async function startOidc(options: OidcOptions): Promise<RunningOidc> {
  const clientSecret = options.clientSecret ?? randomBytes(32).toString('base64url');
  const asItStands = `Basic ${Buffer.from(`${CLIENT_ID}:${clientSecret}`).toString('base64')}`;
  const server = createServer();
  const { origin: issuer, stop } = await serve(server, options);
  let opened: Promise<Provider> | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    opened ??= openProvider(issuer, configuration(options, clientSecret, options.clock ?? createClock()));
    const provider = await opened;
    if (options.decodesNothing && request.url === '/token' && request.headers.authorization !== asItStands) {
      send(response, 401, 'application/json', JSON.stringify({ error: 'invalid_client' }));
    } else if (request.url?.startsWith('/login/')) await answerLogin(provider, request, response);
    else await provider.callback()(request, response);
  };
  server.on('request', (request, response) => {
    secure(response, options.publicUrl);
    if (request.url === '/style.css') return send(response, 200, 'text/css', STYLE);
    answer(request, response).catch(() => {
      const text = 'Diese Anmeldung ist abgelaufen. Bitte beginnen Sie am Schreibtisch neu.';
      send(response, 400, 'text/html', messagePage('Bitte neu beginnen', text));
    });
  });
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    stop,
  };
}
