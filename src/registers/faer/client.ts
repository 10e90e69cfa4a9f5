import { randomUUID } from 'node:crypto';
import { type Answer, AnswerTooLongError, ask } from '#outgoing';
import type { Clock } from '#time';
import { type Register, RegisterError, type RegisterProblem } from '../register.ts';
import {
  ANSWER_LIMIT,
  answerShape,
  FAER_PATH,
  type FaerAnswer,
  type FaerPerson,
  questionDigest,
  requestShape,
  SIGNATURE_HEADER,
  sameSignature,
  signatureOf,
} from './protocol.ts';

export interface FaerSettings {
  /** Where the register answers, for example `http://127.0.0.1:9000`. */
  origin: string;
  /** Shared with the register, 32 bytes. */
  key: Uint8Array;
  clock: Clock;
  /** Milliseconds until a question is given up; 8000 when left out. */
  timeoutMs?: number | undefined;
}

/** Who asks about themselves, identified with the eID (§ 30 Abs. 8 StVG, § 64 Abs. 1 FeV). */
export type FaerQuery = FaerPerson;

const ID = 'faer';
const PATIENCE_MS = 8_000;

const problem = (code: RegisterProblem): RegisterError => new RegisterError(ID, code);

function parse(body: string): FaerAnswer | undefined {
  try {
    return answerShape.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** @returns whether an answer is about the person who was asked for */
function isAbout(answer: FaerAnswer, person: FaerPerson): boolean {
  return (['familyName', 'givenNames', 'birthDate'] as const).every(
    (part) => answer.person[part] === person[part],
  );
}

/** What an HTTP status means for the person who waits. */
function refusalOf(status: number): RegisterProblem {
  if (status >= 500) return 'unreachable';
  return status >= 400 ? 'refused' : 'invalid';
}

function send(settings: FaerSettings, question: string, enough: AbortSignal): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    [SIGNATURE_HEADER]: signatureOf(settings.key, question),
  };
  return ask(
    new URL(FAER_PATH, settings.origin),
    { method: 'POST', headers, body: question },
    { withinMs: settings.timeoutMs ?? PATIENCE_MS, limit: ANSWER_LIMIT, enough },
  );
}

/**
 * The register of driving aptitude, asked over the protocol of `protocol.ts`. Nothing of question or answer is kept,
 * logged or said in an error.
 */
export function createFaer(settings: FaerSettings): Register<FaerQuery, FaerAnswer> {
  const exchange = async (question: string, person: FaerPerson, signal: AbortSignal): Promise<FaerAnswer> => {
    const { status, headers, body } = await send(settings, question, signal);
    if (status !== 200) throw problem(refusalOf(status));
    const digest = questionDigest(question);
    // The signature comes first: what somebody else wrote is not even parsed.
    const signed = sameSignature(headers.get(SIGNATURE_HEADER), signatureOf(settings.key, body, digest));
    const answer = signed ? parse(body) : undefined;
    if (answer?.query !== digest || !isAbout(answer, person)) throw problem('invalid');
    return answer;
  };
  return {
    id: ID,
    async ask(query, signal) {
      const asked = requestShape.safeParse({
        version: 1,
        id: randomUUID(),
        at: settings.clock.now().toISOString(),
        proof: 'eid',
        person: query,
      });
      // What the protocol cannot say, the register would refuse.
      if (!asked.success) throw problem('refused');
      try {
        return await exchange(JSON.stringify(asked.data), asked.data.person, signal);
      } catch (error) {
        if (error instanceof RegisterError) throw error;
        if (error instanceof AnswerTooLongError) throw problem('invalid');
        const late = error instanceof DOMException && error.name === 'TimeoutError';
        throw problem(late || signal.aborted ? 'tooLate' : 'unreachable');
      }
    },
  };
}
