import { z } from 'zod';
import { AnswerTooLongError, ask } from '#outgoing';
import type { Clock } from '#time';
import { DeliveryError } from '../channel.ts';
import { type ConnectionSettings, DEFAULT_PATHS, type FitConnectPaths } from './settings.ts';

interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Under the API's base; holds nothing but names of the interface and UUIDs. */
  path: string;
  json?: unknown;
  /** A compact JWE or JWS. */
  jose?: string;
  /** Statuses beside 2xx that the caller understands. */
  also?: readonly number[];
  /** Bytes of the longest answer that is read. */
  limit?: number;
}

interface ApiAnswer {
  status: number;
  body: string;
}

/** The delivery service, with whatever it needs to let us in. */
export interface Api {
  /** @throws DeliveryError when it cannot be reached, refuses, or its answer is too long */
  call(request: ApiRequest): Promise<ApiAnswer>;
  /** @throws DeliveryError also when the answer has another shape */
  read<T>(shape: z.ZodType<T>, request: ApiRequest): Promise<T>;
  /** The same, but what is asked is given up when the signal says so. */
  until(enough: AbortSignal | undefined): Api;
  /** Fills in one of the paths that can be set. */
  path(name: keyof FitConnectPaths, values?: Readonly<Record<string, string>>): string;
}

const TIMEOUT_MS = 30_000;
const ANSWER_LIMIT = 1_000_000;
/** A token that ends while it is on its way is worth nothing. */
const TOKEN_MARGIN_MS = 30_000;

const tokenShape = z.object({
  access_token: z.string().min(1).max(16_384),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive(),
});

function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * Reads an answer's JSON.
 * @throws DeliveryError when it has another shape; that is worth trying again: usually something stands in between
 */
export function parseAnswer<T>(shape: z.ZodType<T>, body: string): T {
  const { success, data } = shape.safeParse(asJson(body));
  if (!success) throw new DeliveryError('answer-not-understood', true);
  return data;
}

function refusal(status: number): DeliveryError {
  if (status >= 500 || status === 429 || status === 408)
    return new DeliveryError('service-unavailable', true);
  if (status === 401 || status === 403) return new DeliveryError('not-allowed', false);
  return new DeliveryError(`refused-${status}`, false);
}

/**
 * A client of the Submission API (FIT-Connect v2): OAuth 2.0 client credentials sent in the form
 * (`client_secret_post`), the token kept until it ends.
 */
export function createApi(settings: ConnectionSettings, { clock }: { clock: Clock }): Api {
  const paths = { ...DEFAULT_PATHS, ...settings.paths };
  let token: { value: string; until: number } | undefined;

  async function answerOf(
    url: string,
    init: RequestInit,
    enough: AbortSignal | undefined,
    limit = ANSWER_LIMIT,
  ): Promise<ApiAnswer> {
    try {
      const withinMs = settings.timeoutMs ?? TIMEOUT_MS;
      const { status, ok, headers, body } = await ask(url, init, { withinMs, limit, enough });
      // A page of something in between (maintenance, a proxy) may come with 200 and has done nothing.
      if (ok && headers.get('content-type')?.startsWith('text/html')) {
        throw new DeliveryError('answer-not-understood', true);
      }
      return { status, body };
    } catch (error) {
      if (error instanceof DeliveryError) throw error;
      if (error instanceof AnswerTooLongError) throw new DeliveryError('answer-too-long', false);
      throw new DeliveryError('unreachable', true);
    }
  }

  async function currentToken(enough: AbortSignal | undefined): Promise<string> {
    if (token && token.until > clock.now().getTime()) return token.value;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
    });
    const answer = await answerOf(
      settings.tokenUrl,
      { method: 'POST', headers: { accept: 'application/json' }, body },
      enough,
    );
    if (answer.status !== 200) {
      throw refusal(answer.status === 400 ? 401 : answer.status);
    }
    const { access_token, expires_in } = parseAnswer(tokenShape, answer.body);
    token = { value: access_token, until: clock.now().getTime() + expires_in * 1_000 - TOKEN_MARGIN_MS };
    return access_token;
  }

  async function once(request: ApiRequest, enough: AbortSignal | undefined): Promise<ApiAnswer> {
    const headers: Record<string, string> = {
      accept: 'application/json, application/jose',
      authorization: `Bearer ${await currentToken(enough)}`,
    };
    const body = request.jose ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
    if (body !== undefined) headers['content-type'] = request.jose ? 'application/jose' : 'application/json';
    const init = { method: request.method, headers, ...(body === undefined ? {} : { body }) };
    return answerOf(`${settings.api}/${request.path}`, init, enough, request.limit);
  }

  async function call(request: ApiRequest, enough: AbortSignal | undefined): Promise<ApiAnswer> {
    let answer = await once(request, enough);
    if (answer.status === 401) {
      // The token may have been withdrawn before its time. Nothing was done, so asking again is safe.
      token = undefined;
      answer = await once(request, enough);
    }
    const understood = (answer.status >= 200 && answer.status < 300) || request.also?.includes(answer.status);
    if (!understood) throw refusal(answer.status);
    return answer;
  }

  const until = (enough: AbortSignal | undefined): Api => ({
    call: (request) => call(request, enough),
    read: async (shape, request) => parseAnswer(shape, (await call(request, enough)).body),
    until,
    path: (name, values = {}) =>
      paths[name].replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(values[key] ?? '')),
  });
  return until(undefined);
}
