/** What a request may cost at most. */
export interface Bounds {
  /** Milliseconds in all: until the connection is there, the head has come, and the last byte of the answer. */
  withinMs: number;
  /** The longest answer that is read, in bytes after unpacking. */
  limit: number;
  /** Nobody waits any more. */
  enough?: AbortSignal | undefined;
}

export interface Answer {
  status: number;
  /** 2xx */
  ok: boolean;
  headers: Headers;
  /** Empty where an answer that is no success is too long. */
  body: string;
}

/** Somebody answers without end, or sends something else than what was asked for. */
export class AnswerTooLongError extends Error {
  constructor() {
    super('the answer is longer than it may be');
    this.name = 'AnswerTooLongError';
  }
}

/** @throws AnswerTooLongError, and the rest is left where it is */
async function readUpTo(response: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop gives the connection up.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > limit) throw new AnswerTooLongError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What libraries ask with: a body that is not there is `undefined`. */
type LibraryInit = Omit<RequestInit, 'body' | 'signal'> & {
  body?: RequestInit['body'] | Uint8Array | undefined;
  signal?: AbortSignal | undefined;
};

function bounded({ body, ...init }: LibraryInit, { withinMs, enough }: Bounds): RequestInit {
  const signals = [AbortSignal.timeout(withinMs), enough, init.signal].filter((one) => one !== undefined);
  const signal = AbortSignal.any(signals);
  if (body === undefined) return { ...init, signal };
  return { ...init, signal, body: body instanceof Uint8Array ? new Uint8Array(body) : body };
}

/**
 * Asks once. Nobody is sent on: who may answer stands in the settings.
 * @throws AnswerTooLongError, or what `fetch` throws when there is no whole answer in time
 */
export async function ask(
  url: string | URL,
  init: Omit<RequestInit, 'redirect' | 'signal'>,
  bounds: Bounds,
): Promise<Answer> {
  const response = await fetch(url, bounded({ ...init, redirect: 'error' }, bounds));
  const { status, ok, headers } = response;
  try {
    const body = (await readUpTo(response, bounds.limit)).toString('utf8');
    return { status, ok, headers, body };
  } catch (error) {
    if (ok || !(error instanceof AnswerTooLongError)) throw error;
    return { status, ok, headers, body: '' };
  }
}

/** @returns a `fetch` for libraries that bring their own requests: bounded, and answers only when the whole has come */
export function boundedFetch(bounds: Bounds): (url: string, init: LibraryInit) => Promise<Response> {
  return async (url, init) => {
    const response = await fetch(url, bounded(init, bounds));
    const body = await readUpTo(response, bounds.limit);
    const { status, statusText, headers } = response;
    const withBody = body.length > 0 && ![204, 205, 304].includes(status);
    return new Response(withBody ? new Uint8Array(body) : null, { status, statusText, headers });
  };
}
