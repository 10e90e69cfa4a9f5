/**
 * A stand-in for the register of driving aptitude in Flensburg. It speaks the protocol that the office's client speaks
 * (`src/registers/faer/protocol.ts`), refuses what is unsigned, old, asked twice or malformed, and can be made to
 * misbehave. The office loads it only when it is not in production.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { faerProtocol } from '#registers';
import { serve } from '#sandbox/look';
import { type Clock, civilDate, createClock } from '#time';
import { type RegisterPerson, storedAbout, TEST_PERSONS } from './persons.ts';

export type { RegisterPerson } from './persons.ts';

const {
  FAER_PATH,
  REQUEST_LIMIT,
  SIGNATURE_HEADER,
  questionDigest,
  requestShape,
  sameSignature,
  signatureOf,
} = faerProtocol;

/**
 * slow: never answers; down: 500; garbage: signed, but no answer; unsigned: right, but not signed; tampered: changed
 * after signing; anotherPerson: about somebody else; anotherQuestion: an answer to what was asked before; huge: too long.
 */
export const TROUBLES = [
  'slow',
  'down',
  'garbage',
  'unsigned',
  'tampered',
  'anotherPerson',
  'anotherQuestion',
  'huge',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface RegistersOptions {
  /** Port to listen on, 0 for any free one. */
  port: number;
  /** Address to listen on; stays on this machine unless said otherwise. */
  host?: string;
  /** The office's own clock: entries age with it, and questions of another time are refused. */
  clock?: Clock;
}

export interface RunningRegisters {
  origin: string;
  /** Shared with the office; fresh at every start. */
  key: Buffer;
  /** Whom the register knows. */
  persons: readonly RegisterPerson[];
  /** Misbehaves from now on, or no longer. */
  setTrouble(trouble: Trouble | undefined): void;
  stop(): Promise<void>;
}

/** Questions older or newer than this are refused. */
const SKEW_MS = 5 * 60_000;

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > REQUEST_LIMIT) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Reply {
  status: number;
  body: string;
  signature?: string;
}

const refuse = (status: number): Reply => ({ status, body: '{}' });

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The register's rules: who may ask, what a question is, and what is answered. */
function createRegister(key: Buffer, clock: Clock) {
  const seen = new Map<string, number>();

  /** @returns whether a question was asked just now and never before */
  const isFresh = (id: string, at: number): boolean => {
    const now = clock.now().getTime();
    for (const [old, when] of seen) if (Math.abs(now - when) > 2 * SKEW_MS) seen.delete(old);
    if (Math.abs(now - at) > SKEW_MS || seen.has(id)) return false;
    seen.set(id, at);
    return true;
  };

  return (body: string, signature: string | undefined): Reply => {
    if (!sameSignature(signature, signatureOf(key, body))) return refuse(401);
    const json = parseJson(body);
    const question = requestShape.safeParse(json);
    if (!question.success) {
      const weak = question.error.issues.every(({ path }) => path[0] === 'proof');
      return refuse(weak ? 403 : 400);
    }
    const { id, at, person } = question.data;
    if (!isFresh(id, Date.parse(at))) return refuse(409);
    const { familyName, givenNames, birthDate } = person;
    const on = civilDate(clock.now());
    const query = questionDigest(body);
    const about = { familyName, givenNames, birthDate };
    const asked = { familyName, birthDate, ...(givenNames === undefined ? {} : { givenNames }) };
    const answer = JSON.stringify({ version: 1, query, on, person: about, ...storedAbout(asked, on) });
    return { status: 200, body: answer, signature: signatureOf(key, answer, query) };
  };
}

/** Makes a right reply wrong, in ways in which only a register (or somebody in between) could. */
function spoil(
  reply: Reply,
  trouble: Trouble | undefined,
  key: Buffer,
  question: string,
  before: Reply,
): Reply {
  const query = questionDigest(question);
  const signed = (body: string): Reply => ({ status: 200, body, signature: signatureOf(key, body, query) });
  switch (trouble) {
    case 'down':
      return refuse(500);
    case 'garbage':
      return signed('<!doctype html><p>Wartungsarbeiten</p>');
    case 'unsigned':
      return { status: 200, body: reply.body };
    case 'tampered':
      return { ...reply, body: reply.body.replace(/"points":\d+/, '"points":0').replace('}', ' }') };
    case 'anotherPerson':
      return signed(reply.body.replace(/"birthDate":"\d{4}/, '"birthDate":"1901'));
    case 'anotherQuestion':
      return before;
    case 'huge':
      return signed(`${reply.body}${' '.repeat(1_000_000)}`);
    default:
      return reply;
  }
}

function write(response: ServerResponse, { status, body, signature }: Reply): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(signature === undefined ? {} : { [SIGNATURE_HEADER]: signature }),
    })
    .end(body);
}

/**
 * Starts the register.
 * @returns where it answers, the key to ask with, whom it knows, and how to make it misbehave and stop
 * @throws the listening error when the port is taken
 */
export async function startRegisters(options: RegistersOptions): Promise<RunningRegisters> {
  const key = randomBytes(32);
  const answer = createRegister(key, options.clock ?? createClock());
  let trouble: Trouble | undefined;
  let before: Reply = refuse(500);

  const reply = async (request: IncomingMessage): Promise<Reply | undefined> => {
    if (request.method !== 'POST' || request.url !== FAER_PATH) return refuse(404);
    const question = await readBody(request);
    if (question === undefined) return refuse(413);
    if (trouble === 'slow') return undefined;
    const signature = request.headers[SIGNATURE_HEADER];
    const right = answer(question, typeof signature === 'string' ? signature : undefined);
    if (right.status !== 200) return right;
    const shown = spoil(right, trouble, key, question, before);
    before = right;
    return shown;
  };
  const server = createServer((request, response) => {
    reply(request).then(
      (made) => made && write(response, made),
      () => response.destroy(),
    );
  });
  const { origin, stop } = await serve(server, options);
  return {
    origin,
    key,
    persons: TEST_PERSONS.map(({ stored: _stored, ...person }) => person),
    setTrouble: (wanted) => {
      trouble = wanted;
    },
    stop,
  };
}
