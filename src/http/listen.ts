import { createServer, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { ErrorPage } from './app.ts';
import { createGate, type GateSettings } from './gate.ts';
import { securityHeaders } from './headers.ts';

/** Answers a request; an app's `fetch`. */
export type Answer = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

export interface ListenSettings extends Omit<GateSettings, 'publicOrigin'> {
  host: string;
  /** 0 = any free port. */
  port: number;
  /** Origin under which people reach the office; empty: the address it listens on. */
  publicUrl: string;
  /** The page for a status that is decided before any page. */
  errorPage: ErrorPage;
  /** Told of each request that is sent away before any page. */
  refused?: ((status: number) => void) | undefined;
  /** Answers until the office is wired. */
  first: Answer;
}

export interface Listening {
  /** `http://127.0.0.1:8080`: where this process can be reached. */
  origin: string;
  /** From now on this one answers. */
  use(answer: Answer): void;
  /** Takes no new requests, lets the running ones end (10 s at most). May be called again. */
  close(): Promise<void>;
}

/** Against clients that send or read on purpose slowly. An upload over a phone's line fits in two minutes. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  // The gate says it in words.
  requireHostHeader: false,
};
const SOCKET_IDLE_MS = 130_000;
const LAST_REQUESTS_MS = 10_000;
const IDLE_SWEEP_MS = 50;

function refuse(outgoing: ServerResponse, status: number, page: string): void {
  outgoing.statusCode = status;
  outgoing.setHeader('Content-Type', 'text/html; charset=utf-8');
  // What the client still sends is not read.
  outgoing.setHeader('Connection', 'close');
  if (status === 405) outgoing.setHeader('Allow', 'GET, HEAD, POST');
  if (status === 429) outgoing.setHeader('Retry-After', '10');
  outgoing.end(page);
}

/** Why the server gave up before there was a request. */
const GIVEN_UP: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Says in words what the server itself refuses; where an answer is under way already there is nothing to say any more. */
function answerWhatCannotBeRead(
  server: Server,
  headers: readonly [string, string][],
  page: (status: number) => string,
): void {
  const answering = new WeakSet<Duplex>();
  server.on('request', ({ socket }, outgoing) => {
    answering.add(socket);
    outgoing.once('close', () => answering.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || answering.has(socket)) {
      socket.destroy();
      return;
    }
    const status = GIVEN_UP[error.code ?? ''] ?? 400;
    const body = Buffer.from(page(status));
    const own = [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Length', String(body.length)],
      ['Connection', 'close'],
    ];
    const lines = [...headers, ...own].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n`);
    socket.end(body);
  });
}

/**
 * Opens the door: one HTTP server with the headers, limits and timeouts that hold for all pages.
 * @throws Error of the operating system when the port is taken or not allowed
 */
export async function listen(settings: ListenSettings): Promise<Listening> {
  const { publicUrl } = settings;
  const headers = Object.entries(securityHeaders(publicUrl.startsWith('https:')));
  const publicOrigin = publicUrl ? new URL(publicUrl).origin : undefined;
  const refusalOf = createGate({ ...settings, publicOrigin });
  let answer = settings.first;
  let closing: Promise<void> | undefined;
  const pass = getRequestListener((request, bindings) => answer(request, bindings as HttpBindings));
  const server = createServer(TIMEOUTS, (incoming, outgoing) => {
    for (const [name, value] of headers) outgoing.setHeader(name, value);
    if (closing) outgoing.setHeader('Connection', 'close');
    const status = refusalOf(incoming);
    if (status !== undefined) settings.refused?.(status);
    if (status === undefined) void pass(incoming, outgoing);
    else
      refuse(outgoing, status, settings.errorPage(status, incoming.headers.cookie, undefined, incoming.url));
  });
  // What else somebody expects is not promised to them (RFC 9110 10.1.1), and is no reason to refuse them.
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing));
  answerWhatCannotBeRead(server, headers, (status) => settings.errorPage(status, undefined));
  server.setTimeout(SOCKET_IDLE_MS);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const { port } = server.address() as AddressInfo;

  function closeServer(): Promise<void> {
    return new Promise((resolve) => {
      const last = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
      // A request that was running leaves its connection open for the next one, which shall not come.
      const idle = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
      server.close(() => {
        clearTimeout(last);
        clearInterval(idle);
        resolve();
      });
      server.closeIdleConnections();
    });
  }

  return {
    origin: `http://${reachable(settings.host)}:${port}`,
    use(next) {
      answer = next;
    },
    close() {
      closing ??= closeServer();
      return closing;
    },
  };
}

/** An address a browser on this machine can open. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
