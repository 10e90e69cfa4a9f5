import { Ajv2020 } from 'ajv/dist/2020.js';
import type { PickUp, Submitted, Subscriber, SubscriberReply } from '#delivery';

/** A submission that the authority has accepted. */
export interface AcceptedSubmission {
  submissionId: string;
  caseId: string;
  /** The number under which the office knows the case. */
  number: string | undefined;
  data: unknown;
  files: { name: string; mediaType: string; content: Buffer }[];
}

/** A stand-in for an authority that subscribes to its destination, checks what comes, and decides. */
export interface StandInAuthority {
  /** What it does with what is right; what is wrong is always rejected. */
  decide: 'accept' | 'reject' | 'later';
  /** Written into the case after each acceptance; left out: nothing. */
  answer: string | undefined;
  /** What it has accepted, in order. */
  readonly received: readonly AcceptedSubmission[];
  /** Ids of what it has rejected, with the reasons. */
  readonly rejected: readonly { submissionId: string; problems: readonly string[] }[];
  /** Picks up what waits, and decides. Calls at the same time are done one after the other. */
  work(): Promise<void>;
  /** @throws Error when it has not accepted that submission, or the office takes no answers */
  reply(submissionId: string, reply: SubscriberReply): Promise<void>;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param schemas schema URI -> JSON Schema (draft 2020-12) of the content; `undefined` accepts any content
 */
export function createAuthority(
  subscriber: Subscriber,
  schemas: ReadonlyMap<string, object | undefined>,
): StandInAuthority {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const received: AcceptedSubmission[] = [];
  const rejected: { submissionId: string; problems: readonly string[] }[] = [];
  const accepted = new Map<string, Submitted>();
  let turn = Promise.resolve();

  function problemsOf(submission: Submitted): readonly string[] {
    if (!('data' in submission)) return submission.problems;
    const { schemaUri } = submission.metadata.contentStructure.data.submissionSchema;
    if (!schemas.has(schemaUri)) return ['unsupported-schema'];
    const schema = schemas.get(schemaUri);
    const data = parseJson(submission.data);
    if (data === undefined) return ['syntax-violation'];
    return schema === undefined || ajv.validate(schema, data) ? [] : ['schema-violation'];
  }

  async function decideOn(pickUp: PickUp): Promise<void> {
    const submission = await subscriber.fetch(pickUp);
    const wrong = problemsOf(submission);
    const problems = wrong.length === 0 && authority.decide === 'reject' ? ['unsupported-service'] : wrong;
    if (problems.length > 0 || !('data' in submission)) {
      await subscriber.reject(submission, problems);
      rejected.push({ submissionId: pickUp.submissionId, problems });
      return;
    }
    await subscriber.accept(submission);
    accepted.set(pickUp.submissionId, submission);
    received.push({
      ...pickUp,
      number: submission.metadata.additionalReferenceInfo?.senderReference,
      data: parseJson(submission.data),
      files: submission.files.map(({ name, mediaType, content }) => ({ name, mediaType, content })),
    });
    if (authority.answer) await subscriber.reply(submission, { text: authority.answer, files: [] });
  }

  async function workOnce(): Promise<void> {
    if (authority.decide === 'later') return;
    for (const pickUp of await subscriber.pickUps()) await decideOn(pickUp);
  }

  const authority: StandInAuthority = {
    decide: 'accept',
    answer: undefined,
    received,
    rejected,
    work() {
      const mine = turn.then(workOnce);
      turn = mine.catch(() => {});
      return mine;
    },
    async reply(submissionId, reply) {
      const submission = accepted.get(submissionId);
      if (!submission) throw new Error('the authority has accepted no such submission');
      await subscriber.reply(submission, reply);
    },
  };
  return authority;
}
