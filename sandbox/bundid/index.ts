/**
 * A stand-in for BundID, the federal account for citizens: SAML 2.0 for real (requests checked, answers signed and
 * encrypted), people invented. The office loads it only when it is not in production.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { STYLE, serve } from '#sandbox/look';
import type { TestPerson } from '#sandbox/people';
import { type Clock, createClock } from '#time';
import { answerXml, honestParts, refusalXml, type Signer, type Wrapping } from './answer.ts';
import { makeCertificate } from './certificate.ts';
import { type Forgery, forgedXml, metadataXml } from './forge.ts';
import { answerPage, refusedPage, SCRIPT, signInPage } from './pages.tsx';
import { type Person, personsOf, STORK } from './persons.ts';
import { type Asked, RequestRefused, readRequest, readServiceMetadata } from './request.ts';

export { makeCertificate } from './certificate.ts';
export { FORGERIES, type Forgery } from './forge.ts';
export type { Person } from './persons.ts';

export interface BundIdOptions {
  /** Port to listen on, 0 for any free one. */
  port: number;
  /** Address to listen on; stays on this machine unless said otherwise. */
  host?: string;
  /** Who can sign in. */
  people: readonly TestPerson[];
  /** SAML metadata of the office as XML; asked for with every request, so the office may start later. */
  spMetadata: () => string | Promise<string>;
  /** Left out: the real time. Give it the office's clock: answers are valid for minutes. */
  clock?: Clock;
  /** With which it signs, as PEM; left out: fresh ones. */
  keys?: { key: string; certificate: string };
}

export interface RunningBundId {
  origin: string;
  /** SAML metadata of the stand-in as XML. */
  metadata: string;
  /** @returns who can sign in, as old as they are now */
  persons(): readonly Person[];
  /**
   * Plays the attacker, without a browser.
   * @param url the signed address a browser would have been sent to
   * @returns a forged answer to it, as the form field `SAMLResponse`
   */
  forge(forgery: Forgery, url: string): Promise<string>;
  /** How keys of assertions are wrapped from now on, and where they stand. */
  wrap(wrapping: Partial<Wrapping>): void;
  stop(): Promise<void>;
}

const FORM_LIMIT = 4_096;
const TICKET_LIFE_MS = 10 * 60_000;

interface Ticket {
  asked: Asked;
  expiresAt: number;
}

const base64 = (xml: string): string => Buffer.from(xml).toString('base64');

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > FORM_LIMIT) throw new RequestRefused('form too large');
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, status: number, type: string, body: string, formTo = ''): void {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' ${formTo}; frame-ancestors 'none'; base-uri 'none'`,
    })
    .end(body);
}

/** What the provider knows and does, apart from HTTP. */
class Provider {
  readonly #signer: Signer;
  readonly #ssoUrl: string;
  readonly #clock: Clock;
  readonly #spMetadata: BundIdOptions['spMetadata'];
  readonly #persons: readonly Person[];
  readonly #seen = new Map<string, number>();
  readonly #tickets = new Map<string, Ticket>();
  wrapping: Partial<Wrapping> = {};

  constructor(origin: string, options: BundIdOptions) {
    this.#clock = options.clock ?? createClock();
    this.#spMetadata = options.spMetadata;
    this.#persons = personsOf(options.people);
    this.#ssoUrl = `${origin}/saml/sso`;
    const keys = options.keys ?? makeCertificate('Übungs-BundID', this.#clock);
    this.#signer = { entityId: `${origin}/saml/metadata`, ...keys };
  }

  get metadata(): string {
    return metadataXml(this.#signer, this.#ssoUrl);
  }

  persons(): readonly Person[] {
    return this.#persons;
  }

  async read(query: string): Promise<Asked> {
    const service = readServiceMetadata(await this.#spMetadata());
    return readRequest(query, service, this.#ssoUrl, this.#clock.now().getTime());
  }

  /** @returns the ticket under which a request waits for its person @throws RequestRefused */
  async admit(query: string): Promise<{ ticket: string; asked: Asked }> {
    const asked = await this.read(query);
    const now = this.#clock.now().getTime();
    for (const [id, until] of this.#seen) if (until < now) this.#seen.delete(id);
    for (const [id, { expiresAt }] of this.#tickets) if (expiresAt < now) this.#tickets.delete(id);
    if (this.#seen.has(asked.id)) throw new RequestRefused('seen before');
    this.#seen.set(asked.id, now + TICKET_LIFE_MS);
    const ticket = randomBytes(16).toString('hex');
    this.#tickets.set(ticket, { asked, expiresAt: now + TICKET_LIFE_MS });
    return { ticket, asked };
  }

  /** @returns the answer to a waiting request; each is answered once @throws RequestRefused */
  async answer(ticket: string, personId: string): Promise<{ asked: Asked; samlResponse: string }> {
    const waiting = this.#tickets.get(ticket);
    const now = this.#clock.now();
    if (!waiting || waiting.expiresAt < now.getTime()) throw new RequestRefused('no such sign-in');
    const person = this.persons().find(({ id }) => id === personId);
    if (!person && personId !== 'cancel') throw new RequestRefused('no such person');
    this.#tickets.delete(ticket);
    const { asked } = waiting;
    return { asked, samlResponse: base64(await this.#answerOf(person, asked, now)) };
  }

  #answerOf(person: Person | undefined, asked: Asked, now: Date): Promise<string> | string {
    if (!person) return refusalXml(this.#signer, asked, 'cancelled', now);
    if (person.expired) return refusalXml(this.#signer, asked, 'refused', now);
    if (STORK[person.means] < asked.level) return refusalXml(this.#signer, asked, 'levelTooLow', now);
    return answerXml({ ...honestParts(this.#signer, asked, person, now), ...this.wrapping }, asked);
  }

  async forge(forgery: Forgery, url: string): Promise<string> {
    const asked = await this.read(url.slice(url.indexOf('?') + 1));
    const [victim] = this.persons();
    if (!victim) throw new Error('nobody to impersonate');
    return base64(await forgedXml(forgery, { signer: this.#signer, asked, victim, now: this.#clock.now() }));
  }
}

async function handle(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  if (path === '/style.css') return send(response, 200, 'text/css', STYLE);
  if (path === '/weiter.js') return send(response, 200, 'text/javascript', SCRIPT);
  if (path === '/saml/metadata')
    return send(response, 200, 'application/samlmetadata+xml', provider.metadata);
  if (path === '/saml/sso' && request.method === 'GET') {
    const { ticket, asked } = await provider.admit(query);
    return send(response, 200, 'text/html', signInPage(`/sign-in/${ticket}`, asked, provider.persons()));
  }
  if (path.startsWith('/sign-in/') && request.method === 'POST') {
    const person = (await readForm(request)).get('person') ?? '';
    const { asked, samlResponse } = await provider.answer(path.slice('/sign-in/'.length), person);
    const formTo = new URL(asked.acsUrl).origin;
    return send(response, 200, 'text/html', answerPage(asked, samlResponse), formTo);
  }
  send(response, 404, 'text/html', refusedPage('no such page'));
}

/**
 * Starts the practice BundID. Its sign-in page has one form with a button `person` for everybody; the page after it has
 * one form to the office with `SAMLResponse` and `RelayState`.
 * @throws the listening error when the port is taken
 */
export async function startBundId(options: BundIdOptions): Promise<RunningBundId> {
  const server = createServer();
  const { origin, stop } = await serve(server, options);
  const provider = new Provider(origin, options);
  server.on('request', (request, response) => {
    handle(provider, request, response).catch((error: unknown) => {
      const reason = error instanceof RequestRefused ? error.reason : 'not possible';
      send(response, 400, 'text/html', refusedPage(reason));
    });
  });
  return {
    origin,
    metadata: provider.metadata,
    persons: () => provider.persons(),
    forge: (forgery, url) => provider.forge(forgery, url),
    wrap(wrapping) {
      provider.wrapping = wrapping;
    },
    stop,
  };
}
