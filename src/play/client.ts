/** HTTP as a browser without script speaks it: keeps the connection, keeps cookies, follows redirects, sends forms. */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Entry, FormRequest } from './form.ts';

/** A single request that was answered. */
export interface Observed {
  origin: string;
  method: string;
  milliseconds: number;
}

/** An answer after all redirects. */
export interface Answered {
  url: string;
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
  /** Bytes of the body as they were transferred. */
  transferred: number;
}

export interface HttpClient {
  get(url: string): Promise<Answered>;
  send(form: FormRequest): Promise<Answered>;
  /** How many requests were made, redirects included. */
  readonly requests: number;
  /** The address that answered last. */
  readonly at: string;
  /** Ends the connections. */
  close(): void;
}

const MOST_REDIRECTS = 10;
const MOST_WAITS = 5;
const MOST_WAIT_SECONDS = 30;
const TIMEOUT_MS = 30_000;
const AGAIN_AFTER_MS = 200;

interface Body {
  type: string;
  content: Buffer;
}

function multipart(entries: readonly Entry[]): Body {
  const boundary = `----amtomat${randomBytes(12).toString('hex')}`;
  const quote = (text: string): string => text.replace(/"/g, '%22').replace(/[\r\n]/g, ' ');
  const parts = entries.flatMap(([name, value]) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"`;
    if (typeof value === 'string') return [Buffer.from(`${head}\r\n\r\n${value}\r\n`)];
    const file = `${head}; filename="${quote(value.name)}"\r\nContent-Type: ${value.mediaType}\r\n\r\n`;
    return [Buffer.from(file), value.content, Buffer.from('\r\n')];
  });
  const content = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, content };
}

function urlencoded(entries: readonly Entry[]): URLSearchParams {
  return new URLSearchParams(
    entries.map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : value.name]),
  );
}

/** Cookies of one origin. Path and domain do not matter: the office sets its cookies for all of itself. */
function createJar() {
  const cookies = new Map<string, string>();
  return {
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    keep(lines: readonly string[]) {
      for (const line of lines) {
        const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
        const name = pair.slice(0, pair.indexOf('='));
        const value = pair.slice(name.length + 1);
        const gone = attributes.some((attribute) =>
          /^(max-age=(0|-\d+)|expires=.*\b1970\b.*)$/i.test(attribute),
        );
        if (gone || value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
    },
  };
}

function unpack(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body);
  if (encoding === 'br') return brotliDecompressSync(body);
  return body;
}

export interface ClientOptions {
  /** Shared connections, when many clients should not open one each. */
  agent?: http.Agent;
  /** Other origins that pages may lead to: sign-in, payment, devices. None when left out. */
  also?: (origin: string) => boolean;
  /**
   * For how many milliseconds somebody asks again who gets no answer, or is told that the office is not ready. The same form is
   * sent again, too. Not at all when left out.
   */
  patienceMs?: number;
  /** Sent with each request to the office beside what a browser sends. */
  headers?: Readonly<Record<string, string>>;
  /** Told of each single request, redirects included, when it is answered. */
  observe?: (request: Observed) => void;
}

/**
 * @param origin the office; requests to other origins are refused unless `also` allows them
 */
export function createClient(origin: string, options: ClientOptions = {}): HttpClient {
  const home = new URL(origin);
  const connections = {
    'http:': options.agent ?? new http.Agent({ keepAlive: true }),
    'https:': options.agent ?? new https.Agent({ keepAlive: true }),
  } as Readonly<Record<string, http.Agent>>;
  const jars = new Map<string, ReturnType<typeof createJar>>();
  const jarOf = (url: URL) => {
    const jar = jars.get(url.origin) ?? createJar();
    jars.set(url.origin, jar);
    return jar;
  };
  let requests = 0;

  const once = (url: URL, method: string, body: Body | undefined, from: URL): Promise<Answered> => {
    if (url.origin !== home.origin && !options.also?.(url.origin))
      throw new Error(`the office leads to another origin: ${url.origin}`);
    requests += 1;
    const jar = jarOf(url);
    // Cookies of the office stay at home when a form of another site is sent to it (SameSite=Lax).
    const cookie = body && from.origin !== url.origin ? '' : jar.header();
    const headers = {
      ...(url.origin === home.origin && options.headers),
      'accept-encoding': 'br, gzip',
      ...(cookie && { cookie }),
      ...(body && {
        'content-type': body.type,
        'content-length': body.content.length,
        origin: from.origin,
        'sec-fetch-site': from.origin === url.origin ? 'same-origin' : 'cross-site',
      }),
    };
    const begin = performance.now();
    return new Promise((resolve, reject) => {
      const { request } = url.protocol === 'https:' ? https : http;
      const agent = connections[url.protocol];
      const call = request(url, { method, agent, headers, timeout: TIMEOUT_MS }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          jar.keep(response.headers['set-cookie'] ?? []);
          const sent = Buffer.concat(chunks);
          options.observe?.({ origin: url.origin, method, milliseconds: performance.now() - begin });
          resolve({
            url: url.href,
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: unpack(sent, response.headers['content-encoding']),
            transferred: sent.length,
          });
        });
      });
      call.on('timeout', () => call.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
      call.on('error', reject);
      call.end(body?.content);
    });
  };

  /** Who gets no answer of the office asks again, until the patience is over. */
  const answered = async (url: URL, method: string, body: Body | undefined): Promise<Answered> => {
    const begin = performance.now();
    for (;;) {
      const isOver = performance.now() - begin >= (options.patienceMs ?? 0) || url.origin !== home.origin;
      try {
        const answer = await once(url, method, body, last);
        if (answer.status !== 503 || isOver) return answer;
      } catch (error) {
        if (isOver) throw error;
      }
      await pause(AGAIN_AFTER_MS);
    }
  };

  /** Who is told to wait waits, as long as that is said and not too long. */
  const patiently = async (url: URL, method: string, body: Body | undefined): Promise<Answered> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await answered(url, method, body);
      const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
      if (answer.status !== 429 || tries === MOST_WAITS || !(seconds <= MOST_WAIT_SECONDS)) return answer;
      await pause(seconds * 1_000);
    }
  };

  let last = home;
  const follow = async (url: URL, method: string, body?: Body): Promise<Answered> => {
    let answer = await patiently(url, method, body);
    for (let count = 0; answer.status >= 301 && answer.status <= 303; count += 1) {
      if (count === MOST_REDIRECTS) throw new Error('the office redirects in a circle');
      answer = await patiently(new URL(answer.headers.location ?? '', answer.url), 'GET', undefined);
    }
    last = new URL(answer.url);
    return answer;
  };

  return {
    get requests() {
      return requests;
    },
    get at() {
      return last.href;
    },
    get: (url) => follow(new URL(url, home), 'GET'),
    send({ method, action, multipart: inParts, entries }) {
      const url = new URL(action);
      if (method === 'GET') {
        url.search = urlencoded(entries).toString();
        return follow(url, 'GET');
      }
      const content = (): Buffer => Buffer.from(urlencoded(entries).toString());
      return follow(
        url,
        'POST',
        inParts ? multipart(entries) : { type: 'application/x-www-form-urlencoded', content: content() },
      );
    },
    close: () => {
      for (const agent of Object.values(connections)) agent.destroy();
    },
  };
}
