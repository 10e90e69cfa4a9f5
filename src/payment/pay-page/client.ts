/**
 * A client for pay pages that speak XBezahldienste 1.0.0 (FITKO): a payment is opened by one call, made by the person
 * on the page itself, and asked for afterwards. That somebody comes back from the page proves nothing.
 */
import { type Answer, AnswerTooLongError, ask } from '#outgoing';
import type { PageState } from '../ledger-rules.ts';
import { type PageRequest, type PageTransaction, requestOf, stateOf, transactionOf } from './shapes.ts';

export interface PayPage {
  /** Opens a transaction, or finds the one that was opened with this request. @throws PayPageError */
  create(request: PageRequest): Promise<PageTransaction>;
  /** The transaction as a whole. @throws PayPageError */
  get(transactionId: string): Promise<PageTransaction>;
  /** Only its state. @throws PayPageError */
  status(transactionId: string): Promise<PageState>;
}

/**
 * The page did not do what was asked. `unreachable`: no answer in time, or a fault on its side: what was asked may have
 * been done. `refused`: it was not done. `garbage`: the answer cannot be understood or belongs to something else.
 */
export class PayPageError extends Error {
  readonly code: 'unreachable' | 'refused' | 'garbage';

  constructor(code: 'unreachable' | 'refused' | 'garbage') {
    super(`pay page: ${code}`);
    this.name = 'PayPageError';
    this.code = code;
  }
}

/** A city's contract with a pay page. */
export interface PayPageSettings {
  /** Address of the service up to `/paymenttransaction`, without a slash at its end. */
  url: string;
  originatorId: string;
  endPointId: string;
  /** Value of the `Authorization` header, where the service wants one. */
  authorization?: string;
  /** Origin that people are sent to; that of `url` when left out. Other addresses are not followed. */
  pageOrigin?: string;
}

const WITHIN_MS = 8_000;
const LARGEST_ANSWER = 64 * 1_024;

function jsonOf({ status, ok, headers, body }: Answer): unknown {
  if (status >= 500 || status === 429 || status === 408) throw new PayPageError('unreachable');
  if (!ok) throw new PayPageError('refused');
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(headers.get('content-type') ?? '')) {
    throw new PayPageError('garbage');
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new PayPageError('garbage');
  }
}

/**
 * @param settings the contract; addresses of the page that lie elsewhere are refused
 * @param withinMs how long an answer may take
 */
export function createPayPage(settings: PayPageSettings, withinMs = WITHIN_MS): PayPage {
  const { originatorId, endPointId, authorization } = settings;
  const pageOrigin = settings.pageOrigin ?? new URL(settings.url).origin;
  const place = `${encodeURIComponent(originatorId)}/${encodeURIComponent(endPointId)}`;

  async function call(path: string, body?: object): Promise<unknown> {
    const init = {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    };
    try {
      const bounds = { withinMs, limit: LARGEST_ANSWER };
      return jsonOf(await ask(`${settings.url}/paymenttransaction${path}`, init, bounds));
    } catch (error) {
      if (error instanceof PayPageError) throw error;
      throw new PayPageError(error instanceof AnswerTooLongError ? 'garbage' : 'unreachable');
    }
  }

  const understood = (answer: unknown): PageTransaction => {
    const transaction = transactionOf(answer);
    const { address } = transaction ?? {};
    const elsewhere = address !== undefined && new URL(address).origin !== pageOrigin;
    if (!transaction || elsewhere) throw new PayPageError('garbage');
    return transaction;
  };

  return {
    async create(request) {
      const transaction = understood(await call(`/${place}`, requestOf(request)));
      const { requestId, amountCents } = request;
      if (transaction.requestId !== requestId || transaction.amountCents !== amountCents) {
        throw new PayPageError('garbage');
      }
      return transaction;
    },
    async get(id) {
      const transaction = understood(await call(`/${place}/${encodeURIComponent(id)}`));
      if (transaction.id !== id) throw new PayPageError('garbage');
      return transaction;
    },
    async status(id) {
      const state = stateOf(await call(`/status/${place}/${encodeURIComponent(id)}`));
      if (!state) throw new PayPageError('garbage');
      return state;
    },
  };
}
