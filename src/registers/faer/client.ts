import { randomUUID } from 'node:crypto';
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

/** Reads a body up to the limit, so that no answer can fill the memory. */
async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_LIMIT) throw problem('invalid');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

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

async function send(settings: FaerSettings, question: string, signal: AbortSignal): Promise<Response> {
  return fetch(new URL(FAER_PATH, settings.origin), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: signatureOf(settings.key, question),
    },
    body: question,
    redirect: 'error',
    signal,
  });
}

/**
 * The register of driving aptitude, asked over the protocol of `protocol.ts`. Nothing of question or answer is kept,
 * logged or said in an error.
 */
export function createFaer(settings: FaerSettings): Register<FaerQuery, FaerAnswer> {
  const exchange = async (question: string, person: FaerPerson, signal: AbortSignal): Promise<FaerAnswer> => {
    const response = await send(settings, question, signal);
    if (response.status !== 200) {
      await response.body?.cancel();
      throw problem(refusalOf(response.status));
    }
    const body = await readLimited(response);
    const digest = questionDigest(question);
    // The signature comes first: what somebody else wrote is not even parsed.
    const signed = sameSignature(
      response.headers.get(SIGNATURE_HEADER),
      signatureOf(settings.key, body, digest),
    );
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
      const patience = AbortSignal.timeout(settings.timeoutMs ?? PATIENCE_MS);
      const enough = AbortSignal.any([signal, patience]);
      try {
        return await exchange(JSON.stringify(asked.data), asked.data.person, enough);
      } catch (error) {
        if (error instanceof RegisterError) throw error;
        throw problem(enough.aborted ? 'tooLate' : 'unreachable');
      }
    },
  };
}
