/**
 * A stand-in for FIT-Connect: a delivery service that enforces what the real one does (order, content types, encryption
 * headers, signatures, authentication tags, tokens), and an authority that receives, checks and decides. It can be told
 * to misbehave towards the office. The office loads it only when it is not in production.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSubscriber } from '#delivery';
import { serve } from '#sandbox/look';
import { type Clock, createClock } from '#time';
import { Access, type Credentials } from './access.ts';
import { createAuthority, type StandInAuthority } from './authority.ts';
import { type FitConnectKeys, generateKeys } from './keys.ts';
import { type Answer, match, problem, type Request, type Step } from './routes.ts';
import { Refusal } from './rules.ts';
import { DeliveryService, type OfferedService, type Sending } from './service.ts';
import { createTroubles, type Trouble } from './trouble.ts';

export type { Credentials } from './access.ts';
export type { AcceptedSubmission, StandInAuthority } from './authority.ts';
export { FORGERIES, type Forgery } from './forge.ts';
export { type FitConnectKeys, generateJwk, generateKeys, type JwkPair, readJwk } from './keys.ts';
export { STEPS, type Step } from './routes.ts';
export type { OfferedService, Sending } from './service.ts';
export type { Trouble } from './trouble.ts';

export interface FitConnectOptions {
  /** Port to listen on, 0 for any free one. */
  port: number;
  /** Address to listen on; stays on this machine unless said otherwise. */
  host?: string;
  /** Left out: the real time. */
  clock?: Clock;
  /** What the authority offers; `schema` is the JSON Schema of the content, left out: any content. */
  services: readonly (OfferedService & { schema?: object })[];
  /** Left out: fresh ones, which takes some seconds. */
  keys?: FitConnectKeys;
  /** Whether the authority looks as soon as something comes, or only when `authority.work()` is called. */
  works?: 'at once' | 'when told';
}

export interface RunningFitConnect {
  /** Base of the Submission API; the delivery service signs with this name. */
  origin: string;
  tokenUrl: string;
  clients: { office: Credentials; authority: Credentials };
  /** The Bundesamt für Justiz. */
  destinationId: string;
  keys: FitConnectKeys;
  authority: StandInAuthority;
  /** Everything that was announced, with its state. */
  submissions(): readonly Sending[];
  /** Names of all calls of the office so far, in order. */
  calls(): readonly Step[];
  /** Replaces the trouble there was; `{}` ends it. */
  trouble(trouble: Trouble): Promise<void>;
  stop(): Promise<void>;
}

/** The same at every start, so that settings can name it. */
const DESTINATION_ID = '6e4b2f0a-5d3c-4a8e-9b17-2c0d91f4a7e3';
const BODY_LIMIT = 32_000_000;

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += (chunk as Buffer).length;
    if (bytes > BODY_LIMIT) throw new Refusal(413, 'too large');
    chunks.push(chunk as Buffer);
  }
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    contentType: (incoming.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
    authorization: incoming.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function write(response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(contentType && { 'content-type': contentType }),
  });
  response.end(body);
}

/**
 * Starts the delivery service and the authority.
 * @throws the listening error when the port is taken
 */
export async function startFitConnect(options: FitConnectOptions): Promise<RunningFitConnect> {
  const clock = options.clock ?? createClock();
  const keys = options.keys ?? (await generateKeys());
  const access = new Access(clock);
  const server = createServer();
  const { origin, stop } = await serve(server, options);
  const tokenUrl = `${origin}/token`;
  const connection = { tokenUrl, api: origin };
  const service = new DeliveryService({
    ...{ clock, keys, services: options.services },
    ...{ issuer: origin, destinationId: DESTINATION_ID },
  });
  const subscriber = createSubscriber(
    {
      ...connection,
      ...access.clients.authority,
      destinationId: DESTINATION_ID,
      decryptionKeys: [keys.encryption.privateJwk],
      signingKey: keys.signing.privateJwk,
      // Keys of this little world have no certificates.
      certificates: async () => true,
    },
    { clock },
  );
  const authority = createAuthority(
    subscriber,
    new Map(options.services.map(({ schemaUri, schema }) => [schemaUri, schema])),
  );
  const troubles = createTroubles({ service, access, keys, clock, origin, destinationId: DESTINATION_ID });
  const world = {
    ...{ service, access, keys, destinationId: DESTINATION_ID },
    encryptionKey: troubles.encryptionKey,
  };

  function isOffice(request: Request): boolean {
    const form = new URLSearchParams(request.path === '/token' ? request.body : '');
    if (form.get('client_id') === access.clients.authority.clientId) return false;
    return access.ownerOf(request.authorization) !== 'authority';
  }

  async function answerTo(incoming: IncomingMessage): Promise<Answer | undefined> {
    try {
      const request = await readRequest(incoming);
      const matched = match(world, request);
      if (!matched) return problem(404, 'no such call');
      if (!isOffice(request)) return await matched.run();
      const answer = await troubles.at(request, matched);
      if (matched.step === 'submit' && options.works !== 'when told') void authority.work().catch(() => {});
      return answer;
    } catch (error) {
      if (error instanceof Refusal) return problem(error.status, error.message);
      return problem(500, 'the stand-in itself failed');
    }
  }

  server.on('request', (incoming, response) => {
    void answerTo(incoming).then((answer) => {
      if (answer) write(response, answer);
      else incoming.socket.destroy();
    });
  });

  return {
    ...{ origin, tokenUrl, keys, authority, clients: access.clients, destinationId: DESTINATION_ID },
    submissions: () => [...service.submissions.values()],
    calls: () => troubles.calls,
    trouble: troubles.set,
    stop,
  };
}
