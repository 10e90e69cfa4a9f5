/**
 * A stand-in for the identity provider of a city's staff: OpenID Connect for real (code flow, PKCE, signed tokens),
 * people invented. The office loads it only when it is not in production.
 */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Configuration, JWK, Provider } from 'oidc-provider';
import { STYLE, serve } from '#sandbox/look';
import { type Clock, createClock } from '#time';
import { memoryStore } from './adapter.ts';
import { createDirectory, type Directory } from './directory.ts';
import { directoryPage, loginPage, logoutPage, messagePage } from './pages.tsx';
import { type Person, TRY_OUT_PASSWORD } from './people.ts';

export { type Person, TRY_OUT_PASSWORD } from './people.ts';

export interface OidcOptions {
  /** Port to listen on, 0 for any free one. */
  port: number;
  /** Address to listen on; stays on this machine unless said otherwise. */
  host?: string;
  /** Who has an account. */
  people: readonly Person[];
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
  /** What it can be asked with later on; a refresh token that changes with each use, and userinfo, when left out. */
  lasting?: 'refresh' | 'userinfo' | 'none';
  /** How long an access token is good for, in seconds. */
  accessSeconds?: number;
  /** Takes the secret in the head of a request as it stands there, without decoding it, as some providers do. */
  decodesNothing?: boolean;
}

export interface RunningOidc {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who may do what, as whoever keeps the accounts changes it. */
  directory: Directory;
  /** Answers everything with 503, or answers again. */
  setAway(away: boolean): void;
  /** Ends all sessions of a person, and tells the desk so by its back channel. @returns what the desk answered to each */
  signOut(sub: string): Promise<string[]>;
  /** A token signed with the provider's key, for what only a provider gone wrong would say. */
  sign(
    claims: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  stop(): Promise<void>;
}

const CLIENT_ID = 'amtomat-desk';
const EIGHT_HOURS = 8 * 3_600;
const FORM_LIMIT = 4_096;

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' } as JWK;
}

/** @returns what the library sends, by the platform's own way */
function withoutGuard(options: RequestInit | undefined): RequestInit {
  const plain = { ...options };
  Reflect.deleteProperty(plain, 'dispatcher');
  return plain;
}

interface Inside {
  clientSecret: string;
  key: JWK;
  directory: Directory;
  store: ReturnType<typeof memoryStore>;
}

function configuration(options: OidcOptions, inside: Inside): Configuration {
  const { publicUrl, words = {}, lasting = 'refresh' } = options;
  const { clientSecret, key, directory, store } = inside;
  const listed = (values: readonly string[]): string | string[] => {
    const [first, ...more] = values.map((value) => words[value] ?? value);
    return options.oneAsString && first !== undefined && more.length === 0
      ? first
      : [first ?? [], more].flat();
  };
  return {
    adapter: store.adapter,
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/desk/callback`],
        post_logout_redirect_uris: [`${publicUrl}/desk/signed-out`],
        response_types: ['code'],
        grant_types: ['authorization_code', ...(lasting === 'refresh' ? ['refresh_token'] : [])],
        backchannel_logout_uri: `${publicUrl}/desk/back-channel-logout`,
        backchannel_logout_session_required: true,
        id_token_signed_response_alg: 'ES256',
        token_endpoint_auth_method: options.secretBy ?? 'client_secret_basic',
      },
    ],
    jwks: { keys: [key] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    // Most providers of administrations say the claims in the ID token itself.
    conformIdTokenClaims: options.byUserinfo ?? false,
    claims: { openid: ['sub'], profile: ['name'], staff: ['offices', 'roles'] },
    scopes: ['openid', 'profile', 'staff'],
    pkce: { required: () => true },
    ttl: {
      ...{
        Session: EIGHT_HOURS,
        Grant: EIGHT_HOURS,
        RefreshToken: EIGHT_HOURS,
        Interaction: 600,
        IdToken: 600,
      },
      AccessToken: options.accessSeconds ?? 600,
    },
    // As providers of administrations do: while somebody is signed in there, and each one once.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // The desk is on this machine, where the library's own way goes to nobody.
    fetch: (url, options) => fetch(url, withoutGuard(options)),
    clientBasedCORS: () => false,
    interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: lasting !== 'none' },
      backchannelLogout: { enabled: true },
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
      const person = directory.find(sub);
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

/** @returns the subject the form signs in, or undefined when name or password are wrong, or the account is closed */
function signedIn(form: URLSearchParams, directory: Directory): string | undefined {
  const chosen = form.get('person');
  if (chosen !== null) return directory.find(chosen)?.sub;
  if (form.get('password') !== TRY_OUT_PASSWORD) return undefined;
  return directory.find(form.get('username') ?? '')?.sub;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
    .end(body);
}

async function answerLogin(
  provider: Provider,
  directory: Directory,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Throws unless the browser that asks is the one that began this sign-in.
  const { uid } = await provider.interactionDetails(request, response);
  const action = `/login/${uid}`;
  if (request.method !== 'POST')
    return send(response, 200, 'text/html', loginPage(directory.people, action, false));
  const accountId = signedIn(await readForm(request), directory);
  if (accountId === undefined)
    return send(response, 401, 'text/html', loginPage(directory.people, action, true));
  await provider.interactionFinished(request, response, { login: { accountId } });
}

/** What the library's types leave out of a client with a back channel. */
interface LogoutClient {
  backchannelLogout(sub: string, sid: string): Promise<void>;
}

/** Ends what somebody has begun here, as whoever keeps the accounts can. */
async function signOutEverywhere(provider: Provider, { store }: Inside, sub: string): Promise<string[]> {
  const client = await provider.Client.find(CLIENT_ID);
  const answers: string[] = [];
  for (const { sid, grantId, end } of store.sessionsOf(sub, CLIENT_ID)) {
    end();
    if (grantId !== undefined) await store.adapter('Grant').revokeByGrantId(grantId);
    const told = (client as LogoutClient | undefined)?.backchannelLogout(sub, sid);
    answers.push(
      await Promise.resolve(told).then(
        () => 'taken',
        (error: Error) => error.message,
      ),
    );
  }
  return answers;
}

async function signToken(
  key: JWK,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { importJWK, SignJWT } = await import('jose');
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid ?? '', ...header })
    .sign(await importJWK(key as Parameters<typeof importJWK>[0], 'ES256'));
}

/** The page of whoever keeps the accounts: only in a trial, where everybody may try what it does to the desk. */
async function keepAccounts(
  directory: Directory,
  signOut: (sub: string) => Promise<string[]>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST') {
    const form = await readForm(request);
    const sub = form.get('person') ?? '';
    const action = form.get('action');
    if (action === 'close') directory.change(sub, undefined);
    else if (action === 'open') directory.change(sub, {});
    else if (action === 'signOut') await signOut(sub);
    response.writeHead(303, { location: '/accounts' }).end();
    return;
  }
  send(response, 200, 'text/html', directoryPage(directory));
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
  const inside: Inside = {
    ...{ clientSecret, key: signingKey(), directory: createDirectory(options.people) },
    store: memoryStore(options.clock ?? createClock()),
  };
  let opened: Promise<Provider> | undefined;
  const open = (): Promise<Provider> => {
    opened ??= openProvider(issuer, configuration(options, inside));
    return opened;
  };
  const signOut = async (sub: string): Promise<string[]> => signOutEverywhere(await open(), inside, sub);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const provider = await open();
    if (request.url === '/accounts') await keepAccounts(inside.directory, signOut, request, response);
    else if (
      options.decodesNothing &&
      request.url === '/token' &&
      request.headers.authorization !== asItStands
    ) {
      send(response, 401, 'application/json', JSON.stringify({ error: 'invalid_client' }));
    } else if (request.url?.startsWith('/login/'))
      await answerLogin(provider, inside.directory, request, response);
    else await provider.callback()(request, response);
  };
  let away = false;
  server.on('request', (request, response) => {
    if (away) return send(response, 503, 'text/plain', 'away');
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
    directory: inside.directory,
    setAway(is) {
      away = is;
    },
    signOut,
    sign: (claims, header) => signToken(inside.key, claims, header),
    stop,
  };
}
