/**
 * A stand-in for a city's pay page: XBezahldienste 1.0.0 for real, money invented. It checks what a real one checks,
 * and can be made to misbehave. The office loads it only when it is not in production.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { STYLE, serve } from '#sandbox/look';
import { payForm, sayPage } from './pages.tsx';
import { type Answer, createTransactions, type Outcome, type Shown } from './transactions.ts';

/**
 * `answerLost`: the transaction is opened, and the connection breaks before the answer. `late`: who pays is believed
 * only when this trouble is over. `down`: status 500. `garbage`: an answer that is no JSON. `strange`: JSON of another
 * payment. `slow`: no answer before this trouble is over.
 */
export const PAGE_TROUBLES = ['answerLost', 'late', 'down', 'garbage', 'strange', 'slow'] as const;
export type PayPageTrouble = (typeof PAGE_TROUBLES)[number];

export interface PayPageOptions {
  /** Port to listen on, 0 for any free one. */
  port: number;
  /** Address to listen on; stays on this machine unless said otherwise. */
  host?: string;
}

export interface RunningPayPage {
  origin: string;
  originatorId: string;
  endPointId: string;
  /** What was opened here, oldest first. */
  transactions(): Shown[];
  /** How many questions it has left without an answer, being slow. */
  waiting(): number;
  /** Misbehaves until called again; undefined for a page that works. */
  trouble(kind: PayPageTrouble | undefined): void;
  stop(): Promise<void>;
}

const ORIGINATOR = 'amtomat';
const END_POINT = 'gebuehren';
const API = '/paymenttransaction';
const LARGEST = 64 * 1_024;
const OUTCOMES: readonly string[] = ['pay', 'fail', 'cancel'] satisfies Outcome[];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > LARGEST) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
    .end(body);
}

const sendJson = (response: ServerResponse, { status, body }: Answer): void =>
  send(response, status, 'application/json', JSON.stringify(body));

/** The page a person sees; after a decision it leads back to the office, without saying how it ended. */
async function answerPerson(
  request: IncomingMessage,
  response: ServerResponse,
  decide: (token: string, outcome: Outcome | undefined) => { shown?: Shown; decided: boolean },
): Promise<void> {
  const token = (request.url ?? '').replace(/^\/pay\//, '');
  const form = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)) : undefined;
  const wanted = form?.get('outcome') ?? '';
  const outcome = OUTCOMES.includes(wanted) ? (wanted as Outcome) : undefined;
  const { shown, decided } = decide(token, outcome);
  const back = shown && new URL(shown.redirectUrl).origin;
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'self'; form-action 'self' ${back ?? ''}; frame-ancestors 'none'; base-uri 'none'`,
  );
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  if (!shown) return send(response, 404, 'text/html', sayPage('Diese Zahlung gibt es nicht', undefined));
  if (form && decided) {
    response.writeHead(303, { location: shown.redirectUrl }).end();
    return;
  }
  if (form && outcome === undefined) return send(response, 400, 'text/html', payForm(token, shown));
  if (form || shown.status !== 'INITIAL') {
    const page = sayPage('Diese Zahlung ist schon abgeschlossen', shown.redirectUrl);
    return send(response, form ? 409 : 200, 'text/html', page);
  }
  send(response, 200, 'text/html', payForm(token, shown));
}

/**
 * Starts the pay page.
 * @throws the listening error when the port is taken
 */
export async function startPayPage(options: PayPageOptions): Promise<RunningPayPage> {
  const server = createServer();
  const { origin, stop } = await serve(server, options);
  const transactions = createTransactions({ origin, originatorId: ORIGINATOR, endPointId: END_POINT });
  let trouble: PayPageTrouble | undefined;
  let unanswered = 0;
  let held: (() => void)[] = [];

  async function answerOffice(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').slice(API.length);
    const body = request.method === 'POST' ? await bodyOf(request) : undefined;
    if (trouble === 'slow') {
      unanswered += 1;
      await new Promise<void>((resolve) => held.push(resolve));
      if (response.destroyed) return;
    }
    if (trouble === 'down') return sendJson(response, { status: 500, body: { message: 'down' } });
    if (trouble === 'garbage') return send(response, 200, 'text/html', '<p>Wartungsarbeiten</p>');
    const answer =
      body === undefined ? transactions.find(path, trouble === 'strange') : transactions.open(path, body);
    if (trouble === 'answerLost' && body !== undefined) {
      request.socket.destroy();
      return;
    }
    sendJson(response, answer);
  }

  server.on('request', (request, response) => {
    const { url = '' } = request;
    const answered = (): Promise<void> => {
      if (url.startsWith(`${API}/`)) return answerOffice(request, response);
      const decide = (token: string, outcome: Outcome | undefined) =>
        transactions.decide(token, outcome, trouble === 'late');
      return answerPerson(request, response, decide);
    };
    if (url === '/style.css') return send(response, 200, 'text/css', STYLE);
    answered().catch(() => sendJson(response, { status: 400, body: { message: 'not understood' } }));
  });

  return {
    origin,
    originatorId: ORIGINATOR,
    endPointId: END_POINT,
    transactions: () => transactions.all(),
    waiting: () => unanswered,
    trouble(kind) {
      if (trouble === 'late' && kind !== 'late') transactions.believe();
      trouble = kind;
      if (kind === 'slow') return;
      for (const answer of held) answer();
      held = [];
    },
    stop,
  };
}
